/* PDF: words and where they stand, ruling lines, pixels, and what cannot be read. */
#include "base/error.h"
#include "source/image.h"
#include "source/pdf.h"
#include "source/source.h"

#include "pdf_sample.h"

#include <cairo-pdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The one page of a document; in `pool`. */
static kh_page *
read_page (GBytes *taken, kh_pool *pool, kh_page_look *look)
{
    g_autoptr (GBytes) bytes = taken;
    g_autoptr (GError) error = NULL;
    kh_page_look unused;
    g_autoptr (kh_source) source = kh_source_open (bytes, "sample.pdf", &error);
    assert_null (error);
    assert_string_equal (kh_source_media_type (source), "application/pdf");
    kh_page *page = kh_source_read (source, 1, pool, look != NULL ? look : &unused, &error);
    assert_null (error);
    return page;
}

static char *
words_of (const kh_page *page)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        gboolean next_line = i > 0 && word->line != kh_page_word (page, i - 1)->line;
        g_string_append_printf (out, "%s%s", i == 0 ? "" : next_line ? "|" : " ", word->text);
    }
    return g_string_free (out, FALSE);
}

static const kh_word *
find_word (const kh_page *page, const char *text)
{
    for (guint i = 0; i < page->words->len; i++)
        if (g_str_equal (kh_page_word (page, i)->text, text))
            return kh_page_word (page, i);
    fail_msg ("no word '%s'", text);
    return NULL;
}

static void
test_words (void **unused)
{
    (void) unused;
    static const struct {
        const char *content, *words; /* "|": a new line number */
    } cases[] = {
        { "BT /F1 14 Tf 100 700 Td (mot hai ba) Tj ET", "mot hai ba" },
        { "BT /F1 14 Tf 100 700 Td [(mot) -600 (hai)] TJ ET", "mot hai" },          /* a gap without a space */
        { "BT /F1 14 Tf 100 700 Td [(m) -40 (o) 30 (t)] TJ ET", "mot" },            /* kerning is no gap */
        { "BT /F2 14 Tf 100 700 Td (Dieu 1) Tj /F1 14 Tf (: mot) Tj ET", "Dieu 1: mot" },
        { "BT /F1 14 Tf 100 700 Td 3 Tc (KE HOACH) Tj ET", "KE HOACH" },            /* letter-spaced */
        { "BT /F1 14 Tf 100 700 Td (2021-) Tj 0 -17 Td (2030) Tj ET", "2021-|2030" },
        { "BT /F1 14 Tf 100 700 Td (So: 71) Tj ET BT /F1 14 Tf 300 696 Td (ngay) Tj ET", "So: 71|ngay" }, /* other baseline */
        { "BT /F1 14 Tf 100 700 Td (x) Tj 5 Ts /F1 9 Tf (2) Tj ET", "x2" },
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *words = words_of (read_page (pdf_sample_page (cases[i].content), pool, NULL));
        assert_string_equal (words, cases[i].words);
    }
}

/* Numbers in the middle of rows set tight: Poppler ends no word between the cells. An upright rule does, if it stands there. */
static void
test_words_of_two_cells (void **unused)
{
    (void) unused;
    static const struct {
        const char *rule, *first; /* the first word */
    } cases[] = {
        { "", "16mot" },
        { "0.4 w 116.6 600 m 116.6 720 l S", "16" },
        { "0.4 w 116.6 500 m 116.6 560 l S", "16mot" }, /* of another table */
        { "0.4 w 107 600 m 107 720 l S", "16mot" },     /* through the number */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (GString) content = g_string_new (cases[i].rule);
        for (int row = 0; row < 3; row++)
            g_string_append_printf (content, " BT /F1 14 Tf 100 %d Td (1%d) Tj 19 8 Td (mot hai ba bon) Tj 0 -16 Td (nam sau bay) Tj ET",
                                    700 - 40 * row, 6 + row);
        kh_page *page = read_page (pdf_sample_page (content->str), pool, NULL);
        assert_string_equal (kh_page_word (page, 0)->text, cases[i].first);
    }
}

