/* xlsx.c - the record as a workbook: Nhiệm vụ, Chỉ tiêu, Thông tin, Kiểm tra. What it is made of: workbook.h. */
#include "emit/tree.h"

#include "emit/naming.h"
#include "emit/review.h"
#include "emit/workbook.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

typedef struct xlsx {
    const kh_record *record;
    kh_review_index *doubts;
    kh_worksheet *sheet;
    gboolean has_pages; /* of the file: a link may name one */
} xlsx;

static int
page_of (const kh_evidence *seen)
{
    return seen->n_spots > 0 ? seen->spots[0].page : 0;
}

/* A page's number that leads into the file, where there is one beside the workbook. */
static void
put_page (xlsx *x, int page)
{
    gboolean is_file = strcmp (x->record->file, "stdin") != 0;
    if (is_file && page > 0 && !x->has_pages)
        kh_worksheet_page (x->sheet, NULL, page, NULL);
    else
        kh_worksheet_page (x->sheet, is_file ? x->record->file : NULL, page, NULL);
}

static void put_value (xlsx *x, const char *text, const kh_evidence *seen, const char *pointer, ...) G_GNUC_PRINTF (4, 5);
static void put_day (xlsx *x, const char *iso, const kh_evidence *seen, const char *pointer, ...) G_GNUC_PRINTF (4, 5);

static char *
why (xlsx *x, const kh_evidence *seen, const char *pointer, va_list arguments)
{
    g_autofree char *place = g_strdup_vprintf (pointer, arguments);
    return kh_review_why (x->doubts, place, seen);
}

static void
put_value (xlsx *x, const char *text, const kh_evidence *seen, const char *pointer, ...)
{
    va_list arguments;
    va_start (arguments, pointer);
    g_autofree char *note = why (x, seen, pointer, arguments);
    va_end (arguments);
    kh_worksheet_text (x->sheet, text, note);
}

static void
put_day (xlsx *x, const char *iso, const kh_evidence *seen, const char *pointer, ...)
{
    va_list arguments;
    va_start (arguments, pointer);
    g_autofree char *note = why (x, seen, pointer, arguments);
    va_end (arguments);
    kh_worksheet_day (x->sheet, iso, iso != NULL ? note : NULL);
}

/* A list in one cell, an item a line; its note names the items that are doubtful. */
static void
put_list (xlsx *x, const GPtrArray *values, guint task, const char *key)
{
    g_autofree char *text = kh_values_joined (values, ";\n"), *own = g_strdup_printf ("/tasks/%u/%s", task, key);
    g_autofree char *missing = kh_review_why (x->doubts, own, NULL);
    g_autoptr (GString) notes = g_string_new (missing);
    guint written = 0;
    for (guint i = 0; i < values->len; i++) {
        const kh_value *value = values->pdata[i];
        if (value->text == NULL)
            continue;
        g_autofree char *pointer = g_strdup_printf ("/tasks/%u/%s/%u", task, key, written++);
        g_autofree char *reason = kh_review_why (x->doubts, pointer, &value->seen);
        if (reason != NULL)
            g_string_append_printf (notes, "%s%s:\n%s", notes->len > 0 ? "\n" : "", value->text, reason);
    }
    kh_worksheet_text (x->sheet, text, notes->len > 0 ? notes->str : NULL);
}

/* ------------------------------------------------------------------ Nhiệm vụ */

static const kh_worksheet_column TASK_COLUMNS[] = {
    { "Mã", 6 },          { "TT", 6 },           { "Nhóm nhiệm vụ", 20 }, { "Nội dung nhiệm vụ", 52 }, { "Đơn vị chủ trì", 20 }, { "Đơn vị phối hợp", 20 },
    { "Sản phẩm", 20 },   { "Thời hạn (như in)", 16 }, { "Từ ngày", 12 }, { "Đến ngày", 12 },        { "Loại thời hạn", 11 },  { "Kinh phí", 12 },
    { "Ghi chú", 16 },    { "Nội dung khác", 18 }, { "Mục", 22 },         { "Trang", 8 },            { "Độ tin cậy", 8 },
};

static void
put_other (xlsx *x, const kh_task *task)
{
    g_autoptr (GString) joined = g_string_new (NULL), notes = g_string_new (NULL);
    for (guint i = 0; i < task->other->len; i++) {
        const kh_other_field *field = task->other->pdata[i];
        if (field->text.text == NULL)
            continue;
        g_string_append_printf (joined, "%s%s: %s", joined->len > 0 ? "\n" : "", field->header, field->text.text);
        g_autofree char *reason = kh_review_why (x->doubts, "", &field->text.seen);
        if (reason != NULL)
            g_string_append_printf (notes, "%s%s:\n%s", notes->len > 0 ? "\n" : "", field->header, reason);
    }
    kh_worksheet_text (x->sheet, joined->str, notes->len > 0 ? notes->str : NULL);
}

