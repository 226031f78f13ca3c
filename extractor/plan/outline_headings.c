#include "plan/outline_parts.h"
#include "plan/roles.h"
#include "plan/wording.h"
#include "viet/viet.h"

#include <string.h>

/* ------------------------------------------------------------------ judge */

#define HEADING_POINTS 2.0    /* a heading by itself */
#define SIBLING_POINTS (-1.5) /* a titled section among headings, with text below it */
#define LISTED_POINTS (-5.0)  /* the same with a list below it: even if a speck has made a sentence of it */
#define SURE_POINTS 7.0       /* a heading even after sentences */

/* "Trên đây là …", "(Chi tiết tại Phụ lục I)": such a line closes what stands before it, and hangs below nothing. */
static gboolean
is_frame (const kh_item *item)
{
    const char *text = item->text->str;
    if (item->grid != NULL || item->marker.kind != KH_MARKER_NONE)
        return FALSE;
    g_autofree char *folded = kh_viet_fold (text);
    return g_str_has_prefix (folded, "tren day la") || (*text == '(' && g_str_has_suffix (text, ")"));
}

/* The first item that stands below item `i`; 0 when there is none. */
static guint
first_below (kh_outline *b, guint i)
{
    for (guint k = i + 1; k < b->items->len && ITEM (b, k)->parent == (int) i; k++)
        if (!is_frame (ITEM (b, k)))
            return k;
    return 0;
}

static gboolean
has_content (kh_outline *b, guint i)
{
    return first_below (b, i) > 0;
}

/* Has it a list or a table below it, not only running text? */
static gboolean
has_list (kh_outline *b, guint i)
{
    guint below = first_below (b, i);
    return below > 0 && (ITEM (b, below)->grid != NULL || ITEM (b, below)->marker.kind != KH_MARKER_NONE);
}

static double
heading_points (kh_outline *b, guint i)
{
    const kh_item *item = ITEM (b, i);
    const char *text = kh_item_body (item);
    gunichar end = kh_last_character (text);
    guint words = kh_word_count (text);
    gboolean content = has_content (b, i);
    double points = content ? 2 : -2;

    switch (item->marker.kind) {
    case KH_MARKER_NAMED:
        points += 4;
        break;
    case KH_MARKER_ROMAN:
        points += 3;
        break;
    case KH_MARKER_CAPITAL:
        points += 2;
        break;
    default:
        break;
    }
    if (kh_is_capitals (text, 4))
        points += 4;
    if (b->has_styles)
        points += kh_block_is_emphasised (item->block) ? 4 : -2;
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
gsize
kh_outline_run_in (const kh_item *item, guint most_words)
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
gboolean
kh_outline_names_role (const kh_item *item, gsize end)
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
    gsize end = kh_outline_run_in (item, 6);
    return end > 0 && kh_outline_names_role (item, end);
}

/* The list of siblings that begins with item `first`: sections from its first heading on. */
static void
judge_list (kh_outline *b, guint first)
{
    const kh_item *head = ITEM (b, first);
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
    guint n_headings = 0;
    gboolean sentences_lead = FALSE; /* a sentence of the list has a list below it: then lines with lists are mere items */
    for (guint i = first; i < b->items->len; i++) {
        kh_item *item = ITEM (b, i);
        if (item->parent < head->parent)
            break; /* out of what the list hangs below */
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
    gboolean all_run_in = list->len > 1; /* "1. Mục đích: …", "2. Yêu cầu: …" */
    for (guint k = 0; k < list->len && all_run_in; k++)
        all_run_in = is_run_in_heading (ITEM (b, g_array_index (list, guint, k)));
    gboolean below_section = head->parent < 0 || ITEM (b, (guint) head->parent)->is_section;
    gboolean begins = CANDIDATE (b, first)->points >= HEADING_POINTS || (n_headings > 0 && is_run_in_heading (head)) || all_run_in;
    gboolean most = n_headings * 2 > list->len || (n_headings * 2 == list->len && !sentences_lead);
    gboolean open = FALSE; /* a heading has been met */
    for (guint k = 0; below_section && k < list->len; k++) {
        guint i = g_array_index (list, guint, k);
        double points = CANDIDATE (b, i)->points;
        open =
            open || (begins && k == 0) || all_run_in || (begins || most ? points >= HEADING_POINTS : points >= SURE_POINTS) || head->marker.kind == KH_MARKER_NAMED;
        ITEM (b, i)->is_section = open;
    }
}

void
kh_outline_judge (kh_outline *b)
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

gboolean
kh_outline_is_titled (kh_outline *b, guint i)
{
    double least = has_list (b, i) ? LISTED_POINTS : has_content (b, i) ? SIBLING_POINTS : HEADING_POINTS - 1;
    return CANDIDATE (b, i)->points >= least;
}
