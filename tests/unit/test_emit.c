/* The record leaves: JSON with evidence, CSV, text, the terminal's table. */
#include "emit/emit.h"

#include "sample_record.h"

#include <jansson.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const kh_models MODELS = { "vie 4.1", NULL };

static json_t *
emitted (const kh_record *record, kh_format format)
{
    g_autoptr (GString) out = g_string_new (NULL);
    kh_emit (out, record, NULL, MODELS, format, NULL, NULL);
    assert_true (out->len > 0 && out->str[out->len - 1] == '\n');
    json_error_t error;
    json_t *json = json_loadb (out->str, out->len, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail_msg ("not JSON: %s at line %d", error.text, error.line);
    return json;
}

/* RFC 6901, without the escapes a path here never needs. */
static const json_t *
at (const json_t *json, const char *pointer)
{
    g_auto (GStrv) parts = g_strsplit (pointer + 1, "/", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        json = json_is_array (json) ? json_array_get (json, atoi (parts[i])) : json_object_get (json, parts[i]);
    return json;
}

static void
assert_json (const json_t *json, const char *pointer, const char *expected)
{
    const json_t *value = at (json, pointer);
    char *text = value == NULL ? NULL : json_dumps (value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION (12));
    if (text == NULL || strcmp (text, expected) != 0)
        fail_msg ("%s is %s, expected %s", pointer, text == NULL ? "(missing)" : text, expected);
    free (text);
}

static void
values (void **state)
{
    (void)state;
    static const struct {
        const char *pointer, *expected;
    } cases[] = {
        { "/schema", "\"kehoach.plan/1\"" },
        { "/generator/name", "\"kehoach\"" },
        { "/generator/models", "{\"ocr\":\"vie 4.1\",\"repair\":null}" },
        { "/source/file", "\"ke hoach.pdf\"" },
        { "/source/bytes", "123456" },
        { "/source/page_count", "3" },
        { "/source/pages/0",
          "{\"number\":1,\"width\":595.3,\"height\":841.9,\"rotation\":0,\"origin\":\"text_layer\",\"dpi\":null,\"skew\":null,"
          "\"confidence\":1}" },
        { "/source/pages/1/skew", "-0.44" },
        { "/source/pages/1/confidence", "0.88" },
        { "/header/issuer", "\"SỞ TƯ PHÁP\"" },
        { "/header/parent", "null" },
        { "/header/date", "\"2024-02\"" },
        { "/header/period", "{\"start\":null,\"end\":\"2024-12-31\"}" },
        { "/header/province", "{\"code\":\"42\",\"name\":\"Hà Tĩnh\",\"today\":{\"code\":null,\"name\":null}}" },
        { "/bases/0/references/0", "{\"type\":\"Kế hoạch\",\"number\":\"5/KH-UBND\",\"date\":\"2024-01-03\",\"issuer\":null}" },
        { "/sections/0/paragraphs/0/references/0/number", "\"5/KH-UBND\"" },
        { "/sections/0/paragraphs/1", "{\"table\":\"tb1\"}" },
        { "/sections/0/role", "\"tasks\"" },
        { "/tasks/0/group", "null" },
        { "/tasks/0/coordinate", "[]" },
        { "/tasks/0/lead", "[\"Văn phòng Sở\",\"Phòng 1, \\\"A\\\"\"]" },
        { "/tasks/0/lead_key", "[\"Văn phòng Sở\",null]" },
        { "/tasks/0/coordinate_key", "[]" },
        { "/recipients_key", "[null]" },
        { "/responsibilities/0/unit_key", "null" },
        { "/header/parent_key", "null" },
        { "/tasks/0/deadline", "{\"text\":\"Quý I\",\"kind\":\"period\",\"start\":\"2024-01-01\",\"end\":\"2024-03-31\"}" },
        { "/tasks/0/other", "{\"Cấp/bậc ~\":\"tỉnh\",\"Cấp/bậc ~ (2)\":\"xã\"}" },
        { "/tasks/0/row", "1" },
        { "/targets/0/value", "85.5" },
        { "/targets/0/subject", "null" },
        { "/signature", "{\"authority\":null,\"position\":null,\"name\":\"Trần Xuân Hưng\"}" },
        { "/signatures", "[]" },
        { "/tables/0/pages", "[1]" },
        { "/tables/0/columns/2", "{\"header\":\"Thời gian Quý I\",\"field\":null}" },
        { "/tables/0/rows/0/0", "{\"text\":\"1\",\"row_span\":2,\"col_span\":1}" },
        { "/tables/0/rows/0/3", "{\"text\":\"\",\"row_span\":1,\"col_span\":1}" },
        { "/tables/0/rows/1/0", "null" },
        { "/tables/0/rows/1/2", "{\"text\":\"a, \\\"b\\\"\",\"row_span\":1,\"col_span\":2}" },
        { "/tables/0/rows/1/3", "null" },
        { "/repairs/0/confidence", "0.99" },
        { "/review/0", "{\"pointer\":\"/tasks/0/deadline\",\"reason\":\"low_confidence\",\"message\":\"Chữ đọc không chắc; hãy đối chiếu với bản quét\"}" },
        { "/warnings/0/page", "3" },
        { "/warnings/1/page", "null" },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_record *record = sample_record (pool);
    json_t *json = emitted (record, KH_FORMAT_JSON), *line = emitted (record, KH_FORMAT_NDJSON);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        assert_json (json, cases[i].pointer, cases[i].expected);
    assert_int_equal (json_array_size (at (json, "/tables/0/rows")), 2);
    assert_null (json_object_get (at (json, "/tasks/0"), "references")); /* none: left out */
    assert_true (json_equal (json, line));
    json_decref (json);
    json_decref (line);
}

/* A region of the frame leads to the page in its own way. */
static void
evidence_of_a_region (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    kh_page *page = record->pages->pdata[1];
    kh_page_add_region (page, (kh_region){ { 0, 0, page->frame_width, page->frame_height }, 0, { 1, 0, 7, 0, 1, -2 } });
    json_t *json = emitted (record, KH_FORMAT_JSON);
    const json_t *seen = json_object_get (json_object_get (json, "evidence"), "/targets/0/value");
    const json_t *bbox = json_object_get (json_array_get (json_object_get (seen, "where"), 0), "bbox");
    char *text = json_dumps (bbox, JSON_COMPACT);
    assert_string_equal (text, "[207,48,247,60]"); /* in the frame 200, 50 to 240, 62 */
    free (text);
    json_decref (json);
}

/* Boxes are of the page as shown: page 2 was read lying on its side. */
static void
evidence (void **state)
{
    (void)state;
    static const struct {
        const char *key, *expected;
    } cases[] = {
        { "/header/number", "{\"confidence\":0.9,\"where\":[{\"page\":1,\"bbox\":[88.1,92,178.1,104]}]}" },
        { "/header/date", "{\"confidence\":0.66,\"where\":[{\"page\":1,\"bbox\":[350,92,515,104],\"under\":\"stamp\"}]}" },
        { "/tasks/0/lead/0", NULL },
        { "/tasks/0/lead/1", NULL },
        { "/tasks/0/deadline", NULL },
        { "/tasks/0/other/Cấp~1bậc ~0", NULL },
        { "/tasks/0/other/Cấp~1bậc ~0 (2)", NULL },
        { "/sections/0/number", NULL },
        { "/sections/0/paragraphs/0/text", NULL },
        { "/targets/0/value", "{\"confidence\":0.9,\"where\":[{\"page\":2,\"bbox\":[533,200,545,240]}]}" },
        { "/targets/0/unit", NULL },
        { "/bases/0/text", NULL },
        { "/bases/0/references/0/date", NULL },
        { "/sections/0/paragraphs/0/references/0/date", NULL },
        { "/responsibilities/0/unit", NULL },
        { "/recipients/0", NULL },
        { "/signature/name", NULL },
        { "/tables/0/columns/1/header", NULL },
        { "/tables/0/rows/1/2/text", NULL },
    };
    static const char *const none[] = { "/header/parent",          "/header/period/end",      "/header/province/name",
                                        "/tables/0/rows/0/3/text", "/tables/0/rows/1/3/text", "/targets/0/by" };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    json_t *json = emitted (sample_record (pool), KH_FORMAT_JSON);
    const json_t *all = json_object_get (json, "evidence");
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        json_t *entry = json_object_get (all, cases[i].key);
        if (entry == NULL)
            fail_msg ("no evidence for %s", cases[i].key);
        json_t *wrap = json_pack ("{sO}", "entry", entry);
        if (cases[i].expected != NULL)
            assert_json (wrap, "/entry", cases[i].expected);
        json_decref (wrap);
    }
    for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
        assert_null (json_object_get (all, none[i]));
    json_decref (json);
}

/* The tree printed with indent has the keys of the schema in order, short lists on a line; the locale has no say. */
static void
form (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_record *record = sample_record (pool);
    g_autoptr (GString) one = g_string_new (NULL), two = g_string_new (NULL), line = g_string_new (NULL);
    kh_emit (one, record, NULL, MODELS, KH_FORMAT_JSON, NULL, NULL);
    setlocale (LC_ALL, "vi_VN.UTF-8"); /* a comma for the point, where it is installed */
    kh_emit (two, record, NULL, MODELS, KH_FORMAT_JSON, NULL, NULL);
    setlocale (LC_ALL, "C");
    assert_string_equal (one->str, two->str);
    assert_true (g_str_has_prefix (one->str, "{\n  \"schema\": \"kehoach.plan/1\",\n  \"generator\": {"));
    assert_non_null (strstr (
        one->str,
        "\n    \"/header/number\": {\"confidence\": 0.9, \"where\": [{\"page\": 1, \"bbox\": [88.1, 92, 178.1, 104]}]},\n"));
    static const char *const keys[] = { "schema", "generator", "source",           "header",     "bases",     "sections",
                                        "tasks",  "targets",   "responsibilities", "recipients", "signature", "signatures",
                                        "tables", "repairs",   "evidence",         "review",     "warnings" };
    const char *place = one->str;
    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
        g_autofree char *key = g_strdup_printf ("\n  \"%s\":", keys[i]);
        const char *next = strstr (place, key);
        if (next == NULL)
            fail_msg ("'%s' is missing or out of order", keys[i]);
        place = next;
    }
    kh_emit (line, record, NULL, MODELS, KH_FORMAT_NDJSON, NULL, NULL);
    assert_ptr_equal (strchr (line->str, '\n'), line->str + line->len - 1);
}

/* Nothing found is null and [], and no key is missing. */
static void
empty_record (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    json_t *json = emitted (kh_record_new (pool), KH_FORMAT_JSON);
    assert_int_equal (json_object_size (json), 18);
    assert_json (json, "/header/period", "{\"start\":null,\"end\":null}");
    assert_json (json, "/tasks", "[]");
    assert_json (json, "/evidence", "{}");
    json_decref (json);
}

/* A header cell that reaches into the rows leaves an empty cell there, not a hole. */
static void
span_from_header (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    kh_table *table = record->tables->pdata[0];
    kh_grid *grid = (kh_grid *)table->grid;
    table->first_row = 1;                    /* "TT" and "Nội dung" stand in row 0 and reach into row 1 */
    kh_grid_cell (grid, 3, 2)->col_span = 9; /* and a span past the edge is cut */
    json_t *json = emitted (record, KH_FORMAT_JSON);
    assert_json (json, "/tables/0/rows/0/0", "{\"text\":\"\",\"row_span\":1,\"col_span\":1}");
    assert_json (json, "/tables/0/rows/0/2", "{\"text\":\"Quý I\",\"row_span\":1,\"col_span\":1}");
    assert_json (json, "/tables/0/rows/2/2/col_span", "2");
    assert_json (json, "/tables/0/rows/2/0", "null");
    json_decref (json);
}

/* A paragraph that is a marker alone, one that is nothing, and a value that is none in a list. */
static void
bare_items (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    kh_section *section = record->sections->pdata[0];
    kh_paragraph *bare = kh_pool_new0 (pool, kh_paragraph, 2);
    bare[1].marker = "-";
    bare[1].depth = 1;
    g_ptr_array_insert (section->paragraphs, 0, &bare[0]);
    g_ptr_array_insert (section->paragraphs, 1, &bare[1]);
    kh_task *task = record->tasks->pdata[0];
    g_ptr_array_insert (task->lead, 0, kh_pool_new0 (pool, kh_value, 1));
    json_t *json = emitted (record, KH_FORMAT_JSON);
    assert_json (json, "/sections/0/paragraphs/0", "{\"marker\":null,\"depth\":0,\"text\":\"-\"}");
    assert_int_equal (json_array_size (at (json, "/sections/0/paragraphs")), 3);
    assert_int_equal (json_array_size (at (json, "/tasks/0/lead")), 2);
    const json_t *all = json_object_get (json, "evidence");
    assert_non_null (json_object_get (all, "/sections/0/paragraphs/1/text"));
    assert_non_null (json_object_get (all, "/tasks/0/lead/0"));
    assert_null (json_object_get (all, "/tasks/0/lead/2"));
    json_decref (json);
}

static void
invalid_text (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    record->header.title.text = "k\xff\x01 \"x\"\\";
    json_t *json = emitted (record, KH_FORMAT_NDJSON);
    assert_json (json, "/header/title", "\"k\xef\xbf\xbd\\u0001 \\\"x\\\"\\\\\"");
    json_decref (json);
}

static void
csv (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GString) out = g_string_new (NULL);
    const kh_format_options plain = { .plain = TRUE };
    kh_emit (out, sample_record (pool), NULL, MODELS, KH_FORMAT_CSV, &plain, NULL);
    assert_string_equal (out->str,
                         "Mã,Nhóm nhiệm vụ,Số thứ tự,Nội dung nhiệm vụ,Đơn vị chủ trì,Đơn vị phối hợp,Sản phẩm,Thời hạn,"
                         "Loại thời hạn,Từ ngày,Đến ngày,Kinh phí,Ghi chú,Nội dung khác,Mục,Bảng,Dòng\r\n"
                         "t1,,1,Rà soát,\"Văn phòng Sở; Phòng 1, \"\"A\"\"\",,,Quý I,period,2024-01-01,2024-03-31,,,"
                         "Cấp/bậc ~: tỉnh; Cấp/bậc ~: xã,s1,tb1,1\r\n");
}

