/* Workers that crash, hang, lie and try to break out; jobs that get their answers all the same. */
#include "base/error.h"
#include "base/limits.h"
#include "workers/sandbox.h"
#include "workers/workers.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ------------------------------------------------------------------ the worker's side: one name, one deed */

static void *
idle_thread (void *data)
{
    return data;
}

/* errno of a call that must not succeed; 0 when it did */
#define FAILURE(call) ((call) < 0 ? errno : 0)

static int
attempt (const char *deed)
{
    if (g_str_equal (deed, "open-write"))
        return FAILURE (open ("/dev/null", O_WRONLY));
    if (g_str_equal (deed, "open-create"))
        return FAILURE (open ("/tmp/kehoach-escape", O_RDWR | O_CREAT, 0600));
    if (g_str_equal (deed, "open-tmpfile"))
        return FAILURE (open ("/tmp", O_RDWR | O_TMPFILE, 0600));
    if (g_str_equal (deed, "open-truncate"))
        return FAILURE (open ("/dev/null", O_RDONLY | O_TRUNC));
    if (g_str_equal (deed, "fopen-append"))
        return fopen ("/dev/null", "a") == NULL ? errno : 0;
    if (g_str_equal (deed, "unlink"))
        return FAILURE (unlink ("/tmp/kehoach-no-such-file"));
    if (g_str_equal (deed, "mkdir"))
        return FAILURE (mkdir ("/tmp/kehoach-escape", 0700));
    if (g_str_equal (deed, "socket-unix"))
        return FAILURE (socket (AF_UNIX, SOCK_STREAM, 0));
    if (g_str_equal (deed, "socket-inet"))
        return FAILURE (socket (AF_INET, SOCK_STREAM, 0));
    if (g_str_equal (deed, "fork"))
        return FAILURE (fork ());
    if (g_str_equal (deed, "kill-parent"))
        return FAILURE (kill (getppid (), 0));
    if (g_str_equal (deed, "signal-parent")) /* through the back door: "tell that process when this socket moves" */
        return FAILURE (fcntl (3, F_SETOWN, getppid ()));
    if (g_str_equal (deed, "memfd"))
        return FAILURE (memfd_create ("escape", 0));
    if (g_str_equal (deed, "read-passwd"))
        return FAILURE (open ("/etc/passwd", O_RDONLY));
    if (g_str_equal (deed, "list-root"))
        return FAILURE (open ("/", O_RDONLY | O_DIRECTORY));
    if (g_str_equal (deed, "thread")) {
        pthread_t thread;
        return pthread_create (&thread, NULL, idle_thread, NULL);
    }
    if (g_str_equal (deed, "map-write-exec"))
        return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno
                                                                                                                       : 0;
    return -1;
}

static void
allocate_without_end (void)
{
    GPtrArray *all = g_ptr_array_new ();
    for (;;) {
        void *piece = g_malloc (16 << 20);
        memset (piece, 1, 16 << 20);
        g_ptr_array_add (all, piece);
    }
}

