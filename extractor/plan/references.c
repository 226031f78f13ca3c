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

#include "plan/cited_day.h"
#include "plan/cited_issuer.h"
#include "plan/document_numbers.h"
#include "plan/document_types.h"
#include "plan/pattern.h"

#define WORDS_OF_NAME 30  /* between a law's word and its number: its name */
#define WORDS_OF_TITLE 7  /* between another paper's */
#define MOST_NAME 320     /* bytes of fold between a type word and its day */
#define WORDS_BEHIND 40   /* to a word of the kind that the number's code tells */

typedef struct citation {
    kh_reference *one;
    gsize start;          /* folded: of its type word, else of its number */
    gsize number, behind; /* of the number, and behind it */
    gsize end;            /* behind all that was read of it */
    gboolean typed;       /* has a word of type of its own */
    enum { BEHIND, BETWEEN, BEFORE } issuer; /* where it stands: "Nghị định của Chính phủ: số …", "đề nghị của Sở Nội vụ tại Tờ trình …" */
} citation;

typedef struct reader {
    kh_pool *pool;
    const kh_text *text;
    const kh_fold *fold;
    GArray *citations; /* of citation */
} reader;

/* What is said between type and number, or behind the number. */
typedef struct details {
    kh_cited_day day;
    gboolean has_day, has_issuer;
    gsize issuer, issuer_end;
    gsize end;
} details;

static kh_text
words_of (const reader *r, gsize start, gsize end)
{
    return kh_text_slice (r->pool, r->text, r->fold->at[start], kh_fold_end (r->fold, end));
}

static gboolean
fits_between (const kh_fold *fold, gsize from, gsize to, GRegex *pattern)
{
    g_autofree char *between = g_strndup (fold->str + from, to - from);
    return g_regex_match (pattern, between, 0, NULL);
}

/* Nothing but marks, "và", "các", "số" between. */
static gboolean
is_listing (const kh_fold *fold, gsize from, gsize to)
{
    static GRegex *slot;
    return fits_between (fold, from, to, kh_pattern ("^[ ,;]*(?:va )?(?:cac )?(?:so)?[ :.]*$", &slot));
}

