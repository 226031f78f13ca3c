/* strokes.h - pieces of lines become ruling lines.
 *
 *   ──── ───── ┐           One table border may come as dozens of pieces: cell by cell, twice where cells meet,
 *   ─────      │  ──────   dashed, doubled, with a little square at each crossing. Pieces on one line that
 *       ────── ┘           touch become one rule; what stays shorter than a letter is dropped.
 */
#ifndef KH_SOURCE_STROKES_H
#define KH_SOURCE_STROKES_H

#include "core/page.h"

typedef struct kh_strokes kh_strokes;

/* A shape is a line when its smaller side is no more than this, points. */
#define KH_STROKE_THICKNESS 4.0

kh_strokes *kh_strokes_new (void);
void kh_strokes_free (kh_strokes *strokes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_strokes, kh_strokes_free)

/* Adds the box of a thin shape; a small square counts both ways. Boxes thicker than a line are ignored. FALSE when there
 * are too many. */
gboolean kh_strokes_add (kh_strokes *strokes, kh_box box);

/* Puts the pieces together and adds the rules to the page, levels first, top to bottom. */
void kh_strokes_finish (kh_strokes *strokes, kh_page *page);

#endif
