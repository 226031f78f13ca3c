/* wire.h - what parent and worker say to each other: frames on a socket pair.
 *
 *     ┌──────────────────────────────┬───────────────────────┐
 *     │ magic  kind  number  length  │ length bytes          │   one frame
 *     └──────────────────────────────┴───────────────────────┘
 *
 *     parent -> worker   FILE   the document, as a sealed memfd that travels with the frame; no body
 *                        JOB    body: a request
 *     worker -> parent   REPLY  body: an answer
 *                        ERROR  body: code and message
 *
 * `number` counts the jobs of a worker; an answer bears the number of its job. A body is a GVariant of type "v"
 * (a reply and a request of any type) or "(is)" (an error), in the byte order of the machine. Everything that
 * comes from a worker is checked: a worker reads hostile files, so it may have been taken over.
 */
#ifndef KH_WORKERS_WIRE_H
#define KH_WORKERS_WIRE_H

#include <glib.h>

#define KH_FRAME_MAGIC 0x4b48571fu

typedef enum kh_frame_kind {
    KH_FRAME_FILE = 1,
    KH_FRAME_JOB,
    KH_FRAME_REPLY,
    KH_FRAME_ERROR,
} kh_frame_kind;

typedef struct kh_frame {
    guint32 magic, kind;
    guint64 number; /* of the job */
    guint64 length; /* bytes that follow */
} kh_frame;

/* -- building, both sides -- */

/* Appends a frame to `out`; `body` may be NULL (no bytes), a floating one is taken. */
void kh_frame_append (GByteArray *out, kh_frame_kind kind, guint64 number, GVariant *body);

/* -- the worker's side: blocking -- */

/* Sends all bytes; FALSE when the other side is gone. */
gboolean kh_wire_send (int socket, const GByteArray *out);

/* Receives one frame. `*body` (NULL when empty) is the caller's; `*passed` is a file descriptor that came along, or -1.
 * FALSE when the other side is gone or makes no sense. */
gboolean kh_wire_receive (int socket, kh_frame *frame, GBytes **body, int *passed);

/* -- the parent's side: never blocks -- */

/* A message on its way out. */
typedef struct kh_outbox {
    GByteArray *bytes;
    gsize sent;
    int passed; /* file descriptor that goes with the first byte, borrowed; -1: none */
} kh_outbox;

/* A frame on its way in. */
typedef struct kh_inbox {
    kh_frame frame;
    gsize n_header; /* bytes of `frame` that are there */
    guint8 *body;   /* NULL before the frame is complete and checked, and when it has no body */
    gsize n_body;   /* bytes of `body` that are there */
    guint64 most;   /* bytes a body may have; 0: KH_LIMIT_REPLY_BYTES */
} kh_inbox;

typedef enum kh_wire_state {
    KH_WIRE_MORE, /* wait for the socket */
    KH_WIRE_DONE, /* all out, or a whole frame in */
    KH_WIRE_GONE, /* the other side has closed */
    KH_WIRE_NONSENSE,
    KH_WIRE_TOO_LONG, /* the frame announces more than it may have */
} kh_wire_state;

kh_wire_state kh_outbox_push (kh_outbox *box, int socket);
kh_wire_state kh_inbox_pull (kh_inbox *box, int socket);

/* The body of a whole frame; the box is empty afterwards. The caller unrefs. */
GBytes *kh_inbox_take (kh_inbox *box);
void kh_inbox_clear (kh_inbox *box);

#endif
