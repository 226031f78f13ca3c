/* finish.c - a record goes into the store: its rows take the place of those the document had.
 *
 *   begin ─ is it still ours? ─ rows of before deleted ─ corrections read ─ record split ─ rows put ─ search brought in step ─
 * commit
 *
 * The record is split before the transaction begins when nobody corrected it (nearly always), so that other writers wait for the
 * rows alone.
 */
#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"
#include "store/journal.h"
#include "store/rows.h"

#include <string.h>

/* "INSERT INTO tasks (sha256, …) VALUES (?, …)", made once. */
static const char *
insert_into (kh_row_table table)
{
    static gsize ready;
    static char *texts[KH_N_ROW_TABLES];
    if (g_once_init_enter (&ready)) {
        for (guint t = 0; t < KH_N_ROW_TABLES; t++) {
            g_autoptr (GString) names = g_string_new (NULL), marks = g_string_new (NULL);
            for (const char *const *column = kh_row_tables[t].columns; *column != NULL; column++) {
                g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", *column);
                g_string_append (marks, marks->len > 0 ? ", ?" : "?");
            }
            texts[t] = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", kh_row_tables[t].table, names->str, marks->str);
        }
        g_once_init_leave (&ready, 1);
    }
    return texts[table];
}

/* "UPDATE documents SET …, version = ?, …": `first` is set, too. */
static char *
make_update (const char *first)
{
    g_autoptr (GString) all = g_string_new ("UPDATE documents SET ");
    g_string_append (all, first);
    for (const char *const *column = kh_row_document; *column != NULL; column++)
        g_string_append_printf (all, "%s%s = ?", all->str[all->len - 1] == ' ' ? "" : ", ", *column);
    g_string_append (all, " WHERE sha256 = ?");
    return g_strdup (all->str);
}

static const char *
update_document (void)
{
    static gsize ready;
    static char *text;
    if (g_once_init_enter (&ready)) {
        text = make_update ("state = 'done', code = NULL, cause = NULL, owner = NULL, lease_until = NULL");
        g_once_init_leave (&ready, 1);
    }
    return text;
}

/* What the record says, and nothing of the queue. */
static const char *
update_columns (void)
{
    static gsize ready;
    static char *text;
    if (g_once_init_enter (&ready)) {
        text = make_update ("");
        g_once_init_leave (&ready, 1);
    }
    return text;
}

/* What people corrected in this document; NULL with an error. */
static GPtrArray *
corrections_of (kh_store *store, kh_pool *pool, const char *sha256, GError **error)
{
    GPtrArray *list = kh_pool_list (pool);
    g_autoptr (kh_store_rows) rows = kh_store_query (store, "SELECT pointer, read, corrected FROM corrections WHERE sha256 = ?",
                                                     (const char *[]){ sha256 }, 1, error);
    if (rows == NULL)
        return NULL;
    GError *fault = NULL;
    while (kh_store_rows_next (rows, &fault)) {
        kh_correction *correction = kh_pool_new0 (pool, kh_correction, 1);
        correction->pointer = kh_pool_strdup (pool, kh_store_rows_text (rows, 0));
        correction->read = kh_pool_strdup (pool, kh_store_rows_text (rows, 1));
        correction->corrected = kh_pool_strdup (pool, kh_store_rows_text (rows, 2));
        g_ptr_array_add (list, correction);
    }
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return NULL;
    }
    return list;
}

/* Is the document claimed by this owner? Within the transaction nobody else can take it then: the row is locked. -1 with an
 * error. */
static int
is_ours (kh_store *store, const char *sha256, GError **error)
{
    return (int)kh_store_run (
        store, error, "UPDATE documents SET lease_until = lease_until WHERE sha256 = ? AND state = 'reading' AND owner = ?",
        sha256, store->owner, KH_END);
}

static gboolean
put_document (kh_store *store, const char *sha256, const char *update, const kh_rows *rows, GError **error)
{
    const char *document[KH_ROW_DOCUMENT_COLUMNS];
    for (guint i = 0; i + 1 < KH_ROW_DOCUMENT_COLUMNS; i++)
        document[i] = rows->document[i];
    document[KH_ROW_DOCUMENT_COLUMNS - 1] = sha256;
    return store->backend->put (store->database, update, document, KH_ROW_DOCUMENT_COLUMNS, error);
}

static gboolean
put_record (kh_store *store, const char *sha256, const kh_rows *rows, GError **error)
{
    return store->backend->put (store->database,
                                "INSERT INTO records (sha256, record) VALUES (?, ?)"
                                " ON CONFLICT (sha256) DO UPDATE SET record = excluded.record",
                                (const char *[]){ sha256, rows->record }, 2, error);
}

static gboolean
put_rows (kh_store *store, const char *sha256, const kh_rows *rows, GError **error)
{
    const kh_backend *backend = store->backend;
    for (guint t = 0; t < KH_N_ROW_TABLES; t++) {
        gsize n = g_strv_length ((char **)kh_row_tables[t].columns);
        g_autofree char *delete = g_strdup_printf ("DELETE FROM %s WHERE sha256 = ?", kh_row_tables[t].table);
        if (!backend->put (store->database, delete, &sha256, 1, error))
            return FALSE;
        for (guint i = 0; i < rows->rows[t]->len; i++)
            if (!backend->put (store->database, insert_into (t), rows->rows[t]->pdata[i], n, error))
                return FALSE;
    }
    for (const char *const *statement = backend->index; statement != NULL && *statement != NULL; statement++)
        if (!backend->put (store->database, *statement, &sha256, 1, error))
            return FALSE;
    return TRUE;
}

/* Where people changed the document on the page, the rows are those of the record as it is with that (store/journal.h); what they changed
 * is in `corrections`, too, but says less. */
static gboolean
lay_changes (kh_store *store, kh_pool *pool, const char *sha256, const kh_rows **rows, GError **error)
{
    GError *fault = NULL;
    const char *read = (*rows)->record;
    char *present = kh_pool_own (pool, kh_journal_lay (store, sha256, read, &fault), g_free);
    if (fault == NULL && present != NULL) {
        kh_rows *changed = kh_rows_new (pool, sha256, present, strlen (present), NULL, &fault);
        if (changed != NULL) {
            changed->record = read;
            *rows = changed;
        }
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

gboolean
kh_store_finish (kh_store *store, const char *sha256, const char *record, gsize length, GError **error)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_rows *rows = kh_rows_new (pool, sha256, record, length, NULL, error);
    if (rows == NULL || !kh_store_begin (store, error))
        return FALSE;
    int ours = is_ours (store, sha256, error);
    if (ours <= 0) {
        kh_store_end (store, FALSE, NULL);
        return ours == 0; /* the claim was lost: another reads it, or has */
    }
    const GPtrArray *corrections = corrections_of (store, pool, sha256, error);
    if (corrections != NULL && corrections->len > 0)
        rows = kh_rows_new (pool, sha256, record, length, corrections, error);
    gboolean good = corrections != NULL && rows != NULL;
    if (good && corrections->len > 0)
        good = lay_changes (store, pool, sha256, &rows, error);
    return kh_store_end (store, good && put_document (store, sha256, update_document (), rows, error) && put_record (store, sha256, rows, error) &&
                                    put_rows (store, sha256, rows, error),
                         error);
}

gboolean
kh_store_put_present (kh_store *store, const char *sha256, const char *record, gsize length, GError **error)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_rows *rows = kh_rows_new (pool, sha256, record, length, NULL, error);
    return rows != NULL && put_document (store, sha256, update_columns (), rows, error) && put_rows (store, sha256, rows, error);
}
