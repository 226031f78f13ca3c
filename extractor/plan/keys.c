/* keys.c - beside each name of a body in the record, its one spelling (unit_key.h). */
#include "plan/parts.h"
#include "plan/unit_key.h"

static void
add_key (kh_pool *pool, kh_value *value, const kh_province *home)
{
    value->key = kh_unit_key (pool, value->text, home);
}

static void
add_keys (kh_pool *pool, const GPtrArray *values, const kh_province *home)
{
    for (guint i = 0; i < values->len; i++)
        add_key (pool, g_ptr_array_index (values, i), home);
}

void
kh_plan_keys (kh_pool *pool, kh_record *record)
{
    const kh_province *home = &record->header.province;
    add_key (pool, &record->header.issuer, home);
    add_key (pool, &record->header.parent, home);
    for (guint i = 0; i < record->bases->len; i++) {
        const kh_base *base = g_ptr_array_index (record->bases, i);
        for (guint k = 0; k < base->references->len; k++)
            add_key (pool, &((kh_reference *) g_ptr_array_index (base->references, k))->issuer, home);
    }
    for (guint i = 0; i < record->tasks->len; i++) {
        const kh_task *task = g_ptr_array_index (record->tasks, i);
        add_keys (pool, task->lead, home);
        add_keys (pool, task->coordinate, home);
    }
    for (guint i = 0; i < record->responsibilities->len; i++)
        add_key (pool, &((kh_responsibility *) g_ptr_array_index (record->responsibilities, i))->unit, home);
    add_keys (pool, record->recipients, home);
}
