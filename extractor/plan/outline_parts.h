/* outline_parts.h - what the files of the outline share. Within outline*.c only.
 *
 *   outline.c           1. gather   each block is an item; lines that go on the item before join it; specks read as a letter go
 *   outline_nesting.c   2. nest     items with numbers find their list: a stack of open lists, from the outermost in. A
 *                                   number that goes on an open list closes all lists inside it; a first number opens a list
 *                                   below the item before it. Of several readings of a marker the one that goes on a list wins.
 *                       3. mend     after OCR: a number between n and n + 2 of its list is n + 1
 *   outline_headings.c  4. judge    each list of siblings: points for looking like a heading; the list decides together
 *   outline.c           5. cut      title and run-in paragraph of each section
 */
#ifndef KH_PLAN_OUTLINE_PARTS_H
#define KH_PLAN_OUTLINE_PARTS_H

#include "plan/outline.h"

/* What an item may still be. */
typedef struct kh_candidate {
    guint n_readings;
    kh_marker readings[KH_MARKER_READINGS];
    double points; /* how much it looks like a heading */
} kh_candidate;

typedef struct kh_outline {
    kh_pool *pool;
    GArray *items;       /* kh_item */
    GArray *candidates;  /* kh_candidate, one an item */
    gboolean has_styles; /* the document shows bold print: plain lines are then less likely headings */
    gboolean in_appendix;
} kh_outline;

#define ITEM(b, i) (&g_array_index ((b)->items, kh_item, i))
#define CANDIDATE(b, i) (&g_array_index ((b)->candidates, kh_candidate, i))

/* Headings without a number hold their place among the lists with this name. */
#define KH_NAMED_BY_PRINT 9

/* Markers and parents of all items; then numbers an engine misread. */
void kh_outline_nest (kh_outline *b);
void kh_outline_mend (kh_outline *b);

/* Which items are sections. */
void kh_outline_judge (kh_outline *b);

/* Has a section a title, or is it a numbered sentence among headings? */
gboolean kh_outline_is_titled (kh_outline *b, guint i);

/* Where a run-in heading of at most so many words ends: at a colon. 0: none. */
gsize kh_outline_run_in (const kh_item *item, guint most_words);

/* Are the words before its colon a heading by themselves ("Dự trù kinh phí: Phụ lục đính kèm")? */
gboolean kh_outline_names_role (const kh_item *item, gsize colon);

/* The text behind the marker. */
static inline const char *
kh_item_body (const kh_item *item)
{
    return item->text->str + item->marker.length;
}

/* Bold or slanted. */
static inline gboolean
kh_block_is_emphasised (const kh_block *block)
{
    return block != NULL && (block->bold >= 0.6 || block->italic >= 0.6);
}

#endif
