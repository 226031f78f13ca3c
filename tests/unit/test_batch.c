/* Batches: which files are found, which shard is whose, digests, readers that crash, stand still and are killed. */
#include "base/error.h"
#include "base/limits.h"
#include "batch/digests.h"
#include "batch/files.h"
#include "batch/readers.h"
#include "batch/shard.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char *folder;

static char *
write_file (const char *name, const char *content)
{
    char *path = g_build_filename (folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    assert_int_equal (g_mkdir_with_parents (parent, 0700), 0);
    assert_true (g_file_set_contents (path, content, -1, NULL));
    return path;
}

static GPtrArray *
find (const char *source, const char *left_out)
{
    const char *sources[] = { source, NULL }, *without[] = { left_out, NULL };
    g_autoptr (GError) error = NULL;
    GPtrArray *files = kh_files_find (sources, without, NULL, &error);
    assert_null (error);
    return files;
}

/* What was found, relative to the folder, with + (to be read), - (cannot be) or . (of another kind). */
static char *
listing (GPtrArray *files)
{
    g_autoptr (GString) out = g_string_new (NULL);
    for (guint i = 0; i < files->len; i++) {
        const kh_batch_file *file = files->pdata[i];
        g_string_append_printf (out, "%c%s ", file->cause == NULL ? '+' : file->is_other ? '.' : '-', file->shown + strlen (folder) + 1);
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- files ---- */

static void
test_find (void **unused)
{
    (void)unused;
    static const char *const names[] = { "b.pdf", "a.PDF", "c/d.Tiff", "c/e.txt", "c/table.xlsx", ".hidden/x.pdf", ".y.pdf", "c/\xff.pdf", "k", "k-wal", "kk.pdf" };
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_free (write_file (names[i], "content"));
    g_free (write_file ("empty.pdf", ""));
    g_autofree char *again = g_build_filename (folder, "c/again", NULL), *gone = g_build_filename (folder, "gone.pdf", NULL),
                    *pipe = g_build_filename (folder, "pipe.pdf", NULL), *big = g_build_filename (folder, "large.pdf", NULL),
                    *store = g_build_filename (folder, "k", NULL);
    assert_int_equal (symlink ("..", again), 0);
    assert_int_equal (symlink ("nowhere", gone), 0);
    assert_int_equal (mkfifo (pipe, 0600), 0);
    g_autofree char *grown = write_file ("large.pdf", "%PDF");
    assert_int_equal (truncate (big, (off_t)KH_LIMIT_INPUT_BYTES + 1), 0);

    g_autoptr (GPtrArray) files = find (folder, store);
    g_autofree char *told = listing (files);
    assert_string_equal (told, "..hidden ..y.pdf +a.PDF +b.pdf +c/d.Tiff +c/e.txt .c/table.xlsx +c/\\xFF.pdf -empty.pdf -gone.pdf "
                               "+kk.pdf -large.pdf .pipe.pdf ");
    const kh_batch_file *file = files->pdata[2];
    assert_int_equal (file->bytes, 7);
    assert_true (file->modified > G_GINT64_CONSTANT (1600000000) * 1000000000);
}

/* The ceiling on paths: what a store has no room for is found all the same. */
static void
test_long_paths (void **unused)
{
    (void)unused;
    g_autofree char *name = g_strnfill (200, 'x');
    g_autoptr (GString) path = g_string_new (NULL);
    while (path->len + strlen (folder) < KH_LIMIT_PATH_BYTES)
        g_string_append_printf (path, "%s/", name);
    g_string_append (path, "a.pdf");
    g_free (write_file (path->str, "content"));
    g_autoptr (GPtrArray) files = find (folder, NULL);
    const kh_batch_file *file = files->pdata[0];
    assert_int_equal (files->len, 1);
    assert_true (file->is_unnameable && !file->is_other);
    assert_string_equal (file->cause, "its path has more than 2500 bytes");
}

static void
test_list (void **unused)
{
    (void)unused;
    g_free (write_file ("one.pdf", "1"));
    g_free (write_file ("two", "2"));
    g_autofree char *lines = g_strdup_printf ("%s/two\r\n\n%s/one.pdf\n%s/../%s/two\n%s/three.pdf", folder, folder, folder, strrchr (folder, '/') + 1, folder);
    g_autofree char *list = write_file ("list", lines);
    g_autoptr (GPtrArray) files = find (list, NULL);
    g_autofree char *told = listing (files);
    assert_string_equal (told, "+one.pdf -three.pdf +two "); /* each once */

    g_autofree char *binary = write_file ("binary", "");
    assert_true (g_file_set_contents (binary, "PK\0\1", 4, NULL));
    const char *sources[] = { binary, NULL }, *missing[] = { "/nowhere", NULL };
    g_autoptr (GError) error = NULL, other = NULL, third = NULL;
    assert_null (kh_files_find (sources, NULL, NULL, &error));
    assert_int_equal (error->code, KH_ERROR_INPUT);
    assert_null (kh_files_find (missing, NULL, NULL, &other));
    assert_int_equal (other->code, KH_ERROR_INPUT);
    const volatile int interrupted = 1;
    const char *good[] = { list, NULL };
    assert_null (kh_files_find (good, NULL, &interrupted, &third));
    assert_int_equal (third->code, KH_ERROR_INTERRUPTED);
}

static void
test_digests (void **unused)
{
    (void)unused;
    g_autofree char *large = g_strnfill (1000000, 'x');
    g_free (write_file ("a.pdf", "same"));
    g_free (write_file ("b.pdf", "same"));
    g_free (write_file ("c.pdf", large));
    g_autoptr (GPtrArray) files = find (folder, NULL);
    g_autofree char *lost = g_build_filename (folder, "b.pdf", NULL);
    g_unlink (lost);
    assert_true (kh_digests_compute (files, 4, NULL, NULL, NULL));
    const kh_batch_file *a = files->pdata[0], *b = files->pdata[1], *c = files->pdata[2];
    g_autofree char *same = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "same", -1);
    g_autofree char *other = g_compute_checksum_for_string (G_CHECKSUM_SHA256, large, -1);
    assert_string_equal (a->sha256, same);
    assert_string_equal (c->sha256, other);
    assert_null (b->sha256);
    assert_non_null (strstr (b->cause, "No such file"));
    const volatile int interrupted = 1;
    assert_false (kh_digests_compute (files, 4, &interrupted, NULL, NULL));
}

/* ---- shards ---- */

static void
test_shard_choice (void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *task, *first, *last, *count, *step, *index, *completions;
        int wanted_index, wanted_count; /* -1: refused */
    } rows[] = {
        { .wanted_index = 0, .wanted_count = 1 },
        { "1/3", .wanted_index = 0, .wanted_count = 3 },
        { "3/3", "9", "1", "9", "9", "1", .wanted_index = 2, .wanted_count = 3 }, /* what is said counts */
        { "1/1", .index = "4", .wanted_index = 0, .wanted_count = 1 },
        { "0/3", .wanted_index = -1 },
        { "4/3", .wanted_index = -1 },
        { "3", .wanted_index = -1 },
        { "/", .wanted_index = -1 },
        { "/0", .wanted_index = -1 },
        { "1/3/4", .wanted_index = -1 },
        { "", .wanted_index = -1 },
        /* sbatch --array=0-9, 1-10, 5-9:2, 3 */
        { NULL, "0", "0", "9", "10", "1", .wanted_index = 0, .wanted_count = 10 },
        { NULL, "10", "1", "10", "10", "1", .wanted_index = 9, .wanted_count = 10 },
        { NULL, "7", "5", "9", "3", "2", .wanted_index = 1, .wanted_count = 3 },
        { NULL, "3", "3", "3", "1", "1", .wanted_index = 0, .wanted_count = 1 },
        /* --array=1,5,7: there is no telling which it is */
        { NULL, "5", "1", "7", "3", "1", .wanted_index = -1 },
        { NULL, "5", .wanted_index = -1 },
        { NULL, "five", "1", "7", "7", "1", .wanted_index = -1 },
        { NULL, .index = "0", .completions = "4", .wanted_index = 0, .wanted_count = 4 },
        { NULL, .index = "3", .completions = "4", .wanted_index = 3, .wanted_count = 4 },
        { NULL, .index = "4", .completions = "4", .wanted_index = -1 },
        { NULL, .index = "0", .wanted_index = -1 },
        { "/4", .index = "3", .wanted_index = 3, .wanted_count = 4 },
        { "/4", .task = "4", .wanted_index = 0, .wanted_count = 4 },
        { "/4", .wanted_index = -1 },
    };
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        const char *const names[] = { "SLURM_ARRAY_TASK_ID",   "SLURM_ARRAY_TASK_MIN",  "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT",
                                      "SLURM_ARRAY_TASK_STEP", "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS" };
        const char *const values[] = { rows[i].task, rows[i].first, rows[i].last, rows[i].count, rows[i].step, rows[i].index, rows[i].completions };
        for (guint v = 0; v < G_N_ELEMENTS (names); v++)
            if (values[v] != NULL)
                g_setenv (names[v], values[v], TRUE);
            else
                g_unsetenv (names[v]);
        kh_shard shard;
        g_autoptr (GError) error = NULL;
        gboolean good = kh_shard_choose (rows[i].text, &shard, &error);
        if (good != (rows[i].wanted_index >= 0) || (good && ((int)shard.index != rows[i].wanted_index || (int)shard.count != rows[i].wanted_count)))
            fail_msg ("row %u: %s", i, good ? "another shard" : error != NULL ? error->message : "?");
        assert_true (good || error->code == KH_ERROR_USAGE);
    }
}

