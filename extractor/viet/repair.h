/* repair.h - text as it was read becomes the text that was printed: a noisy channel, searched once.
 *
 *   words as read ── channels propose candidates with costs ── one beam search with the language model ── words
 *
 * Costs are in nats, like the model's log probabilities: a candidate wins when the model likes it better by more than its
 * cost. Never touched: words with digits or signs in them (numbers, dates, document numbers, addresses), abbreviations, and
 * words that nothing better stands for. Every change leaves kh_word.read as it was.
 */
#ifndef KH_VIET_REPAIR_H
#define KH_VIET_REPAIR_H

#include "core/page.h"
#include "viet/lm.h"

/* Mends marks (and a few letters) that the engine misread, in the page's words, in place; new texts are in `pool`.
 * Only for pages read by the engine. Returns how many words changed. */
guint kh_repair_ocr_page (const kh_lm *lm, kh_page *page, kh_pool *pool);

#endif
