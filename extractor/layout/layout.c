/* layout.c - the order of the steps.
 *
 *   1. each page: ruled tables take their words (grid.c), those ruled between their rows only, too, in the columns of the one that
 *      the page before ends with where they are its rest (levels.c); what is left becomes pieces of lines;
 *   2. page numbers, running heads and specks are set aside;
 *   3. tables of text files, over all their pages (typed.c);
 *   4. pages in register (those of a scan stand alone) together: the rest of the open table that the page before ends with, in
 *      its columns; then tables by alignment, a sheet a page, all with the same edges (aligned.c);
 *      page by page, bands take their pieces; what is left over of a line becomes whole again;
 *   5. all are put in reading order; headers are told; tables and bands cut by a page break are tied, and a cell keeps where
 *      it goes on (kh_cell.rest);
 *   6. lines are set into paragraphs.
 */
#include "layout/layout.h"

#include "layout/parts.h"

#include <string.h>

#define PIECE_GAP_TYPED 0.8 /* KH_PIECE_GAP in a text file: two spaces do, one does not */

static kh_item *
item_new (kh_leaf *leaf, kh_item_kind kind, kh_box box, kh_pool *pool)
{
    kh_item *item = kh_pool_new0 (pool, kh_item, 1);
    item->kind = kind;
    item->box = box;
    g_ptr_array_add (leaf->items, item);
    return item;
}

/* Those of the sheets that stand on the leaf's page. */
static void
add_sheets (kh_leaf *leaf, const GPtrArray *sheets, kh_pool *pool)
{
    for (guint i = 0; i < sheets->len; i++) {
        kh_sheet *sheet = g_ptr_array_index (sheets, i);
        if (g_array_index (sheet->pages, int, 0) == leaf->page->number)
            item_new (leaf, KH_ITEM_SHEET, sheet->box, pool)->sheet = sheet;
    }
}

/* The last of the page's tables, when it is ruled between its rows only. */
static const kh_sheet *
last_level_sheet (const kh_leaf *leaf)
{
    const kh_sheet *last = NULL;
    for (guint i = 0; leaf != NULL && i < leaf->items->len; i++) {
        const kh_item *item = g_ptr_array_index (leaf->items, i);
        if (last == NULL || item->box.y1 > last->box.y1)
            last = item->sheet;
    }
    return last != NULL && last->ruled && !last->verticals ? last : NULL;
}

static kh_leaf *
leaf_new (const kh_page *page, int index, const kh_leaf *before, kh_pool *pool)
{
    kh_leaf *leaf = kh_pool_new0 (pool, kh_leaf, 1);
    leaf->page = page;
    leaf->index = index;
    leaf->furniture = kh_pool_list (pool);
    leaf->items = kh_pool_list (pool);
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    for (guint i = 0; i < page->words->len; i++)
        g_ptr_array_add (words, kh_page_word (page, i));
    kh_specks_remove (page, words);
    leaf->em = kh_words_em (words);
    double piece_gap = page->origin == KH_ORIGIN_TEXT ? PIECE_GAP_TYPED : KH_PIECE_GAP;
    leaf->lines = kh_lines_find (words, piece_gap, pool);
    leaf->space = kh_words_space (leaf->lines);
    guint n_words = words->len;
    add_sheets (leaf, kh_grids_find (leaf, last_level_sheet (before), words, pool), pool);
    if (words->len < n_words)
        leaf->lines = kh_lines_find (words, piece_gap, pool);
    return leaf;
}

