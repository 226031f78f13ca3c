/* typed.c - tables in plain text, as programs set them that turn a page into characters.
 *
 *   TT Công việc                    Chủ trì             Thời gian
 *                                   Phòng Văn hóa
 *   1   Thành lập tổ công nghệ      - Xã hội            Quý I        each cell stands in the middle of its row, so that
 *       số cộng đồng                UBND xã                          the lines of a row interleave;
 *   2   Rà soát dữ liệu của các xã Văn phòng            Quý II       columns waver, and one space may be all between
 *
 *   1. A table opens at a strip of three pieces or more and goes on while strips of several pieces follow.
 *   2. Gutters are the columns of characters that hardly any strip crosses, and where pieces begin again and again.
 *   3. Each strip is divided at the gap that is widest and nearest to each gutter.
 *   4. typedrows.c tells the rows.
 */
#include "layout/typed.h"

#include <math.h>

#define LETTER 6.0         /* points a character takes in a text file */
#define CROSSING_STRIPS 7  /* of so many strips one may cross a gutter */
#define WANDER 4           /* characters a column may waver */

/* ---- 1. where tables stand */

/* Pieces of the strip that are columns: a list mark and its text are one. */
static guint
count_pieces (const kh_strip *strip)
{
    const kh_line *first = g_ptr_array_index (strip->lines, 0);
    gboolean marked = first->text.n_pieces == 1 && strip->lines->len > 1 && g_utf8_strlen (first->text.str, -1) <= 6 &&
                      !kh_text_is_number (first->text.str) && kh_text_mark (first->text.str) != KH_MARK_NONE;
    if (g_utf8_strlen (first->text.str, -1) == 1 && !g_unichar_isalnum (g_utf8_get_char (first->text.str)))
        marked = strip->lines->len > 1;
    return strip->lines->len - (marked ? 1 : 0);
}

/* A line of running text: one piece from the left edge or an indent, and long. */
static gboolean
is_prose (const kh_leaf *leaf, const kh_strip *strip)
{
    return strip->lines->len == 1 && strip->box.x0 < leaf->left + 14 * LETTER && kh_box_width (strip->box) > 45 * LETTER;
}

/* The end of the table that opens at `from`. */
static guint
table_end (const kh_leaf *leaf, const GArray *strips, guint from)
{
    guint last = from;
    for (guint i = from + 1; i < strips->len && i <= last + 6; i++) {
        const kh_strip *strip = kh_strip_at (strips, i);
        if (kh_strip_middle (strip) - kh_strip_middle (kh_strip_at (strips, i - 1)) > 5 * 12)
            break;
        if (i + 1 < strips->len && is_prose (leaf, strip) && is_prose (leaf, kh_strip_at (strips, i + 1)) &&
            MIN (strip->box.x0, kh_strip_at (strips, i + 1)->box.x0) < leaf->left + LETTER)
            break;
        if (count_pieces (strip) >= 2)
            last = i;
    }
    return last + 1;
}

/* The header's first strips may have fewer pieces than three: what stands right above, away from the left edge or in
 * several pieces, is of it. */
static guint
table_start (const kh_leaf *leaf, const GArray *strips, guint from, guint least)
{
    guint start = from;
    for (guint i = from; i > least && from - i < 5; i--) {
        const kh_strip *strip = kh_strip_at (strips, i - 1);
        if (kh_strip_middle (kh_strip_at (strips, i)) - kh_strip_middle (strip) > 2.5 * 12)
            break;
        if (count_pieces (strip) >= 2 || strip->box.x0 > leaf->left + 24 * LETTER)
            start = i - 1;
        else
            break;
    }
    return start;
}

/* ---- 2. columns */

/* Strips where a piece begins at the gutter. */
static guint
support (const GArray *strips, guint from, guint to, const kh_gap *g)
{
    guint n = 0;
    for (guint i = from; i < to; i++) {
        const kh_strip *strip = kh_strip_at (strips, i);
        for (guint k = 0; k < strip->lines->len; k++) {
            const kh_line *piece = g_ptr_array_index (strip->lines, k);
            if (piece->box.x0 > g->from - LETTER && piece->box.x0 < g->to + 2 * LETTER && (k > 0 || piece->box.x0 > g->from)) {
                n++;
                break;
            }
        }
    }
    return n;
}