static GVariant *
do_deed (gpointer state, GBytes *file, GVariant *request, GError **error)
{
    static GBytes *last_file;
    const char *deed = g_variant_get_string (request, NULL);
    if (g_str_has_prefix (deed, "attempt:"))
        return g_variant_new_int32 (attempt (deed + 8));
    if (g_str_has_prefix (deed, "echo:"))
        return g_variant_new_string (deed + 5);
    if (g_str_equal (deed, "state"))
        return g_variant_new_string (state);
    if (g_str_equal (deed, "pid"))
        return g_variant_new_int32 (getpid ());
    if (g_str_equal (deed, "file"))
        return g_variant_new_string (g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file));
    if (g_str_equal (deed, "same-file")) {
        gboolean same = file == last_file;
        g_clear_pointer (&last_file, g_bytes_unref);
        last_file = g_bytes_ref (file);
        return g_variant_new_boolean (same);
    }
    if (g_str_equal (deed, "crash"))
        raise (SIGSEGV);
    if (g_str_equal (deed, "abort"))
        abort ();
    if (g_str_equal (deed, "spin"))
        for (volatile int i = 0;; i++)
            ;
    if (g_str_equal (deed, "sleep"))
        sleep (60);
    if (g_str_equal (deed, "nap")) {
        g_usleep (300000);
        return g_variant_new_int32 (getpid ());
    }
    if (g_str_equal (deed, "be-killed"))
        raise (SIGKILL);
    if (g_str_equal (deed, "exit"))
        exit (7);
    if (g_str_equal (deed, "eat"))
        allocate_without_end ();
    if (g_str_equal (deed, "print")) {
        for (int i = 0; i < 100000; i++)
            printf ("a library talks\n");
        fprintf (stderr, "and complains\n");
        fflush (stdout);
        return g_variant_new_string ("printed");
    }
    if (g_str_equal (deed, "refuse"))
        return g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "page 3 of 'x.pdf' is too large"), NULL;
    if (g_str_equal (deed, "bad-error"))
        return g_set_error_literal (error, KH_ERROR, 4711, "caf\xe9"), NULL;
    if (g_str_equal (deed, "nothing"))
        return NULL;
    if (g_str_equal (deed, "number"))
        return g_variant_new_int32 (1);
    if (g_str_equal (deed, "bad-utf8"))
        return g_variant_new_from_data (G_VARIANT_TYPE_STRING, "Th\xf4ng", 6, FALSE, NULL, NULL);
    if (g_str_equal (deed, "huge")) {
        g_autofree char *text = g_malloc0 (KH_LIMIT_REPLY_BYTES + 2);
        memset (text, 'x', KH_LIMIT_REPLY_BYTES + 1);
        return g_variant_new_string (text);
    }
    if (g_str_equal (deed, "noise")) /* past the frames: straight onto the socket */
        return write (3, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 38) == 38 ? g_variant_new_string ("after noise") : NULL;
    if (g_str_equal (deed, "huge-header")) {
        guint64 header[3] = { 0x000000034b48571fu, 1, G_MAXUINT64 };
        return write (3, header, sizeof header) > 0 ? g_variant_new_string ("") : NULL;
    }
    if (g_str_equal (deed, "exec"))
        execl ("/bin/true", "true", NULL);
    if (g_str_equal (deed, "connect"))
        connect (3, NULL, 0);
    if (g_str_equal (deed, "regex")) { /* PCRE wants executable memory and must do without */
        g_autoptr (GRegex) regex = g_regex_new ("^Kế hoạch số \\d+", G_REGEX_OPTIMIZE, 0, NULL);
        return g_variant_new_boolean (g_regex_match (regex, "Kế hoạch số 12", 0, NULL));
    }
    if (g_str_equal (deed, "iconv")) { /* a character set that is loaded from a file */
        g_autofree char *text = g_convert ("H\xb5", -1, "UTF-8", "VISCII", NULL, NULL, NULL);
        return g_variant_new_boolean (text != NULL);
    }
    if (g_str_equal (deed, "stdin"))
        return g_variant_new_boolean (getchar () == EOF);
    if (g_str_equal (deed, "descriptors")) {
        int n = 0;
        for (int fd = 0; fd < 64; fd++)
            n += fcntl (fd, F_GETFD) >= 0;
        return g_variant_new_int32 (n);
    }
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, "no such deed: %s", deed);
    return NULL;
}

static gpointer
begin (gpointer user_data)
{
    return g_strdup_printf ("made with %s", (const char *)user_data);
}

static const kh_worker_calls calls = { begin, do_deed };

/* ------------------------------------------------------------------ the parent's side */

static const char *const nothing[] = { NULL };

static kh_workers *
workers_new (guint n)
{
    return kh_workers_new (n, &calls, (gpointer) "care", (kh_worker_limits){ 512u << 20, nothing });
}

