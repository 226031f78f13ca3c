/* Which province a plan is of: heads and texts of our own, told as "code name > code name today". */
#include "plan/localities.h"
#include "plan/parts.h"
#include "plan_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TITLE "C KẾ HOẠCH\nC Nâng cao chất lượng phục vụ\n"
#define BODY "P I. MỤC TIÊU\nP Nâng cao chất lượng.\n"

static void
test_plans (void **state)
{
    (void) state;
    static const struct {
        const char *issuer, *dated, *rest, *wanted; /* lines of the left column; the line with place and date; what follows the title */
    } cases[] = {
        /* the head names it */
        { "L UBND TỈNH BẮC KẠN\nL SỞ NỘI VỤ", "Bắc Kạn, ngày 4 tháng 1 năm 2023", "", "06 Bắc Kạn > 19 Thái Nguyên" },
        { "L UBND TINH AN GIANG\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2023", "", "89 An Giang > 91 An Giang" },
        { "L UBND TỈNH AN GIANG\nL SỞ NỘI VỤ", "An Giang, ngày 4 tháng 8 năm 2025", "", "91 An Giang > 91 An Giang" },
        { "L UBND TỈNH KIÊN GLANG\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2023", "", "91 Kiên Giang > 91 An Giang" },
        { "L SỞ Y TẾ KIÊN GIANG\nL THANH TRA", "ngày 4 tháng 1 năm 2017", "", "91 Kiên Giang > 91 An Giang" },
        { "L UBND TP.HCM\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2024", "", "79 Hồ Chí Minh > 79 Hồ Chí Minh" },
        { "L UBND TỈNH BÀ RỊA-VŨNG TÀU\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2024", "", "77 Bà Rịa - Vũng Tàu > 79 Hồ Chí Minh" },
        { "L UBND TỈNH ĐĂK LĂK\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2024", "", "66 Đắk Lắk > 66 Đắk Lắk" },
        { "L UBND TỈNH THANH HOÁ\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2024", "", "38 Thanh Hóa > 38 Thanh Hóa" },
        { "L UBND TỈNH THỪA THIÊN HUẾ\nL SỞ NỘI VỤ", "ngày 4 tháng 1 năm 2024", "", "46 Thừa Thiên Huế > 46 Huế" },
        { "L UBND THÀNH PHỐ HUẾ\nL SỞ NỘI VỤ", "ngày 4 tháng 2 năm 2025", "", "46 Huế > 46 Huế" },
        { "L SỞ TƯ PHÁP", "Tiền Giang, ngày 4 tháng 8 năm 2025", "", "82 Đồng Tháp > 82 Đồng Tháp" },
        { "L SỞ TƯ PHÁP", "Tp. Hồ Chí Minh, ngày 4 tháng 8 năm 2023", "", "79 Hồ Chí Minh > 79 Hồ Chí Minh" },
        /* a district, a town, a commune with its district */
        { "L UBND HUYỆN YÊN SƠN\nL PHÒNG VĂN HÓA", "Yên Sơn, ngày 1 tháng 6 năm 2018", "", "08 Tuyên Quang > 08 Tuyên Quang" },
        { "L ỦY BAN NHÂN DÂN\nL HUYỆN M'DRẮK", "M’Drắk, ngày 1 tháng 6 năm 2018", "", "66 Đắk Lắk > 66 Đắk Lắk" },
        { "L UBND QUẬN 9", "Quận 9, ngày 1 tháng 6 năm 2018", "", "79 Hồ Chí Minh > 79 Hồ Chí Minh" },
        { "L HUYỆN ỦY TÂN BIÊN\nL *", "Tân Biên, ngày 1 tháng 6 năm 2018", "", "72 Tây Ninh > 80 Tây Ninh" },
        { "L SỞ CÔNG THƯƠNG", "Rạch Giá, ngày 1 tháng 6 năm 2018", "", "91 Kiên Giang > 91 An Giang" },
        { "L SỞ CÔNG THƯƠNG", "TP. Rạch Giá, ngày 1 tháng 6 năm 2018", "", "91 Kiên Giang > 91 An Giang" },
        { "L UBND XÃ BÌNH AN", "Tri Tôn, ngày 1 tháng 6 năm 2018", "", "- - > - -" }, /* no commune of that name is in its province */
        { "L UBND XÃ BÌNH AN", "Thăng Bình, ngày 1 tháng 6 năm 2018", "", "49 Quảng Nam > 48 Đà Nẵng" },
        { "L UBND HUYỆN TRI TÔN\nL XÃ VĨNH PHƯỚC", "Vĩnh Phước, ngày 1 tháng 6 năm 2018", "", "89 An Giang > 91 An Giang" },
        { "L UBND QUẬN BA ĐÌNH\nL UBND PHƯỜNG PHÚC XÁ", "Phúc Xá, ngày 1 tháng 6 năm 2018", "", "01 Hà Nội > 01 Hà Nội" },
        { "L UBND HUYỆN ĐOAN HÙNG", "Đoan Hùng, ngày 1 tháng 6 năm 2018", "", "25 Phú Thọ > 25 Phú Thọ" }, /* no huyện đoàn */
        /* names of provinces that are districts' and communes' */
        { "L UBND HUYỆN HÒA BÌNH", "Hòa Bình, ngày 1 tháng 6 năm 2018", "", "- - > - -" }, /* a city of Hòa Bình bears it, too */
        { "L UBND HUYỆN HÒA BÌNH", "Hòa Bình, ngày 1 tháng 6 năm 2018", "P Theo chỉ đạo của UBND tỉnh Bạc Liêu, huyện triển khai:\n", "95 Bạc Liêu > 96 Cà Mau" },
        { "L UBND HUYỆN QUẢNG NINH", "Quảng Ninh, ngày 1 tháng 6 năm 2018", "", "44 Quảng Bình > 44 Quảng Trị" },
        { "L UBND HUYỆN TAM NÔNG\nL XÃ HÒA BÌNH", "Hòa Bình, ngày 1 tháng 6 năm 2018", "P Theo chỉ đạo của UBND tỉnh Đồng Tháp, xã triển khai:\n", "87 Đồng Tháp > 82 Đồng Tháp" },
        { "L UBND HUYỆN ĐỨC HUỆ", "Đức Huệ, ngày 1 tháng 6 năm 2018", "", "80 Long An > 80 Tây Ninh" },
        { "L TRƯỜNG THPT NGUYỄN HUỆ", "Cần Thơ, ngày 1 tháng 6 năm 2018", "", "92 Cần Thơ > 92 Cần Thơ" },
        /* the name is no one's alone: what the text names of those possible; else nothing */
        { "L UBND HUYỆN CHÂU THÀNH", "Châu Thành, ngày 1 tháng 6 năm 2018", "", "- - > - -" },
        { "L UBND HUYỆN CHÂU THÀNH", "Châu Thành, ngày 1 tháng 6 năm 2018", "P Học tập tỉnh Lào Cai, cùng tỉnh Trà Vinh, huyện làm như sau:\n", "84 Trà Vinh > 86 Vĩnh Long" },
        { "L UBND HUYỆN CHÂU THÀNH", "Châu Thành, ngày 1 tháng 6 năm 2018", "P Cùng huyện Tiểu Cần và huyện Cầu Kè, huyện làm như sau:\n", "84 Trà Vinh > 86 Vĩnh Long" },
        /* communes since July 2025 */
        { "L UBND XÃ SI MA CAI", "Si Ma Cai, ngày 4 tháng 9 năm 2025", "", "15 Lào Cai > 15 Lào Cai" },
        { "L UBND PHƯỜNG VŨNG TÀU", "Vũng Tàu, ngày 4 tháng 9 năm 2025", "", "79 Hồ Chí Minh > 79 Hồ Chí Minh" },
        { "L UBND ĐẶC KHU PHÚ QUỐC", "Phú Quốc, ngày 4 tháng 9 năm 2025", "", "91 An Giang > 91 An Giang" },
        /* a year without its month: what it cites is older than it is; a district is older than the mergers */
        { "L UBND TỈNH TÂY NINH", "Tây Ninh, ngày … tháng … năm 2025", "P Căn cứ Quyết định số 2/QĐ-UBND ngày 3/7/2025 của UBND tỉnh;\n", "80 Tây Ninh > 80 Tây Ninh" },
        { "L UBND TỈNH TÂY NINH", "Tây Ninh, ngày … tháng … năm 2025", "P Căn cứ Quyết định số 2/QĐ-UBND ngày 3/6/2025 của UBND tỉnh;\n", "72 Tây Ninh > 80 Tây Ninh" },
        { "L UBND HUYỆN TÂN BIÊN", "Tân Biên, ngày … tháng … năm 2025", "", "72 Tây Ninh > 80 Tây Ninh" },
        /* no date: then there was one of the name in Thanh Hóa, now there is one in Hà Nội */
        { "L UBND PHƯỜNG TÂY HỒ", "ngày … tháng … năm …", "", "- - > - -" },
        { "L UBND PHƯỜNG TÂY HỒ", "ngày … tháng … năm …", "P Căn cứ Quyết định số 2/QĐ-UBND ngày 3/8/2025 của UBND thành phố;\n", "01 Hà Nội > 01 Hà Nội" },
        /* bodies of the whole country */
        { "L BỘ TƯ PHÁP", "Hà Nội, ngày 4 tháng 1 năm 2023", "P Thí điểm tại tỉnh Lào Cai, Bộ ban hành:\n", "01 Hà Nội > 01 Hà Nội" },
        { "L BỘ TƯ PHÁP", "ngày 4 tháng 1 năm 2023", "P Thí điểm tại tỉnh Lào Cai, Bộ ban hành:\n", "- - > - -" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *text = g_strdup_printf ("%s\nL Số: 5/KH-X\n" MOTTO "R %s\n" TITLE "%s" BODY, cases[i].issuer, cases[i].dated, cases[i].rest);
        kh_zones *zones = kh_zones_of (paper_flow (pool, text), pool);
        kh_record *record = kh_record_new (pool);
        kh_plan_header (zones, pool, record);
        kh_plan_bases (zones, pool, record);
        kh_plan_province (zones, pool, record);
        const kh_province *p = &record->header.province;
        g_autofree char *got = g_strdup_printf ("%s %s > %s %s", or_dash (p->code), or_dash (p->name), or_dash (p->today_code), or_dash (p->today_name));
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("plan %zu (%s): '%s', not '%s'", i, cases[i].issuer, got, cases[i].wanted);
    }
}

static void
test_localities (void **state)
{
    (void) state;
    static const struct {
        const char *text, *name; /* folded, NULL: none is named */
        gboolean listed;
    } cases[] = {
        { "tại huyện Tri Tôn và nơi khác", "tri ton", TRUE },
        { "XÃ BÌNH AN HUYỆN CHÂU THÀNH", "binh an", TRUE },
        { "TP. Phan Rang - Tháp Chàm", "phan rang - thap cham", TRUE },
        { "xã Tân Bình Thạnh Phú Mỹ Hưng", "tan binh thanh phu my hung", FALSE }, /* no part of it counts */
        { "các xã trên địa bàn huyện", NULL, FALSE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_fold *fold = kh_fold_new (pool, cases[i].text);
        kh_locality found;
        gboolean is = kh_locality_find (fold, 0, &found);
        if (is != (cases[i].name != NULL))
            fail_msg ("'%s': %sfound", cases[i].text, is ? "" : "not ");
        if (!is)
            continue;
        g_autofree char *name = g_strndup (fold->str + found.name_at, found.end - found.name_at);
        assert_string_equal (name, cases[i].name);
        assert_int_equal (found.before != 0 || found.after != 0, cases[i].listed);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_plans), cmocka_unit_test (test_localities) };
    return cmocka_run_group_tests_name ("province", tests, NULL, NULL);
}
