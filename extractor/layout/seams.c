/* seams.c - the gutters of a typed table, which waver from strip to strip.
 *
 *    Các phòng,   |Phòng      |            A seam is a way down through the strips, one character a strip. White of
 *    đơn vị sự  |XDKTVB     |  Thường      two characters and more costs nothing, a single space a little, a letter
 *    nghiệp thuộc|TDTHPL    |  xuyên       much; so does each step aside. For each place the cheapest seam near it
 *    Sở được giao|chủ trì  |               is found. Taken are the cheapest below each gap between the header's cells, then, the strongest
 *                                          first, what else divides text from text by clear white.
 */
#include "layout/typed.h"

#include <math.h>
#include <string.h>

#define WANDER 6        /* characters a seam may leave its place */
#define WAVER 12.0        /* points a seam may leave its place within the header */
#define LEAST_GAPS 2      /* wide gaps that make lines a header, so that narrow ones are looked for; sentences have capitals, too */
#define CLEAR_COST 0.05  /* a space after a number that stands by itself: often all there is between two columns */
#define SPACE_COST 0.6
#define LETTER_COST 3.0
#define STEP_COST 0.25
#define OUT_COST 10.0     /* out of the header's gap, or in the gutter of another seam */
#define ASTRAY_COST 0.3    /* a character beyond the middle of the header's cells on either side */
#define DEAREST 0.45     /* a strip, on the average, for a seam to be a gutter */
#define DEAREST_BELOW_GAP 0.9
#define LEAST_CLEAR 1.5  /* strips divided by clear white for each that is cut at a space */
#define LEAST_CLEAR_BELOW_GAP 0.3
#define LEAST_BOTH 0.05  /* share of strips with text on both sides, where no gap of the header speaks for the seam */
#define HUG_BONUS 0.05   /* off the cost, where all columns begin at the seam */
#define MOST_LETTERS 512 /* widest strip looked at, in characters */

typedef struct field {
    guint n_strips, width;
    double *cost; /* n_strips * width: of passing there */
} field;

#define COST(f, strip, x) (f)->cost[(gsize) (strip) * (f)->width + (x)]

static guint
letter_at (double x, guint width)
{
    return CLAMP (lround (x / KH_TYPED_LETTER), 0, (long) width - 1);
}

/* Is there clear white before the word, or nothing? */
static gboolean
begins_piece (const GPtrArray *words, guint k)
{
    const kh_word *word = g_ptr_array_index (words, k), *before = k > 0 ? g_ptr_array_index (words, k - 1) : NULL;
    return before == NULL || word->box.x0 - before->box.x1 > 1.5 * KH_TYPED_LETTER;
}

static field
field_new (const GArray *strips, guint from, guint to)
{
    double right = 0;
    for (guint i = from; i < to; i++)
        right = MAX (right, kh_strip_place (kh_strip_at (strips, i), kh_strip_at (strips, i)->box.x1));
    field f = { to - from, MIN ((guint) (right / KH_TYPED_LETTER) + 2, MOST_LETTERS), NULL };
    f.cost = g_new0 (double, (gsize) f.n_strips * f.width);
    for (guint i = from; i < to; i++) {
        const kh_strip *strip = kh_strip_at (strips, i);
        g_autoptr (GPtrArray) words = kh_strip_words (strip);
        for (guint k = 0; k < words->len; k++) {
            const kh_word *word = g_ptr_array_index (words, k), *next = k + 1 < words->len ? g_ptr_array_index (words, k + 1) : NULL;
            double begin = kh_strip_place (strip, word->box.x0);
            guint x0 = letter_at (begin, f.width), x1 = letter_at (begin + kh_box_width (word->box), f.width);
            for (guint x = x0; x < x1; x++)
                COST (&f, i - from, x) = LETTER_COST;
            if (next != NULL && next->box.x0 - word->box.x1 < 1.5 * KH_TYPED_LETTER)
                COST (&f, i - from, x1) = kh_text_is_number (word->text) && begins_piece (words, k) ? CLEAR_COST : SPACE_COST;
        }
    }
    return f;
}

