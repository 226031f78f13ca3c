/* For a terminal. Places stand side by side where they fit:
 *
 *     ┌───────────────────────────┬───────────────────────┬───────────────────────┐
 *     │ Chỉ tiêu                  │ Bến Tre               │ Cà Mau                │
 *     │ Hồ sơ nộp trực tuyến (%)  │ ≥ 80% (2025) [1] tr.2 │ ≥ 65% (2025) [2] tr.3 │     [1], [2]: the plans, listed at the end
 *
 * else a line says how they are spread, and with `details` each stands on a line of its own.
 */
#include "compare/text.h"

#define DEFAULT_COLUMNS 100
#define LEAST_COLUMNS 60
#define MOST_COLUMNS 240
#define LABEL_WIDTH 24
#define PLACE_WIDTH 21 /* "≥ 80% (2025) [1] tr.2" */
#define MOST_NAMED 6   /* places a kind names, where they do not stand side by side */

/* Room for the label and all places beside each other: its width, or 0. */
static int
label_width (const kh_comparison *comparison, int columns)
{
    int n = (int)comparison->places->len;
    int left = columns - 1 - 3 - n * (PLACE_WIDTH + 3);
    return n < KH_TEXT_FIELDS && left >= LABEL_WIDTH ? left : 0;
}

/* A table with a column a place; `cell_of` writes what a row has there. */
static void
put_matrix (GString *out, const kh_comparison *comparison, int columns, const char *header, const GPtrArray *rows,
            char *(*label_of) (gconstpointer row), void (*put_cell) (GString *cell, gconstpointer row, const kh_side *place))
{
    int n = (int)comparison->places->len + 1, left = columns - 1 - 3 * n, widths[KH_TEXT_FIELDS] = { 0 };
    const char *cells[KH_TEXT_FIELDS] = { header };
    for (int i = 1; i < n; i++) {
        widths[i] = MAX (PLACE_WIDTH, left * 2 / (2 * n + 1));
        cells[i] = ((const kh_side *)comparison->places->pdata[i - 1])->name;
    }
    widths[0] = left - (n - 1) * widths[1];
    kh_side_text_sheet table;
    kh_side_text_begin (&table, out, cells, widths, n);
    for (guint r = 0; r < rows->len; r++) {
        g_autofree char *label = label_of (rows->pdata[r]);
        g_autoptr (GPtrArray) filled = g_ptr_array_new_with_free_func (g_free);
        cells[0] = label;
        for (int i = 1; i < n; i++) {
            GString *cell = g_string_new (NULL);
            put_cell (cell, rows->pdata[r], comparison->places->pdata[i - 1]);
            cells[i] = g_string_free (cell, FALSE);
            g_ptr_array_add (filled, (gpointer)cells[i]);
        }
        kh_side_text_row (&table, cells);
    }
    kh_side_text_end (&table);
}

/* ------------------------------------------------------------------ targets */

static char *
indicator_label (gconstpointer row)
{
    return kh_indicator_label (row);
}

static void
put_aim (GString *cell, const kh_aim *aim)
{
    kh_put_bare_level (cell, aim);
    if (aim->unit != NULL && *aim->unit == '%') /* others are named by the row */
        g_string_append_c (cell, '%');
    if (kh_is_doubtful (aim->confidence))
        g_string_append_c (cell, '?');
    if (aim->year != 0)
        g_string_append_printf (cell, " (%d)", aim->year);
    if (aim->paper->was != NULL)
        g_string_append_printf (cell, " (%s)", aim->paper->was);
    kh_side_text_place (cell, aim->paper, aim->page);
}

static void
put_aims (GString *cell, gconstpointer row, const kh_side *place)
{
    guint n;
    kh_aim *const *aims = kh_indicator_at (row, place, -1, &n);
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c (cell, '\n');
        put_aim (cell, aims[i]);
    }
    if (n == 0)
        g_string_append (cell, "-");
}

