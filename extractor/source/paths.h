/* paths.h - ruling lines from the drawings of a PDF page. */
#ifndef KH_SOURCE_PATHS_H
#define KH_SOURCE_PATHS_H

#include "core/page.h"

#include <poppler.h>

/* Adds the page's level and upright lines (strokes, and filled shapes as thin as a line) to `page`, in the frame of the
 * page as shown, pieces put together. Returns how many shapes were drawn in all, lines or not. Costs 2-5 ms for
 * a page of text; images on the page are decoded. */
guint kh_paths_read (PopplerPage *poppler, kh_page *page);

#endif
