/* rulings.c - ruling lines of tables: found, noted, erased. See bits.h.
 *
 * 1. At half size, where a black pixel stands for any black one of four (so that a line broken by the scanner or
 *    running a little aslant holds together), what is left after opening with a long thin brick is a
 *    run of ink too long for a letter. Connected runs are segments; each is kept as a straight line
 *    through its pixels' mean, with its slope.
 * 2. A segment is a ruling when over most of its length there is white on both sides of it; the feet of bold
 *    letters that touch each other make runs, too, but stems stand on them.
 * 3. Segments in one line make one ruling, when the gap between them is small or ink shows in it.
 * 4. Erasing goes along the ruling, and across it pixel by pixel: a run of ink not much longer than the line is
 *    thick is the line and goes; where a glyph touches from one side, the line's part of the run goes;
 *    where a glyph crosses, all stays.
 *
 *        l  │g              │ crosses: stays      (one column of pixels)
 *      ──l──│g──────────  → g touches: cut at the line's edge
 *           │               ─ alone: erased
 *
 * 5. A vertical ruling ends at a horizontal one, or where its neighbours end; what does not is the scratch of
 *    a roller or of a pen: erased, but not noted.
 */
#include "source/bits.h"

#include <math.h>
#include <stdlib.h>

#define RUN_ACROSS_INCH 0.32 /* shortest horizontal run: longer than a dash or the bar of a letter */
#define RUN_DOWN_INCH 0.20   /* shortest vertical run: higher than a letter or bracket */
#define THICK_INCH 0.045     /* a ruling is thinner */
#define JOIN_INCH 0.12       /* gap within one ruling that needs no proof */
#define LEAST_INCH 0.40      /* a ruling is longer; vertical ones may be as short as a run */
#define FREE_SHARE 0.55      /* of a ruling's length is white on both sides */
#define GAP_SHARE 0.5        /* of a gap within a ruling shows ink */
#define WHITE_INCH 0.16      /* and no stretch of it longer than this is white */
#define NEAR_INCH 0.25       /* no ruling runs further aslant than this from piece to piece */
#define HELD_INCH 0.06       /* where a ruling ends and what it ends at */
#define SOFT_EDGE 2          /* pixels of the blur beside a line */

typedef struct segment {
    int from, to;      /* along the line, pixels of the full image; `to` is past the end */
    double at, slope;  /* across the line: its middle at `from`, and how that changes per pixel along */
    double thickness;
} segment;

typedef struct ruling {
    GArray *segments;  /* of segment, ascending */
    int from, to;
    double at;         /* mean */
    double thickness;
} ruling;

static double
segment_end (const segment *s)
{
    return s->at + s->slope * (s->to - s->from);
}

/* ------------------------------------------------------------------ finding */

/* Runs of ink along x (horizontal) or y as connected blobs at half size. */
static void
add_segments (GArray *segments, PIX *half, double dpi, gboolean horizontal)
{
    int run = MAX ((int) (dpi / 2 * (horizontal ? RUN_ACROSS_INCH : RUN_DOWN_INCH)), 8);
    g_autoptr (PIX) runs = pixOpenBrick (NULL, half, horizontal ? run : 1, horizontal ? 1 : run);
    PIXA *blobs = NULL;
    BOXA *boxes = runs != NULL ? pixConnComp (runs, &blobs, 8) : NULL;
    for (int i = 0; boxes != NULL && i < boxaGetCount (boxes); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        g_autoptr (PIX) blob = pixaGetPix (blobs, i, L_CLONE);
        double n = 0, sum_u = 0, sum_v = 0, sum_uu = 0, sum_uv = 0; /* u along, v across */
        for (int j = 0; j < h; j++) {
            for (int k = 0; k < w; k++) {
                if (!kh_bits_at (blob, k, j))
                    continue;
                double u = horizontal ? k : j, v = horizontal ? j : k;
                n++, sum_u += u, sum_v += v, sum_uu += u * u, sum_uv += u * v;
            }
        }
        int length = horizontal ? w : h;
        double spread = sum_uu - sum_u * sum_u / n;
        segment s = { .from = 2 * (horizontal ? x : y), .thickness = 2 * n / length };
        s.to = s.from + 2 * length;
        s.slope = spread > 0 ? (sum_uv - sum_u * sum_v / n) / spread : 0;
        s.at = 2 * ((horizontal ? y : x) + sum_v / n - s.slope * sum_u / n) + 1;
        if (s.thickness <= dpi * THICK_INCH + 2 && fabs (s.slope) < 0.1)
            g_array_append_val (segments, s);
    }
    boxaDestroy (&boxes);
    pixaDestroy (&blobs);
}

