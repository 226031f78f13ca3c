/* drawing.h - what is drawn on a PDF page beside its text: lines and images.
 *
 * The page is drawn once, small, onto a surface that is watched: Cairo calls back at each stroke, fill and image,
 * and the path, the pen, the image and its place are looked up in the drawing context then. So lines come with the
 * precision they were written with, and the image of a scan with its own pixels, decoded once. Transparent groups are
 * not watched by Cairo; a page that has any is written down as a script and read off that (script.h).
 */
#ifndef KH_SOURCE_DRAWING_H
#define KH_SOURCE_DRAWING_H

#include "core/page.h"

#include <poppler.h>

typedef struct kh_drawing {
    guint n_shapes;   /* strokes and fills that can be seen, lines or not; a transparent group counts as one more */
    guint n_groups;   /* transparent groups */
    guint n_texts;    /* runs of visible glyphs */
    guint n_images;
    double image_share; /* 0..1, of the page that images cover, as far as a sum of areas tells */
    gboolean layered; /* images of some size lie on the main one: a picture split into layers */

    /* The main image: the one that covers most. */
    int image_width, image_height; /* pixels; 0: there is none, or only a stencil, whose pixels cannot be told */
    kh_affine place;               /* from its pixels to points of the page as shown */
    cairo_surface_t *image;        /* RGB24, when it is opaque, else NULL; owned */
} kh_drawing;

/* Looks at the page and adds its ruling lines to `page`, in the frame of the page as shown. 3 ms for a page of text, 20 (200 dpi) to 45 ms (300 dpi)
 * for an A4 scan. The caller clears the drawing. */
kh_drawing kh_drawing_read (PopplerPage *poppler, kh_page *page);
void kh_drawing_clear (kh_drawing *drawing);

#endif
