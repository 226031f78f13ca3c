/* The printers of JSON. A tree is printed with two spaces of indent, but a list or object that fits on a line
 * stays on one: a box is read as a box, and a record is a third as long.
 *
 *     "/header/number": {"confidence": 0.98, "where": [{"page": 1, "bbox": [88.1, 92, 190.4, 106.2]}]},
 */
#include "emit/tree.h"

#include <string.h>

#define LINE_BYTES 120
#define DUMP_FLAGS (JSON_ENCODE_ANY | JSON_REAL_PRECISION (12))

static int
append (const char *bytes, size_t length, void *out)
{
    g_string_append_len (out, bytes, length);
    return 0;
}

static void
print_flat (GString *out, const json_t *json, size_t flags)
{
    json_dump_callback (json, append, out, DUMP_FLAGS | flags);
}

/* The least bytes it takes, counted no further than `most`: of texts their length, of all else a sign and a comma. */
static gsize
least_length (json_t *json, gsize most)
{
    gsize length = 2;
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_string (json))
        return length + json_string_length (json);
    if (json_is_array (json))
        json_array_foreach (json, i, value)
        {
            if (length > most)
                break;
            length += least_length (value, most - length);
        }
    else if (json_is_object (json))
        json_object_foreach (json, key, value)
        {
            if (length > most)
                break;
            length += strlen (key) + least_length (value, most - length);
        }
    return length;
}

/* Does it fit on what is left of the line? Then it is printed there. */
static gboolean
print_on_line (GString *out, json_t *json, gsize column)
{
    if (least_length (json, LINE_BYTES) > LINE_BYTES)
        return FALSE;
    gsize start = out->len;
    char line[LINE_BYTES];
    size_t length = json_dumpb (json, line, sizeof line, DUMP_FLAGS);
    if (length == 0 || length + column > LINE_BYTES)
        return FALSE;
    g_string_append_len (out, line, length);
    return out->len > start;
}

static gboolean
is_container (const json_t *json)
{
    return (json_is_object (json) && json_object_size (json) > 0) || (json_is_array (json) && json_array_size (json) > 0);
}

static void
new_line (GString *out, int depth)
{
    g_string_append_c (out, '\n');
    for (int i = 0; i < depth; i++)
        g_string_append (out, "  ");
}

static gsize
column_of (const GString *out, gsize line_start)
{
    return out->len - line_start;
}

static void print (GString *out, json_t *json, int depth, gsize line_start);

static void
print_members (GString *out, json_t *json, int depth)
{
    const char *separator = "", *key;
    json_t *value;
    json_object_foreach (json, key, value)
    {
        g_string_append (out, separator);
        gsize line_start = out->len + 1;
        new_line (out, depth + 1);
        json_t *name = json_string (key);
        print_flat (out, name, 0);
        json_decref (name);
        g_string_append (out, ": ");
        print (out, value, depth + 1, line_start);
        separator = ",";
    }
}

static void
print_items (GString *out, json_t *json, int depth)
{
    size_t i;
    json_t *value;
    json_array_foreach (json, i, value)
    {
        if (i > 0)
            g_string_append_c (out, ',');
        gsize line_start = out->len + 1;
        new_line (out, depth + 1);
        print (out, value, depth + 1, line_start);
    }
}

/* The top of the record always stands on lines of its own. */
static void
print (GString *out, json_t *json, int depth, gsize line_start)
{
    if (!is_container (json)) {
        print_flat (out, json, 0);
        return;
    }
    if (depth > 0 && print_on_line (out, json, column_of (out, line_start)))
        return;
    gboolean object = json_is_object (json);
    g_string_append_c (out, object ? '{' : '[');
    if (object)
        print_members (out, json, depth);
    else
        print_items (out, json, depth);
    new_line (out, depth);
    g_string_append_c (out, object ? '}' : ']');
}

void
kh_emit_json (GString *out, json_t *tree, gboolean one_line)
{
    if (one_line)
        print_flat (out, tree, JSON_COMPACT);
    else
        print (out, tree, 0, out->len);
    g_string_append_c (out, '\n');
}
