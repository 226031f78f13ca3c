/* The network of vie.traineddata: damaged files are refused or load, and are read with; strips do not depend on their neighbours.
 */
#include "ocr/ocr.c"

#include "ocr/strip.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static kh_model *model;
static char *data; /* of its file */
static gsize length;

/* A strip with some upright strokes in it. */
static kh_strip
some_strip (int width, guint seed)
{
    kh_strip strip = { .width = width, .pixels = g_new (gint8, (gsize) width * model->height + 1) };
    for (int y = 0; y < model->height; y++)
        for (int x = 0; x < width; x++)
            strip.pixels[y * width + x] = ((guint) x * 7 + seed) % 23 < 5 && y > 8 && y < 28 + (int) (seed % 5) ? -127 : 127;
    return strip;
}

static GArray *
some_strips (const int *widths, guint n)
{
    GArray *strips = g_array_new (FALSE, FALSE, sizeof (kh_strip));
    for (guint i = 0; i < n; i++) {
        kh_strip strip = some_strip (widths[i], (guint) widths[i]);
        g_array_append_val (strips, strip);
    }
    return strips;
}

static void
free_strips (GArray *strips)
{
    for (guint i = 0; i < strips->len; i++) {
        g_free (g_array_index (strips, kh_strip, i).pixels);
        g_free (g_array_index (strips, kh_strip, i).chances);
    }
    g_array_unref (strips);
}

/* ------------------------------------------------------------------ the file */

/* Loads these bytes, and reads a strip when they are a model; FALSE when they are none. */
static gboolean
try_to_load (const char *bytes, gsize size)
{
    g_autofree char *path = g_strdup_printf ("%s/kehoach-test-model-%d", g_get_tmp_dir (), (int) getpid ());
    assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
    g_autoptr (GError) error = NULL;
    g_autoptr (kh_model) loaded = kh_model_load (path, &error);
    g_unlink (path);
    if (loaded == NULL) {
        assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_MODEL));
        assert_non_null (strstr (error->message, path));
        return FALSE;
    }
    assert_null (error);
    for (guint i = 0; i < loaded->codes; i++)
        assert_true (loaded->characters[i] == NULL ||
                     (loaded->characters[i][0] != '\0' && g_utf8_validate (loaded->characters[i], -1, NULL)));
    kh_strip strip = { .width = 20, .pixels = g_malloc0 ((gsize)20 * (gsize) loaded->height) };
    g_autoptr (GArray) strips = g_array_new (FALSE, FALSE, sizeof (kh_strip));
    g_array_append_val (strips, strip);
    kh_network_run (loaded, strips);
    kh_strip *read = &g_array_index (strips, kh_strip, 0);
    for (guint i = 0; i < read->steps * loaded->codes; i++)
        assert_true (read->chances[i] >= 0 && read->chances[i] <= 1);
    g_free (read->pixels);
    g_free (read->chances);
    return TRUE;
}

static void
test_loads (void **state)
{
    (void)state;
    assert_true (try_to_load (data, length));
    assert_int_equal (model->height, 36);
    assert_int_equal (model->reduction, 3);
    assert_true (model->blank < model->codes);
    assert_null (model->characters[model->blank]);
    guint spaces = 0, letters = 0;
    for (guint i = 0; i < model->codes; i++) {
        spaces += g_strcmp0 (model->characters[i], " ") == 0;
        letters += g_strcmp0 (model->characters[i], "ế") == 0 || g_strcmp0 (model->characters[i], "Đ") == 0;
    }
    assert_int_equal (spaces, 1);
    assert_int_equal (letters, 2);
}

static void
test_missing (void **state)
{
    (void)state;
    g_autoptr (GError) error = NULL;
    assert_null (kh_ocr_new ("/nowhere", NULL, &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_MODEL));
    assert_non_null (strstr (error->message, "/nowhere/" MODEL));
}

