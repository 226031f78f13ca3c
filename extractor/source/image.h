/* image.h - PNG, JPEG and TIFF through Leptonica. A page is an image; a TIFF has many. */
#ifndef KH_SOURCE_IMAGE_H
#define KH_SOURCE_IMAGE_H

#include "core/page.h"
#include "core/pixels.h"

typedef struct kh_image kh_image;

/* "image/png", "image/jpeg", "image/tiff"; NULL when the bytes are none of these. Static. */
const char *kh_image_media_type (const guint8 *data, gsize length);

/* `bytes` and `name` must outlive the image. KH_ERROR_INPUT when not even the header of the first page can be read. */
kh_image *kh_image_open (GBytes *bytes, const char *name, GError **error);
void kh_image_free (kh_image *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_image, kh_image_free)
guint kh_image_page_count (const kh_image *image);

/* An empty page of the image's size, and its resolution: the file's own, or guessed when the file has none that can be
 * true. Reads headers only. KH_ERROR_LIMIT beyond KH_LIMIT_PAGE_PIXELS. */
kh_page *kh_image_read (kh_image *image, guint number, kh_pool *pool, double *dpi, GError **error);

/* The pixels as shown (orientation tags obeyed), grey or RGB, on white. The caller frees. */
kh_pixels *kh_image_pixels (kh_image *image, guint number, GError **error);

#endif
