/* Tables drawn over their pages: what stands in the HTML page, and what must not. */
#include "emit/emit.h"

#include "sample_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    kh_pool *pool;
    kh_record *record;
    kh_flow *flow;
    GString *out;
} fixture;

static int
set_up (void **state)
{
    fixture *f = g_new0 (fixture, 1);
    f->pool = kh_pool_new ();
    f->record = sample_record (f->pool);
    f->flow = kh_pool_new0 (f->pool, kh_flow, 1);
    f->flow->blocks = kh_pool_list (f->pool);
    kh_block *block = kh_pool_new0 (f->pool, kh_block, 1);
    block->kind = KH_BLOCK_TABLE;
    block->grid = (kh_grid *) ((kh_table *) f->record->tables->pdata[0])->grid;
    g_ptr_array_add (f->flow->blocks, block);
    f->out = g_string_new (NULL);
    *state = f;
    return 0;
}

static int
tear_down (void **state)
{
    fixture *f = *state;
    g_string_free (f->out, TRUE);
    kh_pool_free (f->pool);
    g_free (f);
    return 0;
}

static const kh_grid *
grid_of (const fixture *f)
{
    return ((kh_block *) f->flow->blocks->pdata[0])->grid;
}

static const char *
emitted (fixture *f)
{
    g_string_truncate (f->out, 0);
    kh_emit_tables_html (f->out, f->record, f->flow);
    return f->out->str;
}

static guint
count (const char *text, const char *piece)
{
    guint n = 0;
    while ((text = strstr (text, piece)) != NULL) {
        n++;
        text += strlen (piece);
    }
    return n;
}

static void
assert_has (const char *html, const char *piece)
{
    if (strstr (html, piece) == NULL)
        fail_msg ("'%s' does not stand in %s", piece, strstr (html, "<main>"));
}

static void
assert_lacks (const char *html, const char *piece)
{
    if (strstr (html, piece) != NULL)
        fail_msg ("'%s' stands there: %.200s", piece, strstr (html, piece));
}

static void
cells_and_spans (void **state)
{
    fixture *f = *state;
    kh_page_add_rule (f->record->pages->pdata[0], (kh_box){ 50, 299.5, 650, 300.5 }, TRUE);
    const char *html = emitted (f);
    assert_has (html, "<h2>Page 1</h2>");
    assert_has (html, "<h3>tb1 (tasks)</h3>");
    assert_has (html, "2 rows below 2 of header, 4 columns; pages 1; told by rulings; confidence 1.00");
    assert_int_equal (count (html, "<rect class=\"c") - 5, 11); /* five in the legend */
    assert_int_equal (count (html, "<td class=\"c"), 11);
    assert_has (html, "<rect class=\"c h m\" id=\"t1-3\" x=\"350.00\" y=\"300.00\" width=\"300.00\" height=\"20.00\">"
                      "<title>Thời gian\nrow h1, column 3; 1 x 2; no. 3 in order of reading</title></rect>");
    assert_has (html, "<td class=\"c h m\" rowspan=\"2\" title=\"TT\n"); /* a header over both rows of it */
    assert_has (html, "<td class=\"c m\" rowspan=\"2\" title=\"1\nrow 1, column 1 number; 2 x 1;");
    assert_has (html, "<a href=\"#t1-11\">11</a><small>1×2</small>a, &quot;b&quot;</td>");
    assert_has (html, ">2×1</text>");
    assert_has (html, ">2 text</text>"); /* column 2 holds the tasks' text */
    assert_has (html, ">h2</text>");
    assert_has (html, "<path class=\"rules\" d=\"M50.00 300.00H650.00\"/>");
    assert_has (html, "Pages without a table: 2.");
}

/* Whatever a document says stays text. */
static void
escaped (void **state)
{
    fixture *f = *state;
    kh_page *one = f->record->pages->pdata[0];
    kh_word word = { .box = { 60, 60, 90, 72 }, .line = -1 };
    kh_page_add_word (f->pool, one, "</text><script>2</script>", word);
    kh_grid_cell (grid_of (f), 2, 1)->text.str = "<script>alert('1')</script>\" onload=\"x & \xC3";
    f->record->file = "<b>.pdf";
    kh_record_warn (f->pool, f->record, 1, "page_limit", "<i>slow</i>");
    const char *html = emitted (f);
    assert_lacks (html, "<script");
    assert_lacks (html, "\" onload=\"");
    assert_lacks (html, "<i>");
    assert_lacks (html, "<b>");
    assert_true (g_utf8_validate (html, -1, NULL));
    assert_int_equal (count (html, "&lt;script&gt;alert("), 3); /* two titles and the cell */
    assert_has (html, "<title>&lt;b&gt;.pdf: tables</title>");
}

