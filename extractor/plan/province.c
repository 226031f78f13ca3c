#include "plan/province.h"

#include <string.h>

#include "base/lists.h"
#include "viet/viet.h"

typedef struct province {
    const char *code, *name, *today_code, *today_name;
    gboolean city, today_city;
    const char *folded; /* the name */
} province;

#define MOST_PROVINCES 64 /* bits of a set */

/* Other ways a name is written, folded. */
static const struct {
    const char *folded, *name;
} aliases[] = {
    { "tp hcm", "Hồ Chí Minh" }, { "tp.hcm", "Hồ Chí Minh" }, { "tphcm", "Hồ Chí Minh" }, { "tp. hcm", "Hồ Chí Minh" }, { "hcm", "Hồ Chí Minh" },
    { "thua thien - hue", "Thừa Thiên Huế" }, { "thua thien-hue", "Thừa Thiên Huế" }, { "hue", "Thừa Thiên Huế" },
    { "ba ria-vung tau", "Bà Rịa - Vũng Tàu" }, { "ba ria -vung tau", "Bà Rịa - Vũng Tàu" }, { "ba ria- vung tau", "Bà Rịa - Vũng Tàu" },
    { "ba ria vung tau", "Bà Rịa - Vũng Tàu" }, { "br-vt", "Bà Rịa - Vũng Tàu" }, { "brvt", "Bà Rịa - Vũng Tàu" }, { "dac lac", "Đắk Lắk" },
    { "dak lak", "Đắk Lắk" }, { "dac lak", "Đắk Lắk" }, { "daklak", "Đắk Lắk" }, { "dac nong", "Đắk Nông" }, { "dak nong", "Đắk Nông" },
    { "daknong", "Đắk Nông" }, { "kontum", "Kon Tum" }, { "bac can", "Bắc Kạn" }, { "gialai", "Gia Lai" },
};

/* The list, once. */
static const province *
provinces (guint *n)
{
    static province *list;
    static guint length;
    if (g_once_init_enter (&list)) {
        g_autoptr (GPtrArray) rows = kh_list_rows ("provinces.tsv", 6);
        length = MIN (rows->len, MOST_PROVINCES);
        province *made = g_new0 (province, length);
        for (guint i = 0; i < length; i++) {
            char **row = g_ptr_array_index (rows, i);
            made[i] = (province){ g_strdup (row[0]), g_strdup (row[1]), g_strdup (row[3]), g_strdup (row[4]),
                                  strcmp (row[2], "city") == 0, strcmp (row[5], "city") == 0, kh_viet_fold (row[1]) };
        }
        g_once_init_leave (&list, made);
    }
    *n = length;
    return list;
}

static int
index_of (const char *name)
{
    guint n;
    const province *list = provinces (&n);
    for (guint i = 0; i < n; i++)
        if (strcmp (list[i].name, name) == 0)
            return i;
    return -1;
}

static gboolean
ends_with (const kh_fold *fold, gsize at, const char *word)
{
    gsize n = strlen (word);
    return at >= n && strncmp (fold->str + at - n, word, n) == 0 && (at == n || !g_ascii_isalnum (fold->str[at - n - 1]));
}

static gboolean
is_behind (const kh_fold *fold, gsize at, const char *const *words)
{
    for (; *words != NULL; words++)
        if (ends_with (fold, at, *words))
            return TRUE;
    return FALSE;
}

/* What stands before a name that is none of a province: a district, commune or farm of that name, a person (Nguyễn Thái Bình). */
static gboolean
is_other (const kh_fold *fold, gsize at)
{
    static const char *const before[] = { "huyen ", "huyen uy ", "quan ", "quan uy ", "thi xa ", "thi uy ", "tx ", "tx. ", "xa ", "phuong ", "thi tran ", "dac khu ", "thon ", "ap ",
                                          "duong ", "nguyen ", "nt ", NULL };
    return is_behind (fold, at, before);
}

static gboolean
is_named (const kh_fold *fold, gsize at)
{
    static const char *const before[] = { "tinh ", "thanh pho ", "tp ", "tp. ", "tp.", "tinh uy ", "thanh uy ", "tinh doan ", "thanh doan ", "t. ", NULL };
    return is_behind (fold, at, before);
}

/* Is it Huế by its marks (no Huệ, Huề)? */
static gboolean
is_hue (const kh_fold *fold, gsize at)
{
    g_autofree char *printed = g_strndup (fold->original + fold->at[at], kh_fold_end (fold, at + strlen ("hue")) - fold->at[at]);
    g_autofree char *small = g_utf8_strdown (printed, -1);
    return strcmp (small, "huế") == 0;
}

