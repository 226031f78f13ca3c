/* cells.h - the cells that ruling lines enclose: text never runs on from one into the next.
 *
 *   rules ── those that touch form a table ── grid of slots ── slots with no wall between them ── cells
 *
 *      ┌───┬───────┬────┐      6 slots a row of 3 columns; the slots of the merged
 *      │ a │   b   │ c  │      cell b have no wall between them and make one cell.
 *      │   ├───┬───┤    │      The slots of a have none between them, either: walls are
 *      └───┴───┴───┴────┘      looked for slot by slot.
 */
#ifndef KH_OCR_CELLS_H
#define KH_OCR_CELLS_H

#include "core/page.h"

typedef struct kh_cell_area {
    kh_box box;        /* around all its slots, points */
    guint first_slot;  /* its slots in kh_cells.slots */
    guint n_slots;
} kh_cell_area;

typedef struct kh_cells {
    GArray *areas;  /* of kh_cell_area, table by table, top to bottom, left to right */
    GArray *slots;  /* of kh_box */
    GArray *tables; /* of kh_box: what the tables cover */
} kh_cells;

/* The cells enclosed by `rules` (of kh_rule). Never NULL; the caller frees. Fewer than three rulings that touch
 * are no table. */
kh_cells *kh_cells_find (const GArray *rules);
void kh_cells_free (kh_cells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_cells, kh_cells_free)

#endif
