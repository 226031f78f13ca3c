/* zones.c - how the paper is cut.
 *
 *   1. The line that names the type ("KẾ HOẠCH") parts the head from the rest. Without one, the head ends with its band.
 *   2. Title: the centred lines below, up to a paragraph that cites (Căn cứ …), a heading, or a paragraph that is set full.
 *   3. The foot is found by "Nơi nhận"; the signature stands beside it, or above or below it in bands, centred or right.
 *      Without "Nơi nhận" the signature is found by its office lines (KT. GIÁM ĐỐC) after the body.
 *   4. Behind the foot each line that names an appendix begins one; what stands between is `after`.
 *   5. Between title and foot: the opening ends before the first numbered heading, or behind the sentence that ends in ":".
 */
#include "plan/zones.h"

#include <string.h>

#include "plan/names.h"
#include "plan/pattern.h"
#include "plan/signs.h"
#include "plan/titlezone.h"
#include "viet/viet.h"

gsize
kh_appendix_heading (const char *text, gboolean *strong)
{
    static GRegex *slot;
    GRegex *pattern = kh_pattern ("^(?:(phu luc|phu bieu|bieu mau|bieu|mau(?: bieu)?)(?: so)?(?:(?: ?[:.] ?| )(?:[0-9]{1,2}(?:[a-z]|[./-][0-9]+)?|[ivx]{1,5}|[a-z])(?![a-z0-9]))?|"
                                  "(danh muc|danh sach|bang(?: tong hop| phan cong)?|thong ke|tong hop|khung ke hoach|lich))(?![a-z])", &slot);
    g_autoptr (kh_pool) pool = kh_pool_new ();
    int places[4];
    if (!kh_pattern_match (pattern, kh_fold_new (pool, text), 0, places, 2))
        return 0;
    if (strong != NULL)
        *strong = places[2] >= 0;
    return places[1];
}

/* --- foot ----------------------------------------------------------------------------------- */

static gboolean
is_signature_line (const kh_block *block)
{
    if (kh_block_is_table (block))
        return FALSE;
    const char *text = block->text.str;
    if (kh_sign_is_authority (text) || kh_sign_is_office (text) || kh_sign_is_signing (text))
        return TRUE;
    gboolean aside = block->column != KH_COLUMN_FULL || block->align == KH_ALIGN_CENTER || block->align == KH_ALIGN_RIGHT || block->indent > 150;
    if (block->lines->len != 1)
        return FALSE;
    return (kh_sign_is_person (text) && (aside || block->indent > 60)) || (aside && (kh_sign_is_capitals (text) || text[0] == '('));
}

/* Is the block the name an office above still wants, wherever it stands (at the top of the next page, at the left edge of text)? */
static gboolean
is_awaited_name (const kh_zones *zones, const kh_block *block)
{
    if (zones->signature->len == 0 || kh_block_is_table (block) || block->lines->len != 1 || !kh_sign_is_person (block->text.str)
        || kh_name_kind_of (block->text.str) == KH_NAME_BROKEN)
        return FALSE;
    gboolean offices = FALSE, named = FALSE;
    for (guint i = 0; i < zones->signature->len; i++) {
        const char *text = ((const kh_block *) g_ptr_array_index (zones->signature, i))->text.str;
        gboolean office = kh_sign_is_office (text);
        offices = offices || office || kh_sign_is_authority (text);
        named = named || (!office && kh_sign_is_person (text) && kh_name_kind_of (text) != KH_NAME_BROKEN);
    }
    return offices && !named;
}

/* "Nơi nhận" of the plan itself: the first behind the title. */
static int
find_recipients (const kh_flow *flow, guint from)
{
    for (guint i = from; i < flow->blocks->len; i++)
        if (!kh_block_is_table (kh_flow_block (flow, i)) && kh_sign_recipients (kh_flow_block (flow, i)->text.str) > 0)
            return i;
    return -1;
}

