/* sample_record.h - a small record with everything in it, for the tests of emit/.
 *
 * Two pages: page 1 digital; page 2 was scanned lying on its side, so that its reading frame (842 x 595) is turned
 * by 90 degrees onto the page as shown (595 x 842): x' = 595 - y, y' = x.
 */
#ifndef KH_TESTS_SAMPLE_RECORD_H
#define KH_TESTS_SAMPLE_RECORD_H

#include "core/flow.h"
#include "core/record.h"

#include <string.h>

/* The words of `string`, one line at x, y of the page's reading frame: 10 points a byte, 12 high. */
static G_GNUC_UNUSED const kh_text *
sample_text (kh_pool *pool, kh_page *page, double x, double y, const char *string)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    g_auto (GStrv) parts = g_strsplit (string, " ", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        kh_word word = { .text = kh_pool_strdup (pool, parts[i]), .confidence = 0.9f, .likely = 1, .trust = 0.9f, .page = page->number, .line = -1 };
        word.read = word.text;
        word.box = (kh_box){ x, y, x + 10.0 * strlen (parts[i]), y + 12 };
        x = word.box.x1 + 5;
        kh_text_builder_add_word (&builder, kh_pool_memdup (pool, &word, sizeof word), TRUE);
    }
    kh_text *text = kh_pool_new0 (pool, kh_text, 1);
    *text = kh_text_builder_finish (&builder, pool);
    return text;
}

static G_GNUC_UNUSED kh_value
sample_value (kh_pool *pool, kh_page *page, double x, double y, const char *string)
{
    return kh_value_of (pool, sample_text (pool, page, x, y, string));
}

static G_GNUC_UNUSED void
sample_add_value (kh_pool *pool, GPtrArray *list, kh_value value)
{
    g_ptr_array_add (list, kh_pool_memdup (pool, &value, sizeof value));
}

/*      | TT | Nội dung | Quý I | Quý II |      row 0: a header over rows 0-1 and one over columns 2-3
 *      | 1  | Rà soát  |  x    |  ""    |      row 2; column 0 spans rows 2-3
 *      |    | Công bố  |  "a, \"b\""    |      row 3: spans columns 2-3
 */
static G_GNUC_UNUSED kh_grid *
sample_grid (kh_pool *pool, kh_page *page)
{
    static const struct {
        const char *text;
        int row, col, row_span, col_span;
    } cells[] = {
        { "TT", 0, 0, 2, 1 },     { "Nội dung", 0, 1, 2, 1 }, { "Thời gian", 0, 2, 1, 2 }, { "Quý I", 1, 2, 1, 1 },
        { "Quý II", 1, 3, 1, 1 }, { "1", 2, 0, 2, 1 },        { "Rà soát", 2, 1, 1, 1 },   { "x", 2, 2, 1, 1 },
        { "", 2, 3, 1, 1 },       { "Công bố", 3, 1, 1, 1 },  { "a, \"b\"", 3, 2, 1, 2 },
    };
    kh_grid *grid = kh_pool_new0 (pool, kh_grid, 1);
    grid->n_rows = 4;
    grid->n_cols = 4;
    grid->n_header_rows = 2;
    grid->ruled = TRUE;
    grid->confidence = 1;
    grid->cells = kh_pool_new0 (pool, kh_cell *, 16);
    grid->pages = kh_pool_own (pool, g_array_new (FALSE, FALSE, sizeof (int)), (GDestroyNotify)g_array_unref);
    g_array_append_val (grid->pages, page->number);
    for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
        kh_cell *cell = kh_pool_new0 (pool, kh_cell, 1);
        double x = 50 + 150.0 * cells[i].col, y = 300 + 20.0 * cells[i].row;
        cell->text = *cells[i].text == '\0' ? (kh_text){ "", 0, NULL } : *sample_text (pool, page, x, y, cells[i].text);
        cell->row_span = cells[i].row_span;
        cell->col_span = cells[i].col_span;
        cell->page = page->number;
        cell->box = (kh_box){ x, y, x + 150.0 * cells[i].col_span, y + 20.0 * cells[i].row_span };
        grid->cells[cells[i].row * 4 + cells[i].col] = cell;
    }
    return grid;
}

