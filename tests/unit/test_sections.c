/* Sections: bodies written as text in, the outline with roles out. A section is told as
 * "level number title (role): paragraphs", a paragraph by its marker ("." for running text, the table's id for a table). */
#include "plan/checks.h"
#include "plan/roles.h"

#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const char *const ROLES[] = { "other", "objectives", "tasks", "assignments", "funding", "implementation", "appendix" };

static char *
told (const kh_record *record)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *s = record->sections->pdata[i];
        g_string_append_printf (out, "%d %s|%s|%s|", s->level, s->number.text ? s->number.text : "-", s->title.text ? s->title.text : "-", ROLES[s->role]);
        for (guint k = 0; k < s->paragraphs->len; k++) {
            const kh_paragraph *p = s->paragraphs->pdata[k];
            g_string_append_printf (out, "%s%s", k > 0 ? " " : "", p->table ? p->table : p->marker ? p->marker : ".");
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
test_plain_plan (void **state)
{
    (void) state;
    check ("I. MỤC ĐÍCH, YÊU CẦU\n"
           "1. Mục đích\n"
           "Nâng cao chất lượng phục vụ.\n"
           "2. Yêu cầu\n"
           "- Bám sát kế hoạch của tỉnh.\n"
           "- Phân công rõ việc.\n"
           "II. NHIỆM VỤ\n"
           "1. Rà soát văn bản đã ban hành, đề xuất bãi bỏ văn bản hết hiệu lực.\n"
           "2. Tổ chức tập huấn cho công chức cấp xã về hộ tịch.\n"
           "III. KINH PHÍ THỰC HIỆN\n"
           "Từ dự toán chi thường xuyên.\n"
           "IV. TỔ CHỨC THỰC HIỆN\n"
           "1. Văn phòng Sở\n"
           "- Theo dõi, đôn đốc.\n"
           "2. Các phòng, đơn vị thuộc Sở\n"
           "- Thực hiện nhiệm vụ được giao.\n"
           "Trên đây là Kế hoạch năm 2024./.\n",
           "1 I|MỤC ĐÍCH, YÊU CẦU|objectives|\n"
           "2 1|Mục đích|objectives|.\n"
           "2 2|Yêu cầu|objectives|- -\n"
           "1 II|NHIỆM VỤ|tasks|1. 2.\n"
           "1 III|KINH PHÍ THỰC HIỆN|funding|.\n"
           "1 IV|TỔ CHỨC THỰC HIỆN|implementation|\n"
           "2 1|Văn phòng Sở|implementation|-\n"
           "2 2|Các phòng, đơn vị thuộc Sở|implementation|- .\n");
}

static void
test_deep_numbers (void **state)
{
    (void) state;
    check ("A. NỘI DUNG\n"
           "I. Chuyển đổi số\n"
           "1. Hạ tầng\n"
           "1.1. Mục tiêu chung\n"
           "Mạng nội bộ thông suốt.\n"
           "1.2. Nhiệm vụ\n"
           "a) Trong năm 2024\n"
           "- Thay thiết bị cũ.\n"
           "+ Máy chủ;\n"
           "+ Máy trạm.\n"
           "b) Đến năm 2025\n"
           "- Mở rộng đường truyền.\n"
           "2. Nhân lực\n"
           "- Tuyển dụng theo vị trí việc làm.\n"
           "B. TỔ CHỨC THỰC HIỆN\n"
           "I. Trách nhiệm của Sở Nội vụ\n"
           "Làm đầu mối.\n",
           "1 A|NỘI DUNG|tasks|\n"
           "2 I|Chuyển đổi số|tasks|\n"
           "3 1|Hạ tầng|tasks|\n"
           "4 1.1|Mục tiêu chung|objectives|.\n"
           "4 1.2|Nhiệm vụ|tasks|\n"
           "5 a|Trong năm 2024|tasks|- + +\n"
           "5 b|Đến năm 2025|tasks|-\n"
           "3 2|Nhân lực|tasks|-\n"
           "1 B|TỔ CHỨC THỰC HIỆN|implementation|\n"
           "2 I|Trách nhiệm của Sở Nội vụ|implementation|.\n");
}

/* A sentence among headings is a section without title; a sentence before the first heading is not. */
static void
test_mixed_lists (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n"
           "1. Cải cách thể chế\n"
           "- Rà soát văn bản.\n"
           "2. Cải cách công vụ\n"
           "- Đánh giá công chức.\n"
           "3. Phối hợp với các cơ quan báo chí đưa tin về kết quả cải cách hành chính của tỉnh trong năm.\n"
           "4. Tuyên truyền: biên soạn tờ gấp, phát trên hệ thống truyền thanh cơ sở của các xã, phường.\n"
           "5. Nguồn nhân lực\n"
           "- Cử công chức đi học.\n",
           "1 I|NHIỆM VỤ|tasks|\n"
           "2 1|Cải cách thể chế|tasks|-\n"
           "2 2|Cải cách công vụ|tasks|-\n"
           "2 3|-|tasks|.\n"
           "2 4|Tuyên truyền|tasks|.\n"
           "2 5|Nguồn nhân lực|tasks|-\n");
    check ("I. NHIỆM VỤ\n"
           "a) Cập nhật, niêm yết đầy đủ thủ tục mới tại nơi tiếp nhận.\n"
           "*b) Nâng cao chất lượng hồ sơ\n"
           "- Xin lỗi khi trễ hẹn.\n",
           "1 I|NHIỆM VỤ|tasks|a)\n"
           "2 b|Nâng cao chất lượng hồ sơ|tasks|-\n");
}

