/* ocr.c - see ocr.h.
 *
 * The engine is kept from learning: no adaptation, no words of the document remembered, so that a page
 * reads the same whatever was read before it.
 */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/limits.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define LANGUAGE "vie"

struct kh_ocr {
    TessBaseAPI *engine;
};

/* What the engine is told; none of it depends on the page. */
static const struct {
    const char *name, *value;
} VARIABLES[] = {
    { "debug_file", "/dev/null" },
    { "tessedit_do_invert", "0" },            /* no white on black: saves a second look at poor words */
    { "tessedit_enable_doc_dict", "0" },      /* no memory from page to page */
    { "classify_enable_learning", "0" },
    { "classify_enable_adaptive_matcher", "0" },
};

kh_ocr *
kh_ocr_new (const char *data_path, GError **error)
{
    kh_ocr *ocr = g_new0 (kh_ocr, 1);
    ocr->engine = TessBaseAPICreate ();
    TessBaseAPISetVariable (ocr->engine, "debug_file", "/dev/null");
    if (TessBaseAPIInit2 (ocr->engine, data_path, LANGUAGE, OEM_LSTM_ONLY) != 0) {
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, "cannot load the model '%s' of Tesseract", LANGUAGE);
        kh_ocr_free (ocr);
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS (VARIABLES); i++)
        TessBaseAPISetVariable (ocr->engine, VARIABLES[i].name, VARIABLES[i].value);
    return ocr;
}

void
kh_ocr_free (kh_ocr *ocr)
{
    if (ocr == NULL)
        return;
    TessBaseAPIEnd (ocr->engine);
    TessBaseAPIDelete (ocr->engine);
    g_free (ocr);
}

const char *
kh_ocr_model_name (void)
{
    static gsize once;
    static char *name;
    if (g_once_init_enter (&once)) {
        name = g_strdup_printf ("tesseract %s %s", TessVersion (), LANGUAGE);
        g_once_init_leave (&once, 1);
    }
    return name;
}

/* Appends the words the engine has found; `line` counts on. */
static void
take_words (kh_ocr *ocr, double points, kh_pool *pool, kh_page *page, int *line)
{
    TessResultIterator *results = TessBaseAPIGetIterator (ocr->engine);
    if (results == NULL)
        return;
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (results);
    do {
        if (TessPageIteratorIsAtBeginningOf (place, RIL_TEXTLINE))
            (*line)++;
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
        if (text != NULL && TessPageIteratorBoundingBox (place, RIL_WORD, &left, &top, &right, &bottom)) {
            kh_word facts = {
                .box = { left * points, top * points, right * points, bottom * points },
                .confidence = CLAMP (TessResultIteratorConfidence (results, RIL_WORD) / 100, 0, 1),
                .line = *line,
            };
            kh_page_add_word (pool, page, g_strstrip (text), facts);
        }
        TessDeleteText (text);
    } while (TessResultIteratorNext (results, RIL_WORD));
    TessResultIteratorDelete (results);
}

gboolean
kh_ocr_read (kh_ocr *ocr, const kh_pixels *pixels, kh_pool *pool, kh_page *page, GError **error)
{
    if (pixels->channels != 1 || (guint64) pixels->width * pixels->height > KH_LIMIT_PAGE_PIXELS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "page %d: image of %d x %d pixels is too large to read", page->number,
                     pixels->width, pixels->height);
        return FALSE;
    }
    int line = -1;
    TessBaseAPISetPageSegMode (ocr->engine, PSM_AUTO);
    TessBaseAPISetImage (ocr->engine, pixels->data, pixels->width, pixels->height, 1, (int) pixels->stride);
    TessBaseAPISetSourceResolution (ocr->engine, (int) lround (pixels->dpi));
    gboolean done = TessBaseAPIRecognize (ocr->engine, NULL) == 0;
    if (done)
        take_words (ocr, 72 / pixels->dpi, pool, page, &line);
    TessBaseAPIClear (ocr->engine);
    TessBaseAPIClearAdaptiveClassifier (ocr->engine);
    if (!done) {
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, "page %d: the engine failed", page->number);
        return FALSE;
    }
    page->origin = KH_ORIGIN_OCR;
    double sum = 0;
    for (guint i = 0; i < page->words->len; i++)
        sum += kh_page_word (page, i)->confidence;
    page->confidence = page->words->len > 0 ? (float) (sum / page->words->len) : 0;
    return TRUE;
}

int
kh_ocr_turn_needed (kh_ocr *ocr, const kh_pixels *pixels, const kh_page *page)
{
    (void) ocr;
    (void) pixels;
    (void) page;
    return 0;
}
