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
#include "plan/grids.h"
#include "plan/tasks_row.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

/* A cell of this very row, not one that reaches down into it. */
static gboolean
has_own_text (const kh_row_reader *r, int row, int col)
{
    int top = row;
    const kh_cell *cell = col < 0 ? NULL : kh_grid_owner (r->grid, row, col, &top, NULL);
    return cell != NULL && top == row && !kh_text_is_empty (&cell->text);
}

static kh_text
without_marker (const kh_row_reader *r, const kh_text *text, const kh_marker *marker)
{
    return kh_text_slice (r->pool, text, marker->length, strlen (text->str));
}

/* The marker a number cell consists of ("1", "1.", "II", "2.1", "a)"). */
static gboolean
read_number_cell (const kh_row_reader *r, const kh_text *text, kh_marker *marker)
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
numbers_columns (const kh_row_reader *r, int row)
{
    int expected = 0;
    for (int col = 0; col < r->grid->n_cols; col++) {
        const char *text = kh_row_text (r, row, col)->str;
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
spans_row (const kh_row_reader *r, int row)
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
is_bare (const kh_row_reader *r, int row)
{
    const int work[] = { r->lead, r->coordinate, r->product, r->begin, r->end };
    for (guint i = 0; i < G_N_ELEMENTS (work); i++)
        if (work[i] >= 0 && work[i] != r->text && kh_says_something (kh_row_text (r, row, work[i])->str))
            return FALSE;
    return has_own_text (r, row, r->text);
}

/* The rows' numbers go on without this one: a group without number, or with a number read as 1, HE, Iý for I, III, IV. */
static gboolean
is_left_out (const kh_row_reader *r, int row)
{
    kh_marker next, own[KH_MARKER_READINGS];
    if (r->number < 0 || row + 1 >= r->grid->n_rows || !read_number_cell (r, kh_row_text (r, row + 1, r->number), &next))
        return FALSE;
    gboolean listed = kh_markers_read (r->pool, kh_row_text (r, row, r->text)->str, own) > 0; /* an item of the row above */
    return !listed && next.kind == KH_MARKER_ARABIC && kh_marker_value (&next) == r->last_number + 1;
}

/* The next row is numbered below this one (1 -> 1.1), or has no number and begins with a bullet or letter. */
static gboolean
has_rows_below (const kh_row_reader *r, int row, const kh_marker *marker)
{
    if (row + 1 >= r->grid->n_rows || r->number < 0)
        return FALSE;
    kh_marker next, bullet[KH_MARKER_READINGS];
    if (read_number_cell (r, kh_row_text (r, row + 1, r->number), &next))
        return kh_marker_extends (marker, &next) || (next.kind == KH_MARKER_LETTER && kh_marker_value (&next) == 1);
    return kh_text_is_empty (kh_row_text (r, row + 1, r->number)) && kh_markers_read (r->pool, kh_row_text (r, row + 1, r->text)->str, bullet) > 0;
}

static row_kind
kind_of_row (const kh_row_reader *r, int row)
{
    if (kh_grid_filled (r->grid, row) == 0 || numbers_columns (r, row))
        return ROW_NOTHING;
    if (is_total (kh_row_text (r, row, 0)) || is_total (kh_row_text (r, row, r->text)))
        return ROW_NOTHING;
    if (spans_row (r, row))
        return ROW_GROUP;
    if (!is_bare (r, row))
        return ROW_TASK;
    kh_marker marker;
    gboolean numbered = read_number_cell (r, kh_row_text (r, row, r->number), &marker);
    if (numbered && (marker.kind == KH_MARKER_ROMAN || marker.kind == KH_MARKER_CAPITAL))
        return r->has_arabic || marker.kind == KH_MARKER_ROMAN ? ROW_GROUP : ROW_TASK;
    if (numbered && marker.kind != KH_MARKER_LETTER)
        return has_rows_below (r, row, &marker) || (marker.kind == KH_MARKER_ARABIC && is_left_out (r, row)) ? ROW_GROUP : ROW_TASK;
    const kh_cell *cell = kh_row_cell (r, row, r->text);
    gboolean bold = r->number >= 0 && cell != NULL && cell->bold >= 0.6;
    return bold || is_left_out (r, row) ? ROW_GROUP : ROW_TASK;
}

/* The name of a group row: its text cell, or the one that spans the row, without number. */
static kh_value
name_of_group (const kh_row_reader *r, int row)
{
    const kh_text *text = kh_row_text (r, row, r->text);
    for (int col = 0; kh_text_is_empty (text) && col < r->grid->n_cols; col++)
        if (col != r->number)
            text = kh_row_text (r, row, col);
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

/* ------------------------------------------------------------------ the table */

static void
find_columns (kh_row_reader *r)
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
        r->has_arabic = r->has_arabic || g_ascii_isdigit (*kh_row_text (r, row, r->number)->str);
}

static kh_value
group_of (const kh_row_reader *r, int row)
{
    const kh_text *own = kh_row_text (r, row, r->group_column);
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
    kh_row_reader r = { .pool = pool, .record = record, .table = table, .grid = table->grid, .section = section };
    find_columns (&r);
    for (int row = table->first_row; r.text >= 0 && row < r.grid->n_rows; row++) {
        row_kind kind = kind_of_row (&r, row);
        if (kind == ROW_GROUP)
            r.group = name_of_group (&r, row);
        if (kind != ROW_TASK || kh_text_is_empty (kh_row_text (&r, row, r.text)))
            continue;
        kh_task *task = kh_task_add (pool, record, KH_TASK_TABLE, section->id);
        task->table = table->id;
        task->row = row - table->first_row + 1;
        task->group = group_of (&r, row);
        kh_row_fill (&r, row, task);
    }
}
