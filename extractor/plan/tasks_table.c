/* tasks_table.c - each row of a table of tasks is a task.
 *
 *      │ TT │ Nhiệm vụ          │ Chủ trì  │ Thời hạn │
 *      │ I  │ Cải cách thể chế                        │   group row: gives `group` to what follows, is no task
 *      │ 1  │ Rà soát văn bản   │ Phòng A  │ Quý I    │   task
 *      │ 2  │ Báo cáo năm       │          │ Tháng 12 │   task; a merged cell (Phòng A) counts for each of its rows
 *      │    │ Tổng cộng         │          │          │   sums are no tasks
 *
 * A group column (merged cells on the left) gives `group` to each row it covers.
 */
#include "plan/columns.h"
#include "plan/deadlines.h"
#include "plan/doers.h"
#include "plan/grids.h"
#include "plan/markers.h"
#include "plan/tasks.h"
#include "plan/units.h"
#include "viet/fold.h"

#include <string.h>

typedef struct reader {
    kh_pool *pool;
    kh_record *record;
    const kh_table *table;
    const kh_grid *grid;
    const kh_section *section;
    gboolean has_arabic;   /* some rows are numbered 1, 2, 3: then Roman rows are groups */
    kh_value group;        /* of the last group row; null before the first */
    int last_number;       /* of the task before; 0 before the first */
    gboolean padded;       /* numbers are written 01, 02 */
    int number, text, lead, coordinate, product, begin, end, budget, notes, group_column; /* columns, -1 none */
} reader;

/* ------------------------------------------------------------------ cells */

static const kh_cell *
cell_at (const reader *r, int row, int col)
{
    return col < 0 ? NULL : kh_grid_owner (r->grid, row, col, NULL, NULL);
}

static const kh_text *
text_at (const reader *r, int row, int col)
{
    static const kh_text nothing = { "", 0, NULL };
    return col < 0 ? &nothing : kh_grid_text (r->grid, row, col);
}

/* A cell of this very row, not one that reaches down into it. */
static gboolean
has_own_text (const reader *r, int row, int col)
{
    int top = row;
    const kh_cell *cell = col < 0 ? NULL : kh_grid_owner (r->grid, row, col, &top, NULL);
    return cell != NULL && top == row && !kh_text_is_empty (&cell->text);
}

static kh_text
without_marker (const reader *r, const kh_text *text, const kh_marker *marker)
{
    return kh_text_slice (r->pool, text, marker->length, strlen (text->str));
}

/* The marker a number cell consists of ("1", "1.", "II", "2.1", "a)"). */
static gboolean
read_number_cell (const reader *r, const kh_text *text, kh_marker *marker)
{
    if (kh_text_is_empty (text) || strlen (text->str) > 12)
        return FALSE;
    gboolean bare = g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text->str + strlen (text->str))));
    g_autofree char *marked = g_strconcat (text->str, bare ? "." : "", NULL);
    kh_marker readings[KH_MARKER_READINGS];
    if (kh_markers_read (r->pool, marked, readings) == 0)
        return FALSE;
    *marker = readings[0];
    return TRUE;
}

/* ------------------------------------------------------------------ what a row is */

typedef enum row_kind { ROW_TASK, ROW_GROUP, ROW_NOTHING } row_kind;

static gboolean
is_total (const kh_text *text)
{
    static const char *const TOTALS[] = { "tong cong", "tong", "cong", "tong so", "tong kinh phi" };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text->str);
    g_autofree char *plain = g_strdup (fold->str);
    g_strdelimit (plain, ":.", ' ');
    g_strstrip (plain);
    for (guint i = 0; i < G_N_ELEMENTS (TOTALS); i++)
        if (strcmp (plain, TOTALS[i]) == 0)
            return TRUE;
    return FALSE;
}

