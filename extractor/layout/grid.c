/* grid.c - ruled tables.
 *
 *   1. nets.c tells which ruling lines belong together: a net is a table if it has at least two columns.
 *      (A frame about a word has one.)
 *   2. Between two slots there is a wall where a stroke covers at least half of their common side. A cell is
 *      the widest, then the deepest rectangle of slots without walls between them.
 *   3. Words go to the cell their centre is in.
 *
 *        x0   x1        x2
 *     y0 ├────┼─────────┤      strokes ─ │
 *        │ a  │ b       │
 *     y1 ┤    ├────┬────┤      no wall between the two slots of a: row span 2
 *        │    │ c  │ d  │
 *     y2 ├────┴────┴────┤
 *
 * Tables ruled between their rows only: levels.c. Those without rules: aligned.c.
 */
#include "layout/nets.h"

#define MOST_SLOTS 20000 /* of one table */
#define SPECKS 50        /* of so many words one may be a speck at a cell's edge */
#define WIDEST_PADDING 8.0
#define NARROWEST 6.0    /* ems that a table is wide */
#define WALL_SHARE 0.5   /* of the side between two slots */

/* ---- 2. cells */

static gboolean
wall_left (const kh_net *n, int row, int col)
{
    return kh_nets_covered (n->upright, n->id, kh_edge (n->xs, col), kh_edge (n->ys, row), kh_edge (n->ys, row + 1), n->t) >= WALL_SHARE;
}

static gboolean
wall_above (const kh_net *n, int row, int col)
{
    return kh_nets_covered (n->level, n->id, kh_edge (n->ys, row), kh_edge (n->xs, col), kh_edge (n->xs, col + 1), n->t) >= WALL_SHARE;
}

static gboolean
can_deepen (const kh_net *n, kh_draft *const *row_drafts, int row, int col, int width)
{
    for (int c = col; c < col + width; c++)
        if (row_drafts[c] != NULL || wall_above (n, row, c) || (c > col && wall_left (n, row, c)))
            return FALSE;
    return TRUE;
}

static kh_sheet *
sheet_of (const kh_net *n, int page, kh_pool *pool)
{
    int n_rows = n->ys->len - 1, n_cols = n->xs->len - 1;
    kh_sheet *sheet = kh_sheet_new (n_cols, page, pool);
    sheet->ruled = sheet->verticals = TRUE;
    for (int c = 0; c <= n_cols; c++)
        sheet->edges[c] = kh_edge (n->xs, c);
    sheet->box = (kh_box){ kh_edge (n->xs, 0), kh_edge (n->ys, 0), kh_edge (n->xs, n_cols), kh_edge (n->ys, n_rows) };
    for (int r = 0; r < n_rows; r++)
        kh_sheet_add_row (sheet, pool);
    for (int r = 0; r < n_rows; r++)
        for (int c = 0; c < n_cols; c++) {
            kh_draft **row = kh_sheet_row (sheet, r);
            if (row[c] != NULL)
                continue;
            int width = 1, depth = 1;
            while (c + width < n_cols && row[c + width] == NULL && !wall_left (n, r, c + width))
                width++;
            while (r + depth < n_rows && can_deepen (n, kh_sheet_row (sheet, r + depth), r + depth, c, width))
                depth++;
            kh_box box = { kh_edge (n->xs, c), kh_edge (n->ys, r), kh_edge (n->xs, c + width), kh_edge (n->ys, r + depth) };
            kh_draft *draft = kh_draft_new (box, page, pool);
            for (int y = r; y < r + depth; y++)
                for (int x = c; x < c + width; x++)
                    kh_sheet_row (sheet, y)[x] = draft;
        }
    return sheet;
}

/* ---- 3. words */

