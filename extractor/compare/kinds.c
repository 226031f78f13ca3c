/* Tasks of all places, put together by what they say. */
#include "compare/parts.h"

#include "compare/likeness.h"
#include "viet/viet.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_ALIKE 0.3 /* measured on plans of several provinces: below it groups mix what only sounds alike */

static int
by_place (gconstpointer a, gconstpointer b)
{
    const kh_duty *x = *(kh_duty *const *)a, *y = *(kh_duty *const *)b;
    if (x->paper != y->paper)
        return x->paper->index < y->paper->index ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* Who leads most: the name as first printed, and how many. */
static void
find_lead (kh_kind *kind)
{
    g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int round = 0; round < 2; round++) /* counted first, so that the first printed of those named most is found */
        for (guint i = 0; i < kind->duties->len; i++) {
            const kh_duty *duty = kind->duties->pdata[i];
            const char *lead = duty->lead_key != NULL ? duty->lead_key : duty->lead;
            if (lead == NULL)
                continue;
            char *folded = kh_viet_fold (lead);
            guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, folded));
            if (round == 0) {
                g_hash_table_replace (counts, folded, GUINT_TO_POINTER (n + 1));
                continue;
            }
            g_free (folded);
            if (n > kind->n_lead) {
                kind->n_lead = n;
                kind->lead = lead;
            }
        }
}

static void
count (kh_kind *kind)
{
    const kh_side *place = NULL;
    const kh_paper *paper = NULL;
    g_ptr_array_sort (kind->duties, by_place);
    for (guint i = 0; i < kind->duties->len; i++) {
        const kh_duty *duty = kind->duties->pdata[i];
        kind->n_places += duty->paper->place != place;
        kind->n_papers += duty->paper != paper;
        place = duty->paper->place;
        paper = duty->paper;
        int month = duty->end == NULL ? 0 : atoi (duty->end + 5);
        kind->quarters[month >= 1 && month <= 12 ? (month - 1) / 3 : 4]++;
        if (duty->end == NULL)
            continue;
        if (kind->earliest == NULL || strcmp (duty->end, kind->earliest) < 0)
            kind->earliest = duty->end;
        if (kind->latest == NULL || strcmp (duty->end, kind->latest) > 0)
            kind->latest = duty->end;
    }
    find_lead (kind);
}

static int
by_spread (gconstpointer a, gconstpointer b)
{
    const kh_kind *x = *(kh_kind *const *)a, *y = *(kh_kind *const *)b;
    if (x->n_places != y->n_places)
        return x->n_places > y->n_places ? -1 : 1;
    if (x->duties->len != y->duties->len)
        return x->duties->len > y->duties->len ? -1 : 1;
    return strcmp (x->name, y->name);
}

void
kh_making_kinds (kh_making *making)
{
    const GPtrArray *duties = making->duties;
    g_autofree const char **texts = g_new0 (const char *, duties->len + 1);
    for (guint i = 0; i < duties->len; i++)
        texts[i] = ((const kh_duty *)duties->pdata[i])->text;
    g_autoptr (kh_likeness) likeness = kh_likeness_new (texts, duties->len);
    g_auto (kh_like_groups) groups = kh_likeness_group (likeness, LEAST_ALIKE);
    kh_kind *kinds = kh_pool_new0 (making->pool, kh_kind, groups.n_groups);
    for (guint g = 0; g < groups.n_groups; g++) {
        kinds[g].name = texts[groups.centre[g]];
        kinds[g].duties = kh_pool_list (making->pool);
    }
    for (guint i = 0; i < duties->len; i++)
        g_ptr_array_add (kinds[groups.group[i]].duties, duties->pdata[i]);
    for (guint g = 0; g < groups.n_groups; g++) {
        count (&kinds[g]);
        g_ptr_array_add (making->made->kinds, &kinds[g]);
    }
    g_ptr_array_sort (making->made->kinds, by_spread);
}
