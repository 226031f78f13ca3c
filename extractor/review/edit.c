/* edit.c - what a POST on a document does: a request becomes an operation of the journal (store/present.h).
 *
 *   request ─ its pointers, as the page had them ─> rows ─ changed by others since? ─> 409
 *                                                     └─ operation ─ replayed ─ fits the schema? ─> 422
 *                                                                                   └─> journal, 200
 */
#include "review/edit.h"

#include "base/intl.h"

#include <stdlib.h>
#include <string.h>

/* ---- an edit begins ---- */

kh_edit *
kh_edit_begin (kh_review *review, const char *sha256, const json_t *body, kh_reply *refused)
{
    GError *error = NULL;
    g_autoptr (kh_edit) edit = g_new0 (kh_edit, 1);
    const json_t *revision = json_object_get (body, "revision");
    edit->review = review;
    edit->journal = kh_journal_begin (review->store, sha256, &error);
    if (edit->journal == NULL) {
        *refused = error != NULL ? kh_reply_fault (error) : kh_reply_error (404, "%s", _ ("there is no such document"));
        return NULL;
    }
    gint64 last = edit->journal->revision, given = json_is_integer (revision) ? json_integer_value (revision) : last;
    if (given < 0 || given > last) {
        *refused = kh_reply_error (422, _ ("this document has no revision %ld"), (long)given);
        return NULL;
    }
    edit->now = kh_present_new (edit->journal->read, edit->journal->entries, last);
    edit->then = kh_present_new (edit->journal->read, edit->journal->entries, given);
    return g_steal_pointer (&edit);
}

void
kh_edit_free (kh_edit *edit)
{
    if (edit == NULL)
        return;
    kh_present_free (edit->now);
    kh_present_free (edit->then);
    kh_journal_free (edit->journal);
    g_free (edit);
}

kh_present_row *
kh_edit_row_now (const kh_edit *edit, int list, const kh_present_row *then)
{
    const GPtrArray *rows = edit->now->rows[list];
    for (guint i = 0; i < rows->len; i++) {
        kh_present_row *row = rows->pdata[i];
        if (row->read == then->read && row->made == then->made)
            return row;
    }
    return NULL;
}

/* ---- what others changed since ---- */

/* Are two places the same, or one within the other? */
static gboolean
meet (const char *a, const char *b)
{
    gsize n = strlen (a), m = strlen (b), least = MIN (n, m);
    return strncmp (a, b, least) == 0 && (n == m || (n > m ? a : b)[least] == '/');
}

typedef struct touched {
    const kh_edit *edit;
    int list;                  /* -1: none */
    const kh_present_row *row; /* NULL: the record */
    const char *path;
} touched;

static gboolean
touches_row (const touched *at, const json_t *operation, const char *key, const char *path)
{
    int list = kh_present_list (json_string_value (json_object_get (operation, "list")));
    const json_t *name = json_object_get (operation, key);
    return name != NULL && list == at->list && at->row != NULL && kh_present_find_row (at->edit->now, list, name) == at->row && meet (path, at->path);
}

static gboolean
touches (const touched *at, const json_t *operation)
{
    const char *what = json_string_value (json_object_get (operation, "do"));
    gsize i;
    json_t *set;
    if (g_strcmp0 (what, "change") != 0)
        return touches_row (at, operation, "row", g_strcmp0 (what, "split") == 0 ? "/text" : "") || touches_row (at, operation, "with", "");
    json_array_foreach (json_object_get (operation, "set"), i, set)
    {
        const char *path = json_string_value (json_object_get (set, "path"));
        gboolean is_top = json_object_get (set, "list") == NULL;
        if (path != NULL && (is_top ? at->row == NULL && meet (path, at->path) : touches_row (at, set, "row", path)))
            return TRUE;
    }
    return FALSE;
}

