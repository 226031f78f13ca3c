#include "plan/outline.h"

#include "plan/roles.h"
#include "plan/wording.h"
#include "viet/viet.h"

#include <string.h>

/* How it is done:
 *
 *   1. gather   each block is an item; lines that go on the item before join it; specks read as a letter go
 *   2. nest     items with numbers find their list: a stack of open lists, from the outermost in. A number that goes
 *               on an open list closes all lists inside it; a first number opens a list below the item before it.
 *               Between several readings of a marker the one that goes on a list wins.
 *   3. mend     after OCR: a number between n and n + 2 of its list is n + 1
 *   4. judge    each list of siblings: points for looking like a heading; the list decides together
 *   5. cut      title and run-in paragraph of each section
 */

typedef struct candidate {
    guint n_readings;
    kh_marker readings[KH_MARKER_READINGS];
    double points; /* how much it looks like a heading */
} candidate;

typedef struct builder {
    kh_pool *pool;
    GArray *items;      /* kh_item */
    GArray *candidates; /* candidate, one an item */
    gboolean has_styles; /* the document shows bold print: plain lines are then less likely headings */
    gboolean in_appendix;
} builder;

#define ITEM(b, i) (&g_array_index ((b)->items, kh_item, i))
#define CANDIDATE(b, i) (&g_array_index ((b)->candidates, candidate, i))

static const char *
body_of (const kh_item *item)
{
    return item->text->str + item->marker.length;
}

/* ------------------------------------------------------------------ gather */

static gboolean
is_emphasised (const kh_block *block)
{
    return block != NULL && (block->bold >= 0.6 || block->italic >= 0.6);
}

/* A centred line below a centred heading of the same make belongs to it. */
static gboolean
goes_on_heading (const kh_item *heading, const kh_item *line)
{
    const kh_block *above = heading->block, *below = line->block;
    if (heading->grid != NULL || line->grid != NULL || above->align != KH_ALIGN_CENTER || below->align != KH_ALIGN_CENTER)
        return FALSE;
    if (above->band != 0 || below->band != 0 || above->page != below->page || kh_last_character (heading->text->str) == '.')
        return FALSE;
    gboolean capitals = kh_is_capitals (heading->text->str, 2) && kh_is_capitals (line->text->str, 2);
    return capitals || (above->bold >= 0.6 && below->bold >= 0.6);
}

/* The last printed line of `above` goes as far to the right as the one that may follow it: it is full. */
static gboolean
fills_its_line (const kh_block *above, const kh_block *below)
{
    if (above->lines->len == 0)
        return FALSE;
    const kh_line *last = g_ptr_array_index (above->lines, above->lines->len - 1);
    return above->page == below->page && last->box.x1 >= below->box.x1 - 3 * last->size;
}

/* "(Kèm theo …)", "(Chi tiết tại …)": a pointer, which stands by itself. */
static gboolean
is_pointer (const char *text)
{
    static const char *const WORDS[] = { "(kem", "(ban hanh", "(chi tiet", "(co ", "(danh muc", "(nhiem vu", "(theo", "(phu luc", "(xem" };
    g_autofree char *folded = kh_viet_fold (text);
    for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
        if (g_str_has_prefix (folded, WORDS[i]))
            return TRUE;
    return FALSE;
}

/* A line that begins small, or with a bracket below a full line, goes on a paragraph that has not ended. */
static gboolean
goes_on_paragraph (const kh_item *paragraph, const kh_item *line)
{
    if (paragraph->grid != NULL || line->grid != NULL || line->block->band != 0 || paragraph->block->band != 0)
        return FALSE;
    gunichar end = kh_last_character (paragraph->text->str);
    if (end != ',' && !g_unichar_isalnum (end))
        return FALSE;
    if (*line->text->str == '(')
        return fills_its_line (paragraph->block, line->block) && !is_pointer (line->text->str);
    return g_unichar_islower (g_utf8_get_char (line->text->str));
}

