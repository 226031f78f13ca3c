/* localities.h - districts and communes named in a text, and the provinces that have one of that name (models/localities.tsv).
 *
 * Names are compared without case and marks. Districts are told by name alone (a huyện became a thị xã, a thị xã a thành phố);
 * communes were drawn anew on 1 July 2025, so there are those until then and those since, told by their kind, too.
 */
#ifndef KH_PLAN_LOCALITIES_H
#define KH_PLAN_LOCALITIES_H

#include "plan/province.h"
#include "viet/fold.h"

typedef enum kh_level {
    KH_LEVEL_DISTRICT, /* huyện, quận, thị xã, a city in a province; until 30 June 2025 */
    KH_LEVEL_COMMUNE,  /* xã, phường, thị trấn, đặc khu */
} kh_level;

typedef struct kh_locality {
    kh_level level;
    kh_provinces before, after; /* that have one of the name until June 2025, since July 2025; 0: none, a name not listed */
    gsize at, end;              /* folded bytes: from its kind ("huyện") to the end of its name */
    gsize name_at;
} kh_locality;

/* The first district or commune named behind the word for its kind at or after `from`. */
gboolean kh_locality_find (const kh_fold *fold, gsize from, kh_locality *found);

/* The provinces that have a district or commune of just this name, without the word for its kind. */
void kh_locality_of_name (const char *name, kh_level level, kh_provinces *before, kh_provinces *after);

#endif