/* Pieces of one line that no column claimed become one line again. */
static void
rejoin_pieces (kh_leaf *leaf, kh_pool *pool)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    for (guint i = 0; i < leaf->lines->len; i++) {
        g_autoptr (GPtrArray) mine = kh_line_words (g_ptr_array_index (leaf->lines, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
    }
    leaf->lines = kh_lines_find (words, G_MAXDOUBLE / 1e6, pool);
}

static int
compare_items (const void *a, const void *b)
{
    const kh_item *x = *(const kh_item *const *) a, *y = *(const kh_item *const *) b;
    double cx = x->kind == KH_ITEM_LINE ? kh_box_center_y (x->box) : x->box.y0;
    double cy = y->kind == KH_ITEM_LINE ? kh_box_center_y (y->box) : y->box.y0;
    if (cx != cy)
        return cx < cy ? -1 : 1;
    return (x->box.x0 > y->box.x0) - (x->box.x0 < y->box.x0);
}

static void
order_items (kh_leaf *leaf, kh_pool *pool)
{
    for (guint i = 0; i < leaf->lines->len; i++) {
        kh_line *line = g_ptr_array_index (leaf->lines, i);
        item_new (leaf, KH_ITEM_LINE, line->box, pool)->line = line;
    }
    g_ptr_array_sort (leaf->items, compare_items);
}

/* Tables and bands whose other half is first on the next page. */
static void
tie_over_pages (GPtrArray *leaves, kh_pool *pool)
{
    kh_item *open = NULL; /* the last item so far */
    for (guint a = 0; a < leaves->len; a++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, a);
        kh_item *first = leaf->items->len > 0 ? g_ptr_array_index (leaf->items, 0) : NULL;
        if (first == NULL)
            continue;
        gboolean tied = FALSE;
        if (open != NULL && open->kind == KH_ITEM_SHEET && first->kind == KH_ITEM_SHEET) {
            tied = kh_sheets_join (open->sheet, first->sheet, pool);
        } else if (open != NULL && open->kind == KH_ITEM_BAND && first->kind == KH_ITEM_BAND && first->goes_on) {
            for (guint i = 0; i < first->left->len; i++)
                g_ptr_array_add (open->left, g_ptr_array_index (first->left, i));
            for (guint i = 0; i < first->right->len; i++)
                g_ptr_array_add (open->right, g_ptr_array_index (first->right, i));
            tied = TRUE;
        }
        if (tied)
            g_ptr_array_remove_index (leaf->items, 0);
        if (leaf->items->len > 0)
            open = g_ptr_array_index (leaf->items, leaf->items->len - 1);
    }
}

/* The open table that stands last on the page; NULL when something else does. */
static const kh_sheet *
open_sheet_at_end (const kh_leaf *leaf)
{
    const kh_sheet *last = NULL;
    for (guint i = 0; i < leaf->items->len; i++) {
        const kh_item *item = g_ptr_array_index (leaf->items, i);
        if (item->kind == KH_ITEM_SHEET && (last == NULL || item->box.y1 > last->box.y1))
            last = item->sheet;
        else if (item->kind != KH_ITEM_SHEET && last != NULL && item->box.y1 > last->box.y1)
            last = NULL;
    }
    for (guint i = 0; last != NULL && i < leaf->lines->len; i++)
        if (kh_box_center_y (((const kh_line *) g_ptr_array_index (leaf->lines, i))->box) > last->box.y1)
            return NULL;
    return last != NULL && !last->ruled ? last : NULL;
}

/* Tables told by alignment in the leaves [from, to): the rest of the one that the page before ended with, then their own. */
static void
find_aligned (const GPtrArray *leaves, guint from, guint to, kh_pool *pool)
{
    kh_leaf *leaf = g_ptr_array_index (leaves, from);
    const kh_sheet *above = from > 0 ? open_sheet_at_end (g_ptr_array_index (leaves, from - 1)) : NULL;
    kh_sheet *rest = above != NULL ? kh_aligned_continue (leaf, leaf->lines, above, pool) : NULL;
    if (rest != NULL)
        item_new (leaf, KH_ITEM_SHEET, rest->box, pool)->sheet = rest;
    GPtrArray *sheets = kh_aligned_find (leaves, from, to, pool);
    for (guint i = from; i < to; i++)
        add_sheets (g_ptr_array_index (leaves, i), sheets, pool);
}