/* Wrong and repeated numbers stay as they are in a sound text. */
static void
test_wrong_numbers (void **state)
{
    (void) state;
    check ("I. MỤC TIÊU\n- Đạt kế hoạch.\nII. NHIỆM VỤ\n- Làm việc này.\nII. KINH PHÍ\nNgân sách.\nIV. TỔ CHỨC THỰC HIỆN\nVăn phòng theo dõi.\n",
           "1 I|MỤC TIÊU|objectives|-\n"
           "1 II|NHIỆM VỤ|tasks|-\n"
           "1 II|KINH PHÍ|funding|.\n"
           "1 IV|TỔ CHỨC THỰC HIỆN|implementation|.\n");
}

static void
test_named_parts (void **state)
{
    (void) state;
    check ("Phần I. ĐÁNH GIÁ KẾT QUẢ NĂM 2023\n"
           "I. Kết quả đạt được\n- Đã hoàn thành.\n"
           "Phần II. KẾ HOẠCH NĂM 2024\n"
           "I. Mục tiêu\n- Đạt chỉ tiêu.\n"
           "II. Nhiệm vụ, giải pháp\n- Xây dựng đề án.\n",
           "1 Phần I|ĐÁNH GIÁ KẾT QUẢ NĂM 2023|other|\n"
           "2 I|Kết quả đạt được|other|-\n"
           "1 Phần II|KẾ HOẠCH NĂM 2024|other|\n"
           "2 I|Mục tiêu|objectives|-\n"
           "2 II|Nhiệm vụ, giải pháp|tasks|-\n");
    check ("Điều 1. Ban hành kèm theo Quyết định này Kế hoạch kiểm tra năm 2024.\n"
           "Điều 2. Hiệu lực thi hành\n"
           "Quyết định có hiệu lực từ ngày ký.\n",
           "1 Điều 1|-|other|.\n"
           "1 Điều 2|Hiệu lực thi hành|other|.\n");
}

