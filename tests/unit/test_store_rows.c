/* Stores: rows of records, corrections, absurd records, search, queries. */
#include "store_sample.h"

static void
rows_of_a_record (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("rows", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Làm \"nhanh\"\\ gọn", 12);
    g_autofree char *line = g_strconcat (json, "\n", NULL);
    add_documents (store, 1);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 1);
    finish_with (store, digest (1), line);
    expect (store, "SELECT record FROM records", json);
    expect (
        store,
        "SELECT version || ' ' || file || ' ' || media_type || ' ' || pages || ' ' || issuer || ' ' || issuer_key FROM documents",
        "0.1.0 kh.pdf application/pdf 7 SỞ TƯ PHÁP Sở Tư pháp");
    expect (store,
            "SELECT number || ' ' || date || ' ' || period_start || ' ' || period_end || ' ' || province_code || today_name FROM "
            "documents",
            "12/KH-STP 2024-01-15 2024-01-01 2024-12-31 42Hà Tĩnh");
    expect (store, "SELECT signer || ' ' || n_tasks || ' ' || n_targets || ' ' || n_reviews FROM documents",
            "Trần Văn Bình 12 1 1");
    expect (store, "SELECT parent FROM documents", "-");
    expect (store, "SELECT id FROM tasks ORDER BY position", "t1|t2|t3|t4|t5|t6|t7|t8|t9|t10|t11|t12");
    expect (store, "SELECT text FROM tasks WHERE id = 't1'", "Làm \"nhanh\"\\ gọn");
    expect (
        store,
        "SELECT \"group\" || '/' || lead || '/' || lead_key || '/' || coordinate || '/' || product FROM tasks WHERE id = 't2'",
        "Cải cách thể chế/Sở Tư pháp; các đơn vị/Sở Tư pháp/Văn phòng/Báo cáo; Đề cương");
    expect (store, "SELECT deadline || '/' || deadline_kind || '/' || deadline_end FROM tasks WHERE id = 't2'",
            "trước 30/6/2024/date/2024-06-30");
    expect (store, "SELECT deadline_start FROM tasks WHERE id = 't2'", "-");
    expect (store, "SELECT page FROM tasks WHERE position < 4 ORDER BY position", "2|3|4|2");
    expect (store, "SELECT confidence FROM tasks WHERE id = 't2'", "0.75");
    expect (store, "SELECT plain FROM tasks WHERE id = 't2'",
            "cai cach the che ra soat van ban so tu phap; cac don vi bao cao; de cuong");
    expect (store, "SELECT comparator || value || unit || ' ' || due || ' ' || topic || ' ' || baseline_end FROM targets",
            ">=85.5% 2024-12-31 online_service_share 2023-12-31");
    expect (store, "SELECT kind || pointer || ' ' || number FROM \"references\" ORDER BY position",
            "base/bases/0/references/0 5/QĐ-UBND|paragraph/sections/0/paragraphs/0/references/0 9/KH-UBND");
    expect (store, "SELECT role || pointer FROM units WHERE task IS NULL ORDER BY position",
            "issuer/header/issuer|responsible/responsibilities/0/unit|recipient/recipients/0|recipient/recipients/1");
    expect (store,
            "SELECT pointer || ' ' || unit_key || ' ' || page FROM units WHERE task = 't2' AND unit_key IS NOT NULL ORDER BY "
            "position",
            "/tasks/1/lead/0 Sở Tư pháp 3|/tasks/1/coordinate/0 Văn phòng 3");
    expect (store, "SELECT reason || page FROM reviews", "deadline_not_understood2");
    expect (store, "SELECT count(*) FROM provinces", "63");
    expect (store, "SELECT today_name FROM provinces WHERE name = 'Hà Giang'", "Tuyên Quang");
}

static void
correct (kh_store *store, const char *sha256, const char *pointer, const char *read, const char *corrected)
{
    GError *error = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_query (store,
                                                     "INSERT INTO corrections (sha256, pointer, read, corrected, who, at) VALUES "
                                                     "(?, ?, ?, ?, 'lan', 1700000000) RETURNING sha256",
                                                     (const char *[]){ sha256, pointer, read, corrected }, 4, &error);
    while (error == NULL && kh_store_rows_next (rows, &error))
        ;
    if (error != NULL)
        fail_msg ("%s", error->message);
}

