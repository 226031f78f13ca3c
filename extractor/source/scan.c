/* scan.c - see scan.h: the order of the steps, and the page's reading frame. */
#include "source/scan.h"

#include "base/error.h"
#include "base/limits.h"
#include "source/bits.h"
#include "source/blocks.h"
#include "source/colour.h"
#include "source/grey.h"

#include <math.h>

#define LEAST_DPI 40.0     /* less is a thumbnail, or no true resolution */
#define HALVE_DPI 440.0    /* from here on halving loses nothing the engine would see */
#define GOOD_DPI 300.0     /* an image with clearly less is enlarged to it: blobs part better, marks read better */
#define MOST_ENLARGED 4.5  /* times: from 67 dpi on */
#define NOISE 3.0          /* grey levels of grain from which on a median helps */
#define RULE_LIGHTNESS 0.5 /* how much lighter than ink a ruling may be on the way to white */
#define BITONAL_INK 150    /* of enlarged black and white: between them, where nothing is faint */
#define THIN_INCH 0.014    /* strokes of a bitonal page thinner than this have lost to its threshold (sound pages: 0.015 to 0.021) */
#define SKEW_SEEN 0.04     /* degrees: less is not worth a resampling */

static void
replace (kh_pixels **pixels, kh_pixels *by)
{
    kh_pixels_free (*pixels);
    *pixels = by;
}

/* Points of the reading frame to points of the page as shown: the skew put back in about the centre, then the turn. */
static kh_affine
frame_to_page (double frame_width, double frame_height, double width, double height, int turn, double skew)
{
    double angle = skew * G_PI / 180, c = cos (angle), s = sin (angle);
    gboolean sideways = turn == 90 || turn == 270;
    double upright_width = sideways ? height : width, upright_height = sideways ? width : height;
    kh_affine slant = { c, s, upright_width / 2 - c * frame_width / 2 - s * frame_height / 2,
                        -s, c, upright_height / 2 + s * frame_width / 2 - c * frame_height / 2 };
    kh_affine back = KH_AFFINE_IDENTITY;
    if (turn == 90)
        back = (kh_affine){ 0, 1, 0, -1, 0, height };
    else if (turn == 180)
        back = (kh_affine){ -1, 0, width, 0, -1, height };
    else if (turn == 270)
        back = (kh_affine){ 0, -1, width, 1, 0, 0 };
    return kh_affine_then (&slant, &back);
}

static void
note_marks (kh_page *page, const GArray *shown)
{
    kh_affine to_frame = kh_affine_inverse (&page->to_page);
    g_array_set_size (page->marks, 0);
    for (guint i = 0; i < shown->len; i++) {
        const kh_mark *mark = &g_array_index (shown, kh_mark, i);
        kh_page_add_mark (page, kh_affine_box (&to_frame, mark->box), mark->kind);
    }
}

static PIX *
clip (PIX *bits, kh_box box)
{
    BOX *area = boxCreate ((int) box.x0, (int) box.y0, (int) kh_box_width (box), (int) kh_box_height (box));
    PIX *part = pixClipRectangle (bits, area, NULL);
    boxDestroy (&area);
    return part;
}

/* A portrait page stands as its lines across it do, if there are some, however large a table stands sideways below them. */
static int
guess_turn (const kh_pixels *grey)
{
    g_autoptr (PIX) bits = kh_bits_from (grey, kh_grey_threshold (grey));
    gboolean sure;
    int turn = kh_bits_turn (bits, &sure);
    if (!sure && kh_blocks_all_down (bits, grey->dpi))
        return kh_bits_turn_within (bits, TRUE);
    if (turn == 180 || (turn == 0 && sure) || grey->width > grey->height)
        return turn;
    kh_box upright;
    g_autoptr (PIX) level = pixRotateShearCenter (bits, (l_float32) (kh_bits_skew (bits) * G_PI / 180), L_BRING_IN_WHITE);
    if (level == NULL || !kh_blocks_find (level, grey->dpi, NULL, KH_TEXT_ACROSS, &upright))
        return turn;
    g_autoptr (PIX) part = clip (level, upright);
    return part != NULL ? kh_bits_turn_within (part, FALSE) : 0;
}

int
kh_scan_turn (kh_pixels *raw)
{
    g_autoptr (kh_pixels) image = raw;
    if (image->channels == 3) {
        g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (kh_mark));
        replace (&image, kh_colour_part (image, marks));
    }
    return guess_turn (image);
}

