/* The compiled-in schema check: a good record, a table of broken ones, and schemas that must be refused. */
#include "kehoach.h"

#include "emit/emit.h"
#include "emit/schema.h"
#include "sample_record.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static GString *
sample_json (void)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    GString *out = g_string_new (NULL);
    kh_emit (out, sample_record (pool), NULL, (kh_models){ "vie", NULL }, KH_FORMAT_JSON, NULL, NULL);
    return out;
}

static void
good_record (void **state)
{
    (void)state;
    g_autoptr (GString) json = sample_json (), faults = g_string_new (NULL);
    if (!kh_validate (json->str, json->len, faults))
        fail_msg ("%s", faults->str);
    assert_string_equal (faults->str, "");
    assert_non_null (strstr (kh_schema_json (), "urn:kehoach:plan:1"));
}

/* Puts `value` (JSON; NULL removes) at a pointer whose parent exists. */
static void
put (json_t *json, const char *pointer, const char *value)
{
    g_auto (GStrv) parts = g_strsplit (pointer + 1, "/", -1);
    guint last = g_strv_length (parts) - 1;
    for (guint i = 0; i < last; i++)
        json = json_is_array (json) ? json_array_get (json, atoi (parts[i])) : json_object_get (json, parts[i]);
    json_t *new_value = value == NULL ? NULL : json_loads (value, JSON_DECODE_ANY, NULL);
    if (value == NULL)
        json_object_del (json, parts[last]);
    else if (json_is_array (json) && (size_t)atoi (parts[last]) >= json_array_size (json))
        json_array_append_new (json, new_value);
    else if (json_is_array (json))
        json_array_set_new (json, atoi (parts[last]), new_value);
    else
        json_object_set_new (json, parts[last], new_value);
}

static void
broken_records (void **state)
{
    (void)state;
    static const struct {
        const char *pointer, *value, *fault;
    } cases[] = {
        { "/schema", "\"kehoach.plan/2\"", "/schema: is \"kehoach.plan/2\", not \"kehoach.plan/1\"\n" },
        { "/header", NULL, "/: lacks 'header'\n" },
        { "/extra", "1", "/: has 'extra', which is not foreseen\n" },
        { "/header/title", "\"\"", "/header/title: is shorter than 1 characters\n" },
        { "/header/title", "5", "/header/title: is 5, not of type [\"string\",\"null\"]\n" },
        { "/header/date", "\"2024-13\"", "/header/date: is \"2024-13\", which does not match" },
        { "/header/date", "\"2024-02-30x\"", "/header/date: is" },
        { "/header/date", "\"2024\\n\"", "/header/date: is" },
        { "/header/period/end", "\"2024\"", "/header/period/end: is \"2024\", which does not match" },
        { "/header/province/code", "\"4\"", "/header/province/code: is \"4\", which" },
        { "/source/sha256", "\"ABC\"", "/source/sha256: is \"ABC\"" },
        { "/source/pages/1/rotation", "45", "/source/pages/1/rotation: is 45, not one of [0,90,180,270]\n" },
        { "/source/pages/1/confidence", "1.5", "/source/pages/1/confidence: is 1.5, more than 1\n" },
        { "/source/pages/0/number", "0", "/source/pages/0/number: is 0, less than 1\n" },
        { "/source/bytes", "1.5", "/source/bytes: is 1.5, not of type \"integer\"\n" },
        { "/sections/0/role", "\"task\"", "/sections/0/role: is \"task\", not one of" },
        { "/sections/0/paragraphs/0/marker", NULL, "/sections/0/paragraphs/0: lacks 'marker'\n" },
        { "/sections/0/paragraphs/0", "null", "/sections/0/paragraphs/0: is null, none of the allowed forms\n" },
        { "/sections/0/paragraphs/1/table", "\"x1\"", "/sections/0/paragraphs/1/table: is \"x1\"" },
        { "/tasks/0/deadline/kind", "\"soon\"", "/tasks/0/deadline/kind: is \"soon\", not one of" },
        { "/tasks/0/deadline", "\"Quý I\"", "/tasks/0/deadline: is \"Quý I\", none of the allowed forms\n" },
        { "/tasks/0/lead", "\"Sở\"", "/tasks/0/lead: is \"Sở\", not of type \"array\"\n" },
        { "/tasks/0/lead/1", "null", "/tasks/0/lead/1: is null, not of type \"string\"\n" },
        { "/tasks/0/row", "0", "/tasks/0/row: is 0, less than 1\n" },
        { "/tasks/0/other", "{\"a/b\": 1}", "/tasks/0/other/a~1b: is 1, not of type" },
        { "/targets/0/comparator", "\">\"", "/targets/0/comparator: is \">\", not one of" },
        { "/targets/0/value", "\"85\"", "/targets/0/value: is \"85\", not of type \"number\"\n" },
        { "/tables/0/pages", "[]", "/tables/0/pages: has fewer than 1 items\n" },
        { "/tables/0/rows/0/0/row_span", "0", "/tables/0/rows/0/0/row_span: is 0, less than 1\n" },
        { "/evidence/x", "{\"confidence\":1,\"where\":[{\"page\":1,\"bbox\":[0,0,1,1]}]}", "is \"x\", which does not match" },
        { "/evidence/", "{\"confidence\":1,\"where\":[{\"page\":1,\"bbox\":[0,0,1]}]}",
          "/where/0/bbox: has fewer than 4 items\n" },
        { "/review/0/pointer", "\"tasks\"", "/review/0/pointer: is \"tasks\"" },
        { "/warnings/0/page", "0", "/warnings/0/page: is 0, less than 1\n" },
    };
    g_autoptr (GString) good = sample_json ();
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        json_t *json = json_loads (good->str, 0, NULL);
        put (json, cases[i].pointer, cases[i].value);
        char *text = json_dumps (json, JSON_COMPACT);
        g_autoptr (GString) faults = g_string_new (NULL);
        gboolean valid = kh_validate (text, strlen (text), faults);
        if (valid || strstr (faults->str, cases[i].fault) == NULL)
            fail_msg ("%s = %s: expected '%s', got '%s'", cases[i].pointer, cases[i].value, cases[i].fault, faults->str);
        free (text);
        json_decref (json);
    }
}

