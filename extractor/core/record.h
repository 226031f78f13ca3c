/* record.h - the plan record: what one document becomes.
 *
 * The C face of schemas/plan.schema.json; field names are the same, and what
 * each means and which rule decides a case stands there. plan/ fills it, emit/
 * writes it. Lists are never NULL. "Not found" is a value without text, never "".
 * All of it lives in the document's pool.
 */
#ifndef KH_CORE_RECORD_H
#define KH_CORE_RECORD_H

#include "core/text.h"

/* Where something was read, and how sure we are. */
typedef struct kh_evidence {
    float confidence;      /* 0..1 */
    const kh_text *text;   /* what it was read off, with its words; NULL: it stands nowhere by itself */
    gsize n_spots;         /* one box a printed line */
    const kh_spot *spots;
} kh_evidence;

/* A scalar of the record. */
typedef struct kh_value {
    const char *text;      /* NULL = null; dates are ISO 8601 */
    kh_evidence seen;      /* n_spots 0 when it stands nowhere by itself (derived) */
    const char *key;       /* of a unit: its one spelling (plan/unit_key.h); NULL = null */
} kh_value;

extern const kh_value KH_NULL_VALUE;

/* The text as a value with its evidence (an empty text gives null). */
kh_value kh_value_of (kh_pool *pool, const kh_text *text);
/* A derived value: `string` (copied; NULL gives null), read off `from` (may be NULL). */
kh_value kh_value_derived (kh_pool *pool, const char *string, const kh_text *from);
kh_evidence kh_evidence_of (kh_pool *pool, const kh_text *text);
/* Same text with its confidence multiplied by `factor` (doubt of a parser). */
kh_value kh_value_doubt (kh_value value, float factor);
/* Same text, of whose doubt only `share` is left: another source says the same (the order of a list, its number). */
kh_value kh_value_confirm (kh_value value, float share);

typedef struct kh_province {
    const char *code, *name;             /* NULL = null */
    const char *today_code, *today_name; /* after the mergers of July 2025 */
    gboolean is_city;                    /* under the centre, when the plan was issued; not in the JSON */
} kh_province;

typedef struct kh_header {
    kh_value issuer, parent, number, place, date, type, title;
    kh_province province;
    kh_value period_start, period_end;
} kh_header;

typedef struct kh_reference {
    kh_value type, number, date, issuer;
    gboolean date_impossible; /* a day is given that does not exist: `date` is null */
} kh_reference;

typedef struct kh_base {
    kh_value text;
    GPtrArray *references; /* kh_reference * */
} kh_base;

typedef enum kh_role {
    KH_ROLE_OTHER,
    KH_ROLE_OBJECTIVES,
    KH_ROLE_TASKS,
    KH_ROLE_ASSIGNMENTS,
    KH_ROLE_FUNDING,
    KH_ROLE_IMPLEMENTATION,
    KH_ROLE_APPENDIX,
} kh_role;

typedef struct kh_paragraph {
    const char *marker; /* as printed with its mark ("-", "a)", "2.1."); NULL for running text */
    int depth;          /* 0 running text, 1 "-" or numbered item, 2 "+" */
    kh_value text;
    const char *table;  /* id of the table that stands here; then the rest is empty */
    const kh_text *source; /* the text with its words, for the parsers; NULL for a table */
    GPtrArray *references; /* kh_reference *, the documents its text names; NULL or empty for none */
} kh_paragraph;

typedef struct kh_section {
    const char *id, *parent; /* "s4"; parent NULL at the top */
    int level;
    kh_value number, title;
    kh_role role;
    GPtrArray *paragraphs;   /* kh_paragraph * */
} kh_section;

typedef enum kh_deadline_kind {
    KH_DEADLINE_NONE, /* not stated: null */
    KH_DEADLINE_DATE,
    KH_DEADLINE_PERIOD,
    KH_DEADLINE_RECURRING,
    KH_DEADLINE_CONDITIONAL,
} kh_deadline_kind;

typedef struct kh_deadline {
    kh_deadline_kind kind;
    kh_value text;
    const char *start, *end; /* ISO days or NULL */
} kh_deadline;

