/* viet.h - Vietnamese text: normal forms, folding for comparison, and a first verdict on how sound a text is.
 *
 * Issue A's first form; encodings, the language model and repair join later.
 */
#ifndef KH_VIET_VIET_H
#define KH_VIET_VIET_H

#include "core/page.h"

/* NFC, with decomposed and misordered combining marks composed, no-break/zero-width spaces and soft hyphens
 * dropped, private-use bullets turned into "-", look-alike letters (Ð for Đ) mapped. The caller frees. */
char *kh_viet_normal (const char *text);

/* Brings the page's words into that normal form (text; `read` keeps what was read). */
void kh_viet_normalise_page (kh_page *page, kh_pool *pool);

/* Lower case, all marks gone, đ -> d, one space between tokens, the rest as it is: "Đơn vị  CHỦ TRÌ" -> "don vi chu tri".
 * For comparison that tolerates marks read wrong. The caller frees. */
char *kh_viet_fold (const char *text);

/* Could this word be a Vietnamese syllable (onset + rime, one tone)? Case is ignored; punctuation at its edges too. */
gboolean kh_viet_is_syllable (const char *word);

/* How sound a page's text layer is as Vietnamese: the share, 0..1, of its words of letters that are possible
 * syllables, known short forms, or plain ASCII capitals. -1 when it has fewer than `min_words` such words. */
double kh_viet_soundness (const kh_page *page, guint min_words);

#endif
