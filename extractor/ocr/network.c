/* network.c - see network.h.
 *
 * Values between layers are whole numbers, -127..127 for -1..1, as the model was made for; each layer gathers its inputs
 * into rows, multiplies (product.h), and squashes the sums:
 *
 *   rows of inputs: [ from the layer below | last output (LSTM) | 127 ]
 *
 * An LSTM along the line takes one step of all lines at a time. Lines are sorted, longest first, so that those that have
 * ended are the last rows and drop out.
 *
 * No fused multiply-add and no fast-math here: every machine gives the same bytes.
 */
#include "ocr/network.h"

#include <math.h>
#include <string.h>

#define ONE 127          /* 1.0 as a whole number, and the constant input of the bias */
#define STATE_LIMIT 100.0f
#define ROWS 64u         /* positions of an image multiplied at once */

/* Rows of whole numbers: what one line looks like between two layers. */
typedef struct sheet {
    int width, height; /* height 1 once columns are read */
    guint depth;
    gint8 *values;     /* [height][width][depth] */
} sheet;

static sheet
sheet_new (int width, int height, guint depth)
{
    return (sheet){ width, height, depth, g_new (gint8, (gsize) width * height * depth + 1) };
}

static gint8 *
sheet_at (const sheet *s, int x, int y)
{
    return s->values + ((gsize) y * s->width + x) * s->depth;
}

/* ------------------------------------------------------------------ squashing */

/* tanh to 1e-4, much finer than whole(): Lambert's continued fraction, cut off where it reaches 1. */
static inline float
squash (float x)
{
    x = MIN (MAX (x, -4.97f), 4.97f);
    float x2 = x * x;
    return x * (135135 + x2 * (17325 + x2 * (378 + x2))) / (135135 + x2 * (62370 + x2 * (3150 + x2 * 28)));
}

static inline float
squash_gate (float x)
{
    return 0.5f * squash (0.5f * x) + 0.5f;
}

/* Rounds half away from zero, without a branch, so that loops of it are vectorised. */
static inline int
whole (float x)
{
    return (int) (x * ONE + (x < 0 ? -0.5f : 0.5f));
}

/* One step of the n cells of an LSTM: sums[4][n] become the new state[n], and the output as an input of the next step, back[n]. */
__attribute__ ((always_inline)) static inline void
step_cells (const gint32 *restrict sums, const float *restrict scales, float *restrict state, gint16 *restrict back, guint n)
{
    for (guint i = 0; i < n; i++) {
        float in = squash ((float) sums[i] * scales[i]);
        float gate = squash_gate ((float) sums[n + i] * scales[n + i]);
        float keep = squash_gate ((float) sums[2 * n + i] * scales[2 * n + i]);
        float show = squash_gate ((float) sums[3 * n + i] * scales[3 * n + i]);
        float next = state[i] * keep + in * gate;
        state[i] = MIN (MAX (next, -STATE_LIMIT), STATE_LIMIT);
        back[i] = (gint16) whole (squash (state[i]) * show);
    }
}

__attribute__ ((always_inline)) static inline void
squash_row (const gint32 *restrict sums, const float *restrict scales, gint8 *restrict out, guint n)
{
    for (guint i = 0; i < n; i++)
        out[i] = (gint8) whole (squash ((float) sums[i] * scales[i]));
}

static void
step_cells_plain (const gint32 *sums, const float *scales, float *state, gint16 *back, guint n)
{
    step_cells (sums, scales, state, back, n);
}

static void
squash_row_plain (const gint32 *sums, const float *scales, gint8 *out, guint n)
{
    squash_row (sums, scales, out, n);
}

#if defined(__x86_64__)
__attribute__ ((target ("avx2"))) static void
step_cells_avx2 (const gint32 *sums, const float *scales, float *state, gint16 *back, guint n)
{
    step_cells (sums, scales, state, back, n);
}

__attribute__ ((target ("avx2"))) static void
squash_row_avx2 (const gint32 *sums, const float *scales, gint8 *out, guint n)
{
    squash_row (sums, scales, out, n);
}
#endif

/* What this processor does best. */
typedef struct kernels {
    void (*step_cells) (const gint32 *sums, const float *scales, float *state, gint16 *back, guint n);
    void (*squash_row) (const gint32 *sums, const float *scales, gint8 *out, guint n);
} kernels;

static kernels
kernels_for_processor (void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports ("avx2"))
        return (kernels){ step_cells_avx2, squash_row_avx2 };
#endif
    return (kernels){ step_cells_plain, squash_row_plain };
}

/* ------------------------------------------------------------------ the image */

/* Beyond the image's edge there is noise, as there was when the model was trained; the same noise for every line. */
static inline gint8
noise_at (int x, int y)
{
    guint32 bits = (guint32) x * 2654435761u ^ (guint32) y * 2246822519u;
    bits ^= bits >> 15;
    bits *= 2246822519u;
    bits ^= bits >> 13;
    return (gint8) ((gint32) (bits % (2 * ONE + 1)) - ONE);
}

