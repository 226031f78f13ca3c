/* pipeline.c - the order of the stages; with page_reader.c the only file that names them all.
 *
 *   file ──(worker)── source ── text layer sound? ──yes──┐
 *                        └─no── scan ── ocr ─────────────┤ page{words, rules}
 *   ┌────────────────────────────────────────────────────┘
 *   └─(parent)── viet normal form ── layout ── plan ── record ── emit
 *
 * Whatever touches input bytes or pixels runs in a worker (page_reader.c); the parent sees
 * checked words and boxes only.
 */
#include "kehoach.h"

#include "page_reader.h"
#include "reader.h"

#include "base/data.h"
#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "emit/emit.h"
#include "emit/tree.h"
#include "layout/layout.h"
#include "plan/deadlines.h"
#include "plan/plan.h"
#include "source/words.h"
#include "viet/damage.h"
#include "viet/encoding.h"
#include "viet/layer.h"
#include "viet/repair.h"
#include "viet/trust.h"
#include "viet/viet.h"
#include "workers/page_wire.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#define LANGUAGE_MODEL "vi.lm"
#define SPELLING_MODEL "vi.spelling"

/* Folders a worker may read: fonts, models, and what the C library needs to convert text. */
static const char *const READABLE[] = {
    "/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/var/cache/fontconfig", "/usr/share/fontconfig",
    "/usr/share/poppler", "/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata",
    "/usr/lib", "/lib", "/etc/ld.so.cache", "/usr/share/locale", "/usr/share/zoneinfo", "/etc/localtime", NULL,
};

struct kh_document {
    kh_pool *pool;
    kh_record *record;
    kh_flow *flow;
};

/* ------------------------------------------------------------------ the reader */

kh_reader *
kh_reader_new (guint jobs, const volatile int *interrupted)
{
    kh_reader *reader = g_new0 (kh_reader, 1);
    guint n = jobs > 0 ? MIN (jobs, KH_LIMIT_JOBS) : MIN (g_get_num_processors (), KH_LIMIT_JOBS);
    const char *readable[G_N_ELEMENTS (READABLE) + 1] = { NULL }; /* READABLE and $TESSDATA_PREFIX */
    memcpy (readable, READABLE, sizeof READABLE);
    readable[G_N_ELEMENTS (READABLE) - 1] = g_getenv ("TESSDATA_PREFIX");
    g_autofree char *lm = kh_data_path (LANGUAGE_MODEL), *spelling = kh_data_path (SPELLING_MODEL);
    reader->models.lm = kh_lm_open (lm, &reader->model_error);
    if (reader->models.lm != NULL)
        reader->models.spelling = kh_spelling_open (spelling, &reader->model_error);
    reader->jobs = n;
    reader->workers = kh_workers_new (n, &kh_page_reader_calls, &reader->models, (kh_worker_limits){ KH_LIMIT_WORKER_BYTES, readable });
    reader->interrupted = interrupted;
    return reader;
}

void
kh_reader_free (kh_reader *reader)
{
    if (reader == NULL)
        return;
    kh_workers_free (reader->workers);
    kh_repairer_free (reader->repairer);
    kh_lm_free (reader->models.lm);
    kh_spelling_free (reader->models.spelling);
    g_clear_error (&reader->model_error);
    g_free (reader);
}

