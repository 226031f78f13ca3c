/* pdf.h - PDF through Poppler's C interface. Poppler's objects stay behind this door. */
#ifndef KH_SOURCE_PDF_H
#define KH_SOURCE_PDF_H

#include "source/source.h"

typedef struct kh_pdf kh_pdf;

gboolean kh_pdf_is (const guint8 *data, gsize length);

/* As kh_source_open(). `name` must outlive the document. */
kh_pdf *kh_pdf_open (GBytes *bytes, const char *name, GError **error);
/* Is it that which keeps it from being opened? */
gboolean kh_pdf_wants_password (GBytes *bytes);
void kh_pdf_free (kh_pdf *pdf);
guint kh_pdf_page_count (const kh_pdf *pdf);

/* As kh_source_read(). */
kh_page *kh_pdf_read (kh_pdf *pdf, guint number, kh_pool *pool, kh_page_look *look, GError **error);

/* As kh_source_words(). */
kh_page *kh_pdf_words (kh_pdf *pdf, guint number, kh_pool *pool, GError **error);

/* The page as shown, for the engine (raster.h). `to_page` leads from points of the pixels (pixel * 72 / dpi) to points of the
 * page, which are the same but for a fraction of a percent. The caller frees. */
kh_pixels *kh_pdf_pixels (kh_pdf *pdf, guint number, kh_affine *to_page, GError **error);

/* The page as shown, drawn at KH_PICTURE_DPI (picture.h). The caller frees. */
kh_pixels *kh_pdf_small (kh_pdf *pdf, guint number, GError **error);

#endif
