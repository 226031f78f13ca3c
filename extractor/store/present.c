/* present.c - the journal is replayed; how its rows are named and found is rownames.c, what comes out of it laidout.c. */
#include "store/present.h"

#include "store/pointer.h"
#include "store/presentparts.h"

#include <string.h>

const char *const kh_list_names[KH_N_LISTS] = { "tasks", "targets" };

int
kh_present_list (const char *name)
{
    for (int i = 0; i < KH_N_LISTS; i++)
        if (g_strcmp0 (name, kh_list_names[i]) == 0)
            return i;
    return -1;
}

void
kh_journal_entry_free (kh_journal_entry *entry)
{
    g_free (entry->who);
    json_decref (entry->operation);
    g_free (entry);
}

static void
free_row (gpointer data)
{
    kh_present_row *row = data;
    json_decref (row->value);
    g_free (row);
}

static void
free_change (gpointer data)
{
    kh_present_change *change = data;
    json_decref (change->read);
    json_decref (change->value);
    g_free (change->path);
    g_free (change);
}

void
kh_present_free (kh_present *present)
{
    if (present == NULL)
        return;
    json_decref (present->base);
    for (int i = 0; i < KH_N_LISTS; i++)
        g_ptr_array_unref (present->rows[i]);
    g_ptr_array_unref (present->changes);
    g_ptr_array_unref (present->conflicts);
    g_free (present);
}

/* ---- what holds, and what does not ---- */

