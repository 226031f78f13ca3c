/* raster.h - the image of a PDF page, at the resolution it was scanned with. */
#ifndef KH_SOURCE_RASTER_H
#define KH_SOURCE_RASTER_H

#include "core/pixels.h"
#include "source/drawing.h"

/* The page for the engine: grey pixels when nothing on it has colour, else RGB. `to_page` leads from points of the pixels
 * (pixel * 72 / dpi) to points of the page as shown. NULL when Cairo cannot. The caller frees. */
kh_pixels *kh_raster_make (PopplerPage *poppler, const kh_drawing *drawing, double width, double height, kh_affine *to_page);

/* The page drawn at `dpi`, whatever is on it; grey or RGB in the same way. NULL when Cairo cannot. The caller frees. */
kh_pixels *kh_raster_draw (PopplerPage *poppler, double width, double height, double dpi);

#endif
