/* PNG, JPEG and TIFF: size, resolution, pixels, and what cannot be read. */
#include "base/error.h"
#include "base/limits.h"
#include "source/image.h"
#include "source/source.h"
#include "source/tags.h"

#include <fcntl.h>
#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Grey, dark in the top left quarter, light below it. */
static PIX *
sample_pix (int width, int height, int depth)
{
    PIX *pix = pixCreate (width, height, depth);
    guint32 dark = depth == 1 ? 1 : depth == 8 ? 20 : depth == 16 ? 20 << 8 : 0xC8141400;
    guint32 light = depth == 1 ? 0 : depth == 8 ? 240 : depth == 16 ? 240 << 8 : 0xF0F0F000;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            pixSetPixel (pix, x, y, x < width / 2 && y < height / 2 ? dark : light);
    return pix;
}

static GBytes *
written (PIX *pix, int format, int dpi)
{
    l_uint8 *data = NULL;
    size_t length = 0;
    pixSetResolution (pix, dpi, dpi);
    assert_int_equal (pixWriteMem (&data, &length, pix, format), 0);
    GBytes *bytes = g_bytes_new (data, length);
    lept_free (data);
    pixDestroy (&pix);
    return bytes;
}

/* A TIFF of pages whose widths are 100, 110, 120 ... */
static GBytes *
written_tiff (int n_pages)
{
    PIXA *pages = pixaCreate (n_pages);
    for (int i = 0; i < n_pages; i++)
        pixaAddPix (pages, sample_pix (100 + 10 * i, 140, 1), L_INSERT);
    l_uint8 *data = NULL;
    size_t length = 0;
    assert_int_equal (pixaWriteMemMultipageTiff (&data, &length, pages), 0);
    GBytes *bytes = g_bytes_new (data, length);
    lept_free (data);
    pixaDestroy (&pages);
    return bytes;
}

static kh_image *
open_image (GBytes *bytes)
{
    g_autoptr (GError) error = NULL;
    kh_image *image = kh_image_open (bytes, "x.png", &error);
    assert_null (error);
    return image;
}

static void
test_formats (void **unused)
{
    (void) unused;
    static const struct {
        int depth, format;
        const char *type;
        int channels;
    } cases[] = {
        { 1, IFF_PNG, "image/png", 1 },   { 8, IFF_PNG, "image/png", 1 },         { 16, IFF_PNG, "image/png", 1 },
        { 32, IFF_PNG, "image/png", 3 },  { 8, IFF_JFIF_JPEG, "image/jpeg", 1 },  { 32, IFF_JFIF_JPEG, "image/jpeg", 3 },
        { 1, IFF_TIFF_G4, "image/tiff", 1 }, { 8, IFF_TIFF_LZW, "image/tiff", 1 }, { 32, IFF_TIFF_ZIP, "image/tiff", 3 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GBytes) bytes = written (sample_pix (1240, 1754, cases[i].depth), cases[i].format, 150);
        g_autoptr (kh_source) source = kh_source_open (bytes, "x", NULL);
        assert_non_null (source);
        assert_string_equal (kh_source_media_type (source), cases[i].type);
        assert_int_equal (kh_source_page_count (source), 1);
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page_look look;
        kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
        assert_non_null (page);
        assert_float_equal (page->width, 595.2, 0.01);
        assert_float_equal (page->height, 841.92, 0.01);
        assert_int_equal (page->words->len, 0);
        assert_true (!look.has_text && look.image_share == 1 && look.image_dpi == 150);

        g_autoptr (kh_image) image = open_image (bytes);
        g_autoptr (kh_pixels) pixels = kh_image_pixels (image, 1, NULL);
        assert_non_null (pixels);
        assert_true (pixels->width == 1240 && pixels->height == 1754 && pixels->dpi == 150);
        assert_int_equal (pixels->channels, cases[i].channels);
        const guint8 *inside = pixels->data + 100 * pixels->stride + 100 * pixels->channels;
        const guint8 *outside = pixels->data + 1500 * pixels->stride + 1100 * pixels->channels;
        if (cases[i].channels == 3) {
            assert_in_range (inside[0], 190, 210); /* red */
            assert_in_range (inside[1], 10, 30);
        } else {
            assert_in_range (inside[0], 0, 30);
        }
        assert_in_range (outside[0], 235, 255);
    }
}