/* The name as one whole, and with a capital (a name, no common word). */
static gssize
next_place (const kh_fold *fold, const char *name, gsize from, kh_province_strength strength)
{
    gboolean says_city = g_str_has_prefix (name, "tp");
    for (gssize at; (at = kh_fold_find (fold, name, from)) >= 0; from = at + 1) {
        gunichar c = g_utf8_get_char (fold->original + fold->at[at]);
        if (strcmp (name, "hue") == 0 && !is_hue (fold, at) && !is_named (fold, at))
            continue;
        if (g_unichar_isupper (c) && (strength == KH_PROVINCE_ANY ? !is_other (fold, at) : says_city || is_named (fold, at)))
            return at;
    }
    return -1;
}

int
kh_province_find (const kh_fold *fold, gsize from, kh_province_strength strength, gsize *at, gsize *end)
{
    guint n;
    const province *list = provinces (&n);
    int best = -1;
    gsize best_at = 0, best_length = 0;
    for (guint i = 0; i < n + G_N_ELEMENTS (aliases); i++) {
        gboolean alias = i >= n;
        const char *name = alias ? aliases[i - n].folded : list[i].folded;
        gssize here = next_place (fold, name, from, strength);
        if (here < 0)
            continue;
        gsize length = strlen (name);
        if (best < 0 || (gsize) here < best_at || ((gsize) here == best_at && length > best_length)) {
            best = alias ? index_of (aliases[i - n].name) : (int) i;
            best_at = here;
            best_length = length;
        }
    }
    if (best >= 0) {
        if (at != NULL)
            *at = best_at;
        if (end != NULL)
            *end = best_at + best_length;
    }
    return best;
}

int
kh_province_find_misread (const kh_fold *fold)
{
    guint n;
    const province *list = provinces (&n);
    gssize at = kh_fold_find (fold, "tinh", 0);
    if (at < 0 || fold->str[at + strlen ("tinh")] != ' ')
        return -1;
    const char *name = fold->str + at + strlen ("tinh ");
    int found = -1;
    for (guint i = 0; i < n; i++) {
        if (strlen (list[i].folded) < 6 || kh_fold_distance (name, list[i].folded, 1) > 1)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

/* --- then and today ------------------------------------------------------------------------- */

gboolean
kh_province_is_merged (kh_date date)
{
    return date.year > 2025 || (date.year == 2025 && date.month >= 7);
}

kh_province
kh_province_of (int index, kh_date date)
{
    guint n;
    const province *list = provinces (&n);
    kh_province told = { 0 };
    if (index < 0 || index >= (int) n)
        return told;
    gboolean merged = kh_province_is_merged (date);
    told.today_code = list[index].today_code;
    told.today_name = list[index].today_name;
    told.code = merged ? list[index].today_code : list[index].code;
    told.name = merged ? list[index].today_name : list[index].name;
    told.is_city = merged ? list[index].today_city : list[index].city;
    if (strcmp (told.name, "Thừa Thiên Huế") == 0 && date.year >= 2025) {
        told.name = "Huế"; /* a city under the centre since 1 January 2025 (Nghị quyết 175/2024/QH15) */
        told.is_city = TRUE;
    }
    return told;
}

kh_provinces
kh_province_merged (kh_provinces set)
{
    guint n;
    const province *list = provinces (&n);
    kh_provinces all = set;
    for (guint i = 0; i < n; i++)
        if (set & KH_PROVINCE_BIT (i))
            all |= kh_province_by_code (list[i].today_code, TRUE);
    return all;
}

int
kh_province_only (kh_provinces set, kh_date date)
{
    if (set == 0)
        return -1;
    int first = g_bit_nth_lsf (set, -1);
    kh_provinces same = kh_province_is_merged (date) ? kh_province_merged (KH_PROVINCE_BIT (first)) : KH_PROVINCE_BIT (first);
    return (set & ~same) == 0 ? first : -1;
}

kh_provinces
kh_province_by_code (const char *code, gboolean today)
{
    guint n;
    const province *list = provinces (&n);
    kh_provinces set = 0;
    for (guint i = 0; i < n; i++)
        if (strcmp (today ? list[i].today_code : list[i].code, code) == 0)
            set |= KH_PROVINCE_BIT (i);
    return set;
}

const char *
kh_province_spelling (const char *text)
{
    g_autofree char *folded = kh_viet_fold (text);
    guint n;
    const province *list = provinces (&n);
    for (guint i = 0; i < n; i++)
        if (strcmp (folded, list[i].folded) == 0)
            return list[i].name;
    return NULL;
}
