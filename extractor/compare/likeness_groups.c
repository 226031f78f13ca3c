/* Groups are made in three steps, each with an index from terms to the groups that have them:
 *
 *   1. leaders     each text joins the group whose first text it is most like, or begins one
 *   2. merging     the same with the means of these groups, largest first: groups that mean the same become one
 *   3. settling    each text goes to the mean it is most like; twice
 *
 * A text looks for groups by its heaviest terms only, as many as leave out less than `least`: by Cauchy and Schwarz what shares
 * none of them cannot be so like. Texts that are the same but for numbers are one vector.
 */
#include "compare/likeness_parts.h"

#include <stdlib.h>
#include <string.h>

#define SETTLINGS 2
#define MEAN_TERMS 80   /* of a group's mean that are kept: its heaviest */
#define MERGE_MORE 0.15 /* that two means must be more alike than a text and a mean: means have much in common */

/* ------------------------------------------------------------------ looking up what is most like */

typedef struct finder {
    GArray **lists; /* term -> numbers of the entries that have it; NULL: none */
    guint n_terms;
    GPtrArray *entries; /* kh_vector * */
    float *asked;       /* weights of the vector that is looked up, by term */
    GArray *touched;    /* entries that share a heavy term with it */
    GArray *last;       /* of each entry: the look-up that touched it last */
    guint turn;
} finder;

static finder *
finder_new (guint n_terms)
{
    finder *made = g_new0 (finder, 1);
    made->lists = g_new0 (GArray *, n_terms + 1);
    made->n_terms = n_terms;
    made->entries = g_ptr_array_new ();
    made->asked = g_new0 (float, n_terms + 1);
    made->touched = g_array_new (FALSE, FALSE, sizeof (guint));
    made->last = g_array_new (FALSE, TRUE, sizeof (guint));
    return made;
}

