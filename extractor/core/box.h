/* box.h - places on a page.
 *
 * One coordinate system everywhere after source/: PDF points (1/72 inch),
 * origin at the top left of the page as a reader sees it (after /Rotate),
 * x to the right, y down.
 */
#ifndef KH_CORE_BOX_H
#define KH_CORE_BOX_H

#include <glib.h>

typedef struct kh_box {
    double x0, y0, x1, y1; /* x0 <= x1, y0 <= y1; all 0 when empty */
} kh_box;

static inline double kh_box_width (kh_box b) { return b.x1 - b.x0; }
static inline double kh_box_height (kh_box b) { return b.y1 - b.y0; }
static inline double kh_box_center_x (kh_box b) { return (b.x0 + b.x1) / 2; }
static inline double kh_box_center_y (kh_box b) { return (b.y0 + b.y1) / 2; }
static inline gboolean kh_box_is_empty (kh_box b) { return b.x1 <= b.x0 || b.y1 <= b.y0; }

/* The smallest box around both; an empty one counts as nothing. */
kh_box kh_box_union (kh_box a, kh_box b);

/* How far two boxes share an interval of x (or y), in points; negative: the gap between them. */
static inline double kh_box_overlap_x (kh_box a, kh_box b) { return MIN (a.x1, b.x1) - MAX (a.x0, b.x0); }
static inline double kh_box_overlap_y (kh_box a, kh_box b) { return MIN (a.y1, b.y1) - MAX (a.y0, b.y0); }

/* Is the centre of `inner` within `outer`? */
gboolean kh_box_holds_center (kh_box outer, kh_box inner);

/* x' = xx x + xy y + x0,  y' = yx x + yy y + y0 */
typedef struct kh_affine {
    double xx, xy, x0, yx, yy, y0;
} kh_affine;

extern const kh_affine KH_AFFINE_IDENTITY;

/* The smallest upright box around the transformed corners. */
kh_box kh_affine_box (const kh_affine *m, kh_box b);

/* `second` after `first`. */
kh_affine kh_affine_then (const kh_affine *first, const kh_affine *second);

/* The way back; the identity when there is none. */
kh_affine kh_affine_inverse (const kh_affine *m);

#endif
