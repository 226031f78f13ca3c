/* What a target is compared with.
 *
 *     giảm 10% … so với | năm 2021                     the year
 *     tăng 5% so với    | giai đoạn 2016 - 2020        both ends
 *     tăng 2% so với    | số lượng của năm 2017        as printed, up to the time
 *     tăng 8% so với    | cùng kỳ, năm trước           the plan's period a year before; unknown for a plan of several years
 *     giảm 20% so với   | quy định, hiện nay           as printed; no time
 *
 * Anything else behind "so với" ("so với tổng số hồ sơ") is what a share is taken of, and no baseline.
 */
#include "plan/targets.h"

#include "plan/dates.h"
#include "plan/measures.h"
#include "plan/pattern.h"

#define FURTHEST 500  /* bytes behind a quantity in which it is said */
#define MOST_BYTES 80 /* between "so với" and the time */

/* The same day a year before, as ISO; 29 February becomes the 28th. */
static const char *
year_before (kh_pool *pool, const char *day)
{
    kh_date date = kh_date_of_iso (day);
    if (date.day == 0)
        return NULL;
    return kh_date_iso (pool, (kh_date){ date.year - 1, date.month, MIN (date.day, kh_month_days (date.year - 1, date.month)) });
}

static const char *
whole_day (kh_pool *pool, const kh_time *time, kh_date date)
{
    return time->has_year && date.year > 0 && date.day > 0 ? kh_date_iso (pool, date) : NULL;
}

gboolean
kh_baseline_find (const kh_target_frame *frame, const kh_text *text, const kh_fold *fold, gsize from, gsize to, kh_baseline *baseline,
                  gsize *at)
{
    static GRegex *compared, *known, *stop;
    int places[4];
    const kh_fold near = { fold->str, MIN (to, from + FURTHEST), fold->at, fold->original };
    GRegex *compares = kh_pattern ("\\b(so) (?:voi |(?=cung ky|nam |dau nam|cuoi nam|thoi diem))|\\blan (?=nam 20|cung ky)", &compared);
    do { /* "Sở năm 2022" compares nothing */
        if (!kh_pattern_match (compares, &near, from, places, 2))
            return FALSE;
        from = places[1];
    } while (places[2] >= 0 && !kh_fold_is_printed (fold, places[2], places[3], (const char *const[]){ "so", NULL }));
    gsize start = places[1], end = 0;
    *at = places[0];
    GRegex *stops = kh_pattern ("[;,.)](?: |$)", &stop);
    gsize limit = kh_pattern_match (stops, &near, start, places, 1) ? (gsize)places[0] : near.length;
    kh_time time;
    baseline->start = baseline->end = NULL;
    if (kh_time_find_before (fold, start, limit, &time) && time.end <= limit && time.start - start <= MOST_BYTES) {
        end = time.end;
        baseline->start = time.bound == KH_BOUND_UNTIL ? NULL : whole_day (frame->pool, &time, time.first);
        baseline->end = time.bound == KH_BOUND_AFTER ? NULL : whole_day (frame->pool, &time, time.last);
    } else if (kh_pattern_match (kh_pattern ("\\b(?:((?:cung ky )?nam (?:truoc|ngoai|lien truoc|lien ke)|cung ky)(?: nam (?:truoc|ngoai))?|hien nay|hien "
                                             "tai|hien trang|quy dinh(?: hien hanh| cua phap luat)?|(?:nhiem ky|giai doan) truoc)\\b",
                                             &known),
                                 &near, start, places, 2) &&
               (gsize)places[1] <= limit && (gsize)places[0] - start <= MOST_BYTES) {
        end = places[1];
        if (places[2] >= 0 && frame->year > 0) {
            baseline->start = year_before (frame->pool, frame->plan_start);
            baseline->end = year_before (frame->pool, frame->plan_end);
        }
    }
    if (end == 0)
        return FALSE;
    kh_text printed = kh_text_slice (frame->pool, text, fold->at[start], kh_fold_end (fold, end));
    baseline->text = kh_value_of (frame->pool, &printed);
    return TRUE;
}
