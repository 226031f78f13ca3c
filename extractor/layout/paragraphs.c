/* paragraphs.c - lines become paragraphs, within a page and over pages.
 *
 *   left                              right
 *    |    - Rà soát, làm sạch dữ liệu    |   a first line is indented;
 *    | đất đai theo địa giới mới;        |   a line that ends though the next word had room ends the paragraph;
 *    |    + Đối chiếu …                  |   a list mark begins one;
 *    |          KẾ HOẠCH                 |   a line in the middle is one by itself;
 *    |    I. MỤC ĐÍCH                    |   bold and plain lines are not one.
 *
 * Lines that run to the right edge and are followed by a line at the left edge belong together, also when a
 * page break stands between them.
 */
#include "layout/parts.h"

#include <math.h>
#include <string.h>

#define LONGEST_LINE_SHARE 1.5 /* of the usual: a longer line of a text file is a paragraph by itself */

/* ---- what a line is in its column */

static gboolean
is_centred (const kh_leaf *leaf, const kh_line *line, double indent)
{
    double left = line->box.x0 - leaf->left, right = leaf->right - line->box.x1, width = leaf->right - leaf->left;
    double near = 0.02 * width;
    if (left < 0.3 * leaf->em && right < 0.3 * leaf->em)
        return FALSE;
    if (fabs (left - right) > 2 * near)
        return FALSE;
    if (leaf->page->origin == KH_ORIGIN_TEXT) /* indents and line ends are rough there */
        return left > MAX (1.5 * indent, 4 * leaf->em);
    return left > 1.2 * leaf->em && fabs (left - indent) > 0.35 * leaf->em;
}

/* ---- blocks */

typedef struct setting {
    kh_pool *pool;
    GPtrArray *blocks;
    const kh_leaf *leaf;      /* of the last line */
    const kh_leaf *open_leaf; /* of the block's first line */
    GPtrArray *open;          /* kh_line *: the paragraph being set, NULL when none */
    gboolean open_centred;
    double open_bottom;       /* of what stood above it on its page; < 0 at the top */
    double bottom;            /* of the last item on this page; < 0 at the top */
    guint at;                 /* the line being set, among the leaf's */
    kh_measures measures;
    int n_bands;
} setting;

static kh_block *
block_new (const GPtrArray *lines, kh_pool *pool)
{
    kh_block *block = kh_pool_new0 (pool, kh_block, 1);
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    double bold = 0, italic = 0, weight = 0;
    block->lines = kh_pool_list (pool);
    for (guint i = 0; i < lines->len; i++) {
        kh_line *line = g_ptr_array_index (lines, i);
        double length = g_utf8_strlen (line->text.str, -1);
        g_ptr_array_add (block->lines, line);
        kh_text_append_line (&builder, &line->text, FALSE);
        if (i == 0) {
            block->page = line->page;
            block->box = line->box;
            block->size = line->size;
        } else if (line->page == block->page) {
            block->box = kh_box_union (block->box, line->box);
        }
        bold += length * line->bold;
        italic += length * line->italic;
        weight += length;
    }
    block->text = kh_text_builder_finish (&builder, pool);
    block->bold = weight > 0 ? bold / weight : 0;
    block->italic = weight > 0 ? italic / weight : 0;
    return block;
}

static void
close_open (setting *s)
{
    if (s->open == NULL)
        return;
    kh_block *block = block_new (s->open, s->pool);
    const kh_line *first = g_ptr_array_index (s->open, 0);
    const kh_leaf *leaf = s->open_leaf;
    double right = leaf->right - first->box.x1;
    block->indent = first->box.x0 - leaf->left;
    block->gap_above = s->open_bottom < 0 ? -1 : first->box.y0 - s->open_bottom;
    block->align = s->open_centred                              ? KH_ALIGN_CENTER
                   : s->open->len > 1 && right < 0.5 * leaf->em ? KH_ALIGN_JUSTIFY
                   : block->indent > 0.45 * (leaf->right - leaf->left) && right < leaf->em ? KH_ALIGN_RIGHT
                                                                                           : KH_ALIGN_LEFT;
    g_ptr_array_add (s->blocks, block);
    g_ptr_array_unref (s->open);
    s->open = NULL;
}

static gboolean
starts_capital (const char *text)
{
    return g_unichar_isupper (g_utf8_get_char (text));
}

