/* What the ink measures: words of blobs drawn as rectangles, as the network read them and as they are. */
#include "drawn_word.h"

#include "ocr/shapes.h"

static const drawing THREE_STEMS = { { 10, 58, 16, 100 }, { 8, 58, 18, 61 },  { 8, 97, 18, 100 },
                                     { 26, 58, 32, 100 }, { 24, 58, 34, 61 }, { 24, 97, 34, 100 },
                                     { 42, 58, 48, 100 }, { 40, 58, 50, 61 }, { 40, 97, 50, 100 } },
                     THREE_STEMS_STOP = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 }, { 42, 58, 48, 100 }, { 54, 95, 59, 100 } },
                     TWO_STEMS = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 } },
                     TWO_STEMS_STOP = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 }, { 40, 95, 45, 100 } },
                     H_AND_I = { { 10, 58, 16, 100 },
                                 { 26, 58, 32, 100 },
                                 { 16, 77, 26, 81 },
                                 { 42, 58, 48, 100 } }, /* with its bar */
    THREE_STEMS_SLASH = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 }, { 42, 58, 48, 100 }, { 50, 80, 54, 106 }, { 54, 52, 58, 80 } },
    TWO_STEMS_BRACKET = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 }, { 42, 54, 47, 112 } },
    FOUR_STEMS = { { 10, 58, 16, 100 }, { 26, 58, 32, 100 }, { 42, 58, 48, 100 }, { 58, 58, 64, 100 } };

static const drawing LONE_I = { { 20, 58, 26, 100 }, { 14, 58, 32, 61 }, { 14, 97, 32, 100 } },
                     LONE_1 = { { 20, 58, 26, 100 }, { 14, 60, 20, 63 }, { 14, 97, 32, 100 } }, /* a flag on the left */
    LONE_STEM = { { 20, 58, 26, 100 } },
                     LONE_I_STOP = { { 20, 58, 26, 100 }, { 14, 58, 32, 61 }, { 14, 97, 32, 100 }, { 40, 95, 45, 100 } };

static const drawing VI = { { 10, 58, 40, 100 }, { 50, 58, 56, 100 } },
                     VI_DOT = { { 10, 58, 40, 100 }, { 50, 58, 56, 100 }, { 50, 106, 56, 112 } };

/* In steps; a second letter that touches the first at its top. */
static const drawing V_AND_I = { { 10, 58, 22, 66 }, { 13, 66, 23, 74 }, { 17, 74, 25, 82 }, { 20, 82, 27, 88 }, { 22, 88, 29, 94 }, { 24, 94, 31, 100 },
                                 { 44, 58, 52, 66 }, { 40, 66, 49, 74 }, { 36, 74, 45, 82 }, { 31, 82, 40, 90 }, { 29, 90, 36, 96 }, { 52, 58, 66, 61 },
                                 { 60, 61, 66, 100 } },
                     Y_AND_I = { { 10, 58, 22, 66 }, { 14, 66, 26, 74 }, { 22, 74, 36, 80 }, { 26, 80, 34, 100 }, { 44, 58, 52, 66 }, { 34, 66, 46, 74 },
                                 { 52, 58, 66, 61 }, { 60, 61, 66, 100 } };

static const drawing SMALL_FIRST = { { 10, 70, 34, 100 }, { 40, 70, 68, 100 } },
                     LARGE_FIRST = { { 10, 58, 40, 100 }, { 46, 70, 74, 100 } },
                     BETWEEN_FIRST = { { 10, 64, 38, 100 }, { 44, 70, 72, 100 } },
                     SMALL_OF_THREE = { { 10, 70, 34, 100 }, { 40, 70, 60, 100 }, { 66, 70, 86, 100 } },
                     TOUCHING_FIRST = { { 10, 70, 50, 100 }, { 60, 70, 80, 100 } }; /* two letters in one blob */

static const drawing DIGITS = { { 10, 60, 30, 100 }, { 46, 60, 66, 100 } },
                     DIGITS_COMMA = { { 10, 60, 30, 100 }, { 34, 94, 40, 106 }, { 46, 60, 66, 100 } },
                     DIGITS_STOP = { { 10, 60, 30, 100 }, { 34, 94, 40, 100 }, { 46, 60, 66, 100 } },
                     DIGITS_TINY = { { 10, 60, 30, 100 }, { 36, 100, 38, 103 }, { 46, 60, 66, 100 } },
                     DIGITS_HIGH = { { 10, 60, 30, 100 }, { 34, 60, 40, 72 }, { 46, 60, 66, 100 } },
                     DIGITS_TOUCH = { { 10, 60, 30, 100 }, { 30, 60, 50, 100 } };

