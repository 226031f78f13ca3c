/* The comparison as one JSON object (schemas/compare.schema.json). Papers are plans there, aims targets, duties tasks; places and
 * plans are told by their number in the lists `places` and `plans`, from 0. */
#include "compare/print.h"

#include <jansson.h>
#include <math.h>

static void
put_text (json_t *object, const char *key, const char *text)
{
    g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);
    json_object_set_new (object, key, valid == NULL ? json_null () : json_string (valid));
}

static void
put_count (json_t *object, const char *key, guint number)
{
    json_object_set_new (object, key, json_integer (number));
}

/* A page or year; null for 0. */
static void
put_known (json_t *object, const char *key, int number)
{
    json_object_set_new (object, key, number == 0 ? json_null () : json_integer (number));
}

static void
put_number (json_t *object, const char *key, double number)
{
    gboolean whole = fabs (number) < 1e15 && number == floor (number);
    json_object_set_new (object, key, whole ? json_integer ((json_int_t)number) : json_real (number));
}

static json_t *
list_of (json_t *object, const char *key)
{
    json_t *list = json_array ();
    json_object_set_new (object, key, list);
    return list;
}

static json_t *
item_of (json_t *list)
{
    json_t *object = json_object ();
    json_array_append_new (list, object);
    return object;
}

static void
put_places (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "places");
    for (guint i = 0; i < comparison->places->len; i++) {
        const kh_side *place = comparison->places->pdata[i];
        json_t *object = item_of (list);
        put_text (object, "code", place->code);
        put_text (object, "name", place->name);
        put_text (object, "made_of", place->made_of);
        put_count (object, "plans", place->n_papers);
    }
}

static void
put_plans (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "plans");
    for (guint i = 0; i < comparison->papers->len; i++) {
        const kh_paper *paper = comparison->papers->pdata[i];
        json_t *object = item_of (list);
        put_count (object, "place", paper->place->index);
        put_text (object, "was", paper->was);
        put_text (object, "issuer", paper->issuer);
        put_text (object, "number", paper->number);
        put_text (object, "date", paper->date);
        put_text (object, "title", paper->title);
        put_known (object, "first_year", paper->first_year);
        put_known (object, "last_year", paper->last_year);
        put_text (object, "file", paper->path != NULL ? paper->path : paper->file);
        put_text (object, "sha256", paper->sha256);
    }
}

static json_t *
target_of (const kh_aim *aim)
{
    if (aim == NULL)
        return json_null ();
    json_t *object = json_object ();
    put_count (object, "plan", aim->paper->index);
    put_text (object, "id", aim->id);
    put_known (object, "year", aim->year);
    put_text (object, "comparator", aim->comparator);
    put_number (object, "value", aim->value);
    put_text (object, "unit", aim->unit);
    put_text (object, "by", aim->due);
    put_text (object, "baseline", aim->baseline);
    put_text (object, "topic", aim->topic);
    put_text (object, "subject", aim->subject);
    put_text (object, "text", aim->text);
    put_known (object, "page", aim->page);
    put_number (object, "confidence", aim->confidence);
    return object;
}

static json_t *
task_of (const kh_duty *duty)
{
    if (duty == NULL)
        return json_null ();
    json_t *object = json_object ();
    put_count (object, "plan", duty->paper->index);
    put_text (object, "id", duty->id);
    put_text (object, "text", duty->text);
    put_text (object, "lead", duty->lead);
    put_text (object, "lead_key", duty->lead_key);
    put_text (object, "deadline", duty->deadline);
    put_text (object, "start", duty->start);
    put_text (object, "end", duty->end);
    put_known (object, "page", duty->page);
    put_number (object, "confidence", duty->confidence);
    return object;
}

static void
put_indicators (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "indicators");
    for (guint i = 0; i < comparison->indicators->len; i++) {
        const kh_indicator *indicator = comparison->indicators->pdata[i];
        json_t *object = item_of (list);
        put_text (object, "topic", indicator->topic);
        put_text (object, "name", indicator->name);
        put_text (object, "unit", *indicator->unit == '\0' ? NULL : indicator->unit);
        json_object_set_new (object, "change", json_boolean (indicator->is_change));
        put_count (object, "places", indicator->n_places);
        json_t *targets = list_of (object, "targets");
        for (guint a = 0; a < indicator->aims->len; a++)
            json_array_append_new (targets, target_of (indicator->aims->pdata[a]));
    }
}

