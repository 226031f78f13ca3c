#include "plan/signs.h"

#include <string.h>

#include "plan/names.h"
#include "plan/pattern.h"
#include "viet/fold.h"
#include "viet/viet.h"

gboolean
kh_sign_is_capitals (const char *text)
{
    int capitals = 0, small = 0;
    for (const char *p = text; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        capitals += g_unichar_isupper (c) != 0;
        small += g_unichar_islower (c) != 0;
    }
    return capitals >= 2 && small * 8 <= capitals + small;
}

gboolean
kh_sign_is_ornament (const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char (p))
        if (g_unichar_isalnum (g_utf8_get_char (p)))
            return FALSE;
    return TRUE;
}

/* Is `folded` like one of these but for a few wrong letters? */
static gboolean
is_like (const char *folded, const char *const *wanted)
{
    for (; *wanted != NULL; wanted++) {
        guint limit = strlen (*wanted) / 5;
        if (kh_fold_distance (folded, *wanted, limit) <= limit)
            return TRUE;
    }
    return FALSE;
}

gboolean
kh_sign_is_motto (const char *text)
{
    static const char *const wanted[] = { "cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "doc lap tu do hanh phuc",
                                          "dang cong san viet nam", NULL };
    g_autofree char *folded = kh_viet_fold (text);
    return is_like (folded, wanted) || strstr (folded, "xa hoi chu nghia viet nam") || strstr (folded, "tu do - hanh phuc");
}

gboolean
kh_sign_is_number_line (const char *text)
{
    return KH_FITS (text, "^(?:\\*|-)? ?(?:so|s6|sd|s[^a-z0-9 ]) ?(?:[:;.,]|(?=\\d)|(?=/)| (?=\\S*/))");
}

gboolean
kh_sign_is_date_line (const char *text)
{
    return KH_FITS (text, "ng?ay?(?![a-z]).{0,24}(?<![a-z])t{0,2}h?ang(?![a-z]).{0,20}(?<![a-z])n.m(?![a-z])|\\bngay\\W*\\d{1,2} ?[/.-] ?\\d{1,2} ?[/.-] ?\\d{4}\\W*$|\\bngay[ .]*/[ .]*(?:\\d{1,2})?[ .]*/ ?\\d{4}\\W*$|, ?ngay\\b.*\\bnam\\b|"
                          "^[a-z .-]{2,40}, ?thang ?[\\d. ]{0,8} ?(?:nam|[/.-]) ?(?:19|20)\\d\\d\\W*$");
}

gboolean
kh_sign_is_place_and_day (const char *text)
{
    return KH_FITS (text, "^\\W*[a-z][a-z .-]{1,40}, ?ngay\\b[ .]*\\d{0,2}[ .]*(?:thang|/)[ .]*\\d{0,2}[ .]*(?:nam|/)[ .]*(?:19|20)\\d\\d\\W*$");
}

static const struct {
    const char *folded, *name;
} types[] = {
    { "ke hoach", "KẾ HOẠCH" },           { "quyet dinh", "QUYẾT ĐỊNH" }, { "chuong trinh hanh dong", "CHƯƠNG TRÌNH HÀNH ĐỘNG" },
    { "chuong trinh", "CHƯƠNG TRÌNH" },   { "de an", "ĐỀ ÁN" },           { "phuong an", "PHƯƠNG ÁN" },
    { "chi thi", "CHỈ THỊ" },             { "nghi quyet", "NGHỊ QUYẾT" }, { "huong dan", "HƯỚNG DẪN" },
    { "thong bao", "THÔNG BÁO" },         { "quy dinh", "QUY ĐỊNH" },     { "quy che", "QUY CHẾ" },
    { "bao cao", "BÁO CÁO" },             { "du an", "DỰ ÁN" },           { "to trinh", "TỜ TRÌNH" },
    { "cong van", "CÔNG VĂN" },           { "cong dien", "CÔNG ĐIỆN" },   { "ket luan", "KẾT LUẬN" },
    { "thong tri", "THÔNG TRI" },
};

