#include "plan/plan.h"

#include "core/reasons.h"
#include "plan/checks.h"
#include "plan/listed.h"
#include "plan/parts.h"
#include "plan/signed.h"
#include "plan/trust.h"

void
kh_plan_review (kh_pool *pool, kh_record *record, const char *pointer, const char *reason)
{
    g_assert (kh_reason_of (reason) != NULL);
    kh_review_entry *entry = kh_pool_new0 (pool, kh_review_entry, 1);
    entry->pointer = kh_pool_strdup (pool, pointer);
    entry->reason = kh_pool_strdup (pool, reason);
    g_ptr_array_add (record->review, entry);
}

/* The header comes first: the plan's year dates what has no year. Bases hand the rest of the opening to the sections;
 * tasks, targets and responsibilities are read off the sections and tables. Then what is cited, and what does not agree; trust comes last. */
void
kh_plan_understand (const kh_flow *flow, kh_pool *pool, kh_record *record)
{
    kh_zones *zones = kh_zones_of (kh_signed_lines (kh_listed_tables (flow, pool), pool), pool);
    kh_plan_header (zones, pool, record);
    kh_plan_bases (zones, pool, record);
    kh_plan_province (zones, pool, record);
    kh_plan_sections (zones, pool, record);
    kh_plan_tasks (zones, pool, record);
    kh_check_deadlines (pool, record);
    kh_plan_targets (zones, pool, record);
    kh_plan_responsibilities (zones, pool, record);
    kh_plan_recipients (zones, pool, record);
    kh_plan_signatures (zones, pool, record);
    kh_plan_citations (pool, record);
    kh_plan_check_references (pool, record);
    kh_plan_check_appendices (zones, pool, record);
    kh_plan_keys (pool, record);
    kh_check_plan_date (pool, record);
    kh_check_units (pool, record);
    kh_check_section_numbers (pool, record);
    kh_plan_trust (pool, record);
}
