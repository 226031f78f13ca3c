/* What targets are compared with, which known indicator they speak of, and which of them cannot both hold. */
#include "plan/targets.h"

#include "plan_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The targets of a sentence among the objectives of a plan for 2024, or for 2021-2025. */
static GPtrArray *
targets_of (kh_pool *pool, const char *sentence, gboolean years)
{
    kh_target_frame frame = { .pool = pool, .targets = kh_pool_list (pool), .role = KH_ROLE_OBJECTIVES, .section = "s1" };
    frame.plan_start = years ? "2021-01-01" : "2024-01-01";
    frame.plan_end = frame.by = years ? "2025-12-31" : "2024-12-31";
    frame.year = years ? 0 : 2024;
    kh_text text = body_text (pool, sentence + (*sentence == '~'), *sentence == '~' ? 0.9f : 1);
    kh_targets_of_text (&frame, &text);
    return frame.targets;
}

/* Baselines, one a target: "text start..end", joined by "; ". */
static void
baselines (void **state)
{
    (void)state;
    static const struct {
        gboolean years;
        const char *text, *expected;
    } cases[] = {
        { FALSE, "Giảm 12% số vụ cháy so với năm 2023.", "năm 2023 2023-01-01..2023-12-31" },
        { TRUE, "Giảm 8% số vụ cháy so với giai đoạn 2016-2020.", "giai đoạn 2016-2020 2016-01-01..2020-12-31" },
        { TRUE, "Giảm 8% số vụ so với thời điểm 30/6/2020.", "thời điểm 30/6/2020 2020-06-30..2020-06-30" },
        { FALSE, "Số khách tăng 5% so với cùng kỳ.", "cùng kỳ 2023-01-01..2023-12-31" },
        { TRUE, "Mỗi năm số khách tăng 5% so với năm trước.", "năm trước -..-" },
        { FALSE, "Số khách tăng 5% so năm 2022.", "năm 2022 2022-01-01..2022-12-31" },
        { FALSE, "Giảm 20% thời gian sửa chữa so với quy định.", "quy định -..-" },
        { FALSE, "Tăng không quá 4% so với lượng nước dùng của năm 2022.", "lượng nước dùng của năm 2022 2022-01-01..2022-12-31" },
        /* the nearest quantity, and the changes listed before it; not levels */
        { FALSE, "Điểm đạt 90 điểm trở lên, tăng 2 bậc so với năm 2023.", "none; năm 2023 2023-01-01..2023-12-31" },
        { FALSE, "Giảm 5% vụ cháy và giảm 7% vụ đuối nước so với năm 2023.",
          "năm 2023 2023-01-01..2023-12-31; năm 2023 2023-01-01..2023-12-31" },
        { FALSE, "Giảm 5% vụ cháy; giảm 7% vụ đuối nước so với năm 2023.", "none; năm 2023 2023-01-01..2023-12-31" },
        /* what a share is taken of is none */
        { FALSE, "Đạt 90% so với tổng số bến.", "none" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        GPtrArray *targets = targets_of (pool, cases[i].text, cases[i].years);
        g_autoptr (GString) found = g_string_new (NULL);
        for (guint n = 0; n < targets->len; n++) {
            const kh_baseline *one = &((kh_target *)targets->pdata[n])->baseline;
            g_string_append (found, n > 0 ? "; " : "");
            if (one->text.text == NULL)
                g_string_append (found, "none");
            else
                g_string_append_printf (found, "%s %s..%s", one->text.text, one->start != NULL ? one->start : "-",
                                        one->end != NULL ? one->end : "-");
        }
        if (strcmp (found->str, cases[i].expected) != 0)
            fail_msg ("%s\n    expected '%s'\n    found    '%s'", cases[i].text, cases[i].expected, found->str);
    }
}

static void
topics (void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected; /* topics, joined by " " */
    } cases[] = {
        { "Chỉ số PAPI đạt 44 điểm; chỉ số PCI vào nhóm 20 tỉnh.", "papi pci" },
        { "Tối thiểu 80% hồ sơ được nộp trực tuyến, trong đó 60% được thanh toán trực tuyến.", "online_filing_share online_payment_share" },
        { "100% thủ tục đủ điều kiện được cung cấp trực tuyến mức độ 4; năm 2024 đạt 90%.", "online_service_share online_service_share" },
        { "Thời gian chờ tại Bộ phận Một cửa không quá 12 phút.", "waiting_time" },
        { "Thời gian cho mượn sách không quá 12 ngày.", "-" }, /* cho is not chờ */
        { "100% hồ sơ được tiếp nhận tại Bộ phận Một cửa.", "one_stop" },
        { "Mức độ hài lòng đạt 92%, trong đó lĩnh vực đất đai đạt 88%.", "satisfaction_share satisfaction_share" },
        { "Giảm 5% biên chế, giảm 2 đầu mối.", "staff_cut agency_cut" },
        { "100% ao nuôi có bờ chắc.", "-" },
        { "~100% hồ sơ thanh toan trục tuyên.", "online_payment_share" },  /* marks misread */
        { "~100% phí thu qua thanh toán trực tuvến.", "online_payment_share" }, /* a letter, too */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        GPtrArray *targets = targets_of (pool, cases[i].text, FALSE);
        g_autoptr (GString) found = g_string_new (NULL);
        for (guint n = 0; n < targets->len; n++) {
            const char *topic = ((kh_target *)targets->pdata[n])->topic;
            g_string_append_printf (found, "%s%s", n > 0 ? " " : "", topic != NULL ? topic : "-");
        }
        if (strcmp (found->str, cases[i].expected) != 0)
            fail_msg ("%s\n    expected '%s'\n    found    '%s'", cases[i].text, cases[i].expected, found->str);
    }
}

