/* Tasks by kind, what is missing, what changed. */
#include "compare/html.h"

#include <string.h>

#define SIDE_BY_SIDE 8 /* places at most that stand in columns of their own */

/* ------------------------------------------------------------------ tasks */

/* Cells of a task: place, text, who, when. */
static void
put_duty_cells (GString *out, const kh_duty *duty, gboolean first)
{
    g_autoptr (GString) when = g_string_new (NULL);
    kh_put_deadline (when, duty);
    kh_side_html_put (out, "<tr><td>", first ? duty->paper->place->name : "", "");
    if (duty->paper->was != NULL)
        kh_side_html_put (out, " <span class=\"was\">(", duty->paper->was, ")</span>");
    g_string_append (out, "</td><td>");
    kh_side_html_link (out, duty->paper, duty->page, duty->text, NULL);
    kh_side_html_put (out, "</td><td>", duty->lead, "</td><td>");
    kh_side_html_put (out, "", when->str, "</td>");
}

/* The newest plan of each place in full; of its older ones the years alone, each a link. */
static void
put_duty_table (GString *out, const kh_kind *kind)
{
    g_string_append (
        out,
        "<table><thead><tr><th>Nơi</th><th>Nội dung</th><th>Chủ trì</th><th>Thời hạn</th><th>Kế hoạch trước</th></tr></thead>\n");
    for (guint i = 0; i < kind->duties->len;) {
        const kh_duty *newest = kind->duties->pdata[i];
        const kh_paper *last = newest->paper;
        gboolean begun = FALSE;
        for (; i < kind->duties->len && ((const kh_duty *)kind->duties->pdata[i])->paper == newest->paper; i++) {
            g_string_append (out, kind->duties->pdata[i] == newest ? "" : "<td></td></tr>\n");
            put_duty_cells (out, kind->duties->pdata[i], kind->duties->pdata[i] == newest);
        }
        g_string_append (out, "<td>");
        for (; i < kind->duties->len && ((const kh_duty *)kind->duties->pdata[i])->paper->place == newest->paper->place; i++) {
            const kh_duty *older = kind->duties->pdata[i];
            if (older->paper == last)
                continue;
            last = older->paper;
            g_autofree char *year = last->last_year == 0 ? kh_paper_label (last) : g_strdup_printf ("%d", last->last_year);
            g_string_append (out, begun ? ", " : "");
            begun = TRUE;
            kh_side_html_link (out, last, older->page, year, older->text);
        }
        g_string_append (out, "</td></tr>\n");
    }
    g_string_append (out, "</table>\n");
}

static void
put_kind_row (GString *out, const kh_kind *kind, guint n_places)
{
    g_autoptr (GString) when = g_string_new (NULL);
    g_autofree char *lead =
        kind->lead == NULL ? NULL : g_strdup_printf ("%s (%u/%u)", kind->lead, kind->n_lead, kind->duties->len);
    kh_put_when (when, kind);
    kh_side_html_put (out, "<tr><td><details><summary>", kind->name, "</summary>\n");
    put_duty_table (out, kind);
    g_string_append_printf (out, "</details></td><td class=\"n\" data-v=\"%u\">%u/%u", kind->n_places, kind->n_places, n_places);
    kh_side_html_bar (out, (double)kind->n_places / n_places);
    kh_side_html_put (out, "</td><td>", lead, "</td><td>");
    kh_side_html_put (out, "", when->str, "</td></tr>\n");
}

static void
put_kinds (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<table class=\"sort\">\n<thead><tr><th data-first=\"up\">Nhiệm vụ</th><th>Số nơi</th><th "
                          "data-first=\"up\">Chủ trì nhiều nhất</th>"
                          "<th>Hạn</th></tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->kinds->len; i++)
        put_kind_row (out, comparison->kinds->pdata[i], comparison->places->len);
    g_string_append (out, "</tbody>\n</table>\n");
}

