/* Lost letters are found in two steps.
 *
 *   1. Suspects: letters that stand in the text far more seldom than in all texts (a font lost ư: it stands in bold headings only).
 *   2. Proof: the text is mended as if all suspects were lost. Those that the mended words hardly use are not.
 *
 * The order of the tests matters: bare text, too, lacks most letters.
 */
#include "viet/damage.h"

#include <string.h>

#define LEAST_WORDS 12           /* of letters; fewer tell nothing */
#define BARE_MARKED 0.05         /* share of words with marks that a bare text has at most (sound: 0.75) */
#define BARE_KNOWN 0.80          /* share of its words that are Vietnamese but for the marks */
#define SUSPECT_SHARE 0.30       /* of the expected occurrences, at most */
#define SUSPECT_EXPECTED 3.0     /* occurrences expected, at least; a letter that is quite absent needs fewer */
#define SUSPECT_RARE 0.5         /* of a letter that stands nowhere, or once (in a heading of another font) */
#define PROOF_SHARE 0.10         /* of the expected occurrences that mended words must hold */
#define PROOF_OF_ABSENT 2        /* occurrences, of a letter that stands nowhere else, or once */
#define LEAST_PUT_BACK 3         /* letters in all; fewer are chance */
#define PUT_BACK_SHARE 0.2       /* of the words left in pieces */
#define LOST_UNKNOWN 0.02        /* share of words left in chunks, at least */
#define STILL_UNKNOWN 0.5        /* of them, when the letters did not become spaces */
#define OCR_ODD 0.006            /* share of words that are no syllables, above which a text was misread */

typedef struct profile {
    guint words, marked, folded_known; /* chunks of letters; those with marks; those the lexicon holds but for marks */
    guint odd;                         /* chunks of two letters and more that could not be Vietnamese */
    guint unknown;                     /* small chunks the vocabulary does not hold, or of one letter */
    guint letters;                     /* of chunks not in capitals */
    guint seen[KH_N_LETTERS];          /* their small letters, by number */
    guint wide_spaces;                 /* two spaces or more, inside lines */
} profile;

static gboolean
is_known_without_marks (const kh_passage *passage, const kh_chunk *chunk, const kh_lexicon *lexicon)
{
    guint16 node = 0;
    for (guint32 i = chunk->core_start; i < chunk->core_end; i++)
        if ((node = kh_lexicon_child (lexicon, node, kh_passage_symbol (passage, i)->letter.base)) == 0)
            return FALSE;
    guint n;
    kh_lexicon_entries (lexicon, node, &n);
    return n > 0;
}

static profile
take_profile (const kh_passage *passage, const kh_lexicon *lexicon)
{
    profile p = { 0 };
    for (guint i = 0; i < passage->chunks->len; i++) {
        const kh_chunk *chunk = kh_passage_chunk (passage, i);
        if (!chunk->is_mendable)
            continue;
        gboolean marked = FALSE;
        guint length = chunk->core_end - chunk->core_start;
        for (guint32 k = chunk->core_start; k < chunk->core_end; k++) {
            const kh_symbol *s = kh_passage_symbol (passage, k);
            marked |= s->letter.shape != 0 || s->letter.tone != 0;
            if (chunk->print != KH_CASE_CAPITALS || length == 1) {
                p.letters++;
                p.seen[kh_letter_number (s->c)] += !s->letter.upper;
            }
        }
        p.words++;
        p.marked += marked;
        p.folded_known += is_known_without_marks (passage, chunk, lexicon);
        p.odd += length > 1 && !chunk->is_syllable && chunk->print != KH_CASE_OTHER;
        p.unknown += chunk->print == KH_CASE_SMALL && (chunk->token == KH_TOKEN_UNKNOWN || length == 1);
    }
    for (guint i = 1; i + 1 < passage->symbols->len; i++)
        p.wide_spaces += kh_passage_symbol (passage, i)->kind == KH_SYMBOL_SPACE && kh_passage_symbol (passage, i - 1)->kind == KH_SYMBOL_SPACE
                         && kh_passage_symbol (passage, i + 1)->kind != KH_SYMBOL_BREAK;
    return p;
}

void
kh_lost_letters_add (kh_lost_letters *lost, guint8 number)
{
    if (number == 0)
        return;
    lost->is_lost[number] = TRUE;
    for (gunichar c = 'a'; c <= 0x1EF9; c++)
        if (kh_letter_number (c) == number)
            lost->bases[kh_letter_take_apart (c).base] = TRUE;
}

static double
expected (const profile *p, const kh_lexicon *lexicon, guint number)
{
    return kh_lexicon_frequency (lexicon, (guint8) number) * p->letters;
}

