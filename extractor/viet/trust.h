/* trust.h - how likely a word is right, as a number that can be multiplied.
 *
 *      what the engine says of its ink   ─┐
 *      what the words around it say       ├─  chance that it is what was printed
 *      what sort of thing it is          ─┘
 *
 * An engine's confidence is not the same thing for all words. "kế" at 0.9 is nearly always right, since the language model has
 * weighed what else might stand there; "SKHĐT" or "1/2024" at 0.9 have nobody to speak for them. Counted on scans of samples/, word by word
 * against what was printed (models/trust.py): the chance to be wrong grows with the doubt of the ink, each sort of word at its own rate, and with
 * the doubt of the search for repairs (kh_word.likely).
 */
#ifndef KH_VIET_TRUST_H
#define KH_VIET_TRUST_H

#include "core/page.h"

/* What a printed word is, as far as its trust goes. */
typedef enum kh_print {
    KH_PRINT_SYLLABLE,     /* a Vietnamese syllable, or some joined by dashes */
    KH_PRINT_STRANGE,      /* letters that are none, or have signs or figures among them: "ytế", "của.tỉnh", "9Ị" */
    KH_PRINT_ABBREVIATION, /* UBND */
    KH_PRINT_FIGURES,      /* 1.250 12/2024 95% */
    KH_PRINT_CODE,         /* 588/KH-STP II/2024 */
    KH_PRINT_SIGN,         /* nothing but signs */
    KH_N_PRINTS,
} kh_print;

kh_print kh_print_of (const char *word);

/* "syllable", as the dump of trust has it. Static. */
const char *kh_print_name (kh_print print);

/* Gives the words of a mended page their `trust`. Words of a text layer or file that nothing was done to are certain. */
void kh_trust_page (kh_page *page);

/* The words of pages with what their trust is made of, one a line, for models/trust.py and for the curious:
 * page, x0 y0 x1 y1 in the reading frame, sort, confidence, likely, trust, text; parted by tabs. */
void kh_trust_write (GString *out, const GPtrArray *pages);

#endif
