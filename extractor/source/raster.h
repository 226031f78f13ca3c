/* raster.h - the image of a PDF page, at the resolution it was scanned with. */
#ifndef KH_SOURCE_RASTER_H
#define KH_SOURCE_RASTER_H

#include "core/box.h"
#include "core/pixels.h"

#include <poppler.h>

/* What the images of a page cover. */
typedef struct kh_raster_look {
    guint n_images;
    double share;  /* 0..1, of the page */
    int main_id;   /* the largest one; -1 when there is none */
    kh_box main;   /* its place on the page as shown; may reach beyond; width and height are whole points, as Poppler gives them */
    gboolean layered; /* other images of some size lie on it: a picture split into layers */
} kh_raster_look;

/* Takes 0.5 ms and decodes nothing. */
kh_raster_look kh_raster_look_at (PopplerPage *page, double width, double height);

/* Pixels of the main image; FALSE when it cannot be decoded. Decodes it (20-60 ms for A4). */
gboolean kh_raster_main_size (PopplerPage *page, const kh_raster_look *look, int *width, int *height);

/* How a page is drawn: pixel = point * scale + shift. */
typedef struct kh_raster_plan {
    double scale_x, scale_y; /* pixels a point */
    double shift_x, shift_y; /* pixels, less than 1 */
} kh_raster_plan;

/* The plan that gives the main image back pixel by pixel where it makes up the page, at most at 300 dpi; 300 dpi for all
 * other pages. `image_width` 0: unknown. */
kh_raster_plan kh_raster_plan_for (const kh_raster_look *look, double width, double height, int image_width, int image_height);

/* Draws the page, and hands back grey pixels when nothing on it has colour, else RGB. NULL when Cairo cannot. The caller frees. */
kh_pixels *kh_raster_draw (PopplerPage *page, double width, double height, kh_raster_plan plan);

#endif