static void
test_resolution (void **unused)
{
    (void) unused;
    static const struct {
        int width, height, stored, dpi;
    } cases[] = {
        { 2480, 3508, 300, 300 },
        { 1654, 2339, 0, 200 },    /* none: A4 */
        { 1654, 2339, 72, 200 },   /* 72 is what programs write that do not know */
        { 2339, 1654, 96, 200 },   /* lying */
        { 595, 842, 72, 72 },      /* here it is true */
        { 1240, 1754, 1, 150 },    /* a sheet 31 m wide */
        { 1240, 1754, 30000, 150 },
        { 1000, 1414, 0, 120 },    /* near enough to a usual one */
        { 1100, 1600, 0, 137 },    /* not A4: the longer side decides */
        { 1, 1, 0, 72 },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GBytes) bytes = written (sample_pix (cases[i].width, cases[i].height, 8), IFF_PNG, cases[i].stored);
        g_autoptr (kh_image) image = open_image (bytes);
        g_autoptr (kh_pool) pool = kh_pool_new ();
        double dpi = 0;
        kh_page *page = kh_image_read (image, 1, pool, &dpi, NULL);
        assert_non_null (page);
        assert_float_equal (dpi, cases[i].dpi, 1);
        assert_float_equal (page->width, cases[i].width * 72 / dpi, 0.01);
    }
}

static void
test_tiff_pages (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) bytes = written_tiff (3);
    g_autoptr (kh_image) image = open_image (bytes);
    assert_int_equal (kh_image_page_count (image), 3);
    for (guint number = 1; number <= 3; number++) {
        g_autoptr (kh_pixels) pixels = kh_image_pixels (image, number, NULL);
        assert_non_null (pixels);
        assert_int_equal (pixels->width, 90 + 10 * number);
    }
    g_autoptr (GError) error = NULL;
    assert_null (kh_image_pixels (image, 4, &error));
    assert_string_equal (error->message, "cannot read page 4 of 'x.png': broken image");
}

/* Where the n-th directory of a little-endian TIFF is told: its place is at that offset. */
static gsize
directory_link (const guint8 *data, int n)
{
    gsize at = 4;
    for (; n > 0; n--) {
        guint32 place;
        memcpy (&place, data + at, 4);
        place = GUINT32_FROM_LE (place);
        at = place + 2 + 12 * (gsize) (data[place] | data[place + 1] << 8);
    }
    return at;
}

static void
test_tiff_broken_page (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) whole = written_tiff (3);
    gsize length;
    const guint8 *data = g_bytes_get_data (whole, &length);
    static const guint32 places[] = { 0xFFFFFF00, 0x00000005 };
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        g_autofree guint8 *copy = g_memdup2 (data, length);
        guint32 place = GUINT32_TO_LE (places[i]);
        memcpy (copy + directory_link (copy, 1), &place, 4); /* the second page is nowhere */
        g_autoptr (GBytes) bytes = g_bytes_new_static (copy, length);
        g_autoptr (kh_source) source = kh_source_open (bytes, "x.tif", NULL);
        assert_non_null (source);
        assert_int_equal (kh_source_page_count (source), 2);
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autoptr (GError) error = NULL;
        kh_page_look look;
        assert_non_null (kh_source_read (source, 1, pool, &look, NULL));
        assert_null (kh_source_read (source, 2, pool, &look, &error));
        assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
        assert_string_equal (error->message, "cannot read page 2 of 'x.tif': broken image");
    }
}

static void
test_tiff_loop (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) whole = written_tiff (2);
    gsize length;
    g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, &length), g_bytes_get_size (whole));
    memcpy (copy + directory_link (copy, 2), copy + 4, 4); /* the second page is followed by the first */
    assert_int_equal (kh_tags_count (copy, length, KH_LIMIT_PAGES), 2);
    assert_int_equal (kh_tags_count (copy, length, 1), 1);
    for (gsize cut = 0; cut < length; cut++) /* no reading past the end, wherever it is */
        kh_tags_count (copy, cut, KH_LIMIT_PAGES);
}

