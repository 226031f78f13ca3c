/* normal.c - Vietnamese text brought into one form.
 *
 *   1. Characters that mean another become it (lookalikes.c); what has no width goes.
 *   2. Everything is taken apart (NFD): letters, each with its marks.
 *   3. A mark that lost its letter is given back: one that stands after a space belongs to the letter before it
 *      ("đô ̣dân"); a tone on a consonant ("câṇ") belongs to the last vowel before it.
 *   4. Shape marks (^ ˘ horn) go before the tone, doubles go, and all is composed (NFC).
 */
#include "viet/lookalikes.h"
#include "viet/viet.h"

#include <string.h>

#define MOST_MARKS 8 /* of a letter; more are noise, and would be sorted for ever */
#define MOST_BACK 12 /* characters a lost mark may be from its letter */
#define MOST_CODA 4  /* letters a tone may be from its vowel: the "nh" of "tiêṇh" */

enum {
    MARK_GRAVE = 0x300,
    MARK_ACUTE = 0x301,
    MARK_CIRCUMFLEX = 0x302,
    MARK_TILDE = 0x303,
    MARK_BREVE = 0x306,
    MARK_HOOK = 0x309,
    MARK_HORN = 0x31B,
    MARK_DOT = 0x323,
};

static gboolean
is_tone (gunichar c)
{
    return c == MARK_GRAVE || c == MARK_ACUTE || c == MARK_TILDE || c == MARK_HOOK || c == MARK_DOT;
}

static gboolean
is_mark (gunichar c)
{
    return c >= MARK_GRAVE && g_unichar_combining_class (c) != 0;
}

static gboolean
is_vowel (gunichar c)
{
    return c < 0x80 && c != 0 && strchr ("aeiouyAEIOUY", (int)c) != NULL;
}

static gboolean
is_letter (gunichar c)
{
    return g_unichar_isalpha (c);
}

static gboolean
is_latin (gunichar c)
{
    return (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) && is_letter (c);
}

