/* Vietnamese text: normal form, folding with places, syllables, soundness. */
#include "viet/fold.h"
#include "viet/viet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_normal (void **state)
{
    (void) state;
    static const struct {
        const char *given, *wanted;
    } cases[] = {
        { "Sở Y tế", "Sở Y tế" },
        { "Ca\xCC\x81p xa\xCC\x83", "Cáp xã" },                  /* decomposed */
        { "ca\xCC\x81\xCC\x82p", "cấp" },                         /* tone before shape */
        { "tiếp c\xC3\xA2\xE1\xB9\x87", "tiếp cậ" "n" },          /* the dot on the consonant */
        { "trình đô \xCC\xA3""dân trí", "trình độ dân trí" },     /* the dot behind a space */
        { "\xC3\x90\xC3\xA0 N\xE1\xBA\xB5ng", "Đà Nẵng" },        /* Icelandic eth for Đ */
        { "hai\xC2\xADng", "haing" },                             /* soft hyphen */
        { "\xEF\x82\xB7", "-" },                                  /* a bullet of Symbol */
        { "\xEF\x80\xAB", "+" },
        { "1\xE2\x81\x84""2", "1/2" },
        { "a\xE2\x80\x8B""b", "ab" },
        { "a\xC2\xA0""b", "a b" },
        { "tên\xFF", "tên\xEF\xBF\xBD" },                         /* a broken byte */
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *got = kh_viet_normal (cases[i].given);
        assert_string_equal (got, cases[i].wanted);
        g_autofree char *twice = kh_viet_normal (got);
        assert_string_equal (twice, got);
    }
}

static void
test_fold (void **state)
{
    (void) state;
    static const struct {
        const char *given, *wanted;
    } cases[] = {
        { "Đơn vị  CHỦ TRÌ", "don vi chu tri" }, { " Nơi\tnhận: ", "noi nhan:" },  { "“Số” – 5…", "\"so\" - 5." },
        { "ẤỂỮỢ", "aeuo" },                      { "Ca\xCC\x81p", "cap" },          { "≥ 70%", "≥ 70%" },
        { "", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *got = kh_viet_fold (cases[i].given);
        assert_string_equal (got, cases[i].wanted);
    }
}

static void
test_fold_places (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const char *text = "  Trước   ngày 30/6/2024 ";
    kh_fold *fold = kh_fold_new (pool, text);
    assert_string_equal (fold->str, "truoc ngay 30/6/2024");
    gssize at = kh_fold_find (fold, "ngay", 0);
    assert_int_equal (at, 6);
    g_autofree char *part = g_strndup (text + fold->at[at], kh_fold_end (fold, at + 4) - fold->at[at]);
    assert_string_equal (part, "ngày");
    g_autofree char *last = g_strndup (text + fold->at[11], kh_fold_end (fold, fold->length) - fold->at[11]);
    assert_string_equal (last, "30/6/2024");
    assert_int_equal (kh_fold_find (fold, "nga", 0), -1);
    assert_true (kh_fold_begins (fold, "truoc ngay"));
    assert_false (kh_fold_begins (fold, "truoc ng"));
}

static void
test_distance (void **state)
{
    (void) state;
    assert_int_equal (kh_fold_distance ("noi nhan", "voi nhan", 3), 1);
    assert_int_equal (kh_fold_distance ("ke hoach", "ke hoach", 3), 0);
    assert_int_equal (kh_fold_distance ("abc", "abcdef", 2), 3);
    assert_true (kh_fold_alike ("ke hoqch", "ke hoach"));
    assert_false (kh_fold_alike ("so", "to"));
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, "Cơ quan phối : hợq chính");
    assert_int_equal (kh_fold_find_alike (fold, "phoi hop"), 8);
    assert_int_equal (kh_fold_find_alike (fold, "coquan phoihop"), 0);
    assert_int_equal (kh_fold_find_alike (fold, "hop"), -1); /* too short to differ */
    assert_int_equal (kh_fold_find_alike (fold, "phoi"), 8);
    assert_int_equal (kh_fold_find_alike (fold, "phu trach"), -1);
    assert_int_equal (kh_fold_find_alike (kh_fold_new (pool, ""), "phoi hop"), -1);
}

