/* citations.c - what paragraphs and tasks cite. */
#include "plan/parts.h"
#include "plan/references.h"

/* What a text cites; the plan itself, named in its appendices (Kèm theo Kế hoạch số …), is no reference. */
static GPtrArray *
citations_of (kh_pool *pool, const kh_record *record, const kh_text *text)
{
    GPtrArray *list = kh_references_of (pool, text);
    for (guint i = list->len; i-- > 0;) {
        const kh_reference *one = g_ptr_array_index (list, i);
        if (one->number.text != NULL && g_strcmp0 (one->number.text, record->header.number.text) == 0)
            g_ptr_array_remove_index (list, i);
    }
    return list;
}

void
kh_plan_citations (kh_pool *pool, kh_record *record)
{
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = g_ptr_array_index (record->sections, i);
        for (guint k = 0; k < section->paragraphs->len; k++) {
            kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
            if (paragraph->source != NULL)
                paragraph->references = citations_of (pool, record, paragraph->source);
        }
    }
    for (guint i = 0; i < record->tasks->len; i++) {
        kh_task *task = g_ptr_array_index (record->tasks, i);
        if (task->source != NULL)
            task->references = citations_of (pool, record, task->source);
    }
}
