/* extract.c - a plan becomes a record. */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static char *output, *format_name, *separator_name, *ocr_name, *pages, *words_path, *dump_name;
static int jobs;
static double time_limit;
static gboolean plain, no_repair, strict;
static char **files;

static const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Write to PATH: a file, or a folder when there are several inputs"), N_("PATH") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name, N_("Form of the output: json (default), ndjson, csv, xlsx, html, text, table; with --dump tables: html"), N_("FORMAT") },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &separator_name, N_("csv: what stands between fields: comma (default), semicolon, tab, or the sign itself"), N_("SIGN") },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &plain, N_("csv: for programs: no byte order mark, no apostrophe before text that begins with = + - @"), NULL },
    { "ocr", 0, 0, G_OPTION_ARG_STRING, &ocr_name, N_("Which pages to read by their image: auto (without a sound text layer), always, never"), N_("WHEN") },
    { "pages", 0, 0, G_OPTION_ARG_STRING, &pages, N_("Read only these pages, e.g. 1-3,7"), N_("LIST") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, N_("Worker processes (default: the processors)"), N_("N") },
    { "time-limit", 0, 0, G_OPTION_ARG_DOUBLE, &time_limit, N_("Seconds a page may take (default: 50)"), N_("SECONDS") },
    { "no-repair", 0, 0, G_OPTION_ARG_NONE, &no_repair, N_("Read, but do not mend the text"), NULL },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &strict, N_("Exit with 1 when a person should look at something"), NULL },
    { "words", 0, 0, G_OPTION_ARG_FILENAME, &words_path, N_("Replay recorded words in place of reading FILE"), N_("FILE.tsv") },
    { "dump", 0, 0, G_OPTION_ARG_STRING, &dump_name, N_("Show what a stage made, in place of the record: words, lines, tables, text, trust"), N_("STAGE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = {
    "format", "json|ndjson|csv|xlsx|html|text|table", "separator", "comma|semicolon|tab", "ocr", "auto|always|never", "dump", "words|lines|tables|text|trust", NULL,
};

typedef struct choice {
    const char *name;
    int value;
    const char *suffix; /* of files written into a folder */
} choice;

static const choice FORMATS[] = { { "json", KH_FORMAT_JSON, ".json" }, { "ndjson", KH_FORMAT_NDJSON, ".ndjson" },
                                  { "csv", KH_FORMAT_CSV, ".csv" },    { "xlsx", KH_FORMAT_XLSX, ".xlsx" },
                                  { "html", KH_FORMAT_HTML, ".html" }, { "text", KH_FORMAT_TEXT, ".txt" },
                                  { "table", KH_FORMAT_TABLE, ".txt" } };
static const choice SEPARATORS[] = { { "comma", ',', NULL }, { "semicolon", ';', NULL }, { "tab", '\t', NULL } };
static const choice OCR_MODES[] = { { "auto", KH_OCR_AUTO, NULL }, { "always", KH_OCR_ALWAYS, NULL }, { "never", KH_OCR_NEVER, NULL } };
static const choice STAGES[] = { { "words", KH_STAGE_WORDS, ".words.tsv" }, { "lines", KH_STAGE_LINES, ".lines.txt" },
                                 { "tables", KH_STAGE_TABLES, ".tables.txt" }, { "text", KH_STAGE_TEXT, ".blocks.txt" },
                                 { "trust", KH_STAGE_TRUST, ".trust.tsv" } };

static const choice TABLES_HTML = { "tables", KH_STAGE_TABLES_HTML, ".tables.html" };

/* The choice called `name`, the first when it is NULL; NULL after a complaint. */
static const choice *
choose (const char *option, const char *name, const choice *all, guint n)
{
    for (guint i = 0; i < n; i++)
        if (name == NULL || strcmp (name, all[i].name) == 0)
            return &all[i];
    g_autoptr (GString) known = g_string_new (all[0].name);
    for (guint i = 1; i < n; i++)
        g_string_append_printf (known, ", %s", all[i].name);
    kh_complain (_("--%s: '%s' is not one of %s"), option, name, known->str);
    return NULL;
}

typedef struct extraction {
    const choice *format, *stage;
    kh_read_options read;
    kh_format_options form;
    gboolean into_folder;
} extraction;

/* What is to be written, after --format and --dump; FALSE after a complaint. A dump is text, or of tables HTML, too. */
static gboolean
choose_output (extraction *job)
{
    if (g_strcmp0 (format_name, "html") == 0 && g_strcmp0 (dump_name, "tables") == 0) {
        job->stage = &TABLES_HTML;
        return TRUE;
    }
    job->format = choose ("format", format_name, FORMATS, G_N_ELEMENTS (FORMATS));
    if (job->format == NULL || dump_name == NULL)
        return job->format != NULL;
    job->stage = choose ("dump", dump_name, STAGES, G_N_ELEMENTS (STAGES));
    if (job->stage != NULL && format_name != NULL && job->format->value != KH_FORMAT_TEXT) {
        kh_complain (_("--format %s does not go with --dump"), format_name);
        return FALSE;
    }
    return job->stage != NULL;
}

/* --separator by its name or as the sign itself, --plain; FALSE after a complaint. */
static gboolean
choose_csv (extraction *job)
{
    if ((separator_name != NULL || plain) && (job->format == NULL || job->format->value != KH_FORMAT_CSV)) {
        kh_complain (_("--%s goes with --format csv"), separator_name != NULL ? "separator" : "plain");
        return FALSE;
    }
    job->form.plain = plain;
    if (separator_name != NULL && strlen (separator_name) == 1 && strchr (",;\t|", *separator_name) != NULL) {
        job->form.separator = *separator_name;
        return TRUE;
    }
    const choice *separator = choose ("separator", separator_name, SEPARATORS, G_N_ELEMENTS (SEPARATORS));
    if (separator != NULL)
        job->form.separator = (char) separator->value;
    return separator != NULL;
}

/* A workbook or a page is a file: it does not follow another on standard output, and a workbook is nothing for a terminal. */
static gboolean
fits_output (const extraction *job, guint n)
{
    gboolean is_one_file = job->stage == NULL && (job->format->value == KH_FORMAT_XLSX || job->format->value == KH_FORMAT_HTML);
    gboolean is_stdout = output == NULL || strcmp (output, "-") == 0;
    if (is_one_file && n > 1 && is_stdout) {
        kh_complain (_("--format %s with several inputs wants --output FOLDER"), job->format->name);
        return FALSE;
    }
    if (is_one_file && job->format->value == KH_FORMAT_XLSX && output == NULL && isatty (STDOUT_FILENO)) {
        kh_complain (_("a workbook is not for a terminal: name a file with --output, or - to write it all the same"));
        return FALSE;
    }
    return TRUE;
}

static guint
terminal_columns (void)
{
    struct winsize size;
    return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* What is drawn needs pictures of its pages. */
static kh_pictures
pictures_for (const extraction *job)
{
    if (job->stage != NULL)
        return job->stage == &TABLES_HTML ? KH_PICTURES_TABLES : KH_PICTURES_NONE;
    return job->format->value == KH_FORMAT_HTML ? KH_PICTURES_ALL : KH_PICTURES_NONE;
}

/* Where the output of one input goes: --output, or a file in that folder named after the input. */
static char *
output_path (const extraction *job, const char *input)
{
    if (output == NULL || !job->into_folder)
        return g_strdup (output);
    g_autofree char *base = g_path_get_basename (strcmp (input, "-") == 0 ? "stdin" : input);
    g_autofree char *file = g_strconcat (base, job->stage != NULL ? job->stage->suffix : job->format->suffix, NULL);
    return g_build_filename (output, file, NULL);
}

/* Reads one input and writes what was asked for; the exit status it alone would give. */
static int
extract_file (kh_reader *reader, const extraction *job, const char *input)
{
    g_autoptr (GError) error = NULL;
    kh_progress_begin (input);
    g_autoptr (kh_document) document = kh_reader_read_file (reader, input, &job->read, &error);
    kh_progress_end ();
    if (document == NULL) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    for (guint i = 0; i < kh_document_warning_count (document); i++) {
        int page;
        const char *warning = kh_document_warning (document, i, &page);
        kh_note (_("'%s', page %d: %s"), input, page, warning);
    }
    g_autoptr (GString) content = job->stage != NULL
                                      ? kh_document_dump (document, (kh_stage) job->stage->value)
                                      : kh_document_export (document, (kh_format) job->format->value, &job->form, &error);
    g_autofree char *path = output_path (job, input);
    if (kh_interrupted)
        return KH_ERROR_INTERRUPTED;
    if (content == NULL || !kh_write_output (path, content, &error)) {
        kh_complain ("%s", error->message);
        return KH_ERROR_OUTPUT;
    }
    guint doubts = kh_document_review_count (document) + kh_document_warning_count (document);
    if (kh_verbose)
        kh_note (_("'%s': %u things to look at"), input, doubts);
    return strict && doubts > 0 ? KH_ERROR_ATTENTION : 0;
}

static int
run (int argc, char **argv)
{
    (void) argc;
    (void) argv;
    guint n = files == NULL ? 0 : g_strv_length (files);
    if (n == 0) {
        kh_complain (_("no input: name a FILE, or - for standard input"));
        return KH_ERROR_USAGE;
    }
    extraction job = { .form.columns = terminal_columns () };
    const choice *mode = choose ("ocr", ocr_name, OCR_MODES, G_N_ELEMENTS (OCR_MODES));
    if (mode == NULL || !choose_output (&job) || !choose_csv (&job) || !fits_output (&job, n))
        return KH_ERROR_USAGE;
    if (jobs < 0 || time_limit < 0 || (words_path != NULL && n > 1)) {
        kh_complain (jobs < 0         ? _("--jobs wants a number above 0")
                     : time_limit < 0 ? _("--time-limit wants a number above 0")
                                      : _("--words goes with one FILE"));
        return KH_ERROR_USAGE;
    }
    job.into_folder = output != NULL && (n > 1 || g_file_test (output, G_FILE_TEST_IS_DIR));
    if (job.into_folder && !g_file_test (output, G_FILE_TEST_IS_DIR)) {
        kh_complain (_("cannot write to '%s': not a folder (there are several inputs)"), output);
        return KH_ERROR_OUTPUT;
    }
    g_autofree char *words = NULL;
    g_autoptr (GError) error = NULL;
    if (words_path != NULL && !g_file_get_contents (words_path, &words, NULL, &error)) {
        kh_complain (_("cannot open '%s': %s"), words_path, error->message);
        return KH_ERROR_INPUT;
    }
    job.read = (kh_read_options){ .ocr = (kh_ocr_mode) mode->value, .pages = pages, .page_seconds = time_limit,
                                  .no_repair = no_repair, .pictures = pictures_for (&job), .words = words, .progress = kh_progress };
    g_autoptr (kh_reader) reader = kh_reader_new ((guint) jobs, &kh_interrupted);
    int status = 0;
    for (guint i = 0; i < n; i++) {
        int one = kh_interrupted ? KH_ERROR_INTERRUPTED : extract_file (reader, &job, files[i]);
        if (one == KH_ERROR_INTERRUPTED || one == KH_ERROR_OUTPUT)
            return one;
        if (one != 0)
            status = n > 1 ? KH_ERROR_ATTENTION : one;
    }
    return status;
}

const kh_command kh_command_extract = {
    "extract",
    N_("FILE..."),
    N_("A plan becomes a record"),
    N_("FILE is a PDF, PNG, JPEG, TIFF (many pages) or text; - reads standard input. The record is JSON as described in "
       "plan.schema.json; csv is the task table, ready for a spreadsheet; xlsx is a workbook with tasks, targets, facts and what to look "
       "at; html is one page that needs nothing else, where each value shows the piece of paper it was read off; text is the text in reading "
       "order, one paragraph or table row a line; table is a summary for the terminal. --dump tables --format html draws the tables that were found over their pages: rulings, cells, spans, "
       "order of reading; one HTML page that needs nothing else.\n\n"
       "Exit status: 0 complete; 1 written, but a person should look (--strict), or some inputs of several failed; 2 usage; "
       "3 input unreadable; 4 limit; 5 model or language missing; 6 output not written; 130 interrupted."),
    options,
    choices,
    run,
};
