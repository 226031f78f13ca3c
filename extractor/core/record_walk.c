#include "core/record_walk.h"

typedef struct walk {
    GString *pointer;
    kh_visitor visit;
    gpointer user_data;
} walk;

static void
visit (walk *w, const char *key, kh_value_kind kind, const char *text, kh_evidence *seen)
{
    if (text == NULL || *text == '\0')
        return;
    gsize mark = w->pointer->len;
    if (key != NULL)
        g_string_append_printf (w->pointer, "/%s", key);
    kh_visited visited = { w->pointer->str, kind, text, seen };
    w->visit (&visited, w->user_data);
    g_string_truncate (w->pointer, mark);
}

static void
visit_value (walk *w, const char *key, kh_value_kind kind, kh_value *value)
{
    visit (w, key, kind, value->text, &value->seen);
}

/* Goes to "/list/index"; comes back by truncating to what it returns. */
static gsize
go_to (walk *w, const char *list, guint index)
{
    gsize mark = w->pointer->len;
    g_string_append_printf (w->pointer, "/%s/%u", list, index);
    return mark;
}

/* Null items are not written, so they have no index. */
static void
visit_list (walk *w, const char *key, kh_value_kind kind, const GPtrArray *list)
{
    guint written = 0;
    for (guint i = 0; i < list->len; i++) {
        kh_value *value = list->pdata[i];
        if (value->text == NULL || *value->text == '\0')
            continue;
        gsize mark = go_to (w, key, written++);
        visit_value (w, NULL, kind, value);
        g_string_truncate (w->pointer, mark);
    }
}

static void
walk_header (walk *w, kh_header *header)
{
    g_string_assign (w->pointer, "/header");
    visit_value (w, "issuer", KH_VALUE_UNIT, &header->issuer);
    visit_value (w, "parent", KH_VALUE_UNIT, &header->parent);
    visit_value (w, "number", KH_VALUE_FIGURES, &header->number);
    visit_value (w, "place", KH_VALUE_ITEM, &header->place);
    visit_value (w, "date", KH_VALUE_FIGURES, &header->date);
    visit_value (w, "type", KH_VALUE_TITLE, &header->type);
    visit_value (w, "title", KH_VALUE_TITLE, &header->title);
    visit_value (w, "period/start", KH_VALUE_FIGURES, &header->period_start);
    visit_value (w, "period/end", KH_VALUE_FIGURES, &header->period_end);
    g_string_truncate (w->pointer, 0);
}

static void
walk_references (walk *w, const GPtrArray *references)
{
    for (guint i = 0; references != NULL && i < references->len; i++) {
        kh_reference *reference = references->pdata[i];
        gsize mark = go_to (w, "references", i);
        visit_value (w, "type", KH_VALUE_ITEM, &reference->type);
        visit_value (w, "number", KH_VALUE_FIGURES, &reference->number);
        visit_value (w, "date", KH_VALUE_FIGURES, &reference->date);
        visit_value (w, "issuer", KH_VALUE_UNIT, &reference->issuer);
        g_string_truncate (w->pointer, mark);
    }
}

static void
walk_base (walk *w, kh_base *base)
{
    visit_value (w, "text", KH_VALUE_TEXT, &base->text);
    walk_references (w, base->references);
}

static void
walk_section (walk *w, kh_section *section)
{
    visit_value (w, "number", KH_VALUE_FIGURES, &section->number);
    visit_value (w, "title", KH_VALUE_TITLE, &section->title);
    guint written = 0;
    for (guint i = 0; i < section->paragraphs->len; i++) {
        kh_paragraph *paragraph = section->paragraphs->pdata[i];
        gboolean is_empty = paragraph->text.text == NULL || *paragraph->text.text == '\0';
        if (is_empty && paragraph->table == NULL && paragraph->marker == NULL)
            continue; /* not written */
        gsize mark = go_to (w, "paragraphs", written++);
        if (paragraph->table == NULL && !is_empty) {
            visit_value (w, "text", KH_VALUE_TEXT, &paragraph->text);
            walk_references (w, paragraph->references);
        }
        g_string_truncate (w->pointer, mark);
    }
}

static void
walk_task (walk *w, kh_task *task)
{
    visit_value (w, "group", KH_VALUE_TITLE, &task->group);
    visit_value (w, "number", KH_VALUE_FIGURES, &task->number);
    visit_value (w, "text", KH_VALUE_TEXT, &task->text);
    visit_list (w, "lead", KH_VALUE_UNIT, task->lead);
    visit_list (w, "coordinate", KH_VALUE_UNIT, task->coordinate);
    visit_list (w, "product", KH_VALUE_ITEM, task->product);
    if (task->deadline.kind != KH_DEADLINE_NONE)
        visit_value (w, "deadline", KH_VALUE_FIGURES, &task->deadline.text);
    visit_value (w, "budget", KH_VALUE_FIGURES, &task->budget);
    visit_value (w, "notes", KH_VALUE_ITEM, &task->notes);
    walk_references (w, task->references);
}

static void
walk_target (walk *w, kh_target *target)
{
    visit_value (w, "text", KH_VALUE_TEXT, &target->text);
    visit_value (w, "subject", KH_VALUE_TEXT, &target->subject);
    visit_value (w, "baseline", KH_VALUE_FIGURES, &target->baseline.text);
    visit (w, "value", KH_VALUE_FIGURES, target->text.text, &target->value_seen);
    visit_value (w, "unit", KH_VALUE_ITEM, &target->unit);
}

static void
walk_responsibility (walk *w, kh_responsibility *one)
{
    visit_value (w, "unit", KH_VALUE_UNIT, &one->unit);
    visit_value (w, "text", KH_VALUE_TEXT, &one->text);
}

static void
walk_signature (walk *w, kh_signature *signature)
{
    visit_value (w, "authority", KH_VALUE_ITEM, &signature->authority);
    visit_value (w, "position", KH_VALUE_ITEM, &signature->position);
    visit_value (w, "name", KH_VALUE_NAME, &signature->name);
}

/* Each item of a list of the record, with its walker. */
#define WALK_ALL(w, record, list, type, walker)                      \
    for (guint i = 0; i < (record)->list->len; i++) {                \
        gsize mark = go_to ((w), #list, i);                          \
        walker ((w), (type *) g_ptr_array_index ((record)->list, i)); \
        g_string_truncate ((w)->pointer, mark);                      \
    }

void
kh_walk_values (const kh_record *record, kh_visitor visitor, gpointer user_data)
{
    walk w = { g_string_new (NULL), visitor, user_data };
    walk_header (&w, (kh_header *) &record->header);
    WALK_ALL (&w, record, bases, kh_base, walk_base);
    WALK_ALL (&w, record, sections, kh_section, walk_section);
    WALK_ALL (&w, record, tasks, kh_task, walk_task);
    WALK_ALL (&w, record, targets, kh_target, walk_target);
    WALK_ALL (&w, record, responsibilities, kh_responsibility, walk_responsibility);
    visit_list (&w, "recipients", KH_VALUE_ITEM, record->recipients);
    g_string_assign (w.pointer, "/signature");
    walk_signature (&w, (kh_signature *) &record->signature);
    g_string_truncate (w.pointer, 0);
    WALK_ALL (&w, record, signatures, kh_signature, walk_signature);
    g_string_free (w.pointer, TRUE);
}
