/* number.c - the number of the paper: "Số: 588/KH-STP", "Số 12-KH/TU", "Số: 12/2024/KH-UBND", "Số:      /KH-STP".
 *
 *      Số: 588 / KH - STP        what runs: digits, with a letter or a year, or a blank (spaces, dots)
 *          └┬┘   └──┬───┘        what follows the slash (the party: the dash; "12CTr/TU": at once): the code
 *         running   code
 */
#include "plan/head.h"

#include <string.h>

#include "plan/dates.h"
#include "plan/document_numbers.h"
#include "plan/parts.h"
#include "plan/pattern.h"
#include "plan/signs.h"

/* The mark "Số" as engines read it, and what may stand before it. */
#define NUMBER_MARK "^[^a-z0-9]{0,2}(?:s.?|so|sd) ?[:;.,]*"

/* A number line with its code; a stamp of receipt ("Số: 1234") has none. */
static gboolean
is_coded (const char *line)
{
    return KH_FITS (line, "[/-] ?[a-z]{2,}");
}

guint
kh_head_number_line (const GPtrArray *lines)
{
    guint found = lines->len;
    for (guint i = 0; i < lines->len; i++) {
        const char *line = ((kh_text *) g_ptr_array_index (lines, i))->str;
        if (!kh_sign_is_number_line (line) && !KH_FITS (line, "^\\W*s.{0,2}[:.;]? ?[0-9 .]*/ ?[a-z]{2,5}-[a-z]+"))
            continue;
        if (is_coded (line))
            return i;
        if (found == lines->len)
            found = i;
    }
    return found;
}

/* The number with spaces around its marks closed: "05 /KH-STP" -> "05/KH-STP". To be freed. */
static char *
closed_number (const char *string)
{
    g_autoptr (GString) out = g_string_new (NULL);
    for (const char *p = string; *p; p++) {
        if (*p == ' ' && (p[1] == '/' || p[1] == '-' || (out->len > 0 && strchr ("/-", out->str[out->len - 1])) || p[1] == ' '))
            continue;
        g_string_append_c (out, *p);
    }
    return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Digits as a number runs: "588", "05a" (the letter plain: "0đ" is a digit read wrong), "12/2024". */
static gboolean
is_clean (const char *running, const kh_text *line, gsize last)
{
    if (KH_FITS (running, "^\\d{1,5} ?/ ?(?:19|20)\\d\\d$"))
        return TRUE;
    return (g_ascii_isdigit (line->str[last]) || strchr ("abcABC", line->str[last]) != NULL) && KH_FITS (running, "^\\d{1,5}[a-z]?$");
}

static gboolean
is_sound_code (const char *code)
{
    return g_unichar_isupper (g_utf8_get_char (code)) && KH_FITS (code, "^[a-z]{2,6}[0-9]{0,2} ?(?:[-/&.] ?[a-z0-9]+)*$");
}

void
kh_head_number (kh_pool *pool, const kh_text *line, kh_record *record)
{
    static GRegex *slot;
    kh_fold *fold = kh_fold_new (pool, line->str);
    int place[6];
    GRegex *pattern = kh_pattern (NUMBER_MARK "((?:[^/]*?/ ?(?:19|20)\\d\\d(?= ?/))|[^/]*?) ?(?:/|(?<=[0-9 .:])-(?= ?[a-z]{2,6}/)|(?<=\\d)(?= ?[a-z]{2,4}/)) ?([a-z][a-z0-9/&. -]*[a-z0-9])", &slot);
    if (!kh_pattern_match (pattern, fold, 0, place, 3)) {
        kh_plan_review (pool, record, "/header/number", "unreadable");
        return;
    }
    g_autofree char *running = g_strndup (fold->str + place[2], place[3] - place[2]);
    g_strstrip (running);
    kh_text whole = kh_text_slice (pool, line, fold->at[place[2]], kh_fold_end (fold, place[5]));
    kh_text code = kh_text_slice (pool, line, fold->at[place[4]], kh_fold_end (fold, place[5]));
    gboolean blank = !KH_FITS (running, "[a-z0-9]");
    kh_text figures = kh_text_slice (pool, line, fold->at[place[2]], fold->at[place[4]]);
    if (!blank && kh_text_is_by_hand (&figures)) {
        kh_plan_review (pool, record, "/header/number", "handwritten");
        return;
    }
    gboolean clean = blank || is_clean (running, line, fold->at[MAX (place[3] - 1, 0)]);
    if (!clean || !is_sound_code (code.str) || (!blank && kh_head_is_guess (pool, line, fold, place[2], place[3]))) {
        kh_plan_review (pool, record, "/header/number", "unreadable");
        return;
    }
    g_autofree char *closed = closed_number (blank ? code.str : whole.str);
    /* the code may begin behind "-" or at once (12-KH/TU, 12CTr/TU); a blank keeps the slash as printed */
    gboolean dash = place[4] > 0 && strchr (" -", fold->str[place[4] - 1]) != NULL && memchr (fold->str + place[3], '/', place[4] - place[3]) == NULL;
    g_autofree char *number = blank ? g_strconcat (dash ? "-" : "/", closed, NULL) : g_strdup (closed);
    record->header.number = kh_value_derived (pool, number, blank ? &code : &whole);
    if (blank && kh_head_is_from_image (record, line))
        kh_plan_review (pool, record, "/header/number", "blank_or_handwritten");
}

/* What was said of the number before it was found elsewhere is no longer true. */
static void
drop_review (kh_record *record, const char *pointer)
{
    for (guint i = record->review->len; i-- > 0;)
        if (strcmp (((kh_review_entry *) g_ptr_array_index (record->review, i))->pointer, pointer) == 0)
            g_ptr_array_remove_index (record->review, i);
}

/* Does the head's number leave room for this one: none, or a blank before the same code? */
static gboolean
fills_blank (const char *head, const char *number)
{
    return head == NULL || (strchr ("/-", *head) != NULL && g_str_has_suffix (number, head));
}

void
kh_head_annex_line (kh_pool *pool, const GPtrArray *blocks, kh_record *record)
{
    static GRegex *slot;
    for (guint i = 0; i < blocks->len; i++) {
        const kh_block *block = g_ptr_array_index (blocks, i);
        if (block->kind == KH_BLOCK_TABLE)
            continue;
        kh_fold *fold = kh_fold_new (pool, block->text.str);
        int place[2];
        gsize start, end;
        if (!kh_pattern_match (kh_pattern ("^\\W{0,3}(?:(?:ban hanh )?(?:kem theo|dinh kem)) (?:ban )?ke hoach so ?:? ?", &slot), fold, 0, place, 1))
            continue;
        kh_header *header = &record->header;
        if (kh_document_number_find (fold, place[1], &start, &end) && start <= (gsize) place[1] + 1) {
            kh_text part = kh_text_slice (pool, &block->text, fold->at[start], kh_fold_end (fold, end));
            g_autofree char *closed = closed_number (part.str);
            if (fills_blank (header->number.text, closed)) {
                header->number = kh_value_derived (pool, closed, &part);
                drop_review (record, "/header/number");
            } else if (header->number.text != NULL && strcmp (header->number.text, closed) != 0) {
                continue; /* another plan's */
            }
        }
        kh_date date;
        if ((header->date.text == NULL || strlen (header->date.text) < 10) && kh_day_find (fold, place[1], &start, &end, &date)) {
            kh_text part = kh_text_slice (pool, &block->text, fold->at[start], kh_fold_end (fold, end));
            header->date = kh_value_derived (pool, kh_date_iso (pool, date), &part);
            drop_review (record, "/header/date");
        }
    }
}