static void
finder_free (finder *all)
{
    for (guint t = 0; t < all->n_terms; t++)
        if (all->lists[t] != NULL)
            g_array_unref (all->lists[t]);
    g_free (all->lists);
    g_ptr_array_unref (all->entries);
    g_free (all->asked);
    g_array_unref (all->touched);
    g_array_unref (all->last);
    g_free (all);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (finder, finder_free)

static guint
finder_add (finder *all, kh_vector *entry)
{
    guint number = all->entries->len;
    g_ptr_array_add (all->entries, entry);
    g_array_set_size (all->last, number + 1);
    for (guint i = 0; i < entry->n; i++) {
        GArray **list = &all->lists[entry->terms[i].id];
        if (*list == NULL)
            *list = g_array_new (FALSE, FALSE, sizeof (guint));
        g_array_append_val (*list, number);
    }
    return number;
}

/* The entry that is most like `v` and at least so: its number, of several the first; -1 when none is. */
static int
finder_find (finder *all, const kh_vector *v, double least)
{
    double rest = 1, best = 0;
    int found = -1;
    g_array_set_size (all->touched, 0);
    all->turn++;
    for (guint i = 0; i < v->n && rest > least * least; i++) { /* rest: the squared length of what was not looked up yet */
        const GArray *list = all->lists[v->terms[i].id];
        rest -= (double)v->terms[i].weight * v->terms[i].weight;
        for (guint n = 0; list != NULL && n < list->len; n++) {
            guint entry = g_array_index (list, guint, n);
            if (g_array_index (all->last, guint, entry) != all->turn)
                g_array_append_val (all->touched, entry);
            g_array_index (all->last, guint, entry) = all->turn;
        }
    }
    for (guint i = 0; i < v->n; i++)
        all->asked[v->terms[i].id] = v->terms[i].weight;
    for (guint n = 0; n < all->touched->len; n++) {
        guint number = g_array_index (all->touched, guint, n);
        const kh_vector *entry = all->entries->pdata[number];
        double like = 0;
        for (guint i = 0; i < entry->n; i++)
            like += (double)all->asked[entry->terms[i].id] * entry->terms[i].weight;
        if (like >= least && (like > best || (like == best && (int)number < found))) {
            best = like;
            found = (int)number;
        }
    }
    for (guint i = 0; i < v->n; i++)
        all->asked[v->terms[i].id] = 0;
    return found;
}

typedef struct grouping {
    const kh_likeness *likeness;
    guint n_groups;
    guint *group;     /* of each kh_vector */
    kh_vector *means; /* of each group */
    kh_pool *pool;    /* of the means */
} grouping;

/* The mean of each group, by the numbers of its texts. */
static void
find_means (grouping *made)
{
    const kh_likeness *likeness = made->likeness;
    g_autofree float *sum = g_new0 (float, likeness->n_terms + 1);
    g_autoptr (GArray) used = g_array_new (FALSE, FALSE, sizeof (guint32)), terms = g_array_new (FALSE, FALSE, sizeof (kh_term));
    g_autofree guint *start = g_new0 (guint, made->n_groups + 2), *members = g_new (guint, likeness->n_vectors + 1);
    for (guint v = 0; v < likeness->n_vectors; v++)
        start[made->group[v] + 2]++;
    for (guint g = 2; g < made->n_groups + 2; g++)
        start[g] += start[g - 1];
    for (guint v = 0; v < likeness->n_vectors; v++)
        members[start[made->group[v] + 1]++] = v;
    g_clear_pointer (&made->pool, kh_pool_free);
    made->pool = kh_pool_new ();
    made->means = kh_pool_new0 (made->pool, kh_vector, made->n_groups);
    for (guint g = 0; g < made->n_groups; g++) {
        g_array_set_size (used, 0);
        g_array_set_size (terms, 0);
        for (guint m = start[g]; m < start[g + 1]; m++) {
            const kh_vector *v = &likeness->vectors[members[m]];
            for (guint i = 0; i < v->n; i++) {
                if (sum[v->terms[i].id] == 0)
                    g_array_append_val (used, v->terms[i].id);
                sum[v->terms[i].id] += v->terms[i].weight * (float)likeness->n_same[members[m]];
            }
        }
        for (guint i = 0; i < used->len; i++) {
            kh_term one = { g_array_index (used, guint32, i), 0 };
            one.weight = sum[one.id];
            sum[one.id] = 0;
            g_array_append_val (terms, one);
        }
        kh_vector *mean = &made->means[g];
        mean->n = terms->len;
        mean->terms = kh_pool_memdup (made->pool, terms->data, terms->len * sizeof (kh_term));
        kh_vector_normalise (mean);
        if (mean->n > MEAN_TERMS) {
            mean->n = MEAN_TERMS;
            kh_vector_normalise (mean);
        }
    }
}

static void
lead (grouping *made, double least)
{
    const kh_likeness *likeness = made->likeness;
    g_autoptr (finder) leaders = finder_new (likeness->n_terms);
    for (guint v = 0; v < likeness->n_vectors; v++) {
        int found = finder_find (leaders, &likeness->vectors[v], least);
        made->group[v] = found >= 0 ? (guint)found : finder_add (leaders, &likeness->vectors[v]);
    }
    made->n_groups = leaders->entries->len;
}

typedef struct sized {
    guint group, size;
} sized;

static int
by_size (const void *a, const void *b)
{
    const sized *x = a, *y = b;
    return x->size != y->size ? (x->size < y->size) - (x->size > y->size) : (x->group > y->group) - (x->group < y->group);
}

static void
merge (grouping *made, double least)
{
    const kh_likeness *likeness = made->likeness;
    g_autofree sized *order = g_new0 (sized, made->n_groups + 1);
    g_autofree guint *becomes = g_new0 (guint, made->n_groups + 1);
    g_autoptr (finder) leaders = finder_new (likeness->n_terms);
    for (guint g = 0; g < made->n_groups; g++)
        order[g].group = g;
    for (guint v = 0; v < likeness->n_vectors; v++)
        order[made->group[v]].size += likeness->n_same[v];
    qsort (order, made->n_groups, sizeof (sized), by_size);
    for (guint i = 0; i < made->n_groups; i++) {
        kh_vector *mean = &made->means[order[i].group];
        int found = finder_find (leaders, mean, least);
        becomes[order[i].group] = found >= 0 ? (guint)found : finder_add (leaders, mean);
    }
    for (guint v = 0; v < likeness->n_vectors; v++)
        made->group[v] = becomes[made->group[v]];
    made->n_groups = leaders->entries->len;
}

static void
settle (grouping *made, double least)
{
    const kh_likeness *likeness = made->likeness;
    g_autoptr (finder) means = finder_new (likeness->n_terms);
    guint n_groups = made->n_groups;
    for (guint g = 0; g < made->n_groups; g++)
        finder_add (means, &made->means[g]);
    for (guint v = 0; v < likeness->n_vectors; v++) {
        int found = finder_find (means, &likeness->vectors[v], least);
        made->group[v] = found >= 0 ? (guint)found : n_groups++;
    }
    made->n_groups = n_groups;
}

/* Numbers the groups in the order of their first texts, without those that became empty, and finds their centres. */
static kh_like_groups
finish (const grouping *made)
{
    const kh_likeness *likeness = made->likeness;
    kh_like_groups groups = { 0, g_new0 (guint, likeness->n_texts + 1), NULL };
    g_autofree guint *number = g_new0 (guint, made->n_groups + 1); /* + 1; 0: not met yet */
    g_autofree double *best = g_new0 (double, made->n_groups + 1);
    g_autofree float *asked = g_new0 (float, likeness->n_terms + 1);
    groups.centre = g_new0 (guint, made->n_groups + 1);
    g_autofree double *like = g_new0 (double, likeness->n_vectors + 1);
    for (guint v = 0; v < likeness->n_vectors; v++) {
        const kh_vector *one = &likeness->vectors[v], *mean = &made->means[made->group[v]];
        for (guint i = 0; i < mean->n; i++)
            asked[mean->terms[i].id] = mean->terms[i].weight;
        for (guint i = 0; i < one->n; i++)
            like[v] += (double)asked[one->terms[i].id] * one->terms[i].weight;
        for (guint i = 0; i < mean->n; i++)
            asked[mean->terms[i].id] = 0;
    }
    for (guint t = 0; t < likeness->n_texts; t++) {
        guint v = likeness->of_text[t], g = made->group[v];
        if (number[g] == 0) {
            number[g] = ++groups.n_groups;
            best[g] = -1;
        }
        groups.group[t] = number[g] - 1;
        if (like[v] > best[g] || (like[v] == best[g] && likeness->bytes[t] < likeness->bytes[groups.centre[number[g] - 1]])) {
            best[g] = like[v];
            groups.centre[number[g] - 1] = t;
        }
    }
    return groups;
}

kh_like_groups
kh_likeness_group (const kh_likeness *likeness, double least)
{
    grouping made = { .likeness = likeness, .group = g_new0 (guint, likeness->n_vectors + 1) };
    lead (&made, least);
    find_means (&made);
    merge (&made, least + MERGE_MORE);
    find_means (&made);
    for (int i = 0; i < SETTLINGS; i++) {
        settle (&made, least);
        find_means (&made);
    }
    kh_like_groups groups = finish (&made);
    kh_pool_free (made.pool);
    g_free (made.group);
    return groups;
}

void
kh_like_groups_clear (kh_like_groups *groups)
{
    g_clear_pointer (&groups->group, g_free);
    g_clear_pointer (&groups->centre, g_free);
}
