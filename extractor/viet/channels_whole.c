/* What a chunk may be as a whole: as it was read, in small letters, with the bars its Đ lost, or one with the chunk on the next line. */
#include "viet/channels_walk.h"

#include <string.h>

#define COST_CASE 1.5               /* a capital read for a small letter of the same form: SOát */
#define COST_CASE_OF_WORD 3.0       /* all of a word so: hồ SƠ */
#define COST_CLOSING_ALONE 5.0      /* a comma or bracket that closes nothing: a word was lost before it */
#define COST_UNBARRED 4.0           /* an abbreviation that lacks the bar of its Đ in bare text, kept */
#define COST_UNMARKED 2.0           /* marks read on a known abbreviation */
#define SPELLING_OF_FRAGMENTS 0.3   /* the weight of spelling where words are in pieces anyway */

/* ------------------------------------------------------------------ case */

/* Letters whose capitals have the same form, so that the engine takes one for the other. */
static gboolean
has_capitals_of_small_form (const kh_walk *w, const kh_chunk *chunk)
{
    for (guint32 i = chunk->core_start; i < chunk->core_end; i++) {
        const kh_symbol *s = kh_walk_symbol (w, i);
        if (s->letter.upper && strchr ("cosuvwxz", 'a' + s->letter.base) == NULL)
            return FALSE;
    }
    return TRUE;
}

/* A syllable has one; kWh has none. */
static gboolean
has_vowel (const kh_walk *w, const kh_chunk *chunk)
{
    for (guint32 i = chunk->core_start; i < chunk->core_end; i++)
        if (strchr ("aeiouy", 'a' + kh_walk_symbol (w, i)->letter.base) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean
is_small_word (const kh_walk *w, gint64 chunk)
{
    if (chunk < 0 || chunk >= w->passage->chunks->len)
        return FALSE;
    const kh_chunk *c = kh_passage_chunk (w->passage, (guint) chunk);
    return c->is_mendable && c->print == KH_CASE_SMALL;
}

static void
propose_small (kh_walk *w, const kh_chunk *chunk, double cost_as_read)
{
    gint64 number = kh_walk_symbol (w, chunk->start)->chunk;
    gboolean is_mixed = chunk->print == KH_CASE_OTHER;
    gboolean is_odd = chunk->print == KH_CASE_CAPITALS && is_small_word (w, number - 1) && is_small_word (w, number + 1);
    if (!chunk->is_mendable || chunk->token == KH_TOKEN_UNKNOWN || !has_vowel (w, chunk) || (!is_mixed && !is_odd) || !has_capitals_of_small_form (w, chunk))
        return;
    kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .token = chunk->token, .has_word = TRUE, .before = chunk->before,
                     .after = chunk->after, .kind = KH_REPAIR_OCR, .rewrite = KH_REWRITE_SMALL };
    edge.cost = (float) (cost_as_read - (is_mixed ? COST_CASE : -COST_CASE_OF_WORD)); /* mixed capitals are hardly ever printed */
    kh_walk_land (w, &edge, chunk->end);
}

/* ------------------------------------------------------------------ bars */

/* In bare text an abbreviation or code may have lost the bar of its Đ: HDND, 62/2025/ND-CP. Which have one, the vocabulary knows. */
static gboolean
propose_barred (kh_walk *w, const kh_chunk *chunk)
{
    kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .has_word = TRUE, .before = chunk->before, .after = chunk->after,
                     .kind = KH_REPAIR_DIACRITIC, .rewrite = KH_REWRITE_BARRED };
    g_autofree char *core = kh_passage_copy (w->passage, chunk->core_start, chunk->core_end);
    g_autofree char *barred = kh_abbreviation_barred (w->tables->lm, core);
    if (barred == NULL)
        return FALSE;
    edge.token = chunk->core == KH_TOKEN_ABBREVIATION ? kh_lm_token (w->tables->lm, barred, KH_TOKEN_ABBREVIATION) : chunk->token;
    kh_walk_land (w, &edge, chunk->end);
    return TRUE;
}

/* ------------------------------------------------------------------ abbreviations */

