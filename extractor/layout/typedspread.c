/* typedspread.c - cells of a typed table that reach over columns.
 *
 *      TT │ Công việc          │     Thời gian               a header over several columns: its row is parted in two;
 *         │                    │ Bắt đầu   │ Kết thúc
 *      I    Cải cách thể chế và thủ tục hành chính           a heading: alone in its row;
 *      1  │ Rà soát            │     Thường xuyên            a text that the gutter cuts at a single space, before a small
 *      2  │ Thẩm định          │ Quý I     │ Quý II          letter, wherever it meets it
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define LETTER KH_TYPED_LETTER

/* The words of the columns [left, right] on a strip, left to right; the caller frees the array. */
static GPtrArray *
words_between (const kh_typing *t, guint strip, int left, int right)
{
    GPtrArray *words = g_ptr_array_new ();
    for (int c = left; c <= right; c++) {
        const GPtrArray *mine = t->words[(gsize) (strip - t->from) * t->n_cols + c];
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
    }
    return words;
}

/* A cell of the columns [left, right] and the strips [from, to). */
static kh_draft *
draft_of (const kh_typing *t, guint from, guint to, int left, int right, kh_pool *pool)
{
    kh_draft *draft = NULL;
    for (guint i = from; i < to; i++) {
        kh_box strip = kh_strip_at (t->strips, i)->box;
        const kh_line *first = kh_strip_first (kh_strip_at (t->strips, i));
        g_autoptr (GPtrArray) words = words_between (t, i, left, right);
        if (draft == NULL)
            draft = kh_draft_new ((kh_box){ t->edges[left], strip.y0, t->edges[right + 1], strip.y1 }, first->page, pool);
        kh_draft_extend (draft, first->page, (kh_box){ t->edges[left], strip.y0, t->edges[right + 1], strip.y1 }, pool);
        kh_slug slug = { NULL, t->edges[left], t->edges[right + 1] };
        if (words->len == 0)
            continue;
        slug.line = kh_line_new (words, pool);
        g_array_append_val (draft->slugs, slug);
    }
    return draft;
}

static void
fill_slots (kh_sheet *sheet, int row, int left, int right, kh_draft *draft)
{
    for (int c = left; c <= right; c++)
        kh_sheet_row (sheet, row)[c] = draft;
}

static gboolean
is_filled (const kh_typing *t, guint from, guint to, int col)
{
    for (guint i = from; i < to; i++)
        if (kh_typing_text (t, i, col) != NULL)
            return TRUE;
    return FALSE;
}

gboolean
kh_typed_is_cut (const kh_typing *t, guint strip, int col)
{
    if (col == 0 || kh_typing_text (t, strip, col) == NULL || kh_typing_text (t, strip, col - 1) == NULL)
        return FALSE;
    g_autoptr (GPtrArray) left = words_between (t, strip, col - 1, col - 1), right = words_between (t, strip, col, col);
    const kh_word *a = g_ptr_array_index (left, left->len - 1), *b = g_ptr_array_index (right, 0);
    return b->box.x0 - a->box.x1 < 1.5 * LETTER && g_unichar_islower (g_utf8_get_char (b->text));
}

/* Is the column's text in these strips but the rest of that of the column before? */
static gboolean
is_rest (const kh_typing *t, guint from, guint to, int col)
{
    gboolean any = FALSE;
    for (guint i = from; i < to; i++) {
        if (kh_typing_text (t, i, col) == NULL)
            continue;
        any = TRUE;
        if (!kh_typed_is_cut (t, i, col))
            return FALSE;
    }
    return any;
}

/* ---- headings */

/* The columns of a row that hold text, after that of numbers; the row's number must be none, or of another kind than those of
 * the rows around: a Roman figure or a letter. FALSE: no heading. */
static gboolean
heading_columns (const kh_typing *t, guint from, guint to, int *first, int *last)
{
    int begin = 0;
    if (t->numbers) {
        begin = t->anchor_col + 1;
        const kh_text *number = NULL;
        for (guint i = from; i < to && number == NULL; i++)
            number = kh_typing_text (t, i, t->anchor_col);
        if (number != NULL && g_ascii_isdigit (number->str[0]))
            return FALSE;
        if (number != NULL && g_utf8_strlen (number->str, -1) > 5)
            begin = t->anchor_col; /* the heading begins in the column of numbers */
    }
    *first = *last = -1;
    for (int c = 0; c < t->n_cols; c++) {
        if (!is_filled (t, from, to, c) || (t->numbers && c == t->anchor_col && begin > c))
            continue;
        if (c < begin)
            return FALSE;
        *first = *first < 0 ? c : *first;
        *last = c;
    }
    if (*first < 0 || *first > begin + 1)
        return FALSE;
    for (guint i = from; i < to; i++) {
        const kh_text *text = kh_typing_text (t, i, *first);
        if (text != NULL)
            return g_unichar_isupper (g_utf8_get_char (text->str)) && kh_text_mark (text->str) == KH_MARK_NONE;
    }
    return FALSE;
}

/* One text from the first column to the last, cut by the gutters between. */
static gboolean
crosses (const kh_typing *t, guint from, guint to, int first, int last)
{
    for (int c = first + 1; c <= last; c++)
        if (!is_rest (t, from, to, c))
            return FALSE;
    return last > first;
}

static guint
row_end (const kh_typing *t, const gboolean *starts, guint from)
{
    guint to = from + 1;
    while (to < t->to && !starts[to - t->from])
        to++;
    return to;
}

