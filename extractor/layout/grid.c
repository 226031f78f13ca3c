/* grid.c - ruled tables.
 *
 *   1. Rules of one direction that lie on one line become one stroke: pieces are joined, doubles made one.
 *   2. Strokes that cross or meet belong together: each such net is a table, if it has at least two columns.
 *      (A line under a title meets nothing; a frame about a word has one column.)
 *   3. The places of its strokes, clustered, are the edges of columns and rows; where strokes run past the
 *      outermost crossing one, the outer border is missing and is put there.
 *   4. Between two slots there is a wall where a stroke covers at least half of their common side. A cell is
 *      the widest, then the deepest rectangle of slots without walls between them.
 *   5. Words go to the cell their centre is in.
 *
 *        x0   x1        x2
 *     y0 ├────┼─────────┤      strokes ─ │
 *        │ a  │ b       │
 *     y1 ┤    ├────┬────┤      no wall between the two slots of a: row span 2
 *        │    │ c  │ d  │
 *     y2 ├────┴────┴────┤
 *
 * Rows of rules without any upright between them are left to aligned.c, which finds the columns by their white gaps.
 */
#include "layout/parts.h"

#include <math.h>

#define MOST_NETS 1000
#define MOST_PASSES 6    /* over the strokes, joining them */
#define MOST_SLOTS 20000 /* of one table */
#define SPECKS 50        /* of so many words one may be a speck at a cell's edge */
#define WIDEST_PADDING 8.0
#define SAME_WIDTH 0.03  /* how much the parts of one table differ in width */
#define WORDS_ACROSS 20  /* of so many words one may lie across an edge: merged cells */
#define AT_START 0.15    /* ems */
#define BETWEEN_WORDS 0.4 /* ems: words of one line are no further apart, those of two cells are */

typedef struct stroke {
    double at, from, to; /* y of a level one, its x from..to; x of an upright one, its y from..to */
    double thickness;
    int net;
} stroke;

typedef struct tolerance {
    double join;  /* a gap in a stroke that is none */
    double meet;  /* strokes nearer than this meet */
    double same;  /* strokes nearer than this are one */
} tolerance;

/* ---- 1. strokes */

static int
compare_strokes (const void *a, const void *b)
{
    const stroke *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static GArray *
strokes_of (const kh_page *page, gboolean level, const tolerance *t)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (stroke));
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        if ((rule->horizontal != FALSE) != (level != FALSE))
            continue;
        stroke s = level ? (stroke){ kh_box_center_y (rule->box), rule->box.x0, rule->box.x1, kh_box_height (rule->box), -1 }
                         : (stroke){ kh_box_center_x (rule->box), rule->box.y0, rule->box.y1, kh_box_width (rule->box), -1 };
        g_array_append_val (all, s);
    }
    g_array_sort (all, compare_strokes);
    gboolean changed = TRUE;
    for (int pass = 0; changed && pass < MOST_PASSES; pass++) {
        changed = FALSE;
        for (guint i = 0; i < all->len; i++) {
            stroke *s = &g_array_index (all, stroke, i);
            for (guint k = i + 1; k < all->len; k++) {
                stroke *other = &g_array_index (all, stroke, k);
                if (other->at - s->at > t->same)
                    break;
                if (MIN (s->to, other->to) - MAX (s->from, other->from) < -t->join)
                    continue;
                double a = s->to - s->from + 0.01, b = other->to - other->from + 0.01;
                s->at = (s->at * a + other->at * b) / (a + b);
                s->from = MIN (s->from, other->from);
                s->to = MAX (s->to, other->to);
                g_array_remove_index (all, k--);
                changed = TRUE;
            }
        }
        if (changed)
            g_array_sort (all, compare_strokes);
    }
    return all;
}

/* ---- 2. nets */

static void
rename_net (GArray *strokes, int from, int to)
{
    for (guint i = 0; i < strokes->len; i++)
        if (g_array_index (strokes, stroke, i).net == from)
            g_array_index (strokes, stroke, i).net = to;
}