/* For spreadsheets: the mark, the sign that was asked for, nothing that is computed. */
static void
csv_for_spreadsheets (void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "=1+1", ";'=1+1;" },       { "+84", ";'+84;" },    { "-5%", ";'-5%;" },         { "@SUM(A1)", ";'@SUM(A1);" },
        { "=\"a\"", ";\"'=\"\"a\"\"\";" }, { "a;b", ";\"a;b\";" }, { "a,b", ";a,b;" }, { "5-6", ";5-6;" },
        { "kế hoạch", ";kế hoạch;" },
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        ((kh_task *) record->tasks->pdata[0])->text.text = cases[i].text;
        g_autoptr (GString) out = g_string_new (NULL), plain = g_string_new (NULL);
        kh_emit (out, record, NULL, MODELS, KH_FORMAT_CSV, &(kh_format_options){ .separator = ';' }, NULL);
        assert_true (g_str_has_prefix (out->str, "\xEF\xBB\xBFMã;Nhóm nhiệm vụ;"));
        if (strstr (out->str, cases[i].wanted) == NULL)
            fail_msg ("%s is not %s in %s", cases[i].text, cases[i].wanted, out->str);
        kh_emit (plain, record, NULL, MODELS, KH_FORMAT_CSV, &(kh_format_options){ .separator = '\t', .plain = TRUE }, NULL);
        assert_true (g_str_has_prefix (plain->str, "Mã\tNhóm"));
        assert_null (strchr (plain->str, '\''));
    }
}

