/* reading.h - one line of text, shown to the engine and turned into words. Inside ocr/ only. */
#ifndef KH_OCR_READING_H
#define KH_OCR_READING_H

#include "core/page.h"
#include "ocr/lines.h"

#include <tesseract/capi.h>

/* What the reading of one page needs. */
typedef struct kh_reading {
    TessBaseAPI *engine;
    const kh_pixels *pixels;
    double points; /* a pixel in points */
    kh_pool *pool;
    kh_page *page; /* words are appended to it */
    kh_blobs *blobs;
    int line;      /* the last line number given; -1 at first */
} kh_reading;

/* Reads a line and appends its words under the next line number. FALSE when the engine fails. */
gboolean kh_reading_line (kh_reading *reading, const kh_text_line *line);

#endif
