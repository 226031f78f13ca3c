#include "emit/tree.h"

#include "core/reasons.h"

#include <string.h>

const char *
kh_role_name (kh_role role)
{
    static const char *const names[] = { "other", "objectives", "tasks", "assignments", "funding", "implementation", "appendix" };
    return names[role];
}

const char *
kh_deadline_kind_name (kh_deadline_kind kind)
{
    static const char *const names[] = { NULL, "date", "period", "recurring", "conditional" };
    return names[kind];
}

static const char *
origin_name (kh_origin origin)
{
    static const char *const names[] = { "ocr", "text_layer", "text_layer_repaired", "text" };
    return names[origin];
}

/* ---- small pieces ---- */

static void
set (json_t *object, const char *key, json_t *value)
{
    json_object_set_new (object, key, value);
}

static void
set_text (json_t *object, const char *key, const char *text)
{
    set (object, key, kh_json_text (text));
}

/* A whole number where 0 stands for "none". */
static json_t *
count_or_null (int count)
{
    return count > 0 ? json_integer (count) : json_null ();
}

/* A value at the walk's place. */
static json_t *
value_here (kh_walk *walk, const kh_value *value)
{
    if (value->text == NULL || *value->text == '\0')
        return json_null ();
    kh_walk_note (walk, &value->seen);
    return kh_json_text (value->text);
}

static void
set_value (kh_walk *walk, json_t *object, const char *key, const kh_value *value)
{
    gsize mark = kh_walk_into (walk, key);
    set (object, key, value_here (walk, value));
    kh_walk_back (walk, mark);
}

/* A list, each item made by `item` with the walk standing at it; an item that makes NULL is left out. */
typedef json_t *(*item_maker) (kh_walk *walk, const void *item);

static void
set_list (kh_walk *walk, json_t *object, const char *key, const GPtrArray *list, item_maker item)
{
    json_t *array = json_array ();
    gsize mark = kh_walk_into (walk, key);
    for (guint i = 0; i < list->len; i++) {
        gsize inner = kh_walk_item (walk, json_array_size (array));
        json_t *made = item (walk, list->pdata[i]);
        if (made != NULL)
            json_array_append_new (array, made);
        kh_walk_back (walk, inner);
    }
    kh_walk_back (walk, mark);
    set (object, key, array);
}

static json_t *
value_item (kh_walk *walk, const void *item)
{
    const kh_value *value = item;
    return value->text == NULL || *value->text == '\0' ? NULL : value_here (walk, value);
}

/* The keys of a list of units, in the order of value_item's; null where one has none. */
static void
set_keys (json_t *object, const char *key, const GPtrArray *units)
{
    json_t *array = json_array ();
    for (guint i = 0; i < units->len; i++) {
        const kh_value *unit = units->pdata[i];
        if (unit->text != NULL && *unit->text != '\0')
            json_array_append_new (array, kh_json_text (unit->key));
    }
    set (object, key, array);
}

/* ---- source ---- */

static json_t *
page_item (kh_walk *walk, const void *item)
{
    (void)walk;
    const kh_page *page = item;
    gboolean image = page->dpi > 0;
    json_t *json = json_object ();
    set (json, "number", json_integer (page->number));
    set (json, "width", kh_json_number (page->width, 1));
    set (json, "height", kh_json_number (page->height, 1));
    set (json, "rotation", json_integer (page->rotation));
    set_text (json, "origin", origin_name (page->origin));
    set (json, "dpi", image ? kh_json_number (page->dpi, 0) : json_null ());
    set (json, "skew", image ? kh_json_number (page->skew, 2) : json_null ());
    set (json, "confidence", kh_json_number (CLAMP (page->confidence, 0, 1), 2));
    return json;
}

static json_t *
source_json (kh_walk *walk, const kh_record *record)
{
    json_t *json = json_object ();
    set_text (json, "file", record->file);
    set_text (json, "sha256", record->sha256);
    set (json, "bytes", json_integer ((json_int_t)record->bytes));
    set_text (json, "media_type", record->media_type);
    set (json, "page_count", json_integer (record->page_count));
    set_list (walk, json, "pages", record->pages, page_item);
    return json;
}

