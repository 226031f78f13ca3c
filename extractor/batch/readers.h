/* readers.h - the coordinator's side: documents are read in processes that can be lost.
 *
 *     coordinator ─┬─ reader 1 ── page workers      a document each; its processors as the coordinator says
 *                  ├─ reader 2 ── page workers
 *                  └─ ...
 *
 * A reader that crashes, in which nothing moves any more, or that answers nonsense costs the document it was on; it is replaced. One that was
 * killed from outside (SIGKILL) is not to blame, nor is its document: another reader tries it again, up to KH_LIMIT_TRIES times.
 * Readers and their page workers die with the coordinator, however that ends.
 *
 * All of it is one thread that never waits for a reader but in kh_readers_wait().
 */
#ifndef KH_BATCH_READERS_H
#define KH_BATCH_READERS_H

#include "kehoach.h"

typedef struct kh_readers kh_readers;

/* What became of a document. */
typedef struct kh_answer {
    char *sha256;
    GVariant *record;  /* a string, NDJSON; NULL: it failed */
    int code;          /* kh_error_code */
    char *cause;       /* in English, naming the document */
    guint pages;       /* that were read of it */
} kh_answer;
void kh_answer_free (kh_answer *answer);

/* Prepares for `n` readers, with `n` processors for all of them together; each is forked when first needed. `options` (its `jobs`,
 * `progress` are not used) is copied, its strings must live on. `silent_seconds`: how long a document may show no movement beside the time
 * a page may take; 0: KH_LIMIT_SILENT_SECONDS. */
kh_readers *kh_readers_new (guint n, const kh_read_options *options, double silent_seconds);
/* Kills whoever is there. */
void kh_readers_free (kh_readers *readers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_readers, kh_readers_free)

/* Is there a reader with nothing to do? Forks it when it must. FALSE with error when the system gives no process and none is at work. */
gboolean kh_readers_has_room (kh_readers *readers, GError **error);
/* Gives it a document: its digest, a name for messages (UTF-8), and files that should have this content, NULL-ended. Only when there is room. */
void kh_readers_give (kh_readers *readers, const char *sha256, const char *name, const char *const *paths);
/* Divides the processors among the documents at work: each has one; those left over when there are few documents go to them, too. */
void kh_readers_spread (kh_readers *readers);
/* Waits up to `ms` for answers and appends them (kh_answer *) to `answers`. */
void kh_readers_wait (kh_readers *readers, int ms, GPtrArray *answers);

guint kh_readers_busy (const kh_readers *readers);
gboolean kh_readers_reads (const kh_readers *readers, const char *sha256);
/* How far a document is; FALSE when it is not at work. `pages` is 0 before it is open. */
gboolean kh_readers_progress (const kh_readers *readers, const char *sha256, guint *pages_done, guint *pages);
/* Pages read of the documents at work. */
guint kh_readers_pages (const kh_readers *readers);

#endif