static G_GNUC_UNUSED void
sample_fill_lists (kh_pool *pool, kh_record *record, kh_page *one, kh_page *two)
{
    kh_base *base = kh_pool_new0 (pool, kh_base, 1);
    base->text = sample_value (pool, one, 70, 200, "Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2024");
    base->references = kh_pool_list (pool);
    kh_reference *reference = kh_pool_new0 (pool, kh_reference, 1);
    reference->type = sample_value (pool, one, 130, 200, "Kế hoạch");
    reference->number = sample_value (pool, one, 230, 200, "5/KH-UBND");
    reference->date = kh_value_derived (pool, "2024-01-03", sample_text (pool, one, 380, 200, "03/01/2024"));
    g_ptr_array_add (base->references, reference);
    g_ptr_array_add (record->bases, base);

    kh_section *section = kh_pool_new0 (pool, kh_section, 1);
    section->id = "s1";
    section->level = 1;
    section->number = sample_value (pool, one, 70, 240, "I");
    section->title = sample_value (pool, one, 90, 240, "NHIỆM VỤ");
    section->role = KH_ROLE_TASKS;
    section->paragraphs = kh_pool_list (pool);
    kh_paragraph *paragraph = kh_pool_new0 (pool, kh_paragraph, 2);
    paragraph[0].marker = "-";
    paragraph[0].depth = 1;
    paragraph[0].text = sample_value (pool, two, 100, 50, "Tối thiểu 85% hồ sơ đúng hạn.");
    paragraph[0].references = base->references;
    paragraph[1].table = "tb1";
    g_ptr_array_add (section->paragraphs, &paragraph[0]);
    g_ptr_array_add (section->paragraphs, &paragraph[1]);
    g_ptr_array_add (record->sections, section);

    kh_task *task = kh_pool_new0 (pool, kh_task, 1);
    task->id = "t1";
    task->origin = KH_TASK_TABLE;
    task->number = sample_value (pool, one, 50, 340, "1");
    task->text = sample_value (pool, one, 200, 340, "Rà soát");
    task->lead = kh_pool_list (pool);
    task->coordinate = kh_pool_list (pool);
    task->product = kh_pool_list (pool);
    task->other = kh_pool_list (pool);
    sample_add_value (pool, task->lead, sample_value (pool, one, 350, 340, "Văn phòng Sở"));
    ((kh_value *) g_ptr_array_index (task->lead, 0))->key = "Văn phòng Sở";
    sample_add_value (pool, task->lead, sample_value (pool, one, 350, 352, "Phòng 1, \"A\""));
    task->deadline = (kh_deadline){ KH_DEADLINE_PERIOD, sample_value (pool, one, 500, 340, "Quý I"), "2024-01-01", "2024-03-31" };
    for (int i = 0; i < 2; i++) {
        kh_other_field *field = kh_pool_new0 (pool, kh_other_field, 1);
        field->header = "Cấp/bậc ~";
        field->text = sample_value (pool, one, 520, 340, i == 0 ? "tỉnh" : "xã");
        g_ptr_array_add (task->other, field);
    }
    task->section = "s1";
    task->table = "tb1";
    task->row = 1;
    task->references = kh_pool_list (pool);
    g_ptr_array_add (record->tasks, task);

    kh_target *target = kh_pool_new0 (pool, kh_target, 1);
    target->id = "g1";
    target->text = sample_value (pool, two, 100, 50, "Tối thiểu 85% hồ sơ đúng hạn.");
    target->comparator = ">=";
    target->value = 85.5;
    target->value_seen = sample_value (pool, two, 200, 50, "85,5").seen;
    target->unit = sample_value (pool, two, 220, 50, "%");
    target->by = "2024-12-31";
    target->section = "s1";
    g_ptr_array_add (record->targets, target);

    kh_responsibility *responsibility = kh_pool_new0 (pool, kh_responsibility, 1);
    responsibility->unit = sample_value (pool, two, 100, 90, "Văn phòng Sở");
    responsibility->text = sample_value (pool, two, 100, 90, "Văn phòng Sở theo dõi.");
    responsibility->section = "s1";
    g_ptr_array_add (record->responsibilities, responsibility);
    sample_add_value (pool, record->recipients, sample_value (pool, two, 60, 400, "Lưu: VT"));

    kh_table *table = kh_pool_new0 (pool, kh_table, 1);
    table->id = "tb1";
    table->role = KH_TABLE_TASKS;
    table->columns = kh_pool_list (pool);
    table->grid = sample_grid (pool, one);
    table->first_row = 2;
    static const char *const headers[] = { "TT", "Nội dung", "Thời gian Quý I", "Thời gian Quý II" };
    static const char *const fields[] = { "number", "text", NULL, NULL };
    for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
        kh_table_column *column = kh_pool_new0 (pool, kh_table_column, 1);
        column->header = headers[i];
        column->field = fields[i];
        column->seen = sample_value (pool, one, 50 + 150.0 * i, 300, headers[i]).seen;
        g_ptr_array_add (table->columns, column);
    }
    g_ptr_array_add (record->tables, table);

    kh_repair *repair = kh_pool_new0 (pool, kh_repair, 1);
    *repair = (kh_repair){ 1, "combining", "kê´", "kế", 0.987f, 3 };
    g_ptr_array_add (record->repairs, repair);
    kh_review_entry *entry = kh_pool_new0 (pool, kh_review_entry, 1);
    *entry = (kh_review_entry){ "/tasks/0/deadline", "low_confidence" };
    g_ptr_array_add (record->review, entry);
}

