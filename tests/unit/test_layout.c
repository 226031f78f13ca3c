/* test_layout.c - words and rules made by hand, and the flow they must give.
 *
 * Letters are 6 points wide, lines 12 points high, a page is A4. type() sets words, frame() draws a table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "layout/layout.h"

#include <string.h>

#define SIZE 12.0
#define LETTER 6.0
#define LEFT 85.0
#define RIGHT 541.0 /* 76 letters */
#define INDENT 36.0

typedef struct fixture {
    kh_pool *pool;
    GPtrArray *pages;
    kh_page *page; /* the last */
    double tilt;   /* how far lines fall, points a point */
} fixture;

static void
add_page (fixture *f)
{
    f->page = kh_page_new (f->pool, f->pages->len + 1, 595, 842);
    f->page->origin = KH_ORIGIN_TEXT_LAYER;
    g_ptr_array_add (f->pages, f->page);
}

static int
set_up (void **state)
{
    fixture *f = g_new0 (fixture, 1);
    f->pool = kh_pool_new ();
    f->pages = kh_pool_list (f->pool);
    add_page (f);
    *state = f;
    return 0;
}

static int
tear_down (void **state)
{
    fixture *f = *state;
    kh_pool_free (f->pool);
    g_free (f);
    return 0;
}

/* Words with one letter's space between them; two spaces and more stay wide. */
static void
type_style (fixture *f, double x, double y, const char *text, unsigned style)
{
    const char *p = text;
    while (*p != '\0') {
        while (*p == ' ') {
            x += LETTER;
            p++;
        }
        const char *end = p;
        while (*end != '\0' && *end != ' ')
            end++;
        if (end == p)
            break;
        g_autofree char *word = g_strndup (p, end - p);
        double width = LETTER * g_utf8_strlen (word, -1), fall = f->tilt * (x - LEFT);
        kh_word facts = { .box = { x, y + fall, x + width, y + SIZE + fall }, .size = SIZE, .confidence = 1, .style = style, .line = -1 };
        assert_true (kh_page_add_word (f->pool, f->page, word, facts));
        x += width;
        p = end;
    }
}

static void
type (fixture *f, double x, double y, const char *text)
{
    type_style (f, x, y, text, 0);
}

static void
centre (fixture *f, double middle, double y, const char *text)
{
    type_style (f, middle - LETTER * g_utf8_strlen (text, -1) / 2, y, text, KH_WORD_BOLD);
}

static void
level (fixture *f, double y, double x0, double x1)
{
    kh_page_add_rule (f->page, (kh_box){ x0, y - 0.25, x1, y + 0.25 }, TRUE);
}

static void
upright (fixture *f, double x, double y0, double y1)
{
    kh_page_add_rule (f->page, (kh_box){ x - 0.25, y0, x + 0.25, y1 }, FALSE);
}

/* All rules of a grid; -1 ends both lists. */
static void
frame (fixture *f, const double *xs, const double *ys)
{
    int n_x = 0, n_y = 0;
    while (xs[n_x] >= 0)
        n_x++;
    while (ys[n_y] >= 0)
        n_y++;
    for (int i = 0; i < n_y; i++)
        level (f, ys[i], xs[0], xs[n_x - 1]);
    for (int i = 0; i < n_x; i++)
        upright (f, xs[i], ys[0], ys[n_y - 1]);
}

static kh_flow *
lay_out (fixture *f)
{
    return kh_layout (f->pages, f->pool);
}

static const kh_block *
block (const kh_flow *flow, guint i)
{
    assert_in_range (i, 0, flow->blocks->len - 1);
    return g_ptr_array_index (flow->blocks, i);
}

static const kh_grid *
only_grid (const kh_flow *flow)
{
    const kh_grid *grid = NULL;
    for (guint i = 0; i < flow->blocks->len; i++)
        if (block (flow, i)->kind == KH_BLOCK_TABLE) {
            assert_null (grid);
            grid = block (flow, i)->grid;
        }
    assert_non_null (grid);
    return grid;
}

static guint
count_tables (const kh_flow *flow)
{
    guint n = 0;
    for (guint i = 0; i < flow->blocks->len; i++)
        n += block (flow, i)->kind == KH_BLOCK_TABLE;
    return n;
}

static void
assert_texts (const kh_flow *flow, const char *const *expected)
{
    guint n = g_strv_length ((char **) expected);
    for (guint i = 0; i < MIN (n, flow->blocks->len); i++)
        assert_string_equal (block (flow, i)->text.str, expected[i]);
    assert_int_equal (flow->blocks->len, n);
}
#define TEXTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
assert_cell (const kh_grid *grid, int row, int col, const char *text, int row_span, int col_span)
{
    assert_in_range (row, 0, grid->n_rows - 1);
    assert_in_range (col, 0, grid->n_cols - 1);
    const kh_cell *cell = kh_grid_cell (grid, row, col);
    if (text == NULL) {
        assert_null (cell);
        return;
    }
    assert_non_null (cell);
    assert_string_equal (cell->text.str, text);
    assert_int_equal (cell->row_span, row_span);
    assert_int_equal (cell->col_span, col_span);
}

/* A page of running text, so that margins are known. */
static void
type_body (fixture *f, double y)
{
    type (f, LEFT + INDENT, y, "Các đơn vị thuộc Sở chủ động xây dựng lịch làm việc hằng tuần, báo cáo");
    type (f, LEFT, y + 18, "kết quả thực hiện về Văn phòng trước mười sáu giờ thứ sáu; nội dung báo cáo");
    type (f, LEFT, y + 36, "nêu rõ việc đã làm, việc còn lại và nguyên nhân của từng việc chậm trễ nữa.");
}
#define BODY                                                                                                                         \
    "Các đơn vị thuộc Sở chủ động xây dựng lịch làm việc hằng tuần, báo cáo kết quả thực hiện về Văn phòng trước mười sáu giờ thứ " \
    "sáu; nội dung báo cáo nêu rõ việc đã làm, việc còn lại và nguyên nhân của từng việc chậm trễ nữa."

/* ---- lines and paragraphs */

static void
test_nothing (void **state)
{
    fixture *f = *state;
    assert_int_equal (lay_out (f)->blocks->len, 0);
    g_ptr_array_set_size (f->pages, 0);
    assert_int_equal (lay_out (f)->blocks->len, 0);
}

