/* What bases are, what paragraphs and tasks cite, and what is put on review. */
#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
tell (GString *out, const char *name, const GPtrArray *references)
{
    for (guint i = 0; references != NULL && i < references->len; i++) {
        const kh_reference *one = g_ptr_array_index (references, i);
        g_string_append_printf (out, "%s%s=%s", out->len > 0 ? "; " : "", name, one->number.text != NULL ? one->number.text : "-");
    }
}

static kh_record *
record_of (kh_pool *pool, const char *text, const char *date)
{
    kh_record *record = kh_record_new (pool);
    kh_zones *zones = body_zones (pool, text);
    record->header.date = kh_value_derived (pool, date, NULL);
    record->header.number = kh_value_derived (pool, "45/KH-STP", NULL);
    kh_plan_sections (zones, pool, record);
    kh_plan_tasks (zones, pool, record);
    kh_plan_citations (pool, record);
    kh_plan_check_references (pool, record);
    kh_plan_check_appendices (zones, pool, record);
    return record;
}

static char *
review_of (const kh_record *record)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->review->len; i++) {
        const kh_review_entry *entry = g_ptr_array_index (record->review, i);
        g_string_append_printf (out, "%s%s %s", i > 0 ? "; " : "", entry->pointer, entry->reason);
    }
    return g_string_free (out, FALSE);
}

static void
test_paragraphs_and_tasks (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = record_of (pool,
                                   "I. NHIỆM VỤ\n- Rà soát theo Kế hoạch số 9/KH-UBND ngày 1/2/2024 của UBND tỉnh.\n- Xây dựng báo cáo năm.\n"
                                   "| TT | Nhiệm vụ | Chủ trì |\n| 1 | Triển khai Nghị quyết số 7/NQ-CP | Văn phòng |\n"
                                   "=== PHỤ LỤC\n(Kèm theo Kế hoạch số 45/KH-STP ngày 1/3/2024 của Sở Tư pháp)",
                                   "2024-03-01");
    g_autoptr (GString) got = g_string_new (NULL);
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        for (guint k = 0; k < section->paragraphs->len; k++)
            tell (got, "paragraph", ((const kh_paragraph *) g_ptr_array_index (section->paragraphs, k))->references);
    }
    for (guint i = 0; i < record->tasks->len; i++)
        tell (got, ((const kh_task *) g_ptr_array_index (record->tasks, i))->id, ((const kh_task *) g_ptr_array_index (record->tasks, i))->references);
    assert_string_equal (got->str, "paragraph=9/KH-UBND; t1=9/KH-UBND; t3=7/NQ-CP"); /* the plan does not cite itself */
}

static void
test_review (void **state)
{
    (void) state;
    static const struct {
        const char *text, *date, *wanted;
    } cases[] = {
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 30/02/2023.", "2024-03-01", "/sections/0/paragraphs/0/references/0/date date_impossible" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 02/03/2024.", "2024-03-01", "/sections/0/paragraphs/0/references/0/date date_after_plan" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 01/03/2024.", "2024-03-01", "" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 02/03/2024.", "2024-03", "" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 02/04/2024.", "2024-03", "/sections/0/paragraphs/0/references/0/date date_after_plan" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/NĐ-CP ngày 02/04/2024.", NULL, "" },
        { "I. CĂN CỨ\nTheo Nghị định số 5/2021/NĐ-CP ngày 02/04/2022.", "2024-03", "/sections/0/paragraphs/0/references/0/date year_differs" },
        /* appendices */
        { "I. NHIỆM VỤ\nCác nhiệm vụ nêu tại Phụ lục kèm theo Kế hoạch này.", NULL, "/sections/0/paragraphs/0 appendix_missing" },
        { "I. NHIỆM VỤ\nBáo cáo theo Mẫu số 02.\nGửi theo Mẫu số 02.", NULL, "/sections/0/paragraphs/0 appendix_missing" },
        { "I. NHIỆM VỤ\n(Có danh sách kèm theo)", NULL, "/sections/0/paragraphs/0 appendix_missing" },
        { "I. NHIỆM VỤ\n(Có danh sách kèm theo)\n| TT | Tên |\n| 1 | A |", NULL, "" },
        { "I. NHIỆM VỤ\nCác nhiệm vụ nêu tại Phụ lục kèm theo.\n=== PHỤ LỤC\n1. Rà soát.", NULL, "" },
        { "I. NHIỆM VỤ\nCác nhiệm vụ nêu tại Phụ lục kèm theo.\n*PHỤ LỤC NHIỆM VỤ\n| TT | Tên |\n| 1 | A |", NULL, "" },
        { "I. NHIỆM VỤ\nNêu tại Phụ lục II.\n=== PHỤ LỤC I\n1. Rà soát.", NULL, "/sections/0/paragraphs/0 appendix_missing" },
        { "I. NHIỆM VỤ\nNêu tại Phụ lục số 02.\n=== PHỤ LỤC I\n1. Rà soát.\n=== PHỤ LỤC II\n1. Xây dựng.", NULL, "" },
        /* of another paper */
        { "I. NHIỆM VỤ\nTheo Phụ lục II ban hành kèm theo Thông tư số 5/TT-BNV.", NULL, "" },
        { "I. NHIỆM VỤ\nTheo Mẫu số 01 của Nghị định về công tác văn thư.", NULL, "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = review_of (record_of (pool, cases[i].text, cases[i].date));
        if (strcmp (got, cases[i].wanted) != 0)
            fail_msg ("'%s':\n  '%s', not\n  '%s'", cases[i].text, got, cases[i].wanted);
    }
}

