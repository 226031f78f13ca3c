/* page_svg.c - a page with what was found on it drawn over what is printed. See drawn.h.
 *
 * All is drawn in the reading frame, so boxes stay boxes. The picture is of the page as shown: it is brought into the frame by the
 * inverse of page->to_page, and once more for each region, within the region's box:
 *
 *      frame   ┌───────────────┐
 *              │ picture       │  above the first region: page->to_page
 *              ├───────────────┤
 *              │ picture again │  a block that stood sideways: its own to_page
 *              ├───────────────┤
 *              │ picture again │  what moved down; the block's old place is blank here
 *              └───────────────┘
 */
#include "emit/drawn.h"

#include <string.h>

#define MARGIN 20.0       /* points around the page: row numbers may stand outside of it */
#define SCREEN_DPI 110.0  /* the page is shown no larger */
#define ORDER_SIZE 6.0    /* letters of numbers in the corners of cells, points; as the style sheet has it */
#define STRIP 10.0        /* height of the strip of column names above a table */
#define ROW_STRIP 15.0    /* width of that of row names, left of it */
#define NAME_LETTER 4.2   /* width of a letter of these; what is longer is squeezed into its column */

void
kh_svg_number (GString *out, const char *before, double number)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf (out, "%s%s", before, g_ascii_formatd (digits, sizeof digits, "%.2f", number));
}

static void
put_matrix (GString *out, const kh_affine *m)
{
    const double terms[] = { m->xx, m->yx, m->xy, m->yy, m->x0, m->y0 };
    g_string_append (out, " transform=\"matrix(");
    for (gsize i = 0; i < G_N_ELEMENTS (terms); i++) {
        char digits[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf (out, "%s%s", i == 0 ? "" : " ", g_ascii_formatd (digits, sizeof digits, "%.6f", terms[i] + 0.0)); /* -0 is 0 */
    }
    g_string_append (out, ")\"");
}

void
kh_svg_box (GString *out, kh_box box)
{
    kh_svg_number (out, " x=\"", box.x0);
    kh_svg_number (out, "\" y=\"", box.y0);
    kh_svg_number (out, "\" width=\"", kh_box_width (box));
    kh_svg_number (out, "\" height=\"", kh_box_height (box));
    g_string_append_c (out, '"');
}

/* A number in the corner of a cell; `class` says which end of it is at x. */
static void
put_corner (GString *out, const char *class, double x, double top, const char *text)
{
    g_string_append_printf (out, "<text class=\"%s\"", class);
    kh_svg_number (out, " x=\"", x);
    kh_svg_number (out, "\" y=\"", top + ORDER_SIZE);
    g_string_append_printf (out, "\">%s</text>\n", text);
}

/* The name of a row or column, in the middle of its part of the strip. */
static void
put_name (GString *out, kh_box strip, const char *name)
{
    double room = kh_box_width (strip) - 2;
    g_string_append (out, "<rect class=\"strip\"");
    kh_svg_box (out, strip);
    kh_svg_number (out, "/><text class=\"name\" x=\"", kh_box_center_x (strip));
    kh_svg_number (out, "\" y=\"", MIN (strip.y0 + STRIP, strip.y1) - 2.5);
    g_string_append_c (out, '"');
    if (g_utf8_strlen (name, -1) * NAME_LETTER > room) {
        kh_svg_number (out, " lengthAdjust=\"spacingAndGlyphs\" textLength=\"", MAX (room, 1));
        g_string_append_c (out, '"');
    }
    g_string_append_c (out, '>');
    kh_put_escaped (out, name);
    g_string_append (out, "</text>\n");
}

/* ------------------------------------------------------------------ what is printed */

static void
put_words (GString *out, const kh_page *page)
{
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        double height = kh_box_height (word->box), width = kh_box_width (word->box);
        g_string_append (out, "<text");
        kh_svg_number (out, " x=\"", word->box.x0);
        kh_svg_number (out, "\" y=\"", word->box.y1 - 0.2 * height);
        kh_svg_number (out, "\" font-size=\"", word->size > 0 ? word->size : 0.8 * height);
        if (width > 0)
            kh_svg_number (out, "\" lengthAdjust=\"spacingAndGlyphs\" textLength=\"", width);
        g_string_append (out, "\">");
        kh_put_escaped (out, word->text);
        g_string_append (out, "</text>\n");
    }
}

