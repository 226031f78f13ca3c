/* join.c - a table that runs over a page break becomes one.
 *
 *   above  │ 5 │ Hộ nghèo có nhà tiêu │ % │      The two fit when their columns stand at the same places. Repeats
 *   ───────┴───┴── page break ────────┴───┘      of the header are dropped. Then three cases at the seam:
 *   below  │TT │ Chỉ tiêu             │ĐVT│      - the first row below is the rest of the last above: its text
 *          │   │ hợp vệ sinh          │   │        runs on there, and no cell of it speaks for a new row;
 *          │ 6 │ Trẻ em thuộc hộ …    │ % │      - a cell that is merged over rows goes on below, empty there;
 *                                                - else the row ends with the page.
 */
#include "layout/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Do the columns stand at the same places, apart from a shift and a small stretch? Columns that are told by white have their
 * edges in the middle of it, which depends on how long their lines happen to be; then their text must begin at one place. */
static gboolean
same_columns (const kh_sheet *a, const kh_sheet *b)
{
    double wa = a->edges[a->n_cols] - a->edges[0], wb = b->edges[b->n_cols] - b->edges[0];
    if (wa <= 0 || wb <= 0 || fabs (wa - wb) > (a->verticals ? 0.05 : 0.10) * wa)
        return FALSE;
    double shift = a->verticals ? 0 : kh_sheet_column_start (b, a->n_cols - 1) - kh_sheet_column_start (a, a->n_cols - 1);
    for (int c = 1; c < a->n_cols; c++) {
        double apart = fabs ((a->edges[c] - a->edges[0]) / wa - (b->edges[c] - b->edges[0]) / wb);
        gboolean begin_alike = !a->verticals && fabs (kh_sheet_column_start (b, c) - kh_sheet_column_start (a, c) - shift) <= 0.02 * wa;
        if (apart > (a->verticals ? 0.02 : 0.05) && !begin_alike)
            return FALSE;
    }
    return TRUE;
}

/* The first rows of `below` that repeat the header. */
static int
repeated_header (const kh_sheet *above, const kh_sheet *below, kh_pool *pool)
{
    int n = MAX (above->n_header_rows, 1);
    if (n > (int) below->rows->len)
        return 0;
    double sum = 0;
    int cells = 0;
    for (int r = 0; r < n; r++)
        for (int c = 0; c < above->n_cols; c++) {
            kh_text a = kh_draft_text (kh_sheet_row (above, r)[c], pool), b = kh_draft_text (kh_sheet_row (below, r)[c], pool);
            sum += kh_text_likeness (a.str, b.str);
            cells++;
        }
    return cells > 0 && sum / cells > 0.75 ? n : 0;
}

static const kh_line *
first_line (const kh_draft *draft)
{
    return draft->slugs->len > 0 ? g_array_index (draft->slugs, kh_slug, 0).line : NULL;
}

/* Share of the table's body rows in which the column says something. */
static double
filled_share (const kh_sheet *sheet, int col, guint from, guint to)
{
    int n = 0, filled = 0;
    for (guint r = from; r < to; r++) {
        n++;
        filled += kh_sheet_row (sheet, r)[col]->slugs->len > 0;
    }
    return n > 0 ? filled / (double) n : 1;
}

static gboolean
is_merged_column (const kh_sheet *sheet, int col, guint from)
{
    for (guint r = from + 1; r < sheet->rows->len; r++)
        if (kh_sheet_row (sheet, r)[col] == kh_sheet_row (sheet, r - 1)[col])
            return TRUE;
    return FALSE;
}

static gboolean
says_number (const kh_draft *draft, kh_pool *pool)
{
    kh_text text = kh_draft_text (draft, pool);
    return kh_text_is_number (text.str);
}

static gboolean
begins_with_number (const kh_draft *draft)
{
    const kh_line *first = first_line (draft);
    return first != NULL && kh_text_mark (first->text.str) == KH_MARK_NUMBER;
}

/* The number that two texts are together, the first by itself when the second is NULL; 0 for anything but figures. */
static int
number_of (const char *first, const char *second)
{
    g_autofree char *both = g_strconcat (first, second, NULL);
    return *both != '\0' && strlen (both) <= 4 && strspn (both, "0123456789") == strlen (both) ? atoi (both) : 0;
}

