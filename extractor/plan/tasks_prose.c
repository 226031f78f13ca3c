/* tasks_prose.c - the leaf items of sections that are about tasks or assignments.
 *
 * Lead, coordinating bodies and deadline are taken only where the text assigns them in so many words:
 *
 *   Giao Phòng A chủ trì, phối hợp với Phòng B rà soát …, hoàn thành trước ngày 30/6/2024.
 *   Văn phòng Sở chủ trì, phối hợp với các phòng …
 *   … Đơn vị chủ trì: Phòng A. Thời gian: Quý I/2024.
 *
 * or where the heading of an assignments section names the body. A line that only says when or who ("Thời gian kiểm tra: Quý
 * III/2018.") belongs to the tasks it closes.
 */
#include "plan/columns.h"
#include "plan/dates.h"
#include "plan/deadlines.h"
#include "plan/doers.h"
#include "plan/prose.h"
#include "plan/tasks.h"
#include "plan/units.h"
#include "viet/fold.h"

#include <string.h>

static void
append (GPtrArray *list, const GPtrArray *more)
{
    for (guint i = 0; i < more->len; i++)
        g_ptr_array_add (list, g_ptr_array_index (more, i));
}

static void
add_unit (kh_pool *pool, GPtrArray *list, const kh_text *text, gsize start, gsize end)
{
    kh_text name = kh_text_slice (pool, text, start, end);
    kh_value *value = kh_pool_new0 (pool, kh_value, 1);
    *value = kh_value_of (pool, &name);
    if (value->text != NULL)
        g_ptr_array_add (list, value);
}

/* ------------------------------------------------------------------ who, in the sentence */

/* "…, phối hợp với Y và Z rà soát": the bodies named behind folded byte `at`, up to the verb. */
static void
add_partners (kh_pool *pool, kh_task *task, const kh_text *text, const char *at)
{
    gsize offset = (gsize) (at - text->str);
    g_autofree char *first = g_utf8_strup (at, g_utf8_next_char (at) - at);
    g_autofree char *raised = g_strconcat (first, g_utf8_next_char (at), NULL);
    gsize raised_length = kh_unit_name (raised);
    if (raised_length == 0)
        return;
    gsize shift = strlen (first) - (gsize) (g_utf8_next_char (at) - at);
    kh_text names = kh_text_slice (pool, text, offset, offset + raised_length - shift);
    append (task->coordinate, kh_units_of_text (pool, &names));
}

/* Is the predicate "chủ trì"; and where do its partners begin? */
static gboolean
leads (kh_pool *pool, const char *predicate, const char **partners)
{
    const kh_fold *fold = kh_fold_new (pool, predicate);
    *partners = NULL;
    if (!kh_fold_begins (fold, "chu tri"))
        return FALSE;
    static const char *const WORDS[] = { "phoi hop chat che voi", "phoi hop voi", "phoi hop cung voi", "phoi hop cung", "phoi hop" };
    for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
        gssize at = kh_fold_find (fold, WORDS[i], 0);
        if (at < 0 || at > (gssize) strlen ("chu tri, dong thoi "))
            continue;
        const char *behind = predicate + kh_fold_end (fold, (gsize) at + strlen (WORDS[i]));
        *partners = behind + strspn (behind, " ");
        break;
    }
    return TRUE;
}

/* The doer of a sentence that assigns; FALSE when the text assigns nothing. */
static gboolean
fill_doer (kh_pool *pool, kh_task *task, const kh_text *text)
{
    kh_doer doer;
    const char *partners = NULL;
    gboolean given = kh_doer_assigned (text->str, &doer);
    if (!given && (!kh_doer_at_start (text->str, &doer) || doer.before_colon || doer.assigned))
        return FALSE;
    gboolean chairs = leads (pool, text->str + MIN (doer.predicate, strlen (text->str)), &partners);
    if (!given && !chairs)
        return FALSE;
    kh_text names = kh_text_slice (pool, text, doer.start, doer.end);
    append (task->lead, kh_units_of_text (pool, &names));
    if (partners != NULL && *partners != '\0')
        add_partners (pool, task, text, partners);
    return TRUE;
}

