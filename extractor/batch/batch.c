/* One turn of the loop:
 *
 *   1. as long as a reader is free: claim a document, hand it over; divide the processors among the documents at work
 *   2. wait for answers, at most TICK_MS
 *   3. next documents first, then the answers into the store: readers do not wait for the disk
 *   4. by the clock: leases renewed, what others did looked at, progress told
 *
 * It ends when there is nothing to claim, nobody reads, and no one else holds a document of this batch.
 */
#include "batch/batch.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "batch/digests.h"
#include "batch/files.h"
#include "batch/outcomes.h"
#include "batch/readers.h"
#include "store/store.h"

#include <string.h>

#define TICK_MS 200
#define RENEW_SECONDS (KH_BATCH_LEASE_SECONDS / 3)
#define LOOK_SECONDS 10.0   /* between two looks at what others did */
#define ASK_SECONDS 1.0     /* between two tries to claim, while others hold what is left */
#define MOST_HASHERS 16u
#define MOST_PATHS 16u      /* of one document that are given to a reader */

struct kh_batch {
    const kh_batch_options *options;
    kh_store *store;
    GPtrArray *files;      /* kh_batch_file *, sorted by path */
    GHashTable *documents; /* sha256 -> GPtrArray of files (borrowed), sorted by path */
    kh_readers *readers;
    guint n_jobs, read_now;
    guint64 pages_now, bytes_waiting, bytes_at_start;
    guint waiting, failed;
    gint64 started, ended, renewed, looked, asked; /* monotonic; 0: not yet */
};

/* ---- before reading ---- */

/* The files of a store that is a file are none of the archive. NULL-ended. */
static char **
own_files (const kh_batch_options *options)
{
    GPtrArray *own = g_ptr_array_new ();
    if (strstr (options->store, "://") == NULL) {
        const char *path = g_str_has_prefix (options->store, "sqlite:") ? options->store + strlen ("sqlite:") : options->store;
        g_ptr_array_add (own, g_canonicalize_filename (path, NULL));
    }
    if (options->report != NULL && strcmp (options->report, "-") != 0)
        g_ptr_array_add (own, g_canonicalize_filename (options->report, NULL));
    g_ptr_array_add (own, NULL);
    return (char **)g_ptr_array_free (own, FALSE);
}

static void
tell_hashing (guint64 bytes_done, gpointer user_data)
{
    kh_batch *batch = user_data;
    kh_batch_progress progress = { .is_preparing = TRUE, .bytes_done = bytes_done, .bytes = batch->bytes_waiting, .seconds_left = -1 };
    if (batch->options->progress != NULL)
        batch->options->progress (&progress, batch->options->user_data);
}

/* Each file gets its digest: the one noted when it has not changed since, else computed. */
static gboolean
find_digests (kh_batch *batch, GError **error)
{
    batch->bytes_waiting = 0;
    for (guint i = 0; i < batch->files->len; i++) {
        kh_batch_file *file = batch->files->pdata[i];
        kh_store_file asked = { file->path, file->bytes, file->modified, NULL, NULL };
        if (file->cause == NULL)
            file->sha256 = kh_store_known_digest (batch->store, &asked);
        if (file->cause == NULL && file->sha256 == NULL)
            batch->bytes_waiting += file->bytes;
    }
    if (kh_digests_compute (batch->files, MIN (batch->n_jobs, MOST_HASHERS), batch->options->interrupted, tell_hashing, batch))
        return TRUE;
    g_set_error_literal (error, KH_ERROR, KH_ERROR_INTERRUPTED, _("interrupted"));
    return FALSE;
}

static void
group_by_digest (kh_batch *batch)
{
    batch->documents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < batch->files->len; i++) {
        kh_batch_file *file = batch->files->pdata[i];
        if (file->sha256 == NULL)
            continue;
        GPtrArray *same = g_hash_table_lookup (batch->documents, file->sha256);
        if (same == NULL) {
            same = g_ptr_array_new ();
            g_hash_table_insert (batch->documents, file->sha256, same);
        }
        g_ptr_array_add (same, file);
    }
}

static gboolean
queue_files (kh_batch *batch, GError **error)
{
    g_autofree kh_store_file *all = g_new0 (kh_store_file, batch->files->len);
    g_autoptr (GPtrArray) list = g_ptr_array_new ();
    for (guint i = 0; i < batch->files->len; i++) {
        const kh_batch_file *file = batch->files->pdata[i];
        all[i] = (kh_store_file){ file->path, file->bytes, file->modified, file->sha256, file->cause };
        if (!file->is_unnameable)
            g_ptr_array_add (list, &all[i]);
    }
    return kh_store_add_files (batch->store, list, error);
}

