/* ocr.c - see ocr.h.
 *
 * The engine is kept from learning: no adaptation, no words of the document remembered, so that a page
 * reads the same whatever was read before it.
 */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/limits.h"
#include "ocr/cells.h"
#include "ocr/rows.h"
#include "ocr/turn.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define LANGUAGE "vie"
#define INK 150          /* darker is ink */
#define LINE_MARGIN 1.8  /* points round a line */
#define MOST_LINES 4000u /* of a page */
#define THIN 1.5         /* points: what is thinner and lies on a ruling line is a rest of it */

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
    g_autoptr (kh_pixels) image = kh_text_line_image (stretch, r->pixels, r->blobs, (int) lround (LINE_MARGIN / r->points), &at);
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

/* Is the blob what was left of a ruling line? */
static gboolean
is_rule_rest (const reading *r, kh_span blob)
{
    double thin = THIN / r->points;
    if (MIN (blob.x1 - blob.x0, blob.y1 - blob.y0) > thin)
        return FALSE;
    kh_box box = { blob.x0 * r->points, blob.y0 * r->points, blob.x1 * r->points, blob.y1 * r->points };
    for (guint i = 0; i < r->page->rules->len; i++) {
        const kh_rule *rule = kh_page_rule (r->page, i);
        gboolean lies_along = rule->horizontal ? kh_box_height (box) <= THIN : kh_box_width (box) <= THIN;
        if (lies_along && kh_box_overlap_x (rule->box, box) >= -THIN && kh_box_overlap_y (rule->box, box) >= -THIN)
            return TRUE;
    }
    return FALSE;
}

/* The cell of each blob: 0 outside of tables, else one more than the index of the area that holds its middle. */
static guint16 *
cells_of_blobs (const reading *r, const kh_cells *cells)
{
    int width = (int) ceil (r->pixels->width * r->points) + 1, height = (int) ceil (r->pixels->height * r->points) + 1;
    g_autofree guint16 *map = g_new0 (guint16, (gsize) width * height); /* a point each */
    for (guint i = 0; i < MIN (cells->areas->len, KH_NO_CELL - 1u); i++) {
        const kh_cell_area *area = &g_array_index (cells->areas, kh_cell_area, i);
        for (guint k = 0; k < area->n_slots; k++) {
            kh_box slot = g_array_index (cells->slots, kh_box, area->first_slot + k);
            int x0 = MAX ((int) lround (slot.x0), 0), x1 = MIN ((int) lround (slot.x1), width);
            for (int y = MAX ((int) lround (slot.y0), 0); y < MIN ((int) lround (slot.y1), height); y++)
                for (int x = x0; x < x1; x++)
                    map[(gsize) y * width + x] = (guint16) (i + 1);
        }
    }
    guint n = r->blobs->blobs->len;
    guint16 *cell_of = g_new (guint16, n + 1);
    for (guint i = 0; i < n; i++) {
        kh_span box = kh_blob_at (r->blobs, i)->box;
        int x = (int) ((box.x0 + box.x1) / 2.0 * r->points), y = (int) ((box.y0 + box.y1) / 2.0 * r->points);
        cell_of[i] = is_rule_rest (r, box) ? KH_NO_CELL : map[(gsize) y * width + x];
    }
    return cell_of;
}

static gboolean
read_page (reading *r)
{
    g_autoptr (kh_cells) cells = kh_cells_find (r->page->rules);
    g_autofree guint16 *cell_of = cells_of_blobs (r, cells);
    g_autoptr (GArray) lines = kh_text_lines_new ();
    kh_text_rows_find (lines, r->blobs, cell_of, r->pixels->dpi);
    g_array_set_size (lines, MIN (lines->len, MOST_LINES));
    kh_text_lines_gather (lines, r->blobs, cell_of);
    for (guint i = 0; i < lines->len; i++)
        if (!read_line (r, &g_array_index (lines, kh_text_line, i)))
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
