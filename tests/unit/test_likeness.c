/* test_likeness.c - which texts say much the same thing. */
#include "compare/likeness.h"
#include "compare/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
test_wording (void **state)
{
    static const struct {
        const char *text, *bare;
    } cases[] = {
        { "Tiếp tục rà soát TTHC tỉnh Bến Tre năm 2024;", "ra soat thu tuc hanh chinh tinh" },
        { "RÀ SOÁT thủ tục   hành chính (tỉnh Bà Rịa - Vũng Tàu)", "ra soat thu tuc hanh chinh tinh" },
        { "Triển khai thực hiện Kế hoạch", "trien khai thuc hien ke hoach" }, /* nothing but fillers: all of it */
        { "Theo dõi 5S, ISO 9001:2015", "doi iso" },
        { "2024 - 2025", "" },
        { "", "" },
    };
    (void) state;
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *bare = kh_wording_bare (cases[i].text);
        assert_string_equal (bare, cases[i].bare);
    }
}

static void
test_likeness (void **state)
{
    static const char *const texts[] = {
        "Rà soát, đơn giản hóa thủ tục hành chính năm 2024",
        "Tiếp tục rà soát, đơn giản hóa TTHC năm 2025",
        "Rà soát, đề xuất cắt giảm thủ tục hành chính",
        "Tập huấn kỹ năng số cho công chức một cửa",
        NULL,
        "2024",
    };
    (void) state;
    g_autoptr (kh_likeness) likeness = kh_likeness_new (texts, G_N_ELEMENTS (texts));
    assert_true (kh_likeness_of (likeness, 0, 1) == 1); /* other year, short form, filler */
    assert_true (kh_likeness_of (likeness, 0, 0) == 1);
    double some = kh_likeness_of (likeness, 0, 2), none = kh_likeness_of (likeness, 0, 3);
    assert_true (some > 0.3 && some < 0.9);
    assert_true (some == kh_likeness_of (likeness, 2, 0));
    assert_true (none < 0.1);
    assert_true (kh_likeness_of (likeness, 4, 4) == 0 && kh_likeness_of (likeness, 4, 5) == 0); /* nothing said: like nothing */
}

static void
test_groups (void **state)
{
    static const char *const texts[] = {
        "Khảo sát mức độ hài lòng của người dân",                     /* 0 */
        "Tập huấn kỹ năng số cho công chức",                          /* 1 */
        "Tổ chức khảo sát sự hài lòng của người dân, doanh nghiệp",    /* 0 */
        "Sơ kết, tổng kết phong trào thi đua",                        /* 2 */
        "Tập huấn kỹ năng số cho công chức, viên chức cấp xã",         /* 1 */
        "Khảo sát mức độ hài lòng của người dân tại bộ phận một cửa",  /* 0 */
        "",                                                            /* 3 */
        NULL,                                                          /* 4 */
    };
    static const guint wanted[] = { 0, 1, 0, 2, 1, 0, 3, 4 };
    (void) state;
    g_autoptr (kh_likeness) likeness = kh_likeness_new (texts, G_N_ELEMENTS (texts));
    g_auto (kh_like_groups) groups = kh_likeness_group (likeness, 0.3);
    assert_int_equal (groups.n_groups, 5);
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        assert_int_equal (groups.group[i], wanted[i]);
    assert_int_equal (groups.centre[0], 0);
    assert_int_equal (groups.centre[2], 3);
    for (guint g = 0; g < groups.n_groups; g++)
        assert_int_equal (groups.group[groups.centre[g]], g);
}

static void
test_centre (void **state)
{
    static const char *const texts[] = { "Trồng cây ven đường tỉnh Bến Tre năm 2024", "Trồng cây ven đường", "Trồng cây ven đường năm 2024" };
    (void) state;
    g_autoptr (kh_likeness) likeness = kh_likeness_new (texts, G_N_ELEMENTS (texts));
    g_auto (kh_like_groups) groups = kh_likeness_group (likeness, 0.3);
    assert_int_equal (groups.n_groups, 1);
    assert_int_equal (groups.centre[0], 1); /* the shortest of those that say the same */
}

/* Two that are alike share a group wherever they stand, and nothing depends on what was grouped before. */
static void
test_order (void **state)
{
    enum { KINDS = 40, EACH = 12, ALL = KINDS * EACH };
    static const char *const things[] = { "đường liên xã", "trường mầm non", "trạm y tế", "chợ đầu mối", "cầu treo dân sinh", "kênh nội đồng", "đê biển", "bến xe khách",
                                         "nhà máy nước", "công viên cây xanh" };
    static const char *const deeds[] = { "sửa", "mở rộng", "khảo sát", "bàn giao" };
    static const char *const ends[] = { "", " trong quý II", " kịp thời", " theo đúng quy định" };
    char *texts[ALL];
    (void) state;
    for (guint i = 0; i < ALL; i++) {
        guint kind = i * 7 % KINDS, which = i / KINDS;
        texts[i] = g_strdup_printf ("%s %s số %u%s", deeds[kind / 10], things[kind % 10], which, ends[which % 4]);
    }
    g_autoptr (kh_likeness) likeness = kh_likeness_new ((const char *const *) texts, ALL);
    g_auto (kh_like_groups) groups = kh_likeness_group (likeness, 0.3), again = kh_likeness_group (likeness, 0.3);
    guint parted = 0;
    for (guint i = KINDS; i < ALL; i++)
        parted += groups.group[i] != groups.group[i - KINDS];
    assert_true (parted < ALL / 20);
    assert_true (groups.n_groups >= KINDS / 4 && groups.n_groups <= KINDS + 4);
    assert_memory_equal (groups.group, again.group, sizeof (guint) * ALL);
    assert_memory_equal (groups.centre, again.centre, sizeof (guint) * groups.n_groups);
    for (guint i = 0; i < ALL; i++)
        g_free (texts[i]);
}

static void
test_none (void **state)
{
    (void) state;
    g_autoptr (kh_likeness) likeness = kh_likeness_new (NULL, 0);
    g_auto (kh_like_groups) groups = kh_likeness_group (likeness, 0.3);
    assert_int_equal (groups.n_groups, 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_wording), cmocka_unit_test (test_likeness), cmocka_unit_test (test_groups), cmocka_unit_test (test_centre),
        cmocka_unit_test (test_order),   cmocka_unit_test (test_none),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
