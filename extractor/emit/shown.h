/* shown.h - values of a record in an HTML page, each with the piece of paper it was read off. Within emit/ only.
 *
 *      Đến ngày: 30/6/2024?                 a value is a link to its page, where its place is marked when it is followed
 *                ┌──────────────────────┐
 *                │ ░░Trước 30/6/2024░░░ │   pointed at or reached with Tab: its crop, why it is doubtful, its page
 *                │ Đọc không chắc · tr.3│
 *                └──────────────────────┘
 *
 * All by style sheet: no script. A crop is an <svg> whose viewBox cuts the place out of <use href="#p3">; the page itself is drawn once, at the
 * end of the document (kh_show_pages).
 */
#ifndef KH_EMIT_SHOWN_H
#define KH_EMIT_SHOWN_H

#include "emit/drawn.h"
#include "emit/review.h"

typedef struct kh_shown {
    GString *out;
    const kh_record *record;
    kh_pool *pool;
    kh_review_index *doubts;
    GHashTable *anchors; /* pointer -> number of its first entry in review; less than 0 once the value was shown, with the anchor of that number */
    GHashTable *spots;   /* page number -> GString *: places of values on it, as SVG */
    guint n_values;
} kh_shown;

void kh_shown_init (kh_shown *shown, GString *out, const kh_record *record);
void kh_shown_clear (kh_shown *shown);

/* Appends a value that stands at a pointer. `text` NULL: nothing, or, where `review` has something to say of the place, that it is missing. `seen` may
 * be NULL. */
void kh_show_value (kh_shown *shown, const char *text, const kh_evidence *seen, const char *pointer, ...) G_GNUC_PRINTF (4, 5);

/* The number of the anchor "r3" of the value at a pointer that is in review; 0: it was not shown. */
guint kh_shown_anchor (const kh_shown *shown, const char *pointer);

/* Appends the pages with the places of all values shown so far. */
void kh_show_pages (kh_shown *shown);

/* Its part of the style sheet. */
extern const char KH_SHOWN_STYLE[];

#endif