static void
test_paragraphs (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "- Đơn vị chậm báo cáo hai tuần liền bị nhắc nhở.");
    type (f, LEFT + INDENT, 172, "- Đơn vị chậm báo cáo ba tuần liền bị phê bình trước toàn cơ quan và bị");
    type (f, LEFT, 190, "trừ điểm thi đua.");
    type_style (f, LEFT + INDENT, 208, "II. NHIỆM VỤ", KH_WORD_BOLD);
    type_body (f, 226);
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (BODY, "- Đơn vị chậm báo cáo hai tuần liền bị nhắc nhở.",
                               "- Đơn vị chậm báo cáo ba tuần liền bị phê bình trước toàn cơ quan và bị trừ điểm thi đua.", "II. NHIỆM VỤ",
                               BODY));
    assert_int_equal (block (flow, 0)->align, KH_ALIGN_JUSTIFY);
    assert_int_equal (block (flow, 0)->lines->len, 3);
    assert_float_equal (block (flow, 0)->indent, INDENT, 1);
    assert_float_equal (block (flow, 0)->gap_above, -1, 0);
    assert_float_equal (block (flow, 1)->gap_above, 6, 0.1);
    assert_float_equal (block (flow, 3)->bold, 1, 0);
    assert_float_equal (block (flow, 4)->bold, 0, 0);
}

static void
test_paragraph_over_pages (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Văn phòng tổng hợp báo cáo của các đơn vị, trình lãnh đạo Sở trong buổi");
    add_page (f);
    type (f, 310, 40, "2");
    type (f, LEFT, 80, "giao ban sáng thứ hai.");
    type_body (f, 98);
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (BODY, "Văn phòng tổng hợp báo cáo của các đơn vị, trình lãnh đạo Sở trong buổi giao ban sáng thứ hai.", BODY));
    assert_int_equal (block (flow, 1)->page, 1);
    assert_int_equal (block (flow, 1)->lines->len, 2);
}

static void
test_bold_line_is_apart (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type_style (f, LEFT, 154, "Điều 1. Phân công cho các phòng chuyên môn và đơn vị sự nghiệp trực thuộc Sở", KH_WORD_BOLD);
    type (f, LEFT, 172, "theo danh mục ở phần sau.");
    assert_texts (lay_out (f), TEXTS (BODY, "Điều 1. Phân công cho các phòng chuyên môn và đơn vị sự nghiệp trực thuộc Sở",
                                      "theo danh mục ở phần sau."));
}

static void
test_line_ends (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Ban chỉ đạo gồm lãnh đạo các phòng Kế hoạch, Tổng hợp và phòng Kinh tế -");
    type (f, LEFT, 172, "Xã hội; nhiệm kỳ 2021-2025 họp mỗi quý một lần và khi có việc gấp như cứu\u00AD");
    type (f, LEFT, 190, "hộ; nhiệm kỳ tới họp theo quy chế mới của Ủy ban nhân dân tỉnh giai đoạn 2026-");
    type (f, LEFT, 208, "2030 ban hành.");
    assert_texts (lay_out (f),
                  TEXTS (BODY, "Ban chỉ đạo gồm lãnh đạo các phòng Kế hoạch, Tổng hợp và phòng Kinh tế - Xã hội; nhiệm kỳ 2021-2025 họp mỗi quý "
                               "một lần và khi có việc gấp như cứuhộ; nhiệm kỳ tới họp theo quy chế mới của Ủy ban nhân dân tỉnh giai đoạn "
                               "2026-2030 ban hành."));
}

static void
test_thousands_are_no_list_mark (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Đến cuối năm toàn huyện đã cấp thẻ bảo hiểm y tế cho số người như sau;");
    type (f, LEFT, 172, "12.087 người thuộc hộ cận nghèo.");
    assert_texts (lay_out (f), TEXTS (BODY, "Đến cuối năm toàn huyện đã cấp thẻ bảo hiểm y tế cho số người như sau; 12.087 người "
                                            "thuộc hộ cận nghèo."));
}

static void
test_tilted_lines (void **state)
{
    fixture *f = *state;
    f->tilt = 0.012; /* 0.7 degrees: half a line over the page's width */
    type_body (f, 100);
    type_body (f, 154);
    assert_texts (lay_out (f), TEXTS (BODY, BODY));
}

static void
test_raised_figure (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Diện tích 250 m");
    kh_word raised = { .box = { LEFT + INDENT + 15 * LETTER + 1, 152, LEFT + INDENT + 15 * LETTER + 5, 159 }, .size = 7, .confidence = 1, .line = -1 };
    kh_page_add_word (f->pool, f->page, "2", raised);
    type (f, LEFT + INDENT + 17 * LETTER, 154, "sàn.");
    assert_texts (lay_out (f), TEXTS (BODY, "Diện tích 250 m 2 sàn."));
}

static void
test_centred_lines (void **state)
{
    fixture *f = *state;
    double middle = (LEFT + RIGHT) / 2;
    centre (f, middle, 100, "KẾ HOẠCH");
    centre (f, middle, 118, "Chuyển đổi số của huyện trong năm tới");
    level (f, 136, middle - 40, middle + 40);
    type_body (f, 150);
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS ("KẾ HOẠCH", "Chuyển đổi số của huyện trong năm tới", BODY));
    assert_int_equal (block (flow, 0)->align, KH_ALIGN_CENTER);
    assert_int_equal (block (flow, 1)->align, KH_ALIGN_CENTER);
    assert_int_equal (block (flow, 2)->align, KH_ALIGN_JUSTIFY);
}

/* ---- page furniture */

static void
test_page_numbers (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, 310, 790, "1");
    add_page (f);
    type (f, 300, 40, "- 2 -");
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Số đơn vị báo cáo đúng hạn:");
    type (f, LEFT + INDENT, 172, "17");
    assert_texts (lay_out (f), TEXTS (BODY, BODY, "Số đơn vị báo cáo đúng hạn:", "17"));
}

static void
test_running_heads (void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 3; i++) {
        if (i > 0)
            add_page (f);
        type (f, LEFT, 40, "Phương án phòng cháy của kho số 4");
        type_body (f, 100);
    }
    assert_texts (lay_out (f), TEXTS (BODY, BODY, BODY));
}

