/* script.h - the drawings in a CairoScript, read as it streams by.
 *
 * Cairo's script surface writes down what is drawn on it as text. That text is read here token by
 * token, in constant memory; fonts, glyphs and images (nearly all of it) are passed over:
 *
 *   n 56.5 112.5 m 785.5 112.5 l       a path, in device units whatever the matrix
 *   0.25 -0.25 scale                   the matrix, which matters for the line width alone
 *   0.5 set-line-width stroke+         paint; "+" keeps the path
 *   << ... /source <|...~> >> image    passed over, and so is { what a glyph looks like }
 */
#ifndef KH_SOURCE_SCRIPT_H
#define KH_SOURCE_SCRIPT_H

#include "core/box.h"

/* One subpath that was painted. */
typedef struct kh_subpath {
    kh_box box;          /* device units, within the clip in force; stroked: without the pen's width */
    double x0, y0, x1, y1; /* stroked: the ends of one segment */
    gboolean curved, outline; /* itself; its path anywhere */
    gboolean stroked;
    double pen;          /* stroked: line width, device units */
    double lightness;    /* 0 black .. 1 white; of what is painted */
} kh_subpath;

/* Told each subpath filled, and each straight segment stroked. FALSE: no more. */
typedef gboolean (*kh_subpath_call) (const kh_subpath *subpath, gpointer user_data);

typedef struct kh_script kh_script;

kh_script *kh_script_new (kh_subpath_call call, gpointer user_data);
void kh_script_free (kh_script *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_script, kh_script_free)

/* The next bytes of the script, cut anywhere. FALSE when the call wants no more, or the script is too long. */
gboolean kh_script_feed (kh_script *script, const guint8 *data, gsize length);

#endif