static json_t *
generator_json (kh_models models)
{
    json_t *json = json_object (), *names = json_object ();
    set_text (names, "ocr", models.ocr);
    set_text (names, "repair", models.repair);
    set_text (json, "name", "kehoach");
    set_text (json, "version", KH_VERSION);
    set (json, "models", names);
    return json;
}

/* ---- header, bases ---- */

static json_t *
province_json (const kh_province *province)
{
    json_t *json = json_object (), *today = json_object ();
    set_text (today, "code", province->today_code);
    set_text (today, "name", province->today_name);
    set_text (json, "code", province->code);
    set_text (json, "name", province->name);
    set (json, "today", today);
    return json;
}

static json_t *
header_json (kh_walk *walk, const kh_header *header)
{
    json_t *json = json_object (), *period = json_object ();
    set_value (walk, json, "issuer", &header->issuer);
    set_text (json, "issuer_key", header->issuer.key);
    set_value (walk, json, "parent", &header->parent);
    set_text (json, "parent_key", header->parent.key);
    set (json, "province", province_json (&header->province));
    set_value (walk, json, "number", &header->number);
    set_value (walk, json, "place", &header->place);
    set_value (walk, json, "date", &header->date);
    set_value (walk, json, "type", &header->type);
    set_value (walk, json, "title", &header->title);
    gsize mark = kh_walk_into (walk, "period");
    set_value (walk, period, "start", &header->period_start);
    set_value (walk, period, "end", &header->period_end);
    kh_walk_back (walk, mark);
    set (json, "period", period);
    return json;
}

static json_t *
reference_item (kh_walk *walk, const void *item)
{
    const kh_reference *reference = item;
    json_t *json = json_object ();
    set_value (walk, json, "type", &reference->type);
    set_value (walk, json, "number", &reference->number);
    set_value (walk, json, "date", &reference->date);
    set_value (walk, json, "issuer", &reference->issuer);
    if (reference->issuer.text != NULL)
        set_text (json, "issuer_key", reference->issuer.key);
    return json;
}

static json_t *
base_item (kh_walk *walk, const void *item)
{
    const kh_base *base = item;
    json_t *json = json_object ();
    set_value (walk, json, "text", &base->text);
    set_list (walk, json, "references", base->references, reference_item);
    return json;
}

/* The list of references; left out when there are none. */
static void
set_references (kh_walk *walk, json_t *object, const GPtrArray *references)
{
    if (references != NULL && references->len > 0)
        set_list (walk, object, "references", references, reference_item);
}

/* ---- sections ---- */

static json_t *
paragraph_item (kh_walk *walk, const void *item)
{
    const kh_paragraph *paragraph = item;
    json_t *json = json_object ();
    if (paragraph->table != NULL) {
        set_text (json, "table", paragraph->table);
        return json;
    }
    gboolean bare = paragraph->text.text == NULL || *paragraph->text.text == '\0'; /* a marker with nothing behind it is text */
    if (bare && paragraph->marker == NULL) {
        json_decref (json);
        return NULL;
    }
    set_text (json, "marker", bare ? NULL : paragraph->marker);
    set (json, "depth", json_integer (bare ? 0 : paragraph->depth));
    if (bare)
        set_text (json, "text", paragraph->marker);
    else
        set_value (walk, json, "text", &paragraph->text);
    set_references (walk, json, paragraph->references);
    return json;
}

static json_t *
section_item (kh_walk *walk, const void *item)
{
    const kh_section *section = item;
    json_t *json = json_object ();
    set_text (json, "id", section->id);
    set_text (json, "parent", section->parent);
    set (json, "level", json_integer (section->level));
    set_value (walk, json, "number", &section->number);
    set_value (walk, json, "title", &section->title);
    set_text (json, "role", kh_role_name (section->role));
    set_list (walk, json, "paragraphs", section->paragraphs, paragraph_item);
    return json;
}