const kh_journal_entry *
kh_edit_conflict (const kh_edit *edit, int list, const kh_present_row *row, const char *path)
{
    const GPtrArray *entries = edit->journal->entries;
    touched at = { edit, list, row, path };
    for (guint i = entries->len; i-- > 0;) {
        const kh_journal_entry *entry = entries->pdata[i];
        if (entry->revision <= edit->then->revision)
            break;
        const json_t *operation = entry->operation;
        gint64 undoes = json_integer_value (json_object_get (operation, "revision"));
        if (undoes > 0 && undoes <= (gint64)entries->len)
            operation = ((const kh_journal_entry *)entries->pdata[undoes - 1])->operation;
        if (touches (&at, operation))
            return entry;
    }
    return NULL;
}

json_t *
kh_edit_conflict_json (const char *pointer, json_t *value, const kh_journal_entry *entry)
{
    return json_pack ("{s:s, s:O, s:s?, s:I}", "pointer", pointer, "value", value != NULL ? value : json_null (), "who", entry->who, "at",
                      (json_int_t)entry->at);
}

/* ---- does it fit? ---- */

/* The record without what nobody changes: what the schema says of the rest can be asked quickly. */
static gboolean
fits_schema (const kh_present *present, GString *faults)
{
    static const char *const OBJECTS[] = { "evidence" }, *const LISTS[] = { "repairs", "review", "warnings" };
    json_t *record = kh_present_record (present, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS (OBJECTS); i++)
        json_object_set_new (record, OBJECTS[i], json_object ());
    for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
        json_object_set_new (record, LISTS[i], json_array ());
    char *text = json_dumps (record, JSON_COMPACT);
    gboolean fits = text != NULL && kh_validate (text, strlen (text), faults);
    free (text);
    json_decref (record);
    return fits;
}

/* What a row should have and has not yet. */
static json_t *
missing (const kh_present *present)
{
    json_t *list = json_array ();
    for (guint i = 0; i < present->rows[KH_LIST_TASKS]->len; i++) {
        const kh_present_row *row = present->rows[KH_LIST_TASKS]->pdata[i];
        if (row->made > 0 && !row->is_removed && json_is_null (json_object_get (row->value, "text")))
            json_array_append_new (list, json_sprintf ("/tasks/%u/text", i));
    }
    return list;
}

kh_reply
kh_edit_commit (kh_edit *edit, json_t *operation, json_t *answer)
{
    kh_journal *journal = edit->journal;
    kh_journal_entry trial = { .revision = journal->revision + 1, .operation = operation };
    GError *error = NULL;
    g_autoptr (GString) faults = g_string_new (NULL);
    g_ptr_array_add (journal->entries, &trial);
    g_autoptr (kh_present) after = kh_present_new (journal->read, journal->entries, trial.revision);
    g_ptr_array_steal_index (journal->entries, journal->entries->len - 1);
    gboolean is_lost = FALSE;
    for (guint i = 0; i < after->conflicts->len; i++)
        is_lost = is_lost || ((const kh_present_change *)after->conflicts->pdata[i])->entry == &trial;
    if (is_lost || !fits_schema (after, faults)) {
        char *end = strchr (faults->str, '\n');
        if (end != NULL)
            *end = '\0';
        json_decref (operation);
        json_decref (answer);
        return kh_reply_error (422, "%s", is_lost ? _ ("there is no such value in this document") : faults->str);
    }
    json_object_set_new (answer, "revision", json_integer (trial.revision));
    json_object_set_new (answer, "missing", missing (after));
    if (!kh_journal_add (journal, edit->review->who, operation, &error) || !kh_journal_end (journal, &error)) {
        json_decref (answer);
        return kh_reply_fault (error);
    }
    json_object_set_new (answer, "state", json_string (journal->state));
    return kh_reply_json (200, answer);
}

/* ---- undo, seen, state ---- */

/* The last change that holds, or the one of revision `of`; NULL: there is none. */
static const kh_journal_entry *
undoable (const kh_journal *journal, const json_t *of)
{
    for (guint i = journal->entries->len; i-- > 0;) {
        const kh_journal_entry *entry = journal->entries->pdata[i];
        const char *what = json_string_value (json_object_get (entry->operation, "do"));
        if (entry->undone == 0 && g_strcmp0 (what, "undo") != 0 && (of == NULL || json_integer_value (of) == entry->revision))
            return entry;
    }
    return NULL;
}