/* The number alone in its line; a list inside a bullet; items that run on; what closes a list. */
static void
test_habits (void **state)
{
    (void) state;
    check ("Phần I\nĐÁNH GIÁ TÌNH HÌNH\n1/ Kết quả:\n- Thu 40 mét tài liệu.\nPhần II\nTỔ CHỨC THỰC HIỆN\n1/ Phòng Nội vụ:\n- Đôn đốc tiến độ.\n"
           "2/ Phòng Tài chính: Cấp kinh phí.\n3/ Các xã: Giao nộp tài liệu.\nTrên đây là Kế hoạch chỉnh lý./.\n",
           "1 Phần I|ĐÁNH GIÁ TÌNH HÌNH|other|\n2 1|Kết quả|other|-\n1 Phần II|TỔ CHỨC THỰC HIỆN|implementation|\n2 1|Phòng Nội vụ|implementation|-\n"
           "2 2|Phòng Tài chính|implementation|.\n2 3|Các xã|implementation|. .\n");
    check ("I. NHIỆM VỤ\n1. Thu thập tài liệu\n- Tại huyện.\n2. Chỉnh lý tài liệu\n- Trình tự như sau:\n1. Phân loại theo phông, theo năm, rồi lập thẻ.\n"
           "2. Đánh số từng tờ, ghi mục lục rồi nhập máy.\n3. Bảo quản\n- Khử trùng kho.\n",
           "1 I|NHIỆM VỤ|tasks|\n2 1|Thu thập tài liệu|tasks|-\n2 2|Chỉnh lý tài liệu|tasks|- 1. 2.\n2 3|Bảo quản|tasks|-\n");
    check ("I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích: Giữ tài liệu lâu dài.\n2. Yêu cầu: Làm đúng quy trình.\nII. NHIỆM VỤ\n1. Thu thập tài liệu\n2. Chỉnh lý tài liệu\n(Chi tiết tại Phụ lục I)\n",
           "1 I|MỤC ĐÍCH, YÊU CẦU|objectives|\n2 1|Mục đích|objectives|.\n2 2|Yêu cầu|objectives|.\n1 II|NHIỆM VỤ|tasks|1. 2. .\n");
    check ("MỤC ĐÍCH\nGiữ tài liệu lâu dài.\nNỘI DUNG\n- Thu thập.\nTỔ CHỨC THỰC HIỆN\n- Phòng Nội vụ chủ trì.\n",
           "1 -|MỤC ĐÍCH|objectives|.\n1 -|NỘI DUNG|tasks|-\n1 -|TỔ CHỨC THỰC HIỆN|implementation|-\n");
}

/* The sections whose number is out of its list. */
static void
check_numbers (const char *body, const char *expected)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = body_record (pool, body, 2024);
    kh_check_section_numbers (pool, record);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->review->len; i++) {
        const kh_review_entry *entry = record->review->pdata[i];
        g_string_append_printf (out, "%s%s %s", i > 0 ? "; " : "", entry->pointer, entry->reason);
    }
    if (strcmp (out->str, expected) != 0)
        fail_msg ("%s\nfound '%s', not '%s'", body, out->str, expected);
    g_string_free (out, TRUE);
}

static void
test_number_gaps (void **state)
{
    (void) state;
    check_numbers ("I. MỤC TIÊU\n- Đạt.\nII. NHIỆM VỤ\n- Làm.\nII. KINH PHÍ\nNgân sách.\nIV. TỔ CHỨC THỰC HIỆN\nVăn phòng theo dõi.\n",
                   "/sections/2/number section_number_gap; /sections/3/number section_number_gap");
    check_numbers ("I. NHIỆM VỤ\na) Thu thập\n- Làm.\nb) Phân loại\n- Làm.\nc) Số hóa\n- Làm.\nd) Bảo quản\n- Làm.\nđ) Tiêu hủy\n- Làm.\ne) Khai thác\n- Làm.\n"
                   "II. KINH PHÍ\nNgân sách.\n", "");
    check_numbers ("Phần I. MỤC TIÊU\nI. Chung\n- Đạt.\nII. Riêng\n- Đạt.\nPhần II. NHIỆM VỤ\nI. Thu thập\n- Làm.\nII. Phân loại\n- Làm.\n", "");
    /* a list that began with sentences goes on with headings */
    check_numbers ("I. NHIỆM VỤ\n1. Các phòng rà soát tài liệu, lập danh sách, gửi Văn phòng trước ngày 10 hằng tháng để tổng hợp.\n2. Chỉnh lý tài liệu\n- Làm.\n- Ghi.\n", "");
}

