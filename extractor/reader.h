/* reader.h - what a reader is, for pipeline.c (documents are read) and glance.c (they are only looked at). */
#ifndef KH_READER_H
#define KH_READER_H

#include "kehoach.h"

#include "page_reader.h"
#include "viet/repair.h"

#define KH_MOST_PAGES 10000000u /* a document that claims more is not believed */

struct kh_reader {
    kh_workers *workers;
    guint jobs; /* how many workers there are at most */
    const volatile int *interrupted;
    kh_reading_models models; /* one of them NULL: model_error says why */
    GError *model_error;
    kh_repairer *repairer; /* the parent's */
};

#endif
