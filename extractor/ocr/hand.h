/* hand.h - figures written by hand into a printed line: "Số: 239/KH-SYT", "ngày 02 tháng 01".
 *
 *               ┌─ as high as capitals are      The head of a paper is printed and its number and day are left to the pen. An
 * engine S ố :  2 3 9 / K H - S Y T               reads such figures as others, and is sure of it. But print stands on its line
 * and is └─ on the baseline                as high as the line's capitals; writing hardly ever is both.
 */
#ifndef KH_OCR_HAND_H
#define KH_OCR_HAND_H

#include "core/page.h"
#include "core/pixels.h"

/* Sets KH_WORD_HAND on words with figures that do not stand as print does, in the upper part of the page, where the head of a
 * paper is. `pixels` are what the words were read from. */
void kh_hand_mark (const kh_pixels *pixels, kh_page *page);

#endif
