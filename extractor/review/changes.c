/* changes.c - values are changed: what is typed becomes a value as the schema has it, and a part of an operation. */
#include "review/edit.h"

#include "base/intl.h"

#include <string.h>

/* What people may change. */
static const char *const PARTS[] = { "header", "bases", "sections", "tasks", "targets", "responsibilities", "recipients", "signature", "signatures", "tables" };

static gboolean
may_change (const char *pointer)
{
    if (*pointer != '/' || !g_utf8_validate (pointer, -1, NULL))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
        gsize n = strlen (PARTS[i]);
        if (strncmp (pointer + 1, PARTS[i], n) == 0 && (pointer[n + 1] == '/' || pointer[n + 1] == '\0'))
            return TRUE;
    }
    return FALSE;
}

/* Texts in the normal form that records have (a new reference). */
static json_t *
normal (const json_t *value)
{
    json_t *copy, *item;
    const char *key;
    gsize i;
    if (json_is_string (value)) {
        g_autofree char *text = g_utf8_normalize (json_string_value (value), -1, G_NORMALIZE_NFC);
        return json_string (g_strstrip (text));
    }
    if (json_is_array (value)) {
        copy = json_array ();
        json_array_foreach ((json_t *)value, i, item) json_array_append_new (copy, normal (item));
        return copy;
    }
    if (json_is_object (value)) {
        copy = json_object ();
        json_object_foreach ((json_t *)value, key, item) json_object_set_new (copy, key, normal (item));
        return copy;
    }
    return json_incref ((json_t *)value);
}

/* ---- deadlines ---- */

static json_t *
text_or_null (const char *text)
{
    return text != NULL ? json_string (text) : json_null ();
}

static json_t *
parse_deadline (const char *text, const json_t *header)
{
    const json_t *period = json_object_get (header, "period");
    kh_due due;
    if (!kh_due_parse (text, json_string_value (json_object_get (period, "start")), json_string_value (json_object_get (period, "end")), &due))
        return json_null ();
    json_t *deadline = json_pack ("{s:s, s:s, s:o, s:o}", "text", due.text, "kind", due.kind, "start", text_or_null (due.start), "end", text_or_null (due.end));
    kh_due_clear (&due);
    return deadline;
}

kh_reply
kh_review_deadline (kh_review *review, const json_t *body)
{
    const char *text = json_string_value (json_object_get (body, "text")), *sha256 = json_string_value (json_object_get (body, "sha256"));
    GError *error = NULL;
    if (text == NULL)
        return kh_reply_error (400, "%s", _ ("wanted: text"));
    json_t *header = NULL;
    if (sha256 != NULL) { /* a month without a year is of the plan's */
        g_autoptr (kh_store_rows) rows = kh_store_query (review->store, "SELECT period_start, period_end FROM documents WHERE sha256 = ?", &sha256, 1, &error);
        if (rows != NULL && kh_store_rows_next (rows, &error))
            header = json_pack ("{s:{s:o, s:o}}", "period", "start", text_or_null (kh_store_rows_text (rows, 0)), "end",
                                text_or_null (kh_store_rows_text (rows, 1)));
        if (error != NULL) {
            json_decref (header);
            return kh_reply_fault (error);
        }
    }
    json_t *deadline = parse_deadline (text, header);
    json_decref (header);
    return kh_reply_json (200, json_pack ("{s:o}", "deadline", deadline));
}

json_t *
kh_edit_value (const kh_edit *edit, const char *key, const json_t *value)
{
    if (strcmp (key, "deadline") == 0 && json_is_string (value))
        return parse_deadline (json_string_value (value), json_object_get (edit->now->base, "header"));
    return normal (value);
}

/* A deadline is one value: its text is parsed, a day that is typed goes into it. `path` becomes that of the whole. */
static json_t *
whole_deadline (const kh_edit *edit, const kh_present_row *row, char **path, json_t *value)
{
    const char *part = *path + strlen ("/deadline");
    json_t *header = json_object_get (edit->now->base, "header");
    if ((*part == '\0' || strcmp (part, "/text") == 0) && (json_is_string (value) || json_is_null (value))) {
        json_t *parsed = json_is_string (value) ? parse_deadline (json_string_value (value), header) : json_null ();
        json_decref (value);
        value = parsed;
    } else if (*part == '/') {
        json_t *old = json_object_get (row->value, "deadline"), *copy = json_is_object (old) ? json_deep_copy (old) : json_object ();
        json_object_set_new (copy, part + 1, value);
        value = copy;
    }
    g_free (*path);
    *path = g_strdup ("/deadline");
    return value;
}

/* ---- a change ---- */

typedef struct change_list {
    kh_edit *edit;
    json_t *sets, *conflicts, *deadlines;
    const char *wrong; /* a pointer that leads nowhere */
} change_list;

/* Does the program's new reading of this value wait for an answer? Then saying that it is right is a change, too. */
static gboolean
is_asked (const kh_present *present, const kh_present_row *row, const char *path)
{
    for (guint i = 0; i < present->conflicts->len; i++) {
        const kh_present_change *change = present->conflicts->pdata[i];
        if (change->row == row && g_strcmp0 (change->path, path) == 0)
            return TRUE;
    }
    return FALSE;
}

