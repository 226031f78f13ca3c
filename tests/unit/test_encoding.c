/* Legacy encodings: there and back, told from each other and from Unicode, mixed in one text. */
#include "viet/encoding.h"
#include "viet/encoding_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SMALL_LETTERS "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵn"
#define CAPITALS "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴN"
#define TEXT "Phòng Nội vụ phối hợp với các xã rà soát vị trí việc làm, trình huyện ủy trước ngày 15 tháng 6 để kịp ký ban hành"

static const kh_encoding LEGACY[] = { KH_ENCODING_TCVN3,  KH_ENCODING_VNI,  KH_ENCODING_VPS,
                                      KH_ENCODING_VISCII, KH_ENCODING_VIQR, KH_ENCODING_CP1258 };

/* How bytes come to us. */
typedef enum form { FORM_BYTES, FORM_CP1252, FORM_LATIN1, N_FORMS } form;

static char *
in_form (const char *bytes, gsize length, form f)
{
    GString *out = g_string_new (NULL);
    for (gsize i = 0; i < length; i++)
        if (f == FORM_BYTES)
            g_string_append_c (out, bytes[i]);
        else
            g_string_append_unichar (out, f == FORM_CP1252 ? kh_cp1252_char ((guint8)bytes[i]) : (guint8)bytes[i]);
    return g_string_free (out, FALSE);
}

static char *
encoded (const char *text, kh_encoding encoding, form f)
{
    gsize length;
    g_autofree char *bytes = kh_encoding_encode (text, encoding, &length);
    return in_form (bytes, length, f);
}

static void
known_bytes_are_read (void **state)
{
    (void)state;
    static const struct {
        kh_encoding encoding;
        const char *bytes, *text;
    } CASES[] = {
        { KH_ENCODING_TCVN3, "K\xD5 ho\xB9\x63h", "Kế hoạch" },
        { KH_ENCODING_TCVN3, "K\xD5 HO\xB9\x43H", "KẾ HOẠCH" }, /* a capital font */
        { KH_ENCODING_TCVN3, "S\xEB N\xE9i v\xF4", "Sở Nội vụ" },
        { KH_ENCODING_TCVN3, "S\xE8: 12/KH-SYT", "Số: 12/KH-SYT" },
        { KH_ENCODING_TCVN3, "S\xEB Y T\xD5", "Sở Y Tế" },
        { KH_ENCODING_TCVN3, "t\xADng \xAE\xAC\x6E v\xDE", "tưng đơn vị" },
        { KH_ENCODING_TCVN3, "theo \xF1y ban", "theo Ủy ban" },
        { KH_ENCODING_TCVN3, "xong.\n1. \xF8ng d\xF4ng", "xong.\n1. Ứng dụng" },
        { KH_ENCODING_TCVN3, "v.v. \xF8ng", "v.v. ứng" },
        { KH_ENCODING_VNI, "Ke\xE1 hoa\xEF\x63h", "Kế hoạch" },
        { KH_ENCODING_VNI, "\xD1\xD4N V\xD2", "ĐƠN VỊ" },
        { KH_ENCODING_VNI, "\xF1\xF6\xF4\xEF\x63", "được" },
        { KH_ENCODING_VNI, "no\xF5 ha\xF8nh", "nõ hành" },
        { KH_ENCODING_VPS, "K\x89 ho\xE5\x63h", "Kế hoạch" },
        { KH_ENCODING_VPS, "\xC7\xDC\xAE\x63", "được" },
        { KH_ENCODING_VISCII, "K\xAA ho\xD5\x63h", "Kế hoạch" },
        { KH_ENCODING_VISCII, "\xF0\xDF\xFE\x63", "được" },
        { KH_ENCODING_CP1258, "K\xEA\xEC hoa\xF2\x63h", "Kế hoạch" },
        { KH_ENCODING_CP1258, "\xF0\xFD\xF5\xF2\x63 \xE0", "được à" },
        { KH_ENCODING_VIQR, "Ke^' hoa.ch", "Kế hoạch" },
        { KH_ENCODING_VIQR, "ddu+o+.c, DDu*o*.c", "được, Được" },
        { KH_ENCODING_VIQR, "tu+o+ng lai. chia. hai? na`y.", "tương lai. chia. hai? này." },
        { KH_ENCODING_VIQR, "hoa. quy. qua. gia?", "hoạ quỵ quạ giả" },
        { KH_ENCODING_VIQR, "o\\. a\\^ \\dd", "o. a^ dd" },
        { KH_ENCODING_MOJIBAKE, "K\xC3\xA1\xC2\xBA\xC2\xBF", "Kế" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *text = kh_encoding_decode (CASES[i].bytes, strlen (CASES[i].bytes), CASES[i].encoding);
        assert_string_equal (text, CASES[i].text);
    }
}

static void
names_are_read_and_written (void **state)
{
    (void)state;
    for (int e = 0; e < KH_N_ENCODINGS; e++) {
        kh_encoding found;
        g_autofree char *lower = g_ascii_strdown (kh_encoding_name (e), -1);
        assert_true (kh_encoding_parse (lower, &found));
        assert_int_equal (found, e);
    }
    kh_encoding found;
    assert_false (kh_encoding_parse ("latin1", &found));
}

static void
there_and_back (void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS (LEGACY); i++) {
        /* TCVN3 has seven capitals of its own; parted, so that the line does not look set in a capital font */
        const char *capitals = LEGACY[i] == KH_ENCODING_TCVN3 ? "Ă a Â a Ê a Ô a Ơ a Ư a Đ a" : CAPITALS;
        g_autofree char *all = g_strjoin (" ", SMALL_LETTERS, capitals, TEXT, NULL);
        gsize length;
        g_autofree char *bytes = kh_encoding_encode (all, LEGACY[i], &length);
        g_autofree char *text = kh_encoding_decode (bytes, length, LEGACY[i]);
        assert_string_equal (text, all);
        for (form f = FORM_CP1252; f < N_FORMS; f++) {
            g_autofree char *shown = in_form (bytes, length, f);
            g_autofree char *read = kh_encoding_decode_text (shown, LEGACY[i]);
            assert_string_equal (read, all);
        }
    }
}

