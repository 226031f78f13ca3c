/* journal.h - what people changed is written down, operation by operation (present.h), in the table `changes`.
 *
 *     kh_journal_begin ─ document locked, read ─ (the caller looks, makes an operation) ─ kh_journal_add or kh_journal_undo ─ kh_journal_end
 *
 * One transaction holds all of it, so that two servers on one store cannot both write the same revision. With each operation the rows of the
 * document's tables and the table `corrections` are brought in step; `records` stays as the program read it.
 */
#ifndef KH_STORE_JOURNAL_H
#define KH_STORE_JOURNAL_H

#include "store/present.h"
#include "store/store.h"

typedef struct kh_journal {
    kh_store *store;
    char *sha256;
    char *text;          /* the record as read, as it stands in the store */
    json_t *read;        /* the same */
    GPtrArray *entries;  /* kh_journal_entry *, oldest first */
    gint64 revision;     /* of the last */
    GHashTable *seen;    /* pointers (of the record as read) of review entries that a person has seen */
    char *state;         /* new in_review done */
    gboolean is_writing; /* within a transaction */
} kh_journal;

/* The journal of a document that has a record. NULL without error when there is no such document. Corrections that were made before there was
 * a journal are its first entries. The caller frees (which takes back what was not ended). */
kh_journal *kh_journal_open (kh_store *store, const char *sha256, GError **error);
/* The same, to be written. */
kh_journal *kh_journal_begin (kh_store *store, const char *sha256, GError **error);
void kh_journal_free (kh_journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_journal, kh_journal_free)

/* Appends an operation (taken). Review entries at or below what it changes count as seen. */
gboolean kh_journal_add (kh_journal *journal, const char *who, json_t *operation, GError **error);
/* Takes back the operation of a revision. */
gboolean kh_journal_undo (kh_journal *journal, const char *who, gint64 revision, GError **error);
/* A review entry (pointer in the record as read) is seen, or not. */
gboolean kh_journal_see (kh_journal *journal, const char *who, const char *pointer, gboolean is_seen, GError **error);
gboolean kh_journal_set_state (kh_journal *journal, const char *who, const char *state, GError **error);
/* Writes it for good. */
gboolean kh_journal_end (kh_journal *journal, GError **error);

/* For finish.c: the record as JSON with what people changed laid over it; NULL without error when nobody did. The caller frees. */
char *kh_journal_lay (kh_store *store, const char *sha256, const char *record, GError **error);

#endif