static void
test_word_facts (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    kh_page *page = read_page (pdf_sample_page ("BT /F1 14 Tf 100 700 Td (mot) Tj 200 0 Td (xa) Tj /F2 20 Tf 0 -100 Td (dam) Tj "
                                                "/F3 10 Tf 0 -100 Td (nghieng) Tj ET"), pool, &look);
    assert_true (look.has_text && !look.has_drawings && look.image_share == 0);
    assert_true (page->width == 595 && page->height == 842 && page->frame_width == 595 && page->rotation == 0);
    assert_int_equal (page->origin, KH_ORIGIN_TEXT_LAYER);
    const kh_word *mot = find_word (page, "mot"), *xa = find_word (page, "xa"), *dam = find_word (page, "dam");
    assert_float_equal (mot->box.x0, 100, 0.1);
    assert_float_equal (mot->box.x1, 100 + 14 * (0.778 + 0.5 + 0.278), 0.1); /* widths of Times */
    assert_true (mot->box.y0 < 842 - 700 - 6 && mot->box.y0 > 842 - 700 - 16); /* baseline at 142 from the top */
    assert_true (mot->box.y1 > 842 - 700 && mot->box.y1 < 842 - 700 + 6);
    assert_float_equal (xa->box.x0, 300, 0.1);
    assert_float_equal (mot->size, 14, 0.01);
    assert_float_equal (mot->confidence, 1, 0);
    assert_int_equal (mot->style, 0);
    assert_float_equal (dam->size, 20, 0.01);
    assert_int_equal (dam->style, KH_WORD_BOLD);
    assert_int_equal (find_word (page, "nghieng")->style, KH_WORD_BOLD | KH_WORD_ITALIC);
    assert_float_equal (page->confidence, 1, 0);
}

