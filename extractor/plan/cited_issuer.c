#include "plan/cited_issuer.h"

#include <string.h>

#include "plan/document_types.h"
#include "plan/pattern.h"
#include "plan/units.h"

#define MOST_WORDS 40
#define LOOK_AHEAD 48 /* bytes of fold, enough for any word asked for */

/* Does the expression match the fold at `at`? */
#define FITS_AT(fold, at, source)                                                                                             \
    ({                                                                                                                        \
        static GRegex *slot_;                                                                                                 \
        g_regex_match_full (kh_pattern (source, &slot_), (fold)->str, (gssize) MIN ((fold)->length, (at) + LOOK_AHEAD), (gssize) (at), \
                            G_REGEX_MATCH_ANCHORED, NULL, NULL);                                                              \
    })

static const char *
printed (const kh_fold *fold, gsize at)
{
    return fold->original + fold->at[at];
}

static gboolean
is_capital (const kh_fold *fold, gsize at)
{
    return at < fold->length && g_unichar_isupper (g_utf8_get_char (printed (fold, at)));
}

/* ------------------------------------------------------------------ where a name ends */

/* Words with which the paper's title, or the sentence, goes on. `shouted`: all is in capitals. */
static gboolean
goes_on (const kh_fold *fold, gsize at, gboolean shouted)
{
    static const char *const small[] = { "về", "tại", "do", "trong", "năm", "khóa", "khoá", "giao", "có", "là", "như", "nêu", "hoặc", "nay", "duyệt", "các", "bằng", "trên", "này", "đó" };
    g_autofree char *ahead = g_utf8_substring (printed (fold, at), 0, MIN (g_utf8_strlen (printed (fold, at), -1), 40));
    g_autofree char *rest = shouted ? g_utf8_strdown (ahead, -1) : g_strdup (ahead);
    gsize n = strcspn (rest, " ,;:.)");
    for (guint i = 0; i < G_N_ELEMENTS (small); i++)
        if (strlen (small[i]) == n && strncmp (small[i], rest, n) == 0)
            return TRUE;
    if (FITS_AT (fold, at, "(?:ve viec|v/v|vv|qu[iy] dinh|quy che|sua doi|cong bo|ket luan|thong nhat|quyet dinh|bai bo|lay y kien|thong qua|doi voi|kem theo|dinh kem|phan (?:bo|cap|cong)|"
                            "nhiem ky|lan thu|ky hop|dinh chinh|giai doan|bo sung|ap dung|mot so|den nam|thay the|huy bo|cho phep|hop nhat|dieu chinh|gia han|chuyen|kien toan|"
                            "de ra|het hieu luc|khoa [ivx]+|ngay ?\\d+|so ?:? ?\\d+|duy tri)(?![a-z0-9])"))
        return TRUE;
    return kh_unit_stops_at (rest);
}

/* "của Chính phủ Quy định chi tiết …": the title of the paper, although its verb has a capital. */
static gboolean
begins_title (const kh_fold *fold, gsize at, gsize next)
{
    return (next >= fold->length || !is_capital (fold, next) || FITS_AT (fold, at, "khoa "))
           && FITS_AT (fold, at, "(?:qu[iy] dinh|ket luan|phe duyet|ban hanh|sua doi|cong bo|quyet dinh|ve viec|v/v|huong dan|bo sung|thong qua|trien khai|khoa [ivx]+)(?![a-z])");
}

/* Second halves of words in names, that are verbs by themselves: Ngoại giao, Giao thông, Hội nghị lần thứ bảy Ban Chấp hành … */
static gboolean
completes (const kh_fold *fold, gsize at, const char *name)
{
    return (g_str_has_suffix (name, "ngoai") && FITS_AT (fold, at, "giao(?![a-z])")) || FITS_AT (fold, at, "giao thong(?![a-z])") ||
           (g_str_has_suffix (name, "ban") && FITS_AT (fold, at, "chap hanh(?![a-z])")) || (strcmp (name, "hoi nghi") == 0 && FITS_AT (fold, at, "lan thu(?![a-z])"));
}

/* Bodies with a task for a name: "Ban Chỉ đạo phòng, chống …", "Tổ công tác triển khai …". What they are for may begin as a verb does. */
static gboolean
has_purpose (const kh_fold *fold, gsize at, const char *name)
{
    if (FITS_AT (fold, at, "ve(?![a-z])"))
        return KH_FITS (name, "(?:ban chi dao|uy ban) (?:quoc gia|trung uong)$");
    return KH_FITS (name, "^(?:.* )?(?:ban chi dao|ban quan ly|ban van dong|ban to chuc|ban chi huy|to cong tac|to giup viec|hoi dong|uy ban|tieu ban|doan|to|ban|cong ty (?:co phan|tnhh)(?: tu van)?)"
                          "(?: (?:quoc gia|trung uong|lien nganh|tinh|huyen|thanh pho))?$");
}

