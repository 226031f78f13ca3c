/* Targets are read where a plan promises: in the sections, in the order in which they are read, and in the tables that
 * stand in them. Results and scope (role other) and money (funding) promise nothing.
 *
 * What says by when, the nearest first:
 *     the clause          "đến năm 2025, giảm 10% …"                        (target_due.c)
 *     the sentence        "Năm 2022, …; …"
 *     the line above      "Đến năm 2025:" with items below it
 *     the headings        "a) Đến năm 2025", from the innermost outwards
 *     the plan            the end of its period
 */
#include "plan/targets.h"
#include "plan/parts.h"

#include "core/flow.h"
#include "plan/wording.h"
#include "plan/tasks.h"

#include <string.h>

#define MOST_TITLE_WORDS 20 /* a longer heading is a sentence with its own matter */

void
kh_target_add (const kh_target_frame *frame, kh_target target, kh_claim claim)
{
    target.id = kh_pool_printf (frame->pool, "g%u", frame->targets->len + 1);
    target.section = frame->section;
    g_ptr_array_add (frame->targets, kh_pool_memdup (frame->pool, &target, sizeof target));
    if (frame->claims != NULL)
        g_ptr_array_add (frame->claims, kh_pool_memdup (frame->pool, &claim, sizeof claim));
}

/* The first day of the plan, or of the year of its date; before it lies the past. */
static const char *
plan_start (kh_pool *pool, const kh_header *header)
{
    if (header->period_start.text != NULL)
        return header->period_start.text;
    return header->date.text == NULL ? NULL : kh_pool_printf (pool, "%.4s-01-01", header->date.text);
}

static int
plan_year (const kh_header *header)
{
    const char *start = header->period_start.text, *end = header->period_end.text;
    return start != NULL && end != NULL && strncmp (start, end, 4) == 0 ? atoi (start) : 0;
}

static const char *
due_of_headings (const kh_target_frame *frame, const kh_record *record, const kh_section *section)
{
    guint steps = 0;
    for (; section != NULL && steps < 20; section = kh_section_with_id (record, section->parent), steps++) {
        const char *by = section->title.text == NULL ? NULL : kh_due_of_heading (frame, section->title.text);
        if (by != NULL)
            return by;
    }
    return record->header.period_end.text;
}

/* What the headings speak of, the innermost first. */
static const char *
topic_of_headings (const kh_target_frame *frame, const kh_record *record, const kh_section *section)
{
    const char *topic = NULL;
    guint steps = 0;
    for (; section != NULL && topic == NULL && steps < 20; section = kh_section_with_id (record, section->parent), steps++)
        if (section->title.text != NULL && kh_word_count (section->title.text) <= MOST_TITLE_WORDS) {
            const kh_fold *fold = kh_fold_new (frame->pool, section->title.text);
            topic = kh_topic_of (fold, 0, fold->length, FALSE);
        }
    return topic;
}

static const kh_table *
table_named (const kh_record *record, const char *id)
{
    for (guint i = 0; i < record->tables->len; i++) {
        const kh_table *table = record->tables->pdata[i];
        if (strcmp (table->id, id) == 0)
            return table;
    }
    return NULL;
}

/* The text column of a task table: a row that states a share is a task and a target. */
static void
task_table_targets (const kh_target_frame *frame, const kh_table *table)
{
    for (guint c = 0; c < table->columns->len && c < (guint)table->grid->n_cols; c++) {
        const kh_table_column *column = table->columns->pdata[c];
        if (g_strcmp0 (column->field, "text") != 0)
            continue;
        for (int row = table->first_row; row < table->grid->n_rows; row++) {
            const kh_cell *cell = kh_grid_cell (table->grid, row, c);
            if (cell != NULL && cell->col_span < table->grid->n_cols)
                kh_targets_of_text (frame, &cell->text);
        }
    }
}

static gboolean
ends_with_colon (const char *text)
{
    gsize length = strlen (text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length > 0 && text[length - 1] == ':';
}

/* A heading may be a sentence that promises ("4. Củng cố … . 100% cán bộ y tế nắm được …"). Its words are known as a whole
 * only: what is read off it stands where it stands. */
static void
title_targets (const kh_target_frame *frame, const kh_value *title)
{
    if (title->text == NULL)
        return;
    kh_text text = { title->text, 0, NULL };
    guint first = frame->targets->len;
    kh_targets_of_text (frame, &text);
    for (guint i = first; i < frame->targets->len; i++) {
        kh_target *target = frame->targets->pdata[i];
        target->text.seen = target->subject.seen = target->unit.seen = target->value_seen = title->seen;
        if (target->baseline.text.text != NULL)
            target->baseline.text.seen = title->seen;
    }
}

static void
section_targets (kh_target_frame frame, const kh_record *record, const kh_section *section)
{
    const char *by = frame.by = due_of_headings (&frame, record, section);
    frame.topic = topic_of_headings (&frame, record, section);
    title_targets (&frame, &section->title);
    int intro = -1; /* depth of the line that dates what hangs below it; -1: none */
    for (guint i = 0; i < section->paragraphs->len; i++) {
        const kh_paragraph *paragraph = section->paragraphs->pdata[i];
        if (paragraph->table != NULL) {
            const kh_table *table = table_named (record, paragraph->table);
            if (table != NULL && table->role == KH_TABLE_TARGETS)
                kh_targets_of_table (&frame, table);
            else if (table != NULL && table->role == KH_TABLE_TASKS)
                task_table_targets (&frame, table);
            continue;
        }
        if (paragraph->source == NULL)
            continue;
        if (paragraph->depth <= intro) {
            intro = -1;
            frame.by = by;
        }
        if (ends_with_colon (paragraph->source->str)) {
            const char *due = kh_due_of_heading (&frame, paragraph->source->str);
            if (due != NULL) {
                intro = paragraph->depth;
                frame.by = due;
            }
        }
        kh_targets_of_text (&frame, paragraph->source);
    }
}

void
kh_plan_targets (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    (void)zones;
    kh_target_frame frame = { .pool = pool, .targets = record->targets };
    frame.claims = kh_pool_list (pool);
    frame.plan_start = plan_start (pool, &record->header);
    frame.plan_end = record->header.period_end.text;
    frame.year = plan_year (&record->header);
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *section = record->sections->pdata[i];
        frame.role = section->role;
        frame.section = section->id;
        if (section->role != KH_ROLE_OTHER && section->role != KH_ROLE_FUNDING)
            section_targets (frame, record, section);
    }
    kh_targets_compare (pool, record, frame.claims);
}
