/* rows.c - see rows.h.
 *
 * 1. The usual height of a small letter is the median height of what may be letters.
 * 2. Two letters are linked when they stand side by side: same cell, a gap of a few letters at most, and they
 *    overlap in height by half. Marks and dots are left out: they find their line later (lines.h).
 * 3. What is linked is a row. Its baseline is fitted to the feet of its letters, those that hang below
 *    left out.
 * 4. A row of low blobs within reach of a row of true letters is that row's marks, or dirt: no row.
 */
#include "ocr/rows.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_INCH 0.035 /* height of what may be a letter, to begin with */
#define MOST_INCH 0.28
#define WIDEST_INCH 0.6  /* letters may touch */
#define USUAL_INCH 0.085 /* x-height of 13 pt, where a page has too little text to tell */
#define LOW 0.5          /* in x-heights: lower is a mark, or noise */
#define HIGH 2.8         /* higher is no letter */
#define WIDE 40.0        /* wider is no word whose letters touch */
#define GAP 3.0          /* between letters of a row */
#define SHARED 0.5       /* of the lower one's height */
#define REACH_UP 2.4     /* a row's marks stand within this over its baseline */
#define REACH_DOWN 0.7
#define MARK 0.75        /* of a row's letters: lower ones are its marks */
#define FEW_MARKS 2      /* marks as high as letters stand alone, over their letter ... */
#define ABOVE 0.75       /* ... by so much of a row's letters over its baseline */
#define FEET 0.4         /* quantile of the feet that is the baseline, to begin with */
#define SLOPED 8u        /* letters a row needs for a slope of its own */

typedef struct letter {
    kh_span box;
    guint16 cell;
    guint parent; /* union-find over the letters */
} letter;

static double
quantile (GArray *values, double share)
{
    g_array_sort (values, kh_compare_doubles);
    return g_array_index (values, double, (guint) ((values->len - 1) * share));
}

static double
usual_height (const kh_blobs *blobs, double dpi)
{
    g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < blobs->blobs->len; i++) {
        kh_span box = kh_blob_at (blobs, i)->box;
        double h = box.y1 - box.y0, w = box.x1 - box.x0;
        if (h >= dpi * LEAST_INCH && h <= dpi * MOST_INCH && w >= h * 0.2 && w <= dpi * WIDEST_INCH)
            g_array_append_val (heights, h);
    }
    return heights->len >= 20 ? quantile (heights, 0.5) : dpi * USUAL_INCH;
}

/* ------------------------------------------------------------------ linking */

static guint
find_root (GArray *letters, guint i)
{
    letter *all = (letter *) letters->data;
    while (all[i].parent != i)
        i = all[i].parent = all[all[i].parent].parent;
    return i;
}

static gboolean
side_by_side (const letter *a, const letter *b, double x)
{
    int shared = MIN (a->box.y1, b->box.y1) - MAX (a->box.y0, b->box.y0);
    int low = MIN (a->box.y1 - a->box.y0, b->box.y1 - b->box.y0);
    return a->cell == b->cell && shared >= SHARED * low && b->box.x0 - a->box.x1 <= GAP * x;
}

static int
compare_letters (const void *a, const void *b)
{
    const letter *l = a, *m = b;
    return l->box.x0 != m->box.x0 ? l->box.x0 - m->box.x0 : l->box.y0 - m->box.y0;
}

/* Links each letter with those to its right; `letters` are sorted by their left edges. Bands of one x-height keep
 * the search short. */
static void
link_letters (GArray *letters, double x)
{
    int band_height = MAX ((int) x, 1), n_bands = 1;
    for (guint i = 0; i < letters->len; i++)
        n_bands = MAX (n_bands, g_array_index (letters, letter, i).box.y1 / band_height + 1);
    g_autoptr (GPtrArray) bands = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
    for (int i = 0; i < n_bands; i++)
        g_ptr_array_add (bands, g_array_new (FALSE, FALSE, sizeof (guint)));
    for (guint i = 0; i < letters->len; i++) { /* from the left: whom it may be linked with has been seen */
        letter *me = &g_array_index (letters, letter, i);
        int first = me->box.y0 / band_height, last = (me->box.y1 - 1) / band_height;
        for (int b = first; b <= last; b++) {
            GArray *band = bands->pdata[b];
            for (guint k = band->len; k-- > 0;) {
                guint other = g_array_index (band, guint, k);
                const letter *left = &g_array_index (letters, letter, other);
                if (me->box.x0 - left->box.x0 > (GAP + WIDE) * x || band->len - k > 60)
                    break;
                if (!side_by_side (left, me, x))
                    continue;
                guint p = find_root (letters, other), q = find_root (letters, i);
                g_array_index (letters, letter, MAX (p, q)).parent = MIN (p, q);
                if (left->box.x1 <= me->box.x0)
                    break; /* beyond the nearest, they are linked already */
            }
        }
        for (int b = first; b <= last; b++)
            g_array_append_val ((GArray *) bands->pdata[b], i);
    }
}

/* ------------------------------------------------------------------ rows */

typedef struct row {
    GArray *members; /* of guint: letters */
    kh_span box;
    guint16 cell;
    double baseline, slope; /* at box.x0 */
    double height;          /* median of its letters */
    gboolean is_marks;
} row;

static void
row_clear (void *item)
{
    g_array_unref (((row *) item)->members);
}

