/* ocr.c - see ocr.h. */
#include "ocr/ocr.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "ocr/cells.h"
#include "ocr/reading.h"
#include "ocr/rows.h"

#include <math.h>

#define MODEL "vie.traineddata"
#define MOST_LINES 4000u /* of a page */
#define SPECK 2.0        /* points: what is larger is no speck */
#define PRINT 150        /* the darkest of a dot of print is darker */
#define THIN 1.5         /* points: what is thinner and lies on a ruling line is a rest of it */

struct kh_ocr {
    kh_model *model;
    kh_decoder *decoder;
};

/* Where Tesseract's models are, after $TESSDATA_PREFIX. */
static const char *const FOLDERS[] = {
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/local/share/tessdata", "/usr/share/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
};

static char *
find_model (const char *folder)
{
    if (folder != NULL)
        return g_build_filename (folder, MODEL, NULL);
    const char *prefix = g_getenv ("TESSDATA_PREFIX");
    for (guint i = 0; i <= G_N_ELEMENTS (FOLDERS); i++) {
        const char *place = i == 0 ? prefix : FOLDERS[i - 1];
        g_autofree char *path = place == NULL ? NULL : g_build_filename (place, MODEL, NULL);
        if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
            return g_steal_pointer (&path);
    }
    return g_strdup (MODEL);
}

kh_ocr *
kh_ocr_new (const char *folder, const kh_spelling *spelling, GError **error)
{
    g_autofree char *path = find_model (folder);
    kh_model *model = kh_model_load (path, error);
    if (model == NULL)
        return NULL;
    kh_ocr *ocr = g_new0 (kh_ocr, 1);
    ocr->model = model;
    ocr->decoder = kh_decoder_new (model, spelling);
    return ocr;
}

void
kh_ocr_free (kh_ocr *ocr)
{
    if (ocr == NULL)
        return;
    kh_decoder_free (ocr->decoder);
    kh_model_free (ocr->model);
    g_free (ocr);
}

const char *
kh_ocr_model_name (void)
{
    return "tesseract vie";
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

/* Is the blob small, and nowhere as dark as print? Strokes may be faint in part; a dot that is faint all over is dirt. */
static gboolean
is_faint_speck (const kh_reading *r, const kh_blob *blob)
{
    double side = MAX (blob->box.x1 - blob->box.x0, blob->box.y1 - blob->box.y0) * r->points;
    if (side > SPECK)
        return FALSE;
    for (guint k = 0; k < blob->n_runs; k++) {
        kh_run run = g_array_index (r->blobs->runs, kh_run, blob->first_run + k);
        const guint8 *row = r->pixels->data + r->pixels->stride * run.y;
        for (int x = run.x0; x < run.x1; x++)
            if (row[x] < PRINT)
                return FALSE;
    }
    return TRUE;
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
        cell_of[i] = is_rule_rest (r, box) || is_faint_speck (r, kh_blob_at (r->blobs, i)) ? KH_NO_CELL : map[(gsize) y * width + x];
    }
    return cell_of;
}

/* Appends the words of the pixels to r->page. */
static void
read_page (kh_reading *r)
{
    g_autoptr (kh_cells) cells = kh_cells_find (r->page->rules);
    g_autofree guint16 *cell_of = cells_of_blobs (r, cells);
    g_autoptr (GArray) lines = kh_text_lines_new ();
    kh_text_rows_find (lines, r->blobs, cell_of, r->pixels->dpi);
    g_array_set_size (lines, MIN (lines->len, MOST_LINES));
    kh_text_lines_gather (lines, r->blobs, cell_of);
    kh_reading_lines (r, lines);
}

gboolean
kh_ocr_read (kh_ocr *ocr, const kh_pixels *pixels, kh_pool *pool, kh_page *page, GError **error)
{
    if (pixels->channels != 1 || (guint64) pixels->width * pixels->height > KH_LIMIT_PAGE_PIXELS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "page %d: image of %d x %d pixels is too large to read", page->number,
                     pixels->width, pixels->height);
        return FALSE;
    }
    g_autoptr (kh_blobs) blobs = kh_blobs_find (pixels, pixels->ink);
    kh_reading r = { ocr->model, ocr->decoder, pixels, 72 / pixels->dpi, pool, page, blobs, 0 };
    read_page (&r);
    page->origin = KH_ORIGIN_OCR;
    double sum = 0;
    for (guint i = 0; i < page->words->len; i++)
        sum += kh_page_word (page, i)->confidence;
    page->confidence = page->words->len > 0 ? (float) (sum / page->words->len) : 0;
    return TRUE;
}
