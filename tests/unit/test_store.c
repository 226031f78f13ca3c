/* Stores: the queue and its owners, rows of records, corrections, search, writers that are killed. Runs on SQLite, or on the empty PostgreSQL
 * database at KEHOACH_TEST_STORE (tests/store/postgresql.sh starts a server for it). */
#include "kehoach.h"

#include "base/limits.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *folder; /* of the store files */
static const char *server; /* NULL: SQLite */

/* ---- a store of its own for each test ---- */

static kh_store *
open_store (const char *name, kh_store_access access)
{
    GError *error = NULL;
    g_autofree char *url = server == NULL ? g_strdup_printf ("sqlite:%s/%s.db", folder, name)
                                          : g_strdup_printf ("%s%coptions=-csearch_path%%3D%s", server, strchr (server, '?') ? '&' : '?', name);
    kh_store *store = kh_store_open (url, access, &error);
    if (store == NULL)
        fail_msg ("%s", error->message);
    return store;
}

/* The first column of the rows, joined by '|'; "-" for null. */
static char *
ask (kh_store *store, const char *sql)
{
    GError *error = NULL;
    g_autoptr (GString) out = g_string_new (NULL);
    g_autoptr (kh_store_rows) rows = kh_store_query (store, sql, NULL, 0, &error);
    while (error == NULL && kh_store_rows_next (rows, &error)) {
        const char *text = kh_store_rows_text (rows, 0);
        g_string_append_printf (out, "%s%s", out->len > 0 ? "|" : "", text == NULL ? "-" : text);
    }
    if (error != NULL)
        fail_msg ("%s: %s", sql, error->message);
    return g_strdup (out->str);
}

#define expect(store, sql, wanted)                                                                                               \
    do {                                                                                                                         \
        g_autofree char *got_ = ask (store, sql);                                                                                \
        if (strcmp (got_, wanted) != 0)                                                                                          \
            fail_msg ("%s\n  gave   %s\n  wanted %s", sql, got_, wanted);                                                       \
    } while (0)

