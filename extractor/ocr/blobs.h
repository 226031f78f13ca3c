/* blobs.h - the connected pieces of ink of a page.
 *
 * A blob is a letter, a tone mark, a dot, a speck. Blobs say what belongs to a line of text where
 * boxes cannot: the acute over an ế may stand in the box of the line above.
 */
#ifndef KH_OCR_BLOBS_H
#define KH_OCR_BLOBS_H

#include "core/pixels.h"

/* A rectangle of pixels; x1, y1 past the end. */
typedef struct kh_span {
    int x0, y0, x1, y1;
} kh_span;

/* The rectangle around both. */
static inline kh_span
kh_span_union (kh_span a, kh_span b)
{
    return (kh_span){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

/* Ink side by side in one row of pixels. */
typedef struct kh_run {
    int y, x0, x1; /* x1 past the end */
} kh_run;

typedef struct kh_blob {
    kh_span box;
    guint first_run, n_runs; /* in kh_blobs.runs, top to bottom */
    guint ink;               /* pixels */
} kh_blob;

typedef struct kh_blobs {
    GArray *blobs; /* of kh_blob, by their upper edge */
    GArray *runs;  /* of kh_run */
} kh_blobs;

/* The pieces of ink (darker than `threshold`) that touch, also cornerwise. Empty when the page is nothing but
 * noise (more than KH_BLOBS_RUNS runs). Never NULL; the caller frees. */
#define KH_BLOBS_RUNS (6u * 1000 * 1000)
kh_blobs *kh_blobs_find (const kh_pixels *pixels, int threshold);
void kh_blobs_free (kh_blobs *blobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_blobs, kh_blobs_free)

static inline kh_blob *kh_blob_at (const kh_blobs *blobs, guint i) { return &g_array_index (blobs->blobs, kh_blob, i); }

#endif