/* When an assigned task is to be finished: the time behind "hoàn thành", "xong", "thời hạn", "trước ngày". */
static void
fill_due (kh_pool *pool, kh_record *record, kh_task *task, const kh_text *text)
{
    static const char *const WORDS[] = { "hoan thanh", "xong", "thoi han", "thoi gian", "truoc ngay", "cham nhat" };
    const kh_fold *fold = kh_fold_new (pool, text->str);
    for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
        gssize at = kh_fold_find (fold, WORDS[i], 0);
        kh_time time;
        if (at < 0 || !kh_time_find (fold, (gsize) at, &time) || time.start > (gsize) at + 60)
            continue;
        kh_text clause = kh_text_slice (pool, text, fold->at[time.start], kh_fold_end (fold, time.end));
        task->deadline = kh_deadline_of (pool, &clause, &record->header, NULL);
        return;
    }
}

/* ------------------------------------------------------------------ labels */

/* "Sở Nội vụ chủ trì tham mưu …" behind a label says who and goes on: the name alone. */
static void
add_leads (kh_pool *pool, kh_task *task, const kh_text *value)
{
    kh_doer doer;
    if (kh_doer_at_start (value->str, &doer) && !doer.before_colon) {
        kh_text names = kh_text_slice (pool, value, doer.start, doer.end);
        append (task->lead, kh_units_of_text (pool, &names));
    } else
        append (task->lead, kh_units_of_text (pool, value));
}

static void
apply_label (kh_pool *pool, kh_record *record, kh_task *task, const char *field, const kh_text *value)
{
    if (field == KH_FIELD_LEAD && task->lead->len == 0)
        add_leads (pool, task, value);
    else if (field == KH_FIELD_COORDINATE && task->coordinate->len == 0)
        append (task->coordinate, kh_units_of_text (pool, value));
    else if (field == KH_FIELD_PRODUCT && task->product->len == 0)
        add_unit (pool, task->product, value, 0, strlen (value->str));
    else if (field == KH_FIELD_BUDGET && task->budget.text == NULL)
        task->budget = kh_value_of (pool, value);
    else if (field == KH_FIELD_DEADLINE && task->deadline.kind == KH_DEADLINE_NONE)
        task->deadline = kh_deadline_of (pool, value, &record->header, NULL);
}

static kh_text
value_of_label (kh_pool *pool, const kh_text *text, gsize start, gsize end)
{
    while (end > start && strchr (" .;", text->str[end - 1]) != NULL)
        end--;
    return kh_text_slice (pool, text, start, end);
}

/* "… Đơn vị chủ trì: X. Thời gian: Quý I.": labels that begin a sentence of the item. */
static gboolean
fill_labels (kh_pool *pool, kh_record *record, kh_task *task, const kh_text *text)
{
    gboolean found = FALSE;
    const char *next = text->str; /* where the next sentence begins; NULL behind the last */
    while (next != NULL) {
        const char *sentence = next;
        const char *stop = strpbrk (sentence, ".;");
        while (stop != NULL && stop[1] != ' ')
            stop = strpbrk (stop + 1, ".;");
        next = stop == NULL ? NULL : stop + 2;
        gsize length = stop == NULL ? strlen (sentence) : (gsize) (stop - sentence), value;
        g_autofree char *own = g_strndup (sentence, length);
        const char *field = sentence > text->str ? kh_prose_label (own, &value) : NULL;
        if (field == NULL)
            continue;
        gsize at = (gsize) (sentence - text->str);
        kh_text says = value_of_label (pool, text, at + value, at + length);
        apply_label (pool, record, task, field, &says);
        found = TRUE;
    }
    return found;
}

/* ------------------------------------------------------------------ items */

/* "Năm 2023 … đã …": what has been done is no task. */
static gboolean
is_past_report (kh_pool *pool, const kh_record *record, const char *text)
{
    const kh_fold *fold = kh_fold_new (pool, text);
    const char *start = record->header.period_start.text;
    kh_time time;
    if (start == NULL || !kh_time_find (fold, 0, &time) || time.start > 12 || !time.has_year || time.last.year >= atoi (start))
        return FALSE;
    return kh_fold_find (fold, "da", 0) >= 0 || kh_fold_find (fold, "dat", 0) >= 0;
}

static gboolean
is_item (kh_pool *pool, const kh_record *record, const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    return !kh_prose_is_frame (record, section, i) && !kh_prose_has_items (section, i)
           && !is_past_report (pool, record, paragraph->text.text);
}

/* A line that is a label and nothing else fills the tasks from `first` on. */
static void
apply_line (kh_pool *pool, kh_record *record, const kh_paragraph *paragraph, guint first)
{
    gsize value;
    const char *field = kh_prose_label (paragraph->source->str, &value);
    kh_text says = value_of_label (pool, paragraph->source, value, strlen (paragraph->source->str));
    for (guint i = first; i < record->tasks->len; i++)
        apply_label (pool, record, g_ptr_array_index (record->tasks, i), field, &says);
}

