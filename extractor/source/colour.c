/* colour.c - see colour.h.
 *
 * Patches are squares of half a millimetre: small enough that lines of text do not hang together, large enough to bridge
 * the gaps in a worn stamp. A stamp and the name it is put upon meet in some patches; those do not count, but ink is taken
 * out of all pixels within a mark's box.
 */
#include "source/colour.h"

#include "base/limits.h"
#include "source/bits.h"

#include <math.h>
#include <string.h>

#define PATCH_MM 0.5
#define TINT_PERCENT 70   /* the percentile of a channel that is the paper's */
#define COLOURED 36       /* by how much one channel of ink stands out against both others */
#define DARK 100          /* a pixel without a channel as light as this is black */
#define PATCH_SHARE 0.12  /* of a patch's pixels are coloured, and no more of them black */
#define PALE_FROM 140     /* lightness from which on a colour is lifted: highlighter, tinted cells, */
#define PALE_FULL 180     /* and from which on wholly */
#define MOST_DARKENING 1.5f

/* Shapes, millimetres and shares. */
#define STAMP_LEAST 13.0    /* its smaller side: more than two lines of text that touch */
#define STAMP_MOST 75.0     /* its longer side */
#define STAMP_CLOSED 0.55   /* of its box lies within its outline */
#define OUTLINE_GAP 3.0
#define SIGNED_LEAST 5.0    /* the smaller side of a signature */
#define SIGNED_LONG 12.0    /* its longer side is more than this, */
#define SIGNED_MOST 130.0   /* and less */
#define SIGNED_SHARE 0.35   /* of its box is ink: letters have more */
#define SOLID_SHARE 0.75    /* of the box is ink: a picture, a shaded field */
#define PIECE_LEAST 2.0     /* from corner to corner, of what a stamp has cut off a signature */
#define PIECE_THICK 2.0     /* its ink, spread evenly from corner to corner: words have more */
#define APART 5.0           /* between pieces of one mark */
#define BESIDE_MM 0.7       /* an ink's soft edge around a mark's box */

typedef enum ink { RED, BLUE, N_INKS } ink;

/* A mark as it is found: its box in patches, its ink. */
typedef struct find {
    int x0, y0, x1, y1; /* past the end */
    ink ink;
    kh_mark_kind kind;
    float darkening; /* how much the ink darkens its own channel, for each step it is darker in the others */
} find;

typedef struct sheet {
    const kh_pixels *image;
    guint8 level[3][256]; /* a channel as if the paper were white */
    int patch;            /* pixels a side */
    int columns, rows;    /* of patches */
    double mm;            /* of a patch */
} sheet;

/* A pixel against the paper: its lightest channel, how dark it looks, and how far red (or blue) stands out. */
typedef struct sight {
    int lightest, luminance, red, blue;
} sight;

static inline sight
see (const sheet *s, const guint8 *rgb)
{
    int r = s->level[0][rgb[0]], g = s->level[1][rgb[1]], b = s->level[2][rgb[2]];
    return (sight){ MAX (MAX (r, g), b), (r * 77 + g * 151 + b * 28) >> 8, r - MAX (g, b), b - MAX (r, g) };
}

/* The paper's own colour, so that yellowed paper is no ink: only the tint is taken out, not its shades. */
static void
measure_tint (sheet *s)
{
    guint32 histogram[3][256] = { { 0 } }, total = 0;
    const kh_pixels *image = s->image;
    for (int y = 0; y < image->height; y += 8) {
        const guint8 *row = image->data + image->stride * y;
        for (int x = 0; x < image->width; x += 3, total++)
            for (int c = 0; c < 3; c++)
                histogram[c][row[3 * x + c]]++;
    }
    int paper[3], lightest = 1;
    for (int c = 0; c < 3; c++) {
        guint32 below = 0;
        for (paper[c] = 0; paper[c] < 255; paper[c]++)
            if ((below += histogram[c][paper[c]]) > (guint64) total * TINT_PERCENT / 100)
                break;
        lightest = MAX (lightest, paper[c]);
    }
    for (int c = 0; c < 3; c++) {
        int from = MAX (paper[c], lightest / 2); /* a page in one colour all over is no paper */
        for (int i = 0; i < 256; i++)
            s->level[c][i] = (guint8) MIN (i * lightest / MAX (from, 1), 255);
    }
}

/* ------------------------------------------------------------------ finding */