static void
legacy_text_is_told_and_healed (void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        TEXT,
        "Giao Văn phòng theo dõi, đôn đốc việc thực hiện.",
        "Kinh phí lấy từ nguồn sự nghiệp, không vượt dự toán được giao đầu năm.\nTrạm Y tế khám sức khỏe cho trẻ.\nSố: 15/KH-TYT",
        "Ông Lê Văn Ưng chịu trách nhiệm kiểm tra độ ẩm kho lưu trữ",
        "sửa đổi, bổ sung",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (LEGACY); i++)
        for (gsize t = 0; t < G_N_ELEMENTS (TEXTS); t++)
            for (form f = 0; f < N_FORMS; f++) {
                kh_encoding found;
                g_autofree char *shown = encoded (TEXTS[t], LEGACY[i], f);
                g_autofree char *healed = kh_encoding_heal (shown, strlen (shown), &found);
                if (healed == NULL)
                    fail_msg ("%s, form %d: '%s' stayed", kh_encoding_name (LEGACY[i]), f, TEXTS[t]);
                assert_string_equal (healed, TEXTS[t]);
                assert_int_equal (found, LEGACY[i]);
            }
}

static void
misread_unicode_is_undone (void **state)
{
    (void)state;
    static const char *const TEXTS[] = { TEXT, "Kỷ luật", "“Số” – 15/KH: được giao", "Đà Nẵng" };
    for (gsize t = 0; t < G_N_ELEMENTS (TEXTS); t++)
        for (form f = FORM_CP1252; f < N_FORMS; f++) {
            kh_encoding found;
            g_autofree char *once = in_form (TEXTS[t], strlen (TEXTS[t]), f);
            g_autofree char *twice = in_form (once, strlen (once), f);
            const char *const GIVEN[] = { once, twice };
            for (gsize g = 0; g < G_N_ELEMENTS (GIVEN); g++) {
                g_autofree char *healed = kh_encoding_heal (GIVEN[g], strlen (GIVEN[g]), &found);
                assert_non_null (healed);
                assert_string_equal (healed, TEXTS[t]);
                assert_int_equal (found, KH_ENCODING_MOJIBAKE);
            }
        }
    kh_encoding found;
    static const char mixed[] = "Kính gửi các phòng: Ká»· luáº­t vÃ  «tÃnh» MÃ số";
    g_autofree char *healed = kh_encoding_heal (mixed, strlen (mixed), &found);
    assert_string_equal (healed, "Kính gửi các phòng: Kỷ luật và  «tính» MÃ số");
}