static int
find_nets (GArray *level, GArray *upright, const tolerance *t)
{
    int n = 0;
    for (guint i = 0; i < level->len; i++) {
        stroke *h = &g_array_index (level, stroke, i);
        for (guint k = 0; k < upright->len; k++) {
            stroke *v = &g_array_index (upright, stroke, k);
            if (v->at < h->from - t->meet || v->at > h->to + t->meet || h->at < v->from - t->meet || h->at > v->to + t->meet)
                continue;
            if (h->net < 0 && v->net < 0) {
                h->net = v->net = n++;
            } else if (h->net < 0) {
                h->net = v->net;
            } else if (v->net < 0) {
                v->net = h->net;
            } else if (v->net != h->net) {
                int gone = v->net, kept = h->net;
                rename_net (level, gone, kept);
                rename_net (upright, gone, kept);
            }
        }
    }
    return n;
}

static kh_box
net_box (const GArray *level, const GArray *upright, int net)
{
    kh_box box = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
    for (guint i = 0; i < level->len; i++) {
        const stroke *h = &g_array_index (level, stroke, i);
        if (h->net == net)
            box = (kh_box){ MIN (box.x0, h->from), MIN (box.y0, h->at), MAX (box.x1, h->to), MAX (box.y1, h->at) };
    }
    for (guint i = 0; i < upright->len; i++) {
        const stroke *v = &g_array_index (upright, stroke, i);
        if (v->net == net)
            box = (kh_box){ MIN (box.x0, v->at), MIN (box.y0, v->from), MAX (box.x1, v->at), MAX (box.y1, v->to) };
    }
    return box;
}

/* Nets that lie over one another are one table with broken strokes. */
static void
merge_nets (GArray *level, GArray *upright, int n)
{
    if (n > MOST_NETS)
        return; /* no page of tables */
    g_autofree kh_box *boxes = g_new (kh_box, n);
    for (int a = 0; a < n; a++)
        boxes[a] = net_box (level, upright, a);
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) {
            const kh_box *x = &boxes[a], *y = &boxes[b];
            if (a == b || x->x0 > x->x1 || y->x0 > y->x1 || kh_box_overlap_x (*x, *y) <= 2 || kh_box_overlap_y (*x, *y) <= 2)
                continue;
            rename_net (level, b, a);
            rename_net (upright, b, a);
            boxes[a] = (kh_box){ MIN (x->x0, y->x0), MIN (x->y0, y->y0), MAX (x->x1, y->x1), MAX (x->y1, y->y1) };
            boxes[b] = (kh_box){ 1, 1, 0, 0 };
            b = -1; /* the box has grown: look again */
        }
}

/* ---- 3. edges */

static GArray *
edges_of (const GArray *strokes, int net, const tolerance *t, double from, double to)
{
    GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
    double sum = 0, weight = 0, last = 0;
    for (guint i = 0; i < strokes->len; i++) { /* ascending */
        const stroke *s = &g_array_index (strokes, stroke, i);
        if (s->net != net)
            continue;
        double length = s->to - s->from;
        if (weight > 0 && s->at - last > t->same * 1.5) {
            double at = sum / weight;
            g_array_append_val (edges, at);
            sum = weight = 0;
        }
        sum += s->at * length;
        weight += length;
        last = s->at;
    }
    if (weight > 0) {
        double at = sum / weight;
        g_array_append_val (edges, at);
    }
    double least = t->meet * 3;
    if (edges->len > 0 && from < g_array_index (edges, double, 0) - least)
        g_array_prepend_val (edges, from);
    if (edges->len > 0 && to > g_array_index (edges, double, edges->len - 1) + least)
        g_array_append_val (edges, to);
    return edges;
}

