/* The page is drawn onto a cairo script surface and the strokes and fills are read off the script (script.h):
 *
 *   - "for printing", because on screen Poppler moves strokes to whole pixels;
 *   - at a quarter of the size: glyphs that Poppler has to draw are small then, and coordinates, which the script
 *     keeps to 1/256, are still good to 1/64 point.
 *
 * A stroked segment is a line when it is level or upright; a filled shape when it is thin. White on white is not seen,
 * but white on a shaded table head divides cells as well as black does.
 */
#include "source/paths.h"

#include "source/script.h"
#include "source/strokes.h"

#include <cairo-script.h>
#include <math.h>

#define SCALE 0.25
#define WHITE 0.96
#define MAX_SHADES 512

typedef struct drawing {
    kh_strokes *strokes;
    kh_box page;
    GArray *shades; /* of kh_box: filled areas that are not white */
    guint n_shapes;
} drawing;

static gboolean
is_seen (const drawing *d, const kh_subpath *subpath, kh_box box)
{
    if (subpath->lightness < WHITE)
        return TRUE;
    for (guint i = 0; i < d->shades->len; i++)
        if (kh_box_holds_center (g_array_index (d->shades, kh_box, i), box))
            return TRUE;
    return FALSE;
}

static gboolean
take_subpath (const kh_subpath *subpath, gpointer user_data)
{
    drawing *d = user_data;
    kh_box box = { subpath->box.x0 / SCALE, subpath->box.y0 / SCALE, subpath->box.x1 / SCALE, subpath->box.y1 / SCALE };
    gboolean thin;
    if (subpath->stroked) {
        double half = MAX (subpath->pen / SCALE, 0) / 2;
        double dx = fabs (subpath->x1 - subpath->x0), dy = fabs (subpath->y1 - subpath->y0);
        thin = !subpath->curved && MIN (dx, dy) <= 0.01 * MAX (dx, dy) && 2 * half <= KH_STROKE_THICKNESS;
        if (dx >= dy) {
            box.y0 -= half;
            box.y1 += half;
        } else {
            box.x0 -= half;
            box.x1 += half;
        }
    } else {
        thin = !subpath->curved && MIN (kh_box_width (box), kh_box_height (box)) <= KH_STROKE_THICKNESS;
    }
    box = (kh_box){ MAX (box.x0, d->page.x0), MAX (box.y0, d->page.y0), MIN (box.x1, d->page.x1), MIN (box.y1, d->page.y1) };
    if (box.x1 < box.x0 || box.y1 < box.y0)
        return TRUE;
    if (!is_seen (d, subpath, box))
        return TRUE;
    d->n_shapes++;
    if (thin)
        return kh_strokes_add (d->strokes, box);
    if (!subpath->stroked && !subpath->curved && subpath->lightness < WHITE && d->shades->len < MAX_SHADES)
        g_array_append_val (d->shades, box);
    return TRUE;
}

static cairo_status_t
take_script (void *script, const unsigned char *data, unsigned int length)
{
    return kh_script_feed (script, data, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

guint
kh_paths_read (PopplerPage *poppler, kh_page *page)
{
    g_autoptr (kh_strokes) strokes = kh_strokes_new ();
    drawing d = { .strokes = strokes, .page = { 0, 0, page->width, page->height } };
    d.shades = g_array_new (FALSE, FALSE, sizeof (kh_box));
    g_autoptr (kh_script) script = kh_script_new (take_subpath, &d);

    cairo_device_t *device = cairo_script_create_for_stream (take_script, script);
    cairo_script_set_mode (device, CAIRO_SCRIPT_MODE_ASCII);
    cairo_surface_t *surface = cairo_script_surface_create (device, CAIRO_CONTENT_COLOR_ALPHA, -1, -1);
    cairo_t *cairo = cairo_create (surface);
    cairo_scale (cairo, SCALE, SCALE);
    poppler_page_render_for_printing (poppler, cairo);
    cairo_destroy (cairo);
    cairo_surface_destroy (surface);
    cairo_device_finish (device);
    cairo_device_destroy (device);

    kh_strokes_finish (strokes, page);
    g_array_unref (d.shades);
    return d.n_shapes;
}
