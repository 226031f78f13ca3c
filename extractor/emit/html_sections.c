/* html_sections.c - the document's sections with their paragraphs, and tables that are no tasks where they stand. */
#include "emit/html_parts.h"

#include "base/intl.h"

#include <string.h>

static gboolean
find_table (const kh_record *record, const char *id, guint *index)
{
    for (*index = 0; *index < record->tables->len; (*index)++)
        if (strcmp (((kh_table *) record->tables->pdata[*index])->id, id) == 0)
            return TRUE;
    return FALSE;
}

/* A table of tasks is told by its tasks; others are shown. */
static void
put_table (kh_shown *shown, guint index, gboolean *is_shown)
{
    const kh_table *table = shown->record->tables->pdata[index];
    if (is_shown[index])
        return;
    is_shown[index] = TRUE;
    if (table->role == KH_TABLE_TASKS && shown->record->tasks->len > 0)
        kh_put_element (shown->out, "<p><a href=\"#tasks\">→ ", _ ("Tasks"), "</a></p>\n");
    else
        kh_html_table (shown, index);
}

static void
put_paragraph (kh_shown *shown, const kh_paragraph *paragraph, const char *pointer, gboolean *is_shown)
{
    guint index;
    if (paragraph->table != NULL) {
        if (find_table (shown->record, paragraph->table, &index))
            put_table (shown, index, is_shown);
        return;
    }
    g_string_append_printf (shown->out, "<p class=\"d%d\">", CLAMP (paragraph->depth, 0, 2));
    if (paragraph->marker != NULL)
        kh_put_element (shown->out, "", paragraph->marker, " ");
    kh_show_value (shown, paragraph->text.text, &paragraph->text.seen, "%s/text", pointer);
    kh_html_references (shown, paragraph->references, pointer);
    g_string_append (shown->out, "</p>\n");
}

static void
put_section (kh_shown *shown, const kh_section *section, guint i, gboolean *is_shown)
{
    int level = CLAMP (section->level, 1, 4) + 2;
    if (section->number.text != NULL || section->title.text != NULL) {
        g_string_append_printf (shown->out, "<h%d id=\"%s\">", level, section->id);
        kh_show_value (shown, section->number.text, &section->number.seen, "/sections/%u/number", i);
        g_string_append (shown->out, section->number.text != NULL ? ". " : "");
        kh_show_value (shown, section->title.text, &section->title.seen, "/sections/%u/title", i);
        g_string_append_printf (shown->out, "</h%d>\n", level);
    }
    for (guint k = 0, written = 0; k < section->paragraphs->len; k++) {
        const kh_paragraph *paragraph = section->paragraphs->pdata[k];
        if (paragraph->text.text == NULL && paragraph->table == NULL && paragraph->marker == NULL)
            continue; /* not in the record: it has no number */
        g_autofree char *pointer = g_strdup_printf ("/sections/%u/paragraphs/%u", i, written++);
        put_paragraph (shown, paragraph, pointer, is_shown);
    }
}

void
kh_html_sections (kh_shown *shown)
{
    const kh_record *record = shown->record;
    g_autofree gboolean *is_shown = g_new0 (gboolean, record->tables->len + 1);
    if (record->sections->len + record->tables->len == 0)
        return;
    kh_html_part (shown->out, "sections", _ ("Sections"));
    for (guint i = 0; i < record->sections->len; i++)
        put_section (shown, record->sections->pdata[i], i, is_shown);
    for (guint i = 0; i < record->tables->len; i++)
        put_table (shown, i, is_shown);
    g_string_append (shown->out, "</section>\n");
}
