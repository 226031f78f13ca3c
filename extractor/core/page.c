#include "core/page.h"

#include "base/limits.h"

#include <string.h>

static void
array_unref (void *array)
{
    g_array_unref (array);
}

const char *
kh_repair_kind_name (kh_repair_kind kind)
{
    static const char *const NAMES[] = { "none", "encoding", "combining", "lost_letter", "ocr", "diacritic", "spacing" };
    return NAMES[kind];
}

const char *
kh_mark_kind_name (kh_mark_kind kind)
{
    return kind == KH_MARK_STAMP ? "stamp" : "signature";
}

GArray *
kh_page_word_list (kh_pool *pool)
{
    return kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_word)), array_unref);
}

kh_page *
kh_page_new (kh_pool *pool, int number, double width, double height)
{
    kh_page *page = kh_pool_new0 (pool, kh_page, 1);
    page->number = number;
    page->width = page->frame_width = width;
    page->height = page->frame_height = height;
    page->to_page = KH_AFFINE_IDENTITY;
    page->words = kh_page_word_list (pool);
    page->rules = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_rule)), array_unref);
    page->marks = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_mark)), array_unref);
    page->regions = kh_pool_own (pool, g_array_new (FALSE, TRUE, sizeof (kh_region)), array_unref);
    return page;
}

gboolean
kh_page_add_word (kh_pool *pool, kh_page *page, const char *text, kh_word facts)
{
    if (*text == '\0')
        return TRUE;
    if (page->words->len >= KH_LIMIT_PAGE_WORDS || strlen (text) > KH_LIMIT_WORD_BYTES)
        return FALSE;
    facts.text = facts.read = kh_pool_strdup (pool, text);
    facts.page = page->number;
    facts.likely = facts.trust = 1;
    if (facts.others != NULL)
        facts.others = strlen (facts.others) <= KH_LIMIT_WORD_BYTES ? kh_pool_strdup (pool, facts.others) : NULL;
    g_array_append_val (page->words, facts);
    return TRUE;
}

gboolean
kh_page_add_rule (kh_page *page, kh_box box, gboolean horizontal)
{
    if (page->rules->len >= KH_LIMIT_PAGE_RULES)
        return FALSE;
    kh_rule rule = { box, horizontal };
    g_array_append_val (page->rules, rule);
    return TRUE;
}

gboolean
kh_page_add_mark (kh_page *page, kh_box box, kh_mark_kind kind)
{
    if (page->marks->len >= KH_LIMIT_PAGE_MARKS)
        return FALSE;
    kh_mark mark = { box, kind };
    g_array_append_val (page->marks, mark);
    return TRUE;
}

gboolean
kh_page_add_region (kh_page *page, kh_region region)
{
    if (page->regions->len >= KH_LIMIT_PAGE_REGIONS)
        return FALSE;
    g_array_append_val (page->regions, region);
    return TRUE;
}

kh_box
kh_page_shown (const kh_page *page, kh_box box)
{
    for (guint i = 0; i < page->regions->len; i++)
        if (kh_box_holds_center (kh_page_region (page, i)->box, box))
            return kh_affine_box (&kh_page_region (page, i)->to_page, box);
    return kh_affine_box (&page->to_page, box);
}

void
kh_page_shown_then (kh_page *page, const kh_affine *more)
{
    page->to_page = kh_affine_then (&page->to_page, more);
    for (guint i = 0; i < page->regions->len; i++)
        kh_page_region (page, i)->to_page = kh_affine_then (&kh_page_region (page, i)->to_page, more);
}

#define UNDER_SHARE 0.25 /* of a place that lies under a mark to be worth telling */

const kh_mark *
kh_page_mark_upon (const kh_page *page, kh_box box)
{
    double area = kh_box_width (box) * kh_box_height (box);
    for (guint i = 0; i < page->marks->len; i++) {
        const kh_mark *mark = kh_page_mark (page, i);
        double both = MAX (kh_box_overlap_x (mark->box, box), 0) * MAX (kh_box_overlap_y (mark->box, box), 0);
        if (area > 0 && both >= UNDER_SHARE * area)
            return mark;
    }
    return NULL;
}
