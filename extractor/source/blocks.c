/* blocks.c - see blocks.h: where a block is. How it is turned is in blocks_turn.c.
 *
 * 1. A letter's nearest neighbour to the right and the one below vote: the nearer one is the next letter of its line. Where both
 *    are far, as in a column of single figures, there is no vote.
 * 2. Ink that is close together (words of a line, what rulings enclose) is a body; letters in its box vote for it.
 * 3. Bodies that run as looked for are put together as long as no body that runs the other way comes into the box around them;
 *    then those without a say that are near.
 */
#include "source/blocks.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_INCH 0.035 /* longer side of what may be a letter, to begin with */
#define MOST_INCH 0.28
#define SMALL 0.8           /* of the usual size: smaller is a mark, or noise */
#define LARGE 3.0           /* larger is no letter */
#define NEAR 0.6            /* of the usual size: letters of a word are nearer; lines are not */
#define SHARED 0.5          /* of the smaller one: neighbours stand side by side to this extent */
#define MOST_LETTERS 30000u /* more is noise */
#define MOST_BODIES 1500
#define CLEARLY 3         /* times more votes one way than the other */
#define BODY_LETTERS 6    /* votes a body needs to have a say */
#define SOME_LETTERS 3    /* or this many, to be part of what is looked for */
#define BLOCK_LETTERS 24  /* votes a block needs */
#define SIDEWAYS_INCH 1.0 /* a strip along the margin is narrower: no part of the text */
#define BESIDE_INCH 0.5   /* ink without a say this near to a block is part of it: a column of single figures */
#define REDUCED 16        /* bodies are found at this scale */
#define CLOSED 3          /* reduced pixels: closes gaps up to one less */

typedef struct letter {
    int from[2], to[2]; /* along x and y; `to` is past the end */
    int gap[2];         /* to the next letter along x and y */
} letter;

typedef struct body {
    kh_box box;
    int votes[2];  /* kh_run_of_text */
    gboolean seen; /* part of a block that was weighed */
} body;

/* ------------------------------------------------------------------ letters */

static int
longer_side (const letter *l)
{
    return MAX (l->to[0] - l->from[0], l->to[1] - l->from[1]);
}

static double
usual_size (const GArray *letters, double dpi)
{
    g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < letters->len; i++) {
        double size = longer_side (&g_array_index (letters, letter, i));
        if (size >= LEAST_INCH * dpi && size <= MOST_INCH * dpi)
            g_array_append_val (sizes, size);
    }
    if (sizes->len < BLOCK_LETTERS)
        return 0;
    g_array_sort (sizes, kh_compare_doubles);
    return g_array_index (sizes, double, sizes->len / 2);
}

/* What may be letters; `size` becomes the usual length of their longer side. */
static GArray *
find_letters (PIX *bits, double dpi, double *size)
{
    g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (letter));
    g_autoptr (BOXA) boxes = pixConnCompBB (bits, 8);
    for (int i = 0; boxes != NULL && i < boxaGetCount (boxes); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        letter l = { { x, y }, { x + w, y + h }, { 0, 0 } };
        g_array_append_val (letters, l);
    }
    *size = usual_size (letters, dpi);
    guint n = 0;
    for (guint i = 0; i < letters->len; i++) {
        letter l = g_array_index (letters, letter, i);
        if (longer_side (&l) >= SMALL * *size && longer_side (&l) <= LARGE * *size)
            g_array_index (letters, letter, n++) = l;
    }
    g_array_set_size (letters, *size > 0 && n <= MOST_LETTERS ? n : 0);
    return g_steal_pointer (&letters);
}

static int
compare_from (const void *a, const void *b, void *axis)
{
    const letter *l = a, *m = b;
    int along = GPOINTER_TO_INT (axis);
    return l->from[along] - m->from[along];
}

/* How far the next letter along an axis is, `far` when there is none so near. */
static void
measure_gaps (GArray *letters, int along, int far)
{
    int across = 1 - along;
    g_array_sort_with_data (letters, compare_from, GINT_TO_POINTER (along));
    for (guint i = 0; i < letters->len; i++) {
        letter *me = &g_array_index (letters, letter, i);
        me->gap[along] = far;
        for (guint k = i + 1; k < letters->len; k++) {
            const letter *next = &g_array_index (letters, letter, k);
            int gap = MAX (next->from[along] - me->to[along], 0);
            if (gap >= far)
                break;
            int shared = MIN (me->to[across], next->to[across]) - MAX (me->from[across], next->from[across]);
            int smaller = MIN (me->to[across] - me->from[across], next->to[across] - next->from[across]);
            if (shared >= SHARED * smaller)
                me->gap[along] = MIN (me->gap[along], gap);
        }
    }
}

/* ------------------------------------------------------------------ bodies */

/* Ink and rulings, small. */
static PIX *
reduced (PIX *bits, double dpi, const GArray *rules)
{
    PIX *small = pixReduceRankBinaryCascade (bits, 1, 1, 1, 1);
    for (guint i = 0; small != NULL && rules != NULL && i < rules->len; i++) {
        kh_box box = g_array_index (rules, kh_rule, i).box;
        double scale = dpi / 72 / REDUCED;
        int x = (int)(box.x0 * scale), y = (int)(box.y0 * scale);
        pixRasterop (small, x, y, (int)(box.x1 * scale) - x + 1, (int)(box.y1 * scale) - y + 1, PIX_SET, NULL, 0, 0);
    }
    return small;
}

