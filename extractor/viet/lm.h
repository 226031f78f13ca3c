/* lm.h - the language model: how likely is a syllable after those before it?
 *
 * Made by models/train.c, mapped from a file (format: lm_format.h), shared by all processes. Immutable; safe to use from
 * several threads.
 */
#ifndef KH_VIET_LM_H
#define KH_VIET_LM_H

#include <glib.h>

typedef struct kh_lm kh_lm;

/* Where a text stands: the longest known histories of one, two and three tokens. */
typedef struct kh_lm_state {
    guint32 node[3]; /* node[k]: the trie node of the last k + 1 tokens; G_MAXUINT32 when it is not known */
} kh_lm_state;

/* Maps a model. KH_ERROR_MODEL when it is missing or no model. The caller frees. */
kh_lm *kh_lm_open (const char *path, GError **error);
void kh_lm_free (kh_lm *lm);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_lm, kh_lm_free)

/* Tokens of the vocabulary: 0 .. size - 1. */
guint kh_lm_size (const kh_lm *lm);

/* The token of a form (see kh_token_form); `otherwise` when the vocabulary does not hold it. */
guint16 kh_lm_token (const kh_lm *lm, const char *form, guint16 otherwise);
/* The form of a token. Owned by the model. */
const char *kh_lm_form (const kh_lm *lm, guint16 token);

/* ln p that a word of this token is printed with a capital (else small) inside a sentence, after a word with a capital or without. */
double kh_lm_case (const kh_lm *lm, guint16 token, gboolean after_capital, gboolean capital);

/* ln p of the letters of a word the vocabulary does not hold (letter trigrams; case is ignored). For `length` bytes of UTF-8. */
double kh_lm_spelling (const kh_lm *lm, const char *letters, gsize length);

/* The state at the start of a text. */
kh_lm_state kh_lm_start (const kh_lm *lm);

/* The state that knows no history: single words are as likely as in all texts. */
kh_lm_state kh_lm_nowhere (void);

/* ln p of `token` in `state`; `next` (may be the same object) becomes the state after it. */
double kh_lm_score (const kh_lm *lm, const kh_lm_state *state, guint16 token, kh_lm_state *next);

#endif
