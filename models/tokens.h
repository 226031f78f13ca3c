/* tokens.h - the corpus as numbers: its vocabulary, its text in tokens, and what is counted by type on the way. */
#ifndef KH_MODELS_TOKENS_H
#define KH_MODELS_TOKENS_H

#include <glib.h>

#define MIN_NGRAM 3          /* least count of anything that is kept; never lower it: it keeps private text out */

typedef struct segment {
    gsize start;             /* where a file begins */
    guint weight2;           /* twice its weight, a whole number */
} segment;

typedef struct token_text {
    GArray *tokens;          /* of guint16; every line begins with KH_TOKEN_START */
    GArray *segments;        /* of segment */
} token_text;

typedef struct vocabulary {
    GPtrArray *forms;        /* id -> form; the classes of viet/token.h first, then types, the frequent first */
    GHashTable *ids;         /* form -> id */
    guint8 *spelling;        /* costs of letters, see viet/lm_format.h */
} vocabulary;

/* How often a type was printed small [0] and with a capital [1] inside a sentence, after a word without [0] and with one [1]. */
typedef struct case_count {
    guint32 seen[2][2];
} case_count;

/* First pass over the corpus. */
vocabulary read_vocabulary (const GArray *recipe, gboolean hold_out);

/* Second pass: the text in tokens; counts of case by id into `cases` (of vocabulary's size, zero). */
token_text read_text (const GArray *recipe, gboolean hold_out, const vocabulary *words, case_count *cases);

#endif