/* Do the headings beside this one name bodies, too: is the list who does what, whatever its role? */
static gboolean
stands_among_bodies (const kh_record *record, const kh_section *section)
{
    guint bodies = 0, siblings = 0;
    gsize start, end;
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *other = g_ptr_array_index (record->sections, i);
        if (section->parent == NULL || g_strcmp0 (other->parent, section->parent) != 0)
            continue;
        siblings++;
        bodies += other->title.text != NULL && kh_doer_of_heading (other->title.text, &start, &end);
    }
    return bodies >= 2 && bodies * 3 >= siblings * 2;
}

/* The body whose tasks the section lists, by its heading; null when it names none. */
static kh_value
body_of_heading (kh_pool *pool, const kh_record *record, const kh_section *section)
{
    gsize start, end;
    const char *title = section->title.text;
    if (title == NULL || !kh_doer_of_heading (title, &start, &end))
        return KH_NULL_VALUE;
    if (section->role != KH_ROLE_ASSIGNMENTS && !stands_among_bodies (record, section))
        return KH_NULL_VALUE;
    return (kh_value){ kh_pool_strndup (pool, title + start, end - start), section->title.seen, NULL };
}

/* Below a heading that names a body, what is assigned is that body's. */
static void
fill_from_heading (kh_pool *pool, kh_task *task, kh_value body)
{
    if (body.text == NULL)
        return;
    task->group = body;
    if (task->lead->len > 0)
        return;
    kh_text names = { body.text, 0, NULL };
    append (task->lead, kh_units_of_text (pool, &names));
    for (guint i = 0; i < task->lead->len; i++)
        ((kh_value *) g_ptr_array_index (task->lead, i))->seen = body.seen;
}

static char *
number_of_marker (kh_pool *pool, const char *marker)
{
    if (marker == NULL || !g_unichar_isalnum (g_utf8_get_char (marker + (*marker == '('))))
        return NULL;
    const char *start = marker + (*marker == '(');
    gsize length = strlen (start);
    while (length > 0 && strchr (".)/-:, ", start[length - 1]) != NULL)
        length--;
    return kh_pool_strndup (pool, start, length);
}

static void
add_item (kh_pool *pool, kh_record *record, const kh_section *section, const kh_paragraph *paragraph, kh_value body)
{
    kh_task *task = kh_task_add (pool, record, KH_TASK_PROSE, section->id);
    task->text = paragraph->text;
    task->source = paragraph->source;
    if (section->title.text != NULL) {
        task->group = section->title;
        task->number = kh_value_derived (pool, number_of_marker (pool, paragraph->marker), NULL);
    } else { /* a numbered sentence among headings: the number is its section's */
        task->group = kh_section_title_near (record, section);
        task->number = paragraph->marker == NULL ? section->number : KH_NULL_VALUE;
    }
    gboolean assigned = fill_doer (pool, task, paragraph->source);
    fill_labels (pool, record, task, paragraph->source);
    if (assigned && task->deadline.kind == KH_DEADLINE_NONE)
        fill_due (pool, record, task, paragraph->source);
    fill_from_heading (pool, task, body);
}

/* A section of nothing but labels: its heading is the task. */
static void
add_heading (kh_pool *pool, kh_record *record, const kh_section *section)
{
    if (section->title.text == NULL)
        return;
    kh_task *task = kh_task_add (pool, record, KH_TASK_PROSE, section->id);
    task->text = section->title;
    task->number = section->number;
    task->group = kh_section_title_near (record, kh_section_with_id (record, section->parent));
}

void
kh_tasks_of_prose (kh_pool *pool, kh_record *record, const kh_section *section)
{
    if (section->role != KH_ROLE_TASKS && section->role != KH_ROLE_ASSIGNMENTS)
        return;
    kh_value body = body_of_heading (pool, record, section);
    guint first = record->tasks->len; /* of the tasks that the next label closes */
    gboolean closed = FALSE;
    for (guint i = 0; i < section->paragraphs->len; i++) {
        const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
        if (kh_prose_is_label (paragraph)) {
            if (record->tasks->len == first && !closed)
                add_heading (pool, record, section);
            apply_line (pool, record, paragraph, first);
            closed = TRUE;
        } else if (is_item (pool, record, section, i)) {
            first = closed ? record->tasks->len : first;
            closed = FALSE;
            add_item (pool, record, section, paragraph, body);
        }
    }
}