/* The word mended by the shapes drawn; `x_height` is of the page's other lines. */
static kh_found_word
mend (const kh_span *shapes, const char *text, double x_height)
{
    drawn_word drawn = draw_word (shapes, text, x_height);
    kh_shapes_mend (&drawn.reading, &drawn.line, &drawn.word);
    drawn_word_clear (&drawn);
    return drawn.word;
}

static void
check (const kh_span *shapes, double x_height, const char *text, const char *wanted, gboolean sure)
{
    kh_found_word word = mend (shapes, text, x_height);
    if (!g_str_equal (word.text, wanted) || (word.confidence == SURE) != sure)
        fail_msg ("'%s' became '%s' (%g), not '%s', %s", text, word.text, word.confidence, wanted, sure ? "sure" : "unsure");
    g_free (word.text);
    g_free (word.others);
}

typedef struct mend_case {
    const kh_span *shapes;
    const char *text, *wanted;
    gboolean sure;
} mend_case;

static void
check_all (const mend_case *cases, guint n)
{
    for (guint i = 0; i < n; i++)
        check (cases[i].shapes, X_HEIGHT, cases[i].text, cases[i].wanted, cases[i].sure);
}

static void
test_strokes (void **state)
{
    (void)state;
    static const mend_case cases[] = {
        { THREE_STEMS, "IH", "III", TRUE },
        { THREE_STEMS, "HI", "III", TRUE },
        { THREE_STEMS, "H", "III", TRUE },
        { THREE_STEMS, "III", "III", TRUE },
        { THREE_STEMS_STOP, "IH.", "III.", TRUE },
        { THREE_STEMS_STOP, "TI.", "III.", TRUE },
        { THREE_STEMS_SLASH, "II/", "III/", TRUE },
        { TWO_STEMS_BRACKET, "II)", "II)", TRUE },
        { TWO_STEMS, "H", "II", TRUE },
        { TWO_STEMS_STOP, "H.", "II.", TRUE },
        { TWO_STEMS, "TI", "TI", TRUE }, /* may be right */
        { TWO_STEMS, "11", "11", TRUE },
        { H_AND_I, "HI", "HI", TRUE },        /* its bar is seen */
        { FOUR_STEMS, "IIII", "IIII", TRUE }, /* no Roman number */
        { THREE_STEMS, "IHA", "IHA", TRUE },  /* a word */
    };
    check_all (cases, G_N_ELEMENTS (cases));
}

static void
test_one (void **state)
{
    (void)state;
    static const mend_case cases[] = {
        { LONE_I, "1", "I", FALSE },         { LONE_I, "l", "I", FALSE },
        { LONE_I, "I", "I", FALSE }, /* a lone glyph is never sure */
        { LONE_1, "I", "1", FALSE },         { LONE_1, "1", "1", FALSE },
        { LONE_STEM, "I", "I", FALSE },      { LONE_STEM, "1", "1", FALSE },
        { LONE_I_STOP, "1.", "I.", FALSE },  { LONE_I_STOP, "1)", "I)", FALSE },
        { LONE_I, "1,5", "1,5", FALSE },                                   /* an amount */
        { LONE_I, "1.500", "1.500", FALSE }, { LONE_I, "Ià", "Ià", TRUE }, /* a word */
    };
    check_all (cases, G_N_ELEMENTS (cases));
}

static void
test_fork (void **state)
{
    (void) state;
    static const mend_case cases[] = {
        { Y_AND_I, "VI", "YI", FALSE }, { Y_AND_I, "YI", "YI", TRUE }, { V_AND_I, "YI", "VI", FALSE }, { V_AND_I, "VI", "VI", TRUE },
        { Y_AND_I, "Vi", "Vi", TRUE }, /* no abbreviation */
    };
    check_all (cases, G_N_ELEMENTS (cases));
}

static void
test_dot (void **state)
{
    (void)state;
    static const mend_case cases[] = {
        { VI, "VỊ", "VI", TRUE },     { VI, "VỊ.", "VI.", TRUE }, { VI, "VI", "VI", TRUE },
        { VI_DOT, "VỊ", "VỊ", TRUE }, { VI, "VỊT", "VỊT", TRUE },
    };
    check_all (cases, G_N_ELEMENTS (cases));
}

