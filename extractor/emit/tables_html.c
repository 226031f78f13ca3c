/* tables_html.c - the tables of a document drawn over its pages, and as they were found: one HTML page that needs nothing else.
 *
 *     file: tables                         title
 *     [x] page [x] rulings [x] cells ...   check boxes; the style sheet hides what is not checked
 *     Page 3                               a section a page: a table stands on it, its rulings go both ways, or it was lost
 *     ┌─────────┐  tb1 tasks
 *     │ <svg>   │  ┌───┬──────┐            its rows that begin on this page
 *     └─────────┘  └───┴──────┘
 */
#include "emit/drawn.h"
#include "emit/emit.h"

#include "base/intl.h"

static const char STYLE[] =
    "body{margin:0;font:14px/1.4 sans-serif;color:#1f2937;background:#e5e7eb}\n"
    "h1,h2,h3,p{margin:.4em 0}h1{font-size:1.3em;padding:.4em 1rem 0}h2{font-size:1.15em}h3{font-size:1em}\n"
    "body>input{position:fixed;opacity:0}\n"
    "nav{position:sticky;top:0;z-index:1;padding:.4em 1rem;background:#fff;border-bottom:1px solid #9ca3af}\n"
    "nav label{margin-right:1em;cursor:pointer}nav label::before{content:'\\2610\\00a0'}\n"
    "nav span{margin-right:1em;white-space:nowrap}\n"
    "nav svg{display:inline-block;background:#fff;width:1.6em;height:1em;vertical-align:middle;margin-right:.3em}\n"
    "#see-print:checked~nav [for=see-print]::before,#see-rules:checked~nav [for=see-rules]::before,"
    "#see-cells:checked~nav [for=see-cells]::before,#see-orders:checked~nav [for=see-orders]::before{content:'\\2611\\00a0'}\n"
    "#see-print:focus-visible~nav [for=see-print],#see-rules:focus-visible~nav [for=see-rules],"
    "#see-cells:focus-visible~nav [for=see-cells],#see-orders:focus-visible~nav [for=see-orders]{outline:2px solid #2563eb}\n"
    "#see-print:not(:checked)~main .print,#see-rules:not(:checked)~main .rules,"
    "#see-cells:not(:checked)~main .cells,#see-orders:not(:checked)~main .orders{display:none}\n"
    ".c,section{scroll-margin-top:6em}section{margin:1rem;padding:.5rem 1rem;background:#f9fafb;border:1px solid #d1d5db}\n"
    ".page{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1rem;align-items:start}\n"
    ".page.wide{grid-template-columns:minmax(0,1fr)}@media(max-width:1100px){.page{grid-template-columns:minmax(0,1fr)}}\n"
    "svg{display:block;width:100%;background:#d1d5db;font-family:sans-serif}\n"
    ".typed{font-family:monospace}.paper{fill:#fff}.rules{fill:none;stroke:#ef4444;stroke-width:.6;pointer-events:none}\n"
    ".c{fill:#3b82f6;fill-opacity:.1;stroke:#2563eb;stroke-opacity:.75;stroke-width:1.5}.c:hover{fill-opacity:.35}\n"
    ".c.m{fill:#9333ea;fill-opacity:.2}.c.h{fill:#f59e0b;fill-opacity:.22}.c.h.m{fill:#ea580c;fill-opacity:.28}\n"
    ".c.rest{stroke-dasharray:3 2}.c:target{stroke:#16a34a;stroke-width:2.5}\n"
    ".order{font-size:6px;fill:#1d4ed8;stroke:#fff;stroke-width:1.6;stroke-linejoin:round;paint-order:stroke;pointer-events:none}\n"
    ".end{text-anchor:end}\n"
    ".strip{fill:#f0fdf4;fill-opacity:.88;stroke:#16a34a;stroke-width:.3}.name{font-size:7.5px;font-weight:bold;fill:#166534;text-anchor:middle}\n"
    "table{border-collapse:collapse;background:#fff;font-size:13px}\n"
    "th,td{border:1px solid #9ca3af;padding:.15em .35em;vertical-align:top;text-align:left}\n"
    "tr>th{color:#166534;background:#f0fdf4}\n"
    "td.h{background:#fef3c7}td.m{background:#f3e8ff}td.h.m{background:#ffedd5}td.rest{color:#6b7280;border-top-style:dashed}\n"
    "td a{float:left;margin-right:.4em;font-size:10px;text-decoration:none;color:#1d4ed8}td small{float:right;margin-left:.4em;color:#7e22ce}\n"
    ".note{color:#b91c1c}@media print{nav{display:none}}\n";

