/* decode.h - from the probabilities of characters, step by step, to words (connectionist temporal classification: Graves et al. 2006).
 *
 *   steps:  - - K K - ẾẾ -  _  - H - O -      - no character, _ space; a character that lasts is one
 *   words:  [ K   Ế ]      [ H   O ]
 *
 * Spaces are taken where they are the likeliest; within a word, what is likeliest over all ways to spell it along the steps wins,
 * and the runners-up are kept.
 */
#ifndef KH_OCR_DECODE_H
#define KH_OCR_DECODE_H

#include "ocr/network.h"

/* A word and its place along the line. */
typedef struct kh_decoded_word {
    char *text;          /* UTF-8, no space in it, not empty */
    guint first, last;   /* the steps its first and its last character were seen at */
    double chance;       /* of this reading among all readings of these steps, 0..1 */
} kh_decoded_word;

/* The words of a strip that was read, left to right (of kh_decoded_word; frees what is in it). */
GArray *kh_decode (const kh_model *model, const kh_strip *strip);

#endif
