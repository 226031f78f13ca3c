/* Plain text on its grid, and what is no UTF-8 text. */
#include "base/error.h"
#include "base/limits.h"
#include "source/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static kh_source *
open_text (const char *text)
{
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;
    kh_source *source = kh_source_open (bytes, "x.txt", &error);
    assert_null (error);
    assert_string_equal (kh_source_media_type (source), "text/plain");
    return source;
}

static void
test_grid (void **unused)
{
    (void) unused;
    static const struct {
        const char *text, *words; /* "row:column-end word" */
    } cases[] = {
        { "Kế hoạch\n", "0:0-2 Kế 0:3-8 hoạch " },
        { "  TT    Nhiệm vụ\r\n\r\n  1     Rà soát", "0:2-4 TT 0:8-13 Nhiệm 0:14-16 vụ 2:2-3 1 2:8-10 Rà 2:11-15 soát " },
        { "a\tb\n12345678\tc", "0:0-1 a 0:8-9 b 1:0-8 12345678 1:16-17 c " },
        { "\xEF\xBB\xBF""a", "0:0-1 a " },
        { "a\xC2\xA0""b", "0:0-1 a 0:2-3 b " },
        { "e\xCC\x82\xCC\x81 b", "0:0-1 e\xCC\x82\xCC\x81 0:2-3 b " }, /* marks of their own take no column */
        { "số\fhai", "0:0-2 số " },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_source) source = open_text (cases[i].text);
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page_look look;
        kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
        assert_non_null (page);
        assert_true (look.has_text && look.image_share == 0);
        assert_int_equal (page->origin, KH_ORIGIN_TEXT);
        g_autoptr (GString) words = g_string_new (NULL);
        for (guint k = 0; k < page->words->len; k++) {
            const kh_word *word = kh_page_word (page, k);
            g_string_append_printf (words, "%d:%.4g-%.4g %s ", word->line, word->box.x0 / 6, word->box.x1 / 6, word->text);
            assert_float_equal (word->box.y0, word->line * 12 + 1, 1e-9);
            assert_float_equal (word->box.y1, word->line * 12 + 11, 1e-9);
        }
        assert_string_equal (words->str, cases[i].words);
    }
}

static void
test_pages (void **unused)
{
    (void) unused;
    static const struct {
        const char *text;
        guint n_pages;
        const char *last; /* first word of the last page */
    } cases[] = {
        { "một", 1, "một" },
        { "một\fhai\f", 2, "hai" },
        { "một\fhai\f\n \n", 2, "hai" }, /* nothing after the last form feed */
        { "một\f\fba", 3, "ba" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_source) source = open_text (cases[i].text);
        assert_int_equal (kh_source_page_count (source), cases[i].n_pages);
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page_look look;
        kh_page *page = kh_source_read (source, cases[i].n_pages, pool, &look, NULL);
        assert_string_equal (kh_page_word (page, 0)->text, cases[i].last);
        assert_int_equal (page->number, cases[i].n_pages);
        g_autoptr (GError) error = NULL;
        assert_null (kh_source_read (source, cases[i].n_pages + 1, pool, &look, &error));
        assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
    }
}

/* Long lines, long columns, long words: all stay within the limits, nothing is lost. */
static void
test_long (void **unused)
{
    (void) unused;
    g_autoptr (GString) text = g_string_new (NULL);
    for (int i = 0; i < 3000; i++)
        g_string_append_printf (text, "dòng %d\n", i);
    for (int i = 0; i < 5000; i++)
        g_string_append (text, "dài ");
    for (int i = 0; i < 3000; i++)
        g_string_append (text, "ữ");
    g_autoptr (kh_source) source = open_text (text->str);
    guint n_words = 0, n_pages = kh_source_page_count (source), n_bytes = 0;
    for (guint number = 1; number <= n_pages; number++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page_look look;
        kh_page *page = kh_source_read (source, number, pool, &look, NULL);
        assert_true (page->width <= KH_LIMIT_PAGE_POINTS && page->height <= KH_LIMIT_PAGE_POINTS);
        n_words += page->words->len;
        for (guint i = 0; i < page->words->len; i++) {
            const kh_word *word = kh_page_word (page, i);
            assert_true (g_utf8_validate (word->text, -1, NULL));
            n_bytes += g_str_has_prefix (word->text, "ữ") ? strlen (word->text) : 0;
        }
    }
    assert_int_equal (n_pages, 4);
    assert_int_equal (n_words, 2 * 3000 + 5000 + 6); /* the last word in 6: rows have 2200 columns, words 2048 bytes */
    assert_int_equal (n_bytes, 3 * 3000);
}

static void
test_too_many_words (void **unused)
{
    (void) unused;
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i <= KH_LIMIT_PAGE_WORDS; i++)
        g_string_append (text, i % 100 == 99 ? "a\n" : "a ");
    g_autoptr (kh_source) source = open_text (text->str);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
    assert_int_equal (page->words->len, KH_LIMIT_PAGE_WORDS);
    assert_string_equal (page->warning_code, "page_limit");
    assert_string_equal (page->warning, "page 1: words beyond 50000, or longer than 2048 bytes, were left out");
}

static void
test_unreadable (void **unused)
{
    (void) unused;
    static const struct {
        const char *bytes;
        gsize length;
        const char *message;
    } cases[] = {
        { "", 0, "cannot open 'x.txt': empty file" },
        { " \r\n\t\f", 5, "cannot open 'x.txt': no text in it" },
        { "K\xD5 ho\xB9""ch", 8, "cannot open 'x.txt': not UTF-8 text" }, /* TCVN3 */
        { "\xFF\xFEK\0", 4, "cannot open 'x.txt': UTF-16 text, not UTF-8" },
        { "\xFE\xFF\0K", 4, "cannot open 'x.txt': UTF-16 text, not UTF-8" },
        { "PK\x03\x04", 4, "cannot open 'x.txt': not a PDF, PNG, JPEG, TIFF or text" },
        { "a\0b", 3, "cannot open 'x.txt': not a PDF, PNG, JPEG, TIFF or text" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].length);
        g_autoptr (GError) error = NULL;
        assert_null (kh_source_open (bytes, "x.txt", &error));
        assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
        assert_string_equal (error->message, cases[i].message);
    }
}

static void
test_no_image (void **unused)
{
    (void) unused;
    g_autoptr (kh_source) source = open_text ("một");
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GError) error = NULL;
    kh_page_look look;
    kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
    assert_null (kh_source_scan (source, 1, (kh_scan_options){ 0 }, page, &error));
    assert_string_equal (error->message, "cannot read page 1 of 'x.txt': plain text has no image");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_grid),
        cmocka_unit_test (test_pages),
        cmocka_unit_test (test_long),
        cmocka_unit_test (test_too_many_words),
        cmocka_unit_test (test_unreadable),
        cmocka_unit_test (test_no_image),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
