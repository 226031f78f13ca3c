/* lines.h - lines of text and the blobs that belong to them.
 *
 * Boxes do not part lines: a mark that stands high over a small letter may be in the box of the line above, and an image cut
 * off there would be read without it (tế as tê). So each blob is given to the one line it belongs to, and a line becomes an
 * image of its own with nothing else in it:
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
    kh_span box;            /* around its letters, marks left out */
    guint16 cell;           /* no ink of another cell belongs to the line */
    double baseline, slope; /* y at box.x0, and how it changes per pixel */
    double x_height;        /* of its letters, pixels */
    gboolean is_mixed;      /* small letters and higher ones were seen, so that x_height is one, and not the height of capitals */
    double wide_gap;        /* a gap wider than this, in pixels, is no space between its words */
    GArray *blobs;          /* of guint, left to right */
} kh_text_line;

/* The cell of ink that is no text. */
#define KH_NO_CELL G_MAXUINT16

/* An empty line. */
kh_text_line kh_text_line_new (kh_span box, guint16 cell, double baseline, double slope);

/* An array of kh_text_line that frees what is in them. */
GArray *kh_text_lines_new (void);

/* Measures each line's letters and gives each blob to the line it belongs to, if any; `cell_of` names the cell of each
 * blob. */
void kh_text_lines_gather (GArray *lines, const kh_blobs *blobs, const guint16 *cell_of);

/* A stretch is what stands between wide gaps (columns that share a baseline, tabs). The end (exclusive, in line->blobs) of
 * the one that begins at `start`. */
guint kh_text_line_stretch_end (const kh_text_line *line, const kh_blobs *blobs, guint start);

/* The line's blobs whose middle is within from..to (exclusive), left to right (of kh_span). */
GArray *kh_text_line_ink (const kh_text_line *line, const kh_blobs *blobs, int from, int to);

/* Such ink as glyphs, left to right (of kh_span): blobs that stand over each other are one, as a letter and its mark. */
GArray *kh_ink_glyphs (const GArray *ink);

/* Where the baseline is at x. */
static inline double
kh_text_line_baseline (const kh_text_line *line, double x)
{
    return line->baseline + line->slope * (x - line->box.x0);
}

/* The line alone on white, with a margin all round; `at` becomes the place of its upper left corner. NULL without blobs. */
kh_pixels *kh_text_line_image (const kh_text_line *line, const kh_pixels *pixels, const kh_blobs *blobs, int margin, kh_span *at);

#endif