/* Was a row's number cut in two by the page break ("1" "1" behind row 10)? */
static gboolean
number_goes_on (const kh_sheet *sheet, guint seam, int col, const char *above, const char *below, kh_pool *pool)
{
    if (seam < 2)
        return FALSE;
    kh_text before = kh_draft_text (kh_sheet_row (sheet, seam - 2)[col], pool);
    int due = number_of (before.str, NULL) + 1;
    return due > 1 && number_of (above, below) == due && number_of (above, NULL) != due;
}

/* What a cell says of the row at a seam. */
typedef struct seam_vote {
    int runs_on, fresh;
    gboolean from_the_middle; /* of a word or sentence */
    gboolean is_new;          /* decides by itself */
} seam_vote;

/* Text that begins small, or under a full line that ends no sentence, runs on; text under a line that had room for more is fresh, and
 * a number under a number or in the column of numbers is that of a new row. */
static seam_vote
vote_of (const kh_sheet *sheet, guint seam, int col, kh_pool *pool)
{
    const kh_draft *above = kh_sheet_row (sheet, seam - 1)[col], *below = kh_sheet_row (sheet, seam)[col];
    if (above->slugs->len == 0)
        return (seam_vote){ .fresh = 1, .is_new = col == 0 && says_number (below, pool) };
    const kh_slug *last = &g_array_index (above->slugs, kh_slug, above->slugs->len - 1);
    const kh_line *first = first_line (below);
    const char *a = last->line->text.str, *b = first->text.str;
    gboolean is_number = says_number (below, pool) && (col == 0 || says_number (above, pool));
    gboolean is_broken = number_goes_on (sheet, seam, col, a, b, pool) || kh_text_is_broken_number (a, b);
    if ((is_number && !is_broken) || (begins_with_number (above) && begins_with_number (below)))
        return (seam_vote){ .is_new = TRUE };
    if (is_broken || kh_text_is_glued (a, b) || kh_slug_breaks_word (last, first))
        return (seam_vote){ .runs_on = 3, .from_the_middle = TRUE };
    seam_vote vote = { .from_the_middle = kh_text_starts_small (b) };
    if (kh_slug_had_room (last, first, TRUE))
        vote.fresh = kh_text_mark (b) == KH_MARK_BULLET || vote.from_the_middle ? 0 : 2;
    else if (vote.from_the_middle)
        vote.runs_on = 2;
    else if (kh_text_mark (b) == KH_MARK_NUMBER)
        vote.fresh = 2;
    else if (!kh_text_ends_sentence (a))
        vote.runs_on = 1;
    return vote;
}

/* At how many edges are the cells of one row merged and those of the other not? */
static int
n_spans_differ (const kh_sheet *sheet, kh_draft *const *above, kh_draft *const *below)
{
    int n = 0;
    for (int c = 1; c < sheet->n_cols; c++)
        n += (below[c] == below[c - 1]) != (above[c] == above[c - 1]);
    return n;
}

/* Is row `seam` the rest of the row before it? Each of its cells votes. A cell that is empty though its column seldom is lacks; one without
 * a number where all rows have one lacks most. A row with most of its cells filled, and none of them from the middle of a
 * sentence, is a new one, and so is one with cells merged over other columns than those above. A row without any text is what the
 * page break left of the last one's height. */
static gboolean
row_goes_on (const kh_sheet *sheet, guint seam, kh_pool *pool)
{
    kh_draft **above = kh_sheet_row (sheet, seam - 1), **below = kh_sheet_row (sheet, seam);
    int runs_on = 0, fresh = 0, filled = 0, filled_above = 0, cells = 0;
    gboolean from_the_middle = FALSE;
    if (n_spans_differ (sheet, above, below) > (sheet->seen ? KH_MOST_EDGES_LOST : 0))
        return FALSE;
    for (int c = 0; c < sheet->n_cols; c++) {
        filled_above += above[c]->slugs->len > 0;
        if (c > 0 && below[c] == below[c - 1])
            continue;
        cells++;
        if (first_line (below[c]) == NULL) {
            double share = above[c]->slugs->len > 0 ? filled_share (sheet, c, sheet->n_header_rows, sheet->rows->len) : 0;
            runs_on += share > 0.7;
            runs_on += c <= 1 && share > 0.9 && says_number (above[c], pool) ? 3 : 0;
            continue;
        }
        seam_vote vote = vote_of (sheet, seam, c, pool);
        if (vote.is_new)
            return FALSE;
        filled++;
        from_the_middle |= vote.from_the_middle;
        runs_on += vote.runs_on;
        fresh += vote.fresh;
    }
    if (filled == 0)
        return filled_above > 0;
    gboolean is_whole = !from_the_middle && filled > 1 && 2 * filled > cells;
    return !is_whole && runs_on > fresh;
}

