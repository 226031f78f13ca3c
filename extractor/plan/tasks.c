#include "plan/tasks.h"

#include "plan/parts.h"

#include <string.h>

kh_task *
kh_task_add (kh_pool *pool, kh_record *record, kh_task_origin origin, const char *section)
{
    kh_task *task = kh_pool_new0 (pool, kh_task, 1);
    task->id = kh_pool_printf (pool, "t%u", record->tasks->len + 1);
    task->origin = origin;
    task->section = section;
    task->lead = kh_pool_list (pool);
    task->coordinate = kh_pool_list (pool);
    task->product = kh_pool_list (pool);
    task->other = kh_pool_list (pool);
    g_ptr_array_add (record->tasks, task);
    return task;
}

void
kh_task_review (kh_pool *pool, kh_record *record, const char *member, const char *reason)
{
    g_autofree char *pointer = g_strdup_printf ("/tasks/%u/%s", record->tasks->len - 1, member);
    kh_plan_review (pool, record, pointer, reason);
}

const kh_section *
kh_section_with_id (const kh_record *record, const char *id)
{
    for (guint i = 0; id != NULL && i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        if (strcmp (section->id, id) == 0)
            return section;
    }
    return NULL;
}

kh_value
kh_section_title_near (const kh_record *record, const kh_section *section)
{
    while (section != NULL && section->title.text == NULL)
        section = kh_section_with_id (record, section->parent);
    return section != NULL ? section->title : KH_NULL_VALUE;
}

static const kh_table *
table_with_id (const kh_record *record, const char *id)
{
    for (guint i = 0; id != NULL && i < record->tables->len; i++) {
        const kh_table *table = g_ptr_array_index (record->tables, i);
        if (strcmp (table->id, id) == 0)
            return table;
    }
    return NULL;
}

void
kh_plan_tasks (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    (void) zones;
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        kh_tasks_of_prose (pool, record, section);
        for (guint k = 0; k < section->paragraphs->len; k++) {
            const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
            const kh_table *table = table_with_id (record, paragraph->table);
            if (table != NULL && table->role == KH_TABLE_TASKS)
                kh_tasks_of_table (pool, record, table, section);
        }
    }
}
