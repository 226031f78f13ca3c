/* rows.h - a record as rows of the tables of tables.sql. Within store/ only.
 *
 *     record (JSON) ── corrections laid over it ──> columns of `documents`, rows of tasks, targets, references, units, reviews
 *
 * Values are strings, NULL where the record has null. Each table's rows begin with the document's sha256, and have the columns of
 * kh_row_tables in that order.
 */
#ifndef KH_STORE_ROWS_H
#define KH_STORE_ROWS_H

#include "base/pool.h"

typedef enum kh_row_table {
    KH_ROWS_TASKS,
    KH_ROWS_TARGETS,
    KH_ROWS_REFERENCES,
    KH_ROWS_UNITS,
    KH_ROWS_REVIEWS,
    KH_N_ROW_TABLES,
} kh_row_table;

#define KH_ROW_COLUMNS 24 /* no table has more */

/* A table's name, quoted where SQL wants it, and its columns; NULL at the end. */
extern const struct kh_row_columns {
    const char *table, *columns[KH_ROW_COLUMNS + 1];
} kh_row_tables[KH_N_ROW_TABLES];
/* The columns of `documents` that come from the record; NULL at the end. */
extern const char *const kh_row_document[];
#define KH_ROW_DOCUMENT_COLUMNS 24

typedef struct kh_correction {
    const char *pointer;   /* JSON Pointer */
    const char *read;      /* what the program had read there; NULL: nothing. JSON for objects and lists */
    const char *corrected; /* what a person put in its place */
} kh_correction;

typedef struct kh_rows {
    const char *record;               /* without white space behind it */
    const char *const *document;      /* values of kh_row_document */
    GPtrArray *rows[KH_N_ROW_TABLES]; /* const char *const *, values of kh_row_tables[] */
} kh_rows;

/* Splits a record. `corrections` (kh_correction *; NULL: none) are laid over it where what is read there is what was corrected;
 * the column `record` is not touched by them. NULL with KH_ERROR_INPUT when it is no record, KH_ERROR_LIMIT when it has too many
 * rows. All in `pool`; `record` must live as long. */
kh_rows *kh_rows_new (kh_pool *pool, const char *sha256, const char *record, gsize length, const GPtrArray *corrections,
                      GError **error);

#endif
