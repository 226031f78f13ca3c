#include "batch/reading.h"

#include "base/error.h"
#include "base/limits.h"
#include "workers/wire.h"
#include "workers/worker.h"

#include <errno.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static void
page_done (guint done, guint pages, gpointer user_data)
{
    kh_desk *desk = user_data;
    desk->pages = pages;
    desk->pages_done = done;
}

/* The bytes of the first path that has the content asked for. What has changed since it was queued is another document. */
static GBytes *
find_content (const char *sha256, const char *name, const char *const *paths, GError **error)
{
    g_autoptr (GError) first = NULL;
    for (guint i = 0; paths[i] != NULL; i++) {
        char *data;
        gsize length;
        g_autoptr (GError) why = NULL;
        if (!g_file_get_contents (paths[i], &data, &length, &why)) {
            const char *cause = errno != 0 ? strerrordesc_np (errno) : why->message;
            if (first == NULL)
                g_set_error (&first, KH_ERROR, KH_ERROR_INPUT, "cannot open '%s': %s", name, cause);
            continue;
        }
        g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
        g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
        if (strcmp (digest, sha256) == 0)
            return g_steal_pointer (&bytes);
        if (first == NULL)
            g_set_error (&first, KH_ERROR, KH_ERROR_INPUT, "cannot read '%s': it has changed since it was queued", name);
    }
    g_propagate_error (error, g_steal_pointer (&first));
    return NULL;
}

/* The record of the document that a job names. */
static GVariant *
read_document (kh_reader *reader, GBytes *body, const kh_read_options *options, GError **error)
{
    g_autoptr (GVariant) job = g_variant_ref_sink (g_variant_new_from_bytes (KH_READING_JOB, body, TRUE));
    const char *sha256, *name;
    g_autofree const char **paths = NULL;
    g_variant_get (job, "(&s&s^a&ay)", &sha256, &name, &paths);
    g_autoptr (GBytes) bytes = find_content (sha256, name, paths, error);
    g_autoptr (kh_document) document = bytes != NULL ? kh_reader_read (reader, bytes, name, options, error) : NULL;
    if (document == NULL)
        return NULL;
    GString *record = kh_document_format (document, KH_FORMAT_NDJSON, 0);
    if (record->len > KH_LIMIT_RECORD_BYTES - 1024) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "cannot read '%s': its record is longer than %u MiB", name, KH_LIMIT_RECORD_BYTES >> 20);
        g_string_free (record, TRUE);
        return NULL;
    }
    return g_variant_new_take_string (g_string_free (record, FALSE));
}

void
kh_reading_live (int socket, pid_t parent, kh_reader *reader, kh_desk *desk, const kh_read_options *given)
{
    int own = kh_worker_let_go (socket, parent);
    g_setenv ("LC_ALL", "C", TRUE); /* page workers ask the environment */
    setlocale (LC_MESSAGES, "C");
    kh_read_options options = *given;
    options.jobs = &desk->workers;
    options.progress = page_done;
    options.user_data = desk;
    for (;;) {
        kh_frame frame;
        g_autoptr (GBytes) body = NULL;
        int passed = -1;
        if (!kh_wire_receive (own, &frame, &body, &passed) || body == NULL)
            _exit (0);
        g_autoptr (GError) error = NULL;
        g_autoptr (GByteArray) out = g_byte_array_new ();
        GVariant *record = read_document (reader, body, &options, &error);
        if (record != NULL)
            kh_frame_append (out, KH_FRAME_REPLY, frame.number, record);
        else {
            g_autofree char *message = g_utf8_make_valid (error->message, -1);
            kh_frame_append (out, KH_FRAME_ERROR, frame.number,
                             g_variant_new ("(is)", error->domain == KH_ERROR ? error->code : KH_ERROR_INPUT, message));
        }
        if (!kh_wire_send (own, out))
            _exit (0);
    }
}
