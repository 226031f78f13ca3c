/* lists.h - the lists of models/ that are compiled in: tables of tab-separated columns.
 *
 *     # what it is and where it is from
 *     code    name           the header: names of the columns
 *     01      Hà Nội         a row
 */
#ifndef KH_BASE_LISTS_H
#define KH_BASE_LISTS_H

#include <glib.h>

/* The rows of a list ("provinces.tsv") without comments, empty lines and header: char ** each, with `n_columns` strings. A row with
 * fewer or more columns is a fault of the program and aborts. The caller frees with g_ptr_array_unref. */
GPtrArray *kh_list_rows (const char *name, guint n_columns);

#endif