/* Without "Nơi nhận": the first office or authority line, set in a band or aside, behind all running text of the plan. */
static int
find_office (const kh_flow *flow, guint from)
{
    for (guint i = from; i < flow->blocks->len; i++) {
        kh_block *block = kh_flow_block (flow, i);
        if (kh_block_is_table (block) || !(kh_sign_is_authority (block->text.str) || kh_sign_is_office (block->text.str)))
            continue;
        gboolean aside = block->column == KH_COLUMN_RIGHT || block->align == KH_ALIGN_CENTER || block->align == KH_ALIGN_RIGHT || block->indent > 150;
        if (aside && block->lines->len <= 2)
            return i;
    }
    return -1;
}

static gboolean
is_list_line (const kh_block *block)
{
    const char *text = block->text.str;
    gunichar first = g_utf8_get_char (text);
    g_autofree char *folded = kh_viet_fold (text);
    return first == '-' || first == '+' || first == '*' || first == 0x2013 || first == 0x2022 || g_str_has_prefix (folded, "luu");
}

/* Does the band of the block at `i` hold the state's motto: the head of another paper? */
static gboolean
is_other_head (const kh_flow *flow, guint i)
{
    int band = kh_flow_block (flow, i)->band;
    for (guint k = i; band > 0 && k < flow->blocks->len && kh_flow_block (flow, k)->band == band; k++)
        if (kh_sign_is_motto (kh_flow_block (flow, k)->text.str))
            return TRUE;
    return kh_sign_is_motto (kh_flow_block (flow, i)->text.str);
}

/* "- Lưu: VT, VP." ends the list. */
static gboolean
keeps_copy (const char *text)
{
    gsize length = strlen (text);
    return KH_FITS (text, "^\\W*luu\\b") && text[length - 1] == '.';
}

/* "Nơi nhận: TL. GIÁM ĐỐC" came as one line: the second half is the signature's. */
static void
add_heading (kh_pool *pool, kh_zones *zones, kh_block *block)
{
    gsize heading = kh_sign_recipients (block->text.str);
    kh_text rest = kh_text_slice (pool, &block->text, heading, strlen (block->text.str));
    if (block->lines->len != 1 || !(kh_sign_is_authority (rest.str) || kh_sign_is_office (rest.str))) {
        g_ptr_array_add (zones->recipients, block);
        return;
    }
    for (int half = 0; half < 2; half++) {
        kh_block *part = kh_pool_memdup (pool, block, sizeof *block);
        kh_line *line = kh_pool_memdup (pool, g_ptr_array_index (block->lines, 0), sizeof (kh_line));
        part->text = line->text = half == 0 ? kh_text_slice (pool, &block->text, 0, heading) : rest;
        part->lines = kh_pool_list (pool);
        g_ptr_array_add (part->lines, line);
        g_ptr_array_add (half == 0 ? zones->recipients : zones->signature, part);
    }
}

/* The first block of the band that ends before block `end`, when one of its columns begins as a signature does; else `end`. */
static guint
band_of_signers (const kh_flow *flow, guint from, guint end)
{
    int band = kh_flow_block (flow, end - 1)->band;
    guint begin = end;
    gboolean signers = FALSE;
    for (; band > 0 && begin > from && kh_flow_block (flow, begin - 1)->band == band; begin--) {
        const kh_block *block = kh_flow_block (flow, begin - 1);
        gboolean top = begin - 1 == from || kh_flow_block (flow, begin - 2)->band != band || kh_flow_block (flow, begin - 2)->column != block->column;
        signers = signers || (top && (kh_sign_is_authority (block->text.str) || kh_sign_is_office (block->text.str)));
    }
    return signers ? begin : end;
}

/* Where a signature that stands above "Nơi nhận" begins, on its page or at the end of the one before. In a scan the stamp leaves
 * lines without sense in it. */