static void
test_cut_off (void **state)
{
    (void)state;
    static const gsize sizes[] = { 0, 1, 3, 4, 11, 12, 100, 195, 196, 197, 1000, 40000 };
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        assert_false (try_to_load (data, sizes[i]));
    for (gsize size = length / 20; size < length; size += length / 20)
        try_to_load (data, size);
}

static void
test_flipped_bits (void **state)
{
    (void)state;
    g_autofree char *copy = g_memdup2 (data, length);
    guint32 bits = 1;
    for (guint i = 0; i < 300; i++) { /* the first bytes, which say what is where, and some of all */
        bits = bits * 1664525u + 1013904223u;
        gsize at = i < 200 ? i : (gsize) ((guint64) bits * length >> 32);
        copy[at] ^= (char)(1 << (bits >> 8) % 8);
        try_to_load (copy, length);
        copy[at] = data[at];
    }
}

/* Where the width of the window of a part begins in the file: behind its type and all that parts begin with. */
static gsize
window_of (const char *type)
{
    const char *part = memmem (data, length, type, strlen (type));
    assert_non_null (part);
    const char *name = part + strlen (type) + 2 + 4 * sizeof (guint32);
    return (gsize) (name + sizeof (guint32) + (guint8) name[0] - data);
}

static void
test_windows (void **state)
{
    (void) state;
    static const struct {
        const char *part;
        guint32 width;
        gboolean good;
    } cases[] = {
        { "Convolve", 0, FALSE },          { "Convolve", 2, FALSE }, /* more than the next layer takes */
        { "Convolve", 0x7FFFFFFFu, FALSE }, { "Convolve", 0x80000000u, FALSE },
        { "Maxpool", 0, FALSE },           { "Maxpool", 17, FALSE },
        { "Maxpool", 0xFFFFFFFFu, FALSE }, { "Maxpool", 4, TRUE },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *copy = g_memdup2 (data, length);
        guint32 width = GUINT32_TO_LE (cases[i].width);
        memcpy (copy + window_of (cases[i].part), &width, sizeof width);
        if (try_to_load (copy, length) != cases[i].good)
            fail_msg ("%s of %u", cases[i].part, cases[i].width);
    }
}

/* A character is text, and not empty. */
static void
test_broken_characters (void **state)
{
    (void)state;
    g_autofree char *copy = g_memdup2 (data, length);
    char *line = memmem (copy, length, "\nế ", strlen ("\nế "));
    assert_non_null (line);
    static const char broken[] = { ' ', '\xFF', '\xC3' };
    for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
        line[1] = broken[i];
        assert_false (try_to_load (copy, length));
    }
}

/* A scale that is no number would make all chances none. */
static void
test_broken_scales (void **state)
{
    (void)state;
    static const double broken[] = { NAN, INFINITY, 1e300 };
    const kh_layer *last = kh_model_layer (model, model->layers->len - 1);
    g_autofree char *copy = g_memdup2 (data, length);
    for (gsize i = 0, found = 0; i + 8 <= length && found == 0; i++) { /* the one place that holds its first scale */
        double value;
        memcpy (&value, copy + i, sizeof value);
        if ((float)(value / 127) != last->scales[0])
            continue;
        found++;
        for (guint k = 0; k < G_N_ELEMENTS (broken); k++) {
            memcpy (copy + i, &broken[k], sizeof value);
            assert_false (try_to_load (copy, length));
        }
    }
}

/* ------------------------------------------------------------------ the network */

/* Widths that fill blocks of rows partly, equal ones, and ones with no step. */
static const int WIDTHS[] = { 60, 2, 300, 61, 0, 192, 60, 195, 3, 640 };

