#include "plan/markers.h"

#include "plan/wording.h"

#include <string.h>

/* Letters in the order of lists; those in RARE are often left out. */
static const char *const ALPHABET[] = { "a", "b", "c", "d", "đ", "e", "f", "g", "h", "i", "j", "k", "l", "m",
                                        "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z" };
static const char RARE[] = "fjwz";

/* ------------------------------------------------------------------ small scanners */

/* The plain letter below a letter with marks ("à" -> 'a'); đ stays. */
static gunichar
plain_letter (gunichar c)
{
    gunichar base[4];
    if (g_unichar_tolower (c) == 0x111)
        return c;
    return g_unichar_fully_decompose (c, FALSE, base, G_N_ELEMENTS (base)) > 0 ? base[0] : c;
}

static int
alphabet_place (gunichar c)
{
    char letter[7] = { 0 };
    g_unichar_to_utf8 (g_unichar_tolower (plain_letter (c)), letter);
    for (guint i = 0; i < G_N_ELEMENTS (ALPHABET); i++)
        if (strcmp (ALPHABET[i], letter) == 0)
            return (int) i + 1;
    return 0;
}

static int
roman_value (const char *text)
{
    int sum = 0, before = 0;
    for (gssize i = (gssize) strlen (text) - 1; i >= 0; i--) {
        int value = text[i] == 'I' ? 1 : text[i] == 'V' ? 5 : 10;
        sum += value < before ? -value : value;
        before = MAX (before, value);
    }
    return sum;
}

static char *
roman_numeral (kh_pool *pool, int value)
{
    static const char *const ONES[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
    static const char *const TENS[] = { "", "X", "XX", "XXX" };
    return kh_pool_printf (pool, "%s%s", TENS[value / 10 % 4], ONES[value % 10]);
}

/* The mark after a number: its bytes, 0 when none. What follows must not be a digit ("1/2024", "1-3 tuổi"). */
static gsize
mark_length (const char *at)
{
    static const char *const MARKS[] = { ".-", ".", ")", "/", "-", "–", " -", " –", " )", " .", ",", ":" };
    for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++) {
        gsize length = strlen (MARKS[i]);
        if (strncmp (at, MARKS[i], length) != 0 || g_ascii_isdigit (at[length]))
            continue;
        gboolean needs_space = strchr (",:", MARKS[i][0]) != NULL || MARKS[i][0] == ' ';
        return needs_space && at[length] != ' ' ? 0 : length;
    }
    return 0;
}

static gsize
space_length (const char *at)
{
    return strspn (at, " ");
}

/* Spaces behind a mark, with specks a scanner took for points among them ("4..Củng cố", "III, .KINH PHÍ"). */
static gsize
gap_length (const char *at)
{
    gsize specks = strspn (at, " .,:;'`_-");
    return specks <= 4 && g_unichar_isupper (g_utf8_get_char (at + specks)) ? specks : space_length (at);
}

static gboolean
begins_capital (const char *at)
{
    return g_unichar_isupper (g_utf8_get_char (at));
}

/* ------------------------------------------------------------------ the kinds */

/* What a token that ends at `end` makes of a marker; FALSE when no mark follows. `end` is before the mark. */
static gboolean
finish (kh_pool *pool, const char *text, const char *start, const char *end, gboolean mark_needed, kh_marker *m)
{
    gboolean opened = start > text;
    gsize mark = mark_length (end);
    if (opened && *end != ')')
        return FALSE;
    if (mark == 0 && (mark_needed || *end != ' ' || !begins_capital (end + space_length (end))))
        return FALSE;
    const char *after = end + mark;
    gsize gap = mark > 0 ? gap_length (after) : space_length (after);
    if (mark > 0 && gap == 0 && *after != '\0') { /* "1.Mục đích", "a)Rà soát": no space typed */
        gunichar next = g_utf8_get_char (after);
        if (!g_unichar_isupper (next) && (*end != ')' || !g_unichar_isalpha (next)))
            return FALSE;
    }
    m->in_brackets = *end == ')' || strncmp (end, " )", 2) == 0;
    m->length = (gsize) (after - text) + gap;
    const char *sign = mark == 0 ? "" : *end == ',' || *end == ':' ? "." : m->in_brackets ? ")" : NULL;
    char *own = kh_pool_strndup (pool, end, mark);
    m->printed = kh_pool_printf (pool, "%s%s%s", opened ? "(" : "", m->number, sign != NULL ? sign : g_strstrip (own));
    return TRUE;
}

