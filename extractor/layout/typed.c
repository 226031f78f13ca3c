/* typed.c - tables in plain text, as programs set them that turn a page into characters.
 *
 *   TT Công việc                    Chủ trì             Thời gian
 *                                   Phòng Văn hóa
 *   1   Thành lập tổ công nghệ      - Xã hội            Quý I        each cell stands in the middle of its row, so that
 *       số cộng đồng                UBND xã                          the lines of a row interleave;
 *   2   Rà soát dữ liệu của các xã Văn phòng            Quý II       columns waver, and one space may be all between
 *
 *   1. A table opens at a strip of three pieces or more and goes on while strips of several pieces follow.
 *   2. Gutters are seams of white that run down through all strips and may waver (seams.c).
 *   3. Each strip's words are divided among the columns (typedcells.c).
 *   4. typedrows.c tells the rows.
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define LETTER KH_TYPED_LETTER
#define LINE 12.0     /* points from line to line */
#define WINDOW 14     /* strips of one piece that may follow one another in a table */
#define MOST_HEADER 8 /* strips of a header */
#define MOST_LOST 0.3 /* share of a header's words that a repeat may lack */

/* ---- 1. where tables stand */

/* Pieces of the strip that are columns: a list mark and its text are one. */
static guint
count_pieces (const kh_strip *strip)
{
    const kh_line *first = kh_strip_first (strip);
    gboolean marked = first->text.n_pieces == 1 && strip->lines->len > 1 && g_utf8_strlen (first->text.str, -1) <= 6 &&
                      !kh_text_is_number (first->text.str) && kh_text_mark (first->text.str) != KH_MARK_NONE;
    if (g_utf8_strlen (first->text.str, -1) == 1 && !g_unichar_isalnum (g_utf8_get_char (first->text.str)))
        marked = strip->lines->len > 1;
    return strip->lines->len - (marked ? 1 : 0);
}

/* Three pieces or more with clear gaps: two spaces may be where a letter was lost. */
static gboolean
opens_table (const kh_strip *strip)
{
    if (count_pieces (strip) < 3)
        return FALSE;
    guint wide = 0;
    for (guint i = 1; i < strip->lines->len; i++) {
        const kh_line *a = g_ptr_array_index (strip->lines, i - 1), *b = g_ptr_array_index (strip->lines, i);
        wide += b->box.x0 - a->box.x1 > 2.5 * LETTER;
    }
    return wide >= 2;
}

/* A line of running text: one piece from the left edge or an indent, and long. */
static gboolean
is_prose (double left, const kh_strip *strip)
{
    if (kh_strip_begins_with_number (strip) && strpbrk (kh_strip_first (strip)->text.pieces[0].word->text, ".)") == NULL)
        return FALSE; /* a row's number and a group's name */
    return strip->lines->len == 1 && strip->box.x0 < left + 14 * LETTER && kh_box_width (strip->box) > 45 * LETTER;
}

/* The end of the table that opens at `from`. */
static guint
table_end (double left, const GArray *strips, guint from)
{
    guint last = from;
    for (guint i = from + 1; i < strips->len && i <= last + WINDOW; i++) {
        const kh_strip *strip = kh_strip_at (strips, i);
        double most = i - from <= MOST_HEADER / 2 && count_pieces (strip) >= 2 ? 4.5 : 2.5; /* a high header leaves blank lines */
        if (kh_strip_middle (strip) - kh_strip_middle (kh_strip_at (strips, i - 1)) > most * LINE)
            break;
        if (i + 1 < strips->len && is_prose (left, strip) && is_prose (left, kh_strip_at (strips, i + 1)) &&
            MIN (strip->box.x0, kh_strip_at (strips, i + 1)->box.x0) < left + LETTER)
            break;
        if (count_pieces (strip) >= 2)
            last = i;
    }
    return last + 1;
}

