/* queue.c - files are noted, documents wait, are claimed, and given back. */
#include <string.h>
#include <unistd.h>

#include "base/intl.h"
#include "base/limits.h"
#include "kehoach.h"
#include "store/backend.h"
#include "store/owner.h"
#include "store/statements.h"

/* ---- paths: bytes on disk, text in a store ---- */

/* A path that is no UTF-8 (names in old encodings) is kept as a file: URI, which no absolute path looks like. */
static char *
stored_path (const char *path)
{
    return g_utf8_validate (path, -1, NULL) ? g_strdup (path) : g_filename_to_uri (path, NULL, NULL);
}

char *
kh_store_path (const char *stored)
{
    char *path = g_str_has_prefix (stored, "file:///") ? g_filename_from_uri (stored, NULL, NULL) : NULL;
    return path != NULL ? path : g_strdup (stored);
}

static char *
number (gint64 value)
{
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

/* ---- files ---- */

char *
kh_store_known_digest (kh_store *store, const kh_store_file *file)
{
    g_autofree char *path = stored_path (file->path), *bytes = number (file->bytes), *modified = number (file->modified);
    if (path == NULL)
        return NULL;
    return kh_store_value (store, "SELECT sha256 FROM files WHERE path = ? AND bytes = ? AND modified = ?",
                           (const char *[]){ path, bytes, modified }, 3, NULL);
}

static gint
by_path (gconstpointer a, gconstpointer b)
{
    return strcmp ((*(const kh_store_file *const *)a)->path, (*(const kh_store_file *const *)b)->path);
}

static gint
by_digest (gconstpointer a, gconstpointer b)
{
    return g_strcmp0 ((*(const kh_store_file *const *)a)->sha256, (*(const kh_store_file *const *)b)->sha256);
}

static gboolean
put_file (kh_store *store, const kh_store_file *file, GError **error)
{
    g_autofree char *path = stored_path (file->path), *bytes = number (file->bytes), *modified = number (file->modified);
    if (path == NULL || strlen (path) > KH_LIMIT_PATH_BYTES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("cannot note '%.200s…' in store '%s': its path has more than %u bytes"),
                     file->path, store->name, KH_LIMIT_PATH_BYTES);
        return FALSE;
    }
    g_autofree char *cause = file->cause != NULL ? g_utf8_make_valid (file->cause, -1) : NULL;
    return store->backend->put (
        store->database,
        "INSERT INTO files (path, sha256, bytes, modified, cause) VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE"
        " SET sha256 = excluded.sha256, bytes = excluded.bytes, modified = excluded.modified, cause = excluded.cause",
        (const char *[]){ path, file->sha256, bytes, modified, cause }, 5, error);
}

static gboolean
put_document (kh_store *store, const kh_store_file *file, GError **error)
{
    g_autofree char *bytes = number (file->bytes);
    return store->backend->put (
        store->database, "INSERT INTO documents (sha256, state, bytes) VALUES (?, 'queued', ?) ON CONFLICT (sha256) DO NOTHING",
        (const char *[]){ file->sha256, bytes }, 2, error);
}

/* All who add files do it in the same order, so that none waits for one who waits for it. */
gboolean
kh_store_add_files (kh_store *store, GPtrArray *files, GError **error)
{
    g_autoptr (GPtrArray) sorted = g_ptr_array_new (); /* owns none of them */
    g_ptr_array_extend (sorted, files, NULL, NULL);
    if (!kh_store_begin (store, error))
        return FALSE;
    gboolean good = TRUE;
    g_ptr_array_sort (sorted, by_path);
    for (guint i = 0; good && i < sorted->len; i++)
        good = put_file (store, sorted->pdata[i], error);
    g_ptr_array_sort (sorted, by_digest);
    for (guint i = 0; good && i < sorted->len; i++)
        if (((const kh_store_file *)sorted->pdata[i])->sha256 != NULL)
            good = put_document (store, sorted->pdata[i], error);
    store->largest = G_MAXINT64;
    return kh_store_end (store, good, error);
}

/* ---- claims ---- */

void
kh_store_claim_free (kh_store_claim *claim)
{
    if (claim == NULL)
        return;
    g_free (claim->sha256);
    g_free (claim->path);
    g_free (claim);
}

