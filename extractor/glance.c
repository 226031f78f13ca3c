/* glance.c - many documents are looked at; what each is, is told by workers (page_reader.c). kehoach.h says what is asked and answered.
 *
 *   next() ──> job ──> job ──> ... ──(workers)──> done()      twice as many jobs as workers are open: each that ends is followed by another
 */
#include "kehoach.h"

#include "page_reader.h"
#include "reader.h"

#include "base/error.h"
#include "base/limits.h"
#include "viet/encoding.h"

#include <locale.h>

typedef struct glances {
    kh_reader *reader;
    const kh_glance_calls *calls;
    gpointer user_data;
    GPtrArray *jobs; /* kh_job *; grows while they run */
} glances;

/* The next document becomes a job; FALSE: there is none. */
static gboolean
add_job (glances *all)
{
    const char *name = "";
    gpointer document = NULL;
    GBytes *bytes = all->calls->next (&name, &document, all->user_data);
    if (bytes == NULL)
        return FALSE;
    kh_job *job = g_new0 (kh_job, 1);
    g_autofree char *valid = g_utf8_make_valid (name, -1);
    GVariant *request = g_variant_new (KH_REQUEST_TYPE, valid, KH_REQUEST_GLANCE, 0, KH_OCR_AUTO, FALSE);
    *job = (kh_job){ .file = bytes,
                     .request = g_variant_ref_sink (request),
                     .seconds = KH_LIMIT_GLANCE_SECONDS,
                     .user_data = document,
                     .reply_type = KH_GLANCE_TYPE };
    g_ptr_array_add (all->jobs, job);
    return TRUE;
}

/* What a worker says is believed only where it can be true. */
static gboolean
parse_reply (GVariant *reply, kh_glance *glance)
{
    guint32 state, encoding, number, kind, turn;
    g_autoptr (GVariantIter) pages = NULL;
    g_variant_get (reply, "(u&s&suua(uuu))", &state, &glance->cause, &glance->media_type, &encoding, &glance->pages, &pages);
    if (state >= KH_N_GLANCE_STATES || encoding >= KH_N_ENCODINGS || g_variant_iter_n_children (pages) > KH_GLANCE_PAGES)
        return FALSE;
    glance->state = (kh_glance_state) state;
    glance->encoding = kh_encoding_name ((kh_encoding) encoding);
    while (g_variant_iter_next (pages, "(uuu)", &number, &kind, &turn)) {
        if (number < 1 || number > glance->pages || kind >= KH_N_PAGE_KINDS || turn % 90 != 0 || turn >= 360)
            return FALSE;
        glance->page[glance->looked_at].number = number;
        glance->page[glance->looked_at].kind = (kh_page_kind) kind;
        glance->page[glance->looked_at++].turn = (int) turn;
    }
    if (state == KH_GLANCE_OPENED) {
        glance->cause = NULL;
        return glance->looked_at > 0 && glance->pages <= KH_MOST_PAGES;
    }
    return glance->looked_at == 0;
}

static void
job_done (kh_job *job, gpointer user_data)
{
    glances *all = user_data;
    kh_glance glance = { 0 };
    if (job->reply == NULL || !parse_reply (job->reply, &glance)) {
        gboolean is_limit = g_error_matches (job->error, KH_ERROR, KH_ERROR_LIMIT);
        glance = (kh_glance){ .state = is_limit ? KH_GLANCE_LIMIT : KH_GLANCE_BROKEN,
                              .cause = job->error != NULL ? job->error->message : "worker answered nonsense",
                              .media_type = "",
                              .encoding = kh_encoding_name (KH_ENCODING_UNICODE) };
    }
    all->calls->done (job->user_data, &glance, all->user_data);
    g_clear_pointer (&job->reply, g_variant_unref);
    g_clear_error (&job->error);
    g_clear_pointer (&job->file, g_bytes_unref);
    add_job (all);
}

static void
job_free (gpointer data)
{
    kh_job *job = data;
    g_clear_pointer (&job->reply, g_variant_unref);
    g_clear_error (&job->error);
    g_clear_pointer (&job->file, g_bytes_unref);
    g_variant_unref (job->request);
    g_free (job);
}

gboolean
kh_reader_glance (kh_reader *reader, const kh_glance_calls *calls, gpointer user_data, GError **error)
{
    if (reader->model_error != NULL) {
        g_propagate_error (error, g_error_copy (reader->model_error));
        return FALSE;
    }
    g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);
    glances all = { reader, calls, user_data, jobs };
    for (guint i = 0; i < 2 * reader->jobs && add_job (&all); i++)
        ;
    locale_t english = newlocale (LC_MESSAGES_MASK, "C", (locale_t) 0), before = uselocale (english); /* causes are for logs */
    gboolean finished = kh_workers_run (reader->workers, jobs, job_done, &all, reader->interrupted, error);
    uselocale (before);
    freelocale (english);
    return finished;
}
