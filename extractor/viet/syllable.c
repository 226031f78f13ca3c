/* syllable.c - is this a Vietnamese syllable?
 *
 * A syllable is onset + rime, with one tone at most: ngh + iêng, "" + uyên, q + uyên. Both are closed lists. Stops at the end
 * (c, ch, p, t) bear only the acute and the dot. The tone is taken off first (NFD, five marks), so the rimes below are
 * written without.
 */
#include "viet/viet.h"

#include <string.h>

#define BARE_BYTES 31  /* more than any syllable has */
#define LINE_WORDS 300 /* a line below is looked for among so many words */

/* The longest first, so that the first that fits and leaves a rime is right; "gi" and "qu" are tried both ways. */
static const char *const onsets[] = {
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n",
    "p", "r", "s", "t", "v", "x", "",
};

static const char rimes[] =
    " a ac ach ai am an ang anh ao ap at au ay ă ăc ăk ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng êc"
    " i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot"
    " ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt ơng"
    " u ua uân uâng uât uây uc uê uêch uênh ui uit um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn"
    " uynh uyt uyu uao uoi uêu"
    " ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưp"
    " y yêm yên yêng yêt yêu ych ym yn ynh yt ";

static gboolean
is_tone (gunichar c)
{
    return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

static gboolean
is_rime (const char *rime)
{
    gsize length = strlen (rime);
    char key[BARE_BYTES + 3] = " ";
    if (length == 0 || length > BARE_BYTES)
        return FALSE;
    memcpy (key + 1, rime, length);
    memcpy (key + 1 + length, " ", 2);
    return strstr (rimes, key) != NULL;
}

/* A letter of Vietnamese as keyboards write it, in one code; what is left of it without its tone, which goes to *tone (0: none). */
static gunichar
take_tone (gunichar c, gunichar *tone)
{
    gunichar base, mark, plain, below;
    *tone = 0;
    if (c < 0x80 || !g_unichar_decompose (c, &base, &mark))
        return c;
    if (is_tone (mark)) {
        *tone = mark;
        return base;
    }
    /* ậ is ạ with a hat */
    if (g_unichar_decompose (base, &plain, &below) && is_tone (below) && g_unichar_compose (plain, mark, &c))
        *tone = below;
    return c;
}

/* toneless() for what nearly every word is: short, its letters in one code each. FALSE: it is something else. *sound says whether it
 * is letters all through. */
static gboolean
toneless_short (const char *word, char bare[BARE_BYTES + 1], gunichar *tone, gboolean *sound)
{
    gsize n = 0;
    gboolean ended = FALSE;
    *tone = 0;
    *sound = FALSE;
    for (const char *p = word; *p; p = g_utf8_next_char (p)) {
        gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p), mark;
        if (n + 4 > BARE_BYTES || (c >= 0x80 && !(c >= 0xC0 && c < 0x1B1) && !(c >= 0x1EA0 && c < 0x1EFA)) || c == 0x130)
            return FALSE;
        gboolean letter = c < 0x80 ? g_ascii_isalpha (c) : g_unichar_isalpha (c);
        if (g_ascii_isdigit (c) || (letter && ended))
            return TRUE;
        if (!letter) {
            ended = n > 0;
            continue;
        }
        c = take_tone (c < 0x80 ? (gunichar) g_ascii_tolower (c) : g_unichar_tolower (c), &mark);
        if (mark != 0 && *tone != 0)
            return TRUE;
        *tone = mark != 0 ? mark : *tone;
        if (c < 0x80)
            bare[n++] = (char) c;
        else
            n += g_unichar_to_utf8 (c, bare + n);
    }
    bare[n] = '\0';
    *sound = TRUE;
    return TRUE;
}

