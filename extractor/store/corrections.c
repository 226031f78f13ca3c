/* corrections.c - values are found by JSON Pointer (RFC 6901). What a pointer may lead to that is not there yet: a member of an
 * object, or of a deadline that is null, and the next element of a list. */
#include "store/corrections.h"

#include "store/pointer.h"
#include "store/present.h"

#include <string.h>

json_t *
kh_correction_value (const char *text, const json_t *old)
{
    if (text == NULL)
        return json_null ();
    gboolean is_json = json_is_object (old) || json_is_array (old) || json_is_number (old) ||
                       ((old == NULL || json_is_null (old)) && (*text == '{' || *text == '['));
    return is_json ? json_loads (text, JSON_DECODE_ANY, NULL) : json_string (text);
}

/* /tasks/3/lead/0 has its key in /tasks/3/lead_key/0, /header/issuer in /header/issuer_key. */
static void
forget_key (json_t *record, char **keys, guint n)
{
    guint named = n >= 2 && strspn (keys[n - 1], "0123456789") == strlen (keys[n - 1]) ? n - 2 : n - 1;
    json_t *parent = record;
    for (guint i = 0; i < named; i++)
        parent = kh_pointer_member (parent, keys[i]);
    g_autofree char *name = g_strconcat (keys[named], "_key", NULL);
    json_t *key = json_object_get (parent, name);
    if (key == NULL)
        return;
    if (named == n - 1)
        json_object_set_new (parent, name, json_null ());
    else
        kh_pointer_set_member (key, keys[n - 1], json_null ());
}

/* Does the program still read there what it read when the correction was made? */
static gboolean
holds (json_t *record, const kh_correction *correction)
{
    if (*correction->pointer != '/')
        return FALSE;
    g_autofree char *read = kh_value_text (kh_pointer_value (record, correction->pointer));
    return g_strcmp0 (read, correction->read) == 0;
}

static gboolean
lay (json_t *record, const kh_correction *correction)
{
    g_auto (GStrv) keys = kh_pointer_split (correction->pointer);
    json_t *value = kh_correction_value (correction->corrected, kh_pointer_value (record, correction->pointer));
    if (value == NULL || !kh_pointer_set (record, correction->pointer, value))
        return FALSE;
    forget_key (record, keys, g_strv_length (keys));
    return TRUE;
}

/* Elements of lists in order, and a name before its key. */
static gint
by_pointer (gconstpointer a, gconstpointer b)
{
    return strverscmp ((*(const kh_correction *const *)a)->pointer, (*(const kh_correction *const *)b)->pointer);
}

guint
kh_corrections_lay (json_t *record, const GPtrArray *corrections)
{
    if (corrections == NULL || corrections->len == 0)
        return 0;
    g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
    for (guint i = 0; i < corrections->len; i++)
        if (holds (record, corrections->pdata[i])) /* all are asked before any is laid */
            g_ptr_array_add (sorted, corrections->pdata[i]);
    g_ptr_array_sort (sorted, by_pointer);
    guint n = 0;
    for (guint i = 0; i < sorted->len; i++)
        n += lay (record, sorted->pdata[i]);
    return n;
}
