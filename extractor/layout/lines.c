/* lines.c - words become lines.
 *
 * Words are taken from left to right; each goes to the line whose last words it stands beside: at least half of the
 * smaller height shared, and no gap wider than allowed. Only the line's last words count, not the whole line, so a line
 * may climb or fall (skew that is left) and a raised figure or a low comma does not pull it away.
 *
 *     Tỷ lệ  hồ sơ²  [gap]  Độc lập
 *     └──── line ──┘        └ line ┘
 */
#include "layout/parts.h"

#include <math.h>

#define GLYPHS_TO_EM 1.35 /* a word's glyphs, with a tail or a mark more often than not, against its font's size */
#define MOST_BANDS 10000
#define TAIL_WORDS 3 /* words at a line's end that tell where it stands */

double
kh_median (GArray *values, double otherwise)
{
    if (values->len == 0)
        return otherwise;
    g_array_sort (values, kh_compare_doubles);
    return g_array_index (values, double, values->len / 2);
}

double
kh_words_em (const GPtrArray *words)
{
    g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < words->len; i++) {
        const kh_word *word = g_ptr_array_index (words, i);
        double em = word->size > 0 ? word->size : GLYPHS_TO_EM * kh_box_height (word->box);
        g_array_append_val (sizes, em);
    }
    return CLAMP (kh_median (sizes, 12), 5, 40);
}

double
kh_words_space (const GPtrArray *lines)
{
    g_autoptr (GArray) spaces = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < lines->len; i++) {
        const kh_line *line = g_ptr_array_index (lines, i);
        for (gsize k = 1; k < line->text.n_pieces; k++) {
            double space = line->text.pieces[k].word->box.x0 - line->text.pieces[k - 1].word->box.x1;
            g_array_append_val (spaces, space);
        }
    }
    return MAX (kh_median (spaces, 0), 0);
}

static int
compare_left (const void *a, const void *b)
{
    const kh_word *x = *(const kh_word *const *) a, *y = *(const kh_word *const *) b;
    if (x->box.x0 != y->box.x0)
        return x->box.x0 < y->box.x0 ? -1 : 1;
    return (x->box.y0 > y->box.y0) - (x->box.y0 < y->box.y0);
}

/* Where the line stands at its right end. */
static kh_box
tail_box (const GPtrArray *line)
{
    kh_box box = { 0 };
    for (guint n = 0; n < TAIL_WORDS && n < line->len; n++) {
        const kh_word *word = g_ptr_array_index (line, line->len - 1 - n);
        box = n == 0 ? word->box : kh_box_union (box, word->box);
    }
    const kh_word *last = g_ptr_array_index (line, line->len - 1);
    box.x1 = MAX (box.x1, last->box.x1);
    return box;
}

/* How well the word goes on the line that ends in `last`, > 0; 0 when it does not. Words of one line may share less
 * height where one of them is a dash or a point, or where the source says that they are of one line. */
static double
fit (const kh_box *tail, const kh_word *last, const kh_word *word, double max_gap, double em)
{
    double gap = word->box.x0 - tail->x1;
    if (gap > max_gap * em || gap < -0.5 * em)
        return 0;
    double height = MIN (kh_box_height (*tail), kh_box_height (word->box)), shared;
    if (height > 0)
        shared = kh_box_overlap_y (*tail, word->box) / height;
    else
        shared = kh_box_center_y (word->box) >= tail->y0 && kh_box_center_y (word->box) <= tail->y1;
    gboolean same_line = last->line >= 0 && last->line == word->line;
    gboolean is_mark = g_utf8_strlen (word->text, 2) == 1 || g_utf8_strlen (last->text, 2) == 1;
    if (shared < (same_line ? 0.15 : is_mark ? 0.3 : 0.5))
        return 0;
    double off = fabs (kh_box_center_y (*tail) - kh_box_center_y (word->box));
    return MAX (shared + same_line + 1 / (1 + MAX (gap, 0) / em) - off / em, 0.01);
}

/* Lines being set, and where to look for those at a height: each line is listed in the bands its end lies in. */
typedef struct setting {
    GPtrArray *lines; /* GPtrArray * of words */
    GArray *tails;    /* of kh_box */
    GPtrArray *bands; /* GArray * of guint: lines; stale entries are possible */
    double top, band;
} setting;

static guint
band_at (const setting *s, double y)
{
    double i = (y - s->top) / s->band;
    return i <= 0 ? 0 : MIN ((guint) i, s->bands->len - 1);
}

static void
list_line (setting *s, guint line)
{
    const kh_box *tail = &g_array_index (s->tails, kh_box, line);
    for (guint i = band_at (s, tail->y0); i <= band_at (s, tail->y1); i++) {
        GArray *band = g_ptr_array_index (s->bands, i);
        gboolean listed = FALSE; /* among the latest, which is where it is when it goes on */
        for (guint k = band->len; k-- > 0 && !listed && k + 8 > band->len;)
            listed = g_array_index (band, guint, k) == line;
        if (!listed)
            g_array_append_val (band, line);
    }
}

/* The line the word goes on best; lines->len when it begins one. */
static guint
find_line (const setting *s, const kh_word *word, double max_gap, double em)
{
    double best = 0;
    guint at = s->lines->len;
    for (guint i = band_at (s, word->box.y0); i <= band_at (s, word->box.y1); i++) {
        GArray *band = g_ptr_array_index (s->bands, i);
        for (guint n = 0; n < band->len; n++) {
            guint k = g_array_index (band, guint, n);
            const kh_box *tail = &g_array_index (s->tails, kh_box, k);
            if (word->box.x0 - tail->x1 > max_gap * em) { /* words come from left to right: it will take no more */
                g_array_remove_index_fast (band, n--);
                continue;
            }
            const GPtrArray *line = g_ptr_array_index (s->lines, k);
            double well = fit (tail, g_ptr_array_index (line, line->len - 1), word, max_gap, em);
            if (well > best || (well == best && best > 0 && k < at)) {
                best = well;
                at = k;
            }
        }
    }
    return at;
}

