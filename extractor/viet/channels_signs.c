/* Signs as the engine reads them in poor scans: specks for signs, a full stop for a comma, a colon for a semicolon.
 *
 * How often stops stand for commas is told from the text itself: in a sound text hardly a full stop has a small letter behind it.
 */
#include "viet/channels_walk.h"

#include <math.h>
#include <string.h>

#define COST_STOP_BEFORE_SMALL 4.0  /* a full stop with a small letter behind it, kept */
#define COST_SPECK_AS_STOP 4.5      /* one that is a speck */
#define COST_STOP_IN_DATE 1.5       /* one between a word and a number: Quý. IV/2024 */
#define COST_OPENING_SPECK 2.0      /* a quotation mark before a word that nothing closes */
#define COST_MISPLACED_SPECK 0.5    /* ;máy */
#define COST_STRAY_LETTER 2.0       /* a c alone that is a speck */
#define COST_SPECK_JOINS 2.0        /* one that fills the space between two words */
#define COST_JOINED_AS_READ 3.0     /* and is none: a word with a sign inside */
#define QUOTATION_WORDS 300         /* that a quotation may be long */

/* The chunk behind, when it is parted from this one by a space or the end of a line; NULL. */
static const kh_chunk *
next_chunk (const kh_walk *w, const kh_chunk *chunk)
{
    const kh_symbol *space = kh_walk_symbol (w, chunk->end);
    const kh_chunk *next = kh_walk_chunk (w, chunk->end + 1);
    return space != NULL && (space->c == ' ' || space->c == '\n') && next != NULL && next->start == chunk->end + 1 ? next : NULL;
}

static gboolean
is_quotation_mark (gunichar c)
{
    return c == '"' || c == '\'' || c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0x201E;
}

/* Stands a quotation mark in the words behind the chunk, or at its end? */
static gboolean
is_closed (const kh_walk *w, const kh_chunk *chunk)
{
    guint32 first = kh_walk_symbol (w, chunk->start)->chunk;
    for (guint32 i = first; i < w->passage->chunks->len && i < first + QUOTATION_WORDS; i++) {
        const kh_chunk *c = kh_passage_chunk (w->passage, i);
        for (guint32 k = c->core_end; k < c->end; k++)
            if (is_quotation_mark (kh_walk_symbol (w, k)->c))
                return TRUE;
    }
    return FALSE;
}

/* A sign alone inside a line may be a speck, and so may what looks like a c. */
static void
propose_nothing (kh_walk *w, const kh_chunk *chunk)
{
    const kh_symbol *only = kh_walk_symbol (w, chunk->start);
    const kh_chunk *next = next_chunk (w, chunk);
    gboolean begins_line = chunk->start == 0 || kh_walk_is (w, chunk->start - 1, KH_SYMBOL_BREAK), is_scrap = chunk->confidence == 0;
    if (chunk->end - chunk->start > 1 || (begins_line && !is_scrap) || only->kind == KH_SYMBOL_OTHER)
        return; /* a digit is never a speck */
    gboolean is_sign = only->kind == KH_SYMBOL_SIGN, is_stray = only->c == 'c' && next != NULL && kh_chunk_goes_on (next);
    double speck = is_scrap ? 0 : is_sign ? kh_misread_speck (only->c) : is_stray ? COST_STRAY_LETTER : INFINITY;
    if (isinf (speck))
        return;
    kh_edge edge = { .start = chunk->start, .end = chunk->end, .before = KH_TOKEN_CLASSES, .after = KH_TOKEN_CLASSES, .kind = KH_REPAIR_OCR,
                     .cost = (float) (COST_CHANGE + speck + kh_misread_error (chunk->confidence) / 2) };
    kh_walk_land (w, &edge, chunk->end);
}

/* The word as it was read, with `sign` ("": none) for the one behind it. */
static void
propose_sign (kh_walk *w, const kh_chunk *chunk, const kh_edge *as_read, const char *sign, guint8 token, double cost)
{
    kh_edge edge = *as_read;
    edge.start = chunk->core_end;
    edge.end = chunk->end;
    edge.form = sign;
    edge.after = token;
    edge.kind = KH_REPAIR_OCR;
    edge.cost += (float) (COST_CHANGE + cost);
    kh_walk_land (w, &edge, chunk->end);
}

/* What the case of the word behind says of a comma before it, against a full stop. */
static double
cost_of_comma_before (const kh_walk *w, const kh_chunk *next)
{
    gboolean capital = next->print == KH_CASE_CAPITAL;
    return next->is_mendable && (capital || next->print == KH_CASE_SMALL) ? -kh_lm_case (w->tables->lm, next->token, FALSE, capital) : 0;
}