/* The picture as `to_page` shows it, within `box`. */
static void
put_view (GString *out, const kh_page *page, guint view, kh_box box, const kh_affine *to_page)
{
    kh_affine to_frame = kh_affine_inverse (to_page);
    g_string_append_printf (out, "<clipPath id=\"p%d-view%u\"><rect", page->number, view);
    kh_svg_box (out, box);
    g_string_append_printf (out, "/></clipPath>\n<g clip-path=\"url(#p%d-view%u)\"><use href=\"#p%d-picture\"", page->number, view, page->number);
    put_matrix (out, &to_frame);
    g_string_append (out, "/>");
    for (guint i = 0; view > 0 && i < page->regions->len; i++) {
        const kh_region *block = kh_page_region (page, i);
        if (block->turn == 0 || i + 1 == view)
            continue;
        kh_affine from_block = kh_affine_then (&block->to_page, &to_frame);
        g_string_append (out, "<rect class=\"paper\"");
        kh_svg_box (out, block->box);
        put_matrix (out, &from_block);
        g_string_append (out, "/>");
    }
    g_string_append (out, "</g>\n");
}

static void
put_picture (GString *out, const kh_page *page)
{
    gsize length;
    const guint8 *data = g_bytes_get_data (page->picture, &length);
    g_autofree char *base64 = g_base64_encode (data, length);
    g_string_append_printf (out, "<defs><image id=\"p%d-picture\" preserveAspectRatio=\"none\"", page->number);
    kh_svg_box (out, (kh_box){ 0, 0, page->width, page->height });
    g_string_append_printf (out, " href=\"data:image/jpeg;base64,%s\"/></defs>\n", base64);
    kh_box above = { 0, 0, page->frame_width, page->frame_height };
    for (guint i = 0; i < page->regions->len; i++)
        above.y1 = MIN (above.y1, kh_page_region (page, i)->box.y0);
    put_view (out, page, 0, above, &page->to_page);
    for (guint i = 0; i < page->regions->len; i++)
        put_view (out, page, i + 1, kh_page_region (page, i)->box, &kh_page_region (page, i)->to_page);
}

/* The paper and what is printed on it. */
static void
put_print (GString *out, const kh_page *page)
{
    g_string_append (out, "<rect class=\"paper\"");
    kh_svg_box (out, (kh_box){ 0, 0, page->frame_width, page->frame_height });
    g_string_append_printf (out, "/>\n<g class=\"print%s\">\n", page->origin == KH_ORIGIN_TEXT ? " typed" : "");
    if (page->picture != NULL)
        put_picture (out, page);
    else
        put_words (out, page);
    g_string_append (out, "</g>\n");
}

void
kh_draw_print (GString *out, const kh_page *page)
{
    g_string_append_printf (out, "<g id=\"p%d\">\n", page->number);
    put_print (out, page);
    g_string_append (out, "</g>\n");
}

static void
put_rules (GString *out, const kh_page *page)
{
    g_string_append (out, "<path class=\"rules\" d=\"");
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (page, i);
        kh_svg_number (out, "M", rule->horizontal ? rule->box.x0 : kh_box_center_x (rule->box));
        kh_svg_number (out, " ", rule->horizontal ? kh_box_center_y (rule->box) : rule->box.y0);
        kh_svg_number (out, rule->horizontal ? "H" : "V", rule->horizontal ? rule->box.x1 : rule->box.y1);
    }
    g_string_append (out, "\"/>\n");
}

/* ------------------------------------------------------------------ what was found */

/* Where the cell stands on the page; FALSE: not at all. */
static gboolean
place_on (const kh_cell *cell, int page, kh_box *box)
{
    if (cell->page == page) {
        *box = cell->box;
        return TRUE;
    }
    for (guint i = 0; cell->rest != NULL && i < cell->rest->len; i++) {
        const kh_spot *spot = &g_array_index (cell->rest, kh_spot, i);
        *box = spot->box;
        if (spot->page == page)
            return TRUE;
    }
    return FALSE;
}

