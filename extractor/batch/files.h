/* files.h - which files a batch is about.
 *
 *   FOLDER ── walked, sorted ──┐
 *   LIST ──── a path a line ───┼─> found files ── shard? ── digest (known or computed) ──> store
 *   FILE ──── by itself ───────┘
 *
 * Every file that is met is found, whatever it is: one that will not be read says why. Two sorts of these are told apart: `is_other`, what
 * nobody expects to be read (a spreadsheet, a hidden file), and files that should have been read and cannot be.
 *
 * Causes are English and do not depend on the locale: they go into the store.
 */
#ifndef KH_BATCH_FILES_H
#define KH_BATCH_FILES_H

#include <glib.h>

typedef struct kh_batch_file {
    char *path;       /* absolute, in the bytes of the file system */
    char *shown;      /* the same as UTF-8: bytes that are none are written \xNN */
    guint64 bytes;
    gint64 modified;  /* nanoseconds since 1970 */
    char *sha256;     /* NULL: not known (yet), or `cause` says why it cannot be */
    char *cause;      /* NULL: it can be read, as far as is known */
    gboolean is_other;/* has a cause that is no failure: of another kind, hidden */
} kh_batch_file;

/* The files (kh_batch_file *, freed with the array) in `sources`: folders (everything below them; links are followed, each folder is entered
 * once), documents (by their suffix), and lists ("-": standard input) of paths a line, which are relative to the current folder.
 * Sorted by path, each path once. `left_out` (absolute paths, NULL-ended; may be NULL) are not found: what is being written itself, the store.
 * NULL with KH_ERROR_INPUT when a source cannot be read, KH_ERROR_LIMIT above KH_LIMIT_FILES, KH_ERROR_INTERRUPTED. */
GPtrArray *kh_files_find (const char *const *sources, const char *const *left_out, const volatile int *interrupted, GError **error);

#endif
