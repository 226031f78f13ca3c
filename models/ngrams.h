/* ngrams.h - from a text of tokens to the trie of n-grams that the model keeps, with their log probabilities. */
#ifndef KH_MODELS_NGRAMS_H
#define KH_MODELS_NGRAMS_H

#include "tokens.h"

#define ORDER 4

/* A layer of the trie; nodes of one parent stand together, ascending by word. */
typedef struct level {
    GArray *parent_end; /* of guint32: for each node of the level below (by index), where its children end */
    GArray *words;      /* of guint16 */
    GArray *log_p;      /* of float, natural */
    GArray *back_off;   /* of float, natural */
} level;

extern level levels[ORDER + 1]; /* [1] to [ORDER] */

/* Fills `levels` from a text over a vocabulary of `n_words` tokens. */
void count_levels (const token_text *text, guint n_words);

#endif
