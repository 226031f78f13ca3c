/* shapes.c - see shapes.h. */
#include "ocr/shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ON_BASELINE 0.2   /* of an x-height: a letter that stands on the baseline ends this near */
#define LEAST_RISE 0.5    /* and rises so high at least, or it is a sign */
#define WIDEST_LETTER 1.15 /* of its height: wider, it touches the next */
#define SMALL_LETTER 1.14 /* times as high as the other letters at most */
#define CAPITAL_LETTER 1.25
#define LARGEST_PRINT 1.15 /* of the page's x-height */
#define USUAL 0.08        /* difference of x-heights that are the same */
#define SIGN_HEIGHT 0.5   /* of the digit before: a lower blob is a sign */
#define LEAST_SIGN 0.12   /* of it: a smaller one is a speck */
#define HANGS 0.35        /* of its height: so far a comma hangs below the digits at least, */
#define LONG_HANGS 0.06   /* or, of theirs, when it is so high: */
#define LONG_SIGN 0.21
#define STANDS 0.2        /* of its height: so far a full stop at most */
#define UPPER_END 0.12    /* of the height of a 1 or an I */
#define SERIF 0.35        /* of the stem's width: so far a serif stands out at least */
#define FLUSH 0.15        /* so far at most, where there is none */
#define NO_DOT 0.06       /* of the letters' height below the baseline: no dot */
#define UNSURE 0.85f      /* a number that was mended, or cannot be counted */
#define NUMBER_SIGNS "0123456789/.,:;()-"

static void
make_unsure (kh_found_word *word)
{
    word->confidence = MIN (word->confidence, UNSURE);
}

/* ------------------------------------------------------------------ strokes */

/* The ink in row y from x on, as far as `to`: where it begins, and where it ends; both `to` when there is none. */
static void
next_ink (const kh_pixels *pixels, int y, int to, int *from, int *end)
{
    const guint8 *row = pixels->data + pixels->stride * y;
    while (*from < to && row[*from] >= pixels->ink)
        ++*from;
    for (*end = *from; *end < to && row[*end] < pixels->ink;)
        ++*end;
}

/* Does ink that is from..end in one row stand there at all heights? */
static gboolean
is_stem (const kh_pixels *pixels, kh_span letter, int from, int end, int to)
{
    int height = letter.y1 - letter.y0, sway = MAX (2, (end - from) / 3);
    for (int tenth = 4; tenth <= 7; tenth++) {
        int x = MAX (from - sway, 0), x_end;
        next_ink (pixels, letter.y0 + height * tenth / 10, to, &x, &x_end);
        if (abs (x - from) > sway || abs (x_end - end) > sway)
            return FALSE;
    }
    return TRUE;
}

/* Where the word's blobs end that are as high as its first: a bracket or a slash is higher. */
static int
end_of_letters (const GArray *ink)
{
    kh_span first = g_array_index (ink, kh_span, 0);
    int sway = MAX (2, (first.y1 - first.y0) / 8), end = first.x1;
    for (guint i = 1; i < ink->len; i++) {
        kh_span blob = g_array_index (ink, kh_span, i);
        if (abs (blob.y0 - first.y0) > sway || abs (blob.y1 - first.y1) > sway)
            break;
        end = blob.x1;
    }
    return end;
}

/* Upright strokes of about one width that a word begins with. */
static guint
count_stems (const kh_pixels *pixels, const GArray *ink)
{
    kh_span letter = g_array_index (ink, kh_span, 0);
    int least = G_MAXINT, most = 0, to = end_of_letters (ink);
    guint n = 0;
    for (int from = letter.x0, end; from < to; from = end, n++) {
        next_ink (pixels, letter.y0 + (letter.y1 - letter.y0) * 3 / 10, to, &from, &end);
        if (from >= to || !is_stem (pixels, letter, from, end, to))
            break;
        least = MIN (least, end - from);
        most = MAX (most, end - from);
        if (most > least * 2)
            break;
    }
    return n;
}

