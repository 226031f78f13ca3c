/* parts.h - what the parts of review/ share. Within review/ only. */
#ifndef KH_REVIEW_PARTS_H
#define KH_REVIEW_PARTS_H

#include "review/review.h"
#include "store/store.h"

#include <jansson.h>

typedef struct kh_jobs kh_jobs;
typedef struct kh_shown_pages kh_shown_pages;

typedef struct kh_review {
    kh_store *store;
    const char *store_name, *who, *language;
    char *token;
    guint port;
    kh_jobs *jobs;
    kh_shown_pages *pictures;
    gint64 asked; /* when the last request came, monotonic microseconds */
} kh_review;

/* ---- requests and replies ---- */

typedef struct kh_ask {
    gboolean is_post;
    char **path;          /* elements behind the token; NULL-ended */
    GHashTable *query;    /* name -> value, decoded */
    const char *type;     /* Content-Type of the body; NULL: none */
    GBytes *body;         /* of a POST */
} kh_ask;

/* A part of the query; NULL when it is not there. */
const char *kh_ask_query (const kh_ask *ask, const char *name);
/* A number of the query between `least` and `most`; `otherwise` when there is none. */
gint64 kh_ask_number (const kh_ask *ask, const char *name, gint64 least, gint64 most, gint64 otherwise);

typedef struct kh_reply {
    guint status;         /* of HTTP */
    GBytes *body;         /* NULL: none */
    const char *type;     /* static; NULL: JSON */
    char *file;           /* offered for saving under this name; NULL: shown */
    guint max_age;        /* seconds a browser may keep it; 0: not at all */
} kh_reply;

void kh_reply_clear (kh_reply *reply);
/* The value (taken) as JSON. */
kh_reply kh_reply_json (guint status, json_t *value);
/* A refusal: {"error": message}. */
kh_reply kh_reply_error (guint status, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* What went wrong in the store or in reading (taken): 404 for what is not there, else 500. */
kh_reply kh_reply_fault (GError *error);
kh_reply kh_reply_nothing (void); /* 404 without content */

/* ---- handlers: one file each ---- */

kh_reply kh_route (kh_review *review, const kh_ask *ask);
kh_reply kh_review_static (const char *name);
kh_reply kh_review_list (kh_review *review, const kh_ask *ask);
kh_reply kh_review_document (kh_review *review, const char *sha256);
kh_reply kh_review_export (kh_review *review, const char *name);

/* What a POST on a document does; `body` is a JSON object. */
kh_reply kh_review_change (kh_review *review, const char *sha256, const json_t *body);
kh_reply kh_review_rows (kh_review *review, const char *sha256, const json_t *body);
kh_reply kh_review_undo (kh_review *review, const char *sha256, const json_t *body);
kh_reply kh_review_seen (kh_review *review, const char *sha256, const json_t *body);
kh_reply kh_review_state (kh_review *review, const char *sha256, const json_t *body);
kh_reply kh_review_deadline (kh_review *review, const json_t *body);

/* ---- page images ---- */

kh_shown_pages *kh_shown_pages_new (void);
void kh_shown_pages_free (kh_shown_pages *pictures);
kh_reply kh_shown_pages_get (kh_review *review, const char *sha256, guint page);
/* Draws the page behind the last one that was asked for, when nobody asks for anything. */
void kh_shown_pages_step (kh_review *review);

/* ---- documents being read ---- */

kh_jobs *kh_jobs_new (kh_review *review);
void kh_jobs_free (kh_jobs *jobs);
/* A file of this machine that is to be read; FALSE when it cannot be opened, is too large or cannot be noted. */
gboolean kh_jobs_add_file (kh_jobs *jobs, const char *path, GError **error);
/* What was sent to an earlier server and not read when it ended. */
void kh_jobs_resume (kh_jobs *jobs);
/* What was sent under a name (UTF-8). */
kh_reply kh_jobs_upload (kh_jobs *jobs, const char *name, GBytes *content);
kh_reply kh_jobs_list (const kh_jobs *jobs);
/* Gives out work and takes in answers; never waits. TRUE while there is work. */
gboolean kh_jobs_step (kh_jobs *jobs);

#endif
