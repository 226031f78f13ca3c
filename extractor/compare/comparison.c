/* The order of the steps, and what is left out at the end: places that were not asked for, papers of other years, what only one
 * place has. */
#include "compare/parts.h"

#include "base/intl.h"
#include "kehoach.h"

#include <string.h>

static gboolean
check_topics (const kh_compare_options *options, GError **error)
{
    for (guint i = 0; options->topics != NULL && options->topics[i] != NULL; i++)
        if (kh_topic_name (options->topics[i]) == NULL) {
            g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _ ("'%s' is no topic (models/README.md lists them)"),
                         options->topics[i]);
            return FALSE;
        }
    return TRUE;
}

static void
put_part (GString *out, const char *part)
{
    g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", part);
}

/* How the papers were chosen, in Vietnamese, for the head of what is printed. */
static const char *
question_of (kh_making *making)
{
    const kh_compare_options *options = making->options;
    g_autoptr (GString) out = g_string_new (NULL);
    for (guint i = 0; options->topics != NULL && options->topics[i] != NULL; i++)
        put_part (out, kh_topic_name (options->topics[i]));
    if (options->title != NULL)
        g_string_append_printf (out, "%strích yếu có “%s”", out->len > 0 ? "; " : "", options->title);
    if (options->year != 0)
        g_string_append_printf (out, "%snăm %d", out->len > 0 ? "; " : "", options->year);
    if (options->as_of != 0)
        g_string_append_printf (out, "%stên tỉnh theo tháng %d/%d", out->len > 0 ? "; " : "", options->as_of % 100,
                                options->as_of / 100);
    return out->len == 0 ? NULL : kh_pool_strdup (making->pool, out->str);
}

/* ------------------------------------------------------------------ what is left out */

static gboolean
is_shown (const kh_making *making, const kh_paper *paper)
{
    return making->is_shown[paper->place->index] && making->is_used[paper->index];
}

static void
choose_rows (kh_making *making)
{
    guint n = 0;
    for (guint i = 0; i < making->aims->len; i++)
        if (is_shown (making, ((const kh_aim *)making->aims->pdata[i])->paper))
            making->aims->pdata[n++] = making->aims->pdata[i];
    g_ptr_array_set_size (making->aims, (int)n);
    n = 0;
    for (guint i = 0; i < making->duties->len; i++)
        if (is_shown (making, ((const kh_duty *)making->duties->pdata[i])->paper))
            making->duties->pdata[n++] = making->duties->pdata[i];
    g_ptr_array_set_size (making->duties, (int)n);
}

/* Papers and places that are not shown go; those that stay are numbered anew. */
static void
choose_papers (kh_making *making)
{
    kh_comparison *made = making->made;
    guint n = 0;
    for (guint i = 0; i < made->places->len; i++)
        ((kh_side *)made->places->pdata[i])->n_papers = 0;
    for (guint i = 0; i < made->papers->len; i++)
        if (is_shown (making, made->papers->pdata[i])) {
            kh_paper *paper = made->papers->pdata[i];
            made->papers->pdata[n++] = paper;
            ((kh_side *)paper->place)->n_papers++;
        }
    g_ptr_array_set_size (made->papers, (int)n);
    n = 0;
    for (guint i = 0; i < made->places->len; i++)
        if (((kh_side *)made->places->pdata[i])->n_papers > 0)
            made->places->pdata[n++] = made->places->pdata[i];
    g_ptr_array_set_size (made->places, (int)n);
    for (guint i = 0; i < made->papers->len; i++)
        ((kh_paper *)made->papers->pdata[i])->index = i;
    for (guint i = 0; i < made->places->len; i++)
        ((kh_side *)made->places->pdata[i])->index = i;
}

