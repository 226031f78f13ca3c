/* grey.c - see grey.h; resampling is in resample.c.
 *
 * Whitening. The page is cut into tiles of about 3 mm. The paper's brightness in a tile is a high
 * percentile of its pixels; tiles that are dark all over (a photo, a black border) take the value of
 * their neighbours. Between tile centres it is interpolated, and each pixel divided by it:
 *
 *     out = (in / paper - black) / (white - black)       black, white: see below
 *
 * so that what is nearly as bright as the paper (show-through, grain) becomes white.
 */
#include "source/grey.h"

#include <math.h>
#include <string.h>

gboolean
kh_grey_is_bitonal (const kh_pixels *grey)
{
    gsize between = 0;
    for (int y = 0; y < grey->height; y += 7) {
        const guint8 *row = grey->data + grey->stride * y;
        for (int x = 0; x < grey->width; x++)
            between += row[x] > 8 && row[x] < 247;
    }
    return between * 7 < (gsize) grey->width * grey->height / 200;
}

/* ------------------------------------------------------------------ paper */

#define TILE_INCH 0.12
#define PAPER_PERCENT 80  /* the percentile of a tile that counts as paper */
#define DARK_SHARE 0.6    /* a tile darker than this share of the page's paper has no paper in it */
#define WHITE 0.88f       /* of the paper's brightness: this and more becomes white, */
#define WHITE_COARSE 0.98f /* and below 100 dpi, where thin strokes are no darker than show-through */
#define BLACK 0.10f

static int
percentile (const guint32 *histogram, guint32 total, int percent)
{
    guint32 below = 0, wanted = (guint32) ((guint64) total * percent / 100);
    for (int i = 0; i < 256; i++)
        if ((below += histogram[i]) > wanted)
            return i;
    return 255;
}

/* The paper of each tile; 0 where a tile has none. */
static guint8 *
measure_paper (const kh_pixels *grey, int tile, int columns, int rows)
{
    guint8 *paper = g_malloc0_n (rows, columns);
    guint32 all[256] = { 0 };
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
            guint32 histogram[256] = { 0 }, total = 0;
            int x1 = MIN ((c + 1) * tile, grey->width), y1 = MIN ((r + 1) * tile, grey->height);
            for (int y = r * tile; y < y1; y += 2)
                for (int x = c * tile; x < x1; x++, total++)
                    histogram[grey->data[grey->stride * y + x]]++;
            paper[r * columns + c] = (guint8) percentile (histogram, total, PAPER_PERCENT);
            all[paper[r * columns + c]]++;
        }
    }
    int least = (int) (percentile (all, (guint32) rows * columns, 60) * DARK_SHARE);
    for (int i = 0; i < rows * columns; i++)
        if (paper[i] < least)
            paper[i] = 0;
    return paper;
}

/* Gives tiles without paper the mean of their neighbours that have some, until all have; then smooths. */
static void
complete_paper (guint8 *paper, int columns, int rows)
{
    g_autofree guint8 *before = g_malloc_n (rows, columns);
    for (int pass = 0, missing = 1; pass < columns + rows + 1; pass++) {
        gboolean smooth = !missing;
        memcpy (before, paper, (gsize) rows * columns);
        missing = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                if (!smooth && before[r * columns + c] != 0)
                    continue;
                int sum = 0, n = 0;
                for (int y = MAX (r - 1, 0); y <= MIN (r + 1, rows - 1); y++)
                    for (int x = MAX (c - 1, 0); x <= MIN (c + 1, columns - 1); x++)
                        if (before[y * columns + x] != 0)
                            sum += before[y * columns + x], n++;
                paper[r * columns + c] = (guint8) (n > 0 ? sum / n : 0);
                missing += n == 0;
            }
        }
        if (smooth)
            return;
    }
    for (int i = 0; i < rows * columns; i++)
        paper[i] = MAX (paper[i], 1); /* a page that is black all over */
}

