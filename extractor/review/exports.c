/* exports.c - the record leaves, with what people changed; and the changes themselves, to learn and to measure from. */
#include "review/parts.h"

#include "base/intl.h"
#include "emit/emit.h"
#include "emit/load.h"
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

/* "71/KH-STP" -> "71-KH-STP.json"; the digest, where the plan has no number. */
static char *
file_name (const json_t *record, const char *sha256, const char *suffix)
{
    const char *number = json_string_value (json_object_get (json_object_get (record, "header"), "number"));
    g_autofree char *name = g_strdup (number != NULL ? number : sha256);
    g_strdelimit (name, "/\\:*?\"<>|", '-');
    return g_strconcat (*name == '-' ? name + 1 : name, suffix, NULL);
}

static kh_reply
export_json (const kh_journal *journal)
{
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    json_t *record = kh_present_record (present, FALSE);
    char *text = json_dumps (record, JSON_INDENT (2));
    g_autofree char *whole = g_strconcat (text, "\n", NULL);
    kh_reply reply = { .status = 200, .body = g_bytes_new (whole, strlen (whole)), .file = file_name (record, journal->sha256, ".json") };
    free (text);
    json_decref (record);
    return reply;
}

/* Is `pointer` that of a value that a person accepted or changed? */
static gboolean
is_settled (const kh_journal *journal, const kh_present *present, const char *pointer, const char *as_read)
{
    if (as_read != NULL && g_hash_table_contains (journal->seen, as_read))
        return TRUE;
    for (guint i = 0; i < present->changes->len; i++) {
        const kh_present_change *change = present->changes->pdata[i];
        g_autofree char *changed = kh_present_pointer (present, change->list, change->row, change->path, FALSE);
        gsize n = changed != NULL ? strlen (changed) : 0;
        if (n > 0 && strncmp (pointer, changed, n) == 0 && (pointer[n] == '\0' || pointer[n] == '/'))
            return TRUE;
    }
    return FALSE;
}

/* What a person has settled is no more doubtful in a table: neither in `review` nor by its confidence. Asked while removed rows are still
 * there, since pointers of the page count them. */
static json_t *
settled_record (const kh_journal *journal, const kh_present *present)
{
    json_t *record = kh_present_record (present, FALSE), *evidence = json_copy (json_object_get (record, "evidence")), *review = json_array ();
    json_t *all = kh_present_record (present, TRUE), *entry, *list;
    GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* settled pointers of `record` */
    const json_t *shown = json_object_get (all, "review"), *before = json_object_get (journal->read, "review");
    gsize i, left = 0;
    list = json_object_get (record, "review");
    json_array_foreach (shown, i, entry)
    {
        const char *pointer = json_string_value (json_object_get (entry, "pointer"));
        const char *as_read = json_string_value (json_object_get (json_array_get (before, i), "pointer"));
        int which;
        const char *rest;
        const kh_present_row *row = kh_present_row_at (present, pointer, &which, &rest);
        if (row != NULL && row->is_removed)
            continue;
        json_t *mine = json_array_get (list, left++);
        if (!is_settled (journal, present, pointer, as_read)) {
            json_array_append (review, mine);
            continue;
        }
        g_hash_table_add (rows, g_strdup (json_string_value (json_object_get (mine, "pointer"))));
    }
    GHashTableIter each;
    gpointer key;
    g_hash_table_iter_init (&each, rows);
    while (g_hash_table_iter_next (&each, &key, NULL)) {
        json_t *copy = json_copy (json_object_get (evidence, key));
        if (copy != NULL) {
            json_object_set_new (copy, "confidence", json_integer (1));
            json_object_set_new (evidence, key, copy);
        }
    }
    g_hash_table_unref (rows);
    json_object_set_new (record, "evidence", evidence);
    json_object_set_new (record, "review", review);
    json_decref (all);
    return record;
}

static kh_reply
export_table (const kh_journal *journal, kh_format format, const char *suffix, const char *type)
{
    static const kh_models none = { NULL, NULL };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    json_t *json = settled_record (journal, present);
    char *text = json_dumps (json, JSON_COMPACT);
    const kh_record *record = kh_record_load (pool, text, strlen (text));
    GError *error = NULL;
    GString *out = g_string_new (NULL);
    kh_reply reply;
    if (kh_emit (out, record, NULL, none, format, NULL, &error))
        reply = (kh_reply){ .status = 200, .body = g_string_free_to_bytes (out), .type = type, .file = file_name (json, journal->sha256, suffix) };
    else {
        g_string_free (out, TRUE);
        reply = kh_reply_fault (error);
    }
    free (text);
    json_decref (json);
    return reply;
}

