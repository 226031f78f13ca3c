/* drawn_word.h - a word whose blobs are drawn as rectangles, for tests of what the ink measures. */
#ifndef KH_TESTS_DRAWN_WORD_H
#define KH_TESTS_DRAWN_WORD_H

#include "ocr/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SIDE 200
#define BASELINE 100
#define X_HEIGHT 30.0
#define SURE 0.99f

/* Rectangles of ink, ended by one without. Those that touch are one blob. */
typedef kh_span drawing[16];

/* A line of one word, on a page of its own. */
typedef struct drawn_word {
    kh_pixels *pixels;
    kh_blobs *blobs;
    kh_text_line line;
    kh_reading reading;
    kh_found_word word; /* text and others are the test's to free */
} drawn_word;

static int
by_left_edge (const void *a, const void *b, void *blobs)
{
    return kh_blob_at (blobs, *(const guint *)a)->box.x0 - kh_blob_at (blobs, *(const guint *)b)->box.x0;
}

/* The word read as `text` from the shapes; `x_height` is of the page's other lines: another one than this line's means that nothing tells what
 * this line's is the height of. */
static drawn_word
draw_word (const kh_span *shapes, const char *text, double x_height)
{
    kh_pixels *pixels = kh_pixels_new (SIDE, SIDE, 1, 300);
    for (; shapes->x1 > 0; shapes++)
        for (int y = shapes->y0; y < shapes->y1; y++)
            memset (pixels->data + pixels->stride * y + shapes->x0, 0, (gsize) (shapes->x1 - shapes->x0));
    kh_blobs *blobs = kh_blobs_find (pixels, pixels->ink);
    GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
    kh_span box = { SIDE, SIDE, 0, 0 };
    for (guint i = 0; i < blobs->blobs->len; i++) {
        box = kh_span_union (box, kh_blob_at (blobs, i)->box);
        g_array_append_val (order, i);
    }
    g_array_sort_with_data (order, by_left_edge, blobs);
    return (drawn_word){
        .pixels = pixels,
        .blobs = blobs,
        .line = { .box = box, .baseline = BASELINE, .x_height = X_HEIGHT, .is_mixed = x_height == X_HEIGHT, .blobs = order },
        .reading = { .pixels = pixels, .points = 72 / pixels->dpi, .blobs = blobs, .x_height = x_height },
        .word = { g_strdup (text), g_strdup ("others 1.0"), box, SURE },
    };
}

/* Frees all but the word's texts. */
static void
drawn_word_clear (drawn_word *drawn)
{
    kh_pixels_free (drawn->pixels);
    kh_blobs_free (drawn->blobs);
    g_array_unref (drawn->line.blobs);
}

#endif
