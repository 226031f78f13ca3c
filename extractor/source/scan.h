/* scan.h - the image of a page made ready for the engine.
 *
 *   raw ── grey ── paper made white ── skew out ── rulings ── speckle ── sideways block ──> pixels in the reading frame
 *   (colour,  (red stamps   (background (one        (found, noted (isolated (turned, blocks.h)
 *    any dpi)  lightened,    divided out) resampling) and erased)   dots)
 *              turned as it
 *              seems to stand)
 *
 * Grey work is done on plain bytes (grey.h); Leptonica sees one-bit images only (skew.h, rulings.h, speckle.h).
 */
#ifndef KH_SOURCE_SCAN_H
#define KH_SOURCE_SCAN_H

#include "core/page.h"
#include "core/pixels.h"
#include "source/source.h"

/* Prepares `raw`, the page as shown, grey or RGB, which it takes over. Sets the page's reading frame (frame_width,
 * frame_height, to_page, rotation, skew, dpi), clears its words, rules and regions and puts in the ruling lines found. The
 * pixels that come back are grey and stand in the reading frame: point = pixel * 72 / dpi. The caller frees them.
 * NULL with KH_ERROR_LIMIT when the image is too large, KH_ERROR_INPUT when it has no usable resolution. */
kh_pixels *kh_scan_prepare (kh_pixels *raw, kh_scan_options options, kh_page *page, GError **error);

#endif
