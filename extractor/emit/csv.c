/* The task table as comma-separated values, RFC 4180: CRLF, every field with a comma, quote or line break in
 * quotes, quotes doubled. UTF-8 without a byte order mark: the stream may be appended to, piped and compared;
 * a mark for spreadsheets is the concern of who writes files for them. */
#include "emit/tree.h"

#include <string.h>

static void
put_field (GString *out, const char *text, gboolean last)
{
    if (text == NULL)
        text = "";
    if (strpbrk (text, ",\"\r\n") != NULL) {
        g_string_append_c (out, '"');
        for (; *text != '\0'; text++) {
            if (*text == '"')
                g_string_append_c (out, '"');
            g_string_append_c (out, *text);
        }
        g_string_append_c (out, '"');
    } else {
        g_string_append (out, text);
    }
    g_string_append (out, last ? "\r\n" : ",");
}

static void
put_list (GString *out, const GPtrArray *values)
{
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; i < values->len; i++) {
        const kh_value *value = values->pdata[i];
        if (value->text != NULL)
            g_string_append_printf (joined, "%s%s", joined->len > 0 ? "; " : "", value->text);
    }
    put_field (out, joined->str, FALSE);
}

static void
put_other (GString *out, const GPtrArray *other)
{
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; i < other->len; i++) {
        const kh_other_field *field = other->pdata[i];
        if (field->text.text != NULL)
            g_string_append_printf (joined, "%s%s: %s", joined->len > 0 ? "; " : "", field->header, field->text.text);
    }
    put_field (out, joined->str, FALSE);
}

static void
put_task (GString *out, const kh_task *task)
{
    put_field (out, task->id, FALSE);
    put_field (out, task->group.text, FALSE);
    put_field (out, task->number.text, FALSE);
    put_field (out, task->text.text, FALSE);
    put_list (out, task->lead);
    put_list (out, task->coordinate);
    put_list (out, task->product);
    put_field (out, task->deadline.text.text, FALSE);
    put_field (out, kh_deadline_kind_name (task->deadline.kind), FALSE);
    put_field (out, task->deadline.start, FALSE);
    put_field (out, task->deadline.end, FALSE);
    put_field (out, task->budget.text, FALSE);
    put_field (out, task->notes.text, FALSE);
    put_other (out, task->other);
    put_field (out, task->section, FALSE);
    put_field (out, task->table, FALSE);
    g_autofree char *row = task->row > 0 ? g_strdup_printf ("%d", task->row) : NULL;
    put_field (out, row, TRUE);
}

void
kh_emit_csv (GString *out, const kh_record *record)
{
    static const char *const headers[] = {
        "Mã",       "Nhóm nhiệm vụ", "Số thứ tự", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm",
        "Thời hạn", "Loại thời hạn", "Từ ngày",   "Đến ngày",          "Kinh phí",       "Ghi chú",         "Nội dung khác",
        "Mục",      "Bảng",          "Dòng",
    };
    for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
        put_field (out, headers[i], i + 1 == G_N_ELEMENTS (headers));
    for (guint i = 0; i < record->tasks->len; i++)
        put_task (out, record->tasks->pdata[i]);
}
