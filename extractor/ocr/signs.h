/* signs.h - punctuation is small: what the network cannot tell apart, or takes a speck for, its blobs show. */
#ifndef KH_OCR_SIGNS_H
#define KH_OCR_SIGNS_H

#include "ocr/reading.h"

/* Gives a word the signs that its ink shows:
 *   - what ends it: , and ; have a tail below the baseline, . and : have none; a colon is two dots; a sign without
 *     ink of its own, or whose ink stands where none can be, is none; a full stop that begins it is a speck;
 *   - a lone dash is - or, twice as wide, –;
 *   - < and > with a bar below are ≤ and ≥, which the network does not know. */
void kh_signs_mend (const kh_reading *reading, const kh_text_line *line, kh_found_word *word);

/* Is the word a lone sign that no one printed: a speck, a dot by itself, a dash too short or too high? */
gboolean kh_signs_is_speck (const kh_reading *reading, const kh_text_line *line, const kh_found_word *word);

/* Where (x, in pixels) the ≤ or ≥ ends that the word begins with, when there is a space behind it; 0: nowhere. */
int kh_signs_bound_end (const kh_reading *reading, const kh_text_line *line, const kh_found_word *word);

/* Is a word of the page a lone comma or semicolon that ends the one before: too near for a space? */
gboolean kh_signs_end_word (const kh_word *before, const kh_word *word);

#endif
