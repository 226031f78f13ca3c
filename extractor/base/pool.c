#include "base/pool.h"

#include <string.h>

#define FIRST_CHUNK_BYTES 1024 /* most pools hold a few strings for one call; each chunk is twice as large as the one before */
#define CHUNK_BYTES (64 * 1024)
#define ALIGNMENT 16

typedef struct owned {
    void *object;
    GDestroyNotify destroy;
} owned;

struct kh_pool {
    GPtrArray *chunks; /* malloc'ed blocks, the last one is being filled */
    GArray *owned;     /* of `owned`, in order of adoption */
    char *free;        /* first unused byte of the last chunk */
    gsize left;        /* unused bytes there */
    gsize next;        /* bytes of the next chunk */
};

kh_pool *
kh_pool_new (void)
{
    kh_pool *pool = g_new0 (kh_pool, 1);
    pool->chunks = g_ptr_array_new_with_free_func (g_free);
    pool->owned = g_array_new (FALSE, FALSE, sizeof (owned));
    pool->next = FIRST_CHUNK_BYTES;
    return pool;
}

void
kh_pool_free (kh_pool *pool)
{
    if (pool == NULL)
        return;
    for (guint i = pool->owned->len; i-- > 0;) {
        owned *entry = &g_array_index (pool->owned, owned, i);
        entry->destroy (entry->object);
    }
    g_array_free (pool->owned, TRUE);
    g_ptr_array_free (pool->chunks, TRUE);
    g_free (pool);
}

/* `size` bytes that hold anything. */
static void *
take (kh_pool *pool, gsize size)
{
    size = (MAX (size, 1) + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
    if (size > CHUNK_BYTES / 4) { /* large pieces get a chunk of their own, before the one in use */
        void *large = g_malloc (size);
        g_ptr_array_insert (pool->chunks, 0, large);
        return large;
    }
    if (size > pool->left) {
        pool->left = MAX (pool->next, size);
        pool->next = MIN (2 * pool->left, CHUNK_BYTES);
        pool->free = g_malloc (pool->left);
        g_ptr_array_add (pool->chunks, pool->free);
    }
    void *piece = pool->free;
    pool->free += size;
    pool->left -= size;
    return piece;
}

void *
kh_pool_alloc (kh_pool *pool, gsize size)
{
    return memset (take (pool, size), 0, MAX (size, 1));
}

char *
kh_pool_strndup (kh_pool *pool, const char *string, gsize length)
{
    if (string == NULL)
        return NULL;
    length = strnlen (string, length);
    char *copy = take (pool, length + 1);
    memcpy (copy, string, length);
    copy[length] = '\0';
    return copy;
}

char *
kh_pool_strdup (kh_pool *pool, const char *string)
{
    return string == NULL ? NULL : kh_pool_strndup (pool, string, strlen (string));
}

void *
kh_pool_memdup (kh_pool *pool, const void *data, gsize size)
{
    void *copy = take (pool, size);
    if (size > 0)
        memcpy (copy, data, size);
    return copy;
}

char *
kh_pool_printf (kh_pool *pool, const char *format, ...)
{
    va_list args;
    va_start (args, format);
    g_autofree char *text = g_strdup_vprintf (format, args);
    va_end (args);
    return kh_pool_strdup (pool, text);
}

void *
kh_pool_own (kh_pool *pool, void *object, GDestroyNotify destroy)
{
    owned entry = { object, destroy };
    g_array_append_val (pool->owned, entry);
    return object;
}

GPtrArray *
kh_pool_list (kh_pool *pool)
{
    return kh_pool_own (pool, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
}
