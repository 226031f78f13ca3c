#include "plan/document_types.h"

#include <string.h>

#include "viet/viet.h"

static const struct {
    const char *folded, *name;
} types[] = {
    { "thong tu lien tich", "Thông tư liên tịch" }, { "chuong trinh hanh dong", "Chương trình hành động" },
    { "nghi quyet lien tich", "Nghị quyết liên tịch" }, { "van ban hop nhat", "Văn bản hợp nhất" },
    { "chuong trinh phoi hop", "Chương trình phối hợp" }, { "quy che phoi hop", "Quy chế phối hợp" }, { "ke hoach lien tich", "Kế hoạch liên tịch" },
    { "thong bao ket luan", "Thông báo kết luận" }, { "thong bao", "Thông báo" }, { "nghi quyet", "Nghị quyết" },
    { "nghi dinh", "Nghị định" }, { "quyet dinh", "Quyết định" }, { "ke hoach", "Kế hoạch" }, { "cong van", "Công văn" },
    { "chi thi", "Chỉ thị" }, { "thong tu", "Thông tư" }, { "chuong trinh", "Chương trình" }, { "van ban", "Văn bản" },
    { "ket luan", "Kết luận" }, { "huong dan", "Hướng dẫn" }, { "to trinh", "Tờ trình" }, { "bao cao", "Báo cáo" },
    { "cong dien", "Công điện" }, { "phap lenh", "Pháp lệnh" }, { "bo luat", "Bộ luật" }, { "luat", "Luật" }, { "lenh", "Lệnh" },
    { "sac lenh", "Sắc lệnh" }, { "hien phap", "Hiến pháp" }, { "quy dinh", "Quy định" }, { "quy che", "Quy chế" }, { "de an", "Đề án" },
    { "du an", "Dự án" }, { "phuong an", "Phương án" }, { "thong tri", "Thông tri" }, { "giay moi", "Giấy mời" }, { "giay phep", "Giấy phép" },
    { "thoa thuan", "Thỏa thuận" }, { "hop dong", "Hợp đồng" }, { "bien ban", "Biên bản" }, { "dieu le", "Điều lệ" }, { "thong cao", "Thông cáo" },
};

/* The type a number names in itself. */
static const struct {
    const char *code, *name;
} codes[] = {
    { "NQ", "Nghị quyết" }, { "QĐ", "Quyết định" }, { "NĐ", "Nghị định" }, { "TTLT", "Thông tư liên tịch" }, { "NQLT", "Nghị quyết liên tịch" },
    { "TT", "Thông tư" }, { "CT", "Chỉ thị" }, { "KH", "Kế hoạch" }, { "TB", "Thông báo" }, { "TBKL", "Thông báo kết luận" }, { "CTr", "Chương trình" },
    { "CTR", "Chương trình" }, { "Ctr", "Chương trình" }, { "CTPH", "Chương trình phối hợp" }, { "HD", "Hướng dẫn" }, { "BC", "Báo cáo" },
    { "TTr", "Tờ trình" }, { "KL", "Kết luận" }, { "PA", "Phương án" }, { "ĐA", "Đề án" }, { "DA", "Dự án" }, { "CĐ", "Công điện" }, { "CV", "Công văn" },
    { "QC", "Quy chế" }, { "QCPH", "Quy chế phối hợp" }, { "QyĐ", "Quy định" }, { "QĐi", "Quy định" }, { "BB", "Biên bản" }, { "VBHN", "Văn bản hợp nhất" },
    { "GM", "Giấy mời" }, { "GP", "Giấy phép" }, { "HĐ", "Hợp đồng" }, { "PL", "Pháp lệnh" }, { "L", "Lệnh" },
};

/* Codes of bodies in numbers, for their Đ and g. */
static const char *const bodies[] = { "TTg", "UBND", "HĐND", "CP", "TU", "TW", "QH", "UBTVQH", "BGDĐT", "BLĐTBXH", "BKHĐT", "SLĐTBXH", "SGDĐT", "SKHĐT", "BCĐ" };
#define N_COMMON_BODIES 3 /* so common that a wrong letter in them is told */

static gboolean
is_word_byte (char c)
{
    return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

const char *
kh_document_type_at (const kh_fold *fold, gsize at, gsize *length)
{
    if (at > 0 && is_word_byte (fold->str[at - 1]))
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
        gsize n = strlen (types[i].folded);
        if (strncmp (fold->str + at, types[i].folded, n) == 0 && !is_word_byte (fold->str[at + n])) {
            if (length != NULL)
                *length = n;
            return types[i].name;
        }
    }
    return NULL;
}

gboolean
kh_document_type_is_law (const char *name)
{
    static const char *const laws[] = { "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp" };
    for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
        if (strcmp (name, laws[i]) == 0)
            return TRUE;
    return FALSE;
}

const char *
kh_document_type_of_number (const char *number)
{
    for (const char *p = number; *p != '\0';) {
        const char *start = p;
        while (*p && g_unichar_isalpha (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
        gsize n = p - start;
        for (guint i = 0; n > 0 && i < G_N_ELEMENTS (codes); i++)
            if (strlen (codes[i].code) == n && strncmp (codes[i].code, start, n) == 0)
                return codes[i].name;
        if (*p)
            p = g_utf8_next_char (p);
    }
    return NULL;
}

/* The code `code` of a number was meant for `right`: same letters but for one, other case or other marks. */
static gboolean
is_misread (const char *code, const char *right, gboolean may_differ)
{
    g_autofree char *a = kh_viet_fold (right), *b = kh_viet_fold (code);
    if (strcmp (code, right) == 0)
        return FALSE;
    return strcmp (a, b) == 0 || (may_differ && kh_fold_distance (a, b, 1) <= 1);
}

/* The right spelling of a code, NULL when it is right or not known. `expected`: the code of the type spelled out before the number. */
static const char *
right_code (const char *code, gboolean first, const char *expected)
{
    if (first) {
        g_autofree char *wanted = expected != NULL ? g_utf8_strup (expected, -1) : NULL, *own = g_utf8_strup (code, -1);
        return wanted != NULL && strcmp (wanted, own) != 0 && is_misread (own, wanted, TRUE) ? expected : NULL;
    }
    for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
        gboolean same_length = g_utf8_strlen (bodies[i], -1) == g_utf8_strlen (code, -1);
        if (is_misread (code, bodies[i], i < N_COMMON_BODIES && same_length))
            return bodies[i];
    }
    return NULL;
}

const char *
kh_document_number_healed (kh_pool *pool, const char *number, const char *type)
{
    const char *expected = NULL;
    for (guint i = 0; i < G_N_ELEMENTS (codes) && expected == NULL; i++)
        if (strcmp (codes[i].name, type) == 0)
            expected = codes[i].code;
    gboolean first = TRUE;
    for (gsize at = 0; number[at] != '\0';) {
        gsize end = at;
        while (number[end] && g_unichar_isalpha (g_utf8_get_char (number + end)))
            end += g_utf8_next_char (number + end) - (number + end);
        if (end == at) {
            at += g_utf8_next_char (number + at) - (number + at);
            continue;
        }
        g_autofree char *code = g_strndup (number + at, end - at);
        const char *right = right_code (code, first, expected);
        first = FALSE;
        if (right != NULL) {
            number = kh_pool_printf (pool, "%.*s%s%s", (int) at, number, right, number + end);
            end = at + strlen (right);
        }
        at = end;
    }
    return number;
}
