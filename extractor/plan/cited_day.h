/* cited_day.h - the day of a document that is cited.
 *
 *   ngày 22/10/2021   22 /10/ 2021   ngày 3 tháng 4 năm 2023   ngày 5/3/98     a day; two figures are a year from 1945 on
 *   ngày … tháng 6 năm 2019   ngày   tháng   năm 2026                          what is not left blank
 *   ngày 30/02/2023                                                            `impossible`: no such day
 */
#ifndef KH_PLAN_CITED_DAY_H
#define KH_PLAN_CITED_DAY_H

#include "plan/dates.h"

typedef struct kh_cited_day {
    gsize start, end;    /* folded bytes */
    kh_date date;        /* year 0 when impossible */
    gboolean impossible;
} kh_cited_day;

/* The next day that begins at or after folded byte `from` and ends within `limit`. */
gboolean kh_cited_day_find (const kh_fold *fold, gsize from, gsize limit, kh_cited_day *day);

/* The same, if nothing stands between `from` and it but marks and words such as "ký", "ban hành". */
gboolean kh_cited_day_follows (const kh_fold *fold, gsize from, gsize limit, kh_cited_day *day);

#endif
