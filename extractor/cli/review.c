/* review.c - documents are looked at and corrected in a browser on this machine. */
#include "command.h"

#include "review/review.h"
#include "store/store.h"

#include <stdio.h>

static char *store, *who, *export_path;
static gboolean no_browser, export_corrections;
static int port;
static char **arguments;

static gboolean
parse_export (const char *option, const char *value, gpointer data, GError **error)
{
    (void)option;
    (void)data;
    (void)error;
    export_corrections = TRUE;
    if (value != NULL && kh_store_is_store (value)) /* nothing is written over a store: it is the one meant */
        store = g_strdup (value);
    else
        export_path = g_strdup (value);
    return TRUE;
}

static const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, &store, N_ ("Where FILEs are read into, and changes are kept: a SQLite file, or postgresql://… (default: kehoach.db)"),
      N_ ("STORE") },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_ ("Listen on this port of 127.0.0.1 (default: a free one)"), N_ ("N") },
    { "no-browser", 0, 0, G_OPTION_ARG_NONE, &no_browser, N_ ("Print the address, open no browser"), NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &who, N_ ("Whose changes these are (default: who is logged in)"), N_ ("NAME") },
    { "export-corrections", 0, G_OPTION_FLAG_OPTIONAL_ARG | G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, parse_export,
      N_ ("Write what people corrected, one JSON object a line, to FILE (default: standard output) and stop"), N_ ("FILE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = { NULL };

/* Vietnamese unless English was asked for. */
static const char *
language (void)
{
    const char *const *names = g_get_language_names ();
    for (guint i = 0; names[i] != NULL; i++) {
        if (g_str_has_prefix (names[i], "vi"))
            return "vi";
        if (g_str_has_prefix (names[i], "en"))
            return "en";
    }
    return "vi";
}

static void
open_browser (const char *address)
{
    const char *argv[] = { "xdg-open", address, NULL };
    g_autoptr (GError) error = NULL;
    if (!g_spawn_async (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                        &error))
        kh_note ("%s", error->message);
}

static void
ready (const char *address, gpointer unused)
{
    (void)unused;
    printf ("%s\n", address);
    fflush (stdout);
    kh_note ("%s", _ ("open this address in a browser on this machine; Ctrl-C ends"));
    gboolean has_desktop = g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL;
    if (has_desktop && !no_browser)
        open_browser (address);
}

static int
write_corrections (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) out = g_string_new (NULL);
    if (kh_review_corrections (store, out, &error) && kh_write_output (export_path, out, &error))
        return 0;
    kh_complain ("%s", error->message);
    return error->code;
}

/* One argument may be the store itself; all others are documents. */
static gboolean
choose_store (void)
{
    guint n = arguments != NULL ? g_strv_length (arguments) : 0;
    if (n > 0 && kh_store_is_store (arguments[0])) {
        if (n > 1 || store != NULL) {
            kh_complain (_ ("'%s' is a store: name one, and documents with --store"), arguments[0]);
            return FALSE;
        }
        store = arguments[0];
        arguments = NULL;
    }
    if (store == NULL)
        store = g_strdup (KH_STORE_DEFAULT);
    return TRUE;
}

static int
run (int argc, char **argv)
{
    (void)argc;
    (void)argv;
    g_autoptr (GError) error = NULL;
    if (port < 0 || port > 65535) {
        kh_complain ("%s", _ ("--port wants a number from 0 to 65535"));
        return KH_ERROR_USAGE;
    }
    if (!choose_store ())
        return KH_ERROR_USAGE;
    if (export_corrections)
        return write_corrections ();
    kh_review_options review_options = { .store = store,
                                         .port = (guint)port,
                                         .files = (const char *const *)arguments,
                                         .who = who,
                                         .language = language (),
                                         .interrupted = &kh_interrupted,
                                         .ready = ready };
    if (kh_review_serve (&review_options, &error))
        return 0;
    kh_complain ("%s", error->message);
    return error->code;
}

const kh_command kh_command_review = {
    "review",
    N_ ("[STORE|FILE...]"),
    N_ ("Look at records beside their pages, and correct them, in a browser"),
    N_ ("Serves a page on 127.0.0.1: the documents of a store, each with its pages and its record side by side. What is doubtful comes first; each change "
       "is in the store before the page says so, with who made it and when, and stays when the document is read again by a newer version. FILEs (PDF, "
       "image, text) are read into the store first; more can be dropped on the page, which are kept beside the store, in STORE.files. The address "
       "holds a secret: only who has it, on this machine, is let in.\n\n"
       "--export-corrections writes what people corrected: sha256, pointer, read, corrected, page, bbox, who, at, version.\n\n"
       "SIGINT (Ctrl-C) and SIGTERM end it; nothing is lost. Exit status: 0 ended, or exported; 2 usage; 3 a FILE or the store unreadable; 6 store or output not "
       "written, port taken."),
    options,
    choices,
    run,
};
