#include "batch/digests.h"

#include "batch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)
#define TICK_MICROSECONDS 200000

typedef struct hashing {
    GPtrArray *files;
    const volatile int *interrupted;
    atomic_uint next, n_ended;
    atomic_ullong bytes;
} hashing;

static gboolean
is_stopped (const hashing *work)
{
    return work->interrupted != NULL && *work->interrupted != 0;
}

static void
hash_file (hashing *work, kh_batch_file *file, guint8 *block)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    int fd = open (file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : 0;
    while (fd >= 0 && !is_stopped (work)) {
        n = read (fd, block, BLOCK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        g_checksum_update (checksum, block, n);
        atomic_fetch_add (&work->bytes, (unsigned long long)n);
    }
    if (n < 0)
        file->cause = g_strdup_printf ("cannot open: %s", strerrordesc_np (errno));
    else if (!is_stopped (work))
        file->sha256 = g_strdup (g_checksum_get_string (checksum));
    if (fd >= 0)
        close (fd);
}

static gpointer
hash_files (gpointer data)
{
    hashing *work = data;
    g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
    for (guint i; !is_stopped (work) && (i = atomic_fetch_add (&work->next, 1)) < work->files->len;) {
        kh_batch_file *file = work->files->pdata[i];
        if (file->sha256 == NULL && file->cause == NULL)
            hash_file (work, file, block);
    }
    atomic_fetch_add (&work->n_ended, 1);
    return NULL;
}

gboolean
kh_digests_compute (GPtrArray *files, guint n_threads, const volatile int *interrupted, void (*tick) (guint64 bytes_done, gpointer user_data),
                    gpointer user_data)
{
    hashing work = { .files = files, .interrupted = interrupted };
    g_autoptr (GPtrArray) threads = g_ptr_array_new ();
    guint n_needed = 0;
    for (guint i = 0; i < files->len && n_needed < n_threads; i++) {
        const kh_batch_file *file = files->pdata[i];
        n_needed += file->sha256 == NULL && file->cause == NULL;
    }
    for (guint i = 0; i < n_needed; i++)
        g_ptr_array_add (threads, g_thread_new ("digest", hash_files, &work));
    for (guint i = 0; atomic_load (&work.n_ended) < threads->len; i++) {
        g_usleep (i < 40 ? 5000 : TICK_MICROSECONDS);
        if (tick != NULL && i >= 40)
            tick (atomic_load (&work.bytes), user_data);
    }
    for (guint i = 0; i < threads->len; i++)
        g_thread_join (threads->pdata[i]);
    return !is_stopped (&work);
}
