/* By when.
 *
 *   "đến năm 2025, giảm 10% … so với năm 2021"     2025: what follows "so với" is compared with, not promised
 *   "đạt 92% vào cuối quý II/2024"                  2024-06-30: nothing before, so the nearest behind
 *   "từ năm 2021 không còn …"                       2021-12-31: an open period ends with the first year it names
 *   "Quyết định số 5/QĐ-UBND ngày 12/3/2024"        a day counts only behind "trước", "đến", "vào"
 *   "Chương trình … giai đoạn 2021 - 2030"           the period of another paper is not the plan's
 */
#include "plan/targets.h"

#include "plan/dates.h"

#include <string.h>

/* What stands before a time within its clause makes it one that promises nothing. */
static gboolean
is_compared_or_cited (const kh_fold *fold, gsize from, const kh_time *time)
{
    static GRegex *compared, *cited;
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        compared = g_regex_new ("\\b(?:so voi|cung ky|nhu|bang voi)\\b[^;,]*$", G_REGEX_OPTIMIZE, 0, NULL);
        cited = g_regex_new ("\\b(?:chuong trinh|ke hoach|de an|chien luoc|nghi quyet|quyet dinh|chi thi|du an)\\b[^;,]*$",
                             G_REGEX_OPTIMIZE, 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    const char *before = fold->str + from;
    gssize length = time->start - from;
    if (g_regex_match_full (compared, before, length, 0, 0, NULL, NULL))
        return TRUE;
    if (time->kind == KH_TIME_DAY && time->bound != KH_BOUND_BEFORE && time->bound != KH_BOUND_UNTIL &&
        !(time->bare_start >= 4 && (strncmp (fold->str + time->bare_start - 4, "vao ", 4) == 0)))
        return TRUE;
    return time->kind == KH_TIME_YEARS && g_regex_match_full (cited, before, length, 0, 0, NULL, NULL);
}

/* The day a time ends on; NULL without a year that can be known. */
static const char *
last_day (const kh_target_frame *frame, kh_time time)
{
    if (!time.has_year && frame->year == 0)
        return NULL;
    if (!time.has_year)
        kh_time_set_year (&time, frame->year);
    kh_date last = time.last;
    if (time.bound == KH_BOUND_AFTER && time.first.year > 0) {
        if (time.kind != KH_TIME_YEAR && time.kind != KH_TIME_YEARS)
            return NULL;
        last = (kh_date){ time.first.year, 12, 31 };
    }
    return last.year == 0 || last.day == 0 ? NULL : kh_date_iso (frame->pool, last);
}

static gboolean
is_past (const kh_target_frame *frame, const char *day)
{
    return frame->plan_start != NULL && strcmp (day, frame->plan_start) < 0;
}

/* The next time in [from, to) that may say when something is due; its day. */
static const char *
next_day (const kh_target_frame *frame, const kh_fold *fold, gsize clause, gsize from, gsize to, kh_time *time)
{
    while (from < to && kh_time_find (fold, from, time) && time->start < to) {
        const char *day = is_compared_or_cited (fold, clause, time) ? NULL : last_day (frame, *time);
        if (day != NULL)
            return day;
        from = MAX (time->end, from + 1);
    }
    return NULL;
}

const char *
kh_due_near (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, gsize at)
{
    const char *before = NULL, *day;
    kh_time time;
    for (gsize place = from; (day = next_day (frame, fold, from, place, to, &time)) != NULL; place = time.end) {
        if (is_past (frame, day))
            continue;
        if (time.start >= at)
            return before != NULL ? before : day;
        before = day;
    }
    return before;
}

const char *
kh_due_of_heading (const kh_target_frame *frame, const char *title)
{
    kh_fold *fold = kh_fold_new (frame->pool, title);
    return kh_due_near (frame, fold, 0, fold->length, 0);
}

gboolean
kh_due_is_past (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, gsize at)
{
    const char *day;
    kh_time time;
    gboolean past = FALSE;
    for (gsize place = from; (day = next_day (frame, fold, from, place, to, &time)) != NULL; place = time.end) {
        if (!is_past (frame, day))
            return FALSE;
        past = past || time.start < at || time.kind != KH_TIME_DAY;
    }
    return past;
}