/* Without spaces: "K Ế H O Ạ C H", "K3HOẠCH". */
static char *
without_spaces (const char *text)
{
    g_auto (GStrv) parts = g_strsplit (text, " ", -1);
    return g_strjoinv ("", parts);
}

gsize
kh_sign_type (const char *text, const char **name)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_fold *fold = kh_fold_new (pool, text);
    g_autofree char *joined = without_spaces (fold->str);
    for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
        gsize length = strlen (types[i].folded);
        g_autofree char *wanted = without_spaces (types[i].folded);
        gboolean whole = strlen (joined) <= length + 1 && kh_fold_alike (joined, wanted);
        if (!whole && !kh_fold_begins (fold, types[i].folded))
            continue;
        gsize end = whole ? kh_fold_end (fold, fold->length) : kh_fold_end (fold, length);
        g_autofree char *part = g_strndup (text, end);
        if (!kh_sign_is_capitals (part))
            continue;
        if (name != NULL)
            *name = types[i].name;
        return end;
    }
    return 0;
}

gboolean
kh_sign_is_base (const char *text)
{
    return KH_FITS (text, "^[-+*.]? ?(?:can cu|cam cu|cdn cu|can ca|thuc hien|xet|theo|tren co so|thi hanh|chap hanh|trien khai|"
                          "tiep tuc thuc hien|tiep tuc trien khai|cu the hoa|quan triet|de (?:trien khai|thuc hien|chu dong|tiep tuc|cu the))\\b");
}

gsize
kh_sign_numbered_base (const char *text)
{
    gsize number = strspn (text, "0123456789");
    gsize length = number + strspn (text + number, ".)/ ");
    if (number == 0 || length == number || !KH_FITS (text + length, "^(?:can cu|cam cu) .*(?:[0-9]/|ngay [0-9])"))
        return 0;
    return length;
}

gsize
kh_sign_recipients (const char *text)
{
    static GRegex *slot;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_fold *fold = kh_fold_new (pool, text);
    GRegex *pattern = kh_pattern ("^[^a-z0-9]{0,3}([a-z0-9]{2,4} ?[a-z0-9]{2,5})(?: ?[:;.,]|$)", &slot);
    int place[4];
    if (!kh_pattern_match (pattern, fold, 0, place, 2))
        return 0;
    g_autofree char *words = g_strndup (fold->str + place[2], place[3] - place[2]);
    gboolean exact = strcmp (words, "noi gui") == 0 || strcmp (words, "kinh gui") == 0;
    gboolean marked = fold->str[place[1] - 1] == ':';
    if (!exact && kh_fold_distance (words, "noi nhan", 2) > (marked ? 2 : 1))
        return 0;
    return kh_fold_end (fold, place[1]);
}

gboolean
kh_sign_is_authority (const char *text)
{
    static const char *const wanted[] = { "tm. uy ban nhan dan", "tm. ban chi dao", "kt. chu tich", "kt. giam doc", "tl. giam doc", "tl. chu tich", NULL };
    g_autofree char *folded = kh_viet_fold (text);
    if (kh_sign_is_capitals (text) && strchr ("tk", *folded) != NULL && *folded != '\0' && strstr (folded, "ban nhan dan") != NULL && is_like (folded, wanted))
        return TRUE;
    return KH_FITS (text, "^(?:t ?/ ?m|t\\.? ?m|k ?/ ?t|k\\.? ?t|t\\.? ?l|t\\.? ?u\\.? ?q|q|thua lenh|thay mat|t/l)(?:[.,:;] ?| )(?=[a-z]{2})") &&
           kh_sign_is_capitals (text);
}

