/* edges.c - column edges that are missing on one page, known from another.
 *
 *   above  │ TT │ Nội dung │ Chủ trì │     The outer borders agree, and every edge of the page with fewer is one of the
 *   below  │ 20   Tập huấn │ Sở      │     other's: the missing ones are put in. Where a scan may have lost them, each line of
 *               ^ lost                    a cell that they cross is divided at the gap between words nearest to them.
 *
 *   below  │ Tổng cộng     │ 120     │     Else all the rows there have cells merged over these columns, and they stay so.
 */
#include "layout/parts.h"

#include <math.h>

#define SAME_PLACE 0.02 /* of the table's width */

static double
place_of (const kh_sheet *sheet, int edge)
{
    return (sheet->edges[edge] - sheet->edges[0]) / (sheet->edges[sheet->n_cols] - sheet->edges[0]);
}

/* The words of the draft that stand left (or right) of x go into a new one. */
static kh_draft *
half_of (const kh_draft *draft, double x, gboolean right, kh_pool *pool)
{
    kh_box box = draft->box;
    if (right)
        box.x0 = x;
    else
        box.x1 = x;
    kh_draft *half = kh_draft_new (box, draft->page, pool);
    g_autoptr (GPtrArray) mine = g_ptr_array_new ();
    for (guint i = 0; i < draft->slugs->len; i++) {
        g_autoptr (GPtrArray) words = kh_line_words (g_array_index (draft->slugs, kh_slug, i).line);
        for (guint k = 0; k < words->len; k++) {
            kh_word *word = g_ptr_array_index (words, k);
            if ((kh_box_center_x (word->box) >= x) == (right != FALSE))
                g_ptr_array_add (mine, word);
        }
    }
    if (mine->len > 0)
        kh_draft_fill (half, mine, 0, pool);
    return half;
}

/* Divides column `col` at x, its cells too when they are to be `cut`. Cells that were merged over more columns than this stay merged. */
static void
add_edge (kh_sheet *sheet, int col, double x, gboolean cut, kh_pool *pool)
{
    int n = sheet->n_cols;
    double *edges = kh_pool_new0 (pool, double, n + 2);
    for (int c = 0; c <= n; c++)
        edges[c + (c > col)] = sheet->edges[c];
    edges[col + 1] = x;
    kh_draft *last = NULL, *left = NULL, *right = NULL; /* a cell over several rows is divided once */
    for (guint r = 0; r < sheet->rows->len; r++) {
        kh_draft **old = kh_sheet_row (sheet, r), **row = kh_pool_new0 (pool, kh_draft *, n + 1);
        kh_draft *draft = old[col];
        gboolean merged = !cut || (col > 0 && old[col - 1] == draft) || (col + 1 < n && old[col + 1] == draft);
        if (!merged && draft != last) {
            left = half_of (draft, x, FALSE, pool);
            right = half_of (draft, x, TRUE, pool);
            last = draft;
        }
        for (int c = 0; c < n; c++)
            row[c + (c > col)] = old[c];
        row[col] = merged ? draft : left;
        row[col + 1] = merged ? draft : right;
        sheet->rows->pdata[r] = row;
    }
    sheet->edges = edges;
    sheet->n_cols = n + 1;
}

void
kh_sheets_share_edges (kh_sheet *a, kh_sheet *b, kh_pool *pool)
{
    kh_sheet *more = a->n_cols >= b->n_cols ? a : b, *fewer = more == a ? b : a;
    double width = more->edges[more->n_cols] - more->edges[0], other = fewer->edges[fewer->n_cols] - fewer->edges[0];
    int missing = more->n_cols - fewer->n_cols;
    gboolean lost = fewer->seen && missing <= KH_MOST_EDGES_LOST && fewer->n_cols >= 3;
    if (missing < 1 || width <= 0 || fabs (width - other) > 0.05 * width)
        return;
    if (!lost && (fewer == a || fewer->n_header_rows > 0))
        return; /* the header of a table has all its columns: another table */
    int matched = 0;
    for (int i = 1, k = 1; i < fewer->n_cols; i++) {
        while (k < more->n_cols && place_of (more, k) < place_of (fewer, i) - SAME_PLACE)
            k++;
        matched += k < more->n_cols && fabs (place_of (more, k) - place_of (fewer, i)) <= SAME_PLACE;
    }
    if (matched < fewer->n_cols - 1)
        return; /* another table */
    for (int k = 1; k < more->n_cols; k++)
        if (k >= fewer->n_cols || fabs (place_of (more, k) - place_of (fewer, k)) > SAME_PLACE)
            add_edge (fewer, k - 1, fewer->edges[0] + place_of (more, k) * other, lost, pool);
}
