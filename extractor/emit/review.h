/* review.h - what a person should look at, written for that person. */
#ifndef KH_EMIT_REVIEW_H
#define KH_EMIT_REVIEW_H

#include "core/record.h"

/* A place in the record in a clerk's words: "/tasks/11/deadline" is "nhiệm vụ 12, thời hạn". The caller frees. */
char *kh_review_place (const char *pointer);

/* An entry of review as it is told: where, what was read there (NULL: nothing), on which page (0: none) and where on it, why. */
typedef struct kh_review_item {
    const char *pointer, *place, *text;
    int page;
    const kh_evidence *seen; /* NULL: it stands nowhere */
    const char *message;
} kh_review_item;

/* Tells the first `most` entries of review; strings are valid until the call returns. */
void kh_review_each (const kh_record *record, guint most, void (*tell) (const kh_review_item *item, gpointer user_data), gpointer user_data);

/* The first `most` entries of review, one a line: place, what was read there and on which page, why; and how many more there are. */
void kh_review_write (GString *out, const kh_record *record, guint most);

/* Which values are doubtful, for who shows them one by one. Stands on the record; free with kh_review_index_free(). */
typedef GHashTable kh_review_index;
kh_review_index *kh_review_index_new (const kh_record *record);
static inline void kh_review_index_free (kh_review_index *doubts) { g_hash_table_unref (doubts); }

/* Why the value at a pointer should be looked at, a reason a line, for a clerk: what `review` says of it, and how sure it is where that is below
 * KH_REVIEW_BELOW (`seen` may be NULL). NULL: no doubt. The caller frees. */
char *kh_review_why (kh_review_index *doubts, const char *pointer, const kh_evidence *seen);

#endif
