/* document_types.h - kinds of documents by name (Quyết định) and by the code in their numbers (QĐ).
 *
 * Names and codes are those of Nghị định 30/2020/NĐ-CP, annex III, of Hướng dẫn 36-HD/VPTW (papers of the Party), and what was in
 * use before them.
 */
#ifndef KH_PLAN_DOCUMENT_TYPES_H
#define KH_PLAN_DOCUMENT_TYPES_H

#include "viet/fold.h"

/* The type of document named at folded byte `at` ("quyet dinh"): its proper spelling ("Quyết định"), and how many folded
 * bytes it takes; NULL when none begins there. */
const char *kh_document_type_at (const kh_fold *fold, gsize at, gsize *length);

/* Is it an act of the National Assembly (Luật, Bộ luật, Pháp lệnh, Hiến pháp): one that has a name, not an issuer? */
gboolean kh_document_type_is_law (const char *name);

/* The type that a document number tells by its code ("71/KH-STP" -> "Kế hoạch"); NULL when it tells none. */
const char *kh_document_type_of_number (const char *number);

/* `number` as an engine read it, put right where it has one letter of a code wrong: the code of `type`, which is spelled out before
 * the number ("Nghị quyết số 76/NNQ-CP"), and codes of well-known bodies. Digits are never touched. In the pool, or `number`. */
const char *kh_document_number_healed (kh_pool *pool, const char *number, const char *type);

#endif
