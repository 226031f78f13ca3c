#include "viet/second_reading.h"

#include "viet/damage.h"
#include "viet/repair.h"
#include "viet/viet.h"

#include <math.h>
#include <string.h>

#define NEAR 0.6         /* heights of a line: so far beside an image word may stand a part of it */
#define TAKEN (-2)       /* of a word whose place was found */
#define MISSING_OFTEN 2  /* of the image's words, a letter that the layer lost; once may be a misreading */
#define MISSING_SHARE 0.2 /* of its occurrences in a document part of whose fonts lost it */
#define MISSING_LEAST 5  /* letters in all, for the image to be believed in what is lost */

/* The letters of a word, without the signs around it. NULL when there are none. */
static char *
core_of (const char *word)
{
    g_autofree char *normal = kh_viet_normal (word);
    kh_word_parts parts = kh_word_take_apart (normal);
    return parts.end > parts.start && parts.core != KH_TOKEN_NUMBER ? g_strndup (normal + parts.start, parts.end - parts.start) : NULL;
}

/* How well a word of the layer stands where the image reads one: the width they share; less than 0: how far they are apart. -INFINITY on
 * another line. */
static double
nearness (kh_box word, kh_box image)
{
    double height = MIN (kh_box_height (word), kh_box_height (image));
    return kh_box_overlap_y (word, image) < height / 2 ? -INFINITY : kh_box_overlap_x (word, image);
}

/* For each word of the layer the image's word it is a part of, an index; -1: none. The engine's boxes may miss a letter at their edges. */
static int *
assign_words (const kh_page *page)
{
    int *owner = g_new (int, page->words->len + 1);
    for (guint i = 0; i < page->words->len; i++) {
        kh_box box = kh_page_word (page, i)->box;
        double best = -NEAR * kh_box_height (box);
        owner[i] = -1;
        for (guint k = 0; page->image_words != NULL && k < page->image_words->len; k++) {
            double near = nearness (box, g_array_index (page->image_words, kh_word, k).box);
            if (near > best) {
                best = near;
                owner[i] = (int) k;
            }
        }
    }
    return owner;
}

/* The first and last of the words that are parts of image word `k`; FALSE when there are none. */
static gboolean
find_parts (const kh_page *page, const int *owner, guint k, guint *first, guint *last)
{
    *first = G_MAXUINT;
    for (guint i = 0; i < page->words->len; i++)
        if (owner[i] == (int) k) {
            *first = MIN (*first, i);
            *last = i;
        }
    return *first != G_MAXUINT;
}

/* Their letters, without spaces. NULL when there are none. */
static char *
letters_of_parts (const kh_page *page, const int *owner, guint k)
{
    g_autoptr (GString) letters = g_string_new (NULL);
    for (guint i = 0; i < page->words->len; i++)
        if (owner[i] == (int) k)
            g_string_append (letters, kh_page_word (page, i)->text);
    return core_of (letters->str);
}

/* Brings the parts of one image word together, on one line: a PDF reader takes the gap of lost letters for one between columns. */
static void
gather_parts (kh_page *page, kh_pool *pool)
{
    g_autofree int *owner = assign_words (page);
    GArray *words = kh_page_word_list (pool);
    for (guint i = 0; i < page->words->len; i++) {
        kh_word word = *kh_page_word (page, i);
        if (owner[i] == TAKEN)
            continue;
        g_array_append_val (words, word);
        for (guint j = i + 1; owner[i] >= 0 && j < page->words->len; j++)
            if (owner[j] == owner[i]) {
                kh_word part = *kh_page_word (page, j);
                part.line = word.line;
                owner[j] = TAKEN;
                g_array_append_val (words, part);
            }
    }
    page->read_words = page->words;
    page->words = words;
}

/* Counts the letters that the image's words have and the layer's at the same place have not, where those are otherwise alike. */
static void
count_missing (const kh_page *page, guint counts[KH_N_LETTERS])
{
    g_autofree int *owner = assign_words (page);
    for (guint k = 0; page->image_words != NULL && k < page->image_words->len; k++) {
        const kh_word *image = &g_array_index (page->image_words, kh_word, k);
        guint missing[KH_LEXICON_LETTERS], n = 0;
        g_autofree char *whole = core_of (image->text), *left = letters_of_parts (page, owner, k);
        const char *l = left;
        for (const char *p = whole; left != NULL && p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
            if (g_utf8_get_char (l) == g_utf8_get_char (p))
                l = g_utf8_next_char (l);
            else if (n < G_N_ELEMENTS (missing))
                missing[n++] = kh_letter_number (g_utf8_get_char (p));
        }
        for (guint i = 0; left != NULL && whole != NULL && *l == '\0' && i < n; i++)
            counts[missing[i]]++;
    }
}

