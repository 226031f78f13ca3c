#include "emit/workbook_looks.h"

#define FONT "Times New Roman" /* what plans are printed in */
#define FONT_SIZE 11

lxw_format *
kh_workbook_looks (lxw_workbook *book, kh_cell_kind kind, int is_doubtful)
{
    lxw_format *format = workbook_add_format (book);
    format_set_font_name (format, FONT);
    format_set_font_size (format, FONT_SIZE);
    format_set_text_wrap (format);
    format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
    format_set_border (format, LXW_BORDER_THIN);
    format_set_border_color (format, 0xBFBFBF);
    if (is_doubtful)
        format_set_bg_color (format, 0xFFE699);
    if (kind == KH_CELL_DAY) {
        format_set_num_format (format, "dd/mm/yyyy");
        format_set_align (format, LXW_ALIGN_LEFT);
    }
    if (kind == KH_CELL_PAGE)
        format_set_align (format, LXW_ALIGN_CENTER);
    if (kind == KH_CELL_LINK || kind == KH_CELL_PAGE) {
        format_set_font_color (format, 0x0563C1);
        format_set_underline (format, LXW_UNDERLINE_SINGLE);
    }
    if (kind == KH_CELL_HEADING)
        format_set_bold (format);
    return format;
}

lxw_format *
kh_workbook_header_looks (lxw_workbook *book)
{
    lxw_format *format = workbook_add_format (book);
    format_set_font_name (format, FONT);
    format_set_font_size (format, FONT_SIZE);
    format_set_bold (format);
    format_set_text_wrap (format);
    format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align (format, LXW_ALIGN_CENTER);
    format_set_border (format, LXW_BORDER_THIN);
    format_set_border_color (format, 0x7F7F7F);
    format_set_bg_color (format, 0xD9E2F3);
    return format;
}
