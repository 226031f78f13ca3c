/* titlezone.c - where the head ends, and the title below it.
 *
 *   1. Lines of the head that came in one paragraph are parted: each of motto, number, day and type stands for itself, and a base
 *      that begins below a title in capitals, too. Plain text knows no other way, and a scan's lines may run together.
 *   2. The line that names the type ("KẾ HOẠCH") parts the head from the rest.
 *   3. Title: the centred lines below, up to a paragraph that cites (Căn cứ …), a heading, or a paragraph that is set full. A line
 *      that the one above leads to ("… của", a quotation that is open), and in plain text a short one, goes on with it.
 */
#include "plan/titlezone.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "plan/units.h"
#include "viet/viet.h"

#define HEAD_BLOCKS 60 /* the type is named within these */
#define BELOW_TYPE 6   /* blocks below the type among which its title ends */
#define TITLE_PART 120 /* bytes of a title's last line before "(Ban hành kèm theo …)" */
#define SHORT_LINE 70  /* characters; a wrapped line of a paragraph is longer */

/* --- lines of one paragraph ----------------------------------------------------------------- */

kh_block *
kh_block_part (kh_pool *pool, const kh_block *block, gsize from, gsize to)
{
    kh_block *part = kh_pool_memdup (pool, block, sizeof *block);
    kh_line *line = kh_pool_memdup (pool, g_ptr_array_index (block->lines, 0), sizeof *line);
    part->text = line->text = kh_text_slice (pool, &block->text, from, to);
    part->lines = kh_pool_list (pool);
    g_ptr_array_add (part->lines, line);
    return part;
}

static const char *
line_at (const kh_block *block, guint i)
{
    return ((kh_line *) g_ptr_array_index (block->lines, i))->text.str;
}

static gboolean
is_type_alone (const char *text)
{
    gsize length = kh_sign_type (text, NULL);
    return length > 0 && strlen (text) <= length + 3;
}

/* Who decides, as decisions name it. */
static gboolean
is_decider (const char *text)
{
    return kh_sign_is_capitals (text) &&
           KH_FITS (text, "^(?:(?:chu tich )?(?:uy ban|hoi dong) nhan dan|(?:chu tich )?(?:ubnd|hdnd)|thu tuong|chinh phu|bo truong|thu truong|tong |ban (?:thuong vu|chap hanh|chi dao|bi thu)|chanh|"
                          "giam doc|cuc truong|truong ban|hoi dong quan)(?![a-z])");
}

static gboolean
is_head_line (const char *text)
{
    return kh_sign_is_motto (text) || kh_sign_is_number_line (text) || kh_sign_is_place_and_day (text) || is_type_alone (text);
}

/* Where line `k` begins in the block's text; 0 when it cannot be told. */
static gsize
start_of_line (const kh_block *block, guint k)
{
    const kh_line *line = g_ptr_array_index (block->lines, k);
    for (gsize i = 0; i < block->text.n_pieces && line->text.n_pieces > 0; i++)
        if (block->text.pieces[i].word == line->text.pieces[0].word)
            return block->text.pieces[i].start;
    return 0;
}

/* Adds the block's lines [first, last) as one block. */
static void
add_lines (kh_pool *pool, GPtrArray *blocks, kh_block *block, guint first, guint last)
{
    if (first == 0 && last == block->lines->len) {
        g_ptr_array_add (blocks, block);
        return;
    }
    gsize from = first == 0 ? 0 : start_of_line (block, first), to = last == block->lines->len ? strlen (block->text.str) : start_of_line (block, last);
    kh_block *part = kh_block_part (pool, block, from, to);
    const kh_line *top = g_ptr_array_index (block->lines, 0);
    g_ptr_array_set_size (part->lines, 0);
    for (guint i = first; i < last; i++) {
        const kh_line *line = g_ptr_array_index (block->lines, i);
        part->box = i == first ? line->box : kh_box_union (part->box, line->box);
        g_ptr_array_add (part->lines, g_ptr_array_index (block->lines, i));
    }
    if (first > 0) {
        const kh_line *line = g_ptr_array_index (block->lines, first);
        part->page = line->page;
        part->indent = block->indent + line->box.x0 - top->box.x0;
        part->gap_above = 0;
    }
    g_ptr_array_add (blocks, part);
}

