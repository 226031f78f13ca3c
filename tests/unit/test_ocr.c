/* test_ocr.c - lines drawn with cairo are read by the engine, the same whatever was read before. */
#include "ocr/ocr.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define DPI 300.0
#define WIDTH 1700
#define HEIGHT 420
#define LINE_1 "Tổ kiểm tra gửi báo cáo về Sở trước ngày 15"
#define LINE_2 "Văn phòng tổng hợp số liệu để thẩm định"

static kh_spelling *spelling;

/* Two lines of text at x; black on white. */
static kh_pixels *
draw (const char *first, double x1, const char *second, double x2)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create (surface);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cr, 58);
    cairo_move_to (cr, x1, 150);
    cairo_show_text (cr, first);
    cairo_move_to (cr, x2, 250);
    cairo_show_text (cr, second);
    cairo_surface_flush (surface);
    kh_pixels *grey = kh_pixels_new (WIDTH, HEIGHT, 1, DPI);
    for (int y = 0; y < HEIGHT; y++) {
        const guint32 *row = (const guint32 *) (const void *) (cairo_image_surface_get_data (surface)
                                                               + y * cairo_image_surface_get_stride (surface));
        for (int x = 0; x < WIDTH; x++)
            grey->data[grey->stride * y + x] = (guint8) row[x];
    }
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
    return grey;
}

static kh_page *
new_page (kh_pool *pool)
{
    return kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
}

/* The words, one space between them and a bar between lines. */
static char *
text_of (const kh_page *page)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        if (i > 0)
            g_string_append (text, word->line == kh_page_word (page, i - 1)->line ? " " : "|");
        g_string_append (text, word->text);
    }
    g_autofree char *composed = g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC);
    g_string_free (text, TRUE);
    return g_steal_pointer (&composed);
}

static void
test_reads_lines (void **state)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_pixels) pixels = draw (LINE_1, 100, LINE_2, 100);
    kh_page *page = new_page (pool);
    g_autoptr (GError) error = NULL;
    assert_true (kh_ocr_read (*state, pixels, pool, page, &error));
    g_autofree char *text = text_of (page);
    assert_string_equal (text, LINE_1 "|" LINE_2);
    assert_true (page->confidence > 0.8);
    assert_int_equal (page->origin, KH_ORIGIN_OCR);
    for (guint i = 0; i < page->words->len; i++) { /* boxes lie on the ink, in points */
        kh_box box = kh_page_word (page, i)->box;
        assert_true (box.x0 >= 100 * 72 / DPI - 2 && box.x1 <= page->width && box.y0 > 10 && box.y1 < 75);
        assert_true (kh_box_height (box) > 5 && kh_box_height (box) < 25);
    }
    assert_int_equal (kh_ocr_turn_needed (*state, pixels, page), 0);
}

static void
test_page_does_not_depend_on_others (void **state)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_pixels) pixels = draw (LINE_1, 100, LINE_2, 100), other = draw ("Xã Tân Lập 2023 - 2027", 90, "III. KINH PHÍ", 300);
    kh_page *before = new_page (pool), *between = new_page (pool), *after = new_page (pool);
    assert_true (kh_ocr_read (*state, pixels, pool, before, NULL));
    assert_true (kh_ocr_read (*state, other, pool, between, NULL));
    assert_true (kh_ocr_read (*state, pixels, pool, after, NULL));
    assert_true (between->words->len > 0);
    assert_int_equal (before->words->len, after->words->len);
    for (guint i = 0; i < before->words->len; i++) {
        const kh_word *a = kh_page_word (before, i), *b = kh_page_word (after, i);
        assert_string_equal (a->text, b->text);
        assert_true (a->confidence == b->confidence);
        assert_memory_equal (&a->box, &b->box, sizeof a->box);
    }
}

/* With a ruling between them, neighbours never share a line, however near they stand. */
static void
test_cells_part_lines (void **state)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_pixels) pixels = draw ("Sở   Tài chính", 100, "Quý II", 460);
    kh_page *page = new_page (pool);
    double p = 72 / DPI;
    kh_page_add_rule (page, (kh_box){ 60 * p, 60 * p, 900 * p, 60 * p }, TRUE);
    kh_page_add_rule (page, (kh_box){ 60 * p, 190 * p, 900 * p, 190 * p }, TRUE);
    kh_page_add_rule (page, (kh_box){ 60 * p, 300 * p, 900 * p, 300 * p }, TRUE);
    kh_page_add_rule (page, (kh_box){ 60 * p, 60 * p, 60 * p, 300 * p }, FALSE);
    kh_page_add_rule (page, (kh_box){ 187 * p, 60 * p, 187 * p, 300 * p }, FALSE); /* between "Sở" and "Tài" */
    kh_page_add_rule (page, (kh_box){ 900 * p, 60 * p, 900 * p, 300 * p }, FALSE);
    assert_true (kh_ocr_read (*state, pixels, pool, page, NULL));
    assert_true (page->words->len >= 4);
    const kh_word *first = kh_page_word (page, 0), *second = kh_page_word (page, 1);
    assert_true (first->box.x1 <= 187 * p);
    assert_true (second->box.x0 >= 187 * p);
    assert_int_not_equal (first->line, second->line);
}

/* What the blobs tell better than the engine: the marks of numbers, and how many strokes a Roman number has. */
static void
test_numbers (void **state)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_pixels) pixels = draw ("III. KINH PHÍ", 100, "174,0 và 4.325,5 và 3/2026", 100);
    kh_page *page = new_page (pool);
    assert_true (kh_ocr_read (*state, pixels, pool, page, NULL));
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "III. KINH PHÍ|174,0 và 4.325,5 và 3/2026");
}

static void
test_empty_page (void **state)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (kh_pixels) white = kh_pixels_new (600, 400, 1, DPI);
    kh_page *page = new_page (pool);
    assert_true (kh_ocr_read (*state, white, pool, page, NULL));
    assert_int_equal (page->words->len, 0);
    assert_true (page->confidence == 0);
}

static int
make_engine (void **state)
{
    spelling = kh_spelling_open ("models/vi.spelling", NULL);
    *state = spelling == NULL ? NULL : kh_ocr_new (NULL, spelling, NULL);
    return *state == NULL;
}

static int
free_engine (void **state)
{
    kh_ocr_free (*state);
    kh_spelling_free (spelling);
    return 0;
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_reads_lines),
        cmocka_unit_test (test_page_does_not_depend_on_others),
        cmocka_unit_test (test_cells_part_lines),
        cmocka_unit_test (test_numbers),
        cmocka_unit_test (test_empty_page),
    };
    return cmocka_run_group_tests (tests, make_engine, free_engine);
}
