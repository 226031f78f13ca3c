/* One page that needs nothing else: style and the script that sorts stand in it, nothing is asked of any network (and the page's
 * own policy forbids it). On paper it is black on white, without what is only for the screen; in dark surroundings dark. */
#include "compare/html.h"

#include <string.h>

static const char STYLE[] =
    ":root{--ink:#1b1f24;--soft:#5b6672;--line:#d5dbe1;--paper:#fff;--tint:#f3f6f9;--bar:#8fb3d9;--link:#0b5394;--doubt:#a15c00;-"
    "-add:#1a7f37;--drop:#b42318}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e3e8ee;--soft:#9aa7b4;--line:#3a444e;--paper:#14181d;--tint:#1d232a;--bar:#"
    "3f6c9c;--link:#8ec1f5;"
    "--doubt:#e0a458;--add:#57c77a;--drop:#ff8a80}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:1.2rem 1.6rem 4rem;max-width:110rem;background:var(--paper);color:var(--ink);font:15px/1.45 "
    "system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif}\n"
    "h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.2rem;margin:2.4rem 0 .6rem;padding-top:.6rem;border-top:2px solid "
    "var(--line)}h3{font-size:1rem;margin:1.8rem 0 .4rem}\n"
    "p{margin:.3rem 0}.soft,small{color:var(--soft)}small{font-size:.82em}\n"
    "nav{margin:.8rem 0}nav a{margin-right:1.2rem}\n"
    "a{color:var(--link);text-decoration:none}a:hover,a:focus{text-decoration:underline}\n"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}\n"
    "th,td{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}\n"
    "thead th{background:var(--tint);position:sticky;top:0;z-index:1}tbody th{font-weight:600;background:var(--tint)}\n"
    "td.n,th.n{text-align:right;white-space:nowrap}th.at{white-space:nowrap}td.none{color:var(--soft);text-align:center}\n"
    ".wide{overflow-x:auto;max-width:100%}.wide table{font-size:.86rem}.wide tbody th{position:sticky;left:0;min-width:13rem}\n"
    ".wide.many{max-height:80vh;overflow:auto}.wide.many thead "
    "th:not(:first-child){writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;text-align:left;font-weight:500}\n"
    ".wide.many thead th:first-child{left:0;z-index:2}.wide.many td{white-space:nowrap;padding:.15rem .35rem}\n"
    "th button{all:unset;cursor:pointer;font:inherit;display:inline-block}th "
    "button::after{content:'\\2195';color:var(--soft);margin-left:.3em;font-size:.8em}\n"
    "th[aria-sort=ascending] button::after{content:'\\2191'}th[aria-sort=descending] button::after{content:'\\2193'}th "
    "button:focus-visible{outline:2px solid var(--link)}\n"
    "svg.bar{display:block;width:100%;min-width:5rem;height:.4rem;margin-top:.15rem}svg.bar rect{fill:var(--bar)}\n"
    "svg.strip{width:15rem;height:1.3rem;vertical-align:middle}svg.strip line{stroke:var(--line)}svg.strip "
    "circle{fill:var(--bar);fill-opacity:.65}svg.strip .mid{stroke:var(--ink);stroke-width:1.5}\n"
    ".doubt{border-bottom:1px dotted var(--doubt)}.doubt::after{content:'?';color:var(--doubt)}\n"
    ".src{display:none}.was{color:var(--soft);font-weight:400}\n"
    "details summary{cursor:pointer}td ul{margin:.3rem 0;padding-left:1.1rem}details table{margin:.4rem "
    "0;font-size:.9rem}details thead th{position:static}li{margin:.1rem 0}\n"
    ".add{color:var(--add)}.drop{color:var(--drop)}\n"
    "@media "
    "print{:root{--ink:#000;--soft:#444;--line:#999;--paper:#fff;--tint:#fff;--link:#000;--bar:#bbb}body{padding:0;max-width:"
    "none;font-size:10pt}"
    "nav,.screen{display:none}thead "
    "th{position:static}tr,h3{break-inside:avoid}h2,h3{break-after:avoid}.src{display:inline;color:#444}th "
    "button{display:contents}th button::after{content:''}"
    ".wide,.wide.many{overflow:visible;max-height:none}}\n";

