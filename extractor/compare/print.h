/* print.h - a comparison in its forms. Same comparison, same bytes. What is printed is data: in Vietnamese, whatever the locale.
 */
#ifndef KH_COMPARE_PRINT_H
#define KH_COMPARE_PRINT_H

#include "compare/comparison.h"

/* For a terminal `columns` wide (0: 100): few places side by side, many summed up. With `details` each target by itself. */
void kh_compare_text (GString *out, const kh_comparison *comparison, guint columns, gboolean details);

/* One table, RFC 4180, a line a target (KH_COMPARE_TARGETS), task, what is missing, or what changed. UTF-8 with a byte order
 * mark, so that spreadsheets show Vietnamese; `separator` is ',' or ';' or '\t'. */
void kh_compare_csv (GString *out, const kh_comparison *comparison, kh_compare_parts part, char separator);

/* schemas/compare.schema.json; indented by 1, a final line feed. */
void kh_compare_json (GString *out, const kh_comparison *comparison);

/* One page that needs nothing else and asks nobody: tables that sort, bars, links to pages of the files. */
void kh_compare_html (GString *out, const kh_comparison *comparison);

/* A workbook: matrix, targets, charts, tasks, what is missing, what changed, plans. KH_ERROR_OUTPUT without room for temporary
 * files. */
gboolean kh_compare_xlsx (GString *out, const kh_comparison *comparison, GError **error);

#endif
