#include "source/image.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/tags.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define A4_WIDTH (210 / 25.4)  /* inches */
#define A4_HEIGHT (297 / 25.4)
#define LARGEST_SHEET 24.0     /* inches: a shorter side beyond it is not believed */
#define SMALLEST_SHEET 2.0     /* likewise of the longer side */

struct kh_image {
    const char *name;
    const guint8 *data;
    gsize length;
    int format; /* of Leptonica */
    guint n_pages;
};

typedef struct facts {
    int width, height; /* as shown */
    int orientation;   /* 1..8, 1 upright; what is left to do after decoding */
    double dpi;
} facts;

const char *
kh_image_media_type (const guint8 *data, gsize length)
{
    static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
    if (length >= sizeof png && memcmp (data, png, sizeof png) == 0)
        return "image/png";
    if (length >= 4 && data[0] == 0xFF && data[1] == 0xD8 && data[2] == 0xFF)
        return "image/jpeg";
    if (length >= 8 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0))
        return "image/tiff";
    return NULL;
}

/* The file's resolution; 0 when it has none. */
static double
stored_dpi (const kh_image *image, int tiff_dpi)
{
    int x = 0, y = 0;
    if (image->format == IFF_TIFF)
        return tiff_dpi;
    FILE *file = fopenReadFromMemory (image->data, image->length);
    if (file == NULL)
        return 0;
    if (image->format == IFF_PNG)
        fgetPngResolution (file, &x, &y);
    else
        fgetJpegResolution (file, &x, &y);
    fclose (file);
    return MAX (x, y);
}

/* Programs write 72 or 96 when they do not know. A resolution that makes no sheet of paper is replaced by the one that
 * makes the image an A4 page, upright or lying. */
static double
believable_dpi (double dpi, int width, int height)
{
    static const int usual[] = { 72, 96, 100, 120, 150, 200, 240, 300, 400, 600 };
    double shorter = MIN (width, height), longer = MAX (width, height);
    gboolean default_value = dpi == 72 || dpi == 96;
    if (dpi >= 50 && dpi <= 2400 && longer / dpi >= SMALLEST_SHEET && shorter / dpi <= (default_value ? 1.3 * A4_WIDTH : LARGEST_SHEET))
        return dpi;
    double guess = MAX (shorter / A4_WIDTH, longer / A4_HEIGHT);
    for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
        if (fabs (guess - usual[i]) < 0.03 * usual[i])
            return usual[i];
    return MAX (round (guess), 72);
}

static gboolean
read_facts (const kh_image *image, guint number, facts *f, GError **error)
{
    int width = 0, height = 0, bits = 0, samples = 0, colours = 0, format = 0, dpi = 0;
    gboolean failed;
    if (number < 1 || number > image->n_pages)
        failed = TRUE;
    else if (image->format == IFF_TIFF)
        failed = readHeaderMemTiff (image->data, image->length, (int) number - 1, &width, &height, &bits, &samples, &dpi, &colours, &format);
    else
        failed = pixReadHeaderMem (image->data, image->length, &format, &width, &height, &bits, &samples, &colours);
    if (failed || width <= 0 || height <= 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': broken image"), number, image->name);
        return FALSE;
    }
    if ((guint64) width * (guint64) height > KH_LIMIT_PAGE_PIXELS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("cannot read page %u of '%s': %d x %d pixels, the limit is %u"), number,
                     image->name, width, height, KH_LIMIT_PAGE_PIXELS);
        return FALSE;
    }
    int orientation = 1; /* Leptonica obeys the tag of a TIFF by itself, but its header reader does not */
    if (image->format == IFF_TIFF)
        orientation = kh_tags_orientation (image->data, image->length, number - 1);
    else if (image->format != IFF_PNG)
        orientation = kh_tags_jpeg_orientation (image->data, image->length);
    gboolean sideways = orientation >= 5;
    f->width = sideways ? height : width;
    f->height = sideways ? width : height;
    f->orientation = image->format == IFF_TIFF ? 1 : orientation;
    f->dpi = believable_dpi (stored_dpi (image, dpi), f->width, f->height);
    return TRUE;
}