static guint
signature_above (const kh_flow *flow, guint from, guint first)
{
    guint begin = first;
    int noise = 0, page = kh_flow_block (flow, first)->page - (kh_flow_block (flow, first)->gap_above < 0 ? 1 : 0);
    for (guint i = first; i > from && noise <= 3; i--) {
        kh_block *above = kh_flow_block (flow, i - 1);
        if (kh_block_is_table (above) || above->lines->len > 1 || above->page < page)
            break;
        guint band = band_of_signers (flow, from, i);
        if (band < i) {
            begin = band;
            i = band + 1;
            noise = 0;
            continue;
        }
        if (kh_sign_is_authority (above->text.str) || kh_sign_is_office (above->text.str) || (noise == 0 && is_signature_line (above)))
            begin = i - 1;
        else if (kh_text_confidence (&above->text) < 0.9999 && strlen (above->text.str) < 60 && !is_list_line (above))
            noise++;
        else
            break;
        if (begin == i - 1)
            noise = 0;
    }
    return begin;
}

/* Cuts the foot out of [from, len): fills recipients and signature, returns where it ends; *start where it begins. */
static guint
cut_foot (const kh_flow *flow, guint from, kh_pool *pool, kh_zones *zones, guint *start)
{
    guint n = flow->blocks->len;
    int found = find_recipients (flow, from);
    guint first, i;
    *start = n;
    if (found < 0) {
        int office = find_office (flow, from);
        if (office < 0)
            return n;
        first = office;
    } else {
        first = found;
    }
    /* upwards: the rest of the band, and lines of a signature that stands above */
    int band = kh_flow_block (flow, first)->band;
    while (first > from) {
        kh_block *above = kh_flow_block (flow, first - 1);
        if (kh_block_is_table (above) || !((band > 0 && above->band == band) || is_signature_line (above) || (above->band > 0 && kh_sign_is_ornament (above->text.str))))
            break;
        first--;
    }
    first = signature_above (flow, from, first);
    *start = first;
    gboolean listing = FALSE, closed = FALSE; /* closed: behind "Lưu: …" */
    for (i = first; i < n; i++) {
        kh_block *block = kh_flow_block (flow, i);
        const char *text = block->text.str;
        gboolean in_band = block->band > 0, strong = FALSE;
        if (kh_block_is_table (block))
            break;
        if (block->band != band && is_other_head (flow, i))
            break;
        if ((int) i > found && !is_list_line (block) && kh_appendix_heading (text, &strong) > 0 && (!in_band || (strong && block->column == KH_COLUMN_RIGHT)))
            break; /* in text, the right column may go on with what is attached */
        if ((int) i < found) {
            g_ptr_array_add (zones->signature, block);
        } else if (kh_sign_recipients (text) > 0) {
            if (listing)
                break; /* a second Nơi nhận belongs to what is attached */
            listing = TRUE;
            add_heading (pool, zones, block);
        } else if (is_awaited_name (zones, block)) {
            g_ptr_array_add (zones->signature, block);
        } else if (i > first && block->gap_above < 0 && block->page != kh_flow_block (flow, i - 1)->page && !is_list_line (block) &&
                   !(kh_sign_is_authority (text) || kh_sign_is_office (text) || (kh_sign_is_person (text) && !kh_sign_is_capitals (text)))) {
            break; /* a new page that goes on with neither list nor signature */
        } else if (closed && !is_list_line (block) && block->column != KH_COLUMN_RIGHT && !(block->column == KH_COLUMN_FULL && is_signature_line (block))) {
            if (!in_band && block->page != kh_flow_block (flow, first)->page)
                break;
            g_ptr_array_add (zones->after, block);
        } else if (listing && (block->column == KH_COLUMN_LEFT || (!in_band && (is_list_line (block) || g_str_has_suffix (text, ";") || !is_signature_line (block))))) {
            if (!in_band && !is_list_line (block) && (block->align == KH_ALIGN_CENTER || block->lines->len > 2 || block->page != kh_flow_block (flow, first)->page + 0)) {
                if (!is_signature_line (block))
                    break;
            }
            g_ptr_array_add (zones->recipients, block);
            closed |= keeps_copy (text);
        } else if (in_band || is_signature_line (block)) {
            g_ptr_array_add (zones->signature, block);
        } else {
            break;
        }
    }
    return i;
}

/* --- what is attached ----------------------------------------------------------------------- */