static void
test_shards (void **unused)
{
    (void)unused;
    for (int i = 0; i < 60; i++) {
        g_autofree char *name = g_strdup_printf ("%02d.pdf", i), *copy = g_strdup_printf ("copies/%02d.pdf", i), *content = g_strnfill (1 + i / 2, 'a' + i % 2);
        g_free (write_file (name, content));
        g_free (write_file (copy, content));
    }
    g_free (write_file ("none.pdf", ""));
    g_autoptr (GHashTable) where = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (guint n = 0; n < 4; n++) {
        g_autoptr (GPtrArray) files = find (folder, NULL);
        kh_shard_keep (files, (kh_shard){ n, 4 });
        assert_in_range (files->len, 10, 60); /* even, as far as chance goes */
        for (guint i = 0; i < files->len; i++) {
            const kh_batch_file *file = files->pdata[i];
            assert_true (i == 0 || strcmp (((const kh_batch_file *)files->pdata[i - 1])->path, file->path) < 0);
            assert_true (g_hash_table_insert (where, g_strdup (file->path), GUINT_TO_POINTER (n)));
        }
    }
    assert_int_equal (g_hash_table_size (where), 121);
    for (int i = 0; i < 60; i++) {
        g_autofree char *name = g_strdup_printf ("%s/%02d.pdf", folder, i), *copy = g_strdup_printf ("%s/copies/%02d.pdf", folder, i);
        assert_ptr_equal (g_hash_table_lookup (where, name), g_hash_table_lookup (where, copy));
    }
}

