/* Tables of text files: set in columns of characters, listed one cell a line, or marked up as Markdown. */
#include "layout/layout.h"
#include "plan/listed.h"
#include "source/markdown.h"
#include "source/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The flow of a text, with listed tables rebuilt. */
static const kh_flow *
flow_of (kh_pool *pool, const char *text)
{
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (kh_source) source = kh_source_open (bytes, "x.txt", NULL);
    assert_non_null (source);
    g_autoptr (GPtrArray) pages = g_ptr_array_new ();
    for (guint i = 1; i <= kh_source_page_count (source); i++) {
        kh_page_look look;
        g_ptr_array_add (pages, kh_source_read (source, i, pool, &look, NULL));
    }
    return kh_listed_tables (kh_layout (pages, pool), pool);
}

/* The only table as one string: cells parted by "|", rows by a line's end; "<" continues the cell on the left, "^" that above. */
static char *
table_of (const kh_flow *flow)
{
    const kh_grid *grid = NULL;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (flow->blocks, i);
        if (block->kind == KH_BLOCK_TABLE) {
            assert_null (grid);
            grid = block->grid;
        }
    }
    if (grid == NULL)
        return g_strdup ("");
    GString *out = g_string_new (NULL);
    for (int r = 0; r < grid->n_rows; r++) {
        for (int c = 0; c < grid->n_cols; c++) {
            const kh_cell *cell = kh_grid_cell (grid, r, c), *left = c > 0 ? kh_grid_cell (grid, r, c - 1) : NULL;
            gboolean from_left = cell == NULL && c > 0 && (left == NULL ? g_str_has_suffix (out->str, "<") : left->col_span > 1);
            g_string_append_printf (out, "%s%s", c > 0 ? "|" : "", cell != NULL ? cell->text.str : from_left ? "<" : "^");
        }
        g_string_append_c (out, '\n');
    }
    return g_string_free (out, FALSE);
}

static void
assert_table (const char *text, const char *table)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autofree char *found = table_of (flow_of (pool, text));
    assert_string_equal (found, table);
}

/* ---- set in columns */

static void
test_pushed_columns (void **unused)
{
    (void) unused;
    /* one space is all there is between some columns; what breaks the lines of a cell is its width on paper */
    assert_table ("TT      Công việc             Người làm          Thời gian\n"
                  "1    Sơn lại hàng rào vườn cây Tổ bảo vệ         Tháng 3\n"
                  "     và cổng phụ của trường\n"
                  "2    Thay mái tôn nhà để xe bị Công ty Minh An   Tháng 4\n"
                  "     dột, gỉ sét\n"
                  "3    Trồng hai hàng bàng non   Tổ làm vườn       Tháng 5\n"
                  "     dọc lối vào\n"
                  "4    Mua ghế đá đặt dưới tán Bà Lụa, ông Thìn    Tháng 6\n"
                  "     cây phượng già\n",
                  "TT|Công việc|Người làm|Thời gian\n"
                  "1|Sơn lại hàng rào vườn cây và cổng phụ của trường|Tổ bảo vệ|Tháng 3\n"
                  "2|Thay mái tôn nhà để xe bị dột, gỉ sét|Công ty Minh An|Tháng 4\n"
                  "3|Trồng hai hàng bàng non dọc lối vào|Tổ làm vườn|Tháng 5\n"
                  "4|Mua ghế đá đặt dưới tán cây phượng già|Bà Lụa, ông Thìn|Tháng 6\n");
}

static void
test_spread_cells (void **unused)
{
    (void) unused;
    /* a header over two columns, headings and a sum over all, a text that the gutter cuts */
    assert_table (" TT       Việc của đội                    Thời gian            Chi phí\n"
                  "                                   Bắt đầu      Kết thúc\n"
                  " I   Chăm sóc vườn ươm và dọn dẹp khu nhà kho phía sau\n"
                  " 1   Tưới cây giống ở luống đầu     Tháng 2      Tháng 5       1.200\n"
                  "     và luống cuối\n"
                  " 2   Nhổ cỏ, vun gốc, bón phân         Thường xuyên            800\n"
                  " II  Bán cây\n"
                  " 3   Chở cây ra chợ phiên           Tháng 6      Tháng 9       2.500\n"
                  "Tổng cộng                                                      4.500\n",
                  "TT|Việc của đội|Thời gian|<|Chi phí\n"
                  "^|^|Bắt đầu|Kết thúc|^\n"
                  "I|Chăm sóc vườn ươm và dọn dẹp khu nhà kho phía sau|<|<|<\n"
                  "1|Tưới cây giống ở luống đầu và luống cuối|Tháng 2|Tháng 5|1.200\n"
                  "2|Nhổ cỏ, vun gốc, bón phân|Thường xuyên|<|800\n"
                  "II|Bán cây|<|<|<\n"
                  "3|Chở cây ra chợ phiên|Tháng 6|Tháng 9|2.500\n"
                  "Tổng cộng|<|<|<|4.500\n");
}