/* The tag as it stands in an Exif part and in a TIFF: one directory, one entry. */
static void
tag_orientation (GByteArray *out, int orientation)
{
    const guint8 tiff[] = { 'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (guint8) orientation, 0, 0, 0, 0, 0, 0 };
    g_byte_array_append (out, tiff, sizeof tiff);
}

static GBytes *
with_exif (GBytes *taken, int orientation)
{
    g_autoptr (GBytes) jpeg = taken;
    gsize length;
    const guint8 *data = g_bytes_get_data (jpeg, &length);
    static const guint8 head[] = { 0xFF, 0xE1, 0, 2 + 6 + 26, 'E', 'x', 'i', 'f', 0, 0 };
    GByteArray *out = g_byte_array_new ();
    g_byte_array_append (out, data, 2);
    g_byte_array_append (out, head, sizeof head);
    tag_orientation (out, orientation);
    g_byte_array_append (out, data + 2, (guint) length - 2);
    return g_byte_array_free_to_bytes (out);
}

static void
test_orientation (void **unused)
{
    (void) unused;
    /* where the dark quarter, stored top left, is seen: x and y of its middle in quarters */
    static const struct {
        int x, y;
        gboolean sideways;
    } cases[] = { { 1, 1, FALSE }, { 3, 1, FALSE }, { 3, 3, FALSE }, { 1, 3, FALSE }, { 1, 1, TRUE }, { 3, 1, TRUE }, { 3, 3, TRUE }, { 1, 3, TRUE } };
    for (int i = 0; i < 8; i++) {
        g_autoptr (GBytes) bytes = with_exif (written (sample_pix (80, 40, 8), IFF_JFIF_JPEG, 100), i + 1);
        g_autoptr (kh_image) image = open_image (bytes);
        g_autoptr (kh_pixels) pixels = kh_image_pixels (image, 1, NULL);
        assert_non_null (pixels);
        assert_int_equal (pixels->width, cases[i].sideways ? 40 : 80);
        for (int y = 1; y <= 3; y += 2)
            for (int x = 1; x <= 3; x += 2) {
                int value = pixels->data[y * pixels->height / 4 * pixels->stride + x * pixels->width / 4];
                if (x == cases[i].x && y == cases[i].y)
                    assert_in_range (value, 0, 60);
                else
                    assert_in_range (value, 200, 255);
            }
    }
}

static void
test_tiff_orientation (void **unused)
{
    (void) unused;
    PIX *pix = sample_pix (80, 40, 8);
    pixSetText (pix, "x");
    g_autoptr (GBytes) plain = written (pix, IFF_TIFF_LZW, 100);
    gsize length;
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (plain, &length), g_bytes_get_size (plain));
    assert_int_equal (kh_tags_orientation (data, length, 0), 1);
    assert_int_equal (kh_tags_orientation (data, length, 1), 1); /* there is no second page */
    /* Leptonica writes tags in ascending order, Orientation (0x0112) not among them: put it in place of ImageDescription (0x010E) */
    gsize place = GUINT32_FROM_LE (*(guint32 *) (void *) (data + 4)), n = data[place] | data[place + 1] << 8;
    gboolean found = FALSE;
    for (gsize i = 0; i < n && !found; i++) {
        guint8 *entry = data + place + 2 + 12 * i;
        found = entry[0] == 0x0E && entry[1] == 0x01;
        static const guint8 tag[] = { 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0 };
        if (found)
            memcpy (entry, tag, sizeof tag);
    }
    assert_true (found);
    assert_int_equal (kh_tags_orientation (data, length, 0), 6);
    g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
    g_autoptr (kh_image) image = open_image (bytes);
    g_autoptr (kh_pixels) pixels = kh_image_pixels (image, 1, NULL);
    assert_non_null (pixels);
    assert_int_equal (pixels->width, 40);
    assert_in_range (pixels->data[20 * pixels->stride + 30], 0, 60); /* turned clockwise: top right */
}

