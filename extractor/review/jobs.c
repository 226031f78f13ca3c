/* jobs.c - documents that are being read while the server serves: batch/readers does it, in other processes.
 *
 *   upload ── written beside the store ─┐
 *   FILE ───────────────────────────────┴─> store: files, queue ─> claim ─> reader ─> answer ─> finish or fail
 *
 * Only what was given to this server is claimed, not what a batch left in the queue.
 */
#include "review/parts.h"

#include "base/intl.h"
#include "base/limits.h"
#include "batch/readers.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEASE_SECONDS 60.0
#define RENEW_MICROSECONDS (20 * G_USEC_PER_SEC)
#define KEPT_JOBS 200 /* that have ended, in the list */

typedef enum job_state { JOB_WAITING, JOB_READING, JOB_DONE, JOB_FAILED } job_state;
static const char *const STATES[] = { "waiting", "reading", "done", "failed" };

typedef struct job {
    guint64 id;
    char *name;   /* UTF-8 */
    char *sha256, *path, *cause;
    job_state state;
    guint pages_done, pages;
} job;

struct kh_jobs {
    kh_review *review;
    kh_readers *readers; /* made when the first document comes */
    GPtrArray *all;      /* job *, oldest first */
    GHashTable *digests; /* what this server may claim */
    guint64 last_id;
    gint64 renewed;
    char *owner;
};

static void
free_job (gpointer data)
{
    job *j = data;
    g_free (j->name);
    g_free (j->sha256);
    g_free (j->path);
    g_free (j->cause);
    g_free (j);
}

kh_jobs *
kh_jobs_new (kh_review *review)
{
    kh_jobs *jobs = g_new0 (kh_jobs, 1);
    jobs->review = review;
    jobs->all = g_ptr_array_new_with_free_func (free_job);
    jobs->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    jobs->owner = kh_store_this_owner ();
    return jobs;
}

void
kh_jobs_free (kh_jobs *jobs)
{
    if (jobs == NULL)
        return;
    kh_readers_free (jobs->readers);
    if (jobs->readers != NULL)
        kh_store_release (jobs->review->store, NULL);
    g_ptr_array_unref (jobs->all);
    g_hash_table_unref (jobs->digests);
    g_free (jobs->owner);
    g_free (jobs);
}

/* ---- coming in ---- */

/* Is there a record of it already? */
static gboolean
is_read (kh_jobs *jobs, const char *sha256)
{
    g_autoptr (kh_store_rows) rows = kh_store_query (
        jobs->review->store, "SELECT version FROM documents WHERE sha256 = ? AND version IS NOT NULL", (const char *[]){ sha256 }, 1, NULL);
    return rows != NULL && kh_store_rows_next (rows, NULL);
}

/* Notes the file in the store, and that this server reads it. */
static gboolean
add (kh_jobs *jobs, const char *name, const char *path, const char *sha256, const struct stat *st, GError **error)
{
    kh_store *store = jobs->review->store;
    kh_store_file file = { .path = path,
                           .bytes = (guint64)st->st_size,
                           .modified = (gint64)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
                           .sha256 = sha256 };
    g_autoptr (GPtrArray) files = g_ptr_array_new ();
    g_ptr_array_add (files, &file);
    if (!kh_store_add_files (store, files, error))
        return FALSE;
    job *j = g_new0 (job, 1);
    *j = (job){ .id = ++jobs->last_id, .name = g_strdup (name), .sha256 = g_strdup (sha256), .path = g_strdup (path) };
    g_ptr_array_add (jobs->all, j);
    if (is_read (jobs, sha256)) {
        j->state = JOB_DONE;
        return TRUE;
    }
    g_hash_table_add (jobs->digests, g_strdup (sha256));
    kh_store_set_owner (store, jobs->owner, LEASE_SECONDS, jobs->digests);
    return kh_store_retry (store, error) >= 0; /* what failed before is tried again when a person asks for it */
}

gboolean
kh_jobs_add_file (kh_jobs *jobs, const char *path, GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename (path, NULL), *base = g_path_get_basename (path), *name = g_utf8_make_valid (base, -1);
    g_autoptr (GError) why = NULL;
    struct stat st;
    char *data;
    gsize length;
    if (stat (absolute, &st) != 0 || !g_file_get_contents (absolute, &data, &length, &why)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': %s"), path, g_strerror (S_ISDIR (st.st_mode) ? EISDIR : errno));
        return FALSE;
    }
    g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
    g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    return add (jobs, name, absolute, digest, &st, error);
}

