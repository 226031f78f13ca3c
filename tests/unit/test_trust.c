/* How sure a record is of its values, and what it names first for review. */
#include "core/reasons.h"
#include "core/record_walk.h"
#include "emit/review.h"
#include "emit/tree.h"
#include "plan/checks.h"
#include "plan/trust.h"
#include "sample_record.h"
#include "viet/trust.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

static void
test_sorts (void **state)
{
    (void) state;
    static const struct {
        const char *word;
        kh_print print;
    } cases[] = {
        { "nghiệp,", KH_PRINT_SYLLABLE }, { "xã-phường", KH_PRINT_SYLLABLE },   { "(kế", KH_PRINT_SYLLABLE },    { "UBND", KH_PRINT_ABBREVIATION },
        { "1.250", KH_PRINT_FIGURES },    { "30/6/2024,", KH_PRINT_FIGURES },   { "95%", KH_PRINT_FIGURES },     { "588/KH-STP", KH_PRINT_CODE },
        { "II/2024", KH_PRINT_CODE },     { "63/2020/QH14", KH_PRINT_CODE },    { "SNN&PTNT-VP", KH_PRINT_CODE }, { "ytế", KH_PRINT_STRANGE },
        { "của.tỉnh", KH_PRINT_STRANGE }, { "N7,7", KH_PRINT_STRANGE },         { "1V/2023", KH_PRINT_STRANGE }, { "O7", KH_PRINT_STRANGE },
        { "XDKT&TDTHPL", KH_PRINT_ABBREVIATION }, { "V.", KH_PRINT_ABBREVIATION }, { "b)", KH_PRINT_ABBREVIATION },
        { "–", KH_PRINT_SIGN },           { "§", KH_PRINT_SIGN },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        if (kh_print_of (cases[i].word, NULL) != cases[i].print)
            fail_msg ("%s is %s", cases[i].word, kh_print_name (kh_print_of (cases[i].word, NULL)));
}

static float
trust_of (kh_origin origin, const char *text, float confidence, float likely)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    page->origin = origin;
    kh_page_add_word (pool, page, text, (kh_word){ .confidence = confidence });
    kh_page_word (page, 0)->likely = likely;
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();
    g_ptr_array_add (pages, page);
    kh_trust_pages (pages, NULL);
    return kh_page_word (page, 0)->trust;
}

static void
test_words (void **state)
{
    (void) state;
    assert_float_equal (trust_of (KH_ORIGIN_TEXT_LAYER, "ytế", 1, 1), 1, 0); /* what a layer says is what is printed */
    assert_true (trust_of (KH_ORIGIN_TEXT_LAYER, "xuyên", 1, 0.8f) < 0.95);    /* unless it was mended */
    assert_true (trust_of (KH_ORIGIN_OCR, "nghiệp", 0.99f, 1) > 0.995);
    /* the same ink says less of what no language speaks for */
    assert_true (trust_of (KH_ORIGIN_OCR, "2024", 0.7f, 1) < trust_of (KH_ORIGIN_OCR, "nghiệp", 0.7f, 1));
    assert_true (trust_of (KH_ORIGIN_OCR, "ytế", 0.99f, 1) < trust_of (KH_ORIGIN_OCR, "UBND", 0.99f, 1));
    assert_true (trust_of (KH_ORIGIN_OCR, "chỉ", 0.99f, 0.6f) < 0.8);           /* what stands around it says otherwise */
    assert_true (trust_of (KH_ORIGIN_OCR, "ytế", 0, 0) > 0);                    /* never wrong for certain */
}

static const char *
review_pointer (const kh_record *record, guint i)
{
    return i < record->review->len ? ((const kh_review_entry *) record->review->pdata[i])->pointer : NULL;
}

/* What a document says over and over was not misread each time. */
static void
test_repeated_words (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    page->origin = KH_ORIGIN_OCR;
    g_ptr_array_add (pages, page);
    static const char *const words[] = { "CCHC", "CCHC,", "(CCHC)", "CHC", "V", "V", "V" };
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        kh_page_add_word (pool, page, words[i], (kh_word){ .confidence = 0.9f });
    kh_trust_pages (pages, NULL);
    float often = kh_page_word (page, 0)->trust, once = kh_page_word (page, 3)->trust;
    assert_float_equal (1 - often, (1 - once) / 3, 0.001);
    assert_float_equal (kh_page_word (page, 4)->trust, once, 0.001); /* a letter alone counts for itself */
}

