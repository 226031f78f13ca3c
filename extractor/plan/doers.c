#include "plan/doers.h"

#include "plan/units.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

/* All words below are folded. The text is read word by word; a place is an index into fold->str at a word's beginning. */

/* What can follow a name, because it begins what is said of it. */
static const char *const PREDICATES[] = {
    "co trach nhiem", "chiu trach nhiem", "chu tri", "phoi hop", "chu dong", "tham muu", "ngoai viec", "kip thoi", "nghiem tuc", "khan truong",
    "tiep tuc", "to chuc", "trien khai", "quan triet", "phan anh", "bao cao", "de xuat", "kien nghi", "truc tiep", "thuong xuyen", "dinh ky",
    "tien hanh", "trung tap", "xu ly", "don doc", "bao dam", "dam bao", "huong dan", "xay dung", "theo doi", "kiem tra", "thuc hien", "cu the hoa",
    "can cu", "tong hop", "bo tri", "cung cap", "cong bo", "ban hanh", "tuyen truyen", "dang tai", "cap nhat", "ra soat", "chi dao", "phan cong",
    "tang cuong", "day manh", "can doi", "tham dinh", "bien soan", "tham gia", "ho tro", "dang ky", "quan ly", "hoan thanh", "nang cao", "lien he",
    "tap trung", "phat huy", "giam sat", "thong bao", "tap huan", "van dong", "theo chuc nang", "theo nhiem vu", "theo linh vuc", "trong pham vi",
    "tren co so", "co ke hoach", "chuan bi", "khao sat", "tiep nhan", "giai quyet", "ke khai", "phat dong", "long ghep", "dau tu", "phan bo",
    "dieu hanh", "phu trach", "thanh tra", "danh gia", "thanh lap", "kien toan", "xac dinh", "nghien cuu", "cong khai", "de nghi", "dieu tra",
    "thong ke", "bao quan", "luu tru",
};
/* Single words are too alike without their marks ("đã", "đa khoa"): as printed, small. */
static const char *const PLAIN_PREDICATES[] = { "là", "làm", "cần", "phải", "sẽ", "đã", "bám", "cử", "gửi", "lập", "trình", "tự", "mở", "đưa", "giúp", "ngoài", "bằng" };
/* Not behind these: "công lập", "chương trình". */
static const char *const NOUN_PARTS[] = { "công", "thành", "chương", "quy", "tờ", "độc", "đối" };
/* Those of them that names are made of, too: "Tổ kiểm tra", "Phòng Xây dựng, kiểm tra văn bản và theo dõi thi hành pháp luật". */
static const char *const NAME_VERBS[] = {
    "kiem tra", "theo doi", "thanh tra", "xay dung", "quan ly", "to chuc", "tong hop", "tham dinh", "dau tu", "giam sat", "danh gia", "ho tro",
    "dieu tra", "thong ke", "luu tru", "tiep nhan", "giai quyet", "dieu hanh", "chi dao", "tuyen truyen", "huong dan", "bao quan", "khao sat", "thuc hien",
};
/* Such a verb right behind one of these, or a comma, belongs to the name. */
static const char *const BINDERS[] = { "cac", "va", "cua", "thuoc", "cong tac", "viec", "ve", "to", "doi", "ban", "doan", "phong", "nhiem vu" };
/* What looks like a unit's head but is none in prose (kh_unit_head() knows what is none anywhere). */
static const char *const NO_HEADS[] = {
    "to chuc", "cac noi dung", "cac nhiem vu", "cac hoat dong", "cac van ban", "cac chi tieu", "cac giai phap", "cac muc tieu", "cac quy dinh", "moi", "nhung",
};
/* Words of assigning before a name. */
static const char *const ASSIGNING[] = { "giao nhiem vu cho", "giao trach nhiem cho", "giao cho", "giao", "phan cong cho", "phan cong", "de nghi", "moi",
                                         "yeu cau" };
