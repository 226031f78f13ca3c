#include "plan/checks.h"

#include <string.h>

#include "plan/markers.h"
#include "plan/parts.h"
#include "plan/tasks.h"

/* The list of siblings a section stands in, as far as it has been read. */
typedef struct list {
    const char *parent; /* id; NULL at the top */
    kh_marker last;
    kh_section *first; /* the section `last` is the number of, where it begins the list; else NULL */
} list;

/* Where the numbered items of the section around stand: sections may go on a list that began with items. */
static kh_marker
last_item (kh_pool *pool, const kh_record *record, const char *id)
{
    kh_marker last = { 0 }, readings[KH_MARKER_READINGS];
    const kh_section *section = kh_section_with_id (record, id);
    for (guint k = 0; section != NULL && k < section->paragraphs->len; k++) {
        const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, k);
        const char *item = paragraph->marker != NULL ? kh_pool_printf (pool, "%s X", paragraph->marker) : NULL;
        if (item != NULL && kh_markers_read (pool, item, readings) > 0 && kh_marker_is_numbered (&readings[0]))
            last = readings[0];
    }
    return last;
}

static list *
list_of (kh_pool *pool, const kh_record *record, GArray *lists, const char *parent)
{
    for (guint i = 0; i < lists->len; i++)
        if (g_strcmp0 (g_array_index (lists, list, i).parent, parent) == 0)
            return &g_array_index (lists, list, i);
    list begun = { .parent = parent, .last = last_item (pool, record, parent), .first = NULL };
    g_array_append_val (lists, begun);
    return &g_array_index (lists, list, lists->len - 1);
}

/* A number as printed without its mark is read as what it was: "a" with a bracket, others with a stop. */
static guint
readings_of (kh_pool *pool, const char *number, kh_marker readings[KH_MARKER_READINGS])
{
    gunichar first = g_utf8_get_char (number);
    gboolean letter = g_unichar_islower (first) && g_utf8_strlen (number, -1) == 1;
    return kh_markers_read (pool, kh_pool_printf (pool, "%s%s X", number, letter ? ")" : "."), readings);
}

static const kh_marker *
first_of_list (const kh_marker *readings, guint n)
{
    for (guint i = 0; i < n; i++)
        if (kh_marker_value (&readings[i]) == 1)
            return &readings[i];
    return &readings[0];
}

/* Does the section's number go on its list (`follows`), or begin one? `last` moves on. */
static gboolean
is_in_sequence (kh_marker *last, const kh_marker *readings, guint n, gboolean *follows)
{
    *follows = FALSE;
    for (guint i = 0; i < n && last->kind != KH_MARKER_NONE; i++)
        if (kh_marker_follows (last, &readings[i])) {
            *last = readings[i];
            return *follows = TRUE;
        }
    const kh_marker *begun = NULL; /* the reading that would stand in the same list */
    for (guint i = 0; i < n && begun == NULL && last->kind != KH_MARKER_NONE; i++)
        if (kh_marker_same_list (last, &readings[i]))
            begun = &readings[i];
    gboolean same = begun != NULL;
    if (!same)
        begun = first_of_list (readings, n);
    *last = *begun;
    return !same && kh_marker_value (begun) == 1;
}

void
kh_check_section_numbers (kh_pool *pool, kh_record *record)
{
    g_autoptr (GArray) lists = g_array_new (FALSE, TRUE, sizeof (list));
    for (guint i = 0; i < record->sections->len; i++) {
        kh_section *section = g_ptr_array_index (record->sections, i);
        list *siblings = list_of (pool, record, lists, section->parent);
        kh_marker readings[KH_MARKER_READINGS];
        guint n = section->number.text != NULL && section->role != KH_ROLE_APPENDIX ? readings_of (pool, section->number.text, readings) : 0;
        if (n == 0) {
            siblings->last = (kh_marker){ 0 }; /* an unnumbered heading begins anew */
            siblings->first = NULL;
            continue;
        }
        gboolean follows;
        gboolean in_sequence = is_in_sequence (&siblings->last, readings, n, &follows);
        if (follows)
            section->number = kh_value_confirm (section->number, KH_DOUBT_OF_ORDERED);
        if (follows && siblings->first != NULL) /* the second speaks for the first */
            siblings->first->number = kh_value_confirm (siblings->first->number, KH_DOUBT_OF_ORDERED);
        siblings->first = follows || !in_sequence ? NULL : section;
        if (!in_sequence) {
            g_autofree char *pointer = g_strdup_printf ("/sections/%u/number", i);
            kh_plan_review (pool, record, pointer, "section_number_gap");
        }
    }
}
