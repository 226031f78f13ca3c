/* margins.c - the measures a document is set in: margins, first-line indent, line pitch, length of full lines. */
#include "layout/parts.h"

#include <math.h>

#define MOST_AVERAGED 1000 /* lines that give a margin its place */

/* The outermost place from which `least` of the values stand within `near` inwards. */
static double
outermost (double *values, guint n, gboolean from_left, guint least, double near)
{
    qsort (values, n, sizeof (double), kh_compare_doubles);
    for (guint i = 0; i + least <= n; i++) {
        double sum = 0;
        guint count = 0;
        for (guint k = i; k < n && count < least + MOST_AVERAGED; k++) {
            double value = values[from_left ? k : n - 1 - k], first = values[from_left ? i : n - 1 - i];
            if (fabs (value - first) > near)
                break;
            sum += value;
            count++;
        }
        if (count >= least)
            return sum / count;
    }
    return from_left ? values[0] : values[n - 1];
}

/* A wide table fills the width of the text; few lines beside it do not tell. */
static void
widen_to_sheets (kh_leaf *leaf)
{
    for (guint i = 0; i < leaf->items->len; i++) {
        const kh_item *item = g_ptr_array_index (leaf->items, i);
        if (item->kind != KH_ITEM_SHEET || kh_box_width (item->box) < 0.6 * leaf->page->frame_width || leaf->lines->len >= 8)
            continue;
        leaf->left = MIN (leaf->left, item->box.x0);
        leaf->right = MAX (leaf->right, item->box.x1);
    }
}

void
kh_margins_find (GPtrArray *leaves)
{
    for (guint a = 0; a < leaves->len; a++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, a);
        guint n = leaf->lines->len;
        leaf->left = leaf->page->frame_width * 0.12;
        leaf->right = leaf->page->frame_width * 0.92;
        if (n == 0)
            continue;
        g_autofree double *left = g_new (double, n), *right = g_new (double, n);
        for (guint i = 0; i < n; i++) {
            const kh_line *line = g_ptr_array_index (leaf->lines, i);
            left[i] = line->box.x0;
            right[i] = line->box.x1;
        }
        guint least = MAX (MIN (2, n), n / 8);
        leaf->left = outermost (left, n, TRUE, least, 0.3 * leaf->em);
        leaf->right = outermost (right, n, FALSE, least, 0.3 * leaf->em);
        widen_to_sheets (leaf);
    }
    /* a page with little text takes its margins from its fuller neighbours */
    for (guint a = 0; a < leaves->len; a++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, a);
        if (leaf->lines->len >= 12)
            continue;
        for (guint d = 1; d < leaves->len; d++) {
            const kh_leaf *near = NULL;
            for (int side = -1; side <= 1 && near == NULL; side += 2) {
                gint64 b = (gint64) a + side * (gint64) d;
                const kh_leaf *other = b >= 0 && b < leaves->len ? g_ptr_array_index (leaves, b) : NULL;
                if (other != NULL && other->lines->len >= 12 && fabs (other->page->frame_width - leaf->page->frame_width) < 6)
                    near = other;
            }
            if (near == NULL)
                continue;
            if (leaf->lines->len == 0 || fabs (leaf->left - near->left) < 4 * leaf->em)
                leaf->left = MIN (leaf->left, near->left);
            if (leaf->lines->len == 0 || leaf->right < leaf->left + (near->right - near->left))
                leaf->right = leaf->left + (near->right - near->left);
            break;
        }
    }
}

/* The usual indent of first lines: the most frequent among lines that stand in from the left edge. */
static double
usual_indent (const GPtrArray *leaves)
{
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint a = 0; a < leaves->len; a++) {
        const kh_leaf *leaf = g_ptr_array_index (leaves, a);
        for (guint i = 0; i < leaf->lines->len; i++) {
            const kh_line *line = g_ptr_array_index (leaf->lines, i);
            double indent = line->box.x0 - leaf->left;
            if (indent > 0.8 * leaf->em && indent < 6 * leaf->em && all->len < MOST_AVERAGED)
                g_array_append_val (all, indent);
        }
    }
    double best = 0;
    guint most = 0;
    for (guint i = 0; i < all->len; i++) {
        guint n = 0;
        for (guint k = 0; k < all->len; k++)
            n += fabs (g_array_index (all, double, k) - g_array_index (all, double, i)) < 3;
        if (n > most) {
            most = n;
            best = g_array_index (all, double, i);
        }
    }
    return best;
}

/* The usual way from line to line within a paragraph: the lower quarter of all. */
static double
usual_pitch (const GPtrArray *leaves)
{
    g_autoptr (GArray) pitches = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint a = 0; a < leaves->len; a++) {
        const kh_leaf *leaf = g_ptr_array_index (leaves, a);
        for (guint i = 1; i < leaf->lines->len; i++) {
            const kh_line *line = g_ptr_array_index (leaf->lines, i), *above = g_ptr_array_index (leaf->lines, i - 1);
            double pitch = kh_line_middle (line) - kh_line_middle (above);
            if (pitch > 0.7 * leaf->em && pitch < 3 * leaf->em)
                g_array_append_val (pitches, pitch);
        }
    }
    if (pitches->len == 0)
        return 2 * 12;
    g_array_sort (pitches, kh_compare_doubles);
    return g_array_index (pitches, double, pitches->len / 4);
}

/* The lines of a text file are as long as their letters happened to be wide, so no edge tells which are full. What a line
 * holds with the first word of the next must reach as far as it does in most lines that surely run on, being followed by
 * small letters. */
static void
find_reach (kh_measures *measures, const GPtrArray *leaves)
{
    g_autoptr (GArray) reaches = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint a = 0; a < leaves->len; a++) {
        const kh_leaf *leaf = g_ptr_array_index (leaves, a);
        if (leaf->page->origin != KH_ORIGIN_TEXT)
            return;
        for (guint i = 1; i < leaf->lines->len; i++) {
            const kh_line *last = g_ptr_array_index (leaf->lines, i - 1), *next = g_ptr_array_index (leaf->lines, i);
            gboolean listed = kh_text_mark (next->text.str) != KH_MARK_NONE; /* "a) Rà soát" begins, small as its letter is */
            if (!listed && kh_text_starts_small (next->text.str) && !kh_text_ends_sentence (last->text.str)) {
                double reach = last->box.x1 + kh_line_first_width (next);
                g_array_append_val (reaches, reach);
            }
        }
    }
    if (reaches->len < 3)
        return;
    g_array_sort (reaches, kh_compare_doubles);
    /* cells of a table may run on, too, in short lines: they do not count */
    guint first = 0;
    while (g_array_index (reaches, double, first) < 0.6 * g_array_index (reaches, double, reaches->len * 9 / 10))
        first++;
    measures->full_reach = g_array_index (reaches, double, first + (reaches->len - first) / 3);
    measures->least_reach = 0.75 * measures->full_reach;
}

kh_measures
kh_measures_find (const GPtrArray *leaves)
{
    kh_measures measures = { usual_indent (leaves), usual_pitch (leaves), 0, 0 };
    find_reach (&measures, leaves);
    return measures;
}
