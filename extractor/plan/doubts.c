#include "plan/doubts.h"

#include "base/sort.h"
#include "core/flow.h"
#include "plan/ordinals.h"
#include "viet/fold.h"
#include "viet/trust.h"

#include <string.h>

#define LEAST_CELLS 4      /* a column's, for its habit to show */
#define HABIT 0.6          /* share of its cells */
#define SHORT_CELL 6       /* characters: what is longer is text, which may stand anywhere */
#define OFTEN 5            /* times an abbreviation stands in a document that is its habit */

/* Shares of values that are right though they look so. */
#define RIGHT_LONE_SIGN 0.2f
#define RIGHT_UNDER_MARK 0.97f
#define RIGHT_NAME_UNDER_MARK 0.93f

#define TALL 1.9           /* times the median height of a page's words: digits have no marks, so a line above was read into them */

/* What is odd about a word wherever it stands. The first that fits a text is told. */
typedef enum oddity {
    ODD_IN_COLUMN, /* unlike the other cells of its column */
    ODD_IN_LIST,   /* a number that breaks its list or the document's habit (ordinals.h) */
    ODD_TALL,      /* figures as tall as two lines */
    ODD_RARE,      /* an abbreviation all but spelled like one that is used all the time */
    N_ODDITIES
} oddity;

static const struct {
    const char *reason;
    float right;
} ODDITIES[N_ODDITIES] = {
    [ODD_IN_COLUMN] = { "unlike_column", 0.25f },
    [ODD_IN_LIST] = { "unlike_others", 0.25f },
    [ODD_TALL] = { "figures_unsure", 0.25f },
    [ODD_RARE] = { "strange_word", 0.5f },
};

struct kh_doubts {
    const kh_record *record;
    GHashTable *odd[N_ODDITIES]; /* const kh_word * each */
    GHashTable *ordered;         /* const kh_word *: numbers that go on their list */
    GHashTable *marked;          /* const kh_word *: words under a stamp or signature */
};

typedef enum shape { SHAPE_EMPTY, SHAPE_NUMBER, SHAPE_NUMBERS, SHAPE_ROMAN, SHAPE_TEXT, SHAPE_SHORT, N_SHAPES } shape;

static gboolean
is_roman (const char *text)
{
    gsize length = strlen (text);
    return length > 0 && length <= 6 && strspn (text, "IVX") == length;
}

/* Is it written as numbers are: "0", "87,7", "1.250.000", not "00" nor "1,3,5"? */
static gboolean
is_sound_number (const char *figures, gsize length)
{
    gsize zeros = 0, marks = 0, since = 0;
    gboolean threes = TRUE;
    for (gsize i = 0; i < length; i++) {
        gboolean mark = !g_ascii_isdigit (figures[i]);
        if (mark && marks++ > 0)
            threes &= since == 3;
        since = mark ? 0 : since + 1;
        zeros += figures[i] == '0';
    }
    return (marks < 2 || (threes && since == 3)) && (zeros < 2 || zeros + marks < length) && g_ascii_isdigit (figures[0]);
}

/* How many numbers it is, each with what says how much and of what: "≥ 95 %", "1.250"; 0 when anything else is there, too. */
static guint
count_numbers (const char *text)
{
    guint n = 0;
    while (*text != '\0') {
        gsize digits = strspn (text, "0123456789.,");
        if (digits > 0 && !is_sound_number (text, digits))
            return 0;
        n += digits > 0;
        if (digits > 0)
            text += digits;
        else if (strchr (" %<>=", *text) != NULL || g_str_has_prefix (text, "≥") || g_str_has_prefix (text, "≤"))
            text = g_utf8_next_char (text);
        else
            return 0;
    }
    return n;
}

static shape
shape_of (const kh_text *text)
{
    if (kh_text_is_empty (text))
        return SHAPE_EMPTY;
    guint numbers = count_numbers (text->str);
    if (numbers > 0)
        return numbers == 1 ? SHAPE_NUMBER : SHAPE_NUMBERS;
    if (is_roman (text->str))
        return SHAPE_ROMAN;
    return g_utf8_strlen (text->str, -1) > SHORT_CELL ? SHAPE_TEXT : SHAPE_SHORT;
}

