/* store.h - many records: a database that `batch` fills and `compare` and `review` read.
 *
 *   kehoach batch ── files ──> queue ── claim ──> read ── finish ──> documents ─┬─ tasks, targets, references, units, reviews
 *                                                                              └─ search (folded text)
 *
 * A store is a SQLite file or a PostgreSQL database with the same tables (schemas/store.md); two backends behind one
 * interface, one table of statements each where the dialects differ. What is written is the record as JSON, split into rows
 * (rows.h); the store reads no PDF.
 *
 * A document is its content: its key is the SHA-256 of its bytes. Files (paths) point to documents, so that a renamed file, or
 * the same file twice, is read once. A document is
 *
 *      queued ── claim ──> reading ── finish ──> done ── requeue (older version) ──> queued
 *                             ├───── fail ─────> failed ── requeue (retry) ────────> queued
 *                             └── lease over: its owner died ──> may be claimed again
 *
 * Each call is one transaction: it has happened whole or not at all, whenever the process or the machine is stopped. finish and
 * fail do nothing unless the document is still claimed by this store's owner: what a worker writes that was thought dead
 * doubles nothing.
 *
 * Corrections people made (table `corrections`) are never touched by these calls; finish lays them over the rows again where the value
 * read is the one that was corrected.
 *
 * Errors: KH_ERROR_INPUT when a store cannot be opened or is none, KH_ERROR_OUTPUT when it cannot be written; messages name the store.
 * A store is used from one thread, and not across fork.
 */
#ifndef KH_STORE_STORE_H
#define KH_STORE_STORE_H

#include <glib.h>

#define KH_STORE_DEFAULT "sqlite:kehoach.db"
#define KH_STORE_SCHEMA_VERSION 2 /* one of version 1 is brought up when it is opened to be written */

typedef struct kh_store kh_store;

typedef enum kh_store_access {
    KH_STORE_CREATE,   /* tables are made when they are missing */
    KH_STORE_EXISTING, /* written, but must be there */
    KH_STORE_READ,     /* read only */
} kh_store_access;

/* `url`: "sqlite:FILE", FILE, "sqlite::memory:", or "postgresql://…" / "postgres://…". NULL with an error. The caller frees. */
kh_store *kh_store_open (const char *url, kh_store_access access, GError **error);
void kh_store_free (kh_store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_store, kh_store_free)
/* From now on what is written is on the disk before a call returns: for what people made. */
gboolean kh_store_be_durable (kh_store *store, GError **error);
/* Is `url` the address of a store, or of a file that is one (by its first bytes)? */
gboolean kh_store_is_store (const char *url);

/* ---- files and the queue ---- */

typedef struct kh_store_file {
    const char *path;    /* absolute */
    guint64 bytes;
    gint64 modified;     /* nanoseconds since 1970; with path and bytes it tells whether the content must be hashed again */
    const char *sha256;  /* 64 hex digits; NULL: the file could not be read, `cause` says why */
    const char *cause;
} kh_store_file;

/* The digest noted for a file that has not changed since (path, bytes, modified); NULL when it must be hashed. The caller frees. */
char *kh_store_known_digest (kh_store *store, const kh_store_file *file);
/* Notes the files (kh_store_file *, all in one transaction) and queues those documents that are new; other states stay. */
gboolean kh_store_add_files (kh_store *store, GPtrArray *files, GError **error);

typedef struct kh_store_claim {
    char *sha256;
    char *path;      /* a file with this content; more are in `files` */
    guint64 bytes;
} kh_store_claim;
void kh_store_claim_free (kh_store_claim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_store_claim, kh_store_claim_free)

/* The name of this process among all of all hosts and times, "host:pid:start". The caller frees. */
char *kh_store_this_owner (void);
/* Whose claims these are (kh_store_this_owner() after the last fork), and how long a claim holds without kh_store_renew(), in
 * whole seconds. Set once, before the first claim. `digests` (a set of sha256; NULL: all) are the only documents this run may
 * claim: those of its folder and shard. */
