/* load.h - a record comes back: from its JSON, as far as tables of it want (CSV, workbook). */
#ifndef KH_EMIT_LOAD_H
#define KH_EMIT_LOAD_H

#include "core/record.h"

/* The record of a JSON text that fits the schema: values with their places on pages as shown. Without paragraphs, references, tables and repairs,
 * and without words. NULL when it is no JSON object. All in `pool`. */
kh_record *kh_record_load (kh_pool *pool, const char *json, gsize length);

#endif
