/* present.h - the record as it is now: what the program read, and what people changed since.
 *
 *     record as read ──┐
 *                      ├── replay ──> record, which rows it has, changes that hold, conflicts
 *     journal ─────────┘
 *
 * The journal (journal.h) holds operations, oldest first. Rows of tasks and targets are not named by their index, which moves, but by what
 * they are: text, page and box as they were read, or the revision in which a person made them. So a journal also holds for a record that
 * another version of the program made: a row is found again by its text, or where it stands. What cannot be found, or where something else
 * is read now, is a conflict, and changes nothing.
 *
 *     {"do": "change", "set": [{"list": "tasks", "row": ROW, "path": "/lead/0", "read": …, "value": …}, {"path": "/header/number", …}]}
 *     {"do": "add", "list": "tasks", "after": ROW or null, "value": {…}}
 *     {"do": "remove" or "restore", "list": "tasks", "row": ROW}
 *     {"do": "split", "list": "tasks", "row": ROW, "was": "the text", "at": 12}      in characters
 *     {"do": "join", "list": "tasks", "row": ROW, "with": ROW}                       the second is appended to the first, and removed
 *     {"do": "undo", "revision": 3}
 *     ROW: {"at": 3, "id": "t4", "text": …, "page": 2, "bbox": […]} or {"made": 7}
 */
#ifndef KH_STORE_PRESENT_H
#define KH_STORE_PRESENT_H

#include <glib.h>
#include <jansson.h>

typedef struct kh_journal_entry {
    gint64 revision, at, undone; /* undone: the revision that took it back; 0: it holds */
    char *who;
    json_t *operation;
} kh_journal_entry;
void kh_journal_entry_free (kh_journal_entry *entry);

typedef enum kh_row_list { KH_LIST_TASKS, KH_LIST_TARGETS, KH_N_LISTS } kh_row_list;
extern const char *const kh_list_names[KH_N_LISTS];

typedef struct kh_present_row {
    json_t *value;
    int read;        /* its index in the record as read; -1: a person made it */
    int place;       /* the row as read at whose place it stands; -1: none */
    gint64 made;     /* the revision that made it; 0: it was read */
    gboolean is_removed;
} kh_present_row;

/* A value that a person changed, and holds; or a row. */
typedef struct kh_present_change {
    const char *what; /* static: change add remove split join */
    int list;         /* -1: none */
    kh_present_row *row;
    char *path;       /* in the row, or in the record */
    json_t *read, *value;
    const kh_journal_entry *entry;
} kh_present_change;

typedef struct kh_present {
    const json_t *read;              /* borrowed */
    const GPtrArray *journal;        /* borrowed */
    gint64 revision;
    json_t *base;                    /* the record but for its rows */
    GPtrArray *rows[KH_N_LISTS];     /* kh_present_row *, also those that are removed */
    GPtrArray *changes;              /* kh_present_change * */
    GPtrArray *conflicts;            /* kh_present_change *: read is what was read then */
} kh_present;

/* `read` and `journal` (kh_journal_entry *) must live on. Revisions above `until` have not happened. The caller frees. */
kh_present *kh_present_new (const json_t *read, const GPtrArray *journal, gint64 until);
void kh_present_free (kh_present *present);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_present, kh_present_free)

/* The whole record; with or without rows that are removed. Evidence and review entries follow their rows. A new reference. */
json_t *kh_present_record (const kh_present *present, gboolean with_removed);
/* The value at a JSON Pointer of the record with removed rows; NULL when there is none. Borrowed. */
json_t *kh_present_value (const kh_present *present, const char *pointer);
/* The list and row that a pointer of that record leads into, and the rest of it; NULL: it leads to no row. */
kh_present_row *kh_present_row_at (const kh_present *present, const char *pointer, int *list, const char **rest);
/* The pointer of a value, in that record, or (`as_read`) in the record as read: NULL when it is not there. The caller frees. */
char *kh_present_pointer (const kh_present *present, int list, const kh_present_row *row, const char *path, gboolean as_read);

/* How the journal names a row. A new reference. */
json_t *kh_present_row_name (const kh_present *present, int list, const kh_present_row *row);
/* The row of a name; NULL when it is not found. */
kh_present_row *kh_present_find_row (const kh_present *present, int list, const json_t *name);
/* "tasks" -> KH_LIST_TASKS; -1. */
int kh_present_list (const char *name);

/* A value by JSON Pointer below `from`; NULL when there is none. Borrowed. */
json_t *kh_pointer_value (const json_t *from, const char *pointer);

#endif
