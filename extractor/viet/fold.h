/* fold.h - text without case and marks, that still knows where each piece of it stood.
 *
 *    original  "Trước  ngày 30/6/2024"
 *    str       "truoc ngay 30/6/2024"
 *    at         byte i of str begins at byte at[i] of the original
 *
 * What a scanner reads wrong in Vietnamese is mostly the marks, so parsers look for their key words in `str`
 * (plain lower-case ASCII patterns, GRegex or strstr) and cut the finding out of the original with at[].
 * đ is d; quotes, dashes and dots of any make become ' " - . ; other non-Latin characters stay as they are.
 */
#ifndef KH_VIET_FOLD_H
#define KH_VIET_FOLD_H

#include "base/pool.h"

typedef struct kh_fold {
    const char *str;      /* folded text, one space between tokens, no space at the edges */
    gsize length;         /* bytes of str */
    const gsize *at;      /* length + 1 offsets into the original; at[length] is the end of its last token */
    const char *original; /* not owned */
} kh_fold;

/* Folds `text`; everything in `pool`. */
kh_fold *kh_fold_new (kh_pool *pool, const char *text);

/* The original's end of folded byte `i` (exclusive end of a match that ends at i in str). */
gsize kh_fold_end (const kh_fold *fold, gsize i);

/* Where `word` (folded, may hold spaces) stands as whole words in the folded text at or after `from`; -1 when nowhere. */
gssize kh_fold_find (const kh_fold *fold, const char *word, gsize from);

/* Does the folded text begin with `word` as a whole word? */
gboolean kh_fold_begins (const kh_fold *fold, const char *word);

/* How many characters differ (insert, delete, replace) between two folded strings; stops at `limit` + 1. */
guint kh_fold_distance (const char *a, const char *b, guint limit);

/* The same text but for one character in six (at least one from five characters on): OCR-tolerant equality. */
gboolean kh_fold_alike (const char *a, const char *b);

/* Where whole words stand whose letters and digits are so alike those of `words`, whatever spaces and signs are between them
 * ("phối : hợp", "phoihop"); -1 when nowhere. */
gssize kh_fold_find_alike (const kh_fold *fold, const char *words);

#endif