/* Each line in its own encoding, U for Unicode. */
static void
mixed_texts_are_told_line_by_line (void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "Ủy ban nhân dân xã đề nghị các ấp rà soát hộ nghèo trước ngày 10 hằng tháng.",
        "Trạm Y tế phối hợp trường mầm non khám sức khỏe cho trẻ dưới năm tuổi.",
        "Kinh phí lấy từ nguồn sự nghiệp, không vượt dự toán được giao đầu năm.",
        "Giao Văn phòng theo dõi, đôn đốc việc thực hiện.",
    };
    for (form f = 0; f < N_FORMS; f++) {
        g_autoptr (GString) given = g_string_new (NULL), wanted = g_string_new (NULL);
        for (guint i = 0; i < 36; i++) {
            const char *line = LINES[i % G_N_ELEMENTS (LINES)];
            guint turn = (i * 5 + i / 7) % 7;
            g_autofree char *shown = turn == 6 ? g_strdup (line) : encoded (line, LEGACY[turn], f);
            g_string_append_printf (given, "%s\n", shown);
            g_string_append_printf (wanted, "%s\n", line);
        }
        kh_encoding found;
        g_autofree char *healed = kh_encoding_heal (given->str, given->len, &found);
        assert_string_equal (healed, wanted->str);
    }
}

static void
a_line_may_change_its_encoding (void **state)
{
    (void)state;
    g_autofree char *first = encoded ("Trạm Y tế phối hợp trường mầm non", KH_ENCODING_TCVN3, FORM_CP1252);
    g_autofree char *last = encoded ("không vượt dự toán được giao", KH_ENCODING_VNI, FORM_CP1252);
    g_autofree char *line = g_strjoin (" ", first, "khám sức khỏe cho trẻ dưới năm tuổi", last, NULL);
    kh_encoding found;
    g_autofree char *healed = kh_encoding_heal (line, strlen (line), &found);
    assert_string_equal (healed,
                         "Trạm Y tế phối hợp trường mầm non khám sức khỏe cho trẻ dưới năm tuổi không vượt dự toán được giao");
}

static void
short_lines_go_with_the_others (void **state)
{
    (void)state;
    static const char text[] =
        "Số: 15/KH\nTrạm Y tế phối hợp trường mầm non khám sức khỏe\nSố: 16/KH\ncó\ncông an\nGiao Văn phòng theo dõi";
    for (gsize i = 0; i < G_N_ELEMENTS (LEGACY); i++) {
        kh_encoding found;
        g_autofree char *shown = encoded (text, LEGACY[i], FORM_CP1252);
        g_autofree char *healed = kh_encoding_heal (shown, strlen (shown), &found);
        assert_string_equal (healed, text);
    }
}

