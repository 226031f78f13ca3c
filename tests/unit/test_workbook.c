/* Workbooks: what is in the cells, Excel's ceilings, the same bytes; and the record as one. */
#include "emit/emit.h"
#include "emit/workbook.h"
#include "emit/workbook_parts.h"

#include "sample_record.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static const kh_worksheet_column COLUMNS[] = { { "Một", 10 }, { "Hai", 10 }, { "Ba", 10 } };

/* A part of the workbook. The caller frees. */
static char *
part_of (const GString *book, const char *name)
{
    GString *part = kh_workbook_part (book->str, book->len, name);
    if (part == NULL)
        fail_msg ("no part %s", name);
    return g_string_free (part, FALSE);
}

static GString *
written (kh_workbook *book)
{
    GString *out = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    if (!kh_workbook_write (book, out, &error))
        fail_msg ("%s", error->message);
    return out;
}

static void
assert_has (const char *text, const char *wanted)
{
    if (strstr (text, wanted) == NULL)
        fail_msg ("%s is not in %.3000s", wanted, text);
}

static guint
count (const char *text, const char *piece)
{
    guint n = 0;
    for (const char *at = text; (at = strstr (at, piece)) != NULL; at++)
        n++;
    return n;
}

static void
cells (void **state)
{
    (void) state;
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    kh_worksheet *sheet = kh_workbook_sheet (book, "Tờ", COLUMNS, 3);
    kh_worksheet_row (sheet);
    kh_worksheet_text (sheet, "=1+1", NULL);
    kh_worksheet_number (sheet, 85.5, "Đọc không chắc");
    kh_worksheet_day (sheet, "2024-06-30", NULL);
    kh_worksheet_text (sheet, "past the last column", NULL);
    kh_worksheet_row (sheet);
    kh_worksheet_day (sheet, "2024-06", NULL);
    kh_worksheet_day (sheet, "2023-02-29", NULL);
    kh_worksheet_day (sheet, "1885-01-01", NULL);
    kh_worksheet_row (sheet);
    kh_worksheet_page (sheet, "kế hoạch #1: 50%.pdf", 3, NULL);
    kh_worksheet_page (sheet, "a.pdf", 0, NULL);
    kh_worksheet_number (sheet, NAN, NULL);
    g_autoptr (GString) out = written (book);
    g_autofree char *xml = part_of (out, "xl/worksheets/sheet1.xml"), *strings = part_of (out, "xl/sharedStrings.xml");
    g_autofree char *links = part_of (out, "xl/worksheets/_rels/sheet1.xml.rels"), *notes = part_of (out, "xl/comments1.xml");
    assert_null (strstr (xml, "<f>")); /* no formula */
    assert_has (strings, "<t>=1+1</t>");
    assert_has (xml, "<v>85.5</v>");
    assert_has (xml, "<v>45473</v>"); /* 30 June 2024 */
    assert_has (strings, "<t>2024-06</t>");
    assert_has (strings, "<t>2023-02-29</t>");
    assert_has (strings, "<t>1885-01-01</t>");
    assert_null (strstr (strings, "past the last"));
    assert_has (xml, "<v>3</v>");
    assert_has (xml, "location=\"page=3\"");
    assert_has (links, "Target=\"kế%20hoạch%20%231%3A%2050%25.pdf\"");
    assert_int_equal (count (xml, "<hyperlink "), 1);
    assert_has (notes, "ref=\"B2\"");
    assert_has (notes, "Đọc không chắc");
    assert_has (xml, "<autoFilter ref=\"A1:C4\"/>");
    assert_has (xml, "state=\"frozen\"");
    assert_has (xml, "paperSize=\"9\"");
    assert_has (xml, "orientation=\"landscape\"");
}

