/* Deadlines: what a cell says, read in a plan for 2024 (or for several years). */
#include "plan/deadlines.h"

#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *const KINDS[] = { "none", "date", "period", "recurring", "conditional" };

static char *
told (kh_pool *pool, const kh_deadline *deadline)
{
    return kh_pool_printf (pool, "%s %s %s", KINDS[deadline->kind], deadline->start != NULL ? deadline->start : "-",
                           deadline->end != NULL ? deadline->end : "-");
}

static kh_header
header_of (kh_pool *pool, gboolean several_years)
{
    kh_header header = { 0 };
    header.period_start = kh_value_derived (pool, several_years ? "2021-01-01" : "2024-01-01", NULL);
    header.period_end = kh_value_derived (pool, several_years ? "2025-12-31" : "2024-12-31", NULL);
    return header;
}

static void
test_texts (void **state)
{
    (void) state;
    static const struct {
        const char *text, *expected;
        gboolean several_years;
    } cases[] = {
        { "", "none - -", FALSE },
        { "Tháng 02/2024", "period 2024-02-01 2024-02-29", FALSE },
        { "Tháng 3", "period 2024-03-01 2024-03-31", FALSE },
        { "Tháng 3", "period - -", TRUE },
        { "Quý II", "period 2024-04-01 2024-06-30", FALSE },
        { "Quý II, III", "period 2024-04-01 2024-09-30", FALSE },
        { "Quý I/2022 - Quý II/2024", "period 2022-01-01 2024-06-30", TRUE },
        { "Năm 2023", "period 2023-01-01 2023-12-31", TRUE },
        { "Trong năm 2024", "period 2024-01-01 2024-12-31", FALSE },
        { "Trong năm", "period 2024-01-01 2024-12-31", FALSE },
        { "Cả năm", "period 2024-01-01 2024-12-31", FALSE },
        { "6 tháng đầu năm", "period 2024-01-01 2024-06-30", FALSE },
        { "Giai đoạn 2022 - 2025", "period 2022-01-01 2025-12-31", TRUE },
        { "Từ tháng 4 đến tháng 10/2024", "period 2024-04-01 2024-10-31", FALSE },
        { "01/3/2024 – 05/3/2024", "period 2024-03-01 2024-03-05", FALSE },
        { "Hoàn thành trong quý III/2024", "period 2024-07-01 2024-09-30", FALSE },
        { "23/4/2024", "date 2024-04-23 2024-04-23", FALSE },
        { "Dự kiến 10/7/2024", "date 2024-07-10 2024-07-10", FALSE },
        { "Trước ngày 10/6/2024", "date - 2024-06-10", FALSE },
        { "Trước 15/8", "date - 2024-08-15", FALSE },
        { "Chậm nhất ngày 20/11/2024", "date - 2024-11-20", FALSE },
        { "Đến hết ngày 30/9/2024", "date - 2024-09-30", FALSE },
        { "Trước ngày 25/5/2024 (≤ 3 ngày làm việc)", "date - 2024-05-25", FALSE },
        { "26/4/2024 – 21/5/2024, không quá 20 ngày", "period 2024-04-26 2024-05-21", FALSE },
        { "Thường xuyên", "recurring - -", FALSE },
        { "Hằng quý", "recurring - -", FALSE },
        { "Hàng tháng", "recurring - -", FALSE },
        { "Định kỳ 6 tháng một lần", "recurring - -", FALSE },
        { "Trước 15/12 hằng năm", "recurring - -", FALSE },
        { "Trước ngày 05 tháng cuối quý", "recurring - -", FALSE },
        { "Thường xuyên, từ năm 2022 đến năm 2025", "recurring 2022-01-01 2025-12-31", TRUE },
        { "Theo quy định", "conditional - -", FALSE },
        { "Theo Kế hoạch số 12/KH-UBND ngày 05/02/2024 của UBND tỉnh", "conditional - -", FALSE },
        { "Khi có văn bản mới quy định", "conditional - -", FALSE },
        { "Sau khi có Quyết định phê duyệt", "conditional - -", FALSE },
        { "Trong 10 ngày kể từ ngày công bố", "conditional - -", FALSE },
        { "≤ 20 ngày làm việc", "conditional - -", FALSE },
        { "18 tháng", "conditional - -", FALSE },
        { "Đột xuất", "conditional - -", FALSE },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_header header = header_of (pool, cases[i].several_years);
        kh_text text = body_text (pool, cases[i].text, 1);
        gboolean doubtful;
        kh_deadline deadline = kh_deadline_of (pool, &text, &header, &doubtful);
        const char *found = told (pool, &deadline);
        if (strcmp (found, cases[i].expected) != 0 || doubtful)
            fail_msg ("'%s': %s, not %s%s", cases[i].text, found, cases[i].expected, doubtful ? " (doubtful)" : "");
    }
}

static void
test_from_a_scanner (void **state)
{
    (void) state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "Quý IH", "period 2024-07-01 2024-09-30" },     { "Quý HI, IV", "period 2024-07-01 2024-12-31" },
        { "Từ tháng8 đến tháng 11/2024", "period 2024-08-01 2024-11-30" }, { "Quý _IV/2024", "period 2024-10-01 2024-12-31" },
        { "Quý II, II", "period 2024-04-01 2024-09-30" }, { "_Hằng quý ^", "recurring - -" },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_header header = header_of (pool, FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_text text = body_text (pool, cases[i].text, 0.9f);
        kh_deadline deadline = kh_deadline_of (pool, &text, &header, NULL);
        const char *found = told (pool, &deadline);
        if (strcmp (found, cases[i].expected) != 0)
            fail_msg ("'%s': %s, not %s", cases[i].text, found, cases[i].expected);
        assert_string_equal (deadline.text.text, cases[i].text); /* the text stays as read */
    }
}

static void
test_between (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_header header = header_of (pool, TRUE);
    kh_text begin = body_text (pool, "Quý III/2022", 1), end = body_text (pool, "Tháng 11/2024", 1), none = { "", 0, NULL };
    kh_deadline both = kh_deadline_between (pool, &begin, &end, &header, NULL);
    assert_string_equal (told (pool, &both), "period 2022-07-01 2024-11-30");
    assert_string_equal (both.text.text, "Quý III/2022 - Tháng 11/2024");
    kh_deadline one = kh_deadline_between (pool, &none, &end, &header, NULL);
    assert_string_equal (told (pool, &one), "period 2024-11-01 2024-11-30");
}

static void
test_doubt (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_header header = header_of (pool, FALSE);
    kh_text text = body_text (pool, "Xem phụ biểu", 1);
    gboolean doubtful = FALSE;
    kh_deadline deadline = kh_deadline_of (pool, &text, &header, &doubtful);
    assert_true (doubtful);
    assert_int_equal (deadline.kind, KH_DEADLINE_CONDITIONAL);
    assert_true (deadline.text.seen.confidence < 0.6f);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_texts),
        cmocka_unit_test (test_from_a_scanner),
        cmocka_unit_test (test_between),
        cmocka_unit_test (test_doubt),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
