/* pattern.h - a regular expression compiled once, for folded text (bytes, no marks).
 *
 *     static GRegex *slot;
 *     if (g_regex_match (kh_pattern ("^ngay \\d+", &slot), fold->str, 0, NULL)) ...
 */
#ifndef KH_PLAN_PATTERN_H
#define KH_PLAN_PATTERN_H

#include <glib.h>

#include "viet/fold.h"

/* The expression in *slot, compiled at the first call (thread-safe). The source is the program's own and must compile. */
GRegex *kh_pattern (const char *source, GRegex **slot);

/* Does the fold match? With up to `n` groups' places (0: the whole match) in `places`: start, end each, -1 where not taken part. */
gboolean kh_pattern_match (GRegex *pattern, const kh_fold *fold, gsize from, int *places, int n);

/* Does `text`, folded, match? */
gboolean kh_pattern_fits (GRegex *pattern, const char *text);

/* The same with an expression in place; each place in the source has its own slot. */
#define KH_FITS(text, source)                                       \
    ({                                                              \
        static GRegex *slot_;                                       \
        kh_pattern_fits (kh_pattern (source, &slot_), (text));      \
    })

#endif
