/* references_type.c - the word of type that belongs to a number. */
#include "plan/references_parts.h"

#include <string.h>

#include "plan/document_types.h"
#include "plan/pattern.h"

#define WORDS_OF_NAME 30  /* between a law's word and its number: its name */
#define WORDS_OF_TITLE 7  /* between another paper's */
#define WORDS_BEHIND 40   /* to a word of the kind that the number's code tells */

int
kh_reference_count_words (const kh_fold *fold, gsize from, gsize to)
{
    int words = 0;
    for (gsize i = from; i < to; i++)
        words += fold->str[i] == ' ';
    return words;
}

/* The nearest type before `at`, not before `floor`: where it begins, -1 none. A longer type that holds it wins. */
gssize
kh_type_word_before (const kh_fold *fold, gsize floor, gsize at, gsize *length, const char **name)
{
    for (gsize i = at; i-- > floor;) {
        const char *found = kh_document_type_at (fold, i, length);
        if (found == NULL || i + *length > at)
            continue;
        *name = found;
        for (gsize k = i; k-- > floor && i - k < 24;) { /* "Thông tư liên tịch" is found from its front */
            gsize longer;
            const char *whole = kh_document_type_at (fold, k, &longer);
            if (whole != NULL && k + longer >= i + *length) {
                *name = whole;
                *length = longer;
                i = k;
                break;
            }
        }
        return i;
    }
    return -1;
}

/* Is what stands between a type word's end and a number "số", and perhaps the day and the issuer? */
gboolean
kh_type_word_beside (const kh_fold *fold, gsize from, gsize to, kh_details *d)
{
    static GRegex *slot;
    *d = kh_details_read (fold, from, to, 0);
    return kh_reference_between (fold, d->end, to, kh_pattern ("^[ ,:.(]*(?:lien (?:tich|bo|nganh) )?(?:(?:so|gom|sau)[ :.,]*)*(?:\\(?\\d\\)[ ]*)?(?:\\d{1,5}(?: ?, ?| va )(?:so )?)*$", &slot));
}

/* Is the word at `type` capital, in the original? */
gboolean
kh_reference_capital (const kh_fold *fold, gsize at)
{
    return g_unichar_isupper (g_utf8_get_char (fold->original + fold->at[at]));
}

/* An act of the National Assembly by its number: Luật and Nghị quyết are numbered alike. */
gboolean
kh_document_number_of_assembly (const char *number)
{
    return KH_FITS (number, "/(?:ub(?:tv)?)?qh ?\\d{0,2}$");
}

/* Could the type word name the document whose number's code tells `told` (NULL: nothing)? */
static gboolean
agrees (const char *name, const char *told, const char *number)
{
    if (told == NULL)
        return kh_document_type_is_law (name) == kh_document_number_of_assembly (number) || strcmp (name, "Nghị quyết") == 0;
    return strcmp (name, told) == 0 || g_str_has_prefix (name, told);
}

/* The type word of the number at [start, end), not before `floor`; -1 when it has none. What stands between in `d`. */
gssize
kh_type_word_find (const kh_fold *fold, gsize floor, gsize start, const char *number, gsize *length, const char **name, kh_details *d)
{
    const char *told = kh_document_type_of_number (number);
    gssize nearest = kh_type_word_before (fold, floor, start, length, name);
    if (nearest < 0 || kh_type_word_beside (fold, nearest + *length, start, d))
        return nearest;
    *d = (kh_details){ 0 };
    for (gssize type = nearest; type >= 0; type = kh_type_word_before (fold, floor, type, length, name)) {
        gsize behind = type + *length;
        int words = kh_reference_count_words (fold, behind, start);
        gboolean law = kh_document_type_is_law (*name), same = agrees (*name, told, number);
        if (words > WORDS_BEHIND || memchr (fold->str + behind, ';', start - behind) != NULL)
            break;
        int most = told != NULL ? WORDS_BEHIND : law ? WORDS_OF_NAME : WORDS_OF_TITLE;
        if (same && words <= most && (law || strchr (fold->str + behind, ':') == NULL || strchr (fold->str + behind, ':') >= fold->str + start))
            return type;
    }
    return -1;
}
