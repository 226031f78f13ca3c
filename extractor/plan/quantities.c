/* quantities.c - how a quantity is read.
 *
 *   1. A run of digits that is no part of a date, a document number, a list number or a word: the number.
 *   2. Before it, within the clause: the comparing words next to it (tối thiểu, không quá, ≥), or a word of change before
 *      those (giảm tối thiểu 20%: change wins).
 *   3. Behind it: the unit (measures.h).
 *   4. Behind the unit: trở lên, trở xuống.
 */
#include "plan/quantities.h"

#include "plan/measures.h"

#include <string.h>

/* --- numbers -------------------------------------------------------------------------------- */

gsize
kh_number_read (const kh_fold *fold, gsize at, double *value)
{
    const char *s = fold->str + at, *p = s;
    if (!g_ascii_isdigit (*p))
        return 0;
    double whole = 0;
    int digits = 0;
    for (; g_ascii_isdigit (*p); p++, digits++)
        whole = whole * 10 + (*p - '0');
    if (digits > 15)
        return 0;
    gboolean grouped = FALSE;
    while (digits <= 3 && *p == '.' && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]) && g_ascii_isdigit (p[3]) && !g_ascii_isdigit (p[4])) {
        whole = whole * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0');
        p += 4;
        grouped = TRUE;
    }
    if ((*p == ',' || (*p == '.' && !grouped)) && g_ascii_isdigit (p[1])) {
        const char *q = p + 1;
        double part = 0, scale = 1;
        for (; g_ascii_isdigit (*q); q++) {
            part = part * 10 + (*q - '0');
            scale *= 10;
        }
        gboolean fraction = q - p - 1 <= 6 && !(q[0] == '.' && g_ascii_isdigit (q[1])) && !(q[0] == ',' && g_ascii_isdigit (q[1]));
        if (fraction) {
            whole += part / scale;
            p = q;
        }
    }
    *value = whole;
    return p - s;
}

/* --- patterns ------------------------------------------------------------------------------- */

enum pattern { BEFORE_BOUND, BEFORE_CHANGE, NOT_A_COUNT, BEHIND, N_PATTERNS };

static const char *const sources[N_PATTERNS] = {
    /* what stands right before the number */
    [BEFORE_BOUND] = "(?:(\\btoi thieu|\\bit nhat|\\bkhong (?:it|thap|duoi) hon|\\bkhong (?:it|thap|duoi)|\\btren|\\bhon|\\btu|\\bvuot|\\bcao hon|>=|≥|>)|"
                     "(\\btoi da|\\bkhong qua|\\bkhong vuot qua|\\bkhong (?:cao|nhieu|lon) hon|\\bkhong tren|\\bduoi|\\bcon duoi|\\bchua den|\\bnhieu nhat|<=|≤|<|\\btrong nhom|\\btrong top|\\btop)|"
                     "(\\bdat|\\bphan dau dat|\\bphan dau|\\bbang|\\bla|\\bcon|\\blen|\\bxuong|=))"
                     "(?: (?:dat|muc|khoang|tuong ung|binh quan|trung binh|ty le|duoc|cho|mot|den|toi|la|con|du|so|ca))*[ :]*$",
    /* a change: right before the number and its bound, or with the thing that changes between (cắt giảm chi phí ít nhất 30%), but
     * not when a level follows (tăng tỷ lệ … lên 80%), nor tăng cường, tăng trưởng, giảm nghèo */
    [BEFORE_CHANGE] = "\\b(?:(tang|them$)|(giam|rut ngan|tiet kiem|ha))\\b(?! (?:cuong|truong|toc|ngheo|tai|thieu|nhe|thap|tang|canh|gia dinh|quyen)\\b)"
                      "(?:(?: (?:them|binh quan|trung binh|hang nam|moi nam|khoang|gap|duoc|tu|dan|di))*|[^,;:.]{0,70}?(?<! len| xuong| con| dat| den| toi| bang| la| muc))$",
    [NOT_A_COUNT] = "(?:\\bdieu|\\bkhoan|\\bmuc|\\bphan|\\bso|\\bphu luc|\\bbieu|\\bmau|\\bchuong|\\bdiem|\\bnam|\\bthang|\\bngay|\\bquy|\\bgiai doan|\\biso|\\bqcvn|\\btcvn|\\bversion|\\bphien ban|\\bcap|\\bhang|"
                    "\\bmuc do|\\bthu|\\bloai|\\blan thu|\\bchi so|\\bdt|\\btel|\\bfax|\\bquoc lo|\\bkm)[ .:]*$",
    [BEHIND] = " (?:(tro len)|(tro xuong))",
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
    if (behind == '/' && g_ascii_isalnum (s[end + 1]))
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
    if (fold->str[behind] != ' ' || !g_ascii_isalpha (fold->str[behind + 1]))
        return 0;
    return kh_measure_at (fold, behind + 1) > 0 ? length + 1 : 0;
}

