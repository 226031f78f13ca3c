/* Poppler gives three things that run in step, one entry a character:
 *
 *   get_text             "Điều 1: abc\nKẾ HOẠCH"     lines end in \n, words are spaced
 *   get_text_layout      a box a character           (the controls it adds around right-to-left text have none)
 *   get_text_attributes  ranges of one font and size
 *
 * It has already put letter-spaced headings together, told words apart by real
 * gaps, and thrown away text printed twice for boldness. What is left to us:
 *
 *   - a token ends at white space, where a character stands more than 0.6 em away from the last one, or behind an upright
 *     ruling line (the number of a row and the text beside it, in a table set tight);
 *   - characters without width or meaning (zero-width spaces, controls) go; a soft hyphen stays,
 *     because it is a letter (ư) in TCVN3;
 *   - a combining mark that starts a token belongs to the letter it stands over: the last one of the
 *     token before, or the first one of its own;
 *   - a word is bold or italic when most of its characters are, told from the font's name.
 */
#include "source/textlayer.h"

#include "base/limits.h"
#include "base/sort.h"

#include <math.h>
#include <string.h>

/* The fonts of a page, one entry a range of characters. */
typedef struct style_range {
    int first, last; /* characters, both inclusive */
    double size;
    unsigned style;
    gboolean symbols; /* a pictorial font: its characters stand at U+F0xx */
    const char *font;
} style_range;

/* The token being put together. */
typedef struct token {
    GString *text;
    kh_box box, last;       /* of all of it, and of its last character with a width */
    int n_chars, n_bold, n_italic;
    double size;            /* the largest */
    const char *font;       /* of its first character */
    GString *pending;       /* marks that wait for the letter they stand over */
    int run_x, run_y;       /* votes: characters that follow to the side, or above and below */
} token;

typedef struct reader {
    kh_pool *pool;
    kh_page *page;
    GArray *uprights;       /* kh_box of the upright ruling lines, left to right */
    token token;
    int line;
    guint line_start;       /* first word of this line in page->words */
    int across, along;      /* votes of the whole page for level and for upright running text */
    int up;                 /* of those along: how many run from bottom to top, minus the others */
    gboolean complete;
} reader;

static gboolean
name_has (const char *name, const char *const *parts)
{
    for (; *parts != NULL; parts++)
        if (strstr (name, *parts) != NULL)
            return TRUE;
    return FALSE;
}

/* The name without the mark of a subset: "ABCDEF+.VnTime". */
static const char *
font_name (const PopplerTextAttributes *attributes, kh_pool *pool)
{
    const char *name = attributes->font_name;
    if (name == NULL || !g_utf8_validate (name, -1, NULL))
        return NULL;
    return kh_pool_strdup (pool, strlen (name) > 7 && name[6] == '+' ? name + 7 : name);
}

static style_range
style_from (const PopplerTextAttributes *attributes, kh_pool *pool)
{
    static const char *const bold[] = { "bold", "black", "heavy", "demi", NULL };
    static const char *const italic[] = { "italic", "oblique", "slanted", NULL };
    static const char *const symbols[] = { "symbol", "wingdings", "webdings", "dingbats", NULL };
    style_range range = { attributes->start_index, attributes->end_index, attributes->font_size, 0, FALSE,
                          font_name (attributes, pool) };
    g_autofree char *name = g_ascii_strdown (attributes->font_name != NULL ? attributes->font_name : "", -1);
    if (name_has (name, bold))
        range.style |= KH_WORD_BOLD;
    if (name_has (name, italic))
        range.style |= KH_WORD_ITALIC;
    range.symbols = name_has (name, symbols);
    return range;
}

static GArray *
read_styles (PopplerPage *poppler, kh_pool *pool)
{
    GArray *styles = g_array_new (FALSE, FALSE, sizeof (style_range));
    GList *list = poppler_page_get_text_attributes (poppler);
    for (GList *l = list; l != NULL; l = l->next) {
        style_range range = style_from (l->data, pool);
        g_array_append_val (styles, range);
    }
    poppler_page_free_text_attributes (list);
    return styles;
}