/* Is `path` that of `of`, or below it? */
static gboolean
is_within (const char *path, const char *of)
{
    gsize n = strlen (of);
    return strncmp (path, of, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

/* What a later change of the same value, or of what holds it, takes the place of. */
static void
supersede (GPtrArray *list, const kh_present_change *by)
{
    for (guint i = list->len; i-- > 0;) {
        const kh_present_change *old = list->pdata[i];
        if (old->path != NULL && by->path != NULL && old->list == by->list && old->row == by->row && is_within (old->path, by->path))
            g_ptr_array_remove_index (list, i);
    }
}

static void
note (kh_present *present, GPtrArray *list, kh_present_change change, const json_t *read, const json_t *value, const char *path)
{
    kh_present_change *kept = g_new (kh_present_change, 1);
    *kept = change;
    kept->path = g_strdup (path);
    kept->read = read != NULL ? json_incref ((json_t *)read) : json_null ();
    kept->value = value != NULL ? json_incref ((json_t *)value) : json_null ();
    supersede (present->changes, kept);
    supersede (present->conflicts, kept);
    g_ptr_array_add (list, kept);
}

/* A row that is meant is not there any more. */
static void
miss (kh_present *present, const kh_journal_entry *entry, const char *what, int list, const json_t *name, const char *path, const json_t *value)
{
    kh_present_change change = { .what = what, .list = list, .entry = entry };
    const json_t *text = json_object_get (name, "text");
    json_int_t at = json_integer_value (json_object_get (name, "at"));
    g_autofree char *where = g_strdup_printf ("/%s/%d%s", kh_list_names[list], (int)at, path != NULL ? path : "");
    note (present, present->conflicts, change, text, value, where);
}

/* ---- operations ---- */

static gboolean
same (const json_t *a, const json_t *b)
{
    gboolean no_a = a == NULL || json_is_null (a), no_b = b == NULL || json_is_null (b);
    return no_a || no_b ? no_a && no_b : json_equal (a, b);
}

/* Parts of a record that nobody changes: they are those of the record as read. Rows are changed by row. */
static const char *const SHARED[] = { "schema", "version", "generator", "source", "repairs", "evidence", "review", "warnings", "tasks", "targets" };

static gboolean
is_shared (const char *path)
{
    for (guint i = 0; i < G_N_ELEMENTS (SHARED); i++)
        if (is_within (path + 1, SHARED[i]))
            return TRUE;
    return FALSE;
}

static void
set_value (kh_present *present, const kh_journal_entry *entry, const json_t *set)
{
    const char *path = json_string_value (json_object_get (set, "path"));
    const json_t *read = json_object_get (set, "read"), *value = json_object_get (set, "value");
    int list = kh_present_list (json_string_value (json_object_get (set, "list")));
    kh_present_change change = { .what = "change", .list = list, .entry = entry };
    json_t *root = present->base;
    const json_t *as_read = present->read;
    if (path == NULL || value == NULL || *path != '/' || (list < 0 && is_shared (path)))
        return;
    if (list >= 0) {
        const json_t *name = json_object_get (set, "row");
        change.row = kh_present_find_row (present, list, name);
        if (change.row == NULL) {
            miss (present, entry, "change", list, name, path, value);
            return;
        }
        root = change.row->value;
        as_read = change.row->read < 0 ? NULL : json_array_get (json_object_get (present->read, kh_list_names[list]), (gsize)change.row->read);
    }
    const json_t *now = as_read == NULL ? NULL : kh_pointer_value (as_read, path);
    gboolean holds = as_read == NULL || same (now, read) || same (now, value);
    json_t *before = json_deep_copy (root == present->base ? kh_present_key_holder (root, path) : root);
    if (!holds || !kh_pointer_set (root, path, json_deep_copy (value)))
        note (present, present->conflicts, change, read, value, path);
    else {
        kh_present_mend_keys (root, before, as_read, path);
        note (present, present->changes, change, now, value, path);
    }
    json_decref (before);
}

static void
change_values (kh_present *present, const kh_journal_entry *entry)
{
    gsize i;
    json_t *set;
    json_array_foreach (json_object_get (entry->operation, "set"), i, set) set_value (present, entry, set);
}

static kh_present_row *
insert_row (kh_present *present, int list, const kh_present_row *after, int place, gint64 made, json_t *value)
{
    GPtrArray *rows = present->rows[list];
    guint at = rows->len;
    if (after == NULL || !g_ptr_array_find (rows, after, &at))
        at = after == NULL ? 0 : rows->len;
    else
        at++;
    kh_present_row *row = g_new0 (kh_present_row, 1);
    *row = (kh_present_row){ .value = value, .read = -1, .place = place, .made = made };
    g_ptr_array_insert (rows, (gint)at, row);
    return row;
}

static void
add_row (kh_present *present, const kh_journal_entry *entry, int list)
{
    const json_t *name = json_object_get (entry->operation, "after"), *value = json_object_get (entry->operation, "value");
    GPtrArray *rows = present->rows[list];
    kh_present_row *after = json_is_object (name) ? kh_present_find_row (present, list, name) : NULL;
    if (after == NULL && json_is_object (name) && rows->len > 0) { /* it is gone: where it was */
        guint at = (guint)json_integer_value (json_object_get (name, "at"));
        after = rows->pdata[MIN (at, rows->len - 1)];
    }
    kh_present_change change = { .what = "add", .list = list, .entry = entry };
    change.row = insert_row (present, list, after, -1, entry->revision, json_deep_copy (value));
    note (present, present->changes, change, NULL, value, NULL);
}

static const char *
text_of (const json_t *row)
{
    return json_string_value (json_object_get (row, "text"));
}

/* What the program read in place of this row's text, or what a person put there when he made it. */
static const json_t *
read_text (const kh_present *present, int list, const kh_present_row *row)
{
    const json_t *rows = json_object_get (present->read, kh_list_names[list]);
    return json_object_get (row->read >= 0 ? json_array_get (rows, (gsize)row->read) : row->value, "text");
}

static void
split_row (kh_present *present, const kh_journal_entry *entry, int list, kh_present_row *row)
{
    const json_t *was = json_object_get (entry->operation, "was");
    const char *text = text_of (row->value);
    glong at = (glong)json_integer_value (json_object_get (entry->operation, "at"));
    kh_present_change change = { .what = "split", .list = list, .row = row, .entry = entry };
    if (text == NULL || g_strcmp0 (text, json_string_value (was)) != 0 || at <= 0 || at >= g_utf8_strlen (text, -1)) {
        note (present, present->conflicts, change, was, NULL, "/text");
        return;
    }
    const char *middle = g_utf8_offset_to_pointer (text, at);
    g_autofree char *first = g_strndup (text, (gsize)(middle - text)), *second = g_strdup (middle);
    json_t *value = json_deep_copy (row->value), *both;
    json_object_set_new (row->value, "text", json_string (g_strstrip (first)));
    json_object_set_new (value, "text", json_string (g_strstrip (second)));
    if (json_object_get (value, "number") != NULL)
        json_object_set_new (value, "number", json_null ());
    json_object_del (value, "references");
    both = json_pack ("[s, s]", first, second);
    note (present, present->changes, (kh_present_change){ .what = "change", .list = list, .row = row, .entry = entry },
          read_text (present, list, row), json_object_get (row->value, "text"), "/text");
    change.row = insert_row (present, list, row, row->place, entry->revision, value);
    note (present, present->changes, change, was, both, NULL);
    json_decref (both);
}

/* What the second row has goes to the first: texts one after the other, lists one after the other without repeats, the rest where the
 * first has nothing. */
static void
take_over (json_t *first, const json_t *second)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)second, key, value)
    {
        json_t *mine = json_object_get (first, key);
        gboolean is_text = strcmp (key, "text") == 0 || strcmp (key, "notes") == 0;
        if (is_text && json_is_string (mine) && json_is_string (value)) {
            g_autofree char *joined = g_strjoin (strcmp (key, "text") == 0 ? " " : "; ", json_string_value (mine), json_string_value (value), NULL);
            json_object_set_new (first, key, json_string (joined));
        } else if (mine == NULL || json_is_null (mine))
            json_object_set (first, key, value);
    }
    static const char *const LISTS[] = { "lead", "coordinate", "product" };
    for (guint l = 0; l < G_N_ELEMENTS (LISTS); l++) {
        json_t *mine = json_object_get (first, LISTS[l]), *item;
        gsize i, j;
        json_array_foreach (json_object_get (second, LISTS[l]), i, item)
        {
            json_t *have;
            gboolean is_there = FALSE;
            json_array_foreach (mine, j, have) is_there = is_there || json_equal (have, item);
            if (!is_there)
                json_array_append (mine, item);
        }
    }
}

