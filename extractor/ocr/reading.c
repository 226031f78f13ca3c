/* reading.c - see reading.h.
 *
 * A line is read stretch by stretch (lines.h): wide gaps are no text, and confuse the network so that it loses the
 * spaces around them. The stretches of a page are read together.
 *
 * A stretch is scaled to the network's own height, so the margin decides how large the letters come out; no margin is
 * best for all. Stretches read with doubt are read again with others, and the best reading stays:
 *   - for a few glyphs (numbers in a table, where no neighbours help) the one whose characters are as many as
 *     the glyphs that stand apart, then the surest;
 *   - for more, the surest.
 * The network was trained on lines and errs on a lone digit. So the shortest stretches in doubt are also read in company, side by
 * side as the words of one line:
 *
 *      │ 1 │ Thành lập …           1   2   3   4   5   6   7   8
 *      │ 2 │ Tập huấn …
 *
 * Last, what only a measure tells is measured (shapes.h, signs.h).
 */
#include "ocr/reading.h"

#include "base/sort.h"
#include "ocr/shapes.h"
#include "ocr/signs.h"
#include "ocr/strip.h"

#include <math.h>
#include <string.h>

#define FEW_GLYPHS 9      /* a stretch with fewer is short */
#define SURE_SHORT 0.90   /* mean confidence of a short stretch that needs no second look, when its glyphs are counted right */
#define SURE_WORD 0.75    /* least confidence of a word of a longer one */
#define COUNTED 0.25      /* what the right number of characters is worth, in confidence */
#define DOUBT 0.35        /* what confidence loses for each nat of doubt: at a chance of 6 % it is 0 */
#define LONE_GLYPHS 3     /* a stretch of no more is read in company, too */
#define COMPANY 12u       /* stretches in one line */
#define COMPANY_GAP 1.8   /* x-heights between them */
#define TOGETHER 64u      /* stretches read at once: more would cost memory only */

/* Margins in points: the first reading, then those in doubt. */
static const double MARGINS[] = { 1.8, 1.2, 2.9, 4.3 };
#define LONG_MARGINS 3 /* how many of them a longer stretch is worth */

static void
found_word_clear (void *item)
{
    g_free (((kh_found_word *) item)->text);
    g_free (((kh_found_word *) item)->others);
}

static void
strip_clear (void *item)
{
    g_free (((kh_strip *) item)->pixels);
    g_free (((kh_strip *) item)->chances);
}

/* Part of a line, and the best reading of it so far. */
typedef struct stretch {
    kh_text_line line; /* its blobs are the stretch's own */
    int number;        /* of the line */
    guint glyphs;      /* that stand apart */
    GArray *words;     /* of kh_found_word; NULL before the first reading */
    double worth;      /* of that reading */
    gboolean settled;  /* no other is needed */
} stretch;

static void
stretch_clear (void *item)
{
    stretch *s = item;
    g_array_unref (s->line.blobs);
    g_clear_pointer (&s->words, g_array_unref);
}

/* ------------------------------------------------------------------ from steps to pixels */

/* Where two words part: the middle of the widest gap in the ink between the last character of one and the first of the next. */
static int
parting (const kh_reading *r, const kh_text_line *line, double from, double to)
{
    double widest = 0, where = (from + to) / 2;
    int right = G_MININT;
    for (guint i = 0; i < line->blobs->len; i++) { /* left to right */
        kh_span box = kh_blob_at (r->blobs, g_array_index (line->blobs, guint, i))->box;
        double start = MAX (right, from), end = MIN (box.x0, to);
        if (i > 0 && end - start > widest) {
            widest = end - start;
            where = (right + box.x0) / 2.0;
        }
        right = MAX (right, box.x1);
    }
    return (int) lround (where);
}

static GArray *
found_words_new (void)
{
    GArray *words = g_array_new (FALSE, FALSE, sizeof (kh_found_word));
    g_array_set_clear_func (words, found_word_clear);
    return words;
}

static void
add_found (GArray *words, const kh_decoded_word *word, kh_span at)
{
    double confidence = 1 + DOUBT * log (MAX (word->chance, 1e-6));
    kh_found_word found = { g_strdup (word->text), g_strdup (word->others), at, (float) CLAMP (confidence, 0, 1) };
    g_array_append_val (words, found);
}

