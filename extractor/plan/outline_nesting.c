#include "plan/outline_parts.h"
#include "plan/roles.h"
#include "plan/wording.h"

#include <string.h>

/* ------------------------------------------------------------------ nest */

/* How high a kind of number stands by custom; smaller is higher. */
static int
rank (const kh_marker *marker)
{
    return (int) marker->kind * 10 + (marker->kind == KH_MARKER_NAMED ? marker->name : 0);
}

/* The place in the stack of the list `marker` goes on, -1 when none. */
static int
open_list (kh_outline *b, const GArray *stack, const kh_marker *marker, gboolean must_follow)
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
open_parent (kh_outline *b, const GArray *stack, const kh_marker *marker)
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
    return kh_block_is_emphasised (item->block) || kh_is_capitals (kh_item_body (item), 4);
}

/* An open list whose last number has another reading that `marker` follows ("1." read for I., now II.) takes that reading. */
static gboolean
reinterpret (kh_outline *b, const GArray *stack, const kh_marker *marker)
{
    gboolean alone = marker->kind == KH_MARKER_ROMAN && open_list (b, stack, marker, FALSE) < 0;
    for (guint i = 0; alone && i < stack->len; i++) {
        guint open = (guint) g_array_index (stack, int, i);
        const kh_candidate *c = CANDIDATE (b, open);
        for (guint k = 0; k < c->n_readings; k++)
            if (kh_marker_follows (&c->readings[k], marker)) {
                ITEM (b, open)->marker = c->readings[k];
                return TRUE;
            }
    }
    return FALSE;
}

/* Is the 1 of item `i` right above another 1? */
static gboolean
is_doubled (kh_outline *b, guint i)
{
    if (i + 1 >= b->items->len || CANDIDATE (b, i)->n_readings == 0 || CANDIDATE (b, i + 1)->n_readings == 0)
        return FALSE;
    const kh_marker *own = &CANDIDATE (b, i)->readings[0], *next = &CANDIDATE (b, i + 1)->readings[0];
    return kh_marker_value (own) == 1 && kh_marker_value (next) == 1 && kh_marker_same_list (own, next);
}

/* Is the "I." of item `i` the 1 of a list of figures? The numbers behind it tell: 2 or 1.1 is its own list; 1 opens another,
 * and a Roman number goes on the list that stands open. */
static gboolean
begins_figures (kh_outline *b, guint i)
{
    for (guint k = i + 1; k < b->items->len; k++) {
        const kh_candidate *c = CANDIDATE (b, k);
        const kh_marker *next = &c->readings[0];
        if (c->n_readings == 0)
            continue;
        if (next->kind == KH_MARKER_ARABIC)
            return kh_marker_value (next) > 1;
        if (next->kind == KH_MARKER_DECIMAL)
            return next->parts[0] == 1 || next->corrected;
        if (next->kind == KH_MARKER_ROMAN && kh_marker_value (next) > 1)
            return FALSE;
    }
    return !looks_like_chapter (ITEM (b, i));
}

/* The reading that goes on an open list; else the likeliest. */
static gboolean
choose_reading (kh_outline *b, const GArray *stack, guint i)
{
    const kh_candidate *c = CANDIDATE (b, i);
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
    /* "I." again inside the list of Roman numbers: a misread "1." that opens a list below, or II that lost a stroke. */
    gboolean again = c->readings[0].kind == KH_MARKER_ROMAN && open_list (b, stack, &c->readings[0], FALSE) >= 0;
    for (guint k = 1; again && k < c->n_readings; k++)
        if (c->readings[k].kind == KH_MARKER_ARABIC && begins_figures (b, i))
            item->marker = c->readings[k];
    /* "1." right above another "1.", where Roman numbers stand open, was one of them. */
    gboolean doubled = c->readings[0].kind == KH_MARKER_ARABIC && kh_text_is_from_engine (item->text) && is_doubled (b, i);
    for (guint k = 1; doubled && k < c->n_readings; k++)
        if (c->readings[k].kind == KH_MARKER_ROMAN && open_list (b, stack, &c->readings[k], FALSE) >= 0)
            item->marker = c->readings[k];
    /* A scanner's "l." that opens the document is I, and so is an "L." that leaps ahead of A, B, C. */
    gboolean leaps = c->readings[0].kind == KH_MARKER_CAPITAL && open_list (b, stack, &c->readings[0], FALSE) >= 0;
    for (guint k = 1; k < c->n_readings; k++)
        if (((c->readings[0].kind == KH_MARKER_LETTER && stack->len == 0) || leaps) && c->readings[k].kind == KH_MARKER_ROMAN)
            item->marker = c->readings[k];
    return TRUE;
}

/* A capital with a full stop far into the alphabet, with no list before it, is an abbreviation ("P. Giám đốc"). */
static gboolean
is_stray (kh_outline *b, const GArray *stack, const kh_marker *marker)
{
    return marker->kind == KH_MARKER_CAPITAL && kh_marker_value (marker) > 3 && open_list (b, stack, marker, FALSE) < 0;
}

static gboolean
ends_openly (const char *text)
{
    gunichar end = kh_last_character (text);
    return end != '.' && end != ';' && end != ',';
}

/* Item `i` goes on the list at `inner`; where it goes on one around it as well, and is a heading as that one's last is while the
 * inner list is of sentences, it goes on that. */
