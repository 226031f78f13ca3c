/* The parent's side. One turn of the loop:
 *
 *   1. give the next jobs to free workers; fork where there is none yet
 *   2. poll all sockets until something moves, at most 200 ms (then `*interrupted` is looked at)
 *   3. push requests, pull answers; a closed socket is a dead worker: reap it, its job failed
 *   4. kill whoever is past its deadline
 *
 * A worker that has failed in any way is killed and its place left empty; the next job there forks a new one.
 */
#include "workers/workers.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "workers/wire.h"
#include "workers/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define POLL_MS 200
#define MESSAGE_BYTES 4096 /* of an error a worker reports */

typedef struct worker {
    pid_t pid; /* 0: none yet */
    int socket;
    GBytes *file; /* the document it has open; a reference, so that the pointer stays its own */
    guint64 number;
    kh_job *job; /* NULL: free */
    gint64 deadline;
    kh_outbox out;
    kh_inbox in;
} worker;

struct kh_workers {
    guint n;
    worker *each;
    kh_worker_calls calls;
    gpointer user_data;
    kh_worker_limits limits;
    char **readable;
    GBytes *file; /* the document last sealed into `memory` */
    int memory;
    const volatile guint *most; /* NULL: all n */
};

kh_workers *
kh_workers_new (guint n, const kh_worker_calls *calls, gpointer user_data, kh_worker_limits limits)
{
    kh_workers *workers = g_new0 (kh_workers, 1);
    workers->n = CLAMP (n, 1, KH_LIMIT_JOBS);
    workers->each = g_new0 (worker, workers->n);
    workers->calls = *calls;
    workers->user_data = user_data;
    workers->readable = g_strdupv ((char **)limits.readable);
    workers->limits = limits;
    workers->limits.readable = (const char *const *)workers->readable;
    workers->memory = -1;
    for (guint i = 0; i < workers->n; i++)
        workers->each[i].out.bytes = g_byte_array_new ();
    return workers;
}

/* Ends the process and forgets all about it but its job. Returns how it ended (waitpid's status). */
static int
bury (worker *w, struct rusage *usage)
{
    int status = 0;
    close (w->socket);
    kill (w->pid, SIGKILL); /* no harm done where it is dead already: its status stands */
    while (wait4 (w->pid, &status, 0, usage) < 0 && errno == EINTR)
        ;
    w->pid = 0;
    g_clear_pointer (&w->file, g_bytes_unref);
    g_byte_array_set_size (w->out.bytes, 0);
    kh_inbox_clear (&w->in);
    return status;
}

void
kh_workers_free (kh_workers *workers)
{
    if (workers == NULL)
        return;
    for (guint i = 0; i < workers->n; i++) {
        struct rusage usage;
        if (workers->each[i].pid > 0)
            bury (&workers->each[i], &usage);
        g_byte_array_unref (workers->each[i].out.bytes);
    }
    if (workers->memory >= 0)
        close (workers->memory);
    g_clear_pointer (&workers->file, g_bytes_unref);
    g_strfreev (workers->readable);
    g_free (workers->each);
    g_free (workers);
}

void
kh_workers_bound (kh_workers *workers, const volatile guint *most)
{
    workers->most = most;
}

/* How many may be at work now. */
static guint
bound (const kh_workers *workers)
{
    return workers->most == NULL ? workers->n : CLAMP (*workers->most, 1, workers->n);
}

/* A message for errno in words of this module. */
static void
set_system_error (GError **error, const char *what)
{
    int code = errno;
    g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "%s: %s", what, g_strerror (code));
}

static gboolean
give_birth (kh_workers *workers, worker *w, GError **error)
{
    int pair[2];
    if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        set_system_error (error, _ ("cannot start a worker"));
        return FALSE;
    }
    pid_t parent = getpid ();
    pid_t pid = fork ();
    if (pid == 0)
        kh_worker_live (pair[1], parent, &workers->calls, workers->user_data, &workers->limits);
    close (pair[1]);
    if (pid < 0) {
        set_system_error (error, _ ("cannot start a worker"));
        close (pair[0]);
        return FALSE;
    }
    w->pid = pid;
    w->socket = pair[0];
    return TRUE;
}

