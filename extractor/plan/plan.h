/* plan.h - the document is understood: a flow of blocks becomes the plan's record.
 *
 * Zones first (which blocks are header, bases, body, foot, appendix), then one small parser a zone.
 * Fills header, bases, sections, tasks, targets, responsibilities, recipients, signature(s), tables and review
 * of `record`, whose lists are empty on entry. Cannot fail: what is not found is null.
 */
#ifndef KH_PLAN_PLAN_H
#define KH_PLAN_PLAN_H

#include "core/flow.h"
#include "core/record.h"

void kh_plan_understand (const kh_flow *flow, kh_pool *pool, kh_record *record);

#endif