/* Marks that came loose from their letter, as seen in real text layers: "đô ̣dân". */
static cairo_status_t
append_bytes (void *out, const unsigned char *data, unsigned int length)
{
    g_byte_array_append (out, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *
cairo_page (void (*draw) (cairo_t *cairo))
{
    GByteArray *out = g_byte_array_new ();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, out, 595, 842);
    cairo_t *cairo = cairo_create (surface);
    draw (cairo);
    cairo_destroy (cairo);
    cairo_surface_destroy (surface);
    return g_byte_array_free_to_bytes (out);
}

static void
draw_vietnamese (cairo_t *cairo)
{
    cairo_select_font_face (cairo, "serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
    cairo_set_font_size (cairo, 14);
    cairo_move_to (cairo, 90, 120);
    cairo_show_text (cairo, "Thực hiện Kế hoạch số 71/KH-STP");
}

static void
draw_loose_mark (cairo_t *cairo)
{
    cairo_select_font_face (cairo, "serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cairo, 14);
    cairo_text_extents_t head, letter, space, mark; /* the mark's ink stands under the ô, whatever the font makes of it */
    cairo_text_extents (cairo, "đô", &head);
    cairo_text_extents (cairo, "ô", &letter);
    cairo_text_extents (cairo, "n n", &space);
    cairo_text_extents (cairo, "\xCC\xA3", &mark);
    double end = 90 + head.x_advance;
    cairo_move_to (cairo, 90, 120);
    cairo_show_text (cairo, "đô ");
    cairo_move_to (cairo, end - letter.x_advance / 2 - mark.x_bearing - mark.width / 2, 120);
    cairo_show_text (cairo, "\xCC\xA3");
    cairo_move_to (cairo, end + space.x_advance / 3, 120);
    cairo_show_text (cairo, "dân");
}

static void
test_vietnamese (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = read_page (cairo_page (draw_vietnamese), pool, NULL);
    g_autofree char *words = words_of (page);
    assert_string_equal (words, "Thực hiện Kế hoạch số 71/KH-STP");
    assert_int_equal (kh_page_word (page, 0)->style, KH_WORD_BOLD);
    assert_float_equal (kh_page_word (page, 0)->box.x0, 90, 1.5);

    page = read_page (cairo_page (draw_loose_mark), pool, NULL);
    g_autofree char *loose = words_of (page);
    assert_string_equal (loose, "đô\xCC\xA3 dân");
}

static void
test_rotate (void **unused)
{
    (void) unused;
    static const struct {
        const char *rotate;
        double width, height, x, y; /* x and y: about where the word stands on the page as shown */
    } cases[] = {
        { "/Rotate 0", 595, 842, 110, 137 },
        { "/Rotate 90", 842, 595, 705, 110 },
        { "/Rotate 180", 595, 842, 485, 705 },
        { "/Rotate 270", 842, 595, 137, 485 },
        { "/Rotate 0 /CropBox [50 100 545 742]", 495, 642, 60, 37 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *dictionary = g_strconcat (PDF_A4, cases[i].rotate, NULL);
        kh_page *page = read_page (pdf_sample_full ("BT /F1 14 Tf 100 700 Td (mot) Tj ET", dictionary, NULL, ""), pool, NULL);
        assert_float_equal (page->width, cases[i].width, 0.01);
        assert_float_equal (page->height, cases[i].height, 0.01);
        kh_box box = kh_affine_box (&page->to_page, find_word (page, "mot")->box);
        assert_float_equal (kh_box_center_x (box), cases[i].x, 8);
        assert_float_equal (kh_box_center_y (box), cases[i].y, 8);
    }
}

/* A page printed sideways: words stand level in the reading frame, and to_page leads back. */
static void
test_turned_text (void **unused)
{
    (void) unused;
    static const struct {
        const char *matrix;
        int rotation;
    } cases[] = { { "0 1 -1 0 300 200 Tm", 90 }, { "0 -1 1 0 300 600 Tm", 270 } };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *content = g_strdup_printf ("BT /F1 14 Tf %s (Thoi gian thuc hien) Tj ET", cases[i].matrix);
        kh_page *page = read_page (pdf_sample_page (content), pool, NULL);
        assert_int_equal (page->rotation, cases[i].rotation);
        assert_true (page->frame_width == 842 && page->frame_height == 595 && page->width == 595);
        const kh_word *first = find_word (page, "Thoi"), *last = find_word (page, "hien");
        assert_true (kh_box_width (first->box) > kh_box_height (first->box) && first->box.x1 < last->box.x0);
        assert_float_equal (kh_box_center_y (first->box), kh_box_center_y (last->box), 0.01);
        kh_box shown = kh_affine_box (&page->to_page, first->box);
        assert_float_equal (kh_box_center_x (shown), 300, 10);
        if (cases[i].rotation == 90)
            assert_float_equal (shown.y1, 842 - 200, 0.2);
        else
            assert_float_equal (shown.y0, 842 - 600, 0.2);
    }
}

/* "h 100,50..300 v ..." of the rules of a page, whole points. */
static char *
rules_of (const kh_page *page)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        if (rule->horizontal)
            g_string_append_printf (out, "h%.0f,%.0f-%.0f ", kh_box_center_y (rule->box), rule->box.x0, rule->box.x1);
        else
            g_string_append_printf (out, "v%.0f,%.0f-%.0f ", kh_box_center_x (rule->box), rule->box.y0, rule->box.y1);
    }
    return g_string_free (out, FALSE);
}

static void
test_rules (void **unused)
{
    (void) unused;
    static const struct {
        const char *content, *rules; /* y counts from the top: 842 - y */
    } cases[] = {
        { "100 742 m 300 742 l S", "h100,100-300 " },
        { "0.5 w 100 742 m 100 642 l S", "v100,100-200 " },
        { "100 741.8 200 0.4 re f", "h100,100-300 " },                                   /* a fill as thin as a line */
        { "100 742 m 200 742 l 200 642 l 100 642 l s", "h100,100-200 h200,100-200 v100,100-200 v200,100-200 " },
        { "100 741.8 100 .5 re 199.8 741.8 .5 .5 re 200.3 741.8 100 .5 re f", "h100,100-300 " }, /* cell by cell, as Word does */
        { "100 742 m 200 742 l 150 742 m 300 742 l S 100 742 m 300 742 l S", "h100,100-300 " }, /* twice */
        { "100 742 m 300 742 l 100 740 m 300 740 l S", "h100,100-300 " },                 /* a doubled border */
        { "100 742 m 300 742 l 100 732 m 300 732 l S", "h100,100-300 h110,100-300 " },
        { "100 742 m 200 742 l 220 742 m 300 742 l S", "h100,100-200 h100,220-300 " },
        { "[2 2] 0 d 100 742 m 300 742 l S", "h100,100-300 " },
        { "100 742 m 300 642 l S", "" },                                                 /* slanted */
        { "100 742 m 104 742 l S", "" },                                                 /* short */
        { "8 w 100 742 m 300 742 l S", "" },                                             /* thick: a bar */
        { "100 642 200 100 re f", "" },                                                  /* an area */
        { "1 G 100 742 m 300 742 l S", "" },                                             /* white on white */
        { "0.8 g 90 692 300 100 re f 1 G 100 742 m 300 742 l S", "h100,100-300 " },      /* white on grey */
        { "q .5 0 0 .5 50 371 cm 100 742 m 500 742 l S Q", "h100,100-300 " },
        { "q 150 700 500 100 re W n 100 742 m 300 742 l S Q", "h100,150-300 " },          /* cut by the clip */
        { "-50 742 m 1000 742 l S", "h100,0-595 " },
        { "100 742 m 150 760 250 724 300 742 c S", "" },
        { "100 742 m 120 742 l 120 722 110 712 100 722 c h f", "" },
        { "BT 2 Tr /F1 40 Tf 100 742 Td (Hnh thuc) Tj ET", "" },                         /* bold by stroking the outlines */
        { "100 742 m 300 742 l 310 742 320 732 320 722 c 320 622 l S", "h100,100-300 v320,120-220 " }, /* a rounded corner */
        { "BT /F1 14 Tf 100 742 Td (_________) Tj ET", "" },                             /* letters are no drawings */
        { "q 1 0 0 1 0 -100 cm /X1 Do Q", "h200,100-300 " },                             /* in a transparent group */
    };
    static const char group[] = "<< /Type /XObject /Subtype /Form /BBox [50 50 545 800] /Group << /S /Transparency >> /Length 28 >>\nstream\n"
                                " 100 742 m 300 742 l S     \nendstream";
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *rules = rules_of (read_page (pdf_sample_full (cases[i].content, PDF_A4, group, ""), pool, NULL));
        if (!g_str_equal (rules, cases[i].rules))
            print_error ("%s\n", cases[i].content);
        assert_string_equal (rules, cases[i].rules);
    }
}

