/* What files are, told by a look; what a document is, told by its pages; copies; how a survey is printed. */
#include "base/error.h"
#include "batch/survey.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DIGITAL "samples/prose-only/digital.pdf"
#define DAMAGED "samples/prose-only/damaged.pdf"
#define FAX "samples/prose-only/scan-c.pdf"

/* ------------------------------------------------------------------ the class of a document */

static void
pages_make_a_class (void **state)
{
    (void) state;
    static const struct {
        const char *name;
        guint kinds[KH_N_PAGE_KINDS];
    } CASES[] = {
        { "sound", { [KH_PAGE_SOUND] = 3 } },
        { "sound", { [KH_PAGE_SOUND] = 2, [KH_PAGE_BLANK] = 1 } },
        { "blank", { [KH_PAGE_BLANK] = 1 } },
        { "blank", { 0 } },
        { "lost-letters", { [KH_PAGE_LOST_LETTERS] = 1, [KH_PAGE_SOUND] = 2 } },
        { "lost-letters", { [KH_PAGE_LOST_LETTERS] = 1, [KH_PAGE_WORTHLESS] = 1, [KH_PAGE_LEGACY] = 1 } },
        { "legacy", { [KH_PAGE_LEGACY] = 1, [KH_PAGE_SOUND] = 1 } },
        { "worthless", { [KH_PAGE_WORTHLESS] = 1, [KH_PAGE_SCAN] = 2 } },
        { "mixed", { [KH_PAGE_SCAN] = 1, [KH_PAGE_SOUND] = 2 } },
        { "mixed", { [KH_PAGE_WORTHLESS] = 1, [KH_PAGE_SOUND] = 2 } },
        { "mixed", { [KH_PAGE_SCAN] = 1, [KH_PAGE_LOST_LETTERS] = 2 } },
        { "mixed", { [KH_PAGE_UNREADABLE] = 1, [KH_PAGE_SOUND] = 2 } },
        { "unreadable", { [KH_PAGE_UNREADABLE] = 2 } },
    };
    for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
        assert_string_equal (kh_survey_class_name (kh_survey_class_of (CASES[i].kinds)), CASES[i].name);
}

/* ------------------------------------------------------------------ looks */

typedef struct shelf {
    const char *const *documents; /* paths, or contents that begin with "=" */
    guint next, n_seen;
    kh_glance seen[16];
} shelf;

static GBytes *
take_down (const char **name, gpointer *document, gpointer user_data)
{
    shelf *s = user_data;
    const char *one = s->documents[s->next];
    if (one == NULL)
        return NULL;
    *name = one;
    *document = GUINT_TO_POINTER (s->next++);
    if (*one == '=')
        return g_bytes_new_static (one + 1, strlen (one + 1));
    char *content;
    gsize length;
    assert_true (g_file_get_contents (one, &content, &length, NULL));
    return g_bytes_new_take (content, length);
}

static void
put_back (gpointer document, const kh_glance *glance, gpointer user_data)
{
    shelf *s = user_data;
    s->seen[GPOINTER_TO_UINT (document)] = *glance;
    s->n_seen++;
    if (glance->state != KH_GLANCE_OPENED)
        assert_non_null (glance->cause);
}

static void
look_at (shelf *s, guint jobs)
{
    static const kh_glance_calls calls = { take_down, put_back };
    g_autoptr (kh_reader) reader = kh_reader_new (jobs, NULL);
    g_autoptr (GError) error = NULL;
    assert_true (kh_reader_glance (reader, &calls, s, &error));
    assert_null (error);
}