void
kh_store_set_owner (kh_store *store, const char *owner, double lease_seconds, GHashTable *digests)
{
    g_free (store->owner);
    g_free (store->lease);
    g_clear_pointer (&store->digests, g_hash_table_unref);
    store->owner = g_strdup (owner);
    store->lease = number ((gint64)(MAX (lease_seconds, 0) + 0.999));
    store->digests = digests != NULL ? g_hash_table_ref (digests) : NULL;
    store->digests_are_noted = FALSE;
    store->largest = G_MAXINT64;
}

#define DIGESTS_AT_ONCE 10000

/* The digests of this run stand in a table of this connection, so that the database can choose among them. */
static gboolean
note_digests (kh_store *store, GError **error)
{
    if (store->digests == NULL || store->digests_are_noted)
        return TRUE;
    if (kh_store_run (store, error, "CREATE TEMP TABLE IF NOT EXISTS mine (sha256 TEXT PRIMARY KEY)", KH_END) < 0 ||
        kh_store_run (store, error, "DELETE FROM mine", KH_END) < 0)
        return FALSE;
    g_autoptr (GString) list = g_string_new ("[");
    GHashTableIter each;
    gpointer digest;
    guint n = 0, all = g_hash_table_size (store->digests);
    g_hash_table_iter_init (&each, store->digests);
    while (g_hash_table_iter_next (&each, &digest, NULL)) {
        g_string_append_printf (list, "%s\"%s\"", list->len > 1 ? "," : "", (const char *)digest);
        if (++n % DIGESTS_AT_ONCE != 0 && n < all)
            continue;
        g_string_append_c (list, ']');
        if (kh_store_run (store, error, kh_store_statement (store, KH_SQL_MINE), list->str, KH_END) < 0)
            return FALSE;
        g_string_assign (list, "[");
    }
    store->digests_are_noted = TRUE;
    return TRUE;
}

/* A file with this content that is there; the first one, when none is. */
static char *
path_of (kh_store *store, const char *sha256, GError **error)
{
    g_autoptr (kh_store_rows) rows =
        kh_store_query (store, "SELECT path FROM files WHERE sha256 = ? ORDER BY path", (const char *[]){ sha256 }, 1, error);
    g_autofree char *first = NULL;
    while (rows != NULL && kh_store_rows_next (rows, error)) {
        g_autofree char *path = kh_store_path (kh_store_rows_text (rows, 0));
        if (access (path, R_OK) == 0)
            return g_steal_pointer (&path);
        if (first == NULL)
            first = g_steal_pointer (&path);
    }
    return g_steal_pointer (&first);
}

static kh_store_claim *
claim (kh_store *store, kh_statement statement, const char *limit, GError **error)
{
    g_autoptr (kh_store_claim) got = g_new0 (kh_store_claim, 1);
    g_autoptr (kh_store_rows) rows = kh_store_query (store, kh_store_statement (store, statement),
                                                     (const char *[]){ store->owner, store->lease, limit }, 3, error);
    if (rows == NULL || !kh_store_rows_next (rows, error))
        return NULL;
    got->sha256 = g_strdup (kh_store_rows_text (rows, 0));
    got->bytes = (guint64)kh_store_rows_number (rows, 1);
    GError *fault = NULL;
    while (kh_store_rows_next (rows, &fault)) /* it is written when all rows are taken */
        ;
    if (fault == NULL)
        got->path = path_of (store, got->sha256, &fault);
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return NULL;
    }
    return g_steal_pointer (&got);
}

