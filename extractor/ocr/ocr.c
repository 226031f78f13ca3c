/* ocr.c - see ocr.h.
 *
 * The engine is kept from learning: no adaptation, no words of the document remembered, so that a page
 * reads the same whatever was read before it.
 */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/limits.h"
#include "ocr/cells.h"
#include "ocr/lines.h"
#include "ocr/turn.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define LANGUAGE "vie"
#define INK 150          /* darker is ink */
#define LINE_MARGIN 6    /* pixels round a line */
#define MOST_LINES 4000u /* of a page */
#define SINGLE_HEIGHT 22 /* points: a cell with less is one line */
#define LEAST_INK 4e-4   /* square inches of ink: less is no writing */
#define INSET 1.0        /* points of a cell next to its walls that are not looked at */
#define MARGIN 5.0       /* points of white the engine likes around a text */

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
    kh_blobs *blobs;
    int line; /* the last line number given */
} reading;

static void
show (reading *r, const kh_pixels *pixels)
{
    TessBaseAPISetImage (r->ocr->engine, pixels->data, pixels->width, pixels->height, 1, (int) pixels->stride);
    TessBaseAPISetSourceResolution (r->ocr->engine, (int) lround (pixels->dpi));
}

/* ------------------------------------------------------------------ words of a line */

/* The box of the line's blobs whose middle is within from..to; `otherwise` when there are none. */
static kh_span
blobs_between (const reading *r, const kh_text_line *line, double from, double to, kh_span otherwise)
{
    kh_span box = { G_MAXINT, G_MAXINT, 0, 0 };
    for (guint i = 0; i < line->blobs->len; i++) {
        kh_span b = kh_blob_at (r->blobs, g_array_index (line->blobs, guint, i))->box;
        double middle = (b.x0 + b.x1) / 2.0;
        if (middle >= from && middle < to)
            box = (kh_span){ MIN (box.x0, b.x0), MIN (box.y0, b.y0), MAX (box.x1, b.x1), MAX (box.y1, b.y1) };
    }
    return box.x1 > box.x0 ? box : otherwise;
}

/* A word the engine has found, in pixels of the page. */
typedef struct found_word {
    char *text;
    kh_span box;
    float confidence;
} found_word;

static void
found_word_clear (void *item)
{
    TessDeleteText (((found_word *) item)->text);
}

/* The words the engine has found in the image that stands at `at`, left to right. */
static GArray *
found_words (const reading *r, kh_span at)
{
    GArray *words = g_array_new (FALSE, FALSE, sizeof (found_word));
    g_array_set_clear_func (words, found_word_clear);
    TessResultIterator *results = TessBaseAPIGetIterator (r->ocr->engine);
    if (results == NULL)
        return words;
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (results);
    do {
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
        if (text == NULL || !TessPageIteratorBoundingBox (place, RIL_WORD, &left, &top, &right, &bottom)) {
            TessDeleteText (text);
            continue;
        }
        found_word word = { text,
                            { left + at.x0, top + at.y0, right + at.x0, bottom + at.y0 },
                            CLAMP (TessResultIteratorConfidence (results, RIL_WORD) / 100, 0, 1) };
        g_array_append_val (words, word);
    } while (TessResultIteratorNext (results, RIL_WORD));
    TessResultIteratorDelete (results);
    return words;
}

/* Appends the words found to the page. The engine may give a word the box of its whole line: it ends where the next begins. */
static void
take_words (reading *r, const kh_text_line *line, kh_span at)
{
    g_autoptr (GArray) words = found_words (r, at);
    for (guint i = 0; i < words->len; i++) {
        found_word *word = &g_array_index (words, found_word, i);
        kh_span box = word->box;
        if (i + 1 < words->len) {
            int next = g_array_index (words, found_word, i + 1).box.x0;
            if (next > box.x0)
                box.x1 = MIN (box.x1, next);
        }
        box = blobs_between (r, line, box.x0, box.x1, box);
        kh_word facts = {
            .box = { box.x0 * r->points, box.y0 * r->points, box.x1 * r->points, box.y1 * r->points },
            .confidence = word->confidence,
            .line = r->line,
        };
        kh_page_add_word (r->pool, r->page, g_strstrip (word->text), facts);
    }
}

static gboolean
read_stretch (reading *r, const kh_text_line *stretch)
{
    kh_span at;
    g_autoptr (kh_pixels) image = kh_text_line_image (stretch, r->pixels, r->blobs, LINE_MARGIN, &at);
    if (image == NULL)
        return TRUE;
    TessBaseAPISetPageSegMode (r->ocr->engine, PSM_RAW_LINE);
    show (r, image);
    if (TessBaseAPIRecognize (r->ocr->engine, NULL) != 0)
        return FALSE;
    take_words (r, stretch, at);
    return TRUE;
}

/* Reads a line stretch by stretch: wide gaps are no text, and confuse the engine so that it loses the spaces around them. */
static gboolean
read_line (reading *r, const kh_text_line *line)
{
    r->line++;
    for (guint start = 0, end; start < line->blobs->len; start = end) {
        end = kh_text_line_stretch_end (line, r->blobs, start);
        kh_text_line stretch = *line;
        g_autoptr (GArray) blobs = stretch.blobs = g_array_new (FALSE, FALSE, sizeof (guint));
        g_array_append_vals (blobs, &g_array_index (line->blobs, guint, start), end - start);
        if (!read_stretch (r, &stretch))
            return FALSE;
    }
    return TRUE;
}

