/* workbook_parts.h - is a workbook that was put together whole? libxlsxwriter does not look whether its temporary files could be written: on a full
 * disk it packs what there is of them. Within emit/ only. */
#ifndef KH_EMIT_WORKBOOK_PARTS_H
#define KH_EMIT_WORKBOOK_PARTS_H

#include <glib.h>

/* A part of the ZIP archive, "xl/workbook.xml", unpacked; NULL: there is none, or it cannot be unpacked. The caller frees. */
GString *kh_workbook_part (const char *bytes, gsize length, const char *name);

/* Are all parts well-formed XML to their end? */
gboolean kh_workbook_parts_are_whole (const char *bytes, gsize length);

#endif
