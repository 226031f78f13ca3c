/* nets.c - see nets.h.
 *
 *   1. Rules of one direction that lie on one line become one stroke: pieces are joined, doubles made one.
 *   2. Strokes that cross or meet belong together: each such net may be a table. (A line under a title meets nothing.)
 *   3. The places of its strokes, clustered, are the edges of columns and rows; where strokes run past the
 *      outermost crossing one, the outer border is missing and is put there.
 */
#include "layout/nets.h"

#include <math.h>

#define MOST_NETS 1000
#define MOST_PASSES 6   /* over the strokes, joining them */
#define TOUCHING 2.0    /* points that nets overlap without lying over one another */
#define CLUSTER 1.5     /* kh_tolerance.same: strokes of one edge are no further apart ... */
#define AT_EDGE 2.0     /* ... and lie no further from where it is put */
#define OVERHANG 3.0    /* kh_tolerance.meet: strokes that run further past the outermost edge tell of another */
#define WALL_SHARE 0.6  /* of a slot's side, for an edge to be one */

static const kh_tolerance SCANNED = { 8, 4, 2.5 }, DRAWN = { 3, 2, 1.5 };

/* ---- 1. strokes */

static int
compare_strokes (const void *a, const void *b)
{
    const kh_stroke *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

/* The level (or upright) strokes of the page: pieces joined, doubles made one. */
static GArray *
strokes_of (const kh_page *page, gboolean level, const kh_tolerance *t)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (kh_stroke));
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        if ((rule->horizontal != FALSE) != (level != FALSE))
            continue;
        kh_stroke s = level ? (kh_stroke){ kh_box_center_y (rule->box), rule->box.x0, rule->box.x1, -1 }
                            : (kh_stroke){ kh_box_center_x (rule->box), rule->box.y0, rule->box.y1, -1 };
        g_array_append_val (all, s);
    }
    g_array_sort (all, compare_strokes);
    gboolean changed = TRUE;
    for (int pass = 0; changed && pass < MOST_PASSES; pass++) {
        changed = FALSE;
        for (guint i = 0; i < all->len; i++) {
            kh_stroke *s = &g_array_index (all, kh_stroke, i);
            for (guint k = i + 1; k < all->len; k++) {
                kh_stroke *other = &g_array_index (all, kh_stroke, k);
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
        if (g_array_index (strokes, kh_stroke, i).net == from)
            g_array_index (strokes, kh_stroke, i).net = to;
}

/* Names the nets of strokes that cross or meet. */
static void
connect (kh_nets *nets)
{
    GArray *level = nets->level, *upright = nets->upright;
    const kh_tolerance *t = &nets->t;
    for (guint i = 0; i < level->len; i++) {
        kh_stroke *h = &g_array_index (level, kh_stroke, i);
        for (guint k = 0; k < upright->len; k++) {
            kh_stroke *v = &g_array_index (upright, kh_stroke, k);
            if (v->at < h->from - t->meet || v->at > h->to + t->meet || h->at < v->from - t->meet || h->at > v->to + t->meet)
                continue;
            if (h->net < 0 && v->net < 0) {
                h->net = v->net = nets->n++;
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
}

kh_box
kh_nets_box (const kh_nets *nets, int id)
{
    kh_box box = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
    for (guint i = 0; i < nets->level->len; i++) {
        const kh_stroke *h = kh_stroke_at (nets->level, i);
        if (h->net == id)
            box = (kh_box){ MIN (box.x0, h->from), MIN (box.y0, h->at), MAX (box.x1, h->to), MAX (box.y1, h->at) };
    }
    for (guint i = 0; i < nets->upright->len; i++) {
        const kh_stroke *v = kh_stroke_at (nets->upright, i);
        if (v->net == id)
            box = (kh_box){ MIN (box.x0, v->at), MIN (box.y0, v->from), MAX (box.x1, v->at), MAX (box.y1, v->to) };
    }
    return box;
}

/* Nets that lie over one another are one table with broken strokes. */
static void
merge (kh_nets *nets)
{
    int n = nets->n;
    if (n > MOST_NETS)
        return; /* no page of tables */
    g_autofree kh_box *boxes = g_new (kh_box, n);
    for (int a = 0; a < n; a++)
        boxes[a] = kh_nets_box (nets, a);
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) {
            const kh_box *x = &boxes[a], *y = &boxes[b];
            if (a == b || x->x0 > x->x1 || y->x0 > y->x1 || kh_box_overlap_x (*x, *y) <= TOUCHING || kh_box_overlap_y (*x, *y) <= TOUCHING)
                continue;
            rename_net (nets->level, b, a);
            rename_net (nets->upright, b, a);
            boxes[a] = (kh_box){ MIN (x->x0, y->x0), MIN (x->y0, y->y0), MAX (x->x1, y->x1), MAX (x->y1, y->y1) };
            boxes[b] = (kh_box){ 1, 1, 0, 0 };
            b = -1; /* the box has grown: look again */
        }
}

kh_nets
kh_nets_find (const kh_page *page)
{
    kh_nets nets = { .t = page->dpi > 0 ? SCANNED : DRAWN };
    nets.level = strokes_of (page, TRUE, &nets.t);
    nets.upright = strokes_of (page, FALSE, &nets.t);
    connect (&nets);
    merge (&nets);
    return nets;
}

void
kh_nets_clear (kh_nets *nets)
{
    g_array_unref (nets->level);
    g_array_unref (nets->upright);
}

/* ---- 3. edges */

GArray *
kh_nets_edges (const GArray *strokes, int id, const kh_tolerance *t, double from, double to)
{
    GArray *edges = g_array_new (FALSE, FALSE, sizeof (double));
    double sum = 0, weight = 0, last = 0;
    for (guint i = 0; i < strokes->len; i++) { /* ascending */
        const kh_stroke *s = kh_stroke_at (strokes, i);
        if (s->net != id)
            continue;
        double length = s->to - s->from;
        if (weight > 0 && s->at - last > CLUSTER * t->same) {
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
    double least = OVERHANG * t->meet;
    if (edges->len > 0 && from < kh_edge (edges, 0) - least)
        g_array_prepend_val (edges, from);
    if (edges->len > 0 && to > kh_edge (edges, (int) edges->len - 1) + least)
        g_array_append_val (edges, to);
    return edges;
}

double
kh_nets_covered (const GArray *strokes, int id, double at, double from, double to, const kh_tolerance *t)
{
    double sum = 0;
    for (guint i = 0; i < strokes->len; i++) {
        const kh_stroke *s = kh_stroke_at (strokes, i);
        if (s->net == id && fabs (s->at - at) <= AT_EDGE * t->same)
            sum += MAX (0, MIN (s->to, to) - MAX (s->from, from));
    }
    return to > from ? sum / (to - from) : 0;
}

void
kh_nets_drop_stray (GArray *edges, const GArray *across, const GArray *strokes, int id, const kh_tolerance *t)
{
    for (guint i = 1; i + 1 < edges->len; i++) {
        gboolean wall = FALSE;
        for (guint k = 0; k + 1 < across->len && !wall; k++)
            wall = kh_nets_covered (strokes, id, kh_edge (edges, (int) i), kh_edge (across, (int) k), kh_edge (across, (int) k + 1), t) >= WALL_SHARE;
        if (!wall)
            g_array_remove_index (edges, i--);
    }
}
