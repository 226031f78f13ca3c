#include "batch/readers.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "batch/reading.h"
#include "workers/wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct reader_process {
    pid_t pid; /* 0: none yet */
    int socket;
    kh_inbox in;
    kh_desk *desk; /* shared with the process */
    guint64 number;
    char *sha256, *name; /* of the document it is on; NULL: free */
    GVariant *job;
    guint n_killed;
    gint64 moved;     /* when something last did */
    guint seen_pages; /* desk->pages_done then */
} reader_process;

struct kh_readers {
    guint n;
    reader_process *each;
    kh_desk *desks;
    kh_reader *reader; /* made once, before any fork: the models it maps are shared */
    kh_read_options options;
    double silent_seconds;
};

void
kh_answer_free (kh_answer *answer)
{
    g_clear_pointer (&answer->record, g_variant_unref);
    g_free (answer->sha256);
    g_free (answer->cause);
    g_free (answer);
}

kh_readers *
kh_readers_new (guint n, const kh_read_options *options, double silent_seconds)
{
    kh_readers *readers = g_new0 (kh_readers, 1);
    readers->n = CLAMP (n, 1, KH_LIMIT_JOBS);
    readers->each = g_new0 (reader_process, readers->n);
    readers->reader = kh_reader_new (readers->n, NULL);
    readers->options = *options;
    readers->silent_seconds = silent_seconds > 0 ? silent_seconds : KH_LIMIT_SILENT_SECONDS;
    readers->desks = mmap (NULL, readers->n * sizeof (kh_desk), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (readers->desks == MAP_FAILED)
        g_error ("no memory for %u readers", readers->n);
    for (guint i = 0; i < readers->n; i++) {
        readers->each[i].desk = &readers->desks[i];
        readers->each[i].in.most = KH_LIMIT_RECORD_BYTES;
    }
    return readers;
}

/* Ends the process; its page workers go with it. Returns how it ended (waitpid's status). */
static int
bury (reader_process *r)
{
    int status = 0;
    close (r->socket);
    kill (r->pid, SIGKILL); /* no harm done where it is dead already: its status stands */
    while (waitpid (r->pid, &status, 0) < 0 && errno == EINTR)
        ;
    r->pid = 0;
    kh_inbox_clear (&r->in);
    return status;
}

static void
forget_document (reader_process *r)
{
    g_clear_pointer (&r->sha256, g_free);
    g_clear_pointer (&r->name, g_free);
    g_clear_pointer (&r->job, g_variant_unref);
    r->n_killed = 0;
}

void
kh_readers_free (kh_readers *readers)
{
    if (readers == NULL)
        return;
    for (guint i = 0; i < readers->n; i++) {
        if (readers->each[i].pid > 0)
            bury (&readers->each[i]);
        forget_document (&readers->each[i]);
    }
    munmap (readers->desks, readers->n * sizeof (kh_desk));
    kh_reader_free (readers->reader);
    g_free (readers->each);
    g_free (readers);
}

/* ---- giving ---- */

static gboolean
give_birth (kh_readers *readers, reader_process *r)
{
    int pair[2];
    if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return FALSE;
    pid_t parent = getpid ();
    pid_t pid = fork ();
    if (pid == 0)
        kh_reading_live (pair[1], parent, readers->reader, r->desk, &readers->options);
    close (pair[1]);
    if (pid < 0) {
        close (pair[0]);
        return FALSE;
    }
    r->pid = pid;
    r->socket = pair[0];
    return TRUE;
}

/* A free reader has nothing to say: if it can be read, it is dead or mad. */
static gboolean
is_sound (const reader_process *r)
{
    char byte;
    return recv (r->socket, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0 && (errno == EAGAIN || errno == EINTR);
}

static gboolean
revive (kh_readers *readers, reader_process *r)
{
    if (r->pid > 0 && !is_sound (r))
        bury (r);
    return r->pid > 0 || give_birth (readers, r);
}

static reader_process *
free_reader (kh_readers *readers)
{
    for (guint i = 0; i < readers->n; i++) /* one that is warm, before one that must be forked */
        if (readers->each[i].sha256 == NULL && readers->each[i].pid > 0)
            return &readers->each[i];
    for (guint i = 0; i < readers->n; i++)
        if (readers->each[i].sha256 == NULL)
            return &readers->each[i];
    return NULL;
}

gboolean
kh_readers_has_room (kh_readers *readers, GError **error)
{
    reader_process *r = free_reader (readers);
    if (r == NULL)
        return FALSE;
    if (revive (readers, r))
        return TRUE;
    if (kh_readers_busy (readers) == 0)
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _("cannot start a reader: %s"), g_strerror (errno));
    return FALSE;
}

/* A reader that is gone already is met when it is asked for its answer. */
static void
send_job (reader_process *r)
{
    g_autoptr (GByteArray) out = g_byte_array_new ();
    kh_frame_append (out, KH_FRAME_JOB, ++r->number, r->job);
    r->desk->pages_done = r->desk->pages = r->seen_pages = 0;
    r->desk->workers = 1;
    r->moved = g_get_monotonic_time ();
    kh_wire_send (r->socket, out);
}

void
kh_readers_give (kh_readers *readers, const char *sha256, const char *name, const char *const *paths)
{
    reader_process *r = free_reader (readers);
    r->sha256 = g_strdup (sha256);
    r->name = g_strdup (name);
    r->job = g_variant_ref_sink (g_variant_new ("(ss^aay)", sha256, name, paths));
    send_job (r);
}

void
kh_readers_spread (kh_readers *readers)
{
    guint busy = kh_readers_busy (readers), given = 0;
    for (guint i = 0; i < readers->n; i++)
        if (readers->each[i].sha256 != NULL)
            readers->each[i].desk->workers = readers->n / busy + (given++ < readers->n % busy);
}

guint
kh_readers_busy (const kh_readers *readers)
{
    guint n = 0;
    for (guint i = 0; i < readers->n; i++)
        n += readers->each[i].sha256 != NULL;
    return n;
}

gboolean
kh_readers_reads (const kh_readers *readers, const char *sha256)
{
    for (guint i = 0; i < readers->n; i++)
        if (readers->each[i].sha256 != NULL && strcmp (readers->each[i].sha256, sha256) == 0)
            return TRUE;
    return FALSE;
}

gboolean
kh_readers_progress (const kh_readers *readers, const char *sha256, guint *pages_done, guint *pages)
{
    for (guint i = 0; i < readers->n; i++) {
        const reader_process *r = &readers->each[i];
        if (r->sha256 == NULL || strcmp (r->sha256, sha256) != 0)
            continue;
        *pages_done = r->desk->pages_done;
        *pages = r->desk->pages;
        return TRUE;
    }
    return FALSE;
}

guint
kh_readers_pages (const kh_readers *readers)
{
    guint n = 0;
    for (guint i = 0; i < readers->n; i++)
        if (readers->each[i].sha256 != NULL)
            n += readers->each[i].desk->pages_done;
    return n;
}

/* ---- answers ---- */

/* The document's reading has ended; `cause` (taken) is completed with its name. */
static void
fail (reader_process *r, GPtrArray *answers, int code, char *cause)
{
    kh_answer *answer = g_new0 (kh_answer, 1);
    answer->sha256 = g_steal_pointer (&r->sha256);
    answer->code = code;
    answer->cause = g_strdup_printf ("cannot read '%s': %s", r->name, cause);
    answer->pages = r->desk->pages_done;
    g_free (cause);
    forget_document (r);
    g_ptr_array_add (answers, answer);
}

/* The reader is dead: its document is tried again, or has failed. */
static void
mourn (kh_readers *readers, reader_process *r, GPtrArray *answers)
{
    int status = bury (r);
    gboolean was_killed = WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
    if (was_killed && ++r->n_killed < KH_LIMIT_TRIES && give_birth (readers, r)) {
        send_job (r);
        return;
    }
    if (was_killed)
        fail (r, answers, KH_ERROR_LIMIT, g_strdup_printf ("its reader was killed %u times (SIGKILL; memory may have run out)", r->n_killed));
    else if (WIFSIGNALED (status))
        fail (r, answers, KH_ERROR_INPUT, g_strdup_printf ("its reader crashed (signal %d, SIG%s)", WTERMSIG (status),
                                                           sigabbrev_np (WTERMSIG (status)) != NULL ? sigabbrev_np (WTERMSIG (status)) : "?"));
    else
        fail (r, answers, KH_ERROR_INPUT, g_strdup_printf ("its reader ended by itself (status %d)", WEXITSTATUS (status)));
}

static GVariant *
open_body (GBytes *body, const GVariantType *type)
{
    g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_new_from_bytes (type, body, FALSE));
    return g_variant_is_normal_form (whole) ? g_steal_pointer (&whole) : NULL;
}