/* The words of a strip whose image stood at `at`. */
static GArray *
found_words (const kh_reading *r, const kh_text_line *line, const kh_strip *strip, kh_span at)
{
    g_autoptr (GArray) decoded = kh_decode (r->decoder, strip);
    GArray *words = found_words_new ();
    double step = (double) (at.x1 - at.x0) * r->model->reduction / strip->width;
    for (guint i = 0; i < decoded->len; i++) {
        const kh_decoded_word *word = &g_array_index (decoded, kh_decoded_word, i), *next = word + 1;
        add_found (words, word, at);
        kh_found_word *found = &g_array_index (words, kh_found_word, i);
        if (i > 0)
            found->box.x0 = found[-1].box.x1;
        if (i + 1 < decoded->len)
            found->box.x1 = parting (r, line, at.x0 + (word->last + 0.5) * step, at.x0 + (next->first + 0.5) * step);
    }
    return words;
}

/* ------------------------------------------------------------------ doubt */

static guint
count_characters (const GArray *words)
{
    guint n = 0;
    for (guint i = 0; i < words->len; i++)
        n += (guint) g_utf8_strlen (g_array_index (words, kh_found_word, i).text, -1);
    return n;
}

static double
mean_confidence (const GArray *words)
{
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < words->len; i++) {
        const kh_found_word *word = &g_array_index (words, kh_found_word, i);
        guint length = (guint) g_utf8_strlen (word->text, -1);
        sum += word->confidence * length;
        n += length;
    }
    return n > 0 ? sum / n : 0;
}

static double
least_confidence (const GArray *words)
{
    double least = words->len > 0 ? 1 : 0;
    for (guint i = 0; i < words->len; i++)
        least = MIN (least, g_array_index (words, kh_found_word, i).confidence);
    return least;
}

/* Keeps the words when they are the best reading of the stretch so far; takes them over. */
static void
weigh (stretch *s, GArray *words)
{
    gboolean is_short = s->glyphs < FEW_GLYPHS, counted = is_short && count_characters (words) == s->glyphs;
    double sure = mean_confidence (words), worth = sure + (counted ? COUNTED : 0);
    s->settled = is_short ? counted && sure >= SURE_SHORT : least_confidence (words) >= SURE_WORD;
    if (s->words != NULL && worth <= s->worth) {
        g_array_unref (words);
        return;
    }
    g_clear_pointer (&s->words, g_array_unref);
    s->words = words;
    s->worth = worth;
}

/* A list of kh_strip that frees what is in them. */
static GArray *
strips_new (void)
{
    GArray *strips = g_array_new (FALSE, TRUE, sizeof (kh_strip));
    g_array_set_clear_func (strips, strip_clear);
    return strips;
}

/* Reads some stretches with a margin in points. */
static void
read_together (const kh_reading *r, stretch **some, guint n, double margin)
{
    g_autoptr (GArray) strips = strips_new ();
    g_autofree kh_span *at = g_new0 (kh_span, n);
    for (guint i = 0; i < n; i++) {
        g_autoptr (kh_pixels) image = kh_text_line_image (&some[i]->line, r->pixels, r->blobs, (int) lround (margin / r->points), &at[i]);
        kh_strip strip = { 0 };
        if (image != NULL)
            strip = kh_strip_make (image, r->model->height);
        g_array_append_val (strips, strip);
    }
    kh_network_run (r->model, strips);
    for (guint i = 0; i < n; i++) {
        const kh_strip *strip = &g_array_index (strips, kh_strip, i);
        weigh (some[i], found_words (r, &some[i]->line, strip, at[i]));
    }
}

/* ------------------------------------------------------------------ in company */

/* Where a stretch stands in the image of a line made of several: its own image, and the column it begins at. */
typedef struct place {
    kh_pixels *image;
    kh_span at;   /* on the page */
    int up;       /* from the baseline to the image's upper edge */
    int from, to; /* columns of the line */
} place;