/* One or two characters that the engine is not sure of: a speck. */
static gboolean
is_speck (const kh_text *text)
{
    return g_utf8_strlen (text->str, -1) <= 2 && kh_text_confidence (text) < 0.9f;
}

static void
gather (builder *b, const GPtrArray *blocks)
{
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        kh_item item = { .text = &block->text, .block = block, .parent = -1 };
        candidate reading = { 0 };
        if (block->kind == KH_BLOCK_TABLE)
            item.grid = block->grid;
        else if (kh_text_is_empty (&block->text) || is_speck (&block->text))
            continue;
        else
            reading.n_readings = kh_markers_read (b->pool, block->text.str, reading.readings);
        b->has_styles = b->has_styles || (item.grid == NULL && block->bold >= 0.6);

        kh_item *last = b->items->len > 0 ? ITEM (b, b->items->len - 1) : NULL;
        gboolean below_heading = last != NULL && CANDIDATE (b, b->items->len - 1)->n_readings > 0 && goes_on_heading (last, &item);
        if (reading.n_readings == 0 && (below_heading || (last != NULL && goes_on_paragraph (last, &item)))) {
            kh_text *whole = kh_pool_new0 (b->pool, kh_text, 1);
            *whole = kh_text_join (b->pool, last->text, item.text);
            last->text = whole;
            continue;
        }
        g_array_append_val (b->items, item);
        g_array_append_val (b->candidates, reading);
    }
}

/* ------------------------------------------------------------------ nest */

/* Unnumbered headings hold their place among the lists with this name. */
#define NAME_UNNUMBERED 9

/* How high a kind of number stands by custom; smaller is higher. */
static int
rank (const kh_marker *marker)
{
    return (int) marker->kind * 10 + (marker->kind == KH_MARKER_NAMED ? marker->name : 0);
}

/* The place in the stack of the list `marker` goes on, -1 when none. */
static int
open_list (builder *b, const GArray *stack, const kh_marker *marker, gboolean must_follow)
{
    for (int i = (int) stack->len - 1; i >= 0; i--) {
        const kh_marker *last = &ITEM (b, g_array_index (stack, int, i))->marker;
        if (must_follow ? kh_marker_follows (last, marker) : kh_marker_same_list (last, marker))
            return i;
    }
    return -1;
}

/* A decimal number hangs below the number it extends. */
static int
open_parent (builder *b, const GArray *stack, const kh_marker *marker)
{
    for (int i = (int) stack->len - 1; i >= 0; i--)
        if (kh_marker_extends (&ITEM (b, g_array_index (stack, int, i))->marker, marker))
            return i;
    return -1;
}

/* Printed as main headings are: bold, or in capitals behind the marker. */
static gboolean
looks_like_chapter (const kh_item *item)
{
    return is_emphasised (item->block) || kh_is_capitals (body_of (item), 4);
}

/* An open list whose last number has another reading that `marker` follows ("1." read for I., now II.) takes that reading. */
static gboolean
reinterpret (builder *b, const GArray *stack, const kh_marker *marker)
{
    gboolean alone = marker->kind == KH_MARKER_ROMAN && open_list (b, stack, marker, FALSE) < 0;
    for (guint i = 0; alone && i < stack->len; i++) {
        guint open = (guint) g_array_index (stack, int, i);
        const candidate *c = CANDIDATE (b, open);
        for (guint k = 0; k < c->n_readings; k++)
            if (kh_marker_follows (&c->readings[k], marker)) {
                ITEM (b, open)->marker = c->readings[k];
                return TRUE;
            }
    }
    return FALSE;
}