/* Headings that break their line within their column are not merged with the others, and then none is. */
static gboolean
are_merged (const kh_typing *t, const gboolean *starts)
{
    int first, last;
    gboolean broken = FALSE;
    for (guint from = row_end (t, starts, t->from), to; from < t->to; from = to) {
        to = row_end (t, starts, from);
        if (!heading_columns (t, from, to, &first, &last))
            continue;
        if (to - from == 1 && crosses (t, from, to, first, last))
            return TRUE;
        broken = broken || (to - from > 1 && first == last);
    }
    return !broken;
}

/* A sum: a text without number that begins where the numbers stand, and a figure farther right. Sets *last to the column before
 * the figure. */
static gboolean
is_sum (const kh_typing *t, guint strip, int *last)
{
    const kh_strip *s = kh_strip_at (t->strips, strip);
    const kh_line *first = kh_strip_first (s);
    if (!t->numbers || t->anchor_col != 0 || s->lines->len < 2 || kh_strip_place (s, s->box.x0) > t->edges[0] + 2 * LETTER)
        return FALSE;
    if (!g_unichar_isupper (g_utf8_get_char (first->text.str)) || kh_strip_begins_with_number (s))
        return FALSE;
    for (int c = 2; c < t->n_cols; c++) {
        const kh_text *text = kh_typing_text (t, strip, c);
        if (text == NULL)
            continue;
        *last = c - 1;
        return strspn (text->str, "0123456789., ") == strlen (text->str);
    }
    return FALSE;
}

/* ---- the header */

/* The middle of the column's first text in the strips; -1 without one, or when it begins with a small letter. */
static double
middle_of (const kh_typing *t, guint from, guint to, int col)
{
    for (guint i = from; i < to; i++) {
        const GPtrArray *words = t->words[(gsize) (i - t->from) * t->n_cols + col];
        if (words->len == 0)
            continue;
        const kh_word *a = g_ptr_array_index (words, 0), *b = g_ptr_array_index (words, words->len - 1);
        return g_unichar_islower (g_utf8_get_char (a->text)) ? -1 : (a->box.x0 + b->box.x1) / 2;
    }
    return -1;
}

/* Does the text above, in one of the columns before and at `col`, stand over the middle of those below? */
static gboolean
stands_over (const kh_typing *t, guint from, guint seam, guint to, int col)
{
    double above_left = middle_of (t, from, seam, col - 1), above_right = middle_of (t, from, seam, col), above = MAX (above_left, above_right);
    double left = middle_of (t, seam, to, col - 1), right = middle_of (t, seam, to, col);
    if (is_filled (t, from, seam, col - 1) == is_filled (t, from, seam, col) || above < 0 || left < 0 || right < 0)
        return FALSE;
    return above > left + 0.25 * (right - left) && above < left + 0.75 * (right - left);
}

/* Where the header of the columns before and at `col` is parted: the strip below a text that stands over both. 0: it is not. */
static guint
header_seam (const kh_typing *t, guint to, int col)
{
    for (guint i = t->from + 1; i < to; i++) {
        if (!is_filled (t, i, to, col - 1) || !is_filled (t, i, to, col) || !(is_rest (t, t->from, i, col) || stands_over (t, t->from, i, to, col)))
            continue;
        for (guint k = i; k < to; k++)
            if (kh_typed_is_cut (t, k, col))
                return 0;
        return i;
    }
    return 0;
}

static void
part_header (kh_sheet *sheet, const kh_typing *t, guint to, kh_pool *pool)
{
    g_autofree guint *seams = g_new0 (guint, t->n_cols + 1);
    gboolean any = FALSE;
    for (int c = 1; c < t->n_cols; c++) {
        seams[c] = header_seam (t, to, c);
        any = any || seams[c] > 0;
    }
    if (!any)
        return;
    kh_draft **second = kh_pool_new0 (pool, kh_draft *, sheet->n_cols);
    memcpy (second, kh_sheet_row (sheet, 0), sheet->n_cols * sizeof (kh_draft *));
    g_ptr_array_insert (sheet->rows, 1, second);
    for (int c = 1; c < t->n_cols; c++) {
        if (seams[c] == 0)
            continue;
        fill_slots (sheet, 0, c - 1, c, draft_of (t, t->from, seams[c], c - 1, c, pool));
        for (int k = c - 1; k <= c; k++)
            fill_slots (sheet, 1, k, k, draft_of (t, seams[c], to, k, k, pool));
        c++;
    }
}

void
kh_typed_spread (kh_sheet *sheet, const kh_typing *t, const gboolean *starts, kh_pool *pool)
{
    gboolean merged = t->anchor_col >= 0 && t->n_cols >= 4 && are_merged (t, starts);
    int row = 1, first, last;
    guint header_end = row_end (t, starts, t->from);
    for (guint from = header_end, to; from < t->to; from = to, row++) {
        to = row_end (t, starts, from);
        if (merged && to - from == 1 && heading_columns (t, from, to, &first, &last)) {
            if (first == last || crosses (t, from, to, first, last)) {
                fill_slots (sheet, row, first, t->n_cols - 1, draft_of (t, from, to, first, last, pool));
                continue;
            }
        }
        if (to - from == 1 && is_sum (t, from, &last)) {
            fill_slots (sheet, row, 0, last, draft_of (t, from, to, 0, last, pool));
            continue;
        }
        for (int c = t->anchor_col + 2; c < t->n_cols; c++)
            if (is_rest (t, from, to, c)) {
                fill_slots (sheet, row, c - 1, c, draft_of (t, from, to, c - 1, c, pool));
                c++;
            }
    }
    part_header (sheet, t, header_end, pool);
}
