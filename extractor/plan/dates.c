/* dates.c - how an expression of time is read.
 *
 *   1. From each place where a word or number begins: a bound word (trước, đến hết, từ …), if one stands there.
 *   2. Behind it an *atom*: the first of the patterns below that fits (they go from the fullest to the barest).
 *   3. Behind the atom a joining word and a second atom of the same kind: "tháng 3 - tháng 5/2024", "từ ngày 1/3 đến ngày
 *      15/3/2024". What the first lacks (year, month) it takes from the second.
 */
#include "plan/dates.h"

#include <stdio.h>
#include <string.h>

#define YEAR "(?:((?:19|20)\\d\\d)(?!\\d|[/.]\\d|/[a-z]))"
#define BOUNDARY "(?![a-z0-9])"

int
kh_month_days (int year, int month)
{
    return month < 1 || month > 12 || year < 1 ? 0 : g_date_get_days_in_month (month, year);
}

gboolean
kh_date_is_valid (kh_date date)
{
    if (date.year < 1945 || date.year > 2099 || date.month < 0 || date.month > 12)
        return FALSE;
    if (date.month == 0)
        return date.day == 0;
    return date.day >= 0 && date.day <= kh_month_days (date.year, date.month);
}

int
kh_date_compare (kh_date a, kh_date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return a.day == b.day ? 0 : a.day < b.day ? -1 : 1;
}

char *
kh_date_iso (kh_pool *pool, kh_date date)
{
    if (date.year == 0)
        return NULL;
    if (date.month == 0)
        return kh_pool_printf (pool, "%04d", date.year);
    if (date.day == 0)
        return kh_pool_printf (pool, "%04d-%02d", date.year, date.month);
    return kh_pool_printf (pool, "%04d-%02d-%02d", date.year, date.month, date.day);
}

kh_date
kh_date_of_iso (const char *iso)
{
    kh_date date = { 0 };
    if (iso != NULL)
        sscanf (iso, "%d-%d-%d", &date.year, &date.month, &date.day);
    return date;
}

