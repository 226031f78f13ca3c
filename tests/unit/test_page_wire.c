/* A page crosses from a worker to the parent; what a hostile worker says of a page. */
#include "base/limits.h"
#include "workers/page_wire.h"

#include "base/limits.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static kh_page *
page_sample (kh_pool *pool)
{
    kh_page *page = kh_page_new (pool, 3, 595.25, 841.5);
    page->rotation = 180;
    page->origin = KH_ORIGIN_OCR;
    page->dpi = 300;
    page->skew = -0.75;
    page->confidence = 0.5f;
    page->frame_width = 600;
    page->frame_height = 850;
    page->to_page = (kh_affine){ -1, 0, 595, 0, -1, 841 };
    kh_page_add_region (page, (kh_region){ { 0, 500, 600, 850 }, 270, { 0, -1, 400, 1, 0, 30 } });
    page->warning_code = "page_part";
    page->warning = "một phần của trang không đọc được";
    kh_page_add_word (pool, page, "Kế",
                      (kh_word){ .box = { 1, 2, 3, 4 }, .size = 13, .confidence = 0.25f, .style = KH_WORD_BOLD, .line = 7 });
    kh_page_add_word (pool, page, "hoạch", (kh_word){ .box = { 4, 2, 9, 4 }, .confidence = 1, .line = -1 });
    kh_page_word (page, 1)->read = "hoach";
    kh_word image = { .text = "Kể", .read = "Kể", .box = { 1, 2, 3, 4 }, .confidence = 0.5f };
    page->image_words = kh_page_word_list (pool);
    g_array_append_val (page->image_words, image);
    page->encoding = "VNI";
    kh_page_add_rule (page, (kh_box){ 0, 10, 100, 10.5 }, TRUE);
    kh_page_add_rule (page, (kh_box){ 50, 0, 50, 100 }, FALSE);
    kh_page_add_mark (page, (kh_box){ 300, 500, 400, 600 }, KH_MARK_STAMP);
    kh_page_add_mark (page, (kh_box){ 380, 480, 500, 540 }, KH_MARK_SIGNATURE);
    return page;
}

/* As the parent sees it: bytes that came through a socket. */
static GVariant *
through_bytes (GVariant *variant)
{
    g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
    g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (owned);
    return g_variant_ref_sink (g_variant_new_from_bytes (KH_PAGE_WIRE_TYPE, bytes, FALSE));
}

static void
test_page_roundtrip (void **unused)
{
    (void)unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_sample (pool);
    g_autoptr (GVariant) wire = through_bytes (kh_page_to_variant (page));
    kh_page *back = kh_page_from_variant (wire, pool);
    assert_non_null (back);
    assert_int_equal (back->number, 3);
    assert_true (back->width == 595.25 && back->height == 841.5 && back->frame_width == 600 && back->frame_height == 850);
    assert_int_equal (back->rotation, 180);
    assert_int_equal (back->origin, KH_ORIGIN_OCR);
    assert_true (back->dpi == 300 && back->skew == -0.75 && back->confidence == 0.5f);
    assert_memory_equal (&back->to_page, &page->to_page, sizeof page->to_page);
    assert_int_equal (back->regions->len, 1);
    assert_memory_equal (&kh_page_region (back, 0)->box, &kh_page_region (page, 0)->box, sizeof (kh_box));
    assert_memory_equal (&kh_page_region (back, 0)->to_page, &kh_page_region (page, 0)->to_page, sizeof (kh_affine));
    assert_int_equal (kh_page_region (back, 0)->turn, 270);
    assert_string_equal (back->warning_code, page->warning_code);
    assert_string_equal (back->warning, page->warning);
    assert_string_equal (back->encoding, "VNI");
    assert_int_equal (back->image_words->len, 1);
    assert_string_equal (g_array_index (back->image_words, kh_word, 0).text, "Kể");
    assert_int_equal (back->words->len, 2);
    for (guint i = 0; i < 2; i++) {
        kh_word *a = kh_page_word (page, i), *b = kh_page_word (back, i);
        assert_string_equal (a->text, b->text);
        assert_string_equal (a->read, b->read);
        assert_memory_equal (&a->box, &b->box, sizeof a->box);
        assert_true (a->size == b->size && a->confidence == b->confidence);
        assert_int_equal (a->style, b->style);
        assert_int_equal (a->line, b->line);
        assert_int_equal (b->page, 3);
    }
    assert_ptr_equal (kh_page_word (back, 0)->read, kh_page_word (back, 0)->text);
    assert_int_equal (back->rules->len, 2);
    for (guint i = 0; i < 2; i++) {
        assert_memory_equal (&kh_page_rule (back, i)->box, &kh_page_rule (page, i)->box, sizeof (kh_box));
        assert_int_equal (kh_page_rule (back, i)->horizontal, kh_page_rule (page, i)->horizontal);
    }
    assert_int_equal (back->marks->len, 2);
    for (guint i = 0; i < 2; i++) {
        assert_memory_equal (&kh_page_mark (back, i)->box, &kh_page_mark (page, i)->box, sizeof (kh_box));
        assert_int_equal (kh_page_mark (back, i)->kind, kh_page_mark (page, i)->kind);
    }
}