/* Poppler puts these around right-to-left text, and gives no box for them. */
static gboolean
is_direction_mark (gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_weightless (gunichar c)
{
    return c < 0x20 || c == 0x7F || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0xFFFE
           || c == 0xFFFF || is_direction_mark (c);
}

static gboolean
is_mark (gunichar c)
{
    GUnicodeType type = g_unichar_type (c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

/* Symbol fonts of Word stand at U+F020..U+F0FF, the byte of the font plus 0xF000. Digits and punctuation of
 * "Symbol" are those of ASCII; the pictures of all of them are bullets as far as a plan goes. */
static gunichar
symbol_meaning (gunichar c)
{
    if (c < 0xF020 || c > 0xF0FF)
        return c;
    switch (c) {
    case 0xF0A3: return 0x2264; /* less or equal */
    case 0xF0B3: return 0x2265; /* greater or equal */
    case 0xF0B1: return 0x00B1; /* plus or minus */
    case 0xF0B4: return 0x00D7; /* times */
    case 0xF0AE: return 0x2192; /* arrow */
    }
    gunichar ascii = c - 0xF000;
    if (ascii < 0x80 && !g_ascii_isalpha ((char) ascii))
        return ascii;
    return 0x2022; /* bullet */
}

static void
token_clear (token *t)
{
    g_string_truncate (t->text, 0);
    g_string_truncate (t->pending, 0);
    t->box = t->last = (kh_box){ 0 };
    t->n_chars = t->n_bold = t->n_italic = 0;
    t->run_x = t->run_y = 0;
    t->size = 0;
}

/* Poppler puts into one line what stands side by side, also where the baselines differ (the two columns of a plan's head). */
static gboolean
leaves_line (const reader *r)
{
    const token *t = &r->token;
    if (r->page->words->len <= r->line_start)
        return FALSE;
    const kh_word *before = kh_page_word (r->page, r->page->words->len - 1);
    double smaller = MIN (before->size, t->size), larger = MAX (before->size, t->size);
    if (t->run_y != 0 || smaller < 0.8 * larger) /* sideways text, raised numbers */
        return FALSE;
    return fabs (before->box.y1 - t->box.y1) > 0.15 * larger && fabs (before->box.y0 - t->box.y0) > 0.15 * larger;
}

static void
end_token (reader *r)
{
    token *t = &r->token;
    g_string_append_len (t->text, t->pending->str, t->pending->len);
    if (t->text->len > 0) {
        if (leaves_line (r)) {
            r->line++;
            r->line_start = r->page->words->len;
        }
        kh_word word = { .box = t->box, .size = t->size, .confidence = 1, .line = r->line, .font = t->font };
        if (2 * t->n_bold > t->n_chars)
            word.style |= KH_WORD_BOLD;
        if (2 * t->n_italic > t->n_chars)
            word.style |= KH_WORD_ITALIC;
        r->complete &= kh_page_add_word (r->pool, r->page, t->text->str, word);
        if (ABS (t->run_y) > t->run_x) {
            r->along += t->n_chars;
            r->up += t->run_y < 0 ? t->n_chars : -t->n_chars;
        } else if (t->run_x > 0) {
            r->across += t->n_chars;
        }
    }
    token_clear (t);
}

/* A mark at the start of a token: TRUE when it was given to the word before it on this line. A mark follows its letter, so
 * it goes back over one space; only one that has a width of its own (it was made for its place) must stand near. */
static gboolean
give_mark_back (reader *r, gunichar mark, kh_box box)
{
    if (r->page->words->len <= r->line_start)
        return FALSE;
    kh_word *word = kh_page_word (r->page, r->page->words->len - 1);
    double em = MAX (word->size, 1), reach = kh_box_width (box) < 0.1 * em ? 0.5 * em : 0.1 * em;
    if (kh_box_center_x (box) > word->box.x1 + reach || kh_box_overlap_y (word->box, box) < 0)
        return FALSE;
    char utf8[7] = { 0 };
    g_unichar_to_utf8 (mark, utf8);
    if (strlen (word->text) + strlen (utf8) > KH_LIMIT_WORD_BYTES)
        return FALSE;
    word->text = word->read = kh_pool_printf (r->pool, "%s%s", word->text, utf8);
    return TRUE;
}

static double
gap_between (kh_box a, kh_box b)
{
    return MAX (-kh_box_overlap_x (a, b), -kh_box_overlap_y (a, b));
}

static int
compare_lefts (const void *a, const void *b)
{
    return kh_compare_doubles (&((const kh_box *) a)->x0, &((const kh_box *) b)->x0);
}

static GArray *
find_uprights (const kh_page *page)
{
    GArray *boxes = g_array_new (FALSE, FALSE, sizeof (kh_box));
    for (guint i = 0; i < page->rules->len; i++)
        if (!kh_page_rule (page, i)->horizontal)
            g_array_append_val (boxes, kh_page_rule (page, i)->box);
    g_array_sort (boxes, compare_lefts);
    return boxes;
}

/* Does an upright rule stand in the white between two characters, `b` right of `a`? */
static gboolean
is_ruled_off (const GArray *uprights, kh_box a, kh_box b)
{
    guint from = 0, to = uprights->len;
    if (b.x0 <= a.x1)
        return FALSE;
    while (from < to) {
        guint middle = (from + to) / 2;
        if (g_array_index (uprights, kh_box, middle).x0 < a.x1)
            from = middle + 1;
        else
            to = middle;
    }
    double y = kh_box_center_y (b);
    for (; from < uprights->len && g_array_index (uprights, kh_box, from).x0 < b.x0; from++) {
        const kh_box *rule = &g_array_index (uprights, kh_box, from);
        if (rule->x1 <= b.x0 && rule->y0 <= y && y <= rule->y1)
            return TRUE;
    }
    return FALSE;
}

static void
add_char (reader *r, gunichar c, kh_box box, const style_range *style)
{
    token *t = &r->token;
    double size = style != NULL && style->size > 0 ? style->size : kh_box_height (box);
    if (is_mark (c)) {
        if (t->text->len > 0)
            g_string_append_unichar (t->text, c);
        else if (!give_mark_back (r, c, box))
            g_string_append_unichar (t->pending, c);
        return;
    }
    gboolean behind_bound = g_str_has_suffix (t->text->str, "≤") || g_str_has_suffix (t->text->str, "≥"); /* poppler drops spaces there */
    double most = (behind_bound ? 0.15 : 0.6) * MAX (size, t->size);
    if (t->n_chars > 0 && (gap_between (t->last, box) > most || is_ruled_off (r->uprights, t->last, box)))
        end_token (r);
    if (t->n_chars > 0) {
        double dx = kh_box_center_x (box) - kh_box_center_x (t->last), dy = kh_box_center_y (box) - kh_box_center_y (t->last);
        if (fabs (dy) > 2 * fabs (dx))
            t->run_y += dy > 0 ? 1 : -1;
        else if (fabs (dx) > 2 * fabs (dy))
            t->run_x++;
    }
    g_string_append_unichar (t->text, style != NULL && style->symbols ? symbol_meaning (c) : c);
    g_string_append_len (t->text, t->pending->str, t->pending->len);
    g_string_truncate (t->pending, 0);
    if (t->n_chars == 0) {
        t->box = box;
        t->font = style != NULL ? style->font : NULL;
    } else
        t->box = (kh_box){ MIN (t->box.x0, box.x0), MIN (t->box.y0, box.y0), MAX (t->box.x1, box.x1), MAX (t->box.y1, box.y1) };
    t->last = box;
    t->size = MAX (t->size, size);
    t->n_chars++;
    t->n_bold += style != NULL && (style->style & KH_WORD_BOLD) != 0;
    t->n_italic += style != NULL && (style->style & KH_WORD_ITALIC) != 0;
}

static void
end_line (reader *r)
{
    end_token (r);
    if (r->page->words->len > r->line_start)
        r->line++;
    r->line_start = r->page->words->len;
}

/* A sheet whose text runs up or down is read as if turned upright:
 *
 *      page as shown        reading frame (up: text runs from bottom to top)
 *      ┌─────┐ h            ┌────────┐
 *      │ t ^ │              │ text > │ frame height = w
 *      │ x | │              └────────┘
 *      │ t | │               frame width = h
 *      └─────┘
 *         w
 * The rules turn with it.
 */
static void
turn_frame (kh_page *page, gboolean up)
{
    kh_affine to_frame = up ? (kh_affine){ 0, -1, page->height, 1, 0, 0 } : (kh_affine){ 0, 1, 0, -1, 0, page->width };
    page->to_page = up ? (kh_affine){ 0, 1, 0, -1, 0, page->height } : (kh_affine){ 0, -1, page->width, 1, 0, 0 };
    page->rotation = up ? 90 : 270;
    page->frame_width = page->height;
    page->frame_height = page->width;
    for (guint i = 0; i < page->words->len; i++)
        kh_page_word (page, i)->box = kh_affine_box (&to_frame, kh_page_word (page, i)->box);
    for (guint i = 0; i < page->rules->len; i++) {
        kh_rule *rule = kh_page_rule (page, i);
        *rule = (kh_rule){ kh_affine_box (&to_frame, rule->box), !rule->horizontal };
    }
}

/* How many characters of `text` have a box in get_text_layout; whether it counts direction marks. */
static gboolean
counts_direction_marks (const char *text, guint n_boxes)
{
    guint all = 0, marks = 0;
    for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s), all++)
        marks += is_direction_mark (g_utf8_get_char (s));
    return marks == 0 || all <= n_boxes;
}

gboolean
kh_textlayer_read (PopplerPage *poppler, kh_pool *pool, kh_page *page)
{
    g_autofree char *raw = poppler_page_get_text (poppler);
    g_autofree char *text = raw != NULL ? g_utf8_make_valid (raw, -1) : g_strdup ("");
    g_autofree PopplerRectangle *boxes = NULL;
    guint n_boxes = 0;
    page->origin = KH_ORIGIN_TEXT_LAYER;
    if (*text == '\0' || !poppler_page_get_text_layout (poppler, &boxes, &n_boxes))
        return TRUE;
    g_autoptr (GArray) styles = read_styles (poppler, pool);
    g_autoptr (GArray) uprights = find_uprights (page);
    reader r = { .pool = pool, .page = page, .uprights = uprights, .line_start = page->words->len, .complete = TRUE };
    r.token.text = g_string_new (NULL);
    r.token.pending = g_string_new (NULL);

    gboolean marks_count = counts_direction_marks (text, n_boxes);
    guint i = 0, at_style = 0;
    for (const char *s = text; *s != '\0' && i < n_boxes; s = g_utf8_next_char (s)) {
        gunichar c = g_utf8_get_char (s);
        if (is_direction_mark (c) && !marks_count)
            continue;
        kh_box box = { MIN (boxes[i].x1, boxes[i].x2), MIN (boxes[i].y1, boxes[i].y2), MAX (boxes[i].x1, boxes[i].x2),
                       MAX (boxes[i].y1, boxes[i].y2) };
        while (at_style < styles->len && g_array_index (styles, style_range, at_style).last < (int) i)
            at_style++;
        const style_range *style = at_style < styles->len ? &g_array_index (styles, style_range, at_style) : NULL;
        if (style != NULL && style->first > (int) i)
            style = NULL;
        i++;
        if (c == '\n' || c == '\f')
            end_line (&r);
        else if (g_unichar_isspace (c))
            end_token (&r);
        else if (!is_weightless (c) && isfinite (box.x0 + box.x1 + box.y0 + box.y1))
            add_char (&r, c, box, style);
    }
    end_line (&r);
    g_string_free (r.token.text, TRUE);
    g_string_free (r.token.pending, TRUE);
    page->confidence = page->words->len > 0 ? 1 : 0;
    if (r.along > 2 * r.across)
        turn_frame (page, r.up > 0);
    return r.complete;
}
