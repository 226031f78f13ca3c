/* worker.h - the life of a worker, after the fork. */
#ifndef KH_WORKERS_WORKER_H
#define KH_WORKERS_WORKER_H

#include "workers/workers.h"

#include <sys/types.h>

/* A freshly forked child of `parent` lets go of everything inherited: `socket` becomes descriptor 3, standard streams lead nowhere
 * (standard error with KEHOACH_DEBUG=1 where it led), all other files are closed; it dies with its parent and takes no notice of
 * Ctrl-C. Returns 3. */
int kh_worker_let_go (int socket, pid_t parent);

/* Serves jobs from `socket` until the parent closes it or dies. Never returns. To be called in a freshly forked child
 * of `parent`: it lets go of everything inherited (files, signals, standard streams), builds its state with
 * calls->start, closes the sandbox behind itself and then waits for work. */
void kh_worker_live (int socket, pid_t parent, const kh_worker_calls *calls, gpointer user_data,
                     const kh_worker_limits *limits) G_GNUC_NORETURN;

#endif
