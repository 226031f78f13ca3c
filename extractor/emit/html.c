/* html.c - the record as one HTML page that needs nothing else, to be read on a screen and on paper.
 *
 *     ┌───────────────────────────────┐
 *     │ file · pages · doubts    nav  │
 *     │ UBND TỈNH …     Hà Tĩnh, ngày │   the head, as it stands on a plan
 *     │        KẾ HOẠCH …             │
 *     ├───────────────────────────────┤
 *     │ worth a look: 3 places        │   review: what a clerk does first; each entry leads to its value
 *     │ tasks │ targets │ bases …     │
 *     │ signature, recipients         │
 *     │ pages                         │   each drawn once: all crops are cut out of them (shown.h)
 *     └───────────────────────────────┘
 */
#include "emit/html_parts.h"
#include "emit/tree.h"

#include "base/intl.h"
#include "emit/naming.h"

#include <string.h>

static const char STYLE[] =
    "body{margin:0;font:15px/1.5 'Times New Roman',Tinos,'Liberation Serif',serif;color:#1f2937;background:#e5e7eb}\n"
    "main{max-width:76rem;margin:0 auto;padding:1rem 2rem 30vh;background:#fff}\n"
    "nav{font:13px/1.6 sans-serif;border-bottom:1px solid #d1d5db;padding-bottom:.4em}nav a{margin-right:1em;color:#1d4ed8;white-space:nowrap}\n"
    "h1,h2,h3,p,ul,ol{margin:.35em 0}h1{font-size:1.25em;text-align:center}h2{font-size:1.15em;margin-top:1.2em;border-bottom:2px solid #93c5fd}\n"
    "h3,h4,h5,h6{margin:.6em 0 .3em;font-size:1.05em}section{margin-bottom:1em}small,.days{color:#6b7280;font-size:.85em}.days{white-space:nowrap}\n"
    ".head{display:grid;grid-template-columns:2fr 3fr;text-align:center;gap:.2em 2em;margin:1em 0}.head .right{font-style:italic}\n"
    ".facts{text-align:center}.warning{color:#b91c1c}\n"
    "table{border-collapse:collapse;width:100%;margin:.5em 0;font-size:14px;line-height:1.35}\n"
    "th,td{border:1px solid #9ca3af;padding:.25em .45em;vertical-align:top;text-align:left}\n"
    "thead th{background:#eff6ff;text-align:center;vertical-align:middle}.group th{background:#f3f4f6}\n"
    ".tasks td:nth-child(2){width:34%}.level{white-space:nowrap}tr:target{outline:2px solid #2563eb}\n"
    "[id]{scroll-margin-top:30vh}.v:target{outline:3px solid #dc2626}\n"
    ".doubts{padding-left:1.6em}.doubts>li>a{color:#1d4ed8}.doubts q{font-style:italic}\n"
    ".d1{margin-left:1.5em}.d2{margin-left:3em}.foot{display:grid;grid-template-columns:2fr 3fr;gap:2em}.sign{text-align:center}.sign p{margin:.2em}.sign .name{margin-top:2em;font-weight:bold}\n"
    "@page{size:A4 landscape;margin:12mm}\n"
    "@media print{body{background:#fff;font-size:11pt}main{max-width:none;padding:0}nav{display:none}table{font-size:10pt}"
    "thead{display:table-header-group}tr,p,li{break-inside:avoid}h2,h3{break-after:avoid}}\n";

void
kh_html_part (GString *out, const char *id, const char *title)
{
    g_string_append_printf (out, "<section id=\"%s\">\n", id);
    kh_put_element (out, "<h2>", title, "</h2>\n");
}

void
kh_html_list (kh_shown *shown, const GPtrArray *values, const char *pointer)
{
    kh_show_value (shown, NULL, NULL, "%s", pointer);
    for (guint i = 0, written = 0; i < values->len; i++) {
        const kh_value *value = values->pdata[i];
        if (value->text == NULL)
            continue;
        g_string_append (shown->out, "<div>");
        kh_show_value (shown, value->text, &value->seen, "%s/%u", pointer, written++);
        g_string_append (shown->out, "</div>");
    }
}

void
kh_html_references (kh_shown *shown, const GPtrArray *references, const char *pointer)
{
    const char *separator = "<div><small>→ ";
    for (guint i = 0; references != NULL && i < references->len; i++) {
        const kh_reference *reference = references->pdata[i];
        g_autofree char *day = kh_day_naming (reference->date.text);
        const struct {
            const char *key, *text;
            const kh_value *value;
        } parts[] = { { "type", reference->type.text, &reference->type },
                      { "number", reference->number.text, &reference->number },
                      { "date", day, &reference->date },
                      { "issuer", reference->issuer.text, &reference->issuer } };
        for (gsize k = 0; k < G_N_ELEMENTS (parts); k++) {
            g_string_append (shown->out, separator);
            separator = k + 1 < G_N_ELEMENTS (parts) ? " " : "; ";
            kh_show_value (shown, parts[k].text, &parts[k].value->seen, "%s/references/%u/%s", pointer, i, parts[k].key);
        }
    }
    if (references != NULL && references->len > 0)
        g_string_append (shown->out, "</small></div>");
}

