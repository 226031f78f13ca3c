#include "viet/token.h"

#include "viet/viet.h"

#include <string.h>

const char *const KH_TOKEN_NAMES[KH_TOKEN_CLASSES] = { "<unk>", "<s>", "<n>", "<abbr>", "<code>", ",", ".", ";", ":", "<sign>" };

static kh_token
sign_class (gunichar c)
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
        parts.before = sign_class (g_utf8_get_char (start));
        start = g_utf8_next_char (start);
    }
    while (end > start) {
        const char *last = g_utf8_prev_char (end);
        gunichar c = g_utf8_get_char (last);
        if (g_unichar_isalnum (c) || (c == '%' && last > start))
            break;
        if (parts.after == KH_TOKEN_CLASSES)
            parts.after = sign_class (c);
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
