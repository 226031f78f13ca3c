/* A page is mended as a text: its words joined, searched, and the changes given back to the words they came from.
 *
 *      words    "S" "T" "há" "năm"      text  "S T há năm"      changes  "S" -> "Sở", "T" -> "Tư", "há" -> "pháp"
 */
#include "viet/repair.h"

#include "base/sort.h"
#include "viet/second_reading.h"

#include <string.h>

#define TYPED_COLUMN 6.0 /* points a character of a text file is wide (source/textfile.c) */
#define SCRAP_HEIGHT 0.6 /* of the middle height of words */
#define WIDE_GAP 2.0 /* heights of a line: so far apart stand words of different columns */

/* Does an upright ruling line stand between the middles of two words? */
static gboolean
is_ruled_off (const GPtrArray *uprights, const kh_word *a, const kh_word *b)
{
    double ax = kh_box_center_x (a->box), bx = kh_box_center_x (b->box), ay = kh_box_center_y (a->box), by = kh_box_center_y (b->box);
    for (guint i = 0; i < uprights->len; i++) {
        const kh_rule *rule = g_ptr_array_index (uprights, i);
        double x = kh_box_center_x (rule->box);
        if (x > MIN (ax, bx) && x < MAX (ax, bx) && rule->box.y0 < MIN (ay, by) && rule->box.y1 > MAX (ay, by))
            return TRUE;
    }
    return FALSE;
}

/* What parts two words of a page, one read after the other: a space on one line, the end of a line when the next stands below it, else a
 * jump, to another column or cell. `first` began the line (or its part in a cell). */
static char
separator (const GPtrArray *uprights, const kh_word *first, const kh_word *before, const kh_word *word)
{
    if (is_ruled_off (uprights, before->line == word->line ? before : first, word))
        return KH_JUMP;
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
    const kh_word *first = NULL;
    g_autoptr (GPtrArray) uprights = g_ptr_array_new ();
    for (guint i = 0; i < page->rules->len; i++)
        if (!kh_page_rule (page, i)->horizontal)
            g_ptr_array_add (uprights, kh_page_rule (page, i));
    for (guint i = 0; i < page->words->len; i++) {
        const kh_word *word = kh_page_word (page, i), *before = i > 0 ? word - 1 : NULL;
        if (page->origin == KH_ORIGIN_TEXT)
            append_typed_gap (text, before, word);
        else if (before != NULL)
            g_string_append_c (text, separator (uprights, first, before, word));
        if (before == NULL || text->str[text->len - 1] != ' ')
            first = word;
        if (certain != NULL) {
            kh_certainty one = { text->len, page->origin == KH_ORIGIN_TEXT ? KH_TYPED_CONFIDENCE : is_scrap (page, i, height) ? 0 : word->confidence, NULL };
            g_array_append_val (certain, one);
        }
        g_string_append (text, word->text);
    }
    return g_string_free (text, FALSE);
}

/* What else the words may be, into their certainties. */
static void
note_others (const kh_page *page, GArray *certain, kh_pool *pool)
{
    for (guint i = 0; i < page->words->len; i++) {
        const char *list = kh_page_word (page, i)->others;
        if (list == NULL)
            continue;
        g_auto (GStrv) fields = g_strsplit (list, " ", -1);
        guint n = g_strv_length (fields) / 2;
        kh_other *others = kh_pool_new0 (pool, kh_other, n + 1);
        for (guint k = 0; k < n; k++)
            others[k] = (kh_other){ kh_pool_strdup (pool, fields[2 * k]), (float) g_ascii_strtod (fields[2 * k + 1], NULL) };
        g_array_index (certain, kh_certainty, i).others = others;
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
    word.repair_confidence = word.likely = change->confidence;
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
    word.likely = 1; /* the least sure of the changes, below */
    gsize start = start_of (s, first), end = end_of (s, last);
    for (guint i = 0; i < changes->len; i++) { /* within these words: spaces around them are not theirs */
        kh_change *change = &g_array_index (changes, kh_change, i);
        if (i == 0 || change->confidence < word.repair_confidence) {
            word.repair = (unsigned char) change->kind;
            word.repair_confidence = change->confidence;
        }
        word.likely = MIN (word.likely, change->confidence);
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
    if (page->image_words != NULL)
        kh_second_reading_prepare (page, damage, pool);
    g_autoptr (GArray) certain = g_array_new (FALSE, FALSE, sizeof (kh_certainty));
    g_autofree char *text = kh_page_text (page, certain);
    gsize length = strlen (text);
    note_others (page, certain, pool);
    g_autoptr (GArray) hints = kh_second_reading_hints (page, certain);
    kh_reading reading = { .text = text, .length = length, .confidence = 1,
                           .certain = (const kh_certainty *) certain->data, .n_certain = certain->len,
                           .hints = (const kh_hint *) hints->data, .n_hints = hints->len };
    g_autofree float *as_read = g_new (float, certain->len);
    for (guint i = 0; i < certain->len; i++)
        as_read[i] = 1;
    g_autoptr (GArray) changes = kh_repairer_find_changes (repairer, &reading, damage, as_read);
    for (guint i = 0; i < page->words->len; i++)
        kh_page_word (page, i)->likely = as_read[i];
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
