/* Tasks: bodies with tables and prose in, tasks out. A task is told as "number group: text; lead / coordinate; product; deadline". */
#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
tell_list (GString *out, const char *sign, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf (out, "%s%s", i == 0 ? sign : " & ", ((kh_value *) list->pdata[i])->text);
}

static char *
told (const kh_record *record)
{
    static const char *const KINDS[] = { "", " @date ", " @period ", " @recurring ", " @conditional " };
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *t = record->tasks->pdata[i];
        g_string_append_printf (out, "%s [%s] %s", t->number.text ? t->number.text : "-", t->group.text ? t->group.text : "-", t->text.text);
        tell_list (out, " #", t->lead);
        tell_list (out, " +", t->coordinate);
        tell_list (out, " =", t->product);
        g_string_append (out, KINDS[t->deadline.kind]);
        if (t->deadline.start != NULL || t->deadline.end != NULL)
            g_string_append_printf (out, "%s..%s", t->deadline.start ? t->deadline.start : "", t->deadline.end ? t->deadline.end : "");
        if (t->budget.text != NULL)
            g_string_append_printf (out, " $%s", t->budget.text);
        if (t->notes.text != NULL)
            g_string_append_printf (out, " !%s", t->notes.text);
        for (guint k = 0; k < t->other->len; k++) {
            const kh_other_field *other = t->other->pdata[k];
            g_string_append_printf (out, " {%s: %s}", other->header, other->text.text);
        }
        g_string_append_c (out, '\n');
    }
    return g_string_free (out, FALSE);
}

static void
check (const char *body, const char *expected)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autofree char *found = told (body_record (pool, body, 2024));
    if (strcmp (found, expected) != 0)
        fail_msg ("found:\n%snot:\n%s", found, expected);
}

static void
test_group_rows (void **state)
{
    (void) state;
    check ("I. PHÂN CÔNG NHIỆM VỤ\n"
           "| TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn | Kinh phí | Theo dõi |\n"
           "| I | Thể chế | | | | 40 | |\n"
           "| 1 | Rà soát văn bản | Thanh tra Sở | Các phòng thuộc Sở | Quý I | 15 | Văn phòng Sở |\n"
           "| 2 | Thẩm định dự thảo | Phòng Pháp chế / Thanh tra Sở | | Thường xuyên | | |\n"
           "| II | Thủ tục hành chính | < | < | < | < | < |\n"
           "| 3 | Niêm yết thủ tục | Văn phòng Sở phối hợp Phòng Pháp chế | | Trước 31/3 | | |\n"
           "| Tổng cộng | < | < | < | < | 40 | |\n",
           "1 [Thể chế] Rà soát văn bản #Thanh tra Sở +Các phòng thuộc Sở @period 2024-01-01..2024-03-31 $15 {Theo dõi: Văn phòng Sở}\n"
           "2 [Thể chế] Thẩm định dự thảo #Phòng Pháp chế & Thanh tra Sở @recurring \n"
           "3 [Thủ tục hành chính] Niêm yết thủ tục #Văn phòng Sở +Phòng Pháp chế @date ..2024-03-31\n");
}

/* Group rows whose number is lost or misread. */
static void
test_group_rows_without_number (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "| TT | Nội dung | Chủ trì |\n"
           "| 1 | Thể chế | |\n"
           "| 1 | Rà soát văn bản | Phòng A |\n"
           "| HE | Công vụ | |\n"
           "| 2 | Đánh giá công chức | Phòng B |\n"
           "| | Tài chính | |\n"
           "| 3 | Lập dự toán | Phòng C |\n"
           "| 4 | Báo cáo | |\n"
           "| 5 | Quyết toán | Phòng C |\n",
           "1 [Thể chế] Rà soát văn bản #Phòng A\n"
           "2 [Công vụ] Đánh giá công chức #Phòng B\n"
           "3 [Tài chính] Lập dự toán #Phòng C\n"
           "4 [Tài chính] Báo cáo\n"
           "5 [Tài chính] Quyết toán #Phòng C\n");
}

