#include "viet/channels.h"

#include "viet/ocr_costs.h"

#include <math.h>
#include <string.h>

#define COST_LOST_LETTER 0.3      /* that letters are lost is known; each costs a little, so that none is invented */
#define COST_LOST_AT_MERGED 0.9   /* where spaces cannot be counted */
#define COST_EXTRA_SPACE 2.5      /* a second space between words: more often a lost letter */
#define COST_INDENT 1.0           /* the same where a line begins; a wide one is indentation */
#define COST_SIGN_FOR_SPACE 1.5   /* no space after a sign: kinh tế- ã hội */
#define COST_CHANGE 0.5           /* for any change, beside what ocr_costs.h says: text that is sound stays */
#define COST_SECOND_CHANGE 1.5    /* each further mark or letter of the word */
#define COST_CHANGE_OF_NAME 1.5   /* more for a capital inside a sentence: names have odd marks */
#define COST_SPLIT 4.5            /* two words without a space between */
#define COST_JOIN 5.0             /* a space inside a word */
#define COST_JOIN_LETTERS 0.4     /* inside a letter-spaced heading */
#define COST_HYPHEN 2.0           /* a word divided at a line's end */
#define COST_STOP_BEFORE_SMALL 0.5 /* a full stop before a small letter is often a speck */
#define COST_CLOSING_ALONE 5.0    /* a comma or bracket that closes nothing: a word was lost before it */
#define COST_HINT (-6.0)           /* times its confidence: a word that the image reads, too */
#define SPELLING_OF_FRAGMENTS 0.3 /* the weight of spelling where words are in pieces anyway */

#define NOT_IN_TEXT G_MAXUINT32
#define MOST_STEPS 4000           /* of one walk: no input makes it endless */
#define MOST_LOST_AT_START 4      /* letters lost before the first that is left */
#define MOST_LOST_SPACES 8        /* spaces of one stretch that may be letters */

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
    float letter_cost;                     /* of letters taken for others; 0: none was */
    gboolean joined;
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

static const kh_chunk *
chunk_at (const walk *w, guint32 i)
{
    const kh_symbol *s = symbol_at (w, i);
    return s != NULL && s->chunk < w->passage->chunks->len ? kh_passage_chunk (w->passage, s->chunk) : NULL;
}

/* Letters only; in bare text also capitals that look like an abbreviation for want of marks (LUC for LỰC). */
static gboolean
may_be_mended (const walk *w, const kh_chunk *chunk)
{
    return chunk->is_mendable || (chunk->core == KH_TOKEN_ABBREVIATION && has (w, KH_DAMAGE_BARE));
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
    if (last_break == 0 && edge->after != KH_TOKEN_CLASSES && end - at <= MOST_LOST_SPACES)
        add_edge (w, edge, at, COST_SIGN_FOR_SPACE);
    guint32 first = MAX (at + 1, last_break);
    for (guint32 to = MAX (first, end - MIN (end, MOST_LOST_SPACES)); to <= end; to++) {
        double extra = last_break == 0 ? COST_EXTRA_SPACE * MIN (to - at - 1, 4) : to - last_break <= 2 ? COST_INDENT * (to - last_break) : 0;
        add_edge (w, edge, to, w->damage->lost.spaces_merged ? 0 : extra);
    }
}

/* ------------------------------------------------------------------ as read */

/* -ln of how often a word read with this confidence is wrong. */
static double
cost_of_error (float confidence)
{
    if (confidence < 0.9f)
        return ERROR_BY_TENTH[(guint) (CLAMP (confidence, 0, 0.89f) * 10)];
    return ERROR_BY_HUNDREDTH[(guint) ((MIN (confidence, 0.999f) - 0.9f) * 100)];
}

static double
cost_of_case (const walk *w, const kh_chunk *chunk, guint16 token)
{
    if (chunk->case_before < 0 || (chunk->print != KH_CASE_SMALL && chunk->print != KH_CASE_CAPITAL))
        return 0;
    return -kh_lm_case (w->lm, token, chunk->case_before, chunk->print == KH_CASE_CAPITAL);
}

