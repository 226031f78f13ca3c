/* Head and foot of papers of our own: what each field becomes, told as one line a part. */
#include "plan/parts.h"
#include "plan/spelling.h"
#include "plan/signed.h"

#include "plan_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct paper {
    kh_pool *pool;
    kh_zones *zones;
    kh_record *record;
} paper;

static paper
paper_of (const char *text)
{
    paper one = { kh_pool_new (), NULL, NULL };
    one.zones = kh_zones_of (kh_signed_lines (paper_flow (one.pool, text), one.pool), one.pool);
    one.record = kh_record_new (one.pool);
    kh_plan_header (one.zones, one.pool, one.record);
    kh_plan_bases (one.zones, one.pool, one.record);
    kh_plan_province (one.zones, one.pool, one.record);
    kh_plan_recipients (one.zones, one.pool, one.record);
    kh_plan_signatures (one.zones, one.pool, one.record);
    return one;
}

#define BODY "P I. MỤC TIÊU\nP Nâng cao chất lượng.\n"

static void
test_headers (void **state)
{
    (void) state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "L UBND TỈNH LÂM ĐỒNG\nL SỞ XÂY DỰNG\nL Số: 45/KH-SXD\n" MOTTO "R Lâm Đồng, ngày 4 tháng 01 năm 2023\nC KẾ HOẠCH\nC Cải cách hành chính năm 2023\n" BODY,
          "UBND TỈNH LÂM ĐỒNG|SỞ XÂY DỰNG|45/KH-SXD|Lâm Đồng|2023-01-04|KẾ HOẠCH|Cải cách hành chính năm 2023|2023-01-01..2023-12-31|68 Lâm Đồng" },
        /* one issuer over two lines, number, day and month blank; after the mergers */
        { "L ỦY BAN NHÂN DÂN\nL XÃ BÌNH AN\nL Số: /KH-UBND\n" MOTTO "R Bình An, ngày … tháng … năm 2025\nC KẾ HOẠCH\nC Chuyển đổi số quý IV năm 2025\n"
          "P Căn cứ Kế hoạch số 2/KH-UBND ngày 3/7/2025 của UBND tỉnh Tây Ninh;\n" BODY,
          "-|ỦY BAN NHÂN DÂN XÃ BÌNH AN|/KH-UBND|Bình An|2025|KẾ HOẠCH|Chuyển đổi số quý IV năm 2025|2025-10-01..2025-12-31|80 Tây Ninh" },
        { "L ỦY BAN NHÂN DÂN\nL TỈNH THÁI BÌNH\nL SỞ NÔNG NGHIỆP\nL VÀ PHÁT TRIỂN NÔNG THÔN\nL Số: 12/KH-SNN\n" MOTTO
          "R Thái Bình, ngày 30 tháng 5 năm 2022\nC KẾ HOẠCH\nC Thực hiện Chương trình OCOP\nC giai đoạn 2022 - 2025\n" BODY,
          "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH|SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN|12/KH-SNN|Thái Bình|2022-05-30|KẾ HOẠCH|"
          "Thực hiện Chương trình OCOP giai đoạn 2022 - 2025|2022-01-01..2025-12-31|34 Hưng Yên" },
        /* two issuers */
        { "L SỞ TƯ PHÁP -\nL SỞ TÀI CHÍNH\nL Số: 9/KHLT-STP-STC\n" MOTTO "R Gia Lai, ngày 2 tháng 3 năm 2020\nC KẾ HOẠCH\nC Phối hợp năm 2020\n" BODY,
          "-|SỞ TƯ PHÁP - SỞ TÀI CHÍNH|9/KHLT-STP-STC|Gia Lai|2020-03-02|KẾ HOẠCH|Phối hợp năm 2020|2020-01-01..2020-12-31|64 Gia Lai" },
        /* a party's */
        { "L TỈNH ỦY SƠN LA\nL *\nL Số 15-KH/TU\nR ĐẢNG CỘNG SẢN VIỆT NAM\nR Sơn La, ngày 05 tháng 3 năm 2021\nC KẾ HOẠCH\nC kiểm tra, giám sát năm 2021\n" BODY,
          "-|TỈNH ỦY SƠN LA|15-KH/TU|Sơn La|2021-03-05|KẾ HOẠCH|kiểm tra, giám sát năm 2021|2021-01-01..2021-12-31|14 Sơn La" },
        /* type and title on one line; open period */
        { "L UBND HUYỆN YÊN SƠN\nL PHÒNG VĂN HÓA\nL Số: 3/KH-VH\n" MOTTO "R Yên Sơn, ngày 1 tháng 6 năm 2018\nC KẾ HOẠCH PHÁT TRIỂN DU LỊCH ĐẾN NĂM 2020\n"
          "P Căn cứ tình hình của huyện Yên Sơn, tỉnh Tuyên Quang;\n" BODY,
          "UBND HUYỆN YÊN SƠN|PHÒNG VĂN HÓA|3/KH-VH|Yên Sơn|2018-06-01|KẾ HOẠCH|PHÁT TRIỂN DU LỊCH ĐẾN NĂM 2020|-..2020-12-31|08 Tuyên Quang" },
        /* a scan: closed names spelled right; an unreadable number and day are not guessed */
        { "L~UBND TÍNH SÓC TRẢNG\nL~SỞ Y TÉ\nL~Số: 2ơ9/KH-SYT\n" MOTTO "R~Sóc Trăng, ngày Í9 tháng 4 năm 2019\nC~KÉ HOẠCH\nC~Tiêm chủng năm 2019\n" BODY,
          "UBND TỈNH SÓC TRĂNG|SỞ Y TẾ|-|Sóc Trăng|2019-04|KẾ HOẠCH|Tiêm chủng năm 2019|2019-01-01..2019-12-31|94 Cần Thơ" },
        /* number and day by hand: what was made of them is no number */
        { "L~UBND TỈNH SÓC TRĂNG\nL~SỞ Y TẾ\nL?Số: 22/KH-SYT\n" MOTTO "R?Sóc Trăng, ngày 19 tháng 4 năm 2019\nC~KẾ HOẠCH\nC~Tiêm chủng năm 2019\n" BODY,
          "UBND TỈNH SÓC TRĂNG|SỞ Y TẾ|-|Sóc Trăng|2019|KẾ HOẠCH|Tiêm chủng năm 2019|2019-01-01..2019-12-31|94 Cần Thơ" },
        /* a narrow right column broke the date off */
        { "L UBND XÃ BÌNH AN\nL Số: /KH-UBND\n" MOTTO "R Bình An, ngày tháng 9 năm\nR 2024\nC KẾ HOẠCH\nC Thu gom rác thải\n"
          "P Căn cứ Kế hoạch số 2/KH-UBND ngày 3/7/2023 của UBND tỉnh Tây Ninh;\n" BODY,
          "-|UBND XÃ BÌNH AN|/KH-UBND|Bình An|2024-09|KẾ HOẠCH|Thu gom rác thải|-..-|72 Tây Ninh" },
        { "L SỞ TƯ PHÁP\nL Số: 7/KH-STP\n" MOTTO "R Gia Lai, ngày 5\nR tháng 3 năm 2020\nC KẾ HOẠCH\nC Trợ giúp pháp lý\n" BODY,
          "-|SỞ TƯ PHÁP|7/KH-STP|Gia Lai|2020-03-05|KẾ HOẠCH|Trợ giúp pháp lý|-..-|64 Gia Lai" },
        /* lines over both columns: two issuers, then the number */
        { "L UBND TỈNH GIA LAI\nR CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nC SỞ TƯ PHÁP - SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc\n"
          "C Số: 3/KHPH-STP-SNV Gia Lai, ngày 2 tháng 3 năm 2020\nC KẾ HOẠCH\nC Phối hợp kiểm tra\n" BODY,
          "UBND TỈNH GIA LAI|SỞ TƯ PHÁP - SỞ NỘI VỤ|3/KHPH-STP-SNV|Gia Lai|2020-03-02|KẾ HOẠCH|Phối hợp kiểm tra|-..-|64 Gia Lai" },
        { "L SỞ TƯ PHÁP\nL Số: 7/KH-STP\nR CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nR VIỆT NAM Độc lập - Tự do - Hạnh phúc\nR Gia Lai, ngày 5 tháng 3 năm 2020\nC KẾ HOẠCH\nC Trợ giúp pháp lý\n" BODY,
          "-|SỞ TƯ PHÁP|7/KH-STP|Gia Lai|2020-03-05|KẾ HOẠCH|Trợ giúp pháp lý|-..-|64 Gia Lai" },
        /* a scan's staple and specks in head and title; a title's own low lines stay */
        { "L~X\nL~ỦY BAN NHÂN DÂN.\nL~TỈNH GIA LAI\nL~Số: 8/KH-UBND\n" MOTTO "R~Gia Lai, ngày 2 tháng 3 năm 2020\nC~KẾ HOẠCH\nC.^2 2s 4\nC~Trồng rừng phòng hộ\n"
          "C~-giai đoạn 2021 - 2025:trên địa bàn\nC.tỉnh Gia Lai\n" BODY,
          "-|ỦY BAN NHÂN DÂN TỈNH GIA LAI|8/KH-UBND|Gia Lai|2020-03-02|KẾ HOẠCH|Trồng rừng phòng hộ giai đoạn 2021 - 2025 trên địa bàn tỉnh Gia Lai|"
          "2021-01-01..2025-12-31|64 Gia Lai" },
        /* no head at all: the annex line names the plan */
        { "C KẾ HOẠCH\nC Kiểm tra quý I năm 2023\nC (Kèm theo Kế hoạch số 17/KH-CAT ngày 04/01/2023 của Công an tỉnh Nghệ An)\n" BODY,
          "-|-|17/KH-CAT|-|2023-01-04|KẾ HOẠCH|Kiểm tra quý I năm 2023|2023-01-01..2023-03-31|40 Nghệ An" },
        { "P Một đoạn văn không phải kế hoạch.\n", "-|-|-|-|-|-|-|-..-|- -" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        paper one = paper_of (cases[i].text);
        g_autofree char *got = header_told (&one.record->header);
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("paper %zu:\n  '%s', not\n  '%s'", i, got, cases[i].wanted);
        kh_pool_free (one.pool);
    }
}

