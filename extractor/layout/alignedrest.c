/* alignedrest.c - more rows of a table without uprights, in columns that are known by now.
 *
 *   18   Rà soát         Sở Y tế       Quý II      rows too full to show gaps that hold, below the table; or one row, or
 *   ──────────────── page break ─────────────      two, on a page that a scanner put down a little aside: too few to
 *     19   Kiểm tra đột  UBND các xã,  Quý III     show columns by themselves.
 *          xuất          phường
 *     ^    ^             ^             ^           Texts must begin where those of their columns do, and no word may
 *                                                  lie across the edge of two.
 */
#include "layout/aligned.h"

#include <math.h>

#define BEFORE_START 0.25 /* ems before a column's text */
#define AT_START 0.5      /* ems about the place where a column's text begins */
#define FIRST_STRIPS 4u   /* of the rest: one of them must be a row of the table */
#define MOST_SHIFT 8      /* steps that pages of a scan are apart, at most, ... */
#define SHIFT_STEPS 4     /* ... so many in an em */

/* The columns of a table that goes on, where they stand on the page. */
typedef struct columns {
    const kh_sheet *sheet;
    double shift;     /* how far right of the sheet's */
    double em;
    double *partings; /* n_cols + 1: right before their text begins, for how far the lines of the column before reach depends on what they say */
} columns;

static void
columns_place (columns *c, double shift)
{
    int n = c->sheet->n_cols;
    c->shift = shift;
    for (int i = 0; i <= n; i++)
        c->partings[i] = shift + (i == 0 || i == n ? c->sheet->edges[i] : kh_sheet_column_start (c->sheet, i) - BEFORE_START * c->em);
}

static columns
columns_of (const kh_leaf *leaf, const kh_sheet *sheet)
{
    columns c = { sheet, 0, leaf->em, g_new (double, sheet->n_cols + 1) };
    columns_place (&c, 0);
    return c;
}

/* How many columns the strip begins in, at the place where their text begins; -1 when a word lies across the edge of two.
 * `filled`: how many it says something in. */
static int
columns_begun (const columns *c, const kh_strip *strip, int *filled)
{
    int begun = 0, last = -1, n = c->sheet->n_cols;
    *filled = 0;
    g_autoptr (GPtrArray) words = kh_strip_words (strip);
    for (guint w = 0; w < words->len; w++) { /* left to right */
        kh_box box = ((const kh_word *) g_ptr_array_index (words, w))->box;
        int col = 0;
        while (col + 1 < n && box.x0 >= c->partings[col + 1])
            col++;
        if (col + 1 < n && box.x1 > c->partings[col + 1] + BEFORE_START * c->em)
            return -1;
        if (col == last)
            continue;
        ++*filled;
        begun += fabs (box.x0 - c->shift - kh_sheet_column_start (c->sheet, col)) < AT_START * c->em;
        last = col;
    }
    return begun;
}

/* Places the columns where most of the first strips' pieces agree that they stand. */
static void
columns_shift (columns *c, const GArray *strips)
{
    double best_shift = 0;
    int best = 0;
    for (int step = -MOST_SHIFT; step <= MOST_SHIFT; step++) {
        columns_place (c, step * c->em / SHIFT_STEPS);
        int votes = 0, filled;
        for (guint i = 0; i < MIN (strips->len, FIRST_STRIPS); i++)
            votes += MAX (columns_begun (c, kh_strip_at (strips, i), &filled), 0);
        if (votes > best || (votes == best && fabs (c->shift) < fabs (best_shift))) {
            best = votes;
            best_shift = c->shift;
        }
    }
    columns_place (c, best_shift);
}

/* Do the rows of the sheet, or most of them, have a number? */
static gboolean
has_numbers (const kh_sheet *sheet)
{
    guint n = 0;
    for (guint r = 0; r < sheet->rows->len; r++) {
        const GArray *slugs = kh_sheet_row (sheet, r)[0]->slugs;
        n += slugs->len > 0 && kh_text_is_number (g_array_index (slugs, kh_slug, 0).line->text.str);
    }
    return 2 * n > sheet->rows->len;
}

/* kh_aligned_rest() in columns that are placed. */
static guint
end_of_rows (const kh_leaf *leaf, const GArray *strips, guint first, guint from, const columns *c, gboolean numbered)
{
    guint end = from, stop = from;
    for (; end < strips->len && kh_strip_page (kh_strip_at (strips, end)) == kh_strip_page (kh_strip_at (strips, from)); end++) {
        int filled, begun = columns_begun (c, kh_strip_at (strips, end), &filled);
        if (begun < 0 || (stop == from && end >= from + FIRST_STRIPS))
            break;
        if (filled >= (int) KH_ALIGNED_COLUMNS && 2 * begun >= filled && (!numbered || kh_strip_begins_with_number (kh_strip_at (strips, end))))
            stop = end + 1;
    }
    return stop > from ? kh_aligned_end (leaf, strips, first, stop - 1, end, NULL) : from;
}

guint
kh_aligned_rest (const kh_leaf *leaf, const GArray *strips, guint first, guint from, const kh_sheet *sheet, gboolean numbered)
{
    columns c = columns_of (leaf, sheet);
    guint end = end_of_rows (leaf, strips, first, from, &c, numbered);
    g_free (c.partings);
    return end;
}

kh_sheet *
kh_aligned_continue (const kh_leaf *leaf, GPtrArray *lines, const kh_sheet *above, kh_pool *pool)
{
    GArray *strips = kh_strips_find (lines);
    columns c = columns_of (leaf, above);
    columns_shift (&c, strips);
    guint end = end_of_rows (leaf, strips, 0, 0, &c, has_numbers (above));
    kh_sheet *sheet = NULL;
    if (end > 0) {
        g_autofree gboolean *starts = kh_aligned_starts (strips, 0, end, c.partings[1], leaf->em);
        sheet = kh_aligned_sheet (strips, 0, end, c.partings, above->n_cols, starts, pool);
        kh_sheets_tighten (&sheet, 1, FALSE);
    }
    g_free (c.partings);
    kh_strips_take (strips, 0, end, lines);
    kh_strips_free (strips);
    return sheet;
}
