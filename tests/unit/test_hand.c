/* test_hand.c - figures that do not stand as the print around them. */
#include "ocr/hand.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define DPI 300.0
#define WIDTH 1600
#define HEIGHT 1000
#define POINTS (72 / DPI)
#define BASELINE 150
#define SIZE 54

static const struct {
    const char *before, *figures, *after; /* a line, in words */
    double scale, lift;                   /* of the figures: times the print's size, pixels above the baseline */
    gboolean by_hand;
} CASES[] = {
    { "Số:", "588", "/KH-STP", 1, 0, FALSE },
    { "Số:", "588", "/KH-STP", 1.4, 0, TRUE },
    { "Số:", "588", "/KH-STP", 1, -12, TRUE },
    { "Số:", "588", "/KH-STP", 1, 9, TRUE },
    { "Hà Tĩnh, ngày", "16", "tháng 12 năm 2021", 1, 0, FALSE },
    { "Hà Tĩnh, ngày", "16", "tháng 12 năm 2021", 0.7, 0, TRUE },
    { "năm", "2021", "nay", 1, 0, FALSE }, /* no tall letter to measure by: not judged */
    { "năm", "2021", "nay", 1.5, 0, FALSE },
};

/* Draws the words of `text` from x on and adds them to the page; returns where the next one begins. */
static double
draw (cairo_t *cr, kh_pool *pool, kh_page *page, const char *text, double x, double y)
{
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    cairo_text_extents_t e, space;
    cairo_text_extents (cr, "n", &space);
    for (guint i = 0; words[i] != NULL; i++) {
        cairo_text_extents (cr, words[i], &e);
        cairo_move_to (cr, x, y);
        cairo_show_text (cr, words[i]);
        double left = x + e.x_bearing, top = y + e.y_bearing;
        kh_box box = { left * POINTS, top * POINTS, (left + e.width) * POINTS, (top + e.height) * POINTS };
        kh_page_add_word (pool, page, words[i], (kh_word){ .box = box, .confidence = 1 });
        x += e.x_advance + space.x_advance / 2;
    }
    return x;
}

static kh_pixels *
grey_of (cairo_surface_t *surface)
{
    cairo_surface_flush (surface);
    kh_pixels *pixels = kh_pixels_new (WIDTH, HEIGHT, 1, DPI);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            pixels->data[pixels->stride * y + x] =
                cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x];
    return pixels;
}

static void
test_figures (void **state)
{
    (void) state;
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page *page = kh_page_new (pool, 1, WIDTH * POINTS, HEIGHT * POINTS);
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
        cairo_t *cr = cairo_create (surface);
        cairo_set_source_rgb (cr, 1, 1, 1);
        cairo_paint (cr);
        cairo_set_source_rgb (cr, 0, 0, 0);
        cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size (cr, SIZE);
        double x = draw (cr, pool, page, CASES[i].before, 100, BASELINE);
        guint figures = page->words->len;
        cairo_set_font_size (cr, SIZE * CASES[i].scale);
        x = draw (cr, pool, page, CASES[i].figures, x, BASELINE - CASES[i].lift);
        cairo_set_font_size (cr, SIZE);
        draw (cr, pool, page, CASES[i].after, x, BASELINE);
        g_autoptr (kh_pixels) pixels = grey_of (surface);
        cairo_destroy (cr);
        cairo_surface_destroy (surface);
        kh_hand_mark (pixels, page);
        for (guint w = 0; w < page->words->len; w++) {
            gboolean marked = (kh_page_word (page, w)->style & KH_WORD_HAND) != 0;
            if (marked != (CASES[i].by_hand && w == figures))
                fail_msg ("case %d: '%s' is %s", (int) i, kh_page_word (page, w)->text, marked ? "marked" : "not marked");
        }
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_figures),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
