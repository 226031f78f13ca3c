#include "plan/trust.h"

#include "core/flow.h"
#include "core/reasons.h"
#include "core/record_walk.h"
#include "plan/checks.h"
#include "plan/doubts.h"

#include <string.h>

/* Something to look at. */
typedef struct doubt {
    const char *pointer, *reason; /* in the pool */
    float confidence;             /* that it is right; what was not found ranks by how sorely it is missed */
    guint rank;                   /* of the part of the record it stands in: what a clerk works with first */
    guint order;                  /* in the record */
    const kh_text *text;          /* NULL: stands nowhere */
    gboolean is_told;             /* a parser found it: named though its place is named already */
} doubt;

typedef struct judge {
    kh_pool *pool;
    kh_record *record;
    kh_doubts *doubts;
    GArray *found;         /* of doubt */
    GHashTable *by_pointer; /* pointer -> const kh_evidence *: of values */
    GHashTable *layout;    /* const kh_word * -> share, as float *: words of tables that were not told by rulings */
} judge;

/* How far the grids can be trusted that other signs than rulings made, by how sure layout/ was: of values in tables typed as plain text (samples/ and
 * variants through pdftotext -layout) 2,661 of 2,975 are right; samples have no tables that came one cell a line, whose share is judged. */
static float
layout_share (const kh_grid *grid)
{
    static const struct {
        float least, share;
    } SHARES[] = { { 0.95f, 1 }, { 0.7f, 0.995f }, { 0.55f, 0.89f }, { 0, 0.94f } };
    guint i = 0;
    while (grid->confidence < SHARES[i].least)
        i++;
    return SHARES[i].share;
}

static const char *const PARTS[] = { "/header", "/tasks", "/targets", "/responsibilities", "/signature", "/recipients", "/sections", "/bases", "/tables" };

static guint
rank_of (const char *pointer)
{
    guint i = 0;
    while (i < G_N_ELEMENTS (PARTS) && !g_str_has_prefix (pointer, PARTS[i]))
        i++;
    return i;
}

static void
add_doubt (judge *j, const char *pointer, const char *reason, float confidence, const kh_text *text, gboolean is_told)
{
    doubt one = { kh_pool_strdup (j->pool, pointer), reason, confidence, rank_of (pointer), j->found->len, text, is_told };
    g_array_append_val (j->found, one);
}

/* The least share of the layouts the words stand in. */
static float
layout_of (const judge *j, const kh_text *text)
{
    float least = 1;
    for (gsize i = 0; text != NULL && i < text->n_pieces && g_hash_table_size (j->layout) > 0; i++) {
        const float *share = g_hash_table_lookup (j->layout, text->pieces[i].word);
        if (share != NULL)
            least = MIN (least, *share);
    }
    return least;
}

/* How sure it was read, and that its place in a list says the same. */
static float
ordered (const judge *j, const kh_text *text, float confidence)
{
    return kh_doubts_goes_on (j->doubts, text) ? 1 - (1 - confidence) * KH_DOUBT_OF_ORDERED : confidence;
}

static void
judge_value (const kh_visited *visited, gpointer user_data)
{
    judge *j = user_data;
    kh_evidence *seen = visited->seen;
    float right, layout = layout_of (j, seen->text);
    const char *reason = kh_doubts_of (j->doubts, visited, &right);
    float reading = ordered (j, seen->text, seen->confidence);
    seen->confidence = reading * right * layout;
    g_hash_table_insert (j->by_pointer, kh_pool_strdup (j->pool, visited->pointer), seen);
    if (seen->n_spots == 0 || seen->confidence >= KH_REVIEW_BELOW)
        return;
    if (reason == NULL || reading < right)
        reason = layout < MIN (right, reading) ? "layout_unsure" : kh_doubts_of_reading (seen->text);
    add_doubt (j, visited->pointer, reason, seen->confidence, seen->text, FALSE);
}

/* A row is right when all that it is made of is: its words, each once, and the worst of the doubts of its values. */
typedef struct row_words {
    GPtrArray *texts;      /* kh_text * */
    float doubt;           /* product of confidence / trust over the values */
} row_words;

