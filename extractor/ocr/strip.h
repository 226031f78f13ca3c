/* strip.h - the image of a line made the size and the contrast the network was trained on. */
#ifndef KH_OCR_STRIP_H
#define KH_OCR_STRIP_H

#include "core/pixels.h"
#include "ocr/network.h"

/* The grey image of a line as a strip of `height` pixels; its width follows. The caller frees strip.pixels. */
kh_strip kh_strip_make (const kh_pixels *line, int height);

#endif