static void
count_votes (body *b, const GArray *letters)
{
    for (guint i = 0; i < letters->len; i++) {
        const letter *l = &g_array_index (letters, letter, i);
        kh_box box = { l->from[0], l->from[1], l->to[0], l->to[1] };
        if (l->gap[0] != l->gap[1] && kh_box_holds_center (b->box, box))
            b->votes[l->gap[0] < l->gap[1] ? KH_TEXT_ACROSS : KH_TEXT_DOWN]++;
    }
}

static GArray *
find_bodies (PIX *bits, double dpi, const GArray *rules, const GArray *letters)
{
    GArray *bodies = g_array_new (FALSE, FALSE, sizeof (body));
    g_autoptr (PIX) small = reduced (bits, dpi, rules);
    g_autoptr (PIX) closed = small != NULL ? pixCloseSafeBrick (NULL, small, CLOSED, CLOSED) : NULL;
    g_autoptr (BOXA) boxes = closed != NULL ? pixConnCompBB (closed, 8) : NULL;
    for (int i = 0; boxes != NULL && i < MIN (boxaGetCount (boxes), MOST_BODIES); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        body b = { { x * REDUCED, y * REDUCED, (x + w) * REDUCED, (y + h) * REDUCED }, { 0, 0 }, FALSE };
        count_votes (&b, letters);
        g_array_append_val (bodies, b);
    }
    return bodies;
}

static gboolean
runs (const body *b, kh_run_of_text run, int least)
{
    return b->votes[run] >= least && b->votes[run] >= CLEARLY * b->votes[1 - run];
}

static gboolean
is_near (kh_box a, kh_box b, double reach)
{
    return kh_box_overlap_x (a, b) > -reach && kh_box_overlap_y (a, b) > -reach;
}

/* Is there nothing in the box that runs otherwise? */
static gboolean
is_free (kh_box box, const GArray *bodies, kh_run_of_text run)
{
    for (guint i = 0; i < bodies->len; i++) {
        const body *b = &g_array_index (bodies, body, i);
        if (runs (b, 1 - run, BODY_LETTERS) && is_near (b->box, box, 0))
            return FALSE;
    }
    return TRUE;
}

/* Takes in what fits: bodies that run so, wherever they are, or (`reach` > 0) those that do not run otherwise within reach. */
static kh_box
grow (kh_box box, const GArray *bodies, kh_run_of_text run, double reach)
{
    gboolean grown = TRUE;
    while (grown) {
        grown = FALSE;
        for (guint i = 0; i < bodies->len; i++) {
            const body *b = &g_array_index (bodies, body, i);
            kh_box both = kh_box_union (box, b->box);
            gboolean wanted =
                reach > 0 ? !runs (b, 1 - run, SOME_LETTERS) && is_near (b->box, box, reach) : runs (b, run, SOME_LETTERS);
            if (!wanted || memcmp (&both, &box, sizeof box) == 0 || !is_free (both, bodies, run))
                continue;
            box = both;
            grown = TRUE;
        }
    }
    return box;
}

static void
mark_seen (GArray *bodies, kh_box block)
{
    for (guint i = 0; i < bodies->len; i++) {
        body *b = &g_array_index (bodies, body, i);
        b->seen = b->seen || kh_box_holds_center (block, b->box);
    }
}

/* The letters with their votes; `all`: the whole page. */
static GArray *
take_vote (PIX *bits, double dpi, body *all)
{
    double size;
    GArray *letters = find_letters (bits, dpi, &size);
    int far = MAX ((int) (NEAR * size), 1);
    measure_gaps (letters, 0, far);
    measure_gaps (letters, 1, far);
    *all = (body){ { 0, 0, pixGetWidth (bits), pixGetHeight (bits) }, { 0, 0 }, FALSE };
    count_votes (all, letters);
    return letters;
}

gboolean
kh_blocks_all_down (PIX *bits, double dpi)
{
    body all;
    g_array_unref (take_vote (bits, dpi, &all));
    return runs (&all, KH_TEXT_DOWN, BLOCK_LETTERS);
}

gboolean
kh_blocks_find (PIX *bits, double dpi, const GArray *rules, kh_run_of_text run, kh_box *block)
{
    body all;
    g_autoptr (GArray) letters = take_vote (bits, dpi, &all);
    if (all.votes[run] < BLOCK_LETTERS) /* nearly all pages end here */
        return FALSE;
    g_autoptr (GArray) bodies = find_bodies (bits, dpi, rules, letters);
    body best = { 0 };
    for (guint i = 0; i < bodies->len; i++) {
        const body *seed = &g_array_index (bodies, body, i);
        if (!runs (seed, run, SOME_LETTERS) || !is_free (seed->box, bodies, run) || seed->seen)
            continue;
        body b = { grow (seed->box, bodies, run, 0), { 0, 0 }, FALSE };
        b.box = grow (b.box, bodies, run, BESIDE_INCH * dpi);
        count_votes (&b, letters);
        mark_seen (bodies, b.box);
        if (b.votes[run] > best.votes[run])
            best = b;
    }
    *block = best.box;
    double least = run == KH_TEXT_DOWN ? SIDEWAYS_INCH * dpi : 0;
    return runs (&best, run, BLOCK_LETTERS) && MIN (kh_box_width (best.box), kh_box_height (best.box)) >= least &&
           all.votes[1 - run] - best.votes[1 - run] >= BODY_LETTERS;
}
