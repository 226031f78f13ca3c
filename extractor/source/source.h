/* source.h - a file becomes pages.
 *
 *   bytes ── kh_source_open ──> source ── kh_source_read ──> page{words, rules}
 *                                   ├──── kh_source_scan ──> page frame + grey pixels for the engine
 *                                   └──── kh_source_picture ─> a small JPEG, when a person is to look at the page
 *
 * Formats: PDF (Poppler), PNG, JPEG, TIFF of many pages (Leptonica), plain text
 * UTF-8, and recorded words (source/words.h). Poppler's and Leptonica's objects
 * never leave this folder. Poppler and Leptonica are silent; libpng and libjpeg
 * print on standard error, which a worker has closed. Runs inside a worker's
 * sandbox: it opens no file by itself (Poppler reads fonts).
 */
#ifndef KH_SOURCE_SOURCE_H
#define KH_SOURCE_SOURCE_H

#include "core/page.h"
#include "core/pixels.h"

typedef struct kh_source kh_source;

/* Opens a document held in memory; `name` is for messages only. The format is told from the
 * bytes, never from the name. Fails with KH_ERROR_INPUT (empty, unknown format, broken,
 * encrypted: the message says which) or KH_ERROR_LIMIT. The caller frees. */
kh_source *kh_source_open (GBytes *bytes, const char *name, GError **error);
void kh_source_free (kh_source *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_source, kh_source_free)

/* "application/pdf", "image/png", "image/jpeg", "image/tiff", "text/plain", "text/tab-separated-values". Static. */
const char *kh_source_media_type (const kh_source *source);

/* What the bytes seem to be by their first ones; NULL: text, or nothing that is known. Static. */
const char *kh_source_sniff (GBytes *bytes);

/* Is that why it cannot be opened? */
gboolean kh_source_wants_password (GBytes *bytes);

/* Pages of the document, at least 1 after a successful open. */
guint kh_source_page_count (const kh_source *source);

/* What a look at the page without the engine tells. */
typedef struct kh_page_look {
    gboolean has_text;      /* a text layer with at least one visible word */
    double image_share;     /* 0..1, share of the page covered by images */
    double image_dpi;       /* resolution of the largest image; 0 without images */
    gboolean has_drawings;  /* vector paths beside text and images */
} kh_page_look;

/* Reads what needs no engine: size, text layer as words (boxes, font size, style), vector paths
 * as ruling lines. For an image the page is empty of words. 1-based `number`. The page is in `pool`.
 * Fails with KH_ERROR_INPUT or KH_ERROR_LIMIT; the message names file and page. */
kh_page *kh_source_read (kh_source *source, guint number, kh_pool *pool, kh_page_look *look, GError **error);

/* The same without what is drawn beside the words, in two thirds of the time: a page of a PDF has no ruling lines then. */
kh_page *kh_source_words (kh_source *source, guint number, kh_pool *pool, GError **error);

/* How a page's image is prepared. */
typedef struct kh_scan_options {
    int turn;               /* degrees clockwise to turn the page before all else: 0, 90, 180, 270, or KH_TURN_GUESS */
    int block_turn;         /* the same for a block that stands sideways on the turned page: 90, 270 or KH_TURN_GUESS; 0: it is left */
} kh_scan_options;

#define KH_TURN_GUESS (-1)  /* as the letters' ascenders and marks tell, in a few milliseconds: nearly always right. page->rotation says
                               what it was */

/* The page's image made ready for the engine: rendered (or taken as it is) at the right resolution, made grey
 * with colour stamps lightened, background divided out, speckle removed, skew taken out, ruling lines
 * found (they are put into page->rules) and erased, and a block that stands sideways on an upright page turned (page->regions). Sets the page's reading frame (frame_*, to_page, skew,
 * rotation, dpi) and clears its words and rules first. The pixels stand in the reading frame:
 * point = pixel * 72 / pixels->dpi. The caller frees them. NULL with error as above. */
kh_pixels *kh_source_scan (kh_source *source, guint number, kh_scan_options options, kh_page *page, GError **error);

/* How far the page's content stands turned, as KH_TURN_GUESS would tell from its image: 0, 90, 180, 270 degrees to be turned clockwise; -1
 * with error as above. */
int kh_source_turn (kh_source *source, guint number, GError **error);

/* The page as shown, small, for a person to look at (picture.h): a JPEG that fits when it is stretched over width and height of the page.
 * Plain text has none: KH_ERROR_INPUT. The caller drops the reference. */
GBytes *kh_source_picture (kh_source *source, guint number, GError **error);

#endif