static kh_flow *
sample_flow (kh_pool *pool, const kh_record *record)
{
    kh_flow *flow = kh_pool_new0 (pool, kh_flow, 1);
    flow->blocks = kh_pool_list (pool);
    kh_page *page = record->pages->pdata[0];
    kh_block *block = kh_pool_new0 (pool, kh_block, 3);
    block[0].text = *sample_text (pool, page, 70, 60, "KẾ HOẠCH");
    block[0].align = KH_ALIGN_CENTER;
    block[0].bold = 1;
    block[0].page = 1;
    block[0].box = (kh_box){ 70, 60, 190, 72 };
    block[1].text = (kh_text){ "", 0, NULL };
    block[2].kind = KH_BLOCK_TABLE;
    block[2].text = (kh_text){ "", 0, NULL };
    block[2].grid = (kh_grid *)((kh_table *)record->tables->pdata[0])->grid;
    block[2].page = 1;
    for (int i = 0; i < 3; i++)
        g_ptr_array_add (flow->blocks, &block[i]);
    return flow;
}

static void
text (void **state)
{
    (void)state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    const kh_flow *flow = sample_flow (pool, record);
    g_autoptr (GString) out = g_string_new (NULL), tables = g_string_new (NULL), blocks = g_string_new (NULL);
    kh_emit (out, record, flow, MODELS, KH_FORMAT_TEXT, NULL, NULL);
    assert_string_equal (out->str, "KẾ HOẠCH\n"
                                   "TT\tNội dung\tThời gian\t\n"
                                   "\t\tQuý I\tQuý II\n"
                                   "1\tRà soát\tx\t\n"
                                   "\tCông bố\ta, \"b\"\t\n");
    kh_emit_tables (tables, flow);
    assert_true (g_str_has_prefix (tables->str, "table 1  pages 1  4 x 4, 2 header  ruled  1.00\n  r1 c1 2x1 \"TT\"\n"));
    kh_emit_blocks (blocks, flow);
    assert_true (g_str_has_prefix (blocks->str, "p1  70.0,60.0  190.0,72.0  full center bold  indent 0.0  \"KẾ HOẠCH\"\n"));
}

