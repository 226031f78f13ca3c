/* A plan beside the version or the year before it.
 *
 *   which two      the papers that were named; else each paper and the newest earlier one of its body whose title is alike
 *   what is one    pairs of targets, of tasks, likest first, each once; what is left was added or dropped
 *   what differs   days are compared after the years from one period to the next: "quý II" of 2024 and of 2025 are the same
 */
#include "compare/parts.h"

#include "base/intl.h"
#include "compare/likeness.h"
#include "kehoach.h"
#include "viet/viet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TITLES_ALIKE 0.75
#define AIMS_ALIKE 0.5
#define DUTIES_ALIKE 0.5
#define SAME_WORDING 0.95
#define TOPIC_BONUS 0.3 /* two targets of one topic need not be worded alike */
#define DIGEST_LETTERS 8

/* ------------------------------------------------------------------ what is one */

typedef struct pair {
    guint before, after;
    double like;
} pair;

static int
likest_first (gconstpointer a, gconstpointer b)
{
    const pair *x = a, *y = b;
    if (x->like != y->like)
        return x->like > y->like ? -1 : 1;
    guint far_x = x->before > x->after ? x->before - x->after : x->after - x->before;
    guint far_y = y->before > y->after ? y->before - y->after : y->after - y->before;
    return far_x != far_y ? (far_x < far_y ? -1 : 1) : x->after != y->after ? (x->after < y->after ? -1 : 1) : 0;
}

/* Of each of the later ones which of the earlier is the same: index + 1, 0 when none. The caller frees. */
static guint *
match (GArray *pairs, guint n_before, guint n_after)
{
    guint *matched = g_new0 (guint, n_after + 1);
    g_autofree gboolean *taken = g_new0 (gboolean, n_before + 1);
    g_array_sort (pairs, likest_first);
    for (guint i = 0; i < pairs->len; i++) {
        const pair *one = &g_array_index (pairs, pair, i);
        if (taken[one->before] || matched[one->after] != 0)
            continue;
        taken[one->before] = TRUE;
        matched[one->after] = one->before + 1;
    }
    return matched;
}

static gboolean
folds_alike (const char *a, const char *b)
{
    g_autofree char *x = kh_viet_fold (a == NULL ? "" : a), *y = kh_viet_fold (b == NULL ? "" : b);
    return strcmp (x, y) == 0;
}

static gboolean
same_text (const char *a, const char *b)
{
    return g_strcmp0 (a, b) == 0 || folds_alike (a, b);
}

/* ------------------------------------------------------------------ days */

/* Is it the same day, of the same year or `shift` years on? */
static gboolean
same_day (const char *before, const char *after, int shift)
{
    return strcmp (before, after) == 0 ||
           (atoi (before) + shift == atoi (after) && strcmp (before + strcspn (before, "-"), after + strcspn (after, "-")) == 0);
}

static gboolean
same_due (const kh_aim *before, const kh_aim *after, int shift)
{
    if (before->due != NULL && after->due != NULL)
        return same_day (before->due, after->due, shift);
    return before->year == after->year || before->year + shift == after->year;
}

static gboolean
same_deadline (const kh_duty *before, const kh_duty *after, int shift)
{
    if (before->end != NULL && after->end != NULL)
        return same_day (before->end, after->end, shift);
    return before->end == NULL && after->end == NULL && same_text (before->deadline, after->deadline);
}

static int
shift_of (const kh_paper *before, const kh_paper *after)
{
    gboolean same_length = before->last_year - before->first_year == after->last_year - after->first_year;
    return same_length && before->last_year != 0 && after->last_year != 0 ? after->last_year - before->last_year : 0;
}

/* ------------------------------------------------------------------ what differs */

static guint
aims_differ (const kh_aim *before, const kh_aim *after, int shift)
{
    guint in = 0;
    if (fabs (before->value - after->value) > 1e-9)
        in |= KH_DIFFERS_VALUE;
    if (strcmp (before->comparator, after->comparator) != 0)
        in |= KH_DIFFERS_COMPARATOR;
    if (!same_text (before->unit, after->unit))
        in |= KH_DIFFERS_UNIT;
    if (!same_due (before, after, shift))
        in |= KH_DIFFERS_DUE;
    return in;
}

static guint
duties_differ (const kh_duty *before, const kh_duty *after, int shift, double like)
{
    guint in = 0;
    if (!same_deadline (before, after, shift))
        in |= KH_DIFFERS_DUE;
    if (!same_text (before->lead_key != NULL ? before->lead_key : before->lead,
                    after->lead_key != NULL ? after->lead_key : after->lead))
        in |= KH_DIFFERS_LEAD;
    if (like < SAME_WORDING)
        in |= KH_DIFFERS_WORDING;
    return in;
}

