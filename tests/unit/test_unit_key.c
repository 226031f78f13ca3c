/* One spelling for the names of bodies: printed -> key. */
#include "plan/unit_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_keys (void **state)
{
    (void) state;
    static const struct {
        const char *printed, *key; /* NULL: no unit */
    } cases[] = {
        /* one body, printed in several ways */
        { "SỞ TƯ PHÁP", "Sở Tư pháp" },
        { "Sở TP", "Sở Tư pháp" },
        { "STP", "Sở Tư pháp" },
        { "Sở tư pháp.", "Sở Tư pháp" },
        { "Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn" },
        { "SỞ NÔNG NGHIỆP VÀ PTNT", "Sở Nông nghiệp và Phát triển nông thôn" },
        { "Sở NN và PTNT", "Sở Nông nghiệp và Phát triển nông thôn" },
        { "Sở NNMT", "Sở Nông nghiệp và Môi trường" }, /* its successor is another body */
        { "Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội" },
        { "Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội" },
        { "Sở Lao động, Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội" },
        { "Sở GDĐT", "Sở Giáo dục và Đào tạo" },
        { "Sở GD-ĐT", "Sở Giáo dục và Đào tạo" },
        { "Sở TT&TT", "Sở Thông tin và Truyền thông" },
        { "Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch" },
        { "Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch" },
        { "Sở Văn hoá Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch" },
        { "Sở VHTT", "Sở Văn hóa và Thể thao" },
        { "Phòng VHTT", "Phòng Văn hóa và Thông tin" },
        { "Sở KH&CN", "Sở Khoa học và Công nghệ" },
        { "Sở KHĐT", "Sở Kế hoạch và Đầu tư" },
        { "P. KH-TC", "Phòng Kế hoạch - Tài chính" },
        { "phòng Kế hoạch – Tài chính", "Phòng Kế hoạch - Tài chính" },
        { "Phòng TC-KH huyện", "Phòng Tài chính - Kế hoạch huyện" },
        { "P.TP", "Phòng Tư pháp" },
        { "UBND tỉnh", "Ủy ban nhân dân tỉnh" },
        { "Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh" },
        { "ỦY BAN NHÂN DÂN TỈNH HOÀ BÌNH", "Ủy ban nhân dân tỉnh Hòa Bình" },
        { "UBND TỈNH BÀ RỊA-VŨNG TÀU", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu" },
        { "UBND TP CAO LÃNH", "Ủy ban nhân dân thành phố Cao Lãnh" },
        { "UBND các huyện, TX, TP", "Ủy ban nhân dân các huyện, thị xã, thành phố" },
        { "UBND XÃ YÊN MINH THƯỢNG", "Ủy ban nhân dân xã Yên Minh Thượng" },
        { "VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh" },
        { "VPUB", "Văn phòng Ủy ban nhân dân" },
        { "VP HĐND&UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện" },
        { "VP Sở", "Văn phòng Sở" },
        { "TTHCC tỉnh", "Trung tâm Hành chính công tỉnh" },
        { "TT PVHCC", "Trung tâm Phục vụ hành chính công" },
        { "BQL KKT", "Ban Quản lý Khu kinh tế" },
        { "TT. Tỉnh uỷ, TT. HĐND tỉnh (b/c)", "Thường trực Tỉnh ủy, Thường trực Hội đồng nhân dân tỉnh" },
        { "CT và các PCT UBND tỉnh", "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân tỉnh" },
        { "UBMTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh" },
        { "Các Sở: NV, YT, NN&MT", "Các sở: Nội vụ, Y tế, Nông nghiệp và Môi trường" },
        { "Thanh tra Sở YT", "Thanh tra Sở Y tế" },
        { "Đài PT-TH tỉnh (để đưa tin)", "Đài Phát thanh và Truyền hình tỉnh" },
        { "UBND tỉnh/UBND cấp xã", "Ủy ban nhân dân tỉnh/Ủy ban nhân dân cấp xã" },
        { "Cục NCC", "Cục Người có công" },
        { "TT.HU, VP HU", "Thường trực Huyện ủy, Văn phòng Huyện ủy" },
        { "UBND các xã, TT", "Ủy ban nhân dân các xã, thị trấn" },
        /* what is not known, or no name, stays as printed */
        { "Trung tâm QRS&TVX tỉnh", "Trung tâm QRS&TVX tỉnh" },
        { "Phòng XYZ&PBGDPL", "Phòng XYZ&PBGDPL" },
        { "UBND P. Tân An", "Ủy ban nhân dân P. Tân An" },
        { "Các bệnh viện, trung tâm y tế", "Các bệnh viện, trung tâm y tế" },
        { "Các cơ sở y tế", "Các cơ sở y tế" },
        { "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính", "Cục Kiểm tra văn bản và Quản lý xử lý vi phạm hành chính" },
        { "Các sở, ban, ngành TP", "Các sở, ban, ngành thành phố" },
        { "Vụ Cải cách hành chính - Bộ Nội vụ", "Vụ Cải cách hành chính - Bộ Nội vụ" },
        { "TRUNG TÂM Y TẾ HUYỆN TRI TÔN", "Trung tâm Y tế huyện Tri Tôn" },
        /* no units */
        { "Như trên;", NULL },
        { "Lưu: VT, TH.", NULL },
        { "Ông Trần Văn Hai", NULL },
        { "…", NULL },
        { NULL, NULL },
        { "Các đơn vị tự rà soát từng nội dung của kế hoạch này rồi báo cáo kết quả từng quý cho cơ quan thường trực để tổng hợp chung", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        const char *key = kh_unit_key (pool, cases[i].printed, NULL);
        if (g_strcmp0 (key, cases[i].key) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].printed, key != NULL ? key : "NULL", cases[i].key != NULL ? cases[i].key : "NULL");
        if (key != NULL && g_strcmp0 (kh_unit_key (pool, key, NULL), key) != 0)
            fail_msg ("'%s' is not its own key", key);
    }
}

/* TU is the committee of a province or of a city; without knowing which it stays. */
static void
test_home (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_province province = { .code = "42", .name = "Hà Tĩnh" }, city = { .code = "48", .name = "Đà Nẵng", .is_city = TRUE }, unknown = { 0 };
    assert_string_equal (kh_unit_key (pool, "VP TU", &province), "Văn phòng Tỉnh ủy");
    assert_string_equal (kh_unit_key (pool, "VP TU", &city), "Văn phòng Thành ủy");
    assert_string_equal (kh_unit_key (pool, "VP TU", &unknown), "Văn phòng TU");
    assert_string_equal (kh_unit_key (pool, "TT.TU", &province), "Thường trực Tỉnh ủy");
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_keys), cmocka_unit_test (test_home) };
    return cmocka_run_group_tests_name ("unit_key", tests, NULL, NULL);
}
