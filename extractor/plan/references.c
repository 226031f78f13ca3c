/* references.c - how a citation is read.
 *
 *   1. Every document number, and every day behind a word of type (Luật … ngày 17/6/2010), is a place to look from.
 *   2. Backwards from a number: the nearest word of type, with nothing but "số", "liên tịch", a few words of its name between.
 *      Without one, the type says itself in the number (71/KH-STP -> Kế hoạch).
 *   3. Forwards: the day, if it comes before the next number and the clause's end; then the issuer: "của …" (or a body's name
 *      at once) up to the verb or mark that ends the name.
 *   4. The same number and date a second time is dropped.
 */
#include "plan/references.h"

#include <string.h>

#include "plan/dates.h"
#include "plan/pattern.h"
#include "plan/units.h"
#include "viet/viet.h"

static const struct {
    const char *folded, *name;
} types[] = {
    { "thong tu lien tich", "Thông tư liên tịch" }, { "chuong trinh hanh dong", "Chương trình hành động" },
    { "nghi quyet lien tich", "Nghị quyết liên tịch" }, { "van ban hop nhat", "Văn bản hợp nhất" },
    { "chuong trinh phoi hop", "Chương trình phối hợp" }, { "quy che phoi hop", "Quy chế phối hợp" },
    { "thong bao ket luan", "Thông báo kết luận" }, { "thong bao", "Thông báo" }, { "nghi quyet", "Nghị quyết" },
    { "nghi dinh", "Nghị định" }, { "quyet dinh", "Quyết định" }, { "ke hoach", "Kế hoạch" }, { "cong van", "Công văn" },
    { "chi thi", "Chỉ thị" }, { "thong tu", "Thông tư" }, { "chuong trinh", "Chương trình" }, { "van ban", "Văn bản" },
    { "ket luan", "Kết luận" }, { "huong dan", "Hướng dẫn" }, { "to trinh", "Tờ trình" }, { "bao cao", "Báo cáo" },
    { "cong dien", "Công điện" }, { "phap lenh", "Pháp lệnh" }, { "bo luat", "Bộ luật" }, { "luat", "Luật" }, { "lenh", "Lệnh" },
    { "sac lenh", "Sắc lệnh" }, { "hien phap", "Hiến pháp" }, { "quy dinh", "Quy định" }, { "quy che", "Quy chế" }, { "de an", "Đề án" },
    { "du an", "Dự án" }, { "phuong an", "Phương án" }, { "thong tri", "Thông tri" }, { "giay moi", "Giấy mời" },
    { "thoa thuan", "Thỏa thuận" }, { "hop dong", "Hợp đồng" }, { "bien ban", "Biên bản" }, { "dieu le", "Điều lệ" },
};

/* The type a number names in itself (Nghị định 30/2020, annex III). */
static const struct {
    const char *code, *name;
} codes[] = {
    { "NQ", "Nghị quyết" }, { "QĐ", "Quyết định" }, { "NĐ", "Nghị định" }, { "TTLT", "Thông tư liên tịch" }, { "TT", "Thông tư" }, { "CT", "Chỉ thị" },
    { "KH", "Kế hoạch" }, { "TB", "Thông báo" }, { "CTr", "Chương trình" }, { "CTR", "Chương trình" }, { "HD", "Hướng dẫn" }, { "BC", "Báo cáo" }, { "TTr", "Tờ trình" },
    { "KL", "Kết luận" }, { "PA", "Phương án" }, { "ĐA", "Đề án" }, { "CĐ", "Công điện" },
};

static GRegex *
number_pattern (void)
{
    /* 3504/QĐ-UBND, 71/2022/TT-BTC, 12CTr/TU, 17-NQ/TU, 43/2013/QH13, 43/2013/QH 13, 894/VP-KTTH, 48-KH/TU */
    static GRegex *slot;
    return kh_pattern ("(?:(?<![a-z0-9/.,-])|(?<=so))\\d{1,5}[a-z]? ?(?:"
                       "(?:/ ?(?:19|20)\\d\\d ?)?/ ?[a-z]{1,8}(?:[0-9]{1,2})?(?: ?[-&.] ?[a-z0-9]{1,12}| \\d\\d(?= ngay))*(?:/[a-z]{1,10})?"
                       "|[- ]? ?[a-z]{2,5} ?/ ?[a-z]{1,8}(?:[-.][a-z]{1,10})*"
                       "|/(?:19|20)\\d\\d(?= ngay)"
                       ")(?![a-z0-9])", &slot);
}