static void
no_json (void **state)
{
    (void)state;
    static const char *const texts[] = { "", "{", "{\"a\": 1, \"a\": 2}", "nonsense", "{} {}", "\"\\ud800\"" };
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GString) faults = g_string_new (NULL);
        assert_false (kh_validate (texts[i], strlen (texts[i]), faults));
        assert_true (g_str_has_prefix (faults->str, "/: not JSON: "));
        assert_ptr_equal (strchr (faults->str, '\n'), faults->str + faults->len - 1);
    }
    g_autoptr (GString) faults = g_string_new (NULL);
    assert_false (kh_validate ("[]", 2, faults));
    assert_string_equal (faults->str, "/: is [], not of type \"object\"\n");
}

/* However bad a record is, the list of its faults ends. */
static void
many_faults (void **state)
{
    (void)state;
    g_autoptr (GString) json = g_string_new ("{\"recipients\": [0"), faults = g_string_new (NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append (json, ",0");
    g_string_append (json, "]}");
    assert_false (kh_validate (json->str, json->len, faults));
    g_auto (GStrv) lines = g_strsplit (faults->str, "\n", -1);
    assert_int_equal (g_strv_length (lines), 201);
}

static void
schemas (void **state)
{
    (void)state;
    static const struct {
        const char *schema, *why; /* NULL: it loads */
    } cases[] = {
        { "{}", NULL },
        { "{\"type\": [\"string\", \"null\"], \"minLength\": 1, \"title\": \"x\"}", NULL },
        { "{\"$defs\": {\"a\": {}}, \"$ref\": \"#/$defs/a\"}", NULL },
        { "{\"format\": \"date\"}", "'format': unknown keyword\n" },
        { "{\"properties\": {\"format\": {\"oneOf\": []}}}", "'oneOf': unknown keyword\n" },
        { "{\"items\": {\"maxLength\": 5}}", "'maxLength': unknown keyword\n" },
        { "{\"anyOf\": [{}, {\"if\": {}}]}", "'if': unknown keyword\n" },
        { "{\"$defs\": {\"a\": {\"uniqueItems\": true}}}", "'uniqueItems': unknown keyword\n" },
        { "{\"additionalProperties\": {\"not\": {}}}", "'not': unknown keyword\n" },
        { "{\"additionalProperties\": true}", "a schema that is no object\n" },
        { "{\"type\": \"text\"}", "'type': not well formed\n" },
        { "{\"required\": \"a\"}", "'required': not well formed\n" },
        { "{\"minLength\": -1}", "'minLength': not well formed\n" },
        { "{\"$ref\": \"#/$defs/a\"}", "'$ref': not well formed\n" },
        { "{\"$ref\": \"other.json\"}", "'$ref': not well formed\n" },
        { "{\"pattern\": \"[\"}", "'[': " },
        { "[]", "a schema that is no object\n" },
        { "{", "line 1: " },
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GString) why = g_string_new (NULL);
        g_autoptr (kh_schema) schema = kh_schema_load (cases[i].schema, strlen (cases[i].schema), why);
        if (cases[i].why == NULL ? schema == NULL : schema != NULL || !g_str_has_prefix (why->str, cases[i].why))
            fail_msg ("%s: expected '%s', got '%s'", cases[i].schema, cases[i].why, why->str);
    }
}

