/* references_row.c - numbers in a row, and what is said once for all of them. */
#include "plan/references_parts.h"

#include <string.h>

#include "plan/pattern.h"

/* "số 187, 188-KL/TW": the numbers cut short before the whole one, each with its code. The first of them has the word of type. */
void
kh_references_add_cut_short (kh_citations *r, kh_citation *whole, gsize from)
{
    static GRegex *slot;
    const char *number = whole->one->number.text, *code = number + strspn (number, "0123456789");
    gsize at = from;
    int place[4];
    GRegex *pattern = kh_pattern ("\\G[ :.,(]*(?:(?:so|va) ?[:.]? ?)*(\\d{1,5})(?= ?,| va )", &slot);
    while (at < whole->number && kh_pattern_match (pattern, r->fold, at, place, 2) && (gsize) place[1] < whole->number) {
        kh_citation cut = { kh_pool_new0 (r->pool, kh_reference, 1), whole->typed ? whole->start : (gsize) place[2], place[2], place[3], place[3], whole->typed, KH_ISSUER_BEHIND };
        kh_text words = kh_reference_words (r, place[2], place[3]);
        cut.one->number = kh_value_doubt (kh_value_derived (r->pool, kh_pool_printf (r->pool, "%s%s", words.str, code), &words), 0.8f);
        cut.one->type = whole->one->type;
        g_array_append_val (r->citations, cut);
        whole->start = whole->number;
        whole->typed = FALSE;
        at = place[1];
    }
}

static const char *
code_of (const char *number)
{
    const char *slash = strchr (number, '/');
    const char *code = slash != NULL && g_ascii_isdigit (slash[1]) ? strchr (slash + 1, '/') : number + strspn (number, "0123456789");
    return code != NULL ? code : number;
}

/* What stands once for numbers in a row: the issuer behind the last or before the first; the day behind the last of those that share
 * one word of type. */
void
kh_references_share (const kh_citations *r)
{
    for (guint i = r->citations->len; i-- > 1;) {
        const kh_citation *c = &g_array_index (r->citations, kh_citation, i), *last = c - 1;
        kh_reference *one = c->one, *before = last->one;
        if (one->number.text == NULL || before->number.text == NULL || strcmp (code_of (one->number.text), code_of (before->number.text)) != 0 ||
            !kh_reference_listing (r->fold, last->end, c->start))
            continue;
        if (before->issuer.text == NULL)
            before->issuer = one->issuer;
        if (before->date.text == NULL && !before->date_impossible && !c->typed) {
            before->date = one->date;
            before->date_impossible = one->date_impossible;
        }
    }
    for (guint i = 1; i < r->citations->len; i++) {
        kh_citation *c = &g_array_index (r->citations, kh_citation, i), *last = c - 1;
        if (last->issuer == KH_ISSUER_BEHIND || c->one->issuer.text != NULL || c->one->number.text == NULL)
            continue;
        gboolean alike = strcmp (code_of (c->one->number.text), code_of (last->one->number.text)) == 0;
        gboolean listed = kh_reference_listing (r->fold, last->end, c->start);
        gboolean joined = last->issuer == KH_ISSUER_BEFORE && strncmp (r->fold->str + last->end, " va ", 4) == 0;
        if (c->typed ? listed && (alike || joined) : alike) {
            c->one->issuer = last->one->issuer;
            c->issuer = last->issuer;
        }
    }
}
