/* How text is spelled: models/vi.spelling tells the likely from the unlikely; damaged files are refused. */
#include "ocr/spelling.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define MODEL "models/vi.spelling"

/* ln p of a text at the start of a line. */
static double
score_of (const kh_spelling *spelling, const char *text)
{
    kh_spelling_history history = KH_SPELLING_START;
    double score = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        guint8 symbol = kh_spelling_symbol (spelling, g_utf8_get_char (p));
        score += kh_spelling_score (spelling, history, symbol);
        history = kh_spelling_next (history, symbol);
    }
    return score;
}

static void
test_likelier (void **state)
{
    static const struct {
        const char *likely, *unlikely;
    } cases[] = {
        { "100%", "I00%" },
        { "đạt 100% kế hoạch", "đạt I00% kế hoạch" },
        { "Kế hoạch", "Kê hoach" },
        { "tổ chức", "tô chức" },
        { "Ủy ban nhân dân", "Úy ban nhân dân" },
        { "năm 2025", "nám 2025" },
        { "thực hiện", "thực hiên" },
        { "thực hiện", "thựchiện" },
        { "II. NHIỆM VỤ", "ll. NHIỆM VỤ" },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        if (score_of (*state, cases[i].likely) <= score_of (*state, cases[i].unlikely))
            fail_msg ("'%s' should be likelier than '%s'", cases[i].likely, cases[i].unlikely);
}

static void
test_symbols (void **state)
{
    guint8 digit = kh_spelling_symbol (*state, '0');
    assert_int_not_equal (digit, KH_SPELLING_EDGE);
    for (gunichar c = '1'; c <= '9'; c++)
        assert_int_equal (kh_spelling_symbol (*state, c), digit);
    assert_int_not_equal (kh_spelling_symbol (*state, 'a'), kh_spelling_symbol (*state, 'A'));
    assert_int_not_equal (kh_spelling_symbol (*state, 0x1EBF /* ế */), KH_SPELLING_EDGE);
    assert_int_equal (kh_spelling_symbol (*state, 0x4E00), KH_SPELLING_EDGE); /* no letter of ours */
    assert_true (score_of (*state, "năm 2025") == score_of (*state, "năm 7319"));
}

/* What may follow has a chance each, and together about 1; so it is after what was never seen. */
static void
test_chances_sum_up (void **state)
{
    static const char *const histories[] = { "", "tổ ch", "Kế ho", "202", "zqx", "一", "QUYẾT" };
    for (guint i = 0; i < G_N_ELEMENTS (histories); i++) {
        kh_spelling_history history = KH_SPELLING_START;
        for (const char *p = histories[i]; *p != '\0'; p = g_utf8_next_char (p))
            history = kh_spelling_next (history, kh_spelling_symbol (*state, g_utf8_get_char (p)));
        double sum = 0;
        for (guint symbol = KH_SPELLING_EDGE + 1; symbol <= 255; symbol++) {
            double p = exp (kh_spelling_score (*state, history, (guint8) symbol));
            assert_true (p >= 0 && p <= 1);
            sum += p;
        }
        if (sum < 0.85 || sum > 1.2) /* kept in steps of 6 %; the start of a line has no weight for what never stood there */
            fail_msg ("after '%s' chances sum up to %g", histories[i], sum);
    }
}

static void
test_history_is_short (void **state)
{
    (void)state;
    kh_spelling_history history = KH_SPELLING_START;
    for (guint8 symbol = 1; symbol < 100; symbol++)
        history = kh_spelling_next (history, symbol);
    assert_true (history == G_GUINT64_CONSTANT (0x5F60616263));
}

/* A file with this header and so many bytes behind it. */
static void
check_refused (kh_spelling_header header, gsize header_bytes, gsize more)
{
    g_autofree char *path = g_strdup_printf ("%s/kehoach-test-spelling-%d", g_get_tmp_dir (), (int) getpid ());
    g_autofree char *bytes = g_malloc0 (sizeof header + more);
    memcpy (bytes, &header, sizeof header);
    assert_true (g_file_set_contents (path, bytes, (gssize)(header_bytes + more), NULL));
    g_autoptr (GError) error = NULL;
    kh_spelling *spelling = kh_spelling_open (path, &error);
    g_unlink (path);
    assert_null (spelling);
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_MODEL));
    assert_non_null (strstr (error->message, path));
}

static void
test_damaged_files (void **state)
{
    (void)state;
    static const struct {
        kh_spelling_header header;
        gsize header_bytes, more;
    } cases[] = {
        { { 0, 0, 0, 0 }, 0, 0 },                              /* empty */
        { { KH_SPELLING_MAGIC, 0, 0, 0 }, 15, 0 },             /* cut off in the header */
        { { KH_SPELLING_MAGIC + 1, 2, 1, 0 }, 16, 16 },        /* another file */
        { { KH_SPELLING_MAGIC, 2, 1, 0 }, 16, 15 },            /* cut off in the entries */
        { { KH_SPELLING_MAGIC, 2, 1, 0 }, 16, 17 },            /* with something behind */
        { { KH_SPELLING_MAGIC, 1, 1, 0 }, 16, 12 },            /* entries not aligned */
        { { KH_SPELLING_MAGIC, 256, 1, 0 }, 16, 256 * 4 + 8 }, /* more symbols than a byte holds */
        { { KH_SPELLING_MAGIC, 0x80000002u, 1, 0 }, 16, 16 },  /* sizes that wrap around */
        { { KH_SPELLING_MAGIC, 2, 0x20000001u, 0 }, 16, 16 },
        { { KH_SPELLING_MAGIC, 2, 0xFFFFFFFFu, 0 }, 16, 16 },
    };
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        check_refused (cases[i].header, cases[i].header_bytes, cases[i].more);
    g_autoptr (GError) error = NULL;
    assert_null (kh_spelling_open ("/nowhere/vi.spelling", &error));
    assert_true (g_error_matches (error, KH_ERROR, KH_ERROR_MODEL));
}

static int
open_model (void **state)
{
    *state = kh_spelling_open (MODEL, NULL);
    return *state == NULL;
}

static int
close_model (void **state)
{
    kh_spelling_free (*state);
    return 0;
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_likelier),         cmocka_unit_test (test_symbols),       cmocka_unit_test (test_chances_sum_up),
        cmocka_unit_test (test_history_is_short), cmocka_unit_test (test_damaged_files),
    };
    return cmocka_run_group_tests (tests, open_model, close_model);
}