/* "Chính phủ", "Quốc hội": nothing small belongs to the name. */
static gboolean
is_whole (const char *name)
{
    return KH_FITS (name, "(?:^| )(?:chinh phu|quoc hoi|bo chinh tri|ban bi thu|tinh uy|thanh uy|huyen uy)$");
}

/* Behind "và" written small: the other half of a name (Giáo dục và đào tạo). */
static gboolean
closes_name (const kh_fold *fold, gsize at)
{
    return FITS_AT (fold, at, "(?:dao tao|ky thuat|phat trien|moi truong|xa hoi|dau tu|cong nghe|the thao|du lich|truyen thong|tre em|gia dinh|dan toc|ton giao|nong thon|thuong mai|ngan sach|"
                              "cong thuong|ha tang|do thi|doi ngoai|thong tin|hop tac|bao ve|chong|thuong binh|dan so|an toan|xay dung|cuu nan|cuu ho|chua chay)(?![a-z])");
}

/* Halves of names with a comma between. */
static const struct {
    const char *first, *second;
} pairs[] = {
    { "phong", "chong " }, { "phong chay", "chua chay" }, { "cuu nan", "cuu ho" }, { "buu chinh", "vien thong" }, { "bo truong", "chu nhiem" }, { "bo chinh tri", "ban bi thu" },
};

/* Behind a comma: does `name` go on with a list of its parts ("Văn hóa, Thể thao và Du lịch", "phòng, chống lụt, bão")? The two
 * bodies that issue the Party's papers together count as one. */
static gboolean
lists_on (const kh_fold *fold, gsize at, const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
        if (g_str_has_suffix (name, pairs[i].first) && strncmp (fold->str + at, pairs[i].second, strlen (pairs[i].second)) == 0)
            return TRUE;
    if (strstr (name, "phong chong") != NULL && !is_capital (fold, at))
        return !goes_on (fold, at, FALSE);
    if (!is_capital (fold, at) || kh_unit_head (printed (fold, at)) > 0 || kh_document_type_at (fold, at, NULL) != NULL)
        return FALSE;
    return FITS_AT (fold, at, "(?:[a-z]+ ){1,4}(?:va|-) [a-z]");
}

/* Another paper, not the second half of a name ("Kế hoạch và Đầu tư"). */
static gboolean
is_cited (const kh_fold *fold, gsize at)
{
    gsize length;
    return kh_document_type_at (fold, at, &length) != NULL && FITS_AT (fold, at + length, " (?:so|ngay|cua|\\d)");
}

static gboolean
joins (const kh_fold *fold, gsize at, gsize stop)
{
    return (stop - at == 2 && strncmp (fold->str + at, "va", 2) == 0) || (stop - at == 1 && fold->str[at] == '-');
}

/* Are the first words in capitals throughout, so that capitals tell nothing? */
static gboolean
is_shouted (const kh_fold *fold, gsize at, gsize limit)
{
    int words = 0;
    for (const char *p = printed (fold, at); p < fold->original + kh_fold_end (fold, limit) && words < 4; p = g_utf8_next_char (p)) {
        if (g_unichar_islower (g_utf8_get_char (p)))
            return FALSE;
        words += *p == ' ';
    }
    return words > 1;
}

/* "và" or a dash at [word, stop): does the name go on behind it? */
static gboolean
joins_on (const kh_fold *fold, gsize word, gsize stop, gsize limit, const char *name)
{
    gsize next = stop + 1;
    if (next >= limit)
        return FALSE;
    if (!is_capital (fold, next))
        return fold->str[word] == 'v' && closes_name (fold, next);
    return !is_cited (fold, next) && !(is_whole (name) && kh_document_type_at (fold, next, NULL) != NULL);
}

/* Does the name end before the word at [word, next - 1)? */
static gboolean
ends_before (const kh_fold *fold, gsize word, gsize next, const char *name, gboolean shouted)
{
    if (strchr (";.:()\"'", fold->str[word]) != NULL)
        return TRUE;
    if (shouted || (!is_capital (fold, word) && !g_ascii_isdigit (fold->str[word])))
        return is_whole (name) || (goes_on (fold, word, shouted) && !has_purpose (fold, word, name) && !completes (fold, word, name));
    return begins_title (fold, word, next) || is_cited (fold, word) || KH_FITS (name, "(?:chinh phu|quoc hoi)$");
}

