/* normal.c - Vietnamese text brought into one form.
 *
 *   1. Characters that mean another: no-break spaces, look-alikes of Đ, bullets of symbol fonts. What has no width goes.
 *   2. Everything is taken apart (NFD): letters, each with its marks.
 *   3. A mark that lost its letter is given back: one that stands after a space belongs to the letter before it
 *      ("đô ̣dân"); a tone on a consonant ("câṇ") belongs to the last vowel before it.
 *   4. Shape marks (^ ˘ horn) go before the tone, doubles go, and all is composed (NFC): "a´^" -> "ấ".
 */
#include "viet/viet.h"

#include <string.h>

enum {
    MARK_GRAVE = 0x300, MARK_ACUTE = 0x301, MARK_CIRCUMFLEX = 0x302, MARK_TILDE = 0x303, MARK_BREVE = 0x306,
    MARK_HOOK = 0x309, MARK_HORN = 0x31B, MARK_DOT = 0x323,
};

static gboolean
is_tone (gunichar c)
{
    return c == MARK_GRAVE || c == MARK_ACUTE || c == MARK_TILDE || c == MARK_HOOK || c == MARK_DOT;
}

static gboolean
is_mark (gunichar c)
{
    return g_unichar_combining_class (c) != 0;
}

static gboolean
is_vowel (gunichar c)
{
    return c < 0x80 && c != 0 && strchr ("aeiouyAEIOUY", (int) c) != NULL;
}

static gboolean
is_letter (gunichar c)
{
    return g_unichar_isalpha (c);
}

/* Step 1. 0 when the character is dropped. */
static gunichar
plain (gunichar c)
{
    if (c < 0x20 || c == 0x7F)
        return c == '\t' || c == '\n' || c == '\r' ? c : 0;
    if (c < 0x80)
        return c;
    if ((c >= 0x80 && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F))
        return 0;
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
        return ' ';
    if (c == 0x2044 || c == 0x2215 || c == 0x29F8)
        return '/';
    if (c == 0xD0 || c == 0x189)
        return 0x110;
    if (c == 0xF0 || c == 0x256)
        return 0x111;
    if (c >= 0xF000 && c <= 0xF0FF) { /* a symbol font: its ASCII half is ASCII, the rest are bullets */
        gunichar code = c - 0xF000;
        if (code == 0x2B)
            return '+';
        return code >= 0x30 && code <= 0x39 ? code : '-';
    }
    return c;
}

static gboolean
needs_work (const char *text)
{
    for (const guchar *p = (const guchar *) text; *p; p++)
        if (*p >= 0x80 || *p < 0x20 || *p == 0x7F)
            return TRUE;
    return FALSE;
}

/* Steps 1 and 2. */
static GArray *
taken_apart (const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autoptr (GString) clean = g_string_sized_new (strlen (valid));
    for (const char *p = valid; *p; p = g_utf8_next_char (p)) {
        gunichar c = plain (g_utf8_get_char (p));
        if (c != 0)
            g_string_append_unichar (clean, c);
    }
    g_autofree char *apart = g_utf8_normalize (clean->str, -1, G_NORMALIZE_NFD);
    GArray *chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
    for (const char *p = apart; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        g_array_append_val (chars, c);
    }
    return chars;
}

/* Step 3: where the mark at `i` belongs: the index behind the letter (and its marks) it goes to; -1: it stays. */
static int
home_of_mark (GArray *chars, int i)
{
#define AT(k) g_array_index (chars, gunichar, (k))
    int j = i - 1;
    while (j >= 0 && is_mark (AT (j)))
        j--;
    gboolean lost = j >= 0 && AT (j) == ' ';
    if (lost) {
        while (j >= 0 && (AT (j) == ' ' || is_mark (AT (j))))
            j--;
    }
    if (j < 0 || !is_letter (AT (j)))
        return -1;
    if (is_tone (AT (i)) && !is_vowel (AT (j))) {
        int k = j;
        while (k >= 0 && is_letter (AT (k)) && !is_vowel (AT (k)))
            k--;
        while (k >= 0 && is_mark (AT (k)))
            k--;
        if (k < 0 || !is_vowel (AT (k)) || j - k > 4)
            return lost ? j + 1 : -1;
        return k + 1;
    }
    return lost ? j + 1 : -1;
}

static int
rank (gunichar mark)
{
    return mark == MARK_HORN ? 0 : mark == MARK_CIRCUMFLEX || mark == MARK_BREVE ? 1 : is_tone (mark) ? 2 : 3;
}

