/* text.c - what a line's characters tell without knowing the language: list marks, numbers, sentence ends. */
#include "layout/parts.h"

#include <string.h>

#define BULLETS "-–—+•●○◦*▪■□◆➢➤►✓"

/* Digits, "2.1", one letter, or a Roman number, followed by . ) or /; returns the byte after it, or NULL. */
static const char *
skip_number (const char *p)
{
    const char *start = p;
    if (g_ascii_isdigit (*p)) {
        while (g_ascii_isdigit (*p) || (*p == '.' && g_ascii_isdigit (p[1])))
            p++;
        return p - start <= 12 ? p : NULL;
    }
    while (*p != '\0' && strchr ("IVXL", *p) != NULL)
        p++;
    if (p > start && !g_unichar_isalnum (g_utf8_get_char (p)))
        return p;
    p = start;
    if (g_unichar_isalpha (g_utf8_get_char (p))) {
        p = g_utf8_next_char (p);
        while (g_ascii_isdigit (*p) || (*p == '.' && g_ascii_isdigit (p[1])))
            p++;
        return g_unichar_isalnum (g_utf8_get_char (p)) ? NULL : p;
    }
    return NULL;
}

/* Three digits in a row or more: a count or a year, no place in a list. */
static gboolean
has_long_part (const char *from, const char *to)
{
    int run = 0;
    for (; from < to && run < 3; from++)
        run = g_ascii_isdigit (*from) ? run + 1 : 0;
    return run >= 3;
}

kh_list_mark
kh_text_mark (const char *text)
{
    if (*text == '\0')
        return KH_MARK_NONE;
    gunichar c = g_utf8_get_char (text);
    if (g_utf8_strchr (BULLETS, -1, c) != NULL) {
        gunichar next = g_utf8_get_char (g_utf8_next_char (text));
        return next == ' ' || g_unichar_isalpha (next) ? KH_MARK_BULLET : KH_MARK_NONE;
    }
    gboolean bracket = c == '(';
    const char *p = skip_number (bracket ? text + 1 : text);
    if (p == NULL)
        return KH_MARK_NONE;
    if (bracket)
        return p[0] == ')' && (p[1] == ' ' || p[1] == '\0' || g_unichar_isalpha (g_utf8_get_char (p + 1))) ? KH_MARK_NUMBER : KH_MARK_NONE;
    gboolean dotted = memchr (text, '.', p - text) != NULL; /* "2.1 Title": no mark after the number */
    if (has_long_part (text, p))
        return KH_MARK_NONE; /* "12.087 hộ", "2019)" */
    if (*p != '.' && *p != ')' && *p != '/' && *p != '-' && !(*p == ' ' && dotted && g_ascii_isdigit (*text)))
        return KH_MARK_NONE;
    if (*p == '.' && p[1] == ')')
        p++;
    if (*p != ' ' && p[1] != ' ' && p[1] != '\0' && !g_unichar_isupper (g_utf8_get_char (p + 1)))
        return KH_MARK_NONE;
    return KH_MARK_NUMBER;
}

gboolean
kh_text_is_broken_number (const char *first, const char *second)
{
    gsize length = strlen (first), digits = 0, rest = strspn (second, "0123456789");
    while (digits < length && g_ascii_isdigit (first[length - 1 - digits]))
        digits++;
    if (rest == 0 || length - digits < 2 || g_utf8_strlen (second, -1) > (glong) rest + 1)
        return FALSE;
    const char *last = first + length - digits; /* the last part, behind its sign */
    if (last[-1] == '.' && g_ascii_isdigit (last[-2]) && digits + rest == 3)
        return TRUE;
    gboolean is_year = digits == 1 ? *last == '1' || *last == '2' : strncmp (last, "20", 2) == 0 || strncmp (last, "19", 2) == 0;
    return digits > 0 && strchr ("/.-", last[-1]) != NULL && digits + rest == 4 && is_year;
}

gboolean
kh_text_starts_small (const char *text)
{
    return *text != '\0' && g_unichar_islower (g_utf8_get_char (text));
}

gboolean
kh_text_is_number (const char *text)
{
    const char *p = text;
    gboolean seen = FALSE;
    for (; *p != '\0'; p++) {
        if (g_ascii_isdigit (*p) || strchr ("IVX", *p) != NULL)
            seen = TRUE;
        else if (strchr (".()- ", *p) == NULL)
            return FALSE;
    }
    return seen && p - text <= 10;
}

static GArray *
letters (const char *text)
{
    GArray *array = g_array_new (FALSE, FALSE, sizeof (gunichar));
    for (const char *p = text; *p != '\0' && array->len < 400; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (!g_unichar_isalnum (c))
            continue;
        c = g_unichar_tolower (c);
        g_array_append_val (array, c);
    }
    return array;
}

double
kh_text_likeness (const char *a, const char *b)
{
    g_autoptr (GArray) x = letters (a), y = letters (b);
    if (x->len == 0 || y->len == 0)
        return x->len == y->len ? 1 : 0;
    g_autofree guint *row = g_new (guint, y->len + 1);
    for (guint j = 0; j <= y->len; j++)
        row[j] = j;
    for (guint i = 1; i <= x->len; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (guint j = 1; j <= y->len; j++) {
            guint change = diagonal + (g_array_index (x, gunichar, i - 1) != g_array_index (y, gunichar, j - 1));
            diagonal = row[j];
            row[j] = MIN (change, MIN (row[j], row[j - 1]) + 1);
        }
    }
    return 1 - row[y->len] / (double) MAX (x->len, y->len);
}

void
kh_text_append_line (kh_text_builder *builder, const kh_text *line, gboolean forced)
{
    gboolean glued = forced || kh_text_is_glued (builder->str->str, line->str);
    if (g_str_has_suffix (builder->str->str, "\u00AD"))
        kh_text_builder_chop (builder, strlen ("\u00AD"));
    kh_text_builder_add_text (builder, line, !glued);
}
