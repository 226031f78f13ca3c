/* signs.c - see signs.h. Measures are in x-heights of the line; up from the baseline is positive.
 *
 *         ▄▄            ▄▄    ─── x-height
 *
 *         ▄▄  ▄▄   ▄▄   ▄▄
 *         ▀▀  ▀▀   ▀█   ▀█    ─── baseline
 *                  ▞    ▞     tail
 *         :   .    ,    ;
 */
#include "ocr/signs.h"

#include <stdlib.h>
#include <string.h>

/* Measured on 5,500 signs of scans at 200 and 300 dpi, black and white, grey and colour: of those that print shows as . or :,
 * 98 in 100 hang no lower than 0.06 and are no higher than 0.31; of , and ; 98 in 100 hang 0.10 or more and are 0.33 high. */
#define TAIL_HANGS 0.08
#define TAIL_HEIGHT 0.30
#define LOWEST_TOP 0.10  /* what stands on the baseline rises so far at least */
#define HIGHEST_TOP 0.60 /* a low sign so far at most: what is higher is a letter */
#define LOWEST_END 0.45  /* it hangs so far at most */
#define NO_COMMA 0.08    /* a letter that hangs no further has no comma at its foot */
#define UPPER_DOT 0.30   /* where the lower edge of a colon's upper dot stands: 0.45, and 0.40 where "Lưu: VT" or "Số: 12/KH-SYT" passes
                          * capitals and figures for the line's x-height */
#define UPPER_DOT_END 0.85
#define TAIL_LONGER 1.42 /* the lower one with a tail is so many times as high; without one at most 1.40 */
#define AS_LONG 1.10
#define SHORTEST_DASH 0.30
#define LONG_DASH 0.68   /* hyphens are up to 0.62 wide, dashes 0.74 and more */
#define SURE_DASH 0.70f
#define DASH_LOW 0.10    /* where the middle of a dash may stand */
#define DASH_HIGH 0.75
#define SMALLEST_PLUS 0.50
#define SMALLEST_STAR 0.30
#define BAR 0.35         /* a bar is no higher than this, of its width */
#define SPACE 0.35       /* a narrower gap is no space */
#define NO_SPACE 0.15    /* of the height of the letters before it: what is nearer is no word by itself */
#define ASIDE 0.35       /* middles of blobs that stand over each other */
#define WIDEST_LETTER 2.0 /* what is wider is drawn, or a word in one */

#define SMALL_PRINT 0.70 /* of the page's x-height: a line measured lower had no letters to measure */

/* A blob or several, by where they stand to the line. */
typedef struct seat {
    double top, bottom; /* from the baseline, up */
    double width;
} seat;

static seat
seat_of (const kh_text_line *line, kh_span box)
{
    double base = kh_text_line_baseline (line, (box.x0 + box.x1) / 2.0), unit = line->x_height;
    return (seat){ (base - box.y0) / unit, (base - box.y1) / unit, (box.x1 - box.x0) / unit };
}

static gboolean
is_measured (const kh_reading *r, const kh_text_line *line)
{
    return line->x_height >= SMALL_PRINT * r->x_height;
}

/* Do two blobs stand over each other, in italics, too? */
static gboolean
are_stacked (const kh_text_line *line, kh_span a, kh_span b)
{
    return abs (a.x0 + a.x1 - b.x0 - b.x1) / 2.0 <= ASIDE * line->x_height;
}

/* ------------------------------------------------------------------ what ends a word */

/* What stands on the baseline and is no letter. */
static gboolean
is_low_sign (seat at)
{
    return at.top >= LOWEST_TOP && at.top <= HIGHEST_TOP && at.bottom >= -LOWEST_END && at.bottom < at.top / 2;
}

static gboolean
is_upper_dot (seat at)
{
    return at.bottom >= UPPER_DOT && at.bottom <= UPPER_DOT_END && at.top - at.bottom <= HIGHEST_TOP;
}

static gboolean
has_tail (seat at)
{
    return at.bottom <= -TAIL_HANGS && at.top - at.bottom >= TAIL_HEIGHT;
}

/* What two dots are that were read as `read`: the lower one may have a tail. */
static char
colon_or_semicolon (seat low, seat high, char read)
{
    double times = (low.top - low.bottom) / (high.top - high.bottom);
    return has_tail (low) || times >= TAIL_LONGER ? ';' : times <= AS_LONG ? ':' : read;
}

/* The ink that ends a word: its outermost blob, and the one that makes a colon or semicolon with it. */
typedef struct ending {
    seat last, low, high;
    gboolean is_pair; /* low and high */
} ending;

static ending
ending_of (const kh_text_line *line, const GArray *ink)
{
    kh_span last = { 0 };
    for (guint i = 0; i < ink->len; i++) {
        kh_span blob = g_array_index (ink, kh_span, i);
        gboolean is_mark = seat_of (line, blob).bottom > UPPER_DOT_END; /* or a speck over the line */
        if (blob.x1 > last.x1 && (last.x1 == 0 || !is_mark))
            last = blob;
    }
    ending e = { .last = seat_of (line, last) };
    for (guint i = 0; i < ink->len && !e.is_pair; i++) {
        kh_span mate = g_array_index (ink, kh_span, i);
        seat at = seat_of (line, mate);
        gboolean is_over = at.bottom > e.last.bottom;
        e.low = is_over ? e.last : at;
        e.high = is_over ? at : e.last;
        e.is_pair = are_stacked (line, mate, last) && is_low_sign (e.low) && is_upper_dot (e.high);
    }
    return e;
}

