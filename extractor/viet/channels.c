#include "viet/channels.h"

#include <string.h>

#define COST_LOST_LETTER 0.3      /* that letters are lost is known; each costs a little, so that none is invented */
#define COST_LOST_AT_MERGED 0.9   /* where spaces cannot be counted */
#define COST_EXTRA_SPACE 2.5      /* a second space between words: more often a lost letter */
#define COST_INDENT 1.0           /* the same where a line begins; a wide one is indentation */
#define COST_SIGN_FOR_SPACE 1.5   /* no space after a sign: kinh tế- ã hội */
#define COST_CHANGE_LEAST 2.5     /* a mark misread, and how much more where the engine was sure */
#define COST_CHANGE_BY_CONFIDENCE 5.0
#define COST_SECOND_CHANGE 1.5    /* each further mark of the word */
#define COST_CHANGE_OF_NAME 5.0   /* more for a capital inside a sentence: names have odd marks */
#define COST_LETTER 3.0           /* a letter misread, beside the cost of a mark */
#define COST_SPLIT 4.5            /* two words without a space between */
#define COST_JOIN 5.0             /* a space inside a word */
#define COST_JOIN_LETTERS 0.4     /* inside a letter-spaced heading */
#define COST_HYPHEN 2.0           /* a word divided at a line's end */
#define COST_STRAY_SIGN 4.0       /* a sign alone that is a speck */
#define COST_STRAY_DASH 9.0       /* dashes are often meant: báo chí - xuất bản */
#define COST_UNKNOWN_SYLLABLE 1.0 /* for keeping a syllable the vocabulary does not hold */
#define COST_UNKNOWN 3.0          /* for keeping what is no syllable at all */

#define NOT_IN_TEXT G_MAXUINT32
#define MOST_STEPS 4000           /* of one walk: no input makes it endless */
#define MOST_LOST_AT_START 4      /* letters lost before the first that is left */

const char *
kh_repair_kind_name (kh_repair_kind kind)
{
    static const char *const NAMES[] = { "none", "encoding", "combining", "lost_letter", "ocr", "diacritic", "spacing" };
    return NAMES[kind];
}

/* Letters the engine takes for each other, besides marks. */
static const char CONFUSED[][2] = {
    { 'l', 'i' }, { 'i', 'l' }, { 'c', 'e' }, { 'e', 'c' }, { 'o', 'c' }, { 'c', 'o' }, { 'n', 'u' }, { 'u', 'n' }, { 'h', 'b' }, { 'b', 'h' },
    { 'i', 't' }, { 't', 'i' }, { 'l', 't' }, { 't', 'l' }, { 'v', 'y' }, { 'y', 'v' }, { 'a', 'o' }, { 'o', 'a' }, { 'e', 'o' }, { 'o', 'e' },
};

typedef struct walk {
    const kh_passage *passage;
    const kh_lm *lm;
    const kh_lexicon *lexicon;
    const kh_damage *damage;
    GArray *edges;
    guint32 word_start;                    /* symbol where the word begins, behind signs */
    guint8 before;
    guint depth, n_lost, steps;
    guint32 path[KH_LEXICON_LETTERS];      /* symbols of the letters; NOT_IN_TEXT: lost */
    float cost;
    gboolean joined, other_letter;
} walk;

static const kh_symbol *
symbol_at (const walk *w, guint32 i)
{
    return i < w->passage->symbols->len ? kh_passage_symbol (w->passage, i) : NULL;
}

static gboolean
is_kind (const walk *w, guint32 i, kh_symbol_kind kind)
{
    const kh_symbol *s = symbol_at (w, i);
    return s != NULL && s->kind == kind;
}

static gboolean
has (const walk *w, kh_damage_kind kind)
{
    return (w->damage->kinds & kind) != 0;
}

static const kh_piece *
piece_at (const walk *w, guint32 i)
{
    const kh_symbol *s = symbol_at (w, i);
    return s != NULL && s->piece < w->passage->pieces->len ? kh_passage_piece (w->passage, s->piece) : NULL;
}