/* Pages are made small for a person to look at: 110 dpi at most, grey stays grey, and what is dark is so where it was. */
static void
test_picture (void **unused)
{
    (void) unused;
    static const struct {
        int width, height, depth, dpi, wanted_width, wanted_height;
    } cases[] = {
        { 880, 440, 8, 220, 440, 220 },
        { 880, 440, 32, 220, 440, 220 },
        { 880, 440, 1, 220, 440, 220 },
        { 300, 400, 8, 100, 300, 400 },   /* coarse already */
        { 4000, 300, 8, 100, 2600, 195 }, /* KH_LIMIT_PICTURE_SIDE */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GBytes) bytes = written (sample_pix (cases[i].width, cases[i].height, cases[i].depth), IFF_PNG, cases[i].dpi);
        g_autoptr (kh_source) source = kh_source_open (bytes, "x.png", NULL);
        g_autoptr (GBytes) picture = kh_source_picture (source, 1, NULL);
        assert_non_null (picture);
        gsize length;
        const guint8 *data = g_bytes_get_data (picture, &length);
        assert_string_equal (kh_image_media_type (data, length), "image/jpeg");
        PIX *pix = pixReadMem (data, length);
        assert_int_equal (pixGetWidth (pix), cases[i].wanted_width);
        assert_int_equal (pixGetHeight (pix), cases[i].wanted_height);
        assert_int_equal (pixGetDepth (pix), cases[i].depth == 32 ? 32 : 8);
        PIX *grey = pixConvertTo8 (pix, FALSE);
        l_uint32 dark = 255, light = 0;
        pixGetPixel (grey, cases[i].wanted_width / 4, cases[i].wanted_height / 4, &dark);
        pixGetPixel (grey, cases[i].wanted_width * 3 / 4, cases[i].wanted_height / 4, &light);
        assert_in_range (dark, 0, 90);
        assert_in_range (light, 200, 255);
        pixDestroy (&grey);
        pixDestroy (&pix);
    }
    g_autoptr (GBytes) text = g_bytes_new_static ("mot hai", 7);
    g_autoptr (kh_source) source = kh_source_open (text, "x.txt", NULL);
    g_autoptr (GError) error = NULL;
    assert_null (kh_source_picture (source, 1, &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_INPUT));
}

/* A PNG that says it is this large and holds nothing. */
static GBytes *
png_of (guint32 width, guint32 height)
{
    guint8 head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0 };
    width = GUINT32_TO_BE (width);
    height = GUINT32_TO_BE (height);
    memcpy (head + 16, &width, 4);
    memcpy (head + 20, &height, 4);
    guint32 crc = 0xFFFFFFFF;
    for (gsize i = 12; i < sizeof head; i++) {
        crc ^= head[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
    }
    crc = GUINT32_TO_BE (~crc);
    GByteArray *out = g_byte_array_new ();
    g_byte_array_append (out, head, sizeof head);
    g_byte_array_append (out, (const guint8 *) &crc, 4);
    g_byte_array_append (out, (const guint8 *) "\0\0\0\0IEND\xAE\x42\x60\x82", 12);
    return g_byte_array_free_to_bytes (out);
}

static void
test_too_large (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) bytes = png_of (50000, 40000);
    g_autoptr (kh_source) source = kh_source_open (bytes, "x.png", NULL);
    assert_non_null (source);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GError) error = NULL;
    kh_page_look look;
    assert_null (kh_source_read (source, 1, pool, &look, &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_LIMIT));
    assert_string_equal (error->message, "cannot read page 1 of 'x.png': 50000 x 40000 pixels, the limit is 64000000");
}

/* libpng and libjpeg say on standard error what is wrong; in a worker that leads nowhere. */
static int
silence (int kept)
{
    int before = dup (STDERR_FILENO), to = kept >= 0 ? kept : open ("/dev/null", O_WRONLY);
    dup2 (to, STDERR_FILENO);
    close (to);
    return before;
}

