/* Tokens, the language model as it is shipped, and the repair of texts and pages. Sentences are our own. */
#include "viet/damage.h"
#include "viet/layer.h"
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
words_have_pieces (void **state)
{
    (void) state;
    static const struct {
        const char *word;
        gsize first;
    } CASES[] = { { "tế-xã", 5 }, { "trì/phối", 5 }, { "lý,bổ", 4 }, { "QĐ-UBND", 8 }, { "12/KH-SNV", 9 }, { "a/b", 3 }, { "a@soyte.vn", 10 }, { "hội", 5 } };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
        assert_int_equal (kh_word_piece (CASES[i].word), CASES[i].first);
}

static void
letters_are_taken_apart_and_put_together (void **state)
{
    (void) state;
    kh_letter letter = kh_letter_take_apart (g_utf8_get_char ("Ặ"));
    assert_int_equal (letter.base, 0);
    assert_int_equal (letter.shape, KH_SHAPE_BREVE);
    assert_int_equal (letter.tone, KH_TONE_DOT);
    assert_true (letter.upper);
    assert_int_equal (kh_letter_take_apart (g_utf8_get_char ("đ")).shape, KH_SHAPE_BAR);
    assert_int_equal (kh_letter_take_apart (g_utf8_get_char ("ç")).base, KH_NO_BASE);
    guint n = 0;
    for (gunichar c = 1; c < 0x2000; c++) {
        letter = kh_letter_take_apart (c);
        if (letter.base == KH_NO_BASE)
            continue;
        n++;
        assert_int_equal (kh_letter_put_together (letter), c);
        assert_in_range (kh_letter_number (c), 1, KH_N_LETTERS - 1);
    }
    assert_int_equal (n, 186); /* 93 letters, small and capital */
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

typedef struct kit {
    kh_lm *lm;
    kh_repairer *repairer;
} kit;

static int
set_up (void **state)
{
    kit *k = g_new0 (kit, 1);
    k->lm = open_model ();
    k->repairer = kh_repairer_new (k->lm);
    *state = k;
    return 0;
}

static int
tear_down (void **state)
{
    kit *k = *state;
    kh_repairer_free (k->repairer);
    kh_lm_free (k->lm);
    g_free (k);
    return 0;
}

/* `text` mended. */
static char *
mend_text (kh_repairer *repairer, const char *text, const kh_damage *damage)
{
    kh_reading reading = { .text = text, .length = strlen (text), .confidence = 0.9f, .lines_flow = TRUE };
    g_autoptr (GArray) changes = kh_repairer_find_changes (repairer, &reading, damage, NULL);
    for (guint i = 0; i < changes->len; i++) {
        const kh_change *change = &g_array_index (changes, kh_change, i);
        assert_true (change->kind != KH_REPAIR_NONE && change->confidence >= 0 && change->confidence <= 1);
        assert_true (change->at + change->length <= reading.length);
        if (i > 0)
            assert_true (change[-1].at + change[-1].length <= change->at);
    }
    return kh_apply_changes (text, reading.length, changes);
}

typedef struct pair {
    const char *read, *printed;
} pair;

static void
check_pairs (kh_repairer *repairer, const kh_damage *damage, const pair *pairs, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *mended = mend_text (repairer, pairs[i].read, damage);
        assert_string_equal (mended, pairs[i].printed);
    }
}

static void
what_ocr_misread_is_mended (void **state)
{
    const kit *k = *state;
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    static const pair PAIRS[] = {
        { "TÓ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN" },
        { "Giao Phòng Tài chính chủ trì, phối hơp với các đơn vi liên quan", "Giao Phòng Tài chính chủ trì, phối hợp với các đơn vị liên quan" },
        { "nâng cao chât lượng dịch vụ công trực tuyên", "nâng cao chất lượng dịch vụ công trực tuyến" },
        { "Sở Y tê", "Sở Y tế" },
        { "tổng hợp,báo cáo Ủy ban nhân dân tỉnh", "tổng hợp, báo cáo Ủy ban nhân dân tỉnh" },
        { "K Ế H O Ạ C H", "KẾ HOẠCH" },
        { "thực hiện ~ nhiệm vụ được giao", "thực hiện  nhiệm vụ được giao" },
        { "rà SOát thủ tục hành chính", "rà soát thủ tục hành chính" },
        { "theo chức năng, nhiệm vụ đượcgiao của đơn vị", "theo chức năng, nhiệm vụ được giao của đơn vị" },
        { "tổ chức. thực hiện các nhiệm vụ, giải pháp. đề án", "tổ chức thực hiện các nhiệm vụ, giải pháp, đề án" },
        { "lồng ghép tổ.chức các hoạt động, xây dựng kế'hoạch, đơn-vị",
          "lồng ghép tổ chức các hoạt động, xây dựng kế hoạch, đơn vị" },
        { "hoàn thành trong Quý. IV/2024", "hoàn thành trong Quý IV/2024" },
        { "báo cáo ƯBND tỉnh “Điện Biên", "báo cáo UBND tỉnh Điện Biên" },
        { "Nghị quyết số 27-\nNQ/TW của Bộ Chính trị", "Nghị quyết số 27-NQ/TW của Bộ Chính trị" },
    };
    check_pairs (k->repairer, &ocr, PAIRS, G_N_ELEMENTS (PAIRS));
}

