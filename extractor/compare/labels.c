#include "compare/labels.h"

#include <math.h>
#include <string.h>

#define DOUBTFUL 0.6

void
kh_put_number (GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (digits, sizeof digits, "%.4f", fabs (value));
    char *point = strchr (digits, '.'), *end = digits + strlen (digits);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        *--end = '\0';
    if (value < 0)
        g_string_append (out, "−");
    gsize whole = (gsize)(point - digits);
    for (gsize i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append_c (out, '.');
        g_string_append_c (out, digits[i]);
    }
    if (*point == '.')
        g_string_append_printf (out, ",%s", point + 1);
}

void
kh_put_measure (GString *out, double value, const char *unit)
{
    kh_put_number (out, value);
    if (unit != NULL && *unit != '\0')
        g_string_append_printf (out, "%s%s", *unit == '%' ? "" : " ", unit);
}

void
kh_put_comparator (GString *out, const char *comparator)
{
    static const struct {
        const char *comparator, *word;
    } words[] = { { ">=", "≥ " }, { "<=", "≤ " }, { "+", "tăng " }, { "-", "giảm " } };
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (comparator, words[i].comparator) == 0)
            g_string_append (out, words[i].word);
}

void
kh_put_level (GString *out, const kh_aim *aim)
{
    kh_put_comparator (out, aim->comparator);
    kh_put_measure (out, aim->value, aim->unit);
}

void
kh_put_bare_level (GString *out, const kh_aim *aim)
{
    kh_put_comparator (out, aim->comparator);
    kh_put_number (out, aim->value);
}

void
kh_put_day (GString *out, const char *day)
{
    if (day == NULL)
        return;
    g_auto (GStrv) parts = g_strsplit (day, "-", 3);
    for (guint i = g_strv_length (parts); i > 0; i--) {
        const char *part = i > 1 && *parts[i - 1] == '0' ? parts[i - 1] + 1 : parts[i - 1];
        g_string_append_printf (out, "%s%s", part, i > 1 ? "/" : "");
    }
}

void
kh_put_when (GString *out, const kh_kind *kind)
{
    static const char *const names[] = { "I", "II", "III", "IV" };
    gsize start = out->len;
    if (kind->earliest != NULL && strcmp (kind->earliest, kind->latest) == 0)
        kh_put_day (out, kind->earliest);
    else
        for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
            if (kind->quarters[i] > 0)
                g_string_append_printf (out, "%s%s %u", out->len > start ? " · " : "quý ", names[i], kind->quarters[i]);
    if (kind->quarters[G_N_ELEMENTS (names)] > 0 && out->len > start)
        g_string_append_printf (out, " · không có ngày %u", kind->quarters[G_N_ELEMENTS (names)]);
}

void
kh_put_deadline (GString *out, const kh_duty *duty)
{
    if (duty->deadline != NULL)
        g_string_append (out, duty->deadline);
    else
        kh_put_day (out, duty->end);
}

char *
kh_paper_label (const kh_paper *paper)
{
    GString *out = g_string_new (paper->number);
    if (out->len > 0 && paper->date != NULL) {
        g_string_append (out, strlen (paper->date) < 10 ? " năm " : " ngày ");
        kh_put_day (out, paper->date);
    }
    if (out->len == 0)
        g_string_append (out, paper->file != NULL ? paper->file : paper->sha256);
    return g_string_free (out, FALSE);
}

/* "giảm" when all of its aims are to fall; NULL of levels. */
static const char *
direction_of (const kh_indicator *indicator)
{
    gboolean up = FALSE, down = FALSE;
    for (guint i = 0; i < indicator->aims->len; i++) {
        gboolean is_up = strcmp (((const kh_aim *)indicator->aims->pdata[i])->comparator, "+") == 0;
        up = up || is_up;
        down = down || !is_up;
    }
    return !indicator->is_change ? NULL : up && down ? "tăng hoặc giảm" : up ? "tăng" : "giảm";
}

char *
kh_indicator_label (const kh_indicator *indicator)
{
    g_autofree char *first = g_utf8_substring (indicator->name, 0, *indicator->name != '\0'), *upper = g_utf8_strup (first, -1);
    GString *out = g_string_new (upper);
    g_string_append (out, indicator->name + strlen (first));
    const char *direction = direction_of (indicator), *unit = indicator->unit;
    if (*unit != '\0' || direction != NULL)
        g_string_append_printf (out, " (%s%s%s)", direction == NULL ? "" : direction,
                                direction != NULL && *unit != '\0' ? " " : "", unit);
    return g_string_free (out, FALSE);
}

char *
kh_paper_link (const kh_paper *paper, int page)
{
    g_autofree char *uri = NULL;
    if (paper->path != NULL && g_str_has_prefix (paper->path, "file:")) /* a name that is no UTF-8 (kh_store_path) */
        uri = g_strdup (paper->path);
    else if (paper->path != NULL && g_path_is_absolute (paper->path))
        uri = g_filename_to_uri (paper->path, NULL, NULL);
    else if (paper->path != NULL || paper->file != NULL)
        uri = g_uri_escape_string (paper->path != NULL ? paper->path : paper->file, "/", TRUE);
    if (uri == NULL)
        return NULL;
    return page > 0 ? g_strdup_printf ("%s#page=%d", uri, page) : g_steal_pointer (&uri);
}

const char *
kh_difference_word (kh_difference_sort sort)
{
    static const char *const words[] = { [KH_ADDED] = "Thêm", [KH_DROPPED] = "Bỏ", [KH_CHANGED] = "Đổi" };
    return words[sort];
}

char *
kh_difference_parts (guint in)
{
    static const struct {
        guint part;
        const char *word;
    } words[] = { { KH_DIFFERS_VALUE, "mức" },        { KH_DIFFERS_COMPARATOR, "cách so sánh" },
                  { KH_DIFFERS_UNIT, "đơn vị tính" }, { KH_DIFFERS_DUE, "thời hạn" },
                  { KH_DIFFERS_LEAD, "chủ trì" },     { KH_DIFFERS_WORDING, "câu chữ" } };
    GString *out = g_string_new (NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (in & words[i].part)
            g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", words[i].word);
    return g_string_free (out, FALSE);
}

gboolean
kh_is_doubtful (double confidence)
{
    return confidence > 0 && confidence < DOUBTFUL; /* 0: not told */
}

int
kh_indicator_main_year (const kh_indicator *indicator)
{
    int best = 0;
    guint most = 0;
    for (guint y = 0; y < indicator->years->len; y++) {
        int year = g_array_index (indicator->years, int, y);
        guint n = kh_indicator_spread (indicator, year).n_places;
        if (n > most) {
            most = n;
            best = year;
        }
    }
    return best;
}
