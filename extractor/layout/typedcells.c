/* typedcells.c - which words of a typed table's strip stand in which column.
 *
 *      Thực hiện rà soát, kiến Quyết định Các Phòng,      A program that turns a page into characters pushes what finds
 *      nghị các cấp           thông      đơn vị sự        no room to the right, by as much as it needs: one space may be
 *      bãi bỏ, huỷ bỏ, sửa đổi, qua      nghiệp thuộc     between two columns, and the next strip's column begins elsewhere.
 *
 *   The seams say where columns stand, nearly. From there, in turns:
 *
 *   1. each column's room on each page is measured: from where its texts begin, but for a few, to where they end; and how
 *      wide they are on paper, for that is what breaks the lines of a cell, not the number of characters;
 *   2. each strip's words are divided anew, at the least cost: words outside the room of their column, texts too wide for it,
 *      or with room for the word they go on with in the next strip, clear white inside a cell, and cuts at a single space cost;
 *      a text that begins right below or above another of its column earns.
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define LETTER KH_TYPED_LETTER
#define TURNS 8
#define FEW 4             /* texts that tell a column's room on a page; with fewer all pages do */
#define STRAY 0.12        /* share of texts on either side that may lie out of the room */
#define WIDE 0.3          /* share of texts that may be wider than the column, in the first turn; */
#define WIDE_LESS 0.06    /* by so much less in each next, so that a text too wide does not speak for itself, */
#define WIDE_LEAST 0.08   /* down to so much */
#define COST_OUTSIDE 0.4  /* a character before or behind the room, */
#define COST_PUSHED 0.15  /* behind it where the text was pushed */
#define COST_OVER 2.5     /* an em too wide */
#define MOST_OVER 2.5      /* ems that count */
#define COST_SHORT 0.8    /* an em with which the next word would have had room */
#define SPACE_WIDTH 0.25
#define SLACK 0.4         /* ems by which the widths may be wrong */
#define CUT_CAPITAL 0.3   /* at a single space, before a capital, figure or sign, */
#define CUT_SMALL 1.0     /* before a small letter */
#define COST_WHITE 0.9    /* white of two characters or more inside a cell, */
#define COST_WHITES 0.3   /* once more */
#define COST_WIDER 0.15   /* each character beyond three */
#define ALIGNED -0.8
#define COST_SMALL 0.8    /* a cell that begins with a small letter */
#define MOST_MOVED 12     /* words by which a cut moves in a turn, at most */
#define MOST_COST 30.0    /* of one text: beyond, it is just wrong */

/* The room of a column on a page, in characters of the table's first page. */
typedef struct room {
    double left, right;
    double width; /* on paper, in ems; over all pages */
    guint n; /* texts it was measured by */
} room;

typedef struct division {
    const GArray *strips;
    guint from, to;
    int n_cols;
    GPtrArray **words; /* of each strip */
    double **begins;   /* of each strip: where its words begin, in characters of the first page */
    double **widths;   /* of each strip: of its words up to each, on paper, a space after each */
    guint *cuts;       /* (to - from) * (n_cols + 1): first word of each column, and their number */
    int *pages;        /* of each strip, counted from 0 */
    int n_pages;
    room *rooms;       /* n_pages * n_cols */
    double wide;       /* share of texts that may be wider than their column */
} division;

static const kh_word *
word_at (const division *d, guint strip, guint k)
{
    return g_ptr_array_index (d->words[strip], k);
}

static guint *
cuts_of (const division *d, guint strip)
{
    return d->cuts + (gsize) strip * (d->n_cols + 1);
}

static double
begin_of (const division *d, guint strip, guint k)
{
    return d->begins[strip][k];
}

static double
end_of (const division *d, guint strip, guint first, guint last)
{
    return begin_of (d, strip, first) + (word_at (d, strip, last)->box.x1 - word_at (d, strip, first)->box.x0) / LETTER;
}

/* Characters of white before a word. */
static double
white_before (const division *d, guint strip, guint k)
{
    return k == 0 ? G_MAXDOUBLE : (word_at (d, strip, k)->box.x0 - word_at (d, strip, k - 1)->box.x1) / LETTER;
}

/* ---- 1. rooms */

/* How wide a text is on paper, in ems of Times, which decrees ask for. */
static double
width_of (const char *text)
{
    static const guint16 WIDTHS[] = { /* of the characters from the space on, in thousandths */
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500,
        500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
        556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
        500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541
    };
    double width = 0;
    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        gunichar base[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
        g_unichar_fully_decompose (g_utf8_get_char (text), FALSE, base, G_N_ELEMENTS (base));
        guint at = base[0] == 0x111 ? 'd' - ' ' : base[0] == 0x110 ? 'D' - ' ' : base[0] - ' ';
        width += at < G_N_ELEMENTS (WIDTHS) ? WIDTHS[at] / 1000.0 : 0.5;
    }
    return width;
}

static double
width_between (const division *d, guint strip, guint first, guint end)
{
    return d->widths[strip][end] - d->widths[strip][first] - SPACE_WIDTH;
}

