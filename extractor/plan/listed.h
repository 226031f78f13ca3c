/* listed.h - a table whose cells came one a line, as text copied out of a document has them.
 *
 *      Stt Lĩnh vực/nhiệm vụ                     the header's cells in sequence tell the columns, row numbers the rows,
 *      Phòng, đơn vị                             and what is said tells the cells:
 *      chủ trì
 *      Thời gian                                 │ Stt │ Lĩnh vực/nhiệm vụ │ Phòng, đơn vị chủ trì │ Thời gian │
 *      1 Rà soát văn bản năm 2023                │ 1   │ Rà soát văn bản   │ Văn phòng Sở          │ Quý I     │
 *      Văn phòng                                 │     │ năm 2023          │                       │           │
 *      Sở Quý I
 */
#ifndef KH_PLAN_LISTED_H
#define KH_PLAN_LISTED_H

#include "core/flow.h"

/* The flow with each such table as one block in place of its lines; the same flow where there is none. Only for flows that are
 * typed. */
const kh_flow *kh_listed_tables (const kh_flow *flow, kh_pool *pool);

#endif
