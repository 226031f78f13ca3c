#include "emit/workbook.h"

#include "base/error.h"
#include "base/intl.h"
#include "emit/workbook_looks.h"
#include "emit/workbook_parts.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define NAME_CHARACTERS 31     /* of a sheet's name */
#define FIRST_YEAR 1901        /* Excel counts days from 1900, a year it takes for a leap year */
#define CREATED 946684800      /* 2000-01-01: a workbook tells no time of its own */
#define NOTE_WIDTH 260         /* pixels */
#define NOTE_LINE_CHARACTERS 38
#define NOTE_LINE_HEIGHT 16
#define CHART_ROW_HEIGHT 30    /* pixels a row of a chart takes */
#define HEADER_HEIGHT 30       /* points */
#define LETTERS_A_UNIT 1.1     /* of text, in one unit of a column's width (a figure of the default font) */
#define LINE_HEIGHT 14.5       /* points */
#define MOST_HEIGHT 409.0      /* points, Excel's ceiling of a row */
#define EMPTY_WIDTH 9.0        /* characters, of a column without content */

struct kh_workbook {
    lxw_workbook *book;
    int fd;                                   /* what it is written to: memory that has no name */
    lxw_format *header, *formats[KH_N_CELL_KINDS][2]; /* plain, doubtful */
    GHashTable *figures;                      /* "≥ " and whether it is a link, and doubtful -> lxw_format */
    GPtrArray *sheets;                        /* kh_worksheet * */
};

struct kh_worksheet {
    kh_workbook *book;
    lxw_worksheet *sheet;
    guint n_columns, row, column; /* where the next cell goes; row 0 is the header */
    guint n_links;
    guint lines;                  /* of the row's highest cell */
    gboolean *is_filled;          /* has the column content? */
    double *widths;
};

/* ------------------------------------------------------------------ book and sheets */

static void
sheet_free (gpointer data)
{
    kh_worksheet *sheet = data;
    g_free (sheet->is_filled);
    g_free (sheet->widths);
    g_free (sheet);
}

kh_workbook *
kh_workbook_new (void)
{
    kh_workbook *book = g_new0 (kh_workbook, 1);
    book->sheets = g_ptr_array_new_with_free_func (sheet_free);
    book->figures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    book->fd = memfd_create ("kehoach", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", book->fd);
    book->book = workbook_new (path);
    lxw_doc_properties properties = { .author = (char *) "kehoach", .created = CREATED };
    workbook_set_properties (book->book, &properties);
    book->header = kh_workbook_header_looks (book->book);
    for (int kind = 0; kind < KH_N_CELL_KINDS; kind++)
        for (int doubtful = 0; doubtful < 2; doubtful++)
            book->formats[kind][doubtful] = kh_workbook_looks (book->book, kind, doubtful);
    return book;
}

void
kh_workbook_free (kh_workbook *book)
{
    if (book == NULL)
        return;
    lxw_workbook_free (book->book);
    if (book->fd >= 0)
        close (book->fd);
    g_hash_table_unref (book->figures);
    g_ptr_array_unref (book->sheets);
    g_free (book);
}

/* A name as Excel wants it: no more than 31 characters, none of []:*?/\, no apostrophe at its ends, none twice. */
static char *
sheet_name (const kh_workbook *book, const char *wanted)
{
    g_autofree char *valid = g_utf8_make_valid (wanted, -1);
    g_strdelimit (valid, "[]:*?/\\'", ' ');
    g_strstrip (valid);
    g_autofree char *name = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), NAME_CHARACTERS));
    g_autofree char *stem = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), NAME_CHARACTERS - 7));
    if (*name == '\0') {
        g_free (name);
        name = g_strdup ("1");
    }
    for (guint n = 2; workbook_get_worksheet_by_name (book->book, name) != NULL; n++) {
        g_free (name);
        name = g_strdup_printf ("%s (%u)", stem, n);
    }
    return g_steal_pointer (&name);
}

