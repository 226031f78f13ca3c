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
    g_autoptr (kh_pixels) ready = kh_scan_prepare (upside_down, (kh_scan_options){ KH_TURN_GUESS, KH_TURN_GUESS }, page, NULL);
    assert_int_equal (page->rotation, 180);
    assert_int_equal (page->marks->len, 1);
    kh_box box = kh_page_mark (page, 0)->box;
    assert_true (fabs (kh_box_center_x (box) - 800 * 72 / DPI) < 2 && fabs (kh_box_center_y (box) - 1300 * 72 / DPI) < 2);
    assert_true (fabs (kh_box_width (box) - 102) < 4 && fabs (kh_box_height (box) - 102) < 4);
    assert_true (ink_in (ready, 500, 1000, 1100, 1600) < 50);
}

/* ------------------------------------------------------------------ damage */

static void
dot (kh_pixels *grey, int x, int y, int value)
{
    if (x >= 0 && y >= 0 && x < grey->width && y < grey->height)
        grey->data[grey->stride * y + x] = (guint8) value;
}

/* The lid's shadow on two sides, uneven. */
static void
add_borders (kh_pixels *grey)
{
    for (int y = 0; y < grey->height; y++)
        for (int x = 0; x < 60 + (int) (8 * sin (y / 90.0)); x++)
            dot (grey, x, y, 14 + (x * 7 + y * 3) % 9);
    for (int y = 0; y < 50; y++)
        for (int x = 0; x < grey->width; x++)
            dot (grey, x, y, 20);
}

static void
add_holes (kh_pixels *grey)
{
    for (int hole = 0; hole < 2; hole++)
        for (int y = -36; y <= 36; y++)
            for (int x = -36; x <= 36; x++)
                if (x * x + y * y <= 36 * 36)
                    dot (grey, 75 + x, 500 + 700 * hole + y, hole == 0 ? 12 : 110);
}

/* A soft grey shadow beside where a staple was. */
static void
add_staple (kh_pixels *grey)
{
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 130; x++)
            dot (grey, 20 + x, 60 + y - x / 3, 255 - 28 * y / 40);
}

/* The other side of the sheet, mirrored. */
static void
add_show_through (kh_pixels *grey)
{
    g_autoptr (kh_pixels) front = kh_pixels_turn (grey, 0);
    for (int y = 0; y < grey->height - 30; y++)
        for (int x = 0; x < grey->width; x++) {
            int back = front->data[front->stride * (y + 30) + grey->width - 1 - x];
            guint8 *at = grey->data + grey->stride * y + x;
            *at = (guint8) (*at * (1200 - (255 - back)) / 1200);
        }
}

static void
add_faintness (kh_pixels *grey)
{
    for (gsize i = 0; i < grey->stride * grey->height; i++)
        grey->data[i] = (guint8) (255 - (255 - grey->data[i]) * 3 / 10);
}

/* One-bit, strokes thinner by `by` pixels or (below 0) thicker. */
static void
make_bitonal (kh_pixels *grey, int by)
{
    g_autoptr (kh_pixels) was = kh_pixels_turn (grey, 0);
    for (int y = 0; y < grey->height; y++)
        for (int x = abs (by); x < grey->width; x++) {
            const guint8 *from = was->data + was->stride * y + x;
            gboolean black = from[0] < 128;
            for (int k = 1; k <= abs (by); k++)
                black = by > 0 ? black && from[-k] < 128 : black || from[-k] < 128;
            dot (grey, x, y, black ? 0 : 255);
        }
}

static void
make_thin (kh_pixels *grey)
{
    make_bitonal (grey, 2);
}

static void
make_bold (kh_pixels *grey)
{
    make_bitonal (grey, -1);
}

