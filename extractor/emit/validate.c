/* A record is checked against schemas/plan.schema.json, which is compiled into the library (GResource, see Makefile). */
#include "kehoach.h"

#include "base/intl.h"
#include "emit/schema.h"

#include <gio/gio.h>

/* Generated from schemas/kehoach.gresource.xml. */
extern GResource *kh_schema_get_resource (void);

/* The resource lives as long as the program; its bytes end with a zero byte that is not counted. */
static GBytes *
schema_bytes (void)
{
    static gsize ready;
    static GBytes *bytes;
    if (g_once_init_enter (&ready)) {
        bytes =
            g_resource_lookup_data (kh_schema_get_resource (), "/kehoach/plan.schema.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
        g_once_init_leave (&ready, 1);
    }
    return bytes;
}

const char *
kh_schema_json (void)
{
    return g_bytes_get_data (schema_bytes (), NULL);
}

gboolean
kh_validate (const char *json, gsize length, GString *faults)
{
    static gsize ready;
    static kh_schema *schema;
    static GString *why; /* a mistake of ours, which tests/unit/test_validate.c would find */
    if (g_once_init_enter (&ready)) {
        why = g_string_new (NULL);
        schema = kh_schema_load (kh_schema_json (), g_bytes_get_size (schema_bytes ()), why);
        g_once_init_leave (&ready, 1);
    }
    json_error_t error;
    json_t *value = json_loadb (json, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    gboolean good = FALSE;
    if (value == NULL)
        g_string_append_printf (faults, _ ("/: not JSON: line %d, column %d: %s\n"), error.line, error.column, error.text);
    else if (schema == NULL)
        g_string_append_printf (faults, "plan.schema.json: %s", why->str);
    else
        good = kh_schema_check (schema, value, faults);
    json_decref (value);
    return good;
}
