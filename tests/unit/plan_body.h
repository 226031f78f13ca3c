/* plan_body.h - the body of a plan written as text, for tests of the parsers behind the zones.
 *
 *     I. MỤC TIÊU            a paragraph
 *     *1. Mục tiêu chung     printed bold
 *     ~II. NHIỆM VỤ          as an engine reads it: words with less than full confidence
 *     | TT | Nhiệm vụ |      a row of a table; the first of neighbouring rows is its header
 *     | ^  | <        |      "^": the cell above reaches down, "<": the cell at the left reaches over
 *     === PHỤ LỤC            an appendix begins with this line
 *
 * In a cell, " / " parts its paragraphs; one that begins with "~" is as an engine reads it.
 */
#ifndef KH_TESTS_PLAN_BODY_H
#define KH_TESTS_PLAN_BODY_H

#include "plan/parts.h"

#include <string.h>

static inline kh_text
body_text (kh_pool *pool, const char *string, float confidence)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    g_auto (GStrv) words = g_strsplit (string, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        if (*words[i] == '\0')
            continue;
        kh_word *word = kh_pool_new0 (pool, kh_word, 1);
        *word = (kh_word){ .text = kh_pool_strdup (pool, words[i]), .confidence = confidence, .likely = 1, .trust = confidence, .page = 1, .line = -1 };
        word->read = word->text;
        word->box = (kh_box){ 70 + 20.0 * i, 100, 85 + 20.0 * i, 112 };
        kh_text_builder_add_word (&builder, word, TRUE);
    }
    return kh_text_builder_finish (&builder, pool);
}

static inline kh_block *
body_paragraph (kh_pool *pool, const char *line)
{
    kh_block *block = kh_pool_new0 (pool, kh_block, 1);
    gboolean bold = *line == '*' && line[1] != ' ', engine = *line == '~';
    block->kind = KH_BLOCK_PARAGRAPH;
    block->bold = bold ? 1 : 0;
    block->text = body_text (pool, line + (bold || engine), engine ? 0.9f : 1);
    block->lines = kh_pool_list (pool);
    block->page = 1;
    block->align = KH_ALIGN_JUSTIFY;
    return block;
}

static inline kh_cell *
body_cell (kh_pool *pool, const char *string)
{
    kh_cell *cell = kh_pool_new0 (pool, kh_cell, 1);
    cell->row_span = cell->col_span = 1;
    cell->page = 1;
    cell->paragraphs = kh_pool_list (pool);
    cell->lines = kh_pool_list (pool);
    cell->text = (kh_text){ "", 0, NULL };
    g_auto (GStrv) paragraphs = g_strsplit (string, " / ", -1);
    for (guint i = 0; paragraphs[i] != NULL; i++) {
        kh_text *paragraph = kh_pool_new0 (pool, kh_text, 1);
        const char *said = g_strstrip (paragraphs[i]);
        *paragraph = body_text (pool, said + (*said == '~'), *said == '~' ? 0.9f : 1);
        if (kh_text_is_empty (paragraph))
            continue;
        kh_line *line = kh_pool_new0 (pool, kh_line, 1);
        line->text = *paragraph;
        g_ptr_array_add (cell->lines, line);
        g_ptr_array_add (cell->paragraphs, paragraph);
        cell->text = kh_text_join (pool, &cell->text, paragraph);
    }
    return cell;
}

/* The rows of a table: lines that begin with "|". */
static inline kh_grid *
body_grid (kh_pool *pool, char **rows, guint n_rows)
{
    kh_grid *grid = kh_pool_new0 (pool, kh_grid, 1);
    for (guint row = 0; row < n_rows; row++) {
        g_auto (GStrv) cells = g_strsplit (rows[row] + 1, "|", -1);
        int n_cols = (int) g_strv_length (cells) - 1; /* the last bar ends the row */
        if (row == 0) {
            grid->n_cols = n_cols;
            grid->n_rows = (int) n_rows;
            grid->n_header_rows = 1;
            grid->cells = kh_pool_new0 (pool, kh_cell *, n_cols * (int) n_rows);
            grid->ruled = TRUE;
            grid->confidence = 1;
            grid->pages = kh_pool_own (pool, g_array_new (FALSE, FALSE, sizeof (int)), (GDestroyNotify) g_array_unref);
        }
        for (int col = 0; col < MIN (n_cols, grid->n_cols); col++) {
            const char *text = g_strstrip (cells[col]);
            kh_cell **slot = &grid->cells[(int) row * grid->n_cols + col];
            if (strcmp (text, "^") == 0 || strcmp (text, "<") == 0) {
                gboolean down = *text == '^';
                int r = (int) row, c = col;
                while (grid->cells[r * grid->n_cols + c] == NULL)
                    down ? r-- : c--;
                kh_cell *owner = grid->cells[r * grid->n_cols + c];
                if (down)
                    owner->row_span = MAX (owner->row_span, (int) row - r + 1);
                else
                    owner->col_span = MAX (owner->col_span, col - c + 1);
            } else {
                *slot = body_cell (pool, text);
            }
        }
    }
    return grid;
}

static inline kh_zones *
body_zones (kh_pool *pool, const char *text)
{
    kh_zones *zones = kh_pool_new0 (pool, kh_zones, 1);
    GPtrArray **lists[] = { &zones->left, &zones->right, &zones->type, &zones->title, &zones->opening, &zones->body, &zones->recipients,
                            &zones->signature, &zones->after, &zones->appendices, &zones->introduction };
    for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = kh_pool_list (pool);
    GPtrArray *blocks = zones->body;
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip (lines[i]);
        if (*line == '\0')
            continue;
        if (g_str_has_prefix (line, "=== ")) {
            blocks = kh_pool_list (pool);
            g_ptr_array_add (zones->appendices, blocks);
            g_ptr_array_add (blocks, body_paragraph (pool, line + 4));
            continue;
        }
        if (*line != '|') {
            g_ptr_array_add (blocks, body_paragraph (pool, line));
            continue;
        }
        guint end = i;
        while (lines[end] != NULL && *g_strstrip (lines[end]) == '|')
            end++;
        kh_block *block = body_paragraph (pool, "");
        block->kind = KH_BLOCK_TABLE;
        block->grid = body_grid (pool, lines + i, end - i);
        g_ptr_array_add (blocks, block);
        i = end - 1;
    }
    return zones;
}

/* A record with sections, tasks and responsibilities of this body; the plan lies in `year` (0: not known). */
static inline kh_record *
body_record (kh_pool *pool, const char *text, int year)
{
    kh_record *record = kh_record_new (pool);
    if (year > 0) {
        record->header.period_start = kh_value_derived (pool, kh_pool_printf (pool, "%d-01-01", year), NULL);
        record->header.period_end = kh_value_derived (pool, kh_pool_printf (pool, "%d-12-31", year), NULL);
    }
    kh_zones *zones = body_zones (pool, text);
    kh_plan_sections (zones, pool, record);
    kh_plan_tasks (zones, pool, record);
    kh_plan_responsibilities (zones, pool, record);
    return record;
}

#endif