/* The share of [from, to] that strokes at `at` cover. */
static double
covered (const GArray *strokes, int net, double at, double from, double to, const tolerance *t)
{
    double sum = 0;
    for (guint i = 0; i < strokes->len; i++) {
        const stroke *s = &g_array_index (strokes, stroke, i);
        if (s->net == net && fabs (s->at - at) <= t->same * 2)
            sum += MAX (0, MIN (s->to, to) - MAX (s->from, from));
    }
    return to > from ? sum / (to - from) : 0;
}

/* An edge that nowhere is a wall along a whole slot is a stray stroke. */
static void
drop_stray_edges (GArray *edges, const GArray *across, const GArray *strokes, int net, const tolerance *t)
{
    for (guint i = 1; i + 1 < edges->len; i++) {
        gboolean wall = FALSE;
        for (guint k = 0; k + 1 < across->len && !wall; k++)
            wall = covered (strokes, net, g_array_index (edges, double, i), g_array_index (across, double, k),
                            g_array_index (across, double, k + 1), t) >= 0.6;
        if (!wall)
            g_array_remove_index (edges, i--);
    }
}

/* ---- 4. cells */

typedef struct net {
    const GArray *level, *upright;
    GArray *xs, *ys;
    int id;
    const tolerance *t;
} net;

static double
edge (const GArray *edges, int i)
{
    return g_array_index (edges, double, i);
}

static gboolean
wall_left (const net *n, int row, int col)
{
    return covered (n->upright, n->id, edge (n->xs, col), edge (n->ys, row), edge (n->ys, row + 1), n->t) >= 0.5;
}

static gboolean
wall_above (const net *n, int row, int col)
{
    return covered (n->level, n->id, edge (n->ys, row), edge (n->xs, col), edge (n->xs, col + 1), n->t) >= 0.5;
}

static gboolean
can_deepen (const net *n, kh_draft *const *row_drafts, int row, int col, int width)
{
    for (int c = col; c < col + width; c++)
        if (row_drafts[c] != NULL || wall_above (n, row, c) || (c > col && wall_left (n, row, c)))
            return FALSE;
    return TRUE;
}

static kh_sheet *
sheet_of (const net *n, int page, kh_pool *pool)
{
    int n_rows = n->ys->len - 1, n_cols = n->xs->len - 1;
    kh_sheet *sheet = kh_sheet_new (n_cols, page, pool);
    sheet->ruled = sheet->verticals = TRUE;
    for (int c = 0; c <= n_cols; c++)
        sheet->edges[c] = edge (n->xs, c);
    sheet->box = (kh_box){ edge (n->xs, 0), edge (n->ys, 0), edge (n->xs, n_cols), edge (n->ys, n_rows) };
    for (int r = 0; r < n_rows; r++)
        kh_sheet_add_row (sheet, pool);
    for (int r = 0; r < n_rows; r++)
        for (int c = 0; c < n_cols; c++) {
            kh_draft **row = kh_sheet_row (sheet, r);
            if (row[c] != NULL)
                continue;
            int width = 1, depth = 1;
            while (c + width < n_cols && row[c + width] == NULL && !wall_left (n, r, c + width))
                width++;
            while (r + depth < n_rows && can_deepen (n, kh_sheet_row (sheet, r + depth), r + depth, c, width))
                depth++;
            kh_box box = { edge (n->xs, c), edge (n->ys, r), edge (n->xs, c + width), edge (n->ys, r + depth) };
            kh_draft *draft = kh_draft_new (box, page, pool);
            for (int y = r; y < r + depth; y++)
                for (int x = c; x < c + width; x++)
                    kh_sheet_row (sheet, y)[x] = draft;
        }
    return sheet;
}

/* ---- 5. words */

/* The white space between a cell's rules and its text, on either side: what the nearest words leave, but for a few specks. */
static double
padding_of (const kh_sheet *sheet, GPtrArray *const *filled, int n)
{
    g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (double));
    for (int i = 0; i < n; i++)
        for (guint k = 0; k < filled[i]->len; k++) {
            const kh_word *word = g_ptr_array_index (filled[i], k);
            const kh_draft *draft = kh_sheet_row (sheet, i / sheet->n_cols)[i % sheet->n_cols];
            double left = word->box.x0 - draft->box.x0;
            if (left > 0)
                g_array_append_val (lefts, left);
        }
    g_array_sort (lefts, kh_compare_doubles);
    return lefts->len > 0 ? MIN (g_array_index (lefts, double, lefts->len / SPECKS), WIDEST_PADDING) : 0;
}

