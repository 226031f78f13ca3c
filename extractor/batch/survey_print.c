#include "batch/survey.h"

#include "base/intl.h"

#include <jansson.h>
#include <string.h>

/* Files of a class, or of all. */
typedef struct tally {
    guint files, copies;
    guint64 bytes, pages;
} tally;

static void
count (tally *t, const kh_surveyed *one)
{
    t->files++;
    t->copies += one->copy_of != NULL;
    t->bytes += one->file->bytes;
    t->pages += one->pages;
}

static gboolean
is_readable (kh_survey_class class)
{
    return class <= KH_SURVEY_MIXED && class != (kh_survey_class) KH_PAGE_UNREADABLE;
}

/* Of each class; `readable` and `all` together. */
static void
count_classes (const kh_survey *survey, tally classes[KH_N_SURVEY_CLASSES], tally *readable, tally *all)
{
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        count (&classes[one->class], one);
        count (all, one);
        if (is_readable (one->class))
            count (readable, one);
    }
}

/* Pages looked at, and those of them that lie turned; of documents, copies aside. */
static void
count_looks (const kh_survey *survey, guint *looked_at, guint *turned)
{
    *looked_at = *turned = 0;
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        if (one->copy_of == NULL) {
            *looked_at += one->looked_at;
            *turned += one->turned;
        }
    }
}

/* Files by old encoding: name -> number; the caller frees. In the order they are met. */
static GPtrArray *
count_encodings (const kh_survey *survey, GHashTable *numbers)
{
    GPtrArray *names = g_ptr_array_new ();
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        if (one->encoding == NULL)
            continue;
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, one->encoding));
        if (n == 0)
            g_ptr_array_add (names, (gpointer) one->encoding);
        g_hash_table_insert (numbers, (gpointer) one->encoding, GUINT_TO_POINTER (n + 1));
    }
    return names;
}

/* ------------------------------------------------------------------ for people */

#define NAME_WIDTH 34

static const char *const CLASS_TITLES[KH_N_SURVEY_CLASSES] = {
    [KH_PAGE_SOUND] = N_("sound text layer"),
    [KH_PAGE_LEGACY] = N_("text layer in an old encoding"),
    [KH_PAGE_LOST_LETTERS] = N_("text layer that lost letters"),
    [KH_PAGE_WORTHLESS] = N_("text layer of no use"),
    [KH_PAGE_SCAN] = N_("scan"),
    [KH_PAGE_TEXT] = N_("text file"),
    [KH_PAGE_BLANK] = N_("blank"),
    [KH_PAGE_UNREADABLE] = N_("pages cannot be opened"),
    [KH_SURVEY_MIXED] = N_("pages of several kinds"),
    [KH_SURVEY_ENCRYPTED] = N_("wants a password"),
    [KH_SURVEY_BROKEN] = N_("broken"),
    [KH_SURVEY_UNKNOWN] = N_("not what its name says"),
    [KH_SURVEY_EMPTY] = N_("empty file"),
    [KH_SURVEY_LIMIT] = N_("too large or too slow"),
    [KH_SURVEY_CLOSED] = N_("file cannot be opened"),
    [KH_SURVEY_OTHER] = N_("other kinds of files"),
};

static void
put_name (GString *out, const char *name)
{
    g_string_append (out, name);
    for (glong width = g_utf8_strlen (name, -1); width < NAME_WIDTH; width++)
        g_string_append_c (out, ' ');
}

static void
put_right (GString *out, const char *text, glong width)
{
    for (glong used = g_utf8_strlen (text, -1); used < width; used++)
        g_string_append_c (out, ' ');
    g_string_append (out, text);
}