/* ---- tasks, targets, responsibilities ---- */

/* The places of a deadline stand under the deadline itself: its dates are read off the same words. */
static json_t *
deadline_json (kh_walk *walk, const kh_deadline *deadline)
{
    if (deadline->kind == KH_DEADLINE_NONE)
        return json_null ();
    json_t *json = json_object ();
    kh_walk_note (walk, &deadline->text.seen);
    set_text (json, "text", deadline->text.text);
    set_text (json, "kind", kh_deadline_kind_name (deadline->kind));
    set_text (json, "start", deadline->start);
    set_text (json, "end", deadline->end);
    return json;
}

/* Two columns may bear the same header; the second becomes "header (2)". */
static json_t *
other_json (kh_walk *walk, const GPtrArray *other)
{
    json_t *json = json_object ();
    for (guint i = 0; i < other->len; i++) {
        const kh_other_field *field = other->pdata[i];
        g_autofree char *plain = g_utf8_make_valid (field->header != NULL ? field->header : "", -1);
        g_autofree char *key = g_strdup (plain);
        for (int n = 2; json_object_get (json, key) != NULL; n++) {
            g_free (key);
            key = g_strdup_printf ("%s (%d)", plain, n);
        }
        set_value (walk, json, key, &field->text);
    }
    return json;
}

static json_t *
task_item (kh_walk *walk, const void *item)
{
    const kh_task *task = item;
    json_t *json = json_object ();
    kh_walk_note (walk, &task->seen);
    set_text (json, "id", task->id);
    set_text (json, "origin", task->origin == KH_TASK_TABLE ? "table" : "prose");
    set_value (walk, json, "group", &task->group);
    set_value (walk, json, "number", &task->number);
    set_value (walk, json, "text", &task->text);
    set_list (walk, json, "lead", task->lead, value_item);
    set_keys (json, "lead_key", task->lead);
    set_list (walk, json, "coordinate", task->coordinate, value_item);
    set_keys (json, "coordinate_key", task->coordinate);
    set_list (walk, json, "product", task->product, value_item);
    gsize mark = kh_walk_into (walk, "deadline");
    set (json, "deadline", deadline_json (walk, &task->deadline));
    kh_walk_back (walk, mark);
    set_value (walk, json, "budget", &task->budget);
    set_value (walk, json, "notes", &task->notes);
    mark = kh_walk_into (walk, "other");
    set (json, "other", other_json (walk, task->other));
    kh_walk_back (walk, mark);
    set_text (json, "section", task->section);
    set_text (json, "table", task->table);
    set (json, "row", count_or_null (task->row));
    set_references (walk, json, task->references);
    return json;
}

static json_t *
baseline_json (kh_walk *walk, const kh_baseline *baseline)
{
    if (baseline->text.text == NULL)
        return json_null ();
    json_t *json = json_object ();
    kh_walk_note (walk, &baseline->text.seen);
    set_text (json, "text", baseline->text.text);
    set_text (json, "start", baseline->start);
    set_text (json, "end", baseline->end);
    return json;
}

static json_t *
target_item (kh_walk *walk, const void *item)
{
    const kh_target *target = item;
    json_t *json = json_object ();
    kh_walk_note (walk, &target->seen);
    set_text (json, "id", target->id);
    set_value (walk, json, "text", &target->text);
    set_value (walk, json, "subject", &target->subject);
    set_text (json, "comparator", target->comparator);
    gsize mark = kh_walk_into (walk, "value");
    kh_walk_note (walk, &target->value_seen);
    set (json, "value", kh_json_number (target->value, 6));
    kh_walk_back (walk, mark);
    set_value (walk, json, "unit", &target->unit);
    set_text (json, "by", target->by);
    mark = kh_walk_into (walk, "baseline");
    set (json, "baseline", baseline_json (walk, &target->baseline));
    kh_walk_back (walk, mark);
    set_text (json, "topic", target->topic);
    set_text (json, "section", target->section);
    return json;
}