/* The slot between edges; -1 outside. */
static int
slot_at (const GArray *edges, double place)
{
    if (edges->len < 2 || place < edge (edges, 0) || place > edge (edges, edges->len - 1))
        return -1;
    guint i = 1;
    while (i + 1 < edges->len && place > edge (edges, i))
        i++;
    return i - 1;
}

static void
fill (kh_sheet *sheet, const net *grid, GPtrArray *words, kh_pool *pool)
{
    int n = sheet->rows->len * sheet->n_cols;
    GPtrArray **filled = g_new0 (GPtrArray *, n);
    for (int i = 0; i < n; i++)
        filled[i] = g_ptr_array_new ();
    guint kept = 0;
    for (guint w = 0; w < words->len; w++) {
        kh_word *word = g_ptr_array_index (words, w);
        int row = slot_at (grid->ys, kh_box_center_y (word->box)), col = slot_at (grid->xs, kh_box_center_x (word->box));
        if (row < 0 || col < 0) {
            words->pdata[kept++] = word;
            continue;
        }
        const kh_draft *draft = kh_sheet_row (sheet, row)[col]; /* words go to its first slot */
        while (row > 0 && kh_sheet_row (sheet, row - 1)[col] == draft)
            row--;
        while (col > 0 && kh_sheet_row (sheet, row)[col - 1] == draft)
            col--;
        g_ptr_array_add (filled[row * sheet->n_cols + col], word);
    }
    g_ptr_array_set_size (words, kept);
    double padding = padding_of (sheet, filled, n);
    for (int i = 0; i < n; i++) {
        if (filled[i]->len > 0)
            kh_draft_fill (kh_sheet_row (sheet, i / sheet->n_cols)[i % sheet->n_cols], filled[i], padding, pool);
        g_ptr_array_unref (filled[i]);
    }
    g_free (filled);
}

/* ---- tables ruled between the rows only */

/* Makes the level strokes without a net that lie within the box one net. Those shorter than the box part the rows of some columns
 * only: the others are merged there. */
static void
claim_within (GArray *level, kh_box box, double em, int id, const tolerance *t)
{
    for (guint i = 0; i < level->len; i++) {
        stroke *s = &g_array_index (level, stroke, i);
        if (s->net < 0 && s->from >= box.x0 - 2 * t->meet && s->to <= box.x1 + 2 * t->meet && s->at >= box.y0 - t->same && s->at <= box.y1 + t->same
            && s->to - s->from >= 2 * em)
            s->net = id;
    }
}

/* Does the stroke cover most of from..to? */
static gboolean
covers (const stroke *s, double from, double to)
{
    return 2 * (MIN (s->to, to) - MAX (s->from, from)) > to - from;
}

/* Where the text right of the edge begins: its leftmost word. */
static double
start_behind (const GPtrArray *words, double x, double y0, double y1)
{
    double start = G_MAXDOUBLE;
    for (guint i = 0; i < words->len; i++) {
        kh_box box = ((const kh_word *) g_ptr_array_index (words, i))->box;
        if (box.x0 >= x && kh_box_center_y (box) >= y0 && kh_box_center_y (box) <= y1)
            start = MIN (start, box.x0);
    }
    return start;
}

/* Does a line of text run on over the edge at `x` between two heights: a word lies across it, or two stand no further apart than words
 * of one line do, and the second not where its column's text begins? */
