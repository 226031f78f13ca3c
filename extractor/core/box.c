#include "core/box.h"

const kh_affine KH_AFFINE_IDENTITY = { 1, 0, 0, 0, 1, 0 };

kh_box
kh_box_union (kh_box a, kh_box b)
{
    if (kh_box_is_empty (a))
        return b;
    if (kh_box_is_empty (b))
        return a;
    return (kh_box){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

gboolean
kh_box_holds_center (kh_box outer, kh_box inner)
{
    double x = kh_box_center_x (inner), y = kh_box_center_y (inner);
    return x >= outer.x0 && x <= outer.x1 && y >= outer.y0 && y <= outer.y1;
}

kh_box
kh_affine_box (const kh_affine *m, kh_box b)
{
    const double xs[] = { b.x0, b.x1, b.x0, b.x1 }, ys[] = { b.y0, b.y0, b.y1, b.y1 };
    kh_box out = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
    for (int i = 0; i < 4; i++) {
        double x = m->xx * xs[i] + m->xy * ys[i] + m->x0;
        double y = m->yx * xs[i] + m->yy * ys[i] + m->y0;
        out.x0 = MIN (out.x0, x);
        out.y0 = MIN (out.y0, y);
        out.x1 = MAX (out.x1, x);
        out.y1 = MAX (out.y1, y);
    }
    return out;
}

kh_affine
kh_affine_then (const kh_affine *first, const kh_affine *second)
{
    return (kh_affine){
        second->xx * first->xx + second->xy * first->yx,
        second->xx * first->xy + second->xy * first->yy,
        second->xx * first->x0 + second->xy * first->y0 + second->x0,
        second->yx * first->xx + second->yy * first->yx,
        second->yx * first->xy + second->yy * first->yy,
        second->yx * first->x0 + second->yy * first->y0 + second->y0,
    };
}

kh_affine
kh_affine_inverse (const kh_affine *m)
{
    double d = m->xx * m->yy - m->xy * m->yx;
    if (d == 0)
        return KH_AFFINE_IDENTITY;
    kh_affine back = { m->yy / d, -m->xy / d, 0, -m->yx / d, m->xx / d, 0 };
    back.x0 = -(back.xx * m->x0 + back.xy * m->y0);
    back.y0 = -(back.yx * m->x0 + back.yy * m->y0);
    return back;
}
