/* test_blocks.c - a table that stands sideways on an upright page is turned, and what stands otherwise is left alone. */
#include "source/scan.h"

#include <cairo.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define DPI 200.0
#define WIDTH 1654 /* A4 */
#define HEIGHT 2339
#define POINTS (72 / DPI)

/* The table as it is drawn upright. */
#define ACROSS 1500
#define ROW 110
#define ROWS 8
#define COLUMNS 4
#define FIRST_COLUMN 120

static const char *const LINES[] = { "Danh mục nhiệm vụ cải cách hành chính năm 2024",
                                     "(Kèm theo Kế hoạch số 12/KH-SNV ngày 15/01/2024 của Sở)",
                                     "Các phòng rà soát hồ sơ lưu trữ mỗi quý một lần" };
static const char *const CELLS[] = { "Rà soát hồ sơ", "Phòng Tổ chức", "Quý II năm 2024" };

typedef struct layout {
    int turn; /* clockwise, of the table; 0: upright */
    gboolean ruled;
    gboolean heading; /* upright lines above */
    gboolean footing; /* and below */
    int page_turn;    /* of the whole page */
    double skew;      /* counter-clockwise, of the whole page */
    int found;        /* how the block must be turned; 0: no block */
    int rotation;     /* what must be found of the page */
} layout;

static void
draw_table (cairo_t *cr, gboolean ruled)
{
    for (int row = 0; row < ROWS; row++) {
        char number[2] = { (char)('1' + row), '\0' };
        cairo_move_to (cr, 40, ROW * row + 65);
        cairo_show_text (cr, number);
        for (int i = 0; i < COLUMNS - 1; i++) {
            cairo_move_to (cr, FIRST_COLUMN + 20 + i * (ACROSS - FIRST_COLUMN) / (COLUMNS - 1), ROW * row + 65);
            cairo_show_text (cr, CELLS[i]);
        }
    }
    for (int row = 0; ruled && row <= ROWS; row++) {
        cairo_move_to (cr, 0, row * ROW);
        cairo_line_to (cr, ACROSS, row * ROW);
    }
    for (int i = 0; ruled && i <= COLUMNS; i++) {
        double x = i == 0 ? 0 : FIRST_COLUMN + (i - 1) * (ACROSS - FIRST_COLUMN) / (COLUMNS - 1);
        cairo_move_to (cr, x, 0);
        cairo_line_to (cr, x, ROW * ROWS);
    }
    cairo_stroke (cr);
}

static void
draw_lines (cairo_t *cr, double y)
{
    for (gsize i = 0; i < G_N_ELEMENTS (LINES); i++) {
        cairo_move_to (cr, 200, y + 55 * i);
        cairo_show_text (cr, LINES[i]);
    }
}

/* Where the table's upper left corner, in its own sense, stands on the page before that is turned. */
#define TABLE_X 300
#define TABLE_Y 350

static void
draw_content (cairo_t *cr, const layout *l)
{
    cairo_select_font_face (cr, "Liberation Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cr, 36);
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_set_line_width (cr, 3);
    if (l->heading)
        draw_lines (cr, 150);
    if (l->footing)
        draw_lines (cr, 2050);
    cairo_save (cr);
    if (l->turn == 90) { /* stands turned counter-clockwise */
        cairo_translate (cr, TABLE_X, TABLE_Y + ACROSS);
        cairo_rotate (cr, -G_PI / 2);
    } else if (l->turn == 270) {
        cairo_translate (cr, TABLE_X + ROW * ROWS, TABLE_Y);
        cairo_rotate (cr, G_PI / 2);
    } else {
        cairo_translate (cr, 80, TABLE_Y);
    }
    draw_table (cr, l->ruled);
    cairo_restore (cr);
}

static kh_pixels *
draw_page (const layout *l)
{
    gboolean lying = l->page_turn % 180 != 0;
    int width = lying ? HEIGHT : WIDTH, height = lying ? WIDTH : HEIGHT;
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cr = cairo_create (surface);
    cairo_set_source_rgb (cr, 1, 1, 1);
    cairo_paint (cr);
    cairo_translate (cr, width / 2.0, height / 2.0);
    cairo_rotate (cr, (l->page_turn - l->skew) * G_PI / 180);
    cairo_translate (cr, -WIDTH / 2.0, -HEIGHT / 2.0);
    draw_content (cr, l);
    cairo_surface_flush (surface);
    kh_pixels *page = kh_pixels_new (width, height, 1, DPI);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            page->data[page->stride * y + x] =
                cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x];
    cairo_destroy (cr);
    cairo_surface_destroy (surface);
    return page;
}

static kh_page *
prepare (const layout *l, kh_pool *pool, kh_pixels **pixels)
{
    kh_pixels *raw = draw_page (l);
    kh_page *page = kh_page_new (pool, 1, raw->width * POINTS, raw->height * POINTS);
    *pixels = kh_scan_prepare (raw, (kh_scan_options){ KH_TURN_GUESS, KH_TURN_GUESS }, page, NULL);
    assert_non_null (*pixels);
    return page;
}