/* Lines of the last row that have but one piece: right below, away from the left edge or in small letters. */
static guint
table_tail (double left, const GArray *strips, guint end)
{
    while (end < strips->len) {
        const kh_strip *strip = kh_strip_at (strips, end);
        const kh_line *line = kh_strip_first (strip);
        gboolean near = kh_strip_middle (strip) - kh_strip_middle (kh_strip_at (strips, end - 1)) < 1.5 * LINE;
        if (!near || is_prose (left, strip) || kh_text_mark (line->text.str) == KH_MARK_NUMBER ||
            strip->box.x0 < left + (kh_text_starts_small (line->text.str) ? 1 : 4) * LETTER || kh_box_width (strip->box) > 60 * LETTER)
            break;
        end++;
    }
    return end;
}

/* The header's first strips may have fewer pieces than three: what stands right above in several pieces, or short and
 * away from the left edge and from the middle (where titles stand), is of it. */
static guint
table_start (double left, const GArray *strips, guint from, guint least)
{
    guint start = from;
    double middle = kh_box_center_x (kh_strip_at (strips, from)->box);
    for (guint i = from; i > least && from - i < 5; i--) {
        const kh_strip *strip = kh_strip_at (strips, i - 1);
        gboolean near = kh_strip_middle (kh_strip_at (strips, i)) - kh_strip_middle (strip) < 1.5 * LINE;
        gboolean aside = strip->box.x0 > left + 24 * LETTER && fabs (kh_box_center_x (strip->box) - middle) > 4 * LETTER;
        if (!near || (count_pieces (strip) < 2 && !(aside && kh_box_width (strip->box) < 20 * LETTER)))
            break;
        start = i - 1;
    }
    return start;
}

/* ---- 2. and 3. columns and cells */

static void
fill_typing (kh_typing *t, const GPtrArray *seams, kh_pool *pool)
{
    gsize n = (gsize) (t->to - t->from) * t->n_cols;
    double *heights = kh_pool_new0 (pool, double, t->to - t->from);
    for (guint i = t->from; i < t->to; i++)
        heights[i - t->from] = (kh_strip_middle (kh_strip_at (t->strips, i)) + kh_strip_at (t->strips, i)->offset) / LINE;
    t->heights = heights;
    t->texts = kh_pool_new0 (pool, kh_text *, n);
    t->words = kh_pool_new0 (pool, GPtrArray *, n);
    g_autofree guint *cuts = kh_typed_divide (t->strips, t->from, t->to, seams);
    for (guint i = t->from; i < t->to; i++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (t->strips, i));
        for (int c = 0; c < t->n_cols; c++) {
            gsize slot = (gsize) (i - t->from) * t->n_cols + c, cut = (gsize) (i - t->from) * (t->n_cols + 1) + c;
            GPtrArray *mine = kh_pool_list (pool);
            for (guint k = cuts[cut]; k < cuts[cut + 1]; k++)
                g_ptr_array_add (mine, g_ptr_array_index (words, k));
            t->words[slot] = mine;
            if (mine->len > 0)
                t->texts[slot] = &kh_line_new (mine, pool)->text;
        }
    }
}

static void
set_edges (kh_typing *t, const GPtrArray *seams, kh_pool *pool)
{
    guint n = t->to - t->from;
    double *edges = kh_pool_new0 (pool, double, t->n_cols + 1);
    g_autofree double *places = g_new (double, n);
    kh_box box = kh_strips_box (t->strips, t->from, t->to);
    edges[0] = box.x0;
    edges[t->n_cols] = box.x1;
    for (guint c = 0; c < seams->len; c++) {
        memcpy (places, g_ptr_array_index (seams, c), n * sizeof (double));
        qsort (places, n, sizeof (double), kh_compare_doubles);
        edges[c + 1] = places[n / 2];
    }
    t->edges = edges;
}

/* ---- over pages */

/* A stretch of a leaf's strips that is a table, or part of one. */
typedef struct part {
    kh_leaf *leaf;
    GArray *strips;
    guint from, to;
} part;

