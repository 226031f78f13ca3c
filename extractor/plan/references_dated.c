/* references_dated.c - documents without a number, or with one that has no code: they are known by type word and day. */
#include "plan/references_parts.h"

#include <string.h>

#include "plan/document_types.h"
#include "plan/pattern.h"

#define WORDS_OF_NAME 30  /* between a law's word and its day: its name */
#define WORDS_OF_TITLE 7  /* between another paper's */
#define MOST_NAME 320     /* bytes of fold between a type word and its day */

/* Is the word before the day one that makes it a bound ("từ ngày", "trước ngày")? As spelled: without marks "tư" of "Luật Đầu tư" is one. */
static gboolean
is_bound (const kh_fold *fold, gsize day)
{
    static const char *const words[] = { "từ", "đến", "tới", "trước", "sau", "hết", "vào", "trong", "nhất", "lực", "đầu", "quá", "khi", "là", "hành" };
    gsize end = day;
    while (end > 0 && fold->str[end - 1] == ' ')
        end--;
    gsize start = end;
    while (start > 0 && fold->str[start - 1] != ' ')
        start--;
    g_autofree char *word = g_strndup (fold->original + fold->at[start], kh_fold_end (fold, end) - fold->at[start]);
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (word, words[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Is the day the paper's own: not when it is in force, or when something is to be done? */
static gboolean
is_own_day (const kh_fold *fold, gsize from, gsize day, gboolean law)
{
    static GRegex *slot, *slot_other;
    GRegex *other = kh_pattern ("^ (?:nay|tren|duoi day|so)(?![a-z])|(?!^):|;|[.] ", &slot);
    GRegex *event = kh_pattern ("(?:hieu luc|thi hanh|thuc hien|hoan thanh|to chuc)(?![a-z])|[(]", &slot_other);
    return !is_bound (fold, day) && !kh_reference_between (fold, from, day, other) && (law || !kh_reference_between (fold, from, day, event));
}

/* Behind a type word: "số 6332", "số 297-CT", numbers without the code of a body, or "số     /QĐ-UBND", one that is left blank. */
static gboolean
find_bare_number (const kh_fold *fold, gsize at, gsize limit, gsize *start, gsize *end)
{
    static GRegex *slot;
    int place[6];
    GRegex *pattern = kh_pattern ("\\G(?| (?:so[ :._]*)?(\\d{1,5})(?=,? ngay ?\\d)| so[ :._]*(\\d{1,5}(?: ?- ?[a-z]{2,8})?)(?= cua |,? ngay ?\\d)| so[ :._]*(/ ?(?:(?:19|20)\\d\\d ?/ ?)?[a-z]{1,8}(?: ?- ?[a-z0-9]{1,12})+)(?![a-z0-9]))", &slot);
    if (!kh_pattern_match (pattern, fold, at, place, 2) || (gsize) place[1] > limit)
        return FALSE;
    *start = place[2];
    *end = place[3];
    return TRUE;
}

/* A document with a number that has no code, or none but the code. */
static gboolean
read_bare (const kh_citations *r, gsize type, gsize length, const char *name, gsize to, kh_citation *c)
{
    gsize start, end;
    if (!find_bare_number (r->fold, type + length, to, &start, &end))
        return FALSE;
    kh_details d = kh_details_read (r->fold, end, to, 0);
    gboolean blank = r->fold->str[start] == '/', part = strcmp (name, "Dự án") == 0 || strcmp (name, "Đề án") == 0 || strcmp (name, "Chương trình") == 0;
    if (!blank && !d.has_day && (part || !d.has_issuer))
        return FALSE; /* the third project of a programme */
    kh_text words = kh_reference_words (r, type, type + length);
    *c = (kh_citation){ kh_pool_new0 (r->pool, kh_reference, 1), type, start, end, d.end, TRUE, KH_ISSUER_BEHIND };
    c->one->type = kh_value_derived (r->pool, name, &words);
    c->one->number = kh_reference_number (r, start, end, NULL);
    kh_details_take (r, c->one, &d);
    return TRUE;
}

/* The next law, or other document without a number or with a bare one, between `from` and `to`: mostly it is named by its day. */
static gboolean
read_dated (const kh_citations *r, gsize from, gsize to, kh_citation *c)
{
    const kh_fold *fold = r->fold;
    for (gsize i = from; i < to; i++) {
        gsize length, inner;
        const char *name = kh_document_type_at (fold, i, &length), *other;
        if (name == NULL || !kh_reference_capital (fold, i))
            continue;
        gboolean law = kh_document_type_is_law (name);
        kh_cited_day day;
        if (read_bare (r, i, length, name, to, c))
            return TRUE;
        const char *space = i + MOST_NAME < to ? memchr (fold->str + i + MOST_NAME, ' ', to - i - MOST_NAME) : NULL;
        if (!kh_cited_day_find (fold, i + length, space != NULL ? (gsize) (space - fold->str) : to, &day) || !is_own_day (fold, i + length, day.start, law))
            continue;
        if (kh_reference_count_words (fold, i + length, day.start) > (law ? WORDS_OF_NAME : WORDS_OF_TITLE))
            continue;
        gssize nearer = kh_type_word_before (fold, i + length, day.start, &inner, &other);
        if (nearer >= 0 && (!law || kh_reference_capital (fold, nearer)))
            continue; /* the nearer type owns the day */
        kh_details before = kh_details_read (fold, i + length, day.start, 0), behind = kh_details_read (fold, day.start, to, law ? 0 : KH_ISSUER_BARE);
        *c = (kh_citation){ kh_pool_new0 (r->pool, kh_reference, 1), i, i, i + length, MAX (behind.end, day.end), TRUE, KH_ISSUER_BEHIND };
        kh_text words = kh_reference_words (r, i, i + length);
        c->one->type = kh_value_derived (r->pool, name, &words);
        kh_details_take (r, c->one, &before);
        kh_details_take (r, c->one, &behind);
        if (c->one->date.text != NULL || c->one->date_impossible)
            return TRUE;
    }
    return FALSE;
}

/* "các Luật: Thủ đô ngày …; Đất đai ngày …": the next name and day behind the law `last`, which the plural governs. */
static gboolean
read_next_law (const kh_citations *r, const kh_citation *last, gsize to, kh_citation *c)
{
    const kh_fold *fold = r->fold;
    gsize at = last->end;
    kh_cited_day day;
    at += strspn (fold->str + at, ",; ");
    if (strncmp (fold->str + at, "va ", 3) == 0)
        at += 3;
    if (at == last->end || at >= to || !kh_reference_capital (fold, at) || !kh_cited_day_find (fold, at, MIN (to, at + MOST_NAME), &day))
        return FALSE;
    for (gsize i = at; i < day.start; i++)
        if (fold->str[i] == ';' || (kh_reference_capital (fold, i) && kh_document_type_at (fold, i, NULL) != NULL))
            return FALSE;
    *c = (kh_citation){ kh_pool_new0 (r->pool, kh_reference, 1), at, at, day.start, day.end, FALSE, KH_ISSUER_BEHIND };
    kh_details d = { .day = day, .has_day = TRUE };
    kh_text words = kh_reference_words (r, at, day.start);
    c->one->type = kh_value_doubt (kh_value_derived (r->pool, last->one->type.text, &words), 0.8f);
    kh_details_take (r, c->one, &d);
    return TRUE;
}

void
kh_references_add_dated (kh_citations *r, gsize from, gsize to)
{
    for (kh_citation c; read_dated (r, from, to, &c); from = c.end) {
        gboolean several = c.start >= 4 && strncmp (r->fold->str + c.start - 4, "cac ", 4) == 0 && kh_document_type_is_law (c.one->type.text);
        g_array_append_val (r->citations, c);
        for (kh_citation next; several && read_next_law (r, &c, to, &next); c = next)
            g_array_append_val (r->citations, next);
    }
}
