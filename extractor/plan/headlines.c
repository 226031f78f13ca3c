/* headlines.c - the printed lines of the head, each on its side.
 *
 *   The layout knows columns, but a long name comes close to the motto, and plain text has no columns at all. A line over both is
 *   cut where the right column's words begin: the motto, or the place before "ngày", back to the word that belongs to the left
 *   (in capitals, or with figures).
 */
#include "plan/head.h"

#include <string.h>

#include "plan/pattern.h"
#include "plan/signs.h"
#include "viet/viet.h"

#define TYPED 0.9999f /* what was not read from an image is surer than this */
#define LOW 0.6       /* of the height of the line above: dust */
#define PLACE_WORDS 7 /* Thành phố Hồ Chí Minh, thị xã … */

/* What is left of a staple, a punched hole or a fold: a lone sign. */
static gboolean
is_speck (const char *text)
{
    int n = 0;
    for (const char *p = text; *p; p = g_utf8_next_char (p))
        n += g_unichar_isalnum (g_utf8_get_char (p)) != 0;
    return n <= 1;
}

static double
top_of (const kh_text *text)
{
    return text->n_pieces > 0 ? text->pieces[0].word->box.y0 : G_MAXDOUBLE;
}

/* Adds the left half of a line over both columns, above the lines that stand lower. */
static void
insert_left (GPtrArray *left, kh_text *half)
{
    guint i = left->len;
    while (i > 0 && top_of (half) < top_of (g_ptr_array_index (left, i - 1)))
        i--;
    g_ptr_array_insert (left, i, half);
}

/* Does the word belong to the left column: capitals only ("TẾ", not "TP."), figures, a number's code, or no letter at all? */
static gboolean
is_left_word (const char *word)
{
    if (KH_FITS (word, "\\d|/|^[^a-z]*$"))
        return TRUE;
    return kh_sign_is_capitals (word) && !KH_FITS (word, "^tp[.]?");
}

/* Where the place of "…, ngày" begins: bytes into the line; 0 when all before "ngày" may be the place. */
static gsize
place_of (const kh_text *text, gsize comma)
{
    gsize at = comma, begin = comma;
    for (int words = 0; words < PLACE_WORDS && at > 0; words++) {
        gsize end = at;
        while (end > 0 && text->str[end - 1] == ' ')
            end--;
        gsize start = end;
        while (start > 0 && text->str[start - 1] != ' ')
            start--;
        g_autofree char *word = g_strndup (text->str + start, end - start);
        if (end == start || is_left_word (word))
            break;
        begin = at = start;
    }
    return begin == comma ? 0 : begin;
}

/* Where the right column's words begin in a line over both columns; 0 when they do not. */
static gsize
seam_of (kh_pool *pool, const kh_text *text)
{
    static GRegex *motto_slot, *day_slot;
    kh_fold *fold = kh_fold_new (pool, text->str);
    int place[2];
    if (kh_pattern_match (kh_pattern ("(?<=.)\\b(?:cong hoa xa hoi|doc lap ?- ?tu do|dang cong san viet nam)", &motto_slot), fold, 0, place, 1) && place[0] > 0)
        return fold->at[place[0]];
    if (kh_pattern_match (kh_pattern (", ?ngay\\b", &day_slot), fold, 0, place, 1) && place[0] > 0)
        return place_of (text, fold->at[place[0]]);
    return 0;
}

/* "VIỆT NAM" before "Độc lập …" ends the motto of the line above, when that has not ended. */
static gboolean
ends_motto (const char *start, const GPtrArray *right)
{
    if (right->len == 0)
        return FALSE;
    g_autofree char *above = kh_viet_fold (((kh_text *) g_ptr_array_index (right, right->len - 1))->str), *rest = kh_viet_fold (start);
    g_autofree char *both = g_strconcat (above, " ", rest, NULL);
    return strcmp (both, "cong hoa xa hoi chu nghia viet nam") == 0;
}

/* Parent and issuer in one line: a reading program joined them. The rest goes to the next line. */
static void
cut_bodies (kh_pool *pool, kh_text *line, GPtrArray *left)
{
    static GRegex *slot;
    int below[2];
    kh_fold *fold = kh_fold_new (pool, line->str);
    GRegex *bodies = kh_pattern ("^(?:(?:ubnd|uy ban nhan dan) .*[a-z] (?=(?:so|thanh tra|ban dan toc|trung tam|chi cuc) [a-z])|so .*[a-z] (?=(?:chi cuc|trung tam) [a-z]))", &slot);
    if (!kh_sign_is_capitals (line->str) || !kh_pattern_match (bodies, fold, 0, below, 1))
        return;
    gsize cut = fold->at[below[1]];
    kh_text *rest = kh_pool_new0 (pool, kh_text, 1);
    *rest = kh_text_slice (pool, line, cut, strlen (line->str));
    *line = kh_text_slice (pool, line, 0, cut);
    g_ptr_array_add (left, rest);
}

static double
height_of (const kh_text *text)
{
    double height = 0;
    for (gsize i = 0; i < text->n_pieces; i++)
        height = MAX (height, kh_box_height (text->pieces[i].word->box));
    return height;
}

/* A line of stars or dirt that an engine took for letters: far lower than the line above it, and not surely read. */
static gboolean
is_dust (const kh_text *text, const GPtrArray *column)
{
    if (column->len == 0 || kh_text_confidence (text) >= TYPED || kh_sign_is_capitals (text->str))
        return FALSE;
    return height_of (text) < LOW * height_of (g_ptr_array_index (column, column->len - 1));
}

/* One line of the head. One that was put to the right for its motto or date is over both columns when its start is an issuer's or
 * a number. */
static void
add_line (kh_pool *pool, const kh_text *text, GPtrArray *left, GPtrArray *right, gboolean is_right)
{
    if (kh_text_is_empty (text) || is_speck (text->str) || kh_sign_is_signing (text->str) || is_dust (text, is_right ? right : left))
        return;
    gsize cut = seam_of (pool, text);
    if (cut > 0) {
        kh_text *halves = kh_pool_new0 (pool, kh_text, 2);
        halves[0] = kh_text_slice (pool, text, 0, cut);
        halves[1] = kh_text_slice (pool, text, cut, strlen (text->str));
        gboolean specks = is_speck (halves[0].str);
        if (specks || !is_right || kh_sign_is_number_line (halves[0].str) || (kh_sign_is_capitals (halves[0].str) && !ends_motto (halves[0].str, right))) {
            if (!specks)
                insert_left (left, &halves[0]);
            g_ptr_array_add (right, &halves[1]);
            return;
        }
    }
    kh_text *copy = kh_pool_memdup (pool, text, sizeof *text);
    gboolean goes_right = is_right || kh_sign_is_motto (text->str);
    g_ptr_array_add (goes_right ? right : left, copy);
    if (!is_right)
        cut_bodies (pool, copy, left);
}

void
kh_head_lines (kh_pool *pool, const kh_zones *zones, GPtrArray *left, GPtrArray *right)
{
    const GPtrArray *sides[] = { zones->left, zones->right };
    for (int side = 0; side < 2; side++)
        for (guint i = 0; i < sides[side]->len; i++) {
            const kh_block *block = g_ptr_array_index (sides[side], i);
            if (block->kind == KH_BLOCK_TABLE)
                continue;
            if (block->lines->len <= 1) {
                add_line (pool, &block->text, left, right, side == 1);
                continue;
            }
            for (guint k = 0; k < block->lines->len; k++)
                add_line (pool, &((kh_line *) g_ptr_array_index (block->lines, k))->text, left, right, side == 1);
        }
}
