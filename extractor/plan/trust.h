/* trust.h - how sure the record is of each of its values, and what a clerk should look at first.
 *
 *   words' trust multiplied (viet/trust.h)  ×  what the parser doubted  ×  what a table's lines or a value's look say   =  confidence
 *
 * Every factor is a share that was counted: of the values that look so, how many are right (HACKING.md, "Confidence"). Confidence is thus a chance:
 * of the values at 0.9, nine in ten are right. `make eval` shows by how much that misses (tests/eval/trust.py).
 *
 * `review` then names what is below KH_REVIEW_BELOW, and what the parsers found wanting, worst first. A place on paper is named once, however many
 * values were read there: by the value a clerk works with (a task's before a paragraph's).
 */
#ifndef KH_PLAN_TRUST_H
#define KH_PLAN_TRUST_H

#include "core/record.h"

/* Sets the confidence of all values, rows and cells; puts `review` in order. The parsers have filled the record. Strings are in the pool. */
void kh_plan_trust (kh_pool *pool, kh_record *record);

#endif
