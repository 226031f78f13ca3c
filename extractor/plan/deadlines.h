/* deadlines.h - when a task is due.
 *
 *   Tháng 02/2023   Quý II, III   6 tháng đầu năm     period       start and end
 *   20/6/2024   Dự kiến 10/7/2018                      date         start = end
 *   Trước ngày 10/6/2023   Đến hết tháng 6/2024        date         end only
 *   Thường xuyên   Hằng quý   Trước 15/12 hằng năm     recurring    none, unless years are named
 *   Theo quy định   Khi có yêu cầu   ≤ 20 ngày         conditional  none
 *
 * A month, quarter or day without a year takes the plan's year when the plan covers one year. A text with a date and a
 * duration is dated. The dates of documents that are cited ("Kế hoạch số 9/KH-UBND ngày …") are none of the task's.
 */
#ifndef KH_PLAN_DEADLINES_H
#define KH_PLAN_DEADLINES_H

#include "core/record.h"

/* The year of a plan that lies in one calendar year; 0 when it spans several or is not known. */
int kh_plan_year (const kh_header *header);

/* The deadline that a cell or clause states. Empty text gives KH_DEADLINE_NONE. `doubtful` (may be NULL): TRUE when the text
 * is of no known form; it is then conditional, with low confidence. */
kh_deadline kh_deadline_of (kh_pool *pool, const kh_text *text, const kh_header *header, gboolean *doubtful);

/* Two columns, begin and end: one period with text "A - B". */
kh_deadline kh_deadline_between (kh_pool *pool, const kh_text *begin, const kh_text *end, const kh_header *header, gboolean *doubtful);

#endif