static void
test_broken (void **unused)
{
    (void) unused;
    int kept = silence (-1);
    static const int formats[] = { IFF_PNG, IFF_JFIF_JPEG, IFF_TIFF_G4 };
    for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
        g_autoptr (GBytes) whole = written (sample_pix (500, 700, formats[i] == IFF_TIFF_G4 ? 1 : 8), formats[i], 100);
        gsize length = g_bytes_get_size (whole), step = MAX (length / 40, 1);
        for (gsize cut = 8; cut < length; cut += step) { /* either an error with a message, or pixels of the right size */
            g_autoptr (GBytes) bytes = g_bytes_new (g_bytes_get_data (whole, NULL), cut);
            g_autoptr (GError) error = NULL;
            g_autoptr (kh_image) image = kh_image_open (bytes, "x.png", &error);
            if (image == NULL) {
                assert_string_equal (error->message, "cannot open 'x.png': broken image");
                continue;
            }
            g_autoptr (kh_pixels) pixels = kh_image_pixels (image, 1, &error);
            if (pixels == NULL)
                assert_string_equal (error->message, "cannot read page 1 of 'x.png': broken image");
            else
                assert_true (pixels->width == 500 && pixels->height == 700);
        }
    }
    close (silence (kept));
}

/* Down to nothing, through the whole preparation: a page, and no words on it. */
static void
test_tiny (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) bytes = written (sample_pix (1, 1, 8), IFF_PNG, 0);
    g_autoptr (kh_source) source = kh_source_open (bytes, "x.png", NULL);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
    assert_non_null (page);
    g_autoptr (kh_pixels) pixels = kh_source_scan (source, 1, (kh_scan_options){ 0 }, page, NULL);
    assert_non_null (pixels);
    assert_int_equal (page->rules->len, 0);
}

/* The reading frame of a scan leads back to the page. */
static void
test_scan_frame (void **unused)
{
    (void) unused;
    g_autoptr (GBytes) bytes = written (sample_pix (1240, 1754, 8), IFF_PNG, 150);
    g_autoptr (kh_source) source = kh_source_open (bytes, "x.png", NULL);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page_look look;
    kh_page *page = kh_source_read (source, 1, pool, &look, NULL);
    g_autoptr (kh_pixels) pixels = kh_source_scan (source, 1, (kh_scan_options){ .turn = 90 }, page, NULL);
    assert_non_null (pixels);
    assert_int_equal (pixels->channels, 1);
    assert_float_equal (page->frame_width, 841.92, 1);
    assert_float_equal (page->width, 595.2, 0.01);
    kh_box frame = { 0, 0, page->frame_width, page->frame_height }, shown = kh_affine_box (&page->to_page, frame);
    assert_float_equal (shown.x1 - shown.x0, 595.2, 2);
    assert_float_equal (shown.y1 - shown.y0, 841.92, 2);
}

/* A fax's page that went in upside down, and one that did not, as they stand and turned: what is up is told without the engine. */
static void
test_turn_is_guessed (void **unused)
{
    (void) unused;
    g_autofree char *content = NULL;
    gsize length;
    assert_true (g_file_get_contents ("samples/ruled-portrait/scan-c.pdf", &content, &length, NULL));
    g_autoptr (GBytes) bytes = g_bytes_new_static (content, length);
    g_autoptr (kh_source) source = kh_source_open (bytes, "scan-c.pdf", NULL);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    static const int TURNS[] = { 0, 0, 180 };
    for (guint number = 1; number <= G_N_ELEMENTS (TURNS); number++) {
        kh_page_look look;
        kh_page *page = kh_source_read (source, number, pool, &look, NULL);
        g_autoptr (kh_pixels) pixels = kh_source_scan (source, number, (kh_scan_options){ .turn = KH_TURN_GUESS }, page, NULL);
        assert_non_null (pixels);
        assert_int_equal (page->rotation, TURNS[number - 1]);
    }
}

int
main (void)
{
    setMsgSeverity (L_SEVERITY_NONE);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_formats),
        cmocka_unit_test (test_resolution),
        cmocka_unit_test (test_tiff_pages),
        cmocka_unit_test (test_tiff_broken_page),
        cmocka_unit_test (test_tiff_loop),
        cmocka_unit_test (test_orientation),
        cmocka_unit_test (test_tiff_orientation),
        cmocka_unit_test (test_picture),
        cmocka_unit_test (test_too_large),
        cmocka_unit_test (test_broken),
        cmocka_unit_test (test_tiny),
        cmocka_unit_test (test_scan_frame),
        cmocka_unit_test (test_turn_is_guessed),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
