/* typedrows.c - which strips of a typed table are one row.
 *
 * Rows are told by their anchors, the strips with a number in the column of numbers (or, without one, where a text
 * begins with a list number), and by headings: a text that stands alone on its strip, in the column of numbers or above the
 * first of a list. Between two anchors the row must end somewhere; of all ways to place the ends the
 * cheapest is taken:
 *
 *   - an end costs much where a column's text runs on over it in small letters, and is cheap at an empty line;
 *   - where cells stand in the middle of their rows, a row costs by how far its cells' middles are off that of its anchor;
 *     where they stand at the top, by how far their tops are. Which of both it is, is tried.
 */
#include "layout/typed.h"

#include <math.h>

#define SMALL_LETTERS 2.5 /* cost of an end before a text in small letters */
#define SMALL_RUNNING 0.8 /* likewise where cells may be merged */
#define EMPTY_LINE -1.5
#define PAGE_BREAK -0.4
#define NEAR 3            /* strips within which two lines of one cell may stand */
#define NEAR_LINES 1.6    /* likewise in lines */
#define OFF_MIDDLE 0.4    /* a line by which a cell's middle is off the row's, */
#define OFF_TOP 0.4       /* or its top */
#define OTHER_TEXT 3.0    /* a text beside the anchor in the column of numbers */

typedef struct rows {
    const kh_typing *t;
    GArray *anchors;    /* of guint: strips */
    int col;            /* the anchors' column */
    gboolean numbers;   /* it is the column of numbers */
    gboolean *headings; /* of each anchor: is it one? Then its strip is the row */
    gboolean *runs_on;  /* of each column: may its texts run on over the ends of rows? Cells there are merged, or few */
    gboolean in_middle;
    guint *next, *before; /* of each column and strip: the first strip from here on, the last up to here, with a text in it */
} rows;

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

static void
find_anchors (rows *r)
{
    const kh_typing *t = r->t;
    for (int kind = 0; kind < 2 && r->anchors->len == 0; kind++)
        for (int c = 0; c < MIN (3, t->n_cols); c++) {
            g_autoptr (GArray) anchors = g_array_new (FALSE, FALSE, sizeof (guint));
            guint filled = 0;
            for (guint i = t->from; i < t->to; i++) {
                filled += kh_typing_text (t, i, c) != NULL;
                if (is_anchor (t, i, c, kind == 0))
                    g_array_append_val (anchors, i);
            }
            if (anchors->len < 2 || (kind == 0 && anchors->len * 5 < filled * 3) || anchors->len <= r->anchors->len)
                continue;
            g_array_set_size (r->anchors, 0);
            g_array_append_vals (r->anchors, anchors->data, anchors->len);
            r->col = c;
            r->numbers = kind == 0;
        }
}

static gboolean
begins_list (const kh_text *text)
{
    return kh_text_mark (text->str) == KH_MARK_NUMBER && text->str[0] == '1' && !g_ascii_isdigit (text->str[1]);
}

/* Is the next text below, in the column, the first of a list? */
static gboolean
is_above_list (const kh_typing *t, guint strip, int col)
{
    for (guint i = strip + 1; i < t->to; i++)
        if (kh_typing_text (t, i, col) != NULL)
            return begins_list (kh_typing_text (t, i, col));
    return FALSE;
}

/* A heading within the table, or a sum: a text alone on its strip above the first of a list, or one that begins in the column
 * of numbers. What stands above the first number is the header. */
static gboolean
is_heading (const rows *r, guint strip)
{
    const kh_strip *s = kh_strip_at (r->t->strips, strip);
    const kh_line *first = kh_strip_first (s);
    if (strip <= r->t->from || !g_unichar_isupper (g_utf8_get_char (first->text.str)) || kh_text_mark (first->text.str) != KH_MARK_NONE)
        return FALSE;
    gboolean at_left = kh_strip_place (s, s->box.x0) < r->t->edges[0] + 2 * KH_TYPED_LETTER;
    if (r->numbers)
        return r->col == 0 && at_left && strip > g_array_index (r->anchors, guint, 0) && g_utf8_strlen (first->text.str, -1) > 3;
    return s->lines->len == 1 && kh_typing_text (r->t, strip, r->col) != NULL && is_above_list (r->t, strip, r->col);
}

