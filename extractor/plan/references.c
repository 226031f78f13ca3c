/* references.c - how a citation is read.
 *
 *   1. Every document number is a place to look from, and every capital word of type with a day (Luật … ngày 17/6/2010).
 *   2. Backwards from a number: its word of type. At once before it, with "số", a day or "của …" between at most (Kế hoạch ngày
 *      05/3/2024 của UBND tỉnh số 45/KH-UBND); or farther, the title between, if it is of the kind that the number's code tells.
 *      Without one the code says it (71/KH-STP -> Kế hoạch).
 *   3. Forwards: day and issuer, in either order.
 *   4. Numbers in a row share what is said once: the type before the first, day and issuer behind the last, the code of numbers cut
 *      short (số 187, 188-KL/TW).
 *   5. The same document a second time is dropped; what only the second mention says is kept.
 */
#include "plan/references.h"

#include <string.h>

#include "plan/document_numbers.h"
#include "plan/document_types.h"
#include "plan/references_parts.h"

/* What a number without a word of type is: the type of the list it stands in, what its code tells; a letter. FALSE: it may be no document. */
static gboolean
type_without_word (const kh_citations *r, const kh_citation *c, gsize floor, kh_value *type)
{
    const kh_citation *last = r->citations->len > 0 ? &g_array_index (r->citations, kh_citation, r->citations->len - 1) : NULL;
    kh_text words = kh_reference_words (r, c->number, c->behind);
    const char *number = c->one->number.text, *told = kh_document_type_of_number (number);
    kh_cited_day day;
    gsize before = c->number;
    while (before > floor && strchr (" :.", r->fold->str[before - 1]) != NULL)
        before--;
    gboolean said = before >= 2 && strncmp (r->fold->str + before - 2, "so", 2) == 0 && (before == 2 || !g_ascii_isalnum (r->fold->str[before - 3]));
    *type = KH_NULL_VALUE;
    if (last != NULL && last->one->number.text != NULL && kh_reference_listing (r->fold, last->end, c->number))
        *type = kh_value_doubt (kh_value_derived (r->pool, last->one->type.text, &words), 0.8f);
    else if (told != NULL)
        *type = kh_value_doubt (kh_value_derived (r->pool, told, &words), 0.8f);
    else if (kh_document_number_of_assembly (number))
        return TRUE; /* a law or a resolution */
    else if (said || kh_cited_day_follows (r->fold, c->behind, r->fold->length, &day))
        *type = kh_value_doubt (kh_value_derived (r->pool, "Công văn", &words), 0.8f); /* that is how letters are numbered */
    else
        return FALSE;
    return TRUE;
}

/* Where the next citation begins behind `at`: its type word beside its number, or the number; or the clause ends. */
static gsize
clause_end (const kh_fold *fold, gsize at)
{
    gsize start, end = fold->length, number_end, length;
    const char *name;
    if (kh_document_number_find (fold, at, &start, &number_end)) {
        kh_details d;
        gssize type = kh_type_word_before (fold, at, start, &length, &name);
        end = type >= 0 && kh_type_word_beside (fold, type + length, start, &d) ? (gsize) type : start;
    }
    const char *semicolon = memchr (fold->str + at, ';', end - at);
    return semicolon != NULL ? (gsize) (semicolon - fold->str) : end;
}

static gboolean
is_joint (const kh_reference *one)
{
    return (one->type.text != NULL && strstr (one->type.text, "liên tịch") != NULL) || strstr (one->number.text, "LT-") != NULL;
}

/* ------------------------------------------------------------------ the same a second time */

/* A scan lost the first digits of the second mention: 8/KH-UBND for 218/KH-UBND, of the same day. */
static gboolean
is_cut_number (const kh_reference *one, const kh_reference *other)
{
    if (one->number.text == NULL || other->number.text == NULL || one->date.text == NULL || one->number.seen.confidence > 0.9999 ||
        g_strcmp0 (one->date.text, other->date.text) != 0)
        return FALSE;
    return g_str_has_suffix (one->number.text, other->number.text) || g_str_has_suffix (other->number.text, one->number.text);
}

