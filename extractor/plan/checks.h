/* checks.h - what a record says of itself that cannot all be right. What is found goes to `review`, which trust.h orders; nothing is put right, and
 * only a day that no calendar has is taken out. Run when the record is complete.
 *
 *   date_impossible             the value is null: the paper names a day that does not exist (31/02)
 *   date_unlikely               the plan was issued long after its period ended, or long before it begins
 *   deadline_outside_period     a deadline before the plan's period, or more than a quarter after it
 *   deadline_ends_before_start  a deadline that is over before it begins
 *   section_number_gap          numbers of sections that repeat or leave a gap among their siblings ("1", "1", "3"; "I", "III")
 *   unit_unlike_others          a lead unit named nowhere else, all but spelled like one named often ("Phòng Nghiệp vụ Được" beside ten times "… Dược")
 *
 * Checks of what is cited stand in parts.h (kh_plan_check_references, kh_plan_check_appendices), of targets in targets.h.
 */
#ifndef KH_PLAN_CHECKS_H
#define KH_PLAN_CHECKS_H

#include "core/record.h"

/* Date and period of the header against each other. */
void kh_check_plan_date (kh_pool *pool, kh_record *record);

/* The tasks' deadlines against the calendar and the plan's period. */
void kh_check_deadlines (kh_pool *pool, kh_record *record);

/* Share of the doubt of a number that is left where it is the next of its list. */
#define KH_DOUBT_OF_ORDERED 0.1f

void kh_check_section_numbers (kh_pool *pool, kh_record *record);

void kh_check_units (kh_pool *pool, kh_record *record);

#endif