/* An abbreviation that nobody knows but for its marks: ƯBND. */
static void
propose_unmarked (kh_walk *w, const kh_chunk *chunk)
{
    if (chunk->core != KH_TOKEN_ABBREVIATION || chunk->token != KH_TOKEN_ABBREVIATION)
        return;
    g_autofree char *core = kh_passage_copy (w->passage, chunk->core_start, chunk->core_end);
    g_autofree char *plain = kh_abbreviation_unmarked (core);
    guint16 token = kh_lm_token (w->tables->lm, plain, KH_TOKEN_ABBREVIATION);
    if (token == KH_TOKEN_ABBREVIATION)
        return;
    kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .token = token, .has_word = TRUE, .before = chunk->before,
                     .after = chunk->after, .kind = KH_REPAIR_DIACRITIC, .rewrite = KH_REWRITE_UNMARKED, .cost = COST_UNMARKED };
    kh_walk_land (w, &edge, chunk->end);
}

/* ------------------------------------------------------------------ as read */

/* Does the next word stand close behind a comma or the like (token.h parts them)? */
static gboolean
lacks_space (const kh_walk *w, const kh_chunk *chunk)
{
    gunichar last = kh_walk_symbol (w, chunk->end - 1)->c;
    return kh_walk_is (w, chunk->end, KH_SYMBOL_LETTER) && (last == ',' || last == ';' || last == ':' || last == ')');
}

/* A sign that stands close behind a word. */
static gboolean
closes (gunichar c)
{
    return c < 0x80 && strchr (").,;:!?", (int) c) != NULL;
}

static gboolean
is_code (const kh_chunk *chunk)
{
    return chunk->core == KH_TOKEN_NUMBER || chunk->core == KH_TOKEN_CODE || chunk->core == KH_TOKEN_ABBREVIATION;
}

/* Is the chunk the first half of a code or name that goes on in the next line: 19- / NQ/TW, XDKT& / TDTHPL? `*behind` becomes the
 * first symbol of the other half. */
static gboolean
goes_on_in_next_line (const kh_walk *w, const kh_chunk *chunk, guint32 *behind)
{
    gunichar last = kh_walk_symbol (w, chunk->end - 1)->c;
    guint32 next = chunk->end;
    gboolean breaks = FALSE;
    while (kh_walk_is (w, next, KH_SYMBOL_SPACE) || kh_walk_is (w, next, KH_SYMBOL_BREAK))
        breaks |= kh_walk_is (w, next++, KH_SYMBOL_BREAK);
    const kh_chunk *other = kh_walk_chunk (w, next);
    gboolean begins_capital = other != NULL && g_unichar_isupper (kh_walk_symbol (w, next)->c);
    *behind = next;
    return w->passage->reading->lines_flow && breaks && other != NULL && other->start == next && other->core_start == next
           && is_code (chunk) && is_code (other) && (last == '&' || (last == '-' && chunk->core == KH_TOKEN_NUMBER && begins_capital));
}

void
kh_walk_propose_whole (kh_walk *w, const kh_chunk *chunk)
{
    kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .token = chunk->token, .before = chunk->before,
                     .after = chunk->after, .has_word = chunk->core_end > chunk->core_start };
    gboolean ocr = kh_walk_has (w, KH_DAMAGE_OCR), bare = kh_walk_has (w, KH_DAMAGE_BARE), lost = kh_walk_has (w, KH_DAMAGE_LOST_LETTERS);
    guint32 behind;
    if (chunk->is_mendable) {
        edge.cost = (float) kh_walk_cost_of_case (w, chunk, chunk->token);
        if (chunk->token == KH_TOKEN_UNKNOWN)
            edge.cost -= chunk->spelling * (lost ? SPELLING_OF_FRAGMENTS : 1);
        kh_letter first = kh_walk_symbol (w, chunk->core_start)->letter;
        edge.cost += (float) kh_walk_cost_of_list_order (w, chunk, first.base, first.shape);
    }
    if (!edge.has_word && lost && closes (kh_walk_symbol (w, chunk->start)->c))
        edge.cost += COST_CLOSING_ALONE;
    if (bare && is_code (chunk) && propose_barred (w, chunk))
        edge.cost += COST_UNBARRED;
    if (ocr) {
        propose_small (w, chunk, edge.cost);
        propose_unmarked (w, chunk);
        edge.cost += kh_walk_propose_signs (w, chunk, &edge);
    }
    if (ocr && lacks_space (w, chunk)) {
        edge.kind = KH_REPAIR_SPACING;
        edge.start = edge.end = chunk->end;
    } else if (edge.has_word && w->damage->kinds != KH_DAMAGE_NONE && goes_on_in_next_line (w, chunk, &behind)) {
        edge.kind = KH_REPAIR_SPACING;
        edge.start = chunk->end;
        edge.end = behind;
        edge.rewrite = KH_REWRITE_NOTHING;
    }
    kh_walk_land (w, &edge, chunk->end);
}