/* A day that stands for a deadline is as doubtful as the deadline; what is not there has no doubt of its own. */
static void
put_deadline (xlsx *x, const kh_deadline *deadline, guint i)
{
    put_value (x, deadline->text.text, &deadline->text.seen, "/tasks/%u/deadline", i);
    put_day (x, deadline->start, &deadline->text.seen, "/tasks/%u/deadline", i);
    put_day (x, deadline->end, &deadline->text.seen, "/tasks/%u/deadline", i);
    kh_worksheet_text (x->sheet, kh_deadline_naming (deadline->kind), NULL);
}

static void
put_task (xlsx *x, const kh_task *task, guint i)
{
    g_autofree char *section = kh_section_naming (x->record, task->section);
    put_value (x, task->id, NULL, "/tasks/%u", i);
    put_value (x, task->number.text, &task->number.seen, "/tasks/%u/number", i);
    put_value (x, task->group.text, &task->group.seen, "/tasks/%u/group", i);
    put_value (x, task->text.text, &task->text.seen, "/tasks/%u/text", i);
    put_list (x, task->lead, i, "lead");
    put_list (x, task->coordinate, i, "coordinate");
    put_list (x, task->product, i, "product");
    put_deadline (x, &task->deadline, i);
    put_value (x, task->budget.text, &task->budget.seen, "/tasks/%u/budget", i);
    put_value (x, task->notes.text, &task->notes.seen, "/tasks/%u/notes", i);
    put_other (x, task);
    kh_worksheet_text (x->sheet, section, NULL);
    put_page (x, page_of (task->text.seen.n_spots > 0 ? &task->text.seen : &task->seen));
    kh_worksheet_number (x->sheet, round (task->seen.confidence * 100) / 100, NULL);
}

/* ------------------------------------------------------------------ Chỉ tiêu */

static const kh_worksheet_column TARGET_COLUMNS[] = {
    { "Mã", 6 },         { "Nội dung chỉ tiêu", 56 }, { "Đối tượng", 30 }, { "So sánh", 9 }, { "Giá trị", 10 }, { "Đơn vị", 12 },
    { "Đến ngày", 12 },  { "So với (như in)", 18 },   { "So với: từ ngày", 12 }, { "So với: đến ngày", 12 }, { "Chủ đề", 26 }, { "Mục", 22 },
    { "Trang", 8 },      { "Độ tin cậy", 8 },
};

static void
put_target (xlsx *x, const kh_target *target, guint i)
{
    g_autofree char *section = kh_section_naming (x->record, target->section);
    g_autofree char *pointer = g_strdup_printf ("/targets/%u/value", i), *unsure = kh_review_why (x->doubts, pointer, &target->value_seen);
    put_value (x, target->id, NULL, "/targets/%u", i);
    put_value (x, target->text.text, &target->text.seen, "/targets/%u/text", i);
    put_value (x, target->subject.text, &target->subject.seen, "/targets/%u/subject", i);
    put_value (x, kh_comparator_naming (target->comparator), NULL, "/targets/%u/comparator", i);
    kh_worksheet_number (x->sheet, target->value, unsure);
    put_value (x, target->unit.text, &target->unit.seen, "/targets/%u/unit", i);
    put_day (x, target->by, NULL, "/targets/%u/by", i);
    put_value (x, target->baseline.text.text, &target->baseline.text.seen, "/targets/%u/baseline", i);
    kh_worksheet_day (x->sheet, target->baseline.start, NULL);
    kh_worksheet_day (x->sheet, target->baseline.end, NULL);
    kh_worksheet_text (x->sheet, kh_topic_naming (target->topic), NULL);
    kh_worksheet_text (x->sheet, section, NULL);
    put_page (x, page_of (target->text.seen.n_spots > 0 ? &target->text.seen : &target->seen));
    kh_worksheet_number (x->sheet, round (target->seen.confidence * 100) / 100, NULL);
}

/* ------------------------------------------------------------------ Thông tin */

static const kh_worksheet_column FACT_COLUMNS[] = { { "Phần", 20 }, { "Mục", 34 }, { "Nội dung", 90 }, { "Trang", 8 } };

static void
begin_fact (xlsx *x, const char *part, const char *name)
{
    kh_worksheet_row (x->sheet);
    kh_worksheet_heading (x->sheet, part);
    kh_worksheet_text (x->sheet, name, NULL);
}

