/* ordinals.h - numbers that count: the rows of a table, quarters and grades. What goes on a list is believed, what breaks its habit is not.
 *
 *      STT              I   ordered: II follows        "Quý I/2023"  five times
 *      I                1   ordered: 2 follows         "Quý 1/2023"  once: unlike
 *      1
 *      2
 *      1                unlike: another 1 comes next; it was the II, or a I
 *      1
 */
#ifndef KH_PLAN_ORDINALS_H
#define KH_PLAN_ORDINALS_H

#include "core/flow.h"

/* Adds the words (const kh_word *) of a column of row numbers, Roman and Arabic, to `ordered` where they go on their list or the next goes on from
 * them, and to `unlike` where they cannot be what they say. Does nothing for a column that has no list. */
void kh_ordinals_of_column (const kh_grid *grid, int first_row, int col, GHashTable *ordered, GHashTable *unlike);

/* Adds to `unlike` the numbers after a noun that is counted the other way in the rest of the document ("hạng 2" beside "hạng I, III"), of pages that
 * were read by an engine (kh_page *). */
void kh_ordinals_of_nouns (const GPtrArray *pages, GHashTable *unlike);

#endif
