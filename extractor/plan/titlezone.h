/* titlezone.h - the head's end, the type and the title's lines in the flow; for zones.c. */
#ifndef KH_PLAN_TITLEZONE_H
#define KH_PLAN_TITLEZONE_H

#include "core/flow.h"

/* The flow with those paragraphs parted that hold several lines of the head (motto, number, day, type) or a title and the base below
 * it; in the pool, all other blocks are the same. */
const kh_flow *kh_head_by_lines (const kh_flow *flow, kh_pool *pool);

/* The block that names the type; -1 when none does. */
int kh_type_block (const kh_flow *flow);

/* The block behind the title that begins at `from`. */
guint kh_title_end (const kh_flow *flow, guint from, kh_pool *pool);

/* Where "(Ban hành kèm theo …)" begins in a block that begins with a line of the title: bytes; 0 when it does not. */
gsize kh_title_annex_line (kh_pool *pool, const kh_block *block);

/* The bytes [from, to) of a paragraph as a block of its own, of one line. */
kh_block *kh_block_part (kh_pool *pool, const kh_block *block, gsize from, gsize to);

#endif
