/* turn.c - which way is up: kh_ocr_turn_needed of ocr.h.
 *
 * Pages come here turned as their letters seem to stand (kh_bits_turn). Where that was wrong, text
 * reads as noise: few words, read without confidence. When the page reads so, its darkest square is
 * read from four sides; the side that gives clearly the most letters in sure words is up.
 */
#include "ocr/ocr.h"

#define SURE 0.80f          /* a word is sure */
#define READ_WELL 0.70      /* share of a page's letters in sure words that settles the matter */
#define FEW_LETTERS 60      /* a page with fewer sure letters is worth a look */
#define SQUARE_INCHES 4.0   /* side of the part that is looked at */
#define CLEARLY 1.6         /* times more sure letters than as it stands */
#define ENOUGH 25           /* sure letters */
#define FEW 12              /* are enough, where the page as it stands has next to none: */
#define BEYOND_DOUBT 6      /* so many times fewer */
#define DARK 128

static guint
count_letters (const char *text)
{
    guint n = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        n += g_unichar_isalpha (g_utf8_get_char (p));
    return n;
}

/* Letters of the page's words, and those in sure words. */
static void
count_page (const kh_page *page, guint *sure, guint *all)
{
    *sure = *all = 0;
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i);
        guint letters = count_letters (word->text);
        *all += letters;
        if (letters >= 2 && word->confidence >= SURE)
            *sure += letters;
    }
}

static gboolean
was_read_well (const kh_page *page)
{
    guint sure, all;
    count_page (page, &sure, &all);
    return sure >= FEW_LETTERS && sure >= READ_WELL * all;
}

/* The square of `side` pixels with the most ink among those of a grid of half its step, the last ones flush with the page's edges; its
 * upper left corner. */
static guint
darkest_square (const kh_pixels *pixels, int side, int *best_x, int *best_y)
{
    guint most = 0;
    *best_x = *best_y = 0;
    int step = MAX (side / 2, 1), right = pixels->width - side, bottom = pixels->height - side;
    for (int row = 0; row * step < bottom + step; row++)
        for (int column = 0; column * step < right + step; column++) {
            int x0 = MIN (column * step, right), y0 = MIN (row * step, bottom);
            guint ink = 0;
            for (int y = y0; y < y0 + side; y += 4)
                for (int x = x0; x < x0 + side; x += 4)
                    ink += pixels->data[pixels->stride * y + x] < DARK;
            if (ink > most) {
                most = ink;
                *best_x = x0;
                *best_y = y0;
            }
        }
    return most;
}

/* Letters in sure words of the square. */
static guint
sure_letters (kh_ocr *ocr, const kh_pixels *square)
{
    g_autoptr (kh_pool) pool = kh_pool_new ();
    kh_page *page = kh_page_new (pool, 1, square->width * 72 / square->dpi, square->height * 72 / square->dpi);
    guint sure = 0, all = 0;
    if (kh_ocr_read (ocr, square, pool, page, NULL))
        count_page (page, &sure, &all);
    return sure;
}

int
kh_ocr_turn_needed (kh_ocr *ocr, const kh_pixels *pixels, const kh_page *page)
{
    static const int TURNS[] = { 0, 90, 180, 270 };
    if (was_read_well (page))
        return 0;
    int side = MIN (MIN (pixels->width, pixels->height), (int) (SQUARE_INCHES * pixels->dpi)), x, y;
    if (darkest_square (pixels, side, &x, &y) == 0)
        return 0;
    g_autoptr (kh_pixels) square = kh_pixels_cut (pixels, x, y, side, side);
    guint as_it_stands = 0, most = 0;
    int best = 0;
    for (guint i = 0; i < G_N_ELEMENTS (TURNS); i++) {
        g_autoptr (kh_pixels) turned = kh_pixels_turn (square, TURNS[i]);
        guint sure = sure_letters (ocr, turned);
        if (TURNS[i] == 0)
            as_it_stands = sure;
        if (sure > most) {
            most = sure;
            best = TURNS[i];
        }
    }
    gboolean is_enough = most >= ENOUGH || (most >= FEW && most >= BEYOND_DOUBT * MAX (as_it_stands, 1));
    return is_enough && most >= CLEARLY * as_it_stands ? best : 0;
}
