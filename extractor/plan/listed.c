/* listed.c - where a listed table stands, and its rows.
 *
 *   1. listed_header.c finds the header.
 *   2. Its rows begin at lines with the number that is due; where no column holds numbers, at list numbers of the text. Roman
 *      numbers begin headings.
 *   3. listed_cells.c divides each row: once to learn how wide the columns are, and once more.
 *   4. Lines behind a page break that are the rest of cells go to the cell that is not at its end.
 *   5. It ends before a line in capitals, or one that begins the next part of the plan.
 */
#include "plan/listed.h"

#include "plan/columns.h"
#include "plan/listed_parts.h"
#include "plan/pattern.h"
#include "plan/wording.h"

#include <string.h>

#define LINE 12.0        /* points from line to line of a text file */
#define LEAST_ROWS 2
#define MOST_ROWS 500       /* a longer table is left as it came */
#define MOST_ROW_ATOMS 160  /* a longer row is not divided: its text stays together */
#define MOST_BREAKS 3       /* page breaks of a row that are looked at */

/* ---- atoms */

/* Are most lines of the table two rows apart, with a blank line between? Then what is nearer is set off. */
static gboolean
is_double_spaced (const kh_listed *t)
{
    guint twice = 0;
    for (guint i = t->body + 1; i < t->end; i++)
        twice += kh_listed_line (t, i)->box.y0 - kh_listed_line (t, i - 1)->box.y0 > 1.5 * LINE;
    return twice * 2 > t->end - t->body;
}

static kh_break
break_before (const kh_listed *t, guint i, gboolean spaced)
{
    const kh_line *line = kh_listed_line (t, i), *above = kh_listed_line (t, i - 1);
    double pitch = line->box.y0 - above->box.y0;
    if (line->page != above->page || (line->box.x0 > above->box.x0 && line->box.x0 < 3 * LINE && pitch < 1.5 * LINE && spaced))
        return KH_BREAK_PAGE; /* copied pages begin with a space */
    gboolean off = spaced ? pitch < 1.5 * LINE || pitch > 2.5 * LINE : pitch > 1.5 * LINE;
    return off ? KH_BREAK_CELL : KH_BREAK_LINE;
}

static gboolean
begins_atom (const char *word)
{
    gunichar c = g_utf8_get_char (word);
    return g_unichar_isupper (c) || g_unichar_isdigit (c) || (!g_unichar_isalpha (c) && strchr ("-+", *word) != NULL);
}

/* How many lines repeat the header here, on another page; its first line may have been taken for a running head. */
static guint
repeated_lines (const kh_listed *t, guint i)
{
    for (guint skip = 0; skip < 2; skip++) {
        guint from = t->begin + skip, n = 0;
        while (from + n < t->body && i + n < t->end && strcmp (kh_listed_line (t, i + n)->text.str, kh_listed_line (t, from + n)->text.str) == 0)
            n++;
        if (from + n == t->body && n > skip)
            return n;
    }
    return 0;
}

static void
make_atoms (kh_listed *t)
{
    gboolean spaced = is_double_spaced (t), repeated = FALSE;
    for (guint i = t->body; i < t->end; i++) {
        guint repeat = kh_listed_line (t, i)->page != kh_listed_line (t, t->begin)->page ? repeated_lines (t, i) : 0;
        if (repeat > 0) {
            i += repeat - 1;
            repeated = TRUE;
            continue;
        }
        const kh_line *line = kh_listed_line (t, i);
        gsize from = 0;
        kh_break before = i == t->body ? KH_BREAK_CELL : repeated ? KH_BREAK_PAGE : break_before (t, i, spaced);
        repeated = FALSE;
        for (gsize p = 1; p <= line->text.n_pieces; p++) {
            const kh_piece *a = &line->text.pieces[p - 1], *b = p < line->text.n_pieces ? &line->text.pieces[p] : NULL;
            gboolean wide = b != NULL && b->word->box.x0 - a->word->box.x1 > 9;
            if (b != NULL && !wide && !begins_atom (line->text.str + b->start))
                continue;
            kh_atom atom = { kh_text_slice (t->pool, &line->text, from, a->end), line, before };
            g_array_append_val (t->atoms, atom);
            from = b != NULL ? b->start : 0;
            before = wide ? KH_BREAK_WIDE : KH_BREAK_NONE;
        }
    }
}

