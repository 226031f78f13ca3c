/* Which quantities of a sentence are commitments.
 *
 *   1. The text is cut into sentences; a sentence into clauses at ";".
 *   2. A sentence that speaks of a time before the plan tells results: none of it counts ("Năm 2023, … đạt 97,2%"). A sentence
 * that sets a condition (Nếu …, Trường hợp …) or deals out points promises nothing.
 *   3. A share (%) counts, unless the clause is about money to be spent or tells what is.
 *   4. A count counts when a word compares it (ít nhất, không quá, tăng, đạt), when it is so many of so many
 *      (03/04 đơn vị), when it goes on a list whose first counts ("ít nhất 100 doanh nghiệp, 50 hợp tác xã"), or, among
 *      objectives, when a deed stands right before it (Hoàn thành … cho 5.300 hộ). What is counted decides, too: fields,
 *      contents and chapters describe scope; people to send, copies, meetings are no commitments; a duration counts among
 *      objectives only.
 *   5. "không để … trên 30 người" and "không còn … dưới 50%" turn the bound around; "tăng không quá 20%" is a bound.
 *
 * In the part on implementation only compared shares count: the rest there is how and when to report.
 */
#include "plan/targets.h"
#include "plan/pattern.h"

#include <string.h>

enum pattern {
    CONDITION,
    MONEY_CLAUSE,
    TELLS,
    SCOPE_UNIT,
    EVENT_UNIT,
    COPY_UNIT,
    PRINTS,
    TIME_UNIT,
    AGE,
    CITED,
    WEAK,
    DEED,
    DEED_BEFORE,
    HAS_BEFORE,
    SENDS,
    FULL,
    FORBIDS,
    NO_MORE,
    CHANGE_BOUND,
    CUT_LIST,
    LIST_GOES_ON,
    N_PATTERNS
};

static const char *const sources[N_PATTERNS] = {
    [CONDITION] = "^[-+*( ]*(?:neu|truong hop|vi du|cong thuc|cach tinh)\\b|\\b(?:cong|tru|thuong|thang diem|toi da duoc) "
                  "(?:truc tiep )?\\d+ diem\\b",
    [MONEY_CLAUSE] = "\\b(?:kinh phi|nguon von|von dau tu|tong von|nhu cau von|muc chi|muc ho tro|du toan|lai suat|phu cap|muc "
                     "luong|thue suat|he so luong|"
                     "doi ung|muc dong|muc gia|muc thu|muc phat)\\b",
    [TELLS] = "\\b(?:da (?:dat|hoan thanh|co|xay dung|duoc|thuc hien)|hien (?:co|nay|tai)|con ton tai|tinh den nay|den nay|uoc "
              "dat|uoc thuc hien|uoc tinh|uoc)\\b",
    [SCOPE_UNIT] = "^(?:linh vuc|noi dung|nhiem vu|chi so|mat|tru cot|khau|buoc|cap|phan|chuong|nhom|chi tieu|tieu chi|ke "
                   "hoach|chuong trinh|de an|mau|"
                   "bieu|phu luc|muc|dieu|khoan|ty|trieu|giai doan|giai|nhiem ky|nhiem|lan thu)$",
    [EVENT_UNIT] = "^(?:cuoc|cuoc hop|cuoc thi|buoi|hoi nghi|hoi thao|lop|lop hoc|lop tap huan|khoa|khoa "
                   "hoc|dot|ky|phien|chuyen|bao cao|lan|lan/.*|doan|doan kiem tra|"
                   "quy)$",
    [COPY_UNIT] = "^(?:bo|to|to roi|to gap|cuon|quyen|ban tin|an pham|dia|ban)$",
    [PRINTS] = "\\b(?:in|phat|cap phat|phat hanh|bien soan)\\b",
    [TIME_UNIT] = "^(?:ngay lam viec|ngay|gio lam viec|gio|phut|thang|tuan|nam)$",
    [AGE] = "^(?: ?thang)? ?tuoi\\b",
    [CITED] =
        "\\b(?:de an|nghi quyet|chuong trinh|quyet dinh|ket luan|chi thi|luat|ke hoach|thong tu|nghi dinh|bac|so|quy dinh)$",
    [WEAK] = "^(?:la|tu)\\b", /* joins a count to what it describes; begins a range */
    [DEED] = "\\b(?:hoan thanh|phan dau|xay dung|thanh lap|hinh thanh|dao tao|ho tro|giai quyet|trong moi|cong nhan|cap moi|dua "
             "vao|so hoa|phat trien|tao|xoa|giup|"
             "thu hut|dau tu)\\b",
    [DEED_BEFORE] = "\\b(?:hoan thanh|xay dung|thanh lap|hinh thanh|dao tao|boi duong|ho tro|giai quyet|trong|trong moi|cong "
                    "nhan|cap moi|so hoa|phat trien|tao|"
                    "thu hut|sua chua|nang cap|lap dat|them)$",
    [HAS_BEFORE] = "\\b(?:cho|duoc|co|dua)$",
    [SENDS] = "\\b(?:cu|gui|bo tri|phan cong|in|cap phat|nop|sao|photo)$",
    [FULL] = "\\bdu$",
    [FORBIDS] = "\\bkhong (?:de|co|xay ra|phat sinh)\\b[^,;]*$",
    [NO_MORE] = "\\bkhong con\\b[^,;]*$",
    [CHANGE_BOUND] = "\\b(?:tang|giam)\\b[^,;]*\\b(?:khong qua|toi da|khong vuot qua|nhieu nhat)\\b",
    [CUT_LIST] = "\\b(?:giam|rut ngan|tiet kiem)(?:,| va) [a-z]+(?: [a-z]+){0,2}$", /* cắt giảm, đơn giản hóa 20% … */
    [LIST_GOES_ON] = "(?:,|\\bva|\\bcung)$",
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    return kh_pattern (sources[which], &compiled[which]);
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
    gsize from, to;          /* folded bytes */
    gsize last_end;          /* where the last quantity ended; = from before the first */
    gboolean first;          /* no quantity was taken yet */
    const char *comparator;  /* of the last one */
    const kh_value *subject; /* of the last one of the sentence; NULL before */
} clause;

