/* zones.h - which blocks of the flow are which part of the paper.
 *
 *      ┌───────────────┬──────────────┐
 *      │ left          │ right        │   head: issuer, number | motto, place and date
 *      ├───────────────┴──────────────┤
 *      │          type                │   KẾ HOẠCH
 *      │          title               │   the centred lines below it
 *      ├──────────────────────────────┤
 *      │ opening                      │   Căn cứ …; up to the first numbered heading
 *      │ body                         │   I. … to the closing sentence (tables included)
 *      ├───────────────┬──────────────┤
 *      │ recipients    │ signature    │   foot: Nơi nhận | KT. GIÁM ĐỐC …
 *      ├───────────────┴──────────────┤
 *      │ after                        │   stray lines after the foot that begin no appendix
 *      ├──────────────────────────────┤
 *      │ appendices[]                 │   PHỤ LỤC …: each begins a list of its own
 *      └──────────────────────────────┘
 *
 * Every block of the flow is in exactly one list (Nơi nhận of an appendix stays in that appendix).
 */
#ifndef KH_PLAN_ZONES_H
#define KH_PLAN_ZONES_H

#include "core/flow.h"

typedef struct kh_zones {
    GPtrArray *left, *right;         /* kh_block *: the head's columns */
    GPtrArray *type;                 /* kh_block *: the line that names the type (usually one; none in some papers) */
    GPtrArray *title;                /* kh_block * */
    GPtrArray *opening;              /* kh_block *: bases and the sentence that introduces the plan */
    GPtrArray *body;                 /* kh_block * */
    GPtrArray *recipients, *signature; /* kh_block * */
    GPtrArray *after;                /* kh_block * */
    GPtrArray *appendices;           /* GPtrArray * of kh_block *; the first blocks are its own heading */

    /* Filled by kh_plan_bases: what of the opening is no base, in order (the introducing sentence, HỎA TỐC …):
     * kh_text *. It becomes the paragraphs of the section {other, no number, no title} before section I. */
    GPtrArray *introduction;
} kh_zones;

/* The zones of a document; in the pool, lists never NULL. */
kh_zones *kh_zones_of (const kh_flow *flow, kh_pool *pool);

/* Does the text begin an appendix (PHỤ LỤC, Phụ lục I, BIỂU SỐ 1, DANH MỤC …)? The folded bytes of the line's type and number
 * ("phu luc ii"), 0 when it does not. `strong`: PHỤ LỤC / BIỂU / MẪU with or without number, not mere DANH MỤC or BẢNG. */
gsize kh_appendix_heading (const char *text, gboolean *strong);

#endif
