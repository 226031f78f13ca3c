/* outline.h - which paragraphs are headings, and what hangs below what.
 *
 *      II. NHIỆM VỤ                       item 0   heading
 *      1. Cải cách thể chế                item 1   heading, parent 0
 *      - Rà soát văn bản …;               item 2   content of 1
 *      2. Cải cách thủ tục                item 3   heading, parent 0
 *      a) Niêm yết thủ tục mới.           item 4   parent 3, a sentence: no heading
 *
 * Numbers make the tree, whether their lines are headings or not; then each list of siblings is judged as a whole: a
 * heading is short, no sentence, has something below it, and is printed bold, slanted or in capitals where the page
 * tells; siblings of a heading are sections, too. Nothing here needs bold print, so it works after OCR.
 */
#ifndef KH_PLAN_OUTLINE_H
#define KH_PLAN_OUTLINE_H

#include "core/flow.h"
#include "plan/markers.h"

typedef struct kh_item {
    const kh_text *text;   /* the whole paragraph; empty for a table */
    const kh_block *block; /* where it began; NULL for text without a block */
    const kh_grid *grid;   /* a table, else NULL */
    kh_marker marker;      /* kind NONE: running text */
    int parent;            /* the numbered item or heading it hangs below; -1 at the top */
    gboolean is_section;
    gsize title_start, title_end; /* sections: bytes of text that are the title; equal when it has none */
    gsize rest;            /* sections: where a run-in paragraph begins; the text's length when there is none */
} kh_item;

/* The items of blocks (kh_block *) in order: kh_item, one a paragraph or table. Everything in the pool. `in_appendix`:
 * lines in capitals without a number are no headings there. */
GArray *kh_outline_of (kh_pool *pool, const GPtrArray *blocks, gboolean in_appendix);

static inline kh_item *kh_outline_item (const GArray *outline, guint i) { return &g_array_index (outline, kh_item, i); }

#endif
