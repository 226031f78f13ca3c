/* Markers: what lists begin with, and what a scanner makes of it. */
#include "plan/markers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void
test_first_readings (void **state)
{
    (void) state;
    static const struct {
        const char *text;
        kh_marker_kind kind;
        const char *printed, *number, *rest;
    } cases[] = {
        { "I. MỤC ĐÍCH", KH_MARKER_ROMAN, "I.", "I", "MỤC ĐÍCH" },
        { "III- TỔ CHỨC", KH_MARKER_ROMAN, "III-", "III", "TỔ CHỨC" },
        { "IV/ KINH PHÍ", KH_MARKER_ROMAN, "IV/", "IV", "KINH PHÍ" },
        { "A. PHẦN CHUNG", KH_MARKER_CAPITAL, "A.", "A", "PHẦN CHUNG" },
        { "Đ. TỔ CHỨC", KH_MARKER_CAPITAL, "Đ.", "Đ", "TỔ CHỨC" },
        { "1. Mục tiêu", KH_MARKER_ARABIC, "1.", "1", "Mục tiêu" },
        { "1.Mục tiêu", KH_MARKER_ARABIC, "1.", "1", "Mục tiêu" },
        { "2 . Tập huấn", KH_MARKER_ARABIC, "2.", "2", "Tập huấn" },
        { "12) Rà soát", KH_MARKER_ARABIC, "12)", "12", "Rà soát" },
        { "(4) Kết quả", KH_MARKER_ARABIC, "(4)", "4", "Kết quả" },
        { "2.1. Thể chế", KH_MARKER_DECIMAL, "2.1.", "2.1", "Thể chế" },
        { "2.1.3 Nhiệm vụ", KH_MARKER_DECIMAL, "2.1.3", "2.1.3", "Nhiệm vụ" },
        { "a) Rà soát", KH_MARKER_LETTER, "a)", "a", "Rà soát" },
        { "đ. Theo dõi", KH_MARKER_LETTER, "đ.", "đ", "Theo dõi" },
        { "- Theo dõi", KH_MARKER_DASH, "-", NULL, "Theo dõi" },
        { "–Theo dõi", KH_MARKER_DASH, "-", NULL, "Theo dõi" },
        { "+ Theo dõi", KH_MARKER_PLUS, "+", NULL, "Theo dõi" },
        { "- a) Đến năm 2025", KH_MARKER_LETTER, "a)", "a", "Đến năm 2025" },
        { "- 1. Tăng cường", KH_MARKER_ARABIC, "1.", "1", "Tăng cường" },
        { "- 12 lớp tập huấn", KH_MARKER_DASH, "-", NULL, "12 lớp tập huấn" },
        { "* Ghi nhớ", KH_MARKER_STAR, "*", NULL, "Ghi nhớ" },
        { "Phần I. QUAN ĐIỂM", KH_MARKER_NAMED, "Phần I.", "Phần I", "QUAN ĐIỂM" },
        { "Điều 2. Hiệu lực", KH_MARKER_NAMED, "Điều 2.", "Điều 2", "Hiệu lực" },
        { "Phần thứ hai", KH_MARKER_NAMED, "Phần thứ hai", "Phần thứ hai", "" },
        /* from a scanner */
        { "H. Đối tượng", KH_MARKER_CAPITAL, "H.", "H", "Đối tượng" },
        { "IL NHIỆM VỤ", KH_MARKER_ROMAN, "II", "II", "NHIỆM VỤ" },
        { "L MỤC ĐÍCH", KH_MARKER_ROMAN, "I", "I", "MỤC ĐÍCH" },
        { "VỊ. TỔ CHỨC", KH_MARKER_ROMAN, "VI.", "VI", "TỔ CHỨC" },
        { "4..Củng cố", KH_MARKER_ARABIC, "4.", "4", "Củng cố" },
        { "-_ Các văn bản", KH_MARKER_DASH, "-", NULL, "Các văn bản" },
        { "ˆ Xây dựng", KH_MARKER_DASH, "-", NULL, "Xây dựng" },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_marker readings[KH_MARKER_READINGS];
        guint n = kh_markers_read (pool, cases[i].text, readings);
        if (n == 0)
            fail_msg ("no marker in '%s'", cases[i].text);
        assert_int_equal (readings[0].kind, cases[i].kind);
        assert_string_equal (readings[0].printed, cases[i].printed);
        if (cases[i].number == NULL)
            assert_null (readings[0].number);
        else
            assert_string_equal (readings[0].number, cases[i].number);
        assert_string_equal (cases[i].text + readings[0].length, cases[i].rest);
    }
}

static void
test_no_markers (void **state)
{
    (void) state;
    static const char *const cases[] = {
        "Rà soát văn bản", "2.500 hộ nghèo", "30/6/2024 là hạn cuối", "1-3 tuổi được tiêm", "2024. là năm", "-5 độ", "V/v khảo sát", "Phần việc này",
        "Điều này cho thấy", "Mục tiêu 1: giữ vững", "1 lần mỗi năm", "", "(Kèm theo Kế hoạch)",
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_marker readings[KH_MARKER_READINGS];
        if (kh_markers_read (pool, cases[i], readings) > 0)
            fail_msg ("'%s' has no marker, but %s was read", cases[i], readings[0].printed);
    }
}

static kh_marker
first (kh_pool *pool, const char *text)
{
    kh_marker readings[KH_MARKER_READINGS] = { 0 };
    assert_true (kh_markers_read (pool, text, readings) > 0);
    return readings[0];
}

static void
test_lists (void **state)
{
    (void) state;
    static const struct {
        const char *a, *b;
        gboolean same, follows;
    } cases[] = {
        { "I. A", "II. B", TRUE, TRUE },       { "I. A", "III. B", TRUE, FALSE },   { "1. A", "2) B", FALSE, FALSE },
        { "1. A", "2- B", TRUE, TRUE },        { "a) A", "b) B", TRUE, TRUE },      { "d) A", "đ) B", TRUE, TRUE },
        { "d) A", "e) B", TRUE, TRUE },        { "e) A", "g) B", TRUE, TRUE },      { "a) A", "d) B", TRUE, FALSE },
        { "2.1. A", "2.2. B", TRUE, TRUE },    { "2.9. A", "3.10. B", TRUE, FALSE }, { "2.1. A", "2.1.1. B", FALSE, FALSE },
        { "- A", "- B", TRUE, FALSE },         { "D. A", "Đ. B", TRUE, TRUE },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_marker a = first (pool, cases[i].a), b = first (pool, cases[i].b);
        assert_int_equal (kh_marker_same_list (&a, &b), cases[i].same);
        assert_int_equal (kh_marker_follows (&a, &b), cases[i].follows);
    }
    kh_marker two = first (pool, "2. A"), below = first (pool, "2.1. B"), deeper = first (pool, "2.1.4. C");
    assert_true (kh_marker_extends (&two, &below));
    assert_true (kh_marker_extends (&below, &deeper));
    assert_false (kh_marker_extends (&below, &two));
    assert_string_equal (kh_marker_with_value (pool, &deeper, 5).printed, "2.1.5.");
    kh_marker roman = first (pool, "III- A");
    assert_string_equal (kh_marker_with_value (pool, &roman, 4).printed, "IV-");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_first_readings),
        cmocka_unit_test (test_no_markers),
        cmocka_unit_test (test_lists),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
