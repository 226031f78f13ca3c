/* presentparts.h - the parts of present.h. Within store/ only. */
#ifndef KH_STORE_PRESENTPARTS_H
#define KH_STORE_PRESENTPARTS_H

#include "store/present.h"

/* The object that holds the value at `path`, and its key: lead with lead_key, issuer with issuer_key. Borrowed; NULL: none. */
json_t *kh_present_key_holder (json_t *root, const char *path);
/* A name was changed: its key is that of the same name elsewhere in `before` (its holder as it was) or in the record as read, else null. */
void kh_present_mend_keys (json_t *root, const json_t *before, const json_t *as_read, const char *path);

#endif
