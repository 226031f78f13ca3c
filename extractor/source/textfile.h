/* textfile.h - plain text, laid out on a sheet as a typewriter would: a column is 6 points wide, a row 12 points high.
 *
 *     "A  b\n"            word "A" at x 0..6, word "b" at x 18..24, y 1..11
 *     form feed           next page
 *
 * So columns that were lined up with spaces stay lined up, and a table without rules can be found by its alignment.
 */
#ifndef KH_SOURCE_TEXTFILE_H
#define KH_SOURCE_TEXTFILE_H

#include "core/page.h"

typedef struct kh_textfile kh_textfile;

/* `bytes` and `name` must outlive the text. KH_ERROR_INPUT when it is not UTF-8 text (the message tells apart what is text in
 * another encoding from what is no text at all), KH_ERROR_LIMIT beyond KH_LIMIT_TEXT_BYTES. */
kh_textfile *kh_textfile_open (GBytes *bytes, const char *name, GError **error);
void kh_textfile_free (kh_textfile *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_textfile, kh_textfile_free)
guint kh_textfile_page_count (const kh_textfile *text);

/* The words of a page. */
kh_page *kh_textfile_read (kh_textfile *text, guint number, kh_pool *pool, GError **error);

#endif