/* Every line of the drawing is as wide as asked for, whatever is in the cells. */
static void
terminal (void **state)
{
    (void)state;
    static const guint widths[] = { 0, 60, 80, 132 };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    kh_task *task = record->tasks->pdata[0];
    task->text.text = "Rà soát, hệ thống hóa một-từ-dài-hơn-mọi-cột-của-bảng-này-rất-nhiều-để-phải-cắt-ra-làm-mấy-dòng văn bản";
    task->group.text = "Cải cách thể chế";
    for (gsize i = 0; i < G_N_ELEMENTS (widths); i++) {
        g_autoptr (GString) out = g_string_new (NULL);
        kh_emit (out, record, NULL, MODELS, KH_FORMAT_TABLE, &(kh_format_options){ .columns = widths[i] }, NULL);
        g_auto (GStrv) lines = g_strsplit (strstr (out->str, "┌"), "\n", -1);
        glong wanted = widths[i] == 0 ? 100 : widths[i];
        for (guint l = 0; lines[l] != NULL && *lines[l] != '\0'; l++)
            assert_int_equal (g_utf8_strlen (lines[l], -1), wanted);
        assert_non_null (strstr (out->str, "│ Cải cách thể chế"));
        assert_non_null (strstr (out->str, "1 nhiệm vụ · 1 chỉ tiêu"));
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (values),
        cmocka_unit_test (evidence),
        cmocka_unit_test (evidence_of_a_region),
        cmocka_unit_test (form),
        cmocka_unit_test (empty_record),
        cmocka_unit_test (span_from_header),
        cmocka_unit_test (invalid_text),
        cmocka_unit_test (bare_items),
        cmocka_unit_test (csv),
        cmocka_unit_test (csv_for_spreadsheets),
        cmocka_unit_test (text),
        cmocka_unit_test (terminal),
    };
    return cmocka_run_group_tests_name ("emit", tests, NULL, NULL);
}
