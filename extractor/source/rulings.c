/* rulings.c - ruling lines of tables: found, noted, erased. See bits.h.
 *
 * 1. At half size, where a black pixel stands for any black one of four (so that a line broken by the scanner or
 *    running a little aslant holds together), what is left after opening with a long thin brick is a
 *    run of ink too long for a letter. Connected runs are segments; each is kept as a straight line
 *    through its pixels' mean, with its slope.
 * 2. A segment is a ruling when over most of its length there is white on both sides of it; the feet of bold
 *    letters that touch each other make runs, too, but stems stand on them.
 * 3. Erasing goes across the line, pixel by pixel: a run of ink not much longer than the line is thick is
 *    the line and goes; where a glyph touches from one side, the line's part of the run goes;
 *    where a glyph crosses, all stays.
 *
 *        l  │g              │ crosses: stays      (one column of pixels)
 *      ──l──│g──────────  → g touches: cut at the line's edge
 *           │               ─ alone: erased
 *
 * 4. Segments in one line with small gaps become one ruling; rulings too short for a table are dropped from
 *    the page, though not put back into the image.
 */
#include "source/bits.h"

#include <math.h>
#include <stdlib.h>

#define RUN_ACROSS_INCH 0.32 /* shortest horizontal run: longer than a dash or the bar of a letter */
#define RUN_DOWN_INCH 0.20   /* shortest vertical run: higher than a letter or bracket */
#define THICK_INCH 0.045     /* a ruling is thinner */
#define JOIN_INCH 0.12       /* gap within one ruling */
#define LEAST_INCH 0.40      /* a ruling is longer; vertical ones may be as short as a run */
#define FREE_SHARE 0.55      /* of a ruling's length is white on both sides */

typedef struct segment {
    int from, to;      /* along the line, pixels of the full image; `to` is past the end */
    double at, slope;  /* across the line: its middle at `from`, and how that changes per pixel along */
    double thickness;
} segment;

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

/* ------------------------------------------------------------------ erasing */

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

typedef struct pieces {
    GArray *spans;     /* of int: along, first, last */
    double free_share;
} pieces;

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

/* Erases one segment; FALSE (and nothing done) when it is no ruling. */
static gboolean
erase_segment (PIX *bits, kh_pixels *grey, segment *s, gboolean horizontal)
{
    int thickness = line_thickness (bits, s, grey->dpi, horizontal);
    if (thickness == 0 || thickness > grey->dpi * THICK_INCH + 1)
        return FALSE;
    int most = thickness + MAX (thickness / 2, 2), limit = (int) (grey->dpi * THICK_INCH * 2), alone = 0, present = 0;
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (int));
    for (int along = s->from; along < s->to; along++) {
        double middle = s->at + s->slope * (along - s->from);
        int first, last;
        if (!run_across (bits, along, middle, 3, limit, horizontal, &first, &last))
            continue;
        present++;
        if (last - first + 1 <= most) {
            alone++;
        } else { /* a glyph touches: cut it at the line's edge, or leave the crossing */
            int low = (int) floor (middle - thickness / 2.0 - 0.5), high = low + thickness + 1;
            gboolean beyond_low = first < low - 2, beyond_high = last > high + 2;
            if (beyond_low && beyond_high)
                continue;
            first = MAX (first, low);
            last = MIN (last, high);
        }
        g_array_append_val (spans, along);
        g_array_append_val (spans, first);
        g_array_append_val (spans, last);
    }
    if (present == 0 || alone < FREE_SHARE * present)
        return FALSE;
    s->thickness = thickness;
    for (guint i = 0; i + 2 < spans->len; i += 3) {
        int along = g_array_index (spans, int, i), first = g_array_index (spans, int, i + 1);
        int last = g_array_index (spans, int, i + 2);
        /* the soft edge of the line goes, too, unless a glyph begins there */
        int soft_low = ink_at (bits, along, first - 1, horizontal) ? 0 : 2;
        int soft_high = ink_at (bits, along, last + 1, horizontal) ? 0 : 2;
        while (soft_low > 0 && ink_at (bits, along, first - soft_low, horizontal))
            soft_low--;
        while (soft_high > 0 && ink_at (bits, along, last + soft_high, horizontal))
            soft_high--;
        int from = first - soft_low, n = last + soft_high - from + 1;
        if (horizontal)
            kh_bits_erase (bits, grey, along, from, 1, n);
        else
            kh_bits_erase (bits, grey, from, along, n, 1);
    }
    return TRUE;
}

/* ------------------------------------------------------------------ joining */

static int
compare_segments (const void *a, const void *b)
{
    const segment *s = a, *t = b;
    return s->from != t->from ? s->from - t->from : (s->at > t->at) - (s->at < t->at);
}

static double
at_end (const segment *s)
{
    return s->at + s->slope * (s->to - s->from);
}

/* Joins segments of one line into the earlier one; the later gets to == from. */
static void
join_segments (GArray *segments, double dpi)
{
    qsort (segments->data, segments->len, sizeof (segment), compare_segments);
    for (guint i = 0; i < segments->len; i++) {
        segment *s = &g_array_index (segments, segment, i);
        for (guint j = i + 1; j < segments->len && s->to > s->from; j++) {
            segment *t = &g_array_index (segments, segment, j);
            if (t->from - s->to > dpi * JOIN_INCH)
                break;
            double here = s->at + s->slope * (MIN (t->from, s->to) - s->from);
            if (t->to == t->from || fabs (t->at - here) > MAX (dpi * 0.012, 2) + (s->thickness + t->thickness) / 2)
                continue;
            if (t->to > s->to) {
                double end = at_end (t);
                s->to = t->to;
                s->slope = (end - s->at) / (s->to - s->from);
            }
            t->to = t->from;
        }
    }
}

void
kh_bits_take_rules (PIX *bits, kh_pixels *grey, kh_page *page)
{
    g_autoptr (PIX) half = pixReduceRankBinary2 (bits, 1, NULL);
    double points = 72 / grey->dpi;
    GArray *found[2];
    for (int horizontal = 0; horizontal < 2; horizontal++) {
        found[horizontal] = g_array_new (FALSE, FALSE, sizeof (segment));
        if (half != NULL)
            add_segments (found[horizontal], half, grey->dpi, horizontal);
    }
    for (int horizontal = 0; horizontal < 2; horizontal++) {
        GArray *segments = found[horizontal];
        for (guint i = 0; i < segments->len; i++) {
            segment *s = &g_array_index (segments, segment, i);
            if (!erase_segment (bits, grey, s, horizontal))
                s->to = s->from;
        }
        join_segments (segments, grey->dpi);
        for (guint i = 0; i < segments->len; i++) {
            const segment *s = &g_array_index (segments, segment, i);
            if (s->to - s->from < grey->dpi * (horizontal ? LEAST_INCH : RUN_DOWN_INCH))
                continue;
            double end = at_end (s), middle = (s->at + end) / 2;
            double low = (middle - s->thickness / 2) * points, high = (middle + s->thickness / 2) * points;
            kh_box box = horizontal ? (kh_box){ s->from * points, low, s->to * points, high }
                                    : (kh_box){ low, s->from * points, high, s->to * points };
            kh_page_add_rule (page, box, horizontal);
        }
        g_array_unref (segments);
    }
}
