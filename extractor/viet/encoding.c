/* Which encoding a text is in is not written anywhere: it is read in each, and the reading that is Vietnamese is right. */
#include "viet/encoding.h"

#include "viet/viet.h"

#include <string.h>

#define SAMPLE_BYTES (64 * 1024) /* that much decides */
#define SOUND 0.80               /* share of words that are possible syllables in a right reading */
#define BETTER 0.10              /* by so much it is better than the text as it is */
#define LEAST_WORDS 8

/* Letters with the byte TCVN3 gives them (TCVN 5712:1993, table VN3); the toned ones serve for capitals, too. */
static const struct {
    const char *letters;
    guint8 bytes[8];
} TCVN3[] = {
    { "àảãáạ", { 0xB5, 0xB6, 0xB7, 0xB8, 0xB9 } },
    { "ăằẳẵắặ", { 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6 } },
    { "âầẩẫấậ", { 0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB } },
    { "đ", { 0xAE } },
    { "èẻẽéẹ", { 0xCC, 0xCE, 0xCF, 0xD0, 0xD1 } },
    { "êềểễếệ", { 0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6 } },
    { "ìỉĩíị", { 0xD7, 0xD8, 0xDC, 0xDD, 0xDE } },
    { "òỏõóọ", { 0xDF, 0xE1, 0xE2, 0xE3, 0xE4 } },
    { "ôồổỗốộ", { 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9 } },
    { "ơờởỡớợ", { 0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE } },
    { "ùủũúụ", { 0xEF, 0xF1, 0xF2, 0xF3, 0xF4 } },
    { "ưừửữứự", { 0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9 } },
    { "ỳỷỹýỵ", { 0xFA, 0xFB, 0xFC, 0xFD, 0xFE } },
    { "ĂÂÊÔƠƯĐ", { 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7 } },
};

/* VNI Windows: each letter as the CP1252 characters that stand for it; capitals are the capitals of these. */
static const char *const VNI[][2] = {
    { "á", "aù" }, { "à", "aø" }, { "ả", "aû" }, { "ã", "aõ" }, { "ạ", "aï" }, { "ă", "aê" }, { "ắ", "aé" }, { "ằ", "aè" },
    { "ẳ", "aú" }, { "ẵ", "aü" }, { "ặ", "aë" }, { "â", "aâ" }, { "ấ", "aá" }, { "ầ", "aà" }, { "ẩ", "aå" }, { "ẫ", "aã" },
    { "ậ", "aä" }, { "é", "eù" }, { "è", "eø" }, { "ẻ", "eû" }, { "ẽ", "eõ" }, { "ẹ", "eï" }, { "ê", "eâ" }, { "ế", "eá" },
    { "ề", "eà" }, { "ể", "eå" }, { "ễ", "eã" }, { "ệ", "eä" }, { "ó", "où" }, { "ò", "oø" }, { "ỏ", "oû" }, { "õ", "oõ" },
    { "ọ", "oï" }, { "ô", "oâ" }, { "ố", "oá" }, { "ồ", "oà" }, { "ổ", "oå" }, { "ỗ", "oã" }, { "ộ", "oä" }, { "ú", "uù" },
    { "ù", "uø" }, { "ủ", "uû" }, { "ũ", "uõ" }, { "ụ", "uï" }, { "ý", "yù" }, { "ỳ", "yø" }, { "ỷ", "yû" }, { "ỹ", "yõ" },
    { "ỵ", "î" },  { "ơ", "ô" },  { "ớ", "ôù" }, { "ờ", "ôø" }, { "ở", "ôû" }, { "ỡ", "ôõ" }, { "ợ", "ôï" }, { "ư", "ö" },
    { "ứ", "öù" }, { "ừ", "öø" }, { "ử", "öû" }, { "ữ", "öõ" }, { "ự", "öï" }, { "í", "í" },  { "ì", "ì" },  { "ỉ", "æ" },
    { "ĩ", "ó" },  { "ị", "ò" },  { "đ", "ñ" },
};