/* A word of change before the bound: [from, to). */
static gboolean
read_change (const kh_fold *fold, gsize from, gsize to, kh_quantity *out)
{
    static const char *const changes[] = { "tăng", "thêm", "giảm", "rút ngắn", "tiết kiệm", "hạ", NULL };
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

/* The comparing words that end right before `at`. */
static void
read_before (const kh_fold *fold, gsize at, gsize from, kh_quantity *out)
{
    static const char *const more[] = { "hơn", NULL }, *const less[] = { "dưới", "còn dưới", NULL };
    static const char *const levels[] = { "dat", "bang", "len", "xuong", "con", NULL };
    g_autofree char *clause = g_strndup (fold->str + from, at - from);
    g_autoptr (GMatchInfo) bound = NULL;
    int start, end;
    gboolean level = FALSE;
    out->comparator = "=";
    gsize free_to = strlen (clause);
    if (g_regex_match (pattern (BEFORE_BOUND), clause, 0, &bound)) {
        g_autofree char *above = g_match_info_fetch (bound, 1), *below = g_match_info_fetch (bound, 2), *word = g_match_info_fetch (bound, 3);
        g_match_info_fetch_pos (bound, 0, &start, &end);
        gboolean real = TRUE;
        if (g_strcmp0 (above, "hon") == 0)
            real = kh_fold_is_printed (fold, from + start, from + start + strlen (above), more);
        else if (g_strcmp0 (below, "duoi") == 0 || g_strcmp0 (below, "con duoi") == 0)
            real = kh_fold_is_printed (fold, from + start, from + start + strlen (below), less);
        if (real) {
            if (above != NULL && *above != '\0' && strcmp (above, "tu") != 0) /* "từ 80%" alone is a beginning; "trở lên" decides later */
                out->comparator = ">=";
            else if (below != NULL && *below != '\0') /* không còn … dưới 50% */
                out->comparator = strstr (clause, "khong con ") != NULL ? ">=" : "<=";
            out->compared = TRUE;
            out->start = from + start;
            free_to = start;
            level = word != NULL && g_strv_contains (levels, word);
        }
    }
    if (!level)
        read_change (fold, from, from + free_to, out);
}

static void
read_behind (const kh_fold *fold, kh_quantity *out)
{
    g_autoptr (GMatchInfo) behind = NULL;
    int end;
    out->unit_start = out->unit_end = out->end;
    gsize at = out->end + (fold->str[out->end] == ' ');
    gsize length = at > out->end || fold->str[at] == '%' ? kh_measure_or_word_at (fold, at) : kh_measure_at (fold, at);
    if (length > 0) {
        out->unit_start = at;
        out->unit_end = out->end = at + length;
    }
    /* "75% hồ sơ thủ tục hành chính trở lên": a few words may stand between */
    gsize stop = out->end;
    for (int words = 0; words < 9; words++) {
        if (g_regex_match_full (pattern (BEHIND), fold->str, fold->length, stop, 0, &behind, NULL)) {
            int group = -1;
            g_match_info_fetch_pos (behind, 1, &group, NULL);
            out->comparator = group >= 0 ? ">=" : "<=";
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

gboolean
kh_quantity_find (const kh_fold *fold, gsize from, kh_quantity *out)
{
    gsize clause = from;
    for (gsize at = from; at < fold->length; at++) {
        if (strchr (";:", fold->str[at]) != NULL || (strchr (",.", fold->str[at]) && fold->str[at + 1] == ' '))
            clause = at + 1;
        if (!g_ascii_isdigit (fold->str[at]) || (at > 0 && g_ascii_isdigit (fold->str[at - 1])))
            continue;
        double value, of = 0;
        gsize length = kh_number_read (fold, at, &value);
        if (length == 0)
            continue;
        gsize end = at + length;
        gsize share = read_share (fold, end, &of);
        gsize next = end;
        while (g_ascii_isalnum (fold->str[next]) || (strchr ("/.-", fold->str[next]) != NULL && fold->str[next] && g_ascii_isdigit (fold->str[next + 1])))
            next++;
        if (is_other (fold, at, end + share)) {
            at = MAX (next, end) - 1;
            continue;
        }
        g_autofree char *before = g_strndup (fold->str + clause, at - clause);
        gboolean percent = fold->str[end] == '%' || strncmp (fold->str + end, " %", 2) == 0;
        if (!percent && g_regex_match (pattern (NOT_A_COUNT), before, 0, NULL)) {
            at = end - 1;
            continue;
        }
        *out = (kh_quantity){ .start = at, .number_start = at, .number_end = end + share, .end = end + share, .value = value, .of = of };
        read_before (fold, at, clause, out);
        /* 80 - 85% */
        double upper;
        gsize dash = out->end;
        if (percent && strncmp (fold->str + end, "%", 1) == 0)
            dash = end + 1;
        while (fold->str[dash] == ' ')
            dash++;
        if (share == 0 && fold->str[dash] == '-') {
            dash++;
            while (fold->str[dash] == ' ')
                dash++;
            gsize more = kh_number_read (fold, dash, &upper);
            if (more > 0 && upper > value) {
                out->of = upper;
                out->is_range = TRUE;
                out->number_end = out->end = dash + more;
            }
        }
        read_behind (fold, out);
        return TRUE;
    }
    return FALSE;
}
