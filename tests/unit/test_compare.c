/* test_compare.c - plans side by side: the matrix, provinces that merged, what is missing, what changed; and how it is printed. */
#include "compare/labels.h"
#include "compare/print.h"
#include "kehoach.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

/* A plan; a store is filled with several. Lists end with {0}. */
typedef struct plan {
    const char *code, *name, *today_code, *today_name; /* NULL: of no province */
    const char *issuer, *number, *date, *title;
    const char *start, *end;
    struct {
        const char *topic, *subject, *comparator;
        double value;
        const char *unit, *by;
    } targets[8];
    struct {
        const char *text, *lead, *deadline, *day;
    } tasks[8];
} plan;

static void
put (GString *out, const char *key, const char *text)
{
    g_string_append_printf (out, "\"%s\":", key);
    if (text == NULL)
        g_string_append (out, "null,");
    else
        g_string_append_printf (out, "\"%s\",", text);
}

static void
put_targets (GString *out, const plan *of)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append (out, "\"targets\":[");
    for (int i = 0; of->targets[i].comparator != NULL; i++) {
        g_string_append (out, i > 0 ? ",{" : "{");
        put (out, "topic", of->targets[i].topic);
        put (out, "subject", of->targets[i].subject);
        put (out, "text", of->targets[i].subject);
        put (out, "comparator", of->targets[i].comparator);
        put (out, "unit", of->targets[i].unit);
        put (out, "by", of->targets[i].by);
        g_string_append_printf (out, "\"value\":%s}", g_ascii_dtostr (digits, sizeof digits, of->targets[i].value));
    }
    g_string_append (out, "],");
}

static void
put_tasks (GString *out, const plan *of)
{
    g_string_append (out, "\"tasks\":[");
    for (int i = 0; of->tasks[i].text != NULL; i++) {
        g_string_append (out, i > 0 ? ",{" : "{");
        put (out, "text", of->tasks[i].text);
        if (of->tasks[i].lead != NULL)
            g_string_append_printf (out, "\"lead\":[\"%s\"],\"lead_key\":[\"%s\"],", of->tasks[i].lead, of->tasks[i].lead);
        g_string_append (out, "\"deadline\":");
        if (of->tasks[i].deadline == NULL && of->tasks[i].day == NULL)
            g_string_append (out, "null}");
        else {
            g_string_append (out, "{");
            put (out, "text", of->tasks[i].deadline);
            put (out, "end", of->tasks[i].day);
            g_string_append (out, "\"kind\":\"date\"}}");
        }
    }
    g_string_append (out, "],");
}

static void
fill (kh_store *store, const plan *plans, GPtrArray *digests)
{
    g_autoptr (GString) out = g_string_new (NULL);
    for (guint n = 0; plans[n].title != NULL; n++) {
        const plan *of = &plans[n];
        g_string_append (out, "{\"schema\":\"kehoach.plan/1\",\"generator\":{\"version\":\"0.1.0\"},\"header\":{");
        put (out, "issuer", of->issuer);
        put (out, "issuer_key", of->issuer);
        put (out, "number", of->number);
        put (out, "date", of->date);
        put (out, "title", of->title);
        g_string_append (out, "\"province\":{");
        put (out, "code", of->code);
        put (out, "name", of->name);
        g_string_append (out, "\"today\":{");
        put (out, "code", of->today_code != NULL ? of->today_code : of->code);
        g_string_append_printf (out, "\"name\":\"%s\"}},\"period\":{", of->today_name != NULL ? of->today_name : of->name != NULL ? of->name : "");
        put (out, "start", of->start);
        g_string_append_printf (out, "\"end\":%s%s%s}},", of->end != NULL ? "\"" : "", of->end != NULL ? of->end : "null", of->end != NULL ? "\"" : "");
        put_targets (out, of);
        put_tasks (out, of);
        g_string_append_printf (out, "\"evidence\":{\"/targets/0\":{\"confidence\":0.4,\"where\":[{\"page\":2}]},"
                                     "\"/tasks/0\":{\"confidence\":0.9,\"where\":[{\"page\":3}]}},\"source\":{\"file\":\"p%u.pdf\",\"sha256\":\"%064x\"}}\n",
                                n, n + 0x10000000);
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) own = digests == NULL ? g_ptr_array_new_with_free_func (g_free) : NULL;
    gboolean good = kh_store_put_records (store, "/nowhere/all.ndjson", FALSE, out->str, out->len, digests != NULL ? digests : own, &error);
    if (!good)
        fail_msg ("%s", error->message);
}

