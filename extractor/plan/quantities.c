/* quantities.c - how a quantity is read.
 *
 *   1. A run of digits that is no part of a date, a document number, a list number or a word: the number.
 *   2. Before it, within the clause: the comparing words next to it (tối thiểu, không quá, ≥), or a word of change before
 *      those (giảm tối thiểu 20%: change wins).
 *   3. Behind it: the unit (measures.h).
 *   4. Behind the unit: trở lên, trở xuống.
 *   5. "từ 45% lên 70%": the number that something comes from is passed over.
 */
#include "plan/quantities.h"

#include "plan/measures.h"
#include "plan/numbers.h"
#include "plan/pattern.h"

#include <string.h>

/* --- patterns ------------------------------------------------------------------------------- */

#define FURTHEST_BEFORE 300 /* bytes before a number that may say something of it */

enum pattern { BEFORE_BOUND, BEFORE_CHANGE, NOT_A_COUNT, RANK, WITHIN, CHANGED, BEHIND, LEADERS, MOVES, COMPARED_WITH, N_PATTERNS };

/* From LEADERS on the patterns stand right behind a place. */
static const char *const sources[N_PATTERNS] = {
    /* what stands right before the number: at least, at most, just so */
    [BEFORE_BOUND] = "(?:(\\btoi thieu|\\bit nhat|\\bkhong (?:it|thap|duoi|nho|kem) hon|\\bkhong (?:it|thap|duoi)|\\btren|\\blon hon|"
                     "\\bnhieu hon|\\bcao hon|\\bhon|\\btu|\\bvuot qua|\\bvuot|>=|≥|>)|"
                     "(\\btoi da|\\bkhong (?:duoc )?(?:vuot )?qua|\\bkhong (?:duoc )?vuot|\\bkhong (?:cao|nhieu|lon) hon|\\bkhong tren|"
                     "\\bcon duoi|\\bduoi|\\bthap hon|\\bit hon|\\bnho hon|\\bchua den|\\bnhieu nhat|<=|≤|<|"
                     "\\b(?:trong|thuoc|vao) (?:nhom|top)|\\btop)|"
                     "(\\bdat|\\bphan dau dat|\\bphan dau|\\bbang|\\bla|\\bcon|\\blen|\\bxuong|\\bgap|=))"
                     "(?: (?:dat|muc|khoang|tuong ung|binh quan|trung binh|ty le|duoc|cho|mot|den|toi|la|con|du|so|ca))*[ :]*$",
    /* a change: right before the number and its bound, or with the thing that changes between (cắt giảm chi phí ít nhất 30%), but
     * not when a level follows (tăng tỷ lệ … lên 80%), nor tăng cường, tăng trưởng, giảm nghèo */
    [BEFORE_CHANGE] = "\\b(?:(tang|them$)|(giam|rut ngan|tiet kiem|tinh gian|ha))\\b(?! (?:cuong|truong|toc|ngheo|tai|thieu|nhe|thap|tang|canh|gia dinh|quyen)\\b)"
                      "(?:(?: (?:them|binh quan|trung binh|hang nam|moi nam|khoang|gap|duoc|tu|dan|di))*|[^,;:.]{0,70}?(?<! len| xuong| con| dat| den| toi| bang| la| muc))$",
    [NOT_A_COUNT] = "(?:\\bdieu|\\bkhoan|\\bmuc|\\bphan|\\bso|\\bphu luc|\\bbieu|\\bmau|\\bchuong|\\bdiem|\\bnam|\\bthang|\\bngay|\\bquy|\\bgiai doan|\\biso|\\bqcvn|\\btcvn|\\bversion|\\bphien ban|\\bcap|\\bhang|"
                    "\\bmuc do|\\bthu|\\bloai|\\blan thu|\\bchi so|\\bdt|\\btel|\\bfax|\\bquoc lo|\\bkm)[ .:]*$",
    [RANK] = "\\b(?:(?:xep|dung|dat|giu)(?: (?:hang|vi tri|o|tu|trong|thu))* (?:thu|hang|vi tri|vi thu)|thu hang|vi tri thu)"
             "(?: (?:thu|hang|dat|o|tu|la|so))*[ :]*$",
    [WITHIN] = "\\btrong(?: vong| thoi gian| thoi han| so)?(?: khoang)?[ :]*$",
    [CHANGED] = "\\b(?:giam|rut ngan|cat|ha|nang|tang|dua|thu gon|sap xep)\\b",
    [BEHIND] = " (?:(tro len)|(tro xuong))",
    [LEADERS] = " (?:[a-z,]+ ){1,7}?(?:dan dau|dung dau|hang dau|di dau|cao nhat|tot nhat)\\b",
    [MOVES] = "(?: (?:vao |cua |trong )?(?:nam|thang|quy) [0-9/]+)?,?(?: (?:giam|tang|nang|rut ngan|cat))* (?:xuong|len|con|thanh)\\b",
    [COMPARED_WITH] = "[^;,.]{0,60}? so (?:voi|cung ky|nam)\\b",
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        for (int i = 0; i < N_PATTERNS; i++)
            compiled[i] = g_regex_new (sources[i], G_REGEX_RAW | G_REGEX_OPTIMIZE, i >= BEHIND ? G_REGEX_MATCH_ANCHORED : 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    return compiled[which];
}

/* Does the pattern match within the bytes [from, to)? */
static gboolean
has (enum pattern which, const kh_fold *fold, gsize from, gsize to)
{
    return from < to && g_regex_match_full (pattern (which), fold->str + from, to - from, 0, 0, NULL, NULL);
}

/* Does it match right behind the place `at`? */
static gboolean
follows (enum pattern which, const kh_fold *fold, gsize at)
{
    return g_regex_match_full (pattern (which), fold->str, fold->length, at, 0, NULL, NULL);
}

/* --- reading -------------------------------------------------------------------------------- */

/* Is the run of digits [at, end) part of something that does not count? */
static gboolean
is_other (const kh_fold *fold, gsize at, gsize end)
{
    const char *s = fold->str;
    char before = at > 0 ? s[at - 1] : ' ', behind = s[end];
    if (g_ascii_isalnum (before) || g_ascii_isalpha (behind))
        return TRUE;
    if ((before == '/' || before == '.' || before == '-') && at > 1 && g_ascii_isalnum (s[at - 2]))
        return TRUE; /* 6/2024, KH-15, 2.1 */
    if (behind == '/' && g_ascii_isalnum (s[end + 1]) && kh_measure_per_at (fold, end) == 0)
        return TRUE; /* a date, a document number; 03/04 is read before this is asked */
    if (behind == '-' && g_ascii_isalnum (s[end + 1]) && !g_ascii_isdigit (s[end + 1]))
        return TRUE; /* 17-NQ/TU */
    if ((at == 0 || s[at - 1] == '(') && (behind == ')' || (behind == '.' && (s[end + 1] == ' ' || s[end + 1] == '\0'))))
        return TRUE; /* a list number */
    if (behind == '.' && (s[end + 1] == ' ' || s[end + 1] == '\0') && memchr (s + at, '.', end - at) != NULL && end - at <= 5)
        return TRUE; /* 2.1. */
    return FALSE;
}

/* 03/04 đơn vị: so many of so many. Bytes taken behind the first number. */
static gsize
read_share (const kh_fold *fold, gsize end, double *of)
{
    gsize length;
    if (fold->str[end] != '/' || (length = kh_number_read (fold, end + 1, of)) == 0)
        return 0;
    gsize behind = end + 1 + length;
    if (fold->str[behind] != ' ' || !g_ascii_isalpha (fold->str[behind + 1]) || kh_measure_per_at (fold, end) > 0)
        return 0;
    return kh_measure_at (fold, behind + 1) > 0 ? length + 1 : 0;
}

/* A word of change before the bound: [from, to). */
static gboolean
read_change (const kh_fold *fold, gsize from, gsize to, kh_quantity *out)
{
    static const char *const changes[] = { "tăng", "thêm", "giảm", "rút ngắn", "tiết kiệm", "tinh giản", "hạ", NULL };
    g_autoptr (GMatchInfo) info = NULL;
    int start, plus, minus, end;
    while (to > from && fold->str[to - 1] == ' ')
        to--;
    for (gsize at = from; at < to; at = from + end) {
        g_clear_pointer (&info, g_match_info_free);
        if (!g_regex_match_full (pattern (BEFORE_CHANGE), fold->str + from, to - from, at - from, 0, &info, NULL))
            return FALSE;
        gboolean grows = g_match_info_fetch_pos (info, 1, &plus, &end) && plus >= 0;
        if (!grows)
            g_match_info_fetch_pos (info, 2, &minus, &end);
        start = grows ? plus : minus;
        if (kh_fold_is_printed (fold, from + start, from + end, changes)) {
            out->comparator = grows ? "+" : "-";
            out->compared = TRUE;
            out->start = from + start;
            return TRUE;
        }
    }
    return FALSE;
}

/* Words that others look like without their marks: printed, it must be they, or what engines make of them and is no word. */
static gboolean
is_bound_printed (const kh_fold *fold, gsize start, gsize end)
{
    static const char *const words[] = { "hơn", "dưới", "còn dưới", "top", "tốp", "dưói", "duới", "dươi", "dưởi", NULL }, *const folded[] = { "hon", "duoi", "con duoi", "top", NULL };
    g_autofree char *word = g_strndup (fold->str + start, end - start);
    return !g_strv_contains (folded, word) || kh_fold_is_printed (fold, start, end, words);
}

/* The comparing words that end right before `at`. */
static void
read_before (const kh_fold *fold, gsize at, gsize from, kh_quantity *out)
{
    static const char *const levels[] = { "dat", "bang", "len", "xuong", "con", NULL };
    g_autoptr (GMatchInfo) bound = NULL;
    int start, end;
    gboolean level = FALSE;
    out->comparator = "=";
    gsize free_to = at;
    g_autofree char *clause = g_strndup (fold->str + from, at - from);
    if (g_regex_match (pattern (BEFORE_BOUND), clause, 0, &bound)) {
        g_autofree char *above = g_match_info_fetch (bound, 1), *below = g_match_info_fetch (bound, 2), *word = g_match_info_fetch (bound, 3);
        int group = above != NULL && *above != '\0' ? 1 : below != NULL && *below != '\0' ? 2 : 3;
        g_match_info_fetch_pos (bound, group, &start, &end);
        if (is_bound_printed (fold, from + start, from + end)) {
            if (group == 1 && strcmp (above, "tu") != 0) /* "từ 80%" alone is a beginning; "trở lên" decides later */
                out->comparator = ">=";
            else if (group == 2) /* không còn … dưới 50% */
                out->comparator = strstr (clause, "khong con ") != NULL ? ">=" : "<=";
            out->compared = TRUE;
            out->start = free_to = from + start;
            level = word != NULL && g_strv_contains (levels, word);
            out->is_level = group == 3 && level && strcmp (word, "dat") != 0 && has (CHANGED, fold, from, free_to);
        }
    }
    if (!level)
        read_change (fold, from, free_to, out);
}

/* "nhóm 10 tỉnh dẫn đầu", "trong 10 tỉnh đứng đầu": where `from` what leads up to the number begins. */
static void
read_leaders (const kh_fold *fold, gsize from, kh_quantity *out)
{
    gsize at = out->number_start;
    if (out->compared || !follows (LEADERS, fold, out->number_end))
        return;
    gboolean group = at >= from + 5 && strncmp (fold->str + at - 5, "nhom ", 5) == 0;
    if (group || has (WITHIN, fold, from, at)) {
        out->comparator = "<=";
        out->compared = TRUE;
    }
}

/* trở lên, trở xuống: also with a few words between: "75% hồ sơ thủ tục hành chính trở lên". */
static void
read_onwards (const kh_fold *fold, kh_quantity *out)
{
    g_autoptr (GMatchInfo) behind = NULL;
    int end;
    gsize stop = out->end;
    for (int words = 0; words < 9; words++) {
        if (g_regex_match_full (pattern (BEHIND), fold->str, fold->length, stop, 0, &behind, NULL)) {
            int group = -1;
            g_match_info_fetch_pos (behind, 1, &group, NULL);
            out->comparator = (group >= 0) != out->is_rank ? ">=" : "<="; /* a rank of 15 or above is a lower number */
            out->compared = TRUE;
            if (words == 0) {
                g_match_info_fetch_pos (behind, 0, NULL, &end);
                out->end = end;
            }
            break;
        }
        g_clear_pointer (&behind, g_match_info_free);
        if (fold->str[stop] != ' ')
            break;
        stop++;
        while (stop < fold->length && fold->str[stop] != ' ' && strchr (",;:.", fold->str[stop]) == NULL && !g_ascii_isdigit (fold->str[stop]))
            stop++;
    }
}

static void
read_unit (const kh_fold *fold, kh_quantity *out)
{
    out->end += kh_number_words_behind (fold, out->end);
    out->unit_start = out->unit_end = out->end;
    gsize at = out->end + (fold->str[out->end] == ' ');
    if (strncmp (fold->str + at, "cac ", 4) == 0 && kh_measure_at (fold, at + 4) > 0) /* top 5 các sở, ngành */
        at += 4;
    gsize length = kh_measure_per_at (fold, at); /* 5/100.000 dân */
    if (length == 0)
        length = !out->is_rank && (at > out->end || fold->str[at] == '%') ? kh_measure_or_word_at (fold, at) : kh_measure_at (fold, at);
    if (length > 0) {
        out->unit_start = at;
        out->unit_end = out->end = at + length;
    }
}

/* A time that something is done in: "trong 02 ngày làm việc"; not "trong 05 năm". */
static void
read_within (const kh_fold *fold, gsize from, kh_quantity *out)
{
    static const char *const times[] = { "phut", "gio", "gio lam viec", "ngay", "ngay lam viec", NULL };
    g_autofree char *unit = g_strndup (fold->str + out->unit_start, out->unit_end - out->unit_start);
    if (out->compared || !g_strv_contains (times, unit) || !has (WITHIN, fold, from, out->number_start))
        return;
    out->comparator = "<=";
    out->compared = TRUE;
}

/* The other end of a range: "80 - 85%", "từ 85% đến 90%", "từ 2 đến 3 điểm". FALSE when the number is where something starts from
 * ("từ 15 đến 10 ngày"). */
static gboolean
read_range (const kh_fold *fold, gboolean from_here, kh_quantity *out)
{
    gsize at = out->end;
    double upper;
    if (fold->str[at] == '%')
        at++;
    else if (from_here && fold->str[at] == ' ')
        at += kh_measure_at (fold, at + 1) > 0 ? kh_measure_at (fold, at + 1) + 1 : 0;
    while (fold->str[at] == ' ')
        at++;
    gboolean dash = fold->str[at] == '-', to = !dash && strncmp (fold->str + at, "den ", 4) == 0;
    if (!dash && !to)
        return TRUE;
    at += to ? 4 : 1;
    while (fold->str[at] == ' ')
        at++;
    gsize length = kh_number_read (fold, at, &upper), end = at + length;
    if (length == 0 || (fold->str[end] == '/' && g_ascii_isdigit (fold->str[end + 1])) || (to && !from_here && fold->str[end] != '%'))
        return TRUE;
    if (upper <= out->value)
        return !(to && from_here);
    out->of = upper;
    out->is_range = TRUE;
    out->number_end = out->end = end;
    return TRUE;
}

/* Reads the number at [at, end) with all that belongs to it, in the clause that begins at `from`. FALSE when it is where something
 * starts from; then out->end is behind it. */
static gboolean
read_quantity (const kh_fold *fold, gsize from, kh_quantity *out)
{
    gsize before = out->number_start - kh_number_words_before (fold, from, out->number_start);
    gboolean from_here = before >= from + 3 && strncmp (fold->str + before - 3, "tu ", 3) == 0 &&
                         (before == from + 3 || !g_ascii_isalnum (fold->str[before - 4]));
    out->is_rank = has (RANK, fold, from, before);
    read_before (fold, before, from, out);
    if (out->of == 0 && !read_range (fold, from_here, out))
        return FALSE;
    read_unit (fold, out);
    if (from_here && !out->is_range && follows (MOVES, fold, out->end))
        return FALSE;
    read_leaders (fold, from, out);
    read_within (fold, from, out);
    read_onwards (fold, out);
    if (out->compared && g_str_has_prefix (fold->str + out->start, "cao hon") && follows (COMPARED_WITH, fold, out->end))
        out->comparator = "+";
    else if (out->compared && g_str_has_prefix (fold->str + out->start, "thap hon") && follows (COMPARED_WITH, fold, out->end))
        out->comparator = "-";
    return TRUE;
}

gboolean
kh_quantity_find (const kh_fold *fold, gsize from, kh_quantity *out)
{
    gsize clause = from;
    for (gsize at = from; at < fold->length; at++) {
        if (strchr (";:", fold->str[at]) != NULL || (strchr (",.", fold->str[at]) && fold->str[at + 1] == ' '))
            clause = at + 1;
        double value, of = 0;
        gboolean digits = g_ascii_isdigit (fold->str[at]);
        if (digits && at > 0 && g_ascii_isdigit (fold->str[at - 1]))
            continue;
        gsize length = digits ? kh_number_read (fold, at, &value) : kh_number_word_at (fold, at, &value);
        if (length == 0)
            continue;
        gsize end = at + length, begin = MAX (clause, at - MIN (at, FURTHEST_BEFORE));
        gsize share = digits ? read_share (fold, end, &of) : 0;
        gsize next = end;
        while (g_ascii_isalnum (fold->str[next]) || (strchr ("/.-", fold->str[next]) != NULL && fold->str[next] && g_ascii_isdigit (fold->str[next + 1])))
            next++;
        if (digits && is_other (fold, at, end + share)) {
            at = MAX (next, end) - 1;
            continue;
        }
        gboolean percent = fold->str[end] == '%' || strncmp (fold->str + end, " %", 2) == 0;
        if (!percent && digits && has (NOT_A_COUNT, fold, begin, at) && !has (RANK, fold, begin, at)) {
            at = end - 1;
            continue;
        }
        *out = (kh_quantity){ .start = at, .number_start = at, .number_end = end + share, .end = end + share, .value = value, .of = of };
        if (read_quantity (fold, begin, out))
            return TRUE;
        at = MAX (out->end, end) - 1;
    }
    return FALSE;
}

#define MOST_BEHIND 20 /* bytes behind a figure and its unit in a cell; more is a sentence */

gboolean
kh_quantity_alone (const kh_fold *fold, kh_quantity *out)
{
    static GRegex *slot;
    int places[2];
    gboolean plus = *fold->str == '+';
    gsize first = plus ? 1 + (fold->str[1] == ' ') : 0;
    if (kh_pattern_match (kh_pattern ("^(?:(?:phan dau|dat|ty le|muc|khoang) )+", &slot), fold, 0, places, 1))
        first = places[1];
    if (!kh_quantity_find (fold, first, out) || out->start > first)
        return FALSE;
    if (plus)
        out->comparator = "+";
    return fold->length - out->end <= MOST_BEHIND;
}