/* ------------------------------------------------------------------ where lines are */

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

/* Appends the lines that the engine's layout finds in the image shown, or in `area` of it; returns how many. */
static guint
find_lines (reading *r, const kh_span *area, kh_span region, TessPageSegMode mode, GArray *lines)
{
    guint before = lines->len;
    TessBaseAPISetPageSegMode (r->ocr->engine, mode);
    if (area != NULL)
        TessBaseAPISetRectangle (r->ocr->engine, area->x0, area->y0, area->x1 - area->x0, area->y1 - area->y0);
    TessPageIterator *place = TessBaseAPIAnalyseLayout (r->ocr->engine);
    if (place == NULL)
        return 0;
    do {
        kh_span box;
        int x0, y0, x1, y1;
        if (!TessPageIteratorBoundingBox (place, RIL_TEXTLINE, &box.x0, &box.y0, &box.x1, &box.y1))
            continue;
        if (!TessPageIteratorBaseline (place, RIL_TEXTLINE, &x0, &y0, &x1, &y1) || x1 <= x0)
            x0 = box.x0, x1 = box.x1, y0 = y1 = box.y1;
        double slope = (double) (y1 - y0) / MAX (x1 - x0, 1);
        kh_text_line line = kh_text_line_new (box, region, y0 + slope * (box.x0 - x0), slope);
        g_array_append_val (lines, line);
    } while (lines->len < MOST_LINES && TessPageIteratorNext (place, RIL_TEXTLINE));
    TessPageIteratorDelete (place);
    return lines->len - before;
}

static void
fill (kh_pixels *pixels, kh_span span)
{
    for (int y = span.y0; y < span.y1; y++)
        memset (pixels->data + pixels->stride * y + span.x0, 255, (gsize) MAX (span.x1 - span.x0, 0));
}

static kh_pixels *
copy_of (const kh_pixels *pixels)
{
    kh_pixels *copy = kh_pixels_new (pixels->width, pixels->height, 1, pixels->dpi);
    for (int y = 0; y < pixels->height; y++)
        memcpy (copy->data + copy->stride * y, pixels->data + pixels->stride * y, (gsize) pixels->width);
    return copy;
}

/* The lines outside the tables. */
static void
find_surrounding_lines (reading *r, const kh_cells *cells, GArray *lines)
{
    kh_span all = { 0, 0, r->pixels->width, r->pixels->height }, ink;
    if (cells->tables->len == 0) {
        show (r, r->pixels);
        find_lines (r, NULL, all, PSM_AUTO, lines);
        return;
    }
    g_autoptr (kh_pixels) rest = copy_of (r->pixels);
    for (guint i = 0; i < cells->tables->len; i++)
        fill (rest, span_of (r, g_array_index (cells->tables, kh_box, i)));
    if (find_ink (rest, all, &ink)) {
        show (r, rest);
        find_lines (r, NULL, all, PSM_AUTO, lines);
    }
}

static void
find_cell_lines (reading *r, const kh_cells *cells, GArray *lines)
{
    show (r, r->pixels);
    for (guint i = 0; i < cells->areas->len; i++) {
        kh_span cell = span_of (r, g_array_index (cells->areas, kh_cell_area, i).box), ink;
        int inset = (int) ceil (INSET / r->points);
        cell = (kh_span){ cell.x0 + inset, cell.y0 + inset, cell.x1 - inset, cell.y1 - inset };
        if (cell.x1 <= cell.x0 || cell.y1 <= cell.y0 || !find_ink (r->pixels, cell, &ink))
            continue;
        kh_span around = span_grown (ink, (int) (MARGIN / r->points), cell);
        if (find_lines (r, &around, cell, PSM_SINGLE_BLOCK, lines) == 0 && ink.y1 - ink.y0 < SINGLE_HEIGHT / r->points) {
            kh_text_line line = kh_text_line_new (ink, cell, ink.y1 - 1, 0);
            g_array_append_val (lines, line);
        }
    }
}

static gboolean
read_page (reading *r)
{
    g_autoptr (kh_cells) cells = kh_cells_find (r->page->rules);
    g_autoptr (GArray) lines = kh_text_lines_new (), cell_lines = kh_text_lines_new ();
    g_autofree guint8 *taken = g_malloc0 (r->blobs->blobs->len + 1);
    find_surrounding_lines (r, cells, lines);
    find_cell_lines (r, cells, cell_lines);
    kh_text_lines_gather (cell_lines, r->blobs, taken);
    kh_text_lines_gather (lines, r->blobs, taken);
    for (guint i = 0; i < lines->len; i++)
        if (!read_line (r, &g_array_index (lines, kh_text_line, i)))
            return FALSE;
    for (guint i = 0; i < cell_lines->len; i++)
        if (!read_line (r, &g_array_index (cell_lines, kh_text_line, i)))
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
    g_autoptr (kh_blobs) blobs = kh_blobs_find (pixels, INK);
    reading r = { ocr, pixels, 72 / pixels->dpi, pool, page, blobs, -1 };
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
    int turn = kh_turn_find (ocr->engine, pixels, page);
    TessBaseAPIClear (ocr->engine);
    return turn;
}
