#include "plan/tasks_row.h"

#include "plan/columns.h"
#include "plan/deadlines.h"
#include "plan/ditto.h"
#include "plan/grids.h"
#include "plan/units.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

/* ------------------------------------------------------------------ cells */

const kh_cell *
kh_row_cell (const kh_row_reader *r, int row, int col)
{
    const kh_cell *cell = col < 0 ? NULL : kh_grid_owner (r->grid, row, col, NULL, NULL);
    const kh_cell *meant = cell != NULL && kh_is_ditto (cell->text.str) ? kh_ditto_meant (r->grid, r->table->first_row, row, col) : NULL;
    return meant != NULL ? meant : cell;
}

const kh_text *
kh_row_text (const kh_row_reader *r, int row, int col)
{
    static const kh_text nothing = { "", 0, NULL };
    const kh_cell *cell = kh_row_cell (r, row, col);
    return cell != NULL ? &cell->text : &nothing;
}

/* The ditto marks of the row, as repairs. */
static void
note_dittos (const kh_row_reader *r, int row)
{
    for (int col = 0; col < r->grid->n_cols; col++) {
        int top;
        const kh_cell *own = kh_grid_owner (r->grid, row, col, &top, NULL), *meant = kh_row_cell (r, row, col);
        if (own != meant && top == row)
            kh_ditto_note (r->pool, r->record, own, meant);
    }
}

static kh_text
without_marker (const kh_row_reader *r, const kh_text *text, const kh_marker *marker)
{
    return kh_text_slice (r->pool, text, marker->length, strlen (text->str));
}

/* ------------------------------------------------------------------ fields */

