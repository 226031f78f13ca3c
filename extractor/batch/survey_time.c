/* What a whole run will take: some documents of each kind are read as a batch would read them, one after the other on one processor, and
 * the pages of the archive cost what these did. A page to be read by its image is read alone; of documents with text the first ten pages
 * are, since opening and understanding them is what costs. The middle one of the trials counts: the first has the models to load.
 */
#include "batch/survey.h"

#include <stdlib.h>

#define TRIALS 3          /* documents of a kind ... */
#define TRIAL_SECONDS 4.0 /* ... until so much time is spent on it */
#define TEXT_PAGES 10u    /* of a document with text */
#define SHARED 0.93       /* of each more processor, what a batch gets out of it */

static gboolean
is_read_by_image (kh_page_kind kind)
{
    return kind == KH_PAGE_SCAN || kind == KH_PAGE_WORTHLESS || kind == KH_PAGE_LOST_LETTERS;
}

/* Are all its pages of the kind, as far as is known? */
static gboolean
is_all (const kh_surveyed *one, kh_page_kind kind)
{
    return one->kinds[kind] == one->looked_at;
}

/* Documents of the kind, else those that have pages of it: one of the first, of the middle, of the last. */
static GPtrArray *
trial_documents (const kh_survey *survey, kh_page_kind kind)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new (), part = g_ptr_array_new ();
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        if (one->copy_of == NULL && one->kinds[kind] > 0)
            g_ptr_array_add (is_all (one, kind) ? all : part, (gpointer) one);
    }
    if (all->len == 0)
        g_ptr_array_extend (all, part, NULL, NULL);
    GPtrArray *some = g_ptr_array_new ();
    for (guint i = 0; i < MIN (TRIALS, all->len); i++)
        g_ptr_array_add (some, all->pdata[(2 * i + 1) * all->len / (2 * MIN (TRIALS, all->len))]);
    return some;
}

/* Reads pages of the document; their number, 0 when it failed. */
static guint
read_some (kh_reader *reader, const kh_surveyed *one, kh_page_kind kind, GError **error)
{
    gboolean alone = is_read_by_image (kind) || !is_all (one, kind);
    guint n = alone ? 1 : MIN (one->pages, TEXT_PAGES);
    g_autofree char *pages = alone ? g_strdup_printf ("%u", one->sample[kind]) : g_strdup_printf ("1-%u", n);
    kh_read_options options = { .pages = pages };
    g_autoptr (kh_document) document = kh_reader_read_file (reader, one->file->path, &options, error);
    return document == NULL ? 0 : n;
}

static int
by_size (gconstpointer a, gconstpointer b)
{
    double one = *(const double *) a, other = *(const double *) b;
    return (one > other) - (one < other);
}

/* Measures a page of the kind. FALSE when interrupted. */
static gboolean
measure (kh_page_cost *cost, kh_reader *reader, const kh_survey *survey, kh_page_kind kind, GError **error)
{
    g_autoptr (GPtrArray) documents = trial_documents (survey, kind);
    double seconds[TRIALS], spent = 0;
    guint n = 0;
    for (guint i = 0; i < documents->len && spent < TRIAL_SECONDS; i++) {
        g_autoptr (GError) failure = NULL;
        gint64 start = g_get_monotonic_time ();
        guint pages = read_some (reader, documents->pdata[i], kind, &failure);
        double took = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
        if (g_error_matches (failure, KH_ERROR, KH_ERROR_INTERRUPTED)) {
            g_propagate_error (error, g_steal_pointer (&failure));
            return FALSE;
        }
        spent += took;
        if (pages > 0)
            seconds[n++] = took / pages;
        cost->trials += pages;
    }
    if (n == 0)
        return TRUE;
    qsort (seconds, n, sizeof seconds[0], by_size);
    cost->seconds = seconds[(n - 1) / 2];
    return TRUE;
}

gboolean
kh_survey_estimate (kh_survey *survey, const kh_survey_options *options, GError **error)
{
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        for (guint kind = 0; one->copy_of == NULL && one->looked_at > 0 && kind < KH_N_PAGE_KINDS; kind++)
            survey->costs[kind].pages += (double) one->pages * one->kinds[kind] / one->looked_at;
    }
    g_autoptr (kh_reader) reader = kh_reader_new (1, options->interrupted);
    double all = 0;
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++) {
        kh_page_cost *cost = &survey->costs[kind];
        if (cost->pages > 0 && kind != KH_PAGE_UNREADABLE && !measure (cost, reader, survey, (kh_page_kind) kind, error))
            return FALSE;
        all += cost->pages * cost->seconds;
    }
    survey->seconds = all / (1 + SHARED * (survey->processors - 1));
    survey->estimated = TRUE;
    return TRUE;
}
