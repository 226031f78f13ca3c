#include "plan/numbers.h"

#include "plan/measures.h"
#include "plan/pattern.h"

#include <string.h>

/* --- digits --------------------------------------------------------------------------------- */

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

/* --- words ---------------------------------------------------------------------------------- */

#define WORDS "(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|trieu|ty|linh|le|moi|ruoi|phay|phan tram)"

/* The small numbers; in words with their marks, because so many words look like them without (ba, nam, sau). */
static const struct {
    const char *folded, *printed;
    int value;
} small[] = {
    { "mot", "một", 1 }, { "hai", "hai", 2 }, { "ba", "ba", 3 },   { "bon", "bốn", 4 },   { "nam", "năm", 5 },
    { "sau", "sáu", 6 }, { "bay", "bảy", 7 }, { "tam", "tám", 8 }, { "chin", "chín", 9 }, { "muoi", "mười", 10 },
};

#define LONGEST_BOUND 16 /* bytes of "khong it hon " and a space before it */

gsize
kh_number_word_at (const kh_fold *fold, gsize at, double *value)
{
    static GRegex *bound, *scope;
    if (at == 0 || fold->str[at - 1] != ' ')
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS (small); i++) {
        gsize length = strlen (small[i].folded), from = at - MIN (at, LONGEST_BOUND);
        if (strncmp (fold->str + at, small[i].folded, length) != 0 || fold->str[at + length] != ' ')
            continue;
        int places[2];
        if (!g_regex_match_full (kh_pattern ("\\b(?:it nhat|toi thieu|khong qua|toi da|khong duoi|khong it hon|giam|tang|them) $", &bound),
                                 fold->str + from, at - from, 0, 0, NULL, NULL) ||
            kh_pattern_match (kh_pattern ("\\G (?:phan|buoc|nam|muc|khau)\\b", &scope), fold, at + length, places, 1) ||
            kh_measure_at (fold, at + length + 1) == 0 ||
            !kh_fold_is_printed (fold, at, at + length, (const char *const[]){ small[i].printed, NULL }))
            return 0;
        *value = small[i].value;
        return length;
    }
    return 0;
}

gsize
kh_number_words_before (const kh_fold *fold, gsize from, gsize at)
{
    static GRegex *slot;
    g_autoptr (GMatchInfo) info = NULL;
    int start;
    if (at <= from || fold->str[at - 1] != '(' ||
        !g_regex_match_full (kh_pattern ("\\b(?:" WORDS " )+\\($", &slot), fold->str + from, at - from, 0, 0, &info, NULL))
        return 0;
    g_match_info_fetch_pos (info, 0, &start, NULL);
    return at - from - start;
}

gsize
kh_number_words_behind (const kh_fold *fold, gsize at)
{
    static GRegex *slot;
    int places[2];
    if (!g_str_has_prefix (fold->str + at, " (") || !kh_pattern_match (kh_pattern ("\\G \\(" WORDS "(?: " WORDS ")*\\)", &slot), fold, at, places, 1))
        return 0;
    return places[1] - places[0];
}
