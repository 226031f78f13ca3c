/* ditto.h - "as above" in a cell: (nt), -nt-, như trên, '' and -//-. Within plan/ only. */
#ifndef KH_PLAN_DITTO_H
#define KH_PLAN_DITTO_H

#include "core/flow.h"
#include "core/record.h"

/* Does the text say nothing but "as above"? */
gboolean kh_is_ditto (const char *text);

/* The cell that a ditto mark in slot (row, col) stands for: the nearest above it in the column, from `first_row` on, that says
 * something else; NULL when there is none. */
const kh_cell *kh_ditto_meant (const kh_grid *grid, int first_row, int row, int col);

/* Notes in the record's repairs that the mark was read as what the other cell says. */
void kh_ditto_note (kh_pool *pool, kh_record *record, const kh_cell *mark, const kh_cell *meant);

#endif
