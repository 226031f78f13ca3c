/* A scanned page should reach the engine as the scanner saw it: drawing it at a resolution a hair away from its own blurs
 * every stroke. So the page is drawn at a scale at which its main image falls pixel on pixel:
 *
 *   - the image is the page: scale = pixels of the image / points of the page, each way;
 *   - it stands a little beside the page, as scanners that round page sizes do: Poppler tells its size in whole points only,
 *     so the scale is the round resolution next to it (300, 200 ...), and the page is shifted by the rest of a pixel;
 *   - finer than 330 dpi: a whole fraction of its resolution where that comes near 300, else 300.
 *
 * Pages in layers (mixed raster content: background, mask, ink) and pages drawn without images have no resolution of their
 * own and are drawn at 300 dpi.
 */
#include "source/raster.h"

#include "base/limits.h"

#include <math.h>
#include <stdlib.h>

#define DRAWN_DPI 300.0  /* without an image to go by; more is never drawn */
#define FINE_DPI 330.0   /* above, an image is drawn smaller than it is */
#define COARSE_DPI 100.0 /* below, text beside the image would suffer: drawn enlarged */
#define LEAST_DPI 150.0  /* to this at least */
#define PAGE_SHARE 0.5   /* of the page the main image covers to be the page */
#define LAYER_SHARE 0.15 /* of the page other images cover upon the main one to be layers of it */

static double
area_of (kh_box box)
{
    return kh_box_is_empty (box) ? 0 : kh_box_width (box) * kh_box_height (box);
}

static kh_box
common (kh_box a, kh_box b)
{
    return (kh_box){ MAX (a.x0, b.x0), MAX (a.y0, b.y0), MIN (a.x1, b.x1), MIN (a.y1, b.y1) };
}

static kh_box
box_of (const PopplerRectangle *r)
{
    return (kh_box){ MIN (r->x1, r->x2), MIN (r->y1, r->y2), MAX (r->x1, r->x2), MAX (r->y1, r->y2) };
}

kh_raster_look
kh_raster_look_at (PopplerPage *page, double width, double height)
{
    kh_raster_look look = { .main_id = -1 };
    kh_box sheet = { 0, 0, width, height };
    double total = 0, largest = 0, upon = 0;
    GList *images = poppler_page_get_image_mapping (page);
    for (GList *l = images; l != NULL; l = l->next) {
        const PopplerImageMapping *image = l->data;
        double area = area_of (common (box_of (&image->area), sheet));
        look.n_images++;
        total += area;
        if (area > largest) {
            largest = area;
            look.main = box_of (&image->area);
            look.main_id = image->image_id;
        }
    }
    for (GList *l = images; l != NULL; l = l->next) {
        const PopplerImageMapping *image = l->data;
        if (image->image_id != look.main_id)
            upon += area_of (common (common (box_of (&image->area), look.main), sheet));
    }
    poppler_page_free_image_mapping (images);
    look.share = MIN (total / (width * height), 1);
    look.layered = upon > LAYER_SHARE * width * height;
    return look;
}

gboolean
kh_raster_main_size (PopplerPage *page, const kh_raster_look *look, int *width, int *height)
{
    *width = *height = 0;
    if (look->main_id < 0)
        return FALSE;
    cairo_surface_t *image = poppler_page_get_image (page, look->main_id);
    if (image == NULL)
        return FALSE;
    if (cairo_surface_status (image) == CAIRO_STATUS_SUCCESS && cairo_surface_get_type (image) == CAIRO_SURFACE_TYPE_IMAGE) {
        *width = cairo_image_surface_get_width (image);
        *height = cairo_image_surface_get_height (image);
    }
    cairo_surface_destroy (image);
    return *width > 0 && *height > 0;
}

/* The round resolution that `dpi` may stand for, given that the side it was taken from is `side` points, give or take one. */
static double
round_dpi (double dpi, double side)
{
    static const int usual[] = { 72, 75, 96, 100, 120, 144, 150, 200, 240, 250, 300, 400, 600, 1200 };
    for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
        if (fabs (dpi - usual[i]) <= usual[i] / MAX (side, 1))
            return usual[i];
    return dpi;
}

static double
phase (double x)
{
    return round (x) - x;
}

static kh_raster_plan
plan_for_image (const kh_raster_look *look, double width, double height, double image_width, double image_height)
{
    kh_box main = look->main;
    double main_width = MAX (kh_box_width (main), 1), main_height = MAX (kh_box_height (main), 1);
    if (fabs (log (main_width / main_height * image_height / image_width))
        > fabs (log (main_width / main_height * image_width / image_height))) { /* it stands turned on the page */
        double side = image_width;
        image_width = image_height;
        image_height = side;
    }
    gboolean fits = fabs (main.x0) < 0.05 && fabs (main.y0) < 0.05 && fabs (main.x1 - width) < 0.6 && fabs (main.y1 - height) < 0.6;
    if (fits)
        return (kh_raster_plan){ image_width / width, image_height / height, 0, 0 };
    double scale_x = round_dpi (image_width * 72 / main_width, main_width) / 72;
    double scale_y = round_dpi (image_height * 72 / main_height, main_height) / 72;
    if (main_height < 0.5 * height) /* one of several strips: too low to measure */
        scale_y = scale_x;
    return (kh_raster_plan){ scale_x, scale_y, phase (main.x0 * scale_x), phase (main.y0 * scale_y) };
}

