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
    double cost = kh_typing_height (t, strip) - kh_typing_height (t, strip - 1) > 1.6 ? EMPTY_LINE : 0;
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
    double above = kh_typing_height (r->t, anchor) - kh_typing_height (r->t, from), below = kh_typing_height (r->t, to - 1) - kh_typing_height (r->t, anchor);
    if (!r->in_middle)
        return 1.2 * above;
    double off = fabs (above - below);
    return 0.1 * off + 0.6 * MAX (0, off - 1);
}

/* ---- the cheapest way */

/* The first strip the i-th anchor's row can begin at. */
static guint
least_begin (const rows *r, guint i)
{
    guint anchor = g_array_index (r->anchors, guint, i);
    return i == 0 ? MIN (r->t->from + 1, anchor) : g_array_index (r->anchors, guint, i - 1) + 1;
}

/* A way to place the rows' ends so far: up to the row that begins at a certain strip. */
typedef struct state {
    double cost;
    guint before; /* where the row before begins */
} state;

/* Fills begins[i] with the first strip of the i-th anchor's row; returns the cost. */
static double
place (const rows *r, guint *begins)
{
    guint n = r->anchors->len;
    g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free); /* state *: for each anchor, one a possible strip */
    for (guint i = 0; i < n; i++) {
        guint anchor = g_array_index (r->anchors, guint, i), least = least_begin (r, i);
        state *states = g_new (state, anchor - least + 1);
        for (guint b = least; b <= anchor; b++) {
            double end = b > r->t->from ? cost_of_end (r->t, b) : 0;
            state *here = &states[b - least];
            *here = (state){ i == 0 ? end : G_MAXDOUBLE, 0 };
            if (i == 0)
                continue;
            const state *earlier = g_ptr_array_index (all, i - 1);
            guint before = g_array_index (r->anchors, guint, i - 1), first = least_begin (r, i - 1);
            for (guint a = first; a <= before; a++) {
                double sum = earlier[a - first].cost + cost_of_row (r, before, a, b) + end;
                if (sum < here->cost)
                    *here = (state){ sum, a };
            }
        }
        g_ptr_array_add (all, states);
    }
    guint last = g_array_index (r->anchors, guint, n - 1), first = least_begin (r, n - 1), best = last;
    double least = G_MAXDOUBLE;
    for (guint b = first; b <= last; b++) {
        double sum = ((const state *) g_ptr_array_index (all, n - 1))[b - first].cost + cost_of_row (r, last, b, r->t->to);
        if (sum < least) {
            least = sum;
            best = b;
        }
    }
    for (guint i = n; i-- > 0;) {
        begins[i] = best;
        best = ((const state *) g_ptr_array_index (all, i))[best - least_begin (r, i)].before;
    }
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