/* Excel's ceilings: characters of a cell, links of a sheet, rows. */
static void
ceilings (void **state)
{
    (void) state;
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    kh_worksheet *sheet = kh_workbook_sheet (book, "Tờ", COLUMNS, 3);
    g_autofree char *fits = g_strnfill (KH_WORKBOOK_CELL_CHARACTERS, 'a'), *name = g_strnfill (KH_WORKBOOK_LINK_BYTES, 'b');
    g_autoptr (GString) wide = g_string_new (NULL);
    for (guint i = 0; i <= KH_WORKBOOK_CELL_CHARACTERS / 2; i++)
        g_string_append (wide, "\xF0\x9F\x98\x80"); /* two units of UTF-16 */
    kh_worksheet_row (sheet);
    kh_worksheet_text (sheet, fits, NULL);
    kh_worksheet_text (sheet, wide->str, NULL);
    kh_worksheet_link (sheet, "too long an address", name, 0, NULL);
    for (guint i = 0; i < KH_WORKBOOK_LINKS + 5; i++) {
        kh_worksheet_row (sheet);
        kh_worksheet_page (sheet, "a.pdf", 7, NULL);
    }
    g_autoptr (GString) out = written (book);
    g_autofree char *xml = part_of (out, "xl/worksheets/sheet1.xml"), *strings = part_of (out, "xl/sharedStrings.xml");
    g_autofree char *notes = part_of (out, "xl/comments1.xml");
    assert_has (strings, fits);
    assert_int_equal (count (strings, "\xF0\x9F\x98\x80"), KH_WORKBOOK_CELL_CHARACTERS / 2);
    assert_int_equal (count (notes, "<comment "), 1); /* of the one that was cut */
    assert_has (notes, "ref=\"B2\"");
    assert_int_equal (count (xml, "<hyperlink "), KH_WORKBOOK_LINKS);
    assert_int_equal (count (xml, "<v>7</v>"), KH_WORKBOOK_LINKS + 5);
}

static void
full_sheet (void **state)
{
    (void) state;
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    kh_worksheet *sheet = kh_workbook_sheet (book, "Tờ", COLUMNS, 1);
    for (guint i = 1; i < KH_WORKBOOK_ROWS; i++)
        assert_true (kh_worksheet_row (sheet));
    kh_worksheet_text (sheet, "last", NULL);
    assert_false (kh_worksheet_row (sheet));
    kh_worksheet_text (sheet, "past the last", "note");
    g_autoptr (GString) out = written (book);
    g_autofree char *strings = part_of (out, "xl/sharedStrings.xml");
    assert_has (strings, "<t>last</t>");
    assert_null (strstr (strings, "past the last"));
}

static void
names (void **state)
{
    (void) state;
    static const char *const wanted[] = { "a b c d", "a b c d (2)", "", "Chỉ tiêu của các sở, ban, ngành, huyện, thành phố", "'k'" };
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    kh_workbook_sheet (book, "a/b:c?d", COLUMNS, 1);
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        kh_workbook_sheet (book, wanted[i], COLUMNS, 1);
    kh_workbook_sheet (book, wanted[3], COLUMNS, 1);
    g_autoptr (GString) out = written (book);
    g_autofree char *xml = part_of (out, "xl/workbook.xml");
    assert_int_equal (count (xml, "<sheet name="), 7);
    assert_has (xml, "\"a b c d\"");
    assert_has (xml, "\"a b c d (2)\"");
    assert_has (xml, "\"a b c d (2) (2)\"");
    assert_has (xml, "\"Chỉ tiêu của các sở, ban, ngành\"");
    assert_has (xml, "\"Chỉ tiêu của các sở, ban (2)\"");
}

static void
chart (void **state)
{
    (void) state;
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    kh_worksheet *sheet = kh_workbook_sheet (book, "Tờ", COLUMNS, 3);
    for (int i = 0; i < 4; i++) {
        kh_worksheet_row (sheet);
        kh_worksheet_text (sheet, i % 2 == 0 ? "Hà Nội" : "Huế", NULL);
        kh_worksheet_number (sheet, i, NULL);
        kh_worksheet_number (sheet, 2 * i, NULL);
    }
    kh_worksheet_chart (sheet, &(kh_worksheet_bars){ "Biểu", 2, 3, 0, 1, 2 });
    kh_worksheet_chart (sheet, &(kh_worksheet_bars){ "of no column", 1, 4, 0, 2, 2 });
    kh_worksheet_chart (sheet, &(kh_worksheet_bars){ "of no row", 1, 0, 0, 1, 2 });
    g_autoptr (GString) out = written (book);
    g_autofree char *xml = part_of (out, "xl/charts/chart1.xml"), *types = part_of (out, "[Content_Types].xml");
    assert_has (xml, "<c:f>'Tờ'!$A$3:$A$5</c:f>");
    assert_has (xml, "<c:f>'Tờ'!$B$3:$B$5</c:f>");
    assert_has (xml, "<c:f>'Tờ'!$C$1</c:f>");
    assert_has (xml, "Biểu");
    assert_int_equal (count (types, "/xl/charts/"), 1);
}