static gboolean
is_share (const kh_fold *fold, const kh_quantity *q)
{
    if (q->unit_end == q->unit_start)
        return FALSE;
    const char *unit = fold->str + q->unit_start;
    return *unit == '%' || g_str_has_prefix (unit, "phan tram");
}

/* Is it about money, or a tale of what is? */
static gboolean
promises_nothing (const kh_target_frame *frame, const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    if (has (MONEY_CLAUSE, fold, c->from, q->number_start) || has (TELLS, fold, c->last_end, q->number_start))
        return TRUE;
    return frame->role != KH_ROLE_OBJECTIVES && kh_fold_find (fold, "chiem", c->last_end) >= 0 &&
           (gsize)kh_fold_find (fold, "chiem", c->last_end) < q->number_start;
}

static gboolean
share_counts (const kh_target_frame *frame, const kh_quantity *q)
{
    return frame->role != KH_ROLE_IMPLEMENTATION || q->compared || q->value == 100;
}

/* Is the kind of thing counted one that is promised? */
static gboolean
unit_counts (const kh_target_frame *frame, const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    gsize from = q->unit_start, to = q->unit_end;
    gboolean change = *q->comparator == '+' || *q->comparator == '-';
    if (from == to || has (SCOPE_UNIT, fold, from, to) || (q->of > 0 && has (TIME_UNIT, fold, from, to)))
        return FALSE;
    if (has (AGE, fold, q->number_end, MIN (q->number_end + 12, fold->length)) || has (CITED, fold, c->from, q->number_start))
        return FALSE;
    if (!change && has (EVENT_UNIT, fold, from, to))
        return FALSE;
    if (has (COPY_UNIT, fold, from, to) && has (PRINTS, fold, c->from, q->start))
        return FALSE;
    if (has (TIME_UNIT, fold, from, to))
        return frame->role == KH_ROLE_OBJECTIVES &&
               (has (FULL, fold, c->from, q->number_start) || (q->compared && strcmp (q->comparator, "=") != 0));
    return TRUE;
}

