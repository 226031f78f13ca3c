/* signed.h - a signature that came as one line.
 *
 *     TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn A
 *
 * Text copied out of a table or off a web page has it so. Each part becomes a line of its own, as on paper.
 */
#ifndef KH_PLAN_SIGNED_H
#define KH_PLAN_SIGNED_H

#include "core/flow.h"

/* The flow with the parts of each such line as blocks; the same flow where there is none. */
const kh_flow *kh_signed_lines (const kh_flow *flow, kh_pool *pool);

#endif