static gboolean
is_same (const kh_reference *one, const kh_reference *other)
{
    if (g_strcmp0 (one->type.text, other->type.text) != 0)
        return FALSE;
    if (one->number.text != NULL || other->number.text != NULL)
        return g_strcmp0 (one->number.text, other->number.text) == 0 || is_cut_number (one, other);
    return g_strcmp0 (one->date.text, other->date.text) == 0;
}

/* Adds the document, or to the one that is there already what it lacks. */
static void
add (GPtrArray *list, const kh_reference *one)
{
    for (guint i = 0; i < list->len; i++) {
        kh_reference *other = g_ptr_array_index (list, i);
        if (!is_same (one, other))
            continue;
        if (one->number.text != NULL && strlen (one->number.text) > strlen (other->number.text))
            other->number = one->number;
        if (other->date.text == NULL)
            other->date = one->date;
        if (other->issuer.text == NULL)
            other->issuer = one->issuer;
        return;
    }
    g_ptr_array_add (list, (gpointer) one);
}

/* ------------------------------------------------------------------ all */

/* The citation of the number at [start, end), `from` the end of the one before. Where it ends. */
static gsize
add_numbered (kh_citations *r, gsize from, gsize start, gsize end)
{
    kh_citation c = { kh_pool_new0 (r->pool, kh_reference, 1), start, start, end, end, FALSE, KH_ISSUER_BEHIND };
    gsize length = 0, issuer, issuer_end;
    const char *name = NULL;
    kh_details before = { 0 };
    kh_value bare = kh_reference_number (r, start, end, NULL);
    gssize type = kh_type_word_find (r->fold, from, start, bare.text, &length, &name, &before);
    kh_references_add_dated (r, from, type >= 0 ? (gsize) type : start);
    if (type >= 0) {
        kh_text words = kh_reference_words (r, type, type + length);
        c.one->type = kh_value_derived (r->pool, name, &words);
        c.one->number = kh_reference_number (r, start, end, name);
        c.start = type;
        c.typed = TRUE;
    } else {
        c.one->number = bare;
        if (!type_without_word (r, &c, from, &c.one->type))
            return end;
    }
    kh_details behind = kh_details_read (r->fold, end, clause_end (r->fold, end), KH_ISSUER_BARE | (is_joint (c.one) ? KH_ISSUER_JOINT : 0));
    c.end = behind.end;
    c.issuer = before.has_issuer ? KH_ISSUER_BETWEEN : KH_ISSUER_BEHIND;
    kh_details_take (r, c.one, &before);
    kh_details_take (r, c.one, &behind);
    if (type >= 0 && c.one->issuer.text == NULL && kh_cited_issuer_precedes (r->fold, from, type, &issuer, &issuer_end)) {
        kh_text words = kh_reference_words (r, issuer, issuer_end);
        c.one->issuer = kh_value_of (r->pool, &words);
        c.issuer = KH_ISSUER_BEFORE;
    }
    if (type >= 0 && !before.has_day)
        kh_references_add_cut_short (r, &c, before.end > (gsize) type ? before.end : type + length);
    g_array_append_val (r->citations, c);
    return c.end;
}

GPtrArray *
kh_references_of (kh_pool *pool, const kh_text *text)
{
    kh_citations r = { pool, text, kh_fold_new (pool, text->str), g_array_new (FALSE, FALSE, sizeof (kh_citation)) };
    gsize from = 0, start, end;
    while (kh_document_number_find (r.fold, from, &start, &end))
        from = add_numbered (&r, from, start, end);
    kh_references_add_dated (&r, from, r.fold->length);
    kh_references_share (&r);
    GPtrArray *list = kh_pool_list (pool);
    for (guint i = 0; i < r.citations->len; i++)
        add (list, g_array_index (r.citations, kh_citation, i).one);
    g_array_unref (r.citations);
    return list;
}