static kh_comparison *
compare (const plan *plans, kh_compare_options options, GError **error)
{
    g_autoptr (kh_store) store = kh_store_open ("sqlite::memory:", KH_STORE_CREATE, error);
    assert_non_null (store);
    fill (store, plans, NULL);
    return kh_comparison_new (store, &options, error);
}

static kh_comparison *
compare_well (const plan *plans, kh_compare_options options)
{
    GError *error = NULL;
    kh_comparison *made = compare (plans, options, &error);
    if (made == NULL)
        fail_msg ("%s", error->message);
    return made;
}

static const kh_side *
place (const kh_comparison *comparison, guint i)
{
    assert_true (i < comparison->places->len);
    return comparison->places->pdata[i];
}

static const kh_indicator *
indicator (const kh_comparison *comparison, guint i)
{
    assert_true (i < comparison->indicators->len);
    return comparison->indicators->pdata[i];
}

/* ------------------------------------------------------------------ the matrix */

#define FILING "online_filing_share"
#define WAITING "waiting_time"

static const plan THREE[] = {
    { "96", "Cà Mau", NULL, NULL, "UBND tỉnh Cà Mau", "10/KH-UBND", "2023-12-20", "Cải cách hành chính năm 2024", "2024-01-01", "2024-12-31",
      { { FILING, "Hồ sơ nộp trực tuyến", ">=", 60, "%", "2024-12-31" }, { FILING, "Hồ sơ nộp trực tuyến cấp xã", ">=", 50, "%", NULL }, { 0 } },
      { { "Rà soát thủ tục hành chính", "Sở Tư pháp", "Quý II/2024", "2024-06-30" }, { 0 } } },
    { "96", "Cà Mau", NULL, NULL, "UBND tỉnh Cà Mau", "11/KH-UBND", "2024-12-20", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31",
      { { FILING, "Hồ sơ nộp trực tuyến", ">=", 72.5, "%", "2025-12-31" }, { WAITING, "Thời gian chờ", "<=", 15, "phút", NULL },
        { FILING, "Hồ sơ nộp trực tuyến so với năm trước", "+", 12, "%", NULL }, { 0 } },
      { { "Rà soát thủ tục hành chính năm 2025", "Sở Tư pháp", "Quý II/2025", "2025-06-30" }, { 0 } } },
    { "01", "Hà Nội", NULL, NULL, "UBND thành phố Hà Nội", "7/KH-UBND", "2024-12-01", "Kế hoạch cải cách hành chính năm 2025", NULL, NULL,
      { { FILING, "Hồ sơ nộp trực tuyến", ">=", 80, "phần trăm", "2025-06-30" }, { NULL, "số hộ được nối nước sạch", ">=", 90, "hộ", NULL }, { 0 } },
      { { "Tiếp tục rà soát TTHC trên địa bàn thành phố Hà Nội", "Sở Nội vụ", "Thường xuyên", NULL }, { "Bàn giao trụ sở", NULL, NULL, NULL }, { 0 } } },
    { NULL, NULL, NULL, NULL, "Bộ Nội vụ", "3/KH-BNV", "2024-11-01", "Kiểm tra công vụ", NULL, NULL,
      { { FILING, "Hồ sơ trực tuyến", "=", 100, "%", "2030-12-31" }, { 0 } }, { { 0 } } },
    { 0 },
};