static void
test_first_letter (void **state)
{
    (void)state;
    static const struct {
        mend_case mend;
        double x_height;
    } cases[] = {
        { { SMALL_FIRST, "Cơ", "cơ", TRUE }, X_HEIGHT },
        { { SMALL_FIRST, "cơ", "cơ", TRUE }, X_HEIGHT },
        { { LARGE_FIRST, "cơ", "Cơ", TRUE }, X_HEIGHT },
        { { LARGE_FIRST, "Cơ", "Cơ", TRUE }, X_HEIGHT },
        { { BETWEEN_FIRST, "cơ", "cơ", TRUE }, X_HEIGHT }, /* cannot be told */
        { { BETWEEN_FIRST, "Cơ", "Cơ", TRUE }, X_HEIGHT },
        { { SMALL_FIRST, "Cơ", "Cơ", TRUE }, 2 * X_HEIGHT }, /* a line of another size: two letters do not tell */
        { { SMALL_OF_THREE, "Sơn", "sơn", TRUE }, 2 * X_HEIGHT },
        { { SMALL_OF_THREE, "Ốsu", "ốsu", TRUE }, X_HEIGHT },
        { { SMALL_FIRST, "Ae", "Ae", TRUE }, X_HEIGHT }, /* small a has another shape */
        { { LARGE_FIRST, "CƠ", "CƠ", TRUE }, X_HEIGHT }, /* all capitals */
        { { SMALL_FIRST, "CƠ", "cơ", TRUE }, X_HEIGHT },
        { { SMALL_FIRST, "CƠ", "CƠ", TRUE }, 0.7 * X_HEIGHT }, /* a line of capitals */
        { { SMALL_FIRST, "TƠ", "TƠ", TRUE }, X_HEIGHT }, /* a small t has another shape: the network saw that */
        { { TOUCHING_FIRST, "Cơm", "Cơm", TRUE }, X_HEIGHT },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        check (cases[i].mend.shapes, cases[i].x_height, cases[i].mend.text, cases[i].mend.wanted, cases[i].mend.sure);
    kh_found_word mended = mend (SMALL_FIRST, "Cơ", X_HEIGHT), same = mend (SMALL_FIRST, "cơ", X_HEIGHT);
    assert_null (mended.others); /* they begin with the other letter */
    assert_string_equal (same.others, "others 1.0");
    g_free (mended.text);
    g_free (same.text);
    g_free (same.others);
}

static void
test_numbers (void **state)
{
    (void)state;
    static const mend_case cases[] = {
        { DIGITS, "94", "94", TRUE },
        { DIGITS_COMMA, "94", "9,4", FALSE },
        { DIGITS_COMMA, "9,4", "9,4", TRUE },
        { DIGITS_COMMA, "9.4", "9,4", FALSE },
        { DIGITS_STOP, "9.4", "9.4", TRUE },
        { DIGITS_STOP, "9,4", "9,4", TRUE }, /* a comma may have lost its tail */
        { DIGITS_STOP, "94", "94", FALSE },  /* a speck is as round: not mended, not sure */
        { DIGITS_TINY, "94", "94", FALSE },
        { DIGITS_HIGH, "94", "94", FALSE },  /* no comma up there */
        { DIGITS_TOUCH, "94", "94", FALSE }, /* cannot be counted */
        { DIGITS_COMMA, "94%", "9,4%", FALSE },
        { DIGITS_COMMA, "943", "943", TRUE }, /* three glyphs: nothing tells it is wrong */
        { DIGITS, "9a", "9a", FALSE },        /* never stand side by side */
        { DIGITS, "QĐ9", "QĐ9", TRUE },
        { SMALL_FIRST, "ab", "ab", TRUE },
    };
    check_all (cases, G_N_ELEMENTS (cases));
}

/* Boxes that reach over the image's edge, or have no blobs, are left alone. */
static void
test_edges (void **state)
{
    (void)state;
    static const drawing nothing = { { 0, 0, 0, 0 } };
    static const char *const texts[] = { "IH", "1", "VỊ", "Cơ", "94", "I.", "9,4" };
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        kh_found_word word = mend (nothing, texts[i], X_HEIGHT);
        assert_string_equal (word.text, texts[i]);
        g_free (word.text);
        g_free (word.others);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_strokes),      cmocka_unit_test (test_one),     cmocka_unit_test (test_dot),
        cmocka_unit_test (test_fork),
        cmocka_unit_test (test_first_letter), cmocka_unit_test (test_numbers), cmocka_unit_test (test_edges),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