/* ---- readers ---- */

static kh_readers *
readers_new (guint n)
{
    static const kh_read_options options = { .page_seconds = 1 };
    return kh_readers_new (n, &options, 0.5);
}

/* Gives the document in a file; `sha256` NULL: the one it has. */
static void
give (kh_readers *readers, const char *path, const char *sha256)
{
    g_autofree char *content = NULL;
    gsize length;
    assert_true (g_file_get_contents (path, &content, &length, NULL));
    g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)content, length);
    const char *paths[] = { "/nowhere.pdf", path, NULL };
    g_autoptr (GError) error = NULL;
    assert_true (kh_readers_has_room (readers, &error));
    kh_readers_give (readers, sha256 != NULL ? sha256 : digest, "plan.txt", sha256 != NULL ? paths + 1 : paths);
    kh_readers_spread (readers);
}

static pid_t
only_child (void)
{
    g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", getpid (), getpid ()), *children = NULL;
    assert_true (g_file_get_contents (path, &children, NULL, NULL));
    g_auto (GStrv) pids = g_strsplit (g_strstrip (children), " ", -1);
    assert_int_equal (g_strv_length (pids), 1);
    return atoi (pids[0]);
}

static kh_answer *
next_answer (kh_readers *readers)
{
    g_autoptr (GPtrArray) answers = g_ptr_array_new ();
    for (int i = 0; i < 200 && answers->len == 0; i++)
        kh_readers_wait (readers, 100, answers);
    assert_int_equal (answers->len, 1);
    return answers->pdata[0];
}

static const char PLAN[] = "KẾ HOẠCH\nKiểm tra công tác lưu trữ năm 2024\n\n1. Mục đích\nNâng cao chất lượng hồ sơ.\n";

