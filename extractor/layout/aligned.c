/* aligned.c - tables without uprights: columns told by the white gutters that run down between them.
 *
 *   TT   Công việc          Chủ trì          one printed row after the other: the gutters of the first, cut down
 *   1    Thành lập Đoàn ░░░ Sở Y tế          to what stays white in each next, must leave three columns at least;
 *        kiểm tra ░░░░░░░░░                  three rows at least must show them
 *   2    Tập huấn ░░░░░░░░░ Sở Công Thương
 *
 * Where rules run between the rows they tell the rows; else a row begins where the white space above is
 * clearly more than inside a cell; else where the first column says something.
 */
#include "layout/strips.h"

#include <math.h>
#include <string.h>

#define PIECE_GAP 1.0     /* ems */
#define CROSSING_LINES 10 /* of so many lines one may cross a gutter */
#define WIDER_THAN_OTHERS 1.5
#define LEAST_BEGUN 4     /* lines that begin at one place */
#define BEFORE_START 0.25 /* ems before a column's text */
#define FIRST_STRIPS 4u   /* of a page: one of them must be a row of the table that began on the page before */
#define MOST_SHIFT 8      /* quarters of an em that pages of a scan are apart */
#define LEAST_GUTTER 0.16 /* ems: a narrower stretch of white is chance, whatever stands beside it */

static double
least_gutter (const kh_leaf *leaf)
{
    return MAX (0.33 * leaf->em, 1.3 * leaf->space);
}

/* What is left white of the gaps by the words. A gap cut in pieces keeps those wide enough. */
static GArray *
gaps_left (const GArray *gaps, const GPtrArray *words, double least)
{
    GArray *left = g_array_new (FALSE, FALSE, sizeof (kh_gap));
    g_array_append_vals (left, gaps->data, gaps->len);
    for (guint w = 0; w < words->len; w++) {
        const kh_word *word = g_ptr_array_index (words, w);
        for (guint i = 0; i < left->len; i++) {
            kh_gap g = g_array_index (left, kh_gap, i);
            if (word->box.x1 <= g.from || word->box.x0 >= g.to)
                continue;
            g_array_remove_index (left, i--);
            kh_gap before = { g.from, word->box.x0, g.group }, after = { word->box.x1, g.to, g.group };
            if (before.to - before.from >= least)
                g_array_insert_val (left, ++i, before);
            if (after.to - after.from >= least)
                g_array_insert_val (left, ++i, after);
        }
    }
    return left;
}

/* Puts words into the sheet's slots by the edges given. */
static void
fill_row (kh_sheet *sheet, int row, const GPtrArray *words, double y0, double y1, int page, kh_pool *pool)
{
    kh_draft **drafts = kh_sheet_row (sheet, row);
    for (int c = 0; c < sheet->n_cols; c++) {
        drafts[c] = kh_draft_new ((kh_box){ sheet->edges[c], y0, sheet->edges[c + 1], y1 }, page, pool);
        g_autoptr (GPtrArray) mine = g_ptr_array_new ();
        for (guint w = 0; w < words->len; w++) {
            const kh_word *word = g_ptr_array_index (words, w);
            double x = kh_box_center_x (word->box);
            if ((x >= sheet->edges[c] || c == 0) && (x < sheet->edges[c + 1] || c == sheet->n_cols - 1))
                g_ptr_array_add (mine, (void *) word);
        }
        if (mine->len > 0)
            kh_draft_fill (drafts[c], mine, 0, pool);
    }
}

static void
set_edges (kh_sheet *sheet, const GArray *gutters, double left, double right)
{
    sheet->edges[0] = left;
    for (guint i = 0; i < gutters->len; i++) {
        const kh_gap *g = &g_array_index (gutters, kh_gap, i);
        sheet->edges[i + 1] = (g->from + g->to) / 2;
    }
    sheet->edges[sheet->n_cols] = right;
}

/* The gutters of a strip: the gaps between its pieces. */
static GArray *
gutters_of (const kh_strip *s)
{
    GArray *gutters = g_array_new (FALSE, FALSE, sizeof (kh_gap));
    for (guint i = 1; i < s->lines->len; i++) {
        const kh_line *a = g_ptr_array_index (s->lines, i - 1), *b = g_ptr_array_index (s->lines, i);
        kh_gap g = { a->box.x1, b->box.x0, (int) i };
        if (g.to > g.from)
            g_array_append_val (gutters, g);
    }
    return gutters;
}

