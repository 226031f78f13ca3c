/* Checking walks value and schema together. Where several forms are allowed (anyOf) and none fits, the faults of the nearest
 * form are told: of those for the value's own type, the one with the fewest. */
#include "emit/schema.h"

#include "base/intl.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 100 /* of schemas within schemas: a $ref that goes in circles ends here */
#define MAX_FAULTS 200

typedef struct check {
    const kh_schema *schema;
    GString *pointer;
    GString *faults;
    guint n_faults;
    guint depth;
} check;

static void check_node (check *c, const json_t *schema, const json_t *value);

static void fault (check *c, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (check *c, const char *format, ...)
{
    if (c->n_faults++ >= MAX_FAULTS)
        return;
    va_list args;
    va_start (args, format);
    g_string_append_printf (c->faults, "%s: ", c->pointer->len == 0 ? "/" : c->pointer->str);
    g_string_append_vprintf (c->faults, format, args);
    g_string_append_c (c->faults, '\n');
    va_end (args);
}

/* A value in a message, cut when it is long. */
static char *
shown (const json_t *value)
{
    char *text = json_dumps (value, JSON_ENCODE_ANY | JSON_COMPACT);
    GString *out = g_string_new (NULL);
    const char *end = text;
    for (int i = 0; i < 60 && *end != '\0'; i++)
        end = g_utf8_next_char (end);
    g_string_append_len (out, text, end - text);
    if (*end != '\0')
        g_string_append (out, "…");
    free (text);
    return g_string_free (out, FALSE);
}

static void
check_member (check *c, const json_t *schema, const json_t *value, const char *key)
{
    gsize mark = c->pointer->len;
    g_string_append_c (c->pointer, '/');
    for (; *key != '\0'; key++) /* RFC 6901 */
        if (*key == '~' || *key == '/')
            g_string_append (c->pointer, *key == '~' ? "~0" : "~1");
        else
            g_string_append_c (c->pointer, *key);
    check_node (c, schema, value);
    g_string_truncate (c->pointer, mark);
}

static gboolean
is_of_type (const json_t *value, const char *type)
{
    switch (json_typeof (value)) {
    case JSON_NULL:
        return strcmp (type, "null") == 0;
    case JSON_TRUE:
    case JSON_FALSE:
        return strcmp (type, "boolean") == 0;
    case JSON_OBJECT:
        return strcmp (type, "object") == 0;
    case JSON_ARRAY:
        return strcmp (type, "array") == 0;
    case JSON_STRING:
        return strcmp (type, "string") == 0;
    case JSON_INTEGER:
        return strcmp (type, "integer") == 0 || strcmp (type, "number") == 0;
    case JSON_REAL:
        return strcmp (type, "number") == 0 ||
               (strcmp (type, "integer") == 0 && json_real_value (value) == floor (json_real_value (value)));
    }
    return FALSE;
}

static gboolean
fits_type (const json_t *types, const json_t *value)
{
    size_t i;
    json_t *type;
    if (types == NULL)
        return TRUE;
    if (json_is_string (types))
        return is_of_type (value, json_string_value (types));
    json_array_foreach ((json_t *)types, i, type) if (is_of_type (value, json_string_value (type))) return TRUE;
    return FALSE;
}

static void
check_type (check *c, const json_t *types, const json_t *value)
{
    if (fits_type (types, value))
        return;
    g_autofree char *is = shown (value), *wanted = shown (types);
    fault (c, _ ("is %s, not of type %s"), is, wanted);
}

static void
check_choice (check *c, const json_t *schema, const json_t *value)
{
    const json_t *constant = json_object_get (schema, "const"), *choices = json_object_get (schema, "enum");
    size_t i;
    json_t *choice;
    gboolean found = choices == NULL;
    json_array_foreach ((json_t *)choices, i, choice) found = found || json_equal (choice, value);
    if (found && (constant == NULL || json_equal (constant, value)))
        return;
    g_autofree char *is = shown (value), *wanted = shown (constant != NULL ? constant : choices);
    fault (c, constant != NULL ? _ ("is %s, not %s") : _ ("is %s, not one of %s"), is, wanted);
}

static void
check_string (check *c, const json_t *schema, const json_t *value)
{
    const char *text = json_string_value (value), *pattern = json_string_value (json_object_get (schema, "pattern"));
    const json_t *least = json_object_get (schema, "minLength");
    if (least != NULL && g_utf8_strlen (text, -1) < json_integer_value (least))
        fault (c, _ ("is shorter than %d characters"), (int) json_integer_value (least));
    if (pattern != NULL && !g_regex_match (g_hash_table_lookup (c->schema->patterns, pattern), text, 0, NULL)) {
        g_autofree char *is = shown (value);
        fault (c, _ ("is %s, which does not match %s"), is, pattern);
    }
}

static void
check_number (check *c, const json_t *schema, const json_t *value)
{
    const json_t *least = json_object_get (schema, "minimum"), *most = json_object_get (schema, "maximum");
    double number = json_number_value (value);
    if (least != NULL && number < json_number_value (least))
        fault (c, _ ("is %g, less than %g"), number, json_number_value (least));
    if (most != NULL && number > json_number_value (most))
        fault (c, _ ("is %g, more than %g"), number, json_number_value (most));
}

static void
check_array (check *c, const json_t *schema, const json_t *value)
{
    const json_t *items = json_object_get (schema, "items"), *least = json_object_get (schema, "minItems"),
                 *most = json_object_get (schema, "maxItems");
    json_int_t n = json_array_size (value);
    if (least != NULL && n < json_integer_value (least))
        fault (c, _ ("has fewer than %d items"), (int) json_integer_value (least));
    if (most != NULL && n > json_integer_value (most))
        fault (c, _ ("has more than %d items"), (int) json_integer_value (most));
    for (json_int_t i = 0; items != NULL && i < n; i++) {
        char index[24];
        g_snprintf (index, sizeof index, "%" JSON_INTEGER_FORMAT, i);
        check_member (c, items, json_array_get (value, i), index);
    }
}

static void
check_object (check *c, const json_t *schema, const json_t *value)
{
    const json_t *properties = json_object_get (schema, "properties"), *names = json_object_get (schema, "propertyNames"),
                 *further = json_object_get (schema, "additionalProperties"), *required = json_object_get (schema, "required");
    const char *key;
    json_t *member, *name;
    size_t i;
    json_array_foreach ((json_t *)required, i, name) if (json_object_get (value, json_string_value (name)) == NULL)
        fault (c, _ ("lacks '%s'"), json_string_value (name));
    json_object_foreach ((json_t *)value, key, member)
    {
        const json_t *own = json_object_get (properties, key);
        if (names != NULL) {
            json_t *text = json_string (key);
            check_node (c, names, text);
            json_decref (text);
        }
        if (own != NULL)
            check_member (c, own, member, key);
        else if (json_is_false (further))
            fault (c, _ ("has '%s', which is not foreseen"), key);
        else if (further != NULL)
            check_member (c, further, member, key);
    }
}

/* The type a form asks for, through its $ref. */
static gboolean
form_is_for (check *c, const json_t *form, const json_t *value)
{
    for (guint i = 0; i < MAX_DEPTH && form != NULL; i++) {
        if (!fits_type (json_object_get (form, "type"), value))
            return FALSE;
        const char *reference = json_string_value (json_object_get (form, "$ref"));
        form = reference == NULL ? NULL : kh_schema_resolve (c->schema, reference);
    }
    return TRUE;
}

static void
check_forms (check *c, const json_t *forms, const json_t *value)
{
    size_t i;
    json_t *form;
    g_autoptr (GString) nearest = NULL;
    guint fewest = G_MAXUINT;
    json_array_foreach ((json_t *)forms, i, form)
    {
        g_autoptr (GString) faults = g_string_new (NULL);
        check trial = { c->schema, c->pointer, faults, 0, c->depth };
        check_node (&trial, form, value);
        if (trial.n_faults == 0)
            return;
        if (trial.n_faults < fewest && form_is_for (c, form, value)) {
            fewest = trial.n_faults;
            if (nearest != NULL)
                g_string_free (nearest, TRUE);
            nearest = g_steal_pointer (&faults);
        }
    }
    g_autofree char *is = shown (value);
    if (nearest == NULL) {
        fault (c, _ ("is %s, none of the allowed forms"), is);
    } else if (c->n_faults < MAX_FAULTS) {
        g_string_append_len (c->faults, nearest->str, nearest->len);
        c->n_faults += fewest;
    }
}

static void
check_node (check *c, const json_t *schema, const json_t *value)
{
    if (c->depth >= MAX_DEPTH) {
        fault (c, _ ("the schema goes deeper than %d"), MAX_DEPTH);
        return;
    }
    c->depth++;
    const char *reference = json_string_value (json_object_get (schema, "$ref"));
    if (reference != NULL)
        check_node (c, kh_schema_resolve (c->schema, reference), value);
    check_type (c, json_object_get (schema, "type"), value);
    check_choice (c, schema, value);
    if (json_object_get (schema, "anyOf") != NULL)
        check_forms (c, json_object_get (schema, "anyOf"), value);
    if (json_is_string (value))
        check_string (c, schema, value);
    else if (json_is_number (value))
        check_number (c, schema, value);
    else if (json_is_array (value))
        check_array (c, schema, value);
    else if (json_is_object (value))
        check_object (c, schema, value);
    c->depth--;
}

gboolean
kh_schema_check (const kh_schema *schema, const json_t *value, GString *faults)
{
    g_autoptr (GString) pointer = g_string_new (NULL);
    check c = { schema, pointer, faults, 0, 0 };
    check_node (&c, schema->root, value);
    return c.n_faults == 0;
}