static void
collect_words (GHashTable *bag, const kh_strip *strip, int sign)
{
    g_autoptr (GPtrArray) words = kh_strip_words (strip);
    for (guint i = 0; i < words->len; i++) {
        char *text = (char *) ((const kh_word *) g_ptr_array_index (words, i))->text;
        g_hash_table_insert (bag, text, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (bag, text)) + sign));
    }
}

/* Words in the bag, and words taken out that were never in. */
static void
count_bag (GHashTable *bag, int *left, int *lacking)
{
    GHashTableIter iter;
    gpointer value;
    *left = *lacking = 0;
    g_hash_table_iter_init (&iter, bag);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        *left += MAX (0, GPOINTER_TO_INT (value));
        *lacking += MAX (0, -GPOINTER_TO_INT (value));
    }
}

/* How many strips at the part's top repeat those at the table's top: their words are the same, though the strips they
 * fall on may be other, and the first may have been taken for a running head. Sets *n_first to the strips at the table's top. */
static guint
repeated_strips (const part *first, const part *next, guint *n_first)
{
    guint best = 0;
    int all, left, lacking;
    for (guint m = 1; m <= MIN (first->to - first->from, MOST_HEADER); m++) {
        g_autoptr (GHashTable) bag = g_hash_table_new (g_str_hash, g_str_equal);
        for (guint i = 0; i < m; i++)
            collect_words (bag, kh_strip_at (first->strips, first->from + i), 1);
        count_bag (bag, &all, &lacking);
        for (guint n = 1; n <= MIN (next->to - next->from, MOST_HEADER); n++) {
            collect_words (bag, kh_strip_at (next->strips, next->from + n - 1), -1);
            count_bag (bag, &left, &lacking);
            if (lacking == 0 && left <= MOST_LOST * all && n > best) {
                best = n;
                *n_first = m;
            }
        }
    }
    return best;
}

static const kh_word *
only_word (const part *p, guint n_strips, const char *text)
{
    const kh_word *found = NULL;
    for (guint i = p->from; i < p->from + n_strips; i++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (p->strips, i));
        for (guint k = 0; k < words->len; k++) {
            const kh_word *word = g_ptr_array_index (words, k);
            if (strcmp (word->text, text) != 0)
                continue;
            if (found != NULL)
                return NULL;
            found = word;
        }
    }
    return found;
}

static int
compare_pairs (const void *a, const void *b)
{
    const kh_pair *x = a, *y = b;
    return (x->here > y->here) - (x->here < y->here);
}

/* Columns shift from page to page: the words of the repeated header tell where each stood on the first. */
static const GArray *
map_of (const part *first, guint n_first, const part *here, guint n_here, kh_pool *pool)
{
    GArray *map = kh_pool_own (pool, g_array_new (FALSE, FALSE, sizeof (kh_pair)), (GDestroyNotify) g_array_unref);
    for (guint i = here->from; i < here->from + n_here; i++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (here->strips, i));
        for (guint k = 0; k < words->len; k++) {
            const kh_word *word = g_ptr_array_index (words, k), *there = only_word (first, n_first, word->text);
            if (there == NULL || only_word (here, n_here, word->text) == NULL)
                continue;
            kh_pair pair = { kh_box_center_x (word->box), kh_box_center_x (there->box) };
            g_array_append_val (map, pair);
        }
    }
    g_array_sort (map, compare_pairs);
    for (guint i = 1; i < map->len; i++) { /* only what keeps the order, with room between */
        const kh_pair *a = &g_array_index (map, kh_pair, i - 1), *b = &g_array_index (map, kh_pair, i);
        if (b->here - a->here < 3 * LETTER || b->there - a->there < 2 * LETTER)
            g_array_remove_index (map, i--);
    }
    return map;
}

