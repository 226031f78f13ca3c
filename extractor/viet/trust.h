/* trust.h - how likely a word is right, as a number that can be multiplied.
 *
 *      what the engine says of its ink   ─┐
 *      what the words around it say       ├─  chance that it is what was printed
 *      what sort of thing it is           │
 *      how often the document has it     ─┘
 *
 * An engine's confidence is not the same thing for all words. "kế" at 0.9 is nearly always right, since the language model has
 * weighed what else might stand there; "SKHĐT" or "1/2024" at 0.9 have nobody to speak for them, unless the document says the same in other places, read
 * each time anew. Counted on scans of samples/, word by word
 * against what was printed (models/trust.py): the chance to be wrong grows with the doubt of the ink, each sort of word at its own rate, and with
 * the doubt of the search for repairs (kh_word.likely).
 */
#ifndef KH_VIET_TRUST_H
#define KH_VIET_TRUST_H

#include "core/page.h"
#include "viet/lm.h"

/* What a printed word is, as far as its trust goes. */
typedef enum kh_print {
    KH_PRINT_SYLLABLE,     /* a Vietnamese syllable, or some joined by dashes; another word of the vocabulary */
    KH_PRINT_STRANGE,      /* letters that are none, or have signs or figures among them: "ytế", "của.tỉnh", "9Ị" */
    KH_PRINT_ABBREVIATION, /* UBND, NN&PTNT, and a letter alone */
    KH_PRINT_FIGURES,      /* 1.250 12/2024 95% */
    KH_PRINT_CODE,         /* 588/KH-STP II/2024 */
    KH_PRINT_SIGN,         /* nothing but signs */
    KH_N_PRINTS,
} kh_print;

/* `lm` knows other words than syllables; may be NULL. */
kh_print kh_print_of (const char *word, const kh_lm *lm);

/* "syllable", as the dump of trust has it. Static. */
const char *kh_print_name (kh_print print);

/* Gives the words of a document's mended pages (of kh_page) their sort and `trust`. Words of a text layer or file that nothing was done to are certain. */
void kh_trust_pages (const GPtrArray *pages, const kh_lm *lm);

/* The words of pages with what their trust is made of, one a line, for models/trust.py and for the curious:
 * page, x0 y0 x1 y1 in the reading frame, sort, confidence, likely, times the document has it, trust, text; parted by tabs. */
void kh_trust_write (GString *out, const GPtrArray *pages);

#endif