static void
test_matrix (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (THREE, (kh_compare_options){ .all = TRUE });
    guint n;
    assert_int_equal (made->papers->len, 4);
    assert_int_equal (made->places->len, 3);
    assert_string_equal (place (made, 0)->name, "Hà Nội"); /* official order; bodies of no province last */
    assert_string_equal (place (made, 1)->name, "Cà Mau");
    assert_string_equal (place (made, 2)->name, "Bộ Nội vụ");
    assert_int_equal (place (made, 1)->n_papers, 2);

    /* topics in their own order, levels and changes apart, what has no topic last */
    assert_int_equal (made->indicators->len, 4);
    assert_string_equal (indicator (made, 0)->topic, FILING);
    assert_string_equal (indicator (made, 0)->unit, "%");
    assert_false (indicator (made, 0)->is_change);
    assert_int_equal (indicator (made, 0)->n_places, 3);
    assert_string_equal (indicator (made, 1)->topic, FILING);
    assert_true (indicator (made, 1)->is_change);
    assert_string_equal (indicator (made, 2)->topic, WAITING);
    assert_null (indicator (made, 3)->topic);
    assert_string_equal (indicator (made, 3)->name, "số hộ được nối nước sạch");

    kh_aim *const *aims = kh_indicator_at (indicator (made, 0), place (made, 1), -1, &n);
    assert_int_equal (n, 3);
    assert_int_equal (aims[0]->year, 2025); /* the latest year, the newest plan first */
    assert_true (aims[0]->value == 72.5);
    assert_int_equal (aims[1]->year, 2024);
    assert_true (aims[1]->value == 60);
    assert_int_equal (aims[2]->year, 2024); /* of the plan's period */
    assert_int_equal (aims[0]->page, 2);
    assert_string_equal (aims[0]->paper->number, "11/KH-UBND");
    aims = kh_indicator_at (indicator (made, 0), place (made, 1), 2024, &n);
    assert_int_equal (n, 2);
    assert_null (kh_indicator_at (indicator (made, 0), place (made, 1), 2026, &n));
    assert_null (kh_indicator_at (indicator (made, 2), place (made, 0), -1, &n));
    aims = kh_indicator_at (indicator (made, 3), place (made, 0), -1, &n);
    assert_int_equal (aims[0]->year, 2024); /* of the date, where nothing else says */

    kh_spread spread = kh_indicator_spread (indicator (made, 0), 2025);
    assert_int_equal (spread.n_places, 2);
    assert_true (spread.least == 72.5 && spread.most == 80 && spread.median == 76.25);
    assert_int_equal (kh_indicator_main_year (indicator (made, 0)), 2025);
    assert_int_equal (g_array_index (indicator (made, 0)->years, int, 0), 2030);
}

static void
test_chosen (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) of_year = compare_well (THREE, (kh_compare_options){ .year = 2025 });
    assert_int_equal (of_year->papers->len, 2); /* Cà Mau's for 2025, and Hà Nội's, which has a target due then */
    assert_int_equal (of_year->indicators->len, 3);
    assert_int_equal (indicator (of_year, 0)->n_places, 2);

    g_autoptr (kh_comparison) of_topic = compare_well (THREE, (kh_compare_options){ .topics = (const char *[]){ WAITING, NULL } });
    assert_int_equal (of_topic->indicators->len, 1);
    assert_int_equal (of_topic->kinds->len, 0);

    g_autoptr (kh_comparison) of_place = compare_well (THREE, (kh_compare_options){ .places = (const char *[]){ "ca mau", NULL } });
    assert_int_equal (of_place->places->len, 1);
    assert_int_equal (of_place->papers->len, 2);
    guint n;
    kh_indicator_at (indicator (of_place, 0), place (of_place, 0), -1, &n);
    assert_int_equal (n, 3);
    g_autoptr (kh_comparison) of_code = compare_well (THREE, (kh_compare_options){ .places = (const char *[]){ "01", "Bộ Nội vụ", NULL } });
    assert_int_equal (of_code->places->len, 2);

    g_autoptr (kh_comparison) of_title = compare_well (THREE, (kh_compare_options){ .title = "KIEM tra" });
    assert_int_equal (of_title->papers->len, 1);
    assert_string_equal (of_title->question, "trích yếu có “KIEM tra”");
}

static void
test_errors (void **state)
{
    const struct {
        kh_compare_options options;
        int code;
        const char *message;
    } cases[] = {
        { { .topics = (const char *[]){ "no_such", NULL } }, KH_ERROR_USAGE, "no_such" },
        { { .places = (const char *[]){ "Cà Mâu xanh", NULL } }, KH_ERROR_USAGE, "Cà Mâu xanh" },
        { { .places = (const char *[]){ "Huế", NULL } }, KH_ERROR_INPUT, "no plan" },
        { { .title = "nước sạch" }, KH_ERROR_INPUT, "no plan" },
        { { .year = 1999 }, KH_ERROR_INPUT, "no plan" },
        { { .most_rows = 3 }, KH_ERROR_LIMIT, "more than 3" },
        { { .parts = KH_COMPARE_CHANGES, .before = "99/KH", .after = "11/KH-UBND" }, KH_ERROR_INPUT, "99/KH" },
        { { .parts = KH_COMPARE_CHANGES, .before = "000000", .after = "11/KH-UBND" }, KH_ERROR_INPUT, "000000" }, /* too short for a digest */
        { { .parts = KH_COMPARE_CHANGES, .before = "00000000", .after = "11/KH-UBND" }, KH_ERROR_INPUT, "4 plans" },
    };
    static const plan none[] = { { 0 } };
    (void) state;
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (kh_comparison) made = compare (THREE, cases[i].options, &error);
        assert_null (made);
        assert_int_equal (error->code, cases[i].code);
        assert_non_null (strstr (error->message, cases[i].message));
    }
    g_autoptr (GError) error = NULL;
    assert_null (compare (none, (kh_compare_options){ 0 }, &error));
    assert_int_equal (error->code, KH_ERROR_INPUT);
}

