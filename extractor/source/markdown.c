#include "source/markdown.h"

#include <string.h>

#define LEAST_MARKS 3      /* lines that make a text Markdown */
#define CELL_WIDTH 40      /* characters of a table's cell in a line */
#define CELL_GAP 4
#define MOST_COLUMNS 32

/* ---- lines */

/* The length of "## " at the start of a line; 0: no heading. */
static gsize
heading_mark (const char *line)
{
    gsize n = strspn (line, "#");
    return n >= 1 && n <= 6 && line[n] == ' ' ? n + strspn (line + n, " ") : 0;
}

static gboolean
is_table_row (const char *line)
{
    gsize length = strlen (line);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    return line[0] == '|' && length > 2 && line[length - 1] == '|';
}

static gboolean
is_table_rule (const char *line)
{
    return is_table_row (line) && strspn (line, "|-: ") == strlen (line);
}

/* Does a mark of a list stand here: "5. ", "b) ", "+ "? */
static gboolean
is_list_mark (const char *text)
{
    if ((text[0] == '+' || text[0] == '-') && text[1] == ' ')
        return TRUE;
    gsize digits = strspn (text, "0123456789.");
    gsize n = digits > 0 ? digits : g_ascii_isalpha (text[0]) ? 1 : 0;
    if (n == 0)
        return FALSE;
    if (digits > 0 && text[digits - 1] == '.')
        return text[digits] == ' ';
    return (text[n] == '.' || text[n] == ')') && text[n + 1] == ' ';
}

/* Bold and italic marks around words go; a star by itself stays. */
static void
append_without_marks (GString *out, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        gboolean twice = i + 1 < length && text[i] == text[i + 1];
        if ((text[i] == '*' || text[i] == '_') && twice)
            i++;
        else if (text[i] == '\\' && i + 1 < length && g_ascii_ispunct (text[i + 1]))
            g_string_append_c (out, text[++i]);
        else
            g_string_append_c (out, text[i]);
    }
}

/* Are the word's letters capitals, at least one? */
static gboolean
is_capitals (const char *word, gsize length)
{
    gboolean any = FALSE;
    for (const char *s = word; s < word + length; s = g_utf8_next_char (s)) {
        if (g_unichar_islower (g_utf8_get_char (s)))
            return FALSE;
        any = any || g_unichar_isupper (g_utf8_get_char (s));
    }
    return any;
}

/* Where a heading of two printed lines changes from capitals to small letters: "KẾ HOẠCH | Công tác năm 2023". 0: nowhere. */
static gsize
end_of_capitals (const char *text)
{
    gsize at = 0;
    for (guint words = 0; text[at] != '\0'; words++) {
        gsize length = strcspn (text + at, " ");
        if (!is_capitals (text + at, length))
            return words >= 2 && g_unichar_isupper (g_utf8_get_char (text + at)) ? at : 0;
        at += length + strspn (text + at + length, " ");
    }
    return 0;
}

static void
append_heading (GString *out, const char *text)
{
    gsize cut = is_list_mark (text) || g_ascii_isdigit (text[0]) ? 0 : end_of_capitals (text);
    if (cut > 0) {
        append_without_marks (out, text, cut);
        g_string_append_c (out, '\n');
    }
    append_without_marks (out, text + cut, strlen (text + cut));
    g_string_append_c (out, '\n');
}

static void
append_line (GString *out, const char *line)
{
    gsize indent = strspn (line, " ");
    const char *text = line + indent;
    if ((text[0] == '-' || text[0] == '*') && text[1] == ' ' && is_list_mark (text + 2))
        text += 2; /* a marked item that became an item of a list */
    else
        text = line;
    append_without_marks (out, text, strlen (text));
    g_string_append_c (out, '\n');
}

/* ---- tables */

