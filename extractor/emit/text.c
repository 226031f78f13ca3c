/* The document as text in reading order, a paragraph or table row a line, cells separated by tabs. A cell that covers
 * several rows or columns is written once, at its first slot. */
#include "emit/tree.h"

#include <string.h>

/* A tab or line break inside a cell would break the row. */
static void
put_cell (GString *out, const char *text)
{
    gsize start = out->len;
    g_string_append (out, text);
    for (gsize i = start; i < out->len; i++)
        if (strchr ("\t\r\n", out->str[i]) != NULL)
            out->str[i] = ' ';
}

static void
put_grid (GString *out, const kh_grid *grid)
{
    for (int r = 0; r < grid->n_rows; r++) {
        for (int c = 0; c < grid->n_cols; c++) {
            const kh_cell *cell = kh_grid_cell (grid, r, c);
            if (c > 0)
                g_string_append_c (out, '\t');
            if (cell != NULL)
                put_cell (out, cell->text.str);
        }
        g_string_append_c (out, '\n');
    }
}

void
kh_emit_text (GString *out, const kh_flow *flow)
{
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = flow->blocks->pdata[i];
        if (block->kind == KH_BLOCK_TABLE)
            put_grid (out, block->grid);
        else if (!kh_text_is_empty (&block->text))
            g_string_append_printf (out, "%s\n", block->text.str);
    }
}
