/* target_clause.h - a clause of a sentence, and which of its quantities are commitments. Within plan/target_*.c only. */
#ifndef KH_PLAN_TARGET_CLAUSE_H
#define KH_PLAN_TARGET_CLAUSE_H

#include "plan/targets.h"

/* A clause of a sentence, and what was found in it so far. */
typedef struct kh_clause {
    gsize from, to;          /* folded bytes */
    gsize last_end;          /* where the last quantity that counted ended; = from before the first */
    gsize previous_end;      /* where the quantity before ended, whether it counted or not */
    gboolean first;          /* no quantity was taken yet */
    const char *comparator;  /* of the last one */
    const kh_value *subject; /* of the last one of the sentence; NULL before */
} kh_clause;

/* Is the quantity so many per cent? */
gboolean kh_is_share (const kh_quantity *q, const kh_fold *fold);

/* Does the sentence set a condition or deal out points, so that none of it is promised? */
gboolean kh_sets_condition (const kh_fold *fold);

/* Is the quantity of the clause a commitment? */
gboolean kh_clause_counts (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *clause, const kh_quantity *q);

/* Its comparator, as the words around it turn it. */
const char *kh_clause_comparator (const kh_fold *fold, const kh_clause *clause, const kh_quantity *q);

#endif
