#include "emit/workbook_parts.h"

#include <gio/gio.h>
#include <string.h>

/* The archive's directory is at its end; numbers are little-endian (ZIP application note, 4.3). */
#define END_BYTES 22       /* of the directory's end, without a comment */
#define ENTRY_BYTES 46     /* of an entry of the directory, before its name */
#define LOCAL_BYTES 30     /* of what stands before a part, before its name */
#define STORED 0           /* method: not packed */

typedef struct entry {
    const char *name;
    gsize name_length;
    const char *packed;
    gsize packed_bytes, bytes;
    guint method;
} entry;

static gsize
number (const char *at, int bytes)
{
    gsize value = 0;
    for (int i = bytes; i > 0; i--)
        value = value << 8 | (guint8) at[i - 1];
    return value;
}

/* The entry `index` of the directory; FALSE past the last, or when the archive is cut short. */
static gboolean
entry_at (const char *bytes, gsize length, guint index, entry *one)
{
    if (length < END_BYTES || memcmp (bytes + length - END_BYTES, "PK\5\6", 4) != 0 || index >= number (bytes + length - END_BYTES + 10, 2))
        return FALSE;
    gsize at = number (bytes + length - END_BYTES + 16, 4);
    for (guint i = 0;; i++) {
        if (at + ENTRY_BYTES > length)
            return FALSE;
        const char *head = bytes + at;
        gsize name = number (head + 28, 2), local = number (head + 42, 4);
        if (i < index) {
            at += ENTRY_BYTES + name + number (head + 30, 2) + number (head + 32, 2);
            continue;
        }
        if (local + LOCAL_BYTES > length || at + ENTRY_BYTES + name > length)
            return FALSE;
        gsize data = local + LOCAL_BYTES + number (bytes + local + 26, 2) + number (bytes + local + 28, 2);
        *one = (entry){ head + ENTRY_BYTES, name, bytes + data, number (head + 20, 4), number (head + 24, 4), (guint) number (head + 10, 2) };
        return data + one->packed_bytes <= length;
    }
}

static GString *
unpack (const entry *one)
{
    if (one->method == STORED)
        return g_string_new_len (one->packed, (gssize) one->packed_bytes);
    g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_data (one->packed, (gssize) one->packed_bytes, NULL);
    g_autoptr (GConverter) inflate = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW));
    g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, inflate);
    GString *part = g_string_sized_new (one->bytes + 1);
    gsize got = 0;
    gboolean is_read = g_input_stream_read_all (stream, part->str, one->bytes, &got, NULL, NULL) && got == one->bytes;
    g_string_set_size (part, got);
    if (!is_read)
        g_string_free (g_steal_pointer (&part), TRUE);
    return part;
}

GString *
kh_workbook_part (const char *bytes, gsize length, const char *name)
{
    entry one;
    for (guint i = 0; entry_at (bytes, length, i, &one); i++)
        if (one.name_length == strlen (name) && memcmp (one.name, name, one.name_length) == 0)
            return unpack (&one);
    return NULL;
}

static gboolean
is_well_formed (const GString *xml)
{
    static const GMarkupParser parser = { 0 };
    g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
    return g_markup_parse_context_parse (context, xml->str, (gssize) xml->len, NULL) && g_markup_parse_context_end_parse (context, NULL);
}

gboolean
kh_workbook_parts_are_whole (const char *bytes, gsize length)
{
    entry one;
    guint n = 0;
    for (; entry_at (bytes, length, n, &one); n++) {
        GString *part = unpack (&one);
        gboolean is_whole = part != NULL && is_well_formed (part);
        if (part != NULL)
            g_string_free (part, TRUE);
        if (!is_whole)
            return FALSE;
    }
    return n > 0 && n == number (bytes + length - END_BYTES + 10, 2);
}
