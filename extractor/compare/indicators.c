/* Targets become rows of a matrix.
 *
 * A target is known by its topic (models/topics.tsv); one without by its wording: subjects that are alike are one indicator. Each
 * unit is a row of its own, and what is to rise or fall *by* so much is no level that could be set beside what is to *be* so
 * much.
 */
#include "compare/parts.h"

#include "base/lists.h"
#include "base/sort.h"
#include "compare/likeness.h"
#include "viet/viet.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_ALIKE 0.4 /* subjects are short: a shared word or two is not enough */

/* key -> { Vietnamese name, order } */
typedef struct topic {
    char *name;
    guint order;
} topic;

static GHashTable *
topics (void)
{
    static GHashTable *made;
    if (g_once_init_enter (&made)) {
        GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
        g_autoptr (GPtrArray) rows = kh_list_rows ("topics.tsv", 4);
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            topic *one = g_new0 (topic, 1);
            one->name = g_strdup (row[1]);
            one->order = i;
            g_hash_table_insert (table, g_strdup (row[0]), one);
        }
        g_once_init_leave (&made, table);
    }
    return made;
}

const char *
kh_topic_name (const char *key)
{
    const topic *known = g_hash_table_lookup (topics (), key);
    return known == NULL ? NULL : known->name;
}

/* "%" for "phần trăm", lower case without marks; the caller frees. */
static char *
unit_key (const char *unit)
{
    g_autofree char *folded = kh_viet_fold (unit == NULL ? "" : unit);
    return strcmp (folded, "phan tram") == 0 ? g_strdup ("%") : g_steal_pointer (&folded);
}

static gboolean
is_change (const kh_aim *aim)
{
    return strcmp (aim->comparator, "+") == 0 || strcmp (aim->comparator, "-") == 0;
}

/* ------------------------------------------------------------------ which targets are one indicator */

/* Of each aim without topic the number of its group of subjects; 0 of those with one. */
static guint *
group_subjects (kh_making *making, GPtrArray *centres)
{
    guint *groups = kh_pool_new0 (making->pool, guint, making->aims->len);
    g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
    g_autoptr (GArray) of = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint i = 0; i < making->aims->len; i++) {
        const kh_aim *aim = making->aims->pdata[i];
        if (aim->topic != NULL)
            continue;
        g_ptr_array_add (subjects, (gpointer)(aim->subject != NULL ? aim->subject : aim->text));
        g_array_append_val (of, i);
    }
    g_autoptr (kh_likeness) likeness = kh_likeness_new ((const char *const *)subjects->pdata, subjects->len);
    g_auto (kh_like_groups) like = kh_likeness_group (likeness, LEAST_ALIKE);
    for (guint n = 0; n < of->len; n++)
        groups[g_array_index (of, guint, n)] = like.group[n];
    for (guint g = 0; g < like.n_groups; g++)
        g_ptr_array_add (centres, subjects->pdata[like.centre[g]]);
    return groups;
}

typedef struct draft {
    kh_indicator *indicator;
    GHashTable *units; /* printed -> how many */
} draft;

static void
draft_free (gpointer data)
{
    draft *one = data;
    g_hash_table_unref (one->units);
    g_free (one);
}

static void
count_unit (draft *one, const char *unit)
{
    const char *printed = unit == NULL ? "" : unit;
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (one->units, printed));
    g_hash_table_replace (one->units, (gpointer)printed, GUINT_TO_POINTER (n + 1));
}

/* The unit as most print it, of several such the first in order. */
static const char *
usual_unit (GHashTable *units)
{
    const char *usual = NULL;
    guint most = 0;
    GHashTableIter iter;
    gpointer unit, n;
    g_hash_table_iter_init (&iter, units);
    while (g_hash_table_iter_next (&iter, &unit, &n))
        if (GPOINTER_TO_UINT (n) > most || (GPOINTER_TO_UINT (n) == most && strcmp (unit, usual) < 0)) {
            usual = unit;
            most = GPOINTER_TO_UINT (n);
        }
    return usual;
}

/* ------------------------------------------------------------------ orders and counts */

static int
by_place_and_year (gconstpointer a, gconstpointer b)
{
    const kh_aim *x = *(kh_aim *const *)a, *y = *(kh_aim *const *)b;
    guint p = x->paper->place->index, q = y->paper->place->index;
    if (p != q)
        return p < q ? -1 : 1;
    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    if (x->paper != y->paper)
        return x->paper->index < y->paper->index ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
    return *(const int *)b - *(const int *)a;
}