static void
other_texts_are_left_alone (void **state)
{
    (void)state;
    static const char *const CASES[] = {
        TEXT,
        "Giá là 5 µm và 20 °C ở đó « Tổ » “Bộ” – §3, ©2020, 5 ± 2",
        "và có khi là hai ba cá tôm; cà phê cùng cá, cóc, ổi",
        "tên: Müller, Noël, François; món crème brûlée được giao",
        "plain words of another tongue that use no marks at all and are left as they are",
        "Les élèves français étaient déjà à l'école où règne la gaieté, même l'été; « ça alors ! » œuvre, Noël, aiguë",
        "Straße für Bücher: Größe, Übung, schön, Äpfel. Überprüfung der Behörden",
        "El niño comió piñas en España y Perú; São Paulo, ñandú",
        "Smørrebrød på ø, Ærø, København; Ångström væsen",
        "Москва это город. Ελλάδα α β γ. 中文",
        "Please don't use a.b or e.g. this; see http://a.b/c?d=e we're I'm o'clock. a^2+b^2=c^2, o+u, f(a(b)), ~user `data` u*v",
        "for (a = 0; a < u*o; a++) { data(i) = a^b; e+= u+v; }",
        "Łódź: źdźbło ñandú żółć, çok güzel, ağaç, þæð öllum ðeim, áðµr bé·c ñôdµ ¸acé dµñb éé·¸a",
        "XÃ «MÃ» và Ã, SÃO PAULO",
        "%PDF-1.4 \xB5\xB6\xB7\xB8 co n vat nha cho dan lam tu mai giao cho ban xem vao ngay mai",
        "",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        kh_encoding found;
        g_autofree char *healed = kh_encoding_heal (CASES[i], strlen (CASES[i]), &found);
        if (healed != NULL)
            fail_msg ("'%s' became '%s'", CASES[i], healed);
        assert_int_equal (found, KH_ENCODING_UNICODE);
    }
    kh_encoding found;
    static const char binary[] = "S\xEB N\xE9i v\xF4 ph\xE8i h\xEEp\0";
    assert_null (kh_encoding_heal (binary, sizeof binary, &found));
}

static void
viqr_leaves_addresses_and_english (void **state)
{
    (void)state;
    static const char given[] = "A. Ke^' hoa.ch tuye^?n du.ng, xem https://snv.example.vn/tin?id=a.b hoa(.c thu+ ve^` "
                                "lan.nguyen@snv.example.vn (do not reply, it's automatic).";
    kh_encoding found;
    g_autofree char *healed = kh_encoding_heal (given, strlen (given), &found);
    assert_int_equal (found, KH_ENCODING_VIQR);
    assert_string_equal (healed, "A. Kế hoạch tuyển dụng, xem https://snv.example.vn/tin?id=a.b hoặc thư về "
                                 "lan.nguyen@snv.example.vn (do not reply, it's automatic).");
}