static void
test_merged_cells (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "| Nhiệm vụ chung | Nhiệm vụ cụ thể | Sản phẩm | Chủ trì | Bắt đầu | Hoàn thành |\n"
           "| Thể chế | 1. Rà soát văn bản | - Báo cáo / - Danh mục | Phòng A | Quý I/2024 | Quý II/2024 |\n"
           "| ^ | 2. Thẩm định dự thảo | Văn bản; Tờ trình | ^ | Thường xuyên | < |\n"
           "| Công vụ | 1. Đánh giá công chức | Quyết định, thông báo | Phòng B | Tháng 12 | Tháng 12 |\n",
           "1 [Thể chế] Rà soát văn bản #Phòng A =Báo cáo & Danh mục @period 2024-01-01..2024-06-30\n"
           "2 [Thể chế] Thẩm định dự thảo #Phòng A =Văn bản & Tờ trình @recurring \n"
           "1 [Công vụ] Đánh giá công chức #Phòng B =Quyết định, thông báo @period 2024-12-01..2024-12-31\n");
}

/* (nt), '' and the like are what stands above; the cell itself keeps the mark. */
static void
test_dittos (void **state)
{
    (void) state;
    static const char BODY[] = "I. NHIỆM VỤ\n"
                               "| TT | Nội dung | Chủ trì | Phối hợp | Thời hạn |\n"
                               "| 1 | Rà soát văn bản | Phòng A | Thanh tra Sở | Quý I |\n"
                               "| 2 | Thẩm định dự thảo | (nt) | - nt - | \" |\n"
                               "| 3 | Lập danh mục | Như trên | | -//- |\n"
                               "| 4 | Báo cáo | - | nt | Quý II |\n";
    check (BODY, "1 [NHIỆM VỤ] Rà soát văn bản #Phòng A +Thanh tra Sở @period 2024-01-01..2024-03-31\n"
                 "2 [NHIỆM VỤ] Thẩm định dự thảo #Phòng A +Thanh tra Sở @period 2024-01-01..2024-03-31\n"
                 "3 [NHIỆM VỤ] Lập danh mục #Phòng A @period 2024-01-01..2024-03-31\n"
                 "4 [NHIỆM VỤ] Báo cáo +Thanh tra Sở @period 2024-04-01..2024-06-30\n");
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_record *record = body_record (pool, BODY, 2024);
    assert_int_equal (record->repairs->len, 6);
    const kh_repair *repair = record->repairs->pdata[0];
    assert_string_equal (repair->kind, "ditto");
    assert_string_equal (repair->from, "(nt)");
    assert_string_equal (repair->to, "Phòng A");
    /* nothing above: the mark stays */
    check ("I. NHIỆM VỤ\n| TT | Nội dung | Chủ trì |\n| 1 | Rà soát văn bản | nt |\n", "1 [NHIỆM VỤ] Rà soát văn bản #nt\n");
}

/* Numbers an engine read as letters are mended to the one that is due, and only to that; a person's letters stay. */
static void
test_misread_numbers (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "| TT | Nội dung | Chủ trì |\n"
           "| ~T | Rà soát | Phòng A |\n| ~2 | Tập huấn | Phòng A |\n| ~3 | Khảo sát | Phòng A |\n| ~4 | Kiểm tra | Phòng A |\n"
           "| ~S | Sơ kết | Phòng A |\n| ~6 | Tổng kết | Phòng A |\n| ~S | Báo cáo | Phòng A |\n| S | Lưu trữ | Phòng A |\n",
           "1 [NHIỆM VỤ] Rà soát #Phòng A\n2 [NHIỆM VỤ] Tập huấn #Phòng A\n3 [NHIỆM VỤ] Khảo sát #Phòng A\n4 [NHIỆM VỤ] Kiểm tra #Phòng A\n"
           "5 [NHIỆM VỤ] Sơ kết #Phòng A\n6 [NHIỆM VỤ] Tổng kết #Phòng A\nS [NHIỆM VỤ] Báo cáo #Phòng A\nS [NHIỆM VỤ] Lưu trữ #Phòng A\n");
}