/* Not found is told as an empty cell, of the header's facts alone. */
static void
put_fact (xlsx *x, const char *part, const char *name, const kh_value *value, const char *pointer)
{
    begin_fact (x, part, name);
    put_value (x, value->text, &value->seen, "%s", pointer);
    put_page (x, page_of (&value->seen));
}

static void
put_day_fact (xlsx *x, const char *part, const char *name, const kh_value *value, const char *pointer)
{
    begin_fact (x, part, name);
    if (value->text == NULL)
        put_value (x, NULL, &value->seen, "%s", pointer);
    else
        put_day (x, value->text, &value->seen, "%s", pointer);
    put_page (x, page_of (&value->seen));
}

static void
put_plain_fact (xlsx *x, const char *part, const char *name, const char *text)
{
    if (text == NULL)
        return;
    begin_fact (x, part, name);
    kh_worksheet_text (x->sheet, text, NULL);
    put_page (x, 0);
}

static void
put_header (xlsx *x)
{
    static const char part[] = "Văn bản";
    const kh_header *header = &x->record->header;
    put_fact (x, part, "Cơ quan chủ quản", &header->parent, "/header/parent");
    put_fact (x, part, "Cơ quan ban hành", &header->issuer, "/header/issuer");
    put_plain_fact (x, part, "Tỉnh, thành phố", header->province.name);
    put_plain_fact (x, part, "Tỉnh, thành phố từ 7/2025", header->province.today_name);
    put_fact (x, part, "Số, ký hiệu", &header->number, "/header/number");
    put_fact (x, part, "Địa danh", &header->place, "/header/place");
    put_day_fact (x, part, "Ngày ban hành", &header->date, "/header/date");
    put_fact (x, part, "Loại văn bản", &header->type, "/header/type");
    put_fact (x, part, "Tên", &header->title, "/header/title");
    put_day_fact (x, part, "Thực hiện từ", &header->period_start, "/header/period/start");
    put_day_fact (x, part, "Thực hiện đến", &header->period_end, "/header/period/end");
}

static void
put_signature (xlsx *x, const kh_signature *signature, const char *pointer)
{
    static const char part[] = "Chữ ký";
    const struct {
        const char *name, *key;
        const kh_value *value;
    } facts[] = { { "Thẩm quyền", "authority", &signature->authority },
                  { "Chức vụ", "position", &signature->position },
                  { "Họ tên", "name", &signature->name } };
    for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
        g_autofree char *place = g_strdup_printf ("%s/%s", pointer, facts[i].key);
        put_fact (x, part, facts[i].name, facts[i].value, place);
    }
}

static void
put_body (xlsx *x)
{
    const kh_record *record = x->record;
    for (guint i = 0; i < record->bases->len; i++) {
        const kh_base *base = record->bases->pdata[i];
        g_autofree char *pointer = g_strdup_printf ("/bases/%u/text", i), *number = g_strdup_printf ("%u", i + 1);
        put_fact (x, "Căn cứ", number, &base->text, pointer);
    }
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = record->sections->pdata[i];
        g_autofree char *pointer = g_strdup_printf ("/sections/%u/title", i);
        if (section->title.text != NULL || section->number.text != NULL)
            put_fact (x, "Đề mục", section->number.text, &section->title, pointer);
    }
    for (guint i = 0; i < record->responsibilities->len; i++) {
        const kh_responsibility *one = record->responsibilities->pdata[i];
        g_autofree char *pointer = g_strdup_printf ("/responsibilities/%u/text", i);
        kh_worksheet_row (x->sheet);
        kh_worksheet_heading (x->sheet, "Trách nhiệm");
        put_value (x, one->unit.text, &one->unit.seen, "/responsibilities/%u/unit", i);
        put_value (x, one->text.text, &one->text.seen, "%s", pointer);
        put_page (x, page_of (&one->text.seen));
    }
    for (guint i = 0, written = 0; i < record->recipients->len; i++) {
        const kh_value *recipient = record->recipients->pdata[i];
        g_autofree char *pointer = g_strdup_printf ("/recipients/%u", written);
        if (recipient->text == NULL)
            continue;
        g_autofree char *number = g_strdup_printf ("%u", ++written);
        put_fact (x, "Nơi nhận", number, recipient, pointer);
    }
}