static void
test_table_over_pages (void **unused)
{
    (void) unused;
    /* the header is repeated; its first strip was taken for a running head, and the page ends within a cell */
    assert_table ("TT    Công việc                  Ai làm           Khi nào\n"
                  "1     Vét mương dẫn nước từ      Tổ thủy nông     Tháng 1\n"
                  "      đập về đồng trên\n"
                  "2     Gieo mạ vụ xuân trên       Các hộ           Tháng 2\n"
                  "\f"
                  "TT    Công việc                  Ai làm           Khi nào\n"
                  "      chân ruộng cao\n"
                  "3     Đắp lại bờ vùng bị sạt     Đội máy cày      Tháng 3\n"
                  "      sau mưa\n",
                  "TT|Công việc|Ai làm|Khi nào\n"
                  "1|Vét mương dẫn nước từ đập về đồng trên|Tổ thủy nông|Tháng 1\n"
                  "2|Gieo mạ vụ xuân trên chân ruộng cao|Các hộ|Tháng 2\n"
                  "3|Đắp lại bờ vùng bị sạt sau mưa|Đội máy cày|Tháng 3\n");
}

/* ---- listed */

static void
test_listed_by_number (void **unused)
{
    (void) unused;
    assert_table ("Danh sách việc phải làm trong năm\n\n"
                  "TT Nội dung công việc\nĐơn vị chủ\ntrì\nThời gian\nSản phẩm\nGhi chú\n"
                  "I Dọn kho và sắp xếp giấy tờ\n"
                  "1 Kiểm kê bàn ghế ở tầng hai Văn phòng Tháng 3/2031 Biên bản\n"
                  "2\nĐóng sổ theo dõi văn bản đến, văn bản đi của\nquý trước\nPhòng Hành\nchính\nQuý II/2031\nBáo cáo\nLàm hai bản\n"
                  "3\nSửa máy in ở phòng họp\nTrung tâm Tin\nhọc\nThường xuyên\n"
                  "II Tổng kết\n"
                  "4 Họp cuối năm với các tổ Văn phòng Tháng 12/2031 Biên bản\n"
                  "\nNơi nhận:\n- Như trên.\n",
                  "TT|Nội dung công việc|Đơn vị chủ trì|Thời gian|Sản phẩm|Ghi chú\n"
                  "I|Dọn kho và sắp xếp giấy tờ||||\n"
                  "1|Kiểm kê bàn ghế ở tầng hai|Văn phòng|Tháng 3/2031|Biên bản|\n"
                  "2|Đóng sổ theo dõi văn bản đến, văn bản đi của quý trước|Phòng Hành chính|Quý II/2031|Báo cáo|Làm hai bản\n"
                  "3|Sửa máy in ở phòng họp|Trung tâm Tin học|Thường xuyên||\n"
                  "II|Tổng kết||||\n"
                  "4|Họp cuối năm với các tổ|Văn phòng|Tháng 12/2031|Biên bản|\n");
}

static void
test_listed_by_list_number (void **unused)
{
    (void) unused;
    /* no column of numbers: list numbers tell the rows, a list that begins anew a group; lines of one cell are two apart */
    assert_table ("Nhóm việc\n\nNhiệm vụ cụ thể Sản phẩm Đơn vị chủ trì\n\nĐơn vị phối\n\nhợp\n\nThời gian\n\n"
                  "Chăm lo\n\nthư viện\n\n1. Nhập sách mới và dán nhãn\n\ncho từng cuốn\n\nDanh mục\n\nPhòng Tư liệu\nVăn phòng\nTháng 2/2031\n\n"
                  "2. Cho mượn sách ngoài giờ\n\nDanh sách\n\nPhòng Tư liệu\nCác phòng liên\n\nquan\n\nThường\n\nxuyên\n\n"
                  "Giữ gìn\n\nnhà xe\n\n1. Kẻ lại vạch đỗ xe\n\nBáo cáo\n\nVăn phòng\nPhòng Tư liệu\nQuý III/2031\n",
                  "Nhóm việc|Nhiệm vụ cụ thể|Sản phẩm|Đơn vị chủ trì|Đơn vị phối hợp|Thời gian\n"
                  "Chăm lo thư viện|1. Nhập sách mới và dán nhãn cho từng cuốn|Danh mục|Phòng Tư liệu|Văn phòng|Tháng 2/2031\n"
                  "^|2. Cho mượn sách ngoài giờ|Danh sách|Phòng Tư liệu|Các phòng liên quan|Thường xuyên\n"
                  "Giữ gìn nhà xe|1. Kẻ lại vạch đỗ xe|Báo cáo|Văn phòng|Phòng Tư liệu|Quý III/2031\n");
}

