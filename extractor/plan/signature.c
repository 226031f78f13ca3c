/* signature.c - who signs:
 *
 *        TM. ỦY BAN NHÂN DÂN        authority: lines that say for whom
 *           KT. CHỦ TỊCH
 *          PHÓ CHỦ TỊCH             position: the office below
 *
 *          Trương Hoài Nhân         name: the last line that is a person's
 *
 * Signers side by side are told apart by their column, left to right; one below the other by the name that ends each.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "viet/viet.h"

typedef struct signer {
    kh_text authority, position, name;
} signer;

static gboolean
is_signed_note (const char *text)
{
    return KH_FITS (text, "^\\W*(?:da ky|ky,|ky ten|ky boi|nguoi ky|chu ky)");
}

static void
flush (kh_pool *pool, GPtrArray *signers, signer *one)
{
    if (!kh_text_is_empty (&one->position) || !kh_text_is_empty (&one->name))
        g_ptr_array_add (signers, kh_pool_memdup (pool, one, sizeof *one));
    *one = (signer){ { "", 0, NULL }, { "", 0, NULL }, { "", 0, NULL } };
}

static void
add_line (kh_pool *pool, GPtrArray *signers, signer *one, const kh_text *line)
{
    const char *text = line->str;
    if (kh_text_is_empty (line) || kh_sign_is_ornament (text) || is_signed_note (text))
        return;
    gboolean capitals = kh_sign_is_capitals (text);
    gboolean authority = kh_sign_is_authority (text), office = kh_sign_is_office (text);
    if (authority || office) {
        if (!kh_text_is_empty (&one->name) || (authority && !kh_text_is_empty (&one->position)))
            flush (pool, signers, one);
        kh_text *part = authority ? &one->authority : &one->position;
        *part = kh_text_join (pool, part, line);
        return;
    }
    if (capitals && kh_text_is_empty (&one->name)) { /* a line that goes on: TỈNH AN GIANG, SỞ Y TẾ */
        kh_text *part = !kh_text_is_empty (&one->position) ? &one->position : &one->authority;
        if (!kh_text_is_empty (part) && !kh_sign_is_motto (text) && !(part == &one->position && kh_sign_is_person (text)))
            *part = kh_text_join (pool, part, line);
        return;
    }
    if (kh_sign_is_person (text)) {
        if (!kh_text_is_empty (&one->name) && kh_text_is_empty (&one->position))
            return; /* a second name without an office is no signer of ours */
        gsize end = strlen (text);
        while (end > 0 && !g_unichar_isalpha (g_utf8_get_char (g_utf8_find_prev_char (text, text + end))))
            end = g_utf8_find_prev_char (text, text + end) - text;
        one->name = kh_text_slice (pool, line, 0, end);
    }
}

/* The middle of a column of the foot, by the blocks that are known to be in it; 0 when there are none. */
static double
column_middle (const kh_zones *zones, kh_column column)
{
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < zones->signature->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->signature, i);
        if (block->column == column) {
            sum += kh_box_center_x (block->box);
            n++;
        }
    }
    return n > 0 ? sum / n : 0;
}

/* Is the block in the left of two columns of signers? One that stands in no column goes to the nearer. */
static gboolean
is_left (const kh_zones *zones, const kh_block *block)
{
    double left = column_middle (zones, KH_COLUMN_LEFT), right = column_middle (zones, KH_COLUMN_RIGHT);
    if (block->column != KH_COLUMN_FULL)
        return block->column == KH_COLUMN_LEFT;
    if (left == 0 || right == 0)
        return left != 0;
    double x = kh_box_center_x (block->box);
    return ABS (x - left) < ABS (x - right);
}

static GPtrArray *
read_column (const kh_zones *zones, kh_pool *pool, gboolean left)
{
    GPtrArray *signers = kh_pool_list (pool);
    signer one = { { "", 0, NULL }, { "", 0, NULL }, { "", 0, NULL } };
    for (guint i = 0; i < zones->signature->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->signature, i);
        if (is_left (zones, block) != left)
            continue;
        for (guint k = 0; k < block->lines->len; k++)
            add_line (pool, signers, &one, &((kh_line *) g_ptr_array_index (block->lines, k))->text);
    }
    flush (pool, signers, &one);
    return signers;
}

void
kh_plan_signatures (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new ();
    for (int column = 0; column < 2; column++) {
        GPtrArray *signers = read_column (zones, pool, column == 0);
        for (guint i = 0; i < signers->len; i++)
            g_ptr_array_add (all, g_ptr_array_index (signers, i));
    }
    for (guint i = 0; i < all->len; i++) {
        const signer *one = g_ptr_array_index (all, i);
        kh_signature *signature = kh_pool_new0 (pool, kh_signature, 1);
        signature->authority = kh_value_of (pool, &one->authority);
        signature->position = kh_value_of (pool, &one->position);
        signature->name = kh_value_of (pool, &one->name);
        if (i == 0)
            record->signature = *signature;
        if (all->len > 1)
            g_ptr_array_add (record->signatures, signature);
        if (signature->name.text == NULL)
            kh_plan_review (pool, record, i == 0 ? "/signature/name" : "/signatures", "not_found");
    }
}