static void
runs_are_told_with_the_font_as_a_hint (void **state)
{
    (void)state;
    static const struct {
        const char *text, *font;
        kh_encoding encoding;
    } CASES[] = {
        { "Së Néi vô phèi hîp", NULL, KH_ENCODING_TCVN3 },
        { "Sôû Noäi vuï phoái hôïp", NULL, KH_ENCODING_VNI },
        { "Soá", NULL, KH_ENCODING_UNICODE }, /* "soá" might be one */
        { "Soá", "ABCDEF+VNI-Times", KH_ENCODING_VNI },
        { "KÕ", ".VnTimeH", KH_ENCODING_TCVN3 },
        { "Kế hoạch có việc", ".VnTime", KH_ENCODING_UNICODE },
        { "các công việc có", ".VnTime", KH_ENCODING_UNICODE },
        { "và công có cái", "VNI-Times", KH_ENCODING_UNICODE },
        { "Ke^' hoa.ch tu+` ddo^.i", NULL, KH_ENCODING_VIQR },
        { "Page 3 of 12", ".VnTime", KH_ENCODING_UNICODE },
        { "", ".VnTime", KH_ENCODING_UNICODE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        kh_encoding found = kh_encoding_detect (CASES[i].text, CASES[i].font);
        if (found != CASES[i].encoding)
            fail_msg ("'%s' in %s was taken for %s", CASES[i].text, CASES[i].font, kh_encoding_name (found));
    }
    g_autofree char *vps = encoded ("Kế hoạch của các phòng", KH_ENCODING_VPS, FORM_CP1252);
    assert_int_equal (kh_encoding_detect (vps, "VPS Times"), KH_ENCODING_VPS);
    assert_int_equal (kh_encoding_detect (vps, NULL), KH_ENCODING_VPS);
    assert_true (kh_encoding_is_capital_font (".VnTimeH"));
    assert_true (kh_encoding_is_capital_font ("ABCDEF+.VnArialH,Bold"));
    assert_false (kh_encoding_is_capital_font (".VnTime"));
    assert_false (kh_encoding_is_capital_font ("VNI-TimesH"));
    assert_false (kh_encoding_is_capital_font (NULL));
}

static void
pieces_are_healed_as_one_text (void **state)
{
    (void)state;
    g_autoptr (kh_healer) healer = kh_healer_new ();
    g_autofree char *first = encoded ("Trạm Y tế phối hợp trường mầm non\n", KH_ENCODING_TCVN3, FORM_BYTES);
    g_autofree char *second = encoded ("Số: 15/KH\n", KH_ENCODING_TCVN3, FORM_BYTES); /* too short to be told alone */
    g_autofree char *one = kh_healer_next (healer, first, strlen (first));
    g_autofree char *two = kh_healer_next (healer, second, strlen (second));
    assert_string_equal (one, "Trạm Y tế phối hợp trường mầm non\n");
    assert_string_equal (two, "Số: 15/KH\n");
    assert_null (kh_healer_next (healer, TEXT, strlen (TEXT)));
    assert_int_equal (kh_healer_encoding (healer), KH_ENCODING_TCVN3);
    assert_int_equal (kh_healer_words (healer, KH_ENCODING_TCVN3), 7);
    g_autofree char *misread = in_form (TEXT "\n", strlen (TEXT) + 1, FORM_CP1252);
    g_autofree char *three = kh_healer_next (healer, misread, strlen (misread));
    assert_string_equal (three, TEXT "\n");
    assert_null (kh_healer_next (healer, TEXT, strlen (TEXT))); /* sound again, and not taken for more of it */
}

static void
long_texts_are_healed_in_pieces (void **state)
{
    (void)state;
    g_autoptr (GString) given = g_string_new (NULL), wanted = g_string_new (NULL);
    g_autofree char *line = encoded (TEXT, KH_ENCODING_VNI, FORM_CP1252);
    while (given->len < 3 * 1024 * 1024) {
        g_string_append_printf (given, "%s\n%s ", line, TEXT);
        g_string_append (wanted, TEXT "\n" TEXT " ");
        if (given->len % 3 == 0) {
            g_string_append_c (given, '\n');
            g_string_append_c (wanted, '\n');
        }
    }
    kh_encoding found;
    g_autofree char *healed = kh_encoding_heal (given->str, given->len, &found);
    assert_string_equal (healed, wanted->str);
    g_autofree char *endless = g_strnfill (3 * 1024 * 1024, '\xE1');
    g_autofree char *nothing = kh_encoding_heal (endless, 3 * 1024 * 1024, &found);
    assert_null (nothing);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (known_bytes_are_read),
        cmocka_unit_test (names_are_read_and_written),
        cmocka_unit_test (there_and_back),
        cmocka_unit_test (legacy_text_is_told_and_healed),
        cmocka_unit_test (misread_unicode_is_undone),
        cmocka_unit_test (mixed_texts_are_told_line_by_line),
        cmocka_unit_test (a_line_may_change_its_encoding),
        cmocka_unit_test (short_lines_go_with_the_others),
        cmocka_unit_test (other_texts_are_left_alone),
        cmocka_unit_test (viqr_leaves_addresses_and_english),
        cmocka_unit_test (runs_are_told_with_the_font_as_a_hint),
        cmocka_unit_test (pieces_are_healed_as_one_text),
        cmocka_unit_test (long_texts_are_healed_in_pieces),
    };
    return cmocka_run_group_tests_name ("encoding", tests, NULL, NULL);
}