/* KH_LAYER_SURROUNDINGS and the KH_LAYER_TANH after it, at once. */
static sheet
read_pixels (const kh_layer *around, const kh_layer *dense, const kh_strip *strip, int height, const kernels *k)
{
    int width = strip->width, left = around->half_x, up = around->half_y, padded = width + 2 * left;
    g_autofree gint8 *framed = g_new (gint8, (gsize) padded * (height + 2 * up));
    for (int y = -up; y < height + up; y++) {
        gint8 *row = framed + (gsize) (y + up) * padded + left;
        gboolean inside = y >= 0 && y < height;
        for (int x = -left; x < width + left; x++)
            row[x] = inside && x >= 0 && x < width ? strip->pixels[(gsize) y * width + x] : noise_at (x, y);
    }
    sheet out = sheet_new (width, height, dense->outputs);
    guint depth = dense->weights.depth, padded_out = dense->weights.padded;
    g_autofree gint16 *inputs = g_new0 (gint16, (gsize) ROWS * depth);
    g_autofree gint32 *sums = g_new (gint32, (gsize) ROWS * padded_out);
    for (guint r = 0; r < ROWS; r++)
        inputs[r * depth + dense->inputs] = ONE;
    for (int y = 0; y < height; y++)
        for (int x0 = 0; x0 < width; x0 += ROWS) {
            guint rows = MIN (ROWS, (guint) (width - x0));
            for (guint r = 0; r < rows; r++) {
                gint16 *to = inputs + r * depth;
                for (int dx = 0; dx <= 2 * left; dx++)
                    for (int dy = 0; dy <= 2 * up; dy++)
                        *to++ = framed[(gsize) (y + dy) * padded + x0 + (int) r + dx];
            }
            kh_product (&dense->weights, inputs, rows, sums);
            for (guint r = 0; r < rows; r++)
                k->squash_row (sums + r * padded_out, dense->scales, sheet_at (&out, x0 + (int) r, y), out.depth);
        }
    return out;
}

static sheet
take_maxima (const kh_layer *layer, const sheet *in)
{
    sheet out = sheet_new (in->width / layer->half_x, in->height / layer->half_y, in->depth);
    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++) {
            gint8 *to = sheet_at (&out, x, y);
            memset (to, -ONE, out.depth);
            for (int dy = 0; dy < layer->half_y; dy++)
                for (int dx = 0; dx < layer->half_x; dx++) {
                    const gint8 *from = sheet_at (in, x * layer->half_x + dx, y * layer->half_y + dy);
                    for (guint i = 0; i < out.depth; i++)
                        to[i] = MAX (to[i], from[i]);
                }
        }
    return out;
}

/* ------------------------------------------------------------------ LSTMs */

/* An LSTM over several sequences at once. */
typedef struct cells {
    const kh_layer *layer;
    gint16 *inputs; /* [rows][depth] */
    gint32 *sums;   /* [rows][padded] */
    float *state;   /* [rows][outputs] */
} cells;

static cells
cells_new (const kh_layer *layer, guint rows)
{
    guint depth = layer->weights.depth;
    cells c = { layer, g_new0 (gint16, (gsize) rows * depth + 1), g_new (gint32, (gsize) rows * layer->weights.padded + 1),
                g_new0 (float, (gsize) rows * layer->outputs + 1) };
    for (guint r = 0; r < rows; r++)
        c.inputs[(gsize) r * depth + layer->inputs + layer->outputs] = ONE;
    return c;
}

static void
cells_free (cells *c)
{
    g_free (c->inputs);
    g_free (c->sums);
    g_free (c->state);
}

static void
cells_feed (const cells *c, guint row, const gint8 *values)
{
    gint16 *to = c->inputs + (gsize) row * c->layer->weights.depth;
    for (guint i = 0; i < c->layer->inputs; i++)
        to[i] = values[i];
}

/* One step of the first `rows` sequences. */
static void
cells_multiply (const cells *c, guint rows)
{
    kh_product (&c->layer->weights, c->inputs, rows, c->sums);
}

static void
cells_step (const cells *c, guint row, gint8 *out, const kernels *k)
{
    const kh_layer *layer = c->layer;
    gint16 *back = c->inputs + (gsize) row * layer->weights.depth + layer->inputs;
    k->step_cells (c->sums + (gsize) row * layer->weights.padded, layer->scales, c->state + (gsize) row * layer->outputs, back,
                   layer->outputs);
    for (guint i = 0; out != NULL && i < layer->outputs; i++)
        out[i] = (gint8) back[i];
}