/* Pixels become pixel * gain - black; the gain grows by `slope` from one to the next. */
static void
lift_pixels (guint8 *row, int n, float gain, float slope, float black)
{
    for (int i = 0; i < n; i++) {
        int value = (int) (row[i] * (gain + (float) i * slope) - black);
        row[i] = (guint8) CLAMP (value, 0, 255);
    }
}

void
kh_grey_whiten (kh_pixels *grey)
{
    int tile = CLAMP ((int) (grey->dpi * TILE_INCH), 8, 256);
    int columns = (grey->width + tile - 1) / tile, rows = (grey->height + tile - 1) / tile;
    g_autofree guint8 *paper = measure_paper (grey, tile, columns, rows);
    complete_paper (paper, columns, rows);

    float white = CLAMP (WHITE_COARSE + 0.1f - (float) grey->dpi / 1000, WHITE, WHITE_COARSE), range = 255 / (white - BLACK);
    g_autofree float *gain = g_new (float, columns); /* along one row of pixels, at tile centres */
    for (int y = 0; y < grey->height; y++) {
        float place = (y + 0.5f) / tile - 0.5f;
        int above = CLAMP ((int) place, 0, rows - 1), below = MIN (above + 1, rows - 1);
        float part = CLAMP (place - above, 0.f, 1.f);
        for (int c = 0; c < columns; c++)
            gain[c] = range / (paper[above * columns + c] * (1 - part) + paper[below * columns + c] * part);
        guint8 *row = grey->data + grey->stride * y;
        for (int c = 0; c <= columns; c++) { /* from the centre of one tile to that of the next */
            int from = MAX (c * tile - tile / 2, 0), to = MIN ((c + 1) * tile - tile / 2, grey->width);
            float first = gain[MAX (c - 1, 0)], last = gain[MIN (c, columns - 1)];
            lift_pixels (row + from, to - from, first, (last - first) / tile, range * BLACK);
        }
    }
}

/* ------------------------------------------------------------------ noise */

/* a, b := min, max */
#define SORT(a, b)                        \
    do {                                  \
        guint8 low = MIN (a, b);          \
        b = MAX (a, b);                   \
        a = low;                          \
    } while (0)

kh_pixels *
kh_grey_median (const kh_pixels *grey)
{
    kh_pixels *out = kh_pixels_new (grey->width, grey->height, 1, grey->dpi);
    for (int y = 0; y < grey->height; y++) {
        const guint8 *b = grey->data + grey->stride * y;
        const guint8 *a = y > 0 ? b - grey->stride : b, *c = y + 1 < grey->height ? b + grey->stride : b;
        guint8 *to = out->data + out->stride * y;
        to[0] = b[0];
        to[grey->width - 1] = b[grey->width - 1];
        for (int x = 1; x < grey->width - 1; x++) { /* a sorting network that finds the fifth of nine; compilers vectorise it */
            guint8 p0 = a[x - 1], p1 = a[x], p2 = a[x + 1], p3 = b[x - 1], p4 = b[x], p5 = b[x + 1];
            guint8 p6 = c[x - 1], p7 = c[x], p8 = c[x + 1];
            SORT (p1, p2); SORT (p4, p5); SORT (p7, p8); SORT (p0, p1); SORT (p3, p4); SORT (p6, p7);
            SORT (p1, p2); SORT (p4, p5); SORT (p7, p8); SORT (p0, p3); SORT (p5, p8); SORT (p4, p7);
            SORT (p3, p6); SORT (p1, p4); SORT (p2, p5); SORT (p4, p7); SORT (p4, p2); SORT (p6, p4);
            SORT (p4, p2);
            to[x] = p4;
        }
    }
    return out;
}

