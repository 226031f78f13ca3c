/* placedate.c - "Hà Tĩnh, ngày 16 tháng 12 năm 2021": the place, and the date as far as it is filled in.
 *
 *      Hà Tĩnh, ngày 16 tháng 12 năm 2021      the form of the decree; each slot figures, a blank (spaces, dots), or not readable
 *      Hà Tĩnh, ngày 16/12/2021
 *      Hà Tĩnh, tháng 12 năm 2021              schemes (ĐỀ ÁN) give the month only
 *
 *   What was read in doubt, or written by hand, is left out and told; a day that no calendar has is null.
 */
#include "plan/head.h"

#include <stdlib.h>
#include <string.h>

#include "plan/dates.h"
#include "plan/parts.h"
#include "plan/pattern.h"
#include "plan/signs.h"
#include "plan/spelling.h"

#define SURE 0.9f        /* confidence of figures that were read without doubt */
#define PLACE_BYTES 60   /* no place's name is longer */

#define SLOT_UNREADABLE (-1)
#define SLOT_BY_HAND (-2)

/* What fold->str[start, end) says in the line's text: a number, 0: a blank, or why it cannot be read. */
static int
read_slot (kh_pool *pool, const kh_text *line, const kh_fold *fold, const int place[2], int low, int high)
{
    g_autofree char *slot = g_strstrip (g_strndup (fold->str + place[0], place[1] - place[0]));
    if (!KH_FITS (slot, "[a-z0-9]"))
        return 0;
    kh_text figures = kh_text_slice (pool, line, fold->at[place[0]], kh_fold_end (fold, place[1]));
    if (kh_text_is_by_hand (&figures))
        return SLOT_BY_HAND;
    if (!KH_FITS (slot, "^[0-9]{1,4}$"))
        return SLOT_UNREADABLE;
    int value = atoi (slot);
    return value >= low && value <= high ? value : SLOT_UNREADABLE;
}

/* A year that seems written by hand but was read without doubt, and that the title or the opening names in print, too: forms
 * leave day and month open, hardly ever the year, so a scan's bent line is the likelier reason. Else SLOT_BY_HAND. */
static int
confirmed_year (kh_pool *pool, const kh_text *line, const kh_fold *fold, const int place[2], const kh_zones *zones)
{
    kh_text figures = kh_text_slice (pool, line, fold->at[place[0]], kh_fold_end (fold, place[1]));
    const GPtrArray *printed[] = { zones->title, zones->opening };
    if (!KH_FITS (figures.str, "^(?:19|20)\\d\\d$") || kh_text_confidence (&figures) < SURE)
        return SLOT_BY_HAND;
    for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
        for (guint k = 0; k < printed[i]->len; k++) {
            const kh_text *text = &((kh_block *) g_ptr_array_index (printed[i], k))->text;
            for (gsize n = 0; n < text->n_pieces; n++)
                if (!(text->pieces[n].word->style & KH_WORD_HAND) && strstr (text->pieces[n].word->text, figures.str) != NULL)
                    return atoi (figures.str);
        }
    return SLOT_BY_HAND;
}

/* A date line that its column broke off ("…, ngày tháng 7 năm" / "2025") with the line that ends it; else the line itself. */
static kh_text
whole_date_line (kh_pool *pool, const GPtrArray *lines, guint i)
{
    const kh_text *line = g_ptr_array_index (lines, i);
    if (i + 1 == lines->len || KH_FITS (line->str, "\\bn.m[ .]*\\d{3,4}\\b") || !KH_FITS (line->str, "\\bng?ay(?![a-z])(?:[^a-z]*|.*\\bthang(?![a-z]).*)$"))
        return *line;
    kh_text both = kh_text_join (pool, line, g_ptr_array_index (lines, i + 1));
    return KH_FITS (both.str, "\\bng?ay(?![a-z]).{0,24}\\bthang(?![a-z]).{0,20}\\bn.m[ .]*(?:19|20)\\d\\d\\W*$") ? both : *line;
}

/* What a date line says: where "ngày" begins in the fold (-1: it says nothing), the date, and what is wrong with it. */
typedef struct day_line {
    int at;
    kh_date date;
    gboolean doubtful, by_hand, blank, impossible;
} day_line;

