/* columns.h - what each column of a table holds.
 *
 *   Stt      Nhiệm vụ   Đơn vị chủ trì   Thời hạn    Sản phẩm   Theo dõi, đôn đốc
 *   number   text       lead             deadline    product    (none: "other")
 *
 * The header's words decide, compared without marks; the word that stands first counts ("Người thực hiện & kết quả" is
 * lead). Where a column has no readable header, what its cells hold decides.
 */
#ifndef KH_PLAN_COLUMNS_H
#define KH_PLAN_COLUMNS_H

#include "core/flow.h"
#include "core/record.h"

/* The field names of kh_table_column; compare by these pointers or by strcmp. */
extern const char KH_FIELD_NUMBER[], KH_FIELD_GROUP[], KH_FIELD_TEXT[], KH_FIELD_PRODUCT[], KH_FIELD_LEAD[],
    KH_FIELD_COORDINATE[], KH_FIELD_DEADLINE[], KH_FIELD_BUDGET[], KH_FIELD_NOTES[];

/* The field a header names by itself; NULL when none. */
const char *kh_field_of_header (const char *header);

/* Sets `field` of a table's columns, from headers and, failing these, from the cells below row `first_row`. */
void kh_columns_assign (const kh_grid *grid, int first_row, GPtrArray *columns);

/* The first column with a field, at or after `from`; -1 when none. */
int kh_column_with (const GPtrArray *columns, const char *field, int from);

/* Do so many cells of grid row `row` read like column headers that it is a header row? */
gboolean kh_row_reads_like_headers (const kh_grid *grid, int row);

#endif
