/* strip.c - see strip.h.
 *
 * Scaled down, a pixel is the mean of the area it covers; scaled up, it lies between its neighbours.
 *
 * Contrast: a cut along the middle of the line passes through letters and the gaps between them, so the dark turning points of
 * its brightness are ink, the bright ones paper (as Tesseract does it, and the network was trained).
 */
#include "ocr/strip.h"

#include <math.h>

#define DARK_SHARE 0.25 /* of the dark turning points are darker than what counts as black */
#define LIGHT_SHARE 0.75
#define WIDEST 8192     /* a strip */

/* Where an output pixel takes from: `n` input pixels from `first` on, with weights that sum up to 1. */
typedef struct tap {
    int first, n;
    float *weights;
} tap;

/* Taps for every output pixel of one direction; weights lie in `*weights`. */
static tap *
make_taps (int from, int to, float **weights)
{
    double step = (double) from / to, reach = MAX (step, 1);
    int most = (int) ceil (reach) + 2;
    tap *taps = g_new (tap, to);
    *weights = g_new (float, (gsize) to * most);
    for (int i = 0; i < to; i++) {
        double middle = (i + 0.5) * step, start = middle - reach / 2, end = middle + reach / 2, sum = 0;
        tap t = { MAX ((int) floor (start), 0), 0, *weights + (gsize) i * most };
        for (int x = t.first; x < from && x < end && t.n < most; x++) {
            double covered = MIN (end, x + 1.0) - MAX (start, x);
            if (covered <= 0)
                break;
            t.weights[t.n++] = (float) covered;
            sum += covered;
        }
        for (int k = 0; k < t.n; k++)
            t.weights[k] /= (float) sum;
        taps[i] = t;
    }
    return taps;
}

static float *
scale (const kh_pixels *image, int width, int height)
{
    g_autofree float *weights_x = NULL, *weights_y = NULL;
    g_autofree tap *across = make_taps (image->width, width, &weights_x), *down = make_taps (image->height, height, &weights_y);
    g_autofree float *narrow = g_new (float, (gsize) width * image->height);
    for (int y = 0; y < image->height; y++) {
        const guint8 *row = image->data + image->stride * y;
        for (int x = 0; x < width; x++) {
            float sum = 0;
            for (int k = 0; k < across[x].n; k++)
                sum += across[x].weights[k] * row[across[x].first + k];
            narrow[(gsize) y * width + x] = sum;
        }
    }
    float *out = g_new0 (float, (gsize) width * height);
    for (int y = 0; y < height; y++) {
        float *to = out + (gsize) y * width;
        for (int k = 0; k < down[y].n; k++) {
            const float *from = narrow + (gsize) (down[y].first + k) * width;
            for (int x = 0; x < width; x++)
                to[x] += down[y].weights[k] * from[x];
        }
    }
    return out;
}

/* The value below which `share` of the counted ones lie; `otherwise` when none was counted. */
static int
quantile (const guint *counts, double share, int otherwise)
{
    guint total = 0, sum = 0;
    for (int i = 0; i < 256; i++)
        total += counts[i];
    for (int i = 0; i < 256 && total > 0; i++) {
        sum += counts[i];
        if (sum >= share * total)
            return i;
    }
    return otherwise;
}

static void
find_contrast (const float *row, int width, int *black, int *white)
{
    guint dark[256] = { 0 }, light[256] = { 0 };
    for (int x = 1; x + 1 < width; x++) {
        int before = (int) lroundf (row[x - 1]), here = (int) lroundf (row[x]), after = (int) lroundf (row[x + 1]);
        if ((here < before && here <= after) || (here <= before && here < after))
            dark[CLAMP (here, 0, 255)]++;
        if ((here > before && here >= after) || (here >= before && here > after))
            light[CLAMP (here, 0, 255)]++;
    }
    *black = quantile (dark, DARK_SHARE, 0);
    *white = quantile (light, LIGHT_SHARE, 255);
}

kh_strip
kh_strip_make (const kh_pixels *line, int height)
{
    int width = CLAMP ((int) lround ((double) line->width * height / line->height), 1, WIDEST), black, white;
    g_autofree float *scaled = scale (line, width, height);
    find_contrast (scaled + (gsize) (height / 2) * width, width, &black, &white);
    float half = white > black ? (float) (white - black) / 2 : 1;
    kh_strip strip = { .width = width, .pixels = g_new (gint8, (gsize) width * height) };
    for (gsize i = 0; i < (gsize) width * height; i++) {
        float value = ((scaled[i] - (float) black) / half - 1) * 128;
        strip.pixels[i] = (gint8) lroundf (CLAMP (value, -127, 127));
    }
    return strip;
}
