/* listing.c - the list of documents: words are looked for in the header (folded) and by the search of the store. */
#include "review/parts.h"

#include <string.h>

#define MOST_SHOWN 1000
#define SHOWN 100

enum { SHA256, FILE_NAME, PROVINCE_CODE, PROVINCE_NAME, ISSUER, NUMBER, DATE, TITLE, STATE, PAGES, TASKS, TARGETS, DOUBTS, CHECKED, CAUSE, VERSION, PATH };

static const char ALL[] =
    "SELECT d.sha256, d.file, d.province_code, d.province_name, d.issuer, d.number, d.date, d.title, coalesce(p.state, 'new'), d.pages, d.n_tasks,"
    " d.n_targets, d.n_reviews, coalesce(s.n, 0), d.cause, d.version, (SELECT min(f.path) FROM files f WHERE f.sha256 = d.sha256)"
    " FROM documents d LEFT JOIN progress p ON p.sha256 = d.sha256"
    " LEFT JOIN (SELECT sha256, count(*) AS n FROM seen GROUP BY sha256) s ON s.sha256 = d.sha256"
    " WHERE d.version IS NOT NULL OR d.state = 'failed' ORDER BY d.date IS NULL, d.date DESC, d.file, d.sha256";

/* What the clerk wants to see. */
typedef struct kh_wanted {
    char **words;        /* folded; NULL: all */
    GHashTable *found;   /* sha256 of documents that hold the words in a task or target */
    const char *state, *province;
} kh_wanted;

static gboolean
find_in_rows (kh_review *review, const char *words, GHashTable *found, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_search (review->store, words, NULL, 0, error);
    if (rows == NULL)
        return FALSE;
    while (kh_store_rows_next (rows, &fault))
        g_hash_table_add (found, g_strdup (kh_store_rows_text (rows, 0)));
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

static gboolean
holds_words (kh_store_rows *row, const kh_wanted *wanted)
{
    static const int COLUMNS[] = { FILE_NAME, PROVINCE_NAME, ISSUER, NUMBER, DATE, TITLE };
    if (wanted->words == NULL || g_hash_table_contains (wanted->found, kh_store_rows_text (row, SHA256)))
        return TRUE;
    g_autoptr (GString) all = g_string_new (NULL);
    for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
        if (kh_store_rows_text (row, COLUMNS[i]) != NULL)
            g_string_append_printf (all, "%s ", kh_store_rows_text (row, COLUMNS[i]));
    g_autofree char *folded = kh_store_fold (all->str);
    for (guint i = 0; wanted->words[i] != NULL; i++)
        if (strstr (folded, wanted->words[i]) == NULL)
            return FALSE;
    return TRUE;
}

static gboolean
is_empty (const char *text)
{
    return text == NULL || *text == '\0';
}

static json_t *
text_json (kh_store_rows *row, int column)
{
    const char *text = kh_store_rows_text (row, column);
    return text != NULL ? json_string (text) : json_null ();
}

static json_t *
number_json (kh_store_rows *row, int column)
{
    return json_integer ((json_int_t)kh_store_rows_number (row, column));
}

/* The name of the file as it lies there, for what could not be read. */
static json_t *
file_json (kh_store_rows *row)
{
    const char *stored = kh_store_rows_text (row, PATH);
    if (kh_store_rows_text (row, FILE_NAME) != NULL || stored == NULL)
        return text_json (row, FILE_NAME);
    g_autofree char *path = kh_store_path (stored), *name = g_path_get_basename (path), *shown = g_utf8_make_valid (name, -1);
    return json_string (shown);
}

static json_t *
document_json (kh_store_rows *row)
{
    json_t *document = json_object ();
    gboolean is_read = kh_store_rows_text (row, VERSION) != NULL;
    double doubts = kh_store_rows_number (row, DOUBTS);
    json_object_set_new (document, "sha256", text_json (row, SHA256));
    json_object_set_new (document, "file", file_json (row));
    json_object_set_new (document, "province", text_json (row, PROVINCE_NAME));
    json_object_set_new (document, "issuer", text_json (row, ISSUER));
    json_object_set_new (document, "number", text_json (row, NUMBER));
    json_object_set_new (document, "date", text_json (row, DATE));
    json_object_set_new (document, "title", text_json (row, TITLE));
    json_object_set_new (document, "state", text_json (row, STATE));
    json_object_set_new (document, "pages", number_json (row, PAGES));
    json_object_set_new (document, "tasks", number_json (row, TASKS));
    json_object_set_new (document, "targets", number_json (row, TARGETS));
    json_object_set_new (document, "doubts", number_json (row, DOUBTS));
    json_object_set_new (document, "checked", json_integer ((json_int_t)MIN (kh_store_rows_number (row, CHECKED), doubts)));
    json_object_set_new (document, "failed", is_read ? json_null () : text_json (row, CAUSE));
    return document;
}

static void
count_province (json_t *provinces, kh_store_rows *row)
{
    const char *code = kh_store_rows_text (row, PROVINCE_CODE);
    if (code == NULL)
        return;
    json_t *known = json_object_get (provinces, code);
    if (known == NULL) {
        known = json_pack ("{s:s, s:s*, s:i}", "code", code, "name", kh_store_rows_text (row, PROVINCE_NAME), "count", 0);
        json_object_set_new (provinces, code, known);
    }
    json_object_set_new (known, "count", json_integer (json_integer_value (json_object_get (known, "count")) + 1));
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
    const char *one = json_string_value (json_object_get (*(json_t *const *)a, "name")), *other = json_string_value (json_object_get (*(json_t *const *)b, "name"));
    return g_strcmp0 (one, other);
}

/* {code: province} as a list by name. */
static json_t *
sorted_provinces (json_t *provinces)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    json_t *list = json_array (), *value;
    const char *key;
    json_object_foreach (provinces, key, value) g_ptr_array_add (all, value);
    g_ptr_array_sort (all, by_name);
    for (guint i = 0; i < all->len; i++)
        json_array_append (list, all->pdata[i]);
    json_decref (provinces);
    return list;
}

