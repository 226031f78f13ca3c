/* nets.h - the ruling lines of a page, and which of them make a table. Private to this room.
 *
 *   rules ── strokes ── nets ──┬── grid.c     a net with two columns and more: its cells, and the words in them
 *            (nets.c)          └── levels.c   level strokes that no upright meets: ruled between the rows only
 *
 *   net 0  ├───┼────┤     ─────────────  net -1: meets nothing
 *          ├───┼────┤     ─────────────
 */
#ifndef KH_LAYOUT_NETS_H
#define KH_LAYOUT_NETS_H

#include "layout/parts.h"

typedef struct kh_stroke {
    double at, from, to; /* y of a level one, its x from..to; x of an upright one, its y from..to */
    int net;             /* -1: none */
} kh_stroke;

/* In points: what ruling lines are astray. */
typedef struct kh_tolerance {
    double join;  /* a gap in a stroke that is none */
    double meet;  /* strokes nearer than this meet */
    double same;  /* strokes nearer than this are one */
} kh_tolerance;

/* The strokes of a page, and the nets they make, numbered 0 .. n - 1 (a number may be of none). */
typedef struct kh_nets {
    GArray *level, *upright; /* of kh_stroke, ascending by `at` */
    kh_tolerance t;
    int n;
} kh_nets;

/* A net with the edges of its columns and rows. */
typedef struct kh_net {
    const GArray *level, *upright; /* the page's strokes, of which `id` says which are its */
    const GArray *xs, *ys;         /* of double, ascending */
    int id;
    const kh_tolerance *t;
} kh_net;

static inline const kh_stroke *kh_stroke_at (const GArray *strokes, guint i) { return &g_array_index (strokes, kh_stroke, i); }
static inline double kh_edge (const GArray *edges, int i) { return g_array_index (edges, double, i); }

/* nets.c */

kh_nets kh_nets_find (const kh_page *page);
void kh_nets_clear (kh_nets *nets);
/* The box about the strokes of a net; x0 > x1 when it has none. */
kh_box kh_nets_box (const kh_nets *nets, int id);
/* The places of the net's strokes, clustered: of double, ascending; where strokes across run from `from` to `to`, beyond the outermost one, an
 * edge is put there. The caller frees. */
GArray *kh_nets_edges (const GArray *strokes, int id, const kh_tolerance *t, double from, double to);
/* Takes out edges that nowhere are a wall along a whole slot between two of `across`: stray strokes. */
void kh_nets_drop_stray (GArray *edges, const GArray *across, const GArray *strokes, int id, const kh_tolerance *t);
/* The share of [from, to] that the net's strokes at `at` cover. */
double kh_nets_covered (const GArray *strokes, int id, double at, double from, double to, const kh_tolerance *t);

/* grid.c */

/* The net's cells with the words that stand in them, which are taken out of `words`. */
kh_sheet *kh_net_sheet (const kh_net *net, int page, GPtrArray *words, kh_pool *pool);

/* levels.c */

/* Adds to `sheets` the tables ruled between their rows only; their words are taken out of `words`, their strokes become nets. `before` as in
 * kh_grids_find(). */
void kh_levels_find (const kh_leaf *leaf, const kh_sheet *before, kh_nets *nets, GPtrArray *words, GPtrArray *sheets, kh_pool *pool);

#endif