/* Numbers that go on from the one before are believed. */
static void
test_ordered_numbers (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    static const char *const numbers[] = { "I", "II", "IV" };
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
        kh_section *section = kh_pool_new0 (pool, kh_section, 1);
        section->id = kh_pool_printf (pool, "s%zu", i + 1);
        section->level = 1;
        section->paragraphs = kh_pool_list (pool);
        section->number = sample_value (pool, page, 50, 50 + 20.0 * i, numbers[i]); /* 0.9 */
        g_ptr_array_add (record->sections, section);
    }
    kh_check_section_numbers (pool, record);
    assert_float_equal (((kh_section *) record->sections->pdata[0])->number.seen.confidence, 0.99, 0.001); /* the second speaks for it */
    assert_float_equal (((kh_section *) record->sections->pdata[1])->number.seen.confidence, 0.99, 0.001);
    assert_float_equal (((kh_section *) record->sections->pdata[2])->number.seen.confidence, 0.9, 0.001);
    assert_int_equal (record->review->len, 1);
    assert_string_equal (review_pointer (record, 0), "/sections/2/number");
}

static json_t *
at_pointer (json_t *json, const char *pointer)
{
    g_auto (GStrv) keys = g_strsplit (pointer + 1, "/", -1);
    for (guint i = 0; keys[i] != NULL && json != NULL; i++)
        json = json_is_array (json) ? json_array_get (json, (gsize) g_ascii_strtoull (keys[i], NULL, 10)) : json_object_get (json, keys[i]);
    return json;
}

typedef struct seen_values {
    json_t *tree;
    guint n;
    GHashTable *pointers;
} seen_values;

static void
find_in_tree (const kh_visited *visited, gpointer user_data)
{
    seen_values *seen = user_data;
    const json_t *json = at_pointer (seen->tree, visited->pointer);
    if (json == NULL)
        fail_msg ("%s is not in the record", visited->pointer);
    if (json_is_string (json))
        assert_string_equal (json_string_value (json), visited->text);
    g_hash_table_add (seen->pointers, g_strdup (visited->pointer));
    seen->n++;
}

