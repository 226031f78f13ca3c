/* reply.c - replies are put together. */
#include "review/parts.h"

#include <stdlib.h>
#include <string.h>

void
kh_reply_clear (kh_reply *reply)
{
    g_clear_pointer (&reply->body, g_bytes_unref);
    g_clear_pointer (&reply->file, g_free);
}

kh_reply
kh_reply_json (guint status, json_t *value)
{
    char *text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref (value);
    if (text == NULL)
        return (kh_reply){ .status = 500 };
    return (kh_reply){ .status = status, .body = g_bytes_new_with_free_func (text, strlen (text), free, text) };
}

kh_reply
kh_reply_error (guint status, const char *format, ...)
{
    va_list list;
    va_start (list, format);
    g_autofree char *message = g_strdup_vprintf (format, list);
    va_end (list);
    g_autofree char *valid = g_utf8_make_valid (message, -1);
    return kh_reply_json (status, json_pack ("{s:s}", "error", valid));
}

kh_reply
kh_reply_fault (GError *error)
{
    kh_reply reply = kh_reply_error (error->code == KH_ERROR_LIMIT ? 413 : 500, "%s", error->message);
    g_error_free (error);
    return reply;
}

kh_reply
kh_reply_nothing (void)
{
    return (kh_reply){ .status = 404 };
}

const char *
kh_ask_query (const kh_ask *ask, const char *name)
{
    return g_hash_table_lookup (ask->query, name);
}

gint64
kh_ask_number (const kh_ask *ask, const char *name, gint64 least, gint64 most, gint64 otherwise)
{
    const char *text = kh_ask_query (ask, name);
    gint64 number;
    return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL) ? CLAMP (number, least, most)
                                                                                                    : otherwise;
}