static void
corrections (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("corrections", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Lam", 3), *newer = record_of ("0.2.0", "Làm xong", 3);
    add_documents (store, 2);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    correct (store, digest (2), "/tasks/0/text", "Lam", "Làm ngay");
    correct (store, digest (2), "/tasks/1/lead/0", "Sở Tư pháp", "Sở Nội vụ");
    correct (store, digest (2), "/tasks/2/lead/0", "Sở Tư pháp", "Sở Y tế");
    correct (store, digest (2), "/tasks/2/lead_key/0", "Sở Tư pháp", "Sở Y tế");
    correct (store, digest (2), "/tasks/1/lead/1", "các đơn vị", NULL);
    correct (store, digest (2), "/targets/0/value", "85.5", "95");
    correct (store, digest (2), "/header/parent", NULL, "UBND tỉnh");
    correct (store, digest (2), "/header/title", "not what was read", "X");
    correct (store, digest (2), "/tasks/3", NULL, "{\"text\": \"Việc bị sót\", \"lead\": []}");
    correct (store, digest (2), "/tasks/77/text", NULL, "X");
    correct (store, digest (2), "tasks", NULL, "X");
    correct (store, digest (2), "/tasks/0/budget/text", NULL, "X");
    claim_that (store, 2);
    finish_with (store, digest (2), json);
    claim_that (store, 1);
    finish_with (store, digest (1), json);
    expect (store, "SELECT text FROM tasks WHERE id = 't1' ORDER BY sha256",
            "Lam|Làm ngay");                                                         /* the other document has nobody corrected */
    expect (store, "SELECT record FROM records ORDER BY sha256 DESC LIMIT 1", json); /* as it was read */
    g_autofree char *of = g_strdup_printf ("SELECT text FROM tasks WHERE sha256 = '%s' ORDER BY position", digest (2));
    expect (store, of, "Làm ngay|Rà soát văn bản|Rà soát văn bản|Việc bị sót");
    expect (store,
            "SELECT unit || ' ' || coalesce (unit_key, '-') FROM units WHERE unit IN ('Sở Nội vụ', 'Sở Y tế') ORDER BY position",
            "Sở Nội vụ -|Sở Y tế Sở Y tế"); /* the key of a name that was corrected is not known */
    expect (store, "SELECT lead FROM tasks WHERE lead LIKE '%Nội vụ%'", "Sở Nội vụ");
    expect (store, "SELECT value FROM targets WHERE value > 90", server == NULL ? "95.0" : "95");
    expect (store, "SELECT parent FROM documents WHERE parent IS NOT NULL", "UBND tỉnh");
    expect (store, "SELECT DISTINCT title FROM documents", "Cải cách hành chính năm 2024");

    /* a newer version reads the first task rightly: there the correction waits; all others hold */
    kh_store_upgrade (store, "0.2.0", NULL);
    claim_that (store, 2);
    finish_with (store, digest (2), newer);
    expect (store, of, "Làm xong|Rà soát văn bản|Rà soát văn bản|Việc bị sót");
    expect (store, "SELECT count(*) FROM corrections", "12");
    expect (store, "SELECT count(*) FROM targets WHERE value > 90", "1");
}

static void
absurd_records (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("absurd", KH_STORE_CREATE);
    g_autoptr (GString) deep = g_string_new ("{\"schema\":\"kehoach.plan/1\",\"x\":"),
                        deep_table = g_string_new ("{\"schema\":\"kehoach.plan/1\",\"tables\":");
    for (guint i = 0; i < 100000; i++) {
        g_string_append_c (deep, '[');
        g_string_append_c (deep_table, '[');
    }
    const char *const RECORDS[] = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"schema\":\"kehoach.plan/2\"}",
        "{\"schema\":1}",
        "{\"schema\":\"kehoach.plan/1\"",
        "{\"schema\":\"kehoach.plan/1\"}}",
        "{\"schema\":\"kehoach.plan/1\",\"tasks\":[{\"text\":\"a\\u0000b\"}]}",
        "{\"schema\":\"kehoach.plan/1\",\"tasks\":[{\"text\":\"\xff\"}]}",
        "{\"schema\":\"kehoach.plan/1\",\"evidence\":{\"/x\":}",
        "{\"schema\":\"kehoach.plan/1\",\"evidence\":{\"x\"}}",
        "{\"a",
        "{\"a\\\"",
        "{\"a\":\"\\",
        deep->str,
        deep_table->str,
    };
    add_documents (store, 1);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 1);
    for (guint i = 0; i < G_N_ELEMENTS (RECORDS); i++) {
        g_autoptr (GError) error = NULL;
        if (kh_store_finish (store, digest (1), RECORDS[i], strlen (RECORDS[i]), &error))
            fail_msg ("taken: %.60s", RECORDS[i]);
        assert_int_equal (error->code, KH_ERROR_INPUT);
        assert_non_null (strstr (error->message, digest (1)));
    }
    counted (store, 0, 1, 0, 0);

    /* everything of another kind than it should be: rows of nulls, no crash */
    static const char *const ODD =
        "{ \"schema\": \"kehoach.plan/1\" , \"generator\": [], \"source\": 7, \"header\": \"x\", \"bases\": {}, \"sections\": "
        "[null, 1, {\"paragraphs\": 5}],"
        " \"tasks\": [1, null, {\"lead\": \"x\", \"product\": [1, null], \"deadline\": []}, {}], \"targets\": [{\"value\": "
        "\"nhiều\"}, {\"value\": true}],"
        " \"responsibilities\": [7], \"recipients\": {\"a\": 1}, \"signature\": [], \"evidence\": [1], \"review\": [{}, 3] }";
    finish_with (store, digest (1), ODD);
    expect (store, "SELECT count(*) FROM tasks", "2");
    expect (store, "SELECT value FROM targets", "-|-");
    counted (store, 0, 0, 1, 0);

    assert_int_equal (kh_store_upgrade (store, "9", NULL), 1); /* what does not say its version is of another one */
}