static void
sound_text_numbers_and_names_stay (void **state)
{
    const kit *k = *state;
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    static const char *const CASES[] = {
        "Căn cứ Quyết định số 1234/QĐ-UBND ngày 02/3/2023 của UBND tỉnh;",
        "Ông Lò Văn Phủi, thôn Nậm Cắn, xã Mường Lói",
        "Tỷ lệ hồ sơ nộp trực tuyến đạt 85,5% trở lên, 03/04 đơn vị",
        "Trung tâm Y tế huyện Kỳ Sơn phối hợp Hội Chữ thập đỏ",
        "hoà giải ở cơ sở và uỷ quyền", /* the newer tone placement is no fault */
        "gửi thư về phongtonghop@soyte.example.vn trước 17h00",
        "lĩnh vực báo chí - xuất bản, kinh tế - xã hội, phát triển kinh tế-xã hội",
        "xem www.soyte.example.vn, nhiên liệu các-bon, và/hoặc",
        "Báo cáo kết quả trước ngày 15/11; kinh phí 1.250 triệu đồng.",
        "công suất tiêu thụ (kWh) của “Hệ thống một cửa” trong năm.\n3. Tổng hợp",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *mended = mend_text (k->repairer, CASES[i], &ocr);
        assert_string_equal (mended, CASES[i]);
    }
}

static void
marks_left_out_are_put_back (void **state)
{
    const kit *k = *state;
    static const kh_damage bare = { .kinds = KH_DAMAGE_BARE };
    static const pair PAIRS[] = {
        { "Thuc hien Ke hoach cai cach hanh chinh nam 2024", "Thực hiện Kế hoạch cải cách hành chính năm 2024" },
        { "TO CHUC THUC HIEN", "TỔ CHỨC THỰC HIỆN" },
        { "Nghi dinh so 61/2018/ND-CP cua Chinh phu", "Nghị định số 61/2018/NĐ-CP của Chính phủ" },
        { "Thuong truc HDND, UBND tinh", "Thường trực HĐND, UBND tỉnh" },
        { "c) Bao cao ket qua;\nd) Kiem tra viec thuc hien;\nd) Tong hop, bao cao;", "c) Báo cáo kết quả;\nd) Kiểm tra việc thực hiện;\nđ) Tổng hợp, báo cáo;" },
        { "gui ve hop thu a.b@soyte.example.vn", "gửi về hộp thư a.b@soyte.example.vn" },
    };
    check_pairs (k->repairer, &bare, PAIRS, G_N_ELEMENTS (PAIRS));
}

/* Four sentences in which the letters of `lost` became `with`. */
static char *
lose (const char *lost, const char *with)
{
    static const char TEXT[] = "Sở Tư pháp tỉnh xây dựng Kế hoạch cải cách hành chính, phân công các phòng chuyên môn thường xuyên rà soát, "
                               "xử lý văn bản quy phạm pháp luật; tăng cường hướng dẫn người dân nộp hồ sơ trực tuyến. Văn phòng Sở phối hợp "
                               "với các đơn vị trực thuộc đẩy mạnh ứng dụng công nghệ thông tin, nâng cao chất lượng phục vụ ở cơ sở.\n"
                               "Kinh phí thực hiện được bố trí trong dự toán ngân sách nhà nước; trường hợp phát sinh, các phòng báo cáo Giám "
                               "đốc Sở xem xét. Định kỳ trước ngày 15 của tháng cuối quý gửi báo cáo về Phòng Tổng hợp để theo dõi.\n";
    GString *out = g_string_new (NULL);
    for (const char *p = TEXT; *p != '\0'; p = g_utf8_next_char (p)) {
        g_autofree char *letter = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
        g_string_append (out, strstr (lost, letter) != NULL && *letter != ' ' ? with : letter);
    }
    return g_string_free (out, FALSE);
}

