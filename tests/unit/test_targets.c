/* Targets: sentences of our own, and a table of indicators. What is found is told as "comparator value unit by", joined by "; ".
 */
#include "plan/parts.h"
#include "plan/targets.h"

#include "core/flow.h"
#include "sample_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *
told (const GPtrArray *targets)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < targets->len; i++) {
        const kh_target *target = targets->pdata[i];
        g_string_append_printf (out, "%s%s %g %s %s", i > 0 ? "; " : "", target->comparator, target->value,
                                target->unit.text != NULL ? target->unit.text : "-", target->by != NULL ? target->by : "-");
    }
    return g_string_free (out, FALSE);
}

/* A plan for 2024, or for 2021-2025 (`years`), whose headings say nothing nearer. */
static kh_target_frame
frame_of (kh_pool *pool, kh_role role, gboolean years)
{
    kh_target_frame frame = { .pool = pool, .targets = kh_pool_list (pool), .role = role, .section = "s1" };
    frame.plan_start = years ? "2021-01-01" : "2024-01-01";
    frame.by = years ? "2025-12-31" : "2024-12-31";
    frame.year = years ? 0 : 2024;
    return frame;
}

#define O KH_ROLE_OBJECTIVES
#define T KH_ROLE_TASKS
#define I KH_ROLE_IMPLEMENTATION

