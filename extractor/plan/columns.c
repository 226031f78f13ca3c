#include "plan/columns.h"

#include "plan/deadlines.h"
#include "plan/grids.h"
#include "plan/units.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

const char KH_FIELD_NUMBER[] = "number", KH_FIELD_GROUP[] = "group", KH_FIELD_TEXT[] = "text", KH_FIELD_PRODUCT[] = "product",
           KH_FIELD_LEAD[] = "lead", KH_FIELD_COORDINATE[] = "coordinate", KH_FIELD_DEADLINE[] = "deadline",
           KH_FIELD_BUDGET[] = "budget", KH_FIELD_NOTES[] = "notes";

/* Folded words of headers. `strength` settles several columns of one field: the strongest keeps it. */
typedef struct header_word {
    const char *words;
    const char *field;
    int strength;
} header_word;

static const header_word WORDS[] = {
    { "ghi chu", KH_FIELD_NOTES, 3 },
    { "phoi hop", KH_FIELD_COORDINATE, 3 },
    { "don vi phoi hop", KH_FIELD_COORDINATE, 3 },
    { "co quan phoi hop", KH_FIELD_COORDINATE, 3 },
    { "chu tri", KH_FIELD_LEAD, 4 },
    { "don vi chu tri", KH_FIELD_LEAD, 4 },
    { "co quan chu tri", KH_FIELD_LEAD, 4 },
    { "dau moi", KH_FIELD_LEAD, 3 },
    { "nguoi thuc hien", KH_FIELD_LEAD, 3 },
    { "don vi thuc hien", KH_FIELD_LEAD, 3 },
    { "co quan thuc hien", KH_FIELD_LEAD, 3 },
    { "bo phan thuc hien", KH_FIELD_LEAD, 3 },
    { "to chuc thuc hien", KH_FIELD_LEAD, 3 },
    { "ca nhan thuc hien", KH_FIELD_LEAD, 3 },
    { "to chuc, ca nhan", KH_FIELD_LEAD, 2 },
    { "don vi, ca nhan", KH_FIELD_LEAD, 2 },
    { "co quan, don vi", KH_FIELD_LEAD, 2 },
    { "don vi tham muu", KH_FIELD_LEAD, 3 },
    { "co quan tham muu", KH_FIELD_LEAD, 3 },
    { "don vi duoc giao", KH_FIELD_LEAD, 3 },
    { "don vi phu trach", KH_FIELD_LEAD, 2 },
    { "nguoi phu trach", KH_FIELD_LEAD, 2 },
    { "can bo phu trach", KH_FIELD_LEAD, 2 },
    { "can bo thuc hien", KH_FIELD_LEAD, 3 },
    { "chiu trach nhiem", KH_FIELD_LEAD, 2 },
    { "don vi chiu trach nhiem", KH_FIELD_LEAD, 2 },
    { "trach nhiem", KH_FIELD_LEAD, 2 },
    { "phan cong", KH_FIELD_LEAD, 2 },
    { "lanh dao phu trach", KH_FIELD_LEAD, 1 },
    { "thoi gian", KH_FIELD_DEADLINE, 3 },
    { "thoi han", KH_FIELD_DEADLINE, 3 },
    { "thoi diem", KH_FIELD_DEADLINE, 3 },
    { "tien do", KH_FIELD_DEADLINE, 3 },
    { "lo trinh", KH_FIELD_DEADLINE, 3 },
    { "hoan thanh", KH_FIELD_DEADLINE, 3 },
    { "ngay hoan thanh", KH_FIELD_DEADLINE, 3 },
    { "bat dau", KH_FIELD_DEADLINE, 3 },
    { "ket thuc", KH_FIELD_DEADLINE, 3 },
    { "han hoan thanh", KH_FIELD_DEADLINE, 3 },
    { "san pham", KH_FIELD_PRODUCT, 3 },
    { "ket qua", KH_FIELD_PRODUCT, 2 },
    { "dau ra", KH_FIELD_PRODUCT, 2 },
    { "kinh phi", KH_FIELD_BUDGET, 3 },
    { "du toan", KH_FIELD_BUDGET, 2 },
    { "du kien kinh phi", KH_FIELD_BUDGET, 3 },
    { "nguon kinh phi", KH_FIELD_BUDGET, 2 },
    { "linh vuc", KH_FIELD_GROUP, 2 },
    { "nhom nhiem vu", KH_FIELD_GROUP, 3 },
    { "nhiem vu chung", KH_FIELD_GROUP, 3 },
    { "nhom", KH_FIELD_GROUP, 2 },
    { "muc tieu", KH_FIELD_GROUP, 1 },
    { "du an, tieu du an", KH_FIELD_GROUP, 2 },
    { "du an", KH_FIELD_GROUP, 1 },
    { "chuong trinh", KH_FIELD_GROUP, 1 },
    { "nhiem vu cu the", KH_FIELD_TEXT, 5 },
    { "noi dung cong viec", KH_FIELD_TEXT, 5 },
    { "noi dung nhiem vu", KH_FIELD_TEXT, 5 },
    { "noi dung hoat dong", KH_FIELD_TEXT, 5 },
    { "noi dung", KH_FIELD_TEXT, 4 },
    { "cong viec", KH_FIELD_TEXT, 4 },
    { "nhiem vu", KH_FIELD_TEXT, 4 },
    { "ten nhiem vu", KH_FIELD_TEXT, 4 },
    { "cac nhiem vu", KH_FIELD_TEXT, 4 },
    { "dau viec", KH_FIELD_TEXT, 4 },
    { "hoat dong", KH_FIELD_TEXT, 4 },
    { "ten cong viec", KH_FIELD_TEXT, 4 },
    { "giai phap", KH_FIELD_TEXT, 3 },
    { "hang muc", KH_FIELD_TEXT, 3 },
    { "chi tieu", KH_FIELD_TEXT, 3 },
    { "ten chi tieu", KH_FIELD_TEXT, 3 },
    { "danh muc", KH_FIELD_TEXT, 2 },
    { "ten van ban", KH_FIELD_TEXT, 2 },
    { "ten de an", KH_FIELD_TEXT, 2 },
    { "chuyen de", KH_FIELD_TEXT, 2 },
    { "tieu chi", KH_FIELD_TEXT, 2 },
    { "doi tuong", KH_FIELD_TEXT, 1 },
    { "don vi duoc", KH_FIELD_TEXT, 1 }, /* the unit inspected, visited */
    { "co so duoc", KH_FIELD_TEXT, 1 },
    { "ten don vi", KH_FIELD_TEXT, 1 },
    { "ten co so", KH_FIELD_TEXT, 1 },
    { "don vi kiem tra", KH_FIELD_TEXT, 1 },
};