/* The characters of bytes 0x80-0x9F in CP1252; 0: none (read as the control character of that number). */
static const gunichar CP1252_HIGH[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static gunichar
from_cp1252 (guint8 byte)
{
    return byte >= 0x80 && byte < 0xA0 && CP1252_HIGH[byte - 0x80] != 0 ? CP1252_HIGH[byte - 0x80] : byte;
}

/* The byte of a CP1252 character; -1 when it has none. */
static int
to_cp1252 (gunichar c)
{
    for (int i = 0; i < 32; i++)
        if (CP1252_HIGH[i] == c)
            return 0x80 + i;
    return c < 0x100 ? (int) c : -1;
}

/* ------------------------------------------------------------------ TCVN3 */

static const gunichar *
tcvn3_letters (void)
{
    static gunichar letters[256];
    static gsize once;
    if (g_once_init_enter (&once)) {
        for (gsize i = 0; i < G_N_ELEMENTS (TCVN3); i++) {
            const guint8 *byte = TCVN3[i].bytes;
            for (const char *p = TCVN3[i].letters; *p != '\0'; p = g_utf8_next_char (p))
                letters[*byte++] = g_utf8_get_char (p);
        }
        g_once_init_leave (&once, 1);
    }
    return letters;
}

/* How a word of TCVN3 is written. In a capital font (.VnTimeH) marked letters stand at the bytes of small ones, so that
 * only its plain letters tell. */
typedef enum word_case {
    CASE_NO_WORD,
    CASE_SMALL,   /* a plain small letter in it */
    CASE_CAPITAL, /* two plain capitals or more, no plain small letter */
    CASE_UNSURE,  /* K and a marked e: Kế or KẾ */
} word_case;

static word_case
case_of_word (const char *word)
{
    guint plain_capitals = 0, plain_small = 0, marked = 0;
    for (; *word != '\0'; word = g_utf8_next_char (word)) {
        gunichar c = g_utf8_get_char (word);
        if (!g_unichar_isalpha (c))
            continue;
        if (g_unichar_isupper (c))
            plain_capitals++;
        else if (c < 0x80)
            plain_small++;
        else
            marked++;
    }
    return plain_small > 0       ? CASE_SMALL
           : plain_capitals >= 2 ? CASE_CAPITAL
           : marked > 0          ? CASE_UNSURE
                                 : CASE_NO_WORD;
}

/* Is the nearest sure word from `i` in the direction of `step` in capitals? Numbers and abbreviations say nothing. */
static gboolean
stands_by_capitals (char **words, guint n, guint i, int step)
{
    for (gint64 k = (gint64) i + step; k >= 0 && k < n; k += step) {
        word_case c = case_of_word (words[k]);
        if (c == CASE_SMALL || (c == CASE_CAPITAL && kh_viet_is_syllable (words[k])))
            return c == CASE_CAPITAL;
    }
    return FALSE;
}

/* Has the word a plain capital ("K" of "KÕ"), or only marked letters, of which small ones are far more frequent? */
static gboolean
has_capital (const char *word)
{
    for (; *word != '\0'; word = g_utf8_next_char (word))
        if (g_unichar_isupper (g_utf8_get_char (word)))
            return TRUE;
    return FALSE;
}

/* Words of a capital font become capitals; an unsure one goes with the words beside it. */
static char *
restore_capitals (char *line)
{
    g_auto (GStrv) words = g_strsplit (line, " ", -1);
    guint n = g_strv_length (words);
    g_autofree gboolean *is_capital = g_new0 (gboolean, n + 1);
    for (guint i = 0; i < n; i++) {
        word_case c = case_of_word (words[i]);
        guint sides = c != CASE_UNSURE ? 0 : stands_by_capitals (words, n, i, 1) + stands_by_capitals (words, n, i, -1);
        is_capital[i] = c == CASE_CAPITAL || sides >= (has_capital (words[i]) ? 1u : 2u);
    }
    for (guint i = 0; i < n; i++)
        if (is_capital[i]) {
            char *upper = g_utf8_strup (words[i], -1);
            g_free (words[i]);
            words[i] = upper;
        }
    g_free (line);
    return g_strjoinv (" ", words);
}

static char *
decode_tcvn3 (const guint8 *bytes, gsize length)
{
    const gunichar *letters = tcvn3_letters ();
    GString *out = g_string_sized_new (length + length / 2);
    for (gsize i = 0; i < length; i++)
        g_string_append_unichar (out, letters[bytes[i]] != 0 ? letters[bytes[i]] : from_cp1252 (bytes[i]));
    g_auto (GStrv) lines = g_strsplit (out->str, "\n", -1);
    g_string_free (out, TRUE);
    for (guint i = 0; lines[i] != NULL; i++)
        lines[i] = restore_capitals (lines[i]);
    return g_strjoinv ("\n", lines);
}

/* ------------------------------------------------------------------ VNI */

/* The characters of VNI -> the letter; small and capital. */
static GHashTable *
vni_letters (void)
{
    static GHashTable *table;
    if (g_once_init_enter (&table)) {
        GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);
        for (gsize i = 0; i < G_N_ELEMENTS (VNI); i++) {
            char *capital = g_utf8_strup (VNI[i][0], -1), *capital_typed = g_utf8_strup (VNI[i][1], -1);
            g_hash_table_insert (made, (gpointer) VNI[i][1], (gpointer) VNI[i][0]);
            g_hash_table_insert (made, capital_typed, capital);
            /* a capital with the mark of a small letter, as old programs typed it */
            g_autofree char *second = g_strdup (g_utf8_next_char (VNI[i][1]));
            g_autofree char *first = g_strndup (capital_typed, g_utf8_next_char (capital_typed) - capital_typed);
            if (*second != '\0')
                g_hash_table_insert (made, g_strconcat (first, second, NULL), capital);
        }
        g_once_init_leave (&table, made);
    }
    return table;
}