/* Of the strips with text between the gutter and `end`: how many begin it right at the gutter, how many later; those that have the same
 * words on both sides as one before count once ("Phòng Cải | cách" in each row). */
static void
count_begun (const kh_leaf *leaf, const GArray *strips, guint from, guint to, double gutter, double end, int *begin, int *pass)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    *begin = *pass = 0;
    for (guint k = from; k < to; k++) {
        g_autoptr (GPtrArray) words = kh_strip_words (&g_array_index (strips, kh_strip, k));
        const kh_word *left = NULL, *right = NULL;
        for (guint w = 0; w < words->len && right == NULL; w++) { /* left to right */
            const kh_word *word = g_ptr_array_index (words, w);
            if (word->box.x0 >= gutter - 0.01)
                right = word;
            else
                left = word;
        }
        if (right == NULL || right->box.x0 >= end || !g_hash_table_add (seen, g_strdup_printf ("%s %s", left != NULL ? left->text : "", right->text)))
            continue;
        if (right->box.x0 < gutter + 0.25 * leaf->em)
            ++*begin;
        else
            ++*pass;
    }
}

/* A gutter no wider than a space counts only where line after line begins at its right edge. */
static void
drop_narrow (const kh_leaf *leaf, GArray *gutters, const GArray *strips, guint from, guint to)
{
    for (guint i = 0; i < gutters->len; i++) {
        kh_gap g = g_array_index (gutters, kh_gap, i);
        double end = i + 1 < gutters->len ? g_array_index (gutters, kh_gap, i + 1).from : g.to + 4 * leaf->em;
        int begin, pass;
        count_begun (leaf, strips, from, to, g.to, end, &begin, &pass);
        if (g.to - g.from < least_gutter (leaf) && (begin < 5 || pass > begin / 3))
            g_array_remove_index (gutters, i--);
    }
}

/* Has the strip text between the places? */
static gboolean
has_text (const kh_strip *s, double from, double to)
{
    g_autoptr (GPtrArray) words = kh_strip_words (s);
    for (guint w = 0; w < words->len; w++) {
        double x = kh_box_center_x (((const kh_word *) g_ptr_array_index (words, w))->box);
        if (x >= from && x < to)
            return TRUE;
    }
    return FALSE;
}

/* How wide the strip's gap at `here` is, measured by the widest other gap between words from `left` to `right`; 0 when it is not
 * among words, or there is no other. */
static double
gap_among_others (const kh_strip *s, double left, double here, double right)
{
    double gap = 0, other = 0, end = 0;
    g_autoptr (GPtrArray) words = kh_strip_words (s);
    for (guint w = 0; w < words->len; w++) { /* left to right */
        kh_box box = ((const kh_word *) g_ptr_array_index (words, w))->box;
        double x = kh_box_center_x (box);
        if (x < left || x >= right)
            continue;
        gboolean is_here = end > 0 && end <= here && x >= here;
        if (is_here)
            gap = box.x0 - end;
        else if (end > 0)
            other = MAX (other, box.x0 - end);
        end = box.x1;
    }
    return other > 0 ? gap / other : 0;
}

/* Justified text has gaps that may stand over each other by chance. Such a gap is no wider than others of its line, what is right
 * of it begins at no one place and never stands there without what is left of it, and the first strip, where the columns are
 * named, has nothing there. */
static void
drop_chance (const kh_leaf *leaf, GArray *gutters, const GArray *strips, guint from, guint to)
{
    for (guint i = 0; i < gutters->len; i++) {
        double here = g_array_index (gutters, kh_gap, i).to - 0.01;
        double left = i > 0 ? g_array_index (gutters, kh_gap, i - 1).to - 0.01 : -G_MAXDOUBLE;
        double right = i + 1 < gutters->len ? g_array_index (gutters, kh_gap, i + 1).to - 0.01 : G_MAXDOUBLE;
        int begin, pass;
        count_begun (leaf, strips, from, to, here, right, &begin, &pass);
        gboolean is_column = (begin >= LEAST_BEGUN && begin > 2 * pass) || has_text (&g_array_index (strips, kh_strip, from), here, right);
        for (guint k = from; k < to && !is_column; k++) {
            const kh_strip *s = &g_array_index (strips, kh_strip, k);
            is_column = has_text (s, here, right) && (!has_text (s, left, here) || gap_among_others (s, left, here, right) > WIDER_THAN_OTHERS);
        }
        if (!is_column)
            g_array_remove_index (gutters, i--);
    }
}