/* A whole frame has come in. FALSE when it is no answer to what was asked. */
static gboolean
take_answer (reader_process *r, GPtrArray *answers)
{
    kh_frame frame = r->in.frame;
    g_autoptr (GBytes) body = kh_inbox_take (&r->in);
    if (frame.number != r->number || (frame.kind != KH_FRAME_REPLY && frame.kind != KH_FRAME_ERROR))
        return FALSE;
    g_autoptr (GVariant) said = open_body (body, frame.kind == KH_FRAME_REPLY ? KH_READING_REPLY : KH_READING_ERROR);
    if (said == NULL)
        return FALSE;
    kh_answer *answer = g_new0 (kh_answer, 1);
    answer->sha256 = g_steal_pointer (&r->sha256);
    answer->pages = r->desk->pages_done;
    if (frame.kind == KH_FRAME_REPLY)
        answer->record = g_steal_pointer (&said);
    else
        g_variant_get (said, "(is)", &answer->code, &answer->cause);
    forget_document (r);
    g_ptr_array_add (answers, answer);
    return TRUE;
}

/* Something moved on the reader's socket. */
static void
attend (kh_readers *readers, reader_process *r, GPtrArray *answers)
{
    switch (kh_inbox_pull (&r->in, r->socket)) {
    case KH_WIRE_MORE:
        r->moved = g_get_monotonic_time ();
        return;
    case KH_WIRE_GONE:
        mourn (readers, r, answers);
        return;
    case KH_WIRE_DONE:
        if (take_answer (r, answers))
            return;
        break;
    case KH_WIRE_TOO_LONG:
    case KH_WIRE_NONSENSE:
        break;
    }
    bury (r);
    fail (r, answers, KH_ERROR_INPUT, g_strdup ("its reader answered nonsense"));
}

