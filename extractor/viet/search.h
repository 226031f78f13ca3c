/* search.h - which of the proposals for a stretch of text, taken together, are most likely: one beam for all kinds of damage.
 *
 * From the first symbol to the last, the hypotheses that reach a symbol are those of the edges that lead there (channels.h), scored by the
 * language model less the edges' costs; those that differ in nothing the model remembers are one. The best at the end is the text. How
 * likely each of its words is (its posterior) comes from the scores of all paths the beam kept, forward and backward.
 */
#ifndef KH_VIET_SEARCH_H
#define KH_VIET_SEARCH_H

#include "viet/channels.h"

typedef struct kh_search kh_search;

/* A search, to be used again and again: its memory is kept. The tables must outlive it. The caller frees. */
kh_search *kh_search_new (kh_channel_tables tables);
void kh_search_free (kh_search *search);

typedef struct kh_choice {
    kh_edge edge;
    double posterior; /* 0..1; of the edge's word at its place, whatever stands around it; 1 for edges without a word */
} kh_choice;

/* The most likely way through the passage, in order; with posteriors where something changes, or the damage is KH_DAMAGE_OCR. Owned by the
 * search, until it runs again. */
const GArray *kh_search_run (kh_search *search, const kh_passage *passage, const kh_damage *damage);

#endif