/* A number has at least one capital letter in the original, no small word in it ("10/ ngay"). */
static gboolean
looks_like_number (const kh_fold *fold, gsize start, gsize end)
{
    gsize from = fold->at[start], to = kh_fold_end (fold, end);
    int capitals = 0, letters = 0;
    for (const char *p = fold->original + from; p < fold->original + to; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        capitals += g_unichar_isupper (c) != 0;
        letters += g_unichar_isalpha (c) != 0;
    }
    return letters == 0 || capitals > 0;
}

gboolean
kh_document_number_find (const kh_fold *fold, gsize from, gsize *start, gsize *end)
{
    g_autoptr (GMatchInfo) info = NULL;
    if (from > fold->length || !g_regex_match_full (number_pattern (), fold->str, fold->length, from, 0, &info, NULL))
        return FALSE;
    do {
        int s, e;
        g_match_info_fetch_pos (info, 0, &s, &e);
        if (looks_like_number (fold, s, e)) {
            *start = s;
            *end = e;
            return TRUE;
        }
    } while (g_match_info_next (info, NULL));
    return FALSE;
}

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

/* --- the parts of one citation -------------------------------------------------------------- */

/* The nearest type before `at`, not before `floor`: where it begins, -1 none. A longer type that holds it wins. */
static gssize
type_before (const kh_fold *fold, gsize floor, gsize at, gsize *length, const char **name)
{
    for (gsize i = at; i-- > floor;) {
        const char *found = kh_document_type_at (fold, i, length);
        if (found == NULL || i + *length > at)
            continue;
        *name = found;
        for (gsize k = i; k-- > floor && i - k < 24;) { /* "Thông tư liên tịch" is found from its front */
            gsize longer;
            const char *whole = kh_document_type_at (fold, k, &longer);
            if (whole != NULL && k + longer >= i + *length) {
                *name = whole;
                *length = longer;
                i = k;
                break;
            }
        }
        return i;
    }
    return -1;
}

/* Between type and number there may stand "số", "liên tịch", a name of few words (Luật đấu thầu số 43/2013/QH13). */
static gboolean
may_stand_between (const kh_fold *fold, gsize from, gsize to, gboolean law)
{
    int words = 0;
    for (gsize i = from; i < to; i++) {
        if (strchr (";.:(", fold->str[i]) != NULL && !(fold->str[i] == '.' || fold->str[i] == ':'))
            return FALSE;
        if (fold->str[i] == ' ')
            words++;
    }
    return words <= (law ? 30 : 7);
}