static void
test_inspection (void **state)
{
    (void) state;
    check ("I. MỤC ĐÍCH\n- Chấn chỉnh.\n"
           "II. NỘI DUNG KIỂM TRA\n- Việc chấp hành giờ làm việc.\n"
           "III. ĐỐI TƯỢNG, THỜI GIAN\n"
           "| TT | Đơn vị được kiểm tra | Thời gian |\n"
           "| 1 | UBND xã Thanh Bình | Tháng 3/2024 |\n"
           "| 2 | UBND xã Thanh An | Tháng 4/2024 |\n"
           "IV. TỔ CHỨC THỰC HIỆN\n- Thanh tra Sở chủ trì.\n",
           "1 I|MỤC ĐÍCH|objectives|-\n"
           "1 II|NỘI DUNG KIỂM TRA|other|-\n"
           "1 III|ĐỐI TƯỢNG, THỜI GIAN|other|tb1\n"
           "1 IV|TỔ CHỨC THỰC HIỆN|implementation|-\n");
}

static void
test_appendices (void **state)
{
    (void) state;
    check ("I. NHIỆM VỤ\n- Làm.\n"
           "=== PHỤ LỤC\n"
           "*DANH MỤC NHIỆM VỤ\n"
           "(Kèm theo Kế hoạch số 12/KH-STP)\n"
           "| TT | Nhiệm vụ | Chủ trì |\n"
           "| 1 | Rà soát | Phòng A |\n"
           "=== Phụ lục II\n"
           "BIỂU TỔNG HỢP\n"
           "1. Cột 1 ghi số liệu kỳ trước.\n",
           "1 I|NHIỆM VỤ|tasks|-\n"
           "1 -|PHỤ LỤC DANH MỤC NHIỆM VỤ|appendix|. tb1\n"
           "1 Phụ lục II|BIỂU TỔNG HỢP|appendix|1.\n");
}

/* What a scanner does to numbers is undone where their list tells what they were. */
static void
test_from_a_scanner (void **state)
{
    (void) state;
    check ("~1. MỤC TIÊU\n"
           "~- Nâng cao chất lượng.\n"
           "~H. NỘI DUNG\n"
           "~q) Công tác thể chế\n~- Rà soát văn bản.\n"
           "~B) Công tác cán bộ\n~- Đào tạo cán bộ trẻ.\n"
           "~II. KINH PHÍ\n~Ngân sách\n~tỉnh bảo đảm.\n"
           "~lV. TỔ CHỨC THỰC HI3N\n~- Văn phòng theo dõi.\n",
           "1 I|MỤC TIÊU|objectives|-\n"
           "1 II|NỘI DUNG|tasks|\n"
           "2 a|Công tác thể chế|tasks|-\n"
           "2 b|Công tác cán bộ|tasks|-\n"
           "1 III|KINH PHÍ|funding|.\n"
           "1 IV|TỔ CHỨC THỰC HI3N|implementation|-\n");
}