void kh_store_set_owner (kh_store *store, const char *owner, double lease_seconds, GHashTable *digests);
/* The next document to read, now this owner's: of those queued the largest; when none is queued, one whose owner died (its lease
 * is over, or it was a process of this host and is gone), so that what kills its readers comes last. NULL without error when there
 * is none now (kh_store_count tells whether others hold some, or were just looking at what is queued). */
kh_store_claim *kh_store_claim_next (kh_store *store, GError **error);
/* All claims of this owner hold for another lease. */
gboolean kh_store_renew (kh_store *store, GError **error);
/* Gives back this owner's claims (a clean stop); those of dead owners of this host may be claimed by anyone at once. */
gboolean kh_store_release (kh_store *store, GError **error);
/* Done: the record (NDJSON; its generator's version is that of the document). TRUE also when the claim was lost (then nothing is
 * written). KH_ERROR_INPUT when it is no record, KH_ERROR_LIMIT when it is beyond all bounds: then it is still claimed. */
gboolean kh_store_finish (kh_store *store, const char *sha256, const char *record, gsize length, GError **error);
/* Failed: class of the failure (kh_error_code) and its message. A document that was read before (kh_store_upgrade) loses nothing:
 * it is done as it was, with record, rows and version of then, and the cause of the failure noted. */
gboolean kh_store_fail (kh_store *store, const char *sha256, int code, const char *cause, GError **error);
/* Queues again: documents that failed (also when they were read anew), or those whose record was made by another version than
 * `version`. Within `digests`. Returns their number, -1 with an error. */
gint64 kh_store_retry (kh_store *store, GError **error);
gint64 kh_store_upgrade (kh_store *store, const char *version, GError **error);

/* Records straight into a store, each a document that is done: those of `content`, JSON objects one behind the other (NDJSON, or one that is
 * indented). For stores in memory, whose documents nobody queues; one that is there already stays as it is. `path` is the file the records
 * were read of (`is_source`), or the file they stand in: then their own files are looked for beside it. Appends the digests of those that
 * are new to `digests` (char *; the caller frees). KH_ERROR_INPUT when something is no record; what came before it is in. */
gboolean kh_store_put_records (kh_store *store, const char *path, gboolean is_source, const char *content, gsize length, GPtrArray *digests,
                               GError **error);

typedef struct kh_store_counts {
    guint64 queued, reading, done, failed;
    guint64 pages;   /* of the documents that are done */
} kh_store_counts;
/* Of all documents, or of those in `digests`. */
gboolean kh_store_count (kh_store *store, kh_store_counts *counts, GError **error);

/* ---- reading ---- */

/* Rows of a SELECT, one after the other. SQL is what both backends understand (the tables: schemas/store.md); parameters are written
 * ?, and are strings (NULL: null). Several may be open at once, but are to be freed before the store is written. PostgreSQL sends all
 * rows before the first is seen: ask for the whole records of a few documents at a time. NULL with an error. */
typedef struct kh_store_rows kh_store_rows;
kh_store_rows *kh_store_query (kh_store *store, const char *sql, const char *const *parameters, gsize n_parameters, GError **error);
/* To the next row; FALSE at the end, or with an error. */
gboolean kh_store_rows_next (kh_store_rows *rows, GError **error);
/* A column of the row, from 0: NULL for null. Until the next call of next. */
const char *kh_store_rows_text (kh_store_rows *rows, int column);
double kh_store_rows_number (kh_store_rows *rows, int column);
void kh_store_rows_free (kh_store_rows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_store_rows, kh_store_rows_free)

/* Tasks and targets in which all of `words` stand, typed with or without marks, best first (those where they stand in this order
 * before others); the last word may be the beginning of one. `kind`: "task", "target", NULL: both; `limit` 0: all. Columns: sha256,
 * id, kind. */
kh_store_rows *kh_store_search (kh_store *store, const char *words, const char *kind, guint limit, GError **error);

/* A path as it stands in `files`: names that are no UTF-8 are kept as file: URIs. This gives the bytes back. The caller frees. */
char *kh_store_path (const char *stored);

/* The text of a value as it is searched: lower case, no marks, đ as d, words parted by one space (viet/fold.h). The caller frees. */
char *kh_store_fold (const char *text);

#endif