/* Does a piece of the strip begin where pieces of the part begin? */
static gboolean
fits_columns (const part *p, const kh_strip *strip)
{
    for (guint i = p->from; i < p->to; i++)
        for (guint k = 0; k < kh_strip_at (p->strips, i)->lines->len; k++)
            for (guint n = 0; n < strip->lines->len; n++) {
                const kh_line *there = g_ptr_array_index (kh_strip_at (p->strips, i)->lines, k), *here = g_ptr_array_index (strip->lines, n);
                if (fabs (there->box.x0 - here->box.x0) < 2.5 * LETTER)
                    return TRUE;
            }
    return FALSE;
}

/* Can the strips [from, to) of a page be rows of the table, or the rest of one, though their pieces alone do not tell? */
static gboolean
are_of_table (const part *p, const GArray *strips, double left, guint from, guint to)
{
    if (to - from > WINDOW)
        return FALSE;
    for (guint i = from; i < to; i++) {
        const kh_strip *strip = kh_strip_at (strips, i);
        if (i + 1 < strips->len && kh_strip_middle (kh_strip_at (strips, i + 1)) - kh_strip_middle (strip) > 1.5 * LINE)
            return FALSE;
        if (!fits_columns (p, strip) || (is_prose (left, strip) && strip->box.x0 < left + LETTER))
            return FALSE;
    }
    return TRUE;
}

static double
left_of (const GArray *strips)
{
    double left = G_MAXDOUBLE;
    for (guint i = 0; i < strips->len; i++)
        left = MIN (left, kh_strip_at (strips, i)->box.x0);
    return left;
}

/* Does `next` go on with the table that begins with `first` and ends, so far, with `last`, on the next page? What stands below
 * the one and above the other may be rows of few pieces: it is taken in then. */
static gboolean
follows (const part *first, part *last, part *next)
{
    guint n_first;
    if (next->leaf->index != last->leaf->index + 1)
        return FALSE;
    gboolean repeats = next->from == 0 && repeated_strips (first, next, &n_first) > 0;
    if (!repeats && !are_of_table (last, next->strips, left_of (next->strips), 0, next->from))
        return FALSE;
    if (!are_of_table (last, last->strips, left_of (last->strips), last->to, last->strips->len))
        return FALSE;
    last->to = last->strips->len;
    next->from = 0;
    return TRUE;
}

/* ---- the table */

static void
add_rows (kh_sheet *sheet, const kh_typing *t, const gboolean *starts, kh_pool *pool)
{
    kh_draft **row = NULL;
    for (guint i = t->from; i < t->to; i++) {
        kh_box strip = kh_strip_at (t->strips, i)->box;
        const kh_line *first = kh_strip_first (kh_strip_at (t->strips, i));
        if (first->page != g_array_index (sheet->pages, int, sheet->pages->len - 1))
            g_array_append_val (sheet->pages, first->page);
        if (first->page == g_array_index (sheet->pages, int, 0))
            sheet->box = i == t->from ? strip : kh_box_union (sheet->box, strip);
        if (starts[i - t->from]) {
            row = kh_sheet_add_row (sheet, pool);
            for (int c = 0; c < t->n_cols; c++)
                row[c] = kh_draft_new ((kh_box){ t->edges[c], strip.y0, t->edges[c + 1], strip.y1 }, first->page, pool);
        }
        for (int c = 0; c < t->n_cols; c++) {
            const GPtrArray *words = t->words[(gsize) (i - t->from) * t->n_cols + c];
            kh_slug slug = { words->len > 0 ? kh_line_new (words, pool) : NULL, t->edges[c], t->edges[c + 1] };
            kh_draft_extend (row[c], first->page, (kh_box){ t->edges[c], strip.y0, t->edges[c + 1], strip.y1 }, pool);
            if (slug.line != NULL)
                g_array_append_val (row[c]->slugs, slug);
        }
    }
}

/* The strips above the first that begins with a number: the header, and perhaps lines of the first row. */
static guint
strips_to_number (const GArray *strips)
{
    for (guint i = 1; i < MIN (strips->len, MOST_HEADER + 1); i++)
        if (kh_strip_begins_with_number (kh_strip_at (strips, i)))
            return i;
    return MIN (2, strips->len);
}

