/* survey.c - what is in an archive, before a long run. */
#include "command.h"

#include "batch/files.h"
#include "batch/survey.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *output, *format_name;
static int jobs;
static gboolean no_estimate;
static char **sources;

static const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_("Write to PATH"), N_("PATH") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name, N_("Form of the output: text (default), csv (a line a file), json"), N_("FORMAT") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, N_("Worker processes (default: the processors)"), N_("N") },
    { "no-estimate", 0, 0, G_OPTION_ARG_NONE, &no_estimate, N_("Read nothing to measure how long a whole run will take"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &sources, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = { "format", "text|csv|json", NULL };

typedef void (*printer) (GString *out, const kh_survey *survey);

static printer
choose_printer (void)
{
    static const struct {
        const char *name;
        printer print;
    } FORMATS[] = { { "text", kh_survey_print_table }, { "csv", kh_survey_print_csv }, { "json", kh_survey_print_json } };
    for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++)
        if (format_name == NULL || strcmp (format_name, FORMATS[i].name) == 0)
            return FORMATS[i].print;
    kh_complain (_("--%s: '%s' is not one of %s"), "format", format_name, "text, csv, json");
    return NULL;
}

/* ------------------------------------------------------------------ progress, on a terminal only */

#define PROGRESS_MICROSECONDS 200000

static gint64 progress_next;
static gboolean progress_shown;

static void
show_progress (guint done, guint all, gpointer unused)
{
    (void) unused;
    gint64 now = g_get_monotonic_time ();
    if (kh_quiet || now < progress_next || !isatty (STDERR_FILENO))
        return;
    progress_next = now + PROGRESS_MICROSECONDS;
    progress_shown = TRUE;
    fputc ('\r', stderr);
    fprintf (stderr, _("%u of %u files"), done, all);
    fflush (stderr);
}

static void
end_progress (void)
{
    if (progress_shown)
        fputs ("\r\033[K", stderr);
}

static int
run (int argc, char **argv)
{
    (void) argc;
    (void) argv;
    if (sources == NULL) {
        kh_complain (_("no input: name a FOLDER, a FILE, or a list of paths"));
        return KH_ERROR_USAGE;
    }
    printer print = choose_printer ();
    if (print == NULL)
        return KH_ERROR_USAGE;
    if (jobs < 0) {
        kh_complain (_("--jobs wants a number above 0"));
        return KH_ERROR_USAGE;
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) files = kh_files_find ((const char *const *) sources, NULL, &kh_interrupted, &error);
    kh_survey_options how = { .jobs = (guint) jobs, .no_estimate = no_estimate, .interrupted = &kh_interrupted, .tick = show_progress };
    g_autoptr (kh_survey) survey = files == NULL ? NULL : kh_survey_make (files, &how, &error);
    end_progress ();
    if (survey == NULL) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    g_autoptr (GString) content = g_string_new (NULL);
    print (content, survey);
    if (!kh_write_output (output, content, &error)) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    return 0;
}

const kh_command kh_command_survey = {
    "survey",
    N_("FOLDER|FILE|LIST..."),
    N_("What is in an archive, before a long run"),
    N_("Walks folders (and lists of paths: - reads standard input) and tells of each file what it is: a scan, a text layer that is sound, has lost "
       "letters, is in an encoding older than Unicode or of no use, a text file; encrypted, broken, empty or of no known format; a copy of another "
       "one, by content. Nothing is read but the first, the middle and the last page of each document, and these without the engine; then a few "
       "documents of each kind are read to measure how long a whole run will take.\n\n"
       "Exit status: 0 complete, whatever was found; 2 usage; 3 a FOLDER or LIST cannot be opened; 4 limit; 5 model or language missing; 6 output "
       "not written; 130 interrupted."),
    options,
    choices,
    run,
};
