#include "plan/roles.h"

#include "viet/fold.h"
#include "viet/viet.h"

#include <string.h>

/* Folded words. Where two begin at one place the longer wins. `top_only`: in a heading below others such a word is too
 * common to tell ("Nội dung …", "Kết quả …"). */
static const struct {
    const char *words;
    kh_role role;
    gboolean top_only;
} WORDS[] = {
    { "muc dich", KH_ROLE_OBJECTIVES, FALSE },
    { "muc tieu", KH_ROLE_OBJECTIVES, FALSE },
    { "yeu cau", KH_ROLE_OBJECTIVES, FALSE },
    { "quan diem", KH_ROLE_OBJECTIVES, FALSE },
    { "chi tieu", KH_ROLE_OBJECTIVES, FALSE },
    { "dinh huong", KH_ROLE_OBJECTIVES, TRUE },
    { "tam nhin", KH_ROLE_OBJECTIVES, TRUE },
    { "nguyen tac", KH_ROLE_OBJECTIVES, TRUE },
    { "y nghia", KH_ROLE_OBJECTIVES, TRUE },
    { "nhiem vu", KH_ROLE_TASKS, FALSE },
    { "giai phap", KH_ROLE_TASKS, FALSE },
    { "bien phap", KH_ROLE_TASKS, FALSE },
    { "noi dung", KH_ROLE_TASKS, TRUE },
    { "cac hoat dong", KH_ROLE_TASKS, TRUE },
    { "hoat dong", KH_ROLE_TASKS, TRUE },
    { "cong viec", KH_ROLE_TASKS, TRUE },
    { "tien do", KH_ROLE_TASKS, TRUE },
    { "lo trinh", KH_ROLE_TASKS, TRUE },
    { "phuong huong", KH_ROLE_TASKS, TRUE },
    { "ke hoach thuc hien", KH_ROLE_TASKS, TRUE },
    { "ke hoach cu the", KH_ROLE_TASKS, TRUE },
    { "ke hoach trien khai", KH_ROLE_TASKS, TRUE },
    { "trong tam", KH_ROLE_TASKS, TRUE },
    { "phan cong", KH_ROLE_ASSIGNMENTS, FALSE },
    { "kinh phi", KH_ROLE_FUNDING, FALSE },
    { "du tru kinh phi", KH_ROLE_FUNDING, FALSE },
    { "du toan kinh phi", KH_ROLE_FUNDING, FALSE },
    { "nguon kinh phi", KH_ROLE_FUNDING, FALSE },
    { "nguon von", KH_ROLE_FUNDING, FALSE },
    { "nguon luc tai chinh", KH_ROLE_FUNDING, FALSE },
    { "nguon luc thuc hien", KH_ROLE_FUNDING, FALSE },
    { "nhu cau von", KH_ROLE_FUNDING, FALSE },
    { "nhu cau kinh phi", KH_ROLE_FUNDING, FALSE },
    { "du kien kinh phi", KH_ROLE_FUNDING, FALSE },
    { "tong kinh phi", KH_ROLE_FUNDING, FALSE },
    { "bo tri kinh phi", KH_ROLE_FUNDING, TRUE },
    { "dam bao kinh phi", KH_ROLE_FUNDING, TRUE },
    { "bao dam kinh phi", KH_ROLE_FUNDING, TRUE },
    { "tong muc dau tu", KH_ROLE_FUNDING, FALSE },
    { "von thuc hien", KH_ROLE_FUNDING, FALSE },
    { "nguon luc", KH_ROLE_FUNDING, TRUE },
    { "co che tai chinh", KH_ROLE_FUNDING, FALSE },
    { "to chuc thuc hien", KH_ROLE_IMPLEMENTATION, FALSE },
    { "to chuc trien khai", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc thi hanh", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc chi dao", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc, chi dao", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc, trien khai", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc va trien khai", KH_ROLE_IMPLEMENTATION, TRUE },
    { "chi dao thuc hien", KH_ROLE_IMPLEMENTATION, TRUE },
    { "trien khai thuc hien", KH_ROLE_IMPLEMENTATION, TRUE },
    { "to chuc theo doi", KH_ROLE_IMPLEMENTATION, TRUE },
    { "trach nhiem", KH_ROLE_IMPLEMENTATION, FALSE },
    { "dieu khoan thi hanh", KH_ROLE_IMPLEMENTATION, FALSE },
    { "che do bao cao", KH_ROLE_IMPLEMENTATION, FALSE },
    { "che do thong tin", KH_ROLE_IMPLEMENTATION, FALSE },
    { "thong tin, bao cao", KH_ROLE_IMPLEMENTATION, FALSE },
    { "thuc trang", KH_ROLE_OTHER, FALSE },
    { "khai quat", KH_ROLE_OTHER, FALSE },
    { "doi tuong", KH_ROLE_OTHER, FALSE },
    { "pham vi", KH_ROLE_OTHER, FALSE },
    { "thoi gian", KH_ROLE_OTHER, FALSE },
    { "dia diem", KH_ROLE_OTHER, FALSE },
    { "thanh phan", KH_ROLE_OTHER, FALSE },
    { "can cu", KH_ROLE_OTHER, FALSE },
    { "co so phap ly", KH_ROLE_OTHER, FALSE },
    { "su can thiet", KH_ROLE_OTHER, FALSE },
    { "dac diem", KH_ROLE_OTHER, TRUE },
    { "tinh hinh", KH_ROLE_OTHER, TRUE },
    { "boi canh", KH_ROLE_OTHER, TRUE },
    { "ket qua", KH_ROLE_OTHER, TRUE },
    { "danh gia", KH_ROLE_OTHER, TRUE },
    { "ton tai", KH_ROLE_OTHER, FALSE },
    { "han che", KH_ROLE_OTHER, FALSE },
    { "nguyen nhan", KH_ROLE_OTHER, FALSE },
    { "bai hoc", KH_ROLE_OTHER, FALSE },
    { "kien nghi", KH_ROLE_OTHER, FALSE },
    { "de xuat, kien nghi", KH_ROLE_OTHER, FALSE },
    { "van ban", KH_ROLE_OTHER, TRUE },
    { "cac van ban", KH_ROLE_OTHER, TRUE },
    { "noi dung kiem tra", KH_ROLE_OTHER, FALSE },
    { "noi dung thanh tra", KH_ROLE_OTHER, FALSE },
    { "noi dung thanh, kiem tra", KH_ROLE_OTHER, FALSE },
    { "noi dung giam sat", KH_ROLE_OTHER, FALSE },
    { "phu luc", KH_ROLE_APPENDIX, TRUE },
};

/* Words that may stand before the word that counts. */
static const char *const LEADERS[] = { "cac ", "mot so ", "nhung ", "ve ", "he thong ", "cong tac ", "thong nhat " };

/* How far into a main heading, in folded bytes, the word may stand: "Xác định nhiệm vụ", but not "Cải thiện và nâng cao kết quả". */
#define WORD_REACH 14

static gsize
skip_leaders (const char *folded)
{
    gsize skipped = 0;
    for (guint i = 0; i < G_N_ELEMENTS (LEADERS); i++)
        if (g_str_has_prefix (folded + skipped, LEADERS[i])) {
            skipped += strlen (LEADERS[i]);
            i = (guint) -1; /* and again: "các mục tiêu", "một số các …" */
        }
    return skipped;
}

/* Where the words stand in the folded heading, at most `reach` bytes behind `begin`; -1 when they do not. */
static gssize
find_exactly (const kh_fold *fold, const char *words, gssize begin, gssize reach)
{
    gssize at = kh_fold_find (fold, words, 0);
    return at <= begin + reach ? at : -1;
}

/* Are all words of a stretch of the heading Vietnamese? Then no letter of it is misread ("CHI TIẾT" is no "chỉ tiêu"). */
static gboolean
is_sound (const kh_fold *fold, gsize from, gsize length)
{
    g_autofree char *printed = g_strndup (fold->original + fold->at[from], kh_fold_end (fold, from + length) - fold->at[from]);
    g_auto (GStrv) words = g_strsplit (printed, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (!kh_viet_is_syllable (words[i]))
            return FALSE;
    return TRUE;
}

/* The same for a heading with a misread letter ("TỔ CHỨC THỰC HI3N"). */
static gssize
find_alike (const kh_fold *fold, const char *words, gssize begin, gssize reach)
{
    gsize length = strlen (words);
    for (gssize at = begin; length >= 8 && at <= begin + reach && (gsize) at + length <= fold->length; at++) {
        if (at > 0 && fold->str[at - 1] != ' ')
            continue;
        g_autofree char *part = g_strndup (fold->str + at, length);
        if (kh_fold_alike (part, words) && !is_sound (fold, (gsize) at, length))
            return at;
    }
    return -1;
}

kh_role
kh_role_of_heading (const char *heading, kh_role inside, gboolean at_top, gboolean *known)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, heading);
    gssize begin = (gssize) skip_leaders (fold->str), best_at = -1;
    gsize best_length = 0;
    kh_role best = inside;
    for (int pass = 0; pass < 2 && best_at < 0; pass++)
        for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
            gssize reach = at_top ? WORD_REACH : 0;
            gssize at = pass == 0 ? find_exactly (fold, WORDS[i].words, begin, reach) : find_alike (fold, WORDS[i].words, begin, reach);
            gsize length = strlen (WORDS[i].words);
            if (at < 0 || (!at_top && WORDS[i].top_only))
                continue;
            /* "Tổ chức thực hiện phong trào …" below tasks is one of them. */
            gboolean chapter = strcmp (WORDS[i].words, "to chuc thuc hien") == 0;
            if (chapter && !at_top && fold->length > length + strlen (" ke hoach nay"))
                continue;
            if (best_at < 0 || at < best_at || (at == best_at && length > best_length)) {
                best_at = at;
                best_length = length;
                best = WORDS[i].role;
            }
        }
    /* What bodies do and answer for, money apart, stays implementation ("Nhiệm vụ của Sở Y tế"); funding stays funding. */
    gboolean fixed = !at_top && ((inside == KH_ROLE_IMPLEMENTATION && best != KH_ROLE_FUNDING && best != KH_ROLE_ASSIGNMENTS)
                                 || (inside == KH_ROLE_ASSIGNMENTS && best == KH_ROLE_IMPLEMENTATION) || inside == KH_ROLE_FUNDING);
    if (known != NULL)
        *known = best_at >= 0;
    return fixed ? inside : best;
}

gboolean
kh_begins_like_task (const char *text)
{
    static const char *const VERBS[] = {
        "xay dung",  "to chuc",   "trien khai", "tang cuong", "ra soat",   "phoi hop",   "thuc hien", "tham muu", "huong dan",
        "kiem tra",  "tuyen truyen", "day manh", "nang cao",  "tiep tuc",  "hoan thien", "ban hanh",  "chu dong", "chi dao",
        "bo tri",    "theo doi",  "cap nhat",   "quan ly",    "doi moi",   "dam bao",    "bao dam",   "phat huy", "duy tri",
        "lap",       "thanh lap", "kien toan",  "tap huan",   "giam sat",  "quan triet", "bao cao",   "ho tro",   "dau tu",
        "mua sam",   "van dong",  "khao sat",   "thong ke",   "tap trung", "hoan thanh", "cong khai", "giao",     "dua",
        "chuan bi",  "huy dong",  "phat dong",  "bien soan",  "phat trien", "mo rong",   "so hoa",    "nghien cuu", "de xuat",
    };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    for (guint i = 0; i < G_N_ELEMENTS (VERBS); i++)
        if (kh_fold_begins (fold, VERBS[i]))
            return TRUE;
    return FALSE;
}