static void
lost_letters_are_found_and_put_back (void **state)
{
    const kit *k = *state;
    static const struct {
        const char *lost, *with;
    } CASES[] = { { "ưởỡpx", " " }, { "hêô", " " }, { "ưpx", "" } };
    g_autofree char *whole = lose ("", "");
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *damaged = lose (CASES[i].lost, CASES[i].with);
        kh_damage damage = kh_repairer_diagnose (k->repairer, damaged, strlen (damaged));
        assert_int_equal (damage.kinds, KH_DAMAGE_LOST_LETTERS);
        assert_int_equal (damage.lost.vanish, *CASES[i].with == '\0');
        g_autofree char *mended = mend_text (k->repairer, damaged, &damage);
        assert_string_equal (mended, whole);
    }
}

static void
damage_is_told_from_the_text (void **state)
{
    const kit *k = *state;
    static const struct {
        const char *text;
        unsigned kinds;
    } CASES[] = {
        { "Căn cứ Luật Tổ chức chính quyền địa phương, Ủy ban nhân dân xã xây dựng kế hoạch thực hiện công tác năm 2025 như sau:", KH_DAMAGE_NONE },
        { "Can cu Luat To chuc chinh quyen dia phuong, Uy ban nhan dan xa xay dung ke hoach thuc hien cong tac nam 2025", KH_DAMAGE_BARE },
        { "Cán cứ Luạt Tỗ chức chính quyèn địa phưong, Ủy ban nhân dăn xã xây dụng kế hoach thực hịên công tác nâm 2025 nhưt sau:", KH_DAMAGE_OCR },
        { "quá ngắn", KH_DAMAGE_NONE },
        { "", KH_DAMAGE_NONE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
        assert_int_equal (kh_repairer_diagnose (k->repairer, CASES[i].text, strlen (CASES[i].text)).kinds, CASES[i].kinds);
}

/* ------------------------------------------------------------------ pages */

/* The words of `text`, side by side on one line, each read with `confidence`. */
static kh_page *
page_of (const char *text, float confidence, kh_pool *pool)
{
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    g_auto (GStrv) words = g_strsplit (text, " ", -1);
    double x = 50;
    for (guint i = 0; words[i] != NULL; i++) {
        double width = 6.0 * (double) g_utf8_strlen (words[i], -1);
        kh_page_add_word (pool, page, words[i], (kh_word){ .confidence = confidence, .box = { x, 100, x + width, 112 }, .size = 12 });
        x += width + 4;
    }
    return page;
}

static char *
text_of (const kh_page *page)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? " " : "", kh_page_word (page, i)->text);
    return g_string_free (out, FALSE);
}

static void
a_page_keeps_what_was_read (void **state)
{
    const kit *k = *state;
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of ("Giao Sở Y tê chủ trì , theo nhiệm vụ đượcgiao", 0.8f, pool);
    assert_true (kh_repair_page (k->repairer, page, &ocr, pool) >= 2);
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "Giao Sở Y tế chủ trì , theo nhiệm vụ được giao");
    assert_string_equal (kh_page_word (page, 3)->read, "tê");
    assert_int_equal (kh_page_word (page, 3)->repair, KH_REPAIR_DIACRITIC);
    const kh_word *parted = kh_page_word (page, page->words->len - 1), *before = parted - 1;
    assert_string_equal (parted->read, "đượcgiao");
    assert_int_equal (parted->repair, KH_REPAIR_SPACING);
    assert_true (before->box.x1 < parted->box.x0 && before->box.x0 < before->box.x1);
    assert_non_null (page->read_words);
    assert_string_equal (g_array_index (page->read_words, kh_word, 3).text, "tê");
}

/* The loop of a g, cut off from its line; a digit as small is left. */
static void
scraps_go_digits_stay (void **state)
{
    const kit *k = *state;
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of ("nâng cao năng lực cán bộ", 0.96f, pool);
    kh_page_add_word (pool, page, "c", (kh_word){ .confidence = 0.7f, .box = { 120, 112, 126, 116 }, .line = 1 });
    kh_page_add_word (pool, page, "5", (kh_word){ .confidence = 0.7f, .box = { 120, 122, 126, 126 }, .line = 2 });
    kh_repair_page (k->repairer, page, &ocr, pool);
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "nâng cao năng lực cán bộ 5");
}