/* Kinds x places: who leads, and when. */
static void
put_side_by_side (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<div class=\"wide\"><table>\n<thead><tr><th>Nhiệm vụ</th>");
    for (guint p = 0; p < comparison->places->len; p++)
        kh_side_html_put (out, "<th>", ((const kh_side *)comparison->places->pdata[p])->name, "</th>");
    g_string_append (out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->kinds->len; i++) {
        const kh_kind *kind = comparison->kinds->pdata[i];
        guint d = 0;
        kh_side_html_put (out, "<tr><th>", kind->name, "</th>");
        for (guint p = 0; p < comparison->places->len; p++) {
            guint n = 0;
            for (; d < kind->duties->len && ((const kh_duty *)kind->duties->pdata[d])->paper->place->index == p; d++, n++) {
                g_string_append (out, n == 0 ? "<td>" : "<br>");
                kh_side_html_duty (out, kind->duties->pdata[d]);
            }
            g_string_append (out, n == 0 ? "<td class=\"none\">–</td>" : "</td>");
        }
        g_string_append (out, "</tr>\n");
    }
    g_string_append (out, "</tbody>\n</table></div>\n");
}

void
kh_side_html_tasks (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<section id=\"nhiem-vu\">\n<h2>Nhiệm vụ cùng loại</h2>\n<p class=\"soft\">Nhiệm vụ có lời văn giống "
                          "nhau đứng chung một dòng");
    g_string_append (out, comparison->places->len > SIDE_BY_SIDE ? "; bấm vào một dòng để xem từng nơi.</p>\n" : ".</p>\n");
    if (comparison->kinds->len == 0)
        g_string_append (out, "<p>Không có nhiệm vụ nào giống nhau.</p>\n");
    else if (comparison->places->len <= SIDE_BY_SIDE)
        put_side_by_side (out, comparison);
    else
        put_kinds (out, comparison);
    if (comparison->n_lone_kinds > 0)
        g_string_append_printf (out, "<p class=\"soft\">Không kể %u nhiệm vụ chỉ có ở một nơi.</p>\n", comparison->n_lone_kinds);
    g_string_append (out, "</section>\n");
}

/* ------------------------------------------------------------------ what is missing */

/* The lacks of a place that are targets (or tasks), from `first` on; the number of the first behind them. */
static guint
put_lack_cell (GString *out, const kh_comparison *comparison, guint first, const kh_side *place, gboolean tasks)
{
    guint i = first;
    for (; i < comparison->lacks->len; i++) {
        const kh_lack *lack = comparison->lacks->pdata[i];
        if (lack->place != place || (lack->kind != NULL) != tasks)
            break;
    }
    g_string_append_printf (out, "<td data-v=\"%u\">", i - first);
    if (i > first)
        g_string_append (out, "<ul>");
    for (guint n = first; n < i; n++) {
        const kh_lack *lack = comparison->lacks->pdata[n];
        kh_side_html_put (out, "<li>", tasks ? lack->kind->name : lack->indicator->name, "");
        g_string_append_printf (out, " <small>%u/%u</small></li>", lack->n_have, lack->n_others);
    }
    g_string_append (out, i > first ? "</ul></td>" : "</td>");
    return i;
}

void
kh_side_html_missing (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<section id=\"con-thieu\">\n<h2>Còn thiếu</h2>\n<p class=\"soft\">Điều mà quá nửa nơi khác có trong "
                          "kế hoạch, còn nơi này chưa có; số nhỏ là số nơi khác có.</p>\n");
    if (comparison->lacks->len == 0) {
        g_string_append (out, "<p>Không nơi nào thiếu điều mà quá nửa nơi khác có.</p>\n</section>\n");
        return;
    }
    g_string_append (out, "<table class=\"sort\">\n<thead><tr><th data-first=\"up\">Nơi</th><th>Chỉ tiêu chưa có</th><th>Nhiệm "
                          "vụ chưa có</th></tr></thead>\n<tbody>\n");
    for (guint i = 0; i < comparison->lacks->len;) {
        const kh_side *place = ((const kh_lack *)comparison->lacks->pdata[i])->place;
        g_string_append_printf (out, "<tr><th class=\"at\" data-v=\"%u\">", place->index);
        kh_side_html_put (out, "", place->name, "</th>");
        i = put_lack_cell (out, comparison, i, place, FALSE);
        i = put_lack_cell (out, comparison, i, place, TRUE);
        g_string_append (out, "</tr>\n");
    }
    g_string_append (out, "</tbody>\n</table>\n</section>\n");
}