/* A click on a header sorts its table by that column: numbers where a cell has data-v, else words; cells without a value stay
 * last. */
static const char SCRIPT[] =
    "const key=(r,c)=>{const d=r.cells[c];if(!d)return null;if(d.dataset.v!==undefined)return+d.dataset.v;const "
    "t=d.textContent.trim();return t===''||t==='–'?null:t}\n"
    "document.querySelectorAll('table.sort').forEach(t=>{const "
    "heads=[...t.tHead.rows[0].cells];heads.forEach((h,c)=>{if(h.className==='still')return\n"
    " const b=document.createElement('button');b.type='button';b.append(...h.childNodes);h.append(b)\n"
    " b.addEventListener('click',()=>{const "
    "up=h.getAttribute('aria-sort')==='descending'||(h.getAttribute('aria-sort')===null&&h.dataset.first==='up')\n"
    "  heads.forEach(o=>o.removeAttribute('aria-sort'));h.setAttribute('aria-sort',up?'ascending':'descending')\n"
    "  const body=t.tBodies[0],rows=[...body.rows].map(r=>[key(r,c),r])\n"
    "  rows.sort(([a],[b])=>a===null||b===null?(a===null)-(b===null):(up?1:-1)*(typeof a==='number'&&typeof "
    "b==='number'?a-b:String(a).localeCompare(String(b),'vi')))\n"
    "  body.append(...rows.map(r=>r[1]))})})})\n";

void
kh_side_html_put (GString *out, const char *before, const char *text, const char *after)
{
    g_autofree char *valid = g_utf8_make_valid (text == NULL ? "" : text, -1);
    g_autofree char *escaped = g_markup_escape_text (valid, -1);
    g_string_append (out, before);
    g_string_append (out, escaped);
    g_string_append (out, after);
}

void
kh_side_html_link (GString *out, const kh_paper *paper, int page, const char *label, const char *told)
{
    g_autofree char *link = kh_paper_link (paper, page), *name = kh_paper_label (paper);
    g_autoptr (GString) title = g_string_new (told);
    g_string_append_printf (title, "%s%s: %s", title->len > 0 ? "\n" : "", paper->was != NULL ? paper->was : paper->place->name,
                            name);
    if (page > 0)
        g_string_append_printf (title, ", trang %d", page);
    if (link != NULL)
        kh_side_html_put (out, "<a href=\"", link, "\"");
    else
        g_string_append (out, "<span");
    kh_side_html_put (out, " title=\"", title->str, "\">");
    kh_side_html_put (out, "", label, link != NULL ? "</a>" : "</span>");
    g_string_append_printf (out, "<span class=\"src\"> [%u]", paper->index + 1);
    if (page > 0)
        g_string_append_printf (out, " tr.%d", page);
    g_string_append (out, "</span>");
}

void
kh_side_html_aim (GString *out, const kh_aim *aim, gboolean bare)
{
    g_autoptr (GString) level = g_string_new (NULL);
    (bare ? kh_put_bare_level : kh_put_level) (level, aim);
    g_string_append (out, kh_is_doubtful (aim->confidence) ? "<span class=\"doubt\">" : "<span>");
    kh_side_html_link (out, aim->paper, aim->page, level->str, aim->text);
    g_string_append (out, "</span>");
}

void
kh_side_html_duty (GString *out, const kh_duty *duty)
{
    g_autoptr (GString) label = g_string_new (duty->lead), when = g_string_new (NULL);
    kh_put_deadline (when, duty);
    if (when->len > 0)
        g_string_append_printf (label, "%s%s", label->len > 0 ? "; " : "", when->str);
    kh_side_html_link (out, duty->paper, duty->page, label->len > 0 ? label->str : "có", duty->text);
}

void
kh_side_html_bar (GString *out, double share)
{
    g_string_append_printf (out,
                            "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
                            "width=\"%d\" height=\"4\"/></svg>",
                            (int)(CLAMP (share, 0, 1) * 100 + 0.5));
}

/* ------------------------------------------------------------------ the whole */

