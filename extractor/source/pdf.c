#include "source/pdf.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/paths.h"
#include "source/textlayer.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define SCANNED 0.5 /* share of the page under images from which its drawings are not looked at: decoding costs too much */

struct kh_pdf {
    PopplerDocument *document;
    const char *name;
    guint n_pages;
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

/* The share of the page under images, as far as a sum of areas tells. */
static double
image_share (PopplerPage *poppler, double width, double height)
{
    double area = 0;
    GList *images = poppler_page_get_image_mapping (poppler);
    for (GList *l = images; l != NULL; l = l->next) {
        const PopplerRectangle *r = &((PopplerImageMapping *) l->data)->area;
        double x0 = CLAMP (MIN (r->x1, r->x2), 0, width), x1 = CLAMP (MAX (r->x1, r->x2), 0, width);
        double y0 = CLAMP (MIN (r->y1, r->y2), 0, height), y1 = CLAMP (MAX (r->y1, r->y2), 0, height);
        area += (x1 - x0) * (y1 - y0);
    }
    poppler_page_free_image_mapping (images);
    return MIN (area / (width * height), 1);
}

kh_page *
kh_pdf_read (kh_pdf *pdf, guint number, kh_pool *pool, kh_page_look *look, GError **error)
{
    double width, height;
    PopplerPage *poppler = open_page (pdf, number, &width, &height, error);
    if (poppler == NULL)
        return NULL;
    kh_page *page = kh_page_new (pool, (int) number, width, height);
    *look = (kh_page_look){ .image_share = image_share (poppler, width, height) };
    if (look->image_share < SCANNED)
        look->has_drawings = kh_paths_read (poppler, page) > 0;
    kh_textlayer_read (poppler, pool, page);
    look->has_text = page->words->len > 0;
    g_object_unref (poppler);
    return page;
}
