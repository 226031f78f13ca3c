#include "emit/shown.h"

#include "base/intl.h"

#include <stdarg.h>
#include <string.h>

#define PAD_X 18.0         /* points of paper around a value in its crop */
#define PAD_Y 7.0
#define CROP_SCALE 1.5     /* pixels a point: as sharp as the picture is */
#define PAGE_WIDTH 900     /* pixels, of a page that is shown whole */

const char KH_SHOWN_STYLE[] =
    ".v{position:relative;color:inherit;text-decoration:none;border-radius:2px}\n"
    "a.v:hover,a.v:focus{background:#dbeafe;outline:1px solid #2563eb}\n"
    ".q{background:#fef08a;border-bottom:1px dashed #b45309}.q::after{content:'?';color:#b91c1c;font-weight:bold;font-size:.75em;vertical-align:super}\n"
    ".q.none{color:#6b7280;font-style:italic}\n"
    ".crop{display:none;position:absolute;z-index:9;left:-.5em;top:calc(100% + 3px);width:max-content;max-width:min(46rem,86vw);padding:.4em;"
    "background:#fff;border:1px solid #6b7280;border-radius:4px;box-shadow:0 4px 14px #0006;pointer-events:none;"
    "font:12px/1.4 sans-serif;text-align:left;color:#1f2937;white-space:normal}\n"
    ".v:hover>.crop,.v:focus>.crop{display:block}.side .crop{left:auto;right:-.5em}\n"
    ".crop svg{display:block;max-width:100%;height:auto;max-height:55vh;margin-bottom:.3em;border:1px solid #d1d5db}\n"
    ".crop b{display:block;color:#b91c1c;font-weight:normal;white-space:pre-line}\n"
    "svg{background:#d1d5db;font-family:sans-serif}.typed{font-family:monospace}.paper{fill:#fff}\n"
    ".spot{fill:#fde047;fill-opacity:.35;mix-blend-mode:multiply}\n"
    ".place{fill:none}.place:target rect{fill:#fde047;fill-opacity:.4;stroke:#dc2626;stroke-width:1.2}\n"
    "#pages svg{display:block;width:100%;height:auto;border:1px solid #9ca3af}.place{scroll-margin:30vh}\n"
    "@media print{.crop,#pages{display:none!important}.q{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static void
spots_free (gpointer spots)
{
    g_string_free (spots, TRUE);
}

void
kh_shown_init (kh_shown *shown, GString *out, const kh_record *record)
{
    *shown = (kh_shown){ .out = out, .record = record, .pool = kh_pool_new (), .doubts = kh_review_index_new (record) };
    shown->anchors = g_hash_table_new (g_str_hash, g_str_equal);
    for (guint i = record->review->len; i > 0; i--) /* the first one stays */
        g_hash_table_insert (shown->anchors, (char *) ((kh_review_entry *) record->review->pdata[i - 1])->pointer, GINT_TO_POINTER ((int) i));
    shown->spots = g_hash_table_new_full (NULL, NULL, NULL, spots_free);
    for (guint i = 0; i < record->pages->len; i++)
        g_hash_table_insert (shown->spots, GINT_TO_POINTER (((kh_page *) record->pages->pdata[i])->number), g_string_new (NULL));
}

void
kh_shown_clear (kh_shown *shown)
{
    kh_review_index_free (shown->doubts);
    g_hash_table_unref (shown->anchors);
    g_hash_table_unref (shown->spots);
    kh_pool_free (shown->pool);
}

static void
put_boxes (GString *out, const kh_spot *spots, gsize n, const char *class)
{
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf (out, "<rect%s", class);
        kh_svg_box (out, spots[i].box);
        g_string_append (out, "/>");
    }
}

/* The places on one page, cut out of it. */
static void
put_crop (GString *out, const kh_spot *spots, gsize n)
{
    kh_box box = spots[0].box;
    for (gsize i = 1; i < n; i++)
        box = kh_box_union (box, spots[i].box);
    box = (kh_box){ box.x0 - PAD_X, box.y0 - PAD_Y, box.x1 + PAD_X, box.y1 + PAD_Y };
    kh_svg_number (out, "<svg viewBox=\"", box.x0);
    kh_svg_number (out, " ", box.y0);
    kh_svg_number (out, " ", kh_box_width (box));
    kh_svg_number (out, " ", kh_box_height (box));
    kh_svg_number (out, "\" width=\"", kh_box_width (box) * CROP_SCALE);
    kh_svg_number (out, "\" height=\"", kh_box_height (box) * CROP_SCALE);
    g_string_append_printf (out, "\"><use href=\"#p%d\"/>", spots[0].page);
    put_boxes (out, spots, n, " class=\"spot\"");
    g_string_append (out, "</svg>");
}

