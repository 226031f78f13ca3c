/* typed.h - tables in plain text. Private to this room. */
#ifndef KH_LAYOUT_TYPED_H
#define KH_LAYOUT_TYPED_H

#include "layout/strips.h"

/* A table of a text file while its rows are being told apart: strips and the columns of their words. */
typedef struct kh_typing {
    const GArray *strips;  /* of kh_strip */
    guint from, to;        /* the table's strips, `to` past the end */
    int n_cols;
    const double *edges;   /* n_cols + 1 */
    kh_text **texts;       /* (to - from) * n_cols; NULL where the strip has nothing in the column */
    GPtrArray **words;     /* likewise: const kh_word * */
} kh_typing;

static inline const kh_text *
kh_typing_text (const kh_typing *t, guint strip, int col)
{
    return t->texts[(gsize) (strip - t->from) * t->n_cols + col];
}

/* Where the rows begin: `starts[i]` for the strip from + i. The first n_header strips are the header as it is known
 * from an earlier page; 0 when it is not. The caller frees. Sets *n_header to the strips of the header found. */
gboolean *kh_typed_rows (const kh_typing *typing, guint *n_header);

#endif