/* "văn bản số", "Căn cứ Thông số 11/2016/TT-BYT": the number itself tells the type. */
static const char *
type_of_code (const kh_text *number)
{
    const char *p = number->str;
    while (*p) {
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
    return "Công văn"; /* no type in the number: that is how letters are numbered */
}

/* Words at which a body's name in a citation ends. */
static gboolean
ends_issuer (const char *rest)
{
    static const char *const stops[] = {
        "ban hanh", "ve", "phe duyet", "quy dinh", "huong dan", "thuc hien", "trien khai", "sua doi", "cong bo", "giao", "yeu cau", "v/v", "vv", "cai cach", "tai",
        "nham", "kem theo", "ket luan", "thong nhat", "quyet dinh", "tang cuong", "de nghi", "phan", "bai bo", "day manh", "chi dao", "lay y kien", "thong qua", "doi voi",
        "xay dung", "duyet", "khoa", "nhiem ky", "lan thu", "dinh chinh", "nam", "giai doan", "kiem", "phoi hop", "bo sung", "ap dung", "trong", "mot so", "duy tri", "den nam",
    };
    for (guint i = 0; i < G_N_ELEMENTS (stops); i++) {
        gsize n = strlen (stops[i]);
        if (strncmp (rest, stops[i], n) == 0 && !is_word_byte (rest[n]))
            return TRUE;
    }
    return FALSE;
}

/* "của Chính phủ Quy định chi tiết …": the title of the paper, although its verb has a capital. */
static gboolean
begins_title (const kh_fold *fold, gsize at, gsize next)
{
    g_autofree char *rest = g_strndup (fold->str + at, MIN (fold->length - at, 24));
    return next < fold->length && g_unichar_islower (g_utf8_get_char (fold->original + fold->at[next])) &&
           KH_FITS (rest, "^(?:quy dinh|ket luan|phe duyet|ban hanh|sua doi|cong bo|quyet dinh|ve viec)\\b");
}

/* The issuer that begins at folded byte `at` (behind "của"): its end. */
static gsize
issuer_end (const kh_fold *fold, gsize at, gsize limit)
{
    gsize end = at, good = at;
    int words = 0;
    while (end < limit && words < 18) {
        gsize stop = end;
        while (stop < limit && fold->str[stop] != ' ')
            stop++;
        const char *original = fold->original + fold->at[end];
        gboolean small = !g_unichar_isupper (g_utf8_get_char (original)) && !g_ascii_isdigit (*original);
        if (words > 0 && (small ? ends_issuer (fold->str + end) : begins_title (fold, end, stop + 1)))
            break;
        char last = fold->str[stop - 1];
        if (strchr (";.:()\"", fold->str[end]) != NULL)
            break;
        if (strchr (";.:,)\"", last) != NULL) {
            good = stop - 1;
            if (last != ',')
                return good;
            /* a comma goes on only inside a name: Sở Văn hóa, Thể thao và Du lịch; a second body begins anew */
            const char *behind = stop + 1 < limit ? fold->original + fold->at[stop + 1] : "";
            g_autofree char *name = g_strndup (fold->original + fold->at[at], fold->at[stop - 1] - fold->at[at]);
            g_autofree char *folded = kh_viet_fold (name);
            gboolean culture = g_str_has_suffix (folded, "van hoa") || g_str_has_suffix (folded, "giao duc");
            if (!culture || !g_unichar_isupper (g_utf8_get_char (behind)) || kh_unit_head (behind) > 0)
                return good;
        } else if (strncmp (fold->str + end, "va ", 3) != 0 && strncmp (fold->str + end, "-", 1) != 0) {
            good = stop;
        }
        words++;
        end = stop + 1;
    }
    return good;
}

/* The issuer behind folded byte `at`: "của X" or a body's name at once. */
static gboolean
find_issuer (const kh_fold *fold, gsize at, gsize limit, gsize *start, gsize *end)
{
    gsize i = at;
    while (i < limit && strchr (" ,", fold->str[i]) != NULL)
        i++;
    if (i < limit && fold->str[i] == '(') /* (sửa đổi, bổ sung …) */
        return FALSE;
    if (strncmp (fold->str + i, "cua ", 4) == 0)
        i += 4;
    else if (i >= limit || kh_unit_head (fold->original + fold->at[i]) == 0 || kh_document_type_at (fold, i, NULL) != NULL)
        return FALSE;
    *start = i;
    *end = issuer_end (fold, i, limit);
    return *end > *start;
}

/* Where the next citation begins behind `at`: its type word, or its number. */
static gsize
clause_end (const kh_fold *fold, gsize at)
{
    gsize start, end = fold->length, number_end;
    if (kh_document_number_find (fold, at, &start, &number_end)) {
        gsize length;
        const char *name;
        gssize type = type_before (fold, at, start, &length, &name);
        end = type >= 0 && may_stand_between (fold, type + length, start, FALSE) ? (gsize) type : start;
    }
    for (gsize i = at; i < end; i++)
        if (fold->str[i] == ';')
            return i;
    return end;
}

static kh_value
cut (kh_pool *pool, const kh_text *text, const kh_fold *fold, gsize start, gsize end)
{
    kh_text part = kh_text_slice (pool, text, fold->at[start], kh_fold_end (fold, end));
    return kh_value_of (pool, &part);
}

/* A scan lost the first digits of the second mention: 8/KH-UBND for 218/KH-UBND, of the same day. */
static gboolean
is_cut_number (const kh_reference *one, const kh_reference *other)
{
    if (one->number.text == NULL || other->number.text == NULL || one->date.text == NULL || one->number.seen.confidence > 0.9999)
        return FALSE;
    return g_str_has_suffix (one->number.text, other->number.text) || g_str_has_suffix (other->number.text, one->number.text);
}

/* If it was the first mention that lost its digits, it takes the second's. */
static void
complete_cut_number (GPtrArray *list, const kh_reference *one)
{
    for (guint i = 0; i < list->len; i++) {
        kh_reference *other = g_ptr_array_index (list, i);
        if (g_strcmp0 (one->type.text, other->type.text) == 0 && g_strcmp0 (one->date.text, other->date.text) == 0 && is_cut_number (one, other) &&
            strlen (one->number.text) > strlen (other->number.text))
            other->number = one->number;
    }
}

static gboolean
is_known (const GPtrArray *list, const kh_reference *one)
{
    for (guint i = 0; i < list->len; i++) {
        const kh_reference *other = g_ptr_array_index (list, i);
        if (g_strcmp0 (one->type.text, other->type.text) == 0 && g_strcmp0 (one->date.text, other->date.text) == 0 && is_cut_number (one, other))
            return TRUE;
        if (g_strcmp0 (one->number.text, other->number.text) == 0 && g_strcmp0 (one->type.text, other->type.text) == 0 &&
            (g_strcmp0 (one->date.text, other->date.text) == 0 || one->number.text != NULL))
            return TRUE;
    }
    return FALSE;
}

/* The day behind `at`, before anything but "ngày", "ký", "," and the like. */
static gboolean
find_day (const kh_fold *fold, gsize at, gsize limit, gsize *start, gsize *end, kh_date *date)
{
    if (!kh_day_find (fold, at, start, end, date) || *start >= limit)
        return FALSE;
    int words = 0;
    for (gsize i = at; i < *start; i++)
        words += fold->str[i] == ' ';
    return words <= 3;
}

/* "theo đề nghị của Sở Nội vụ tại Tờ trình số …": the issuer stands before its paper. */
static gboolean
find_issuer_before (const kh_fold *fold, gsize floor, gsize type, gsize *start, gsize *end)
{
    if (type < floor + 8 || strncmp (fold->str + type - 5, " tai ", 5) != 0)
        return FALSE;
    for (gsize i = type - 5; i-- > floor;)
        if (strncmp (fold->str + i, " cua ", 5) == 0) {
            *start = i + 5;
            *end = issuer_end (fold, *start, type - 5);
            return *end == type - 5;
        }
    return FALSE;
}

/* Between two numbers nothing but a comma, "và", "số": the second is of the first's type. */
static gboolean
is_listing (const kh_fold *fold, gsize from, gsize to)
{
    g_autofree char *between = g_strndup (fold->str + from, to - from);
    return KH_FITS (between, "^[ ,;]*(?:va )?(?:cac )?(?:so)? *$");
}

static void
finish (kh_pool *pool, const kh_text *text, const kh_fold *fold, kh_reference *one, gsize floor, gssize type, gsize at, gsize limit)
{
    gsize start, end;
    if (find_issuer (fold, at, limit, &start, &end) || (type >= 0 && find_issuer_before (fold, floor, type, &start, &end)))
        one->issuer = cut (pool, text, fold, start, end);
}

/* A law, or another document without a number, that is named by its day. */
static kh_reference *
by_date (kh_pool *pool, const kh_text *text, const kh_fold *fold, gsize from, gsize to)
{
    for (gsize i = from; i < to; i++) {
        gsize length, start, end;
        kh_date date;
        const char *name = kh_document_type_at (fold, i, &length);
        if (name == NULL || !g_unichar_isupper (g_utf8_get_char (fold->original + fold->at[i])))
            continue;
        gboolean law = strstr (name, "uật") != NULL;
        if (!kh_day_find (fold, i + length, &start, &end, &date) || end > to || !may_stand_between (fold, i + length, start, law))
            continue;
        gsize inner;
        const char *other;
        gssize nearer = type_before (fold, i + length, start, &inner, &other);
        if (nearer >= 0 && !law)
            continue; /* the nearer type owns the day */
        if (memchr (fold->str + i, ';', start - i) != NULL)
            continue;
        kh_reference *one = kh_pool_new0 (pool, kh_reference, 1);
        kh_text words = kh_text_slice (pool, text, fold->at[i], kh_fold_end (fold, i + length));
        one->type = kh_value_derived (pool, name, &words);
        words = kh_text_slice (pool, text, fold->at[start], kh_fold_end (fold, end));
        one->date = kh_value_derived (pool, kh_date_iso (pool, date), &words);
        finish (pool, text, fold, one, from, i, end, to);
        return one;
    }
    return NULL;
}

/* "66/2018/QĐ- UBND" -> "66/2018/QĐ-UBND". */
static const char *
closed (kh_pool *pool, const char *number)
{
    char *out = kh_pool_strdup (pool, number), *to = out;
    for (const char *p = number; *p; p++)
        if (*p != ' ' || (p[1] != '-' && p[1] != '/' && p[1] != ' ' && to > out && to[-1] != '-' && to[-1] != '/'))
            *to++ = *p;
    *to = '\0';
    return out;
}

/* Codes of bodies in numbers, for their Đ and g. */
static const char *const bodies[] = { "TTg", "UBND", "HĐND", "CP", "TU", "TW", "QH", "UBTVQH", "BGDĐT", "BLĐTBXH", "BKHĐT", "SLĐTBXH", "SGDĐT", "SKHĐT", "BCĐ" };

/* One letter of the code [from, to) of `number` read wrong: put right. The digits are never touched. */
static const char *
with_code (kh_pool *pool, const char *number, gsize from, gsize to, const char *code)
{
    return kh_pool_printf (pool, "%.*s%s%s", (int) from, number, code, number + to);
}

/* The type is spelled out before the number ("Nghị quyết số 76/NÑQ-CP"), so its code is known: NQ; bodies' codes by a short list. */
static const char *
healed_code (kh_pool *pool, const char *number, const char *type)
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
        const char *right = NULL;
        if (first && expected != NULL) {
            g_autofree char *upper = g_utf8_strup (expected, -1), *own = g_utf8_strup (code, -1);
            g_autofree char *a = kh_viet_fold (upper), *b = kh_viet_fold (own);
            if (strcmp (upper, own) != 0 && kh_fold_distance (a, b, 1) <= 1)
                right = expected;
        }
        for (guint i = 0; !first && right == NULL && i < G_N_ELEMENTS (bodies); i++) {
            g_autofree char *a = kh_viet_fold (bodies[i]), *b = kh_viet_fold (code);
            if (strcmp (code, bodies[i]) != 0 && (strcmp (a, b) == 0 || (i < 3 && strlen (a) == strlen (b) && kh_fold_distance (a, b, 1) <= 1)))
                right = bodies[i];
        }
        first = FALSE;
        if (right != NULL) {
            number = with_code (pool, number, at, end, right);
            end = at + strlen (right);
        }
        at = end;
    }
    return number;
}

