/* Targets: how they are spread, the matrix, and a table for each indicator whose bars sort with it. */
#include "compare/html.h"

#include <math.h>
#include <string.h>

#define MANY_PLACES 12 /* above: names of places stand upright over their columns */
#define LEAST_SPREAD 4 /* places: fewer are seen in the matrix */
#define STRIP_WIDTH 240
#define STRIP_EDGE 6

/* ------------------------------------------------------------------ how they are spread */

/* The end of the scale: 100 for shares, else the greatest of all years. */
static double
scale_of (const kh_indicator *indicator)
{
    double most = strcmp (indicator->unit, "%") == 0 ? 100 : 0;
    for (guint i = 0; i < indicator->aims->len; i++)
        most = MAX (most, fabs (((const kh_aim *)indicator->aims->pdata[i])->value));
    return most > 0 ? most : 1;
}

static double
strip_x (double value, double scale)
{
    return STRIP_EDGE + (STRIP_WIDTH - 2 * STRIP_EDGE) * CLAMP (value / scale, 0, 1);
}

/* A point a place, on a line from 0 to the end of the scale, and a stroke at the median. */
static void
put_strip (GString *out, const kh_indicator *indicator, int year, const kh_spread *spread)
{
    double scale = scale_of (indicator), middle = strip_x (spread->median, scale);
    const kh_side *last = NULL;
    g_string_append_printf (
        out, "<svg class=\"strip\" viewBox=\"0 0 %d 20\" role=\"img\"><line x1=\"%d\" x2=\"%d\" y1=\"10\" y2=\"10\"/>",
        STRIP_WIDTH, STRIP_EDGE, STRIP_WIDTH - STRIP_EDGE);
    for (guint i = 0; i < indicator->aims->len; i++) {
        const kh_aim *aim = indicator->aims->pdata[i];
        if (aim->year != year || aim->paper->place == last)
            continue;
        last = aim->paper->place;
        g_autoptr (GString) told = g_string_new (last->name);
        g_string_append (told, ": ");
        kh_put_level (told, aim);
        g_string_append_printf (out, "<circle cx=\"%.1f\" cy=\"10\" r=\"4\">", strip_x (fabs (aim->value), scale));
        kh_side_html_put (out, "<title>", told->str, "</title></circle>");
    }
    g_string_append_printf (out, "<line class=\"mid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"3\" y2=\"17\"/></svg>", middle, middle);
}

static void
put_number_cell (GString *out, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf (out, "<td class=\"n\" data-v=\"%s\">", g_ascii_formatd (digits, sizeof digits, "%.10g", value));
    kh_put_number (out, value);
    g_string_append (out, "</td>");
}

static void
put_spreads (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<h3>Phân bố</h3>\n<table class=\"sort\">\n<thead><tr><th data-first=\"up\">Chỉ "
                          "tiêu</th><th>Năm</th><th>Số nơi</th><th>Thấp nhất</th><th>Trung vị</th>"
                          "<th>Cao nhất</th><th class=\"still\">Mỗi chấm một nơi</th></tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        int year = kh_indicator_main_year (indicator);
        kh_spread spread = kh_indicator_spread (indicator, year);
        g_autofree char *label = kh_indicator_label (indicator);
        g_string_append_printf (out, "<tr><th><a href=\"#i%u\">", i + 1);
        kh_side_html_put (out, "", label, "</a></th>");
        g_string_append_printf (out, "<td class=\"n\" data-v=\"%d\">", year);
        if (year != 0)
            g_string_append_printf (out, "%d", year);
        g_string_append_printf (out, "</td><td class=\"n\" data-v=\"%u\">%u</td>", spread.n_places, spread.n_places);
        put_number_cell (out, spread.least);
        put_number_cell (out, spread.median);
        put_number_cell (out, spread.most);
        g_string_append (out, "<td>");
        put_strip (out, indicator, year, &spread);
        g_string_append (out, "</td></tr>\n");
    }
    g_string_append (out, "</tbody>\n</table>\n");
}

/* ------------------------------------------------------------------ the matrix */

/* Under today's province: which it was of. */
static void
put_was (GString *out, const kh_aim *aim)
{
    if (aim->paper->was != NULL)
        kh_side_html_put (out, " <small>", aim->paper->was, "</small>");
}

/* What a place wants to reach in its latest year; other years stand below, by indicator. */
static void
put_matrix_cell (GString *out, const kh_indicator *indicator, const kh_side *place)
{
    guint n;
    kh_aim *const *aims = kh_indicator_at (indicator, place, -1, &n);
    if (n == 0) {
        g_string_append (out, "<td class=\"none\">–</td>");
        return;
    }
    g_string_append (out, "<td>");
    for (guint i = 0; i < n && aims[i]->year == aims[0]->year; i++) {
        g_string_append (out, i > 0 ? "<br>" : "");
        kh_side_html_aim (out, aims[i], TRUE);
        if (indicator->years->len > 1 && aims[i]->year != 0)
            g_string_append_printf (out, " <small>%d</small>", aims[i]->year);
        put_was (out, aims[i]);
    }
    g_string_append (out, "</td>");
}

