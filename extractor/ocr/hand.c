#include "ocr/hand.h"

#include "base/sort.h"
#include "ocr/blobs.h"

#include <math.h>
#include <string.h>

#define UPPER 0.35 /* of the page is looked at */
#define INK 150    /* darker is ink */
#define LEAST_LETTERS 3u
#define WIDE 0.5 /* of the letters' mean height: feet this near to the baseline count, to begin with */
#define CLOSE 0.2
#define STEEPEST 0.03
#define BROKEN 0.5  /* of the narrower one: pieces of one figure share this width */
#define ON_LINE 0.2 /* of its height: a letter's foot is this near to the baseline */
#define LEAST_TALL 3u
#define SHARED 0.5   /* of the lower one's height: words of one row */
#define ROW_GAP 40.0 /* points between words of one row */
#define SOME 0.45    /* of a capital: what is lower is no figure */
#define HIGHEST 1.25 /* printed figures are as high as capitals, about */
#define LOWEST 0.85
#define OFF 0.13 /* of a capital: a printed figure's foot is nearer to the baseline */

/* How a line is printed. */
typedef struct print {
    double baseline, slope; /* y at x = 0, and how it changes per point */
    double height;          /* of capitals and tall letters */
} print;

static double
baseline_at (const print *p, double x)
{
    return p->baseline + p->slope * x;
}

/* From the word's first figure to the last before a letter, as far as its signs are of one width. FALSE without figures. */
static gboolean
figures_of (const kh_word *word, double *from, double *to)
{
    glong n = g_utf8_strlen (word->text, -1), first = -1, last = -1, i = 0;
    for (const char *p = word->text; *p != '\0' && (first < 0 || !g_unichar_isalpha (g_utf8_get_char (p)));
         p = g_utf8_next_char (p), i++)
        if (g_ascii_isdigit (*p)) {
            first = first < 0 ? i : first;
            last = i;
        }
    double width = kh_box_width (word->box) / MAX (n, 1);
    *from = word->box.x0 + width * first;
    *to = word->box.x0 + width * (last + 1);
    return first >= 0;
}

/* How many of the word's letters are as tall as figures. */
static guint
tall_letters (const kh_word *word)
{
    guint n = 0;
    for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        n += g_unichar_isupper (c) || (c < 128 && strchr ("bdhkl", (int)c) != NULL) || c == 0x111; /* đ */
    }
    return n;
}

/* Words side by side at one height, those of `word` among them, wherever the engine parted the line. */
static GPtrArray *
row_of (kh_page *page, kh_word *word)
{
    GPtrArray *row = g_ptr_array_new ();
    kh_box box = word->box;
    for (guint before = G_MAXUINT; row->len != before;) {
        before = row->len;
        for (guint i = 0; i < page->words->len; i++) {
            kh_word *other = kh_page_word (page, i);
            double lower = MIN (kh_box_height (word->box), kh_box_height (other->box));
            if (kh_box_overlap_y (word->box, other->box) < SHARED * lower || kh_box_overlap_x (box, other->box) < -ROW_GAP ||
                g_ptr_array_find (row, other, NULL))
                continue;
            box = kh_box_union (box, other->box);
            g_ptr_array_add (row, other);
        }
    }
    return row;
}

/* The word of the row whose box holds the middle of the ink; NULL: none. */
static kh_word *
word_at (const GPtrArray *row, kh_box ink)
{
    for (guint i = 0; i < row->len; i++)
        if (kh_box_holds_center (((kh_word *)row->pdata[i])->box, ink))
            return row->pdata[i];
    return NULL;
}

/* Is the ink one of the word's figures, or several that touch? */
static gboolean
is_among_figures (const kh_word *word, kh_box ink)
{
    kh_box figures = ink;
    return figures_of (word, &figures.x0, &figures.x1) &&
           kh_box_overlap_x (ink, figures) >= SHARED * MIN (kh_box_width (ink), kh_box_width (figures));
}

/* Fits the baseline to the feet of letters; those further off than `tolerance` are left out. */
static void
fit_baseline (const GArray *letters, double tolerance, print *p)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (guint i = 0; i < letters->len; i++) {
        kh_box box = g_array_index (letters, kh_box, i);
        double x = kh_box_center_x (box);
        if (fabs (box.y1 - baseline_at (p, x)) > tolerance)
            continue;
        n++, sx += x, sy += box.y1, sxx += x * x, sxy += x * box.y1;
    }
    double spread = sxx - sx * sx / MAX (n, 1);
    if (n < LEAST_LETTERS || spread <= 0)
        return;
    p->slope = CLAMP ((sxy - sx * sy / n) / spread, -STEEPEST, STEEPEST);
    p->baseline = (sy - p->slope * sx) / n;
}