static G_GNUC_UNUSED kh_record *
sample_record (kh_pool *pool)
{
    kh_record *record = kh_record_new (pool);
    kh_page *one = kh_page_new (pool, 1, 595.32, 841.92), *two = kh_page_new (pool, 2, 595, 842);
    one->origin = KH_ORIGIN_TEXT_LAYER;
    one->confidence = 1;
    two->origin = KH_ORIGIN_OCR;
    two->dpi = 300;
    two->skew = -0.444;
    two->rotation = 90;
    two->confidence = 0.876f;
    two->frame_width = 842;
    two->frame_height = 595;
    two->to_page = (kh_affine){ 0, -1, 595, 1, 0, 0 };
    kh_page_add_mark (one, (kh_box){ 400, 60, 500, 140 }, KH_MARK_STAMP);
    g_ptr_array_add (record->pages, one);
    g_ptr_array_add (record->pages, two);
    record->file = "ke hoach.pdf";
    record->sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    record->media_type = "application/pdf";
    record->bytes = 123456;
    record->page_count = 3;
    record->header.issuer = sample_value (pool, one, 70, 60, "SỞ TƯ PHÁP");
    record->header.number = sample_value (pool, one, 88.06, 92, "71/KH-STP");
    record->header.date = kh_value_derived (pool, "2024-02", sample_text (pool, one, 350, 92, "tháng 2 năm 2024"));
    record->header.period_end = kh_value_derived (pool, "2024-12-31", NULL);
    record->header.province.code = "42";
    record->header.province.name = "Hà Tĩnh";
    record->signature.name = sample_value (pool, two, 400, 500, "Trần Xuân Hưng");
    sample_fill_lists (pool, record, one, two);
    kh_record_warn (pool, record, 3, "page_unreadable", "page 3 cannot be read");
    kh_record_warn (pool, record, 0, "pages_skipped", "pages were left out");
    return record;
}

#endif