static void
test_speck (void **state)
{
    fixture *f = *state;
    f->page->origin = KH_ORIGIN_OCR;
    type_body (f, 100);
    type (f, LEFT + INDENT, 154, "Báo cáo gửi trước ngày mười của tháng sau, kể cả khi không có việc mới để");
    kh_word dirt = { .box = { 500, 700, 503, 703 }, .confidence = 0.3, .line = -1 };
    kh_page_add_word (f->pool, f->page, "~", dirt);
    dirt.box = (kh_box){ 300, 500, 308, 512 };
    kh_page_add_word (f->pool, f->page, "g", dirt);
    kh_word unsure = { .box = { LEFT, 172, LEFT + 12, 184 }, .confidence = 0.1, .line = -1 };
    kh_page_add_word (f->pool, f->page, "kể", unsure);
    assert_texts (lay_out (f),
                  TEXTS (BODY, "Báo cáo gửi trước ngày mười của tháng sau, kể cả khi không có việc mới để kể"));
}

/* ---- bands */

static void
type_head (fixture *f)
{
    centre (f, 160, 60, "UBND HUYỆN SÔNG MÂY");
    centre (f, 160, 75, "PHÒNG NỘI VỤ");
    centre (f, 160, 105, "Số: 12/KH-PNV");
    centre (f, 415, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    centre (f, 415, 76, "Độc lập - Tự do - Hạnh phúc");
    centre (f, 415, 106, "Sông Mây, ngày 05 tháng 3 năm 2024");
    level (f, 92, 130, 190);
    level (f, 93, 340, 490);
}
#define HEAD                                                                                                                     \
    "UBND HUYỆN SÔNG MÂY", "PHÒNG NỘI VỤ", "Số: 12/KH-PNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", \
        "Sông Mây, ngày 05 tháng 3 năm 2024"

static void
test_head (void **state)
{
    fixture *f = *state;
    type_head (f);
    centre (f, (LEFT + RIGHT) / 2, 140, "KẾ HOẠCH");
    type_body (f, 170);
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (HEAD, "KẾ HOẠCH", BODY));
    for (guint i = 0; i < 6; i++) {
        assert_int_equal (block (flow, i)->column, i < 3 ? KH_COLUMN_LEFT : KH_COLUMN_RIGHT);
        assert_int_equal (block (flow, i)->band, 1);
        assert_int_equal (block (flow, i)->align, KH_ALIGN_CENTER);
    }
    assert_int_equal (block (flow, 6)->column, KH_COLUMN_FULL);
    assert_int_equal (block (flow, 6)->band, 0);
    assert_int_equal (block (flow, 6)->align, KH_ALIGN_CENTER);
}

static void
test_close_head (void **state)
{
    fixture *f = *state;
    type (f, 70, 60, "TỔNG CÔNG TY CẤP NƯỚC SÔNG MÂY");
    type (f, 260, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"); /* ten points away */
    type (f, 110, 76, "XÍ NGHIỆP SỐ 2");
    type (f, 300, 76, "Độc lập - Tự do - Hạnh phúc");
    centre (f, (LEFT + RIGHT) / 2, 140, "KẾ HOẠCH");
    type_body (f, 170);
    assert_texts (lay_out (f), TEXTS ("TỔNG CÔNG TY CẤP NƯỚC SÔNG MÂY", "XÍ NGHIỆP SỐ 2", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                                      "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH", BODY));
}

static void
test_foot (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    type (f, LEFT, 170, "Nơi nhận:");
    centre (f, 430, 176, "KT. TRƯỞNG PHÒNG");
    type (f, LEFT, 184, "- Như trên;");
    centre (f, 430, 192, "PHÓ TRƯỞNG PHÒNG");
    type (f, LEFT, 198, "- Lưu: VT.");
    centre (f, 430, 260, "Đỗ Thị Mận");
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (BODY, "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Đỗ Thị Mận"));
    for (guint i = 1; i < 7; i++) {
        assert_int_equal (block (flow, i)->column, i < 4 ? KH_COLUMN_LEFT : KH_COLUMN_RIGHT);
        assert_int_equal (block (flow, i)->band, 1);
    }
}

static void
test_two_signatures (void **state)
{
    fixture *f = *state;
    type_body (f, 100);
    centre (f, 190, 170, "GIÁM ĐỐC SỞ XÂY DỰNG");
    centre (f, 440, 170, "GIÁM ĐỐC SỞ CÔNG AN");
    centre (f, 190, 250, "Lý Văn Ổi");
    centre (f, 440, 240, "Võ Thị Cam");
    type (f, LEFT, 290, "Nơi nhận:");
    type (f, LEFT, 304, "- Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh, Đoàn đại biểu Quốc hội;");
    type (f, LEFT, 318, "- Lưu: VT.");
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (BODY, "GIÁM ĐỐC SỞ XÂY DỰNG", "Lý Văn Ổi", "GIÁM ĐỐC SỞ CÔNG AN", "Võ Thị Cam", "Nơi nhận:",
                               "- Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh, Đoàn đại biểu Quốc hội;", "- Lưu: VT."));
    assert_int_equal (block (flow, 2)->column, KH_COLUMN_LEFT);
    assert_int_equal (block (flow, 4)->column, KH_COLUMN_RIGHT);
    assert_int_equal (block (flow, 5)->band, 0);
}

static void
test_foot_over_pages (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    type (f, LEFT, 690, "Nơi nhận:");
    centre (f, 430, 690, "TRƯỞNG PHÒNG");
    type (f, LEFT, 704, "- Huyện ủy;");
    type (f, LEFT, 718, "- Các xã, thị trấn;");
    type (f, LEFT, 732, "- Các trường học;");
    centre (f, 430, 760, "Đỗ Thị Mận");
    add_page (f);
    type (f, LEFT, 80, "- Kho bạc huyện;");
    type (f, LEFT, 94, "- Lưu: VT.");
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS (BODY, "Nơi nhận:", "- Huyện ủy;", "- Các xã, thị trấn;", "- Các trường học;", "- Kho bạc huyện;", "- Lưu: VT.",
                               "TRƯỞNG PHÒNG", "Đỗ Thị Mận"));
    assert_int_equal (block (flow, 6)->page, 2);
    assert_int_equal (block (flow, 6)->band, 1);
    assert_int_equal (block (flow, 6)->column, KH_COLUMN_LEFT);
}

/* ---- ruled tables */

static const double XS[] = { 85, 115, 330, 440, 541, -1 };

static void
type_row (fixture *f, double y, const char *number, const char *text, const char *lead, const char *time)
{
    type (f, 90, y, number);
    type (f, 120, y, text);
    type (f, 335, y, lead);
    type (f, 445, y, time);
}

