/* picture.h - a page made small for a person to look at. Inside source/ only. */
#ifndef KH_SOURCE_PICTURE_H
#define KH_SOURCE_PICTURE_H

#include "core/pixels.h"

#define KH_PICTURE_DPI 110.0

/* What a page of so many points is drawn with: KH_PICTURE_DPI, less where its longer side would have more than KH_LIMIT_PICTURE_SIDE pixels. */
double kh_picture_dpi (double width, double height);

/* `pixels`, made smaller to that resolution when theirs is higher, as a JPEG; grey stays grey. KH_ERROR_INPUT when it cannot be written. The
 * caller drops the reference. */
GBytes *kh_picture_make (const kh_pixels *pixels, GError **error);

#endif
