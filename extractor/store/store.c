/* store.c - a store by its address; statements run from start to end. */
#include "store/store.h"

#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"
#include "viet/fold.h"

#include <stdio.h>
#include <string.h>

const char KH_END[] = "";

static gboolean
is_postgresql (const char *url)
{
    return g_str_has_prefix (url, "postgresql://") || g_str_has_prefix (url, "postgres://");
}

/* The address without its password: it stands in messages. */
static char *
shown (const char *url)
{
    if (!is_postgresql (url))
        return g_strdup (g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : url);
    g_autoptr (GRegex) secret = g_regex_new ("^([a-z]+://[^:/@]*):[^@]*@|([?&])password=[^&]*", 0, 0, NULL);
    return g_regex_replace (secret, url, -1, 0, "\\1\\2@", 0, NULL);
}

kh_store *
kh_store_open (const char *url, kh_store_access access, GError **error)
{
    g_autoptr (kh_store) store = g_new0 (kh_store, 1);
    store->backend = is_postgresql (url) ? &kh_backend_postgresql : &kh_backend_sqlite;
    store->name = shown (url);
    store->largest = G_MAXINT64;
    store->database =
        store->backend->open (g_str_has_prefix (url, "sqlite:") ? url + strlen ("sqlite:") : url, store->name, access, error);
    if (store->database == NULL || !kh_store_prepare (store, access, error))
        return NULL;
    return g_steal_pointer (&store);
}

void
kh_store_free (kh_store *store)
{
    if (store == NULL)
        return;
    if (store->database != NULL)
        store->backend->close (store->database);
    g_clear_pointer (&store->digests, g_hash_table_unref);
    g_free (store->name);
    g_free (store->owner);
    g_free (store->lease);
    g_free (store);
}

gboolean
kh_store_be_durable (kh_store *store, GError **error)
{
    return store->backend->durable == NULL || store->backend->script (store->database, store->backend->durable, error);
}

gboolean
kh_store_is_store (const char *url)
{
    static const char MAGIC[16] = "SQLite format 3";
    if (is_postgresql (url) || g_str_has_prefix (url, "sqlite:"))
        return TRUE;
    FILE *file = fopen (url, "rb");
    if (file == NULL)
        return FALSE;
    char head[sizeof MAGIC];
    gboolean is_database = fread (head, sizeof head, 1, file) == 1 && memcmp (head, MAGIC, sizeof MAGIC) == 0;
    fclose (file);
    return is_database;
}

char *
kh_store_fold (const char *text)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    return g_strdup (kh_fold_new (pool, text)->str);
}

/* ---- statements ---- */

const char *
kh_store_statement (const kh_store *store, kh_statement statement)
{
    return store->backend->statements[statement][store->digests != NULL ? KH_SCOPE_MINE : KH_SCOPE_ALL];
}

gint64
kh_store_run (kh_store *store, GError **error, const char *sql, ...)
{
    const char *parameters[16];
    gsize n = 0;
    va_list list;
    va_start (list, sql);
    for (const char *p; (p = va_arg (list, const char *)) != KH_END && n < G_N_ELEMENTS (parameters);)
        parameters[n++] = p;
    va_end (list);
    g_autoptr (kh_store_rows) rows = kh_store_query (store, sql, parameters, n, error);
    if (rows == NULL)
        return -1;
    GError *fault = NULL;
    while (kh_store_rows_next (rows, &fault))
        ;
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return -1;
    }
    return rows->n_changed;
}

char *
kh_store_value (kh_store *store, const char *sql, const char *const *parameters, gsize n, GError **error)
{
    g_autoptr (kh_store_rows) rows = kh_store_query (store, sql, parameters, n, error);
    return rows != NULL && kh_store_rows_next (rows, error) ? g_strdup (kh_store_rows_text (rows, 0)) : NULL;
}

gboolean
kh_store_begin (kh_store *store, GError **error)
{
    return store->backend->begin (store->database, FALSE, error);
}

gboolean
kh_store_end (kh_store *store, gboolean good, GError **error)
{
    if (good && store->backend->commit (store->database, error))
        return TRUE;
    store->backend->rollback (store->database);
    return FALSE;
}

/* ---- rows ---- */

kh_store_rows *
kh_store_query (kh_store *store, const char *sql, const char *const *parameters, gsize n_parameters, GError **error)
{
    return store->backend->query (store->database, sql, parameters, n_parameters, error);
}

gboolean
kh_store_rows_next (kh_store_rows *rows, GError **error)
{
    return rows->next (rows, error);
}

const char *
kh_store_rows_text (kh_store_rows *rows, int column)
{
    return rows->text (rows, column);
}

double
kh_store_rows_number (kh_store_rows *rows, int column)
{
    const char *text = rows->text (rows, column);
    return text == NULL ? 0 : g_ascii_strtod (text, NULL);
}

void
kh_store_rows_free (kh_store_rows *rows)
{
    if (rows != NULL)
        rows->free (rows);
}
