/* digests.h - SHA-256 of many files, on all processors. */
#ifndef KH_BATCH_DIGESTS_H
#define KH_BATCH_DIGESTS_H

#include <glib.h>

/* Gives each file (kh_batch_file *) that has neither digest nor cause one of them. Runs `n_threads` threads, none of which is left at the
 * end. `done` (looked at by others; may be NULL) counts the bytes; `tick` (may be NULL) is called five times a second in this
 * thread. FALSE when interrupted. */
gboolean kh_digests_compute (GPtrArray *files, guint n_threads, const volatile int *interrupted, void (*tick) (guint64 bytes_done, gpointer user_data),
                             gpointer user_data);

#endif
