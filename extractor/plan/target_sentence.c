/* Which quantities of a sentence are commitments.
 *
 *   1. The text is cut into sentences; a sentence into clauses at ";".
 *   2. A sentence that speaks of a time before the plan tells results: none of it counts ("Năm 2023, … đạt 97,2%").
 *   3. A share (%) counts, unless the clause is about money to be spent or tells what is.
 *   4. A count counts when a word compares it (ít nhất, không quá, tăng, đạt), when it is so many of so many
 *      (03/04 đơn vị), or, among objectives, when something is to be done for so many (Hoàn thành … cho 5.300 hộ) and it
 *      is the first quantity of its clause. What is counted decides, too: fields, contents and chapters describe scope;
 *      people to send, copies, meetings are no commitments; a duration counts among objectives only.
 *   5. "không để … trên 30 người" and "không còn … dưới 50%" turn the bound around; "tăng không quá 20%" is a bound.
 *
 * In the part on implementation only compared shares count: the rest there is how and when to report.
 */
#include "plan/targets.h"

#include <string.h>

enum pattern {
    MONEY_CLAUSE,
    TELLS,
    SCOPE_UNIT,
    EVENT_UNIT,
    TIME_UNIT,
    AGE,
    SCOPE_BEFORE,
    DEED,
    SENDS,
    FULL,
    FORBIDS,
    NO_MORE,
    CHANGE_BOUND,
    CUT_LIST,
    N_PATTERNS
};

