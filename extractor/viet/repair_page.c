/* A page is mended as a text: its words joined, searched, and the changes given back to the words they came from.
 *
 *      words    "S" "T" "há" "năm"      text  "S T há năm"      changes  "S" -> "Sở", "T" -> "Tư", "há" -> "pháp"
 *
 * The letters that are left of a damaged text layer are exact, and so are its places; the image has the letters that are gone. So a word
 * that the image reads at the same place, and that what is left agrees with, is proposed to the search (kh_hint).
 */
#include "viet/repair.h"

#include "base/sort.h"
#include "viet/damage.h"
#include "viet/viet.h"

#include <math.h>
#include <string.h>

#define MISSING_OFTEN 2  /* of the image's words, a letter that the layer lost; once may be a misreading */
#define MISSING_SHARE 0.2 /* of its occurrences in a document part of whose fonts lost it */
#define NEAR 0.6         /* heights of a line: so far beside an image word may stand a part of it */
#define MISSING_LEAST 5  /* letters in all, for the image to be believed in what is lost */
#define TYPED_COLUMN 6.0 /* points a character of a text file is wide (source/textfile.c) */
#define TAKEN (-2)       /* of a word whose place was found */
#define SCRAP_HEIGHT 0.6 /* of the middle height of words */
#define WIDE_GAP 2.0 /* heights of a line: so far apart stand words of different columns */

/* What parts two words of a page, one read after the other: a space on one line, the end of a line when the next stands below it, else a
 * jump, to another column or cell. */
static char
separator (const kh_word *before, const kh_word *word)
{
    double height = MAX (kh_box_height (before->box), kh_box_height (word->box));
    double down = kh_box_center_y (word->box) - kh_box_center_y (before->box), right = word->box.x0 - before->box.x1;
    if (before->line == word->line)
        return right < WIDE_GAP * height ? ' ' : KH_JUMP;
    return down > 0.5 * height && down < 3 * height && word->box.x0 < before->box.x1 ? '\n' : KH_JUMP;
}

/* The same of a text file, whose words stand where its characters did: as many spaces as it had. */
static void
append_typed_gap (GString *text, const kh_word *before, const kh_word *word)
{
    double from = before != NULL && before->line == word->line ? before->box.x1 : 0;
    if (before != NULL && before->line != word->line)
        g_string_append_c (text, '\n');
    for (double x = from + TYPED_COLUMN / 2; x < word->box.x0; x += TYPED_COLUMN)
        g_string_append_c (text, ' ');
}

static double
middle_height (const kh_page *page)
{
    g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
    for (guint i = 0; i < page->words->len; i++) {
        double height = kh_box_height (kh_page_word (page, i)->box);
        g_array_append_val (heights, height);
    }
    g_array_sort (heights, kh_compare_doubles);
    return heights->len > 0 ? g_array_index (heights, double, heights->len / 2) : 0;
}

/* One low letter or sign that is a line by itself: the loop of a g cut off from its line, a speck. A dash or plus may be meant. */
static gboolean
is_scrap (const kh_page *page, guint i, double height)
{
    const kh_word *word = kh_page_word (page, i);
    gboolean alone = (i == 0 || word[-1].line != word->line) && (i + 1 == page->words->len || word[1].line != word->line);
    return alone && g_utf8_strlen (word->text, -1) == 1 && strchr ("-+", *word->text) == NULL && kh_box_height (word->box) < SCRAP_HEIGHT * height;
}

char *
kh_page_text (const kh_page *page, GArray *certain)
{
    GString *text = g_string_new (NULL);
    double height = page->origin == KH_ORIGIN_OCR ? middle_height (page) : 0;
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i), *before = i > 0 ? word - 1 : NULL;
        if (page->origin == KH_ORIGIN_TEXT)
            append_typed_gap (text, before, word);
        else if (before != NULL)
            g_string_append_c (text, separator (before, word));
        kh_certainty one = { text->len, page->origin == KH_ORIGIN_TEXT ? KH_TYPED_CONFIDENCE : is_scrap (page, i, height) ? 0 : word->confidence };
        g_array_append_val (certain, one);
        g_string_append (text, word->text);
    }
    return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------------ the other reading */

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
        g_autoptr (GArray) unused = g_array_new (FALSE, FALSE, sizeof (kh_certainty));
        g_autofree char *text = kh_page_text (pages->pdata[i], unused);
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

/* What the image reads at each stretch of the text, as an array of kh_hint. */
static GArray *
find_hints (const kh_page *page, const GArray *certain)
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

/* ------------------------------------------------------------------ giving changes back */

/* The words and where they stand in the text that was made of them. */
typedef struct stretch {
    const kh_page *page;
    const GArray *certain; /* of kh_certainty, one a word */
    const char *text;
} stretch;

static gsize
start_of (const stretch *s, guint i)
{
    return i < s->certain->len ? g_array_index (s->certain, kh_certainty, i).at : G_MAXSIZE;
}

static gsize
end_of (const stretch *s, guint i)
{
    return start_of (s, i) + strlen (kh_page_word (s->page, i)->text);
}