static void
put_kinds (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "kinds");
    for (guint i = 0; i < comparison->kinds->len; i++) {
        const kh_kind *kind = comparison->kinds->pdata[i];
        json_t *object = item_of (list);
        put_text (object, "name", kind->name);
        put_count (object, "places", kind->n_places);
        put_text (object, "lead", kind->lead);
        put_text (object, "earliest", kind->earliest);
        put_text (object, "latest", kind->latest);
        json_t *tasks = list_of (object, "tasks");
        for (guint d = 0; d < kind->duties->len; d++)
            json_array_append_new (tasks, task_of (kind->duties->pdata[d]));
    }
}

static void
put_missing (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "missing");
    for (guint i = 0; i < comparison->lacks->len; i++) {
        const kh_lack *lack = comparison->lacks->pdata[i];
        json_t *object = item_of (list);
        put_count (object, "place", lack->place->index);
        put_text (object, "what", lack->kind != NULL ? "task" : "target");
        put_text (object, "topic", lack->kind != NULL ? NULL : lack->indicator->topic);
        put_text (object, "name", lack->kind != NULL ? lack->kind->name : lack->indicator->name);
        put_count (object, "have", lack->n_have);
        put_count (object, "others", lack->n_others);
    }
}

static void
put_differences (json_t *object, const kh_revision *revision)
{
    static const char *const sorts[] = { [KH_ADDED] = "added", [KH_DROPPED] = "dropped", [KH_CHANGED] = "changed" };
    static const struct {
        guint part;
        const char *word;
    } parts[] = { { KH_DIFFERS_VALUE, "value" }, { KH_DIFFERS_COMPARATOR, "comparator" },
                  { KH_DIFFERS_UNIT, "unit" },   { KH_DIFFERS_DUE, "due" },
                  { KH_DIFFERS_LEAD, "lead" },   { KH_DIFFERS_WORDING, "wording" } };
    json_t *list = list_of (object, "differences");
    for (guint i = 0; i < revision->differences->len; i++) {
        const kh_difference *one = revision->differences->pdata[i];
        gboolean is_aim = one->old_aim != NULL || one->new_aim != NULL;
        json_t *difference = item_of (list);
        put_text (difference, "sort", sorts[one->sort]);
        put_text (difference, "what", is_aim ? "target" : "task");
        json_t *in = list_of (difference, "in");
        for (gsize p = 0; p < G_N_ELEMENTS (parts); p++)
            if (one->in & parts[p].part)
                json_array_append_new (in, json_string (parts[p].word));
        json_object_set_new (difference, "before", is_aim ? target_of (one->old_aim) : task_of (one->old_duty));
        json_object_set_new (difference, "after", is_aim ? target_of (one->new_aim) : task_of (one->new_duty));
    }
}

static void
put_changes (json_t *root, const kh_comparison *comparison)
{
    json_t *list = list_of (root, "changes");
    for (guint i = 0; i < comparison->revisions->len; i++) {
        const kh_revision *revision = comparison->revisions->pdata[i];
        json_t *object = item_of (list);
        put_count (object, "before", revision->before->index);
        put_count (object, "after", revision->after->index);
        put_count (object, "same_targets", revision->n_same_aims);
        put_count (object, "same_tasks", revision->n_same_duties);
        put_differences (object, revision);
    }
}

void
kh_compare_json (GString *out, const kh_comparison *comparison)
{
    json_t *root = json_object ();
    put_text (root, "schema", "kehoach.compare/1");
    put_text (root, "chosen", comparison->question);
    put_places (root, comparison);
    put_plans (root, comparison);
    if (comparison->parts & KH_COMPARE_TARGETS)
        put_indicators (root, comparison);
    if (comparison->parts & KH_COMPARE_TASKS)
        put_kinds (root, comparison);
    if (comparison->parts & KH_COMPARE_MISSING)
        put_missing (root, comparison);
    if (comparison->parts & KH_COMPARE_CHANGES)
        put_changes (root, comparison);
    char *text = json_dumps (root, JSON_INDENT (1) | JSON_REAL_PRECISION (12));
    g_string_append_printf (out, "%s\n", text);
    free (text);
    json_decref (root);
}