/* The gutters of the strips [from, to): what stays white in all. */
static GArray *
columns_of (const kh_leaf *leaf, const GArray *strips, guint from, guint to)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    kh_box box = g_array_index (strips, kh_strip, from).box;
    for (guint i = from; i < to; i++) {
        const kh_strip *s = &g_array_index (strips, kh_strip, i);
        g_autoptr (GPtrArray) mine = kh_strip_words (s);
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
        box = kh_box_union (box, s->box);
    }
    GArray *gutters = kh_white_find (words, box, (to - from) / CROSSING_LINES, LEAST_GUTTER * leaf->em);
    drop_narrow (leaf, gutters, strips, from, to);
    drop_chance (leaf, gutters, strips, from, to);
    return gutters;
}

GArray *
kh_aligned_edges (const kh_leaf *leaf, kh_box box, const GPtrArray *words, kh_pool *pool)
{
    g_autoptr (GPtrArray) inside = g_ptr_array_new ();
    for (guint i = 0; i < words->len; i++) {
        kh_word *word = g_ptr_array_index (words, i);
        if (kh_box_holds_center (box, word->box))
            g_ptr_array_add (inside, word);
    }
    if (inside->len == 0)
        return NULL;
    GArray *strips = kh_strips_find (kh_lines_find (inside, PIECE_GAP, pool));
    g_autoptr (GArray) gutters = columns_of (leaf, strips, 0, strips->len);
    kh_strips_free (strips);
    if (gutters->len < 1)
        return NULL;
    GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
    g_array_append_val (edges, box.x0);
    for (guint i = 0; i < gutters->len; i++) {
        double middle = (g_array_index (gutters, kh_gap, i).from + g_array_index (gutters, kh_gap, i).to) / 2;
        g_array_append_val (edges, middle);
    }
    g_array_append_val (edges, box.x1);
    return edges;
}

/* Which strips begin a row: those with clearly more white above, if both kinds of distances occur and the numbers
 * in the first column do not speak against it; else those with a text in the first column. */
static gboolean *
row_starts (const GArray *strips, guint from, guint to, double first_edge, double em)
{
    guint n = to - from, n_pitches = 0;
    gboolean *starts = g_new0 (gboolean, n);
    g_autofree double *pitch = g_new0 (double, n), *sorted = g_new0 (double, n);
    for (guint i = 1; i < n; i++) {
        const kh_strip *a = &g_array_index (strips, kh_strip, from + i - 1), *b = &g_array_index (strips, kh_strip, from + i);
        pitch[i] = kh_strip_middle (b) - kh_strip_middle (a);
        if (pitch[i] > 0.6 * em)
            sorted[n_pitches++] = pitch[i];
    }
    qsort (sorted, n_pitches, sizeof (double), kh_compare_doubles);
    double inner = n_pitches > 0 ? sorted[n_pitches / 8] : em;
    guint wide = 0, narrow = 0, first = 0, numbers = 0, against = 0;
    for (guint i = 1; i < n; i++) {
        const kh_line *left = g_ptr_array_index (g_array_index (strips, kh_strip, from + i).lines, 0);
        gboolean is_wide = pitch[i] > inner + 0.3 * em, is_first = left->box.x0 < first_edge;
        wide += is_wide;
        narrow += !is_wide;
        first += is_first;
        numbers += is_first && kh_text_is_number (left->text.pieces[0].word->text);
        against += is_first && !is_wide;
    }
    gboolean numbered = numbers >= 2 && numbers * 5 >= first * 3;
    gboolean by_pitch = wide >= 2 && narrow >= 2 && (!numbered || against * 3 <= first);
    for (guint i = 0; i < n; i++) {
        const kh_line *left = g_ptr_array_index (g_array_index (strips, kh_strip, from + i).lines, 0);
        starts[i] = i == 0 || (by_pitch ? pitch[i] > inner + 0.3 * em : left->box.x0 < first_edge);
    }
    return starts;
}

/* The strips' words in the columns of the sheet, whose edges are set; `first_edge`: where the first column ends. */
static void
fill_sheet (kh_sheet *sheet, const kh_leaf *leaf, const GArray *strips, guint from, guint to, double first_edge, kh_pool *pool)
{
    sheet->confidence = 0.75;
    g_autofree gboolean *starts = row_starts (strips, from, to, first_edge, leaf->em);
    for (guint i = from, j; i < to; i = j) {
        g_autoptr (GPtrArray) words = kh_strip_words (&g_array_index (strips, kh_strip, i));
        kh_box box = g_array_index (strips, kh_strip, i).box;
        for (j = i + 1; j < to && !starts[j - from]; j++) {
            g_autoptr (GPtrArray) more = kh_strip_words (&g_array_index (strips, kh_strip, j));
            for (guint k = 0; k < more->len; k++)
                g_ptr_array_add (words, g_ptr_array_index (more, k));
            box = kh_box_union (box, g_array_index (strips, kh_strip, j).box);
        }
        kh_sheet_add_row (sheet, pool);
        fill_row (sheet, sheet->rows->len - 1, words, box.y0, box.y1, leaf->page->number, pool);
    }
    kh_sheet_tighten (sheet);
}

