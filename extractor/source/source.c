#include "source/source.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/image.h"
#include "source/pdf.h"
#include "source/picture.h"
#include "source/scan.h"
#include "source/textfile.h"

struct kh_source {
    GBytes *bytes;
    char *name;
    const char *media_type;
    kh_pdf *pdf; /* one of the three is there */
    kh_image *image;
    kh_textfile *text;
};

const char *
kh_source_sniff (GBytes *bytes)
{
    gsize length;
    const guint8 *data = g_bytes_get_data (bytes, &length);
    const char *image = length > 0 ? kh_image_media_type (data, length) : NULL;
    if (image != NULL)
        return image;
    return length > 0 && kh_pdf_is (data, length) ? "application/pdf" : NULL;
}

gboolean
kh_source_wants_password (GBytes *bytes)
{
    return g_strcmp0 (kh_source_sniff (bytes), "application/pdf") == 0 && kh_pdf_wants_password (bytes);
}

kh_source *
kh_source_open (GBytes *bytes, const char *name, GError **error)
{
    gsize length;
    g_bytes_get_data (bytes, &length);
    if (length == 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': empty file"), name);
        return NULL;
    }
    if (length > KH_LIMIT_INPUT_BYTES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("cannot open '%s': more than the limit of %u bytes"), name,
                     KH_LIMIT_INPUT_BYTES);
        return NULL;
    }
    g_autoptr (kh_source) source = g_new0 (kh_source, 1);
    source->bytes = g_bytes_ref (bytes);
    source->name = g_strdup (name);
    source->media_type = kh_source_sniff (bytes);
    if (source->media_type == NULL) {
        source->media_type = "text/plain";
        source->text = kh_textfile_open (bytes, source->name, error);
    } else if (g_str_has_prefix (source->media_type, "image/"))
        source->image = kh_image_open (bytes, source->name, error);
    else
        source->pdf = kh_pdf_open (bytes, source->name, error);
    gboolean is_open = source->image != NULL || source->pdf != NULL || source->text != NULL;
    return is_open ? g_steal_pointer (&source) : NULL;
}

void
kh_source_free (kh_source *source)
{
    if (source == NULL)
        return;
    kh_pdf_free (source->pdf);
    kh_image_free (source->image);
    kh_textfile_free (source->text);
    g_bytes_unref (source->bytes);
    g_free (source->name);
    g_free (source);
}

const char *
kh_source_media_type (const kh_source *source)
{
    return source->media_type;
}

guint
kh_source_page_count (const kh_source *source)
{
    if (source->pdf != NULL)
        return kh_pdf_page_count (source->pdf);
    if (source->image != NULL)
        return kh_image_page_count (source->image);
    return kh_textfile_page_count (source->text);
}

kh_page *
kh_source_read (kh_source *source, guint number, kh_pool *pool, kh_page_look *look, GError **error)
{
    *look = (kh_page_look){ 0 };
    if (source->pdf != NULL)
        return kh_pdf_read (source->pdf, number, pool, look, error);
    if (source->image != NULL) {
        look->image_share = 1;
        return kh_image_read (source->image, number, pool, &look->image_dpi, error);
    }
    kh_page *page = kh_textfile_read (source->text, number, pool, error);
    look->has_text = page != NULL && page->words->len > 0;
    return page;
}

kh_page *
kh_source_words (kh_source *source, guint number, kh_pool *pool, GError **error)
{
    kh_page_look look;
    return source->pdf != NULL ? kh_pdf_words (source->pdf, number, pool, error) : kh_source_read (source, number, pool, &look, error);
}

static void
set_no_image_error (const kh_source *source, guint number, GError **error)
{
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': plain text has no image"), number, source->name);
}

static kh_pixels *
raw_pixels (kh_source *source, guint number, kh_affine *shown, GError **error)
{
    *shown = KH_AFFINE_IDENTITY;
    if (source->pdf != NULL)
        return kh_pdf_pixels (source->pdf, number, shown, error);
    if (source->image != NULL)
        return kh_image_pixels (source->image, number, error);
    set_no_image_error (source, number, error);
    return NULL;
}

kh_pixels *
kh_source_scan (kh_source *source, guint number, kh_scan_options options, kh_page *page, GError **error)
{
    kh_affine shown;
    kh_pixels *raw = raw_pixels (source, number, &shown, error);
    if (raw == NULL)
        return NULL;
    kh_pixels *pixels = kh_scan_prepare (raw, options, page, error);
    if (pixels == NULL) {
        g_prefix_error (error, "'%s': ", source->name);
        return NULL;
    }
    kh_page_shown_then (page, &shown);
    return pixels;
}

int
kh_source_turn (kh_source *source, guint number, GError **error)
{
    kh_affine shown;
    kh_pixels *raw = raw_pixels (source, number, &shown, error);
    return raw == NULL ? -1 : kh_scan_turn (raw);
}

GBytes *
kh_source_picture (kh_source *source, guint number, GError **error)
{
    g_autoptr (kh_pixels) pixels = NULL;
    if (source->pdf != NULL)
        pixels = kh_pdf_small (source->pdf, number, error);
    else if (source->image != NULL)
        pixels = kh_image_pixels (source->image, number, error);
    else
        set_no_image_error (source, number, error);
    return pixels == NULL ? NULL : kh_picture_make (pixels, error);
}
