#include "workers/page_wire.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

#define WORD_FORMAT "(smsms(dddd)ddui)"
#define RULE_FORMAT "((dddd)b)"
#define MARK_FORMAT "((dddd)u)"
#define REGION_FORMAT "((dddd)i(dddddd))"
#define MESSAGE_BYTES 4096u

static GVariant *
box_to_variant (kh_box b)
{
    return g_variant_new ("(dddd)", b.x0, b.y0, b.x1, b.y1);
}

static GVariant *
words_to_variant (const GArray *words)
{
    GVariantBuilder builder;
    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" WORD_FORMAT));
    for (guint i = 0; i < words->len; i++) {
        const kh_word *w = &g_array_index (words, kh_word, i);
        g_variant_builder_add (&builder, "(smsms@(dddd)ddui)", w->text, w->read != w->text ? w->read : NULL, w->others,
                               box_to_variant (w->box), w->size, (double)w->confidence, w->style, w->line);
    }
    return g_variant_builder_end (&builder);
}

static GVariant *
affine_to_variant (const kh_affine *m)
{
    return g_variant_new ("(dddddd)", m->xx, m->xy, m->x0, m->yx, m->yy, m->y0);
}

static GVariant *
regions_to_variant (const kh_page *page)
{
    GVariantBuilder builder;
    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" REGION_FORMAT));
    for (guint i = 0; i < page->regions->len; i++) {
        const kh_region *r = kh_page_region (page, i);
        g_variant_builder_add (&builder, "(@(dddd)i@(dddddd))", box_to_variant (r->box), r->turn, affine_to_variant (&r->to_page));
    }
    return g_variant_builder_end (&builder);
}

GVariant *
kh_page_to_variant (const kh_page *page)
{
    GVariantBuilder rules;
    g_variant_builder_init (&rules, G_VARIANT_TYPE ("a" RULE_FORMAT));
    for (guint i = 0; i < page->rules->len; i++) {
        const kh_rule *r = kh_page_rule (page, i);
        g_variant_builder_add (&rules, "(@(dddd)b)", box_to_variant (r->box), r->horizontal);
    }
    GVariantBuilder marks;
    g_variant_builder_init (&marks, G_VARIANT_TYPE ("a" MARK_FORMAT));
    for (guint i = 0; i < page->marks->len; i++) {
        const kh_mark *mark = kh_page_mark (page, i);
        g_variant_builder_add (&marks, "(@(dddd)u)", box_to_variant (mark->box), (guint32)mark->kind);
    }
    return g_variant_new ("(iddiuddddd@(dddddd)msmsms@a" WORD_FORMAT "m@a" WORD_FORMAT "@a" RULE_FORMAT "@a" MARK_FORMAT "@a" REGION_FORMAT ")", page->number,
                          page->width, page->height, page->rotation, (guint32)page->origin, page->dpi, page->skew,
                          (double)page->confidence, page->frame_width, page->frame_height, affine_to_variant (&page->to_page),
                          page->warning_code, page->warning, page->encoding, words_to_variant (page->words),
                          page->image_words == NULL ? NULL : words_to_variant (page->image_words), g_variant_builder_end (&rules), g_variant_builder_end (&marks),
                          regions_to_variant (page));
}

static gboolean
is_side (double length)
{
    return isfinite (length) && length > 0 && length <= KH_LIMIT_PAGE_POINTS * 1.001;
}

/* Corners finite and within a wide margin around the page, then put in order. */
static gboolean
mend_box (kh_box *b)
{
    const double corners[] = { b->x0, b->y0, b->x1, b->y1 };
    for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
        if (!isfinite (corners[i]) || fabs (corners[i]) > 10 * KH_LIMIT_PAGE_POINTS)
            return FALSE;
    *b = (kh_box){ MIN (corners[0], corners[2]), MIN (corners[1], corners[3]), MAX (corners[0], corners[2]),
                   MAX (corners[1], corners[3]) };
    return TRUE;
}

static gboolean
is_affine (const kh_affine *m)
{
    const double terms[] = { m->xx, m->xy, m->x0, m->yx, m->yy, m->y0 };
    for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
        if (!isfinite (terms[i]) || fabs (terms[i]) > 10 * KH_LIMIT_PAGE_POINTS)
            return FALSE;
    return TRUE;
}

static gboolean
is_turn (int degrees)
{
    return degrees == 0 || degrees == 90 || degrees == 180 || degrees == 270;
}

static float
share (double x)
{
    return isfinite (x) ? (float)CLAMP (x, 0.0, 1.0) : 0;
}

/* The text as this word holds it, or what was read first, if it keeps the ceiling. */
static const char *
copy_read (kh_pool *pool, const char *read)
{
    return read != NULL && *read != '\0' && strlen (read) <= KH_LIMIT_WORD_BYTES ? kh_pool_strdup (pool, read) : NULL;
}

static void
take_words (GVariant *words, kh_pool *pool, kh_page *page)
{
    gsize n = MIN (g_variant_n_children (words), KH_LIMIT_PAGE_WORDS);
    for (gsize i = 0; i < n; i++) {
        const char *text, *read;
        kh_word facts = { 0 };
        double confidence;
        g_variant_get_child (words, i, "(&sm&sm&s(dddd)ddui)", &text, &read, &facts.others, &facts.box.x0, &facts.box.y0, &facts.box.x1,
                             &facts.box.y1, &facts.size, &confidence, &facts.style, &facts.line);
        if (!mend_box (&facts.box) || !isfinite (facts.size))
            continue;
        facts.size = CLAMP (facts.size, 0, KH_LIMIT_PAGE_POINTS);
        facts.confidence = share (confidence);
        facts.style &= KH_WORD_BOLD | KH_WORD_ITALIC | KH_WORD_HAND;
        facts.line = MAX (facts.line, -1);
        guint before = page->words->len;
        kh_page_add_word (pool, page, text, facts);
        if (page->words->len > before && (read = copy_read (pool, read)) != NULL)
            kh_page_word (page, before)->read = read;
    }
}

