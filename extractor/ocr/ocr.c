/* ocr.c - see ocr.h.
 *
 * The engine is kept from learning: no adaptation, no words of the document remembered, so that a page
 * reads the same whatever was read before it.
 */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "ocr/cells.h"
#include "ocr/reading.h"
#include "ocr/rows.h"
#include "ocr/turn.h"

#include <math.h>
#include <tesseract/capi.h>

#define LANGUAGE "vie"
#define INK 150          /* darker is ink */
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
        g_set_error (error, KH_ERROR, KH_ERROR_MODEL, _ ("cannot load the model '%s' of Tesseract"), LANGUAGE);
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

/* ------------------------------------------------------------------ where lines are */

/* Is the blob what was left of a ruling line? */
static gboolean
is_rule_rest (const kh_reading *r, kh_span blob)
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
cells_of_blobs (const kh_reading *r, const kh_cells *cells)
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
read_page (kh_reading *r)
{
    g_autoptr (kh_cells) cells = kh_cells_find (r->page->rules);
    g_autofree guint16 *cell_of = cells_of_blobs (r, cells);
    g_autoptr (GArray) lines = kh_text_lines_new ();
    kh_text_rows_find (lines, r->blobs, cell_of, r->pixels->dpi);
    g_array_set_size (lines, MIN (lines->len, MOST_LINES));
    kh_text_lines_gather (lines, r->blobs, cell_of);
    for (guint i = 0; i < lines->len; i++)
        if (!kh_reading_line (r, &g_array_index (lines, kh_text_line, i)))
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
    kh_reading r = { ocr->engine, pixels, 72 / pixels->dpi, pool, page, blobs, -1 };
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
