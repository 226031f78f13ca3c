#include "viet/token.h"

#include "viet/viet.h"

#include <string.h>

const char *const KH_TOKEN_NAMES[KH_TOKEN_CLASSES] = { "<unk>", "<s>", "<n>", "<abbr>", "<code>", ",", ".", ";", ":", "<sign>" };

kh_token
kh_token_of_sign (gunichar c)
{
    switch (c) {
    case ',':
        return KH_TOKEN_COMMA;
    case '.':
    case '!':
    case '?':
        return KH_TOKEN_STOP;
    case ';':
        return KH_TOKEN_SEMICOLON;
    case ':':
        return KH_TOKEN_COLON;
    default:
        return KH_TOKEN_SIGN;
    }
}

/* Capitals (two or more letters) that could not be a syllable written in capitals. */
static gboolean
is_abbreviation (const char *core, gsize length, guint letters, guint capitals)
{
    if (letters < 2 || capitals < 2 || capitals + 1 < letters)
        return FALSE;
    g_autofree char *text = g_strndup (core, length);
    return !kh_viet_is_syllable (text);
}

kh_word_parts
kh_word_take_apart (const char *word)
{
    kh_word_parts parts = { 0, strlen (word), KH_TOKEN_CLASSES, KH_TOKEN_CLASSES, KH_TOKEN_UNKNOWN };
    const char *start = word, *end = word + parts.end;
    while (start < end && !g_unichar_isalnum (g_utf8_get_char (start))) {
        parts.before = kh_token_of_sign (g_utf8_get_char (start));
        start = g_utf8_next_char (start);
    }
    while (end > start) {
        const char *last = g_utf8_prev_char (end);
        gunichar c = g_utf8_get_char (last);
        if (g_unichar_isalnum (c) || (c == '%' && last > start))
            break;
        if (parts.after == KH_TOKEN_CLASSES)
            parts.after = kh_token_of_sign (c);
        end = last;
    }
    parts.start = start - word;
    parts.end = end - word;
    guint letters = 0, capitals = 0, others = 0, digits = 0;
    for (const char *p = start; p < end; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        digits += g_unichar_isdigit (c);
        letters += g_unichar_isalpha (c);
        capitals += g_unichar_isupper (c);
        others += !g_unichar_isalnum (c);
    }
    if (digits > 0)
        parts.core = KH_TOKEN_NUMBER;
    else if (others > 0)
        parts.core = KH_TOKEN_CODE;
    else if (is_abbreviation (start, end - start, letters, capitals))
        parts.core = KH_TOKEN_ABBREVIATION;
    return parts;
}

static gboolean
joins_words (gunichar c)
{
    return c == '-' || c == '/' || c == 0x2013 || c == ',' || c == ';' || c == ':' || c == ')';
}

gsize
kh_word_piece (const char *word)
{
    gsize first = 0;
    guint letters = 0;
    const char *core = word;
    while (*core != '\0' && !g_unichar_isalnum (g_utf8_get_char (core)))
        core = g_utf8_next_char (core);
    for (const char *p = core; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p), next = g_utf8_get_char (g_utf8_next_char (p));
        if (g_unichar_isalpha (c)) {
            if (letters > 0 && g_unichar_isupper (c))
                return strlen (word);
            letters++;
        } else if (g_unichar_isalpha (next) || g_unichar_isdigit (next) || g_unichar_isdigit (c)) {
            if (!joins_words (c) || letters < 2)
                return strlen (word);
            if (first == 0)
                first = g_utf8_next_char (p) - word;
            letters = 0;
        }
    }
    return first > 0 && letters >= 2 ? first : strlen (word);
}

kh_word_case
kh_word_case_of (const char *core)
{
    guint letters = 0, capitals = 0;
    for (const char *p = core; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        letters += g_unichar_isalpha (c);
        capitals += g_unichar_isupper (c);
    }
    if (letters == 0)
        return KH_CASE_OTHER;
    if (capitals == 0)
        return KH_CASE_SMALL;
    if (capitals == 1 && g_unichar_isupper (g_utf8_get_char (core)))
        return KH_CASE_CAPITAL;
    return capitals == letters ? KH_CASE_CAPITALS : KH_CASE_OTHER;
}

/* hoà -> hòa, thuỷ -> thủy: the tone of an open oa, oe, uy moves to the first vowel (not after q: quý). */
static char *
older_tone_placement (char *lower)
{
    static const struct {
        const char *newer, *older;
    } ENDINGS[] = {
        { "oà", "òa" }, { "oá", "óa" }, { "oả", "ỏa" }, { "oã", "õa" }, { "oạ", "ọa" }, { "oè", "òe" }, { "oé", "óe" }, { "oẻ", "ỏe" },
        { "oẽ", "õe" }, { "oẹ", "ọe" }, { "uỳ", "ùy" }, { "uý", "úy" }, { "uỷ", "ủy" }, { "uỹ", "ũy" }, { "uỵ", "ụy" },
    };
    gsize length = strlen (lower);
    for (gsize i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
        if (g_str_has_suffix (lower, ENDINGS[i].newer)) {
            gsize head = length - strlen (ENDINGS[i].newer);
            if (head > 0 && lower[head - 1] == 'q')
                break;
            g_autofree char *before = lower;
            before[head] = '\0';
            return g_strconcat (before, ENDINGS[i].older, NULL);
        }
    return lower;
}

char *
kh_token_form (const char *core, gsize length, kh_token kind)
{
    if (kind == KH_TOKEN_ABBREVIATION)
        return g_strndup (core, length);
    return older_tone_placement (g_utf8_strdown (core, (gssize) length));
}