/* The cheapest seam no further than WANDER from `place`; fills way[] with characters and returns its cost. */
static double
seam_near (const field *f, guint place, guint *way)
{
    int low = MAX ((int) place - WANDER, 0), high = MIN ((int) place + WANDER, (int) f->width - 1), n = high - low + 1;
    g_autofree double *sum = g_new (double, (gsize) f->n_strips * n);
    for (guint i = 0; i < f->n_strips; i++)
        for (int x = 0; x < n; x++) {
            double best = i == 0 ? 0 : G_MAXDOUBLE;
            for (int y = 0; i > 0 && y < n; y++)
                best = MIN (best, sum[(gsize) (i - 1) * n + y] + STEP_COST * ABS (x - y));
            sum[(gsize) i * n + x] = best + COST (f, i, low + x);
        }
    int at = 0;
    for (int x = 0; x < n; x++)
        if (sum[(gsize) (f->n_strips - 1) * n + x] < sum[(gsize) (f->n_strips - 1) * n + at] - 1e-9)
            at = x;
    double cost = sum[(gsize) (f->n_strips - 1) * n + at];
    for (guint i = f->n_strips; i-- > 0;) {
        way[i] = low + at;
        double rest = sum[(gsize) i * n + at] - COST (f, i, low + at);
        for (int y = 0; i > 0 && y < n; y++)
            if (fabs (sum[(gsize) (i - 1) * n + y] + STEP_COST * ABS (at - y) - rest) < 1e-9) {
                at = y;
                break;
            }
    }
    return cost;
}

typedef struct seam {
    guint *way;
    double cost;  /* a strip, on the average */
    int strength; /* strips it divides by clear white, less those it cuts at a space or through a word */
} seam;

static void
seam_clear (void *data)
{
    g_free (((seam *) data)->way);
}

static int
compare_strengths (const void *a, const void *b)
{
    const seam *x = a, *y = b;
    return y->strength - x->strength;
}

static int
compare_places (const void *a, const void *b)
{
    const seam *x = a, *y = b;
    return (x->way[0] > y->way[0]) - (x->way[0] < y->way[0]);
}

/* Is there a word whose middle lies between the two ways on this strip? NULL: the edge. */
static gboolean
has_word_between (const kh_strip *strip, const guint *left, const guint *right, guint i)
{
    for (guint k = 0; k < strip->lines->len; k++) {
        const kh_line *line = g_ptr_array_index (strip->lines, k);
        for (gsize n = 0; n < line->text.n_pieces; n++) {
            double x = kh_strip_place (strip, kh_box_center_x (line->text.pieces[n].word->box)) / KH_TYPED_LETTER - 0.5;
            if ((left == NULL || x > left[i]) && (right == NULL || x < right[i]))
                return TRUE;
        }
    }
    return FALSE;
}

/* What a way does to the strips: how many it cuts at a space or through a word, and how many pieces of text stand
 * clear of it on either side, up to the ways `left` and `right`: on the poorer side. */
static void
count_divided (const GArray *strips, guint from, const field *f, const guint *way, const guint *left, const guint *right,
               int *clear, int *cut)
{
    int before = 0, after = 0;
    *cut = 0;
    for (guint i = 0; i < f->n_strips; i++) {
        const kh_strip *strip = kh_strip_at (strips, from + i);
        if (COST (f, i, way[i]) > CLEAR_COST) {
            ++*cut;
            continue;
        }
        before += has_word_between (strip, left, way, i);
        after += has_word_between (strip, way, right, i);
    }
    *clear = MIN (before, after);
}