/* Day and issuer from `at` on, each once, in either order. A body's name at once is an issuer behind the day only. */
static details
read_details (const kh_fold *fold, gsize at, gsize limit, kh_issuer_flags flags)
{
    details d = { .end = at };
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

static void
take (const reader *r, kh_reference *one, const details *d)
{
    if (d->has_day) {
        kh_text words = words_of (r, d->day.start, d->day.end);
        one->date = kh_value_derived (r->pool, kh_date_iso (r->pool, d->day.date), &words);
        one->date_impossible = d->day.impossible;
    }
    if (d->has_issuer) {
        kh_text words = words_of (r, d->issuer, d->issuer_end);
        one->issuer = kh_value_of (r->pool, &words);
    }
}

/* ------------------------------------------------------------------ type */

static int
count_words (const kh_fold *fold, gsize from, gsize to)
{
    int words = 0;
    for (gsize i = from; i < to; i++)
        words += fold->str[i] == ' ';
    return words;
}

/* The nearest type before `at`, not before `floor`: where it begins, -1 none. A longer type that holds it wins. */
static gssize
type_before (const kh_fold *fold, gsize floor, gsize at, gsize *length, const char **name)
{
    for (gsize i = at; i-- > floor;) {
        const char *found = kh_document_type_at (fold, i, length);
        if (found == NULL || i + *length > at)
            continue;
        *name = found;
        for (gsize k = i; k-- > floor && i - k < 24;) { /* "Thông tư liên tịch" is found from its front */
            gsize longer;
            const char *whole = kh_document_type_at (fold, k, &longer);
            if (whole != NULL && k + longer >= i + *length) {
                *name = whole;
                *length = longer;
                i = k;
                break;
            }
        }
        return i;
    }
    return -1;
}

/* Is what stands between a type word's end and a number "số", and perhaps the day and the issuer? */
static gboolean
is_beside (const kh_fold *fold, gsize from, gsize to, details *d)
{
    static GRegex *slot;
    *d = read_details (fold, from, to, 0);
    return fits_between (fold, d->end, to, kh_pattern ("^[ ,:.(]*(?:lien (?:tich|bo|nganh) )?(?:(?:so|gom|sau)[ :.,]*)*(?:\\(?\\d\\)[ ]*)?(?:\\d{1,5}(?: ?, ?| va )(?:so )?)*$", &slot));
}

/* Is the word at `type` capital, in the original? */
static gboolean
is_capital (const kh_fold *fold, gsize at)
{
    return g_unichar_isupper (g_utf8_get_char (fold->original + fold->at[at]));
}

/* An act of the National Assembly by its number: Luật and Nghị quyết are numbered alike. */
static gboolean
is_of_assembly (const char *number)
{
    return KH_FITS (number, "/(?:ub(?:tv)?)?qh ?\\d{0,2}$");
}

/* Could the type word name the document whose number's code tells `told` (NULL: nothing)? */
static gboolean
agrees (const char *name, const char *told, const char *number)
{
    if (told == NULL)
        return kh_document_type_is_law (name) == is_of_assembly (number) || strcmp (name, "Nghị quyết") == 0;
    return strcmp (name, told) == 0 || g_str_has_prefix (name, told);
}

/* The type word of the number at [start, end), not before `floor`; -1 when it has none. What stands between in `d`. */
static gssize
find_type (const kh_fold *fold, gsize floor, gsize start, const char *number, gsize *length, const char **name, details *d)
{
    const char *told = kh_document_type_of_number (number);
    gssize nearest = type_before (fold, floor, start, length, name);
    if (nearest < 0 || is_beside (fold, nearest + *length, start, d))
        return nearest;
    *d = (details){ 0 };
    for (gssize type = nearest; type >= 0; type = type_before (fold, floor, type, length, name)) {
        gsize behind = type + *length;
        int words = count_words (fold, behind, start);
        gboolean law = kh_document_type_is_law (*name), same = agrees (*name, told, number);
        if (words > WORDS_BEHIND || memchr (fold->str + behind, ';', start - behind) != NULL)
            break;
        int most = told != NULL ? WORDS_BEHIND : law ? WORDS_OF_NAME : WORDS_OF_TITLE;
        if (same && words <= most && (law || strchr (fold->str + behind, ':') == NULL || strchr (fold->str + behind, ':') >= fold->str + start))
            return type;
    }
    return -1;
}

/* ------------------------------------------------------------------ by number */

static kh_value
value_of_number (const reader *r, gsize start, gsize end, const char *type)
{
    kh_text words = words_of (r, start, end);
    kh_value value = kh_value_derived (r->pool, kh_document_number_closed (r->pool, words.str), &words);
    if (type != NULL && kh_text_confidence (&words) < 0.9999)
        value.text = kh_document_number_healed (r->pool, value.text, type);
    return value;
}

/* "số 187, 188-KL/TW": the numbers cut short before the whole one, each with its code. The first of them has the word of type. */
static void
add_cut_short (reader *r, citation *whole, gsize from)
{
    static GRegex *slot;
    const char *number = whole->one->number.text, *code = number + strspn (number, "0123456789");
    gsize at = from;
    int place[4];
    GRegex *pattern = kh_pattern ("\\G[ :.,(]*(?:(?:so|va) ?[:.]? ?)*(\\d{1,5})(?= ?,| va )", &slot);
    while (at < whole->number && kh_pattern_match (pattern, r->fold, at, place, 2) && (gsize) place[1] < whole->number) {
        citation cut = { kh_pool_new0 (r->pool, kh_reference, 1), whole->typed ? whole->start : (gsize) place[2], place[2], place[3], place[3], whole->typed, BEHIND };
        kh_text words = words_of (r, place[2], place[3]);
        cut.one->number = kh_value_doubt (kh_value_derived (r->pool, kh_pool_printf (r->pool, "%s%s", words.str, code), &words), 0.8f);
        cut.one->type = whole->one->type;
        g_array_append_val (r->citations, cut);
        whole->start = whole->number;
        whole->typed = FALSE;
        at = place[1];
    }
}

/* What a number without a word of type is: the type of the list it stands in, what its code tells; a letter. FALSE: it may be no document. */
static gboolean
type_without_word (const reader *r, const citation *c, gsize floor, kh_value *type)
{
    const citation *last = r->citations->len > 0 ? &g_array_index (r->citations, citation, r->citations->len - 1) : NULL;
    kh_text words = words_of (r, c->number, c->behind);
    const char *number = c->one->number.text, *told = kh_document_type_of_number (number);
    kh_cited_day day;
    gsize before = c->number;
    while (before > floor && strchr (" :.", r->fold->str[before - 1]) != NULL)
        before--;
    gboolean said = before >= 2 && strncmp (r->fold->str + before - 2, "so", 2) == 0 && (before == 2 || !g_ascii_isalnum (r->fold->str[before - 3]));
    *type = KH_NULL_VALUE;
    if (last != NULL && last->one->number.text != NULL && is_listing (r->fold, last->end, c->number))
        *type = kh_value_doubt (kh_value_derived (r->pool, last->one->type.text, &words), 0.8f);
    else if (told != NULL)
        *type = kh_value_doubt (kh_value_derived (r->pool, told, &words), 0.8f);
    else if (is_of_assembly (number))
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
        details d;
        gssize type = type_before (fold, at, start, &length, &name);
        end = type >= 0 && is_beside (fold, type + length, start, &d) ? (gsize) type : start;
    }
    const char *semicolon = memchr (fold->str + at, ';', end - at);
    return semicolon != NULL ? (gsize) (semicolon - fold->str) : end;
}

