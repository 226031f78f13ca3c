/* error.h - one error convention.
 *
 * A function that can fail takes a GError ** last and returns FALSE or NULL.
 * Messages are complete as they stand, lower case, no full stop, the subject in
 * single quotes and first: "cannot open 'x.pdf': not a PDF". The code, a
 * kh_error_code of kehoach.h, is the class a script can act on; it is also the
 * exit status of the program. KH_ERROR is the domain of all of them.
 */
#ifndef KH_BASE_ERROR_H
#define KH_BASE_ERROR_H

#include "kehoach.h" /* KH_ERROR, kh_error_code */

#endif
