/* period.c - how the period is chosen.
 *
 *   In a title every expression of time counts that is no day (those belong to citations), no law's year, and no bound year behind a
 *   fuller one ("giai đoạn 2021-2025, định hướng đến năm 2030": the first). A year or part of a year within a longer span is the plan's
 *   own ("… giai đoạn 2021-2030 năm 2024": 2024). Without a title's, the sentence that introduces the plan is read the same
 *   way, then a sentence that gives the time of the whole work: "Thời gian …: từ ngày … đến ngày …".
 */
#include "plan/period.h"

#include <stdlib.h>
#include <string.h>

#include "plan/dates.h"
#include "plan/pattern.h"
#include "plan/signs.h"

static gboolean
is_narrower (const kh_time *a, const kh_time *b)
{
    return b->first.year != 0 && kh_date_compare (a->first, b->first) >= 0 && kh_date_compare (a->last, b->last) <= 0 &&
           (kh_date_compare (a->first, b->first) > 0 || kh_date_compare (a->last, b->last) < 0);
}

/* A time within the name of a cited paper ("… Nghị quyết số 12 ngày …") is not the plan's, nor the year of a law, unless it is the
 * year of the plan, too. `issued`: the plan's year, 0 not known. */
static gboolean
is_citation (const kh_fold *fold, const kh_time *time, int issued)
{
    if (time->kind == KH_TIME_DAY || (fold->str[time->end] == '/' && g_ascii_isalpha (fold->str[time->end + 1])))
        return TRUE;
    g_autofree char *before = g_strndup (fold->str, time->start);
    gboolean of_law = time->kind == KH_TIME_YEAR && KH_FITS (before, "\\b(?:luat|hien phap|phap lenh)(?: [a-z,]+){0,9}$");
    return of_law && issued != 0 && time->first.year != issued && time->first.year != issued + 1;
}

static gboolean
best_time (const kh_fold *fold, int issued, kh_time *best)
{
    kh_time time;
    gboolean found = FALSE;
    for (gsize from = 0; kh_time_find (fold, from, &time); from = time.end) {
        if (!time.has_year || is_citation (fold, &time, issued))
            continue;
        if (!found || is_narrower (&time, best) || (best->bound == KH_BOUND_UNTIL && time.bound == KH_BOUND_NONE))
            *best = time;
        found = TRUE;
    }
    return found;
}

/* The year of issue; 0 when it is not known. */
static int
year_issued (const kh_header *header)
{
    return header->date.text != NULL ? atoi (header->date.text) : 0;
}

/* "… Tết Nguyên đán Giáp Thìn 2024": a bare year that ends the title, when it is that of the issue or the next. */
static gboolean
bare_year (const kh_fold *fold, int issued, kh_time *time)
{
    static GRegex *slot;
    int place[4];
    if (issued == 0 || !kh_pattern_match (kh_pattern ("[a-z] (20\\d\\d)[^a-z0-9]*$", &slot), fold, 0, place, 2))
        return FALSE;
    int year = atoi (fold->str + place[2]);
    *time = (kh_time){ .start = place[2], .end = place[3], .kind = KH_TIME_YEAR, .first = { year, 1, 1 }, .last = { year, 12, 31 }, .has_year = TRUE };
    return year == issued || year == issued + 1;
}

static void
take (kh_pool *pool, kh_header *header, const kh_text *text, const kh_fold *fold, const kh_time *time)
{
    kh_text part = kh_text_slice (pool, text, fold->at[time->start], kh_fold_end (fold, time->end));
    if (time->first.year != 0 && time->bound != KH_BOUND_UNTIL)
        header->period_start = kh_value_derived (pool, kh_date_iso (pool, time->first), &part);
    if (time->bound != KH_BOUND_AFTER)
        header->period_end = kh_value_derived (pool, kh_date_iso (pool, time->last), &part);
}

/* The title's words for evidence: its blocks one after the other. */
static kh_text
title_text (kh_pool *pool, const kh_zones *zones)
{
    kh_text title = { "", 0, NULL };
    for (guint i = 0; i < zones->type->len; i++)
        title = kh_text_join (pool, &title, &((kh_block *) g_ptr_array_index (zones->type, i))->text);
    for (guint i = 0; i < zones->title->len; i++)
        title = kh_text_join (pool, &title, &((kh_block *) g_ptr_array_index (zones->title, i))->text);
    return title;
}

/* The sentence "… ban hành Kế hoạch … năm 2024 như sau:": only behind the word Kế hoạch. */
static gboolean
from_introduction (kh_pool *pool, const kh_zones *zones, kh_header *header)
{
    static GRegex *slot;
    for (guint i = 0; i < zones->opening->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->opening, i);
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        int place[2], next[2];
        kh_time time;
        GRegex *issues = kh_pattern ("(?:ban hanh|xay dung|lap|de ra|trien khai) (?:va to chuc thuc hien )?ke hoach", &slot);
        if (block->kind == KH_BLOCK_TABLE || !kh_pattern_match (issues, fold, 0, place, 1))
            continue;
        /* a base cites what others planned; only what follows its citations in the same paragraph introduces */
        if (kh_sign_is_base (block->text.str) && !KH_FITS (block->text.str, "(?:nhu sau|cu the|sau day|noi dung)[^a-z0-9]*$|:[^a-z0-9]*$"))
            continue;
        while (kh_pattern_match (issues, fold, place[1], next, 1))
            memcpy (place, next, sizeof place);
        kh_text rest = kh_text_slice (pool, &block->text, fold->at[place[1]], strlen (block->text.str));
        kh_fold *behind = kh_fold_new (pool, rest.str);
        if (best_time (behind, year_issued (header), &time)) {
            take (pool, header, &rest, behind, &time);
            return TRUE;
        }
    }
    return FALSE;
}

/* "Thời gian thực hiện: từ ngày 28/8/2017 đến ngày 30/11/2017." */
static gboolean
from_schedule (kh_pool *pool, const kh_zones *zones, kh_header *header)
{
    static GRegex *slot;
    for (guint i = 0; i < zones->body->len; i++) {
        const kh_block *block = g_ptr_array_index (zones->body, i);
        if (block->kind == KH_BLOCK_TABLE)
            continue;
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        int place[2];
        kh_time time;
        GRegex *pattern = kh_pattern ("\\bthoi gian(?: (?:thuc hien|thanh tra|kiem tra|trien khai|tien hanh|to chuc|thanh, kiem tra|ke hoach|du kien))* ?(?::|tu|bat dau)", &slot);
        if (!kh_pattern_match (pattern, fold, 0, place, 1))
            continue;
        gsize from = place[1] - 2; /* "từ" belongs to the time */
        if (kh_time_find (fold, from, &time) && time.has_year && time.start < (gsize) place[1] + 30 &&
            (time.kind == KH_TIME_SPAN || time.kind == KH_TIME_YEARS)) {
            take (pool, header, &block->text, fold, &time);
            return TRUE;
        }
    }
    return FALSE;
}

void
kh_plan_period (kh_pool *pool, const kh_zones *zones, kh_header *header)
{
    kh_text title = title_text (pool, zones);
    kh_fold *fold = kh_fold_new (pool, title.str);
    kh_time time;
    if (best_time (fold, year_issued (header), &time) || bare_year (fold, year_issued (header), &time)) {
        take (pool, header, &title, fold, &time);
        return;
    }
    if (!from_introduction (pool, zones, header))
        from_schedule (pool, zones, header);
}
