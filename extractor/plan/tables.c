#include "plan/tables.h"

#include "plan/columns.h"
#include "plan/grids.h"
#include "plan/quantities.h"
#include "viet/fold.h"
#include "viet/viet.h"

#include <string.h>

/* ------------------------------------------------------------------ header rows */

/* A second header row: it fills only what stands below the merged headers of the first. */
static gboolean
goes_on_headers (const kh_grid *grid, int row)
{
    gboolean below_merged = FALSE;
    for (int col = 0; col < grid->n_cols; col++) {
        int top = row;
        const kh_cell *cell = kh_grid_owner (grid, row, col, &top, NULL);
        if (cell == NULL || top < row)
            continue; /* a header of the first row that reaches down */
        const kh_cell *above = row > 0 ? kh_grid_owner (grid, row - 1, col, NULL, NULL) : NULL;
        if (above == NULL || above->col_span < 2)
            return FALSE;
        below_merged = TRUE;
    }
    return below_merged;
}

static int
header_rows (const kh_grid *grid)
{
    int rows = grid->n_header_rows;
    if (rows == 0 && grid->n_rows > 1 && kh_row_reads_like_headers (grid, 0))
        rows = 1;
    if (rows == 1 && grid->n_rows > 2 && goes_on_headers (grid, 1))
        rows = 2;
    return MIN (rows, grid->n_rows);
}

/* The header of a column: the texts of all header cells above it, each once. */
static kh_text
header_text (kh_pool *pool, const kh_grid *grid, int rows, int col)
{
    kh_text header = { "", 0, NULL };
    const kh_cell *last = NULL;
    for (int row = 0; row < rows; row++) {
        const kh_cell *cell = kh_grid_owner (grid, row, col, NULL, NULL);
        if (cell != NULL && cell != last)
            header = kh_text_join (pool, &header, &cell->text);
        last = cell;
    }
    return header;
}

/* ------------------------------------------------------------------ role */

static gboolean
is_figure (const char *text)
{
    gsize digits = 0, letters = 0;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
        gunichar c = g_utf8_get_char (at);
        letters += g_unichar_isalpha (c);
        digits += g_unichar_isdigit (c);
    }
    if (digits == 0 || letters == 0)
        return digits > 0;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_quantity figure;
    return kh_quantity_alone (kh_fold_new (pool, text), &figure); /* "Trên 90%" */
}

/* "Năm 2025", "2026", "Đến năm 2030": a year to reach something in. */
static gboolean
is_year_header (const char *header)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, header);
    static GRegex *year;
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        year = g_regex_new ("^(?:den )?(?:muc tieu |chi tieu |ke hoach |phan dau |giao |duoc giao |dat |lo trinh )*(?:den )?(?:het )?(?:nam )?20\\d\\d(?: ?- ?20\\d\\d)?$", 0, 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    return g_regex_match (year, fold->str, 0, NULL);
}

static gboolean
is_unit_header (const char *header)
{
    g_autofree char *folded = kh_viet_fold (header);
    return strcmp (folded, "dvt") == 0 || g_str_has_prefix (folded, "don vi tinh") || kh_fold_alike (folded, "don vi tinh");
}

/* The share of body rows in which the column is filled. */
static double
fill_share (const kh_grid *grid, int first_row, int col)
{
    int filled = 0, rows = grid->n_rows - first_row;
    for (int row = first_row; row < grid->n_rows; row++)
        filled += !kh_text_is_empty (kh_grid_text (grid, row, col));
    return rows > 0 ? (double) filled / rows : 0;
}

static double
figure_share (const kh_grid *grid, int first_row, int col)
{
    int filled = 0, figures = 0;
    for (int row = first_row; row < grid->n_rows; row++) {
        const kh_text *text = kh_grid_text (grid, row, col);
        filled += !kh_text_is_empty (text);
        figures += is_figure (text->str);
    }
    return filled > 0 ? (double) figures / filled : 0;
}