/* The images side by side on one baseline; `places` are filled in. */
static kh_pixels *
line_up (const kh_reading *r, stretch **some, guint n, place *places)
{
    int width = 0, above = 1, below = 1, gap = MAX ((int) lround (COMPANY_GAP * r->x_height), 1);
    for (guint i = 0; i < n; i++) {
        const kh_text_line *line = &some[i]->line;
        place *p = &places[i];
        p->image = kh_text_line_image (line, r->pixels, r->blobs, (int) lround (MARGINS[0] / r->points), &p->at);
        p->from = p->to = width;
        if (p->image == NULL)
            continue;
        p->up = (int) lround (kh_text_line_baseline (line, p->at.x0)) - p->at.y0;
        p->to = width + p->image->width;
        above = MAX (above, p->up);
        below = MAX (below, p->image->height - p->up);
        width = p->to + gap;
    }
    kh_pixels *all = kh_pixels_new (MAX (width, 1), above + below, 1, r->pixels->dpi);
    for (guint i = 0; i < n; i++)
        for (int y = 0; places[i].image != NULL && y < places[i].image->height; y++) {
            int to = y + above - places[i].up;
            if (to >= 0 && to < all->height)
                memcpy (all->data + all->stride * to + places[i].from, places[i].image->data + places[i].image->stride * y,
                        (gsize) places[i].image->width);
        }
    return all;
}

static void
read_in_company (const kh_reading *r, stretch **some, guint n)
{
    place places[COMPANY] = { { 0 } };
    g_autoptr (kh_pixels) line = line_up (r, some, n, places);
    g_autoptr (GArray) strips = strips_new ();
    kh_strip made = kh_strip_make (line, r->model->height);
    g_array_append_val (strips, made);
    kh_network_run (r->model, strips);
    const kh_strip *strip = &g_array_index (strips, kh_strip, 0);
    g_autoptr (GArray) decoded = kh_decode (r->decoder, strip);
    double step = (double) line->width * r->model->reduction / strip->width;
    for (guint i = 0; i < n; i++) {
        GArray *words = found_words_new ();
        for (guint k = 0; k < decoded->len; k++) {
            const kh_decoded_word *word = &g_array_index (decoded, kh_decoded_word, k);
            double middle = (word->first + word->last + 1) / 2.0 * step;
            if (middle >= places[i].from && middle < places[i].to)
                add_found (words, word, places[i].at);
        }
        if (words->len == 1 && !some[i]->settled)
            weigh (some[i], words);
        else
            g_array_unref (words);
        kh_pixels_free (places[i].image);
    }
}

/* ------------------------------------------------------------------ all stretches */

static void
read_lone (const kh_reading *r, GArray *stretches)
{
    stretch *some[COMPANY];
    guint n = 0;
    for (guint i = 0; i < stretches->len; i++) {
        stretch *s = &g_array_index (stretches, stretch, i);
        if (s->glyphs <= LONE_GLYPHS)
            some[n++] = s;
        if (n == COMPANY || (n > 1 && i + 1 == stretches->len)) {
            read_in_company (r, some, n);
            n = 0;
        }
    }
}

static void
read_stretches (const kh_reading *r, GArray *stretches)
{
    for (guint m = 0; m < G_N_ELEMENTS (MARGINS); m++) {
        stretch *some[TOGETHER];
        guint n = 0;
        for (guint i = 0; i < stretches->len; i++) {
            stretch *s = &g_array_index (stretches, stretch, i);
            if (!s->settled && (m < LONG_MARGINS || s->glyphs < FEW_GLYPHS))
                some[n++] = s;
            if (n == TOGETHER || (n > 0 && i + 1 == stretches->len)) {
                read_together (r, some, n, MARGINS[m]);
                n = 0;
            }
        }
        if (m == 0)
            read_lone (r, stretches);
    }
}

/* ------------------------------------------------------------------ words */

/* The box of the line's blobs whose middle is within from..to; `otherwise` when there are none. */
static kh_span
blobs_between (const kh_reading *r, const kh_text_line *line, int from, int to, kh_span otherwise)
{
    g_autoptr (GArray) ink = kh_text_line_ink (line, r->blobs, from, to);
    kh_span box = ink->len > 0 ? g_array_index (ink, kh_span, 0) : otherwise;
    for (guint i = 1; i < ink->len; i++)
        box = kh_span_union (box, g_array_index (ink, kh_span, i));
    return box;
}

