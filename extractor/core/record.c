#include "core/record.h"

const kh_value KH_NULL_VALUE = { 0 };

/* One spot a printed line: words of one page whose boxes overlap in height. */
kh_evidence
kh_evidence_of (kh_pool *pool, const kh_text *text)
{
    kh_evidence seen = { kh_text_trust (text), kh_pool_memdup (pool, text, sizeof *text), 0, NULL };
    kh_spot *spots = kh_pool_new0 (pool, kh_spot, text->n_pieces);
    for (gsize i = 0; i < text->n_pieces; i++) {
        const kh_word *word = text->pieces[i].word;
        kh_spot *last = seen.n_spots > 0 ? &spots[seen.n_spots - 1] : NULL;
        gboolean same_line = last != NULL && last->page == word->page && word->box.x0 >= last->box.x0
                             && kh_box_overlap_y (last->box, word->box) > 0.4 * kh_box_height (word->box);
        if (same_line)
            last->box = kh_box_union (last->box, word->box);
        else
            spots[seen.n_spots++] = (kh_spot){ word->page, word->box };
    }
    seen.spots = spots;
    return seen;
}

kh_value
kh_value_of (kh_pool *pool, const kh_text *text)
{
    if (kh_text_is_empty (text))
        return KH_NULL_VALUE;
    return (kh_value){ text->str, kh_evidence_of (pool, text), NULL };
}

kh_value
kh_value_derived (kh_pool *pool, const char *string, const kh_text *from)
{
    if (string == NULL || *string == '\0')
        return KH_NULL_VALUE;
    kh_value value = { .text = kh_pool_strdup (pool, string) };
    if (from != NULL)
        value.seen = kh_evidence_of (pool, from);
    return value;
}

kh_value
kh_value_doubt (kh_value value, float factor)
{
    value.seen.confidence *= factor;
    return value;
}

kh_value
kh_value_confirm (kh_value value, float share)
{
    value.seen.confidence = 1 - (1 - value.seen.confidence) * share;
    return value;
}

kh_record *
kh_record_new (kh_pool *pool)
{
    kh_record *record = kh_pool_new0 (pool, kh_record, 1);
    GPtrArray **lists[] = { &record->pages,      &record->bases,      &record->sections,  &record->tasks,
                            &record->targets,    &record->responsibilities, &record->recipients,
                            &record->signatures, &record->tables,     &record->repairs,   &record->review,
                            &record->warnings };
    for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = kh_pool_list (pool);
    return record;
}

void
kh_record_warn (kh_pool *pool, kh_record *record, int page, const char *code, const char *message)
{
    kh_warning *warning = kh_pool_new0 (pool, kh_warning, 1);
    *warning = (kh_warning){ page, kh_pool_strdup (pool, code), kh_pool_strdup (pool, message) };
    g_ptr_array_add (record->warnings, warning);
}
