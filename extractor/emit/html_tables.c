/* html_tables.c - tables of the record's HTML page: tasks, targets, and those that are only shown. */
#include "emit/html_parts.h"

#include "base/intl.h"
#include "emit/naming.h"

#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ tasks */

enum { NUMBER, TEXT, LEAD, COORDINATE, PRODUCT, DEADLINE, BUDGET, NOTES, N_FIELDS };

static const char *const TASK_TITLES[N_FIELDS] = { N_ ("No."),     N_ ("Task"),     N_ ("Lead"),   N_ ("Coordination"),
                                                   N_ ("Product"), N_ ("Deadline"), N_ ("Budget"), N_ ("Notes") };

static gboolean
has_field (const kh_task *task, int field)
{
    switch (field) {
    case NUMBER:
        return task->number.text != NULL;
    case COORDINATE:
        return task->coordinate->len > 0;
    case PRODUCT:
        return task->product->len > 0;
    case BUDGET:
        return task->budget.text != NULL;
    case NOTES:
        return task->notes.text != NULL || task->other->len > 0;
    default:
        return TRUE; /* what every plan should tell */
    }
}

static void
put_notes (kh_shown *shown, const kh_task *task, guint i)
{
    kh_show_value (shown, task->notes.text, &task->notes.seen, "/tasks/%u/notes", i);
    for (guint k = 0; k < task->other->len; k++) {
        const kh_other_field *field = task->other->pdata[k];
        if (field->text.text == NULL)
            continue;
        kh_put_element (shown->out, "<div><small>", field->header, ":</small> ");
        kh_show_value (shown, field->text.text, &field->text.seen, "/tasks/%u/other/%s", i, field->header);
        g_string_append (shown->out, "</div>");
    }
}

static void
put_days (GString *out, const char *start, const char *end, const char *printed)
{
    g_autofree char *from = kh_day_naming (start), *to = kh_day_naming (end);
    if ((from == NULL && to == NULL) || (g_strcmp0 (to, printed) == 0 && (from == NULL || strcmp (from, to) == 0)))
        return; /* nothing, or nothing new */
    g_string_append (out, "<div class=\"days\">");
    if (from != NULL && g_strcmp0 (from, to) != 0)
        g_string_append_printf (out, "%s – ", from);
    else if (from == NULL)
        g_string_append (out, "→ ");
    g_string_append_printf (out, "%s</div>", to != NULL ? to : "");
}

static void
put_field (kh_shown *shown, const kh_task *task, guint i, int field)
{
    g_autofree char *pointer = g_strdup_printf ("/tasks/%u/%s", i, field == LEAD ? "lead" : field == COORDINATE ? "coordinate" : "product");
    switch (field) {
    case NUMBER:
        kh_show_value (shown, task->number.text, &task->number.seen, "/tasks/%u/number", i);
        break;
    case TEXT:
        kh_show_value (shown, task->text.text, &task->text.seen, "/tasks/%u/text", i);
        kh_html_references (shown, task->references, "");
        break;
    case LEAD:
    case COORDINATE:
    case PRODUCT:
        kh_html_list (shown, field == LEAD ? task->lead : field == COORDINATE ? task->coordinate : task->product, pointer);
        break;
    case DEADLINE:
        kh_show_value (shown, task->deadline.text.text, &task->deadline.text.seen, "/tasks/%u/deadline", i);
        put_days (shown->out, task->deadline.start, task->deadline.end, task->deadline.text.text);
        break;
    case BUDGET:
        kh_show_value (shown, task->budget.text, &task->budget.seen, "/tasks/%u/budget", i);
        break;
    case NOTES:
        put_notes (shown, task, i);
        break;
    }
}

static void
put_group (kh_shown *shown, const kh_task *task, guint i, int columns)
{
    g_string_append_printf (shown->out, "<tr class=\"group\"><th colspan=\"%d\">", columns);
    kh_show_value (shown, task->group.text, &task->group.seen, "/tasks/%u/group", i);
    g_string_append (shown->out, "</th></tr>\n");
}

void
kh_html_tasks (kh_shown *shown)
{
    GString *out = shown->out;
    const GPtrArray *tasks = shown->record->tasks;
    gboolean used[N_FIELDS] = { FALSE };
    int columns = 0;
    if (tasks->len == 0)
        return;
    kh_html_part (out, "tasks", _ ("Tasks"));
    for (int f = 0; f < N_FIELDS; f++) {
        for (guint i = 0; i < tasks->len && !used[f]; i++)
            used[f] = has_field (tasks->pdata[i], f);
        columns += used[f];
    }
    g_string_append (out, "<table class=\"tasks\">\n<thead><tr>");
    for (int f = 0; f < N_FIELDS; f++)
        if (used[f])
            kh_put_element (out, "<th>", _ (TASK_TITLES[f]), "</th>");
    g_string_append (out, "</tr></thead>\n<tbody>\n");
    const char *group = NULL;
    for (guint i = 0; i < tasks->len; i++) {
        const kh_task *task = tasks->pdata[i];
        if (task->group.text != NULL && g_strcmp0 (task->group.text, group) != 0)
            put_group (shown, task, i, columns);
        group = task->group.text;
        g_string_append_printf (out, "<tr id=\"%s\">\n", task->id);
        for (int f = 0; f < N_FIELDS; f++) {
            if (!used[f])
                continue;
            g_string_append (out, f >= COORDINATE ? "<td class=\"side\">" : "<td>");
            put_field (shown, task, i, f);
            g_string_append (out, "</td>\n");
        }
        g_string_append (out, "</tr>\n");
    }
    g_string_append (out, "</tbody></table></section>\n");
}