static void
an_empty_page_is_fine (void **state)
{
    const kit *k = *state;
    static const kh_damage ocr = { .kinds = KH_DAMAGE_OCR };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, 595, 842);
    assert_int_equal (kh_repair_page (k->repairer, page, &ocr, pool), 0);
    assert_int_equal (kh_layer_judge (k->repairer, page), KH_LAYER_SOUND);
}

/* The layer has "Thiết b  Ph n" of a name the lexicon need not hold; the image reads it. */
static void
the_image_helps_a_damaged_layer (void **state)
{
    const kit *k = *state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of ("Ông H ở Quơn đọc háp luật", 1, pool);
    kh_page *image = page_of ("Ông Hxở Quơn đọc pháp luật", 0.96f, pool);
    kh_damage lost = { .kinds = KH_DAMAGE_LOST_LETTERS, .lost = { .spaces_merged = TRUE } };
    kh_lost_letters_add (&lost.lost, kh_letter_number ('x'));
    kh_lost_letters_add (&lost.lost, kh_letter_number ('p'));
    kh_box whole = kh_box_union (kh_page_word (page, 1)->box, kh_page_word (page, 2)->box);
    kh_page_word (image, 1)->box = whole;
    for (guint i = 2; i < image->words->len; i++)
        kh_page_word (image, i)->box = kh_page_word (page, i + 1)->box;
    page->image_words = image->words;
    kh_repair_page (k->repairer, page, &lost, pool);
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "Ông Hxở Quơn đọc pháp luật");
    assert_string_equal (kh_page_word (page, 1)->read, "H ở");
    assert_true (kh_page_word (page, 1)->box.x1 == whole.x1);
}

/* A space that was a letter leaves none behind; words of which nothing is left come back where the image has them. */
static void
signs_stay_with_their_words (void **state)
{
    const kit *k = *state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of ("văn bản quy phạm há luật , công tác tư há , cơ s", 1, pool);
    kh_damage lost = { .kinds = KH_DAMAGE_LOST_LETTERS, .lost = { .spaces_merged = TRUE } };
    static const char *const LOST[] = { "p", "ở" };
    for (gsize i = 0; i < G_N_ELEMENTS (LOST); i++)
        kh_lost_letters_add (&lost.lost, kh_letter_number (g_utf8_get_char (LOST[i])));
    kh_repair_page (k->repairer, page, &lost, pool);
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "văn bản quy phạm pháp luật , công tác tư pháp, cơ sở");
}

static void
layers_are_judged (void **state)
{
    const kit *k = *state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autofree char *sound = g_strdelimit (lose ("", ""), "\n", ' '), *damaged = g_strdelimit (lose ("ưởỡpx", " "), "\n", ' ');
    assert_int_equal (kh_layer_judge (k->repairer, page_of (sound, 1, pool)), KH_LAYER_SOUND);
    assert_int_equal (kh_layer_judge (k->repairer, page_of (damaged, 1, pool)), KH_LAYER_LOST_LETTERS);
    static const char OTHERS_OCR[] = "Sò Tụ phảp tĩnh xảy dưng Kể hoach cài cảch hảnh chính phấn cóng cảc phóng chuyễn mỏn thướng xuyễn rả soảt xừ lý vẳn "
                                     "bán quy pham phảp luặt tẳng cướng hưởng dần ngưởi dần nõp hỗ sợ trưc tuyễn Vẳn phóng Sò phổi hơp vởi cảc đơn vi";
    static const char WRONG_MARKS[] = "Sờ Tứ phạp tình xáy dừng Kệ hoách cài cạch hành chình phận cống cạc phong chuyền mộn thương xuyền ra soạt xừ lỵ vằn "
                                      "bàn quỵ phàm phạp luất tằng cương hương dấn ngươi dấn nốp hộ sờ trức tuyền Vằn phong Sờ phội hớp vợi cạc đợn vì";
    assert_int_equal (kh_layer_judge (k->repairer, page_of (OTHERS_OCR, 1, pool)), KH_LAYER_WORTHLESS); /* few syllables */
    assert_int_equal (kh_layer_judge (k->repairer, page_of (WRONG_MARKS, 1, pool)), KH_LAYER_UNLIKELY);
    assert_false (kh_layer_is_likely (k->repairer, WRONG_MARKS));
    assert_true (kh_layer_is_likely (k->repairer, sound));
    assert_int_equal (kh_layer_judge (k->repairer, page_of ("K? ho?ch c?i cách hành chính c?a S? T? pháp t?nh n?m 2024 theo quy đ?nh", 1, pool)),
                      KH_LAYER_WORTHLESS);
}

