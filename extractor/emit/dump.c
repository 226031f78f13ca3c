/* What layout/ made, for people and tests.
 *
 *     table 1  pages 2-3  4 x 3, 1 header  ruled  0.98
 *       r1 c1        "TT"
 *       r1 c2 2x1    "Nội dung"            a cell over two rows and one column
 *
 *     p1  72.0,90.5  523.1,104.0  full justify  "Căn cứ ..."
 */
#include "emit/tree.h"

static void
put_quoted (GString *out, const char *text)
{
    g_string_append_printf (out, "\"%s\"\n", text);
}

static void
put_grid (GString *out, const kh_grid *grid, guint number)
{
    g_string_append_printf (out, "table %u  pages", number);
    for (guint i = 0; i < grid->pages->len; i++)
        g_string_append_printf (out, "%c%d", i == 0 ? ' ' : ',', g_array_index (grid->pages, int, i));
    g_string_append_printf (out, "  %d x %d, %d header  %s  %.2f\n", grid->n_rows, grid->n_cols, grid->n_header_rows,
                            grid->ruled ? "ruled" : "aligned", grid->confidence);
    for (int r = 0; r < grid->n_rows; r++)
        for (int c = 0; c < grid->n_cols; c++) {
            const kh_cell *cell = kh_grid_cell (grid, r, c);
            if (cell == NULL)
                continue;
            g_string_append_printf (out, "  r%d c%d ", r + 1, c + 1);
            if (cell->row_span > 1 || cell->col_span > 1)
                g_string_append_printf (out, "%dx%d ", cell->row_span, cell->col_span);
            put_quoted (out, cell->text.str);
        }
}

void
kh_emit_tables (GString *out, const kh_flow *flow)
{
    guint number = 0;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = flow->blocks->pdata[i];
        if (block->kind == KH_BLOCK_TABLE)
            put_grid (out, block->grid, ++number);
    }
}

void
kh_emit_blocks (GString *out, const kh_flow *flow)
{
    static const char *const columns[] = { "full", "left", "right" };
    static const char *const aligns[] = { "left", "center", "right", "justify" };
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = flow->blocks->pdata[i];
        g_string_append_printf (out, "p%d  %.1f,%.1f  %.1f,%.1f  %s", block->page, block->box.x0, block->box.y0, block->box.x1,
                                block->box.y1, columns[block->column]);
        if (block->band > 0)
            g_string_append_printf (out, " band %d", block->band);
        if (block->kind == KH_BLOCK_TABLE) {
            g_string_append_printf (out, " table %d x %d\n", block->grid->n_rows, block->grid->n_cols);
            continue;
        }
        g_string_append_printf (out, " %s%s%s  indent %.1f  ", aligns[block->align], block->bold > 0.5 ? " bold" : "",
                                block->italic > 0.5 ? " italic" : "", block->indent);
        put_quoted (out, block->text.str);
    }
}
