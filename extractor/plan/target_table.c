/* A table of indicators.
 *
 *     TT | Chỉ tiêu            | Đơn vị tính | Thực hiện 2023 | Năm 2024 | Năm 2025
 *     I  | Giảm nghèo          |             |                |          |             a group: no figures
 *     1  | Tỷ lệ hộ nghèo      | %           | 34,9           | 30,8     | ≤ 19        two targets
 *
 * Each filled cell of a column that is no result of the past is a target: its text and subject the indicator, its unit
 * from the unit column (else in brackets behind the indicator, else from the cell), `by` the time its header names (else
 * the headings around the table). A row without a figure in those columns gives none. An indicator cell merged over rows
 * counts for each of them. A row that begins with a dash is a part of the one above, and speaks of the same.
 */
#include "plan/targets.h"

#include "core/flow.h"
#include "plan/pattern.h"
#include "plan/wording.h"

#include <string.h>

typedef enum column_kind { IGNORED, INDICATOR, UNIT, FIGURE } column_kind;

typedef struct column {
    column_kind kind;
    const char *by;
} column;

static gboolean
has_word (const kh_fold *fold, const char *const *words)
{
    for (; *words != NULL; words++)
        if (kh_fold_find (fold, *words, 0) >= 0)
            return TRUE;
    return FALSE;
}

/* The year a header ends with ("2026", "Kế hoạch 2026"); 0 without. */
static int
last_year (const kh_fold *fold)
{
    const char *s = fold->length >= 4 ? fold->str + fold->length - 4 : "";
    gboolean year = g_str_has_prefix (s, "20") && g_ascii_isdigit (s[2]) && g_ascii_isdigit (s[3]);
    return year && (fold->length == 4 || !g_ascii_isalnum (s[-1])) ? atoi (s) : 0;
}

static int
first_year (const kh_target_frame *frame)
{
    return frame->plan_start != NULL ? atoi (frame->plan_start) : 0;
}

static column
column_of (const kh_target_frame *frame, const kh_table_column *c)
{
    static const char *const units[] = { "don vi tinh", "dvt", "don vi", NULL };
    static const char *const past[] = { "thuc hien", "ket qua",     "uoc", "uoc thuc hien", "hien trang", "da dat",
                                        "so sanh",   "tang truong", NULL };
    static const char *const figures[] = { "chi tieu",      "muc tieu",     "ke hoach", "phan dau", "gia tri",
                                           "chi tieu giao", "muc phan dau", "lo trinh", NULL };
    column out = { IGNORED, frame->by };
    kh_fold *fold = kh_fold_new (frame->pool, c->header);
    if (g_strcmp0 (c->field, "text") == 0)
        out.kind = INDICATOR;
    else if (c->field != NULL && strcmp (c->field, "group") != 0)
        return out;
    else if (has_word (fold, units) || kh_fold_find_alike (fold, units[0]) == 0) /* as a scanner may have read it */
        out.kind = UNIT;
    else if ((!has_word (fold, past) || has_word (fold, figures)) &&
             !kh_due_is_past (frame, fold, 0, fold->length, fold->length)) {
        const char *by = kh_due_of_heading (frame, c->header);
        int year = by == NULL ? last_year (fold) : 0;
        if (year > 0 && year < first_year (frame))
            return out;
        if (year > 0)
            by = kh_pool_printf (frame->pool, "%d-12-31", year);
        if (by != NULL || has_word (fold, figures))
            out.kind = FIGURE;
        if (by != NULL)
            out.by = by;
    }
    return out;
}

/* The cell that fills a slot, also when it is merged from above. */
static const kh_cell *
cell_at (const kh_table *table, int row, int col)
{
    for (int r = row; r >= table->first_row; r--) {
        const kh_cell *cell = kh_grid_cell (table->grid, r, col);
        if (cell != NULL)
            return r + cell->row_span > row ? cell : NULL;
    }
    return NULL;
}

/* "Tỷ lệ hộ nghèo (%)": the unit in the brackets at the end; the indicator without it. */
static kh_text
unit_in_brackets (kh_pool *pool, const kh_text *indicator, kh_text *unit)
{
    gsize length = strlen (indicator->str);
    const char *open = strrchr (indicator->str, '(');
    *unit = (kh_text){ "", 0, NULL };
    if (open == NULL || open == indicator->str || length < 3 || indicator->str[length - 1] != ')' ||
        g_utf8_strlen (open, -1) > 20)
        return *indicator;
    gsize at = open - indicator->str;
    *unit = kh_text_slice (pool, indicator, at + 1, length - 1);
    return kh_text_slice (pool, indicator, 0, at);
}

