/* blocks.h - parts of a page whose text runs the other way: a table that stands sideways under an upright heading.
 * Inside source/ only.
 *
 *    page as shown        reading frame
 *   ┌────────────┐     ┌─────────────────┐
 *   │  heading   │     │     heading     │   page->to_page
 *   │ ┌────────┐ │     │ ┌─────────────┐ │
 *   │ │ t r  │ │ │     │ │ row         │ │
 *   │ │ a o  │ │ │ ──> │ │─────────────│ │   a region, turned
 *   │ │ b w  │ │ │     │ │─────────────│ │
 *   │ │ l    │ │ │     │ └─────────────┘ │
 *   │ └────────┘ │     │ text            │   a region, moved down
 *   │ text       │     └─────────────────┘
 *   └────────────┘
 */
#ifndef KH_SOURCE_BLOCKS_H
#define KH_SOURCE_BLOCKS_H

#include "source/bits.h"

typedef enum kh_run_of_text {
    KH_TEXT_ACROSS, /* letters stand side by side, as on an upright page */
    KH_TEXT_DOWN,   /* letters stand one over the other: sideways */
} kh_run_of_text;

/* The largest part of the page whose text runs as `run` says while there is text that runs the other way outside of it; none of
 * that is in its box (pixels). Where lines run is told from the letters alone: they stand nearer to each other than lines do.
 * `rules`: ruling lines that were erased from `bits` (of kh_rule, points), or NULL when they are still there. FALSE when there
 * is no such part. */
gboolean kh_blocks_find (PIX *bits, double dpi, const GArray *rules, kh_run_of_text run, kh_box *block);

/* Does nearly all of the page's text run down? */
gboolean kh_blocks_all_down (PIX *bits, double dpi);

/* The pixels with the block turned clockwise by 90 or 270 degrees, in its place: what is above stays, what is beside or below
 * moves down, and the page becomes wider where it has to. `clean` are the same pixels without rulings and specks. The page's
 * frame follows, and page->regions says where things stood: first the block, then what moved down. The caller frees. NULL when
 * the page would grow beyond KH_LIMIT_PAGE_PIXELS. */
kh_pixels *kh_blocks_turn (const kh_pixels *pixels, const kh_pixels *clean, kh_page *page, kh_box block, int turn);

#endif
