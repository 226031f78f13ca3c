#include "store/journal.h"

#include "base/intl.h"
#include "base/limits.h"
#include "kehoach.h"
#include "store/backend.h"
#include "store/corrections.h"
#include "store/pointer.h"
#include "store/rows.h"

#include <stdlib.h>
#include <string.h>

static char *
number (gint64 value)
{
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
now (void)
{
    return number (g_get_real_time () / G_USEC_PER_SEC);
}

/* ---- reading ---- */

static void
add_entry (kh_journal *journal, const char *who, gint64 at, gint64 undone, json_t *operation)
{
    kh_journal_entry *entry = g_new0 (kh_journal_entry, 1);
    *entry = (kh_journal_entry){ .revision = ++journal->revision, .at = at, .undone = undone, .who = g_strdup (who), .operation = operation };
    g_ptr_array_add (journal->entries, entry);
}

static gboolean
load_entries (kh_journal *journal, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_query (
        journal->store, "SELECT revision, who, at, undone, operation FROM changes WHERE sha256 = ? ORDER BY revision",
        (const char *[]){ journal->sha256 }, 1, error);
    if (rows == NULL)
        return FALSE;
    while (kh_store_rows_next (rows, &fault)) {
        json_t *operation = json_loads (kh_store_rows_text (rows, 4), 0, NULL);
        journal->revision = (gint64)kh_store_rows_number (rows, 0) - 1;
        add_entry (journal, kh_store_rows_text (rows, 1), (gint64)kh_store_rows_number (rows, 2), (gint64)kh_store_rows_number (rows, 3),
                   operation != NULL ? operation : json_object ());
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

/* A row that somebody wrote behind the last: what he did not say is as empty as it may be. NULL: it is none. */
static json_t *
added_row (const kh_present *present, const char *pointer, const json_t *value)
{
    for (int l = 0; json_is_object (value) && l < KH_N_LISTS; l++) {
        const GPtrArray *rows = present->rows[l];
        g_autofree char *next = g_strdup_printf ("/%s/%u", kh_list_names[l], rows->len);
        if (strcmp (pointer, next) != 0 || rows->len == 0)
            continue;
        const kh_present_row *last = rows->pdata[rows->len - 1];
        json_t *row = json_object (), *part;
        const char *key;
        json_object_foreach (last->value, key, part)
        {
            gboolean is_kept = strcmp (key, "id") == 0 || strcmp (key, "origin") == 0 || strcmp (key, "comparator") == 0;
            json_object_set_new (row, key, is_kept ? json_incref (part) : json_is_array (part) ? json_array () : strcmp (key, "other") == 0 ? json_object () : json_null ());
        }
        json_object_del (row, "references");
        json_object_update (row, (json_t *)value);
        return json_pack ("{s:s, s:s, s:o, s:o}", "do", "add", "list", kh_list_names[l], "after", kh_present_row_name (present, l, last), "value", row);
    }
    return NULL;
}

/* A correction that somebody wrote into the table, as an operation. */
static json_t *
operation_of (const kh_present *present, const char *pointer, const char *read_text, const char *corrected)
{
    const json_t *there = kh_pointer_value (present->read, pointer);
    json_t *read = kh_correction_value (read_text, there), *value = kh_correction_value (corrected, there);
    json_t *added = read == NULL || json_is_null (read) ? added_row (present, pointer, value) : NULL;
    int list = -1;
    const char *path = pointer;
    const kh_present_row *row = kh_present_row_at (present, pointer, &list, &path);
    if (added != NULL) {
        json_decref (read);
        json_decref (value);
        return added;
    }
    json_t *set = json_pack ("{s:s, s:o, s:o}", "path", path, "read", read != NULL ? read : json_null (), "value", value != NULL ? value : json_null ());
    if (row != NULL) {
        json_object_set_new (set, "list", json_string (kh_list_names[list]));
        json_object_set_new (set, "row", kh_present_row_name (present, list, row));
    }
    return json_pack ("{s:s, s:[o]}", "do", "change", "set", set);
}

static gboolean
load_corrections (kh_journal *journal, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, 0);
    g_autoptr (kh_store_rows) rows =
        kh_store_query (journal->store, "SELECT pointer, read, corrected, who, at FROM corrections WHERE sha256 = ? ORDER BY pointer",
                        (const char *[]){ journal->sha256 }, 1, error);
    if (rows == NULL)
        return FALSE;
    while (kh_store_rows_next (rows, &fault)) {
        const char *pointer = kh_store_rows_text (rows, 0);
        if (*pointer == '/')
            add_entry (journal, kh_store_rows_text (rows, 3), (gint64)kh_store_rows_number (rows, 4), 0,
                       operation_of (present, pointer, kh_store_rows_text (rows, 1), kh_store_rows_text (rows, 2)));
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

/* What was seen counts as long as the program reads there what was seen. */
static gboolean
load_seen (kh_journal *journal, GError **error)
{
    GError *fault = NULL;
    g_autoptr (kh_store_rows) rows =
        kh_store_query (journal->store, "SELECT pointer, read FROM seen WHERE sha256 = ?", (const char *[]){ journal->sha256 }, 1, error);
    if (rows == NULL)
        return FALSE;
    while (kh_store_rows_next (rows, &fault)) {
        const char *pointer = kh_store_rows_text (rows, 0);
        g_autofree char *read = kh_value_text (kh_pointer_value (journal->read, pointer));
        if (g_strcmp0 (read, kh_store_rows_text (rows, 1)) == 0)
            g_hash_table_add (journal->seen, g_strdup (pointer));
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

static gboolean
load (kh_journal *journal, GError **error)
{
    GError *fault = NULL;
    const char *sha256 = journal->sha256;
    journal->text = kh_store_value (journal->store, "SELECT record FROM records WHERE sha256 = ?", &sha256, 1, &fault);
    if (fault != NULL || journal->text == NULL) {
        if (fault != NULL)
            g_propagate_error (error, fault);
        return FALSE;
    }
    journal->read = json_loads (journal->text, 0, NULL);
    if (!json_is_object (journal->read)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("store '%s': the record of %s is no JSON"), journal->store->name, sha256);
        return FALSE;
    }
    if (!load_entries (journal, error) || (journal->entries->len == 0 && !load_corrections (journal, error)) || !load_seen (journal, error))
        return FALSE;
    journal->state = kh_store_value (journal->store, "SELECT state FROM progress WHERE sha256 = ?", &sha256, 1, &fault);
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return FALSE;
    }
    if (journal->state == NULL)
        journal->state = g_strdup ("new");
    return TRUE;
}

static void
free_entry (gpointer entry)
{
    kh_journal_entry_free (entry);
}

static kh_journal *
new_journal (kh_store *store, const char *sha256)
{
    kh_journal *journal = g_new0 (kh_journal, 1);
    journal->store = store;
    journal->sha256 = g_strdup (sha256);
    journal->entries = g_ptr_array_new_with_free_func (free_entry);
    journal->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    return journal;
}

kh_journal *
kh_journal_open (kh_store *store, const char *sha256, GError **error)
{
    g_autoptr (kh_journal) journal = new_journal (store, sha256);
    return load (journal, error) ? g_steal_pointer (&journal) : NULL;
}

kh_journal *
kh_journal_begin (kh_store *store, const char *sha256, GError **error)
{
    if (!kh_store_begin (store, error))
        return NULL;
    /* in PostgreSQL the row is what the others wait for; in SQLite the transaction itself */
    gboolean good = kh_store_run (store, error, "UPDATE documents SET bytes = bytes WHERE sha256 = ?", sha256, KH_END) >= 0;
    kh_journal *journal = good ? kh_journal_open (store, sha256, error) : NULL;
    if (journal == NULL)
        kh_store_end (store, FALSE, NULL);
    else
        journal->is_writing = TRUE;
    return journal;
}

void
kh_journal_free (kh_journal *journal)
{
    if (journal == NULL)
        return;
    if (journal->is_writing)
        kh_store_end (journal->store, FALSE, NULL);
    g_clear_pointer (&journal->entries, g_ptr_array_unref);
    g_clear_pointer (&journal->seen, g_hash_table_unref);
    json_decref (journal->read);
    g_free (journal->text);
    g_free (journal->state);
    g_free (journal->sha256);
    g_free (journal);
}

char *
kh_journal_lay (kh_store *store, const char *sha256, const char *record, GError **error)
{
    g_autoptr (kh_journal) journal = new_journal (store, sha256);
    if (!load_entries (journal, error) || journal->entries->len == 0)
        return NULL;
    journal->read = json_loads (record, 0, NULL);
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    json_t *whole = kh_present_record (present, FALSE);
    char *text = json_dumps (whole, JSON_COMPACT), *copy = g_strdup (text);
    free (text);
    json_decref (whole);
    return copy;
}

/* ---- writing ---- */

static gboolean
write_entry (kh_journal *journal, const kh_journal_entry *entry, GError **error)
{
    g_autofree char *revision = number (entry->revision), *at = number (entry->at);
    char *operation = json_dumps (entry->operation, JSON_COMPACT);
    gboolean good = kh_store_run (journal->store, error, "INSERT INTO changes (sha256, revision, who, at, operation) VALUES (?, ?, ?, ?, ?)",
                                  journal->sha256, revision, entry->who, at, operation, KH_END) >= 0;
    free (operation);
    return good;
}

/* Entries that were made of corrections are not in the table yet. */
static gboolean
write_all (kh_journal *journal, GError **error)
{
    g_autofree char *last =
        kh_store_value (journal->store, "SELECT max(revision) FROM changes WHERE sha256 = ?", (const char *[]){ journal->sha256 }, 1, NULL);
    gint64 written = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
    for (guint i = 0; i < journal->entries->len; i++) {
        const kh_journal_entry *entry = journal->entries->pdata[i];
        if (entry->revision > written && !write_entry (journal, entry, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
write_correction (kh_journal *journal, const kh_present *present, const kh_present_change *change, guint *n_made, GError **error)
{
    g_autofree char *pointer = kh_present_pointer (present, change->list, change->row, change->path, TRUE);
    g_autofree char *at = number (change->entry->at), *read = kh_value_text (change->read), *value = kh_value_text (change->value);
    if (pointer == NULL) { /* of a row that a person made: the row itself says it */
        if (strcmp (change->what, "change") == 0 || strcmp (change->what, "remove") == 0)
            return TRUE;
        gsize n = json_array_size (json_object_get (present->read, kh_list_names[change->list]));
        pointer = g_strdup_printf ("/%s/%u", kh_list_names[change->list], (guint)n + n_made[change->list]++);
        g_free (read);
        g_free (value);
        read = NULL;
        value = kh_value_text (change->row->value);
    }
    return kh_store_run (journal->store, error,
                         "INSERT INTO corrections (sha256, pointer, read, corrected, who, at) VALUES (?, ?, ?, ?, ?, ?)"
                         " ON CONFLICT (sha256, pointer) DO NOTHING",
                         journal->sha256, pointer, read, value, change->entry->who, at, KH_END) >= 0;
}

static gboolean
write_corrections (kh_journal *journal, const kh_present *present, GError **error)
{
    guint n_made[KH_N_LISTS] = { 0 };
    gboolean good = kh_store_run (journal->store, error, "DELETE FROM corrections WHERE sha256 = ?", journal->sha256, KH_END) >= 0;
    for (guint i = 0; good && i < present->changes->len; i++)
        good = write_correction (journal, present, present->changes->pdata[i], n_made, error);
    return good;
}

static gboolean
write_present (kh_journal *journal, const kh_present *present, GError **error)
{
    json_t *record = kh_present_record (present, FALSE);
    char *text = json_dumps (record, JSON_COMPACT);
    gboolean good = kh_store_put_present (journal->store, journal->sha256, text, strlen (text), error);
    free (text);
    json_decref (record);
    return good;
}

/* What was changed was seen. */
static gboolean
see_changed (kh_journal *journal, const kh_present *present, const char *who, GError **error)
{
    gsize i;
    json_t *entry;
    json_array_foreach (json_object_get (journal->read, "review"), i, entry)
    {
        const char *pointer = json_string_value (json_object_get (entry, "pointer"));
        for (guint c = 0; pointer != NULL && c < present->changes->len; c++) {
            const kh_present_change *change = present->changes->pdata[c];
            g_autofree char *changed = kh_present_pointer (present, change->list, change->row, change->path, TRUE);
            gsize n = changed != NULL ? strlen (changed) : 0;
            if (change->entry->revision != journal->revision || n == 0 || strncmp (pointer, changed, n) != 0 || (pointer[n] != '\0' && pointer[n] != '/'))
                continue;
            if (!kh_journal_see (journal, who, pointer, TRUE, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean
bring_in_step (kh_journal *journal, const char *who, GError **error)
{
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    if (strcmp (journal->state, "new") == 0 && !kh_journal_set_state (journal, who, "in_review", error))
        return FALSE;
    return write_all (journal, error) && write_corrections (journal, present, error) && write_present (journal, present, error) &&
           see_changed (journal, present, who, error);
}

gboolean
kh_journal_add (kh_journal *journal, const char *who, json_t *operation, GError **error)
{
    if (journal->revision >= KH_LIMIT_CHANGES) {
        json_decref (operation);
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("this document has been changed %u times, that is the limit"), KH_LIMIT_CHANGES);
        return FALSE;
    }
    add_entry (journal, who, g_get_real_time () / G_USEC_PER_SEC, 0, operation);
    return bring_in_step (journal, who, error);
}

gboolean
kh_journal_undo (kh_journal *journal, const char *who, gint64 revision, GError **error)
{
    gint64 by = journal->revision + 1;
    if (!write_all (journal, error)) /* before it is changed there */
        return FALSE;
    for (guint i = 0; i < journal->entries->len; i++) {
        kh_journal_entry *entry = journal->entries->pdata[i];
        g_autofree char *undone = number (by), *of = number (revision);
        if (entry->revision != revision)
            continue;
        entry->undone = by;
        if (kh_store_run (journal->store, error, "UPDATE changes SET undone = ? WHERE sha256 = ? AND revision = ?", undone, journal->sha256, of, KH_END) < 0)
            return FALSE;
    }
    return kh_journal_add (journal, who, json_pack ("{s:s, s:I}", "do", "undo", "revision", (json_int_t)revision), error);
}

gboolean
kh_journal_see (kh_journal *journal, const char *who, const char *pointer, gboolean is_seen, GError **error)
{
    g_autofree char *read = kh_value_text (kh_pointer_value (journal->read, pointer)), *at = now ();
    if (is_seen)
        g_hash_table_add (journal->seen, g_strdup (pointer));
    else
        g_hash_table_remove (journal->seen, pointer);
    if (!is_seen)
        return kh_store_run (journal->store, error, "DELETE FROM seen WHERE sha256 = ? AND pointer = ?", journal->sha256, pointer, KH_END) >= 0;
    return kh_store_run (journal->store, error,
                         "INSERT INTO seen (sha256, pointer, read, who, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256, pointer) DO UPDATE SET"
                         " read = excluded.read, who = excluded.who, at = excluded.at",
                         journal->sha256, pointer, read, who, at, KH_END) >= 0;
}

gboolean
kh_journal_set_state (kh_journal *journal, const char *who, const char *state, GError **error)
{
    g_autofree char *at = now ();
    g_free (journal->state);
    journal->state = g_strdup (state);
    return kh_store_run (journal->store, error,
                         "INSERT INTO progress (sha256, state, who, at) VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET"
                         " state = excluded.state, who = excluded.who, at = excluded.at",
                         journal->sha256, state, who, at, KH_END) >= 0;
}

gboolean
kh_journal_end (kh_journal *journal, GError **error)
{
    journal->is_writing = FALSE;
    return kh_store_end (journal->store, TRUE, error);
}
