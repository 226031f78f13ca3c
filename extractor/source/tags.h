/* tags.h - the few things Leptonica does not tell of TIFF directories, which are also how a JPEG keeps its orientation. */
#ifndef KH_SOURCE_TAGS_H
#define KH_SOURCE_TAGS_H

#include <glib.h>

/* Images in a TIFF. One whose directory is broken counts, too, and ends the count: it must be missed, not overlooked. At most `limit`. */
guint kh_tags_count (const guint8 *data, gsize length, guint limit);

/* Orientation (TIFF 6.0: 1..8, 1 is upright) of the `n`-th image of a TIFF, from 0; 1 when not told. */
int kh_tags_orientation (const guint8 *data, gsize length, guint n);

/* The same of a JPEG, from its Exif part. */
int kh_tags_jpeg_orientation (const guint8 *data, gsize length);

#endif
