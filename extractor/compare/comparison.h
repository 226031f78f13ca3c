/* comparison.h - plans side by side: what is asked, and what comes out. Every printer (print.h) reads this alone.
 *
 *   store ── papers.c ──> places ── papers ─┬─ indicators.c ─> indicators: a matrix indicator x place, by year
 *                                           ├─ kinds.c ──────> kinds: like tasks of all places
 *                                           ├─ lacks.c ──────> lacks: what most places have and one has not
 *                                           └─ revisions.c ──> revisions: a plan beside the one before it
 *
 * A *side* is a place: a province, as it was or as it is today; a body that belongs to none (a ministry) is one of its own.
 * A *paper* is a plan that is compared. An *aim* is one of its targets, a *duty* one of its tasks, as the store has them.
 *
 * All of it lives in the comparison's pool; lists are in the order in which they are to be shown. The same store and questions
 * give the same comparison. What was not read is NULL.
 */
#ifndef KH_COMPARE_COMPARISON_H
#define KH_COMPARE_COMPARISON_H

#include "base/pool.h"
#include "store/store.h"

typedef enum kh_compare_parts {
    KH_COMPARE_TARGETS = 1,
    KH_COMPARE_TASKS = 2,
    KH_COMPARE_MISSING = 4,
    KH_COMPARE_CHANGES = 8,
} kh_compare_parts;

/* ---- what is asked ---- */

typedef struct kh_compare_options {
    guint parts; /* kh_compare_parts; 0: targets, tasks, missing, and changes when there are two papers of one plan */
    const char *const *topics;  /* keys of models/topics.tsv: these alone; NULL: all */
    const char *const *places;  /* names or codes of provinces (or names of bodies): these alone are shown; NULL: all */
    const char *title;          /* papers alone whose title has these words, marks and case aside; NULL: all */
    int year;                   /* targets due then, plans that hold then; 0: all */
    int as_of;                  /* year * 100 + month; from 202507 on, plans stand under today's provinces; 0: as printed */
    const char *before, *after; /* number, or digest (8 digits or more), of the two papers of KH_COMPARE_CHANGES; NULL: each
                                   beside the one before it */
    gboolean all;               /* kinds and lone indicators that only one place has, too */
    guint most_rows;            /* ceiling of targets, and of tasks; 0: KH_LIMIT_COMPARED_ROWS */
} kh_compare_options;

/* ---- what comes out ---- */

typedef struct kh_side {
    const char *code; /* of the General Statistics Office; NULL: no province */
    const char *name;
    const char *made_of; /* "An Giang, Kiên Giang": the provinces its plans were of, when they stand under today's; else NULL */
    guint index;         /* in kh_comparison.places */
    guint n_papers;
} kh_side;

typedef struct kh_paper {
    const char *sha256, *file; /* base name */
    const char *path;          /* a file with it, as given; NULL: not known */
    const char *number, *title, *issuer, *issuer_key, *date;
    const char *period;        /* "2024", "2021-2025"; NULL */
    int first_year, last_year; /* of the period, else of the date; 0: not known */
    const kh_side *place;
    const char *was; /* the province as printed, where it is now part of another; else NULL */
    guint index;     /* in kh_comparison.papers */
} kh_paper;

typedef struct kh_aim {
    const kh_paper *paper;
    const char *id, *text, *subject, *comparator, *unit, *due, *baseline, *topic;
    double value, confidence;
    int year; /* of the due date, else the last of the paper; 0: not known */
    int page; /* 0: not known */
    guint position;
} kh_aim;

/* What is measured, in one unit, as a level or as a change: rows of the matrix. */
typedef struct kh_indicator {
    const char *topic;  /* NULL: known by its wording alone */
    const char *name;   /* Vietnamese; of those without topic the subject most like all of them */
    const char *unit;   /* as most print it; "" */
    gboolean is_change; /* by how much it is to rise or fall, not where it is to be */
    GPtrArray *aims;    /* kh_aim *, by place; there the latest year first, of it the newest paper */
    GArray *years;      /* int, latest first; 0 last */
    guint n_places, n_papers;
} kh_indicator;

