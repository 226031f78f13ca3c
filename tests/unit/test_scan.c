/* test_scan.c - a page drawn with skew, rulings and a stamp is made ready for the engine. */
#include "base/error.h"
#include "source/colour.h"
#include "source/grey.h"
#include "source/scan.h"

#include <cairo.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DPI 300.0
#define WIDTH 1240 /* A5 */
#define HEIGHT 1748
#define INK 128

/* The table, in pixels of the level page. */
#define LEFT 200
#define TOP 900
#define COLUMN 280
#define ROW 120
#define N_COLUMNS 3
#define N_ROWS 3

static void
draw_lines_of_text (cairo_t *cr)
{
    cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cr, 54);
    cairo_set_source_rgb (cr, 0, 0, 0);
    for (int i = 0; i < 9; i++) {
        cairo_move_to (cr, 150, 180 + 75 * i);
        cairo_show_text (cr, "Các phòng rà soát hồ sơ lưu trữ mỗi quý");
    }
}

static void
draw_table (cairo_t *cr)
{
    cairo_set_line_width (cr, 3);
    for (int i = 0; i <= N_COLUMNS; i++) {
        cairo_move_to (cr, LEFT + i * COLUMN, TOP);
        cairo_line_to (cr, LEFT + i * COLUMN, TOP + N_ROWS * ROW);
    }
    for (int i = 0; i <= N_ROWS; i++) {
        cairo_move_to (cr, LEFT, TOP + i * ROW);
        cairo_line_to (cr, LEFT + N_COLUMNS * COLUMN, TOP + i * ROW);
    }
    cairo_stroke (cr);
}

static kh_pixels *
pixels_of (cairo_surface_t *surface)
{
    cairo_surface_flush (surface);
    kh_pixels *page = kh_pixels_new (WIDTH, HEIGHT, 3, DPI);
    for (int y = 0; y < HEIGHT; y++) {
        const guint32 *row = (const guint32 *) (const void *) (cairo_image_surface_get_data (surface)
                                                               + y * cairo_image_surface_get_stride (surface));
        for (int x = 0; x < WIDTH; x++)
            for (int c = 0; c < 3; c++)
                page->data[page->stride * y + 3 * x + c] = (guint8) (row[x] >> (16 - 8 * c));
    }
    return page;
}

/* A page whose content stands turned counter-clockwise by `skew` degrees. */
static kh_pixels *
draw_page (double skew)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create (surface);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    cairo_translate (cr, WIDTH / 2.0, HEIGHT / 2.0);
    cairo_rotate (cr, -skew * G_PI / 180); /* y points down: negative is counter-clockwise */
    cairo_translate (cr, -WIDTH / 2.0, -HEIGHT / 2.0);
    draw_lines_of_text (cr);
    draw_table (cr);
    kh_pixels *page = pixels_of (surface);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
    return page;
}

static int
ink_in (const kh_pixels *grey, double x0, double y0, double x1, double y1)
{
    int n = 0;
    for (int y = MAX ((int) y0, 0); y < MIN ((int) y1, grey->height); y++)
        for (int x = MAX ((int) x0, 0); x < MIN ((int) x1, grey->width); x++)
            n += grey->data[grey->stride * y + x] < INK;
    return n;
}

static gboolean
has_rule (const kh_page *page, gboolean horizontal, double at, double from, double to)
{
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        double middle = horizontal ? kh_box_center_y (rule->box) : kh_box_center_x (rule->box);
        double low = horizontal ? rule->box.x0 : rule->box.y0, high = horizontal ? rule->box.x1 : rule->box.y1;
        if (rule->horizontal == horizontal && fabs (middle - at) < 1.5 && fabs (low - from) < 4 && fabs (high - to) < 4)
            return TRUE;
    }
    return FALSE;
}

static void
test_skew_and_rules (void **state)
{
    (void) state;
    static const double SKEWS[] = { 0, 2, -2, 4.5, 12, -15 };
    for (gsize k = 0; k < G_N_ELEMENTS (SKEWS); k++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (GError) error = NULL;
        kh_page *page = kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
        g_autoptr (kh_pixels) ready = kh_scan_prepare (draw_page (SKEWS[k]), (kh_scan_options){ 0 }, page, &error);
        assert_non_null (ready);
        assert_null (error);
        assert_int_equal (ready->channels, 1);
        assert_true (fabs (page->skew - SKEWS[k]) < 0.1);
        assert_int_equal (page->rules->len, N_COLUMNS + 1 + N_ROWS + 1);
        /* the level page stands in the middle of a frame that may have grown */
        double dx = (page->frame_width - page->width) / 2, dy = (page->frame_height - page->height) / 2, p = 72 / DPI;
        for (int i = 0; i <= N_ROWS; i++)
            assert_true (has_rule (page, TRUE, (TOP + i * ROW) * p + dy, LEFT * p + dx, (LEFT + N_COLUMNS * COLUMN) * p + dx));
        for (int i = 0; i <= N_COLUMNS; i++)
            assert_true (has_rule (page, FALSE, (LEFT + i * COLUMN) * p + dx, TOP * p + dy, (TOP + N_ROWS * ROW) * p + dy));
        /* erased, and the text is not */
        double s = ready->dpi / 72, x0 = (LEFT * p + dx) * s, y0 = (TOP * p + dy) * s;
        assert_int_equal (ink_in (ready, x0 - 8, y0 - 8, x0 + N_COLUMNS * COLUMN + 8, y0 + N_ROWS * ROW + 8), 0);
        assert_true (ink_in (ready, 0, 0, ready->width, y0 - 20) > 20000);
    }
}

