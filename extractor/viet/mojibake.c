/* A character at a time: its byte as CP1252 or Latin-1 must lead a UTF-8 sequence, and the characters behind it must give the
 * bytes that go on. Text that was sound beside it has no such sequences and stays. What was misread twice is undone twice.
 *
 * Two bytes get lost on the way: A0 becomes a plain space, AD (a soft hyphen) goes. "lÃ " is là, "tÃnh" is tính: after a small
 * letter nothing else ends or stands in a word that way.
 */
#include "viet/mojibake.h"

#include "viet/encoding_tables.h"

#include <string.h>

#define MOST_ROUNDS 3

/* The character whose UTF-8 is misread at `p`, at most up to `end`; `*next` becomes the place behind. 0: none. */
static gunichar
misread_char (const char *p, const char *end, const char **next)
{
    char bytes[4];
    int lead = kh_cp1252_byte (g_utf8_get_char (p));
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    gsize n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    bytes[0] = (char)lead;
    p = g_utf8_next_char (p);
    for (gsize i = 1; i < n; i++, p = g_utf8_next_char (p)) {
        int byte = p < end ? kh_cp1252_byte (g_utf8_get_char (p)) : -1;
        if (byte < 0x80 || byte > 0xBF)
            return 0;
        bytes[i] = (char)byte;
    }
    *next = p;
    gunichar c = g_utf8_get_char_validated (bytes, (gssize)n);
    return c == (gunichar)-1 || c == (gunichar)-2 ? 0 : c;
}

/* "Ã" that lost its second byte: à at the end of a word, í within. 0: it is none. */
static gunichar
half_lost (const char *p, const char *start, const char *end)
{
    const char *behind = g_utf8_next_char (p);
    if (g_utf8_get_char (p) != 0xC3 || p == start || !g_ascii_islower (p[-1]))
        return 0;
    if (behind >= end || g_ascii_isspace (*behind) || g_ascii_ispunct (*behind))
        return 0xE0;
    return g_ascii_islower (*behind) ? 0xED : 0;
}

static gboolean
undo_once (GString *out, const char *text, gsize length)
{
    const char *end = text + length;
    gboolean found = FALSE;
    for (const char *p = text; p < end;) {
        const char *next = g_utf8_next_char (p);
        gunichar c = (guchar)*p < 0x80 ? 0 : misread_char (p, end, &next);
        if (c == 0 && (guchar)*p == 0xC3)
            c = half_lost (p, text, end);
        if (c != 0) {
            found = TRUE;
            g_string_append_unichar (out, c);
        } else {
            g_string_append_len (out, p, next - p);
        }
        p = next;
    }
    return found;
}

gboolean
kh_mojibake_undo (GString *out, const char *text, gsize length)
{
    gsize start = out->len;
    gboolean found = undo_once (out, text, length);
    for (int round = 1, more = found; more && round < MOST_ROUNDS; round++) {
        g_autofree char *before = g_strndup (out->str + start, out->len - start);
        g_string_truncate (out, start);
        more = undo_once (out, before, strlen (before));
    }
    return found;
}
