/* The record as an HTML page: what is on it, that nothing of a document becomes markup, that a page's picture stands there once. */
#include "emit/emit.h"

#include "sample_record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static kh_pool *pool;
static kh_record *record;

static int
set_up (void **state)
{
    (void) state;
    pool = kh_pool_new ();
    record = sample_record (pool);
    return 0;
}

static int
tear_down (void **state)
{
    (void) state;
    kh_pool_free (pool);
    return 0;
}

static char *
page_of (void)
{
    GString *out = g_string_new (NULL);
    assert_true (kh_emit (out, record, NULL, (kh_models){ "vie", NULL }, KH_FORMAT_HTML, NULL, NULL));
    return g_string_free (out, FALSE);
}

static void
assert_has (const char *html, const char *wanted)
{
    if (strstr (html, wanted) == NULL)
        fail_msg ("%s is not in %s", wanted, html);
}

static void
assert_lacks (const char *html, const char *unwanted)
{
    if (strstr (html, unwanted) != NULL)
        fail_msg ("%s is in %s", unwanted, html);
}

static guint
count (const char *text, const char *piece)
{
    guint n = 0;
    for (const char *at = text; (at = strstr (at, piece)) != NULL; at++)
        n++;
    return n;
}

/* Each value has its crop, and a place on its page that it leads to. */
static void
values (void **state)
{
    (void) state;
    static const char *const wanted[] = {
        ">71/KH-STP<span", ">02/2024<span", "Hà Tĩnh", ">Quý I<span", "01/01/2024 – 31/03/2024", ">85,5<span", "≥ ", ">31/12/2024<",
        ">Lưu: VT<span", ">Trần Xuân Hưng<span", "page 3 cannot be read", ">Cấp/bậc ~:</small>", ">Văn phòng Sở theo dõi.<span",
    };
    g_autofree char *html = page_of ();
    for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        assert_has (html, wanted[i]);
    assert_int_equal (count (html, "<a class=\"v"), count (html, "<g class=\"place\" id=\"v"));
    assert_true (count (html, "<use href=\"#p1\"/>") > 5 && count (html, "<use href=\"#p2\"/>") > 3);
    assert_int_equal (count (html, "<g id=\"p1\">"), 1);
    /* the number's crop: its box (88, 92, 178, 104) with paper around it */
    assert_has (html, "<svg viewBox=\"70.06 85.00 126.00 26.00\"");
}

/* What is in review is marked, says why, and is led to; what review has nothing of, but is unsure, is marked, too. */
static void
doubts (void **state)
{
    (void) state;
    g_autofree char *html = page_of ();
    assert_has (html, "<a class=\"v q\" id=\"r1\" href=\"#v");
    assert_has (html, "<li><a href=\"#r1\">nhiệm vụ 1, thời hạn</a>: <q>");
    assert_has (html, "Chữ đọc không chắc; hãy đối chiếu với bản quét\nĐộ tin cậy 81%</b>");
    for (guint i = 0; i < record->tasks->len; i++)
        ((kh_task *) record->tasks->pdata[i])->deadline.text.seen.confidence = 1;
    g_ptr_array_set_size (record->review, 0);
    g_ptr_array_set_size (record->warnings, 0);
    record->header.number.seen.confidence = 1;
    g_autofree char *sure = page_of ();
    assert_lacks (sure, "id=\"review\"");
    assert_has (sure, "<a class=\"v\" href=\"#v2\">71/KH-STP<span");
}

/* A value that is missing, and in review. */
static void
missing (void **state)
{
    (void) state;
    kh_review_entry entry = { "/signature/position", "not_found" };
    g_ptr_array_add (record->review, &entry);
    g_autofree char *html = page_of ();
    assert_has (html, "<span class=\"v q none\" id=\"r2\" tabindex=\"0\">not found<span class=\"crop\"><b>Không tìm thấy trong văn bản</b>");
    assert_has (html, "<a href=\"#r2\">chữ ký, chức vụ</a>");
}

static void
escaped (void **state)
{
    (void) state;
    kh_task *task = record->tasks->pdata[0];
    kh_section *section = record->sections->pdata[0];
    kh_other_field *field = task->other->pdata[0];
    record->header.title.text = "<script>alert(1)</script>";
    record->file = "\"><img src=x onerror=alert(2)>.pdf";
    task->text.text = "a & b < c \"d\" \xff";
    field->header = "<b>";
    section->title.text = "</h3><style>";
    ((kh_paragraph *) section->paragraphs->pdata[0])->marker = "<i>";
    ((kh_warning *) record->warnings->pdata[0])->message = "</main>";
    g_autofree char *html = page_of ();
    assert_has (html, "<title>71/KH-STP – &lt;script&gt;alert(1)&lt;/script&gt;</title>");
    assert_has (html, "a &amp; b &lt; c &quot;d&quot; \xef\xbf\xbd");
    assert_lacks (html, "<script");
    assert_lacks (html, "<img");
    assert_lacks (html, "<b>:");
    assert_lacks (html, "</h3><style>");
    assert_lacks (html, "<i>");
    assert_int_equal (count (html, "</main>"), 1);
    record->header.title.text = NULL;
    g_autofree char *untitled = page_of ();
    assert_has (untitled, "<title>&quot;&gt;&lt;img src=x onerror=alert(2)&gt;.pdf</title>");
}

/* A page's picture stands there once, however many values it shows; without one the words are drawn. */
static void
pictures (void **state)
{
    (void) state;
    static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3 };
    kh_page *one = record->pages->pdata[0], *two = record->pages->pdata[1];
    g_autoptr (GBytes) picture = g_bytes_new_static (jpeg, sizeof jpeg);
    one->picture = picture;
    kh_page_add_word (pool, two, "chữ<", (kh_word){ .box = { 10, 10, 50, 22 }, .page = 2 });
    g_autofree char *html = page_of ();
    assert_int_equal (count (html, "data:image/jpeg;base64,"), 1);
    assert_has (html, "<image id=\"p1-picture\"");
    assert_has (html, ">chữ&lt;</text>");
    assert_lacks (html, "://");
    g_autofree char *again = page_of ();
    assert_string_equal (html, again);
}

/* Tables that are no tasks are shown as they are printed; with spans. */
static void
tables (void **state)
{
    (void) state;
    kh_table *table = record->tables->pdata[0];
    g_autofree char *as_tasks = page_of ();
    assert_lacks (as_tasks, "<table id=\"tb1\">");
    assert_has (as_tasks, "<a href=\"#tasks\">");
    table->role = KH_TABLE_OTHER;
    g_autofree char *html = page_of ();
    assert_int_equal (count (html, "<table id=\"tb1\">"), 1);
    assert_has (html, "<th class=\"side\" colspan=\"2\"><a class=\"v q\"");
    assert_has (html, "<td rowspan=\"2\"><a class=\"v q\"");
    assert_has (html, ">a, &quot;b&quot;<span");
}

static void
empty_record (void **state)
{
    (void) state;
    record = kh_record_new (pool);
    record->file = "a.txt";
    g_autofree char *html = page_of ();
    assert_has (html, "<title>a.txt</title>");
    assert_lacks (html, "(null)");
    assert_lacks (html, "id=\"tasks\"");
}

#define CASE(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
    const struct CMUnitTest tests[] = {
        CASE (values), CASE (doubts), CASE (missing), CASE (escaped), CASE (pictures), CASE (tables), CASE (empty_record),
    };
    return cmocka_run_group_tests_name ("html", tests, NULL, NULL);
}
