/* units.c - where one body's name ends and the next begins.
 *
 * A cell:
 *   1. its paragraphs, one after the other; in each, the places where printed lines begin (found by their first words)
 *   2. at each such place: does a new unit begin there? By what stands before (a comma, "và", "thuộc", an open bracket: no;
 *      ";": yes) and by the head word behind it (Sở, Phòng, UBND …); a lone "Sở" goes with what is before it
 *   3. each piece is split at ";" and at commas before a head word in capitals, and its dash and final mark are dropped
 */
#include "plan/units.h"

#include <string.h>

#include "plan/pattern.h"
#include "viet/fold.h"
#include "viet/viet.h"

/* Folded heads; the longest that fits is taken. `own`: a body whose name may follow the office or house that belongs to it on
 * the next line ("Văn phòng" / "Sở Nội vụ"). */
static const struct {
    const char *head;
    gboolean own;
} heads[] = {
    { "so", TRUE }, { "ubnd", TRUE }, { "uy ban", TRUE }, { "ubmttq", TRUE }, { "ub mttq", TRUE }, { "hdnd", TRUE }, { "hoi dong", TRUE },
    { "cong an", TRUE }, { "bo", TRUE }, { "cuc", TRUE }, { "tong cuc", TRUE }, { "vu", TRUE }, { "tinh uy", TRUE }, { "thanh uy", TRUE },
    { "huyen uy", TRUE }, { "dang uy", TRUE }, { "thi uy", TRUE }, { "quan uy", TRUE }, { "bao hiem", TRUE }, { "bhxh", TRUE },
    { "kho bac", TRUE }, { "ngan hang", TRUE }, { "toa an", TRUE }, { "vien kiem sat", TRUE }, { "vien", TRUE }, { "mat tran", TRUE },
    { "mttq", TRUE }, { "lien doan", TRUE }, { "lien minh", TRUE }, { "lien hiep", TRUE }, { "hoi", TRUE }, { "doan", TRUE },
    { "thanh doan", TRUE }, { "tinh doan", TRUE }, { "huyen doan", TRUE }, { "dai", TRUE }, { "bao", TRUE }, { "buu dien", TRUE },
    { "vnpt", TRUE }, { "viettel", TRUE }, { "cong ty", TRUE }, { "tap doan", TRUE }, { "truong", TRUE }, { "benh vien", TRUE },
    { "cac", TRUE }, { "chi cuc thue", TRUE }, { "van phong chinh phu", TRUE }, { "chinh phu", TRUE }, { "thu tuong", TRUE },
    { "quoc hoi", TRUE }, { "cong doan", TRUE }, { "hiep hoi", TRUE }, { "hop tac xa", TRUE }, { "thuong truc", TRUE },
    { "cong thong tin", TRUE }, { "trang thong tin", TRUE }, { "chu tich", TRUE }, { "toan the", TRUE }, { "tat ca", TRUE },
    { "phong", FALSE }, { "ban", FALSE }, { "trung tam", FALSE }, { "tt", FALSE }, { "ttyt", FALSE }, { "van phong", FALSE }, { "vp", FALSE },
    { "chi cuc", FALSE }, { "thanh tra", FALSE }, { "to", FALSE }, { "doi", FALSE }, { "don vi", FALSE }, { "co quan", FALSE },
    { "bo phan", FALSE }, { "giam doc", FALSE }, { "pho giam doc", FALSE }, { "chanh", FALSE }, { "pho chanh", FALSE }, { "truong phong", FALSE },
    { "thu truong", FALSE }, { "lanh dao", FALSE }, { "can bo", FALSE }, { "cong chuc", FALSE }, { "vien chuc", FALSE }, { "chuyen vien", FALSE },
    { "nganh", FALSE }, { "khoa", FALSE }, { "tram", FALSE }, { "hat", FALSE }, { "nha", FALSE }, { "thu vien", FALSE }, { "bao tang", FALSE },
    { "xa", FALSE }, { "huyen", FALSE }, { "thi xa", FALSE }, { "thanh pho", FALSE }, { "phuong", FALSE }, { "doanh nghiep", FALSE },
    { "moi", FALSE }, { "tung", FALSE }, { "toan", FALSE }, { "nhung", FALSE }, { "ca nhan", FALSE }, { "nguoi dung dau", FALSE }, { "thon", FALSE }, { "ap", FALSE },
};

