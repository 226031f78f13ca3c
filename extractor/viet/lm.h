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

/* The tokens whose forms have the same letters without marks ("tinh": tinh, tính, tỉnh, tình, tịnh …), the frequent first; `n` of
 * them. NULL with n = 0 when there is none. */
const guint16 *kh_lm_siblings (const kh_lm *lm, const char *folded, guint *n);

/* The state at the start of a text. */
kh_lm_state kh_lm_start (const kh_lm *lm);

/* ln p of `token` in `state`; `next` (may be the same object) becomes the state after it. */
double kh_lm_score (const kh_lm *lm, const kh_lm_state *state, guint16 token, kh_lm_state *next);

#endif