static json_t *
responsibility_item (kh_walk *walk, const void *item)
{
    const kh_responsibility *responsibility = item;
    json_t *json = json_object ();
    set_value (walk, json, "unit", &responsibility->unit);
    set_text (json, "unit_key", responsibility->unit.key);
    set_value (walk, json, "text", &responsibility->text);
    set_text (json, "section", responsibility->section);
    return json;
}

static json_t *
signature_item (kh_walk *walk, const void *item)
{
    const kh_signature *signature = item;
    json_t *json = json_object ();
    set_value (walk, json, "authority", &signature->authority);
    set_value (walk, json, "position", &signature->position);
    set_value (walk, json, "name", &signature->name);
    return json;
}

/* ---- tables ---- */

static json_t *
column_item (kh_walk *walk, const void *item)
{
    const kh_table_column *column = item;
    json_t *json = json_object ();
    gsize mark = kh_walk_into (walk, "header");
    kh_walk_note (walk, &column->seen);
    kh_walk_back (walk, mark);
    set (json, "header", json_string (column->header != NULL ? column->header : ""));
    set_text (json, "field", column->field);
    return json;
}

static json_t *
cell_json (kh_walk *walk, const kh_text *text, float confidence, int row_span, int col_span)
{
    json_t *json = json_object ();
    kh_evidence seen = { 0 };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    if (!kh_text_is_empty (text))
        seen = kh_evidence_of (pool, text);
    seen.confidence = confidence;
    gsize mark = kh_walk_into (walk, "text");
    kh_walk_note (walk, &seen);
    kh_walk_back (walk, mark);
    set (json, "text", kh_text_is_empty (text) ? json_string ("") : kh_json_text (text->str));
    set (json, "row_span", json_integer (row_span));
    set (json, "col_span", json_integer (col_span));
    return json;
}

/* The cell of a header row that reaches down to grid row `row` at `col`, or NULL. Its text stands in the
 * columns; what is left of it below is an empty cell, so that no slot is covered by a cell one cannot see. */
static const kh_cell *
cell_from_above (const kh_grid *grid, int first_row, int row, int col)
{
    if (row != first_row)
        return NULL;
    for (int r = first_row - 1; r >= 0; r--) {
        const kh_cell *cell = kh_grid_cell (grid, r, col);
        if (cell != NULL)
            return r + cell->row_span > first_row ? cell : NULL;
    }
    return NULL;
}

static json_t *
slot_json (kh_walk *walk, const kh_table *table, int row, int col)
{
    static const kh_text empty = { "", 0, NULL };
    const kh_grid *grid = table->grid;
    const kh_cell *cell = kh_grid_cell (grid, row, col);
    if (cell != NULL)
        return cell_json (walk, &cell->text, table->confidence != NULL ? table->confidence[row * grid->n_cols + col] : kh_text_trust (&cell->text), CLAMP (cell->row_span, 1, grid->n_rows - row),
                          CLAMP (cell->col_span, 1, grid->n_cols - col));
    const kh_cell *above = cell_from_above (grid, table->first_row, row, col);
    if (above == NULL)
        return json_null ();
    int start = row;
    while (kh_grid_cell (grid, start, col) != above)
        start--;
    int rest = start + above->row_span - row;
    return cell_json (walk, &empty, 0, CLAMP (rest, 1, grid->n_rows - row), CLAMP (above->col_span, 1, grid->n_cols - col));
}

static json_t *
rows_json (kh_walk *walk, const kh_table *table)
{
    const kh_grid *grid = table->grid;
    json_t *rows = json_array ();
    for (int r = table->first_row; r < grid->n_rows; r++) {
        json_t *row = json_array ();
        gsize mark = kh_walk_item (walk, r - table->first_row);
        for (int c = 0; c < grid->n_cols; c++) {
            gsize inner = kh_walk_item (walk, c);
            json_array_append_new (row, slot_json (walk, table, r, c));
            kh_walk_back (walk, inner);
        }
        kh_walk_back (walk, mark);
        json_array_append_new (rows, row);
    }
    return rows;
}

