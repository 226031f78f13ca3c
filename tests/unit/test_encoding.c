/* Legacy encodings: there and back, told from each other and from Unicode. */
#include "viet/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define ALL_LETTERS "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
#define TEXT "Phòng Nội vụ phối hợp với các xã rà soát vị trí việc làm, trình huyện ủy trước ngày 15 tháng 6 để kịp ký ban hành"

static void
known_bytes_are_read (void **state)
{
    (void) state;
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
        { KH_ENCODING_VNI, "Ke\xE1 hoa\xEF\x63h", "Kế hoạch" },
        { KH_ENCODING_VNI, "\xD1\xD4N V\xD2", "ĐƠN VỊ" },
        { KH_ENCODING_VNI, "\xF1\xF6\xF4\xEF\x63", "được" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        g_autofree char *text = kh_encoding_decode (CASES[i].bytes, strlen (CASES[i].bytes), CASES[i].encoding);
        assert_string_equal (text, CASES[i].text);
    }
}

static void
there_and_back (void **state)
{
    (void) state;
    static const kh_encoding ALL[] = { KH_ENCODING_TCVN3, KH_ENCODING_VNI };
    for (gsize i = 0; i < G_N_ELEMENTS (ALL); i++) {
        gsize length;
        g_autofree char *bytes = kh_encoding_encode (ALL_LETTERS " " TEXT, ALL[i], &length);
        g_autofree char *text = kh_encoding_decode (bytes, length, ALL[i]);
        assert_string_equal (text, ALL_LETTERS " " TEXT);
    }
}

/* Bytes read as CP1252 and saved as UTF-8. */
static char *
as_cp1252 (const char *bytes)
{
    GString *out = g_string_new (NULL);
    for (; *bytes != '\0'; bytes++)
        g_string_append_unichar (out, (guint8) *bytes);
    return g_string_free (out, FALSE);
}

static void
legacy_text_is_told_and_healed (void **state)
{
    (void) state;
    static const char text[] = "Phòng Nội vụ phối hợp với các xã rà soát vị trí việc làm, trình huyện trước ngày 15 tháng 6 để kịp ký";
    static const kh_encoding ALL[] = { KH_ENCODING_TCVN3, KH_ENCODING_VNI };
    for (gsize i = 0; i < G_N_ELEMENTS (ALL); i++) {
        gsize length;
        kh_encoding found;
        g_autofree char *bytes = kh_encoding_encode (text, ALL[i], &length);
        g_autofree char *healed = kh_encoding_heal (bytes, length, &found);
        assert_int_equal (found, ALL[i]);
        assert_string_equal (healed, text);
        g_autofree char *pasted = as_cp1252 (bytes);
        g_autofree char *healed_too = kh_encoding_heal (pasted, strlen (pasted), &found);
        assert_int_equal (found, ALL[i]);
        assert_string_equal (healed_too, text);
    }
}

static void
other_texts_are_left_alone (void **state)
{
    (void) state;
    static const char *const CASES[] = {
        TEXT,
        "plain words of another tongue that use no marks at all and are left as they are",
        "Les élèves français étaient déjà à l'école où règne la gaieté, même l'été",
        "%PDF-1.4 \xB5\xB6\xB7\xB8 co n vat nha cho dan lam tu mai giao cho ban xem vao ngay mai",
        "",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
        kh_encoding found;
        assert_null (kh_encoding_heal (CASES[i], strlen (CASES[i]), &found));
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (known_bytes_are_read),
        cmocka_unit_test (there_and_back),
        cmocka_unit_test (legacy_text_is_told_and_healed),
        cmocka_unit_test (other_texts_are_left_alone),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