/* The table of the parts [from, to), or NULL when they show no three columns. */
static kh_sheet *
sheet_of (const GArray *parts, guint from, guint to, kh_pool *pool)
{
    g_autoptr (GArray) strips = g_array_new (FALSE, FALSE, sizeof (kh_strip));
    const part *first = &g_array_index (parts, part, from);
    double bottom = 0;
    guint header = 0; /* strips of it; 0 when nothing repeats */
    for (guint p = from; p < to; p++) {
        const part *here = &g_array_index (parts, part, p);
        guint n_first = 0, repeated = p > from ? repeated_strips (first, here, &n_first) : 0;
        header = MAX (header, n_first);
        const GArray *map = map_of (first, n_first, here, repeated, pool);
        for (guint i = here->from + repeated, k = i; i < here->to; i++) {
            kh_strip strip = *kh_strip_at (here->strips, i);
            strip.map = map;
            strip.offset = p == from ? 0 : bottom + LINE - kh_strip_middle (kh_strip_at (here->strips, k));
            g_array_append_val (strips, strip);
        }
        if (strips->len > 0) {
            const kh_strip *last = kh_strip_at (strips, strips->len - 1);
            bottom = kh_strip_middle (last) + last->offset;
        }
    }
    if (strips->len < 3)
        return NULL;
    g_autoptr (GPtrArray) seams = kh_seams_find (strips, 0, strips->len, header > 0 ? header : strips_to_number (strips));
    if (seams->len < 2)
        return NULL;
    kh_typing t = { .strips = strips, .from = 0, .to = strips->len, .n_header = header, .n_cols = seams->len + 1 };
    set_edges (&t, seams, pool);
    fill_typing (&t, seams, pool);
    g_autofree gboolean *starts = kh_typed_rows (&t);
    kh_sheet *sheet = kh_sheet_new (t.n_cols, first->leaf->page->number, pool);
    sheet->confidence = 0.6;
    memcpy (sheet->edges, t.edges, (t.n_cols + 1) * sizeof (double));
    add_rows (sheet, &t, starts, pool);
    kh_typed_merge (sheet, &t, starts, pool);
    kh_typed_spread (sheet, &t, starts, pool);
    return sheet;
}

static void
find_parts (kh_leaf *leaf, GArray *strips, GArray *parts)
{
    guint done = 0;
    double left = left_of (strips);
    for (guint i = 0; i < strips->len; i++) {
        if (!opens_table (kh_strip_at (strips, i)))
            continue;
        part p = { leaf, strips, table_start (left, strips, i, done), table_tail (left, strips, table_end (left, strips, i)) };
        if (p.to - p.from < 3)
            continue;
        g_array_append_val (parts, p);
        done = p.to;
        i = p.to - 1;
    }
}

void
kh_typed_find (GPtrArray *leaves, kh_pool *pool)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kh_strips_free);
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (part));
    for (guint a = 0; a < leaves->len; a++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, a);
        if (leaf->page->origin != KH_ORIGIN_TEXT)
            continue;
        GArray *strips = kh_strips_find (leaf->lines);
        g_ptr_array_add (all, strips);
        find_parts (leaf, strips, parts);
    }
    for (guint i = 0, j; i < parts->len; i = j) {
        for (j = i + 1; j < parts->len && follows (&g_array_index (parts, part, i), &g_array_index (parts, part, j - 1), &g_array_index (parts, part, j)); j++)
            ;
        kh_sheet *sheet = sheet_of (parts, i, j, pool);
        if (sheet == NULL)
            continue;
        kh_item *item = kh_pool_new0 (pool, kh_item, 1);
        item->kind = KH_ITEM_SHEET;
        item->box = sheet->box;
        item->sheet = sheet;
        g_ptr_array_add (g_array_index (parts, part, i).leaf->items, item);
        for (guint k = i; k < j; k++) {
            const part *p = &g_array_index (parts, part, k);
            kh_strips_take (p->strips, p->from, p->to, p->leaf->lines);
        }
    }
}
