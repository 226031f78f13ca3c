/* encoding_score.h - how likely a word is Vietnamese when it is read in each encoding.
 *
 * A word is what stands between ASCII white space; no-break spaces and soft hyphens are letters in some encodings. Its marks are
 * the evidence: plain ASCII is the same in every encoding but VIQR.
 *
 *                        Unicode  TCVN3   VNI
 *   Së      ë is not ours    -3      +1     -6     "Sở" in TCVN3, and a frequent word
 *   Soá     a syllable        0      -4     +1     "Số" in VNI: one word is not enough, the one beside it decides
 *   Kế      ế is no byte      0      -6     -6     it was typed as Unicode
 *   là      both             +1      -3     -3
 */
#ifndef KH_VIET_ENCODING_SCORE_H
#define KH_VIET_ENCODING_SCORE_H

#include "viet/encoding.h"

/* What it costs to believe a text is in another encoding than Unicode: two words must speak for it. */
#define KH_SCORE_DOUBT 5

typedef struct kh_word_score {
    gint8 of[KH_N_ENCODINGS]; /* above 0: a frequent word; 0: a syllable, or no evidence; below: the worse the less likely */
} kh_word_score;

/* Weighs words, and remembers what it weighed: a text has few different ones. */
typedef struct kh_scorer kh_scorer;

kh_scorer *kh_scorer_new (void);
void kh_scorer_free (kh_scorer *scorer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_scorer, kh_scorer_free)

/* The word's score in each encoding; NULL when it is no evidence (ASCII, unless `with_viqr`). Valid until the next call. */
const kh_word_score *kh_scorer_word (kh_scorer *scorer, const char *word, gsize length, gboolean with_viqr);

/* Could a text of ASCII be VIQR: has it some vowels with signs that English has not ("a^", "u+", "a(n")? */
gboolean kh_score_may_be_viqr (const char *text, gsize length);

/* Is it white space that parts words in every encoding? */
static inline gboolean
kh_score_is_space (char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

#endif
