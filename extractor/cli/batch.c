/* batch.c - an archive goes into a store. */
#include "command.h"

#include "batch/batch.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_CELLS 24
#define LINE_SECONDS 60.0 /* between two lines of progress where there is no terminal */

static char *store, *shard_text, *report_path, *ocr_name;
static int jobs;
static double time_limit;
static gboolean retry, upgrade;
static char **sources;

static const GOptionEntry options[] = {
    { "store", 's', 0, G_OPTION_ARG_STRING, &store, N_("Where records go: sqlite:FILE or postgresql://... (default: sqlite:kehoach.db)"), N_("STORE") },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, N_("Documents and pages read at a time (default: the processors)"), N_("N") },
    { "retry", 0, 0, G_OPTION_ARG_NONE, &retry, N_("Read again what failed"), NULL },
    { "upgrade", 0, 0, G_OPTION_ARG_NONE, &upgrade, N_("Read again what another version of the program has read; corrections stay"), NULL },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &shard_text, N_("Only the I-th of N parts; /N: I from Slurm or Kubernetes"), N_("I/N") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &report_path, N_("Write a line for every file to FILE.csv: what became of it, and why"), N_("FILE.csv") },
    { "ocr", 0, 0, G_OPTION_ARG_STRING, &ocr_name, N_("Which pages to read by their image: auto (without a sound text layer), always, never"), N_("WHEN") },
    { "time-limit", 0, 0, G_OPTION_ARG_DOUBLE, &time_limit, N_("Seconds a page may take (default: 50)"), N_("SECONDS") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &sources, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = { "ocr", "auto|always|never", NULL };

/* ---- progress ---- */

/* "2 h 05 min", "3 min", "40 s". The caller frees. */
static char *
duration (double seconds)
{
    guint64 s = (guint64)(seconds + 0.5);
    if (s < 100)
        return g_strdup_printf (_("%u s"), (guint)s);
    if (s < 6000)
        return g_strdup_printf (_("%u min"), (guint)((s + 30) / 60));
    return g_strdup_printf (_("%u h %02u min"), (guint)(s / 3600), (guint)(s % 3600 / 60));
}

static char *
progress_text (const kh_batch_progress *p)
{
    if (p->is_preparing)
        return g_strdup_printf (_("looking at files: %lu of %lu MB"), (gulong)(p->bytes_done / 1000000), (gulong)(p->bytes / 1000000));
    g_autofree char *left = p->seconds_left >= 0 ? duration (p->seconds_left) : NULL;
    g_autoptr (GString) text = g_string_new (NULL);
    g_string_append_printf (text, _("%u of %u documents, %.1f pages/s"), p->done + p->failed, p->documents,
                            p->seconds > 0 ? (double)p->pages / p->seconds : 0);
    if (p->is_waiting)
        g_string_append_printf (text, ", %s", _("waiting for what others are reading"));
    else if (left != NULL)
        g_string_append_printf (text, _(", %s left"), left);
    if (p->failed > 0)
        g_string_append_printf (text, _(", %u failed"), p->failed);
    return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean bar_is_shown;

static void
draw_bar (const kh_batch_progress *p)
{
    struct winsize size;
    double part = p->is_preparing ? (p->bytes > 0 ? (double)p->bytes_done / (double)p->bytes : 0)
                                  : p->documents > 0 ? (double)(p->done + p->failed) / p->documents : 1;
    guint columns = ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
    guint full = (guint)floor (part * BAR_CELLS);
    g_autofree char *text = progress_text (p);
    g_autoptr (GString) line = g_string_new (NULL);
    for (guint i = 0; i < BAR_CELLS; i++)
        g_string_append (line, i < full ? "█" : "░");
    g_string_append_printf (line, " %s", text);
    g_autofree char *cut = g_utf8_substring (line->str, 0, MIN ((glong)columns - 1, g_utf8_strlen (line->str, -1)));
    fprintf (stderr, "\r%s\033[K", cut);
    fflush (stderr);
    bar_is_shown = TRUE;
}

static void
show_progress (const kh_batch_progress *p, gpointer unused)
{
    static gint64 last;
    (void)unused;
    if (kh_quiet)
        return;
    if (isatty (STDERR_FILENO)) {
        draw_bar (p);
        return;
    }
    gint64 now = g_get_monotonic_time ();
    if (last == 0)
        last = now;
    if (now - last < (gint64)(LINE_SECONDS * G_USEC_PER_SEC))
        return;
    last = now;
    g_autofree char *text = progress_text (p);
    fprintf (stderr, "kehoach: %s\n", text);
}

static void
clear_bar (void)
{
    if (bar_is_shown)
        fputs ("\r\033[K", stderr);
    bar_is_shown = FALSE;
}

/* ---- the end ---- */

static void
summarise (const kh_batch_counts *c)
{
    if (kh_quiet)
        return;
    g_autofree char *time = duration (c->seconds);
    fprintf (stderr, _("%u files: %u documents, %u duplicates, %u unreadable, %u of other kinds\n"), c->files, c->documents, c->duplicates,
             c->unreadable, c->others);
    fprintf (stderr, _("documents: %u read, %u failed, %u waiting\n"), c->done, c->failed, c->waiting);
    fprintf (stderr, _("this run: %u documents, %lu pages in %s (%.1f pages/s)\n"), c->read_now, (gulong)c->pages_now, time,
             c->seconds > 0 ? (double)c->pages_now / c->seconds : 0);
    fprintf (stderr, _("%s: %lu pages, %lu tasks, %lu targets, %lu things to look at\n"), store, (gulong)c->pages, (gulong)c->tasks,
             (gulong)c->targets, (gulong)c->reviews);
    if (c->failed > 0 && report_path == NULL)
        fprintf (stderr, "%s\n", _("why documents failed: --report FILE.csv; to read them again: --retry"));
}

static int
write_report (kh_batch *batch)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) report = g_string_new (NULL);
    if (kh_batch_report (batch, report, &error) && kh_write_output (report_path, report, &error))
        return 0;
    kh_complain ("%s", error->message);
    return error->code;
}