/* A point of the reading frame leads back to where it stands on the page as shown. */
static void
test_frame_leads_back (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
    g_autoptr (kh_pixels) ready = kh_scan_prepare (draw_page (2), (kh_scan_options){ 0 }, page, NULL);
    assert_non_null (ready);
    double dx = (page->frame_width - page->width) / 2, dy = (page->frame_height - page->height) / 2, p = 72 / DPI;
    kh_box corner = { LEFT * p + dx, TOP * p + dy, LEFT * p + dx, TOP * p + dy };
    kh_box shown = kh_affine_box (&page->to_page, corner);
    double angle = 2 * G_PI / 180, x = (LEFT - WIDTH / 2.0) * p, y = (TOP - HEIGHT / 2.0) * p;
    assert_true (fabs (shown.x0 - (page->width / 2 + x * cos (angle) + y * sin (angle))) < 0.5);
    assert_true (fabs (shown.y0 - (page->height / 2 - x * sin (angle) + y * cos (angle))) < 0.5);
}

/* ------------------------------------------------------------------ colour */

#define MM (DPI / 25.4)

static void
set_ink (cairo_t *cr, int rgb)
{
    cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* A ring of 36 mm with a line of letters in it; ink on ink multiplies. */
static void
draw_stamp (cairo_t *cr, double x, double y, int rgb)
{
    set_ink (cr, rgb);
    cairo_set_operator (cr, CAIRO_OPERATOR_MULTIPLY);
    cairo_set_line_width (cr, 1.2 * MM);
    cairo_new_path (cr);
    cairo_arc (cr, x, y, 17.4 * MM, 0, 2 * G_PI);
    cairo_stroke (cr);
    cairo_set_font_size (cr, 50);
    cairo_move_to (cr, x - 10 * MM, y - 4 * MM);
    cairo_show_text (cr, "SỞ Y TẾ");
    cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
}

static void
draw_signature (cairo_t *cr, double x, double y, int rgb)
{
    set_ink (cr, rgb);
    cairo_set_line_width (cr, 0.6 * MM);
    cairo_move_to (cr, x, y);
    cairo_curve_to (cr, x + 15 * MM, y - 25 * MM, x + 5 * MM, y + 10 * MM, x + 20 * MM, y - 8 * MM);
    cairo_curve_to (cr, x + 22 * MM, y + 12 * MM, x + 30 * MM, y - 12 * MM, x + 42 * MM, y);
    cairo_stroke (cr);
}

static void
draw_text (cairo_t *cr, double x, double y, int rgb)
{
    set_ink (cr, rgb);
    cairo_set_font_size (cr, 54);
    cairo_move_to (cr, x, y);
    cairo_show_text (cr, "Lê Hoàng Anh");
}

static void
draw_highlighter (cairo_t *cr, double x, double y, int rgb)
{
    set_ink (cr, rgb);
    cairo_rectangle (cr, x, y - 50, 400, 70);
    cairo_fill (cr);
}

/* What is drawn upon the page beside (and under) a line of black text, and what must become of it. */
static void
test_colour_parted (void **state)
{
    (void) state;
    enum { STAYS, FADES };
    static const struct {
        const char *name;
        void (*draw) (cairo_t *cr, double x, double y, int rgb);
        int rgb, paper, marks; /* kh_mark_kind + 1; 0: none */
        int fate;
    } CASES[] = {
        { "red stamp", draw_stamp, 0xdc1e28, 0xffffff, KH_MARK_STAMP + 1, FADES },
        { "pale red stamp", draw_stamp, 0xe88088, 0xffffff, KH_MARK_STAMP + 1, FADES },
        { "dark red stamp", draw_stamp, 0x901820, 0xffffff, KH_MARK_STAMP + 1, FADES },
        { "stamp on yellowed paper", draw_stamp, 0xb82830, 0xe0d4b0, KH_MARK_STAMP + 1, FADES },
        { "violet stamp", draw_stamp, 0x5030a0, 0xffffff, KH_MARK_STAMP + 1, FADES },
        { "blue signature", draw_signature, 0x2030b0, 0xffffff, KH_MARK_SIGNATURE + 1, FADES },
        { "dark blue signature", draw_signature, 0x202468, 0xf0e8d8, KH_MARK_SIGNATURE + 1, FADES },
        { "black signature", draw_signature, 0x181818, 0xffffff, 0, STAYS },
        { "red text", draw_text, 0xd01820, 0xffffff, 0, STAYS },
        { "blue text", draw_text, 0x1830b0, 0xf0e8d8, 0, STAYS },
        { "yellow highlighter", draw_highlighter, 0xfff040, 0xffffff, 0, FADES },
        { "pink highlighter", draw_highlighter, 0xff90c0, 0xf0f0f0, 0, FADES },
        { "green highlighter", draw_highlighter, 0x90ff90, 0xffffff, 0, FADES },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        int ink[2];
        for (int with = 0; with < 2; with++) {
            cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
            cairo_t *cr = cairo_create (surface);
            set_ink (cr, CASES[i].paper);
            cairo_paint (cr);
            cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
            if (with && CASES[i].draw == draw_highlighter)
                CASES[i].draw (cr, 620, 600, CASES[i].rgb);
            draw_text (cr, 620, 600, 0x101010); /* black, beneath the mark */
            if (with && CASES[i].draw == draw_text)
                CASES[i].draw (cr, 620, 900, CASES[i].rgb);
            else if (with && CASES[i].draw != draw_highlighter)
                CASES[i].draw (cr, 600, 600, CASES[i].rgb);
            g_autoptr (kh_pixels) page = pixels_of (surface);
            cairo_destroy (cr);
            cairo_surface_destroy (surface);
            g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (kh_mark));
            g_autoptr (kh_pixels) grey = kh_colour_part (page, marks);
            kh_grey_whiten (grey);
            ink[with] = ink_in (grey, 0, 0, WIDTH, HEIGHT);
            if (!with)
                continue;
            if (marks->len != (CASES[i].marks > 0) || (marks->len > 0 && g_array_index (marks, kh_mark, 0).kind + 1 != (guint) CASES[i].marks))
                fail_msg ("%s: %u marks, or another kind", CASES[i].name, marks->len);
        }
        if (CASES[i].fate == FADES && abs (ink[1] - ink[0]) > ink[0] / 12)
            fail_msg ("%s: %d black pixels without it, %d with it", CASES[i].name, ink[0], ink[1]);
        if (CASES[i].fate == STAYS && ink[1] < ink[0] * 1.5)
            fail_msg ("%s: erased (%d, %d)", CASES[i].name, ink[0], ink[1]);
    }
}