typedef struct kh_other_field {
    const char *header;
    kh_value text;
} kh_other_field;

typedef enum kh_task_origin { KH_TASK_TABLE, KH_TASK_PROSE } kh_task_origin;

typedef struct kh_task {
    const char *id; /* "t12" */
    kh_task_origin origin;
    kh_value group, number, text;
    GPtrArray *lead, *coordinate, *product; /* kh_value * */
    kh_deadline deadline;
    kh_value budget, notes;
    GPtrArray *other;                       /* kh_other_field * */
    kh_evidence seen;                       /* of the row, whose every value is right with this confidence */
    const char *section, *table;            /* ids or NULL */
    int row;                                /* 1-based, header rows not counted; 0 = null */
    const kh_text *source;                  /* `text` with its words, for the parsers; NULL when it is a heading */
    GPtrArray *references;                  /* kh_reference *, the documents `text` names; NULL or empty for none */
} kh_task;

/* What a target is compared with ("so với năm 2021"). */
typedef struct kh_baseline {
    kh_value text;           /* as printed, without "so với"; NULL = null */
    const char *start, *end; /* ISO days or NULL */
} kh_baseline;

typedef struct kh_target {
    const char *id; /* "g3" */
    kh_value text, subject;
    const char *comparator; /* ">=", "<=", "=", "+", "-" */
    double value;
    kh_evidence value_seen;
    kh_value unit;          /* as printed */
    kh_evidence seen;       /* of the whole, as of a task */
    const char *by;         /* ISO day or NULL */
    kh_baseline baseline;
    const char *topic;      /* key of models/topics.tsv; NULL when none fits */
    const char *section;
} kh_target;

typedef struct kh_responsibility {
    kh_value unit, text;
    const char *section;
} kh_responsibility;

typedef struct kh_signature {
    kh_value authority, position, name;
} kh_signature;

typedef enum kh_table_role { KH_TABLE_OTHER, KH_TABLE_TASKS, KH_TABLE_TARGETS } kh_table_role;

typedef struct kh_table_column {
    const char *header; /* "" when it has none */
    const char *field;  /* number group text product lead coordinate deadline budget notes; NULL = null */
    kh_evidence seen;
} kh_table_column;

struct kh_grid;
typedef struct kh_table {
    const char *id;
    kh_table_role role;
    GPtrArray *columns;          /* kh_table_column * */
    const struct kh_grid *grid;  /* rows after the header rows are the record's rows */
    int first_row;               /* grid row that is the record's row 1 */
    const float *confidence;     /* of the cells, n_rows * n_cols as in the grid; NULL until they are judged (plan/trust.h) */
} kh_table;

typedef struct kh_repair {
    int page;
    const char *kind, *from, *to;
    float confidence;
    int count;
} kh_repair;

typedef struct kh_review_entry {
    const char *pointer, *reason;
} kh_review_entry;

typedef struct kh_warning {
    int page;                  /* 0: the document */
    const char *code, *message;
} kh_warning;

typedef struct kh_record {
    /* source */
    const char *file, *sha256, *media_type;
    guint64 bytes;
    int page_count;            /* of the file */
    GPtrArray *pages;          /* kh_page *, those read */

    kh_header header;
    GPtrArray *bases;          /* kh_base * */
    GPtrArray *sections;       /* kh_section * */
    GPtrArray *tasks;          /* kh_task * */
    GPtrArray *targets;        /* kh_target * */
    GPtrArray *responsibilities; /* kh_responsibility * */
    GPtrArray *recipients;     /* kh_value * */
    kh_signature signature;
    GPtrArray *signatures;     /* kh_signature *; all of them when there are several, else empty */
    GPtrArray *tables;         /* kh_table * */
    GPtrArray *repairs;        /* kh_repair * */
    GPtrArray *review;         /* kh_review_entry * */
    GPtrArray *warnings;       /* kh_warning * */
} kh_record;

/* An empty record: all lists there, all values null. */
kh_record *kh_record_new (kh_pool *pool);

/* Appends a warning; strings are copied. */
void kh_record_warn (kh_pool *pool, kh_record *record, int page, const char *code, const char *message);

#endif