/* "(1) (2) (3) …" or "1 2 3 …" below the headers: the columns' own numbers. */
static gboolean
numbers_columns (const reader *r, int row)
{
    int expected = 0;
    for (int col = 0; col < r->grid->n_cols; col++) {
        const char *text = text_at (r, row, col)->str;
        text += strspn (text, "( ");
        if (!g_ascii_isdigit (*text))
            return FALSE;
        expected++;
        if (atoi (text) != expected || strspn (text, "0123456789) ") != strlen (text))
            return FALSE;
    }
    return expected > 2;
}

/* One cell holds all the row has to say, over (nearly) all columns. */
static gboolean
spans_row (const reader *r, int row)
{
    for (int col = 0; col < r->grid->n_cols; col++) {
        const kh_cell *cell = kh_grid_cell (r->grid, row, col);
        if (cell != NULL && cell->col_span >= MAX (2, r->grid->n_cols - 2) && cell->row_span == 1 && col <= MAX (1, r->text))
            return kh_grid_filled (r->grid, row) <= 2;
    }
    return FALSE;
}

/* Nothing but number, text and perhaps a sum of money stands in the row itself. */
static gboolean
is_bare (const reader *r, int row)
{
    const int work[] = { r->lead, r->coordinate, r->product, r->begin, r->end };
    for (guint i = 0; i < G_N_ELEMENTS (work); i++)
        if (work[i] >= 0 && work[i] != r->text && !kh_text_is_empty (text_at (r, row, work[i])))
            return FALSE;
    return has_own_text (r, row, r->text);
}

/* The rows' numbers go on without this one: a group's "I" read as 1. */
static gboolean
is_left_out (const reader *r, int row, const kh_marker *marker)
{
    kh_marker next;
    if (row + 1 >= r->grid->n_rows || marker->kind != KH_MARKER_ARABIC || !read_number_cell (r, text_at (r, row + 1, r->number), &next))
        return FALSE;
    return next.kind == KH_MARKER_ARABIC && kh_marker_value (&next) == r->last_number + 1;
}

/* The next row is numbered below this one (1 -> 1.1), or has no number and begins with a bullet or letter. */
static gboolean
has_rows_below (const reader *r, int row, const kh_marker *marker)
{
    if (row + 1 >= r->grid->n_rows || r->number < 0)
        return FALSE;
    kh_marker next, bullet[KH_MARKER_READINGS];
    if (read_number_cell (r, text_at (r, row + 1, r->number), &next))
        return kh_marker_extends (marker, &next) || (next.kind == KH_MARKER_LETTER && kh_marker_value (&next) == 1);
    return kh_text_is_empty (text_at (r, row + 1, r->number))
           && kh_markers_read (r->pool, text_at (r, row + 1, r->text)->str, bullet) > 0;
}

static row_kind
kind_of_row (const reader *r, int row)
{
    if (kh_grid_filled (r->grid, row) == 0 || numbers_columns (r, row))
        return ROW_NOTHING;
    if (is_total (text_at (r, row, 0)) || is_total (text_at (r, row, r->text)))
        return ROW_NOTHING;
    if (spans_row (r, row))
        return ROW_GROUP;
    if (!is_bare (r, row))
        return ROW_TASK;
    kh_marker marker;
    gboolean numbered = read_number_cell (r, text_at (r, row, r->number), &marker);
    if (numbered && (marker.kind == KH_MARKER_ROMAN || marker.kind == KH_MARKER_CAPITAL))
        return r->has_arabic || marker.kind == KH_MARKER_ROMAN ? ROW_GROUP : ROW_TASK;
    if (numbered)
        return has_rows_below (r, row, &marker) || is_left_out (r, row, &marker) ? ROW_GROUP : ROW_TASK;
    const kh_cell *cell = cell_at (r, row, r->text);
    return r->number >= 0 && cell != NULL && cell->bold >= 0.6 ? ROW_GROUP : ROW_TASK;
}

