/* bands.c - what is set in two columns side by side: the head (issuing body | state motto), the foot
 * (recipients | signature, or two signatures), and pairs of captions.
 *
 *   UBND TỈNH PHÚ YÊN ░░ CỘNG HÒA XÃ HỘI …      A band opens where two pieces stand side by side with a clear
 *   SỞ Y TẾ ░░░░░░░░░░░░░░ Độc lập - Tự do …    gutter between. Downwards it takes every piece that leaves the
 *   Số: 812/KHPH ░░░░░ Phú Yên, ngày 26 …       gutter white, and ends at the first that crosses it or stands
 *              ░ KẾ HOẠCH                       in the middle of the page. Upwards, lines whose words leave the
 *                                               gutter white are divided there (a long issuer's name comes close
 *                                               to the motto).
 *
 * Left and right need not share baselines: the columns are set in different sizes.
 */
#include "layout/parts.h"

#include <math.h>

#define TYPED_WIDTH 600.0 /* points: 100 characters of a text file */
#define WINDOW 64 /* pieces, in their order from the top, among which those at one height are */

typedef struct band {
    double from, to;           /* the gutter */
    GPtrArray *left, *right;   /* kh_line *: the pieces */
    double bottom_left, bottom_right;
    gboolean is_head;
} band;

static kh_line *
line_at (const GPtrArray *lines, guint i)
{
    return g_ptr_array_index (lines, i);
}

static gboolean
side_by_side (const kh_line *a, const kh_line *b)
{
    return kh_box_overlap_y (a->box, b->box) >= 0.3 * MIN (kh_box_height (a->box), kh_box_height (b->box));
}

/* The one piece to the right of `i` at its height; G_MAXUINT when there is none or several. */
static guint
partner_of (const GPtrArray *lines, guint i, gboolean allow_several)
{
    const kh_line *piece = line_at (lines, i);
    guint found = G_MAXUINT, n = 0;
    for (guint k = i > WINDOW ? i - WINDOW : 0; k < MIN (lines->len, i + WINDOW); k++) {
        const kh_line *other = line_at (lines, k);
        if (k == i || !side_by_side (piece, other))
            continue;
        if (other->box.x0 < piece->box.x1)
            return G_MAXUINT; /* it is not the leftmost */
        if (found == G_MAXUINT || other->box.x0 < line_at (lines, found)->box.x0)
            found = k;
        /* pieces of one column stand close to each other; count those at this very height */
        n += kh_box_overlap_y (piece->box, other->box) >= 0.6 * MIN (kh_box_height (piece->box), kh_box_height (other->box));
    }
    return n <= 1 || allow_several ? found : G_MAXUINT;
}

static gboolean
is_page_centred (const kh_leaf *leaf, const kh_line *line)
{
    double middle = (leaf->left + leaf->right) / 2;
    return fabs (kh_box_center_x (line->box) - middle) < 0.04 * (leaf->right - leaf->left);
}

/* The middle of the first `n` pieces. */
static double
column_centre (const GPtrArray *pieces, guint n)
{
    double sum = 0;
    for (guint i = 0; i < n; i++)
        sum += kh_box_center_x (line_at (pieces, i)->box);
    return n > 0 ? sum / n : 0;
}

/* Puts the piece on its side; FALSE when it crosses the gutter. */
static gboolean
take (band *b, kh_line *piece, double em)
{
    double least = 0.5 * em;
    gboolean can_left = b->to - MAX (b->from, piece->box.x1) >= least && piece->box.x0 < b->to;
    gboolean can_right = MIN (b->to, piece->box.x0) - b->from >= least && piece->box.x1 > b->from;
    if (can_left && can_right)
        can_right = kh_box_center_x (piece->box) > (b->from + b->to) / 2, can_left = !can_right;
    if (can_left) {
        g_ptr_array_add (b->left, piece);
        b->from = MAX (b->from, piece->box.x1);
        b->bottom_left = MAX (b->bottom_left, piece->box.y1);
    } else if (can_right) {
        g_ptr_array_add (b->right, piece);
        b->to = MIN (b->to, piece->box.x0);
        b->bottom_right = MAX (b->bottom_right, piece->box.y1);
    }
    return can_left || can_right;
}