static void
assert_reads (kh_readers *readers, const char *path)
{
    give (readers, path, NULL);
    kh_answer *answer = next_answer (readers);
    if (answer->record == NULL)
        fail_msg ("%s", answer->cause);
    assert_non_null (strstr (g_variant_get_string (answer->record, NULL), "lưu trữ"));
    assert_int_equal (answer->pages, 1);
    kh_answer_free (answer);
}

static void
test_readers (void **unused)
{
    (void)unused;
    g_autofree char *path = write_file ("plan.txt", PLAN), *bad = write_file ("bad.pdf", "%PDF-1.4 nothing");
    g_autoptr (kh_readers) readers = readers_new (2);
    assert_reads (readers, path);
    assert_reads (readers, path);
    give (readers, bad, NULL);
    kh_answer *answer = next_answer (readers);
    assert_null (answer->record);
    assert_int_equal (answer->code, KH_ERROR_INPUT);
    assert_non_null (strstr (answer->cause, "cannot open 'plan.txt'"));
    kh_answer_free (answer);

    give (readers, path, "0123"); /* what is there is not what was queued */
    answer = next_answer (readers);
    assert_int_equal (answer->code, KH_ERROR_INPUT);
    assert_non_null (strstr (answer->cause, "changed since it was queued"));
    kh_answer_free (answer);
    assert_reads (readers, path);
}

/* The reader stands still before it can take its job; then comes what comes. */
static kh_answer *
answer_after (kh_readers *readers, const char *path, const int *signals)
{
    assert_reads (readers, path); /* there is a reader */
    kill (only_child (), SIGSTOP);
    give (readers, path, NULL);
    g_autoptr (GPtrArray) answers = g_ptr_array_new ();
    for (; *signals != 0; signals++) {
        kill (only_child (), *signals);
        if (*signals == SIGSEGV)
            kill (only_child (), SIGCONT); /* it has to run to die of it */
        if (signals[1] == 0)
            break;
        pid_t before = only_child ();
        for (int i = 0; i < 50 && only_child () == before; i++)
            kh_readers_wait (readers, 20, answers);
        kill (only_child (), SIGSTOP);
        assert_int_equal (answers->len, 0);
    }
    return next_answer (readers);
}

static void
test_lost_readers (void **unused)
{
    (void)unused;
    g_autofree char *path = write_file ("plan.txt", PLAN);
    static const struct {
        int signals[4];
        int code; /* 0: read all the same */
        const char *cause;
    } rows[] = {
        { { SIGSEGV }, KH_ERROR_INPUT, "cannot read 'plan.txt': its reader crashed (signal 11, SIGSEGV)" },
        { { SIGKILL }, 0, NULL },
        { { SIGKILL, SIGKILL }, 0, NULL },
        { { SIGKILL, SIGKILL, SIGKILL }, KH_ERROR_LIMIT, "its reader was killed 3 times" },
        { { SIGINT }, KH_ERROR_LIMIT, "nothing moved for" }, /* no signal for it; it stands still */
    };
    g_autoptr (kh_readers) readers = readers_new (1);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        kh_answer *answer = answer_after (readers, path, rows[i].signals);
        if ((answer->record != NULL) != (rows[i].code == 0) || (rows[i].cause != NULL && strstr (answer->cause, rows[i].cause) == NULL))
            fail_msg ("row %u: %s", i, answer->cause);
        assert_int_equal (answer->code, rows[i].code);
        kh_answer_free (answer);
        assert_reads (readers, path);
    }
}

/* ---- */

static int
set_up (void **unused)
{
    (void)unused;
    folder = g_dir_make_tmp ("kehoach-batch-XXXXXX", NULL);
    return folder == NULL;
}

static int
tear_down (void **unused)
{
    (void)unused;
    g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
    int status = system (command);
    g_free (folder);
    return status;
}

#define TEST(function) cmocka_unit_test_setup_teardown (function, set_up, tear_down)

int
main (void)
{
    if (g_getenv ("KEHOACH_DATA") == NULL)
        g_setenv ("KEHOACH_DATA", "models", TRUE);
    const struct CMUnitTest tests[] = {
        TEST (test_find),   TEST (test_long_paths), TEST (test_list),    TEST (test_digests),      TEST (test_shard_choice),
        TEST (test_shards), TEST (test_readers), TEST (test_lost_readers),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