static kh_job *
job_new (const char *deed, double seconds)
{
    kh_job *job = g_new0 (kh_job, 1);
    job->request = g_variant_ref_sink (g_variant_new_string (deed));
    job->seconds = seconds;
    return job;
}

static void
job_free (gpointer data)
{
    kh_job *job = data;
    g_clear_pointer (&job->reply, g_variant_unref);
    g_variant_unref (job->request);
    g_clear_error (&job->error);
    g_free (job);
}

static GPtrArray *
jobs_new (void)
{
    return g_ptr_array_new_with_free_func (job_free);
}

static kh_job *
add_job (GPtrArray *jobs, const char *deed, double seconds)
{
    kh_job *job = job_new (deed, seconds);
    g_ptr_array_add (jobs, job);
    return job;
}

static void
run (kh_workers *workers, GPtrArray *jobs)
{
    assert_true (kh_workers_run (workers, jobs, NULL, NULL, NULL, NULL));
}

/* One job on `workers`; the caller frees. */
static kh_job *
run_one (kh_workers *workers, const char *deed, double seconds)
{
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    kh_job *job = job_new (deed, seconds);
    g_ptr_array_add (jobs, job);
    run (workers, jobs);
    assert_true ((job->reply != NULL) != (job->error != NULL));
    return job;
}

static void
assert_echo (kh_workers *workers)
{
    kh_job *job = run_one (workers, "echo:all is well", 10);
    assert_non_null (job->reply);
    assert_string_equal (g_variant_get_string (job->reply, NULL), "all is well");
    job_free (job);
}

/* Each of these costs its own job, tells why, and harms no other. */
static void
test_bad_workers (void **unused)
{
    (void)unused;
    static const struct {
        const char *deed;
        double seconds;
        int code;
        const char *message; /* a part of it */
    } cases[] = {
        { "crash", 10, KH_ERROR_INPUT, "signal 11, SIGSEGV" },
        { "abort", 10, KH_ERROR_INPUT, "signal 6, SIGABRT" },
        { "spin", 0.3, KH_ERROR_LIMIT, "no answer within 0.3 s" },
        { "sleep", 0.3, KH_ERROR_LIMIT, "no answer within 0.3 s" },
#ifdef __SANITIZE_ADDRESS__ /* it has its own way to exit, and no ceiling of memory */
        { "exit", 10, KH_ERROR_INPUT, "ended by itself" },
#else
        { "exit", 10, KH_ERROR_INPUT, "ended by itself (status 7)" },
        { "eat", 20, KH_ERROR_LIMIT, "memory limit of 512 MiB" },
#endif
        { "refuse", 10, KH_ERROR_LIMIT, "page 3 of 'x.pdf' is too large" },
        { "bad-error", 10, KH_ERROR_INPUT, "caf\357\277\275" },
        { "nothing", 10, KH_ERROR_INPUT, "no answer" },
        { "number", 10, KH_ERROR_INPUT, "nonsense" },
        { "bad-utf8", 10, KH_ERROR_INPUT, "nonsense" },
        { "noise", 10, KH_ERROR_INPUT, "nonsense" },
        { "huge", 20, KH_ERROR_LIMIT, "longer than 64 MiB" },
        { "huge-header", 10, KH_ERROR_LIMIT, "longer than 64 MiB" },
        { "exec", 10, KH_ERROR_INPUT, "signal 31, SIGSYS" },
        { "connect", 10, KH_ERROR_INPUT, "signal 31, SIGSYS" },
    };
    g_autoptr (kh_workers) workers = workers_new (2);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GPtrArray) jobs = jobs_new ();
        kh_job *before = add_job (jobs, "echo:before", 10);
        kh_job *bad = add_job (jobs, cases[i].deed, cases[i].seconds);
        bad->reply_type = (GVariantType *)G_VARIANT_TYPE_STRING;
        kh_job *after = add_job (jobs, "echo:after", 10);
        run (workers, jobs);
        assert_string_equal (g_variant_get_string (before->reply, NULL), "before");
        assert_string_equal (g_variant_get_string (after->reply, NULL), "after");
        assert_null (bad->reply);
        if (bad->error->code != cases[i].code || strstr (bad->error->message, cases[i].message) == NULL)
            fail_msg ("%s: code %d, '%s'", cases[i].deed, bad->error->code, bad->error->message);
        assert_echo (workers);
    }
}