static gboolean
text_crosses (const GPtrArray *words, double x, double start, double y0, double y1)
{
    for (guint a = 0; a < words->len; a++) {
        const kh_word *word = g_ptr_array_index (words, a);
        kh_box left = word->box;
        double em = word->size > 0 ? word->size : kh_box_height (left);
        if (kh_box_center_y (left) < y0 || kh_box_center_y (left) > y1 || kh_box_center_x (left) > x || left.x1 < x - em)
            continue;
        if (left.x1 > x + 0.3 * em)
            return TRUE;
        for (guint b = 0; b < words->len; b++) {
            kh_box right = ((const kh_word *) g_ptr_array_index (words, b))->box;
            gboolean is_next = kh_box_center_x (right) > x && right.x0 - left.x1 < BETWEEN_WORDS * em && right.x0 > start + AT_START * em;
            if (is_next && kh_box_overlap_y (left, right) > 0.5 * kh_box_height (left))
                return TRUE;
        }
    }
    return FALSE;
}

/* The columns' edges as strokes, but where cells are merged: in the header, which a stroke closes below ("Thời gian" over "Bắt đầu" and
 * "Hoàn thành"), and in rows whose text runs on over the edge. `second`: where the rule below the header is. */
static GArray *
uprights_at (const GArray *xs, const GArray *ys, const GArray *level, const GPtrArray *words, double second, int id, const tolerance *t)
{
    GArray *upright = g_array_new (FALSE, FALSE, sizeof (stroke));
    for (guint c = 0; c < xs->len; c++) {
        gboolean is_inner = c > 0 && c + 1 < xs->len;
        double x = edge (xs, (int) c), from = edge (ys, 0), start = start_behind (words, x, from, edge (ys, (int) ys->len - 1));
        for (guint i = 0; is_inner && i < level->len; i++) {
            const stroke *s = &g_array_index (level, stroke, i);
            gboolean is_in_header = s->net == id && s->at > edge (ys, 0) + t->same && s->at < second - t->same;
            if (is_in_header && covers (s, edge (xs, (int) c - 1), x) && covers (s, x, edge (xs, (int) c + 1)))
                from = s->at;
        }
        for (guint r = 0; r + 1 < ys->len; r++) {
            stroke piece = { x, MAX (edge (ys, (int) r), from), edge (ys, (int) r + 1), 0, id };
            if (piece.from < piece.to && !(is_inner && text_crosses (words, x, start, piece.from, piece.to)))
                g_array_append_val (upright, piece);
        }
    }
    return upright;
}

/* The columns of such a table at the end of the page before, moved into the box, when it is as wide and hardly a word lies across
 * their edges: then the box is the rest of that table. NULL else. */
static GArray *
edges_as_before (const kh_leaf *leaf, const kh_sheet *before, kh_box box, const GPtrArray *words)
{
    double width = before != NULL ? before->edges[before->n_cols] - before->edges[0] : 0;
    if (width <= 0 || fabs (kh_box_width (box) - width) > SAME_WIDTH * width)
        return NULL;
    GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
    for (int c = 0; c <= before->n_cols; c++) {
        double x = box.x0 + (before->edges[c] - before->edges[0]) * kh_box_width (box) / width;
        g_array_append_val (edges, x);
    }
    guint inside = 0, across = 0;
    for (guint i = 0; i < words->len; i++) {
        kh_box word = ((const kh_word *) g_ptr_array_index (words, i))->box;
        if (!kh_box_holds_center (box, word))
            continue;
        inside++;
        for (int c = 1; c < before->n_cols; c++)
            across += word.x0 < edge (edges, c) - 0.3 * leaf->em && word.x1 > edge (edges, c) + 0.3 * leaf->em;
    }
    if (inside > 0 && across * WORDS_ACROSS <= inside)
        return edges;
    g_array_unref (edges);
    return NULL;
}