/* An element that is taken out of a list, or put behind it, changes the list. */
static json_t *
whole_list (const json_t *root, char **path, json_t *value)
{
    const char *slash = strrchr (*path, '/');
    g_autofree char *above = slash != NULL ? g_strndup (*path, (gsize)(slash - *path)) : g_strdup ("");
    json_t *list = kh_pointer_value (root, above);
    guint64 at;
    if (!json_is_array (list) || !g_ascii_string_to_unsigned (slash + 1, 10, 0, G_MAXINT32, &at, NULL) ||
        (at < json_array_size (list) && !json_is_null (value)))
        return value;
    json_t *copy = json_deep_copy (list);
    if (at < json_array_size (copy))
        json_array_remove (copy, at);
    else if (!json_is_null (value))
        json_array_append (copy, value);
    json_decref (value);
    g_free (*path);
    *path = g_steal_pointer (&above);
    return copy;
}

static void
add_change (change_list *changes, const json_t *wanted)
{
    kh_edit *edit = changes->edit;
    const char *pointer = json_string_value (json_object_get (wanted, "pointer")), *rest = pointer;
    int list = -1;
    const json_t *given = json_object_get (wanted, "value");
    if (pointer == NULL || given == NULL || !may_change (pointer)) {
        changes->wrong = pointer != NULL ? pointer : "?";
        return;
    }
    kh_present_row *row = kh_present_row_at (edit->then, pointer, &list, &rest);
    row = row != NULL ? kh_edit_row_now (edit, list, row) : NULL;
    gboolean is_row = list >= 0;
    if ((is_row && (row == NULL || *rest == '\0' || strcmp (rest, "/id") == 0)) || (!is_row && kh_present_list (pointer + 1) >= 0)) {
        changes->wrong = pointer;
        return;
    }
    g_autofree char *path = g_strdup (rest);
    json_t *value = normal (given);
    json_t *root = is_row ? row->value : edit->now->base;
    if (list == KH_LIST_TASKS && g_str_has_prefix (path, "/deadline"))
        value = whole_deadline (edit, row, &path, value);
    else
        value = whole_list (root, &path, value);
    g_autofree char *where = kh_present_pointer (edit->now, list, row, path, FALSE);
    if (g_str_has_suffix (path, "/deadline"))
        json_object_set (changes->deadlines, where, value);
    json_t *now = kh_pointer_value (root, path);
    if (json_equal (now, value) && !is_asked (edit->now, row, path)) {
        json_decref (value);
        return;
    }
    const kh_journal_entry *other = kh_edit_conflict (edit, list, row, path);
    if (other != NULL) {
        json_array_append_new (changes->conflicts, kh_edit_conflict_json (where, now, other));
        json_decref (value);
        return;
    }
    const json_t *read = is_row ? row->read >= 0 ? json_array_get (json_object_get (edit->journal->read, kh_list_names[list]), (gsize)row->read) : NULL
                                : edit->journal->read;
    const json_t *was = read != NULL ? kh_pointer_value (read, path) : NULL;
    json_t *set = json_pack ("{s:s, s:O, s:o}", "path", path, "read", was != NULL ? was : json_null (), "value", value);
    if (is_row) {
        json_object_set_new (set, "list", json_string (kh_list_names[list]));
        json_object_set_new (set, "row", kh_present_row_name (edit->now, list, row));
    }
    json_array_append_new (changes->sets, set);
}

kh_reply
kh_review_change (kh_review *review, const char *sha256, const json_t *body)
{
    kh_reply reply;
    const json_t *wanted = json_object_get (body, "changes");
    if (!json_is_array (wanted) || !json_is_integer (json_object_get (body, "revision")))
        return kh_reply_error (400, "%s", _ ("wanted: revision, changes"));
    g_autoptr (kh_edit) edit = kh_edit_begin (review, sha256, body, &reply);
    if (edit == NULL)
        return reply;
    change_list changes = { edit, json_array (), json_array (), json_object (), NULL };
    gsize i;
    json_t *one;
    json_array_foreach ((json_t *)wanted, i, one) add_change (&changes, one);
    gint64 revision = edit->journal->revision;
    if (changes.wrong != NULL)
        reply = kh_reply_error (422, _ ("'%s' is nothing that can be changed here"), changes.wrong);
    else if (json_array_size (changes.conflicts) > 0)
        reply = kh_reply_json (409, json_pack ("{s:O, s:I}", "conflict", changes.conflicts, "revision", (json_int_t)revision));
    else if (json_array_size (changes.sets) == 0) /* all is as it should be */
        reply = kh_reply_json (200, json_pack ("{s:I, s:[], s:O, s:s}", "revision", (json_int_t)revision, "missing", "deadlines", changes.deadlines,
                                               "state", edit->journal->state));
    else
        reply = kh_edit_commit (edit, json_pack ("{s:s, s:O}", "do", "change", "set", changes.sets),
                                json_pack ("{s:O}", "deadlines", changes.deadlines));
    json_decref (changes.sets);
    json_decref (changes.conflicts);
    json_decref (changes.deadlines);
    return reply;
}
