/* home.c - which province the plan is of.
 *
 *   1. When: after the mergers of 1 July 2025, or before? By the date; where its month is blank by the latest document that is cited
 *      (none is cited before it is there), the kind of the issuer's place (districts ended then) and the period.
 *   2. The head names a province ("UBND TỈNH …", "SỞ Y TẾ KIÊN GIANG"), or the place is one.
 *   3. Else the issuer is of a district or commune, or the place is a town: the provinces that have one of that name. Only one, and
 *      nothing that is said otherwise in the opening: that.
 *   4. Else the first province named in title, opening, recipients and body, of those that are possible.
 *   5. Else the districts and communes named there, if all that are to be found in one province only are of the same.
 *
 * A body of the whole country (a ministry) is of the province of its place, or of none.
 */
#include "plan/parts.h"

#include <string.h>

#include "plan/localities.h"
#include "plan/pattern.h"
#include "viet/viet.h"

#define ALL_PROVINCES (~(kh_provinces) 0)

/* Where the issuer is, as far as the names in the head tell. */
typedef struct seat {
    gboolean is_local;          /* of a district or commune */
    kh_level level;             /* the smaller one named */
    const char *name;           /* folded, of that one */
    kh_provinces before, after; /* where it may be; all of them when nothing tells */
} seat;

/* --- when ----------------------------------------------------------------------------------- */

static gboolean
cites_merged (const kh_record *record)
{
    for (guint i = 0; i < record->bases->len; i++) {
        const kh_base *base = g_ptr_array_index (record->bases, i);
        for (guint k = 0; k < base->references->len; k++)
            if (kh_province_is_merged (kh_date_of_iso (((kh_reference *) g_ptr_array_index (base->references, k))->date.text)))
                return TRUE;
    }
    return FALSE;
}

/* The plan's date as far as the provinces go by it; year 0: nothing tells. */
static kh_date
date_of_plan (const kh_record *record, const seat *home)
{
    static const kh_date merger = { 2025, 7, 1 }, eve = { 2025, 6, 30 };
    const kh_header *header = &record->header;
    kh_date date = kh_date_of_iso (header->date.text);
    if (date.year != 0 && (date.year != 2025 || date.month != 0))
        return date;
    if (cites_merged (record))
        return merger;
    if (home->is_local && (home->level == KH_LEVEL_DISTRICT || (home->before == 0) != (home->after == 0)))
        return home->level == KH_LEVEL_DISTRICT || home->after == 0 ? (date.year != 0 ? eve : kh_date_of_iso (header->period_start.text)) : merger;
    const kh_value *from = header->period_start.text != NULL ? &header->period_start : &header->period_end;
    kh_date period = kh_date_of_iso (from->text);
    if (date.year == 0)
        return period;
    return kh_province_is_merged (period) && period.year == date.year ? merger : date;
}

/* --- where: the head ------------------------------------------------------------------------ */

static int
province_in (kh_pool *pool, const char *text, kh_province_strength strength)
{
    return text == NULL ? -1 : kh_province_find (kh_fold_new (pool, text), 0, strength, NULL, NULL);
}

/* A body of the whole country. */
static gboolean
is_central (const char *body)
{
    return body != NULL
           && KH_FITS (body, "^(?:bo (?!chi huy|doi|phan|mon)|chinh phu|thu tuong|quoc hoi|tong cuc|uy ban dan toc$|thanh tra chinh phu|kiem toan nha nuoc|van phong (?:chinh phu|quoc hoi|trung uong)|"
                             "ban (?:chap hanh|bi thu|to chuc|tuyen giao|dan van|noi chinh) trung uong|(?:toa an|vien kiem sat) nhan dan toi cao|ngan hang nha nuoc viet nam$|bao hiem xa hoi viet nam$)");
}

/* Narrows the seat to what a text of the head names. A commune is in the district named above it; where no province has both, the
 * list does not know the commune, and the district counts. */
static void
narrow (kh_pool *pool, seat *home, const char *text)
{
    if (text == NULL)
        return;
    kh_fold *fold = kh_fold_new (pool, text);
    kh_locality found;
    for (gsize from = 0; kh_locality_find (fold, from, &found); from = found.end) {
        kh_provinces before = found.before & home->before, after = found.after & home->after;
        gboolean smaller = !home->is_local || found.level > home->level;
        gboolean doubtful = found.level == KH_LEVEL_COMMUNE && home->is_local;
        if (smaller) {
            home->name = kh_pool_strndup (pool, fold->str + found.name_at, found.end - found.name_at);
            home->level = found.level;
        }
        if (!doubtful || before != 0 || after != 0) {
            home->before = before;
            home->after = after;
        }
        home->is_local = TRUE;
    }
}

static seat
seat_of (kh_pool *pool, const kh_header *header)
{
    seat home = { FALSE, KH_LEVEL_DISTRICT, NULL, ALL_PROVINCES, ALL_PROVINCES };
    narrow (pool, &home, header->parent.text);
    narrow (pool, &home, header->issuer.text);
    return home;
}