static void
take_rules (GVariant *rules, kh_page *page)
{
    gsize n = MIN (g_variant_n_children (rules), KH_LIMIT_PAGE_RULES);
    for (gsize i = 0; i < n; i++) {
        kh_box box;
        gboolean horizontal;
        g_variant_get_child (rules, i, RULE_FORMAT, &box.x0, &box.y0, &box.x1, &box.y1, &horizontal);
        if (mend_box (&box))
            kh_page_add_rule (page, box, horizontal);
    }
}

static void
take_marks (GVariant *marks, kh_page *page)
{
    gsize n = MIN (g_variant_n_children (marks), KH_LIMIT_PAGE_MARKS);
    for (gsize i = 0; i < n; i++) {
        kh_box box;
        guint32 kind;
        g_variant_get_child (marks, i, MARK_FORMAT, &box.x0, &box.y0, &box.x1, &box.y1, &kind);
        if (mend_box (&box) && kind <= KH_MARK_SIGNATURE)
            kh_page_add_mark (page, box, kind);
    }
}

/* FALSE when one of them makes no sense. */
static gboolean
take_regions (GVariant *regions, kh_page *page)
{
    for (gsize i = 0; i < g_variant_n_children (regions); i++) {
        kh_region r = { 0 };
        g_variant_get_child (regions, i, REGION_FORMAT, &r.box.x0, &r.box.y0, &r.box.x1, &r.box.y1, &r.turn, &r.to_page.xx, &r.to_page.xy,
                             &r.to_page.x0, &r.to_page.yx, &r.to_page.yy, &r.to_page.y0);
        if (!mend_box (&r.box) || !is_turn (r.turn) || !is_affine (&r.to_page) || !kh_page_add_region (page, r))
            return FALSE;
    }
    return TRUE;
}

static const char *
copy_message (kh_pool *pool, const char *message)
{
    if (message == NULL)
        return NULL;
    g_autofree char *cut = g_strndup (message, MESSAGE_BYTES);
    g_autofree char *valid = g_utf8_make_valid (cut, -1);
    return kh_pool_strdup (pool, valid);
}

kh_page *
kh_page_from_variant (GVariant *variant, kh_pool *pool)
{
    if (!g_variant_is_of_type (variant, KH_PAGE_WIRE_TYPE) || !g_variant_is_normal_form (variant))
        return NULL;
    int number, rotation;
    guint32 origin;
    double width, height, frame_width, frame_height, dpi, skew, confidence;
    kh_affine m;
    const char *code, *message;
    const char *encoding;
    g_autoptr (GVariant) words = NULL;
    g_autoptr (GVariant) image_words = NULL;
    g_autoptr (GVariant) rules = NULL;
    g_autoptr (GVariant) marks = NULL;
    g_autoptr (GVariant) regions = NULL;
    g_variant_get (variant, "(iddiuddddd(dddddd)m&sm&sm&s@a" WORD_FORMAT "m@a" WORD_FORMAT "@a" RULE_FORMAT "@a" MARK_FORMAT "@a" REGION_FORMAT ")", &number, &width, &height, &rotation,
                   &origin, &dpi, &skew, &confidence, &frame_width, &frame_height, &m.xx, &m.xy, &m.x0, &m.yx, &m.yy, &m.y0,
                   &code, &message, &encoding, &words, &image_words, &rules, &marks, &regions);

    gboolean is_page = number >= 1 && is_side (width) && is_side (height) && is_side (frame_width) && is_side (frame_height) &&
                       isfinite (dpi) && dpi >= 0 && isfinite (skew) && origin <= KH_ORIGIN_TEXT &&
                       is_turn (rotation) && is_affine (&m);
    if (!is_page)
        return NULL;

    kh_page *page = kh_page_new (pool, number, width, height);
    page->rotation = rotation;
    page->origin = origin;
    page->dpi = dpi;
    page->skew = skew;
    page->confidence = share (confidence);
    page->frame_width = frame_width;
    page->frame_height = frame_height;
    page->to_page = m;
    page->warning_code = copy_message (pool, code);
    page->warning = code != NULL ? copy_message (pool, message) : NULL;
    page->encoding = copy_message (pool, encoding);
    if (image_words != NULL) {
        GArray *own = page->words;
        page->image_words = page->words = kh_page_word_list (pool);
        take_words (image_words, pool, page);
        page->words = own;
    }
    take_words (words, pool, page);
    take_rules (rules, page);
    take_marks (marks, page);
    return take_regions (regions, page) ? page : NULL;
}

GVariant *
kh_picture_to_variant (GBytes *picture)
{
    return g_variant_new_from_bytes (KH_PICTURE_WIRE_TYPE, picture, TRUE);
}

GBytes *
kh_picture_from_variant (GVariant *variant)
{
    static const guint8 jpeg[] = { 0xFF, 0xD8, 0xFF };
    gsize length = g_variant_get_size (variant);
    gboolean is_picture = g_variant_is_of_type (variant, KH_PICTURE_WIRE_TYPE) && length > sizeof jpeg && length <= KH_LIMIT_PICTURE_BYTES
                          && memcmp (g_variant_get_data (variant), jpeg, sizeof jpeg) == 0;
    return is_picture ? g_variant_get_data_as_bytes (variant) : NULL;
}
