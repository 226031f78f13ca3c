/* batch.h - an archive goes into a store; stops and resumes at any point.
 *
 *   sources ─> files (files.h) ─> shard (shard.h) ─> digests (digests.h) ─> store: files, queue
 *
 *   coordinator: claim ─> reader (readers.h) ─> answer ─> finish or fail; one transaction a document
 *
 * The coordinator is this process: one thread, the only one with a connection to the store. What is in the store at any moment is true,
 * whoever is killed then: a claim whose owner died is given back (at once on this host, when its lease is over on another).
 *
 *     kh_batch *batch = kh_batch_open (&options, &error);       files are found and queued
 *     kh_batch_run (batch, &error);                             FALSE: interrupted, or the store cannot be written
 *     kh_batch_count (batch, &counts, &error);                  also after an interruption
 *     kh_batch_report (batch, report, &error);
 */
#ifndef KH_BATCH_BATCH_H
#define KH_BATCH_BATCH_H

#include "batch/shard.h"
#include "kehoach.h"

#define KH_BATCH_LEASE_SECONDS 60.0 /* a claim holds so long after its owner was last heard of */

typedef struct kh_batch_progress {
    gboolean is_preparing;       /* files are being hashed: only the bytes mean something */
    guint64 bytes_done, bytes;
    guint documents, done, failed; /* of this batch, also those of earlier runs; failed are not done */
    guint64 pages;               /* read in this run */
    double seconds;              /* since reading began */
    double seconds_left;         /* -1: not known yet */
    gboolean is_waiting;         /* nothing is left but what others are reading */
} kh_batch_progress;

typedef struct kh_batch_options {
    const char *const *sources; /* folders, documents, lists of paths (files.h); NULL-ended */
    const char *store;          /* store/store.h */
    const char *report;         /* a file that will be written, so that it is not taken for one of the archive; NULL: none */
    kh_shard shard;
    guint jobs;                 /* processors; 0: all */
    gboolean retry, upgrade;    /* queue again what failed; what another version read */
    kh_read_options read;       /* how documents are read: ocr, page_seconds */
    const volatile int *interrupted;
    void (*progress) (const kh_batch_progress *progress, gpointer user_data); /* about five times a second; NULL: not */
    gpointer user_data;
} kh_batch_options;

typedef struct kh_batch kh_batch;

/* Finds the files and queues what is new. `options` and what it points to must live on. NULL with KH_ERROR_INPUT (sources, or no store),
 * KH_ERROR_LIMIT, KH_ERROR_OUTPUT, KH_ERROR_INTERRUPTED. The caller frees. */
kh_batch *kh_batch_open (const kh_batch_options *options, GError **error);
void kh_batch_free (kh_batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_batch, kh_batch_free)

/* Reads until nothing is left, of this batch and of others that hold some of its documents. A document that fails is no error. FALSE
 * with KH_ERROR_INTERRUPTED, KH_ERROR_OUTPUT, KH_ERROR_MODEL (no document can be read: what was claimed is given back), KH_ERROR_LIMIT
 * (no process can be started). */
gboolean kh_batch_run (kh_batch *batch, GError **error);

typedef struct kh_batch_counts {
    guint files, duplicates; /* met; those whose content another of them has */
    guint unreadable, others;/* files without content that could be read; of kinds that are not read */
    guint documents;         /* different contents */
    guint done, failed, waiting; /* of these; `failed` with those whose new reading failed while an older record stays */
    guint read_now;          /* read in this run, failed or not */
    guint64 pages_now;
    double seconds;          /* of reading */
    guint64 pages, tasks, targets, reviews; /* in the records */
} kh_batch_counts;
gboolean kh_batch_count (kh_batch *batch, kh_batch_counts *counts, GError **error);

/* One line for each file, CSV (RFC 4180, UTF-8 with byte order mark) with a header: path, state, cause, what the record says in short,
 * and of which file it is a duplicate. States: done, failed, queued, reading, unreadable, other. */
gboolean kh_batch_report (kh_batch *batch, GString *out, GError **error);

#endif