/* "3", "3-5", "3, 5" of ascending numbers. */
static char *
list_of (const GArray *numbers)
{
    GString *list = g_string_new (NULL);
    for (guint i = 0; i < numbers->len;) {
        guint last = i;
        while (last + 1 < numbers->len && g_array_index (numbers, int, last + 1) == g_array_index (numbers, int, last) + 1)
            last++;
        g_string_append_printf (list, "%s%d", i > 0 ? ", " : "", g_array_index (numbers, int, i));
        if (last > i)
            g_string_append_printf (list, "-%d", g_array_index (numbers, int, last));
        i = last + 1;
    }
    return g_string_free (list, FALSE);
}

/* ------------------------------------------------------------------ the rows as they were found */

/* Cells that reach over the end of the page are given with their rows on this page; `rest`: the cell began on a page before. */
static void
put_cell (GString *out, const kh_drawn *drawn, const kh_slot *slot, int row, int rows_left)
{
    gboolean rest = slot->row < row;
    int depth = MIN (slot->row + slot->cell->row_span - row, rows_left);
    g_autofree char *title = kh_drawn_title (drawn, slot);
    g_string_append_printf (out, "<td class=\"%s%s\"", kh_drawn_class (drawn, slot), rest ? " rest" : "");
    if (depth > 1)
        g_string_append_printf (out, " rowspan=\"%d\"", depth);
    if (slot->cell->col_span > 1)
        g_string_append_printf (out, " colspan=\"%d\"", slot->cell->col_span);
    kh_put_element (out, " title=\"", title, "\">");
    g_string_append_printf (out, "<a href=\"#t%u-%u\">%u</a>", drawn->number, slot->order, slot->order);
    if (slot->cell->row_span > 1 || slot->cell->col_span > 1)
        g_string_append_printf (out, "<small>%d×%d</small>", slot->cell->row_span, slot->cell->col_span);
    kh_put_element (out, "", slot->cell->text.str, "</td>\n");
}

static void
put_row (GString *out, const kh_drawn *drawn, int row, int first, int end)
{
    g_autofree char *name = kh_drawn_row_name (drawn, row);
    kh_put_element (out, "<tr><th>", name, "</th>\n");
    for (int c = 0; c < drawn->grid->n_cols; c++) {
        const kh_slot *slot = kh_drawn_slot (drawn, row, c);
        if (slot->cell != NULL && slot->col == c && (slot->row == row || row == first))
            put_cell (out, drawn, slot, row, end - row);
    }
    g_string_append (out, "</tr>\n");
}

static void
put_facts (GString *out, const kh_drawn *drawn)
{
    static const char *const roles[] = { "other", "tasks", "targets" };
    const kh_grid *grid = drawn->grid;
    g_autofree char *pages = list_of (grid->pages);
    g_autofree char *facts = g_strdup_printf (_ ("%d rows below %d of header, %d columns; pages %s; %s; confidence %.2f"),
                                              grid->n_rows - drawn->first_row, drawn->first_row, grid->n_cols, pages,
                                              grid->ruled ? _ ("told by rulings") : _ ("told by alignment"), grid->confidence);
    g_autofree char *name = drawn->table != NULL ? g_strdup_printf ("%s (%s)", drawn->table->id, roles[drawn->table->role])
                                                 : g_strdup_printf (_ ("table %u, not in the record"), drawn->number);
    kh_put_element (out, "<h3>", name, "</h3>\n");
    kh_put_element (out, "<p>", facts, "</p>\n");
}

