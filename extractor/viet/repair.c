/* The search.
 *
 * Each word gives, in order, the sign before it, its core, the sign after it. Only a core of letters has a choice: what was read,
 * and its siblings (same letters, other marks). The beam keeps the best hypotheses that differ in what the model remembers
 * (its state); each hypothesis points back to the one it continues, so that the winner can be read off at the end.
 */
#include "viet/repair.h"

#include "viet/token.h"
#include "viet/viet.h"

#include <math.h>
#include <string.h>

#define BEAM 12
#define MAX_CANDIDATES 24

/* What a change of marks costs: more where the engine was sure. Tuned on samples/ rendered and scanned. */
#define COST_CHANGE_LEAST 2.5
#define COST_CHANGE_BY_CONFIDENCE 5.0
#define COST_CHANGE_OF_NAME 5.0     /* more for a capital inside a sentence: names have odd marks */
#define COST_UNKNOWN_SYLLABLE 3.0   /* for keeping what is no syllable at all */
#define COST_UNKNOWN 1.0            /* for keeping a syllable the vocabulary does not hold */

typedef struct candidate {
    guint16 token;
    double cost;
    const char *form; /* NULL: as read */
} candidate;

typedef struct slot {
    guint word;                 /* index of the page's word */
    kh_word_parts parts;
    guint n;
    candidate candidates[MAX_CANDIDATES];
} slot;

typedef struct hypothesis {
    kh_lm_state state;
    double score;
    gint32 previous;            /* index among all hypotheses; -1 at the start */
    guint8 choice;
} hypothesis;

static gboolean
is_capitalised (const char *word)
{
    return g_unichar_isupper (g_utf8_get_char (word));
}

/* The candidates of a core of letters. */
static void
propose_marks (const kh_lm *lm, slot *s, const kh_word *word, gboolean begins_sentence)
{
    const char *core = word->text + s->parts.start;
    gsize length = s->parts.end - s->parts.start;
    g_autofree char *form = kh_token_form (core, length, KH_TOKEN_UNKNOWN);
    guint16 own = kh_lm_token (lm, form, KH_TOKEN_UNKNOWN);
    double keep = own != KH_TOKEN_UNKNOWN ? 0 : kh_viet_is_syllable (form) ? COST_UNKNOWN : COST_UNKNOWN_SYLLABLE;
    s->candidates[s->n++] = (candidate){ own, keep, NULL };
    double change = COST_CHANGE_LEAST + COST_CHANGE_BY_CONFIDENCE * word->confidence;
    if (is_capitalised (core) && !begins_sentence && g_utf8_strlen (core, length) > 1
        && !g_unichar_isupper (g_utf8_get_char (g_utf8_next_char (core))))
        change += COST_CHANGE_OF_NAME;
    g_autofree char *folded = kh_viet_fold (form);
    guint n;
    const guint16 *siblings = kh_lm_siblings (lm, folded, &n);
    for (guint i = 0; i < n && s->n < MAX_CANDIDATES; i++)
        if (siblings[i] != own && !g_ascii_isupper (*kh_lm_form (lm, siblings[i])))
            s->candidates[s->n++] = (candidate){ siblings[i], change, kh_lm_form (lm, siblings[i]) };
}

static void
fill_slot (const kh_lm *lm, slot *s, const kh_word *word, gboolean begins_sentence)
{
    s->parts = kh_word_take_apart (word->text);
    if (s->parts.start == s->parts.end)
        return;
    if (s->parts.core == KH_TOKEN_UNKNOWN) {
        propose_marks (lm, s, word, begins_sentence);
        return;
    }
    kh_token token = s->parts.core;
    guint16 known = token;
    if (token == KH_TOKEN_ABBREVIATION) {
        g_autofree char *form = kh_token_form (word->text + s->parts.start, s->parts.end - s->parts.start, token);
        known = kh_lm_token (lm, form, KH_TOKEN_ABBREVIATION);
    }
    s->candidates[s->n++] = (candidate){ known, 0, NULL };
}

