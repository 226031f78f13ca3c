/* grey.h - grey images as plain bytes: paper, noise, resampling. No library.
 *
 * 0 is black, 255 white; a grey image is a kh_pixels of one channel. Every function that returns
 * one returns a new one; the caller frees it.
 */
#ifndef KH_SOURCE_GREY_H
#define KH_SOURCE_GREY_H

#include "core/pixels.h"

/* TRUE when (nearly) every pixel is black or white: a fax or a bitonal scan. */
gboolean kh_grey_is_bitonal (const kh_pixels *grey);

/* Divides the paper's brightness out in place: paper becomes 255, ink keeps its contrast to the paper around it.
 * Faint things (show-through, shadows) vanish. */
void kh_grey_whiten (kh_pixels *grey);

/* Makes the ink of a faint print (worn toner, pencil) as dark as others', in place; the paper must have been made white. */
void kh_grey_deepen (kh_pixels *grey);

/* Makes strokes a pixel thicker, to the right and downwards, in place. */
void kh_grey_thicken (kh_pixels *grey);

/* Median of 3 x 3 pixels. */
kh_pixels *kh_grey_median (const kh_pixels *grey);

/* How noisy the paper is: standard deviation of light pixels against their neighbours, grey levels. */
double kh_grey_noise (const kh_pixels *grey);

/* The image turned clockwise by `skew` degrees about its centre and scaled by `scale`, cubic; the
 * canvas grows so that nothing is cut off, its new corners are white. dpi follows the scale. */
kh_pixels *kh_grey_resample (const kh_pixels *grey, double skew, double scale);

/* Half the width and height, each pixel the mean of four. */
kh_pixels *kh_grey_halve (const kh_pixels *grey);

/* The threshold between ink and paper that parts the histogram best (Otsu), kept within 64..208. */
int kh_grey_threshold (const kh_pixels *grey);

#endif