/* The sign that the word's ending shows, where it was read as `read`; 0: none. */
static char
last_sign (const ending *e, char read)
{
    gboolean is_stop = read == '.' || read == ',';
    if (e->is_pair)
        return is_stop ? read : colon_or_semicolon (e->low, e->high, read);
    if (is_low_sign (e->last))
        return is_stop && has_tail (e->last) ? ',' : read;
    gboolean is_letter = e->last.top > HIGHEST_TOP, may_hang = read == ',' && e->last.bottom < -NO_COMMA;
    return is_letter && (may_hang || e->last.width > WIDEST_LETTER) ? read : 0;
}

/* A word does not begin with a full stop. */
static void
mend_first (kh_found_word *word)
{
    if (word->text[0] == '.' && g_unichar_isalnum (g_utf8_get_char (word->text + 1)))
        kh_found_word_set (word, g_strdup (word->text + 1));
}

static void
mend_last (const kh_text_line *line, const GArray *ink, kh_found_word *word)
{
    gsize length = strlen (word->text);
    if (length < 2 || ink->len == 0 || strchr (".,:;", word->text[length - 1]) == NULL || strchr (".,:;", word->text[length - 2]) != NULL)
        return; /* a row of dots is something else */
    ending e = ending_of (line, ink);
    word->text[length - 1] = last_sign (&e, word->text[length - 1]);
}

/* ------------------------------------------------------------------ signs that stand for words */

/* A dash is flat and stands at half height; what the network thinks of one says little. */
static gboolean
is_dash (seat at)
{
    double middle = (at.top + at.bottom) / 2;
    return at.width >= SHORTEST_DASH && at.top - at.bottom <= BAR * at.width && middle >= DASH_LOW && middle <= DASH_HIGH;
}

static void
mend_dash (const kh_text_line *line, const GArray *ink, kh_found_word *word)
{
    if (strcmp (word->text, "-") != 0 || ink->len != 1)
        return;
    seat at = seat_of (line, g_array_index (ink, kh_span, 0));
    if (!is_dash (at))
        return;
    word->confidence = MAX (word->confidence, SURE_DASH);
    if (at.width >= LONG_DASH)
        kh_found_word_set (word, g_strdup ("–"));
}

/* < 20 and >85% with a bar below. */
static void
mend_bound (const kh_text_line *line, const GArray *ink, kh_found_word *word)
{
    char sign = word->text[0];
    if ((sign != '<' && sign != '>') || ink->len < 2)
        return;
    kh_span first = g_array_index (ink, kh_span, 0), second = g_array_index (ink, kh_span, 1);
    seat bar = seat_of (line, first.y1 > second.y1 ? first : second), other = seat_of (line, first.y1 > second.y1 ? second : first);
    if (are_stacked (line, first, second) && bar.top - bar.bottom <= BAR * bar.width && bar.top < (other.top + other.bottom) / 2
        && bar.width >= other.width / 2)
        kh_found_word_set (word, g_strconcat (sign == '<' ? "≤" : "≥", word->text + 1, NULL));
}

void
kh_signs_mend (const kh_reading *r, const kh_text_line *line, kh_found_word *word)
{
    g_autoptr (GArray) ink = kh_text_line_ink (line, r->blobs, word->box.x0, word->box.x1);
    mend_first (word);
    if (is_measured (r, line)) {
        mend_last (line, ink, word);
        mend_dash (line, ink, word);
    }
    mend_bound (line, ink, word);
}

/* ------------------------------------------------------------------ lone signs */

gboolean
kh_signs_is_speck (const kh_reading *r, const kh_text_line *line, const kh_found_word *word)
{
    if (word->text[0] == '\0' || word->text[1] != '\0')
        return word->text[0] == '\0';
    g_autoptr (GArray) ink = kh_text_line_ink (line, r->blobs, word->box.x0, word->box.x1);
    gboolean is_measured_line = is_measured (r, line);
    seat at = seat_of (line, word->box);
    double width = (word->box.x1 - word->box.x0) / MAX (line->x_height, SMALL_PRINT * r->x_height), middle = (at.top + at.bottom) / 2;
    switch (word->text[0]) {
    case '.':
    case '\'':
    case '`':
    case ':':
    case ';':
        return ink->len <= 1;
    case ',':
        return ink->len <= 1 && !(is_measured_line && is_low_sign (at) && has_tail (at));
    case '-':
    case '_':
    case '~':
        return width < SHORTEST_DASH || (is_measured_line && (middle < DASH_LOW || middle > DASH_HIGH));
    case '*':
        return width < SMALLEST_STAR;
    case '+':
        return width < SMALLEST_PLUS;
    default:
        return FALSE;
    }
}

int
kh_signs_bound_end (const kh_reading *r, const kh_text_line *line, const kh_found_word *word)
{
    gunichar sign = g_utf8_get_char (word->text);
    if ((sign != 0x2264 && sign != 0x2265) || *g_utf8_next_char (word->text) == '\0')
        return 0; /* neither ≤ nor ≥, or nothing behind it */
    g_autoptr (GArray) ink = kh_text_line_ink (line, r->blobs, word->box.x0, word->box.x1), glyphs = kh_ink_glyphs (ink);
    int end = g_array_index (glyphs, kh_span, 0).x1;
    return glyphs->len > 1 && g_array_index (glyphs, kh_span, 1).x0 - end >= SPACE * line->x_height ? end : 0;
}

gboolean
kh_signs_end_word (const kh_word *before, const kh_word *word)
{
    if (strcmp (word->text, ",") != 0 && strcmp (word->text, ";") != 0)
        return FALSE;
    const char *last = g_utf8_find_prev_char (before->text, before->text + strlen (before->text));
    double gap = word->box.x0 - before->box.x1, letters = kh_box_height (before->box);
    return last != NULL && g_unichar_isalnum (g_utf8_get_char (last)) && kh_box_overlap_y (before->box, word->box) > 0 && gap >= -letters
           && gap < NO_SPACE * letters;
}
