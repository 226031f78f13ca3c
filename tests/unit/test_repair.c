/* Tokens, the language model as it is shipped, and the repair of what the engine misread. Sentences are our own. */
#include "viet/lm.h"
#include "viet/repair.h"
#include "viet/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#define MODEL "models/vi.lm"

static void
words_are_taken_apart (void **state)
{
    (void) state;
    static const struct {
        const char *word;
        kh_token before, core, after;
        const char *text;
    } CASES[] = {
        { "tỉnh", KH_TOKEN_CLASSES, KH_TOKEN_UNKNOWN, KH_TOKEN_CLASSES, "tỉnh" },
        { "(TTHC),", KH_TOKEN_SIGN, KH_TOKEN_ABBREVIATION, KH_TOKEN_COMMA, "TTHC" },
        { "30/6/2024;", KH_TOKEN_CLASSES, KH_TOKEN_NUMBER, KH_TOKEN_SEMICOLON, "30/6/2024" },
        { "12/KH-SNV", KH_TOKEN_CLASSES, KH_TOKEN_NUMBER, KH_TOKEN_CLASSES, "12/KH-SNV" },
        { "85%.", KH_TOKEN_CLASSES, KH_TOKEN_NUMBER, KH_TOKEN_STOP, "85%" },
        { "chuvanthu@hatay.vn", KH_TOKEN_CLASSES, KH_TOKEN_CODE, KH_TOKEN_CLASSES, "chuvanthu@hatay.vn" },
        { "TƯ", KH_TOKEN_CLASSES, KH_TOKEN_UNKNOWN, KH_TOKEN_CLASSES, "TƯ" },
        { "-", KH_TOKEN_SIGN, KH_TOKEN_UNKNOWN, KH_TOKEN_CLASSES, "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        kh_word_parts parts = kh_word_take_apart (CASES[i].word);
        g_autofree char *core = g_strndup (CASES[i].word + parts.start, parts.end - parts.start);
        assert_string_equal (core, CASES[i].text);
        assert_int_equal (parts.before, CASES[i].before);
        assert_int_equal (parts.after, CASES[i].after);
        if (*core != '\0')
            assert_int_equal (parts.core, CASES[i].core);
    }
}

static void
both_tone_placements_are_one_token (void **state)
{
    (void) state;
    static const char *const PAIRS[][2] = { { "Hoà", "hòa" }, { "uỷ", "ủy" }, { "THUỶ", "thủy" }, { "quý", "quý" }, { "hoàn", "hoàn" } };
    for (gsize i = 0; i < G_N_ELEMENTS (PAIRS); i++) {
        g_autofree char *form = kh_token_form (PAIRS[i][0], strlen (PAIRS[i][0]), KH_TOKEN_UNKNOWN);
        assert_string_equal (form, PAIRS[i][1]);
    }
}

static kh_lm *
open_model (void)
{
    g_autoptr (GError) error = NULL;
    kh_lm *lm = kh_lm_open (MODEL, &error);
    assert_null (error);
    assert_non_null (lm);
    return lm;
}

/* Given any history, what may follow has probabilities that sum to one (within what a byte a number allows). */
static void
probabilities_sum_to_one (void **state)
{
    (void) state;
    g_autoptr (kh_lm) lm = open_model ();
    static const char *const HISTORIES[] = { "", "ủy ban", "ủy ban nhân", "xyz", "kế hoạch cải cách" };
    for (gsize i = 0; i < G_N_ELEMENTS (HISTORIES); i++) {
        kh_lm_state at = kh_lm_start (lm), next;
        g_auto (GStrv) words = g_strsplit (HISTORIES[i], " ", -1);
        for (guint w = 0; words[w] != NULL && *words[w] != '\0'; w++)
            kh_lm_score (lm, &at, kh_lm_token (lm, words[w], KH_TOKEN_UNKNOWN), &at);
        double sum = 0;
        for (guint t = 0; t < kh_lm_size (lm); t++)
            sum += exp (kh_lm_score (lm, &at, (guint16) t, &next));
        assert_true (sum > 0.95 && sum < 1.05);
    }
}

static void
a_file_that_is_no_model_is_refused (void **state)
{
    (void) state;
    g_autoptr (GError) error = NULL;
    assert_null (kh_lm_open ("LICENSE", &error));
    assert_non_null (error);
    assert_non_null (strstr (error->message, "LICENSE"));
}

/* The words of `text` as a page of the engine's, each read with `confidence`; mended; joined again. */
static char *
mend (const kh_lm *lm, const char *text, float confidence, kh_pool *pool)
{
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        kh_page_add_word (pool, page, words[i], (kh_word){ .confidence = confidence });
    kh_repair_ocr_page (lm, page, pool);
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        assert_string_equal (word->read, words[i]);
        g_string_append_printf (out, "%s%s", i > 0 ? " " : "", word->text);
    }
    return g_string_free (out, FALSE);
}

static void
marks_are_mended (void **state)
{
    (void) state;
    g_autoptr (kh_lm) lm = open_model ();
    static const struct {
        const char *read, *printed;
    } CASES[] = {
        { "TÓ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN" },
        { "Giao Phòng Tài chính chủ trì, phối hơp với các đơn vi liên quan", "Giao Phòng Tài chính chủ trì, phối hợp với các đơn vị liên quan" },
        { "nâng cao chât lượng dịch vụ công trực tuyên", "nâng cao chất lượng dịch vụ công trực tuyến" },
        { "Sở Y tê", "Sở Y tế" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *mended = mend (lm, CASES[i].read, 0.8f, pool);
        assert_string_equal (mended, CASES[i].printed);
    }
}

static void
sound_text_numbers_and_names_stay (void **state)
{
    (void) state;
    g_autoptr (kh_lm) lm = open_model ();
    static const char *const CASES[] = {
        "Căn cứ Quyết định số 1234/QĐ-UBND ngày 02/3/2023 của UBND tỉnh;",
        "Ông Lò Văn Phủi, thôn Nậm Cắn, xã Mường Lói",
        "Tỷ lệ hồ sơ nộp trực tuyến đạt 85,5% trở lên, 03/04 đơn vị",
        "Trung tâm Y tế huyện Kỳ Sơn phối hợp Hội Chữ thập đỏ",
        "hoà giải ở cơ sở và uỷ quyền", /* the newer tone placement is no fault */
        "gửi thư về phongtonghop@soyte.example.vn trước 17h00",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *mended = mend (lm, CASES[i], 0.95f, pool);
        assert_string_equal (mended, CASES[i]);
    }
}

static void
an_empty_page_is_fine (void **state)
{
    (void) state;
    g_autoptr (kh_lm) lm = open_model ();
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    assert_int_equal (kh_repair_ocr_page (lm, page, pool), 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (words_are_taken_apart),      cmocka_unit_test (both_tone_placements_are_one_token),
        cmocka_unit_test (probabilities_sum_to_one),   cmocka_unit_test (a_file_that_is_no_model_is_refused),
        cmocka_unit_test (marks_are_mended),           cmocka_unit_test (sound_text_numbers_and_names_stay),
        cmocka_unit_test (an_empty_page_is_fine),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
