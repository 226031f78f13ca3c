/* A scanned page should reach the engine as the scanner saw it; drawing it at a resolution a hair away from its own blurs
 * every stroke. So, from the best case down:
 *
 *   1. the page is one image and nothing else: its pixels, turned as the page shows them;
 *   2. an image makes up the page, and there is more (stamped text, strips of a scan): the page is drawn at a scale and with a
 *      shift at which that image falls pixel on pixel;
 *   3. layers (mixed raster content: background, mask, ink), or no image of weight: drawn at 300 dpi.
 *
 * An image finer than 330 dpi is drawn at a whole fraction of its resolution where that comes near 300, else at 300.
 */
#include "source/raster.h"

#include "base/limits.h"

#include <math.h>
#include <stdlib.h>

#define DRAWN_DPI 300.0  /* without an image to go by; more is never drawn */
#define FINE_DPI 330.0   /* above, an image is drawn smaller than it is */
#define COARSE_DPI 100.0 /* below, text beside the image would suffer: drawn enlarged */
#define LEAST_DPI 150.0  /* to this at least */
#define IMAGE_DPI 50.0   /* an image alone is taken as it is from here on: scan.c enlarges it better */
#define PAGE_SHARE 0.5   /* of the page that images cover to be the page */
#define WHOLE_SHARE 0.96 /* of the page and of the main image that must be common for the image to be the page */
#define UNEVEN 0.03      /* difference between the resolutions across and down that is still the same */

/* How a page is drawn: pixel = point * scale + shift. */
typedef struct plan {
    double scale_x, scale_y; /* pixels a point */
    double shift_x, shift_y; /* pixels, less than 1 */
} plan;

/* How the main image stands. */
typedef struct stand {
    gboolean straight;      /* by quarter turns, mirrored or not */
    gboolean sideways;      /* its rows run down the page */
    double scale_x, scale_y; /* its pixels a point, across and down the page */
    kh_box box;
} stand;

static stand
stand_of (const kh_drawing *d)
{
    const kh_affine *m = &d->place;
    double straight = hypot (m->xx, m->yy), turned = hypot (m->xy, m->yx);
    stand s = { .sideways = turned > straight, .box = kh_affine_box (m, (kh_box){ 0, 0, d->image_width, d->image_height }) };
    s.straight = MIN (straight, turned) < 0.0005 * MAX (straight, turned);
    s.scale_x = 1 / MAX (fabs (s.sideways ? m->xy : m->xx), 1e-6);
    s.scale_y = 1 / MAX (fabs (s.sideways ? m->yx : m->yy), 1e-6);
    return s;
}

static plan
plan_even (double dpi)
{
    return (plan){ dpi / 72, dpi / 72, 0, 0 };
}

static double
phase (double x)
{
    return round (x) - x;
}

static plan
plan_for_image (const stand *s)
{
    plan p = { s->scale_x, s->scale_y, phase (s->box.x0 * s->scale_x), phase (s->box.y0 * s->scale_y) };
    if (fabs (log (p.scale_x / p.scale_y)) > UNEVEN) /* fax: finer one way than the other */
        p = plan_even (72 * MAX (p.scale_x, p.scale_y));
    double dpi = 72 * p.scale_x, part = MAX (round (dpi / DRAWN_DPI), 1);
    if (dpi > FINE_DPI) {
        if (fabs (dpi / part - DRAWN_DPI) > 0.1 * DRAWN_DPI)
            return plan_even (DRAWN_DPI);
        return (plan){ p.scale_x / part, p.scale_y / part, p.shift_x / part, p.shift_y / part };
    }
    if (dpi < COARSE_DPI) {
        double times = ceil (LEAST_DPI / MAX (dpi, 1));
        return (plan){ p.scale_x * times, p.scale_y * times, 0, 0 };
    }
    return p;
}

static gboolean
has_page_image (const kh_drawing *d)
{
    return d->image_share >= PAGE_SHARE && !d->layered && d->image_width > 0;
}

static plan
plan_for (const kh_drawing *d, double width, double height)
{
    plan p = plan_even (DRAWN_DPI);
    stand s = stand_of (d);
    if (has_page_image (d) && s.straight)
        p = plan_for_image (&s);
    if (width * p.scale_x * height * p.scale_y > 0.99 * KH_LIMIT_PAGE_PIXELS)
        p = plan_even (72 * sqrt (0.99 * KH_LIMIT_PAGE_PIXELS / (width * height)));
    return p;
}

/* Case 1. */
static gboolean
is_the_page (const kh_drawing *d, const stand *s, double width, double height)
{
    if (d->image == NULL || d->n_images != 1 || d->n_shapes != 0 || d->n_texts != 0 || !s->straight)
        return FALSE;
    kh_box sheet = { 0, 0, width, height };
    double both = MAX (kh_box_overlap_x (s->box, sheet), 0) * MAX (kh_box_overlap_y (s->box, sheet), 0);
    double larger = MAX (width * height, kh_box_width (s->box) * kh_box_height (s->box));
    double dpi = 72 * s->scale_x;
    return both >= WHOLE_SHARE * larger && dpi >= IMAGE_DPI && dpi <= FINE_DPI && fabs (log (s->scale_x / s->scale_y)) <= UNEVEN
           && (double) d->image_width * d->image_height <= KH_LIMIT_PAGE_PIXELS;
}