/* The name of a group row: its text cell, or the one that spans the row, without number. */
static kh_value
name_of_group (const reader *r, int row)
{
    const kh_text *text = text_at (r, row, r->text);
    for (int col = 0; kh_text_is_empty (text) && col < r->grid->n_cols; col++)
        if (col != r->number)
            text = text_at (r, row, col);
    kh_marker readings[KH_MARKER_READINGS];
    kh_text name = *text;
    if (kh_markers_read (r->pool, text->str, readings) > 0 && kh_marker_is_numbered (&readings[0]))
        name = without_marker (r, text, &readings[0]);
    gsize length = strlen (name.str);
    while (length > 0 && strchr (": ", name.str[length - 1]) != NULL)
        length--;
    name = kh_text_slice (r->pool, &name, 0, length);
    return kh_value_of (r->pool, &name);
}

/* ------------------------------------------------------------------ fields */

static gboolean
is_from_engine (const kh_text *text)
{
    return text->n_pieces > 0 && text->pieces[0].word->confidence < 1.0f;
}

static gboolean
is_figures (const char *text)
{
    return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* The figures a scanner took for letters: l6 -> 16, 1ó -> 16. */
static char *
figures_of (kh_pool *pool, const char *text)
{
    static const struct { const char *read; char meant; } SLIPS[] = {
        { "I", '1' }, { "l", '1' }, { "|", '1' }, { "!", '1' }, { "i", '1' }, { "]", '1' }, { "O", '0' }, { "o", '0' }, { "S", '8' },
        { "s", '8' }, { "§", '8' }, { "B", '8' }, { "ó", '6' }, { "ô", '6' }, { "b", '6' }, { "Z", '2' }, { "z", '2' }, { "g", '9' }, { "q", '9' },
    };
    GString *figures = g_string_new (NULL);
    while (*text != '\0') {
        char meant = g_ascii_isdigit (*text) ? *text : '\0';
        for (guint i = 0; meant == '\0' && i < G_N_ELEMENTS (SLIPS); i++)
            if (g_str_has_prefix (text, SLIPS[i].read))
                meant = SLIPS[i].meant;
        if (meant != '\0')
            g_string_append_c (figures, meant);
        text = g_utf8_next_char (text);
    }
    char *result = kh_pool_strdup (pool, figures->str);
    g_string_free (figures, TRUE);
    return result;
}

/* Are all figures of `part` in `whole`, in order: did the engine lose some ("2" of 22)? */
static gboolean
is_part_of (const char *part, const char *whole)
{
    for (; *part != '\0' && *whole != '\0'; whole++)
        part += *part == *whole;
    return *part == '\0';
}

/* A row's number without marks and specks. Misread by an engine, it is mended only to the number that is due: by the letters
 * that are taken for figures, or because the row below goes on from it. */
static kh_value
number_of_row (reader *r, int row, const kh_text *cell)
{
    gsize start = strspn (cell->str, " .,_^'\"`-*"), length = strlen (cell->str);
    while (length > start && strchr (".) ,:;_^'\"`-*", cell->str[length - 1]) != NULL)
        length--;
    kh_text plain = kh_text_slice (r->pool, cell, start, length);
    kh_value value = kh_value_of (r->pool, &plain);
    r->padded = r->padded || (*plain.str == '0' && is_figures (plain.str));
    int due = r->last_number + 1;
    if (!is_from_engine (cell) || (is_figures (plain.str) && atoi (plain.str) == due && !r->padded))
        return value;
    g_autofree char *due_figures = g_strdup_printf (r->padded ? "%02d" : "%d", due);
    const char *below = figures_of (r->pool, row + 1 < r->grid->n_rows ? text_at (r, row + 1, r->number)->str : "");
    const char *figures = figures_of (r->pool, plain.str);
    gboolean meant = atoi (figures) == due;
    gboolean between = r->last_number > 0 && atoi (below) == due + 1 && is_part_of (figures, due_figures);
    if (!meant && !between)
        return value;
    return kh_value_doubt (kh_value_derived (r->pool, due_figures, cell), 0.8f);
}

/* The reading of a number typed in the text cell: a figure rather than a Roman number, where an engine may have erred. */
static const kh_marker *
typed_number (const kh_text *text, const kh_marker *readings, guint n)
{
    for (guint i = 1; i < n && is_from_engine (text); i++)
        if (readings[i].kind == KH_MARKER_ARABIC)
            return &readings[i];
    return &readings[0];
}

/* Number and text; a number typed in the text cell goes to `number` where the row has no other. */
static void
fill_text (reader *r, int row, kh_task *task)
{
    const kh_text *number = text_at (r, row, r->number);
    kh_text text = *text_at (r, row, r->text);
    kh_marker readings[KH_MARKER_READINGS];
    guint n = kh_markers_read (r->pool, text.str, readings);
    if (n > 0 && kh_marker_is_numbered (&readings[0]) && kh_text_is_empty (number)) {
        const kh_marker *typed = typed_number (&text, readings, n);
        kh_text marker = kh_text_slice (r->pool, &text, 0, typed->length);
        task->number = kh_value_derived (r->pool, typed->number, &marker);
        text = without_marker (r, &text, typed);
    } else if (n > 0 && kh_marker_is_bullet (&readings[0])) {
        text = without_marker (r, &text, &readings[0]);
    }
    if (!kh_text_is_empty (number))
        task->number = number_of_row (r, row, number);
    task->text = kh_value_of (r->pool, &text);
}

static void
append (GPtrArray *list, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        g_ptr_array_add (list, g_ptr_array_index (more, i));
}

/* "X phối hợp (với) Y" in one cell: where the words begin and end; FALSE when they do not stand there. */
static gboolean
find_cooperation (const kh_fold *fold, gsize *start, gsize *end)
{
    static const char *const WORDS[] = { "chu tri, phoi hop", "chu tri phoi hop", "phoi hop cung", "phoi hop voi", "phoi hop" };
    for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
        gssize at = kh_fold_find (fold, WORDS[i], 0);
        if (at < 0)
            continue;
        *start = (gsize) at;
        *end = (gsize) at + strlen (WORDS[i]);
        static const char *const TAILS[] = { " chat che", " voi", " cung", ":", " :" };
        for (guint k = 0; k < G_N_ELEMENTS (TAILS); k++)
            if (g_str_has_prefix (fold->str + *end, TAILS[k]))
                *end += strlen (TAILS[k]);
        return TRUE;
    }
    return FALSE;
}

