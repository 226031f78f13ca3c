#include "plan/province.h"

#include <string.h>

#include "viet/viet.h"

static const struct {
    const char *code, *name;
    gboolean city;
    const char *today_code, *today_name;
    gboolean today_city;
} provinces[] = {
#include "plan/province_table.h"
};

/* Other ways a name is written, folded. */
static const struct {
    const char *folded, *name;
} aliases[] = {
    { "tp hcm", "Hồ Chí Minh" }, { "tp.hcm", "Hồ Chí Minh" }, { "tphcm", "Hồ Chí Minh" }, { "thua thien - hue", "Thừa Thiên Huế" },
    { "thua thien-hue", "Thừa Thiên Huế" }, { "ba ria-vung tau", "Bà Rịa - Vũng Tàu" }, { "ba ria vung tau", "Bà Rịa - Vũng Tàu" },
    { "dac lac", "Đắk Lắk" }, { "dak lak", "Đắk Lắk" }, { "dac lak", "Đắk Lắk" }, { "daklak", "Đắk Lắk" }, { "dac nong", "Đắk Nông" },
    { "dak nong", "Đắk Nông" }, { "kontum", "Kon Tum" }, { "bac can", "Bắc Kạn" }, { "hue", "Thừa Thiên Huế" }, { "bac cạn", "Bắc Kạn" },
};

/* Folded names, once. */
static const char *const *
folded_names (void)
{
    static const char **names;
    if (g_once_init_enter (&names)) {
        const char **made = g_new0 (const char *, G_N_ELEMENTS (provinces) + 1);
        for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
            made[i] = kh_viet_fold (provinces[i].name);
        g_once_init_leave (&names, made);
    }
    return names;
}

static int
index_of (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
        if (strcmp (provinces[i].name, name) == 0)
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
is_named (const kh_fold *fold, gsize at)
{
    static const char *const before[] = { "tinh ", "thanh pho ", "tp ", "tp. ", "tp.", "tinh uy ", "thanh uy ", "t. " };
    for (guint i = 0; i < G_N_ELEMENTS (before); i++)
        if (ends_with (fold, at, before[i]))
            return TRUE;
    return FALSE;
}

/* The name as one whole, and with a capital (a name, no common word). */
static gssize
next_place (const kh_fold *fold, const char *name, gsize from, kh_province_strength strength)
{
    for (gssize at; (at = kh_fold_find (fold, name, from)) >= 0; from = at + 1) {
        gunichar c = g_utf8_get_char (fold->original + fold->at[at]);
        if (g_unichar_isupper (c) && (strength == KH_PROVINCE_ANY || is_named (fold, at)))
            return at;
    }
    return -1;
}

int
kh_province_find (const kh_fold *fold, gsize from, kh_province_strength strength, gsize *at, gsize *end)
{
    const char *const *names = folded_names ();
    int best = -1;
    gsize best_at = 0, best_length = 0;
    for (guint i = 0; i < G_N_ELEMENTS (provinces) + G_N_ELEMENTS (aliases); i++) {
        gboolean alias = i >= G_N_ELEMENTS (provinces);
        const char *name = alias ? aliases[i - G_N_ELEMENTS (provinces)].folded : names[i];
        gssize here = next_place (fold, name, from, strength);
        if (here < 0)
            continue;
        gsize length = strlen (name);
        if (best < 0 || (gsize) here < best_at || ((gsize) here == best_at && length > best_length)) {
            best = alias ? index_of (aliases[i - G_N_ELEMENTS (provinces)].name) : (int) i;
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

kh_province
kh_province_of (int index, kh_date date)
{
    kh_province province = { 0 };
    if (index < 0 || index >= (int) G_N_ELEMENTS (provinces))
        return province;
    int found = index;
    gboolean merged = date.year > 2025 || (date.year == 2025 && (date.month >= 7 || date.month == 0));
    if (date.year == 2025 && date.month == 0)
        merged = FALSE;
    province.today_code = provinces[found].today_code;
    province.today_name = provinces[found].today_name;
    province.code = merged ? provinces[found].today_code : provinces[found].code;
    province.name = merged ? provinces[found].today_name : provinces[found].name;
    if (strcmp (province.name, "Thừa Thiên Huế") == 0 && date.year >= 2025)
        province.name = "Huế"; /* a city under the centre since 1 January 2025 */
    return province;
}

const char *
kh_province_spelling (const char *text)
{
    g_autofree char *folded = kh_viet_fold (text);
    const char *const *names = folded_names ();
    for (guint i = 0; i < G_N_ELEMENTS (provinces); i++)
        if (strcmp (folded, names[i]) == 0)
            return provinces[i].name;
    return NULL;
}
