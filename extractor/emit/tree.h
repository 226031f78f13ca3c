/* tree.h - the record as a tree of JSON values, before it is written. Within emit/ only.
 *
 * The tree has the keys of schemas/plan.schema.json in their order. While it grows, a *walk* remembers at
 * which JSON Pointer it stands, so that each value with words behind it leaves its places in `evidence`:
 *
 *     header ─ number "71/KH-STP"     pointer "/header/number"
 *                └──────────────────► evidence["/header/number"] = { confidence, where: [ page, bbox ] }
 */
#ifndef KH_EMIT_TREE_H
#define KH_EMIT_TREE_H

#include "emit/emit.h"

#include <jansson.h>

typedef struct kh_walk {
    GString *pointer;  /* RFC 6901, of the place the walk stands at */
    json_t *evidence;  /* object: pointer -> { confidence, where } */
    GHashTable *pages; /* page number -> const kh_page * */
} kh_walk;

/* A walk at the root, without evidence; `clear` drops what is left of it (evidence may be stolen). */
void kh_walk_init (kh_walk *walk, const GPtrArray *pages);
void kh_walk_clear (kh_walk *walk);

/* Goes down to a key (escaped) or an index; comes back with the mark it gave. */
gsize kh_walk_into (kh_walk *walk, const char *key);
gsize kh_walk_item (kh_walk *walk, gsize index);
void kh_walk_back (kh_walk *walk, gsize mark);

/* Notes where the value at the walk's place was read; nothing without spots. Spots are mapped from the
 * reading frame to the page as shown. */
void kh_walk_note (kh_walk *walk, const kh_evidence *seen);

/* A string, null for NULL and "" alike; bytes that are no UTF-8 are replaced. */
json_t *kh_json_text (const char *string);
/* A number rounded to `decimals`; a whole one is written without a point. */
json_t *kh_json_number (double number, int decimals);

/* The whole record. The caller drops the reference. */
json_t *kh_tree (const kh_record *record, kh_models models);

/* "objectives", "tasks" ... as the schema has them. Static. */
const char *kh_role_name (kh_role role);
const char *kh_deadline_kind_name (kh_deadline_kind kind); /* NULL for KH_DEADLINE_NONE */

/* Printers, one a format. */
void kh_emit_json (GString *out, json_t *tree, gboolean one_line);
void kh_emit_csv (GString *out, const kh_record *record, const kh_format_options *options);
void kh_emit_text (GString *out, const kh_flow *flow);
void kh_emit_table (GString *out, const kh_record *record, guint columns);
gboolean kh_emit_xlsx (GString *out, const kh_record *record, GError **error);
void kh_emit_html (GString *out, const kh_record *record);

#endif