/* ---- 2. rows */

static int
roman_value (const char *text)
{
    static const char *const ROMANS[] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX" };
    gsize length = strspn (text, "IVX");
    for (guint i = 0; i < G_N_ELEMENTS (ROMANS); i++)
        if (strlen (ROMANS[i]) == length && strncmp (ROMANS[i], text, length) == 0)
            return (int) i + 1;
    return 0;
}

/* The number an atom at a line's start is, by itself or before a capital: "8", "8 Xây dựng", "8. Xây dựng". */
static int
row_number (const kh_listed *t, guint i)
{
    const char *text = kh_atom_at (t->atoms, i)->text.str;
    gsize digits = strspn (text, "0123456789"), n = digits + strspn (text + digits, ".)");
    if (kh_atom_at (t->atoms, i)->before < KH_BREAK_LINE || digits == 0 || digits > 3)
        return 0;
    const char *rest = text + n + strspn (text + n, " ");
    gboolean alone = *rest == '\0';
    if (alone && i + 1 < t->atoms->len)
        rest = kh_atom_at (t->atoms, i + 1)->text.str;
    if (!alone && text[n] != ' ')
        return 0;
    return *rest == '\0' || begins_atom (rest) ? atoi (text) : 0;
}

/* Is this the number of a heading: Roman, after the last, before a capital? */
static gboolean
is_heading (const kh_listed *t, guint i, int last)
{
    const kh_atom *atom = kh_atom_at (t->atoms, i);
    gsize length = strspn (atom->text.str, "IVX");
    int value = roman_value (atom->text.str);
    if (atom->before < KH_BREAK_LINE || value == 0 || value <= last || value > last + 2)
        return FALSE;
    const char *rest = atom->text.str + length;
    rest += strspn (rest, ". ");
    return *rest == '\0' || g_unichar_isupper (g_utf8_get_char (rest));
}

static void
find_rows (kh_listed *t)
{
    int last = 0, heading = 0;
    for (guint i = 0; i < t->atoms->len; i++) {
        int number = row_number (t, i);
        gboolean fresh = number == last + 1 || (number == 1 && last > 0 && !t->numbered);
        if (t->numbered && last > 0 && kh_atom_at (t->atoms, i)->before >= KH_BREAK_LINE && KH_FITS (kh_atom_at (t->atoms, i)->text.str, "^tong (?:cong|so)\\b")) {
            g_array_append_val (t->starts, i);
        } else if (t->numbered && is_heading (t, i, heading)) {
            heading = roman_value (kh_atom_at (t->atoms, i)->text.str);
            g_array_append_val (t->starts, i);
        } else if (fresh && (t->numbered || strchr (kh_atom_at (t->atoms, i)->text.str, '.') != NULL)) {
            last = number;
            g_array_append_val (t->starts, i);
        }
    }
    guint end = t->atoms->len;
    g_array_append_val (t->starts, end);
}

static guint
start_at (const kh_listed *t, guint row)
{
    return g_array_index (t->starts, guint, row);
}

/* ---- 3. cells */

typedef struct listed_row {
    guint cuts[KH_LISTED_COLUMNS + 1]; /* atoms of each column, those of number and group empty */
    guint number_end;             /* atoms of the number: [start, number_end) */
    guint rest, rest_end;         /* atoms behind a page break that belong to some cell */
    guint group, group_end;       /* atoms of the next group's name */
} listed_row;

/* The columns that cells are divided among: from the text's on. */
static GArray *
columns_from_text (const kh_listed *t)
{
    GArray *columns = g_array_new (FALSE, FALSE, sizeof (kh_listed_column));
    g_array_append_vals (columns, &g_array_index (t->columns, kh_listed_column, t->text), t->columns->len - (guint) t->text);
    return columns;
}

