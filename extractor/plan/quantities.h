/* quantities.h - numbers with what they count, and the words that bound them.
 *
 *   tối thiểu 85% thủ tục …      >= 85 %         từ 93,5 điểm trở lên    >= 93.5 điểm
 *   không quá 03 ngày làm việc   <= 3            giảm 20% số vụ          -  20 %
 *   1.250 tỷ đồng                1250            03/04 đơn vị            3 of 4 đơn vị
 *
 * Numbers are Vietnamese: a dot groups thousands, a comma begins the fraction; "93.5" (no group of three) is a
 * fraction, too. Parts of dates, document numbers, list numbers ("2.1."), law articles (Điều 5), versions and
 * words with letters in them (QH15, 5G) are no quantities. Offsets are folded bytes.
 */
#ifndef KH_PLAN_QUANTITIES_H
#define KH_PLAN_QUANTITIES_H

#include "viet/fold.h"

typedef struct kh_quantity {
    gsize start, end;              /* from the comparing word to the last word that belongs (unit, "trở lên") */
    gsize number_start, number_end;
    gsize unit_start, unit_end;    /* equal when no unit word follows */
    double value;
    double of;                     /* 03/04: 4; a range 80 - 85%: the upper end; else 0 */
    gboolean is_range;
    const char *comparator;        /* ">=", "<=", "+", "-", "="; "=" when nothing says otherwise */
    gboolean compared;             /* a comparing word stands there (so "=" is printed: đạt, phấn đấu) */
} kh_quantity;

/* The next quantity at or after folded byte `from`. */
gboolean kh_quantity_find (const kh_fold *fold, gsize from, kh_quantity *out);

/* Reads a number at folded byte `at`: bytes it takes (0: none), its value. */
gsize kh_number_read (const kh_fold *fold, gsize at, double *value);

#endif
