/* The head in its many forms, of papers of our own: who issues, numbers, days, titles, periods; and the checks of dates. */
#include "plan/checks.h"
#include "plan/parts.h"
#include "plan_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BODY "P Căn cứ tình hình thực tế;\nP I. MỤC TIÊU\nP Nâng cao chất lượng.\n"

static kh_record *
record_of (kh_pool *pool, const char *text)
{
    kh_record *record = kh_record_new (pool);
    kh_zones *zones = kh_zones_of (paper_flow (pool, text), pool);
    kh_plan_header (zones, pool, record);
    kh_plan_province (zones, pool, record);
    kh_check_plan_date (pool, record);
    return record;
}

/* The reason of the review's entry for the pointer; "" without one. */
static const char *
reason_for (const kh_record *record, const char *pointer)
{
    for (guint i = 0; i < record->review->len; i++) {
        const kh_review_entry *entry = g_ptr_array_index (record->review, i);
        if (strcmp (entry->pointer, pointer) == 0)
            return entry->reason;
    }
    return "";
}

/* Lines above the number -> parent and issuer. */
static void
test_issuers (void **state)
{
    (void) state;
    static const struct {
        const char *lines, *number, *parent, *issuer;
    } cases[] = {
        { "L UBND TỈNH NINH BÌNH\nL UBND HUYỆN NHO QUAN\n", "7/KH-UBND", "UBND TỈNH NINH BÌNH", "UBND HUYỆN NHO QUAN" },
        { "L THÀNH PHỐ HUẾ\nL ỦY BAN NHÂN DÂN PHƯỜNG AN CỰU\n", "7/KH-UBND", "THÀNH PHỐ HUẾ", "ỦY BAN NHÂN DÂN PHƯỜNG AN CỰU" },
        { "L UBND TỈNH NINH BÌNH\n", "7/KH-UBND", "-", "UBND TỈNH NINH BÌNH" },
        /* several lines above the issuer are its parent */
        { "L UBND TỈNH NINH BÌNH\nL SỞ XÂY DỰNG\nL THANH TRA\n", "7/KH-TTr", "UBND TỈNH NINH BÌNH SỞ XÂY DỰNG", "THANH TRA" },
        { "L HỘI ĐỒNG NHÂN DÂN\nL TỈNH NINH BÌNH\nL BAN PHÁP CHẾ\n", "7/KH-HĐND", "HỘI ĐỒNG NHÂN DÂN TỈNH NINH BÌNH", "BAN PHÁP CHẾ" },
        /* names that a line's end breaks */
        { "L BỘ TÀI NGUYÊN VÀ MÔI\nL TRƯỜNG\n", "7/KH-BTNMT", "-", "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG" },
        { "L UBND THÀNH PHỐ HẢI\nL PHÒNG\nL SỞ DU LỊCH\n", "7/KH-SDL", "UBND THÀNH PHỐ HẢI PHÒNG", "SỞ DU LỊCH" },
        { "L UBND HUYỆN ĐỒNG VĂN\nL PHÒNG NỘI VỤ\n", "7/KH-NV", "UBND HUYỆN ĐỒNG VĂN", "PHÒNG NỘI VỤ" },
        { "L SỞ TƯ PHÁP NINH BÌNH\nL TRUNG TÂM TRỢ GIÚP PHÁP LÝ\nL NHÀ NƯỚC\n", "7/KH-TTTG", "SỞ TƯ PHÁP NINH BÌNH", "TRUNG TÂM TRỢ GIÚP PHÁP LÝ NHÀ NƯỚC" },
        { "L UBND TỈNH NINH BÌNH\nL BAN VÌ SỰ TIẾN BỘ\nL PHỤ NỮ TỈNH\n", "7/KH-BVSTBPN", "UBND TỈNH NINH BÌNH", "BAN VÌ SỰ TIẾN BỘ PHỤ NỮ TỈNH" },
        { "L SỞ GD&ĐT ĐẮK NÔNG\nL TRƯỜNG THPT NGUYỄN DU\n", "7/KH-THPT", "SỞ GD&ĐT ĐẮK NÔNG", "TRƯỜNG THPT NGUYỄN DU" },
        /* the party and mass organisations */
        { "L TỈNH ỦY NINH BÌNH\nL BAN DÂN VẬN\nL *\n", "7-KH/BDV", "TỈNH ỦY NINH BÌNH", "BAN DÂN VẬN" },
        { "L ĐẢNG ỦY\nL SỞ TƯ PHÁP\nL CHI BỘ VĂN PHÒNG\n", "7-KH/CB", "ĐẢNG ỦY SỞ TƯ PHÁP", "CHI BỘ VĂN PHÒNG" },
        { "L ĐẢNG BỘ TỈNH NINH BÌNH\nL ĐẢNG ỦY KHỐI\nL CÁC CƠ QUAN TỈNH\n", "7-KH/ĐUK", "ĐẢNG BỘ TỈNH NINH BÌNH", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH" },
        { "L BAN CHỈ ĐẠO 35\nL TỈNH ỦY NINH BÌNH\n", "7-KH/BCĐ", "-", "BAN CHỈ ĐẠO 35 TỈNH ỦY NINH BÌNH" },
        { "L TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nL LĐLĐ TỈNH NINH BÌNH\n", "7/KH-LĐLĐ", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LĐLĐ TỈNH NINH BÌNH" },
        { "L ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nL TỈNH NINH BÌNH\n", "7/KH-MTTQ", "-", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH NINH BÌNH" },
        { "L LIÊN ĐOÀN LAO ĐỘNG TỈNH\nL CÔNG ĐOÀN VIÊN CHỨC\n", "7/KH-CĐVC", "LIÊN ĐOÀN LAO ĐỘNG TỈNH", "CÔNG ĐOÀN VIÊN CHỨC" },
        /* boards of several lines */
        { "L UBND TỈNH NINH BÌNH\nL BAN CHỈ ĐẠO PHÒNG, CHỐNG\nL THIÊN TAI\n", "7/KH-BCĐ", "UBND TỈNH NINH BÌNH", "BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI" },
        { "L BAN CHỈ ĐẠO\nL CHƯƠNG TRÌNH OCOP\nL TỈNH NINH BÌNH\n", "7/KH-BCĐ", "-", "BAN CHỈ ĐẠO CHƯƠNG TRÌNH OCOP TỈNH NINH BÌNH" },
        /* joint issuers: of one rank, by a dash, by the code */
        { "L SỞ Y TẾ\nL SỞ DU LỊCH\n", "7/KHPH-SYT-SDL", "-", "SỞ Y TẾ - SỞ DU LỊCH" },
        { "L UBND TỈNH NINH BÌNH\nL SỞ Y TẾ - SỞ DU LỊCH -\nL SỞ TÀI CHÍNH\n", "7/KHLN-SYT-SDL-STC", "UBND TỈNH NINH BÌNH", "SỞ Y TẾ - SỞ DU LỊCH - SỞ TÀI CHÍNH" },
        { "L LIÊN ĐOÀN LAO ĐỘNG TỈNH\nL SỞ Y TẾ\n", "7/KHPH-LĐLĐ-SYT", "-", "LIÊN ĐOÀN LAO ĐỘNG TỈNH - SỞ Y TẾ" },
        { "L HỘI NÔNG DÂN TỈNH\nL HỘI CỰU CHIẾN BINH TỈNH\n", "7/KHPH-HND-HCCB", "-", "HỘI NÔNG DÂN TỈNH - HỘI CỰU CHIẾN BINH TỈNH" },
        { "L HỘI NÔNG DÂN TỈNH\nL HỘI NÔNG DÂN HUYỆN\n", "7/KH-HND", "HỘI NÔNG DÂN TỈNH", "HỘI NÔNG DÂN HUYỆN" },
        /* what is printed or stamped above and between */
        { "L Ký bởi: Sở Y tế\nL Thời gian ký: 02-01-2024 08:00:00 +07:00\nL UBND TỈNH NINH BÌNH\nL DỰ THẢO\nL SỞ Y TẾ\n", "7/KH-SYT", "UBND TỈNH NINH BÌNH", "SỞ Y TẾ" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *text = g_strdup_printf ("%sL Số: %s\n" MOTTO "R Hoa Lư, ngày 2 tháng 1 năm 2024\nC KẾ HOẠCH\nC Tập huấn nghiệp vụ\n" BODY, cases[i].lines, cases[i].number);
        const kh_header *h = &record_of (pool, text)->header;
        if (strcmp (or_dash (h->parent.text), cases[i].parent) != 0 || strcmp (or_dash (h->issuer.text), cases[i].issuer) != 0 || g_strcmp0 (h->number.text, cases[i].number) != 0)
            fail_msg ("head %zu: '%s', '%s', '%s'", i, or_dash (h->parent.text), or_dash (h->issuer.text), or_dash (h->number.text));
    }
}

/* Number and date lines. */
static void
test_numbers_and_days (void **state)
{
    (void) state;
    static const struct {
        const char *number, *day, *wanted_number, *place, *date, *reason;
    } cases[] = {
        { "Số: 12/2024/KH-UBND", "Đà Lạt, ngày 05/3/2024", "12/2024/KH-UBND", "Đà Lạt", "2024-03-05", "" },
        { "Số: 903 /KH - SNN&PTNT", "TP. Hồ Chí Minh, ngày 5.3.2024", "903/KH-SNN&PTNT", "TP. Hồ Chí Minh", "2024-03-05", "" },
        { "Số: ……/KH-SLĐTBXH", "Đà Lạt, ngày … tháng … năm 2024", "/KH-SLĐTBXH", "Đà Lạt", "2024", "" },
        { "Số: -KH/BTG", "Đà Lạt, ngày tháng 11năm 2024", "-KH/BTG", "Đà Lạt", "2024-11", "" },
        { "Số 12CTr/TU", "Đà Lạt, tháng 3 năm 2024", "12CTr/TU", "Đà Lạt", "2024-03", "" },
        { "Số:\nL 31/KH-STP", "Đà Lạt, ngày 3 tháng 3 năm 2024", "31/KH-STP", "Đà Lạt", "2024-03-03", "" },
        /* no calendar has it */
        { "Số: 1/KH-STP", "Đà Lạt, ngày 31 tháng 02 năm 2024", "1/KH-STP", "Đà Lạt", NULL, "date_impossible" },
        /* long before its period, and long after */
        { "Số: 1/KH-STP", "Đà Lạt, ngày 3 tháng 02 năm 2020", "1/KH-STP", "Đà Lạt", "2020-02-03", "date_unlikely" },
        { "Số: 1/KH-STP", "Đà Lạt, ngày 3 tháng 02 năm 2026", "1/KH-STP", "Đà Lạt", "2026-02-03", "date_unlikely" },
        { "Số: 1/KH-STP", "Đà Lạt, ngày 3 tháng 02 năm 2025", "1/KH-STP", "Đà Lạt", "2025-02-03", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *text = g_strdup_printf ("L SỞ TƯ PHÁP\nL %s\n" MOTTO "R %s\nC KẾ HOẠCH\nC Tập huấn nghiệp vụ năm 2024\n" BODY, cases[i].number, cases[i].day);
        const kh_record *record = record_of (pool, text);
        const kh_header *h = &record->header;
        if (g_strcmp0 (h->number.text, cases[i].wanted_number) != 0 || g_strcmp0 (h->place.text, cases[i].place) != 0 || g_strcmp0 (h->date.text, cases[i].date) != 0 ||
            strcmp (reason_for (record, "/header/date"), cases[i].reason) != 0)
            fail_msg ("head %zu: '%s', '%s', '%s', %s", i, or_dash (h->number.text), or_dash (h->place.text), or_dash (h->date.text), reason_for (record, "/header/date"));
    }
}

/* What is below the head -> title and period. */
static void
test_titles (void **state)
{
    (void) state;
    static const struct {
        const char *lines, *type, *title, *period;
    } cases[] = {
        { "C KẾ HOẠCH\nC V/v trồng cây phân tán\nC ------\n" BODY, "KẾ HOẠCH", "V/v trồng cây phân tán", "-..-" },
        { "C K Ế H O Ạ C H\nC Trồng cây quý III, quý IV năm 2024\n" BODY, "KẾ HOẠCH", "Trồng cây quý III, quý IV năm 2024", "2024-07-01..2024-12-31" },
        { "C KẾ HOẠCH (DỰ THẢO)\nC Trồng cây từ ngày 01/11/2024 đến ngày 30/4/2025\n" BODY, "KẾ HOẠCH", "Trồng cây từ ngày 01/11/2024 đến ngày 30/4/2025", "2024-11-01..2025-04-30" },
        { "C KẾ HOẠCH\nC TRỒNG CÂY\nC (GIAI ĐOẠN 2024 - 2026)\n" BODY, "KẾ HOẠCH", "TRỒNG CÂY (GIAI ĐOẠN 2024 - 2026)", "2024-01-01..2026-12-31" },
        { "C KẾ HOẠCH HÀNH ĐỘNG\nC Trồng cây dịp Tết Giáp Thìn 2024\n" BODY, "KẾ HOẠCH HÀNH ĐỘNG", "Trồng cây dịp Tết Giáp Thìn 2024", "2024-01-01..2024-12-31" },
        /* a law's year is not the plan's */
        { "C KẾ HOẠCH\nC Phổ biến Luật Lâm nghiệp năm 2017\n" BODY, "KẾ HOẠCH", "Phổ biến Luật Lâm nghiệp năm 2017", "-..-" },
        /* nor is the period of a plan that a base cites */
        { "C KẾ HOẠCH\nC Trồng cây\nP Căn cứ Quyết định số 8/QĐ-UBND ngày 5/1/2021 ban hành Kế hoạch phủ xanh giai đoạn 2021 - 2030;\nP Sở xây dựng Kế hoạch trồng cây năm 2024 như sau:\nP I. MỤC TIÊU\n", "KẾ HOẠCH",
          "Trồng cây", "2024-01-01..2024-12-31" },
        /* the line that says with what it was issued is no title */
        { "C KẾ HOẠCH\nC Trồng cây\nC năm 2024 (Ban hành kèm theo Quyết định số 8/QĐ-UBND)\n" BODY, "KẾ HOẠCH", "Trồng cây năm 2024", "2024-01-01..2024-12-31" },
        /* a decision: who decides is none of its title */
        { "C QUYẾT ĐỊNH\nC Ban hành Kế hoạch trồng cây năm 2024\nC ỦY BAN NHÂN DÂN TỈNH\n" BODY, "QUYẾT ĐỊNH", "Ban hành Kế hoạch trồng cây năm 2024", "2024-01-01..2024-12-31" },
        /* a title that leads on, in paragraphs set full */
        { "C KẾ HOẠCH\nP Thực hiện Đề án “Trồng cây\nP Phân tán” của\nP Ủy ban nhân dân tỉnh\n" BODY, "KẾ HOẠCH", "Thực hiện Đề án “Trồng cây Phân tán” của Ủy ban nhân dân tỉnh", "-..-" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *text = g_strconcat ("L SỞ Y TẾ\nL Số: 1/KH-SYT\n" MOTTO "R Hà Nam, ngày 5 tháng 01 năm 2024\n", cases[i].lines, NULL);
        const kh_header *h = &record_of (pool, text)->header;
        g_autofree char *period = g_strdup_printf ("%s..%s", or_dash (h->period_start.text), or_dash (h->period_end.text));
        if (g_strcmp0 (h->type.text, cases[i].type) != 0 || g_strcmp0 (h->title.text, cases[i].title) != 0 || strcmp (period, cases[i].period) != 0)
            fail_msg ("paper %zu: '%s', '%s', %s", i, or_dash (h->type.text), or_dash (h->title.text), period);
    }
}

/* Whole papers whose head has not the decree's form. */
static void
test_odd_papers (void **state)
{
    (void) state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        /* place and day above the signature */
        { "L TRƯỜNG THPT BA VÌ\nL Số: 1/KH-THPT\n" MOTTO "C KẾ HOẠCH\nC Ngày hội đọc sách\n" BODY "R Ba Vì, ngày 2 tháng 4 năm 2024\nR HIỆU TRƯỞNG\nR Lê Thị Mai\n",
          "-|TRƯỜNG THPT BA VÌ|1/KH-THPT|Ba Vì|2024-04-02|KẾ HOẠCH|Ngày hội đọc sách|-..-|01 Hà Nội" },
        /* an annex names this plan, or another */
        { "L SỞ Y TẾ\nL Số: /KH-SYT\n" MOTTO "R Hà Nam, ngày tháng năm 2024\nC KẾ HOẠCH\nC Tiêm chủng\n" BODY "R GIÁM ĐỐC\nR Lê Thị Mai\nN\nC PHỤ LỤC\nC (Kèm theo Kế hoạch số 8/KH-SYT ngày 6/5/2024 của Sở Y tế)\n",
          "-|SỞ Y TẾ|8/KH-SYT|Hà Nam|2024-05-06|KẾ HOẠCH|Tiêm chủng|-..-|35 Ninh Bình" },
        { "L SỞ Y TẾ\nL Số: /KH-SYT\n" MOTTO "R Hà Nam, ngày tháng năm 2024\nC KẾ HOẠCH\nC Tiêm chủng\n" BODY "R GIÁM ĐỐC\nR Lê Thị Mai\nN\nC PHỤ LỤC\nC (Kèm theo Kế hoạch số 8/KH-UBND ngày 6/5/2024 của UBND tỉnh)\n",
          "-|SỞ Y TẾ|/KH-SYT|Hà Nam|2024|KẾ HOẠCH|Tiêm chủng|-..-|35 Ninh Bình" },
        /* a stamp of receipt has a number, too; the motto's end came with the issuer's */
        { "L ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT\nR CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nC NAM Độc lập - Tự do - Hạnh phúc\nL TỈNH HÀ NAM\nL Số: 1234\nL Số: 5/KH-MTTQ\nR Phủ Lý, ngày 5 tháng 3 năm 2024\nC KẾ HOẠCH\nC Giám sát\n" BODY,
          "-|ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH HÀ NAM|5/KH-MTTQ|Phủ Lý|2024-03-05|KẾ HOẠCH|Giám sát|-..-|35 Ninh Bình" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = header_told (&record_of (pool, cases[i].text)->header);
        if (strcmp (got, cases[i].wanted) != 0)
            fail_msg ("paper %zu:\n  '%s', not\n  '%s'", i, got, cases[i].wanted);
    }
}

static void
test_deadlines (void **state)
{
    (void) state;
    static const struct {
        const char *text;
        gboolean possible;
    } cases[] = { { "Trước 31/02/2024", FALSE }, { "ngày 31 tháng 4 năm 2024", FALSE }, { "31/4", FALSE }, { "15/13/2024", FALSE }, { "29/02/2024", TRUE }, { "29/02/2023", FALSE },
                  { "30/4/2024", TRUE },         { "Quý II/2024", TRUE },               { "31/2022/TT-BTC", TRUE } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_record *record = kh_record_new (pool);
        kh_task *task = kh_pool_new0 (pool, kh_task, 1);
        task->deadline = (kh_deadline){ .kind = KH_DEADLINE_DATE, .text = kh_value_derived (pool, cases[i].text, NULL), .start = "2024-02-01", .end = "2024-02-29" };
        g_ptr_array_add (record->tasks, task);
        kh_check_deadlines (pool, record);
        gboolean kept = task->deadline.end != NULL && task->deadline.start != NULL;
        if (kept != cases[i].possible || (strcmp (reason_for (record, "/tasks/0/deadline"), "date_impossible") == 0) == cases[i].possible)
            fail_msg ("'%s': %d", cases[i].text, kept);
    }
}

/* A task due on one of these days in 2024; the plan is for that year. */
static void
test_deadlines_and_period (void **state)
{
    (void) state;
    static const struct {
        const char *days[4], *reason;
    } cases[] = { { { "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31" }, "" },
                  { { "2024-03-31", "2024-06-30", "2024-09-30", "2020-12-31" }, "deadline_outside_period" },
                  { { "2024-03-31", "2024-06-30", "2024-09-30", "2025-02-28" }, "" },    /* a report on the year */
                  { { "2024-03-31", "2024-06-30", "2024-09-30", "2025-12-31" }, "deadline_outside_period" },
                  { { "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-01" }, "" } }; /* made in one year for another */
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_record *record = kh_record_new (pool);
        record->header.period_start = kh_value_derived (pool, "2024-01-01", NULL);
        record->header.period_end = kh_value_derived (pool, "2024-12-31", NULL);
        for (guint k = 0; k < G_N_ELEMENTS (cases[i].days); k++) {
            kh_task *task = kh_pool_new0 (pool, kh_task, 1);
            task->deadline = (kh_deadline){ .kind = KH_DEADLINE_DATE, .text = kh_value_derived (pool, "trước hạn", NULL), .end = cases[i].days[k] };
            g_ptr_array_add (record->tasks, task);
        }
        kh_check_deadlines (pool, record);
        assert_string_equal (reason_for (record, "/tasks/3/deadline"), cases[i].reason);
    }
}

static void
test_impossible_day_in_text (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_task *task = kh_pool_new0 (pool, kh_task, 1);
    task->text = kh_value_derived (pool, "Phòng Văn hóa tuyên truyền, hoàn thành trước ngày 30/02/2026.", NULL);
    g_ptr_array_add (record->tasks, task);
    kh_check_deadlines (pool, record);
    assert_string_equal (reason_for (record, "/tasks/0/text"), "date_impossible");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_issuers), cmocka_unit_test (test_numbers_and_days), cmocka_unit_test (test_titles), cmocka_unit_test (test_odd_papers), cmocka_unit_test (test_deadlines),
        cmocka_unit_test (test_deadlines_and_period), cmocka_unit_test (test_impossible_day_in_text),
    };
    return cmocka_run_group_tests_name ("heads", tests, NULL, NULL);
}
