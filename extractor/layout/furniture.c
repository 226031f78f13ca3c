/* furniture.c - what a page carries beside its text: page numbers, running heads, specks.
 *
 *   - a page number is a short number alone in the first or last line of the page;
 *   - a running head is the first or last line that stands almost alike on three pages or more;
 *   - a speck is a word without a letter or digit, or of one or two, read without confidence, and alone or tiny, or in the margin.
 */
#include "layout/parts.h"

#include <math.h>
#include <string.h>

#define MOST_LINES 2000  /* looked at */
#define RUNNING_EDGE 0.1 /* of the page's height: running heads stand beyond */

static gboolean
is_page_number (const char *text)
{
    int digits = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (g_ascii_isdigit (*p))
            digits++;
        else if (strchr (" -/.|", *p) == NULL)
            return FALSE;
    }
    return digits >= 1 && digits <= 4;
}

static int
count_letters (const char *text)
{
    int n = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        n += g_unichar_isalnum (g_utf8_get_char (p));
    return n;
}

/* Do other lines begin where this one begins? */
static gboolean
is_aligned (const kh_leaf *leaf, const kh_line *line)
{
    int n = 0;
    for (guint i = 0; i < MIN (leaf->lines->len, MOST_LINES); i++)
        n += fabs (((const kh_line *) g_ptr_array_index (leaf->lines, i))->box.x0 - line->box.x0) < 0.4 * leaf->em;
    return n >= 3; /* itself among them */
}

/* Has the source read other words of the same line, at about this height? Then it is a stretch before a gap ("Số:     /KH-STP"). */
static gboolean
is_part_of_line (const kh_leaf *leaf, const kh_line *line)
{
    int number = line->text.n_pieces > 0 ? line->text.pieces[0].word->line : -1;
    for (guint i = 0; number >= 0 && i < leaf->lines->len; i++) {
        const kh_line *other = g_ptr_array_index (leaf->lines, i);
        if (other != line && other->text.n_pieces > 0 && other->text.pieces[0].word->line == number
            && count_letters (other->text.str) > 2 && kh_box_overlap_y (line->box, other->box) > 0.5 * kh_box_height (line->box))
            return TRUE;
    }
    return FALSE;
}

/* Does the line stand beside all the page says, in its margin, where staples and punched holes are? */
static gboolean
is_in_margin (const kh_leaf *leaf, const kh_line *line)
{
    double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
    for (guint i = 0; i < leaf->lines->len; i++) {
        const kh_line *other = g_ptr_array_index (leaf->lines, i);
        if (count_letters (other->text.str) <= 8)
            continue;
        left = MIN (left, other->box.x0);
        right = MAX (right, other->box.x1);
    }
    for (guint i = 0; i < leaf->items->len; i++) {
        kh_box box = ((const kh_item *) g_ptr_array_index (leaf->items, i))->box;
        left = MIN (left, box.x0);
        right = MAX (right, box.x1);
    }
    return left < right && (line->box.x1 < left - leaf->em || line->box.x0 > right + leaf->em);
}

/* A line of its own that says next to nothing, read without confidence. The engine is unsure of sound words, too: what
 * has three letters, or stands at an edge of the text, stays. */
static gboolean
is_speck (const kh_leaf *leaf, const kh_line *line)
{
    int letters = count_letters (line->text.str);
    if (leaf->page->origin != KH_ORIGIN_OCR || letters > 2)
        return FALSE;
    return letters == 0 || is_in_margin (leaf, line) || (kh_text_confidence (&line->text) < 0.55 && !is_aligned (leaf, line) && !is_part_of_line (leaf, line));
}

void
kh_specks_remove (const kh_page *page, GPtrArray *words)
{
    if (page->origin != KH_ORIGIN_OCR)
        return;
    double em = kh_words_em (words);
    for (guint i = 0; i < words->len; i++) {
        const kh_word *word = g_ptr_array_index (words, i);
        int letters = count_letters (word->text);
        gboolean tiny = kh_box_height (word->box) < 0.2 * em && kh_box_width (word->box) < 0.2 * em;
        gboolean tall = kh_box_height (word->box) > 2 * em;
        if ((letters == 0 && word->confidence < (tiny ? 0.6 : 0.35)) || (letters <= 3 && tall && word->confidence < 0.5))
            g_ptr_array_remove_index (words, i--);
    }
}

static void
set_aside (kh_leaf *leaf, guint i)
{
    g_ptr_array_add (leaf->furniture, g_ptr_array_index (leaf->lines, i));
    g_ptr_array_remove_index (leaf->lines, i);
}