static void
sentences (void **state)
{
    (void)state;
    static const struct {
        kh_role role;
        gboolean years;
        const char *text, *expected;
    } cases[] = {
        /* shares and their bounds */
        { O, FALSE, "100% đơn thư được trả lời đúng hạn.", "= 100 % 2024-12-31" },
        { T, FALSE, "Bảo đảm 100 % tàu cá được lắp thiết bị giám sát hành trình.", "= 100 % 2024-12-31" },
        { O, FALSE, "Phấn đấu trên 90% chợ có người trông xe.", ">= 90 % 2024-12-31" },
        { O, FALSE, "Tối thiểu 72,5% số hộ phân loại rác tại nhà.", ">= 72.5 % 2024-12-31" },
        { O, FALSE, "Từ 60% thôn trở lên có sân chơi cho trẻ em.", ">= 60 % 2024-12-31" },
        { O, FALSE, "Tỷ lệ tàu về bến đúng giờ đạt từ 98% trở lên.", ">= 98 % 2024-12-31" },
        { O, FALSE, "Tỷ lệ hồ sơ trễ hạn dưới 2%; không quá 1% hồ sơ phải bổ sung lần hai.",
          "<= 2 % 2024-12-31; <= 1 % 2024-12-31" },
        { O, FALSE, "Không còn lớp học có sĩ số đi học dưới 85%.", ">= 85 % 2024-12-31" },
        { O, FALSE, "80% ao nuôi có sổ ghi chép và 40% ao nuôi có bảo hiểm.", "= 80 % 2024-12-31; = 40 % 2024-12-31" },
        /* change */
        { O, FALSE, "Giảm 12% số vụ cháy so với năm 2023.", "- 12 % 2024-12-31" },
        { O, FALSE, "Cắt giảm, đơn giản hóa ít nhất 15% giấy tờ phải nộp.", "- 15 % 2024-12-31" },
        { O, FALSE, "Số lượt khách tăng tối thiểu 20% so với cùng kỳ.", "+ 20 % 2024-12-31" },
        { O, FALSE, "Sản lượng mật ong tăng gấp 2 lần.", "+ 2 lần 2024-12-31" },
        { O, FALSE, "Thứ hạng của huyện tăng 3 bậc.", "+ 3 bậc 2024-12-31" },
        { O, FALSE, "Chi phí in ấn tăng không quá 5% so với năm trước.", "<= 5 % 2024-12-31" },
        /* a level reached is no change, nor are words that look like one */
        { O, FALSE, "Tăng tỷ lệ đường được chiếu sáng lên 75%.", "= 75 % 2024-12-31" },
        { O, FALSE, "Giảm tỷ lệ nước thất thoát xuống dưới 18%.", "<= 18 % 2024-12-31" },
        { T, FALSE, "Tăng cường kiểm tra bảo đảm 100% bến đò có phao cứu sinh.", "= 100 % 2024-12-31" },
        { T, FALSE, "Hạ tầng cấp nước của xã phục vụ 90% số hộ.", "= 90 % 2024-12-31" },
        { T, FALSE, "Giám sát 100% điểm giết mổ.", "= 100 % 2024-12-31" },
        { O, FALSE, "Tỷ lệ cặp vợ chồng khám sức khỏe trước kết hôn đạt 70%.", "= 70 % 2024-12-31" },
        /* counts */
        { O, FALSE, "Chỉ số hài lòng đạt 91,5 điểm trở lên.", ">= 91.5 điểm 2024-12-31" },
        { O, FALSE, "Mỗi xã có ít nhất 02 câu lạc bộ thể thao.", ">= 2 câu lạc bộ 2024-12-31" },
        { T, FALSE, "Mỗi phòng đề xuất tối thiểu 01 sáng kiến.", ">= 1 sáng kiến 2024-12-31" },
        { O, FALSE, "Phấn đấu nằm trong nhóm 10 huyện dẫn đầu tỉnh.", "<= 10 huyện 2024-12-31" },
        { O, FALSE, "Mỗi học sinh đọc tối thiểu 5 cuốn sách.", ">= 5 cuốn 2024-12-31" },
        { O, FALSE, "Mỗi thôn có ít nhất 10 đội viên xung kích, 02 cộng tác viên.",
          ">= 10 đội viên 2024-12-31; >= 2 cộng tác viên 2024-12-31" },
        { O, FALSE, "Lắp thêm 40 bể chứa vỏ thuốc.", "+ 40 bể chứa 2024-12-31" },
        { O, FALSE, "Thu nhập bình quân đạt 65 triệu đồng/người/năm.", "= 65 triệu đồng/người/năm 2024-12-31" },
        { O, FALSE, "Đạt 12 bác sĩ/vạn dân; trên 80% chợ có mái che.", "= 12 bác sĩ/vạn dân 2024-12-31; >= 80 % 2024-12-31" },
        { O, FALSE, "Thời gian gửi kết quả không quá 03 ngày sau khi khám.", "<= 3 ngày 2024-12-31" },
        { T, FALSE, "Áp dụng sổ điện tử tại 03/05 trạm y tế.", "= 3 trạm y tế 2024-12-31" },
        { O, FALSE, "Hoàn thành xóa nhà tạm cho 1.250 hộ.", "= 1250 hộ 2024-12-31" },
        { O, FALSE, "Tổng giá trị xuất khẩu đạt 2.300 tỷ đồng.", "= 2300 tỷ đồng 2024-12-31" },
        { O, FALSE, "Hình thành ít nhất 30 tổ hợp tác, 12 hợp tác xã.",
          ">= 30 tổ hợp tác 2024-12-31; >= 12 hợp tác xã 2024-12-31" },
        { O, FALSE, "Không để xảy ra vụ tai nạn làm chết trên 02 người.", "<= 2 người 2024-12-31" },
        { O, FALSE, "Thời gian trả lời phản ánh không quá 48 giờ.", "<= 48 giờ 2024-12-31" },
        { O, FALSE, "Tối thiểu 95% bếp ăn lưu mẫu đủ 24 giờ.", ">= 95 % 2024-12-31; = 24 giờ 2024-12-31" },
        { O, FALSE, "Chỉ số năng lực của huyện xếp thứ 5 trở lên, tăng 2 bậc.", "<= 5 - 2024-12-31; + 2 bậc 2024-12-31" },
        { O, FALSE, "Đưa xã vào nhóm 6 xã, phường đứng đầu.", "<= 6 xã, phường 2024-12-31" },
        { O, FALSE, "Nâng tỷ lệ ao có mái che từ 20% lên 35%.", "= 35 % 2024-12-31" },
        { O, FALSE, "Rút ngắn thời gian sửa cống còn 6 giờ.", "= 6 giờ 2024-12-31" },
        { O, FALSE, "Có 4/9 chỉ số thuộc mức khá.", "= 4 chỉ số 2024-12-31" },
        { O, FALSE, "Tỷ lệ giải ngân vốn đầu tư công đạt 98%.", "= 98 % 2024-12-31" },
        { O, FALSE, "Không để tỷ lệ đơn thư tồn vượt quá 3%.", "<= 3 % 2024-12-31" },
        { O, FALSE, "Trên 60% bến có phao, 25-30% bến có đèn.", ">= 60 % 2024-12-31; = 25 % 2024-12-31" },
        { O, FALSE, "Sản lượng đạt 40 tấn, gấp 2 lần năm 2022.", "= 40 tấn 2024-12-31; = 2 lần 2024-12-31" },
        { O, FALSE, "Bố trí không quá 02 cấp phó mỗi trạm.", "<= 2 cấp phó 2024-12-31" },
        /* no targets */
        { O, FALSE, "Nâng bến sông từ nhóm D lên nhóm C.", "" },
        { O, FALSE, "Hiện nay có 4/9 trạm bơm chạy tốt, đạt 44%; 2/9 trạm phải thay.", "" },
        { T, FALSE, "Công nhận làng nghề có sản phẩm từ 3 sao trở lên.", "" },
        { T, FALSE, "Chi cho báo cáo viên không quá 200.000 đồng/buổi.", "" },
        { T, FALSE, "Trả kết quả trong 04 giờ làm việc.", "" },
        { O, FALSE, "Đẩy mạnh cải cách trên 06 lĩnh vực.", "" },
        { O, FALSE, "Năm 2023, tỷ lệ trẻ đến trường đạt 93%; xếp thứ 4 trong 12 huyện.", "" },
        { O, FALSE, "Tính đến nay đã có 45% hộ dân dùng nước máy.", "" },
        { T, FALSE, "Thực hiện Đề án 06 theo Quyết định số 15/QĐ-UBND ngày 12/3/2024.", "" },
        { T, FALSE, "Tổ chức ít nhất 02 hội nghị tập huấn.", "" },
        { T, FALSE, "In và phát ít nhất 500 tờ gấp về phòng cháy.", "" },
        { T, FALSE, "Mỗi đơn vị cử 02 cán bộ tham gia.", "" },
        { T, FALSE, "Khảo sát người dân từ đủ 15 tuổi tại 12 xã.", "" },
        { O, FALSE, "Tiêm phòng cho trẻ dưới 24 tháng tuổi.", "" },
        { T, FALSE, "Kinh phí do ngân sách hỗ trợ 70%.", "" },
        { T, FALSE, "Trường hợp vượt quá 30% thì báo cáo ngay.", "" },
        { T, FALSE, "Đơn vị đạt 100% được cộng 05 điểm.", "" },
        { I, FALSE, "Gửi báo cáo trong thời hạn không quá 05 ngày làm việc; trước ngày 15/6 và 10/12 hằng năm.", "" },
        { I, FALSE, "Nhu cầu đề xuất tăng không quá 10% so với năm trước.", "<= 10 % 2024-12-31" },
        { T, FALSE, "Nâng cấp dịch vụ công lên mức độ 3, 4 theo TCVN ISO 9001:2015.", "" },
        /* by when */
        { O, TRUE, "Đến năm 2023, 50% cầu yếu được thay thế.", "= 50 % 2023-12-31" },
        { O, TRUE, "Tỷ lệ che phủ rừng đạt 42% vào cuối năm 2024.", "= 42 % 2024-12-31" },
        { O, TRUE, "Năm 2022, đạt 30%; đến năm 2025 đạt 70%.", "= 30 % 2022-12-31; = 70 % 2025-12-31" },
        { O, TRUE, "Từ năm 2022 không còn xã có tỷ lệ dưới 60%.", ">= 60 % 2022-12-31" },
        { O, TRUE, "Giảm 10% biên chế so với năm 2021.", "- 10 % 2025-12-31" },
        { O, TRUE, "Giảm bình quân 8% mỗi năm so với giai đoạn 2016-2020.", "- 8 % 2025-12-31" },
        { O, FALSE, "100% bản có nhà văn hóa trước ngày 30/6/2024.", "= 100 % 2024-06-30" },
        { O, FALSE, "Quý I đạt 20%, cả năm đạt 96%.", "= 20 % 2024-03-31; = 96 % 2024-12-31" },
        { O, FALSE, "Thay 30% cột trong quý II và 70% đến hết năm.", "= 30 % 2024-06-30; = 70 % 2024-12-31" },
        { T, FALSE, "Kiểm tra 40% số bến, báo cáo kết quả trước ngày 15/8/2024.", "= 40 % 2024-12-31" },
        { O, TRUE, "Đến 2023 có 15%, đến 2025 có 25% thôn có nhà văn hóa.", "= 15 % 2023-12-31; = 25 % 2025-12-31" },
        { O, TRUE, "100% hộ có thùng rác, 80% hộ có vườn mẫu vào năm 2024.", "= 100 % 2024-12-31; = 80 % 2024-12-31" },
        { O, TRUE, "100% hộ có thùng rác, phân loại đạt 80% vào năm 2024.", "= 100 % 2025-12-31; = 80 % 2024-12-31" },
        { O, FALSE, "Phấn đấu năm 2024 thôn đạt 90% hộ văn hóa.", "= 90 % 2024-12-31" },
        { O, FALSE, "Hết quý III, 80% hộ được cấp mã số.", "= 80 % 2024-09-30" },
        { O, TRUE, "100% văn bản còn hiệu lực đến ngày 31/12/2019 được số hóa.", "= 100 % 2025-12-31" },
        { O, TRUE, "Trồng mới 500 ha; trong đó năm 2023 trồng 200 ha.", "= 500 ha 2025-12-31; = 200 ha 2023-12-31" },
    };
    guint wrong = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_target_frame frame = frame_of (pool, cases[i].role, cases[i].years);
        kh_page *page = kh_page_new (pool, 1, 595, 842);
        kh_targets_of_text (&frame, sample_text (pool, page, 70, 100, cases[i].text));
        g_autofree char *found = told (frame.targets);
        if (strcmp (found, cases[i].expected) != 0) {
            print_error ("%s\n    expected '%s'\n    found    '%s'\n", cases[i].text, cases[i].expected, found);
            wrong++;
        }
    }
    assert_int_equal (wrong, 0);
}

