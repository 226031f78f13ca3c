/* ocr.h - pixels become words.
 *
 *   pixels ─ blobs ─ cells, rows, lines ─ strips ─ network ─ decode ─> words
 *                    where text stands    one line  chances   spelling
 *
 * The network is Tesseract's for Vietnamese (vie.traineddata); all else is ours. A page reads the same whatever was
 * read before it. Nothing is written to disk and nothing is printed.
 */
#ifndef KH_OCR_OCR_H
#define KH_OCR_OCR_H

#include "core/page.h"
#include "core/pixels.h"
#include "ocr/spelling.h"

typedef struct kh_ocr kh_ocr;

/* An engine for Vietnamese, which spells as in `spelling` (it must live as long). `folder` holds vie.traineddata; NULL:
 * $TESSDATA_PREFIX, or where Debian and others put it. Fails with KH_ERROR_MODEL. The caller frees. Takes a few milliseconds. */
kh_ocr *kh_ocr_new (const char *folder, const kh_spelling *spelling, GError **error);
void kh_ocr_free (kh_ocr *ocr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (kh_ocr, kh_ocr_free)

/* The name of the model, for the record's generator.models.ocr. Static. */
const char *kh_ocr_model_name (void);

/* Reads grey pixels that stand in the page's reading frame and appends the words to `page`
 * (boxes in points, confidence 0..1, line numbers). Ruling lines in page->rules are known: text of
 * neighbouring cells is never run together into one word or line. Sets page->confidence and
 * page->origin. Fails with KH_ERROR_LIMIT when there are too many pixels. */
gboolean kh_ocr_read (kh_ocr *ocr, const kh_pixels *pixels, kh_pool *pool, kh_page *page, GError **error);

/* How the content of the pixels stands: degrees clockwise to turn them to make them upright
 * (0, 90, 180, 270); 0 when in doubt. `page` has the words of a first reading at turn 0, which answers
 * most cases without another look. */
int kh_ocr_turn_needed (kh_ocr *ocr, const kh_pixels *pixels, const kh_page *page);

#endif
