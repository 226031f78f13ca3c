/* The child's side: one process, one socket, one job after the other.
 *
 *   1. die with the parent; leave the decision about Ctrl-C to it
 *   2. standard streams to /dev/null (libraries print), every other file closed but the socket
 *   3. calls->start: engine and models, while files can still be opened freely
 *   4. ceilings and sandbox
 *   5. a frame in, a frame out
 */
#include "workers/worker.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "workers/sandbox.h"
#include "workers/wire.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOCKET 3

int
kh_worker_let_go (int socket, pid_t parent)
{
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    if (getppid () != parent) /* it died before we asked to be told */
        _exit (0);

    for (int number = 1; number < NSIG; number++)
        signal (number, SIG_DFL);
    signal (SIGINT, SIG_IGN); /* Ctrl-C goes to the whole group; the parent decides and kills us */
    signal (SIGTERM, SIG_IGN);
    signal (SIGHUP, SIG_IGN);
    sigset_t none;
    sigemptyset (&none);
    sigprocmask (SIG_SETMASK, &none, NULL);

    if (socket != SOCKET)
        dup2 (socket, SOCKET);
    int null = open ("/dev/null", O_RDWR);
    if (null < 0)
        _exit (1);
    dup2 (null, STDIN_FILENO);
    dup2 (null, STDOUT_FILENO);
    if (g_strcmp0 (g_getenv ("KEHOACH_DEBUG"), "1") != 0)
        dup2 (null, STDERR_FILENO);
    closefrom (SOCKET + 1);
    return SOCKET;
}

typedef struct mapping {
    void *data;
    gsize size;
} mapping;

static void
unmap (gpointer data)
{
    mapping *map = data;
    munmap (map->data, map->size);
    g_free (map);
}

/* The document behind a passed descriptor, which is closed. */
static GBytes *
map_file (int fd)
{
    struct stat info;
    if (fstat (fd, &info) != 0)
        _exit (1);
    GBytes *bytes;
    if (info.st_size == 0)
        bytes = g_bytes_new (NULL, 0);
    else {
        kh_sandbox_make_room (info.st_size);
        mapping map = { NULL, info.st_size };
        map.data = mmap (NULL, map.size, PROT_READ, MAP_SHARED, fd, 0);
        if (map.data == MAP_FAILED)
            _exit (1);
        bytes = g_bytes_new_with_free_func (map.data, map.size, unmap, g_memdup2 (&map, sizeof map));
    }
    close (fd);
    return bytes;
}

static void
append_error (GByteArray *out, guint64 number, const GError *error)
{
    g_autofree char *message = g_utf8_make_valid (error->message, -1);
    kh_frame_append (out, KH_FRAME_ERROR, number,
                     g_variant_new ("(is)", error->domain == KH_ERROR ? error->code : KH_ERROR_INPUT, message));
}

/* Does the job and puts the answer into `out`. */
static void
answer (GByteArray *out, guint64 number, const kh_worker_calls *calls, gpointer state, GBytes *file, GVariant *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) reply = calls->run (state, file, request, &error);
    if (reply != NULL)
        g_variant_take_ref (reply);
    if (reply == NULL && error == NULL)
        g_set_error_literal (&error, KH_ERROR, KH_ERROR_INPUT, _ ("the worker gave no answer"));
    else if (reply != NULL && g_variant_get_size (reply) > KH_LIMIT_REPLY_BYTES - 1024)
        g_set_error (&error, KH_ERROR, KH_ERROR_LIMIT, _ ("the answer is longer than %u MiB"), KH_LIMIT_REPLY_BYTES >> 20);
    if (error != NULL)
        append_error (out, number, error);
    else
        kh_frame_append (out, KH_FRAME_REPLY, number, g_variant_new_variant (reply));
}

void
kh_worker_live (int socket, pid_t parent, const kh_worker_calls *calls, gpointer user_data, const kh_worker_limits *limits)
{
    kh_worker_let_go (socket, parent);
    gpointer state = calls->start != NULL ? calls->start (user_data) : user_data;

    g_autoptr (GError) closed = NULL; /* why the sandbox could not be closed: then no job is done */
    kh_sandbox_close (limits->memory_bytes, limits->readable, &closed);

    GBytes *file = NULL;
    for (;;) {
        kh_frame frame;
        g_autoptr (GBytes) body = NULL;
        int passed = -1;
        if (!kh_wire_receive (SOCKET, &frame, &body, &passed))
            _exit (0);
        if (frame.kind == KH_FRAME_FILE) {
            GBytes *last = file; /* let go after the new one is there, so that the two differ as pointers */
            file = passed >= 0 ? map_file (passed) : NULL;
            g_clear_pointer (&last, g_bytes_unref);
            continue;
        }
        g_autoptr (GByteArray) out = g_byte_array_new ();
        if (closed != NULL)
            append_error (out, frame.number, closed);
        else {
            g_autoptr (GVariant) envelope = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, body, TRUE));
            g_autoptr (GVariant) request = g_variant_get_variant (envelope);
            answer (out, frame.number, calls, state, file, request);
        }
        if (!kh_wire_send (SOCKET, out))
            _exit (0);
    }
}
