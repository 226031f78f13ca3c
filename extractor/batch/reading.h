/* reading.h - a reader's side: one process that reads one document after the other.
 *
 *   coordinator ── JOB (digest, paths) ──> reader ── pages ──> its page workers (kh_reader), sandboxed
 *               <── REPLY (record) ───────
 *               <── ERROR (code, message)
 *
 * Frames are those of workers/wire.h: bodies "(ssaay)" (digest, name for messages, paths in the file system's bytes), "s", "(is)".
 * Beside the socket the two share a desk, where either may look at any time.
 */
#ifndef KH_BATCH_READING_H
#define KH_BATCH_READING_H

#include "kehoach.h"

#include <sys/types.h>

#define KH_READING_JOB G_VARIANT_TYPE ("(ssaay)")
#define KH_READING_REPLY G_VARIANT_TYPE ("s")
#define KH_READING_ERROR G_VARIANT_TYPE ("(is)")

typedef struct kh_desk {
    volatile guint workers;           /* written by the coordinator: page workers this document may keep busy */
    volatile guint pages_done, pages; /* written by the reader */
} kh_desk;

/* Serves jobs until the coordinator closes the socket or dies. Never returns. To be called in a freshly forked child of `parent`;
 * `reader` was made before the fork and has no workers yet. Messages are in English: they go into a store. */
void kh_reading_live (int socket, pid_t parent, kh_reader *reader, kh_desk *desk, const kh_read_options *options) G_GNUC_NORETURN;

#endif
