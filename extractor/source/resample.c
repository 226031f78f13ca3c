/* resample.c - turning and scaling of grey.h in two passes, each along one direction only.
 *
 *   source ──along rows──> as wide as the result, as high as the source ──along columns──> result
 *
 * In the first pass a row of the source is stretched and shifted so that each pixel stands in its final column; the
 * shift grows from row to row with the skew. In the second pass each column is stretched, and it starts the lower or
 * higher the further right it stands. What overshoots black and white beside an edge is kept between the passes.
 *
 * Both weigh four pixels by the same cubic (Catmull-Rom); in the second pass neighbours take from the same four rows for
 * as long as the skew stays within them, which the compiler vectorises.
 */
#include "source/grey.h"

#include <math.h>
#include <string.h>

#define PHASES 64
#define UNIT 128 /* what the weights of one phase sum up to */
#define MARGIN 3 /* pixels that a row is continued by on either side */

static void
cubic_weights (gint16 table[PHASES][4])
{
    for (int i = 0; i < PHASES; i++) {
        double t = (i + 0.5) / PHASES;
        const double w[4] = { ((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
                              (0.5 * t - 0.5) * t * t };
        int sum = 0;
        for (int k = 0; k < 4; k++)
            sum += table[i][k] = (gint16) lround (w[k] * UNIT);
        table[i][t < 0.5 ? 1 : 2] += (gint16) (UNIT - sum);
    }
}

/* The first whole number n >= 0, `most` at most, with start + n * step >= bound; step > 0. */
static int
steps_to (double start, double step, double bound, int most)
{
    return (int) CLAMP (ceil ((bound - start) / step), 0, most);
}

/* One row of the first pass: out[i] is what stands at start + i * step in `row`, whose pixels 0 .. width - 1 are continued by
 * MARGIN more on either side. */
static void
stretch_row (const guint8 *row, int width, gint16 *out, int out_width, double start, double step, const gint16 weights[PHASES][4])
{
    int from = steps_to (start, step, -1, out_width), to = steps_to (start, step, width, out_width);
    gint64 place = (gint64) ((start + from * step) * 0x1p32), advance = (gint64) (step * 0x1p32);
    for (int i = 0; i < out_width; i++)
        out[i] = 255;
    for (int i = from; i < to; i++, place += advance) {
        const guint8 *p = row + (place >> 32) - 1;
        const gint16 *w = weights[(guint32) place >> 26];
        out[i] = (gint16) ((w[0] * p[0] + w[1] * p[1] + w[2] * p[2] + w[3] * p[3]) / UNIT);
    }
}

/* The source, as wide as the result; the caller frees. */
static gint16 *
stretch_rows (const kh_pixels *grey, int width, double cosine, double sine, double scale)
{
    gint16 *out = g_new (gint16, (gsize) width * grey->height);
    g_autofree guint8 *padded = g_malloc (grey->width + 2 * MARGIN);
    gint16 weights[PHASES][4];
    cubic_weights (weights);
    double step = 1 / (scale * cosine);
    for (int y = 0; y < grey->height; y++) {
        const guint8 *row = grey->data + grey->stride * y;
        memset (padded, row[0], MARGIN);
        memcpy (padded + MARGIN, row, grey->width);
        memset (padded + MARGIN + grey->width, row[grey->width - 1], MARGIN);
        double start = grey->width / 2.0 - 0.5 + (0.5 - width / 2.0) * step + (y + 0.5 - grey->height / 2.0) * sine / cosine;
        stretch_row (padded + MARGIN, grey->width, out + (gsize) width * y, width, start, step, weights);
    }
    return out;
}

/* out[i] is what stands between rows b and c at share + i * slope of the way. */
static void
blend_rows (const gint16 *restrict a, const gint16 *restrict b, const gint16 *restrict c, const gint16 *restrict d,
            guint8 *restrict out, int n, float share, float slope)
{
    for (int i = 0; i < n; i++) {
        float t = share + (float) i * slope, pa = a[i], pb = b[i], pc = c[i], pd = d[i];
        float value = pb + 0.5f * t * (pc - pa + t * (2 * pa - 5 * pb + 4 * pc - pd + t * (3 * (pb - pc) + pd - pa)));
        int rounded = (int) (value + 256.5f) - 256; /* not the cast alone: it rounds towards zero */
        out[i] = (guint8) CLAMP (rounded, 0, 255);
    }
}

static void
stretch_columns (const gint16 *wide, int high, kh_pixels *out, double cosine, double sine, double scale)
{
    double slope = -sine / scale;
    for (int y = 0; y < out->height; y++) {
        double start = high / 2.0 - 0.5 + ((y + 0.5 - out->height / 2.0) * cosine + (out->width / 2.0 - 0.5) * sine) / scale;
        guint8 *row = out->data + out->stride * y;
        for (int x = 0, end; x < out->width; x = end) { /* pieces that lie between the same two rows */
            double place = start + x * slope;
            int above = (int) floor (place);
            end = out->width;
            if (slope > 0)
                end = MAX (steps_to (start, slope, above + 1, out->width), x + 1);
            else if (slope < 0)
                end = MAX (steps_to (-start, -slope, -above, out->width), x + 1);
            if (above < -1 || above >= high)
                continue;
            const gint16 *from[4];
            for (int k = 0; k < 4; k++)
                from[k] = wide + (gsize) out->width * CLAMP (above - 1 + k, 0, high - 1) + x;
            blend_rows (from[0], from[1], from[2], from[3], row + x, end - x, (float) (place - above), (float) slope);
        }
    }
}

kh_pixels *
kh_grey_resample (const kh_pixels *grey, double skew, double scale)
{
    double angle = skew * G_PI / 180, cosine = cos (angle), sine = sin (angle);
    double width = (cosine * grey->width + fabs (sine) * grey->height) * scale;
    double height = (fabs (sine) * grey->width + cosine * grey->height) * scale;
    kh_pixels *out = kh_pixels_new (MAX ((int) lround (width), 1), MAX ((int) lround (height), 1), 1, grey->dpi * scale);
    g_autofree gint16 *wide = stretch_rows (grey, out->width, cosine, sine, scale);
    stretch_columns (wide, grey->height, out, cosine, sine, scale);
    return out;
}
