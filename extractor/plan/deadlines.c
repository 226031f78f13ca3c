#include "plan/deadlines.h"

#include "plan/dates.h"
#include "plan/document_numbers.h"
#include "plan/wording.h"

#include <stdlib.h>
#include <string.h>

/* How a text is classed, in this order:
 *   1. it begins with a condition (theo, khi, sau khi …)       conditional
 *   2. it holds a word of repetition (hằng, thường xuyên …)    recurring
 *   3. it holds an expression of time                          date or period
 *   4. "trong năm", "cả năm" of a plan for one year             period
 *   5. a duration or other condition                           conditional
 */

static const char *const CONDITIONS[] = { "theo",         "khi",       "sau khi",   "ngay khi",  "ngay sau khi", "ngay sau",
                                          "truoc khi",    "trong thoi han", "trong vong", "ke tu khi", "neu", "tuy",
                                          "cung thoi gian", "cung thoi diem", "den truoc thoi diem", "thoi gian theo",
                                          "dot xuat",     "phat sinh", "can cu", "sau" };
static const char *const REPETITIONS[] = { "thuong xuyen", "thuong ky", "hang nam",  "hang quy",  "hang thang", "hang tuan",
                                           "hang ngay",    "dinh ky",   "lien tuc",  "moi nam",   "moi quy",    "moi thang",
                                           "moi tuan",     "nam lien ke", "thang cuoi quy", "cuoi moi", "cuoi hang",
                                           "thuong nien",  "quy, 6 thang", "6 thang, nam", "quy, nam", "thang, quy",
                                           "6 thang va nam", "6 thang, 1 nam" };
static const char *const DURATIONS[] = { "ngay lam viec", "ngay", "thang", "tuan", "gio", "nam" };

/* ------------------------------------------------------------------ words */

static gboolean
begins_with_one (const kh_fold *fold, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (kh_fold_begins (fold, words[i]))
            return TRUE;
    return FALSE;
}

/* "quy" is quý, unless it begins quy định, quy trình … */
static gboolean
is_quy_of_rules (const char *behind)
{
    static const char *const RULES[] = { " dinh", " trinh", " che", " hoach", " chuan", " mo" };
    for (gsize i = 0; i < G_N_ELEMENTS (RULES); i++)
        if (g_str_has_prefix (behind, RULES[i]))
            return TRUE;
    return FALSE;
}

static gboolean
holds_one (const kh_fold *fold, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gssize at = kh_fold_find (fold, words[i], 0);
        if (at >= 0 && !(g_str_has_suffix (words[i], "quy") && is_quy_of_rules (fold->str + at + strlen (words[i]))))
            return TRUE;
    }
    return FALSE;
}

/* "≤ 20 ngày", "7 ngày làm việc", "18 tháng": a number with a unit of time behind it. */
static gboolean
is_duration (const kh_fold *fold)
{
    for (const char *at = fold->str; *at != '\0'; at++) {
        if (!g_ascii_isdigit (*at))
            continue;
        at += strspn (at, "0123456789");
        const char *unit = at + strspn (at, " (");
        for (gsize i = 0; i < G_N_ELEMENTS (DURATIONS); i++)
            if (g_str_has_prefix (unit, DURATIONS[i]))
                return TRUE;
        if (*at == '\0')
            break;
    }
    return FALSE;
}

/* ------------------------------------------------------------------ what a scanner leaves */

/* "ih" -> "iii": the number of a quarter as plain I and V; left as it is when that gives none. */
static void
append_quarter (GString *out, const char *read)
{
    g_autoptr (GString) number = g_string_new (NULL);
    for (const char *c = read; *c != '\0'; c++)
        g_string_append (number, *c == 'h' ? "ii" : *c == 'v' ? "v" : "i");
    if (number->len > 3 && strchr (number->str, 'v') == NULL)
        g_string_truncate (number, 3);
    gboolean sound = number->len <= 3 && (strchr (number->str, 'v') == NULL || strcmp (number->str, "iv") == 0);
    gboolean figure = strcmp (read, "1") == 0;
    g_string_append (out, sound && !figure ? number->str : read);
}

