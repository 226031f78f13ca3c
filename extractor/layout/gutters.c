/* gutters.c - the white that runs down between the columns of a table without uprights.
 *
 *   TT ░░ Nội dung ░░░░░░░░░░ Chủ trì      1. What stays white in all strips, but for one line in ten
 *   1  ░░ Kiểm tra đột xuất ▒ Sở Y tế         (a heading, a sum), may be a gutter.
 *   2  ░░ Tập huấn ░░░░░░░░ ▒ UBND xã      2. One no wider than a space (▒) must have line after line begin at
 *         ^                   ^               its right edge.
 *         texts begin at one place         3. One that justified text has by chance is none.
 */
#include "layout/aligned.h"

#define CROSSING_LINES 10 /* of so many lines one may cross a gutter */
#define LEAST_GUTTER 0.16 /* ems: a narrower stretch of white is chance, whatever stands beside it */
#define CLEAR_GUTTER 0.33 /* ems, and ... */
#define CLEAR_SPACES 1.3  /* ... spaces of the leaf: a wider one is no space between words */
#define AT_GUTTER 0.25    /* ems right of a gutter that a text begins at it */
#define LAST_REACH 4.0    /* ems right of the last gutter that count as its column's beginning */
#define BEGUN_NARROW 5    /* lines that begin at a narrow gutter, at least ... */
#define PASSING_NARROW 3  /* ... and so many for each that does not */
#define BEGUN_CHANCE 4    /* lines that begin at one place: not by chance, at least ... */
#define PASSING_CHANCE 2  /* ... and more than so many for each that does not */
#define WIDER_THAN_OTHERS 1.5
#define A_HAIR 0.01       /* points: ends of words and of white that are equal */

static const kh_gap *
gap_at (const GArray *gutters, guint i)
{
    return &g_array_index (gutters, kh_gap, i);
}

double
kh_gutter_least (const kh_leaf *leaf)
{
    return MAX (CLEAR_GUTTER * leaf->em, CLEAR_SPACES * leaf->space);
}

/* Of the strips with text between the gutter and `end`: how many begin it right at the gutter, how many later; those that have the same
 * words on both sides as one before count once ("Phòng Cải | cách" in each row). */
static void
count_begun (const kh_leaf *leaf, const GArray *strips, guint from, guint to, double gutter, double end, int *begin, int *pass)
{
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    *begin = *pass = 0;
    for (guint k = from; k < to; k++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (strips, k));
        const kh_word *left = NULL, *right = NULL;
        for (guint w = 0; w < words->len && right == NULL; w++) { /* left to right */
            const kh_word *word = g_ptr_array_index (words, w);
            if (word->box.x0 >= gutter - A_HAIR)
                right = word;
            else
                left = word;
        }
        if (right == NULL || right->box.x0 >= end || !g_hash_table_add (seen, g_strdup_printf ("%s %s", left != NULL ? left->text : "", right->text)))
            continue;
        if (right->box.x0 < gutter + AT_GUTTER * leaf->em)
            ++*begin;
        else
            ++*pass;
    }
}

/* A gutter no wider than a space counts only where line after line begins at its right edge. */
static void
drop_narrow (const kh_leaf *leaf, GArray *gutters, const GArray *strips, guint from, guint to)
{
    for (guint i = 0; i < gutters->len; i++) {
        kh_gap g = *gap_at (gutters, i);
        double end = i + 1 < gutters->len ? gap_at (gutters, i + 1)->from : g.to + LAST_REACH * leaf->em;
        int begin, pass;
        count_begun (leaf, strips, from, to, g.to, end, &begin, &pass);
        if (g.to - g.from < kh_gutter_least (leaf) && (begin < BEGUN_NARROW || pass > begin / PASSING_NARROW))
            g_array_remove_index (gutters, i--);
    }
}

/* Has the strip text between the places? */
static gboolean
has_text (const kh_strip *s, double from, double to)
{
    g_autoptr (GPtrArray) words = kh_strip_words (s);
    for (guint w = 0; w < words->len; w++) {
        double x = kh_box_center_x (((const kh_word *) g_ptr_array_index (words, w))->box);
        if (x >= from && x < to)
            return TRUE;
    }
    return FALSE;
}

