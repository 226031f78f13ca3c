#include "viet/passage.h"

#include "viet/viet.h"

#include <string.h>

#define MEMORY_WORDS 50000 /* then it starts anew: bounded memory for text of any length */

/* What is known of a printed chunk, wherever it stands. */
typedef struct facts {
    kh_word_parts parts;
    guint16 token;
    guint8 print;
    gboolean is_mendable, is_syllable;
    guint parted_at; /* characters before the sign inside, from the start of the chunk; 0: none */
    float spelling;
} facts;

struct kh_word_memory {
    const kh_lm *lm;
    GHashTable *words; /* chunk -> facts */
};

kh_word_memory *
kh_word_memory_new (const kh_lm *lm)
{
    kh_word_memory *memory = g_new0 (kh_word_memory, 1);
    memory->lm = lm;
    memory->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return memory;
}

void
kh_word_memory_free (kh_word_memory *memory)
{
    if (memory == NULL)
        return;
    g_hash_table_unref (memory->words);
    g_free (memory);
}

static gboolean
is_letters (const char *core)
{
    for (const char *p = core; *p != '\0'; p = g_utf8_next_char (p))
        if (kh_letter_take_apart (g_utf8_get_char (p)).base == KH_NO_BASE)
            return FALSE;
    return *core != '\0';
}

/* The place of the one sign inside a core of small letters, in characters from the chunk's start; 0 when there is none, or more. */
static guint
find_parting (const char *chunk, kh_word_parts parts)
{
    guint at = 0, found = 0, letters = 0;
    for (const char *p = chunk; p < chunk + parts.end; p = g_utf8_next_char (p), at++) {
        gunichar c = g_utf8_get_char (p);
        if ((gsize) (p - chunk) < parts.start)
            continue;
        kh_letter letter = kh_letter_take_apart (c);
        if (letter.base != KH_NO_BASE && (!letter.upper || letters == 0))
            letters++;
        else if (letter.base == KH_NO_BASE && !g_unichar_isalnum (c) && c != '@' && c != '/' && c != '&' && found == 0 && letters > 0)
            found = at;
        else
            return 0;
    }
    return found;
}

static facts *
find_facts (const kh_lm *lm, const char *chunk)
{
    facts *f = g_new0 (facts, 1);
    f->parts = kh_word_take_apart (chunk);
    g_autofree char *core = g_strndup (chunk + f->parts.start, f->parts.end - f->parts.start);
    f->token = f->parts.core;
    f->print = kh_word_case_of (core);
    if (f->parts.core == KH_TOKEN_ABBREVIATION || f->parts.core == KH_TOKEN_UNKNOWN) {
        g_autofree char *form = kh_token_form (core, strlen (core), f->parts.core);
        f->token = kh_lm_token (lm, form, f->parts.core);
    }
    f->is_mendable = f->parts.core == KH_TOKEN_UNKNOWN && is_letters (core);
    if (f->is_mendable && f->token == KH_TOKEN_UNKNOWN)
        f->spelling = (float) kh_lm_spelling (lm, core, strlen (core));
    f->parted_at = f->parts.core == KH_TOKEN_CODE ? find_parting (chunk, f->parts) : 0;
    f->is_syllable = f->is_mendable && (f->token != KH_TOKEN_UNKNOWN || kh_viet_is_syllable (core));
    return f;
}

static const facts *
recall (kh_word_memory *memory, const char *chunk)
{
    facts *f = g_hash_table_lookup (memory->words, chunk);
    if (f != NULL)
        return f;
    if (g_hash_table_size (memory->words) >= MEMORY_WORDS)
        g_hash_table_remove_all (memory->words);
    f = find_facts (memory->lm, chunk);
    g_hash_table_insert (memory->words, g_strdup (chunk), f);
    return f;
}

void
kh_passage_init (kh_passage *passage)
{
    *passage = (kh_passage){ .symbols = g_array_new (FALSE, FALSE, sizeof (kh_symbol)), .chunks = g_array_new (FALSE, FALSE, sizeof (kh_chunk)) };
}

void
kh_passage_clear (kh_passage *passage)
{
    g_clear_pointer (&passage->symbols, g_array_unref);
    g_clear_pointer (&passage->chunks, g_array_unref);
}

static gboolean
is_blank (gunichar c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : g_unichar_isspace (c);
}

static void
add_symbol (kh_passage *passage, gsize at, gunichar c)
{
    kh_symbol s = { at, c, passage->chunks->len, { KH_NO_BASE, 0, 0, 0 }, KH_SYMBOL_OTHER };
    if (is_blank (c))
        s.kind = c == '\n' || c == KH_JUMP ? KH_SYMBOL_BREAK : KH_SYMBOL_SPACE;
    else {
        s.letter = kh_letter_take_apart (c);
        if (s.letter.base != KH_NO_BASE)
            s.kind = KH_SYMBOL_LETTER;
        else if (!g_unichar_isalnum (c))
            s.kind = KH_SYMBOL_SIGN;
    }
    g_array_append_val (passage->symbols, s);
}

