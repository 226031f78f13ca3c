/* What another reading of the same page (its image) has at this place, where the letters that are left agree with it. */
#include "viet/channels_walk.h"

#include <string.h>

#define COST_HINT (-6.0)           /* times its confidence: a word that the image reads, too */

/* Is the hint what the text may have been: the letters that are left, in order, with lost ones between them? `*end` becomes the
 * symbol behind the last letter. */
static gboolean
fits (const kh_walk *w, const kh_hint *hint, guint32 *end, gboolean *as_read)
{
    guint32 at = w->word_start;
    guint lost = 0; /* letters since the last that is left: only there may the text have a space in the word */
    *as_read = TRUE;
    *end = at;
    for (const char *p = hint->word; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        guint32 next = at;
        while (kh_walk_is (w, next, KH_SYMBOL_SPACE))
            next++;
        const kh_symbol *s = kh_walk_symbol (w, next);
        if (s != NULL && s->at < hint->end && s->c == c && (next == at || lost > 0)) {
            at = *end = next + 1;
            lost = 0;
        } else if (w->damage->lost.is_lost[kh_letter_number (c)]) {
            *as_read = FALSE;
            lost++;
        } else
            return FALSE;
    }
    guint32 rest = *end; /* no letter of the stretch may be left over */
    while (kh_walk_is (w, rest, KH_SYMBOL_SPACE))
        rest++;
    const kh_symbol *behind = kh_walk_symbol (w, rest);
    return *end > w->word_start && (behind == NULL || behind->at >= hint->end || behind->kind == KH_SYMBOL_SIGN || behind->kind == KH_SYMBOL_BREAK);
}

/* Is the symbol a sign that stands close behind a word? */
static gboolean
closes (const kh_walk *w, guint32 i)
{
    return kh_walk_is (w, i, KH_SYMBOL_SIGN) && strchr (").,;:!?/", (int) (kh_walk_symbol (w, i)->c & 0x7F)) != NULL;
}

static void
propose_hint (kh_walk *w, const kh_hint *hint)
{
    guint32 end;
    gboolean as_read;
    if (!kh_walk_has (w, KH_DAMAGE_LOST_LETTERS) || !fits (w, hint, &end, &as_read))
        return;
    if (!as_read && kh_walk_is (w, end, KH_SYMBOL_SPACE) && closes (w, end + 1)) /* "phá ," is "pháp," */
        end++;
    guint32 behind = end;
    guint8 after = kh_walk_signs (w, &behind);
    kh_word_parts parts = kh_word_take_apart (hint->word);
    g_autofree char *form = kh_token_form (hint->word, strlen (hint->word), parts.core);
    gboolean has_form = parts.core == KH_TOKEN_UNKNOWN || parts.core == KH_TOKEN_ABBREVIATION;
    kh_edge edge = { .start = w->word_start, .end = end, .form = as_read ? NULL : hint->word, .has_word = TRUE, .before = w->before, .after = after,
                     .token = has_form ? kh_lm_token (w->tables->lm, form, parts.core) : parts.core,
                     .kind = as_read ? KH_REPAIR_NONE : KH_REPAIR_LOST_LETTER, .cost = (float) (COST_HINT * hint->confidence) };
    kh_walk_land (w, &edge, behind);
}

void
kh_walk_propose_hints (kh_walk *w)
{
    const kh_symbol *first = kh_walk_symbol (w, w->word_start);
    const kh_reading *reading = w->passage->reading;
    guint low = 0, high = reading->n_hints;
    while (low < high) { /* the first that ends behind the word's start */
        guint middle = low + (high - low) / 2;
        if (reading->hints[middle].end <= first->at)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < reading->n_hints && reading->hints[low].at <= first->at; low++)
        propose_hint (w, &reading->hints[low]);
}