static gboolean
mend_quarter (const GMatchInfo *match, GString *out, gpointer user_data)
{
    (void) user_data;
    g_autofree char *first = g_match_info_fetch (match, 1), *join = g_match_info_fetch (match, 2), *second = g_match_info_fetch (match, 3);
    g_string_append (out, "quy ");
    append_quarter (out, first);
    if (second != NULL && *second != '\0') {
        g_string_append_printf (out, "%s ", join);
        append_quarter (out, second);
        if (strcmp (first, second) == 0 && strlen (second) < 3)
            g_string_append_c (out, 'i'); /* "II, II": a stroke lost */
    }
    return FALSE;
}

/* The folded text as it was surely meant, for reading times off it: specks dropped, a space between a word and its figures. */
static char *
without_specks (kh_pool *pool, const char *text)
{
    static GRegex *quarters;
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        quarters = g_regex_new ("\\bquy ([ivhlt1|!]{1,4})(?: ?([,-]) ?([ivhlt1|!]{1,4}))?(?![a-z0-9])", 0, 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    const kh_fold *fold = kh_fold_new (pool, text);
    g_autoptr (GString) plain = g_string_new (NULL);
    for (gsize i = 0; i < fold->length; i++) {
        char c = fold->str[i], last = plain->len > 0 ? plain->str[plain->len - 1] : ' ';
        if (strchr ("_^~\"'|`*;:", c) != NULL || (c == '.' && g_ascii_isalpha (last)))
            c = ' ';
        if (g_ascii_isdigit (c) && g_ascii_isalpha (last) && strchr ("ivhl", last) == NULL)
            g_string_append_c (plain, ' ');
        if ((c != ' ' && c != '-') || last != c) /* once is enough */
            g_string_append_c (plain, c);
    }
    g_autofree char *mended = g_regex_replace_eval (quarters, plain->str, -1, 0, 0, mend_quarter, NULL, NULL);
    return kh_pool_strdup (pool, mended);
}

/* ------------------------------------------------------------------ times */

/* The expression at `time` dates a document that is cited: a document number stands right before it. */
static gboolean
dates_a_document (const kh_fold *fold, const kh_time *time)
{
    gsize start, end;
    for (gsize from = 0; kh_document_number_find (fold, from, &start, &end) && end <= time->start; from = end)
        if (time->start - end <= strlen (" , ngay "))
            return TRUE;
    return FALSE;
}

/* The first expression of time that is the task's own. */
static gboolean
find_time (const kh_fold *fold, kh_time *time)
{
    for (gsize from = 0; kh_time_find (fold, from, time); from = MAX (time->end, from + 1))
        if (!dates_a_document (fold, time))
            return TRUE;
    return FALSE;
}

/* Dates of a time without a year, in the plan's year; stays undated when the plan has none. */
static void
settle_year (kh_time *time, const kh_header *header)
{
    int year = kh_plan_year (header);
    if (!time->has_year && year > 0)
        kh_time_set_year (time, year);
}

static kh_deadline_kind
apply_time (kh_pool *pool, const kh_time *time, kh_deadline *deadline)
{
    gboolean dated = time->has_year || time->first.year > 0 || time->last.year > 0;
    const char *first = dated && kh_date_is_valid (time->first) ? kh_date_iso (pool, time->first) : NULL;
    const char *last = dated && kh_date_is_valid (time->last) ? kh_date_iso (pool, time->last) : NULL;
    if (time->bound != KH_BOUND_BEFORE && time->bound != KH_BOUND_UNTIL)
        deadline->start = first;
    if (time->bound != KH_BOUND_AFTER)
        deadline->end = last;
    gboolean is_day = time->kind == KH_TIME_DAY || time->bound == KH_BOUND_BEFORE || time->bound == KH_BOUND_UNTIL;
    return is_day ? KH_DEADLINE_DATE : KH_DEADLINE_PERIOD;
}

/* "Trong năm", "cả năm" without a number: the plan's own year. */
static gboolean
is_whole_year (const kh_fold *fold)
{
    static const char *const WHOLE[] = { "trong nam", "ca nam", "suot nam", "quanh nam" };
    return begins_with_one (fold, WHOLE, G_N_ELEMENTS (WHOLE));
}

int
kh_plan_year (const kh_header *header)
{
    const char *start = header->period_start.text, *end = header->period_end.text;
    if (start == NULL || end == NULL || strncmp (start, end, 4) != 0)
        return 0;
    return atoi (start);
}

static void
classify (kh_pool *pool, const kh_text *text, const kh_header *header, kh_deadline *deadline, gboolean *doubtful)
{
    const kh_fold *fold = kh_fold_new (pool, kh_text_is_from_engine (text) ? without_specks (pool, text->str) : text->str);
    kh_time time;
    gboolean repeats = holds_one (fold, REPETITIONS, G_N_ELEMENTS (REPETITIONS));
    if (!repeats && kh_text_is_from_engine (text)) { /* "Thường, xuyên" */
        g_autofree char *plain = g_strdup (fold->str);
        g_strdelimit (plain, ",.-", ' ');
        repeats = holds_one (kh_fold_new (pool, plain), REPETITIONS, G_N_ELEMENTS (REPETITIONS));
    }
    gboolean has_time = find_time (fold, &time);
    int year = kh_plan_year (header);

    *doubtful = FALSE;
    deadline->kind = KH_DEADLINE_CONDITIONAL;
    if (!repeats && begins_with_one (fold, CONDITIONS, G_N_ELEMENTS (CONDITIONS)) && !(has_time && time.start == 0))
        return;
    if (repeats) {
        /* Days and months of a repetition belong to every year; only named years bound it. */
        gboolean years = has_time && time.has_year && (time.kind == KH_TIME_YEAR || time.kind == KH_TIME_YEARS || time.kind == KH_TIME_SPAN);
        if (years)
            apply_time (pool, &time, deadline);
        deadline->kind = KH_DEADLINE_RECURRING;
    } else if (has_time) {
        settle_year (&time, header);
        deadline->kind = apply_time (pool, &time, deadline);
    } else if (is_whole_year (fold) && year > 0) {
        deadline->kind = KH_DEADLINE_PERIOD;
        deadline->start = kh_pool_printf (pool, "%04d-01-01", year);
        deadline->end = kh_pool_printf (pool, "%04d-12-31", year);
    } else {
        static const char *const KNOWN[] = { "theo", "khi", "sau", "truoc", "ke tu", "phat sinh", "dot xuat", "neu" };
        *doubtful = !is_duration (fold) && !holds_one (fold, KNOWN, G_N_ELEMENTS (KNOWN));
    }
}

kh_deadline
kh_deadline_of (kh_pool *pool, const kh_text *text, const kh_header *header, gboolean *doubtful)
{
    kh_deadline deadline = { .kind = KH_DEADLINE_NONE };
    gboolean doubt = FALSE;
    if (!kh_text_is_empty (text)) {
        deadline.text = kh_value_of (pool, text);
        classify (pool, text, header, &deadline, &doubt);
        if (doubt)
            deadline.text = kh_value_doubt (deadline.text, 0.5f);
    }
    if (doubtful != NULL)
        *doubtful = doubt;
    return deadline;
}

kh_deadline
kh_deadline_between (kh_pool *pool, const kh_text *begin, const kh_text *end, const kh_header *header, gboolean *doubtful)
{
    if (kh_text_is_empty (begin) || kh_text_is_empty (end))
        return kh_deadline_of (pool, kh_text_is_empty (begin) ? end : begin, header, doubtful);
    gboolean doubt_a, doubt_b;
    kh_deadline a = kh_deadline_of (pool, begin, header, &doubt_a), b = kh_deadline_of (pool, end, header, &doubt_b);
    if (doubt_a && doubt_b) { /* one cell over both columns that was taken for two: "Hằng | tháng" */
        kh_text whole = kh_text_join (pool, begin, end);
        return kh_deadline_of (pool, &whole, header, doubtful);
    }
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    kh_text_builder_add_text (&builder, begin, FALSE);
    kh_text_builder_add_string (&builder, " - ");
    kh_text_builder_add_text (&builder, end, FALSE);
    kh_text both = kh_text_builder_finish (&builder, pool);

    kh_deadline deadline = { .kind = KH_DEADLINE_PERIOD, .text = kh_value_of (pool, &both), .start = a.start, .end = b.end };
    if (a.kind == KH_DEADLINE_RECURRING || b.kind == KH_DEADLINE_RECURRING)
        deadline.kind = KH_DEADLINE_RECURRING;
    else if (a.kind == KH_DEADLINE_CONDITIONAL || b.kind == KH_DEADLINE_CONDITIONAL)
        deadline.kind = a.end == NULL && b.end == NULL ? KH_DEADLINE_CONDITIONAL : KH_DEADLINE_PERIOD;
    if (doubtful != NULL)
        *doubtful = doubt_a || doubt_b;
    return deadline;
}
