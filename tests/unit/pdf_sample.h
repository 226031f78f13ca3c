/* pdf_sample.h - one-page PDFs written by hand, so that a test knows where everything stands. */
#ifndef KH_TESTS_PDF_SAMPLE_H
#define KH_TESTS_PDF_SAMPLE_H

#include <glib.h>
#include <string.h>

typedef struct pdf_sample {
    GString *out;
    GArray *places; /* of gsize: where objects start */
} pdf_sample;

static inline void
pdf_object (pdf_sample *pdf, const char *body)
{
    gsize at = pdf->out->len;
    g_array_append_val (pdf->places, at);
    g_string_append_printf (pdf->out, "%u 0 obj\n%s\nendobj\n", pdf->places->len, body);
}

/* Objects: 1 catalogue, 2 pages, 3 page, 4 content, 5 Times-Roman /F1, 6 Times-Bold /F2, 7 Times-BoldItalic /F3, then `more` (one
 * object, may be NULL: /X1, a form or an image). `page` is put into the page's dictionary, `trailer` into the trailer's. */
static inline GBytes *
pdf_sample_full (const char *content, const char *page, const char *more, const char *trailer)
{
    static const char *const fonts[] = { "Times-Roman", "Times-Bold", "Times-BoldItalic" };
    pdf_sample pdf = { g_string_new ("%PDF-1.4\n"), g_array_new (FALSE, FALSE, sizeof (gsize)) };
    pdf_object (&pdf, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object (&pdf, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    g_autofree char *dictionary
        = g_strdup_printf ("<< /Type /Page /Parent 2 0 R /Contents 4 0 R %s /Resources << /Font << /F1 5 0 R /F2 6 0 R /F3 7 0 R >> "
                           "/XObject << /X1 8 0 R >> >> >>", page);
    pdf_object (&pdf, dictionary);
    g_autofree char *stream = g_strdup_printf ("<< /Length %zu >>\nstream\n%s\nendstream", strlen (content), content);
    pdf_object (&pdf, stream);
    for (gsize i = 0; i < G_N_ELEMENTS (fonts); i++) {
        g_autofree char *font = g_strdup_printf ("<< /Type /Font /Subtype /Type1 /BaseFont /%s >>", fonts[i]);
        pdf_object (&pdf, font);
    }
    if (more != NULL)
        pdf_object (&pdf, more);
    gsize table = pdf.out->len;
    g_string_append_printf (pdf.out, "xref\n0 %u\n0000000000 65535 f \n", pdf.places->len + 1);
    for (guint i = 0; i < pdf.places->len; i++)
        g_string_append_printf (pdf.out, "%010zu 00000 n \n", g_array_index (pdf.places, gsize, i));
    g_string_append_printf (pdf.out, "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", pdf.places->len + 1, trailer, table);
    g_array_unref (pdf.places);
    return g_string_free_to_bytes (pdf.out);
}

#define PDF_A4 "/MediaBox [0 0 595 842]"

/* A page of A4 with this content. */
static inline GBytes *
pdf_sample_page (const char *content)
{
    return pdf_sample_full (content, PDF_A4, NULL, "");
}

#endif