/* Pages that were not asked for may hold the appendix. */
static void
test_partly_read (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_zones *zones = body_zones (pool, "I. NHIỆM VỤ\nNêu tại Phụ lục II.");
    record->page_count = 3;
    kh_plan_sections (zones, pool, record);
    kh_plan_check_appendices (zones, pool, record);
    assert_int_equal (record->review->len, 0);
}

/* An opening: bases with "|" between, and what introduces the plan behind "//". */
static void
test_openings (void **state)
{
    (void) state;
    static const struct {
        const char *opening, *wanted;
    } cases[] = {
        { "Căn cứ Luật Đầu tư ngày 17/6/2020\nThực hiện Kế hoạch số 5/KH-UBND\nSở Tư pháp xây dựng Kế hoạch như sau:",
          "Căn cứ Luật Đầu tư ngày 17/6/2020|Thực hiện Kế hoạch số 5/KH-UBND//Sở Tư pháp xây dựng Kế hoạch như sau:" },
        { "Căn cứ Nghị quyết số 5/NQ-CP; Sở Tư pháp ban hành Kế hoạch như sau:", "Căn cứ Nghị quyết số 5/NQ-CP;//Sở Tư pháp ban hành Kế hoạch như sau:" },
        { "Theo Công văn số 5/SNV-VP về cải cách, Văn phòng Sở tham mưu Kế hoạch như sau:",
          "Theo Công văn số 5/SNV-VP về cải cách,//Văn phòng Sở tham mưu Kế hoạch như sau:" },
        { "Thực hiện Kế hoạch số 5/KH-UBND về cải cách, Sở Tư pháp ban hành Kế hoạch năm 2024 của Sở.",
          "Thực hiện Kế hoạch số 5/KH-UBND về cải cách,//Sở Tư pháp ban hành Kế hoạch năm 2024 của Sở." },
        { "Thực hiện Công văn số 5/SNV-VP đề nghị các sở, UBND các xã xây dựng kế hoạch cải cách;\nCăn cứ tình hình thực tế.",
          "Thực hiện Công văn số 5/SNV-VP đề nghị các sở, UBND các xã xây dựng kế hoạch cải cách;|Căn cứ tình hình thực tế." },
        { "1. Căn cứ Luật Đầu tư ngày 17/6/2020;\n2. Căn cứ Nghị quyết số 5/NQ-CP;\nSở Tư pháp xây dựng Kế hoạch như sau:",
          "Căn cứ Luật Đầu tư ngày 17/6/2020;|Căn cứ Nghị quyết số 5/NQ-CP;//Sở Tư pháp xây dựng Kế hoạch như sau:" },
        { "Căn cứ Quyết định số 5/QĐ-UBND về việc\nban hành Kế hoạch kiểm soát thủ tục,\nSở Tư pháp xây dựng Kế hoạch như sau:",
          "Căn cứ Quyết định số 5/QĐ-UBND về việc ban hành Kế hoạch kiểm soát thủ tục,//Sở Tư pháp xây dựng Kế hoạch như sau:" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_record *record = kh_record_new (pool);
        kh_zones *zones = body_zones (pool, "");
        zones->opening = body_zones (pool, cases[i].opening)->body;
        kh_plan_bases (zones, pool, record);
        g_autoptr (GString) got = g_string_new (NULL);
        for (guint k = 0; k < record->bases->len; k++)
            g_string_append_printf (got, "%s%s", k > 0 ? "|" : "", ((const kh_base *) g_ptr_array_index (record->bases, k))->text.text);
        for (guint k = 0; k < zones->introduction->len; k++)
            g_string_append_printf (got, "//%s", ((const kh_text *) g_ptr_array_index (zones->introduction, k))->str);
        if (strcmp (got->str, cases[i].wanted) != 0)
            fail_msg ("'%s':\n  '%s', not\n  '%s'", cases[i].opening, got->str, cases[i].wanted);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_paragraphs_and_tasks), cmocka_unit_test (test_review), cmocka_unit_test (test_partly_read),
                                        cmocka_unit_test (test_openings) };
    return cmocka_run_group_tests_name ("citations", tests, NULL, NULL);
}
