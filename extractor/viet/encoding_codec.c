/* Text in each encoding, there and back. Which one it is in is decided elsewhere (encoding_score.c). */
#include "viet/encoding_codec.h"

#include "viet/encoding_tables.h"
#include "viet/mojibake.h"

#include <string.h>

#define VOWELS "aeiouyAEIOUY"

static const char *const NAMES[KH_N_ENCODINGS] = { "Unicode", "TCVN3", "VNI", "VPS", "VISCII", "VIQR", "CP1258", "mojibake" };

const char *
kh_encoding_name (kh_encoding encoding)
{
    return NAMES[encoding];
}

gboolean
kh_encoding_parse (const char *name, kh_encoding *encoding)
{
    for (int e = 0; e < KH_N_ENCODINGS; e++)
        if (g_ascii_strcasecmp (name, NAMES[e]) == 0) {
            *encoding = e;
            return TRUE;
        }
    return FALSE;
}

static gboolean
is_vowel (gunichar c)
{
    return c != 0 && c < 0x80 && strchr (VOWELS, (int)c) != NULL;
}

/* ------------------------------------------------------------------ from the encoding */

static guint
read_letters (GString *out, const char *text, const char *end, const gunichar *letters)
{
    guint strays = 0;
    for (const char *p = text; p < end; p = g_utf8_next_char (p)) {
        const char *plain = p;
        while (p < end && (guchar)*p >= 0x20 && (guchar)*p < 0x80)
            p++;
        g_string_append_len (out, plain, p - plain);
        if (p == end)
            break;
        gunichar c = g_utf8_get_char (p);
        int byte = kh_cp1252_byte (c);
        if (byte >= 0 && letters[byte] != 0)
            c = letters[byte];
        else if (byte >= 0x80)
            strays += g_unichar_isalpha (c) != 0;
        g_string_append_unichar (out, c);
    }
    return strays;
}

/* Tones that follow their letters join them. */
static guint
read_cp1258 (GString *out, const char *text, const char *end)
{
    g_autoptr (GString) apart = g_string_new (NULL);
    guint strays = 0; /* its other letters are those of CP1252 */
    read_letters (apart, text, end, kh_encoding_letters (KH_ENCODING_CP1258));
    for (const char *p = apart->str; *p != '\0';) {
        const char *next = g_utf8_next_char (p);
        gunichar c = g_utf8_get_char (p), tone = *next == '\0' ? 0 : g_utf8_get_char (next), toned;
        if (g_unichar_combining_class (tone) != 0 && (toned = kh_viet_compose (c, 0, tone)) != 0) {
            c = toned;
            next = g_utf8_next_char (next);
        }
        strays += g_unichar_combining_class (c) != 0;
        g_string_append_unichar (out, c);
        p = next;
    }
    return strays;
}

static guint
read_vni (GString *out, const char *text, const char *end)
{
    guint strays = 0;
    for (const char *p = text; p < end;) {
        const char *next = g_utf8_next_char (p);
        gunichar c = g_utf8_get_char (p), letter = kh_vni_letter (c), marked;
        if (letter == 0 && c >= 0x80 && kh_cp1252_byte (c) >= 0)
            strays += g_unichar_isalpha (c) != 0;
        if (letter != 0)
            c = letter;
        const kh_mark_sign *mark = next < end && (guchar)*next >= 0x80 ? kh_vni_mark (g_utf8_get_char (next)) : NULL;
        if (mark != NULL && (marked = kh_viet_compose (c, mark->shape, mark->tone)) != 0) {
            c = marked;
            next = g_utf8_next_char (next);
        }
        g_string_append_unichar (out, c);
        p = next;
    }
    return strays;
}

/* Can the vowel that ends a word bear its tone? In "này." there is one; in "hai." and "chia." it would stand on the other vowel
 * (hại, chịa): what is behind is a full stop. `before`: the word up to this vowel. */
static gboolean
may_bear_tone (const GString *before, gunichar c)
{
    gunichar base, shape, tone, own = g_unichar_tolower (c);
    if (before->len == 0 || strchr ("iouya", (int)MIN (own, 0x7F)) == NULL)
        return TRUE;
    const char *last = g_utf8_find_prev_char (before->str, before->str + before->len);
    gunichar onset = last == before->str ? 0 : g_ascii_tolower (last[-1]);
    kh_viet_decompose (g_unichar_tolower (g_utf8_get_char (last)), &base, &shape, &tone);
    if (tone != 0)
        return FALSE;
    if (!is_vowel (base) || (onset == 'q' && base == 'u') || (onset == 'g' && base == 'i'))
        return TRUE;
    return own == 'a' ? base == 'o' : own == 'y' && base == 'u';
}

