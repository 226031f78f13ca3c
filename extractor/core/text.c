#include "core/text.h"

#include <string.h>

void
kh_text_builder_init (kh_text_builder *builder)
{
    builder->str = g_string_new (NULL);
    builder->pieces = g_array_new (FALSE, FALSE, sizeof (kh_piece));
}

void
kh_text_builder_add_string (kh_text_builder *builder, const char *string)
{
    g_string_append (builder->str, string);
}

static void
add_space (kh_text_builder *builder, gboolean spaced)
{
    if (spaced && builder->str->len > 0)
        g_string_append_c (builder->str, ' ');
}

void
kh_text_builder_add_word (kh_text_builder *builder, const kh_word *word, gboolean spaced)
{
    add_space (builder, spaced);
    kh_piece piece = { builder->str->len, builder->str->len + strlen (word->text), word };
    g_string_append (builder->str, word->text);
    g_array_append_val (builder->pieces, piece);
}

void
kh_text_builder_add_text (kh_text_builder *builder, const kh_text *text, gboolean spaced)
{
    if (kh_text_is_empty (text))
        return;
    add_space (builder, spaced);
    gsize at = builder->str->len;
    g_string_append (builder->str, text->str);
    for (gsize i = 0; i < text->n_pieces; i++) {
        kh_piece piece = text->pieces[i];
        piece.start += at;
        piece.end += at;
        g_array_append_val (builder->pieces, piece);
    }
}

void
kh_text_builder_chop (kh_text_builder *builder, gsize n)
{
    gsize length = builder->str->len - MIN (n, builder->str->len);
    g_string_truncate (builder->str, length);
    while (builder->pieces->len > 0) {
        kh_piece *last = &g_array_index (builder->pieces, kh_piece, builder->pieces->len - 1);
        last->end = MIN (last->end, length);
        if (last->start < last->end)
            break;
        g_array_set_size (builder->pieces, builder->pieces->len - 1);
    }
}

kh_text
kh_text_builder_finish (kh_text_builder *builder, kh_pool *pool)
{
    kh_text text = {
        kh_pool_strdup (pool, builder->str->str),
        builder->pieces->len,
        kh_pool_memdup (pool, builder->pieces->data, builder->pieces->len * sizeof (kh_piece)),
    };
    g_string_free (builder->str, TRUE);
    g_array_free (builder->pieces, TRUE);
    *builder = (kh_text_builder){ 0 };
    return text;
}

kh_text
kh_text_slice (kh_pool *pool, const kh_text *text, gsize start, gsize end)
{
    end = MIN (end, strlen (text->str));
    while (start < end && text->str[start] == ' ')
        start++;
    while (end > start && text->str[end - 1] == ' ')
        end--;
    if (start >= end)
        return (kh_text){ "", 0, NULL };
    gsize first = 0, last;
    while (first < text->n_pieces && text->pieces[first].end <= start)
        first++;
    for (last = first; last < text->n_pieces && text->pieces[last].start < end; last++)
        ;
    kh_piece *pieces = kh_pool_memdup (pool, text->pieces + first, (last - first) * sizeof (kh_piece));
    for (gsize i = 0; i < last - first; i++) {
        pieces[i].start = MAX (pieces[i].start, start) - start;
        pieces[i].end = MIN (pieces[i].end, end) - start;
    }
    return (kh_text){ kh_pool_strndup (pool, text->str + start, end - start), last - first, pieces };
}

kh_text
kh_text_join (kh_pool *pool, const kh_text *a, const kh_text *b)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    kh_text_builder_add_text (&builder, a, TRUE);
    kh_text_builder_add_text (&builder, b, TRUE);
    return kh_text_builder_finish (&builder, pool);
}

