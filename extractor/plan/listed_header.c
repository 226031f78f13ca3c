/* listed_header.c - the header of a listed table: lines whose cells, each begun by a capital, name fields one after the other: a text
 * and two kinds of work at least.
 *
 *      Stt Lĩnh vực/nhiệm vụ Phòng, đơn vị          │ Stt │ Lĩnh vực/nhiệm vụ │ Phòng, đơn vị chủ trì │ Ghi chú │
 *      chủ trì Ghi chú
 */
#include "plan/columns.h"
#include "plan/listed_parts.h"
#include "plan/markers.h"
#include "plan/pattern.h"
#include "plan/wording.h"

#include <string.h>

#define MOST_HEADER 20   /* lines */
#define MOST_HEADER_WORDS 9

gboolean
kh_listed_ends (const char *text)
{
    if (KH_FITS (text, "^(?:noi nhan|tren day la|phu luc)\\b") || KH_FITS (text, "^[ivx]+[./-] ?(?:to chuc thuc hien|kinh phi|che do)"))
        return TRUE;
    return kh_is_capitals (text, 4) && kh_word_count (text) >= 3;
}

static gboolean
begins_header_cell (const char *word, gboolean at_line)
{
    gunichar first = g_utf8_get_char (word);
    if (!g_unichar_isupper (first))
        return FALSE;
    return at_line || !kh_is_capitals (word, 2) || strcmp (word, "TT") == 0 || strcmp (word, "STT") == 0;
}

static gboolean
is_work_field (const char *field)
{
    return field == KH_FIELD_LEAD || field == KH_FIELD_COORDINATE || field == KH_FIELD_DEADLINE || field == KH_FIELD_PRODUCT;
}

gboolean
kh_listed_header (kh_listed *t, guint begin)
{
    typedef struct cell { kh_text text; guint line; } cell; /* the line behind it */
    g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (cell));
    kh_marker readings[KH_MARKER_READINGS];
    const char *first = kh_listed_line (t, begin)->text.str;
    if (kh_markers_read (t->pool, first, readings) > 0 || kh_listed_ends (first))
        return FALSE; /* a heading above */
    for (guint i = begin; i < MIN (t->lines->len, begin + MOST_HEADER); i++) {
        const kh_text *text = &kh_listed_line (t, i)->text;
        if (i > begin && (g_ascii_isdigit (text->str[0]) || KH_FITS (text->str, "^(?:i|1|01)[. ]")))
            break;
        for (gsize p = 0; p < text->n_pieces; p++) {
            kh_text word = kh_text_slice (t->pool, text, text->pieces[p].start, text->pieces[p].end);
            cell *last = cells->len > 0 ? &g_array_index (cells, cell, cells->len - 1) : NULL;
            gboolean number = last != NULL && strcmp (word.str, "TT") == 0 && strcmp (last->text.str, "Số") == 0;
            if (begins_header_cell (word.str, p == 0) && !number) {
                cell fresh = { word, i + 1 };
                g_array_append_val (cells, fresh);
            } else if (last == NULL) {
                return FALSE;
            } else {
                last->text = kh_text_join (t->pool, &last->text, &word);
                last->line = i + 1;
            }
        }
    }
    g_array_set_size (t->columns, 0);
    guint known = 0, unknown = 0;
    for (guint i = 0; i < MIN (cells->len, KH_LISTED_COLUMNS); i++) {
        const cell *here = &g_array_index (cells, cell, i);
        kh_listed_column column = { here->text, kh_field_of_header (here->text.str), 0 };
        gboolean twice = FALSE;
        for (guint k = 0; k < t->columns->len; k++)
            twice = twice || (column.field != NULL && column.field != KH_FIELD_DEADLINE && g_array_index (t->columns, kh_listed_column, k).field == column.field);
        if (kh_word_count (here->text.str) > MOST_HEADER_WORDS || twice || (column.field == NULL && (i == 0 || unknown > 1)))
            break;
        unknown += column.field == NULL;
        g_array_append_val (t->columns, column);
        if (column.field == NULL)
            continue;
        known = t->columns->len;
        t->body = here->line;
    }
    g_array_set_size (t->columns, known); /* what follows the last known is of the first row */
    guint work = 0;
    t->text = t->group = -1;
    t->budget = 0;
    for (guint c = 0; c < t->columns->len; c++) {
        const char *field = g_array_index (t->columns, kh_listed_column, c).field;
        work += is_work_field (field);
        if (field == KH_FIELD_TEXT && t->text < 0)
            t->text = (int) c;
        if (field == KH_FIELD_BUDGET)
            t->budget = (int) c;
        if (field == KH_FIELD_GROUP && t->text < 0)
            t->group = (int) c;
    }
    for (guint c = 0; c < MIN (2, t->columns->len) && t->text < 0 && t->group < 0; c++) /* what is done, in words of its own */
        if (g_array_index (t->columns, kh_listed_column, c).field == NULL) {
            g_array_index (t->columns, kh_listed_column, c).field = KH_FIELD_TEXT;
            t->text = (int) c;
        }
    if (t->text < 0 && t->group >= 0) { /* one column of what is done, whatever it is called */
        g_array_index (t->columns, kh_listed_column, t->group).field = KH_FIELD_TEXT;
        t->text = t->group;
        t->group = -1;
    }
    t->numbered = t->columns->len > 0 && g_array_index (t->columns, kh_listed_column, 0).field == KH_FIELD_NUMBER;
    t->begin = begin;
    return t->text >= 0 && t->text == (t->numbered || t->group >= 0 ? 1 : 0) && work >= 2 && t->columns->len >= 4;
}
