#include "viet/channels_walk.h"

#include <string.h>

#define MOST_BARS 4               /* D of a run of capitals that may want one */
#define COST_LIST_ORDER 5.0       /* d) after d), đ) after c) */
#define MOST_LIST_WORDS 400       /* from one item of a list to the next */
#define COST_EXTRA_SPACE 2.5      /* a second space between words: more often a lost letter */
#define COLUMN_SPACES 3           /* so wide a gap parts columns */
#define COST_INDENT 1.0           /* the same where a line begins; a wide one is indentation */
#define COST_SIGN_FOR_SPACE 1.5   /* no space after a sign: kinh tế- ã hội */

const kh_symbol *
kh_walk_symbol (const kh_walk *w, guint32 i)
{
    return i < w->passage->symbols->len ? kh_passage_symbol (w->passage, i) : NULL;
}

gboolean
kh_walk_is (const kh_walk *w, guint32 i, kh_symbol_kind kind)
{
    const kh_symbol *s = kh_walk_symbol (w, i);
    return s != NULL && s->kind == kind;
}

gboolean
kh_walk_has (const kh_walk *w, kh_damage_kind kind)
{
    return (w->damage->kinds & kind) != 0;
}

const kh_chunk *
kh_walk_chunk (const kh_walk *w, guint32 i)
{
    const kh_symbol *s = kh_walk_symbol (w, i);
    return s != NULL && s->chunk < w->passage->chunks->len ? kh_passage_chunk (w->passage, s->chunk) : NULL;
}

gboolean
kh_walk_may_mend (const kh_walk *w, const kh_chunk *chunk)
{
    return chunk->is_mendable || (chunk->core == KH_TOKEN_ABBREVIATION && kh_walk_has (w, KH_DAMAGE_BARE));
}

gboolean
kh_walk_may_mend_at (const kh_walk *w, guint32 i)
{
    const kh_chunk *chunk = kh_walk_chunk (w, i);
    gboolean is_parted = chunk != NULL && chunk->parted_at > 0 && i > chunk->parted_at && kh_walk_has (w, KH_DAMAGE_OCR);
    return chunk != NULL && (is_parted || kh_walk_may_mend (w, chunk));
}

/* ------------------------------------------------------------------ where the text goes on */

void
kh_walk_add (kh_walk *w, const kh_edge *edge, guint32 to, double cost)
{
    kh_edge one = *edge;
    one.to = to;
    one.cost += (float) cost;
    g_array_append_val (w->edges, one);
}

void
kh_walk_land (kh_walk *w, const kh_edge *proposed, guint32 at)
{
    kh_edge edge = *proposed;
    guint32 end = at, last_break = 0;
    gboolean jumps = FALSE;
    while (kh_walk_is (w, end, KH_SYMBOL_SPACE) || kh_walk_is (w, end, KH_SYMBOL_BREAK)) {
        if (kh_walk_is (w, end, KH_SYMBOL_BREAK))
            last_break = end + 1;
        jumps |= kh_walk_symbol (w, end)->c == KH_JUMP;
        end++;
    }
    jumps |= last_break == 0 && end - at >= COLUMN_SPACES && !kh_walk_has (w, KH_DAMAGE_LOST_LETTERS);
    edge.begins_anew = jumps;
    if (end == at || !kh_walk_has (w, KH_DAMAGE_LOST_LETTERS) || w->damage->lost.vanish || kh_walk_symbol (w, end) == NULL) {
        kh_walk_add (w, &edge, end, 0);
        return;
    }
    if (last_break == 0 && edge.after != KH_TOKEN_CLASSES && end - at <= MOST_LOST_SPACES)
        kh_walk_add (w, &edge, at, COST_SIGN_FOR_SPACE);
    guint32 first = MAX (at + 1, last_break);
    for (guint32 to = MAX (first, end - MIN (end, MOST_LOST_SPACES)); to <= end; to++) {
        double extra = last_break == 0 ? COST_EXTRA_SPACE * MIN (to - at - 1, 4) : to - last_break <= 2 ? COST_INDENT * (to - last_break) : 0;
        kh_walk_add (w, &edge, to, w->damage->lost.spaces_merged ? 0 : extra);
    }
}

