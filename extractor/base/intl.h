/* intl.h - messages in the reader's language (gettext). Data never passes through here. */
#ifndef KH_BASE_INTL_H
#define KH_BASE_INTL_H

#include <libintl.h>

#define KH_TEXT_DOMAIN "kehoach"
#define _(message) dgettext (KH_TEXT_DOMAIN, message)
#define N_(message) message

#endif
