/* page_reader.h - a page is read: what runs in a worker, where input bytes and pixels may do no harm.
 *
 *   parent ── request ──> worker: source ── text layer sound? ──yes──┐
 *                                    └─no── scan ── ocr ─────────────┤
 *   parent <── page{words, rules}, a message that is checked ────────┘
 */
#ifndef KH_PAGE_READER_H
#define KH_PAGE_READER_H

#include "kehoach.h"
#include "ocr/ocr.h"
#include "viet/lm.h"
#include "workers/workers.h"

/* Models are mapped before workers are forked, and so shared by all. */
typedef struct kh_reading_models {
    kh_lm *lm; /* NULL: none */
    kh_spelling *spelling;
} kh_reading_models;

typedef enum kh_request_kind {
    KH_REQUEST_OPEN,    /* answered with KH_OPENED_TYPE */
    KH_REQUEST_PAGE,    /* with KH_PAGE_WIRE_TYPE */
    KH_REQUEST_PICTURE, /* with KH_PICTURE_WIRE_TYPE */
    KH_REQUEST_GLANCE,  /* with KH_GLANCE_TYPE, also when the document cannot be opened */
} kh_request_kind;

#define KH_REQUEST_TYPE "(suuub)" /* name, kh_request_kind, page, kh_ocr_mode, is its text to be mended? */
#define KH_OPENED_TYPE G_VARIANT_TYPE ("(suu)") /* media type, pages, kh_encoding */

/* kh_glance_state, why it was not opened, media type, kh_encoding, pages; of each page looked at its number, kh_page_kind, turn */
#define KH_GLANCE_FORMAT "(ussuua(uuu))"
#define KH_GLANCE_TYPE G_VARIANT_TYPE (KH_GLANCE_FORMAT)

/* What workers do; their user data is a const kh_reading_models *, which outlives them. */
extern const kh_worker_calls kh_page_reader_calls;

#endif