static void
heal_row (kh_sheet *sheet, guint seam, kh_pool *pool)
{
    for (int c = 0; c < sheet->n_cols; c++) {
        kh_draft *into = kh_sheet_row (sheet, seam - 1)[c], *from = kh_sheet_row (sheet, seam)[c];
        if (into != from)
            kh_sheet_merge (sheet, into, from, pool);
    }
    g_ptr_array_remove_index (sheet->rows, seam);
}

/* Is the text below plainly the rest of that above: small letters under a full line that ends no sentence? */
static gboolean
text_runs_on (const kh_draft *above, const kh_draft *below)
{
    const kh_slug *last = &g_array_index (above->slugs, kh_slug, above->slugs->len - 1);
    const kh_line *first = first_line (below);
    return kh_text_starts_small (first->text.str) && !kh_text_ends_sentence (last->line->text.str) &&
           !kh_slug_had_room (last, first, TRUE);
}

/* Does the cell above go on below? Empty there, or with the rest of its text; or all its text is there, in a column whose
 * cells else are never empty. */
static gboolean
cell_goes_on (const kh_sheet *sheet, int col, guint seam)
{
    const kh_draft *above = kh_sheet_row (sheet, seam - 1)[col], *below = kh_sheet_row (sheet, seam)[col];
    if (above->slugs->len > 0)
        return below->slugs->len == 0 || text_runs_on (above, below);
    guint begin = seam - 1;
    while (begin > 0 && kh_sheet_row (sheet, begin - 1)[col] == above)
        begin--;
    return below->slugs->len > 0 && filled_share (sheet, col, sheet->n_header_rows, begin) == 1;
}

/* Cells merged over rows go on below the seam. */
static void
extend_merged (kh_sheet *sheet, guint seam, kh_pool *pool)
{
    for (int c = 0; c < sheet->n_cols; c++) {
        kh_draft *above = kh_sheet_row (sheet, seam - 1)[c], *below = kh_sheet_row (sheet, seam)[c];
        if (above == below || !is_merged_column (sheet, c, sheet->n_header_rows) || !cell_goes_on (sheet, c, seam))
            continue;
        gboolean alone = (c == 0 || kh_sheet_row (sheet, seam)[c - 1] != below) && (c + 1 == sheet->n_cols || kh_sheet_row (sheet, seam)[c + 1] != below);
        gboolean above_alone = (c == 0 || kh_sheet_row (sheet, seam - 1)[c - 1] != above) && (c + 1 == sheet->n_cols || kh_sheet_row (sheet, seam - 1)[c + 1] != above);
        if (alone && above_alone)
            kh_sheet_merge (sheet, above, below, pool);
    }
}

gboolean
kh_sheets_join (kh_sheet *above, kh_sheet *below, kh_pool *pool)
{
    if (above->verticals && below->verticals)
        kh_sheets_share_edges (above, below, pool);
    if (above->n_cols != below->n_cols || above->verticals != below->verticals)
        return FALSE;
    int skip = repeated_header (above, below, pool);
    if (!same_columns (above, below) && (skip == 0 || above->verticals))
        return FALSE; /* columns that are told by white waver from page to page: there the header says enough */
    guint seam = above->rows->len;
    for (guint r = skip; r < below->rows->len; r++)
        g_ptr_array_add (above->rows, kh_sheet_row (below, r));
    for (guint i = 0; i < below->pages->len; i++)
        g_array_append_val (above->pages, g_array_index (below->pages, int, i));
    above->box = below->box;
    above->confidence = MIN (above->confidence, below->confidence);
    if (seam == 1) /* one row alone could not be told for a header */
        kh_sheet_find_header (above, pool);
    if (seam >= above->rows->len || (int) seam <= above->n_header_rows)
        return TRUE;
    if (row_goes_on (above, seam, pool))
        heal_row (above, seam, pool);
    else
        extend_merged (above, seam, pool);
    return TRUE;
}