/* The vowel at `p` with the signs behind it; returns the place behind them. */
static const char *
read_viqr_vowel (GString *out, const char *p, const char *end)
{
    gunichar c = (guchar)*p++;
    for (const kh_mark_sign *mark; p < end && (mark = kh_viqr_mark ((guchar)*p)) != NULL; p++) {
        gunichar marked = kh_viet_compose (c, mark->shape, mark->tone);
        gboolean ends_word = p + 1 == end || !g_ascii_isalnum (p[1]);
        if (marked == 0 || (ends_word && (*p == '.' || *p == '?') && !may_bear_tone (out, c)))
            break;
        c = marked;
    }
    g_string_append_unichar (out, c);
    return p;
}

/* A backslash takes the meaning from what is behind it. */
static void
read_viqr (GString *out, const char *text, const char *end)
{
    for (const char *p = text; p < end;) {
        gboolean before_d = p + 1 < end && (p[1] == 'd' || p[1] == 'D');
        if (*p == '\\' && p + 1 < end && (before_d || g_ascii_ispunct (p[1]))) {
            g_string_append_c (out, p[1]);
            p += 2;
        } else if ((*p == 'd' || *p == 'D') && before_d) {
            g_string_append (out, *p == 'd' ? "đ" : "Đ");
            p += 2;
        } else if (is_vowel ((guchar)*p)) {
            p = read_viqr_vowel (out, p, end);
        } else {
            g_string_append_c (out, *p++);
        }
    }
}

guint
kh_encoding_read (GString *out, const char *text, gsize length, kh_encoding encoding)
{
    const char *end = text + length;
    switch (encoding) {
    case KH_ENCODING_TCVN3:
    case KH_ENCODING_VPS:
    case KH_ENCODING_VISCII:
        return read_letters (out, text, end, kh_encoding_letters (encoding));
    case KH_ENCODING_VNI:
        return read_vni (out, text, end);
    case KH_ENCODING_VIQR:
        read_viqr (out, text, end);
        return 0;
    case KH_ENCODING_CP1258:
        return read_cp1258 (out, text, end);
    case KH_ENCODING_MOJIBAKE:
        kh_mojibake_undo (out, text, length);
        return 0;
    case KH_ENCODING_UNICODE:
    case KH_N_ENCODINGS:
        break;
    }
    g_string_append_len (out, text, (gssize)length);
    return 0;
}

char *
kh_encoding_decode_text (const char *text, kh_encoding encoding)
{
    gsize length = strlen (text);
    GString *out = g_string_sized_new (length + length / 4);
    kh_encoding_read (out, text, length, encoding);
    char *decoded = g_string_free (out, FALSE);
    return encoding == KH_ENCODING_TCVN3 ? kh_tcvn3_restore_capitals (decoded) : decoded;
}

void
kh_encoding_append_bytes (GString *out, const char *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++)
        g_string_append_unichar (out, kh_cp1252_char ((guint8)bytes[i]));
}

char *
kh_encoding_decode (const char *bytes, gsize length, kh_encoding encoding)
{
    if (encoding == KH_ENCODING_UNICODE || encoding == KH_ENCODING_MOJIBAKE) {
        g_autofree char *valid = g_utf8_make_valid (bytes, (gssize)length);
        return kh_encoding_decode_text (valid, encoding);
    }
    g_autoptr (GString) text = g_string_sized_new (length + length / 2);
    kh_encoding_append_bytes (text, bytes, length);
    return kh_encoding_decode_text (text->str, encoding);
}

/* ------------------------------------------------------------------ into the encoding */

static gboolean
append_byte (GString *out, gunichar c, const gunichar *letters)
{
    for (int byte = 1; c != 0 && byte < 256; byte++)
        if (letters[byte] == c) {
            g_string_append_c (out, (char)byte);
            return TRUE;
        }
    return FALSE;
}

static gboolean
append_cp1252 (GString *out, gunichar c)
{
    int byte = kh_cp1252_byte (c);
    if (byte >= 0)
        g_string_append_c (out, (char)byte);
    return byte >= 0;
}