gboolean
kh_sign_is_office (const char *text)
{
    return kh_sign_is_capitals (text) &&
           KH_FITS (text, "^(?:q\\.|quyen )? ?(?:(?:pho )?(?:tong )?giam doc|(?:pho )?chu tich|(?:pho )?chanh (?:van phong|thanh tra|an)|"
                          "(?:pho )?truong (?:ban|phong|doan|khoa|tieu ban|cong an|bo mon)|(?:pho )?bi thu|(?:pho )?chi cuc truong|(?:pho )?cuc truong|"
                          "(?:pho )?hieu truong|(?:pho )?vien truong|bo truong|thu truong|thu tuong|pho thu tuong|(?:pho )?thu truong|"
                          "(?:pho )?chi huy truong|(?:pho )?hat truong|(?:pho )?tong cuc truong|(?:pho )?vu truong|tram truong|to truong|(?:pho )?chanh toa|tong thanh tra|"
                          "thu ky|kiem toan truong|chinh tri vien|uy vien|tong bien tap|(?:pho )?doi truong|(?:pho )?chinh uy|thanh tra vien|"
                          "(?:pho )?chu nhiem|(?:pho )?truong)(?![a-z])");
}

gboolean
kh_sign_is_signing (const char *text)
{
    return KH_FITS (text, "^\\W*(?:da ky\\b|ky ten|ky, |(?:van ban )?(?:duoc |da )?ky (?:so )?boi\\b|da ky so\\b|nguoi ky ?:|nguoi ky so|chu ky so|ky so\\b|(?:ngay|thoi gian|gio) ky ?(?:so)? ?:|"
                          "co quan ky|signature (?:is )?(?:valid|not)|digital(?:ly)? sign|signed by|signing (?:time|date)|signer ?:|date ?: ?\\d{4}|dn ?: ?c|reason ?:|"
                          "e-?mail ?: ?\\S+@|co quan ?: |noi ky ?:|thoi gian ?: ?\\d)");
}

gboolean
kh_sign_is_person (const char *text)
{
    gsize title = kh_name_title (text); /* "ThS. ", "Đại tá " */
    g_auto (GStrv) words = g_strsplit (text + title, " ", -1);
    int names = 0;
    if (kh_sign_type (text, NULL) > 0)
        return FALSE;
    for (int i = 0; words[i] != NULL; i++) {
        const char *word = words[i], *dot = strrchr (word, '.');
        if (names == 0 && dot != NULL && dot > word) { /* ThS. BSCKII. */
            if (dot[1] == '\0')
                continue;
            word = dot + 1;
        }
        gunichar first = g_utf8_get_char (word);
        if (!g_unichar_isalpha (first)) { /* specks behind the name: "Hải .." */
            if (names >= 2 && !KH_FITS (word, "[a-z0-9]"))
                continue;
            return FALSE;
        }
        if (!g_unichar_isupper (first))
            return FALSE;
        for (const char *p = g_utf8_next_char (word); *p; p = g_utf8_next_char (p)) {
            gunichar c = g_utf8_get_char (p);
            if (!g_unichar_isalpha (c) && *p != '\'' && *p != '-' && !(names >= 1 && *g_utf8_next_char (p) == '\0' && !g_unichar_isalnum (c)))
                return FALSE;
        }
        names++;
    }
    return names >= 2 && names <= 6;
}

gboolean
kh_sign_is_urgency (const char *text)
{
    return (kh_sign_is_capitals (text) && KH_FITS (text, "^\\W*(?:hoa toc(?: hen gio)?|thuong khan|khan|toi mat|tuyet mat|mat)\\W*$")) ||
           KH_FITS (text, "^\\W*(?:ban )?du thao(?: lan)?(?: ?(?:thu )?\\d)?\\W*$");
}

gboolean
kh_sign_is_first_heading (const char *text)
{
    return KH_FITS (text, "^(?:[i1l]|a|phan (?:i|1|a|mot|thu nhat)|chuong (?:i|1)|dieu 1|muc (?:i|1))(?: ?[.:)/-]| [a-z])") &&
           !KH_FITS (text, "^(?:a|l|1) (?=[a-z0-9])|^[1l][.)]?\\d");
}
