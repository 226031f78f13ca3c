/* sheet.c - a table being put together, and the grid it becomes. */
#include "layout/parts.h"

#include <string.h>

kh_draft *
kh_draft_new (kh_box box, int page, kh_pool *pool)
{
    kh_draft *draft = kh_pool_new0 (pool, kh_draft, 1);
    draft->slugs = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_slug)), (GDestroyNotify) g_array_unref);
    draft->box = box;
    draft->page = page;
    return draft;
}

kh_sheet *
kh_sheet_new (int n_cols, int page, kh_pool *pool)
{
    kh_sheet *sheet = kh_pool_new0 (pool, kh_sheet, 1);
    sheet->n_cols = n_cols;
    sheet->rows = kh_pool_list (pool);
    sheet->pages = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (int)), (GDestroyNotify) g_array_unref);
    sheet->edges = kh_pool_new0 (pool, double, n_cols + 1);
    sheet->confidence = 1;
    g_array_append_val (sheet->pages, page);
    return sheet;
}

kh_draft **
kh_sheet_add_row (kh_sheet *sheet, kh_pool *pool)
{
    kh_draft **row = kh_pool_new0 (pool, kh_draft *, sheet->n_cols);
    g_ptr_array_add (sheet->rows, row);
    return row;
}

void
kh_draft_fill (kh_draft *draft, const GPtrArray *words, double padding, kh_pool *pool)
{
    GPtrArray *lines = kh_lines_find (words, G_MAXDOUBLE / 1e6, pool);
    for (guint i = 0; i < lines->len; i++) {
        kh_slug slug = { g_ptr_array_index (lines, i), draft->box.x0 + padding, draft->box.x1 - padding };
        g_array_append_val (draft->slugs, slug);
    }
}

kh_text
kh_draft_text (const kh_draft *draft, kh_pool *pool)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    for (guint i = 0; i < draft->slugs->len; i++) {
        const kh_slug *slug = &g_array_index (draft->slugs, kh_slug, i);
        kh_text_append_line (&builder, &slug->line->text, kh_draft_breaks_word (draft, i));
    }
    return kh_text_builder_finish (&builder, pool);
}

void
kh_draft_extend (kh_draft *draft, int page, kh_box box, kh_pool *pool)
{
    if (draft->page == page) {
        draft->box = kh_box_union (draft->box, box);
        return;
    }
    if (draft->rest == NULL)
        draft->rest = kh_pool_own (pool, g_array_new (FALSE, FALSE, sizeof (kh_spot)), (GDestroyNotify) g_array_unref);
    kh_spot *last = draft->rest->len > 0 ? &g_array_index (draft->rest, kh_spot, draft->rest->len - 1) : NULL;
    kh_spot spot = { page, box };
    if (last != NULL && last->page == page)
        last->box = kh_box_union (last->box, box);
    else
        g_array_append_val (draft->rest, spot);
}

/* Does the slot's draft stand in this column alone? */
static gboolean
is_of_one_column (const kh_sheet *sheet, guint row, int col)
{
    kh_draft *const *drafts = kh_sheet_row (sheet, row);
    return (col == 0 || drafts[col - 1] != drafts[col]) && (col + 1 == sheet->n_cols || drafts[col + 1] != drafts[col]);
}

/* The lines (kh_slug *) that stand in the column alone. */
static GPtrArray *
slugs_of_column (kh_sheet *const *sheets, guint n, int col)
{
    GPtrArray *slugs = g_ptr_array_new ();
    for (guint s = 0; s < n; s++)
        for (guint r = 0; r < sheets[s]->rows->len; r++) {
            GArray *mine = kh_sheet_row (sheets[s], r)[col]->slugs;
            for (guint i = 0; is_of_one_column (sheets[s], r, col) && i < mine->len; i++)
                g_ptr_array_add (slugs, &g_array_index (mine, kh_slug, i));
        }
    return slugs;
}

void
kh_sheets_tighten (kh_sheet *const *sheets, guint n, gboolean both_ends)
{
    for (int c = 0; n > 0 && c < sheets[0]->n_cols; c++) {
        g_autoptr (GPtrArray) slugs = slugs_of_column (sheets, n, c);
        double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
        for (guint i = 0; i < slugs->len; i++) {
            kh_box box = ((const kh_slug *) g_ptr_array_index (slugs, i))->line->box;
            left = MIN (left, box.x0);
            right = MAX (right, box.x1);
        }
        for (guint i = 0; i < slugs->len; i++) {
            kh_slug *slug = g_ptr_array_index (slugs, i);
            slug->left = both_ends ? left : slug->left;
            slug->right = right;
        }
    }
}

