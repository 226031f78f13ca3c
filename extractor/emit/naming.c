#include "emit/naming.h"

#include "base/lists.h"

#include <string.h>

const char *
kh_deadline_naming (kh_deadline_kind kind)
{
    static const char *const names[] = { NULL, "ngày", "giai đoạn", "định kỳ", "theo điều kiện" };
    return names[kind];
}

const char *
kh_comparator_naming (const char *comparator)
{
    static const char *const names[][2] = { { ">=", "≥" }, { "<=", "≤" }, { "+", "tăng" }, { "-", "giảm" } };
    for (gsize i = 0; comparator != NULL && i < G_N_ELEMENTS (names); i++)
        if (strcmp (comparator, names[i][0]) == 0)
            return names[i][1];
    return comparator;
}

const char *
kh_topic_naming (const char *topic)
{
    static GPtrArray *rows;
    if (g_once_init_enter (&rows))
        g_once_init_leave (&rows, kh_list_rows ("topics.tsv", 4));
    for (guint i = 0; topic != NULL && i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp (row[0], topic) == 0)
            return row[1];
    }
    return topic;
}

char *
kh_section_naming (const kh_record *record, const char *id)
{
    for (guint i = 0; id != NULL && i < record->sections->len; i++) {
        const kh_section *section = record->sections->pdata[i];
        if (strcmp (section->id, id) != 0)
            continue;
        const char *number = section->number.text, *title = section->title.text;
        if (number == NULL || title == NULL)
            return g_strdup (number != NULL ? number : title);
        return g_strdup_printf ("%s%s %s", number, g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (number + strlen (number)))) ? "." : "", title);
    }
    return NULL;
}

char *
kh_values_joined (const GPtrArray *values, const char *separator)
{
    GString *joined = g_string_new (NULL);
    for (guint i = 0; i < values->len; i++) {
        const kh_value *value = values->pdata[i];
        if (value->text != NULL)
            g_string_append_printf (joined, "%s%s", joined->len > 0 ? separator : "", value->text);
    }
    return g_string_free (joined, FALSE);
}

char *
kh_day_naming (const char *iso)
{
    g_auto (GStrv) parts = iso == NULL ? NULL : g_strsplit (iso, "-", -1);
    guint n = parts == NULL ? 0 : g_strv_length (parts);
    return n == 3 ? g_strdup_printf ("%s/%s/%s", parts[2], parts[1], parts[0]) : n == 2 ? g_strdup_printf ("%s/%s", parts[1], parts[0]) : g_strdup (iso);
}