/* ------------------------------------------------------------------ provinces that merged */

#define ANY_TARGET { { FILING, "Hồ sơ nộp trực tuyến", ">=", 60, "%", NULL }, { 0 } }

static const plan MERGED[] = {
    { "89", "An Giang", "91", "An Giang", "UBND tỉnh An Giang", "1/KH-UBND", "2024-12-01", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31", ANY_TARGET, { { 0 } } },
    { "91", "Kiên Giang", "91", "An Giang", "UBND tỉnh Kiên Giang", "2/KH-UBND", "2024-12-02", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31", ANY_TARGET, { { 0 } } },
    { "91", "An Giang", "91", "An Giang", "UBND tỉnh An Giang", "3/KH-UBND", "2025-12-02", "Cải cách hành chính năm 2026", "2026-01-01", "2026-12-31", ANY_TARGET, { { 0 } } },
    { "01", "Hà Nội", "01", "Hà Nội", "UBND thành phố Hà Nội", "4/KH-UBND", "2025-12-02", "Cải cách hành chính năm 2026", "2026-01-01", "2026-12-31", ANY_TARGET, { { 0 } } },
    { "01", "Hà Nội", "01", "Hà Nội", "UBND thành phố Hà Nội", "5/KH-UBND", "2024-12-02", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31", ANY_TARGET, { { 0 } } },
    { 0 },
};

static void
test_as_of (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) printed = compare_well (MERGED, (kh_compare_options){ 0 });
    assert_int_equal (printed->places->len, 4);
    assert_string_equal (place (printed, 0)->name, "Hà Nội"); /* was not merged: one place, before and after */
    assert_int_equal (place (printed, 0)->n_papers, 2);
    assert_string_equal (place (printed, 1)->name, "An Giang");
    assert_string_equal (place (printed, 2)->name, "An Giang (mới)"); /* by code: 91 */
    assert_string_equal (place (printed, 3)->name, "Kiên Giang");
    assert_null (((const kh_paper *) printed->papers->pdata[2])->was);

    g_autoptr (kh_comparison) before = compare_well (MERGED, (kh_compare_options){ .as_of = 202506 });
    assert_int_equal (before->places->len, 4);

    g_autoptr (kh_comparison) today = compare_well (MERGED, (kh_compare_options){ .as_of = 202507 });
    assert_int_equal (today->places->len, 2);
    assert_string_equal (place (today, 1)->name, "An Giang");
    assert_string_equal (place (today, 1)->code, "91");
    assert_string_equal (place (today, 1)->made_of, "Kiên Giang, An Giang"); /* as the papers stand: newest first */
    assert_null (place (today, 0)->made_of);
    guint n;
    kh_aim *const *aims = kh_indicator_at (indicator (today, 0), place (today, 1), 2025, &n);
    assert_int_equal (n, 2);
    assert_string_equal (aims[0]->paper->was, "Kiên Giang");
    assert_string_equal (aims[1]->paper->was, "An Giang");
    aims = kh_indicator_at (indicator (today, 0), place (today, 1), 2026, &n);
    assert_int_equal (n, 1);
    assert_null (aims[0]->paper->was);

    /* by the name of what is part of it */
    g_autoptr (kh_comparison) part = compare_well (MERGED, (kh_compare_options){ .as_of = 202507, .places = (const char *[]){ "Kiên Giang", NULL } });
    assert_int_equal (part->places->len, 1);
    assert_int_equal (part->papers->len, 3);
}

static void
test_copies (void **state)
{
    plan plans[4] = { MERGED[0], MERGED[0], MERGED[1], { 0 } };
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (plans, (kh_compare_options){ 0 });
    assert_int_equal (made->papers->len, 2);
    assert_int_equal (made->n_copies, 1);
    plans[1].number = "/KH-UBND"; /* left blank: it may be any */
    g_autoptr (kh_comparison) other = compare_well (plans, (kh_compare_options){ 0 });
    assert_int_equal (other->papers->len, 3);
    plans[1] = MERGED[0];
    plans[2] = (plan){ 0 };
    g_autoptr (kh_comparison) two = compare_well (plans, (kh_compare_options){ 0 }); /* two versions that are to be compared */
    assert_int_equal (two->papers->len, 2);
}

/* ------------------------------------------------------------------ tasks, and what is missing */

static void
test_kinds (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (THREE, (kh_compare_options){ 0 });
    assert_int_equal (made->kinds->len, 1);
    assert_int_equal (made->n_lone_kinds, 1);
    assert_int_equal (made->n_lone_indicators, 1);
    const kh_kind *kind = made->kinds->pdata[0];
    assert_string_equal (kind->name, "Rà soát thủ tục hành chính"); /* the shortest of those that say the same */
    assert_int_equal (kind->duties->len, 3);
    assert_int_equal (kind->n_places, 2);
    assert_string_equal (((const kh_duty *) kind->duties->pdata[0])->paper->place->name, "Hà Nội");
    assert_string_equal (((const kh_duty *) kind->duties->pdata[1])->deadline, "Quý II/2025");
    assert_int_equal (((const kh_duty *) kind->duties->pdata[1])->page, 3);
    assert_string_equal (kind->lead, "Sở Tư pháp");
    assert_int_equal (kind->n_lead, 2);
    assert_string_equal (kind->earliest, "2024-06-30");
    assert_string_equal (kind->latest, "2025-06-30");
    assert_int_equal (kind->quarters[1], 2);
    assert_int_equal (kind->quarters[4], 1);
    g_autoptr (kh_comparison) all = compare_well (THREE, (kh_compare_options){ .all = TRUE });
    assert_int_equal (all->kinds->len, 2);
    assert_int_equal (((const kh_kind *) all->kinds->pdata[1])->n_places, 1); /* last */
}

#define PROVINCE(code, name, number) code, name, NULL, NULL, "UBND tỉnh " name, number, "2024-12-01", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31"
#define REVIEW { "Rà soát thủ tục hành chính", NULL, NULL, NULL }
#define SURVEY { "Khảo sát mức độ hài lòng", NULL, NULL, NULL }

static const plan FOUR[] = {
    { PROVINCE ("01", "Hà Nội", "1/KH"), { { FILING, "a", ">=", 60, "%", NULL }, { WAITING, "b", "<=", 5, "phút", NULL }, { 0 } }, { REVIEW, SURVEY, { 0 } } },
    { PROVINCE ("48", "Đà Nẵng", "2/KH"), { { FILING, "a", ">=", 60, "%", NULL }, { WAITING, "b", "<=", 5, "phút", NULL }, { 0 } }, { SURVEY, { 0 } } },
    { PROVINCE ("92", "Cần Thơ", "3/KH"), { { FILING, "a", ">=", 6000, "hồ sơ", NULL }, { 0 } }, { REVIEW, { 0 } } },
    { PROVINCE ("96", "Cà Mau", "4/KH"), { { "papi", "c", ">=", 40, "điểm", NULL }, { 0 } }, { REVIEW, { 0 } } },
    { 0 },
};

static void
test_lacks (void **state)
{
    static const struct {
        const char *place, *what;
        guint n_have;
    } wanted[] = {
        { "Đà Nẵng", "Rà soát thủ tục hành chính", 3 },
        { "Cần Thơ", "Thời gian chờ", 2 },
        { "Cần Thơ", "Khảo sát mức độ hài lòng", 2 },
        { "Cà Mau", "Hồ sơ nộp trực tuyến", 3 }, /* a topic is one thing, in whatever units */
        { "Cà Mau", "Thời gian chờ", 2 },
        { "Cà Mau", "Khảo sát mức độ hài lòng", 2 },
    };
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (FOUR, (kh_compare_options){ .parts = KH_COMPARE_MISSING });
    assert_int_equal (made->lacks->len, G_N_ELEMENTS (wanted));
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
        const kh_lack *lack = made->lacks->pdata[i];
        assert_string_equal (lack->place->name, wanted[i].place);
        assert_string_equal (lack->kind != NULL ? lack->kind->name : lack->indicator->name, wanted[i].what);
        assert_int_equal (lack->n_have, wanted[i].n_have);
        assert_int_equal (lack->n_others, 3);
    }
    /* those of one place, told by all */
    g_autoptr (kh_comparison) one = compare_well (FOUR, (kh_compare_options){ .places = (const char *[]){ "Cà Mau", NULL } });
    assert_int_equal (one->lacks->len, 3);
    assert_int_equal (((const kh_lack *) one->lacks->pdata[0])->n_have, 3);
    assert_int_equal (one->places->len, 1);
    assert_int_equal (one->indicators->len, 1);
}

/* ------------------------------------------------------------------ what changed */

static const plan YEARS[] = {
    { "96", "Cà Mau", NULL, NULL, "UBND tỉnh Cà Mau", "10/KH-UBND", "2023-12-20", "Cải cách hành chính tỉnh Cà Mau năm 2024", "2024-01-01", "2024-12-31",
      { { FILING, "Hồ sơ nộp trực tuyến", ">=", 60, "%", "2024-12-31" },
        { WAITING, "Thời gian chờ của người dân", "<=", 20, "phút", NULL },
        { "papi", "Điểm PAPI", ">=", 40, "điểm", "2024-12-31" },
        { NULL, "số xã có điểm kê khai", ">=", 10, "xã", "2024-12-31" }, { 0 } },
      { { "Rà soát thủ tục hành chính", "Sở Tư pháp", "Quý II/2024", "2024-06-30" },
        { "Khảo sát mức độ hài lòng của người dân", "Sở Nội vụ", "Quý III/2024", "2024-09-30" },
        { "Tập huấn công chức một cửa", "Sở Nội vụ", "Thường xuyên", NULL },
        { "Bàn giao trụ sở dôi dư", "Sở Tài chính", NULL, NULL }, { 0 } } },
    { "96", "Cà Mau", NULL, NULL, "UBND tỉnh Cà Mau", "11/KH-UBND", "2024-12-20", "Cải cách hành chính tỉnh Cà Mau năm 2025", "2025-01-01", "2025-12-31",
      { { FILING, "Hồ sơ nộp trực tuyến", ">=", 70, "%", "2025-12-31" },
        { WAITING, "Thời gian chờ của người dân", "<=", 20, "phút", "2025-12-31" },
        { NULL, "số xã có điểm kê khai", ">=", 10, "xã", "2025-06-30" },
        { "sipas", "Chỉ số hài lòng", ">=", 85, "%", NULL }, { 0 } },
      { { "Tiếp tục rà soát thủ tục hành chính năm 2025", "Sở Tư pháp", "Quý II/2025", "2025-06-30" },
        { "Khảo sát mức độ hài lòng của người dân", "Sở Nội vụ", "Quý IV/2025", "2025-12-31" },
        { "Tập huấn công chức một cửa", "Sở Thông tin và Truyền thông", "Thường xuyên", NULL },
        { "Mở tổ kê khai tại nhà văn hóa", "Sở Nội vụ", NULL, NULL }, { 0 } } },
    { "96", "Cà Mau", NULL, NULL, "UBND tỉnh Cà Mau", "12/KH-UBND", "2024-12-21", "Phòng, chống cháy rừng năm 2025", "2025-01-01", "2025-12-31", { { 0 } }, { { 0 } } },
    { "01", "Hà Nội", NULL, NULL, "UBND tỉnh Hà Nội", "11/KH-UBND", "2024-12-20", "Cải cách hành chính năm 2025", "2025-01-01", "2025-12-31", { { 0 } }, { { 0 } } },
    { 0 },
};

static void
test_changes (void **state)
{
    static const struct {
        kh_difference_sort sort;
        guint in;
        const char *old_text, *new_text;
    } wanted[] = {
        { KH_CHANGED, KH_DIFFERS_VALUE, "Hồ sơ nộp trực tuyến", "Hồ sơ nộp trực tuyến" },
        { KH_CHANGED, KH_DIFFERS_DUE, "số xã có điểm kê khai", "số xã có điểm kê khai" },
        { KH_ADDED, 0, NULL, "Chỉ số hài lòng" },
        { KH_DROPPED, 0, "Điểm PAPI", NULL },
        { KH_CHANGED, KH_DIFFERS_DUE, "Khảo sát mức độ hài lòng của người dân", "Khảo sát mức độ hài lòng của người dân" },
        { KH_CHANGED, KH_DIFFERS_LEAD, "Tập huấn công chức một cửa", "Tập huấn công chức một cửa" },
        { KH_ADDED, 0, NULL, "Mở tổ kê khai tại nhà văn hóa" },
        { KH_DROPPED, 0, "Bàn giao trụ sở dôi dư", NULL },
    };
    (void) state;
    for (int named = 0; named < 2; named++) {
        kh_compare_options options = { .parts = KH_COMPARE_CHANGES };
        if (named) { /* by number, and by digest where the number is of two plans */
            options.before = "10/kh-ubnd";
            options.after = "0000000000000000000000000000000000000000000000000000000010000001";
        }
        g_autoptr (kh_comparison) made = compare_well (YEARS, options);
        assert_int_equal (made->revisions->len, 1); /* other titles, other provinces are other plans */
        const kh_revision *revision = made->revisions->pdata[0];
        assert_string_equal (revision->before->number, "10/KH-UBND");
        assert_string_equal (revision->after->number, "11/KH-UBND");
        assert_int_equal (revision->shift, 1);
        assert_int_equal (revision->n_same_aims, 1);   /* the end of the period, said or not */
        assert_int_equal (revision->n_same_duties, 1); /* quarter II of the year after */
        assert_int_equal (revision->differences->len, G_N_ELEMENTS (wanted));
        for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
            const kh_difference *one = revision->differences->pdata[i];
            assert_int_equal (one->sort, wanted[i].sort);
            assert_int_equal (one->in, wanted[i].in);
            const char *old_text = one->old_aim != NULL ? one->old_aim->text : one->old_duty != NULL ? one->old_duty->text : NULL;
            const char *new_text = one->new_aim != NULL ? one->new_aim->text : one->new_duty != NULL ? one->new_duty->text : NULL;
            assert_int_equal (g_strcmp0 (old_text, wanted[i].old_text), 0);
            assert_int_equal (g_strcmp0 (new_text, wanted[i].new_text), 0);
        }
    }
}

