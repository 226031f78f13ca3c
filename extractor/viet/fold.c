/* fold.c - each character is decomposed; its base letter stays, lower case, and its marks go. White space runs become one
 * space. at[] notes where each folded byte came from; as marks and soft hyphens are skipped, at[i] of the next kept
 * character is also where the one before it ends. */
#include "viet/fold.h"

#include <string.h>

#include "viet/viet.h"

static gboolean
is_skipped (gunichar c)
{
    return c >= 0x80 && (c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || g_unichar_combining_class (c) != 0);
}

/* The base of a character as it is compared; what has no simpler form stays. */
static gunichar
folded (gunichar c)
{
    if (c < 0x80)
        return g_ascii_tolower (c);
    switch (c) {
    case 0x110: case 0x111: case 0xD0: case 0xF0: case 0x189: case 0x256:
        return 'd';
    case 0x2018: case 0x2019: case 0x201A: case 0x2032: case 0x60: case 0xB4: case 0x2BC:
        return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x2033: case 0xAB: case 0xBB:
        return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: case 0x2D7:
        return '-';
    case 0x2026: case 0x2024: case 0xB7: case 0x2027:
        return '.';
    case 0x2044: case 0x2215: case 0x29F8:
        return '/';
    default:
        break;
    }
    gunichar base, mark;
    while (g_unichar_decompose (c, &base, &mark) && base != c)
        c = base;
    return g_unichar_tolower (c);
}

kh_fold *
kh_fold_new (kh_pool *pool, const char *text)
{
    g_autoptr (GString) str = g_string_sized_new (strlen (text));
    g_autoptr (GArray) at = g_array_sized_new (FALSE, FALSE, sizeof (gsize), strlen (text) + 1);
    gboolean space = FALSE;
    gsize space_at = 0, end = 0;

    for (const char *p = text; *p != '\0';) {
        gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char_validated (p, -1);
        gsize here = p - text;
        if (c == (gunichar) -1 || c == (gunichar) -2) { /* a broken byte counts as a space */
            c = ' ';
            p++;
        } else {
            p = g_utf8_next_char (p);
        }
        if (is_skipped (c)) {
            if (!space)
                end = p - text;
            continue;
        }
        if (g_unichar_isspace (c)) {
            if (!space)
                space_at = here;
            space = TRUE;
            continue;
        }
        if (space && str->len > 0) {
            g_string_append_c (str, ' ');
            g_array_append_val (at, space_at);
        }
        space = FALSE;
        gsize before = str->len;
        c = folded (c);
        if (c < 0x80)
            g_string_append_c (str, (char) c);
        else
            g_string_append_unichar (str, c);
        for (gsize i = before; i < str->len; i++)
            g_array_append_val (at, here);
        end = p - text;
    }
    g_array_append_val (at, end);

    kh_fold *fold = kh_pool_new0 (pool, kh_fold, 1);
    fold->str = kh_pool_strdup (pool, str->str);
    fold->length = str->len;
    fold->at = kh_pool_memdup (pool, at->data, at->len * sizeof (gsize));
    fold->original = text;
    return fold;
}

gsize
kh_fold_end (const kh_fold *fold, gsize i)
{
    return fold->at[MIN (i, fold->length)];
}

static gboolean
is_word_byte (char c)
{
    return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

gssize
kh_fold_find (const kh_fold *fold, const char *word, gsize from)
{
    gsize length = strlen (word);
    if (from > fold->length)
        return -1;
    for (const char *p = fold->str + from; (p = strstr (p, word)) != NULL; p++) {
        gboolean begins = p == fold->str || !is_word_byte (p[-1]) || !is_word_byte (*word);
        gboolean ends = !is_word_byte (p[length]) || !is_word_byte (word[length - 1]);
        if (begins && ends)
            return p - fold->str;
    }
    return -1;
}

gboolean
kh_fold_begins (const kh_fold *fold, const char *word)
{
    gsize length = strlen (word);
    return strncmp (fold->str, word, length) == 0 && (!is_word_byte (fold->str[length]) || !is_word_byte (word[length - 1]));
}

guint
kh_fold_distance (const char *a, const char *b, guint limit)
{
    gsize n = strlen (a), m = strlen (b);
    if ((n > m ? n - m : m - n) > limit)
        return limit + 1;
    g_autofree guint *row = g_new (guint, m + 1);
    for (gsize j = 0; j <= m; j++)
        row[j] = j;
    for (gsize i = 1; i <= n; i++) {
        guint diagonal = row[0], best = i;
        row[0] = i;
        for (gsize j = 1; j <= m; j++) {
            guint replace = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN (replace, MIN (row[j], row[j - 1]) + 1);
            best = MIN (best, row[j]);
        }
        if (best > limit)
            return limit + 1;
    }
    return MIN (row[m], limit + 1);
}

/* How many characters of so many may differ for texts to be alike. */
static guint
tolerance (gsize length)
{
    return length < 5 ? 0 : MAX (1, length / 6);
}

gboolean
kh_fold_alike (const char *a, const char *b)
{
    guint limit = tolerance (MAX (strlen (a), strlen (b)));
    return kh_fold_distance (a, b, limit) <= limit;
}

/* The letters and digits of a text. */
static GString *
word_bytes (const char *text)
{
    GString *bytes = g_string_new (NULL);
    for (; *text != '\0'; text++)
        if (is_word_byte (*text))
            g_string_append_c (bytes, *text);
    return bytes;
}

/* Does the text begin with the letters, up to the end of a word? */
static gboolean
begins_alike (const char *text, const GString *letters)
{
    guint limit = tolerance (letters->len);
    g_autoptr (GString) read = g_string_new (NULL);
    for (; *text != '\0' && read->len < letters->len + limit; text++) {
        if (!is_word_byte (*text))
            continue;
        g_string_append_c (read, *text);
        if (!is_word_byte (text[1]) && read->len + limit >= letters->len && kh_fold_distance (read->str, letters->str, limit) <= limit)
            return TRUE;
    }
    return FALSE;
}

gssize
kh_fold_find_alike (const kh_fold *fold, const char *words)
{
    g_autoptr (GString) letters = word_bytes (words);
    for (gsize i = 0; i < fold->length; i++)
        if (is_word_byte (fold->str[i]) && (i == 0 || !is_word_byte (fold->str[i - 1])) && begins_alike (fold->str + i, letters))
            return (gssize) i;
    return -1;
}

char *
kh_viet_fold (const char *text)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    return g_strdup (kh_fold_new (pool, text)->str);
}