/* What begins as nothing but I, H and the like, whose ink is the same two or three stems at every height, begins with II or III. */
static void
mend_strokes (const kh_reading *r, const GArray *ink, kh_found_word *word)
{
    gsize letters = strspn (word->text, "IHTl1"), rest = strlen (word->text) - letters;
    if (letters == 0 || letters > 4 || ink->len == 0 || strspn (word->text + letters, NUMBER_SIGNS) != rest
        || (rest > 0 && g_ascii_isdigit (word->text[letters])))
        return;
    kh_span first = g_array_index (ink, kh_span, 0);
    if (first.y1 - first.y0 < 6)
        return;
    guint stems = count_stems (r->pixels, ink);
    gboolean may_be_other = strcspn (word->text, "Tl1") < letters; /* TI, IT and 11 have two stems, too */
    if (stems < 2 || stems > 3 || (may_be_other && stems <= letters))
        return;
    static const char *const ROMAN[] = { "II", "III" };
    kh_found_word_set (word, g_strconcat (ROMAN[stems - 2], word->text + letters, NULL));
}

/* VỊ without a dot below is VI: the number of a heading, which the model of characters takes for the syllable. */
static void
mend_dot (const kh_text_line *line, const GArray *glyphs, kh_found_word *word)
{
    if (!g_str_has_prefix (word->text, "VỊ") || glyphs->len < 2)
        return;
    const char *rest = word->text + strlen ("VỊ");
    if (strspn (rest, NUMBER_SIGNS) != strlen (rest))
        return;
    kh_span letters = kh_span_union (g_array_index (glyphs, kh_span, 0), g_array_index (glyphs, kh_span, 1));
    if (letters.y1 - kh_text_line_baseline (line, letters.x0) <= NO_DOT * (letters.y1 - letters.y0))
        kh_found_word_set (word, g_strconcat ("VI", rest, NULL));
}

/* ------------------------------------------------------------------ I or 1 */

/* The ink of row y within the box: its left end and its right end (past it); FALSE when there is none. */
static gboolean
ink_of_row (const kh_pixels *pixels, kh_span box, int y, int *left, int *right)
{
    const guint8 *row = pixels->data + pixels->stride * y;
    for (*left = box.x0; *left < box.x1 && row[*left] >= pixels->ink;)
        ++*left;
    for (*right = box.x1; *right > *left && row[*right - 1] >= pixels->ink;)
        --*right;
    return *right > *left;
}

/* The upper end of an I has a serif on both sides of its stem, that of a 1 a flag on its left: which it is, 0 when it cannot be told. */
static char
one_or_capital (const kh_pixels *pixels, kh_span glyph)
{
    int height = glyph.y1 - glyph.y0, left, right, stem_left, stem_right, over_left = 0, over_right = 0;
    if (height < 12 || !ink_of_row (pixels, glyph, glyph.y0 + height / 2, &stem_left, &stem_right))
        return 0;
    double stem = stem_right - stem_left;
    for (int y = glyph.y0; y < glyph.y0 + (int) (UPPER_END * height); y++)
        if (ink_of_row (pixels, glyph, y, &left, &right)) {
            over_left = MAX (over_left, stem_left - left);
            over_right = MAX (over_right, right - stem_right);
        }
    if (over_left < SERIF * stem || stem > height / 2.0)
        return 0;
    return over_right >= SERIF * stem ? 'I' : over_right <= FLUSH * stem ? '1' : 0;
}

/* A lone I, 1 or l at the start of a word (I., 1/2024, I) is what its shape says. */
static void
mend_one (const kh_reading *r, const GArray *ink, kh_found_word *word)
{
    if (ink->len == 0 || strchr ("I1l", word->text[0]) == NULL || g_ascii_isalnum (word->text[1]) || (word->text[1] & 0x80) != 0 || word->text[1] == ','
        || (word->text[1] == '.' && g_ascii_isdigit (word->text[2])))
        return;
    char shape = one_or_capital (r->pixels, g_array_index (ink, kh_span, 0));
    if (shape != 0 && shape != word->text[0]) {
        word->text[0] = shape;
        make_unsure (word);
    }
}

/* ------------------------------------------------------------------ V or Y */

/* The left edge of the ink goes on to the right down to the foot of a V, and down the stem of a Y it stays: which it is, 0 when it cannot be told. */
static char
fork_of (const kh_pixels *pixels, kh_span letter)
{
    int height = letter.y1 - letter.y0, arm, upper, lower, right;
    if (height < 12 || !ink_of_row (pixels, letter, letter.y0 + (int) (0.15 * height), &arm, &right)
        || !ink_of_row (pixels, letter, letter.y0 + (int) (0.68 * height), &upper, &right)
        || !ink_of_row (pixels, letter, letter.y0 + (int) (0.85 * height), &lower, &right))
        return 0;
    double shift = (lower - upper) / (double) height;
    if (upper - arm < 0.1 * height)
        return 0;
    return shift > 0.045 ? 'V' : fabs (shift) < 0.02 ? 'Y' : 0;
}

