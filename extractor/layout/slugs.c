/* slugs.c - a line and the room it was set into: why did it end where it ends?
 *
 *   | Phòng Tổ chức    |   the next word had no room: the text runs on
 *   | biên chế         |   the next word had room: a paragraph was ended
 *   | KSTTHCXDKTVBQPPL |   a token too long for the room was broken
 *   | &TDTHPL          |
 */
#include "layout/parts.h"

double
kh_line_first_width (const kh_line *line)
{
    return line->text.n_pieces > 0 ? kh_box_width (line->text.pieces[0].word->box) : 0;
}

gboolean
kh_slug_had_room (const kh_slug *slug, const kh_line *next, gboolean centred)
{
    double room = centred ? (slug->right - slug->left) - kh_box_width (slug->line->box) : slug->right - slug->line->box.x1;
    return room > kh_line_first_width (next) + 0.45 * slug->line->size;
}

/* A token too long for its cell is broken where the room ends, which happens to one that fills a line by itself.
 * Short words may fill a narrow cell, too, so what stands on both sides must look like halves: figures, capitals, a
 * remainder that no syllable could be, or more letters than any syllable has (seven). A year is known by its four figures, an amount by its threes. */
gboolean
kh_slug_breaks_word (const kh_slug *slug, const kh_line *next)
{
    const kh_line *line = slug->line;
    double width = slug->right - slug->left;
    if (line->text.n_pieces == 0 || next->text.n_pieces == 0)
        return FALSE;
    const char *rest = next->text.pieces[0].word->text;
    if (kh_text_is_broken_number (line->text.str, rest))
        return TRUE;
    if (line->text.n_pieces != 1 || width <= 0)
        return FALSE;
    double letter = kh_line_first_width (next) / MAX (g_utf8_strlen (rest, -1), 1);
    if (width - kh_box_width (line->box) > MAX (letter, 0.35 * line->size) * 1.3)
        return FALSE;
    return kh_text_is_halved (line->text.str, rest);
}

/* One figure by itself. */
static gboolean
is_figure (const kh_line *line)
{
    return g_ascii_isdigit (line->text.str[0]) && line->text.str[1] == '\0';
}

gboolean
kh_draft_breaks_word (const kh_draft *draft, guint i)
{
    const kh_slug *slug = &g_array_index (draft->slugs, kh_slug, i);
    if (i == 0)
        return FALSE;
    gboolean is_number = draft->slugs->len == 2 && is_figure (slug[-1].line) && is_figure (slug->line);
    return is_number || kh_slug_breaks_word (slug - 1, slug->line);
}

GPtrArray *
kh_paragraphs_of_cell (const kh_draft *draft, kh_pool *pool)
{
    GPtrArray *paragraphs = kh_pool_list (pool);
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    for (guint i = 0; i < draft->slugs->len; i++) {
        const kh_slug *slug = &g_array_index (draft->slugs, kh_slug, i);
        const kh_slug *above = i > 0 ? slug - 1 : NULL;
        gboolean fresh = above == NULL || kh_text_mark (slug->line->text.str) == KH_MARK_BULLET ||
                         (kh_slug_had_room (above, slug->line, TRUE) && !kh_draft_breaks_word (draft, i));
        if (fresh && builder.str->len > 0) {
            kh_text text = kh_text_builder_finish (&builder, pool);
            g_ptr_array_add (paragraphs, kh_pool_memdup (pool, &text, sizeof text));
            kh_text_builder_init (&builder);
        }
        kh_text_append_line (&builder, &slug->line->text, !fresh && kh_draft_breaks_word (draft, i));
    }
    kh_text text = kh_text_builder_finish (&builder, pool);
    if (!kh_text_is_empty (&text))
        g_ptr_array_add (paragraphs, kh_pool_memdup (pool, &text, sizeof text));
    return paragraphs;
}
