/* checks.h - what a record says of itself that cannot all be right. What is found goes to `review`, behind what the parsers found;
 * no value is changed. Run when the record is complete.
 */
#ifndef KH_PLAN_CHECKS_H
#define KH_PLAN_CHECKS_H

#include "core/record.h"

/* Numbers of sections that repeat or leave a gap among their siblings ("1", "1", "3"; "I", "III"): section_number_gap. */
void kh_check_section_numbers (kh_pool *pool, kh_record *record);

/* Lead units named nowhere else that are all but spelled like one named often ("Phòng Nghiệp vụ Được" beside ten times "… Dược"):
 * unit_unlike_others. */
void kh_check_units (kh_pool *pool, kh_record *record);

#endif