/* Strokes of Roman numbers are lost most of all. */
static void
test_lost_strokes (void **state)
{
    (void) state;
    check ("~I. Mục tiêu\n~Mua đủ thuốc.\n"
           "~1. Nội dung kế hoạch:\n"
           "~1. Mua thuốc:\n~- Lập danh mục.\n"
           "~2. Mua vật tư\n~- Lập dự toán.\n"
           "~II. Tổ chức thực hiện\n~- Văn phòng theo dõi.\n"
           "~IV. Phạm vi áp dụng\n~Toàn tỉnh.\n",
           "1 I|Mục tiêu|objectives|.\n"
           "1 II|Nội dung kế hoạch|tasks|\n"
           "2 1|Mua thuốc|tasks|-\n"
           "2 2|Mua vật tư|tasks|-\n"
           "1 III|Tổ chức thực hiện|implementation|-\n"
           "1 IV|Phạm vi áp dụng|other|.\n");
    check ("~I. Mục đích\n~- Chấn chỉnh.\n~I. Đối tượng kiểm tra\n~- Các nhà thuốc.\n~III. Tổ chức thực hiện\n"
           "~I. Trách nhiệm thực hiện\n~I1.I. Văn phòng Sở\n~- Theo dõi.\n~1.2. Thanh tra Sở\n~- Kiểm tra.\n",
           "1 I|Mục đích|objectives|-\n"
           "1 II|Đối tượng kiểm tra|other|-\n"
           "1 III|Tổ chức thực hiện|implementation|\n"
           "2 1|Trách nhiệm thực hiện|implementation|\n"
           "3 1.1|Văn phòng Sở|implementation|-\n"
           "3 1.2|Thanh tra Sở|implementation|-\n");
    /* an "L." that leaps ahead of C is I below it; D and Đ go on behind it */
    check ("~A. MỤC TIÊU\n~- Giảm tai nạn.\n~B. ĐỐI TƯỢNG\n~Các trường.\n~C. NHIỆM VỤ\n"
           "~L. Tuyên truyền\n~- Phát tờ rơi.\n~II. Kiểm tra\n~- Kiểm tra bếp ăn.\n"
           "~D. KINH PHÍ\n~Ngân sách tỉnh.\n~Đ. TỔ CHỨC THỰC HIỆN\n~I. Sở Y tế\n~- Theo dõi.\n~II. Sở Tài chính\n~- Bố trí vốn.\n",
           "1 A|MỤC TIÊU|objectives|-\n"
           "1 B|ĐỐI TƯỢNG|other|.\n"
           "1 C|NHIỆM VỤ|tasks|\n"
           "2 I|Tuyên truyền|tasks|-\n"
           "2 II|Kiểm tra|tasks|-\n"
           "1 D|KINH PHÍ|funding|.\n"
           "1 Đ|TỔ CHỨC THỰC HIỆN|implementation|\n"
           "2 I|Sở Y tế|implementation|-\n"
           "2 II|Sở Tài chính|implementation|-\n");
    /* a number that lost its mark goes on a list; one that goes on none is text, and so is any of a text layer */
    check ("~I. NHIỆM VỤ\n~1. Mua thuốc\n~- Lập danh mục.\n~2 Mua vật tư\n~- Lập dự toán.\n~3. Sửa máy\n~- Thuê thợ.\n~5 Trạm được cấp máy.\n",
           "1 I|NHIỆM VỤ|tasks|\n"
           "2 1|Mua thuốc|tasks|-\n"
           "2 2|Mua vật tư|tasks|-\n"
           "2 3|Sửa máy|tasks|- .\n");
    check ("I. NHIỆM VỤ\n1. Mua thuốc\n- Lập danh mục.\n2 Trạm được cấp máy.\n",
           "1 I|NHIỆM VỤ|tasks|\n"
           "2 1|Mua thuốc|tasks|- .\n");
    /* the page's number between a heading and its list, and a lone character, are no paragraphs */
    check ("~I. NHIỆM VỤ\n~1. Mua thuốc\n~- Lập danh mục.\n~2. Củng cố các trạm y tế. Trạm có đủ người.\n~1\n~- Tuyển bác sĩ.\n~S\n",
           "1 I|NHIỆM VỤ|tasks|\n"
           "2 1|Mua thuốc|tasks|-\n"
           "2 2|Củng cố các trạm y tế. Trạm có đủ người.|tasks|-\n");
}

