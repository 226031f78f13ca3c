/* A workbook: the matrix, then one sheet a list, each row with the page it is from; then a sheet with a chart for each of the
 * indicators most places have. Numbers are numbers: "≥" is how they are shown. */
#include "compare/labels.h"
#include "compare/print.h"

#include "emit/workbook.h"

#include <math.h>
#include <string.h>

#define MOST_CHARTS 20
#define DOUBTFUL "Đọc chưa chắc: hãy đối chiếu với trang này."

/* The file of a paper as a link wants it; NULL: no link. */
static const char *
file_of (const kh_paper *paper)
{
    return paper->path != NULL && !g_str_has_prefix (paper->path, "file:") ? paper->path : paper->file;
}

static const char *
doubt_of (double confidence)
{
    return kh_is_doubtful (confidence) ? DOUBTFUL : NULL;
}

/* 0 is nothing. */
static void
put_count (kh_worksheet *sheet, guint number)
{
    kh_worksheet_number (sheet, number == 0 ? NAN : number, NULL);
}

static void
put_aim (kh_worksheet *sheet, const kh_aim *aim)
{
    g_autoptr (GString) before = g_string_new (NULL);
    kh_put_comparator (before, aim->comparator);
    kh_worksheet_figure (sheet, before->str, aim->value, file_of (aim->paper), aim->page, doubt_of (aim->confidence));
}

static void
put_place (kh_worksheet *sheet, const kh_paper *paper)
{
    kh_worksheet_text (sheet, paper->place->name, NULL);
    kh_worksheet_text (sheet, paper->was, NULL);
}

static void
put_plan (kh_worksheet *sheet, const kh_paper *paper, int page)
{
    kh_worksheet_text (sheet, paper->number, NULL);
    kh_worksheet_day (sheet, paper->date, NULL);
    kh_worksheet_text (sheet, file_of (paper), NULL);
    kh_worksheet_page (sheet, file_of (paper), page, NULL);
}

/* ------------------------------------------------------------------ targets */

/* One target is a number; several are text. */
static void
put_cell (kh_worksheet *sheet, const kh_indicator *indicator, const kh_side *place, int year)
{
    guint n;
    kh_aim *const *aims = kh_indicator_at (indicator, place, year, &n);
    if (n == 0)
        kh_worksheet_text (sheet, NULL, NULL);
    else if (n == 1)
        put_aim (sheet, aims[0]);
    else {
        g_autoptr (GString) all = g_string_new (NULL);
        for (guint i = 0; i < n; i++) {
            g_string_append (all, i > 0 ? "; " : "");
            kh_put_bare_level (all, aims[i]);
            if (aims[i]->paper->was != NULL)
                g_string_append_printf (all, " (%s)", aims[i]->paper->was);
        }
        kh_worksheet_link (sheet, all->str, file_of (aims[0]->paper), aims[0]->page, doubt_of (aims[0]->confidence));
    }
}

static void
add_matrix (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column fixed[] = { { "Chỉ tiêu", 42 }, { "Đơn vị tính", 10 }, { "Năm", 7 },     { "Số nơi", 7 },
                                                 { "Thấp nhất", 9 }, { "Trung vị", 9 },     { "Cao nhất", 9 } };
    const guint n_fixed = G_N_ELEMENTS (fixed), n = n_fixed + comparison->places->len;
    g_autofree kh_worksheet_column *columns = g_new0 (kh_worksheet_column, n);
    memcpy (columns, fixed, sizeof fixed);
    for (guint p = 0; p < comparison->places->len; p++) {
        const kh_side *place = comparison->places->pdata[p];
        columns[n_fixed + p] =
            (kh_worksheet_column){ place->name, place->made_of != NULL && strchr (place->made_of, ',') != NULL ? 34 : 13 };
    }
    kh_worksheet *sheet = kh_workbook_sheet (book, "Ma trận", columns, n);
    kh_worksheet_keep_columns (sheet, 3);
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        for (guint y = 0; y < indicator->years->len; y++) {
            int year = g_array_index (indicator->years, int, y);
            kh_spread spread = kh_indicator_spread (indicator, year);
            kh_worksheet_row (sheet);
            kh_worksheet_text (sheet, indicator->name, NULL);
            kh_worksheet_text (sheet, indicator->unit, NULL);
            put_count (sheet, (guint)year);
            put_count (sheet, spread.n_places);
            kh_worksheet_number (sheet, spread.least, NULL);
            kh_worksheet_number (sheet, spread.median, NULL);
            kh_worksheet_number (sheet, spread.most, NULL);
            for (guint p = 0; p < comparison->places->len; p++)
                put_cell (sheet, indicator, comparison->places->pdata[p], year);
        }
    }
}