/* What is doubtful in the head is told, and not guessed. */
static void
test_doubts (void **state)
{
    (void) state;
    static const struct {
        const char *number, *date;               /* lines of the head */
        const char *number_reason, *date_reason; /* NULL: no review entry */
        const char *wanted_number, *wanted_date;
    } cases[] = {
        { "Số: 219/KH-SYT", "ngày 19 tháng 4 năm 2019", NULL, NULL, "219/KH-SYT", "2019-04-19" },
        { "Số: 2ơ9/KH-SYT", "ngày Í9 tháng 4 năm 2019", "unreadable", "unreadable", NULL, "2019-04" },
        { "Số: ^219/KH-SYT", "ngày ^19 tháng 4 năm 2019", "handwritten", "handwritten", NULL, "2019-04" },
        { "^Số:219 /KH-SYT", "ngày 19 tháng ^4 năm 2019", "handwritten", "handwritten", NULL, "2019" },
        { "Số: /KH-SYT", "ngày tháng 4 năm 2019", "blank_or_handwritten", "blank_or_handwritten", "/KH-SYT", "2019-04" },
        { "Số: 219/KH-SYT", "ngày ^0Qtháng 4 năm 2019", NULL, "handwritten", "219/KH-SYT", NULL },
        /* a year that the opening names, too, is hardly by hand; another is not believed */
        { "Số: 219/KH-SYT", "ngày 19 tháng 4 năm ^2019", NULL, NULL, "219/KH-SYT", "2019-04-19" },
        { "Số: 219/KH-SYT", "ngày 19 tháng 4 năm ^2018", NULL, "handwritten", "219/KH-SYT", NULL },
    };
    for (gsize c = 0; c < G_N_ELEMENTS (cases); c++) {
        g_autofree char *text = g_strdup_printf ("L~SỞ Y TẾ\nL~%s\n" MOTTO "R~Sóc Trăng, %s\nC KẾ HOẠCH\nC Tiêm chủng năm 2019\n" BODY, cases[c].number, cases[c].date);
        paper one = paper_of (text);
        const char *number = NULL, *date = NULL;
        for (guint i = 0; i < one.record->review->len; i++) {
            const kh_review_entry *entry = g_ptr_array_index (one.record->review, i);
            if (strcmp (entry->pointer, "/header/number") == 0)
                number = entry->reason;
            if (strcmp (entry->pointer, "/header/date") == 0)
                date = entry->reason;
        }
        const kh_header *h = &one.record->header;
        if (g_strcmp0 (number, cases[c].number_reason) != 0 || g_strcmp0 (date, cases[c].date_reason) != 0
            || g_strcmp0 (h->number.text, cases[c].wanted_number) != 0 || g_strcmp0 (h->date.text, cases[c].wanted_date) != 0)
            fail_msg ("head %zu: %s (%s), %s (%s)", c, or_dash (h->number.text), or_dash (number), or_dash (h->date.text), or_dash (date));
        kh_pool_free (one.pool);
    }
}