static void
put_rows (GString *out, const kh_drawn *drawn, int page)
{
    put_facts (out, drawn);
    int first = 0, end;
    while (first < drawn->grid->n_rows && drawn->row_pages[first] < page)
        first++;
    for (end = first; end < drawn->grid->n_rows && drawn->row_pages[end] == page; end++)
        ;
    if (first == end) {
        kh_put_element (out, "<p>", _ ("No row begins on this page: the last one of the page before goes on here."), "</p>\n");
        return;
    }
    g_string_append (out, "<table>\n<tr><th></th>");
    for (int c = 0; c < drawn->grid->n_cols; c++) {
        g_autofree char *name = kh_drawn_column_name (drawn, c);
        kh_put_element (out, "<th>", name, "</th>");
    }
    g_string_append (out, "</tr>\n");
    for (int r = first; r < end; r++)
        put_row (out, drawn, r, first, end);
    g_string_append (out, "</table>\n");
}

/* ------------------------------------------------------------------ pages */

static gboolean
has_table (const kh_flow *flow, int page)
{
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = flow->blocks->pdata[i];
        for (guint k = 0; block->kind == KH_BLOCK_TABLE && k < block->grid->pages->len; k++)
            if (g_array_index (block->grid->pages, int, k) == page)
                return TRUE;
    }
    return FALSE;
}

/* Rulings both ways, wider than a stamp's: a table that was not found, it may be. */
static gboolean
has_rulings_both_ways (const kh_page *page)
{
    guint level = 0, upright = 0;
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        level += rule->horizontal && kh_box_width (rule->box) > page->frame_width / 4;
        upright += !rule->horizontal;
    }
    return level >= 2 && upright >= 2;
}

gboolean
kh_emit_draws_page (const kh_flow *flow, const kh_page *page)
{
    return has_table (flow, page->number) || has_rulings_both_ways (page);
}

static void
put_warnings (GString *out, const kh_record *record, int page)
{
    for (guint i = 0; i < record->warnings->len; i++) {
        const kh_warning *warning = record->warnings->pdata[i];
        if (warning->page == page)
            kh_put_element (out, "<p class=\"note\">", warning->message, "</p>\n");
    }
}

static gboolean
has_warnings (const kh_record *record, int page)
{
    for (guint i = 0; i < record->warnings->len; i++)
        if (((const kh_warning *) record->warnings->pdata[i])->page == page)
            return TRUE;
    return FALSE;
}

static void
put_page_title (GString *out, int number)
{
    g_autofree char *title = g_strdup_printf (_ ("Page %d"), number);
    g_string_append_printf (out, "<section id=\"p%d\">\n", number);
    kh_put_element (out, "<h2>", title, "</h2>\n");
}

static void
put_page (GString *out, const kh_record *record, const kh_flow *flow, const kh_page *page, const GPtrArray *tables)
{
    put_page_title (out, page->number);
    put_warnings (out, record, page->number);
    if (kh_emit_draws_page (flow, page)) {
        if (page->picture == NULL)
            kh_put_element (out, "<p>", _ ("There is no image of this page: its words stand in its place."), "</p>\n");
        if (!has_table (flow, page->number))
            kh_put_element (out, "<p class=\"note\">", _ ("There are rulings, but no table was found."), "</p>\n");
        g_string_append_printf (out, "<div class=\"page%s\">\n", page->frame_width > page->frame_height ? " wide" : "");
        kh_draw_page (out, page, tables);
        g_string_append (out, "<div>\n");
        for (guint i = 0; i < tables->len; i++)
            if (kh_drawn_is_on (tables->pdata[i], page->number))
                put_rows (out, tables->pdata[i], page->number);
        g_string_append (out, "</div></div>\n");
    }
    g_string_append (out, "</section>\n");
}

/* Pages after `from` and before `to` that could not be read. */
static void
put_lost_pages (GString *out, const kh_record *record, int from, int to)
{
    for (guint i = 0; i < record->warnings->len; i++) {
        const kh_warning *warning = record->warnings->pdata[i];
        if (warning->page <= from || warning->page >= to)
            continue;
        put_page_title (out, warning->page);
        kh_put_element (out, "<p class=\"note\">", warning->message, "</p>\n</section>\n");
    }
}