kh_worksheet *
kh_workbook_sheet (kh_workbook *book, const char *name, const kh_worksheet_column *columns, guint n_columns)
{
    kh_worksheet *sheet = g_new0 (kh_worksheet, 1);
    g_ptr_array_add (book->sheets, sheet);
    g_autofree char *good = sheet_name (book, name);
    sheet->book = book;
    sheet->sheet = workbook_add_worksheet (book->book, good);
    sheet->n_columns = MIN (n_columns, KH_WORKBOOK_COLUMNS);
    sheet->is_filled = g_new0 (gboolean, sheet->n_columns);
    sheet->widths = g_new0 (double, sheet->n_columns);
    worksheet_set_row (sheet->sheet, 0, HEADER_HEIGHT, NULL);
    for (guint c = 0; c < sheet->n_columns; c++) {
        sheet->widths[c] = columns[c].width;
        worksheet_write_string (sheet->sheet, 0, (lxw_col_t) c, columns[c].title, book->header);
    }
    worksheet_freeze_panes (sheet->sheet, 1, 0);
    worksheet_set_landscape (sheet->sheet);
    worksheet_set_paper (sheet->sheet, 9); /* A4 */
    worksheet_set_margins (sheet->sheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_repeat_rows (sheet->sheet, 0, 0);
    worksheet_fit_to_pages (sheet->sheet, 1, 0);
    worksheet_set_header (sheet->sheet, "&L&A");
    worksheet_set_footer (sheet->sheet, "&R&P/&N");
    return sheet;
}

/* Rows are given their height: LibreOffice does not find it when it opens the file. */
static void
end_row (kh_worksheet *sheet)
{
    if (sheet->row > 0 && sheet->row < KH_WORKBOOK_ROWS && sheet->lines > 1)
        worksheet_set_row (sheet->sheet, sheet->row, MIN (sheet->lines * LINE_HEIGHT + 2, MOST_HEIGHT), NULL);
    sheet->lines = 0;
}

gboolean
kh_worksheet_row (kh_worksheet *sheet)
{
    end_row (sheet);
    sheet->column = 0;
    sheet->row = MIN (sheet->row + 1, KH_WORKBOOK_ROWS);
    return sheet->row < KH_WORKBOOK_ROWS;
}

guint
kh_worksheet_row_number (const kh_worksheet *sheet)
{
    return sheet->row;
}

/* ------------------------------------------------------------------ cells */

static gboolean
is_full (const kh_worksheet *sheet)
{
    return sheet->row >= KH_WORKBOOK_ROWS || sheet->column >= sheet->n_columns;
}

/* As much of the text as a cell holds, as UTF-8; `is_cut` tells whether something is missing. */
static char *
fitting (const char *text, gboolean *is_cut)
{
    char *valid = g_utf8_make_valid (text, -1);
    guint units = 0;
    *is_cut = FALSE;
    for (char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
        units += g_utf8_get_char (p) > 0xFFFF ? 2 : 1;
        if (units > KH_WORKBOOK_CELL_CHARACTERS) {
            *p = '\0';
            *is_cut = TRUE;
            break;
        }
    }
    return valid;
}

/* How many lines the text has in its column, about. */
static guint
lines_of (const kh_worksheet *sheet, const char *text)
{
    double letters = MAX (sheet->widths[sheet->column] * LETTERS_A_UNIT, 1);
    guint lines = 0;
    g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        lines += MAX ((guint) ceil ((double) g_utf8_strlen (parts[i], -1) / letters), 1);
    return lines;
}

static void
put_note (kh_worksheet *sheet, const char *note)
{
    gboolean is_cut;
    g_autofree char *text = fitting (note, &is_cut);
    glong lines = 2;
    g_auto (GStrv) parts = g_strsplit (text, "\n", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        lines += 1 + g_utf8_strlen (parts[i], -1) / NOTE_LINE_CHARACTERS;
    lxw_comment_options options = { .author = (char *) "kehoach", .width = NOTE_WIDTH, .height = (guint16) MIN (lines * NOTE_LINE_HEIGHT, 400) };
    worksheet_write_comment_opt (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, text, &options);
}

static lxw_format *
looks (const kh_worksheet *sheet, kh_cell_kind kind, const char *note)
{
    return sheet->book->formats[kind][note != NULL];
}

/* Ends the cell: its note, then on to the next. */
static void
end_cell (kh_worksheet *sheet, gboolean is_filled, const char *note)
{
    sheet->is_filled[sheet->column] |= is_filled;
    if (note != NULL && *note != '\0')
        put_note (sheet, note);
    sheet->column++;
}

/* A string as it stands, never a formula. */
static void
put_string (kh_worksheet *sheet, const char *text, kh_cell_kind kind, const char *note)
{
    gboolean is_cut = FALSE;
    g_autofree char *fit = text == NULL ? NULL : fitting (text, &is_cut);
    g_autofree char *more = !is_cut ? NULL
                                    : g_strdup_printf ("%s%sDài hơn một ô của Excel (%u ký tự): phần sau bị cắt, xem bản JSON.", note != NULL ? note : "",
                                                       note != NULL ? "\n" : "", KH_WORKBOOK_CELL_CHARACTERS);
    if (more != NULL)
        note = more;
    if (fit == NULL || *fit == '\0')
        worksheet_write_blank (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, looks (sheet, kind, note));
    else {
        worksheet_write_string (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, fit, looks (sheet, kind, note));
        sheet->lines = MAX (sheet->lines, lines_of (sheet, fit));
    }
    end_cell (sheet, fit != NULL && *fit != '\0', note);
}

void
kh_worksheet_text (kh_worksheet *sheet, const char *text, const char *note)
{
    if (!is_full (sheet))
        put_string (sheet, text, KH_CELL_TEXT, note);
}

void
kh_worksheet_heading (kh_worksheet *sheet, const char *text)
{
    if (!is_full (sheet))
        put_string (sheet, text, KH_CELL_HEADING, NULL);
}

void
kh_worksheet_number (kh_worksheet *sheet, double number, const char *note)
{
    if (is_full (sheet))
        return;
    if (!isfinite (number)) {
        put_string (sheet, NULL, KH_CELL_NUMBER, note);
        return;
    }
    worksheet_write_number (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, number, looks (sheet, KH_CELL_NUMBER, note));
    end_cell (sheet, TRUE, note);
}

void
kh_worksheet_day (kh_worksheet *sheet, const char *iso, const char *note)
{
    int year, month, day, length = 0;
    if (is_full (sheet))
        return;
    if (iso == NULL || sscanf (iso, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 || iso[length] != '\0' || year < FIRST_YEAR
        || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)) {
        put_string (sheet, iso, KH_CELL_TEXT, note);
        return;
    }
    lxw_datetime when = { .year = year, .month = month, .day = day };
    worksheet_write_datetime (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, &when, looks (sheet, KH_CELL_DAY, note));
    end_cell (sheet, TRUE, note);
}

/* ------------------------------------------------------------------ links */

/* "external:k%E1%BA%BF.pdf#page=3" as both Excel and LibreOffice follow it: the file's own address, and behind # the place in it. NULL: too
 * long. */
static char *
address_of (const char *file, int page)
{
    g_autofree char *escaped = g_uri_escape_string (file, "/!$&'()*+,;=@~", TRUE);
    g_autofree char *address = page > 0 ? g_strdup_printf ("external:%s#page=%d", escaped, page) : g_strdup_printf ("external:%s", escaped);
    return strlen (address) > KH_WORKBOOK_LINK_BYTES ? NULL : g_steal_pointer (&address);
}

/* The cell leads there; what it shows is written over it, which may be of another kind than `text`. FALSE: no link. */
static gboolean
put_link (kh_worksheet *sheet, const char *text, const char *file, int page, kh_cell_kind kind, const char *note)
{
    if (file == NULL || *file == '\0' || sheet->n_links >= KH_WORKBOOK_LINKS)
        return FALSE;
    g_autofree char *address = address_of (file, page);
    if (address == NULL
        || worksheet_write_url_opt (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, address, looks (sheet, kind, note), text, NULL) != LXW_NO_ERROR)
        return FALSE;
    sheet->n_links++;
    return TRUE;
}

void
kh_worksheet_link (kh_worksheet *sheet, const char *text, const char *file, int page, const char *note)
{
    if (is_full (sheet))
        return;
    gboolean is_cut;
    g_autofree char *fit = text == NULL ? NULL : fitting (text, &is_cut);
    gboolean is_link = fit != NULL && *fit != '\0' && put_link (sheet, fit, file, page, KH_CELL_LINK, note);
    put_string (sheet, text, is_link ? KH_CELL_LINK : KH_CELL_TEXT, note);
}

void
kh_worksheet_page (kh_worksheet *sheet, const char *file, int page, const char *note)
{
    if (is_full (sheet))
        return;
    if (page <= 0) {
        put_string (sheet, NULL, KH_CELL_TEXT, note);
        return;
    }
    g_autofree char *number = g_strdup_printf ("%d", page);
    gboolean is_link = put_link (sheet, number, file, page, KH_CELL_PAGE, note);
    worksheet_write_number (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, page, looks (sheet, is_link ? KH_CELL_PAGE : KH_CELL_NUMBER, note));
    end_cell (sheet, TRUE, note);
}

/* ------------------------------------------------------------------ figures */

/* The looks of a number with a word before it, made when they are first wanted. */
static lxw_format *
figure_looks (kh_worksheet *sheet, const char *before, gboolean is_link, const char *note)
{
    kh_workbook *book = sheet->book;
    g_autofree char *key = g_strdup_printf ("%s\t%d\t%d", before, is_link, note != NULL);
    lxw_format *format = g_hash_table_lookup (book->figures, key);
    if (format != NULL)
        return format;
    g_autofree char *shown = *before == '\0' ? g_strdup ("General") : g_strdup_printf ("\"%s\"General", before); /* "0.##" would show "80." */
    format = kh_workbook_looks (book->book, is_link ? KH_CELL_PAGE : KH_CELL_NUMBER, note != NULL);
    format_set_align (format, LXW_ALIGN_RIGHT);
    format_set_num_format (format, shown);
    g_hash_table_insert (book->figures, g_steal_pointer (&key), format);
    return format;
}

void
kh_worksheet_figure (kh_worksheet *sheet, const char *before, double number, const char *file, int page, const char *note)
{
    if (is_full (sheet))
        return;
    if (!isfinite (number)) {
        put_string (sheet, NULL, KH_CELL_NUMBER, note);
        return;
    }
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *shown = g_strconcat (before, g_ascii_formatd (digits, sizeof digits, "%.10g", number), NULL);
    gboolean is_link = put_link (sheet, shown, file, page, KH_CELL_PAGE, note);
    worksheet_write_number (sheet->sheet, sheet->row, (lxw_col_t) sheet->column, number, figure_looks (sheet, before, is_link, note));
    end_cell (sheet, TRUE, note);
}

void
kh_worksheet_keep_columns (kh_worksheet *sheet, guint n_columns)
{
    worksheet_freeze_panes (sheet->sheet, 1, (lxw_col_t) MIN (n_columns, sheet->n_columns));
}

/* ------------------------------------------------------------------ charts */

void
kh_worksheet_chart (kh_worksheet *sheet, const kh_worksheet_bars *bars)
{
    if (bars->n_rows == 0 || bars->n_values == 0 || bars->first_row + bars->n_rows > KH_WORKBOOK_ROWS || bars->names >= sheet->n_columns
        || bars->values + bars->n_values > sheet->n_columns)
        return;
    lxw_chart *chart = workbook_add_chart (sheet->book->book, LXW_CHART_BAR);
    const char *name = sheet->sheet->name;
    lxw_row_t first = bars->first_row, last = bars->first_row + bars->n_rows - 1;
    for (guint v = 0; v < bars->n_values; v++) {
        lxw_col_t values = (lxw_col_t) (bars->values + v);
        lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
        chart_series_set_categories (series, name, first, (lxw_col_t) bars->names, last, (lxw_col_t) bars->names);
        chart_series_set_values (series, name, first, values, last, values);
        chart_series_set_name_range (series, name, 0, values);
        chart_series_set_labels (series);
    }
    chart_title_set_name (chart, bars->title);
    chart_axis_set_reverse (chart->y_axis); /* rows from the top */
    if (bars->n_values == 1)
        chart_legend_set_position (chart, LXW_CHART_LEGEND_NONE);
    else
        chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
    double height = (double) CHART_ROW_HEIGHT * bars->n_rows * MAX (1, bars->n_values * 0.6) + 120;
    lxw_chart_options options = { .x_offset = 20, .y_offset = 10, .x_scale = 1.4, .y_scale = MIN (height, 4000) / 288 }; /* a chart is 288 pixels high */
    worksheet_insert_chart_opt (sheet->sheet, 1, (lxw_col_t) sheet->n_columns, chart, &options);
}

/* ------------------------------------------------------------------ the end */

static void
set_widths (kh_worksheet *sheet)
{
    for (guint c = 0; c < sheet->n_columns; c++) {
        double width = sheet->is_filled[c] || sheet->row == 0 ? sheet->widths[c] : MIN (sheet->widths[c], EMPTY_WIDTH);
        worksheet_set_column (sheet->sheet, (lxw_col_t) c, (lxw_col_t) c, width, NULL);
    }
}

gboolean
kh_workbook_write (kh_workbook *book, GString *out, GError **error)
{
    for (guint i = 0; i < book->sheets->len; i++) {
        kh_worksheet *sheet = book->sheets->pdata[i];
        end_row (sheet);
        set_widths (sheet);
        if (sheet->n_columns > 0)
            worksheet_autofilter (sheet->sheet, 0, 0, MIN (MAX (sheet->row, 1), KH_WORKBOOK_ROWS - 1), (lxw_col_t) (sheet->n_columns - 1));
    }
    errno = 0;
    lxw_error failure = workbook_close (book->book); /* and frees it */
    int cause = errno;
    book->book = NULL;
    char block[64 * 1024];
    gssize got = -1;
    gsize start = out->len;
    if (failure == LXW_NO_ERROR && lseek (book->fd, 0, SEEK_SET) == 0)
        while ((got = read (book->fd, block, sizeof block)) > 0)
            g_string_append_len (out, block, got);
    if (got == 0 && kh_workbook_parts_are_whole (out->str + start, out->len - start))
        return TRUE;
    g_set_error (error, KH_ERROR, KH_ERROR_OUTPUT, _ ("the workbook cannot be put together: %s"),
                 failure != LXW_NO_ERROR && cause == 0 ? lxw_strerror (failure) : g_strerror (cause != 0 ? cause : ENOSPC));
    return FALSE;
}
