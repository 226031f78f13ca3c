#include "plan/prose.h"

#include "plan/columns.h"
#include "plan/wording.h"
#include "viet/fold.h"
#include "viet/viet.h"

#include <string.h>

gboolean
kh_prose_has_items (const kh_section *section, guint i)
{
    const kh_paragraph *paragraph = g_ptr_array_index (section->paragraphs, i);
    for (guint k = i + 1; paragraph->marker != NULL && k < section->paragraphs->len; k++) {
        const kh_paragraph *below = g_ptr_array_index (section->paragraphs, k);
        if (below->table != NULL || below->depth <= paragraph->depth)
            return FALSE;
        if (!kh_prose_is_label (below))
            return TRUE;
    }
    return FALSE;
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
    static const char CLOSING[] = "tren day la";
    g_autofree char *begin = g_strndup (fold->str, strlen (CLOSING));
    return kh_fold_begins (fold, "tren day") || kh_fold_alike (begin, CLOSING);
}

/* Labels, folded, from their first word to their last. */
static const struct {
    const char *pattern;
    const char *field;
} LABELS[] = {
    { "^(?:(?:cac )?(?:co quan|don vi|bo phan|nguoi|phong|to chuc|ca nhan)(?:,? (?:don vi|ca nhan))?(?: duoc)? )?"
      "(?:phan cong|giao|dau moi|chu tri|thuc hien|tham muu|chiu trach nhiem|phu trach)(?:,? (?:chu tri|thuc hien|tham muu|chinh))*$", KH_FIELD_LEAD },
    { "^(?:(?:cac )?(?:co quan|don vi|bo phan) )?phoi hop(?: thuc hien)?$", KH_FIELD_COORDINATE },
    { "^(?:thoi gian|thoi han|thoi diem|tien do)(?: (?:thuc hien|hoan thanh|kiem tra|tien hanh|trien khai|to chuc|du kien|thanh tra|giam sat|khao sat))*$",
      KH_FIELD_DEADLINE },
    { "^(?:san pham|ket qua|dau ra)(?:,? (?:san pham|ket qua|dau ra|hoan thanh|can dat|du kien))*$", KH_FIELD_PRODUCT },
    { "^(?:du kien )?kinh phi(?: thuc hien)?$", KH_FIELD_BUDGET },
};

static const GRegex *
label_pattern (gsize which)
{
    static GRegex *compiled[G_N_ELEMENTS (LABELS)];
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        for (gsize i = 0; i < G_N_ELEMENTS (LABELS); i++)
            compiled[i] = g_regex_new (LABELS[i].pattern, G_REGEX_RAW, 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    return compiled[which];
}

const char *
kh_prose_label (const char *text, gsize *value)
{
    const char *colon = strchr (text, ':');
    if (colon == NULL || colon[1] != ' ' || colon == text)
        return NULL;
    g_autofree char *label = g_strndup (text, (gsize) (colon - text));
    if (kh_word_count (label) > 9 || kh_word_count (colon + 1) > 45 || kh_has_inner_stop (colon + 1))
        return NULL;
    g_autofree char *folded = kh_viet_fold (label);
    for (gsize i = 0; i < G_N_ELEMENTS (LABELS); i++)
        if (g_regex_match (label_pattern (i), folded, 0, NULL)) {
            *value = (gsize) (colon - text) + 1;
            return LABELS[i].field;
        }
    return NULL;
}

gboolean
kh_prose_is_label (const kh_paragraph *paragraph)
{
    gsize value;
    gboolean plain = paragraph->marker == NULL || !g_unichar_isalnum (g_utf8_get_char (paragraph->marker + (*paragraph->marker == '(')));
    return paragraph->text.text != NULL && plain && kh_prose_label (paragraph->text.text, &value) != NULL;
}