gboolean
kh_damage_lacks_letters (const kh_passage *passage, const kh_lexicon *lexicon, const kh_damage *damage)
{
    profile p = take_profile (passage, lexicon);
    double wanted = 0, seen = 0;
    for (guint i = 1; i < KH_N_LETTERS; i++)
        if (damage->lost.is_lost[i]) {
            wanted += expected (&p, lexicon, i);
            seen += p.seen[i];
        }
    return wanted >= SUSPECT_EXPECTED && seen <= SUSPECT_SHARE * wanted;
}

/* Counts in mended text: letters that were put back, by number, and chunks nothing explains. */
static guint
count_put_back (const GArray *choices, guint uses[KH_N_LETTERS])
{
    guint unknown = 0;
    for (guint i = 0; i < choices->len; i++) {
        const kh_edge *edge = &g_array_index (choices, kh_choice, i).edge;
        unknown += edge->has_word && edge->entry == NULL && edge->token == KH_TOKEN_UNKNOWN;
        for (guint k = 0; edge->entry != NULL && k < edge->entry->length; k++) {
            if ((edge->lost & 1u << k) != 0)
                uses[kh_letter_number (kh_letter_put_together (kh_entry_letter (edge->entry, k)))]++;
        }
    }
    return unknown;
}

/* Step 2. Returns the chunks that stay unexplained. */
static guint
keep_proven (kh_search *search, const kh_passage *passage, const kh_lexicon *lexicon, const profile *p, kh_damage *damage)
{
    guint uses[KH_N_LETTERS] = { 0 }, all = 0;
    guint unknown = count_put_back (kh_search_run (search, passage, damage), uses);
    kh_lost_letters proven = { .vanish = damage->lost.vanish, .spaces_merged = damage->lost.spaces_merged };
    for (guint8 i = 1; i < KH_N_LETTERS; i++)
        if (damage->lost.is_lost[i] && uses[i] > 0
            && (uses[i] >= PROOF_SHARE * expected (p, lexicon, i) || (p->seen[i] <= 1 && uses[i] >= PROOF_OF_ABSENT)))
            kh_lost_letters_add (&proven, i);
    for (guint i = 1; i < KH_N_LETTERS; i++)
        all += proven.is_lost[i] ? uses[i] : 0;
    if (all >= LEAST_PUT_BACK && all >= PUT_BACK_SHARE * p->unknown)
        damage->lost = proven;
    else
        damage->lost = (kh_lost_letters){ .vanish = damage->lost.vanish, .spaces_merged = damage->lost.spaces_merged };
    return unknown;
}

void
kh_damage_find_lost_letters (kh_search *search, const kh_passage *passage, const kh_lexicon *lexicon, kh_damage *damage)
{
    profile p = take_profile (passage, lexicon);
    *damage = (kh_damage){ .kinds = KH_DAMAGE_LOST_LETTERS };
    for (guint8 i = 1; i < KH_N_LETTERS; i++) {
        double e = expected (&p, lexicon, i);
        if ((e >= SUSPECT_EXPECTED && p.seen[i] <= SUSPECT_SHARE * e) || (e >= SUSPECT_RARE && p.seen[i] <= 1))
            kh_lost_letters_add (&damage->lost, i);
    }
    damage->lost.spaces_merged = p.wide_spaces * 200 < p.words;
    kh_damage vanished = *damage;
    keep_proven (search, passage, lexicon, &p, damage);
    guint left = keep_proven (search, passage, lexicon, &p, damage); /* without the false, the true stand out */
    if (left > STILL_UNKNOWN * p.unknown) {
        vanished.lost.vanish = TRUE;
        keep_proven (search, passage, lexicon, &p, &vanished);
        if (keep_proven (search, passage, lexicon, &p, &vanished) < left / 2)
            *damage = vanished;
    }
}

kh_damage
kh_damage_find (kh_search *search, const kh_passage *passage, const kh_lexicon *lexicon)
{
    profile p = take_profile (passage, lexicon);
    kh_damage damage = { .kinds = KH_DAMAGE_NONE };
    if (p.words < LEAST_WORDS)
        return damage;
    if (p.marked <= BARE_MARKED * p.words && p.folded_known >= BARE_KNOWN * p.words) {
        damage.kinds = KH_DAMAGE_BARE;
        return damage;
    }
    if (p.unknown > LOST_UNKNOWN * p.words)
        kh_damage_find_lost_letters (search, passage, lexicon, &damage);
    gboolean any = FALSE;
    for (guint i = 0; i < KH_N_BASES; i++)
        any |= damage.lost.bases[i];
    if (!any)
        damage.kinds = p.odd > OCR_ODD * p.words ? KH_DAMAGE_OCR : KH_DAMAGE_NONE;
    return damage;
}