#define N_CLEAN_BULLETS 10 /* of the table below */

static gboolean
read_bullet (kh_pool *pool, const char *text, kh_marker *m)
{
    static const struct {
        const char *sign;
        kh_marker_kind kind;
        const char *printed;
    } BULLETS[] = {
        { "-", KH_MARKER_DASH, "-" }, { "–", KH_MARKER_DASH, "-" }, { "—", KH_MARKER_DASH, "-" }, { "−", KH_MARKER_DASH, "-" },
        { "•", KH_MARKER_DASH, "•" }, { "●", KH_MARKER_DASH, "•" }, { "▪", KH_MARKER_DASH, "▪" }, { "■", KH_MARKER_DASH, "▪" },
        { "+", KH_MARKER_PLUS, "+" }, { "*", KH_MARKER_STAR, "*" },
        /* what a scanner makes of a dash */
        { "~", KH_MARKER_DASH, "-" }, { "_", KH_MARKER_DASH, "-" }, { "=", KH_MARKER_DASH, "-" }, { "ˆ", KH_MARKER_DASH, "-" },
        { "^", KH_MARKER_DASH, "-" }, { "¬", KH_MARKER_DASH, "-" }, { "«", KH_MARKER_DASH, "-" }, { "»", KH_MARKER_DASH, "-" },
        { "·", KH_MARKER_DASH, "-" }, { "°", KH_MARKER_DASH, "-" },
    };
    for (guint i = 0; i < G_N_ELEMENTS (BULLETS); i++) {
        gsize sign = strlen (BULLETS[i].sign);
        if (strncmp (text, BULLETS[i].sign, sign) != 0)
            continue;
        gboolean clean = i < N_CLEAN_BULLETS;
        gsize space = clean ? gap_length (text + sign) : space_length (text + sign);
        gunichar next = g_utf8_get_char (text + sign);
        gboolean glued = clean && space == 0 && (g_unichar_isalpha (next) || next == '"' || next == 0x201C || next == '(');
        if (text[sign] != '\0' && space == 0 && !glued)
            return FALSE;
        *m = (kh_marker){ .kind = BULLETS[i].kind, .printed = BULLETS[i].printed, .length = sign + space };
        return TRUE;
    }
    (void) pool;
    return FALSE;
}

/* Phần I, Chương 2, Điều 3. - alone in the line or before a mark or a heading in capitals. */
static gboolean
read_named (kh_pool *pool, const char *text, kh_marker *m)
{
    static const char *const NAMES[] = { "phần", "chương", "mục", "điều" };
    static const char *const ORDINALS[] = { "nhất", "hai", "ba", "tư", "năm", "sáu" };
    const char *space = strchr (text, ' ');
    if (space == NULL)
        return FALSE;
    g_autofree char *word = g_utf8_strdown (text, space - text);
    int name = 0;
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
        if (strcmp (NAMES[i], word) == 0)
            name = (int) i + 1;
    const char *at = space + 1;
    if (name == 0)
        return FALSE;
    gsize digits = strspn (at, "0123456789"), romans = strspn (at, "IVX");
    int value = 0;
    if (digits > 0 && digits <= 3)
        value = atoi (at);
    else if (romans > 0 && romans <= 5)
        value = roman_value (kh_pool_strndup (pool, at, romans));
    const char *end = at + MAX (digits, romans);
    g_autofree char *lower = g_utf8_strdown (at, -1);
    for (guint i = 0; value == 0 && i < G_N_ELEMENTS (ORDINALS); i++) {
        g_autofree char *phrase = g_strdup_printf ("thứ %s", ORDINALS[i]);
        if (g_str_has_prefix (lower, phrase)) { /* lower case of these letters takes as many bytes */
            value = (int) i + 1;
            end = at + strlen (phrase);
        }
    }
    gsize mark = mark_length (end);
    const char *after = end + mark + space_length (end + mark);
    gboolean heading = *after == '\0' || (mark > 0 && begins_capital (after)) || (name <= 2 && begins_capital (after));
    if (value == 0 || !heading || (*end != '\0' && *end != ' ' && mark == 0))
        return FALSE;
    *m = (kh_marker){ .kind = KH_MARKER_NAMED, .name = name, .n_parts = 1, .parts = { value } };
    m->number = kh_pool_strndup (pool, text, end - text);
    m->printed = kh_pool_strndup (pool, text, end + mark - text);
    m->length = after - text;
    return TRUE;
}

