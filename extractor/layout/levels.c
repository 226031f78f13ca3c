/* levels.c - tables ruled between their rows only.
 *
 *   ──────────────────────────────────────   three level strokes at least, with the same ends, that meet no upright.
 *    TT   Nội dung            Thời gian      Their columns are those of such a table at the end of the page before,
 *                         ─────────────      when this may be its rest; else what white runs down tells them
 *                         Bắt đầu   Xong     (gutters.c).
 *   ──────────────────────────────────────
 *    1    Kiểm tra        Quý I    Quý II    Uprights are put at the columns' edges, but where cells are merged: in a
 *   ──────────────────────────────────────   header above a shorter stroke, and where text runs on over the edge.
 *    Tổng cộng: 12 cuộc kiểm tra             Then they are a net like any other (grid.c).
 *   ──────────────────────────────────────
 */
#include "layout/nets.h"

#include <math.h>

#define NARROWEST 12.0    /* ems that such a table is wide: a shorter stroke is a rule under a title, or a fraction's */
#define LEAST_LEVELS 3    /* strokes, from its top to its foot */
#define LEAST_ROW 4.0     /* points between two of them */
#define SHORTEST 2.0      /* ems: a shorter stroke parts no rows */
#define ENDS 2.0          /* kh_tolerance.meet: ends of its strokes are no further apart */
#define SAME_WIDTH 0.03   /* how much the parts of one table differ in width */
#define WORDS_ACROSS 20   /* of so many words one may lie across an edge: merged cells */
#define ACROSS 0.3        /* ems that a word lies beyond an edge to lie across it */
#define AT_START 0.15     /* ems right of where a column's text begins */
#define BETWEEN_WORDS 0.4 /* ems: words of one line are no further apart, those of two cells are */
#define SAME_LINE 0.5     /* of their height that words of one line overlap */
#define LEVEL_CONFIDENCE 0.9

/* Makes the level strokes without a net that lie within the box one net. Those shorter than the box part the rows of some columns
 * only: the others are merged there. */
static void
claim_within (GArray *level, kh_box box, double em, int id, const kh_tolerance *t)
{
    for (guint i = 0; i < level->len; i++) {
        kh_stroke *s = &g_array_index (level, kh_stroke, i);
        if (s->net < 0 && s->from >= box.x0 - ENDS * t->meet && s->to <= box.x1 + ENDS * t->meet && s->at >= box.y0 - t->same && s->at <= box.y1 + t->same
            && s->to - s->from >= SHORTEST * em)
            s->net = id;
    }
}

/* Does the stroke cover most of from..to? */
static gboolean
covers (const kh_stroke *s, double from, double to)
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
        if (left.x1 > x + ACROSS * em)
            return TRUE;
        for (guint b = 0; b < words->len; b++) {
            kh_box right = ((const kh_word *) g_ptr_array_index (words, b))->box;
            gboolean is_next = kh_box_center_x (right) > x && right.x0 - left.x1 < BETWEEN_WORDS * em && right.x0 > start + AT_START * em;
            if (is_next && kh_box_overlap_y (left, right) > SAME_LINE * kh_box_height (left))
                return TRUE;
        }
    }
    return FALSE;
}

/* The columns' edges as strokes, but where cells are merged: in the header, which a stroke closes below ("Thời gian" over "Bắt đầu" and
 * "Hoàn thành"), and in rows whose text runs on over the edge. `second`: where the rule below the header is. */
static GArray *
uprights_at (const GArray *xs, const GArray *ys, const GArray *level, const GPtrArray *words, double second, int id, const kh_tolerance *t)
{
    GArray *upright = g_array_new (FALSE, FALSE, sizeof (kh_stroke));
    for (guint c = 0; c < xs->len; c++) {
        gboolean is_inner = c > 0 && c + 1 < xs->len;
        double x = kh_edge (xs, (int) c), from = kh_edge (ys, 0), start = start_behind (words, x, from, kh_edge (ys, (int) ys->len - 1));
        for (guint i = 0; is_inner && i < level->len; i++) {
            const kh_stroke *s = kh_stroke_at (level, i);
            gboolean is_in_header = s->net == id && s->at > kh_edge (ys, 0) + t->same && s->at < second - t->same;
            if (is_in_header && covers (s, kh_edge (xs, (int) c - 1), x) && covers (s, x, kh_edge (xs, (int) c + 1)))
                from = s->at;
        }
        for (guint r = 0; r + 1 < ys->len; r++) {
            kh_stroke piece = { x, MAX (kh_edge (ys, (int) r), from), kh_edge (ys, (int) r + 1), id };
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
            across += word.x0 < kh_edge (edges, c) - ACROSS * leaf->em && word.x1 > kh_edge (edges, c) + ACROSS * leaf->em;
    }
    if (inside > 0 && across * WORDS_ACROSS <= inside)
        return edges;
    g_array_unref (edges);
    return NULL;
}

/* A sheet of level strokes `from` the top on that have the same ends; NULL when they are not at least three. */
static kh_sheet *
level_sheet (const kh_leaf *leaf, const kh_sheet *before, kh_nets *nets, guint from, GPtrArray *words, kh_pool *pool)
{
    GArray *level = nets->level;
    const kh_tolerance *t = &nets->t;
    int id = nets->n++;
    const kh_stroke *top = kh_stroke_at (level, from);
    kh_box box = { top->from, top->at, top->to, top->at };
    double second = top->at;
    guint n = 0;
    for (guint k = from; k < level->len; k++) {
        const kh_stroke *s = kh_stroke_at (level, k);
        if (s->net >= 0 || fabs (s->from - top->from) > ENDS * t->meet || fabs (s->to - top->to) > ENDS * t->meet || (n > 0 && s->at - box.y1 < LEAST_ROW))
            continue;
        second = n++ == 1 ? s->at : second;
        box.y1 = s->at;
    }
    if (n < LEAST_LEVELS)
        return NULL;
    g_autoptr (GArray) xs = edges_as_before (leaf, before, box, words);
    if (xs == NULL)
        xs = kh_aligned_edges (leaf, box, words, pool);
    if (xs == NULL)
        return NULL;
    claim_within (level, box, leaf->em, id, t);
    g_autoptr (GArray) ys = kh_nets_edges (level, id, t, box.y0, box.y1);
    kh_nets_drop_stray (ys, xs, level, id, t);
    g_autoptr (GArray) upright = uprights_at (xs, ys, level, words, second, id, t);
    kh_net rows = { level, upright, xs, ys, id, t };
    kh_sheet *sheet = kh_net_sheet (&rows, leaf->page->number, words, pool);
    sheet->verticals = FALSE;
    sheet->confidence = LEVEL_CONFIDENCE;
    kh_sheets_tighten (&sheet, 1, FALSE);
    return sheet;
}

void
kh_levels_find (const kh_leaf *leaf, const kh_sheet *before, kh_nets *nets, GPtrArray *words, GPtrArray *sheets, kh_pool *pool)
{
    for (guint i = 0; i < nets->level->len; i++) {
        const kh_stroke *top = kh_stroke_at (nets->level, i);
        if (top->net >= 0 || top->to - top->from < NARROWEST * leaf->em)
            continue;
        kh_sheet *sheet = level_sheet (leaf, before, nets, i, words, pool);
        if (sheet != NULL)
            g_ptr_array_add (sheets, sheet);
    }
}
