/* skim.h - a record is read by the parts a store needs. Within store/ only.
 *
 * Two thirds of a record say where each value was read (`evidence`: a box for each printed line), and how its tables looked. Of
 * these the rows want a page and a confidence at most, so they are skimmed; all else is parsed as JSON (jansson).
 */
#ifndef KH_STORE_SKIM_H
#define KH_STORE_SKIM_H

#include "base/pool.h"

#include <jansson.h>

/* Where and how surely a value was read; numbers as the record has them, NULL: not told. */
typedef struct kh_place {
    const char *page, *confidence;
} kh_place;

typedef struct kh_skimmed {
    json_t *record;     /* without `evidence`, `tables`, `repairs` */
    GHashTable *places; /* JSON Pointer -> kh_place */
} kh_skimmed;

/* All in `pool`. FALSE when `record` is no JSON object; `why` is then a sentence of the parser's. */
gboolean kh_skim (kh_pool *pool, const char *record, gsize length, kh_skimmed *skimmed, const char **why);

/* The place of a value: its own, or that of the nearest value that holds it; a place without page and confidence when there is
 * none. */
kh_place kh_skimmed_place (const kh_skimmed *skimmed, const char *pointer);

#endif
