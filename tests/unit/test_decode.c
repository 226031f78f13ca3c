/* From chances to words: a made-up model of a few characters, and what each step along the line says. */
#include "ocr/decode.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The codes: a blank in the midst of them, one that means nothing, the others a character each. */
static const char *const characters[] = { "I", "1", "0", "%", NULL, " ", "a", "à",  "á", "n", "m", "ă",
                                          "c", "h", "o", "ô", "ổ",  "t", "ứ", NULL, "O", "(", ")", "." };
#define BLANK 4u
#define NOTHING 19u
#define CODES G_N_ELEMENTS (characters)
#define REST 0.002 /* of a step's chances, where it names one character only: what is left for the blank */

static const kh_model model = {
    .reduction = 3, .height = 36, .codes = CODES, .blank = BLANK, .characters = (char **) (void *) characters
};
static kh_spelling *spelling;

static guint
code_of (const char *character)
{
    if (g_str_equal (character, "-"))
        return BLANK;
    if (g_str_equal (character, "#"))
        return NOTHING;
    for (guint c = 0; c < CODES; c++)
        if (g_strcmp0 (characters[c], g_str_equal (character, "_") ? " " : character) == 0)
            return c;
    fail_msg ("no code for '%s'", character);
    return 0;
}

/* A strip of steps, parted by spaces: "a" is a (- none, _ a space, # the code that means nothing), "a:60/à:39" a with 60 %, à
 * with 39 %; what is left is shared, nearly all by the blank, by the others as the network does it. */
static kh_strip
strip_of (const char *steps)
{
    g_auto (GStrv) tokens = g_strsplit (steps, " ", -1);
    guint n = steps[0] == '\0' ? 0 : g_strv_length (tokens);
    kh_strip strip = { .width = (int) n * model.reduction, .steps = n, .chances = g_new0 (float, n * CODES + 1) };
    for (guint t = 0; t < n; t++) {
        g_auto (GStrv) choices = g_strsplit (tokens[t], "/", -1);
        float *chances = strip.chances + t * CODES, left = 1;
        for (guint c = 0; c < CODES; c++)
            left -= chances[c] = 1e-6f;
        for (guint i = 0; choices[i] != NULL; i++) {
            g_auto (GStrv) parts = g_strsplit (choices[i], ":", 2);
            float chance = parts[1] != NULL ? (float)atof (parts[1]) / 100 : 1 - (float)REST;
            chances[code_of (parts[0])] += chance;
            left -= chance;
        }
        chances[BLANK] += left;
    }
    return strip;
}

static GArray *
decode (const char *steps)
{
    g_autoptr (kh_decoder) decoder = kh_decoder_new (&model, spelling);
    kh_strip strip = strip_of (steps);
    GArray *words = kh_decode (decoder, &strip);
    g_free (strip.chances);
    return words;
}

static const kh_decoded_word *
word_at (const GArray *words, guint i)
{
    return &g_array_index (words, kh_decoded_word, i);
}

static char *
text_of (const GArray *words)
{
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word_at (words, i)->text);
    return g_string_free (text, FALSE);
}

static void
test_text (void **state)
{
    (void)state;
    static const struct {
        const char *steps, *wanted;
    } cases[] = {
        { "", "" },
        { "- - -", "" },
        { "_ _ - _", "" },
        { "n ă m", "năm" },
        { "- n n n - - ă - m m -", "năm" }, /* a character that lasts is one */
        { "1 0 0 0 %", "10%" },
        { "1 0 - 0 %", "100%" }, /* with a blank between, it is two */
        { "1 0 - 0 0 - - 0 %", "1000%" },
        { "t ổ _ c h ứ c", "tổ chức" },
        { "_ - t ổ - _ _ - _ - c h ứ c - _", "tổ chức" }, /* spaces are never doubled, none at the ends */
        { "n n _ n", "n n" },
        { "( a ) .", "(a)." },
        /* how it is spelled decides between close chances ... */
        { "I:52/1:47 0 - 0 %", "100%" },
        { "t o:40/ổ:35/ô:24 _ c h ứ c", "tổ chức" },
        { "n a:45/á:28/ă:26 m _ 1 0", "năm 10" },
        /* ... and gives way to clear ones */
        { "I:99.9 0 - 0 %", "I00%" },
        { "t ô:99.8 _ c h ứ c", "tô chức" },
        { "n á:99.6/ă:0.3 m _ 1 0", "nám 10" },
        /* what means nothing is no character, however likely */
        { "n ă # m", "năm" },
        { "# # #", "" },
        { "n #:60/ă:39 m", "năm" },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GArray) words = decode (cases[i].steps);
        g_autofree char *text = text_of (words);
        if (!g_str_equal (text, cases[i].wanted))
            fail_msg ("'%s' became '%s', not '%s'", cases[i].steps, text, cases[i].wanted);
        for (guint k = 0; k < words->len; k++)
            assert_true (word_at (words, k)->chance >= 0 && word_at (words, k)->chance <= 1 + 1e-6);
    }
}

