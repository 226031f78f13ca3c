#include "plan/signed.h"

#include <string.h>

#include "plan/names.h"
#include "plan/signs.h"

/* Where in the line, in bytes, the office begins, the name, and what stands behind it. */
typedef struct parts {
    gsize office, name, rest;
} parts;

static gboolean
is_capital_word (const char *word, gsize length)
{
    gboolean letters = FALSE;
    for (const char *p = word; p < word + length; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        if (g_unichar_islower (c))
            return FALSE;
        letters = letters || g_unichar_isupper (c);
    }
    return letters || length <= 1;
}

static gsize
next_word (const char *text, gsize at)
{
    at += strcspn (text + at, " ");
    return at + strspn (text + at, " ");
}

/* Does the word before `at` want the office that follows ("KT.", "T/M", a comma)? */
static gboolean
is_awaited (const char *text, gsize at)
{
    gsize end = at;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    gsize begin = end;
    while (begin > 0 && text[begin - 1] != ' ')
        begin--;
    g_autofree char *word = g_strndup (text + begin, end - begin);
    static const char *const WORDS[] = { "KT", "KT.", "K/T", "TM", "TM.", "T/M", "TL", "TL.", "T/L", "TUQ", "TUQ.", "Q.", "QUYỀN", "PHÓ", "VÀ" };
    for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
        if (strcmp (word, WORDS[i]) == 0)
            return TRUE;
    return g_str_has_suffix (word, ",");
}

/* "TRƯỞNG" of "BỘ TRƯỞNG" begins no office. */
static gboolean
is_inside_office (const char *text, gsize at, gsize end)
{
    gsize before = at;
    while (before > 0 && text[before - 1] == ' ')
        before--;
    while (before > 0 && text[before - 1] != ' ')
        before--;
    g_autofree char *longer = g_strndup (text + before, end - before);
    return g_str_has_prefix (text + at, "TRƯỞNG") && kh_sign_is_office (longer);
}

/* The parts of a line that holds an authority or an office in capitals and behind it a person's name. */
static gboolean
find_parts (const char *text, parts *found)
{
    gsize length = strlen (text), name = 0;
    if (length > 200 || !is_capital_word (text, strcspn (text, " ")))
        return FALSE;
    while (name < length && is_capital_word (text + name, strcspn (text + name, " ")))
        name = next_word (text, name);
    g_autofree char *head = g_strchomp (g_strndup (text, name));
    if (name >= length || !(kh_sign_is_authority (head) || kh_sign_is_office (head)))
        return FALSE;
    gsize rest = name + kh_name_title (text + name);
    while (rest < length && !(is_capital_word (text + rest, strcspn (text + rest, " ")) && strcspn (text + rest, " ") > 2))
        rest = next_word (text, rest);
    g_autofree char *person = g_strchomp (g_strndup (text + name, rest - name));
    if (!kh_sign_is_person (person) || kh_name_kind_of (person) == KH_NAME_BROKEN)
        return FALSE;
    *found = (parts){ kh_sign_is_office (head) ? 0 : name, name, rest };
    for (gsize at = next_word (text, 0); at < name && found->office == name; at = next_word (text, at)) {
        g_autofree char *office = g_strchomp (g_strndup (text + at, name - at));
        if (kh_sign_is_office (office) && !is_awaited (text, at) && !is_inside_office (text, at, name))
            found->office = at;
    }
    return TRUE;
}

static void
add_part (kh_pool *pool, GPtrArray *blocks, const kh_block *whole, gsize from, gsize to)
{
    kh_text text = kh_text_slice (pool, &whole->text, from, to);
    if (kh_text_is_empty (&text))
        return;
    kh_block *block = kh_pool_memdup (pool, whole, sizeof *whole);
    kh_line *line = kh_pool_memdup (pool, g_ptr_array_index (whole->lines, 0), sizeof (kh_line));
    block->text = line->text = text;
    block->lines = kh_pool_list (pool);
    block->align = KH_ALIGN_CENTER;
    g_ptr_array_add (block->lines, line);
    g_ptr_array_add (blocks, block);
}

const kh_flow *
kh_signed_lines (const kh_flow *flow, kh_pool *pool)
{
    kh_flow *other = NULL;
    for (guint i = 0; i < flow->blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (flow->blocks, i);
        parts found;
        if (block->kind == KH_BLOCK_TABLE || block->lines->len == 0 || block->lines->len > 3 || !find_parts (block->text.str, &found)) {
            if (other != NULL)
                g_ptr_array_add (other->blocks, (gpointer) block);
            continue;
        }
        if (other == NULL) {
            other = kh_pool_memdup (pool, flow, sizeof *flow);
            other->blocks = kh_pool_list (pool);
            for (guint k = 0; k < i; k++)
                g_ptr_array_add (other->blocks, g_ptr_array_index (flow->blocks, k));
        }
        add_part (pool, other->blocks, block, 0, found.office);
        add_part (pool, other->blocks, block, found.office, found.name);
        add_part (pool, other->blocks, block, found.name, found.rest);
        add_part (pool, other->blocks, block, found.rest, strlen (block->text.str));
    }
    return other != NULL ? other : flow;
}
