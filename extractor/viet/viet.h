/* viet.h - Vietnamese text: normal forms, folding for comparison, possible syllables.
 *
 * What else is known of Vietnamese stands beside it:
 *
 *   encoding.h   text in TCVN3, VNI ... becomes Unicode        lm.h       how likely a syllable is after others
 *   letters.h    what a letter is made of                      token.h    how the model sees a text
 *   lexicon.h    the model's words, by base letters            misread.h  what the OCR engine takes for what
 *   damage.h     what happened to a text                       passage.h -> channels.h -> search.h -> repair.h   how it is mended
 *   layer.h      is a page's text layer worth reading?
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
