/* The tables of the encodings, as rows of letters and the byte each has; laid out for look-up when first asked for. */
#include "viet/encoding_tables.h"

#include <string.h>

#define SHAPE_CIRCUMFLEX 0x302
#define SHAPE_BREVE 0x306
#define SHAPE_HORN 0x31B
#define TONE_GRAVE 0x300
#define TONE_ACUTE 0x301
#define TONE_TILDE 0x303
#define TONE_HOOK 0x309
#define TONE_DOT 0x323

typedef struct letter_bytes {
    const char *letters;
    guint8 bytes[8];
} letter_bytes;

/* TCVN 5712:1993, table VN3; the toned ones serve for capitals, too. */
static const letter_bytes TCVN3[] = {
    { "àảãáạ", { 0xB5, 0xB6, 0xB7, 0xB8, 0xB9 } },        { "ăằẳẵắặ", { 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6 } },
    { "âầẩẫấậ", { 0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB } }, { "đ", { 0xAE } },
    { "èẻẽéẹ", { 0xCC, 0xCE, 0xCF, 0xD0, 0xD1 } },        { "êềểễếệ", { 0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6 } },
    { "ìỉĩíị", { 0xD7, 0xD8, 0xDC, 0xDD, 0xDE } },        { "òỏõóọ", { 0xDF, 0xE1, 0xE2, 0xE3, 0xE4 } },
    { "ôồổỗốộ", { 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9 } }, { "ơờởỡớợ", { 0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE } },
    { "ùủũúụ", { 0xEF, 0xF1, 0xF2, 0xF3, 0xF4 } },        { "ưừửữứự", { 0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9 } },
    { "ỳỷỹýỵ", { 0xFA, 0xFB, 0xFC, 0xFD, 0xFE } },        { "ĂÂÊÔƠƯĐ", { 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7 } },
};

/* VPS for Windows (Vietnamese Professionals Society); capitals that found no room stand at control characters. */
static const letter_bytes VPS[] = {
    { "àảãáạ", { 0xE0, 0xE4, 0xE3, 0xE1, 0xE5 } },
    { "ăằẳẵắặ", { 0xE6, 0xA2, 0xA3, 0xA4, 0xA1, 0xA5 } },
    { "âầẩẫấậ", { 0xE2, 0xC0, 0xC4, 0xC5, 0xC3, 0xC6 } },
    { "đ", { 0xC7 } },
    { "èẻẽéẹ", { 0xE8, 0xC8, 0xEB, 0xE9, 0xCB } },
    { "êềểễếệ", { 0xEA, 0x8A, 0x8B, 0xCD, 0x89, 0x8C } },
    { "ìỉĩíị", { 0xEC, 0xCC, 0xEF, 0xED, 0xCE } },
    { "òỏõóọ", { 0xF2, 0xD5, 0xF5, 0xF3, 0x86 } },
    { "ôồổỗốộ", { 0xF4, 0xD2, 0xB0, 0x87, 0xD3, 0xB6 } },
    { "ơờởỡớợ", { 0xD6, 0xA9, 0xAA, 0xAB, 0xA7, 0xAE } },
    { "ùủũúụ", { 0xF9, 0xFB, 0xDB, 0xFA, 0xF8 } },
    { "ưừửữứự", { 0xDC, 0xD8, 0xBA, 0xBB, 0xD9, 0xBF } },
    { "ỳỷỹýỵ", { 0xFF, 0x9B, 0xCF, 0x9A, 0x9C } },
    { "ÀẢÃÁẠ", { 0x80, 0x81, 0x82, 0xC1, 0x02 } },
    { "ĂẰẲẴẮẶ", { 0x88, 0x8E, 0x8F, 0xF0, 0x8D, 0x04 } },
    { "ÂẦẨẪẤẬ", { 0xC2, 0x84, 0x85, 0x1C, 0x83, 0x03 } },
    { "Đ", { 0xF1 } },
    { "ÈẺẼÉẸ", { 0xD7, 0xDE, 0xFE, 0xC9, 0x05 } },
    { "ÊỀỂỄẾỆ", { 0xCA, 0x93, 0x94, 0x95, 0x90, 0x06 } },
    { "ÌỈĨÍỊ", { 0xB5, 0xB7, 0xB8, 0xB4, 0x10 } },
    { "ÒỎÕÓỌ", { 0xBC, 0xBD, 0xBE, 0xB9, 0x11 } },
    { "ÔỒỔỖỐỘ", { 0xD4, 0x97, 0x98, 0x99, 0x96, 0x12 } },
    { "ƠỜỞỠỚỢ", { 0xF7, 0x9E, 0x9F, 0xA6, 0x9D, 0x13 } },
    { "ÙỦŨÚỤ", { 0xA8, 0xD1, 0xAC, 0xDA, 0x14 } },
    { "ƯỪỬỮỨỰ", { 0xD0, 0xAF, 0xB1, 0x1D, 0xAD, 0x15 } },
    { "ỲỶỸÝỴ", { 0xB2, 0xFD, 0xB3, 0xDD, 0x19 } },
};

