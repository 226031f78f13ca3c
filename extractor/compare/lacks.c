/* What most places have, and one has not. A topic is one thing, in whatever units it is measured. */
#include "compare/parts.h"

#include <string.h>

typedef struct thing { /* a topic, an indicator without topic, or a kind */
    const kh_indicator *indicator;
    const kh_kind *kind;
    gboolean *has; /* of each place */
    guint n_have;
} thing;

static void
note (thing *one, const kh_side *place)
{
    one->n_have += !one->has[place->index];
    one->has[place->index] = TRUE;
}

static thing *
thing_new (kh_making *making, GPtrArray *things)
{
    thing *one = kh_pool_new0 (making->pool, thing, 1);
    one->has = kh_pool_new0 (making->pool, gboolean, making->made->places->len);
    g_ptr_array_add (things, one);
    return one;
}

/* Indicators of a topic stand one behind the other, the one with most places first. */
static void
add_indicators (kh_making *making, GPtrArray *things)
{
    thing *last = NULL;
    for (guint i = 0; i < making->made->indicators->len; i++) {
        const kh_indicator *indicator = making->made->indicators->pdata[i];
        gboolean same = last != NULL && indicator->topic != NULL && g_strcmp0 (last->indicator->topic, indicator->topic) == 0;
        if (!same) {
            last = thing_new (making, things);
            last->indicator = indicator;
        }
        for (guint a = 0; a < indicator->aims->len; a++)
            note (last, ((const kh_aim *)indicator->aims->pdata[a])->paper->place);
    }
}

static void
add_kinds (kh_making *making, GPtrArray *things)
{
    for (guint i = 0; i < making->made->kinds->len; i++) {
        const kh_kind *kind = making->made->kinds->pdata[i];
        thing *one = thing_new (making, things);
        one->kind = kind;
        for (guint d = 0; d < kind->duties->len; d++)
            note (one, ((const kh_duty *)kind->duties->pdata[d])->paper->place);
    }
}

static int
by_place_and_share (gconstpointer a, gconstpointer b)
{
    const kh_lack *x = *(kh_lack *const *)a, *y = *(kh_lack *const *)b;
    if (x->place != y->place)
        return x->place->index < y->place->index ? -1 : 1;
    if ((x->kind == NULL) != (y->kind == NULL))
        return x->kind == NULL ? -1 : 1;
    return x->n_have != y->n_have ? (x->n_have > y->n_have ? -1 : 1) : 0; /* the sort is stable: else as they came */
}

void
kh_making_lacks (kh_making *making)
{
    const GPtrArray *places = making->made->places;
    g_autoptr (GPtrArray) things = g_ptr_array_new ();
    g_autofree gboolean *counts = g_new0 (gboolean, places->len + 1); /* has a plan of the year */
    guint n_places = 0;
    for (guint i = 0; i < making->made->papers->len; i++)
        if (making->is_used[i]) {
            guint place = ((const kh_paper *)making->made->papers->pdata[i])->place->index;
            n_places += !counts[place];
            counts[place] = TRUE;
        }
    add_indicators (making, things);
    add_kinds (making, things);
    for (guint t = 0; t < things->len; t++) {
        const thing *one = things->pdata[t];
        if (2 * one->n_have <= n_places - 1)
            continue;
        for (guint p = 0; p < places->len; p++) {
            if (one->has[p] || !counts[p])
                continue;
            kh_lack *lack = kh_pool_new0 (making->pool, kh_lack, 1);
            *lack = (kh_lack){ places->pdata[p], one->indicator, one->kind, one->n_have, n_places - 1 };
            g_ptr_array_add (making->made->lacks, lack);
        }
    }
    g_ptr_array_sort (making->made->lacks, by_place_and_share);
}
