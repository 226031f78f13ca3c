/* aligned.h - tables without uprights, from the strips of their pages. Private to this room.
 *
 *   strips ── aligned.c ─────┬─ gutters.c      the white that runs down between columns
 *             finds them     ├─ alignedrows.c  where a row begins, where the table ends
 *                            └─ alignedrest.c  rows in columns that are known: too full to show gaps, or on the next page
 *
 * Distances are measured in ems of the leaf the table begins on.
 */
#ifndef KH_LAYOUT_ALIGNED_H
#define KH_LAYOUT_ALIGNED_H

#include "layout/strips.h"

/* What such a table has at least: fewer columns may be white between words by chance. A row is full that says something in so many. */
#define KH_ALIGNED_COLUMNS 3u

/* gutters.c */

/* The least white between two columns that needs nobody to speak for it: more than words of a line are apart. */
double kh_gutter_least (const kh_leaf *leaf);
/* The gutters (kh_gap, left to right) of the strips [from, to); the first is the header's. The caller frees. */
GArray *kh_gutters_find (const kh_leaf *leaf, const GArray *strips, guint from, guint to);
/* The edges (double) of the columns from `left` to `right` that the gutters part: their middles. The caller frees. */
GArray *kh_gutters_edges (const GArray *gutters, double left, double right);

/* alignedrows.c; `from` is where the table begins, in strips that may be those of several pages */

/* How far the strip stands below the one before; 0 when that is on another page. */
double kh_aligned_pitch (const GArray *strips, guint i);
/* Which of the strips [from, to) begin a row; the first does. The first column reaches as far as `first_edge`. The caller frees. */
gboolean *kh_aligned_starts (const GArray *strips, guint from, guint to, double first_edge, double em);
/* The end of the table whose last full row is the strip `last`, before `to`. `gutters` may be NULL: unknown. */
guint kh_aligned_end (const kh_leaf *leaf, const GArray *strips, guint from, guint last, guint to, const GArray *gutters);
/* A sheet with these edges, n_cols + 1, of the strips [from, to), which stand on one page; `starts` tells which of them begin a row. */
kh_sheet *kh_aligned_sheet (const GArray *strips, guint from, guint to, const double *edges, int n_cols, const gboolean *starts, kh_pool *pool);

/* alignedrest.c */

/* The strips from `from` on, up to the end of their page, that are rows in the columns of the sheet: the first behind them; `from` when the
 * next few are none. `first`: where the table begins; `numbered`: its rows begin with a number. */
guint kh_aligned_rest (const kh_leaf *leaf, const GArray *strips, guint first, guint from, const kh_sheet *sheet, gboolean numbered);

#endif