static void
too_many_rows (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("many", KH_STORE_CREATE);
    g_autoptr (GString) json = g_string_new ("{\"schema\":\"kehoach.plan/1\",\"generator\":{\"version\":\"0.1.0\"},\"tasks\":[");
    for (guint i = 0; i <= KH_LIMIT_DOCUMENT_ROWS; i++)
        g_string_append (json, i > 0 ? ",{}" : "{}");
    g_string_append (json, "]}");
    add_documents (store, 1);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 1);
    g_autoptr (GError) error = NULL;
    assert_false (kh_store_finish (store, digest (1), json->str, json->len, &error));
    assert_int_equal (error->code, KH_ERROR_LIMIT);

    g_autofree char *name = g_strnfill (300000, 'a');
    g_autofree char *long_name = g_strdup_printf ("{\"schema\":\"kehoach.plan/"
                                                  "1\",\"generator\":{\"version\":\"0.1.0\"},\"header\":{\"issuer\":\"%s\","
                                                  "\"issuer_key\":\"%s\"},\"targets\":[{\"topic\":\"%s\",\"text\":\"%s\"}]}",
                                                  name, name, name, name);
    finish_with (store, digest (1), long_name);
    expect (store, "SELECT length(unit) FROM units", "300000");
    expect (store, "SELECT unit_key FROM units", "-"); /* no name is as long as that, and no index takes it */
}

/* ---- search ---- */

static char *
found (kh_store *store, const char *words, const char *kind)
{
    GError *error = NULL;
    g_autoptr (GString) out = g_string_new (NULL);
    g_autoptr (kh_store_rows) rows = kh_store_search (store, words, kind, 10, &error);
    while (error == NULL && kh_store_rows_next (rows, &error))
        g_string_append_printf (out, "%s%s/%s/%s", out->len > 0 ? " " : "", kh_store_rows_text (rows, 0) + 63,
                                kh_store_rows_text (rows, 1), kh_store_rows_text (rows, 2));
    if (error != NULL)
        fail_msg ("%s: %s", words, error->message);
    return g_strdup (out->str);
}

#define finds(store, words, kind, wanted)                                                                                        \
    do {                                                                                                                         \
        g_autofree char *got_ = found (store, words, kind);                                                                      \
        if (strcmp (got_, wanted) != 0)                                                                                          \
            fail_msg ("'%s' found '%s', not '%s'", words, got_, wanted);                                                         \
    } while (0)

static void
searching (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("searching", KH_STORE_CREATE);
    g_autofree char *a = record_of ("0.1.0", "Công khai thủ tục hành chính tại Bộ phận Một cửa", 2);
    g_autofree char *b = record_of ("0.1.0", "Chính sách hành trình, thủ quỹ và tục lệ", 1);
    g_autofree char *c = record_of ("0.2.0", "Đánh giá đội ngũ viên chức", 1);
    add_documents (store, 2);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 2);
    finish_with (store, digest (2), b);
    claim_that (store, 1);
    finish_with (store, digest (1), a);
    finds (store, "thu tuc hanh chinh", "task", "1/t1/task 2/t1/task"); /* the words together before the words apart */
    finds (store, "THỦ TỤC hành chí", "task", "1/t1/task 2/t1/task");
    finds (store, "thu tuc hanh chinh", "target", "1/g1/target 2/g1/target");
    finds (store, "cong khai", NULL, "1/t1/task");
    finds (store, "mot cu", NULL, "1/t1/task");
    finds (store, "mo cua", NULL, ""); /* only the last word may be a beginning */
    finds (store, "85,5%", NULL, "1/g1/target 2/g1/target");
    finds (store, "Rà soát; văn bản", NULL, "1/t2/task");
    finds (store, "\" OR (*) AND NEAR ' : | & !", "task", "");
    finds (store, "  -- ", NULL, "");
    finds (store, "danh gia", NULL, "");
    g_autoptr (kh_store_rows) one = kh_store_search (store, "soat van ban", NULL, 1, NULL);
    assert_true (kh_store_rows_next (one, NULL));
    assert_false (kh_store_rows_next (one, NULL));
    g_clear_pointer (&one, kh_store_rows_free);

    kh_store_upgrade (store, "0.2.0", NULL); /* what is read anew is found anew, and no longer as it was */
    claim_that (store, 2);
    finish_with (store, digest (2), c);
    finds (store, "danh gia doi ngu", NULL, "2/t1/task");
    finds (store, "tuc le", NULL, "");
    finds (store, "cong khai", NULL, "1/t1/task");
}