kh_batch *
kh_batch_open (const kh_batch_options *options, GError **error)
{
    g_autoptr (kh_batch) batch = g_new0 (kh_batch, 1);
    g_auto (GStrv) own = own_files (options);
    batch->options = options;
    batch->n_jobs = options->jobs > 0 ? options->jobs : g_get_num_processors ();
    batch->files = kh_files_find (options->sources, (const char *const *)own, options->interrupted, error);
    if (batch->files == NULL || (batch->store = kh_store_open (options->store, KH_STORE_CREATE, error)) == NULL)
        return NULL;
    kh_shard_keep (batch->files, options->shard);
    if (!find_digests (batch, error) || !queue_files (batch, error))
        return NULL;
    group_by_digest (batch);
    g_autofree char *owner = kh_store_this_owner ();
    kh_store_set_owner (batch->store, owner, KH_BATCH_LEASE_SECONDS, batch->documents);
    if (!kh_store_release (batch->store, error) || (options->retry && kh_store_retry (batch->store, error) < 0)
        || (options->upgrade && kh_store_upgrade (batch->store, kh_version (), error) < 0))
        return NULL;
    return g_steal_pointer (&batch);
}

void
kh_batch_free (kh_batch *batch)
{
    if (batch == NULL)
        return;
    kh_readers_free (batch->readers);
    kh_store_free (batch->store);
    g_clear_pointer (&batch->documents, g_hash_table_unref);
    g_clear_pointer (&batch->files, g_ptr_array_unref);
    g_free (batch);
}

/* ---- reading ---- */

static gboolean
is_interrupted (const kh_batch *batch)
{
    return batch->options->interrupted != NULL && *batch->options->interrupted != 0;
}

/* Is it `seconds` since `*last`? Then that is now. */
static gboolean
is_time (gint64 *last, double seconds)
{
    gint64 now = g_get_monotonic_time ();
    if (*last != 0 && now - *last < (gint64)(seconds * G_USEC_PER_SEC))
        return FALSE;
    *last = now;
    return TRUE;
}

/* What is left to do, and who is at it: others may have done some. */
static gboolean
look_at_queue (kh_batch *batch, GError **error)
{
    g_autoptr (kh_store_rows) rows =
        kh_store_query (batch->store, "SELECT sha256, state, bytes FROM documents WHERE state <> 'done' OR cause IS NOT NULL", NULL, 0, error);
    GError *fault = NULL;
    batch->waiting = batch->failed = 0;
    batch->bytes_waiting = 0;
    while (rows != NULL && kh_store_rows_next (rows, &fault)) {
        const char *sha256 = kh_store_rows_text (rows, 0), *state = kh_store_rows_text (rows, 1);
        if (!g_hash_table_contains (batch->documents, sha256))
            continue;
        if (strcmp (state, "queued") != 0 && strcmp (state, "reading") != 0) {
            batch->failed++;
            continue;
        }
        batch->waiting++;
        batch->bytes_waiting += (guint64)kh_store_rows_number (rows, 2);
    }
    if (fault != NULL)
        g_propagate_error (error, fault);
    return rows != NULL && fault == NULL;
}

static void
tell (kh_batch *batch)
{
    if (batch->options->progress == NULL)
        return;
    double seconds = (double)(g_get_monotonic_time () - batch->started) / G_USEC_PER_SEC;
    guint documents = g_hash_table_size (batch->documents);
    guint64 done = batch->bytes_at_start - MIN (batch->bytes_at_start, batch->bytes_waiting);
    kh_batch_progress progress = {
        .documents = documents,
        .failed = batch->failed,
        .done = documents - MIN (documents, batch->waiting + batch->failed),
        .pages = batch->pages_now + kh_readers_pages (batch->readers),
        .seconds = seconds,
        .seconds_left = done > 0 ? seconds / (double)done * (double)batch->bytes_waiting : -1,
        .is_waiting = batch->waiting > 0 && kh_readers_busy (batch->readers) == 0,
    };
    batch->options->progress (&progress, batch->options->user_data);
}

static void
give (kh_batch *batch, const kh_store_claim *claim)
{
    const GPtrArray *files = g_hash_table_lookup (batch->documents, claim->sha256);
    const char *paths[MOST_PATHS + 1] = { NULL };
    const kh_batch_file *first = files->pdata[0];
    for (guint i = 0; i < files->len && i < MOST_PATHS; i++)
        paths[i] = ((const kh_batch_file *)files->pdata[i])->path;
    kh_readers_give (batch->readers, claim->sha256, first->shown, paths);
}

/* Step 1. While nobody here reads, others are asked for what they left only now and then. */
static gboolean
hand_out (kh_batch *batch, GError **error)
{
    GError *fault = NULL;
    while (kh_readers_has_room (batch->readers, &fault)) {
        g_autoptr (kh_store_claim) claim = kh_store_claim_next (batch->store, &fault);
        /* one that is being read here: this process was asleep for longer than its lease */
        if (claim == NULL || !g_hash_table_contains (batch->documents, claim->sha256) || kh_readers_reads (batch->readers, claim->sha256))
            break;
        give (batch, claim);
    }
    kh_readers_spread (batch->readers);
    if (fault != NULL)
        g_propagate_error (error, fault);
    return fault == NULL;
}