static void
test_page_lies (void **unused)
{
    (void)unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();

    kh_page *page = page_sample (pool); /* words and rules that are dropped or put right */
    kh_page_word (page, 0)->box.x1 = NAN;
    kh_page_add_word (pool, page, "ngược", (kh_word){ .box = { 9, 8, 7, 6 }, .confidence = 17, .style = 0xffff, .line = -5 });
    kh_page_add_word (pool, page, "xa", (kh_word){ .box = { 0, 0, 1e9, 1 } });
    kh_page_add_word (pool, page, "lớn", (kh_word){ .box = { 0, 0, 1, 1 }, .size = INFINITY });
    kh_page_add_rule (page, (kh_box){ 0, 0, INFINITY, 0 }, TRUE);
    kh_page_add_mark (page, (kh_box){ 0, 0, NAN, 0 }, KH_MARK_STAMP);
    kh_page_add_mark (page, (kh_box){ 0, 0, 1, 1 }, 7);
    g_autoptr (GVariant) wire = through_bytes (kh_page_to_variant (page));
    kh_page *back = kh_page_from_variant (wire, pool);
    assert_int_equal (back->words->len, 2);
    kh_word *turned = kh_page_word (back, 1);
    assert_string_equal (turned->text, "ngược");
    assert_true (turned->box.x0 == 7 && turned->box.y0 == 6 && turned->box.x1 == 9 && turned->box.y1 == 8);
    assert_true (turned->confidence == 1 && turned->line == -1 && turned->style == (KH_WORD_BOLD | KH_WORD_ITALIC | KH_WORD_HAND));
    assert_int_equal (back->rules->len, 2);
    assert_int_equal (back->marks->len, 2);

    struct { /* pages that are none */
        int number, rotation;
        double width, frame_height, dpi, xx;
    } lies[] = {
        { 0, 0, 100, 100, 0, 1 },  { 1, 45, 100, 100, 0, 1 }, { 1, 0, NAN, 100, 0, 1 },        { 1, 0, -5, 100, 0, 1 },
        { 1, 0, 100, 1e30, 0, 1 }, { 1, 0, 100, 100, -1, 1 }, { 1, 0, 100, 100, INFINITY, 1 }, { 1, 0, 100, 100, 0, NAN },
    };
    for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
        page = page_sample (pool);
        page->number = lies[i].number;
        page->rotation = lies[i].rotation;
        page->width = lies[i].width;
        page->frame_height = lies[i].frame_height;
        page->dpi = lies[i].dpi;
        page->to_page.xx = lies[i].xx;
        g_autoptr (GVariant) lie = through_bytes (kh_page_to_variant (page));
        assert_null (kh_page_from_variant (lie, pool));
    }
    static const kh_region FALSE_REGIONS[] = {
        { { 0, 0, 1, 1 }, 45, { 1, 0, 0, 0, 1, 0 } },
        { { 0, 0, 1, 1 }, 90, { NAN, 0, 0, 0, 1, 0 } },
        { { 0, 0, INFINITY, 1 }, 90, { 1, 0, 0, 0, 1, 0 } },
        { { 0, 0, 1, 1 }, 90, { 1, 0, 1e30, 0, 1, 0 } },
    };
    for (guint i = 0; i < G_N_ELEMENTS (FALSE_REGIONS); i++) {
        page = page_sample (pool);
        kh_page_add_region (page, FALSE_REGIONS[i]);
        g_autoptr (GVariant) lie = through_bytes (kh_page_to_variant (page));
        assert_null (kh_page_from_variant (lie, pool));
    }
    page = page_sample (pool); /* the ceiling */
    while (kh_page_add_region (page, (kh_region){ { 0, 0, 1, 1 }, 0, KH_AFFINE_IDENTITY }))
        ;
    assert_int_equal (page->regions->len, KH_LIMIT_PAGE_REGIONS);
    g_array_append_val (page->regions, FALSE_REGIONS[0]);
    kh_page_region (page, KH_LIMIT_PAGE_REGIONS)->turn = 0;
    g_autoptr (GVariant) many = through_bytes (kh_page_to_variant (page));
    assert_null (kh_page_from_variant (many, pool));
    g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_string ("trang"));
    assert_null (kh_page_from_variant (other, pool));
}