float
kh_text_confidence (const kh_text *text)
{
    double sum = 0, weight = 0;
    for (gsize i = 0; i < text->n_pieces; i++) {
        double bytes = text->pieces[i].end - text->pieces[i].start;
        sum += bytes * text->pieces[i].word->confidence;
        weight += bytes;
    }
    return weight > 0 ? sum / weight : 0;
}

float
kh_text_trust (const kh_text *text)
{
    double trust = text->n_pieces > 0;
    for (gsize i = 0; i < text->n_pieces; i++)
        if (i == 0 || text->pieces[i].word != text->pieces[i - 1].word)
            trust *= text->pieces[i].word->trust;
    return trust;
}

gboolean
kh_text_is_by_hand (const kh_text *text)
{
    for (gsize i = 0; i < text->n_pieces; i++)
        if (text->pieces[i].word->style & KH_WORD_HAND)
            return TRUE;
    return FALSE;
}

static gunichar
last_char (const char *text, gunichar *before)
{
    const char *end = text + strlen (text);
    if (end == text)
        return *before = 0;
    const char *p = g_utf8_prev_char (end);
    *before = p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
    return g_utf8_get_char (p);
}

gboolean
kh_text_is_glued (const char *line, const char *next)
{
    gunichar before, last = last_char (line, &before);
    if (last == 0x00AD)
        return TRUE;
    gunichar first = g_utf8_get_char (next);
    if (first == ')' || (first == ',' && g_unichar_isalnum (last)) || (first == '/' && g_unichar_isdigit (last))
        || (first == '&' && g_unichar_isupper (last)))
        return TRUE; /* no line begins with one */
    if (before == 0 || before == ' ' || *next == '\0' || first == ' ')
        return FALSE;
    if (last == '&' || last == '/')
        return g_unichar_isalnum (before) && g_unichar_isalnum (first);
    if (last == '-' || last == 0x2013)
        return g_unichar_isalnum (before) && g_unichar_isalnum (first);
    return FALSE;
}

/* A letter that is one of a, e, i, o, u, y under whatever marks it carries. */
static gboolean
is_vowel (gunichar c)
{
    gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH] = { 0 };
    g_unichar_fully_decompose (g_unichar_tolower (c), FALSE, plain, G_N_ELEMENTS (plain));
    return plain[0] < 0x80 && strchr ("aeiouy", (int) plain[0]) != NULL;
}

gboolean
kh_text_is_halved (const char *first, const char *second)
{
    int letters = 0, capitals = 0; /* of the last run of letters */
    for (const char *p = first; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        letters = g_unichar_isalnum (c) || c == '&' ? letters + 1 : 0;
        capitals = letters == 0 ? 0 : capitals + (g_unichar_isupper (c) || c == '&');
    }
    if (letters >= 8 || (letters >= 6 && capitals >= letters - 1))
        return TRUE;
    gunichar before, last = last_char (first, &before), next = g_utf8_get_char (second);
    if (g_unichar_isdigit (next) && (g_unichar_isdigit (last) || (g_unichar_isdigit (before) && (last == ',' || last == '.'))))
        return TRUE;
    int rest = 0, vowels = 0;
    for (const char *p = second; g_unichar_isalpha (g_utf8_get_char (p)); p = g_utf8_next_char (p)) {
        rest++;
        vowels += is_vowel (g_utf8_get_char (p));
    }
    if (rest == 0 || letters == 0 || g_unichar_isdigit (last))
        return FALSE;
    if (g_unichar_isupper (last) && g_unichar_isupper (next))
        return capitals == letters && (rest <= 2 || letters >= 5);
    gboolean is_stump = vowels == 0 || (rest == 1 && strchr ("aeiou", *second) != NULL); /* "(triệ" "u đồng)" */
    return g_unichar_islower (last) && g_unichar_islower (next) && is_stump;
}

gboolean
kh_text_ends_sentence (const char *text)
{
    gunichar before, last = last_char (text, &before);
    return last == '.' || last == ';' || last == ':' || last == '!' || last == '?';
}