/* Where words begin and end. A letter that comes again later does not draw the first one there. */
static void
test_places (void **state)
{
    (void)state;
    static const struct {
        const char *steps;
        guint n, places[6]; /* first and last step of each word */
    } cases[] = {
        { "- n n:99.9 ă - m - -", 1, { 2, 5 } },
        { "- t ổ - _ - c h - ứ c -", 2, { 1, 2, 6, 10 } },
        { "a:97 - _:98 - a:99.7", 2, { 0, 0, 4, 4 } },
        { "h:97 o - _:98 - h:99.7 o - _:98 - h:99.8 o", 3, { 0, 1, 5, 6, 10, 11 } },
        { "h:80 o - _:90 - h:99.9 h:99.95 o", 2, { 0, 1, 6, 7 } },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GArray) words = decode (cases[i].steps);
        if (words->len != cases[i].n)
            fail_msg ("'%s': %u words", cases[i].steps, words->len);
        for (guint k = 0; k < words->len; k++)
            if (word_at (words, k)->first != cases[i].places[2 * k] || word_at (words, k)->last != cases[i].places[2 * k + 1])
                fail_msg ("'%s': word %u at %u..%u", cases[i].steps, k, word_at (words, k)->first, word_at (words, k)->last);
    }
}

static void
test_chance (void **state)
{
    (void)state;
    static const struct {
        const char *steps;
        double least, most; /* of the first word */
    } cases[] = {
        { "n - ă - m", 0.99, 1 },
        { "- _ n - ă - m _ -", 0.99, 1 }, /* spaces around it are no doubt */
        { "t ổ:60/ô:39 _ c h ứ c", 0.58, 0.62 },
        { "n ă:90/a:9 m:90/n:9", 0.79, 0.83 },
        { "I:50/1:49 0 - 0 %", 0.47, 0.51 }, /* spelling decides, but is not what makes it sure */
        { "n n:60/-:39 ă m", 0.99, 1 },      /* the same word in two ways */
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GArray) words = decode (cases[i].steps);
        assert_true (words->len > 0);
        double chance = word_at (words, 0)->chance;
        if (chance < cases[i].least || chance > cases[i].most)
            fail_msg ("'%s': %g", cases[i].steps, chance);
    }
}

/* What else a word may be: words that differ in one letter, with how many nats they are less likely, the likeliest first. */
static void
test_others (void **state)
{
    (void)state;
    static const struct {
        const char *steps, *wanted;
    } cases[] = {
        { "t ổ _ c h ứ c", NULL }, /* sure */
        { "t ổ:80/ô:19.9", "tô 1.4" },       { "t ổ:70/ô:20/o:9.9", "tô 1.3 to 2.0" },
        { "( t ổ:80/ô:19.9 ) .", "tô 1.4" }, /* without the signs around it */
        { "t ổ:80/0:19.9", NULL },           /* a digit is no letter */
        { "1 0:70/O:29 0", NULL },           /* nor does a number become a word */
        { "n ă:70/-:29 m", "nm 0.8" },       /* a letter less */
        { "n ă:99/á:0.4 m", NULL },          /* too unlikely */
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GArray) words = decode (cases[i].steps);
        assert_true (words->len > 0);
        if (g_strcmp0 (word_at (words, 0)->others, cases[i].wanted) != 0)
            fail_msg ("'%s': %s", cases[i].steps, word_at (words, 0)->others);
    }
}

/* A long line: chances do not vanish, and the beam does not grow. */
static void
test_long (void **state)
{
    (void)state;
    GString *steps = g_string_new ("n");
    for (guint i = 0; i < 1000; i++)
        g_string_append (steps, i % 4 == 3 ? " _:90/-:6/.:3" : i % 2 == 0 ? " a:50/à:30/á:19" : " n:50/m:40/h:9");
    g_autoptr (GArray) words = decode (steps->str);
    assert_true (words->len > 200);
    for (guint i = 0; i < words->len; i++)
        assert_true (word_at (words, i)->chance > 0 && word_at (words, i)->first <= word_at (words, i)->last);
    g_string_free (steps, TRUE);
}

static int
open_spelling (void **state)
{
    (void)state;
    spelling = kh_spelling_open ("models/vi.spelling", NULL);
    return spelling == NULL;
}

static int
close_spelling (void **state)
{
    (void)state;
    kh_spelling_free (spelling);
    return 0;
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_text),   cmocka_unit_test (test_places), cmocka_unit_test (test_chance),
        cmocka_unit_test (test_others), cmocka_unit_test (test_long),
    };
    return cmocka_run_group_tests (tests, open_spelling, close_spelling);
}
