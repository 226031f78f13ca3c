/* What the engine took into account beside what it read: it had the ink before it, so its word for it counts more than what is usual. */
#include "viet/channels_walk.h"

#include <string.h>

#define COST_OTHER 1.0 /* it may err in all it says */

/* Do the two differ in marks only? */
static gboolean
has_same_bases (const kh_walk *w, const kh_chunk *chunk, const char *word)
{
    guint32 i = chunk->core_start;
    for (; *word != '\0' && i < chunk->core_end; word = g_utf8_next_char (word), i++)
        if (kh_letter_take_apart (g_utf8_get_char (word)).base != kh_walk_symbol (w, i)->letter.base)
            return FALSE;
    return *word == '\0' && i == chunk->core_end;
}

void
kh_walk_propose_others (kh_walk *w, const kh_chunk *chunk)
{
    for (const kh_other *other = chunk->others; other->word != NULL; other++) {
        kh_word_parts parts = kh_word_take_apart (other->word);
        g_autofree char *form = kh_token_form (other->word, strlen (other->word), parts.core);
        guint16 token = kh_lm_token (w->tables->lm, form, KH_TOKEN_UNKNOWN);
        if (token == KH_TOKEN_UNKNOWN || token == chunk->token)
            continue;
        kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .form = other->word, .has_word = TRUE, .token = token,
                         .before = chunk->before, .after = chunk->after,
                         .kind = has_same_bases (w, chunk, other->word) ? KH_REPAIR_DIACRITIC : KH_REPAIR_OCR };
        edge.cost = (float) (COST_OTHER + other->cost + kh_walk_cost_of_case (w, chunk, token));
        kh_walk_land (w, &edge, chunk->end);
    }
}
