/* Capitals of TCVN3. It has capitals of its own for Ă Â Đ Ê Ô Ơ Ư only; a capital font (.VnTimeH) shows the others at the bytes
 * of the small letters, so that what was typed in it must be told from how the word and its line are written:
 *
 *   "HO¹CH"              two plain capitals: HOẠCH
 *   "KÕ ho¹ch"           a small letter beside it: Kế hoạch
 *   "KÕ HO¹CH"           as the nearest word that tells, on one side if it has a capital itself, on both if it has none
 *   "õy ban"             an organ of the state, Ủy ban, begins with a capital wherever it stands
 *   "1. øng dông"        so does a sentence: its first letter has lost its capital
 */
#include "viet/encoding_codec.h"

#include "viet/viet.h"

#include <string.h>

#define LONGEST_SYLLABLE 32 /* bytes */

typedef enum word_case {
    CASE_NO_WORD,
    CASE_SMALL,   /* a plain small letter in it */
    CASE_CAPITAL, /* two plain capitals or more, no plain small letter */
    CASE_UNSURE,  /* K and a marked e: Kế or KẾ */
} word_case;

typedef struct line_word {
    gsize at, length;
    word_case kind;
    gboolean has_capital;
    gboolean by_capitals; /* the nearest word before that tells is in capitals */
    gboolean is_capital;
} line_word;

static line_word
look_at (const char *text, gsize at, gsize length)
{
    line_word word = { .at = at, .length = length };
    guint plain_capitals = 0, plain_small = 0, marked = 0;
    for (const char *p = text + at; p < text + at + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (c < 0x80) {
            plain_capitals += g_ascii_isupper ((char)c);
            plain_small += g_ascii_islower ((char)c);
        } else if (g_unichar_isupper (c)) {
            plain_capitals++;
        } else {
            marked += g_unichar_isalpha (c) != 0;
        }
    }
    word.has_capital = plain_capitals > 0;
    word.kind = plain_small > 0 ? CASE_SMALL : plain_capitals >= 2 ? CASE_CAPITAL : marked > 0 ? CASE_UNSURE : CASE_NO_WORD;
    return word;
}

/* Does the word tell how its line is written? Numbers and abbreviations do not. */
static gboolean
tells (const char *text, const line_word *word)
{
    char syllable[LONGEST_SYLLABLE];
    if (word->kind != CASE_CAPITAL)
        return word->kind == CASE_SMALL;
    if (word->length >= sizeof syllable)
        return FALSE;
    memcpy (syllable, text + word->at, word->length);
    syllable[word->length] = '\0';
    return kh_viet_is_syllable (syllable);
}

static void
decide (const char *text, GArray *words)
{
    gboolean by_capitals = FALSE, is_sure = TRUE;
    for (guint i = 0; i < words->len; i++) {
        line_word *word = &g_array_index (words, line_word, i);
        word->is_capital = word->kind == CASE_CAPITAL;
        is_sure &= word->kind != CASE_UNSURE;
    }
    if (is_sure)
        return;
    for (guint i = 0; i < words->len; i++) {
        line_word *word = &g_array_index (words, line_word, i);
        word->by_capitals = by_capitals;
        if (tells (text, word))
            by_capitals = word->kind == CASE_CAPITAL;
    }
    by_capitals = FALSE;
    for (guint i = words->len; i-- > 0;) {
        line_word *word = &g_array_index (words, line_word, i);
        guint sides = word->kind == CASE_UNSURE ? word->by_capitals + by_capitals : 0;
        word->is_capital |= sides >= (word->has_capital ? 1u : 2u);
        if (tells (text, word))
            by_capitals = word->kind == CASE_CAPITAL;
    }
}

/* Letters become capitals where they stand: all that TCVN3 has are as long in UTF-8 as their capitals. */
static void
capitalise (char *text, gsize from, gsize to)
{
    while (from < to) {
        gunichar c = g_utf8_get_char (text + from);
        char capital[8];
        gsize length = (gsize)g_unichar_to_utf8 (c, capital);
        if ((gsize)g_unichar_to_utf8 (g_unichar_toupper (c), capital) == length)
            memcpy (text + from, capital, length);
        from += length;
    }
}

/* The first letter of a word, if TCVN3 has no capital of it: others would have been typed as capitals. */
static void
capitalise_first (char *text, gsize at)
{
    gunichar c = g_utf8_get_char (text + at);
    if (c >= 0x80 && g_utf8_strchr ("ăâđêôơư", -1, c) == NULL)
        capitalise (text, at, (gsize)(g_utf8_next_char (text + at) - text));
}

static gboolean
is_word (const char *text, const line_word *word, const char *wanted)
{
    return word->length == strlen (wanted) && memcmp (text + word->at, wanted, word->length) == 0;
}

/* Does a sentence begin behind this word? "." ends one, "1." and "a)" count items; abbreviations ("TS.", "v.v.") do not. */
static gboolean
ends_sentence (const char *text, const line_word *word)
{
    const char *first = text + word->at, *last = first + word->length - 1;
    if (*last == ')')
        return word->length <= 3;
    if (strchr (".!?", *last) == NULL || word->kind == CASE_CAPITAL)
        return FALSE;
    return word->kind == CASE_NO_WORD || memchr (first, '.', (gsize)(last - first)) == NULL;
}

/* `begins`: the first word begins a sentence. Returns whether the next line's does. */
static gboolean
restore_line (char *text, GArray *words, gboolean begins)
{
    decide (text, words);
    for (guint i = 0; i < words->len; i++) {
        const line_word *word = &g_array_index (words, line_word, i);
        gboolean is_organ = i + 1 < words->len && g_str_has_prefix (text + word[1].at, "ban") &&
                            (is_word (text, word, "ủy") || is_word (text, word, "uỷ"));
        if (word->is_capital)
            capitalise (text, word->at, word->at + word->length);
        else if (begins || is_organ)
            capitalise_first (text, word->at);
        begins = ends_sentence (text, word);
    }
    return begins;
}

char *
kh_tcvn3_restore_capitals (char *text)
{
    g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (line_word));
    gboolean begins = FALSE;
    for (gsize i = 0; text[i] != '\0';) {
        gsize length = strcspn (text + i, " \t\r\n\f");
        if (length > 0) {
            line_word word = look_at (text, i, length);
            g_array_append_val (words, word);
            i += length;
        }
        if ((text[i] == '\n' || text[i] == '\0') && words->len > 0) {
            begins = restore_line (text, words, begins);
            g_array_set_size (words, 0);
        }
        if (text[i] != '\0')
            i++;
    }
    return text;
}