/* Leaves out what only one place has, where there are several. */
static void
drop_lone (kh_making *making)
{
    kh_comparison *made = making->made;
    gboolean of_places = made->places->len > 1;
    guint n = 0;
    if (making->options->all || made->papers->len < 2)
        return;
    for (guint i = 0; i < made->indicators->len; i++) {
        kh_indicator *indicator = made->indicators->pdata[i];
        if (indicator->topic != NULL || (of_places ? indicator->n_places : indicator->n_papers) > 1)
            made->indicators->pdata[n++] = indicator;
    }
    made->n_lone_indicators = made->indicators->len - n;
    g_ptr_array_set_size (made->indicators, (int)n);
    n = 0;
    for (guint i = 0; i < made->kinds->len; i++) {
        kh_kind *kind = made->kinds->pdata[i];
        if ((of_places ? kind->n_places : kind->n_papers) > 1)
            made->kinds->pdata[n++] = kind;
    }
    made->n_lone_kinds = made->kinds->len - n;
    g_ptr_array_set_size (made->kinds, (int)n);
}

/* What is missing is told by all places, though only some are shown; then kinds and indicators are made again of those. */
static void
find_missing (kh_making *making)
{
    kh_comparison *made = making->made;
    guint n = 0;
    kh_making_indicators (making);
    kh_making_kinds (making);
    kh_making_lacks (making);
    for (guint i = 0; i < made->lacks->len; i++)
        if (making->is_shown[((const kh_lack *)made->lacks->pdata[i])->place->index])
            made->lacks->pdata[n++] = made->lacks->pdata[i];
    g_ptr_array_set_size (made->lacks, (int)n);
}

/* ------------------------------------------------------------------ the steps */

static gboolean
compare (kh_making *making, GError **error)
{
    kh_comparison *made = making->made;
    const kh_compare_options *options = making->options;
    if (!check_topics (options, error) || !kh_making_papers (making, error))
        return FALSE;
    made->parts = options->parts != 0 ? options->parts : KH_COMPARE_TARGETS | KH_COMPARE_TASKS | KH_COMPARE_MISSING;
    if (options->topics != NULL)
        made->parts &= ~(guint)KH_COMPARE_TASKS; /* tasks have none */
    if (options->parts == 0 && kh_making_is_series (making))
        made->parts |= KH_COMPARE_CHANGES;
    if (!kh_making_rows (making, error))
        return FALSE;
    if (made->parts & KH_COMPARE_MISSING)
        find_missing (making);
    gboolean again = options->places != NULL || !(made->parts & KH_COMPARE_MISSING);
    choose_rows (making);
    choose_papers (making);
    if (made->papers->len == 0) {
        g_set_error_literal (error, KH_ERROR, KH_ERROR_INPUT, _ ("there is no plan to compare"));
        return FALSE;
    }
    if (again) {
        g_ptr_array_set_size (made->indicators, 0);
        g_ptr_array_set_size (made->kinds, 0);
        if (made->parts & KH_COMPARE_TARGETS)
            kh_making_indicators (making);
        if (made->parts & KH_COMPARE_TASKS)
            kh_making_kinds (making);
    }
    drop_lone (making);
    made->question = question_of (making);
    return !(made->parts & KH_COMPARE_CHANGES) || kh_making_revisions (making, error);
}

kh_comparison *
kh_comparison_new (kh_store *store, const kh_compare_options *options, GError **error)
{
    kh_comparison *made = g_new0 (kh_comparison, 1);
    made->pool = kh_pool_new ();
    GPtrArray **const lists[] = { &made->places, &made->papers, &made->indicators, &made->kinds, &made->lacks, &made->revisions };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = kh_pool_list (made->pool);
    kh_making making = { .store = store,
                         .options = options,
                         .made = made,
                         .pool = made->pool,
                         .by_sha = g_hash_table_new (g_str_hash, g_str_equal),
                         .aims = g_ptr_array_new (),
                         .duties = g_ptr_array_new () };
    if (!compare (&making, error))
        g_clear_pointer (&made, kh_comparison_free);
    g_hash_table_unref (making.by_sha);
    g_ptr_array_unref (making.aims);
    g_ptr_array_unref (making.duties);
    return made;
}

void
kh_comparison_free (kh_comparison *comparison)
{
    if (comparison == NULL)
        return;
    kh_pool_free (comparison->pool);
    g_free (comparison);
}