/* A sign where words or figures are meant; marks of a form (x, dashes) are meant. */
static gboolean
is_lone_sign (const kh_text *text)
{
    gboolean letters = FALSE;
    for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
        letters |= g_unichar_isalnum (g_utf8_get_char (p));
    return !kh_text_is_empty (text) && !letters && strspn (text->str, "-+.%… ") != strlen (text->str);
}

static void
add_words (GHashTable *set, const kh_text *text)
{
    for (gsize i = 0; i < text->n_pieces; i++)
        g_hash_table_add (set, (gpointer) text->pieces[i].word);
}

static gboolean
has_word_in (const kh_text *text, GHashTable *set)
{
    for (gsize i = 0; text != NULL && i < text->n_pieces; i++)
        if (g_hash_table_contains (set, text->pieces[i].word))
            return TRUE;
    return FALSE;
}

/* A column of numbers: what is short and none is doubtful there, and two in a cell. */
static void
note_unlike_cells (kh_doubts *doubts, const kh_table *table, int col)
{
    guint count[N_SHAPES] = { 0 }, all = 0;
    const kh_grid *grid = table->grid;
    for (int row = table->first_row; row < grid->n_rows; row++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        shape s = cell == NULL ? SHAPE_EMPTY : shape_of (&cell->text);
        count[s]++;
        all += s != SHAPE_EMPTY;
    }
    gboolean of_numbers = all >= LEAST_CELLS && count[SHAPE_NUMBER] > 1 && count[SHAPE_NUMBER] + count[SHAPE_NUMBERS] >= HABIT * all;
    for (int row = table->first_row; row < grid->n_rows && of_numbers; row++) {
        const kh_cell *cell = kh_grid_cell (grid, row, col);
        shape s = cell == NULL ? SHAPE_EMPTY : shape_of (&cell->text);
        if ((s == SHAPE_SHORT && cell->col_span == 1) || s == SHAPE_NUMBERS)
            add_words (doubts->odd[ODD_IN_COLUMN], &cell->text);
    }
}

static void
note_marked_words (kh_doubts *doubts, const kh_page *page)
{
    for (guint i = 0; i < page->words->len && page->marks->len > 0; i++) {
        const kh_word *word = kh_page_word (page, i);
        if (kh_page_mark_upon (page, word->box) != NULL)
            g_hash_table_add (doubts->marked, (gpointer) word);
    }
}

static void
note_tall_figures (kh_doubts *doubts, const kh_page *page)
{
    g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < page->words->len && page->origin == KH_ORIGIN_OCR; i++) {
        double height = kh_box_height (kh_page_word (page, i)->box);
        g_array_append_val (heights, height);
    }
    if (heights->len == 0)
        return;
    g_array_sort (heights, kh_compare_doubles);
    double tall = TALL * g_array_index (heights, double, heights->len / 2);
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        if (word->print == KH_PRINT_FIGURES && kh_box_height (word->box) >= tall)
            g_hash_table_add (doubts->odd[ODD_TALL], (gpointer) word);
    }
}

/* Letters of an abbreviation that an engine read; NULL for other words. The caller frees. */
static char *
abbreviation_of (const kh_word *word)
{
    if (word->trust >= 1 || word->print != KH_PRINT_ABBREVIATION)
        return NULL;
    GString *letters = g_string_new (NULL);
    for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p))
        if (g_unichar_isalnum (g_utf8_get_char (p)))
            g_string_append_unichar (letters, g_utf8_get_char (p));
    return g_string_free (letters, letters->len == 0);
}

/* "CHC" once beside forty times "CCHC" may be one of them; each stands once or twice. */
static void
note_rare_abbreviations (kh_doubts *doubts)
{
    const GPtrArray *pages = doubts->record->pages;
    g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (int pass = 0; pass < 2; pass++)
        for (guint i = 0; i < pages->len; i++)
            for (guint k = 0; k < ((const kh_page *) pages->pdata[i])->words->len; k++) {
                const kh_word *word = kh_page_word (pages->pdata[i], k);
                char *letters = abbreviation_of (word), *often;
                gpointer count;
                guint here = letters == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (times, letters));
                GHashTableIter iter;
                g_hash_table_iter_init (&iter, times);
                while (pass == 1 && here == 1 && g_hash_table_iter_next (&iter, (gpointer *) &often, &count))
                    if (GPOINTER_TO_UINT (count) >= OFTEN && strlen (often) >= 4 && kh_fold_distance (letters, often, 1) <= 1)
                        g_hash_table_add (doubts->odd[ODD_RARE], (gpointer) word);
                if (pass == 0 && letters != NULL)
                    g_hash_table_insert (times, letters, GUINT_TO_POINTER (here + 1));
                else
                    g_free (letters);
            }
}

