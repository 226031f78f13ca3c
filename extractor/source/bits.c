/* bits.c - see bits.h: conversion, skew, black borders. Rulings are in rulings.c, specks in specks.c. */
#include "source/bits.h"

#include <math.h>
#include <string.h>

/* Eight bytes of 0 or 1 as the bits of one, the first as the highest: each is moved to its place by one term of the product. */
static inline l_uint32
pack_bits (const guint8 *flags)
{
    guint64 eight;
    memcpy (&eight, flags, sizeof eight);
    return (l_uint32) (GUINT64_FROM_LE (eight) * G_GUINT64_CONSTANT (0x8040201008040201) >> 56);
}

PIX *
kh_bits_from (const kh_pixels *grey, int threshold)
{
    PIX *bits = pixCreate (grey->width, grey->height, 1);
    g_assert (bits != NULL);
    int n_words = pixGetWpl (bits);
    g_autofree guint8 *ink = g_malloc0_n (n_words, 32);
    for (int y = 0; y < grey->height; y++) {
        const guint8 *row = grey->data + grey->stride * y;
        l_uint32 *words = pixGetData (bits) + (gsize) y * n_words;
        for (int x = 0; x < grey->width; x++)
            ink[x] = row[x] < threshold;
        for (int i = 0; i < n_words; i++) { /* the leftmost pixel is the highest bit */
            const guint8 *flags = ink + 32 * (gsize) i;
            words[i] = pack_bits (flags) << 24 | pack_bits (flags + 8) << 16 | pack_bits (flags + 16) << 8 | pack_bits (flags + 24);
        }
    }
    return bits;
}

void
kh_bits_erase (PIX *bits, kh_pixels *grey, int x, int y, int width, int height)
{
    int x0 = MAX (x, 0), y0 = MAX (y, 0), x1 = MIN (x + width, grey->width), y1 = MIN (y + height, grey->height);
    for (int j = y0; j < y1; j++) {
        l_uint32 *words = pixGetData (bits) + (gsize) j * pixGetWpl (bits);
        guint8 *row = grey->data + grey->stride * j;
        for (int i = x0; i < x1; i++) {
            CLEAR_DATA_BIT (words, i);
            row[i] = 255;
        }
    }
}

#define LONGEST_RUN 40

double
kh_bits_stroke (PIX *bits)
{
    guint histogram[LONGEST_RUN + 1] = { 0 }, total = 0;
    int width = pixGetWidth (bits), height = pixGetHeight (bits);
    for (int y = 0; y < height; y += 3) {
        const l_uint32 *words = pixGetData (bits) + (gsize) y * pixGetWpl (bits);
        int run = 0;
        for (int x = 0; x < width; x++) {
            if ((x & 31) == 0 && run == 0 && words[x >> 5] == 0) {
                x += 31;
                continue;
            }
            if (GET_DATA_BIT (words, x)) {
                run++;
            } else if (run > 0) {
                if (run <= LONGEST_RUN && run > 1)
                    histogram[run]++, total++;
                run = 0;
            }
        }
    }
    guint seen = 0;
    for (int run = 1; run <= LONGEST_RUN && total > 0; run++) {
        if (seen + histogram[run] >= (total + 1) / 2)
            return run - 0.5 + ((total + 1) / 2 - seen) / (double) histogram[run];
        seen += histogram[run];
    }
    return 0;
}

/* ------------------------------------------------------------------ skew */

#define SKEW_RANGE 5.5      /* degrees; nearly all scans are within */
#define SKEW_RANGE_WIDE 16.0
#define SKEW_STEP 0.5       /* of the first sweep */
#define SKEW_EXACT 0.01     /* where the search ends */
#define SKEW_CONFIDENCE 2.5 /* least ratio of the best score to the worst */

double
kh_bits_skew (PIX *bits)
{
    static const l_float32 RANGES[] = { SKEW_RANGE, SKEW_RANGE_WIDE };
    for (guint i = 0; i < G_N_ELEMENTS (RANGES); i++) {
        l_float32 angle = 0, confidence = 0;
        if (pixFindSkewSweepAndSearch (bits, &angle, &confidence, 4, 2, RANGES[i], SKEW_STEP, SKEW_EXACT) == 0 && confidence >= SKEW_CONFIDENCE)
            return angle;
    }
    return 0;
}

