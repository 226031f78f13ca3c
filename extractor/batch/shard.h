/* shard.h - which part of an archive is this process's own, where several share it without talking to each other.
 *
 * A document belongs to the shard its content tells (its size and three blocks of it), so that all copies of it fall into one; a file without
 * content that can be read, to the shard its path tells. Every file is in exactly one of the N shards.
 */
#ifndef KH_BATCH_SHARD_H
#define KH_BATCH_SHARD_H

#include <glib.h>

typedef struct kh_shard {
    guint index; /* from 0 */
    guint count; /* 1: everything */
} kh_shard;

/* `text`: "I/N" (I from 1), or "/N": I from the environment. NULL: both from the environment, where a scheduler says so:
 *
 *     Slurm        SLURM_ARRAY_TASK_ID, _MIN, _COUNT, _STEP of `sbatch --array=A-B[:S]`
 *     Kubernetes   JOB_COMPLETION_INDEX of an Indexed Job; it does not tell how many there are: JOB_COMPLETIONS, to be set in the
 *                  manifest, or "/N"
 *
 * else everything. FALSE with KH_ERROR_USAGE. */
gboolean kh_shard_choose (const char *text, kh_shard *shard, GError **error);

/* Leaves in `files` (kh_batch_file *) what belongs to the shard. Reads three blocks of each file; one that cannot be read gets its cause. */
void kh_shard_keep (GPtrArray *files, kh_shard shard);

#endif