static void
add_to_row (row_words *row, const kh_value *value)
{
    if (value->text == NULL || value->seen.text == NULL)
        return;
    float trust = kh_text_trust (value->seen.text);
    row->doubt *= trust > 0 ? MIN (1, value->seen.confidence / trust) : 1;
    g_ptr_array_add (row->texts, (gpointer) value->seen.text);
}

static void
add_list_to_row (row_words *row, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++)
        add_to_row (row, list->pdata[i]);
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
    const kh_word *x = ((const kh_piece *) a)->word, *y = ((const kh_piece *) b)->word;
    if (x->page != y->page)
        return x->page - y->page;
    return x < y ? -1 : x > y;
}

/* The evidence of all the words of a row, each once, as they follow on the pages. The row is empty again. */
static kh_evidence
take_row (const judge *j, row_words *row)
{
    g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (kh_piece)), once = g_array_new (FALSE, FALSE, sizeof (kh_piece));
    for (guint i = 0; i < row->texts->len; i++) {
        const kh_text *text = row->texts->pdata[i];
        g_array_append_vals (all, text->pieces, text->n_pieces);
    }
    g_array_sort (all, compare_pieces);
    for (guint i = 0; i < all->len; i++)
        if (i == 0 || g_array_index (all, kh_piece, i).word != g_array_index (all, kh_piece, i - 1).word)
            g_array_append_val (once, g_array_index (all, kh_piece, i));
    kh_text text = { "", once->len, kh_pool_memdup (j->pool, once->data, once->len * sizeof (kh_piece)) };
    kh_evidence seen = kh_evidence_of (j->pool, &text);
    seen.confidence *= row->doubt;
    g_ptr_array_set_size (row->texts, 0);
    row->doubt = 1;
    return seen;
}

static void
judge_rows (judge *j)
{
    row_words row = { g_ptr_array_new (), 1 };
    for (guint i = 0; i < j->record->tasks->len; i++) {
        kh_task *task = j->record->tasks->pdata[i];
        const kh_value *members[] = { &task->group, &task->number, &task->text, &task->deadline.text, &task->budget, &task->notes };
        for (guint k = 0; k < G_N_ELEMENTS (members); k++)
            add_to_row (&row, members[k]);
        add_list_to_row (&row, task->lead);
        add_list_to_row (&row, task->coordinate);
        add_list_to_row (&row, task->product);
        task->seen = take_row (j, &row);
    }
    for (guint i = 0; i < j->record->targets->len; i++) {
        kh_target *target = j->record->targets->pdata[i];
        const kh_value value = { .text = target->text.text, .seen = target->value_seen };
        const kh_value *members[] = { &target->text, &target->subject, &value, &target->unit };
        for (guint k = 0; k < G_N_ELEMENTS (members); k++)
            add_to_row (&row, members[k]);
        target->seen = take_row (j, &row);
    }
    g_ptr_array_unref (row.texts);
}

/* Words of tables that no rulings made, with their share. */
static void
note_layouts (judge *j)
{
    for (guint t = 0; t < j->record->tables->len; t++) {
        const kh_grid *grid = ((const kh_table *) j->record->tables->pdata[t])->grid;
        float *share = kh_pool_new0 (j->pool, float, 1);
        *share = layout_share (grid);
        for (int i = 0; i < grid->n_rows * grid->n_cols && *share < 1; i++)
            for (gsize k = 0; grid->cells[i] != NULL && k < grid->cells[i]->text.n_pieces; k++)
                g_hash_table_insert (j->layout, (gpointer) grid->cells[i]->text.pieces[k].word, share);
    }
}

/* The headers of a table's columns. */
static void
judge_headers (judge *j, guint t, const kh_table *table)
{
    for (guint c = 0; c < table->columns->len; c++) {
        kh_table_column *column = table->columns->pdata[c];
        g_autofree char *pointer = g_strdup_printf ("/tables/%u/columns/%u/header", t, c);
        const kh_text *text = column->seen.text;
        float right = 1;
        const char *reason = text != NULL ? kh_doubts_of_cell (j->doubts, text, &right) : NULL;
        column->seen.confidence *= right * layout_share (table->grid);
        if (column->seen.n_spots > 0 && column->seen.confidence < KH_REVIEW_BELOW)
            add_doubt (j, pointer, reason != NULL ? reason : kh_doubts_of_reading (text), column->seen.confidence, text, FALSE);
    }
}