static void
test_without_groups (void **state)
{
    (void) state;
    /* the nearest title is the group; a column for both kinds of bodies: the first leads */
    check ("II. NỘI DUNG\n1. Lịch kiểm tra\n"
           "| STT | Đơn vị được kiểm tra | Thời gian | Chủ trì/phối hợp | Ghi chú |\n"
           "| (1) | (2) | (3) | (4) | (5) |\n"
           "| 01 | UBND xã Thanh Bình | 12/3/2024 | Thanh tra Sở; Phòng Pháp chế | Buổi sáng |\n"
           "| 02 | UBND xã Thanh An | 13/3/2024 | Thanh tra Sở | |\n",
           "01 [Lịch kiểm tra] UBND xã Thanh Bình #Thanh tra Sở +Phòng Pháp chế @date 2024-03-12..2024-03-12 !Buổi sáng\n"
           "02 [Lịch kiểm tra] UBND xã Thanh An #Thanh tra Sở @date 2024-03-13..2024-03-13\n");
    /* numbered one below the other */
    check ("I. NHIỆM VỤ\n"
           "| TT | Nội dung | Chủ trì |\n"
           "| 1 | Công tác cán bộ | |\n"
           "| 1.1 | Đánh giá công chức | Phòng A |\n"
           "| 1.2 | Luân chuyển cán bộ | Phòng A |\n"
           "| 2 | Công tác văn thư | |\n"
           "| 2.1 | Số hóa hồ sơ | Văn phòng Sở |\n",
           "1.1 [Công tác cán bộ] Đánh giá công chức #Phòng A\n"
           "1.2 [Công tác cán bộ] Luân chuyển cán bộ #Phòng A\n"
           "2.1 [Công tác văn thư] Số hóa hồ sơ #Văn phòng Sở\n");
}

static void
test_prose (void **state)
{
    (void) state;
    check ("I. MỤC TIÊU\n- Đạt chỉ tiêu.\n"
           "II. NHIỆM VỤ\n"
           "Các đơn vị tập trung vào những việc sau:\n"
           "1. Thể chế\n"
           "- Rà soát văn bản.\n"
           "- Xây dựng quy chế mới:\n"
           "+ Lấy ý kiến;\n"
           "+ Trình ban hành.\n"
           "(Chi tiết tại Phụ lục kèm theo)\n"
           "2. Công vụ\n"
           "a) Thường xuyên kiểm tra kỷ luật.\n"
           "b) Đánh giá công chức.\n"
           "3. Trên cơ sở kết quả thực hiện, nghiên cứu nhân rộng các mô hình có hiệu quả trong toàn tỉnh.\n",
           "- [Thể chế] Rà soát văn bản.\n"
           "- [Thể chế] Lấy ý kiến;\n"
           "- [Thể chế] Trình ban hành.\n"
           "a [Công vụ] Thường xuyên kiểm tra kỷ luật.\n"
           "b [Công vụ] Đánh giá công chức.\n"
           "3 [NHIỆM VỤ] Trên cơ sở kết quả thực hiện, nghiên cứu nhân rộng các mô hình có hiệu quả trong toàn tỉnh.\n");
}

static void
test_assigning_prose (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "1. Giao Phòng Tổ chức cán bộ chủ trì, phối hợp với Văn phòng Sở rà soát biên chế, hoàn thành trước ngày 30/6/2024.\n"
           "2. Văn phòng Sở chủ trì, phối hợp với các phòng, đơn vị thuộc Sở tổng hợp báo cáo.\n"
           "3. Xây dựng kế hoạch tuyên truyền. Đơn vị chủ trì: Thanh tra Sở. Thời gian: Quý I/2024.\n"
           "4. Phối hợp với Sở Nội vụ kiểm tra công vụ trước ngày 15/11.\n",
           "1 [NHIỆM VỤ] Giao Phòng Tổ chức cán bộ chủ trì, phối hợp với Văn phòng Sở rà soát biên chế, hoàn thành trước ngày 30/6/2024. #Phòng Tổ chức cán bộ "
           "+Văn phòng Sở @date ..2024-06-30\n"
           "2 [NHIỆM VỤ] Văn phòng Sở chủ trì, phối hợp với các phòng, đơn vị thuộc Sở tổng hợp báo cáo. #Văn phòng Sở +các phòng, đơn vị thuộc Sở\n"
           "3 [NHIỆM VỤ] Xây dựng kế hoạch tuyên truyền. Đơn vị chủ trì: Thanh tra Sở. Thời gian: Quý I/2024. #Thanh tra Sở @period 2024-01-01..2024-03-31\n"
           "4 [NHIỆM VỤ] Phối hợp với Sở Nội vụ kiểm tra công vụ trước ngày 15/11.\n");
    /* a stop a speck has put at the beginning */
    check ("I. NHIỆM VỤ\n- . Xây dựng kế hoạch; . ; Chủ trì: Phòng A.\n. Rà soát văn bản.\n",
           "- [NHIỆM VỤ] Xây dựng kế hoạch; . ; Chủ trì: Phòng A. #Phòng A\n"
           "- [NHIỆM VỤ] . Rà soát văn bản.\n");
}