static void
set_up (setting *s, const GPtrArray *words, double em)
{
    double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
    for (guint i = 0; i < words->len; i++) {
        const kh_word *word = g_ptr_array_index (words, i);
        top = MIN (top, word->box.y0);
        bottom = MAX (bottom, word->box.y1);
    }
    s->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
    s->tails = g_array_new (FALSE, FALSE, sizeof (kh_box));
    s->bands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    s->top = words->len > 0 ? top : 0;
    s->band = MAX (em, (bottom - top) / MOST_BANDS);
    guint n = words->len > 0 ? (guint) ((bottom - top) / s->band) + 1 : 1;
    for (guint i = 0; i < n; i++)
        g_ptr_array_add (s->bands, g_array_new (FALSE, FALSE, sizeof (guint)));
}

GPtrArray *
kh_lines_find (const GPtrArray *words, double max_gap, kh_pool *pool)
{
    g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add (sorted, g_ptr_array_index (words, i));
    g_ptr_array_sort (sorted, compare_left);
    double em = kh_words_em (words);
    setting s;
    set_up (&s, words, em);
    for (guint i = 0; i < sorted->len; i++) {
        kh_word *word = g_ptr_array_index (sorted, i);
        guint at = find_line (&s, word, max_gap, em);
        if (at == s.lines->len) {
            g_ptr_array_add (s.lines, g_ptr_array_new ());
            g_array_set_size (s.tails, s.lines->len);
        }
        g_ptr_array_add (g_ptr_array_index (s.lines, at), word);
        g_array_index (s.tails, kh_box, at) = tail_box (g_ptr_array_index (s.lines, at));
        list_line (&s, at);
    }
    GPtrArray *lines = kh_pool_list (pool);
    for (guint k = 0; k < s.lines->len; k++)
        g_ptr_array_add (lines, kh_line_new (g_ptr_array_index (s.lines, k), pool));
    g_ptr_array_unref (s.lines);
    g_ptr_array_unref (s.bands);
    g_array_unref (s.tails);
    kh_lines_sort (lines);
    return lines;
}

kh_line *
kh_line_new (const GPtrArray *words, kh_pool *pool)
{
    kh_line *line = kh_pool_new0 (pool, kh_line, 1);
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    double bold = 0, italic = 0, weight = 0;
    for (guint i = 0; i < words->len; i++) {
        const kh_word *word = g_ptr_array_index (words, i);
        const kh_word *before = i > 0 ? g_ptr_array_index (words, i - 1) : NULL;
        /* a sound text layer divides a word where the font changes: no space was typed there */
        gboolean touches = before != NULL && word->size > 0 && word->confidence >= 1 && before->confidence >= 1 &&
                           word->box.x0 - before->box.x1 < 0.05 * word->size;
        kh_text_builder_add_word (&builder, word, !touches);
        line->box = i == 0 ? word->box : kh_box_union (line->box, word->box);
        line->page = word->page;
        double length = g_utf8_strlen (word->text, -1);
        bold += (word->style & KH_WORD_BOLD) ? length : 0;
        italic += (word->style & KH_WORD_ITALIC) ? length : 0;
        weight += length;
    }
    line->text = kh_text_builder_finish (&builder, pool);
    line->bold = weight > 0 ? bold / weight : 0;
    line->italic = weight > 0 ? italic / weight : 0;
    line->size = kh_words_em (words);
    return line;
}

GPtrArray *
kh_line_words (const kh_line *line)
{
    GPtrArray *words = g_ptr_array_new ();
    for (gsize i = 0; i < line->text.n_pieces; i++)
        g_ptr_array_add (words, (void *) line->text.pieces[i].word);
    return words;
}

double
kh_line_middle (const kh_line *line)
{
    g_autoptr (GArray) middles = g_array_new (FALSE, FALSE, sizeof (double));
    for (gsize i = 0; i < line->text.n_pieces; i++) {
        double middle = kh_box_center_y (line->text.pieces[i].word->box);
        g_array_append_val (middles, middle);
    }
    return kh_median (middles, kh_box_center_y (line->box));
}

static int
compare_top (const void *a, const void *b)
{
    const kh_line *x = *(const kh_line *const *) a, *y = *(const kh_line *const *) b;
    double cx = kh_box_center_y (x->box), cy = kh_box_center_y (y->box);
    return (cx > cy) - (cx < cy);
}

static int
compare_start (const void *a, const void *b)
{
    const kh_line *x = *(const kh_line *const *) a, *y = *(const kh_line *const *) b;
    return (x->box.x0 > y->box.x0) - (x->box.x0 < y->box.x0);
}

void
kh_lines_sort (GPtrArray *lines)
{
    g_ptr_array_sort (lines, compare_top);
    for (guint i = 0, j; i < lines->len; i = j) { /* lines of one height: left to right */
        const kh_line *first = g_ptr_array_index (lines, i);
        for (j = i + 1; j < lines->len; j++) {
            const kh_line *line = g_ptr_array_index (lines, j);
            double height = MIN (kh_box_height (first->box), kh_box_height (line->box));
            if (kh_box_overlap_y (first->box, line->box) < 0.5 * height)
                break;
        }
        if (j - i > 1)
            qsort (lines->pdata + i, j - i, sizeof (gpointer), compare_start);
    }
}