static const char *const sources[N_PATTERNS] = {
    [MONEY_CLAUSE] = "\\b(?:kinh phi|nguon von|von dau tu|tong von|nhu cau von|muc chi|muc ho tro|du toan|lai suat|phu cap|muc luong|thue suat|he so luong|"
                     "doi ung|muc dong)\\b",
    [TELLS] = "\\b(?:chiem|da dat|da hoan thanh|hien co|hien nay|hien tai|con ton tai|dat duoc|tinh den nay)\\b",
    [SCOPE_UNIT] = "^(?:linh vuc|noi dung|nhiem vu|chi so|mat|tru cot|khau|buoc|cap|phan|chuong|nhom|chi tieu|tieu chi|ke hoach|chuong trinh|de an|mau|"
                   "bieu|phu luc|muc|dieu|khoan|ty|trieu)$",
    [EVENT_UNIT] = "^(?:cuoc|buoi|hoi nghi|lop|lop tap huan|dot|ky|bo|tin|bai|tin bai|tin, bai|chuyen muc|chuyen de|chuyen|bao cao|lan|lan/(?:nam|thang|quy)|doan|quy)$",
    [TIME_UNIT] = "^(?:ngay lam viec|ngay|gio lam viec|gio|phut|thang|tuan|nam)$",
    [AGE] = "^ ?tuoi\\b",
    [SCOPE_BEFORE] = "\\b(?:doi voi|cua|trong|tren|theo|thuoc|gom|co|tai|va|cac|nhung|trong so|o|tu|voi|la|nam|toan dien tren)(?: toan bo| tat ca| tong so)?$",
    [DEED] = "\\b(?:hoan thanh|phan dau|xay dung|thanh lap|dao tao|ho tro|giai quyet|trong moi|cong nhan|cap moi|dua vao|so hoa|phat trien|tao|xoa|giup|thu hut)\\b",
    [SENDS] = "\\b(?:cu|gui|moi|bo tri|phan cong|in|phat|cap phat|nop|lap|sao|photo)(?: [a-z]+)?$",
    [FULL] = "\\bdu$",
    [FORBIDS] = "\\bkhong (?:de|co|xay ra|phat sinh)\\b[^,;]*$",
    [NO_MORE] = "\\bkhong con\\b[^,;]*$",
    [CHANGE_BOUND] = "\\b(?:tang|giam)\\b[^,;]*\\b(?:khong qua|toi da|khong vuot qua|nhieu nhat)\\b",
    [CUT_LIST] = "\\b(?:giam|rut ngan|tiet kiem)(?:,| va) [a-z]+(?: [a-z]+){0,2}$", /* cắt giảm, đơn giản hóa 20% … */
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    static gsize ready;
    if (g_once_init_enter (&ready)) {
        for (int i = 0; i < N_PATTERNS; i++)
            compiled[i] = g_regex_new (sources[i], G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
        g_once_init_leave (&ready, 1);
    }
    return compiled[which];
}

/* Does the pattern stand within the bytes [from, to)? */
static gboolean
has (enum pattern which, const kh_fold *fold, gsize from, gsize to)
{
    while (to > from && fold->str[to - 1] == ' ')
        to--;
    return from < to && g_regex_match_full (pattern (which), fold->str + from, to - from, 0, 0, NULL, NULL);
}

/* A clause of a sentence, and what was found in it so far. */
typedef struct clause {
    gsize from, to;        /* folded bytes */
    gsize last_end;        /* where the last quantity ended; = from before the first */
    gboolean first;        /* no quantity was taken yet */
} clause;

static gboolean
is_share (const kh_fold *fold, const kh_quantity *q)
{
    if (q->unit_end == q->unit_start)
        return FALSE;
    const char *unit = fold->str + q->unit_start;
    return *unit == '%' || g_str_has_prefix (unit, "phan tram");
}

static gboolean
share_counts (const kh_target_frame *frame, const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    if (has (MONEY_CLAUSE, fold, c->from, q->number_start))
        return FALSE;
    if (has (TELLS, fold, c->last_end, q->number_start))
        return FALSE;
    return frame->role != KH_ROLE_IMPLEMENTATION || q->compared || q->value == 100;
}

/* Counts: rule 4. */
static gboolean
count_counts (const kh_target_frame *frame, const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    gboolean objectives = frame->role == KH_ROLE_OBJECTIVES;
    gboolean change = *q->comparator == '+' || *q->comparator == '-';
    if (q->unit_end == q->unit_start || frame->role == KH_ROLE_IMPLEMENTATION)
        return FALSE;
    if (has (AGE, fold, q->number_end, MIN (q->number_end + 5, fold->length)) || has (MONEY_CLAUSE, fold, c->from, q->number_start))
        return FALSE;
    if (has (TELLS, fold, c->last_end, q->number_start) || has (SCOPE_UNIT, fold, q->unit_start, q->unit_end))
        return FALSE;
    if (has (SENDS, fold, c->from, q->start))
        return FALSE;
    if (!change && has (EVENT_UNIT, fold, q->unit_start, q->unit_end))
        return FALSE;
    if (has (TIME_UNIT, fold, q->unit_start, q->unit_end))
        return objectives && (has (FULL, fold, c->from, q->number_start) || (q->compared && strcmp (q->comparator, "=") != 0));
    if (q->compared || (q->of > 0 && !q->is_range))
        return TRUE;
    return objectives && c->first && has (DEED, fold, c->from, q->start) && !has (SCOPE_BEFORE, fold, c->from, q->start);
}

/* Rule 5. */
static const char *
comparator_of (const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    if (strcmp (q->comparator, ">=") == 0 && has (FORBIDS, fold, c->from, q->start))
        return "<=";
    if (strcmp (q->comparator, "<=") == 0 && has (NO_MORE, fold, c->from, q->start))
        return ">=";
    if ((*q->comparator == '+' || *q->comparator == '-') && has (CHANGE_BOUND, fold, c->last_end, q->number_start))
        return "<=";
    if (q->of > 0 && !q->is_range && (*q->comparator == '+' || *q->comparator == '-'))
        return "="; /* "tăng mức tự chủ tại 03/04 đơn vị": so many are reached */
    if (has (CUT_LIST, fold, c->last_end, q->start))
        return "-";
    return q->comparator;
}

static kh_text
slice (const kh_target_frame *frame, const kh_text *text, const kh_fold *fold, gsize from, gsize to)
{
    return kh_text_slice (frame->pool, text, fold->at[from], kh_fold_end (fold, to));
}

static void
take (const kh_target_frame *frame, const kh_text *sentence, const kh_fold *fold, const clause *c, const kh_quantity *q,
      const char *leading)
{
    gsize start, end;
    kh_target target = { .text = kh_value_of (frame->pool, sentence), .comparator = comparator_of (fold, c, q), .value = q->value };
    kh_text number = slice (frame, sentence, fold, q->number_start, q->number_end);
    target.value_seen = kh_evidence_of (frame->pool, &number);
    if (q->unit_end > q->unit_start) {
        kh_text unit = slice (frame, sentence, fold, q->unit_start, q->unit_end);
        target.unit = kh_value_of (frame->pool, &unit);
    }
    if (kh_subject_of (fold, c->last_end, c->to, q, &start, &end) || kh_subject_of (fold, c->from, c->to, q, &start, &end)) {
        kh_text subject = kh_text_slice (frame->pool, sentence, start, end);
        target.subject = kh_value_of (frame->pool, &subject);
    }
    target.by = kh_due_near (frame, fold, c->from, c->to, q->number_start);
    if (target.by == NULL)
        target.by = leading != NULL ? leading : frame->by;
    kh_target_add (frame, target);
}

/* Where the clause that begins at `from` ends: at ";" or the end of the text. */
static gsize
clause_end (const kh_fold *fold, gsize from)
{
    const char *end = strchr (fold->str + from, ';');
    return end == NULL ? fold->length : (gsize) (end - fold->str);
}

static void
sentence_targets (const kh_target_frame *frame, const kh_text *sentence)
{
    kh_fold *fold = kh_fold_new (frame->pool, sentence->str);
    const char *leading = NULL;
    kh_quantity q;
    if (!kh_quantity_find (fold, 0, &q) || kh_due_is_past (frame, fold, 0, fold->length, q.number_start))
        return;
    for (gsize from = 0; from < fold->length;) {
        clause c = { from, clause_end (fold, from), from, TRUE };
        gboolean past = kh_quantity_find (fold, from, &q) && kh_due_is_past (frame, fold, c.from, c.to, q.number_start);
        for (gsize at = from; !past && at < c.to && kh_quantity_find (fold, at, &q) && q.number_start < c.to; at = MAX (q.end, at + 1)) {
            gboolean counts = is_share (fold, &q) ? share_counts (frame, fold, &c, &q) : count_counts (frame, fold, &c, &q);
            if (from == 0 && c.first)
                leading = kh_due_near (frame, fold, 0, q.number_start, q.number_start);
            if (counts) {
                take (frame, sentence, fold, &c, &q, leading);
                c.first = FALSE;
                c.last_end = MIN (q.end, c.to);
            }
        }
        from = c.to + 1;
    }
}

/* Is the full stop at `at` one of an abbreviation: one capital, or a short word of capitals (TP., KT., ThS.)? */
static gboolean
is_abbreviation (const char *text, gsize at)
{
    gsize start = at;
    while (start > 0 && text[start - 1] != ' ')
        start--;
    glong n = g_utf8_strlen (text + start, at - start);
    return n > 0 && n <= 3 && g_unichar_isupper (g_utf8_get_char (text + start)) && !g_ascii_isdigit (text[at - 1]);
}

void
kh_targets_of_text (const kh_target_frame *frame, const kh_text *text)
{
    gsize start = 0;
    for (gsize i = 0; text->str[i] != '\0'; i++) {
        if (strchr (".!?", text->str[i]) == NULL || text->str[i + 1] != ' ' || is_abbreviation (text->str, i))
            continue;
        if (!g_unichar_isupper (g_utf8_get_char (text->str + i + 2)))
            continue;
        kh_text sentence = kh_text_slice (frame->pool, text, start, i + 1);
        sentence_targets (frame, &sentence);
        start = i + 2;
    }
    kh_text sentence = kh_text_slice (frame->pool, text, start, G_MAXSIZE);
    sentence_targets (frame, &sentence);
}