/* Appends `text`, which may hold spaces or be empty, as words like `word`, each with its share of the width. */
static void
add_words (GArray *words, kh_word word, const char *text, kh_pool *pool)
{
    g_auto (GStrv) parts = g_strsplit (text, " ", -1);
    glong all = MAX (1, g_utf8_strlen (text, -1)), at = 0;
    kh_box box = word.box;
    for (guint i = 0; parts[i] != NULL; i++) {
        glong n = g_utf8_strlen (parts[i], -1);
        word.text = kh_pool_strdup (pool, parts[i]);
        word.box.x0 = box.x0 + kh_box_width (box) * at / all;
        word.box.x1 = box.x0 + kh_box_width (box) * (at + n) / all;
        at += n + 1;
        if (n > 0)
            g_array_append_val (words, word);
    }
}

/* A word of which nothing was left, in the space before word `next`. */
static void
add_between (GArray *words, const stretch *s, guint next, const kh_change *change, kh_pool *pool)
{
    kh_word word = *kh_page_word (s->page, next);
    double to = word.box.x0, from = to - kh_box_height (word.box);
    gsize start = start_of (s, next), gap_start = start - MIN (start, 2);
    if (next > 0 && kh_page_word (s->page, next - 1)->line == word.line && kh_page_word (s->page, next - 1)->box.x1 < to) {
        from = kh_page_word (s->page, next - 1)->box.x1;
        gap_start = end_of (s, next - 1);
    }
    double space = (to - from) / MAX (1, start - gap_start); /* the width of one */
    word.box.x0 = from + space * (change->at - MIN (change->at, gap_start));
    word.box.x1 = MIN (to, word.box.x0 + space * change->length);
    word.read = " ";
    word.repair = (unsigned char) change->kind;
    word.repair_confidence = change->confidence;
    g_autofree char *text = g_strstrip (g_strdup (change->to));
    add_words (words, word, text, pool);
}

/* Words [first, last] as the changes make them. */
static void
add_mended (GArray *words, const stretch *s, guint first, guint last, GArray *changes, kh_pool *pool)
{
    g_autoptr (GString) read = g_string_new (NULL);
    kh_word word = *kh_page_word (s->page, first);
    for (guint i = first; i <= last; i++) {
        const kh_word *part = kh_page_word (s->page, i);
        g_string_append_printf (read, "%s%s", i > first ? " " : "", part->read);
        word.box = i == first ? word.box : kh_box_union (word.box, part->box);
        word.confidence = MIN (word.confidence, part->confidence);
    }
    word.read = kh_pool_strdup (pool, read->str);
    gsize start = start_of (s, first), end = end_of (s, last);
    for (guint i = 0; i < changes->len; i++) { /* within these words: spaces around them are not theirs */
        kh_change *change = &g_array_index (changes, kh_change, i);
        if (i == 0 || change->confidence < word.repair_confidence) {
            word.repair = (unsigned char) change->kind;
            word.repair_confidence = change->confidence;
        }
        gsize from = MAX (change->at, start), to = MIN (change->at + change->length, end);
        change->at = from - start;
        change->length = to > from ? to - from : 0;
    }
    g_autofree char *text = kh_apply_changes (s->text + start, end - start, changes);
    add_words (words, word, text, pool);
}

guint
kh_repair_page (kh_repairer *repairer, kh_page *page, const kh_damage *damage, kh_pool *pool)
{
    if (page->image_words != NULL) {
        gather_parts (page, pool);
        add_vanished_words (page, damage, pool);
    }
    g_autoptr (GArray) certain = g_array_new (FALSE, FALSE, sizeof (kh_certainty));
    g_autofree char *text = kh_page_text (page, certain);
    gsize length = strlen (text);
    g_autoptr (GArray) hints = find_hints (page, certain);
    kh_reading reading = { .text = text, .length = length, .confidence = 1,
                           .certain = (const kh_certainty *) certain->data, .n_certain = certain->len,
                           .hints = (const kh_hint *) hints->data, .n_hints = hints->len };
    g_autoptr (GArray) changes = kh_repairer_find_changes (repairer, &reading, damage);
    if (changes->len == 0)
        return 0;
    GArray *mended = kh_page_word_list (pool);
    stretch s = { page, certain, text };
    guint c = 0;
    for (guint first = 0, last; first < page->words->len; first = last + 1) {
        g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (kh_change));
        last = first;
        for (; c < changes->len && g_array_index (changes, kh_change, c).at < end_of (&s, last); c++) {
            const kh_change *change = &g_array_index (changes, kh_change, c);
            if (change->at + change->length <= start_of (&s, first) && change->length > 0) {
                add_between (mended, &s, first, change, pool);
                continue;
            }
            while (change->at + change->length >= start_of (&s, last + 1)) /* all the space went: "phá ," is "pháp," */
                last++;
            g_array_append_val (inside, *change);
        }
        if (inside->len == 0)
            g_array_append_val (mended, *kh_page_word (page, first));
        else
            add_mended (mended, &s, first, last, inside, pool);
    }
    if (page->read_words == NULL)
        page->read_words = page->words;
    page->words = mended;
    return changes->len;
}