static json_t *
table_item (kh_walk *walk, const void *item)
{
    static const char *const roles[] = { "other", "tasks", "targets" };
    const kh_table *table = item;
    json_t *json = json_object (), *pages = json_array ();
    for (guint i = 0; i < table->grid->pages->len; i++)
        json_array_append_new (pages, json_integer (g_array_index (table->grid->pages, int, i)));
    set_text (json, "id", table->id);
    set (json, "pages", pages);
    set_text (json, "role", roles[table->role]);
    set_list (walk, json, "columns", table->columns, column_item);
    gsize mark = kh_walk_into (walk, "rows");
    set (json, "rows", rows_json (walk, table));
    kh_walk_back (walk, mark);
    return json;
}

/* ---- what was done, what to look at ---- */

static json_t *
repair_item (kh_walk *walk, const void *item)
{
    (void)walk;
    const kh_repair *repair = item;
    json_t *json = json_object ();
    set (json, "page", json_integer (repair->page));
    set_text (json, "kind", repair->kind);
    set (json, "from", json_string (repair->from)); /* may be "" where something was put in or taken out */
    set (json, "to", json_string (repair->to));
    set (json, "confidence", kh_json_number (CLAMP (repair->confidence, 0, 1), 2));
    set (json, "count", json_integer (repair->count));
    return json;
}

static json_t *
review_item (kh_walk *walk, const void *item)
{
    (void)walk;
    const kh_review_entry *entry = item;
    json_t *json = json_object ();
    set (json, "pointer", json_string (entry->pointer)); /* "" is the whole record */
    const kh_reason *reason = kh_reason_of (entry->reason);
    set_text (json, "reason", entry->reason);
    set_text (json, "message", reason != NULL ? reason->message : NULL);
    return json;
}

static json_t *
warning_item (kh_walk *walk, const void *item)
{
    (void)walk;
    const kh_warning *warning = item;
    json_t *json = json_object ();
    set (json, "page", count_or_null (warning->page));
    set_text (json, "code", warning->code);
    set_text (json, "message", warning->message);
    return json;
}

/* ---- the whole ---- */

json_t *
kh_tree (const kh_record *record, kh_models models)
{
    kh_walk walk;
    kh_walk_init (&walk, record->pages);
    json_t *json = json_object ();
    set_text (json, "schema", "kehoach.plan/1");
    set (json, "generator", generator_json (models));
    set (json, "source", source_json (&walk, record));
    gsize mark = kh_walk_into (&walk, "header");
    set (json, "header", header_json (&walk, &record->header));
    kh_walk_back (&walk, mark);
    set_list (&walk, json, "bases", record->bases, base_item);
    set_list (&walk, json, "sections", record->sections, section_item);
    set_list (&walk, json, "tasks", record->tasks, task_item);
    set_list (&walk, json, "targets", record->targets, target_item);
    set_list (&walk, json, "responsibilities", record->responsibilities, responsibility_item);
    set_list (&walk, json, "recipients", record->recipients, value_item);
    set_keys (json, "recipients_key", record->recipients);
    mark = kh_walk_into (&walk, "signature");
    set (json, "signature", signature_item (&walk, &record->signature));
    kh_walk_back (&walk, mark);
    set_list (&walk, json, "signatures", record->signatures, signature_item);
    set_list (&walk, json, "tables", record->tables, table_item);
    set_list (&walk, json, "repairs", record->repairs, repair_item);
    json_object_set (json, "evidence", walk.evidence);
    set_list (&walk, json, "review", record->review, review_item);
    set_list (&walk, json, "warnings", record->warnings, warning_item);
    kh_walk_clear (&walk);
    return json;
}
