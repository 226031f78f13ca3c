/* period.h - the time a plan is for: "năm 2024", "giai đoạn 2021-2030", "6 tháng cuối năm 2025". */
#ifndef KH_PLAN_PERIOD_H
#define KH_PLAN_PERIOD_H

#include "core/record.h"
#include "plan/zones.h"

/* header->period_start and _end: from the title, else from the text. */
void kh_plan_period (kh_pool *pool, const kh_zones *zones, kh_header *header);

#endif
