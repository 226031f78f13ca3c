#include "batch/outcomes.h"

#include "batch/files.h"

#include <string.h>

enum { SHA256, STATE, CAUSE, PAGES, TASKS, TARGETS, REVIEWS, PROVINCE, NUMBER, DATE, TITLE, VERSION, N_COLUMNS };

#define SELECT                                                                                                                   \
    "SELECT sha256, state, cause, pages, n_tasks, n_targets, n_reviews, province_name, number, date, title, version FROM documents"

static const char *const HEADERS[] = { "path",   "sha256", "state", "cause", "bytes", "pages",   "tasks",       "targets",
                                       "reviews", "province", "number", "date", "title", "version", "duplicate_of" };

/* The columns of a document, copied. */
static char **
copy_row (kh_store_rows *rows)
{
    char **row = g_new0 (char *, N_COLUMNS);
    for (int i = 0; i < N_COLUMNS; i++)
        row[i] = g_strdup (kh_store_rows_text (rows, i));
    return row;
}

static void
free_row (gpointer data)
{
    char **row = data;
    for (int i = 0; i < N_COLUMNS; i++)
        g_free (row[i]);
    g_free (row);
}

/* The rows of the batch's documents, by digest. NULL with error. */
static GHashTable *
load (kh_store *store, GHashTable *documents, GError **error)
{
    g_autoptr (kh_store_rows) rows = kh_store_query (store, SELECT, NULL, 0, error);
    g_autoptr (GHashTable) outcomes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_row);
    GError *fault = NULL;
    while (rows != NULL && kh_store_rows_next (rows, &fault)) {
        const char *sha256 = kh_store_rows_text (rows, SHA256);
        if (sha256 == NULL || !g_hash_table_contains (documents, sha256))
            continue;
        char **row = copy_row (rows);
        g_hash_table_insert (outcomes, row[SHA256], row);
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return rows == NULL || fault != NULL ? NULL : g_steal_pointer (&outcomes);
}

static guint64
number (char **row, int column)
{
    return row[column] != NULL ? g_ascii_strtoull (row[column], NULL, 10) : 0;
}

gboolean
kh_outcomes_count (kh_store *store, GHashTable *documents, GPtrArray *files, kh_batch_counts *counts, GError **error)
{
    g_autoptr (GHashTable) outcomes = load (store, documents, error);
    if (outcomes == NULL)
        return FALSE;
    counts->files = files->len;
    counts->documents = g_hash_table_size (documents);
    for (guint i = 0; i < files->len; i++) {
        const kh_batch_file *file = files->pdata[i];
        counts->others += file->is_other;
        counts->unreadable += !file->is_other && file->sha256 == NULL;
    }
    counts->duplicates = counts->files - counts->others - counts->unreadable - counts->documents;
    GHashTableIter each;
    gpointer value;
    g_hash_table_iter_init (&each, outcomes);
    while (g_hash_table_iter_next (&each, NULL, &value)) {
        char **row = value;
        gboolean is_done = strcmp (row[STATE], "done") == 0, is_failed = strcmp (row[STATE], "failed") == 0;
        if (is_failed || (is_done && row[CAUSE] != NULL))
            counts->failed++;
        else if (is_done)
            counts->done++;
        else
            counts->waiting++;
        if (!is_done)
            continue;
        counts->pages += number (row, PAGES);
        counts->tasks += number (row, TASKS);
        counts->targets += number (row, TARGETS);
        counts->reviews += number (row, REVIEWS);
    }
    return TRUE;
}

static void
put_field (GString *out, const char *text, gboolean is_last)
{
    if (text != NULL && strpbrk (text, ",\"\r\n") != NULL) {
        g_string_append_c (out, '"');
        for (; *text != '\0'; text++) {
            if (*text == '"')
                g_string_append_c (out, '"');
            g_string_append_c (out, *text);
        }
        g_string_append_c (out, '"');
    } else if (text != NULL)
        g_string_append (out, text);
    g_string_append (out, is_last ? "\r\n" : ",");
}

static void
put_file (GString *out, const kh_batch_file *file, GHashTable *documents, GHashTable *outcomes)
{
    char **row = file->sha256 != NULL ? g_hash_table_lookup (outcomes, file->sha256) : NULL;
    const GPtrArray *same = file->sha256 != NULL ? g_hash_table_lookup (documents, file->sha256) : NULL;
    const kh_batch_file *first = same != NULL ? same->pdata[0] : file;
    static const int told[] = { PAGES, TASKS, TARGETS, REVIEWS, PROVINCE, NUMBER, DATE, TITLE, VERSION };
    g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, file->bytes);
    put_field (out, file->shown, FALSE);
    put_field (out, file->sha256, FALSE);
    put_field (out, row != NULL ? row[STATE] : file->is_other ? "other" : file->cause != NULL ? "unreadable" : "queued", FALSE);
    put_field (out, row != NULL ? row[CAUSE] : file->cause, FALSE);
    put_field (out, bytes, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS (told); i++)
        put_field (out, row != NULL ? row[told[i]] : NULL, FALSE);
    put_field (out, first != file ? first->shown : NULL, TRUE);
}

gboolean
kh_outcomes_report (kh_store *store, GHashTable *documents, GPtrArray *files, GString *out, GError **error)
{
    g_autoptr (GHashTable) outcomes = load (store, documents, error);
    if (outcomes == NULL)
        return FALSE;
    g_string_append (out, "\xEF\xBB\xBF"); /* for spreadsheets */
    for (guint i = 0; i < G_N_ELEMENTS (HEADERS); i++)
        put_field (out, HEADERS[i], i + 1 == G_N_ELEMENTS (HEADERS));
    for (guint i = 0; i < files->len; i++)
        put_file (out, files->pdata[i], documents, outcomes);
    return TRUE;
}