/* Where the sum behind a heading begins; the end when there is none. */
static guint
start_of_sum (const kh_listed *t, guint from, guint end)
{
    const char *text = end > from + 1 ? kh_atom_at (t->atoms, end - 1)->text.str : "-";
    return t->budget > 0 && strspn (text, "0123456789.,") == strlen (text) ? end - 1 : end;
}

static void
divide_row (const kh_listed *t, guint row, listed_row *out)
{
    g_autoptr (GArray) columns = columns_from_text (t);
    guint start = start_at (t, row), end = start_at (t, row + 1), first = start;
    memset (out, 0, sizeof *out);
    const char *text = kh_atom_at (t->atoms, start)->text.str;
    if (t->numbered && strspn (text, "0123456789IVX.) ") == strlen (text))
        first++;
    out->number_end = first;
    out->rest = out->rest_end = out->group = out->group_end = end;
    for (int c = 0; c < t->text; c++)
        out->cuts[c] = first;
    gboolean is_group = t->numbered && (roman_value (text) > 0 || !g_ascii_isdigit (*text)); /* a heading, a total */
    gboolean more = t->group >= 0 && row + 2 < t->starts->len && row_number (t, end) == 1;
    if (is_group || first >= end || end - first > MOST_ROW_ATOMS) {
        guint sum = is_group ? start_of_sum (t, first, end) : end; /* a heading may have its sum of money */
        out->cuts[t->text] = first;
        for (guint c = (guint) t->text + 1; c <= t->columns->len; c++)
            out->cuts[c] = c < t->columns->len && c <= (guint) t->budget ? sum : end;
        return;
    }
    guint *cuts = out->cuts + t->text;
    double whole = kh_listed_cells (t->atoms, first, end, columns, more, cuts);
    guint breaks = 0;
    for (guint i = first + 1; i < end && breaks < MOST_BREAKS; i++) { /* behind a page break there may be the rests of cells */
        guint other[KH_LISTED_COLUMNS + 1];
        if (kh_atom_at (t->atoms, i)->before != KH_BREAK_PAGE || !g_unichar_islower (g_utf8_get_char (kh_atom_at (t->atoms, i)->text.str)))
            continue;
        breaks++;
        guint rest_end = end;
        for (guint k = i + 1; more && k < end; k++)
            if (kh_atom_at (t->atoms, k)->before >= KH_BREAK_LINE && begins_atom (kh_atom_at (t->atoms, k)->text.str)) {
                rest_end = k;
                break;
            }
        if (more && rest_end == end)
            continue;
        double cost = kh_listed_cells (t->atoms, first, i, columns, FALSE, other) + 0.5;
        if (cost >= whole)
            continue;
        memcpy (cuts, other, (columns->len + 1) * sizeof (guint));
        out->rest = i;
        out->rest_end = rest_end;
        out->group = more ? rest_end : end;
        out->group_end = end;
        return;
    }
    if (more) {
        out->group = out->cuts[t->columns->len];
        out->group_end = end;
    }
}

