/* backend.h - what a store asks of its database: statements with parameters, and transactions. Within store/ only.
 *
 *     queue.c  finish.c  reading.c  schema.c        what is done: the same for all
 *        └────────┴─ statements.h ─┘                in SQL both understand; where they differ, two texts
 *                      │
 *             sqlite.c │ postgresql.c               how it is done
 *
 * Parameters and columns are strings (NULL: null); the databases turn them into numbers where a column holds some.
 */
#ifndef KH_STORE_BACKEND_H
#define KH_STORE_BACKEND_H

#include "store/store.h"

typedef struct kh_backend kh_backend;

typedef enum kh_statement {
    KH_SQL_TABLES,       /* -> has table `kehoach`, has other tables */
    KH_SQL_MINE,         /* notes the digests of a JSON array as those of this run */
    KH_SQL_CLAIM_QUEUED, /* owner, lease, no larger than -> sha256, bytes */
    KH_SQL_CLAIM_LAPSED, /* owner, lease, owner -> sha256, bytes */
    KH_SQL_RENEW,        /* lease, owner */
    KH_SQL_SEARCH,       /* all words, phrase, kind or NULL, limit -> sha256, id, kind */
    KH_N_STATEMENTS,
} kh_statement;

/* How many documents a statement looks at: all, or those of kh_store_set_owner(). */
typedef enum kh_scope { KH_SCOPE_ALL, KH_SCOPE_MINE, KH_N_SCOPES } kh_scope;

struct kh_backend {
    /* `address` is what kh_store_open() was given, without "sqlite:"; `name` is for messages. NULL with an error. */
    void *(*open) (const char *address, const char *name, kh_store_access access, GError **error);
    void (*close) (void *database);
    /* A transaction that will write: waits until it may. `is_setup`: of the tables themselves, which many may try at once. */
    gboolean (*begin) (void *database, gboolean is_setup, GError **error);
    gboolean (*commit) (void *database, GError **error);
    void (*rollback) (void *database);
    /* Several statements without parameters. */
    gboolean (*script) (void *database, const char *sql, GError **error);
    /* One statement; it is prepared once and kept. */
    kh_store_rows *(*query) (void *database, const char *sql, const char *const *parameters, gsize n, GError **error);
    /* One statement whose rows nobody wants; may be sent later, within the transaction: an error comes with commit at the latest.
     */
    gboolean (*put) (void *database, const char *sql, const char *const *parameters, gsize n, GError **error);
    /* The words of a search as this database wants them: all of them; and as one phrase. The last may be a beginning. */
    char *(*all_words) (char *const *words);
    char *(*phrase) (char *const *words);
    const char *const (*statements)[KH_N_SCOPES]; /* [KH_N_STATEMENTS] */
    const char *tables;                           /* what it has beside tables.sql */
    const char *durable;                          /* after this, what is committed is on the disk; NULL: it is so anyway */
    /* After all rows of a document: what the search of this database needs; NULL: nothing. */
    const char *const *index; /* statements with parameter sha256, run in order, NULL at the end */
};

extern const kh_backend kh_backend_sqlite;
extern const kh_backend kh_backend_postgresql;

struct kh_store {
    const kh_backend *backend;
    void *database;
    char *name; /* for messages */
    char *owner, *lease;
    GHashTable *digests;        /* NULL: all documents */
    gboolean digests_are_noted; /* in the table `mine` */
    gint64 largest;             /* no document in the queue is larger, as far as this store knows */
};

/* Rows as a backend gives them: the head of its own struct. */
struct kh_store_rows {
    gboolean (*next) (kh_store_rows *rows, GError **error);
    const char *(*text) (kh_store_rows *rows, int column);
    void (*free) (kh_store_rows *rows);
    gint64 n_changed; /* rows written, once next has said FALSE */
};

/* ---- short ways to the backend, for the files of store/ ---- */

/* The text of a statement for this store's scope. */
const char *kh_store_statement (const kh_store *store, kh_statement statement);
/* Runs a statement to its end: the number of rows it wrote, or -1 with an error. Parameters end with KH_END. */
gint64 kh_store_run (kh_store *store, GError **error, const char *sql, ...);
extern const char KH_END[];
/* The first column of the first row; NULL without rows or with an error. The caller frees. */
char *kh_store_value (kh_store *store, const char *sql, const char *const *parameters, gsize n, GError **error);
gboolean kh_store_begin (kh_store *store, GError **error);
/* Commits when `good`, else takes all back (and `error` is set already). Returns whether all is well. */
gboolean kh_store_end (kh_store *store, gboolean good, GError **error);

/* Brings columns and rows of a document in step with the record as it is with what people changed; within a transaction. The record as read
 * and the queue stay. */
gboolean kh_store_put_present (kh_store *store, const char *sha256, const char *record, gsize length, GError **error);

/* Tables are made, or looked at: is it a store, of a version we know? */
gboolean kh_store_prepare (kh_store *store, kh_store_access access, GError **error);

#endif
