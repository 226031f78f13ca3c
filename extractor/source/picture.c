#include "source/picture.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"

#include <leptonica/allheaders.h>
#include <math.h>

#define JPEG_QUALITY 55 /* letters are still clean, and an A4 scan has 150 KB */

double
kh_picture_dpi (double width, double height)
{
    return MIN (KH_PICTURE_DPI, KH_LIMIT_PICTURE_SIDE * 72 / MAX (width, height));
}

static PIX *
pix_from (const kh_pixels *pixels)
{
    PIX *pix = pixCreateNoInit (pixels->width, pixels->height, pixels->channels == 1 ? 8 : 32);
    for (int y = 0; pix != NULL && y < pixels->height; y++) {
        l_uint32 *row = pixGetData (pix) + (gsize) y * pixGetWpl (pix);
        const guint8 *from = pixels->data + (gsize) y * pixels->stride;
        for (int x = 0; x < pixels->width; x++)
            if (pixels->channels == 1)
                SET_DATA_BYTE (row, x, from[x]);
            else
                composeRGBPixel (from[3 * x], from[3 * x + 1], from[3 * x + 2], row + x);
    }
    return pix;
}

GBytes *
kh_picture_make (const kh_pixels *pixels, GError **error)
{
    double scale = kh_picture_dpi (pixels->width * 72 / pixels->dpi, pixels->height * 72 / pixels->dpi) / pixels->dpi;
    PIX *pix = pix_from (pixels);
    if (pix != NULL && scale < 1) {
        PIX *small = pixScaleToSize (pix, (int) MAX (round (pixels->width * scale), 1), (int) MAX (round (pixels->height * scale), 1));
        pixDestroy (&pix);
        pix = small;
    }
    l_uint8 *data = NULL;
    size_t length = 0;
    gboolean is_written = pix != NULL && pixWriteMemJpeg (&data, &length, pix, JPEG_QUALITY, 0) == 0;
    pixDestroy (&pix);
    if (!is_written) {
        lept_free (data);
        g_set_error_literal (error, KH_ERROR, KH_ERROR_INPUT, _ ("the page's picture cannot be made"));
        return NULL;
    }
    return g_bytes_new_with_free_func (data, length, lept_free, data);
}
