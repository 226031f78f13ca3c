/* model.h - a recogniser of lines as Tesseract keeps it (vie.traineddata): the network and what its outputs mean.
 *
 *   traineddata ─┬─ lstm           the network, layer by layer, whole numbers ("fast" models)
 *                ├─ lstm-unicharset  the characters
 *                └─ lstm-recoder     which output stands for which character
 *
 * The layers are a list, first to last. An image goes in, a row of outputs for each step along the line comes out:
 *
 *   image ─ surroundings ─ dense ─ maxima ─ LSTM down each column ─ LSTMs along the line, both ways ─ softmax
 *
 * The format is described by Tesseract's source (src/lstm/network.cpp and neighbours, src/ccutil/tessdatamanager.cpp).
 */
#ifndef KH_OCR_MODEL_H
#define KH_OCR_MODEL_H

#include "ocr/product.h"

typedef enum kh_layer_kind {
    KH_LAYER_SURROUNDINGS, /* each pixel becomes all within half_x, half_y of it, column by column */
    KH_LAYER_TANH,         /* each pixel: weights, then tanh */
    KH_LAYER_MAXIMA,       /* the greatest of half_x times half_y pixels */
    KH_LAYER_COLUMNS,      /* an LSTM down each column; its last output is the column's */
    KH_LAYER_FORWARD,      /* an LSTM from left to right */
    KH_LAYER_BACKWARD,     /* an LSTM from right to left */
    KH_LAYER_SOFTMAX,      /* weights, then probabilities */
} kh_layer_kind;

/* Weights in whole numbers: a sum times its output's scale is the value. The last input is the constant 127 (the bias);
 * inputs are -127..127 for -1..1. An LSTM has four values a cell, gate after gate: input, input gate, forget gate, output gate. */
typedef struct kh_layer {
    kh_layer_kind kind;
    guint inputs, outputs; /* an LSTM's weights have inputs + outputs + 1 inputs: its last output comes back in */
    int half_x, half_y;
    kh_weights weights;
    float *scales;         /* one for each of weights.outputs; padded with zeros */
} kh_layer;

typedef struct kh_model {
    GArray *layers;    /* of kh_layer */
    int height;        /* of the image, pixels */
    int reduction;     /* pixels of the image a step along the line */
    guint codes;       /* outputs of the last layer */
    guint blank;       /* the output that means no character */
    char **characters; /* [codes]: UTF-8, " " for a space, NULL where an output means nothing */
} kh_model;

/* The model in the file. Fails with KH_ERROR_MODEL when there is none, or when it is not of the kind described above.
 * The caller frees. */
kh_model *kh_model_load (const char *path, GError **error);
void kh_model_free (kh_model *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_model, kh_model_free)

static inline const kh_layer *kh_model_layer (const kh_model *model, guint i) { return &g_array_index (model->layers, kh_layer, i); }

#endif