static void
put_pages (GString *out, const kh_record *record, const kh_flow *flow, const GPtrArray *tables)
{
    g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (int));
    int last = 0;
    for (guint i = 0; i < record->pages->len; i++) {
        const kh_page *page = record->pages->pdata[i];
        put_lost_pages (out, record, last, page->number);
        last = page->number;
        if (kh_emit_draws_page (flow, page) || has_warnings (record, page->number))
            put_page (out, record, flow, page, tables);
        if (!has_table (flow, page->number))
            g_array_append_val (others, last);
    }
    put_lost_pages (out, record, last, G_MAXINT);
    g_autofree char *list = list_of (others), *without = g_strdup_printf (_ ("Pages without a table: %s."), list);
    if (tables->len == 0)
        kh_put_element (out, "<section><p>", _ ("No table was found in this document."), "</p></section>\n");
    else if (others->len > 0)
        kh_put_element (out, "<section><p>", without, "</p></section>\n");
}

/* ------------------------------------------------------------------ the whole */

static void
put_switches (GString *out)
{
    static const struct {
        const char *id, *label;
    } switches[] = {
        { "see-print", N_ ("page") },
        { "see-rules", N_ ("rulings") },
        { "see-cells", N_ ("cells") },
        { "see-orders", N_ ("order and spans") },
    };
    static const struct {
        const char *sample, *label;
    } legend[] = {
        { "<path class=\"rules\" d=\"M0 5H16\"/>", N_ ("ruling") },
        { "<rect class=\"c\" width=\"16\" height=\"10\"/>", N_ ("cell") },
        { "<rect class=\"c h\" width=\"16\" height=\"10\"/>", N_ ("header") },
        { "<rect class=\"c m\" width=\"16\" height=\"10\"/>", N_ ("merged: rows × columns") },
        { "<rect class=\"c h m\" width=\"16\" height=\"10\"/>", N_ ("merged header") },
        { "<rect class=\"c rest\" width=\"16\" height=\"10\"/>", N_ ("goes on from the page before") },
        { "<text class=\"order\" x=\"5\" y=\"8\">12</text>", N_ ("order of reading") },
        { "<rect class=\"strip\" width=\"16\" height=\"10\"/><text class=\"name\" x=\"8\" y=\"7.5\">h1</text>",
          N_ ("row, as the record counts them below the header (h); column and its field") },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
        g_string_append_printf (out, "<input type=\"checkbox\" id=\"%s\" checked>\n", switches[i].id);
    g_string_append (out, "<nav>\n");
    for (gsize i = 0; i < G_N_ELEMENTS (switches); i++) {
        g_string_append_printf (out, "<label for=\"%s\">", switches[i].id);
        kh_put_element (out, "", _ (switches[i].label), "</label>\n");
    }
    g_string_append (out, "<br>\n");
    for (gsize i = 0; i < G_N_ELEMENTS (legend); i++) {
        g_string_append_printf (out, "<span><svg viewBox=\"0 0 16 10\">%s</svg>", legend[i].sample);
        kh_put_element (out, "", _ (legend[i].label), "</span>\n");
    }
    g_string_append (out, "</nav>\n");
}

void
kh_emit_tables_html (GString *out, const kh_record *record, const kh_flow *flow)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    GPtrArray *tables = kh_drawn_tables (record, flow, pool);
    g_autofree char *title = g_strdup_printf (_ ("%s: tables"), record->file);
    /* TRANSLATORS: the code of the language these messages are in, e.g. vi */
    kh_put_element (out, "<!DOCTYPE html>\n<html lang=\"", _ ("en"), "\">\n<head>\n<meta charset=\"utf-8\">\n");
    g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n");
    kh_put_element (out, "<title>", title, "</title>\n");
    g_string_append_printf (out, "<style>\n%s</style>\n</head>\n<body>\n", STYLE);
    kh_put_element (out, "<h1>", title, "</h1>\n");
    put_switches (out);
    g_string_append (out, "<main>\n");
    put_warnings (out, record, 0);
    put_pages (out, record, flow, tables);
    g_string_append (out, "</main>\n</body>\n</html>\n");
}
