#include "plan/ordinals.h"

#include <string.h>

#include "plan/markers.h"
#include "viet/fold.h"

#define LEAST_OF_LIST 3    /* numbers that go on, for a column to be one that counts rows */
#define MOST_CHARACTERS 5  /* of a row number */

/* ------------------------------------------------------------------ rows of a table */

typedef struct row_number {
    const kh_word *word;  /* NULL: the cell is no single word */
    kh_marker marker;     /* kind NONE: no number */
} row_number;

static row_number
read_row_number (kh_pool *pool, const kh_cell *cell)
{
    row_number number = { 0 };
    if (cell->text.n_pieces != 1 || g_utf8_strlen (cell->text.str, -1) > MOST_CHARACTERS)
        return number;
    number.word = cell->text.pieces[0].word;
    kh_marker readings[KH_MARKER_READINGS];
    const char *item = kh_pool_printf (pool, g_str_has_suffix (cell->text.str, ".") ? "%s X" : "%s. X", cell->text.str);
    guint n = kh_markers_read (pool, item, readings);
    for (guint i = 0; i < n; i++)
        if (!readings[i].corrected && (readings[i].kind == KH_MARKER_ROMAN || readings[i].kind == KH_MARKER_ARABIC)) {
            number.marker = readings[i];
            break;
        }
    return number;
}

/* The numbers of the column, each cell once. */
static GArray *
read_column (kh_pool *pool, const kh_grid *grid, int first_row, int col)
{
    GArray *numbers = g_array_new (FALSE, FALSE, sizeof (row_number));
    const kh_cell *above = NULL;
    for (int row = first_row; row < grid->n_rows; row++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        if (cell != NULL && cell != above && !kh_text_is_empty (&cell->text)) {
            row_number number = read_row_number (pool, cell);
            g_array_append_val (numbers, number);
        }
        above = cell;
    }
    return numbers;
}

/* A "1" right before another "1" counts nothing: it stands for a I. */
static gboolean
is_repeated (const GArray *numbers, guint i)
{
    const kh_marker *here = &g_array_index (numbers, row_number, i).marker;
    const kh_marker *next = i + 1 < numbers->len ? &g_array_index (numbers, row_number, i + 1).marker : NULL;
    return next != NULL && here->kind == KH_MARKER_ARABIC && next->kind == KH_MARKER_ARABIC && kh_marker_value (here) == kh_marker_value (next);
}

void
kh_ordinals_of_column (const kh_grid *grid, int first_row, int col, GHashTable *ordered, GHashTable *unlike)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GArray) numbers = read_column (pool, grid, first_row, col);
    g_autoptr (GHashTable) going_on = g_hash_table_new (NULL, NULL);
    const row_number *last[2] = { NULL, NULL }; /* Arabic, Roman */
    guint follow[2] = { 0, 0 };
    for (guint i = 0; i < numbers->len; i++) {
        const row_number *number = &g_array_index (numbers, row_number, i);
        int kind = number->marker.kind == KH_MARKER_ROMAN;
        if (number->marker.kind == KH_MARKER_NONE || is_repeated (numbers, i))
            continue;
        if (last[kind] != NULL && kh_marker_follows (&last[kind]->marker, &number->marker)) {
            follow[kind]++;
            g_hash_table_add (going_on, (gpointer) last[kind]->word);
            g_hash_table_add (going_on, (gpointer) number->word);
        }
        last[kind] = number;
    }
    if (follow[0] < LEAST_OF_LIST)
        return;
    for (guint i = 0; i < numbers->len; i++) {
        const row_number *number = &g_array_index (numbers, row_number, i);
        if (number->word == NULL)
            continue;
        gboolean strange = number->marker.kind == KH_MARKER_NONE && follow[1] > 0; /* "VH" among I, II, III */
        if (g_hash_table_contains (going_on, number->word))
            g_hash_table_add (ordered, (gpointer) number->word);
        else if (strange || is_repeated (numbers, i))
            g_hash_table_add (unlike, (gpointer) number->word);
    }
}

/* ------------------------------------------------------------------ what is counted in words */

/* Nouns that a Roman or an Arabic number follows, folded; a document keeps to one. */
static const char *const COUNTED[] = { "quy", "hang", "loai", "nhom", "cap", "vung", "khu vuc", "dot", "giai doan", NULL };

enum { ARABIC, ROMAN, N_WAYS };

/* The way a word counts, by what stands before a slash or at its end; N_WAYS when it is none. */
static int
way_of (const char *word)
{
    gsize length = strcspn (word, "/,.;:)");
    if (length == 0 || (word[length] != '\0' && word[length] != '/' && word[length + 1] != '\0'))
        return N_WAYS;
    return length == 1 && strchr ("1234", *word) != NULL ? ARABIC : length <= 4 && strspn (word, "IVX") == length ? ROMAN : N_WAYS;
}

/* The index of the noun that word `i` of the page is; -1 when none. */
static int
noun_of (kh_pool *pool, const kh_page *page, guint i)
{
    const char *word = kh_fold_new (pool, kh_page_word (page, i)->text)->str;
    const char *before = i > 0 && strchr (" vuc doan", *word) != NULL ? kh_fold_new (pool, kh_page_word (page, i - 1)->text)->str : "";
    g_autofree char *both = g_strdup_printf ("%s %s", before, word);
    for (int k = 0; COUNTED[k] != NULL; k++)
        if (strcmp (word, COUNTED[k]) == 0 || strcmp (both, COUNTED[k]) == 0)
            return k;
    return -1;
}

void
kh_ordinals_of_nouns (const GPtrArray *pages, GHashTable *unlike)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    guint count[G_N_ELEMENTS (COUNTED)][N_WAYS] = { 0 };
    for (int pass = 0; pass < 2; pass++)
        for (guint p = 0; p < pages->len; p++) {
            const kh_page *page = pages->pdata[p];
            for (guint i = 1; page->origin == KH_ORIGIN_OCR && i < page->words->len; i++) {
                const kh_word *word = kh_page_word (page, i);
                int way = way_of (word->text), noun = way < N_WAYS ? noun_of (pool, page, i - 1) : -1;
                if (noun < 0)
                    continue;
                if (pass == 0)
                    count[noun][way]++;
                else if (count[noun][way] <= count[noun][1 - way])
                    g_hash_table_add (unlike, (gpointer) word);
            }
        }
}
