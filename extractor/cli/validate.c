/* validate.c - checks records against the schema compiled into the program. */
#include "command.h"

#include <stdio.h>
#include <string.h>

static gboolean print_schema;
static char **files;

static const GOptionEntry options[] = {
    { "schema", 0, 0, G_OPTION_ARG_NONE, &print_schema, N_("Print the schema (JSON Schema 2020-12) and stop"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = { NULL };

static int
validate_file (const char *path)
{
    g_autofree char *content = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    if (!g_file_get_contents (strcmp (path, "-") == 0 ? "/dev/stdin" : path, &content, &length, &error)) {
        kh_complain (_("cannot open '%s': %s"), path, error->message);
        return KH_ERROR_INPUT;
    }
    g_autoptr (GString) faults = g_string_new (NULL);
    if (kh_validate (content, length, faults)) {
        if (kh_verbose)
            kh_note (_("'%s' is valid"), path);
        return 0;
    }
    g_auto (GStrv) lines = g_strsplit (faults->str, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            printf ("%s: %s\n", path, lines[i]);
    return KH_ERROR_ATTENTION;
}

static int
run (int argc, char **argv)
{
    (void) argc;
    (void) argv;
    if (print_schema) {
        fputs (kh_schema_json (), stdout);
        return 0;
    }
    if (files == NULL) {
        kh_complain (_("no input: name a FILE, or - for standard input"));
        return KH_ERROR_USAGE;
    }
    int status = 0;
    for (guint i = 0; files[i] != NULL; i++)
        status = MAX (status, validate_file (files[i]));
    return status;
}

const kh_command kh_command_validate = {
    "validate",
    N_("FILE.json..."),
    N_("Check records against plan.schema.json"),
    N_("Prints a line a fault: file, JSON Pointer, what is wrong.\n\n"
       "Exit status: 0 all valid; 1 some are not; 2 usage; 3 a file cannot be read."),
    options,
    choices,
    run,
};
