/* naming.h - what codes of a record are called in Vietnamese, as a clerk reads them. Within emit/ only. */
#ifndef KH_EMIT_NAMING_H
#define KH_EMIT_NAMING_H

#include "core/record.h"

/* "định kỳ" of KH_DEADLINE_RECURRING; NULL for KH_DEADLINE_NONE. Static. */
const char *kh_deadline_naming (kh_deadline_kind kind);
/* "≥" of ">="; NULL of NULL. Static. */
const char *kh_comparator_naming (const char *comparator);
/* "Chỉ số cải cách hành chính" of "par_index" (models/topics.tsv); NULL of NULL. Static. */
const char *kh_topic_naming (const char *topic);
/* "II. NHIỆM VỤ" of a section's id; NULL when there is no such section. The caller frees. */
char *kh_section_naming (const kh_record *record, const char *id);
/* The texts of values (kh_value *), joined. The caller frees. */
char *kh_values_joined (const GPtrArray *values, const char *separator);
/* "06/02/2023" of "2023-02-06", "02/2023" of "2023-02"; else as it is. NULL of NULL. The caller frees. */
char *kh_day_naming (const char *iso);

#endif