/* Strips that have text on both sides of the way, up to the ways `left` and `right`, and clear white between. */
static int
strips_with_both (const GArray *strips, guint from, const field *f, const guint *way, const guint *left, const guint *right)
{
    int n = 0;
    for (guint i = 0; i < f->n_strips; i++) {
        const kh_strip *strip = kh_strip_at (strips, from + i);
        n += COST (f, i, way[i]) <= CLEAR_COST && has_word_between (strip, left, way, i) && has_word_between (strip, way, right, i);
    }
    return n;
}

static long
way_difference (const field *f, const guint *a, const guint *b)
{
    long side = 0;
    for (guint k = 0; k < f->n_strips; k++)
        side += (long) a[k] - (long) b[k];
    return side;
}

/* The nearest of the taken seams on either side. */
static void
find_neighbours (const field *f, const GArray *taken, const seam *s, const guint **left, const guint **right)
{
    *left = *right = NULL;
    for (guint i = 0; i < taken->len; i++) {
        const guint *way = g_array_index (taken, seam, i).way;
        long side = way_difference (f, way, s->way);
        if (side <= 0 && (*left == NULL || way_difference (f, way, *left) > 0))
            *left = way;
        if (side > 0 && (*right == NULL || way_difference (f, way, *right) < 0))
            *right = way;
    }
}

/* Does the seam divide the text between its neighbours, by clear white more often than not? */
static gboolean
divides (const GArray *strips, guint from, const field *f, const GArray *taken, const seam *s, double least_clear)
{
    const guint *left, *right;
    int clear, cut;
    find_neighbours (f, taken, s, &left, &right);
    count_divided (strips, from, f, s->way, left, right, &clear, &cut);
    return clear >= 2 && clear >= cut * least_clear;
}

/* Without a gap in the header to speak for it: are there strips with text on both sides, and does the header name
 * both columns? */
static gboolean
divides_columns (const GArray *strips, guint from, const field *f, guint n_header, const GArray *taken, const seam *s)
{
    const guint *left, *right;
    gboolean named_left = FALSE, named_right = FALSE;
    find_neighbours (f, taken, s, &left, &right);
    for (guint i = 0; i < n_header; i++) {
        named_left = named_left || has_word_between (kh_strip_at (strips, from + i), left, s->way, i);
        named_right = named_right || has_word_between (kh_strip_at (strips, from + i), s->way, right, i);
    }
    return named_left && named_right && strips_with_both (strips, from, f, s->way, left, right) >= LEAST_BOTH * (int) f->n_strips;
}

/* Does the seam cut the header's cells more often than it passes between two of them? */
static gboolean
cuts_header (const GArray *strips, guint from, const field *f, guint n_header, const GArray *taken, const seam *s)
{
    const guint *left, *right;
    int cut = 0, clear = 0;
    find_neighbours (f, taken, s, &left, &right);
    for (guint i = 0; i < n_header; i++) {
        const kh_strip *strip = kh_strip_at (strips, from + i);
        if (!has_word_between (strip, left, s->way, i) || !has_word_between (strip, s->way, right, i))
            continue;
        if (COST (f, i, s->way[i]) > CLEAR_COST)
            cut++;
        else
            clear++;
    }
    return cut > clear;
}

/* White between two cells of the header, and where the middles of those cells stand. */
typedef struct header_gap {
    double from, to, left_middle, right_middle;
} header_gap;

/* Is there white of a strip's words, two characters wide, no further than WAVER from the stretch, or a space right there? */
static gboolean
has_white_near (const GPtrArray *words, double from, double to)
{
    double end = -G_MAXDOUBLE; /* of the word before */
    for (guint k = 0; k <= words->len; k++) {
        const kh_word *word = k < words->len ? g_ptr_array_index (words, k) : NULL;
        double begin = word != NULL ? word->box.x0 : G_MAXDOUBLE;
        double away = begin - end > 1.5 * KH_TYPED_LETTER ? WAVER : 1.5 * KH_TYPED_LETTER;
        if (end < to + away && begin > from - away)
            return TRUE;
        end = word != NULL ? word->box.x1 : end;
    }
    return FALSE;
}