/* VISCII 1.1 (RFC 1456); the six rarest capitals stand at control characters. */
static const letter_bytes VISCII[] = {
    { "àảãáạ", { 0xE0, 0xE4, 0xE3, 0xE1, 0xD5 } },
    { "ăằẳẵắặ", { 0xE5, 0xA2, 0xC6, 0xC7, 0xA1, 0xA3 } },
    { "âầẩẫấậ", { 0xE2, 0xA5, 0xA6, 0xE7, 0xA4, 0xA7 } },
    { "đ", { 0xF0 } },
    { "èẻẽéẹ", { 0xE8, 0xEB, 0xA8, 0xE9, 0xA9 } },
    { "êềểễếệ", { 0xEA, 0xAB, 0xAC, 0xAD, 0xAA, 0xAE } },
    { "ìỉĩíị", { 0xEC, 0xEF, 0xEE, 0xED, 0xB8 } },
    { "òỏõóọ", { 0xF2, 0xF6, 0xF5, 0xF3, 0xF7 } },
    { "ôồổỗốộ", { 0xF4, 0xB0, 0xB1, 0xB2, 0xAF, 0xB5 } },
    { "ơờởỡớợ", { 0xBD, 0xB6, 0xB7, 0xDE, 0xBE, 0xFE } },
    { "ùủũúụ", { 0xF9, 0xFC, 0xFB, 0xFA, 0xF8 } },
    { "ưừửữứự", { 0xDF, 0xD7, 0xD8, 0xE6, 0xD1, 0xF1 } },
    { "ỳỷỹýỵ", { 0xCF, 0xD6, 0xDB, 0xFD, 0xDC } },
    { "ÀẢÃÁẠ", { 0xC0, 0xC4, 0xC3, 0xC1, 0x80 } },
    { "ĂẰẲẴẮẶ", { 0xC5, 0x82, 0x02, 0x05, 0x81, 0x83 } },
    { "ÂẦẨẪẤẬ", { 0xC2, 0x85, 0x86, 0x06, 0x84, 0x87 } },
    { "Đ", { 0xD0 } },
    { "ÈẺẼÉẸ", { 0xC8, 0xCB, 0x88, 0xC9, 0x89 } },
    { "ÊỀỂỄẾỆ", { 0xCA, 0x8B, 0x8C, 0x8D, 0x8A, 0x8E } },
    { "ÌỈĨÍỊ", { 0xCC, 0x9B, 0xCE, 0xCD, 0x98 } },
    { "ÒỎÕÓỌ", { 0xD2, 0x99, 0xA0, 0xD3, 0x9A } },
    { "ÔỒỔỖỐỘ", { 0xD4, 0x90, 0x91, 0x92, 0x8F, 0x93 } },
    { "ƠỜỞỠỚỢ", { 0xB4, 0x96, 0x97, 0xB3, 0x95, 0x94 } },
    { "ÙỦŨÚỤ", { 0xD9, 0x9C, 0x9D, 0xDA, 0x9E } },
    { "ƯỪỬỮỨỰ", { 0xBF, 0xBB, 0xBC, 0xFF, 0xBA, 0xB9 } },
    { "ỲỶỸÝỴ", { 0x9F, 0x14, 0x19, 0xDD, 0x1E } },
};

