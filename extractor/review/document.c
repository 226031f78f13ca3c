/* document.c - one document: its record as it is now and as it was read, what people changed, where they and the program disagree. */
#include "review/parts.h"

#include "base/intl.h"
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

static json_t *
changes_json (const kh_present *present)
{
    json_t *list = json_array ();
    for (guint i = 0; i < present->changes->len; i++) {
        const kh_present_change *change = present->changes->pdata[i];
        g_autofree char *pointer = kh_present_pointer (present, change->list, change->row, change->path, FALSE);
        json_array_append_new (list, json_pack ("{s:s, s:s, s:O, s:O, s:s*, s:I, s:I}", "pointer", pointer != NULL ? pointer : "", "do", change->what,
                                                "read", change->read, "value", change->value, "who", change->entry->who, "at",
                                                (json_int_t)change->entry->at, "revision", (json_int_t)change->entry->revision));
    }
    return list;
}

static json_t *
conflicts_json (const kh_present *present)
{
    json_t *list = json_array ();
    for (guint i = 0; i < present->conflicts->len; i++) {
        const kh_present_change *change = present->conflicts->pdata[i];
        gboolean is_lost = change->list >= 0 && change->row == NULL;
        g_autofree char *pointer = is_lost ? g_strdup (change->path) : kh_present_pointer (present, change->list, change->row, change->path, FALSE);
        json_t *now = is_lost || pointer == NULL ? NULL : kh_present_value (present, pointer);
        json_array_append_new (list, json_pack ("{s:s, s:s, s:O, s:O, s:O, s:b, s:s*, s:I, s:I}", "pointer", pointer != NULL ? pointer : "", "do",
                                                change->what, "was_read", change->read, "read_now", now != NULL ? now : json_null (), "value",
                                                change->value, "lost", is_lost, "who", change->entry->who, "at", (json_int_t)change->entry->at,
                                                "revision", (json_int_t)change->entry->revision));
    }
    return list;
}

/* Pointers of the record now of review entries that were seen. */
static json_t *
seen_json (const kh_journal *journal, const kh_present *present)
{
    json_t *list = json_array (), *entry;
    json_t *record = kh_present_record (present, TRUE);
    const json_t *before = json_object_get (journal->read, "review"), *now = json_object_get (record, "review");
    gsize i;
    json_array_foreach (now, i, entry) /* no entry is lost: one for one */
    {
        const char *pointer = json_string_value (json_object_get (json_array_get (before, i), "pointer"));
        if (pointer != NULL && g_hash_table_contains (journal->seen, pointer))
            json_array_append (list, json_object_get (entry, "pointer"));
    }
    json_decref (record);
    return list;
}

static json_t *
pages_json (const json_t *record)
{
    json_t *list = json_array (), *page;
    gsize i;
    json_array_foreach (json_object_get (json_object_get (record, "source"), "pages"), i, page)
        json_array_append_new (list, json_pack ("{s:O, s:O, s:O}", "number", json_object_get (page, "number"), "width", json_object_get (page, "width"),
                                                "height", json_object_get (page, "height")));
    return list;
}

static json_t *
removed_json (const kh_present *present)
{
    json_t *list = json_array ();
    for (int l = 0; l < KH_N_LISTS; l++)
        for (guint i = 0; i < present->rows[l]->len; i++)
            if (((const kh_present_row *)present->rows[l]->pdata[i])->is_removed)
                json_array_append_new (list, json_sprintf ("/%s/%u", kh_list_names[l], i));
    return list;
}

/* The two records are the longest part, so they are put in as text. */
static void
append (GString *out, const char *key, json_t *value)
{
    char *text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
    g_string_append_printf (out, ",\"%s\":%s", key, text);
    free (text);
    json_decref (value);
}

static kh_reply
tell (const kh_journal *journal)
{
    g_autoptr (kh_present) present = kh_present_new (journal->read, journal->entries, journal->revision);
    GString *out = g_string_new (NULL);
    g_string_printf (out, "{\"sha256\":\"%s\",\"revision\":%" G_GINT64_FORMAT ",\"state\":\"%s\"", journal->sha256, journal->revision, journal->state);
    g_string_append_printf (out, ",\"read\":%s", journal->text);
    append (out, "record", kh_present_record (present, TRUE));
    append (out, "changes", changes_json (present));
    append (out, "conflicts", conflicts_json (present));
    append (out, "removed", removed_json (present));
    append (out, "seen", seen_json (journal, present));
    append (out, "pages", pages_json (journal->read));
    g_string_append_c (out, '}');
    return (kh_reply){ .status = 200, .body = g_string_free_to_bytes (out) };
}

kh_reply
kh_review_document (kh_review *review, const char *sha256)
{
    GError *error = NULL;
    g_autoptr (kh_journal) journal = kh_journal_open (review->store, sha256, &error);
    if (error != NULL)
        return kh_reply_fault (error);
    if (journal == NULL)
        return kh_reply_error (404, "%s", _ ("there is no such document"));
    return tell (journal);
}