/* ------------------------------------------------------------------ what changed */

static void
put_side (GString *out, const kh_aim *aim, const kh_duty *duty)
{
    g_string_append (out, "<td>");
    if (aim != NULL) {
        kh_side_html_aim (out, aim, FALSE);
        if (aim->due != NULL) {
            g_string_append (out, " <small>đến ");
            kh_put_day (out, aim->due);
            g_string_append (out, "</small>");
        }
    }
    if (duty != NULL)
        kh_side_html_duty (out, duty);
    g_string_append (out, "</td>");
}

static void
put_difference (GString *out, const kh_difference *one)
{
    static const char *const classes[] = { [KH_ADDED] = "add", [KH_DROPPED] = "drop", [KH_CHANGED] = "" };
    gboolean is_aim = one->old_aim != NULL || one->new_aim != NULL;
    const char *text = is_aim ? (one->new_aim != NULL ? one->new_aim : one->old_aim)->text
                              : (one->new_duty != NULL ? one->new_duty : one->old_duty)->text;
    g_autofree char *in = kh_difference_parts (one->in);
    g_string_append_printf (out, "<tr><td class=\"%s\">%s</td><td>%s</td>", classes[one->sort], kh_difference_word (one->sort),
                            is_aim ? "Chỉ tiêu" : "Nhiệm vụ");
    kh_side_html_put (out, "<td>", text, "");
    if (one->in & KH_DIFFERS_WORDING)
        kh_side_html_put (out, "<br><small>trước: ", one->old_duty->text, "</small>");
    g_string_append (out, "</td>");
    put_side (out, one->old_aim, one->old_duty);
    put_side (out, one->new_aim, one->new_duty);
    kh_side_html_put (out, "<td>", in, "</td></tr>\n");
}

void
kh_side_html_changes (GString *out, const kh_comparison *comparison)
{
    g_string_append (out, "<section id=\"thay-doi\">\n<h2>Thay đổi</h2>\n");
    if (comparison->revisions->len == 0)
        g_string_append (out, "<p>Không có hai bản hoặc hai năm nào của cùng một kế hoạch.</p>\n");
    for (guint r = 0; r < comparison->revisions->len; r++) {
        const kh_revision *revision = comparison->revisions->pdata[r];
        g_autofree char *before = kh_paper_label (revision->before), *after = kh_paper_label (revision->after);
        kh_side_html_put (out, "<h3>", revision->after->place->name, ": ");
        kh_side_html_put (out, "", before, " → ");
        kh_side_html_put (out, "", after, "</h3>\n");
        kh_side_html_put (out, "<p class=\"soft\">", revision->after->title, "");
        g_string_append_printf (out, " · %u chỉ tiêu và %u nhiệm vụ giữ nguyên</p>\n", revision->n_same_aims,
                                revision->n_same_duties);
        if (revision->differences->len == 0)
            continue;
        g_string_append (out, "<table class=\"sort\">\n<thead><tr><th data-first=\"up\">Thay đổi</th><th "
                              "data-first=\"up\">Loại</th><th data-first=\"up\">Nội dung</th><th>Trước</th>"
                              "<th>Sau</th><th data-first=\"up\">Khác ở</th></tr></thead>\n<tbody>\n");
        for (guint i = 0; i < revision->differences->len; i++)
            put_difference (out, revision->differences->pdata[i]);
        g_string_append (out, "</tbody>\n</table>\n");
    }
    g_string_append (out, "</section>\n");
}