static void
test_rules_turn_with_the_page (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = read_page (pdf_sample_full ("100 742 m 300 742 l S", PDF_A4 "/Rotate 90", NULL, ""), pool, NULL);
    g_autofree char *rotated = rules_of (page);
    assert_string_equal (rotated, "v742,100-300 ");
    page = read_page (pdf_sample_page ("BT /F1 14 Tf 0 1 -1 0 300 200 Tm (Thoi gian thuc hien) Tj ET 100 742 m 100 342 l S"), pool, NULL);
    g_autofree char *turned = rules_of (page);
    assert_string_equal (turned, "h100,342-742 ");
}

static void
test_drawings_seen (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    read_page (pdf_sample_page ("100 742 m 150 760 250 724 300 742 c f"), pool, &look);
    assert_true (look.has_drawings && !look.has_text);
    read_page (pdf_sample_page ("1 g 0 0 595 842 re f"), pool, &look);
    assert_false (look.has_drawings);
}

/* A scan: 160 x 120 grey samples, each different from its neighbours, the last row white. */
#define SCAN_WIDTH 160
#define SCAN_HEIGHT 120

static int
scan_sample (int x, int y)
{
    return y == SCAN_HEIGHT - 1 ? 255 : (x * 37 + y * 101) & 0xFF;
}