static char *
decode_vni (const guint8 *bytes, gsize length)
{
    GHashTable *letters = vni_letters ();
    GString *out = g_string_sized_new (length + length / 2);
    for (gsize i = 0; i < length; i++) {
        char one[8] = "", two[16] = "";
        one[g_unichar_to_utf8 (from_cp1252 (bytes[i]), one)] = '\0';
        const char *letter = NULL;
        if (i + 1 < length && bytes[i + 1] >= 0x80) {
            char next[8] = "";
            next[g_unichar_to_utf8 (from_cp1252 (bytes[i + 1]), next)] = '\0';
            g_snprintf (two, sizeof two, "%s%s", one, next);
            letter = g_hash_table_lookup (letters, two);
        }
        if (letter != NULL)
            i++;
        else
            letter = g_hash_table_lookup (letters, one);
        g_string_append (out, letter != NULL ? letter : one);
    }
    return g_string_free (out, FALSE);
}

/* ------------------------------------------------------------------ both */

char *
kh_encoding_decode (const char *bytes, gsize length, kh_encoding encoding)
{
    switch (encoding) {
    case KH_ENCODING_TCVN3:
        return decode_tcvn3 ((const guint8 *) bytes, length);
    case KH_ENCODING_VNI:
        return decode_vni ((const guint8 *) bytes, length);
    case KH_ENCODING_UNICODE:
        break;
    }
    return g_utf8_make_valid (bytes, (gssize) length);
}

static void
append_cp1252 (GString *out, const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        int byte = to_cp1252 (g_utf8_get_char (text));
        g_string_append_c (out, byte >= 0 ? (char) byte : '?');
    }
}

static gboolean
append_tcvn3 (GString *out, gunichar c)
{
    const gunichar *letters = tcvn3_letters ();
    gunichar forms[] = { c, g_unichar_tolower (c) };
    for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
        for (int byte = 0xA1; byte < 0xFF; byte++)
            if (letters[byte] == forms[f]) {
                g_string_append_c (out, (char) byte);
                return TRUE;
            }
    return FALSE;
}

static gboolean
append_vni (GString *out, gunichar c)
{
    char lower[8] = "";
    lower[g_unichar_to_utf8 (g_unichar_tolower (c), lower)] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS (VNI); i++)
        if (strcmp (VNI[i][0], lower) == 0) {
            g_autofree char *typed = g_unichar_isupper (c) ? g_utf8_strup (VNI[i][1], -1) : g_strdup (VNI[i][1]);
            append_cp1252 (out, typed);
            return TRUE;
        }
    return FALSE;
}

