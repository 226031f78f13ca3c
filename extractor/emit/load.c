/* load.c - one function an object of the record; a loader remembers where the evidence is. */
#include "emit/load.h"

#include "emit/tree.h"

#include <string.h>

typedef struct loader {
    kh_pool *pool;
    const json_t *evidence;
} loader;

static const char *
text_of (loader *l, const json_t *object, const char *key)
{
    const char *text = json_string_value (json_object_get (object, key));
    return text != NULL ? kh_pool_strdup (l->pool, text) : NULL;
}

static double
number_at (const json_t *list, gsize i)
{
    return json_number_value (json_array_get (list, i));
}

static kh_evidence
seen_at (loader *l, const char *pointer)
{
    const json_t *entry = json_object_get (l->evidence, pointer), *where = json_object_get (entry, "where");
    kh_evidence seen = { .confidence = entry != NULL ? (float) json_number_value (json_object_get (entry, "confidence")) : 1 };
    seen.n_spots = json_array_size (where);
    kh_spot *spots = kh_pool_new0 (l->pool, kh_spot, seen.n_spots + 1);
    for (gsize i = 0; i < seen.n_spots; i++) {
        const json_t *spot = json_array_get (where, i), *box = json_object_get (spot, "bbox");
        spots[i].page = (int) json_integer_value (json_object_get (spot, "page"));
        spots[i].box = (kh_box){ number_at (box, 0), number_at (box, 1), number_at (box, 2), number_at (box, 3) };
    }
    seen.spots = spots;
    return seen;
}

/* The text at a key of the object at `pointer`. */
static kh_value
value_of (loader *l, const json_t *object, const char *key, const char *pointer)
{
    g_autofree char *place = g_strdup_printf ("%s/%s", pointer, key);
    return (kh_value){ .text = text_of (l, object, key), .seen = seen_at (l, place) };
}

static void
add_texts (loader *l, GPtrArray *out, const json_t *list, const char *pointer)
{
    for (gsize i = 0; i < json_array_size (list); i++) {
        g_autofree char *place = g_strdup_printf ("%s/%u", pointer, (guint) i);
        kh_value *value = kh_pool_new0 (l->pool, kh_value, 1);
        const char *text = json_string_value (json_array_get (list, i));
        *value = (kh_value){ .text = text != NULL ? kh_pool_strdup (l->pool, text) : NULL, .seen = seen_at (l, place) };
        g_ptr_array_add (out, value);
    }
}

static GPtrArray *
texts_of (loader *l, const json_t *object, const char *key, const char *pointer)
{
    g_autofree char *place = g_strdup_printf ("%s/%s", pointer, key);
    GPtrArray *out = kh_pool_list (l->pool);
    add_texts (l, out, json_object_get (object, key), place);
    return out;
}

static kh_deadline
deadline_of (loader *l, const json_t *task, const char *pointer)
{
    const json_t *json = json_object_get (task, "deadline");
    const char *kind = json_string_value (json_object_get (json, "kind"));
    g_autofree char *place = g_strdup_printf ("%s/deadline", pointer);
    kh_deadline deadline = { .kind = KH_DEADLINE_NONE, .text = { .text = text_of (l, json, "text"), .seen = seen_at (l, place) } };
    for (int k = KH_DEADLINE_DATE; k <= KH_DEADLINE_CONDITIONAL; k++)
        if (g_strcmp0 (kind, kh_deadline_kind_name (k)) == 0)
            deadline.kind = k;
    deadline.start = text_of (l, json, "start");
    deadline.end = text_of (l, json, "end");
    return deadline;
}

