#include "batch/survey.h"

#include "base/intl.h"
#include "base/limits.h"
#include "batch/digests.h"

#include <string.h>

static const char *const CLASS_NAMES[KH_N_SURVEY_CLASSES] = {
    [KH_PAGE_SOUND] = "sound",           [KH_PAGE_LEGACY] = "legacy",         [KH_PAGE_LOST_LETTERS] = "lost-letters",
    [KH_PAGE_WORTHLESS] = "worthless",   [KH_PAGE_SCAN] = "scan",             [KH_PAGE_TEXT] = "text",
    [KH_PAGE_BLANK] = "blank",           [KH_PAGE_UNREADABLE] = "unreadable", [KH_SURVEY_MIXED] = "mixed",
    [KH_SURVEY_ENCRYPTED] = "encrypted", [KH_SURVEY_BROKEN] = "broken",       [KH_SURVEY_UNKNOWN] = "unknown",
    [KH_SURVEY_EMPTY] = "empty",         [KH_SURVEY_LIMIT] = "limit",         [KH_SURVEY_CLOSED] = "closed",
    [KH_SURVEY_OTHER] = "other",
};

const char *
kh_survey_class_name (kh_survey_class class)
{
    return CLASS_NAMES[class];
}

/* A page with few words, or none that the damage has met, looks otherwise than the rest of its document: which kinds are taken for the
 * document's own beside these. */
static const guint ALSO[KH_N_PAGE_KINDS] = {
    [KH_PAGE_LOST_LETTERS] = 1u << KH_PAGE_SOUND | 1u << KH_PAGE_LEGACY | 1u << KH_PAGE_WORTHLESS,
    [KH_PAGE_LEGACY] = 1u << KH_PAGE_SOUND,
    [KH_PAGE_WORTHLESS] = 1u << KH_PAGE_SCAN,
};

kh_survey_class
kh_survey_class_of (const guint kinds[KH_N_PAGE_KINDS])
{
    guint found = 0;
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++)
        found |= kinds[kind] > 0 && kind != KH_PAGE_BLANK ? 1u << kind : 0;
    if (found == 0)
        return (kh_survey_class) KH_PAGE_BLANK;
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++)
        if ((found & 1u << kind) != 0 && (found & ~(1u << kind | ALSO[kind])) == 0)
            return (kh_survey_class) kind;
    return KH_SURVEY_MIXED;
}

/* ------------------------------------------------------------------ what is known without opening a file */

static kh_survey_class
class_of_cause (const kh_batch_file *file)
{
    if (file->is_other)
        return KH_SURVEY_OTHER;
    if (file->bytes > KH_LIMIT_INPUT_BYTES)
        return KH_SURVEY_LIMIT;
    gboolean is_met = file->modified != 0; /* its size is known */
    return is_met && file->bytes == 0 ? KH_SURVEY_EMPTY : KH_SURVEY_CLOSED;
}

/* The files as they were found; of those with the same content all but the first are copies. */
static void
take_files (kh_survey *survey, GPtrArray *files)
{
    g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = 0; i < files->len; i++) {
        kh_surveyed *one = g_new0 (kh_surveyed, 1);
        one->file = files->pdata[i];
        one->media_type = "";
        one->cause = one->file->cause;
        if (one->cause != NULL)
            one->class = class_of_cause (one->file);
        else if ((one->copy_of = g_hash_table_lookup (first, one->file->sha256)) == NULL)
            g_hash_table_insert (first, one->file->sha256, one);
        g_ptr_array_add (survey->files, one);
    }
}

/* ------------------------------------------------------------------ what a look tells */

typedef struct looking {
    kh_survey *survey;
    const kh_survey_options *options;
    guint next, done;
} looking;

static void
count_done (looking *work)
{
    work->done++;
    if (work->options->tick != NULL)
        work->options->tick (work->done, work->survey->files->len, work->options->user_data);
}

/* The file system gave it a moment ago, and does not now. */
static void
close_file (kh_survey *survey, kh_surveyed *one, const char *why)
{
    one->class = KH_SURVEY_CLOSED;
    one->cause = g_string_chunk_insert (survey->strings, why);
}