static int
compare_doubles (const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* How wide the lines of each column are, but for one in ten. */
static void
learn_widths (kh_listed *t, const listed_row *rows)
{
    for (guint c = (guint) t->text; c < t->columns->len; c++) {
        g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
        for (guint r = 0; r + 1 < t->starts->len; r++)
            for (guint i = rows[r].cuts[c], k; i < rows[r].cuts[c + 1]; i = k) {
                for (k = i + 1; k < rows[r].cuts[c + 1] && kh_atom_at (t->atoms, k)->before < KH_BREAK_LINE; k++)
                    ;
                double width = (double) g_utf8_strlen (kh_atoms_text (t->pool, t->atoms, i, k).str, -1);
                g_array_append_val (widths, width);
            }
        g_array_sort (widths, compare_doubles);
        kh_listed_column *column = &g_array_index (t->columns, kh_listed_column, c);
        column->width = widths->len >= 4 ? g_array_index (widths, double, widths->len - 1 - widths->len / 10) : 0;
    }
}

/* ---- the grid */

/* The printed lines of the atoms [from, to), each cut to what is of the cell. */
static void
add_lines (const kh_listed *t, kh_cell *cell, guint from, guint to)
{
    for (guint i = from, k; i < to; i = k) {
        for (k = i + 1; k < to && kh_atom_at (t->atoms, k)->before < KH_BREAK_LINE; k++)
            ;
        kh_line *line = kh_pool_memdup (t->pool, kh_atom_at (t->atoms, i)->line, sizeof (kh_line));
        line->text = kh_atoms_text (t->pool, t->atoms, i, k);
        for (gsize p = 0; p < line->text.n_pieces; p++)
            line->box = p == 0 ? line->text.pieces[p].word->box : kh_box_union (line->box, line->text.pieces[p].word->box);
        if (cell->lines->len == 0) {
            cell->box = line->box;
            cell->page = line->page;
        } else if (line->page == cell->page) {
            cell->box = kh_box_union (cell->box, line->box);
        }
        g_ptr_array_add (cell->lines, line);
    }
}

static kh_cell *
cell_new (const kh_listed *t)
{
    kh_cell *cell = kh_pool_new0 (t->pool, kh_cell, 1);
    cell->text = (kh_text){ "", 0, NULL };
    cell->lines = kh_pool_list (t->pool);
    cell->paragraphs = kh_pool_list (t->pool);
    cell->row_span = cell->col_span = 1;
    cell->page = kh_listed_line (t, t->begin)->page;
    cell->box = kh_listed_line (t, t->begin)->box;
    return cell;
}

static void
add_text (const kh_listed *t, kh_cell *cell, guint from, guint to)
{
    if (from >= to)
        return;
    kh_text text = kh_atoms_text (t->pool, t->atoms, from, to);
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    kh_text_builder_add_text (&builder, &cell->text, FALSE);
    kh_text_builder_add_text (&builder, &text, !kh_text_is_glued (cell->text.str, text.str));
    cell->text = kh_text_builder_finish (&builder, t->pool);
    add_lines (t, cell, from, to);
    g_ptr_array_set_size (cell->paragraphs, 0);
    g_ptr_array_add (cell->paragraphs, &cell->text);
}

/* Does the text want to go on: ends with a comma, or with a list item of one syllable? */
static gboolean
is_open (const char *text)
{
    return KH_FITS (text, ",$|(?:^|[ ;])- ?[a-z]+$");
}

/* The cell that the rest behind a page break belongs to: the first that wants to go on, else the last that says something. */
static kh_cell *
open_cell (const kh_listed *t, kh_cell **row, kh_cell *group)
{
    if (group != NULL && is_open (group->text.str))
        return group;
    kh_cell *last = NULL;
    for (guint c = (guint) t->text; c < t->columns->len; c++) {
        if (is_open (row[c]->text.str))
            return row[c];
        if (!kh_text_is_empty (&row[c]->text))
            last = row[c];
    }
    return last;
}

static kh_grid *
grid_of (kh_listed *t, const listed_row *rows)
{
    guint n_rows = t->starts->len, n_cols = t->columns->len; /* one less, and the header */
    kh_grid *grid = kh_pool_new0 (t->pool, kh_grid, 1);
    grid->n_rows = (int) n_rows;
    grid->n_cols = (int) n_cols;
    grid->n_header_rows = 1;
    grid->confidence = 0.5f;
    grid->pages = kh_pool_own (t->pool, g_array_new (FALSE, FALSE, sizeof (int)), (GDestroyNotify) g_array_unref);
    for (guint i = t->begin; i < t->end; i++)
        if (grid->pages->len == 0 || g_array_index (grid->pages, int, grid->pages->len - 1) != kh_listed_line (t, i)->page)
            g_array_append_val (grid->pages, kh_listed_line (t, i)->page);
    grid->cells = kh_pool_new0 (t->pool, kh_cell *, (gsize) n_rows * n_cols);
    for (guint c = 0; c < n_cols; c++) {
        grid->cells[c] = cell_new (t);
        grid->cells[c]->text = g_array_index (t->columns, kh_listed_column, c).header;
        g_ptr_array_add (grid->cells[c]->paragraphs, &grid->cells[c]->text);
    }
    kh_cell *group = NULL;
    guint next_group = 0, next_end = start_at (t, 0); /* the first group's name stands before the first row */
    for (guint r = 0; r + 1 < n_rows; r++) {
        kh_cell **row = grid->cells + (gsize) (r + 1) * n_cols;
        for (guint c = 0; c < n_cols; c++)
            row[c] = cell_new (t);
        if (t->numbered)
            add_text (t, row[0], start_at (t, r), rows[r].number_end);
        for (guint c = (guint) t->text; c < n_cols; c++)
            add_text (t, row[c], rows[r].cuts[c], rows[r].cuts[c + 1]);
        if (t->group >= 0 && next_group < next_end) {
            group = row[t->group];
            add_text (t, group, next_group, next_end);
        } else if (t->group >= 0 && group != NULL) {
            row[t->group] = NULL;
            group->row_span++;
        }
        kh_cell *open = open_cell (t, row, group);
        if (open != NULL)
            add_text (t, open, rows[r].rest, rows[r].rest_end);
        next_group = rows[r].group;
        next_end = rows[r].group_end;
    }
    return grid;
}

/* Numbers that were not divided from the text of their atom: "1. Xây dựng" in a column of text stays, "1 Xây dựng" parts. */
static void
part_numbers (kh_listed *t)
{
    if (!t->numbered)
        return;
    for (guint r = 0; r + 1 < t->starts->len; r++) {
        guint at = start_at (t, r);
        kh_atom whole = *kh_atom_at (t->atoms, at);
        gsize number = strspn (whole.text.str, "0123456789IVX.)");
        if (whole.text.str[number] != ' ')
            continue;
        kh_atom first = { kh_text_slice (t->pool, &whole.text, 0, number), whole.line, whole.before };
        kh_atom rest = { kh_text_slice (t->pool, &whole.text, number, strlen (whole.text.str)), whole.line, KH_BREAK_NONE };
        g_array_index (t->atoms, kh_atom, at) = first;
        g_array_insert_val (t->atoms, at + 1, rest);
        for (guint k = r + 1; k < t->starts->len; k++)
            g_array_index (t->starts, guint, k)++;
    }
}

static gboolean
read_table (kh_listed *t, guint begin)
{
    if (!kh_listed_header (t, begin))
        return FALSE;
    for (t->end = t->body; t->end < t->lines->len; t->end++) {
        const char *text = kh_listed_line (t, t->end)->text.str;
        gboolean dotted = KH_FITS (text, "^[0-9]+[.] [a-z]") && t->end > t->body;
        if (kh_listed_ends (text) || (t->numbered && dotted && KH_FITS (kh_listed_line (t, t->body)->text.str, "^(?:[0-9]+|[ivx]+)(?: |$)")))
            break; /* the next part of the plan, numbered otherwise than the rows */
    }
    g_array_set_size (t->atoms, 0);
    g_array_set_size (t->starts, 0);
    make_atoms (t);
    find_rows (t);
    part_numbers (t);
    return t->starts->len > LEAST_ROWS && t->starts->len <= MOST_ROWS;
}

/* ---- the flow */

static GArray *
flatten (const kh_flow *flow)
{
    GArray *lines = g_array_new (FALSE, FALSE, sizeof (kh_flat_line));
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (flow->blocks, i);
        for (guint k = 0; block->kind == KH_BLOCK_PARAGRAPH && k < block->lines->len; k++) {
            kh_flat_line line = { g_ptr_array_index (block->lines, k), i };
            if (line.line->text.n_pieces > 0)
                g_array_append_val (lines, line);
        }
    }
    return lines;
}