double
kh_sheet_column_start (const kh_sheet *sheet, int col)
{
    double start = G_MAXDOUBLE;
    for (guint r = 0; r < sheet->rows->len; r++) {
        const kh_draft *draft = kh_sheet_row (sheet, r)[col];
        gboolean is_own = col == 0 || kh_sheet_row (sheet, r)[col - 1] != draft;
        for (guint i = 0; is_own && i < draft->slugs->len; i++)
            start = MIN (start, g_array_index (draft->slugs, kh_slug, i).line->box.x0);
    }
    return start < G_MAXDOUBLE ? start : sheet->edges[col];
}

void
kh_sheet_merge (kh_sheet *sheet, kh_draft *into, kh_draft *from, kh_pool *pool)
{
    if (into == from)
        return;
    g_array_append_vals (into->slugs, from->slugs->data, from->slugs->len);
    kh_draft_extend (into, from->page, from->box, pool);
    for (guint i = 0; from->rest != NULL && i < from->rest->len; i++) {
        const kh_spot *spot = &g_array_index (from->rest, kh_spot, i);
        kh_draft_extend (into, spot->page, spot->box, pool);
    }
    for (guint r = 0; r < sheet->rows->len; r++) {
        kh_draft **row = kh_sheet_row (sheet, r);
        for (int c = 0; c < sheet->n_cols; c++)
            if (row[c] == from)
                row[c] = into;
    }
}

/* How many rows (or columns) from here on the slot's draft fills. */
static int
span_down (const kh_sheet *sheet, int row, int col)
{
    int n = 1;
    while (row + n < (int) sheet->rows->len && kh_sheet_row (sheet, row + n)[col] == kh_sheet_row (sheet, row)[col])
        n++;
    return n;
}

static int
span_right (const kh_sheet *sheet, int row, int col)
{
    int n = 1;
    while (col + n < sheet->n_cols && kh_sheet_row (sheet, row)[col + n] == kh_sheet_row (sheet, row)[col])
        n++;
    return n;
}

static double
bold_share (const kh_draft *draft)
{
    double bold = 0, weight = 0;
    for (guint i = 0; i < draft->slugs->len; i++) {
        const kh_line *line = g_array_index (draft->slugs, kh_slug, i).line;
        double length = strlen (line->text.str);
        bold += line->bold * length;
        weight += length;
    }
    return weight > 0 ? bold / weight : 0;
}

/* What speaks for a row being a header: its cells are filled, say no numbers, and are bold where the rows below are not. */
static gboolean
is_header_row (const kh_sheet *sheet, int row, kh_pool *pool)
{
    kh_draft **cells = kh_sheet_row (sheet, row);
    int n = 0, filled = 0, numbers = 0;
    for (int c = 0; c < sheet->n_cols; c++) {
        if (c > 0 && cells[c] == cells[c - 1])
            continue;
        kh_text text = kh_draft_text (cells[c], pool);
        n++;
        filled += !kh_text_is_empty (&text);
        numbers += kh_text_is_number (text.str);
    }
    if (n < 2 && sheet->n_cols > 1)
        return FALSE;
    kh_text first = kh_draft_text (cells[0], pool);
    if (row == 0 && kh_text_is_number (first.str))
        return FALSE; /* a numbered row: the table begins without a header */
    return filled * 3 >= n * 2 && filled >= 2 && numbers * 2 < filled;
}

/* "(1) | (2) | (3)", "1 | 2 | 3", "A | B | 1 | 2": each cell a letter or a number by itself, one more than the one before. */
static gboolean
numbers_columns (const kh_sheet *sheet, int row, kh_pool *pool)
{
    if (row >= (int) sheet->rows->len || sheet->n_cols < 3)
        return FALSE;
    int last = -1, steps = 0;
    for (int c = 0; c < sheet->n_cols; c++) {
        kh_text text = kh_draft_text (kh_sheet_row (sheet, row)[c], pool);
        const char *p = *text.str == '(' ? text.str + 1 : text.str;
        char *end = (char *) p;
        int value = g_ascii_isdigit (*p) ? (int) g_ascii_strtoll (p, &end, 10) : g_ascii_isupper (*p) ? *end++ : -1;
        if (value < 0 || value > 'Z' || strlen (end) > 1 || (*end != '\0' && *end != ')'))
            return FALSE;
        steps += last >= 0 && value == last + 1;
        last = value;
    }
    return steps >= sheet->n_cols - 2;
}

