/* survey.h - what is in an archive, before it is read.
 *
 *   files (files.h) ── digests ── copies told apart ──> first of each ── glance (kehoach.h) ──> class, pages by kind
 *                                                                └── some are read ──> what a page of each kind costs ──> estimate
 *
 * Of a document the first page, the one in the middle and the last are looked at; what the others are is taken from these. A copy (the
 * same bytes under another path) has the class of the file it is a copy of, and is not looked at: a batch does not read it again.
 */
#ifndef KH_BATCH_SURVEY_H
#define KH_BATCH_SURVEY_H

#include "batch/files.h"
#include "kehoach.h"

/* What a file is, all told. The first KH_N_PAGE_KINDS are the page kinds: all pages that were looked at are of this kind, blank ones aside, and
 * those with too few words to tell by (kh_survey_class_of). */
typedef enum kh_survey_class {
    KH_SURVEY_MIXED = KH_N_PAGE_KINDS, /* pages of several kinds */
    KH_SURVEY_ENCRYPTED,
    KH_SURVEY_BROKEN,
    KH_SURVEY_UNKNOWN, /* named like a document, but of no format that is read */
    KH_SURVEY_EMPTY,   /* no bytes */
    KH_SURVEY_LIMIT,   /* too large, or too slow to look at */
    KH_SURVEY_CLOSED,  /* the file system does not give it */
    KH_SURVEY_OTHER,   /* of a kind nobody asked for: never opened */
    KH_N_SURVEY_CLASSES
} kh_survey_class;

/* "lost-letters", as CSV and JSON have it. Static. */
const char *kh_survey_class_name (kh_survey_class class);

typedef struct kh_surveyed {
    const kh_batch_file *file;
    struct kh_surveyed *copy_of; /* NULL: the first with this content */
    kh_survey_class class;
    const char *media_type;      /* "": not opened. Static or the survey's */
    const char *encoding;        /* "TCVN3" ...; NULL: Unicode, or not known. Static */
    const char *cause;           /* why it was not opened; the survey's. NULL: it was */
    guint pages;
    guint looked_at;             /* of these, and of them: */
    guint kinds[KH_N_PAGE_KINDS];
    guint turned;                /* pages that lie on their side, or upside down */
    guint sample[KH_N_PAGE_KINDS]; /* the number of a page of the kind that was looked at; 0: none */
} kh_surveyed;

/* What it costs to read a page of a kind, as measured. */
typedef struct kh_page_cost {
    double pages;    /* of the kind in the archive, copies aside, as it seems */
    guint trials;    /* pages read to measure; 0: not measured */
    double seconds;  /* a page, on one processor */
} kh_page_cost;

typedef struct kh_survey {
    GPtrArray *files;  /* kh_surveyed *, in the order they were given */
    GStringChunk *strings;
    gboolean estimated;
    kh_page_cost costs[KH_N_PAGE_KINDS];
    guint processors;  /* that the estimate is for */
    double seconds;    /* a whole run takes on them, about */
} kh_survey;

typedef struct kh_survey_options {
    guint jobs;                       /* 0: as many as processors */
    gboolean no_estimate;             /* nothing is read to measure */
    const volatile int *interrupted;
    void (*tick) (guint done, guint all, gpointer user_data); /* files looked at; NULL: none */
    gpointer user_data;
} kh_survey_options;

/* Surveys the files (kh_batch_file *), which must outlive it; those without a digest get one. NULL with KH_ERROR_INTERRUPTED or
 * KH_ERROR_MODEL. The caller frees. */
kh_survey *kh_survey_make (GPtrArray *files, const kh_survey_options *options, GError **error);
void kh_survey_free (kh_survey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_survey, kh_survey_free)

/* Fills in costs and seconds: reads a few documents of each kind, one page after the other (survey_time.c). FALSE when interrupted. */
gboolean kh_survey_estimate (kh_survey *survey, const kh_survey_options *options, GError **error);

/* The class of a document by the kinds of the pages looked at. */
kh_survey_class kh_survey_class_of (const guint kinds[KH_N_PAGE_KINDS]);

/* Appends the survey: a table for people, in their language; a line a file (RFC 4180, UTF-8, CRLF); JSON (survey_print.c). */
void kh_survey_print_table (GString *out, const kh_survey *survey);
void kh_survey_print_csv (GString *out, const kh_survey *survey);
void kh_survey_print_json (GString *out, const kh_survey *survey);

#endif
