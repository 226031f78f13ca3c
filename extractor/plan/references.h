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

/* All references of a text, in order, none twice; kh_reference * in the pool, the list too. */
GPtrArray *kh_references_of (kh_pool *pool, const kh_text *text);

#endif
