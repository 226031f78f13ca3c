/* aligned.c - tables without uprights: columns told by the white gutters that run down between them.
 *
 *   TT   Công việc          Chủ trì          one printed row after the other: the gutters of the first, cut down
 *   1    Thành lập Đoàn ░░░ Sở Y tế          to what stays white in each next, must leave three columns at least;
 *        kiểm tra ░░░░░░░░░                  three rows at least must show them
 *   2    Tập huấn ░░░░░░░░░ Sở Công Thương
 *
 *   1. From a strip of three pieces on, its gaps are followed down until fewer than two are left, or one is lost.
 *   2. alignedrows.c tells how far lines below the last full row belong to the table, gutters.c its columns anew, from all strips.
 *   3. Rows on the same page that are too full to show gaps are taken in where they keep to the columns (alignedrest.c).
 *   4. alignedrows.c tells the rows.
 *
 * Pages that were not scanned are searched as one: a part of a table that is too short to show its columns, before or
 * after a page break, is told by the rest. Each page gets its own sheet, all with the same edges; join.c ties them.
 */
#include "layout/aligned.h"

#include <math.h>

#define LEAST_GUTTERS (KH_ALIGNED_COLUMNS - 1)
#define LEAST_ROWS 3     /* strips that show the columns */
#define MOST_LINES 20000 /* some hundred pages: more are not searched as one */

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
        GArray *left = gaps_left (r.gutters, words, kh_gutter_least (leaf));
        guint n = count_groups (left);
        if (n < LEAST_GUTTERS || (r.n >= 2 && n < count_groups (r.gutters))) {
            g_array_unref (left);
            break;
        }
        g_array_unref (r.gutters);
        r.gutters = left;
        if (s->lines->len >= KH_ALIGNED_COLUMNS) {
            r.last = r.end;
            r.n++;
        }
    }
    return r;
}

/* The sheets of the strips [from, to), one a page, all with the same edges. */
static GPtrArray *
sheets_between (const kh_leaf *leaf, const GArray *strips, guint from, guint to, const GArray *gutters, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    kh_box all = kh_strips_box (strips, from, to);
    g_autoptr (GArray) edges = kh_gutters_edges (gutters, all.x0, all.x1);
    g_autofree gboolean *starts = kh_aligned_starts (strips, from, to, g_array_index (gutters, kh_gap, 0).from, leaf->em);
    for (guint i = from, j; i < to; i = j) {
        for (j = i + 1; j < to && kh_strip_page (kh_strip_at (strips, j)) == kh_strip_page (kh_strip_at (strips, i)); j++)
            ;
        const double *places = (const double *) edges->data;
        g_ptr_array_add (sheets, kh_aligned_sheet (strips, i, j, places, (int) edges->len - 1, starts + (i - from), pool));
    }
    kh_sheets_tighten ((kh_sheet *const *) sheets->pdata, sheets->len, TRUE);
    return sheets;
}

/* Do rows below the header, which is the first strip at least, begin with a number? */
static gboolean
is_numbered (const GArray *strips, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (kh_strip_begins_with_number (kh_strip_at (strips, i)))
            return i > from;
    return FALSE;
}

/* The tables in the strips of leaves that follow one another. */
static void
find_in_strips (const kh_leaf *leaf, const GArray *strips, GPtrArray *sheets, kh_pool *pool)
{
    for (guint i = 0; i < strips->len; i++) {
        if (kh_strip_at (strips, i)->lines->len < KH_ALIGNED_COLUMNS)
            continue;
        run r = follow_gutters (leaf, strips, i);
        guint end = kh_aligned_end (leaf, strips, i, r.last, r.end, r.gutters);
        g_array_unref (r.gutters);
        if (r.n < LEAST_ROWS)
            continue;
        g_autoptr (GArray) columns = kh_gutters_find (leaf, strips, i, end);
        if (columns->len < LEAST_GUTTERS)
            continue;
        GPtrArray *found = sheets_between (leaf, strips, i, end, columns, pool);
        guint more = end;
        if (end < strips->len && kh_aligned_pitch (strips, end) > 0) /* rows on the same page that are too full to show gaps */
            more = kh_aligned_rest (leaf, strips, i, end, g_ptr_array_index (found, found->len - 1), is_numbered (strips, i, end));
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