static day_line
read_day (kh_pool *pool, const kh_text *line, const kh_fold *fold, const kh_zones *zones)
{
    static GRegex *words_slot, *figures_slot, *month_slot;
    GRegex *words = kh_pattern ("[,;.]? ?\\bng.{0,2}y?(?![a-z])([^a-z]*?|.{0,6}?)(?<![a-z])t{0,2}h?ang(?![a-z])(.{0,8}?) ?(?<![a-z])n.m(?![a-z])[ .]*((?:19|20)\\d\\d|[0-9]{1,4}|)", &words_slot);
    GRegex *figures = kh_pattern ("[,;]? ?\\bngay ?(\\d{1,2}|[. ]*) ?[/.-] ?(\\d{1,2}|[. ]*) ?[/.-] ?((?:19|20)\\d\\d)(?!\\d)", &figures_slot);
    GRegex *month = kh_pattern ("[,;] ?()thang ?(\\d{1,2}|[. ]*) ?(?:[/.-]|nam) ?((?:19|20)\\d\\d)\\W*$", &month_slot);
    day_line found = { .at = -1 };
    int place[8];
    gboolean by_month = FALSE;
    if (!kh_pattern_match (words, fold, 0, place, 4) && !kh_pattern_match (figures, fold, 0, place, 4)) {
        by_month = kh_pattern_match (month, fold, 0, place, 4);
        if (!by_month)
            return found;
    }
    found.at = place[0];
    int d = kh_head_is_guess (pool, line, fold, place[2], place[3]) ? SLOT_UNREADABLE : read_slot (pool, line, fold, place + 2, 1, 31);
    int m = kh_head_is_guess (pool, line, fold, place[4], place[5]) ? SLOT_UNREADABLE : read_slot (pool, line, fold, place + 4, 1, 12);
    int y = read_slot (pool, line, fold, place + 6, 1900, 2099);
    if (y == SLOT_BY_HAND)
        y = confirmed_year (pool, line, fold, place + 6, zones);
    found.by_hand = d == SLOT_BY_HAND || m == SLOT_BY_HAND || y == SLOT_BY_HAND;
    found.doubtful = d < 0 || m < 0 || y <= 0;
    found.blank = (d == 0 && !by_month) || m == 0;
    found.date = (kh_date){ MAX (y, 0), MAX (m, 0), m > 0 ? MAX (d, 0) : 0 };
    if (!kh_date_is_valid (found.date)) {
        found.impossible = !found.doubtful;
        found.date = (kh_date){ 0 };
    }
    return found;
}

/* The place before the day: what stands before it, without specks and marks; as the line has it ("TP. Hồ Chí Minh"). */
static kh_text
place_before (kh_pool *pool, const kh_text *line, gsize end)
{
    static GRegex *slot;
    int motto[2];
    gsize start = 0;
    kh_fold *fold = kh_fold_new (pool, line->str);
    if (kh_pattern_match (kh_pattern ("hanh phuc\\b", &slot), fold, 0, motto, 1) && fold->at[motto[1]] < end) /* it came with the motto's line */
        start = kh_fold_end (fold, motto[1]);
    while (end > start && strchr (" ,;.", line->str[end - 1]))
        end--;
    while (start < end && !g_unichar_isalnum (g_utf8_get_char (line->str + start)))
        start = g_utf8_next_char (line->str + start) - line->str;
    return kh_text_slice (pool, line, start, end);
}

static void
read_place_and_date (kh_pool *pool, const kh_text *line, const kh_zones *zones, kh_record *record)
{
    kh_header *header = &record->header;
    kh_fold *fold = kh_fold_new (pool, line->str);
    day_line day = read_day (pool, line, fold, zones);
    if (day.at < 0) {
        if (header->date.text == NULL)
            kh_plan_review (pool, record, "/header/date", kh_text_is_by_hand (line) ? "handwritten" : "unreadable");
        return;
    }
    kh_text where = place_before (pool, line, kh_fold_end (fold, day.at));
    if (header->place.text == NULL && g_unichar_isupper (g_utf8_get_char (where.str)) && strlen (where.str) < PLACE_BYTES)
        header->place = kh_spelling_value (pool, record, &where);
    kh_text when = kh_text_slice (pool, line, fold->at[day.at], strlen (line->str));
    if (header->date.text == NULL && day.date.year != 0)
        header->date = kh_value_derived (pool, kh_date_iso (pool, day.date), &when);
    if (day.doubtful) {
        header->date = kh_value_doubt (header->date, 0.3);
        kh_plan_review (pool, record, "/header/date", day.by_hand ? "handwritten" : "unreadable");
    } else if (day.impossible)
        kh_plan_review (pool, record, "/header/date", "date_impossible");
    else if (day.blank && kh_head_is_from_image (record, line))
        kh_plan_review (pool, record, "/header/date", "blank_or_handwritten");
}

void
kh_head_date_lines (kh_pool *pool, const GPtrArray *lines, guint from, const kh_zones *zones, kh_record *record)
{
    for (guint i = from; i < lines->len; i++) {
        kh_text line = whole_date_line (pool, lines, i);
        if (kh_sign_is_date_line (line.str))
            read_place_and_date (pool, &line, zones, record);
    }
}
