/* markdown.h - text that a reading program set as Markdown becomes plain text again.
 *
 *      ## KẾ HOẠCH Công tác năm 2023        KẾ HOẠCH
 *                                           Công tác năm 2023
 *      - 5. Rà soát **văn bản**             5. Rà soát văn bản
 *      | TT | Việc    | Chủ trì |           TT   Việc      Chủ trì
 *      |----|---------|---------|
 *      | 1  | Rà soát | Phòng A |           1    Rà soát   Phòng A
 */
#ifndef KH_SOURCE_MARKDOWN_H
#define KH_SOURCE_MARKDOWN_H

#include <glib.h>

/* Has the text headings or tables of Markdown? One line with a "#" may be anything; several are none else. */
gboolean kh_markdown_is (const char *text, gsize length);

/* The text without the marks, as its lines were printed; the caller frees. */
GString *kh_markdown_plain (const char *text, gsize length);

#endif