/* Which pages to read: "1-3,7" of a document of `count` pages, ascending, each once. NULL with KH_ERROR_USAGE. */
static GArray *
parse_pages (const char *pages, guint count, const char *name, GError **error)
{
    g_autofree gboolean *wanted = g_new0 (gboolean, (gsize) count + 1);
    g_auto (GStrv) parts = g_strsplit (pages == NULL ? "" : pages, ",", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        guint64 first = 0, last;
        g_auto (GStrv) ends = g_strsplit (parts[i], "-", 2);
        gboolean good = ends[0] != NULL && g_ascii_string_to_unsigned (ends[0], 10, 1, G_MAXUINT32, &first, NULL);
        last = first;
        if (good && ends[1] != NULL)
            good = g_ascii_string_to_unsigned (ends[1], 10, first, G_MAXUINT32, &last, NULL);
        if (!good) {
            g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("'%s' is not a list of pages like 1-3,7"), pages);
            return NULL;
        }
        if (first > count) {
            g_set_error (error, KH_ERROR, KH_ERROR_USAGE, _("'%s' has %u pages, there is no page %u"), name, count,
                         (guint) first);
            return NULL;
        }
        for (guint64 p = first; p <= MIN (last, count); p++)
            wanted[p] = TRUE;
    }
    GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
    for (guint p = 1; p <= count; p++)
        if (pages == NULL || wanted[p])
            g_array_append_val (list, p);
    if (list->len > KH_LIMIT_PAGES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _("'%s' has %u pages to read, more than the limit of %u (choose with --pages)"),
                     name, list->len, KH_LIMIT_PAGES);
        g_clear_pointer (&list, g_array_unref);
    }
    return list;
}

/* Asks a worker what the file is. */
static gboolean
open_document (kh_reader *reader, GBytes *bytes, const char *name, kh_record *record, kh_pool *pool, GError **error)
{
    g_autoptr (GVariant) request = g_variant_ref_sink (g_variant_new (KH_REQUEST_TYPE, name, KH_REQUEST_OPEN, 0, KH_OCR_AUTO, TRUE));
    kh_job job = { .file = bytes, .request = request, .seconds = KH_LIMIT_OPEN_SECONDS, .reply_type = KH_OPENED_TYPE };
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    g_ptr_array_add (jobs, &job);
    if (!kh_workers_run (reader->workers, jobs, NULL, NULL, reader->interrupted, error)) {
        g_clear_error (&job.error);
        return FALSE;
    }
    if (job.reply == NULL) {
        if (job.error->domain == KH_ERROR && strstr (job.error->message, name) != NULL)
            g_propagate_error (error, job.error);
        else {
            g_set_error (error, KH_ERROR, job.error->code, _("cannot open '%s': %s"), name, job.error->message);
            g_error_free (job.error);
        }
        return FALSE;
    }
    const char *media_type;
    guint32 count, encoding;
    g_variant_get (job.reply, "(&suu)", &media_type, &count, &encoding);
    if (count == 0 || count > KH_MOST_PAGES || encoding >= KH_N_ENCODINGS) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': %s"), name, _("worker answered nonsense"));
        g_variant_unref (job.reply);
        return FALSE;
    }
    record->media_type = kh_pool_strdup (pool, media_type);
    record->page_count = (int) count;
    g_variant_unref (job.reply);
    if (encoding != KH_ENCODING_UNICODE) {
        kh_repair *repair = kh_pool_new0 (pool, kh_repair, 1);
        *repair = (kh_repair){ 1, "encoding", kh_encoding_name (encoding), "Unicode", 1, 1 };
        g_ptr_array_add (record->repairs, repair);
    }
    return TRUE;
}

/* kh_workers_run() with messages in English: they go into the record, which does not depend on the locale. */
static gboolean
run_unlocalised (kh_reader *reader, GPtrArray *jobs, void (*done) (kh_job *, gpointer), gpointer user_data, GError **error)
{
    locale_t english = newlocale (LC_MESSAGES_MASK, "C", (locale_t) 0), before = uselocale (english);
    gboolean finished = kh_workers_run (reader->workers, jobs, done, user_data, reader->interrupted, error);
    uselocale (before);
    freelocale (english);
    return finished;
}

typedef struct page_progress {
    const kh_read_options *options;
    guint done, total;
} page_progress;

static void
page_done (kh_job *job, gpointer user_data)
{
    (void) job;
    page_progress *progress = user_data;
    progress->done++;
    if (progress->options->progress != NULL)
        progress->options->progress (progress->done, progress->total, progress->options->user_data);
}