/* Lower case, edges that are no letters dropped, tone taken off. NULL when it is not letters all through or has two tones. */
static char *
toneless (const char *word, gunichar *tone)
{
    g_autofree char *lower = g_utf8_strdown (word, -1);
    g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_NFD);
    if (apart == NULL)
        return NULL;
    g_autoptr (GString) rest = g_string_new (NULL);
    *tone = 0;
    gboolean ended = FALSE;
    for (const char *p = apart; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (is_tone (c)) {
            if (*tone != 0 || ended)
                return NULL;
            *tone = c;
        } else if (g_unichar_isalpha (c) || g_unichar_combining_class (c) != 0) {
            if (ended)
                return NULL;
            g_string_append_unichar (rest, c);
        } else if (g_unichar_isdigit (c)) {
            return NULL;
        } else if (rest->len > 0) {
            ended = TRUE;
        }
    }
    return g_utf8_normalize (rest->str, -1, G_NORMALIZE_NFC);
}

static gboolean
is_front (const char *rime)
{
    gunichar c = g_utf8_get_char (rime);
    return c == 'e' || c == 'i' || c == 'y' || c == 0xEA;
}

/* Spelling: k, gh, ngh before e ê i y only; c before the others. */
static gboolean
onset_fits (const char *onset, const char *rime)
{
    if (strcmp (onset, "k") == 0)
        return is_front (rime) || *rime == 'a' || g_str_has_prefix (rime, "o") || g_str_has_prefix (rime, "u"); /* Kạn, Kon, Kum */
    if (strcmp (onset, "gh") == 0 || strcmp (onset, "ngh") == 0)
        return is_front (rime);
    if (strcmp (onset, "c") == 0 || strcmp (onset, "ng") == 0)
        return !is_front (rime);
    return TRUE;
}

static gboolean
is_syllable (const char *bare, gunichar tone)
{
    if (*bare == '\0')
        return FALSE;
    if ((g_str_has_suffix (bare, "c") || g_str_has_suffix (bare, "p") || g_str_has_suffix (bare, "t") || g_str_has_suffix (bare, "ch")) &&
        tone != 0x301 && tone != 0x323)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (onsets); i++) {
        if (!g_str_has_prefix (bare, onsets[i]))
            continue;
        const char *rime = bare + strlen (onsets[i]);
        if (is_rime (rime) && onset_fits (onsets[i], rime))
            return TRUE;
    }
    /* gì, gìn, giếng: the i is both onset and rime */
    if (g_str_has_prefix (bare, "gi"))
        return is_rime (bare + 1);
    return FALSE;
}

gboolean
kh_viet_is_syllable (const char *word)
{
    gunichar tone;
    char bare[BARE_BYTES + 1];
    gboolean sound;
    if (toneless_short (word, bare, &tone, &sound))
        return sound && is_syllable (bare, tone);
    g_autofree char *rest = toneless (word, &tone);
    return rest != NULL && is_syllable (rest, tone);
}

/* Short forms that are not all capitals, and foreign words of the field. */
static const char *const known[] = {
    "ttg", "ttr", "tw", "gdđt", "gd&đt", "web", "website", "internet", "email", "online", "index", "par", "papi", "sipas", "zalo",
    "facebook", "logo", "video", "clip", "km", "kg", "ha", "tp", "tx", "tt", "ubnd", "hđnd", "qđ", "nđ", "kh", "stt", "đ/c", "v/v",
    "b/c", "iso", "gov", "vn", "h'mông", "mông", "khmer", "ê", "đê", "stiêng", "pa", "file", "fax", "wifi", "data", "smart",
};

static gboolean
is_known (const char *word)
{
    g_autofree char *lower = g_utf8_strdown (word, -1);
    for (guint i = 0; i < G_N_ELEMENTS (known); i++)
        if (strcmp (lower, known[i]) == 0)
            return TRUE;
    return FALSE;
}

/* A short form: plain capitals, Đ among them. */
static gboolean
is_capitals (const char *word)
{
    for (const char *p = word; *p; p = g_utf8_next_char (p))
        if (!g_ascii_isupper (*p) && *p != '&' && g_utf8_get_char (p) != 0x110)
            return FALSE;
    return *word != '\0';
}

