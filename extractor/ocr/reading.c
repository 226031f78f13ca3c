/* reading.c - see reading.h.
 *
 * A line is read stretch by stretch (lines.h): wide gaps are no text, and confuse the engine so that it loses the
 * spaces around them.
 *
 * The engine scales a line to its own height, so the margin decides how large the letters come out; no margin is
 * best for all. A stretch read with doubt is read again with others, and the best reading stays:
 *   - for a few glyphs (numbers in a table, where no neighbours help) the one whose characters are as many as
 *     the glyphs that stand apart, then the surest;
 *   - for more, the surest.
 * Last, words of nothing but upright strokes are counted: the engine takes III for H or II.
 */
#include "ocr/reading.h"

#include <math.h>
#include <string.h>

#define FEW_GLYPHS 9      /* a stretch with fewer is short */
#define SURE_SHORT 0.90   /* mean confidence of a short stretch that needs no second look, when its glyphs are counted right */
#define SURE_WORD 0.75    /* least confidence of a word of a longer one */
#define COUNTED 0.25      /* what the right number of characters is worth, in confidence */
#define APART 0.5         /* blobs that share less of the narrower one's width are two glyphs */
#define INK 150           /* darker is ink */

/* Margins in points: the first reading, then those in doubt. */
static const double MARGINS[] = { 1.8, 1.2, 2.9, 4.3 };
#define LONG_MARGINS 3 /* how many of them a longer stretch is worth */

/* A word the engine has found, in pixels of the page. */
typedef struct found_word {
    char *text;
    kh_span box;
    float confidence;
} found_word;

static void
found_word_clear (void *item)
{
    g_free (((found_word *) item)->text);
}

/* ------------------------------------------------------------------ the engine */

/* The words the engine has found in the image that stands at `at`, left to right. */
static GArray *
found_words (const kh_reading *r, kh_span at)
{
    GArray *words = g_array_new (FALSE, FALSE, sizeof (found_word));
    g_array_set_clear_func (words, found_word_clear);
    TessResultIterator *results = TessBaseAPIGetIterator (r->engine);
    if (results == NULL)
        return words;
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (results);
    do {
        int left, top, right, bottom;
        char *text = TessResultIteratorGetUTF8Text (results, RIL_WORD);
        if (text != NULL && *g_strstrip (text) != '\0' && g_utf8_validate (text, -1, NULL)
            && TessPageIteratorBoundingBox (place, RIL_WORD, &left, &top, &right, &bottom)) {
            found_word word = { g_strdup (text),
                                { left + at.x0, top + at.y0, right + at.x0, bottom + at.y0 },
                                CLAMP (TessResultIteratorConfidence (results, RIL_WORD) / 100, 0, 1) };
            g_array_append_val (words, word);
        }
        TessDeleteText (text);
    } while (TessResultIteratorNext (results, RIL_WORD));
    TessResultIteratorDelete (results);
    return words;
}

/* The stretch read with a margin in points; NULL when the engine fails. */
static GArray *
read_with_margin (const kh_reading *r, const kh_text_line *stretch, double margin)
{
    kh_span at;
    g_autoptr (kh_pixels) image = kh_text_line_image (stretch, r->pixels, r->blobs, (int) lround (margin / r->points), &at);
    if (image == NULL)
        return g_array_new (FALSE, FALSE, sizeof (found_word));
    TessBaseAPISetPageSegMode (r->engine, PSM_RAW_LINE);
    TessBaseAPISetImage (r->engine, image->data, image->width, image->height, 1, (int) image->stride);
    TessBaseAPISetSourceResolution (r->engine, (int) lround (image->dpi));
    return TessBaseAPIRecognize (r->engine, NULL) == 0 ? found_words (r, at) : NULL;
}

/* ------------------------------------------------------------------ doubt */

/* How many glyphs stand apart in the stretch: marks over a letter are one with it. */
static guint
count_glyphs (const kh_reading *r, const kh_text_line *stretch)
{
    guint n = 0;
    kh_span last = { 0, 0, 0, 0 };
    for (guint i = 0; i < stretch->blobs->len; i++) { /* left to right */
        kh_span box = kh_blob_at (r->blobs, g_array_index (stretch->blobs, guint, i))->box;
        int shared = MIN (last.x1, box.x1) - MAX (last.x0, box.x0);
        if (n > 0 && shared >= APART * MIN (last.x1 - last.x0, box.x1 - box.x0)) {
            last.x1 = MAX (last.x1, box.x1);
            continue;
        }
        last = box;
        n++;
    }
    return n;
}

static guint
count_characters (const GArray *words)
{
    guint n = 0;
    for (guint i = 0; i < words->len; i++)
        n += (guint) g_utf8_strlen (g_array_index (words, found_word, i).text, -1);
    return n;
}

static double
mean_confidence (const GArray *words)
{
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < words->len; i++) {
        const found_word *word = &g_array_index (words, found_word, i);
        guint length = (guint) g_utf8_strlen (word->text, -1);
        sum += word->confidence * length;
        n += length;
    }
    return n > 0 ? sum / n : 0;
}

