/* Drawn "for printing": on screen Poppler moves strokes to whole pixels and shrinks images before it hands them over.
 *
 * A stroked segment is a ruling line when it is level or upright, a filled shape when it is thin, and an image, too (old
 * printer drivers draw lines as stretched dots). Straight pieces of a path that also has curves are likely those of letters (bold
 * made by stroking the outline, text turned into drawings) unless they are long. White on white is not seen, but white
 * on a shaded table head divides cells as well as black does.
 */
#include "source/drawing.h"

#include "source/script.h"
#include "source/strokes.h"

#include <cairo-script.h>
#include <math.h>

#define LONGEST_SIDE 2000.0 /* pixels of the surface: one a point up to there */
#define WHITE 0.96
#define LETTER 30.0         /* points: no straight piece of a letter is longer */
#define MAX_SHADES 512
#define MAX_IMAGES 4096
#define SCRIPT_SCALE 0.25   /* glyphs that Cairo has to draw into a script are small then; lines are good to 1/64 point */
#define HIDDEN_SHARE 0.25   /* of the page covered by images inside groups: too large to be written into a script */
#define LAYER_SHARE 0.15    /* of the page that other images cover upon the main one to be layers of it */

typedef struct watcher {
    cairo_t *cairo;
    kh_drawing drawing;
    kh_strokes *strokes;
    kh_box sheet;
    double scale;     /* pixels a point */
    GArray *shades;   /* of kh_box: filled areas that are not white */
    GArray *images;   /* of kh_box */
    double main_area;
    kh_box main;
} watcher;

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

/* From user space to points of the page. */
static kh_affine
to_points (const watcher *w)
{
    cairo_matrix_t m;
    cairo_get_matrix (w->cairo, &m);
    double s = 1 / w->scale;
    return (kh_affine){ m.xx * s, m.xy * s, m.x0 * s, m.yx * s, m.yy * s, m.y0 * s };
}

/* The box around what the clip lets through, in points. */
static kh_box
clip_of (const watcher *w)
{
    kh_box box;
    kh_affine points = to_points (w);
    cairo_clip_extents (w->cairo, &box.x0, &box.y0, &box.x1, &box.y1);
    return common (kh_affine_box (&points, box), w->sheet);
}

/* 0 black .. 1 white; see-through colours as if laid on white, gradients and patterns as grey. */
static double
lightness (const watcher *w)
{
    double red, green, blue, alpha;
    if (cairo_pattern_get_rgba (cairo_get_source (w->cairo), &red, &green, &blue, &alpha) != CAIRO_STATUS_SUCCESS)
        return 0.5;
    return 1 - CLAMP (alpha, 0, 1) * (1 - CLAMP (0.3 * red + 0.59 * green + 0.11 * blue, 0, 1));
}

static gboolean
is_seen (const watcher *w, kh_box box, double light)
{
    if (light < WHITE)
        return TRUE;
    for (guint i = 0; i < w->shades->len; i++)
        if (kh_box_holds_center (g_array_index (w->shades, kh_box, i), box))
            return TRUE;
    return FALSE;
}

/* A filled shape, cut at the clip; `outline`: its path has curves. */
static void
add_fill (watcher *w, kh_box box, gboolean curved, gboolean outline, double light)
{
    double longer = MAX (kh_box_width (box), kh_box_height (box)), thinner = MIN (kh_box_width (box), kh_box_height (box));
    if (box.x0 > box.x1 || box.y0 > box.y1 || !is_seen (w, box, light))
        return;
    w->drawing.n_shapes++;
    if (!curved && thinner <= KH_STROKE_THICKNESS && (!outline || longer >= LETTER))
        kh_strokes_add (w->strokes, box);
    else if (!curved && thinner > KH_STROKE_THICKNESS && light < WHITE && w->shades->len < MAX_SHADES)
        g_array_append_val (w->shades, box);
}

/* One piece of a stroke. */
typedef struct segment {
    double x0, y0, x1, y1, pen;
    gboolean curved, outline; /* itself; its path anywhere */
} segment;

static void
add_segment (watcher *w, segment s, kh_box clip, double light)
{
    kh_box box = { MIN (s.x0, s.x1), MIN (s.y0, s.y1), MAX (s.x0, s.x1), MAX (s.y0, s.y1) };
    double width = kh_box_width (box), height = kh_box_height (box);
    if (width >= height) {
        box.y0 -= s.pen / 2;
        box.y1 += s.pen / 2;
    }
    if (height >= width) {
        box.x0 -= s.pen / 2;
        box.x1 += s.pen / 2;
    }
    box = common (box, clip);
    if (box.x0 > box.x1 || box.y0 > box.y1 || !is_seen (w, box, light))
        return;
    w->drawing.n_shapes++;
    gboolean straight = !s.curved && MIN (width, height) <= 0.01 * MAX (width, height);
    if (straight && s.pen <= KH_STROKE_THICKNESS && (!s.outline || MAX (width, height) >= LETTER))
        kh_strokes_add (w->strokes, box);
}