/* How many of the spots from the first on are on its page. */
static gsize
run_of (const kh_spot *spots, gsize n)
{
    gsize run = 1;
    while (run < n && spots[run].page == spots[0].page)
        run++;
    return run;
}

static gboolean
is_on_pages (const kh_shown *shown, const kh_evidence *seen)
{
    for (gsize i = 0; seen != NULL && i < seen->n_spots; i++)
        if (!g_hash_table_contains (shown->spots, GINT_TO_POINTER (seen->spots[i].page)))
            return FALSE;
    return seen != NULL && seen->n_spots > 0;
}

/* What is shown when the value is pointed at, and where it stands on its pages. */
static void
put_places (kh_shown *shown, const kh_evidence *seen, const char *why)
{
    GString *out = shown->out;
    g_string_append (out, "<span class=\"crop\">");
    for (gsize i = 0, run; i < seen->n_spots; i += run) {
        run = run_of (seen->spots + i, seen->n_spots - i);
        put_crop (out, seen->spots + i, run);
        GString *places = g_hash_table_lookup (shown->spots, GINT_TO_POINTER (seen->spots[i].page));
        if (i == 0)
            g_string_append_printf (places, "<g class=\"place\" id=\"v%u\">", shown->n_values);
        else
            g_string_append (places, "<g class=\"place\">");
        put_boxes (places, seen->spots + i, run, "");
        g_string_append (places, "</g>\n");
    }
    if (why != NULL)
        kh_put_element (out, "<b>", why, "</b>");
    g_autofree char *page = g_strdup_printf (_ ("Page %d"), seen->spots[0].page);
    kh_put_element (out, "", page, "</span>");
}

/* The anchor of a value that is in review, as an attribute: of the first that is shown of it. The caller frees. */
static char *
take_anchor (kh_shown *shown, const char *pointer)
{
    gpointer key, number;
    if (!g_hash_table_lookup_extended (shown->anchors, pointer, &key, &number) || GPOINTER_TO_INT (number) <= 0)
        return g_strdup ("");
    g_hash_table_insert (shown->anchors, key, GINT_TO_POINTER (-GPOINTER_TO_INT (number)));
    return g_strdup_printf (" id=\"r%d\"", GPOINTER_TO_INT (number));
}

guint
kh_shown_anchor (const kh_shown *shown, const char *pointer)
{
    int number = GPOINTER_TO_INT (g_hash_table_lookup (shown->anchors, pointer));
    return number < 0 ? (guint) -number : 0;
}

void
kh_show_value (kh_shown *shown, const char *text, const kh_evidence *seen, const char *pointer, ...)
{
    va_list arguments;
    va_start (arguments, pointer);
    g_autofree char *place = g_strdup_vprintf (pointer, arguments);
    va_end (arguments);
    g_autofree char *why = kh_review_why (shown->doubts, place, seen);
    if (text == NULL && why == NULL)
        return;
    g_autofree char *id = take_anchor (shown, place);
    if (text == NULL || !is_on_pages (shown, seen)) {
        g_string_append_printf (shown->out, "<span class=\"v%s%s\"%s%s", why != NULL ? " q" : "", text == NULL ? " none" : "", id, why != NULL ? " tabindex=\"0\"" : "");
        kh_put_element (shown->out, ">", text != NULL ? text : _ ("not found"), "");
        if (why != NULL)
            kh_put_element (shown->out, "<span class=\"crop\"><b>", why, "</b></span>");
        g_string_append (shown->out, "</span>");
        return;
    }
    shown->n_values++;
    g_string_append_printf (shown->out, "<a class=\"v%s\"%s href=\"#v%u\">", why != NULL ? " q" : "", id, shown->n_values);
    kh_put_escaped (shown->out, text);
    put_places (shown, seen, why);
    g_string_append (shown->out, "</a>");
}

void
kh_show_pages (kh_shown *shown)
{
    GString *out = shown->out;
    for (guint i = 0; i < shown->record->pages->len; i++) {
        const kh_page *page = shown->record->pages->pdata[i];
        const GString *places = g_hash_table_lookup (shown->spots, GINT_TO_POINTER (page->number));
        g_autofree char *title = g_strdup_printf (_ ("Page %d"), page->number);
        kh_put_element (out, "<h3>", title, "</h3>\n");
        kh_svg_number (out, "<svg viewBox=\"0 0 ", page->frame_width);
        kh_svg_number (out, " ", page->frame_height);
        g_string_append_printf (out, "\" style=\"max-width:%dpx\">\n", PAGE_WIDTH);
        kh_draw_print (out, page);
        g_string_append (out, places->str);
        g_string_append (out, "</svg>\n");
    }
}
