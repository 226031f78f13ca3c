/* plan_paper.h - a whole paper written as text, for tests of the zones and the parsers of head and foot.
 *
 *     L UBND TỈNH AN GIANG     a line of the left column of a band
 *     R CỘNG HÒA …             … of the right column
 *     C KẾ HOẠCH               a centred line
 *     P Căn cứ …               a paragraph set full
 *     T                        a table
 *     N                        a new page
 *
 * "~" behind the letter: as an engine reads it (confidence 0.9); "?": hardly read (0.2), as what is written by hand is; ".": as dust is, a low line (0.7). Lines of columns that follow each other are one band.
 * "^" before a word: it holds figures written by hand.
 */
#ifndef KH_TESTS_PLAN_PAPER_H
#define KH_TESTS_PLAN_PAPER_H

#include "plan/parts.h"

#include <string.h>

static inline kh_text
paper_text (kh_pool *pool, const char *string, float confidence, int page, double x, double y)
{
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    g_auto (GStrv) words = g_strsplit (string, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        if (*words[i] == '\0')
            continue;
        kh_word *word = kh_pool_new0 (pool, kh_word, 1);
        *word = (kh_word){ .text = kh_pool_strdup (pool, words[i] + (*words[i] == '^')), .confidence = confidence, .likely = 1, .trust = confidence, .page = page, .line = -1 };
        word->style = *words[i] == '^' ? KH_WORD_HAND : 0;
        word->read = word->text;
        word->box = (kh_box){ x + 20.0 * i, y, x + 15 + 20.0 * i, y + 12 };
        kh_text_builder_add_word (&builder, word, TRUE);
    }
    return kh_text_builder_finish (&builder, pool);
}

static inline kh_flow *
paper_flow (kh_pool *pool, const char *text)
{
    kh_flow *flow = kh_pool_new0 (pool, kh_flow, 1);
    flow->blocks = kh_pool_list (pool);
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    int band = 0, page = 1;
    gboolean in_band = FALSE, top = TRUE;
    for (guint i = 0; lines[i] != NULL; i++) {
        char kind = *lines[i];
        if (kind == '\0')
            continue;
        if (kind == 'N') {
            page++;
            top = TRUE;
            in_band = FALSE;
            continue;
        }
        float confidence = lines[i][1] == '~' ? 0.9f : lines[i][1] == '?' ? 0.2f : lines[i][1] == '.' ? 0.7f : 1;
        gboolean column = kind == 'L' || kind == 'R';
        if (column && !in_band)
            band++;
        in_band = column;
        double x = kind == 'R' ? 330 : 70 + (strlen (lines[i]) > 2 && lines[i][2] == ' ' ? 14 : 0), y = 60 + 16.0 * (i % 45);
        kh_block *block = kh_pool_new0 (pool, kh_block, 1);
        block->kind = kind == 'T' ? KH_BLOCK_TABLE : KH_BLOCK_PARAGRAPH;
        block->text = kind == 'T' ? (kh_text){ "", 0, NULL } : paper_text (pool, lines[i] + 2, confidence, page, x, y);
        block->lines = kh_pool_list (pool);
        if (kind != 'T') {
            kh_line *line = kh_pool_new0 (pool, kh_line, 1);
            line->text = block->text;
            line->box = (kh_box){ x, y, x + 100, y + 12 };
            line->page = page;
            g_ptr_array_add (block->lines, line);
        }
        block->page = page;
        block->box = (kh_box){ x, y, x + 100, y + (lines[i][1] == '.' ? 5 : 12) };
        block->column = kind == 'L' ? KH_COLUMN_LEFT : kind == 'R' ? KH_COLUMN_RIGHT : KH_COLUMN_FULL;
        block->band = column ? band : 0;
        block->align = kind == 'P' ? KH_ALIGN_JUSTIFY : KH_ALIGN_CENTER;
        block->indent = kind == 'C' ? 100 : 36;
        block->gap_above = top ? -1 : 4;
        top = FALSE;
        g_ptr_array_add (flow->blocks, block);
    }
    return flow;
}

/* The right column's first lines. */
#define MOTTO "R CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nR Độc lập - Tự do - Hạnh phúc\n"

static inline const char *
or_dash (const char *string)
{
    return string != NULL ? string : "-";
}

/* The header in one line: parent|issuer|number|place|date|type|title|start..end|province province today. */
static inline char *
header_told (const kh_header *h)
{
    return g_strdup_printf ("%s|%s|%s|%s|%s|%s|%s|%s..%s|%s %s", or_dash (h->parent.text), or_dash (h->issuer.text), or_dash (h->number.text), or_dash (h->place.text),
                            or_dash (h->date.text), or_dash (h->type.text), or_dash (h->title.text), or_dash (h->period_start.text), or_dash (h->period_end.text),
                            or_dash (h->province.code), or_dash (h->province.today_name));
}

#endif