/* The document as a memfd that nobody can change any more; the last one is kept. -1 with error. */
static int
seal_file (kh_workers *workers, GBytes *file, GError **error)
{
    if (workers->memory >= 0 && workers->file == file)
        return workers->memory;
    int memory = memfd_create ("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    gsize size;
    const char *data = g_bytes_get_data (file, &size);
    for (gsize written = 0; memory >= 0 && written < size;) {
        ssize_t n = write (memory, data + written, size - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close (memory);
            memory = -1;
        } else
            written += n;
    }
    if (memory < 0) {
        set_system_error (error, _ ("cannot hand the document to a worker"));
        return -1;
    }
    fcntl (memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    if (workers->memory >= 0)
        close (workers->memory);
    g_clear_pointer (&workers->file, g_bytes_unref);
    workers->memory = memory;
    workers->file = g_bytes_ref (file);
    return memory;
}

/* A free worker has nothing to say: if it can be read, it is dead or mad. */
static gboolean
is_sound (worker *w)
{
    char byte;
    return recv (w->socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && (errno == EAGAIN || errno == EINTR);
}

/* A process for the free place, if there is none in good health. */
static gboolean
revive (kh_workers *workers, worker *w, GError **error)
{
    struct rusage usage;
    if (w->pid > 0 && !is_sound (w))
        bury (w, &usage);
    return w->pid > 0 || give_birth (workers, w, error);
}

/* Puts the job into a live worker's hands. FALSE when that cannot be done; then job->error says why. */
static gboolean
assign (kh_workers *workers, worker *w, kh_job *job)
{
    g_byte_array_set_size (w->out.bytes, 0);
    w->out.sent = 0;
    w->out.passed = -1;
    w->number++;
    if (w->file != job->file) {
        if (job->file != NULL && (w->out.passed = seal_file (workers, job->file, &job->error)) < 0)
            return FALSE;
        kh_frame_append (w->out.bytes, KH_FRAME_FILE, w->number, NULL);
        g_clear_pointer (&w->file, g_bytes_unref);
        w->file = job->file != NULL ? g_bytes_ref (job->file) : NULL;
    }
    kh_frame_append (w->out.bytes, KH_FRAME_JOB, w->number, g_variant_new_variant (job->request));
    if (w->out.passed >= 0) /* the document may change hands before this one is sent */
        kh_outbox_push (&w->out, w->socket);

    double seconds = job->seconds > 0 ? job->seconds : KH_LIMIT_PAGE_SECONDS;
    w->deadline = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
    w->job = job;
    return TRUE;
}

static gboolean
met_memory_limit (const kh_workers *workers, const struct rusage *usage)
{
    guint64 used = (guint64)usage->ru_maxrss * 1024, ceiling = workers->limits.memory_bytes;
    return ceiling > 0 && used > ceiling / 4 * 3;
}

/* The worker has ended by itself: says how. */
static void
tell_death (const kh_workers *workers, kh_job *job, int status, const struct rusage *usage)
{
    guint64 ceiling = workers->limits.memory_bytes;
    if (met_memory_limit (workers, usage))
        g_set_error (&job->error, KH_ERROR, KH_ERROR_LIMIT, _ ("worker ended at its memory limit of %u MiB"),
                     (guint)(ceiling >> 20));
    else if (WIFSIGNALED (status))
        g_set_error (&job->error, KH_ERROR, KH_ERROR_INPUT, _ ("worker crashed (signal %d, SIG%s)"), WTERMSIG (status),
                     sigabbrev_np (WTERMSIG (status)) != NULL ? sigabbrev_np (WTERMSIG (status)) : "?");
    else
        g_set_error (&job->error, KH_ERROR, KH_ERROR_INPUT, _ ("worker ended by itself (status %d)"), WEXITSTATUS (status));
}

/* The variant in a body, of the type asked for and in normal form (so its strings are UTF-8); NULL: nonsense. */
static GVariant *
open_body (GBytes *body, const GVariantType *type)
{
    g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (type, body, FALSE));
    return g_variant_is_normal_form (whole) ? g_steal_pointer (&whole) : NULL;
}

/* A whole frame has come in: is it the answer to the job? */
static gboolean
take_answer (worker *w, kh_job *job)
{
    kh_frame frame = w->in.frame;
    g_autoptr (GBytes) body = kh_inbox_take (&w->in);
    if (frame.number != w->number)
        return FALSE;
    if (frame.kind == KH_FRAME_REPLY) {
        g_autoptr (GVariant) envelope = open_body (body, G_VARIANT_TYPE_VARIANT);
        g_autoptr (GVariant) reply = envelope != NULL ? g_variant_get_variant (envelope) : NULL;
        if (reply == NULL || (job->reply_type != NULL && !g_variant_is_of_type (reply, job->reply_type)))
            return FALSE;
        job->reply = g_steal_pointer (&reply);
        return TRUE;
    }
    if (frame.kind == KH_FRAME_ERROR) {
        g_autoptr (GVariant) told = open_body (body, G_VARIANT_TYPE ("(is)"));
        if (told == NULL)
            return FALSE;
        int code;
        const char *message;
        g_variant_get (told, "(i&s)", &code, &message);
        gboolean known = code == KH_ERROR_INPUT || code == KH_ERROR_LIMIT || code == KH_ERROR_MODEL;
        g_autofree char *cut = g_strndup (message, MESSAGE_BYTES);
        g_autofree char *valid = g_utf8_make_valid (cut, -1);
        job->error = g_error_new_literal (KH_ERROR, known ? code : KH_ERROR_INPUT, valid);
        return TRUE;
    }
    return FALSE;
}

/* Nothing that a worker reads makes it send itself SIGKILL: somebody else did, and the job is not to blame. TRUE when another worker has it. */
static gboolean
try_again (kh_workers *workers, worker *w, int status, const struct rusage *usage)
{
    kh_job *job = w->job;
    if (!WIFSIGNALED (status) || WTERMSIG (status) != SIGKILL || met_memory_limit (workers, usage) || ++job->n_killed >= KH_LIMIT_TRIES)
        return FALSE;
    if (revive (workers, w, &job->error) && assign (workers, w, job))
        return TRUE;
    g_clear_error (&job->error);
    return FALSE;
}

/* Something moved on the worker's socket. TRUE when its job has ended. */
static gboolean
attend (kh_workers *workers, worker *w, short events)
{
    kh_job *job = w->job;
    struct rusage usage;
    if ((events & POLLOUT) && kh_outbox_push (&w->out, w->socket) == KH_WIRE_GONE)
        events |= POLLIN; /* it may have left an answer; if not, pulling says so */
    if (!(events & (POLLIN | POLLHUP | POLLERR)))
        return FALSE;
    switch (kh_inbox_pull (&w->in, w->socket)) {
    case KH_WIRE_MORE:
        return FALSE;
    case KH_WIRE_DONE:
        if (take_answer (w, job))
            return TRUE;
        break;
    case KH_WIRE_TOO_LONG:
        g_set_error (&job->error, KH_ERROR, KH_ERROR_LIMIT, _ ("the answer is longer than %u MiB"), KH_LIMIT_REPLY_BYTES >> 20);
        bury (w, &usage);
        return TRUE;
    case KH_WIRE_GONE: {
        int status = bury (w, &usage);
        if (try_again (workers, w, status, &usage))
            return FALSE;
        tell_death (workers, job, status, &usage);
        return TRUE;
    }
    case KH_WIRE_NONSENSE:
        break;
    }
    g_set_error_literal (&job->error, KH_ERROR, KH_ERROR_INPUT, _ ("worker answered nonsense"));
    bury (w, &usage);
    return TRUE;
}

/* Past its deadline: no answer will be waited for. */
static void
expire (worker *w)
{
    struct rusage usage;
    kh_job *job = w->job;
    double seconds = job->seconds > 0 ? job->seconds : KH_LIMIT_PAGE_SECONDS;
    bury (w, &usage);
    g_set_error (&job->error, KH_ERROR, KH_ERROR_LIMIT, _ ("no answer within %g s"), seconds);
}

/* Step 1 of a turn. Where the system gives no more processes, those at work go on with the rest; a job that cannot be
 * given to anyone ends here. Returns the number of workers at work. */
static guint
distribute (kh_workers *workers, GPtrArray *jobs, guint *next, void (*done) (kh_job *, gpointer), gpointer user_data)
{
    guint n_busy = 0;
    for (guint i = 0; i < workers->n; i++)
        n_busy += workers->each[i].job != NULL;
    for (guint i = 0; i < workers->n; i++) {
        worker *w = &workers->each[i];
        while (w->job == NULL && *next < jobs->len && n_busy < bound (workers)) {
            kh_job *job = jobs->pdata[*next];
            if (!revive (workers, w, &job->error) && n_busy > 0) {
                g_clear_error (&job->error);
                return n_busy;
            }
            (*next)++;
            if (job->error == NULL && assign (workers, w, job))
                n_busy++;
            else if (done != NULL)
                done (job, user_data);
        }
    }
    return n_busy;
}

/* Step 2. Waits for a movement, a deadline or POLL_MS; fills in the movements of each worker. Returns the time. */
static gint64
wait_for_movement (kh_workers *workers, short *moved)
{
    struct pollfd polled[KH_LIMIT_JOBS];
    gint64 before = g_get_monotonic_time (), first = before + POLL_MS * 1000;
    for (guint i = 0; i < workers->n; i++) {
        const worker *w = &workers->each[i];
        gboolean has_more = w->job != NULL && w->out.sent < w->out.bytes->len;
        polled[i] = (struct pollfd){ w->job != NULL ? w->socket : -1, POLLIN | (has_more ? POLLOUT : 0), 0 };
        if (w->job != NULL)
            first = MIN (first, w->deadline);
    }
    int n = poll (polled, workers->n, MAX (0, (first - before + 999) / 1000));
    for (guint i = 0; i < workers->n; i++)
        moved[i] = n > 0 ? polled[i].revents : 0;

    /* Stopped (Ctrl-Z) or starved for long: that time is not the workers' own. */
    gint64 now = g_get_monotonic_time (), late = now - before - 5 * POLL_MS * 1000;
    for (guint i = 0; i < workers->n && late > 0; i++)
        workers->each[i].deadline += late;
    return now;
}

gboolean
kh_workers_run (kh_workers *workers, GPtrArray *jobs, void (*done) (kh_job *job, gpointer user_data), gpointer user_data,
                const volatile int *interrupted, GError **error)
{
    guint next = 0;
    gboolean stopped;
    for (guint i = bound (workers); i < workers->n; i++) {
        struct rusage usage;
        if (workers->each[i].pid > 0)
            bury (&workers->each[i], &usage);
    }
    while (!(stopped = interrupted != NULL && *interrupted != 0) && distribute (workers, jobs, &next, done, user_data) > 0) {
        short moved[KH_LIMIT_JOBS];
        gint64 now = wait_for_movement (workers, moved);
        for (guint i = 0; i < workers->n; i++) {
            worker *w = &workers->each[i];
            kh_job *job = w->job;
            if (job == NULL)
                continue;
            gboolean ended = moved[i] != 0 && attend (workers, w, moved[i]);
            if (!ended && now >= w->deadline) {
                expire (w);
                ended = TRUE;
            }
            if (ended) {
                w->job = NULL;
                if (done != NULL)
                    done (job, user_data);
            }
        }
    }
    if (!stopped)
        return TRUE;
    for (guint i = 0; i < workers->n; i++) {
        struct rusage usage;
        if (workers->each[i].pid > 0)
            bury (&workers->each[i], &usage);
        workers->each[i].job = NULL;
    }
    g_set_error_literal (error, KH_ERROR, KH_ERROR_INTERRUPTED, _ ("interrupted"));
    return FALSE;
}