static gboolean
is_joint (const kh_reference *one)
{
    return (one->type.text != NULL && strstr (one->type.text, "liên tịch") != NULL) || strstr (one->number.text, "LT-") != NULL;
}

/* ------------------------------------------------------------------ by day */

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
    return !is_bound (fold, day) && !fits_between (fold, from, day, other) && (law || !fits_between (fold, from, day, event));
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
read_bare (const reader *r, gsize type, gsize length, const char *name, gsize to, citation *c)
{
    gsize start, end;
    if (!find_bare_number (r->fold, type + length, to, &start, &end))
        return FALSE;
    details d = read_details (r->fold, end, to, 0);
    gboolean blank = r->fold->str[start] == '/', part = strcmp (name, "Dự án") == 0 || strcmp (name, "Đề án") == 0 || strcmp (name, "Chương trình") == 0;
    if (!blank && !d.has_day && (part || !d.has_issuer))
        return FALSE; /* the third project of a programme */
    kh_text words = words_of (r, type, type + length);
    *c = (citation){ kh_pool_new0 (r->pool, kh_reference, 1), type, start, end, d.end, TRUE, BEHIND };
    c->one->type = kh_value_derived (r->pool, name, &words);
    c->one->number = value_of_number (r, start, end, NULL);
    take (r, c->one, &d);
    return TRUE;
}

/* The next law, or other document without a number or with a bare one, between `from` and `to`: mostly it is named by its day. */
static gboolean
read_dated (const reader *r, gsize from, gsize to, citation *c)
{
    const kh_fold *fold = r->fold;
    for (gsize i = from; i < to; i++) {
        gsize length, inner;
        const char *name = kh_document_type_at (fold, i, &length), *other;
        if (name == NULL || !is_capital (fold, i))
            continue;
        gboolean law = kh_document_type_is_law (name);
        kh_cited_day day;
        if (read_bare (r, i, length, name, to, c))
            return TRUE;
        const char *space = i + MOST_NAME < to ? memchr (fold->str + i + MOST_NAME, ' ', to - i - MOST_NAME) : NULL;
        if (!kh_cited_day_find (fold, i + length, space != NULL ? (gsize) (space - fold->str) : to, &day) || !is_own_day (fold, i + length, day.start, law))
            continue;
        if (count_words (fold, i + length, day.start) > (law ? WORDS_OF_NAME : WORDS_OF_TITLE))
            continue;
        gssize nearer = type_before (fold, i + length, day.start, &inner, &other);
        if (nearer >= 0 && (!law || is_capital (fold, nearer)))
            continue; /* the nearer type owns the day */
        details before = read_details (fold, i + length, day.start, 0), behind = read_details (fold, day.start, to, law ? 0 : KH_ISSUER_BARE);
        *c = (citation){ kh_pool_new0 (r->pool, kh_reference, 1), i, i, i + length, MAX (behind.end, day.end), TRUE, BEHIND };
        kh_text words = words_of (r, i, i + length);
        c->one->type = kh_value_derived (r->pool, name, &words);
        take (r, c->one, &before);
        take (r, c->one, &behind);
        if (c->one->date.text != NULL || c->one->date_impossible)
            return TRUE;
    }
    return FALSE;
}

/* "các Luật: Thủ đô ngày …; Đất đai ngày …": the next name and day behind the law `last`, which the plural governs. */
static gboolean
read_next_law (const reader *r, const citation *last, gsize to, citation *c)
{
    const kh_fold *fold = r->fold;
    gsize at = last->end;
    kh_cited_day day;
    at += strspn (fold->str + at, ",; ");
    if (strncmp (fold->str + at, "va ", 3) == 0)
        at += 3;
    if (at == last->end || at >= to || !is_capital (fold, at) || !kh_cited_day_find (fold, at, MIN (to, at + MOST_NAME), &day))
        return FALSE;
    for (gsize i = at; i < day.start; i++)
        if (fold->str[i] == ';' || (is_capital (fold, i) && kh_document_type_at (fold, i, NULL) != NULL))
            return FALSE;
    *c = (citation){ kh_pool_new0 (r->pool, kh_reference, 1), at, at, day.start, day.end, FALSE, BEHIND };
    details d = { .day = day, .has_day = TRUE };
    kh_text words = words_of (r, at, day.start);
    c->one->type = kh_value_doubt (kh_value_derived (r->pool, last->one->type.text, &words), 0.8f);
    take (r, c->one, &d);
    return TRUE;
}

/* ------------------------------------------------------------------ numbers in a row */

