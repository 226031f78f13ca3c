/* references.h - documents named in a sentence:
 *
 *   Quyết định số 3504/QĐ-UBND ngày 22/10/2021 của UBND tỉnh ban hành …
 *   type       number          date               issuer
 *
 * A reference needs a number or a date. One type word may carry several (Kế hoạch số 1/KH-UBND ngày … và số
 * 2/KH-UBND ngày …). Number and issuer stay as printed.
 */
#ifndef KH_PLAN_REFERENCES_H
#define KH_PLAN_REFERENCES_H

#include "core/record.h"
#include "viet/fold.h"

/* All references of a text, in order, none twice; kh_reference * in the pool, the list too. */
GPtrArray *kh_references_of (kh_pool *pool, const kh_text *text);

/* The next document number (12/KH-UBND, 71/2022/TT-BTC, 12CTr/TU, 17-NQ/TU, 43/2013/QH13) at or after `from`: folded bytes. */
gboolean kh_document_number_find (const kh_fold *fold, gsize from, gsize *start, gsize *end);

/* The type of document named at folded byte `at` ("quyet dinh"): its proper spelling ("Quyết định"), and how many folded
 * bytes it takes; NULL when none begins there. */
const char *kh_document_type_at (const kh_fold *fold, gsize at, gsize *length);

#endif
