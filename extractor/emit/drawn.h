/* drawn.h - tables made ready to be drawn over their pages. Within emit/ only.
 *
 *    flow, record ── kh_drawn_tables ──> drawn[] ─┬─ kh_draw_page      SVG: image, rulings, cells, order    (page_svg.c)
 *                                                 └─ tables_html.c     the same rows as an HTML table
 *
 * and what else draws pages (shown.h).
 */
#ifndef KH_EMIT_DRAWN_H
#define KH_EMIT_DRAWN_H

#include "core/flow.h"
#include "core/record.h"

typedef struct kh_slot {
    const kh_cell *cell;  /* what fills the slot, by itself or by its spans; NULL only in a broken grid */
    int row, col;         /* where that begins */
    guint order;          /* its place in the order of reading, from 1 */
} kh_slot;

typedef struct kh_drawn {
    const kh_grid *grid;
    const kh_table *table; /* what the record has of it; NULL: nothing */
    guint number;          /* among the document's tables, from 1 */
    int first_row;         /* below the header rows */
    kh_slot *slots;        /* n_rows * n_cols */
    int *row_pages;        /* of each row: the page it begins on; ascending */
} kh_drawn;

/* The tables of a document (kh_drawn *), in the order of the flow; in `pool`. */
GPtrArray *kh_drawn_tables (const kh_record *record, const kh_flow *flow, kh_pool *pool);

static inline const kh_slot *kh_drawn_slot (const kh_drawn *drawn, int row, int col) { return &drawn->slots[row * drawn->grid->n_cols + col]; }

/* Does the table stand on the page, with a row or the rest of one? */
gboolean kh_drawn_is_on (const kh_drawn *drawn, int page);

/* "h1" of a header row, else the record's number of it: "1". The caller frees. */
char *kh_drawn_row_name (const kh_drawn *drawn, int row);

/* "3 text": the number of a column and its field in the record, where it has one. The caller frees. */
char *kh_drawn_column_name (const kh_drawn *drawn, int col);

/* "c", "c h" of a header cell, "c m" of a merged one, "c h m": classes of the style sheet. Static. */
const char *kh_drawn_class (const kh_drawn *drawn, const kh_slot *slot);

/* What a cell is, for a tooltip: its text, place and spans, in the reader's language. The caller frees. */
char *kh_drawn_title (const kh_drawn *drawn, const kh_slot *slot);

/* Appends the page in its reading frame as <svg>: picture or, without one, words; rulings; what stands on it of `tables`. */
void kh_draw_page (GString *out, const kh_page *page, const GPtrArray *tables);

/* Appends the paper and what is printed on it, in its reading frame, as <g id="p3">, for an <svg> that shows all of it or, with <use href="#p3">, a
 * part: a page's picture stands in a document once. */
void kh_draw_print (GString *out, const kh_page *page);

/* Appends `before` and a number; a box as x="" y="" width="" height="". */
void kh_svg_number (GString *out, const char *before, double number);
void kh_svg_box (GString *out, kh_box box);

/* Appends text so that it is text in HTML and SVG, within and outside of quotes; bytes that are no UTF-8 are replaced. */
void kh_put_escaped (GString *out, const char *text);
/* The same between `start` and `end`, which are markup. */
void kh_put_element (GString *out, const char *start, const char *text, const char *end);

#endif
