/* check_references.c - references that cannot be right, for a person to look at. */
#include "plan/parts.h"

#include <stdlib.h>
#include <string.h>

/* The year in a number ("71/2022/TT-BTC"); 0 when it has none. */
static int
year_of_number (const char *number)
{
    const char *slash = strchr (number, '/');
    if (slash == NULL || strspn (slash + 1, "0123456789") != 4 || slash[5] != '/')
        return 0;
    return atoi (slash + 1);
}

/* ISO days, of which months and days may be lacking: is the first later than the second, as far as both go? */
static gboolean
is_later (const char *one, const char *other)
{
    return strncmp (one, other, MIN (strlen (one), strlen (other))) > 0;
}

static const char *
fault_of (const kh_reference *one, const char *plan)
{
    if (one->date_impossible)
        return "date_impossible";
    if (one->date.text == NULL)
        return NULL;
    if (plan != NULL && is_later (one->date.text, plan))
        return "date_after_plan";
    int year = one->number.text != NULL ? year_of_number (one->number.text) : 0;
    return year != 0 && year != atoi (one->date.text) ? "year_differs" : NULL;
}

static void
check (kh_pool *pool, kh_record *record, const GPtrArray *references, const char *pointer)
{
    for (guint i = 0; references != NULL && i < references->len; i++) {
        const char *fault = fault_of (g_ptr_array_index (references, i), record->header.date.text);
        if (fault == NULL)
            continue;
        g_autofree char *date = g_strdup_printf ("%s/references/%u/date", pointer, i);
        kh_plan_review (pool, record, date, fault);
    }
}

void
kh_plan_check_references (kh_pool *pool, kh_record *record)
{
    for (guint i = 0; i < record->bases->len; i++) {
        const kh_base *base = g_ptr_array_index (record->bases, i);
        g_autofree char *pointer = g_strdup_printf ("/bases/%u", i);
        check (pool, record, base->references, pointer);
    }
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        for (guint k = 0; k < section->paragraphs->len; k++) {
            const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
            g_autofree char *pointer = g_strdup_printf ("/sections/%u/paragraphs/%u", i, k);
            check (pool, record, paragraph->references, pointer);
        }
    }
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *task = g_ptr_array_index (record->tasks, i);
        g_autofree char *pointer = g_strdup_printf ("/tasks/%u", i);
        if (task->origin == KH_TASK_TABLE) /* one of prose is a paragraph that has been looked at */
            check (pool, record, task->references, pointer);
    }
}