static gboolean
read_number (kh_pool *pool, const char *text, const char *start, gboolean mark_needed, kh_marker *m)
{
    const char *at = start;
    *m = (kh_marker){ 0 };
    while (m->n_parts < KH_MARKER_PARTS && g_ascii_isdigit (*at)) {
        gsize digits = strspn (at, "0123456789");
        if (digits > 2)
            return FALSE; /* "2.500 hộ", "2024" */
        m->parts[m->n_parts++] = atoi (at);
        at += digits;
        if (*at != '.' || !g_ascii_isdigit (at[1]))
            break;
        at++;
    }
    if (m->n_parts == 0 || m->parts[0] == 0)
        return FALSE;
    m->kind = m->n_parts == 1 ? KH_MARKER_ARABIC : KH_MARKER_DECIMAL;
    m->number = kh_pool_strndup (pool, start, at - start);
    return finish (pool, text, start, at, mark_needed && m->n_parts == 1, m);
}

static gboolean
read_digits (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    return read_number (pool, text, start, TRUE, m);
}

/* "1.l." or "I1.I.": a decimal number with strokes for some of its ones. */
static gboolean
read_misread_decimal (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    static const char STROKES[] = "Il|!", CHARACTERS[] = "0123456789Il|!.";
    gsize length = strspn (start, CHARACTERS);
    g_autofree char *plain = g_strndup (start, length);
    g_strdelimit (plain, STROKES, '1');
    gboolean mixed = strpbrk (start, STROKES) != NULL && strpbrk (start, STROKES) < start + length && strpbrk (start, "0123456789") < start + length;
    if (length == 0 || length > 12 || !mixed || strpbrk (start, "0123456789") == NULL)
        return FALSE;
    g_autofree char *sound = g_strconcat (plain, start + length, NULL);
    if (!read_digits (pool, sound, sound, m) || m->kind != KH_MARKER_DECIMAL)
        return FALSE;
    m->corrected = TRUE; /* a stroke and a one take a byte each: the length holds */
    (void) text;
    return TRUE;
}

/* A letter of a Roman number as plain I, V, X: what a scanner makes of I is l 1 | ! i T or an I with marks, of II it is H
 * or M. NULL: no such letter. */
static const char *
roman_letter (gunichar c, gboolean alone)
{
    c = plain_letter (c);
    switch (c) {
    case 'V': return "V";
    case 'X': return "X";
    case 'I': case 'l': case 'L': case '1': case '|': case '!': case 'i': case 'T': return "I";
    case 'H': return "II";
    case 'M': return alone ? NULL : "II";
    default: return NULL;
    }
}

static gboolean
read_roman (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    g_autoptr (GString) plain = g_string_new (NULL);
    const char *end = start;
    gboolean clean = TRUE;
    while (plain->len <= 6) {
        gboolean alone = end == start && roman_letter (g_utf8_get_char (g_utf8_next_char (end)), TRUE) == NULL;
        const char *letter = *end == '\0' ? NULL : roman_letter (g_utf8_get_char (end), alone);
        if (letter == NULL)
            break;
        clean = clean && *end == *letter;
        g_string_append (plain, letter);
        end = g_utf8_next_char (end);
    }
    int value = plain->len > 0 && !g_ascii_isdigit (*end) ? roman_value (plain->str) : 0;
    char *numeral = value > 0 && value < 40 ? roman_numeral (pool, value) : NULL;
    if (numeral == NULL || strcmp (numeral, plain->str) != 0)
        return FALSE;
    *m = (kh_marker){ .kind = KH_MARKER_ROMAN, .n_parts = 1, .parts = { value }, .number = numeral, .corrected = !clean };
    if (strpbrk (start, "TML") != NULL && strpbrk (start, "TML") < end && plain->len > 1) { /* TM., TL.: on behalf of */
        const char *sure = strpbrk (start, "IVXHl1|");
        if (sure == NULL || sure >= end)
            return FALSE;
    }
    gboolean chapter = *end == ' ' && kh_is_capitals (end, 4); /* before capitals the mark may be missing: "L MỤC ĐÍCH" */
    return finish (pool, text, start, end, !chapter && (!clean || end - start == 1), m);
}