static void
test_ruled_table (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    frame (f, XS, (const double[]){ 120, 140, 176, 196, -1 });
    type_row (f, 124, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 144, "1", "Rà soát hồ sơ của các", "Văn thư", "Quý I");
    type (f, 120, 158, "phòng");
    type_row (f, 180, "2", "Số hóa hồ sơ", "", "Quý II");
    type_body (f, 210);
    kh_flow *flow = lay_out (f);
    assert_int_equal (flow->blocks->len, 3);
    assert_string_equal (block (flow, 0)->text.str, BODY);
    assert_string_equal (block (flow, 2)->text.str, BODY);
    const kh_grid *grid = only_grid (flow);
    assert_int_equal (grid->n_rows, 3);
    assert_int_equal (grid->n_cols, 4);
    assert_int_equal (grid->n_header_rows, 1);
    assert_true (grid->ruled);
    assert_cell (grid, 0, 0, "TT", 1, 1);
    assert_cell (grid, 1, 1, "Rà soát hồ sơ của các phòng", 1, 1);
    assert_int_equal (kh_grid_cell (grid, 1, 1)->lines->len, 2);
    assert_int_equal (kh_grid_cell (grid, 1, 1)->paragraphs->len, 2); /* "phòng" had room: typed as two */
    assert_cell (grid, 2, 2, "", 1, 1);
    assert_cell (grid, 2, 3, "Quý II", 1, 1);
}

/* Uprights and a rule under the header, none between the rows; a line that numbers the columns. */
static void
test_rows_without_rules (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    frame (f, XS, (const double[]){ 120, 140, 158, 260, -1 });
    type_row (f, 124, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 143, "(1)", "(2)", "(3)", "(4)");
    type_row (f, 162, "1", "Rà soát hồ sơ của các phòng, ban", "Văn thư", "Quý I");
    type (f, 120, 175, "chuyên môn");
    type_row (f, 194, "2", "Số hóa hồ sơ", "", "Quý II");
    type_row (f, 213, "3", "Nộp lưu trữ", "Văn thư", "Quý III");
    type (f, 335, 226, "Kế toán");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_header_rows, 1);
    assert_int_equal (grid->n_rows, 4);
    assert_cell (grid, 1, 0, "1", 1, 1);
    assert_cell (grid, 1, 1, "Rà soát hồ sơ của các phòng, ban chuyên môn", 1, 1);
    assert_cell (grid, 2, 0, "2", 1, 1);
    assert_cell (grid, 2, 2, "", 1, 1);
    assert_cell (grid, 3, 2, "Văn thư Kế toán", 1, 1);
}

static void
test_spans (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    /*   ┌────┬───────────┬───────────┐      header of two rows, a group row, a merged first column
     *   │ TT │ Công việc │ Thời gian │
     *   │    │           ├─────┬─────┤
     *   │    │           │ Từ  │ Đến │
     *   ├────┴───────────┴─────┴─────┤
     *   ├────┬───────────┬─────┬─────┤  */
    const double ys[] = { 120, 140, 160, 180, 200, 220 };
    level (f, 120, 85, 541);
    level (f, 140, 330, 541);
    for (int i = 2; i < 6; i++)
        level (f, ys[i], i == 4 ? 115 : 85, 541);
    for (int i = 0; i < 5; i++) {
        gboolean inner = i > 0 && i < 4;
        upright (f, XS[i], i == 3 ? 140 : 120, inner ? 160 : 220);
        if (inner)
            upright (f, XS[i], 180, 220);
    }
    type (f, 90, 134, "TT");
    type (f, 120, 134, "Công việc");
    type (f, 400, 124, "Thời gian");
    type (f, 335, 144, "Từ");
    type (f, 445, 144, "Đến");
    type (f, 90, 164, "Nhóm việc thứ nhất");
    type_row (f, 184, "1", "Rà soát", "Tháng 1", "Tháng 2");
    type_row (f, 204, "", "Kiểm tra", "Tháng 3", "Tháng 4");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 5);
    assert_int_equal (grid->n_cols, 4);
    assert_int_equal (grid->n_header_rows, 2);
    assert_cell (grid, 0, 0, "TT", 2, 1);
    assert_cell (grid, 0, 2, "Thời gian", 1, 2);
    assert_cell (grid, 0, 3, NULL, 0, 0);
    assert_cell (grid, 1, 0, NULL, 0, 0);
    assert_cell (grid, 1, 3, "Đến", 1, 1);
    assert_cell (grid, 2, 0, "Nhóm việc thứ nhất", 1, 4);
    assert_cell (grid, 3, 0, "1", 2, 1);
    assert_cell (grid, 4, 0, NULL, 0, 0);
    assert_cell (grid, 4, 1, "Kiểm tra", 1, 1);
}

static void
test_poor_rules (void **state)
{
    fixture *f = *state;
    f->page->origin = KH_ORIGIN_OCR;
    f->page->dpi = 300;
    type_body (f, 60);
    /* no border at the left and right, doubled and broken rules, ends that do not quite meet */
    for (int i = 0; i < 4; i++) {
        double y = 120 + 20 * i;
        level (f, y, 85, 300);
        level (f, y + 1.5, 306, 541);
    }
    level (f, 121, 120, 250);
    for (int i = 1; i < 4; i++) {
        upright (f, XS[i], 123, 148);
        upright (f, XS[i] + 1, 152, 178);
    }
    upright (f, 200, 122, 127); /* the stem of a letter taken for a rule */
    type_row (f, 124, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 144, "1", "Rà soát", "Văn thư", "Quý I");
    type_row (f, 164, "2", "Số hóa", "Kế toán", "Quý II");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 3);
    assert_int_equal (grid->n_cols, 4);
    assert_cell (grid, 0, 1, "Công việc", 1, 1);
    assert_cell (grid, 1, 0, "1", 1, 1);
    assert_cell (grid, 2, 3, "Quý II", 1, 1);
}

static void
test_no_tables (void **state)
{
    fixture *f = *state;
    type_head (f);
    frame (f, (const double[]){ 100, 170, -1 }, (const double[]){ 120, 142, -1 }); /* a stamp's frame */
    type (f, 110, 125, "HỎA TỐC");
    type_body (f, 170);
    assert_int_equal (count_tables (lay_out (f)), 0);
}

