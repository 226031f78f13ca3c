/* workbook_looks.h - what cells of a workbook look like (workbook.c). Within emit/ only. */
#ifndef KH_EMIT_WORKBOOK_LOOKS_H
#define KH_EMIT_WORKBOOK_LOOKS_H

#include <xlsxwriter.h>

typedef enum kh_cell_kind { KH_CELL_TEXT, KH_CELL_NUMBER, KH_CELL_DAY, KH_CELL_LINK, KH_CELL_PAGE, KH_CELL_HEADING, KH_N_CELL_KINDS } kh_cell_kind;

/* The format of a kind of cell, plain or doubtful; of the header row. The book's. */
lxw_format *kh_workbook_looks (lxw_workbook *book, kh_cell_kind kind, int is_doubtful);
lxw_format *kh_workbook_header_looks (lxw_workbook *book);

#endif