/* An abbreviation that begins with V or Y begins with what its shape says; what follows may touch it. */
static void
mend_fork (const kh_reading *r, const GArray *ink, kh_found_word *word)
{
    if (ink->len == 0 || (word->text[0] != 'V' && word->text[0] != 'Y') || !g_ascii_isupper (word->text[1]))
        return;
    char shape = fork_of (r->pixels, g_array_index (ink, kh_span, 0));
    if (shape != 0 && shape != word->text[0]) {
        word->text[0] = shape;
        make_unsure (word);
    }
}

/* ------------------------------------------------------------------ capitals */

/* Is the letter's capital its own shape, only larger? */
static gboolean
has_one_shape (gunichar letter)
{
    gunichar plain[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    g_unichar_fully_decompose (letter, FALSE, plain, G_N_ELEMENTS (plain));
    return plain[0] < 0x80 && strchr ("cosuvxzCOSUVXZ", (int) plain[0]) != NULL;
}

/* Does the line show its x-height by small and high letters? One larger than the page's is that of capitals, some with a mark. */
static gboolean
is_small_print (const kh_reading *r, const kh_text_line *line)
{
    return line->is_mixed && line->x_height <= LARGEST_PRINT * r->x_height;
}

/* Is the line's x-height one, and not the height of capitals? */
static gboolean
has_x_height (const kh_reading *r, const kh_text_line *line)
{
    return is_small_print (r, line) || fabs (line->x_height - r->x_height) <= USUAL * r->x_height;
}

/* How high the first letter of the word stands over the baseline, and the lowest of the others; FALSE when there are none, or
 * the first is not a letter by itself. */
static gboolean
measure_letters (const kh_reading *r, const kh_text_line *line, const GArray *ink, double *first, double *other)
{
    guint n = 0;
    *first = *other = 0;
    for (guint i = 0; i < ink->len; i++) { /* left to right */
        kh_span blob = g_array_index (ink, kh_span, i);
        double base = kh_text_line_baseline (line, (blob.x0 + blob.x1) / 2.0), rise = base - blob.y0;
        if (fabs (blob.y1 - base) > ON_BASELINE * line->x_height || rise < LEAST_RISE * line->x_height)
            continue;
        if (n++ == 0) {
            if (blob.x1 - blob.x0 > WIDEST_LETTER * rise)
                return FALSE;
            *first = rise;
        } else
            *other = n == 2 ? rise : MIN (*other, rise);
    }
    return n >= 3 || (n == 2 && has_x_height (r, line)); /* the mark of one other letter may be one with it, and then only the line tells */
}

/* The text with another first letter. */
static char *
with_first (const char *text, gunichar first)
{
    GString *mended = g_string_new (NULL);
    g_string_append_unichar (mended, first);
    return g_string_free (g_string_append (mended, g_utf8_next_char (text)), FALSE);
}

/* Two letters or more, all of them capitals that are larger small letters (CƠ, SỞ), or I, which is as plain a stem as i. */
static gboolean
is_large_print (const char *text)
{
    guint n = 0;
    for (; *text != '\0'; text = g_utf8_next_char (text), n++) {
        gunichar c = g_utf8_get_char (text);
        if (!g_unichar_isupper (c) || !(has_one_shape (c) || c == 'I' || c == 0x1ECA)) /* I, Ị */
            return FALSE;
    }
    return n >= 2;
}

/* Gives a word the case that the size of its first letter shows: CƠ and Cơ are cơ when that is small, cơ is Cơ when it is large. */
static void
mend_case (const kh_reading *r, const kh_text_line *line, const GArray *ink, kh_found_word *word)
{
    gunichar letter = g_utf8_get_char (word->text), next = letter != 0 ? g_utf8_get_char (g_utf8_next_char (word->text)) : 0;
    gboolean is_capitals = is_small_print (r, line) && is_large_print (word->text);
    double first, other;
    if (!has_one_shape (letter) || !(g_unichar_islower (next) || is_capitals) || !measure_letters (r, line, ink, &first, &other))
        return;
    gboolean is_small = first <= SMALL_LETTER * MIN (other, line->x_height);
    gboolean is_capital = first >= CAPITAL_LETTER * MAX (other, line->x_height);
    char *mended = NULL;
    if (is_capitals)
        mended = is_small ? g_utf8_strdown (word->text, -1) : NULL;
    else if (is_small || is_capital)
        mended = with_first (word->text, is_small ? g_unichar_tolower (letter) : g_unichar_toupper (letter));
    if (mended == NULL || strcmp (mended, word->text) == 0) {
        g_free (mended);
        return;
    }
    g_clear_pointer (&word->others, g_free); /* they begin as it did */
    kh_found_word_set (word, mended);
}

/* ------------------------------------------------------------------ numbers */

/* The sign that a blob right of a digit is: comma or full stop; 0: neither. */
static char
sign_of (kh_span sign, kh_span digit)
{
    int height = sign.y1 - sign.y0, width = sign.x1 - sign.x0, digit_height = digit.y1 - digit.y0, hangs = sign.y1 - digit.y1;
    gboolean is_low = height <= SIGN_HEIGHT * digit_height && sign.y0 > digit.y0 + digit_height / 2 && MIN (height, width) >= LEAST_SIGN * digit_height;
    if (!is_low || width > 2 * height)
        return 0;
    gboolean is_comma = hangs >= HANGS * height || (hangs >= LONG_HANGS * digit_height && height >= LONG_SIGN * digit_height);
    return is_comma ? ',' : hangs <= STANDS * height ? '.' : 0;
}

/* Puts the commas and stops between the digits that the word begins with where their blobs are. */
static void
mend_number (const GArray *glyphs, kh_found_word *word)
{
    gsize length = strspn (word->text, "0123456789.,/");
    const char *at = word->text;
    g_autoptr (GString) mended = g_string_new (NULL);
    kh_span digit = { 0, 0, 0, 0 };
    for (guint i = 0; i < glyphs->len && at < word->text + length; i++) { /* left to right */
        kh_span blob = g_array_index (glyphs, kh_span, i);
        char sign = mended->len > 0 && blob.x0 >= digit.x1 ? sign_of (blob, digit) : 0;
        gboolean was_read = *at == '.' || *at == ',' || *at == '/'; /* a low blob is no slash */
        if (sign != 0 && g_ascii_isdigit (mended->str[mended->len - 1])) {
            if (sign == '.' && *at != '.' && *at != ',')
                return; /* a speck is as round */
            g_string_append_c (mended, was_read && *at == ',' ? ',' : sign); /* a comma may have lost its tail, a stop grows none */
            at += was_read;
        } else if ((g_ascii_isdigit (*at) || *at == '/') && (digit.x1 == 0 || 2 * (blob.y1 - blob.y0) > digit.y1 - digit.y0) && blob.x0 >= digit.x1) {
            digit = blob;
            g_string_append_c (mended, *at++);
        } else
            return; /* touching digits, a sign the blobs do not show, something else */
    }
    if (at < word->text + length || !g_ascii_isdigit (word->text[0]))
        return;
    g_string_append (mended, word->text + length);
    if (g_str_equal (mended->str, word->text))
        return;
    kh_found_word_set (word, g_strdup (mended->str));
    make_unsure (word);
}

/* ------------------------------------------------------------------ how sure */

/* May the word be another than it says, for all the network knows? Digits that cannot be counted, a lone letter that looks like
 * a digit, I or 1, a digit beside what never stands beside one. */
static gboolean
is_doubtful (const kh_found_word *word, const GArray *glyphs)
{
    gsize length = strlen (word->text), digits = strcspn (word->text, "0123456789");
    if (length == 1 || (length == 2 && word->text[1] == '.'))
        return strchr ("I1lSOQZBGsozbgq|", word->text[0]) != NULL;
    if (digits == length)
        return FALSE;
    if (strspn (word->text, NUMBER_SIGNS) == length)
        return glyphs->len != length;
    for (const char *p = word->text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (c != 0x110 && (c >= 0x80 || g_ascii_islower ((char) c) || strchr ("[]{}|!?\\~", (int) c) != NULL))
            return TRUE;
    }
    return FALSE;
}

void
kh_shapes_mend (const kh_reading *r, const kh_text_line *line, kh_found_word *word)
{
    g_autoptr (GArray) ink = kh_text_line_ink (line, r->blobs, word->box.x0, word->box.x1), glyphs = kh_ink_glyphs (ink);
    mend_strokes (r, ink, word);
    mend_dot (line, glyphs, word);
    mend_one (r, ink, word);
    mend_fork (r, ink, word);
    mend_case (r, line, ink, word);
    mend_number (glyphs, word);
    if (is_doubtful (word, glyphs))
        make_unsure (word);
}
