#include "source/strokes.h"

#include "base/limits.h"

#include <stdlib.h>

#define MAX_PIECES (8 * KH_LIMIT_PAGE_RULES)
#define SHORTEST 12.0    /* points: a rule is longer than a letter is wide, and a row as high as a line of text */
#define APART 2.5        /* white between two parallel pieces that are still one line: doubled borders */
#define END_TO_END 3.0   /* white between two pieces one after the other: dashes, dots */

/* A piece in the frame of its own direction: u runs along it, v across. */
typedef struct piece {
    double u0, u1, v0, v1;
    double longest; /* of those it was made of: that one says where it lies */
} piece;

struct kh_strokes {
    GArray *level, *upright; /* of piece */
};

kh_strokes *
kh_strokes_new (void)
{
    kh_strokes *strokes = g_new0 (kh_strokes, 1);
    strokes->level = g_array_new (FALSE, FALSE, sizeof (piece));
    strokes->upright = g_array_new (FALSE, FALSE, sizeof (piece));
    return strokes;
}

void
kh_strokes_free (kh_strokes *strokes)
{
    if (strokes == NULL)
        return;
    g_array_unref (strokes->level);
    g_array_unref (strokes->upright);
    g_free (strokes);
}

gboolean
kh_strokes_add (kh_strokes *strokes, kh_box box)
{
    double width = kh_box_width (box), height = kh_box_height (box);
    if (strokes->level->len + strokes->upright->len >= MAX_PIECES)
        return FALSE;
    if (height <= KH_STROKE_THICKNESS && (width > height || width <= KH_STROKE_THICKNESS)) {
        piece p = { box.x0, box.x1, box.y0, box.y1, width };
        g_array_append_val (strokes->level, p);
    }
    if (width <= KH_STROKE_THICKNESS && (height > width || height <= KH_STROKE_THICKNESS)) {
        piece p = { box.y0, box.y1, box.x0, box.x1, height };
        g_array_append_val (strokes->upright, p);
    }
    return TRUE;
}

static int
by_line_then_start (const void *a, const void *b)
{
    const piece *p = a, *q = b;
    double pv = p->v0 + p->v1, qv = q->v0 + q->v1;
    if (pv != qv)
        return pv < qv ? -1 : 1;
    return p->u0 < q->u0 ? -1 : p->u0 > q->u0 ? 1 : 0;
}

static int
by_start (const void *a, const void *b)
{
    const piece *p = a, *q = b;
    return p->u0 < q->u0 ? -1 : p->u0 > q->u0 ? 1 : by_line_then_start (a, b);
}

/* Pieces sorted across are cut into bundles whose neighbours are APART at most and which stay as thin as two lines;
 * within a bundle, sorted along, pieces that touch are one, and it lies where the longest of them does. */
static GArray *
join_pieces (GArray *pieces)
{
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (piece));
    g_array_sort (pieces, by_line_then_start);
    for (guint first = 0, end; first < pieces->len; first = end) {
        piece *p = &g_array_index (pieces, piece, first);
        double low = p->v0, high = p->v1;
        for (end = first + 1; end < pieces->len; end++) {
            piece *q = &g_array_index (pieces, piece, end);
            if (q->v0 > high + APART || MAX (high, q->v1) - MIN (low, q->v0) > KH_STROKE_THICKNESS + APART)
                break;
            low = MIN (low, q->v0);
            high = MAX (high, q->v1);
        }
        qsort (p, end - first, sizeof (piece), by_start);
        piece line = *p;
        for (guint i = first + 1; i < end; i++) {
            piece *q = &g_array_index (pieces, piece, i);
            if (q->u0 > line.u1 + END_TO_END) {
                g_array_append_val (lines, line);
                line = *q;
                continue;
            }
            line.u1 = MAX (line.u1, q->u1);
            if (q->longest > line.longest) {
                line.v0 = q->v0;
                line.v1 = q->v1;
                line.longest = q->longest;
            }
        }
        g_array_append_val (lines, line);
    }
    return lines;
}

void
kh_strokes_finish (kh_strokes *strokes, kh_page *page)
{
    for (int upright = 0; upright <= 1; upright++) {
        g_autoptr (GArray) lines = join_pieces (upright ? strokes->upright : strokes->level);
        for (guint i = 0; i < lines->len; i++) {
            const piece *line = &g_array_index (lines, piece, i);
            if (line->u1 - line->u0 < SHORTEST)
                continue;
            kh_box box = upright ? (kh_box){ line->v0, line->u0, line->v1, line->u1 }
                                 : (kh_box){ line->u0, line->v0, line->u1, line->v1 };
            kh_page_add_rule (page, box, !upright);
        }
    }
}