/* What scanners and copiers do to a page: the margin comes out clean, the text with about as much ink as the clean page's. */
static void
test_damage (void **state)
{
    (void) state;
    static const struct {
        const char *name;
        void (*damage) (kh_pixels *grey);
        double least, most; /* share of the clean page's ink */
    } CASES[] = {
        { "clean", NULL, 1, 1 },
        { "black borders", add_borders, 0.98, 1.02 },
        { "punched holes", add_holes, 0.98, 1.02 },
        { "shadow of a staple", add_staple, 0.98, 1.02 },
        { "show-through", add_show_through, 0.95, 1.1 },
        { "faint print", add_faintness, 0.8, 1.2 },
        { "one-bit, thin", make_thin, 0.75, 1.1 },
        { "one-bit, bold", make_bold, 0.95, 1.5 },
    };
    int clean = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page *page = kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
        g_autoptr (kh_pixels) drawn = draw_page (0);
        g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (kh_mark));
        kh_pixels *grey = kh_colour_part (drawn, marks);
        if (CASES[i].damage != NULL)
            CASES[i].damage (grey);
        g_autoptr (kh_pixels) ready = kh_scan_prepare (grey, (kh_scan_options){ 0 }, page, NULL);
        int ink = ink_in (ready, 0, 0, WIDTH, HEIGHT), margin = ink_in (ready, 0, 0, 140, HEIGHT);
        if (i == 0)
            clean = ink;
        if (margin > 0 || ink < clean * CASES[i].least || ink > clean * CASES[i].most || page->rules->len != N_COLUMNS + 1 + N_ROWS + 1)
            fail_msg ("%s: %d of %d pixels of ink, %d in the margin, %u rules", CASES[i].name, ink, clean, margin, page->rules->len);
    }
}

/* The mean of each field of pixels that becomes one. */
static kh_pixels *
shrink (const kh_pixels *grey, double dpi)
{
    double step = grey->dpi / dpi;
    kh_pixels *out = kh_pixels_new ((int) (grey->width / step), (int) (grey->height / step), 1, dpi);
    for (int y = 0; y < out->height; y++)
        for (int x = 0; x < out->width; x++) {
            int sum = 0, n = 0;
            for (int j = (int) (y * step); j < (int) ((y + 1) * step); j++)
                for (int i = (int) (x * step); i < (int) ((x + 1) * step); i++, n++)
                    sum += grey->data[grey->stride * j + i];
            out->data[out->stride * y + x] = (guint8) (sum / n);
        }
    return out;
}

/* A coarse image is enlarged to 300 dpi, and no stroke is lost to whitening. */
static void
test_coarse_image (void **state)
{
    (void) state;
    static const double DPIS[] = { 72, 100, 150, 200 };
    g_autoptr (kh_pixels) drawn = draw_page (0);
    g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (kh_mark));
    g_autoptr (kh_pixels) grey = kh_colour_part (drawn, marks);
    int clean = ink_in (grey, 0, 0, WIDTH, TOP - 20);
    for (gsize i = 0; i < G_N_ELEMENTS (DPIS); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page *page = kh_page_new (pool, 1, WIDTH * 72 / DPI, HEIGHT * 72 / DPI);
        g_autoptr (kh_pixels) ready = kh_scan_prepare (shrink (grey, DPIS[i]), (kh_scan_options){ 0 }, page, NULL);
        assert_float_equal (ready->dpi, 300, 1e-6);
        assert_float_equal (page->dpi, DPIS[i], 1e-6);
        int ink = ink_in (ready, 0, 0, WIDTH, TOP - 20);
        if (ink < 0.8 * clean || ink > 1.25 * clean)
            fail_msg ("%.0f dpi: %d of %d pixels of ink", DPIS[i], ink, clean);
    }
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
        g_autoptr (kh_pixels) turned = kh_pixels_turn (page, CASES[i].turn);
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
        cmocka_unit_test (test_damage),
        cmocka_unit_test (test_coarse_image),
        cmocka_unit_test (test_turn),
        cmocka_unit_test (test_low_resolution_is_an_error),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
