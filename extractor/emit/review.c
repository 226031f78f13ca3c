#include "emit/review.h"

#include "core/flow.h"
#include "core/reasons.h"
#include "core/record_walk.h"

#include <math.h>
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
    kh_evidence seen;
} spoken;

static void
keep (const kh_visited *visited, gpointer user_data)
{
    spoken *one = g_new0 (spoken, 1);
    gboolean is_number = visited->kind == KH_VALUE_FIGURES && g_str_has_suffix (visited->pointer, "/value");
    one->text = is_number && visited->seen->text != NULL ? visited->seen->text->str : visited->text; /* of targets the number is told as printed */
    one->seen = *visited->seen;
    one->page = visited->seen->n_spots > 0 ? visited->seen->spots[0].page : 0;
    g_hash_table_insert (user_data, g_strdup (visited->pointer), one);
}

/* What stands in a cell, for a pointer to one. */
static gboolean
cell_of (const kh_record *record, const char *pointer, kh_pool *pool, spoken *one)
{
    guint t;
    int row, col;
    if (sscanf (pointer, "/tables/%u/rows/%d/%d/text", &t, &row, &col) != 3)
        return FALSE;
    const kh_table *table = g_ptr_array_index (record->tables, t);
    const kh_cell *cell = kh_grid_cell (table->grid, table->first_row + row, col);
    *one = (spoken){ cell->text.str, cell->page, kh_evidence_of (pool, &cell->text) };
    return TRUE;
}

/* ------------------------------------------------------------------ one after the other */

void
kh_review_each (const kh_record *record, guint most, void (*tell) (const kh_review_item *item, gpointer user_data), gpointer user_data)
{
    g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_walk_values (record, keep, values);
    for (guint i = 0; i < MIN (most, record->review->len); i++) {
        const kh_review_entry *entry = record->review->pdata[i];
        g_autofree char *place = kh_review_place (entry->pointer);
        spoken cell;
        const spoken *one = cell_of (record, entry->pointer, pool, &cell) ? &cell : g_hash_table_lookup (values, entry->pointer);
        const kh_reason *reason = kh_reason_of (entry->reason);
        kh_review_item item = { entry->pointer, place, one != NULL ? one->text : NULL, one != NULL ? one->page : 0,
                                one != NULL && one->seen.n_spots > 0 ? &one->seen : NULL,
                                reason != NULL ? reason->message : entry->reason };
        tell (&item, user_data);
    }
}

static void
write_item (const kh_review_item *item, gpointer out)
{
    g_string_append_printf (out, "  %s", item->place);
    if (item->text != NULL) {
        gboolean is_long = g_utf8_strlen (item->text, -1) > MOST_CHARACTERS;
        g_autofree char *quoted = is_long ? g_utf8_substring (item->text, 0, MOST_CHARACTERS) : g_strdup (item->text);
        g_string_append_printf (out, ": “%s%s”", quoted, is_long ? "…" : "");
        if (item->page > 0)
            g_string_append_printf (out, " (trang %d)", item->page);
    }
    g_string_append_printf (out, " – %s\n", item->message);
}

void
kh_review_write (GString *out, const kh_record *record, guint most)
{
    if (record->review->len == 0)
        return;
    g_string_append (out, "\nCần xem lại:\n");
    kh_review_each (record, most, write_item, out);
    if (record->review->len > most)
        g_string_append_printf (out, "  … và %u chỗ nữa\n", record->review->len - most);
}

/* ------------------------------------------------------------------ asked for by their place */

kh_review_index *
kh_review_index_new (const kh_record *record)
{
    kh_review_index *doubts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
    for (guint i = 0; i < record->review->len; i++) {
        const kh_review_entry *entry = record->review->pdata[i];
        GPtrArray *reasons = g_hash_table_lookup (doubts, entry->pointer);
        if (reasons == NULL)
            g_hash_table_insert (doubts, (char *) entry->pointer, reasons = g_ptr_array_new ());
        const kh_reason *reason = kh_reason_of (entry->reason);
        g_ptr_array_add (reasons, (char *) (reason != NULL ? reason->message : entry->reason));
    }
    return doubts;
}

char *
kh_review_why (kh_review_index *doubts, const char *pointer, const kh_evidence *seen)
{
    const GPtrArray *reasons = g_hash_table_lookup (doubts, pointer);
    gboolean is_unsure = seen != NULL && seen->n_spots > 0 && seen->confidence < KH_REVIEW_BELOW;
    if (reasons == NULL && !is_unsure)
        return NULL;
    GString *why = g_string_new (NULL);
    for (guint i = 0; reasons != NULL && i < reasons->len; i++)
        g_string_append_printf (why, "%s%s", i > 0 ? "\n" : "", (const char *) reasons->pdata[i]);
    if (is_unsure)
        g_string_append_printf (why, "%sĐộ tin cậy %d%%", why->len > 0 ? "\n" : "", (int) round (100 * CLAMP (seen->confidence, 0, 1)));
    return g_string_free (why, FALSE);
}
