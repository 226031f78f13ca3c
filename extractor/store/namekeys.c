/* namekeys.c - names of bodies and their keys: lead and lead_key, issuer and issuer_key. The program did not look at a new name, so its key is
 * null; a name that was only moved keeps its key. */
#include "store/pointer.h"
#include "store/presentparts.h"

#include <string.h>

/* Where the path of a value, or of an element of a list, ends: "/tasks/3/lead/0" -> "/tasks/3", "lead". */
static char *
part_path (const char *path, char **name)
{
    const char *slash = strrchr (path, '/');
    if (slash != NULL && slash > path && slash[1] != '\0' && strspn (slash + 1, "0123456789") == strlen (slash + 1)) {
        g_autofree char *above = g_strndup (path, (gsize)(slash - path));
        const char *last = strrchr (above, '/');
        *name = g_strdup (last != NULL ? last + 1 : above);
        return g_strndup (above, last != NULL ? (gsize)(last - above) : 0);
    }
    *name = g_strdup (slash != NULL ? slash + 1 : path);
    return g_strndup (path, slash != NULL ? (gsize)(slash - path) : 0);
}

json_t *
kh_present_key_holder (json_t *root, const char *path)
{
    g_autofree char *name = NULL;
    g_autofree char *holder = part_path (path, &name);
    return kh_pointer_value (root, holder);
}

static void
gather_pair (GHashTable *keys, const json_t *name, const json_t *key)
{
    if (json_is_string (name) && json_is_string (key))
        g_hash_table_insert (keys, (gpointer)json_string_value (name), (gpointer)key);
}

/* The keys of all names of an object. */
static void
gather (GHashTable *keys, const json_t *object)
{
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *)object, name, value)
    {
        g_autofree char *key_name = g_strconcat (name, "_key", NULL);
        const json_t *key = json_object_get (object, key_name);
        gsize i;
        json_t *item;
        gather_pair (keys, value, key);
        if (json_is_array (key))
            json_array_foreach (value, i, item) gather_pair (keys, item, json_array_get (key, i));
    }
}

static json_t *
key_of (GHashTable *keys, const json_t *name)
{
    json_t *key = json_is_string (name) ? g_hash_table_lookup (keys, json_string_value (name)) : NULL;
    return key != NULL ? json_incref (key) : json_null ();
}

void
kh_present_mend_keys (json_t *root, const json_t *before, const json_t *as_read, const char *path)
{
    g_autofree char *name = NULL;
    g_autofree char *holder_path = part_path (path, &name);
    json_t *holder = kh_pointer_value (root, holder_path);
    g_autofree char *key_name = g_strconcat (name, "_key", NULL);
    json_t *value = json_object_get (holder, name), *old = json_object_get (holder, key_name);
    if (old == NULL)
        return;
    g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
    gather (keys, as_read != NULL ? kh_pointer_value (as_read, holder_path) : NULL);
    gather (keys, before);
    if (!json_is_array (value)) {
        json_object_set_new (holder, key_name, key_of (keys, value));
        return;
    }
    json_t *list = json_array (), *item;
    gsize i;
    json_array_foreach (value, i, item) json_array_append_new (list, key_of (keys, item));
    json_object_set_new (holder, key_name, list);
}
