/* pointer.h - JSON Pointer (RFC 6901): values are found and set. Within store/ only. */
#ifndef KH_STORE_POINTER_H
#define KH_STORE_POINTER_H

#include <glib.h>
#include <jansson.h>

/* The keys of a pointer, unescaped. The caller frees. */
char **kh_pointer_split (const char *pointer);
/* A member of an object or an element of a list; NULL when there is none. Borrowed. */
json_t *kh_pointer_member (json_t *parent, const char *key);
/* Sets a member (`value` is taken): of an object any, of a list one that is there or the next one. */
gboolean kh_pointer_set_member (json_t *parent, const char *key, json_t *value);
/* Sets the value at a pointer; what holds it must be there, but for an object that is null. */
gboolean kh_pointer_set (json_t *root, const char *pointer, json_t *value);

/* The text of a value as the tables have it: a string as it is, null as NULL, all else as JSON. The caller frees. */
char *kh_value_text (const json_t *value);

#endif