kh_reply
kh_review_undo (kh_review *review, const char *sha256, const json_t *body)
{
    kh_reply refused;
    GError *error = NULL;
    g_autoptr (kh_edit) edit = kh_edit_begin (review, sha256, body, &refused);
    if (edit == NULL)
        return refused;
    kh_journal *journal = edit->journal;
    const json_t *of = json_object_get (body, "of");
    const kh_journal_entry *entry = undoable (journal, of);
    if (entry == NULL)
        return of != NULL ? kh_reply_error (422, "%s", _ ("there is no such change"))
                          : kh_reply_json (200, json_pack ("{s:I, s:n}", "revision", (json_int_t)journal->revision, "undone"));
    if (of == NULL && edit->then->revision < journal->revision) { /* what would be taken back is not what this page saw last */
        const kh_journal_entry *last = journal->entries->pdata[journal->entries->len - 1];
        return kh_reply_json (409, json_pack ("{s:[o], s:I}", "conflict", kh_edit_conflict_json ("", NULL, last), "revision",
                                              (json_int_t)journal->revision));
    }
    gint64 undone = entry->revision;
    if (!kh_journal_undo (journal, review->who, undone, &error) || !kh_journal_end (journal, &error))
        return kh_reply_fault (error);
    return kh_reply_json (200, json_pack ("{s:I, s:I}", "revision", (json_int_t)journal->revision, "undone", (json_int_t)undone));
}

kh_reply
kh_review_seen (kh_review *review, const char *sha256, const json_t *body)
{
    kh_reply refused;
    GError *error = NULL;
    const char *pointer = json_string_value (json_object_get (body, "pointer")), *rest;
    const json_t *seen = json_object_get (body, "seen");
    int list = -1;
    if (pointer == NULL || (seen != NULL && !json_is_boolean (seen)))
        return kh_reply_error (400, "%s", _ ("wanted: pointer, seen"));
    g_autoptr (kh_edit) edit = kh_edit_begin (review, sha256, body, &refused);
    if (edit == NULL)
        return refused;
    const kh_present_row *row = kh_present_row_at (edit->then, pointer, &list, &rest);
    g_autofree char *as_read = kh_present_pointer (edit->then, list, row, row != NULL ? rest : pointer, TRUE);
    if (as_read == NULL)
        return kh_reply_error (422, "%s", _ ("there is no such value in this document"));
    if (!kh_journal_see (edit->journal, review->who, as_read, seen == NULL || json_is_true (seen), &error) ||
        (strcmp (edit->journal->state, "new") == 0 && !kh_journal_set_state (edit->journal, review->who, "in_review", &error)) ||
        !kh_journal_end (edit->journal, &error))
        return kh_reply_fault (error);
    return kh_reply_json (200, json_pack ("{s:I, s:s}", "revision", (json_int_t)edit->journal->revision, "state", edit->journal->state));
}

kh_reply
kh_review_state (kh_review *review, const char *sha256, const json_t *body)
{
    kh_reply refused;
    GError *error = NULL;
    const char *state = json_string_value (json_object_get (body, "state"));
    if (state == NULL || (strcmp (state, "new") != 0 && strcmp (state, "in_review") != 0 && strcmp (state, "done") != 0))
        return kh_reply_error (400, "%s", _ ("the state is new, in_review or done"));
    g_autoptr (kh_edit) edit = kh_edit_begin (review, sha256, body, &refused);
    if (edit == NULL)
        return refused;
    if (!kh_journal_set_state (edit->journal, review->who, state, &error) || !kh_journal_end (edit->journal, &error))
        return kh_reply_fault (error);
    return kh_reply_json (200, json_pack ("{s:I, s:s}", "revision", (json_int_t)edit->journal->revision, "state", state));
}