static void
add_difference (kh_making *making, kh_revision *revision, const kh_difference *difference)
{
    kh_difference *made = kh_pool_memdup (making->pool, difference, sizeof *difference);
    made->sort = made->old_aim == NULL && made->old_duty == NULL   ? KH_ADDED
                 : made->new_aim == NULL && made->new_duty == NULL ? KH_DROPPED
                                                                   : KH_CHANGED;
    g_ptr_array_add (revision->differences, made);
}

/* Where the rows of a paper begin in a list that is in the order of papers, and how many they are. */
#define ROWS_OF(list, type, of, start, n)                                                                                        \
    for (start = 0; start < (list)->len && ((type *)(list)->pdata[start])->paper != (of); start++)                               \
        continue;                                                                                                                \
    for (n = 0; start + n < (list)->len && ((type *)(list)->pdata[start + n])->paper == (of); n++)                               \
    continue

static void
compare_aims (kh_making *making, kh_revision *revision, const kh_likeness *likeness)
{
    guint first, n_before, second, n_after;
    ROWS_OF (making->aims, kh_aim, revision->before, first, n_before);
    ROWS_OF (making->aims, kh_aim, revision->after, second, n_after);
    kh_aim **before = (kh_aim **)making->aims->pdata + first, **after = (kh_aim **)making->aims->pdata + second;
    g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (pair));
    for (guint b = 0; b < n_before; b++)
        for (guint a = 0; a < n_after; a++) {
            if (before[b]->topic != NULL && after[a]->topic != NULL && strcmp (before[b]->topic, after[a]->topic) != 0)
                continue;
            pair one = { b, a, kh_likeness_of (likeness, first + b, second + a) };
            if (before[b]->topic != NULL && after[a]->topic != NULL)
                one.like += TOPIC_BONUS;
            if (one.like >= AIMS_ALIKE)
                g_array_append_val (pairs, one);
        }
    g_autofree guint *matched = match (pairs, n_before, n_after);
    g_autofree gboolean *kept = g_new0 (gboolean, n_before + 1);
    for (guint a = 0; a < n_after; a++) {
        kh_difference one = { .new_aim = after[a] };
        if (matched[a] != 0) {
            one.old_aim = before[matched[a] - 1];
            one.in = aims_differ (one.old_aim, one.new_aim, revision->shift);
            kept[matched[a] - 1] = TRUE;
        }
        if (one.old_aim != NULL && one.in == 0)
            revision->n_same_aims++;
        else
            add_difference (making, revision, &one);
    }
    for (guint b = 0; b < n_before; b++)
        if (!kept[b])
            add_difference (making, revision, &(kh_difference){ .old_aim = before[b] });
}

static void
compare_duties (kh_making *making, kh_revision *revision, const kh_likeness *likeness)
{
    guint first, n_before, second, n_after;
    ROWS_OF (making->duties, kh_duty, revision->before, first, n_before);
    ROWS_OF (making->duties, kh_duty, revision->after, second, n_after);
    kh_duty **before = (kh_duty **)making->duties->pdata + first, **after = (kh_duty **)making->duties->pdata + second;
    g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (pair));
    for (guint b = 0; b < n_before; b++)
        for (guint a = 0; a < n_after; a++) {
            pair one = { b, a, kh_likeness_of (likeness, first + b, second + a) };
            if (one.like >= DUTIES_ALIKE)
                g_array_append_val (pairs, one);
        }
    g_autofree guint *matched = match (pairs, n_before, n_after);
    g_autofree gboolean *kept = g_new0 (gboolean, n_before + 1);
    for (guint a = 0; a < n_after; a++) {
        kh_difference one = { .new_duty = after[a] };
        if (matched[a] != 0) {
            guint b = matched[a] - 1;
            one.old_duty = before[b];
            one.in = duties_differ (before[b], after[a], revision->shift, kh_likeness_of (likeness, first + b, second + a));
            kept[b] = TRUE;
        }
        if (one.old_duty != NULL && one.in == 0)
            revision->n_same_duties++;
        else
            add_difference (making, revision, &one);
    }
    for (guint b = 0; b < n_before; b++)
        if (!kept[b])
            add_difference (making, revision, &(kh_difference){ .old_duty = before[b] });
}

/* ------------------------------------------------------------------ which two */

static void
add_revision (kh_making *making, const kh_paper *before, const kh_paper *after)
{
    kh_revision *revision = kh_pool_new0 (making->pool, kh_revision, 1);
    revision->before = before;
    revision->after = after;
    revision->shift = shift_of (before, after);
    revision->differences = kh_pool_list (making->pool);
    g_ptr_array_add (making->made->revisions, revision);
}

