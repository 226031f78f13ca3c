/* record_walk.h - every value of a record, with the JSON Pointer it has in what is written.
 *
 *      header ─ number   "/header/number"        KH_VALUE_FIGURES
 *      tasks[11] ─ lead[0]   "/tasks/11/lead/0"  KH_VALUE_UNIT
 *
 * One place knows which values there are, for whoever asks the same of all of them (plan/trust.h). emit/json.c writes the same pointers; a unit
 * test holds the two together.
 */
#ifndef KH_CORE_RECORD_WALK_H
#define KH_CORE_RECORD_WALK_H

#include "core/record.h"

/* What a value is, as far as it matters for doubting it. */
typedef enum kh_value_kind {
    KH_VALUE_TEXT,    /* sentences */
    KH_VALUE_TITLE,   /* of the plan, of a section */
    KH_VALUE_FIGURES, /* numbers, dates */
    KH_VALUE_UNIT,    /* a body or part of one */
    KH_VALUE_ITEM,    /* short text of a list or cell: a product, a note, a unit of measurement */
    KH_VALUE_NAME,    /* of a person */
} kh_value_kind;

typedef struct kh_visited {
    const char *pointer; /* RFC 6901; until the visit ends */
    kh_value_kind kind;
    const char *text;    /* never NULL or "" */
    kh_evidence *seen;
} kh_visited;

typedef void (*kh_visitor) (const kh_visited *visited, gpointer user_data);

/* Visits the values that are not null, in the order of the record; of tables nothing, whose cells are texts of the grid. */
void kh_walk_values (const kh_record *record, kh_visitor visit, gpointer user_data);

#endif