static void
test_syllables (void **state)
{
    (void) state;
    static const char *const good[] = { "nghiêng", "Quyết", "định", "giếng", "gì", "khuyến", "ủy", "uỷ", "hoà", "hòa", "thuở", "xoong", "ĐIỆN", "quốc", "nguyên,", "(yêu",
        "MỘT", "nặng", "tự", "được...", "một", "ĐƯỢC", "…nghiệp" /* letters in several codes, signs outside Latin */ };
    static const char *const bad[] = { "tiêp", "hoac", "ngiêng", "kanh2", "xyz", "bcd", "ướngg", "th", "QĐ", "đìềm", "", "--",
        "tiêp", "đìềm", "mệtt", "a1", "hai ba", "nghiêngnghiêngnghiêngnghiêngnghiêng" };
    for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
        if (!kh_viet_is_syllable (good[i]))
            fail_msg ("'%s' is a syllable", good[i]);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        if (kh_viet_is_syllable (bad[i]))
            fail_msg ("'%s' is no syllable", bad[i]);
}

static kh_page *
page_of (kh_pool *pool, const char *text, kh_origin origin)
{
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    page->origin = origin;
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        kh_page_add_word (pool, page, words[i], (kh_word){ .confidence = 1, .line = 1, .page = 1 });
    return page;
}

static void
test_soundness (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    assert_true (kh_viet_soundness (page_of (pool, "Sở Nội vụ báo cáo UBND tỉnh trước ngày 15/6/2024 theo Quyết định số 12/QĐ-UBND", KH_ORIGIN_TEXT_LAYER), 5) > 0.95);
    assert_true (kh_viet_soundness (page_of (pool, "th c hi n nhi m v c i cách hành chính", KH_ORIGIN_TEXT_LAYER), 5) >= 0);
    assert_true (kh_viet_soundness (page_of (pool, "Thùc hiÖn nhiÖm vô c¶i c¸ch hµnh chÝnh n¨m", KH_ORIGIN_TEXT_LAYER), 5) < 0.5);
    assert_true (kh_viet_soundness (page_of (pool, "một hai", KH_ORIGIN_TEXT_LAYER), 5) == -1);
    /* narrow cells break "Thường" and "Thương"; the rest stands below, behind the other cells' words */
    kh_page *page = page_of (pool, "Thườ Thươn của Sở ng g Cải cách", KH_ORIGIN_TEXT_LAYER);
    static const kh_box places[] = { { 10, 0, 30, 10 }, { 50, 0, 80, 10 }, { 90, 0, 99, 10 }, { 110, 0, 120, 10 },
                                     { 10, 12, 15, 22 }, { 50, 12, 55, 22 }, { 60, 12, 70, 22 }, { 90, 12, 99, 22 } };
    assert_true (kh_viet_soundness (page, 5) < 0.9);
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        kh_page_word (page, i)->box = places[i];
    assert_true (kh_viet_soundness (page, 5) == 1);
}

static void
test_page (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of (pool, "trình đô \xCC\xA3""dân \xC2\xAD Š\xC3\xB8 trí", KH_ORIGIN_OCR);
    kh_viet_normalise_page (page, pool);
    assert_int_equal (page->words->len, 5);
    assert_string_equal (kh_page_word (page, 1)->text, "độ");
    assert_string_equal (kh_page_word (page, 2)->text, "dân");
    assert_string_equal (kh_page_word (page, 3)->text, "So");
    assert_string_equal (kh_page_word (page, 3)->read, "Š\xC3\xB8");
    kh_page *digital = page_of (pool, "Škoda", KH_ORIGIN_TEXT_LAYER);
    kh_viet_normalise_page (digital, pool);
    assert_string_equal (kh_page_word (digital, 0)->text, "Škoda");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_normal),    cmocka_unit_test (test_fold),      cmocka_unit_test (test_fold_places), cmocka_unit_test (test_distance),
        cmocka_unit_test (test_syllables), cmocka_unit_test (test_soundness), cmocka_unit_test (test_page),
    };
    return cmocka_run_group_tests_name ("viet", tests, NULL, NULL);
}