/* Letters only; in bare text also capitals that look like an abbreviation for want of marks (LUC for LỰC). */
static gboolean
may_be_mended (const walk *w, const kh_piece *piece)
{
    return piece->is_mendable || (piece->core == KH_TOKEN_ABBREVIATION && has (w, KH_DAMAGE_BARE));
}

/* ------------------------------------------------------------------ where the text goes on */

static void
add_edge (walk *w, const kh_edge *edge, guint32 to, double cost)
{
    kh_edge one = *edge;
    one.to = to;
    one.cost += (float) cost;
    g_array_append_val (w->edges, one);
}

/* Adds the edge once for each place the next word may begin at, behind the white space at `at`. Where letters became spaces, some
 * of the spaces may be the next word's. */
static void
land (walk *w, const kh_edge *edge, guint32 at)
{
    guint32 end = at, last_break = 0;
    while (is_kind (w, end, KH_SYMBOL_SPACE) || is_kind (w, end, KH_SYMBOL_BREAK)) {
        if (is_kind (w, end, KH_SYMBOL_BREAK))
            last_break = end + 1;
        end++;
    }
    if (end == at || !has (w, KH_DAMAGE_LOST_LETTERS) || w->damage->lost.vanish || symbol_at (w, end) == NULL) {
        add_edge (w, edge, end, 0);
        return;
    }
    if (last_break == 0 && edge->after != KH_TOKEN_CLASSES && end - at <= MOST_LOST_AT_START)
        add_edge (w, edge, at, COST_SIGN_FOR_SPACE);
    guint32 first = MAX (at + 1, last_break);
    for (guint32 to = MAX (first, end - MIN (end, MOST_LOST_AT_START)); to <= end; to++) {
        double extra = last_break == 0 ? COST_EXTRA_SPACE * MIN (to - at - 1, 2) : to - last_break <= 2 ? COST_INDENT * (to - last_break) : 0;
        add_edge (w, edge, to, w->damage->lost.spaces_merged ? 0 : extra);
    }
}

/* ------------------------------------------------------------------ as read */

static double
cost_of_case (const walk *w, const kh_piece *piece, guint16 token)
{
    if (piece->case_before < 0 || (piece->print != KH_CASE_SMALL && piece->print != KH_CASE_CAPITAL))
        return 0;
    return -kh_lm_case (w->lm, token, piece->case_before, piece->print == KH_CASE_CAPITAL);
}

static void
propose_as_read (walk *w, const kh_piece *piece)
{
    kh_edge edge = { .start = piece->core_start, .end = piece->core_end, .token = piece->token, .before = piece->before,
                     .after = piece->after, .has_word = piece->core_end > piece->core_start };
    if (piece->is_mendable) {
        edge.cost = (float) cost_of_case (w, piece, piece->token);
        if (piece->token == KH_TOKEN_UNKNOWN && has (w, KH_DAMAGE_BARE))
            edge.cost -= piece->spelling; /* without marks it looks like no Vietnamese word */
        else if (piece->token == KH_TOKEN_UNKNOWN)
            edge.cost += piece->is_syllable ? COST_UNKNOWN_SYLLABLE : COST_UNKNOWN;
    }
    land (w, &edge, piece->end);
}

/* A sign alone inside a line may be a speck. */
static void
propose_without_sign (walk *w, const kh_piece *piece)
{
    gboolean begins_line = piece->start == 0 || is_kind (w, piece->start - 1, KH_SYMBOL_BREAK);
    if (!has (w, KH_DAMAGE_OCR) || piece->core_end > piece->core_start || begins_line || piece->end - piece->start > 2)
        return;
    gunichar c = symbol_at (w, piece->start)->c;
    gboolean is_dash = c == '-' || c == 0x2013;
    kh_edge edge = { .start = piece->start, .end = piece->end, .before = KH_TOKEN_CLASSES, .after = KH_TOKEN_CLASSES,
                     .kind = KH_REPAIR_OCR, .cost = is_dash ? COST_STRAY_DASH : COST_STRAY_SIGN };
    land (w, &edge, piece->end);
}

/* ------------------------------------------------------------------ words of the lexicon */