static void
queries (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("queries", KH_STORE_CREATE);
    add_documents (store, 3);
    GError *error = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_query (
        store, "SELECT sha256, bytes, cause, 'a ? b' FROM documents WHERE bytes > ? AND state <> ? ORDER BY bytes LIMIT ?",
        (const char *[]){ "1001", "don't", "5" }, 3, &error);
    assert_non_null (rows);
    for (guint i = 2; i <= 3; i++) {
        assert_true (kh_store_rows_next (rows, &error));
        assert_int_equal ((int)kh_store_rows_number (rows, 1), 1000 + i);
        assert_null (kh_store_rows_text (rows, 2));
        assert_string_equal (kh_store_rows_text (rows, 3), "a ? b");
        /* one within another, and the same statement too */
        expect (store, "SELECT count(*) FROM files", "3");
        expect (store, "SELECT count(*) FROM documents", "3");
    }
    assert_false (kh_store_rows_next (rows, &error));
    assert_false (kh_store_rows_next (rows, &error));
    assert_null (error);
    static const char *const WRONG[] = { "SELECT nothing FROM nowhere", "SELEKT", "" };
    for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
        g_autoptr (kh_store_rows) none = kh_store_query (store, WRONG[i], NULL, 0, &error);
        while (none != NULL && kh_store_rows_next (none, &error))
            ;
        assert_non_null (error);
        assert_int_equal (error->code, KH_ERROR_INPUT);
        g_clear_error (&error);
    }
    assert_null (kh_store_query (store, "SELECT sha256 FROM files WHERE path = ?", NULL, 0, &error));
    g_clear_error (&error);
    expect (store, "SELECT count(*) FROM files", "3"); /* and it goes on */
}

/* Every query of schemas/store.md runs, and finds something in these documents. */
static void
documented_queries (void **state)
{
    (void)state;
    g_autoptr (kh_store) store = open_store ("documented", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Công khai thủ tục hành chính", 3), *page = NULL;
    g_autoptr (GPtrArray) copies = g_ptr_array_new ();
    kh_store_file copy = { "/kho/copy.pdf", 1002, 17, digest (2), NULL },
                  broken = { "/kho/broken.pdf", 7, 17, NULL, "cannot open" };
    add_documents (store, 2);
    g_ptr_array_add (copies, &copy);
    g_ptr_array_add (copies, &broken);
    good (kh_store_add_files (store, copies, &error_));
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 2);
    finish_with (store, digest (2), json);
    good (g_file_get_contents ("schemas/store.md", &page, NULL, &error_));
    guint n = 0;
    for (const char *p = page; (p = strstr (p, "```sql")) != NULL; n++) {
        const char *label = p + strlen ("```sql"), *start = strchr (p, '\n') + 1, *end = strstr (start, "\n```");
        p = end + strlen ("\n```");
        if (g_str_has_prefix (label, server == NULL ? " postgresql" : " sqlite"))
            continue;
        g_autofree char *sql = g_strndup (start, end - start), *answer = ask (store, g_strdelimit (sql, ";", ' '));
        if (*answer == '\0')
            fail_msg ("no answer to %s", sql);
    }
    assert_in_range (n, 10, 20);
}

static void
folded (void **state)
{
    (void)state;
    g_autofree char *text = kh_store_fold ("  Thủ  tục HÀNH CHÍNH – Đà Nẵng ");
    assert_string_equal (text, "thu tuc hanh chinh - da nang");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (folded),         cmocka_unit_test (rows_of_a_record),   cmocka_unit_test (corrections),
        cmocka_unit_test (absurd_records), cmocka_unit_test (too_many_rows),      cmocka_unit_test (searching),
        cmocka_unit_test (queries),        cmocka_unit_test (documented_queries),
    };
    return cmocka_run_group_tests (tests, set_up, tear_down);
}
