/* review.h - what a person should look at, written for that person. */
#ifndef KH_EMIT_REVIEW_H
#define KH_EMIT_REVIEW_H

#include "core/record.h"

/* A place in the record in a clerk's words: "/tasks/11/deadline" is "nhiệm vụ 12, thời hạn". The caller frees. */
char *kh_review_place (const char *pointer);

/* The first `most` entries of review, one a line: place, what was read there and on which page, why; and how many more there are. */
void kh_review_write (GString *out, const kh_record *record, guint most);

#endif