/* The tone as it was read: of the first letter that has one, and where. */
static guint8
read_tone (const walk *w, guint *at)
{
    for (guint i = 0; i < w->depth; i++)
        if (w->path[i] != NOT_IN_TEXT && symbol_at (w, w->path[i])->letter.tone != 0) {
            *at = i;
            return symbol_at (w, w->path[i])->letter.tone;
        }
    *at = G_MAXUINT;
    return KH_TONE_NONE;
}

static gboolean
is_lost_letter (const walk *w, const kh_entry *entry, guint i)
{
    kh_letter letter = { entry->bases[i], entry->shapes[i], entry->tone_at == i ? entry->tone : 0, 0 };
    return w->damage->lost.is_lost[kh_letter_number (kh_letter_put_together (letter))];
}

/* How many marks of the entry differ from those read; -1 when it cannot be: a lost letter that was not lost, or a mark that bare
 * text would not have. */
static int
different_marks (const walk *w, const kh_entry *entry)
{
    guint tone_at;
    guint8 tone = read_tone (w, &tone_at);
    int different = 0;
    for (guint i = 0; i < entry->length; i++) {
        if (w->path[i] == NOT_IN_TEXT) {
            if (!is_lost_letter (w, entry, i))
                return -1;
            continue;
        }
        guint8 shape = symbol_at (w, w->path[i])->letter.shape;
        if (has (w, KH_DAMAGE_BARE) && shape == KH_SHAPE_PLAIN)
            continue;
        different += shape != entry->shapes[i];
    }
    gboolean tone_lost = entry->tone != 0 && w->path[entry->tone_at] == NOT_IN_TEXT;
    if (tone_lost || (has (w, KH_DAMAGE_BARE) && tone == KH_TONE_NONE))
        return different + (tone_lost && tone != KH_TONE_NONE);
    return different + (tone != entry->tone);
}

/* Of the two places of a tone the one that was read; the older when none was. */
static gboolean
is_other_placement (const walk *w, const kh_entry *entries, guint n, guint i)
{
    guint tone_at;
    read_tone (w, &tone_at);
    gboolean is_newer = i > 0 && entries[i - 1].token == entries[i].token;
    gboolean has_newer = i + 1 < n && entries[i + 1].token == entries[i].token;
    if (is_newer)
        return tone_at != entries[i].tone_at && w->path[entries[i].tone_at] != NOT_IN_TEXT;
    return has_newer && tone_at == entries[i + 1].tone_at;
}

/* The cost of a word of which `different` marks and perhaps letters were misread; FALSE when no channel explains it. */
static gboolean
cost_of_misreading (const walk *w, const kh_piece *piece, int different, double *cost)
{
    *cost = 0;
    if (different == 0 && !w->other_letter)
        return TRUE;
    if (different < 0 || !has (w, KH_DAMAGE_OCR))
        return FALSE;
    *cost = COST_CHANGE_LEAST + COST_CHANGE_BY_CONFIDENCE * piece->confidence + COST_SECOND_CHANGE * MAX (0, different - 1);
    gboolean is_name = piece->print == KH_CASE_CAPITAL && piece->case_before >= 0 && piece->core_end - piece->core_start > 1;
    *cost += is_name ? COST_CHANGE_OF_NAME : 0;
    return TRUE;
}

static kh_repair_kind
kind_of_change (const walk *w, gboolean splits, int different)
{
    if (w->n_lost > 0)
        return KH_REPAIR_LOST_LETTER;
    if (w->other_letter)
        return KH_REPAIR_OCR;
    if (w->joined || splits)
        return KH_REPAIR_SPACING;
    return different > 0 || has (w, KH_DAMAGE_BARE) ? KH_REPAIR_DIACRITIC : KH_REPAIR_NONE;
}

/* The walk stands behind a letter, at symbol `at`: may a word end here? */
static gboolean
may_end (const walk *w, guint32 at, gboolean *splits)
{
    *splits = FALSE;
    const kh_symbol *s = symbol_at (w, at);
    if (w->depth == 0 || s == NULL || s->kind == KH_SYMBOL_SPACE || s->kind == KH_SYMBOL_BREAK)
        return w->depth > 0;
    const kh_piece *piece = kh_passage_piece (w->passage, s->piece);
    if (s->kind == KH_SYMBOL_SIGN)
        return at >= piece->core_end || at < piece->core_start;
    *splits = s->kind == KH_SYMBOL_LETTER && at > piece->core_start && piece->is_mendable;
    return *splits && has (w, KH_DAMAGE_OCR) && !piece->is_syllable;
}