/* Signs that part words. What else is no letter (¶ ¸ µ in a text of another encoding) is part of its word. */
static gboolean
parts_words (gunichar c)
{
    return c < 0x80 ? !g_ascii_isalnum (c) && c != '&' && c != '?' : g_unichar_isspace (c) || (c >= 0x2010 && c <= 0x206F) || c == 0xAB || c == 0xBB;
}

/* The next word; digits in it make it none that counts. NULL at the end. */
static char *
next_part (const char **at, gboolean *digits)
{
    const char *p = *at;
    while (*p && parts_words (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    const char *start = p;
    *digits = FALSE;
    for (; *p && !parts_words (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        *digits |= g_unichar_isdigit (g_utf8_get_char (p)) != 0;
    *at = p;
    return p > start ? g_strndup (start, p - start) : NULL;
}

static gboolean
is_one_letter (const char *part)
{
    return *part != '\0' && *g_utf8_next_char (part) == '\0';
}

/* A letter alone that is no syllable counts items (a), B.) or is a Roman number; another is what is left of a word that lost
 * letters ("S" of "Sở"). */
static gboolean
is_item_letter (const char *part, const char *behind)
{
    return is_one_letter (part) && (strchr ("IVX", *part) != NULL || (*behind != '\0' && strchr (").:/-", *behind) != NULL));
}

static gboolean
has_letters (const char *part)
{
    for (; *part != '\0'; part = g_utf8_next_char (part))
        if (g_unichar_isalpha (g_utf8_get_char (part)))
            return TRUE;
    return FALSE;
}

/* Is `part`, which `behind` follows in its word, what stands in Vietnamese text? */
static gboolean
is_sound (const char *part, const char *behind)
{
    return (is_capitals (part) && !is_one_letter (part)) || is_item_letter (part, behind) || kh_viet_is_syllable (part) || is_known (part);
}

/* The word right below (or above) word i, in the next line of its column; NULL when there is none. */
static const kh_word *
word_beyond (const kh_page *page, guint i, gboolean below)
{
    const kh_word *word = kh_page_word (page, i), *found = NULL;
    double height = kh_box_height (word->box), middle = kh_box_center_y (word->box);
    guint to = MIN (page->words->len, i + LINE_WORDS);
    for (guint k = i > LINE_WORDS ? i - LINE_WORDS : 0; k < to; k++) {
        const kh_word *other = kh_page_word (page, k);
        double away = below ? other->box.y0 - middle : middle - other->box.y1;
        if (away > 0 && away < 1.5 * height && kh_box_overlap_x (word->box, other->box) > 0 && (found == NULL || other->box.x0 < found->box.x0))
            found = other;
    }
    return found;
}

static gboolean
is_sound_together (const char *first, const char *second)
{
    g_autofree char *whole = g_strconcat (first, second, NULL);
    const char *at = whole;
    gboolean digits;
    g_autofree char *part = g_utf8_validate (at, -1, NULL) ? next_part (&at, &digits) : NULL;
    return part != NULL && is_sound (part, at);
}

/* Did a narrow cell break a word, so that what stands in word i is one half of it, the other above or below? */
static gboolean
is_half (const kh_page *page, guint i, gboolean first, gboolean last)
{
    const char *text = kh_page_word (page, i)->text;
    const kh_word *above = first ? word_beyond (page, i, FALSE) : NULL, *below = last ? word_beyond (page, i, TRUE) : NULL;
    return (above != NULL && is_sound_together (above->text, text)) || (below != NULL && is_sound_together (text, below->text));
}

double
kh_viet_soundness (const kh_page *page, guint min_words)
{
    guint seen = 0, sound = 0;
    for (guint i = 0; i < page->words->len; i++) {
        const char *at = kh_page_word (page, i)->text;
        if (!g_utf8_validate (at, -1, NULL)) {
            seen++;
            continue;
        }
        gboolean digits, first = TRUE;
        for (char *part; (part = next_part (&at, &digits)) != NULL; g_free (part), first = FALSE) {
            if (digits || !has_letters (part))
                continue;
            seen++;
            sound += is_sound (part, at) || is_half (page, i, first, *at == '\0');
        }
    }
    return seen == 0 || seen < min_words ? -1 : (double) sound / seen;
}
