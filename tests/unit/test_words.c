/* Recorded words: what is written is read back to the byte; what makes no sense is refused by line. */
#include "source/words.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char SAMPLE[] =
    "page\t1\t595.30\t841.89\t0\ttext-layer\t0.00\t0.00\t595.30\t841.89\t1\t0\t0\t0\t1\t0\n"
    "rule\th\t84.84\t592.41\t538.84\t592.91\n"
    "rule\tv\t84.84\t592.41\t84.84\t767.50\n"
    "mark\tstamp\t300.00\t500.00\t400.00\t600.00\n"
    "mark\tsignature\t380.00\t480.00\t500.00\t540.00\n"
    "word\t0\t87.10\t63.95\t123.86\t80.85\t13.00\t1\t1\tỦY\n"
    "word\t-1\t127.15\t63.95\t158.13\t80.85\t0.00\t3\t0.87\tban nhân\n"
    "page\t7\t595.00\t842.00\t180\tocr\t300.00\t-0.75\t600.00\t850.00\t-0.99991433\t0.013089596\t595.5\t-0.013089596\t-0.99991433\t841\n"
    "warning\tpage_part\tmột phần của trang không đọc được\n"
    "encoding\tTCVN3\n"
    "region\t90\t10.00\t300.00\t400.00\t500.00\t0\t1\t20\t-1\t0\t700\n"
    "word\t0\t10.00\t20.00\t30.00\t32.00\t13.00\t0\t1\tth ờng\n"
    "image\t0\t10.00\t20.00\t30.00\t32.00\t13.00\t0\t0.96\tthường\n";

static void
test_roundtrip (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    GPtrArray *pages = kh_words_parse (SAMPLE, "sample.tsv", pool, NULL);
    assert_non_null (pages);
    assert_int_equal (pages->len, 2);
    const kh_page *first = pages->pdata[0], *second = pages->pdata[1];
    assert_int_equal (first->origin, KH_ORIGIN_TEXT_LAYER);
    assert_int_equal (first->words->len, 2);
    assert_int_equal (first->rules->len, 2);
    assert_false (kh_page_rule (first, 1)->horizontal);
    assert_int_equal (first->marks->len, 2);
    assert_int_equal (kh_page_mark (first, 1)->kind, KH_MARK_SIGNATURE);
    assert_float_equal (kh_page_mark (first, 1)->box.y1, 540, 1e-9);
    assert_string_equal (kh_page_word (first, 0)->text, "ỦY");
    assert_int_equal (kh_page_word (first, 0)->page, 1);
    assert_int_equal (kh_page_word (first, 0)->style, KH_WORD_BOLD);
    assert_string_equal (kh_page_word (first, 1)->text, "ban nhân");
    assert_int_equal (kh_page_word (first, 1)->line, -1);
    assert_float_equal (first->confidence, 0.935, 1e-6);
    assert_int_equal (second->number, 7);
    assert_int_equal (second->rotation, 180);
    assert_float_equal (second->skew, -0.75, 1e-9);
    assert_float_equal (second->to_page.xy, 0.013089596, 1e-12);
    assert_string_equal (second->warning_code, "page_part");
    assert_string_equal (second->encoding, "TCVN3");
    assert_int_equal (first->regions->len, 0);
    assert_int_equal (second->regions->len, 1);
    assert_int_equal (kh_page_region (second, 0)->turn, 90);
    assert_float_equal (kh_page_region (second, 0)->to_page.y0, 700, 1e-9);
    assert_null (first->image_words);
    assert_int_equal (second->words->len, 1);
    assert_int_equal (second->image_words->len, 1);
    assert_string_equal (g_array_index (second->image_words, kh_word, 0).text, "thường");

    g_autoptr (GString) out = g_string_new (NULL);
    kh_words_write (out, pages);
    assert_string_equal (out->str, SAMPLE);
}

static void
test_comments_and_line_ends (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    GPtrArray *pages = kh_words_parse ("# recorded by hand\r\n\r\npage\t2\t10\t10\t0\ttext\t0\t0\t10\t10\t1\t0\t0\t0\t1\t0\r\n"
                                       "word\t0\t1\t1\t2\t2\t10\t0\t1\ta", "sample.tsv", pool, NULL);
    assert_non_null (pages);
    const kh_page *page = pages->pdata[0];
    assert_string_equal (kh_page_word (page, 0)->text, "a");
}

static void
test_text_that_would_break_lines (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, 100, 100);
    kh_page_add_word (pool, page, "một\thai\nba", (kh_word){ .box = { 0, 0, 1, 1 }, .confidence = 1 });
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();
    g_ptr_array_add (pages, page);
    g_autoptr (GString) out = g_string_new (NULL);
    kh_words_write (out, pages);
    GPtrArray *back = kh_words_parse (out->str, "sample.tsv", pool, NULL);
    assert_non_null (back);
    assert_string_equal (kh_page_word (back->pdata[0], 0)->text, "một hai ba");
}

#define PAGE "page\t1\t10\t10\t0\tocr\t0\t0\t10\t10\t1\t0\t0\t0\t1\t0\n"

static void
test_nonsense (void **unused)
{
    (void) unused;
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "", "cannot read recorded words 'x.tsv': no page in it" },
        { "word\t0\t1\t1\t2\t2\t10\t0\t1\ta\n", "cannot read recorded words 'x.tsv': line 1 makes no sense" },
        { PAGE "word\t0\t1\t1\t2\t2\t10\t0\t1\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "word\t0\t1\t1\t2\t2\t10\t0\t1\t\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "word\t0\t3\t1\t2\t2\t10\t0\t1\ta\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "word\t0\t1\t1\t2\tnan\t10\t0\t1\ta\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "\nrule\tx\t1\t1\t2\t2\n", "cannot read recorded words 'x.tsv': line 3 makes no sense" },
        { PAGE "rule\th\t1\t1\t2\t2\t3\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "mark\tseal\t1\t1\t2\t2\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "mark\tstamp\t3\t1\t2\t2\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "region\t45\t1\t1\t2\t2\t1\t0\t0\t0\t1\t0\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "region\t90\t1\t1\t2\t2\t1\t0\t0\t0\t1\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { PAGE "line\t1\n", "cannot read recorded words 'x.tsv': line 2 makes no sense" },
        { "page\t0\t10\t10\t0\tocr\t0\t0\t10\t10\t1\t0\t0\t0\t1\t0\n", "cannot read recorded words 'x.tsv': line 1 makes no sense" },
        { "page\t1\t10\t10\t0\tfax\t0\t0\t10\t10\t1\t0\t0\t0\t1\t0\n", "cannot read recorded words 'x.tsv': line 1 makes no sense" },
        { PAGE "word\t0\t1\t1\t2\t2\t10\t0\t1\t\xE1\xBB\n", "cannot read recorded words 'x.tsv': not UTF-8" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (GError) error = NULL;
        assert_null (kh_words_parse (cases[i].text, "x.tsv", pool, &error));
        assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
        assert_string_equal (error->message, cases[i].message);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_roundtrip),
        cmocka_unit_test (test_comments_and_line_ends),
        cmocka_unit_test (test_text_that_would_break_lines),
        cmocka_unit_test (test_nonsense),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