static GPtrArray *
lay_out (const GPtrArray *pages, kh_pool *pool)
{
    GPtrArray *leaves = kh_pool_list (pool);
    for (guint i = 0; i < pages->len; i++)
        g_ptr_array_add (leaves, leaf_new (g_ptr_array_index (pages, i), i, i > 0 ? g_ptr_array_index (leaves, i - 1) : NULL, pool));
    kh_furniture_remove (leaves);
    kh_margins_find (leaves);
    kh_typed_find (leaves, pool);
    for (guint i = 0, end; i < leaves->len; i = end) {
        end = kh_leaves_in_register (leaves, i);
        if (((kh_leaf *) g_ptr_array_index (leaves, i))->page->origin != KH_ORIGIN_TEXT)
            find_aligned (leaves, i, end, pool);
        for (guint k = i; k < end; k++) {
            kh_bands_find (g_ptr_array_index (leaves, k), k > 0 ? g_ptr_array_index (leaves, k - 1) : NULL, pool);
            rejoin_pieces (g_ptr_array_index (leaves, k), pool);
        }
    }
    kh_margins_find (leaves); /* anew, from whole lines */
    for (guint i = 0; i < leaves->len; i++)
        order_items (g_ptr_array_index (leaves, i), pool);
    return leaves;
}

kh_flow *
kh_layout (const GPtrArray *pages, kh_pool *pool)
{
    kh_flow *flow = kh_pool_new0 (pool, kh_flow, 1);
    GPtrArray *leaves = lay_out (pages, pool);
    for (guint i = 0; i < leaves->len; i++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, i);
        for (guint k = 0; k < leaf->items->len; k++) {
            kh_item *item = g_ptr_array_index (leaf->items, k);
            if (item->kind == KH_ITEM_SHEET)
                kh_sheet_find_header (item->sheet, pool);
        }
    }
    tie_over_pages (leaves, pool);
    flow->blocks = kh_paragraphs_set (leaves, pool);
    flow->is_typed = pages->len > 0;
    for (guint i = 0; i < pages->len; i++)
        flow->is_typed = flow->is_typed && ((const kh_page *) g_ptr_array_index (pages, i))->origin == KH_ORIGIN_TEXT;
    return flow;
}

static void
dump_line (GString *out, const kh_line *line, const char *column, const char *role)
{
    g_string_append_printf (out, "%d\t%.1f %.1f %.1f %.1f\t%s\t%s\t%s\n", line->page, line->box.x0, line->box.y0, line->box.x1,
                            line->box.y1, column, role, line->text.str);
}

static void
dump_column (GString *out, const GPtrArray *lines, const char *column)
{
    for (guint i = 0; i < lines->len; i++)
        dump_line (out, g_ptr_array_index (lines, i), column, "text");
}

static void
dump_sheet (GString *out, const kh_sheet *sheet)
{
    for (guint r = 0; r < sheet->rows->len; r++)
        for (int c = 0; c < sheet->n_cols; c++) {
            const kh_draft *draft = kh_sheet_row (sheet, r)[c];
            if ((r > 0 && kh_sheet_row (sheet, r - 1)[c] == draft) || (c > 0 && kh_sheet_row (sheet, r)[c - 1] == draft))
                continue;
            g_autofree char *name = g_strdup_printf ("cell %u,%d", r + 1, c + 1);
            for (guint i = 0; i < draft->slugs->len; i++)
                dump_line (out, g_array_index (draft->slugs, kh_slug, i).line, name, "text");
        }
}

void
kh_layout_dump_lines (GString *out, const GPtrArray *pages)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    GPtrArray *leaves = lay_out (pages, pool);
    for (guint a = 0; a < leaves->len; a++) {
        const kh_leaf *leaf = g_ptr_array_index (leaves, a);
        for (guint i = 0; i < leaf->furniture->len; i++) {
            const kh_line *line = g_ptr_array_index (leaf->furniture, i);
            dump_line (out, line, "full", kh_text_is_number (line->text.str) ? "number" : "head");
        }
        for (guint i = 0; i < leaf->items->len; i++) {
            const kh_item *item = g_ptr_array_index (leaf->items, i);
            if (item->kind == KH_ITEM_LINE) {
                dump_line (out, item->line, "full", "text");
            } else if (item->kind == KH_ITEM_BAND) {
                dump_column (out, item->left, "left");
                dump_column (out, item->right, "right");
            } else {
                dump_sheet (out, item->sheet);
            }
        }
    }
}