/* Fits the baseline to the feet within `tolerance` of it. */
static void
refine_baseline (row *r, const GArray *letters, double tolerance, gboolean sloped)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (guint i = 0; i < r->members->len; i++) {
        kh_span box = g_array_index (letters, letter, g_array_index (r->members, guint, i)).box;
        double x = (box.x0 + box.x1) / 2.0 - r->box.x0, off = box.y1 - (r->baseline + r->slope * x);
        if (fabs (off) > tolerance)
            continue;
        n++, sx += x, sy += box.y1, sxx += x * x, sxy += x * box.y1;
    }
    double spread = sxx - sx * sx / MAX (n, 1);
    if (n < 2)
        return;
    r->slope = sloped && n >= SLOPED && spread > 0 ? CLAMP ((sxy - sx * sy / n) / spread, -0.03, 0.03) : 0;
    r->baseline = (sy - r->slope * sx) / n;
}

static void
measure_row (row *r, const GArray *letters, double x)
{
    g_autoptr (GArray) feet = g_array_new (FALSE, FALSE, sizeof (double)), heights = g_array_new (FALSE, FALSE, sizeof (double));
    r->box = (kh_span){ G_MAXINT, G_MAXINT, 0, 0 };
    for (guint i = 0; i < r->members->len; i++) {
        kh_span box = g_array_index (letters, letter, g_array_index (r->members, guint, i)).box;
        double foot = box.y1, height = box.y1 - box.y0;
        g_array_append_val (feet, foot);
        g_array_append_val (heights, height);
        r->box = kh_span_union (r->box, box);
    }
    r->height = quantile (heights, 0.5);
    r->baseline = quantile (feet, FEET);
    r->slope = 0;
    refine_baseline (r, letters, 0.6 * x, TRUE);
    refine_baseline (r, letters, 0.25 * x, TRUE);
}

static GArray *
collect_rows (GArray *letters, double x)
{
    GArray *rows = g_array_new (FALSE, TRUE, sizeof (row));
    g_array_set_clear_func (rows, row_clear);
    g_autofree guint *row_of = g_new (guint, letters->len + 1);
    for (guint i = 0; i < letters->len; i++) {
        guint root = find_root (letters, i);
        if (root == i) {
            row fresh = { .members = g_array_new (FALSE, FALSE, sizeof (guint)), .cell = g_array_index (letters, letter, i).cell };
            row_of[i] = rows->len;
            g_array_append_val (rows, fresh);
        }
        row_of[i] = row_of[root];
        g_array_append_val (g_array_index (rows, row, row_of[i]).members, i);
    }
    for (guint i = 0; i < rows->len; i++)
        measure_row (&g_array_index (rows, row, i), letters, x);
    return rows;
}

static int
compare_rows (const void *a, const void *b)
{
    const row *r = a, *s = b;
    if (r->cell != s->cell)
        return r->cell < s->cell ? -1 : 1;
    if (r->baseline != s->baseline)
        return r->baseline < s->baseline ? -1 : 1;
    return r->box.x0 - s->box.x0;
}

/* Is r nothing but marks over or under the letters of s? */
static gboolean
is_mark_row (const row *r, const row *s)
{
    double middle = (r->box.x0 + r->box.x1) / 2.0, base = s->baseline + s->slope * (middle - s->box.x0);
    gboolean low = r->height < MARK * s->height;
    gboolean tall = r->members->len <= FEW_MARKS && r->height <= s->height && r->box.y1 <= base - ABOVE * s->height; /* hat and hook: ẩ */
    return r->cell == s->cell && !s->is_marks && (low || tall) && s->members->len >= r->members->len
           && middle >= s->box.x0 - s->height && middle <= s->box.x1 + s->height && r->box.y0 >= base - REACH_UP * s->height
           && r->box.y1 <= base + REACH_DOWN * s->height;
}

static void
mark_rows (GArray *rows, double x)
{
    for (guint i = 0; i < rows->len; i++) {
        row *r = &g_array_index (rows, row, i);
        for (int step = -1; step <= 1; step += 2) { /* rows are sorted: those near are neighbours */
            for (guint k = i + (guint) step; k < rows->len && !r->is_marks; k += (guint) step) {
                const row *s = &g_array_index (rows, row, k);
                if (s->cell != r->cell || fabs (s->baseline - r->baseline) > REACH_UP * HIGH * x)
                    break;
                r->is_marks = is_mark_row (r, s);
            }
        }
    }
}

void
kh_text_rows_find (GArray *lines, const kh_blobs *blobs, const guint16 *cell_of, double dpi)
{
    double x = usual_height (blobs, dpi);
    g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (letter));
    for (guint i = 0; i < blobs->blobs->len; i++) {
        letter l = { kh_blob_at (blobs, i)->box, cell_of[i], 0 };
        double h = l.box.y1 - l.box.y0, w = l.box.x1 - l.box.x0;
        if (l.cell != KH_NO_CELL && h >= LOW * x && h <= HIGH * x && w <= WIDE * x)
            g_array_append_val (letters, l);
    }
    g_array_sort (letters, compare_letters);
    for (guint i = 0; i < letters->len; i++)
        g_array_index (letters, letter, i).parent = i;
    link_letters (letters, x);
    g_autoptr (GArray) rows = collect_rows (letters, x);
    g_array_sort (rows, compare_rows);
    mark_rows (rows, x);
    for (guint i = 0; i < rows->len; i++) {
        const row *r = &g_array_index (rows, row, i);
        if (r->is_marks)
            continue;
        kh_text_line line = kh_text_line_new (r->box, r->cell, r->baseline, r->slope);
        g_array_append_val (lines, line);
    }
}
