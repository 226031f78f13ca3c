#include "emit/drawn.h"

#include "base/intl.h"

static void
fill_slots (kh_drawn *drawn)
{
    const kh_grid *grid = drawn->grid;
    guint order = 0;
    for (int r = 0; r < grid->n_rows; r++)
        for (int c = 0; c < grid->n_cols; c++) {
            const kh_cell *cell = kh_grid_cell (grid, r, c);
            if (cell == NULL)
                continue;
            order++;
            for (int y = r; y < MIN (r + cell->row_span, grid->n_rows); y++)
                for (int x = c; x < MIN (c + cell->col_span, grid->n_cols); x++)
                    drawn->slots[y * grid->n_cols + x] = (kh_slot){ cell, r, c, order };
        }
}

static void
find_row_pages (kh_drawn *drawn)
{
    int page = g_array_index (drawn->grid->pages, int, 0);
    for (int r = 0; r < drawn->grid->n_rows; r++) {
        for (int c = 0; c < drawn->grid->n_cols; c++) {
            const kh_cell *cell = kh_grid_cell (drawn->grid, r, c);
            if (cell != NULL)
                page = MAX (page, cell->page);
        }
        drawn->row_pages[r] = page;
    }
}

static const kh_table *
table_of (const kh_record *record, const kh_grid *grid)
{
    for (guint i = 0; i < record->tables->len; i++) {
        const kh_table *table = record->tables->pdata[i];
        if (table->grid == grid)
            return table;
    }
    return NULL;
}

GPtrArray *
kh_drawn_tables (const kh_record *record, const kh_flow *flow, kh_pool *pool)
{
    GPtrArray *tables = kh_pool_list (pool);
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = flow->blocks->pdata[i];
        if (block->kind != KH_BLOCK_TABLE)
            continue;
        kh_drawn *drawn = kh_pool_new0 (pool, kh_drawn, 1);
        g_ptr_array_add (tables, drawn);
        drawn->grid = block->grid;
        drawn->table = table_of (record, block->grid);
        drawn->number = tables->len;
        drawn->first_row = drawn->table != NULL ? drawn->table->first_row : block->grid->n_header_rows;
        drawn->slots = kh_pool_new0 (pool, kh_slot, block->grid->n_rows * block->grid->n_cols);
        drawn->row_pages = kh_pool_new0 (pool, int, block->grid->n_rows);
        fill_slots (drawn);
        find_row_pages (drawn);
    }
    return tables;
}

gboolean
kh_drawn_is_on (const kh_drawn *drawn, int page)
{
    for (guint i = 0; i < drawn->grid->pages->len; i++)
        if (g_array_index (drawn->grid->pages, int, i) == page)
            return TRUE;
    return FALSE;
}

char *
kh_drawn_row_name (const kh_drawn *drawn, int row)
{
    return row < drawn->first_row ? g_strdup_printf ("h%d", row + 1) : g_strdup_printf ("%d", row - drawn->first_row + 1);
}

char *
kh_drawn_column_name (const kh_drawn *drawn, int col)
{
    const kh_table_column *column = drawn->table == NULL ? NULL : g_ptr_array_index (drawn->table->columns, (guint) col);
    return column == NULL || column->field == NULL ? g_strdup_printf ("%d", col + 1) : g_strdup_printf ("%d %s", col + 1, column->field);
}

const char *
kh_drawn_class (const kh_drawn *drawn, const kh_slot *slot)
{
    gboolean header = slot->row < drawn->first_row, merged = slot->cell->row_span > 1 || slot->cell->col_span > 1;
    return header ? merged ? "c h m" : "c h" : merged ? "c m" : "c";
}

char *
kh_drawn_title (const kh_drawn *drawn, const kh_slot *slot)
{
    g_autofree char *row = kh_drawn_row_name (drawn, slot->row), *column = kh_drawn_column_name (drawn, slot->col);
    g_autofree char *place = g_strdup_printf (_ ("row %s, column %s; %d x %d; no. %u in order of reading"), row, column,
                                              slot->cell->row_span, slot->cell->col_span, slot->order);
    return g_strdup_printf ("%s\n%s", slot->cell->text.str, place);
}

void
kh_put_escaped (GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autofree char *escaped = g_markup_escape_text (valid, -1);
    g_string_append (out, escaped);
}

void
kh_put_element (GString *out, const char *start, const char *text, const char *end)
{
    g_string_append (out, start);
    kh_put_escaped (out, text);
    g_string_append (out, end);
}
