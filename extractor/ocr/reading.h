/* reading.h - lines of text, shown to the network and turned into words. Inside ocr/ only. */
#ifndef KH_OCR_READING_H
#define KH_OCR_READING_H

#include "core/page.h"
#include "ocr/decode.h"
#include "ocr/lines.h"

/* What the reading of one page needs. */
typedef struct kh_reading {
    const kh_model *model;
    const kh_decoder *decoder; /* of that model */
    const kh_pixels *pixels;
    double points; /* a pixel in points */
    kh_pool *pool;
    kh_page *page; /* words are appended to it */
    kh_blobs *blobs;
    double x_height; /* pixels, of most letters; set by kh_reading_lines */
} kh_reading;

/* A word that was read, in pixels of the page. */
typedef struct kh_found_word {
    char *text;
    char *others; /* what else it may be (kh_word.others), or NULL */
    kh_span box;
    float confidence;
} kh_found_word;

/* Gives the word another text, which it takes over. */
static inline void
kh_found_word_set (kh_found_word *word, char *text)
{
    g_free (word->text);
    word->text = text;
}

/* Reads the lines (of kh_text_line) and appends their words, numbered by line from 0. */
void kh_reading_lines (kh_reading *reading, const GArray *lines);

#endif