guint8
kh_walk_signs (const kh_walk *w, guint32 *at)
{
    guint8 after = KH_TOKEN_CLASSES;
    while (kh_walk_is (w, *at, KH_SYMBOL_SIGN)) {
        after = kh_token_of_sign (kh_walk_symbol (w, *at)->c);
        const kh_chunk *chunk = kh_walk_chunk (w, *at);
        if (++*at == chunk->end)
            break;
    }
    return after;
}

double
kh_walk_cost_of_case (const kh_walk *w, const kh_chunk *chunk, guint16 token)
{
    if (chunk->case_before < 0 || (chunk->print != KH_CASE_SMALL && chunk->print != KH_CASE_CAPITAL))
        return 0;
    return -kh_lm_case (w->tables->lm, token, chunk->case_before, chunk->print == KH_CASE_CAPITAL);
}

/* ------------------------------------------------------------------ lists */

/* Does the chunk count a list, "d)" at the start of a line? */
static gboolean
counts_list (const kh_walk *w, const kh_chunk *chunk)
{
    return chunk->core_end - chunk->core_start == 1 && chunk->is_mendable && kh_walk_is (w, chunk->core_end, KH_SYMBOL_SIGN)
           && kh_walk_symbol (w, chunk->core_end)->c == ')' && (chunk->start == 0 || kh_walk_is (w, chunk->start - 1, KH_SYMBOL_BREAK));
}

double
kh_walk_cost_of_list_order (const kh_walk *w, const kh_chunk *chunk, guint8 base, guint8 shape)
{
    if (base != 'd' - 'a' || !kh_walk_has (w, KH_DAMAGE_BARE) || !counts_list (w, chunk))
        return 0;
    for (guint32 i = kh_walk_symbol (w, chunk->start)->chunk, back = 0; i-- > 0 && back < MOST_LIST_WORDS; back++) {
        const kh_chunk *before = kh_passage_chunk (w->passage, i);
        if (!counts_list (w, before))
            continue;
        guint8 letter = kh_walk_symbol (w, before->core_start)->letter.base;
        gboolean barred = shape == KH_SHAPE_BAR;
        return (letter == 'c' - 'a' && barred) || (letter == 'd' - 'a' && !barred) ? COST_LIST_ORDER : 0;
    }
    return 0;
}

/* ------------------------------------------------------------------ all of them */

void
kh_channels_propose (const kh_passage *passage, const kh_channel_tables *tables, const kh_damage *damage, guint32 from, GArray *edges)
{
    kh_walk w = { .passage = passage, .tables = tables, .damage = damage, .edges = edges, .before = KH_TOKEN_CLASSES,
               .word_start = from };
    const kh_chunk *chunk = kh_walk_chunk (&w, from);
    if (chunk != NULL && chunk->start == from) {
        kh_walk_propose_whole (&w, chunk);
        if (chunk->core_end > chunk->core_start && !kh_walk_may_mend (&w, chunk))
            return;
    }
    while (kh_walk_is (&w, w.word_start, KH_SYMBOL_SIGN))
        w.before = kh_token_of_sign (kh_walk_symbol (&w, w.word_start++)->c);
    if (damage->kinds == KH_DAMAGE_NONE || kh_walk_symbol (&w, w.word_start) == NULL)
        return;
    kh_walk_propose_words (&w);
    kh_walk_propose_hints (&w);
    if (chunk != NULL && chunk->others != NULL && kh_walk_has (&w, KH_DAMAGE_OCR) && chunk->core_start == w.word_start)
        kh_walk_propose_others (&w, chunk);
}

/* ------------------------------------------------------------------ what a proposal says */

/* `run` with a bar on its k-th D where bit k is set. */
static char *
with_bars (const char *run, guint bars)
{
    GString *out = g_string_new (NULL);
    for (; *run != '\0'; run++) {
        gboolean is_barred = *run == 'D' && (bars & 1) != 0;
        if (*run == 'D')
            bars >>= 1;
        if (is_barred)
            g_string_append (out, "Đ");
        else
            g_string_append_c (out, *run);
    }
    return g_string_free (out, FALSE);
}

/* Are all letters read (two or more) capitals? */
static gboolean
is_in_capitals (const kh_passage *passage, const kh_edge *edge)
{
    guint letters = 0, capitals = 0;
    for (guint32 i = edge->start; i < edge->end; i++)
        if (kh_passage_symbol (passage, i)->kind == KH_SYMBOL_LETTER) {
            letters++;
            capitals += kh_passage_symbol (passage, i)->letter.upper;
        }
    return letters >= 2 && capitals == letters;
}

