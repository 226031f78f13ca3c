/* Columns: headers and cells in, fields out; and what the table is for. */
#include "plan/columns.h"
#include "plan/tables.h"

#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
test_headers (void **state)
{
    (void) state;
    static const struct {
        const char *header, *field;
    } cases[] = {
        { "TT", "number" }, { "STT", "number" }, { "Số TT", "number" }, { "SốTT", "number" }, { "S.T.T", "number" }, { "Nhiệm vụ", "text" }, { "Nội dung công việc", "text" },
        { "Nội dung phối hợp", "text" }, { "Lĩnh vực/nhiệm vụ", "group" }, { "Nhóm nhiệm vụ", "group" }, { "Đơn vị chủ trì", "lead" },
        { "Cơ quan chủ trì tham mưu", "lead" }, { "Phòng, đơn vị chủ trì tham mưu", "lead" }, { "Chủ trì/phối hợp", "lead" },
        { "Người thực hiện & kết quả", "lead" }, { "Đơn vị thực hiện", "lead" }, { "Đơn vị phối hợp", "coordinate" }, { "Phối hợp", "coordinate" },
        { "Thời hạn hoàn thành", "deadline" }, { "Tiến độ", "deadline" }, { "Hoàn thành", "deadline" }, { "Thời gian thực hiện", "deadline" },
        { "Kết quả, sản phẩm", "product" }, { "Sản phẩm hoàn thành", "product" }, { "Kinh phí (triệu đồng)", "budget" },
        { "Dự kiến kinh phí", "budget" }, { "Ghi chú", "notes" }, { "Theo dõi, đôn đốc", NULL }, { "Đơn vị tính", NULL },
        { "Năm 2025", NULL }, { "Họ và tên", NULL }, { "ĐƠN VỊ CHỦ TRI", "lead" }, { "Thởi gian", "deadline" },
        /* as a scanner reads them */
        { "Cơ quan phối : hợp", "coordinate" }, { "Đơn vị chủ trỉ", "lead" }, { "Đơn vịchủ trì", "lead" }, { "Thờii gian hoàn thành", "deadline" },
        { "Sàn phầm", "product" }, { "Ghí chủ", "notes" }, { "Thòi hạn", "deadline" }, { "Kinh phi", "budget" }, { "Kết quà", "product" },
        { "Nội đung công việc", "text" }, { "Thanh phần", NULL }, { "Địa điểm", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        const char *field = kh_field_of_header (cases[i].header);
        if (g_strcmp0 (field, cases[i].field) != 0)
            fail_msg ("'%s': %s, not %s", cases[i].header, field ? field : "none", cases[i].field ? cases[i].field : "none");
    }
}

static void
check (const char *table, kh_table_role role, const char *fields)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_auto (GStrv) rows = g_strsplit (table, "\n", -1);
    const kh_grid *grid = body_grid (pool, rows, g_strv_length (rows));
    const kh_table *found = kh_table_of_grid (pool, grid, "tb1");
    GString *told = g_string_new (NULL);
    for (guint i = 0; i < found->columns->len; i++) {
        const kh_table_column *column = found->columns->pdata[i];
        g_string_append_printf (told, "%s%s", i > 0 ? " " : "", column->field ? column->field : "-");
    }
    if (strcmp (told->str, fields) != 0 || found->role != role)
        fail_msg ("%s\nrole %d: %s\nnot role %d: %s", table, found->role, told->str, role, fields);
    g_string_free (told, TRUE);
}

static void
test_tables (void **state)
{
    (void) state;
    check ("| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn |\n| 1 | Rà soát | Phòng A | Phòng B | Quý I |", KH_TABLE_TASKS,
           "number text lead coordinate deadline");
    /* of two columns of text the one with merged cells is the group */
    check ("| Nhiệm vụ chung | Nhiệm vụ cụ thể | Sản phẩm |\n| Thể chế | Rà soát | Báo cáo |\n| ^ | Thẩm định | Văn bản |", KH_TABLE_TASKS,
           "group text product");
    check ("| Mục tiêu | Hoạt động | Đơn vị thực hiện |\n| Mở rộng | Khảo sát | Phòng A |\n| ^ | Tập huấn | Phòng B |", KH_TABLE_TASKS,
           "group text lead");
    /* a group column alone holds the text */
    check ("| TT | Lĩnh vực/nhiệm vụ | Chủ trì |\n| 1 | Rà soát | Phòng A |", KH_TABLE_TASKS, "number text lead");
    /* begin and end */
    check ("| TT | Nội dung | Thời gian Bắt đầu | Thời gian Kết thúc |\n| 1 | Khảo sát | Quý I | Quý II |", KH_TABLE_TASKS,
           "number text deadline deadline");
    /* one lead: the stronger wording */
    check ("| TT | Nội dung | Lãnh đạo phụ trách | Đơn vị chủ trì |\n| 1 | Khảo sát | Ông B | Phòng A |", KH_TABLE_TASKS, "number text - lead");
    /* a schedule says what it is about in the column that is left */
    check ("| TT | Đơn vị | Ngày kiểm tra | Thành phần |\n| 1 | Xã A | 12/3/2024 | Tổ kiểm tra |", KH_TABLE_OTHER, "number - - -");
    check ("| TT | Đơn vị | Thời gian |\n| 1 | Xã A | 12/3/2024 |\n| 2 | Xã B | 13/3/2024 |", KH_TABLE_TASKS, "number text deadline");
    check ("| TT | Chỉ tiêu | Đơn vị tính | Kết quả năm 2023 | Năm 2024 |\n| 1 | Hồ sơ đúng hạn | % | 91 | 95 |", KH_TABLE_TARGETS,
           "number text - - -");
    check ("| TT | Chỉ tiêu | Đơn V tính | Năm 2024 | Năm 2025 |\n| 1 | Hồ sơ đúng hạn | % | 91 | 95 |", KH_TABLE_TARGETS,
           "number text - - -"); /* as a scanner may read it */
    check ("| Nguồn vốn | Tổng số (tỷ đồng) |\n| Ngân sách | 12 |", KH_TABLE_OTHER, "- -");
    /* a form to be filled in */
    check ("| STT | Nội dung | Thời gian | Ghi chú |\n| 1 | Giường bệnh | | |\n| 2 | Bác sĩ | | |\n| 3 | Điều dưỡng | | |", KH_TABLE_OTHER,
           "number text deadline notes");
}

static void
test_without_header (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_auto (GStrv) rows = g_strsplit ("| 1 | Rà soát quy trình giải quyết thủ tục hành chính | Phòng Nội vụ | Tháng 3/2024 |\n"
                                      "| 2 | Tập huấn cho công chức tiếp nhận hồ sơ một cửa | Văn phòng Sở | Quý II/2024 |\n"
                                      "| 3 | Khảo sát mức độ hài lòng của người dân trong tỉnh | Thanh tra Sở | Quý IV/2024 |", "\n", -1);
    kh_grid *grid = body_grid (pool, rows, 3);
    grid->n_header_rows = 0;
    const kh_table *table = kh_table_of_grid (pool, grid, "tb1");
    static const char *const fields[] = { "number", "text", "lead", "deadline" };
    assert_int_equal (table->first_row, 0);
    for (guint i = 0; i < 4; i++)
        assert_string_equal (((kh_table_column *) table->columns->pdata[i])->field, fields[i]);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_headers),
        cmocka_unit_test (test_tables),
        cmocka_unit_test (test_without_header),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
