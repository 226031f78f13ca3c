/* Dates and deadlines that the calendar, or each other, do not allow. */
#include "plan/checks.h"

#include "plan/dates.h"
#include "plan/parts.h"
#include "viet/fold.h"

#define GRACE_DAYS 92  /* a report on the period falls due in the quarter after it */
#define YEARS_AHEAD 2  /* a plan is hardly issued longer before its period begins */
#define YEARS_BEHIND 1 /* nor longer after it ended; plans that look back (giám sát, tổng kết) are issued in the year after */

void
kh_check_plan_date (kh_pool *pool, kh_record *record)
{
    const kh_header *header = &record->header;
    kh_date date = kh_date_of_iso (header->date.text), start = kh_date_of_iso (header->period_start.text), end = kh_date_of_iso (header->period_end.text);
    if (date.year == 0)
        return;
    gboolean late = end.year != 0 && date.year > end.year + YEARS_BEHIND, early = start.year != 0 && date.year < start.year - YEARS_AHEAD;
    if (late || early)
        kh_plan_review (pool, record, "/header/date", "date_unlikely");
}

static const char *const OUTSIDE = "deadline_outside_period";

/* A day as one that compares, blanks as the first; FALSE when there is none. */
static gboolean
day_of (const char *iso, GDate *day)
{
    kh_date date = kh_date_of_iso (iso);
    if (!g_date_valid_dmy (MAX (date.day, 1), MAX (date.month, 1), date.year))
        return FALSE;
    g_date_clear (day, 1);
    g_date_set_dmy (day, MAX (date.day, 1), MAX (date.month, 1), date.year);
    return TRUE;
}

/* Why a dated deadline cannot be right for this plan; NULL. It is OUTSIDE itself where that is why. */
static const char *
fault_of_deadline (const kh_deadline *deadline, const kh_header *header)
{
    GDate first, last, start, end;
    gboolean starts = day_of (deadline->start, &start), ends = day_of (deadline->end, &end);
    if (starts && ends && g_date_compare (&end, &start) < 0)
        return "deadline_ends_before_start";
    if (ends && day_of (header->period_start.text, &first) && g_date_compare (&end, &first) < 0)
        return OUTSIDE;
    if ((!starts && !ends) || !day_of (header->period_end.text, &last))
        return NULL;
    g_date_add_days (&last, GRACE_DAYS);
    return g_date_compare (starts ? &start : &end, &last) > 0 ? OUTSIDE : NULL;
}

/* A plan that is made in one year for another has all its work before its period: then the period says nothing of the deadlines. */
static gboolean
is_work_of_period (const kh_record *record)
{
    guint dated = 0, outside = 0;
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *task = g_ptr_array_index (record->tasks, i);
        dated += task->deadline.start != NULL || task->deadline.end != NULL;
        outside += fault_of_deadline (&task->deadline, &record->header) == OUTSIDE;
    }
    return outside * 3 < dated;
}

void
kh_check_deadlines (kh_pool *pool, kh_record *record)
{
    gboolean of_period = is_work_of_period (record);
    for (guint i = 0; i < record->tasks->len; i++) {
        kh_task *task = g_ptr_array_index (record->tasks, i);
        kh_deadline *deadline = &task->deadline;
        if (deadline->text.text == NULL) { /* an impossible day is none: it stands in the text still */
            if (task->text.text != NULL && kh_day_is_impossible (kh_fold_new (pool, task->text.text)))
                kh_plan_review (pool, record, kh_pool_printf (pool, "/tasks/%u/text", i), "date_impossible");
            continue;
        }
        const char *fault = fault_of_deadline (deadline, &record->header);
        if (fault == OUTSIDE && !of_period)
            fault = NULL;
        if (kh_day_is_impossible (kh_fold_new (pool, deadline->text.text))) {
            deadline->start = deadline->end = NULL;
            fault = "date_impossible";
        }
        if (fault != NULL)
            kh_plan_review (pool, record, kh_pool_printf (pool, "/tasks/%u/deadline", i), fault);
    }
}
