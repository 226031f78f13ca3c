#include "plan/prose.h"

#include "plan/columns.h"
#include "plan/wording.h"
#include "viet/fold.h"

#include <string.h>

gboolean
kh_prose_has_items (const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    if (paragraph->marker == NULL || i + 1 >= section->paragraphs->len)
        return FALSE;
    const kh_paragraph *next = g_ptr_array_index (section->paragraphs, i + 1);
    return next->table == NULL && next->depth > paragraph->depth;
}

static gboolean
has_sections_below (const kh_record *record, const kh_section *section)
{
    for (guint i = 0; i < record->sections->len; i++) {
        const kh_section *other = g_ptr_array_index (record->sections, i);
        if (other->parent != NULL && strcmp (other->parent, section->id) == 0)
            return TRUE;
    }
    return FALSE;
}

gboolean
kh_prose_introduces (const kh_record *record, const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    if (paragraph->text.text == NULL || kh_last_character (paragraph->text.text) != ':')
        return FALSE;
    if (i + 1 >= section->paragraphs->len)
        return has_sections_below (record, section);
    const kh_paragraph *next = g_ptr_array_index (section->paragraphs, i + 1);
    gboolean sibling = paragraph->marker != NULL && next->marker != NULL && next->depth <= paragraph->depth;
    return !sibling;
}

gboolean
kh_prose_is_frame (const kh_record *record, const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    const char *text = paragraph->text.text;
    if (paragraph->table != NULL || text == NULL || kh_prose_introduces (record, section, i))
        return TRUE;
    const char *close = strrchr (text, ')');
    if (*text == '(' && close != NULL && strlen (close) <= 2 && strchr (text, ')') == close)
        return TRUE;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    return kh_fold_begins (fold, "tren day");
}

const char *
kh_prose_label (const char *text, gsize *value)
{
    const char *colon = strchr (text, ':');
    if (colon == NULL || colon[1] != ' ')
        return NULL;
    g_autofree char *label = g_strndup (text, (gsize) (colon - text));
    if (kh_word_count (label) > 6 || kh_word_count (colon + 1) > 40 || kh_has_inner_stop (colon + 1))
        return NULL;
    const char *field = kh_field_of_header (label);
    const char *const fields[] = { KH_FIELD_LEAD, KH_FIELD_COORDINATE, KH_FIELD_DEADLINE, KH_FIELD_PRODUCT };
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (field == fields[i]) {
            *value = (gsize) (colon - text) + 1;
            return field;
        }
    return NULL;
}
