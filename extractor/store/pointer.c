#include "store/pointer.h"

#include "store/present.h"

#include <stdlib.h>
#include <string.h>

static gboolean
is_index (const char *key)
{
    return *key != '\0' && strspn (key, "0123456789") == strlen (key) && strlen (key) < 9;
}

char **
kh_pointer_split (const char *pointer)
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

json_t *
kh_pointer_member (json_t *parent, const char *key)
{
    if (json_is_object (parent))
        return json_object_get (parent, key);
    return json_is_array (parent) && is_index (key) ? json_array_get (parent, strtoul (key, NULL, 10)) : NULL;
}

gboolean
kh_pointer_set_member (json_t *parent, const char *key, json_t *value)
{
    if (json_is_object (parent))
        return json_object_set_new (parent, key, value) == 0;
    gsize at = json_is_array (parent) && is_index (key) ? strtoul (key, NULL, 10) : G_MAXSIZE;
    if (at < json_array_size (parent))
        return json_array_set_new (parent, at, value) == 0;
    if (at == json_array_size (parent) && at != G_MAXSIZE)
        return json_array_append_new (parent, value) == 0;
    json_decref (value);
    return FALSE;
}

json_t *
kh_pointer_value (const json_t *from, const char *pointer)
{
    json_t *value = (json_t *)from;
    if (*pointer == '\0')
        return value;
    g_auto (GStrv) keys = kh_pointer_split (pointer);
    for (guint i = 0; keys[i] != NULL && value != NULL; i++)
        value = kh_pointer_member (value, keys[i]);
    return value;
}

gboolean
kh_pointer_set (json_t *root, const char *pointer, json_t *value)
{
    g_auto (GStrv) keys = kh_pointer_split (pointer);
    guint n = g_strv_length (keys);
    json_t *parent = root;
    for (guint i = 0; i + 1 < n; i++) {
        json_t *next = kh_pointer_member (parent, keys[i]);
        if (json_is_null (next)) { /* a deadline that was not found */
            next = json_object ();
            kh_pointer_set_member (parent, keys[i], next);
        }
        if (!json_is_object (next) && !json_is_array (next)) {
            json_decref (value);
            return FALSE;
        }
        parent = next;
    }
    return kh_pointer_set_member (parent, keys[n - 1], value);
}

char *
kh_value_text (const json_t *value)
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