static void
test_roles (void **state)
{
    (void) state;
    static const struct {
        const char *heading;
        kh_role inside;
        gboolean at_top;
        kh_role expected;
    } cases[] = {
        { "MỤC TIÊU, NHIỆM VỤ", 0, TRUE, KH_ROLE_OBJECTIVES },
        { "CÁC CHỈ TIÊU CHỦ YẾU", 0, TRUE, KH_ROLE_OBJECTIVES },
        { "MỘT SỐ GIẢI PHÁP TRỌNG TÂM", 0, TRUE, KH_ROLE_TASKS },
        { "NỘI DUNG VÀ KINH PHÍ", 0, TRUE, KH_ROLE_TASKS },
        { "PHÂN CÔNG NHIỆM VỤ CỤ THỂ", 0, TRUE, KH_ROLE_ASSIGNMENTS },
        { "DỰ TRÙ KINH PHÍ", 0, TRUE, KH_ROLE_FUNDING },
        { "KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2023", 0, TRUE, KH_ROLE_OTHER },
        { "THỰC TRẠNG", 0, TRUE, KH_ROLE_OTHER },
        { "Nội dung thanh, kiểm tra", 0, TRUE, KH_ROLE_OTHER },
        { "Cải cách tài chính công", KH_ROLE_TASKS, FALSE, KH_ROLE_TASKS },
        { "Mục tiêu cụ thể", KH_ROLE_TASKS, FALSE, KH_ROLE_OBJECTIVES },
        { "Kinh phí thực hiện", KH_ROLE_IMPLEMENTATION, FALSE, KH_ROLE_FUNDING },
        { "Nhiệm vụ của Sở Y tế", KH_ROLE_IMPLEMENTATION, FALSE, KH_ROLE_IMPLEMENTATION },
        { "Phân công trách nhiệm", KH_ROLE_IMPLEMENTATION, FALSE, KH_ROLE_ASSIGNMENTS },
        { "Thời gian tiến hành", KH_ROLE_TASKS, FALSE, KH_ROLE_OTHER },
        { "Sở Kế hoạch và Đầu tư", KH_ROLE_IMPLEMENTATION, FALSE, KH_ROLE_IMPLEMENTATION },
        { "Tổng nhu cầu", KH_ROLE_FUNDING, FALSE, KH_ROLE_FUNDING },
        { "TỐ CHỨC THỰC HlỆN", 0, TRUE, KH_ROLE_IMPLEMENTATION },
        { "NHU CẦU KINH PHÍ", 0, TRUE, KH_ROLE_FUNDING },
        { "TỔ CHỨC, CHỈ ĐẠO THỰC HIỆN", 0, TRUE, KH_ROLE_IMPLEMENTATION },
        /* sound words are not misread ones: no chỉ tiêu, no mục tiêu */
        { "THÔNG TIN CHI TIẾT", 0, TRUE, KH_ROLE_OTHER },
        { "LĨNH VỰC TIÊU CHUẨN", 0, TRUE, KH_ROLE_OTHER },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_role role = kh_role_of_heading (cases[i].heading, cases[i].inside, cases[i].at_top, NULL);
        if (role != cases[i].expected)
            fail_msg ("'%s': %s, not %s", cases[i].heading, ROLES[role], ROLES[cases[i].expected]);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_plain_plan),   cmocka_unit_test (test_deep_numbers), cmocka_unit_test (test_mixed_lists),
        cmocka_unit_test (test_wrong_numbers), cmocka_unit_test (test_named_parts), cmocka_unit_test (test_inspection),
        cmocka_unit_test (test_appendices),   cmocka_unit_test (test_from_a_scanner), cmocka_unit_test (test_lost_strokes), cmocka_unit_test (test_roles),
        cmocka_unit_test (test_habits),       cmocka_unit_test (test_number_gaps),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
