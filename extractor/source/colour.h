/* colour.h - coloured ink parted from black.
 *
 *   RGB ──> how coloured is it, patch by patch ──> patches that hang together ──┬─ stamp ─────┐
 *           (against the paper's own tint)         are seen as wholes           ├─ signature ─┴─> marks; their ink is taken out
 *                                                                               └─ anything else: letters, rulings, pictures:
 *                                                                                  stays, as dark as it looks
 *
 * A coloured ink lets the light of one channel through: what is dark in all three is black under it. How much an ink
 * darkens even its own channel (blue ink is far from clear) is measured on each mark.
 */
#ifndef KH_SOURCE_COLOUR_H
#define KH_SOURCE_COLOUR_H

#include "core/page.h"
#include "core/pixels.h"

/* `image` (RGB) in grey, of the same size: stamps and signatures faded to paper with the black under them kept, pale colours
 * (highlighter) lightened, all else as dark as it looks. The marks are appended to `marks` (of kh_mark), in points of the
 * image (pixel * 72 / dpi), up to KH_LIMIT_PAGE_MARKS. The caller frees. */
kh_pixels *kh_colour_part (const kh_pixels *image, GArray *marks);

#endif