static void
put_cell (GString *out, const kh_drawn *drawn, const kh_slot *slot, int page, kh_box box)
{
    g_autofree char *title = kh_drawn_title (drawn, slot);
    g_string_append_printf (out, "<rect class=\"%s%s\"", kh_drawn_class (drawn, slot), slot->cell->page == page ? "" : " rest");
    if (slot->cell->page == page)
        g_string_append_printf (out, " id=\"t%u-%u\"", drawn->number, slot->order);
    kh_svg_box (out, box);
    g_string_append (out, "><title>");
    kh_put_escaped (out, title);
    g_string_append (out, "</title></rect>\n");
}

static void
put_order (GString *out, const kh_slot *slot, kh_box box)
{
    g_autofree char *order = g_strdup_printf ("%u", slot->order);
    put_corner (out, "order", box.x0 + 1, box.y0, order);
    if (slot->cell->row_span == 1 && slot->cell->col_span == 1)
        return;
    g_autofree char *spans = g_strdup_printf ("%d×%d", slot->cell->row_span, slot->cell->col_span);
    put_corner (out, "order end", box.x1 - 1, box.y0, spans);
}

/* The numbers of the rows, left of the table, at their first cell of one row. */
static void
put_row_names (GString *out, const kh_drawn *drawn, int page, double left)
{
    for (int r = 0; r < drawn->grid->n_rows; r++)
        for (int c = 0; c < drawn->grid->n_cols; c++) {
            const kh_slot *slot = kh_drawn_slot (drawn, r, c);
            kh_box box;
            if (slot->cell == NULL || slot->row != r || slot->cell->row_span > 1 || !place_on (slot->cell, page, &box))
                continue;
            g_autofree char *name = kh_drawn_row_name (drawn, r);
            put_name (out, (kh_box){ left - ROW_STRIP, box.y0, left, box.y1 }, name);
            break;
        }
}

/* Numbers and fields of the columns, above the table, over the narrowest cell that begins in each. */
static void
put_column_names (GString *out, const kh_drawn *drawn, int page, double top)
{
    for (int c = 0; c < drawn->grid->n_cols; c++) {
        kh_box narrowest = { 0 };
        int least = G_MAXINT;
        for (int r = 0; r < drawn->grid->n_rows; r++) {
            const kh_slot *slot = kh_drawn_slot (drawn, r, c);
            kh_box box;
            if (slot->cell != NULL && slot->col == c && slot->cell->col_span < least && place_on (slot->cell, page, &box)) {
                least = slot->cell->col_span;
                narrowest = box;
            }
        }
        if (least == G_MAXINT)
            continue;
        g_autofree char *name = kh_drawn_column_name (drawn, c);
        put_name (out, (kh_box){ narrowest.x0, top - STRIP, narrowest.x1, top }, name);
    }
}

static void
put_table (GString *out, const kh_drawn *drawn, int page)
{
    g_autoptr (GString) labels = g_string_new (NULL);
    kh_box whole = { 0 };
    g_string_append (out, "<g class=\"cells\">\n");
    for (int r = 0; r < drawn->grid->n_rows; r++)
        for (int c = 0; c < drawn->grid->n_cols; c++) {
            const kh_slot *slot = kh_drawn_slot (drawn, r, c);
            kh_box box;
            if (slot->cell == NULL || slot->row != r || slot->col != c || !place_on (slot->cell, page, &box))
                continue;
            put_cell (out, drawn, slot, page, box);
            put_order (labels, slot, box);
            whole = kh_box_union (whole, box);
        }
    put_row_names (out, drawn, page, whole.x0);
    put_column_names (out, drawn, page, whole.y0);
    g_string_append_printf (out, "</g>\n<g class=\"orders\">\n%s</g>\n", labels->str);
}

void
kh_draw_page (GString *out, const kh_page *page, const GPtrArray *tables)
{
    kh_svg_number (out, "<svg viewBox=\"", -MARGIN);
    kh_svg_number (out, " ", -MARGIN);
    kh_svg_number (out, " ", page->frame_width + 2 * MARGIN);
    kh_svg_number (out, " ", page->frame_height + 2 * MARGIN);
    kh_svg_number (out, "\" style=\"max-width:", (page->frame_width + 2 * MARGIN) * SCREEN_DPI / 72);
    g_string_append (out, "px\">\n");
    put_print (out, page);
    for (guint i = 0; i < tables->len; i++) {
        const kh_drawn *drawn = tables->pdata[i];
        if (kh_drawn_is_on (drawn, page->number))
            put_table (out, drawn, page->number);
    }
    put_rules (out, page);
    g_string_append (out, "</svg>\n");
}
