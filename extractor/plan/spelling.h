/* spelling.h - names that are a closed list (bodies of the state, offices of signers, provinces), as they are spelled.
 *
 * A scanner reads their marks wrong now and then ("SỞ Y TÉ", "GIÁM ĐÓC"). Where the letters without marks are exactly those of
 * a name of the list, the name's own marks are right. Only for the head and the signature, where such names stand alone, and
 * only for text that was read from an image.
 */
#ifndef KH_PLAN_SPELLING_H
#define KH_PLAN_SPELLING_H

#include "core/record.h"

/* `text` as a value, its known names spelled right; every change is noted in record->repairs. */
kh_value kh_spelling_value (kh_pool *pool, kh_record *record, const kh_text *text);

/* Does a name of the list begin in `line`, at a word, and end in the line below it: "… SỞ CÔNG" / "THƯƠNG"? Marks are not compared. */
gboolean kh_spelling_is_over_lines (const char *line, const char *below);

/* The spelling of `string` itself (NULL when nothing changes); in the pool. */
const char *kh_spelling_of (kh_pool *pool, const char *string);

#endif
