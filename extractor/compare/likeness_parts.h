/* likeness_parts.h - texts as vectors. Within likeness*.c only. */
#ifndef KH_COMPARE_LIKENESS_PARTS_H
#define KH_COMPARE_LIKENESS_PARTS_H

#include "base/pool.h"
#include "compare/likeness.h"

typedef struct kh_term {
    guint32 id;
    float weight;
} kh_term;

typedef struct kh_vector {
    kh_term *terms;  /* heaviest first; of length 1 together */
    kh_term *sorted; /* the same by id; NULL of a mean */
    guint n;
} kh_vector;

struct kh_likeness {
    kh_pool *pool;
    guint n_texts, n_vectors, n_terms;
    guint *of_text;     /* text -> vector */
    gsize *bytes;       /* of each text */
    kh_vector *vectors; /* texts that are the same but for what kh_wording_bare leaves out have one vector */
    guint *n_same;      /* texts of each vector */
};

/* Puts the terms in order and gives them length 1. */
void kh_vector_normalise (kh_vector *vector);

#endif