GPtrArray *
kh_references_of (kh_pool *pool, const kh_text *text)
{
    GPtrArray *list = kh_pool_list (pool);
    kh_fold *fold = kh_fold_new (pool, text->str);
    gsize from = 0, start, end;
    const char *last_type = NULL;

    while (kh_document_number_find (fold, from, &start, &end)) {
        gsize length = 0;
        const char *name = NULL;
        gssize type = type_before (fold, from, start, &length, &name);
        if (type >= 0 && !may_stand_between (fold, type + length, start, strstr (name, "uật") != NULL))
            type = -1;
        gsize before = type >= 0 ? (gsize) type : start;
        kh_reference *dated;
        for (gsize at = from; (dated = by_date (pool, text, fold, at, before)) != NULL; at = before)
            if (!is_known (list, dated))
                g_ptr_array_add (list, dated);

        kh_reference *one = kh_pool_new0 (pool, kh_reference, 1);
        kh_text words = kh_text_slice (pool, text, fold->at[start], kh_fold_end (fold, end));
        one->number = kh_value_derived (pool, closed (pool, words.str), &words);
        if (type >= 0 && kh_text_confidence (&words) < 0.9999)
            one->number.text = healed_code (pool, one->number.text, name);
        if (type >= 0) {
            kh_text type_words = kh_text_slice (pool, text, fold->at[type], kh_fold_end (fold, type + length));
            one->type = kh_value_derived (pool, name, &type_words);
        } else {
            gboolean listed = last_type != NULL && is_listing (fold, from, start);
            one->type = kh_value_doubt (kh_value_derived (pool, listed ? last_type : type_of_code (&words), &words), 0.8);
        }
        last_type = one->type.text;
        gsize limit = clause_end (fold, end), day_start, day_end = end;
        kh_date date;
        if (find_day (fold, end, limit, &day_start, &day_end, &date)) {
            kh_text day = kh_text_slice (pool, text, fold->at[day_start], kh_fold_end (fold, day_end));
            one->date = kh_value_derived (pool, kh_date_iso (pool, date), &day);
            end = day_end;
        }
        finish (pool, text, fold, one, from, type, end, limit);
        complete_cut_number (list, one);
        if (!is_known (list, one))
            g_ptr_array_add (list, one);
        from = end;
    }
    kh_reference *dated;
    while ((dated = by_date (pool, text, fold, from, fold->length)) != NULL) {
        if (!is_known (list, dated))
            g_ptr_array_add (list, dated);
        gsize day_start, day_end;
        kh_date date;
        if (!kh_day_find (fold, from, &day_start, &day_end, &date))
            break;
        from = day_end;
    }
    return list;
}