static int
compare_strips (const void *a, const void *b)
{
    const guint *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void
add_headings (rows *r)
{
    g_autoptr (GArray) headings = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = r->t->from; i < r->t->to; i++)
        if (!is_anchor (r->t, i, r->col, r->numbers) && is_heading (r, i))
            g_array_append_val (headings, i);
    g_array_append_vals (r->anchors, headings->data, headings->len);
    g_array_sort (r->anchors, compare_strips);
    r->headings = g_new0 (gboolean, r->anchors->len);
    for (guint i = 0, k = 0; i < r->anchors->len && k < headings->len; i++)
        if (g_array_index (r->anchors, guint, i) == g_array_index (headings, guint, k)) {
            r->headings[i] = TRUE;
            k++;
        }
}

/* Columns left of the anchors' hold groups; one with clearly fewer texts than there are rows has merged cells, or few. */
static void
find_running (rows *r)
{
    const kh_typing *t = r->t;
    for (int c = 0; c < t->n_cols; c++) {
        guint texts = 0, last = t->from;
        for (guint i = t->from; i < t->to; i++) {
            if (kh_typing_text (t, i, c) == NULL)
                continue;
            texts += texts == 0 || kh_typing_height (t, i) - kh_typing_height (t, last) > NEAR_LINES;
            last = i;
        }
        r->runs_on[c] = c < r->col || (c > r->col + 1 && texts * 4 <= r->anchors->len * 3);
    }
}

/* ---- costs */

/* Of ending a row before `strip`. */
static double
cost_of_end (const rows *r, guint strip)
{
    const kh_typing *t = r->t;
    double cost = kh_typing_height (t, strip) - kh_typing_height (t, strip - 1) > 1.6 ? EMPTY_LINE : 0;
    if (kh_strip_page (kh_strip_at (t->strips, strip)) != kh_strip_page (kh_strip_at (t->strips, strip - 1)))
        cost += PAGE_BREAK;
    gboolean is_one_piece = kh_strip_at (t->strips, strip)->lines->len <= 2; /* but for its number: a heading */
    for (int c = 0; c < t->n_cols; c++) {
        const kh_text *below = NULL, *above = NULL;
        if (c < r->col || (is_one_piece && kh_typed_is_cut (t, strip, c)))
            continue;
        for (guint i = strip; below == NULL && i < MIN (t->to, strip + NEAR); i++)
            below = kh_typing_text (t, i, c);
        for (guint i = strip; above == NULL && i > t->from && i + NEAR > strip; i--)
            above = kh_typing_text (t, i - 1, c);
        if (below == NULL || above == NULL)
            continue;
        if (kh_text_starts_small (below->str) || kh_text_is_glued (above->str, below->str))
            cost += r->runs_on[c] ? SMALL_RUNNING : SMALL_LETTERS;
        else if (kh_text_ends_sentence (above->str) || kh_text_mark (below->str) != KH_MARK_NONE)
            cost -= 0.3;
    }
    return cost;
}

/* Finds for each column and strip the texts next to it: places in the arrays are (strip - from) * n_cols + col. */
static void
find_texts (rows *r)
{
    const kh_typing *t = r->t;
    for (int c = 0; c < t->n_cols; c++) {
        guint last = G_MAXUINT;
        for (guint i = t->from; i < t->to; i++) {
            last = kh_typing_text (t, i, c) != NULL ? i : last;
            r->before[(gsize) (i - t->from) * t->n_cols + c] = last;
        }
        last = G_MAXUINT;
        for (guint i = t->to; i-- > t->from;) {
            last = kh_typing_text (t, i, c) != NULL ? i : last;
            r->next[(gsize) (i - t->from) * t->n_cols + c] = last;
        }
    }
}

/* The strips of the column's text in [from, to); FALSE: none. */
static gboolean
text_between (const rows *r, int col, guint from, guint to, guint *first, guint *last)
{
    *first = r->next[(gsize) (from - r->t->from) * r->t->n_cols + col];
    *last = r->before[(gsize) (to - 1 - r->t->from) * r->t->n_cols + col];
    return *first < to && *last != G_MAXUINT && *last >= from;
}