/* Rulings are noted and erased, specks erased. Returns what is left as bits. */
static PIX *
clean (kh_pixels **image, gboolean grainy, kh_page *page)
{
    /* A ruling may be a hair, so it is looked for with a light hand, and before grain is smoothed away. */
    int threshold = kh_grey_threshold (*image);
    g_autoptr (PIX) light = kh_bits_from (*image, (int) (threshold + (255 - threshold) * RULE_LIGHTNESS));
    g_array_set_size (page->rules, 0);
    kh_bits_clear_borders (light, *image);
    kh_bits_take_rules (light, *image, page);
    if (grainy)
        replace (image, kh_grey_median (*image));
    PIX *bits = kh_bits_from (*image, threshold);
    kh_bits_clear_specks (bits, *image);
    return bits;
}

/* `clean_image` with what stands sideways on it turned; NULL when there is no such block. `image` is what it was before it was cleaned:
 * what may be taken for a ruling in a line that runs down the page (the bars of TT) is still there. */
static kh_pixels *
turn_block (const kh_pixels *image, const kh_pixels *clean_image, PIX *bits, int turn, kh_page *page)
{
    kh_box block;
    if (turn == 0 || !kh_blocks_find (bits, image->dpi, page->rules, KH_TEXT_DOWN, &block))
        return NULL;
    g_autoptr (PIX) part = clip (bits, block);
    if (turn == KH_TURN_GUESS)
        turn = part != NULL ? kh_bits_turn_within (part, TRUE) : 90;
    return kh_blocks_turn (image, clean_image, page, block, turn);
}

kh_pixels *
kh_scan_prepare (kh_pixels *raw, kh_scan_options options, kh_page *page, GError **error)
{
    g_autoptr (kh_pixels) image = raw;
    if ((guint64) image->width * image->height > KH_LIMIT_PAGE_PIXELS) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, "page %d: image of %d x %d pixels is larger than %u pixels", page->number,
                     image->width, image->height, KH_LIMIT_PAGE_PIXELS);
        return NULL;
    }
    if (!(image->dpi >= LEAST_DPI)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, "page %d: resolution of the image too low to read (%.0f dpi)", page->number,
                     image->dpi);
        return NULL;
    }
    double raw_dpi = image->dpi, width = image->width * 72 / raw_dpi, height = image->height * 72 / raw_dpi;
    int turn = MAX (options.turn, 0);
    g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (kh_mark)); /* on the page as shown */
    if (image->channels == 3)
        replace (&image, kh_colour_part (image, marks));
    if (options.turn == KH_TURN_GUESS)
        turn = guess_turn (image);
    if (turn != 0)
        replace (&image, kh_pixels_turn (image, turn));
    while (image->dpi >= HALVE_DPI)
        replace (&image, kh_grey_halve (image));
    gboolean grainy = FALSE, bitonal = kh_grey_is_bitonal (image);
    if (!bitonal) {
        grainy = kh_grey_noise (image) >= NOISE;
        kh_grey_whiten (image);
        kh_grey_deepen (image);
    }

    g_autoptr (PIX) bits = kh_bits_from (image, kh_grey_threshold (image));
    double skew = kh_bits_skew (bits);
    gboolean thin = bitonal && kh_bits_stroke (bits) < image->dpi * THIN_INCH;
    double scale = image->dpi < GOOD_DPI * 0.9 ? MIN (GOOD_DPI / image->dpi, MOST_ENLARGED) : 1;
    if (fabs (skew) < SKEW_SEEN)
        skew = 0;
    if (skew != 0 || scale != 1)
        replace (&image, kh_grey_resample (image, skew, scale));
    if (thin)
        kh_grey_thicken (image);
    page->rotation = turn;
    page->skew = skew;
    page->dpi = raw_dpi;
    page->frame_width = image->width * 72 / image->dpi;
    page->frame_height = image->height * 72 / image->dpi;
    page->to_page = frame_to_page (page->frame_width, page->frame_height, width, height, turn, skew);
    g_array_set_size (page->words, 0);
    note_marks (page, marks);
    g_array_set_size (page->regions, 0);

    g_autoptr (kh_pixels) before = kh_pixels_copy (image);
    pixDestroy (&bits);
    bits = clean (&image, grainy, page);
    kh_pixels *turned = turn_block (before, image, bits, options.block_turn, page);
    if (turned != NULL) {
        replace (&image, turned);
        pixDestroy (&bits);
        bits = clean (&image, grainy, page);
    }
    image->ink = bitonal ? BITONAL_INK : KH_PIXELS_INK;
    return g_steal_pointer (&image);
}
