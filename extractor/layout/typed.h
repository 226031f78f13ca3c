/* typed.h - tables in plain text. Private to this room. */
#ifndef KH_LAYOUT_TYPED_H
#define KH_LAYOUT_TYPED_H

#include "layout/strips.h"

#define KH_TYPED_LETTER 6.0 /* points a character takes in a text file */

/* The gutters of the strips [from, to): for each, left to right, an array of to - from doubles, its place in each strip.
 * The first `n_header` strips are the header's, nearly. The caller frees the list. */
GPtrArray *kh_seams_find (const GArray *strips, guint from, guint to, guint n_header);

/* The words of each of the strips [from, to) divided among the columns that the seams tell, nearly: for each strip the first word
 * of each column, and the number of words. The caller frees. */
guint *kh_typed_divide (const GArray *strips, guint from, guint to, const GPtrArray *seams);

/* A table of a text file while its rows are being told apart: strips and the columns of their words. */
typedef struct kh_typing {
    const GArray *strips;  /* of kh_strip */
    guint from, to;        /* the table's strips, `to` past the end */
    guint n_header;        /* strips of the header, where it is repeated on another page; else 0 */
    int anchor_col;        /* the column that tells the rows; -1: none does */
    gboolean numbers;      /* it is the column of numbers */
    gboolean at_top;       /* cells stand at the top of their rows, not in the middle */
    int n_cols;
    const double *edges;   /* n_cols + 1 */
    const double *heights; /* of each strip, in lines, over pages */
    kh_text **texts;       /* (to - from) * n_cols; NULL where the strip has nothing in the column */
    GPtrArray **words;     /* likewise: const kh_word * */
} kh_typing;

static inline const kh_text *
kh_typing_text (const kh_typing *t, guint strip, int col)
{
    return t->texts[(gsize) (strip - t->from) * t->n_cols + col];
}

static inline double kh_typing_height (const kh_typing *t, guint strip) { return t->heights[strip - t->from]; }

/* Where the rows begin: `starts[i]` for the strip from + i; what stands before the second is the header. The caller frees.
 * Sets what tells the rows. */
gboolean *kh_typed_rows (kh_typing *typing);
/* Does the gutter before the column cut a text on this strip: at a single space, before a small letter? */
gboolean kh_typed_is_cut (const kh_typing *typing, guint strip, int col);
/* Merges the cells of headings and of texts that reach over columns. */
void kh_typed_spread (kh_sheet *sheet, const kh_typing *typing, const gboolean *starts, kh_pool *pool);
/* Merges the cells of columns whose texts stand over several rows. */
void kh_typed_merge (kh_sheet *sheet, const kh_typing *typing, const gboolean *starts, kh_pool *pool);

#endif