/* Two plans of one body with titles alike are compared without being asked. */
static void
test_series (void **state)
{
    plan plans[3] = { YEARS[0], YEARS[1], { 0 } };
    (void) state;
    g_autoptr (kh_comparison) two = compare_well (plans, (kh_compare_options){ 0 });
    assert_true (two->parts & KH_COMPARE_CHANGES);
    assert_int_equal (two->revisions->len, 1);
    plans[1] = YEARS[2];
    g_autoptr (kh_comparison) others = compare_well (plans, (kh_compare_options){ 0 });
    assert_false (others->parts & KH_COMPARE_CHANGES);
}

/* ------------------------------------------------------------------ printed */

static void
test_labels (void **state)
{
    static const struct {
        double value;
        const char *written;
    } numbers[] = { { 90, "90" }, { 71.25, "71,25" }, { 1234567.5, "1.234.567,5" }, { 0.00001, "0" }, { -3, "−3" }, { 100000, "100.000" }, { 999, "999" } };
    (void) state;
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
        g_autoptr (GString) out = g_string_new (NULL);
        kh_put_number (out, numbers[i].value);
        assert_string_equal (out->str, numbers[i].written);
    }
    g_autoptr (GString) day = g_string_new (NULL);
    kh_put_day (day, "2025-03-01");
    g_string_append_c (day, ' ');
    kh_put_day (day, "2025-07");
    g_string_append_c (day, ' ');
    kh_put_day (day, "2025");
    assert_string_equal (day->str, "1/3/2025 7/2025 2025");
    kh_paper paper = { .path = "/kho/kế hoạch #1.pdf", .file = "x.pdf" }, bare = { .file = "a b.pdf" }, none = { .sha256 = "00" };
    g_autofree char *link = kh_paper_link (&paper, 3), *name = kh_paper_link (&bare, 0), *nothing = kh_paper_link (&none, 1);
    assert_string_equal (link, "file:///kho/k%E1%BA%BF%20ho%E1%BA%A1ch%20%231.pdf#page=3");
    assert_string_equal (name, "a%20b.pdf");
    assert_null (nothing);
}