/* What became of a page's job: the page, or a warning that says why there is none. */
static void
take_page (kh_job *job, guint number, kh_record *record, kh_pool *pool)
{
    kh_page *page = job->reply == NULL ? NULL : kh_page_from_variant (job->reply, pool);
    if (page != NULL && page->number == (int) number) { /* another number would be a lie of the worker's */
        g_ptr_array_add (record->pages, page);
        if (page->warning_code != NULL)
            kh_record_warn (pool, record, page->number, page->warning_code, page->warning);
        return;
    }
    gboolean is_limit = g_error_matches (job->error, KH_ERROR, KH_ERROR_LIMIT);
    const char *code = is_limit ? "page_limit" : "page_unreadable";
    kh_record_warn (pool, record, (int) number, code, job->error == NULL ? "nonsense from the worker" : job->error->message);
}

/* Reads the wanted pages with the workers. Fails when interrupted or when no page at all could be read. */
static gboolean
read_pages (kh_reader *reader, GBytes *bytes, const char *name, const kh_read_options *options, kh_record *record,
            kh_pool *pool, GError **error)
{
    g_autoptr (GArray) numbers = parse_pages (options->pages, record->page_count, name, error);
    if (numbers == NULL)
        return FALSE;
    page_progress progress = { options, 0, numbers->len };
    double seconds = options->page_seconds > 0 ? options->page_seconds : KH_LIMIT_PAGE_SECONDS;
    g_autofree kh_job *all = g_new0 (kh_job, numbers->len + 1);
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    for (guint i = 0; i < numbers->len; i++) {
        GVariant *request = g_variant_new (KH_REQUEST_TYPE, name, KH_REQUEST_PAGE, g_array_index (numbers, guint, i), options->ocr,
                                           !options->no_repair);
        all[i] = (kh_job){ .file = bytes,
                           .request = g_variant_ref_sink (request),
                           .seconds = seconds,
                           .reply_type = KH_PAGE_WIRE_TYPE };
        g_ptr_array_add (jobs, &all[i]);
    }
    gboolean finished = run_unlocalised (reader, jobs, page_done, &progress, error);
    kh_error_code first_failure = KH_ERROR_INPUT;
    for (guint i = 0; i < numbers->len; i++) {
        take_page (&all[i], g_array_index (numbers, guint, i), record, pool);
        if (i == 0 && all[i].error != NULL)
            first_failure = all[i].error->code;
        g_clear_pointer (&all[i].reply, g_variant_unref);
        g_clear_error (&all[i].error);
        g_variant_unref (all[i].request);
    }
    if (!finished)
        return FALSE;
    if (record->pages->len == 0) {
        const kh_warning *why = g_ptr_array_index (record->warnings, 0);
        g_set_error (error, KH_ERROR, first_failure, _("cannot read '%s': page %d: %s"), name, why->page, why->message);
        return FALSE;
    }
    return TRUE;
}

static void
bytes_unref (void *bytes)
{
    g_bytes_unref (bytes);
}

/* Gives the pages that will be drawn their pictures; one that cannot be made is none. Fails when interrupted. */
static gboolean
add_pictures (kh_reader *reader, GBytes *bytes, const char *name, const kh_read_options *options, kh_document *document, GError **error)
{
    const GPtrArray *pages = document->record->pages;
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    g_autofree kh_job *all = g_new0 (kh_job, KH_LIMIT_PICTURES);
    for (guint i = 0; i < pages->len && jobs->len < KH_LIMIT_PICTURES; i++) {
        kh_page *page = pages->pdata[i];
        if (page->origin == KH_ORIGIN_TEXT || (options->pictures == KH_PICTURES_TABLES && !kh_emit_draws_page (document->flow, page)))
            continue;
        GVariant *request = g_variant_new (KH_REQUEST_TYPE, name, KH_REQUEST_PICTURE, page->number, options->ocr, FALSE);
        kh_job *job = &all[jobs->len];
        *job = (kh_job){ .file = bytes,
                         .request = g_variant_ref_sink (request),
                         .seconds = options->page_seconds,
                         .user_data = page,
                         .reply_type = KH_PICTURE_WIRE_TYPE };
        g_ptr_array_add (jobs, job);
    }
    gboolean finished = run_unlocalised (reader, jobs, NULL, NULL, error);
    for (guint i = 0; i < jobs->len; i++) {
        kh_page *page = all[i].user_data;
        GBytes *picture = all[i].reply == NULL ? NULL : kh_picture_from_variant (all[i].reply);
        if (picture != NULL)
            page->picture = kh_pool_own (document->pool, picture, bytes_unref);
        g_clear_pointer (&all[i].reply, g_variant_unref);
        g_clear_error (&all[i].error);
        g_variant_unref (all[i].request);
    }
    return finished;
}

