/* targets.h - what the files of the target parser share. Within plan/ only.
 *
 *   targets.c          walks sections and tables; who governs a sentence: role, due day of its headings
 *   target_sentence.c  a sentence: which of its quantities are commitments
 *   target_subject.c   what a quantity is said of
 *   target_due.c       by when
 *   target_table.c     a table of indicators, a column a year
 */
#ifndef KH_PLAN_TARGETS_H
#define KH_PLAN_TARGETS_H

#include "core/record.h"
#include "plan/quantities.h"
#include "viet/fold.h"

/* What is known around a sentence or table. */
typedef struct kh_target_frame {
    kh_pool *pool;
    GPtrArray *targets;     /* kh_target *: where they go */
    const char *plan_start; /* ISO day before which all is past; NULL when unknown */
    int year;               /* the one year the plan covers; 0 otherwise */
    kh_role role;           /* of the section */
    const char *section;    /* its id */
    const char *by;         /* due by the headings and the plan; NULL when nothing says */
} kh_target_frame;

/* Appends a target, with the next id. */
void kh_target_add (const kh_target_frame *frame, kh_target target);

/* The targets of a paragraph or cell, sentence by sentence. */
void kh_targets_of_text (const kh_target_frame *frame, const kh_text *text);

/* The targets of a table with role targets. */
void kh_targets_of_table (const kh_target_frame *frame, const kh_table *table);

/* By when the quantity at folded byte `at` is due, as the bytes [from, to) say: the time nearest before it, else the
 * nearest behind. Past times, and those something is compared with, do not count. NULL when there is none. */
const char *kh_due_near (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, gsize at);
/* The same for a heading: its first time. */
const char *kh_due_of_heading (const kh_target_frame *frame, const char *title);
/* Do the bytes [from, to) speak of the past: a time before the plan, and none in it? A mere day behind the quantity at folded
 * byte `at` ("văn bản còn hiệu lực đến ngày 31/5/2020") dates something else. */
gboolean kh_due_is_past (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, gsize at);

/* What the quantity is said of, as bytes of fold->original: looked for in the clause [from, to). FALSE when nothing is. */
gboolean kh_subject_of (const kh_fold *fold, gsize from, gsize to, const kh_quantity *quantity, gsize *start, gsize *end);

#endif