/* Is it in normal form whatever stands beside it: whole letters of Vietnamese and Western Europe, and plain signs? */
static gboolean
is_normal (gunichar c)
{
    if (c < 0x80)
        return (c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n' || c == '\r';
    if (c >= 0xC0 && c <= 0xFF)
        return c != 0xD0 && c != 0xF0 && c != 0xD1 && c != 0xF1 && c != 0xF8;
    return (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x102 || c == 0x103 || c == 0x110 || c == 0x111 || c == 0x128 || c == 0x129 ||
           c == 0x168 || c == 0x169 || c == 0x1A0 || c == 0x1A1 || c == 0x1AF || c == 0x1B0 || (c >= 0x2010 && c <= 0x2026);
}

static gboolean
needs_work (const char *text)
{
    if (!g_utf8_validate (text, -1, NULL))
        return TRUE;
    for (const char *p = text; *p; p = g_utf8_next_char (p))
        if (!is_normal (g_utf8_get_char (p)))
            return TRUE;
    return FALSE;
}

/* ------------------------------------------------------------------ look-alikes */

/* The word at the end of `clean`, from `start`, has letters of another alphabet: they are replaced if it is Latin otherwise. */
static void
mend_word (GString *clean, gsize start)
{
    g_autoptr (GString) meant = g_string_new (NULL);
    guint latin = 0, alike = 0;
    gboolean only_in_syllable = FALSE;
    for (const char *p = clean->str + start; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        const kh_lookalike *row = kh_lookalike_find (c);
        if (row != NULL) {
            alike++;
            only_in_syllable |= row->where == KH_LOOKALIKE_IN_SYLLABLE;
            c = kh_lookalike_meant (row, c);
        } else if (is_latin (c)) {
            latin++;
        } else if (!is_mark (c)) {
            return; /* a word of the other alphabet */
        }
        g_string_append_unichar (meant, c);
    }
    if (latin > 0 && ((!only_in_syllable && latin >= alike) || kh_viet_is_syllable (meant->str))) {
        g_string_truncate (clean, start);
        g_string_append (clean, meant->str);
    }
}

/* Step 1. */
static GString *
without_lookalikes (const char *text)
{
    GString *clean = g_string_sized_new (strlen (text));
    gsize word = 0;
    gboolean is_mixed = FALSE;
    guint marks = 0;
    for (const char *p = text;; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (!is_letter (c) && !is_mark (c)) {
            if (is_mixed)
                mend_word (clean, word);
            is_mixed = FALSE;
        }
        if (c == 0)
            return clean;
        const kh_lookalike *row = kh_lookalike_find (c);
        if (row != NULL && row->where != KH_LOOKALIKE_ANYWHERE)
            is_mixed = TRUE;
        else if (row != NULL && (c = kh_lookalike_meant (row, c)) == 0)
            continue;
        marks = is_mark (c) ? marks + 1 : 0;
        if (marks > MOST_MARKS)
            continue;
        g_string_append_unichar (clean, c);
        if (!is_letter (c) && !is_mark (c))
            word = clean->len;
    }
}

/* ------------------------------------------------------------------ marks */

#define AT(k) g_array_index (chars, gunichar, (k))

/* Step 3: the letter at the end of `chars` that the mark belongs to; -1: there is none. A consonant before a vowel keeps its tone:
 * it is another language's ("España"). */
static int
letter_of_mark (GArray *chars, gunichar mark, gunichar behind)
{
    int j = (int)chars->len - 1, least = MAX (j - MOST_BACK, 0);
    while (j >= least && (AT (j) == ' ' || is_mark (AT (j))))
        j--;
    if (j < least || !is_letter (AT (j)))
        return -1;
    if (!is_tone (mark) || is_vowel (AT (j)) || is_vowel (behind))
        return j;
    int k = j;
    while (k >= least && (is_mark (AT (k)) || (is_letter (AT (k)) && !is_vowel (AT (k)))))
        k--;
    return k >= least && is_vowel (AT (k)) && j - k <= MOST_CODA ? k : j;
}

static int
rank (gunichar mark)
{
    return mark == MARK_HORN ? 0 : mark == MARK_CIRCUMFLEX || mark == MARK_BREVE ? 1 : is_tone (mark) ? 2 : 3;
}

/* Step 4: the mark goes among those of the letter, shape first, unless it has it. */
static void
add_mark (GArray *chars, int letter, gunichar mark)
{
    int to = letter + 1, n = 0;
    for (int i = letter + 1; i < (int)chars->len && is_mark (AT (i)); i++, n++) {
        if (AT (i) == mark)
            return;
        if (rank (AT (i)) <= rank (mark))
            to = i + 1;
    }
    if (n < MOST_MARKS)
        g_array_insert_val (chars, to, mark);
}

char *
kh_viet_normal (const char *text)
{
    if (!needs_work (text))
        return g_strdup (text);
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autoptr (GString) clean = without_lookalikes (valid);
    g_autofree char *apart = g_utf8_normalize (clean->str, -1, G_NORMALIZE_NFD);
    g_autoptr (GArray) chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
    gboolean filled = FALSE; /* the mark just moved stood between two spaces, of which one was its letter's place */
    for (const char *p = apart; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        int letter = is_mark (c) ? letter_of_mark (chars, c, g_utf8_get_char (g_utf8_next_char (p))) : -1;
        if (letter >= 0) {
            filled = AT (chars->len - 1) == ' ';
            add_mark (chars, letter, c);
            continue;
        }
        if (!filled || c != ' ')
            g_array_append_val (chars, c);
        filled = FALSE;
    }
    g_string_truncate (clean, 0);
    for (guint i = 0; i < chars->len; i++)
        g_string_append_unichar (clean, AT (i));
    return g_utf8_normalize (clean->str, -1, G_NORMALIZE_NFC);
}
#undef AT

/* ------------------------------------------------------------------ pages */

/* A letter of another alphabet with a Vietnamese one below it (Š, Ñ, ø, å): what a scanner makes of specks. 0: none. */
static gunichar
native (gunichar c)
{
    if (c == 0xF8 || c == 0xD8)
        return c == 0xF8 ? 'o' : 'O';
    if (c < 0xC0 || c > 0x17F || c == 0x110 || c == 0x111)
        return 0;
    static const gunichar own[] = { 0xC0, 0xC1, 0xC2, 0xC3, 0xC8, 0xC9, 0xCA,  0xCC,  0xCD, 0xD2,
                                    0xD3, 0xD4, 0xD5, 0xD9, 0xDA, 0xDD, 0x102, 0x128, 0x168 };
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