kh_doubts *
kh_doubts_new (const kh_record *record)
{
    kh_doubts *doubts = g_new0 (kh_doubts, 1);
    doubts->record = record;
    for (guint i = 0; i < N_ODDITIES; i++)
        doubts->odd[i] = g_hash_table_new (NULL, NULL);
    doubts->ordered = g_hash_table_new (NULL, NULL);
    doubts->marked = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < record->tables->len; i++) {
        const kh_table *table = record->tables->pdata[i];
        for (int col = 0; col < table->grid->n_cols; col++)
            note_unlike_cells (doubts, table, col);
        kh_ordinals_of_column (table->grid, table->first_row, 0, doubts->ordered, doubts->odd[ODD_IN_LIST]);
    }
    kh_ordinals_of_nouns (record->pages, doubts->odd[ODD_IN_LIST]);
    for (guint i = 0; i < record->pages->len; i++) {
        note_marked_words (doubts, record->pages->pdata[i]);
        note_tall_figures (doubts, record->pages->pdata[i]);
    }
    note_rare_abbreviations (doubts);
    return doubts;
}

void
kh_doubts_free (kh_doubts *doubts)
{
    if (doubts == NULL)
        return;
    for (guint i = 0; i < N_ODDITIES; i++)
        g_hash_table_unref (doubts->odd[i]);
    g_hash_table_unref (doubts->ordered);
    g_hash_table_unref (doubts->marked);
    g_free (doubts);
}

/* What a text is doubted for wherever it stands, in the record or in a cell. */
static const char *
doubt_of_words (const kh_doubts *doubts, const kh_text *text, float *right)
{
    for (guint i = 0; i < N_ODDITIES; i++)
        if (has_word_in (text, doubts->odd[i])) {
            *right = ODDITIES[i].right;
            return ODDITIES[i].reason;
        }
    *right = 1;
    return NULL;
}

gboolean
kh_doubts_goes_on (const kh_doubts *doubts, const kh_text *text)
{
    return text != NULL && text->n_pieces == 1 && g_hash_table_contains (doubts->ordered, text->pieces[0].word);
}

const char *
kh_doubts_of_cell (const kh_doubts *doubts, const kh_text *cell, float *right)
{
    if (!is_lone_sign (cell))
        return doubt_of_words (doubts, cell, right);
    *right = RIGHT_LONE_SIGN;
    return "unlike_column";
}

const char *
kh_doubts_of (const kh_doubts *doubts, const kh_visited *visited, float *right)
{
    const kh_text *text = visited->seen->text;
    const char *reason = doubt_of_words (doubts, text, right);
    if (reason != NULL || !has_word_in (text, doubts->marked))
        return reason;
    *right = visited->kind == KH_VALUE_NAME ? RIGHT_NAME_UNDER_MARK : RIGHT_UNDER_MARK;
    return "under_mark";
}

const char *
kh_doubts_of_reading (const kh_text *text)
{
    const kh_word *worst = NULL;
    for (gsize i = 0; text != NULL && i < text->n_pieces; i++)
        if (worst == NULL || text->pieces[i].word->trust < worst->trust)
            worst = text->pieces[i].word;
    if (worst == NULL)
        return "low_confidence";
    if (worst->style & KH_WORD_HAND)
        return "handwritten";
    if (worst->repair != KH_REPAIR_NONE && worst->repair_confidence < worst->confidence)
        return "repaired";
    switch ((kh_print) worst->print) {
    case KH_PRINT_FIGURES:
    case KH_PRINT_CODE:
        return "figures_unsure";
    case KH_PRINT_STRANGE:
        return "strange_word";
    default:
        return "low_confidence";
    }
}