static const char *
code_of (const char *number)
{
    const char *slash = strchr (number, '/');
    const char *code = slash != NULL && g_ascii_isdigit (slash[1]) ? strchr (slash + 1, '/') : number + strspn (number, "0123456789");
    return code != NULL ? code : number;
}

/* What stands once for numbers in a row: the issuer behind the last or before the first; the day behind the last of those that share
 * one word of type. */
static void
share (const reader *r)
{
    for (guint i = r->citations->len; i-- > 1;) {
        const citation *c = &g_array_index (r->citations, citation, i), *last = c - 1;
        kh_reference *one = c->one, *before = last->one;
        if (one->number.text == NULL || before->number.text == NULL || strcmp (code_of (one->number.text), code_of (before->number.text)) != 0 ||
            !is_listing (r->fold, last->end, c->start))
            continue;
        if (before->issuer.text == NULL)
            before->issuer = one->issuer;
        if (before->date.text == NULL && !before->date_impossible && !c->typed) {
            before->date = one->date;
            before->date_impossible = one->date_impossible;
        }
    }
    for (guint i = 1; i < r->citations->len; i++) {
        citation *c = &g_array_index (r->citations, citation, i), *last = c - 1;
        if (last->issuer == BEHIND || c->one->issuer.text != NULL || c->one->number.text == NULL)
            continue;
        gboolean alike = strcmp (code_of (c->one->number.text), code_of (last->one->number.text)) == 0;
        gboolean listed = is_listing (r->fold, last->end, c->start);
        gboolean joined = last->issuer == BEFORE && strncmp (r->fold->str + last->end, " va ", 4) == 0;
        if (c->typed ? listed && (alike || joined) : alike) {
            c->one->issuer = last->one->issuer;
            c->issuer = last->issuer;
        }
    }
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

static void
add_dated (reader *r, gsize from, gsize to)
{
    for (citation c; read_dated (r, from, to, &c); from = c.end) {
        gboolean several = c.start >= 4 && strncmp (r->fold->str + c.start - 4, "cac ", 4) == 0 && kh_document_type_is_law (c.one->type.text);
        g_array_append_val (r->citations, c);
        for (citation next; several && read_next_law (r, &c, to, &next); c = next)
            g_array_append_val (r->citations, next);
    }
}

/* The citation of the number at [start, end), `from` the end of the one before. Where it ends. */
static gsize
add_numbered (reader *r, gsize from, gsize start, gsize end)
{
    citation c = { kh_pool_new0 (r->pool, kh_reference, 1), start, start, end, end, FALSE, BEHIND };
    gsize length = 0, issuer, issuer_end;
    const char *name = NULL;
    details before = { 0 };
    kh_value bare = value_of_number (r, start, end, NULL);
    gssize type = find_type (r->fold, from, start, bare.text, &length, &name, &before);
    add_dated (r, from, type >= 0 ? (gsize) type : start);
    if (type >= 0) {
        kh_text words = words_of (r, type, type + length);
        c.one->type = kh_value_derived (r->pool, name, &words);
        c.one->number = value_of_number (r, start, end, name);
        c.start = type;
        c.typed = TRUE;
    } else {
        c.one->number = bare;
        if (!type_without_word (r, &c, from, &c.one->type))
            return end;
    }
    details behind = read_details (r->fold, end, clause_end (r->fold, end), KH_ISSUER_BARE | (is_joint (c.one) ? KH_ISSUER_JOINT : 0));
    c.end = behind.end;
    c.issuer = before.has_issuer ? BETWEEN : BEHIND;
    take (r, c.one, &before);
    take (r, c.one, &behind);
    if (type >= 0 && c.one->issuer.text == NULL && kh_cited_issuer_precedes (r->fold, from, type, &issuer, &issuer_end)) {
        kh_text words = words_of (r, issuer, issuer_end);
        c.one->issuer = kh_value_of (r->pool, &words);
        c.issuer = BEFORE;
    }
    if (type >= 0 && !before.has_day)
        add_cut_short (r, &c, before.end > (gsize) type ? before.end : type + length);
    g_array_append_val (r->citations, c);
    return c.end;
}

GPtrArray *
kh_references_of (kh_pool *pool, const kh_text *text)
{
    reader r = { pool, text, kh_fold_new (pool, text->str), g_array_new (FALSE, FALSE, sizeof (citation)) };
    gsize from = 0, start, end;
    while (kh_document_number_find (r.fold, from, &start, &end))
        from = add_numbered (&r, from, start, end);
    add_dated (&r, from, r.fold->length);
    share (&r);
    GPtrArray *list = kh_pool_list (pool);
    for (guint i = 0; i < r.citations->len; i++)
        add (list, g_array_index (r.citations, citation, i).one);
    g_array_unref (r.citations);
    return list;
}
