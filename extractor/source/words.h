/* words.h - recorded words: what was read from a document's pages, as a text file.
 *
 * `kehoach extract --dump words` writes it, `--words FILE.tsv` replays it in place of reading, and
 * golden tests are made of it: layout and plan run in milliseconds, without an engine. Tab-separated,
 * UTF-8, one item a line, numbers with a full stop and 2 decimals, reading frame in points:
 *
 *   page  number width height rotation origin dpi skew frame_width frame_height xx xy x0 yx yy y0
 *   region turn x0 y0 x1 y1 xx xy x0 yx yy y0            (a part that stands elsewhere on the page than the rest)
 *   rule  h|v x0 y0 x1 y1
 *   mark  stamp|signature x0 y0 x1 y1
 *   word  line x0 y0 x1 y1 size style confidence text     (as first read; runs to the end of the line)
 *   others texts                 what else the word before may be, and how much less likely (core/page.h)
 *   image …                      a word as the page's image reads it, beside a text layer that lost letters; fields of a word
 *   encoding name                what the text layer was in before it became Unicode
 *   warning code message
 */
#ifndef KH_SOURCE_WORDS_H
#define KH_SOURCE_WORDS_H

#include "core/page.h"

/* Appends the pages (kh_page *) as recorded words. */
void kh_words_write (GString *out, const GPtrArray *pages);

/* The pages recorded in `text`, in `pool`; NULL with KH_ERROR_INPUT that names `name` and the line. */
GPtrArray *kh_words_parse (const char *text, const char *name, kh_pool *pool, GError **error);

/* Leaves a warning on a page that had more words than KH_LIMIT_PAGE_WORDS, or longer ones than KH_LIMIT_WORD_BYTES. */
void kh_words_left_out (kh_page *page, kh_pool *pool);

#endif