/* Windows-1258, where it differs from CP1252: shaped letters are whole, tones are bytes of their own behind the letter. */
static const letter_bytes CP1258[] = {
    { "ĂăĐđƠơƯư", { 0xC3, 0xE3, 0xD0, 0xF0, 0xD5, 0xF5, 0xDD, 0xFD } },
    { "\u0300\u0309\u0303\u0301\u0323\u20AB", { 0xCC, 0xD2, 0xDE, 0xEC, 0xF2, 0xFE } },
};

#define ROWS(table)                                                                                                              \
    {                                                                                                                            \
        table, G_N_ELEMENTS (table)                                                                                              \
    }
static const struct {
    const letter_bytes *rows;
    gsize n_rows;
} TABLES[KH_N_ENCODINGS] = {
    [KH_ENCODING_TCVN3] = ROWS (TCVN3),
    [KH_ENCODING_VPS] = ROWS (VPS),
    [KH_ENCODING_VISCII] = ROWS (VISCII),
    [KH_ENCODING_CP1258] = ROWS (CP1258),
};

const gunichar *
kh_encoding_letters (kh_encoding encoding)
{
    static gunichar letters[KH_N_ENCODINGS][256];
    static gsize once;
    if (g_once_init_enter (&once)) {
        for (int e = 0; e < KH_N_ENCODINGS; e++)
            for (gsize i = 0; i < TABLES[e].n_rows; i++) {
                const guint8 *byte = TABLES[e].rows[i].bytes;
                for (const char *p = TABLES[e].rows[i].letters; *p != '\0'; p = g_utf8_next_char (p))
                    letters[e][*byte++] = g_utf8_get_char (p);
            }
        g_once_init_leave (&once, 1);
    }
    return TABLES[encoding].n_rows > 0 ? letters[encoding] : NULL;
}

/* VNI Windows: the character behind a vowel says its shape and tone. */
static const kh_mark_sign VNI_MARKS[] = {
    { 0xF9, 0, TONE_ACUTE },
    { 0xF8, 0, TONE_GRAVE },
    { 0xFB, 0, TONE_HOOK },
    { 0xF5, 0, TONE_TILDE },
    { 0xEF, 0, TONE_DOT },
    { 0xE2, SHAPE_CIRCUMFLEX, 0 },
    { 0xE1, SHAPE_CIRCUMFLEX, TONE_ACUTE },
    { 0xE0, SHAPE_CIRCUMFLEX, TONE_GRAVE },
    { 0xE5, SHAPE_CIRCUMFLEX, TONE_HOOK },
    { 0xE3, SHAPE_CIRCUMFLEX, TONE_TILDE },
    { 0xE4, SHAPE_CIRCUMFLEX, TONE_DOT },
    { 0xEA, SHAPE_BREVE, 0 },
    { 0xE9, SHAPE_BREVE, TONE_ACUTE },
    { 0xE8, SHAPE_BREVE, TONE_GRAVE },
    { 0xFA, SHAPE_BREVE, TONE_HOOK },
    { 0xFC, SHAPE_BREVE, TONE_TILDE },
    { 0xEB, SHAPE_BREVE, TONE_DOT },
};

/* VNI's letters that are one character; capitals are the capitals of these. */
static const struct {
    gunichar sign, letter;
} VNI_LETTERS[] = {
    { 0xF4, 0x1A1 },  /* ô: ơ */
    { 0xF6, 0x1B0 },  /* ö: ư */
    { 0xF1, 0x111 },  /* ñ: đ */
    { 0xED, 0xED },   /* í */
    { 0xEC, 0xEC },   /* ì */
    { 0xE6, 0x1EC9 }, /* æ: ỉ */
    { 0xF3, 0x129 },  /* ó: ĩ */
    { 0xF2, 0x1ECB }, /* ò: ị */
    { 0xEE, 0x1EF5 }, /* î: ỵ */
};

/* VIQR (RFC 1456): signs behind the vowel, first the shape, then the tone. */
static const kh_mark_sign VIQR_MARKS[] = {
    { '^', SHAPE_CIRCUMFLEX, 0 }, { '(', SHAPE_BREVE, 0 }, { '+', SHAPE_HORN, 0 },
    { '*', SHAPE_HORN, 0 },       { '\'', 0, TONE_ACUTE }, { '`', 0, TONE_GRAVE },
    { '?', 0, TONE_HOOK },        { '~', 0, TONE_TILDE },  { '.', 0, TONE_DOT },
};

