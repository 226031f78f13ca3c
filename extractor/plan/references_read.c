/* references_read.c - day, issuer and number of a citation as values. */
#include "plan/references_parts.h"

#include <string.h>

#include "plan/document_numbers.h"
#include "plan/document_types.h"
#include "plan/pattern.h"

kh_text
kh_reference_words (const kh_citations *r, gsize start, gsize end)
{
    return kh_text_slice (r->pool, r->text, r->fold->at[start], kh_fold_end (r->fold, end));
}

gboolean
kh_reference_between (const kh_fold *fold, gsize from, gsize to, GRegex *pattern)
{
    if (to < from)
        return FALSE;
    g_autofree char *between = g_strndup (fold->str + from, to - from);
    return g_regex_match (pattern, between, 0, NULL);
}

/* Nothing but marks, "và", "các", "số" between. */
gboolean
kh_reference_listing (const kh_fold *fold, gsize from, gsize to)
{
    static GRegex *slot;
    return kh_reference_between (fold, from, to, kh_pattern ("^[ ,;]*(?:va )?(?:cac )?(?:so)?[ :.]*$", &slot));
}

/* Day and issuer from `at` on, each once, in either order. A body's name at once is an issuer behind the day only. */
kh_details
kh_details_read (const kh_fold *fold, gsize at, gsize limit, kh_issuer_flags flags)
{
    kh_details d = { .end = at };
    for (;;) {
        gsize start, end;
        kh_cited_day day;
        if (!d.has_day && kh_cited_day_follows (fold, d.end, limit, &day)) {
            d.day = day;
            d.has_day = TRUE;
            d.end = day.end;
        } else if (!d.has_issuer && kh_cited_issuer_follows (fold, d.end, limit, d.has_day ? flags : flags & ~KH_ISSUER_BARE, &start, &end)) {
            d.issuer = start;
            d.issuer_end = end;
            d.has_issuer = TRUE;
            d.end = end;
        } else
            return d;
    }
}

void
kh_details_take (const kh_citations *r, kh_reference *one, const kh_details *d)
{
    if (d->has_day) {
        kh_text words = kh_reference_words (r, d->day.start, d->day.end);
        one->date = kh_value_derived (r->pool, kh_date_iso (r->pool, d->day.date), &words);
        one->date_impossible = d->day.impossible;
    }
    if (d->has_issuer) {
        kh_text words = kh_reference_words (r, d->issuer, d->issuer_end);
        one->issuer = kh_value_of (r->pool, &words);
    }
}

kh_value
kh_reference_number (const kh_citations *r, gsize start, gsize end, const char *type)
{
    kh_text words = kh_reference_words (r, start, end);
    kh_value value = kh_value_derived (r->pool, kh_document_number_closed (r->pool, words.str), &words);
    if (type != NULL && kh_text_confidence (&words) < 0.9999)
        value.text = kh_document_number_healed (r->pool, value.text, type);
    return value;
}