/* Openings of clauses that stand before the subject. */
static const char *const OPENINGS[] = { "tren co so", "can cu", "trong qua trinh", "de", "nham", "dinh ky", "hang nam", "hang quy", "hang thang",
                                        "khi", "neu", "tu", "sau khi", "truoc", "ngoai", "theo", "cung voi", "dong thoi", "trong" };
/* Nouns behind a small "các" that make it a group of units. */
static const char *const MEMBERS[] = { "phong", "don vi", "so", "co quan", "ban", "nganh", "dia phuong", "trung tam", "huyen", "thanh vien", "doan the",
                                       "to chuc", "benh vien", "truong", "xa", "co so", "hoi" };

/* Persons, where they are told to do something: "đồng chí Lê Văn A, Phó Giám đốc". */
static const char *const PERSONS[] = { "dong chi", "cac dong chi", "ong", "ba", "cac ong", "cac ba" };

#define MAX_NAME_WORDS 30

static gboolean
is_word_at (const kh_fold *fold, gsize at, const char *word)
{
    gsize length = strlen (word);
    return strncmp (fold->str + at, word, length) == 0 && !g_ascii_isalnum (fold->str[at + length]);
}

static const char *
any_at (const kh_fold *fold, gsize at, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (is_word_at (fold, at, words[i]))
            return words[i];
    return NULL;
}
#define ANY_AT(fold, at, list) any_at (fold, at, list, G_N_ELEMENTS (list))

/* Is the verb at `at` a part of the name before it? */
static gboolean
is_bound (const kh_fold *fold, gsize at)
{
    if (at < 2 || ANY_AT (fold, at, NAME_VERBS) == NULL)
        return FALSE;
    gsize end = at - 1; /* the space */
    if (strchr (",.", fold->str[end - 1]) != NULL)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS (BINDERS); i++) {
        gsize length = strlen (BINDERS[i]);
        if (end >= length && strncmp (fold->str + end - length, BINDERS[i], length) == 0 && (end == length || fold->str[end - length - 1] == ' '))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_printed_word (const char *at, const char *const *words, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        gsize length = strlen (words[i]);
        if (strncmp (at, words[i], length) == 0 && (at[length] == ' ' || at[length] == ',' || at[length] == '\0'))
            return TRUE;
    }
    return FALSE;
}

/* Does what is said of a name begin at `at`? */
static gboolean
is_predicate (const kh_fold *fold, gsize at)
{
    if (ANY_AT (fold, at, PREDICATES) != NULL)
        return !is_bound (fold, at);
    const char *word = fold->original + fold->at[at];
    if (!is_printed_word (word, PLAIN_PREDICATES, G_N_ELEMENTS (PLAIN_PREDICATES)))
        return FALSE;
    gsize before = at > 1 ? at - 1 : 0;
    while (before > 0 && fold->str[before - 1] != ' ')
        before--;
    return !is_printed_word (fold->original + fold->at[before], NOUN_PARTS, G_N_ELEMENTS (NOUN_PARTS));
}

static gboolean is_capital_at (const kh_fold *fold, gsize at);

/* Does a sentence end at `at`? A stop before a small letter is a misread comma. */
static gboolean
is_stop_at (const kh_fold *fold, gsize at)
{
    if (fold->str[at] != '.' || (fold->str[at + 1] != ' ' && fold->str[at + 1] != '\0'))
        return FALSE;
    return fold->str[at + 1] == '\0' || is_capital_at (fold, at + 2);
}

static gboolean
is_capital_at (const kh_fold *fold, gsize at)
{
    return g_unichar_isupper (g_utf8_get_char (fold->original + fold->at[at]));
}

/* Does a person's name in so many words begin at `at`: "đồng chí" and a name in capitals? */
static gboolean
is_person_at (const kh_fold *fold, gsize at)
{
    const char *word = ANY_AT (fold, at, PERSONS);
    gsize name = word != NULL ? at + strlen (word) + 1 : fold->length;
    return name < fold->length && (is_capital_at (fold, name) || g_str_has_prefix (word, "cac "));
}