static void
test_two_tables (void **state)
{
    fixture *f = *state;
    type_body (f, 40);
    for (int i = 0; i < 2; i++) {
        double y = 120 + 100 * i;
        frame (f, XS, (const double[]){ y, y + 20, y + 40, -1 });
        type_row (f, y + 4, "TT", "Công việc", "Chủ trì", "Thời gian");
        type_row (f, y + 24, "1", "Rà soát", "Văn thư", "Quý I");
        type (f, LEFT + INDENT, y + 60, i == 0 ? "Giữa hai bảng." : "Sau hai bảng.");
    }
    kh_flow *flow = lay_out (f);
    assert_int_equal (count_tables (flow), 2);
    assert_int_equal (flow->blocks->len, 5);
    assert_string_equal (block (flow, 2)->text.str, "Giữa hai bảng.");
    assert_string_equal (block (flow, 4)->text.str, "Sau hai bảng.");
}

static void
test_word_broken_in_cell (void **state)
{
    fixture *f = *state;
    type_body (f, 40);
    frame (f, (const double[]){ 85, 115, 151, 541, -1 }, (const double[]){ 120, 170, 210, -1 });
    type (f, 88, 124, "TT");
    type (f, 118, 124, "Phòng");
    type (f, 118, 136, "KSTTH"); /* 30 points in a room of 30 */
    type (f, 118, 148, "C");
    type (f, 160, 124, "Việc");
    type (f, 88, 174, "1");
    type (f, 118, 174, "10/20");
    type (f, 118, 186, "24");
    type (f, 160, 174, "Trình ký");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_cell (grid, 0, 1, "Phòng KSTTHC", 1, 1);
    assert_cell (grid, 1, 1, "10/2024", 1, 1);
}

/* ---- tables over pages */

/* Two pages: `last` is the last row of the first, `first` the first of the second; the header repeats. */
static const kh_grid *
table_over_pages (fixture *f, const char *const *last, const char *const *first)
{
    type_body (f, 600);
    frame (f, XS, (const double[]){ 700, 720, 740, 760, -1 });
    type_row (f, 704, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 724, "1", "Rà soát", "Văn thư", "Quý I");
    type_row (f, 744, last[0], last[1], last[2], last[3]);
    add_page (f);
    type (f, 310, 40, "2");
    frame (f, XS, (const double[]){ 60, 80, 100, 120, -1 });
    type_row (f, 64, "TT", "Công việc", "Chủ tri", "Thời gian"); /* as an engine reads it */
    type_row (f, 84, first[0], first[1], first[2], first[3]);
    type_row (f, 104, "9", "Lưu trữ", "Văn thư", "Quý IV");
    type_body (f, 140);
    kh_flow *flow = lay_out (f);
    assert_int_equal (flow->blocks->len, 3);
    const kh_grid *grid = only_grid (flow);
    assert_int_equal (grid->pages->len, 2);
    assert_int_equal (g_array_index (grid->pages, int, 1), 2);
    return grid;
}

static void
test_row_ends_with_page (void **state)
{
    const kh_grid *grid = table_over_pages (*state, (const char *[]){ "2", "Số hóa hồ sơ", "Kế toán", "Quý II" },
                                            (const char *[]){ "3", "Nộp lưu trữ", "", "Quý III" });
    assert_int_equal (grid->n_rows, 5);
    assert_cell (grid, 2, 1, "Số hóa hồ sơ", 1, 1);
    assert_cell (grid, 3, 1, "Nộp lưu trữ", 1, 1);
    assert_cell (grid, 4, 1, "Lưu trữ", 1, 1);
}

/* Its part on page 2 reaches from top to bottom. */
static void
assert_goes_on (const kh_cell *cell, double top, double bottom)
{
    assert_int_equal (cell->page, 1);
    assert_true (cell->rest != NULL && cell->rest->len == 1);
    const kh_spot *spot = &g_array_index (cell->rest, kh_spot, 0);
    assert_int_equal (spot->page, 2);
    assert_float_equal (spot->box.y0, top, 0.01);
    assert_float_equal (spot->box.y1, bottom, 0.01);
    assert_float_equal (spot->box.x0, cell->box.x0, 0.01);
}

static void
test_row_cut_by_page (void **state)
{
    const kh_grid *grid = table_over_pages (*state, (const char *[]){ "2", "Số hóa hồ sơ của các phòng, ban", "Kế toán", "Quý II" },
                                            (const char *[]){ "", "chuyên môn", "", "" });
    assert_int_equal (grid->n_rows, 4);
    assert_cell (grid, 2, 0, "2", 1, 1);
    assert_cell (grid, 2, 1, "Số hóa hồ sơ của các phòng, ban chuyên môn", 1, 1);
    assert_cell (grid, 2, 3, "Quý II", 1, 1);
    assert_cell (grid, 3, 0, "9", 1, 1);
    assert_int_equal (((kh_line *) g_ptr_array_index (kh_grid_cell (grid, 2, 1)->lines, 1))->page, 2);
    assert_goes_on (kh_grid_cell (grid, 2, 1), 80, 100);
    assert_null (kh_grid_cell (grid, 1, 1)->rest);
}

/* The scan lost the upright after the numbers on the second page. */
static void
test_lost_edge_on_next_page (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    frame (f, XS, (const double[]){ 700, 720, 740, -1 });
    type_row (f, 704, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 724, "1", "Rà soát", "Văn thư", "Quý I");
    add_page (f);
    f->page->origin = KH_ORIGIN_OCR;
    f->page->dpi = 300;
    frame (f, (const double[]){ 85, 330, 440, 541, -1 }, (const double[]){ 60, 80, 100, 120, -1 });
    type_row (f, 64, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 84, "2", "Số hóa", "Kế toán", "Quý II");
    type_row (f, 104, "3", "Lưu trữ", "Văn thư", "Quý III");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_cols, 4);
    assert_int_equal (grid->n_rows, 4);
    assert_cell (grid, 2, 0, "2", 1, 1);
    assert_cell (grid, 2, 1, "Số hóa", 1, 1);
    assert_cell (grid, 3, 3, "Quý III", 1, 1);
}