static void
put_row (GString *out, const char *name, const tally *t)
{
    put_name (out, name);
    g_string_append_printf (out, "%8u", t->files);
    if (t->copies > 0)
        g_string_append_printf (out, "%8u", t->copies);
    else
        g_string_append (out, "        ");
    if (t->pages > 0)
        g_string_append_printf (out, "%10" G_GUINT64_FORMAT, t->pages);
    while (out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
    g_string_append_c (out, '\n');
}

static char *
duration (double seconds)
{
    guint minutes = (guint) (seconds / 60 + 0.5);
    if (seconds < 90)
        return g_strdup_printf (_("%u s"), (guint) (seconds + 0.999));
    if (minutes < 90)
        return g_strdup_printf (_("%u min"), minutes);
    return g_strdup_printf (_("%u h %02u min"), minutes / 60, minutes % 60);
}

static void
put_estimate (GString *out, const kh_survey *survey)
{
    g_autofree char *time = duration (survey->seconds);
    g_string_append_printf (out, _("A whole run takes about %s on %u processors, copies read once, as fast as pages were read just now:"), time,
                            survey->processors);
    g_string_append_c (out, '\n');
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++) {
        const kh_page_cost *cost = &survey->costs[kind];
        if (cost->pages < 0.5 || kind == KH_PAGE_UNREADABLE)
            continue;
        g_string_append (out, "  ");
        put_name (out, _(CLASS_TITLES[kind]));
        if (cost->trials > 0)
            g_string_append_printf (out, _("%8.0f pages, %.3f s each (%u were read)"), cost->pages, cost->seconds, cost->trials);
        else
            g_string_append_printf (out, _("%8.0f pages (none could be read)"), cost->pages);
        g_string_append_c (out, '\n');
    }
}

void
kh_survey_print_table (GString *out, const kh_survey *survey)
{
    tally classes[KH_N_SURVEY_CLASSES] = { 0 }, readable = { 0 }, all = { 0 };
    count_classes (survey, classes, &readable, &all);
    guint looked_at, turned;
    count_looks (survey, &looked_at, &turned);

    put_name (out, "");
    put_right (out, _("files"), 8);
    put_right (out, _("copies"), 8);
    put_right (out, _("pages"), 10);
    g_string_append_c (out, '\n');
    for (guint class = 0; class < KH_N_SURVEY_CLASSES; class++)
        if (is_readable ((kh_survey_class) class) && classes[class].files > 0)
            put_row (out, _(CLASS_TITLES[class]), &classes[class]);
    put_row (out, _("can be read"), &readable);
    for (guint class = 0; class < KH_N_SURVEY_CLASSES; class++)
        if (!is_readable ((kh_survey_class) class) && classes[class].files > 0)
            put_row (out, _(CLASS_TITLES[class]), &classes[class]);
    put_row (out, _("in all"), &all);

    g_autofree char *size = g_format_size_full (all.bytes, G_FORMAT_SIZE_IEC_UNITS);
    g_string_append_printf (out, "\n%s: %s\n", _("Size"), size);
    g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GPtrArray) encodings = count_encodings (survey, numbers);
    g_autofree char *encodings_title = g_strdup_printf ("%s: ", _("Files in old encodings"));
    for (guint i = 0; i < encodings->len; i++)
        g_string_append_printf (out, "%s%s %u", i == 0 ? encodings_title : ", ", (char *) encodings->pdata[i],
                                GPOINTER_TO_UINT (g_hash_table_lookup (numbers, encodings->pdata[i])));
    if (encodings->len > 0)
        g_string_append_c (out, '\n');
    if (turned > 0) {
        g_string_append_printf (out, _("Pages on their side or upside down: %u of those looked at"), turned);
        g_string_append_c (out, '\n');
    }
    g_string_append_printf (out, _("Looked at: %u pages, the first, the middle and the last one of each document; the others are taken to be like these"),
                            looked_at);
    g_string_append_c (out, '\n');
    if (survey->estimated)
        put_estimate (out, survey);
}

/* ------------------------------------------------------------------ a line a file */

static void
put_field (GString *out, const char *text, char end)
{
    gboolean quoted = strpbrk (text, ",\"\r\n") != NULL;
    if (quoted)
        g_string_append_c (out, '"');
    for (; *text != '\0'; text++)
        g_string_append_printf (out, *text == '"' ? "\"%c" : "%c", *text);
    if (quoted)
        g_string_append_c (out, '"');
    g_string_append (out, end == '\n' ? "\r\n" : ",");
}

static const char *
or_empty (const char *text)
{
    return text != NULL ? text : "";
}

void
kh_survey_print_csv (GString *out, const kh_survey *survey)
{
    g_string_append (out, "path,class,media_type,bytes,pages,looked_at");
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++)
        g_string_append_printf (out, ",%s", kh_survey_class_name ((kh_survey_class) kind));
    g_string_append (out, ",turned,encoding,sha256,copy_of,cause\r\n");
    for (guint i = 0; i < survey->files->len; i++) {
        const kh_surveyed *one = survey->files->pdata[i];
        put_field (out, one->file->shown, ',');
        put_field (out, kh_survey_class_name (one->class), ',');
        put_field (out, one->media_type, ',');
        g_string_append_printf (out, "%" G_GUINT64_FORMAT ",%u,%u,", one->file->bytes, one->pages, one->looked_at);
        for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++)
            g_string_append_printf (out, "%u,", one->kinds[kind]);
        g_string_append_printf (out, "%u,", one->turned);
        put_field (out, or_empty (one->encoding), ',');
        put_field (out, or_empty (one->file->sha256), ',');
        put_field (out, one->copy_of != NULL ? one->copy_of->file->shown : "", ',');
        put_field (out, or_empty (one->cause), '\n');
    }
}