/* ------------------------------------------------------------------ headers */

static gboolean
is_number_header (const char *folded)
{
    static const char *const NUMBER[] = { "stt", "tt", "sott", "sothutu", "st", "no", "so" };
    g_autoptr (GString) letters = g_string_new (NULL);
    for (; *folded != '\0'; folded++)
        if (strchr (" .,:;|_-", *folded) == NULL)
            g_string_append_c (letters, *folded);
    for (guint i = 0; i < G_N_ELEMENTS (NUMBER); i++)
        if (strcmp (letters->str, NUMBER[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The lexicon's word that stands first, the longest there; `find` says where one stands. */
static const header_word *
first_word (const kh_fold *fold, gssize (*find) (const kh_fold *fold, const char *words))
{
    const header_word *best = NULL;
    gssize best_at = -1;
    for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
        gssize at = find (fold, WORDS[i].words);
        if (at >= 0 && (best == NULL || at < best_at || (at == best_at && strlen (WORDS[i].words) > strlen (best->words)))) {
            best = &WORDS[i];
            best_at = at;
        }
    }
    return best;
}

static gssize
find_exactly (const kh_fold *fold, const char *words)
{
    return kh_fold_find (fold, words, 0);
}

/* The field of a header. */
static const char *
field_of (const char *header, int *strength)
{
    *strength = 0;
    if (strlen (header) > 160)
        return NULL; /* no header says so much */
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, header);
    if (is_number_header (fold->str)) {
        *strength = 5;
        return KH_FIELD_NUMBER;
    }
    const header_word *word = first_word (fold, find_exactly);
    if (word == NULL)
        word = first_word (fold, kh_fold_find_alike); /* as a scanner may have read it */
    if (word == NULL)
        return NULL;
    *strength = word->strength;
    return word->field;
}

const char *
kh_field_of_header (const char *header)
{
    int strength;
    return field_of (header, &strength);
}

gboolean
kh_row_reads_like_headers (const kh_grid *grid, int row)
{
    int named = 0, filled = 0;
    for (int col = 0; col < grid->n_cols; col++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        if (cell == NULL || kh_text_is_empty (&cell->text))
            continue;
        filled++;
        named += kh_word_count (cell->text.str) <= 9 && kh_field_of_header (cell->text.str) != NULL;
    }
    return named >= 2 && named * 2 >= filled;
}

/* ------------------------------------------------------------------ contents */

/* What the filled cells of a column look like, as shares. */
typedef struct column_look {
    int filled;
    double numbers, times, units, length; /* length: mean, in words */
} column_look;

static column_look
look_at (const kh_grid *grid, int first_row, int col)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_header none = { 0 };
    column_look look = { 0 };
    for (int row = first_row; row < grid->n_rows; row++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        if (cell == NULL || kh_text_is_empty (&cell->text) || cell->col_span > 1)
            continue;
        const char *text = cell->text.str;
        gboolean doubtful;
        kh_deadline deadline = kh_deadline_of (pool, &cell->text, &none, &doubtful);
        look.filled++;
        look.numbers += strspn (text, "0123456789.IVX") == strlen (text);
        look.times += !doubtful && deadline.kind != KH_DEADLINE_CONDITIONAL && kh_word_count (text) <= 12;
        look.units += kh_unit_head (text) > 0;
        look.length += kh_word_count (text);
    }
    if (look.filled > 0) {
        look.numbers /= look.filled;
        look.times /= look.filled;
        look.units /= look.filled;
        look.length /= look.filled;
    }
    return look;
}

/* Columns without a readable header take the fields that are still free and that their cells look like. */
static void
assign_by_content (const kh_grid *grid, int first_row, GPtrArray *columns)
{
    int longest = -1;
    double longest_length = 4;
    for (int col = 0; col < grid->n_cols; col++) {
        kh_table_column *column = g_ptr_array_index (columns, col);
        if (column->field != NULL || kh_word_count (column->header) > 0)
            continue;
        column_look look = look_at (grid, first_row, col);
        if (look.filled < 2)
            continue;
        if (col == 0 && look.numbers >= 0.6)
            column->field = KH_FIELD_NUMBER;
        else if (look.times >= 0.5 && kh_column_with (columns, KH_FIELD_DEADLINE, 0) < 0)
            column->field = KH_FIELD_DEADLINE;
        else if (look.units >= 0.6 && kh_column_with (columns, KH_FIELD_LEAD, 0) < 0)
            column->field = KH_FIELD_LEAD;
        else if (look.units >= 0.6 && kh_column_with (columns, KH_FIELD_COORDINATE, 0) < 0)
            column->field = KH_FIELD_COORDINATE;
        else if (look.length > longest_length && look.numbers < 0.5) {
            longest = col;
            longest_length = look.length;
        }
    }
    if (longest >= 0 && kh_column_with (columns, KH_FIELD_TEXT, 0) < 0)
        ((kh_table_column *) g_ptr_array_index (columns, longest))->field = KH_FIELD_TEXT;
}

/* ------------------------------------------------------------------ all columns together */

int
kh_column_with (const GPtrArray *columns, const char *field, int from)
{
    for (guint i = (guint) MAX (from, 0); i < columns->len; i++) {
        const kh_table_column *column = g_ptr_array_index (columns, i);
        if (column->field != NULL && strcmp (column->field, field) == 0)
            return (int) i;
    }
    return -1;
}

/* A merged cell over several rows in the body: the mark of a group column. */
static gboolean
has_merged_rows (const kh_grid *grid, int first_row, int col)
{
    for (int row = first_row; row < grid->n_rows; row++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        if (cell != NULL && cell->row_span > 1)
            return TRUE;
    }
    return FALSE;
}

/* One column a field (two for begin and end): the strongest, then the leftmost. */
static void
settle_doubles (GPtrArray *columns, const int *strength)
{
    for (guint i = 0; i < columns->len; i++) {
        kh_table_column *column = g_ptr_array_index (columns, i);
        int kept = 0;
        if (column->field == NULL)
            continue;
        for (guint k = 0; k < columns->len; k++) {
            const kh_table_column *rival = g_ptr_array_index (columns, k);
            gboolean stronger = strength[k] > strength[i] || (strength[k] == strength[i] && k < i);
            kept += k != i && rival->field == column->field && stronger;
        }
        if (kept > (column->field == KH_FIELD_DEADLINE ? 1 : 0))
            column->field = NULL;
    }
}

/* Of two columns of text the left one is the group when its cells are merged; a group column alone holds the text. */
static void
settle_group (const kh_grid *grid, int first_row, GPtrArray *columns, int *strength)
{
    int first = kh_column_with (columns, KH_FIELD_TEXT, 0);
    int second = first < 0 ? -1 : kh_column_with (columns, KH_FIELD_TEXT, first + 1);
    int group = kh_column_with (columns, KH_FIELD_GROUP, 0);
    if (second >= 0 && group < 0 && (has_merged_rows (grid, first_row, first) || strength[second] > strength[first])) {
        ((kh_table_column *) g_ptr_array_index (columns, first))->field = KH_FIELD_GROUP;
    } else if (first < 0 && group >= 0) {
        ((kh_table_column *) g_ptr_array_index (columns, group))->field = KH_FIELD_TEXT;
    }
}

void
kh_columns_assign (const kh_grid *grid, int first_row, GPtrArray *columns)
{
    g_autofree int *strength = g_new0 (int, columns->len + 1);
    for (guint i = 0; i < columns->len; i++) {
        kh_table_column *column = g_ptr_array_index (columns, i);
        column->field = field_of (column->header, &strength[i]);
    }
    settle_group (grid, first_row, columns, strength);
    settle_doubles (columns, strength);
    assign_by_content (grid, first_row, columns);
}
