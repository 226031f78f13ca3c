#include "base/lists.h"

#include <gio/gio.h>

extern GResource *kh_lists_get_resource (void);

GPtrArray *
kh_list_rows (const char *name, guint n_columns)
{
    g_autofree char *path = g_strconcat ("/kehoach/lists/", name, NULL);
    g_autoptr (GBytes) bytes = g_resource_lookup_data (kh_lists_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (bytes == NULL)
        g_error ("no list '%s'", name);
    gsize length;
    const char *data = g_bytes_get_data (bytes, &length);
    g_autofree char *text = g_strndup (data, length);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
    gboolean header = TRUE;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '#' || *lines[i] == '\0')
            continue;
        if (!header) {
            char **row = g_strsplit (lines[i], "\t", -1);
            if (g_strv_length (row) != n_columns)
                g_error ("list '%s': row '%s' has not %u columns", name, lines[i], n_columns);
            g_ptr_array_add (rows, row);
        }
        header = FALSE;
    }
    return rows;
}
