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
#include "plan/target_clause.h"
#include "plan/pattern.h"

#include <string.h>

#define LONGEST_TALE 1000 /* bytes that a beginning such as "Đến nay" reaches over */

enum pattern {
    CONDITION,
    SPENDING,
    CAPITAL,
    MONEY_BEHIND,
    PAID_OUT,
    TELLS,
    TELLS_ALL,
    PROMISES,
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
    AMONG_THEM,
    HAS_BEFORE,
    DATED,
    TOP,
    TIMES_OVER,
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
    [SPENDING] = "\\b(?:kinh phi|muc chi|muc ho tro|du toan|lai suat|phu cap|muc luong|thue suat|he so luong|doi ung|muc dong|muc "
                 "gia|muc thu|muc phat|von ngan sach)\\b",
    [CAPITAL] = "\\b(?:nguon von|von dau tu|tong von|nhu cau von)\\b",
    /* behind a share: what is owned or paid, not what is reached */
    [MONEY_BEHIND] = "^[ %]*(?:so )?(?:von (?:dieu le|gop|nha nuoc|cua|dau tu nuoc)|hoc phi|muc luong|muc ho tro|gia ve|le phi|muc phi)\\b",
    [PAID_OUT] = "\\bgiai ngan\\b",
    [TELLS] = "\\b(?:da (?:dat|hoan thanh|co|xay dung|duoc|thuc hien)|hien (?:co|nay|tai)|con ton tai|tinh den nay|den nay|uoc "
              "dat|uoc thuc hien|uoc tinh|uoc)\\b",
    /* a sentence that begins so tells what is, until it turns to what shall be */
    [TELLS_ALL] = "\\b(?:tinh den|den nay|hien nay|hien co|hien tai|uoc)\\b",
    [PROMISES] = "\\b(?:phan dau|muc tieu|chi tieu|se|du kien|quy hoach|den (?:het )?nam|them)\\b",
    [SCOPE_UNIT] = "^(?:linh vuc|noi dung|nhiem vu|chi so|mat|tru cot|khau|buoc|cap|phan|chuong|nhom|chi tieu|tieu chi|ke "
                   "hoach|chuong trinh|de an|mau|"
                   "bieu|phu luc|muc|dieu|khoan|ty|trieu|giai doan|giai|nhiem ky|nhiem|lan thu|sao|pho(?: [a-z]+)*|dong/.*)$",
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
                    "thu hut|sua chua|nang cap|lap dat|them|van dong|tuyen sinh|ket nap|huy dong|khoi cong|dua vao su dung)$",
    [AMONG_THEM] = "\\btrong (?:so )?do\\b[^;]*$",
    [HAS_BEFORE] = "\\b(?:cho|duoc|co|dua)$",
    [DATED] = "\\b(?:den|het|vao|trong)(?: het| cuoi)*(?: nam)? 20\\d\\d\\b[^;]*\\bco$", /* đến năm 2025 có 15 xã đạt chuẩn */
    [TIMES_OVER] = "\\bgap(?: it nhat| toi thieu| hon| tren)?$",
    [TOP] = "\\btop(?: so)?$",
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

gboolean
kh_is_share (const kh_quantity *q, const kh_fold *fold)
{
    if (q->unit_end == q->unit_start)
        return FALSE;
    const char *unit = fold->str + q->unit_start;
    return *unit == '%' || g_str_has_prefix (unit, "phan tram");
}

/* Is it about money, or a tale of what is? */
static gboolean
promises_nothing (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    gboolean objective = frame->role == KH_ROLE_OBJECTIVES;
    if (has (SPENDING, fold, c->from, q->number_start) || has (TELLS, fold, MAX (c->last_end, c->previous_end), q->number_start))
        return TRUE;
    if (kh_is_share (q, fold) && has (MONEY_BEHIND, fold, q->number_end, c->to))
        return TRUE;
    if (has (CAPITAL, fold, c->from, q->number_start) && !has (PAID_OUT, fold, c->from, c->to) && !(objective && q->compared))
        return TRUE;
    return !objective && kh_fold_find (fold, "chiem", c->last_end) >= 0 &&
           (gsize)kh_fold_find (fold, "chiem", c->last_end) < q->number_start;
}

/* Does the sentence tell what is, up to the place `at`: "Đến nay, … 86%; … 12%"? */
static gboolean
tells_what_is (const kh_fold *fold, gsize at)
{
    g_autoptr (GMatchInfo) info = NULL;
    int end = 0;
    if (at > LONGEST_TALE || !g_regex_match_full (pattern (TELLS_ALL), fold->str, at, 0, 0, &info, NULL))
        return FALSE;
    g_match_info_fetch_pos (info, 0, NULL, &end);
    return !has (PROMISES, fold, end, at);
}

static gboolean
share_counts (const kh_target_frame *frame, const kh_quantity *q)
{
    return frame->role != KH_ROLE_IMPLEMENTATION || q->compared || q->value == 100;
}

/* Is the kind of thing counted one that is promised? */
static gboolean
unit_counts (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    gsize from = q->unit_start, to = q->unit_end;
    gboolean change = *q->comparator == '+' || *q->comparator == '-';
    gboolean part = q->of > 0 && !q->is_range; /* 3/8 chỉ số */
    if (q->is_rank || (from == to && has (TOP, fold, c->from, q->number_start)))
        return TRUE;
    if (from == to || (has (SCOPE_UNIT, fold, from, to) && !part) || (q->of > 0 && has (TIME_UNIT, fold, from, to)))
        return FALSE;
    if (has (AGE, fold, q->number_end, MIN (q->number_end + 12, fold->length)) || has (CITED, fold, c->from, q->number_start))
        return FALSE;
    if (has (TIMES_OVER, fold, c->from, q->number_start))
        return TRUE;
    if (!change && has (EVENT_UNIT, fold, from, to) && !(frame->role == KH_ROLE_OBJECTIVES && strcmp (q->comparator, "<=") == 0))
        return FALSE;
    if (has (COPY_UNIT, fold, from, to) && has (PRINTS, fold, c->from, q->start))
        return FALSE;
    if (has (TIME_UNIT, fold, from, to))
        return frame->role == KH_ROLE_OBJECTIVES &&
               (has (FULL, fold, c->from, q->number_start) || (q->compared && (q->is_level || strcmp (q->comparator, "=") != 0)));
    return TRUE;
}

/* Counts: rule 4. */
static gboolean
count_counts (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    gboolean duration = has (TIME_UNIT, fold, q->unit_start, q->unit_end);
    if (frame->role == KH_ROLE_IMPLEMENTATION || !unit_counts (frame, fold, c, q))
        return FALSE;
    if (!duration && strcmp (q->comparator, "<=") != 0 && has (SENDS, fold, c->from, q->start))
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
           (has (DEED_BEFORE, fold, c->from, q->start) || (!c->first && has (AMONG_THEM, fold, c->last_end, q->start)) ||
            has (DATED, fold, c->from, q->start) ||
            (has (HAS_BEFORE, fold, c->from, q->start) && (has (DEED, fold, c->from, q->start) || !c->first)));
}

/* Rule 5. */
const char *
kh_clause_comparator (const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
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
    if (!q->compared && !q->is_range && !c->first && has (LIST_GOES_ON, fold, c->last_end, q->number_start))
        return c->comparator; /* "ít nhất 100 doanh nghiệp, 50 hợp tác xã" */
    return q->comparator;
}

gboolean
kh_sets_condition (const kh_fold *fold)
{
    return has (CONDITION, fold, 0, fold->length);
}

gboolean
kh_clause_counts (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    if (q->value == 0 && fold->str[q->number_start + 1] == '0') /* "00%": a digit was lost, and none is guessed */
        return FALSE;
    if (promises_nothing (frame, fold, c, q) || tells_what_is (fold, q->number_start))
        return FALSE;
    return kh_is_share (q, fold) ? share_counts (frame, q) : count_counts (frame, fold, c, q);
}
