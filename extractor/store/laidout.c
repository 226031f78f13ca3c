/* laidout.c - the record as it is now is put together; where its values are. */
#include "store/pointer.h"
#include "store/presentparts.h"

#include <stdlib.h>
#include <string.h>

/* ---- pointers ---- */

kh_present_row *
kh_present_row_at (const kh_present *present, const char *pointer, int *list, const char **rest)
{
    for (int l = 0; l < KH_N_LISTS; l++) {
        gsize n = strlen (kh_list_names[l]);
        if (*pointer != '/' || strncmp (pointer + 1, kh_list_names[l], n) != 0 || pointer[n + 1] != '/')
            continue;
        const char *digits = pointer + n + 2;
        gsize many = strspn (digits, "0123456789");
        if (many == 0 || many > 8 || (digits[many] != '\0' && digits[many] != '/'))
            return NULL;
        gulong at = strtoul (digits, NULL, 10);
        *list = l;
        *rest = digits + many;
        return at < present->rows[l]->len ? present->rows[l]->pdata[at] : NULL;
    }
    return NULL;
}

json_t *
kh_present_value (const kh_present *present, const char *pointer)
{
    int list;
    const char *rest;
    const kh_present_row *row = kh_present_row_at (present, pointer, &list, &rest);
    return row != NULL ? kh_pointer_value (row->value, rest) : kh_pointer_value (present->base, pointer);
}

char *
kh_present_pointer (const kh_present *present, int list, const kh_present_row *row, const char *path, gboolean as_read)
{
    guint at;
    if (row == NULL)
        return g_strdup (path);
    if (as_read)
        return row->read < 0 ? NULL : g_strdup_printf ("/%s/%d%s", kh_list_names[list], row->read, path != NULL ? path : "");
    if (!g_ptr_array_find (present->rows[list], row, &at))
        return NULL;
    return g_strdup_printf ("/%s/%u%s", kh_list_names[list], at, path != NULL ? path : "");
}

/* ---- rows that people made get ids of their own, behind those that were read, in the order in which they were made ---- */

static gint
by_age (gconstpointer a, gconstpointer b)
{
    const kh_present_row *one = *(kh_present_row *const *)a, *other = *(kh_present_row *const *)b;
    return one->made < other->made ? -1 : one->made > other->made;
}

static void
give_ids (const kh_present *present, int list)
{
    g_autoptr (GPtrArray) made = g_ptr_array_new ();
    guint64 last = 0;
    for (guint i = 0; i < present->rows[list]->len; i++) {
        kh_present_row *row = present->rows[list]->pdata[i];
        const char *id = json_string_value (json_object_get (row->value, "id"));
        if (row->read < 0)
            g_ptr_array_add (made, row);
        else if (id != NULL && *id != '\0')
            last = MAX (last, g_ascii_strtoull (id + 1, NULL, 10));
    }
    g_ptr_array_sort (made, by_age);
    for (guint i = 0; i < made->len; i++) {
        kh_present_row *row = made->pdata[i];
        json_object_set_new (row->value, "id", json_sprintf ("%c%" G_GUINT64_FORMAT, list == KH_LIST_TASKS ? 't' : 'g', ++last));
    }
}

/* ---- evidence and review entries follow their rows ---- */

typedef struct kh_moves {
    GArray *to[KH_N_LISTS]; /* index as read -> index now; -1: not there */
    gboolean any;
} kh_moves;

/* The list and the index that a pointer of the record as read leads into; -1: none. */
static int
list_of (const char *pointer, gulong *at, const char **rest)
{
    for (int l = 0; l < KH_N_LISTS; l++) {
        gsize n = strlen (kh_list_names[l]);
        if (strncmp (pointer + 1, kh_list_names[l], n) != 0 || pointer[n + 1] != '/')
            continue;
        char *end;
        *at = strtoul (pointer + n + 2, &end, 10);
        *rest = end;
        return l;
    }
    return -1;
}