/* Keywords on small values. */
static void
keywords (void **state)
{
    (void)state;
    static const struct {
        const char *schema, *value;
        gboolean valid;
    } cases[] = {
        { "{\"type\": \"integer\"}", "2.0", TRUE },
        { "{\"type\": \"integer\"}", "2.5", FALSE },
        { "{\"type\": \"number\"}", "2", TRUE },
        { "{\"type\": \"boolean\"}", "false", TRUE },
        { "{\"minLength\": 2}", "\"ở\"", FALSE }, /* characters, not bytes */
        { "{\"minLength\": 2}", "5", TRUE },      /* of strings only */
        { "{\"pattern\": \"b\"}", "\"abc\"", TRUE },
        { "{\"pattern\": \"^b$\"}", "\"b\\n\"", FALSE },
        { "{\"maximum\": 1, \"minimum\": 0}", "1", TRUE },
        { "{\"maximum\": 1, \"minimum\": 0}", "-0.1", FALSE },
        { "{\"items\": {\"type\": \"null\"}, \"maxItems\": 1}", "[null]", TRUE },
        { "{\"items\": {\"type\": \"null\"}, \"maxItems\": 1}", "[null, null]", FALSE },
        { "{\"anyOf\": [{\"type\": \"null\"}, {\"minimum\": 3}]}", "null", TRUE },
        { "{\"anyOf\": [{\"type\": \"null\"}, {\"type\": \"number\", \"minimum\": 3}]}", "2", FALSE },
        { "{\"enum\": [null, \"a\"]}", "null", TRUE },
        { "{\"const\": {\"a\": [1]}}", "{\"a\": [1]}", TRUE },
        { "{\"additionalProperties\": {\"type\": \"null\"}, \"properties\": {\"a\": {}}}", "{\"a\": 1, \"b\": null}", TRUE },
        { "{\"additionalProperties\": {\"type\": \"null\"}, \"properties\": {\"a\": {}}}", "{\"a\": 1, \"b\": 1}", FALSE },
        { "{\"propertyNames\": {\"pattern\": \"^/\"}}", "{\"a\": 1}", FALSE },
        { "{\"$defs\": {\"a\": {\"type\": \"null\"}}, \"$ref\": \"#/$defs/a\", \"title\": \"t\"}", "1", FALSE },
        { "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/a\"}}, \"$ref\": \"#/$defs/a\"}", "1", FALSE }, /* a circle ends */
    };
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GString) faults = g_string_new (NULL);
        g_autoptr (kh_schema) schema = kh_schema_load (cases[i].schema, strlen (cases[i].schema), faults);
        json_t *value = json_loads (cases[i].value, JSON_DECODE_ANY, NULL);
        assert_non_null (schema);
        if (kh_schema_check (schema, value, faults) != cases[i].valid)
            fail_msg ("%s of %s: %s", cases[i].value, cases[i].schema, faults->str);
        assert_int_equal (faults->len == 0, cases[i].valid);
        json_decref (value);
    }
}

int
main (void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test (good_record), cmocka_unit_test (broken_records), cmocka_unit_test (no_json),
        cmocka_unit_test (many_faults), cmocka_unit_test (schemas),        cmocka_unit_test (keywords),
    };
    return cmocka_run_group_tests_name ("validate", tests, NULL, NULL);
}