/* The white space between a cell's rules and its text, on either side: what the nearest words leave, but for a few specks. */
static double
padding_of (const kh_sheet *sheet, GPtrArray *const *filled, int n)
{
    g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (double));
    for (int i = 0; i < n; i++)
        for (guint k = 0; k < filled[i]->len; k++) {
            const kh_word *word = g_ptr_array_index (filled[i], k);
            const kh_draft *draft = kh_sheet_row (sheet, i / sheet->n_cols)[i % sheet->n_cols];
            double left = word->box.x0 - draft->box.x0;
            if (left > 0)
                g_array_append_val (lefts, left);
        }
    g_array_sort (lefts, kh_compare_doubles);
    return lefts->len > 0 ? MIN (g_array_index (lefts, double, lefts->len / SPECKS), WIDEST_PADDING) : 0;
}

/* The slot between edges; -1 outside. */
static int
slot_at (const GArray *edges, double place)
{
    if (edges->len < 2 || place < kh_edge (edges, 0) || place > kh_edge (edges, edges->len - 1))
        return -1;
    guint i = 1;
    while (i + 1 < edges->len && place > kh_edge (edges, i))
        i++;
    return i - 1;
}

/* Puts words to the cells their centres are in. */
static void
fill (kh_sheet *sheet, const kh_net *grid, GPtrArray *words, kh_pool *pool)
{
    int n = sheet->rows->len * sheet->n_cols;
    GPtrArray **filled = g_new0 (GPtrArray *, n);
    for (int i = 0; i < n; i++)
        filled[i] = g_ptr_array_new ();
    guint kept = 0;
    for (guint w = 0; w < words->len; w++) {
        kh_word *word = g_ptr_array_index (words, w);
        int row = slot_at (grid->ys, kh_box_center_y (word->box)), col = slot_at (grid->xs, kh_box_center_x (word->box));
        if (row < 0 || col < 0) {
            words->pdata[kept++] = word;
            continue;
        }
        const kh_draft *draft = kh_sheet_row (sheet, row)[col]; /* words go to its first slot */
        while (row > 0 && kh_sheet_row (sheet, row - 1)[col] == draft)
            row--;
        while (col > 0 && kh_sheet_row (sheet, row)[col - 1] == draft)
            col--;
        g_ptr_array_add (filled[row * sheet->n_cols + col], word);
    }
    g_ptr_array_set_size (words, kept);
    double padding = padding_of (sheet, filled, n);
    for (int i = 0; i < n; i++) {
        if (filled[i]->len > 0)
            kh_draft_fill (kh_sheet_row (sheet, i / sheet->n_cols)[i % sheet->n_cols], filled[i], padding, pool);
        g_ptr_array_unref (filled[i]);
    }
    g_free (filled);
}

kh_sheet *
kh_net_sheet (const kh_net *net, int page, GPtrArray *words, kh_pool *pool)
{
    kh_sheet *sheet = sheet_of (net, page, pool);
    fill (sheet, net, words, pool);
    return sheet;
}

/* ---- tables */

GPtrArray *
kh_grids_find (const kh_leaf *leaf, const kh_sheet *before, GPtrArray *words, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    kh_nets nets = kh_nets_find (leaf->page);
    for (int id = 0; id < nets.n; id++) {
        kh_box box = kh_nets_box (&nets, id);
        if (box.x0 >= box.x1)
            continue;
        g_autoptr (GArray) xs = kh_nets_edges (nets.upright, id, &nets.t, box.x0, box.x1);
        g_autoptr (GArray) ys = kh_nets_edges (nets.level, id, &nets.t, box.y0, box.y1);
        if (xs->len * ys->len > MOST_SLOTS)
            continue;
        kh_nets_drop_stray (xs, ys, nets.upright, id, &nets.t);
        kh_nets_drop_stray (ys, xs, nets.level, id, &nets.t);
        if (xs->len < 3 || ys->len < 2 || box.x1 - box.x0 < NARROWEST * leaf->em)
            continue;
        kh_net net = { nets.level, nets.upright, xs, ys, id, &nets.t };
        kh_sheet *sheet = kh_net_sheet (&net, leaf->page->number, words, pool);
        sheet->seen = leaf->page->dpi > 0;
        kh_sheet_split_rows (sheet, pool);
        g_ptr_array_add (sheets, sheet);
    }
    kh_levels_find (leaf, before, &nets, words, sheets, pool);
    kh_nets_clear (&nets);
    return sheets;
}