/* Adds a hypothesis to the new beam, or betters the one with the same state. */
static void
offer (hypothesis *beam, guint *n, const hypothesis *h)
{
    guint worst = 0;
    for (guint i = 0; i < *n; i++) {
        if (memcmp (&beam[i].state, &h->state, sizeof h->state) == 0) {
            if (h->score > beam[i].score)
                beam[i] = *h;
            return;
        }
        if (beam[i].score < beam[worst].score)
            worst = i;
    }
    if (*n < BEAM)
        beam[(*n)++] = *h;
    else if (h->score > beam[worst].score)
        beam[worst] = *h;
}

/* One word further: every hypothesis of the beam with every candidate. The new beam is appended to `all`. */
static void
advance (const kh_lm *lm, GArray *all, guint *beam_start, const slot *s)
{
    hypothesis beam[BEAM];
    guint n = 0, end = all->len;
    for (guint i = *beam_start; i < end; i++) {
        const hypothesis *from = &g_array_index (all, hypothesis, i);
        kh_lm_state before = from->state;
        double score = from->score;
        if (s->parts.before != KH_TOKEN_CLASSES)
            score += kh_lm_score (lm, &before, s->parts.before, &before);
        for (guint c = 0; c < MAX (s->n, 1); c++) {
            hypothesis h = { before, score, (gint32) i, (guint8) c };
            if (s->n > 0)
                h.score += kh_lm_score (lm, &before, s->candidates[c].token, &h.state) - s->candidates[c].cost;
            if (s->parts.after != KH_TOKEN_CLASSES)
                h.score += kh_lm_score (lm, &h.state, s->parts.after, &h.state);
            offer (beam, &n, &h);
        }
    }
    *beam_start = end;
    g_array_append_vals (all, beam, n);
}

/* `form` (lower case) with the capitals of the letters it replaces: both have the same letters, marks aside. */
static char *
with_case_of (const char *core, gsize length, const char *form)
{
    GString *out = g_string_new (NULL);
    const char *from = core, *end = core + length;
    for (const char *p = form; *p != '\0'; p = g_utf8_next_char (p)) {
        gboolean upper = from < end && g_unichar_isupper (g_utf8_get_char (from));
        gunichar c = g_utf8_get_char (p);
        g_string_append_unichar (out, upper ? g_unichar_toupper (c) : c);
        if (from < end)
            from = g_utf8_next_char (from);
    }
    return g_string_free (out, FALSE);
}

static void
apply (kh_word *word, const slot *s, const candidate *chosen, kh_pool *pool)
{
    g_autofree char *core = with_case_of (word->text + s->parts.start, s->parts.end - s->parts.start, chosen->form);
    word->text = kh_pool_printf (pool, "%.*s%s%s", (int) s->parts.start, word->text, core, word->text + s->parts.end);
}

guint
kh_repair_ocr_page (const kh_lm *lm, kh_page *page, kh_pool *pool)
{
    guint n = page->words->len, changed = 0;
    g_autofree slot *slots = g_new0 (slot, n + 1);
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (hypothesis));
    hypothesis start = { kh_lm_start (lm), 0, -1, 0 };
    g_array_append_val (all, start);
    guint beam_start = 0;
    gboolean begins_sentence = TRUE;
    for (guint i = 0; i < n; i++) {
        fill_slot (lm, &slots[i], kh_page_word (page, i), begins_sentence);
        advance (lm, all, &beam_start, &slots[i]);
        begins_sentence = slots[i].n == 0 || slots[i].parts.after == KH_TOKEN_STOP || slots[i].parts.core == KH_TOKEN_NUMBER;
    }
    gint32 best = (gint32) beam_start;
    for (guint i = beam_start; i < all->len; i++)
        if (g_array_index (all, hypothesis, i).score > g_array_index (all, hypothesis, best).score)
            best = (gint32) i;
    for (guint i = n; i-- > 0;) {
        const hypothesis *h = &g_array_index (all, hypothesis, best);
        if (slots[i].n > 0 && slots[i].candidates[h->choice].form != NULL) {
            apply (kh_page_word (page, i), &slots[i], &slots[i].candidates[h->choice], pool);
            changed++;
        }
        best = h->previous;
    }
    return changed;
}