/* The points of one element of a path, in points of the page. */
static int
points_of (const cairo_path_data_t *data, const kh_affine *m, double *x, double *y)
{
    static const int counts[] = { [CAIRO_PATH_MOVE_TO] = 1, [CAIRO_PATH_LINE_TO] = 1, [CAIRO_PATH_CURVE_TO] = 3, [CAIRO_PATH_CLOSE_PATH] = 0 };
    int n = counts[data->header.type];
    for (int i = 0; i < n; i++) {
        double px = data[i + 1].point.x, py = data[i + 1].point.y;
        x[i] = m->xx * px + m->xy * py + m->x0;
        y[i] = m->yx * px + m->yy * py + m->y0;
    }
    return n;
}

static gboolean
has_curves (const cairo_path_t *path)
{
    for (int i = 0; i < path->num_data; i += MAX (path->data[i].header.length, 1))
        if (path->data[i].header.type == CAIRO_PATH_CURVE_TO)
            return TRUE;
    return FALSE;
}

typedef struct subpath {
    kh_box box;
    int n_points;
    gboolean curved;
} subpath;

static void
end_subpath (watcher *w, const subpath *sub, kh_box clip, gboolean outline, double light)
{
    if (sub->n_points >= 2)
        add_fill (w, common (sub->box, clip), sub->curved, outline, light);
}

static void
on_fill (cairo_surface_t *surface, cairo_surface_t *target, void *user_data)
{
    (void) surface;
    (void) target;
    watcher *w = user_data;
    kh_affine m = to_points (w);
    kh_box clip = clip_of (w);
    double light = lightness (w), x[3], y[3];
    subpath sub = { 0 };
    cairo_path_t *path = cairo_copy_path (w->cairo);
    gboolean outline = has_curves (path);
    for (int i = 0; i < path->num_data; i += MAX (path->data[i].header.length, 1)) {
        int n = points_of (&path->data[i], &m, x, y);
        if (path->data[i].header.type == CAIRO_PATH_MOVE_TO) {
            end_subpath (w, &sub, clip, outline, light);
            sub = (subpath){ { x[0], y[0], x[0], y[0] }, 0, FALSE };
        }
        sub.curved |= n > 1;
        sub.n_points += n;
        for (int k = 0; k < n; k++)
            sub.box = (kh_box){ MIN (sub.box.x0, x[k]), MIN (sub.box.y0, y[k]), MAX (sub.box.x1, x[k]), MAX (sub.box.y1, y[k]) };
    }
    end_subpath (w, &sub, clip, outline, light);
    cairo_path_destroy (path);
}

static void
on_stroke (cairo_surface_t *surface, cairo_surface_t *target, void *user_data)
{
    (void) surface;
    (void) target;
    watcher *w = user_data;
    kh_affine m = to_points (w);
    kh_box clip = clip_of (w);
    double light = lightness (w), pen = cairo_get_line_width (w->cairo) * sqrt (fabs (m.xx * m.yy - m.xy * m.yx));
    double start_x = 0, start_y = 0, at_x = 0, at_y = 0, x[3], y[3];
    cairo_path_t *path = cairo_copy_path (w->cairo);
    gboolean outline = has_curves (path);
    for (int i = 0; i < path->num_data; i += MAX (path->data[i].header.length, 1)) {
        int n = points_of (&path->data[i], &m, x, y);
        if (n == 0) { /* back to the start */
            x[0] = start_x;
            y[0] = start_y;
            n = 1;
        }
        if (path->data[i].header.type == CAIRO_PATH_MOVE_TO) {
            start_x = x[0];
            start_y = y[0];
        } else {
            add_segment (w, (segment){ at_x, at_y, x[n - 1], y[n - 1], pen, n > 1, outline }, clip, light);
        }
        at_x = x[n - 1];
        at_y = y[n - 1];
    }
    cairo_path_destroy (path);
}

static kh_affine
affine_of (const cairo_matrix_t *m)
{
    return (kh_affine){ m->xx, m->xy, m->x0, m->yx, m->yy, m->y0 };
}

