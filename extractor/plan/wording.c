#include "plan/wording.h"

#include <string.h>

guint
kh_word_count (const char *text)
{
    guint words = 0;
    for (gboolean inside = FALSE; *text != '\0'; text++) {
        if (*text == ' ')
            inside = FALSE;
        else if (!inside) {
            inside = TRUE;
            words++;
        }
    }
    return words;
}

static void
count_letters (const char *text, guint *letters, guint *capitals)
{
    *letters = *capitals = 0;
    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        gunichar c = g_utf8_get_char (text);
        *letters += g_unichar_isalpha (c);
        *capitals += g_unichar_isupper (c);
    }
}

gboolean
kh_is_capitals (const char *text, guint least)
{
    guint letters, capitals;
    count_letters (text, &letters, &capitals);
    return letters >= least && capitals * 10 >= letters * 8;
}

gunichar
kh_last_character (const char *text)
{
    const char *at = text + strlen (text);
    while (at > text) {
        at = g_utf8_prev_char (at);
        gunichar c = g_utf8_get_char (at);
        if (c != ' ' && c != '"' && c != 0x201D && c != '\'')
            return c;
    }
    return 0;
}

gboolean
kh_has_inner_stop (const char *text)
{
    for (const char *stop = strstr (text, ". "); stop != NULL; stop = strstr (stop + 1, ". ")) {
        const char *word = stop;
        while (word > text && word[-1] != ' ')
            word--;
        if (g_utf8_strlen (word, stop - word) > 2 && g_unichar_isupper (g_utf8_get_char (stop + 2)))
            return TRUE;
    }
    return FALSE;
}

static gsize
length_without (const char *text, const char *marks)
{
    gsize length = strlen (text);
    while (length > 0 && strchr (marks, text[length - 1]) != NULL)
        length--;
    return length;
}

gsize
kh_length_without_colon (const char *text)
{
    return length_without (text, ": ");
}

gsize
kh_length_of_title (const char *text)
{
    return length_without (text, ":;, ");
}

gboolean
kh_text_is_from_engine (const kh_text *text)
{
    for (gsize i = 0; i < text->n_pieces; i++)
        if (text->pieces[i].word->confidence < 1.0f)
            return TRUE;
    return FALSE;
}

static gboolean
is_speck (gunichar c)
{
    static const char SPECKS[] = " `'^~_|¬«»°·‹›ˆ˜";
    return g_utf8_strchr (SPECKS, -1, c) != NULL;
}

kh_text
kh_text_without_specks (kh_pool *pool, const kh_text *text)
{
    if (!kh_text_is_from_engine (text))
        return *text;
    const char *start = text->str, *end = text->str + strlen (text->str);
    while (start < end && is_speck (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    while (end > start && is_speck (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
    return kh_text_slice (pool, text, (gsize) (start - text->str), (gsize) (end - text->str));
}

gboolean
kh_says_something (const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char (text))
        if (g_unichar_isalnum (g_utf8_get_char (text)))
            return TRUE;
    return FALSE;
}