/* How long nothing may move, in microseconds. */
static gint64
patience (const kh_readers *readers, const reader_process *r)
{
    double seconds = readers->silent_seconds + (readers->options.page_seconds > 0 ? readers->options.page_seconds : KH_LIMIT_PAGE_SECONDS);
    if (r->desk->pages > 0 && r->desk->pages_done == r->desk->pages)
        seconds += (double)r->desk->pages * KH_LIMIT_SILENT_PAGE_SECONDS;
    return (gint64)(seconds * G_USEC_PER_SEC);
}

/* Nothing has moved for too long? Then no answer will be waited for. */
static void
watch (kh_readers *readers, reader_process *r, gint64 now, GPtrArray *answers)
{
    if (r->desk->pages_done != r->seen_pages) {
        r->seen_pages = r->desk->pages_done;
        r->moved = now;
    }
    if (now - r->moved < patience (readers, r))
        return;
    guint pages_done = r->desk->pages_done;
    bury (r);
    fail (r, answers, KH_ERROR_LIMIT, g_strdup_printf ("nothing moved for %.0f s after %u pages", (double)(now - r->moved) / G_USEC_PER_SEC, pages_done));
}

void
kh_readers_wait (kh_readers *readers, int ms, GPtrArray *answers)
{
    struct pollfd polled[KH_LIMIT_JOBS];
    gint64 before = g_get_monotonic_time ();
    for (guint i = 0; i < readers->n; i++)
        polled[i] = (struct pollfd){ readers->each[i].sha256 != NULL ? readers->each[i].socket : -1, POLLIN, 0 };
    int n = poll (polled, readers->n, ms);
    gint64 now = g_get_monotonic_time (), late = now - before - (ms + 1000) * 1000;
    for (guint i = 0; i < readers->n; i++) {
        reader_process *r = &readers->each[i];
        if (r->sha256 == NULL)
            continue;
        if (late > 0) /* stopped (Ctrl-Z) or starved: that time is not the readers' own */
            r->moved += late;
        if (n > 0 && polled[i].revents != 0)
            attend (readers, r, answers);
        if (r->sha256 != NULL)
            watch (readers, r, now, answers);
    }
}