double
kh_grey_noise (const kh_pixels *grey)
{
    guint64 sum = 0, n = 0;
    for (int y = 0; y < grey->height; y += 5) {
        const guint8 *row = grey->data + grey->stride * y;
        for (int x = 1; x < grey->width - 1; x++) {
            int bend = row[x - 1] - 2 * row[x] + row[x + 1];
            if (row[x - 1] > 160 && row[x] > 160 && row[x + 1] > 160 && row[x] < 255)
                sum += (guint64) (bend * bend), n++;
        }
    }
    return n > 0 ? sqrt ((double) sum / n / 6) : 0;
}

/* ------------------------------------------------------------------ size, threshold */

void
kh_grey_thicken (kh_pixels *grey)
{
    for (int y = grey->height - 1; y > 0; y--) { /* from the end, so that what is read is as it was */
        guint8 *row = grey->data + grey->stride * y;
        const guint8 *above = row - grey->stride;
        for (int x = grey->width - 1; x > 0; x--)
            row[x] = MIN (MIN (row[x], row[x - 1]), MIN (above[x], above[x - 1]));
    }
}

kh_pixels *
kh_grey_halve (const kh_pixels *grey)
{
    kh_pixels *out = kh_pixels_new (MAX (grey->width / 2, 1), MAX (grey->height / 2, 1), 1, grey->dpi / 2);
    for (int y = 0; y < grey->height / 2; y++) {
        const guint8 *a = grey->data + grey->stride * (2 * y), *b = a + grey->stride;
        guint8 *to = out->data + out->stride * y;
        for (int x = 0; x < grey->width / 2; x++)
            to[x] = (guint8) ((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
    }
    return out;
}

/* The histogram of every third row. */
static void
count_levels (const kh_pixels *grey, gint64 histogram[256])
{
    guint32 counts[4][256] = { { 0 } }; /* four: neighbours are alike, and need not wait for each other */
    for (int y = 0; y < grey->height; y += 3)
        for (int x = 0; x < grey->width; x++)
            counts[x & 3][grey->data[grey->stride * y + x]]++;
    for (int i = 0; i < 256; i++)
        histogram[i] = (gint64) counts[0][i] + counts[1][i] + counts[2][i] + counts[3][i];
}

static int
otsu (const gint64 histogram[256])
{
    gint64 total = 0, sum = 0;
    for (int i = 0; i < 256; i++)
        total += histogram[i], sum += i * histogram[i];
    double best = -1;
    int threshold = 128;
    gint64 dark = 0, dark_sum = 0;
    for (int i = 0; i < 255; i++) {
        dark += histogram[i], dark_sum += i * histogram[i];
        if (dark == 0 || dark == total)
            continue;
        double apart = (double) dark_sum / dark - (double) (sum - dark_sum) / (total - dark);
        double between = apart * apart * dark * (total - dark);
        if (between > best)
            best = between, threshold = i + 1;
    }
    return threshold;
}

int
kh_grey_threshold (const kh_pixels *grey)
{
    gint64 histogram[256];
    count_levels (grey, histogram);
    return CLAMP (otsu (histogram), 64, 208);
}

#define FAINT 120       /* ink lighter than this is faint, */
#define FAINTEST 205    /* and lighter than this is none: show-through on an empty page */
#define INK_PERCENT 25  /* the percentile of what is darker than the threshold that is ink, not its edge */
#define DEEP 20         /* what faint ink becomes */

void
kh_grey_deepen (kh_pixels *grey)
{
    gint64 histogram[256], dark = 0, seen = 0;
    count_levels (grey, histogram);
    int threshold = otsu (histogram), ink = 0;
    for (int i = 0; i < threshold; i++)
        dark += histogram[i];
    while (ink < threshold && (seen += histogram[ink]) * 100 < dark * INK_PERCENT)
        ink++;
    if (ink <= FAINT || ink > FAINTEST)
        return;
    guint8 deeper[256];
    for (int i = 0; i < 256; i++)
        deeper[i] = (guint8) MAX (255 - (255 - i) * (255 - DEEP) / (255 - ink), 0);
    for (gsize i = 0; i < grey->stride * grey->height; i++)
        grey->data[i] = deeper[grey->data[i]];
}
