/* One walk through the lexicon, along the text: at each symbol it goes on by the letter as read, by one the engine takes for it, by a lost
 * letter in place of a space or of nothing, or over a space that does not belong there. */
#include "viet/channels_walk.h"

#define COST_LOST_LETTER 0.3      /* that letters are lost is known; each costs a little, so that none is invented */
#define COST_LOST_AT_MERGED 0.9   /* where spaces cannot be counted */
#define COST_SECOND_CHANGE 1.5    /* each further mark or letter of the word */
#define COST_CHANGE_OF_NAME 1.5   /* more for a capital inside a sentence: names have odd marks */
#define COST_SPLIT 4.5            /* two words without a space between */
#define COST_JOIN 5.0             /* a space inside a word */
#define COST_JOIN_LETTERS 0.4     /* inside a letter-spaced heading */
#define COST_HYPHEN 2.0           /* a word divided at a line's end */

#define LEAST_PART 2              /* letters of either word where one is parted */
#define NOT_IN_TEXT G_MAXUINT32
#define MOST_STEPS 4000           /* of one walk: no input makes it endless */
#define MOST_LOST_AT_START 4      /* letters lost before the first that is left */

typedef struct walk {
    kh_walk walk;
    guint depth, n_lost, steps;
    guint32 path[KH_LEXICON_LETTERS]; /* symbols of the letters; NOT_IN_TEXT: lost */
    float cost;
    float letter_cost;                /* of letters taken for others; 0: none was */
    gboolean joined;
} walk;

/* The tone as it was read: of the first letter that has one, and where. */
static guint8
read_tone (const walk *w, guint *at)
{
    for (guint i = 0; i < w->depth; i++)
        if (w->path[i] != NOT_IN_TEXT && kh_walk_symbol (&w->walk, w->path[i])->letter.tone != 0) {
            *at = i;
            return kh_walk_symbol (&w->walk, w->path[i])->letter.tone;
        }
    *at = G_MAXUINT;
    return KH_TONE_NONE;
}

/* What was misread if the entry is what was printed. */
typedef struct misreading {
    guint marks;    /* letters with another mark */
    float cost;     /* of these, against any misreading */
} misreading;