static GBytes *
next_document (const char **name, gpointer *document, gpointer user_data)
{
    looking *work = user_data;
    while (work->next < work->survey->files->len) {
        kh_surveyed *one = work->survey->files->pdata[work->next++];
        char *content;
        gsize length;
        g_autoptr (GError) error = NULL;
        if (one->cause == NULL && one->copy_of == NULL) {
            if (g_file_get_contents (one->file->path, &content, &length, &error)) {
                *name = one->file->shown;
                *document = one;
                return g_bytes_new_take (content, length);
            }
            close_file (work->survey, one, error->message);
        }
        count_done (work);
    }
    return NULL;
}

/* The message without "cannot open 'FILE': ": the file is told beside it, and may be a copy. */
static const char *
cause_alone (const char *message, const char *name)
{
    g_autofree char *opening = g_strdup_printf ("cannot open '%s': ", name);
    return g_str_has_prefix (message, opening) ? message + strlen (opening) : message;
}

static void
take_glance (gpointer document, const kh_glance *glance, gpointer user_data)
{
    static const kh_survey_class CLASSES[KH_N_GLANCE_STATES] = {
        [KH_GLANCE_ENCRYPTED] = KH_SURVEY_ENCRYPTED,
        [KH_GLANCE_BROKEN] = KH_SURVEY_BROKEN,
        [KH_GLANCE_UNKNOWN] = KH_SURVEY_UNKNOWN,
        [KH_GLANCE_LIMIT] = KH_SURVEY_LIMIT,
    };
    looking *work = user_data;
    kh_surveyed *one = document;
    count_done (work);
    if (glance->state != KH_GLANCE_OPENED) {
        one->class = CLASSES[glance->state];
        one->cause = g_string_chunk_insert (work->survey->strings, cause_alone (glance->cause, one->file->shown));
        return;
    }
    one->media_type = g_string_chunk_insert_const (work->survey->strings, glance->media_type);
    one->encoding = strcmp (glance->encoding, "Unicode") != 0 ? glance->encoding : NULL;
    one->pages = glance->pages;
    one->looked_at = glance->looked_at;
    for (guint i = 0; i < glance->looked_at; i++) {
        kh_page_kind kind = glance->page[i].kind;
        one->kinds[kind]++;
        one->sample[kind] = glance->page[i].number;
        one->turned += glance->page[i].turn != 0;
    }
    one->class = kh_survey_class_of (one->kinds);
}

/* A copy is what its original is. */
static void
fill_copies (kh_survey *survey)
{
    for (guint i = 0; i < survey->files->len; i++) {
        kh_surveyed *one = survey->files->pdata[i];
        if (one->copy_of == NULL)
            continue;
        kh_surveyed *original = one->copy_of;
        const kh_batch_file *file = one->file;
        *one = *original;
        one->file = file;
        one->copy_of = original;
    }
}

kh_survey *
kh_survey_make (GPtrArray *files, const kh_survey_options *options, GError **error)
{
    static const kh_glance_calls calls = { next_document, take_glance };
    guint jobs = options->jobs > 0 ? options->jobs : g_get_num_processors ();
    if (!kh_digests_compute (files, jobs, options->interrupted, NULL, NULL)) {
        g_set_error_literal (error, KH_ERROR, KH_ERROR_INTERRUPTED, _("interrupted"));
        return NULL;
    }
    g_autoptr (kh_survey) survey = g_new0 (kh_survey, 1);
    survey->files = g_ptr_array_new_with_free_func (g_free);
    survey->strings = g_string_chunk_new (4096);
    survey->processors = jobs;
    take_files (survey, files);
    g_autoptr (kh_reader) reader = kh_reader_new (jobs, options->interrupted);
    looking work = { survey, options, 0, 0 };
    if (!kh_reader_glance (reader, &calls, &work, error))
        return NULL;
    fill_copies (survey);
    if (!options->no_estimate && !kh_survey_estimate (survey, options, error))
        return NULL;
    return g_steal_pointer (&survey);
}

void
kh_survey_free (kh_survey *survey)
{
    if (survey == NULL)
        return;
    g_ptr_array_unref (survey->files);
    g_string_chunk_free (survey->strings);
    g_free (survey);
}
