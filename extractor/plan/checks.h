/* checks.h - dates that contradict the calendar or each other are told, in review; none is put right.
 *
 *   date_impossible   the value is null: the paper names a day that no calendar has (31/02)
 *   date_unlikely     the value stays: the plan was issued long after its period ended, or long before it begins
 */
#ifndef KH_PLAN_CHECKS_H
#define KH_PLAN_CHECKS_H

#include "core/record.h"

/* Date and period of the header against each other. */
void kh_check_header (kh_pool *pool, kh_record *record);

/* The tasks' deadlines against the calendar. */
void kh_check_deadlines (kh_pool *pool, kh_record *record);

#endif
