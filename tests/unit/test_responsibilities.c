/* Responsibilities: who does what in TỔ CHỨC THỰC HIỆN, told as "unit: first words". */
#include "plan/doers.h"

#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
check (const char *body, const char *expected)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_record *record = body_record (pool, body, 2024);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->responsibilities->len; i++) {
        const kh_responsibility *r = record->responsibilities->pdata[i];
        g_auto (GStrv) words = g_strsplit (r->text.text, " ", 4);
        g_string_append_printf (out, "%s: %s %s\n", r->unit.text, words[0], words[1] ? words[1] : "");
    }
    if (strcmp (out->str, expected) != 0)
        fail_msg ("found:\n%snot:\n%s", out->str, expected);
    g_string_free (out, TRUE);
}

static void
test_headings_and_subjects (void **state)
{
    (void) state;
    check ("IV. TỔ CHỨC THỰC HIỆN\n"
           "1. Văn phòng Sở\n"
           "- Theo dõi, đôn đốc việc thực hiện.\n"
           "- Trưởng các phòng gửi báo cáo về Văn phòng.\n"
           "2. Trách nhiệm của Phòng Tài chính\n"
           "- Giao Tổ kế toán lập dự toán.\n"
           "- Trạm y tế xã: cử 01 cán bộ.\n"
           "3. Các phòng thuộc Sở\n"
           "- Phòng Đất đai lập danh sách thửa.\n"
           "- Trưởng các phòng phổ biến Kế hoạch.\n"
           "4. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh\n"
           "Giám sát việc thực hiện Kế hoạch.\n"
           "Trong quá trình thực hiện, nếu có vướng mắc, các phòng, đơn vị phản ánh về Văn phòng Sở.\n"
           "Trên đây là Kế hoạch năm 2024./.\n",
           "Văn phòng Sở: Theo dõi,\n"
           "Văn phòng Sở: Trưởng các\n"
           "Tổ kế toán: Giao Tổ\n"
           "Trạm y tế xã: Trạm y\n"
           "Phòng Đất đai: Phòng Đất\n"
           "Các phòng thuộc Sở: Trưởng các\n"
           "Ủy ban Mặt trận Tổ quốc tỉnh: Giám sát\n"
           "các phòng, đơn vị: Trong quá\n");
}

static void
test_items (void **state)
{
    (void) state;
    check ("IV. TỔ CHỨC THỰC HIỆN\n"
           "1. Trên cơ sở nhiệm vụ được giao, Trưởng các phòng thuộc Sở chịu trách nhiệm về tiến độ.\n"
           "2. Giao Thanh tra Sở kiểm tra kỷ luật công vụ.\n"
           "Kết quả kiểm tra là căn cứ xếp loại.\n"
           "3. Họp giao ban hằng tháng để rút kinh nghiệm.\n"
           "a) Trung tâm Lưu trữ có trách nhiệm:\n"
           "- Chỉnh lý tài liệu;\n"
           "- Số hóa hồ sơ.\n",
           "Trưởng các phòng thuộc Sở: Trên cơ\n"
           "Thanh tra Sở: Giao Thanh\n"
           "Thanh tra Sở: Kết quả\n"
           "Trung tâm Lưu trữ: Chỉnh lý\n"
           "Trung tâm Lưu trữ: Số hóa\n");
}

static void
test_persons (void **state)
{
    (void) state;
    check ("IV. TỔ CHỨC THỰC HIỆN\n"
           "- Phân công đồng chí Lò Văn An, Phó Chánh Văn phòng theo dõi, đôn đốc.\n"
           "- Giao ông Hà Văn Bình làm đầu mối.\n"
           "- Căn cứ Kế hoạch, các phòng và Ủy ban nhân dân các xã được phân công tổ chức thực hiện.\n"
           "Kế hoạch này thay thế Kế hoạch năm 2022.\n",
           "đồng chí Lò Văn An, Phó Chánh Văn phòng: Phân công\n"
           "ông Hà Văn Bình: Giao ông\n"
           "các phòng và Ủy ban nhân dân các xã: Căn cứ\n");
}

static void
test_names (void **state)
{
    (void) state;
    static const struct {
        const char *text, *name; /* NULL: no doer */
    } cases[] = {
        { "Văn phòng Sở chủ trì, phối hợp với các phòng.", "Văn phòng Sở" },
        { "Phòng Xây dựng, kiểm tra văn bản và theo dõi thi hành pháp luật ngoài việc thực hiện Kế hoạch.",
          "Phòng Xây dựng, kiểm tra văn bản và theo dõi thi hành pháp luật" },
        { "Thanh tra Sở kiểm tra việc chấp hành.", "Thanh tra Sở" },
        { "Thủ trưởng các đơn vị thuộc Sở bám sát nhiệm vụ.", "Thủ trưởng các đơn vị thuộc Sở" },
        { "Giao cho Giám đốc Bệnh viện đa khoa tỉnh tổ chức đấu thầu.", "Giám đốc Bệnh viện đa khoa tỉnh" },
        { "Đề nghị Sở Tài chính bố trí kinh phí.", "Sở Tài chính" },
        { "Mời Bảo hiểm xã hội tỉnh cử cán bộ.", "Bảo hiểm xã hội tỉnh" },
        { "Giao phòng Kế hoạch – Tài chính Sở Y tế là đầu mối.", "phòng Kế hoạch – Tài chính Sở Y tế" },
        { "Các thành viên Tổ công tác kiểm tra, đánh giá chất lượng triển khai khảo sát.", "Các thành viên Tổ công tác kiểm tra, đánh giá chất lượng" },
        { "Các cơ quan có liên quan phối hợp thực hiện.", "Các cơ quan có liên quan" },
        { "Đơn vị sự nghiệp công lập xây dựng phương án tự chủ.", "Đơn vị sự nghiệp công lập" },
        { "Tổ chức hội nghị triển khai.", NULL },
        { "Ban hành văn bản hướng dẫn.", NULL },
        { "Bố trí kinh phí cho các đơn vị.", NULL },
        { "Hội nghị tổng kết được tổ chức vào tháng 12.", NULL },
        { "Sơ kết, tổng kết theo quy định.", NULL },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_doer doer;
        gboolean found = kh_doer_at_start (cases[i].text, &doer);
        g_autofree char *name = found ? g_strndup (cases[i].text + doer.start, doer.end - doer.start) : NULL;
        if (g_strcmp0 (name, cases[i].name) != 0)
            fail_msg ("'%s': %s, not %s", cases[i].text, name ? name : "none", cases[i].name ? cases[i].name : "none");
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_headings_and_subjects),
        cmocka_unit_test (test_items),
        cmocka_unit_test (test_persons),
        cmocka_unit_test (test_names),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
