/* tasks.h - what the two ways of finding tasks share: rows of a table, and items of prose. */
#ifndef KH_PLAN_TASKS_H
#define KH_PLAN_TASKS_H

#include "core/record.h"

/* A new task at the end of record->tasks, with the next id; lists empty, all else null. */
kh_task *kh_task_add (kh_pool *pool, kh_record *record, kh_task_origin origin, const char *section);

/* The title of a section, or of the nearest one around it that has a title; null when there is none. */
kh_value kh_section_title_near (const kh_record *record, const kh_section *section);

/* The section with an id; NULL when there is none. */
const kh_section *kh_section_with_id (const kh_record *record, const char *id);

/* The tasks of a table with role tasks that stands in `section`. */
void kh_tasks_of_table (kh_pool *pool, kh_record *record, const kh_table *table, const kh_section *section);

/* The tasks of a section's own paragraphs; only for roles tasks and assignments. */
void kh_tasks_of_prose (kh_pool *pool, kh_record *record, const kh_section *section);

/* A review entry for a member of the task added last: "/tasks/11/deadline". */
void kh_task_review (kh_pool *pool, kh_record *record, const char *member, const char *reason);

#endif
