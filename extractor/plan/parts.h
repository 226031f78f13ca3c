/* parts.h - the parsers behind kh_plan_understand(), one a zone, in the order in which they run (plan.c). */
#ifndef KH_PLAN_PARTS_H
#define KH_PLAN_PARTS_H

#include "core/record.h"
#include "plan/zones.h"

/* record->header: issuer, number, place and date, type, title, period. */
void kh_plan_header (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* Type and title of the header. */
void kh_plan_title (const kh_zones *zones, kh_pool *pool, kh_header *header);

/* record->bases; what is no base of the opening goes to zones->introduction. */
void kh_plan_bases (kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->header.province; header and bases are there. */
void kh_plan_province (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->sections and record->tables (grid, columns, role), from introduction, body, after, appendices. Header is there. */
void kh_plan_sections (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->tasks, from the tables and from the prose of the sections. */
void kh_plan_tasks (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->targets. */
void kh_plan_targets (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->responsibilities. */
void kh_plan_responsibilities (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->recipients. */
void kh_plan_recipients (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* record->signature and ->signatures. */
void kh_plan_signatures (const kh_zones *zones, kh_pool *pool, kh_record *record);

/* The references of paragraphs and tasks. */
void kh_plan_citations (kh_pool *pool, kh_record *record);

/* Review entries for references that cannot be right: a day that does not exist (date_impossible) or lies after the plan's own
 * (date_after_plan), a number of another year than the day (year_differs). */
void kh_plan_check_references (kh_pool *pool, kh_record *record);

/* Review entries for paragraphs that point to an appendix the document does not have (appendix_missing). */
void kh_plan_check_appendices (const kh_zones *zones, kh_pool *pool, kh_record *record);
/* The keys of all units (kh_value.key), when all the rest is there. */
void kh_plan_keys (kh_pool *pool, kh_record *record);

/* Appends a review entry: what a clerk should look at, with one of the reasons of core/reasons.h. Strings are copied. */
void kh_plan_review (kh_pool *pool, kh_record *record, const char *pointer, const char *reason);

#endif