static gboolean
append_vni (GString *out, gunichar c)
{
    gunichar base, shape, tone, sign = kh_vni_letter_sign (c);
    if (sign != 0)
        return append_cp1252 (out, sign);
    kh_viet_decompose (c, &base, &shape, &tone);
    if (shape == 0x31B) { /* ơ and ư are letters of their own, which take the tones of any vowel */
        base = kh_viet_compose (base, shape, 0);
        shape = 0;
    }
    if (!is_vowel (base) && kh_vni_letter_sign (base) == 0)
        return FALSE;
    sign = kh_vni_sign (shape, tone);
    if (sign == 0)
        return FALSE;
    append_cp1252 (out, is_vowel (base) ? base : kh_vni_letter_sign (base));
    return append_cp1252 (out, g_unichar_isupper (base) ? g_unichar_toupper (sign) : sign);
}

static gboolean
append_cp1258 (GString *out, gunichar c)
{
    const gunichar *letters = kh_encoding_letters (KH_ENCODING_CP1258);
    gunichar base, shape, tone;
    if (append_byte (out, c, letters))
        return TRUE;
    kh_viet_decompose (c, &base, &shape, &tone);
    gunichar shaped = kh_viet_compose (base, shape, 0);
    if (tone == 0 || shaped == 0)
        return FALSE;
    return (append_byte (out, shaped, letters) || append_cp1252 (out, shaped)) && append_byte (out, tone, letters);
}

/* A sign that would be read as the mark of the vowel before it, or a d as half of đ, gets a backslash. */
static gboolean
append_viqr (GString *out, gunichar c)
{
    gunichar base, shape, tone, last = out->len > 0 ? (guchar)out->str[out->len - 1] : 0;
    if (c < 0x80) {
        gboolean after_vowel = is_vowel (last) || (kh_viqr_mark (last) != NULL && out->len > 1);
        if ((after_vowel && kh_viqr_mark (c) != NULL) || c == '\\' || ((last == 'd' || last == 'D') && (c == 'd' || c == 'D')))
            g_string_append_c (out, '\\');
        g_string_append_c (out, (char)c);
        return TRUE;
    }
    if (c == 0x110 || c == 0x111) {
        if (last == 'd' || last == 'D')
            g_string_append_c (out, '\\');
        g_string_append (out, c == 0x110 ? "DD" : "dd");
        return TRUE;
    }
    kh_viet_decompose (c, &base, &shape, &tone);
    if (!is_vowel (base) || (shape == 0 && tone == 0))
        return FALSE;
    g_string_append_c (out, (char)base);
    if (shape != 0)
        g_string_append_unichar (out, kh_viqr_sign (shape));
    if (tone != 0)
        g_string_append_unichar (out, kh_viqr_sign (tone));
    return TRUE;
}

static gboolean
append_encoded (GString *out, gunichar c, kh_encoding encoding)
{
    const gunichar *letters = kh_encoding_letters (encoding);
    switch (encoding) {
    case KH_ENCODING_TCVN3:
        return append_byte (out, c, letters) || append_byte (out, g_unichar_tolower (c), letters);
    case KH_ENCODING_VPS:
    case KH_ENCODING_VISCII:
        return append_byte (out, c, letters);
    case KH_ENCODING_VNI:
        return append_vni (out, c);
    case KH_ENCODING_CP1258:
        return append_cp1258 (out, c);
    case KH_ENCODING_VIQR:
        return append_viqr (out, c);
    case KH_ENCODING_UNICODE:
    case KH_ENCODING_MOJIBAKE:
    case KH_N_ENCODINGS:
        break;
    }
    g_string_append_unichar (out, c);
    return TRUE;
}

char *
kh_encoding_encode (const char *text, kh_encoding encoding, gsize *length)
{
    GString *out = g_string_new (NULL);
    if (encoding == KH_ENCODING_MOJIBAKE)
        kh_encoding_append_bytes (out, text, strlen (text));
    else
        for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
            gunichar c = g_utf8_get_char (p);
            if (c < 0x80 && encoding != KH_ENCODING_VIQR)
                g_string_append_c (out, (char)c);
            else if (!append_encoded (out, c, encoding) && !append_cp1252 (out, c))
                g_string_append_c (out, '?');
        }
    if (length != NULL)
        *length = out->len;
    return g_string_free (out, FALSE);
}
