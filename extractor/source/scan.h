/* scan.h - the image of a page made ready for the engine.
 *
 *   raw ── grey ── turned ── paper made white ── skew out ── rulings ── speckle ── sideways block ──> pixels in the reading frame
 *   (colour,  (stamps,   (as it    (background      (one       (found,    (isolated
 *    any dpi)  signatures seems to  divided out)  resampling)   noted and  dots)      (turned,
 *              found and  stand)                                erased)               blocks.h)
 *              faded)
 *
 * Colour and grey are worked on as plain bytes (colour.h, grey.h); Leptonica sees one-bit images only (bits.h).
 */
#ifndef KH_SOURCE_SCAN_H
#define KH_SOURCE_SCAN_H

#include "core/page.h"
#include "core/pixels.h"
#include "source/source.h"

/* Prepares `raw`, the page as shown, grey or RGB, which it takes over. Sets the page's reading frame (frame_width,
 * frame_height, to_page, rotation, skew, dpi), clears its words, rules, regions and marks and puts in the ruling
 * lines, stamps and signatures found. The
 * pixels that come back are grey and stand in the reading frame: point = pixel * 72 / dpi. The caller frees them.
 * NULL with KH_ERROR_LIMIT when the image is too large, KH_ERROR_INPUT when it has no usable resolution. */
kh_pixels *kh_scan_prepare (kh_pixels *raw, kh_scan_options options, kh_page *page, GError **error);

/* How far it seems to stand turned: degrees to be turned clockwise. Takes `raw` over. */
int kh_scan_turn (kh_pixels *raw);

#endif