#define good(call)                                                                                                               \
    do {                                                                                                                         \
        GError *error_ = NULL;                                                                                                   \
        if (!(call) || error_ != NULL)                                                                                           \
            fail_msg ("%s: %s", #call, error_ != NULL ? error_->message : "FALSE");                                              \
    } while (0)

/* The n-th of the documents of these tests. */
static const char *
digest (guint n)
{
    static char digests[16][65];
    static guint next;
    char *digest = digests[next++ % G_N_ELEMENTS (digests)];
    g_snprintf (digest, 65, "%064x", n);
    return digest;
}

static void
add_documents (kh_store *store, guint n)
{
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
    for (guint i = 1; i <= n; i++) {
        kh_store_file *file = g_new0 (kh_store_file, 1);
        g_ptr_array_add (paths, g_strdup_printf ("/kho/%u.pdf", i));
        file->path = paths->pdata[i - 1];
        file->bytes = 1000 + i;
        file->modified = 17;
        file->sha256 = digest (i % 16 + i / 16 * 16);
        file->sha256 = g_intern_string (digest (i));
        g_ptr_array_add (files, file);
    }
    good (kh_store_add_files (store, files, &error_));
}

/* A small record; `text` is the first task's, `n` the number of its tasks. */
static char *
record_of (const char *version, const char *text, guint n)
{
    json_t *tasks = json_array (), *evidence = json_object ();
    for (guint i = 0; i < n; i++) {
        g_autofree char *id = g_strdup_printf ("t%u", i + 1), *pointer = g_strdup_printf ("/tasks/%u", i);
        json_array_append_new (
            tasks, json_pack ("{s:s, s:s, s:s, s:n, s:s, s:[s,s], s:[s,n], s:[s], s:[s], s:[s,s], s:{s:s,s:s,s:n,s:s}, s:n, s:n, s:{}, s:s, s:n, s:n}",
                              "id", id, "origin", "prose", "group", "Cải cách thể chế", "number", "text", i == 0 ? text : "Rà soát văn bản", "lead",
                              "Sở Tư pháp", "các đơn vị", "lead_key", "Sở Tư pháp", "coordinate", "Văn phòng", "coordinate_key", "Văn phòng",
                              "product", "Báo cáo", "Đề cương", "deadline", "text", "trước 30/6/2024", "kind", "date", "start", "end", "2024-06-30",
                              "budget", "notes", "other", "section", "s2", "table", "row"));
        json_object_set_new (evidence, pointer, json_pack ("{s:f, s:[{s:i, s:[i,i,i,i]}, {s:i, s:[i,i,i,i]}]}", "confidence", 0.75, "where", "page",
                                                           (int) i % 3 + 2, "bbox", 1, 2, 3, 4, "page", 9, "bbox", 1, 2, 3, 4));
    }
    json_object_set_new (evidence, "/header/issuer", json_pack ("{s:f, s:[{s:i}]}", "confidence", 1.0, "where", "page", 1));
    json_t *record = json_pack (
        "{s:s, s:{s:s,s:s}, s:{s:s,s:s,s:i}, s:{s:s,s:s,s:n,s:s,s:s,s:s,s:{s:s,s:s,s:{s:s,s:s}},s:{s:s,s:s}}, s:[{s:s,s:[{s:s,s:s,s:s,s:s,s:s}]}],"
        " s:[{s:s,s:[{s:s,s:[{s:n,s:s,s:n,s:n}]}]}], s:o,"
        " s:[{s:s,s:s,s:s,s:s,s:f,s:s,s:s,s:{s:s,s:s,s:s},s:s,s:s}], s:[{s:s,s:s,s:s}], s:[s,s], s:[s,n], s:{s:n,s:n,s:s}, s:[], s:[], s:o,"
        " s:[{s:s,s:s,s:s}], s:[]}",
        "schema", "kehoach.plan/1", "generator", "name", "kehoach", "version", version, "source", "file", "kh.pdf", "media_type",
        "application/pdf", "page_count", 7, "header", "issuer", "SỞ TƯ PHÁP", "issuer_key", "Sở Tư pháp", "parent", "number", "12/KH-STP", "date",
        "2024-01-15", "title", "Cải cách hành chính năm 2024", "province", "code", "42", "name", "Hà Tĩnh", "today", "code", "42", "name", "Hà Tĩnh",
        "period", "start", "2024-01-01", "end", "2024-12-31", "bases", "text", "Căn cứ Quyết định số 5/QĐ-UBND;", "references", "type",
        "Quyết định", "number", "5/QĐ-UBND", "date", "2023", "issuer", "UBND tỉnh", "issuer_key", "Ủy ban nhân dân tỉnh", "sections", "id", "s1",
        "paragraphs", "text", "Theo Kế hoạch", "references", "type", "number", "9/KH-UBND", "date", "issuer", "tasks", tasks, "targets", "id",
        "g1", "text", "Tối thiểu 85,5% thủ tục hành chính làm trên mạng", "subject", "thủ tục hành chính", "comparator", ">=", "value", 85.5, "unit",
        "%", "by", "2024-12-31", "baseline", "text", "năm 2023", "start", "2023-01-01", "end", "2023-12-31", "topic", "online_services", "section",
        "s2", "responsibilities", "unit", "Văn phòng", "unit_key", "Văn phòng", "text", "Theo dõi", "recipients", "UBND tỉnh", "Lưu: VT",
        "recipients_key", "Ủy ban nhân dân tỉnh", "signature", "authority", "position", "name", "Trần Văn Bình", "tables", "repairs", "evidence",
        evidence, "review", "pointer", "/tasks/0/deadline/text", "reason", "deadline_not_understood", "message", "Không hiểu", "warnings");
    assert_non_null (record);
    char *json = json_dumps (record, JSON_COMPACT);
    json_decref (record);
    return json;
}

static void
finish_with (kh_store *store, const char *sha256, const char *json)
{
    good (kh_store_finish (store, sha256, json, strlen (json), &error_));
}

/* Claims the next document, which must be the n-th. */
static void
claim_that (kh_store *store, guint n)
{
    GError *error = NULL;
    g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, &error);
    if (claim == NULL)
        fail_msg ("no claim: %s", error != NULL ? error->message : "none left");
    assert_string_equal (claim->sha256, digest (n));
}

static void
no_claim (kh_store *store)
{
    GError *error = NULL;
    g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, &error);
    if (error != NULL)
        fail_msg ("%s", error->message);
    if (claim != NULL)
        fail_msg ("claimed %s", claim->sha256);
}

static void
counted (kh_store *store, guint queued, guint reading, guint done, guint failed)
{
    kh_store_counts counts;
    good (kh_store_count (store, &counts, &error_));
    assert_int_equal (counts.queued, queued);
    assert_int_equal (counts.reading, reading);
    assert_int_equal (counts.done, done);
    assert_int_equal (counts.failed, failed);
}

/* ---- the queue ---- */

