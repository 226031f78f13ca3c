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

void
kh_pixels_free (kh_pixels *pixels)
{
    if (pixels != NULL)
        g_free (pixels->data);
    g_free (pixels);
}
