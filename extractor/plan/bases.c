/* bases.c - Căn cứ …; what the plan rests on.
 *
 *   Each paragraph of the opening is a base when it begins like one and cites (or begins with "Căn cứ"). Where the sentence that
 *   introduces the plan follows in the same paragraph, it is cut off: behind the last citation, at the ";" or at the comma
 *   before the body that issues ("…, Sở Tư pháp xây dựng Kế hoạch … như sau:"). All else of the opening is introduction.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/document_numbers.h"
#include "plan/references.h"
#include "plan/signs.h"
#include "plan/units.h"

static void
introduce (kh_zones *zones, kh_pool *pool, kh_text text)
{
    if (!kh_text_is_empty (&text) && !kh_sign_is_ornament (text.str))
        g_ptr_array_add (zones->introduction, kh_pool_memdup (pool, &text, sizeof text));
}

/* Does the sentence from here on issue the plan? */
static gboolean
issues (const char *rest)
{
    return KH_FITS (rest, "\\b(?:ban hanh|xay dung|lap|de ra|trien khai|thong nhat|to chuc|bao cao|trinh|tham muu|phat dong|tien hanh)\\b.*\\b(?:ke hoach|nhu sau|cu the|noi dung)\\b");
}

/* Does it, without a word that announces what follows? Only where "Kế hoạch" has its capital. */
static gboolean
issues_plainly (const char *rest)
{
    return strstr (rest, "Kế hoạch") != NULL && KH_FITS (rest, "^.{4,90}\\b(?:ban hanh|xay dung|lap) ke hoach\\b");
}

/* Where the introducing sentence begins in a paragraph that also cites; its length when there is none. `last`: of the opening. */
static gsize
seam_of (kh_pool *pool, const kh_text *text, gboolean last)
{
    const char *s = text->str;
    gsize length = strlen (s);
    gboolean announces = KH_FITS (s, "[^a-z0-9]*:[^a-z0-9]*$|(?:nhu sau|cu the|sau day)[^a-z0-9]*$");
    if (!announces && !last)
        return length;
    kh_fold *fold = kh_fold_new (pool, s);
    gsize from = 0, start, end;
    while (kh_document_number_find (fold, from, &start, &end)) /* behind the last citation */
        from = end;
    gsize behind = kh_fold_end (fold, from);
    for (const char *p = s + behind; *p; p++) {
        if (strchr (";,.", *p) == NULL || p[1] != ' ')
            continue;
        const char *next = p + 2;
        gboolean body = kh_unit_head (next) > 0;
        if (!announces) {
            if (body && issues_plainly (next))
                return next - s;
            continue;
        }
        gboolean opens = body || KH_FITS (next, "^(?:tren co so|de |nham |nay |uy ban|thuc hien|can cu )");
        if (*p == ';' ? issues (next) : opens && issues (next) && (*p == '.' || body))
            return next - s;
    }
    return length;
}

static gboolean
is_base (const kh_text *text, const GPtrArray *references)
{
    if (!kh_sign_is_base (text->str))
        return FALSE;
    if (KH_FITS (text->str, "^[-+*.]? ?(?:can cu|cam cu|cdn cu|can ca)\\b"))
        return TRUE;
    return references->len > 0 || KH_FITS (text->str, "^[-+*.]? ?(?:thuc hien|theo|xet) .*(?:chi dao|de nghi|y kien|nghi quyet|quyet dinh|ke hoach|chuong trinh|cong van)");
}

static kh_text
without_marker (kh_pool *pool, const kh_text *text)
{
    gsize i = kh_sign_numbered_base (text->str);
    while (text->str[i] != '\0' && strchr ("-+* ", text->str[i]) != NULL)
        i++;
    if (g_str_has_prefix (text->str + i, "– ") || g_str_has_prefix (text->str + i, "• "))
        i += strlen ("– ");
    return kh_text_slice (pool, text, i, strlen (text->str));
}

/* The opening's paragraphs; one that a scan broke in two is made whole: the first half ends without a mark, the second begins
 * neither a base nor the sentence that issues the plan. */
static GPtrArray *
paragraphs_of (const kh_zones *zones, kh_pool *pool)
{
    GPtrArray *list = kh_pool_list (pool);
    for (guint i = 0; i < zones->opening->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->opening, i);
        const char *text = block->text.str;
        kh_text *last = list->len > 0 ? g_ptr_array_index (list, list->len - 1) : NULL;
        gboolean open = last != NULL && kh_sign_is_base (last->str) && strchr (";.,:", last->str[strlen (last->str) - 1]) == NULL;
        gboolean fresh = kh_sign_is_base (text) || kh_sign_numbered_base (text) > 0 || kh_sign_is_urgency (text) || text[0] == '(' || (kh_unit_head (text) > 0 && issues (text));
        if (open && !fresh && !kh_sign_is_ornament (text))
            *last = kh_text_join (pool, last, &block->text);
        else
            g_ptr_array_add (list, kh_pool_memdup (pool, &block->text, sizeof block->text));
    }
    return list;
}

void
kh_plan_bases (kh_zones *zones, kh_pool *pool, kh_record *record)
{
    for (guint i = 0; i < zones->left->len; i++) { /* HỎA TỐC stands in the head */
        const kh_block *block = g_ptr_array_index (zones->left, i);
        if (block->kind == KH_BLOCK_PARAGRAPH && kh_sign_is_urgency (block->text.str))
            introduce (zones, pool, block->text);
    }
    GPtrArray *paragraphs = paragraphs_of (zones, pool);
    for (guint i = 0; i < paragraphs->len; i++) {
        const kh_text *paragraph = g_ptr_array_index (paragraphs, i);
        kh_text text = without_marker (pool, paragraph);
        gsize seam = kh_sign_is_base (text.str) ? seam_of (pool, &text, i + 1 == paragraphs->len) : strlen (text.str);
        kh_text first = kh_text_slice (pool, &text, 0, seam), rest = kh_text_slice (pool, &text, seam, strlen (text.str));
        GPtrArray *references = kh_references_of (pool, &first);
        gboolean whole_introduces = kh_text_is_empty (&rest) && references->len == 0 && g_str_has_suffix (first.str, ":");
        if (!is_base (&first, references) || whole_introduces) {
            introduce (zones, pool, *paragraph);
            continue;
        }
        kh_base *base = kh_pool_new0 (pool, kh_base, 1);
        base->text = kh_value_of (pool, &first);
        base->references = references;
        g_ptr_array_add (record->bases, base);
        introduce (zones, pool, rest);
    }
}
