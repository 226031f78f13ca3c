/* dates.h - days and periods in running text.
 *
 *   ngày 16 tháng 12 năm 2021    22/10/2021    10.6.2023    16-12-2021     a day
 *   tháng 7 năm 2025   tháng 02/2023   7/2025                              a month
 *   quý II/2024   quý 3 năm 2024   6 tháng cuối năm 2025   9 tháng đầu năm a part of a year
 *   năm 2024   các năm 2024 - 2026   giai đoạn 2021-2030   đến năm 2025    years
 *
 * All functions look at the folded text (viet/fold.h), so marks read wrong do no harm; offsets are bytes of
 * the folded text, to be cut out of the original with kh_fold.at / kh_fold_end(). Impossible days (31/4) and
 * years outside 1945-2099 are no dates.
 */
#ifndef KH_PLAN_DATES_H
#define KH_PLAN_DATES_H

#include "viet/fold.h"

/* A day of the calendar; month and day are 0 where they are left blank. */
typedef struct kh_date {
    int year, month, day;
} kh_date;

gboolean kh_date_is_valid (kh_date date);
int kh_date_compare (kh_date a, kh_date b);
int kh_month_days (int year, int month);
/* "2021-12-16", "2025-07", "2025"; NULL for year 0. In the pool. */
char *kh_date_iso (kh_pool *pool, kh_date date);
/* The other way: what is blank ("2021-12", "2021", NULL) is 0. */
kh_date kh_date_of_iso (const char *iso);

typedef enum kh_time_kind {
    KH_TIME_DAY,     /* first = last */
    KH_TIME_MONTH,
    KH_TIME_QUARTER,
    KH_TIME_HALF,    /* 6 tháng đầu/cuối năm, 3/9 tháng đầu năm, đầu/giữa/cuối năm 2024 (kind HALF as well) */
    KH_TIME_YEAR,
    KH_TIME_YEARS,   /* giai đoạn 2021 - 2025; first.year 0 where the beginning is open (đến năm 2020) */
    KH_TIME_SPAN,    /* từ ngày … đến ngày …, tháng 3 - tháng 5/2024, quý I, II/2024: first to last */
} kh_time_kind;

typedef enum kh_time_bound {
    KH_BOUND_NONE,   /* the time itself */
    KH_BOUND_BEFORE, /* trước, chậm nhất, không muộn hơn: only its end is meant; `trước` + a day is that day */
    KH_BOUND_UNTIL,  /* đến, đến hết, tới */
    KH_BOUND_AFTER,  /* từ, sau, kể từ: only its beginning is meant */
} kh_time_bound;

typedef struct kh_time {
    gsize start, end;       /* folded bytes of the whole expression, bound word included */
    gsize bare_start;       /* where it starts without its bound word */
    kh_time_kind kind;
    kh_time_bound bound;
    kh_date first, last;    /* whole days, unless has_year is FALSE (then year 0, month/day set) */
    gboolean has_year;      /* FALSE: "tháng 3", "quý II", "15/6" without a year */
} kh_time;

/* The next expression of time that starts at or after folded byte `from`. The longest at the first place wins. */
gboolean kh_time_find (const kh_fold *fold, gsize from, kh_time *out);
/* The same of one that starts before folded byte `to`: costs no more than that stretch, however long the text. */
gboolean kh_time_find_before (const kh_fold *fold, gsize from, gsize to, kh_time *out);

/* The next full day (day, month, year) only; for references and headers. The end may be followed by anything. */
gboolean kh_day_find (const kh_fold *fold, gsize from, gsize *start, gsize *end, kh_date *date);

/* Does the text name a day that no calendar has: 31/02/2024, ngày 31 tháng 4, 15/13/2024? */
gboolean kh_day_is_impossible (const kh_fold *fold);

/* Puts `year` into a time without one. */
void kh_time_set_year (kh_time *time, int year);

/* "II" / "ii" / "2" -> 2 for quarters and months; 0 when it is neither. `length` bytes. */
int kh_small_number (const char *text, gsize length);

#endif