/* The one row below has fewer edges, since its cells are merged: no scan lost them. */
static void
test_merged_row_alone_on_next_page (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    frame (f, XS, (const double[]){ 700, 720, 740, -1 });
    type_row (f, 704, "TT", "Công việc", "Chủ trì", "Kinh phí");
    type_row (f, 724, "1", "Rà soát", "Văn thư", "120");
    add_page (f);
    frame (f, (const double[]){ 85, 440, 541, -1 }, (const double[]){ 60, 80, -1 });
    type (f, 90, 64, "Tổng cộng");
    type (f, 445, 64, "120");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 3);
    assert_cell (grid, 1, 0, "1", 1, 1);
    assert_cell (grid, 2, 0, "Tổng cộng", 1, 3);
    assert_cell (grid, 2, 3, "120", 1, 1);
}

static void
test_header_alone_before_page_break (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    frame (f, XS, (const double[]){ 700, 720, -1 });
    type_row (f, 704, "Nguồn vốn", "Đơn vị", "Số tiền", "Tỷ lệ");
    add_page (f);
    frame (f, XS, (const double[]){ 60, 80, 100, -1 });
    type_row (f, 64, "Tỉnh", "Sở Y tế", "12", "40");
    type_row (f, 84, "Xã", "Trạm", "18", "60");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 3);
    assert_int_equal (grid->n_header_rows, 1);
}

/* The last row was cut below its text: what is left of its height stands on the next page. */
static void
test_rest_of_height_on_next_page (void **state)
{
    const kh_grid *grid = table_over_pages (*state, (const char *[]){ "2", "Số hóa hồ sơ", "Kế toán", "Quý II" },
                                            (const char *[]){ "", "", "", "" });
    assert_int_equal (grid->n_rows, 4);
    assert_cell (grid, 2, 0, "2", 1, 1);
    assert_cell (grid, 3, 0, "9", 1, 1);
}

static void
test_other_table_on_next_page (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    frame (f, XS, (const double[]){ 700, 720, 740, -1 });
    type_row (f, 704, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 724, "1", "Rà soát", "Văn thư", "Quý I");
    add_page (f);
    frame (f, (const double[]){ 85, 200, 541, -1 }, (const double[]){ 60, 80, 100, -1 });
    type (f, 90, 64, "Nguồn vốn");
    type (f, 210, 64, "Số tiền");
    type (f, 90, 84, "Huyện");
    type (f, 210, 84, "12.000");
    assert_int_equal (count_tables (lay_out (f)), 2);
}

/* A merged first column over a page break; `first` and `second` stand in its two parts. */
static void
check_merged_cell_over_pages (fixture *f, const char *first, const char *second)
{
    const double xs[] = { 85, 200, 541, -1 };
    type_body (f, 580);
    for (int page = 0; page < 2; page++) {
        double y = page == 0 ? 700 : 60;
        if (page == 1)
            add_page (f);
        level (f, y, 85, 541);
        level (f, y + 20, 85, 541);
        level (f, y + 40, 200, 541);
        level (f, y + 60, page == 0 ? 85 : 85, 541);
        for (int i = 0; i < 3; i++)
            upright (f, xs[i], y, y + 60);
        type (f, 90, y + 4, "Nhóm việc");
        type (f, 210, y + 4, "Việc");
    }
    f->page = g_ptr_array_index (f->pages, 0);
    type (f, 90, 724, first);
    type (f, 210, 724, "Lắp máy chủ.");
    type (f, 210, 744, "Kéo cáp.");
    f->page = g_ptr_array_index (f->pages, 1);
    type (f, 90, 84, second);
    type (f, 210, 84, "Thử nghiệm.");
    type (f, 210, 104, "Bàn giao.");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 5);
    assert_cell (grid, 1, 0, "Hạ tầng", 4, 1);
    assert_cell (grid, 3, 1, "Thử nghiệm.", 1, 1);
    assert_cell (grid, 4, 0, NULL, 0, 0);
    assert_goes_on (kh_grid_cell (grid, 1, 0), 80, 120);
}

static void
test_merged_cell_over_pages (void **state)
{
    check_merged_cell_over_pages (*state, "Hạ tầng", "");
}

/* LibreOffice puts text that stands in the middle of its cell into the last part. */
static void
test_merged_cell_filled_below (void **state)
{
    check_merged_cell_over_pages (*state, "", "Hạ tầng");
}

/* ---- tables without uprights */

static void
type_open_table (fixture *f, double y, gboolean ruled)
{
    static const char *const rows[][4] = {
        { "TT", "Công việc", "Chủ trì", "Thời gian" },
        { "1", "Thành lập tổ kiểm tra của", "Thanh tra", "Tháng 3" },
        { "2", "Kiểm tra đợt một ở các chợ", "Quản lý", "Tháng 5" },
        { "3", "Sơ kết", "", "Tháng 6" },
    };
    for (int r = 0; r < 4; r++) {
        if (ruled)
            level (f, y - 4, LEFT, RIGHT);
        type_row (f, y, rows[r][0], rows[r][1], rows[r][2], rows[r][3]);
        if (r > 0 && r < 3) {
            type (f, 120, y + 13, "huyện");
            type (f, 335, y + 13, r == 2 ? "thị trường" : "huyện");
            y += 13;
        }
        y += 24;
    }
    if (ruled)
        level (f, y - 4, LEFT, RIGHT);
}

static void
check_open_table (fixture *f, gboolean ruled)
{
    type_body (f, 60);
    type_open_table (f, 130, ruled);
    type (f, LEFT + INDENT, 280, "III. KINH PHÍ");
    type_body (f, 298);
    kh_flow *flow = lay_out (f);
    assert_int_equal (flow->blocks->len, 4);
    assert_string_equal (block (flow, 2)->text.str, "III. KINH PHÍ");
    const kh_grid *grid = only_grid (flow);
    assert_int_equal (grid->ruled, ruled);
    assert_int_equal (grid->n_rows, 4);
    assert_int_equal (grid->n_cols, 4);
    assert_int_equal (grid->n_header_rows, 1);
    assert_cell (grid, 0, 3, "Thời gian", 1, 1);
    assert_cell (grid, 1, 1, "Thành lập tổ kiểm tra của huyện", 1, 1);
    assert_cell (grid, 2, 2, "Quản lý thị trường", 1, 1);
    assert_cell (grid, 3, 2, "", 1, 1);
    assert_cell (grid, 3, 3, "Tháng 6", 1, 1);
}

static void
test_table_of_level_rules (void **state)
{
    check_open_table (*state, TRUE);
}

static void
test_table_without_rules (void **state)
{
    check_open_table (*state, FALSE);
}