/* What only looks like a head, folded: parts of names ("Mặt trận Tổ quốc", "Kho bạc Nhà nước") and other words. */
static const char *const no_heads[] = {
    "to quoc", "to trinh", "to khai", "to roi", "xa hoi", "nha nuoc", "nha giao", "nha bao", "nha dat", "khoa hoc", "bo doi", "bao chi", "phong chay",
    "phong ngua", "phong chong", "phong, chong", "doan ket", "doan the", "dai hoc", "dai bieu", "dai dien", "dai doan ket", "hoi nhap", "hoi nghi", "hoi thao",
    "ban hanh", "ban giao", "ban do", "bo tri", "bo sung", "bo nhiem", "bao cao", "bao dam", "bao ve", "bao gom", "bao quan", "so hoa", "so ket", "so cap",
    "so cuu", "so lieu", "so luong", "so sanh", "toan bo", "toan quoc", "toan dan", "tung buoc", "doi moi", "doi voi", "doi tuong", "doi chieu", "truong hop",
    "vien dan", "vu viec", "cuc bo", "hat nhan", "vien thong", "moi truong", "thon moi",
    "thanh tra viec", "thanh tra ho so", "thanh tra, kiem tra",
};

static gboolean
begins_capital (const char *text)
{
    return g_unichar_isupper (g_utf8_get_char (text));
}

/* The head `text` begins with: index into heads, -1 none; its bytes. */
static int
head_of (const char *text, gsize *bytes)
{
    if (!begins_capital (text))
        return -1;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autofree char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 30));
    kh_fold *fold = kh_fold_new (pool, start);
    int best = -1;
    gsize length = 0;
    for (guint i = 0; i < G_N_ELEMENTS (no_heads); i++)
        if (kh_fold_begins (fold, no_heads[i]))
            return -1;
    for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
        if (strlen (heads[i].head) > length && kh_fold_begins (fold, heads[i].head)) {
            best = i;
            length = strlen (heads[i].head);
        }
    if (bytes != NULL)
        *bytes = best < 0 ? 0 : kh_fold_end (fold, length);
    return best;
}

gsize
kh_unit_head (const char *text)
{
    gsize bytes;
    return head_of (text, &bytes) < 0 ? 0 : bytes;
}

/* --- names in prose ------------------------------------------------------------------------- */

/* With what the sentence goes on behind the body that does it: verbs, and small words that begin something else. Only where they
 * are written small (Sở Xây dựng, Ban Tổ chức are names). */
gboolean
kh_unit_stops_at (const char *rest)
{
    /* one syllable: only as it is spelled, for without marks it may be part of a name (vệ sinh, đa khoa) */
    static const char *const small[] = { "là", "giúp", "làm", "cử", "mở", "ký", "gửi", "nộp", "lập", "giao", "phải", "cần", "sẽ", "đã", "được", "không", "đều", "từ", "để", "trong", "về",
                                         "theo", "tại", "khi", "nếu", "với", "cho", "đến", "trước", "sau", "vào", "nhằm", "gồm", "soạn", "in", "phát", "họp", "tiếp", "trình", "chịu", "định" };
    gsize n = strcspn (rest, " ,;:.");
    for (guint i = 0; i < G_N_ELEMENTS (small); i++)
        if (strlen (small[i]) == n && strncmp (small[i], rest, n) == 0)
            return TRUE;
    return KH_FITS (rest, "^(?:chu tri|phoi hop|phoi ket|co (?:trach nhiem|nhiem vu|ke hoach|van ban)|tham muu|theo doi|huong dan|thuc hien|trien khai|xay dung|bao cao|tong hop|"
                          "kiem tra|kiem soat|chi dao|can doi|bo tri|tiep tuc|tang cuong|chu dong|can cu|ra soat|cung cap|cung ung|dua tin|ban hanh|phe duyet|cu the|"
                          "quan triet|tuyen truyen|don doc|hoan thanh|dam bao|bao dam|cap nhat|cap phat|van dong|phat dong|thanh lap|thong ke|tham gia|tham dinh|"
                          "de xuat|de nghi|kien nghi|yeu cau|phan cong|phan bo|quan ly|thanh tra|giam sat|xu ly|tiep nhan|danh gia|so ket|tong ket|phan tich|phan anh|"
                          "to chuc(?! (?:chinh|xa|doan|thanh|kinh|co|lien|trong|phi|ton)(?![a-z]))|tren co so|bao gom|thuong xuyen|dinh ky|hang (?:nam|thang|quy|tuan)|"
                          "nghiem tuc|kip thoi|khan truong|day manh|nang cao|duy tri|cong khai|cong bo|lua chon|dao tao|boi duong|tap huan|ho tro|khao sat|dieu tra|thu thap|"
                          "nghien cuu|ung dung|nang cap|so hoa|chinh ly|huy dong|long ghep|quyet dinh|xem xet|tra loi|giai quyet|khac phuc|chap hanh|phu trach|dieu phoi|"
                          "thong bao|mua sam|sua chua|bien soan|van hanh|tap trung|phan dau|xac dinh|xac nhan|dang tai|doi chieu|ban giao|bao tri)(?![a-z])");
}

