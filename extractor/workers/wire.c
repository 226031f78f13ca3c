#include "workers/wire.h"

#include "base/limits.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
kh_frame_append (GByteArray *out, kh_frame_kind kind, guint64 number, GVariant *body)
{
    g_autoptr (GVariant) owned = body != NULL ? g_variant_ref_sink (body) : NULL;
    kh_frame frame = { KH_FRAME_MAGIC, kind, number, owned != NULL ? g_variant_get_size (owned) : 0 };
    g_byte_array_append (out, (const guint8 *)&frame, sizeof frame);
    if (frame.length > 0) {
        guint start = out->len;
        g_byte_array_set_size (out, start + frame.length);
        g_variant_store (owned, out->data + start);
    }
}

gboolean
kh_wire_send (int socket, const GByteArray *out)
{
    for (gsize sent = 0; sent < out->len;) {
        ssize_t n = write (socket, out->data + sent, out->len - sent);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FALSE;
        sent += n;
    }
    return TRUE;
}

/* Reads exactly `size` bytes, picking up a file descriptor that comes with them. */
static gboolean
receive_all (int socket, void *data, gsize size, int *passed)
{
    for (gsize got = 0; got < size;) {
        union {
            struct cmsghdr align;
            char room[CMSG_SPACE (sizeof (int))];
        } control;
        struct iovec part = { (char *)data + got, size - got };
        struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
        ssize_t n = recvmsg (socket, &message, MSG_CMSG_CLOEXEC);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return FALSE;
        struct cmsghdr *header = CMSG_FIRSTHDR (&message);
        if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
            if (*passed >= 0)
                close (*passed);
            memcpy (passed, CMSG_DATA (header), sizeof *passed);
        }
        got += n;
    }
    return TRUE;
}

gboolean
kh_wire_receive (int socket, kh_frame *frame, GBytes **body, int *passed)
{
    *passed = -1;
    *body = NULL;
    if (!receive_all (socket, frame, sizeof *frame, passed) || frame->magic != KH_FRAME_MAGIC)
        return FALSE;
    if (frame->length > 0) {
        guint8 *data = g_malloc (frame->length);
        if (!receive_all (socket, data, frame->length, passed)) {
            g_free (data);
            return FALSE;
        }
        *body = g_bytes_new_take (data, frame->length);
    }
    return TRUE;
}

kh_wire_state
kh_outbox_push (kh_outbox *box, int socket)
{
    while (box->sent < box->bytes->len) {
        union {
            struct cmsghdr align;
            char room[CMSG_SPACE (sizeof (int))];
        } control = { 0 };
        struct iovec part = { box->bytes->data + box->sent, box->bytes->len - box->sent };
        struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
        if (box->passed >= 0) {
            message.msg_control = &control;
            message.msg_controllen = sizeof control;
            struct cmsghdr *header = CMSG_FIRSTHDR (&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN (sizeof (int));
            memcpy (CMSG_DATA (header), &box->passed, sizeof (int));
        }
        ssize_t n = sendmsg (socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return KH_WIRE_MORE;
        if (n < 0)
            return KH_WIRE_GONE;
        box->passed = -1;
        box->sent += n;
    }
    return KH_WIRE_DONE;
}

kh_wire_state
kh_inbox_pull (kh_inbox *box, int socket)
{
    for (;;) {
        gboolean in_header = box->n_header < sizeof box->frame;
        guint8 *target = in_header ? (guint8 *)&box->frame + box->n_header : box->body + box->n_body;
        gsize wanted = in_header ? sizeof box->frame - box->n_header : box->frame.length - box->n_body;
        if (wanted == 0)
            return KH_WIRE_DONE;
        ssize_t n = recv (socket, target, wanted, MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return KH_WIRE_MORE;
        if (n <= 0)
            return KH_WIRE_GONE;
        if (!in_header) {
            box->n_body += n;
            continue;
        }
        box->n_header += n;
        if (box->n_header < sizeof box->frame)
            continue;
        if (box->frame.magic != KH_FRAME_MAGIC)
            return KH_WIRE_NONSENSE;
        if (box->frame.length > (box->most > 0 ? box->most : KH_LIMIT_REPLY_BYTES))
            return KH_WIRE_TOO_LONG;
        if (box->frame.length > 0)
            box->body = g_malloc (box->frame.length);
    }
}

GBytes *
kh_inbox_take (kh_inbox *box)
{
    GBytes *bytes = g_bytes_new_take (g_steal_pointer (&box->body), box->frame.length);
    kh_inbox_clear (box);
    return bytes;
}

void
kh_inbox_clear (kh_inbox *box)
{
    g_free (box->body);
    *box = (kh_inbox){ .most = box->most };
}