/* The aims of a place for a year (-1: for all), one behind the other in `aims`: the first, and how many. NULL and 0 when none. */
kh_aim *const *kh_indicator_at (const kh_indicator *indicator, const kh_side *place, int year, guint *n);

/* How the first aims of the places for a year are spread. */
typedef struct kh_spread {
    guint n_places;
    double least, median, most;
} kh_spread;
kh_spread kh_indicator_spread (const kh_indicator *indicator, int year);

typedef struct kh_duty {
    const kh_paper *paper;
    const char *id, *group, *number, *text, *lead, *lead_key, *product, *deadline, *start, *end;
    double confidence;
    int page;
    guint position;
} kh_duty;

/* Tasks that say much the same. */
typedef struct kh_kind {
    const char *name;              /* the text of the duty most like all of them */
    GPtrArray *duties;             /* kh_duty *, by place; there the newest paper first */
    const char *lead;              /* who leads most of them; NULL: nobody is named */
    guint n_lead;                  /* and how many */
    const char *earliest, *latest; /* days they end on; NULL */
    guint quarters[5];             /* how many end in each quarter of whatever year; the last: on no day that is told */
    guint n_places, n_papers;
} kh_kind;

/* What more than half of the other places have, and this one has not. */
typedef struct kh_lack {
    const kh_side *place;
    const kh_indicator *indicator; /* one of these two; of a topic in several units the one with most places */
    const kh_kind *kind;
    guint n_have, n_others;
} kh_lack;

typedef enum kh_difference_sort { KH_ADDED, KH_DROPPED, KH_CHANGED } kh_difference_sort;

/* In what a pair differs. */
enum {
    KH_DIFFERS_VALUE = 1,
    KH_DIFFERS_COMPARATOR = 2,
    KH_DIFFERS_UNIT = 4,
    KH_DIFFERS_DUE = 8,
    KH_DIFFERS_LEAD = 16,
    KH_DIFFERS_WORDING = 32
};

typedef struct kh_difference {
    kh_difference_sort sort;
    guint in;                           /* KH_DIFFERS_ of a change */
    const kh_aim *old_aim, *new_aim;    /* a target, or ... */
    const kh_duty *old_duty, *new_duty; /* a task; NULL where it is not */
} kh_difference;

typedef struct kh_revision {
    const kh_paper *before, *after;
    int shift;              /* years from one period to the next: days are compared after that many; 0: the same period */
    GPtrArray *differences; /* kh_difference *: targets, then tasks; as they stand in the later paper, dropped ones last */
    guint n_same_aims, n_same_duties;
} kh_revision;

typedef struct kh_comparison {
    kh_pool *pool;
    guint parts;          /* kh_compare_parts that were compared */
    const char *question; /* how the papers were chosen, in Vietnamese: "năm 2025; tỉnh theo tháng 7/2025"; NULL: all */
    GPtrArray *places;    /* kh_side *: provinces in official order, then bodies of no province */
    GPtrArray *papers;    /* kh_paper *, by place; there newest first */
    GPtrArray *indicators, *kinds, *lacks, *revisions;
    guint n_copies;                        /* papers left out: the same number, body and day as another */
    guint n_lone_indicators, n_lone_kinds; /* of one place, left out without `all` */
} kh_comparison;

/* NULL with an error: of the store; KH_ERROR_INPUT when no paper is left, or `before` or `after` names none; KH_ERROR_USAGE for a
 * topic or province that does not exist; KH_ERROR_LIMIT. The caller frees. Strings of the options are needed during the call
 * alone. */
kh_comparison *kh_comparison_new (kh_store *store, const kh_compare_options *options, GError **error);
void kh_comparison_free (kh_comparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_comparison, kh_comparison_free)

/* The Vietnamese name of a topic; NULL when there is none of that key. Static. */
const char *kh_topic_name (const char *key);

#endif
