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
    { "moi", FALSE }, { "tung", FALSE }, { "toan", FALSE }, { "nhung", FALSE }, { "ca nhan", FALSE }, { "nguoi", FALSE }, { "thon", FALSE }, { "ap", FALSE },
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

/* Small words that stand inside names of bodies. */
static gboolean
is_nominal (const char *folded)
{
    static const char words[] = " va cac tinh huyen xa phuong thi tran thanh pho quan thuoc truc cap don vi co quan phong ban nganh so dia phuong trung tam "
                                "chuyen mon lien quan doan the hoi nhan dan su nghiep cong lap nha nuoc - ap thon khu chinh tri quoc te dang vien ubnd "
                                "truong to chuc so hai ba bo nganh nghe giam doc pho truong chanh thanh tra van chuyen trach noi vu ";
    g_autofree char *key = g_strdup_printf (" %s ", folded);
    return strstr (words, key) != NULL;
}

/* Small words after which no name goes on although some of them stand in names. */
static gboolean
is_verb (const char *rest_folded)
{
    static const char *const verbs[] = {
        "chu tri", "phoi hop", "co trach nhiem", "chiu trach nhiem", "tham muu", "theo doi", "huong dan", "to chuc thuc hien", "to chuc trien khai",
        "thuc hien", "trien khai", "xay dung", "bao cao", "tong hop", "kiem tra", "chi dao", "can doi", "trinh", "bo tri", "tiep tuc", "tang cuong", "chu dong",
        "can cu", "lam dau moi", "la dau moi", "dau moi", "giup", "ra soat", "cung cap", "dua tin", "ban hanh", "phe duyet", "cu the hoa", "quan triet",
        "tuyen truyen", "don doc", "to chuc tap", "to chuc kiem", "to chuc hoi", "to chuc cac", "to chuc ra", "to chuc danh", "to chuc tuyen", "to chuc lop",
    };
    for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (g_str_has_prefix (rest_folded, verbs[i]))
            return TRUE;
    return FALSE;
}

gsize
kh_unit_name (const char *text)
{
    gsize end = kh_unit_head (text);
    if (end == 0)
        return 0;
    const char *p = text + end;
    gsize good = end;
    gboolean hanging = FALSE; /* the last word taken was "và" or a comma */
    while (*p == ' ' || *p == ',') {
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
        g_autofree char *rest = kh_viet_fold (p);
        gboolean small = !begins_capital (word);
        if (is_verb (rest) && (small || comma))
            break;
        if (small && !is_nominal (folded) && *word != '(' && *word != '&' && !g_str_has_prefix (word, "–"))
            break;
        if (comma && small && !is_nominal (folded))
            break;
        gboolean last = g_str_has_suffix (word, ".") && stop[0] == '\0';
        hanging = strcmp (folded, "va") == 0 || strcmp (folded, "-") == 0;
        if (!hanging)
            good = stop - text - (last ? 1 : 0);
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

/* Does a new unit begin with `next`, `before` being the unit so far? `paragraph`: layout saw a paragraph's end there. */
static gboolean
begins_unit (const char *before, const char *next, gboolean paragraph, gboolean listed)
{
    static const char *const hungry[] = { "giam doc", "pho giam doc", "thu truong", "lanh dao", "truong", "chu tich", "pho", "ban", "phong", "trung tam", "so",
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
    g_autofree char *unit = kh_viet_fold (before + dash_length (before));
    g_autofree char *rest = kh_viet_fold (next);
    static const char *const lone[] = { "so", "so;", "so.", "so tinh", "ubnd tinh", "ubnd huyen", "ubnd xa", NULL };
    if (is_one_of (unit, hungry))
        return FALSE;
    gsize bytes;
    int head = head_of (next, &bytes);
    if (is_one_of (unit, house) && (is_one_of (rest, lone) || (head >= 0 && heads[head].own && strcmp (heads[head].head, "cac") != 0)))
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
