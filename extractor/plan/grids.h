/* grids.h - looking into a table's grid through its merged cells. */
#ifndef KH_PLAN_GRIDS_H
#define KH_PLAN_GRIDS_H

#include "core/flow.h"

/* The cell that covers slot (row, col), by itself or by its spans; NULL only in a broken grid. `top`, `left` (may be NULL):
 * where it begins. */
const kh_cell *kh_grid_owner (const kh_grid *grid, int row, int col, int *top, int *left);

/* The text of the slot's owner; empty text when there is none. */
const kh_text *kh_grid_text (const kh_grid *grid, int row, int col);

/* The cells of a row that begin in it or reach into it and are not empty. */
int kh_grid_filled (const kh_grid *grid, int row);

#endif