char *
kh_encoding_encode (const char *text, kh_encoding encoding, gsize *length)
{
    GString *out = g_string_new (NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        char one[8] = "";
        one[g_unichar_to_utf8 (c, one)] = '\0';
        if (c < 0x80 || encoding == KH_ENCODING_UNICODE)
            g_string_append (out, one);
        else if (!(encoding == KH_ENCODING_TCVN3 ? append_tcvn3 (out, c) : append_vni (out, c)))
            append_cp1252 (out, one);
    }
    if (length != NULL)
        *length = out->len;
    return g_string_free (out, FALSE);
}

/* ------------------------------------------------------------------ which one */

/* Share of the words with letters that are possible syllables; 0 with too few words. Marked words alone tell encodings apart, but
 * a text has so many of them that all words may be counted. */
static double
share_of_syllables (const char *text)
{
    g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n\f", -1);
    guint all = 0, good = 0;
    for (guint i = 0; words[i] != NULL; i++) {
        gboolean has_letter = FALSE, has_digit = FALSE;
        for (const char *p = words[i]; *p != '\0'; p = g_utf8_next_char (p)) {
            has_letter |= g_unichar_isalpha (g_utf8_get_char (p));
            has_digit |= g_unichar_isdigit (g_utf8_get_char (p));
        }
        if (!has_letter || has_digit)
            continue;
        all++;
        good += kh_viet_is_syllable (words[i]);
    }
    return all < LEAST_WORDS ? 0 : good / (double) all;
}

static gboolean
is_binary (const char *bytes, gsize length)
{
    gsize look = MIN (length, 4096);
    return memchr (bytes, '\0', look) != NULL || g_strstr_len (bytes, (gssize) MIN (length, 1024), "%PDF-") != NULL
           || (look >= 2 && memcmp (bytes, "\xFF\xD8", 2) == 0) || (look >= 4 && memcmp (bytes, "\x89PNG", 4) == 0);
}

/* The bytes themselves: as they are, or those whose CP1252 characters a UTF-8 text shows. NULL when it shows others. */
static char *
legacy_bytes (const char *bytes, gsize length, gsize *n)
{
    if (!g_utf8_validate_len (bytes, length, NULL)) {
        *n = length;
        return g_memdup2 (bytes, length);
    }
    GString *out = g_string_sized_new (length);
    guint foreign = 0, high = 0;
    for (const char *p = bytes; p < bytes + length; p = g_utf8_next_char (p)) {
        int byte = to_cp1252 (g_utf8_get_char (p));
        foreign += byte < 0;
        high += byte >= 0x80;
        g_string_append_c (out, byte >= 0 ? (char) byte : '?');
    }
    *n = out->len;
    gboolean may_be = high > 0 && foreign * 20 < high; /* a few bullets and dashes may have been added */
    return g_string_free (out, !may_be);
}

char *
kh_encoding_heal (const char *bytes, gsize length, kh_encoding *encoding)
{
    gsize n;
    if (length == 0 || is_binary (bytes, length))
        return NULL;
    g_autofree char *raw = legacy_bytes (bytes, length, &n);
    if (raw == NULL)
        return NULL;
    g_autofree char *as_it_is = g_utf8_make_valid (bytes, (gssize) MIN (length, SAMPLE_BYTES));
    double best = MAX (SOUND, share_of_syllables (as_it_is) + BETTER);
    *encoding = KH_ENCODING_UNICODE;
    for (kh_encoding e = KH_ENCODING_TCVN3; e <= KH_ENCODING_VNI; e++) {
        g_autofree char *sample = kh_encoding_decode (raw, MIN (n, SAMPLE_BYTES), e);
        double share = share_of_syllables (sample);
        if (share >= best) {
            best = share;
            *encoding = e;
        }
    }
    return *encoding == KH_ENCODING_UNICODE ? NULL : kh_encoding_decode (raw, n, *encoding);
}