/* No edge tells which lines of a text file are full: see margins.c. */
static gboolean
text_line_is_full (const setting *s, const kh_line *last, const kh_line *next)
{
    double reach = last->box.x1 + kh_line_first_width (next);
    if (s->measures.full_reach <= 0 || reach > s->measures.full_reach * LONGEST_LINE_SHARE)
        return FALSE; /* no text set in lines, or a paragraph in one line */
    gboolean may_end = kh_text_ends_sentence (last->text.str);
    double least = s->measures.least_reach;
    if (s->open->len == 1 && kh_text_mark (last->text.str) == KH_MARK_NUMBER && starts_capital (next->text.str))
        least = (least + 2 * s->measures.full_reach) / 3; /* it may be a heading, and the text below begin */
    return reach >= (may_end ? s->measures.full_reach : least);
}

/* "6.1. Tham gia …" in a text file: a numbered item, unless the line above wants a number ("khoản" / "2. …"). */
static gboolean
begins_item (const kh_line *last, const kh_line *line)
{
    static const char *const WANTING[] = { "khoản", "điểm", "mục", "điều", "phần", "chương", "tháng", "năm", "ngày", "và", "từ", "đến", "-", "–" };
    if (kh_text_mark (line->text.str) != KH_MARK_NUMBER)
        return FALSE;
    const char *letter = line->text.str + strcspn (line->text.str, " ");
    const char *word = strrchr (last->text.str, ' ');
    g_autofree char *small = g_utf8_strdown (word != NULL ? word + 1 : last->text.str, -1);
    for (gsize i = 0; i < G_N_ELEMENTS (WANTING); i++)
        if (strcmp (small, WANTING[i]) == 0)
            return FALSE;
    return g_str_has_prefix (letter, " ") && starts_capital (letter + 1);
}

/* Small letters at the left edge, under a line that ends no sentence: the same sentence, whatever the line's length. */
static gboolean
is_one_sentence (const kh_leaf *leaf, const kh_line *last, const kh_line *line)
{
    return kh_text_starts_small (line->text.str) && !kh_text_ends_sentence (last->text.str) &&
           kh_text_mark (line->text.str) == KH_MARK_NONE && kh_box_width (last->box) > 0.5 * (leaf->right - leaf->left);
}

/* Does `line` go on with the paragraph being set? */
static gboolean
goes_on (const setting *s, const kh_leaf *leaf, const kh_line *line, gboolean centred)
{
    if (s->open == NULL || (s->open_centred && !centred))
        return FALSE;
    const kh_line *last = g_ptr_array_index (s->open, s->open->len - 1);
    double em = leaf->em, indent = line->box.x0 - leaf->left;
    if (centred && !s->open_centred && last->box.x0 - s->leaf->left > 0.8 * em)
        return FALSE; /* under a line over the full width it may be the rest of a centred text */
    kh_slug slug = { (kh_line *) last, s->leaf->left, s->leaf->right };
    gboolean is_text = leaf->page->origin == KH_ORIGIN_TEXT, one_sentence = is_one_sentence (s->leaf, last, line);
    gboolean full = is_text ? text_line_is_full (s, last, line) : !kh_slug_had_room (&slug, line, centred);
    if ((!full && !one_sentence) || (is_text && begins_item (last, line)))
        return FALSE;
    if (indent > 0.8 * em && !centred)
        return FALSE;
    if (centred && (last->italic > 0.8) != (line->italic > 0.8))
        return FALSE;
    if ((last->bold > 0.8 && line->bold < 0.2) || (last->bold < 0.2 && line->bold > 0.8))
        return FALSE;
    if (last->page == line->page && kh_line_middle (line) - kh_line_middle (last) > s->measures.pitch + 0.6 * em)
        return FALSE;
    /* a mark at the left edge under an indented first line is text; else it begins an item if a sentence has ended */
    const kh_line *first = g_ptr_array_index (s->open, 0);
    gboolean indented = first->box.x0 - s->open_leaf->left > 0.8 * em;
    return indented || kh_text_mark (line->text.str) == KH_MARK_NONE || !kh_text_ends_sentence (last->text.str);
}