/* "Chủ trì: X" -> X */
static kh_text
without_label (const reader *r, const kh_text *text)
{
    static const char *const LABELS[] = { "don vi chu tri", "co quan chu tri", "chu tri", "don vi phoi hop", "co quan phoi hop" };
    const kh_fold *fold = kh_fold_new (r->pool, text->str);
    for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++) {
        gsize length = strlen (LABELS[i]);
        gsize colon = length + strspn (fold->str + MIN (length, fold->length), " ");
        if (kh_fold_begins (fold, LABELS[i]) && fold->str[colon] == ':')
            return kh_text_slice (r->pool, text, kh_fold_end (fold, colon + 1), strlen (text->str));
    }
    return *text;
}

static gboolean
header_names_both (const reader *r)
{
    const kh_table_column *column = g_ptr_array_index (r->table->columns, (guint) r->lead);
    const kh_fold *fold = kh_fold_new (r->pool, column->header);
    return r->coordinate < 0 && kh_fold_find (fold, "phoi hop", 0) >= 0;
}

static void
fill_units (const reader *r, int row, kh_task *task)
{
    const kh_cell *lead = cell_at (r, row, r->lead), *coordinate = cell_at (r, row, r->coordinate);
    if (lead != NULL && !kh_text_is_empty (&lead->text)) {
        const kh_fold *fold = kh_fold_new (r->pool, lead->text.str);
        gsize start, end;
        if (find_cooperation (fold, &start, &end) && start > 0) {
            kh_text before = kh_text_slice (r->pool, &lead->text, 0, kh_fold_end (fold, start));
            kh_text after = kh_text_slice (r->pool, &lead->text, kh_fold_end (fold, end), strlen (lead->text.str));
            before = without_label (r, &before);
            append (task->lead, kh_units_of_text (r->pool, &before));
            append (task->coordinate, kh_units_of_text (r->pool, &after));
        } else {
            kh_text plain = without_label (r, &lead->text);
            gboolean labelled = strlen (plain.str) < strlen (lead->text.str);
            append (task->lead, labelled ? kh_units_of_text (r->pool, &plain) : kh_units_of_cell (r->pool, lead));
            for (guint i = 1; header_names_both (r) && i < task->lead->len; i++)
                g_ptr_array_add (task->coordinate, g_ptr_array_index (task->lead, i));
            if (header_names_both (r) && task->lead->len > 1)
                g_ptr_array_set_size (task->lead, 1);
        }
    }
    if (coordinate != NULL && !kh_text_is_empty (&coordinate->text))
        append (task->coordinate, kh_units_of_cell (r->pool, coordinate));
}

