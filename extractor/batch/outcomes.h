/* outcomes.h - what became of the documents of a batch, as the store has it; counted, and told file by file. Within batch/ only. */
#ifndef KH_BATCH_OUTCOMES_H
#define KH_BATCH_OUTCOMES_H

#include "batch/batch.h"
#include "store/store.h"

/* `documents`: sha256 -> GPtrArray of its files (kh_batch_file *). Fills in all but what is of this run only. */
gboolean kh_outcomes_count (kh_store *store, GHashTable *documents, GPtrArray *files, kh_batch_counts *counts, GError **error);
gboolean kh_outcomes_report (kh_store *store, GHashTable *documents, GPtrArray *files, GString *out, GError **error);

#endif