/* Reads, and tells what came of it. */
static int
run_batch (const kh_batch_options *batch_options)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (kh_batch) batch = kh_batch_open (batch_options, &error);
    if (batch == NULL) {
        clear_bar ();
        kh_complain ("%s", error->message);
        return error->code;
    }
    gboolean is_complete = kh_batch_run (batch, &error);
    clear_bar ();
    int status = is_complete ? 0 : error->code;
    if (!is_complete)
        kh_complain (status == KH_ERROR_INTERRUPTED ? _("%s; the same command goes on from here") : "%s", error->message);
    kh_batch_counts counts;
    g_autoptr (GError) fault = NULL;
    if (kh_batch_count (batch, &counts, &fault))
        summarise (&counts);
    else if (is_complete) {
        kh_complain ("%s", fault->message);
        return fault->code;
    }
    int reported = report_path != NULL ? write_report (batch) : 0;
    if (status == 0)
        status = reported;
    return status != 0 ? status : counts.failed + counts.unreadable > 0 ? KH_ERROR_ATTENTION : 0;
}

static gboolean
choose_ocr (kh_ocr_mode *mode)
{
    static const char *const NAMES[] = { [KH_OCR_AUTO] = "auto", [KH_OCR_ALWAYS] = "always", [KH_OCR_NEVER] = "never" };
    *mode = KH_OCR_AUTO;
    for (guint i = 0; ocr_name != NULL && i < G_N_ELEMENTS (NAMES); i++)
        if (strcmp (ocr_name, NAMES[i]) == 0) {
            *mode = (kh_ocr_mode)i;
            return TRUE;
        }
    if (ocr_name != NULL)
        kh_complain (_("--%s: '%s' is not one of %s"), "ocr", ocr_name, "auto, always, never");
    return ocr_name == NULL;
}

static int
run (int argc, char **argv)
{
    (void)argc;
    (void)argv;
    g_autoptr (GError) error = NULL;
    kh_batch_options batch_options = { .interrupted = &kh_interrupted, .progress = show_progress };
    if (sources == NULL) {
        kh_complain ("%s", _("no input: name a FOLDER, or a LIST of paths; - reads the list from standard input"));
        return KH_ERROR_USAGE;
    }
    if (jobs < 0 || time_limit < 0) {
        kh_complain ("%s", jobs < 0 ? _("--jobs wants a number above 0") : _("--time-limit wants a number above 0"));
        return KH_ERROR_USAGE;
    }
    if (!choose_ocr (&batch_options.read.ocr))
        return KH_ERROR_USAGE;
    if (!kh_shard_choose (shard_text, &batch_options.shard, &error)) {
        kh_complain ("%s", error->message);
        return KH_ERROR_USAGE;
    }
    if (store == NULL)
        store = g_strdup (KH_STORE_DEFAULT);
    batch_options.sources = (const char *const *)sources;
    batch_options.store = store;
    batch_options.report = report_path;
    batch_options.jobs = (guint)jobs;
    batch_options.retry = retry;
    batch_options.upgrade = upgrade;
    batch_options.read.page_seconds = time_limit;
    return run_batch (&batch_options);
}

const kh_command kh_command_batch = {
    "batch",
    N_("FOLDER|LIST..."),
    N_("An archive goes into a store; stops and resumes at any point"),
    N_("FOLDER is read with all that is below it (pdf, png, jpg, tif, txt); LIST is a file with a path a line, - standard input. Records go "
       "into a store, a database with tables that can be queried (schemas/store.md). A document is its content: copies and renamed files are not "
       "read again, nor is what an earlier run has read. Ctrl-C, SIGTERM, even kill -9 lose nothing: the same command goes on. Documents "
       "that cannot be read are noted with the cause. Several processes, also of several hosts with a PostgreSQL store, share the work "
       "when they are given the same archive.\n\n"
       "--shard divides an archive without a common store. It is also taken from SLURM_ARRAY_TASK_ID (with _MIN, _COUNT, _STEP) and from "
       "JOB_COMPLETION_INDEX (with JOB_COMPLETIONS, which has to be set); --shard 1/1 disregards them.\n\n"
       "Exit status: 0 complete; 1 some files could not be read; 2 usage; 3 input or store unreadable; 4 limit; 5 model or language missing; "
       "6 store or report not written; 130 interrupted."),
    options,
    choices,
    run,
};