static void
measure_words (division *d, guint strip)
{
    guint n = d->words[strip]->len;
    const kh_strip *s = kh_strip_at (d->strips, d->from + strip);
    d->begins[strip] = g_new0 (double, n + 1);
    d->widths[strip] = g_new0 (double, n + 1);
    for (guint k = 0; k < n; k++) {
        d->begins[strip][k] = kh_strip_place (s, word_at (d, strip, k)->box.x0) / LETTER;
        d->widths[strip][k + 1] = d->widths[strip][k] + width_of (word_at (d, strip, k)->text) + SPACE_WIDTH;
    }
}

/* The value that all but a share of `values` (which it sorts) do not pass: from above, or from below. */
static double
but_few (GArray *values, double share, gboolean above)
{
    g_array_sort (values, kh_compare_doubles);
    guint few = (guint) (share * values->len);
    return g_array_index (values, double, above ? values->len - 1 - few : few);
}

static room
measure (const division *d, int page, int col)
{
    g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (double)), rights = g_array_new (FALSE, FALSE, sizeof (double)),
        widths = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < d->to - d->from; i++) {
        const guint *cuts = cuts_of (d, i);
        if ((page >= 0 && d->pages[i] != page) || cuts[col] == cuts[col + 1])
            continue;
        double left = begin_of (d, i, cuts[col]), right = end_of (d, i, cuts[col], cuts[col + 1] - 1);
        double width = width_between (d, i, cuts[col], cuts[col + 1]);
        g_array_append_val (lefts, left);
        g_array_append_val (rights, right);
        g_array_append_val (widths, width);
    }
    room r = { 0, 0, 0, lefts->len };
    if (lefts->len > 0)
        r = (room){ but_few (lefts, STRAY, FALSE), but_few (rights, STRAY, TRUE), but_few (widths, d->wide, TRUE), lefts->len };
    return r;
}

static void
measure_rooms (division *d)
{
    for (int c = 0; c < d->n_cols; c++) {
        room all = measure (d, -1, c);
        for (int p = 0; p < d->n_pages; p++) {
            room *r = &d->rooms[p * d->n_cols + c];
            *r = measure (d, p, c);
            if (r->n < FEW)
                *r = all;
            r->width = all.width;
        }
    }
}

/* ---- 2. division */

/* Does a text of the column begin at the same place in a strip near by? */
static gboolean
is_aligned (const division *d, guint strip, int col, guint first)
{
    double x = word_at (d, strip, first)->box.x0;
    for (int step = -2; step <= 2; step++) {
        long i = (long) strip + step;
        if (step == 0 || i < 0 || i >= (long) (d->to - d->from) || d->pages[i] != d->pages[strip])
            continue;
        const guint *cuts = cuts_of (d, (guint) i);
        if (cuts[col] < cuts[col + 1] && fabs (word_at (d, (guint) i, cuts[col])->box.x0 - x) < 0.5 * LETTER)
            return TRUE;
    }
    return FALSE;
}

/* Of a cut before the word. */
static double
cost_of_cut (const division *d, guint strip, guint k)
{
    if (white_before (d, strip, k) > 1.5)
        return 0;
    if (k == 1 && kh_text_is_number (word_at (d, strip, 0)->text))
        return 0.1; /* a row's number: one space is often all there is behind it */
    const char *text = word_at (d, strip, k)->text;
    return g_unichar_islower (g_utf8_get_char (text)) ? CUT_SMALL : CUT_CAPITAL;
}

/* Ems that a text too short leaves for the word that the next strip goes on with: its next word, in small letters. */
static double
ems_left (const division *d, guint strip, int col, double width, double room_width)
{
    if (strip + 1 >= d->to - d->from)
        return 0;
    const guint *next = cuts_of (d, strip + 1);
    if (next[col] == next[col + 1] || !kh_text_starts_small (word_at (d, strip + 1, next[col])->text))
        return 0;
    return MAX (0, room_width - SLACK - width - SPACE_WIDTH - width_between (d, strip + 1, next[col], next[col] + 1));
}

/* Has the column a text in one of the two strips above? */
static gboolean
has_text_above (const division *d, guint strip, int col)
{
    for (guint step = 1; step <= MIN (strip, 2); step++)
        if (cuts_of (d, strip - step)[col] < cuts_of (d, strip - step)[col + 1])
            return TRUE;
    return FALSE;
}