/* A long line in the middle of the page, above or below a shorter one that plainly stands there. */
static gboolean
is_centred_beside (const setting *s, const kh_leaf *leaf, const kh_line *line)
{
    double left = line->box.x0 - leaf->left, right = leaf->right - line->box.x1;
    if (leaf->page->origin == KH_ORIGIN_TEXT || left < 0.5 * leaf->em || fabs (left - right) > 0.6 * leaf->em)
        return FALSE;
    for (guint i = s->at > 2 ? s->at - 2 : 0; i < MIN (leaf->lines->len, s->at + 3); i++) {
        const kh_line *other = g_ptr_array_index (leaf->lines, i);
        double way = fabs (kh_line_middle (other) - kh_line_middle (line));
        if (other != line && way < s->measures.pitch + 0.6 * leaf->em && is_centred (leaf, other, s->measures.indent) &&
            fabs (kh_box_center_x (other->box) - kh_box_center_x (line->box)) < 0.4 * leaf->em)
            return TRUE;
    }
    return FALSE;
}

static void
add_line (setting *s, const kh_leaf *leaf, kh_line *line)
{
    gboolean centred = is_centred (leaf, line, s->measures.indent) || is_centred_beside (s, leaf, line);
    if (!goes_on (s, leaf, line, centred)) {
        close_open (s);
        s->open = g_ptr_array_new ();
        s->open_leaf = leaf;
        s->open_centred = centred;
        s->open_bottom = s->bottom;
    }
    s->open_centred = s->open_centred || centred;
    g_ptr_array_add (s->open, line);
    s->leaf = leaf;
    s->bottom = line->box.y1;
}

static void
add_column (setting *s, const GPtrArray *lines, kh_column column, double above)
{
    double left = G_MAXDOUBLE, right = 0, bottom = above, last_left = 0, low = G_MAXDOUBLE, high = 0;
    for (guint i = 0; i < lines->len; i++) {
        const kh_line *line = g_ptr_array_index (lines, i);
        left = MIN (left, line->box.x0);
        last_left = MAX (last_left, line->box.x0);
        right = MAX (right, line->box.x1);
        low = MIN (low, kh_box_center_x (line->box));
        high = MAX (high, kh_box_center_x (line->box));
    }
    gboolean centred = high - low < last_left - left; /* the middles agree better than the left edges */
    for (guint i = 0; i < lines->len; i++) {
        kh_line *line = g_ptr_array_index (lines, i);
        g_autoptr (GPtrArray) one = g_ptr_array_new ();
        g_ptr_array_add (one, line);
        kh_block *block = block_new (one, s->pool);
        block->column = column;
        block->band = s->n_bands;
        block->indent = line->box.x0 - left;
        block->gap_above = bottom < 0 ? -1 : line->box.y0 - bottom;
        block->align = centred ? KH_ALIGN_CENTER : KH_ALIGN_LEFT;
        bottom = line->box.y1;
        g_ptr_array_add (s->blocks, block);
    }
}

static void
add_item (setting *s, const kh_leaf *leaf, const kh_item *item)
{
    if (item->kind == KH_ITEM_LINE) {
        add_line (s, leaf, item->line);
        s->at++;
        return;
    }
    close_open (s);
    if (item->kind == KH_ITEM_BAND) {
        s->n_bands++;
        add_column (s, item->left, KH_COLUMN_LEFT, s->bottom);
        add_column (s, item->right, KH_COLUMN_RIGHT, s->bottom);
    } else {
        kh_block *block = kh_pool_new0 (s->pool, kh_block, 1);
        block->kind = KH_BLOCK_TABLE;
        block->text = (kh_text){ "", 0, NULL };
        block->lines = kh_pool_list (s->pool);
        block->grid = kh_sheet_finish (item->sheet, s->pool);
        block->page = g_array_index (item->sheet->pages, int, 0);
        block->box = item->box;
        block->indent = item->box.x0 - leaf->left;
        block->gap_above = s->bottom < 0 ? -1 : item->box.y0 - s->bottom;
        g_ptr_array_add (s->blocks, block);
    }
    s->bottom = item->box.y1;
}

GPtrArray *
kh_paragraphs_set (GPtrArray *leaves, kh_pool *pool)
{
    setting s = { .pool = pool, .blocks = kh_pool_list (pool), .bottom = -1 };
    s.measures = kh_measures_find (leaves);
    for (guint a = 0; a < leaves->len; a++) {
        const kh_leaf *leaf = g_ptr_array_index (leaves, a);
        s.bottom = -1;
        s.at = 0;
        for (guint i = 0; i < leaf->items->len; i++)
            add_item (&s, leaf, g_ptr_array_index (leaf->items, i));
    }
    close_open (&s);
    return s.blocks;
}
