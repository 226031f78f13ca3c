/* strips.c - see strips.h. */
#include "layout/strips.h"

GPtrArray *
kh_strip_words (const kh_strip *s)
{
    GPtrArray *words = g_ptr_array_new ();
    for (guint i = 0; i < s->lines->len; i++) {
        const kh_line *line = g_ptr_array_index (s->lines, i);
        for (gsize k = 0; k < line->text.n_pieces; k++)
            g_ptr_array_add (words, (void *) line->text.pieces[k].word);
    }
    return words;
}

double
kh_strip_middle (const kh_strip *s)
{
    g_autofree double *middles = g_new (double, s->lines->len);
    for (guint i = 0; i < s->lines->len; i++)
        middles[i] = kh_line_middle (g_ptr_array_index (s->lines, i));
    qsort (middles, s->lines->len, sizeof (double), kh_compare_doubles);
    return middles[s->lines->len / 2];
}

gboolean
kh_strip_begins_with_number (const kh_strip *s)
{
    return kh_text_is_number (kh_strip_first (s)->text.pieces[0].word->text);
}

GPtrArray *
kh_strips_words (const GArray *strips, guint from, guint to)
{
    GPtrArray *words = kh_strip_words (kh_strip_at (strips, from));
    for (guint i = from + 1; i < to; i++)
        g_ptr_array_extend_and_steal (words, kh_strip_words (kh_strip_at (strips, i)));
    return words;
}

kh_box
kh_strips_box (const GArray *strips, guint from, guint to)
{
    kh_box box = kh_strip_at (strips, from)->box;
    for (guint i = from + 1; i < to; i++)
        box = kh_box_union (box, kh_strip_at (strips, i)->box);
    return box;
}

void
kh_strips_take (const GArray *strips, guint from, guint to, GPtrArray *lines)
{
    for (guint i = from; i < to; i++)
        for (guint k = 0; k < kh_strip_at (strips, i)->lines->len; k++)
            g_ptr_array_remove (lines, g_ptr_array_index (kh_strip_at (strips, i)->lines, k));
}

double
kh_strip_place (const kh_strip *s, double x)
{
    if (s->map == NULL || s->map->len == 0)
        return x;
    const kh_pair *pairs = (const kh_pair *) s->map->data;
    guint n = s->map->len, i = 0;
    while (i < n && pairs[i].here <= x)
        i++;
    if (i == 0)
        return x + pairs[0].there - pairs[0].here;
    if (i == n)
        return x + pairs[n - 1].there - pairs[n - 1].here;
    const kh_pair *a = &pairs[i - 1], *b = &pairs[i];
    return a->there + (x - a->here) * (b->there - a->there) / (b->here - a->here);
}

GArray *
kh_strips_find (const GPtrArray *lines)
{
    GArray *strips = g_array_new (FALSE, TRUE, sizeof (kh_strip));
    for (guint i = 0; i < lines->len; i++) {
        kh_line *line = g_ptr_array_index (lines, i);
        kh_strip *last = strips->len > 0 ? &g_array_index (strips, kh_strip, strips->len - 1) : NULL;
        if (last != NULL) {
            const kh_line *first = kh_strip_first (last);
            if (kh_box_overlap_y (first->box, line->box) >= 0.5 * MIN (kh_box_height (first->box), kh_box_height (line->box))) {
                g_ptr_array_add (last->lines, line);
                last->box = kh_box_union (last->box, line->box);
                continue;
            }
        }
        kh_strip s = { g_ptr_array_new (), line->box, 0, NULL };
        g_ptr_array_add (s.lines, line);
        g_array_append_val (strips, s);
    }
    return strips;
}

void
kh_strips_free (GArray *strips)
{
    for (guint i = 0; i < strips->len; i++)
        g_ptr_array_unref (g_array_index (strips, kh_strip, i).lines);
    g_array_unref (strips);
}

static int
compare_ends (const void *a, const void *b)
{
    const kh_gap *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->group - y->group;
}

GArray *
kh_white_find (const GPtrArray *words, kh_box box, int most, double least)
{
    g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (kh_gap)); /* `from` is the place, `group` +1 or -1 */
    for (guint w = 0; w < words->len; w++) {
        const kh_word *word = g_ptr_array_index (words, w);
        kh_gap begin = { word->box.x0, 0, 1 }, end = { word->box.x1, 0, -1 };
        g_array_append_val (ends, begin);
        g_array_append_val (ends, end);
    }
    g_array_sort (ends, compare_ends);
    GArray *white = g_array_new (FALSE, FALSE, sizeof (kh_gap));
    int over = 0;
    double from = box.x0;
    for (guint i = 0; i < ends->len; i++) {
        const kh_gap *e = &g_array_index (ends, kh_gap, i);
        int before = over;
        over += e->group;
        if (before <= most && over > most) {
            kh_gap g = { from, e->from, 0 };
            if (g.to - g.from >= least && g.from > box.x0 + least)
                g_array_append_val (white, g);
        } else if (before > most && over <= most) {
            from = e->from;
        }
    }
    return white; /* the last stretch, after all text, is no gutter */
}