static void
documents_are_told_apart (void **state)
{
    (void) state;
    static const char *const DOCUMENTS[] = { DIGITAL, DAMAGED, FAX, "=Ủy ban nhân dân tỉnh ban hành Kế hoạch\n", "=%PDF-1.4\nnothing more", "=\x01\x02\xff", "=", NULL };
    for (guint jobs = 1; jobs <= 2; jobs++) {
        shelf s = { .documents = DOCUMENTS };
        look_at (&s, jobs);
        assert_int_equal (s.n_seen, 7);
        static const kh_page_kind KINDS[] = { KH_PAGE_SOUND, KH_PAGE_LOST_LETTERS, KH_PAGE_SCAN, KH_PAGE_TEXT };
        for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
            assert_int_equal (s.seen[i].state, KH_GLANCE_OPENED);
            assert_int_equal (s.seen[i].looked_at, MIN (s.seen[i].pages, KH_GLANCE_PAGES));
            assert_int_equal (s.seen[i].page[0].kind, KINDS[i]);
            assert_int_equal (s.seen[i].page[0].number, 1);
            assert_int_equal (s.seen[i].page[s.seen[i].looked_at - 1].number, s.seen[i].pages);
        }
        assert_int_equal (s.seen[2].page[1].turn, 180); /* the fax has its second page upside down */
        assert_int_equal (s.seen[0].page[0].turn, 0);
        assert_int_equal (s.seen[4].state, KH_GLANCE_BROKEN);
        assert_int_equal (s.seen[5].state, KH_GLANCE_UNKNOWN);
        assert_int_equal (s.seen[6].state, KH_GLANCE_UNKNOWN);
    }
}

static void
no_documents (void **state)
{
    (void) state;
    static const char *const NONE[] = { NULL };
    shelf s = { .documents = NONE };
    look_at (&s, 1);
    assert_int_equal (s.n_seen, 0);
}

static void
interruption_stops (void **state)
{
    (void) state;
    static const char *const DOCUMENTS[] = { DIGITAL, DIGITAL, NULL };
    static const kh_glance_calls calls = { take_down, put_back };
    volatile int interrupted = 2;
    shelf s = { .documents = DOCUMENTS };
    g_autoptr (kh_reader) reader = kh_reader_new (1, &interrupted);
    g_autoptr (GError) error = NULL;
    assert_false (kh_reader_glance (reader, &calls, &s, &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INTERRUPTED));
    assert_int_equal (s.n_seen, 0);
}

/* ------------------------------------------------------------------ a survey */

static kh_survey *
survey_of (GPtrArray *files)
{
    kh_survey_options options = { .jobs = 1, .no_estimate = TRUE };
    g_autoptr (GError) error = NULL;
    kh_survey *survey = kh_survey_make (files, &options, &error);
    assert_null (error);
    return survey;
}

static void
copies_are_what_their_original_is (void **state)
{
    (void) state;
    g_autofree char *folder = g_dir_make_tmp ("kehoach-survey-XXXXXX", NULL);
    static const char *const NAMES[] = { "a.txt", "b \"quoted\", and more.txt", "c.txt", "d.pdf" };
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
        g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);
        assert_true (g_file_set_contents (path, i == 2 ? "Kế hoạch khác\n" : i == 3 ? "" : "Kế hoạch\n", -1, NULL));
    }
    const char *sources[] = { folder, NULL };
    g_autoptr (GPtrArray) files = kh_files_find (sources, NULL, NULL, NULL);
    g_autoptr (kh_survey) survey = survey_of (files);
    assert_int_equal (survey->files->len, 4);
    kh_surveyed **f = (kh_surveyed **) survey->files->pdata;
    assert_null (f[0]->copy_of);
    assert_ptr_equal (f[1]->copy_of, f[0]);
    assert_null (f[2]->copy_of);
    assert_int_equal (f[1]->class, KH_PAGE_TEXT);
    assert_int_equal (f[1]->pages, 1);
    assert_int_equal (f[3]->class, KH_SURVEY_EMPTY);
    assert_false (survey->estimated);

    g_autoptr (GString) csv = g_string_new (NULL), json = g_string_new (NULL), table = g_string_new (NULL);
    kh_survey_print_csv (csv, survey);
    assert_non_null (strstr (csv->str, "b \"\"quoted\"\", and more.txt\",text,text/plain,"));
    assert_true (g_str_has_suffix (csv->str, ",empty file\r\n"));
    kh_survey_print_json (json, survey);
    assert_non_null (strstr (json->str, "\"estimate\": null"));
    kh_survey_print_table (table, survey);
    assert_non_null (strstr (table->str, "text file                                3       1         3\n"));

    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
        g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);
        g_unlink (path);
    }
    g_rmdir (folder);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (pages_make_a_class),  cmocka_unit_test (documents_are_told_apart),
        cmocka_unit_test (no_documents),        cmocka_unit_test (interruption_stops),
        cmocka_unit_test (copies_are_what_their_original_is),
    };
    g_setenv ("KEHOACH_DATA", "models", FALSE);
    return cmocka_run_group_tests (tests, NULL, NULL);
}