static gboolean
write_failure (kh_batch *batch, const kh_answer *answer, int code, const char *cause, GError **error)
{
    batch->failed++;
    return kh_store_fail (batch->store, answer->sha256, code, cause, error);
}

/* A record that no store takes is the document's failure; a store that cannot be written is the batch's. */
static gboolean
write_record (kh_batch *batch, const kh_answer *answer, GError **error)
{
    gsize length;
    const char *record = g_variant_get_string (answer->record, &length);
    g_autoptr (GError) why = NULL;
    if (kh_store_finish (batch->store, answer->sha256, record, length, &why))
        return TRUE;
    if (why->code == KH_ERROR_LIMIT)
        return write_failure (batch, answer, KH_ERROR_LIMIT, "its record has more bytes or rows than a store takes", error);
    if (why->code == KH_ERROR_INPUT)
        return write_failure (batch, answer, KH_ERROR_INPUT, "what was read is no record of a plan", error);
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
}

static gboolean
write_answer (kh_batch *batch, const kh_answer *answer, GError **error)
{
    const GPtrArray *files = g_hash_table_lookup (batch->documents, answer->sha256);
    const kh_batch_file *file = files->pdata[0];
    if (answer->record == NULL && answer->code == KH_ERROR_MODEL) { /* no fault of the document's, and the next would have it, too */
        g_set_error_literal (error, KH_ERROR, KH_ERROR_MODEL, answer->cause);
        return FALSE;
    }
    batch->read_now++;
    batch->pages_now += answer->pages;
    batch->waiting -= batch->waiting > 0;
    batch->bytes_waiting -= MIN (batch->bytes_waiting, file->bytes);
    return answer->record != NULL ? write_record (batch, answer, error) : write_failure (batch, answer, answer->code, answer->cause, error);
}

static void
answer_unref (gpointer answer)
{
    kh_answer_free (answer);
}

/* One turn; `*is_over` when nothing is left. */
static gboolean
turn (kh_batch *batch, gboolean *is_over, GError **error)
{
    g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (answer_unref);
    kh_readers_wait (batch->readers, TICK_MS, answers);
    gboolean may_ask = kh_readers_busy (batch->readers) > 0 || answers->len > 0 || is_time (&batch->asked, ASK_SECONDS);
    if (may_ask && !hand_out (batch, error))
        return FALSE;
    for (guint i = 0; i < answers->len; i++)
        if (!write_answer (batch, answers->pdata[i], error))
            return FALSE;
    if (is_time (&batch->renewed, RENEW_SECONDS) && !kh_store_renew (batch->store, error))
        return FALSE;
    gboolean is_idle = kh_readers_busy (batch->readers) == 0, may_be_over = is_idle && answers->len > 0;
    if ((may_be_over || is_time (&batch->looked, is_idle ? ASK_SECONDS : LOOK_SECONDS)) && !look_at_queue (batch, error))
        return FALSE;
    *is_over = is_idle && batch->waiting == 0;
    tell (batch);
    return TRUE;
}

gboolean
kh_batch_run (kh_batch *batch, GError **error)
{
    batch->readers = kh_readers_new (batch->n_jobs, &batch->options->read, 0);
    batch->started = g_get_monotonic_time ();
    gboolean good = look_at_queue (batch, error) && hand_out (batch, error), is_over = FALSE;
    batch->bytes_at_start = batch->bytes_waiting;
    while (good && !is_over && !is_interrupted (batch))
        good = turn (batch, &is_over, error);
    batch->pages_now += kh_readers_pages (batch->readers);
    g_clear_pointer (&batch->readers, kh_readers_free);
    batch->ended = g_get_monotonic_time ();
    if (!good) {
        kh_store_release (batch->store, NULL);
        return FALSE;
    }
    if (!kh_store_release (batch->store, error))
        return FALSE;
    if (is_over)
        return TRUE;
    g_set_error_literal (error, KH_ERROR, KH_ERROR_INTERRUPTED, _("interrupted"));
    return FALSE;
}

/* ---- afterwards ---- */

gboolean
kh_batch_count (kh_batch *batch, kh_batch_counts *counts, GError **error)
{
    *counts = (kh_batch_counts){ .read_now = batch->read_now, .pages_now = batch->pages_now };
    counts->seconds = (double)(batch->ended - batch->started) / G_USEC_PER_SEC;
    return kh_outcomes_count (batch->store, batch->documents, batch->files, counts, error);
}

gboolean
kh_batch_report (kh_batch *batch, GString *out, GError **error)
{
    return kh_outcomes_report (batch->store, batch->documents, batch->files, out, error);
}
