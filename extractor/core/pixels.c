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
kh_pixels_part (const kh_pixels *pixels, kh_box box)
{
    double scale = pixels->dpi / 72;
    int x0 = CLAMP ((int) (box.x0 * scale), 0, pixels->width - 1), x1 = CLAMP ((int) (box.x1 * scale), x0 + 1, pixels->width);
    int y0 = CLAMP ((int) (box.y0 * scale), 0, pixels->height - 1), y1 = CLAMP ((int) (box.y1 * scale), y0 + 1, pixels->height);
    kh_pixels *part = kh_pixels_new (x1 - x0, y1 - y0, 1, pixels->dpi);
    for (int y = y0; y < y1; y++)
        memcpy (part->data + part->stride * (y - y0), pixels->data + pixels->stride * y + x0, part->stride);
    return part;
}

void
kh_pixels_free (kh_pixels *pixels)
{
    if (pixels != NULL)
        g_free (pixels->data);
    g_free (pixels);
}
