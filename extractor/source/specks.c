/* specks.c - dots that are no writing are made white. See bits.h.
 *
 * A full stop, the dot of an i or under a vowel is about as large as a stroke is wide. So
 *   - a blob clearly smaller than that, whatever stands beside it, is a speck;
 *   - a blob of that size is a speck when nothing larger stands near it.
 */
#include "source/bits.h"

#define SMALL 0.62       /* of a stroke: both sides below it, and it is a speck */
#define DOT 1.9          /* of a stroke: a blob up to this may be a dot of writing */
#define LONELY_INCH 0.13 /* no writing this near: it is not */

/* Does ink other than the blob's own box lie within `reach` of it? Looks at a coarse map, one bit for 4 x 4 pixels with
 * larger blobs only. */
static gboolean
has_company (PIX *writing, int x, int y, int w, int h, int reach)
{
    for (int j = (y - reach) / 4; j <= (y + h + reach) / 4; j++)
        for (int i = (x - reach) / 4; i <= (x + w + reach) / 4; i++)
            if (kh_bits_at (writing, i, j))
                return TRUE;
    return FALSE;
}

void
kh_bits_clear_specks (PIX *bits, kh_pixels *grey)
{
    double stroke = kh_bits_stroke (bits);
    g_autoptr (BOXA) boxes = stroke > 0 ? pixConnCompBB (bits, 8) : NULL;
    if (boxes == NULL)
        return;
    int small = (int) (stroke * SMALL), dot = (int) (stroke * DOT + 0.5), reach = (int) (grey->dpi * LONELY_INCH);
    g_autoptr (PIX) writing = pixCreate (grey->width / 4 + 1, grey->height / 4 + 1, 1);
    int n = boxaGetCount (boxes);
    l_int32 x, y, w, h;
    for (int i = 0; i < n; i++) {
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        if (w > dot || h > dot)
            pixRasterop (writing, x / 4, y / 4, w / 4 + 1, h / 4 + 1, PIX_SET, NULL, 0, 0);
    }
    for (int i = 0; i < n; i++) {
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        gboolean is_small = w <= small && h <= small;
        gboolean is_dot = w <= dot && h <= dot;
        if (is_small || (is_dot && !has_company (writing, x, y, w, h, reach)))
            kh_bits_erase (bits, grey, x - 1, y - 1, w + 2, h + 2);
    }
}