/* Divides a line where its words leave the gutter white by half an em at least; FALSE when they do not. */
static gboolean
divide (const kh_line *line, const band *b, kh_line **left, kh_line **right, kh_pool *pool)
{
    g_autoptr (GPtrArray) words = kh_line_words (line), first = g_ptr_array_new (), second = g_ptr_array_new ();
    double inner = 0;
    for (guint i = 0; i < words->len; i++) {
        kh_word *word = g_ptr_array_index (words, i);
        gboolean is_left = kh_box_center_x (word->box) < (b->from + b->to) / 2;
        if (i > 0) {
            const kh_word *before = g_ptr_array_index (words, i - 1);
            if (is_left || second->len > 0)
                inner = MAX (inner, word->box.x0 - before->box.x1);
        }
        g_ptr_array_add (is_left ? first : second, word);
    }
    if (first->len == 0 || second->len == 0)
        return FALSE;
    const kh_word *a = g_ptr_array_index (first, first->len - 1), *c = g_ptr_array_index (second, 0);
    double gap = c->box.x0 - a->box.x1;
    if (gap < 0.45 * line->size || gap < 1.4 * inner || MIN (c->box.x0, b->to) - MAX (a->box.x1, b->from) < 0.3 * line->size)
        return FALSE;
    *left = kh_line_new (first, pool);
    *right = kh_line_new (second, pool);
    return TRUE;
}

/* Is the pair (left, right) the opening of a band? */
static gboolean
opens (const kh_leaf *leaf, const kh_line *left, const kh_line *right, gboolean is_head)
{
    gboolean is_typed = leaf->page->origin == KH_ORIGIN_TEXT; /* its paragraphs may be lines without end */
    double width = is_typed ? MIN (leaf->right - leaf->left, TYPED_WIDTH) : leaf->right - leaf->left, gap = right->box.x0 - left->box.x1;
    double at = (right->box.x0 - leaf->left) / MAX (width, 1);
    if (g_utf8_strlen (left->text.str, -1) <= 3 || at < 0.25)
        return FALSE; /* a list mark and its text */
    if (is_head)
        return gap >= 0.8 * leaf->em;
    return gap >= 2 * leaf->em && at > 0.38;
}

/* Do the pieces share a middle rather than a left edge? */
static gboolean
are_centred (const GPtrArray *pieces, guint n)
{
    double least = G_MAXDOUBLE, most = -G_MAXDOUBLE, left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
    for (guint i = 0; i < n; i++) {
        kh_box box = line_at (pieces, i)->box;
        least = MIN (least, kh_box_center_x (box));
        most = MAX (most, kh_box_center_x (box));
        left = MIN (left, box.x0);
        right = MAX (right, box.x0);
    }
    return n >= 2 && most - least < 0.5 * (right - left) && right - left > 6;
}

/* A list that starts under two signatures stands under the left one but is no part of it. */
static void
cut_tail (band *b, GPtrArray *lines)
{
    guint n = 0;
    while (n < b->left->len && line_at (b->left, n)->box.y0 < b->bottom_right)
        n++;
    if (n == b->left->len || !are_centred (b->left, n))
        return;
    double middle = column_centre (b->left, n);
    while (n < b->left->len && fabs (kh_box_center_x (line_at (b->left, n)->box) - middle) < 8)
        n++; /* names need not stand at one height */
    for (guint i = n; i < b->left->len; i++)
        g_ptr_array_add (lines, line_at (b->left, i));
    kh_lines_sort (lines);
    g_ptr_array_set_size (b->left, n);
}