/* ------------------------------------------------------------------ head and foot */

static void
put_line (kh_shown *shown, const char *start, const char *text, const kh_value *value, const char *pointer, const char *end)
{
    g_string_append (shown->out, start);
    kh_show_value (shown, text, &value->seen, "%s", pointer);
    g_string_append (shown->out, end);
}

static void
put_head (kh_shown *shown)
{
    const kh_header *header = &shown->record->header;
    g_autofree char *day = kh_day_naming (header->date.text), *start = kh_day_naming (header->period_start.text), *end = kh_day_naming (header->period_end.text);
    GString *out = shown->out;
    g_string_append (out, "<section id=\"head\">\n<div class=\"head\"><div>\n");
    put_line (shown, "<div>", header->parent.text, &header->parent, "/header/parent", "</div>\n");
    put_line (shown, "<div><strong>", header->issuer.text, &header->issuer, "/header/issuer", "</strong></div>\n");
    put_line (shown, "<div>Số: ", header->number.text, &header->number, "/header/number", "</div>\n");
    put_line (shown, "</div><div class=\"right\">", header->place.text, &header->place, "/header/place", header->place.text != NULL ? ", " : "");
    put_line (shown, "", day, &header->date, "/header/date", "</div></div>\n");
    put_line (shown, "<h1>", header->type.text, &header->type, "/header/type", "<br>\n");
    put_line (shown, "", header->title.text, &header->title, "/header/title", "</h1>\n");
    g_string_append (out, "<p class=\"facts\">");
    if (header->province.name != NULL)
        kh_put_element (out, "", header->province.name, header->province.today_name == NULL || g_strcmp0 (header->province.today_name, header->province.name) == 0 ? " · " : " ");
    if (header->province.today_name != NULL && g_strcmp0 (header->province.today_name, header->province.name) != 0) {
        g_autofree char *today = g_strdup_printf (_ ("since July 2025: %s"), header->province.today_name);
        kh_put_element (out, "(", today, ") · ");
    }
    put_line (shown, _ ("Carried out: "), start, &header->period_start, "/header/period/start", " – ");
    put_line (shown, "", end, &header->period_end, "/header/period/end", "</p>\n</section>\n");
}

static void
put_bases (kh_shown *shown)
{
    const GPtrArray *bases = shown->record->bases;
    if (bases->len == 0)
        return;
    kh_html_part (shown->out, "bases", _ ("Bases"));
    g_string_append (shown->out, "<ol>\n");
    for (guint i = 0; i < bases->len; i++) {
        const kh_base *base = bases->pdata[i];
        g_autofree char *pointer = g_strdup_printf ("/bases/%u", i);
        g_string_append (shown->out, "<li>");
        kh_show_value (shown, base->text.text, &base->text.seen, "%s/text", pointer);
        kh_html_references (shown, base->references, pointer);
        g_string_append (shown->out, "</li>\n");
    }
    g_string_append (shown->out, "</ol></section>\n");
}

static void
put_responsibilities (kh_shown *shown)
{
    const GPtrArray *all = shown->record->responsibilities;
    if (all->len == 0)
        return;
    kh_html_part (shown->out, "responsibilities", _ ("Responsibilities"));
    g_string_append (shown->out, "<table>\n");
    for (guint i = 0; i < all->len; i++) {
        const kh_responsibility *one = all->pdata[i];
        g_string_append (shown->out, "<tr><th>");
        kh_show_value (shown, one->unit.text, &one->unit.seen, "/responsibilities/%u/unit", i);
        g_string_append (shown->out, "</th><td>");
        kh_show_value (shown, one->text.text, &one->text.seen, "/responsibilities/%u/text", i);
        g_string_append (shown->out, "</td></tr>\n");
    }
    g_string_append (shown->out, "</table></section>\n");
}

static void
put_signature (kh_shown *shown, const kh_signature *signature, const char *pointer)
{
    g_string_append (shown->out, "<div class=\"sign side\"><p>");
    kh_show_value (shown, signature->authority.text, &signature->authority.seen, "%s/authority", pointer);
    g_string_append (shown->out, "</p><p>");
    kh_show_value (shown, signature->position.text, &signature->position.seen, "%s/position", pointer);
    g_string_append (shown->out, "</p><p class=\"name\">");
    kh_show_value (shown, signature->name.text, &signature->name.seen, "%s/name", pointer);
    g_string_append (shown->out, "</p></div>\n");
}

static void
put_foot (kh_shown *shown)
{
    const kh_record *record = shown->record;
    kh_html_part (shown->out, "foot", _ ("Signature and recipients"));
    g_string_append (shown->out, "<div class=\"foot\"><div>\n");
    kh_html_list (shown, record->recipients, "/recipients");
    g_string_append (shown->out, "</div><div>\n");
    if (record->signatures->len == 0)
        put_signature (shown, &record->signature, "/signature");
    for (guint i = 0; i < record->signatures->len; i++) {
        g_autofree char *pointer = g_strdup_printf ("/signatures/%u", i);
        put_signature (shown, record->signatures->pdata[i], pointer);
    }
    g_string_append (shown->out, "</div></div></section>\n");
}

