/* header.c - the head of the paper (Nghị định 30/2020/NĐ-CP, annex I):
 *
 *      UBND TỈNH HÀ TĨNH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *         SỞ TƯ PHÁP                 Độc lập - Tự do - Hạnh phúc
 *       Số: 588/KH-STP            Hà Tĩnh, ngày 16 tháng 12 năm 2021
 *
 *                              KẾ HOẠCH
 *               Công tác cải cách hành chính giai đoạn 2021-2030
 *
 *   0. headlines.c: lines over both columns are cut, a scan's specks are dropped.
 *   1. issuer.c: the lines of the left column above the number are put together to bodies; the last is the issuer, those above
 *      are the parent, two of one rank issue jointly.
 *   2. number.c: digits (or a blank) and the code behind the slash. What is not clean, or written by hand, is null, with a review
 *      entry. The line "(Kèm theo Kế hoạch số … ngày …)" of an annex names this plan and fills what the head lacks.
 *   3. placedate.c: what stands before "ngày", and the day as far as it is filled in; without one in the head, above the signature.
 *   4. title.c: type and title, the line in capitals and the lines below it.
 *   5. period.c: the title's; else that of the introducing sentence, or of a line that gives the time of the whole.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/head.h"
#include "plan/pattern.h"
#include "plan/period.h"
#include "plan/signs.h"
#include "viet/fold.h"

#define TYPED 0.99f      /* what was not read from an image is surer than this */
#define FOOT 4           /* the body's last paragraphs, among which a date may stand above the signature */
#define LEAST_SURE 0.5f  /* confidence of digits that are believed */

gboolean
kh_head_is_guess (kh_pool *pool, const kh_text *line, const kh_fold *fold, int start, int end)
{
    if (start < 0 || end <= start)
        return FALSE;
    kh_text slot = kh_text_slice (pool, line, fold->at[start], kh_fold_end (fold, end));
    return slot.n_pieces > 0 && kh_text_confidence (&slot) < LEAST_SURE;
}

gboolean
kh_head_is_from_image (const kh_record *record, const kh_text *line)
{
    for (guint i = 0; i < record->pages->len && line->n_pieces > 0; i++) {
        const kh_page *page = g_ptr_array_index (record->pages, i);
        if (page->number == line->pieces[0].word->page && page->origin == KH_ORIGIN_OCR)
            return TRUE;
    }
    return kh_text_confidence (line) < TYPED;
}

/* --- all of it ------------------------------------------------------------------------------ */

/* The date stands above the signature, at the body's end: papers of schools and mass organisations. */
static void
read_date_of_foot (kh_pool *pool, const kh_zones *zones, kh_record *record)
{
    GPtrArray *lines = kh_pool_list (pool);
    const GPtrArray *parts[] = { zones->signature, zones->body };
    for (guint i = 0; i < G_N_ELEMENTS (parts) && lines->len == 0; i++)
        for (guint k = i == 0 ? 0 : MAX (parts[i]->len, FOOT) - FOOT; k < parts[i]->len; k++) {
            kh_block *block = g_ptr_array_index (parts[i], k);
            if (block->kind == KH_BLOCK_PARAGRAPH && kh_sign_is_place_and_day (block->text.str))
                g_ptr_array_add (lines, &block->text);
        }
    if (lines->len > 0)
        kh_head_date_lines (pool, lines, 0, zones, record);
}

void
kh_plan_header (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    GPtrArray *left = kh_pool_list (pool), *right = kh_pool_list (pool);
    kh_header *header = &record->header;
    kh_head_lines (pool, zones, left, right);

    guint number = kh_head_number_line (left);
    kh_text *line = number < left->len ? g_ptr_array_index (left, number) : NULL;
    if (line != NULL && number + 1 < left->len && KH_FITS (line->str, "^\\W*so ?:?$")) /* "Số:" and the number one below the other */
        *line = kh_text_join (pool, line, g_ptr_array_index (left, number + 1));
    kh_head_issuer (pool, left, number, line != NULL ? line->str : NULL, record);
    if (line != NULL)
        kh_head_number (pool, line, record);
    kh_head_date_lines (pool, right, 0, zones, record);
    if (header->date.text == NULL)
        kh_head_date_lines (pool, left, number, zones, record);

    kh_plan_title (zones, pool, header);
    const GPtrArray *parts[] = { zones->opening, zones->body, zones->after }; /* plain text knows no pages: an annex may be in the body */
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        kh_head_annex_line (pool, parts[i], record);
    for (guint i = 0; i < zones->appendices->len; i++)
        kh_head_annex_line (pool, g_ptr_array_index (zones->appendices, i), record);
    if (header->date.text == NULL && header->place.text == NULL)
        read_date_of_foot (pool, zones, record);
    kh_plan_period (pool, zones, header);
}