/* Adds the block, parted where its lines are of several parts of the head. `below`: the type has been named. */
static gboolean
add_parted (kh_pool *pool, GPtrArray *blocks, kh_block *block, gboolean below)
{
    guint first = 0;
    gboolean named = !kh_block_is_table (block) && block->lines->len > 0 && is_type_alone (line_at (block, block->lines->len - 1));
    for (guint k = 1; !kh_block_is_table (block) && k < block->lines->len; k++) {
        const char *above = line_at (block, k - 1), *line = line_at (block, k);
        gboolean capitals = kh_sign_is_capitals (above), ends_title = kh_sign_is_base (line) && capitals && !kh_sign_is_capitals (line);
        gboolean parted = below ? ends_title || (capitals && k + 1 == block->lines->len && is_decider (line)) : is_head_line (above) || is_head_line (line);
        if (!parted || start_of_line (block, k) == 0)
            continue;
        add_lines (pool, blocks, block, first, k);
        named |= is_type_alone (above);
        first = k;
    }
    if (kh_block_is_table (block) || block->lines->len == 0)
        g_ptr_array_add (blocks, block);
    else
        add_lines (pool, blocks, block, first, block->lines->len);
    return named;
}

const kh_flow *
kh_head_by_lines (const kh_flow *flow, kh_pool *pool)
{
    kh_flow *parted = kh_pool_memdup (pool, flow, sizeof *flow);
    parted->blocks = kh_pool_list (pool);
    guint type = G_MAXUINT;
    for (guint i = 0; i < flow->blocks->len; i++) {
        gboolean near = i < HEAD_BLOCKS && (type == G_MAXUINT || i <= type + BELOW_TYPE);
        if (!near)
            g_ptr_array_add (parted->blocks, kh_flow_block (flow, i));
        else if (add_parted (pool, parted->blocks, kh_flow_block (flow, i), type != G_MAXUINT) && type == G_MAXUINT)
            type = i;
    }
    return parted;
}

/* --- type and title ------------------------------------------------------------------------- */

/* The block that names the type; -1 when none does. */
int
kh_type_block (const kh_flow *flow)
{
    int second = -1;
    for (guint i = 0; i < MIN (flow->blocks->len, HEAD_BLOCKS); i++) {
        kh_block *block = kh_flow_block (flow, i);
        const char *name;
        if (kh_block_is_table (block))
            continue;
        if (kh_sign_is_first_heading (block->text.str) && i > 4)
            break;
        gsize length = kh_sign_type (block->text.str, &name);
        if (length == 0)
            continue;
        if (strlen (block->text.str) <= length + 3)
            return i;
        if (second < 0 && block->lines->len <= 3 && kh_sign_is_capitals (block->text.str))
            second = i; /* type and title in one line, all in capitals */
    }
    return second;
}

static gboolean
is_narrow (const kh_block *block)
{
    return block->align == KH_ALIGN_CENTER;
}

/* "(GIAI ĐOẠN 2021 - 2025)", "(Đợt 1)": brackets that belong to the title. */
static gboolean
is_bracketed_time (const char *text)
{
    return KH_FITS (text, "^\\((?:giai doan|nam|quy|thang|dot|lan|tu|nhiem ky)\\b");
}

/* Does the title so far want more: a word that leads on, or a quotation that has not ended? */
static gboolean
is_open_title (const char *text)
{
    int open = 0;
    for (const char *p = text; *p; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);
        open += (c == 0x201C) - (c == 0x201D && open > 0);
    }
    static const char *const leading_on[] = { " của", " về", " và", " các", " cho", " theo", " tại", " trong", " với", " thuộc", ",", " -", " –", " &" }; /* as spelled: tại, tai */
    g_autofree char *lower = g_utf8_strdown (text, -1);
    g_autofree char *small = g_strconcat (" ", lower, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (leading_on); i++)
        open += g_str_has_suffix (small, leading_on[i]);
    return open > 0;
}