static GBytes *
scanned_page (const char *page, const char *content)
{
    g_autoptr (GString) hex = g_string_new (NULL);
    for (int y = 0; y < SCAN_HEIGHT; y++)
        for (int x = 0; x < SCAN_WIDTH; x++)
            g_string_append_printf (hex, "%02X", (guint) scan_sample (x, y));
    g_autofree char *image
        = g_strdup_printf ("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
                           "/Filter /ASCIIHexDecode /Length %zu >>\nstream\n%s>\nendstream", SCAN_WIDTH, SCAN_HEIGHT, hex->len + 1, hex->str);
    return pdf_sample_full (content, page, image, "");
}

static kh_pixels *
pixels_of (GBytes *taken, kh_affine *to_page)
{
    g_autoptr (GBytes) bytes = taken;
    kh_pdf *pdf = kh_pdf_open (bytes, "scan.pdf", NULL);
    assert_non_null (pdf);
    kh_pixels *pixels = kh_pdf_pixels (pdf, 1, to_page, NULL);
    kh_pdf_free (pdf);
    assert_non_null (pixels);
    return pixels;
}

static void
test_scan_pixel_by_pixel (void **unused)
{
    (void) unused;
    static const struct {
        const char *page, *content;
        kh_box box; /* of the pixels on the page */
    } cases[] = {
        { "/MediaBox [0 0 80 60]", "q 80 0 0 60 0 0 cm /X1 Do Q", { 0, 0, 80, 60 } },       /* 144 dpi */
        { "/MediaBox [0 0 80 60.3]", "q 80 0 0 60.3 0 0 cm /X1 Do Q", { 0, 0, 80, 60.3 } }, /* a page size that was rounded */
        { "/MediaBox [0 0 79.5 60]", "q 80 0 0 60 -.15 .21 cm /X1 Do Q", { -0.15, -0.21, 79.85, 59.79 } }, /* it hangs over */
        { "/MediaBox [0 0 80 60]", "q 80 0 0 60 0 0 cm /X1 Do Q BT /F1 9 Tf 1 60 Td (.) Tj ET", { 0, 0, 80, 60 } }, /* it is drawn */
        { "/MediaBox [0 0 79.5 60]", "q 80 0 0 60 -.15 .21 cm /X1 Do Q BT /F1 9 Tf 1 60 Td (.) Tj ET", { -0.15, -0.21, 79.35, 59.79 } },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_affine to_page;
        g_autoptr (kh_pixels) pixels = pixels_of (scanned_page (cases[i].page, cases[i].content), &to_page);
        assert_int_equal (pixels->channels, 1);
        assert_float_equal (pixels->dpi, 144, 0.5);
        assert_in_range (pixels->width, SCAN_WIDTH - 1, SCAN_WIDTH);
        assert_in_range (pixels->height, SCAN_HEIGHT - 1, SCAN_HEIGHT + 1);
        int wrong = 0;
        for (int y = 1; y < SCAN_HEIGHT - 2; y++)
            for (int x = 1; x < SCAN_WIDTH - 2; x++)
                wrong += abs (pixels->data[y * pixels->stride + x] - scan_sample (x, y)) > 1;
        assert_int_equal (wrong, 0);
        kh_box whole = kh_affine_box (&to_page, (kh_box){ 0, 0, pixels->width * 72 / pixels->dpi, pixels->height * 72 / pixels->dpi });
        assert_float_equal (whole.x0, cases[i].box.x0, 0.01);
        assert_float_equal (whole.y0, cases[i].box.y0, 0.01);
        assert_float_equal (whole.x1, cases[i].box.x1, 0.01);
        assert_float_equal (whole.y1, cases[i].box.y1, 0.01);
    }
}

