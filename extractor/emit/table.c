/* A summary and the task table, drawn for a terminal.
 *
 *     71/KH-STP · SỞ TƯ PHÁP · 2023-02-06
 *     Cải cách hành chính năm 2023
 *     12 nhiệm vụ · 5 chỉ tiêu · ...
 *
 *     ┌────┬──────────────────┬───────────┐
 *     │ TT │ Nhiệm vụ         │ Chủ trì   │
 *     ├────┴──────────────────┴───────────┤
 *     │ Cải cách thể chế                  │   a group
 *     ├────┬──────────────────┬───────────┤
 *     │ 1  │ Xây dựng danh mục│ Văn phòng │
 *
 * Widths: "TT" and the deadline take what they need up to a ceiling; the rest is shared out 5 : 2 : 2 : 2.
 */
#include "emit/tree.h"

#include "emit/review.h"
#include "emit/ruled.h"

#define DEFAULT_COLUMNS 100
#define MIN_COLUMNS 60
#define MAX_COLUMNS 200
#define MOST_DOUBTS 10 /* places to look at that are named */

enum { NUMBER, TEXT, LEAD, COORDINATE, PRODUCT, DEADLINE, N_FIELDS };

static const char *const HEADERS[N_FIELDS] = { "TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn" };

static char *
joined (const GPtrArray *values)
{
    GString *out = g_string_new (NULL);
    for (guint i = 0; i < values->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "; " : "", ((const kh_value *)values->pdata[i])->text);
    return g_string_free (out, FALSE);
}

static const char *
or_empty (const char *text)
{
    return text == NULL ? "" : text;
}

/* The widths that fit into `columns` with rulings and padding. */
static void
share_out (int *widths, const GPtrArray *tasks, int columns)
{
    static const int ceilings[N_FIELDS] = { 6, 0, 0, 0, 0, 16 }, shares[N_FIELDS] = { 0, 5, 2, 2, 2, 0 };
    int room = columns - (3 * N_FIELDS + 1), total = 0;
    for (int f = 0; f < N_FIELDS; f++) {
        widths[f] = kh_ruled_width (HEADERS[f]);
        total += shares[f];
    }
    for (guint i = 0; i < tasks->len; i++) {
        const kh_task *task = tasks->pdata[i];
        widths[NUMBER] = MAX (widths[NUMBER], kh_ruled_width (or_empty (task->number.text)));
        widths[DEADLINE] = MAX (widths[DEADLINE], kh_ruled_width (or_empty (task->deadline.text.text)));
    }
    for (int f = 0; f < N_FIELDS; f++)
        if (shares[f] == 0) {
            widths[f] = MIN (widths[f], ceilings[f]);
            room -= widths[f];
        }
    int left = room;
    for (int f = N_FIELDS - 1; f >= 0; f--)
        if (shares[f] > 0 && f != TEXT)
            left -= widths[f] = MAX (room * shares[f] / total, 4);
    widths[TEXT] = MAX (left, 8);
}

static void
put_tasks (GString *out, const GPtrArray *tasks, int columns)
{
    int widths[N_FIELDS], inner = 3 * (N_FIELDS - 1);
    share_out (widths, tasks, columns);
    for (int f = 0; f < N_FIELDS; f++)
        inner += widths[f];
    kh_ruled_line (out, widths, N_FIELDS, "┌", "┬", "┐");
    kh_ruled_row (out, HEADERS, widths, N_FIELDS);
    const char *group = NULL;
    for (guint i = 0; i < tasks->len; i++) {
        const kh_task *task = tasks->pdata[i];
        gboolean new_group = g_strcmp0 (task->group.text, group) != 0;
        group = task->group.text;
        if (new_group && group != NULL) {
            kh_ruled_line (out, widths, N_FIELDS, "├", "┴", "┤");
            kh_ruled_row (out, &group, &inner, 1);
            kh_ruled_line (out, widths, N_FIELDS, "├", "┬", "┤");
        } else {
            kh_ruled_line (out, widths, N_FIELDS, "├", "┼", "┤");
        }
        g_autofree char *lead = joined (task->lead), *coordinate = joined (task->coordinate), *product = joined (task->product);
        const char *cells[N_FIELDS] = { or_empty (task->number.text),       or_empty (task->text.text), lead, coordinate, product,
                                        or_empty (task->deadline.text.text) };
        kh_ruled_row (out, cells, widths, N_FIELDS);
    }
    kh_ruled_line (out, widths, N_FIELDS, "└", "┴", "┘");
}

static void
put_summary (GString *out, const kh_record *record)
{
    const char *facts[] = { record->header.number.text, record->header.issuer.text, record->header.province.name,
                            record->header.date.text };
    gsize start = out->len;
    for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
        if (facts[i] != NULL)
            g_string_append_printf (out, "%s%s", out->len > start ? " · " : "", facts[i]);
    if (out->len > start)
        g_string_append_c (out, '\n');
    if (record->header.title.text != NULL)
        g_string_append_printf (out, "%s\n", record->header.title.text);
    g_string_append_printf (out, "%u trang · %u mục · %u nhiệm vụ · %u chỉ tiêu · %u chỗ cần xem lại\n\n", record->pages->len,
                            record->sections->len, record->tasks->len, record->targets->len, record->review->len);
}

void
kh_emit_table (GString *out, const kh_record *record, guint columns)
{
    int width = columns == 0 ? DEFAULT_COLUMNS : (int)CLAMP (columns, MIN_COLUMNS, MAX_COLUMNS);
    put_summary (out, record);
    if (record->tasks->len > 0)
        put_tasks (out, record->tasks, width);
    kh_review_write (out, record, MOST_DOUBTS);
}
