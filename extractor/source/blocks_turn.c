/* blocks_turn.c - a block is turned in its place. See blocks.h.
 *
 * The new page is stacked of three strips: what is above the block, the block, what is beside or below. When nothing is beside
 * it, the rows it stood in are left out. The cut goes through rows without ink, so that no line of text is cut in two.
 */
#include "source/blocks.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

#define MARGIN_INCH 0.5 /* left and right of the turned block */
#define GAP_INCH 0.1    /* above and below it */
#define INK 200         /* darker is no paper */

typedef struct plan {
    int x0, y0, x1, y1; /* the block, pixels */
    int turn;
    int cut, go_on;    /* rows of the old page: first one below the turned block; from here on they are kept */
    int shift;         /* how far the old page moves to the right */
    int left, top;     /* upper left corner of the turned block */
    int rest;          /* row of the new page where row `go_on` is */
    int width, height; /* of the new page */
} plan;

/* Is there ink in the row, outside of the block? */
static gboolean
has_ink (const kh_pixels *pixels, const plan *p, int y)
{
    const guint8 *row = pixels->data + pixels->stride * y;
    for (int x = 0; x < pixels->width; x++)
        if (row[x] < INK && (x < p->x0 || x >= p->x1 || y < p->y0 || y >= p->y1))
            return TRUE;
    return FALSE;
}

static plan
make_plan (const kh_pixels *pixels, kh_box block, int turn)
{
    plan p = { MAX ((int)block.x0, 0),
               MAX ((int)block.y0, 0),
               MIN ((int)block.x1, pixels->width),
               MIN ((int)block.y1, pixels->height),
               turn,
               0,
               0,
               0,
               0,
               0,
               0,
               0,
               0 };
    gboolean beside = FALSE;
    for (int y = p.y0; y < p.y1 && !beside; y++)
        beside = has_ink (pixels, &p, y);
    p.cut = p.y0;
    while (p.cut > 0 && has_ink (pixels, &p, p.cut))
        p.cut--;
    p.go_on = beside ? p.cut : p.y1;
    int gap = (int)(GAP_INCH * pixels->dpi), margin = (int)(MARGIN_INCH * pixels->dpi);
    p.width = MAX (pixels->width, p.y1 - p.y0 + 2 * margin);
    p.shift = (p.width - pixels->width) / 2;
    p.left = (p.width - (p.y1 - p.y0)) / 2;
    p.top = p.cut + gap;
    p.rest = p.top + (p.x1 - p.x0) + gap;
    p.height = p.rest + pixels->height - p.go_on;
    return p;
}

/* Pixels of the new page to those of the old, where the block is. */
static kh_affine
turned_to_old (const plan *p)
{
    if (p->turn == 90)
        return (kh_affine){ 0, 1, p->x0 - p->top, -1, 0, p->y1 + p->left };
    return (kh_affine){ 0, -1, p->x1 + p->top, 1, 0, p->y0 - p->left };
}

static void
copy_block (const kh_pixels *from, kh_pixels *to, const plan *p)
{
    g_autoptr (kh_pixels) block = kh_pixels_cut (from, p->x0, p->y0, p->x1 - p->x0, p->y1 - p->y0);
    g_autoptr (kh_pixels) turned = kh_pixels_turn (block, p->turn);
    for (int y = 0; y < turned->height; y++)
        memcpy (to->data + to->stride * (p->top + y) + p->left, turned->data + turned->stride * y, turned->stride);
}

/* Copies rows of the old page, without the block. */
static void
copy_rows (const kh_pixels *from, int first, int last, kh_pixels *to, int at, const plan *p)
{
    for (int y = first; y < last; y++) {
        guint8 *row = to->data + to->stride * (at + y - first) + p->shift;
        memcpy (row, from->data + from->stride * y, from->width);
        if (y >= p->y0 && y < p->y1)
            memset (row + p->x0, 255, p->x1 - p->x0);
    }
}

/* The same in points. */
static kh_affine
in_points (kh_affine m, double dpi)
{
    m.x0 *= 72 / dpi;
    m.y0 *= 72 / dpi;
    return m;
}

static kh_box
box_in_points (int x0, int y0, int x1, int y1, double dpi)
{
    return (kh_box){ x0 * 72 / dpi, y0 * 72 / dpi, x1 * 72 / dpi, y1 * 72 / dpi };
}

kh_pixels *
kh_blocks_turn (const kh_pixels *pixels, const kh_pixels *clean, kh_page *page, kh_box block, int turn)
{
    plan p = make_plan (clean, block, turn);
    if ((guint64)p.width * p.height > KH_LIMIT_PAGE_PIXELS || p.x0 >= p.x1 || p.y0 >= p.y1)
        return NULL;
    double dpi = pixels->dpi;
    kh_pixels *out = kh_pixels_new (p.width, p.height, 1, dpi);
    copy_rows (pixels, 0, p.cut, out, 0, &p);
    copy_block (pixels, out, &p);
    copy_rows (pixels, p.go_on, pixels->height, out, p.rest, &p);

    kh_affine turned = in_points (turned_to_old (&p), dpi);
    kh_affine above = in_points ((kh_affine){ 1, 0, -p.shift, 0, 1, 0 }, dpi);
    kh_affine below = in_points ((kh_affine){ 1, 0, -p.shift, 0, 1, p.go_on - p.rest }, dpi);
    kh_box block_box = box_in_points (p.left, p.top, p.left + p.y1 - p.y0, p.rest, dpi),
           rest_box = box_in_points (0, p.rest, p.width, p.height, dpi);
    kh_page_add_region (page, (kh_region){ block_box, turn, kh_affine_then (&turned, &page->to_page) });
    kh_page_add_region (page, (kh_region){ rest_box, 0, kh_affine_then (&below, &page->to_page) });
    page->to_page = kh_affine_then (&above, &page->to_page);
    page->frame_width = p.width * 72 / dpi;
    page->frame_height = p.height * 72 / dpi;
    return out;
}