static void
put_papers (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<section id=\"ke-hoach\">\n<h2>Kế hoạch được so sánh</h2>\n<table class=\"sort\">\n<thead><tr><th "
                          "data-first=\"up\">TT</th><th data-first=\"up\">Nơi</th>"
                          "<th data-first=\"up\">Cơ quan ban hành</th><th data-first=\"up\">Số, ký "
                          "hiệu</th><th>Ngày</th><th>Thời kỳ</th><th data-first=\"up\">Trích yếu</th></tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->papers->len; i++) {
        const kh_paper *paper = comparison->papers->pdata[i];
        g_autoptr (GString) day = g_string_new (NULL);
        g_autofree char *digits = g_strdup (paper->date);
        kh_put_day (day, paper->date);
        g_string_append_printf (out, "<tr><td class=\"n\" data-v=\"%u\">%u</td><td data-v=\"%u\">", i + 1, i + 1,
                                paper->place->index);
        kh_side_html_put (out, "", paper->place->name, "");
        if (paper->was != NULL)
            kh_side_html_put (out, " <span class=\"was\">(", paper->was, ")</span>");
        kh_side_html_put (out, "</td><td>", paper->issuer, "</td><td>");
        g_autofree char *link = kh_paper_link (paper, 0);
        if (link != NULL)
            kh_side_html_put (out, "<a href=\"", link, "\">");
        kh_side_html_put (out, "", paper->number != NULL ? paper->number : paper->file, link != NULL ? "</a>" : "");
        if (digits != NULL) /* 2024-02-05 sorts as 20240205 */
            for (char *from = digits, *to = digits; (*to = *from) != '\0'; from++)
                to += *from != '-';
        kh_side_html_put (out, "</td><td class=\"n\" data-v=\"", digits, "\">");
        kh_side_html_put (out, "", day->str, "</td><td class=\"n\">");
        kh_side_html_put (out, "", paper->period, "</td><td>");
        kh_side_html_put (out, "", paper->title, "</td></tr>\n");
    }
    g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

static void
put_head (GString *out, const kh_comparison *comparison)
{
    static const struct {
        guint part;
        const char *link;
    } sections[] = { { KH_COMPARE_TARGETS, "<a href=\"#chi-tieu\">Chỉ tiêu</a>" },
                     { KH_COMPARE_TASKS, "<a href=\"#nhiem-vu\">Nhiệm vụ</a>" },
                     { KH_COMPARE_MISSING, "<a href=\"#con-thieu\">Còn thiếu</a>" },
                     { KH_COMPARE_CHANGES, "<a href=\"#thay-doi\">Thay đổi</a>" } };
    g_string_append_printf (
        out,
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<title>So sánh %u kế hoạch</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>So sánh %u kế hoạch của %u nơi</h1>\n",
        comparison->papers->len, STYLE, comparison->papers->len, comparison->places->len);
    if (comparison->question != NULL)
        kh_side_html_put (out, "<p>Chỉ xét: ", comparison->question, ".</p>\n");
    g_string_append (out, "<p class=\"soft\">Bấm vào một giá trị để mở tệp ở đúng trang; để con trỏ trên đó để đọc nguyên văn. "
                          "Bấm vào tên cột để sắp xếp. "
                          "Dấu <span class=\"doubt\"></span> là chỗ đọc chưa chắc.");
    if (comparison->n_copies > 0)
        g_string_append_printf (out, " Bỏ qua %u bản trùng (cùng số, cơ quan, ngày).", comparison->n_copies);
    g_string_append (out, "</p>\n<nav>");
    for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
        if (comparison->parts & sections[i].part)
            g_string_append (out, sections[i].link);
    g_string_append (out, "<a href=\"#ke-hoach\">Kế hoạch</a></nav>\n<main>\n");
}

void
kh_compare_html (GString *out, const kh_comparison *comparison)
{
    put_head (out, comparison);
    if (comparison->parts & KH_COMPARE_TARGETS)
        kh_side_html_targets (out, comparison);
    if (comparison->parts & KH_COMPARE_TASKS)
        kh_side_html_tasks (out, comparison);
    if (comparison->parts & KH_COMPARE_MISSING)
        kh_side_html_missing (out, comparison);
    if (comparison->parts & KH_COMPARE_CHANGES)
        kh_side_html_changes (out, comparison);
    put_papers (out, comparison);
    g_string_append_printf (out, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", SCRIPT);
}