/* Cells of a header may stand one space apart: in one strip a capital follows, for within a header's cell capitals are rare,
 * and in the others there is white. */
static void
add_narrow_gaps (const GPtrArray *strips, GArray *gaps)
{
    for (guint i = 0; i < strips->len; i++) {
        const GPtrArray *words = g_ptr_array_index (strips, i);
        for (guint k = 1; k < words->len; k++) {
            const kh_word *a = g_ptr_array_index (words, k - 1), *b = g_ptr_array_index (words, k);
            header_gap gap = { a->box.x1 - WAVER, b->box.x0 + WAVER, 0, 0 };
            gboolean fits = b->box.x0 - a->box.x1 < 1.5 * KH_TYPED_LETTER && g_unichar_isupper (g_utf8_get_char (b->text));
            for (guint n = 0; n < strips->len; n++)
                fits = fits && (n == i || has_white_near (g_ptr_array_index (strips, n), a->box.x1, b->box.x0));
            for (guint n = 0; n < gaps->len; n++) {
                const header_gap *other = &g_array_index (gaps, header_gap, n);
                fits = fits && (other->from >= b->box.x0 || other->to <= a->box.x1);
            }
            if (fits)
                g_array_append_val (gaps, gap);
        }
    }
}

/* Below a header that stands over several columns the gaps between theirs: white before a capital, where no other gap is. */
static void
add_gaps_below (const GPtrArray *strips, GArray *gaps)
{
    guint n_sure = gaps->len;
    for (guint i = 1; i < strips->len; i++) {
        const GPtrArray *words = g_ptr_array_index (strips, i);
        for (guint k = 1; k < words->len; k++) {
            const kh_word *a = g_ptr_array_index (words, k - 1), *b = g_ptr_array_index (words, k);
            header_gap gap = { a->box.x1, b->box.x0, 0, 0 };
            gboolean fits = g_unichar_isupper (g_utf8_get_char (b->text));
            for (guint n = 0; n < n_sure; n++) {
                const header_gap *other = &g_array_index (gaps, header_gap, n);
                fits = fits && (other->from >= b->box.x0 || other->to <= a->box.x1);
            }
            if (fits)
                g_array_append_val (gaps, gap);
        }
    }
}

static int
compare_gaps (const void *a, const void *b)
{
    const header_gap *x = a, *y = b;
    double mx = x->from + x->to, my = y->from + y->to;
    return (mx > my) - (mx < my);
}

/* The white between cells of the header, left to right: stretches no word covers, two characters wide, and narrow ones. */
static GArray *
header_gaps (const GArray *strips, guint from, guint n_header)
{
    g_autoptr (GPtrArray) words = g_ptr_array_new (), each = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
    kh_box box = kh_strip_at (strips, from)->box;
    for (guint i = from; i < from + n_header; i++) {
        GPtrArray *mine = kh_strip_words (kh_strip_at (strips, i));
        for (guint k = 0; k < mine->len; k++)
            g_ptr_array_add (words, g_ptr_array_index (mine, k));
        g_ptr_array_add (each, mine);
        box = kh_box_union (box, kh_strip_at (strips, i)->box);
    }
    kh_box room = box;
    room.x0 -= 2 * KH_TYPED_LETTER; /* the first cell may be one character */
    g_autoptr (GArray) white = kh_white_find (words, room, 0, 1.5 * KH_TYPED_LETTER);
    GArray *gaps = g_array_new (FALSE, FALSE, sizeof (header_gap));
    for (guint i = 0; i < white->len; i++) {
        const kh_gap *w = &g_array_index (white, kh_gap, i);
        header_gap gap = { w->from, w->to, 0, 0 };
        g_array_append_val (gaps, gap);
    }
    if (gaps->len >= LEAST_GAPS) {
        add_narrow_gaps (each, gaps);
        add_gaps_below (each, gaps);
    }
    g_array_sort (gaps, compare_gaps);
    for (guint i = 0; i < gaps->len; i++) {
        header_gap *gap = &g_array_index (gaps, header_gap, i);
        gap->left_middle = ((i > 0 ? (gap - 1)->to : box.x0) + gap->from) / 2;
        gap->right_middle = (gap->to + (i + 1 < gaps->len ? (gap + 1)->from : box.x1)) / 2;
    }
    return gaps;
}

