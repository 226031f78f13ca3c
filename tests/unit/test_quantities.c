/* Quantities: each as "comparator value unit", joined by "; ". */
#include "plan/quantities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *
told (kh_pool *pool, const char *text)
{
    GString *out = g_string_new (NULL);
    kh_fold *fold = kh_fold_new (pool, text);
    kh_quantity one;
    for (gsize from = 0; kh_quantity_find (fold, from, &one); from = one.end) {
        g_autofree char *unit = g_strndup (fold->str + one.unit_start, one.unit_end - one.unit_start);
        g_string_append_printf (out, "%s%s %g %s", out->len > 0 ? "; " : "", one.comparator, one.value, *unit != '\0' ? unit : "-");
    }
    return g_string_free (out, FALSE);
}

static void
test_quantities (void **state)
{
    (void) state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "Tối thiểu 85% hồ sơ", ">= 85 %" },
        { "từ 93,5 điểm trở lên", ">= 93.5 diem" },
        { "không quá 03 ngày làm việc", "<= 3 ngay lam viec" },
        { "cắt giảm ít nhất 30% thời gian", "- 30 %" },
        { "tăng 2 bậc", "+ 2 bac" },
        { "kinh phí 1.250 tỷ đồng", "= 1250 ty dong" },
        { "≥ 70% và ≤ 5%", ">= 70 %; <= 5 %" },
        { "không còn đơn vị dưới 50%", ">= 50 %" },
        { "ngày 22/10/2021, số 71/2022/TT-BTC, Điều 5", "" },
        { "2.1. Mục tiêu", "" },
        { "nằm trong nhóm 06 đơn vị", "<= 6 don vi" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = told (pool, cases[i].text);
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].text, got, cases[i].wanted);
    }
}

static void
test_numbers (void **state)
{
    (void) state;
    static const struct {
        const char *text;
        double value;
        gsize length;
    } cases[] = {
        { "1.250", 1250, 5 }, { "12,5", 12.5, 4 }, { "93.49", 93.49, 5 }, { "2.077,5", 2077.5, 7 }, { "1.000.000", 1e6, 9 }, { "07", 7, 2 }, { "x", 0, 0 },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        double value = 0;
        assert_int_equal (kh_number_read (kh_fold_new (pool, cases[i].text), 0, &value), cases[i].length);
        assert_true (value > cases[i].value - 1e-9 && value < cases[i].value + 1e-9);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_quantities), cmocka_unit_test (test_numbers) };
    return cmocka_run_group_tests_name ("quantities", tests, NULL, NULL);
}
