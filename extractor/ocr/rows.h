/* rows.h - where lines of text run, found from the blobs alone.
 *
 * The page is level and its ruling lines are gone, so letters that stand side by side at one height are a
 * line. No guess is made about columns: a gap wider than any space between words ends a line.
 */
#ifndef KH_OCR_ROWS_H
#define KH_OCR_ROWS_H

#include "ocr/lines.h"

/* Appends the lines to `lines` (of kh_text_line), cell by cell, top to bottom. `cell_of` names the cell of each
 * blob (0: none, KH_NO_CELL: not text); lines never leave a cell. */
void kh_text_rows_find (GArray *lines, const kh_blobs *blobs, const guint16 *cell_of, double dpi);

#endif