/* The reading that goes on an open list; else the likeliest. */
static gboolean
choose_reading (builder *b, const GArray *stack, guint i)
{
    const candidate *c = CANDIDATE (b, i);
    kh_item *item = ITEM (b, i);
    if (c->n_readings == 0)
        return FALSE;
    item->marker = c->readings[0];
    for (guint k = 0; k < c->n_readings; k++)
        if (open_list (b, stack, &c->readings[k], TRUE) >= 0 || (c->readings[k].only_in_list && open_parent (b, stack, &c->readings[k]) >= 0)) {
            item->marker = c->readings[k];
            return TRUE;
        }
    if (item->marker.only_in_list) {
        item->marker = (kh_marker){ 0 };
        return FALSE;
    }
    for (guint k = 0; k < c->n_readings; k++)
        if (reinterpret (b, stack, &c->readings[k])) {
            item->marker = c->readings[k];
            return TRUE;
        }
    /* "B)" where only small letters are open is b. */
    for (guint k = 1; k < c->n_readings && open_list (b, stack, &c->readings[0], FALSE) < 0; k++)
        if (c->readings[k].kind == KH_MARKER_LETTER && open_list (b, stack, &c->readings[k], FALSE) >= 0) {
            item->marker = c->readings[k];
            return TRUE;
        }
    /* "I." again inside the list of Roman numbers is a misread "1." that opens a list below. */
    gboolean again = c->readings[0].kind == KH_MARKER_ROMAN && open_list (b, stack, &c->readings[0], FALSE) >= 0;
    for (guint k = 1; again && k < c->n_readings && !looks_like_chapter (item); k++)
        if (c->readings[k].kind == KH_MARKER_ARABIC)
            item->marker = c->readings[k];
    /* A scanner's "l." that opens the document is I. */
    for (guint k = 1; k < c->n_readings && stack->len == 0; k++)
        if (c->readings[0].kind == KH_MARKER_LETTER && c->readings[k].kind == KH_MARKER_ROMAN)
            item->marker = c->readings[k];
    return TRUE;
}

/* A capital with a full stop far into the alphabet, with no list before it, is an abbreviation ("P. Giám đốc"). */
static gboolean
is_stray (builder *b, const GArray *stack, const kh_marker *marker)
{
    return marker->kind == KH_MARKER_CAPITAL && kh_marker_value (marker) > 3 && open_list (b, stack, marker, FALSE) < 0;
}

/* Where in the stack the numbered item goes: all from that place on is closed. */
static guint
place_in_stack (builder *b, const GArray *stack, guint i)
{
    const kh_marker *marker = &ITEM (b, i)->marker;
    int extended = marker->kind == KH_MARKER_DECIMAL ? open_parent (b, stack, marker) : -1;
    if (extended >= 0)
        return (guint) extended + 1;
    int follows = open_list (b, stack, marker, TRUE);
    if (follows >= 0)
        return (guint) follows;
    gboolean first = kh_marker_value (marker) == 1;
    int same = open_list (b, stack, marker, FALSE);
    if (same >= 0) {
        guint last = (guint) g_array_index (stack, int, (guint) same);
        gboolean right_below = first && last + 1 == i && (guint) same + 1 == stack->len && marker->kind != KH_MARKER_ROMAN;
        return right_below ? stack->len : (guint) same;
    }
    if (first)
        return stack->len;
    guint depth = 0; /* its list began unseen: below all that stand higher by custom */
    while (depth < stack->len && rank (&ITEM (b, g_array_index (stack, int, depth))->marker) < rank (marker))
        depth++;
    return depth;
}

static gboolean
ends_openly (const char *text)
{
    gunichar end = kh_last_character (text);
    return end != '.' && end != ';' && end != ',';
}

