/* rows.c - rows of tasks and targets are added, marked as none, restored, split and joined. */
#include "review/edit.h"

#include "base/intl.h"

#include <string.h>

/* What a row has at least, in the order of the schema. */
static json_t *
blank (int list)
{
    if (list == KH_LIST_TASKS)
        return json_pack ("{s:s, s:s, s:n, s:n, s:n, s:[], s:[], s:[], s:n, s:n, s:n, s:{}, s:n, s:n, s:n}", "id", "t1", "origin", "prose", "group",
                          "number", "text", "lead", "coordinate", "product", "deadline", "budget", "notes", "other", "section", "table", "row");
    return json_pack ("{s:s, s:n, s:n, s:s, s:n, s:n, s:n, s:n}", "id", "g1", "text", "subject", "comparator", "=", "value", "unit", "by", "section");
}

static void
fill (kh_edit *edit, json_t *row, const kh_present_row *above, const json_t *values)
{
    const char *key;
    json_t *value;
    if (above != NULL)
        json_object_set (row, "section", json_object_get (above->value, "section"));
    json_object_foreach ((json_t *)values, key, value)
    {
        if (strcmp (key, "id") != 0)
            json_object_set_new (row, key, kh_edit_value (edit, key, value));
    }
}

static kh_reply
add (kh_edit *edit, const json_t *body, int list)
{
    const GPtrArray *rows = edit->then->rows[list];
    const json_t *at = json_object_get (body, "row"), *values = json_object_get (body, "values");
    gint64 index = json_is_integer (at) ? json_integer_value (at) : rows->len;
    if (index < 0 || index > rows->len || (values != NULL && !json_is_object (values)))
        return kh_reply_error (422, "%s", _ ("there is no such row"));
    const kh_present_row *above = index > 0 ? kh_edit_row_now (edit, list, rows->pdata[index - 1]) : NULL;
    json_t *row = blank (list);
    fill (edit, row, above, values);
    guint place = 0;
    if (above != NULL && g_ptr_array_find (edit->now->rows[list], above, &place))
        place++;
    json_t *operation = json_pack ("{s:s, s:s, s:o, s:o}", "do", "add", "list", kh_list_names[list], "after",
                                   above != NULL ? kh_present_row_name (edit->now, list, above) : json_null (), "value", row);
    return kh_edit_commit (edit, operation, json_pack ("{s:i}", "row", (int)place));
}

static kh_reply
conflict (const kh_edit *edit, int list, const kh_present_row *row, const kh_journal_entry *other)
{
    g_autofree char *pointer = kh_present_pointer (edit->now, list, row, "", FALSE);
    return kh_reply_json (409, json_pack ("{s:[o], s:I}", "conflict", kh_edit_conflict_json (pointer, row->value, other), "revision",
                                          (json_int_t)edit->journal->revision));
}

/* The row below that is not removed. */
static kh_present_row *
next_row (const kh_edit *edit, int list, guint index)
{
    const GPtrArray *rows = edit->now->rows[list];
    for (guint i = index + 1; i < rows->len; i++) {
        kh_present_row *row = rows->pdata[i];
        if (!row->is_removed)
            return row;
    }
    return NULL;
}

kh_reply
kh_review_rows (kh_review *review, const char *sha256, const json_t *body)
{
    static const char *const ALL[] = { "add", "remove", "restore", "split", "join" };
    const char *what = json_string_value (json_object_get (body, "do"));
    int list = kh_present_list (json_string_value (json_object_get (body, "list")));
    const json_t *at = json_object_get (body, "row");
    kh_reply refused;
    gboolean is_known = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (ALL); i++)
        is_known = is_known || g_strcmp0 (what, ALL[i]) == 0;
    if (!is_known || list < 0 || !json_is_integer (json_object_get (body, "revision")))
        return kh_reply_error (400, "%s", _ ("wanted: revision, do, list, row"));
    g_autoptr (kh_edit) edit = kh_edit_begin (review, sha256, body, &refused);
    if (edit == NULL)
        return refused;
    if (strcmp (what, "add") == 0)
        return add (edit, body, list);
    gint64 index = json_is_integer (at) ? json_integer_value (at) : -1;
    const kh_present_row *row = index >= 0 && index < edit->then->rows[list]->len ? kh_edit_row_now (edit, list, edit->then->rows[list]->pdata[index]) : NULL;
    guint place;
    if (row == NULL || !g_ptr_array_find (edit->now->rows[list], row, &place))
        return kh_reply_error (422, "%s", _ ("there is no such row"));
    const kh_journal_entry *other = kh_edit_conflict (edit, list, row, "");
    if (other != NULL)
        return conflict (edit, list, row, other);
    json_t *operation = json_pack ("{s:s, s:s, s:o}", "do", what, "list", kh_list_names[list], "row", kh_present_row_name (edit->now, list, row));
    if (strcmp (what, "split") == 0) {
        json_object_set (operation, "was", json_object_get (row->value, "text"));
        json_object_set_new (operation, "at", json_integer (json_integer_value (json_object_get (body, "at"))));
    } else if (strcmp (what, "join") == 0) {
        const kh_present_row *with = next_row (edit, list, place);
        if (with == NULL) {
            json_decref (operation);
            return kh_reply_error (422, "%s", _ ("there is no row below to join with"));
        }
        other = kh_edit_conflict (edit, list, with, "");
        if (other != NULL) {
            json_decref (operation);
            return conflict (edit, list, with, other);
        }
        json_object_set_new (operation, "with", kh_present_row_name (edit->now, list, with));
    }
    return kh_edit_commit (edit, operation, json_pack ("{s:i}", "row", (int)place));
}
