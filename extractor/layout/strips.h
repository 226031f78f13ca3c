/* strips.h - what stands at one height, and the white that runs down between: for tables without uprights. Private to
 * this room. */
#ifndef KH_LAYOUT_STRIPS_H
#define KH_LAYOUT_STRIPS_H

#include "layout/parts.h"

/* A printed row: all pieces of one height, left to right. */
typedef struct kh_strip {
    GPtrArray *lines; /* kh_line *: pieces with clear gaps between them */
    kh_box box;
    double offset;    /* added to its height where strips of several pages follow one another; else 0 */
    const GArray *map;/* of kh_pair, ascending: where the columns of its page stand on the table's first; NULL: there */
} kh_strip;

typedef struct kh_pair {
    double here, there;
} kh_pair;

/* A stretch of white. */
typedef struct kh_gap {
    double from, to;
    int group; /* of the gap it was cut from */
} kh_gap;

/* The strips `lines` (sorted) stand in: an array of kh_strip to be freed with kh_strips_free(). */
GArray *kh_strips_find (const GPtrArray *lines);
void kh_strips_free (GArray *strips);

static inline const kh_strip *kh_strip_at (const GArray *strips, guint i) { return &g_array_index (strips, kh_strip, i); }
/* Its leftmost piece. */
static inline const kh_line *kh_strip_first (const kh_strip *strip) { return g_ptr_array_index (strip->lines, 0); }
static inline int kh_strip_page (const kh_strip *strip) { return kh_strip_first (strip)->page; }

/* Its words (const kh_word *), left to right; the caller frees the array. */
GPtrArray *kh_strip_words (const kh_strip *strip);
/* The median middle of its pieces. */
double kh_strip_middle (const kh_strip *strip);
gboolean kh_strip_begins_with_number (const kh_strip *strip);

/* Of the strips [from, to), at least one: their words, strip by strip, in an array the caller frees; the box about all. */
GPtrArray *kh_strips_words (const GArray *strips, guint from, guint to);
kh_box kh_strips_box (const GArray *strips, guint from, guint to);
/* Takes their lines out of `lines`. */
void kh_strips_take (const GArray *strips, guint from, guint to, GPtrArray *lines);

/* A place on the strip, as it would be on the table's first page. */
double kh_strip_place (const kh_strip *strip, double x);

/* The stretches of the box's width, at least `least` wide, over which no more than `most` words lie: a heading within
 * the table or a speck may cross a gutter. Of kh_gap; the stretches at both ends are not among them. */
GArray *kh_white_find (const GPtrArray *words, kh_box box, int most, double least);

#endif
