/* store_sample.h - for tests of stores: a store of its own for each test, small records, and short ways to ask.
 *
 * The tests run on SQLite files, or on the PostgreSQL database at KEHOACH_TEST_STORE (tests/store/postgresql.sh starts a server
 * for them), in a schema with the name that open_store() is given. */
#ifndef KH_TESTS_STORE_SAMPLE_H
#define KH_TESTS_STORE_SAMPLE_H

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

static char *folder;       /* of the store files */
static const char *server; /* NULL: SQLite */

G_GNUC_UNUSED static kh_store *
open_store (const char *name, kh_store_access access)
{
    GError *error = NULL;
    g_autofree char *url =
        server == NULL ? g_strdup_printf ("sqlite:%s/%s.db", folder, name)
                       : g_strdup_printf ("%s%coptions=-csearch_path%%3D%s", server, strchr (server, '?') ? '&' : '?', name);
    kh_store *store = kh_store_open (url, access, &error);
    if (store == NULL)
        fail_msg ("%s", error->message);
    return store;
}

/* The first column of the rows, joined by '|'; "-" for null. */
G_GNUC_UNUSED static char *
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
            fail_msg ("%s\n  gave   %s\n  wanted %s", sql, got_, wanted);                                                        \
    } while (0)

#define good(call)                                                                                                               \
    do {                                                                                                                         \
        GError *error_ = NULL;                                                                                                   \
        if (!(call) || error_ != NULL)                                                                                           \
            fail_msg ("%s: %s", #call, error_ != NULL ? error_->message : "FALSE");                                              \
    } while (0)

/* The n-th of the documents of these tests. */
G_GNUC_UNUSED static const char *
digest (guint n)
{
    static char digests[16][65];
    static guint next;
    char *digest = digests[next++ % G_N_ELEMENTS (digests)];
    g_snprintf (digest, 65, "%064x", n);
    return digest;
}

G_GNUC_UNUSED static void
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
G_GNUC_UNUSED static char *
record_of (const char *version, const char *text, guint n)
{
    json_t *tasks = json_array (), *evidence = json_object ();
    for (guint i = 0; i < n; i++) {
        g_autofree char *id = g_strdup_printf ("t%u", i + 1), *pointer = g_strdup_printf ("/tasks/%u", i);
        json_array_append_new (tasks,
                               json_pack ("{s:s, s:s, s:s, s:n, s:s, s:[s,s], s:[s,n], s:[s], s:[s], s:[s,s], "
                                          "s:{s:s,s:s,s:n,s:s}, s:n, s:n, s:{}, s:s, s:n, s:n}",
                                          "id", id, "origin", "prose", "group", "Cải cách thể chế", "number", "text",
                                          i == 0 ? text : "Rà soát văn bản", "lead", "Sở Tư pháp", "các đơn vị", "lead_key",
                                          "Sở Tư pháp", "coordinate", "Văn phòng", "coordinate_key", "Văn phòng", "product",
                                          "Báo cáo", "Đề cương", "deadline", "text", "trước 30/6/2024", "kind", "date", "start",
                                          "end", "2024-06-30", "budget", "notes", "other", "section", "s2", "table", "row"));
        json_object_set_new (evidence, pointer,
                             json_pack ("{s:f, s:[{s:i, s:[i,i,i,i]}, {s:i, s:[i,i,i,i]}]}", "confidence", 0.75, "where", "page",
                                        (int)i % 3 + 2, "bbox", 1, 2, 3, 4, "page", 9, "bbox", 1, 2, 3, 4));
    }
    json_object_set_new (evidence, "/targets/0", json_pack ("{s:f, s:[{s:i}]}", "confidence", 0.95, "where", "page", 3));
    json_object_set_new (evidence, "/header/issuer", json_pack ("{s:f, s:[{s:i}]}", "confidence", 1.0, "where", "page", 1));
    json_t *record = json_pack (
        "{s:s, s:{s:s,s:s}, s:{s:s,s:s,s:i}, s:{s:s,s:s,s:n,s:s,s:s,s:s,s:{s:s,s:s,s:{s:s,s:s}},s:{s:s,s:s}}, "
        "s:[{s:s,s:[{s:s,s:s,s:s,s:s,s:s}]}],"
        " s:[{s:s,s:[{s:s,s:[{s:n,s:s,s:n,s:n}]}]}], s:o,"
        " s:[{s:s,s:s,s:s,s:s,s:f,s:s,s:s,s:{s:s,s:s,s:s},s:s,s:s}], s:[{s:s,s:s,s:s}], s:[s,s], s:[s,n], s:{s:n,s:n,s:s}, s:[], "
        "s:[], s:o,"
        " s:[{s:s,s:s,s:s}], s:[]}",
        "schema", "kehoach.plan/1", "generator", "name", "kehoach", "version", version, "source", "file", "kh.pdf", "media_type",
        "application/pdf", "page_count", 7, "header", "issuer", "SỞ TƯ PHÁP", "issuer_key", "Sở Tư pháp", "parent", "number",
        "12/KH-STP", "date", "2024-01-15", "title", "Cải cách hành chính năm 2024", "province", "code", "42", "name", "Hà Tĩnh",
        "today", "code", "42", "name", "Hà Tĩnh", "period", "start", "2024-01-01", "end", "2024-12-31", "bases", "text",
        "Căn cứ Quyết định số 5/QĐ-UBND;", "references", "type", "Quyết định", "number", "5/QĐ-UBND", "date", "2023", "issuer",
        "UBND tỉnh", "issuer_key", "Ủy ban nhân dân tỉnh", "sections", "id", "s1", "paragraphs", "text", "Theo Kế hoạch",
        "references", "type", "number", "9/KH-UBND", "date", "issuer", "tasks", tasks, "targets", "id", "g1", "text",
        "Tối thiểu 85,5% thủ tục hành chính làm trên mạng", "subject", "thủ tục hành chính", "comparator", ">=", "value", 85.5,
        "unit", "%", "by", "2024-12-31", "baseline", "text", "năm 2023", "start", "2023-01-01", "end", "2023-12-31", "topic",
        "online_service_share", "section", "s2", "responsibilities", "unit", "Văn phòng", "unit_key", "Văn phòng", "text",
        "Theo dõi", "recipients", "UBND tỉnh", "Lưu: VT", "recipients_key", "Ủy ban nhân dân tỉnh", "signature", "authority",
        "position", "name", "Trần Văn Bình", "tables", "repairs", "evidence", evidence, "review", "pointer",
        "/tasks/0/deadline/text", "reason", "deadline_not_understood", "message", "Không hiểu", "warnings");
    assert_non_null (record);
    char *json = json_dumps (record, JSON_COMPACT);
    json_decref (record);
    return json;
}

G_GNUC_UNUSED static void
finish_with (kh_store *store, const char *sha256, const char *json)
{
    good (kh_store_finish (store, sha256, json, strlen (json), &error_));
}

/* Claims the next document, which must be the n-th. */
G_GNUC_UNUSED static void
claim_that (kh_store *store, guint n)
{
    GError *error = NULL;
    g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, &error);
    if (claim == NULL)
        fail_msg ("no claim: %s", error != NULL ? error->message : "none left");
    assert_string_equal (claim->sha256, digest (n));
}

G_GNUC_UNUSED static void
no_claim (kh_store *store)
{
    GError *error = NULL;
    g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, &error);
    if (error != NULL)
        fail_msg ("%s", error->message);
    if (claim != NULL)
        fail_msg ("claimed %s", claim->sha256);
}

G_GNUC_UNUSED static void
counted (kh_store *store, guint queued, guint reading, guint done, guint failed)
{
    kh_store_counts counts;
    good (kh_store_count (store, &counts, &error_));
    assert_int_equal (counts.queued, queued);
    assert_int_equal (counts.reading, reading);
    assert_int_equal (counts.done, done);
    assert_int_equal (counts.failed, failed);
}

static int
set_up (void **state)
{
    (void)state;
    server = g_getenv ("KEHOACH_TEST_STORE");
    folder = g_dir_make_tmp ("kehoach-store.XXXXXX", NULL);
    return folder == NULL;
}

static int
tear_down (void **state)
{
    (void)state;
    GDir *dir = g_dir_open (folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_unlink (path);
    }
    g_dir_close (dir);
    g_rmdir (folder);
    return 0;
}

#endif