/* ------------------------------------------------------------------ judging */

static inline gboolean
ink_at (PIX *bits, int along, int across, gboolean horizontal)
{
    return horizontal ? kh_bits_at (bits, along, across) : kh_bits_at (bits, across, along);
}

/* The run of ink across the line at `along`, looked for within `reach` of `middle` and followed up to `limit` beyond. */
static gboolean
run_across (PIX *bits, int along, double middle, double reach, int limit, gboolean horizontal, int *first, int *last)
{
    int centre = (int) floor (middle), start = centre;
    for (int step = 0; !ink_at (bits, along, start, horizontal); step++) {
        if (step > 2 * reach)
            return FALSE;
        start = centre + ((step & 1) ? step / 2 + 1 : -(step / 2 + 1)); /* -1, +1, -2, +2 … */
    }
    *first = *last = start;
    while (*first > start - limit && ink_at (bits, along, *first - 1, horizontal))
        (*first)--;
    while (*last < start + limit && ink_at (bits, along, *last + 1, horizontal))
        (*last)++;
    return TRUE;
}

static int
compare_ints (const void *a, const void *b)
{
    return *(const int *) a - *(const int *) b;
}

/* The true thickness of a line: the median of the runs across it. */
static int
line_thickness (PIX *bits, const segment *s, double dpi, gboolean horizontal)
{
    int limit = (int) (dpi * THICK_INCH * 2), n = 0, size[64], step = MAX ((s->to - s->from) / 64, 1);
    for (int along = s->from; along < s->to && n < 64; along += step) {
        int first, last;
        if (run_across (bits, along, s->at + s->slope * (along - s->from), 4, limit, horizontal, &first, &last))
            size[n++] = last - first + 1;
    }
    if (n == 0)
        return 0;
    qsort (size, n, sizeof *size, compare_ints);
    return size[n / 2];
}

/* The longest run across that is still the line by itself. */
static int
longest_alone (double thickness)
{
    return (int) (thickness + MAX (thickness / 2, 2));
}

/* Measures the segment's thickness; FALSE when it is no ruling. */
static gboolean
is_ruling (PIX *bits, segment *s, double dpi, gboolean horizontal)
{
    int thickness = line_thickness (bits, s, dpi, horizontal);
    if (thickness == 0 || thickness > dpi * THICK_INCH + 1)
        return FALSE;
    int most = longest_alone (thickness), limit = (int) (dpi * THICK_INCH * 2), alone = 0, present = 0;
    for (int along = s->from; along < s->to; along++) {
        int first, last;
        if (!run_across (bits, along, s->at + s->slope * (along - s->from), 3, limit, horizontal, &first, &last))
            continue;
        present++;
        alone += last - first + 1 <= most;
    }
    s->thickness = thickness;
    return present > 0 && alone >= FREE_SHARE * present;
}

/* ------------------------------------------------------------------ joining */

static int
compare_segments (const void *a, const void *b)
{
    const segment *s = a, *t = b;
    return s->from != t->from ? s->from - t->from : (s->at > t->at) - (s->at < t->at);
}

/* Is there a trace of the line between s and t? */
static gboolean
gap_has_ink (PIX *bits, const segment *s, const segment *t, double dpi, gboolean horizontal)
{
    int present = 0, white = 0, gap = t->from - s->to, most = longest_alone (MAX (s->thickness, t->thickness));
    double start = segment_end (s), slope = gap > 0 ? (t->at - start) / gap : 0;
    for (int along = s->to; along < t->from; along++) {
        int first, last;
        gboolean ink = run_across (bits, along, start + slope * (along - s->to), 1, most + 1, horizontal, &first, &last)
                       && last - first + 1 <= most;
        present += ink;
        white = ink ? 0 : white + 1;
        if (white > dpi * WHITE_INCH)
            return FALSE; /* what shows ink beyond is another ruling */
    }
    return present >= GAP_SHARE * gap;
}