/* The targets of a body; what its review says of contradictions, joined by " ". */
static char *
contradictions (const char *body)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = body_record (pool, body, 2024);
    kh_plan_targets (NULL, pool, record);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < record->review->len; i++) {
        const kh_review_entry *entry = record->review->pdata[i];
        if (strcmp (entry->reason, "targets_contradict") == 0)
            g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", entry->pointer);
    }
    return g_string_free (out, FALSE);
}

static void
contradicting (void **state)
{
    (void)state;
#define TABLE(cell) "II. CHỈ TIÊU CỤ THỂ\n| TT | Chỉ tiêu | Đơn vị tính | Năm 2024 |\n| 1 | Tỷ lệ hồ sơ nộp trực tuyến | % | " cell " |\n"
    static const struct {
        const char *body, *expected;
    } cases[] = {
        { "I. MỤC TIÊU\n- Tối thiểu 90% hồ sơ được nộp trực tuyến.\n" TABLE ("85"), "/targets/1/value" },
        { "I. MỤC TIÊU\n- Tối thiểu 90% hồ sơ được nộp trực tuyến.\n" TABLE ("95"), "" },
        { "I. MỤC TIÊU\n- Tối thiểu 90% hồ sơ được nộp trực tuyến.\n" TABLE ("≥ 85"), "" }, /* 95 would satisfy both */
        { "I. MỤC TIÊU\n- Tối thiểu 90% hồ sơ đất đai được nộp trực tuyến.\n" TABLE ("85"), "" }, /* of other files */
        { "I. MỤC TIÊU\n- Đến tháng 6/2024, 70% hồ sơ được nộp trực tuyến.\n" TABLE ("85"), "" }, /* due earlier */
        { "I. MỤC TIÊU\n- Tối thiểu 70% hồ sơ được nộp trực tuyến, phấn đấu 90%.\n", "" },
        { "I. MỤC TIÊU\n- Giảm 10% số vụ cháy rừng.\n- Giảm 15% số vụ cháy rừng.\n", "/targets/1/value" },
        /* sections side by side have each their own */
        { "I. MỤC TIÊU\n1. Cấp huyện\n- 90% hồ sơ được nộp trực tuyến.\n2. Cấp xã\n- 80% hồ sơ được nộp trực tuyến.\n", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *found = contradictions (cases[i].body);
        if (strcmp (found, cases[i].expected) != 0)
            fail_msg ("%s\n    expected '%s'\n    found    '%s'", cases[i].body, cases[i].expected, found);
    }
}

/* A comma lost by an engine: the number stays as read, with less confidence. */
static void
lost_comma (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_target *lost = targets_of (pool, "~Tỷ lệ bến có đèn đạt 935%.", FALSE)->pdata[0];
    const kh_target *sound = targets_of (pool, "~Tỷ lệ bến có đèn đạt 93,5%.", FALSE)->pdata[0];
    const kh_target *grown = targets_of (pool, "~Số khách tăng 120%.", FALSE)->pdata[0];
    assert_true (lost->value == 935 && lost->value_seen.confidence < 0.5f);
    assert_true (sound->value_seen.confidence > 0.8f && grown->value_seen.confidence > 0.8f);
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (baselines), cmocka_unit_test (topics), cmocka_unit_test (contradicting),
                                        cmocka_unit_test (lost_comma) };
    return cmocka_run_group_tests_name ("indicators", tests, NULL, NULL);
}
