/* repair.c - text becomes sound Vietnamese text, stretch by stretch. */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define STRETCH (256 * 1024) /* bytes read at a time */

static char *from_name, *damage_name, *report_path;
static char **files;

static const GOptionEntry options[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from_name, N_("Encoding of the text: auto (default), unicode, tcvn3, vni, vps, viscii, viqr, cp1258"), N_("ENCODING") },
    { "damage", 0, 0, G_OPTION_ARG_STRING, &damage_name, N_("What may have happened to it: auto (default), none, lost-letters, ocr, bare (all marks gone)"), N_("DAMAGE") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &report_path, N_("Write every change to FILE.json: where, from, to, kind, confidence"), N_("FILE.json") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = {
    "from", "auto|unicode|tcvn3|vni|vps|viscii|viqr|cp1258", "damage", "auto|none|lost-letters|ocr|bare", NULL,
};

static const struct {
    const char *name;
    kh_text_damage damage;
} DAMAGES[] = { { "auto", KH_TEXT_AUTO }, { "none", KH_TEXT_SOUND }, { "lost-letters", KH_TEXT_LOST_LETTERS }, { "ocr", KH_TEXT_OCR },
                { "bare", KH_TEXT_BARE } };

/* The report, written as the text goes by: its changes may be more than memory holds. */
typedef struct report {
    kh_output *out;   /* NULL: none is wanted */
    GString *file;    /* name of the input at hand, as JSON */
    guint64 changes;
    GString *line;    /* what is to be written next */
    GString *found;   /* what was found of each input */
} report;

static void
append_string (GString *out, const char *text)
{
    g_string_append_c (out, '"');
    for (const char *p = text; *p != '\0'; p++)
        if (*p == '"' || *p == '\\')
            g_string_append_printf (out, "\\%c", *p);
        else if ((guchar) *p < 0x20)
            g_string_append_printf (out, "\\u%04x", *p);
        else
            g_string_append_c (out, *p);
    g_string_append_c (out, '"');
}

static void
write_report (report *r)
{
    if (r->out != NULL)
        kh_output_write (r->out, r->line->str, r->line->len);
    g_string_truncate (r->line, 0);
}

static void
report_change (const kh_text_change *change, gpointer user_data)
{
    report *r = user_data;
    g_string_append_printf (r->line, "%s\n    { \"file\": %s, \"line\": %u, \"column\": %u, \"kind\": \"%s\", \"from\": ",
                            r->changes++ > 0 ? "," : "", r->file->str, change->line, change->column, change->kind);
    append_string (r->line, change->from);
    g_string_append (r->line, ", \"to\": ");
    append_string (r->line, change->to);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf (r->line, ", \"confidence\": %s }", g_ascii_formatd (number, sizeof number, "%.3f", change->confidence));
    write_report (r);
}

/* Mends what can be read from `in` onto `out`. */
static int
mend_stream (kh_mender *mender, FILE *in, const char *name, kh_output *out)
{
    g_autofree char *stretch = g_malloc (STRETCH);
    g_autoptr (GString) mended = g_string_new (NULL);
    for (gboolean last = FALSE; !last;) {
        size_t got = fread (stretch, 1, STRETCH, in);
        if (kh_interrupted)
            return KH_ERROR_INTERRUPTED;
        if (got == 0 && ferror (in)) {
            kh_complain (_("cannot read '%s': %s"), name, g_strerror (errno));
            return KH_ERROR_INPUT;
        }
        last = got == 0;
        kh_mender_feed (mender, stretch, got, last, mended);
        kh_output_write (out, mended->str, mended->len);
        g_string_truncate (mended, 0);
    }
    return 0;
}

static int
mend_file (const char *path, kh_text_damage damage, kh_output *out, report *r)
{
    g_autoptr (GError) error = NULL;
    kh_mend_options how = { from_name, damage, r->out != NULL ? report_change : NULL, r };
    g_autoptr (kh_mender) mender = kh_mender_new (&how, &error);
    if (mender == NULL) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    gboolean is_stdin = strcmp (path, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen (path, "rb");
    if (in == NULL) {
        kh_complain (_("cannot open '%s': %s"), path, g_strerror (errno));
        return KH_ERROR_INPUT;
    }
    g_autofree char *base = g_path_get_basename (path);
    g_autofree char *name = g_utf8_make_valid (is_stdin ? "stdin" : base, -1);
    g_string_truncate (r->file, 0);
    append_string (r->file, name);
    int status = mend_stream (mender, in, is_stdin ? "stdin" : path, out);
    if (!is_stdin)
        fclose (in);
    g_autofree char *found = kh_mender_damage (mender);
    g_string_append_printf (r->found, "%s\n    { \"file\": %s, \"encoding\": \"%s\", \"damage\": \"%s\" }", r->found->len > 0 ? "," : "",
                            r->file->str, kh_mender_encoding (mender), found);
    if (kh_verbose)
        kh_note (_("'%s': encoding %s, damage %s"), is_stdin ? "stdin" : path, kh_mender_encoding (mender), found);
    return status;
}

static int
run (int argc, char **argv)
{
    (void) argc;
    (void) argv;
    static char dash[] = "-", *standard_input[] = { dash, NULL };
    char **inputs = files != NULL ? files : standard_input;
    guint d = 0;
    while (d < G_N_ELEMENTS (DAMAGES) && damage_name != NULL && strcmp (damage_name, DAMAGES[d].name) != 0)
        d++;
    if (d == G_N_ELEMENTS (DAMAGES)) {
        kh_complain (_("--%s: '%s' is not one of %s"), "damage", damage_name, "auto, none, lost-letters, ocr, bare");
        return KH_ERROR_USAGE;
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) line = g_string_new ("{\n  \"schema\": \"kehoach.repair/1\",\n  \"changes\": [");
    g_autoptr (GString) file = g_string_new (NULL);
    g_autoptr (GString) found = g_string_new (NULL);
    g_autoptr (kh_output) out = kh_output_open (NULL, &error);
    g_autoptr (kh_output) report_file = report_path == NULL || error != NULL ? NULL : kh_output_open (report_path, &error);
    report r = { report_file, file, 0, line, found };
    int status = 0;
    guint n = g_strv_length (inputs);
    for (guint i = 0; error == NULL && i < n; i++) {
        int one = mend_file (inputs[i], DAMAGES[d].damage, out, &r);
        if (one == KH_ERROR_INTERRUPTED || one == KH_ERROR_USAGE || one == KH_ERROR_MODEL)
            return one;
        if (one != 0)
            status = n > 1 ? KH_ERROR_ATTENTION : one;
    }
    g_string_append_printf (line, "%s],\n  \"files\": [%s\n  ]\n}\n", r.changes > 0 ? "\n  " : "", found->str);
    write_report (&r);
    if (error == NULL && kh_output_close (out, &error) && report_file != NULL)
        kh_output_close (report_file, &error);
    if (error != NULL) {
        kh_complain ("%s", error->message);
        return KH_ERROR_OUTPUT;
    }
    return status;
}

const kh_command kh_command_repair = {
    "repair",
    N_("[FILE...]"),
    N_("Text becomes sound Vietnamese text"),
    N_("Reads FILE, or standard input, and writes it as UTF-8 to standard output: old encodings brought to Unicode, marks in normal form, "
       "and what was damaged put back - letters that a font map lost, marks and letters that OCR misread, marks that were left out. "
       "Numbers, document numbers, addresses and abbreviations are never changed. Text of any length goes through in bounded memory; what "
       "happened to it is told from its first 64 KiB.\n\n"
       "Exit status: 0 complete; 1 some inputs of several failed; 2 usage; 3 input unreadable; 5 model missing; 6 output not written; "
       "130 interrupted."),
    options,
    choices,
    run,
};
