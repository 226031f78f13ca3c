/* turn.h - which way is up: a look at a part of the page from four sides. */
#ifndef KH_OCR_TURN_H
#define KH_OCR_TURN_H

#include "core/page.h"
#include "core/pixels.h"

#include <tesseract/capi.h>

/* Degrees clockwise (0, 90, 180, 270) that make the pixels' content upright; 0 when in doubt. `page` has the words of a reading as the
 * pixels stand; when that was read well, no further look is taken. */
int kh_turn_find (TessBaseAPI *engine, const kh_pixels *pixels, const kh_page *page);

#endif