/* What a worker may not do; 0 would be success. */
static void
test_sandbox (void **unused)
{
    (void)unused;
    static const struct {
        const char *deed;
        int error;
        gboolean by_landlock;
    } cases[] = {
        { "attempt:open-write", EACCES, FALSE },     { "attempt:open-create", EACCES, FALSE },
        { "attempt:open-tmpfile", EACCES, FALSE },   { "attempt:open-truncate", EACCES, FALSE },
        { "attempt:fopen-append", EACCES, FALSE },   { "attempt:unlink", EACCES, FALSE },
        { "attempt:mkdir", EACCES, FALSE },          { "attempt:socket-unix", EACCES, FALSE },
        { "attempt:socket-inet", EACCES, FALSE },    { "attempt:fork", EACCES, FALSE },
        { "attempt:kill-parent", EACCES, FALSE },    { "attempt:signal-parent", ENOSYS, FALSE },
        { "attempt:memfd", EACCES, FALSE },          { "attempt:thread", EACCES, FALSE },
        { "attempt:map-write-exec", EACCES, FALSE }, { "attempt:read-passwd", EACCES, TRUE },
        { "attempt:list-root", EACCES, TRUE },
    };
    g_autoptr (kh_workers) workers = workers_new (1);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        if (cases[i].by_landlock && kh_sandbox_landlock_version () == 0)
            continue;
        kh_job *job = run_one (workers, cases[i].deed, 10);
        if (job->reply == NULL || g_variant_get_int32 (job->reply) != cases[i].error)
            fail_msg ("%s: %s", cases[i].deed,
                      job->error != NULL ? job->error->message : g_strerror (g_variant_get_int32 (job->reply)));
        job_free (job);
    }
}

/* What a worker must still be able to do. */
static void
test_sandbox_leaves (void **unused)
{
    (void)unused;
    static const char *const deeds[] = { "regex", "iconv", "stdin" };
    g_autoptr (kh_workers) workers = workers_new (1);
    for (guint i = 0; i < G_N_ELEMENTS (deeds); i++) {
        kh_job *job = run_one (workers, deeds[i], 10);
        if (job->reply == NULL || !g_variant_get_boolean (job->reply))
            fail_msg ("%s: %s", deeds[i], job->error != NULL ? job->error->message : "false");
        job_free (job);
    }
    kh_job *job = run_one (workers, "descriptors", 10);
    assert_int_equal (g_variant_get_int32 (job->reply), 4);
    job_free (job);
}

/* In a child of its own: makes a system call fail with `number`, does a deed in a worker and compares its end: the answer of
 * an attempt, or the code of the error. */
static void
assert_on_system_without (int call, int number, const char *variable, const char *deed, int answer, int code)
{
    pid_t child = fork ();
    if (child == 0) {
        if (call != 0) {
            scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
            seccomp_rule_add (filter, SCMP_ACT_ERRNO (number), call, 0);
            if (seccomp_load (filter) != 0)
                _exit (2);
        }
        if (variable != NULL)
            g_setenv (variable, "1", TRUE);
        g_autoptr (kh_workers) workers = workers_new (1);
        kh_job *job = run_one (workers, deed, 10);
        _exit (job->error != NULL ? job->error->code != code : g_variant_get_int32 (job->reply) != answer);
    }
    int status = 0;
    waitpid (child, &status, 0);
    assert_true (WIFEXITED (status));
    assert_int_equal (WEXITSTATUS (status), 0);
}