static gboolean
begins_appendix (const kh_flow *flow, guint i)
{
    kh_block *block = kh_flow_block (flow, i);
    gboolean strong;
    if (kh_block_is_table (block) || block->lines->len > 3)
        return FALSE;
    const char *text = block->text.str;
    gboolean central = block->align == KH_ALIGN_CENTER || block->column != KH_COLUMN_FULL || block->align == KH_ALIGN_RIGHT;
    gsize name_length = kh_appendix_heading (text, &strong);
    if (name_length > 0 && strong && block->gap_above < 0 && block->lines->len == 1 && g_utf8_strlen (text, -1) <= (glong) name_length + 1)
        return TRUE; /* alone in the first line of a page */
    if (name_length > 0)
        return (central || kh_sign_is_capitals (text)) && (strong || kh_sign_is_capitals (text)) && strlen (text) < 160;
    /* a plan issued by a decision: KẾ HOẠCH, then (Ban hành kèm theo …) */
    const char *name;
    gsize length = kh_sign_type (text, &name);
    return length > 0 && central && strlen (text) <= length + 3;
}

/* A heading right below an appendix' heading is still its title. */
static gboolean
is_fresh (const kh_flow *flow, GPtrArray *current, guint i)
{
    gboolean strong = FALSE;
    if (current == NULL)
        return TRUE;
    kh_block *last = kh_flow_block (flow, i - 1), *block = kh_flow_block (flow, i);
    kh_appendix_heading (block->text.str, &strong);
    gboolean all_heading = current->len <= 4;
    for (guint k = 0; k < current->len && all_heading; k++) {
        kh_block *b = g_ptr_array_index (current, k);
        all_heading = !kh_block_is_table (b) && (b->align == KH_ALIGN_CENTER || b->column != KH_COLUMN_FULL);
    }
    if (all_heading && !(strong && block->gap_above < 0))
        return FALSE;
    return strong || block->gap_above < 0 || last->page != block->page;
}

/* Lines of the same band as the heading at `i`, which came before it: they go below the heading. Last first. */
static void
take_above (const kh_flow *flow, guint i, GPtrArray *from, GPtrArray *above)
{
    kh_block *heading = kh_flow_block (flow, i);
    while (heading->band > 0 && from->len > 0) {
        kh_block *last = g_ptr_array_index (from, from->len - 1);
        if (last->band != heading->band || last->page != heading->page)
            break;
        g_ptr_array_add (above, last);
        g_ptr_array_set_size (from, from->len - 1);
    }
}

/* A centred line or one in capitals below an appendix' heading is its title. */
static gboolean
continues_heading (const kh_block *block, const GPtrArray *current)
{
    return !kh_block_is_table (block) && current->len <= 4 && (block->align == KH_ALIGN_CENTER || kh_sign_is_capitals (block->text.str) || block->text.str[0] == '(');
}

static GPtrArray *
cut_attached (const kh_flow *flow, guint from, kh_pool *pool, kh_zones *zones)
{
    GPtrArray *current = NULL;
    g_autoptr (GPtrArray) above = g_ptr_array_new (); /* what stands beside or above the heading on its page (ĐƠN VỊ: …) */
    for (guint i = from; i < flow->blocks->len; i++) {
        kh_block *block = kh_flow_block (flow, i);
        if (begins_appendix (flow, i) && is_fresh (flow, current, i)) {
            if (kh_appendix_heading (block->text.str, NULL) > 0)
                take_above (flow, i, current != NULL ? current : zones->after, above);
            current = kh_pool_list (pool);
            g_ptr_array_add (zones->appendices, current);
        } else if (above->len > 0 && current != NULL && !continues_heading (block, current)) {
            for (guint k = above->len; k-- > 0;)
                g_ptr_array_add (current, g_ptr_array_index (above, k));
            g_ptr_array_set_size (above, 0);
        }
        if (current == NULL && kh_block_is_table (block)) {
            current = kh_pool_list (pool); /* a table behind the foot with no heading: attached without a name */
            g_ptr_array_add (zones->appendices, current);
        }
        g_ptr_array_add (current != NULL ? current : zones->after, block);
    }
    for (guint k = above->len; k-- > 0;)
        g_ptr_array_add (current != NULL ? current : zones->after, g_ptr_array_index (above, k));
    return current;
}

