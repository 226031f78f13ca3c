/* review.h - the clerk's page: documents of a store are looked at and corrected in a browser on this machine.
 *
 *   browser ── http://127.0.0.1:PORT/TOKEN/… ──> server.c    guard: address, Host, Origin, token, size
 *                                                  routes.c  which handler
 *              list ────────── listing.c ─┐
 *              document ────── document.c ├──> store (records as read, journal of what people changed)
 *              change, undo ── edit.c ────┘
 *              page image ──── pictures.c ───> sandboxed worker
 *              upload ──────── jobs.c ───────> batch/readers: processes that read, while this one serves
 *              export ──────── exports.c
 *
 * One thread does all of it: requests are answered one after the other, reading goes on in other processes.
 */
#ifndef KH_REVIEW_REVIEW_H
#define KH_REVIEW_REVIEW_H

#include "kehoach.h"

typedef struct kh_review_options {
    const char *store;               /* store/store.h; made when it is not there */
    guint port;                      /* 0: a free one */
    const char *const *files;        /* documents that are read into the store first; NULL-ended, may be NULL */
    const char *who;                 /* whose changes these are; NULL: the name of the user */
    const char *language;            /* "vi" or "en": what the page begins with */
    const volatile int *interrupted; /* the server ends when it becomes non-zero */
    void (*ready) (const char *address, gpointer user_data); /* called once it listens */
    gpointer user_data;
} kh_review_options;

/* Serves until interrupted (TRUE). FALSE with KH_ERROR_INPUT, KH_ERROR_OUTPUT (store, port). */
gboolean kh_review_serve (const kh_review_options *options, GError **error);

/* Appends what people corrected in the store, one JSON object a line: sha256, pointer, read, corrected, page, bbox (of the value
 * as it was read; null where it was not), who, at (ISO 8601), version (of the program that read it). */
gboolean kh_review_corrections (const char *store, GString *out, GError **error);

#endif