/* The line after a line is the same paragraph where the widest line of the column shows that its first word had no room. */
static void
test_room_of_open_columns (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    type_open_table (f, 130, FALSE);
    const kh_grid *grid = only_grid (lay_out (f));
    assert_cell (grid, 2, 2, "Quản lý thị trường", 1, 1);
    assert_int_equal (kh_grid_cell (grid, 2, 2)->paragraphs->len, 1);
}

/* Justified lines of few words leave white that runs down their column: the header tells how many there are. */
static void
test_words_spread_in_open_column (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    type_row (f, 130, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 154, "1", "Rà soát", "Trung     tâm", "Quý I");
    type_row (f, 178, "2", "Số hóa", "Phòng     Tài", "Quý II");
    type_row (f, 202, "3", "Lưu trữ", "Thanh     tra", "Quý III");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_cols, 4);
    assert_cell (grid, 1, 2, "Trung tâm", 1, 1);
}

/* Neither is there a gutter through a name of the header, though words below part where its words do, row after row. */
static void
test_words_in_step_with_header (void **state)
{
    fixture *f = *state;
    type_body (f, 60);
    type_row (f, 130, "TT", "Công việc", "Chủ trì", "Thời gian");
    for (int r = 1; r < 8; r++)
        type_row (f, 130 + 24 * r, (char[]){ '0' + r, '\0' }, "Rà soát", r % 2 == 1 ? "Văn thư" : "Ban chỉ đạo", "Quý I");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_cols, 4);
    assert_cell (grid, 2, 2, "Ban chỉ đạo", 1, 1);
}

/* Header and one row before the break, two rows behind it: neither part shows the columns. */
static void
test_open_table_over_pages (void **state)
{
    fixture *f = *state;
    type_body (f, 600);
    type_row (f, 730, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 754, "1", "Rà soát", "Văn thư", "Quý I");
    add_page (f);
    type (f, 310, 40, "2");
    type_row (f, 70, "2", "Số hóa", "Kế toán", "Quý II");
    type_row (f, 94, "3", "Lưu trữ", "", "Quý III");
    type (f, LEFT + INDENT, 140, "III. KINH PHÍ");
    type_body (f, 158);
    kh_flow *flow = lay_out (f);
    assert_int_equal (flow->blocks->len, 4);
    const kh_grid *grid = only_grid (flow);
    assert_int_equal (grid->n_rows, 4);
    assert_int_equal (grid->pages->len, 2);
    assert_cell (grid, 3, 1, "Lưu trữ", 1, 1);
    assert_cell (grid, 3, 2, "", 1, 1);
}

/* `rest` of the last row stands on the next page, below the header that is repeated there or not, at x. */
static const kh_flow *
open_table_with_rest (fixture *f, gboolean header, double x, const char *rest)
{
    type_body (f, 580);
    type_row (f, 694, "TT", "Công việc", "Chủ trì", "Thời gian");
    type_row (f, 718, "1", "Rà soát", "Văn thư", "Quý I");
    type_row (f, 742, "2", "Số hóa", "Văn phòng", "Quý II");
    type (f, 335, 755, "HĐND và");
    add_page (f);
    type (f, 310, 40, "2");
    if (header)
        type_row (f, 70, "TT", "Công việc", "Chủ trì", "Thời gian");
    type (f, x, header ? 94 : 70, rest);
    type_body (f, 140);
    return lay_out (f);
}

static void
test_rest_of_open_row_on_next_page (void **state)
{
    (void) state;
    for (int header = 0; header < 2; header++) {
        fixture *f = NULL;
        set_up ((void **) &f);
        const kh_grid *grid = only_grid (open_table_with_rest (f, header, 335, "UBND xã"));
        assert_int_equal (grid->n_rows, 3);
        assert_cell (grid, 2, 2, "Văn phòng HĐND và UBND xã", 1, 1);
        tear_down ((void **) &f);
    }
}

/* A heading is no rest of a row, though it stands in the second column. */
static void
test_heading_after_open_table (void **state)
{
    const kh_flow *flow = open_table_with_rest (*state, FALSE, LEFT + INDENT, "III. KINH PHÍ");
    assert_int_equal (only_grid (flow)->n_rows, 3);
    assert_string_equal (block (flow, 2)->text.str, "III. KINH PHÍ");
}

/* Lines set wide apart: the last row goes on below its first line like the others. */
static void
test_open_table_of_wide_lines (void **state)
{
    static const char *const rows[][4] = { { "TT", "Công việc", "Chủ trì", "Thời gian" }, { "1", "Rà soát hồ sơ", "Văn thư", "Quý I" },
                                           { "2", "Số hóa", "Kế toán", "Quý II" } };
    fixture *f = *state;
    type_body (f, 60);
    double y = 130;
    for (int r = 0; r < 3; r++) {
        type_row (f, y, rows[r][0], rows[r][1], rows[r][2], rows[r][3]);
        for (int line = 1; r > 0 && line < 3; line++)
            type (f, 120, y += 20, "của phòng");
        y += 32;
    }
    type (f, LEFT + INDENT, y + 10, "III. KINH PHÍ");
    const kh_grid *grid = only_grid (lay_out (f));
    assert_int_equal (grid->n_rows, 3);
    assert_cell (grid, 2, 1, "Số hóa của phòng của phòng", 1, 1);
}

/* ---- plain text: a grid of 6 x 12 points, no rules, ragged lines */

static void
test_plain_text (void **state)
{
    static const char *const lines[] = {
        "UBND HUYỆN SÔNG MÂY          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "    PHÒNG NỘI VỤ                 Độc lập - Tự do - Hạnh phúc",
        "",
        "                             KẾ HOẠCH",
        "                    Kiểm tra công vụ năm tới",
        "",
        "       Thực hiện chương trình công tác của huyện, Phòng ban hành kế",
        "hoạch kiểm tra công vụ tại các xã, thị trấn trong năm tới với những nội",
        "dung sau:",
        "       1. Kiểm tra việc chấp hành giờ làm việc, việc tiếp công dân",
        "và giải quyết hồ sơ của bộ phận một cửa; kết quả kiểm tra được công",
        "khai trên trang tin của huyện.",
        "       2. Kiểm tra việc sử dụng xe công.",
    };
    fixture *f = *state;
    f->page->origin = KH_ORIGIN_TEXT;
    for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
        type (f, 0, 12 * i, lines[i]);
    kh_flow *flow = lay_out (f);
    assert_texts (flow, TEXTS ("UBND HUYỆN SÔNG MÂY", "PHÒNG NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
                               "KẾ HOẠCH", "Kiểm tra công vụ năm tới",
                               "Thực hiện chương trình công tác của huyện, Phòng ban hành kế hoạch kiểm tra công vụ tại các xã, thị trấn trong năm "
                               "tới với những nội dung sau:",
                               "1. Kiểm tra việc chấp hành giờ làm việc, việc tiếp công dân và giải quyết hồ sơ của bộ phận một cửa; kết quả kiểm "
                               "tra được công khai trên trang tin của huyện.",
                               "2. Kiểm tra việc sử dụng xe công."));
    assert_int_equal (block (flow, 0)->column, KH_COLUMN_LEFT);
    assert_int_equal (block (flow, 2)->column, KH_COLUMN_RIGHT);
}