/* What it costs to take a sign for a speck that the engine read: signs that plans do not have cost nothing, dashes are often meant
 * (báo chí - xuất bản). INFINITY for what is hardly ever a speck. */
static double
cost_of_speck (gunichar c)
{
    static const struct {
        const char *signs;
        double cost;
    } COSTS[] = { { "~`_¡|\\^¬¦§®©°¸´¨", 0 }, { "-–—", 8 }, { ".", 3 }, { "'‘’,", 3.5 } };
    char one[8] = "";
    one[g_unichar_to_utf8 (c, one)] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS (COSTS); i++)
        if (strstr (COSTS[i].signs, one) != NULL)
            return COSTS[i].cost;
    return INFINITY;
}

/* A sign alone inside a line may be a speck. */
static void
propose_without_sign (walk *w, const kh_chunk *chunk)
{
    gboolean begins_line = chunk->start == 0 || is_kind (w, chunk->start - 1, KH_SYMBOL_BREAK);
    double speck = cost_of_speck (symbol_at (w, chunk->start)->c);
    if (chunk->core_end > chunk->core_start || begins_line || chunk->end - chunk->start > 1 || isinf (speck))
        return;
    kh_edge edge = { .start = chunk->start, .end = chunk->end, .before = KH_TOKEN_CLASSES, .after = KH_TOKEN_CLASSES,
                     .kind = KH_REPAIR_OCR, .cost = (float) (COST_CHANGE + speck + cost_of_error (chunk->confidence) / 2) };
    land (w, &edge, chunk->end);
}

/* So may one behind a word: a full stop, when the line goes on in small letters, or a sign that plans do not have. */
static void
propose_without_sign_behind (walk *w, const kh_chunk *chunk, double cost_as_read)
{
    if (!chunk->is_mendable || chunk->core_end - chunk->core_start < 2 || chunk->end - chunk->core_end != 1)
        return;
    gunichar sign = symbol_at (w, chunk->core_end)->c;
    gboolean goes_on = is_kind (w, chunk->end, KH_SYMBOL_SPACE) && is_kind (w, chunk->end + 1, KH_SYMBOL_LETTER)
                       && is_kind (w, chunk->end + 2, KH_SYMBOL_LETTER) && !symbol_at (w, chunk->end + 1)->letter.upper;
    double speck = sign == '.' && goes_on ? COST_STOP_BEFORE_SMALL : cost_of_speck (sign) == 0 ? 0 : INFINITY;
    if (isinf (speck))
        return;
    kh_edge edge = { .start = chunk->core_end, .end = chunk->end, .token = chunk->token, .has_word = TRUE, .before = chunk->before,
                     .after = KH_TOKEN_CLASSES, .kind = KH_REPAIR_OCR };
    edge.cost = (float) (cost_as_read + COST_CHANGE + speck + cost_of_error (chunk->confidence));
    land (w, &edge, chunk->end);
}

/* Does the next word stand close behind a comma or the like (token.h parts them)? */
static gboolean
lacks_space (const walk *w, const kh_chunk *chunk)
{
    gunichar last = symbol_at (w, chunk->end - 1)->c;
    return is_kind (w, chunk->end, KH_SYMBOL_LETTER) && (last == ',' || last == ';' || last == ':' || last == ')');
}

/* A sign that stands close behind a word. */
static gboolean
closes (gunichar c)
{
    return c < 0x80 && strchr (").,;:!?", (int) c) != NULL;
}

