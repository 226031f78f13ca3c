/* province.h - the provinces: 63 until 30 June 2025, 34 since (models/provinces.tsv), and their names in a text.
 *
 * A province is known by its index among the 63; what was merged has the same `today`. A set of them is a bit each.
 */
#ifndef KH_PLAN_PROVINCE_H
#define KH_PLAN_PROVINCE_H

#include "core/record.h"
#include "plan/dates.h"
#include "viet/fold.h"

typedef enum kh_province_strength {
    KH_PROVINCE_ANY,   /* the name alone counts (a place line, the head), but for that of a district or commune ("xã Hòa Bình") */
    KH_PROVINCE_NAMED, /* only behind "tỉnh" or "thành phố" (running text: Hòa Bình, Thái Bình are words, too) */
} kh_province_strength;

typedef guint64 kh_provinces; /* bit i: the province of index i */
#define KH_PROVINCE_BIT(index) ((kh_provinces) 1 << (index))

/* The first province named at or after `from` of the text: index for kh_province_of, -1 when none. `at`: where its name is. */
int kh_province_find (const kh_fold *fold, gsize from, kh_province_strength strength, gsize *at, gsize *end);

/* The one province whose name stands behind "tỉnh" with one letter read wrong ("TỈNH AN GLANG"); -1 when none or several. */
int kh_province_find_misread (const kh_fold *fold);

/* The province of that index as it was on `date` (year 0: not known; then the old one). */
kh_province kh_province_of (int index, kh_date date);

/* Was it after the mergers? Year 0 and a bare 2025 were not. */
gboolean kh_province_is_merged (kh_date date);

/* The provinces that are one with these today. */
kh_provinces kh_province_merged (kh_provinces provinces);

/* The only province of the set on `date`: its index (after the mergers: of one that became it); -1 when none or several. */
int kh_province_only (kh_provinces provinces, kh_date date);

/* The set for a code of the General Statistics Office: of the 63, or (`today`) all that became that one of the 34. */
kh_provinces kh_province_by_code (const char *code, gboolean today);

/* The proper spelling of a name when `text` is the name of a province but for marks and case ("Kiên Giạng"), else NULL. */
const char *kh_province_spelling (const char *text);

#endif