static kh_raster_plan
plan_even (double dpi)
{
    return (kh_raster_plan){ dpi / 72, dpi / 72, 0, 0 };
}

kh_raster_plan
kh_raster_plan_for (const kh_raster_look *look, double width, double height, int image_width, int image_height)
{
    kh_raster_plan plan = plan_even (DRAWN_DPI);
    gboolean is_page = look->share >= PAGE_SHARE && !look->layered && image_width > 0 && image_height > 0;
    if (is_page) {
        plan = plan_for_image (look, width, height, image_width, image_height);
        if (fabs (log (plan.scale_x / plan.scale_y)) > 0.03) /* fax: finer one way than the other */
            plan = plan_even (72 * MAX (plan.scale_x, plan.scale_y));
        double dpi = 72 * plan.scale_x, part = MAX (round (dpi / DRAWN_DPI), 1);
        if (dpi > FINE_DPI && fabs (dpi / part - DRAWN_DPI) > 0.1 * DRAWN_DPI)
            plan = plan_even (DRAWN_DPI);
        else if (dpi > FINE_DPI)
            plan = (kh_raster_plan){ plan.scale_x / part, plan.scale_y / part, plan.shift_x / part, plan.shift_y / part };
        else if (dpi < COARSE_DPI) {
            double times = ceil (LEAST_DPI / MAX (dpi, 1));
            plan = (kh_raster_plan){ plan.scale_x * times, plan.scale_y * times, 0, 0 };
        }
    }
    double pixels = width * plan.scale_x * height * plan.scale_y;
    if (pixels > 0.99 * KH_LIMIT_PAGE_PIXELS)
        plan = plan_even (72 * sqrt (0.99 * KH_LIMIT_PAGE_PIXELS / (width * height)));
    return plan;
}

/* Some pixels in 5000 far from grey: a stamp, a signature, a coloured head. Noise of colour cameras is weaker. */
static gboolean
has_colour (const guint8 *data, int width, int height, int stride)
{
    gint64 coloured = 0;
    for (int y = 0; y < height; y++) {
        const guint32 *row = (const guint32 *) (const void *) (data + (gsize) y * stride);
        for (int x = 0; x < width; x++) {
            int red = (row[x] >> 16) & 0xFF, green = (row[x] >> 8) & 0xFF, blue = row[x] & 0xFF;
            coloured += MAX (MAX (abs (red - green), abs (green - blue)), abs (red - blue)) > 40;
        }
    }
    return coloured * 5000 > (gint64) width * height;
}

static kh_pixels *
pixels_from (cairo_surface_t *surface, double dpi)
{
    int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
    int stride = cairo_image_surface_get_stride (surface);
    const guint8 *data = cairo_image_surface_get_data (surface);
    int channels = has_colour (data, width, height, stride) ? 3 : 1;
    kh_pixels *pixels = kh_pixels_new (width, height, channels, dpi);
    for (int y = 0; y < height; y++) {
        const guint32 *row = (const guint32 *) (const void *) (data + (gsize) y * stride);
        guint8 *out = pixels->data + y * pixels->stride;
        for (int x = 0; x < width; x++) {
            guint red = (row[x] >> 16) & 0xFF, green = (row[x] >> 8) & 0xFF, blue = row[x] & 0xFF;
            if (channels == 1) {
                out[x] = (guint8) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
            } else {
                *out++ = (guint8) red;
                *out++ = (guint8) green;
                *out++ = (guint8) blue;
            }
        }
    }
    return pixels;
}

kh_pixels *
kh_raster_draw (PopplerPage *page, double width, double height, kh_raster_plan plan)
{
    int pixel_width = (int) MAX (round (width * plan.scale_x), 1), pixel_height = (int) MAX (round (height * plan.scale_y), 1);
    kh_pixels *pixels = NULL;
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, pixel_width, pixel_height);
    cairo_t *cairo = cairo_create (surface);
    cairo_set_source_rgb (cairo, 1, 1, 1);
    cairo_paint (cairo);
    cairo_translate (cairo, plan.shift_x, plan.shift_y);
    cairo_scale (cairo, plan.scale_x, plan.scale_y);
    poppler_page_render (page, cairo);
    cairo_destroy (cairo);
    cairo_surface_flush (surface);
    if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
        pixels = pixels_from (surface, 72 * plan.scale_x);
    cairo_surface_destroy (surface);
    return pixels;
}
