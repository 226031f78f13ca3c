/* network.h - a model at work: images of lines become, step by step along the line, the probability of each character.
 *
 * Many lines are read at once, side by side, so that each weight that is loaded is used for all of them. What comes out for a
 * line does not depend on the lines beside it.
 */
#ifndef KH_OCR_NETWORK_H
#define KH_OCR_NETWORK_H

#include "ocr/model.h"

/* A line to read, and what was read of it. */
typedef struct kh_strip {
    int width;      /* pixels; the height is the model's */
    gint8 *pixels;  /* [height][width], -127 black .. 127 white; set by the caller, and freed by him */
    guint steps;    /* width / model->reduction; 0: too narrow to read */
    float *chances; /* [steps][model->codes] probabilities; set by kh_network_run, the caller frees */
} kh_strip;

/* Reads the strips (of kh_strip). */
void kh_network_run (const kh_model *model, GArray *strips);

#endif
