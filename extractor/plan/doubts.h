/* doubts.h - what makes a value doubtful apart from how its words were read: how it looks where it stands.
 *
 * Each doubt is a reason as `review` has it, and the share of values that are right though they look so, counted on scans of samples/ and text made of them.
 */
#ifndef KH_PLAN_DOUBTS_H
#define KH_PLAN_DOUBTS_H

#include "core/record_walk.h"

typedef struct kh_doubts kh_doubts;

/* Looks at the tables of a record: which cells are unlike the others of their column. The caller frees. */
kh_doubts *kh_doubts_new (const kh_record *record);
void kh_doubts_free (kh_doubts *doubts);

/* The reason to doubt a value and, in `right`, the share of such values that are right; NULL and 1 when there is none. Static. */
const char *kh_doubts_of (const kh_doubts *doubts, const kh_visited *visited, float *right);
/* The same of the text of a table's cell. */
const char *kh_doubts_of_cell (const kh_doubts *doubts, const kh_text *cell, float *right);

/* Is it a row's number that goes on its list, or from which the list goes on? Of the doubt how it was read KH_DOUBT_OF_ORDERED is left. */
gboolean kh_doubts_goes_on (const kh_doubts *doubts, const kh_text *text);

/* The reason that fits a value whose words alone make it doubtful: the sort of the least sure of them. Static. */
const char *kh_doubts_of_reading (const kh_text *text);

#endif