gsize
kh_unit_name (const char *text)
{
    gsize end = kh_unit_head (text);
    if (end == 0)
        return 0;
    const char *p = text + end;
    gsize good = end;
    g_autofree char *before = g_strndup (text, end);
    for (int words = 0; words < 24 && (*p == ' ' || *p == ','); words++) {
        gboolean comma = *p == ',';
        while (*p == ' ' || *p == ',')
            p++;
        const char *stop = p;
        while (*stop && *stop != ' ' && *stop != ',' && *stop != ';' && *stop != ':')
            stop = g_utf8_next_char (stop);
        if (stop == p)
            break;
        g_autofree char *word = g_strndup (p, stop - p);
        g_autofree char *folded = kh_viet_fold (word);
        g_autofree char *rest = g_utf8_substring (p, 0, MIN (g_utf8_strlen (p, -1), 40));
        gboolean small = !begins_capital (word), listing = KH_FITS (before, "^(?:cac|va|cua|nhung)$");
        if (small && !(listing && g_str_has_prefix (folded, "to")) && kh_unit_stops_at (rest))
            break;
        if (comma && small && !KH_FITS (rest, "^(?:cac|thi|thanh pho|huyen|xa|phuong|cap|don vi|dia phuong|co quan|ban|nganh|phong|trung tam|to chuc|doan the|ca nhan|thi tran|quan|ap|thon|vien chuc|cong chuc|nguoi)(?![a-z])"))
            break;
        gboolean hanging = KH_FITS (word, "^(?:va|-|cua|cac)$") || (strcmp (folded, "thuoc") == 0 && strcmp (before, "truc") != 0);
        gboolean ended = g_str_has_suffix (word, ".") && (*stop == '\0' || *stop == ' ');
        if (!hanging)
            good = stop - text - (ended ? 1 : 0);
        if (ended)
            break;
        g_free (before);
        before = g_steal_pointer (&folded);
        p = stop;
    }
    return good;
}

/* --- splitting ------------------------------------------------------------------------------ */

static gboolean
is_dash (gunichar c)
{
    return c == '-' || c == '+' || c == '*' || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == 0x2212;
}

/* The bytes of a list dash with its space at the start. */
static gsize
dash_length (const char *text)
{
    gunichar c = g_utf8_get_char (text);
    if (!is_dash (c))
        return 0;
    const char *p = g_utf8_next_char (text);
    while (*p == ' ')
        p++;
    return p - text;
}

/* Does the name so far end in a word or mark that wants more? Short words that are others without their marks (cho, chợ) count
 * only as they are spelled. */
