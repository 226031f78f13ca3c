/* lines.c - see lines.h. */
#include "ocr/lines.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All in x-heights. Capitals are 1.45 high, a capital with two marks 2.1; tails hang 0.45 below. */
#define ABOVE 1.35       /* how far over the x-height line a mark's lower edge may stand */
#define BELOW 0.60       /* how far under the baseline a dot's upper edge may stand */
#define BESIDE 3.0       /* how far beside the line's box its ends may be found */
#define DASH_BESIDE 10.0
#define OVERLAP 0.30     /* of the smaller of blob and core: the blob stands in the line */
#define TALL 2.6         /* a higher blob is two lines that touch, or no text */
#define TALLEST 12.0     /* a higher one is a drawing */
#define CLIP_ABOVE 2.0   /* what is drawn of a tall blob, from the baseline */
#define CLIP_BELOW 0.55
#define SPACE 0.3        /* a gap from here on may be a space between words */
#define SPACES_WIDE 2.2  /* a gap this many times the line's usual space parts the line … */
#define LEAST_WIDE 1.2   /* … if it is at least so wide */
#define MOST_WIDE 3.5    /* a gap wider than this always does */
#define APART 0.5        /* of the narrower one's width: blobs that share less are two glyphs */
#define EDGE 2           /* pixels of a blob's soft edge */
#define SMALL_LETTERS 0.1 /* so near their median are the heights of small letters */
#define LEAST_OF_MEDIAN 0.6 /* lower ones are signs and specks */
#define HIGH_LETTERS 1.25 /* so many times as high is what is none */
#define DEFAULT_X_HEIGHT 0.42 /* of the layout's box, where letters cannot be measured */