static guint
outer_of_two (kh_outline *b, const GArray *stack, guint i, guint inner)
{
    const kh_item *last = ITEM (b, g_array_index (stack, int, inner));
    if (!ends_openly (ITEM (b, i)->text->str) || ends_openly (last->text->str))
        return inner;
    for (guint k = inner; k-- > 0;) {
        const kh_item *outer = ITEM (b, g_array_index (stack, int, k));
        if (kh_marker_follows (&outer->marker, &ITEM (b, i)->marker) && ends_openly (outer->text->str))
            return k;
    }
    return inner;
}

/* Is item `i` the first of a list that a bullet's text, or running text, introduces? */
static gboolean
is_introduced (kh_outline *b, guint i)
{
    const kh_item *before = i > 0 ? ITEM (b, i - 1) : NULL;
    return before != NULL && before->grid == NULL && kh_marker_is_bullet (&before->marker) && kh_last_character (before->text->str) == ':';
}

/* Where in the stack the numbered item goes: all from that place on is closed. */
static guint
place_in_stack (kh_outline *b, const GArray *stack, guint i)
{
    const kh_marker *marker = &ITEM (b, i)->marker;
    int extended = marker->kind == KH_MARKER_DECIMAL ? open_parent (b, stack, marker) : -1;
    if (extended >= 0)
        return (guint) extended + 1;
    int follows = open_list (b, stack, marker, TRUE);
    if (follows >= 0)
        return outer_of_two (b, stack, i, (guint) follows);
    gboolean first = kh_marker_value (marker) == 1;
    int same = open_list (b, stack, marker, FALSE);
    if (same >= 0) {
        guint last = (guint) g_array_index (stack, int, (guint) same);
        gboolean right_below = last + 1 == i && (guint) same + 1 == stack->len;
        return first && marker->kind != KH_MARKER_ROMAN && (right_below || is_introduced (b, i)) ? stack->len : (guint) same;
    }
    if (first)
        return stack->len;
    guint depth = 0; /* its list began unseen: below all that stand higher by custom */
    while (depth < stack->len && rank (&ITEM (b, g_array_index (stack, int, depth))->marker) < rank (marker))
        depth++;
    return depth;
}

/* A heading without a number: bold, or in capitals; short, no sentence, something below it. */
static gboolean
is_unnumbered_heading (kh_outline *b, guint i)
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
    gboolean known = FALSE; /* "MỤC ĐÍCH" */
    if (!b->in_appendix && kh_is_capitals (text, 4) && !kh_is_capitals (next->text->str, 4))
        kh_role_of_heading (text, KH_ROLE_OTHER, words <= 6, &known);
    if (known)
        return TRUE;
    return !b->in_appendix && words >= 3 && kh_is_capitals (text, 10) && (listed || item->block->align == KH_ALIGN_CENTER);
}

void
kh_outline_nest (kh_outline *b)
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
            item->marker = (kh_marker){ .kind = KH_MARKER_NAMED, .name = KH_NAMED_BY_PRINT };
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

static void
set_value (kh_outline *b, kh_item *item, int value)
{
    if (kh_text_is_from_engine (item->text))
        item->marker = kh_marker_with_value (b->pool, &item->marker, value);
}

/* The next item of the list that `i` stands in; 0 when it is the last. */
static guint
next_in_list (kh_outline *b, guint i)
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
mend_first (kh_outline *b, guint i, guint second)
{
    kh_item *item = ITEM (b, i);
    const kh_marker *next = &ITEM (b, second)->marker;
    if (item->marker.kind == KH_MARKER_DECIMAL && item->parent >= 0 && kh_text_is_from_engine (item->text)) {
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

/* Does a number further on in the list stand where it would if all before it counted on from `marker`, `steps` back? */
static gboolean
is_anchored (kh_outline *b, guint i, const kh_marker *marker)
{
    int steps = 1;
    for (guint k = next_in_list (b, i); k > 0; k = next_in_list (b, k)) {
        steps++;
        kh_marker before = kh_marker_with_value (b->pool, marker, kh_marker_value (marker) + steps - 1);
        if (kh_marker_follows (&before, &ITEM (b, k)->marker))
            return TRUE;
    }
    return FALSE;
}

/* What a number that does not go on from `marker` was meant to be: the next, when a later number stands in its place for that,
 * or when Roman strokes were lost at the list's end. */
static gboolean
is_misread (kh_outline *b, guint i, const kh_marker *marker)
{
    guint third = next_in_list (b, i);
    int value = kh_marker_value (&ITEM (b, i)->marker);
    if (third == 0)
        return marker->kind == KH_MARKER_ROMAN && value <= kh_marker_value (marker);
    if (marker->kind != KH_MARKER_LETTER && marker->kind != KH_MARKER_CAPITAL)
        return is_anchored (b, i, marker);
    kh_marker between = kh_marker_with_value (b->pool, marker, kh_marker_value (marker) + 1);
    return kh_marker_follows (&between, &ITEM (b, third)->marker);
}

void
kh_outline_mend (kh_outline *b)
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
        if (!kh_marker_follows (marker, &ITEM (b, second)->marker) && kh_text_is_from_engine (ITEM (b, second)->text) && is_misread (b, second, marker))
            set_value (b, ITEM (b, second), kh_marker_value (marker) + 1);
    }
}