/* ------------------------------------------------------------------ targets */

static void
put_target (kh_shown *shown, const kh_target *target, guint i)
{
    GString *out = shown->out;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf (out, "<tr id=\"%s\">\n<td>", target->id);
    kh_show_value (shown, target->text.text, &target->text.seen, "/targets/%u/text", i);
    g_string_append (out, "</td>\n<td>");
    kh_show_value (shown, target->subject.text, &target->subject.seen, "/targets/%u/subject", i);
    g_string_append (out, "</td>\n<td class=\"side level\">");
    if (target->comparator != NULL)
        kh_put_element (out, "", kh_comparator_naming (target->comparator), " ");
    if (isfinite (target->value)) {
        g_strdelimit (g_ascii_formatd (digits, sizeof digits, "%.15g", target->value), ".", ','); /* as numbers are printed in Vietnam */
        kh_show_value (shown, digits, &target->value_seen, "/targets/%u/value", i);
    }
    g_string_append_c (out, ' ');
    kh_show_value (shown, target->unit.text, &target->unit.seen, "/targets/%u/unit", i);
    g_string_append (out, "</td>\n<td class=\"side\">");
    put_days (out, target->by, target->by, NULL);
    g_string_append (out, "</td>\n<td class=\"side\">");
    kh_show_value (shown, target->baseline.text.text, &target->baseline.text.seen, "/targets/%u/baseline", i);
    put_days (out, target->baseline.start, target->baseline.end, target->baseline.text.text);
    kh_put_element (out, "</td>\n<td>", target->topic != NULL ? kh_topic_naming (target->topic) : "", "</td>\n</tr>\n");
}

void
kh_html_targets (kh_shown *shown)
{
    static const char *const titles[] = { N_ ("Target"), N_ ("Subject"), N_ ("Level"), N_ ("By"), N_ ("Compared with"), N_ ("Topic") };
    const GPtrArray *targets = shown->record->targets;
    if (targets->len == 0)
        return;
    kh_html_part (shown->out, "targets", _ ("Targets"));
    g_string_append (shown->out, "<table>\n<thead><tr>");
    for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
        kh_put_element (shown->out, "<th>", _ (titles[i]), "</th>");
    g_string_append (shown->out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < targets->len; i++)
        put_target (shown, targets->pdata[i], i);
    g_string_append (shown->out, "</tbody></table></section>\n");
}

/* ------------------------------------------------------------------ tables as they are printed */

static void
put_cell (kh_shown *shown, const kh_table *table, guint index, int row, int col)
{
    const kh_grid *grid = table->grid;
    const kh_cell *cell = kh_grid_cell (grid, row, col);
    const char *tag = row < table->first_row ? "th" : "td";
    if (cell == NULL) /* another one reaches here */
        return;
    g_string_append_printf (shown->out, "<%s%s", tag, col >= (grid->n_cols + 1) / 2 ? " class=\"side\"" : "");
    if (cell->row_span > 1)
        g_string_append_printf (shown->out, " rowspan=\"%d\"", MIN (cell->row_span, grid->n_rows - row));
    if (cell->col_span > 1)
        g_string_append_printf (shown->out, " colspan=\"%d\"", MIN (cell->col_span, grid->n_cols - col));
    g_string_append_c (shown->out, '>');
    if (*cell->text.str != '\0') {
        kh_evidence seen = kh_evidence_of (shown->pool, &cell->text);
        if (table->confidence != NULL)
            seen.confidence = table->confidence[row * grid->n_cols + col];
        kh_show_value (shown, cell->text.str, &seen, "/tables/%u/rows/%d/%d/text", index, row - table->first_row, col);
    }
    g_string_append_printf (shown->out, "</%s>\n", tag);
}

void
kh_html_table (kh_shown *shown, guint index)
{
    const kh_table *table = shown->record->tables->pdata[index];
    g_string_append_printf (shown->out, "<table id=\"%s\">\n", table->id);
    for (int r = 0; r < table->grid->n_rows; r++) {
        g_string_append (shown->out, "<tr>");
        for (int c = 0; c < table->grid->n_cols; c++)
            put_cell (shown, table, index, r, c);
        g_string_append (shown->out, "</tr>\n");
    }
    g_string_append (shown->out, "</table>\n");
}