static void
test_scan_turned (void **unused)
{
    (void) unused;
    kh_affine to_page;
    g_autoptr (kh_pixels) pixels
        = pixels_of (scanned_page ("/MediaBox [0 0 80 60] /Rotate 90", "q 80 0 0 60 0 0 cm /X1 Do Q"), &to_page);
    assert_true (pixels->width == SCAN_HEIGHT && pixels->height == SCAN_WIDTH);
    int wrong = 0;
    for (int y = 0; y < SCAN_WIDTH; y++) /* clockwise: what was the bottom is left */
        for (int x = 0; x < SCAN_HEIGHT; x++)
            wrong += abs (pixels->data[y * pixels->stride + x] - scan_sample (y, SCAN_HEIGHT - 1 - x)) > 1;
    assert_int_equal (wrong, 0);
}

static void
test_resolution (void **unused)
{
    (void) unused;
    static const struct {
        const char *page, *content;
        int width, height;
    } cases[] = {
        { "/MediaBox [0 0 576 432]", "q 576 0 0 432 0 0 cm /X1 Do Q", 1280, 960 },     /* 20 dpi is no scan: enlarged to 160 */
        { "/MediaBox [0 0 20 15]", "q 20 0 0 15 0 0 cm /X1 Do Q", 80, 60 },            /* 576 dpi: halved */
        { "/MediaBox [0 0 576 432]", "q 100 0 0 75 0 0 cm /X1 Do Q", 2400, 1800 },     /* a small picture on a page: 300 */
        { "/MediaBox [0 0 576 432]", "q 576 0 0 432 0 0 cm /X1 Do Q q 300 0 0 300 0 0 cm /X1 Do Q", 2400, 1800 }, /* layers */
        { "/MediaBox [0 0 576 432]", "100 100 200 200 re f", 2400, 1800 },
        { "/MediaBox [0 0 14400 7200]", "100 100 200 200 re f", 11257, 5628 },         /* as large as may be */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_affine to_page;
        g_autoptr (kh_pixels) pixels = pixels_of (scanned_page (cases[i].page, cases[i].content), &to_page);
        if (pixels->width != cases[i].width || pixels->height != cases[i].height)
            print_error ("%s %s\n", cases[i].page, cases[i].content);
        assert_int_equal (pixels->width, cases[i].width);
        assert_int_equal (pixels->height, cases[i].height);
    }
}

static void
test_colour (void **unused)
{
    (void) unused;
    kh_affine to_page;
    g_autoptr (kh_pixels) red = pixels_of (pdf_sample_full ("0.9 0.1 0.1 rg 0 50 50 50 re f", "/MediaBox [0 0 100 100]", NULL, ""), &to_page);
    assert_int_equal (red->channels, 3);
    assert_in_range (red->data[0], 225, 235);
    assert_in_range (red->data[1], 20, 30);
    g_autoptr (kh_pixels) grey = pixels_of (pdf_sample_full ("0.5 g 0 50 50 50 re f", "/MediaBox [0 0 100 100]", NULL, ""), &to_page);
    assert_int_equal (grey->channels, 1);
}

static void
test_scan_look (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    kh_page *page = read_page (scanned_page ("/MediaBox [0 0 80 60]", "q 80 0 0 60 0 0 cm /X1 Do Q"), pool, &look);
    assert_int_equal (page->words->len, 0);
    assert_false (look.has_text);
    assert_float_equal (look.image_share, 1, 0.01);
    assert_float_equal (look.image_dpi, 144, 1);
}