kh_image *
kh_image_open (GBytes *bytes, const char *name, GError **error)
{
    setMsgSeverity (L_SEVERITY_NONE);
    g_autoptr (kh_image) image = g_new0 (kh_image, 1);
    image->name = name;
    image->data = g_bytes_get_data (bytes, &image->length);
    image->n_pages = 1;
    const char *type = kh_image_media_type (image->data, image->length);
    image->format = g_str_equal (type, "image/tiff") ? IFF_TIFF : g_str_equal (type, "image/png") ? IFF_PNG : IFF_JFIF_JPEG;
    if (image->format == IFF_TIFF)
        image->n_pages = kh_tags_count (image->data, image->length, KH_LIMIT_PAGES + 1);
    facts f;
    g_autoptr (GError) cause = NULL;
    if (image->n_pages > 1 || read_facts (image, 1, &f, &cause) || g_error_matches (cause, KH_ERROR, KH_ERROR_LIMIT))
        return g_steal_pointer (&image);
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': broken image"), name);
    return NULL;
}

void
kh_image_free (kh_image *image)
{
    g_free (image);
}

guint
kh_image_page_count (const kh_image *image)
{
    return image->n_pages;
}

kh_page *
kh_image_read (kh_image *image, guint number, kh_pool *pool, double *dpi, GError **error)
{
    facts f;
    if (!read_facts (image, number, &f, error))
        return NULL;
    *dpi = f.dpi;
    kh_page *page = kh_page_new (pool, (int) number, f.width * 72 / f.dpi, f.height * 72 / f.dpi);
    page->origin = KH_ORIGIN_OCR;
    return page;
}

/* Takes `pix` and gives back another in its place; NULL stays NULL. */
static PIX *
replaced (PIX *pix, PIX *by)
{
    pixDestroy (&pix);
    return by;
}

/* Upright, without colour map, 8 or 32 bits deep, on white. */
static PIX *
plain (PIX *pix, int orientation)
{
    static const struct {
        int turns; /* quarters clockwise, after the mirror */
        gboolean mirror;
    } undo[9] = { { 0, FALSE }, { 0, FALSE }, { 0, TRUE }, { 2, FALSE }, { 2, TRUE }, { 3, TRUE }, { 1, FALSE }, { 1, TRUE }, { 3, FALSE } };
    if (pix != NULL && pixGetColormap (pix) != NULL)
        pix = replaced (pix, pixRemoveColormap (pix, REMOVE_CMAP_BASED_ON_SRC));
    if (pix != NULL && pixGetDepth (pix) == 32 && pixGetSpp (pix) == 4)
        pix = replaced (pix, pixAlphaBlendUniform (pix, 0xFFFFFF00));
    if (pix != NULL && pixGetDepth (pix) == 16)
        pix = replaced (pix, pixConvert16To8 (pix, L_MS_BYTE));
    if (pix != NULL && pixGetDepth (pix) != 8 && pixGetDepth (pix) != 32)
        pix = replaced (pix, pixConvertTo8 (pix, FALSE));
    if (pix != NULL && undo[orientation].mirror)
        pix = replaced (pix, pixFlipLR (NULL, pix));
    if (pix != NULL && undo[orientation].turns != 0)
        pix = replaced (pix, pixRotateOrth (pix, undo[orientation].turns));
    return pix;
}

static kh_pixels *
pixels_from (PIX *pix, double dpi)
{
    int width = pixGetWidth (pix), height = pixGetHeight (pix), channels = pixGetDepth (pix) == 8 ? 1 : 3;
    kh_pixels *pixels = kh_pixels_new (width, height, channels, dpi);
    for (int y = 0; y < height; y++) {
        const l_uint32 *row = pixGetData (pix) + (gsize) y * pixGetWpl (pix);
        guint8 *out = pixels->data + y * pixels->stride;
        for (int x = 0; x < width; x++) {
            if (channels == 1) {
                out[x] = (guint8) GET_DATA_BYTE (row, x);
            } else {
                *out++ = (guint8) (row[x] >> L_RED_SHIFT);
                *out++ = (guint8) (row[x] >> L_GREEN_SHIFT);
                *out++ = (guint8) (row[x] >> L_BLUE_SHIFT);
            }
        }
    }
    return pixels;
}

kh_pixels *
kh_image_pixels (kh_image *image, guint number, GError **error)
{
    facts f;
    if (!read_facts (image, number, &f, error))
        return NULL;
    PIX *pix = NULL;
    if (image->format == IFF_TIFF)
        pix = pixReadMemTiff (image->data, image->length, (int) number - 1);
    else
        pix = pixReadMem (image->data, image->length);
    pix = plain (pix, f.orientation);
    if (pix == NULL || pixGetWidth (pix) != f.width || pixGetHeight (pix) != f.height) {
        pixDestroy (&pix);
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': broken image"), number, image->name);
        return NULL;
    }
    kh_pixels *pixels = pixels_from (pix, f.dpi);
    pixDestroy (&pix);
    return pixels;
}