static void
test_html (void **state)
{
    plan plans[3] = { THREE[0], THREE[2], { 0 } };
    (void) state;
    plans[0].title = "<script>alert(1)</script>\\\" onclick=\\\"x";
    g_autoptr (kh_comparison) made = compare_well (plans, (kh_compare_options){ .all = TRUE });
    g_autoptr (GString) out = g_string_new (NULL), again = g_string_new (NULL);
    kh_compare_html (out, made);
    kh_compare_html (again, made);
    assert_string_equal (out->str, again->str);
    assert_null (strstr (out->str, "<script>alert"));
    assert_non_null (strstr (out->str, "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&quot;x"));
    assert_null (strstr (out->str, "://"));
    assert_non_null (strstr (out->str, "href=\"p0.pdf#page=2\""));
    assert_non_null (strstr (out->str, "<span class=\"doubt\"><a href=\"p0.pdf#page=2\"")); /* read with 0.4 */
}

static void
test_csv (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (THREE, (kh_compare_options){ .topics = (const char *[]){ FILING, NULL } });
    g_autoptr (GString) out = g_string_new (NULL);
    kh_compare_csv (out, made, KH_COMPARE_TARGETS, ';');
    g_auto (GStrv) lines = g_strsplit (out->str, "\r\n", -1);
    assert_int_equal (g_strv_length (lines), 1 + 6 + 1);
    assert_true (g_str_has_prefix (lines[0], "\xEF\xBB\xBF" "Chủ đề;Chỉ tiêu;"));
    assert_true (g_str_has_prefix (lines[2], FILING ";Hồ sơ nộp trực tuyến;96;Cà Mau;Cà Mau;2025;>=;72.5;%;2025-12-31;;"));
    assert_non_null (strstr (lines[2], ";11/KH-UBND;2024-12-20;p1.pdf;2;"));
    assert_non_null (strstr (out->str, ";2030;=;100;%;")); /* a sign alone is no formula */

    plan plans[2] = { THREE[0], { 0 } };
    plans[0].targets[0].subject = "=HYPERLINK(1); x";
    g_autoptr (kh_comparison) hostile = compare_well (plans, (kh_compare_options){ 0 });
    g_autoptr (GString) safe = g_string_new (NULL);
    kh_compare_csv (safe, hostile, KH_COMPARE_TARGETS, ';');
    assert_non_null (strstr (safe->str, ";\"'=HYPERLINK(1); x\";"));
}

