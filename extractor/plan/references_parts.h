/* references_parts.h - what the files of the references share. Within references*.c only.
 *
 *   references.c        the citation of each number; the same document a second time
 *   references_type.c   its word of type
 *   references_read.c   its day and issuer
 *   references_dated.c  laws and papers known by their day
 *   references_row.c    what is said once for numbers in a row
 *
 * All offsets are bytes of the folded text.
 */
#ifndef KH_PLAN_REFERENCES_PARTS_H
#define KH_PLAN_REFERENCES_PARTS_H

#include "core/record.h"
#include "plan/cited_day.h"
#include "plan/cited_issuer.h"

/* Where a citation's issuer stands. */
typedef enum kh_issuer_place {
    KH_ISSUER_BEHIND,
    KH_ISSUER_BETWEEN, /* Nghị định của Chính phủ: số … */
    KH_ISSUER_BEFORE,  /* đề nghị của Sở Nội vụ tại Tờ trình … */
} kh_issuer_place;

typedef struct kh_citation {
    kh_reference *one;
    gsize start;          /* of its type word, else of its number */
    gsize number, behind; /* of the number, and behind it */
    gsize end;            /* behind all that was read of it */
    gboolean typed;       /* has a word of type of its own */
    kh_issuer_place issuer;
} kh_citation;

/* The citations of a text, as far as they are read. */
typedef struct kh_citations {
    kh_pool *pool;
    const kh_text *text;
    const kh_fold *fold;
    GArray *citations; /* of kh_citation */
} kh_citations;

/* What is said between type and number, or behind the number. */
typedef struct kh_details {
    kh_cited_day day;
    gboolean has_day, has_issuer;
    gsize issuer, issuer_end;
    gsize end;
} kh_details;

/* --- references_read.c */

kh_text kh_reference_words (const kh_citations *r, gsize start, gsize end);
/* Does what stands between match? */
gboolean kh_reference_between (const kh_fold *fold, gsize from, gsize to, GRegex *pattern);
/* Nothing but marks, "và", "các", "số" between. */
gboolean kh_reference_listing (const kh_fold *fold, gsize from, gsize to);
/* Day and issuer from `at` on, each once, in either order. A body's name at once is an issuer behind the day only. */
kh_details kh_details_read (const kh_fold *fold, gsize at, gsize limit, kh_issuer_flags flags);
void kh_details_take (const kh_citations *r, kh_reference *one, const kh_details *d);
/* The number, healed where an engine read it and `type` (NULL: none) is spelled out before it. */
kh_value kh_reference_number (const kh_citations *r, gsize start, gsize end, const char *type);

/* --- references_type.c */

int kh_reference_count_words (const kh_fold *fold, gsize from, gsize to);
/* Is the letter at `at` a capital, in the original? */
gboolean kh_reference_capital (const kh_fold *fold, gsize at);
/* The nearest type before `at`, not before `floor`: where it begins, -1 none. A longer type that holds it wins. */
gssize kh_type_word_before (const kh_fold *fold, gsize floor, gsize at, gsize *length, const char **name);
/* Is what stands between a type word's end and a number "số", and perhaps the day and the issuer? */
gboolean kh_type_word_beside (const kh_fold *fold, gsize from, gsize to, kh_details *d);
/* The type word of the number at `start`, not before `floor`; -1 when it has none. What stands between in `d`. */
gssize kh_type_word_find (const kh_fold *fold, gsize floor, gsize start, const char *number, gsize *length, const char **name, kh_details *d);
/* An act of the National Assembly by its number: laws and resolutions are numbered alike. */
gboolean kh_document_number_of_assembly (const char *number);

/* --- references_dated.c */

/* Appends the documents between `from` and `to` that are known without a number with a code. */
void kh_references_add_dated (kh_citations *r, gsize from, gsize to);

/* --- references_row.c */

/* "số 187, 188-KL/TW": appends the numbers cut short before the whole one, each with its code. The first has the word of type. */
void kh_references_add_cut_short (kh_citations *r, kh_citation *whole, gsize from);
/* Gives each citation what stands once for a row: type, day, issuer. */
void kh_references_share (const kh_citations *r);

#endif