static double
propose_signs_behind (kh_walk *w, const kh_chunk *chunk, const kh_edge *as_read)
{
    if (chunk->core_end == chunk->core_start || chunk->end - chunk->core_end != 1)
        return 0;
    const kh_chunk *next = next_chunk (w, chunk);
    gunichar sign = kh_walk_symbol (w, chunk->core_end)->c;
    double error = kh_misread_error (chunk->confidence), stop_for_comma = -log (w->passage->stops_for_commas);
    gboolean is_word = chunk->is_mendable && chunk->core_end - chunk->core_start > 1;
    if (is_word && kh_misread_speck (sign) == 0)
        propose_sign (w, chunk, as_read, "", KH_TOKEN_CLASSES, error);
    if (is_word && sign == '-' && kh_walk_is (w, chunk->end, KH_SYMBOL_LETTER)) /* đơn-vị: a speck, where a space was */
        propose_sign (w, chunk, as_read, "", KH_TOKEN_CLASSES, error / 2 + COST_SPECK_JOINS);
    if (next == NULL)
        return 0;
    if (sign == '.' && chunk->core != KH_TOKEN_NUMBER)
        propose_sign (w, chunk, as_read, ",", KH_TOKEN_COMMA, stop_for_comma + cost_of_comma_before (w, next));
    if (sign == ':' && (kh_chunk_goes_on (next) || kh_walk_is (w, chunk->end, KH_SYMBOL_SPACE)))
        propose_sign (w, chunk, as_read, ";", KH_TOKEN_SEMICOLON, stop_for_comma);
    if (sign == '.' && is_word && next->core == KH_TOKEN_NUMBER && next->start == next->core_start && next->after != KH_TOKEN_STOP
        && next->after != KH_TOKEN_SIGN) /* "3." and "3)" count a list */
        propose_sign (w, chunk, as_read, "", KH_TOKEN_CLASSES, error / 2 + COST_STOP_IN_DATE);
    if (sign != '.' || !is_word || !kh_chunk_goes_on (next))
        return 0;
    propose_sign (w, chunk, as_read, "", KH_TOKEN_CLASSES, error + COST_SPECK_AS_STOP);
    return COST_STOP_BEFORE_SMALL;
}

/* A quotation mark that nothing closes, before a word; or a sign that never stands close before one. */
static void
propose_without_opening (kh_walk *w, const kh_chunk *chunk, const kh_edge *as_read)
{
    if (chunk->core_start - chunk->start != 1 || chunk->core_end == chunk->core_start)
        return;
    gunichar sign = kh_walk_symbol (w, chunk->start)->c;
    gboolean is_open = is_quotation_mark (sign) && !is_closed (w, chunk);
    gboolean is_misplaced = chunk->is_mendable && sign < 0x80 && strchr (".,;:*_", (int) sign) != NULL;
    if (!is_open && !is_misplaced)
        return;
    kh_edge edge = *as_read;
    edge.start = chunk->start;
    edge.end = chunk->core_start;
    edge.rewrite = KH_REWRITE_NOTHING;
    edge.before = KH_TOKEN_CLASSES;
    edge.kind = KH_REPAIR_OCR;
    edge.cost += (float) (COST_CHANGE + (is_open ? COST_OPENING_SPECK : COST_MISPLACED_SPECK));
    kh_walk_land (w, &edge, chunk->end);
}

/* A sign between letters, as in kế'hoạch, is a speck where a space was: the first word ends before it, the second begins behind it. Returns
 * what it costs to keep it. */
static double
propose_parted (kh_walk *w, const kh_chunk *chunk)
{
    kh_letter letters[KH_LEXICON_LETTERS];
    guint n = 0;
    for (guint32 i = chunk->core_start; i < chunk->parted_at && n < G_N_ELEMENTS (letters); i++)
        letters[n++] = kh_walk_symbol (w, i)->letter;
    const kh_entry *entry = kh_lexicon_find (w->tables->lexicon, letters, n);
    if (chunk->parted_at == 0 || entry == NULL || chunk->core_start + n != chunk->parted_at)
        return 0;
    kh_edge edge = { .start = chunk->parted_at, .end = chunk->parted_at + 1, .token = entry->token, .has_word = TRUE, .before = chunk->before,
                     .after = KH_TOKEN_CLASSES, .kind = KH_REPAIR_SPACING };
    edge.cost = (float) (COST_CHANGE + COST_SPECK_JOINS + kh_misread_error (chunk->confidence) / 2);
    kh_walk_add (w, &edge, edge.end, 0);
    return COST_JOINED_AS_READ;
}

double
kh_walk_propose_signs (kh_walk *w, const kh_chunk *chunk, const kh_edge *as_read)
{
    propose_nothing (w, chunk);
    propose_without_opening (w, chunk, as_read);
    return propose_parted (w, chunk) + propose_signs_behind (w, chunk, as_read);
}
