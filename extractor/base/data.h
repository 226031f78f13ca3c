/* data.h - where the program's own data files (models) stand. */
#ifndef KH_BASE_DATA_H
#define KH_BASE_DATA_H

#include <glib.h>

/* The path of a data file: in $KEHOACH_DATA when that is set, else beside the program (share/kehoach of an installed one,
 * models/ of a source tree), else in the folder given at build time, whether the file is there or not. The caller frees. */
char *kh_data_path (const char *name);

#endif
