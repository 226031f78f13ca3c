/* What all tables for a terminal share; and the lists of what is missing and what changed. */
#include "compare/text.h"

#include "emit/ruled.h"

#include <string.h>

#define MOST_CHARACTERS 160 /* of a task's text */

void
kh_side_text_begin (kh_side_text_sheet *to, GString *out, const char *const *headers, const int *widths, int n)
{
    to->out = out;
    to->n = n;
    memcpy (to->widths, widths, sizeof (int) * (gsize)n);
    kh_ruled_line (out, widths, n, "┌", "┬", "┐");
    kh_ruled_row (out, headers, widths, n);
}

void
kh_side_text_row (kh_side_text_sheet *to, const char *const *cells)
{
    kh_ruled_line (to->out, to->widths, to->n, "├", "┼", "┤");
    kh_ruled_row (to->out, cells, to->widths, to->n);
}

void
kh_side_text_end (kh_side_text_sheet *to)
{
    kh_ruled_line (to->out, to->widths, to->n, "└", "┴", "┘");
}

void
kh_side_text_title (GString *out, const char *title)
{
    g_autofree char *upper = g_utf8_strup (title, -1);
    g_string_append_printf (out, "\n%s\n", upper);
}

void
kh_side_text_place (GString *cell, const kh_paper *paper, int page)
{
    g_string_append_printf (cell, " [%u]", paper->index + 1);
    if (page > 0)
        g_string_append_printf (cell, " tr.%d", page);
}

char *
kh_side_text_shortened (const char *text)
{
    if (g_utf8_strlen (text, -1) <= MOST_CHARACTERS)
        return g_strdup (text);
    g_autofree char *cut = g_utf8_substring (text, 0, MOST_CHARACTERS);
    char *space = strrchr (cut, ' ');
    if (space != NULL)
        *space = '\0';
    return g_strconcat (cut, " …", NULL);
}

void
kh_side_text_missing (GString *out, const kh_comparison *comparison, int columns)
{
    static const char *const headers[] = { "Nơi", "Chưa có, trong khi quá nửa nơi khác có", "Nơi khác có" };
    int widths[] = { 18, 0, 11 }, n = G_N_ELEMENTS (headers);
    widths[1] = columns - 1 - 3 * n - 29;
    kh_side_text_title (out, "Còn thiếu");
    if (comparison->lacks->len == 0) {
        g_string_append (out, "Không nơi nào thiếu điều mà quá nửa nơi khác có.\n");
        return;
    }
    kh_side_text_sheet table;
    kh_side_text_begin (&table, out, headers, widths, n);
    for (guint i = 0; i < comparison->lacks->len; i++) {
        const kh_lack *lack = comparison->lacks->pdata[i];
        gboolean first = i == 0 || ((const kh_lack *)comparison->lacks->pdata[i - 1])->place != lack->place;
        g_autofree char *share = g_strdup_printf ("%u/%u", lack->n_have, lack->n_others);
        g_autofree char *name = kh_side_text_shortened (lack->kind != NULL ? lack->kind->name : lack->indicator->name);
        g_autofree char *what = g_strdup_printf ("%s: %s", lack->kind != NULL ? "Nhiệm vụ" : "Chỉ tiêu", name);
        const char *const cells[] = { first ? lack->place->name : "", what, share };
        if (first)
            kh_side_text_row (&table, cells);
        else
            kh_ruled_row (out, cells, widths, n);
    }
    kh_side_text_end (&table);
}

static void
put_side (GString *cell, const kh_aim *aim, const kh_duty *duty)
{
    if (aim != NULL) {
        kh_put_level (cell, aim);
        if (aim->due != NULL) {
            g_string_append (cell, " đến ");
            kh_put_day (cell, aim->due);
        }
        if (aim->page > 0)
            g_string_append_printf (cell, " tr.%d", aim->page);
    }
    if (duty != NULL) {
        g_autoptr (GString) when = g_string_new (NULL);
        kh_put_deadline (when, duty);
        g_string_append_printf (cell, "%s%s%s", duty->lead == NULL ? "" : duty->lead,
                                duty->lead != NULL && when->len > 0 ? "; " : "", when->str);
        if (duty->page > 0)
            g_string_append_printf (cell, "%str.%d", cell->len > 0 ? " " : "", duty->page);
    }
}

static void
put_revision (GString *out, const kh_revision *revision, int columns)
{
    static const char *const headers[] = { "", "Nội dung", "Trước", "Sau", "Khác ở" };
    gboolean narrow = columns < KH_TEXT_NARROW;
    int widths[] = { 4, 0, narrow ? 14 : 24, narrow ? 14 : 24, 10 }, n = narrow ? 4 : 5;
    widths[1] = columns - 1 - 3 * n - (narrow ? 32 : 62);
    g_autofree char *before = kh_paper_label (revision->before), *after = kh_paper_label (revision->after);
    g_string_append_printf (out, "%s: %s [%u] → %s [%u]; %u chỉ tiêu và %u nhiệm vụ giữ nguyên\n", revision->after->place->name,
                            before, revision->before->index + 1, after, revision->after->index + 1, revision->n_same_aims,
                            revision->n_same_duties);
    if (revision->differences->len == 0)
        return;
    kh_side_text_sheet table;
    kh_side_text_begin (&table, out, headers, widths, n);
    for (guint i = 0; i < revision->differences->len; i++) {
        const kh_difference *one = revision->differences->pdata[i];
        const kh_aim *aim = one->new_aim != NULL ? one->new_aim : one->old_aim;
        const kh_duty *duty = one->new_duty != NULL ? one->new_duty : one->old_duty;
        g_autoptr (GString) old_side = g_string_new (NULL), new_side = g_string_new (NULL);
        g_autofree char *in = kh_difference_parts (one->in);
        put_side (old_side, one->old_aim, one->old_duty);
        put_side (new_side, one->new_aim, one->new_duty);
        const char *text = aim != NULL ? aim->text : duty->text;
        g_autofree char *said = kh_side_text_shortened (text == NULL ? "" : text);
        kh_side_text_row (&table, (const char *const[]){ kh_difference_word (one->sort), said, old_side->str, new_side->str, in });
    }
    kh_side_text_end (&table);
}

void
kh_side_text_changes (GString *out, const kh_comparison *comparison, int columns)
{
    kh_side_text_title (out, "Thay đổi");
    if (comparison->revisions->len == 0)
        g_string_append (out, "Không có hai bản hoặc hai năm nào của cùng một kế hoạch.\n");
    for (guint i = 0; i < comparison->revisions->len; i++)
        put_revision (out, comparison->revisions->pdata[i], columns);
}
