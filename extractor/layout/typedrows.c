/* typedrows.c - which strips of a typed table are one row.
 *
 * Rows are told by their anchors, the strips with a number in the column of numbers (or, without one, where a text
 * begins with a list number). Between two anchors the row must end somewhere; of all ways to place the ends the
 * cheapest is taken:
 *
 *   - an end costs much where a column's text runs on over it in small letters, and is cheap at an empty line;
 *   - where cells stand in the middle of their rows, a row costs by how far its anchor is off its middle;
 *     where they stand at the top, by the lines above its anchor. Which of both it is, is tried.
 */
#include "layout/typed.h"

#include <math.h>

#define SMALL_LETTERS 2.5 /* cost of an end before a text in small letters */
#define EMPTY_LINE -1.5
#define PAGE_BREAK -0.4
#define NEAR 3            /* strips within which two lines of one cell may stand */

typedef struct rows {
    const kh_typing *t;
    GArray *anchors;   /* of guint: strips */
    gboolean in_middle;
} rows;

static double
height (const kh_typing *t, guint strip)
{
    return (kh_strip_middle (kh_strip_at (t->strips, strip)) + kh_strip_at (t->strips, strip)->offset) / 12;
}

static int
page_of (const kh_typing *t, guint strip)
{
    return ((const kh_line *) g_ptr_array_index (kh_strip_at (t->strips, strip)->lines, 0))->page;
}

/* ---- anchors */

static gboolean
is_anchor (const kh_typing *t, guint strip, int col, gboolean numbers)
{
    const kh_text *text = kh_typing_text (t, strip, col);
    if (text == NULL)
        return FALSE;
    if (numbers)
        return kh_text_is_number (text->str) && g_utf8_strlen (text->str, -1) <= 6;
    return kh_text_mark (text->str) == KH_MARK_NUMBER;
}

static GArray *
find_anchors (const kh_typing *t)
{
    GArray *best = g_array_new (FALSE, FALSE, sizeof (guint));
    for (int kind = 0; kind < 2 && best->len == 0; kind++)
        for (int c = 0; c < MIN (3, t->n_cols); c++) {
            g_autoptr (GArray) anchors = g_array_new (FALSE, FALSE, sizeof (guint));
            guint filled = 0;
            for (guint i = t->from; i < t->to; i++) {
                filled += kh_typing_text (t, i, c) != NULL;
                if (is_anchor (t, i, c, kind == 0))
                    g_array_append_val (anchors, i);
            }
            if (anchors->len < 2 || (kind == 0 && anchors->len * 5 < filled * 3) || anchors->len <= best->len)
                continue;
            g_array_set_size (best, 0);
            g_array_append_vals (best, anchors->data, anchors->len);
        }
    return best;
}

/* ---- costs */

/* Of ending a row before `strip`. */
static double
cost_of_end (const kh_typing *t, guint strip)
{
    double cost = height (t, strip) - height (t, strip - 1) > 1.6 ? EMPTY_LINE : 0;
    if (page_of (t, strip) != page_of (t, strip - 1))
        cost += PAGE_BREAK;
    for (int c = 0; c < t->n_cols; c++) {
        const kh_text *below = NULL, *above = NULL;
        for (guint i = strip; below == NULL && i < MIN (t->to, strip + NEAR); i++)
            below = kh_typing_text (t, i, c);
        for (guint i = strip; above == NULL && i > t->from && i + NEAR > strip; i--)
            above = kh_typing_text (t, i - 1, c);
        if (below == NULL || above == NULL)
            continue;
        if (kh_text_starts_small (below->str) || kh_text_is_glued (above->str, below->str))
            cost += SMALL_LETTERS;
        else if (kh_text_ends_sentence (above->str) || kh_text_mark (below->str) != KH_MARK_NONE)
            cost -= 0.3;
    }
    return cost;
}

/* Of a row of the strips [from, to) about its anchor. */
static double
cost_of_row (const rows *r, guint anchor, guint from, guint to)
{
    double above = height (r->t, anchor) - height (r->t, from), below = height (r->t, to - 1) - height (r->t, anchor);
    if (!r->in_middle)
        return 1.2 * above;
    double off = fabs (above - below);
    return 0.1 * off + 0.6 * MAX (0, off - 1);
}

/* ---- the cheapest way */

/* Fills begins[i] with the first strip of the i-th anchor's row; returns the cost. */
static double
place (const rows *r, guint *begins)
{
    guint n = r->anchors->len, n_strips = r->t->to - r->t->from;
    g_autofree double *cost = g_new (double, (gsize) n * (n_strips + 1));
    g_autofree guint *from = g_new0 (guint, (gsize) n * (n_strips + 1));
#define COST(i, strip) cost[(gsize) (i) * (n_strips + 1) + (strip) - r->t->from]
#define FROM(i, strip) from[(gsize) (i) * (n_strips + 1) + (strip) - r->t->from]
    for (guint i = 0; i < n; i++) {
        guint anchor = g_array_index (r->anchors, guint, i);
        guint least = i == 0 ? MIN (r->t->from + 1, anchor) : g_array_index (r->anchors, guint, i - 1) + 1;
        for (guint b = r->t->from; b <= r->t->to; b++)
            COST (i, b) = G_MAXDOUBLE;
        for (guint b = least; b <= anchor; b++) {
            double end = b > r->t->from ? cost_of_end (r->t, b) : 0;
            if (i == 0) {
                COST (i, b) = end;
                continue;
            }
            guint before = g_array_index (r->anchors, guint, i - 1);
            for (guint a = r->t->from; a <= before; a++) {
                if (COST (i - 1, a) == G_MAXDOUBLE)
                    continue;
                double sum = COST (i - 1, a) + cost_of_row (r, before, a, b) + end;
                if (sum < COST (i, b)) {
                    COST (i, b) = sum;
                    FROM (i, b) = a;
                }
            }
        }
    }
    guint last = g_array_index (r->anchors, guint, n - 1), best = last;
    double least = G_MAXDOUBLE;
    for (guint b = r->t->from; b <= last; b++) {
        if (COST (n - 1, b) == G_MAXDOUBLE)
            continue;
        double sum = COST (n - 1, b) + cost_of_row (r, last, b, r->t->to);
        if (sum < least) {
            least = sum;
            best = b;
        }
    }
    for (guint i = n; i-- > 0;) {
        begins[i] = best;
        best = FROM (i, best);
    }
#undef COST
#undef FROM
    return least;
}

/* Without anchors: a row begins at an empty line, or where no column's text runs on. */
static void
start_rows_freely (const kh_typing *t, guint first, gboolean *starts)
{
    for (guint i = first; i < t->to; i++)
        starts[i - t->from] = i == first || cost_of_end (t, i) < (kh_typing_text (t, i, 0) != NULL ? 1 : 0);
}

gboolean *
kh_typed_rows (const kh_typing *t)
{
    gboolean *starts = g_new0 (gboolean, t->to - t->from);
    rows r = { .t = t, .anchors = find_anchors (t) };
    starts[0] = TRUE;
    if (r.anchors->len == 0) {
        start_rows_freely (t, t->from + 1, starts);
    } else {
        g_autofree guint *top = g_new0 (guint, r.anchors->len), *middle = g_new0 (guint, r.anchors->len);
        double cost_top = place (&r, top);
        r.in_middle = TRUE;
        double cost_middle = place (&r, middle);
        const guint *begins = cost_middle < cost_top ? middle : top;
        for (guint i = 0; i < r.anchors->len; i++)
            starts[begins[i] - t->from] = TRUE;
    }
    g_array_unref (r.anchors);
    return starts;
}
