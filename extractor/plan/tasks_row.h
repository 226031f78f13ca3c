/* tasks_row.h - reading one row of a table of tasks. Within tasks_*.c only.
 *
 *   tasks_table.c   what a row is: task, group, sum; the group of each task
 *   tasks_row.c     the fields of a row that is a task
 */
#ifndef KH_PLAN_TASKS_ROW_H
#define KH_PLAN_TASKS_ROW_H

#include "core/flow.h"
#include "plan/markers.h"
#include "plan/tasks.h"

typedef struct kh_row_reader {
    kh_pool *pool;
    kh_record *record;
    const kh_table *table;
    const kh_grid *grid;
    const kh_section *section;
    gboolean has_arabic; /* some rows are numbered 1, 2, 3: then Roman rows are groups */
    kh_value group;      /* of the last group row; null before the first */
    int last_number;     /* of the task before; 0 before the first */
    gboolean padded;     /* numbers are written 01, 02 */
    int number, text, lead, coordinate, product, begin, end, budget, notes, group_column; /* columns, -1 none */
} kh_row_reader;

/* The cell that covers (row, col), merged cells included, or that a ditto mark there stands for; NULL for a column that is not there
 * (-1). */
const kh_cell *kh_row_cell (const kh_row_reader *r, int row, int col);
/* Its text; empty when there is none. */
const kh_text *kh_row_text (const kh_row_reader *r, int row, int col);

/* All fields of the row but the group; remembers its number. */
void kh_row_fill (kh_row_reader *r, int row, kh_task *task);

#endif
