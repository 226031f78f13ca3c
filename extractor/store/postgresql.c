/* postgresql.c - not yet. */
#include "base/intl.h"
#include "kehoach.h"
#include "store/backend.h"

static void *
open_database (const char *address, const char *name, kh_store_access access, GError **error)
{
    (void) address;
    (void) access;
    g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _("cannot open store '%s': %s"), name, "PostgreSQL is not there yet");
    return NULL;
}

const kh_backend kh_backend_postgresql = { .open = open_database };
