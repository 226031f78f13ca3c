/* lookalikes.h - characters that are written where another is meant.
 *
 * One table says what becomes of each, and why. Some mean the other wherever they stand; a letter of another alphabet only does
 * within a word of Latin letters ("Кế hoạch" with a Cyrillic К), for a Greek α or a Russian word is what it looks like.
 */
#ifndef KH_VIET_LOOKALIKES_H
#define KH_VIET_LOOKALIKES_H

#include <glib.h>

typedef enum kh_lookalike_where {
    KH_LOOKALIKE_ANYWHERE,
    KH_LOOKALIKE_IN_WORD,     /* among Latin letters that outnumber it, or where a syllable comes of it */
    KH_LOOKALIKE_IN_SYLLABLE, /* where a possible syllable comes of it: a letter science uses, too */
} kh_lookalike_where;

/* Characters first..last become `to`, or one after the other what follows it where `is_range`; 0: they are dropped. */
typedef struct kh_lookalike {
    gunichar first, last, to;
    gboolean is_range;
    kh_lookalike_where where;
    const char *why;
} kh_lookalike;

/* The table, by character, and its length; for tests. */
const kh_lookalike *kh_lookalikes (gsize *n);

/* The row of a character; NULL when it means itself. */
const kh_lookalike *kh_lookalike_find (gunichar c);

/* What the character becomes by that row; 0: nothing. */
gunichar kh_lookalike_meant (const kh_lookalike *row, gunichar c);

#endif
