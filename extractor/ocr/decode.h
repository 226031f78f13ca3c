/* decode.h - from the chances of characters, step by step, to words.
 *
 *   steps:  - - K K - ẾẾ -  _  - H - O -      - no character, _ space; a character that lasts is one
 *   words:  [ K   Ế ]      [ H   O ]
 *
 * The reading that wins is the likeliest over all ways to spell it along the steps (connectionist temporal classification: Graves
 * et al. 2006), weighed with how Vietnamese is spelled (spelling.h), by a beam search. How sure a word is, is told by the steps alone.
 */
#ifndef KH_OCR_DECODE_H
#define KH_OCR_DECODE_H

#include "ocr/network.h"
#include "ocr/spelling.h"

/* A word and its place along the line. */
typedef struct kh_decoded_word {
    char *text;        /* UTF-8, no space in it, not empty */
    guint first, last; /* the steps its first and its last character were seen at */
    double chance;     /* of this text among all that could be read at these steps, 0..1 */
    char *others;      /* other texts of one letter's difference, as kh_word.others has them; NULL: none worth a look */
} kh_decoded_word;

typedef struct kh_decoder kh_decoder;

/* Decodes what `model` reads, spelled as in `spelling`; both must live as long. The caller frees. */
kh_decoder *kh_decoder_new (const kh_model *model, const kh_spelling *spelling);
void kh_decoder_free (kh_decoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_decoder, kh_decoder_free)

/* The words of a strip that was read, left to right (of kh_decoded_word; frees what is in it). */
GArray *kh_decode (const kh_decoder *decoder, const kh_strip *strip);

#endif
