/* lines.h - lines of text and the blobs that belong to them.
 *
 * The engine's layout says where lines run; but its boxes lose the marks that stand high over small
 * letters, and overlap with the lines beside them. Here each blob is given to the one line it
 * belongs to, and a line becomes an image of its own with nothing else in it:
 *
 *      ´  ´ ?                      gap to the x-height line, in parts of what a mark may stand above it
 *      ^  ^ ^    ───────────  x-height line ┐
 *     the tổ chức                           │ core: ink here belongs to the line
 *              ───────────  baseline        ┘
 *      .   g                       gap to the baseline, in parts of what may hang below
 */
#ifndef KH_OCR_LINES_H
#define KH_OCR_LINES_H

#include "ocr/blobs.h"

typedef struct kh_text_line {
    kh_span box;            /* as the layout gave it; grown to its blobs later */
    kh_span region;         /* no ink outside of it belongs to the line */
    double baseline, slope; /* y at box.x0, and how it changes per pixel */
    double x_height;        /* of its letters, pixels */
    GArray *blobs;          /* of guint, left to right */
} kh_text_line;

/* An empty line. */
kh_text_line kh_text_line_new (kh_span box, kh_span region, double baseline, double slope);

/* An array of kh_text_line that frees what is in them. */
GArray *kh_text_lines_new (void);

/* Measures each line's letters and gives each blob to the line it belongs to, if any. `taken` has a byte for
 * each blob; those given away are set to 1, those set before are left alone. */
void kh_text_lines_gather (GArray *lines, const kh_blobs *blobs, guint8 *taken);

/* A stretch is what stands between wide gaps (columns that share a baseline, tabs). The end (exclusive, in line->blobs) of
 * the one that begins at `start`. */
guint kh_text_line_stretch_end (const kh_text_line *line, const kh_blobs *blobs, guint start);

/* The line alone on white, with a margin all round; `at` becomes the place of its upper left corner. NULL without blobs. */
kh_pixels *kh_text_line_image (const kh_text_line *line, const kh_pixels *pixels, const kh_blobs *blobs, int margin, kh_span *at);

#endif