/* Figures to reach, by year or beside a unit of measure. */
static gboolean
is_targets_table (const kh_grid *grid, const kh_table *table)
{
    static const char *const goals[] = { "muc tieu", "chi tieu", "phan dau", "lo trinh" };
    int years = 0, figures = 0, aims = 0;
    gboolean has_unit = FALSE;
    for (int col = 0; col < grid->n_cols; col++) {
        const kh_table_column *column = g_ptr_array_index (table->columns, (guint) col);
        gboolean numeric = figure_share (grid, table->first_row, col) >= 0.6;
        has_unit = has_unit || is_unit_header (column->header);
        years += numeric && is_year_header (column->header);
        figures += numeric && column->field != KH_FIELD_NUMBER && column->field != KH_FIELD_BUDGET;
        g_autofree char *header = kh_viet_fold (column->header);
        for (guint i = 0; numeric && column->field != KH_FIELD_TEXT && i < G_N_ELEMENTS (goals); i++)
            aims += strstr (header, goals[i]) != NULL;
    }
    int text = kh_column_with (table->columns, KH_FIELD_TEXT, 0);
    if (text < 0)
        return FALSE;
    const kh_table_column *column = g_ptr_array_index (table->columns, (guint) text);
    g_autofree char *folded = kh_viet_fold (column->header);
    gboolean named = strstr (folded, "chi tieu") != NULL || strstr (folded, "muc tieu") != NULL;
    return years > 0 || (named && ((has_unit && figures > 0) || (aims > 0 && kh_column_with (table->columns, KH_FIELD_LEAD, 0) < 0)));
}

/* Things to do: who or when beside what, in more than a few rows. */
static gboolean
is_tasks_table (const kh_grid *grid, const kh_table *table)
{
    int text = kh_column_with (table->columns, KH_FIELD_TEXT, 0);
    if (text < 0 || fill_share (grid, table->first_row, text) < 0.3)
        return FALSE;
    const char *const fields[] = { KH_FIELD_LEAD, KH_FIELD_DEADLINE, KH_FIELD_COORDINATE, KH_FIELD_PRODUCT };
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
        int col = kh_column_with (table->columns, fields[i], 0);
        if (col >= 0 && fill_share (grid, table->first_row, col) >= 0.25)
            return TRUE;
    }
    return FALSE;
}

/* A schedule without a column of text: what its rows are about is the first column that is left. */
static void
find_text_column (const kh_grid *grid, kh_table *table)
{
    gboolean scheduled = kh_column_with (table->columns, KH_FIELD_DEADLINE, 0) >= 0 || kh_column_with (table->columns, KH_FIELD_LEAD, 0) >= 0;
    if (!scheduled || kh_column_with (table->columns, KH_FIELD_TEXT, 0) >= 0)
        return;
    for (int col = 0; col < grid->n_cols; col++) {
        kh_table_column *column = g_ptr_array_index (table->columns, (guint) col);
        if (column->field == NULL && fill_share (grid, table->first_row, col) >= 0.5 && figure_share (grid, table->first_row, col) < 0.3) {
            column->field = KH_FIELD_TEXT;
            return;
        }
    }
}

kh_table *
kh_table_of_grid (kh_pool *pool, const kh_grid *grid, const char *id)
{
    kh_table *table = kh_pool_new0 (pool, kh_table, 1);
    table->id = kh_pool_strdup (pool, id);
    table->grid = grid;
    table->first_row = header_rows (grid);
    table->columns = kh_pool_list (pool);
    for (int col = 0; col < grid->n_cols; col++) {
        kh_text header = header_text (pool, grid, table->first_row, col);
        kh_table_column *column = kh_pool_new0 (pool, kh_table_column, 1);
        column->header = header.str;
        column->seen = kh_evidence_of (pool, &header);
        g_ptr_array_add (table->columns, column);
    }
    kh_columns_assign (grid, table->first_row, table->columns);
    if (is_targets_table (grid, table)) {
        table->role = KH_TABLE_TARGETS;
        for (guint i = 0; i < table->columns->len; i++) { /* columns of figures hold no work */
            kh_table_column *column = g_ptr_array_index (table->columns, i);
            if (column->field == KH_FIELD_PRODUCT || column->field == KH_FIELD_DEADLINE)
                column->field = NULL;
        }
        return table;
    }
    find_text_column (grid, table);
    table->role = is_tasks_table (grid, table) ? KH_TABLE_TASKS : KH_TABLE_OTHER;
    return table;
}
