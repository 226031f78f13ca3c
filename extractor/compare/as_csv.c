/* A line a target, a task, what is missing or what changed: each with the plan it is from. */
#include "compare/labels.h"
#include "compare/print.h"

#include <string.h>

typedef struct line {
    GString *out;
    char separator;
    gboolean begun;
} line;

/* A field; one that is text and begins like a formula gets an apostrophe before it, as in emit/csv.c: a spreadsheet is to compute nothing that
 * a document says. A sign alone is none. */
static void
put_field (line *to, const char *text, gboolean is_text)
{
    if (to->begun)
        g_string_append_c (to->out, to->separator);
    to->begun = TRUE;
    if (text == NULL)
        return;
    const char special[] = { to->separator, '"', '\r', '\n', '\0' };
    gboolean is_formula = is_text && *text != '\0' && text[1] != '\0' && strchr ("=+-@\t\r", *text) != NULL;
    gboolean is_quoted = strpbrk (text, special) != NULL;
    g_string_append_printf (to->out, "%s%s", is_quoted ? "\"" : "", is_formula ? "'" : "");
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c (to->out, '"');
        g_string_append_c (to->out, *text);
    }
    if (is_quoted)
        g_string_append_c (to->out, '"');
}

static void
put (line *to, const char *text)
{
    put_field (to, text, TRUE);
}

static void
put_number (line *to, double number)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    put_field (to, g_ascii_formatd (digits, sizeof digits, "%.10g", number), FALSE);
}

/* A count, page or year; nothing of 0. */
static void
put_count (line *to, guint number)
{
    g_autofree char *digits = number == 0 ? NULL : g_strdup_printf ("%u", number);
    put (to, digits);
}

static void
end (line *to)
{
    g_string_append (to->out, "\r\n");
    to->begun = FALSE;
}

static void
put_headers (line *to, const char *const *headers)
{
    for (; *headers != NULL; headers++)
        put (to, *headers);
    end (to);
}

#define PLAN_HEADERS "Cơ quan ban hành", "Số ký hiệu", "Ngày ban hành", "Tệp", "Trang"
#define PLACE_HEADERS "Mã tỉnh", "Tỉnh, thành phố", "Tỉnh khi ban hành"

static void
put_place (line *to, const kh_paper *paper)
{
    put (to, paper->place->code);
    put (to, paper->place->name);
    put (to, paper->was != NULL ? paper->was : paper->place->code != NULL ? paper->place->name : NULL);
}

static void
put_plan (line *to, const kh_paper *paper, int page)
{
    put (to, paper->issuer);
    put (to, paper->number);
    put (to, paper->date);
    put (to, paper->path != NULL ? paper->path : paper->file);
    put_count (to, (guint)MAX (page, 0));
}

static void
put_targets (line *to, const kh_comparison *comparison)
{
    static const char *const headers[] = { "Chủ đề",   "Chỉ tiêu",    PLACE_HEADERS, "Năm",         "So sánh",
                                           "Giá trị",  "Đơn vị tính", "Đến ngày",    "Mốc so sánh", "Đối tượng",
                                           "Nội dung", PLAN_HEADERS,  "Độ tin cậy",  NULL };
    put_headers (to, headers);
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        for (guint a = 0; a < indicator->aims->len; a++) {
            const kh_aim *aim = indicator->aims->pdata[a];
            put (to, indicator->topic);
            put (to, indicator->name);
            put_place (to, aim->paper);
            put_count (to, (guint)aim->year);
            put (to, aim->comparator);
            put_number (to, aim->value);
            put (to, aim->unit);
            put (to, aim->due);
            put (to, aim->baseline);
            put (to, aim->subject);
            put (to, aim->text);
            put_plan (to, aim->paper, aim->page);
            put_number (to, aim->confidence);
            end (to);
        }
    }
}

static void
put_tasks (line *to, const kh_comparison *comparison)
{
    static const char *const headers[] = { "Nhóm",     "Nhiệm vụ chung", "Số tỉnh",  PLACE_HEADERS, "Nội dung",   "Chủ trì",
                                           "Thời hạn", "Từ ngày",        "Đến ngày", PLAN_HEADERS,  "Độ tin cậy", NULL };
    put_headers (to, headers);
    for (guint i = 0; i < comparison->kinds->len; i++) {
        const kh_kind *kind = comparison->kinds->pdata[i];
        for (guint d = 0; d < kind->duties->len; d++) {
            const kh_duty *duty = kind->duties->pdata[d];
            put_count (to, i + 1);
            put (to, kind->name);
            put_count (to, kind->n_places);
            put_place (to, duty->paper);
            put (to, duty->text);
            put (to, duty->lead);
            put (to, duty->deadline);
            put (to, duty->start);
            put (to, duty->end);
            put_plan (to, duty->paper, duty->page);
            put_number (to, duty->confidence);
            end (to);
        }
    }
}