static kh_block *
block_of (kh_listed *t)
{
    g_autofree listed_row *rows = g_new0 (listed_row, t->starts->len);
    for (int turn = 0; turn < 2; turn++) {
        for (guint r = 0; r + 1 < t->starts->len; r++)
            divide_row (t, r, &rows[r]);
        learn_widths (t, rows);
    }
    kh_block *block = kh_pool_new0 (t->pool, kh_block, 1);
    const kh_line *first = kh_listed_line (t, t->begin);
    block->kind = KH_BLOCK_TABLE;
    block->text = (kh_text){ "", 0, NULL };
    block->lines = kh_pool_list (t->pool);
    block->grid = grid_of (t, rows);
    block->page = first->page;
    block->box = first->box;
    block->size = first->size;
    block->gap_above = -1;
    return block;
}

/* What is left of a block: its lines from `from` on, or up to there. */
static kh_block *
part_of_block (kh_pool *pool, const kh_block *block, guint from, guint to)
{
    if (from == 0 && to == block->lines->len)
        return (kh_block *) block;
    kh_block *part = kh_pool_memdup (pool, block, sizeof *block);
    part->lines = kh_pool_list (pool);
    part->text = (kh_text){ "", 0, NULL };
    for (guint i = from; i < to; i++) {
        kh_line *line = g_ptr_array_index (block->lines, i);
        part->text = kh_text_join (pool, &part->text, &line->text);
        part->box = i == from ? line->box : kh_box_union (part->box, line->box);
        g_ptr_array_add (part->lines, line);
    }
    return part;
}