/* What the walk names is what is written, and what is written with evidence is walked. */
static void
test_walk (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    json_t *tree = kh_tree (record, (kh_models){ "a", "b" });
    seen_values seen = { tree, 0, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
    kh_walk_values (record, find_in_tree, &seen);
    assert_int_equal (seen.n, g_hash_table_size (seen.pointers));
    const char *pointer;
    json_t *evidence;
    json_object_foreach (json_object_get (tree, "evidence"), pointer, evidence)
    {
        gboolean of_table = g_str_has_prefix (pointer, "/tables/"), of_other = strstr (pointer, "/other/") != NULL;
        if (!of_table && !of_other && !g_hash_table_contains (seen.pointers, pointer))
            fail_msg ("%s is not walked", pointer);
    }
    g_hash_table_unref (seen.pointers);
    json_decref (tree);
}

/* A record with one task whose text, lead and deadline were read with these trusts, and the same text in a paragraph. */
static kh_record *
small_record (kh_pool *pool, float text, float lead, float deadline)
{
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    g_ptr_array_add (record->pages, page);
    const float trusts[] = { text, lead, deadline };
    const char *const words[] = { "Rà", "Sở", "2024" };
    kh_value values[3];
    for (guint i = 0; i < 3; i++) {
        const kh_text *one = sample_text (pool, page, 50 + 100.0 * i, 50, words[i]);
        kh_word *word = (kh_word *) one->pieces[0].word;
        word->trust = trusts[i];
        word->print = (unsigned char) kh_print_of (word->text, NULL);
        values[i] = kh_value_of (pool, one);
    }
    kh_section *section = kh_pool_new0 (pool, kh_section, 1);
    section->id = "s1";
    section->paragraphs = kh_pool_list (pool);
    kh_paragraph *paragraph = kh_pool_new0 (pool, kh_paragraph, 1);
    paragraph->text = values[0];
    g_ptr_array_add (section->paragraphs, paragraph);
    g_ptr_array_add (record->sections, section);
    kh_task *task = kh_pool_new0 (pool, kh_task, 1);
    task->lead = kh_pool_list (pool);
    task->coordinate = kh_pool_list (pool);
    task->product = kh_pool_list (pool);
    task->other = kh_pool_list (pool);
    task->text = values[0];
    sample_add_value (pool, task->lead, values[1]);
    task->deadline = (kh_deadline){ KH_DEADLINE_PERIOD, values[2], "2024-01-01", "2024-12-31" };
    g_ptr_array_add (record->tasks, task);
    return record;
}

static void
test_review_order (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = small_record (pool, 0.9f, 0.99f, 0.5f);
    kh_plan_trust (pool, record);
    assert_int_equal (record->review->len, 2);
    assert_string_equal (review_pointer (record, 0), "/tasks/0/deadline");
    assert_string_equal (review_pointer (record, 1), "/tasks/0/text"); /* its paragraph is the same place */
    assert_string_equal (((const kh_review_entry *) record->review->pdata[0])->reason, "figures_unsure");
    const kh_task *task = record->tasks->pdata[0];
    assert_float_equal (task->seen.confidence, 0.9f * 0.99f * 0.5f, 0.001f); /* the row: all of it right */
}

static void
test_review_of_parsers (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = small_record (pool, 1, 0.9f, 1);
    static const kh_review_entry told[] = { { "/tasks/0/number", "row_number_gap" }, { "/header/number", "unreadable" } };
    for (guint i = 0; i < G_N_ELEMENTS (told); i++)
        g_ptr_array_add (record->review, (gpointer) &told[i]);
    kh_plan_trust (pool, record);
    assert_int_equal (record->review->len, 3);
    assert_string_equal (review_pointer (record, 0), "/header/number"); /* what is not there at all */
    assert_string_equal (review_pointer (record, 1), "/tasks/0/number");
    assert_string_equal (review_pointer (record, 2), "/tasks/0/lead/0");
}

/* A table of one column whose words all have this trust. */
static kh_table *
column_table (kh_pool *pool, kh_record *record, kh_page *page, const char *const *cells, float trust)
{
    kh_grid *grid = kh_pool_new0 (pool, kh_grid, 1);
    grid->n_rows = (int) g_strv_length ((char **) cells);
    grid->n_cols = 1;
    grid->confidence = 1;
    grid->cells = kh_pool_new0 (pool, kh_cell *, grid->n_rows);
    guint n = page->words->len;
    g_autofree char *all = g_strjoinv (" ", (char **) cells);
    g_auto (GStrv) every = g_strsplit (all, " ", -1);
    for (guint k = 0; every[k] != NULL; k++) /* first of all, for they move as the page grows */
        if (*every[k] != '\0')
            kh_page_add_word (pool, page, every[k], (kh_word){ .confidence = trust });
    for (int i = 0; i < grid->n_rows; i++) {
        kh_cell *cell = grid->cells[i] = kh_pool_new0 (pool, kh_cell, 1);
        cell->row_span = cell->col_span = 1;
        kh_text_builder builder;
        kh_text_builder_init (&builder);
        g_auto (GStrv) words = g_strsplit (cells[i], " ", -1);
        for (guint k = 0; words[k] != NULL && *words[k] != '\0'; k++, n++) {
            kh_word *word = kh_page_word (page, n);
            word->trust = trust;
            word->box = (kh_box){ 50 + 30.0 * k, 50 + 20.0 * i, 75 + 30.0 * k, 60 + 20.0 * i };
            kh_text_builder_add_word (&builder, word, TRUE);
        }
        cell->text = kh_text_builder_finish (&builder, pool);
    }
    kh_table *table = kh_pool_new0 (pool, kh_table, 1);
    table->grid = grid;
    table->columns = kh_pool_list (pool);
    g_ptr_array_add (record->tables, table);
    return table;
}

/* Rows that count on are believed; what stands for a I, or for nothing, is not. */
static void
test_row_numbers (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    static const char *const cells[] = { "1", "1", "2", "3", "II", "4", "III", "5", "VH", "6", "Tổng cộng", NULL };
    const kh_table *table = column_table (pool, record, page, cells, 0.9f);
    kh_plan_trust (pool, record);
    static const float wanted[] = { 0.225f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.225f, 0.99f, 0.81f };
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        if (fabsf (table->confidence[i] - wanted[i]) > 0.001f)
            fail_msg ("row %zu, %s: %.3f", i, cells[i], (double) table->confidence[i]);
    assert_string_equal (review_pointer (record, 0), "/tables/0/rows/0/0/text");

    static const char *const few[] = { "5", "5", "7", "9", NULL }; /* no list */
    kh_page *other = kh_page_new (pool, 2, 595, 842);
    const kh_table *no_list = column_table (pool, record, other, few, 0.9f);
    kh_plan_trust (pool, record);
    assert_float_equal (no_list->confidence[0], 0.9, 0.001);
}

static void
test_counted_nouns (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    page->origin = KH_ORIGIN_OCR;
    g_ptr_array_add (record->pages, page);
    static const char *const cells[] = { "Quý I/2023", "Quý III/2023", "Quý 1/2023", "Đợt 1", "Khu vực I", "Khu vực II, khu vực 1.", "Giai đoạn 2021-2025", NULL };
    const kh_table *table = column_table (pool, record, page, cells, 1);
    kh_plan_trust (pool, record);
    for (int i = 0; cells[i] != NULL; i++)
        assert_float_equal (table->confidence[i], i == 2 || i == 5 ? 0.25 : 1, 0.001);
    assert_string_equal (((const kh_review_entry *) record->review->pdata[0])->reason, "unlike_others");
}

/* Digits as tall as two lines have one of them in it. */
static void
test_tall_figures (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    page->origin = KH_ORIGIN_OCR;
    g_ptr_array_add (record->pages, page);
    static const char *const cells[] = { "Kết quả 2021", "Năm 2022", NULL };
    const kh_table *table = column_table (pool, record, page, cells, 1);
    for (guint i = 0; i < page->words->len; i++) {
        kh_word *word = kh_page_word (page, i);
        word->print = strcmp (word->text, "2021") == 0 || strcmp (word->text, "2022") == 0 ? KH_PRINT_FIGURES : KH_PRINT_SYLLABLE;
        word->box.y1 = word->box.y0 + (strcmp (word->text, "2021") == 0 ? 21 : 10);
    }
    kh_plan_trust (pool, record);
    assert_float_equal (table->confidence[0], 0.25, 0.001);
    assert_float_equal (table->confidence[1], 1, 0);
}

static void
test_unlike_column (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    g_ptr_array_add (record->pages, page);
    static const char *const cells[] = { "12", "≥ 15 %", "§", "1.250", "98", "Chưa đánh giá", "9i", "", "7", "≥ 40 ≥ 60", "40", "1,3,5", "00", "1.250.000", NULL };
    const kh_table *table = column_table (pool, record, page, cells, 1);
    kh_plan_trust (pool, record);
    assert_int_equal (record->review->len, 5);
    assert_string_equal (review_pointer (record, 3), "/tables/0/rows/11/0/text");
    assert_string_equal (review_pointer (record, 4), "/tables/0/rows/12/0/text");
    assert_string_equal (review_pointer (record, 0), "/tables/0/rows/2/0/text");
    assert_string_equal (review_pointer (record, 1), "/tables/0/rows/6/0/text");
    assert_string_equal (review_pointer (record, 2), "/tables/0/rows/9/0/text");
    assert_float_equal (table->confidence[0], 1, 0);
}

/* Every reason says something, is ranked, and is told in the schema. */
static void
test_reasons (void **state)
{
    (void) state;
    g_autofree char *schema = NULL;
    assert_true (g_file_get_contents ("schemas/plan.schema.json", &schema, NULL, NULL));
    for (const kh_reason *reason = kh_reasons (); reason->code != NULL; reason++) {
        g_autofree char *told = g_strdup_printf ("%s: %s", reason->code, reason->message);
        if (strstr (schema, told) == NULL)
            fail_msg ("%s is not in the schema", told);
        assert_in_range (reason->right * 100, 0, 100);
        assert_ptr_equal (kh_reason_of (reason->code), reason);
    }
    assert_null (kh_reason_of ("because"));
}

static void
test_review_for_people (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = small_record (pool, 0.9f, 0.99f, 0.5f);
    kh_plan_trust (pool, record);
    g_autoptr (GString) out = g_string_new (NULL);
    kh_review_write (out, record, 1);
    assert_string_equal (out->str, "\nCần xem lại:\n  nhiệm vụ 1, thời hạn: “2024” (trang 1) – Số hoặc ký hiệu đọc không chắc; hãy đối chiếu với bản quét\n"
                                   "  … và 1 chỗ nữa\n");
    static const char *const places[][2] = { { "/header/number", "phần đầu, số" },
                                             { "/tables/1/rows/4/2/text", "bảng 2, dòng 5, cột 3" },
                                             { "/tables/0/columns/2/header", "bảng 1, cột 3, tiêu đề" },
                                             { "/sections/3/paragraphs/0/references/1/date", "mục 4, đoạn 1, viện dẫn 2, ngày" } };
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autofree char *place = kh_review_place (places[i][0]);
        assert_string_equal (place, places[i][1]);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_sorts), cmocka_unit_test (test_words), cmocka_unit_test (test_repeated_words), cmocka_unit_test (test_ordered_numbers), cmocka_unit_test (test_walk), cmocka_unit_test (test_review_order),
        cmocka_unit_test (test_review_of_parsers), cmocka_unit_test (test_unlike_column), cmocka_unit_test (test_row_numbers), cmocka_unit_test (test_counted_nouns), cmocka_unit_test (test_tall_figures), cmocka_unit_test (test_reasons),
        cmocka_unit_test (test_review_for_people),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
