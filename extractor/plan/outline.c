#include "plan/outline.h"

#include "plan/outline_parts.h"
#include "plan/wording.h"
#include "viet/viet.h"

#include <string.h>

/* ------------------------------------------------------------------ gather */

/* A centred line below a centred heading of the same make belongs to it. */
static gboolean
goes_on_heading (const kh_item *heading, const kh_item *line)
{
    const kh_block *above = heading->block, *below = line->block;
    if (heading->grid != NULL || line->grid != NULL || above->align != KH_ALIGN_CENTER || below->align != KH_ALIGN_CENTER)
        return FALSE;
    if (above->band != 0 || below->band != 0 || above->page != below->page || kh_last_character (heading->text->str) == '.')
        return FALSE;
    gboolean capitals = kh_is_capitals (heading->text->str, 2) && kh_is_capitals (line->text->str, 2);
    return capitals || (above->bold >= 0.6 && below->bold >= 0.6);
}

/* "Phần I" alone in its line: the line below, in capitals or in the middle, is its title. */
static gboolean
is_title_below (const kh_item *heading, const kh_candidate *reading, const kh_item *line)
{
    const kh_marker *marker = &reading->readings[0];
    if (reading->n_readings == 0 || marker->kind != KH_MARKER_NAMED || marker->name == KH_NAMED_ARTICLE)
        return FALSE;
    if (heading->text->str[marker->length] != '\0' || line->grid != NULL || line->block->band != 0)
        return FALSE;
    const char *text = line->text->str;
    gboolean styled = line->block->align == KH_ALIGN_CENTER || kh_block_is_emphasised (line->block);
    return kh_is_capitals (text, 4) || (styled && kh_word_count (text) <= 25 && kh_last_character (text) != '.');
}

/* The last printed line of `above` goes as far to the right as the one that may follow it: it is full. */
static gboolean
fills_its_line (const kh_block *above, const kh_block *below)
{
    if (above->lines->len == 0)
        return FALSE;
    const kh_line *last = g_ptr_array_index (above->lines, above->lines->len - 1);
    return above->page == below->page && last->box.x1 >= below->box.x1 - 3 * last->size;
}

/* "(Kèm theo …)", "(Chi tiết tại …)": a pointer, which stands by itself. */
static gboolean
is_pointer (const char *text)
{
    static const char *const WORDS[] = { "(kem", "(ban hanh", "(chi tiet", "(co ", "(danh muc", "(nhiem vu", "(theo", "(phu luc", "(xem" };
    g_autofree char *folded = kh_viet_fold (text);
    for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
        if (g_str_has_prefix (folded, WORDS[i]))
            return TRUE;
    return FALSE;
}

/* A line that begins small, or with a bracket below a full line, goes on a paragraph that has not ended. */
static gboolean
goes_on_paragraph (const kh_item *paragraph, const kh_item *line)
{
    if (paragraph->grid != NULL || line->grid != NULL || line->block->band != 0 || paragraph->block->band != 0)
        return FALSE;
    gunichar end = kh_last_character (paragraph->text->str);
    if (end != ',' && !g_unichar_isalnum (end))
        return FALSE;
    if (*line->text->str == '(')
        return fills_its_line (paragraph->block, line->block) && !is_pointer (line->text->str);
    return g_unichar_islower (g_utf8_get_char (line->text->str));
}

/* What an engine read that is no paragraph: one character, two that it is not sure of, or the page's own number that stood
 * where numbers of pages do not (beside a speck below it). */
static gboolean
is_speck (const kh_block *block)
{
    const kh_text *text = &block->text;
    glong length = g_utf8_strlen (text->str, -1);
    if (!kh_text_is_from_engine (text) || length > 3)
        return FALSE;
    g_autofree char *number = g_strdup_printf ("%d", block->page);
    return length == 1 || (length == 2 && kh_text_confidence (text) < 0.9f) || strcmp (text->str, number) == 0;
}

static void
gather (kh_outline *b, const GPtrArray *blocks)
{
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        kh_item item = { .text = &block->text, .block = block, .parent = -1 };
        kh_candidate reading = { 0 };
        if (block->kind == KH_BLOCK_TABLE)
            item.grid = block->grid;
        else if (kh_text_is_empty (&block->text) || is_speck (block))
            continue;
        else
            reading.n_readings = kh_markers_read (b->pool, block->text.str, reading.readings);
        b->has_styles = b->has_styles || (item.grid == NULL && block->bold >= 0.6);

        kh_item *last = b->items->len > 0 ? ITEM (b, b->items->len - 1) : NULL;
        gboolean below_heading = last != NULL && CANDIDATE (b, b->items->len - 1)->n_readings > 0 && goes_on_heading (last, &item);
        gboolean is_title = last != NULL && reading.n_readings == 0 && is_title_below (last, CANDIDATE (b, b->items->len - 1), &item);
        if (reading.n_readings == 0 && (is_title || below_heading || (last != NULL && goes_on_paragraph (last, &item)))) {
            kh_text *whole = kh_pool_new0 (b->pool, kh_text, 1);
            *whole = kh_text_join (b->pool, last->text, item.text);
            last->text = whole;
            continue;
        }
        if (item.grid == NULL && reading.n_readings == 0 && kh_text_is_from_engine (&block->text))
            reading.n_readings = kh_marker_read_bare (b->pool, block->text.str, &reading.readings[0]);
        g_array_append_val (b->items, item);
        g_array_append_val (b->candidates, reading);
    }
}

/* ------------------------------------------------------------------ cut */

/* "Các xã: giao nộp tài liệu đúng hạn.": what follows the colon is a sentence. "Nhiệm vụ 1: …" is no heading by itself. */
static gboolean
runs_on (const char *text, gsize colon)
{
    gunichar end = kh_last_character (text);
    return (end == '.' || end == ';') && !g_ascii_isdigit (text[colon - 1]);
}

static void
cut (kh_outline *b)
{
    for (guint i = 0; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        if (!item->is_section)
            continue;
        const char *text = item->text->str;
        gsize length = strlen (text);
        item->title_start = item->marker.length;
        item->rest = length;
        gboolean titled = kh_outline_is_titled (b, i);
        gsize run_in = kh_outline_run_in (item, titled ? 6 : 15);
        if (titled && !(run_in > 0 && (kh_outline_names_role (item, run_in) || runs_on (text, run_in))))
            item->title_end = MAX (item->title_start, kh_length_of_title (text));
        else if (run_in > 0) {
            item->title_end = run_in;
            item->rest = run_in + 1;
        } else {
            item->title_end = item->title_start;
            item->rest = item->title_start;
        }
        if (item->marker.name == KH_NAMED_BY_PRINT)
            item->marker.number = NULL;
    }
}

GArray *
kh_outline_of (kh_pool *pool, const GPtrArray *blocks, gboolean in_appendix)
{
    kh_outline b = { .pool = pool, .in_appendix = in_appendix };
    b.items = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_item)), (GDestroyNotify) g_array_unref);
    b.candidates = g_array_new (FALSE, TRUE, sizeof (kh_candidate));
    gather (&b, blocks);
    kh_outline_nest (&b);
    kh_outline_mend (&b);
    kh_outline_judge (&b);
    cut (&b);
    g_array_unref (b.candidates);
    return b.items;
}