/* The cells of a row, as lines of CELL_WIDTH characters at most: GPtrArray of GPtrArray of char *. */
static GPtrArray *
cells_of (const char *line)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
    g_autofree char *inside = g_strndup (line + 1, (gsize) (strrchr (line, '|') - line - 1));
    g_auto (GStrv) parts = g_strsplit (inside, "|", MOST_COLUMNS);
    for (guint i = 0; parts[i] != NULL; i++) {
        GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
        g_autoptr (GString) plain = g_string_new (NULL);
        append_without_marks (plain, parts[i], strlen (parts[i]));
        g_auto (GStrv) breaks = g_strsplit (plain->str, "<br>", -1);
        for (guint b = 0; breaks[b] != NULL; b++) {
            g_auto (GStrv) words = g_strsplit (breaks[b], " ", -1);
            g_autoptr (GString) now = g_string_new (NULL);
            for (guint w = 0; words[w] != NULL; w++) {
                if (*words[w] == '\0')
                    continue;
                if (now->len > 0 && g_utf8_strlen (now->str, -1) + 1 + g_utf8_strlen (words[w], -1) > CELL_WIDTH) {
                    g_ptr_array_add (lines, g_strdup (now->str));
                    g_string_truncate (now, 0);
                }
                g_string_append_printf (now, "%s%s", now->len > 0 ? " " : "", words[w]);
            }
            if (now->len > 0)
                g_ptr_array_add (lines, g_strdup (now->str));
        }
        g_ptr_array_add (cells, lines);
    }
    return cells;
}

static const char *
cell_line (const GPtrArray *rows, guint row, guint col, guint line)
{
    const GPtrArray *cells = g_ptr_array_index (rows, row);
    const GPtrArray *lines = col < cells->len ? g_ptr_array_index (cells, col) : NULL;
    return lines != NULL && line < lines->len ? g_ptr_array_index (lines, line) : NULL;
}

/* Sets a table's rows in columns, each cell from the top of its row, a blank line after each row. */
static void
append_table (GString *out, const GPtrArray *rows)
{
    glong widths[MOST_COLUMNS] = { 0 };
    for (guint r = 0; r < rows->len; r++)
        for (guint c = 0; c < MOST_COLUMNS; c++)
            for (guint k = 0; cell_line (rows, r, c, k) != NULL; k++)
                widths[c] = MAX (widths[c], g_utf8_strlen (cell_line (rows, r, c, k), -1));
    for (guint r = 0; r < rows->len; r++) {
        gboolean more = TRUE;
        for (guint k = 0; more; k++) {
            glong at = 0, place = 0;
            more = FALSE;
            for (guint c = 0; c < MOST_COLUMNS; c++) {
                const char *line = cell_line (rows, r, c, k);
                if (line != NULL) {
                    g_string_append_printf (out, "%*s%s", (int) (place - at), "", line);
                    at = place + g_utf8_strlen (line, -1);
                }
                more = more || cell_line (rows, r, c, k + 1) != NULL;
                place += widths[c] > 0 ? widths[c] + CELL_GAP : 0;
            }
            g_string_append_c (out, '\n');
        }
        g_string_append_c (out, '\n');
    }
}

/* ---- the text */

gboolean
kh_markdown_is (const char *text, gsize length)
{
    g_autofree char *copy = g_strndup (text, length);
    guint marks = 0;
    for (char *line = copy, *end; *line != '\0' && marks < LEAST_MARKS; line = end) {
        end = line + strcspn (line, "\n");
        if (*end != '\0')
            *end++ = '\0';
        marks += heading_mark (line) > 0 || is_table_rule (line);
    }
    return marks >= LEAST_MARKS;
}

GString *
kh_markdown_plain (const char *text, gsize length)
{
    GString *out = g_string_sized_new (length);
    g_autofree char *copy = g_strndup (text, length);
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
    for (char *line = copy, *end;; line = end) {
        end = line + strcspn (line, "\n");
        gboolean last = *end == '\0';
        if (!last)
            *end++ = '\0';
        g_strchomp (line);
        if (is_table_row (line)) {
            if (!is_table_rule (line))
                g_ptr_array_add (rows, cells_of (line));
        } else {
            append_table (out, rows);
            g_ptr_array_set_size (rows, 0);
            if (heading_mark (line) > 0)
                append_heading (out, line + heading_mark (line));
            else
                append_line (out, line);
        }
        if (last)
            break;
    }
    append_table (out, rows);
    return out;
}