/* FALSE when it cannot be: a letter is not in the text that was not lost. */
static gboolean
compare_marks (const walk *w, const kh_entry *entry, misreading *m)
{
    *m = (misreading){ 0, 0 };
    for (guint i = 0; i < entry->length; i++) {
        kh_letter printed = kh_entry_letter (entry, i);
        if (w->path[i] == NOT_IN_TEXT) {
            if (!w->walk.damage->lost.is_lost[kh_letter_number (kh_letter_put_together (printed))])
                return FALSE;
            continue;
        }
        kh_letter read = kh_walk_symbol (&w->walk, w->path[i])->letter;
        gboolean is_plain = read.shape == KH_SHAPE_PLAIN && read.tone == KH_TONE_NONE;
        if ((read.shape == printed.shape && read.tone == printed.tone) || (is_plain && kh_walk_has (&w->walk, KH_DAMAGE_BARE)))
            continue;
        read.base = printed.base; /* a letter taken for another has its own cost */
        m->marks++;
        m->cost += kh_misread_mark (w->walk.tables->misread, printed, read);
    }
    return TRUE;
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

/* The cost of a misreading; FALSE when no channel explains it. */
static gboolean
cost_of_misreading (const walk *w, const kh_chunk *chunk, const kh_entry *entry, const misreading *m, double *cost)
{
    gboolean other_letter = w->letter_cost > 0;
    *cost = 0;
    if (m->marks == 0 && !other_letter)
        return TRUE;
    if (!kh_walk_has (&w->walk, KH_DAMAGE_OCR))
        return FALSE;
    double known;
    if (other_letter || !kh_misread_word (w->walk.tables->misread, entry->token, chunk->token, &known) || known > m->cost)
        known = m->cost + w->letter_cost + COST_SECOND_CHANGE * (m->marks + other_letter - 1);
    *cost = COST_CHANGE + kh_misread_error (chunk->confidence) + known;
    gboolean is_name = chunk->print == KH_CASE_CAPITAL && chunk->case_before >= 0 && chunk->core_end - chunk->core_start > 1;
    *cost += is_name ? COST_CHANGE_OF_NAME : 0;
    return TRUE;
}

static kh_repair_kind
kind_of_change (const walk *w, gboolean splits, const misreading *m)
{
    if (w->n_lost > 0)
        return KH_REPAIR_LOST_LETTER;
    if (w->letter_cost > 0)
        return KH_REPAIR_OCR;
    if (w->joined || splits)
        return KH_REPAIR_SPACING;
    return m->marks > 0 || kh_walk_has (&w->walk, KH_DAMAGE_BARE) ? KH_REPAIR_DIACRITIC : KH_REPAIR_NONE;
}

/* The walk stands behind a letter, at symbol `at`: may a word end here? */
static gboolean
may_end (const walk *w, guint32 at, gboolean *splits)
{
    *splits = FALSE;
    const kh_symbol *s = kh_walk_symbol (&w->walk, at);
    if (w->depth == 0 || s == NULL || s->kind == KH_SYMBOL_SPACE || s->kind == KH_SYMBOL_BREAK)
        return w->depth > 0;
    const kh_chunk *chunk = kh_passage_chunk (w->walk.passage, s->chunk);
    if (s->kind == KH_SYMBOL_SIGN)
        return at >= chunk->core_end || at < chunk->core_start;
    *splits = s->kind == KH_SYMBOL_LETTER && at >= chunk->core_start + LEAST_PART && at + LEAST_PART <= chunk->core_end && chunk->is_mendable;
    return *splits && kh_walk_has (&w->walk, KH_DAMAGE_OCR) && !chunk->is_syllable;
}

static void
propose_entries (walk *w, guint16 node, guint32 at)
{
    guint n;
    gboolean splits;
    const kh_entry *entries = kh_lexicon_entries (w->walk.tables->lexicon, node, &n);
    if (n == 0 || !may_end (w, at, &splits) || (w->n_lost == w->depth && w->depth > MOST_LOST_AT_START))
        return;
    guint32 behind = at;
    guint8 after = kh_walk_signs (&w->walk, &behind);
    const kh_chunk *chunk = kh_walk_chunk (&w->walk, w->path[0] != NOT_IN_TEXT ? w->path[0] : w->walk.word_start);
    if (chunk == NULL) /* white space at the end of the text */
        return;
    gboolean starts_chunk = chunk->core_start == w->walk.word_start;
    for (guint i = 0; i < n; i++) {
        double misread;
        misreading m;
        if (is_other_placement (w, entries, n, i) || !compare_marks (w, &entries[i], &m) || !cost_of_misreading (w, chunk, &entries[i], &m, &misread))
            continue;
        kh_repair_kind kind = kind_of_change (w, splits || !starts_chunk, &m);
        if (kind == KH_REPAIR_NONE || (kind == KH_REPAIR_DIACRITIC && entries[i].token == chunk->token))
            continue; /* as read */
        kh_edge edge = { .start = w->walk.word_start, .end = at, .entry = &entries[i], .token = entries[i].token, .has_word = TRUE,
                         .before = w->walk.before, .after = after, .kind = (guint8) kind };
        for (guint k = 0; k < w->depth; k++)
            edge.lost |= w->path[k] == NOT_IN_TEXT ? 1u << k : 0;
        edge.cost = w->cost + (float) (misread + kh_walk_cost_of_case (&w->walk, chunk, entries[i].token)
                                       + kh_walk_cost_of_list_order (&w->walk, chunk, entries[i].bases[0], entries[i].shapes[0]));
        if (splits)
            kh_walk_add (&w->walk, &edge, behind, COST_SPLIT);
        else
            kh_walk_land (&w->walk, &edge, behind);
    }
}

static void step (walk *w, guint16 node, guint32 at);

/* Goes on by one letter, found at symbol `found`, and by what follows it. */
static void
step_letter (walk *w, guint16 node, guint8 base, guint32 found, guint32 next, double cost)
{
    guint16 child = kh_lexicon_child (w->walk.tables->lexicon, node, base);
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
    const kh_lost_letters *lost = &w->walk.damage->lost;
    gboolean at_space = kh_walk_is (&w->walk, at, KH_SYMBOL_SPACE);
    gboolean beside_space = at_space || (at > 0 && kh_walk_is (&w->walk, at - 1, KH_SYMBOL_SPACE));
    /* words of a page have no spaces behind the last of a line to count */
    gboolean ends_line = !w->walk.passage->reading->lines_flow && (kh_walk_is (&w->walk, at, KH_SYMBOL_BREAK) || kh_walk_symbol (&w->walk, at) == NULL);
    gboolean may_insert = lost->vanish || ends_line || (lost->spaces_merged && beside_space);
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
is_single_letter (const kh_chunk *chunk)
{
    return chunk != NULL && chunk->core_end - chunk->core_start == 1 && chunk->is_mendable;
}

/* Are these two of three single letters or more, as in K Ế  H O Ạ C H? */
static gboolean
stands_letter_spaced (const walk *w, const kh_chunk *left, const kh_chunk *right)
{
    const kh_chunk *before = left->start >= 2 ? kh_walk_chunk (&w->walk, left->start - 2) : NULL, *behind = kh_walk_chunk (&w->walk, right->end + 1);
    return is_single_letter (left) && is_single_letter (right) && (is_single_letter (before) || is_single_letter (behind));
}

/* Over a space, or a hyphen at a line's end, that does not belong into the word. */
static void
step_join (walk *w, guint16 node, guint32 at)
{
    double cost;
    guint32 next = at + 1;
    const kh_chunk *left = at > 0 ? kh_walk_chunk (&w->walk, at - 1) : NULL;
    if (w->depth == 0 || left == NULL)
        return;
    if (kh_walk_is (&w->walk, at, KH_SYMBOL_SPACE) && kh_walk_is (&w->walk, at + 1, KH_SYMBOL_LETTER)) {
        const kh_chunk *right = kh_walk_chunk (&w->walk, at + 1);
        gboolean letters = stands_letter_spaced (w, left, right);
        if (!right->is_mendable || !left->is_mendable || (left->is_syllable && right->is_syllable && !letters))
            return;
        cost = letters ? COST_JOIN_LETTERS : COST_JOIN;
    } else if (w->walk.passage->reading->lines_flow && kh_walk_is (&w->walk, at, KH_SYMBOL_SIGN) && kh_walk_symbol (&w->walk, at)->c == '-' && kh_walk_is (&w->walk, at + 1, KH_SYMBOL_BREAK)
               && kh_walk_is (&w->walk, at + 2, KH_SYMBOL_LETTER)) {
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

/* Goes on by letters the engine takes for the one that was read; once a word. */
static void
step_confused (walk *w, guint16 node, guint32 at, guint8 base)
{
    if (w->letter_cost > 0)
        return;
    double cost;
    int printed;
    for (guint i = 0; (printed = kh_misread_letter (base, i, &cost)) >= 0; i++) {
        w->letter_cost = (float) cost;
        step_letter (w, node, (guint8) printed, at, at + 1, 0);
    }
    w->letter_cost = 0;
}

static void
step (walk *w, guint16 node, guint32 at)
{
    if (++w->steps > MOST_STEPS)
        return;
    propose_entries (w, node, at);
    const kh_symbol *s = kh_walk_symbol (&w->walk, at);
    if (s != NULL && s->kind == KH_SYMBOL_LETTER && kh_walk_may_mend_at (&w->walk, at)) {
        step_letter (w, node, s->letter.base, at, at + 1, 0);
        if (kh_walk_has (&w->walk, KH_DAMAGE_OCR))
            step_confused (w, node, at, s->letter.base);
    }
    if (kh_walk_has (&w->walk, KH_DAMAGE_LOST_LETTERS))
        step_lost_letters (w, node, at);
    if (kh_walk_has (&w->walk, KH_DAMAGE_OCR) && s != NULL)
        step_join (w, node, at);
}

void
kh_walk_propose_words (kh_walk *from)
{
    walk w = { .walk = *from };
    step (&w, 0, from->word_start);
}