GBytes *
kh_reader_picture (kh_reader *reader, GBytes *bytes, const char *name, guint page, double seconds, GError **error)
{
    g_autoptr (GVariant) request = g_variant_ref_sink (g_variant_new (KH_REQUEST_TYPE, name, KH_REQUEST_PICTURE, page, KH_OCR_NEVER, FALSE));
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    kh_job job = { .file = bytes, .request = request, .seconds = seconds, .reply_type = KH_PICTURE_WIRE_TYPE };
    g_ptr_array_add (jobs, &job);
    gboolean finished = kh_workers_run (reader->workers, jobs, NULL, NULL, reader->interrupted, error);
    GBytes *picture = job.reply == NULL ? NULL : kh_picture_from_variant (job.reply);
    g_clear_pointer (&job.reply, g_variant_unref);
    if (picture == NULL && finished) {
        if (job.error != NULL)
            g_propagate_error (error, g_steal_pointer (&job.error));
        else
            g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open '%s': %s"), name, _("worker answered nonsense"));
    }
    g_clear_error (&job.error);
    return picture;
}

/* A page too short to be judged by itself may be damaged like the others. */
static gboolean
lacks_letters (kh_reader *reader, const kh_page *page, const kh_damage *lost)
{
    g_autofree char *text = kh_page_text (page, NULL);
    return kh_repairer_lacks_letters (reader->repairer, text, strlen (text), lost);
}

/* A text file is one text, however many pages were made of it: what happened to it is told from all of it. */
static void
mend_text_file (kh_reader *reader, GPtrArray *pages, kh_pool *pool)
{
    g_autoptr (GString) all = g_string_new (NULL);
    for (guint i = 0; i < pages->len && all->len < KH_DAMAGE_SAMPLE_BYTES; i++) {
        g_autofree char *text = kh_page_text (pages->pdata[i], NULL);
        g_string_append_printf (all, "%s\n", text);
    }
    kh_damage damage = kh_repairer_diagnose (reader->repairer, all->str, all->len);
    for (guint i = 0; i < pages->len && damage.kinds != KH_DAMAGE_NONE; i++)
        kh_repair_page (reader->repairer, pages->pdata[i], &damage, pool);
}

/* Normal form for every page; then what the engine misread and what text layers lost is put right. */
static void
mend_pages (kh_reader *reader, GPtrArray *pages, kh_pool *pool)
{
    static const kh_damage misread = { .kinds = KH_DAMAGE_OCR };
    g_autoptr (GPtrArray) damaged = g_ptr_array_new ();
    for (guint i = 0; i < pages->len; i++) {
        kh_page *page = pages->pdata[i];
        kh_viet_normalise_page (page, pool);
        if (page->origin == KH_ORIGIN_OCR)
            kh_repair_page (reader->repairer, page, &misread, pool);
        else if (page->origin == KH_ORIGIN_TEXT_LAYER
                 && (page->image_words != NULL || kh_layer_judge (reader->repairer, page) == KH_LAYER_LOST_LETTERS))
            g_ptr_array_add (damaged, page);
    }
    if (pages->len > 0 && ((kh_page *) pages->pdata[0])->origin == KH_ORIGIN_TEXT)
        mend_text_file (reader, pages, pool);
    if (damaged->len == 0)
        return;
    kh_damage lost = kh_repairer_find_letters_of_pages (reader->repairer, damaged);
    for (guint i = 0; i < pages->len; i++) {
        kh_page *page = pages->pdata[i];
        if (page->origin != KH_ORIGIN_TEXT_LAYER || (!g_ptr_array_find (damaged, page, NULL) && !lacks_letters (reader, page, &lost)))
            continue;
        kh_repair_page (reader->repairer, page, &lost, pool);
        page->origin = KH_ORIGIN_TEXT_LAYER_REPAIRED;
    }
}