/* A heading without a number: bold, or in capitals; short, no sentence, something below it. */
static gboolean
is_unnumbered_heading (builder *b, guint i)
{
    const kh_item *item = ITEM (b, i);
    if (item->grid != NULL || CANDIDATE (b, i)->n_readings > 0 || item->block->band != 0 || i + 1 >= b->items->len)
        return FALSE;
    const char *text = item->text->str;
    guint words = kh_word_count (text);
    const kh_item *next = ITEM (b, i + 1);
    gboolean listed = next->grid != NULL || CANDIDATE (b, i + 1)->n_readings > 0;
    if (words > 25 || words < 2 || !ends_openly (text) || *text == '(' || next->block->band != 0)
        return FALSE;
    if (b->has_styles && item->block->bold < 0.8)
        return FALSE;
    if (b->has_styles && !b->in_appendix)
        return next->block->bold < 0.8 || listed;
    return !b->in_appendix && words >= 3 && kh_is_capitals (text, 10) && (listed || item->block->align == KH_ALIGN_CENTER);
}

static void
nest (builder *b)
{
    g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (int)); /* of item indexes, outermost first */
    for (guint i = 0; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        gboolean has_marker = choose_reading (b, stack, i);
        if (has_marker && is_stray (b, stack, &item->marker))
            item->marker = (kh_marker){ 0 };
        guint depth;
        if (kh_marker_is_numbered (&item->marker))
            depth = place_in_stack (b, stack, i);
        else if (is_unnumbered_heading (b, i)) {
            item->marker = (kh_marker){ .kind = KH_MARKER_NAMED, .name = NAME_UNNUMBERED };
            /* In capitals it is a chapter; else it stands inside the outermost section. */
            depth = kh_is_capitals (item->text->str, 4) ? 0 : MIN (1, stack->len);
        } else {
            item->parent = stack->len > 0 ? g_array_index (stack, int, stack->len - 1) : -1;
            continue;
        }
        item->parent = depth > 0 ? g_array_index (stack, int, depth - 1) : -1;
        g_array_set_size (stack, depth);
        int index = (int) i;
        g_array_append_val (stack, index);
    }
}

/* ------------------------------------------------------------------ mend */

/* Was the marker read by an engine, so that its number may be misread? */
static gboolean
is_from_engine (const kh_item *item)
{
    return item->text->n_pieces > 0 && item->text->pieces[0].word->confidence < 1.0f;
}

static void
set_value (builder *b, kh_item *item, int value)
{
    if (is_from_engine (item))
        item->marker = kh_marker_with_value (b->pool, &item->marker, value);
}

/* The next item of the list that `i` stands in; 0 when it is the last. */
static guint
next_in_list (builder *b, guint i)
{
    const kh_item *item = ITEM (b, i);
    for (guint k = i + 1; k < b->items->len; k++) {
        const kh_item *other = ITEM (b, k);
        if (kh_marker_is_numbered (&other->marker) && other->parent == item->parent)
            return kh_marker_same_list (&item->marker, &other->marker) ? k : 0;
        if (other->parent < item->parent)
            return 0;
    }
    return 0;
}

/* The first of a list before the second: "q)" before b), "11.1" before 1.2 below 1. */
static void
mend_first (builder *b, guint i, guint second)
{
    kh_item *item = ITEM (b, i);
    const kh_marker *next = &ITEM (b, second)->marker;
    if (item->marker.kind == KH_MARKER_DECIMAL && item->parent >= 0 && is_from_engine (item)) {
        const kh_marker *above = &ITEM (b, (guint) item->parent)->marker;
        gboolean astray = !kh_marker_extends (above, &item->marker) && kh_marker_extends (above, next);
        if (astray && kh_marker_value (next) == kh_marker_value (&item->marker) + 1) {
            gsize length = item->marker.length;
            item->marker = kh_marker_with_value (b->pool, next, kh_marker_value (next) - 1);
            item->marker.length = length;
            return;
        }
    }
    if (kh_marker_value (&ITEM (b, second)->marker) == 2 && kh_marker_value (&ITEM (b, i)->marker) != 1)
        set_value (b, ITEM (b, i), 1);
}