static GArray *
gutters_of (const GArray *strips, guint from, guint to)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    kh_box box = kh_strip_at (strips, from)->box;
    for (guint i = from; i < to; i++) {
        g_autoptr (GPtrArray) mine = kh_strip_words (kh_strip_at (strips, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
        box = kh_box_union (box, kh_strip_at (strips, i)->box);
    }
    GArray *gutters = kh_white_find (words, box, (to - from) / CROSSING_STRIPS, LETTER / 2);
    guint least = CLAMP ((to - from) / 8, 2, 6);
    for (guint i = 0; i < gutters->len; i++) {
        kh_gap *g = &g_array_index (gutters, kh_gap, i);
        kh_gap *before = i > 0 ? g - 1 : NULL;
        if (support (strips, from, to, g) < least) {
            g_array_remove_index (gutters, i--);
        } else if (before != NULL && g->from - before->to < 1.5 * LETTER) { /* a sliver between: one gutter */
            before->to = g->to;
            g_array_remove_index (gutters, i--);
        }
    }
    return gutters;
}

/* ---- 3. cells of a strip */

/* The word at which the strip goes on right of the gutter. */
static guint
split_at (const GPtrArray *words, guint first, const kh_gap *gutter)
{
    double middle = (gutter->from + gutter->to) / 2, best = G_MAXDOUBLE;
    guint at = first;
    for (guint i = first; i <= words->len; i++) {
        const kh_word *before = i > 0 ? g_ptr_array_index (words, i - 1) : NULL;
        const kh_word *after = i < words->len ? g_ptr_array_index (words, i) : NULL;
        double from = before != NULL ? before->box.x1 : -G_MAXDOUBLE / 4, to = after != NULL ? after->box.x0 : G_MAXDOUBLE / 4;
        double off = middle < from ? from - middle : middle > to ? middle - to : 0;
        double cost = off - MIN (to - from, 3 * LETTER);
        if (off <= WANDER * LETTER && cost < best) {
            best = cost;
            at = i;
        }
    }
    if (best == G_MAXDOUBLE) /* a long word over the gutter: to the side of its middle */
        for (at = first; at < words->len; at++)
            if (kh_box_center_x (((const kh_word *) g_ptr_array_index (words, at))->box) > middle)
                break;
    return at;
}

static void
fill_typing (kh_typing *t, const GArray *gutters, kh_pool *pool)
{
    gsize n = (gsize) (t->to - t->from) * t->n_cols;
    t->texts = kh_pool_new0 (pool, kh_text *, n);
    t->words = kh_pool_new0 (pool, GPtrArray *, n);
    for (guint i = t->from; i < t->to; i++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (t->strips, i));
        guint first = 0;
        for (int c = 0; c < t->n_cols; c++) {
            guint end = c + 1 < t->n_cols ? split_at (words, first, &g_array_index (gutters, kh_gap, c)) : words->len;
            GPtrArray *mine = kh_pool_list (pool);
            for (; first < end; first++)
                g_ptr_array_add (mine, g_ptr_array_index (words, first));
            gsize slot = (gsize) (i - t->from) * t->n_cols + c;
            t->words[slot] = mine;
            if (mine->len > 0)
                t->texts[slot] = &kh_line_new (mine, pool)->text;
        }
    }
}

/* ---- the table */

