/* layout.h - words become lines, paragraphs and tables. Pure geometry: no pixels, no language.
 *
 *   pages{words, rules} ── lines ── columns and bands ── grids ── paragraphs over pages ──> flow
 *
 * See core/flow.h for what comes out.
 */
#ifndef KH_LAYOUT_LAYOUT_H
#define KH_LAYOUT_LAYOUT_H

#include "core/flow.h"

/* The flow of a document's pages (kh_page *, ascending). Never NULL; in `pool`. */
kh_flow *kh_layout (const GPtrArray *pages, kh_pool *pool);

/* Appends a page-by-page account of the lines, for --dump lines: one line a printed line, with page, box,
 * column and role (text, head, number). Reads the pages anew. */
void kh_layout_dump_lines (GString *out, const GPtrArray *pages);

#endif