/* The patches that are mostly of one ink, as set bits. */
static void
find_patches (const sheet *s, PIX *patches[N_INKS])
{
    const kh_pixels *image = s->image;
    g_autofree guint16 *counts = g_new (guint16, 3 * (gsize) s->columns); /* red, blue, black */
    for (int r = 0; r < s->rows; r++) {
        memset (counts, 0, 3 * sizeof *counts * s->columns);
        for (int y = r * s->patch; y < MIN ((r + 1) * s->patch, image->height); y++) {
            const guint8 *row = image->data + image->stride * y;
            for (int c = 0, x = 0; c < s->columns; c++) {
                guint16 red = 0, blue = 0, black = 0;
                for (int end = MIN (x + s->patch, image->width); x < end; x++) {
                    sight p = see (s, row + 3 * x);
                    red += p.red >= COLOURED;
                    blue += p.blue >= COLOURED;
                    black += p.lightest < DARK && MAX (p.red, p.blue) < COLOURED;
                }
                counts[3 * c] += red;
                counts[3 * c + 1] += blue;
                counts[3 * c + 2] += black;
            }
        }
        int least = MAX ((int) (PATCH_SHARE * s->patch * s->patch), 1);
        for (int c = 0; c < s->columns; c++)
            for (int k = 0; k < N_INKS; k++)
                if (counts[3 * c + k] >= least && counts[3 * c + k] > counts[3 * c + 2])
                    SET_DATA_BIT (pixGetData (patches[k]) + (gsize) r * pixGetWpl (patches[k]), c);
    }
}

/* The share of a blob's box that lies within its outline, which writing under it may have broken. */
static double
closed_share (PIX *blob, double mm)
{
    int gap = (int) (OUTLINE_GAP / mm) | 1;
    l_int32 whole = 0, holes = 0;
    g_autoptr (PIX) framed = pixAddBorder (blob, 1, 0);
    g_autoptr (PIX) outline = framed != NULL ? pixCloseSafeBrick (NULL, framed, gap, gap) : NULL;
    g_autoptr (PIX) enclosed = outline != NULL ? pixHolesByFilling (outline, 4) : NULL;
    if (enclosed == NULL)
        return 0;
    pixCountPixels (outline, &whole, NULL);
    pixCountPixels (enclosed, &holes, NULL);
    return (double) (whole + holes) / pixGetWidth (blob) / pixGetHeight (blob);
}

/* Is a blob of patches a mark, and of what kind? Offices stamp in red and nobody signs in it; in blue there are both, and
 * a stamp has an outline. */
static gboolean
judge_blob (PIX *blob, double mm, ink of, kh_mark_kind *kind)
{
    double w = pixGetWidth (blob) * mm, h = pixGetHeight (blob) * mm, smaller = MIN (w, h), longer = MAX (w, h);
    l_int32 own = 0;
    pixCountPixels (blob, &own, NULL);
    double share = own * mm * mm / (w * h);
    if (smaller >= STAMP_LEAST && longer <= STAMP_MOST && share <= SOLID_SHARE && (of == RED || closed_share (blob, mm) >= STAMP_CLOSED))
        *kind = KH_MARK_STAMP;
    else
        *kind = KH_MARK_SIGNATURE;
    return *kind == KH_MARK_STAMP
           || (smaller >= SIGNED_LEAST && longer >= SIGNED_LONG && longer <= SIGNED_MOST && share <= SIGNED_SHARE);
}

static gboolean
boxes_meet (const find *f, const find *g, int reach)
{
    return f->x0 < g->x1 + reach && g->x0 < f->x1 + reach && f->y0 < g->y1 + reach && g->y0 < f->y1 + reach;
}

/* A stroke of the pen upon a stamp found before. */
static gboolean
is_piece (PIX *blob, double mm, const find *f, const GArray *finds)
{
    double across = hypot (pixGetWidth (blob), pixGetHeight (blob)) * mm;
    l_int32 own = 0;
    pixCountPixels (blob, &own, NULL);
    if (across < PIECE_LEAST || across > SIGNED_MOST || own * mm * mm > PIECE_THICK * across)
        return FALSE;
    for (guint i = 0; i < finds->len; i++) {
        const find *stamp = &g_array_index (finds, find, i);
        if (stamp->ink != f->ink && stamp->kind == KH_MARK_STAMP && boxes_meet (stamp, f, 0))
            return TRUE;
    }
    return FALSE;
}

static void
find_marks (PIX *patches, const sheet *s, ink of, GArray *finds)
{
    PIXA *blobs = NULL;
    g_autoptr (BOXA) boxes = pixConnComp (patches, &blobs, 8);
    for (int i = 0; boxes != NULL && i < boxaGetCount (boxes) && finds->len < KH_LIMIT_PAGE_MARKS; i++) {
        g_autoptr (PIX) blob = pixaGetPix (blobs, i, L_CLONE);
        l_int32 x, y, w, h;
        boxaGetBoxGeometry (boxes, i, &x, &y, &w, &h);
        find f = { x, y, x + w, y + h, of, KH_MARK_SIGNATURE, 0 };
        if (judge_blob (blob, s->mm, of, &f.kind) || is_piece (blob, s->mm, &f, finds))
            g_array_append_val (finds, f);
    }
    pixaDestroy (&blobs);
}

/* Two marks of one ink that (nearly) meet are pieces of one: a ring that a signature cuts in two, its inner ring, its letters;
 * a signature that a ring cuts. FALSE when there are no such two. */
