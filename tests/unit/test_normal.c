/* Normal form: loose marks, look-alikes, what prints nothing. */
#include "viet/lookalikes.h"
#include "viet/viet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define GRAVE "\u0300"
#define ACUTE "\u0301"
#define CIRCUMFLEX "\u0302"
#define TILDE "\u0303"
#define HOOK "\u0309"
#define HORN "\u031B"
#define DOT "\u0323"

typedef struct normal_case {
    const char *given, *wanted;
} normal_case;

static void
check (const normal_case *cases, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = kh_viet_normal (cases[i].given);
        assert_string_equal (got, cases[i].wanted);
        g_autofree char *twice = kh_viet_normal (got);
        assert_string_equal (twice, got);
    }
}

static void
marks_come_home (void **state)
{
    (void)state;
    static const normal_case CASES[] = {
        { "e" CIRCUMFLEX ACUTE, "ế" },
        { "e" ACUTE CIRCUMFLEX, "ế" },                   /* misordered */
        { "o" DOT CIRCUMFLEX, "ộ" },
        { "o" DOT HORN "n", "ợn" },
        { "ế" ACUTE, "ế" },                              /* doubled */
        { "e" ACUTE CIRCUMFLEX ACUTE CIRCUMFLEX, "ế" },
        { "câ\u1E47", "cận" },                           /* on the consonant */
        { "tiê" "\u1E47", "tiện" },
        { "ma" "nh" DOT, "mạnh" },
        { "phươ" "ng" ACUTE, "phướng" },
        { "đô " DOT "dân", "độ dân" },                   /* behind a space */
        { "đô " DOT " dân", "độ dân" },                  /* a place of its own between two */
        { "mo " CIRCUMFLEX DOT "t", "mộ t" },
        { "trươ ng" GRAVE " học", "trươ ng" GRAVE " học" }, /* nothing in reach bears it */
        { "ba  " HOOK "n", "bả  n" },
        { "U" HORN HOOK "NG", "ỬNG" },
        { "España, Muñoz", "España, Muñoz" },            /* another language's consonant */
        { "\n" DOT "a", "\n" DOT "a" },
        { "5" DOT, "5" DOT },
        { DOT, DOT },
    };
    check (CASES, G_N_ELEMENTS (CASES));
}

static void
lookalikes_are_mapped (void **state)
{
    (void)state;
    static const normal_case CASES[] = {
        { "Ðà Nẵng, ðường, Ɖồng, ɖi", "Đà Nẵng, đường, Đồng, đi" },
        { "K\u1EBF h\u043E\u1EA1ch", "Kế hoạch" },             /* Cyrillic о */
        { "\u041A\u1EBF hoạch \u0421\u00F4ng", "Kế hoạch Công" }, /* Cyrillic К, С */
        { "15/\u041AH-U\u0412ND", "15/KH-UBND" },
        { "\u03A4ổ ch\u1EE9c", "Tổ chức" },                    /* Greek Τ */
        { "\u03B1n to\u00E0n", "an toàn" },                    /* α where a syllable comes of it */
        { "c\u01CEn cứ", "căn cứ" },
        { "t\u0131nh", "tinh" },
        { "\uFF26\uFF35\uFF2C\uFF2C\uFF11\uFF0F\uFF12\u3000x", "FULL1/2 x" },
        { "TNF\u03B1, \u03B1 = 5 \u03BCm, k\u03A9", "TNF\u03B1, \u03B1 = 5 \u03BCm, k\u03A9" },
        { "Москва, СССР, город, ΑΘΗΝΑ, λόγος", "Москва, СССР, город, ΑΘΗΝΑ, λόγος" },
        { "\uF0B7 một \uF0D8 hai \uF0A7 ba \uF02D \uF031", "- một - hai - ba - 1" },
        { "a\u00A0b\u202Fc\u2009d", "a b c d" },
        { "b\u200Ba\u00ADn \uFEFFx\u2060y\u200F", "ban xy" },
        { "1\u20442, 3\u22154", "1/2, 3/4" },
        { "“Số” – «Bộ»… • · é à ô ç ñ œ ß", "“Số” – «Bộ»… • · é à ô ç ñ œ ß" },
    };
    check (CASES, G_N_ELEMENTS (CASES));
}

static void
the_table_is_in_order_and_says_why (void **state)
{
    (void)state;
    gsize n;
    const kh_lookalike *rows = kh_lookalikes (&n);
    for (gsize i = 0; i < n; i++) {
        assert_true (rows[i].first <= rows[i].last);
        assert_true (i == 0 || rows[i - 1].last < rows[i].first);
        assert_true (strlen (rows[i].why) > 5);
        assert_ptr_equal (kh_lookalike_find (rows[i].first), &rows[i]);
        assert_ptr_equal (kh_lookalike_find (rows[i].last), &rows[i]);
        gunichar meant = kh_lookalike_meant (&rows[i], rows[i].last);
        if (meant != 0) /* what it means means itself */
            assert_null (kh_lookalike_find (meant));
    }
    assert_null (kh_lookalike_find ('a'));
    assert_null (kh_lookalike_find (0x1EA1));
    assert_null (kh_lookalike_find (0x10FFFF));
}

/* A page of noise takes no longer than one of text. */
static void
piles_of_marks_are_cut (void **state)
{
    (void)state;
    g_autoptr (GString) pile = g_string_new ("a"), spaced = g_string_new ("a");
    for (guint i = 0; i < 200000; i++) {
        g_string_append_unichar (pile, 0x300 + i % 0x40);
        g_string_append (spaced, " " DOT);
    }
    g_autofree char *one = kh_viet_normal (pile->str);
    assert_true (strlen (one) < 64);
    g_autofree char *two = kh_viet_normal (spaced->str);
    assert_true (g_utf8_validate (two, -1, NULL));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (marks_come_home),
        cmocka_unit_test (lookalikes_are_mapped),
        cmocka_unit_test (the_table_is_in_order_and_says_why),
        cmocka_unit_test (piles_of_marks_are_cut),
    };
    return cmocka_run_group_tests_name ("normal", tests, NULL, NULL);
}