static void
propose_as_read (walk *w, const kh_chunk *chunk)
{
    kh_edge edge = { .start = chunk->core_start, .end = chunk->core_end, .token = chunk->token, .before = chunk->before,
                     .after = chunk->after, .has_word = chunk->core_end > chunk->core_start };
    if (chunk->is_mendable) {
        edge.cost = (float) cost_of_case (w, chunk, chunk->token);
        if (chunk->token == KH_TOKEN_UNKNOWN)
            edge.cost -= chunk->spelling * (has (w, KH_DAMAGE_LOST_LETTERS) ? SPELLING_OF_FRAGMENTS : 1);
    }
    if (!edge.has_word && has (w, KH_DAMAGE_LOST_LETTERS) && closes (symbol_at (w, chunk->start)->c))
        edge.cost += COST_CLOSING_ALONE;
    if (has (w, KH_DAMAGE_OCR))
        propose_without_sign_behind (w, chunk, edge.cost);
    if (has (w, KH_DAMAGE_OCR) && lacks_space (w, chunk)) {
        edge.kind = KH_REPAIR_SPACING;
        edge.start = edge.end = chunk->end;
    }
    land (w, &edge, chunk->end);
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

typedef float mark_costs[KH_N_LETTERS][KH_N_LETTERS]; /* [printed][read], by number */

static const mark_costs *
get_mark_costs (void)
{
    static mark_costs costs;
    static gsize once;
    if (g_once_init_enter (&once)) {
        for (guint i = 0; i < KH_N_LETTERS; i++)
            for (guint k = 0; k < KH_N_LETTERS; k++)
                costs[i][k] = MARK_COST_OTHERS;
        for (guint i = 0; i < G_N_ELEMENTS (MARK_COSTS); i++)
            costs[kh_letter_number (g_utf8_get_char (MARK_COSTS[i].printed))][kh_letter_number (g_utf8_get_char (MARK_COSTS[i].read))]
                = MARK_COSTS[i].cost;
        g_once_init_leave (&once, 1);
    }
    return (const mark_costs *) &costs;
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
            if (!w->damage->lost.is_lost[kh_letter_number (kh_letter_put_together (printed))])
                return FALSE;
            continue;
        }
        kh_letter read = symbol_at (w, w->path[i])->letter;
        gboolean is_plain = read.shape == KH_SHAPE_PLAIN && read.tone == KH_TONE_NONE;
        if ((read.shape == printed.shape && read.tone == printed.tone) || (is_plain && has (w, KH_DAMAGE_BARE)))
            continue;
        read.base = printed.base; /* a letter taken for another has its own cost */
        m->marks++;
        m->cost += (*get_mark_costs ())[kh_letter_number (kh_letter_put_together (printed))][kh_letter_number (kh_letter_put_together (read))];
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
cost_of_misreading (const walk *w, const kh_chunk *chunk, const misreading *m, double *cost)
{
    gboolean other_letter = w->letter_cost > 0;
    *cost = 0;
    if (m->marks == 0 && !other_letter)
        return TRUE;
    if (!has (w, KH_DAMAGE_OCR))
        return FALSE;
    *cost = COST_CHANGE + cost_of_error (chunk->confidence) + m->cost + w->letter_cost + COST_SECOND_CHANGE * (m->marks + other_letter - 1);
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
    return m->marks > 0 || has (w, KH_DAMAGE_BARE) ? KH_REPAIR_DIACRITIC : KH_REPAIR_NONE;
}

/* The walk stands behind a letter, at symbol `at`: may a word end here? */
static gboolean
may_end (const walk *w, guint32 at, gboolean *splits)
{
    *splits = FALSE;
    const kh_symbol *s = symbol_at (w, at);
    if (w->depth == 0 || s == NULL || s->kind == KH_SYMBOL_SPACE || s->kind == KH_SYMBOL_BREAK)
        return w->depth > 0;
    const kh_chunk *chunk = kh_passage_chunk (w->passage, s->chunk);
    if (s->kind == KH_SYMBOL_SIGN)
        return at >= chunk->core_end || at < chunk->core_start;
    *splits = s->kind == KH_SYMBOL_LETTER && at > chunk->core_start && chunk->is_mendable;
    return *splits && has (w, KH_DAMAGE_OCR) && !chunk->is_syllable;
}

/* Signs behind the word; `*at` moves behind them. */
static guint8
signs_after (const walk *w, guint32 *at)
{
    guint8 after = KH_TOKEN_CLASSES;
    while (is_kind (w, *at, KH_SYMBOL_SIGN)) {
        after = kh_token_of_sign (symbol_at (w, *at)->c);
        const kh_chunk *chunk = chunk_at (w, *at);
        if (++*at == chunk->end)
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
    gboolean starts_chunk = chunk_at (w, w->word_start)->core_start == w->word_start;
    const kh_chunk *chunk = chunk_at (w, w->path[0] != NOT_IN_TEXT ? w->path[0] : w->word_start);
    for (guint i = 0; i < n; i++) {
        double misread;
        misreading m;
        if (is_other_placement (w, entries, n, i) || !compare_marks (w, &entries[i], &m) || !cost_of_misreading (w, chunk, &m, &misread))
            continue;
        kh_repair_kind kind = kind_of_change (w, splits || !starts_chunk, &m);
        if (kind == KH_REPAIR_NONE || (kind == KH_REPAIR_DIACRITIC && entries[i].token == chunk->token))
            continue; /* as read */
        kh_edge edge = { .start = w->word_start, .end = at, .entry = &entries[i], .token = entries[i].token, .has_word = TRUE,
                         .before = w->before, .after = after, .kind = (guint8) kind };
        for (guint k = 0; k < w->depth; k++)
            edge.lost |= w->path[k] == NOT_IN_TEXT ? 1u << k : 0;
        edge.cost = w->cost + (float) (misread + cost_of_case (w, chunk, entries[i].token));
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
is_single_letter (const kh_chunk *chunk)
{
    return chunk != NULL && chunk->core_end - chunk->core_start == 1 && chunk->is_mendable;
}

/* Are these two of three single letters or more, as in K Ế  H O Ạ C H? */
static gboolean
stands_letter_spaced (const walk *w, const kh_chunk *left, const kh_chunk *right)
{
    const kh_chunk *before = left->start >= 2 ? chunk_at (w, left->start - 2) : NULL, *behind = chunk_at (w, right->end + 1);
    return is_single_letter (left) && is_single_letter (right) && (is_single_letter (before) || is_single_letter (behind));
}

/* Over a space, or a hyphen at a line's end, that does not belong into the word. */
static void
step_join (walk *w, guint16 node, guint32 at)
{
    double cost;
    guint32 next = at + 1;
    const kh_chunk *left = at > 0 ? chunk_at (w, at - 1) : NULL;
    if (w->depth == 0 || left == NULL)
        return;
    if (is_kind (w, at, KH_SYMBOL_SPACE) && is_kind (w, at + 1, KH_SYMBOL_LETTER)) {
        const kh_chunk *right = chunk_at (w, at + 1);
        gboolean letters = stands_letter_spaced (w, left, right);
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

/* Goes on by letters the engine takes for the one that was read; once a word. */
static void
step_confused (walk *w, guint16 node, guint32 at, guint8 base)
{
    if (w->letter_cost > 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS (LETTER_COSTS); i++)
        if (LETTER_COSTS[i].read - 'a' == base) {
            w->letter_cost = LETTER_COSTS[i].cost;
            step_letter (w, node, (guint8) (LETTER_COSTS[i].printed - 'a'), at, at + 1, 0);
        }
    w->letter_cost = 0;
}

static void
step (walk *w, guint16 node, guint32 at)
{
    if (++w->steps > MOST_STEPS)
        return;
    propose_entries (w, node, at);
    const kh_symbol *s = symbol_at (w, at);
    if (s != NULL && s->kind == KH_SYMBOL_LETTER && may_be_mended (w, kh_passage_chunk (w->passage, s->chunk))) {
        step_letter (w, node, s->letter.base, at, at + 1, 0);
        if (has (w, KH_DAMAGE_OCR))
            step_confused (w, node, at, s->letter.base);
    }
    if (has (w, KH_DAMAGE_LOST_LETTERS))
        step_lost_letters (w, node, at);
    if (has (w, KH_DAMAGE_OCR) && s != NULL)
        step_join (w, node, at);
}

/* ------------------------------------------------------------------ words of another reading */

/* Is the hint what the text may have been: the letters that are left, in order, with lost ones between them? `*end` becomes the
 * symbol behind the last letter. */
static gboolean
fits (const walk *w, const kh_hint *hint, guint32 *end, gboolean *as_read)
{
    guint32 at = w->word_start;
    *as_read = TRUE;
    *end = at;
    for (const char *p = hint->word; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        guint32 next = at;
        while (is_kind (w, next, KH_SYMBOL_SPACE))
            next++;
        const kh_symbol *s = symbol_at (w, next);
        if (s != NULL && s->at < hint->end && s->c == c) {
            *as_read &= next == at;
            at = *end = next + 1;
        } else if (w->damage->lost.is_lost[kh_letter_number (c)])
            *as_read = FALSE;
        else
            return FALSE;
    }
    guint32 rest = *end; /* no letter of the stretch may be left over */
    while (is_kind (w, rest, KH_SYMBOL_SPACE))
        rest++;
    const kh_symbol *behind = symbol_at (w, rest);
    return *end > w->word_start && (behind == NULL || behind->at >= hint->end || behind->kind == KH_SYMBOL_SIGN || behind->kind == KH_SYMBOL_BREAK);
}

static void
propose_hint (walk *w, const kh_hint *hint)
{
    guint32 end;
    gboolean as_read;
    if (!has (w, KH_DAMAGE_LOST_LETTERS) || !fits (w, hint, &end, &as_read))
        return;
    guint32 behind = end;
    guint8 after = signs_after (w, &behind);
    kh_word_parts parts = kh_word_take_apart (hint->word);
    g_autofree char *form = kh_token_form (hint->word, strlen (hint->word), parts.core);
    gboolean has_form = parts.core == KH_TOKEN_UNKNOWN || parts.core == KH_TOKEN_ABBREVIATION;
    kh_edge edge = { .start = w->word_start, .end = end, .form = as_read ? NULL : hint->word, .has_word = TRUE, .before = w->before, .after = after,
                     .token = has_form ? kh_lm_token (w->lm, form, parts.core) : parts.core,
                     .kind = as_read ? KH_REPAIR_NONE : KH_REPAIR_LOST_LETTER, .cost = (float) (COST_HINT * hint->confidence) };
    land (w, &edge, behind);
}

static void
propose_hints (walk *w)
{
    const kh_symbol *first = symbol_at (w, w->word_start);
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

void
kh_channels_propose (const kh_passage *passage, const kh_lm *lm, const kh_lexicon *lexicon, const kh_damage *damage, guint32 from,
                     GArray *edges)
{
    walk w = { .passage = passage, .lm = lm, .lexicon = lexicon, .damage = damage, .edges = edges, .before = KH_TOKEN_CLASSES,
               .word_start = from };
    const kh_chunk *chunk = chunk_at (&w, from);
    if (chunk != NULL && chunk->start == from) {
        propose_as_read (&w, chunk);
        if (has (&w, KH_DAMAGE_OCR))
            propose_without_sign (&w, chunk);
        if (chunk->core_end > chunk->core_start && !may_be_mended (&w, chunk))
            return;
    }
    while (is_kind (&w, w.word_start, KH_SYMBOL_SIGN))
        w.before = kh_token_of_sign (symbol_at (&w, w.word_start++)->c);
    if (damage->kinds == KH_DAMAGE_NONE || symbol_at (&w, w.word_start) == NULL)
        return;
    step (&w, 0, w.word_start);
    propose_hints (&w);
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
    if (edge->form != NULL)
        return g_strdup (edge->form);
    GString *text = g_string_new (NULL);
    gboolean capitals = is_in_capitals (passage, edge);
    guint32 at = edge->start;
    for (guint k = 0; edge->entry != NULL && k < edge->entry->length; k++) {
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