/* Where uploads are kept: "STORE.files/SHA256/NAME" beside a store that is a file, else with the user's data. The caller frees. */
static char *
upload_folder (const kh_review *review)
{
    const char *name = review->store_name;
    gboolean is_server = g_str_has_prefix (name, "postgres");
    g_autofree char *path = g_canonicalize_filename (g_str_has_prefix (name, "sqlite:") ? name + strlen ("sqlite:") : name, NULL);
    return is_server ? g_build_filename (g_get_user_data_dir (), "kehoach", "files", NULL) : g_strconcat (path, ".files", NULL);
}

#define NAME_BYTES 200 /* file systems take 255 */

/* The name that was sent as one that a file may have. The caller frees. */
static char *
file_name (const char *sent)
{
    g_autofree char *base = g_path_get_basename (sent), *valid = g_utf8_make_valid (base, -1);
    if (*valid == '.' || *valid == '/' || *sent == '\0')
        return g_strdup ("document");
    gsize n = strlen (valid);
    if (n <= NAME_BYTES)
        return g_steal_pointer (&valid);
    const char *end = g_utf8_find_prev_char (valid, valid + NAME_BYTES + 1);
    return g_strndup (valid, (gsize)(end - valid));
}

void
kh_jobs_resume (kh_jobs *jobs)
{
    g_autofree char *folder = upload_folder (jobs->review);
    g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
    {
        g_autoptr (kh_store_rows) rows = kh_store_query (
            jobs->review->store, "SELECT f.path FROM files f JOIN documents d ON d.sha256 = f.sha256 WHERE d.state IN ('queued', 'reading') ORDER BY f.path",
            NULL, 0, NULL);
        while (rows != NULL && kh_store_rows_next (rows, NULL))
            if (g_str_has_prefix (kh_store_rows_text (rows, 0), folder))
                g_ptr_array_add (paths, kh_store_path (kh_store_rows_text (rows, 0)));
    }
    for (guint i = 0; i < paths->len; i++)
        kh_jobs_add_file (jobs, paths->pdata[i], NULL); /* one that is gone is not read */
}

kh_reply
kh_jobs_upload (kh_jobs *jobs, const char *name, GBytes *content)
{
    GError *error = NULL;
    g_autofree char *shown = file_name (name);
    g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
    g_autofree char *folder = upload_folder (jobs->review);
    guint waiting = 0;
    for (guint i = 0; i < jobs->all->len; i++)
        waiting += ((const job *)jobs->all->pdata[i])->state == JOB_WAITING;
    if (waiting >= KH_LIMIT_WAITING || g_bytes_get_size (content) == 0) {
        return waiting >= KH_LIMIT_WAITING ? kh_reply_error (429, _ ("%u documents wait to be read, that is the limit"), waiting)
                           : kh_reply_error (400, "%s", _ ("the file is empty"));
    }
    g_autofree char *own = g_build_filename (folder, digest, NULL), *path = g_build_filename (own, shown, NULL);
    struct stat st;
    if (g_mkdir_with_parents (own, 0700) != 0 || !g_file_set_contents_full (path, g_bytes_get_data (content, NULL), (gssize)g_bytes_get_size (content),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error) ||
        stat (path, &st) != 0 || !add (jobs, shown, path, digest, &st, &error))
        return error != NULL ? kh_reply_fault (error) : kh_reply_error (500, "%s", g_strerror (errno));
    const job *j = jobs->all->pdata[jobs->all->len - 1];
    return kh_reply_json (202, json_pack ("{s:I, s:s}", "job", (json_int_t)j->id, "sha256", digest));
}

kh_reply
kh_jobs_list (const kh_jobs *jobs)
{
    json_t *list = json_array ();
    for (guint i = 0; i < jobs->all->len; i++) {
        const job *j = jobs->all->pdata[i];
        json_array_append_new (list, json_pack ("{s:I, s:s, s:s, s:i, s:i, s:s, s:s?}", "id", (json_int_t)j->id, "name", j->name, "state",
                                                STATES[j->state], "pages_done", (int)j->pages_done, "pages", (int)j->pages, "sha256", j->sha256,
                                                "cause", j->cause));
    }
    return kh_reply_json (200, json_pack ("{s:o}", "jobs", list));
}

/* ---- reading ---- */

static job *
job_of (const kh_jobs *jobs, const char *sha256, job_state state)
{
    for (guint i = 0; i < jobs->all->len; i++) {
        job *j = jobs->all->pdata[i];
        if (j->state == state && strcmp (j->sha256, sha256) == 0)
            return j;
    }
    return NULL;
}

