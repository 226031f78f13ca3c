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

gboolean
kh_write_output (const char *path, const GString *content, GError **error)
{
    if (path == NULL || strcmp (path, "-") == 0) {
        fflush (stdout);
        if (write_all (STDOUT_FILENO, content->str, content->len))
            return TRUE;
        g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _("cannot write to standard output: %s"), g_strerror (errno));
        return FALSE;
    }
    gboolean direct = is_special (path);
    g_autofree char *beside = direct ? g_strdup (path) : g_strdup_printf ("%s.%d.part", path, (int) getpid ());
    int fd = open (beside, direct ? O_WRONLY : O_WRONLY | O_CREAT | O_EXCL, 0666);
    gboolean good = fd >= 0 && write_all (fd, content->str, content->len);
    good = good && (direct || fsync (fd) == 0);
    int cause = errno;
    if (fd >= 0 && close (fd) != 0 && good) {
        good = FALSE;
        cause = errno;
    }
    if (good && !direct && rename (beside, path) != 0) {
        good = FALSE;
        cause = errno;
    }
    if (good)
        return TRUE;
    if (fd >= 0 && !direct)
        unlink (beside);
    g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _("cannot write '%s': %s"), path, g_strerror (cause));
    return FALSE;
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