/* Of the strips with text right of the way, the share where it begins right there: columns are set flush left more often
 * than not. */
static double
hugging_share (const GArray *strips, guint from, const field *f, const guint *way)
{
    int with_text = 0, near = 0;
    for (guint i = 0; i < f->n_strips; i++) {
        g_autoptr (GPtrArray) words = kh_strip_words (kh_strip_at (strips, from + i));
        for (guint k = 0; k < words->len; k++) {
            double x = kh_strip_place (kh_strip_at (strips, from + i), ((const kh_word *) g_ptr_array_index (words, k))->box.x0);
            x /= KH_TYPED_LETTER;
            if (x < way[i])
                continue;
            with_text++;
            near += x < way[i] + 2.5;
            break;
        }
    }
    return with_text > 0 ? near / (double) with_text : 0;
}

/* All seams, the strongest first. */
static GArray *
find_all (const GArray *strips, guint from, const field *f)
{
    GArray *all = g_array_new (FALSE, FALSE, sizeof (seam));
    g_array_set_clear_func (all, seam_clear);
    for (guint x = 1; x + 1 < f->width; x++) {
        seam s = { g_new (guint, f->n_strips), 0, 0 };
        int clear, cut;
        s.cost = seam_near (f, x, s.way) / f->n_strips;
        count_divided (strips, from, f, s.way, NULL, NULL, &clear, &cut);
        s.strength = s.cost > DEAREST ? -1 : clear - 2 * cut;
        s.cost -= HUG_BONUS * hugging_share (strips, from, f, s.way);
        g_array_append_val (all, s);
    }
    g_array_sort (all, compare_strengths);
    return all;
}

/* The cheapest seam that passes the header at the gap and stays between the ways `left` and `right`. */
static seam
seam_below (const field *f, guint n_header, const header_gap *gap, const guint *left, const guint *right)
{
    seam s = { g_new (guint, f->n_strips), 0, 0 };
    guint w = f->width;
    g_autofree double *sum = g_new (double, w);
    g_autofree guint *before = g_new (guint, (gsize) f->n_strips * w);
    for (guint x = 0; x < w; x++)
        sum[x] = 0;
    for (guint i = 0; i < f->n_strips; i++) {
        guint *came = before + (gsize) i * w;
        for (guint x = 0; x < w; x++)
            came[x] = x;
        for (guint x = 1; x < w; x++)
            if (sum[x - 1] + STEP_COST < sum[x]) {
                sum[x] = sum[x - 1] + STEP_COST;
                came[x] = came[x - 1];
            }
        for (guint x = w - 1; x-- > 0;)
            if (sum[x + 1] + STEP_COST < sum[x]) {
                sum[x] = sum[x + 1] + STEP_COST;
                came[x] = came[x + 1];
            }
        for (guint x = 0; x < w; x++) {
            double place = (x + 0.5) * KH_TYPED_LETTER;
            gboolean out = (i < n_header && (place < gap->from || place > gap->to)) || (left != NULL && x < left[i] + 2) || (right != NULL && x + 2 > right[i]);
            double astray = MAX (0, MAX (gap->left_middle - place, place - gap->right_middle)) / KH_TYPED_LETTER;
            sum[x] += COST (f, i, x) + (out ? OUT_COST : 0) + ASTRAY_COST * astray;
        }
    }
    guint at = 0;
    for (guint x = 1; x < w; x++)
        if (sum[x] < sum[at] - 1e-9)
            at = x;
    s.cost = sum[at] / f->n_strips;
    for (guint i = f->n_strips; i-- > 0;) {
        s.way[i] = at;
        at = before[(gsize) i * w + at];
    }
    return s;
}

