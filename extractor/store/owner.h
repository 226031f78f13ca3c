/* owner.h - who has claimed a document: a process, told apart from all others of all hosts and times. Within store/ only. */
#ifndef KH_STORE_OWNER_H
#define KH_STORE_OWNER_H

#include "store/store.h"

/* Is `owner` a process of the same host as `self`, and gone? FALSE for owners of other hosts, of whom nobody here can tell. */
gboolean kh_owner_is_dead (const char *owner, const char *self);

#endif