static kh_box
box_of_strips (const GArray *strips, guint from, guint to)
{
    kh_box box = g_array_index (strips, kh_strip, from).box;
    for (guint i = from + 1; i < to; i++)
        box = kh_box_union (box, g_array_index (strips, kh_strip, i).box);
    return box;
}

static kh_sheet *
sheet_between (const kh_leaf *leaf, const GArray *strips, guint from, guint to, const GArray *gutters, kh_pool *pool)
{
    kh_sheet *sheet = kh_sheet_new (gutters->len + 1, leaf->page->number, pool);
    sheet->box = box_of_strips (strips, from, to);
    set_edges (sheet, gutters, sheet->box.x0, sheet->box.x1);
    fill_sheet (sheet, leaf, strips, from, to, g_array_index (gutters, kh_gap, 0).from, pool);
    return sheet;
}

static void
take_lines (GPtrArray *lines, const GArray *strips, guint from, guint to)
{
    for (guint j = from; j < to; j++) {
        const kh_strip *s = &g_array_index (strips, kh_strip, j);
        for (guint k = 0; k < s->lines->len; k++)
            g_ptr_array_remove (lines, g_ptr_array_index (s->lines, k));
    }
}

/* Lines behind strip `from` belong to it only while they follow closely: where they end. */
static guint
end_of_close (const kh_leaf *leaf, const GArray *strips, guint from, guint to)
{
    for (guint j = from + 1; j < to; j++) {
        const kh_strip *a = &g_array_index (strips, kh_strip, j - 1), *b = &g_array_index (strips, kh_strip, j);
        if (b->box.y0 - a->box.y1 > 0.4 * leaf->em)
            return j;
    }
    return to;
}

/* ---- the rest of a table on the next page */

/* Where the columns of a table that goes on are parted: right before their text begins, for how far the lines of the column before
 * reach depends on what they say. n_cols + 1 places; the caller frees. */
static double *
partings_of (const kh_leaf *leaf, const kh_sheet *sheet, double shift)
{
    double *partings = g_new (double, sheet->n_cols + 1);
    for (int c = 0; c <= sheet->n_cols; c++)
        partings[c] = shift + (c == 0 || c == sheet->n_cols ? sheet->edges[c] : kh_sheet_column_start (sheet, c) - BEFORE_START * leaf->em);
    return partings;
}

/* How many columns of the sheet, moved by `shift`, the strip begins in, at the place where their text begins; -1 when a word lies
 * across the edge of two. `filled`: how many it says something in. */
static int
columns_begun (const kh_leaf *leaf, const kh_strip *strip, const kh_sheet *sheet, double shift, int *filled)
{
    int begun = 0, last = -1;
    *filled = 0;
    g_autofree double *partings = partings_of (leaf, sheet, shift);
    g_autoptr (GPtrArray) words = kh_strip_words (strip);
    for (guint w = 0; w < words->len; w++) { /* left to right */
        kh_box box = ((const kh_word *) g_ptr_array_index (words, w))->box;
        int col = 0;
        while (col + 1 < sheet->n_cols && box.x0 >= partings[col + 1])
            col++;
        if (col + 1 < sheet->n_cols && box.x1 > partings[col + 1] + BEFORE_START * leaf->em)
            return -1;
        if (col == last)
            continue;
        ++*filled;
        begun += fabs (box.x0 - shift - kh_sheet_column_start (sheet, col)) < 0.5 * leaf->em;
        last = col;
    }
    return begun;
}

/* How far the page's columns stand right of the sheet's: what most of the first strips' pieces agree on. */
static double
shift_of (const kh_leaf *leaf, const GArray *strips, const kh_sheet *sheet)
{
    double best_shift = 0;
    int best = 0;
    for (int step = -MOST_SHIFT; step <= MOST_SHIFT; step++) {
        double shift = step * leaf->em / 4;
        int votes = 0, filled;
        for (guint i = 0; i < MIN (strips->len, FIRST_STRIPS); i++)
            votes += MAX (columns_begun (leaf, &g_array_index (strips, kh_strip, i), sheet, shift, &filled), 0);
        if (votes > best || (votes == best && fabs (shift) < fabs (best_shift))) {
            best = votes;
            best_shift = shift;
        }
    }
    return best_shift;
}