static void
add_repair (kh_record *record, kh_pool *pool, kh_repair repair)
{
    kh_repair *kept = kh_pool_new0 (pool, kh_repair, 1);
    *kept = repair;
    g_ptr_array_add (record->repairs, kept);
}

/* What was mended, as repairs: equal changes on one page count together, with the least confidence. */
static void
note_repairs (const kh_page *page, kh_record *record, kh_pool *pool)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    if (page->encoding != NULL)
        add_repair (record, pool, (kh_repair){ page->number, "encoding", page->encoding, "Unicode", 1, 1 });
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        if (word->text == word->read || strcmp (word->text, word->read) == 0)
            continue;
        gboolean named = word->repair != KH_REPAIR_NONE;
        const char *kind = kh_repair_kind_name (named ? (kh_repair_kind) word->repair : KH_REPAIR_COMBINING);
        double confidence = named ? word->repair_confidence : 1;
        char *key = g_strjoin ("\n", kind, word->read, word->text, NULL);
        kh_repair *repair = g_hash_table_lookup (seen, key);
        if (repair == NULL) {
            add_repair (record, pool, (kh_repair){ page->number, kind, word->read, word->text, confidence, 0 });
            repair = g_ptr_array_index (record->repairs, record->repairs->len - 1);
            g_hash_table_insert (seen, key, repair);
        } else
            g_free (key);
        repair->confidence = MIN (repair->confidence, confidence);
        repair->count++;
    }
}

static const char *
base_name (const char *name, kh_pool *pool)
{
    g_autofree char *base = g_path_get_basename (name);
    g_autofree char *valid = g_utf8_make_valid (base, -1);
    return kh_pool_strdup (pool, valid);
}

kh_document *
kh_reader_read (kh_reader *reader, GBytes *bytes, const char *name, const kh_read_options *options, GError **error)
{
    static const kh_read_options defaults = { 0 };
    if (options == NULL)
        options = &defaults;
    if (reader->model_error != NULL) {
        g_propagate_error (error, g_error_copy (reader->model_error));
        return NULL;
    }
    kh_pool *pool = kh_pool_new ();
    g_autoptr (kh_document) document = g_new0 (kh_document, 1);
    document->pool = pool;
    kh_record *record = document->record = kh_record_new (pool);
    record->file = base_name (name, pool);
    record->bytes = g_bytes_get_size (bytes);
    if (record->bytes > KH_LIMIT_INPUT_BYTES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _("cannot open '%s': larger than %u MiB"), name,
                     KH_LIMIT_INPUT_BYTES / (1024 * 1024));
        return NULL;
    }
    g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    record->sha256 = kh_pool_strdup (pool, digest);

    kh_workers_bound (reader->workers, options->jobs);
    if (options->words != NULL) {
        GPtrArray *pages = kh_words_parse (options->words, name, pool, error);
        if (pages == NULL)
            return NULL;
        g_ptr_array_extend (record->pages, pages, NULL, NULL);
        record->media_type = "text/tab-separated-values";
        record->page_count = (int) pages->len;
    } else if (!open_document (reader, bytes, name, record, pool, error)
               || !read_pages (reader, bytes, name, options, record, pool, error))
        return NULL;

    if (reader->repairer == NULL)
        reader->repairer = kh_repairer_new (reader->models.lm);
    if (!options->no_repair)
        mend_pages (reader, record->pages, pool);
    kh_trust_pages (record->pages, reader->models.lm);
    for (guint i = 0; i < record->pages->len; i++)
        note_repairs (g_ptr_array_index (record->pages, i), record, pool);
    document->flow = kh_layout (record->pages, pool);
    kh_plan_understand (document->flow, pool, record);
    if (options->pictures != KH_PICTURES_NONE && options->words == NULL && !add_pictures (reader, bytes, name, options, document, error))
        return NULL;
    return g_steal_pointer (&document);
}