static void
test_poor_systems (void **unused)
{
    (void)unused;
    /* no seccomp: nothing is read, unless one insists */
    assert_on_system_without (SCMP_SYS (seccomp), EPERM, NULL, "attempt:open-write", -1, KH_ERROR_MODEL);
    assert_on_system_without (SCMP_SYS (seccomp), EPERM, "KEHOACH_NO_SANDBOX", "attempt:open-write", 0, -1);
    /* no Landlock: the rest holds */
    assert_on_system_without (SCMP_SYS (landlock_create_ruleset), ENOSYS, NULL, "attempt:open-write", EACCES, -1);
    assert_on_system_without (SCMP_SYS (landlock_create_ruleset), ENOSYS, NULL, "attempt:read-passwd", 0, -1);
    /* no more processes */
    assert_on_system_without (SCMP_SYS (clone), EAGAIN, NULL, "attempt:open-write", -1, KH_ERROR_LIMIT);
    /* no memfd: only documents cannot be handed over */
    assert_on_system_without (SCMP_SYS (memfd_create), ENOSYS, NULL, "attempt:open-write", EACCES, -1);
}

/* Nothing a library prints in a worker reaches our standard output or error. */
static void
test_silence (void **unused)
{
    (void)unused;
    char path[] = "/tmp/kehoach-test-XXXXXX";
    int file = mkstemp (path), out = dup (1), err = dup (2);
    unlink (path);
    fflush (NULL);
    dup2 (file, 1);
    dup2 (file, 2);
    printf ("not yet flushed;");
    g_autoptr (kh_workers) workers = workers_new (1);
    kh_job *job = run_one (workers, "print", 20), *exits = run_one (workers, "exit", 20);
    fflush (NULL);
    dup2 (out, 1);
    dup2 (err, 2);
    close (out);
    close (err);
    assert_string_equal (g_variant_get_string (job->reply, NULL), "printed");
    assert_int_equal (lseek (file, 0, SEEK_END), strlen ("not yet flushed;"));
    job_free (job);
    job_free (exits);
    close (file);
}

static void
count (kh_job *job, gpointer data)
{
    (void)job;
    ++*(guint *)data;
}

static void
test_many_jobs (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (4);
    g_autoptr (GPtrArray) jobs = jobs_new ();
    for (int i = 0; i < 3000; i++) {
        g_autofree char *deed = g_strdup_printf ("echo:%d", i);
        add_job (jobs, i % 500 == 7 ? "exit" : deed, 30);
    }
    guint done = 0;
    assert_true (kh_workers_run (workers, jobs, count, &done, NULL, NULL));
    assert_int_equal (done, 3000);
    for (int i = 0; i < 3000; i++) {
        kh_job *job = jobs->pdata[i];
        if (i % 500 == 7)
            assert_int_equal (job->error->code, KH_ERROR_INPUT);
        else
            assert_int_equal (atoi (g_variant_get_string (job->reply, NULL)), i);
    }
}

/* Answers belong to their jobs whatever the number of workers; state is made once a worker. */
static void
test_state (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (1);
    kh_job *state = run_one (workers, "state", 10), *first = run_one (workers, "pid", 10), *second = run_one (workers, "pid", 10);
    assert_string_equal (g_variant_get_string (state->reply, NULL), "made with care");
    assert_true (g_variant_equal (first->reply, second->reply));
    assert_int_not_equal (g_variant_get_int32 (first->reply), getpid ());
    job_free (state);
    job_free (first);
    job_free (second);
}

