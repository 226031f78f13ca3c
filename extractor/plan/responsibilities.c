/* responsibilities.c - who does what in TỔ CHỨC THỰC HIỆN.
 *
 * Each leaf item of a section with that role is one. Whose it is:
 *   1. the body it is given to in so many words ("Giao Phòng A …"), or that it names before a colon
 *   2. the body the heading above names ("1. Văn phòng Sở"); where that is several ("Các phòng thuộc Sở"), the one of them that
 *      the item begins with
 *   3. the body the item it hangs below names ("a) Trung tâm X có trách nhiệm:")
 *   4. the subject of its sentence
 *   5. for running text, the body of the paragraph before
 * An item without any is none.
 */
#include "plan/doers.h"
#include "plan/parts.h"
#include "plan/prose.h"
#include "plan/tasks.h"
#include "plan/wording.h"
#include "viet/fold.h"
#include "viet/viet.h"

#include <string.h>

#define DEPTHS 8

typedef struct reader {
    kh_pool *pool;
    kh_record *record;
    const kh_section *section;
    kh_value heading;        /* the unit the section's heading (or one around it) names; null when none */
    kh_value above[DEPTHS];  /* by depth: the unit of the item that what follows hangs below */
    kh_value last;           /* of the responsibility before */
    gboolean introduced;     /* `last` is the unit of an item that ends in ":" right before */
} reader;

static kh_value
slice_value (kh_pool *pool, const kh_text *text, gsize start, gsize end)
{
    kh_text part = kh_text_slice (pool, text, start, end);
    return kh_value_of (pool, &part);
}

/* The unit named by the heading of a section, or of one around it within the same role. */
static kh_value
unit_of_heading (const reader *r)
{
    for (const kh_section *s = r->section; s != NULL && s->role == KH_ROLE_IMPLEMENTATION; s = kh_section_with_id (r->record, s->parent)) {
        gsize start, end;
        if (s->title.text == NULL || !kh_doer_of_heading (s->title.text, &start, &end))
            continue;
        return (kh_value){ kh_pool_strndup (r->pool, s->title.text + start, end - start), s->title.seen, NULL };
    }
    return KH_NULL_VALUE;
}

/* Running text behind the items that says of itself whose it is: it closes the plan and speaks of others than the heading
 * ("Trong quá trình thực hiện, … các đơn vị …", "UBND tỉnh giao Giám đốc các sở …"). */
static gboolean
is_closing_advice (const reader *r, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (r->section->paragraphs, i);
    if (paragraph->marker != NULL || i == 0)
        return FALSE;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, paragraph->text.text);
    kh_doer doer;
    gboolean last = i + 1 == r->section->paragraphs->len;
    return kh_fold_begins (fold, "trong qua trinh") || (last && kh_doer_find (paragraph->text.text, &doer) && doer.assigned);
}

/* "Các phòng thuộc Sở", "Trưởng các phòng" speak of several. */
static gboolean
is_collective (const char *unit, gsize length)
{
    g_autofree char *name = g_strndup (unit, length);
    g_autofree char *folded = kh_viet_fold (name);
    return g_str_has_prefix (folded, "cac ") || strstr (folded, " cac ") != NULL;
}

/* Does the item begin with one of the several bodies its heading names? */
static gboolean
is_one_of_heading (const reader *r, const kh_text *source, const kh_doer *doer)
{
    const char *heading = r->heading.text;
    return heading != NULL && is_collective (heading, strlen (heading)) && !is_collective (source->str + doer->start, doer->end - doer->start);
}

static kh_value
unit_of_item (const reader *r, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (r->section->paragraphs, i);
    const kh_text *source = paragraph->source;
    kh_doer doer;
    gboolean named = kh_doer_at_start (source->str, &doer);
    if (named && (doer.assigned || doer.before_colon || is_one_of_heading (r, source, &doer)))
        return slice_value (r->pool, source, doer.start, doer.end);
    kh_value above = paragraph->depth > 0 ? r->above[paragraph->depth - 1] : KH_NULL_VALUE;
    if (!is_closing_advice (r, i)) {
        if (r->heading.text != NULL)
            return r->heading;
        if (above.text != NULL && paragraph->depth > 1)
            return above;
        if (r->introduced && paragraph->marker == NULL && r->last.text != NULL)
            return r->last;
    }
    if (kh_doer_find (source->str, &doer))
        return slice_value (r->pool, source, doer.start, doer.end);
    g_autofree char *folded = kh_viet_fold (source->str);
    gboolean of_plan = g_str_has_prefix (folded, "ke hoach nay "); /* speaks of itself: "Kế hoạch này thay thế …" */
    return paragraph->marker == NULL && !of_plan ? r->last : KH_NULL_VALUE;
}

/* The unit that an item with items below it, or one that ends in ":", names for them. */
static kh_value
unit_for_items (const reader *r, const kh_paragraph *paragraph)
{
    const kh_text *source = paragraph->source;
    kh_doer doer;
    gsize start, end;
    if (kh_doer_at_start (source->str, &doer))
        return slice_value (r->pool, source, doer.start, doer.end);
    if (kh_word_count (source->str) <= 15 && kh_doer_of_heading (source->str, &start, &end))
        return slice_value (r->pool, source, start, end);
    return KH_NULL_VALUE;
}

static void
add_responsibility (reader *r, const kh_paragraph *paragraph, kh_value unit)
{
    r->last = unit;
    if (unit.text == NULL)
        return;
    kh_responsibility *responsibility = kh_pool_new0 (r->pool, kh_responsibility, 1);
    *responsibility = (kh_responsibility){ unit, paragraph->text, r->section->id };
    g_ptr_array_add (r->record->responsibilities, responsibility);
}

static void
read_section (reader *r)
{
    const kh_record *record = r->record;
    r->heading = unit_of_heading (r);
    r->last = KH_NULL_VALUE;
    r->introduced = FALSE;
    memset (r->above, 0, sizeof r->above);
    for (guint i = 0; i < r->section->paragraphs->len; i++) {
        const kh_paragraph *paragraph = g_ptr_array_index (r->section->paragraphs, i);
        if (paragraph->table != NULL || paragraph->text.text == NULL)
            continue;
        gboolean leads = kh_prose_has_items (r->section, i) || kh_prose_introduces (record, r->section, i);
        if (leads) {
            kh_value unit = unit_for_items (r, paragraph);
            if (paragraph->depth < DEPTHS)
                r->above[paragraph->depth] = unit;
            r->last = unit;
            r->introduced = TRUE;
        } else if (!kh_prose_is_frame (record, r->section, i)) {
            add_responsibility (r, paragraph, unit_of_item (r, i));
            r->introduced = r->introduced && paragraph->marker == NULL;
        }
    }
}

void
kh_plan_responsibilities (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    (void) zones;
    for (guint i = 0; i < record->sections->len; i++) {
        reader r = { .pool = pool, .record = record, .section = g_ptr_array_index (record->sections, i) };
        if (r.section->role == KH_ROLE_IMPLEMENTATION)
            read_section (&r);
    }
}
