/* tables.h - a grid of the page becomes a table of the record: columns with their fields, and what the table is for. */
#ifndef KH_PLAN_TABLES_H
#define KH_PLAN_TABLES_H

#include "core/flow.h"
#include "core/record.h"

/* The table of a grid, in the pool; `id` is copied. Its header rows are those of the grid, or found by their wording when the
 * grid tells none. */
kh_table *kh_table_of_grid (kh_pool *pool, const kh_grid *grid, const char *id);

#endif