static void
files (void **state)
{
    (void) state;
    g_autoptr (kh_store) store = open_store ("files", KH_STORE_CREATE);
    g_autoptr (GPtrArray) list = g_ptr_array_new ();
    kh_store_file a = { "/kho/a.pdf", 10, 5, digest (1), NULL }, b = { "/kho/b.pdf", 10, 5, digest (1), NULL },
                  c = { "/kho/c.pdf", 30, 5, NULL, "cannot open" }, d = { "/kho/\xb5\xe8.pdf", 20, 5, digest (2), NULL };
    g_ptr_array_add (list, &d);
    g_ptr_array_add (list, &c);
    g_ptr_array_add (list, &b);
    g_ptr_array_add (list, &a);
    good (kh_store_add_files (store, list, &error_));
    good (kh_store_add_files (store, list, &error_)); /* nothing twice */
    expect (store, "SELECT count(*) FROM files", "4");
    counted (store, 2, 0, 0, 0); /* the same file twice is one document, an unreadable one is none */
    expect (store, "SELECT cause FROM files WHERE sha256 IS NULL", "cannot open");

    g_autofree char *known = kh_store_known_digest (store, &d);
    assert_string_equal (known, digest (2));
    a.modified++;
    assert_null (kh_store_known_digest (store, &a));
    a.modified--, a.bytes++;
    assert_null (kh_store_known_digest (store, &a));

    g_autofree char *here = kh_store_this_owner ();
    kh_store_set_owner (store, here, 60, NULL);
    g_autoptr (kh_store_claim) first = kh_store_claim_next (store, NULL), second = kh_store_claim_next (store, NULL);
    assert_string_equal (first->path, d.path); /* bytes as on disk */
    assert_int_equal (first->bytes, 20);
    assert_string_equal (second->path, a.path);
    no_claim (store);

    g_autofree char *present = g_strdup_printf ("%s/there.pdf", folder);
    good (g_file_set_contents (present, "x", 1, NULL));
    kh_store_file e = { present, 10, 5, digest (1), NULL };
    g_ptr_array_set_size (list, 0);
    g_ptr_array_add (list, &e);
    good (kh_store_add_files (store, list, &error_));
    good (kh_store_release (store, &error_));
    g_autoptr (kh_store_claim) third = kh_store_claim_next (store, NULL), fourth = kh_store_claim_next (store, NULL);
    assert_string_equal (third->path, d.path);
    assert_string_equal (fourth->path, present); /* of several paths the one that is there */

    g_autofree char *long_path = g_strnfill (KH_LIMIT_PATH_BYTES + 1, 'x');
    kh_store_file f = { long_path, 10, 5, digest (3), NULL };
    g_ptr_array_add (list, &f);
    g_autoptr (GError) error = NULL;
    assert_false (kh_store_add_files (store, list, &error));
    assert_int_equal (error->code, KH_ERROR_LIMIT);
    expect (store, "SELECT count(*) FROM files", "5");
}