/* Documents arrive whole, empty and large ones too, and are the same object as long as they are the same document. */
static void
test_files (void **unused)
{
    (void)unused;
    const gsize sizes[] = { 0, 1, 4096, 5 << 20 };
    g_autoptr (kh_workers) workers = workers_new (1);
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
        guint8 *data = g_malloc (MAX (sizes[i], 1));
        memset (data, 'a' + i, sizes[i]);
        g_autoptr (GBytes) file = g_bytes_new_take (data, sizes[i]);
        g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
        g_autoptr (GPtrArray) jobs = jobs_new ();
        add_job (jobs, "file", 10)->file = file;
        kh_job *first = add_job (jobs, "same-file", 10), *second = add_job (jobs, "same-file", 10);
        first->file = second->file = file;
        run (workers, jobs);
        assert_string_equal (g_variant_get_string (((kh_job *)jobs->pdata[0])->reply, NULL), checksum);
        assert_false (g_variant_get_boolean (first->reply));
        assert_true (g_variant_get_boolean (second->reply));
    }
}

/* Several documents under way at once on several workers. */
static void
test_files_mixed (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (3);
    g_autoptr (GPtrArray) jobs = jobs_new ();
    GBytes *files[5];
    for (int i = 0; i < 5; i++) {
        g_autofree char *text = g_strdup_printf ("document %d", i);
        files[i] = g_bytes_new (text, strlen (text));
    }
    for (int i = 0; i < 60; i++)
        add_job (jobs, i % 11 == 3 ? "exit" : "file", 20)->file = files[i * 7 % 5];
    run (workers, jobs);
    for (int i = 0; i < 60; i++) {
        g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, files[i * 7 % 5]);
        kh_job *job = jobs->pdata[i];
        if (i % 11 != 3)
            assert_string_equal (g_variant_get_string (job->reply, NULL), checksum);
    }
    for (int i = 0; i < 5; i++)
        g_bytes_unref (files[i]);
}

/* -- signals -- */

static volatile int interrupted;
static volatile int victim;

static void
on_alarm (int number)
{
    (void)number;
    if (victim > 0)
        kill (victim, SIGKILL);
    else
        interrupted = 1;
}

static void
ring_in_ms (int ms)
{
    struct sigaction action = { .sa_handler = on_alarm };
    sigaction (SIGALRM, &action, NULL);
    struct itimerval timer = { .it_value = { ms / 1000, ms % 1000 * 1000 } };
    setitimer (ITIMER_REAL, &timer, NULL);
}

static void
test_killed_worker (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (1);
    kh_job *job = run_one (workers, "pid", 10);
    victim = g_variant_get_int32 (job->reply);
    job_free (job);

    ring_in_ms (100); /* in the middle of its work: another does it */
    job = run_one (workers, "nap", 10);
    assert_int_not_equal (g_variant_get_int32 (job->reply), victim);
    assert_int_equal (job->n_killed, 1);
    job_free (job);

    job = run_one (workers, "be-killed", 10); /* again and again: that ends */
    assert_int_equal (job->error->code, KH_ERROR_INPUT);
    assert_non_null (strstr (job->error->message, "signal 9, SIGKILL"));
    assert_int_equal (job->n_killed, KH_LIMIT_TRIES);
    job_free (job);

    job = run_one (workers, "pid", 10); /* at rest: nobody notices */
    kill (g_variant_get_int32 (job->reply), SIGKILL);
    job_free (job);
    g_usleep (20000);
    assert_echo (workers);
    victim = 0;
}

/* The number of workers that did any of some jobs; all of them have ended well. */
static guint
count_workers (kh_workers *workers, guint n_jobs)
{
    g_autoptr (GPtrArray) jobs = jobs_new ();
    g_autoptr (GHashTable) pids = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < n_jobs; i++)
        add_job (jobs, "nap", 10);
    run (workers, jobs);
    for (guint i = 0; i < n_jobs; i++)
        g_hash_table_add (pids, GINT_TO_POINTER (g_variant_get_int32 (((kh_job *)jobs->pdata[i])->reply)));
    return g_hash_table_size (pids);
}

static guint
count_children (void)
{
    g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", getpid (), getpid ()), *children = NULL;
    g_file_get_contents (path, &children, NULL, NULL);
    g_auto (GStrv) pids = g_strsplit (g_strstrip (children), " ", -1);
    return g_strv_length (pids);
}