static void
mend (builder *b)
{
    g_autofree gboolean *listed = g_new0 (gboolean, b->items->len + 1); /* not the first of its list */
    for (guint i = 0; i < b->items->len; i++) {
        const kh_marker *marker = &ITEM (b, i)->marker;
        guint second = kh_marker_is_numbered (marker) && marker->kind != KH_MARKER_NAMED ? next_in_list (b, i) : 0;
        if (second == 0)
            continue;
        if (!listed[i])
            mend_first (b, i, second);
        listed[second] = TRUE;
        if (kh_marker_follows (marker, &ITEM (b, second)->marker))
            continue;
        guint third = next_in_list (b, second);
        kh_marker between = kh_marker_with_value (b->pool, marker, kh_marker_value (marker) + 1);
        gboolean fits = third > 0 && kh_marker_follows (&between, &ITEM (b, third)->marker);
        gboolean stroke_lost = third == 0 && marker->kind == KH_MARKER_ROMAN
                               && kh_marker_value (&ITEM (b, second)->marker) == kh_marker_value (marker);
        if (fits || stroke_lost)
            set_value (b, ITEM (b, second), kh_marker_value (&between));
    }
}

/* ------------------------------------------------------------------ judge */

#define HEADING_POINTS 2.0       /* a heading by itself */
#define SIBLING_POINTS (-1.5)    /* a titled section among headings, with text below it */
#define LISTED_POINTS (-5.0)     /* the same with a list below it: even if a speck has made a sentence of it */
#define SURE_POINTS 7.0          /* a heading even after sentences */

static gboolean
has_content (builder *b, guint i)
{
    return i + 1 < b->items->len && ITEM (b, i + 1)->parent == (int) i;
}

/* Has it a list or a table below it, not only running text? */
static gboolean
has_list (builder *b, guint i)
{
    return has_content (b, i) && (ITEM (b, i + 1)->grid != NULL || ITEM (b, i + 1)->marker.kind != KH_MARKER_NONE);
}

static double
heading_points (builder *b, guint i)
{
    const kh_item *item = ITEM (b, i);
    const char *text = body_of (item);
    gunichar end = kh_last_character (text);
    guint words = kh_word_count (text);
    gboolean content = has_content (b, i);
    double points = content ? 2 : -2;

    switch (item->marker.kind) {
    case KH_MARKER_NAMED: points += 4; break;
    case KH_MARKER_ROMAN: points += 3; break;
    case KH_MARKER_CAPITAL: points += 2; break;
    default: break;
    }
    if (kh_is_capitals (text, 4))
        points += 4;
    if (b->has_styles)
        points += is_emphasised (item->block) ? 4 : -2;
    if (end == '.' || end == ';' || end == ',')
        points += words <= 8 && content ? -1 : -3;
    else if (end == ':')
        points += words <= 12 ? 1 : -1;
    else
        points += 2;
    points += words <= 10 ? 1 : words <= 25 ? 0 : words <= 45 ? -1 : -3;
    if (kh_has_inner_stop (text))
        points -= 2;
    return points;
}

/* Where a run-in heading ends: at a colon after few words. 0: none. */
static gsize
run_in_length (const kh_item *item, guint most_words)
{
    const char *text = item->text->str;
    const char *colon = strchr (text + item->marker.length, ':');
    if (colon == NULL || colon[1] != ' ' || kh_length_without_colon (text) <= (gsize) (colon - text))
        return 0;
    g_autofree char *head = g_strndup (text + item->marker.length, (gsize) (colon - text) - item->marker.length);
    if (kh_word_count (head) > most_words || kh_has_inner_stop (head) || strchr (head, ';') != NULL)
        return 0;
    return (gsize) (colon - text);
}

/* "Dự trù kinh phí: Phụ lục đính kèm": the words before the colon are a heading by themselves. */
static gboolean
names_role (const kh_item *item, gsize end)
{
    g_autofree char *head = g_strndup (item->text->str + item->marker.length, end - item->marker.length);
    gboolean known;
    kh_role_of_heading (head, KH_ROLE_OTHER, FALSE, &known);
    return known;
}

