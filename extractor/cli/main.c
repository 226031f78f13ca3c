/* main.c - the program: finds the command, parses its options, runs it. */
#include "command.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const kh_command *const kh_commands[] = { &kh_command_extract, &kh_command_repair, &kh_command_survey, &kh_command_batch, &kh_command_compare,
                                          &kh_command_review, &kh_command_validate, NULL };

gboolean kh_quiet, kh_verbose;
volatile int kh_interrupted;

static kh_color color = KH_COLOR_AUTO;

static gboolean
parse_color (const char *option, const char *value, gpointer data, GError **error)
{
    (void) option;
    (void) data;
    static const char *const names[] = { "auto", "always", "never" };
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (strcmp (value, names[i]) == 0) {
            color = (kh_color) i;
            return TRUE;
        }
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("'%s' is not auto, always or never"), value);
    return FALSE;
}

const GOptionEntry kh_common_options[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &kh_quiet, N_("Say nothing but errors"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &kh_verbose, N_("Say more about what is done"), NULL },
    { "color", 0, 0, G_OPTION_ARG_CALLBACK, parse_color, N_("Colours in messages: auto, always, never"), N_("WHEN") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

gboolean
kh_use_color (int fd)
{
    if (color != KH_COLOR_AUTO)
        return color == KH_COLOR_ALWAYS;
    const char *no_color = g_getenv ("NO_COLOR");
    return (no_color == NULL || *no_color == '\0') && isatty (fd);
}

static void
message (const char *paint, const char *format, va_list args)
{
    g_autofree char *text = g_strdup_vprintf (format, args);
    gboolean painted = kh_use_color (STDERR_FILENO);
    fprintf (stderr, "%skehoach: %s%s\n", painted ? paint : "", text, painted ? "\033[0m" : "");
}

void
kh_complain (const char *format, ...)
{
    va_list args;
    va_start (args, format);
    message ("\033[31m", format, args);
    va_end (args);
}

void
kh_note (const char *format, ...)
{
    if (kh_quiet)
        return;
    va_list args;
    va_start (args, format);
    message ("\033[33m", format, args);
    va_end (args);
}

static void
interrupt (int signal_number)
{
    kh_interrupted = signal_number;
}

static void
print_help (FILE *out)
{
    fprintf (out, "%s\n", _("Usage: kehoach COMMAND [OPTION...] [ARGUMENT...]\n"
                            "Reads Vietnamese administrative plans: scanned or digital in, data out."));
    fprintf (out, "\n%s\n", _("Commands:"));
    for (guint i = 0; kh_commands[i] != NULL; i++)
        fprintf (out, "  %-10s %s\n", kh_commands[i]->name, _(kh_commands[i]->summary));
    fprintf (out, "\n%s\n", _("Options:\n"
                              "  --help                 Show this help, or that of a command\n"
                              "  --version              Show the version\n"
                              "  --generate WHAT        Print the man page (man) or completion (bash-completion)"));
}

static int
generate (const char *what)
{
    g_autoptr (GString) out = g_string_new (NULL);
    if (g_strcmp0 (what, "man") == 0)
        kh_print_manual (out);
    else if (g_strcmp0 (what, "bash-completion") == 0)
        kh_print_completion (out);
    else {
        kh_complain (_("--generate wants man or bash-completion"));
        return KH_ERROR_USAGE;
    }
    fputs (out->str, stdout);
    return 0;
}

/* Parses the options of `command` and runs it on what is left. */
static int
run_command (const kh_command *command, int argc, char **argv)
{
    g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);
    g_option_context_set_translation_domain (context, KH_TEXT_DOMAIN);
    g_option_context_set_summary (context, _(command->summary));
    g_option_context_set_description (context, _(command->description));
    g_option_context_add_main_entries (context, command->options, KH_TEXT_DOMAIN);
    g_option_context_add_main_entries (context, kh_common_options, KH_TEXT_DOMAIN);
    g_autofree char *program = g_strdup_printf ("kehoach %s", command->name);
    g_set_prgname (program);
    g_autoptr (GError) error = NULL;
    if (!g_option_context_parse (context, &argc, &argv, &error)) {
        kh_complain ("%s", error->message);
        return KH_ERROR_USAGE;
    }
    if (argc > 1 && strcmp (argv[1], "--") == 0) {
        argc--;
        argv++;
    }
    return command->run (argc - 1, argv + 1);
}

/* What was printed must have arrived: a full disk shows only when the stream is closed. */
static int
close_stdout (int status)
{
    if (fflush (stdout) != 0 || ferror (stdout) || close (STDOUT_FILENO) != 0) {
        kh_complain (_("cannot write to standard output"));
        return KH_ERROR_OUTPUT;
    }
    return status;
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    setlocale (LC_NUMERIC, "C"); /* data never depends on the locale */
    bindtextdomain (KH_TEXT_DOMAIN, g_getenv ("KEHOACH_LOCALE_DIR") != NULL ? g_getenv ("KEHOACH_LOCALE_DIR") : KH_LOCALE_DIR);
    bind_textdomain_codeset (KH_TEXT_DOMAIN, "UTF-8");
    textdomain (KH_TEXT_DOMAIN);

    struct sigaction action = { .sa_handler = interrupt };
    sigaction (SIGINT, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    signal (SIGPIPE, SIG_IGN);
    signal (SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write(), not the end */

    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp (first, "--version") == 0) {
        printf ("kehoach %s\n", kh_version ());
        return close_stdout (0);
    }
    if (strcmp (first, "--help") == 0 || strcmp (first, "-h") == 0 || strcmp (first, "help") == 0) {
        print_help (stdout);
        return close_stdout (0);
    }
    if (strcmp (first, "--generate") == 0)
        return close_stdout (generate (argc > 2 ? argv[2] : NULL));
    for (guint i = 0; kh_commands[i] != NULL; i++)
        if (strcmp (first, kh_commands[i]->name) == 0)
            return close_stdout (run_command (kh_commands[i], argc - 1, argv + 1));
    if (*first == '\0')
        print_help (stderr);
    else
        kh_complain (_("'%s' is not a command; see kehoach --help"), first);
    return KH_ERROR_USAGE;
}