static void
add_targets (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column columns[] = { { "Chỉ tiêu", 34 },    { "Nơi", 16 },           { "Tỉnh khi ban hành", 14 },
                                                   { "Năm", 7 },          { "Mức", 11 },           { "Đơn vị tính", 10 },
                                                   { "Đến ngày", 11 },    { "So với", 14 },        { "Nội dung", 56 },
                                                   { "Số, ký hiệu", 16 }, { "Ngày ban hành", 11 }, { "Tệp", 24 },
                                                   { "Trang", 7 } };
    kh_worksheet *sheet = kh_workbook_sheet (book, "Chỉ tiêu", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        for (guint a = 0; a < indicator->aims->len; a++) {
            const kh_aim *aim = indicator->aims->pdata[a];
            kh_worksheet_row (sheet);
            kh_worksheet_text (sheet, indicator->name, NULL);
            put_place (sheet, aim->paper);
            put_count (sheet, (guint)aim->year);
            put_aim (sheet, aim);
            kh_worksheet_text (sheet, aim->unit, NULL);
            kh_worksheet_day (sheet, aim->due, NULL);
            kh_worksheet_text (sheet, aim->baseline, NULL);
            kh_worksheet_text (sheet, aim->text, NULL);
            put_plan (sheet, aim->paper, aim->page);
        }
    }
}

/* ------------------------------------------------------------------ charts */

static int
highest_first (gconstpointer a, gconstpointer b)
{
    const kh_aim *x = *(kh_aim *const *)a, *y = *(kh_aim *const *)b;
    return x->value != y->value ? (x->value > y->value ? -1 : 1) : 0; /* the sort is stable: else in official order */
}

/* The places of its most telling year, highest first, and their bars. */
static void
add_chart (kh_workbook *book, const kh_indicator *indicator)
{
    int year = kh_indicator_main_year (indicator);
    g_autofree char *label = kh_indicator_label (indicator);
    g_autofree char *when = year == 0 ? g_strdup ("Mức") : g_strdup_printf ("%d", year), *name = g_strdup_printf ("BĐ %s", label);
    g_autofree char *title = year == 0 ? g_strdup (label) : g_strdup_printf ("%s, %d", label, year);
    const kh_worksheet_column columns[] = { { "Nơi", 20 }, { when, 12 } };
    g_autoptr (GPtrArray) aims = g_ptr_array_new ();
    const kh_side *last = NULL;
    for (guint i = 0; i < indicator->aims->len; i++) {
        kh_aim *aim = indicator->aims->pdata[i];
        if (aim->year != year || aim->paper->place == last)
            continue;
        last = aim->paper->place;
        g_ptr_array_add (aims, aim);
    }
    g_ptr_array_sort (aims, highest_first);
    kh_worksheet *sheet = kh_workbook_sheet (book, name, columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < aims->len; i++) {
        const kh_aim *aim = aims->pdata[i];
        kh_worksheet_row (sheet);
        kh_worksheet_text (sheet, aim->paper->place->name, NULL);
        put_aim (sheet, aim);
    }
    kh_worksheet_chart (sheet, &(kh_worksheet_bars){
                                   .title = title, .first_row = 1, .n_rows = aims->len, .names = 0, .values = 1, .n_values = 1 });
}