/* "Mục tiêu chung: …" beside headings is one of them. */
static gboolean
is_run_in_heading (const kh_item *item)
{
    gsize end = run_in_length (item, 6);
    return end > 0 && names_role (item, end);
}

/* The list of siblings that begins with item `first`: sections from its first heading on. */
static void
judge_list (builder *b, guint first)
{
    const kh_item *head = ITEM (b, first);
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
    guint n_headings = 0;
    gboolean sentences_lead = FALSE; /* a sentence of the list has a list below it: then lines with lists are mere items */
    for (guint i = first; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        if (!kh_marker_is_numbered (&item->marker) || item->parent != head->parent)
            continue;
        if (i > first && !kh_marker_same_list (&head->marker, &item->marker))
            break;
        g_array_append_val (list, i);
        CANDIDATE (b, i)->points = heading_points (b, i);
        gboolean heading = CANDIDATE (b, i)->points >= HEADING_POINTS;
        n_headings += heading;
        sentences_lead = sentences_lead || (!heading && has_list (b, i));
    }
    gboolean below_section = head->parent < 0 || ITEM (b, (guint) head->parent)->is_section;
    gboolean begins = CANDIDATE (b, first)->points >= HEADING_POINTS || (n_headings > 0 && is_run_in_heading (head));
    gboolean most = n_headings * 2 > list->len || (n_headings * 2 == list->len && !sentences_lead);
    gboolean open = FALSE; /* a heading has been met */
    for (guint k = 0; below_section && k < list->len; k++) {
        guint i = g_array_index (list, guint, k);
        double points = CANDIDATE (b, i)->points;
        open = open || (begins && k == 0) || (begins || most ? points >= HEADING_POINTS : points >= SURE_POINTS) || head->marker.kind == KH_MARKER_NAMED;
        ITEM (b, i)->is_section = open;
    }
}

static void
judge (builder *b)
{
    for (guint i = 0; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        if (!kh_marker_is_numbered (&item->marker))
            continue;
        gboolean first = TRUE; /* of its list? */
        for (int k = (int) i - 1; k > item->parent && first; k--) {
            const kh_item *before = ITEM (b, (guint) k);
            if (kh_marker_is_numbered (&before->marker) && before->parent == item->parent) {
                first = !kh_marker_same_list (&before->marker, &item->marker);
                break;
            }
        }
        if (first)
            judge_list (b, i);
    }
}

/* ------------------------------------------------------------------ cut */

static void
cut (builder *b)
{
    for (guint i = 0; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        if (!item->is_section)
            continue;
        const char *text = item->text->str;
        gsize length = strlen (text);
        item->title_start = item->marker.length;
        item->rest = length;
        double least = has_list (b, i) ? LISTED_POINTS : has_content (b, i) ? SIBLING_POINTS : HEADING_POINTS - 1;
        gboolean titled = CANDIDATE (b, i)->points >= least;
        gsize run_in = run_in_length (item, titled ? 6 : 15);
        if (titled && !(run_in > 0 && names_role (item, run_in)))
            item->title_end = MAX (item->title_start, kh_length_of_title (text));
        else if (run_in > 0) {
            item->title_end = run_in;
            item->rest = run_in + 1;
        } else {
            item->title_end = item->title_start;
            item->rest = item->title_start;
        }
        if (item->marker.name == NAME_UNNUMBERED)
            item->marker.number = NULL;
    }
}

GArray *
kh_outline_of (kh_pool *pool, const GPtrArray *blocks, gboolean in_appendix)
{
    builder b = { .pool = pool, .in_appendix = in_appendix };
    b.items = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_item)), (GDestroyNotify) g_array_unref);
    b.candidates = g_array_new (FALSE, TRUE, sizeof (candidate));
    gather (&b, blocks);
    nest (&b);
    mend (&b);
    judge (&b);
    cut (&b);
    g_array_unref (b.candidates);
    return b.items;
}
