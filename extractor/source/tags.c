/* A TIFF is a chain of directories (TIFF 6.0, section 2):
 *
 *   II*\0 first ──> count, 12 bytes an entry, next ──> count, ... next = 0
 *   MM\0*           (tag, type, number, value)
 */
#include "source/tags.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

typedef struct tiff {
    const guint8 *data;
    gsize length;
    gboolean big; /* byte order */
} tiff;

static guint
u16 (const tiff *t, gsize at)
{
    const guint8 *p = t->data + at;
    return t->big ? (guint) p[0] << 8 | p[1] : (guint) p[1] << 8 | p[0];
}

static guint32
u32 (const tiff *t, gsize at)
{
    return t->big ? (guint32) u16 (t, at) << 16 | u16 (t, at + 2) : (guint32) u16 (t, at + 2) << 16 | u16 (t, at);
}

/* The first directory's place; 0 when this is no TIFF. */
static gsize
open_tiff (tiff *t, const guint8 *data, gsize length)
{
    *t = (tiff){ data, length, FALSE };
    if (length < 8 || (memcmp (data, "II*\0", 4) != 0 && memcmp (data, "MM\0*", 4) != 0))
        return 0;
    t->big = data[0] == 'M';
    return u32 (t, 4);
}

/* Is there a whole directory at `at`? Then `next` is where the next one is; 0: nowhere. */
static gboolean
read_directory (const tiff *t, gsize at, gsize *next)
{
    *next = 0;
    if (at < 8 || at + 2 > t->length)
        return FALSE;
    gsize entries = u16 (t, at);
    if (entries == 0 || at + 2 + 12 * entries > t->length)
        return FALSE;
    if (at + 2 + 12 * entries + 4 <= t->length)
        *next = u32 (t, at + 2 + 12 * entries);
    return TRUE;
}

guint
kh_tags_count (const guint8 *data, gsize length, guint limit)
{
    tiff t;
    guint count = 0;
    g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);
    for (gsize at = open_tiff (&t, data, length), next; at != 0 && count < limit; at = next) {
        if (!g_hash_table_add (seen, GSIZE_TO_POINTER (at))) /* the chain bites its tail */
            break;
        count++;
        if (!read_directory (&t, at, &next))
            break;
    }
    return count;
}

int
kh_tags_orientation (const guint8 *data, gsize length, guint n)
{
    tiff t;
    gsize at = open_tiff (&t, data, length), next;
    for (; at != 0; at = next) {
        if (!read_directory (&t, at, &next))
            return 1;
        if (n-- == 0)
            break;
    }
    if (at == 0)
        return 1;
    for (guint i = 0; i < u16 (&t, at); i++) {
        gsize entry = at + 2 + 12 * (gsize) i;
        if (u16 (&t, entry) == TAG_ORIENTATION && u16 (&t, entry + 2) == TYPE_SHORT) {
            guint value = u16 (&t, entry + 8);
            return value >= 1 && value <= 8 ? (int) value : 1;
        }
    }
    return 1;
}

/* Segments of a JPEG: FF, marker, length of two bytes that counts itself. Pixels begin at marker DA. */
int
kh_tags_jpeg_orientation (const guint8 *data, gsize length)
{
    for (gsize at = 2; at + 4 <= length && data[at] == 0xFF && data[at + 1] != 0xDA;) {
        gsize size = (gsize) data[at + 2] << 8 | data[at + 3];
        if (size < 2 || at + 2 + size > length)
            return 1;
        if (data[at + 1] == 0xE1 && size > 16 && memcmp (data + at + 4, "Exif\0\0", 6) == 0)
            return kh_tags_orientation (data + at + 10, size - 8, 0);
        at += 2 + size;
    }
    return 1;
}
