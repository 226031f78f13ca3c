/* characters.h - the model of characters (ocr/spelling.h). */
#ifndef KH_MODELS_CHARACTERS_H
#define KH_MODELS_CHARACTERS_H

#include <glib.h>

/* Trains it on the texts of the recipe (corpus.h) and writes it to `path`. With `hold_out`, without what is held out. */
void characters_train (const GArray *recipe, gboolean hold_out, const char *path);

#endif
