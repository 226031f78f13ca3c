/* split.c - rows of a ruled table that no rule divides.
 *
 *   ├────┼───────────────┼─────────┤   Some tables have uprights and a rule under the header only. Then a cell of
 *   │ 1  │ Rà soát các   │ Quý I   │   the number column holds several numbers, each on a line of its own: there
 *   │    │ văn bản       │         │   are as many rows. They are divided where the widest white runs through
 *   │ 2  │ Kiểm tra      │ Quý II  │   all columns between two numbers; without any, above the number.
 *   └────┴───────────────┴─────────┘
 */
#include "layout/parts.h"

static const kh_line *
line_of (const kh_draft *draft, guint i)
{
    return g_array_index (draft->slugs, kh_slug, i).line;
}

/* The number that a cell consists of, though it be broken; 0 when it is none. */
static int
value_of (const kh_draft *draft, kh_pool *pool)
{
    kh_text text = kh_draft_text (draft, pool);
    int value = 0;
    for (const char *p = text.str; *p != '\0' && value < 10000; p++) {
        if (!g_ascii_isdigit (*p) && *p != ' ')
            return 0;
        value = *p == ' ' ? value : value * 10 + *p - '0';
    }
    return value;
}

/* Two figures close below each other are one number broken in its narrow cell ("1", "0"), when the second does not go on from the first,
 * or the number goes on from the row before. */
static gboolean
is_broken (const kh_sheet *sheet, guint row, int col, const kh_draft *draft, kh_pool *pool)
{
    const kh_line *first = line_of (draft, 0), *second = line_of (draft, 1);
    if (kh_slug_breaks_word (&g_array_index (draft->slugs, kh_slug, 0), second))
        return TRUE;
    const char *a = first->text.str, *b = second->text.str;
    gboolean is_close = kh_line_middle (second) - kh_line_middle (first) < 1.6 * MAX (first->size, second->size);
    if (draft->slugs->len != 2 || !is_close || !g_ascii_isdigit (a[0]) || !g_ascii_isdigit (b[0]) || a[1] != '\0' || b[1] != '\0')
        return FALSE;
    int before = row > 0 ? value_of (kh_sheet_row (sheet, row - 1)[col], pool) : 0, both = (a[0] - '0') * 10 + b[0] - '0';
    return b[0] != a[0] + 1 || both == before + 1;
}

/* The cell of several numbers in the row, if there is one. */
static const kh_draft *
numbers_of (const kh_sheet *sheet, guint row, kh_pool *pool)
{
    for (int c = 0; c < MIN (2, sheet->n_cols); c++) {
        const kh_draft *draft = kh_sheet_row (sheet, row)[c];
        gboolean alone = (row == 0 || kh_sheet_row (sheet, row - 1)[c] != draft) &&
                         (row + 1 == sheet->rows->len || kh_sheet_row (sheet, row + 1)[c] != draft);
        if (!alone || draft->slugs->len < 2)
            continue;
        guint n = 0;
        while (n < draft->slugs->len && kh_text_is_number (line_of (draft, n)->text.str) && line_of (draft, n)->text.n_pieces == 1 &&
               (n == 0 || kh_line_middle (line_of (draft, n)) > kh_line_middle (line_of (draft, n - 1)) + 2))
            n++;
        if (n == draft->slugs->len && !is_broken (sheet, row, c, draft, pool))
            return draft;
    }
    return NULL;
}

static int
compare_tops (const void *a, const void *b)
{
    const kh_box *x = a, *y = b;
    return (x->y0 > y->y0) - (x->y0 < y->y0);
}

/* Where the row ends between two numbers. */
static double
end_between (const kh_sheet *sheet, guint row, const kh_line *above, const kh_line *below)
{
    g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (kh_box));
    for (int c = 0; c < sheet->n_cols; c++) {
        const kh_draft *draft = kh_sheet_row (sheet, row)[c];
        for (guint i = 0; i < draft->slugs->len; i++)
            g_array_append_val (boxes, line_of (draft, i)->box);
    }
    g_array_sort (boxes, compare_tops);
    double from = kh_line_middle (above), to = kh_line_middle (below), covered = from;
    double best = 0, at = CLAMP (below->box.y0, from + 0.5, to - 0.5);
    for (guint i = 0; i < boxes->len; i++) {
        const kh_box *box = &g_array_index (boxes, kh_box, i);
        if (box->y1 <= from)
            continue;
        double top = MIN (box->y0, to);
        if (top - covered > best) {
            best = top - covered;
            at = CLAMP ((top + covered) / 2, from + 0.5, to - 0.5); /* so that each side keeps a number */
        }
        if (box->y0 >= to)
            break;
        covered = MAX (covered, box->y1);
    }
    return at;
}

/* Moves what stands below `at` to a new row after `row`. */
static void
divide_row (kh_sheet *sheet, guint row, double at, kh_pool *pool)
{
    kh_sheet_add_row (sheet, pool);
    kh_draft **added = g_ptr_array_index (sheet->rows, sheet->rows->len - 1);
    g_ptr_array_remove_index (sheet->rows, sheet->rows->len - 1);
    g_ptr_array_insert (sheet->rows, row + 1, added);
    for (int c = 0; c < sheet->n_cols; c++) {
        kh_draft *draft = kh_sheet_row (sheet, row)[c];
        if (c > 0 && kh_sheet_row (sheet, row)[c - 1] == draft) { /* merged over columns: it stays so */
            added[c] = added[c - 1];
            continue;
        }
        if (row > 0 && kh_sheet_row (sheet, row - 1)[c] == draft) { /* merged over rows: it goes on */
            added[c] = draft;
            continue;
        }
        added[c] = kh_draft_new ((kh_box){ draft->box.x0, at, draft->box.x1, draft->box.y1 }, draft->page, pool);
        draft->box.y1 = at;
        guint kept = 0;
        while (kept < draft->slugs->len && kh_line_middle (line_of (draft, kept)) < at)
            kept++;
        g_array_append_vals (added[c]->slugs, &g_array_index (draft->slugs, kh_slug, kept), draft->slugs->len - kept);
        g_array_set_size (draft->slugs, kept);
    }
}

void
kh_sheet_split_rows (kh_sheet *sheet, kh_pool *pool)
{
    for (guint r = 0; r < sheet->rows->len; r++) {
        const kh_draft *numbers = numbers_of (sheet, r, pool);
        if (numbers == NULL)
            continue;
        /* the first number stays, the rest goes down and is met again */
        divide_row (sheet, r, end_between (sheet, r, line_of (numbers, 0), line_of (numbers, 1)), pool);
    }
}
