/* ruled.h - tables drawn with lines, for a terminal.
 *
 *     ┌────┬──────────────────┐      kh_ruled_line
 *     │ TT │ Nhiệm vụ         │      kh_ruled_row: cells wrap at spaces; a word wider than its column is cut
 *     ├────┴──────────────────┤
 *     │ Cải cách thể chế      │      kh_ruled_row with one column
 *
 * Widths are columns of the terminal, without the padding of one on each side. Vietnamese in NFC is one column a character;
 * combining marks take none, wide characters two. A line break in a cell is kept.
 */
#ifndef KH_EMIT_RULED_H
#define KH_EMIT_RULED_H

#include <glib.h>

int kh_ruled_width (const char *text);
/* "├────┼───┤" with the given corners. */
void kh_ruled_line (GString *out, const int *widths, int n, const char *left, const char *middle, const char *right);
void kh_ruled_row (GString *out, const char *const *cells, const int *widths, int n);

#endif