const kh_mark_sign *
kh_vni_mark (gunichar sign)
{
    gunichar small = g_unichar_tolower (sign);
    for (gsize i = 0; i < G_N_ELEMENTS (VNI_MARKS); i++)
        if (VNI_MARKS[i].sign == small)
            return &VNI_MARKS[i];
    return NULL;
}

const kh_mark_sign *
kh_viqr_mark (gunichar sign)
{
    for (gsize i = 0; i < G_N_ELEMENTS (VIQR_MARKS); i++)
        if (VIQR_MARKS[i].sign == sign)
            return &VIQR_MARKS[i];
    return NULL;
}

gunichar
kh_vni_sign (gunichar shape, gunichar tone)
{
    for (gsize i = 0; i < G_N_ELEMENTS (VNI_MARKS); i++)
        if (VNI_MARKS[i].shape == shape && VNI_MARKS[i].tone == tone)
            return VNI_MARKS[i].sign;
    return 0;
}

gunichar
kh_viqr_sign (gunichar mark)
{
    for (gsize i = 0; i < G_N_ELEMENTS (VIQR_MARKS); i++)
        if (VIQR_MARKS[i].shape + VIQR_MARKS[i].tone == mark)
            return VIQR_MARKS[i].sign;
    return 0;
}

/* One row read in either direction, a capital by its small form. */
static gunichar
vni_partner (gunichar c, gboolean from_sign)
{
    gunichar small = g_unichar_tolower (c);
    for (gsize i = 0; i < G_N_ELEMENTS (VNI_LETTERS); i++)
        if ((from_sign ? VNI_LETTERS[i].sign : VNI_LETTERS[i].letter) == small) {
            gunichar partner = from_sign ? VNI_LETTERS[i].letter : VNI_LETTERS[i].sign;
            return c == small ? partner : g_unichar_toupper (partner);
        }
    return 0;
}

gunichar
kh_vni_letter (gunichar sign)
{
    return vni_partner (sign, TRUE);
}

gunichar
kh_vni_letter_sign (gunichar letter)
{
    return vni_partner (letter, FALSE);
}

/* The characters of bytes 0x80-0x9F in CP1252; 0: none (read as the control character of that number). */
static const gunichar CP1252_HIGH[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

gunichar
kh_cp1252_char (guint8 byte)
{
    return byte >= 0x80 && byte < 0xA0 && CP1252_HIGH[byte - 0x80] != 0 ? CP1252_HIGH[byte - 0x80] : byte;
}

int
kh_cp1252_byte (gunichar c)
{
    if (c < 0x100)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (CP1252_HIGH[i] == c)
            return 0x80 + i;
    return -1;
}

void
kh_viet_decompose (gunichar c, gunichar *base, gunichar *shape, gunichar *tone)
{
    gunichar parts[4];
    gsize n = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
    *base = parts[0];
    *shape = *tone = 0;
    for (gsize i = 1; i < MIN (n, G_N_ELEMENTS (parts)); i++) {
        gboolean is_shape = parts[i] == SHAPE_CIRCUMFLEX || parts[i] == SHAPE_BREVE || parts[i] == SHAPE_HORN;
        *(is_shape ? shape : tone) = parts[i];
    }
}

/* Unicode composes a dot below first, the other tones last. */
gunichar
kh_viet_compose (gunichar letter, gunichar shape, gunichar tone)
{
    gunichar base, own_shape, own_tone, c;
    kh_viet_decompose (letter, &base, &own_shape, &own_tone);
    if (base == 0 || base >= 0x80 || strchr ("aeiouyAEIOUY", (int)base) == NULL || (shape != 0 && own_shape != 0) ||
        (tone != 0 && own_tone != 0))
        return 0;
    gunichar marks[] = { shape != 0 ? shape : own_shape, tone != 0 ? tone : own_tone };
    guint first = marks[1] == TONE_DOT && marks[0] != SHAPE_HORN ? 1 : 0;
    c = base;
    for (guint i = 0; i < 2; i++) {
        gunichar mark = marks[first ^ i];
        if (mark != 0 && !g_unichar_compose (c, mark, &c))
            return 0;
    }
    return c;
}