static void
test_not_listed (void **unused)
{
    (void) unused;
    static const char *const TEXTS[] = {
        "I. NHIỆM VỤ\n1. Nội dung công việc do Văn phòng chủ trì.\n2. Thời gian làm xong trước tháng 5.\n3. Sản phẩm là báo cáo.\n",
        "Nội dung Thời gian\n1 Họp tổ Tháng 2\n2 Họp khối Tháng 3\n", /* two columns are no header */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
        assert_table (TEXTS[i], "");
}

/* ---- Markdown */

static void
test_markdown (void **unused)
{
    (void) unused;
    static const struct {
        const char *text, *plain;
    } cases[] = {
        { "## KẾ HOẠCH Trồng cây năm 2031\n# I. MỤC TIÊU\n### 1. Chung\n", "KẾ HOẠCH \nTrồng cây năm 2031\nI. MỤC TIÊU\n1. Chung\n\n" },
        { "# A\n# B\n# C\n- 5. Tưới **đều**\n- b) Nhổ cỏ\n- + Bón phân\n- Vun gốc\n", "A\nB\nC\n5. Tưới đều\nb) Nhổ cỏ\n+ Bón phân\n- Vun gốc\n\n" },
        { "# A\n# B\n|TT|Việc|\n|--|--|\n|1|Tưới<br>cây|\n", "A\nB\nTT    Việc\n\n1     Tưới\n      cây\n\n\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        assert_true (kh_markdown_is (cases[i].text, strlen (cases[i].text)));
        g_autoptr (GString) plain = kh_markdown_plain (cases[i].text, strlen (cases[i].text));
        assert_string_equal (plain->str, cases[i].plain);
    }
    assert_false (kh_markdown_is ("# một dòng\nhai\n#ba\n", strlen ("# một dòng\nhai\n#ba\n")));
    assert_table ("# A\n\n# B\n\n| TT | Công việc | Ai làm | Khi nào |\n|---|---|---|---|\n| 1 | Đào hố | Tổ một | Tháng 1 |\n"
                  "| 2 | Thả cây giống xuống hố, lấp đất rồi cắm cọc chống | Tổ hai | Tháng 2 |\n",
                  "TT|Công việc|Ai làm|Khi nào\n1|Đào hố|Tổ một|Tháng 1\n2|Thả cây giống xuống hố, lấp đất rồi cắm cọc chống|Tổ hai|Tháng 2\n");
}

/* One paragraph a line: "a) …" begins an item, so it does not tell how long full lines are, and no heading is joined with it. */
static void
test_paragraph_a_line (void **unused)
{
    (void) unused;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_flow *flow = flow_of (pool, "II. NỘI DUNG\n1. Thu thập tài liệu\na) Lập danh sách các nguồn nộp lưu\nb) Thông báo cho từng nguồn\n2. Chỉnh lý tài liệu tồn đọng\n"
                                         "a) Phân loại theo phông, theo năm của từng cơ quan rồi mới đánh số\nb) Lập mục lục và in thành quyển\n3. Bảo quản\na) Khử trùng\nb) Kê lại giá\n");
    assert_int_equal (flow->blocks->len, 10);
    assert_string_equal (((const kh_block *) g_ptr_array_index (flow->blocks, 4))->text.str, "2. Chỉnh lý tài liệu tồn đọng");
}

/* The foot's columns, below paragraphs that are one line each: their length is not the page's width. */
static void
test_foot_below_long_lines (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    g_autoptr (GString) text = g_string_new ("KẾ HOẠCH\n\n");
    for (guint i = 0; i < 4; i++)
        g_string_append (text, "Các phòng rà soát sổ sách của mình, ghi lại những chỗ còn thiếu, báo cho văn phòng để bổ sung trước khi hết năm và gửi một bản về phòng lưu trữ.\n");
    g_string_append (text, "\nNơi nhận:                            TM. ỦY BAN NHÂN DÂN\n- UBND huyện;                             CHỦ TỊCH\n- Lưu: VT.\n");
    const kh_flow *flow = flow_of (pool, text->str);
    gboolean left = FALSE, right = FALSE;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (flow->blocks, i);
        left |= strcmp (block->text.str, "- UBND huyện;") == 0 && block->column == KH_COLUMN_LEFT;
        right |= strcmp (block->text.str, "CHỦ TỊCH") == 0 && block->column == KH_COLUMN_RIGHT;
    }
    assert_true (left && right);
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (test_foot_below_long_lines), cmocka_unit_test (test_paragraph_a_line), cmocka_unit_test (test_pushed_columns),
        cmocka_unit_test (test_spread_cells),
        cmocka_unit_test (test_table_over_pages),
        cmocka_unit_test (test_listed_by_number),
        cmocka_unit_test (test_listed_by_list_number),
        cmocka_unit_test (test_not_listed),
        cmocka_unit_test (test_markdown),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
