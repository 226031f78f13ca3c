/* schema.h - a check of JSON against a JSON Schema (2020-12), as much of it as our own schema speaks. Within emit/ only.
 *
 *     $ref ("#/$defs/NAME")  $defs  type  enum  const  anyOf
 *     required  properties  additionalProperties  propertyNames      items  minItems  maxItems
 *     pattern  minLength  minimum  maximum                            title  description  $schema  $id
 *
 * A schema with any other keyword is refused when it is loaded: a check that skips what it does not know is none.
 * Why not a library: those for C that Debian keeps do not speak 2020-12. tests/schema holds this check against an
 * independent implementation.
 */
#ifndef KH_EMIT_SCHEMA_H
#define KH_EMIT_SCHEMA_H

#include <glib.h>
#include <jansson.h>

typedef struct kh_schema {
    json_t *root;
    GHashTable *patterns; /* the pattern's text -> GRegex * */
} kh_schema;

/* A schema from its text; NULL with a line in `why` when it is no JSON, has a keyword not listed above, a $ref that
 * leads nowhere or a pattern that is none. The caller frees. */
kh_schema *kh_schema_load (const char *text, gsize length, GString *why);
void kh_schema_free (kh_schema *schema);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_schema, kh_schema_free)

/* Appends a line a fault, "POINTER: what is wrong" ("/" is the whole), at most 200. TRUE when there is none. */
gboolean kh_schema_check (const kh_schema *schema, const json_t *value, GString *faults);

/* "#/$defs/NAME" -> its schema; NULL when there is none. */
const json_t *kh_schema_resolve (const kh_schema *schema, const char *reference);

#endif
