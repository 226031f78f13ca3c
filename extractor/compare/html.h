/* html.h - pieces of the HTML page. Within compare/as_html*.c only. */
#ifndef KH_COMPARE_HTML_H
#define KH_COMPARE_HTML_H

#include "compare/labels.h"
#include "compare/print.h"

/* Text between `before` and `after`, escaped. */
void kh_side_html_put (GString *out, const char *before, const char *text, const char *after);
/* What was read, as a link to its page; told in full when it is pointed at. `label` is escaped. */
void kh_side_html_link (GString *out, const kh_paper *paper, int page, const char *label, const char *told);
/* A target: its level as a link, marked where it is doubtful; bare without its unit. */
void kh_side_html_aim (GString *out, const kh_aim *aim, gboolean bare);
/* Who leads a task and when it is due, as a link. */
void kh_side_html_duty (GString *out, const kh_duty *duty);
/* A bar, `share` (0..1) of its full length. */
void kh_side_html_bar (GString *out, double share);

/* The sections. */
void kh_side_html_targets (GString *out, const kh_comparison *comparison);
void kh_side_html_tasks (GString *out, const kh_comparison *comparison);
void kh_side_html_missing (GString *out, const kh_comparison *comparison);
void kh_side_html_changes (GString *out, const kh_comparison *comparison);

#endif