static void
test_spelling (void **state)
{
    (void) state;
    static const struct {
        const char *read, *right; /* NULL: nothing to put right */
    } cases[] = {
        { "SỞ Y TÉ", "SỞ Y TẾ" }, { "Giảm đốc", "Giám đốc" }, { "SỞ Y TẾ", NULL }, { "TỈNH HOÀ BÌNH", NULL }, { "THƯ TRƯỞNG", NULL }, { "BÙI VĂN A", NULL }, { "", NULL },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        const char *got = kh_spelling_of (pool, cases[i].read);
        if (g_strcmp0 (got, cases[i].right) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].read, or_dash (got), or_dash (cases[i].right));
    }
}

static void
test_evidence (void **state)
{
    (void) state;
    paper one = paper_of ("L SỞ Y TẾ\nL Số: 20/KH-SYT\n" MOTTO "R Huế, ngày 9 tháng 4 năm 2019\nC KẾ HOẠCH\n" BODY);
    const kh_value *number = &one.record->header.number;
    assert_int_equal (number->seen.n_spots, 1);
    assert_true (number->seen.spots[0].box.x0 > 80); /* without the word "Số:" */
    assert_true (number->seen.confidence > 0.99);
    assert_string_equal (one.record->header.province.name, "Thừa Thiên Huế");
    kh_pool_free (one.pool);
}