/* The name that begins at folded byte `at`: its end. */
static gsize
name_end (const kh_fold *fold, gsize at, gsize limit, gboolean joint)
{
    gsize good = at;
    gboolean shouted = is_shouted (fold, at, limit);
    g_autoptr (GString) name = g_string_new (NULL); /* so far, folded */
    for (gsize word = at, words = 0; word < limit && words < MOST_WORDS; words++) {
        gsize stop = word;
        while (stop < limit && fold->str[stop] != ' ')
            stop++;
        gboolean join = joins (fold, word, stop);
        if (words > 0 && (join ? !joins_on (fold, word, stop, limit, name->str) : ends_before (fold, word, stop + 1, name->str, shouted)))
            break;
        gsize last = word + strcspn (fold->str + word, ")\"; ");
        while (last > word && strchr (".:,'", fold->str[last - 1]) != NULL)
            last--;
        if (last == word)
            break;
        g_string_append_printf (name, "%s%.*s", words > 0 ? " " : "", (int) (last - word), fold->str + word);
        if (!join && !g_str_has_suffix (name->str, " ve"))
            good = last;
        word = stop + 1;
        gboolean comma = last + 1 == stop && fold->str[last] == ',';
        if (last < stop && !(comma && word < limit && ((joint && kh_unit_head (printed (fold, word)) > 0) || lists_on (fold, word, name->str))))
            break;
    }
    return good;
}

/* ------------------------------------------------------------------ where it stands */

gboolean
kh_cited_issuer_follows (const kh_fold *fold, gsize at, gsize limit, kh_issuer_flags flags, gsize *start, gsize *end)
{
    gsize i = at;
    while (i < limit && fold->str[i] == ' ')
        i++;
    gsize bare = i;
    while (i < limit && strchr (" ,:)", fold->str[i]) != NULL)
        i++;
    gboolean made = FITS_AT (fold, i, "do ");
    if (made || FITS_AT (fold, i, "cua "))
        i += strcspn (fold->str + i, " ") + 1;
    else if ((flags & KH_ISSUER_BARE) == 0 || i != bare || i >= limit || kh_unit_head (printed (fold, i)) == 0)
        return FALSE;
    if (i >= limit || kh_document_type_at (fold, i, NULL) != NULL || strchr ("\"'([.", fold->str[i]) != NULL)
        return FALSE;
    *start = i;
    *end = name_end (fold, i, limit, (flags & KH_ISSUER_JOINT) != 0);
    return *end > *start && (!made || FITS_AT (fold, *end, " (?:ban hanh|phat hanh|ky)(?![a-z])"));
}

/* Is what stands before `at` something that a body says in a paper? ("quyền hạn của Bộ … tại Nghị định" is nothing of the kind.) */
static gboolean
speaks (const kh_fold *fold, gsize at)
{
    gsize from = at > 32 ? at - 32 : 0;
    g_autofree char *before = g_strndup (fold->str + from, at - from);
    return KH_FITS (before, "(?:de nghi|y kien|chi dao|ket luan|yeu cau|huong dan|dong y|thong nhat|phe duyet|bao cao|trinh|de xuat|thong bao|van ban|kien nghi|cong bo|chap thuan|giao|chu truong)"
                            "(?: tham dinh| chi dao| thong nhat| bang van ban)?$");
}

gboolean
kh_cited_issuer_precedes (const kh_fold *fold, gsize floor, gsize type, gsize *start, gsize *end)
{
    static GRegex *slot;
    GRegex *pattern = kh_pattern ("^(?: tai(?: cac)? | ?\\( ?)$", &slot);
    for (gsize behind = type; behind-- > floor && type - behind <= strlen (" tai cac ");) {
        g_autofree char *words = g_strndup (fold->str + behind, type - behind);
        if (!g_regex_match (pattern, words, 0, NULL) || (fold->str[behind] != ' ' && fold->str[behind] != '('))
            continue;
        while (behind > floor && fold->str[behind - 1] == ' ')
            behind--;
        for (gsize i = behind; i-- > floor;)
            if (strncmp (fold->str + i, " cua ", 5) == 0) {
                *start = i + 5;
                *end = name_end (fold, *start, behind, FALSE);
                return *end == behind && speaks (fold, i);
            }
        return FALSE;
    }
    return FALSE;
}