static void
test_unit_headings (void **state)
{
    (void) state;
    check ("I. PHÂN CÔNG TRÁCH NHIỆM\n"
           "1. Văn phòng Sở\n- Tổng hợp báo cáo.\n"
           "2. Trách nhiệm của Thanh tra Sở\n- Kiểm tra công vụ.\n",
           "- [Văn phòng Sở] Tổng hợp báo cáo. #Văn phòng Sở\n"
           "- [Thanh tra Sở] Kiểm tra công vụ. #Thanh tra Sở\n");
}

static void
test_closing_line (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "1. Kiểm tra công vụ\n- Kiểm tra tại các huyện.\n- Kiểm tra tại các xã.\n"
           "Thời gian kiểm tra: Quý III/2024.\n"
           "2. Tuyên truyền\n- Phát tờ gấp.\n",
           "- [Kiểm tra công vụ] Kiểm tra tại các huyện. @period 2024-07-01..2024-09-30\n"
           "- [Kiểm tra công vụ] Kiểm tra tại các xã. @period 2024-07-01..2024-09-30\n"
           "- [Tuyên truyền] Phát tờ gấp.\n");
    /* who, with whom and when below each item, or below a heading that is the task itself */
    check ("I. NHIỆM VỤ\n"
           "1. Tuyên truyền\n"
           "- Biên soạn tờ gấp.\n"
           "Đơn vị chủ trì thực hiện: Văn phòng Sở.\nĐơn vị phối hợp: Thanh tra Sở; Phòng Pháp chế.\nThời gian thực hiện: Thường xuyên.\n"
           "- Tổ chức cuộc thi.\n"
           "Cơ quan thực hiện: Thanh tra Sở.\nThời gian hoàn thành: Quý II/2024.\n"
           "2. Kiểm tra công vụ\n"
           "- Cơ quan thực hiện: Thanh tra Sở chủ trì tham mưu kế hoạch.\n"
           "- Thời gian thực hiện: Quý IV/2024.\n"
           "3. Báo cáo\n"
           "a) Báo cáo sơ kết.\n"
           "- Chủ trì: Phòng Pháp chế.\n"
           "b) Báo cáo tổng kết.\n",
           "- [Tuyên truyền] Biên soạn tờ gấp. #Văn phòng Sở +Thanh tra Sở & Phòng Pháp chế @recurring \n"
           "- [Tuyên truyền] Tổ chức cuộc thi. #Thanh tra Sở @period 2024-04-01..2024-06-30\n"
           "2 [NHIỆM VỤ] Kiểm tra công vụ #Thanh tra Sở @period 2024-10-01..2024-12-31\n"
           "a [Báo cáo] Báo cáo sơ kết. #Phòng Pháp chế\n"
           "b [Báo cáo] Báo cáo tổng kết.\n");
}

static void
test_review (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = body_record (pool, "I. NHIỆM VỤ\n"
                                           "| TT | Nội dung | Chủ trì | Thời hạn |\n"
                                           "| 1 | Rà soát | Phòng A | Quý I |\n"
                                           "| 3 | Báo cáo | Phòng A | Xem phụ biểu |\n", 2024);
    assert_int_equal (record->review->len, 2);
    const kh_review_entry *deadline = record->review->pdata[0], *number = record->review->pdata[1];
    assert_string_equal (deadline->pointer, "/tasks/1/deadline");
    assert_string_equal (deadline->reason, "deadline_not_understood");
    assert_string_equal (number->pointer, "/tasks/1/number");
    assert_string_equal (number->reason, "row_number_gap");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_group_rows_without_number), cmocka_unit_test (test_group_rows),      cmocka_unit_test (test_merged_cells), cmocka_unit_test (test_dittos), cmocka_unit_test (test_misread_numbers), cmocka_unit_test (test_without_groups),
        cmocka_unit_test (test_prose),           cmocka_unit_test (test_assigning_prose), cmocka_unit_test (test_unit_headings),
        cmocka_unit_test (test_closing_line),    cmocka_unit_test (test_review),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