/* One line an indicator and year: how many places, least, median, most. */
static void
put_spreads (GString *out, const kh_comparison *comparison, int columns)
{
    static const char *const headers[] = { "Chỉ tiêu", "Năm", "Số nơi", "Thấp nhất", "Trung vị", "Cao nhất" };
    int widths[] = { 0, 4, 6, 10, 10, 10 }, n = G_N_ELEMENTS (headers);
    widths[0] = columns - 1 - 3 * n - 40;
    kh_side_text_sheet table;
    kh_side_text_begin (&table, out, headers, widths, n);
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        g_autofree char *label = kh_indicator_label (indicator);
        g_autoptr (GString) years = g_string_new (NULL), counts = g_string_new (NULL), low = g_string_new (NULL);
        g_autoptr (GString) middle = g_string_new (NULL), high = g_string_new (NULL);
        GString *const cells[] = { years, counts, low, middle, high };
        for (guint y = 0; y < indicator->years->len; y++) {
            int year = g_array_index (indicator->years, int, y);
            kh_spread spread = kh_indicator_spread (indicator, year);
            for (gsize c = 0; y > 0 && c < G_N_ELEMENTS (cells); c++)
                g_string_append_c (cells[c], '\n');
            if (year == 0)
                g_string_append (years, "-");
            else
                g_string_append_printf (years, "%d", year);
            g_string_append_printf (counts, "%u", spread.n_places);
            kh_put_number (low, spread.least);
            kh_put_number (middle, spread.median);
            kh_put_number (high, spread.most);
        }
        kh_side_text_row (&table, (const char *const[]){ label, years->str, counts->str, low->str, middle->str, high->str });
    }
    kh_side_text_end (&table);
    g_string_append (out, "Từng tỉnh: --topic KHÓA, --province TỈNH, --all, hoặc -f html, xlsx, csv.\n");
}

/* Each target on a line of its own, by indicator. */
static void
put_each_aim (GString *out, const kh_comparison *comparison, int columns)
{
    static const char *const headers[] = { "Nơi", "Năm", "Mức", "Kế hoạch", "Nội dung" };
    gboolean narrow = columns < KH_TEXT_NARROW;
    int widths[] = { narrow ? 12 : 18, 4, narrow ? 10 : 14, 30, 0 }, n = narrow ? 4 : 5;
    widths[n - 1] = columns - 1 - 3 * n - (narrow ? 26 : 66);
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        g_autofree char *label = kh_indicator_label (indicator);
        g_string_append_printf (out, "%s%s · %u nơi\n", i > 0 ? "\n" : "", label, indicator->n_places);
        kh_side_text_sheet table;
        kh_side_text_begin (&table, out, headers, widths, n);
        for (guint a = 0; a < indicator->aims->len; a++) {
            const kh_aim *aim = indicator->aims->pdata[a];
            g_autofree char *year = aim->year == 0 ? g_strdup ("-") : g_strdup_printf ("%d", aim->year),
                            *paper = kh_paper_label (aim->paper);
            g_autoptr (GString) level = g_string_new (NULL), from = g_string_new (paper);
            kh_put_level (level, aim);
            if (kh_is_doubtful (aim->confidence))
                g_string_append_c (level, '?');
            if (aim->paper->was != NULL)
                g_string_append_printf (from, " (%s)", aim->paper->was);
            kh_side_text_place (from, aim->paper, aim->page);
            kh_side_text_row (&table, (const char *const[]){ aim->paper->place->name, year, level->str, from->str,
                                                        aim->text != NULL ? aim->text : "" });
        }
        kh_side_text_end (&table);
    }
}

static void
put_targets (GString *out, const kh_comparison *comparison, int columns, gboolean details)
{
    kh_side_text_title (out, "Chỉ tiêu");
    if (comparison->indicators->len == 0)
        g_string_append (out, "Không có chỉ tiêu nào để so sánh.\n");
    else if (details)
        put_each_aim (out, comparison, columns);
    else if (label_width (comparison, columns) > 0)
        put_matrix (out, comparison, columns, "Chỉ tiêu", comparison->indicators, indicator_label, put_aims);
    else
        put_spreads (out, comparison, columns);
    if (comparison->n_lone_indicators > 0)
        g_string_append_printf (out, "%u chỉ tiêu khác chỉ có ở một nơi (--all).\n", comparison->n_lone_indicators);
}

/* ------------------------------------------------------------------ tasks */

static char *
kind_label (gconstpointer row)
{
    return kh_side_text_shortened (((const kh_kind *)row)->name);
}

static void
put_duties (GString *cell, gconstpointer row, const kh_side *place)
{
    const kh_kind *kind = row;
    for (guint i = 0; i < kind->duties->len; i++) {
        const kh_duty *duty = kind->duties->pdata[i];
        if (duty->paper->place != place)
            continue;
        g_autoptr (GString) when = g_string_new (NULL);
        kh_put_deadline (when, duty);
        if (cell->len > 0)
            g_string_append_c (cell, '\n');
        g_string_append (cell, duty->lead == NULL ? "có" : duty->lead);
        if (when->len > 0)
            g_string_append_printf (cell, "; %s", when->str);
        kh_side_text_place (cell, duty->paper, duty->page);
    }
    if (cell->len == 0)
        g_string_append (cell, "-");
}

