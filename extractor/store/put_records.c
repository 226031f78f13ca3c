/* put_records.c - records of files go into a store, past the queue. */
#include "store/store.h"

#include <jansson.h>
#include <string.h>

#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"

static const char *
text_at (const json_t *object, const char *first, const char *second)
{
    return json_string_value (json_object_get (json_object_get (object, first), second));
}

/* Where the file of a record is: as given, or beside the file the record stands in; NULL when it is not there. The caller frees.
 */
static char *
file_of (const json_t *record, const char *path, gboolean is_source)
{
    const char *name = text_at (record, "source", "file");
    if (is_source)
        return g_strdup (path);
    if (name == NULL || strchr (name, '/') != NULL)
        return NULL;
    g_autofree char *folder = g_path_get_dirname (path), *beside = g_build_filename (folder, name, NULL);
    return g_file_test (beside, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&beside) : NULL;
}

static gboolean
is_digest (const char *text)
{
    return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* The document of a record and its file, claimed; its rows come with kh_store_finish(). */
static gboolean
claim (kh_store *store, const char *sha256, const char *file, gboolean *is_new, GError **error)
{
    gint64 made = kh_store_run (
        store, error, "INSERT INTO documents (sha256, state, bytes, owner) VALUES (?, 'reading', 0, ?) ON CONFLICT DO NOTHING",
        sha256, store->owner, KH_END);
    *is_new = made > 0;
    return made >= 0 &&
           (made == 0 || file == NULL ||
            kh_store_run (store, error,
                          "INSERT INTO files (path, sha256, bytes, modified) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING", file,
                          sha256, KH_END) >= 0);
}

static gboolean
put_record (kh_store *store, const json_t *record, const char *path, gboolean is_source, const char *text, gsize length,
            GPtrArray *digests, GError **error)
{
    const char *told = text_at (record, "source", "sha256");
    g_autofree char *sha256 =
        is_digest (told) ? g_strdup (told) : g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);
    g_autofree char *file = file_of (record, path, is_source);
    gboolean is_new;
    if (!claim (store, sha256, file, &is_new, error) || !kh_store_finish (store, sha256, text, length, error))
        return FALSE;
    if (is_new)
        g_ptr_array_add (digests, g_steal_pointer (&sha256));
    return TRUE;
}

gboolean
kh_store_put_records (kh_store *store, const char *path, gboolean is_source, const char *content, gsize length,
                      GPtrArray *digests, GError **error)
{
    if (store->owner == NULL) {
        g_autofree char *owner = kh_store_this_owner ();
        kh_store_set_owner (store, owner, 3600, NULL);
    }
    for (gsize at = 0; at < length;) {
        json_error_t fault;
        json_t *record = json_loadb (content + at, length - at, JSON_DISABLE_EOF_CHECK, &fault);
        if (record == NULL) {
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("'%s' holds what is no record of a plan: %s"), path, fault.text);
            return FALSE;
        }
        const char *schema = json_string_value (json_object_get (record, "schema"));
        gsize end = at + (gsize)fault.position;
        gboolean good = g_strcmp0 (schema, "kehoach.plan/1") == 0;
        if (!good)
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT,
                         _ ("'%s' holds what is no record of a plan: its schema is not kehoach.plan/1"), path);
        good = good && put_record (store, record, path, is_source, content + at, (gsize)fault.position, digests, error);
        json_decref (record);
        if (!good)
            return FALSE;
        for (at = end; at < length && g_ascii_isspace (content[at]);)
            at++;
    }
    return TRUE;
}