/* A stamp's place is told in the reading frame. */
static void
test_mark_in_frame (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create (surface);
    set_ink (cr, 0xffffff);
    cairo_paint (cr);
    draw_lines_of_text (cr);
    draw_stamp (cr, 800, 1300, 0xdc1e28);
    g_autoptr (kh_pixels) upright = pixels_of (surface);
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
    kh_pixels *upside_down = kh_pixels_new (WIDTH, HEIGHT, 3, DPI);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            memcpy (upside_down->data + upside_down->stride * y + 3 * x,
                    upright->data + upright->stride * (HEIGHT - 1 - y) + 3 * (WIDTH - 1 - x), 3);
    g_autoptr (kh_pixels) ready = kh_scan_prepare (upside_down, (kh_scan_options){ KH_TURN_GUESS }, page, NULL);
    assert_int_equal (page->rotation, 180);
    assert_int_equal (page->marks->len, 1);
    kh_box box = kh_page_mark (page, 0)->box;
    assert_true (fabs (kh_box_center_x (box) - 800 * 72 / DPI) < 2 && fabs (kh_box_center_y (box) - 1300 * 72 / DPI) < 2);
    assert_true (fabs (kh_box_width (box) - 102) < 4 && fabs (kh_box_height (box) - 102) < 4);
    assert_true (ink_in (ready, 500, 1000, 1100, 1600) < 50);
}

/* Turning moves the upper left pixel round the corners, clockwise. */
static void
test_turn (void **state)
{
    (void) state;
    static const struct {
        int turn, x, y;
    } CASES[] = { { 0, 0, 0 }, { 90, 1, 0 }, { 180, 2, 1 }, { 270, 0, 2 } };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autoptr (kh_pixels) page = kh_pixels_new (3, 2, 1, DPI);
        page->data[0] = 0;
        g_autoptr (kh_pixels) turned = kh_grey_turn (page, CASES[i].turn);
        assert_int_equal (turned->width, CASES[i].turn % 180 == 0 ? 3 : 2);
        assert_int_equal (turned->data[turned->stride * CASES[i].y + CASES[i].x], 0);
    }
}

static void
test_low_resolution_is_an_error (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GError) error = NULL;
    kh_page *page = kh_page_new (pool, 7, 100, 100);
    assert_null (kh_scan_prepare (kh_pixels_new (20, 20, 1, 10), (kh_scan_options){ 0 }, page, &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
    assert_non_null (strstr (error->message, "page 7"));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_skew_and_rules),
        cmocka_unit_test (test_frame_leads_back),
        cmocka_unit_test (test_colour_parted),
        cmocka_unit_test (test_mark_in_frame),
        cmocka_unit_test (test_turn),
        cmocka_unit_test (test_low_resolution_is_an_error),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