static gboolean
read_letter (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    gunichar c = g_utf8_get_char (start);
    int place = g_unichar_isalpha (c) ? alphabet_place (c) : 0;
    if (place == 0)
        return FALSE;
    gboolean capital = g_unichar_isupper (c);
    char letter[7] = { 0 };
    g_unichar_to_utf8 (plain_letter (c), letter);
    *m = (kh_marker){ .kind = capital ? KH_MARKER_CAPITAL : KH_MARKER_LETTER, .n_parts = 1, .parts = { place } };
    m->number = kh_pool_strdup (pool, letter);
    return finish (pool, text, start, g_utf8_next_char (start), TRUE, m);
}

/* "I." or "l)" or "|." as the number 1. */
static gboolean
read_one (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    if (strchr ("Il|!", *start) == NULL || *start == '\0')
        return FALSE;
    *m = (kh_marker){ .kind = KH_MARKER_ARABIC, .n_parts = 1, .parts = { 1 }, .number = "1", .corrected = TRUE };
    return finish (pool, text, start, start + 1, TRUE, m);
}

/* "B)" for "b)". */
static gboolean
read_small_letter (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    if (!read_letter (pool, text, start, m) || m->kind != KH_MARKER_CAPITAL || !m->in_brackets)
        return FALSE;
    g_autofree char *small = g_utf8_strdown (m->number, -1);
    m->kind = KH_MARKER_LETTER;
    m->number = kh_pool_strdup (pool, small);
    m->printed = kh_pool_printf (pool, "%s%s)", *text == '(' ? "(" : "", small);
    m->corrected = TRUE;
    return TRUE;
}

/* "8)" for "g)", "©)" for "e)" or "c)": what round letters are taken for. */
static gboolean
read_round_letter (kh_pool *pool, const char *text, const char *start, kh_marker *m)
{
    static const struct {
        const char *read, *meant;
    } SLIPS[] = { { "8", "g" }, { "9", "g" }, { "6", "b" }, { "©", "e" }, { "€", "e" }, { "ø", "g" } };
    for (guint i = 0; i < G_N_ELEMENTS (SLIPS); i++) {
        if (!g_str_has_prefix (start, SLIPS[i].read))
            continue;
        *m = (kh_marker){ .kind = KH_MARKER_LETTER, .n_parts = 1, .number = SLIPS[i].meant, .corrected = TRUE, .only_in_list = TRUE };
        m->parts[0] = alphabet_place (g_utf8_get_char (SLIPS[i].meant));
        return finish (pool, text, start, start + strlen (SLIPS[i].read), TRUE, m) && m->in_brackets;
    }
    return FALSE;
}

/* "- a) Đến năm 2025", "- 1. Tăng cường": somebody's list dash before the item's own number. */
static gboolean
read_behind_dash (kh_pool *pool, const char *text, kh_marker *m)
{
    if (strncmp (text, "- ", 2) != 0)
        return FALSE;
    const char *start = text + 2;
    if (!(read_digits (pool, start, start, m) && m->printed[strlen (m->number)] != '\0')
        && !(read_letter (pool, start, start, m) && m->kind == KH_MARKER_LETTER && m->in_brackets))
        return FALSE;
    m->length += 2;
    return TRUE;
}

/* "-3. Cải cách": a speck before the number, which the reading takes with it. */
static gboolean
read_behind_speck (kh_pool *pool, const char *text, kh_marker *m)
{
    gsize specks = strspn (text, "-.'`,:;_*~^|\" ");
    if (specks == 0 || specks > 3)
        return FALSE;
    const char *start = text + specks;
    if (!read_digits (pool, start, start, m) && !read_roman (pool, start, start, m))
        return FALSE;
    m->length += specks;
    m->only_in_list = TRUE;
    return TRUE;
}

/* ------------------------------------------------------------------ all readings */

