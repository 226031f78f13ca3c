#include "plan/cited_day.h"

#include <string.h>

#include "plan/pattern.h"

#define MOST_BEFORE 96 /* bytes of fold that may hold what stands before a day, and the day */

/* The whole, day, month, year: of the alternatives the first that fits. The word "ngày" must stand before years of two figures. */
static GRegex *
day_pattern (void)
{
    static GRegex *slot;
#define YEAR "((?:19|20)\\d\\d)(?!\\d|[/.]\\d|/[a-z])"
#define SHORT_YEAR "(\\d\\d)(?!\\d|[/.-] ?\\d|/[a-z])"
    return kh_pattern ("(?<![a-z0-9/.,-])(?|"
                       "(?:ngay ?:? ?)?(\\d{1,2}) ?[/.-] ?(\\d{1,2}) ?[/.-] ?" YEAR
                       "|ngay ?:? ?(\\d{1,2}) ?[/.-] ?(\\d{1,2}) ?[/.-] ?" SHORT_YEAR
                       "|(?:(?:ngay|mung|mong) ?:? ?)?(\\d{1,2}) ?,? ?thang ?(\\d{1,2}) ?(?:,? ?nam ?|[ /.,-]{1,3})" YEAR
                       "|ngay ?(\\d{1,2}) ?,? ?thang ?(\\d{1,2}) ?,? ?nam ?" SHORT_YEAR
                       "|ngay ?[ ._]*()thang ?(\\d{1,2}|)[ ._]*nam ?" YEAR
                       ")", &slot);
}

/* Two figures stand for the year from 1945 on that they end. */
static int
whole_year (int year)
{
    return year >= 100 ? year : year >= 45 ? 1900 + year : 2000 + year;
}

static gboolean
find (const kh_fold *fold, gsize from, gsize limit, kh_cited_day *day)
{
    int place[8];
    kh_fold part = *fold;
    part.length = MIN (fold->length, limit);
    if (!kh_pattern_match (day_pattern (), &part, from, place, 4))
        return FALSE;
    int number[3];
    for (int i = 0; i < 3; i++)
        number[i] = kh_small_number (fold->str + place[2 * i + 2], place[2 * i + 3] - place[2 * i + 2]);
    kh_date date = { whole_year (number[2]), number[1], number[0] };
    gboolean blank = place[3] == place[2];
    gboolean good = kh_date_is_valid (date) && (blank || (date.day > 0 && date.month > 0));
    *day = (kh_cited_day){ place[0], place[1], good ? date : (kh_date){ 0 }, !good };
    return TRUE;
}

gboolean
kh_cited_day_find (const kh_fold *fold, gsize from, gsize limit, kh_cited_day *day)
{
    return find (fold, from, limit, day);
}

gboolean
kh_cited_day_follows (const kh_fold *fold, gsize from, gsize limit, kh_cited_day *day)
{
    if (!find (fold, from, MIN (limit, from + MOST_BEFORE), day))
        return FALSE;
    g_autofree char *between = g_strndup (fold->str + from, day->start - from);
    return KH_FITS (between, "^[ ,:;(-]*(?:(?:tinh|huyen|xa|phuong|tp|thanh pho) ?)?(?:(?:duoc|da|nay) ?)*(?:(?:ky|de|ra|lap|ban hanh|phat hanh|thong qua|phe duyet|cong bo)[ ,]*){0,2}(?:vao ?)?(?:ngay ?)?$");
}
