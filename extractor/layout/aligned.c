/* aligned.c - tables without uprights: columns told by the white gutters that run down between them.
 *
 *   TT   Công việc          Chủ trì          one printed row after the other: the gutters of the first, cut down
 *   1    Thành lập Đoàn ░░░ Sở Y tế          to what stays white in each next, must leave three columns at least;
 *        kiểm tra ░░░░░░░░░                  three rows at least must show them
 *   2    Tập huấn ░░░░░░░░░ Sở Công Thương
 *
 * Where rules run between the rows they tell the rows; else a row begins where the white space above is
 * clearly more than inside a cell; else where the first column says something.
 *
 * Pages that were not scanned are searched as one: a part of a table that is too short to show its columns, before or
 * after a page break, is told by the rest. Each page gets its own sheet, all with the same edges; join.c ties them.
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
#define MOST_LINES 20000  /* some hundred pages: more are not searched as one */
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

/* kh_sheet_tighten() over several pages: the room of the lines in a column is what its widest ones take. */
static void
narrow_rooms (const GPtrArray *sheets)
{
    const kh_sheet *first = g_ptr_array_index (sheets, 0);
    for (int c = 0; c < first->n_cols; c++) {
        double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
        for (int pass = 0; pass < 2; pass++)
            for (guint s = 0; s < sheets->len; s++) {
                const kh_sheet *sheet = g_ptr_array_index (sheets, s);
                for (guint r = 0; r < sheet->rows->len; r++) {
                    GArray *slugs = kh_sheet_row (sheet, r)[c]->slugs;
                    for (guint i = 0; i < slugs->len; i++) {
                        kh_slug *slug = &g_array_index (slugs, kh_slug, i);
                        if (pass == 1) {
                            slug->left = left;
                            slug->right = right;
                        } else {
                            left = MIN (left, slug->line->box.x0);
                            right = MAX (right, slug->line->box.x1);
                        }
                    }
                }
            }
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

/* What stays white in the strips [from, to), but for `crossing` lines. */
static GArray *
white_of (const GArray *strips, guint from, guint to, int crossing, double least)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    kh_box box = kh_strip_at (strips, from)->box;
    for (guint i = from; i < to; i++) {
        g_autoptr (GPtrArray) mine = kh_strip_words (kh_strip_at (strips, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
        box = kh_box_union (box, kh_strip_at (strips, i)->box);
    }
    return kh_white_find (words, box, crossing, least);
}

static gboolean
begins_with_number (const kh_strip *s)
{
    const kh_line *first = g_ptr_array_index (s->lines, 0);
    return kh_text_is_number (first->text.pieces[0].word->text);
}

/* The first strip behind the header, that is the first row with a number; `from` when no row has. */
static guint
body_of (const GArray *strips, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (begins_with_number (kh_strip_at (strips, i)))
            return i;
    return from;
}

/* The gutters of the strips [from, to): what stays white in all. */
static GArray *
columns_of (const kh_leaf *leaf, const GArray *strips, guint from, guint to)
{
    GArray *gutters = white_of (strips, from, to, (to - from) / CROSSING_LINES, LEAST_GUTTER * leaf->em);
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

static int
page_of (const kh_strip *s)
{
    return ((const kh_line *) g_ptr_array_index (s->lines, 0))->page;
}

/* How far a strip stands below the one before; 0 when that is on the page before. */
static double
pitch_at (const GArray *strips, guint i)
{
    const kh_strip *a = kh_strip_at (strips, i - 1), *b = kh_strip_at (strips, i);
    return page_of (a) == page_of (b) ? kh_strip_middle (b) - kh_strip_middle (a) : 0;
}

/* How far a line usually stands below the one before in a cell: one of the smallest pitches. */
static double
inner_pitch (const GArray *strips, guint from, guint to, double em)
{
    g_autofree double *sorted = g_new0 (double, to - from);
    guint n = 0;
    for (guint i = from + 1; i < to; i++)
        if (pitch_at (strips, i) > 0.6 * em)
            sorted[n++] = pitch_at (strips, i);
    qsort (sorted, n, sizeof (double), kh_compare_doubles);
    return n > 0 ? sorted[n / 8] : em;
}

static gboolean
say_the_same (const kh_strip *a, const kh_strip *b)
{
    gboolean same = a->lines->len == b->lines->len;
    for (guint i = 0; same && i < a->lines->len; i++)
        same = strcmp (((kh_line *) a->lines->pdata[i])->text.str, ((kh_line *) b->lines->pdata[i])->text.str) == 0;
    return same;
}

/* How many strips the table that begins at `from` has on the page of the strip `at`, before that; -1 where it begins on this page. */
static int
n_above_on_page (const GArray *strips, guint from, guint at)
{
    guint first = at;
    while (first > from && page_of (kh_strip_at (strips, first - 1)) == page_of (kh_strip_at (strips, at)))
        first--;
    return first == from ? -1 : (int) (at - first);
}

/* Is the strip the first on its page, but for the header if that is repeated there: strips that say what the table begins with? */
static gboolean
opens_page (const GArray *strips, guint from, guint at)
{
    int n = n_above_on_page (strips, from, at);
    gboolean opens = n >= 0;
    for (int i = 0; opens && i < n; i++)
        opens = say_the_same (kh_strip_at (strips, at - n + i), kh_strip_at (strips, from + i));
    return opens && !say_the_same (kh_strip_at (strips, at), kh_strip_at (strips, from + n));
}

/* Which strips begin a row: those with clearly more white above, if both kinds of distances occur and the numbers
 * in the first column do not speak against it; else those with a text in the first column. Below a page break each
 * part of a row is one; whether it is the rest of one above is for join.c to say. */
static gboolean *
row_starts (const GArray *strips, guint from, guint to, double first_edge, double em)
{
    guint n = to - from;
    gboolean *starts = g_new0 (gboolean, n);
    g_autofree double *pitch = g_new0 (double, n);
    for (guint i = 1; i < n; i++)
        pitch[i] = pitch_at (strips, from + i);
    double inner = inner_pitch (strips, from, to, em);
    guint wide = 0, narrow = 0, first = 0, numbers = 0, against = 0;
    for (guint i = 1; i < n; i++) {
        const kh_line *left = g_ptr_array_index (g_array_index (strips, kh_strip, from + i).lines, 0);
        gboolean is_wide = pitch[i] > inner + 0.3 * em, is_first = left->box.x0 < first_edge;
        if (pitch[i] == 0)
            continue;
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
        starts[i] = i == 0 || opens_page (strips, from, from + i) || (by_pitch ? pitch[i] > inner + 0.3 * em : left->box.x0 < first_edge);
    }
    return starts;
}

/* The words of the strips [from, to), which stand on one page, in the columns of the sheet, whose edges are set. `starts`: which of them
 * begin a row. */
static void
fill_sheet (kh_sheet *sheet, const GArray *strips, guint from, guint to, const gboolean *starts, kh_pool *pool)
{
    sheet->confidence = 0.75;
    for (guint i = from, j; i < to; i = j) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (strips, i));
        kh_box box = kh_strip_at (strips, i)->box;
        for (j = i + 1; j < to && !starts[j - from]; j++) {
            g_autoptr (GPtrArray) more = kh_strip_words (kh_strip_at (strips, j));
            for (guint k = 0; k < more->len; k++)
                g_ptr_array_add (words, g_ptr_array_index (more, k));
            box = kh_box_union (box, kh_strip_at (strips, j)->box);
        }
        kh_sheet_add_row (sheet, pool);
        fill_row (sheet, sheet->rows->len - 1, words, box.y0, box.y1, page_of (kh_strip_at (strips, from)), pool);
    }
}

static kh_box
box_of_strips (const GArray *strips, guint from, guint to)
{
    kh_box box = g_array_index (strips, kh_strip, from).box;
    for (guint i = from + 1; i < to; i++)
        box = kh_box_union (box, g_array_index (strips, kh_strip, i).box);
    return box;
}

/* The sheets of the strips [from, to), one a page, all with the same edges. */
static GPtrArray *
sheets_between (const kh_leaf *leaf, const GArray *strips, guint from, guint to, const GArray *gutters, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    kh_box all = box_of_strips (strips, from, to);
    g_autofree gboolean *starts = row_starts (strips, from, to, g_array_index (gutters, kh_gap, 0).from, leaf->em);
    for (guint i = from, j; i < to; i = j) {
        int page = page_of (kh_strip_at (strips, i));
        for (j = i + 1; j < to && page_of (kh_strip_at (strips, j)) == page; j++)
            ;
        kh_sheet *sheet = kh_sheet_new (gutters->len + 1, page, pool);
        sheet->box = box_of_strips (strips, i, j);
        set_edges (sheet, gutters, all.x0, all.x1);
        fill_sheet (sheet, strips, i, j, starts + (i - from), pool);
        g_ptr_array_add (sheets, sheet);
    }
    narrow_rooms (sheets);
    return sheets;
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

/* Is the strip at the top of a page the rest of the row above the break? A heading, a paragraph or the foot of the document would cross a
 * gutter, or stand alone, begin with a capital, and not where a column does. (An indent may be as wide as the first column.) */
static gboolean
is_rest_of_row (const kh_strip *s, const GArray *gutters)
{
    const kh_line *first = g_ptr_array_index (s->lines, 0);
    gboolean under_column = FALSE;
    for (guint i = 1; gutters != NULL && i < gutters->len; i++)
        under_column |= fabs (g_array_index (gutters, kh_gap, i).to - first->box.x0) < 1;
    return s->lines->len > 1 || under_column || kh_text_starts_small (first->text.str);
}

/* The end of the table that begins at the strip `from`: lines after its last full row `last` belong to it only while they follow as closely
 * as lines of a cell do, or go on with the row above a page break. `gutters` may be NULL. */
static guint
end_of_table (const kh_leaf *leaf, const GArray *strips, guint from, guint last, guint to, const GArray *gutters)
{
    double em = leaf->em, inner = MIN (inner_pitch (strips, from, last + 1, em), 2 * em);
    guint end = last + 1;
    for (; end < to; end++) {
        const kh_strip *a = kh_strip_at (strips, end - 1), *b = kh_strip_at (strips, end);
        gboolean far = pitch_at (strips, end) > inner + 0.3 * em && b->box.y0 - a->box.y1 > 0.4 * em;
        if (opens_page (strips, from, end) ? !is_rest_of_row (b, gutters) : far)
            break;
    }
    return end;
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

/* Where the rows of the sheet end that the strips from `from` on are, on their page, in its columns: the first strip behind; `from` when
 * the next few are none. `first`: where the table begins; `numbered`: its rows begin with a number. */
static guint
end_of_rows (const kh_leaf *leaf, const GArray *strips, guint first, guint from, const kh_sheet *sheet, double shift, gboolean numbered)
{
    guint end = from, stop = from;
    for (; end < strips->len && page_of (kh_strip_at (strips, end)) == page_of (kh_strip_at (strips, from)); end++) {
        int filled, begun = columns_begun (leaf, &g_array_index (strips, kh_strip, end), sheet, shift, &filled);
        if (begun < 0 || (stop == from && end >= from + FIRST_STRIPS))
            break;
        if (filled >= 3 && 2 * begun >= filled && (!numbered || begins_with_number (kh_strip_at (strips, end))))
            stop = end + 1;
    }
    return stop > from ? end_of_table (leaf, strips, first, stop - 1, end, NULL) : from;
}

kh_sheet *
kh_aligned_continue (const kh_leaf *leaf, GPtrArray *lines, const kh_sheet *above, kh_pool *pool)
{
    GArray *strips = kh_strips_find (lines);
    double shift = shift_of (leaf, strips, above);
    guint end = end_of_rows (leaf, strips, 0, 0, above, shift, has_numbers (above));
    kh_sheet *sheet = NULL;
    if (end > 0) {
        sheet = kh_sheet_new (above->n_cols, leaf->page->number, pool);
        sheet->box = box_of_strips (strips, 0, end);
        g_autofree double *partings = partings_of (leaf, above, shift);
        memcpy (sheet->edges, partings, sizeof (double) * (gsize) (above->n_cols + 1));
        g_autofree gboolean *starts = row_starts (strips, 0, end, sheet->edges[1], leaf->em);
        fill_sheet (sheet, strips, 0, end, starts, pool);
        kh_sheet_tighten (sheet);
    }
    take_lines (lines, strips, 0, end);
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

/* A table to be, from one strip on. */
typedef struct run {
    GArray *gutters; /* what is white in all its strips, of the gaps of the first */
    guint end;       /* where a gutter is lost */
    guint last, n;   /* the last strip with text in three columns and more, and how many there are */
} run;

/* The run from the strip `from`. The caller frees its gutters. */
static run
follow_gutters (const kh_leaf *leaf, const GArray *strips, guint from)
{
    run r = { gutters_of (kh_strip_at (strips, from)), from + 1, from, 1 };
    for (; r.end < strips->len; r.end++) {
        const kh_strip *s = kh_strip_at (strips, r.end);
        g_autoptr (GPtrArray) words = kh_strip_words (s);
        GArray *left = gaps_left (r.gutters, words, least_gutter (leaf));
        guint n = count_groups (left);
        if (n < 2 || (r.n >= 2 && n < count_groups (r.gutters))) {
            g_array_unref (left);
            break;
        }
        g_array_unref (r.gutters);
        r.gutters = left;
        if (s->lines->len >= 3) {
            r.last = r.end;
            r.n++;
        }
    }
    return r;
}

/* The tables in the strips of leaves that follow one another. */
static void
find_in_strips (const kh_leaf *leaf, const GArray *strips, GPtrArray *sheets, kh_pool *pool)
{
    for (guint i = 0; i < strips->len; i++) {
        if (kh_strip_at (strips, i)->lines->len < 3)
            continue;
        run r = follow_gutters (leaf, strips, i);
        guint end = end_of_table (leaf, strips, i, r.last, r.end, r.gutters);
        g_array_unref (r.gutters);
        if (r.n < 3)
            continue;
        g_autoptr (GArray) columns = columns_of (leaf, strips, i, end);
        if (columns->len < 2)
            continue;
        GPtrArray *found = sheets_between (leaf, strips, i, end, columns, pool);
        guint more = end;
        if (end < strips->len && pitch_at (strips, end) > 0) /* rows on the same page that are too full to show gaps */
            more = end_of_rows (leaf, strips, i, end, g_ptr_array_index (found, found->len - 1), 0, body_of (strips, i, end) > i);
        if (more > end)
            found = sheets_between (leaf, strips, i, end = more, columns, pool);
        for (guint k = 0; k < found->len; k++)
            g_ptr_array_add (sheets, g_ptr_array_index (found, k));
        i = end - 1;
    }
}

guint
kh_leaves_in_register (const GPtrArray *leaves, guint from)
{
    guint n_lines = 0, to = from;
    const kh_page *first = ((const kh_leaf *) g_ptr_array_index (leaves, from))->page;
    do {
        n_lines += ((const kh_leaf *) g_ptr_array_index (leaves, to++))->lines->len;
        if (first->dpi > 0 || first->origin == KH_ORIGIN_TEXT || n_lines > MOST_LINES || to == leaves->len)
            break;
        const kh_page *next = ((const kh_leaf *) g_ptr_array_index (leaves, to))->page;
        if (next->dpi > 0 || next->origin == KH_ORIGIN_TEXT || fabs (next->frame_width - first->frame_width) >= 1)
            break;
    } while (TRUE);
    return to;
}

static gboolean
is_in_sheet (const GPtrArray *sheets, const kh_line *line)
{
    for (guint i = 0; i < sheets->len; i++) {
        const kh_sheet *sheet = g_ptr_array_index (sheets, i);
        if (g_array_index (sheet->pages, int, 0) == line->page && kh_box_holds_center (sheet->box, line->box))
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
kh_aligned_find (const GPtrArray *leaves, guint from, guint to, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    GArray *strips = g_array_new (FALSE, FALSE, sizeof (kh_strip));
    for (guint i = from; i < to; i++) {
        g_autoptr (GArray) more = kh_strips_find (((const kh_leaf *) g_ptr_array_index (leaves, i))->lines);
        g_array_append_vals (strips, more->data, more->len);
    }
    find_in_strips (g_ptr_array_index (leaves, from), strips, sheets, pool);
    kh_strips_free (strips);
    for (guint i = from; i < to; i++) {
        GPtrArray *lines = ((const kh_leaf *) g_ptr_array_index (leaves, i))->lines;
        for (guint l = lines->len; l-- > 0;)
            if (is_in_sheet (sheets, g_ptr_array_index (lines, l)))
                g_ptr_array_remove_index (lines, l);
    }
    return sheets;
}