static GPtrArray *
set_column (const GPtrArray *pieces, kh_pool *pool)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    for (guint i = 0; i < pieces->len; i++) {
        g_autoptr (GPtrArray) mine = kh_line_words (line_at (pieces, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
    }
    return kh_lines_find (words, G_MAXDOUBLE / 1e6, pool);
}

static kh_item *
item_of (const band *b, kh_pool *pool)
{
    kh_item *item = kh_pool_new0 (pool, kh_item, 1);
    item->kind = KH_ITEM_BAND;
    item->left = set_column (b->left, pool);
    item->right = set_column (b->right, pool);
    for (int side = 0; side < 2; side++) {
        const GPtrArray *lines = side == 0 ? item->left : item->right;
        for (guint i = 0; i < lines->len; i++)
            item->box = item->box.y1 == 0 ? line_at (lines, i)->box : kh_box_union (item->box, line_at (lines, i)->box);
    }
    return item;
}

static void
take_upwards (band *b, GPtrArray *lines, guint i, double em, kh_pool *pool)
{
    while (i > 0) {
        kh_line *above = line_at (lines, i - 1), *left, *right;
        const kh_line *below = line_at (lines, i);
        if (below->box.y0 - above->box.y1 > 1.5 * em)
            return;
        if (divide (above, b, &left, &right, pool)) {
            b->from = MAX (b->from, left->box.x1);
            b->to = MIN (b->to, right->box.x0);
            g_ptr_array_insert (b->left, 0, left);
            g_ptr_array_insert (b->right, 0, right);
        } else if (!b->is_head || !take (b, above, em)) {
            return;
        }
        g_ptr_array_remove_index (lines, --i);
    }
}

static void
take_downwards (band *b, const kh_leaf *leaf, GPtrArray *lines, guint i)
{
    double em = leaf->em;
    while (i < lines->len) {
        kh_line *piece = line_at (lines, i);
        double bottom = MAX (b->bottom_left, b->bottom_right), space = piece->box.y0 - bottom;
        gboolean paired = FALSE;
        for (guint k = i + 1; k < MIN (lines->len, i + WINDOW) && !paired; k++)
            paired = side_by_side (piece, line_at (lines, k));
        if (!paired && space > 0 && is_page_centred (leaf, piece) &&
            fabs (kh_box_center_x (piece->box) - column_centre (b->left, b->left->len)) > em &&
            fabs (kh_box_center_x (piece->box) - column_centre (b->right, b->right->len)) > em)
            return;
        if (space > (b->is_head ? 4 : 14) * em)
            return;
        if (!paired && !b->is_head && space > 2 * em && piece->box.x1 < b->to && piece->box.x0 < b->from)
            return; /* text that follows, at the left margin */
        if (!take (b, piece, em))
            return;
        g_ptr_array_remove_index (lines, i);
    }
}

/* The rest of a band that the page break cut: the list of recipients runs on at the left. */
static void
go_on (kh_leaf *leaf, const kh_leaf *before, kh_pool *pool)
{
    if (before == NULL || before->items->len == 0 || leaf->lines->len == 0)
        return;
    const kh_item *last = g_ptr_array_index (before->items, before->items->len - 1);
    for (guint i = 0; i < before->items->len; i++) {
        const kh_item *item = g_ptr_array_index (before->items, i);
        if (item->box.y1 > last->box.y1)
            last = item;
    }
    for (guint i = 0; i < before->lines->len; i++)
        if (line_at (before->lines, i)->box.y0 > last->box.y1)
            return;
    const kh_line *first = line_at (leaf->lines, 0);
    if (last->kind != KH_ITEM_BAND || last->left->len < 2 || last->right->len == 0 ||
        last->box.y1 < 0.75 * before->page->frame_height || kh_text_mark (first->text.str) != KH_MARK_BULLET)
        return;
    band b = { 0, 0, g_ptr_array_new (), g_ptr_array_new (), first->box.y0, first->box.y0, FALSE };
    double left = G_MAXDOUBLE;
    b.to = G_MAXDOUBLE;
    for (guint i = 0; i < last->left->len; i++) {
        b.from = MAX (b.from, line_at (last->left, i)->box.x1);
        left = MIN (left, line_at (last->left, i)->box.x0);
    }
    for (guint i = 0; i < last->right->len; i++)
        b.to = MIN (b.to, line_at (last->right, i)->box.x0);
    if (fabs (first->box.x0 - left) < 2 * leaf->em && b.to > b.from)
        take_downwards (&b, leaf, leaf->lines, 0);
    if (b.left->len > 0) {
        kh_item *item = item_of (&b, pool);
        item->goes_on = TRUE;
        g_ptr_array_add (leaf->items, item);
    }
    g_ptr_array_unref (b.left);
    g_ptr_array_unref (b.right);
}

/* In the upper part of the page, with no line of running text above? */
static gboolean
is_above_text (const kh_leaf *leaf, const kh_line *piece)
{
    if (piece->box.y0 > 0.35 * leaf->page->frame_height)
        return FALSE;
    for (guint i = 0; i < leaf->lines->len; i++) {
        const kh_line *line = line_at (leaf->lines, i);
        if (line->box.y1 < piece->box.y0 && line->box.x0 < leaf->left + 4 * leaf->em && line->box.x1 > leaf->right - leaf->em)
            return FALSE;
    }
    return TRUE;
}

void
kh_bands_find (kh_leaf *leaf, const kh_leaf *before, kh_pool *pool)
{
    GPtrArray *lines = leaf->lines;
    gboolean had_head = leaf->index > 0;
    go_on (leaf, before, pool);
    for (guint i = 0; i < lines->len; i++) {
        kh_line *piece = line_at (lines, i);
        gboolean is_head = !had_head && is_above_text (leaf, piece);
        guint k = partner_of (lines, i, is_head);
        if (k == G_MAXUINT || !opens (leaf, piece, line_at (lines, k), is_head))
            continue;
        kh_line *right = line_at (lines, k);
        band b = { piece->box.x1, right->box.x0, g_ptr_array_new (), g_ptr_array_new (), piece->box.y0, right->box.y0, is_head };
        guint top = MIN (i, k);
        take_upwards (&b, lines, top, leaf->em, pool);
        /* what was above is gone: the band starts at the first piece that is still there */
        for (top = 0; top < lines->len && line_at (lines, top) != piece && line_at (lines, top) != right; top++)
            ;
        take_downwards (&b, leaf, lines, top);
        cut_tail (&b, lines);
        if (b.left->len > 0 && b.right->len > 0) {
            g_ptr_array_add (leaf->items, item_of (&b, pool));
            had_head = had_head || is_head;
            i = MAX (top, 1) - 1;
        }
        g_ptr_array_unref (b.left);
        g_ptr_array_unref (b.right);
    }
}