static void
test_strips_do_not_depend_on_others (void **state)
{
    (void)state;
    GArray *together = some_strips (WIDTHS, G_N_ELEMENTS (WIDTHS));
    kh_network_run (model, together);
    for (guint i = 0; i < G_N_ELEMENTS (WIDTHS); i++) {
        GArray *alone = some_strips (&WIDTHS[i], 1);
        kh_network_run (model, alone);
        const kh_strip *a = &g_array_index (alone, kh_strip, 0), *b = &g_array_index (together, kh_strip, i);
        assert_int_equal (b->width, WIDTHS[i]); /* the order is kept */
        assert_int_equal (a->steps, b->steps);
        if (a->steps > 0)
            assert_memory_equal (a->chances, b->chances, a->steps * model->codes * sizeof (float));
        free_strips (alone);
    }
    free_strips (together);
}

static void
test_chances_sum_up (void **state)
{
    (void)state;
    GArray *strips = some_strips (WIDTHS, G_N_ELEMENTS (WIDTHS));
    kh_network_run (model, strips);
    for (guint i = 0; i < strips->len; i++) {
        const kh_strip *strip = &g_array_index (strips, kh_strip, i);
        assert_int_equal (strip->steps, WIDTHS[i] / model->reduction);
        assert_true ((strip->chances == NULL) == (strip->steps == 0));
        for (guint t = 0; t < strip->steps; t++) {
            double sum = 0;
            for (guint c = 0; c < model->codes; c++)
                sum += strip->chances[t * model->codes + c];
            assert_true (sum > 0.9999 && sum < 1.0001);
        }
    }
    free_strips (strips);
}

static void
test_nothing_to_read (void **state)
{
    (void)state;
    GArray *strips = some_strips (WIDTHS, 0);
    kh_network_run (model, strips);
    free_strips (strips);
}

/* ------------------------------------------------------------------ strips */

static void
test_strip (void **state)
{
    (void)state;
    static const struct {
        int width, height, wanted;
    } sizes[] = { { 36, 36, 36 }, { 300, 72, 150 }, { 10, 9, 40 }, { 1, 400, 1 }, { 1, 1, 36 }, { 30000, 1, 8192 } };
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
        g_autoptr (kh_pixels) image = kh_pixels_new (sizes[i].width, sizes[i].height, 1, 300);
        kh_strip strip = kh_strip_make (image, model->height);
        assert_int_equal (strip.width, sizes[i].wanted);
        for (int k = 0; k < strip.width * model->height; k++)
            assert_int_equal (strip.pixels[k], 127); /* white */
        g_free (strip.pixels);
    }
}

/* Grey strokes on grey paper become black on white. */
static void
test_strip_contrast (void **state)
{
    (void)state;
    g_autoptr (kh_pixels) image = kh_pixels_new (120, 36, 1, 300);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++)
            image->data[image->stride * y + x] = x % 12 < 4 ? 90 : 200;
    kh_strip strip = kh_strip_make (image, 36);
    for (int x = 0; x < strip.width; x++)
        assert_int_equal (strip.pixels[x], x % 12 < 4 ? -127 : 127);
    g_free (strip.pixels);
}

static int
load (void **state)
{
    (void)state;
    g_autofree char *path = find_model (NULL);
    model = kh_model_load (path, NULL);
    return model == NULL || !g_file_get_contents (path, &data, &length, NULL);
}

static int
unload (void **state)
{
    (void)state;
    kh_model_free (model);
    g_free (data);
    return 0;
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_loads),
        cmocka_unit_test (test_missing),
        cmocka_unit_test (test_cut_off),
        cmocka_unit_test (test_flipped_bits),
        cmocka_unit_test (test_windows),
        cmocka_unit_test (test_broken_characters),
        cmocka_unit_test (test_broken_scales),
        cmocka_unit_test (test_strips_do_not_depend_on_others),
        cmocka_unit_test (test_chances_sum_up),
        cmocka_unit_test (test_nothing_to_read),
        cmocka_unit_test (test_strip),
        cmocka_unit_test (test_strip_contrast),
    };
    return cmocka_run_group_tests (tests, load, unload);
}