static void
take_image (watcher *w, kh_box place)
{
    kh_box seen = common (place, clip_of (w));
    w->drawing.n_images++;
    if (!kh_box_is_empty (seen) && MIN (kh_box_width (seen), kh_box_height (seen)) <= KH_STROKE_THICKNESS)
        kh_strokes_add (w->strokes, seen);
    if (w->images->len < MAX_IMAGES)
        g_array_append_val (w->images, seen);
}

/* Remembers the image when it is the largest so far. `image` may be NULL: a stencil, or one that shows what is below. */
static void
take_main (watcher *w, kh_box place, int width, int height, kh_affine pixels_to_points, cairo_surface_t *image)
{
    double area = area_of (common (place, clip_of (w)));
    if (area <= w->main_area)
        return;
    kh_drawing *d = &w->drawing;
    if (d->image != NULL)
        cairo_surface_destroy (d->image);
    d->image = image != NULL ? cairo_surface_reference (image) : NULL;
    d->image_width = width;
    d->image_height = height;
    d->place = pixels_to_points;
    w->main_area = area;
    w->main = place;
}

/* What is painted as a whole: an image with its own pattern matrix, or a group. `masked`: through a stencil or soft mask. */
static void
on_picture (watcher *w, gboolean masked)
{
    cairo_pattern_t *source = cairo_get_source (w->cairo);
    cairo_surface_t *image = NULL;
    kh_affine points = to_points (w);
    if (cairo_pattern_get_surface (source, &image) != CAIRO_STATUS_SUCCESS) {
        kh_box unit = kh_affine_box (&points, (kh_box){ 0, 0, 1, 1 });
        if (!masked) { /* a shading; Cairo also paints what fills its whole surface */
            add_fill (w, clip_of (w), FALSE, FALSE, lightness (w));
        } else {
            take_image (w, unit);
            take_main (w, unit, 0, 0, KH_AFFINE_IDENTITY, NULL);
        }
        return;
    }
    int width = cairo_image_surface_get_width (image), height = cairo_image_surface_get_height (image);
    cairo_matrix_t m;
    cairo_pattern_get_matrix (source, &m);
    if (width <= 0 || height <= 0 || cairo_matrix_invert (&m) != CAIRO_STATUS_SUCCESS) {
        w->drawing.n_shapes++;
        w->drawing.n_groups++;
        return;
    }
    kh_affine from_pixels = affine_of (&m), place = kh_affine_then (&from_pixels, &points);
    kh_box box = kh_affine_box (&place, (kh_box){ 0, 0, width, height });
    gboolean opaque = !masked && cairo_image_surface_get_format (image) == CAIRO_FORMAT_RGB24;
    take_image (w, box);
    take_main (w, box, width, height, place, opaque ? image : NULL);
}

static void
on_paint (cairo_surface_t *surface, cairo_surface_t *target, void *user_data)
{
    (void) surface;
    (void) target;
    on_picture (user_data, FALSE);
}

static void
on_mask (cairo_surface_t *surface, cairo_surface_t *target, void *user_data)
{
    (void) surface;
    (void) target;
    on_picture (user_data, TRUE);
}

static void
on_glyphs (cairo_surface_t *surface, cairo_surface_t *target, void *user_data)
{
    (void) surface;
    (void) target;
    ((watcher *) user_data)->drawing.n_texts++;
}

static void
draw_watched (watcher *w, PopplerPage *poppler)
{
    int width = (int) ceil (w->sheet.x1 * w->scale), height = (int) ceil (w->sheet.y1 * w->scale);
    cairo_surface_t *small = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
    cairo_surface_t *watched = cairo_surface_create_observer (small, CAIRO_SURFACE_OBSERVER_NORMAL);
    w->cairo = cairo_create (watched);
    cairo_surface_observer_add_fill_callback (watched, on_fill, w);
    cairo_surface_observer_add_stroke_callback (watched, on_stroke, w);
    cairo_surface_observer_add_paint_callback (watched, on_paint, w);
    cairo_surface_observer_add_mask_callback (watched, on_mask, w);
    cairo_surface_observer_add_glyphs_callback (watched, on_glyphs, w);
    cairo_scale (w->cairo, w->scale, w->scale);
    poppler_page_render_for_printing (poppler, w->cairo);
    cairo_destroy (w->cairo);
    cairo_surface_destroy (watched);
    cairo_surface_destroy (small);
}

static void
measure_images (watcher *w)
{
    double total = 0, upon = -w->main_area, sheet = area_of (w->sheet);
    for (guint i = 0; i < w->images->len; i++) {
        kh_box image = g_array_index (w->images, kh_box, i);
        total += area_of (image);
        upon += area_of (common (image, w->main));
    }
    w->drawing.image_share = MIN (total / sheet, 1);
    w->drawing.layered = upon > LAYER_SHARE * sheet;
}

