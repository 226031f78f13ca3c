#include "source/pdf.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/drawing.h"
#include "source/picture.h"
#include "source/raster.h"
#include "source/textlayer.h"
#include "source/words.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

struct kh_pdf {
    PopplerDocument *document;
    const char *name;
    guint n_pages;
    guint looked_at;    /* page `drawing` is of; 0: none. Kept because a page is read, then scanned: its image is decoded once */
    kh_drawing drawing;
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

gboolean
kh_pdf_wants_password (GBytes *bytes)
{
    g_autoptr (GError) cause = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &cause);
    if (document != NULL)
        g_object_unref (document);
    return g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
}

void
kh_pdf_free (kh_pdf *pdf)
{
    if (pdf == NULL)
        return;
    kh_drawing_clear (&pdf->drawing);
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

static void
look_at_drawing (kh_pdf *pdf, guint number, PopplerPage *poppler, kh_page *page)
{
    kh_drawing_clear (&pdf->drawing);
    pdf->drawing = kh_drawing_read (poppler, page);
    pdf->looked_at = number;
}

kh_page *
kh_pdf_read (kh_pdf *pdf, guint number, kh_pool *pool, kh_page_look *look, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_page *page = kh_page_new (pool, (int) number, width, height);
    look_at_drawing (pdf, number, poppler, page);
    if (!kh_textlayer_read (poppler, pool, page))
        kh_words_left_out (page, pool);
    g_object_unref (poppler);
    const kh_drawing *drawing = &pdf->drawing;
    *look = (kh_page_look){ .has_text = page->words->len > 0, .image_share = drawing->image_share, .has_drawings = drawing->n_shapes > 0 };
    if (drawing->image_width > 0)
        look->image_dpi = 72 / hypot (drawing->place.xx, drawing->place.yx);
    return page;
}

kh_page *
kh_pdf_words (kh_pdf *pdf, guint number, kh_pool *pool, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_page *page = kh_page_new (pool, (int) number, width, height);
    if (!kh_textlayer_read (poppler, pool, page))
        kh_words_left_out (page, pool);
    g_object_unref (poppler);
    return page;
}

static void
set_draw_error (GError **error, const kh_pdf *pdf, guint number)
{
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': page cannot be drawn"), number, pdf->name);
}

kh_pixels *
kh_pdf_pixels (kh_pdf *pdf, guint number, kh_affine *to_page, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    if (pdf->looked_at != number) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        look_at_drawing (pdf, number, poppler, kh_page_new (pool, (int) number, width, height));
    }
    kh_pixels *pixels = kh_raster_make (poppler, &pdf->drawing, width, height, to_page);
    g_object_unref (poppler);
    if (pixels == NULL)
        set_draw_error (error, pdf, number);
    return pixels;
}

kh_pixels *
kh_pdf_small (kh_pdf *pdf, guint number, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_pixels *pixels = kh_raster_draw (poppler, width, height, kh_picture_dpi (width, height));
    g_object_unref (poppler);
    if (pixels == NULL)
        set_draw_error (error, pdf, number);
    return pixels;
}
