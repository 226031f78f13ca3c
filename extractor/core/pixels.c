#include "core/pixels.h"

#include <string.h>

kh_pixels *
kh_pixels_new (int width, int height, int channels, double dpi)
{
    g_assert (width > 0 && height > 0 && (channels == 1 || channels == 3));
    kh_pixels *pixels = g_new0 (kh_pixels, 1);
    pixels->width = width;
    pixels->height = height;
    pixels->channels = channels;
    pixels->stride = (gsize) width * channels;
    pixels->dpi = dpi;
    pixels->ink = KH_PIXELS_INK;
    pixels->data = g_malloc_n (height, pixels->stride);
    memset (pixels->data, 0xff, pixels->stride * height);
    return pixels;
}

kh_pixels *
kh_pixels_copy (const kh_pixels *pixels)
{
    kh_pixels *copy = kh_pixels_new (pixels->width, pixels->height, pixels->channels, pixels->dpi);
    memcpy (copy->data, pixels->data, pixels->stride * pixels->height);
    return copy;
}

kh_pixels *
kh_pixels_cut (const kh_pixels *grey, int x, int y, int width, int height)
{
    kh_pixels *part = kh_pixels_new (width, height, 1, grey->dpi);
    for (int row = 0; row < height; row++)
        memcpy (part->data + part->stride * row, grey->data + grey->stride * (y + row) + x, part->stride);
    return part;
}

kh_pixels *
kh_pixels_part (const kh_pixels *pixels, kh_box box)
{
    double scale = pixels->dpi / 72;
    int x0 = CLAMP ((int) (box.x0 * scale), 0, pixels->width - 1), x1 = CLAMP ((int) (box.x1 * scale), x0 + 1, pixels->width);
    int y0 = CLAMP ((int) (box.y0 * scale), 0, pixels->height - 1), y1 = CLAMP ((int) (box.y1 * scale), y0 + 1, pixels->height);
    return kh_pixels_cut (pixels, x0, y0, x1 - x0, y1 - y0);
}

kh_pixels *
kh_pixels_turn (const kh_pixels *grey, int turn)
{
    int w = grey->width, h = grey->height;
    gboolean sideways = turn == 90 || turn == 270;
    kh_pixels *out = kh_pixels_new (sideways ? h : w, sideways ? w : h, 1, grey->dpi);
    gssize step = 1, start = 0, row = (gssize) out->stride; /* of the target, while the source is walked row by row */
    switch (turn) {
    case 90:
        start = h - 1, step = (gssize) out->stride, row = -1;
        break;
    case 180:
        start = (gssize) out->stride * (h - 1) + w - 1, step = -1, row = -(gssize) out->stride;
        break;
    case 270:
        start = (gssize) out->stride * (w - 1), step = -(gssize) out->stride, row = 1;
        break;
    }
    for (int y = 0; y < h; y++) {
        const guint8 *in = grey->data + grey->stride * y;
        guint8 *to = out->data + start + row * y;
        for (int x = 0; x < w; x++)
            to[x * step] = in[x];
    }
    return out;
}

void
kh_pixels_free (kh_pixels *pixels)
{
    if (pixels != NULL)
        g_free (pixels->data);
    g_free (pixels);
}