static void
test_bases (void **state)
{
    (void) state;
    paper one = paper_of (
        "L SỞ Y TẾ\nL HỎA TỐC\n" MOTTO "C KẾ HOẠCH\nC Tiêm chủng\n"
        "P Căn cứ Luật Dược ngày 6/4/2016;\nP - Căn cứ tình hình dịch bệnh\nP trên địa bàn;\n"
        "P Thực hiện Kế hoạch số 7/KH-UBND ngày 2/2/2019 của UBND tỉnh về tiêm chủng, Sở Y tế xây dựng Kế hoạch tiêm chủng như sau:\n" BODY);
    assert_int_equal (one.record->bases->len, 3);
    const kh_base *second = g_ptr_array_index (one.record->bases, 1), *third = g_ptr_array_index (one.record->bases, 2);
    assert_string_equal (second->text.text, "Căn cứ tình hình dịch bệnh trên địa bàn;");
    assert_string_equal (third->text.text, "Thực hiện Kế hoạch số 7/KH-UBND ngày 2/2/2019 của UBND tỉnh về tiêm chủng,");
    assert_int_equal (third->references->len, 1);
    assert_int_equal (one.zones->introduction->len, 2);
    assert_string_equal (((kh_text *) g_ptr_array_index (one.zones->introduction, 0))->str, "HỎA TỐC");
    assert_string_equal (((kh_text *) g_ptr_array_index (one.zones->introduction, 1))->str, "Sở Y tế xây dựng Kế hoạch tiêm chủng như sau:");
    kh_pool_free (one.pool);
}

static char *
recipients_told (const kh_record *record)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->recipients->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", ((kh_value *) g_ptr_array_index (record->recipients, i))->text);
    return g_string_free (out, FALSE);
}

static char *
signatures_told (const kh_record *record)
{
    GString *out = g_string_new (NULL);
    const kh_signature *only = &record->signature;
    for (guint i = 0; i < MAX (record->signatures->len, 1); i++) {
        const kh_signature *one = record->signatures->len > 0 ? g_ptr_array_index (record->signatures, i) : only;
        g_string_append_printf (out, "%s%s, %s, %s", i > 0 ? "; " : "", or_dash (one->authority.text), or_dash (one->position.text), or_dash (one->name.text));
    }
    return g_string_free (out, FALSE);
}

