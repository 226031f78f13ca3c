/* Loading walks the whole schema once: every keyword must be known and well formed, every pattern is compiled, every
 * $ref is looked up. What has been loaded can be checked against without a second thought. */
#include "emit/schema.h"

#include <string.h>

typedef enum keyword_kind {
    IS_NOTE, /* any string */
    IS_SCHEMA,
    IS_SCHEMA_OR_FALSE,
    IS_SCHEMAS, /* object of schemas */
    IS_SCHEMA_LIST,
    IS_NAMES, /* list of strings */
    IS_TYPE,
    IS_LIST,
    IS_ANY,
    IS_NUMBER,
    IS_COUNT,
    IS_PATTERN,
    IS_REFERENCE,
} keyword_kind;

static const struct {
    const char *name;
    keyword_kind kind;
} KEYWORDS[] = {
    { "$schema", IS_NOTE },
    { "$id", IS_NOTE },
    { "title", IS_NOTE },
    { "description", IS_NOTE },
    { "$defs", IS_SCHEMAS },
    { "$ref", IS_REFERENCE },
    { "type", IS_TYPE },
    { "enum", IS_LIST },
    { "const", IS_ANY },
    { "anyOf", IS_SCHEMA_LIST },
    { "required", IS_NAMES },
    { "properties", IS_SCHEMAS },
    { "additionalProperties", IS_SCHEMA_OR_FALSE },
    { "propertyNames", IS_SCHEMA },
    { "items", IS_SCHEMA },
    { "minItems", IS_COUNT },
    { "maxItems", IS_COUNT },
    { "pattern", IS_PATTERN },
    { "minLength", IS_COUNT },
    { "minimum", IS_NUMBER },
    { "maximum", IS_NUMBER },
};

static const char *const TYPES[] = { "null", "boolean", "object", "array", "number", "integer", "string" };

static gboolean load (kh_schema *schema, const json_t *node, GString *why);

const json_t *
kh_schema_resolve (const kh_schema *schema, const char *reference)
{
    if (!g_str_has_prefix (reference, "#/$defs/"))
        return NULL;
    return json_object_get (json_object_get (schema->root, "$defs"), reference + strlen ("#/$defs/"));
}

static gboolean
is_type_name (const json_t *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (TYPES); i++)
        if (g_strcmp0 (json_string_value (name), TYPES[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
load_pattern (kh_schema *schema, const char *pattern, GString *why)
{
    if (pattern == NULL)
        return FALSE;
    g_autoptr (GError) error = NULL;
    GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE | G_REGEX_DOLLAR_ENDONLY, 0, &error);
    if (regex == NULL) {
        g_string_append_printf (why, "'%s': %s\n", pattern, error->message);
        return FALSE;
    }
    g_hash_table_insert (schema->patterns, g_strdup (pattern), regex);
    return TRUE;
}

static gboolean
load_all (kh_schema *schema, const json_t *list, GString *why)
{
    size_t i;
    json_t *item;
    gboolean good = json_is_array (list) && json_array_size (list) > 0;
    json_array_foreach ((json_t *)list, i, item) good = good && load (schema, item, why);
    return good;
}

static gboolean
load_members (kh_schema *schema, const json_t *object, GString *why)
{
    const char *key;
    json_t *item;
    gboolean good = json_is_object (object);
    json_object_foreach ((json_t *)object, key, item) good = good && load (schema, item, why);
    return good;
}

static gboolean
all_of_list (const json_t *list, gboolean (*is_good) (const json_t *item))
{
    size_t i;
    json_t *item;
    gboolean good = json_is_array (list) && json_array_size (list) > 0;
    json_array_foreach ((json_t *)list, i, item) good = good && is_good (item);
    return good;
}

static gboolean
is_string (const json_t *item)
{
    return json_is_string (item);
}

static gboolean
load_keyword (kh_schema *schema, keyword_kind kind, const json_t *value, GString *why)
{
    switch (kind) {
    case IS_NOTE:
        return json_is_string (value);
    case IS_SCHEMA:
        return load (schema, value, why);
    case IS_SCHEMA_OR_FALSE:
        return json_is_false (value) || load (schema, value, why);
    case IS_SCHEMAS:
        return load_members (schema, value, why);
    case IS_SCHEMA_LIST:
        return load_all (schema, value, why);
    case IS_NAMES:
        return all_of_list (value, is_string);
    case IS_TYPE:
        return is_type_name (value) || all_of_list (value, is_type_name);
    case IS_LIST:
        return json_is_array (value);
    case IS_ANY:
        return TRUE;
    case IS_NUMBER:
        return json_is_number (value);
    case IS_COUNT:
        return json_is_integer (value) && json_integer_value (value) >= 0;
    case IS_PATTERN:
        return load_pattern (schema, json_string_value (value), why);
    case IS_REFERENCE:
        return json_is_string (value) && kh_schema_resolve (schema, json_string_value (value)) != NULL;
    }
    return FALSE;
}

static gboolean
load (kh_schema *schema, const json_t *node, GString *why)
{
    const char *key;
    json_t *value;
    if (!json_is_object (node)) {
        g_string_append (why, "a schema that is no object\n");
        return FALSE;
    }
    json_object_foreach ((json_t *)node, key, value)
    {
        gsize i = 0;
        while (i < G_N_ELEMENTS (KEYWORDS) && strcmp (KEYWORDS[i].name, key) != 0)
            i++;
        if (i == G_N_ELEMENTS (KEYWORDS)) {
            g_string_append_printf (why, "'%s': unknown keyword\n", key);
            return FALSE;
        }
        gsize told = why->len;
        if (!load_keyword (schema, KEYWORDS[i].kind, value, why)) {
            if (why->len == told)
                g_string_append_printf (why, "'%s': not well formed\n", key);
            return FALSE;
        }
    }
    return TRUE;
}

kh_schema *
kh_schema_load (const char *text, gsize length, GString *why)
{
    json_error_t error;
    g_autoptr (kh_schema) schema = g_new0 (kh_schema, 1);
    schema->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_regex_unref);
    schema->root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &error);
    if (schema->root == NULL) {
        g_string_append_printf (why, "line %d: %s\n", error.line, error.text);
        return NULL;
    }
    return load (schema, schema->root, why) ? g_steal_pointer (&schema) : NULL;
}

void
kh_schema_free (kh_schema *schema)
{
    if (schema == NULL)
        return;
    json_decref (schema->root);
    g_hash_table_unref (schema->patterns);
    g_free (schema);
}