/* An image that cannot be decoded: the page is not taken for an empty one. */
static void
test_image_broken (void **unused)
{
    (void) unused;
    static const char image[] = "<< /Type /XObject /Subtype /Image /Width 600 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8 "
                                "/Filter /JPXDecode /Length 3 >>\nstream\n00>\nendstream";
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    read_page (pdf_sample_full ("q 200 0 0 100 0 0 cm /X1 Do Q", "/MediaBox [0 0 200 100]", image, ""), pool, &look);
    assert_float_equal (look.image_share, 1, 0.02);
    read_page (pdf_sample_full ("", "/MediaBox [0 0 200 100]", image, ""), pool, &look);
    assert_float_equal (look.image_share, 0, 0);
}

/* The image of a scan inside a transparent group, as where a page was stamped by putting it into another. */
static void
test_scan_in_group (void **unused)
{
    (void) unused;
    static const char group[] = "<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Group << /S /Transparency >> /Length 104 >>\nstream\n"
                                "q 200 0 0 100 0 0 cm BI /W 4 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF00FF 00FF00FF> EI Q 20 50 m 180 50 l S     "
                                "\nendstream";
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    read_page (pdf_sample_full ("/X1 Do", "/MediaBox [0 0 200 100]", group, ""), pool, &look);
    assert_float_equal (look.image_share, 1, 0.02);
    assert_true (look.has_drawings);
}

static GBytes *
cut (GBytes *taken, gsize length)
{
    g_autoptr (GBytes) bytes = taken;
    return g_bytes_new (g_bytes_get_data (bytes, NULL), MIN (length, g_bytes_get_size (bytes)));
}

#define NO_PAGES "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" \
                 "trailer\n<< /Root 1 0 R >>\n"