static gboolean
continues (PIX *bits, const segment *s, const segment *t, double dpi, gboolean horizontal)
{
    double there = segment_end (s) + s->slope * CLAMP (t->from - s->to, -(s->to - s->from), (int) (dpi * JOIN_INCH));
    if (fabs (t->at - there) > MAX (dpi * 0.012, 2) + (s->thickness + t->thickness) / 2)
        return FALSE;
    return t->from - s->to <= dpi * JOIN_INCH || gap_has_ink (bits, s, t, dpi, horizontal);
}

static void
ruling_clear (void *item)
{
    g_array_unref (((ruling *) item)->segments);
}

static GArray *
join_segments (GArray *segments, PIX *bits, double dpi, gboolean horizontal)
{
    GArray *rulings = g_array_new (FALSE, FALSE, sizeof (ruling));
    g_array_set_clear_func (rulings, ruling_clear);
    g_array_sort (segments, compare_segments);
    for (guint i = 0; i < segments->len; i++) {
        const segment *s = &g_array_index (segments, segment, i);
        ruling *home = NULL;
        for (guint k = 0; k < rulings->len && home == NULL; k++) {
            ruling *candidate = &g_array_index (rulings, ruling, k);
            const segment *last = &g_array_index (candidate->segments, segment, candidate->segments->len - 1);
            if (fabs (last->at - s->at) < dpi * NEAR_INCH && continues (bits, last, s, dpi, horizontal))
                home = candidate;
        }
        if (home == NULL) {
            ruling fresh = { g_array_new (FALSE, FALSE, sizeof (segment)), s->from, s->to, 0, 0 };
            g_array_append_val (rulings, fresh);
            home = &g_array_index (rulings, ruling, rulings->len - 1);
        } else if (s->to <= home->to) {
            continue; /* beside what is there already */
        }
        g_array_append_val (home->segments, *s);
        home->to = s->to;
    }
    for (guint k = 0; k < rulings->len; k++) {
        ruling *r = &g_array_index (rulings, ruling, k);
        double length = 0;
        for (guint i = 0; i < r->segments->len; i++) {
            const segment *s = &g_array_index (r->segments, segment, i);
            r->at += (s->at + segment_end (s)) / 2 * (s->to - s->from);
            r->thickness += s->thickness * (s->to - s->from);
            length += s->to - s->from;
        }
        r->at /= length;
        r->thickness /= length;
    }
    return rulings;
}

/* ------------------------------------------------------------------ erasing */

/* Erases the line at one place along it; in a gap or beyond an end only what is the line by itself. */
static gboolean
erase_across (PIX *bits, kh_pixels *grey, int along, double middle, double thickness, gboolean sure, gboolean horizontal)
{
    int limit = (int) (grey->dpi * THICK_INCH * 2), first, last;
    if (!run_across (bits, along, middle, sure ? 3 : 1.5, limit, horizontal, &first, &last))
        return FALSE;
    if (last - first + 1 > longest_alone (thickness)) { /* a glyph touches: cut it at the line's edge, or leave the crossing */
        if (!sure)
            return FALSE;
        int low = (int) floor (middle - thickness / 2 - 0.5), high = low + (int) ceil (thickness) + 1;
        if (first < low - 2 && last > high + 2)
            return TRUE;
        first = MAX (first, low);
        last = MIN (last, high);
    }
    /* the soft edge of the line goes, too, unless a glyph begins there */
    int soft_low = 0, soft_high = 0;
    while (soft_low < SOFT_EDGE && !ink_at (bits, along, first - soft_low - 1, horizontal))
        soft_low++;
    while (soft_high < SOFT_EDGE && !ink_at (bits, along, last + soft_high + 1, horizontal))
        soft_high++;
    int from = first - soft_low, n = last + soft_high - from + 1;
    if (horizontal)
        kh_bits_erase (bits, grey, along, from, 1, n);
    else
        kh_bits_erase (bits, grey, from, along, n, 1);
    return TRUE;
}

