/* By when.
 *
 *   "đến năm 2025, giảm 10% … so với năm 2021"     2025: what follows "so với" is compared with, not promised
 *   "đạt 92% vào cuối quý II/2024"                  2024-06-30: nothing before, so the nearest behind
 *   "50% vào năm 2025 và 80% vào năm 2030"          each has its own right behind it
 *   "từ năm 2021 không còn …"                       2021-12-31: an open period ends with the first year it names
 *   "Quyết định số 5/QĐ-UBND ngày 12/3/2024"        a day counts only behind "trước", "đến", "vào"
 *   "Chương trình … giai đoạn 2021 - 2030"           the period of another paper is not the plan's
 *   "100% …, báo cáo trước ngày 15/11"               when to report is not when it is due
 */
#include "plan/targets.h"

#include "plan/dates.h"
#include "plan/measures.h"
#include "plan/pattern.h"

#include <string.h>

enum pattern { COMPARED, SO, CITED, REPORTED, STARTS, OF_THE_YEAR, BARE_YEAR, JOINS, N_PATTERNS };

static const char *const sources[N_PATTERNS] = {
    [COMPARED] = "\\b(?:so voi|cung ky|nhu|bang voi|gap [0-9.,]+ lan|bang [0-9.,]+ ?%)(?![a-z])[^;,]*$",
    [SO] = "\\bso $", /* "tăng 5% so năm 2022" */
    [CITED] = "\\b(?:chuong trinh|ke hoach|de an|chien luoc|nghi quyet|quyet dinh|chi thi|du an)\\b[^;,]*$",
    [REPORTED] = "(?:^|[,;]) ?(?:tong hop,? )?(?:va )?bao cao\\b[^;.]{0,40}$",  /* when to tell of it, not when it is due */
    [STARTS] = "\\G ?(?::|dat\\b|phan dau\\b|hoan thanh\\b|giam\\b|tang\\b)", /* "30/6/2025 đạt 50%" */
    [OF_THE_YEAR] = "\\b(?:ca|het|cuoi|trong) nam\\b(?! (?:\\d|hoc|truoc|qua|sau|nay|lien))",
    [BARE_YEAR] = "(?:\\b(?:den|vao|het)|^|[,;]) ?(20[2-4]\\d)(?=[,:]? (?:co|dat|la|phan dau|tang|giam|con|hoan thanh)\\b|[,;.]? ?$)",
    [JOINS] = "^(?: (?:vao|trong|den|cho den|o|cua|tai|ke tu|tu|thoi diem))*[ (]*$", /* between a quantity and its own time */
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    return kh_pattern (sources[which], &compiled[which]);
}

static gboolean
has (enum pattern which, const kh_fold *fold, gsize from, gsize to)
{
    return from <= to && g_regex_match_full (pattern (which), fold->str + from, to - from, 0, 0, NULL, NULL);
}

/* Does what stands around a time within its clause make it one that promises nothing? */
static gboolean
promises_nothing (const kh_fold *fold, gsize from, const kh_time *time)
{
    if (has (COMPARED, fold, from, time->start) ||
        (has (SO, fold, from, time->start) &&
         kh_fold_is_printed (fold, time->start - 3, time->start - 1, (const char *const[]){ "so", NULL })))
        return TRUE;
    if (time->kind == KH_TIME_DAY && time->bound != KH_BOUND_BEFORE && time->bound != KH_BOUND_UNTIL &&
        !(time->bare_start >= 4 && (strncmp (fold->str + time->bare_start - 4, "vao ", 4) == 0)) &&
        !g_regex_match_full (pattern (STARTS), fold->str, fold->length, time->end, 0, NULL, NULL))
        return TRUE;
    if (time->kind == KH_TIME_DAY && has (REPORTED, fold, from, time->start))
        return TRUE;
    return time->kind == KH_TIME_YEARS && has (CITED, fold, from, time->start);
}

/* A year at the bytes [start, end) as a time. */
static kh_time
whole_year (gsize start, gsize end, int year)
{
    kh_time time = { .start = start, .end = end, .bare_start = start, .kind = KH_TIME_YEAR, .has_year = TRUE };
    time.first = (kh_date){ year, 1, 1 };
    time.last = (kh_date){ year, 12, 31 };
    return time;
}

/* The next time at or after `from`; "cả năm", "hết năm" are the one year of the plan, "đến 2025 có" names one, too. */
static gboolean
find_time (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, kh_time *time)
{
    int places[4];
    gboolean found = kh_time_find_before (fold, from, to, time);
    const kh_fold until = { fold->str, found ? MIN (time->start, to) : to, fold->at, fold->original };
    if (frame->year > 0 && kh_pattern_match (pattern (OF_THE_YEAR), &until, from, places, 1)) {
        *time = whole_year (places[0], places[1], frame->year);
        found = TRUE;
    }
    if (kh_pattern_match (pattern (BARE_YEAR), &until, from, places, 2) && (!found || (gsize)places[3] < time->start)) {
        *time = whole_year (places[0], places[3], atoi (fold->str + places[2]));
        found = TRUE;
    }
    return found;
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
    while (from < to && find_time (frame, fold, from, to, time) && time->start < to) {
        const char *day = promises_nothing (fold, clause, time) ? NULL : last_day (frame, *time);
        if (day != NULL)
            return day;
        from = MAX (time->end, from + 1);
    }
    return NULL;
}

/* Does a quantity stand right before the time, so that it is the time of that one? Not before `from`. */
static gboolean
has_its_own (const kh_fold *fold, gsize from, const kh_time *time)
{
    kh_quantity q;
    for (gsize at = from; kh_quantity_find (fold, at, &q) && q.end <= time->start; at = MAX (q.end, at + 1))
        if (has (JOINS, fold, q.end, time->start))
            return TRUE;
    return FALSE;
}

const char *
kh_due_near (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, const kh_quantity *q)
{
    gsize at = q != NULL ? q->number_start : 0, end = q != NULL ? q->end : 0;
    const char *before = NULL, *day;
    kh_time time;
    for (gsize place = from; (day = next_day (frame, fold, from, place, to, &time)) != NULL; place = time.end) {
        if (is_past (frame, day))
            continue;
        if (q == NULL)
            return day;
        if (time.start < at) {
            before = day;
            continue;
        }
        if (time.start >= q->number_end && has (JOINS, fold, MIN (end, time.start), time.start)) /* "50% vào năm 2025": nearer than what was said before */
            return day;
        return before != NULL || has_its_own (fold, end, &time) ? before : day;
    }
    return before;
}

const char *
kh_due_of_heading (const kh_target_frame *frame, const char *title)
{
    kh_fold *fold = kh_fold_new (frame->pool, title);
    return kh_due_near (frame, fold, 0, fold->length, NULL);
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