/* All jobs of a document end alike: it may have been sent twice. */
static void
end_jobs (kh_jobs *jobs, const char *sha256, job_state state, const char *cause)
{
    for (guint i = 0; i < jobs->all->len; i++) {
        job *j = jobs->all->pdata[i];
        if (j->state >= JOB_DONE || strcmp (j->sha256, sha256) != 0)
            continue;
        j->state = state;
        j->cause = g_strdup (cause);
        j->pages_done = j->pages;
    }
    g_hash_table_remove (jobs->digests, sha256);
    for (guint i = 0; jobs->all->len > KEPT_JOBS && i < jobs->all->len; i++)
        if (((const job *)jobs->all->pdata[i])->state >= JOB_DONE)
            g_ptr_array_remove_index (jobs->all, i--);
}

static gboolean
take_in (kh_jobs *jobs, const kh_answer *answer, GError **error)
{
    kh_store *store = jobs->review->store;
    if (answer->record == NULL) {
        gboolean good = kh_store_fail (store, answer->sha256, answer->code, answer->cause, error);
        end_jobs (jobs, answer->sha256, JOB_FAILED, answer->cause);
        return good;
    }
    gsize length;
    const char *record = g_variant_get_string (answer->record, &length);
    if (!kh_store_finish (store, answer->sha256, record, length, error))
        return FALSE;
    end_jobs (jobs, answer->sha256, JOB_DONE, NULL);
    return TRUE;
}

static gboolean
is_waiting (const kh_jobs *jobs)
{
    for (guint i = 0; i < jobs->all->len; i++)
        if (((const job *)jobs->all->pdata[i])->state == JOB_WAITING)
            return TRUE;
    return FALSE;
}

static void
give_out (kh_jobs *jobs, GError **error)
{
    while (is_waiting (jobs) && kh_readers_has_room (jobs->readers, error)) {
        g_autoptr (kh_store_claim) claim = kh_store_claim_next (jobs->review->store, error);
        if (claim == NULL)
            return; /* another process has it: its record will be there */
        job *j = job_of (jobs, claim->sha256, JOB_WAITING);
        for (job *k = j; k != NULL; k = job_of (jobs, claim->sha256, JOB_WAITING))
            k->state = JOB_READING;
        const char *paths[] = { j != NULL ? j->path : claim->path, NULL };
        kh_readers_give (jobs->readers, claim->sha256, j != NULL ? j->name : claim->path, paths);
    }
}

/* What another process read of what waits here. */
static void
look_for_others (kh_jobs *jobs)
{
    for (guint i = 0; i < jobs->all->len; i++) {
        const job *j = jobs->all->pdata[i];
        if (j->state == JOB_WAITING && is_read (jobs, j->sha256)) {
            g_autofree char *sha256 = g_strdup (j->sha256);
            end_jobs (jobs, sha256, JOB_DONE, NULL);
        }
    }
}

static void
free_answer (gpointer answer)
{
    kh_answer_free (answer);
}

static void
step (kh_jobs *jobs, GError **error)
{
    g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (free_answer);
    gint64 now = g_get_monotonic_time ();
    if (jobs->readers == NULL) {
        static const kh_read_options options = { 0 };
        jobs->readers = kh_readers_new (g_get_num_processors (), &options, 0);
    }
    give_out (jobs, error);
    kh_readers_spread (jobs->readers);
    kh_readers_wait (jobs->readers, 0, answers);
    for (guint i = 0; i < answers->len; i++)
        if (!take_in (jobs, answers->pdata[i], *error == NULL ? error : NULL)) {
            const kh_answer *answer = answers->pdata[i];
            end_jobs (jobs, answer->sha256, JOB_FAILED, *error != NULL ? (*error)->message : "?");
        }
    if (now - jobs->renewed > RENEW_MICROSECONDS) {
        jobs->renewed = now;
        kh_store_renew (jobs->review->store, *error == NULL ? error : NULL);
        look_for_others (jobs);
    }
    for (guint i = 0; i < jobs->all->len; i++) {
        job *j = jobs->all->pdata[i];
        if (j->state == JOB_READING)
            kh_readers_progress (jobs->readers, j->sha256, &j->pages_done, &j->pages);
    }
}

gboolean
kh_jobs_step (kh_jobs *jobs)
{
    g_autoptr (GError) error = NULL;
    gboolean is_busy = FALSE;
    for (guint i = 0; i < jobs->all->len; i++)
        is_busy = is_busy || ((const job *)jobs->all->pdata[i])->state < JOB_DONE;
    if (!is_busy)
        return FALSE;
    step (jobs, &error);
    for (guint i = 0; error != NULL && i < jobs->all->len; i++) { /* what cannot be given out has failed, and says why */
        job *j = jobs->all->pdata[i];
        if (j->state == JOB_WAITING) {
            j->state = JOB_FAILED;
            j->cause = g_strdup (error->message);
        }
    }
    return TRUE;
}