static GString *
workbook_of (const kh_record *record)
{
    GString *out = g_string_new (NULL);
    assert_true (kh_emit (out, record, NULL, (kh_models){ "vie", NULL }, KH_FORMAT_XLSX, NULL, NULL));
    return out;
}

/* Every sheet, doubts with their reasons, links; no clock in it. */
static void
record_as_workbook (void **state)
{
    (void) state;
    static const char *const names[] = { "Nhiệm vụ", "Chỉ tiêu", "Thông tin", "Kiểm tra" };
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = sample_record (pool);
    ((kh_task *) record->tasks->pdata[0])->text.text = "=HYPERLINK(\"x\")";
    g_autoptr (GString) out = workbook_of (record);
    g_autofree char *book = part_of (out, "xl/workbook.xml"), *tasks = part_of (out, "xl/worksheets/sheet1.xml");
    g_autofree char *targets = part_of (out, "xl/worksheets/sheet2.xml"), *review = part_of (out, "xl/worksheets/sheet4.xml");
    g_autofree char *strings = part_of (out, "xl/sharedStrings.xml"), *notes = part_of (out, "xl/comments1.xml");
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        assert_has (book, names[i]);
    assert_null (strstr (tasks, "<f>"));
    assert_has (strings, "<t>=HYPERLINK(\"x\")</t>");
    assert_has (strings, "<t>Văn phòng Sở;\nPhòng 1, \"A\"</t>");
    assert_has (tasks, "<v>45292</v>"); /* 1 January 2024 */
    assert_has (targets, "<v>85.5</v>");
    assert_has (tasks, "location=\"page=1\"");
    assert_has (review, "location=\"page=1\"");
    assert_has (strings, "page 3 cannot be read");
    assert_has (strings, "nhiệm vụ 1, thời hạn");
    assert_has (notes, "ref=\"H2\""); /* the deadline, which is in review */
    assert_has (notes, "Chữ đọc không chắc; hãy đối chiếu với bản quét");
    assert_has (notes, "Độ tin cậy 81%");

    setenv ("TZ", "Asia/Ho_Chi_Minh", 1);
    tzset ();
    g_autoptr (GString) again = workbook_of (record);
    unsetenv ("TZ");
    assert_true (out->len == again->len && memcmp (out->str, again->str, out->len) == 0);
}

/* Nothing found, and no file that a link could lead to. */
static void
empty_record (void **state)
{
    (void) state;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_record *record = kh_record_new (pool);
    record->file = "stdin";
    record->media_type = "text/plain";
    g_autoptr (GString) out = workbook_of (record);
    g_autofree char *facts = part_of (out, "xl/worksheets/sheet3.xml");
    assert_null (strstr (facts, "<hyperlink "));
}

/* A workbook that is cut short, or whose temporary files were: libxlsxwriter would not tell. */
static void
not_whole (void **state)
{
    (void) state;
    /* an archive by hand: one part, not packed */
    static const char archive[] = "PK\3\4" "\0\0" "\0\0" "\0\0" "\0\0\0\0" "\0\0\0\0" "\7\0\0\0" "\7\0\0\0" "\1\0" "\0\0" "a" "<a></a>"
                                  "PK\1\2" "\0\0" "\0\0" "\0\0" "\0\0" "\0\0\0\0" "\0\0\0\0" "\7\0\0\0" "\7\0\0\0" "\1\0" "\0\0" "\0\0" "\0\0"
                                  "\0\0" "\0\0\0\0" "\0\0\0\0" "a"
                                  "PK\5\6" "\0\0" "\0\0" "\1\0" "\1\0" "\57\0\0\0" "\46\0\0\0" "\0\0";
    g_autoptr (GString) whole = g_string_new_len (archive, sizeof archive - 1), cut = g_string_new_len (archive, sizeof archive - 1);
    assert_true (kh_workbook_parts_are_whole (whole->str, whole->len));
    memcpy (strstr (cut->str + 31, "<a></a>"), "<a></  ", 7);
    assert_false (kh_workbook_parts_are_whole (cut->str, cut->len));
    for (gsize length = 0; length < whole->len; length++)
        assert_false (kh_workbook_parts_are_whole (whole->str, length));
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (cells), cmocka_unit_test (ceilings),           cmocka_unit_test (full_sheet),   cmocka_unit_test (names),
        cmocka_unit_test (chart), cmocka_unit_test (record_as_workbook), cmocka_unit_test (empty_record),
        cmocka_unit_test (not_whole),
    };
    return cmocka_run_group_tests_name ("workbook", tests, NULL, NULL);
}
