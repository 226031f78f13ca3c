/* misread.h - what the OCR engine takes for what, and how often: counted on pages whose text is known (models/ocr_errors.py).
 *
 * All costs are -ln of a share. Those of marks, letters and words are against the share of words with any misread mark, so that
 * cost of an error + cost of this error = -ln p of reading one for the other.
 */
#ifndef KH_VIET_MISREAD_H
#define KH_VIET_MISREAD_H

#include "viet/letters.h"
#include "viet/lm.h"

typedef struct kh_misread kh_misread;

kh_misread *kh_misread_new (const kh_lm *lm);
void kh_misread_free (kh_misread *misread);

/* Of any error in a word that was read with this confidence. */
double kh_misread_error (float confidence);

/* Of reading the marks of one letter for those of another; both have the same base. */
double kh_misread_mark (const kh_misread *misread, kh_letter printed, kh_letter read);

/* Of reading a whole word for another, where that is a habit of the engine's (chỉ for chi): FALSE where it is none. */
gboolean kh_misread_word (const kh_misread *misread, guint16 printed, guint16 read, double *cost);

/* The bases that are read as this one; the `i`-th, its cost in `cost`; -1 when there are no more. */
int kh_misread_letter (guint8 read, guint i, double *cost);

/* Of reading a speck as this sign, where none is printed. INFINITY for a sign that is hardly ever a speck. */
double kh_misread_speck (gunichar sign);

#endif