/* A dash that begins a list item inside joined text: after a space, before a capital. */
static gboolean
is_item_dash (const char *text, gsize at)
{
    gsize dash = g_str_has_prefix (text + at, "–") ? strlen ("–") : (text[at] == '-' || text[at] == '+') ? 1 : 0;
    if (dash == 0 || (at > 0 && text[at - 1] != ' '))
        return FALSE;
    gsize next = at + dash + strspn (text + at + dash, " ");
    return g_unichar_isupper (g_utf8_get_char (text + next));
}

static void
add_product (const reader *r, kh_task *task, const kh_text *text, gsize start, gsize end)
{
    const char *s = text->str;
    start += strspn (s + start, " -+");
    if (g_str_has_prefix (s + start, "–"))
        start += strlen ("–");
    while (end > start && strchr (" ;.,", s[end - 1]) != NULL)
        end--;
    kh_text part = kh_text_slice (r->pool, text, start, end);
    if (start >= end || kh_text_is_empty (&part))
        return;
    kh_value *value = kh_pool_new0 (r->pool, kh_value, 1);
    *value = kh_value_of (r->pool, &part);
    g_ptr_array_add (task->product, value);
}

/* Products, split at ";" and list dashes. */
static void
fill_products (const reader *r, int row, kh_task *task)
{
    const kh_text *text = text_at (r, row, r->product);
    gboolean listed = is_item_dash (text->str, 0);
    gsize start = 0, length = strlen (text->str);
    for (gsize i = 1; i < length; i++)
        if (text->str[i] == ';' || (listed && is_item_dash (text->str, i))) {
            add_product (r, task, text, start, i);
            start = i + (text->str[i] == ';');
        }
    add_product (r, task, text, start, length);
}

static void
fill_deadline (const reader *r, int row, kh_task *task)
{
    const kh_header *header = &r->record->header;
    gboolean doubtful = FALSE;
    const kh_cell *begin = cell_at (r, row, r->begin), *end = cell_at (r, row, r->end);
    if (begin == NULL)
        return;
    if (end == NULL || begin == end)
        task->deadline = kh_deadline_of (r->pool, &begin->text, header, &doubtful);
    else
        task->deadline = kh_deadline_between (r->pool, &begin->text, &end->text, header, &doubtful);
    if (doubtful)
        kh_task_review (r->pool, r->record, "deadline", "deadline_not_understood");
}

