/* Names of bodies: cells with their printed lines ("/" parts lines, "//" paragraphs), texts, and names in sentences. */
#include "plan/units.h"
#include "plan_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *
joined (const GPtrArray *units)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < units->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? " | " : "", ((kh_value *) g_ptr_array_index (units, i))->text);
    return g_string_free (out, FALSE);
}

static kh_cell *
cell_of (kh_pool *pool, const char *string, float confidence)
{
    kh_cell *cell = kh_pool_new0 (pool, kh_cell, 1);
    cell->lines = kh_pool_list (pool);
    cell->paragraphs = kh_pool_list (pool);
    g_auto (GStrv) paragraphs = g_strsplit (string, " // ", -1);
    for (guint i = 0; paragraphs[i] != NULL; i++) {
        g_auto (GStrv) lines = g_strsplit (paragraphs[i], " / ", -1);
        kh_text *paragraph = kh_pool_new0 (pool, kh_text, 1);
        *paragraph = (kh_text){ "", 0, NULL };
        for (guint k = 0; lines[k] != NULL; k++) {
            kh_line *line = kh_pool_new0 (pool, kh_line, 1);
            line->text = paper_text (pool, lines[k], confidence, 1, 70, 100 + 14.0 * k);
            g_ptr_array_add (cell->lines, line);
            *paragraph = kh_text_join (pool, paragraph, &line->text);
        }
        g_ptr_array_add (cell->paragraphs, paragraph);
    }
    return cell;
}

static void
test_cells (void **state)
{
    (void) state;
    static const struct {
        const char *cell, *wanted;
        gboolean scan;
    } cases[] = {
        { "Văn phòng / Sở", "Văn phòng Sở", FALSE },
        { "Văn phòng Sở / Phòng Tổ chức / cán bộ", "Văn phòng Sở | Phòng Tổ chức cán bộ", FALSE },
        { "Sở Lao động - / Thương binh và / Xã hội", "Sở Lao động - Thương binh và Xã hội", FALSE },
        { "- Sở Y tế / - Sở Văn hóa, / Thể thao và Du / lịch", "Sở Y tế | Sở Văn hóa, Thể thao và Du lịch", FALSE },
        { "Phòng Văn hóa // - Xã hội", "Phòng Văn hóa - Xã hội", FALSE },
        { "Công an tỉnh; Sở / Tài chính", "Công an tỉnh | Sở Tài chính", FALSE },
        { "Sở Y tế, Các bệnh / viện tuyến huyện", "Sở Y tế | Các bệnh viện tuyến huyện", FALSE },
        { "Các phòng, / đơn vị thuộc / Sở", "Các phòng, đơn vị thuộc Sở", FALSE },
        { "Các sở, ban, / ngành, UBND / cấp huyện", "Các sở, ban, ngành, UBND cấp huyện", FALSE },
        { "Văn phòng / Ban Chỉ đạo", "Văn phòng Ban Chỉ đạo", FALSE },
        { "Ban quản lý chợ / Phòng Kinh tế", "Ban quản lý chợ | Phòng Kinh tế", FALSE },
        { "Trung tâm // Phục vụ hành / chính công", "Trung tâm Phục vụ hành chính công", FALSE },
        { "UBND xã // Đoàn Thanh niên.", "UBND xã | Đoàn Thanh niên", FALSE },
        { "Ủy ban Mặt trận / Tổ quốc xã / Tổ dân phố số 2", "Ủy ban Mặt trận Tổ quốc xã | Tổ dân phố số 2", FALSE },
        { "Hội Nông dân tỉnh: UBND cấp huyện", "Hội Nông dân tỉnh | UBND cấp huyện", TRUE },
        { "", "", FALSE },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (kh_pool) pool = kh_pool_new ();
        g_autofree char *got = joined (kh_units_of_cell (pool, cell_of (pool, cases[i].cell, cases[i].scan ? 0.9f : 1)));
        if (g_strcmp0 (got, cases[i].wanted) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].cell, got, cases[i].wanted);
    }
}

static void
test_texts (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_text text = paper_text (pool, "Sở Nội vụ, Sở Tài chính; các đơn vị liên quan", 1, 1, 70, 100);
    g_autofree char *got = joined (kh_units_of_text (pool, &text));
    assert_string_equal (got, "Sở Nội vụ | Sở Tài chính | các đơn vị liên quan");
}

static void
test_names (void **state)
{
    (void) state;
    static const struct {
        const char *text, *name;
    } cases[] = {
        { "Sở Nội vụ chủ trì, phối hợp với", "Sở Nội vụ" },
        { "Sở Xây dựng xây dựng kế hoạch", "Sở Xây dựng" },
        { "Chi cục An toàn vệ sinh thực phẩm làm đầu mối", "Chi cục An toàn vệ sinh thực phẩm" },
        { "UBND các huyện, thị xã, thành phố bố trí kinh phí", "UBND các huyện, thị xã, thành phố" },
        { "Trưởng các phòng, đơn vị có liên quan căn cứ", "Trưởng các phòng, đơn vị có liên quan" },
        { "Thư viện tỉnh tổ chức ngày hội đọc sách", "Thư viện tỉnh" },
        { "tiếp tục rà soát", "" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *got = g_strndup (cases[i].text, kh_unit_name (cases[i].text));
        if (g_strcmp0 (got, cases[i].name) != 0)
            fail_msg ("'%s': '%s', not '%s'", cases[i].text, got, cases[i].name);
    }
    assert_int_equal (kh_unit_head ("sở hữu trí tuệ"), 0);
    assert_true (kh_unit_head ("Ủy ban nhân dân xã") > 0);
}

int
main (void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test (test_cells), cmocka_unit_test (test_texts), cmocka_unit_test (test_names) };
    return cmocka_run_group_tests_name ("units", tests, NULL, NULL);
}
