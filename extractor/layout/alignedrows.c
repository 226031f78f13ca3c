/* alignedrows.c - the rows of a table without uprights, and where it ends.
 *
 *   1   Thành lập Đoàn     Sở Y tế     pitches within a row are small and alike; a clearly larger one parts two rows.
 *       kiểm tra                       Where all are alike, or numbers stand against it, a row begins where the first
 *                                      column says something.
 *   2   Tập huấn           UBND xã
 *   ─────────── page break ──────────
 *       cho cán bộ                     Below a break each part of a row is one; join.c tells whether it goes on.
 */
#include "layout/aligned.h"

#include <math.h>
#include <string.h>

#define LEAST_PITCH 0.6    /* ems: less is a line that dances */
#define WIDER_PITCH 0.3    /* ems more than from line to line in a cell: another row, or no part of the table */
#define CLEAR_WHITE 0.4    /* ems of white above a line, besides, that is no part of the table */
#define WIDEST_PITCH 2.0   /* ems: what lines of a cell are apart at most, whatever the table shows */
#define SMALLEST 8         /* one in so many pitches is smaller than that of a cell's lines, at most */
#define SAME_PLACE 1.0     /* points */
#define OPEN_CONFIDENCE 0.75

double
kh_aligned_pitch (const GArray *strips, guint i)
{
    const kh_strip *a = kh_strip_at (strips, i - 1), *b = kh_strip_at (strips, i);
    return kh_strip_page (a) == kh_strip_page (b) ? kh_strip_middle (b) - kh_strip_middle (a) : 0;
}

/* How far a line usually stands below the one before in a cell: one of the smallest pitches. */
static double
inner_pitch (const GArray *strips, guint from, guint to, double em)
{
    g_autofree double *sorted = g_new0 (double, to - from);
    guint n = 0;
    for (guint i = from + 1; i < to; i++)
        if (kh_aligned_pitch (strips, i) > LEAST_PITCH * em)
            sorted[n++] = kh_aligned_pitch (strips, i);
    qsort (sorted, n, sizeof (double), kh_compare_doubles);
    return n > 0 ? sorted[n / SMALLEST] : em;
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
    while (first > from && kh_strip_page (kh_strip_at (strips, first - 1)) == kh_strip_page (kh_strip_at (strips, at)))
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

/* Do pitches tell the rows (`pitch` of each of n strips from `from` on, 0 above the first of a page)? Both kinds must occur, and the numbers
 * in the first column must not speak against it. */
static gboolean
are_told_by_pitch (const GArray *strips, guint from, guint n, const double *pitch, double most, double first_edge)
{
    guint wide = 0, narrow = 0, first = 0, numbers = 0, against = 0;
    for (guint i = 1; i < n; i++) {
        const kh_strip *strip = kh_strip_at (strips, from + i);
        gboolean is_wide = pitch[i] > most, is_first = kh_strip_first (strip)->box.x0 < first_edge;
        if (pitch[i] == 0)
            continue;
        wide += is_wide;
        narrow += !is_wide;
        first += is_first;
        numbers += is_first && kh_strip_begins_with_number (strip);
        against += is_first && !is_wide;
    }
    gboolean numbered = numbers >= 2 && numbers * 5 >= first * 3;
    return wide >= 2 && narrow >= 2 && (!numbered || against * 3 <= first);
}

gboolean *
kh_aligned_starts (const GArray *strips, guint from, guint to, double first_edge, double em)
{
    guint n = to - from;
    gboolean *starts = g_new0 (gboolean, n);
    g_autofree double *pitch = g_new0 (double, n);
    for (guint i = 1; i < n; i++)
        pitch[i] = kh_aligned_pitch (strips, from + i);
    double most = inner_pitch (strips, from, to, em) + WIDER_PITCH * em;
    gboolean by_pitch = are_told_by_pitch (strips, from, n, pitch, most, first_edge);
    for (guint i = 0; i < n; i++) {
        gboolean is_first = kh_strip_first (kh_strip_at (strips, from + i))->box.x0 < first_edge;
        starts[i] = i == 0 || opens_page (strips, from, from + i) || (by_pitch ? pitch[i] > most : is_first);
    }
    return starts;
}

/* Is the strip at the top of a page the rest of the row above the break? A heading, a paragraph or the foot of the document would cross a
 * gutter, or stand alone, begin with a capital, and not where a column does. (An indent may be as wide as the first column.) */
static gboolean
is_rest_of_row (const kh_strip *s, const GArray *gutters)
{
    const kh_line *first = kh_strip_first (s);
    gboolean under_column = FALSE;
    for (guint i = 1; gutters != NULL && i < gutters->len; i++)
        under_column |= fabs (g_array_index (gutters, kh_gap, i).to - first->box.x0) < SAME_PLACE;
    return s->lines->len > 1 || under_column || kh_text_starts_small (first->text.str);
}

/* Lines after the last full row belong to the table only while they follow as closely as lines of a cell do, or go on with the row above a
 * page break. */
guint
kh_aligned_end (const kh_leaf *leaf, const GArray *strips, guint from, guint last, guint to, const GArray *gutters)
{
    double em = leaf->em, most = MIN (inner_pitch (strips, from, last + 1, em), WIDEST_PITCH * em) + WIDER_PITCH * em;
    guint end = last + 1;
    for (; end < to; end++) {
        const kh_strip *a = kh_strip_at (strips, end - 1), *b = kh_strip_at (strips, end);
        gboolean far = kh_aligned_pitch (strips, end) > most && b->box.y0 - a->box.y1 > CLEAR_WHITE * em;
        if (opens_page (strips, from, end) ? !is_rest_of_row (b, gutters) : far)
            break;
    }
    return end;
}

/* A row of the words at the sheet's end, in its columns. */
static void
add_row (kh_sheet *sheet, const GPtrArray *words, double y0, double y1, int page, kh_pool *pool)
{
    kh_draft **drafts = kh_sheet_add_row (sheet, pool);
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

kh_sheet *
kh_aligned_sheet (const GArray *strips, guint from, guint to, const double *edges, int n_cols, const gboolean *starts, kh_pool *pool)
{
    int page = kh_strip_page (kh_strip_at (strips, from));
    kh_sheet *sheet = kh_sheet_new (n_cols, page, pool);
    sheet->confidence = OPEN_CONFIDENCE;
    sheet->box = kh_strips_box (strips, from, to);
    memcpy (sheet->edges, edges, sizeof (double) * (gsize) (n_cols + 1));
    for (guint i = from, j; i < to; i = j) {
        for (j = i + 1; j < to && !starts[j - from]; j++)
            ;
        g_autoptr (GPtrArray) words = kh_strips_words (strips, i, j);
        kh_box box = kh_strips_box (strips, i, j);
        add_row (sheet, words, box.y0, box.y1, page, pool);
    }
    return sheet;
}