static int
most_places_first (gconstpointer a, gconstpointer b)
{
    const kh_indicator *x = *(kh_indicator *const *)a, *y = *(kh_indicator *const *)b;
    return x->n_places != y->n_places ? (x->n_places > y->n_places ? -1 : 1) : 0;
}

static void
add_charts (kh_workbook *book, const kh_comparison *comparison)
{
    g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
    for (guint i = 0; i < comparison->indicators->len; i++)
        if (((const kh_indicator *)comparison->indicators->pdata[i])->n_places > 1)
            g_ptr_array_add (wanted, comparison->indicators->pdata[i]);
    g_ptr_array_sort (wanted, most_places_first);
    for (guint i = 0; i < wanted->len && i < MOST_CHARTS; i++)
        add_chart (book, wanted->pdata[i]);
}

/* ------------------------------------------------------------------ the other lists */

static void
add_tasks (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column columns[] = { { "Nhóm", 7 },         { "Nhiệm vụ chung", 40 },    { "Số nơi", 7 },
                                                   { "Nơi", 16 },         { "Tỉnh khi ban hành", 14 }, { "Nội dung", 56 },
                                                   { "Chủ trì", 26 },     { "Thời hạn", 16 },          { "Đến ngày", 11 },
                                                   { "Số, ký hiệu", 16 }, { "Ngày ban hành", 11 },     { "Tệp", 24 },
                                                   { "Trang", 7 } };
    kh_worksheet *sheet = kh_workbook_sheet (book, "Nhiệm vụ", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < comparison->kinds->len; i++) {
        const kh_kind *kind = comparison->kinds->pdata[i];
        for (guint d = 0; d < kind->duties->len; d++) {
            const kh_duty *duty = kind->duties->pdata[d];
            kh_worksheet_row (sheet);
            put_count (sheet, i + 1);
            kh_worksheet_text (sheet, kind->name, NULL);
            put_count (sheet, kind->n_places);
            put_place (sheet, duty->paper);
            kh_worksheet_text (sheet, duty->text, doubt_of (duty->confidence));
            kh_worksheet_text (sheet, duty->lead, NULL);
            kh_worksheet_text (sheet, duty->deadline, NULL);
            kh_worksheet_day (sheet, duty->end, NULL);
            put_plan (sheet, duty->paper, duty->page);
        }
    }
}

static void
add_missing (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column columns[] = {
        { "Nơi", 20 }, { "Loại", 11 }, { "Chưa có", 70 }, { "Số nơi khác có", 10 }, { "Trên tổng số", 10 }
    };
    kh_worksheet *sheet = kh_workbook_sheet (book, "Còn thiếu", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < comparison->lacks->len; i++) {
        const kh_lack *lack = comparison->lacks->pdata[i];
        kh_worksheet_row (sheet);
        kh_worksheet_text (sheet, lack->place->name, NULL);
        kh_worksheet_text (sheet, lack->kind != NULL ? "Nhiệm vụ" : "Chỉ tiêu", NULL);
        kh_worksheet_text (sheet, lack->kind != NULL ? lack->kind->name : lack->indicator->name, NULL);
        put_count (sheet, lack->n_have);
        put_count (sheet, lack->n_others);
    }
}

/* The text, level or who leads, day, and page of one side of a difference. */
static void
put_side (kh_worksheet *sheet, const kh_paper *paper, const kh_aim *aim, const kh_duty *duty)
{
    g_autoptr (GString) level = g_string_new (duty == NULL ? NULL : duty->lead);
    if (aim != NULL)
        kh_put_level (level, aim);
    kh_worksheet_text (sheet, aim != NULL ? aim->text : duty != NULL ? duty->text : NULL, NULL);
    kh_worksheet_text (sheet, level->str, NULL);
    if (duty != NULL && duty->end == NULL)
        kh_worksheet_text (sheet, duty->deadline, NULL);
    else
        kh_worksheet_day (sheet, aim != NULL ? aim->due : duty != NULL ? duty->end : NULL, NULL);
    kh_worksheet_page (sheet, file_of (paper), aim != NULL ? aim->page : duty != NULL ? duty->page : 0, NULL);
}