/* Signs behind the word; `*at` moves behind them. */
static guint8
signs_after (const walk *w, guint32 *at)
{
    guint8 after = KH_TOKEN_CLASSES;
    while (is_kind (w, *at, KH_SYMBOL_SIGN)) {
        after = kh_token_of_sign (symbol_at (w, *at)->c);
        const kh_piece *piece = piece_at (w, *at);
        if (++*at == piece->end)
            break;
    }
    return after;
}

static void
propose_entries (walk *w, guint16 node, guint32 at)
{
    guint n;
    gboolean splits;
    const kh_entry *entries = kh_lexicon_entries (w->lexicon, node, &n);
    if (n == 0 || !may_end (w, at, &splits) || (w->n_lost == w->depth && w->depth > MOST_LOST_AT_START))
        return;
    guint32 behind = at;
    guint8 after = signs_after (w, &behind);
    gboolean starts_piece = piece_at (w, w->word_start)->core_start == w->word_start;
    const kh_piece *piece = piece_at (w, w->path[0] != NOT_IN_TEXT ? w->path[0] : w->word_start);
    for (guint i = 0; i < n; i++) {
        double misread;
        int different = different_marks (w, &entries[i]);
        if (is_other_placement (w, entries, n, i) || !cost_of_misreading (w, piece, different, &misread))
            continue;
        kh_repair_kind kind = kind_of_change (w, splits || !starts_piece, different);
        if (kind == KH_REPAIR_NONE || (kind == KH_REPAIR_DIACRITIC && entries[i].token == piece->token))
            continue; /* as read */
        kh_edge edge = { .start = w->word_start, .end = at, .entry = &entries[i], .token = entries[i].token, .has_word = TRUE,
                         .before = w->before, .after = after, .kind = (guint8) kind };
        for (guint k = 0; k < w->depth; k++)
            edge.lost |= w->path[k] == NOT_IN_TEXT ? 1u << k : 0;
        edge.cost = w->cost + (float) (misread + cost_of_case (w, piece, entries[i].token));
        if (splits)
            add_edge (w, &edge, behind, COST_SPLIT);
        else
            land (w, &edge, behind);
    }
}

static void step (walk *w, guint16 node, guint32 at);

/* Goes on by one letter, found at symbol `found`, and by what follows it. */
static void
step_letter (walk *w, guint16 node, guint8 base, guint32 found, guint32 next, double cost)
{
    guint16 child = kh_lexicon_child (w->lexicon, node, base);
    if (child == 0 || w->depth == KH_LEXICON_LETTERS)
        return;
    float before = w->cost;
    w->cost += (float) cost;
    w->path[w->depth++] = found;
    w->n_lost += found == NOT_IN_TEXT;
    step (w, child, next);
    w->n_lost -= found == NOT_IN_TEXT;
    w->depth--;
    w->cost = before;
}

static void
step_lost_letters (walk *w, guint16 node, guint32 at)
{
    const kh_lost_letters *lost = &w->damage->lost;
    gboolean at_space = is_kind (w, at, KH_SYMBOL_SPACE);
    gboolean beside_space = at_space || (at > 0 && is_kind (w, at - 1, KH_SYMBOL_SPACE));
    gboolean may_insert = lost->vanish || (lost->spaces_merged && beside_space);
    for (guint8 base = 0; base < KH_N_BASES; base++) {
        if (!lost->bases[base])
            continue;
        if (at_space && !lost->vanish)
            step_letter (w, node, base, NOT_IN_TEXT, at + 1, COST_LOST_LETTER);
        if (may_insert)
            step_letter (w, node, base, NOT_IN_TEXT, at, lost->vanish ? COST_LOST_LETTER : COST_LOST_AT_MERGED);
    }
}