kh_text_line
kh_text_line_new (kh_span box, guint16 cell, double baseline, double slope)
{
    return (kh_text_line){ .box = box, .cell = cell, .baseline = baseline, .slope = slope, .blobs = g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static void
line_clear (void *item)
{
    g_array_unref (((kh_text_line *) item)->blobs);
}

GArray *
kh_text_lines_new (void)
{
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (kh_text_line));
    g_array_set_clear_func (lines, line_clear);
    return lines;
}

/* The first blob whose upper edge is at `y` or below. */
static guint
first_from (const kh_blobs *blobs, int y)
{
    guint low = 0, high = blobs->blobs->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (kh_blob_at (blobs, middle)->box.y0 < y)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ------------------------------------------------------------------ x-height */

/* The lowest height (of sorted ones) that many have: small letters are lower than all others, but few in a short line with many high
 * ones ("thuộc Sở"). */
static double
lowest_usual (const GArray *heights)
{
    guint least = MAX (2, heights->len / 4);
    double median = g_array_index (heights, double, (heights->len - 1) / 2);
    for (guint i = 0; i < heights->len; i++) {
        double low = g_array_index (heights, double, i);
        guint n = 0;
        while (i + n < heights->len && g_array_index (heights, double, i + n) <= (1 + SMALL_LETTERS) * low)
            n++;
        if (n >= least && low >= LEAST_OF_MEDIAN * median)
            return g_array_index (heights, double, i + (n - 1) / 2);
    }
    return median;
}

/* Sets the x-height, from the heights of what stands on the baseline within the box. */
static void
measure_x_height (kh_text_line *line, const kh_blobs *blobs)
{
    g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
    int height = line->box.y1 - line->box.y0;
    for (guint i = first_from (blobs, line->box.y0 - height); i < blobs->blobs->len; i++) {
        const kh_blob *blob = kh_blob_at (blobs, i);
        if (blob->box.y0 > line->box.y1)
            break;
        double middle = (blob->box.x0 + blob->box.x1) / 2.0, base = kh_text_line_baseline (line, middle);
        double rise = base - blob->box.y0, drop = blob->box.y1 - base;
        if (middle < line->box.x0 || middle > line->box.x1 || rise < height * 0.2 || rise > height * 1.5
            || fabs (drop) > MAX (rise * 0.18, 1.5))
            continue;
        g_array_append_val (heights, rise);
    }
    line->x_height = MAX (height * DEFAULT_X_HEIGHT, 3);
    if (heights->len < 2)
        return;
    g_array_sort (heights, kh_compare_doubles);
    line->x_height = MAX (lowest_usual (heights), 3);
    guint small = 0, high = 0;
    for (guint i = 0; i < heights->len; i++) {
        double times = g_array_index (heights, double, i) / line->x_height;
        small += fabs (times - 1) <= SMALL_LETTERS;
        high += times >= HIGH_LETTERS;
    }
    line->is_mixed = small >= 3 && high >= 1 && high * 10 >= heights->len;
}

/* ------------------------------------------------------------------ belonging */

static gboolean
is_dash (const kh_blob *blob)
{
    int width = blob->box.x1 - blob->box.x0, height = blob->box.y1 - blob->box.y0;
    return width >= 2 * height && (int) blob->ink >= width * height * 3 / 4;
}

/* How badly the blob fits the line; below 1 it may belong to it. */
static double
misfit (const kh_text_line *line, const kh_blob *blob)
{
    double x = line->x_height, middle = (blob->box.x0 + blob->box.x1) / 2.0, height = blob->box.y1 - blob->box.y0;
    double away = MAX (MAX (line->box.x0 - middle, middle - line->box.x1), 0) / x, aside = MIN (away / BESIDE, 1);
    double base = kh_text_line_baseline (line, middle), top = base - x;
    if (height > TALLEST * x)
        return 2;
    if (away > BESIDE) /* a list's dash may stand further off, before a tab */
        return away < DASH_BESIDE && is_dash (blob) && blob->box.y0 > top && blob->box.y1 < base ? 0.9 : 2;
    double inside = MIN (blob->box.y1, base) - MAX (blob->box.y0, top);
    if (inside >= OVERLAP * MIN (height, x))
        return 0.3 * (1 - inside / MAX (height, x)) + 0.5 * aside;
    if (height > TALL * x)
        return 2;
    double fit = (blob->box.y0 + blob->box.y1) / 2.0 < (base + top) / 2 ? (top - blob->box.y1) / (ABOVE * x)
                                                                         : (blob->box.y0 - base) / (BELOW * x);
    return MAX (fit, 0) * 0.7 + 0.3 + 0.5 * aside;
}

static int
compare_left (const void *a, const void *b, void *data)
{
    const kh_blobs *blobs = data;
    int x = kh_blob_at (blobs, *(const guint *) a)->box.x0, y = kh_blob_at (blobs, *(const guint *) b)->box.x0;
    return x != y ? x - y : (int) *(const guint *) a - (int) *(const guint *) b;
}

/* The gap from which on the line falls in two: columns of a table without rulings may stand hardly further apart
 * than the words of a justified line do. */
static double
measure_wide_gap (const kh_text_line *line, const kh_blobs *blobs)
{
    g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));
    int right = G_MAXINT;
    for (guint i = 0; i < line->blobs->len; i++) {
        kh_span box = kh_blob_at (blobs, g_array_index (line->blobs, guint, i))->box;
        double gap = i > 0 ? box.x0 - right : 0;
        if (gap > SPACE * line->x_height)
            g_array_append_val (gaps, gap);
        right = i > 0 ? MAX (right, box.x1) : box.x1;
    }
    if (gaps->len < 2)
        return MOST_WIDE * line->x_height;
    g_array_sort (gaps, kh_compare_doubles);
    double usual = g_array_index (gaps, double, (gaps->len - 1) / 2);
    return CLAMP (SPACES_WIDE * usual, LEAST_WIDE * line->x_height, MOST_WIDE * line->x_height);
}

guint
kh_text_line_stretch_end (const kh_text_line *line, const kh_blobs *blobs, guint start)
{
    int right = G_MAXINT;
    guint end = start;
    for (; end < line->blobs->len; end++) {
        kh_span box = kh_blob_at (blobs, g_array_index (line->blobs, guint, end))->box;
        if (end > start && box.x0 > right + line->wide_gap)
            break;
        right = end > start ? MAX (right, box.x1) : box.x1;
    }
    return end;
}