/* Lines of the block that stand before the flat line. */
static guint
lines_before (const GArray *lines, const kh_block *block, guint flat)
{
    const kh_line *line = g_array_index (lines, kh_flat_line, flat).line;
    guint n = 0;
    while (n < block->lines->len && g_ptr_array_index (block->lines, n) != line)
        n++;
    return n;
}

/* The flow with the table in place of its lines. */
static kh_flow *
flow_with (kh_listed *t, const kh_flow *flow)
{
    kh_flow *other = kh_pool_new0 (t->pool, kh_flow, 1);
    *other = *flow;
    other->blocks = kh_pool_list (t->pool);
    guint from = g_array_index (t->lines, kh_flat_line, t->begin).block;
    for (guint b = 0; b < from; b++)
        g_ptr_array_add (other->blocks, g_ptr_array_index (flow->blocks, b));
    const kh_block *first = g_ptr_array_index (flow->blocks, from);
    guint n = lines_before (t->lines, first, t->begin);
    if (n > 0)
        g_ptr_array_add (other->blocks, part_of_block (t->pool, first, 0, n));
    g_ptr_array_add (other->blocks, block_of (t));
    if (t->end >= t->lines->len)
        return other;
    guint to = g_array_index (t->lines, kh_flat_line, t->end).block;
    const kh_block *last = g_ptr_array_index (flow->blocks, to);
    g_ptr_array_add (other->blocks, part_of_block (t->pool, last, lines_before (t->lines, last, t->end), last->lines->len));
    for (guint b = to + 1; b < flow->blocks->len; b++)
        g_ptr_array_add (other->blocks, g_ptr_array_index (flow->blocks, b));
    return other;
}

const kh_flow *
kh_listed_tables (const kh_flow *flow, kh_pool *pool)
{
    if (!flow->is_typed)
        return flow;
    g_autoptr (GArray) lines = flatten (flow), columns = g_array_new (FALSE, FALSE, sizeof (kh_listed_column)),
                       atoms = g_array_new (FALSE, FALSE, sizeof (kh_atom)), starts = g_array_new (FALSE, FALSE, sizeof (guint));
    kh_listed t = { .pool = pool, .lines = lines, .columns = columns, .atoms = atoms, .starts = starts };
    for (guint i = 0; i < lines->len; i++)
        if (read_table (&t, i))
            return flow_with (&t, flow); /* one table a text: a second would have come the same way, but none has been seen */
    return flow;
}
