/* rows.c - one function a table; each row is put together column by column, in the order of kh_row_tables. */
#include "store/rows.h"

#include <jansson.h>
#include <string.h>

#include "base/intl.h"
#include "base/limits.h"
#include "kehoach.h"
#include "store/corrections.h"
#include "store/skim.h"
#include "viet/fold.h"

const struct kh_row_columns kh_row_tables[KH_N_ROW_TABLES] = {
    [KH_ROWS_TASKS] = { "tasks",
                        { "sha256",         "id",           "position", "origin",     "section", "\"group\"",  "number",
                          "text",           "lead",         "lead_key", "coordinate", "product", "deadline",   "deadline_kind",
                          "deadline_start", "deadline_end", "budget",   "notes",      "page",    "confidence", "plain" } },
    [KH_ROWS_TARGETS] = { "targets",
                          { "sha256", "id", "position", "section", "text", "subject", "comparator", "value", "unit", "due",
                            "baseline", "baseline_start", "baseline_end", "topic", "page", "confidence", "plain" } },
    [KH_ROWS_REFERENCES] = { "\"references\"",
                             { "sha256", "position", "pointer", "kind", "type", "number", "date", "issuer", "issuer_key",
                               "page" } },
    [KH_ROWS_UNITS] = { "units", { "sha256", "position", "pointer", "role", "unit", "unit_key", "task", "page" } },
    [KH_ROWS_REVIEWS] = { "reviews", { "sha256", "position", "pointer", "reason", "message", "page" } },
};

const char *const kh_row_document[] = {
    "version",       "file",       "media_type", "pages",  "issuer",  "issuer_key",   "parent",     "parent_key",
    "number",        "place",      "date",       "type",   "title",   "period_start", "period_end", "province_code",
    "province_name", "today_code", "today_name", "signer", "n_tasks", "n_targets",    "n_reviews",  NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (kh_row_document) == KH_ROW_DOCUMENT_COLUMNS);

typedef struct splitter {
    kh_pool *pool;
    const char *sha256;
    kh_skimmed skimmed;
    json_t *record;
    kh_rows *rows;
    gboolean is_full; /* a table has as many rows as one document may have */
} splitter;

/* ---- values ---- */

/* A row of a table being put together. */
typedef struct row {
    const char *values[KH_ROW_COLUMNS];
    guint n;
} row;

