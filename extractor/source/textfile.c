#include "source/textfile.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"
#include "source/markdown.h"
#include "source/words.h"

#include <string.h>

#define COLUMN 6.0         /* points */
#define ROW 12.0
#define SIZE 10.0
#define TAB 8              /* columns */
#define ROWS 1000          /* of a page at most: text without form feeds is cut here */
#define COLUMNS 2000       /* of a row at most: a longer line goes on in the next row, after the word */
#define WORD_COLUMNS 200   /* unless the word is this long */
#define SHEET_WIDTH 595.0  /* A4, when the text is narrower and shorter */
#define SHEET_HEIGHT 842.0

struct kh_textfile {
    const char *name;
    const char *data; /* after the byte order mark */
    GString *plain;   /* what `data` points to when the file was Markdown, else NULL */
    gsize length;
    GArray *starts;   /* of gsize: where pages start, and the end */
};

/* Where a character stands while the text is read off. */
typedef struct place {
    int row, column;
} place;

/* Moves past `c`. TRUE when the page ends with it. */
static gboolean
advance (place *at, gunichar c)
{
    if (c == '\f')
        return TRUE;
    if (c == '\n') {
        at->row++;
        at->column = 0;
    } else if (c == '\t') {
        at->column = (at->column / TAB + 1) * TAB;
    } else if (c != '\r' && !g_unichar_iszerowidth (c)) {
        at->column += g_unichar_iswide (c) ? 2 : 1;
    }
    if (at->column > COLUMNS && (g_unichar_isspace (c) || at->column > COLUMNS + WORD_COLUMNS)) {
        at->row++;
        at->column = 0;
    }
    return at->row >= ROWS && at->column == 0;
}

static gboolean
is_blank (const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (strchr (" \t\r\n\f", text[i]) == NULL)
            return FALSE;
    return TRUE;
}

static void
find_pages (kh_textfile *text)
{
    gsize start = 0;
    place at = { 0, 0 };
    const char *end = text->data + text->length;
    g_array_append_val (text->starts, start);
    for (const char *s = text->data; s < end; s = g_utf8_next_char (s)) {
        if (!advance (&at, g_utf8_get_char (s)))
            continue;
        at = (place){ 0, 0 };
        start = (gsize) (g_utf8_next_char (s) - text->data);
        if (start < text->length && !is_blank (text->data + start, text->length - start))
            g_array_append_val (text->starts, start);
        else
            break;
    }
    g_array_append_val (text->starts, text->length);
}

/* Bytes below a space that text does not have. */
static gboolean
has_controls (const guint8 *data, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (data[i] < 0x20 && memchr ("\t\n\r\f\v\b\033", data[i], 7) == NULL)
            return TRUE;
    return FALSE;
}

static const char *
why_not_text (const guint8 *data, gsize length)
{
    gsize head = MIN (length, 64 * 1024);
    if (length >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF)))
        return _ ("UTF-16 text, not UTF-8");
    if (has_controls (data, head))
        return _ ("not a PDF, PNG, JPEG, TIFF or text");
    if (!g_utf8_validate ((const char *) data, (gssize) length, NULL))
        return _ ("not UTF-8 text");
    return NULL;
}

kh_textfile *
kh_textfile_open (GBytes *bytes, const char *name, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data (bytes, &length);
    const char *why = why_not_text (data, length);
    if (why == NULL && is_blank ((const char *) data, length))
        why = _ ("no text in it");
    if (why != NULL) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot open '%s': %s"), name, why);
        return NULL;
    }
    if (length > KH_LIMIT_TEXT_BYTES) {
        g_set_error (error, KH_ERROR, KH_ERROR_LIMIT, _ ("cannot open '%s': more than the limit of %u bytes of text"), name,
                     KH_LIMIT_TEXT_BYTES);
        return NULL;
    }
    kh_textfile *text = g_new0 (kh_textfile, 1);
    gsize mark = length >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    text->name = name;
    text->data = (const char *) data + mark;
    text->length = length - mark;
    if (kh_markdown_is (text->data, text->length)) {
        text->plain = kh_markdown_plain (text->data, text->length);
        text->data = text->plain->str;
        text->length = text->plain->len;
    }
    text->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
    find_pages (text);
    return text;
}

void
kh_textfile_free (kh_textfile *text)
{
    if (text == NULL)
        return;
    g_array_unref (text->starts);
    if (text->plain != NULL)
        g_string_free (text->plain, TRUE);
    g_free (text);
}

guint
kh_textfile_page_count (const kh_textfile *text)
{
    return text->starts->len - 1;
}

/* Adds the word that began at `from` and ends before column `to`. A token longer than a word may be goes in pieces. */
static void
add_word (kh_pool *pool, kh_page *page, const char *start, const char *end, place from, int to)
{
    kh_word word = { .box = { from.column * COLUMN, from.row * ROW + 1, MAX (to, from.column + 1) * COLUMN, (from.row + 1) * ROW - 1 },
                     .size = SIZE, .confidence = 1, .line = from.row };
    while (start < end) {
        const char *stop = end;
        if (end - start > KH_LIMIT_WORD_BYTES)
            stop = g_utf8_find_prev_char (start, start + KH_LIMIT_WORD_BYTES + 1);
        g_autofree char *token = g_strndup (start, (gsize) (stop - start));
        if (!kh_page_add_word (pool, page, token, word))
            kh_words_left_out (page, pool);
        start = stop;
    }
}

kh_page *
kh_textfile_read (kh_textfile *text, guint number, kh_pool *pool, GError **error)
{
    if (number < 1 || number > kh_textfile_page_count (text)) {
        g_set_error (error, KH_ERROR, KH_ERROR_INPUT, _ ("cannot read page %u of '%s': no such page"), number, text->name);
        return NULL;
    }
    kh_page *page = kh_page_new (pool, (int) number, SHEET_WIDTH, SHEET_HEIGHT);
    page->origin = KH_ORIGIN_TEXT;
    const char *end = text->data + g_array_index (text->starts, gsize, number);
    const char *token = NULL;
    place at = { 0, 0 }, from = { 0, 0 };
    double width = 0;
    for (const char *s = text->data + g_array_index (text->starts, gsize, number - 1); s < end; s = g_utf8_next_char (s)) {
        gunichar c = g_utf8_get_char (s);
        gboolean space = g_unichar_isspace (c) || c < 0x20;
        if (space && token != NULL) {
            add_word (pool, page, token, s, from, at.column);
            token = NULL;
        } else if (!space && token == NULL) {
            token = s;
            from = at;
        }
        place before = at;
        width = MAX (width, at.column * COLUMN);
        advance (&at, c);
        if (token != NULL && at.row != from.row) { /* cut */
            add_word (pool, page, token, g_utf8_next_char (s), from, before.column + 1);
            token = NULL;
        }
    }
    if (token != NULL)
        add_word (pool, page, token, end, from, at.column);
    page->width = page->frame_width = MAX (SHEET_WIDTH, width + COLUMN);
    page->height = page->frame_height = MAX (SHEET_HEIGHT, (at.row + 1) * ROW);
    page->confidence = page->words->len > 0 ? 1 : 0;
    return page;
}
