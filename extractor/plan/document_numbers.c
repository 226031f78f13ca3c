#include "plan/document_numbers.h"

#include <string.h>

#include "plan/document_types.h"
#include "plan/pattern.h"

static GRegex *
number_pattern (void)
{
    static GRegex *slot;
    return kh_pattern ("(?:(?<![a-z0-9/.,-])|(?<=so))(?:\\d{1,5}[a-z]?|(?<=so )\\d{1,3}(?:[.-]\\d{1,4}){1,3}) ?(?:"
                       "(?:/ ?(?:19|20)\\d\\d ?)?/ ?[a-z]{1,8}(?:[0-9]{1,2})?(?:\\. [a-z]{2,10}(?=[- ]))?(?:(?: ?[-&] ?|\\.)[a-z0-9]{1,12}| \\d\\d(?= ngay))*(?:/[a-z]{1,10}(?:-[a-z]{1,10})*)?"
                       "|[- ]? ?[a-z]{2,6} ?/ ?[a-z]{1,8}(?:[-.][a-z]{1,10})*"
                       "|/(?:19|20)\\d\\d(?= ngay)"
                       ")(?![a-z0-9])", &slot);
}

/* Is [start, end) of the original written as a code is: in capitals, but for few letters without marks (TTg, Ctr)? */
static gboolean
is_code (const char *start, const char *end)
{
    int capitals = 0, small = 0;
    for (const char *p = start; p < end; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (g_unichar_islower (c) && c >= 0x80)
            return FALSE;
        capitals += g_unichar_isupper (c) != 0;
        small += g_unichar_islower (c) != 0;
    }
    g_autofree char *code = g_strndup (start, end - start);
    return capitals > 0 ? small <= capitals || kh_document_type_of_number (code) != NULL : small == 0;
}

/* Where the number that seems to be [start, end) really ends: before the first piece that is no code; `start` when there is no code
 * at all. A text written in small letters throughout has its codes in small letters ("số 124/2004/qđ-ub"). */
static gsize
end_of_codes (const kh_fold *fold, gsize start, gsize end)
{
    gboolean capitals = FALSE, named = start >= 3 && strncmp (fold->str + start - 3, "so ", 3) == 0;
    for (const char *p = fold->original + fold->at[start]; p < fold->original + kh_fold_end (fold, end); p = g_utf8_next_char (p))
        capitals |= g_unichar_isupper (g_utf8_get_char (p)) != 0;
    if (!capitals)
        return memchr (fold->str + start, '-', end - start) != NULL && named ? end : strpbrk (fold->str + start, "abcdefghijklmnopqrstuvwxyz") >= fold->str + end ? end : start;
    gsize good = start;
    for (gsize at = start; at < end;) {
        gsize stop = at;
        while (stop < end && strchr (" -/.&", fold->str[stop]) == NULL)
            stop++;
        const char *from = fold->original + fold->at[at], *to = fold->original + kh_fold_end (fold, stop);
        while (from < to && g_ascii_isdigit (*from))
            from++;
        if (stop > at && !is_code (from, to) && !(at == start && to == from + 1)) /* "12a/KH" */
            break;
        good = stop > at ? stop : good;
        at = stop + 1;
    }
    while (good > start && strchr (" -/.&", fold->str[good - 1]) != NULL)
        good--;
    for (gsize i = start; i < good; i++) /* figures alone: only where they are a whole number of their own */
        if (g_ascii_isalpha (fold->str[i]))
            return good;
    return good == end ? good : start;
}

/* Words before it say what the number is of: a form, a standard. */
static gboolean
is_of_form (const kh_fold *fold, gsize start)
{
    gsize from = start > 24 ? start - 24 : 0;
    g_autofree char *before = g_strndup (fold->str + from, start - from);
    return KH_FITS (before, "(?:^| |\\()(?:mau|bieu|bieu mau|bang|phu luc|phieu|ma so|ma)(?: so| hieu)?[ :.]*(?:[0-9a-z/.-]{1,10}(?:,| va) ?)?$|(?:qcvn|tcvn|tccs|tcn|iso)[ :.a-z]*[0-9 ]*:? ?$|[0-9] ?: ?$");
}

gboolean
kh_document_number_find (const kh_fold *fold, gsize from, gsize *start, gsize *end)
{
    g_autoptr (GMatchInfo) info = NULL;
    if (from > fold->length || !g_regex_match_full (number_pattern (), fold->str, fold->length, from, 0, &info, NULL))
        return FALSE;
    do {
        int s, e;
        g_match_info_fetch_pos (info, 0, &s, &e);
        gsize real = end_of_codes (fold, s, e);
        if (real > (gsize) s && !is_of_form (fold, s)) {
            *start = s;
            *end = real;
            return TRUE;
        }
    } while (g_match_info_next (info, NULL));
    return FALSE;
}

const char *
kh_document_number_closed (kh_pool *pool, const char *number)
{
    char *out = kh_pool_strdup (pool, number), *to = out;
    for (const char *p = number; *p; p++)
        if (*p != ' ' || (p[1] != '-' && p[1] != '/' && p[1] != ' ' && to > out && to[-1] != '-' && to[-1] != '/'))
            *to++ = *p;
    *to = '\0';
    return out;
}