/* Columns as narrow as two words, read across line by line as Poppler does. Only the rules tell what goes on where, and a text is not judged by
 * what it never said. */
static void
cells_read_across_are_told_apart (void **state)
{
    const kit *k = *state;
    double likelihood[2];
    static const char *const cells[4][5] = {
        { "Vận chuyển,", "tiêu hủy", "bao gói", "tại cơ sở", "có giấy phép" },
        { "Chi cục", "Trồng trọt", "và Bảo", "vệ thực vật", "Hội Nông dân" },
        { "Trung tâm", "Phục vụ", "hành chính", "công của", "xã, thị trấn" },
        { "Đơn vị", "được giao", "xử lý", "chất thải", "nguy hại" },
    };
    for (int ruled = 0; ruled < 2; ruled++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        kh_page *page = kh_page_new (pool, 1, 595, 842);
        for (int line = 0; line < 5; line++)
            for (int column = 0; column < 4; column++) {
                g_auto (GStrv) words = g_strsplit (cells[column][line], " ", -1);
                double x = 76 * column + 50, y = 100 + 20 * line;
                for (guint i = 0; words[i] != NULL; i++) {
                    double width = 6.0 * (double) g_utf8_strlen (words[i], -1);
                    kh_page_add_word (pool, page, words[i], (kh_word){ .confidence = 1, .box = { x, y, x + width, y + 19 }, .size = 12, .line = line });
                    x += width + 4;
                }
            }
        for (int i = 1; ruled && i < 4; i++)
            kh_page_add_rule (page, (kh_box){ 76 * i + 47, 90, 76 * i + 48, 210 }, FALSE);
        g_autofree char *text = kh_page_text (page, NULL);
        assert_true (g_str_has_prefix (text, ruled ? "Vận chuyển,\fChi cục\fTrung tâm\fĐơn vị\ftiêu hủy\fTrồng" : "Vận chuyển, Chi cục Trung tâm Đơn vị\ntiêu"));
        likelihood[ruled] = kh_repairer_likelihood (k->repairer, text, strlen (text));
    }
    assert_true (likelihood[1] > likelihood[0] + 1);
}

static void
layers_are_decoded_font_by_font (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = page_of ("Thùc hiÖn kÕ ho¹ch c¶i c¸ch hµnh chÝnh cña tØnh năm hai nghìn không trăm hai mươi bốn", 1, pool);
    for (guint i = 0; i < page->words->len; i++)
        kh_page_word (page, i)->font = i < 10 ? ".VnTime" : "Times-Roman";
    kh_layer_decode (page, pool);
    g_autofree char *text = text_of (page);
    assert_string_equal (text, "Thực hiện kế hoạch cải cách hành chính của tỉnh năm hai nghìn không trăm hai mươi bốn");
    assert_string_equal (page->encoding, "TCVN3");
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (words_are_taken_apart),
        cmocka_unit_test (words_have_pieces),
        cmocka_unit_test (letters_are_taken_apart_and_put_together),
        cmocka_unit_test (both_tone_placements_are_one_token),
        cmocka_unit_test (probabilities_sum_to_one),
        cmocka_unit_test (a_file_that_is_no_model_is_refused),
        cmocka_unit_test (what_ocr_misread_is_mended),
        cmocka_unit_test (sound_text_numbers_and_names_stay),
        cmocka_unit_test (marks_left_out_are_put_back),
        cmocka_unit_test (lost_letters_are_found_and_put_back),
        cmocka_unit_test (damage_is_told_from_the_text),
        cmocka_unit_test (a_page_keeps_what_was_read),
        cmocka_unit_test (scraps_go_digits_stay),
        cmocka_unit_test (an_empty_page_is_fine),
        cmocka_unit_test (the_image_helps_a_damaged_layer),
        cmocka_unit_test (signs_stay_with_their_words),
        cmocka_unit_test (layers_are_judged),
        cmocka_unit_test (cells_read_across_are_told_apart),
        cmocka_unit_test (layers_are_decoded_font_by_font),
    };
    return cmocka_run_group_tests (tests, set_up, tear_down);
}