/* Claims of processes of this host that are gone hold no longer. */
static gboolean
end_dead_claims (kh_store *store, GError **error)
{
    g_autoptr (GPtrArray) dead = g_ptr_array_new_with_free_func (g_free);
    GError *fault = NULL;
    {
        g_autoptr (kh_store_rows) rows = kh_store_query (
            store, "SELECT DISTINCT owner FROM documents WHERE state = 'reading' AND lease_until > 0", NULL, 0, &fault);
        while (rows != NULL && kh_store_rows_next (rows, &fault)) {
            const char *owner = kh_store_rows_text (rows, 0);
            if (owner != NULL && kh_owner_is_dead (owner, store->owner))
                g_ptr_array_add (dead, g_strdup (owner));
        }
    }
    for (guint i = 0; fault == NULL && i < dead->len; i++)
        kh_store_run (store, &fault, "UPDATE documents SET lease_until = 0 WHERE state = 'reading' AND owner = ?", dead->pdata[i],
                      KH_END);
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

kh_store_claim *
kh_store_claim_next (kh_store *store, GError **error)
{
    GError *fault = NULL;
    kh_store_claim *got = NULL;
    if (!note_digests (store, error))
        return NULL;
    for (int again = 0; again < 2 && got == NULL && fault == NULL; again++) {
        gboolean is_all = store->largest == G_MAXINT64;
        g_autofree char *largest = number (store->largest);
        got = claim (store, KH_SQL_CLAIM_QUEUED, largest, &fault);
        /* what was seen to hold nothing for us is not looked through again, until the end */
        store->largest = got != NULL ? (gint64)got->bytes : G_MAXINT64;
        if (is_all)
            break;
    }
    if (got == NULL && fault == NULL && end_dead_claims (store, &fault))
        got = claim (store, KH_SQL_CLAIM_LAPSED, store->owner, &fault);
    if (fault != NULL)
        g_propagate_error (error, fault);
    return got;
}

gboolean
kh_store_renew (kh_store *store, GError **error)
{
    return kh_store_run (store, error, kh_store_statement (store, KH_SQL_RENEW), store->lease, store->owner, KH_END) >= 0;
}

gboolean
kh_store_release (kh_store *store, GError **error)
{
    if (store->owner == NULL)
        return TRUE;
    return kh_store_run (store, error,
                         "UPDATE documents SET state = 'queued', owner = NULL, lease_until = NULL, attempts = attempts - 1"
                         " WHERE state = 'reading' AND owner = ?",
                         store->owner, KH_END) >= 0 &&
           end_dead_claims (store, error);
}

/* ---- failures, and once more ---- */

/* A document that was read by an earlier version and now cannot be keeps what it has. */
gboolean
kh_store_fail (kh_store *store, const char *sha256, int code, const char *cause, GError **error)
{
    g_autofree char *class = number (code), *text = g_utf8_make_valid (cause != NULL ? cause : "", -1);
    return kh_store_run (
               store, error,
               "UPDATE documents SET state = CASE WHEN n_tasks IS NULL THEN 'failed' ELSE 'done' END, code = ?, cause = ?,"
               " owner = NULL, lease_until = NULL WHERE sha256 = ? AND state = 'reading' AND owner = ?",
               class, text, sha256, store->owner, KH_END) >= 0;
}

static const char *const RETRY[KH_N_SCOPES] = KH_EACH_SCOPE (
    "UPDATE documents SET state = 'queued' WHERE (state = 'failed' OR (state = 'done' AND cause IS NOT NULL))", "");
static const char *const UPGRADE[KH_N_SCOPES] =
    KH_EACH_SCOPE ("UPDATE documents SET state = 'queued' WHERE state = 'done' AND version IS DISTINCT FROM ?", "");
static const char *const COUNT[KH_N_SCOPES] =
    KH_EACH_SCOPE ("SELECT state, count(*), sum(pages) FROM documents WHERE sha256 IS NOT NULL", " GROUP BY state");

gint64
kh_store_retry (kh_store *store, GError **error)
{
    store->largest = G_MAXINT64;
    return note_digests (store, error) ? kh_store_run (store, error, RETRY[store->digests != NULL], KH_END) : -1;
}

gint64
kh_store_upgrade (kh_store *store, const char *version, GError **error)
{
    store->largest = G_MAXINT64;
    return note_digests (store, error) ? kh_store_run (store, error, UPGRADE[store->digests != NULL], version, KH_END) : -1;
}

gboolean
kh_store_count (kh_store *store, kh_store_counts *counts, GError **error)
{
    *counts = (kh_store_counts){ 0 };
    if (!note_digests (store, error))
        return FALSE;
    g_autoptr (kh_store_rows) rows = kh_store_query (store, COUNT[store->digests != NULL], NULL, 0, error);
    if (rows == NULL)
        return FALSE;
    GError *fault = NULL;
    while (kh_store_rows_next (rows, &fault)) {
        const char *state = kh_store_rows_text (rows, 0);
        guint64 n = (guint64)kh_store_rows_number (rows, 1);
        if (strcmp (state, "queued") == 0)
            counts->queued = n;
        else if (strcmp (state, "reading") == 0)
            counts->reading = n;
        else if (strcmp (state, "failed") == 0)
            counts->failed = n;
        else if (strcmp (state, "done") == 0) {
            counts->done = n;
            counts->pages = (guint64)kh_store_rows_number (rows, 2);
        }
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}