int
kh_small_number (const char *text, gsize length)
{
    static const char *const roman[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii" };
    if (length == 0 || length > 4)
        return 0;
    if (g_ascii_isdigit (*text)) {
        int value = 0;
        for (gsize i = 0; i < length; i++) {
            if (!g_ascii_isdigit (text[i]))
                return 0;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }
    for (guint i = 0; i < G_N_ELEMENTS (roman); i++)
        if (strlen (roman[i]) == length && g_ascii_strncasecmp (roman[i], text, length) == 0)
            return i + 1;
    return 0;
}

/* --- patterns ------------------------------------------------------------------------------- */

enum pattern {
    DAY_WORDS,   /* ngày 16 tháng 12 năm 2021 */
    DAY_FIGURES, /* 22/10/2021 */
    DAYS,        /* 15 - 20/3/2024, từ ngày 10 đến ngày 15 tháng 3 năm 2024 */
    PART,        /* 6 tháng đầu năm 2025 */
    MONTH,       /* tháng 7 năm 2025 */
    MONTH_BARE,  /* 7/2025 */
    QUARTER,     /* quý II/2024 */
    YEARS,       /* giai đoạn 2021 - 2025 */
    YEARS_OPEN,  /* giai đoạn đến năm 2025 */
    YEAR_ONE,    /* năm 2024 */
    EDGE,        /* đầu năm 2024 */
    DAY_NO_YEAR, /* ngày 15/6, ngày 15 tháng 6 */
    BOUND,
    JOIN,
    NUMBER_ONLY, /* the second of "tháng 3, 4/2024" */
    N_PATTERNS
};

static const char *const sources[N_PATTERNS] = {
    [DAY_WORDS] = "(?:(?:ngay|mung|mong) ?)?(\\d{1,2}) ?,? ?thang ?(\\d{1,2}) ?(?:,? ?nam ?|[ /.,-]{1,3})" YEAR,
    [DAY_FIGURES] = "(?:ngay ?)?(\\d{1,2}) ?[/.-] ?(\\d{1,2}) ?[/.-] ?" YEAR,
    [DAYS] = "(?:ngay ?)?(\\d{1,2}) ?(?:-|den ngay|den|va|va ngay|toi) ?(?:ngay ?)?(\\d{1,2})(?: ?/ ?| thang )(\\d{1,2})(?:(?: ?/ ?| nam )" YEAR ")?",
    [PART] = "0?([369]|sau|ba|chin) thang (dau|cuoi)(?: cua)?(?: nam)? ?" YEAR "?",
    [MONTH] = "thang ?(\\d{1,2})(?: ?[/.-] ?| ?,? ?nam | )" YEAR,
    [MONTH_BARE] = "(\\d{1,2}) ?/ ?" YEAR,
    [QUARTER] = "quy ?(i{1,3}|iv|[1-4])(?: ?[/.,-] ?(?:nam )?| ?,? ?nam | )" YEAR,
    [YEARS] = "(?:(?:giai doan|nhiem ky|thoi ky|cac nam|nam hoc|trong nam|nam|tu nam|tu) ?)*(?:tu )?(?:nam )?((?:19|20)\\d\\d) ?(?:-|den nam|den|toi nam|va nam|va|, ?nam|,) ?" YEAR,
    [YEARS_OPEN] = "(?:giai doan|thoi ky) (?:den|toi)(?: het| cuoi)*(?: nam)? " YEAR,
    [YEAR_ONE] = "(?:trong |ca )?nam ?" YEAR,
    [EDGE] = "((?<!phan )dau|giua|cuoi|nua dau|nua cuoi) nam " YEAR,
    [DAY_NO_YEAR] = "(?:ngay ?)?(\\d{1,2})(?: ?/ ?| thang )(\\d{1,2})(?! ?[/.]? ?\\d|/)",
    [BOUND] = "(?:(truoc|cham nhat|muon nhat|khong muon hon|khong cham hon|khong qua|han cuoi|thoi han cuoi|hoan thanh truoc)|"
              "(den truoc|den het|den cuoi|den|toi het|toi|het)|(ke tu|bat dau tu|bat dau|tu sau|tu|sau))"
              "(?: (?:la|trong|vao|ngay dau|thoi diem|het|truoc|cuoi))*[ :]+",
    [JOIN] = " ?(-|den|toi|va|,|&|;) ?(?:het |cuoi )?",
    [NUMBER_ONLY] = "(i{1,3}|iv|\\d{1,2})(?:(?: ?[/.-] ?| ?,? ?nam )" YEAR ")?" BOUNDARY,
};

#define FIGURES "0123456789"

/* What a match begins with: most places of a text are none of it, and need no matcher. */
static const char *const BEGINNINGS[N_PATTERNS] = {
    [DAY_WORDS] = "nm" FIGURES, [DAY_FIGURES] = "n" FIGURES, [DAYS] = "n" FIGURES, [PART] = "0369sbc",     [MONTH] = "t",
    [MONTH_BARE] = FIGURES,     [QUARTER] = "q",             [YEARS] = "gntc12",   [YEARS_OPEN] = "gt",    [YEAR_ONE] = "tcn",
    [EDGE] = "dgcn",            [DAY_NO_YEAR] = "n" FIGURES, [BOUND] = "tcmkhdbs", [JOIN] = " -dtv,&;",    [NUMBER_ONLY] = "i" FIGURES,
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        for (int i = 0; i < N_PATTERNS; i++)
            compiled[i] = g_regex_new (sources[i], G_REGEX_RAW | G_REGEX_OPTIMIZE, G_REGEX_MATCH_ANCHORED, NULL);
        g_once_init_leave (&ready, 1);
    }
    return compiled[which];
}

/* A match: up to 4 groups as numbers, with the raw first one, and its end. */
typedef struct found {
    gsize end;
    int number[5];
    char first[16];
} found;

static gboolean
match (enum pattern which, const kh_fold *fold, gsize at, found *out)
{
    g_autoptr (GMatchInfo) info = NULL;
    *out = (found){ 0 };
    if (at >= fold->length || strchr (BEGINNINGS[which], fold->str[at]) == NULL)
        return FALSE;
    if (!g_regex_match_full (pattern (which), fold->str, fold->length, at, 0, &info, NULL))
        return FALSE;
    int end = 0;
    g_match_info_fetch_pos (info, 0, NULL, &end);
    out->end = end;
    for (int i = 1; i < 5; i++) {
        int from, to;
        if (!g_match_info_fetch_pos (info, i, &from, &to) || from < 0)
            continue;
        out->number[i] = kh_small_number (fold->str + from, to - from);
        if (i == 1)
            g_strlcpy (out->first, fold->str + from, MIN (sizeof out->first, (gsize) (to - from) + 1));
    }
    return TRUE;
}

/* --- atoms ---------------------------------------------------------------------------------- */

static void
set_months (kh_time *time, kh_time_kind kind, int first, int last, int year)
{
    time->kind = kind;
    time->first = (kh_date){ year, first, 1 };
    time->last = (kh_date){ year, last, kh_month_days (year, last) };
    time->has_year = year != 0;
}

static gboolean
is_year (int year)
{
    return year >= 1945 && year <= 2099;
}

static gboolean
take_day (const found *m, kh_time *time)
{
    kh_date date = { m->number[3], m->number[2], m->number[1] };
    if (!kh_date_is_valid (date) || date.day == 0 || date.month == 0)
        return FALSE;
    *time = (kh_time){ .kind = KH_TIME_DAY, .first = date, .last = date, .has_year = TRUE, .end = m->end };
    return TRUE;
}

/* Is a bare figure expression at `at` part of something longer (71/2022/TT-BTC, 2.1.3)? */
static gboolean
is_inside (const kh_fold *fold, gsize at)
{
    return at > 0 && strchr ("0123456789/.", fold->str[at - 1]) != NULL && g_ascii_isdigit (fold->str[at]);
}

static gboolean
ends_clean (const kh_fold *fold, gsize end)
{
    char c = fold->str[end];
    return !g_ascii_isalnum (c) && !(c == '/' && g_ascii_isalnum (fold->str[end + 1]));
}

/* The time at `at`, without bound or span. `bound`: a bound word stands before it. */
static gboolean
read_atom (const kh_fold *fold, gsize at, gboolean bound, kh_time *time)
{
    found m;
    if (is_inside (fold, at))
        return FALSE;
    *time = (kh_time){ 0 };
    if ((match (DAY_WORDS, fold, at, &m) || match (DAY_FIGURES, fold, at, &m)) && take_day (&m, time))
        return TRUE;
    if (match (DAYS, fold, at, &m) && m.number[1] < m.number[2] && ends_clean (fold, m.end)) {
        gboolean named = bound || strncmp (fold->str + at, "ngay", 4) == 0 || m.number[4] != 0;
        int year = m.number[4];
        kh_date first = { year ? year : 2024, m.number[3], m.number[1] }, last = { first.year, m.number[3], m.number[2] };
        if (named && first.month && kh_date_is_valid (first) && kh_date_is_valid (last)) {
            first.year = last.year = year;
            *time = (kh_time){ .kind = KH_TIME_SPAN, .first = first, .last = last, .has_year = year != 0, .end = m.end };
            return TRUE;
        }
    }
    if (match (PART, fold, at, &m)) {
        int months = m.number[1] ? m.number[1] : m.first[0] == 's' ? 6 : m.first[0] == 'b' ? 3 : 9;
        g_autofree char *words = g_strndup (fold->str + at, m.end - at);
        int year = m.number[3];
        if (strstr (words, "dau") != NULL)
            set_months (time, KH_TIME_HALF, 1, months, year);
        else
            set_months (time, KH_TIME_HALF, 13 - months, 12, year);
        time->end = m.end;
        while (time->end > at && fold->str[time->end - 1] == ' ')
            time->end--;
        return TRUE;
    }
    if (match (MONTH, fold, at, &m) && m.number[1] >= 1 && m.number[1] <= 12 && is_year (m.number[2])) {
        set_months (time, KH_TIME_MONTH, m.number[1], m.number[1], m.number[2]);
        time->end = m.end;
        return TRUE;
    }
    if (match (MONTH_BARE, fold, at, &m) && m.number[1] >= 1 && m.number[1] <= 12 && is_year (m.number[2]) && ends_clean (fold, m.end)) {
        set_months (time, KH_TIME_MONTH, m.number[1], m.number[1], m.number[2]);
        time->end = m.end;
        return TRUE;
    }
    if (match (QUARTER, fold, at, &m) && is_year (m.number[2])) {
        set_months (time, KH_TIME_QUARTER, 3 * m.number[1] - 2, 3 * m.number[1], m.number[2]);
        time->end = m.end;
        return TRUE;
    }
    if (match (YEARS, fold, at, &m) && m.number[1] < m.number[2] && m.number[2] - m.number[1] <= 50 && is_year (m.number[1])) {
        set_months (time, KH_TIME_YEARS, 1, 12, m.number[2]);
        time->first.year = m.number[1];
        time->end = m.end;
        return TRUE;
    }
    if (match (YEARS_OPEN, fold, at, &m) && is_year (m.number[1])) {
        set_months (time, KH_TIME_YEARS, 1, 12, m.number[1]);
        time->first = (kh_date){ 0 };
        time->bound = KH_BOUND_UNTIL;
        time->end = m.end;
        return TRUE;
    }
    if (match (EDGE, fold, at, &m) && is_year (m.number[2])) {
        int first = strstr (m.first, "cuoi") ? 7 : m.first[0] == 'g' ? 4 : 1;
        set_months (time, KH_TIME_HALF, first, first == 7 ? 12 : first == 4 ? 9 : 6, m.number[2]);
        time->end = m.end;
        return TRUE;
    }
    if (match (YEAR_ONE, fold, at, &m) && is_year (m.number[1])) {
        set_months (time, KH_TIME_YEAR, 1, 12, m.number[1]);
        time->end = m.end;
        return TRUE;
    }
    /* without a year */
    gboolean named = strncmp (fold->str + at, "ngay", 4) == 0;
    if (match (DAY_NO_YEAR, fold, at, &m) && ends_clean (fold, m.end)) {
        kh_date date = { 2024, m.number[2], m.number[1] };
        gboolean alone = at == 0 && (m.end == fold->length || strncmp (fold->str + m.end, " hang nam", 9) == 0);
        if ((named || bound || alone || strstr (fold->str + at, " thang ") == fold->str + at + 2) && date.day && date.month && kh_date_is_valid (date)) {
            date.year = 0;
            *time = (kh_time){ .kind = KH_TIME_DAY, .first = date, .last = date, .end = m.end };
            return TRUE;
        }
    }
    if (strncmp (fold->str + at, "thang ", 6) == 0 && match (NUMBER_ONLY, fold, at + 6, &m) && m.number[1] >= 1 && m.number[1] <= 12 &&
        g_ascii_isdigit (fold->str[at + 6]) && ends_clean (fold, m.end)) {
        set_months (time, KH_TIME_MONTH, m.number[1], m.number[1], 0);
        time->end = m.end;
        return TRUE;
    }
    if (strncmp (fold->str + at, "quy ", 4) == 0 && match (NUMBER_ONLY, fold, at + 4, &m) && m.number[1] >= 1 && m.number[1] <= 4 && ends_clean (fold, m.end)) {
        set_months (time, KH_TIME_QUARTER, 3 * m.number[1] - 2, 3 * m.number[1], 0);
        time->end = m.end;
        return TRUE;
    }
    return FALSE;
}

/* --- spans ---------------------------------------------------------------------------------- */

static gboolean
is_partial (kh_time_kind kind)
{
    return kind == KH_TIME_MONTH || kind == KH_TIME_QUARTER || kind == KH_TIME_DAY;
}

/* The second half of a span: an atom of the same kind, or a bare number of it ("tháng 3, 4/2024"). */
static gboolean
read_second (const kh_fold *fold, gsize at, const kh_time *one, kh_time *two)
{
    found m;
    if (read_atom (fold, at, TRUE, two))
        return two->kind == one->kind || (one->kind == KH_TIME_DAY && two->kind == KH_TIME_SPAN);
    if (one->kind == KH_TIME_DAY || !match (NUMBER_ONLY, fold, at, &m) || !ends_clean (fold, m.end) || m.number[1] == 0)
        return FALSE;
    int per = one->kind == KH_TIME_QUARTER ? 3 : 1;
    if (m.number[1] * per > 12 || (per == 1) != g_ascii_isdigit (fold->str[at]))
        return FALSE;
    set_months (two, one->kind, m.number[1] * per - per + 1, m.number[1] * per, m.number[2]);
    two->end = m.end;
    return TRUE;
}

static void
join_spans (const kh_fold *fold, kh_time *time)
{
    kh_time_kind kind = time->kind;
    for (int more = 0; is_partial (kind) && more < 12; more++) {
        found join;
        kh_time two = { 0 };
        if (!match (JOIN, fold, time->end, &join))
            return;
        gboolean through = strchr ("-dt", join.first[0]) != NULL; /* - đến tới, not "," và */
        kh_time one = *time;
        one.kind = kind;
        if (!through && (one.has_year || one.kind == KH_TIME_DAY))
            return;
        gsize at = join.end;
        if (!read_second (fold, at, &one, &two) || two.bound != KH_BOUND_NONE)
            return;
        if (!one.has_year && two.has_year)
            kh_time_set_year (&one, two.first.month < one.first.month && through ? two.first.year - 1 : two.first.year);
        else if (one.has_year && !two.has_year)
            kh_time_set_year (&two, one.last.year);
        if (kh_date_compare (one.first, two.last) >= 0)
            return;
        *time = (kh_time){ .start = time->start, .bare_start = time->bare_start, .kind = KH_TIME_SPAN, .bound = time->bound,
                           .first = one.first, .last = two.last, .has_year = two.has_year || one.has_year, .end = two.end };
        if (through)
            return;
    }
}

void
kh_time_set_year (kh_time *time, int year)
{
    if (time->has_year)
        return;
    time->first.year = time->last.year = year;
    if (time->first.day > kh_month_days (year, time->first.month))
        time->first.day = kh_month_days (year, time->first.month);
    if (time->last.day == 0 || time->last.day > kh_month_days (year, time->last.month))
        time->last.day = kh_month_days (year, time->last.month);
    time->has_year = TRUE;
}

/* --- the search ----------------------------------------------------------------------------- */

static gboolean
begins_here (const kh_fold *fold, gsize at)
{
    char c = fold->str[at], before = at > 0 ? fold->str[at - 1] : ' ';
    if (!g_ascii_isalnum (c) || strchr ("0123456789abcdghkmnqst", c) == NULL)
        return FALSE;
    return !g_ascii_isalnum (before) || (g_ascii_isdigit (c) && !g_ascii_isdigit (before));
}

gboolean
kh_time_find (const kh_fold *fold, gsize from, kh_time *out)
{
    return kh_time_find_before (fold, from, fold->length, out);
}

gboolean
kh_time_find_before (const kh_fold *fold, gsize from, gsize to, kh_time *out)
{
    for (gsize at = from; at < MIN (to, fold->length); at++) {
        found m;
        if (!begins_here (fold, at))
            continue;
        kh_time_bound bound = KH_BOUND_NONE;
        gsize bare = at;
        if (!g_ascii_isdigit (fold->str[at]) && match (BOUND, fold, at, &m)) {
            g_autofree char *words = g_strndup (fold->str + at, m.end - at);
            gboolean after = strncmp (words, "tu", 2) == 0 || strncmp (words, "ke", 2) == 0 || strncmp (words, "sau", 3) == 0 || strncmp (words, "bat", 3) == 0;
            gboolean until = strncmp (words, "den", 3) == 0 || strncmp (words, "toi", 3) == 0 || strncmp (words, "het", 3) == 0;
            bound = strstr (words, "truoc") != NULL ? KH_BOUND_BEFORE : after ? KH_BOUND_AFTER : until ? KH_BOUND_UNTIL : KH_BOUND_BEFORE;
            bare = m.end;
        }
        kh_time time;
        gboolean got = bound != KH_BOUND_NONE && read_atom (fold, bare, TRUE, &time);
        if (!got) {
            bound = KH_BOUND_NONE;
            bare = at;
            got = read_atom (fold, at, FALSE, &time);
        }
        if (!got)
            continue;
        time.start = at;
        time.bare_start = bare;
        if (time.bound == KH_BOUND_NONE)
            time.bound = bound;
        join_spans (fold, &time);
        if (time.kind == KH_TIME_SPAN && time.bound == KH_BOUND_AFTER)
            time.bound = KH_BOUND_NONE; /* từ … đến … is the span itself */
        if (time.kind == KH_TIME_YEAR && time.bound == KH_BOUND_UNTIL) {
            time.kind = KH_TIME_YEARS;
            time.first = (kh_date){ 0 };
        }
        if (time.kind == KH_TIME_YEARS && time.bound == KH_BOUND_AFTER)
            time.bound = KH_BOUND_NONE;
        *out = time;
        return TRUE;
    }
    return FALSE;
}

gboolean
kh_day_find (const kh_fold *fold, gsize from, gsize *start, gsize *end, kh_date *date)
{
    for (gsize at = from; at < fold->length; at++) {
        found m;
        kh_time time;
        if (!begins_here (fold, at) || is_inside (fold, at))
            continue;
        if ((match (DAY_WORDS, fold, at, &m) || match (DAY_FIGURES, fold, at, &m)) && take_day (&m, &time)) {
            *start = at;
            *end = m.end;
            *date = time.first;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean
kh_day_is_impossible (const kh_fold *fold)
{
    for (gsize at = 0; at < fold->length; at++) {
        found m;
        if (!begins_here (fold, at) || is_inside (fold, at))
            continue;
        gboolean dated = match (DAY_WORDS, fold, at, &m) || match (DAY_FIGURES, fold, at, &m);
        if (!dated && !(match (DAY_NO_YEAR, fold, at, &m) && ends_clean (fold, m.end)))
            continue;
        int year = dated ? m.number[3] : 2024; /* without a year, any: a leap year */
        if (m.number[1] > kh_month_days (year, m.number[2]) && (dated || (m.number[1] <= 31 && m.number[2] >= 1 && m.number[2] <= 12)))
            return TRUE;
    }
    return FALSE;
}