/* Where the rows of the sheet end that the strips from `from` on are, in its columns: the first strip behind; `from` when the next
 * few are none. */
static guint
end_of_rows (const kh_leaf *leaf, const GArray *strips, guint from, const kh_sheet *sheet, double shift)
{
    guint end = from, stop = from;
    for (; end < strips->len; end++) {
        int filled, begun = columns_begun (leaf, &g_array_index (strips, kh_strip, end), sheet, shift, &filled);
        if (begun < 0 || (stop == from && end >= from + FIRST_STRIPS))
            break;
        if (filled >= 3 && 2 * begun >= filled)
            stop = end + 1;
    }
    return stop > from ? end_of_close (leaf, strips, stop - 1, end) : from;
}

/* A sheet of the strips in the columns of another, moved by `shift`. */
static kh_sheet *
sheet_in_columns (const kh_leaf *leaf, const GArray *strips, guint from, guint to, const kh_sheet *other, double shift, kh_pool *pool)
{
    kh_sheet *sheet = kh_sheet_new (other->n_cols, leaf->page->number, pool);
    sheet->box = box_of_strips (strips, from, to);
    g_autofree double *partings = partings_of (leaf, other, shift);
    memcpy (sheet->edges, partings, sizeof (double) * (gsize) (other->n_cols + 1));
    fill_sheet (sheet, leaf, strips, from, to, sheet->edges[1], pool);
    return sheet;
}

kh_sheet *
kh_aligned_continue (const kh_leaf *leaf, GPtrArray *lines, const kh_sheet *above, kh_pool *pool)
{
    GArray *strips = kh_strips_find (lines);
    double shift = shift_of (leaf, strips, above);
    guint stop = end_of_rows (leaf, strips, 0, above, shift);
    kh_sheet *sheet = stop > 0 ? sheet_in_columns (leaf, strips, 0, stop, above, shift, pool) : NULL;
    take_lines (lines, strips, 0, stop);
    kh_strips_free (strips);
    return sheet;
}

/* ---- tables anywhere */

/* How many of the first strip's gutters are still white somewhere. */
static guint
count_groups (const GArray *gaps)
{
    guint n = 0;
    for (guint i = 0; i < gaps->len; i++)
        n += i == 0 || g_array_index (gaps, kh_gap, i).group != g_array_index (gaps, kh_gap, i - 1).group;
    return n;
}

GPtrArray *
kh_aligned_find (const kh_leaf *leaf, GPtrArray *lines, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    GArray *strips = kh_strips_find (lines);
    for (guint i = 0; i < strips->len; i++) {
        if (g_array_index (strips, kh_strip, i).lines->len < 3)
            continue;
        GArray *gutters = gutters_of (&g_array_index (strips, kh_strip, i));
        guint seeds = 1, end = i + 1, last_seed = i;
        for (guint j = i + 1; j < strips->len; j++) {
            const kh_strip *s = &g_array_index (strips, kh_strip, j);
            g_autoptr (GPtrArray) words = kh_strip_words (s);
            GArray *left = gaps_left (gutters, words, least_gutter (leaf));
            guint n = count_groups (left);
            if (n < 2 || (seeds >= 2 && n < count_groups (gutters))) {
                g_array_unref (left);
                break;
            }
            g_array_unref (gutters);
            gutters = left;
            end = j + 1;
            if (s->lines->len >= 3) {
                seeds++;
                last_seed = j;
            }
        }
        guint stop = end_of_close (leaf, strips, last_seed, end);
        if (seeds >= 3) {
            g_autoptr (GArray) columns = columns_of (leaf, strips, i, stop);
            if (columns->len < 2) {
                g_array_unref (gutters);
                continue;
            }
            kh_sheet *sheet = sheet_between (leaf, strips, i, stop, columns, pool);
            guint end_of_more = end_of_rows (leaf, strips, stop, sheet, 0); /* rows that are too full to show gaps */
            if (end_of_more > stop)
                sheet = sheet_in_columns (leaf, strips, i, stop = end_of_more, sheet, 0, pool);
            g_ptr_array_add (sheets, sheet);
            take_lines (lines, strips, i, stop);
            i = stop - 1;
        }
        g_array_unref (gutters);
    }
    kh_strips_free (strips);
    return sheets;
}