/* Below each gap of the header the cheapest seam, the cheapest of all first: those that come later keep off its gutter. `all` owns
 * them. */
static void
take_below_gaps (const GArray *strips, guint from, const field *f, guint n_header, GArray *gaps, GArray *all, GArray *taken)
{
    while (gaps->len > 0) {
        seam best = { NULL, DEAREST_BELOW_GAP, 0 };
        guint which = 0;
        for (guint g = 0; g < gaps->len; g++) {
            const header_gap *gap = &g_array_index (gaps, header_gap, g);
            seam middle = { g_new (guint, f->n_strips), 0, 0 };
            for (guint i = 0; i < f->n_strips; i++)
                middle.way[i] = letter_at ((gap->from + gap->to) / 2 - KH_TYPED_LETTER / 2, f->width);
            const guint *left, *right;
            find_neighbours (f, taken, &middle, &left, &right);
            g_free (middle.way);
            seam s = seam_below (f, n_header, gap, left, right);
            if (s.cost < best.cost) {
                g_free (best.way);
                best = s;
                which = g;
            } else {
                g_free (s.way);
            }
        }
        if (best.way == NULL)
            return;
        g_array_remove_index (gaps, which);
        g_array_append_val (all, best);
        if (divides (strips, from, f, taken, &best, LEAST_CLEAR_BELOW_GAP))
            g_array_append_val (taken, best);
    }
}

/* Two seams with nothing of the header between, where it names the columns on both sides, are one gutter: the dearer goes. */
static void
drop_unnamed (const GArray *strips, guint from, guint n_header, GArray *taken)
{
    for (guint i = 0; i + 1 < taken->len; i++) {
        const seam *a = &g_array_index (taken, seam, i), *b = &g_array_index (taken, seam, i + 1);
        gboolean named = FALSE;
        for (guint k = 0; k < n_header; k++)
            named = named || has_word_between (kh_strip_at (strips, from + k), a->way, b->way, k);
        if (named)
            continue;
        g_array_remove_index (taken, a->cost > b->cost ? i : i + 1);
        i--;
    }
}

GPtrArray *
kh_seams_find (const GArray *strips, guint from, guint to, guint n_header)
{
    GPtrArray *seams = g_ptr_array_new_with_free_func (g_free);
    field f = field_new (strips, from, to);
    g_autoptr (GArray) all = find_all (strips, from, &f), taken = g_array_new (FALSE, FALSE, sizeof (seam));
    n_header = MIN (n_header, to - from);
    g_autoptr (GArray) gaps = header_gaps (strips, from, n_header);
    take_below_gaps (strips, from, &f, n_header, gaps, all, taken);
    for (guint i = 0; i < all->len; i++) {
        const seam *s = &g_array_index (all, seam, i);
        if (s->strength > 0 && !cuts_header (strips, from, &f, n_header, taken, s) && divides (strips, from, &f, taken, s, LEAST_CLEAR) &&
            divides_columns (strips, from, &f, n_header, taken, s))
            g_array_append_vals (taken, s, 1);
    }
    g_array_sort (taken, compare_places);
    drop_unnamed (strips, from, n_header, taken);
    for (guint i = 0; i < taken->len; i++) {
        double *places = g_new (double, f.n_strips);
        for (guint k = 0; k < f.n_strips; k++)
            places[k] = (g_array_index (taken, seam, i).way[k] + 0.5) * KH_TYPED_LETTER;
        g_ptr_array_add (seams, places);
    }
    g_free (f.cost);
    return seams;
}
