#include "plan/grids.h"

static const kh_text EMPTY = { "", 0, NULL };

const kh_cell *
kh_grid_owner (const kh_grid *grid, int row, int col, int *top, int *left)
{
    for (int r = row; r >= 0; r--)
        for (int c = col; c >= 0; c--) {
            const kh_cell *cell = kh_grid_cell (grid, r, c);
            if (cell == NULL || r + cell->row_span <= row || c + cell->col_span <= col)
                continue;
            if (top != NULL)
                *top = r;
            if (left != NULL)
                *left = c;
            return cell;
        }
    return NULL;
}

const kh_text *
kh_grid_text (const kh_grid *grid, int row, int col)
{
    const kh_cell *cell = kh_grid_owner (grid, row, col, NULL, NULL);
    return cell == NULL ? &EMPTY : &cell->text;
}

int
kh_grid_filled (const kh_grid *grid, int row)
{
    int filled = 0;
    for (int col = 0; col < grid->n_cols;) {
        int left = col;
        const kh_cell *cell = kh_grid_owner (grid, row, col, NULL, &left);
        filled += cell != NULL && !kh_text_is_empty (&cell->text);
        col = cell == NULL ? col + 1 : MAX (col + 1, left + cell->col_span);
    }
    return filled;
}