#define HEAD "L SỞ Y TẾ\nL Số: 20/KH-SYT\n" MOTTO "C KẾ HOẠCH\nC Tiêm chủng\n" BODY

static void
test_feet (void **state)
{
    (void) state;
    static const struct {
        const char *foot, *recipients, *signatures;
    } cases[] = {
        { "L Nơi nhận:\nL - UBND tỉnh;\nL - Các phòng chuyên môn thuộc\nL Sở;\nL - Lưu: VT.\nR KT. GIÁM ĐỐC\nR PHÓ GIÁM ĐỐC\nR Lê Thị Mai\n",
          "UBND tỉnh | Các phòng chuyên môn thuộc Sở | Lưu: VT", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC, Lê Thị Mai" },
        { "L Nơi nhận:\nL - Sở Y tế:\nL  + Giám đốc;\nL  + Các phòng;\nL - Lưu: VT.\nR TM. ỦY BAN NHÂN DÂN\nR KT. CHỦ TỊCH\nR PHÓ CHỦ TỊCH\nR (Đã ký)\nR Vàng A Sùng\n",
          "Giám đốc | Các phòng | Lưu: VT", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH, PHÓ CHỦ TỊCH, Vàng A Sùng" },
        /* signers side by side, recipients below */
        { "L KT. GIÁM ĐỐC SỞ Y TẾ\nL PHÓ GIÁM ĐỐC\nL Lê Thị Mai\nR GIÁM ĐỐC SỞ CÔNG THƯƠNG\nR Trần Văn Hai\nP Nơi nhận:\nP - UBND tỉnh;\nP - Lưu: VT.\n", "UBND tỉnh | Lưu: VT",
          "KT. GIÁM ĐỐC SỞ Y TẾ, PHÓ GIÁM ĐỐC, Lê Thị Mai; -, GIÁM ĐỐC SỞ CÔNG THƯƠNG, Trần Văn Hai" },
        /* a body's name over two lines, above and below the office; a name in capitals is none of it */
        { "L KT. GIÁM ĐỐC SỞ CÔNG\nL THƯƠNG\nL PHÓ GIÁM ĐỐC\nL Lê Thị Mai\nR GIÁM ĐỐC SỞ GIAO THÔNG\nR VẬN TẢI\nR Trần Văn Hai\nP Nơi nhận:\nP - Lưu: VT.\n", "Lưu: VT",
          "KT. GIÁM ĐỐC SỞ CÔNG THƯƠNG, PHÓ GIÁM ĐỐC, Lê Thị Mai; -, GIÁM ĐỐC SỞ GIAO THÔNG VẬN TẢI, Trần Văn Hai" },
        { "R TM. BAN CHỈ ĐẠO CHỐNG\nR HÀNG GIẢ\nR TRƯỞNG BAN\nR LÊ THỊ MAI\n", "", "TM. BAN CHỈ ĐẠO CHỐNG HÀNG GIẢ, TRƯỞNG BAN, LÊ THỊ MAI" },
        { "R GIÁM ĐỐC SỞ KHOA HỌC\nR VÀ CÔNG NGHỆ\nR LÊ THỊ MAI\n", "", "-, GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ, LÊ THỊ MAI" },
        { "R GIÁM ĐỐC SỞ Y TẾ\nR LÊ THỊ MAI\n", "", "-, GIÁM ĐỐC SỞ Y TẾ, LÊ THỊ MAI" },
        /* no Nơi nhận */
        { "R GIÁM ĐỐC\nR Lê Thị Mai\n", "", "-, GIÁM ĐỐC, Lê Thị Mai" },
        /* a scan: ";" read ":", VT read VI, KT. and PHÓ lost, a stamp's letters */
        { "L~,Vơi nhận:\nL~- UBND tỉnh:\nL~- Lưu: VI, NVY.\nR~KT. CHỦ TỊCH\nR~PHÓ TỊCH\nR~Á Ă\nR~Lê Thị Mai ..\n", "UBND tỉnh | Lưu: VT, NVY",
          "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH, Lê Thị Mai" },
        /* a sub-list whose head has lost its ":"; a name broken at its hyphen */
        { "L~Nơi nhận:\nL~- Sở Y tế\nL~ + Giám đốc;\nL~- Hội KH-\nL~KT tỉnh;\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~Lê Thị Mai\n", "Giám đốc | Hội KH-KT tỉnh | Lưu: VT",
          "-, GIÁM ĐỐC, Lê Thị Mai" },
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~T GIÁM ĐÓC\nR~“GIÁM ĐÓC,\nR~Lê Thị Mai\n", "Lưu: VT", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC, Lê Thị Mai" },
        /* a stamp's lone word is no part of the office */
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~SỞ\nR~Lê Thị Mai\n", "Lưu: VT", "-, GIÁM ĐỐC, Lê Thị Mai" },
        /* a stamp that is read for the name it covers */
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~Ấn Y Tế\n", "Lưu: VT", "-, GIÁM ĐỐC, -" },
        /* half of a name, and a name with a stamp's letter: null; the page's number behind one */
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~Bích Liên\n", "Lưu: VT", "-, GIÁM ĐỐC, -" },
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~NLê Thị Mai\n", "Lưu: VT", "-, GIÁM ĐỐC, -" },
        { "L~Nơi nhận:\nL~- Lưu: VT.\nR~GIÁM ĐỐC\nR~Lê Thị Mai 4\n", "Lưu: VT", "-, GIÁM ĐỐC, Lê Thị Mai" },
        { "L Nơi nhận:\nL - Lưu: VT.\nR GIÁM ĐỐC\nR Ksor H'Lin\n", "Lưu: VT", "-, GIÁM ĐỐC, Ksor H'Lin" },
        /* degrees, ranks, acting heads, the Party's form */
        { "L Nơi nhận:\nL - Lưu: VT.\nR Q. GIÁM ĐỐC\nR BS.CKII. Lê Thị Mai\n", "Lưu: VT", "-, Q. GIÁM ĐỐC, BS.CKII. Lê Thị Mai" },
        { "L Nơi nhận:\nL - Lưu: VT.\nR K/T GIÁM ĐỐC\nR PHÓ GIÁM ĐỐC\nR Thượng tá Vì Văn An\n", "Lưu: VT", "K/T GIÁM ĐỐC, PHÓ GIÁM ĐỐC, Thượng tá Vì Văn An" },
        { "L Nơi nhận:\nL - Tỉnh ủy,\nL - Lưu Văn phòng.\nR T/M BAN THƯỜNG VỤ\nR PHÓ BÍ THƯ\nR Lê Thị Mai\n", "Tỉnh ủy | Lưu Văn phòng", "T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ, Lê Thị Mai" },
        /* signed by certificate: the note gives a name only where no other stands */
        { "L Nơi nhận:\nL - Lưu: VT.\nR GIÁM ĐỐC\nR Ký bởi: Sở Y tế\nR Ngày ký: 05/02/2024 08:15:20\nR Lê Thị Mai\n", "Lưu: VT", "-, GIÁM ĐỐC, Lê Thị Mai" },
        { "L Nơi nhận:\nL - Lưu: VT.\nR GIÁM ĐỐC\nR Người ký: Lê Thị Mai\n", "Lưu: VT", "-, GIÁM ĐỐC, Lê Thị Mai" },
        /* no marks in the list; a name at the top of the next page; signers at the end of the page before */
        { "L Nơi nhận:\nL Thường trực Huyện ủy\nL Các phòng thuộc\nL Sở Nội vụ\nL Lưu VT\nR GIÁM ĐỐC\nN\nP LÊ THỊ MAI\n", "Thường trực Huyện ủy | Các phòng thuộc Sở Nội vụ | Lưu VT",
          "-, GIÁM ĐỐC, LÊ THỊ MAI" },
        { "L~KT. GIÁM ĐỐC\nL~PHÓ GIÁM ĐỐC\nL~t ụ\nR~GIÁM ĐỐC SỞ Y TẾ\nR~Trần Văn Hai\nP~Lê Thị Mai\nN\nP~Nơi nhận:\nP~- UBND tỉnh;\nP~- Lưu: VT.\n", "UBND tỉnh | Lưu: VT",
          "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC, Lê Thị Mai; -, GIÁM ĐỐC SỞ Y TẾ, Trần Văn Hai" },
        /* a signature in one line */
        { "P Nơi nhận:\nP - Lưu: VT.\nP TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Mai\n", "Lưu: VT", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH, PHÓ CHỦ TỊCH, Lê Thị Mai" },
        { "P Nơi nhận:\nP - Lưu: VT.\nP KT. BỘ TRƯỞNG, CHỦ NHIỆM PHÓ CHỦ NHIỆM Lê Thị Mai PHỤ LỤC\n", "Lưu: VT", "KT. BỘ TRƯỞNG, CHỦ NHIỆM, PHÓ CHỦ NHIỆM, Lê Thị Mai" },
        { "", "", "-, -, -" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *text = g_strconcat (HEAD, cases[i].foot, NULL);
        paper one = paper_of (text);
        g_autofree char *recipients = recipients_told (one.record), *signatures = signatures_told (one.record);
        if (g_strcmp0 (recipients, cases[i].recipients) != 0 || g_strcmp0 (signatures, cases[i].signatures) != 0)
            fail_msg ("foot %zu:\n  '%s', not '%s'\n  '%s', not '%s'", i, recipients, cases[i].recipients, signatures, cases[i].signatures);
        kh_pool_free (one.pool);
    }
}

static void
test_zones (void **state)
{
    (void) state;
    const char *foot = "L Nơi nhận:\nL - Lưu: VT.\nR GIÁM ĐỐC\nR Lê Thị Mai\n";
    g_autofree char *text = g_strconcat (HEAD, foot, "N\nC PHỤ LỤC I\nC DANH MỤC THUỐC\nC (Kèm theo Kế hoạch số 20/KH-SYT)\nT\nN\nL ĐƠN VỊ:\nR Phụ lục II\nC BIỂU BÁO CÁO\nT\n", NULL);
    paper one = paper_of (text);
    assert_int_equal (one.zones->appendices->len, 2);
    const GPtrArray *first = g_ptr_array_index (one.zones->appendices, 0), *second = g_ptr_array_index (one.zones->appendices, 1);
    assert_int_equal (first->len, 4);
    assert_string_equal (((kh_block *) g_ptr_array_index (second, 0))->text.str, "Phụ lục II");
    assert_string_equal (((kh_block *) g_ptr_array_index (second, 2))->text.str, "ĐƠN VỊ:");
    assert_int_equal (one.zones->body->len, 2);
    assert_int_equal (one.zones->signature->len, 2);
    kh_pool_free (one.pool);

    /* text: what is attached comes right below the name, in the same column; alone at the top of a page it needs no capitals */
    text = (g_free (text), g_strconcat (HEAD, foot, "R Phụ lục I\nR DANH SÁCH\nP 1. Phòng Y tế\nN\nP Phụ lục\nP 1. Trâu: 12 con\n", NULL));
    one = paper_of (text);
    assert_int_equal (one.zones->appendices->len, 2);
    assert_int_equal (one.zones->signature->len, 2);
    kh_pool_free (one.pool);

    /* what signing by certificate leaves at the top of the page names no body */
    text = (g_free (text), g_strconcat ("P Ký bởi: SỞ Y TẾ\nP Email: soyte@tinh.gov.vn\nP Thời gian ký: 12/11/2024 10:20\nL UBND TỈNH AN GIANG\n", HEAD, foot, NULL));
    one = paper_of (text);
    assert_string_equal (one.record->header.parent.text, "UBND TỈNH AN GIANG");
    kh_pool_free (one.pool);

    gboolean strong;
    assert_true (kh_appendix_heading ("PHỤ LỤC II", &strong) > 0 && strong);
    assert_true (kh_appendix_heading ("DANH MỤC NHIỆM VỤ", &strong) > 0 && !strong);
    assert_int_equal (kh_appendix_heading ("Phục lục", &strong), 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_headers), cmocka_unit_test (test_doubts), cmocka_unit_test (test_spelling), cmocka_unit_test (test_evidence), cmocka_unit_test (test_bases),
        cmocka_unit_test (test_feet),    cmocka_unit_test (test_zones),
    };
    return cmocka_run_group_tests_name ("header", tests, NULL, NULL);
}
