/* html_parts.h - parts of the record's HTML page (html.c). Within emit/ only. */
#ifndef KH_EMIT_HTML_PARTS_H
#define KH_EMIT_HTML_PARTS_H

#include "emit/shown.h"

/* "<section id=…><h2>title</h2>". */
void kh_html_part (GString *out, const char *id, const char *title);

/* Values (kh_value *) at "<pointer>/0" ..., a line each. */
void kh_html_list (kh_shown *shown, const GPtrArray *values, const char *pointer);
/* The documents a text names, as one small line; nothing without any. `references` may be NULL. */
void kh_html_references (kh_shown *shown, const GPtrArray *references, const char *pointer);

/* Sections with their own heading; nothing where the record has none (html_tables.c, html_sections.c). */
void kh_html_tasks (kh_shown *shown);
void kh_html_targets (kh_shown *shown);
void kh_html_sections (kh_shown *shown);
/* A table of the record as it is printed; `index` among the record's tables. */
void kh_html_table (kh_shown *shown, guint index);

#endif
