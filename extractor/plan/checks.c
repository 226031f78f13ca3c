#include "plan/checks.h"

#include <stdio.h>

#include "plan/dates.h"
#include "plan/parts.h"
#include "viet/fold.h"

#define YEARS_AHEAD 2  /* a plan is hardly issued longer before its period begins */
#define YEARS_BEHIND 1 /* nor longer after it ended; plans that look back (giám sát, tổng kết) are issued in the year after */

/* "2025", "2025-07", "2025-07-01": what is blank is 0. */
static kh_date
date_of (const char *iso)
{
    kh_date date = { 0 };
    if (iso != NULL)
        sscanf (iso, "%d-%d-%d", &date.year, &date.month, &date.day);
    return date;
}

void
kh_check_header (kh_pool *pool, kh_record *record)
{
    const kh_header *header = &record->header;
    kh_date date = date_of (header->date.text), start = date_of (header->period_start.text), end = date_of (header->period_end.text);
    if (date.year == 0)
        return;
    gboolean late = end.year != 0 && date.year > end.year + YEARS_BEHIND, early = start.year != 0 && date.year < start.year - YEARS_AHEAD;
    if (late || early)
        kh_plan_review (pool, record, "/header/date", "date_unlikely");
}

void
kh_check_deadlines (kh_pool *pool, kh_record *record)
{
    for (guint i = 0; i < record->tasks->len; i++) {
        kh_deadline *deadline = &((kh_task *) g_ptr_array_index (record->tasks, i))->deadline;
        if (deadline->text.text == NULL || !kh_day_is_impossible (kh_fold_new (pool, deadline->text.text)))
            continue;
        deadline->start = deadline->end = NULL;
        kh_plan_review (pool, record, kh_pool_printf (pool, "/tasks/%u/deadline", i), "date_impossible");
    }
}