/* --- opening -------------------------------------------------------------------------------- */

static gboolean
is_heading (const kh_block *block)
{
    if (kh_block_is_table (block))
        return TRUE;
    const char *text = block->text.str;
    if (kh_sign_is_office (text) || kh_sign_numbered_base (text) > 0)
        return FALSE;
    return kh_sign_is_first_heading (text) ||
           (kh_sign_is_capitals (text) && g_utf8_strlen (text, -1) > 8 && !kh_sign_is_urgency (text) && block->lines->len <= 2 && text[0] != '(');
}

static gboolean
introduces (const char *text)
{
    return KH_FITS (text, "(?:nhu sau|cu the|noi dung|sau|sau day|gom|chu yeu|the nhu)[^a-z]*:$|(?:nhu sau|cu the sau)[^a-z]*$");
}

/* A block of the title; where the line "(Ban hành kèm theo …)" came with it, that goes to the opening. */
static void
add_title (kh_pool *pool, kh_zones *zones, kh_block *block)
{
    gsize cut = kh_title_annex_line (pool, block);
    if (cut > 0) {
        g_ptr_array_add (zones->title, kh_block_part (pool, block, 0, cut));
        block = kh_block_part (pool, block, cut, strlen (block->text.str));
    }
    g_ptr_array_add (cut > 0 ? zones->opening : zones->title, block);
}

kh_zones *
kh_zones_of (const kh_flow *read, kh_pool *pool)
{
    const kh_flow *flow = kh_head_by_lines (read, pool);
    kh_zones *zones = kh_pool_new0 (pool, kh_zones, 1);
    GPtrArray **lists[] = { &zones->left, &zones->right, &zones->type, &zones->title, &zones->opening, &zones->body, &zones->recipients,
                            &zones->signature, &zones->after, &zones->appendices, &zones->introduction };
    for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
        *lists[i] = kh_pool_list (pool);
    guint n = flow->blocks->len, i = 0;

    int type = kh_type_block (flow);
    guint head = type >= 0 ? (guint) type : 0;
    if (type < 0) /* no type named: the head is the first band */
        while (head < n && kh_flow_block (flow, head)->band > 0 && kh_flow_block (flow, head)->page == kh_flow_block (flow, 0)->page)
            head++;
    for (; i < head; i++) {
        kh_block *block = kh_flow_block (flow, i);
        gboolean right = block->column == KH_COLUMN_RIGHT || kh_sign_is_signing (block->text.str) /* names no issuer */ || (block->column == KH_COLUMN_FULL && (kh_sign_is_motto (block->text.str) || kh_sign_is_date_line (block->text.str)));
        g_ptr_array_add (right ? zones->right : zones->left, block);
    }
    if (type >= 0) {
        g_ptr_array_add (zones->type, kh_flow_block (flow, i++));
        guint end = kh_title_end (flow, i, pool);
        for (; i < end; i++)
            add_title (pool, zones, kh_flow_block (flow, i));
    }

    guint foot;
    guint behind = cut_foot (flow, i, pool, zones, &foot);
    /* without a foot, strong appendix headings at a page top still end the body */
    if (foot == n)
        for (guint k = i; k < n; k++) {
            gboolean strong = FALSE;
            kh_block *block = kh_flow_block (flow, k);
            if (block->gap_above < 0 && begins_appendix (flow, k) && kh_appendix_heading (block->text.str, &strong) > 0 && strong) {
                foot = behind = k;
                break;
            }
        }
    for (gboolean open = TRUE; i < foot; i++) {
        kh_block *block = kh_flow_block (flow, i);
        if (open && is_heading (block))
            open = FALSE;
        g_ptr_array_add (open ? zones->opening : zones->body, block);
        if (open && introduces (block->text.str))
            open = FALSE;
    }
    cut_attached (flow, behind, pool, zones);
    return zones;
}
