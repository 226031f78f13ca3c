/* title.c - type and title: the line in capitals and the centred lines below it, without what a scan put between them. */
#include "plan/parts.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "viet/viet.h"

#define TYPED 0.9999f /* what was not read from an image is surer than this */
#define LOW 0.5       /* of the type's line: a line of dust */

/* A quote that opens and does not close is a speck. */
static kh_text
without_lone_quote (kh_pool *pool, const kh_text *text)
{
    static const char *const quotes[] = { "“", "\"", "'", "‘", "`" };
    for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
        if (g_str_has_prefix (text->str, quotes[i]) && strchr (text->str + strlen (quotes[i]), '"') == NULL && strstr (text->str, "”") == NULL)
            return kh_text_slice (pool, text, strlen (quotes[i]), strlen (text->str));
    return *text;
}

/* A row of dust in a scan, as an engine reads it: far lower than the line of the type, and no word in it. */
static gboolean
is_dust (const kh_block *block, const kh_block *type)
{
    if (type == NULL || type->lines->len != 1 || block->lines->len != 1 || kh_text_confidence (&block->text) >= TYPED ||
        kh_box_height (block->box) > LOW * kh_box_height (type->box))
        return FALSE;
    g_auto (GStrv) words = g_strsplit (block->text.str, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (g_utf8_strlen (words[i], -1) > 1 && (kh_viet_is_syllable (words[i]) || KH_FITS (words[i], "\\d{3}")))
            return FALSE;
    return TRUE;
}

/* A title's line without the specks of a scan: a mark in front, glued to the word ("-giai đoạn"), a colon inside "2025:trên". */
static kh_text
clean_title_line (kh_pool *pool, const kh_text *line)
{
    gsize start = strspn (line->str, "-.,:;*_|~^");
    gboolean glued = start > 0 && g_unichar_islower (g_utf8_get_char (line->str + start));
    kh_text clean = glued ? kh_text_slice (pool, line, start, strlen (line->str)) : *line;
    for (const char *p = clean.str; (p = strchr (p, ':')) != NULL; p++)
        if (p > clean.str && g_ascii_isdigit (p[-1]) && g_unichar_islower (g_utf8_get_char (p + 1))) {
            kh_text before = kh_text_slice (pool, &clean, 0, p - clean.str), behind = kh_text_slice (pool, &clean, p + 1 - clean.str, strlen (clean.str));
            return kh_text_join (pool, &before, &behind);
        }
    return clean;
}

static kh_text
title_part (kh_pool *pool, const kh_block *block)
{
    kh_text part = { "", 0, NULL };
    gboolean changed = FALSE;
    for (guint i = 0; i < block->lines->len && kh_text_confidence (&block->text) < TYPED; i++) {
        const kh_text *line = &((kh_line *) g_ptr_array_index (block->lines, i))->text;
        kh_text clean = clean_title_line (pool, line);
        changed |= strcmp (clean.str, line->str) != 0;
        part = kh_text_join (pool, &part, &clean);
    }
    return changed ? part : block->text;
}

void
kh_plan_title (const kh_zones *zones, kh_pool *pool, kh_header *header)
{
    kh_text title = { "", 0, NULL };
    const kh_block *named = zones->type->len > 0 ? g_ptr_array_index (zones->type, 0) : NULL;
    if (named != NULL) {
        const char *name = NULL;
        gsize length = kh_sign_type (named->text.str, &name);
        kh_text type = kh_text_slice (pool, &named->text, 0, length);
        title = kh_text_slice (pool, &named->text, length, strlen (named->text.str));
        if (!KH_FITS (title.str, "[a-z0-9]") || kh_sign_is_urgency (title.str))
            title = (kh_text){ "", 0, NULL };
        header->type = kh_value_derived (pool, name, &type);
        if (zones->title->len > 0 && KH_FITS (title.str, "^(?:phoi hop|lien tich|lien nganh|hanh dong)$")) {
            header->type = kh_value_of (pool, &named->text);
            title = (kh_text){ "", 0, NULL };
        }
    }
    for (guint i = 0; i < zones->title->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->title, i);
        if (block->kind == KH_BLOCK_TABLE || kh_sign_is_ornament (block->text.str) || kh_sign_is_urgency (block->text.str) || is_dust (block, named))
            continue;
        kh_text part = title_part (pool, block);
        title = kh_text_join (pool, &title, &part);
    }
    /* a drawn line below the title may be read as dashes or underscores at its end */
    gsize end = strlen (title.str);
    while (end > 0 && strchr (" _-*.", title.str[end - 1]) != NULL)
        end--;
    title = kh_text_slice (pool, &title, 0, end);
    title = without_lone_quote (pool, &title);
    header->title = kh_value_of (pool, &title);
}
