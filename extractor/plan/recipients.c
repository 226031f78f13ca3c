/* recipients.c - Nơi nhận: one line a recipient, from a dash to ";" or ".", over printed lines where it runs on. The line
 * that ends in ":" heads a sub-list and is none. Where no line has a mark, each that begins with a capital is one. */
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
        if (strchr ("-+*~_=.'`\"", (int) (c < 0x80 ? c : 'x')) == NULL && c != 0x2013 && c != 0x2014 && c != 0x2022 && c != 0x2212 && c != 0xB7 && c != 0xAC && c != 0x2018 && c != 0x2019 && c != 0x201C)
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

/* Specks behind the final mark ("QLMTYT;`"): cut at the last ";" when no letters follow. */
static gsize
end_of_item (const char *text)
{
    const char *last = strrchr (text, ';');
    gsize end = last != NULL && !KH_FITS (last + 1, "[a-z]{2}|[a-z0-9)]$") ? (gsize) (last - text) : strlen (text);
    while (end > 0) {
        const char *before = g_utf8_find_prev_char (text, text + end);
        gunichar c = g_utf8_get_char (before);
        if (g_unichar_isalnum (c) || c == ')' || c == '"' || c == 0x201D)
            break;
        end = before - text;
    }
    return end;
}

/* One recipient being put together from printed lines. */
typedef struct entry {
    kh_text text;
    double x; /* where its first line begins */
} entry;

/* Does `item` head a sub-list that begins with `next`? A text layer says so with ":". A scan reads ";" as ":" or loses either,
 * so there what follows must be set deeper or have another mark; without ":" both. */
static gboolean
heads_list (const entry *item, const kh_line *next)
{
    gboolean introduces = g_str_has_suffix (item->text.str, ":");
    if (kh_text_confidence (&item->text) > 0.9999)
        return introduces;
    if (next == NULL)
        return FALSE;
    gboolean deeper = next->box.x0 > item->x + 6, below = next->text.str[0] == '+' && item->text.str[0] != '+';
    return introduces ? deeper || below : deeper && below;
}

static void
finish (kh_pool *pool, kh_record *record, entry *item, const kh_line *next)
{
    entry one = *item;
    *item = (entry){ { "", 0, NULL }, 0 };
    if (heads_list (&one, next))
        return;
    kh_text part = kh_text_slice (pool, &one.text, mark_length (one.text.str), end_of_item (one.text.str));
    if (!KH_FITS (part.str, "[a-z]{2}|[0-9]"))
        return;
    kh_value *value = kh_pool_new0 (pool, kh_value, 1);
    *value = kh_value_of (pool, &part);
    /* every plan is kept by its own office, VT; a scan reads VI, VF, V1 */
    static GRegex *slot;
    int place[4];
    kh_fold *fold = kh_fold_new (pool, part.str);
    if (kh_text_confidence (&part) < 0.9999 &&
        kh_pattern_match (kh_pattern ("^luu ?[:;.]? ?(v[ifl1]|vt')(?![a-z0-9])", &slot), fold, 0, place, 2))
        value->text = kh_pool_printf (pool, "%.*sVT%s", (int) fold->at[place[2]], part.str, part.str + kh_fold_end (fold, place[3]));
    g_ptr_array_add (record->recipients, value);
}

/* Does no line of the list begin with a mark? Then each line that begins with a capital is a recipient. */
static gboolean
is_unmarked (const kh_zones *zones)
{
    guint n = 0;
    for (guint i = 0; i < zones->recipients->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->recipients, i);
        for (guint k = 0; k < block->lines->len; k++) {
            const char *text = ((const kh_line *) g_ptr_array_index (block->lines, k))->text.str;
            gsize heading = kh_sign_recipients (text);
            if (mark_length (text + heading + strspn (text + heading, " ")) > 0 || (heading == 0 && strchr (text, ';') != NULL))
                return FALSE;
            n += heading == 0;
        }
    }
    return n > 1;
}

/* A line of a list without marks that goes on the one before: it begins small, or that one ends openly. */
static gboolean
runs_on (const char *before, const char *text)
{
    return !g_unichar_isupper (g_utf8_get_char (text)) || KH_FITS (before, "(?:,|-|&|\\bva|\\bthuoc|\\bcua|\\bcac)$");
}

static void
add_line (kh_pool *pool, kh_record *record, entry *item, const kh_line *line, gboolean unmarked)
{
    const kh_text *text = &line->text;
    if (kh_text_is_empty (text) || kh_sign_is_ornament (text->str))
        return;
    if (!kh_text_is_empty (&item->text) && (mark_length (text->str) > 0 || is_closed (item->text.str) || KH_FITS (text->str, "^\\W?luu\\b")
                                             || (unmarked && !runs_on (item->text.str, text->str))))
        finish (pool, record, item, line);
    if (kh_text_is_empty (&item->text))
        item->x = line->box.x0;
    kh_text_builder builder;
    kh_text_builder_init (&builder);
    kh_text_builder_add_text (&builder, &item->text, FALSE);
    kh_text_builder_add_text (&builder, text, !kh_text_is_glued (item->text.str, text->str));
    item->text = kh_text_builder_finish (&builder, pool);
}

void
kh_plan_recipients (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    entry item = { { "", 0, NULL }, 0 };
    gboolean unmarked = is_unmarked (zones);
    for (guint i = 0; i < zones->recipients->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->recipients, i);
        for (guint k = 0; k < block->lines->len; k++) {
            kh_line line = *(kh_line *) g_ptr_array_index (block->lines, k);
            gsize heading = kh_sign_recipients (line.text.str);
            if (heading > 0)
                line.text = kh_text_slice (pool, &line.text, heading, strlen (line.text.str));
            add_line (pool, record, &item, &line, unmarked);
        }
    }
    finish (pool, record, &item, NULL);
}