static gboolean
ends_open (const char *before)
{
    static const char *const marks[] = { ",", "-", "–", "&", "(", "/", ":" };
    static const char *const folded_words[] = { " va", " thuoc", " cua", " cap", " cac", " voi", " hoac", " truc" };
    static const char *const printed_words[] = { " tại", " cho", " ở", " về", " theo" };
    g_autofree char *small = g_utf8_strdown (before, -1);
    g_autofree char *printed = g_strconcat (" ", small, NULL);
    g_autofree char *bare = kh_viet_fold (before);
    g_autofree char *folded = g_strconcat (" ", bare, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
        if (g_str_has_suffix (printed, marks[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (folded_words); i++)
        if (g_str_has_suffix (folded, folded_words[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (printed_words); i++)
        if (g_str_has_suffix (printed, printed_words[i]))
            return TRUE;
    int depth = 0;
    for (const char *p = folded; *p; p++)
        depth += (*p == '(') - (*p == ')');
    return depth > 0;
}

static gboolean
is_one_of (const char *folded, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp (folded, *words) == 0)
            return TRUE;
    return FALSE;
}

/* Is `next` a part of the name that `unit` ends with, though it begins as a body's name does ("Tổ chức phi" "Chính phủ")? Both folded. */
static gboolean
names_go_on (const char *unit, const char *next)
{
    return (KH_FITS (unit, "(?:^| )phi$") && KH_FITS (next, "^chinh phu"))
           || (KH_FITS (unit, "(?:^| )chi nhanh$") && KH_FITS (next, "^(?:van phong|ngan hang|kho bac|cong ty)(?![a-z])"))
           || (KH_FITS (unit, "(?:^| )lien minh$") && KH_FITS (next, "^(?:cac )?hop tac xa"))
           || (KH_FITS (unit, "(?:^| )to chuc(?: -)?$") && KH_FITS (next, "^can bo"))
           || (KH_FITS (unit, "(?:^| )thuong truc$") && KH_FITS (next, "^(?:hoi dong|uy ban|hdnd|ubnd|tinh uy|thanh uy|huyen uy|dang uy|ban)(?![a-z])"))
           || (KH_FITS (unit, "^(?:ban|van phong|uy ban)(?: (?:tuyen giao|dan van|noi chinh|to chuc|kiem tra))?$")
               && KH_FITS (next, "^(?:tinh uy|thanh uy|huyen uy|thi uy|quan uy|dang uy)(?![a-z])"))
           || (KH_FITS (unit, "(?:^| )y te$") && KH_FITS (next, "^(?:thanh pho|huyen|thi xa|xa|phuong)(?![a-z])"));
}

/* Does a new unit begin with `next`, `before` being the unit so far? `paragraph`: layout saw a paragraph's end there. */
static gboolean
begins_unit (const char *before, const char *next, gboolean paragraph, gboolean listed)
{
    static const char *const hungry[] = { "cac thanh vien", "thanh vien", "cac uy vien", "thuong truc", "to giup viec", "co quan thuong truc", "giam doc", "pho giam doc", "thu truong", "lanh dao", "truong", "chu tich", "pho", "ban", "phong", "trung tam", "so",
                                          "chanh", "chanh van phong", "chanh thanh tra", "chi cuc", "cuc", "cac", "don vi", "co quan", "cac so", "bo", "hoi", "doan",
                                          "truong phong", "to", "doi", "uy ban", "ubnd", "vien", "dai", "ban giam doc", "ban chi dao", "ban quan ly", "cong an", "truong", NULL };
    static const char *const house[] = { "van phong", "thanh tra", "cac phong", "phong tu phap", NULL }; /* complete, unless the body follows whose it is */
    if (*before == '\0')
        return FALSE;
    if (listed && dash_length (next) > 0)
        return TRUE;
    if (g_str_has_suffix (before, ";"))
        return TRUE;
    if (ends_open (before) || !begins_capital (next))
        return FALSE;
    const char *other = strrchr (before, ';'); /* the last unit of several */
    before = other != NULL ? other + 1 + strspn (other + 1, " ") : before;
    g_autofree char *unit = kh_viet_fold (before + dash_length (before));
    g_autofree char *rest = kh_viet_fold (next);
    static const char *const lone[] = { "so", "so;", "so.", "so tinh", "ubnd tinh", "ubnd huyen", "ubnd xa", NULL };
    if (is_one_of (unit, hungry))
        return FALSE;
    if (names_go_on (unit, rest))
        return FALSE;
    gsize bytes;
    int head = head_of (next, &bytes);
    if (is_one_of (unit, house) && (is_one_of (rest, lone) || KH_FITS (next, "^(?:ban (?:chi|quan)|hoi dong)(?![a-z])") || (head >= 0 && heads[head].own && strcmp (heads[head].head, "cac") != 0)))
        return FALSE;
    if (strcmp (rest, "so") == 0 || strcmp (rest, "so;") == 0 || strcmp (rest, "so.") == 0)
        return FALSE;
    return head >= 0 || paragraph;
}

static void
add_unit (kh_pool *pool, GPtrArray *units, const kh_text *text, gsize start, gsize end)
{
    const char *s = text->str;
    while (start < end && s[start] == ' ')
        start++;
    start += dash_length (s + start) && start < end ? dash_length (s + start) : 0;
    while (end > start && strchr (" ;,.", s[end - 1]) != NULL)
        end--;
    if (start >= end)
        return;
    kh_text part = kh_text_slice (pool, text, start, end);
    kh_value *value = kh_pool_new0 (pool, kh_value, 1);
    *value = kh_value_of (pool, &part);
    if (value->text != NULL)
        g_ptr_array_add (units, value);
}

/* "Các phòng" and the like, without a word that says whose: what follows its comma belongs to it. */
static gboolean
is_open_plural (const char *piece)
{
    g_autofree char *folded = kh_viet_fold (piece + dash_length (piece));
    static const char *const starts[] = { "cac ", "truong cac ", "thu truong cac ", "lanh dao cac ", "giam doc cac ", "toan the ", NULL };
    gboolean plural = FALSE;
    for (guint i = 0; starts[i] != NULL; i++)
        plural |= g_str_has_prefix (folded, starts[i]);
    return plural && strstr (folded, "thuoc") == NULL && strstr (folded, "lien quan") == NULL;
}

/* Splits at ";" (a scan reads ":") and at commas before a new head. */
static void
split_text (kh_pool *pool, GPtrArray *units, const kh_text *text)
{
    const char *s = text->str;
    gsize start = 0, length = strlen (s);
    int depth = 0;
    gboolean scanned = kh_text_confidence (text) < 0.9999;
    for (gsize i = 0; i < length; i++) {
        depth += (s[i] == '(') - (s[i] == ')');
        if (depth > 0)
            continue;
        gboolean cut = s[i] == ';' || (scanned && s[i] == ':' && s[i + 1] == ' ' && kh_unit_head (s + start + dash_length (s + start)) > 0);
        if (s[i] == ',' && s[i + 1] == ' ') {
            g_autofree char *piece = g_strndup (s + start, i - start);
            int head = head_of (s + i + 2, NULL);
            cut = head >= 0 && !is_open_plural (piece);
        }
        if (cut) {
            add_unit (pool, units, text, start, i);
            start = i + 1;
            while (s[start] == ' ')
                start++;
        }
    }
    add_unit (pool, units, text, start, length);
}

GPtrArray *
kh_units_of_text (kh_pool *pool, const kh_text *text)
{
    GPtrArray *units = kh_pool_list (pool);
    if (!kh_text_is_empty (text))
        split_text (pool, units, text);
    return units;
}

/* --- cells ---------------------------------------------------------------------------------- */

/* Does a printed line of the cell begin with this word? */
static gboolean
begins_line (const kh_cell *cell, const kh_word *word)
{
    for (guint i = 0; i < cell->lines->len; i++) {
        const kh_line *line = g_ptr_array_index (cell->lines, i);
        if (line->text.n_pieces > 0 && line->text.pieces[0].word == word)
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
kh_units_of_cell (kh_pool *pool, const kh_cell *cell)
{
    GPtrArray *units = kh_pool_list (pool);
    kh_text unit = { "", 0, NULL };
    gboolean listed = cell->paragraphs->len > 0 && dash_length (((kh_text *) g_ptr_array_index (cell->paragraphs, 0))->str) > 0;

    for (guint i = 0; i < cell->paragraphs->len; i++) {
        const kh_text *paragraph = g_ptr_array_index (cell->paragraphs, i);
        gsize from = 0;
        for (gsize k = 0; k < paragraph->n_pieces; k++) {
            const kh_piece *piece = &paragraph->pieces[k];
            gboolean first = k == 0;
            if (!first && (paragraph->str[piece->start - 1] != ' ' || !begins_line (cell, piece->word)))
                continue;
            kh_text so_far = kh_text_slice (pool, paragraph, from, piece->start);
            kh_text before = kh_text_join (pool, &unit, &so_far);
            if (!begins_unit (before.str, paragraph->str + piece->start, first, listed))
                continue;
            split_text (pool, units, &before);
            unit = (kh_text){ "", 0, NULL };
            from = piece->start;
        }
        kh_text rest = kh_text_slice (pool, paragraph, from, strlen (paragraph->str));
        unit = kh_text_join (pool, &unit, &rest);
    }
    if (!kh_text_is_empty (&unit))
        split_text (pool, units, &unit);
    return units;
}
