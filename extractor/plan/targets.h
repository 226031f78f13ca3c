/* targets.h - what the files of the target parser share. Within plan/ only.
 *
 *   targets.c          walks sections and tables; who governs a sentence: role, due day of its headings
 *   target_sentence.c  a sentence: clauses, and what is said of their commitments
 *   target_clause.c    which quantities of a clause are commitments
 *   target_subject.c   what a quantity is said of
 *   target_due.c       by when
 *   target_table.c     a table of indicators, a column a year
 *   target_baseline.c  what it is compared with
 *   target_topic.c     which known indicator it speaks of
 *   target_conflicts.c which of them cannot both hold
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
    GPtrArray *claims;      /* kh_claim *: what each says, one a target, for target_conflicts.c; NULL: not kept */
    const char *plan_start; /* ISO day before which all is past; NULL when unknown */
    int year;               /* the one year the plan covers; 0 otherwise */
    kh_role role;           /* of the section */
    const char *section;    /* its id */
    const char *plan_end;   /* its last day; NULL when unknown */
    const char *by;         /* due by the headings and the plan; NULL when nothing says */
    const char *topic;      /* what the headings speak of; NULL for nothing known */
} kh_target_frame;

/* What a target says beside its figures. */
typedef struct kh_claim {
    const char *words; /* folded: its indicator, or the stretch of the sentence around its quantity */
    const char *scope; /* where it stands: the table's id, else the text of the sentence */
    gboolean in_table;
} kh_claim;

/* Appends a target, with the next id. */
void kh_target_add (const kh_target_frame *frame, kh_target target, kh_claim claim);

/* The targets of a paragraph or cell, sentence by sentence. */
void kh_targets_of_text (const kh_target_frame *frame, const kh_text *text);

/* The targets of a table with role targets. */
void kh_targets_of_table (const kh_target_frame *frame, const kh_table *table);

/* By when the quantity is due, as the bytes [from, to) say: the time right behind it, else the nearest before it, else the
 * nearest behind that is not another's; without a quantity the first. Past times, and those something is compared with, do not
 * count. NULL when there is none. */
const char *kh_due_near (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, const kh_quantity *q);
/* The same for a heading: its first time. */
const char *kh_due_of_heading (const kh_target_frame *frame, const char *title);
/* Do the bytes [from, to) speak of the past: a time before the plan, and none in it? A mere day behind the quantity at folded
 * byte `at` ("văn bản còn hiệu lực đến ngày 31/5/2020") dates something else. */
gboolean kh_due_is_past (const kh_target_frame *frame, const kh_fold *fold, gsize from, gsize to, gsize at);

/* What the quantity is said of, as bytes of fold->original: looked for in the clause [from, to). FALSE when nothing is. */
gboolean kh_subject_of (const kh_fold *fold, gsize from, gsize to, const kh_quantity *quantity, gsize *start, gsize *end);

/* What is said from folded byte `from` on, up to `to`, to be compared with ("so với năm 2021"); `at` is where that begins. FALSE
 * when nothing is. */
gboolean kh_baseline_find (const kh_target_frame *frame, const kh_text *text, const kh_fold *fold, gsize from, gsize to,
                           kh_baseline *baseline, gsize *at);

/* The key of models/topics.tsv whose words stand in the text: the one that says most. NULL when there is none. With `blurred`
 * words may be misread. */
const char *kh_topic_of (const kh_fold *fold, gsize from, gsize to, gboolean blurred);

/* Review entries for targets that contradict one before them. */
void kh_targets_compare (kh_pool *pool, kh_record *record, const GPtrArray *claims);

#endif