static kh_reply
list (kh_review *review, const kh_ask *ask, const kh_wanted *wanted)
{
    GError *error = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_query (review->store, ALL, NULL, 0, &error);
    if (rows == NULL)
        return kh_reply_fault (error);
    gint64 offset = kh_ask_number (ask, "offset", 0, G_MAXINT32, 0), limit = kh_ask_number (ask, "limit", 0, MOST_SHOWN, SHOWN), total = 0;
    json_t *documents = json_array (), *provinces = json_object ();
    while (kh_store_rows_next (rows, &error)) {
        if ((!is_empty (wanted->state) && strcmp (kh_store_rows_text (rows, STATE), wanted->state) != 0) || !holds_words (rows, wanted))
            continue;
        count_province (provinces, rows);
        if (!is_empty (wanted->province) && g_strcmp0 (kh_store_rows_text (rows, PROVINCE_CODE), wanted->province) != 0)
            continue;
        if (total >= offset && total < offset + limit)
            json_array_append_new (documents, document_json (rows));
        total++;
    }
    provinces = sorted_provinces (provinces);
    if (error != NULL) {
        json_decref (documents);
        json_decref (provinces);
        return kh_reply_fault (error);
    }
    return kh_reply_json (200, json_pack ("{s:I, s:o, s:o}", "total", (json_int_t)total, "provinces", provinces, "documents", documents));
}

kh_reply
kh_review_list (kh_review *review, const kh_ask *ask)
{
    const char *q = kh_ask_query (ask, "q");
    g_autofree char *folded = q != NULL ? kh_store_fold (q) : NULL;
    g_auto (GStrv) words = NULL;
    g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    GError *error = NULL;
    if (folded != NULL && *g_strstrip (folded) != '\0') {
        words = g_strsplit (folded, " ", 32);
        if (!find_in_rows (review, q, found, &error))
            return kh_reply_fault (error);
    }
    kh_wanted wanted = { words, found, kh_ask_query (ask, "state"), kh_ask_query (ask, "province") };
    return list (review, ask, &wanted);
}
