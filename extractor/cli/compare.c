/* compare.c - provinces side by side. */
#include "command.h"

#include "compare/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static char *output, *format_name, *what, *year_text, *as_of_text, *title, *before, *after, *separator_name;
static char **topics, **provinces, **inputs;
static gboolean all;

static const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write to PATH"), N_ ("PATH") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name, N_ ("Form of the output: text (default), csv, xlsx, html, json"),
      N_ ("FORMAT") },
    { "what", 0, 0, G_OPTION_ARG_STRING, &what,
      N_ ("What to compare, with commas between: targets, tasks, missing, changes (csv: one of them)"), N_ ("LIST") },
    { "topic", 0, 0, G_OPTION_ARG_STRING_ARRAY, &topics,
      N_ ("Only targets of this topic, e.g. online_filing_share; may be given several times"), N_ ("KEY") },
    { "province", 0, 0, G_OPTION_ARG_STRING_ARRAY, &provinces,
      N_ ("Show only this province, by name or code; may be given several times"), N_ ("NAME") },
    { "year", 0, 0, G_OPTION_ARG_STRING, &year_text, N_ ("Only targets due in YEAR, and plans that hold then"), N_ ("YEAR") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, N_ ("Only plans whose title has these words (marks and case do not matter)"),
      N_ ("WORDS") },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &as_of_text,
      N_ ("Provinces as they are in this month: from 2025-07 on, merged ones are one (default: as printed)"), N_ ("YYYY-MM") },
    { "before", 0, 0, G_OPTION_ARG_STRING, &before, N_ ("With --what changes: the earlier plan, by its number or digest"),
      N_ ("PLAN") },
    { "after", 0, 0, G_OPTION_ARG_STRING, &after, N_ ("With --what changes: the later plan"), N_ ("PLAN") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Show what only one place has, too; as text, each target"), NULL },
    { "separator", 0, 0, G_OPTION_ARG_STRING, &separator_name, N_ ("csv: what stands between fields: comma (default), semicolon, tab, or the sign itself"),
      N_ ("NAME") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &inputs, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const char *const choices[] = {
    "format", "text|csv|xlsx|html|json", "what", "targets|tasks|missing|changes", "separator", "comma|semicolon|tab", NULL,
};

typedef struct choice {
    const char *name;
    int value;
} choice;

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_XLSX, FORMAT_HTML, FORMAT_JSON };
static const choice FORMATS[] = {
    { "text", FORMAT_TEXT }, { "csv", FORMAT_CSV }, { "xlsx", FORMAT_XLSX }, { "html", FORMAT_HTML }, { "json", FORMAT_JSON }
};
static const choice PARTS[] = { { "targets", KH_COMPARE_TARGETS },
                                { "tasks", KH_COMPARE_TASKS },
                                { "missing", KH_COMPARE_MISSING },
                                { "changes", KH_COMPARE_CHANGES } };
static const choice SEPARATORS[] = { { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' } };

/* The value of the choice called `name`, of the first when it is NULL; -1 after a complaint. */
static int
choose (const char *option, const char *name, const choice *choices_of, guint n)
{
    for (guint i = 0; i < n; i++)
        if (name == NULL || strcmp (name, choices_of[i].name) == 0)
            return choices_of[i].value;
    g_autoptr (GString) known = g_string_new (choices_of[0].name);
    for (guint i = 1; i < n; i++)
        g_string_append_printf (known, ", %s", choices_of[i].name);
    kh_complain (_ ("--%s: '%s' is not one of %s"), option, name, known->str);
    return -1;
}

/* "2025", or with `month` "2025-07" as 202507; -1 when it is none. */
static int
parse_time (const char *text, gboolean month)
{
    gsize digits = strspn (text, "0123456789");
    int year = atoi (text);
    if (digits != 4 || year < 1945 || year > 2200)
        return -1;
    if (!month)
        return text[4] == '\0' ? year : -1;
    int number = text[4] == '-' && strspn (text + 5, "0123456789") == 2 && text[7] == '\0' ? atoi (text + 5) : 0;
    return number >= 1 && number <= 12 ? year * 100 + number : -1;
}

typedef struct asked {
    kh_compare_options compare;
    int format;
    char separator;
} asked;

static gboolean
parse_parts (asked *job)
{
    g_auto (GStrv) names = g_strsplit (what == NULL ? "" : what, ",", -1);
    for (guint i = 0; names[i] != NULL && what != NULL; i++) {
        int part = choose ("what", names[i], PARTS, G_N_ELEMENTS (PARTS));
        if (part < 0)
            return FALSE;
        job->compare.parts |= (guint)part;
    }
    if (before != NULL && what == NULL)
        job->compare.parts = KH_COMPARE_CHANGES;
    if (job->format == FORMAT_CSV && job->compare.parts == 0)
        job->compare.parts = KH_COMPARE_TARGETS;
    return TRUE;
}

/* FALSE after a complaint. */
static gboolean
parse_options (asked *job)
{
    job->format = choose ("format", format_name, FORMATS, G_N_ELEMENTS (FORMATS));
    gboolean is_sign = separator_name != NULL && strlen (separator_name) == 1 && strchr (",;\t|", *separator_name) != NULL;
    int separator = is_sign ? *separator_name : choose ("separator", separator_name, SEPARATORS, G_N_ELEMENTS (SEPARATORS));
    if (job->format < 0 || separator < 0 || !parse_parts (job))
        return FALSE;
    job->separator = (char)separator;
    job->compare.year = year_text == NULL ? 0 : parse_time (year_text, FALSE);
    job->compare.as_of = as_of_text == NULL ? 0 : parse_time (as_of_text, TRUE);
    job->compare.topics = (const char *const *)topics;
    job->compare.places = (const char *const *)provinces;
    job->compare.title = title;
    job->compare.before = before;
    job->compare.after = after;
    job->compare.all = all;
    guint parts = job->compare.parts;
    const char *fault = job->compare.year < 0    ? _ ("--year wants a year, e.g. 2025")
                        : job->compare.as_of < 0 ? _ ("--as-of wants a month, e.g. 2025-07")
                        : job->format == FORMAT_CSV && (parts & (parts - 1)) != 0
                            ? _ ("--format csv holds one table: --what targets, tasks, missing or changes")
                        : separator_name != NULL && job->format != FORMAT_CSV  ? _ ("--separator goes with --format csv")
                        : (before == NULL) != (after == NULL)                  ? _ ("--before and --after go together")
                        : before != NULL && !(parts & KH_COMPARE_CHANGES)      ? _ ("--before and --after go with --what changes")
                        : parts & KH_COMPARE_CHANGES && job->compare.year != 0 ? _ ("--year does not go with --what changes")
                        : topics != NULL && parts != 0 && !(parts & ~KH_COMPARE_TASKS)
                            ? _ ("--topic does not go with --what tasks")
                        : job->format == FORMAT_XLSX && output == NULL && isatty (STDOUT_FILENO)
                            ? _ ("a spreadsheet is no text for a terminal: name a file with -o")
                            : NULL;
    if (fault != NULL)
        kh_complain ("%s", fault);
    return fault == NULL;
}

/* ------------------------------------------------------------------ what is compared */

/* Is it a record, or several? */
static gboolean
is_record (const char *content, gsize length)
{
    gsize i = 0;
    while (i < length && g_ascii_isspace (content[i]))
        i++;
    return i < length && content[i] == '{';
}

/* Reads a plan as `extract` would, and puts its record into the store. */
static gboolean
read_plan (kh_store *store, kh_reader **reader, const char *path, GPtrArray *digests, GError **error)
{
    if (*reader == NULL)
        *reader = kh_reader_new (0, &kh_interrupted);
    kh_read_options read = { .progress = kh_progress };
    kh_progress_begin (path);
    g_autoptr (kh_document) document = kh_reader_read_file (*reader, path, &read, error);
    kh_progress_end ();
    if (document == NULL)
        return FALSE;
    g_autoptr (GString) record = kh_document_format (document, KH_FORMAT_NDJSON, 0);
    g_autofree char *absolute = g_canonicalize_filename (path, NULL);
    return kh_store_put_records (store, absolute, TRUE, record->str, record->len, digests, error);
}

static gboolean
take_file (kh_store *store, kh_reader **reader, const char *path, GPtrArray *digests, GError **error)
{
    g_autofree char *content = NULL;
    gsize length;
    g_autoptr (GError) fault = NULL;
    gboolean is_input = strcmp (path, "-") == 0;
    if (!is_input && g_file_get_contents (path, &content, &length, &fault) && is_record (content, length)) {
        g_autofree char *absolute = g_canonicalize_filename (path, NULL);
        return kh_store_put_records (store, absolute, FALSE, content, length, digests, error);
    }
    return read_plan (store, reader, path, digests, error);
}

/* The files as a store in memory; what cannot be read is told, and left out. NULL after a complaint; *status is the exit status
 * so far. */
static kh_store *
take_files (asked *job, GPtrArray *digests, int *status)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (kh_store) store = kh_store_open ("sqlite::memory:", KH_STORE_CREATE, &error);
    g_autoptr (kh_reader) reader = NULL;
    guint n = g_strv_length (inputs), lost = 0;
    if (store == NULL) {
        kh_complain ("%s", error->message);
        *status = error->code;
        return NULL;
    }
    for (guint i = 0; i < n; i++) {
        g_autoptr (GError) fault = NULL;
        guint known = digests->len;
        if (take_file (store, &reader, inputs[i], digests, &fault)) {
            if (digests->len == known)
                kh_note (_ ("'%s' is the same document as one before it"), inputs[i]);
            continue;
        }
        kh_complain ("%s", fault->message);
        lost++;
        *status = fault->code == KH_ERROR_INTERRUPTED || n == 1 ? fault->code : KH_ERROR_ATTENTION;
        if (fault->code == KH_ERROR_INTERRUPTED)
            return NULL;
    }
    if (lost == n)
        return NULL;
    if (job->compare.parts & KH_COMPARE_CHANGES && before == NULL &&
        digests->len == 2) { /* as they were named: the earlier one first */
        job->compare.before = digests->pdata[0];
        job->compare.after = digests->pdata[1];
    }
    return g_steal_pointer (&store);
}

static kh_store *
open_inputs (asked *job, GPtrArray *digests, int *status)
{
    guint stores = 0;
    for (guint i = 0; inputs[i] != NULL; i++)
        stores += kh_store_is_store (inputs[i]);
    if (stores == 0)
        return take_files (job, digests, status);
    if (inputs[1] != NULL) {
        kh_complain (_ ("a store stands alone: one STORE, or FILEs"));
        *status = KH_ERROR_USAGE;
        return NULL;
    }
    g_autoptr (GError) error = NULL;
    kh_store *store = kh_store_open (inputs[0], KH_STORE_READ, &error);
    if (store == NULL) {
        kh_complain ("%s", error->message);
        *status = error->code;
    }
    return store;
}

/* ------------------------------------------------------------------ what is written */

static guint
terminal_columns (void)
{
    struct winsize size;
    return output == NULL && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static gboolean
print (GString *out, const asked *job, const kh_comparison *comparison, GError **error)
{
    switch (job->format) {
    case FORMAT_TEXT:
        kh_compare_text (out, comparison, terminal_columns (), topics != NULL || all);
        return TRUE;
    case FORMAT_CSV:
        kh_compare_csv (out, comparison, (kh_compare_parts)job->compare.parts, job->separator);
        return TRUE;
    case FORMAT_XLSX:
        return kh_compare_xlsx (out, comparison, error);
    case FORMAT_HTML:
        kh_compare_html (out, comparison);
        return TRUE;
    default:
        kh_compare_json (out, comparison);
        return TRUE;
    }
}

static int
run (int argc, char **argv)
{
    (void)argc;
    (void)argv;
    asked job = { 0 };
    int status = 0;
    if (inputs == NULL) {
        kh_complain (_ ("no input: name a STORE, or FILEs"));
        return KH_ERROR_USAGE;
    }
    if (!parse_options (&job))
        return KH_ERROR_USAGE;
    g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (kh_store) store = open_inputs (&job, digests, &status);
    if (store == NULL)
        return status;
    g_autoptr (GError) error = NULL;
    g_autoptr (kh_comparison) comparison = kh_comparison_new (store, &job.compare, &error);
    if (comparison == NULL) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    g_autoptr (GString) out = g_string_new (NULL);
    if (!print (out, &job, comparison, &error) || !kh_write_output (output, out, &error)) {
        kh_complain ("%s", error->message);
        return error->code;
    }
    return status;
}

const kh_command kh_command_compare = {
    "compare",
    N_ ("STORE|FILE..."),
    N_ ("Provinces side by side: targets by indicator, tasks by kind, what is missing"),
    N_ ("STORE is what batch filled: a SQLite file, sqlite:FILE or postgresql://…. FILE is a record (JSON or NDJSON of extract), "
        "or a plan, which "
        "is read first.\n\n"
        "targets: what each province wants to reach, by indicator and year, each value with its file and page. tasks: like tasks "
        "of all provinces "
        "together, who leads and when. missing: what more than half of the others have, and one has not. changes: a plan beside "
        "its version or year "
        "before: what was added, dropped or changed; of two FILEs the first is the earlier one; in a store --before and --after "
        "name two plans, "
        "else each stands beside the one before it of the same body and title. Without --what: targets, tasks, missing, and "
        "changes when there "
        "are two plans of one body with titles alike.\n\n"
        "html is one page that needs nothing else, with tables that sort, bars, and links to the pages of the files; xlsx has "
        "charts; csv is one "
        "table, with a byte order mark; json is described in compare.schema.json.\n\n"
        "Exit status: 0 complete; 1 some inputs of several failed; 2 usage; 3 no plan to compare, or an input unreadable; 4 "
        "limit; 6 output not "
        "written; 130 interrupted."),
    options,
    choices,
    run,
};
