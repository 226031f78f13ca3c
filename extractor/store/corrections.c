/* corrections.c - values are found by JSON Pointer (RFC 6901). What a pointer may lead to that is not there yet: a member of an
 * object, or of a deadline that is null, and the next element of a list. */
#include "store/corrections.h"

#include <stdlib.h>
#include <string.h>

/* The text of a value as `read` and `corrected` have it: a string as it is, null as NULL, all else as JSON. The caller frees. */
static char *
text_of (const json_t *value)
{
    if (value == NULL || json_is_null (value))
        return NULL;
    if (json_is_string (value))
        return g_strdup (json_string_value (value));
    char *json = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
    char *copy = g_strdup (json);
    free (json);
    return copy;
}

/* `text` in place of `old`: of the same kind. Text that is no such value is none, and the correction does not hold. */
static json_t *
value_of (const char *text, const json_t *old)
{
    if (text == NULL)
        return json_null ();
    gboolean is_json = json_is_object (old) || json_is_array (old) || json_is_number (old) ||
                       ((old == NULL || json_is_null (old)) && (*text == '{' || *text == '['));
    return is_json ? json_loads (text, JSON_DECODE_ANY, NULL) : json_string (text);
}

static json_t *
member (json_t *parent, const char *key)
{
    if (json_is_object (parent))
        return json_object_get (parent, key);
    if (json_is_array (parent) && *key != '\0' && strspn (key, "0123456789") == strlen (key) && strlen (key) < 9)
        return json_array_get (parent, strtoul (key, NULL, 10));
    return NULL;
}

static gboolean
set_member (json_t *parent, const char *key, json_t *value)
{
    if (json_is_object (parent))
        return json_object_set_new (parent, key, value) == 0;
    gsize at = json_is_array (parent) && *key != '\0' && strspn (key, "0123456789") == strlen (key) && strlen (key) < 9
                   ? strtoul (key, NULL, 10)
                   : G_MAXSIZE;
    if (at < json_array_size (parent))
        return json_array_set_new (parent, at, value) == 0;
    if (at == json_array_size (parent) && at != G_MAXSIZE)
        return json_array_append_new (parent, value) == 0;
    json_decref (value);
    return FALSE;
}

static char **
split_pointer (const char *pointer)
{
    char **keys = g_strsplit (*pointer == '/' ? pointer + 1 : pointer, "/", -1);
    for (guint i = 0; keys[i] != NULL; i++) {
        if (strchr (keys[i], '~') == NULL)
            continue;
        g_autoptr (GString) key = g_string_new (keys[i]);
        g_string_replace (key, "~1", "/", 0);
        g_string_replace (key, "~0", "~", 0);
        g_free (keys[i]);
        keys[i] = g_strdup (key->str);
    }
    return keys;
}

/* /tasks/3/lead/0 has its key in /tasks/3/lead_key/0, /header/issuer in /header/issuer_key. */
static void
forget_key (json_t *record, char **keys, guint n)
{
    guint named = n >= 2 && strspn (keys[n - 1], "0123456789") == strlen (keys[n - 1]) ? n - 2 : n - 1;
    json_t *parent = record;
    for (guint i = 0; i < named; i++)
        parent = member (parent, keys[i]);
    g_autofree char *name = g_strconcat (keys[named], "_key", NULL);
    json_t *key = json_object_get (parent, name);
    if (key == NULL)
        return;
    if (named == n - 1)
        json_object_set_new (parent, name, json_null ());
    else
        set_member (key, keys[n - 1], json_null ());
}

/* Does the program still read there what it read when the correction was made? */
static gboolean
holds (json_t *record, const kh_correction *correction)
{
    if (*correction->pointer != '/')
        return FALSE;
    g_auto (GStrv) keys = split_pointer (correction->pointer);
    json_t *value = record;
    for (guint i = 0; keys[i] != NULL; i++)
        value = member (value, keys[i]);
    g_autofree char *read = text_of (value);
    return g_strcmp0 (read, correction->read) == 0;
}

static gboolean
lay (json_t *record, const kh_correction *correction)
{
    g_auto (GStrv) keys = split_pointer (correction->pointer);
    guint n = g_strv_length (keys);
    json_t *parent = record;
    for (guint i = 0; i + 1 < n; i++) {
        json_t *next = member (parent, keys[i]);
        if (json_is_null (next)) { /* a deadline that was not found */
            next = json_object ();
            set_member (parent, keys[i], next);
        }
        if (!json_is_object (next) && !json_is_array (next))
            return FALSE;
        parent = next;
    }
    json_t *value = value_of (correction->corrected, member (parent, keys[n - 1]));
    if (value == NULL || !set_member (parent, keys[n - 1], value))
        return FALSE;
    forget_key (record, keys, n);
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