static gboolean
join_two (GArray *finds, int reach)
{
    for (guint i = 0; i < finds->len; i++) {
        find *f = &g_array_index (finds, find, i);
        for (guint k = i + 1; k < finds->len; k++) {
            const find *g = &g_array_index (finds, find, k);
            gboolean two_stamps = f->kind == KH_MARK_STAMP && g->kind == KH_MARK_STAMP;
            if (f->ink != g->ink || !boxes_meet (f, g, two_stamps ? 0 : reach))
                continue;
            *f = (find){ MIN (f->x0, g->x0), MIN (f->y0, g->y0), MAX (f->x1, g->x1), MAX (f->y1, g->y1),
                         f->ink, MIN (f->kind, g->kind), 0 }; /* a stamp where one is */
            g_array_remove_index (finds, k);
            return TRUE;
        }
    }
    return FALSE;
}

/* ------------------------------------------------------------------ taking ink out */

static inline int
colour_of (sight p, ink of)
{
    return of == RED ? p.red : p.blue;
}

static void
measure_ink (const sheet *s, find *f)
{
    gint64 dark = 0, colour = 0;
    const kh_pixels *image = s->image;
    for (int y = f->y0 * s->patch; y < MIN (f->y1 * s->patch, image->height); y++) {
        const guint8 *row = image->data + image->stride * y;
        for (int x = f->x0 * s->patch; x < MIN (f->x1 * s->patch, image->width); x++) {
            sight p = see (s, row + 3 * x);
            if (colour_of (p, f->ink) >= COLOURED)
                dark += 255 - p.lightest, colour += colour_of (p, f->ink);
        }
    }
    f->darkening = colour > 0 ? MIN ((float) dark / colour, MOST_DARKENING) : 0;
}

/* How dark a pixel looks; pale colours are lifted towards their lightest channel. */
static inline guint8
plain (sight p)
{
    int lift = CLAMP (p.luminance - PALE_FROM, 0, PALE_FULL - PALE_FROM);
    return (guint8) (p.luminance + (p.lightest - p.luminance) * lift / (PALE_FULL - PALE_FROM));
}

static void
fade (const sheet *s, const find *f, kh_pixels *grey)
{
    const kh_pixels *image = s->image;
    int beside = MAX ((int) (BESIDE_MM / s->mm * s->patch), 1);
    int x0 = MAX (f->x0 * s->patch - beside, 0), x1 = MIN (f->x1 * s->patch + beside, image->width);
    int y0 = MAX (f->y0 * s->patch - beside, 0), y1 = MIN (f->y1 * s->patch + beside, image->height);
    for (int y = y0; y < y1; y++) {
        const guint8 *row = image->data + image->stride * y;
        guint8 *out = grey->data + grey->stride * y;
        for (int x = x0; x < x1; x++) {
            sight p = see (s, row + 3 * x);
            int colour = colour_of (p, f->ink);
            if (colour > 0)
                out[x] = (guint8) MAX (out[x], MIN (p.lightest + (int) ((float) colour * f->darkening), 255));
        }
    }
}

kh_pixels *
kh_colour_part (const kh_pixels *image, GArray *marks)
{
    sheet s = { .image = image, .patch = MAX ((int) (image->dpi * PATCH_MM / 25.4 + 0.5), 1) };
    s.columns = (image->width + s.patch - 1) / s.patch;
    s.rows = (image->height + s.patch - 1) / s.patch;
    s.mm = s.patch * 25.4 / image->dpi;
    measure_tint (&s);

    g_autoptr (GArray) finds = g_array_new (FALSE, FALSE, sizeof (find));
    g_autoptr (PIX) red = pixCreate (s.columns, s.rows, 1);
    g_autoptr (PIX) blue = pixCreate (s.columns, s.rows, 1);
    find_patches (&s, (PIX *[N_INKS]){ red, blue });
    find_marks (red, &s, RED, finds); /* first: stamps tell what is a piece of a signature */
    find_marks (blue, &s, BLUE, finds);
    while (join_two (finds, (int) (APART / s.mm)))
        continue;

    kh_pixels *grey = kh_pixels_new (image->width, image->height, 1, image->dpi);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++)
            grey->data[grey->stride * y + x] = plain (see (&s, image->data + image->stride * y + 3 * x));
    double points = s.patch * 72 / image->dpi;
    for (guint i = 0; i < finds->len; i++) {
        find *f = &g_array_index (finds, find, i);
        measure_ink (&s, f);
        fade (&s, f, grey);
        if (MAX (f->x1 - f->x0, f->y1 - f->y0) * s.mm < SIGNED_LONG)
            continue; /* a piece whose signature is not seen */
        kh_mark mark = { { f->x0 * points, f->y0 * points, f->x1 * points, f->y1 * points }, f->kind };
        g_array_append_val (marks, mark);
    }
    return grey;
}
