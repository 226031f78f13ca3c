/* emit.h - the record leaves. */
#ifndef KH_EMIT_EMIT_H
#define KH_EMIT_EMIT_H

#include "core/flow.h"
#include "core/record.h"

typedef enum kh_format { KH_FORMAT_JSON, KH_FORMAT_NDJSON, KH_FORMAT_CSV, KH_FORMAT_TEXT } kh_format;

/* Names of the models for generator.models; NULL = null. */
typedef struct kh_models {
    const char *ocr, *repair;
} kh_models;

/* Appends the record: JSON with 2 spaces of indent (keys in the order of record.md) and a final line feed;
 * NDJSON the same on one line; CSV the task table (RFC 4180, header line in Vietnamese, lists joined by "; ");
 * text the document in reading order, a paragraph or table row a line, cells separated by tabs. Same record, same bytes.
 * No evidence is lost: every scalar that stands on a page has an entry in `evidence`. */
void kh_emit (GString *out, const kh_record *record, kh_models models, kh_format format);

/* Checks one JSON text against the record's schema as compiled into the program. Appends one line a fault,
 * "POINTER: what is wrong", to `faults`. TRUE when there is none. Not JSON at all is one fault. */
gboolean kh_validate (const char *json, gsize length, GString *faults);

/* The schema itself (schemas/plan.schema.json), as compiled in. Static. */
const char *kh_schema_json (void);

#endif
