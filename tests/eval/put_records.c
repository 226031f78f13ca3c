/* put_records STORE [RECORDS...] - puts records (JSON, NDJSON) into a store as they are, as a batch would have: for tests and
 * measurements of what reads a store. Prints how many were new. */
#include "store/store.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (kh_store) store = argc < 2 ? NULL : kh_store_open (argv[1], KH_STORE_CREATE, &error);
    for (int i = 2; store != NULL && error == NULL && i < argc; i++) {
        g_autofree char *content = NULL, *path = g_canonicalize_filename (argv[i], NULL);
        gsize length;
        if (g_file_get_contents (argv[i], &content, &length, &error))
            kh_store_put_records (store, path, FALSE, content, length, digests, &error);
    }
    if (store == NULL || error != NULL) {
        fprintf (stderr, "put_records: %s\n", error != NULL ? error->message : "STORE [RECORDS...]");
        return 1;
    }
    printf ("%u\n", digests->len);
    return 0;
}
