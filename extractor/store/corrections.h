/* corrections.h - what people corrected, laid over a record. Within store/ only.
 *
 * A correction holds where the program still reads what it read when the correction was made: the person said "this is wrong",
 * and that is all that is known. Where another version reads something else there, the correction waits.
 */
#ifndef KH_STORE_CORRECTIONS_H
#define KH_STORE_CORRECTIONS_H

#include "store/rows.h"

#include <jansson.h>

/* Lays the corrections over the record: those that hold. Returns their number. The key of a name that was corrected is null,
 * unless it was corrected too: the program did not look at the new name. */
guint kh_corrections_lay (json_t *record, const GPtrArray *corrections);

/* The value that `text` (kh_correction.read, .corrected) stands for where the record has `old` (may be NULL): of the same kind. NULL when
 * it is no such value. A new reference. */
json_t *kh_correction_value (const char *text, const json_t *old);

#endif
