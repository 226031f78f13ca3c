/* output.c - results are written whole or not at all; progress goes beside them. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
write_all (int fd, const char *data, gsize length)
{
    while (length > 0) {
        gssize n = write (fd, data, length);
        if (n < 0 && errno == EINTR && !kh_interrupted)
            continue;
        if (n <= 0)
            return FALSE;
        data += n;
        length -= (gsize) n;
    }
    return TRUE;
}

/* A device or pipe cannot be renamed onto: it is written to directly. */
static gboolean
is_special (const char *path)
{
    struct stat st;
    return stat (path, &st) == 0 && !S_ISREG (st.st_mode);
}

struct kh_output {
    char *path;   /* NULL: standard output */
    char *beside; /* what is written, until it is renamed to `path`; NULL: `path` itself */
    int fd;
    int cause;    /* errno of the first failure; 0: none */
};

static void
set_output_error (GError **error, const kh_output *out)
{
    if (out->path == NULL)
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _("cannot write to standard output: %s"), g_strerror (out->cause));
    else
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _("cannot write '%s': %s"), out->path, g_strerror (out->cause));
}

kh_output *
kh_output_open (const char *path, GError **error)
{
    kh_output *out = g_new0 (kh_output, 1);
    if (path == NULL || strcmp (path, "-") == 0) {
        fflush (stdout);
        out->fd = STDOUT_FILENO;
        return out;
    }
    gboolean direct = is_special (path);
    out->path = g_strdup (path);
    out->beside = direct ? NULL : g_strdup_printf ("%s.%d.part", path, (int) getpid ());
    out->fd = open (direct ? path : out->beside, direct ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (out->fd >= 0)
        return out;
    out->cause = errno;
    set_output_error (error, out);
    g_clear_pointer (&out->beside, g_free); /* not ours to remove */
    kh_output_free (out);
    return NULL;
}

gboolean
kh_output_write (kh_output *out, const char *data, gsize length)
{
    if (out->cause == 0 && !write_all (out->fd, data, length))
        out->cause = errno;
    return out->cause == 0;
}

gboolean
kh_output_close (kh_output *out, GError **error)
{
    if (out->path != NULL) {
        if (out->cause == 0 && out->beside != NULL && fsync (out->fd) != 0)
            out->cause = errno;
        if (close (out->fd) != 0 && out->cause == 0)
            out->cause = errno;
        out->fd = -1;
        if (out->cause == 0 && out->beside != NULL && rename (out->beside, out->path) != 0)
            out->cause = errno;
        if (out->cause == 0)
            g_clear_pointer (&out->beside, g_free);
    }
    if (out->cause == 0)
        return TRUE;
    set_output_error (error, out);
    return FALSE;
}

void
kh_output_free (kh_output *out)
{
    if (out == NULL)
        return;
    if (out->path != NULL && out->fd >= 0)
        close (out->fd);
    if (out->beside != NULL)
        unlink (out->beside);
    g_free (out->path);
    g_free (out->beside);
    g_free (out);
}

gboolean
kh_write_output (const char *path, const GString *content, GError **error)
{
    g_autoptr (kh_output) out = kh_output_open (path, error);
    if (out == NULL)
        return FALSE;
    kh_output_write (out, content->str, content->len);
    return kh_output_close (out, error);
}

/* ------------------------------------------------------------------ progress */

#define PROGRESS_AFTER_MICROSECONDS G_USEC_PER_SEC

static const char *progress_name;
static gint64 progress_start;
static gboolean progress_shown;

void
kh_progress_begin (const char *name)
{
    progress_name = name;
    progress_start = g_get_monotonic_time ();
    progress_shown = FALSE;
}

void
kh_progress (guint done, guint total, gpointer unused)
{
    (void) unused;
    gint64 spent = g_get_monotonic_time () - progress_start;
    if (kh_quiet || !isatty (STDERR_FILENO) || spent < PROGRESS_AFTER_MICROSECONDS)
        return;
    fputc ('\r', stderr);
    fprintf (stderr, _("%s: page %u of %u, %.1f pages/s"), progress_name, done, total,
             done / ((double) spent / G_USEC_PER_SEC));
    fflush (stderr);
    progress_shown = TRUE;
}

void
kh_progress_end (void)
{
    if (progress_shown)
        fputs ("\r\033[K", stderr);
}