static void
texts_and_subjects (void **state)
{
    (void)state;
    static const struct {
        const char *text;
        guint n;
        const char *sentence, *subject; /* of the last target */
    } cases[] = {
        { "Siết chặt kỷ cương. Tối thiểu 90% cuộc gọi được trả lời trong ngày.", 1,
          "Tối thiểu 90% cuộc gọi được trả lời trong ngày.", "cuộc gọi" },
        { "Mức độ hài lòng của người bệnh đạt tối thiểu 90%.", 1, "Mức độ hài lòng của người bệnh đạt tối thiểu 90%.",
          "Mức độ hài lòng của người bệnh" },
        { "Giảm 12% số vụ cháy so với năm 2023.", 1, "Giảm 12% số vụ cháy so với năm 2023.", "số vụ cháy" },
        { "Xây dựng ít nhất 60 mô hình vườn mẫu.", 1, "Xây dựng ít nhất 60 mô hình vườn mẫu.", "mô hình vườn mẫu" },
        { "Tại vùng ven biển: 100% bè nuôi được đăng ký.", 1, "Tại vùng ven biển: 100% bè nuôi được đăng ký.", "bè nuôi" },
        { "Tỷ lệ đúng hạn: 95%.", 1, "Tỷ lệ đúng hạn: 95%.", "Tỷ lệ đúng hạn" },
        { "Có ít nhất 20 mô hình trồng rau hữu cơ được chứng nhận.", 1, NULL, "mô hình trồng rau hữu cơ" },
        { "Đến năm 2025 có 70% lao động ở xã và 40% lao động ở thôn được tập huấn.", 2, NULL, "lao động ở thôn" },
        { "Theo chỉ đạo của UBND TP. Tân An, 100% tổ dân phố có tủ sách.", 1,
          "Theo chỉ đạo của UBND TP. Tân An, 100% tổ dân phố có tủ sách.", "tổ dân phố" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_target_frame frame = frame_of (pool, KH_ROLE_OBJECTIVES, FALSE);
        kh_page *page = kh_page_new (pool, 1, 595, 842);
        kh_targets_of_text (&frame, sample_text (pool, page, 70, 100, cases[i].text));
        assert_int_equal (frame.targets->len, cases[i].n);
        const kh_target *target = frame.targets->pdata[frame.targets->len - 1];
        if (cases[i].sentence != NULL)
            assert_string_equal (target->text.text, cases[i].sentence);
        assert_non_null (target->subject.text);
        assert_string_equal (target->subject.text, cases[i].subject);
        assert_int_equal (target->value_seen.n_spots, 1);
        assert_true (target->text.seen.n_spots > 0 && target->unit.seen.n_spots > 0);
    }
}

/* A table of indicators: "|" between cells; the first row is the header. */
static kh_table *
table_of (kh_pool *pool, const char *const *rows, const char *const *fields)
{
    kh_table *table = kh_pool_new0 (pool, kh_table, 1);
    kh_grid *grid = kh_pool_new0 (pool, kh_grid, 1);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    table->id = "tb1";
    table->role = KH_TABLE_TARGETS;
    table->columns = kh_pool_list (pool);
    table->grid = grid;
    table->first_row = 1;
    while (rows[grid->n_rows] != NULL)
        grid->n_rows++;
    while (fields[grid->n_cols] != NULL)
        grid->n_cols++;
    grid->cells = kh_pool_new0 (pool, kh_cell *, (gsize)grid->n_rows * grid->n_cols);
    for (int r = 0; r < grid->n_rows; r++) {
        g_auto (GStrv) cells = g_strsplit (rows[r], "|", -1);
        for (int c = 0; cells[c] != NULL; c++) {
            kh_cell *cell = kh_pool_new0 (pool, kh_cell, 1);
            if (strcmp (cells[c], "^") == 0) { /* merged with the one above */
                grid->cells[(r - 1) * grid->n_cols + c]->row_span = 2;
                continue;
            }
            cell->text =
                *cells[c] == '\0' ? (kh_text){ "", 0, NULL } : *sample_text (pool, page, 50 + 100 * c, 100 + 20 * r, cells[c]);
            cell->row_span = cell->col_span = 1;
            grid->cells[r * grid->n_cols + c] = cell;
            if (r == 0) {
                kh_table_column *column = kh_pool_new0 (pool, kh_table_column, 1);
                column->header = cell->text.str;
                column->field = *fields[c] == '\0' ? NULL : fields[c];
                g_ptr_array_add (table->columns, column);
            }
        }
    }
    return table;
}

static void
tables (void **state)
{
    (void)state;
    static const char *const years[] = { "TT|Chỉ tiêu|Đơn vị tính|Thực hiện năm 2023|Năm 2024|Năm 2025",
                                         "I|Nước sạch||||",
                                         "1|Hộ dùng nước máy|%|70,1|75|≥ 80,5",
                                         "2|Trạm bơm được thay|trạm|3||12",
                                         "3|Thời gian sửa chữa|giờ|9|≤ 8|không quá 6",
                                         NULL };
    static const char *const year_fields[] = { "number", "text", "", "", "", "", NULL };
    static const char *const one[] = { "Nội dung chỉ tiêu|Mục tiêu năm 2024|Ghi chú",
                                       "Tỷ lệ đúng hạn (%)|99|x",
                                       "Số bến đò an toàn|15 bến|",
                                       "Thứ hạng|A|",
                                       "Ngày họp|15/6|",
                                       NULL };
    static const char *const one_fields[] = { "text", "", "notes", NULL };
    static const char *const bounds[] = { "Chỉ tiêu|Đơn vị tính|Năm 2024", "Tỷ lệ hộ có hố rác|%|Trên 70%", "Xếp hạng của xã|Hạng|Top 10",
                                          "Số vụ cháy|Vụ|Giảm 5% so với năm 2023", "Bến mới|Bến|-", "Hộ đọc sách|%|Đạt từ 30 trở lên", NULL };
    static const char *const bounds_fields[] = { "text", "", "", NULL };
    static const char *const merged[] = { "Chỉ tiêu|ĐVT|Kế hoạch 2024", "Số lớp|lớp|4", "^|%|10", NULL };
    static const char *const merged_fields[] = { "text", "", "", NULL };
    static const char *const specks[] = { "Chỉ tiêu|ĐVT|Kế hoạch 2024", "Số lớp|.lớp|4", NULL }; /* as an engine reads a unit */
    static const char *const bare[] = { "Chỉ tiêu|ĐVT|2022|Ước thực hiện 2024|Lộ trình thực hiện 2024|2026|Đơn vị theo dõi",
                                        "Số hồ chứa|hồ|3|5|6|tăng 2|Phòng A", NULL };
    static const char *const bare_fields[] = { "text", "", "", "", "", "", "lead", NULL };
    static const struct {
        const char *const *rows, *const *fields, *expected;
    } cases[] = {
        { bounds, bounds_fields, ">= 70 % 2024-12-31; <= 10 Hạng 2024-12-31; - 5 % 2024-12-31; >= 30 % 2024-12-31" },
        { bare, bare_fields, "= 6 hồ 2024-12-31; + 2 hồ 2026-12-31" },
        { years, year_fields,
          "= 75 % 2024-12-31; >= 80.5 % 2025-12-31; = 12 trạm 2025-12-31; <= 8 giờ 2024-12-31; <= 6 giờ 2025-12-31" },
        { one, one_fields, "= 99 % 2024-12-31; = 15 bến 2024-12-31" },
        { specks, merged_fields, "= 4 lớp 2024-12-31" },
        { merged, merged_fields, "= 4 lớp 2024-12-31; = 10 % 2024-12-31" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_target_frame frame = frame_of (pool, KH_ROLE_OBJECTIVES, FALSE);
        kh_targets_of_table (&frame, table_of (pool, cases[i].rows, cases[i].fields));
        g_autofree char *found = told (frame.targets);
        if (strcmp (found, cases[i].expected) != 0)
            fail_msg ("table %zu\n    expected '%s'\n    found    '%s'", i, cases[i].expected, found);
    }
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_target_frame frame = frame_of (pool, KH_ROLE_OBJECTIVES, FALSE);
    kh_targets_of_table (&frame, table_of (pool, one, one_fields));
    const kh_target *target = frame.targets->pdata[0];
    assert_string_equal (target->text.text, "Tỷ lệ đúng hạn");
    assert_string_equal (target->subject.text, "Tỷ lệ đúng hạn");
    assert_string_equal (target->id, "g1");
}

/* ---- whole records: roles, headings, lines that date what hangs below them ---- */

static kh_section *
add_section (kh_pool *pool, kh_record *record, const char *parent, const char *title, kh_role role)
{
    kh_section *section = kh_pool_new0 (pool, kh_section, 1);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    section->id = kh_pool_printf (pool, "s%u", record->sections->len + 1);
    section->parent = parent;
    section->title = sample_value (pool, page, 70, 80, title);
    section->role = role;
    section->paragraphs = kh_pool_list (pool);
    g_ptr_array_add (record->sections, section);
    return section;
}

static void
add_paragraph (kh_pool *pool, kh_section *section, int depth, const char *text)
{
    kh_paragraph *paragraph = kh_pool_new0 (pool, kh_paragraph, 1);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    paragraph->depth = depth;
    paragraph->source = sample_text (pool, page, 70, 100, text);
    paragraph->text = kh_value_of (pool, paragraph->source);
    g_ptr_array_add (section->paragraphs, paragraph);
}

static void
whole_plan (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    record->header.period_start.text = "2021-01-01";
    record->header.period_end.text = "2030-12-31";
    kh_section *now = add_section (pool, record, NULL, "THỰC TRẠNG", KH_ROLE_OTHER);
    add_paragraph (pool, now, 0, "Hiện 30% ao hồ bị ô nhiễm.");
    kh_section *goals = add_section (pool, record, NULL, "MỤC TIÊU ĐẾN NĂM 2025", KH_ROLE_OBJECTIVES);
    add_paragraph (pool, goals, 1, "Tối thiểu 40% ao hồ được nạo vét.");
    kh_section *vision = add_section (pool, record, "s2", "Tầm nhìn dài hạn", KH_ROLE_OBJECTIVES);
    add_paragraph (pool, vision, 0, "Đến năm 2028:");
    add_paragraph (pool, vision, 1, "100% ao hồ được kè bờ.");
    add_paragraph (pool, vision, 1, "Riêng đến năm 2026: 50% ao hồ có rào chắn.");
    add_paragraph (pool, vision, 0, "Ít nhất 3 hồ điều hòa được xây mới.");
    kh_section *work = add_section (pool, record, NULL, "Bảo đảm 90% cống thoát nước thông suốt", KH_ROLE_TASKS);
    kh_table *table = table_of (pool, (const char *const[]){ "TT|Nhiệm vụ", "1|Nạo vét, tối thiểu 5 km kênh", NULL },
                                (const char *const[]){ "number", "text", NULL });
    table->role = KH_TABLE_TASKS;
    g_ptr_array_add (record->tables, table);
    kh_paragraph *place = kh_pool_new0 (pool, kh_paragraph, 1);
    place->table = "tb1";
    g_ptr_array_add (work->paragraphs, place);
    kh_section *money = add_section (pool, record, NULL, "KINH PHÍ", KH_ROLE_FUNDING);
    add_paragraph (pool, money, 0, "Tổng vốn đạt 120 tỷ đồng, ngân sách tỉnh 60%.");

    kh_plan_targets (NULL, pool, record);
    g_autofree char *found = told (record->targets);
    assert_string_equal (found,
                         ">= 40 % 2025-12-31; = 100 % 2028-12-31; = 50 % 2026-12-31; >= 3 hồ 2025-12-31; = 90 % 2030-12-31; "
                         ">= 5 km 2030-12-31");
    const kh_target *target = record->targets->pdata[4];
    assert_string_equal (target->section, "s4");
    assert_string_equal (target->id, "g5");
    assert_true (target->text.seen.n_spots > 0); /* of the heading as a whole */
}

/* A list of hundreds of items in one sentence: cut between items, none lost, and each its own text. */
static void
endless_sentence (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    g_autoptr (GString) text = g_string_new ("Phấn đấu:");
    for (guint i = 1; i <= 300; i++)
        g_string_append_printf (text, " ít nhất %u%% hộ ở thôn %u có nước sạch%s", i % 90 + 1, i, i % 2 ? "," : ";");
    kh_target_frame frame = frame_of (pool, O, FALSE);
    kh_targets_of_text (&frame, sample_text (pool, page, 0, 0, text->str));
    assert_int_equal (frame.targets->len, 300);
    const kh_target *last = frame.targets->pdata[299];
    assert_true (strlen (last->text.text) < 4000);
    assert_true (g_str_has_suffix (last->text.text, "thôn 300 có nước sạch;"));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (sentences), cmocka_unit_test (endless_sentence),
        cmocka_unit_test (texts_and_subjects),
        cmocka_unit_test (tables),
        cmocka_unit_test (whole_plan),
    };
    return cmocka_run_group_tests_name ("targets", tests, NULL, NULL);
}