/* The case of the word before, when the new chunk goes on in its sentence and line. */
static gint8
case_before (const kh_passage *passage)
{
    if (passage->chunks->len == 0)
        return -1;
    const kh_chunk *before = kh_passage_chunk (passage, passage->chunks->len - 1);
    for (guint i = before->end; i < passage->symbols->len; i++)
        if (kh_passage_symbol (passage, i)->kind == KH_SYMBOL_BREAK)
            return -1;
    if (before->after == KH_TOKEN_COMMA)
        return 0;
    if (before->after != KH_TOKEN_CLASSES || before->core != KH_TOKEN_UNKNOWN)
        return -1;
    return before->print == KH_CASE_SMALL ? 0 : before->print == KH_CASE_CAPITAL ? 1 : -1;
}

static void
add_chunk (kh_passage *passage, kh_word_memory *memory, gsize at, char *text, gsize length, float confidence)
{
    char behind = text[length];
    text[length] = '\0';
    const facts *f = recall (memory, text);
    text[length] = behind;
    kh_chunk chunk = { .start = passage->symbols->len, .before = f->parts.before, .after = f->parts.after, .core = f->parts.core,
                       .print = f->print, .is_mendable = f->is_mendable, .is_syllable = f->is_syllable, .token = f->token,
                       .confidence = confidence, .spelling = f->spelling, .case_before = case_before (passage) };
    chunk.core_start = chunk.core_end = chunk.start;
    chunk.parted_at = f->parted_at > 0 ? chunk.start + f->parted_at : 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char (p)) {
        gsize here = p - text;
        if (here == f->parts.start)
            chunk.core_start = passage->symbols->len;
        if (here == f->parts.end)
            chunk.core_end = passage->symbols->len;
        add_symbol (passage, at + here, g_utf8_get_char (p));
    }
    chunk.end = passage->symbols->len;
    if (f->parts.end == length)
        chunk.core_end = chunk.end;
    if (f->parts.start == f->parts.end)
        chunk.core_start = chunk.core_end = chunk.end;
    g_array_append_val (passage->chunks, chunk);
}

/* Commas, and full stops inside sentences. A text without any says nothing: a few are assumed. */
static double
share_of_stops_for_commas (const kh_passage *passage)
{
    double commas = 8, stops = 0.1;
    for (guint i = 0; i + 1 < passage->chunks->len; i++) {
        const kh_chunk *chunk = kh_passage_chunk (passage, i), *next = chunk + 1;
        gboolean is_word = chunk->is_mendable && chunk->core_end - chunk->core_start > 1;
        commas += chunk->after == KH_TOKEN_COMMA;
        stops += is_word && chunk->after == KH_TOKEN_STOP && kh_chunk_goes_on (next);
    }
    return stops / (stops + commas);
}

void
kh_passage_fill (kh_passage *passage, kh_word_memory *memory, const kh_reading *reading, gsize start, gsize end)
{
    passage->reading = reading;
    passage->start = start;
    passage->end = end;
    g_array_set_size (passage->symbols, 0);
    g_array_set_size (passage->chunks, 0);
    g_autoptr (GString) word = g_string_new (NULL);
    guint k = 0;
    const char *limit = reading->text + end;
    for (const char *p = reading->text + start; p < limit;) {
        gsize at = (gsize) (p - reading->text);
        gunichar c = g_utf8_get_char (p);
        if (is_blank (c)) {
            add_symbol (passage, at, c);
            p = g_utf8_next_char (p);
            continue;
        }
        const char *first = p;
        while (p < limit && !is_blank (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
        while (k + 1 < reading->n_certain && reading->certain[k + 1].at <= at)
            k++;
        gboolean is_certain = k < reading->n_certain && reading->certain[k].at <= at;
        g_string_truncate (word, 0);
        g_string_append_len (word, first, p - first);
        for (gsize from = 0, length; from < word->len; from += length) {
            length = kh_word_piece (word->str + from);
            add_chunk (passage, memory, at + from, word->str + from, length,
                       is_certain ? reading->certain[k].confidence : reading->confidence);
            gboolean is_whole = from == 0 && length == word->len;
            kh_passage_chunk (passage, passage->chunks->len - 1)->others = is_certain && is_whole ? reading->certain[k].others : NULL;
        }
    }
    passage->stops_for_commas = share_of_stops_for_commas (passage);
}

char *
kh_passage_copy (const kh_passage *passage, guint32 start, guint32 end)
{
    gsize from = start < passage->symbols->len ? kh_passage_symbol (passage, start)->at : passage->end;
    gsize to = end < passage->symbols->len ? kh_passage_symbol (passage, end)->at : passage->end;
    return g_strndup (passage->reading->text + from, to - from);
}