guint
kh_markers_read (kh_pool *pool, const char *text, kh_marker readings[KH_MARKER_READINGS])
{
    if (read_named (pool, text, &readings[0]) || read_behind_dash (pool, text, &readings[0]))
        return 1;
    guint n = read_bullet (pool, text, &readings[0]);
    if (read_behind_speck (pool, text, &readings[n]))
        return n + 1;
    if (n > 0)
        return n;
    const char *start = text + (*text == '(' ? 1 : 0);
    typedef gboolean (*reader) (kh_pool *, const char *, const char *, kh_marker *);
    /* In this order a sound reading comes before a corrected one: digits and letters are what they are, while
     * only I, V, X and their runs are Roman by themselves. */
    if (read_misread_decimal (pool, text, start, &readings[n]))
        n++;
    gboolean roman_first = strspn (start, "IVX") > 0 && (start[1] != ' ' || mark_length (start + 1) > 0);
    const reader plain[] = { read_digits, read_letter, read_small_letter, read_round_letter, read_roman, read_one };
    const reader roman[] = { read_roman, read_one, read_letter };
    const reader *order = roman_first ? roman : plain;
    guint n_order = roman_first ? G_N_ELEMENTS (roman) : G_N_ELEMENTS (plain);
    for (guint i = 0; i < n_order && n < KH_MARKER_READINGS; i++)
        if (order[i](pool, text, start, &readings[n]))
            n++;
    return n;
}

gboolean
kh_marker_read_bare (kh_pool *pool, const char *text, kh_marker *marker)
{
    if (!read_number (pool, text, text, FALSE, marker))
        return FALSE;
    marker->corrected = marker->only_in_list = TRUE;
    return TRUE;
}

kh_marker
kh_marker_with_value (kh_pool *pool, const kh_marker *marker, int value)
{
    kh_marker other = *marker;
    const char *mark = marker->printed + (*marker->printed == '(') + strlen (marker->number);
    if (marker->n_parts == 0 || value <= 0 || marker->kind == KH_MARKER_NAMED || strstr (marker->printed, marker->number) == NULL)
        return other;
    other.parts[other.n_parts - 1] = value;
    other.corrected = TRUE;
    if (marker->kind == KH_MARKER_ROMAN)
        other.number = roman_numeral (pool, value % 40);
    else if (marker->kind == KH_MARKER_LETTER || marker->kind == KH_MARKER_CAPITAL) {
        g_autofree char *upper = g_utf8_strup (ALPHABET[(value - 1) % (int) G_N_ELEMENTS (ALPHABET)], -1);
        other.number = kh_pool_strdup (pool, marker->kind == KH_MARKER_CAPITAL ? upper : ALPHABET[(value - 1) % (int) G_N_ELEMENTS (ALPHABET)]);
    } else {
        const char *point = strrchr (marker->number, '.');
        char *head = kh_pool_strndup (pool, marker->number, point == NULL ? 0 : (gsize) (point + 1 - marker->number));
        other.number = kh_pool_printf (pool, "%s%d", head, value);
    }
    other.printed = kh_pool_printf (pool, "%s%s%s", *marker->printed == '(' ? "(" : "", other.number, mark);
    return other;
}

int
kh_marker_value (const kh_marker *marker)
{
    return marker->n_parts > 0 ? marker->parts[marker->n_parts - 1] : 0;
}

gboolean
kh_marker_same_list (const kh_marker *a, const kh_marker *b)
{
    if (a->kind != b->kind || a->n_parts != b->n_parts || a->name != b->name)
        return FALSE;
    return a->kind != KH_MARKER_ARABIC || a->in_brackets == b->in_brackets;
}

gboolean
kh_marker_follows (const kh_marker *previous, const kh_marker *next)
{
    if (!kh_marker_same_list (previous, next) || next->n_parts == 0)
        return FALSE;
    int before = kh_marker_value (previous), after = kh_marker_value (next);
    if (next->kind == KH_MARKER_LETTER || next->kind == KH_MARKER_CAPITAL) {
        for (before++; before < after; before++)
            if (strcmp (ALPHABET[before - 1], "đ") != 0 && strstr (RARE, ALPHABET[before - 1]) == NULL)
                return FALSE;
        return before == after;
    }
    return after == before + 1
           && memcmp (previous->parts, next->parts, sizeof (int) * (gsize) (next->n_parts - 1)) == 0;
}

gboolean
kh_marker_extends (const kh_marker *parent, const kh_marker *child)
{
    if (child->kind != KH_MARKER_DECIMAL || (parent->kind != KH_MARKER_ARABIC && parent->kind != KH_MARKER_DECIMAL))
        return FALSE;
    return parent->n_parts < child->n_parts
           && memcmp (parent->parts, child->parts, sizeof (int) * (gsize) parent->n_parts) == 0;
}
