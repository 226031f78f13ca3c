/* bits.h - one-bit images: the side of a scan that Leptonica works on. Inside source/ only. */
#ifndef KH_SOURCE_BITS_H
#define KH_SOURCE_BITS_H

#include "core/page.h"
#include "core/pixels.h"

#include <leptonica/allheaders.h>

static inline void kh_bits_free (PIX *bits) { pixDestroy (&bits); }
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PIX, kh_bits_free)
static inline void kh_bits_box_free (BOX *box) { boxDestroy (&box); }
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BOX, kh_bits_box_free)
static inline void kh_boxes_free (BOXA *boxes) { boxaDestroy (&boxes); }
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BOXA, kh_boxes_free)

/* Ink (darker than `threshold`) as set bits; the caller frees. */
PIX *kh_bits_from (const kh_pixels *grey, int threshold);

/* Is (x, y) ink? Outside the image: no. */
static inline gboolean
kh_bits_at (PIX *bits, int x, int y)
{
    if (x < 0 || y < 0 || x >= pixGetWidth (bits) || y >= pixGetHeight (bits))
        return FALSE;
    return GET_DATA_BIT (pixGetData (bits) + (gsize) y * pixGetWpl (bits), x);
}

/* Makes the rectangle white in both images; what lies outside of them is ignored. */
void kh_bits_erase (PIX *bits, kh_pixels *grey, int x, int y, int width, int height);

/* The usual width of a stroke in pixels: the median length of horizontal runs of ink; 0 for an empty image. */
double kh_bits_stroke (PIX *bits);

/* Degrees clockwise that make the text upright, 0, 90, 180 or 270: letters and marks reach above the line more often than below (Leptonica's
 * orientation detector; Bloomberg et al. 1995). 0 when that cannot be told: not `sure`. */
int kh_bits_turn (PIX *bits, gboolean *sure);

/* The same for text that is known to run down the page: 90 or 270; or across it: 0 or 180. Asks for less proof. */
int kh_bits_turn_within (PIX *bits, gboolean down);

/* How far the text stands turned counter-clockwise, in degrees, within ±16; 0 when that cannot be told. */
double kh_bits_skew (PIX *bits);

/* Makes solid dark areas white in both that touch the edges of the page (shadows of the scanner's lid) or are as round and as
 * large as punched holes. */
void kh_bits_clear_borders (PIX *bits, kh_pixels *grey);

/* Makes specks white in both: blobs smaller than a full stop, and blobs of that size with no text near them. */
void kh_bits_clear_specks (PIX *bits, kh_pixels *grey);

/* Finds ruling lines, adds them to page->rules (in points) and makes them white in both; glyphs that
 * touch a line or cross it stay whole. */
void kh_bits_take_rules (PIX *bits, kh_pixels *grey, kh_page *page);

#endif