static kh_sheet *
sheet_of (const kh_leaf *leaf, const kh_typing *t, const gboolean *starts, kh_pool *pool)
{
    kh_sheet *sheet = kh_sheet_new (t->n_cols, leaf->page->number, pool);
    sheet->confidence = 0.6;
    for (int c = 0; c <= t->n_cols; c++)
        sheet->edges[c] = t->edges[c];
    kh_draft **row = NULL;
    for (guint i = t->from; i < t->to; i++) {
        kh_box strip = kh_strip_at (t->strips, i)->box;
        sheet->box = i == t->from ? strip : kh_box_union (sheet->box, strip);
        if (starts[i - t->from]) {
            row = kh_sheet_add_row (sheet, pool);
            for (int c = 0; c < t->n_cols; c++)
                row[c] = kh_draft_new ((kh_box){ t->edges[c], strip.y0, t->edges[c + 1], strip.y1 }, leaf->page->number, pool);
        }
        for (int c = 0; c < t->n_cols; c++) {
            row[c]->box.y1 = strip.y1;
            const GPtrArray *words = t->words[(gsize) (i - t->from) * t->n_cols + c];
            kh_slug slug = { words->len > 0 ? kh_line_new (words, pool) : NULL, t->edges[c], t->edges[c + 1] };
            if (slug.line != NULL)
                g_array_append_val (row[c]->slugs, slug);
        }
    }
    return sheet;
}

/* Strips at the table's top that say what the header of the table before says. */
static guint
known_header (const GArray *strips, guint from, guint to, const kh_sheet *before, kh_pool *pool)
{
    if (before == NULL || before->rows->len == 0)
        return 0;
    guint n = 0, best = 0;
    g_autoptr (GPtrArray) words = g_ptr_array_new ();
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    for (int c = 0; c < before->n_cols; c++) {
        kh_text text = kh_draft_text (kh_sheet_row (before, 0)[c], pool);
        kh_text_builder_add_text (&builder, &text, TRUE);
    }
    kh_text header = kh_text_builder_finish (&builder, pool);
    /* letters compared as a bag: the order of lines differs from page to page */
    for (guint i = from; i < to && n < 8; i++) {
        n++;
        g_autoptr (GPtrArray) mine = kh_strip_words (kh_strip_at (strips, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
        guint found = 0, wanted = 0;
        g_auto (GStrv) tokens = g_strsplit (header.str, " ", -1);
        wanted = g_strv_length (tokens);
        for (guint k = 0; k < words->len; k++)
            found += g_strv_contains ((const char *const *) tokens, ((const kh_word *) g_ptr_array_index (words, k))->text);
        if (found * 10 >= wanted * 9 && words->len <= wanted + 1)
            best = n;
    }
    return best;
}

GPtrArray *
kh_typed_find (const kh_leaf *leaf, const kh_sheet *before, GPtrArray *lines, kh_pool *pool)
{
    GPtrArray *sheets = kh_pool_list (pool);
    GArray *strips = kh_strips_find (lines);
    guint done = 0;
    for (guint i = 0; i < strips->len; i++) {
        if (count_pieces (kh_strip_at (strips, i)) < 3)
            continue;
        guint from = table_start (leaf, strips, i, done), to = table_end (leaf, strips, i);
        g_autoptr (GArray) gutters = gutters_of (strips, from, to);
        if (gutters->len < 2 || to - from < 3)
            continue;
        kh_typing t = { .strips = strips, .from = from, .to = to, .n_cols = gutters->len + 1 };
        double *edges = kh_pool_new0 (pool, double, t.n_cols + 1);
        kh_box box = kh_strip_at (strips, from)->box;
        for (guint k = from; k < to; k++)
            box = kh_box_union (box, kh_strip_at (strips, k)->box);
        edges[0] = box.x0;
        for (guint k = 0; k < gutters->len; k++)
            edges[k + 1] = (g_array_index (gutters, kh_gap, k).from + g_array_index (gutters, kh_gap, k).to) / 2;
        edges[t.n_cols] = box.x1;
        t.edges = edges;
        fill_typing (&t, gutters, pool);
        guint n_header = known_header (strips, from, to, before, pool);
        g_autofree gboolean *starts = kh_typed_rows (&t, &n_header);
        kh_sheet *sheet = sheet_of (leaf, &t, starts, pool);
        g_ptr_array_add (sheets, sheet);
        before = sheet;
        for (guint k = from; k < to; k++)
            for (guint n = 0; n < kh_strip_at (strips, k)->lines->len; n++)
                g_ptr_array_remove (lines, g_ptr_array_index (kh_strip_at (strips, k)->lines, n));
        done = to;
        i = to - 1;
    }
    kh_strips_free (strips);
    return sheets;
}