static void
erase_ruling (PIX *bits, kh_pixels *grey, const ruling *r, gboolean horizontal)
{
    int beyond = (int) (grey->dpi * JOIN_INCH);
    const segment *first = &g_array_index (r->segments, segment, 0);
    for (int along = first->from - 1, missing = 0; along >= first->from - beyond && missing < 3; along--)
        missing += !erase_across (bits, grey, along, first->at + first->slope * (along - first->from), r->thickness, FALSE, horizontal);
    for (guint i = 0; i < r->segments->len; i++) {
        const segment *s = &g_array_index (r->segments, segment, i);
        for (int along = s->from; along < s->to; along++)
            erase_across (bits, grey, along, s->at + s->slope * (along - s->from), r->thickness, TRUE, horizontal);
        gboolean is_last = i + 1 == r->segments->len;
        const segment *next = is_last ? NULL : s + 1;
        int end = is_last ? s->to + beyond : next->from;
        double slope = is_last || end <= s->to ? s->slope : (next->at - segment_end (s)) / (end - s->to);
        for (int along = s->to, missing = 0; along < end && (!is_last || missing < 3); along++)
            missing += !erase_across (bits, grey, along, segment_end (s) + slope * (along - s->to), r->thickness, FALSE, horizontal);
    }
}

/* ------------------------------------------------------------------ noting */

/* Does a horizontal ruling pass, or do two other verticals end, where this vertical one ends? */
static gboolean
end_is_held (const GArray *across, const GArray *down, const ruling *r, int end, double reach)
{
    for (guint i = 0; i < across->len; i++) {
        const ruling *h = &g_array_index (across, ruling, i);
        if (fabs (h->at - end) <= reach && r->at >= h->from - reach && r->at <= h->to + reach)
            return TRUE;
    }
    int company = 0;
    for (guint i = 0; i < down->len; i++) {
        const ruling *v = &g_array_index (down, ruling, i);
        company += v != r && fabs (v->at - r->at) > reach && MIN (abs (v->from - end), abs (v->to - end)) <= reach;
    }
    return company >= 2;
}

static gboolean
is_noted (GArray *const rulings[2], const ruling *r, double dpi, gboolean horizontal)
{
    if (horizontal)
        return TRUE;
    double reach = dpi * HELD_INCH;
    return end_is_held (rulings[TRUE], rulings[FALSE], r, r->from, reach)
           && end_is_held (rulings[TRUE], rulings[FALSE], r, r->to, reach);
}

static void
note_ruling (kh_page *page, const ruling *r, double points, gboolean horizontal)
{
    double low = (r->at - r->thickness / 2) * points, high = (r->at + r->thickness / 2) * points;
    double from = r->from * points, to = r->to * points;
    kh_page_add_rule (page, horizontal ? (kh_box){ from, low, to, high } : (kh_box){ low, from, high, to }, horizontal);
}

static GArray *
find_rulings (PIX *bits, PIX *half, double dpi, gboolean horizontal)
{
    g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (segment));
    add_segments (segments, half, dpi, horizontal);
    guint n = 0;
    for (guint i = 0; i < segments->len; i++)
        if (is_ruling (bits, &g_array_index (segments, segment, i), dpi, horizontal))
            g_array_index (segments, segment, n++) = g_array_index (segments, segment, i);
    g_array_set_size (segments, n);
    GArray *rulings = join_segments (segments, bits, dpi, horizontal);
    double least = dpi * (horizontal ? LEAST_INCH : RUN_DOWN_INCH);
    for (guint i = rulings->len; i-- > 0;) {
        const ruling *r = &g_array_index (rulings, ruling, i);
        if (r->to - r->from < least)
            g_array_remove_index (rulings, i);
    }
    return rulings;
}

void
kh_bits_take_rules (PIX *bits, kh_pixels *grey, kh_page *page)
{
    g_autoptr (PIX) half = pixReduceRankBinary2 (bits, 1, NULL);
    if (half == NULL)
        return;
    GArray *rulings[2] = { find_rulings (bits, half, grey->dpi, FALSE), find_rulings (bits, half, grey->dpi, TRUE) };
    for (int horizontal = 0; horizontal < 2; horizontal++) {
        for (guint i = 0; i < rulings[horizontal]->len; i++) {
            const ruling *r = &g_array_index (rulings[horizontal], ruling, i);
            if (is_noted (rulings, r, grey->dpi, horizontal))
                note_ruling (page, r, 72 / grey->dpi, horizontal);
            erase_ruling (bits, grey, r, horizontal);
        }
    }
    g_array_unref (rulings[0]);
    g_array_unref (rulings[1]);
}