/* Of the strip's words [first, end) being the column's text. */
static double
cost_of_text (const division *d, guint strip, int col, guint first, guint end)
{
    const room *r = &d->rooms[d->pages[strip] * d->n_cols + col];
    double left = begin_of (d, strip, first), right = end_of (d, strip, first, end - 1), width = width_between (d, strip, first, end);
    gboolean pushed = white_before (d, strip, first) < 1.5;
    double cost = first > 0 ? cost_of_cut (d, strip, first) : 0;
    if (r->n > 0) {
        cost += COST_OUTSIDE * MAX (0, r->left - 1 - left) + (pushed ? COST_PUSHED : COST_OUTSIDE) * MAX (0, right - r->right - 1);
        cost += COST_OVER * CLAMP (width - r->width - SLACK, 0, MOST_OVER) + COST_SHORT * ems_left (d, strip, col, width, r->width);
    }
    double white = COST_WHITE;
    for (guint k = first + 1; k < end; k++)
        if (white_before (d, strip, k) > 1.5) {
            cost += white + COST_WIDER * MAX (0, white_before (d, strip, k) - 3);
            white = COST_WHITES;
        }
    if (is_aligned (d, strip, col, first))
        cost += ALIGNED;
    if (g_unichar_islower (g_utf8_get_char (word_at (d, strip, first)->text)) && !has_text_above (d, strip, col))
        cost += COST_SMALL;
    return MIN (cost, MOST_COST);
}

/* Divides the strip's words at the least cost. TRUE when that is another way than before. */
static gboolean
divide_strip (division *d, guint strip)
{
    guint n = d->words[strip]->len, w = n + 1;
    g_autofree double *cost = g_new (double, (gsize) (d->n_cols + 1) * w);
    g_autofree guint *before = g_new0 (guint, (gsize) (d->n_cols + 1) * w);
    for (gsize i = 0; i < (gsize) (d->n_cols + 1) * w; i++)
        cost[i] = G_MAXDOUBLE;
    guint *cuts = cuts_of (d, strip);
    cost[0] = 0;
    for (int c = 0; c < d->n_cols; c++)
        for (guint a = MAX (cuts[c], MOST_MOVED) - MOST_MOVED; a <= MIN (n, cuts[c] + MOST_MOVED); a++) {
            double so_far = cost[(gsize) c * w + a];
            if (so_far == G_MAXDOUBLE)
                continue;
            for (guint b = MAX (a, MAX (cuts[c + 1], MOST_MOVED) - MOST_MOVED); b <= MIN (n, cuts[c + 1] + MOST_MOVED); b++) {
                double sum = so_far + (b > a ? cost_of_text (d, strip, c, a, b) : 0);
                if (sum < cost[(gsize) (c + 1) * w + b] - 1e-9) {
                    cost[(gsize) (c + 1) * w + b] = sum;
                    before[(gsize) (c + 1) * w + b] = a;
                }
            }
        }
    gboolean changed = FALSE;
    for (int c = d->n_cols; c-- > 0;) {
        guint first = before[(gsize) (c + 1) * w + cuts[c + 1]];
        changed = changed || first != cuts[c];
        cuts[c] = first;
    }
    return changed;
}

/* The first division: by the seams. */
static void
divide_by_seams (division *d, const GPtrArray *seams)
{
    for (guint i = 0; i < d->to - d->from; i++) {
        guint *cuts = cuts_of (d, i), k = 0;
        for (int c = 0; c < d->n_cols; c++) {
            cuts[c] = k;
            const double *seam = c + 1 < d->n_cols ? g_ptr_array_index (seams, c) : NULL;
            while (k < d->words[i]->len && (seam == NULL || kh_strip_place (kh_strip_at (d->strips, d->from + i), kh_box_center_x (word_at (d, i, k)->box)) <= seam[i]))
                k++;
        }
        cuts[d->n_cols] = k;
    }
}

guint *
kh_typed_divide (const GArray *strips, guint from, guint to, const GPtrArray *seams)
{
    guint n = to - from;
    division d = { .strips = strips, .from = from, .to = to, .n_cols = (int) seams->len + 1 };
    d.words = g_new (GPtrArray *, n);
    d.begins = g_new (double *, n);
    d.widths = g_new (double *, n);
    d.pages = g_new0 (int, n);
    d.cuts = g_new0 (guint, (gsize) n * (d.n_cols + 1));
    int last_page = 0;
    for (guint i = 0; i < n; i++) {
        d.words[i] = kh_strip_words (kh_strip_at (strips, from + i));
        measure_words (&d, i);
        int page = kh_strip_page (kh_strip_at (strips, from + i));
        if (i == 0 || page != last_page)
            d.n_pages++;
        last_page = page;
        d.pages[i] = d.n_pages - 1;
    }
    d.rooms = g_new0 (room, (gsize) d.n_pages * d.n_cols);
    divide_by_seams (&d, seams);
    gboolean changed = TRUE;
    for (int turn = 0; changed && turn < TURNS; turn++) {
        changed = turn < TURNS / 2;
        d.wide = MAX (WIDE - turn * WIDE_LESS, WIDE_LEAST);
        measure_rooms (&d);
        for (guint i = 0; i < n; i++)
            changed = divide_strip (&d, i) || changed;
    }
    for (guint i = 0; i < n; i++) {
        g_ptr_array_unref (d.words[i]);
        g_free (d.begins[i]);
        g_free (d.widths[i]);
    }
    g_free (d.words);
    g_free (d.begins);
    g_free (d.widths);
    g_free (d.pages);
    g_free (d.rooms);
    return d.cuts;
}
