#include "batch/shard.h"

#include "base/error.h"
#include "base/intl.h"
#include "batch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (16 * 1024) /* of the beginning, the middle and the end of a file */

/* A number in the environment. -1: not there; FALSE with error when it is none. */
static gboolean
read_number (const char *name, gint64 *number, GError **error)
{
    const char *text = g_getenv (name);
    guint64 value;
    *number = -1;
    if (text == NULL || *text == '\0')
        return TRUE;
    if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL)) {
        g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("%s is '%s', not a number"), name, text);
        return FALSE;
    }
    *number = (gint64)value;
    return TRUE;
}

static gboolean
choose_of_slurm (gint64 id, kh_shard *shard, GError **error)
{
    gint64 first, count, step, last;
    if (!read_number ("SLURM_ARRAY_TASK_MIN", &first, error) || !read_number ("SLURM_ARRAY_TASK_MAX", &last, error)
        || !read_number ("SLURM_ARRAY_TASK_COUNT", &count, error) || !read_number ("SLURM_ARRAY_TASK_STEP", &step, error))
        return FALSE;
    step = MAX (step, 1);
    if (first < 0 || count < 1) {
        g_set_error_literal (error, KH_ERROR, KH_ERROR_USAGE,
                             _("SLURM_ARRAY_TASK_ID is set, but not SLURM_ARRAY_TASK_MIN and SLURM_ARRAY_TASK_COUNT: say --shard I/N"));
        return FALSE;
    }
    gint64 index = (id - first) / step;
    gboolean is_range = (id - first) % step == 0 && index >= 0 && index < count && (last < 0 || (last - first) / step + 1 == count);
    if (!is_range) {
        g_set_error (error, KH_ERROR, KH_ERROR_USAGE,
                     _("task %d is not of an array like A-B or A-B:STEP (SLURM_ARRAY_TASK_MIN %d, COUNT %d, STEP %d): say --shard I/N"),
                     (int)id, (int)first, (int)count, (int)step);
        return FALSE;
    }
    *shard = (kh_shard){ (guint)index, (guint)count };
    return TRUE;
}

static gboolean
choose_of_kubernetes (gint64 index, kh_shard *shard, GError **error)
{
    gint64 count;
    if (!read_number ("JOB_COMPLETIONS", &count, error))
        return FALSE;
    if (count < 1) {
        g_set_error_literal (error, KH_ERROR, KH_ERROR_USAGE,
                             _("JOB_COMPLETION_INDEX is set, but Kubernetes does not tell how many there are: say --shard /N, or set "
                               "JOB_COMPLETIONS to the job's completions (--shard 1/1: every pod takes from one queue)"));
        return FALSE;
    }
    if (index >= count) {
        g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("JOB_COMPLETION_INDEX is %d, but JOB_COMPLETIONS %d"), (int)index, (int)count);
        return FALSE;
    }
    *shard = (kh_shard){ (guint)index, (guint)count };
    return TRUE;
}

gboolean
kh_shard_choose (const char *text, kh_shard *shard, GError **error)
{
    gint64 task, pod;
    *shard = (kh_shard){ 0, 1 };
    g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "/", 2);
    guint64 index = 0, count;
    gboolean index_is_told = parts[0] != NULL && *parts[0] != '\0';
    if (text != NULL
        && (parts[0] == NULL || parts[1] == NULL || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT32, &count, NULL)
            || (index_is_told && !g_ascii_string_to_unsigned (parts[0], 10, 1, count, &index, NULL)))) {
        g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("--shard: '%s' is not I/N with I from 1 to N"), text);
        return FALSE;
    }
    if (index_is_told) {
        *shard = (kh_shard){ (guint)index - 1, (guint)count };
        return TRUE;
    }
    if (!read_number ("SLURM_ARRAY_TASK_ID", &task, error) || !read_number ("JOB_COMPLETION_INDEX", &pod, error))
        return FALSE;
    if (text == NULL)
        return task >= 0 ? choose_of_slurm (task, shard, error) : pod >= 0 ? choose_of_kubernetes (pod, shard, error) : TRUE;
    if (task < 0 && pod < 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_USAGE,
                     _("--shard %s: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX says which of them this is"), text);
        return FALSE;
    }
    /* 0 to N-1 and 1 to N both name each shard once. */
    *shard = (kh_shard){ (guint)((guint64)(task >= 0 ? task : pod) % count), (guint)count };
    return TRUE;
}

/* Adds what the file holds at `offset`. FALSE with errno. */
static gboolean
add_block (GChecksum *checksum, int fd, off_t offset)
{
    guint8 block[BLOCK_BYTES];
    ssize_t n = pread (fd, block, sizeof block, offset);
    if (n > 0)
        g_checksum_update (checksum, block, n);
    return n >= 0;
}

/* A number told by the file's content, or by its path where there is none. */
static guint32
key_of (kh_batch_file *file)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    if (file->cause == NULL) {
        g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", file->bytes);
        g_checksum_update (checksum, (const guchar *)size, -1);
        int fd = open (file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        off_t end = file->bytes > BLOCK_BYTES ? (off_t)file->bytes - BLOCK_BYTES : 0;
        if (fd < 0 || !add_block (checksum, fd, 0) || !add_block (checksum, fd, end / 2) || !add_block (checksum, fd, end))
            file->cause = g_strdup_printf ("cannot open: %s", strerrordesc_np (errno));
        if (fd >= 0)
            close (fd);
    }
    if (file->cause != NULL) {
        g_checksum_reset (checksum);
        g_checksum_update (checksum, (const guchar *)file->path, -1);
    }
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest (checksum, digest, &length);
    return (guint32)digest[0] << 24 | (guint32)digest[1] << 16 | (guint32)digest[2] << 8 | digest[3];
}

void
kh_shard_keep (GPtrArray *files, kh_shard shard)
{
    guint kept = 0;
    if (shard.count <= 1)
        return;
    for (guint i = 0; i < files->len; i++)
        if (key_of (files->pdata[i]) % shard.count == shard.index) { /* swapped, so that those left over stand at the end */
            gpointer mine = files->pdata[i];
            files->pdata[i] = files->pdata[kept];
            files->pdata[kept++] = mine;
        }
    g_ptr_array_set_size (files, kept);
}
