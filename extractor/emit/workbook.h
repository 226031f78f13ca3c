/* workbook.h - a workbook for spreadsheets (XLSX), written row by row. For emit/ and compare/; it alone knows libxlsxwriter.
 *
 *    kh_workbook *book = kh_workbook_new ();
 *    static const kh_worksheet_column columns[] = { { "Nhiệm vụ", 60 }, { "Đến ngày", 12 }, { "Trang", 8 } };
 *    kh_worksheet *sheet = kh_workbook_sheet (book, "Nhiệm vụ", columns, G_N_ELEMENTS (columns));
 *    kh_worksheet_row (sheet);                                   ┌──────────┬────────────┬───────┐
 *    kh_worksheet_text (sheet, "Rà soát thủ tục", NULL);         │ Nhiệm vụ ▾ Đến ngày   ▾ Trang ▾   frozen, filters, repeated on paper
 *    kh_worksheet_day (sheet, "2024-06-30", "Đọc không chắc");   │ Rà soát… │ 30/06/2024◥│ 3     │   ◥ doubtful: filled, its note says why
 *    kh_worksheet_page (sheet, "kh.pdf", 3, NULL);               └──────────┴────────────┴───────┘
 *    if (!kh_workbook_write (book, out, &error)) ...
 *
 * Each sheet has a header row that stays, filters, wrapped text, and prints on A4 across, as wide as the paper; a column without content is narrow. Text is written as text,
 * whatever it begins with: it never becomes a formula. The same calls give the same bytes: no clock, no locale.
 *
 * Excel's ceilings hold: text that is too long for a cell is cut, and a note says so; links past the last a sheet may have are plain
 * text; rows past the last are dropped.
 */
#ifndef KH_EMIT_WORKBOOK_H
#define KH_EMIT_WORKBOOK_H

#include <glib.h>

#define KH_WORKBOOK_CELL_CHARACTERS 32767u /* of one cell, in UTF-16 as Excel counts */
#define KH_WORKBOOK_LINKS 65530u           /* of one sheet */
#define KH_WORKBOOK_LINK_BYTES 2000u       /* of one address; a longer one is no link */
#define KH_WORKBOOK_ROWS 1048576u          /* of one sheet, with its header */
#define KH_WORKBOOK_COLUMNS 16384u         /* of one sheet */

typedef struct kh_workbook kh_workbook;
typedef struct kh_worksheet kh_worksheet;

typedef struct kh_worksheet_column {
    const char *title;
    double width; /* characters */
} kh_worksheet_column;

kh_workbook *kh_workbook_new (void);
void kh_workbook_free (kh_workbook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_workbook, kh_workbook_free)

/* A new sheet behind the others. Signs Excel does not allow in its name become spaces, a name that is taken gets a number. The book's. */
kh_worksheet *kh_workbook_sheet (kh_workbook *book, const char *name, const kh_worksheet_column *columns, guint n_columns);

/* To the next row, its first column. FALSE: the sheet is full, and what is written to this row is dropped. */
gboolean kh_worksheet_row (kh_worksheet *sheet);
/* The number of the row that is written: 1 is the first below the header. */
guint kh_worksheet_row_number (const kh_worksheet *sheet);

/* Each of these fills the next cell of the row. `note` NULL: nothing to say; else the cell is marked as doubtful and the note says why. NULL, ""
 * and NAN leave the cell empty (a note marks it all the same). */
void kh_worksheet_text (kh_worksheet *sheet, const char *text, const char *note);
void kh_worksheet_number (kh_worksheet *sheet, double number, const char *note);
/* "2024-06-30" is a day, shown 30/06/2024; what is no such day ("2024-06", "2024"), or lies before 1901, is text. */
void kh_worksheet_day (kh_worksheet *sheet, const char *iso, const char *note);
/* Text that leads to a file (a path, relative to the workbook or absolute), and to a page of it: 0 for none. */
void kh_worksheet_link (kh_worksheet *sheet, const char *text, const char *file, int page, const char *note);
/* The number of a page that leads to it; `file` NULL: the number alone. 0 leaves the cell empty. */
void kh_worksheet_page (kh_worksheet *sheet, const char *file, int page, const char *note);
/* A number that shows a word before it, which is no part of it ("≥ "; ""), and leads to a page as kh_worksheet_link() does. NAN leaves the cell
 * empty. */
void kh_worksheet_figure (kh_worksheet *sheet, const char *before, double number, const char *file, int page, const char *note);
/* The first columns stay where they are when the sheet is moved sideways. */
void kh_worksheet_keep_columns (kh_worksheet *sheet, guint n_columns);
/* Text in bold. */
void kh_worksheet_heading (kh_worksheet *sheet, const char *text);

/* A chart of horizontal bars beside the sheet's columns: of `n_rows` rows from `first_row` (1 is the first below the header), a bar for each of
 * `n_values` columns from `values` on, named by the column `names` (columns from 0). */
typedef struct kh_worksheet_bars {
    const char *title;
    guint first_row, n_rows;
    guint names, values, n_values;
} kh_worksheet_bars;
void kh_worksheet_chart (kh_worksheet *sheet, const kh_worksheet_bars *bars);

/* Appends the workbook; it can be written once and is good for nothing but freeing then. KH_ERROR_OUTPUT when there is no room for the temporary
 * files it is put together in ($TMPDIR; they have no name and are gone with the process). */
gboolean kh_workbook_write (kh_workbook *book, GString *out, GError **error);

#endif