/* More marks than the ceiling, said by a worker that does not keep it. */
static void
test_page_marks_ceiling (void **unused)
{
    (void)unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_sample (pool);
    kh_mark mark = { { 1, 1, 2, 2 }, KH_MARK_STAMP };
    while (page->marks->len < KH_LIMIT_PAGE_MARKS)
        assert_true (kh_page_add_mark (page, mark.box, mark.kind));
    assert_false (kh_page_add_mark (page, mark.box, mark.kind));
    for (guint i = 0; i < 10; i++)
        g_array_append_val (page->marks, mark);
    g_autoptr (GVariant) wire = through_bytes (kh_page_to_variant (page));
    kh_page *back = kh_page_from_variant (wire, pool);
    assert_int_equal (back->marks->len, KH_LIMIT_PAGE_MARKS);
}

/* Bytes changed at random give a sound page or none. */
static void
test_page_noise (void **unused)
{
    (void)unused;
    g_autoptr (kh_pool) sample_pool = kh_pool_new ();
    g_autoptr (GVariant) wire = g_variant_ref_sink (kh_page_to_variant (page_sample (sample_pool)));
    g_autoptr (GRand) chance = g_rand_new_with_seed (20240630);
    for (int round = 0; round < 20000; round++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        gsize size = g_variant_get_size (wire);
        guint8 *data = g_malloc (size);
        memcpy (data, g_variant_get_data (wire), size);
        for (int i = g_rand_int_range (chance, 1, 6); i > 0; i--)
            data[g_rand_int_range (chance, 0, size)] = g_rand_int_range (chance, 0, 256);
        if (g_rand_int_range (chance, 0, 8) == 0)
            size = g_rand_int_range (chance, 0, size);
        g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
        g_autoptr (GVariant) noise = g_variant_ref_sink (g_variant_new_from_bytes (KH_PAGE_WIRE_TYPE, bytes, FALSE));
        kh_page *page = kh_page_from_variant (noise, pool);
        for (guint i = 0; page != NULL && i < page->words->len; i++) {
            kh_word *word = kh_page_word (page, i);
            assert_true (*word->text != '\0' && g_utf8_validate (word->text, -1, NULL) && g_utf8_validate (word->read, -1, NULL));
            assert_true (word->box.x0 <= word->box.x1 && word->box.y0 <= word->box.y1 && isfinite (word->size));
            assert_true (word->confidence >= 0 && word->confidence <= 1);
        }
    }
}

/* A picture is given to a browser as it comes: it must look like one. */
static void
test_pictures (void **unused)
{
    (void) unused;
    static const struct {
        const char *start;
        gsize length;
        gboolean good;
    } cases[] = {
        { "\xFF\xD8\xFF\xE0", 4, TRUE },
        { "\xFF\xD8\xFF\xE0", KH_LIMIT_PICTURE_BYTES, TRUE },
        { "\xFF\xD8\xFF\xE0", KH_LIMIT_PICTURE_BYTES + 1, FALSE },
        { "\xFF\xD8\xFF", 3, FALSE },
        { "<svg", 400, FALSE },
        { "", 0, FALSE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        char *data = g_malloc0 (cases[i].length + 1);
        memcpy (data, cases[i].start, MIN (cases[i].length, strlen (cases[i].start)));
        g_autoptr (GBytes) sent = g_bytes_new_take (data, cases[i].length);
        g_autoptr (GVariant) variant = g_variant_ref_sink (kh_picture_to_variant (sent));
        g_autoptr (GBytes) got = kh_picture_from_variant (variant);
        assert_int_equal (got != NULL, cases[i].good);
        assert_true (got == NULL || g_bytes_equal (got, sent));
    }
    g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_string ("a string"));
    assert_null (kh_picture_from_variant (other));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_page_roundtrip),
        cmocka_unit_test (test_page_lies),
        cmocka_unit_test (test_page_marks_ceiling),
        cmocka_unit_test (test_page_noise),
        cmocka_unit_test (test_pictures),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