/* The figure of a cell with its bound, its unit and what it is compared with; FALSE when the cell is none ("-", a date). */
static gboolean
read_figure (const kh_target_frame *frame, const kh_text *cell, kh_target *target, kh_text *unit)
{
    kh_fold *fold = kh_fold_new (frame->pool, cell->str);
    gsize compared;
    kh_quantity q;
    if (!kh_quantity_alone (fold, &q))
        return FALSE;
    target->comparator = q.comparator;
    target->value = q.value;
    kh_baseline_find (frame, cell, fold, q.end, fold->length, &target->baseline, &compared);
    kh_text number = kh_text_slice (frame->pool, cell, fold->at[q.number_start], kh_fold_end (fold, q.number_end));
    target->value_seen = kh_evidence_of (frame->pool, &number);
    if (q.unit_end > q.unit_start)
        *unit = kh_text_slice (frame->pool, cell, fold->at[q.unit_start], kh_fold_end (fold, q.unit_end));
    return TRUE;
}

/* What the indicator speaks of; else what the headings do. */
static const char *
topic_of (const kh_target_frame *frame, const kh_fold *indicator, gboolean blurred)
{
    const char *topic = kh_topic_of (indicator, 0, indicator->length, FALSE);
    if (topic == NULL && blurred)
        topic = kh_topic_of (indicator, 0, indicator->length, TRUE);
    return topic != NULL ? topic : frame->topic;
}

/* A unit without the marks around it that an engine read of specks (".%"): none begins or ends with one. */
static kh_text
without_marks (kh_pool *pool, const kh_text *unit)
{
    static const char MARKS[] = ".,:;'`-_|";
    if (!kh_text_is_from_engine (unit))
        return *unit;
    gsize start = strspn (unit->str, MARKS), end = strlen (unit->str);
    while (end > start && strchr (MARKS, unit->str[end - 1]) != NULL)
        end--;
    return start < end ? kh_text_slice (pool, unit, start, end) : *unit;
}

/* "- Cấp tỉnh", "Trong đó: …": a part of the row above. Bytes of its dash. */
static gboolean
is_part (const kh_text *indicator, gsize *dash)
{
    *dash = strspn (indicator->str, "-+* ");
    return *dash > 0 || KH_FITS (indicator->str, "^trong do\\b");
}

/* `whole`: the topic of the last row that was no part of another. */
static void
row_targets (const kh_target_frame *frame, const kh_table *table, const column *columns, int row, const char **whole)
{
    const kh_cell *indicator = NULL, *unit = NULL;
    for (int c = 0; c < table->grid->n_cols; c++) {
        const kh_cell *cell = cell_at (table, row, c);
        if (cell == NULL || kh_text_is_empty (&cell->text))
            continue;
        if (columns[c].kind == INDICATOR && indicator == NULL)
            indicator = cell;
        if (columns[c].kind == UNIT)
            unit = cell;
    }
    if (indicator == NULL || indicator->col_span > 2)
        return;
    gsize dash;
    gboolean part = is_part (&indicator->text, &dash);
    kh_text bracketed, name = kh_text_slice (frame->pool, &indicator->text, dash, G_MAXSIZE);
    if (unit == NULL)
        name = unit_in_brackets (frame->pool, &name, &bracketed);
    const kh_fold *said = kh_fold_new (frame->pool, name.str);
    const char *topic = topic_of (frame, said, kh_text_is_from_engine (&name));
    if (part && *whole != NULL && (topic == NULL || topic == frame->topic))
        topic = *whole;
    else if (!part)
        *whole = topic;
    for (int c = 0; c < table->grid->n_cols; c++) {
        const kh_cell *cell = columns[c].kind == FIGURE ? kh_grid_cell (table->grid, row, c) : NULL;
        kh_text own = { "", 0, NULL };
        kh_target target = { .by = columns[c].by, .topic = topic };
        if (cell == NULL || kh_text_is_empty (&cell->text) || !read_figure (frame, &cell->text, &target, &own))
            continue;
        gboolean share = *own.str == '%'; /* "tăng 10%" of what the column counts */
        const kh_text *printed = unit != NULL && !share ? &unit->text : unit == NULL && !kh_text_is_empty (&bracketed) ? &bracketed : &own;
        target.text = target.subject = kh_value_of (frame->pool, &name);
        kh_text clean = without_marks (frame->pool, printed);
        target.unit = kh_value_of (frame->pool, &clean);
        kh_target_add (frame, target, (kh_claim){ said->str, table->id, TRUE });
    }
}

void
kh_targets_of_table (const kh_target_frame *frame, const kh_table *table)
{
    gsize n = MIN ((guint)table->grid->n_cols, table->columns->len);
    g_autofree column *columns = g_new0 (column, table->grid->n_cols + 1);
    for (gsize c = 0; c < n; c++)
        columns[c] = column_of (frame, table->columns->pdata[c]);
    const char *whole = NULL;
    for (int row = table->first_row; row < table->grid->n_rows; row++)
        row_targets (frame, table, columns, row, &whole);
}
