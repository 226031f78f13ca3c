/* pool.h - what dies together is allocated together.
 *
 * A pool is a bump allocator: memory is taken from it piece by piece and given
 * back all at once. One pool lives as long as a document; everything read or
 * understood of that document (words, lines, tables, the record) is in it, so
 * nothing below a document is ever freed by itself.
 *
 *     g_autoptr (kh_pool) pool = kh_pool_new ();
 *     kh_word *word = kh_pool_new0 (pool, kh_word, 1);
 *     word->text = kh_pool_strdup (pool, "Kế hoạch");
 *
 * Containers of GLib join a pool with kh_pool_own(); kh_pool_list() is the
 * common case. A pool is used by one thread. Out of memory aborts, as in GLib.
 */
#ifndef KH_BASE_POOL_H
#define KH_BASE_POOL_H

#include <glib.h>
#include <stdarg.h>

typedef struct kh_pool kh_pool;

/* A new, empty pool; the caller frees it. */
kh_pool *kh_pool_new (void);

/* Frees the pool and all that is in it, owned objects in reverse order. NULL is allowed. */
void kh_pool_free (kh_pool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_pool, kh_pool_free)

/* `size` bytes of zeros, aligned for any type. Never NULL, not even for 0. */
void *kh_pool_alloc (kh_pool *pool, gsize size);
#define kh_pool_new0(pool, type, n) ((type *) kh_pool_alloc ((pool), sizeof (type) * (gsize) (n)))

/* Copies that live in the pool. NULL gives NULL. strndup ends the copy at `length` bytes. */
char *kh_pool_strdup (kh_pool *pool, const char *string);
char *kh_pool_strndup (kh_pool *pool, const char *string, gsize length);
void *kh_pool_memdup (kh_pool *pool, const void *data, gsize size);
char *kh_pool_printf (kh_pool *pool, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Hands `object` to the pool, which calls destroy (object) when it is freed. Returns `object`. */
void *kh_pool_own (kh_pool *pool, void *object, GDestroyNotify destroy);

/* An empty array of pointers owned by the pool; it does not free its elements. */
GPtrArray *kh_pool_list (kh_pool *pool);

#endif
