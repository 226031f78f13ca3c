/* Punctuation by its blobs: as the network read it, and as it is. */
#include "drawn_word.h"

#include "ocr/signs.h"

/* A letter that ends the word, and what follows it. */
#define LETTER { 10, 70, 34, 100 }
static const drawing
    NOTHING = { LETTER },
    DOT = { LETTER, { 40, 94, 46, 100 } },
    COMMA = { LETTER, { 40, 93, 46, 108 } },
    SHORT_TAIL = { LETTER, { 40, 94, 46, 102 } }, /* neither */
    COLON = { LETTER, { 40, 72, 46, 78 }, { 40, 94, 46, 100 } },
    SEMICOLON = { LETTER, { 40, 72, 46, 78 }, { 40, 93, 46, 108 } },
    ITALIC_SEMICOLON = { LETTER, { 44, 72, 50, 78 }, { 38, 93, 44, 108 } },
    FAINT_SEMICOLON = { LETTER, { 40, 74, 46, 79 }, { 40, 95, 46, 102 } }, /* its tail is hardly there: longer than the dot */
    COLON_OF_FIGURES = { LETTER, { 40, 82, 46, 88 }, { 40, 94, 46, 100 } }, /* where capitals gave the line its x-height */
    SPECK_ABOVE = { LETTER, { 40, 60, 44, 64 } },
    SPECK_BELOW = { LETTER, { 40, 104, 46, 112 } },
    HANGING_LETTER = { { 10, 70, 34, 109 } },
    WIDE_INK = { { 10, 70, 90, 100 } };

static const drawing HYPHEN = { { 10, 84, 26, 88 } },
                     DASH = { { 10, 84, 40, 88 } },
                     SHORT_DASH = { { 10, 84, 16, 88 } },
                     HIGH_DASH = { { 10, 60, 26, 64 } },
                     PLUS = { { 10, 82, 30, 86 }, { 18, 74, 22, 94 } },
                     SPECK = { { 10, 94, 14, 98 } },
                     LONE_COMMA = { { 10, 93, 16, 108 } },
                     LONE_COLON = { { 10, 72, 16, 78 }, { 10, 94, 16, 100 } };

static const drawing LESS = { { 10, 76, 40, 98 } },
                     LESS_OR_EQUAL = { { 10, 66, 40, 92 }, { 10, 97, 40, 101 } },
                     BOUND_SPACE = { { 10, 66, 40, 92 }, { 10, 97, 40, 101 }, { 56, 60, 76, 100 } },
                     BOUND_NO_SPACE = { { 10, 66, 40, 92 }, { 10, 97, 40, 101 }, { 44, 60, 64, 100 } };

static void
test_endings (void **state)
{
    (void)state;
    static const struct {
        const kh_span *shapes;
        const char *text, *wanted;
    } cases[] = {
        { DOT, "a.", "a." },
        { COMMA, "a.", "a," },
        { COMMA, "a,", "a," },
        { DOT, "a,", "a," }, /* a comma may have lost its tail */
        { SHORT_TAIL, "a.", "a." },
        { SEMICOLON, "a:", "a;" },
        { SEMICOLON, "a;", "a;" },
        { ITALIC_SEMICOLON, "a:", "a;" },
        { FAINT_SEMICOLON, "a;", "a;" },
        { FAINT_SEMICOLON, "a:", "a:" }, /* cannot be told: as read */
        { COLON, "a;", "a:" },
        { COLON, "a:", "a:" },
        { COLON_OF_FIGURES, "a:", "a:" },
        { NOTHING, "a.", "a" },
        { NOTHING, "a:", "a" },
        { NOTHING, "a,", "a" },
        { HANGING_LETTER, "y,", "y," }, /* it may touch */
        { HANGING_LETTER, "y.", "y" },
        { SPECK_ABOVE, "a.", "a" },
        { SPECK_BELOW, "a,", "a" },
        { WIDE_INK, "a.", "a." },     /* nothing can be measured */
        { DOT, "a...", "a..." },      /* a row of dots */
        { DOT, ".năm", "năm" },       /* no word begins with one */
        { DOT, "...", "..." },
        { DOT, "a", "a" },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        drawn_word drawn = draw_word (cases[i].shapes, cases[i].text, X_HEIGHT);
        kh_signs_mend (&drawn.reading, &drawn.line, &drawn.word);
        if (!g_str_equal (drawn.word.text, cases[i].wanted))
            fail_msg ("%u: '%s' became '%s', not '%s'", i, cases[i].text, drawn.word.text, cases[i].wanted);
        g_free (drawn.word.text);
        g_free (drawn.word.others);
        drawn_word_clear (&drawn);
    }
}