static void
judge_cells (judge *j)
{
    for (guint t = 0; t < j->record->tables->len; t++) {
        kh_table *table = j->record->tables->pdata[t];
        const kh_grid *grid = table->grid;
        float *confidence = kh_pool_new0 (j->pool, float, grid->n_rows * grid->n_cols);
        table->confidence = confidence;
        judge_headers (j, t, table);
        for (int i = table->first_row * grid->n_cols; i < grid->n_rows * grid->n_cols; i++) {
            const kh_cell *cell = grid->cells[i];
            if (cell == NULL || kh_text_is_empty (&cell->text))
                continue;
            float right;
            const char *reason = kh_doubts_of_cell (j->doubts, &cell->text, &right);
            confidence[i] = ordered (j, &cell->text, kh_text_trust (&cell->text)) * right * layout_share (grid);
            g_autofree char *pointer = g_strdup_printf ("/tables/%u/rows/%d/%d/text", t, i / grid->n_cols - table->first_row, i % grid->n_cols);
            if (confidence[i] < KH_REVIEW_BELOW)
                add_doubt (j, pointer, reason != NULL ? reason : kh_doubts_of_reading (&cell->text), confidence[i], &cell->text, FALSE);
        }
    }
}

/* What the parsers and checks put into `review`. */
static void
add_told (judge *j)
{
    for (guint i = 0; i < j->record->review->len; i++) {
        const kh_review_entry *entry = j->record->review->pdata[i];
        const kh_evidence *value = g_hash_table_lookup (j->by_pointer, entry->pointer);
        float share = kh_reason_of (entry->reason)->right;
        add_doubt (j, entry->pointer, entry->reason, value != NULL ? MIN (value->confidence, share) : share, NULL, TRUE);
    }
}

static int
compare_doubts (gconstpointer a, gconstpointer b)
{
    const doubt *x = a, *y = b;
    if (x->confidence != y->confidence)
        return x->confidence < y->confidence ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Are all words named by entries before? Names them, too. */
static gboolean
is_named (GHashTable *named, const kh_text *text)
{
    gboolean all = TRUE;
    for (gsize i = 0; i < text->n_pieces; i++)
        all &= !g_hash_table_add (named, (gpointer) text->pieces[i].word);
    return all;
}

/* `review` anew: worst first, each pointer once, each place once. */
static void
write_review (judge *j)
{
    g_autoptr (GHashTable) pointers = g_hash_table_new (g_str_hash, g_str_equal), named = g_hash_table_new (NULL, NULL);
    g_array_sort (j->found, compare_doubts);
    g_ptr_array_set_size (j->record->review, 0);
    for (guint i = 0; i < j->found->len; i++) {
        const doubt *one = &g_array_index (j->found, doubt, i);
        gboolean repeats = one->text != NULL && is_named (named, one->text);
        if ((repeats && !one->is_told) || g_hash_table_contains (pointers, one->pointer))
            continue;
        g_hash_table_add (pointers, (gpointer) one->pointer);
        kh_review_entry *entry = kh_pool_new0 (j->pool, kh_review_entry, 1);
        *entry = (kh_review_entry){ one->pointer, one->reason };
        g_ptr_array_add (j->record->review, entry);
    }
}

void
kh_plan_trust (kh_pool *pool, kh_record *record)
{
    judge j = { pool, record, kh_doubts_new (record), g_array_new (FALSE, FALSE, sizeof (doubt)), g_hash_table_new (g_str_hash, g_str_equal),
                g_hash_table_new (NULL, NULL) };
    note_layouts (&j);
    kh_walk_values (record, judge_value, &j);
    judge_rows (&j);
    judge_cells (&j);
    add_told (&j);
    write_review (&j);
    g_array_unref (j.found);
    g_hash_table_unref (j.by_pointer);
    g_hash_table_unref (j.layout);
    kh_doubts_free (j.doubts);
}
