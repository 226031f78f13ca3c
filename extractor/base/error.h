/* error.h - one error convention.
 *
 * A function that can fail takes a GError ** last and returns FALSE or NULL.
 * Messages are complete as they stand, lower case, no full stop, the subject in
 * single quotes and first: "cannot open 'x.pdf': not a PDF". The code is the
 * class a script can act on; it is also the exit status of the program.
 */
#ifndef KH_BASE_ERROR_H
#define KH_BASE_ERROR_H

#include <glib.h>

typedef enum kh_error_code {
    KH_ERROR_ATTENTION = 1,     /* written, but a person should look (--strict); or some inputs failed */
    KH_ERROR_USAGE = 2,         /* the command line is wrong */
    KH_ERROR_INPUT = 3,         /* the input cannot be read: missing, broken, encrypted, not a known format */
    KH_ERROR_LIMIT = 4,         /* a ceiling of base/limits.h was met */
    KH_ERROR_MODEL = 5,         /* a model or language is missing */
    KH_ERROR_OUTPUT = 6,        /* the output cannot be written */
    KH_ERROR_INTERRUPTED = 130, /* SIGINT or SIGTERM */
} kh_error_code;

#define KH_ERROR (kh_error_quark ())
GQuark kh_error_quark (void);

#endif
