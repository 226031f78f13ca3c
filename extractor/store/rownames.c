/* rownames.c - rows are named by what was read, and found again, also in what another version of the program read:
 *
 *   the same text at the same id ─> the same text, nearest to where it was ─> the same place on the page
 */
#include "store/presentparts.h"

#include <string.h>

#define SAME_PLACE 0.5 /* share of the smaller box that lies in the other */

static json_t *
read_rows (const kh_present *present, int list)
{
    return json_object_get (present->read, kh_list_names[list]);
}

/* The first place where a row was read. */
static const json_t *
place_of (const kh_present *present, int list, int at)
{
    static const char *const PARTS[] = { "/text", "" };
    for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
        g_autofree char *pointer = g_strdup_printf ("/%s/%d%s", kh_list_names[list], at, PARTS[i]);
        const json_t *evidence = json_object_get (json_object_get (present->read, "evidence"), pointer);
        const json_t *where = json_array_get (json_object_get (evidence, "where"), 0);
        if (where != NULL)
            return where;
    }
    return NULL;
}

json_t *
kh_present_row_name (const kh_present *present, int list, const kh_present_row *row)
{
    if (row->read < 0)
        return json_pack ("{s:I}", "made", (json_int_t)row->made);
    const json_t *value = json_array_get (read_rows (present, list), (gsize)row->read), *where = place_of (present, list, row->read);
    json_t *name = json_pack ("{s:i, s:O?, s:O?}", "at", row->read, "id", json_object_get (value, "id"), "text", json_object_get (value, "text"));
    if (where != NULL) {
        json_object_set (name, "page", json_object_get (where, "page"));
        json_object_set (name, "bbox", json_object_get (where, "bbox"));
    }
    return name;
}

static double
side (const json_t *box, int i)
{
    return json_number_value (json_array_get (box, (gsize)i));
}

/* The share of the smaller of two boxes that lies in the other. */
static double
overlap (const json_t *a, const json_t *b)
{
    double width = MIN (side (a, 2), side (b, 2)) - MAX (side (a, 0), side (b, 0));
    double height = MIN (side (a, 3), side (b, 3)) - MAX (side (a, 1), side (b, 1));
    double of_a = (side (a, 2) - side (a, 0)) * (side (a, 3) - side (a, 1)), of_b = (side (b, 2) - side (b, 0)) * (side (b, 3) - side (b, 1));
    return width > 0 && height > 0 && MIN (of_a, of_b) > 0 ? width * height / MIN (of_a, of_b) : 0;
}

/* Which row as read has this text; the nearest to `at` of several; -1: none. */
static int
find_text (const json_t *rows, const json_t *text, int at)
{
    int best = -1;
    gsize i;
    json_t *row;
    json_array_foreach ((json_t *)rows, i, row)
        if (json_equal (json_object_get (row, "text"), text) && (best < 0 || ABS ((int)i - at) < ABS (best - at)))
            best = (int)i;
    return best;
}

static int
find_place (const kh_present *present, int list, const json_t *name)
{
    const json_t *page = json_object_get (name, "page"), *box = json_object_get (name, "bbox");
    int best = -1;
    double most = SAME_PLACE;
    for (gsize i = 0; box != NULL && i < json_array_size (read_rows (present, list)); i++) {
        const json_t *where = place_of (present, list, (int)i);
        double share = where != NULL && json_equal (json_object_get (where, "page"), page) ? overlap (json_object_get (where, "bbox"), box) : 0;
        if (share > most) {
            most = share;
            best = (int)i;
        }
    }
    return best;
}

kh_present_row *
kh_present_find_row (const kh_present *present, int list, const json_t *name)
{
    const GPtrArray *rows = present->rows[list];
    const json_t *made = json_object_get (name, "made"), *text = json_object_get (name, "text");
    int at = (int)json_integer_value (json_object_get (name, "at")), read = -1;
    if (made == NULL) {
        const json_t *as_read = read_rows (present, list), *there = json_array_get (as_read, (gsize)MAX (at, 0));
        if (json_equal (json_object_get (there, "id"), json_object_get (name, "id")) && json_equal (json_object_get (there, "text"), text))
            read = at;
        else if (json_is_string (text))
            read = find_text (as_read, text, at);
        if (read < 0)
            read = find_place (present, list, name);
        if (read < 0)
            return NULL;
    }
    for (guint i = 0; i < rows->len; i++) {
        kh_present_row *row = rows->pdata[i];
        if (made != NULL ? row->made == json_integer_value (made) && row->read < 0 : row->read == read)
            return row;
    }
    return NULL;
}