/* ------------------------------------------------------------------ turn */

#define TURN_LEAST 5.0  /* how sure the detector must be that text is turned (upright pages: 4 to 20) */
#define TURN_FEW 15     /* ascenders that say something where only two turns are possible */
#define TURN_RATIO 2.0  /* and how much surer than of the other axis */
#define TURN_SURE 10.0  /* so sure of the middle of the page, and the rest need not be looked at (the wrong axis: up to 8) */

int
kh_bits_turn (PIX *bits, gboolean *sure)
{
    l_float32 up = 0, left = 0;
    g_autoptr (BOX) half = boxCreate (0, pixGetHeight (bits) / 4, pixGetWidth (bits), MAX (pixGetHeight (bits) / 2, 1));
    g_autoptr (PIX) middle = pixClipRectangle (bits, half, NULL);
    if (middle != NULL && pixUpDownDetect (middle, &up, 0, 0, 0) == 0 && fabsf (up) >= TURN_SURE) {
        *sure = TRUE;
        return up > 0 ? 0 : 180;
    }
    *sure = FALSE;
    if (pixOrientDetect (bits, &up, &left, 0, 0) != 0)
        return 0;
    l_float32 more = MAX (fabsf (up), fabsf (left)), less = MIN (fabsf (up), fabsf (left));
    *sure = more >= TURN_LEAST && more >= TURN_RATIO * less;
    if (!*sure)
        return 0;
    if (more == fabsf (up))
        return up > 0 ? 0 : 180;
    return left > 0 ? 90 : 270;
}

int
kh_bits_turn_within (PIX *bits, gboolean down)
{
    l_float32 up = 0, left = 0;
    pixOrientDetect (bits, &up, &left, TURN_FEW, 0);
    return down ? (left < 0 ? 270 : 90) : (up < 0 ? 180 : 0);
}

/* ------------------------------------------------------------------ borders */

#define SOLID_INCH 0.10 /* a dark area at least this wide and high is no text */
#define HOLE_LEAST 0.14 /* inches across a punched hole, */
#define HOLE_MOST 0.36
#define HOLE_SHARE 0.6  /* and of the box around it that it takes up */

/* The round ones of solid areas, drawn into `holes`. */
static void
add_holes (PIX *holes, PIX *solid, double dpi)
{
    PIXA *blobs = NULL;
    g_autoptr (BOXA) boxes = pixConnComp (solid, &blobs, 8);
    for (int i = 0; boxes != NULL && i < boxaGetCount (boxes); i++) {
        g_autoptr (PIX) blob = pixaGetPix (blobs, i, L_CLONE);
        l_int32 x, y, w, h, area = 0;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        pixCountPixels (blob, &area, NULL);
        if (MIN (w, h) >= dpi * HOLE_LEAST && MAX (w, h) <= dpi * HOLE_MOST && MAX (w, h) <= 1.3 * MIN (w, h) && area >= HOLE_SHARE * w * h)
            pixRasterop (holes, x, y, w, h, PIX_PAINT, blob, 0, 0);
    }
    pixaDestroy (&blobs);
}

void
kh_bits_clear_borders (PIX *bits, kh_pixels *grey)
{
    int side = MAX ((int) (grey->dpi * SOLID_INCH / 4), 2);
    g_autoptr (PIX) quarter = pixReduceRankBinaryCascade (bits, 3, 3, 0, 0); /* nearly all black stays black */
    g_autoptr (PIX) solid = quarter != NULL ? pixOpenBrick (NULL, quarter, side, side) : NULL;
    g_autoptr (PIX) touching = solid != NULL ? pixExtractBorderConnComps (solid, 8) : NULL;
    if (touching == NULL)
        return;
    add_holes (touching, solid, grey->dpi / 4);
    g_autoptr (PIX) seen = pixDilateBrick (NULL, touching, 3, 3);
    g_autoptr (BOXA) boxes = pixConnCompBB (seen, 8);
    for (int i = 0; i < boxaGetCount (boxes); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        for (int j = y; j < y + h; j++)
            for (int k = x; k < x + w; k++)
                if (kh_bits_at (seen, k, j))
                    kh_bits_erase (bits, grey, 4 * k - 1, 4 * j - 1, 6, 6);
    }
}
