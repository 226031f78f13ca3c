/* wording.h - what a text says, without how it says it.
 *
 *    "Tiếp tục rà soát TTHC tỉnh Bến Tre năm 2024;"  ->  "ra soat thu tuc hanh chinh tinh"
 */
#ifndef KH_COMPARE_WORDING_H
#define KH_COMPARE_WORDING_H

#include <glib.h>

/* Its words, folded (viet/fold.h), one space between them: without numbers, names of provinces and what any task may begin with
 * ("triển khai thực hiện"); the short forms of the trade opened. All its words when there are no others; "" without words. The
 * caller frees. */
char *kh_wording_bare (const char *text);

#endif