/* Cairo's pixels: 0x00RRGGBB in the machine's order. */
typedef struct samples {
    const guint8 *data;
    int width, height, stride;
} samples;

static samples
samples_of (cairo_surface_t *surface)
{
    return (samples){ cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
                      cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface) };
}

static const guint32 *
row_of (const samples *s, int y)
{
    return (const guint32 *) (const void *) (s->data + (gsize) y * s->stride);
}

/* One pixel in 5000 far from grey: a stamp, a signature, a coloured head. The noise of colour scanners is weaker. A third
 * of the rows is looked at. */
static gboolean
has_colour (const samples *s)
{
    gint64 coloured = 0;
    for (int y = 0; y < s->height; y += 3) {
        const guint32 *row = row_of (s, y);
        int n = 0;
        for (int x = 0; x < s->width; x++) {
            int red = (row[x] >> 16) & 0xFF, green = (row[x] >> 8) & 0xFF, blue = row[x] & 0xFF;
            n += MAX (MAX (red, green), blue) - MIN (MIN (red, green), blue) > 40;
        }
        coloured += n;
    }
    return coloured * 3 * 5000 > (gint64) s->width * s->height;
}

static inline guint8
grey_of (guint32 pixel)
{
    guint red = (pixel >> 16) & 0xFF, green = (pixel >> 8) & 0xFF, blue = pixel & 0xFF;
    return (guint8) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
}

static void
put_row (guint8 *out, const guint32 *row, int n, int channels)
{
    if (channels == 1)
        for (int x = 0; x < n; x++)
            out[x] = grey_of (row[x]);
    else
        for (int x = 0; x < n; x++) {
            out[3 * x] = (guint8) (row[x] >> 16);
            out[3 * x + 1] = (guint8) (row[x] >> 8);
            out[3 * x + 2] = (guint8) row[x];
        }
}

/* The samples, rows and columns changed over when `sideways`, then read from the far end when `back_*`. */
static kh_pixels *
pixels_from (cairo_surface_t *surface, double dpi, gboolean sideways, gboolean back_x, gboolean back_y)
{
    samples s = samples_of (surface);
    if (s.data == NULL || s.width <= 0 || s.height <= 0)
        return NULL;
    int width = sideways ? s.height : s.width, height = sideways ? s.width : s.height, channels = has_colour (&s) ? 3 : 1;
    kh_pixels *pixels = kh_pixels_new (width, height, channels, dpi);
    g_autofree guint32 *turned = g_new (guint32, width);
    for (int y = 0; y < height; y++) {
        int from_y = back_y ? height - 1 - y : y;
        const guint32 *row = sideways ? turned : row_of (&s, from_y);
        if (sideways || back_x) {
            for (int x = 0; x < width; x++) {
                int from_x = back_x ? width - 1 - x : x;
                turned[x] = sideways ? row_of (&s, from_x)[from_y] : row_of (&s, from_y)[from_x];
            }
            row = turned;
        }
        put_row (pixels->data + (gsize) y * pixels->stride, row, width, channels);
    }
    return pixels;
}

static kh_pixels *
take_image (const kh_drawing *d, const stand *s, kh_affine *to_page)
{
    const kh_affine *m = &d->place;
    *to_page = (kh_affine){ 1, 0, s->box.x0, 0, s->scale_x / s->scale_y, s->box.y0 };
    return pixels_from (d->image, 72 * s->scale_x, s->sideways, (s->sideways ? m->xy : m->xx) < 0, (s->sideways ? m->yx : m->yy) < 0);
}

static kh_pixels *
draw_page (PopplerPage *poppler, plan p, double width, double height, kh_affine *to_page)
{
    int pixel_width = (int) MAX (round (width * p.scale_x), 1), pixel_height = (int) MAX (round (height * p.scale_y), 1);
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixel_width, pixel_height);
    cairo_t *cairo = cairo_create (surface);
    cairo_set_source_rgb (cairo, 1, 1, 1);
    cairo_paint (cairo);
    cairo_translate (cairo, p.shift_x, p.shift_y);
    cairo_scale (cairo, p.scale_x, p.scale_y);
    poppler_page_render (poppler, cairo);
    cairo_destroy (cairo);
    cairo_surface_flush (surface);
    kh_pixels *pixels = pixels_from (surface, 72 * p.scale_x, FALSE, FALSE, FALSE);
    cairo_surface_destroy (surface);
    *to_page = (kh_affine){ 1, 0, -p.shift_x / p.scale_x, 0, p.scale_x / p.scale_y, -p.shift_y / p.scale_y };
    return pixels;
}

kh_pixels *
kh_raster_make (PopplerPage *poppler, const kh_drawing *drawing, double width, double height, kh_affine *to_page)
{
    stand s = stand_of (drawing);
    if (is_the_page (drawing, &s, width, height))
        return take_image (drawing, &s, to_page);
    return draw_page (poppler, plan_for (drawing, width, height), width, height, to_page);
}

kh_pixels *
kh_raster_draw (PopplerPage *poppler, double width, double height, double dpi)
{
    kh_affine unused;
    return draw_page (poppler, plan_even (dpi), width, height, &unused);
}