static void
put_missing (line *to, const kh_comparison *comparison)
{
    static const char *const headers[] = { "Mã tỉnh", "Tỉnh, thành phố", "Loại",         "Chủ đề",
                                           "Chưa có", "Số nơi khác có",  "Trên tổng số", NULL };
    put_headers (to, headers);
    for (guint i = 0; i < comparison->lacks->len; i++) {
        const kh_lack *lack = comparison->lacks->pdata[i];
        put (to, lack->place->code);
        put (to, lack->place->name);
        put (to, lack->kind != NULL ? "Nhiệm vụ" : "Chỉ tiêu");
        put (to, lack->kind != NULL ? NULL : lack->indicator->topic);
        put (to, lack->kind != NULL ? lack->kind->name : lack->indicator->name);
        put_count (to, lack->n_have);
        put_count (to, lack->n_others);
        end (to);
    }
}

static void
put_level (line *to, const kh_aim *aim)
{
    g_autoptr (GString) level = g_string_new (NULL);
    if (aim != NULL)
        kh_put_level (level, aim);
    put (to, level->str);
    put (to, aim == NULL ? NULL : aim->due);
}

static void
put_changes (line *to, const kh_comparison *comparison)
{
    static const char *const headers[] = { "Mã tỉnh",        "Tỉnh, thành phố",
                                           "Kế hoạch trước", "Kế hoạch sau",
                                           "Thay đổi",       "Loại",
                                           "Khác ở",         "Nội dung trước",
                                           "Nội dung sau",   "Mức trước",
                                           "Đến ngày trước", "Mức sau",
                                           "Đến ngày sau",   "Chủ trì trước",
                                           "Thời hạn trước", "Chủ trì sau",
                                           "Thời hạn sau",   "Tệp trước",
                                           "Trang trước",    "Tệp sau",
                                           "Trang sau",      NULL };
    put_headers (to, headers);
    for (guint r = 0; r < comparison->revisions->len; r++) {
        const kh_revision *revision = comparison->revisions->pdata[r];
        g_autofree char *before = kh_paper_label (revision->before), *after = kh_paper_label (revision->after);
        for (guint i = 0; i < revision->differences->len; i++) {
            const kh_difference *one = revision->differences->pdata[i];
            const kh_aim *old_aim = one->old_aim, *new_aim = one->new_aim;
            const kh_duty *old_duty = one->old_duty, *new_duty = one->new_duty;
            gboolean is_aim = old_aim != NULL || new_aim != NULL, is_old = old_aim != NULL || old_duty != NULL,
                     is_new = new_aim != NULL || new_duty != NULL;
            g_autofree char *in = kh_difference_parts (one->in);
            put (to, revision->after->place->code);
            put (to, revision->after->place->name);
            put (to, before);
            put (to, after);
            put (to, kh_difference_word (one->sort));
            put (to, is_aim ? "Chỉ tiêu" : "Nhiệm vụ");
            put (to, in);
            put (to, old_aim != NULL ? old_aim->text : old_duty != NULL ? old_duty->text : NULL);
            put (to, new_aim != NULL ? new_aim->text : new_duty != NULL ? new_duty->text : NULL);
            put_level (to, old_aim);
            put_level (to, new_aim);
            put (to, old_duty == NULL ? NULL : old_duty->lead);
            put (to, old_duty == NULL ? NULL : old_duty->deadline);
            put (to, new_duty == NULL ? NULL : new_duty->lead);
            put (to, new_duty == NULL ? NULL : new_duty->deadline);
            put (to, !is_old ? NULL : revision->before->path != NULL ? revision->before->path : revision->before->file);
            put_count (to, (guint)(old_aim != NULL ? old_aim->page : old_duty != NULL ? old_duty->page : 0));
            put (to, !is_new ? NULL : revision->after->path != NULL ? revision->after->path : revision->after->file);
            put_count (to, (guint)(new_aim != NULL ? new_aim->page : new_duty != NULL ? new_duty->page : 0));
            end (to);
        }
    }
}

void
kh_compare_csv (GString *out, const kh_comparison *comparison, kh_compare_parts part, char separator)
{
    line to = { out, separator, FALSE };
    g_string_append (out, "\xEF\xBB\xBF");
    switch (part) {
    case KH_COMPARE_TARGETS:
        put_targets (&to, comparison);
        break;
    case KH_COMPARE_TASKS:
        put_tasks (&to, comparison);
        break;
    case KH_COMPARE_MISSING:
        put_missing (&to, comparison);
        break;
    case KH_COMPARE_CHANGES:
        put_changes (&to, comparison);
        break;
    }
}
