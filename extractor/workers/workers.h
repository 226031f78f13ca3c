/* workers.h - work is done in processes that can be lost.
 *
 *   parent ──(file as memfd, request)──> worker 1..N   forked, sandboxed, one document open, engine warm
 *          <──(reply or error)─────────
 *
 * A worker that crashes, is killed, runs past its time or answers nonsense costs the one job it
 * was on; it is replaced and the others go on. A job's reply never depends on which worker did it
 * nor on what that worker did before. The parent stays single-threaded and never parses input.
 *
 * The sandbox (workers/sandbox.h): seccomp leaves no network, no exec, no opening of files for writing;
 * Landlock, where the kernel has it, leaves reading only below the folders given; setrlimit bounds memory.
 */
#ifndef KH_WORKERS_WORKERS_H
#define KH_WORKERS_WORKERS_H

#include <glib.h>

/* What runs inside a worker. `state` is what `start` returned; it is kept between jobs. */
typedef struct kh_worker_calls {
    gpointer (*start) (gpointer user_data);                /* after fork, before the sandbox closes */
    /* One job: the document's bytes (the same GBytes object as long as the file is the same) and its request. Returns a reply
     * (floating or full reference, taken), or NULL with error: code of kh_error_code, message for a person. */
    GVariant *(*run) (gpointer state, GBytes *file, GVariant *request, GError **error);
} kh_worker_calls;

typedef struct kh_worker_limits {
    guint64 memory_bytes;
    const char *const *readable; /* NULL-ended folders and files a worker may read (fonts, models) */
} kh_worker_limits;

typedef struct kh_workers kh_workers;

/* Prepares for `n` workers; each is forked when first needed. Never fails. The caller frees, which ends the workers. */
kh_workers *kh_workers_new (guint n, const kh_worker_calls *calls, gpointer user_data, kh_worker_limits limits);
void kh_workers_free (kh_workers *workers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_workers, kh_workers_free)

typedef struct kh_job {
    /* in */
    GBytes *file;            /* borrowed; the same pointer for jobs on one file */
    GVariant *request;       /* borrowed */
    double seconds;          /* time limit; 0: KH_LIMIT_PAGE_SECONDS */
    gpointer user_data;
    /* out */
    GVariant *reply;         /* in normal form, checked; NULL when it failed; unref by the caller */
    const GVariantType *reply_type;/* in: what a reply must look like; else it counts as nonsense */
    GError *error;           /* why: the worker's own error, or KH_ERROR_INPUT "worker crashed (signal 11)",
                                KH_ERROR_LIMIT "no answer within 60 s"; freed by the caller */
    guint n_killed;          /* how many workers were killed over it, from outside (SIGKILL): it is tried again, up to KH_LIMIT_TRIES */
} kh_job;

/* At most so many of the workers are at work at a time: *most is looked at whenever a job is given out, so that others may change it
 * while jobs run. Those above it that are idle when a run begins are ended. NULL: all. */
void kh_workers_bound (kh_workers *workers, const volatile guint *most);

/* Runs all jobs (kh_job *), at most n at once, in order of the array; `done` (may be NULL) is called in the parent as each
 * ends, in any order. Returns FALSE with KH_ERROR_INTERRUPTED when `*interrupted` becomes non-zero (a signal handler sets it;
 * workers are killed within 0.2 s; a job that had not ended has neither reply nor error), else TRUE, also when jobs failed. */
gboolean kh_workers_run (kh_workers *workers, GPtrArray *jobs, void (*done) (kh_job *job, gpointer user_data), gpointer user_data,
                         const volatile int *interrupted, GError **error);

#endif
