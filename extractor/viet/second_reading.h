/* second_reading.h - a damaged text layer beside what the page's image reads (kh_page.image_words).
 *
 *      layer   "d" "ng"  "há"  "luật"         what is left is exact, and so are its places
 *      image   "dưỡng"   "pháp" "luật"        has the letters that are gone
 *
 * Words of the layer are parts of the image's word they stand in. A word that the image reads, and that what is left agrees with, is
 * proposed to the search (kh_hint); which letters were lost is told from what all such words have more.
 */
#ifndef KH_VIET_SECOND_READING_H
#define KH_VIET_SECOND_READING_H

#include "viet/channels.h"

/* Brings the layer's words, in place, into the order and lines of the image's words they are parts of, and puts words of which nothing is left
 * where the image reads them. The page must have image words. */
void kh_second_reading_prepare (kh_page *page, const kh_damage *damage, kh_pool *pool);

/* What the image reads at each stretch of the page's text, as an array of kh_hint, ascending; empty without image words. `certain`: where
 * each word of the page begins in that text (kh_page_text). The caller unrefs. */
GArray *kh_second_reading_hints (const kh_page *page, const GArray *certain);

#endif
