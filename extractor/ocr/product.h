/* product.h - sums of products of small whole numbers: what a network spends its time on.
 *
 *   inputs[rows][depth]  ·  weights[depth][outputs]  =  sums[rows][outputs]
 *
 * Whole numbers give the same sums on every machine, whatever instructions it has.
 */
#ifndef KH_OCR_PRODUCT_H
#define KH_OCR_PRODUCT_H

#include <glib.h>

#define KH_PRODUCT_BLOCK 16 /* outputs are padded to a multiple of this */

/* Weights as they are multiplied: pairs of inputs side by side, one output after the other. */
typedef struct kh_weights {
    guint outputs; /* as asked for */
    guint padded;  /* a multiple of KH_PRODUCT_BLOCK */
    guint depth;   /* inputs, even: the last may be padding */
    gint16 *pairs; /* [depth / 2][padded][2], zeros where padded */
} kh_weights;

/* Weights for `outputs` sums over `depth` inputs, all zero. */
kh_weights kh_weights_new (guint outputs, guint depth);
void kh_weights_clear (kh_weights *weights);

/* Sets the weight that `input` has in `output`. */
void kh_weights_set (kh_weights *weights, guint output, guint input, gint16 value);

/* sums[row][output] (padded outputs apart) for `rows` rows of inputs, weights->depth apart. Inputs and weights must be
 * small enough for a sum of depth products to fit into 32 bits. */
void kh_product (const kh_weights *weights, const gint16 *inputs, guint rows, gint32 *sums);

#endif
