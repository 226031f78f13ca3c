/* parts.h - a comparison while it is made. Within compare/ only: the steps of comparison.c. */
#ifndef KH_COMPARE_PARTS_H
#define KH_COMPARE_PARTS_H

#include "compare/comparison.h"

typedef struct kh_making {
    kh_store *store;
    const kh_compare_options *options;
    kh_comparison *made;
    kh_pool *pool;            /* of the comparison */
    GHashTable *by_sha;       /* sha256 -> kh_paper * */
    gboolean *is_shown;       /* of each place: asked for; the others only tell what is missing */
    gboolean *is_used;        /* of each paper: of the year that was asked for */
    GPtrArray *aims, *duties; /* all of them, in the order of papers */
} kh_making;

/* papers.c: finds the papers, their places, and which of them are shown. */
gboolean kh_making_papers (kh_making *making, GError **error);
/* Does its period hold the year that was asked for? */
gboolean kh_paper_holds (const kh_paper *paper, int year);

/* rows.c: reads targets and tasks of the papers. */
gboolean kh_making_rows (kh_making *making, GError **error);

/* Each from what is read; nothing to fail. */
void kh_making_indicators (kh_making *making);
void kh_making_kinds (kh_making *making);
void kh_making_lacks (kh_making *making);

/* revisions.c */
gboolean kh_making_revisions (kh_making *making, GError **error);
/* Two papers of one body with titles alike: versions or years of one plan. */
gboolean kh_making_is_series (const kh_making *making);

/* A text as a pool's string, NULL when it is empty. */
const char *kh_pool_text (kh_pool *pool, const char *text);

#endif