/* A sheet of level strokes `from` the top on that have the same ends; NULL when they are not at least three. */
static kh_sheet *
level_sheet (const kh_leaf *leaf, const kh_sheet *before, GArray *level, guint from, int id, GPtrArray *words, const tolerance *t, kh_pool *pool)
{
    const stroke *top = &g_array_index (level, stroke, from);
    kh_box box = { top->from, top->at, top->to, top->at };
    double second = top->at;
    guint n = 0;
    for (guint k = from; k < level->len; k++) {
        const stroke *s = &g_array_index (level, stroke, k);
        if (s->net >= 0 || fabs (s->from - top->from) > t->meet * 2 || fabs (s->to - top->to) > t->meet * 2 || (n > 0 && s->at - box.y1 < 4))
            continue;
        second = n++ == 1 ? s->at : second;
        box.y1 = s->at;
    }
    if (n < 3)
        return NULL;
    g_autoptr (GArray) xs = edges_as_before (leaf, before, box, words);
    if (xs == NULL)
        xs = kh_aligned_edges (leaf, box, words, pool);
    if (xs == NULL)
        return NULL;
    claim_within (level, box, leaf->em, id, t);
    g_autoptr (GArray) ys = edges_of (level, id, t, box.y0, box.y1);
    drop_stray_edges (ys, xs, level, id, t);
    g_autoptr (GArray) upright = uprights_at (xs, ys, level, words, second, id, t);
    net rows = { level, upright, xs, ys, id, t };
    kh_sheet *sheet = sheet_of (&rows, leaf->page->number, pool);
    sheet->verticals = FALSE;
    sheet->confidence = 0.9;
    fill (sheet, &rows, words, pool);
    kh_sheets_tighten (&sheet, 1, FALSE);
    return sheet;
}

/* Level strokes that meet no upright, one above the other with the same ends. */
static void
find_level_only (const kh_leaf *leaf, const kh_sheet *before, GArray *level, GPtrArray *words, GPtrArray *sheets, int n_nets, const tolerance *t,
                 kh_pool *pool)
{
    for (guint i = 0; i < level->len; i++) {
        const stroke *top = &g_array_index (level, stroke, i);
        if (top->net >= 0 || top->to - top->from < 12 * leaf->em)
            continue;
        kh_sheet *sheet = level_sheet (leaf, before, level, i, n_nets++, words, t, pool);
        if (sheet != NULL)
            g_ptr_array_add (sheets, sheet);
    }
}

GPtrArray *
kh_grids_find (const kh_leaf *leaf, const kh_sheet *before, GPtrArray *words, kh_pool *pool)
{
    const kh_page *page = leaf->page;
    gboolean scanned = page->dpi > 0;
    tolerance t = scanned ? (tolerance){ 8, 4, 2.5 } : (tolerance){ 3, 2, 1.5 };
    GPtrArray *sheets = kh_pool_list (pool);
    g_autoptr (GArray) level = strokes_of (page, TRUE, &t);
    g_autoptr (GArray) upright = strokes_of (page, FALSE, &t);
    int n_nets = find_nets (level, upright, &t);
    merge_nets (level, upright, n_nets);
    for (int id = 0; id < n_nets; id++) {
        kh_box box = net_box (level, upright, id);
        if (box.x0 >= box.x1)
            continue;
        g_autoptr (GArray) xs = edges_of (upright, id, &t, box.x0, box.x1);
        g_autoptr (GArray) ys = edges_of (level, id, &t, box.y0, box.y1);
        if (xs->len * ys->len > MOST_SLOTS)
            continue;
        drop_stray_edges (xs, ys, upright, id, &t);
        drop_stray_edges (ys, xs, level, id, &t);
        if (xs->len < 3 || ys->len < 2 || box.x1 - box.x0 < 6 * leaf->em)
            continue;
        net n = { level, upright, xs, ys, id, &t };
        kh_sheet *sheet = sheet_of (&n, page->number, pool);
        sheet->seen = scanned;
        fill (sheet, &n, words, pool);
        kh_sheet_split_rows (sheet, pool);
        g_ptr_array_add (sheets, sheet);
    }
    find_level_only (leaf, before, level, words, sheets, n_nets, &t, pool);
    return sheets;
}