static void
sort_blobs (GArray *lines, const kh_blobs *blobs)
{
    for (guint l = 0; l < lines->len; l++) {
        GArray *mine = g_array_index (lines, kh_text_line, l).blobs;
        g_qsort_with_data (mine->data, (gint) mine->len, sizeof (guint), compare_left, (void *) blobs);
        g_array_index (lines, kh_text_line, l).wide_gap = measure_wide_gap (&g_array_index (lines, kh_text_line, l), blobs);
    }
}

/* A line without high letters shows its x-height, too, where a line near it in the same cell is of the same size and does. */
static void
spread_mixed (GArray *lines)
{
    for (guint pass = 0; pass < 2; pass++) /* down, then up */
        for (guint k = 1; k < lines->len; k++) {
            guint i = pass == 0 ? k : lines->len - 1 - k;
            const kh_text_line *near = &g_array_index (lines, kh_text_line, pass == 0 ? i - 1 : i + 1);
            kh_text_line *line = &g_array_index (lines, kh_text_line, i);
            if (near->is_mixed && near->cell == line->cell && fabs (near->x_height - line->x_height) <= SMALL_LETTERS * near->x_height)
                line->is_mixed = TRUE;
        }
}

void
kh_text_lines_gather (GArray *lines, const kh_blobs *blobs, const guint16 *cell_of)
{
    for (guint l = 0; l < lines->len; l++)
        measure_x_height (&g_array_index (lines, kh_text_line, l), blobs);
    spread_mixed (lines);
    guint n = blobs->blobs->len;
    g_autofree float *best = g_new (float, n + 1);
    g_autofree guint *home = g_new (guint, n + 1);
    for (guint i = 0; i < n; i++)
        best[i] = 1, home[i] = G_MAXUINT;
    for (guint l = 0; l < lines->len; l++) {
        kh_text_line *line = &g_array_index (lines, kh_text_line, l);
        int reach = (int) (line->x_height * TALLEST), end = line->box.y1 + (int) line->x_height;
        for (guint i = first_from (blobs, line->box.y0 - reach); i < n && kh_blob_at (blobs, i)->box.y0 <= end; i++) {
            const kh_blob *blob = kh_blob_at (blobs, i);
            if (cell_of[i] != line->cell)
                continue;
            double fit = misfit (line, blob);
            gboolean is_tall = blob->box.y1 - blob->box.y0 > TALL * line->x_height;
            if (is_tall && fit < 1) { /* lines that touch: each draws its part */
                g_array_append_val (line->blobs, i);
                home[i] = G_MAXUINT;
                best[i] = -1;
            } else if (fit < best[i]) {
                best[i] = (float) fit;
                home[i] = l;
            }
        }
    }
    for (guint i = 0; i < n; i++)
        if (home[i] != G_MAXUINT)
            g_array_append_val (g_array_index (lines, kh_text_line, home[i]).blobs, i);
    sort_blobs (lines, blobs);
}

GArray *
kh_text_line_ink (const kh_text_line *line, const kh_blobs *blobs, int from, int to)
{
    GArray *ink = g_array_new (FALSE, FALSE, sizeof (kh_span));
    for (guint i = 0; i < line->blobs->len; i++) {
        kh_span blob = kh_blob_at (blobs, g_array_index (line->blobs, guint, i))->box;
        double middle = (blob.x0 + blob.x1) / 2.0;
        if (middle >= from && middle < to)
            g_array_append_val (ink, blob);
    }
    return ink;
}

GArray *
kh_ink_glyphs (const GArray *ink)
{
    GArray *glyphs = g_array_new (FALSE, FALSE, sizeof (kh_span));
    for (guint i = 0; i < ink->len; i++) {
        kh_span blob = g_array_index (ink, kh_span, i);
        kh_span *last = glyphs->len > 0 ? &g_array_index (glyphs, kh_span, glyphs->len - 1) : NULL;
        if (last == NULL || MIN (last->x1, blob.x1) - MAX (last->x0, blob.x0) < APART * MIN (last->x1 - last->x0, blob.x1 - blob.x0))
            g_array_append_val (glyphs, blob);
        else
            *last = kh_span_union (*last, blob);
    }
    return glyphs;
}

