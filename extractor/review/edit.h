/* edit.h - a document while it is being changed. Within review/ only. */
#ifndef KH_REVIEW_EDIT_H
#define KH_REVIEW_EDIT_H

#include "review/parts.h"
#include "store/journal.h"

typedef struct kh_edit {
    kh_review *review;
    kh_journal *journal;     /* being written */
    kh_present *now, *then;  /* the record, and as the page had it that sends the request */
} kh_edit;

/* `body` says the revision that the page has; none: the last. NULL with a reply. The caller frees, which takes back what was not committed. */
kh_edit *kh_edit_begin (kh_review *review, const char *sha256, const json_t *body, kh_reply *refused);
void kh_edit_free (kh_edit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_edit, kh_edit_free)

/* A row that the page had, now. */
kh_present_row *kh_edit_row_now (const kh_edit *edit, int list, const kh_present_row *then);
/* Who changed the value, part of it, or what holds it, after the page got it; NULL: nobody. `row` (of `now`) NULL: a value of the record. */
const kh_journal_entry *kh_edit_conflict (const kh_edit *edit, int list, const kh_present_row *row, const char *path);
json_t *kh_edit_conflict_json (const char *pointer, json_t *value, const kh_journal_entry *entry);

/* A value of a row as it is typed, as the record has it: texts in normal form, the text of a deadline parsed. A new reference. */
json_t *kh_edit_value (const kh_edit *edit, const char *key, const json_t *value);

/* The operation (taken) goes into the journal when the record then fits the schema; `answer` (taken) gets revision, state, missing. */
kh_reply kh_edit_commit (kh_edit *edit, json_t *operation, json_t *answer);

#endif