static void
count (kh_making *making, kh_indicator *indicator)
{
    const kh_side *place = NULL;
    g_autofree gboolean *papers = g_new0 (gboolean, making->made->papers->len);
    g_ptr_array_sort (indicator->aims, by_place_and_year);
    indicator->years = kh_pool_own (making->pool, g_array_new (FALSE, FALSE, sizeof (int)), (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < indicator->aims->len; i++) {
        const kh_aim *aim = indicator->aims->pdata[i];
        gboolean known = FALSE;
        indicator->n_places += aim->paper->place != place;
        place = aim->paper->place;
        indicator->n_papers += !papers[aim->paper->index];
        papers[aim->paper->index] = TRUE;
        for (guint y = 0; y < indicator->years->len; y++)
            known = known || g_array_index (indicator->years, int, y) == aim->year;
        if (!known)
            g_array_append_val (indicator->years, aim->year);
    }
    g_array_sort (indicator->years, latest_first);
}

/* Topics as models/topics.tsv has them, then what is known by its wording; of those, what most have first. */
static int
by_topic (gconstpointer a, gconstpointer b)
{
    const kh_indicator *x = *(kh_indicator *const *)a, *y = *(kh_indicator *const *)b;
    const topic *p = x->topic == NULL ? NULL : g_hash_table_lookup (topics (), x->topic);
    const topic *q = y->topic == NULL ? NULL : g_hash_table_lookup (topics (), y->topic);
    guint first = p == NULL ? G_MAXUINT : p->order, second = q == NULL ? G_MAXUINT : q->order;
    if (first != second)
        return first < second ? -1 : 1;
    if (x->n_places != y->n_places)
        return x->n_places > y->n_places ? -1 : 1;
    if (x->aims->len != y->aims->len)
        return x->aims->len > y->aims->len ? -1 : 1;
    int names = strcmp (x->name, y->name), units = strcmp (x->unit, y->unit);
    return names != 0 ? names : units != 0 ? units : x->is_change - y->is_change;
}

void
kh_making_indicators (kh_making *making)
{
    kh_comparison *made = making->made;
    g_autoptr (GPtrArray) centres = g_ptr_array_new ();
    g_autoptr (GHashTable) drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, draft_free);
    const guint *groups = group_subjects (making, centres);
    for (guint i = 0; i < making->aims->len; i++) {
        kh_aim *aim = making->aims->pdata[i];
        g_autofree char *unit = unit_key (aim->unit), *group = g_strdup_printf ("%u", groups[i]);
        g_autofree char *key = g_strdup_printf ("%s\t%s\t%d", aim->topic != NULL ? aim->topic : group, unit, is_change (aim));
        draft *one = g_hash_table_lookup (drafts, key);
        if (one == NULL) {
            one = g_new0 (draft, 1);
            one->units = g_hash_table_new (g_str_hash, g_str_equal);
            one->indicator = kh_pool_new0 (making->pool, kh_indicator, 1);
            one->indicator->topic = aim->topic;
            one->indicator->is_change = is_change (aim);
            one->indicator->name = aim->topic == NULL ? centres->pdata[groups[i]] : kh_topic_name (aim->topic);
            if (one->indicator->name == NULL) /* a topic of another version of the program */
                one->indicator->name = aim->topic;
            one->indicator->aims = kh_pool_list (making->pool);
            g_hash_table_insert (drafts, g_steal_pointer (&key), one);
        }
        count_unit (one, aim->unit);
        g_ptr_array_add (one->indicator->aims, aim);
    }
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init (&iter, drafts);
    while (g_hash_table_iter_next (&iter, NULL, &value)) {
        draft *one = value;
        one->indicator->unit = usual_unit (one->units);
        count (making, one->indicator);
        g_ptr_array_add (made->indicators, one->indicator);
    }
    g_ptr_array_sort (made->indicators, by_topic);
}

/* ------------------------------------------------------------------ looking at it */

kh_aim *const *
kh_indicator_at (const kh_indicator *indicator, const kh_side *place, int year, guint *n)
{
    guint low = 0, high = indicator->aims->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        const kh_aim *aim = indicator->aims->pdata[middle];
        guint at = aim->paper->place->index;
        if (at < place->index || (at == place->index && year >= 0 && aim->year > year))
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < indicator->aims->len; (*n)++) {
        const kh_aim *aim = indicator->aims->pdata[low + *n];
        if (aim->paper->place != place || (year >= 0 && aim->year != year))
            break;
    }
    return *n == 0 ? NULL : (kh_aim *const *)indicator->aims->pdata + low;
}

kh_spread
kh_indicator_spread (const kh_indicator *indicator, int year)
{
    kh_spread spread = { 0, 0, 0, 0 };
    const kh_side *place = NULL;
    g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < indicator->aims->len; i++) {
        const kh_aim *aim = indicator->aims->pdata[i];
        if (aim->year != year || aim->paper->place == place)
            continue;
        place = aim->paper->place;
        g_array_append_val (values, aim->value);
    }
    if (values->len == 0)
        return spread;
    g_array_sort (values, kh_compare_doubles);
    spread.n_places = values->len;
    spread.least = g_array_index (values, double, 0);
    spread.most = g_array_index (values, double, values->len - 1);
    spread.median = (g_array_index (values, double, (values->len - 1) / 2) + g_array_index (values, double, values->len / 2)) / 2;
    return spread;
}
