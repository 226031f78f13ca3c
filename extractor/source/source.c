#include "source/source.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/pdf.h"

struct kh_source {
    GBytes *bytes;
    char *name;
    const char *media_type;
    kh_pdf *pdf;
};

kh_source *
kh_source_open (GBytes *bytes, const char *name, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data (bytes, &length);
    g_autoptr (kh_source) source = g_new0 (kh_source, 1);
    source->bytes = g_bytes_ref (bytes);
    source->name = g_strdup (name);
    if (length == 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': empty file"), name);
        return NULL;
    }
    if (kh_pdf_is (data, length)) {
        source->media_type = "application/pdf";
        source->pdf = kh_pdf_open (bytes, source->name, error);
        return source->pdf != NULL ? g_steal_pointer (&source) : NULL;
    }
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': not a PDF, PNG, JPEG, TIFF or text"), name);
    return NULL;
}

void
kh_source_free (kh_source *source)
{
    if (source == NULL)
        return;
    kh_pdf_free (source->pdf);
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
    return kh_pdf_page_count (source->pdf);
}

kh_page *
kh_source_read (kh_source *source, guint number, kh_pool *pool, kh_page_look *look, GError **error)
{
    return kh_pdf_read (source->pdf, number, pool, look, error);
}