/* Of a row of the strips [from, to) about its anchor: by how far its cells are off its middle, or below its top. */
static double
cost_of_row (const rows *r, guint anchor, guint from, guint to)
{
    const kh_typing *t = r->t;
    guint first, last;
    double cost = 0, top = kh_typing_height (t, anchor), middle = top;
    if (!r->numbers && text_between (r, r->col, from, to, &first, &last))
        middle = (kh_typing_height (t, first) + kh_typing_height (t, last)) / 2;
    if (r->numbers && text_between (r, r->col, from, to, &first, &last))
        cost += (first < anchor) * OTHER_TEXT + (last > anchor) * OTHER_TEXT;
    for (int c = 0; c < t->n_cols; c++) {
        double weight = r->runs_on[c] ? 0.5 : 1;
        if (c <= r->col || !text_between (r, c, from, to, &first, &last))
            continue;
        double off = fabs ((kh_typing_height (t, first) + kh_typing_height (t, last)) / 2 - middle);
        if (r->in_middle)
            cost += weight * OFF_MIDDLE * (MIN (off, 0.5) / 2 + MAX (0, off - 0.5)); /* strips are half a line, or one */
        else
            cost += weight * OFF_TOP * fabs (kh_typing_height (t, first) - top);
    }
    return cost + (r->in_middle ? 0 : OFF_TOP * (top - kh_typing_height (t, from)));
}

/* ---- the cheapest way */

/* The first strip the i-th anchor's row can begin at. */
static guint
least_begin (const rows *r, guint i)
{
    guint anchor = g_array_index (r->anchors, guint, i);
    if (r->headings[i])
        return anchor;
    return i == 0 ? MIN (r->t->from + MAX (r->t->n_header, 1), anchor) : g_array_index (r->anchors, guint, i - 1) + 1;
}

/* The last strip it can begin at: below a heading right there. */
static guint
most_begin (const rows *r, guint i)
{
    return i > 0 && r->headings[i - 1] ? g_array_index (r->anchors, guint, i - 1) + 1 : g_array_index (r->anchors, guint, i);
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
        guint least = least_begin (r, i), most = most_begin (r, i);
        state *states = g_new (state, most - least + 1);
        for (guint b = least; b <= most; b++) {
            double end = b > r->t->from ? cost_of_end (r, b) : 0;
            state *here = &states[b - least];
            *here = (state){ i == 0 ? end : G_MAXDOUBLE, 0 };
            if (i == 0)
                continue;
            const state *earlier = g_ptr_array_index (all, i - 1);
            guint before = g_array_index (r->anchors, guint, i - 1), first = least_begin (r, i - 1);
            for (guint a = first; a <= most_begin (r, i - 1); a++) {
                double sum = earlier[a - first].cost + cost_of_row (r, before, a, b) + end;
                if (sum < here->cost)
                    *here = (state){ sum, a };
            }
        }
        g_ptr_array_add (all, states);
    }
    guint last = g_array_index (r->anchors, guint, n - 1), first = least_begin (r, n - 1), best = first;
    double least = G_MAXDOUBLE;
    for (guint b = first; b <= most_begin (r, n - 1); b++) {
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
start_rows_freely (const rows *r, guint first, gboolean *starts)
{
    const kh_typing *t = r->t;
    for (guint i = first; i < t->to; i++)
        starts[i - t->from] = i == first || cost_of_end (r, i) < (kh_typing_text (t, i, 0) != NULL ? 1 : 0);
}

gboolean *
kh_typed_rows (kh_typing *t)
{
    gboolean *starts = g_new0 (gboolean, t->to - t->from);
    g_autofree gboolean *runs_on = g_new0 (gboolean, t->n_cols);
    rows r = { .t = t, .anchors = g_array_new (FALSE, FALSE, sizeof (guint)), .runs_on = runs_on };
    starts[0] = TRUE;
    find_anchors (&r);
    t->anchor_col = r.anchors->len > 0 ? r.col : -1;
    t->numbers = r.numbers;
    if (r.anchors->len == 0) {
        start_rows_freely (&r, t->from + 1, starts);
    } else {
        g_autofree guint *next = g_new (guint, (gsize) (t->to - t->from) * t->n_cols), *before = g_new (guint, (gsize) (t->to - t->from) * t->n_cols);
        r.next = next;
        r.before = before;
        add_headings (&r);
        find_running (&r);
        find_texts (&r);
        g_autofree guint *top = g_new0 (guint, r.anchors->len), *middle = g_new0 (guint, r.anchors->len);
        double cost_top = place (&r, top);
        r.in_middle = TRUE;
        double cost_middle = place (&r, middle);
        const guint *begins = cost_middle < cost_top ? middle : top;
        t->at_top = cost_middle >= cost_top;
        for (guint i = 0; i < r.anchors->len; i++)
            starts[begins[i] - t->from] = TRUE;
    }
    g_array_unref (r.anchors);
    g_free (r.headings);
    return starts;
}