static gboolean
is_single_letter (const kh_piece *piece)
{
    return piece != NULL && piece->core_end - piece->core_start == 1 && piece->is_mendable;
}

/* Over a space, or a hyphen at a line's end, that does not belong into the word. */
static void
step_join (walk *w, guint16 node, guint32 at)
{
    double cost;
    guint32 next = at + 1;
    const kh_piece *left = at > 0 ? piece_at (w, at - 1) : NULL;
    if (w->depth == 0 || left == NULL)
        return;
    if (is_kind (w, at, KH_SYMBOL_SPACE) && is_kind (w, at + 1, KH_SYMBOL_LETTER)) {
        const kh_piece *right = piece_at (w, at + 1);
        gboolean letters = is_single_letter (left) && is_single_letter (right);
        if (!right->is_mendable || !left->is_mendable || (left->is_syllable && right->is_syllable && !letters))
            return;
        cost = letters ? COST_JOIN_LETTERS : COST_JOIN;
    } else if (is_kind (w, at, KH_SYMBOL_SIGN) && symbol_at (w, at)->c == '-' && is_kind (w, at + 1, KH_SYMBOL_BREAK)
               && is_kind (w, at + 2, KH_SYMBOL_LETTER)) {
        cost = COST_HYPHEN;
        next = at + 2;
    } else
        return;
    gboolean joined = w->joined;
    float before = w->cost;
    w->joined = TRUE;
    w->cost += (float) cost;
    step (w, node, next);
    w->cost = before;
    w->joined = joined;
}

static void
step_confused (walk *w, guint16 node, guint32 at, guint8 base)
{
    if (w->other_letter)
        return;
    w->other_letter = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (CONFUSED); i++)
        if (CONFUSED[i][0] - 'a' == base)
            step_letter (w, node, (guint8) (CONFUSED[i][1] - 'a'), at, at + 1, COST_LETTER);
    w->other_letter = FALSE;
}

static void
step (walk *w, guint16 node, guint32 at)
{
    if (++w->steps > MOST_STEPS)
        return;
    propose_entries (w, node, at);
    const kh_symbol *s = symbol_at (w, at);
    if (s != NULL && s->kind == KH_SYMBOL_LETTER && may_be_mended (w, kh_passage_piece (w->passage, s->piece))) {
        step_letter (w, node, s->letter.base, at, at + 1, 0);
        if (has (w, KH_DAMAGE_OCR))
            step_confused (w, node, at, s->letter.base);
    }
    if (has (w, KH_DAMAGE_LOST_LETTERS))
        step_lost_letters (w, node, at);
    if (has (w, KH_DAMAGE_OCR) && s != NULL)
        step_join (w, node, at);
}

void
kh_channels_propose (const kh_passage *passage, const kh_lm *lm, const kh_lexicon *lexicon, const kh_damage *damage, guint32 from,
                     GArray *edges)
{
    walk w = { .passage = passage, .lm = lm, .lexicon = lexicon, .damage = damage, .edges = edges, .before = KH_TOKEN_CLASSES,
               .word_start = from };
    const kh_piece *piece = piece_at (&w, from);
    if (piece != NULL && piece->start == from) {
        propose_as_read (&w, piece);
        propose_without_sign (&w, piece);
        if (piece->core_end > piece->core_start && !may_be_mended (&w, piece))
            return;
    }
    while (is_kind (&w, w.word_start, KH_SYMBOL_SIGN))
        w.before = kh_token_of_sign (symbol_at (&w, w.word_start++)->c);
    if (damage->kinds != KH_DAMAGE_NONE && symbol_at (&w, w.word_start) != NULL)
        step (&w, 0, w.word_start);
}

/* ------------------------------------------------------------------ what a proposal says */

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

char *
kh_edge_text (const kh_passage *passage, const kh_edge *edge)
{
    GString *text = g_string_new (NULL);
    gboolean capitals = is_in_capitals (passage, edge);
    guint32 at = edge->start;
    for (guint k = 0; edge->entry != NULL && k < edge->entry->length; k++) {
        kh_letter letter = { edge->entry->bases[k], edge->entry->shapes[k], edge->entry->tone_at == k ? edge->entry->tone : 0, capitals };
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