/* What the letters of the row, of which `n_tall` are as tall as figures, say of its print. FALSE when they are too few. */
static gboolean
measure_print (const GArray *letters, guint n_tall, print *p)
{
    g_autoptr (GArray) feet = g_array_new (FALSE, FALSE, sizeof (double)), heights = g_array_new (FALSE, FALSE, sizeof (double));
    double sum = 0;
    for (guint i = 0; i < letters->len; i++) {
        g_array_append_val (feet, g_array_index (letters, kh_box, i).y1);
        sum += kh_box_height (g_array_index (letters, kh_box, i));
    }
    if (feet->len < LEAST_LETTERS || n_tall < LEAST_TALL)
        return FALSE;
    g_array_sort (feet, kh_compare_doubles);
    *p = (print){ g_array_index (feet, double, feet->len / 2), 0, 0 };
    fit_baseline (letters, WIDE * sum / feet->len, p);
    fit_baseline (letters, CLOSE * sum / feet->len, p);
    for (guint i = 0; i < letters->len; i++) {
        kh_box box = g_array_index (letters, kh_box, i);
        double foot = baseline_at (p, kh_box_center_x (box)), height = foot - box.y0;
        if (fabs (box.y1 - foot) < ON_LINE * height)
            g_array_append_val (heights, height);
    }
    if (heights->len < n_tall)
        return FALSE;
    g_array_sort (heights, kh_compare_doubles);
    p->height = g_array_index (heights, double, heights->len - (n_tall + 1) / 2); /* the middle one of the tall */
    return TRUE;
}

/* ------------------------------------------------------------------ figures */

typedef struct figure {
    kh_box ink;
    kh_word *word;
} figure;

/* Puts ink together that stands one over the other: a broken figure. */
static void
add_figure (GArray *figures, kh_box ink, kh_word *word)
{
    for (guint i = 0; i < figures->len; i++) {
        figure *f = &g_array_index (figures, figure, i);
        if (kh_box_overlap_x (f->ink, ink) > BROKEN * MIN (kh_box_width (f->ink), kh_box_width (ink))) {
            f->ink = kh_box_union (f->ink, ink);
            return;
        }
    }
    figure fresh = { ink, word };
    g_array_append_val (figures, fresh);
}

static gboolean
is_printed (const print *p, kh_box ink)
{
    double line = baseline_at (p, kh_box_center_x (ink)), top = (line - ink.y0) / p->height, foot = (ink.y1 - line) / p->height;
    return top >= LOWEST && top <= HIGHEST && fabs (foot) <= OFF;
}

static void
mark_row (const kh_blobs *blobs, double points, const GPtrArray *row)
{
    g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (kh_box)),
                       figures = g_array_new (FALSE, FALSE, sizeof (figure));
    guint n_tall = 0;
    for (guint i = 0; i < row->len; i++)
        n_tall += tall_letters (row->pdata[i]);
    for (guint i = 0; i < blobs->blobs->len; i++) {
        kh_span s = kh_blob_at (blobs, i)->box;
        kh_box ink = { s.x0 * points, s.y0 * points, s.x1 * points, s.y1 * points };
        kh_word *word = word_at (row, ink);
        if (word != NULL && is_among_figures (word, ink))
            add_figure (figures, ink, word);
        else if (word != NULL)
            g_array_append_val (letters, ink);
    }
    print p;
    if (!measure_print (letters, n_tall, &p))
        return;
    for (guint i = 0; i < figures->len; i++) {
        const figure *f = &g_array_index (figures, figure, i);
        if (kh_box_height (f->ink) >= SOME * p.height && !is_printed (&p, f->ink))
            f->word->style |= KH_WORD_HAND;
    }
}

void
kh_hand_mark (const kh_pixels *pixels, kh_page *page)
{
    g_autoptr (kh_pixels) upper = kh_pixels_part (pixels, (kh_box){ 0, 0, page->frame_width, page->frame_height * UPPER });
    g_autoptr (kh_blobs) blobs = kh_blobs_find (upper, INK);
    g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL); /* words whose row was looked at */
    double from, to;
    for (guint i = 0; i < page->words->len; i++) {
        kh_word *word = kh_page_word (page, i);
        if (word->box.y1 > page->frame_height * UPPER || g_hash_table_contains (seen, word) || !figures_of (word, &from, &to))
            continue;
        g_autoptr (GPtrArray) row = row_of (page, word);
        for (guint k = 0; k < row->len; k++)
            g_hash_table_add (seen, row->pdata[k]);
        mark_row (blobs, 72 / pixels->dpi, row);
    }
}