void
kh_sheet_find_header (kh_sheet *sheet, kh_pool *pool)
{
    int n_rows = sheet->rows->len;
    sheet->n_header_rows = 0;
    if (n_rows < 2 || !is_header_row (sheet, 0, pool))
        return;
    /* the header is as deep as the deepest cell of its first row, where something in that row is spread over columns */
    int depth = 1;
    gboolean spread = FALSE;
    for (int c = 0; c < sheet->n_cols; c += span_right (sheet, 0, c)) {
        spread = spread || span_right (sheet, 0, c) > 1;
        depth = MAX (depth, span_down (sheet, 0, c));
    }
    if (!spread || depth > 4 || depth >= n_rows)
        depth = 1;
    sheet->n_header_rows = depth;
    if (numbers_columns (sheet, depth, pool))
        g_ptr_array_remove_index (sheet->rows, depth);
}

static kh_cell *
cell_of (const kh_draft *draft, kh_pool *pool)
{
    kh_cell *cell = kh_pool_new0 (pool, kh_cell, 1);
    cell->text = kh_draft_text (draft, pool);
    cell->lines = kh_pool_list (pool);
    for (guint i = 0; i < draft->slugs->len; i++)
        g_ptr_array_add (cell->lines, g_array_index (draft->slugs, kh_slug, i).line);
    cell->paragraphs = kh_paragraphs_of_cell (draft, pool);
    cell->box = draft->box;
    cell->page = draft->page;
    cell->rest = draft->rest;
    cell->bold = bold_share (draft);
    return cell;
}

/* How many slots from here on the slot's draft fills, as far as they are not taken. */
static int
free_right (const kh_sheet *sheet, int row, int col, const gboolean *taken)
{
    int n = 1, most = span_right (sheet, row, col);
    while (n < most && !taken[col + n])
        n++;
    return n;
}

static gboolean
fills_row (const kh_sheet *sheet, int row, int col, int width, const kh_draft *draft)
{
    for (int c = col; c < col + width; c++)
        if (kh_sheet_row (sheet, row)[c] != draft)
            return FALSE;
    return TRUE;
}

kh_grid *
kh_sheet_finish (const kh_sheet *sheet, kh_pool *pool)
{
    kh_grid *grid = kh_pool_new0 (pool, kh_grid, 1);
    grid->n_rows = sheet->rows->len;
    grid->n_cols = sheet->n_cols;
    grid->n_header_rows = sheet->n_header_rows;
    grid->pages = sheet->pages;
    grid->ruled = sheet->ruled;
    grid->confidence = sheet->confidence;
    grid->cells = kh_pool_new0 (pool, kh_cell *, (gsize) grid->n_rows * grid->n_cols);
    /* healing over pages may leave a draft that is no rectangle: it keeps the one at its first slot, the rest are empty cells */
    g_autofree gboolean *done = g_new0 (gboolean, (gsize) grid->n_rows * grid->n_cols + 1);
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
    for (int r = 0; r < grid->n_rows; r++)
        for (int c = 0; c < grid->n_cols; c++) {
            kh_draft *draft = kh_sheet_row (sheet, r)[c];
            if (done[r * grid->n_cols + c])
                continue;
            int width = 1, depth = 1;
            if (g_hash_table_add (seen, draft)) {
                width = free_right (sheet, r, c, done + (gsize) r * grid->n_cols);
                while (r + depth < grid->n_rows && fills_row (sheet, r + depth, c, width, draft))
                    depth++;
            } else {
                draft = kh_draft_new (draft->box, draft->page, pool);
            }
            kh_cell *cell = cell_of (draft, pool);
            cell->row_span = depth;
            cell->col_span = width;
            grid->cells[r * grid->n_cols + c] = cell;
            for (int y = r; y < r + depth; y++)
                for (int x = c; x < c + width; x++)
                    done[y * grid->n_cols + x] = TRUE;
        }
    return grid;
}
