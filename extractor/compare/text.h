/* text.h - pieces of the tables for a terminal. Within compare/as_text*.c only. */
#ifndef KH_COMPARE_TEXT_H
#define KH_COMPARE_TEXT_H

#include "compare/labels.h"
#include "compare/print.h"

#define KH_TEXT_FIELDS 12  /* of a table */
#define KH_TEXT_NARROW 100 /* columns; below: lists without what can be done without */

typedef struct kh_side_text_sheet {
    GString *out;
    int widths[KH_TEXT_FIELDS], n;
} kh_side_text_sheet;

/* A table with its header; rows, each below a line; the end. */
void kh_side_text_begin (kh_side_text_sheet *to, GString *out, const char *const *headers, const int *widths, int n);
void kh_side_text_row (kh_side_text_sheet *to, const char *const *cells);
void kh_side_text_end (kh_side_text_sheet *to);

void kh_side_text_title (GString *out, const char *title);
/* " [3] tr.2": the paper's number in the list at the end, and the page. */
void kh_side_text_place (GString *cell, const kh_paper *paper, int page);
/* A text that is long ends at a word. The caller frees. */
char *kh_side_text_shortened (const char *text);

/* The sections that are lists whatever the number of places. */
void kh_side_text_missing (GString *out, const kh_comparison *comparison, int columns);
void kh_side_text_changes (GString *out, const kh_comparison *comparison, int columns);

#endif