static void
test_unreadable (void **unused)
{
    (void) unused;
    const char *encrypt = "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] /Encrypt << /Filter /Standard /V 1 /R 2 "
                          "/P -64 /O <0101010101010101010101010101010101010101010101010101010101010101> "
                          "/U <0202020202020202020202020202020202020202020202020202020202020202> >>";
    const struct {
        GBytes *bytes;
        kh_error_code code;
        const char *message;
    } cases[] = {
        { g_bytes_new_static ("", 0), KH_ERROR_INPUT, "cannot open 'x.pdf': empty file" },
        { g_bytes_new_static ("\x00\x01\x02", 3), KH_ERROR_INPUT, "cannot open 'x.pdf': not a PDF, PNG, JPEG, TIFF or text" },
        { g_bytes_new_static ("%PDF-1.4\n", 9), KH_ERROR_INPUT, "cannot open 'x.pdf': broken PDF" },
        { cut (pdf_sample_page ("BT ET"), 60), KH_ERROR_INPUT, "cannot open 'x.pdf': broken PDF" },
        { g_bytes_new_static (NO_PAGES, sizeof NO_PAGES - 1), KH_ERROR_INPUT, "cannot open 'x.pdf': PDF without pages" },
        { pdf_sample_full ("BT ET", PDF_A4, NULL, encrypt), KH_ERROR_INPUT, "cannot open 'x.pdf': encrypted" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        assert_null (kh_source_open (cases[i].bytes, "x.pdf", &error));
        assert_true (g_error_matches (error, KH_ERROR, (int) cases[i].code));
        assert_string_equal (error->message, cases[i].message);
        g_bytes_unref (cases[i].bytes);
    }
}

static void
test_unreadable_pages (void **unused)
{
    (void) unused;
    static const struct {
        const char *page;
        guint number;
        kh_error_code code;
        const char *message;
    } cases[] = {
        { "/MediaBox [0 0 20000 842]", 1, KH_ERROR_LIMIT, "cannot read page 1 of 'x.pdf': 20000 x 842 points, the limit is 14400" },
        { PDF_A4, 2, KH_ERROR_INPUT, "cannot read page 2 of 'x.pdf': broken page" },
        { PDF_A4, 0, KH_ERROR_INPUT, "cannot read page 0 of 'x.pdf': broken page" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = pdf_sample_full ("BT ET", cases[i].page, NULL, "");
        g_autoptr (kh_source) source = kh_source_open (bytes, "x.pdf", NULL);
        kh_page_look look;
        assert_null (kh_source_read (source, cases[i].number, pool, &look, &error));
        assert_true (g_error_matches (error, KH_ERROR, (int) cases[i].code));
        assert_string_equal (error->message, cases[i].message);
    }
}

/* A picture for a person to look at: drawn at 110 dpi, the page as shown, no larger than its limit. */
static void
test_picture (void **unused)
{
    (void) unused;
    static const struct {
        const char *page;
        int width, height;
        int x, y; /* where it is dark */
    } cases[] = {
        { "/MediaBox [0 0 720 360]", 1100, 550, 275, 412 },
        { "/MediaBox [0 0 720 360] /Rotate 90", 550, 1100, 137, 275 },
        { "/MediaBox [0 0 7200 3600]", 2600, 1300, 65, 1280 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GBytes) bytes = pdf_sample_full ("0 g 0 0 360 180 re f", cases[i].page, NULL, "");
        g_autoptr (kh_source) source = kh_source_open (bytes, "x.pdf", NULL);
        g_autoptr (GBytes) picture = kh_source_picture (source, 1, NULL);
        assert_non_null (picture);
        g_autoptr (kh_image) image = kh_image_open (picture, "x.jpg", NULL);
        g_autoptr (kh_pixels) pixels = kh_image_pixels (image, 1, NULL);
        assert_int_equal (pixels->width, cases[i].width);
        assert_int_equal (pixels->height, cases[i].height);
        assert_int_equal (pixels->channels, 1);
        assert_in_range (pixels->data[cases[i].y * pixels->stride + cases[i].x], 0, 40);
        assert_in_range (pixels->data[5 * pixels->stride + cases[i].width - 5], 215, 255);
    }
    g_autoptr (GBytes) bytes = pdf_sample_page ("");
    g_autoptr (kh_source) source = kh_source_open (bytes, "x.pdf", NULL);
    g_autoptr (GError) error = NULL;
    assert_null (kh_source_picture (source, 2, &error));
    assert_string_equal (error->message, "cannot read page 2 of 'x.pdf': broken page");
}

/* A PDF that lost its end is put together again. */
static void
test_truncated (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GBytes) whole = pdf_sample_page ("BT /F1 14 Tf 100 700 Td (mot hai) Tj ET");
    kh_page *page = read_page (cut (g_bytes_ref (whole), g_bytes_get_size (whole) - 20), pool, NULL);
    g_autofree char *words = words_of (page);
    assert_string_equal (words, "mot hai");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_words),
        cmocka_unit_test (test_words_of_two_cells),
        cmocka_unit_test (test_word_facts),
        cmocka_unit_test (test_vietnamese),
        cmocka_unit_test (test_rotate),
        cmocka_unit_test (test_turned_text),
        cmocka_unit_test (test_rules),
        cmocka_unit_test (test_rules_turn_with_the_page),
        cmocka_unit_test (test_drawings_seen),
        cmocka_unit_test (test_scan_pixel_by_pixel),
        cmocka_unit_test (test_scan_turned),
        cmocka_unit_test (test_resolution),
        cmocka_unit_test (test_colour),
        cmocka_unit_test (test_scan_look),
        cmocka_unit_test (test_image_broken),
        cmocka_unit_test (test_scan_in_group),
        cmocka_unit_test (test_unreadable),
        cmocka_unit_test (test_unreadable_pages),
        cmocka_unit_test (test_picture),
        cmocka_unit_test (test_truncated),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
