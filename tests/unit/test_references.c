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

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_references) };
    return cmocka_run_group_tests_name ("references", tests, NULL, NULL);
}
