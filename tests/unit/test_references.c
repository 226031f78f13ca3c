/* References: each as "type|number|date|issuer", joined by "; ". */
#include "plan/references.h"
#include "plan_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *
told (kh_pool *pool, const char *string, float confidence)
{
    kh_text text = paper_text (pool, string, confidence, 1, 70, 100);
    GPtrArray *list = kh_references_of (pool, &text);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < list->len; i++) {
        const kh_reference *one = g_ptr_array_index (list, i);
        const char *parts[] = { one->type.text, one->number.text, one->date.text, one->issuer.text };
        g_string_append (out, i > 0 ? "; " : "");
        for (guint k = 0; k < 4; k++)
            g_string_append_printf (out, "%s%s", k > 0 ? "|" : "", parts[k] != NULL ? parts[k] : "-");
    }
    return g_string_free (out, FALSE);
}

static void
test_references (void **state)
{
    (void) state;
    static const struct {
        const char *text, *wanted;
        gboolean scan;
    } cases[] = {
        { "Căn cứ Quyết định số 901/QĐ-UBND ngày 4/5/2022 của UBND tỉnh Cà Mau ban hành Quy chế;", "Quyết định|901/QĐ-UBND|2022-05-04|UBND tỉnh Cà Mau", FALSE },
        { "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;", "Luật|-|2024-06-21|-", FALSE },
        { "Căn cứ Luật Nhà ở số 27/2023/QH15;", "Luật|27/2023/QH15|-|-", FALSE },
        { "Thực hiện Chương trình hành động số 7CTr/TU, ngày 1/2/2021 của Huyện ủy về nông thôn mới", "Chương trình hành động|7CTr/TU|2021-02-01|Huyện ủy", FALSE },
        { "Nghị quyết số 11-NQ/TU ngày 3/3/2020 của Tỉnh ủy; Kế hoạch số 5/KH-SNV ngày 9/9/2021 của Sở Nội vụ",
          "Nghị quyết|11-NQ/TU|2020-03-03|Tỉnh ủy; Kế hoạch|5/KH-SNV|2021-09-09|Sở Nội vụ", FALSE },
        { "Kế hoạch số 8/KH-UBND ngày 1/3/2023 của UBND huyện và Kế hoạch số 8/KH-UBND ngày 1/3/2023", "Kế hoạch|8/KH-UBND|2023-03-01|UBND huyện", FALSE },
        { "Xét đề nghị của Sở Xây dựng tại Tờ trình số 44/TTr-SXD ngày 7/8/2023,", "Tờ trình|44/TTr-SXD|2023-08-07|Sở Xây dựng", FALSE },
        { "các Luật số 43/2024/QH15, số 47/2024/QH15", "Luật|43/2024/QH15|-|-; Luật|47/2024/QH15|-|-", FALSE },
        { "Căn cứ công văn 300/BYT-KCB ngày 2/2/2019 Bộ Y tế về việc báo cáo", "Công văn|300/BYT-KCB|2019-02-02|Bộ Y tế", FALSE },
        { "Nghị định số 9/2017/NĐ-CP của Chính phủ Quy định chi tiết việc phát ngôn", "Nghị định|9/2017/NĐ-CP|-|Chính phủ", FALSE },
        { "của Sở Văn hóa, Thể thao và Du lịch", "", FALSE },
        { "Căn cứ kế hoạch thanh tra năm 2017 đã được phê duyệt.", "", FALSE },
        { "Thực hiện Công văn số 6/SVHTTDL-VP ngày 1/1/2021 của Sở Văn hóa, Thể thao và Du lịch về lễ hội",
          "Công văn|6/SVHTTDL-VP|2021-01-01|Sở Văn hóa, Thể thao và Du lịch", FALSE },
        /* day, issuer and number in other orders */
        { "Thực hiện Kế hoạch ngày 05/3/2024 của UBND tỉnh số 45/KH-UBND", "Kế hoạch|45/KH-UBND|2024-03-05|UBND tỉnh", FALSE },
        { "Căn cứ Nghị quyết 31/NQ-CP của Chính phủ ngày 15/7/2021;", "Nghị quyết|31/NQ-CP|2021-07-15|Chính phủ", FALSE },
        { "Căn cứ Công văn của Sở Y tế số 300/SYT-NVY, ngày 2 tháng 2 năm 2019", "Công văn|300/SYT-NVY|2019-02-02|Sở Y tế", FALSE },
        { "theo Quyết định số 6/QĐ-UBND (ngày 6/1/22) của UBND huyện", "Quyết định|6/QĐ-UBND|2022-01-06|UBND huyện", FALSE },
        { "Căn cứ Thông báo kết luận của Chủ tịch UBND tỉnh ngày 5/6/2024 tại cuộc họp", "Thông báo kết luận|-|2024-06-05|Chủ tịch UBND tỉnh", FALSE },
        { "ý kiến của Bộ Nội vụ (Công văn số 42/BNV-CCHC ngày 28/8/2022)", "Công văn|42/BNV-CCHC|2022-08-28|Bộ Nội vụ", FALSE },
        { "Kế hoạch số 99/KH-UBND tỉnh ngày 18 /5/ 2023 của Ủy ban nhân dân tỉnh", "Kế hoạch|99/KH-UBND|2023-05-18|Ủy ban nhân dân tỉnh", FALSE },
        /* numbers: blank, without a code, with a point, of the Party */
        { "Căn cứ Quyết định số     /QĐ-UBND ngày    tháng 3 năm 2024 của UBND tỉnh", "Quyết định|/QĐ-UBND|2024-03|UBND tỉnh", FALSE },
        { "Công văn số 632 ngày 5/3/2024 của Bộ Y tế", "Công văn|632|2024-03-05|Bộ Y tế", FALSE },
        { "Căn cứ Nghị quyết số 66.2/2025/NQ-CP của Chính phủ", "Nghị quyết|66.2/2025/NQ-CP|-|Chính phủ", FALSE },
        { "Báo cáo số 05.07-2025/BC-TT ngày 5/7/2025 của Đoàn giám sát tỉnh", "Báo cáo|05.07-2025/BC-TT|2025-07-05|Đoàn giám sát tỉnh", FALSE },
        { "Mẫu số 03/PLI, 03a/PLI kèm theo Nghị định số 2/2021/NĐ-CP", "Nghị định|2/2021/NĐ-CP|-|-", FALSE },
        { "nhiệm vụ của Đảng đề ra tại Nghị quyết số 27-NQ/TW", "Nghị quyết|27-NQ/TW|-|-", FALSE },
        { "Căn cứ Kết luận số: 12 -KL/TW của Bộ Chính trị, Ban Bí thư về", "Kết luận|12-KL/TW|-|Bộ Chính trị, Ban Bí thư", FALSE },
        { "Hướng dẫn số 15 HD/BTG ngày 3/3/2022 của Ban Tuyên giáo Tỉnh ủy", "Hướng dẫn|15 HD/BTG|2022-03-03|Ban Tuyên giáo Tỉnh ủy", FALSE },
        { "Kế hoạch số 5/KH-UBND. Sở Tư pháp báo cáo", "Kế hoạch|5/KH-UBND|-|-", FALSE },
        /* what is none */
        { "theo Mẫu số 03/TNDN, QCVN 06:2022/BXD; 7/Bổ sung điểm 3; tỷ lệ 5/7 thôn", "", FALSE },
        { "Quyết định này có hiệu lực từ ngày 1/5/2024.", "", FALSE },
        { "gửi Báo cáo về Sở trước ngày 15/12/2024", "", FALSE },
        { "Kế hoạch tổ chức Hội nghị ngày 15/12/2024", "", FALSE },
        /* said once for several */
        { "các Quyết định số 1/QĐ-UBND, 2/QĐ-UBND ngày 5/3/2024 của UBND xã", "Quyết định|1/QĐ-UBND|2024-03-05|UBND xã; Quyết định|2/QĐ-UBND|2024-03-05|UBND xã", FALSE },
        { "Kết luận số 87, 88-KL/TW ngày 29/8/2025 của Ban Bí thư", "Kết luận|87-KL/TW|2025-08-29|Ban Bí thư; Kết luận|88-KL/TW|2025-08-29|Ban Bí thư", FALSE },
        { "Quyết định số 1/QĐ-TTg ngày 2/1/2020 và Quyết định số 9/QĐ-TTg ngày 3/2/2020 của Thủ tướng Chính phủ",
          "Quyết định|1/QĐ-TTg|2020-01-02|Thủ tướng Chính phủ; Quyết định|9/QĐ-TTg|2020-02-03|Thủ tướng Chính phủ", FALSE },
        { "đề nghị của Sở Nội vụ tại các Tờ trình số 1/TTr-SNV ngày 1/2/2023 và số 2/TTr-SNV ngày 3/2/2023",
          "Tờ trình|1/TTr-SNV|2023-02-01|Sở Nội vụ; Tờ trình|2/TTr-SNV|2023-02-03|Sở Nội vụ", FALSE },
        { "Căn cứ các Luật: Đầu tư ngày 17/6/2020; Thi hành án dân sự ngày 14/11/2008;", "Luật|-|2020-06-17|-; Luật|-|2008-11-14|-", FALSE },
        { "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018, được sửa đổi bởi Nghị định số 7/2021/NĐ-CP ngày 6/12/2021 của Chính phủ",
          "Nghị định|61/2018/NĐ-CP|2018-04-23|-; Nghị định|7/2021/NĐ-CP|2021-12-06|Chính phủ", FALSE },
        /* the second mention completes the first */
        { "Đề án theo Quyết định số 5/QĐ-UBND; Quyết định số 5/QĐ-UBND ngày 1/2/2023 của UBND tỉnh", "Quyết định|5/QĐ-UBND|2023-02-01|UBND tỉnh", FALSE },
        /* the kind that the code tells stands farther off */
        { "Quyết định phê duyệt Đề án du lịch số 76/QĐ-TTg ngày 18/9/2020", "Quyết định|76/QĐ-TTg|2020-09-18|-", FALSE },
        { "các văn bản: 12/QĐ-UBND, 44/BTC-NSNN", "Văn bản|12/QĐ-UBND|-|-; Văn bản|44/BTC-NSNN|-|-", FALSE },
        /* where the issuer ends */
        { "Nghị định số 5/2023/NĐ-CP ngày 2/1/2023 của Chính phủ được sửa đổi", "Nghị định|5/2023/NĐ-CP|2023-01-02|Chính phủ", FALSE },
        { "Quyết định số 5/QĐ-TTg của Thủ tướng Chính phủ và Kế hoạch tổng thể", "Quyết định|5/QĐ-TTg|-|Thủ tướng Chính phủ", FALSE },
        { "(Thông tư số 1/2025/TT-BTC ngày 9/1/2025 của Bộ Tài chính): 5 đồng", "Thông tư|1/2025/TT-BTC|2025-01-09|Bộ Tài chính", FALSE },
        { "Quyết định số 5/QĐ-BGTVT ngày 2/1/2020 của Bộ Giao thông vận tải về cầu", "Quyết định|5/QĐ-BGTVT|2020-01-02|Bộ Giao thông vận tải", FALSE },
        { "Kế hoạch số 5/KH-BCĐ ngày 2/1/2020 của Ban Chỉ đạo phòng, chống lụt, bão tỉnh về trực ban",
          "Kế hoạch|5/KH-BCĐ|2020-01-02|Ban Chỉ đạo phòng, chống lụt, bão tỉnh", FALSE },
        { "Thông tư liên tịch số 1/2014/TTLT-BTP-BNV ngày 5/1/2014 của Bộ Tư pháp, Bộ Nội vụ hướng dẫn",
          "Thông tư liên tịch|1/2014/TTLT-BTP-BNV|2014-01-05|Bộ Tư pháp, Bộ Nội vụ", FALSE },
        { "Quyết định số 5/QĐ-SKHĐT ngày 2/1/2020 của Sở Kế hoạch và Đầu tư và Kế hoạch số 6/KH-UBND",
          "Quyết định|5/QĐ-SKHĐT|2020-01-02|Sở Kế hoạch và Đầu tư; Kế hoạch|6/KH-UBND|-|-", FALSE },
        { "QUYẾT ĐỊNH SỐ 5/QĐ-UBND NGÀY 2/1/2020 CỦA ỦY BAN NHÂN DÂN TỈNH QUY ĐỊNH MỨC CHI", "Quyết định|5/QĐ-UBND|2020-01-02|ỦY BAN NHÂN DÂN TỈNH", FALSE },
        /* a scan: one letter of a code, never a digit */
        { "Căn cứ Nghị quyết số 76/NNQ-CP ngày 15/7/2021 của Chính phủ", "Nghị quyết|76/NQ-CP|2021-07-15|Chính phủ", TRUE },
        { "Quyết định số 9/QĐ-TTs ngày 2/1/2020 của Thủ tướng Chính phủ", "Quyết định|9/QĐ-TTg|2020-01-02|Thủ tướng Chính phủ", TRUE },
        { "Quyết định số 9/QĐ- UBND ngày 2l/1/2020", "Quyết định|9/QĐ-UBND|-|-", TRUE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = told (pool, cases[i].text, cases[i].scan ? 0.9f : 1);
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("'%s':\n  '%s', not\n  '%s'", cases[i].text, got, cases[i].wanted);
    }
}

/* A day that does not exist is no date, and is marked. */
static void
test_impossible_day (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_text text = paper_text (pool, "Nghị định số 5/2023/NĐ-CP ngày 30/02/2023 của Chính phủ; Luật Đầu tư ngày 31 tháng 6 năm 2020", 1, 1, 70, 100);
    GPtrArray *list = kh_references_of (pool, &text);
    assert_int_equal (list->len, 2);
    for (guint i = 0; i < list->len; i++) {
        const kh_reference *one = g_ptr_array_index (list, i);
        assert_null (one->date.text);
        assert_true (one->date_impossible);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_references), cmocka_unit_test (test_impossible_day) };
    return cmocka_run_group_tests_name ("references", tests, NULL, NULL);
}
