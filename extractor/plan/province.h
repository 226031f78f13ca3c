/* province.h - which province a plan is of, when it was issued and after the mergers of 1 July 2025. */
#ifndef KH_PLAN_PROVINCE_H
#define KH_PLAN_PROVINCE_H

#include "core/record.h"
#include "plan/dates.h"
#include "viet/fold.h"

typedef enum kh_province_strength {
    KH_PROVINCE_ANY,   /* the name alone counts (a place line, the head) */
    KH_PROVINCE_NAMED, /* only behind "tỉnh" or "thành phố" (running text: Hòa Bình, Thái Bình are words, too) */
} kh_province_strength;

/* The first province named at or after `from` of the text: index for kh_province_of, -1 when none. `at`: where its name is. */
int kh_province_find (const kh_fold *fold, gsize from, kh_province_strength strength, gsize *at, gsize *end);

/* The province of that index as it was on `date` (year 0: not known; then the old one). */
kh_province kh_province_of (int index, kh_date date);

/* The proper spelling of a name when `text` is the name of a province but for marks and case ("Kiên Giạng"), else NULL. */
const char *kh_province_spelling (const char *text);

#endif