/* Makes two words of one that begins with ≤ or ≥ and a space. */
static void
part_bound (const kh_reading *r, const kh_text_line *line, GArray *words, guint i)
{
    kh_found_word *word = &g_array_index (words, kh_found_word, i);
    int end = kh_signs_bound_end (r, line, word);
    if (end == 0)
        return;
    const char *rest = g_utf8_next_char (word->text);
    kh_found_word sign = { g_strndup (word->text, (gsize) (rest - word->text)), NULL, word->box, word->confidence };
    sign.box.x1 = word->box.x0 = end;
    kh_found_word_set (word, g_strdup (rest));
    g_array_insert_val (words, i, sign);
}

/* Mends what was read by what the ink measures; specks go. */
static void
mend_words (const kh_reading *r, const kh_text_line *line, GArray *words)
{
    for (guint i = 0; i < words->len; i++) {
        kh_found_word *word = &g_array_index (words, kh_found_word, i);
        word->box = blobs_between (r, line, word->box.x0, word->box.x1, word->box);
        kh_shapes_mend (r, line, word);
        kh_signs_mend (r, line, word);
        if (kh_signs_is_speck (r, line, word))
            g_array_remove_index (words, i--);
        else
            part_bound (r, line, words, i);
    }
}

/* Commas that were read as words end the words before them. */
static void
join_signs (kh_reading *r)
{
    for (guint i = 1; i < r->page->words->len; i++) {
        kh_word *before = kh_page_word (r->page, i - 1);
        const kh_word *word = kh_page_word (r->page, i);
        if (!kh_signs_end_word (before, word))
            continue;
        before->text = before->read = kh_pool_printf (r->pool, "%s%s", before->text, word->text);
        before->box = kh_box_union (before->box, word->box);
        g_array_remove_index (r->page->words, i--);
    }
}

/* Appends the words of a stretch to the page. */
static void
take_words (kh_reading *r, const stretch *s)
{
    mend_words (r, &s->line, s->words);
    for (guint i = 0; i < s->words->len; i++) {
        kh_found_word *word = &g_array_index (s->words, kh_found_word, i);
        kh_span box = word->box;
        kh_word facts = {
            .box = { box.x0 * r->points, box.y0 * r->points, box.x1 * r->points, box.y1 * r->points },
            .confidence = word->confidence,
            .line = s->number,
            .others = word->others,
        };
        kh_page_add_word (r->pool, r->page, word->text, facts);
    }
}

/* The x-height of the line that most letters of the page stand in, or its like: the median over letters. */
static double
usual_x_height (const GArray *lines)
{
    g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint l = 0; l < lines->len; l++) {
        const kh_text_line *line = &g_array_index (lines, kh_text_line, l);
        for (guint i = 0; i < line->blobs->len; i++)
            g_array_append_val (heights, line->x_height);
    }
    g_array_sort (heights, kh_compare_doubles);
    return heights->len > 0 ? g_array_index (heights, double, heights->len / 2) : 0;
}

void
kh_reading_lines (kh_reading *r, const GArray *lines)
{
    r->x_height = usual_x_height (lines);
    g_autoptr (GArray) stretches = g_array_new (FALSE, TRUE, sizeof (stretch));
    g_array_set_clear_func (stretches, stretch_clear);
    for (guint l = 0; l < lines->len; l++) {
        const kh_text_line *line = &g_array_index (lines, kh_text_line, l);
        for (guint start = 0, end; start < line->blobs->len; start = end) {
            end = kh_text_line_stretch_end (line, r->blobs, start);
            stretch s = { .line = *line, .number = (int) l };
            s.line.blobs = g_array_new (FALSE, FALSE, sizeof (guint));
            g_array_append_vals (s.line.blobs, &g_array_index (line->blobs, guint, start), end - start);
            g_autoptr (GArray) ink = kh_text_line_ink (&s.line, r->blobs, G_MININT, G_MAXINT), glyphs = kh_ink_glyphs (ink);
            s.glyphs = glyphs->len;
            g_array_append_val (stretches, s);
        }
    }
    read_stretches (r, stretches);
    for (guint i = 0; i < stretches->len; i++)
        take_words (r, &g_array_index (stretches, stretch, i));
    join_signs (r);
}