static gboolean
same_body (const kh_paper *a, const kh_paper *b)
{
    const char *first = a->issuer_key != NULL ? a->issuer_key : a->issuer,
               *second = b->issuer_key != NULL ? b->issuer_key : b->issuer;
    return a->place == b->place && first != NULL && second != NULL && folds_alike (first, second);
}

static kh_likeness *
titles_of (const kh_making *making)
{
    const GPtrArray *papers = making->made->papers;
    g_autofree const char **titles = g_new0 (const char *, papers->len + 1);
    for (guint i = 0; i < papers->len; i++)
        titles[i] = ((const kh_paper *)papers->pdata[i])->title;
    return kh_likeness_new (titles, papers->len);
}

/* Is it before, by its period, else its date? */
static gboolean
is_earlier (const kh_paper *a, const kh_paper *b)
{
    if (a->last_year != b->last_year)
        return a->last_year != 0 && a->last_year < b->last_year;
    return a->date != NULL && b->date != NULL && strcmp (a->date, b->date) < 0;
}

/* Each paper with the likest earlier one of its body; of several such the newest. Papers of a place stand newest first. */
static void
find_series (kh_making *making)
{
    const GPtrArray *papers = making->made->papers;
    g_autoptr (kh_likeness) titles = titles_of (making);
    for (guint i = 0; i < papers->len; i++) {
        const kh_paper *after = papers->pdata[i], *before = NULL;
        double best = TITLES_ALIKE;
        for (guint j = 0; j < papers->len; j++) {
            const kh_paper *other = papers->pdata[j];
            if (other->place != after->place || !is_earlier (other, after) || !same_body (other, after))
                continue;
            double like = kh_likeness_of (titles, i, j);
            if (like < TITLES_ALIKE || like < best || (before != NULL && like == best && !is_earlier (before, other)))
                continue;
            best = like;
            before = other;
        }
        if (before != NULL)
            add_revision (making, before, after);
    }
}

gboolean
kh_making_is_series (const kh_making *making)
{
    const GPtrArray *papers = making->made->papers;
    if (papers->len != 2 || !same_body (papers->pdata[0], papers->pdata[1]))
        return FALSE;
    g_autoptr (kh_likeness) titles = titles_of (making);
    return kh_likeness_of (titles, 0, 1) >= TITLES_ALIKE;
}

/* The one paper of that number, or whose digest begins so. */
static const kh_paper *
find_named (const kh_making *making, const char *name, GError **error)
{
    const kh_paper *found = NULL;
    guint n = 0;
    g_autoptr (GString) several = g_string_new (NULL);
    for (guint i = 0; i < making->made->papers->len; i++) {
        const kh_paper *paper = making->made->papers->pdata[i];
        gboolean by_digest = strlen (name) >= DIGEST_LETTERS && g_ascii_strncasecmp (paper->sha256, name, strlen (name)) == 0;
        if (!by_digest && (paper->number == NULL || !folds_alike (paper->number, name)))
            continue;
        found = paper;
        n++;
        g_string_append_printf (several, "%s%.*s (%s)", several->len > 0 ? ", " : "", DIGEST_LETTERS, paper->sha256,
                                paper->place->name);
    }
    if (n == 1)
        return found;
    if (n == 0)
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("no plan has the number or digest '%s'"), name);
    else
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("%u plans have the number '%s': name one by its digest: %s"), n, name,
                     several->str);
    return NULL;
}

gboolean
kh_making_revisions (kh_making *making, GError **error)
{
    const kh_compare_options *options = making->options;
    kh_comparison *made = making->made;
    if (options->before != NULL || options->after != NULL) {
        const kh_paper *before = find_named (making, options->before, error);
        const kh_paper *after = before == NULL ? NULL : find_named (making, options->after, error);
        if (after == NULL)
            return FALSE;
        add_revision (making, before, after);
    } else {
        find_series (making);
    }
    g_autofree const char **aims = g_new0 (const char *, making->aims->len + 1),
                          **duties = g_new0 (const char *, making->duties->len + 1);
    for (guint i = 0; i < making->aims->len; i++)
        aims[i] = ((const kh_aim *)making->aims->pdata[i])->text;
    for (guint i = 0; i < making->duties->len; i++)
        duties[i] = ((const kh_duty *)making->duties->pdata[i])->text;
    g_autoptr (kh_likeness) of_aims = kh_likeness_new (aims, making->aims->len),
                            of_duties = kh_likeness_new (duties, making->duties->len);
    for (guint i = 0; i < made->revisions->len; i++) {
        compare_aims (making, made->revisions->pdata[i], of_aims);
        compare_duties (making, made->revisions->pdata[i], of_duties);
    }
    return TRUE;
}