static const char *
text_of (const json_t *value)
{
    const char *text = json_string_value (value);
    return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
text_at (const json_t *object, const char *key)
{
    return text_of (json_object_get (object, key));
}

/* A number, also one that a person typed as text. */
static const char *
number_of (splitter *s, const json_t *value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    if (json_is_integer (value))
        return kh_pool_printf (s->pool, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
    if (json_is_real (value))
        return kh_pool_strdup (s->pool, g_ascii_dtostr (digits, sizeof digits, json_real_value (value)));
    const char *text = text_of (value);
    if (text == NULL)
        return NULL;
    char *end;
    double number = g_ascii_strtod (text, &end);
    return *end == '\0' && number - number == 0 ? text : NULL;
}

static const char *
whole_number_of (splitter *s, const json_t *value)
{
    return json_is_integer (value) ? number_of (s, value) : NULL;
}

static const char *
count_of (splitter *s, const char *key)
{
    return kh_pool_printf (s->pool, "%zu", json_array_size (json_object_get (s->record, key)));
}

/* The texts of a list, joined; NULL when it is empty. */
static const char *
joined (splitter *s, const json_t *list)
{
    if (json_array_size (list) == 1)
        return text_of (json_array_get (list, 0));
    g_autoptr (GString) out = g_string_new (NULL);
    size_t i;
    json_t *item;
    json_array_foreach (list, i, item) if (text_of (item) != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "; " : "", text_of (item));
    return out->len > 0 ? kh_pool_strdup (s->pool, out->str) : NULL;
}

/* A key is looked up by index: what is longer than any name is none. */
static const char *
key_of (const json_t *value)
{
    const char *key = text_of (value);
    return key != NULL && strlen (key) <= KH_LIMIT_KEY_BYTES ? key : NULL;
}

/* What is searched: texts without case and marks, parted by a space. */
static const char *
plain (splitter *s, const char *const *texts, guint n)
{
    g_autoptr (GString) all = g_string_new (NULL);
    for (guint i = 0; i < n; i++)
        if (texts[i] != NULL)
            g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", texts[i]);
    return kh_fold_new (s->pool, all->str)->str;
}

static const char *
page_of (splitter *s, const char *pointer)
{
    const char *page = kh_skimmed_place (&s->skimmed, pointer).page;
    return page != NULL && strspn (page, "0123456789") == strlen (page) && strlen (page) < 10 ? page : NULL;
}

static const char *
confidence_of (splitter *s, const char *pointer)
{
    const char *confidence = kh_skimmed_place (&s->skimmed, pointer).confidence;
    char *end = NULL;
    return confidence != NULL && g_ascii_strtod (confidence, &end) <= 1 && *end == '\0' ? confidence : NULL;
}

/* ---- rows ---- */

static void
add (row *r, const char *value)
{
    r->values[r->n++] = value;
}

static row
row_of (splitter *s)
{
    row new = { .n = 0 };
    add (&new, s->sha256);
    return new;
}

static const char *
position_in (splitter *s, kh_row_table table)
{
    return kh_pool_printf (s->pool, "%u", s->rows->rows[table]->len);
}

static void
keep (splitter *s, kh_row_table table, const row *r)
{
    if (s->rows->rows[table]->len >= KH_LIMIT_DOCUMENT_ROWS)
        s->is_full = TRUE;
    else
        g_ptr_array_add (s->rows->rows[table], kh_pool_memdup (s->pool, r->values, sizeof r->values[0] * r->n));
}

static void
add_unit (splitter *s, const char *pointer, const char *role, const json_t *unit, const json_t *key, const char *task)
{
    if (text_of (unit) == NULL)
        return;
    row r = row_of (s);
    add (&r, position_in (s, KH_ROWS_UNITS));
    add (&r, pointer);
    add (&r, role);
    add (&r, text_of (unit));
    add (&r, key_of (key));
    add (&r, task);
    add (&r, page_of (s, pointer));
    keep (s, KH_ROWS_UNITS, &r);
}

static void
add_units (splitter *s, const char *list_pointer, const char *role, const json_t *list, const json_t *keys, const char *task)
{
    for (size_t i = 0; i < json_array_size (list); i++)
        add_unit (s, kh_pool_printf (s->pool, "%s/%zu", list_pointer, i), role, json_array_get (list, i),
                  json_array_get (keys, i), task);
}

static void
add_references (splitter *s, const char *holder, const char *kind, const json_t *list)
{
    for (size_t i = 0; i < json_array_size (list); i++) {
        const json_t *reference = json_array_get (list, i);
        const char *pointer = kh_pool_printf (s->pool, "%s/references/%zu", holder, i);
        row r = row_of (s);
        add (&r, position_in (s, KH_ROWS_REFERENCES));
        add (&r, pointer);
        add (&r, kind);
        add (&r, text_at (reference, "type"));
        add (&r, text_at (reference, "number"));
        add (&r, text_at (reference, "date"));
        add (&r, text_at (reference, "issuer"));
        add (&r, key_of (json_object_get (reference, "issuer_key")));
        /* the reference's own words, else those of the text it stands in */
        const char *number = kh_pool_printf (s->pool, "%s/number", pointer), *text = kh_pool_printf (s->pool, "%s/text", holder);
        add (&r, page_of (s, g_hash_table_contains (s->skimmed.places, number) ? number : text));
        keep (s, KH_ROWS_REFERENCES, &r);
    }
}

static void
add_task (splitter *s, const json_t *task, size_t at)
{
    const char *id = text_at (task, "id"), *pointer = kh_pool_printf (s->pool, "/tasks/%zu", at);
    const json_t *lead = json_object_get (task, "lead"), *coordinate = json_object_get (task, "coordinate"),
                 *product = json_object_get (task, "product"), *deadline = json_object_get (task, "deadline");
    if (id == NULL)
        id = kh_pool_printf (s->pool, "t%zu", at + 1);
    row r = row_of (s);
    add (&r, id);
    add (&r, position_in (s, KH_ROWS_TASKS));
    add (&r, text_at (task, "origin"));
    add (&r, text_at (task, "section"));
    add (&r, text_at (task, "group"));
    add (&r, text_at (task, "number"));
    add (&r, text_at (task, "text"));
    add (&r, joined (s, lead));
    add (&r, joined (s, json_object_get (task, "lead_key")));
    add (&r, joined (s, coordinate));
    add (&r, joined (s, product));
    add (&r, text_at (deadline, "text"));
    add (&r, text_at (deadline, "kind"));
    add (&r, text_at (deadline, "start"));
    add (&r, text_at (deadline, "end"));
    add (&r, text_at (task, "budget"));
    add (&r, text_at (task, "notes"));
    add (&r, page_of (s, kh_pool_printf (s->pool, "%s/text", pointer)));
    add (&r, confidence_of (s, pointer));
    add (&r, plain (s, (const char *[]){ text_at (task, "group"), text_at (task, "text"), joined (s, lead), joined (s, product) },
                    4));
    keep (s, KH_ROWS_TASKS, &r);
    add_units (s, kh_pool_printf (s->pool, "%s/lead", pointer), "lead", lead, json_object_get (task, "lead_key"), id);
    add_units (s, kh_pool_printf (s->pool, "%s/coordinate", pointer), "coordinate", coordinate,
               json_object_get (task, "coordinate_key"), id);
    add_references (s, pointer, "task", json_object_get (task, "references"));
}

static void
add_target (splitter *s, const json_t *target, size_t at)
{
    const char *id = text_at (target, "id"), *pointer = kh_pool_printf (s->pool, "/targets/%zu", at);
    const json_t *baseline = json_object_get (target, "baseline");
    row r = row_of (s);
    add (&r, id != NULL ? id : kh_pool_printf (s->pool, "g%zu", at + 1));
    add (&r, position_in (s, KH_ROWS_TARGETS));
    add (&r, text_at (target, "section"));
    add (&r, text_at (target, "text"));
    add (&r, text_at (target, "subject"));
    add (&r, text_at (target, "comparator"));
    add (&r, number_of (s, json_object_get (target, "value")));
    add (&r, text_at (target, "unit"));
    add (&r, text_at (target, "by"));
    add (&r, text_at (baseline, "text"));
    add (&r, text_at (baseline, "start"));
    add (&r, text_at (baseline, "end"));
    add (&r, key_of (json_object_get (target, "topic")));
    add (&r, page_of (s, kh_pool_printf (s->pool, "%s/text", pointer)));
    add (&r, confidence_of (s, pointer));
    add (&r, plain (s, (const char *[]){ text_at (target, "text") }, 1));
    keep (s, KH_ROWS_TARGETS, &r);
}

static void
add_review (splitter *s, const json_t *review)
{
    const char *pointer = text_at (review, "pointer"), *reason = text_at (review, "reason");
    if (pointer == NULL || reason == NULL)
        return;
    row r = row_of (s);
    add (&r, position_in (s, KH_ROWS_REVIEWS));
    add (&r, pointer);
    add (&r, reason);
    add (&r, text_at (review, "message"));
    add (&r, page_of (s, pointer));
    keep (s, KH_ROWS_REVIEWS, &r);
}

static void
add_sections (splitter *s)
{
    size_t i, j;
    json_t *section, *paragraph;
    json_array_foreach (json_object_get (s->record, "sections"), i, section)
        json_array_foreach (json_object_get (section, "paragraphs"), j, paragraph)
            add_references (s, kh_pool_printf (s->pool, "/sections/%zu/paragraphs/%zu", i, j), "paragraph",
                            json_object_get (paragraph, "references"));
}

static void
add_all (splitter *s)
{
    const json_t *header = json_object_get (s->record, "header");
    size_t i;
    json_t *item;
    add_unit (s, "/header/issuer", "issuer", json_object_get (header, "issuer"), json_object_get (header, "issuer_key"), NULL);
    add_unit (s, "/header/parent", "parent", json_object_get (header, "parent"), json_object_get (header, "parent_key"), NULL);
    json_array_foreach (json_object_get (s->record, "bases"), i, item)
        add_references (s, kh_pool_printf (s->pool, "/bases/%zu", i), "base", json_object_get (item, "references"));
    add_sections (s);
    json_array_foreach (json_object_get (s->record, "tasks"), i, item) if (json_is_object (item)) add_task (s, item, i);
    json_array_foreach (json_object_get (s->record, "targets"), i, item) if (json_is_object (item)) add_target (s, item, i);
    json_array_foreach (json_object_get (s->record, "responsibilities"), i, item)
        add_unit (s, kh_pool_printf (s->pool, "/responsibilities/%zu/unit", i), "responsible", json_object_get (item, "unit"),
                  json_object_get (item, "unit_key"), NULL);
    add_units (s, "/recipients", "recipient", json_object_get (s->record, "recipients"),
               json_object_get (s->record, "recipients_key"), NULL);
    json_array_foreach (json_object_get (s->record, "review"), i, item) add_review (s, item);
}

static const char *const *
document_of (splitter *s)
{
    const json_t *header = json_object_get (s->record, "header"), *source = json_object_get (s->record, "source"),
                 *province = json_object_get (header, "province"), *today = json_object_get (province, "today"),
                 *period = json_object_get (header, "period");
    const char *values[KH_ROW_DOCUMENT_COLUMNS] = {
        text_at (json_object_get (s->record, "generator"), "version"),
        text_at (source, "file"),
        text_at (source, "media_type"),
        whole_number_of (s, json_object_get (source, "page_count")),
        text_at (header, "issuer"),
        key_of (json_object_get (header, "issuer_key")),
        text_at (header, "parent"),
        key_of (json_object_get (header, "parent_key")),
        text_at (header, "number"),
        text_at (header, "place"),
        text_at (header, "date"),
        text_at (header, "type"),
        text_at (header, "title"),
        text_at (period, "start"),
        text_at (period, "end"),
        text_at (province, "code"),
        text_at (province, "name"),
        text_at (today, "code"),
        text_at (today, "name"),
        text_at (json_object_get (s->record, "signature"), "name"),
        count_of (s, "tasks"),
        count_of (s, "targets"),
        count_of (s, "review"),
        NULL,
    };
    return kh_pool_memdup (s->pool, values, sizeof values);
}

/* ---- the record ---- */

kh_rows *
kh_rows_new (kh_pool *pool, const char *sha256, const char *record, gsize length, const GPtrArray *corrections, GError **error)
{
    splitter s = { .pool = pool, .sha256 = sha256 };
    const char *why = NULL;
    if (length > KH_LIMIT_RECORD_BYTES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("the record of '%s' has more than %u bytes"), sha256,
                     KH_LIMIT_RECORD_BYTES);
        return NULL;
    }
    if (kh_skim (pool, record, length, &s.skimmed, &why))
        s.record = s.skimmed.record;
    if (g_strcmp0 (text_at (s.record, "schema"), "kehoach.plan/1") != 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("what was read of '%s' is no record of a plan: %s"), sha256,
                     s.record == NULL ? why : _ ("its schema is not kehoach.plan/1"));
        return NULL;
    }
    s.rows = kh_pool_new0 (pool, kh_rows, 1);
    for (guint i = 0; i < KH_N_ROW_TABLES; i++)
        s.rows->rows[i] = kh_pool_list (pool);
    kh_corrections_lay (s.record, corrections);
    while (length > 0 && g_ascii_isspace (record[length - 1]))
        length--;
    s.rows->record = kh_pool_strndup (pool, record, length);
    s.rows->document = document_of (&s);
    add_all (&s);
    if (s.is_full) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("the record of '%s' has more than %u rows of a kind"), sha256,
                     KH_LIMIT_DOCUMENT_ROWS);
        return NULL;
    }
    return s.rows;
}