static void
add_task (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_task *task = kh_pool_new0 (l->pool, kh_task, 1);
    const char *header;
    json_t *text;
    task->id = text_of (l, json, "id");
    task->origin = g_strcmp0 (json_string_value (json_object_get (json, "origin")), "table") == 0 ? KH_TASK_TABLE : KH_TASK_PROSE;
    task->group = value_of (l, json, "group", pointer);
    task->number = value_of (l, json, "number", pointer);
    task->text = value_of (l, json, "text", pointer);
    task->lead = texts_of (l, json, "lead", pointer);
    task->coordinate = texts_of (l, json, "coordinate", pointer);
    task->product = texts_of (l, json, "product", pointer);
    task->deadline = deadline_of (l, json, pointer);
    task->budget = value_of (l, json, "budget", pointer);
    task->notes = value_of (l, json, "notes", pointer);
    task->other = kh_pool_list (l->pool);
    json_object_foreach (json_object_get (json, "other"), header, text)
    {
        kh_other_field *field = kh_pool_new0 (l->pool, kh_other_field, 1);
        *field = (kh_other_field){ kh_pool_strdup (l->pool, header), { .text = json_string_value (text) != NULL ? kh_pool_strdup (l->pool, json_string_value (text)) : NULL,
                                                                       .seen = { .confidence = 1 } } };
        g_ptr_array_add (task->other, field);
    }
    task->seen = seen_at (l, pointer);
    task->section = text_of (l, json, "section");
    task->table = text_of (l, json, "table");
    task->row = (int) json_integer_value (json_object_get (json, "row"));
    g_ptr_array_add (record->tasks, task);
}

static void
add_target (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_target *target = kh_pool_new0 (l->pool, kh_target, 1);
    const json_t *baseline = json_object_get (json, "baseline");
    g_autofree char *value_at = g_strdup_printf ("%s/value", pointer), *baseline_at = g_strdup_printf ("%s/baseline", pointer);
    target->id = text_of (l, json, "id");
    target->text = value_of (l, json, "text", pointer);
    target->subject = value_of (l, json, "subject", pointer);
    target->comparator = text_of (l, json, "comparator");
    target->value = json_number_value (json_object_get (json, "value"));
    target->value_seen = seen_at (l, value_at);
    target->unit = value_of (l, json, "unit", pointer);
    target->seen = seen_at (l, pointer);
    target->by = text_of (l, json, "by");
    target->baseline = (kh_baseline){ { .text = text_of (l, baseline, "text"), .seen = seen_at (l, baseline_at) }, text_of (l, baseline, "start"),
                                      text_of (l, baseline, "end") };
    target->topic = text_of (l, json, "topic");
    target->section = text_of (l, json, "section");
    g_ptr_array_add (record->targets, target);
}

static void
add_base (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_base *base = kh_pool_new0 (l->pool, kh_base, 1);
    *base = (kh_base){ value_of (l, json, "text", pointer), kh_pool_list (l->pool) };
    g_ptr_array_add (record->bases, base);
}

static void
add_section (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_section *section = kh_pool_new0 (l->pool, kh_section, 1);
    section->id = text_of (l, json, "id");
    section->parent = text_of (l, json, "parent");
    section->level = (int) json_integer_value (json_object_get (json, "level"));
    section->number = value_of (l, json, "number", pointer);
    section->title = value_of (l, json, "title", pointer);
    section->paragraphs = kh_pool_list (l->pool);
    g_ptr_array_add (record->sections, section);
}

static void
add_responsibility (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_responsibility *one = kh_pool_new0 (l->pool, kh_responsibility, 1);
    *one = (kh_responsibility){ value_of (l, json, "unit", pointer), value_of (l, json, "text", pointer), text_of (l, json, "section") };
    g_ptr_array_add (record->responsibilities, one);
}

static kh_signature
signature_of (loader *l, const json_t *json, const char *pointer)
{
    return (kh_signature){ value_of (l, json, "authority", pointer), value_of (l, json, "position", pointer), value_of (l, json, "name", pointer) };
}

static void
add_signature (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    kh_signature *signature = kh_pool_new0 (l->pool, kh_signature, 1);
    *signature = signature_of (l, json, pointer);
    g_ptr_array_add (record->signatures, signature);
}

