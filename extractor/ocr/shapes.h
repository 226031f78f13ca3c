/* shapes.h - what the ink measures, where the network errs: it knows shapes, not sizes, and loses what is small. */
#ifndef KH_OCR_SHAPES_H
#define KH_OCR_SHAPES_H

#include "ocr/reading.h"

/* Mends a word by its blobs:
 *   - upright strokes at its start are counted (III is read as H, II or TI);
 *   - VỊ has a dot below, the number VI has none;
 *   - a lone I has serifs on both sides, a lone 1 a flag on its left;
 *   - a first letter whose capital has its shape is as small as it stands high (cơ, not Cơ or CƠ);
 *   - between the digits of a number there is a comma where one hangs (9,4 is read as 94).
 * A mended number is never sure, nor one whose glyphs cannot be counted, nor a lone glyph that may be a digit or a letter. */
void kh_shapes_mend (const kh_reading *reading, const kh_text_line *line, kh_found_word *word);

#endif
