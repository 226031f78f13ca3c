/* pixels.h - an image in memory: how pixels travel from source/ to ocr/. */
#ifndef KH_CORE_PIXELS_H
#define KH_CORE_PIXELS_H

#include "core/box.h"

typedef struct kh_pixels {
    int width, height;
    int channels;  /* 1 grey, 3 RGB; 8 bits each */
    gsize stride;  /* bytes from one row to the next */
    guint8 *data;  /* 0 is black */
    double dpi;    /* of the page as shown */
    int ink;       /* darker is ink */
} kh_pixels;

#define KH_PIXELS_INK 190 /* faint strokes count, or letters fall apart */

/* White pixels with ink darker than KH_PIXELS_INK; the caller frees. Never NULL; aborts when width or height is not positive. */
kh_pixels *kh_pixels_new (int width, int height, int channels, double dpi);
kh_pixels *kh_pixels_copy (const kh_pixels *pixels);

/* The grey pixels in a box of points, as far as it lies within; the caller frees. */
kh_pixels *kh_pixels_part (const kh_pixels *pixels, kh_box box);

/* The grey pixels of a rectangle that lies within; the caller frees. */
kh_pixels *kh_pixels_cut (const kh_pixels *grey, int x, int y, int width, int height);

/* The grey pixels turned clockwise by `turn`: 0, 90, 180, 270; the caller frees. */
kh_pixels *kh_pixels_turn (const kh_pixels *grey, int turn);

void kh_pixels_free (kh_pixels *pixels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_pixels, kh_pixels_free)

#endif
