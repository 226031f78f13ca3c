/* textlayer.h - the text layer of a PDF page, word by word. */
#ifndef KH_SOURCE_TEXTLAYER_H
#define KH_SOURCE_TEXTLAYER_H

#include "core/page.h"

#include <poppler.h>

/* Adds the words of the text layer to `page` and sets its origin and confidence. When most of the
 * words run up or down the page (a sheet printed sideways without /Rotate), the reading frame is turned with
 * them, and the rules already on the page, too. FALSE when words were dropped at a ceiling. */
gboolean kh_textlayer_read (PopplerPage *poppler, kh_pool *pool, kh_page *page);

#endif