/* Does a unit's name begin at `at`? A small first letter will do where `small` says so. */
static gboolean
is_head_at (const kh_fold *fold, gsize at, gboolean small)
{
    if (ANY_AT (fold, at, NO_HEADS) != NULL)
        return FALSE;
    const char *text = fold->original + fold->at[at];
    if ((small || is_capital_at (fold, at)) && is_person_at (fold, at))
        return TRUE;
    if (is_capital_at (fold, at))
        return kh_unit_head (text) > 0;
    if (!small)
        return FALSE;
    if (is_word_at (fold, at, "cac"))
        return any_at (fold, at + strlen ("cac "), MEMBERS, G_N_ELEMENTS (MEMBERS)) != NULL;
    g_autofree char *first = g_utf8_strup (text, g_utf8_next_char (text) - text);
    g_autofree char *raised = g_strconcat (first, g_utf8_next_char (text), NULL);
    return kh_unit_head (raised) > 0;
}

/* "Cơ quan chủ trì …": a word for any body is no name. */
static gboolean
is_generic (const char *text, gsize start, gsize end)
{
    static const char *const WORDS[] = { "cơ quan", "đơn vị", "cán bộ", "tổ chức", "cá nhân", "người", "doanh nghiệp", "bộ phận" };
    g_autofree char *name = g_strndup (text + start, end - start);
    g_autofree char *small = g_utf8_strdown (name, -1);
    for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
        if (strcmp (small, WORDS[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The name that begins at `at`: where it ends and where the predicate begins. FALSE when no predicate or colon follows. */
static gboolean
name_at (const kh_fold *fold, gsize at, kh_doer *doer)
{
    guint words = 0;
    int depth = 0;
    gboolean person = is_person_at (fold, at); /* whose office binds no verb: "Phó Chánh Văn phòng theo dõi" */
    for (gsize i = at; i < fold->length && words < MAX_NAME_WORDS; i++) {
        char c = fold->str[i];
        depth += (c == '(') - (c == ')');
        if (depth == 0 && (c == ':' || c == ';' || is_stop_at (fold, i))) {
            *doer = (kh_doer){ .start = fold->at[at], .end = kh_fold_end (fold, i), .predicate = kh_fold_end (fold, i) + 1 };
            doer->before_colon = c == ':';
            return c == ':' && words > 0;
        }
        gboolean begins = i > at && fold->str[i - 1] == ' ';
        if (i == at || !begins)
            continue;
        words++;
        if (depth == 0 && !is_capital_at (fold, i) && (is_predicate (fold, i) || (person && ANY_AT (fold, i, PREDICATES) != NULL))) {
            gsize end = i - 1;
            while (end > at && strchr (" ,", fold->str[end - 1]) != NULL)
                end--;
            if (end > at + strlen (" duoc") && strncmp (fold->str + end - strlen (" duoc"), " duoc", strlen (" duoc")) == 0)
                end -= strlen (" duoc"); /* "các xã được | giao" */
            *doer = (kh_doer){ .start = fold->at[at], .end = kh_fold_end (fold, end), .predicate = fold->at[i] };
            return TRUE;
        }
    }
    return FALSE;
}

/* "UBND tỉnh giao Y …", "Sở yêu cầu Y …": the doer is Y. */
static gboolean
doer_behind_giver (const kh_fold *fold, gsize at, kh_doer *doer)
{
    static const char *const GIVING[] = { "giao", "yeu cau", "de nghi", "phan cong" };
    guint words = 0;
    for (gsize i = at; i < fold->length && words <= 12 && !is_stop_at (fold, i); i++) {
        if (i == at || fold->str[i - 1] != ' ')
            continue;
        words++;
        const char *word = ANY_AT (fold, i, GIVING);
        if (word == NULL || is_capital_at (fold, i))
            continue;
        gsize behind = i + strlen (word);
        behind += strspn (fold->str + behind, " ");
        if (!is_head_at (fold, behind, TRUE) || !name_at (fold, behind, doer))
            return FALSE;
        doer->assigned = TRUE;
        return TRUE;
    }
    return FALSE;
}

/* A doer at `at`, after a word of assigning. */
static gboolean
doer_from (const kh_fold *fold, gsize at, kh_doer *doer)
{
    const char *word = ANY_AT (fold, at, ASSIGNING);
    if (word != NULL) {
        gsize behind = at + strlen (word);
        while (fold->str[behind] == ' ')
            behind++;
        if (is_head_at (fold, behind, TRUE) && name_at (fold, behind, doer)) {
            doer->assigned = TRUE;
            return TRUE;
        }
        return FALSE;
    }
    return is_head_at (fold, at, FALSE) && name_at (fold, at, doer) && !is_generic (fold->original, doer->start, doer->end);
}

gboolean
kh_doer_at_start (const char *text, kh_doer *doer)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    return fold->length > 0 && doer_from (fold, 0, doer);
}

/* The doer behind the clause a sentence opens with: after a comma, or at a group of units ("… vướng mắc các phòng báo cáo"). */
static gboolean
doer_behind_clause (const kh_fold *fold, gsize from, kh_doer *doer)
{
    for (gsize i = from + 1; i < fold->length; i++) {
        if (is_stop_at (fold, i))
            return FALSE;
        if (fold->str[i - 1] != ' ')
            continue;
        gboolean after_comma = i >= 2 && strchr (",.", fold->str[i - 2]) != NULL;
        gboolean group = is_word_at (fold, i, "cac") || is_word_at (fold, i, "thu truong cac") || is_word_at (fold, i, "truong cac");
        if (!(after_comma || group) || !is_head_at (fold, i, TRUE))
            continue;
        if (name_at (fold, i, doer) && !doer->before_colon)
            return TRUE;
    }
    return FALSE;
}

gboolean
kh_doer_find (const char *text, kh_doer *doer)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    for (gsize at = 0; at < fold->length;) {
        if (is_head_at (fold, at, FALSE) && doer_behind_giver (fold, at, doer))
            return TRUE;
        if (doer_from (fold, at, doer))
            return TRUE;
        if (ANY_AT (fold, at, OPENINGS) != NULL && doer_behind_clause (fold, at, doer))
            return TRUE;
        while (at < fold->length && !is_stop_at (fold, at))
            at++;
        at += 2;
    }
    return FALSE;
}

gboolean
kh_doer_assigned (const char *text, kh_doer *doer)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    for (gsize at = 0; at < fold->length; at++) {
        gboolean begins = at == 0 || (at >= 2 && fold->str[at - 1] == ' ' && strchr (".;:", fold->str[at - 2]) != NULL);
        if (begins && (is_word_at (fold, at, "giao") || is_word_at (fold, at, "phan cong")) && doer_from (fold, at, doer))
            return TRUE;
    }
    return FALSE;
}

gboolean
kh_doer_of_heading (const char *title, gsize *start, gsize *end)
{
    static const char *const BEFORE[] = { "trach nhiem cua", "nhiem vu cua", "doi voi", "giao", "de nghi", "moi" };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, title);
    gsize at = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (BEFORE); i++)
        if (is_word_at (fold, at, BEFORE[i])) {
            at += strlen (BEFORE[i]);
            at += strspn (fold->str + at, " :");
            i = (gsize) -1;
        }
    if (at >= fold->length || !is_head_at (fold, at, at > 0))
        return FALSE;
    kh_doer doer;
    gboolean is_sentence = name_at (fold, at, &doer) && !doer.before_colon;
    *start = fold->at[at];
    *end = is_sentence ? doer.end : kh_length_without_colon (title);
    while (*end > *start && strchr (" ;.,", title[*end - 1]) != NULL)
        (*end)--;
    return !is_generic (title, *start, *end);
}