/* ------------------------------------------------------------------ the line alone */

/* What of the blob is drawn: all, or the line's part of a tall one. */
static kh_span
drawn_part (const kh_text_line *line, const kh_blob *blob)
{
    kh_span part = blob->box;
    if (part.y1 - part.y0 > TALL * line->x_height) {
        double base = kh_text_line_baseline (line, (part.x0 + part.x1) / 2.0);
        part.y0 = MAX (part.y0, (int) (base - CLIP_ABOVE * line->x_height));
        part.y1 = MIN (part.y1, (int) (base + CLIP_BELOW * line->x_height));
    }
    return part;
}

/* Copies the part of the pixels into the image that stands at `at`; white in place of no pixels. */
static void
copy_pixels (kh_pixels *image, kh_span at, const kh_pixels *pixels, int y0, int y1, int x0, int x1)
{
    x0 = MAX (MAX (x0, at.x0), 0), x1 = MIN (x1, at.x1);
    y0 = MAX (MAX (y0, at.y0), 0), y1 = MIN (y1, at.y1);
    if (pixels != NULL)
        x1 = MIN (x1, pixels->width), y1 = MIN (y1, pixels->height);
    for (int y = y0; y < y1 && x0 < x1; y++) {
        guint8 *to = image->data + image->stride * (y - at.y0) + (x0 - at.x0);
        if (pixels == NULL)
            memset (to, 255, (gsize) (x1 - x0));
        else
            memcpy (to, pixels->data + pixels->stride * y + x0, (gsize) (x1 - x0));
    }
}

/* Copies what of the blob lies in `part`, with the soft edge round it. */
static void
draw_blob (kh_pixels *image, kh_span at, const kh_pixels *pixels, const kh_blobs *blobs, const kh_blob *blob, kh_span part)
{
    for (guint k = 0; k < blob->n_runs; k++) {
        kh_run run = g_array_index (blobs->runs, kh_run, blob->first_run + k);
        if (run.y >= part.y0 && run.y < part.y1)
            copy_pixels (image, at, pixels, run.y - EDGE, run.y + EDGE + 1, run.x0 - EDGE, run.x1 + EDGE);
    }
}

kh_pixels *
kh_text_line_image (const kh_text_line *line, const kh_pixels *pixels, const kh_blobs *blobs, int margin, kh_span *at)
{
    kh_span box = { G_MAXINT, G_MAXINT, 0, 0 };
    for (guint i = 0; i < line->blobs->len; i++) {
        kh_span part = drawn_part (line, kh_blob_at (blobs, g_array_index (line->blobs, guint, i)));
        box = kh_span_union (box, part);
    }
    if (box.x1 <= box.x0 || box.y1 <= box.y0)
        return NULL;
    *at = (kh_span){ box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin };
    kh_pixels *image = kh_pixels_new (at->x1 - at->x0, at->y1 - at->y0, 1, pixels->dpi);
    kh_span all = { 0, 0, pixels->width, pixels->height };
    copy_pixels (image, *at, pixels, box.y0, box.y1, box.x0, box.x1);
    for (guint i = first_from (blobs, at->y0 - (int) (TALLEST * line->x_height)); i < blobs->blobs->len; i++) {
        const kh_blob *blob = kh_blob_at (blobs, i);
        if (blob->box.y0 > at->y1)
            break;
        if (blob->box.y1 >= at->y0 && blob->box.x1 >= at->x0 && blob->box.x0 <= at->x1)
            draw_blob (image, *at, NULL, blobs, blob, all);
    }
    for (guint i = 0; i < line->blobs->len; i++) {
        const kh_blob *blob = kh_blob_at (blobs, g_array_index (line->blobs, guint, i));
        draw_blob (image, *at, pixels, blobs, blob, drawn_part (line, blob));
    }
    return image;
}