/* Cells in the middle of their rows, columns that waver, a single space between columns, a page break. */
static void
test_plain_text_table (void **state)
{
    static const char *const pages[][16] = {
        {
            "       Các việc của năm được giao cho từng đơn vị như trong bảng dưới đây:",
            "",
            "TT            Công việc              Chủ trì        Thời gian",
            " 1   Lắp đặt trạm bơm ở hai xã     Phòng Kinh tế    Tháng 3",
            "     Nạo vét kênh số 4, kênh số",
            " 2                                Thủy nông        Quý II",
            "     5 và cống đầu mối của xã",
            "                                  Thanh tra",
            "     Kiểm tra việc cấp nước cho",
            " 3                                huyện, Phòng     Tháng 9",
            "     sinh hoạt",
            "                                  Y tế",
        },
        {
            " TT           Công việc               Chủ trì        Thời gian",
            "  4   Sửa đường vào kho số 2 của    Giao thông       Quý III",
            "      huyện",
            "  5   Tổng kết                      Văn phòng        Tháng 12",
            "",
            "       Kinh phí lấy từ nguồn sự nghiệp của huyện và từ đóng góp của các",
            "hộ dùng nước theo mức đã được Hội đồng nhân dân thông qua.",
        },
    };
    fixture *f = *state;
    for (guint p = 0; p < 2; p++) {
        if (p > 0)
            add_page (f);
        f->page->origin = KH_ORIGIN_TEXT;
        for (guint i = 0; i < G_N_ELEMENTS (pages[p]) && pages[p][i] != NULL; i++)
            type (f, 0, 12 * i, pages[p][i]);
    }
    kh_flow *flow = lay_out (f);
    assert_int_equal (flow->blocks->len, 3);
    assert_string_equal (block (flow, 2)->text.str, "Kinh phí lấy từ nguồn sự nghiệp của huyện và từ đóng góp của các hộ dùng nước "
                                                    "theo mức đã được Hội đồng nhân dân thông qua.");
    const kh_grid *grid = only_grid (flow);
    assert_int_equal (grid->n_cols, 4);
    assert_int_equal (grid->n_rows, 6);
    assert_int_equal (grid->n_header_rows, 1);
    assert_int_equal (grid->pages->len, 2);
    assert_cell (grid, 0, 1, "Công việc", 1, 1);
    assert_cell (grid, 1, 2, "Phòng Kinh tế", 1, 1);
    assert_cell (grid, 2, 1, "Nạo vét kênh số 4, kênh số 5 và cống đầu mối của xã", 1, 1);
    assert_cell (grid, 2, 3, "Quý II", 1, 1);
    assert_cell (grid, 3, 1, "Kiểm tra việc cấp nước cho sinh hoạt", 1, 1);
    assert_cell (grid, 3, 2, "Thanh tra huyện, Phòng Y tế", 1, 1);
    assert_cell (grid, 4, 1, "Sửa đường vào kho số 2 của huyện", 1, 1);
    assert_cell (grid, 5, 3, "Tháng 12", 1, 1);
}

/* ---- the account of lines */

static void
test_dump_lines (void **state)
{
    fixture *f = *state;
    type_head (f);
    type_body (f, 170);
    type (f, 310, 790, "1");
    g_autoptr (GString) out = g_string_new (NULL);
    kh_layout_dump_lines (out, f->pages);
    g_auto (GStrv) lines = g_strsplit (out->str, "\n", -1);
    assert_int_equal (g_strv_length (lines), 1 + 6 + 3 + 1); /* the last is empty */
    assert_true (g_str_has_suffix (lines[0], "\tfull\tnumber\t1"));
    assert_true (g_str_has_suffix (lines[1], "\tleft\ttext\tUBND HUYỆN SÔNG MÂY"));
    assert_true (g_str_has_prefix (lines[7], "1\t121.0 170.0 "));
}

#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
    const struct CMUnitTest tests[] = {
        CASE (test_nothing),
        CASE (test_paragraphs),
        CASE (test_paragraph_over_pages),
        CASE (test_bold_line_is_apart),
        CASE (test_line_ends),
        CASE (test_thousands_are_no_list_mark),
        CASE (test_tilted_lines),
        CASE (test_raised_figure),
        CASE (test_centred_lines),
        CASE (test_page_numbers),
        CASE (test_running_heads),
        CASE (test_speck),
        CASE (test_head),
        CASE (test_close_head),
        CASE (test_foot),
        CASE (test_two_signatures),
        CASE (test_foot_over_pages),
        CASE (test_ruled_table),
        CASE (test_rows_without_rules),
        CASE (test_spans),
        CASE (test_poor_rules),
        CASE (test_no_tables),
        CASE (test_two_tables),
        CASE (test_word_broken_in_cell),
        CASE (test_row_ends_with_page),
        CASE (test_row_cut_by_page),
        CASE (test_lost_edge_on_next_page),
        CASE (test_merged_row_alone_on_next_page),
        CASE (test_header_alone_before_page_break),
        CASE (test_rest_of_height_on_next_page),
        CASE (test_other_table_on_next_page),
        CASE (test_merged_cell_over_pages),
        CASE (test_merged_cell_filled_below),
        CASE (test_table_of_level_rules),
        CASE (test_table_without_rules),
        CASE (test_room_of_open_columns),
        CASE (test_words_spread_in_open_column),
        CASE (test_words_in_step_with_header),
        CASE (test_open_table_over_pages),
        CASE (test_rest_of_open_row_on_next_page),
        CASE (test_heading_after_open_table),
        CASE (test_open_table_of_wide_lines),
        CASE (test_plain_text),
        CASE (test_plain_text_table),
        CASE (test_dump_lines),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
