/* ocr.c - see ocr.h.
 *
 * The engine is kept from learning: no adaptation, no words of the document remembered, so that a page
 * reads the same whatever was read before it.
 */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/limits.h"
#include "ocr/cells.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define LANGUAGE "vie"
#define INK 128          /* darker is ink */
#define LEAST_INK 4e-4   /* square inches of ink: less is no writing */
#define INSET 1.0        /* points of a cell next to its walls that are not looked at */
#define MARGIN 5.0       /* points of white the engine likes around a text */

typedef struct kh_span {
    int x0, y0, x1, y1; /* pixels; x1, y1 past the end */
} kh_span;

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

/* ------------------------------------------------------------------ reading */

typedef struct reading {
    kh_ocr *ocr;
    const kh_pixels *pixels;
    double points; /* a pixel in points */
    kh_pool *pool;
    kh_page *page;
    int line; /* the last line number given */
} reading;

/* Appends the words the engine has found; returns how many. */
static int
take_words (reading *r)
{
    int n = 0;
    TessResultIterator *results = TessBaseAPIGetIterator (r->ocr->engine);
    if (results == NULL)
        return 0;
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (results);
    do {
        if (TessPageIteratorIsAtBeginningOf (place, RIL_TEXTLINE))
            r->line++;
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
        if (text != NULL && TessPageIteratorBoundingBox (place, RIL_WORD, &left, &top, &right, &bottom)) {
            kh_word facts = {
                .box = { left * r->points, top * r->points, right * r->points, bottom * r->points },
                .confidence = CLAMP (TessResultIteratorConfidence (results, RIL_WORD) / 100, 0, 1),
                .line = r->line,
            };
            if (*g_strstrip (text) != '\0' && kh_page_add_word (r->pool, r->page, text, facts))
                n++;
        }
        TessDeleteText (text);
    } while (TessResultIteratorNext (results, RIL_WORD));
    TessResultIteratorDelete (results);
    return n;
}

static void
show (reading *r, const kh_pixels *pixels)
{
    TessBaseAPISetImage (r->ocr->engine, pixels->data, pixels->width, pixels->height, 1, (int) pixels->stride);
    TessBaseAPISetSourceResolution (r->ocr->engine, (int) lround (pixels->dpi));
}

/* Reads the image shown last, or a rectangle of it; returns the number of words, -1 when the engine fails. */
static int
read_shown (reading *r, const kh_span *area, TessPageSegMode mode)
{
    TessBaseAPISetPageSegMode (r->ocr->engine, mode);
    if (area != NULL)
        TessBaseAPISetRectangle (r->ocr->engine, area->x0, area->y0, area->x1 - area->x0, area->y1 - area->y0);
    return TessBaseAPIRecognize (r->ocr->engine, NULL) == 0 ? take_words (r) : -1;
}

/* ------------------------------------------------------------------ regions */

/* A box of the page in whole pixels, within the image. */
static kh_span
span_of (const reading *r, kh_box box)
{
    return (kh_span){
        CLAMP ((int) floor (box.x0 / r->points), 0, r->pixels->width),
        CLAMP ((int) floor (box.y0 / r->points), 0, r->pixels->height),
        CLAMP ((int) ceil (box.x1 / r->points), 0, r->pixels->width),
        CLAMP ((int) ceil (box.y1 / r->points), 0, r->pixels->height),
    };
}

/* The smallest part of `span` that holds all its ink; FALSE when there is next to none. */
static gboolean
find_ink (const kh_pixels *pixels, kh_span span, kh_span *ink)
{
    int dark = 0;
    *ink = (kh_span){ span.x1, span.y1, span.x0, span.y0 };
    for (int y = span.y0; y < span.y1; y++) {
        const guint8 *row = pixels->data + pixels->stride * y;
        for (int x = span.x0; x < span.x1; x++) {
            if (row[x] >= INK)
                continue;
            dark++;
            ink->x0 = MIN (ink->x0, x), ink->x1 = MAX (ink->x1, x + 1);
            ink->y0 = MIN (ink->y0, y), ink->y1 = y + 1;
        }
    }
    return dark >= pixels->dpi * pixels->dpi * LEAST_INK;
}

static kh_span
span_grown (kh_span span, int by, kh_span within)
{
    return (kh_span){ MAX (span.x0 - by, within.x0), MAX (span.y0 - by, within.y0), MIN (span.x1 + by, within.x1),
                      MIN (span.y1 + by, within.y1) };
}

static void
fill (kh_pixels *pixels, kh_span span)
{
    for (int y = span.y0; y < span.y1; y++)
        memset (pixels->data + pixels->stride * y + span.x0, 255, MAX (span.x1 - span.x0, 0));
}

static kh_pixels *
copy_of (const kh_pixels *pixels)
{
    kh_pixels *copy = kh_pixels_new (pixels->width, pixels->height, 1, pixels->dpi);
    for (int y = 0; y < pixels->height; y++)
        memcpy (copy->data + copy->stride * y, pixels->data + pixels->stride * y, pixels->width);
    return copy;
}

/* Everything outside the tables. */
static gboolean
read_surroundings (reading *r, const kh_cells *cells)
{
    kh_span all = { 0, 0, r->pixels->width, r->pixels->height }, ink;
    g_autoptr (kh_pixels) rest = copy_of (r->pixels);
    for (guint i = 0; i < cells->tables->len; i++)
        fill (rest, span_of (r, g_array_index (cells->tables, kh_box, i)));
    if (!find_ink (rest, all, &ink))
        return TRUE;
    show (r, rest);
    return read_shown (r, NULL, PSM_AUTO) >= 0;
}

static const TessPageSegMode CELL_MODES[] = { PSM_SINGLE_BLOCK, PSM_SINGLE_LINE, PSM_SINGLE_WORD, PSM_RAW_LINE };

static gboolean
read_cell (reading *r, const kh_cell_area *area)
{
    kh_span cell = span_of (r, area->box), ink;
    int inset = (int) ceil (INSET / r->points);
    cell = (kh_span){ cell.x0 + inset, cell.y0 + inset, cell.x1 - inset, cell.y1 - inset };
    if (cell.x1 <= cell.x0 || cell.y1 <= cell.y0 || !find_ink (r->pixels, cell, &ink))
        return TRUE;
    kh_span around = span_grown (ink, (int) (MARGIN / r->points), cell);
    int n = 0;
    for (gsize i = 0; n == 0 && i < G_N_ELEMENTS (CELL_MODES); i++)
        n = read_shown (r, &around, CELL_MODES[i]);
    return n >= 0;
}

static gboolean
read_page (reading *r)
{
    g_autoptr (kh_cells) cells = kh_cells_find (r->page->rules);
    if (cells->tables->len == 0) {
        show (r, r->pixels);
        return read_shown (r, NULL, PSM_AUTO) >= 0;
    }
    if (!read_surroundings (r, cells))
        return FALSE;
    show (r, r->pixels);
    for (guint i = 0; i < cells->areas->len; i++)
        if (!read_cell (r, &g_array_index (cells->areas, kh_cell_area, i)))
            return FALSE;
    return TRUE;
}

gboolean
kh_ocr_read (kh_ocr *ocr, const kh_pixels *pixels, kh_pool *pool, kh_page *page, GError **error)
{
    if (pixels->channels != 1 || (guint64) pixels->width * pixels->height > KH_LIMIT_PAGE_PIXELS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "page %d: image of %d x %d pixels is too large to read", page->number,
                     pixels->width, pixels->height);
        return FALSE;
    }
    reading r = { ocr, pixels, 72 / pixels->dpi, pool, page, -1 };
    gboolean done = read_page (&r);
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