static void
fill_others (const reader *r, int row, kh_task *task)
{
    for (int col = 0; col < r->grid->n_cols; col++) {
        const kh_table_column *column = g_ptr_array_index (r->table->columns, (guint) col);
        const kh_text *text = text_at (r, row, col);
        if (column->field != NULL || *column->header == '\0' || kh_text_is_empty (text))
            continue;
        kh_other_field *other = kh_pool_new0 (r->pool, kh_other_field, 1);
        *other = (kh_other_field){ column->header, kh_value_of (r->pool, text) };
        g_ptr_array_add (task->other, other);
    }
}

/* Numbers that do not go on from the row before: a row may be lost, or a digit misread. */
static void
check_number (reader *r, const kh_task *task)
{
    const char *number = task->number.text;
    if (number == NULL || !is_figures (number) || strlen (number) > 4)
        return;
    int value = atoi (number);
    if (r->last_number > 0 && value != r->last_number + 1 && value != 1)
        kh_task_review (r->pool, r->record, "number", "row_number_gap");
    r->last_number = value;
}

/* ------------------------------------------------------------------ the table */

static void
find_columns (reader *r)
{
    const GPtrArray *columns = r->table->columns;
    r->number = kh_column_with (columns, KH_FIELD_NUMBER, 0);
    r->text = kh_column_with (columns, KH_FIELD_TEXT, 0);
    r->lead = kh_column_with (columns, KH_FIELD_LEAD, 0);
    r->coordinate = kh_column_with (columns, KH_FIELD_COORDINATE, 0);
    r->product = kh_column_with (columns, KH_FIELD_PRODUCT, 0);
    r->begin = kh_column_with (columns, KH_FIELD_DEADLINE, 0);
    r->end = r->begin < 0 ? -1 : kh_column_with (columns, KH_FIELD_DEADLINE, r->begin + 1);
    r->budget = kh_column_with (columns, KH_FIELD_BUDGET, 0);
    r->notes = kh_column_with (columns, KH_FIELD_NOTES, 0);
    r->group_column = kh_column_with (columns, KH_FIELD_GROUP, 0);
    for (int row = r->table->first_row; r->number >= 0 && row < r->grid->n_rows; row++)
        r->has_arabic = r->has_arabic || g_ascii_isdigit (*text_at (r, row, r->number)->str);
}

static kh_value
group_of (const reader *r, int row)
{
    const kh_text *own = text_at (r, row, r->group_column);
    if (!kh_text_is_empty (own)) {
        kh_marker readings[KH_MARKER_READINGS];
        kh_text name = *own;
        if (kh_markers_read (r->pool, own->str, readings) > 0)
            name = without_marker (r, own, &readings[0]);
        return kh_value_of (r->pool, &name);
    }
    return r->group.text != NULL ? r->group : kh_section_title_near (r->record, r->section);
}

void
kh_tasks_of_table (kh_pool *pool, kh_record *record, const kh_table *table, const kh_section *section)
{
    reader r = { .pool = pool, .record = record, .table = table, .grid = table->grid, .section = section };
    find_columns (&r);
    for (int row = table->first_row; r.text >= 0 && row < r.grid->n_rows; row++) {
        row_kind kind = kind_of_row (&r, row);
        if (kind == ROW_GROUP)
            r.group = name_of_group (&r, row);
        if (kind != ROW_TASK || kh_text_is_empty (text_at (&r, row, r.text)))
            continue;
        kh_task *task = kh_task_add (pool, record, KH_TASK_TABLE, section->id);
        task->table = table->id;
        task->row = row - table->first_row + 1;
        task->group = group_of (&r, row);
        fill_text (&r, row, task);
        fill_units (&r, row, task);
        fill_products (&r, row, task);
        fill_deadline (&r, row, task);
        task->budget = kh_value_of (pool, text_at (&r, row, r.budget));
        task->notes = kh_value_of (pool, text_at (&r, row, r.notes));
        fill_others (&r, row, task);
        check_number (&r, task);
    }
}
