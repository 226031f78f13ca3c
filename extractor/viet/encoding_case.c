/* Capitals of TCVN3. A capital font (.VnTimeH) has the marked capitals at the bytes of the small letters, so that only a word's
 * plain letters tell: "HO¹CH" is HOẠCH. A word with too few of them ("KÕ": Kế or KẾ?) goes with the words beside it.
 */
#include "viet/encoding_codec.h"

#include "viet/viet.h"

/* How a word is written. */
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

static char *
restore_line (char *line)
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

char *
kh_tcvn3_restore_capitals (char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        lines[i] = restore_line (lines[i]);
    g_free (text);
    return g_strjoinv ("\n", lines);
}