static gboolean
on_subpath (const kh_subpath *sub, gpointer user_data)
{
    watcher *w = user_data;
    double s = 1 / SCRIPT_SCALE;
    kh_box box = { sub->box.x0 * s, sub->box.y0 * s, sub->box.x1 * s, sub->box.y1 * s };
    if (sub->stroked)
        add_segment (w, (segment){ sub->x0 * s, sub->y0 * s, sub->x1 * s, sub->y1 * s, sub->pen * s, sub->curved, sub->outline }, w->sheet, sub->lightness);
    else
        add_fill (w, common (box, w->sheet), sub->curved, sub->outline, sub->lightness);
    return TRUE;
}

/* Poppler keeps a page's last group until its document goes, and Cairo has a last word to say then: what it writes to
 * lives as long as the device, the script does not. */
typedef struct sink {
    kh_script *script; /* NULL: nobody reads any more */
} sink;

static cairo_status_t
take_script (void *user_data, const unsigned char *data, unsigned int length)
{
    sink *to = user_data;
    return to->script == NULL || kh_script_feed (to->script, data, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Everything once more, groups and all. */
static void
draw_script (watcher *w, PopplerPage *poppler)
{
    static const cairo_user_data_key_t key;
    g_autoptr (kh_script) script = kh_script_new (on_subpath, w);
    sink *to = g_new0 (sink, 1);
    to->script = script;
    cairo_device_t *device = cairo_script_create_for_stream (take_script, to);
    cairo_device_set_user_data (device, &key, to, g_free);
    cairo_script_set_mode (device, CAIRO_SCRIPT_MODE_ASCII);
    cairo_surface_t *surface = cairo_script_surface_create (device, CAIRO_CONTENT_COLOR_ALPHA, -1, -1);
    cairo_t *cairo = cairo_create (surface);
    cairo_scale (cairo, SCRIPT_SCALE, SCRIPT_SCALE);
    poppler_page_render_for_printing (poppler, cairo);
    cairo_destroy (cairo);
    cairo_surface_destroy (surface);
    cairo_device_flush (device);
    to->script = NULL;
    cairo_device_destroy (device);
}

/* The share of the page under images, those in groups, too. Poppler misplaces turned images here, but knows their size. */
static double
share_by_size (PopplerPage *poppler, double sheet)
{
    double total = 0;
    GList *images = poppler_page_get_image_mapping (poppler);
    for (GList *l = images; l != NULL; l = l->next) {
        const PopplerRectangle *r = &((PopplerImageMapping *) l->data)->area;
        total += fabs ((r->x2 - r->x1) * (r->y2 - r->y1));
    }
    poppler_page_free_image_mapping (images);
    return MIN (total / sheet, 1);
}

static void
look_into_groups (watcher *w, PopplerPage *poppler)
{
    double share = share_by_size (poppler, area_of (w->sheet));
    if (share - w->drawing.image_share > HIDDEN_SHARE) {
        w->drawing.image_share = share;
        w->drawing.layered = TRUE;
        return;
    }
    kh_strokes_free (w->strokes);
    w->strokes = kh_strokes_new ();
    g_array_set_size (w->shades, 0);
    draw_script (w, poppler);
}

kh_drawing
kh_drawing_read (PopplerPage *poppler, kh_page *page)
{
    watcher w = { .sheet = { 0, 0, page->width, page->height } };
    w.scale = MIN (1, LONGEST_SIDE / MAX (page->width, page->height));
    w.strokes = kh_strokes_new ();
    w.shades = g_array_new (FALSE, FALSE, sizeof (kh_box));
    w.images = g_array_new (FALSE, FALSE, sizeof (kh_box));
    draw_watched (&w, poppler);
    measure_images (&w);
    gboolean blank = w.drawing.n_images == 0 && w.drawing.n_shapes == 0 && w.drawing.n_texts == 0;
    if (w.drawing.n_groups > 0)
        look_into_groups (&w, poppler);
    else if (blank) /* or its image is too large for Cairo; on screen it will be shrunk first */
        w.drawing.image_share = share_by_size (poppler, area_of (w.sheet));
    kh_strokes_finish (w.strokes, page);
    kh_strokes_free (w.strokes);
    g_array_unref (w.shades);
    g_array_unref (w.images);
    return w.drawing;
}

void
kh_drawing_clear (kh_drawing *drawing)
{
    if (drawing->image != NULL)
        cairo_surface_destroy (drawing->image);
    *drawing = (kh_drawing){ 0 };
}
