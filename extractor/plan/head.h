/* head.h - the head of the paper line by line, and the readers of its parts (header.c is their order).
 *
 *      left                       right
 *      UBND TỈNH HÀ TĨNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 *      SỞ TƯ PHÁP                 Độc lập - Tự do - Hạnh phúc
 *      Số: 588/KH-STP             Hà Tĩnh, ngày 16 tháng 12 năm 2021
 *
 * Texts live in the document's pool.
 */
#ifndef KH_PLAN_HEAD_H
#define KH_PLAN_HEAD_H

#include "core/record.h"
#include "plan/zones.h"
#include "viet/fold.h"

/* The printed lines of the two columns, kh_text *, top to bottom; lines that came as one over both are cut, a scan's specks and the
 * notes of electronic signatures (Ký bởi: …) are left out. */
void kh_head_lines (kh_pool *pool, const kh_zones *zones, GPtrArray *left, GPtrArray *right);

/* header->issuer and ->parent, from the first `n_lines` of the left column; `number_line` (may be NULL) tells a joint plan by its
 * code (KHPH, KHLN …). */
void kh_head_issuer (kh_pool *pool, const GPtrArray *lines, guint n_lines, const char *number_line, kh_record *record);

/* Which of the lines holds the number; lines->len when none does. */
guint kh_head_number_line (const GPtrArray *lines);

/* header->number, from its line. A blank running number leaves the code with its slash; what is not clean, or was written by hand,
 * is null with a review entry. */
void kh_head_number (kh_pool *pool, const kh_text *line, kh_record *record);

/* header->place and ->date from the lines of `lines` from `from` on that give them; the date as far as it is filled in. */
void kh_head_date_lines (kh_pool *pool, const GPtrArray *lines, guint from, const kh_zones *zones, kh_record *record);

/* Number and date from "(Kèm theo Kế hoạch số 12/KH-UBND ngày … của …)" among the blocks: this plan by name. */
void kh_head_annex_line (kh_pool *pool, const GPtrArray *blocks, kh_record *record);

/* Was what stands in fold->str[start, end) of the line hardly read? Digits by hand are, and a guess at them would be a wrong number. */
gboolean kh_head_is_guess (kh_pool *pool, const kh_text *line, const kh_fold *fold, int start, int end);

/* Was the line read from an image? There, handwriting may have been overlooked where it seems blank. */
gboolean kh_head_is_from_image (const kh_record *record, const kh_text *line);

#endif
