/* pictures.c - images of pages, drawn when they are asked for in a sandboxed worker, and kept. The worker has the last document open, so the
 * next page of it costs the drawing alone. */
#include "review/parts.h"

#include "base/intl.h"
#include "base/limits.h"

#include <string.h>

#define KEPT_BY_BROWSER 3600 /* seconds */

typedef struct picture {
    char *key; /* "SHA/PAGE" */
    GBytes *bytes;
} picture;

struct kh_shown_pages {
    kh_reader *reader;     /* one worker; it is forked at the first page */
    char *sha256;          /* of the document that is open */
    GBytes *document;
    GQueue kept;           /* picture *, the last asked for first */
    GHashTable *links;     /* key -> its link in `kept` */
    gsize bytes;
    char *ahead;           /* the document of which a page is drawn ahead; NULL: none */
    guint ahead_page;
};

kh_shown_pages *
kh_shown_pages_new (void)
{
    kh_shown_pages *pictures = g_new0 (kh_shown_pages, 1);
    g_queue_init (&pictures->kept);
    pictures->links = g_hash_table_new (g_str_hash, g_str_equal);
    return pictures;
}

static void
free_picture (gpointer data)
{
    picture *p = data;
    g_bytes_unref (p->bytes);
    g_free (p->key);
    g_free (p);
}

void
kh_shown_pages_free (kh_shown_pages *pictures)
{
    if (pictures == NULL)
        return;
    kh_reader_free (pictures->reader);
    g_hash_table_unref (pictures->links);
    g_queue_clear_full (&pictures->kept, free_picture);
    g_clear_pointer (&pictures->document, g_bytes_unref);
    g_free (pictures->sha256);
    g_free (pictures->ahead);
    g_free (pictures);
}

static GBytes *
look_up (kh_shown_pages *pictures, const char *key)
{
    GList *link = g_hash_table_lookup (pictures->links, key);
    if (link == NULL)
        return NULL;
    g_queue_unlink (&pictures->kept, link);
    g_queue_push_head_link (&pictures->kept, link);
    return ((picture *)link->data)->bytes;
}

static void
keep (kh_shown_pages *pictures, const char *key, GBytes *bytes)
{
    picture *p = g_new (picture, 1);
    *p = (picture){ g_strdup (key), g_bytes_ref (bytes) };
    g_queue_push_head (&pictures->kept, p);
    g_hash_table_insert (pictures->links, p->key, pictures->kept.head);
    pictures->bytes += g_bytes_get_size (bytes);
    while (pictures->bytes > KH_LIMIT_SHOWN_BYTES && pictures->kept.length > 1) {
        picture *oldest = g_queue_pop_tail (&pictures->kept);
        pictures->bytes -= g_bytes_get_size (oldest->bytes);
        g_hash_table_remove (pictures->links, oldest->key);
        free_picture (oldest);
    }
}

/* The bytes of a file, when its content is still that document. */
static GBytes *
read_content (const char *path, const char *sha256)
{
    char *data;
    gsize length;
    if (!g_file_get_contents (path, &data, &length, NULL))
        return NULL;
    GBytes *bytes = g_bytes_new_take (data, length);
    g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    if (strcmp (digest, sha256) != 0)
        g_clear_pointer (&bytes, g_bytes_unref);
    return bytes;
}

/* Opens the document: any file that has its content. NULL: there is none (any more). */
static GBytes *
open_document (kh_review *review, const char *sha256, GError **error)
{
    kh_shown_pages *pictures = review->pictures;
    if (g_strcmp0 (pictures->sha256, sha256) == 0)
        return pictures->document;
    g_autoptr (kh_store_rows) rows =
        kh_store_query (review->store, "SELECT path FROM files WHERE sha256 = ? ORDER BY path", (const char *[]){ sha256 }, 1, error);
    GBytes *bytes = NULL;
    while (rows != NULL && bytes == NULL && kh_store_rows_next (rows, error)) {
        g_autofree char *path = kh_store_path (kh_store_rows_text (rows, 0));
        bytes = read_content (path, sha256);
    }
    if (bytes == NULL)
        return NULL;
    g_clear_pointer (&pictures->document, g_bytes_unref);
    g_free (pictures->sha256);
    pictures->document = bytes;
    pictures->sha256 = g_strdup (sha256);
    return bytes;
}

static kh_reply
draw (kh_review *review, const char *sha256, guint page)
{
    kh_shown_pages *pictures = review->pictures;
    GError *error = NULL;
    g_autofree char *key = g_strdup_printf ("%s/%u", sha256, page);
    GBytes *known = look_up (pictures, key);
    if (known != NULL)
        return (kh_reply){ .status = 200, .body = g_bytes_ref (known), .type = "image/jpeg", .max_age = KEPT_BY_BROWSER };
    GBytes *document = open_document (review, sha256, &error);
    if (error != NULL)
        return kh_reply_fault (error);
    if (document == NULL)
        return kh_reply_error (404, "%s", _ ("the file of this document is not there any more, or has changed"));
    if (pictures->reader == NULL)
        pictures->reader = kh_reader_new (1, NULL);
    GBytes *bytes = kh_reader_picture (pictures->reader, document, "document", page, KH_LIMIT_SHOWN_SECONDS, &error);
    if (bytes == NULL) {
        kh_reply reply = kh_reply_error (404, _ ("page %u cannot be shown: %s"), page, error->message);
        g_error_free (error);
        return reply;
    }
    keep (pictures, key, bytes);
    return (kh_reply){ .status = 200, .body = bytes, .type = "image/jpeg", .max_age = KEPT_BY_BROWSER };
}

kh_reply
kh_shown_pages_get (kh_review *review, const char *sha256, guint page)
{
    kh_shown_pages *pictures = review->pictures;
    kh_reply reply = draw (review, sha256, page);
    g_clear_pointer (&pictures->ahead, g_free);
    if (reply.status == 200) {
        pictures->ahead = g_strdup (sha256);
        pictures->ahead_page = page + 1;
    }
    return reply;
}

void
kh_shown_pages_step (kh_review *review)
{
    kh_shown_pages *pictures = review->pictures;
    g_autofree char *sha256 = g_steal_pointer (&pictures->ahead);
    if (sha256 == NULL)
        return;
    kh_reply reply = draw (review, sha256, pictures->ahead_page); /* behind the last page there is none */
    kh_reply_clear (&reply);
}
