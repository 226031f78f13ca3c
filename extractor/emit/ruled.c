/* See ruled.h. */
#include "emit/ruled.h"

static int
character_width (gunichar c)
{
    return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

int
kh_ruled_width (const char *text)
{
    int width = 0;
    for (; *text != '\0'; text = g_utf8_next_char (text))
        width += character_width (g_utf8_get_char (text));
    return width;
}

/* Cuts the next line of at most `width` columns off *rest, at a space where there is one. */
static char *
take_line (const char **rest, int width)
{
    const char *start = *rest, *end = start, *space = NULL;
    int used = 0;
    for (; *end != '\0' && *end != '\n'; end = g_utf8_next_char (end)) {
        used += character_width (g_utf8_get_char (end));
        if (*end == ' ')
            space = end;
        if (used > width)
            break;
    }
    gboolean whole = *end == '\0' || *end == '\n';
    if (!whole && space != NULL && space > start)
        end = space;
    else if (!whole && end == start)
        end = g_utf8_next_char (end);
    *rest = *end == ' ' || *end == '\n' ? end + 1 : end;
    return g_strndup (start, end - start);
}

static void
put_repeated (GString *out, const char *piece, int n)
{
    for (int i = 0; i < n; i++)
        g_string_append (out, piece);
}

void
kh_ruled_line (GString *out, const int *widths, int n, const char *left, const char *middle, const char *right)
{
    for (int f = 0; f < n; f++) {
        g_string_append (out, f == 0 ? left : middle);
        put_repeated (out, "─", widths[f] + 2);
    }
    g_string_append_printf (out, "%s\n", right);
}

void
kh_ruled_row (GString *out, const char *const *cells, const int *widths, int n)
{
    g_autofree const char **rest = g_memdup2 (cells, sizeof (char *) * (gsize)n);
    gboolean more = TRUE;
    while (more) {
        more = FALSE;
        for (int f = 0; f < n; f++) {
            g_autofree char *line = take_line (&rest[f], widths[f]);
            g_string_append_printf (out, "%s%s", f == 0 ? "│ " : " │ ", line);
            put_repeated (out, " ", widths[f] - kh_ruled_width (line));
            more = more || *rest[f] != '\0';
        }
        g_string_append (out, " │\n");
    }
}
