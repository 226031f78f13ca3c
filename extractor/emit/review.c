#include "emit/review.h"

#include "core/flow.h"
#include "core/reasons.h"
#include "core/record_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CHARACTERS 60 /* of a value that is quoted */

/* The steps of pointers; what is not here is left out, a number is counted from 1. */
static const struct {
    const char *step, *name;
} STEPS[] = {
    { "header", "phần đầu" },       { "issuer", "cơ quan ban hành" }, { "parent", "cơ quan chủ quản" }, { "number", "số" },
    { "place", "địa danh" },        { "date", "ngày" },               { "type", "loại văn bản" },       { "title", "tên" },
    { "period", "thời gian" },      { "start", "từ" },                { "end", "đến" },                 { "bases", "căn cứ" },
    { "references", "viện dẫn" },   { "sections", "mục" },            { "paragraphs", "đoạn" },         { "tasks", "nhiệm vụ" },
    { "group", "nhóm" },            { "text", "nội dung" },           { "lead", "chủ trì" },            { "coordinate", "phối hợp" },
    { "product", "sản phẩm" },      { "deadline", "thời hạn" },       { "budget", "kinh phí" },         { "notes", "ghi chú" },
    { "targets", "chỉ tiêu" },      { "subject", "đối tượng" },       { "value", "giá trị" },           { "unit", "đơn vị" },
    { "baseline", "so với" },       { "responsibilities", "trách nhiệm" }, { "recipients", "nơi nhận" }, { "signature", "chữ ký" },
    { "signatures", "chữ ký" },     { "authority", "thẩm quyền" },    { "position", "chức vụ" },        { "name", "họ tên" },
    { "tables", "bảng" },           { "rows", "dòng" },               { "columns", "cột" },
};

static const char *
name_of (const char *step)
{
    for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
        if (strcmp (STEPS[i].step, step) == 0)
            return STEPS[i].name;
    return NULL;
}

char *
kh_review_place (const char *pointer)
{
    GString *out = g_string_new (NULL);
    g_auto (GStrv) steps = g_strsplit (*pointer == '/' ? pointer + 1 : pointer, "/", -1);
    for (guint i = 0; steps[i] != NULL; i++) {
        const char *name = i > 0 && strcmp (steps[i], "header") == 0 ? "tiêu đề" : name_of (steps[i]);
        guint64 index;
        gboolean is_cell = i > 0 && i + 2 < g_strv_length (steps) && strcmp (steps[i - 1], "rows") == 0;
        if (is_cell && g_ascii_string_to_unsigned (steps[i + 1], 10, 0, G_MAXINT32, &index, NULL)) {
            g_string_append_printf (out, " %d, cột %" G_GUINT64_FORMAT, atoi (steps[i]) + 1, index + 1);
            break;
        }
        if (g_ascii_string_to_unsigned (steps[i], 10, 0, G_MAXINT32, &index, NULL))
            g_string_append_printf (out, " %" G_GUINT64_FORMAT, index + 1);
        else if (name != NULL)
            g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", name);
    }
    return g_string_free (out, FALSE);
}

typedef struct spoken {
    const char *text;
    int page; /* 0: stands nowhere */
} spoken;

static void
keep (const kh_visited *visited, gpointer user_data)
{
    spoken *one = g_new0 (spoken, 1);
    gboolean is_number = visited->kind == KH_VALUE_FIGURES && g_str_has_suffix (visited->pointer, "/value");
    one->text = is_number && visited->seen->text != NULL ? visited->seen->text->str : visited->text; /* of targets the number is told as printed */
    one->page = visited->seen->n_spots > 0 ? visited->seen->spots[0].page : 0;
    g_hash_table_insert (user_data, g_strdup (visited->pointer), one);
}

/* What stands in a cell, for a pointer to one. */
static gboolean
cell_of (const kh_record *record, const char *pointer, spoken *one)
{
    guint t;
    int row, col;
    if (sscanf (pointer, "/tables/%u/rows/%d/%d/text", &t, &row, &col) != 3)
        return FALSE;
    const kh_table *table = g_ptr_array_index (record->tables, t);
    const kh_cell *cell = kh_grid_cell (table->grid, table->first_row + row, col);
    *one = (spoken){ cell->text.str, cell->page };
    return TRUE;
}

static void
put_entry (GString *out, const kh_record *record, const kh_review_entry *entry, GHashTable *values)
{
    g_autofree char *place = kh_review_place (entry->pointer);
    spoken cell;
    const spoken *one = cell_of (record, entry->pointer, &cell) ? &cell : g_hash_table_lookup (values, entry->pointer);
    g_string_append_printf (out, "  %s", place);
    if (one != NULL) {
        gboolean is_long = g_utf8_strlen (one->text, -1) > MOST_CHARACTERS;
        g_autofree char *quoted = is_long ? g_utf8_substring (one->text, 0, MOST_CHARACTERS) : g_strdup (one->text);
        g_string_append_printf (out, ": “%s%s”", quoted, is_long ? "…" : "");
        if (one->page > 0)
            g_string_append_printf (out, " (trang %d)", one->page);
    }
    g_string_append_printf (out, " – %s\n", kh_reason_of (entry->reason)->message);
}

void
kh_review_write (GString *out, const kh_record *record, guint most)
{
    if (record->review->len == 0)
        return;
    g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    kh_walk_values (record, keep, values);
    g_string_append (out, "\nCần xem lại:\n");
    for (guint i = 0; i < MIN (most, record->review->len); i++)
        put_entry (out, record, record->review->pdata[i], values);
    if (record->review->len > most)
        g_string_append_printf (out, "  … và %u chỗ nữa\n", record->review->len - most);
}
