/* emit.h - the record leaves. */
#ifndef KH_EMIT_EMIT_H
#define KH_EMIT_EMIT_H

#include "core/flow.h"
#include "core/record.h"
#include "kehoach.h" /* kh_format, kh_format_options */

/* Names of the models for generator.models; NULL = null. */
typedef struct kh_models {
    const char *ocr, *repair;
} kh_models;

/* Appends the record: JSON with 2 spaces of indent (keys in the order of record.md) and a final line feed;
 * NDJSON the same on one line; CSV the task table (csv.c: header line in Vietnamese, lists joined by "; ");
 * text the document in reading order, a paragraph or table row a line, cells separated by tabs;
 * table (table.c) a summary and the task table drawn for a terminal; a workbook (xlsx.c); an HTML page with the pages of paper (html.c). Same
 * record, same bytes. No evidence is lost: every scalar that stands on a page has an entry in `evidence`. `options` may be NULL. FALSE with
 * KH_ERROR_OUTPUT for a workbook that finds no room. */
gboolean kh_emit (GString *out, const kh_record *record, const kh_flow *flow, kh_models models, kh_format format,
                  const kh_format_options *options, GError **error);

/* For --dump tables: every grid of the flow with its pages, rows, cells and spans. For --dump text: the flow block by block,
 * each with its place, column and alignment. For people and tests (dump.c). */
void kh_emit_tables (GString *out, const kh_flow *flow);
void kh_emit_blocks (GString *out, const kh_flow *flow);

/* For --dump tables --format html: an HTML page that needs nothing else, with the tables drawn over the pages they stand on, beside their
 * rows; in the reader's language. A page without `picture` is drawn by its words (tables_html.c). */
void kh_emit_tables_html (GString *out, const kh_record *record, const kh_flow *flow);
/* Will it draw this page, so that a picture of it is of use? */
gboolean kh_emit_draws_page (const kh_flow *flow, const kh_page *page);

/* kh_validate() and kh_schema_json() of kehoach.h are implemented here, too (validate.c). */

#endif