static gboolean
is_figures (const char *text)
{
    return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Figures a scanner took for letters: l6 for 16, 1ó for 16. Some letters look like two. */
static const struct {
    const char *read;
    char meant;
} SLIPS[] = {
    { "I", '1' }, { "l", '1' }, { "|", '1' }, { "!", '1' }, { "i", '1' }, { "]", '1' }, { "T", '1' }, { "O", '0' }, { "o", '0' }, { "S", '8' },
    { "S", '5' }, { "s", '8' }, { "s", '5' }, { "§", '8' }, { "B", '8' }, { "ó", '6' }, { "ô", '6' }, { "b", '6' }, { "Z", '2' },
    { "z", '2' }, { "g", '9' }, { "q", '9' },
};

/* The figures of a text, letters that look like some among them; of two that a letter looks like, the first. */
static char *
figures_of (kh_pool *pool, const char *text)
{
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

/* Can the text be those figures, each of its characters one of them? */
static gboolean
may_mean (const char *text, const char *figures)
{
    for (; *text != '\0' && *figures != '\0'; text = g_utf8_next_char (text), figures++) {
        gboolean fits = *text == *figures;
        for (guint i = 0; !fits && i < G_N_ELEMENTS (SLIPS); i++)
            fits = g_str_has_prefix (text, SLIPS[i].read) && SLIPS[i].meant == *figures;
        if (!fits)
            return FALSE;
    }
    return *text == '\0' && *figures == '\0';
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
number_of_row (kh_row_reader *r, int row, const kh_text *cell, gboolean *mended)
{
    gsize start = strspn (cell->str, " .,_^'\"`-*"), length = strlen (cell->str);
    while (length > start && strchr (".) ,:;_^'\"`-*", cell->str[length - 1]) != NULL)
        length--;
    kh_text plain = kh_text_slice (r->pool, cell, start, length);
    kh_value value = kh_value_of (r->pool, &plain);
    r->padded = r->padded || (*plain.str == '0' && is_figures (plain.str));
    int due = r->last_number + 1;
    if (!kh_text_is_from_engine (cell) || (is_figures (plain.str) && atoi (plain.str) == due && !r->padded))
        return value;
    g_autofree char *due_figures = g_strdup_printf (r->padded ? "%02d" : "%d", due);
    const char *below = figures_of (r->pool, row + 1 < r->grid->n_rows ? kh_row_text (r, row + 1, r->number)->str : "");
    const char *figures = figures_of (r->pool, plain.str);
    gboolean meant = atoi (figures) == due || may_mean (plain.str, due_figures);
    gboolean between = r->last_number > 0 && atoi (below) == due + 1 && is_part_of (figures, due_figures);
    if (!meant && !between)
        return value;
    *mended = g_strcmp0 (value.text, due_figures) != 0;
    if (!*mended)
        return value;
    return kh_value_doubt (kh_value_derived (r->pool, due_figures, cell), 0.8f);
}

/* The reading of a number typed in the text cell: a figure rather than a Roman number, where an engine may have erred. */
static const kh_marker *
typed_number (const kh_text *text, const kh_marker *readings, guint n)
{
    for (guint i = 1; i < n && kh_text_is_from_engine (text); i++)
        if (readings[i].kind == KH_MARKER_ARABIC)
            return &readings[i];
    return &readings[0];
}

/* Number and text; a number typed in the text cell goes to `number` where the row has no other. */
static void
fill_text (kh_row_reader *r, int row, kh_task *task)
{
    const kh_text *number = kh_row_text (r, row, r->number);
    kh_text text = *kh_row_text (r, row, r->text);
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
    gboolean mended = FALSE;
    if (!kh_text_is_empty (number))
        task->number = number_of_row (r, row, number, &mended);
    if (mended)
        kh_task_review (r->pool, r->record, "number", "inferred");
    text = kh_text_without_specks (r->pool, &text);
    task->text = kh_value_of (r->pool, &text);
    task->source = kh_pool_memdup (r->pool, &text, sizeof text);
}

/* Appends units; a mere speck is none. */
static void
append (GPtrArray *list, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        if (kh_says_something (((const kh_value *) g_ptr_array_index (more, i))->text))
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
without_label (const kh_row_reader *r, const kh_text *text)
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
header_names_both (const kh_row_reader *r)
{
    const kh_table_column *column = g_ptr_array_index (r->table->columns, (guint) r->lead);
    const kh_fold *fold = kh_fold_new (r->pool, column->header);
    return r->coordinate < 0 && kh_fold_find (fold, "phoi hop", 0) >= 0;
}

static void
fill_units (const kh_row_reader *r, int row, kh_task *task)
{
    const kh_cell *lead = kh_row_cell (r, row, r->lead), *coordinate = kh_row_cell (r, row, r->coordinate);
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
    gsize dash = g_str_has_prefix (text + at, "–") ? strlen ("–") : text[at] != '\0' && strchr ("-+~", text[at]) != NULL ? 1 : 0;
    if (dash == 0 || (at > 0 && text[at - 1] != ' '))
        return FALSE;
    gsize next = at + dash + strspn (text + at + dash, " ");
    return g_unichar_isupper (g_utf8_get_char (text + next));
}

static void
add_product (const kh_row_reader *r, kh_task *task, const kh_text *text, gsize start, gsize end)
{
    const char *s = text->str;
    start += strspn (s + start, " -+~");
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

/* Is the cell a list: does it, or a paragraph of it, begin with a dash? (A scan may have lost the first.) */
static gboolean
is_list (const kh_cell *cell)
{
    gboolean listed = is_item_dash (cell->text.str, 0);
    for (guint i = 1; i < cell->paragraphs->len && !listed; i++)
        listed = is_item_dash (((const kh_text *) g_ptr_array_index (cell->paragraphs, i))->str, 0);
    return listed;
}

/* Products, split at ";" and list dashes. */
static void
fill_products (const kh_row_reader *r, int row, kh_task *task)
{
    const kh_cell *cell = kh_row_cell (r, row, r->product);
    if (cell == NULL)
        return;
    const kh_text *text = &cell->text;
    gboolean listed = is_list (cell);
    gsize start = 0, length = strlen (text->str);
    for (gsize i = 1; i < length; i++)
        if (text->str[i] == ';' || (listed && is_item_dash (text->str, i))) {
            add_product (r, task, text, start, i);
            start = i + (text->str[i] == ';');
        }
    add_product (r, task, text, start, length);
}

static void
fill_deadline (const kh_row_reader *r, int row, kh_task *task)
{
    const kh_header *header = &r->record->header;
    gboolean doubtful = FALSE;
    const kh_cell *begin = kh_row_cell (r, row, r->begin), *end = kh_row_cell (r, row, r->end);
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
fill_others (const kh_row_reader *r, int row, kh_task *task)
{
    for (int col = 0; col < r->grid->n_cols; col++) {
        const kh_table_column *column = g_ptr_array_index (r->table->columns, (guint) col);
        const kh_text *text = kh_row_text (r, row, col);
        if (column->field != NULL || *column->header == '\0' || kh_text_is_empty (text))
            continue;
        kh_other_field *other = kh_pool_new0 (r->pool, kh_other_field, 1);
        *other = (kh_other_field){ column->header, kh_value_of (r->pool, text) };
        g_ptr_array_add (task->other, other);
    }
}

/* Numbers that do not go on from the row before: a row may be lost, or a digit misread. */
static void
check_number (kh_row_reader *r, kh_task *task)
{
    const char *number = task->number.text;
    if (number == NULL || !is_figures (number) || strlen (number) > 4)
        return;
    int value = atoi (number);
    if (value != r->last_number + 1 && value != 1)
        kh_task_review (r->pool, r->record, "number", "row_number_gap");
    r->last_number = value;
}

void
kh_row_fill (kh_row_reader *r, int row, kh_task *task)
{
    note_dittos (r, row);
    fill_text (r, row, task);
    fill_units (r, row, task);
    fill_products (r, row, task);
    fill_deadline (r, row, task);
    task->budget = kh_value_of (r->pool, kh_row_text (r, row, r->budget));
    task->notes = kh_value_of (r->pool, kh_row_text (r, row, r->notes));
    fill_others (r, row, task);
    check_number (r, task);
}
