/* schema.c - the tables of a store are made once; afterwards their version is looked at. */
#include "base/intl.h"
#include "base/lists.h"
#include "kehoach.h"
#include "store/backend.h"

#include <gio/gio.h>

/* Generated from store.gresource.xml. */
extern GResource *kh_store_tables_get_resource (void);

enum {
    PROVINCE_CODE,
    PROVINCE_NAME,
    PROVINCE_KIND,
    PROVINCE_TODAY_CODE,
    PROVINCE_TODAY_NAME,
    PROVINCE_TODAY_KIND,
    N_PROVINCE_COLUMNS
};

/* What is there: nothing, tables of others, or a store. */
typedef enum kh_found { FOUND_ERROR, FOUND_NOTHING, FOUND_OTHERS, FOUND_STORE } kh_found;

static kh_found
look (kh_store *store, GError **error)
{
    g_autoptr (kh_store_rows) rows = kh_store_query (store, kh_store_statement (store, KH_SQL_TABLES), NULL, 0, error);
    if (rows == NULL || !kh_store_rows_next (rows, error))
        return FOUND_ERROR;
    if (kh_store_rows_number (rows, 0) > 0)
        return FOUND_STORE;
    return kh_store_rows_number (rows, 1) > 0 ? FOUND_OTHERS : FOUND_NOTHING;
}

/* Runs one of the compiled-in files. */
static gboolean
run_file (kh_store *store, const char *name, GError **error)
{
    g_autofree char *path = g_strconcat ("/kehoach/store/", name, NULL);
    g_autoptr (GBytes) sql = g_resource_lookup_data (kh_store_tables_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    /* a resource ends with a zero byte that is not counted */
    return store->backend->script (store->database, g_bytes_get_data (sql, NULL), error);
}

static gboolean
make_tables (kh_store *store, GError **error)
{
    if (!run_file (store, "tables.sql", error) || !run_file (store, "review.sql", error) ||
        !store->backend->script (store->database, store->backend->tables, error))
        return FALSE;
    g_autofree char *version = g_strdup_printf ("%d", KH_STORE_SCHEMA_VERSION);
    if (kh_store_run (store, error, "INSERT INTO kehoach (schema, made_by) VALUES (?, ?)", version, kh_version (), KH_END) < 0)
        return FALSE;
    g_autoptr (GPtrArray) provinces = kh_list_rows ("provinces.tsv", N_PROVINCE_COLUMNS);
    for (guint i = 0; i < provinces->len; i++) {
        char **row = provinces->pdata[i];
        if (kh_store_run (store, error, "INSERT INTO provinces (code, name, today_code, today_name) VALUES (?, ?, ?, ?)",
                          row[PROVINCE_CODE], row[PROVINCE_NAME], row[PROVINCE_TODAY_CODE], row[PROVINCE_TODAY_NAME], KH_END) < 0)
            return FALSE;
    }
    return TRUE;
}

/* The version of the tables; 0 with an error. */
static gint64
version_of (kh_store *store, GError **error)
{
    GError *fault = NULL;
    g_autofree char *version = kh_store_value (store, "SELECT max(schema) FROM kehoach", NULL, 0, &fault);
    gint64 number = version != NULL ? g_ascii_strtoll (version, NULL, 10) : 0;
    if (fault != NULL)
        g_propagate_error (error, fault);
    else if (version == NULL)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("'%s' is no store: it does not say its version"), store->name);
    else if (number < 1 || number > KH_STORE_SCHEMA_VERSION)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s' has tables of version %s, this program knows version %d"), store->name,
                     version, KH_STORE_SCHEMA_VERSION);
    else
        return number;
    return 0;
}

/* A store of version 1 gets the tables that are new. Many may try: the first one does it. */
static gboolean
bring_up (kh_store *store, GError **error)
{
    if (!store->backend->begin (store->database, TRUE, error))
        return FALSE;
    gint64 version = version_of (store, error);
    gboolean good = version > 0;
    if (version == 1)
        good = run_file (store, "review.sql", error) && kh_store_run (store, error, "UPDATE kehoach SET schema = 2", KH_END) >= 0;
    return kh_store_end (store, good, error);
}

gboolean
kh_store_prepare (kh_store *store, kh_store_access access, GError **error)
{
    kh_found found = look (store, error);
    if (found == FOUND_NOTHING && access == KH_STORE_CREATE) { /* many may come here at once: the first one makes them */
        if (!store->backend->begin (store->database, TRUE, error))
            return FALSE;
        found = look (store, error);
        gboolean good = found != FOUND_ERROR && (found != FOUND_NOTHING || make_tables (store, error));
        if (!kh_store_end (store, good, error))
            return FALSE;
        if (found == FOUND_NOTHING)
            found = FOUND_STORE;
    }
    if (found == FOUND_ERROR)
        return FALSE;
    if (found != FOUND_STORE) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT,
                     found == FOUND_OTHERS ? _ ("'%s' is no store: it holds other tables") : _ ("'%s' is no store: it is empty"),
                     store->name);
        return FALSE;
    }
    gint64 version = version_of (store, error);
    return version > 0 && (version == KH_STORE_SCHEMA_VERSION || access == KH_STORE_READ || bring_up (store, error));
}
