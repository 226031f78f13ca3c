/* quantities.h - numbers with what they count, and the words that bound them.
 *
 *   tối thiểu 85% thủ tục …      >= 85 %         từ 93,5 điểm trở lên    >= 93.5 điểm
 *   không quá 03 ngày làm việc   <= 3            giảm 20% số vụ          -  20 %
 *   1.250 tỷ đồng                1250            03/04 đơn vị            3 of 4 đơn vị
 *   xếp thứ 15 trở lên           <= 15           thuộc nhóm 10 tỉnh      <= 10 tỉnh
 *   từ 85% đến 90%               =  85 (of 90)   từ 15 ngày xuống còn 10 ngày   = 10 ngày
 *   trong vòng 48 giờ            <= 48 giờ       ít nhất hai sáng kiến   >= 2 sáng kiến
 *
 * Numbers are read by numbers.h. Where something moves from one number to another, the first is where it stands now and
 * no quantity of its own. Parts of dates, document numbers, list numbers ("2.1."), law articles (Điều 5), versions and
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
    gboolean is_rank;              /* a place in an order: the lower, the better */
    gboolean is_level;             /* what a change leads to: giảm … còn 10 ngày */
    const char *comparator;        /* ">=", "<=", "+", "-", "="; "=" when nothing says otherwise */
    gboolean compared;             /* a comparing word stands there (so "=" is printed: đạt, phấn đấu) */
} kh_quantity;

/* The next quantity at or after folded byte `from`. */
gboolean kh_quantity_find (const kh_fold *fold, gsize from, kh_quantity *out);

/* Is the text a figure as a cell holds it ("≥ 95", "Trên 90%", "Top 10", "+ 5"; not a date, not a sentence): a quantity that begins
 * the text, with at most a few bytes behind it? */
gboolean kh_quantity_alone (const kh_fold *fold, kh_quantity *out);

#endif
