/* The task table as comma-separated values, RFC 4180: CRLF, every field with a separator, quote or line break in quotes, quotes doubled.
 *
 * It is made for spreadsheets: a byte order mark tells them that it is UTF-8, without which Vietnamese is garbled; text that begins like a
 * formula gets an apostrophe before it, as is usual, so that nothing a document says is ever computed. `plain` leaves both out. */
#include "emit/tree.h"

#include "emit/naming.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

typedef struct csv_form {
    GString *out;
    char separator;
    gboolean plain;
} csv_form;

static void
put_field (const csv_form *csv, const char *text, gboolean last)
{
    const char special[] = { csv->separator, '"', '\r', '\n', '\0' };
    GString *out = csv->out;
    if (text == NULL)
        text = "";
    gboolean is_formula = !csv->plain && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
    gboolean is_quoted = strpbrk (text, special) != NULL;
    g_string_append_printf (out, "%s%s", is_quoted ? "\"" : "", is_formula ? "'" : "");
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c (out, '"');
        g_string_append_c (out, *text);
    }
    if (is_quoted)
        g_string_append_c (out, '"');
    if (last)
        g_string_append (out, "\r\n");
    else
        g_string_append_c (out, csv->separator);
}

static void
put_list (const csv_form *csv, const GPtrArray *values)
{
    g_autofree char *joined = kh_values_joined (values, "; ");
    put_field (csv, joined, FALSE);
}

static void
put_other (const csv_form *csv, const GPtrArray *other)
{
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint i = 0; i < other->len; i++) {
        const kh_other_field *field = other->pdata[i];
        if (field->text.text != NULL)
            g_string_append_printf (joined, "%s%s: %s", joined->len > 0 ? "; " : "", field->header, field->text.text);
    }
    put_field (csv, joined->str, FALSE);
}

static void
put_task (const csv_form *csv, const kh_task *task)
{
    put_field (csv, task->id, FALSE);
    put_field (csv, task->group.text, FALSE);
    put_field (csv, task->number.text, FALSE);
    put_field (csv, task->text.text, FALSE);
    put_list (csv, task->lead);
    put_list (csv, task->coordinate);
    put_list (csv, task->product);
    put_field (csv, task->deadline.text.text, FALSE);
    put_field (csv, kh_deadline_kind_name (task->deadline.kind), FALSE);
    put_field (csv, task->deadline.start, FALSE);
    put_field (csv, task->deadline.end, FALSE);
    put_field (csv, task->budget.text, FALSE);
    put_field (csv, task->notes.text, FALSE);
    put_other (csv, task->other);
    put_field (csv, task->section, FALSE);
    put_field (csv, task->table, FALSE);
    g_autofree char *row = task->row > 0 ? g_strdup_printf ("%d", task->row) : NULL;
    put_field (csv, row, TRUE);
}

void
kh_emit_csv (GString *out, const kh_record *record, const kh_format_options *options)
{
    const csv_form settings = { out, options->separator != '\0' ? options->separator : ',', options->plain }, *csv = &settings;
    static const char *const headers[] = {
        "Mã",       "Nhóm nhiệm vụ", "Số thứ tự", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm",
        "Thời hạn", "Loại thời hạn", "Từ ngày",   "Đến ngày",          "Kinh phí",       "Ghi chú",         "Nội dung khác",
        "Mục",      "Bảng",          "Dòng",
    };
    if (!options->plain)
        g_string_append (out, BYTE_ORDER_MARK);
    for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
        put_field (csv, headers[i], i + 1 == G_N_ELEMENTS (headers));
    for (guint i = 0; i < record->tasks->len; i++)
        put_task (csv, record->tasks->pdata[i]);
}