static void
test_lone_signs (void **state)
{
    (void)state;
    static const struct {
        const kh_span *shapes;
        const char *text, *wanted;
        gboolean is_speck;
    } cases[] = {
        { HYPHEN, "-", "-", FALSE },
        { DASH, "-", "–", FALSE },
        { SHORT_DASH, "-", "-", TRUE },
        { HIGH_DASH, "-", "-", TRUE },
        { PLUS, "+", "+", FALSE },
        { SPECK, "+", "+", TRUE },
        { SPECK, ".", ".", TRUE },
        { SPECK, "*", "*", TRUE },
        { SPECK, ",", ",", TRUE },
        { LONE_COMMA, ",", ",", FALSE },
        { LONE_COLON, ":", ":", FALSE },
        { SPECK, ":", ":", TRUE },
        { SPECK, "a", "a", FALSE },
        { SPECK, "", "", TRUE },
        { LESS, "<", "<", FALSE },
        { LESS_OR_EQUAL, "<", "≤", FALSE },
        { LESS_OR_EQUAL, ">", "≥", FALSE },
        { BOUND_NO_SPACE, "<3", "≤3", FALSE },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        drawn_word drawn = draw_word (cases[i].shapes, cases[i].text, X_HEIGHT);
        kh_signs_mend (&drawn.reading, &drawn.line, &drawn.word);
        gboolean is_speck = kh_signs_is_speck (&drawn.reading, &drawn.line, &drawn.word);
        if (!g_str_equal (drawn.word.text, cases[i].wanted) || is_speck != cases[i].is_speck)
            fail_msg ("%u: '%s' became '%s' (%s), not '%s'", i, cases[i].text, drawn.word.text, is_speck ? "speck" : "sign", cases[i].wanted);
        g_free (drawn.word.text);
        g_free (drawn.word.others);
        drawn_word_clear (&drawn);
    }
}

/* A line without letters has no x-height: what rests on it is left alone. */
static void
test_unmeasured (void **state)
{
    (void)state;
    drawn_word drawn = draw_word (COMMA, "a.", 2 * X_HEIGHT);
    kh_signs_mend (&drawn.reading, &drawn.line, &drawn.word);
    assert_string_equal (drawn.word.text, "a.");
    g_free (drawn.word.text);
    g_free (drawn.word.others);
    drawn_word_clear (&drawn);
}

static void
test_bound_end (void **state)
{
    (void)state;
    static const struct {
        const kh_span *shapes;
        const char *text;
        int end;
    } cases[] = { { BOUND_SPACE, "≤3", 40 }, { BOUND_NO_SPACE, "≤3", 0 }, { LESS_OR_EQUAL, "≤", 0 }, { BOUND_SPACE, "<3", 0 } };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        drawn_word drawn = draw_word (cases[i].shapes, cases[i].text, X_HEIGHT);
        assert_int_equal (kh_signs_bound_end (&drawn.reading, &drawn.line, &drawn.word), cases[i].end);
        g_free (drawn.word.text);
        g_free (drawn.word.others);
        drawn_word_clear (&drawn);
    }
}

static void
test_end_word (void **state)
{
    (void)state;
    static const struct {
        const char *before, *text;
        double x0;
        gboolean ends;
    } cases[] = {
        { "đạo", ",", 21, TRUE }, { "đạo", ";", 21, TRUE }, { "đạo", ".", 21, FALSE }, { "đạo", ",", 26, FALSE },
        { "đạo,", ",", 21, FALSE }, { "đạo", "quản", 21, FALSE }, { "đạo", ",", 2, FALSE },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        kh_word before = { .text = cases[i].before, .box = { 10, 0, 20, 10 } };
        kh_word word = { .text = cases[i].text, .box = { cases[i].x0, 8, cases[i].x0 + 2, 12 } };
        if (kh_signs_end_word (&before, &word) != cases[i].ends)
            fail_msg ("%u: '%s' '%s'", i, cases[i].before, cases[i].text);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_endings),   cmocka_unit_test (test_lone_signs), cmocka_unit_test (test_unmeasured),
        cmocka_unit_test (test_bound_end), cmocka_unit_test (test_end_word),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