/* Nothing is fetched: no addresses but of pictures in the page, and of cells on it. */
static void
self_contained (void **state)
{
    fixture *f = *state;
    ((kh_page *) f->record->pages->pdata[0])->picture = kh_pool_own (f->pool, g_bytes_new_static ("\xFF\xD8\xFF\xE0", 4), (GDestroyNotify) g_bytes_unref);
    const char *html = emitted (f);
    assert_lacks (html, "://");
    assert_lacks (html, "src=\"");
    assert_lacks (html, "@import");
    assert_int_equal (count (html, "url("), count (html, "url(#"));
    assert_int_equal (count (html, "href=\""), count (html, "href=\"#") + count (html, "href=\"data:image/jpeg;base64,/9j/4A==\""));
    assert_has (html, "Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"");
    assert_has (html, "<use href=\"#p1-picture\" transform=\"matrix(1.000000 0.000000 0.000000 1.000000 0.000000 0.000000)\"/>");
    assert_lacks (html, "There is no image of this page");
}

/* The picture is of the page as shown; it is brought into the frame of the page that was read lying on its side, and where a part
 * was turned, into that. */
static void
picture_in_the_frame (void **state)
{
    fixture *f = *state;
    kh_page *two = f->record->pages->pdata[1];
    two->picture = kh_pool_own (f->pool, g_bytes_new_static ("\xFF\xD8\xFF\xE0", 4), (GDestroyNotify) g_bytes_unref);
    g_array_index (grid_of (f)->pages, int, 0) = 2;
    for (int i = 0; i < 16; i++)
        if (grid_of (f)->cells[i] != NULL)
            grid_of (f)->cells[i]->page = 2;
    const char *html = emitted (f);
    assert_has (html, "viewBox=\"-20.00 -20.00 882.00 635.00\"");
    assert_has (html, "<image id=\"p2-picture\" preserveAspectRatio=\"none\" x=\"0.00\" y=\"0.00\" width=\"595.00\" height=\"842.00\"");
    /* x = y', y = 595 - x' */
    assert_has (html, "transform=\"matrix(0.000000 -1.000000 1.000000 0.000000 0.000000 595.000000)\"");
    assert_int_equal (count (html, "<clipPath"), 1);

    kh_page_add_region (two, (kh_region){ { 100, 200, 700, 400 }, 90, { 1, 0, 10, 0, 1, 20 } });
    kh_page_add_region (two, (kh_region){ { 0, 400, 842, 595 }, 0, KH_AFFINE_IDENTITY });
    html = emitted (f);
    assert_int_equal (count (html, "<clipPath"), 3);
    assert_has (html, "<clipPath id=\"p2-view0\"><rect x=\"0.00\" y=\"0.00\" width=\"842.00\" height=\"200.00\"/>");
    assert_has (html, "transform=\"matrix(1.000000 0.000000 0.000000 1.000000 -10.000000 -20.000000)\"");
    /* the old place of the turned block is blank in what moved down */
    assert_has (html, "<rect class=\"paper\" x=\"100.00\" y=\"200.00\" width=\"600.00\" height=\"200.00\""
                      " transform=\"matrix(1.000000 0.000000 0.000000 1.000000 10.000000 20.000000)\"/>");
}

static void
blank_page (void **state)
{
    fixture *f = *state;
    kh_page *one = f->record->pages->pdata[0];
    kh_page_add_word (f->pool, one, "Rà", (kh_word){ .box = { 60, 60, 90, 72 }, .size = 11, .line = -1 });
    const char *html = emitted (f);
    assert_has (html, "There is no image of this page: its words stand in its place.");
    assert_has (html, "<text x=\"60.00\" y=\"69.60\" font-size=\"11.00\" lengthAdjust=\"spacingAndGlyphs\" textLength=\"30.00\">Rà</text>");
    assert_lacks (html, "<image");
    assert_has (html, "<g class=\"print\">");
    one->origin = KH_ORIGIN_TEXT;
    assert_has (emitted (f), "<g class=\"print typed\">");
}

/* Row 2 of the record and the cell merged over both stand on page 2, too. */
static void
over_pages (void **state)
{
    fixture *f = *state;
    const kh_grid *grid = grid_of (f);
    int two = 2;
    g_array_append_val (grid->pages, two);
    for (int c = 1; c < 4; c++)
        if (kh_grid_cell (grid, 3, c) != NULL)
            kh_grid_cell (grid, 3, c)->page = 2;
    kh_cell *merged = kh_grid_cell (grid, 2, 0);
    merged->rest = kh_pool_own (f->pool, g_array_new (FALSE, FALSE, sizeof (kh_spot)), (GDestroyNotify) g_array_unref);
    kh_spot spot = { 2, { 50, 70, 200, 90 } };
    g_array_append_val (merged->rest, spot);
    const char *html = emitted (f), *second = strstr (html, "<section id=\"p2\">");
    assert_non_null (second);
    assert_has (html, "pages 1-2");
    assert_int_equal (count (html, " id=\"t1-"), 11); /* each cell is one place to go to */
    assert_has (second, "<rect class=\"c m rest\" x=\"50.00\" y=\"70.00\" width=\"150.00\" height=\"20.00\"><title>1\nrow 1, column 1 number; 2 x 1;");
    assert_has (second, "<tr><th>2</th>\n<td class=\"c m rest\" title=\"1\n");
    assert_lacks (second, "<tr><th>1</th>");
    assert_has (html, "<tr><th>1</th>\n<td class=\"c m\" title=\"1\n"); /* one of its rows is on page 1 */

    /* all of page 2 is the rest of a row of page 1 */
    for (int i = 0; i < 16; i++)
        if (grid->cells[i] != NULL)
            grid->cells[i]->page = 1;
    assert_has (strstr (emitted (f), "<section id=\"p2\">"), "No row begins on this page");
}

static void
pages_without (void **state)
{
    fixture *f = *state;
    kh_page *two = f->record->pages->pdata[1];
    assert_has (emitted (f), "<section id=\"p3\">\n<h2>Page 3</h2>\n<p class=\"note\">page 3 cannot be read</p>\n</section>");
    assert_has (f->out->str, "<p class=\"note\">pages were left out</p>");
    assert_true (kh_emit_draws_page (f->flow, f->record->pages->pdata[0]));
    assert_false (kh_emit_draws_page (f->flow, two));
    for (int i = 0; i < 2; i++) { /* a stamp's frame */
        kh_page_add_rule (two, (kh_box){ 10, 10 + 40 * i, 110, 11 + 40 * i }, TRUE);
        kh_page_add_rule (two, (kh_box){ 10 + 100 * i, 10, 11 + 100 * i, 50 }, FALSE);
    }
    assert_false (kh_emit_draws_page (f->flow, two));
    for (int i = 0; i < 2; i++)
        kh_page_add_rule (two, (kh_box){ 10, 100 + 40 * i, 500, 101 + 40 * i }, TRUE);
    assert_true (kh_emit_draws_page (f->flow, two));
    assert_has (emitted (f), "There are rulings, but no table was found.");

    g_ptr_array_set_size (f->flow->blocks, 0);
    g_ptr_array_set_size (f->record->tables, 0);
    assert_has (emitted (f), "No table was found in this document.");
}

/* A grid that the record has nothing of is drawn, too. */
static void
not_in_the_record (void **state)
{
    fixture *f = *state;
    g_ptr_array_set_size (f->record->tables, 0);
    const char *html = emitted (f);
    assert_has (html, "table 1, not in the record");
    assert_has (html, ">h2</text>"); /* the header rows of the grid */
    assert_lacks (html, ">2 text</text>");
}

#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
    const struct CMUnitTest tests[] = {
        CASE (cells_and_spans), CASE (escaped),    CASE (self_contained), CASE (picture_in_the_frame),
        CASE (blank_page),      CASE (over_pages), CASE (pages_without),  CASE (not_in_the_record),
    };
    return cmocka_run_group_tests_name ("tables_html", tests, NULL, NULL);
}
