/* Days and periods: each expression as "[text] kind bound first..last", joined by "; ". */
#include "plan/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *
told (kh_pool *pool, const char *text)
{
    static const char *const kinds[] = { "day", "month", "quarter", "half", "year", "years", "span" };
    static const char *const bounds[] = { "", "<", "..", ">" };
    GString *out = g_string_new (NULL);
    kh_fold *fold = kh_fold_new (pool, text);
    kh_time time;
    for (gsize from = 0; kh_time_find (fold, from, &time); from = time.end)
        g_string_append_printf (out, "%s%s%s %04d-%02d-%02d %04d-%02d-%02d", out->len > 0 ? "; " : "", bounds[time.bound], kinds[time.kind], time.first.year,
                                time.first.month, time.first.day, time.last.year, time.last.month, time.last.day);
    return g_string_free (out, FALSE);
}

static void
test_times (void **state)
{
    (void) state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "Trước ngày 30/6/2024", "<day 2024-06-30 2024-06-30" },
        { "ngày 16 tháng 12 năm 2021", "day 2021-12-16 2021-12-16" },
        { "ngày 31/4/2020", "" },
        { "29/02/2024, 29/02/2023", "day 2024-02-29 2024-02-29" },
        { "Tháng 02/2023", "month 2023-02-01 2023-02-28" },
        { "Quý II/2024", "quarter 2024-04-01 2024-06-30" },
        { "quý 3 năm 2023", "quarter 2023-07-01 2023-09-30" },
        { "Quý I, II, III/2024", "span 2024-01-01 2024-09-30" },
        { "Tháng 3 - tháng 5/2024", "span 2024-03-01 2024-05-31" },
        { "từ tháng 11 đến tháng 2/2024", "span 2023-11-01 2024-02-29" },
        { "từ ngày 15/3 đến ngày 20/4/2024", "span 2024-03-15 2024-04-20" },
        { "15-20/3/2024", "span 2024-03-15 2024-03-20" },
        { "6 tháng đầu năm 2025", "half 2025-01-01 2025-06-30" },
        { "06 tháng cuối năm", "half 0000-07-01 0000-12-00" },
        { "giai đoạn 2021 - 2030", "years 2021-01-01 2030-12-31" },
        { "giai đoạn 2021-2025, định hướng đến năm 2030", "years 2021-01-01 2025-12-31; ..years 0000-00-00 2030-12-31" },
        { "giai đoạn đến năm 2020", "..years 0000-00-00 2020-12-31" },
        { "năm 2024", "year 2024-01-01 2024-12-31" },
        { "từ năm 2021", ">year 2021-01-01 2021-12-31" },
        { "03/04 đơn vị", "" },
        { "71/2022/TT-BTC", "" },
        { "số 12/2021/QĐ-UBND ngày 5/1/2021", "day 2021-01-05 2021-01-05" },
        { "trước 31/01 hằng năm", "<day 0000-01-31 0000-01-31" },
        { "Trưoc ngay 30/6/2024", "<day 2024-06-30 2024-06-30" }, /* marks lost */
        { "năm 1900", "" },
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = told (pool, cases[i].text);
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].text, got, cases[i].wanted);
    }
}

static void
test_year (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_time time;
    assert_true (kh_time_find (kh_fold_new (pool, "Tháng 2"), 0, &time));
    assert_false (time.has_year);
    kh_time_set_year (&time, 2024);
    assert_string_equal (kh_date_iso (pool, time.first), "2024-02-01");
    assert_string_equal (kh_date_iso (pool, time.last), "2024-02-29");
}

static void
test_days (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    gsize start, end;
    kh_date date;
    kh_fold *fold = kh_fold_new (pool, "Quyết định số 5/QĐ-UBND ngày 16-12-2021 của");
    assert_true (kh_day_find (fold, 0, &start, &end, &date));
    assert_string_equal (kh_date_iso (pool, date), "2021-12-16");
    assert_false (kh_day_find (fold, end, &start, &end, &date));
    assert_false (kh_day_find (kh_fold_new (pool, "tháng 7 năm 2025"), 0, &start, &end, &date));
    assert_string_equal (kh_date_iso (pool, (kh_date){ 2025, 7, 0 }), "2025-07");
    assert_string_equal (kh_date_iso (pool, (kh_date){ 2025, 0, 0 }), "2025");
    assert_null (kh_date_iso (pool, (kh_date){ 0 }));
    assert_int_equal (kh_small_number ("iv", 2), 4);
    assert_int_equal (kh_small_number ("12", 2), 12);
    assert_int_equal (kh_small_number ("x9", 2), 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_times), cmocka_unit_test (test_year), cmocka_unit_test (test_days) };
    return cmocka_run_group_tests_name ("dates", tests, NULL, NULL);
}
