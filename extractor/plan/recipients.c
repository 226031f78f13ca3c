/* recipients.c - Nơi nhận: one line a recipient, from a dash to ";" or ".", over printed lines where it runs on. The line
 * that ends in ":" heads a sub-list and is none. */
#include "plan/parts.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "viet/viet.h"

/* The bytes of a list mark at the start, its spaces included; marks of a scan (~ — _ =) count. */
static gsize
mark_length (const char *text)
{
    const char *p = text;
    while (*p) {
        gunichar c = g_utf8_get_char (p);
        if (strchr ("-+*~_=.", (int) (c < 0x80 ? c : 'x')) == NULL && c != 0x2013 && c != 0x2014 && c != 0x2022 && c != 0x2212 && c != 0xB7 && c != 0xAC)
            break;
        p = g_utf8_next_char (p);
    }
    if (p == text)
        return 0;
    while (*p == ' ')
        p++;
    return p - text;
}

static gboolean
is_closed (const char *text)
{
    gsize n = strlen (text);
    return n > 0 && strchr (";.:", text[n - 1]) != NULL;
}

static void
finish (kh_pool *pool, kh_record *record, kh_text *item)
{
    kh_text text = *item;
    *item = (kh_text){ "", 0, NULL };
    gsize start = mark_length (text.str), end = strlen (text.str);
    if (end > 0 && text.str[end - 1] == ':')
        return;
    while (end > start && strchr (" ;.,/", text.str[end - 1]) != NULL)
        end--;
    kh_text part = kh_text_slice (pool, &text, start, end);
    if (!KH_FITS (part.str, "[a-z]{2}|[0-9]"))
        return;
    kh_value *value = kh_pool_new0 (pool, kh_value, 1);
    *value = kh_value_of (pool, &part);
    g_ptr_array_add (record->recipients, value);
}

static void
add_line (kh_pool *pool, kh_record *record, kh_text *item, const kh_text *line)
{
    if (kh_text_is_empty (line) || kh_sign_is_ornament (line->str))
        return;
    if (!kh_text_is_empty (item) && (mark_length (line->str) > 0 || is_closed (item->str) || KH_FITS (line->str, "^luu\\b")))
        finish (pool, record, item);
    *item = kh_text_join (pool, item, line);
}

void
kh_plan_recipients (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    kh_text item = { "", 0, NULL };
    for (guint i = 0; i < zones->recipients->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->recipients, i);
        for (guint k = 0; k < MAX (block->lines->len, 1); k++) {
            kh_text line = block->lines->len > 0 ? ((kh_line *) g_ptr_array_index (block->lines, k))->text : block->text;
            gsize heading = kh_sign_recipients (line.str);
            if (heading > 0)
                line = kh_text_slice (pool, &line, heading, strlen (line.str));
            add_line (pool, record, &item, &line);
        }
    }
    finish (pool, record, &item);
}