static void
test_bound (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (4);
    volatile guint most = 2;
    kh_workers_bound (workers, &most);
    assert_int_equal (count_workers (workers, 4), 2);
    most = 9; /* there are no more than 4 */
    assert_int_equal (count_workers (workers, 4), 4);
    most = 0; /* one is always there; those that are idle go */
    assert_int_equal (count_workers (workers, 2), 1);
    assert_int_equal (count_children (), 1);
    kh_workers_bound (workers, NULL);
    assert_int_equal (count_workers (workers, 4), 4);
}

static void
test_interrupted (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (2);
    g_autoptr (GPtrArray) jobs = jobs_new ();
    for (int i = 0; i < 4; i++)
        add_job (jobs, i % 2 ? "sleep" : "spin", 30);
    interrupted = 0;
    ring_in_ms (100);
    gint64 before = g_get_monotonic_time ();
    g_autoptr (GError) error = NULL;
    assert_false (kh_workers_run (workers, jobs, NULL, NULL, &interrupted, &error));
    assert_int_equal (error->code, KH_ERROR_INTERRUPTED);
    assert_true (g_get_monotonic_time () - before < 1 * G_USEC_PER_SEC);
    assert_int_equal (waitpid (-1, NULL, WNOHANG), -1); /* nobody is left, not even a zombie */
    assert_int_equal (errno, ECHILD);
    interrupted = 0;
    assert_echo (workers);
}

/* Ctrl-C goes to the whole process group: a worker takes no notice. */
static void
test_worker_ignores_sigint (void **unused)
{
    (void)unused;
    g_autoptr (kh_workers) workers = workers_new (1);
    kh_job *job = run_one (workers, "pid", 10), *again;
    kill (g_variant_get_int32 (job->reply), SIGINT);
    kill (g_variant_get_int32 (job->reply), SIGTERM);
    g_usleep (20000);
    again = run_one (workers, "pid", 10);
    assert_true (g_variant_equal (job->reply, again->reply));
    job_free (job);
    job_free (again);
}

/* A worker does not outlive its parent, not even one that is busy. */
static void
test_parent_dies (void **unused)
{
    (void)unused;
    int pipes[2];
    assert_int_equal (pipe (pipes), 0);
    pid_t parent = fork ();
    if (parent == 0) {
        kh_workers *workers = workers_new (1);
        kh_job *job = run_one (workers, "pid", 10);
        int pid = g_variant_get_int32 (job->reply);
        if (write (pipes[1], &pid, sizeof pid) < 0)
            _exit (1);
        run_one (workers, "sleep", 30);
        _exit (0);
    }
    int worker = 0;
    assert_int_equal (read (pipes[0], &worker, sizeof worker), sizeof worker);
    kill (parent, SIGKILL);
    waitpid (parent, NULL, 0);
    gboolean gone = FALSE;
    for (int i = 0; i < 100 && !gone; i++) {
        g_usleep (20000);
        g_autofree char *path = g_strdup_printf ("/proc/%d/stat", worker), *stat = NULL;
        /* it may stay a zombie where nobody reaps orphans */
        gone = !g_file_get_contents (path, &stat, NULL, NULL) || strstr (stat, ") Z ") != NULL;
    }
    assert_true (gone);
    close (pipes[0]);
    close (pipes[1]);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_state),         cmocka_unit_test (test_files),       cmocka_unit_test (test_files_mixed),
        cmocka_unit_test (test_many_jobs),     cmocka_unit_test (test_bad_workers), cmocka_unit_test (test_silence),
        cmocka_unit_test (test_killed_worker), cmocka_unit_test (test_bound),       cmocka_unit_test (test_interrupted), cmocka_unit_test (test_worker_ignores_sigint),
        cmocka_unit_test (test_parent_dies),   cmocka_unit_test (test_sandbox),     cmocka_unit_test (test_sandbox_leaves),
        cmocka_unit_test (test_poor_systems),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
