/* Stores: files, the queue and its owners, writers that are killed, what is no store. */
#include "store_sample.h"

#include <math.h>
#include <stdio.h>

/* ---- the queue ---- */

static void
files (void **state)
{
    (void)state;
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
    (void)state;
    g_autoptr (kh_store) store = open_store ("life", KH_STORE_CREATE);
    g_autofree char *json = record_of ("0.1.0", "Làm", 2), *newer = record_of ("0.2.0", "Làm lại", 3),
                    *here = kh_store_this_owner ();
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
    expect (store,
            "SELECT count(*) FROM documents WHERE cause IS NULL AND code IS NULL AND owner IS NULL AND lease_until IS NULL", "3");
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
    (void)state;
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
    (void)state;
    g_autofree char *here = kh_store_this_owner (), *gone = NULL, *reused = NULL;
    g_auto (GStrv) parts = g_strsplit (here, ":", -1);
    assert_int_equal (g_strv_length (parts), 3);
    pid_t child = fork ();
    if (child == 0)
        _exit (0);
    waitpid (child, NULL, 0);
    gone = g_strdup_printf ("%s:%d:%s", parts[0], (int)child, parts[2]);
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
    (void)state;
    g_autoptr (kh_store) store = open_store ("shards", KH_STORE_CREATE);
    g_autoptr (GHashTable) mine = g_hash_table_new (g_str_hash, g_str_equal);
    g_autofree char *json = record_of ("0.1.0", "Làm", 1);
    add_documents (store, 9);
    for (guint i = 3; i <= 9; i += 3)
        g_hash_table_add (mine, (gpointer)g_intern_string (digest (i)));
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

/* ---- killed while writing ---- */

/* What a child does: it claims and finishes until there is nothing more, or it is killed. */
G_GNUC_NORETURN static void
read_until_empty (const char *name)
{
    GError *error = NULL;
    g_autoptr (kh_store) store = open_store (name, KH_STORE_EXISTING);
    g_autofree char *here = kh_store_this_owner ();
    kh_store_set_owner (store, here, 3600, NULL);
    for (;;) {
        g_autoptr (kh_store_claim) claim = kh_store_claim_next (store, &error);
        kh_store_counts counts;
        if (claim == NULL && error == NULL && kh_store_count (store, &counts, &error) && counts.queued == 0)
            _exit (0);
        if (claim == NULL && error == NULL)
            continue; /* what is queued others were just looking at */
        g_autofree char *json = error == NULL ? record_of ("0.1.0", claim->sha256, 10) : NULL;
        if (error != NULL || !kh_store_finish (store, claim->sha256, json, strlen (json), &error)) {
            fprintf (stderr, "reader: %s\n", error->message);
            _exit (1);
        }
    }
}

static void
killed_writers (void **state)
{
    (void)state;
    const guint n = 60;
    {
        g_autoptr (kh_store) store = open_store ("killed", KH_STORE_CREATE);
        add_documents (store, n);
    }
    guint rounds = 0;
    for (gboolean is_over = FALSE; !is_over && rounds < 200; rounds++) {
        pid_t child = fork ();
        if (child == 0)
            read_until_empty ("killed");
        g_usleep ((gulong)(4000 * pow (1.1, rounds))); /* longer and longer: a slow machine gets there, too */
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

static void
ended_well (pid_t child)
{
    int status;
    waitpid (child, &status, 0);
    assert_true (WIFEXITED (status));
    assert_int_equal (WEXITSTATUS (status), 0);
}

/* Several processes empty one queue, one of them dies: what it had is read by others, all else once. */
static void
many_readers (void **state)
{
    (void)state;
    const guint n = 120;
    {
        g_autoptr (kh_store) store = open_store ("readers", KH_STORE_CREATE);
        add_documents (store, n);
    }
    pid_t children[4], last;
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        if ((children[i] = fork ()) == 0)
            read_until_empty ("readers");
    g_usleep (60000);
    kill (children[0], SIGKILL);
    waitpid (children[0], NULL, 0);
    for (guint i = 1; i < G_N_ELEMENTS (children); i++)
        ended_well (children[i]);
    if ((last = fork ()) == 0) /* it may have died when the others had gone */
        read_until_empty ("readers");
    ended_well (last);
    g_autoptr (kh_store) store = open_store ("readers", KH_STORE_EXISTING);
    counted (store, 0, 0, n, 0);
    expect (store, "SELECT count(*) FROM tasks", "1200");
    expect (store, "SELECT count(*) FROM documents WHERE attempts > 2", "0");
    g_autofree char *twice = ask (store, "SELECT count(*) FROM documents WHERE attempts = 2");
    assert_true (strcmp (twice, "0") == 0 || strcmp (twice, "1") == 0);
}

/* Many make the same store at the same moment. */
static void
made_at_once (void **state)
{
    (void)state;
    pid_t children[6];
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        if ((children[i] = fork ()) == 0) {
            for (int times = 0; times < 3; times++) {
                g_autoptr (kh_store) store = open_store ("at_once", KH_STORE_CREATE);
                add_documents (store, 20);
            }
            _exit (0);
        }
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
        ended_well (children[i]);
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
    (void)state;
    if (server != NULL)
        return;
    g_autofree char *text = g_build_filename (folder, "text.db", NULL), *missing = g_build_filename (folder, "missing.db", NULL),
                    *nowhere = g_build_filename (folder, "no", "folder.db", NULL),
                    *empty = g_build_filename (folder, "empty.db", NULL), *other = g_build_filename (folder, "life.db", NULL),
                    *readable = g_build_filename (folder, "owners.db", NULL);
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
        G_GNUC_UNUSED g_autofree char *done = ask (store, "UPDATE kehoach SET schema = 7 RETURNING schema");
    }
    refused (other, KH_STORE_READ, KH_ERROR_INPUT, "version 7");
    {
        g_autoptr (kh_store) store = kh_store_open (empty, KH_STORE_EXISTING, NULL);
        G_GNUC_UNUSED g_autofree char *done = ask (store, "ALTER TABLE kehoach RENAME TO shop");
    }
    refused (empty, KH_STORE_CREATE, KH_ERROR_INPUT, "other tables");

    g_autoptr (kh_store) store = kh_store_open (readable, KH_STORE_READ, NULL);
    expect (store, "SELECT count(*) FROM tasks", "8");
    g_autoptr (GError) error = NULL;
    kh_store_set_owner (store, "hostA:1:1", 60, NULL);
    assert_null (kh_store_claim_next (store, &error));
    assert_int_equal (error->code, KH_ERROR_OUTPUT);
    assert_non_null (strstr (error->message, "read-only"));
    g_autoptr (kh_store) memory = kh_store_open ("sqlite::memory:", KH_STORE_CREATE, NULL);
    add_documents (memory, 2);
    counted (memory, 2, 0, 0, 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (files),        cmocka_unit_test (life_of_a_document),
        cmocka_unit_test (two_owners),   cmocka_unit_test (dead_owners),
        cmocka_unit_test (shards),       cmocka_unit_test (killed_writers),
        cmocka_unit_test (many_readers), cmocka_unit_test (made_at_once),
        cmocka_unit_test (no_stores),
    };
    return cmocka_run_group_tests (tests, set_up, tear_down);
}