/* The pointer now; NULL: its row is not there. The caller frees. */
static char *
moved (const kh_moves *moves, const char *pointer)
{
    gulong at;
    const char *rest;
    int list = *pointer == '/' ? list_of (pointer, &at, &rest) : -1;
    if (list < 0 || at >= moves->to[list]->len)
        return g_strdup (pointer);
    int now = g_array_index (moves->to[list], int, at);
    return now < 0 ? NULL : g_strdup_printf ("/%s/%d%s", kh_list_names[list], now, rest);
}

static json_t *
move_evidence (const kh_present *present, const kh_moves *moves, gboolean with_removed)
{
    json_t *all = json_object (), *value;
    const json_t *old = json_object_get (present->read, "evidence");
    const char *key;
    json_object_foreach ((json_t *)old, key, value)
    {
        g_autofree char *pointer = moved (moves, key);
        if (pointer != NULL)
            json_object_set (all, pointer, value);
    }
    static const char *const PARTS[] = { "", "/text" };
    for (int l = 0; l < KH_N_LISTS; l++) /* what was split off stands where the whole stood */
        for (guint i = 0, now = 0; i < present->rows[l]->len; i++) {
            const kh_present_row *row = present->rows[l]->pdata[i];
            if (row->is_removed && !with_removed)
                continue;
            for (guint p = 0; row->read < 0 && row->place >= 0 && p < G_N_ELEMENTS (PARTS); p++) {
                g_autofree char *from = g_strdup_printf ("/%s/%d%s", kh_list_names[l], row->place, PARTS[p]);
                g_autofree char *to = g_strdup_printf ("/%s/%u%s", kh_list_names[l], now, PARTS[p]);
                if ((value = json_object_get (old, from)) != NULL)
                    json_object_set (all, to, value);
            }
            now++;
        }
    return all;
}

static json_t *
move_reviews (const kh_present *present, const kh_moves *moves)
{
    json_t *all = json_array (), *entry;
    gsize i;
    json_array_foreach (json_object_get (present->read, "review"), i, entry)
    {
        const char *pointer = json_string_value (json_object_get (entry, "pointer"));
        g_autofree char *now = pointer != NULL ? moved (moves, pointer) : NULL;
        if (now == NULL)
            continue;
        json_t *copy = json_copy (entry);
        json_object_set_new (copy, "pointer", json_string (now));
        json_array_append_new (all, copy);
    }
    return all;
}

json_t *
kh_present_record (const kh_present *present, gboolean with_removed)
{
    json_t *record = json_object (), *value;
    json_t *lists[KH_N_LISTS];
    kh_moves moves = { .any = FALSE };
    const char *key;
    for (int l = 0; l < KH_N_LISTS; l++) {
        int none = -1;
        lists[l] = json_array ();
        give_ids (present, l);
        moves.to[l] = g_array_new (FALSE, FALSE, sizeof (int));
        for (gsize i = 0; i < json_array_size (json_object_get (present->read, kh_list_names[l])); i++)
            g_array_append_val (moves.to[l], none);
        for (guint i = 0; i < present->rows[l]->len; i++) {
            const kh_present_row *row = present->rows[l]->pdata[i];
            int now = (int)json_array_size (lists[l]);
            if (row->is_removed && !with_removed) {
                moves.any = TRUE;
                continue;
            }
            moves.any = moves.any || row->read != now;
            if (row->read >= 0)
                g_array_index (moves.to[l], int, row->read) = now;
            json_array_append (lists[l], row->value);
        }
    }
    json_object_foreach (present->base, key, value) /* in the order of the schema */
    {
        int l = kh_present_list (key);
        if (l >= 0)
            json_object_set_new (record, key, lists[l]);
        else if (moves.any && strcmp (key, "evidence") == 0)
            json_object_set_new (record, key, move_evidence (present, &moves, with_removed));
        else if (moves.any && strcmp (key, "review") == 0)
            json_object_set_new (record, key, move_reviews (present, &moves));
        else
            json_object_set (record, key, value);
    }
    for (int l = 0; l < KH_N_LISTS; l++)
        g_array_unref (moves.to[l]);
    return record;
}
