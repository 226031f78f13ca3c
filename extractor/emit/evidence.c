#include "emit/tree.h"

#include <math.h>
#include <string.h>

void
kh_walk_init (kh_walk *walk, const GPtrArray *pages)
{
    walk->pointer = g_string_new (NULL);
    walk->evidence = json_object ();
    walk->pages = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < pages->len; i++) {
        kh_page *page = pages->pdata[i];
        g_hash_table_insert (walk->pages, GINT_TO_POINTER (page->number), page);
    }
}

void
kh_walk_clear (kh_walk *walk)
{
    g_string_free (walk->pointer, TRUE);
    g_hash_table_unref (walk->pages);
    json_decref (walk->evidence);
    *walk = (kh_walk){ 0 };
}

/* RFC 6901: "~" is written ~0, "/" is written ~1. */
gsize
kh_walk_into (kh_walk *walk, const char *key)
{
    gsize mark = walk->pointer->len;
    g_string_append_c (walk->pointer, '/');
    for (; *key != '\0'; key++)
        if (*key == '~')
            g_string_append (walk->pointer, "~0");
        else if (*key == '/')
            g_string_append (walk->pointer, "~1");
        else
            g_string_append_c (walk->pointer, *key);
    return mark;
}

gsize
kh_walk_item (kh_walk *walk, gsize index)
{
    gsize mark = walk->pointer->len;
    g_string_append_printf (walk->pointer, "/%" G_GSIZE_FORMAT, index);
    return mark;
}

void
kh_walk_back (kh_walk *walk, gsize mark)
{
    g_string_truncate (walk->pointer, mark);
}

static json_t *
spot_json (const kh_walk *walk, const kh_spot *spot)
{
    const kh_page *page = g_hash_table_lookup (walk->pages, GINT_TO_POINTER (spot->page));
    kh_box box = page != NULL ? kh_page_shown (page, spot->box) : spot->box;
    json_t *bbox = json_array (), *json = json_object ();
    const double sides[] = { box.x0, box.y0, box.x1, box.y1 };
    for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
        json_array_append_new (bbox, kh_json_number (sides[i], 1));
    json_object_set_new (json, "page", json_integer (spot->page));
    json_object_set_new (json, "bbox", bbox);
    const kh_mark *mark = page != NULL ? kh_page_mark_upon (page, spot->box) : NULL;
    if (mark != NULL)
        json_object_set_new (json, "under", json_string (kh_mark_kind_name (mark->kind)));
    return json;
}

void
kh_walk_note (kh_walk *walk, const kh_evidence *seen)
{
    if (seen->n_spots == 0)
        return;
    json_t *where = json_array (), *json = json_object ();
    for (gsize i = 0; i < seen->n_spots; i++)
        json_array_append_new (where, spot_json (walk, &seen->spots[i]));
    json_object_set_new (json, "confidence", kh_json_number (CLAMP (seen->confidence, 0, 1), 2));
    json_object_set_new (json, "where", where);
    json_object_set_new (walk->evidence, walk->pointer->str, json);
}

json_t *
kh_json_text (const char *string)
{
    if (string == NULL || *string == '\0')
        return json_null ();
    json_t *json = json_string (string);
    if (json == NULL) {
        g_autofree char *valid = g_utf8_make_valid (string, -1);
        json = json_string (valid);
    }
    return json;
}

json_t *
kh_json_number (double number, int decimals)
{
    if (!isfinite (number))
        return json_null ();
    double scale = pow (10, decimals), rounded = round (number * scale) / scale;
    if (rounded == floor (rounded) && fabs (rounded) < 1e15)
        return json_integer ((json_int_t)rounded);
    return json_real (rounded);
}