static void
life_of_a_document (void **state)
{
    (void) state;
    g_autoptr (kh_store) store = open_store ("life", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Làm", 2), *newer = record_of ("0.2.0", "Làm lại", 3), *here = kh_store_this_owner ();
    add_documents (store, 3);
    kh_store_set_owner (store, here, 60, NULL);
    counted (store, 3, 0, 0, 0);
    claim_that (store, 3); /* the largest first */
    claim_that (store, 2);
    counted (store, 1, 2, 0, 0);
    finish_with (store, digest (3), json);
    good (kh_store_fail (store, digest (2), KH_ERROR_INPUT, "it is \xff broken", &error_));
    counted (store, 1, 0, 1, 1);
    expect (store, "SELECT cause FROM documents WHERE state = 'failed'", "it is \xef\xbf\xbd broken");
    claim_that (store, 1);
    no_claim (store);
    good (kh_store_release (store, &error_));
    counted (store, 1, 0, 1, 1);
    claim_that (store, 1);
    finish_with (store, digest (1), json);
    no_claim (store);

    assert_int_equal (kh_store_retry (store, NULL), 1);
    claim_that (store, 2);
    finish_with (store, digest (2), newer);
    expect (store, "SELECT count(*) FROM documents WHERE cause IS NULL AND code IS NULL AND owner IS NULL AND lease_until IS NULL", "3");
    counted (store, 0, 0, 3, 0);

    /* a newer program: those of the older one again */
    assert_int_equal (kh_store_upgrade (store, "0.2.0", NULL), 2);
    claim_that (store, 3);
    finish_with (store, digest (3), newer);
    finish_with (store, digest (3), newer); /* twice: it is not ours any more */
    finish_with (store, digest (1), newer); /* not claimed */
    expect (store, "SELECT version FROM documents ORDER BY sha256", "0.1.0|0.2.0|0.2.0");
    expect (store, "SELECT count(*) FROM tasks", "8");
    claim_that (store, 1);
    good (kh_store_fail (store, digest (1), KH_ERROR_LIMIT, "too slow", &error_)); /* what was read stays */
    expect (store, "SELECT state FROM documents WHERE cause = 'too slow'", "done");
    expect (store, "SELECT version FROM documents WHERE cause = 'too slow'", "0.1.0");
    expect (store, "SELECT count(*) FROM tasks", "8");
    assert_int_equal (kh_store_retry (store, NULL), 1);
    claim_that (store, 1);
    finish_with (store, digest (1), newer);
    expect (store, "SELECT count(*) FROM tasks", "9");
    expect (store, "SELECT count(*) FROM documents WHERE cause IS NOT NULL", "0");
    assert_int_equal (kh_store_upgrade (store, "0.2.0", NULL), 0);
}

static void
two_owners (void **state)
{
    (void) state;
    g_autoptr (kh_store) one = open_store ("owners", KH_STORE_CREATE), two = open_store ("owners", KH_STORE_EXISTING);
    g_autofree char *json = record_of ("0.1.0", "Làm", 2), *other = record_of ("0.1.0", "Làm khác", 5);
    add_documents (one, 4);
    kh_store_set_owner (one, "hostA:1:1", 1, NULL);
    kh_store_set_owner (two, "hostB:1:1", 1, NULL);
    claim_that (one, 4);
    claim_that (two, 3);
    claim_that (one, 2);
    claim_that (two, 1);
    no_claim (two);
    finish_with (two, digest (4), other); /* not its own */
    counted (two, 0, 4, 0, 0);
    finish_with (two, digest (3), json);
    finish_with (two, digest (1), json);
    for (int i = 0; i < 6; i++) { /* longer than a lease */
        good (kh_store_renew (one, &error_));
        g_usleep (400000);
    }
    no_claim (two);
    g_usleep (2200000); /* and now its owner is silent */
    claim_that (two, 4);
    finish_with (one, digest (4), other); /* lost: nothing is written */
    good (kh_store_fail (one, digest (4), 3, "lost", &error_));
    counted (one, 0, 2, 2, 0);
    finish_with (two, digest (4), json);
    finish_with (one, digest (2), json); /* the lease is over, but nobody took it */
    counted (one, 0, 0, 4, 0);
    expect (one, "SELECT count(*) FROM tasks", "8");
}

static void
dead_owners (void **state)
{
    (void) state;
    g_autofree char *here = kh_store_this_owner (), *gone = NULL, *reused = NULL;
    g_auto (GStrv) parts = g_strsplit (here, ":", -1);
    assert_int_equal (g_strv_length (parts), 3);
    pid_t child = fork ();
    if (child == 0)
        _exit (0);
    waitpid (child, NULL, 0);
    gone = g_strdup_printf ("%s:%d:%s", parts[0], (int) child, parts[2]);
    reused = g_strdup_printf ("%s:%s:12", parts[0], parts[1]); /* our number, but another's start */
    g_autoptr (kh_store) dead = open_store ("dead", KH_STORE_CREATE), other = open_store ("dead", KH_STORE_EXISTING),
                         far = open_store ("dead", KH_STORE_EXISTING), us = open_store ("dead", KH_STORE_EXISTING);
    add_documents (dead, 4);
    kh_store_set_owner (dead, gone, 3600, NULL);
    kh_store_set_owner (other, reused, 3600, NULL);
    kh_store_set_owner (far, "far:1:1", 3600, NULL);
    kh_store_set_owner (us, here, 3600, NULL);
    claim_that (dead, 4);
    claim_that (other, 3);
    claim_that (far, 2);
    claim_that (us, 1); /* what is queued comes first */
    claim_that (us, 4);
    claim_that (us, 3);
    no_claim (us); /* of the far host nobody here knows */
    good (kh_store_release (us, &error_));
    counted (us, 3, 1, 0, 0);
}

static void
shards (void **state)
{
    (void) state;
    g_autoptr (kh_store) store = open_store ("shards", KH_STORE_CREATE);
    g_autoptr (GHashTable) mine = g_hash_table_new (g_str_hash, g_str_equal);
    g_autofree char *json = record_of ("0.1.0", "Làm", 1);
    add_documents (store, 9);
    for (guint i = 3; i <= 9; i += 3)
        g_hash_table_add (mine, (gpointer) g_intern_string (digest (i)));
    kh_store_set_owner (store, "hostA:1:1", 60, mine);
    counted (store, 3, 0, 0, 0);
    claim_that (store, 9);
    claim_that (store, 6);
    claim_that (store, 3);
    no_claim (store);
    for (guint i = 3; i <= 9; i += 3)
        finish_with (store, digest (i), json);
    assert_int_equal (kh_store_upgrade (store, "9", NULL), 3);
    claim_that (store, 9); /* larger ones may come back */
    good (kh_store_fail (store, digest (9), 3, "no", &error_));
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    counted (store, 8, 0, 1, 0);
    claim_that (store, 8);
}

/* ---- rows ---- */

static void
rows_of_a_record (void **state)
{
    (void) state;
    g_autoptr (kh_store) store = open_store ("rows", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Làm \"nhanh\"\\ gọn", 12);
    g_autofree char *line = g_strconcat (json, "\n", NULL);
    add_documents (store, 1);
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    claim_that (store, 1);
    finish_with (store, digest (1), line);
    expect (store, "SELECT record FROM documents", json);
    expect (store, "SELECT version || ' ' || file || ' ' || media_type || ' ' || pages || ' ' || issuer || ' ' || issuer_key FROM documents",
            "0.1.0 kh.pdf application/pdf 7 SỞ TƯ PHÁP Sở Tư pháp");
    expect (store, "SELECT number || ' ' || date || ' ' || period_start || ' ' || period_end || ' ' || province_code || today_name FROM documents",
            "12/KH-STP 2024-01-15 2024-01-01 2024-12-31 42Hà Tĩnh");
    expect (store, "SELECT signer || ' ' || n_tasks || ' ' || n_targets || ' ' || n_reviews FROM documents", "Trần Văn Bình 12 1 1");
    expect (store, "SELECT parent FROM documents", "-");
    expect (store, "SELECT id FROM tasks ORDER BY position", "t1|t2|t3|t4|t5|t6|t7|t8|t9|t10|t11|t12");
    expect (store, "SELECT text FROM tasks WHERE id = 't1'", "Làm \"nhanh\"\\ gọn");
    expect (store, "SELECT \"group\" || '/' || lead || '/' || lead_key || '/' || coordinate || '/' || product FROM tasks WHERE id = 't2'",
            "Cải cách thể chế/Sở Tư pháp; các đơn vị/Sở Tư pháp/Văn phòng/Báo cáo; Đề cương");
    expect (store, "SELECT deadline || '/' || deadline_kind || '/' || deadline_end FROM tasks WHERE id = 't2'", "trước 30/6/2024/date/2024-06-30");
    expect (store, "SELECT deadline_start FROM tasks WHERE id = 't2'", "-");
    expect (store, "SELECT page FROM tasks WHERE position < 4 ORDER BY position", "2|3|4|2");
    expect (store, "SELECT confidence FROM tasks WHERE id = 't2'", "0.75");
    expect (store, "SELECT plain FROM tasks WHERE id = 't2'", "cai cach the che ra soat van ban so tu phap; cac don vi bao cao; de cuong");
    expect (store, "SELECT comparator || value || unit || ' ' || due || ' ' || topic || ' ' || baseline_end FROM targets",
            ">=85.5% 2024-12-31 online_services 2023-12-31");
    expect (store, "SELECT kind || pointer || ' ' || number FROM \"references\" ORDER BY position",
            "base/bases/0/references/0 5/QĐ-UBND|paragraph/sections/0/paragraphs/0/references/0 9/KH-UBND");
    expect (store, "SELECT role || pointer FROM units WHERE task IS NULL ORDER BY position",
            "issuer/header/issuer|responsible/responsibilities/0/unit|recipient/recipients/0|recipient/recipients/1");
    expect (store, "SELECT pointer || ' ' || unit_key || ' ' || page FROM units WHERE task = 't2' AND unit_key IS NOT NULL ORDER BY position",
            "/tasks/1/lead/0 Sở Tư pháp 3|/tasks/1/coordinate/0 Văn phòng 3");
    expect (store, "SELECT reason || page FROM reviews", "deadline_not_understood2");
    expect (store, "SELECT count(*) FROM provinces", "63");
    expect (store, "SELECT today_name FROM provinces WHERE name = 'Hà Giang'", "Tuyên Quang");
}

static void
correct (kh_store *store, const char *sha256, const char *pointer, const char *read, const char *corrected)
{
    GError *error = NULL;
    g_autoptr (kh_store_rows) rows =
        kh_store_query (store, "INSERT INTO corrections (sha256, pointer, read, corrected, who, at) VALUES (?, ?, ?, ?, 'lan', 1700000000) RETURNING sha256",
                        (const char *[]){ sha256, pointer, read, corrected }, 4, &error);
    while (error == NULL && kh_store_rows_next (rows, &error))
        ;
    if (error != NULL)
        fail_msg ("%s", error->message);
}

static void
corrections (void **state)
{
    (void) state;
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
    expect (store, "SELECT text FROM tasks WHERE id = 't1' ORDER BY sha256", "Lam|Làm ngay"); /* the other document has nobody corrected */
    expect (store, "SELECT record FROM documents WHERE n_tasks = 3 ORDER BY sha256 DESC LIMIT 1", json); /* as it was read */
    g_autofree char *of = g_strdup_printf ("SELECT text FROM tasks WHERE sha256 = '%s' ORDER BY position", digest (2));
    expect (store, of, "Làm ngay|Rà soát văn bản|Rà soát văn bản|Việc bị sót");
    expect (store, "SELECT unit || ' ' || coalesce (unit_key, '-') FROM units WHERE unit IN ('Sở Nội vụ', 'Sở Y tế') ORDER BY position",
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
    (void) state;
    g_autoptr (kh_store) store = open_store ("absurd", KH_STORE_CREATE);
    g_autoptr (GString) deep = g_string_new ("{\"schema\":\"kehoach.plan/1\",\"x\":"), deep_table = g_string_new ("{\"schema\":\"kehoach.plan/1\",\"tables\":");
    for (guint i = 0; i < 100000; i++) {
        g_string_append_c (deep, '[');
        g_string_append_c (deep_table, '[');
    }
    const char *const RECORDS[] = {
        "", "{", "null", "[]", "{}", "{\"schema\":\"kehoach.plan/2\"}", "{\"schema\":1}", "{\"schema\":\"kehoach.plan/1\"", "{\"schema\":\"kehoach.plan/1\"}}",
        "{\"schema\":\"kehoach.plan/1\",\"tasks\":[{\"text\":\"a\\u0000b\"}]}", "{\"schema\":\"kehoach.plan/1\",\"tasks\":[{\"text\":\"\xff\"}]}",
        "{\"schema\":\"kehoach.plan/1\",\"evidence\":{\"/x\":}", "{\"schema\":\"kehoach.plan/1\",\"evidence\":{\"x\"}}", "{\"a", "{\"a\\\"", "{\"a\":\"\\", deep->str, deep_table->str,
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
    static const char *const ODD = "{ \"schema\": \"kehoach.plan/1\" , \"generator\": [], \"source\": 7, \"header\": \"x\", \"bases\": {}, \"sections\": [null, 1, {\"paragraphs\": 5}],"
                                   " \"tasks\": [1, null, {\"lead\": \"x\", \"product\": [1, null], \"deadline\": []}, {}], \"targets\": [{\"value\": \"nhiều\"}, {\"value\": true}],"
                                   " \"responsibilities\": [7], \"recipients\": {\"a\": 1}, \"signature\": [], \"evidence\": [1], \"review\": [{}, 3] }";
    finish_with (store, digest (1), ODD);
    expect (store, "SELECT count(*) FROM tasks", "2");
    expect (store, "SELECT value FROM targets", "-|-");
    counted (store, 0, 0, 1, 0);

    /* strings no index takes, and as many rows as may be */
    g_autofree char *long_text = g_strnfill (300000, 'a');
    g_autofree char *long_name = g_strdup_printf ("{\"schema\":\"kehoach.plan/1\",\"header\":{\"issuer\":\"%s\",\"issuer_key\":\"%s\"},\"targets\":[{\"topic\":\"%s\",\"text\":\"%s\"}]}",
                                                  long_text, long_text, long_text, long_text);
    kh_store_upgrade (store, "9", NULL);
    kh_store_retry (store, NULL);
    expect (store, "SELECT state FROM documents", "done"); /* without a version nothing is older */
}

static void
too_many_rows (void **state)
{
    (void) state;
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
    g_autofree char *long_name = g_strdup_printf (
        "{\"schema\":\"kehoach.plan/1\",\"generator\":{\"version\":\"0.1.0\"},\"header\":{\"issuer\":\"%s\",\"issuer_key\":\"%s\"},\"targets\":[{\"topic\":\"%s\",\"text\":\"%s\"}]}",
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
        g_string_append_printf (out, "%s%s/%s/%s", out->len > 0 ? " " : "", kh_store_rows_text (rows, 0) + 63, kh_store_rows_text (rows, 1),
                                kh_store_rows_text (rows, 2));
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
    (void) state;
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
    (void) state;
    g_autoptr (kh_store) store = open_store ("queries", KH_STORE_CREATE);
    add_documents (store, 3);
    GError *error = NULL;
    g_autoptr (kh_store_rows) rows = kh_store_query (store, "SELECT sha256, bytes, cause, 'a ? b' FROM documents WHERE bytes > ? AND state <> ? ORDER BY bytes LIMIT ?",
                                                     (const char *[]){ "1001", "don't", "5" }, 3, &error);
    assert_non_null (rows);
    for (guint i = 2; i <= 3; i++) {
        assert_true (kh_store_rows_next (rows, &error));
        assert_int_equal ((int) kh_store_rows_number (rows, 1), 1000 + i);
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

/* ---- killed while writing ---- */

static void
killed_writers (void **state)
{
    (void) state;
    const guint n = 60;
    {
        g_autoptr (kh_store) store = open_store ("killed", KH_STORE_CREATE);
        add_documents (store, n);
    }
    guint rounds = 0;
    for (gboolean is_over = FALSE; !is_over && rounds < 200; rounds++) {
        pid_t child = fork ();
        if (child == 0) { /* reads until it is killed */
            g_autoptr (kh_store) store = open_store ("killed", KH_STORE_EXISTING);
            g_autofree char *here = kh_store_this_owner ();
            kh_store_set_owner (store, here, 3600, NULL);
            for (;;) {
                g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, NULL);
                if (claim == NULL)
                    _exit (0);
                g_autofree char *json = record_of ("0.1.0", claim->sha256, 10);
                if (!kh_store_finish (store, claim->sha256, json, strlen (json), NULL))
                    _exit (1);
            }
        }
        g_usleep (4000 + rounds * 1500);
        kill (child, SIGKILL);
        int status;
        waitpid (child, &status, 0);
        if (WIFEXITED (status))
            assert_int_equal (WEXITSTATUS (status), 0);
        is_over = WIFEXITED (status);
    }
    assert_in_range (rounds, 3, 199);
    g_autoptr (kh_store) store = open_store ("killed", KH_STORE_EXISTING);
    counted (store, 0, 0, n, 0);
    expect (store, "SELECT count(*) FROM tasks", "600");
    expect (store, "SELECT count(*) FROM tasks WHERE text = sha256 AND id = 't1'", "60");
    expect (store, "SELECT count(*) FROM targets", "60");
    expect (store, "SELECT count(*) FROM reviews", "60");
    g_autoptr (kh_store_rows) rows = kh_store_search (store, "thu tuc hanh chinh", "target", 0, NULL);
    guint n_found = 0;
    while (kh_store_rows_next (rows, NULL))
        n_found++;
    assert_int_equal (n_found, n);
    if (server == NULL) {
        expect (store, "PRAGMA integrity_check", "ok");
        expect (store, "INSERT INTO search (search) VALUES ('integrity-check') RETURNING 1", "1");
    }
}

/* Many make the same store at the same moment. */
static void
made_at_once (void **state)
{
    (void) state;
    pid_t children[6];
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        if ((children[i] = fork ()) == 0) {
            for (int times = 0; times < 3; times++) {
                g_autoptr (kh_store) store = open_store ("at_once", KH_STORE_CREATE);
                add_documents (store, 20);
            }
            _exit (0);
        }
    for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
        int status;
        waitpid (children[i], &status, 0);
        assert_true (WIFEXITED (status));
        assert_int_equal (WEXITSTATUS (status), 0);
    }
    g_autoptr (kh_store) store = open_store ("at_once", KH_STORE_EXISTING);
    expect (store, "SELECT count(*) FROM provinces", "63");
    expect (store, "SELECT count(*) FROM kehoach", "1");
    counted (store, 20, 0, 0, 0);
}

/* ---- what is no store ---- */

static void
refused (const char *url, kh_store_access access, int code, const char *words)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (kh_store) store = kh_store_open (url, access, &error);
    assert_null (store);
    if (error->code != code || strstr (error->message, words) == NULL)
        fail_msg ("'%s': %d, '%s'", url, error->code, error->message);
}

static void
no_stores (void **state)
{
    (void) state;
    if (server != NULL)
        return;
    g_autofree char *text = g_build_filename (folder, "text.db", NULL), *missing = g_build_filename (folder, "missing.db", NULL),
                    *nowhere = g_build_filename (folder, "no", "folder.db", NULL), *empty = g_build_filename (folder, "empty.db", NULL),
                    *other = g_build_filename (folder, "life.db", NULL), *readable = g_build_filename (folder, "rows.db", NULL);
    good (g_file_set_contents (text, "this is a text and no database, though it is named like one", -1, NULL));
    good (g_file_set_contents (empty, "", 0, NULL));
    refused (text, KH_STORE_CREATE, KH_ERROR_INPUT, "not a SQLite database");
    refused (text, KH_STORE_READ, KH_ERROR_INPUT, "not a SQLite database");
    refused (missing, KH_STORE_EXISTING, KH_ERROR_INPUT, "missing.db");
    refused (missing, KH_STORE_READ, KH_ERROR_INPUT, "missing.db");
    refused (nowhere, KH_STORE_CREATE, KH_ERROR_OUTPUT, "folder.db");
    refused (folder, KH_STORE_READ, KH_ERROR_INPUT, folder);
    refused (empty, KH_STORE_READ, KH_ERROR_INPUT, "it is empty");
    assert_false (kh_store_is_store (text));
    assert_false (kh_store_is_store (missing));
    assert_false (kh_store_is_store (empty));
    assert_true (kh_store_is_store (readable));
    assert_true (kh_store_is_store ("sqlite:x.db"));
    assert_true (kh_store_is_store ("postgres://host/db"));
    {
        g_autoptr (kh_store) store = kh_store_open (empty, KH_STORE_CREATE, NULL); /* an empty file becomes one */
        assert_non_null (store);
    }
    {
        g_autoptr (kh_store) store = kh_store_open (other, KH_STORE_EXISTING, NULL);
        g_autofree char *done = ask (store, "UPDATE kehoach SET schema = 7 RETURNING schema");
    }
    refused (other, KH_STORE_READ, KH_ERROR_INPUT, "version 7");
    {
        g_autoptr (kh_store) store = kh_store_open (empty, KH_STORE_EXISTING, NULL);
        g_autofree char *done = ask (store, "ALTER TABLE kehoach RENAME TO shop");
    }
    refused (empty, KH_STORE_CREATE, KH_ERROR_INPUT, "other tables");

    g_autoptr (kh_store) store = kh_store_open (readable, KH_STORE_READ, NULL);
    expect (store, "SELECT count(*) FROM tasks", "12");
    g_autoptr (GError) error = NULL;
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    assert_null (kh_store_claim_next (store, &error));
    assert_int_equal (error->code, KH_ERROR_OUTPUT);
    assert_non_null (strstr (error->message, "read-only"));
    g_autoptr (kh_store) memory = kh_store_open ("sqlite::memory:", KH_STORE_CREATE, NULL);
    add_documents (memory, 2);
    counted (memory, 2, 0, 0, 0);
}

static void
folded (void **state)
{
    (void) state;
    g_autofree char *text = kh_store_fold ("  Thủ  tục HÀNH CHÍNH – Đà Nẵng ");
    assert_string_equal (text, "thu tuc hanh chinh - da nang");
}

static int
set_up (void **state)
{
    (void) state;
    server = g_getenv ("KEHOACH_TEST_STORE");
    folder = g_dir_make_tmp ("kehoach-store.XXXXXX", NULL);
    return folder == NULL;
}

static int
tear_down (void **state)
{
    (void) state;
    GDir *dir = g_dir_open (folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_unlink (path);
    }
    g_dir_close (dir);
    g_rmdir (folder);
    return 0;
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (folded),           cmocka_unit_test (files),          cmocka_unit_test (life_of_a_document),
        cmocka_unit_test (two_owners),       cmocka_unit_test (dead_owners),    cmocka_unit_test (shards),
        cmocka_unit_test (rows_of_a_record), cmocka_unit_test (corrections),    cmocka_unit_test (absurd_records),
        cmocka_unit_test (too_many_rows),    cmocka_unit_test (searching),      cmocka_unit_test (queries),
        cmocka_unit_test (killed_writers),   cmocka_unit_test (made_at_once),   cmocka_unit_test (no_stores),
    };
    return cmocka_run_group_tests (tests, set_up, tear_down);
}
