/* blobs.c - see blobs.h.
 *
 * One pass finds the runs of each row and joins each with those of the row above that it touches
 * (union-find, the earlier run is the root); a second numbers the roots; a third sorts the runs by blob.
 */
#include "ocr/blobs.h"

#include <stdlib.h>

static guint
find_root (guint *parent, guint i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static gboolean
find_runs (const kh_pixels *pixels, int threshold, GArray *runs, GArray *parents)
{
    guint above = 0, above_end = 0; /* the runs of the row above */
    for (int y = 0; y < pixels->height; y++) {
        const guint8 *row = pixels->data + pixels->stride * y;
        guint first = runs->len;
        for (int x = 0; x < pixels->width; x++) {
            if (row[x] >= threshold)
                continue;
            kh_run run = { y, x, x + 1 };
            while (run.x1 < pixels->width && row[run.x1] < threshold)
                run.x1++;
            x = run.x1;
            guint me = runs->len;
            g_array_append_val (runs, run);
            g_array_append_val (parents, me);
            guint *parent = (guint *) parents->data;
            while (above < above_end && g_array_index (runs, kh_run, above).x1 < run.x0)
                above++;
            for (guint i = above; i < above_end && g_array_index (runs, kh_run, i).x0 <= run.x1; i++) {
                guint a = find_root (parent, i), b = find_root (parent, me);
                parent[MAX (a, b)] = MIN (a, b);
            }
        }
        above = first;
        above_end = runs->len;
        if (runs->len > KH_BLOBS_RUNS)
            return FALSE;
    }
    return TRUE;
}

kh_blobs *
kh_blobs_find (const kh_pixels *pixels, int threshold)
{
    kh_blobs *found = g_new0 (kh_blobs, 1);
    found->blobs = g_array_new (FALSE, FALSE, sizeof (kh_blob));
    found->runs = g_array_new (FALSE, FALSE, sizeof (kh_run));
    g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (kh_run));
    g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (guint));
    if (!find_runs (pixels, threshold, runs, parents))
        return found;

    guint *parent = (guint *) parents->data;
    g_autofree guint *blob_of = g_new (guint, runs->len + 1);
    for (guint i = 0; i < runs->len; i++) { /* a root comes before all others of its blob */
        kh_run run = g_array_index (runs, kh_run, i);
        guint root = find_root (parent, i);
        if (root == i) {
            kh_blob fresh = { { run.x0, run.y, run.x1, run.y + 1 }, 0, 0, 0 };
            blob_of[i] = found->blobs->len;
            g_array_append_val (found->blobs, fresh);
        }
        blob_of[i] = blob_of[root];
        kh_blob *blob = kh_blob_at (found, blob_of[i]);
        blob->box.x0 = MIN (blob->box.x0, run.x0);
        blob->box.x1 = MAX (blob->box.x1, run.x1);
        blob->box.y1 = run.y + 1;
        blob->ink += (guint) (run.x1 - run.x0);
        blob->n_runs++;
    }
    guint next = 0;
    for (guint i = 0; i < found->blobs->len; i++) {
        kh_blob *blob = kh_blob_at (found, i);
        blob->first_run = next;
        next += blob->n_runs;
        blob->n_runs = 0;
    }
    g_array_set_size (found->runs, runs->len);
    for (guint i = 0; i < runs->len; i++) {
        kh_blob *blob = kh_blob_at (found, blob_of[i]);
        g_array_index (found->runs, kh_run, blob->first_run + blob->n_runs++) = g_array_index (runs, kh_run, i);
    }
    return found;
}

void
kh_blobs_free (kh_blobs *blobs)
{
    if (blobs == NULL)
        return;
    g_array_unref (blobs->blobs);
    g_array_unref (blobs->runs);
    g_free (blobs);
}