static char *
word_of_entry (const kh_passage *passage, const kh_edge *edge)
{
    GString *text = g_string_new (NULL);
    gboolean capitals = is_in_capitals (passage, edge);
    guint32 at = edge->start;
    for (guint k = 0; k < edge->entry->length; k++) {
        kh_letter letter = kh_entry_letter (edge->entry, k);
        letter.upper = (guint8) capitals;
        if ((edge->lost & 1u << k) == 0) {
            while (at < edge->end && kh_passage_symbol (passage, at)->kind != KH_SYMBOL_LETTER)
                at++;
            letter.upper = at < edge->end && kh_passage_symbol (passage, at)->letter.upper;
            at++;
        }
        g_string_append_unichar (text, kh_letter_put_together (letter));
    }
    return g_string_free (text, FALSE);
}

char *
kh_edge_text (const kh_passage *passage, const kh_channel_tables *tables, const kh_edge *edge)
{
    g_autofree char *read = kh_passage_copy (passage, edge->start, edge->end);
    g_autofree char *word = NULL;
    if (edge->form != NULL)
        word = g_strdup (edge->form);
    else if (edge->entry != NULL)
        word = word_of_entry (passage, edge);
    else if (edge->rewrite == KH_REWRITE_SMALL)
        word = g_utf8_strdown (read, -1);
    else if (edge->rewrite == KH_REWRITE_UNMARKED)
        word = kh_abbreviation_unmarked (read);
    else if (edge->rewrite == KH_REWRITE_BARRED)
        word = kh_abbreviation_barred (tables->lm, read);
    gboolean parts = edge->to == edge->end && edge->to < passage->symbols->len && edge->rewrite != KH_REWRITE_NOTHING;
    return g_strconcat (word != NULL ? word : "", parts ? " " : "", NULL);
}

char *
kh_abbreviation_unmarked (const char *core)
{
    GString *out = g_string_new (NULL);
    for (const char *p = core; *p != '\0'; p = g_utf8_next_char (p)) {
        kh_letter letter = kh_letter_take_apart (g_utf8_get_char (p));
        letter.tone = KH_TONE_NONE;
        letter.shape = letter.shape == KH_SHAPE_BAR ? KH_SHAPE_BAR : KH_SHAPE_PLAIN;
        g_string_append_unichar (out, letter.base == KH_NO_BASE ? g_utf8_get_char (p) : kh_letter_put_together (letter));
    }
    return g_string_free (out, FALSE);
}

/* The most frequent way to bar the D of a run of capitals; NULL when the vocabulary has it as it is. */
static char *
barred_run (const kh_lm *lm, const char *run)
{
    static const char *const OF_CODES[][2] = { { "ND", "NĐ" }, { "QD", "QĐ" } }; /* documents: nghị định, quyết định */
    for (guint i = 0; i < G_N_ELEMENTS (OF_CODES); i++)
        if (strcmp (run, OF_CODES[i][0]) == 0)
            return g_strdup (OF_CODES[i][1]);
    guint n = 0, all;
    for (const char *p = run; *p != '\0'; p++)
        n += *p == 'D';
    guint best = 0;
    guint16 best_token = kh_lm_token (lm, run, G_MAXUINT16); /* tokens are numbered by frequency */
    all = n > 0 && n <= MOST_BARS ? 1u << n : 1;
    for (guint bars = 1; bars < all; bars++) {
        g_autofree char *variant = with_bars (run, bars);
        guint16 token = kh_lm_token (lm, variant, G_MAXUINT16);
        if (token < best_token) {
            best = bars;
            best_token = token;
        }
    }
    return best == 0 ? NULL : with_bars (run, best);
}

char *
kh_abbreviation_barred (const kh_lm *lm, const char *core)
{
    GString *out = g_string_new (NULL);
    gboolean any = FALSE;
    for (const char *p = core; *p != '\0';) {
        gsize length = strspn (p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (length == 0) {
            const char *next = g_utf8_next_char (p);
            g_string_append_len (out, p, next - p);
            p = next;
            continue;
        }
        g_autofree char *run = g_strndup (p, length);
        g_autofree char *barred = barred_run (lm, run);
        any |= barred != NULL;
        g_string_append (out, barred != NULL ? barred : run);
        p += length;
    }
    return g_string_free (out, !any);
}