/* The places of a kind, the first of them named. */
static char *
places_of (const kh_kind *kind)
{
    GString *out = g_string_new (NULL);
    const kh_side *last = NULL;
    guint n = 0;
    for (guint i = 0; i < kind->duties->len; i++) {
        const kh_side *place = ((const kh_duty *)kind->duties->pdata[i])->paper->place;
        if (place != last && n++ < MOST_NAMED)
            g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", place->name);
        last = place;
    }
    if (n > MOST_NAMED)
        g_string_append (out, ", …");
    return g_string_free (out, FALSE);
}

static void
put_kinds (GString *out, const kh_comparison *comparison, int columns)
{
    static const char *const headers[] = { "Nhiệm vụ", "Số nơi", "Chủ trì nhiều nhất", "Hạn", "Nơi có" };
    gboolean narrow = columns < KH_TEXT_NARROW;
    int widths[] = { 0, 6, 16, 16, 18 }, n = narrow ? 3 : 5;
    widths[0] = columns - 1 - 3 * n - (narrow ? 22 : 56);
    kh_side_text_sheet table;
    kh_side_text_begin (&table, out, headers, widths, n);
    for (guint i = 0; i < comparison->kinds->len; i++) {
        const kh_kind *kind = comparison->kinds->pdata[i];
        g_autofree char *count = g_strdup_printf ("%u", kind->n_places), *places = places_of (kind),
                        *name = kh_side_text_shortened (kind->name);
        g_autofree char *lead = kind->lead == NULL ? g_strdup ("") : g_strdup_printf ("%s (%u)", kind->lead, kind->n_lead);
        g_autoptr (GString) when = g_string_new (NULL);
        kh_put_when (when, kind);
        kh_side_text_row (&table, (const char *const[]){ name, count, lead, when->str, places });
    }
    kh_side_text_end (&table);
}

static void
put_tasks (GString *out, const kh_comparison *comparison, int columns)
{
    kh_side_text_title (out, "Nhiệm vụ");
    if (comparison->kinds->len == 0)
        g_string_append (out, "Không có nhiệm vụ nào giống nhau.\n");
    else if (label_width (comparison, columns) > 0)
        put_matrix (out, comparison, columns, "Nhiệm vụ", comparison->kinds, kind_label, put_duties);
    else
        put_kinds (out, comparison, columns);
    if (comparison->n_lone_kinds > 0)
        g_string_append_printf (out, "%u nhiệm vụ khác chỉ có ở một nơi (--all).\n", comparison->n_lone_kinds);
}

/* ------------------------------------------------------------------ the whole */

static void
put_papers (GString *out, const kh_comparison *comparison)
{
    kh_side_text_title (out, "Kế hoạch");
    for (guint i = 0; i < comparison->papers->len; i++) {
        const kh_paper *paper = comparison->papers->pdata[i];
        g_autofree char *label = kh_paper_label (paper);
        g_string_append_printf (out, "[%u] %s", i + 1, paper->place->name);
        if (paper->was != NULL)
            g_string_append_printf (out, " (%s)", paper->was);
        g_string_append_printf (out, " · %s", label);
        if (paper->title != NULL)
            g_string_append_printf (out, " · %s", paper->title);
        if (paper->path != NULL || paper->file != NULL)
            g_string_append_printf (out, " · %s", paper->path != NULL ? paper->path : paper->file);
        g_string_append_c (out, '\n');
    }
}

void
kh_compare_text (GString *out, const kh_comparison *comparison, guint columns, gboolean details)
{
    int width = columns == 0 ? DEFAULT_COLUMNS : (int)CLAMP (columns, LEAST_COLUMNS, MOST_COLUMNS);
    gboolean several = label_width (comparison, width) == 0;
    g_string_append_printf (out, "%u kế hoạch của %u nơi", comparison->papers->len, comparison->places->len);
    if (comparison->question != NULL)
        g_string_append_printf (out, " · %s", comparison->question);
    if (comparison->n_copies > 0)
        g_string_append_printf (out, " · bỏ qua %u bản trùng", comparison->n_copies);
    g_string_append_c (out, '\n');
    if (comparison->parts & KH_COMPARE_TARGETS)
        put_targets (out, comparison, width, details);
    if (comparison->parts & KH_COMPARE_TASKS)
        put_tasks (out, comparison, width);
    if (comparison->parts & KH_COMPARE_MISSING)
        kh_side_text_missing (out, comparison, width);
    if (comparison->parts & KH_COMPARE_CHANGES)
        kh_side_text_changes (out, comparison, width);
    if (!several || details || comparison->parts & KH_COMPARE_CHANGES)
        put_papers (out, comparison);
}
