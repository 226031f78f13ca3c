#include "source/pdf.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/paths.h"
#include "source/raster.h"
#include "source/textlayer.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define SCANNED 0.5 /* share of the page under images from which its drawings are not looked at: decoding costs too much */

struct kh_pdf {
    PopplerDocument *document;
    const char *name;
    guint n_pages;
    guint looked_at;               /* page the size below is of; 0: none */
    int image_width, image_height; /* pixels of its main image; 0: none that matters */
};

/* Readers look for the header within the first 1024 bytes (ISO 32000-1, implementation note 13). */
gboolean
kh_pdf_is (const guint8 *data, gsize length)
{
    return memmem (data, MIN (length, 1024), "%PDF-", 5) != NULL;
}

static void
set_open_error (GError **error, const char *name, const GError *cause)
{
    const char *why = _ ("broken PDF");
    if (g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        why = _ ("encrypted");
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': %s"), name, why);
}

kh_pdf *
kh_pdf_open (GBytes *bytes, const char *name, GError **error)
{
    g_autoptr (GError) cause = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &cause);
    if (document == NULL) {
        set_open_error (error, name, cause);
        return NULL;
    }
    int n_pages = poppler_document_get_n_pages (document);
    if (n_pages <= 0) {
        g_object_unref (document);
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': PDF without pages"), name);
        return NULL;
    }
    kh_pdf *pdf = g_new0 (kh_pdf, 1);
    pdf->document = document;
    pdf->name = name;
    pdf->n_pages = n_pages;
    return pdf;
}

void
kh_pdf_free (kh_pdf *pdf)
{
    if (pdf == NULL)
        return;
    g_object_unref (pdf->document);
    g_free (pdf);
}

guint
kh_pdf_page_count (const kh_pdf *pdf)
{
    return pdf->n_pages;
}

static gboolean
check_size (const kh_pdf *pdf, guint number, double width, double height, GError **error)
{
    if (!(width > 0 && height > 0)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': page without a size"), number, pdf->name);
        return FALSE;
    }
    if (width > KH_LIMIT_PAGE_POINTS || height > KH_LIMIT_PAGE_POINTS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("cannot read page %u of '%s': %.0f x %.0f points, the limit is %.0f"),
                     number, pdf->name, width, height, KH_LIMIT_PAGE_POINTS);
        return FALSE;
    }
    return TRUE;
}

static PopplerPage *
open_page (kh_pdf *pdf, guint number, double *width, double *height, GError **error)
{
    PopplerPage *poppler = NULL;
    if (number >= 1 && number <= pdf->n_pages)
        poppler = poppler_document_get_page (pdf->document, (int) number - 1);
    if (poppler == NULL) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': broken page"), number, pdf->name);
        return NULL;
    }
    poppler_page_get_size (poppler, width, height);
    if (!check_size (pdf, number, *width, *height, error))
        g_clear_object (&poppler);
    return poppler;
}

/* What images cover, and the size of the main one where they cover most. It takes a decoding to know the size, so that of the last page is
 * kept: reading a page and drawing it follow each other. */
static kh_raster_look
look_at_images (kh_pdf *pdf, guint number, PopplerPage *poppler, double width, double height)
{
    kh_raster_look look = kh_raster_look_at (poppler, width, height);
    if (pdf->looked_at != number) {
        pdf->looked_at = number;
        pdf->image_width = pdf->image_height = 0;
        if (look.share >= SCANNED && !look.layered)
            kh_raster_main_size (poppler, &look, &pdf->image_width, &pdf->image_height);
    }
    return look;
}

kh_page *
kh_pdf_read (kh_pdf *pdf, guint number, kh_pool *pool, kh_page_look *look, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_page *page = kh_page_new (pool, (int) number, width, height);
    kh_raster_look images = look_at_images (pdf, number, poppler, width, height);
    *look = (kh_page_look){ .image_share = images.share };
    if (pdf->image_width > 0)
        look->image_dpi = 72 * sqrt ((double) pdf->image_width * pdf->image_height
                                     / MAX (kh_box_width (images.main) * kh_box_height (images.main), 1));
    if (images.share < SCANNED)
        look->has_drawings = kh_paths_read (poppler, page) > 0;
    kh_textlayer_read (poppler, pool, page);
    look->has_text = page->words->len > 0;
    g_object_unref (poppler);
    return page;
}

kh_pixels *
kh_pdf_pixels (kh_pdf *pdf, guint number, kh_affine *to_page, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_raster_look images = look_at_images (pdf, number, poppler, width, height);
    kh_raster_plan plan = kh_raster_plan_for (&images, width, height, pdf->image_width, pdf->image_height);
    kh_pixels *pixels = kh_raster_draw (poppler, width, height, plan);
    g_object_unref (poppler);
    if (pixels == NULL)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': page cannot be drawn"), number, pdf->name);
    double stretch = plan.scale_x / plan.scale_y;
    *to_page = (kh_affine){ 1, 0, -plan.shift_x / plan.scale_x, 0, stretch, -plan.shift_y / plan.scale_y };
    return pixels;
}