static void
join_rows (kh_present *present, const kh_journal_entry *entry, int list, kh_present_row *row)
{
    const json_t *name = json_object_get (entry->operation, "with");
    kh_present_row *with = kh_present_find_row (present, list, name);
    if (with == NULL) {
        miss (present, entry, "join", list, name, NULL, NULL);
        return;
    }
    json_t *before = json_deep_copy (row->value);
    const json_t *was = read_text (present, list, row->read >= 0 ? row : with);
    take_over (row->value, with->value);
    kh_present_mend_keys (row->value, before, with->value, "/lead");
    kh_present_mend_keys (row->value, before, with->value, "/coordinate");
    json_decref (before);
    with->is_removed = TRUE;
    note (present, present->changes, (kh_present_change){ .what = "join", .list = list, .row = row, .entry = entry },
          was, json_object_get (row->value, "text"), "/text");
    note (present, present->changes, (kh_present_change){ .what = "remove", .list = list, .row = with, .entry = entry },
          json_object_get (with->value, "text"), NULL, NULL);
}

static void
remove_row (kh_present *present, const kh_journal_entry *entry, int list, kh_present_row *row, gboolean is_removed)
{
    for (guint i = present->changes->len; i-- > 0;) {
        const kh_present_change *old = present->changes->pdata[i];
        if (old->row == row && strcmp (old->what, "remove") == 0)
            g_ptr_array_remove_index (present->changes, i);
    }
    row->is_removed = is_removed;
    if (is_removed)
        note (present, present->changes, (kh_present_change){ .what = "remove", .list = list, .row = row, .entry = entry },
              json_object_get (row->value, "text"), NULL, NULL);
}

static void
apply (kh_present *present, const kh_journal_entry *entry)
{
    const char *what = json_string_value (json_object_get (entry->operation, "do"));
    int list = kh_present_list (json_string_value (json_object_get (entry->operation, "list")));
    if (g_strcmp0 (what, "change") == 0) {
        change_values (present, entry);
        return;
    }
    if (what == NULL || list < 0)
        return;
    if (strcmp (what, "add") == 0) {
        add_row (present, entry, list);
        return;
    }
    const json_t *name = json_object_get (entry->operation, "row");
    kh_present_row *row = kh_present_find_row (present, list, name);
    if (row == NULL)
        miss (present, entry, g_intern_string (what), list, name, NULL, NULL);
    else if (strcmp (what, "split") == 0)
        split_row (present, entry, list, row);
    else if (strcmp (what, "join") == 0)
        join_rows (present, entry, list, row);
    else if (strcmp (what, "remove") == 0 || strcmp (what, "restore") == 0)
        remove_row (present, entry, list, row, strcmp (what, "remove") == 0);
}

/* ---- the replay ---- */

/* A copy that changes do not reach the record as read through: parts nobody changes are shared. */
static json_t *
copy_base (const json_t *read)
{
    json_t *base = json_object (), *value;
    const char *key;
    json_object_foreach ((json_t *)read, key, value)
    {
        g_autofree char *path = g_strconcat ("/", key, NULL);
        json_object_set_new (base, key, is_shared (path) ? json_incref (value) : json_deep_copy (value));
    }
    return base;
}

kh_present *
kh_present_new (const json_t *read, const GPtrArray *journal, gint64 until)
{
    kh_present *present = g_new0 (kh_present, 1);
    present->read = read;
    present->journal = journal;
    present->base = copy_base (read);
    present->changes = g_ptr_array_new_with_free_func (free_change);
    present->conflicts = g_ptr_array_new_with_free_func (free_change);
    for (int l = 0; l < KH_N_LISTS; l++) {
        present->rows[l] = g_ptr_array_new_with_free_func (free_row);
        gsize i;
        json_t *value;
        json_array_foreach (json_object_get (read, kh_list_names[l]), i, value)
        {
            kh_present_row *row = g_new0 (kh_present_row, 1);
            *row = (kh_present_row){ .value = json_deep_copy (value), .read = (int)i, .place = (int)i };
            g_ptr_array_add (present->rows[l], row);
        }
    }
    for (guint i = 0; i < journal->len; i++) {
        const kh_journal_entry *entry = journal->pdata[i];
        if (entry->revision > until)
            break;
        present->revision = entry->revision;
        if (entry->undone == 0 || entry->undone > until)
            apply (present, entry);
    }
    return present;
}
