#include "plan/ditto.h"

#include "plan/grids.h"
#include "viet/fold.h"

#include <string.h>

gboolean
kh_is_ditto (const char *text)
{
    static const char *const WORDS[] = { "n t", "nhu muc tren", "''", "\"", "\" \"", "//", "-//-", "-\"-" };
    if (*text == '\0' || strlen (text) > 24)
        return FALSE;
    g_autoptr (kh_pool) pool = kh_pool_new ();
    const kh_fold *fold = kh_fold_new (pool, text);
    for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
        if (strcmp (fold->str, WORDS[i]) == 0)
            return TRUE;
    /* the words by themselves, in brackets, between dashes, with a stop: nt, (nt), - nt -, nt. */
    g_autofree char *bare = g_strdup (fold->str);
    g_strdelimit (bare, "()[]-.,;\"", ' ');
    g_strstrip (bare);
    return strcmp (bare, "nt") == 0 || strcmp (bare, "nhu tren") == 0;
}

const kh_cell *
kh_ditto_meant (const kh_grid *grid, int first_row, int row, int col)
{
    while (--row >= first_row) {
        const kh_cell *cell = kh_grid_owner (grid, row, col, NULL, NULL);
        if (cell != NULL && cell->col_span == 1 && !kh_text_is_empty (&cell->text) && !kh_is_ditto (cell->text.str))
            return cell;
    }
    return NULL;
}

void
kh_ditto_note (kh_pool *pool, kh_record *record, const kh_cell *mark, const kh_cell *meant)
{
    kh_repair *repair = kh_pool_new0 (pool, kh_repair, 1);
    *repair = (kh_repair){ mark->page, "ditto", mark->text.str, meant->text.str, 1, 1 };
    g_ptr_array_add (record->repairs, repair);
}