/* Columns do not know each other: all are read side by side, from the top. */
static sheet
read_columns (const kh_layer *layer, const sheet *in, const kernels *k)
{
    sheet out = sheet_new (in->width, 1, layer->outputs);
    for (int x0 = 0; x0 < in->width; x0 += ROWS) {
        guint rows = MIN (ROWS, (guint) (in->width - x0));
        cells c = cells_new (layer, rows);
        for (int y = 0; y < in->height; y++) {
            for (guint r = 0; r < rows; r++)
                cells_feed (&c, r, sheet_at (in, x0 + (int) r, y));
            cells_multiply (&c, rows);
            for (guint r = 0; r < rows; r++)
                cells_step (&c, r, y + 1 == in->height ? sheet_at (&out, x0 + (int) r, 0) : NULL, k);
        }
        cells_free (&c);
    }
    return out;
}

/* Reads lines (sheets of height 1, longest first) along, in place. */
static void
read_along (const kh_layer *layer, sheet *lines, guint n, const kernels *k)
{
    cells c = cells_new (layer, n);
    g_autofree sheet *outs = g_new (sheet, n);
    for (guint i = 0; i < n; i++)
        outs[i] = sheet_new (lines[i].width, 1, layer->outputs);
    gboolean backward = layer->kind == KH_LAYER_BACKWARD;
    guint going = n;
    for (int t = 0; n > 0 && t < lines[0].width; t++) {
        while (lines[going - 1].width <= t)
            going--;
        for (guint i = 0; i < going; i++)
            cells_feed (&c, i, sheet_at (&lines[i], backward ? lines[i].width - 1 - t : t, 0));
        cells_multiply (&c, going);
        for (guint i = 0; i < going; i++)
            cells_step (&c, i, sheet_at (&outs[i], backward ? lines[i].width - 1 - t : t, 0), k);
    }
    for (guint i = 0; i < n; i++) {
        g_free (lines[i].values);
        lines[i] = outs[i];
    }
    cells_free (&c);
}

/* ------------------------------------------------------------------ probabilities */

/* Sums become probabilities. */
static void
soften (const gint32 *sums, const float *scales, float *chances, guint n)
{
    float most = -G_MAXFLOAT, total = 0;
    for (guint i = 0; i < n; i++) {
        chances[i] = (float) sums[i] * scales[i];
        most = MAX (most, chances[i]);
    }
    for (guint i = 0; i < n; i++) {
        float below = chances[i] - most;
        chances[i] = below < -30 ? 0 : expf (below);
        total += chances[i];
    }
    for (guint i = 0; i < n; i++)
        chances[i] /= total;
}

static float *
take_chances (const kh_layer *layer, const sheet *line)
{
    guint depth = layer->weights.depth, steps = (guint) line->width, padded = layer->weights.padded, n = layer->outputs;
    float *chances = g_new (float, (gsize) steps * n + 1);
    g_autofree gint16 *inputs = g_new0 (gint16, (gsize) ROWS * depth);
    g_autofree gint32 *sums = g_new (gint32, (gsize) ROWS * padded);
    for (guint t0 = 0; t0 < steps; t0 += ROWS) {
        guint rows = MIN (ROWS, steps - t0);
        for (guint r = 0; r < rows; r++) {
            const gint8 *from = sheet_at (line, (int) (t0 + r), 0);
            for (guint i = 0; i < layer->inputs; i++)
                inputs[r * depth + i] = from[i];
            inputs[r * depth + layer->inputs] = ONE;
        }
        kh_product (&layer->weights, inputs, rows, sums);
        for (guint r = 0; r < rows; r++)
            soften (sums + r * padded, layer->scales, chances + (gsize) (t0 + r) * n, n);
    }
    return chances;
}

/* ------------------------------------------------------------------ the network */

static int
compare_strips (const void *a, const void *b)
{
    const kh_strip *const *s = a, *const *t = b;
    return (*t)->width - (*s)->width;
}

void
kh_network_run (const kh_model *model, GArray *strips)
{
    kernels k = kernels_for_processor ();
    const kh_layer *layers = kh_model_layer (model, 0);
    g_autofree kh_strip **by_width = g_new (kh_strip *, strips->len + 1);
    guint n = 0;
    for (guint i = 0; i < strips->len; i++) {
        kh_strip *strip = &g_array_index (strips, kh_strip, i);
        strip->steps = (guint) (strip->width / model->reduction);
        strip->chances = NULL;
        if (strip->steps > 0)
            by_width[n++] = strip;
    }
    qsort (by_width, n, sizeof *by_width, compare_strips);
    g_autofree sheet *lines = g_new (sheet, n + 1);
    for (guint i = 0; i < n; i++) {
        sheet pixels = read_pixels (&layers[0], &layers[1], by_width[i], model->height, &k), maxima = take_maxima (&layers[2], &pixels);
        lines[i] = read_columns (&layers[3], &maxima, &k);
        g_free (pixels.values);
        g_free (maxima.values);
    }
    guint l = 4;
    for (; layers[l].kind != KH_LAYER_SOFTMAX; l++)
        read_along (&layers[l], lines, n, &k);
    for (guint i = 0; i < n; i++) {
        by_width[i]->chances = take_chances (&layers[l], &lines[i]);
        g_free (lines[i].values);
    }
}
