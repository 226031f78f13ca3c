/* unit_key.h - one spelling for the name of a body, however it is printed.
 *
 *      SỞ TƯ PHÁP, Sở TP, STP              -> Sở Tư pháp
 *      VP UBND tỉnh, Văn phòng Uỷ ban …    -> Văn phòng Ủy ban nhân dân tỉnh
 *      P. KH-TC, phòng Kế hoạch – Tài chính -> Phòng Kế hoạch - Tài chính
 *
 * Short forms are opened, words spelled and capitalised as models/units.tsv has them. What it does not have stays as printed: an
 * unknown short form is not guessed at. A key names the body as it was; bodies that followed each other have keys of their own.
 */
#ifndef KH_PLAN_UNIT_KEY_H
#define KH_PLAN_UNIT_KEY_H

#include "core/record.h"

/* The key of a printed name (in `pool`), NULL when it is no unit: NULL, a remark (Như trên, Lưu: VT), a person, a whole sentence.
 * `home`: the plan's province, for what is short for a body of a province or of a city (TU: Tỉnh ủy, Thành ủy); may be NULL. */
const char *kh_unit_key (kh_pool *pool, const char *printed, const kh_province *home);

#endif
