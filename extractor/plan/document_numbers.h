/* document_numbers.h - numbers of documents in a text.
 *
 *   3504/QĐ-UBND   71/2022/TT-BTC   12CTr/TU   17-NQ/TU   43/2013/QH13   894/VP-KTTH   1308/QĐ/BTC   66.2/2025/NQ-CP
 *
 * A code has capitals ("7/Bổ sung" is no number); numbers of forms, standards and annexes (Mẫu số 03/TNDN, QCVN 06:2022/BXD) are none.
 */
#ifndef KH_PLAN_DOCUMENT_NUMBERS_H
#define KH_PLAN_DOCUMENT_NUMBERS_H

#include "viet/fold.h"

/* The next document number at or after `from`: folded bytes. */
gboolean kh_document_number_find (const kh_fold *fold, gsize from, gsize *start, gsize *end);

/* `number` without the spaces that a line's end or an engine put into it ("66/2018/QĐ- UBND"); in the pool. */
const char *kh_document_number_closed (kh_pool *pool, const char *number);

#endif