/* ------------------------------------------------------------------ review */

static void
put_review_item (const kh_review_item *item, gpointer user_data)
{
    kh_shown *shown = user_data;
    guint number = kh_shown_anchor (shown, item->pointer);
    g_string_append (shown->out, "<li>");
    if (number > 0)
        g_string_append_printf (shown->out, "<a href=\"#r%u\">", number);
    kh_put_element (shown->out, "", *item->place != '\0' ? item->place : _ ("the whole document"), number > 0 ? "</a>" : "");
    if (item->text != NULL) {
        g_string_append (shown->out, ": <q>");
        kh_show_value (shown, item->text, item->seen, "/review"); /* its crop at once; why it is here stands beside it */
        g_string_append (shown->out, "</q>");
    }
    if (item->page > 0) {
        g_autofree char *page = g_strdup_printf (_ ("Page %d"), item->page);
        kh_put_element (shown->out, " (", page, ")");
    }
    kh_put_element (shown->out, " – ", item->message, "</li>\n");
}

/* Made when all values have been shown, as it leads to them, and put where the page has it: at `place`. */
static void
put_review (kh_shown *shown, gsize place)
{
    const kh_record *record = shown->record;
    GString *page_so_far = shown->out;
    g_autoptr (GString) review = g_string_new (NULL);
    if (record->review->len + record->warnings->len == 0)
        return;
    shown->out = review;
    kh_html_part (shown->out, "review", _ ("Worth a look"));
    for (guint i = 0; i < record->warnings->len; i++) {
        const kh_warning *warning = record->warnings->pdata[i];
        g_autofree char *page = warning->page > 0 ? g_strdup_printf (_ ("Page %d"), warning->page) : g_strdup (_ ("the whole document"));
        kh_put_element (shown->out, "<p class=\"warning\">", page, ": ");
        kh_put_element (shown->out, "", warning->message, "</p>\n");
    }
    g_string_append (shown->out, "<ol class=\"doubts\">\n");
    kh_review_each (record, G_MAXUINT, put_review_item, shown);
    g_string_append (shown->out, "</ol></section>\n");
    shown->out = page_so_far;
    g_string_insert_len (page_so_far, (gssize) place, review->str, (gssize) review->len);
}

/* ------------------------------------------------------------------ the whole */

static void
put_navigation (GString *out, const kh_record *record)
{
    const struct {
        const char *id, *name;
        guint n;
    } parts[] = { { "review", N_ ("Worth a look"), record->review->len + record->warnings->len },
                  { "bases", N_ ("Bases"), record->bases->len },
                  { "sections", N_ ("Sections"), record->sections->len },
                  { "tasks", N_ ("Tasks"), record->tasks->len },
                  { "targets", N_ ("Targets"), record->targets->len },
                  { "responsibilities", N_ ("Responsibilities"), record->responsibilities->len },
                  { "pages", N_ ("Pages"), record->pages->len } };
    kh_put_element (out, "<nav><strong>", record->file, "</strong> \n");
    for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
        if (parts[i].n > 0) {
            g_string_append_printf (out, "<a href=\"#%s\">", parts[i].id);
            kh_put_element (out, "", _ (parts[i].name), "");
            g_string_append_printf (out, " (%u)</a>\n", parts[i].n);
        }
    kh_put_element (out, "<br><small>", _ ("Point at a value to see where it was read; follow it to its page. Marked with ?: doubtful."), "</small></nav>\n");
}

void
kh_emit_html (GString *out, const kh_record *record)
{
    kh_shown shown;
    kh_shown_init (&shown, out, record);
    const char *number = record->header.number.text, *name = record->header.title.text;
    g_autofree char *title = number != NULL && name != NULL ? g_strdup_printf ("%s – %s", number, name) : g_strdup (record->file);
    /* TRANSLATORS: the code of the language these messages are in, e.g. vi */
    kh_put_element (out, "<!DOCTYPE html>\n<html lang=\"", _ ("en"), "\">\n<head>\n<meta charset=\"utf-8\">\n");
    g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n");
    kh_put_element (out, "<title>", title, "</title>\n");
    g_string_append_printf (out, "<style>\n%s%s</style>\n</head>\n<body>\n<main>\n", STYLE, KH_SHOWN_STYLE);
    put_navigation (out, record);
    put_head (&shown);
    gsize place = out->len;
    put_bases (&shown);
    kh_html_sections (&shown);
    kh_html_tasks (&shown);
    kh_html_targets (&shown);
    put_responsibilities (&shown);
    put_foot (&shown);
    put_review (&shown, place);
    kh_html_part (out, "pages", _ ("Pages"));
    kh_show_pages (&shown);
    g_string_append (out, "</section>\n</main>\n</body>\n</html>\n");
    kh_shown_clear (&shown);
}