static void
add_review (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    (void) pointer;
    kh_review_entry *entry = kh_pool_new0 (l->pool, kh_review_entry, 1);
    *entry = (kh_review_entry){ text_of (l, json, "pointer"), text_of (l, json, "reason") };
    g_ptr_array_add (record->review, entry);
}

static void
add_warning (loader *l, kh_record *record, const json_t *json, const char *pointer)
{
    (void) pointer;
    kh_record_warn (l->pool, record, (int) json_integer_value (json_object_get (json, "page")), text_of (l, json, "code"), text_of (l, json, "message"));
}

static void
load_header (loader *l, kh_header *header, const json_t *json)
{
    static const char at[] = "/header", period_at[] = "/header/period";
    const json_t *period = json_object_get (json, "period"), *province = json_object_get (json, "province"), *today = json_object_get (province, "today");
    header->issuer = value_of (l, json, "issuer", at);
    header->parent = value_of (l, json, "parent", at);
    header->number = value_of (l, json, "number", at);
    header->place = value_of (l, json, "place", at);
    header->date = value_of (l, json, "date", at);
    header->type = value_of (l, json, "type", at);
    header->title = value_of (l, json, "title", at);
    header->period_start = value_of (l, period, "start", period_at);
    header->period_end = value_of (l, period, "end", period_at);
    header->province = (kh_province){ .code = text_of (l, province, "code"), .name = text_of (l, province, "name"), .today_code = text_of (l, today, "code"),
                                      .today_name = text_of (l, today, "name") };
}

static void
load_source (loader *l, kh_record *record, const json_t *json)
{
    record->file = text_of (l, json, "file");
    record->sha256 = text_of (l, json, "sha256");
    record->media_type = text_of (l, json, "media_type");
    record->bytes = (guint64) json_integer_value (json_object_get (json, "bytes"));
    record->page_count = (int) json_integer_value (json_object_get (json, "page_count"));
    for (gsize i = 0; i < json_array_size (json_object_get (json, "pages")); i++) {
        const json_t *page = json_array_get (json_object_get (json, "pages"), i);
        g_ptr_array_add (record->pages, kh_page_new (l->pool, (int) json_integer_value (json_object_get (page, "number")),
                                                     json_number_value (json_object_get (page, "width")), json_number_value (json_object_get (page, "height"))));
    }
}

kh_record *
kh_record_load (kh_pool *pool, const char *text, gsize length)
{
    static const struct {
        const char *key;
        void (*add) (loader *l, kh_record *record, const json_t *json, const char *pointer);
    } LISTS[] = { { "bases", add_base },        { "sections", add_section },     { "tasks", add_task },   { "targets", add_target },
                  { "responsibilities", add_responsibility }, { "signatures", add_signature }, { "review", add_review }, { "warnings", add_warning } };
    json_t *json = json_loadb (text, length, 0, NULL);
    if (!json_is_object (json)) {
        json_decref (json);
        return NULL;
    }
    kh_record *record = kh_record_new (pool);
    loader l = { pool, json_object_get (json, "evidence") };
    load_source (&l, record, json_object_get (json, "source"));
    load_header (&l, &record->header, json_object_get (json, "header"));
    for (guint k = 0; k < G_N_ELEMENTS (LISTS); k++) {
        const json_t *list = json_object_get (json, LISTS[k].key);
        for (gsize i = 0; i < json_array_size (list); i++) {
            g_autofree char *pointer = g_strdup_printf ("/%s/%u", LISTS[k].key, (guint) i);
            LISTS[k].add (&l, record, json_array_get (list, i), pointer);
        }
    }
    add_texts (&l, record->recipients, json_object_get (json, "recipients"), "/recipients");
    record->signature = signature_of (&l, json_object_get (json, "signature"), "/signature");
    json_decref (json);
    return record;
}