static int
province_in_head (kh_pool *pool, const kh_header *header, const seat *home)
{
    const char *head[] = { header->parent.text, header->issuer.text };
    int found = -1;
    for (guint i = 0; i < G_N_ELEMENTS (head) && found < 0; i++)
        found = province_in (pool, head[i], KH_PROVINCE_NAMED);
    /* the place, if it is a province's name and nothing more, and not the issuer's own ("UBND XÃ HÒA BÌNH") */
    if (found < 0 && header->place.text != NULL && kh_province_spelling (header->place.text) != NULL) {
        g_autofree char *place = kh_viet_fold (header->place.text);
        if (home->name == NULL || strcmp (home->name, place) != 0)
            found = province_in (pool, header->place.text, KH_PROVINCE_ANY);
    }
    for (guint i = G_N_ELEMENTS (head); i-- > 0 && found < 0;)
        found = province_in (pool, head[i], KH_PROVINCE_ANY);
    for (guint i = 0; i < G_N_ELEMENTS (head) && found < 0; i++)
        found = head[i] == NULL ? -1 : kh_province_find_misread (kh_fold_new (pool, head[i]));
    if (found < 0 && !home->is_local)
        found = province_in (pool, header->place.text, KH_PROVINCE_NAMED);
    return found;
}

/* A provincial body sits in a town of its province ("Rạch Giá, ngày …", "TP. Rạch Giá"); a commune's plan may name its district so.
 * What contradicts the issuer's own name does not count. */
static void
narrow_by_place (kh_pool *pool, const kh_header *header, seat *home)
{
    if (header->place.text == NULL)
        return;
    kh_fold *fold = kh_fold_new (pool, header->place.text);
    if (home->name != NULL && strcmp (home->name, fold->str) == 0)
        return;
    kh_locality place = { 0 };
    if (!kh_locality_find (fold, 0, &place)) {
        kh_provinces none;
        kh_locality_of_name (header->place.text, KH_LEVEL_DISTRICT, &place.before, &none);
        if (!home->is_local)
            kh_locality_of_name (header->place.text, KH_LEVEL_COMMUNE, &none, &place.after);
    }
    if ((home->before & place.before) != 0)
        home->before &= place.before;
    if ((home->after & place.after) != 0)
        home->after &= place.after;
}

/* --- where: the text ------------------------------------------------------------------------ */

/* The first province of the set that a paragraph names; -1 when none. `other`: one that is not of the set was named. */
static int
province_in_blocks (kh_pool *pool, const GPtrArray *blocks, kh_provinces possible, int *other)
{
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        if (block->kind == KH_BLOCK_TABLE)
            continue;
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        gsize end = 0;
        for (int found; (found = kh_province_find (fold, end, KH_PROVINCE_NAMED, NULL, &end)) >= 0;) {
            if (possible & KH_PROVINCE_BIT (found))
                return found;
            if (other != NULL && *other < 0)
                *other = found;
        }
    }
    return -1;
}

/* The provinces of localities named in the blocks that are to be found in one province only (of those possible). */
static kh_provinces
provinces_of_neighbours (kh_pool *pool, const GPtrArray *blocks, kh_provinces possible, kh_date date)
{
    kh_provinces all = 0;
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        kh_locality found;
        for (gsize from = 0; block->kind != KH_BLOCK_TABLE && kh_locality_find (fold, from, &found); from = found.end) {
            kh_provinces set = (kh_province_is_merged (date) ? found.after : found.before) & possible;
            if (kh_province_only (set, date) >= 0)
                all |= set;
        }
    }
    return all;
}

static int
province_in_text (kh_pool *pool, const kh_zones *zones, const kh_header *header, const seat *home, kh_provinces possible, kh_date date)
{
    const GPtrArray *texts[] = { zones->title, zones->opening, zones->recipients, zones->body };
    int only = kh_province_only (possible, date), other = -1;
    gboolean sure = only >= 0 && (!home->is_local || home->level == KH_LEVEL_DISTRICT);
    if (sure)
        return only;
    int found = header->title.text == NULL ? -1 : province_in (pool, header->title.text, KH_PROVINCE_NAMED);
    if (found >= 0 && (possible & KH_PROVINCE_BIT (found)))
        return found;
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        found = province_in_blocks (pool, texts[i], possible, i <= 1 ? &other : NULL);
        if (found >= 0)
            return found;
    }
    /* the list of communes does not hold those that ended before June 2025: what the opening names counts for more */
    if (home->is_local && home->level == KH_LEVEL_COMMUNE && other >= 0)
        return other;
    if (only >= 0)
        return only;
    for (guint i = 1; i < G_N_ELEMENTS (texts); i++) {
        kh_provinces near = provinces_of_neighbours (pool, texts[i], possible, date);
        if (near != 0)
            return kh_province_only (near, date);
    }
    return -1;
}

/* --- all of it ------------------------------------------------------------------------------ */

void
kh_plan_province (const kh_zones *zones, kh_pool *pool, kh_record *record)
{
    kh_header *header = &record->header;
    seat home = seat_of (pool, header);
    kh_date date = date_of_plan (record, &home);
    gboolean merged = kh_province_is_merged (date);
    int found = province_in_head (pool, header, &home);
    if (found < 0 && !is_central (header->parent.text) && !is_central (header->issuer.text)) {
        narrow_by_place (pool, header, &home);
        kh_provinces possible = merged ? home.after : home.before;
        if (merged && possible == 0)
            possible = kh_province_merged (home.before);
        if (date.year == 0 && (home.after & ~kh_province_merged (home.before)) != 0)
            possible |= home.after; /* then and now others have one of that name */
        /* a name that no list holds excludes nothing */
        found = province_in_text (pool, zones, header, &home, possible != 0 ? possible : ALL_PROVINCES, date);
        if (found < 0 && !home.is_local)
            found = province_in (pool, header->place.text, KH_PROVINCE_ANY);
    }
    header->province = kh_province_of (found, date);
}