static void
add_changes (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column columns[] = { { "Nơi", 16 },
                                                   { "Kế hoạch trước", 20 },
                                                   { "Kế hoạch sau", 20 },
                                                   { "Thay đổi", 9 },
                                                   { "Loại", 10 },
                                                   { "Khác ở", 12 },
                                                   { "Nội dung trước", 40 },
                                                   { "Mức, chủ trì trước", 18 },
                                                   { "Thời hạn trước", 12 },
                                                   { "Trang trước", 7 },
                                                   { "Nội dung sau", 40 },
                                                   { "Mức, chủ trì sau", 18 },
                                                   { "Thời hạn sau", 12 },
                                                   { "Trang sau", 7 } };
    kh_worksheet *sheet = kh_workbook_sheet (book, "Thay đổi", columns, G_N_ELEMENTS (columns));
    for (guint r = 0; r < comparison->revisions->len; r++) {
        const kh_revision *revision = comparison->revisions->pdata[r];
        g_autofree char *before = kh_paper_label (revision->before), *after = kh_paper_label (revision->after);
        for (guint i = 0; i < revision->differences->len; i++) {
            const kh_difference *one = revision->differences->pdata[i];
            g_autofree char *in = kh_difference_parts (one->in);
            kh_worksheet_row (sheet);
            kh_worksheet_text (sheet, revision->after->place->name, NULL);
            kh_worksheet_text (sheet, before, NULL);
            kh_worksheet_text (sheet, after, NULL);
            kh_worksheet_text (sheet, kh_difference_word (one->sort), NULL);
            kh_worksheet_text (sheet, one->old_aim != NULL || one->new_aim != NULL ? "Chỉ tiêu" : "Nhiệm vụ", NULL);
            kh_worksheet_text (sheet, in, NULL);
            put_side (sheet, revision->before, one->old_aim, one->old_duty);
            put_side (sheet, revision->after, one->new_aim, one->new_duty);
        }
    }
}

static void
add_plans (kh_workbook *book, const kh_comparison *comparison)
{
    static const kh_worksheet_column columns[] = {
        { "Nơi", 18 },           { "Tỉnh khi ban hành", 16 }, { "Cơ quan ban hành", 34 }, { "Số, ký hiệu", 16 },
        { "Ngày ban hành", 12 }, { "Thời kỳ", 11 },           { "Trích yếu", 60 },        { "Tệp", 36 }
    };
    kh_worksheet *sheet = kh_workbook_sheet (book, "Kế hoạch", columns, G_N_ELEMENTS (columns));
    for (guint i = 0; i < comparison->papers->len; i++) {
        const kh_paper *paper = comparison->papers->pdata[i];
        kh_worksheet_row (sheet);
        put_place (sheet, paper);
        kh_worksheet_text (sheet, paper->issuer, NULL);
        kh_worksheet_text (sheet, paper->number, NULL);
        kh_worksheet_day (sheet, paper->date, NULL);
        kh_worksheet_text (sheet, paper->period, NULL);
        kh_worksheet_text (sheet, paper->title, NULL);
        kh_worksheet_link (sheet, file_of (paper), file_of (paper), 0, NULL);
    }
}

gboolean
kh_compare_xlsx (GString *out, const kh_comparison *comparison, GError **error)
{
    g_autoptr (kh_workbook) book = kh_workbook_new ();
    if (comparison->parts & KH_COMPARE_TARGETS) {
        add_matrix (book, comparison);
        add_targets (book, comparison);
    }
    if (comparison->parts & KH_COMPARE_TASKS)
        add_tasks (book, comparison);
    if (comparison->parts & KH_COMPARE_MISSING)
        add_missing (book, comparison);
    if (comparison->parts & KH_COMPARE_CHANGES)
        add_changes (book, comparison);
    add_plans (book, comparison);
    if (comparison->parts & KH_COMPARE_TARGETS)
        add_charts (book, comparison);
    return kh_workbook_write (book, out, error);
}