/* ------------------------------------------------------------------ JSON */

static json_t *
json_or_null (const char *text)
{
    return text != NULL && *text != '\0' ? json_string (text) : json_null ();
}

static json_t *
json_of_tally (const tally *t)
{
    return json_pack ("{s:i, s:i, s:I, s:I}", "files", (int) t->files, "copies", (int) t->copies, "bytes", (json_int_t) t->bytes, "pages",
                      (json_int_t) t->pages);
}

static json_t *
json_of_file (const kh_surveyed *one)
{
    json_t *kinds = json_object ();
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++)
        if (one->kinds[kind] > 0)
            json_object_set_new (kinds, kh_survey_class_name ((kh_survey_class) kind), json_integer (one->kinds[kind]));
    return json_pack ("{s:s, s:s, s:o, s:I, s:i, s:i, s:o, s:i, s:o, s:o, s:o, s:o}", "path", one->file->shown, "class",
                      kh_survey_class_name (one->class), "media_type", json_or_null (one->media_type), "bytes", (json_int_t) one->file->bytes,
                      "pages", (int) one->pages, "looked_at", (int) one->looked_at, "kinds", kinds, "turned", (int) one->turned, "encoding",
                      json_or_null (one->encoding), "sha256", json_or_null (one->file->sha256), "copy_of",
                      json_or_null (one->copy_of != NULL ? one->copy_of->file->shown : NULL), "cause", json_or_null (one->cause));
}

static json_t *
json_of_estimate (const kh_survey *survey)
{
    if (!survey->estimated)
        return json_null ();
    json_t *costs = json_object ();
    for (guint kind = 0; kind < KH_N_PAGE_KINDS; kind++) {
        const kh_page_cost *cost = &survey->costs[kind];
        if (cost->pages > 0)
            json_object_set_new (costs, kh_survey_class_name ((kh_survey_class) kind),
                                 json_pack ("{s:f, s:o, s:i}", "pages", cost->pages, "seconds_a_page",
                                            cost->trials > 0 ? json_real (cost->seconds) : json_null (), "measured_on", (int) cost->trials));
    }
    return json_pack ("{s:f, s:i, s:o}", "seconds", survey->seconds, "processors", (int) survey->processors, "kinds", costs);
}

void
kh_survey_print_json (GString *out, const kh_survey *survey)
{
    tally classes[KH_N_SURVEY_CLASSES] = { 0 }, readable = { 0 }, all = { 0 };
    count_classes (survey, classes, &readable, &all);
    guint looked_at, turned;
    count_looks (survey, &looked_at, &turned);
    json_t *by_class = json_object (), *files = json_array (), *encodings = json_object ();
    for (guint class = 0; class < KH_N_SURVEY_CLASSES; class++)
        if (classes[class].files > 0)
            json_object_set_new (by_class, kh_survey_class_name ((kh_survey_class) class), json_of_tally (&classes[class]));
    g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (GPtrArray) names = count_encodings (survey, numbers);
    for (guint i = 0; i < names->len; i++)
        json_object_set_new (encodings, names->pdata[i], json_integer (GPOINTER_TO_UINT (g_hash_table_lookup (numbers, names->pdata[i]))));
    for (guint i = 0; i < survey->files->len; i++)
        json_array_append_new (files, json_of_file (survey->files->pdata[i]));
    json_t *tree = json_pack ("{s:s, s:o, s:o, s:o, s:o, s:i, s:i, s:o, s:o}", "schema", "kehoach.survey/1", "all", json_of_tally (&all), "readable",
                              json_of_tally (&readable), "classes", by_class, "encodings", encodings, "pages_looked_at", (int) looked_at,
                              "pages_turned", (int) turned, "estimate", json_of_estimate (survey), "files", files);
    char *text = json_dumps (tree, JSON_INDENT (2) | JSON_REAL_PRECISION (4));
    g_string_append_printf (out, "%s\n", text);
    free (text);
    json_decref (tree);
}