/* How wide the strip's gap at `here` is, measured by the widest other gap between words from `left` to `right`; 0 when it is not
 * among words, or there is no other. */
static double
gap_among_others (const kh_strip *s, double left, double here, double right)
{
    double gap = 0, other = 0, end = 0;
    g_autoptr (GPtrArray) words = kh_strip_words (s);
    for (guint w = 0; w < words->len; w++) { /* left to right */
        kh_box box = ((const kh_word *) g_ptr_array_index (words, w))->box;
        double x = kh_box_center_x (box);
        if (x < left || x >= right)
            continue;
        gboolean is_here = end > 0 && end <= here && x >= here;
        if (is_here)
            gap = box.x0 - end;
        else if (end > 0)
            other = MAX (other, box.x0 - end);
        end = box.x1;
    }
    return other > 0 ? gap / other : 0;
}

/* Justified text has gaps that may stand over each other by chance. Such a gap is no wider than others of its line, what is right
 * of it begins at no one place and never stands there without what is left of it, and the first strip, where the columns are
 * named, has nothing there. */
static void
drop_chance (const kh_leaf *leaf, GArray *gutters, const GArray *strips, guint from, guint to)
{
    for (guint i = 0; i < gutters->len; i++) {
        double here = gap_at (gutters, i)->to - A_HAIR;
        double left = i > 0 ? gap_at (gutters, i - 1)->to - A_HAIR : -G_MAXDOUBLE;
        double right = i + 1 < gutters->len ? gap_at (gutters, i + 1)->to - A_HAIR : G_MAXDOUBLE;
        int begin, pass;
        count_begun (leaf, strips, from, to, here, right, &begin, &pass);
        gboolean is_column = (begin >= BEGUN_CHANCE && begin > PASSING_CHANCE * pass) || has_text (kh_strip_at (strips, from), here, right);
        for (guint k = from; k < to && !is_column; k++) {
            const kh_strip *s = kh_strip_at (strips, k);
            is_column = has_text (s, here, right) && (!has_text (s, left, here) || gap_among_others (s, left, here, right) > WIDER_THAN_OTHERS);
        }
        if (!is_column)
            g_array_remove_index (gutters, i--);
    }
}

GArray *
kh_gutters_find (const kh_leaf *leaf, const GArray *strips, guint from, guint to)
{
    g_autoptr (GPtrArray) words = kh_strips_words (strips, from, to);
    GArray *gutters = kh_white_find (words, kh_strips_box (strips, from, to), (to - from) / CROSSING_LINES, LEAST_GUTTER * leaf->em);
    drop_narrow (leaf, gutters, strips, from, to);
    drop_chance (leaf, gutters, strips, from, to);
    return gutters;
}

GArray *
kh_gutters_edges (const GArray *gutters, double left, double right)
{
    GArray *edges = g_array_sized_new (FALSE, FALSE, sizeof (double), gutters->len + 2);
    g_array_append_val (edges, left);
    for (guint i = 0; i < gutters->len; i++) {
        double middle = (gap_at (gutters, i)->from + gap_at (gutters, i)->to) / 2;
        g_array_append_val (edges, middle);
    }
    g_array_append_val (edges, right);
    return edges;
}

GArray *
kh_aligned_edges (const kh_leaf *leaf, kh_box box, const GPtrArray *words, kh_pool *pool)
{
    g_autoptr (GPtrArray) inside = g_ptr_array_new ();
    for (guint i = 0; i < words->len; i++) {
        kh_word *word = g_ptr_array_index (words, i);
        if (kh_box_holds_center (box, word->box))
            g_ptr_array_add (inside, word);
    }
    if (inside->len == 0)
        return NULL;
    GArray *strips = kh_strips_find (kh_lines_find (inside, KH_PIECE_GAP, pool));
    g_autoptr (GArray) gutters = kh_gutters_find (leaf, strips, 0, strips->len);
    kh_strips_free (strips);
    return gutters->len > 0 ? kh_gutters_edges (gutters, box.x0, box.x1) : NULL;
}
