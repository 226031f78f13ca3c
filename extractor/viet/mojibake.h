/* mojibake.h - UTF-8 that was read as CP1252 or Latin-1: "Ká»· luáº­t" is "Kỷ luật". */
#ifndef KH_VIET_MOJIBAKE_H
#define KH_VIET_MOJIBAKE_H

#include <glib.h>

/* Appends the text with every sequence of characters that is one character's UTF-8 replaced by that character, over and over
 * until none is left; the rest stays. FALSE when there was none. */
gboolean kh_mojibake_undo (GString *out, const char *text, gsize length);

#endif