/* Does another line or a table's word stand at this line's height? */
static gboolean
stands_alone (const kh_leaf *leaf, guint i)
{
    const kh_line *line = g_ptr_array_index (leaf->lines, i);
    for (guint k = 0; k < leaf->lines->len; k++) {
        const kh_line *other = g_ptr_array_index (leaf->lines, k);
        if (k != i && kh_box_overlap_y (line->box, other->box) > 0.3 * kh_box_height (line->box))
            return FALSE;
    }
    return TRUE;
}

/* The line that stands first (side 0) or last (side 1) on the page, alone and outside of all tables; G_MAXUINT without. */
static guint
outer_line (const kh_leaf *leaf, int side)
{
    if (leaf->lines->len == 0)
        return G_MAXUINT;
    guint i = side == 0 ? 0 : leaf->lines->len - 1;
    const kh_line *line = g_ptr_array_index (leaf->lines, i);
    double height = leaf->page->frame_height;
    gboolean outside = side == 0 ? line->box.y1 < 0.16 * height : line->box.y0 > 0.84 * height;
    for (guint k = 0; k < leaf->items->len && outside; k++) {
        const kh_item *item = g_ptr_array_index (leaf->items, k);
        outside = side == 0 ? item->box.y0 > line->box.y0 : item->box.y1 < line->box.y1;
    }
    return outside && stands_alone (leaf, i) ? i : G_MAXUINT;
}

static void
remove_numbers (GPtrArray *leaves)
{
    for (int side = 0; side < 2; side++) {
        double x = 0, y = 0; /* where the last number stood */
        for (guint a = 0; a < leaves->len; a++) {
            kh_leaf *leaf = g_ptr_array_index (leaves, a);
            guint i = outer_line (leaf, side);
            if (i == G_MAXUINT)
                continue;
            const kh_line *line = g_ptr_array_index (leaf->lines, i);
            /* from the page's middle and from its edge: the same on upright and on wide pages */
            double to_middle = kh_box_center_x (line->box) - leaf->page->frame_width / 2;
            double to_edge = side == 0 ? line->box.y1 : leaf->page->frame_height - line->box.y0;
            gboolean same_place = y > 0 && ABS (to_middle - x) < 2 * leaf->em && ABS (to_edge - y) < 2 * leaf->em;
            if (!is_page_number (line->text.str) && !(same_place && g_utf8_strlen (line->text.str, -1) <= 4))
                continue; /* where numbers stood before, a few wrong letters are one */
            x = to_middle;
            y = to_edge;
            set_aside (leaf, i);
        }
    }
}

static void
remove_running_heads (GPtrArray *leaves)
{
    for (int side = 0; side < 2; side++) {
        g_autofree guint *lines = g_new (guint, leaves->len + 1), *alike = g_new0 (guint, leaves->len + 1);
        for (guint a = 0; a < leaves->len; a++)
            lines[a] = outer_line (g_ptr_array_index (leaves, a), side);
        for (guint a = 0; a < leaves->len; a++)
            for (guint b = a + 1; b < leaves->len && b <= a + 4; b++) {
                if (lines[a] == G_MAXUINT || lines[b] == G_MAXUINT)
                    continue;
                const kh_leaf *x = g_ptr_array_index (leaves, a), *y = g_ptr_array_index (leaves, b);
                const kh_line *m = g_ptr_array_index (x->lines, lines[a]), *n = g_ptr_array_index (y->lines, lines[b]);
                double edge = RUNNING_EDGE * x->page->frame_height;
                gboolean outside = side == 0 ? m->box.y1 < edge : m->box.y0 > x->page->frame_height - edge;
                if (!outside || ABS (m->box.y0 - n->box.y0) > x->em || g_utf8_strlen (m->text.str, -1) <= 3 ||
                    kh_text_likeness (m->text.str, n->text.str) < 0.85)
                    continue;
                alike[a]++;
                alike[b]++;
            }
        for (guint a = 0; a < leaves->len; a++)
            if (alike[a] >= 2)
                set_aside (g_ptr_array_index (leaves, a), lines[a]);
    }
}

void
kh_furniture_remove (GPtrArray *leaves)
{
    for (guint a = 0; a < leaves->len; a++) {
        kh_leaf *leaf = g_ptr_array_index (leaves, a);
        for (guint i = 0; i < leaf->lines->len; i++)
            if (is_speck (leaf, g_ptr_array_index (leaf->lines, i)))
                set_aside (leaf, i--);
    }
    remove_numbers (leaves);
    remove_running_heads (leaves);
}