static void
put_source (xlsx *x)
{
    static const char part[] = "Nguồn";
    const kh_record *record = x->record;
    gboolean is_file = strcmp (record->file, "stdin") != 0;
    begin_fact (x, part, "Tệp");
    kh_worksheet_link (x->sheet, record->file, is_file ? record->file : NULL, 0, NULL);
    begin_fact (x, part, "Số trang");
    kh_worksheet_number (x->sheet, record->page_count, NULL);
    begin_fact (x, part, "Số trang đã đọc");
    kh_worksheet_number (x->sheet, record->pages->len, NULL);
    begin_fact (x, part, "Dung lượng (byte)");
    kh_worksheet_number (x->sheet, (double) record->bytes, NULL);
    put_plain_fact (x, part, "SHA-256", record->sha256);
    put_plain_fact (x, part, "Định dạng", record->media_type);
    put_plain_fact (x, part, "Chương trình", "kehoach " KH_VERSION);
}

static void
put_facts (xlsx *x)
{
    put_header (x);
    put_body (x);
    if (x->record->signatures->len == 0)
        put_signature (x, &x->record->signature, "/signature");
    for (guint i = 0; i < x->record->signatures->len; i++) {
        g_autofree char *pointer = g_strdup_printf ("/signatures/%u", i);
        put_signature (x, x->record->signatures->pdata[i], pointer);
    }
    put_source (x);
}

/* ------------------------------------------------------------------ Kiểm tra */

static const kh_worksheet_column REVIEW_COLUMNS[] = { { "STT", 6 },    { "Chỗ cần xem", 34 }, { "Đã đọc", 50 },
                                                      { "Lý do", 44 }, { "Trang", 8 },        { "Vị trí trong bản ghi", 30 }, { "Đã kiểm tra", 12 } };

static void
put_review_item (const kh_review_item *item, gpointer user_data)
{
    xlsx *x = user_data;
    kh_worksheet_row (x->sheet);
    kh_worksheet_number (x->sheet, kh_worksheet_row_number (x->sheet), NULL);
    kh_worksheet_text (x->sheet, *item->place != '\0' ? item->place : "cả văn bản", NULL);
    kh_worksheet_text (x->sheet, item->text, NULL);
    kh_worksheet_text (x->sheet, item->message, NULL);
    put_page (x, item->page);
    kh_worksheet_text (x->sheet, item->pointer, NULL);
    kh_worksheet_text (x->sheet, NULL, NULL); /* for the clerk */
}

/* Pages that were lost are for a person, too. */
static void
put_warnings (xlsx *x)
{
    for (guint i = 0; i < x->record->warnings->len; i++) {
        const kh_warning *warning = x->record->warnings->pdata[i];
        g_autofree char *place = warning->page > 0 ? g_strdup_printf ("trang %d", warning->page) : g_strdup ("cả văn bản");
        kh_worksheet_row (x->sheet);
        kh_worksheet_number (x->sheet, kh_worksheet_row_number (x->sheet), NULL);
        kh_worksheet_text (x->sheet, place, NULL);
        kh_worksheet_text (x->sheet, NULL, NULL);
        kh_worksheet_text (x->sheet, warning->message, NULL);
        put_page (x, warning->page);
        kh_worksheet_text (x->sheet, NULL, NULL);
        kh_worksheet_text (x->sheet, NULL, NULL);
    }
}

/* ------------------------------------------------------------------ the whole */

gboolean
kh_emit_xlsx (GString *out, const kh_record *record, GError **error)
{
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    xlsx x = { record, kh_review_index_new (record), NULL, g_strcmp0 (record->media_type, "application/pdf") == 0 };
    x.sheet = kh_workbook_sheet (book, "Nhiệm vụ", TASK_COLUMNS, G_N_ELEMENTS (TASK_COLUMNS));
    for (guint i = 0; i < record->tasks->len && kh_worksheet_row (x.sheet); i++)
        put_task (&x, record->tasks->pdata[i], i);
    x.sheet = kh_workbook_sheet (book, "Chỉ tiêu", TARGET_COLUMNS, G_N_ELEMENTS (TARGET_COLUMNS));
    for (guint i = 0; i < record->targets->len && kh_worksheet_row (x.sheet); i++)
        put_target (&x, record->targets->pdata[i], i);
    x.sheet = kh_workbook_sheet (book, "Thông tin", FACT_COLUMNS, G_N_ELEMENTS (FACT_COLUMNS));
    put_facts (&x);
    x.sheet = kh_workbook_sheet (book, "Kiểm tra", REVIEW_COLUMNS, G_N_ELEMENTS (REVIEW_COLUMNS));
    kh_review_each (record, G_MAXUINT, put_review_item, &x);
    put_warnings (&x);
    kh_review_index_free (x.doubts);
    return kh_workbook_write (book, out, error);
}