/* Does a plain paragraph of the opening begin here? */
static gboolean
begins_opening (const kh_block *block, gboolean first)
{
    const char *text = block->text.str;
    if (kh_block_is_table (block))
        return TRUE;
    gboolean in_brackets = text[0] == '(' && !is_bracketed_time (text);
    if ((in_brackets && strlen (text) > 12) || (!first && kh_sign_is_office (text))) /* a decision names who decides */
        return TRUE;
    if (block->column == KH_COLUMN_FULL && is_narrow (block) && !(g_str_has_suffix (text, ";") && kh_sign_is_base (text)))
        return FALSE;
    /* a line that plain text or a scan set somewhat aside goes on with the title */
    gboolean ended = strchr (";.:", text[MAX (strlen (text), 1) - 1]) != NULL;
    if (!first && !ended && block->lines->len == 1 && (block->indent > 60 || g_unichar_islower (g_utf8_get_char (text))))
        return FALSE;
    if (kh_sign_is_first_heading (text) || kh_sign_is_base (text))
        return !first || g_str_has_suffix (text, ";") || g_str_has_suffix (text, ".") || g_str_has_suffix (text, ",") || block->lines->len > 4;
    return !first;
}

/* Where "(Ban hành kèm theo …)" begins in a block that begins with a line of the title; 0 when it does not. */
gsize
kh_title_annex_line (kh_pool *pool, const kh_block *block)
{
    static GRegex *slot;
    int place[2];
    if (kh_block_is_table (block) || block->lines->len == 0 || kh_sign_is_base (block->text.str))
        return 0;
    kh_fold *fold = kh_fold_new (pool, block->text.str);
    if (!kh_pattern_match (kh_pattern (" \\((?:ban hanh )?(?:kem theo|dinh kem)\\b", &slot), fold, 0, place, 1) || place[0] > TITLE_PART)
        return 0;
    return fold->at[place[0] + 1];
}

/* Plain text sets titles at the margin: a short line without a mark at its end that begins nothing else goes on with the title, and
 * so does one in capitals below capitals. */
static gboolean
continues_typed_title (const kh_flow *flow, guint i)
{
    const kh_block *block = kh_flow_block (flow, i), *above = kh_flow_block (flow, i - 1);
    const char *text = block->text.str;
    if (!flow->is_typed || kh_block_is_table (block) || kh_block_is_table (above) || block->lines->len > 1 || (text[0] == '(' && !is_bracketed_time (text)) || strchr (";.:,/", text[MAX (strlen (text), 1) - 1]) != NULL ||
        kh_sign_is_base (text) || kh_sign_is_first_heading (text) || kh_sign_is_office (text) || kh_sign_type (text, NULL) > 0 || KH_FITS (text, "^(?:kinh gui|nham|de)\\b"))
        return FALSE;
    return kh_sign_is_capitals (text) ? kh_sign_is_capitals (above->text.str) : g_utf8_strlen (text, -1) < SHORT_LINE && kh_unit_head (text) == 0;
}

/* Does the line go on with the title above it? */
static gboolean
goes_on (const kh_flow *flow, guint i)
{
    const kh_block *block = kh_flow_block (flow, i), *above = kh_flow_block (flow, i - 1);
    if (kh_block_is_table (block) || kh_block_is_table (above))
        return FALSE;
    gboolean plain = block->lines->len < 3 && !kh_sign_is_base (block->text.str) && !kh_sign_is_first_heading (block->text.str);
    return continues_typed_title (flow, i) || (plain && is_open_title (above->text.str));
}

/* A decision names who decides below its title, in capitals, before its bases: "ỦY BAN NHÂN DÂN TỈNH", "THỦ TƯỚNG CHÍNH PHỦ". */
static gboolean
names_decider (const kh_flow *flow, guint i)
{
    const kh_block *block = kh_flow_block (flow, i);
    if (kh_block_is_table (block) || i + 1 >= flow->blocks->len || kh_block_is_table (kh_flow_block (flow, i + 1)) || !kh_sign_is_base (kh_flow_block (flow, i + 1)->text.str))
        return FALSE;
    return is_decider (block->text.str);
}

guint
kh_title_end (const kh_flow *flow, guint from, kh_pool *pool)
{
    guint i = from;
    gboolean first = TRUE;
    for (; i < flow->blocks->len && i < from + 12; i++) {
        kh_block *block = kh_flow_block (flow, i);
        if (!kh_block_is_table (block) && kh_sign_is_ornament (block->text.str))
            continue;
        if (kh_title_annex_line (pool, block) > 0)
            return i + 1;
        if (!first && names_decider (flow, i))
            break;
        if (begins_opening (block, first) && (first || !goes_on (flow, i)))
            break;
        first = FALSE;
    }
    return i;
}