static const layout LAYOUTS[] = {
    /* turn ruled heading footing page skew found rotation */
    { 90, TRUE, TRUE, FALSE, 0, 0, 90, 0 },     { 270, TRUE, TRUE, FALSE, 0, 0, 270, 0 },
    { 90, TRUE, TRUE, TRUE, 0, 0, 90, 0 },      { 270, FALSE, TRUE, TRUE, 0, 0, 270, 0 },
    { 90, FALSE, TRUE, FALSE, 0, 0, 90, 0 },    { 270, TRUE, TRUE, TRUE, 180, 0, 270, 180 },
    { 90, TRUE, TRUE, FALSE, 180, 2, 90, 180 }, { 270, TRUE, TRUE, FALSE, 0, -4, 270, 0 },
    { 0, TRUE, TRUE, TRUE, 0, 0, 0, 0 },                                                 /* all upright */
    { 0, FALSE, TRUE, FALSE, 0, 0, 0, 0 },      { 90, TRUE, FALSE, FALSE, 0, 0, 0, 90 }, /* all sideways */
    { 270, FALSE, FALSE, FALSE, 0, 0, 0, 270 },
};

static void
test_found (void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS (LAYOUTS); i++) {
        const layout *l = &LAYOUTS[i];
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (kh_pixels) pixels = NULL;
        kh_page *page = prepare (l, pool, &pixels);
        int found = page->regions->len > 0 ? kh_page_region (page, 0)->turn : 0;
        if (found != l->found || page->rotation != l->rotation || fabs (page->skew - l->skew) > 0.15)
            fail_msg ("layout %d: block turned %d, page %d, skew %.2f", (int)i, found, page->rotation, page->skew);
        assert_true (fabs (pixels->width * 72 / pixels->dpi - page->frame_width) < 0.01);
        assert_true (fabs (pixels->height * 72 / pixels->dpi - page->frame_height) < 0.01);
    }
}

/* The rulings of a turned table lie as on an upright page, and lead back to where they were drawn. */
static void
test_rules_lead_back (void **state)
{
    (void)state;
    for (gsize i = 0; i < 3; i++) {
        const layout *l = &LAYOUTS[i];
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (kh_pixels) pixels = NULL;
        kh_page *page = prepare (l, pool, &pixels);
        assert_int_equal (page->rules->len, ROWS + 1 + COLUMNS + 1);
        kh_box drawn = { TABLE_X * POINTS, TABLE_Y * POINTS, (TABLE_X + ROW * ROWS) * POINTS, (TABLE_Y + ACROSS) * POINTS },
               shown = { 0 };
        guint level = 0;
        for (guint k = 0; k < page->rules->len; k++) {
            const kh_rule *rule = kh_page_rule (page, k);
            level += rule->horizontal;
            shown = kh_box_union (shown, kh_page_shown (page, rule->box));
        }
        assert_int_equal (level, ROWS + 1);
        assert_true (fabs (shown.x0 - drawn.x0) < 2 && fabs (shown.y0 - drawn.y0) < 2 && fabs (shown.x1 - drawn.x1) < 2 &&
                     fabs (shown.y1 - drawn.y1) < 2);
    }
}

static gboolean
has_ink (const kh_pixels *pixels, kh_box box)
{
    g_autoptr (kh_pixels) part = kh_pixels_part (pixels, box);
    for (int y = 0; y < part->height; y++)
        for (int x = 0; x < part->width; x++)
            if (part->data[part->stride * y + x] < 128)
                return TRUE;
    return FALSE;
}

/* Each dark pixel of the frame was dark where it stood on the page; the column of single figures came along. */
static void
test_ink_leads_back (void **state)
{
    (void)state;
    for (gsize i = 0; i < 8; i++) {
        const layout *l = &LAYOUTS[i];
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (kh_pixels) pixels = NULL, raw = draw_page (l);
        kh_page *page = prepare (l, pool, &pixels);
        double p = 72 / pixels->dpi;
        guint dark = 0;
        for (int y = 0; y < pixels->height; y += 3)
            for (int x = 0; x < pixels->width; x += 3) {
                if (pixels->data[pixels->stride * y + x] >= 60)
                    continue;
                dark++;
                kh_box shown = kh_page_shown (page, (kh_box){ x * p, y * p, (x + 1) * p, (y + 1) * p });
                shown = (kh_box){ shown.x0 - 0.7, shown.y0 - 0.7, shown.x1 + 0.7, shown.y1 + 0.7 };
                assert_true (has_ink (raw, shown));
            }
        assert_true (dark > 2000);
        kh_box block = kh_page_region (page, 0)->box, figures = { block.x0, block.y0, block.x0 + 65 * POINTS, block.y1 };
        assert_true (has_ink (pixels, figures));
        assert_true (kh_box_width (block) > (ACROSS - 250) * POINTS && kh_box_height (block) < (ROW * ROWS + 120) * POINTS);
    }
}

/* Asked not to turn blocks, or to turn them otherwise. */
static void
test_as_told (void **state)
{
    (void)state;
    static const int TURNS[] = { 0, 90, 270 };
    for (gsize i = 0; i < G_N_ELEMENTS (TURNS); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page *page = kh_page_new (pool, 1, WIDTH * POINTS, HEIGHT * POINTS);
        g_autoptr (kh_pixels) pixels = kh_scan_prepare (draw_page (&LAYOUTS[0]), (kh_scan_options){ 0, TURNS[i] }, page, NULL);
        assert_non_null (pixels);
        assert_int_equal (page->regions->len, TURNS[i] == 0 ? 0 : 2);
        if (TURNS[i] != 0)
            assert_int_equal (kh_page_region (page, 0)->turn, TURNS[i]);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_found),
        cmocka_unit_test (test_rules_lead_back),
        cmocka_unit_test (test_ink_leads_back),
        cmocka_unit_test (test_as_told),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