/* Counts: rule 4. */
static gboolean
count_counts (const kh_target_frame *frame, const kh_fold *fold, const clause *c, const kh_quantity *q)
{
    gboolean duration = has (TIME_UNIT, fold, q->unit_start, q->unit_end);
    if (frame->role == KH_ROLE_IMPLEMENTATION || !unit_counts (frame, fold, c, q))
        return FALSE;
    if (!duration && has (SENDS, fold, c->from, q->start))
        return FALSE;
    if (q->compared && (strcmp (q->comparator, "=") != 0 || !has (WEAK, fold, q->start, q->number_start)))
        return TRUE;
    if (q->of >= q->value && q->of > 0 && !q->is_range)
        return TRUE;
    if (!c->first && has (LIST_GOES_ON, fold, c->last_end, q->number_start))
        return TRUE;
    if (duration)
        return TRUE; /* "đủ 24 giờ" */
    return frame->role == KH_ROLE_OBJECTIVES &&
           (has (DEED_BEFORE, fold, c->from, q->start) ||
            (has (HAS_BEFORE, fold, c->from, q->start) && (has (DEED, fold, c->from, q->start) || !c->first)));
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
    if (!q->compared && !c->first && has (LIST_GOES_ON, fold, c->last_end, q->number_start))
        return c->comparator; /* "ít nhất 100 doanh nghiệp, 50 hợp tác xã" */
    return q->comparator;
}

static kh_text
slice (const kh_target_frame *frame, const kh_text *text, const kh_fold *fold, gsize from, gsize to)
{
    return kh_text_slice (frame->pool, text, fold->at[from], kh_fold_end (fold, to));
}

static const kh_target *
take (const kh_target_frame *frame, const kh_text *sentence, const kh_fold *fold, const clause *c, const kh_quantity *q,
      const char *leading)
{
    gsize start, end;
    kh_target target = { .text = kh_value_of (frame->pool, sentence),
                         .comparator = comparator_of (fold, c, q),
                         .value = q->value };
    kh_text number = slice (frame, sentence, fold, q->number_start, q->number_end);
    target.value_seen = kh_evidence_of (frame->pool, &number);
    if (q->unit_end > q->unit_start) {
        kh_text unit = slice (frame, sentence, fold, q->unit_start, q->unit_end);
        target.unit = kh_value_of (frame->pool, &unit);
    }
    if (kh_subject_of (fold, c->last_end, c->to, q, &start, &end) || kh_subject_of (fold, c->from, c->to, q, &start, &end)) {
        kh_text subject = kh_text_slice (frame->pool, sentence, start, end);
        target.subject = kh_value_of (frame->pool, &subject);
    } else if (c->subject != NULL) {
        target.subject = *c->subject; /* "…; mỗi năm tăng 20%": of what was spoken of before */
    }
    target.by = kh_due_near (frame, fold, c->from, c->to, q->number_start);
    if (target.by == NULL)
        target.by = leading != NULL ? leading : frame->by;
    kh_target_add (frame, target);
    return frame->targets->pdata[frame->targets->len - 1];
}

/* Where the clause that begins at `from` ends: at ";" or the end of the text. */
static gsize
clause_end (const kh_fold *fold, gsize from)
{
    const char *end = strchr (fold->str + from, ';');
    return end == NULL ? fold->length : (gsize)(end - fold->str);
}

static void
sentence_targets (const kh_target_frame *frame, const kh_text *sentence)
{
    kh_fold *fold = kh_fold_new (frame->pool, sentence->str);
    const char *leading = NULL;
    kh_quantity q;
    if (!kh_quantity_find (fold, 0, &q) || kh_due_is_past (frame, fold, 0, fold->length, q.number_start))
        return;
    if (has (CONDITION, fold, 0, fold->length))
        return;
    const kh_value *subject = NULL;
    for (gsize from = 0; from < fold->length;) {
        clause c = { from, clause_end (fold, from), from, TRUE, "=", subject };
        gboolean past = kh_quantity_find (fold, from, &q) && kh_due_is_past (frame, fold, c.from, c.to, q.number_start);
        for (gsize at = from; !past && at < c.to && kh_quantity_find (fold, at, &q) && q.number_start < c.to;
             at = MAX (q.end, at + 1)) {
            gboolean misread =
                q.value == 0 && fold->str[q.number_start + 1] == '0'; /* "00%": a digit was lost, and none is guessed */
            gboolean counts = !misread && !promises_nothing (frame, fold, &c, &q) &&
                              (is_share (fold, &q) ? share_counts (frame, &q) : count_counts (frame, fold, &c, &q));
            if (from == 0 && c.first)
                leading = kh_due_near (frame, fold, 0, q.number_start, q.number_start);
            if (counts) {
                const kh_target *target = take (frame, sentence, fold, &c, &q, leading);
                c.comparator = target->comparator;
                c.subject = subject = &target->subject;
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