/* A header of a place, with the provinces that are in it. */
static void
put_place_header (GString *out, const char *before, const kh_side *place)
{
    g_string_append (out, before);
    if (place->made_of != NULL)
        kh_side_html_put (out, " title=\"", place->made_of, "\"");
    kh_side_html_put (out, ">", place->name, "</th>");
}

static void
put_matrix (GString *out, const kh_comparison *comparison)
{
    gboolean many = comparison->places->len > MANY_PLACES;
    g_string_append_printf (out,
                            "<div class=\"%s\">\n<h3>Ma trận: năm gần nhất của mỗi nơi</h3>\n<div "
                            "class=\"wide%s\"><table>\n<thead><tr><th>Chỉ tiêu</th>",
                            many ? "screen" : "", many ? " many" : "");
    for (guint p = 0; p < comparison->places->len; p++)
        put_place_header (out, "<th", comparison->places->pdata[p]);
    g_string_append (out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        g_autofree char *label = kh_indicator_label (indicator);
        g_string_append_printf (out, "<tr><th><a href=\"#i%u\">", i + 1);
        kh_side_html_put (out, "", label, "</a></th>");
        for (guint p = 0; p < comparison->places->len; p++)
            put_matrix_cell (out, indicator, comparison->places->pdata[p]);
        g_string_append (out, "</tr>\n");
    }
    g_string_append (out, "</tbody>\n</table></div>\n</div>\n");
}

/* ------------------------------------------------------------------ each indicator */

/* All targets of a place for a year; a bar for the first, which is the newest plan's. */
static void
put_year_cell (GString *out, const kh_indicator *indicator, const kh_side *place, int year, double scale)
{
    guint n;
    kh_aim *const *aims = kh_indicator_at (indicator, place, year, &n);
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    if (n == 0) {
        g_string_append (out, "<td class=\"none\">–</td>");
        return;
    }
    g_string_append_printf (out, "<td data-v=\"%s\">", g_ascii_formatd (digits, sizeof digits, "%.10g", aims[0]->value));
    kh_side_html_aim (out, aims[0], FALSE);
    put_was (out, aims[0]);
    kh_side_html_bar (out, fabs (aims[0]->value) / scale);
    for (guint i = 1; i < n; i++) {
        g_string_append (out, "<div>");
        kh_side_html_aim (out, aims[i], FALSE);
        put_was (out, aims[i]);
        g_string_append (out, "</div>");
    }
    g_string_append (out, "</td>");
}

static void
put_indicator (GString *out, const kh_comparison *comparison, guint i)
{
    const kh_indicator *indicator = comparison->indicators->pdata[i];
    g_autofree char *label = kh_indicator_label (indicator);
    double scale = scale_of (indicator);
    g_string_append_printf (out, "<section id=\"i%u\">\n", i + 1);
    kh_side_html_put (out, "<h3>", label, "</h3>\n<table class=\"sort\">\n<thead><tr><th data-first=\"up\">Nơi</th>");
    for (guint y = 0; y < indicator->years->len; y++) {
        int year = g_array_index (indicator->years, int, y);
        if (year == 0)
            g_string_append (out, "<th>Không rõ năm</th>");
        else
            g_string_append_printf (out, "<th>%d</th>", year);
    }
    g_string_append (out, "</tr></thead>\n<tbody>\n");
    for (guint p = 0; p < comparison->places->len; p++) {
        const kh_side *place = comparison->places->pdata[p];
        guint n;
        if (kh_indicator_at (indicator, place, -1, &n) == NULL)
            continue;
        g_string_append_printf (out, "<tr><th class=\"at\" data-v=\"%u\"", p);
        put_place_header (out, "", place);
        for (guint y = 0; y < indicator->years->len; y++)
            put_year_cell (out, indicator, place, g_array_index (indicator->years, int, y), scale);
        g_string_append (out, "</tr>\n");
    }
    g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

void
kh_side_html_targets (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<section id=\"chi-tieu\">\n<h2>Chỉ tiêu theo chủ đề</h2>\n");
    if (comparison->indicators->len == 0) {
        g_string_append (out, "<p>Không có chỉ tiêu nào để so sánh.</p>\n</section>\n");
        return;
    }
    if (comparison->n_lone_indicators > 0)
        g_string_append_printf (out, "<p class=\"soft\">Không kể %u chỉ tiêu ngoài danh mục chủ đề chỉ có ở một nơi.</p>\n",
                                comparison->n_lone_indicators);
    if (comparison->places->len >= LEAST_SPREAD)
        put_spreads (out, comparison);
    put_matrix (out, comparison);
    for (guint i = 0; i < comparison->indicators->len; i++)
        put_indicator (out, comparison, i);
    g_string_append (out, "</section>\n");
}