/* Step 4: the marks [from, to) of one letter, shape first, doubles dropped; returns the new end. */
static int
sort_marks (GArray *chars, int from, int to)
{
    for (int i = from + 1; i < to; i++)
        for (int j = i; j > from && rank (AT (j)) < rank (AT (j - 1)); j--) {
            gunichar c = AT (j);
            AT (j) = AT (j - 1);
            AT (j - 1) = c;
        }
    for (int i = from + 1; i < to;) {
        if (AT (i) == AT (i - 1)) {
            g_array_remove_index (chars, i);
            to--;
        } else {
            i++;
        }
    }
    return to;
}

char *
kh_viet_normal (const char *text)
{
    if (!needs_work (text))
        return g_strdup (text);
    g_autoptr (GArray) chars = taken_apart (text);

    for (int i = 0; i < (int) chars->len; i++) {
        if (!is_mark (AT (i)))
            continue;
        int home = home_of_mark (chars, i);
        if (home < 0)
            continue;
        gunichar mark = AT (i);
        g_array_remove_index (chars, i);
        while (home < (int) chars->len && is_mark (AT (home)))
            home++;
        g_array_insert_val (chars, home, mark);
    }
    for (int i = 0; i < (int) chars->len; i++) {
        int end = i + 1;
        while (end < (int) chars->len && is_mark (AT (end)))
            end++;
        if (end > i + 1)
            i = sort_marks (chars, i + 1, end) - 1;
    }

    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; i < chars->len; i++)
        g_string_append_unichar (joined, AT (i));
    g_autofree char *composed = g_utf8_normalize (joined->str, -1, G_NORMALIZE_NFC);
    return g_strdup (composed);
#undef AT
}

/* A letter of another alphabet with a Vietnamese one below it (Š, Ñ, ø, å): what a scanner makes of specks. 0: none. */
static gunichar
native (gunichar c)
{
    if (c == 0xF8 || c == 0xD8)
        return c == 0xF8 ? 'o' : 'O';
    if (c < 0xC0 || c > 0x17F || c == 0x110 || c == 0x111)
        return 0;
    static const gunichar own[] = { 0xC0, 0xC1, 0xC2, 0xC3, 0xC8, 0xC9, 0xCA, 0xCC, 0xCD, 0xD2, 0xD3, 0xD4, 0xD5, 0xD9, 0xDA, 0xDD, 0x102, 0x128, 0x168 };
    gunichar upper = g_unichar_toupper (c), base, mark;
    for (guint i = 0; i < G_N_ELEMENTS (own); i++)
        if (upper == own[i])
            return 0;
    if (!g_unichar_decompose (c, &base, &mark) || base >= 0x80)
        return 0;
    return base;
}

static char *
native_letters (const char *text)
{
    GString *out = g_string_new (NULL);
    for (const char *p = text; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p), base = native (c);
        g_string_append_unichar (out, base != 0 ? base : c);
    }
    return g_string_free (out, FALSE);
}

/* Text between words is one space; a word's own edges have none. */
static char *
normal_word (const char *text)
{
    return g_strstrip (kh_viet_normal (text));
}

void
kh_viet_normalise_page (kh_page *page, kh_pool *pool)
{
    guint kept = 0;
    for (guint i = 0; i < page->words->len; i++) {
        kh_word word = *kh_page_word (page, i);
        g_autofree char *text = normal_word (word.text);
        if (page->origin == KH_ORIGIN_OCR) {
            char *own = native_letters (text);
            g_free (text);
            text = own;
        }
        gunichar first = g_utf8_get_char (text);
        if (first != 0 && is_mark (first) && kept > 0) { /* a mark that lost its letter: it ends the word before */
            kh_word *before = kh_page_word (page, kept - 1);
            const char *rest = text;
            while (*rest && is_mark (g_utf8_get_char (rest)))
                rest = g_utf8_next_char (rest);
            if (before->line == word.line && before->page == word.page) {
                g_autofree char *marks = g_strndup (text, rest - text);
                g_autofree char *joined = g_strconcat (before->text, marks, NULL);
                g_autofree char *mended = normal_word (joined);
                before->text = kh_pool_strdup (pool, mended);
                char *left = g_strdup (rest);
                g_free (text);
                text = left;
            }
        }
        if (*text == '\0')
            continue;
        if (strcmp (text, word.text) != 0)
            word.text = kh_pool_strdup (pool, text);
        *kh_page_word (page, kept++) = word;
    }
    g_array_set_size (page->words, kept);
}