/* All of a stream, up to one byte more than an input may have; NULL when reading fails (errno tells). */
static GBytes *
read_stream (FILE *in)
{
    g_autoptr (GByteArray) content = g_byte_array_new ();
    guint8 block[64 * 1024];
    gsize got;
    while (content->len <= KH_LIMIT_INPUT_BYTES && (got = fread (block, 1, sizeof block, in)) > 0)
        g_byte_array_append (content, block, (guint) got);
    return ferror (in) ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

kh_document *
kh_reader_read_file (kh_reader *reader, const char *path, const kh_read_options *options, GError **error)
{
    gboolean is_stdin = strcmp (path, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen (path, "rb");
    g_autoptr (GBytes) bytes = in == NULL ? NULL : read_stream (in);
    int cause = errno;
    if (in != NULL && !is_stdin)
        fclose (in);
    if (bytes == NULL) {
        gboolean stopped = reader->interrupted != NULL && *reader->interrupted != 0;
        g_set_error (error, KH_ERROR, stopped ? KH_ERROR_INTERRUPTED : KH_ERROR_INPUT, _("cannot open '%s': %s"), path,
                     g_strerror (cause));
        return NULL;
    }
    return kh_reader_read (reader, bytes, is_stdin ? "stdin" : path, options, error);
}

void
kh_document_free (kh_document *document)
{
    if (document == NULL)
        return;
    kh_pool_free (document->pool);
    g_free (document);
}

/* ------------------------------------------------------------------ what comes out */

GString *
kh_document_export (const kh_document *document, kh_format format, const kh_format_options *options, GError **error)
{
    g_autoptr (GString) out = g_string_new (NULL);
    kh_models names = { kh_ocr_model_name (), LANGUAGE_MODEL };
    return kh_emit (out, document->record, document->flow, names, format, options, error) ? g_steal_pointer (&out) : NULL;
}

GString *
kh_document_format (const kh_document *document, kh_format format, guint columns)
{
    return kh_document_export (document, format, &(kh_format_options){ .columns = columns }, NULL);
}

GString *
kh_document_dump (const kh_document *document, kh_stage stage)
{
    GString *out = g_string_new (NULL);
    switch (stage) {
    case KH_STAGE_WORDS:
        kh_words_write (out, document->record->pages);
        break;
    case KH_STAGE_LINES:
        kh_layout_dump_lines (out, document->record->pages);
        break;
    case KH_STAGE_TABLES:
        kh_emit_tables (out, document->flow);
        break;
    case KH_STAGE_TEXT:
        kh_emit_blocks (out, document->flow);
        break;
    case KH_STAGE_TRUST:
        kh_trust_write (out, document->record->pages);
        break;
    case KH_STAGE_TABLES_HTML:
        kh_emit_tables_html (out, document->record, document->flow);
        break;
    }
    return out;
}

guint
kh_document_review_count (const kh_document *document)
{
    return document->record->review->len;
}

guint
kh_document_warning_count (const kh_document *document)
{
    return document->record->warnings->len;
}

const char *
kh_document_warning (const kh_document *document, guint i, int *page)
{
    const kh_warning *warning = g_ptr_array_index (document->record->warnings, i);
    *page = warning->page;
    return warning->message;
}

/* ------------------------------------------------------------------ a deadline by itself */

gboolean
kh_due_parse (const char *text, const char *start, const char *end, kh_due *due)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autofree char *valid = g_utf8_make_valid (text, -1), *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
    g_auto (GStrv) words = g_strsplit_set (normal, " \t\r\n", -1);
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
    kh_header header = { .period_start = { .text = start }, .period_end = { .text = end } };
    kh_text typed = { .str = line->str };
    kh_deadline deadline = kh_deadline_of (pool, &typed, &header, NULL);
    *due = (kh_due){ 0 };
    if (deadline.kind == KH_DEADLINE_NONE)
        return FALSE;
    *due = (kh_due){ g_strdup (line->str), kh_deadline_kind_name (deadline.kind), g_strdup (deadline.start), g_strdup (deadline.end) };
    return TRUE;
}

void
kh_due_clear (kh_due *due)
{
    g_free (due->text);
    g_free (due->start);
    g_free (due->end);
    *due = (kh_due){ 0 };
}

const char *
kh_version (void)
{
    return KH_VERSION;
}
