/* lexicon.h - the vocabulary's words as a trie of base letters: t-i-n-h holds tinh, tính, tỉnh, tình, tịnh.
 *
 * A walk through the trie knows the bases of a word before its marks; the entries at its end tell the marks, letter by letter, and
 * the one tone of the syllable with the place where it is printed. A word whose tone has two usual places (hòa, hoà) has two entries.
 */
#ifndef KH_VIET_LEXICON_H
#define KH_VIET_LEXICON_H

#include "viet/letters.h"
#include "viet/lm.h"

#define KH_LEXICON_LETTERS 10 /* letters of the longest entry; longer words of the vocabulary are not in the trie */

typedef struct kh_entry {
    guint16 token;
    guint8 length;                      /* letters */
    guint8 tone, tone_at;               /* kh_tone, and the letter it stands on */
    guint8 bases[KH_LEXICON_LETTERS];
    guint8 shapes[KH_LEXICON_LETTERS];  /* kh_shape */
} kh_entry;

/* Its letter `i`, small. */
static inline kh_letter
kh_entry_letter (const kh_entry *entry, guint i)
{
    return (kh_letter){ entry->bases[i], entry->shapes[i], entry->tone_at == i ? entry->tone : (guint8) KH_TONE_NONE, 0 };
}

typedef struct kh_lexicon kh_lexicon;

/* All lower-case words of letters of the model's vocabulary. The caller frees. */
kh_lexicon *kh_lexicon_new (const kh_lm *lm);
void kh_lexicon_free (kh_lexicon *lexicon);

/* Nodes: 0 is the root. The child by a base letter (0 .. 25), 0 when there is none. */
guint16 kh_lexicon_child (const kh_lexicon *lexicon, guint16 node, guint8 base);
/* The entries that end at a node, the frequent first; `n` of them. Owned by the lexicon. */
const kh_entry *kh_lexicon_entries (const kh_lexicon *lexicon, guint16 node, guint *n);

/* The entry of exactly this word of letters (case ignored, both places of a tone), NULL when there is none. */
const kh_entry *kh_lexicon_find (const kh_lexicon *lexicon, const kh_letter *letters, guint length);

/* How often a letter (its number, letters.h) stands among the letters of running text, 0..1. */
double kh_lexicon_frequency (const kh_lexicon *lexicon, guint8 number);

#endif
