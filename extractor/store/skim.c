/* skim.c - values that are passed over are not parsed: only strings and brackets are counted. That finds a record that was cut
 * off, and nothing else; the program that wrote it is our own. */
#include "store/skim.h"

#include <string.h>

typedef struct text {
    const char *at, *end;
} text;

static void
skip_space (text *t)
{
    while (t->at < t->end && g_ascii_isspace (*t->at))
        t->at++;
}

static gboolean
takes (text *t, char wanted)
{
    skip_space (t);
    if (t->at >= t->end || *t->at != wanted)
        return FALSE;
    t->at++;
    return TRUE;
}

/* From the first quote to behind the last one. */
static gboolean
skip_string (text *t)
{
    for (const char *p = t->at + 1; p < t->end; p++) {
        p = memchr (p, '"', t->end - p);
        if (p == NULL)
            return FALSE;
        guint n = 0; /* of the backslashes before it; they are pairs when the string ends here */
        while (p[-1 - (int)n] == '\\')
            n++;
        if (n % 2 == 0) {
            t->at = p + 1;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
skip_value (text *t)
{
    guint depth = 0;
    skip_space (t);
    const char *start = t->at;
    while (t->at < t->end) {
        switch (*t->at) {
        case '"':
            if (!skip_string (t))
                return FALSE;
            if (depth == 0)
                return TRUE;
            continue;
        case '{':
        case '[':
            depth++;
            break;
        case '}':
        case ']':
            if (depth == 0)
                return t->at > start;
            if (--depth == 0) {
                t->at++;
                return TRUE;
            }
            break;
        case ',':
            if (depth == 0)
                return t->at > start;
            break;
        default:
            break;
        }
        t->at++;
    }
    return FALSE;
}

/* The next member of an object whose opening bracket was taken: its key with quotes, its value. FALSE at the end, which `is_over`
 * tells from what is no JSON. */
static gboolean
next_member (text *t, text *key, text *value, gboolean *is_first, gboolean *is_over)
{
    *is_over = FALSE;
    if (takes (t, '}')) {
        *is_over = TRUE;
        return FALSE;
    }
    if (!*is_first && !takes (t, ','))
        return FALSE;
    *is_first = FALSE;
    skip_space (t);
    key->at = t->at;
    if (t->at >= t->end || *t->at != '"' || !skip_string (t))
        return FALSE;
    key->end = t->at;
    if (!takes (t, ':'))
        return FALSE;
    skip_space (t);
    value->at = t->at;
    if (!skip_value (t))
        return FALSE;
    value->end = t->at;
    return TRUE;
}

static gboolean
is_key (const text *key, const char *name)
{
    gsize length = strlen (name);
    return (gsize)(key->end - key->at) == length + 2 && memcmp (key->at + 1, name, length) == 0;
}

/* ---- evidence ---- */

/* The number behind `name` in an evidence object, which holds no strings but its keys. */
static const char *
number_behind (kh_pool *pool, const text *value, const char *name)
{
    const char *found = memmem (value->at, value->end - value->at, name, strlen (name));
    if (found == NULL)
        return NULL;
    text t = { found + strlen (name), value->end };
    if (!takes (&t, ':'))
        return NULL;
    skip_space (&t);
    gsize length = 0;
    while (t.at + length < t.end && strchr ("0123456789.eE+-", t.at[length]) != NULL && length < 32)
        length++;
    return length > 0 ? kh_pool_strndup (pool, t.at, length) : NULL;
}

static const char *
string_of (kh_pool *pool, const text *key)
{
    if (memchr (key->at, '\\', key->end - key->at) == NULL)
        return kh_pool_strndup (pool, key->at + 1, key->end - key->at - 2);
    json_t *string = json_loadb (key->at, key->end - key->at, JSON_DECODE_ANY, NULL);
    const char *copy = string != NULL ? kh_pool_strdup (pool, json_string_value (string)) : NULL;
    json_decref (string);
    return copy;
}

static gboolean
skim_evidence (kh_pool *pool, text t, GHashTable *places)
{
    text key, value;
    gboolean is_first = TRUE, is_over = FALSE;
    if (!takes (&t, '{'))
        return TRUE;
    while (next_member (&t, &key, &value, &is_first, &is_over)) {
        kh_place *place = kh_pool_new0 (pool, kh_place, 1);
        const char *pointer = string_of (pool, &key);
        place->page = number_behind (pool, &value, "\"page\"");
        place->confidence = number_behind (pool, &value, "\"confidence\"");
        if (pointer != NULL)
            g_hash_table_insert (places, (gpointer)pointer, place);
    }
    return is_over;
}

kh_place
kh_skimmed_place (const kh_skimmed *skimmed, const char *pointer)
{
    char stretch[256];
    g_strlcpy (stretch, pointer, sizeof stretch);
    for (;;) {
        const kh_place *place = g_hash_table_lookup (skimmed->places, stretch);
        char *slash = strrchr (stretch, '/');
        if (place != NULL)
            return *place;
        if (slash == NULL || slash == stretch)
            return (kh_place){ NULL, NULL };
        *slash = '\0';
    }
}

/* ---- the record ---- */

static void
drop_json (gpointer json)
{
    json_decref (json);
}

static void
drop_table (gpointer table)
{
    g_hash_table_unref (table);
}

gboolean
kh_skim (kh_pool *pool, const char *record, gsize length, kh_skimmed *skimmed, const char **why)
{
    g_autoptr (GString) wanted = g_string_sized_new (length / 2 + 16);
    text t = { record, record + length }, key, value;
    gboolean is_first = TRUE, is_over = FALSE, good = TRUE;
    skimmed->places = kh_pool_own (pool, g_hash_table_new (g_str_hash, g_str_equal), drop_table);
    *why = "it is cut off, or no JSON object";
    if (!takes (&t, '{'))
        return FALSE;
    g_string_append_c (wanted, '{');
    while (good && next_member (&t, &key, &value, &is_first, &is_over)) {
        if (is_key (&key, "evidence")) {
            good = skim_evidence (pool, value, skimmed->places);
        } else if (!is_key (&key, "tables") && !is_key (&key, "repairs")) {
            if (wanted->len > 1)
                g_string_append_c (wanted, ',');
            g_string_append_len (wanted, key.at, value.end - key.at);
        }
    }
    skip_space (&t);
    if (!good || !is_over || t.at != t.end)
        return FALSE;
    g_string_append_c (wanted, '}');
    json_error_t fault;
    skimmed->record = json_loadb (wanted->str, wanted->len, 0, &fault);
    if (skimmed->record == NULL)
        *why = kh_pool_strdup (pool, fault.text);
    else
        kh_pool_own (pool, skimmed->record, drop_json);
    return skimmed->record != NULL;
}