kh_reply
kh_review_export (kh_review *review, const char *name)
{
    GError *error = NULL;
    const char *dot = strchr (name, '.');
    if (dot == NULL || dot - name != 64 || strspn (name, "0123456789abcdef") != 64)
        return kh_reply_nothing ();
    g_autofree char *sha256 = g_strndup (name, 64);
    g_autoptr (kh_journal) journal = kh_journal_open (review->store, sha256, &error);
    if (error != NULL)
        return kh_reply_fault (error);
    if (journal == NULL)
        return kh_reply_error (404, "%s", _ ("there is no such document"));
    if (strcmp (dot, ".json") == 0)
        return export_json (journal);
    if (strcmp (dot, ".csv") == 0)
        return export_table (journal, KH_FORMAT_CSV, dot, "text/csv; charset=utf-8");
    if (strcmp (dot, ".xlsx") == 0)
        return export_table (journal, KH_FORMAT_XLSX, dot, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    if (strcmp (dot, ".html") == 0) /* it wants the pages' pictures and the text as it flows: the page's own print view has what is corrected */
        return kh_reply_error (501, _ ("'%s' is not made yet; JSON, CSV and XLSX are"), dot + 1);
    return kh_reply_nothing ();
}

/* ---- corrections ---- */

/* Where a value was read: its own place, or that of what holds it. */
static const json_t *
place_of (const json_t *read, const char *pointer)
{
    const json_t *evidence = json_object_get (read, "evidence");
    g_autofree char *at = g_strdup (pointer);
    for (char *slash; *at != '\0' && (slash = strrchr (at, '/')) != NULL; *slash = '\0') {
        const json_t *where = json_array_get (json_object_get (json_object_get (evidence, at), "where"), 0);
        if (where != NULL)
            return where;
    }
    return NULL;
}

static void
append_correction (GString *out, const kh_journal *journal, const kh_present *present, const kh_present_change *change)
{
    g_autofree char *pointer = kh_present_pointer (present, change->list, change->row, change->path, TRUE);
    if (pointer == NULL) { /* of a row that a person made: the row is told whole, once */
        if (strcmp (change->what, "add") != 0 && strcmp (change->what, "split") != 0)
            return;
        pointer = kh_present_pointer (present, change->list, change->row, "", FALSE);
    }
    gboolean is_made = change->row != NULL && change->row->read < 0;
    g_autofree char *place = is_made && change->row->place >= 0 ? g_strdup_printf ("/%s/%d", kh_list_names[change->list], change->row->place) : NULL;
    const json_t *where = is_made && place == NULL ? NULL : place_of (journal->read, place != NULL ? place : pointer);
    const json_t *version = json_object_get (json_object_get (journal->read, "generator"), "version");
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (change->entry->at);
    g_autofree char *at = time != NULL ? g_date_time_format_iso8601 (time) : NULL;
    json_t *line = json_pack ("{s:s, s:s, s:s, s:O, s:O, s:O?, s:O?, s:s?, s:s?, s:O?}", "sha256", journal->sha256, "pointer", pointer, "do", change->what,
                              "read", change->read, "corrected", is_made ? change->row->value : change->value, "page", json_object_get (where, "page"),
                              "bbox", json_object_get (where, "bbox"), "who", change->entry->who, "at", at, "version", version);
    char *text = json_dumps (line, JSON_COMPACT);
    g_string_append_printf (out, "%s\n", text);
    free (text);
    json_decref (line);
}

static gboolean
append_document (GString *out, kh_store *store, const char *sha256, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_journal) journal = kh_journal_open (store, sha256, &fault);
    if (journal == NULL) {
        if (fault != NULL)
            g_propagate_error (error, fault);
        return fault == NULL;
    }
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    for (guint i = 0; i < present->changes->len; i++)
        append_correction (out, journal, present, present->changes->pdata[i]);
    return TRUE;
}

gboolean
kh_review_corrections (const char *address, GString *out, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_store) store = kh_store_open (address, KH_STORE_EXISTING, error);
    g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
    if (store == NULL)
        return FALSE;
    {
        g_autoptr (kh_store_rows) rows =
            kh_store_query (store, "SELECT sha256 FROM changes UNION SELECT sha256 FROM corrections ORDER BY 1", NULL, 0, error);
        if (rows == NULL)
            return FALSE;
        while (kh_store_rows_next (rows, &fault))
            g_ptr_array_add (all, g_strdup (kh_store_rows_text (rows, 0)));
    }
    for (guint i = 0; fault == NULL && i < all->len; i++)
        append_document (out, store, all->pdata[i], &fault);
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}