static double
least_confidence (const GArray *words)
{
    double least = words->len > 0 ? 1 : 0;
    for (guint i = 0; i < words->len; i++)
        least = MIN (least, g_array_index (words, found_word, i).confidence);
    return least;
}

/* The best reading of the stretch; NULL when the engine fails. */
static GArray *
read_stretch (const kh_reading *r, const kh_text_line *stretch)
{
    guint glyphs = count_glyphs (r, stretch);
    gboolean is_short = glyphs < FEW_GLYPHS;
    GArray *best = NULL;
    double best_worth = -1;
    for (guint i = 0; i < (is_short ? G_N_ELEMENTS (MARGINS) : LONG_MARGINS); i++) {
        GArray *words = read_with_margin (r, stretch, MARGINS[i]);
        if (words == NULL) {
            g_clear_pointer (&best, g_array_unref);
            return NULL;
        }
        gboolean counted = is_short && count_characters (words) == glyphs;
        double worth = mean_confidence (words) + (counted ? COUNTED : 0);
        if (worth > best_worth) {
            best_worth = worth;
            g_clear_pointer (&best, g_array_unref);
            best = g_array_ref (words);
        }
        gboolean settled = is_short ? counted && mean_confidence (words) >= SURE_SHORT : least_confidence (words) >= SURE_WORD;
        g_array_unref (words);
        if (settled)
            break;
    }
    return best;
}

/* ------------------------------------------------------------------ strokes */

/* Runs of ink in one row of the box; 0 when they are not all about equally wide. */
static guint
count_stems (const kh_pixels *pixels, kh_span box, int y)
{
    const guint8 *row = pixels->data + pixels->stride * y;
    int least = G_MAXINT, most = 0;
    guint n = 0;
    for (int x = box.x0; x < box.x1; x++) {
        int from = x;
        while (x < box.x1 && row[x] < INK)
            x++;
        if (x > from) {
            n++;
            least = MIN (least, x - from);
            most = MAX (most, x - from);
        }
    }
    return most <= least * 2 ? n : 0;
}

/* A word read as nothing but I and H, whose ink is the same two or three stems at every height, is II or III. */
static void
mend_strokes (const kh_reading *r, found_word *word)
{
    gsize letters = strspn (word->text, "IHl1"), rest = strlen (word->text) - letters;
    kh_span box = word->box;
    int height = box.y1 - box.y0;
    if (letters == 0 || letters > 4 || rest > 1 || strpbrk (word->text, "IH") == NULL || (rest == 1 && word->text[letters] != '.')
        || height < 6 || box.x0 < 0 || box.y0 < 0 || box.x1 > r->pixels->width || box.y1 > r->pixels->height)
        return;
    guint stems = count_stems (r->pixels, box, box.y0 + height * 3 / 10);
    if (stems < 2 || stems > 3)
        return;
    for (int tenth = 4; tenth <= 7; tenth++)
        if (count_stems (r->pixels, box, box.y0 + height * tenth / 10) != stems)
            return;
    static const char *const ROMAN[] = { "II", "III" };
    char *mended = g_strconcat (ROMAN[stems - 2], rest == 1 ? "." : NULL, NULL);
    g_free (word->text);
    word->text = mended;
}

/* ------------------------------------------------------------------ words */

/* The box of the line's blobs whose middle is within from..to; `otherwise` when there are none. */
static kh_span
blobs_between (const kh_reading *r, const kh_text_line *line, double from, double to, kh_span otherwise)
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

/* Appends the words found to the page. The engine may give a word the box of its whole line: it ends where the next begins. */
static void
take_words (kh_reading *r, const kh_text_line *line, GArray *words)
{
    for (guint i = 0; i < words->len; i++) {
        found_word *word = &g_array_index (words, found_word, i);
        if (i + 1 < words->len) {
            int next = g_array_index (words, found_word, i + 1).box.x0;
            if (next > word->box.x0)
                word->box.x1 = MIN (word->box.x1, next);
        }
        word->box = blobs_between (r, line, word->box.x0, word->box.x1, word->box);
        mend_strokes (r, word);
        kh_span box = word->box;
        kh_word facts = {
            .box = { box.x0 * r->points, box.y0 * r->points, box.x1 * r->points, box.y1 * r->points },
            .confidence = word->confidence,
            .line = r->line,
        };
        kh_page_add_word (r->pool, r->page, word->text, facts);
    }
}

gboolean
kh_reading_line (kh_reading *r, const kh_text_line *line)
{
    r->line++;
    for (guint start = 0, end; start < line->blobs->len; start = end) {
        end = kh_text_line_stretch_end (line, r->blobs, start);
        kh_text_line stretch = *line;
        g_autoptr (GArray) blobs = stretch.blobs = g_array_new (FALSE, FALSE, sizeof (guint));
        g_array_append_vals (blobs, &g_array_index (line->blobs, guint, start), end - start);
        g_autoptr (GArray) words = read_stretch (r, &stretch);
        if (words == NULL)
            return FALSE;
        take_words (r, &stretch, words);
    }
    return TRUE;
}