kh_damage
kh_repairer_find_letters_of_pages (kh_repairer *repairer, const GPtrArray *pages)
{
    g_autoptr (GString) all = g_string_new (NULL);
    guint counts[KH_N_LETTERS] = { 0 }, present[KH_N_LETTERS] = { 0 }, sum = 0;
    for (guint i = 0; i < pages->len; i++) {
        g_autofree char *text = kh_page_text (pages->pdata[i], NULL);
        g_string_append_printf (all, "%s\n", text);
        count_missing (pages->pdata[i], counts);
    }
    for (const char *p = all->str; *p != '\0'; p = g_utf8_next_char (p))
        present[kh_letter_number (g_utf8_get_char (p))]++;
    kh_damage told = kh_repairer_find_lost_letters (repairer, all->str, all->len), seen = { .kinds = KH_DAMAGE_LOST_LETTERS };
    for (guint8 i = 1; i < KH_N_LETTERS; i++) {
        sum += counts[i];
        gboolean often = counts[i] >= MISSING_OFTEN && counts[i] >= MISSING_SHARE * (counts[i] + present[i]);
        if (often || (counts[i] > 0 && told.lost.is_lost[i]))
            kh_lost_letters_add (&seen.lost, i);
    }
    kh_damage *better = sum >= MISSING_LEAST ? &seen : &told;
    better->lost.spaces_merged = !better->lost.vanish; /* a page's spaces cannot be counted */
    return *better;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
    const kh_hint *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static void
free_hint (gpointer hint)
{
    g_free ((char *) ((kh_hint *) hint)->word);
}

GArray *
kh_second_reading_hints (const kh_page *page, const GArray *certain)
{
    GArray *hints = g_array_new (FALSE, FALSE, sizeof (kh_hint));
    g_array_set_clear_func (hints, free_hint);
    g_autofree int *owner = assign_words (page);
    for (guint k = 0; page->image_words != NULL && k < page->image_words->len; k++) {
        const kh_word *image = &g_array_index (page->image_words, kh_word, k);
        guint first, last;
        char *word = find_parts (page, owner, k, &first, &last) ? core_of (image->text) : NULL;
        if (word == NULL)
            continue;
        kh_hint hint = { g_array_index (certain, kh_certainty, first).at,
                         g_array_index (certain, kh_certainty, last).at + strlen (kh_page_word (page, last)->text), word, image->confidence };
        g_array_append_val (hints, hint);
    }
    g_array_sort (hints, by_place);
    for (guint i = 1; i < hints->len;) /* of two for one stretch neither is sure */
        if (g_array_index (hints, kh_hint, i).at < g_array_index (hints, kh_hint, i - 1).end)
            g_array_remove_index (hints, i);
        else
            i++;
    return hints;
}

/* Consists a word of nothing but lost letters ("ở")? */
static gboolean
is_all_lost (const char *word, const kh_damage *damage)
{
    for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
        if (!damage->lost.is_lost[kh_letter_number (g_utf8_get_char (p))])
            return FALSE;
    return *word != '\0';
}

/* The last word that stands to the left of the box on its line, when there is one and none stands in the box; -1. */
static int
word_before (const GArray *words, kh_box box)
{
    int before = -1;
    for (guint i = 0; i < words->len; i++) {
        kh_box other = g_array_index (words, kh_word, i).box;
        if (kh_box_overlap_y (other, box) < kh_box_height (box) / 2)
            continue;
        if (kh_box_overlap_x (other, box) > kh_box_width (box) / 2)
            return -1;
        if (other.x1 <= kh_box_center_x (box) && (before < 0 || other.x1 > g_array_index (words, kh_word, before).box.x1))
            before = (int) i;
    }
    return before;
}

/* Puts words of which nothing is left in the layer where the image reads them. */
static void
add_vanished_words (kh_page *page, const kh_damage *damage, kh_pool *pool)
{
    GArray *words = page->words; /* gathered: no longer as they were read */
    for (guint k = 0; k < page->image_words->len; k++) {
        const kh_word *image = &g_array_index (page->image_words, kh_word, k);
        g_autofree char *word = core_of (image->text);
        int before = word != NULL && is_all_lost (word, damage) ? word_before (words, image->box) : -1;
        if (before < 0)
            continue;
        kh_word new = g_array_index (words, kh_word, before);
        new.text = kh_pool_strdup (pool, image->text);
        new.read = " ";
        new.box = image->box;
        new.confidence = new.repair_confidence = image->confidence;
        new.repair = KH_REPAIR_LOST_LETTER;
        g_array_insert_val (words, (guint) before + 1, new);
    }
}

void
kh_second_reading_prepare (kh_page *page, const kh_damage *damage, kh_pool *pool)
{
    gather_parts (page, pool);
    add_vanished_words (page, damage, pool);
}
