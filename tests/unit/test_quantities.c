/* Quantities: each as "comparator value unit", joined by "; ". */
#include "plan/numbers.h"
#include "plan/quantities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

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
        { "thuộc nhóm 8 huyện, vào tốp 3 các xã", "<= 8 huyen; <= 3 xa" },
        { "nằm trong 12 địa phương dẫn đầu vùng", "<= 12 dia phuong" },
        { "giao dịch trong 12 địa phương", "= 12 dia phuong" },
        { "đơn vị sự nghiệp nhóm 2 của tỉnh", "= 2 -" },
        /* places in an order: the lower, the better */
        { "xếp thứ 15 trở lên", "<= 15 -" },
        { "thứ hạng 7/12 huyện", "= 7 huyen" },
        { "đứng vị trí thứ 4", "= 4 -" },
        { "chương thứ 4, đường hạng 3", "" },
        /* ranges */
        { "từ 70% đến 75% số hộ", "= 70 %" },
        { "đạt 70-75%", "= 70 %" },
        { "tăng từ 2 đến 3 điểm", "+ 2 diem" },
        { "hạn từ 5 đến 15/6", "= 5 -" },
        /* from one number to another */
        { "nâng từ 40% lên 55%", "= 55 %" },
        { "giảm từ 12 ngày xuống còn tối đa 7 ngày", "<= 7 ngay" },
        { "rút ngắn từ 12 ngày làm việc còn 7 ngày", "= 7 ngay" },
        { "giảm từ 12 đến 7 ngày", "= 7 ngay" },
        /* times */
        { "trả lời trong vòng 36 giờ", "<= 36 gio" },
        { "trong 02 ngày làm việc", "<= 2 ngay lam viec" },
        { "trong 05 năm", "= 5 nam" },
        { "không được vượt quá 4 giờ", "<= 4 gio" },
        /* words */
        { "ít nhất hai sáng kiến, tối đa mười người", ">= 2 sang kien; <= 10 nguoi" },
        { "tối đa hải sản, ít nhất ba ngày", ">= 3 ngay" },
        { "không quá 10 (mười) ngày", "<= 10 ngay" },
        { "tối thiểu tám mươi phần trăm (80%) số chợ", ">= 80 %" },
        /* compared */
        { "cao hơn 4% so với năm 2020", "+ 4 %" },
        { "cao hơn 4%", ">= 4 %" },
        { "tinh giản 03 biên chế", "- 3 bien che" },
        { "dưới 12/100.000 dân", "<= 12 /100.000 dan" },
        { "tỷ lệ 1/2.000", "" },
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

/* What a cell of figures may hold. */
static void
test_alone (void **state)
{
    (void)state;
    static const struct {
        const char *text, *comparator; /* NULL: no figure */
        double value;
    } cases[] = {
        { "≥ 95", ">=", 95 },
        { "Trên 90%", ">=", 90 },
        { "Đạt từ 85% trở lên", ">=", 85 },
        { "Top 10", "<=", 10 },
        { "80-85", "=", 80 },
        { "+ 5", "+", 5 },
        { "Tăng 10% so với năm 2023", "+", 10 },
        { "-", NULL, 0 },
        { "15/6", NULL, 0 },
        { "Đã giao 12 hộ", NULL, 0 },
        { "12 hộ đã được nhận đất trồng rừng", NULL, 0 },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_quantity found;
        gboolean figure = kh_quantity_alone (kh_fold_new (pool, cases[i].text), &found);
        if (figure != (cases[i].comparator != NULL) ||
            (figure && (strcmp (found.comparator, cases[i].comparator) != 0 || found.value != cases[i].value)))
            fail_msg ("'%s': %s", cases[i].text, figure ? found.comparator : "no figure");
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_quantities), cmocka_unit_test (test_numbers), cmocka_unit_test (test_alone) };
    return cmocka_run_group_tests_name ("quantities", tests, NULL, NULL);
}