static void
test_text (void **state)
{
    (void) state;
    g_autoptr (kh_comparison) made = compare_well (THREE, (kh_compare_options){ 0 });
    g_autoptr (GString) wide = g_string_new (NULL), narrow = g_string_new (NULL);
    kh_compare_text (wide, made, 120, FALSE);
    kh_compare_text (narrow, made, 70, FALSE);
    assert_non_null (strstr (wide->str, "≥ 72,5%? (2025) [2]"));
    assert_non_null (strstr (wide->str, "[2] Cà Mau · 11/KH-UBND ngày 20/12/2024"));
    assert_non_null (strstr (narrow->str, "Trung vị"));
}

/* Every table is as wide as the terminal, whatever is compared. */
static void
test_widths (void **state)
{
    static const plan *const archives[] = { THREE, MERGED, FOUR, YEARS };
    (void) state;
    for (gsize i = 0; i < G_N_ELEMENTS (archives); i++)
        for (guint columns = 60; columns <= 240; columns += 20)
            for (int details = 0; details < 2; details++) {
                g_autoptr (kh_comparison) made = compare_well (archives[i], (kh_compare_options){ .parts = 15, .all = TRUE });
                g_autoptr (GString) out = g_string_new (NULL);
                kh_compare_text (out, made, columns, details);
                g_auto (GStrv) lines = g_strsplit (out->str, "\n", -1);
                for (guint l = 0; lines[l] != NULL; l++)
                    if (g_str_has_prefix (lines[l], "│") || g_str_has_prefix (lines[l], "┌"))
                        assert_int_equal (g_utf8_strlen (lines[l], -1), columns);
            }
}

int
main (void)
{
    g_setenv ("LC_ALL", "C", TRUE);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_matrix),  cmocka_unit_test (test_chosen), cmocka_unit_test (test_errors), cmocka_unit_test (test_as_of),
        cmocka_unit_test (test_copies),  cmocka_unit_test (test_kinds),  cmocka_unit_test (test_lacks),  cmocka_unit_test (test_changes),
        cmocka_unit_test (test_series),  cmocka_unit_test (test_labels), cmocka_unit_test (test_html),   cmocka_unit_test (test_csv),
        cmocka_unit_test (test_text),    cmocka_unit_test (test_widths),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
