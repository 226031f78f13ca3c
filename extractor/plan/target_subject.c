/* What a quantity is said of.
 *
 *   "Tối thiểu 80% | hồ sơ | được luân chuyển …"            behind the quantity, up to what is said of it
 *   "Mức độ hài lòng của người dân | đạt | tối thiểu 90%"   before it, when a verb of reaching joins the two
 *   "ít nhất | 60 mô hình sinh kế"                            a count is counted in its subject
 *
 * Leading times, conjunctions and words of intent ("Phấn đấu", "Trong đó", "Đến năm 2025,") are no part of it.
 */
#include "plan/targets.h"
#include "plan/pattern.h"

#include "plan/dates.h"
#include "plan/measures.h"

#include <string.h>

enum pattern { LEAD, TAIL, FROM, GROUPED, JOINED, AMONG, SAID, NEXT_FIGURE, SENTENCE_END, MEASURE, N_PATTERNS };

static const char *const sources[N_PATTERNS] = {
    /* at the beginning of what stands before a quantity */
    [LEAD] = "^(?:[-+*,.;: \"]|(?:phan dau|tiep tuc|muc tieu(?: \\d+)?|trong do|trong so do|dong thoi|rieng|dam bao|bao "
             "dam|dua|nang cao|nang|duy tri|giu vung|"
             "co giai phap|va|va nhung nam tiep theo|thi|luu y|khong de xay ra|khong con|luon|cho den khi|khi|moi nam|hang "
             "nam|nhung nam tiep theo)(?![a-z]))",
    /* at its end: the verb that joins it to the quantity */
    [TAIL] = "(?:[-,:( \"]|\\b(?<!tro )(?:phai|se|can|luon|tiep tuc|giu vung|dat|dat duoc|dat ty le|ty le|la|con|chi "
             "con|xuong|len|o muc|muc|chiem|nam|trong|tu|co|"
             "duoc|tra|thuc hien|(?<!toc do )tang|giam|gap|them|binh quan|hang nam|moi nam|den|toi|khoang|du|cho|so voi|xep|trong thoi "
             "gian|duoc tra|vao|phan dau|du kien|uoc|thuoc|nhom|thu|hang|vi tri|xep hang|xep thu|dung))$",
    /* at its end, too: what it comes from, before "lên", "xuống còn" */
    [FROM] = " tu \\d[\\d.,]* ?(?:%|[a-z]+(?: [a-z]+){0,3})?(?: nam \\d{4})?$",
    /* right before a number: a place among others is said of what stands before */
    [GROUPED] = "\\b(?:nhom|top|thu|hang|vi tri)$",
    /* right before a quantity: it is said of what stands before */
    [JOINED] = "(?:\\b(?:dat|dat duoc|dat ty le|ty le|la|con|xuong|len|o muc|muc|chiem|trong|thoi "
               "gian|du|gap|tang|giam|den|toi|duoi|tren|nam))$",
    /* behind a quantity: here begins what is said of the subject */
    [SAID] = " (?:(?:duoc|dat|bao dam|dam bao|hoan thanh|so voi|vao|tham gia|tiep can|khong phai|khong|ky cam ket|luu|nam "
             "duoc|co(?! (?:quan|so|che|cau|ban|hoi|khi|gioi|phan|phieu|cung|dau hieu|thu|nhu cau|yeu cau|nghia vu|phat sinh|"
             "du|cong|lien quan|dieu kien|hieu luc|trach nhiem|tham quyen|gia tri)(?![a-z]))|su dung|thuoc dien|cho den|ke tu|tro "
             "len|trong (?:so|tong)|phu hop|"
             "tro xuong|bang|dap ung|tu chu|thoat|tren tong|theo huong|tiep tuc|de (?:dam bao|bao dam)|do phu nu)(?![a-z])|\\()",
    /* the next of several */
    [NEXT_FIGURE] = "(?:,| va| cung)(?: [a-z]+){0,3} \\d+(?:[.,]\\d+)? ?%",
    /* "…, trong số đó, tỷ lệ giao dịch …" */
    [AMONG] = "\\btrong (?:so )?do\\b,? ?",
    [MEASURE] = "^(?:%|ngay lam viec|ngay|gio lam viec|gio|phut|thang|tuan|nam|lan|diem|bac|trieu dong|ty dong|nghin "
                "dong|dong|usd|kg|tan|ha|km)$",
    [SENTENCE_END] = "(?:[ .,;:)\"']+|(?: va| hoac)(?: cat)?)$",
};

static GRegex *
pattern (enum pattern which)
{
    static GRegex *compiled[N_PATTERNS];
    return kh_pattern (sources[which], &compiled[which]);
}

/* Where `which` matches within the bytes [from, to). */
static gboolean
find (enum pattern which, const kh_fold *fold, gsize from, gsize to, gsize *start, gsize *end)
{
    g_autoptr (GMatchInfo) info = NULL;
    int first, last;
    if (from >= to || !g_regex_match_full (pattern (which), fold->str + from, to - from, 0, 0, &info, NULL))
        return FALSE;
    g_match_info_fetch_pos (info, 0, &first, &last);
    *start = from + first;
    *end = from + last;
    return last > first;
}

static gsize
skip_time (const kh_fold *fold, gsize from, gsize to)
{
    kh_time time;
    if (kh_time_find_before (fold, from, from + 2, &time) && time.end <= to)
        return time.end;
    return from;
}

/* Is the joining word [start, end) printed as one, and not another that looks like it without marks (số thứ tự, từ)? */
static gboolean
is_joining (const kh_fold *fold, gsize start, gsize end)
{
    static const char *const words[] = { "từ", "thứ", "hạng", "còn", "có", "là", "lên", "tới", "đủ", NULL };
    static const char *const folded[] = { "tu", "thu", "hang", "con", "co", "la", "len", "toi", "du", NULL };
    while (start < end && fold->str[start] == ' ')
        start++;
    g_autofree char *word = g_strndup (fold->str + start, end - start);
    return !g_strv_contains (folded, word) || kh_fold_is_printed (fold, start, end, words);
}

/* What stands before: without leading words and times, and without the joining verb. */
static gboolean
before (const kh_fold *fold, gsize from, gsize to, gsize *start, gsize *end)
{
    gsize a, b, last = G_MAXSIZE;
    while (find (AMONG, fold, from, to, &a, &b) && b < to)
        from = b;
    while (from != last) {
        last = from;
        from = skip_time (fold, from, to);
        if (find (LEAD, fold, from, to, &a, &b))
            from = b;
    }
    while ((find (TAIL, fold, from, to, &a, &b) && is_joining (fold, a, b)) || find (FROM, fold, from, to, &a, &b))
        to = a;
    *start = from;
    *end = to;
    return to > from + 1;
}

/* Where it is told what is said of the subject; `to` when it is not. Words that others look like without marks must be
 * printed so: có and cơ, đạt and dắt, so với and số với. */
static gsize
find_said (const kh_fold *fold, gsize from, gsize to)
{
    static const char *const words[] = { "có", "đạt", "so với", "bằng", "lưu", NULL }, *const folded[] = { "co", "dat", "so voi",
                                                                                                           "bang", "luu" };
    gsize a, b;
    /* the pattern begins with a space: look from the one before, so that nothing may stand between */
    for (gsize at = from > 0 ? from - 1 : 0; find (SAID, fold, at, to, &a, &b); at = b) {
        gboolean other = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS (folded); i++) {
            gsize length = strlen (folded[i]);
            if (b - a == length + 1 && strncmp (fold->str + a + 1, folded[i], length) == 0)
                other = !kh_fold_is_printed (fold, a + 1, b, (const char *const[]){ words[i], NULL });
        }
        if (!other)
            return MAX (a, from);
    }
    return to;
}

/* What stands behind: up to what is said of it. A comma ends it unless a passive verb comes later. */
static gboolean
behind (const kh_fold *fold, gsize from, gsize to, gsize *start, gsize *end)
{
    gsize a, b;
    while (from < to && fold->str[from] == ' ')
        from++;
    gsize stop = find_said (fold, from, to);
    if (stop == to) {
        const char *comma = memchr (fold->str + from, ',', to - from);
        if (comma != NULL)
            stop = comma - fold->str;
    }
    if (find (NEXT_FIGURE, fold, from, stop, &a, &b))
        stop = a;
    while (find (SENTENCE_END, fold, from, stop, &a, &b))
        stop = a;
    *start = from;
    *end = stop;
    return stop > from + 1 && !strchr (",.;:", fold->str[from]);
}

/* As bytes of the folded text, within [from, to). */
static gboolean
subject_within (const kh_fold *fold, gsize from, gsize to, const kh_quantity *q, gsize *start, gsize *end)
{
    gsize a, b, to_before = q->start;
    gboolean percent = q->unit_end > q->unit_start && fold->str[q->unit_start] == '%';
    while (to_before > from && strchr (" :", fold->str[to_before - 1]) != NULL)
        to_before--;
    gboolean joined =
        find (JOINED, fold, from, to_before, &a, &b) || (q->compared && find (JOINED, fold, from, q->number_start - 1, &a, &b));
    gsize last_part = to_before; /* behind the last comma: "…, phấn đấu đến năm 2030 đạt 30% doanh nghiệp" names it behind */
    while (last_part > from && fold->str[last_part - 1] != ',')
        last_part--;
    if (joined && before (fold, last_part, to_before, start, end) && before (fold, from, to_before, start, end))
        return TRUE;
    if (find (GROUPED, fold, from, MAX (q->number_start, from + 1) - 1, &a, &b))
        return before (fold, from, to_before, start, end);
    if (!percent && find (MEASURE, fold, q->unit_start, q->unit_end, &a, &b)) /* days and points are not what is promised */
        return before (fold, from, to_before, start, end);
    return behind (fold, percent ? MAX (q->unit_end, q->end) : q->unit_start, to, start, end) ||
           before (fold, from, to_before, start, end);
}

gboolean
kh_subject_of (const kh_fold *fold, gsize from, gsize to, const kh_quantity *q, gsize *start, gsize *end)
{
    gsize colon = from;
    for (gsize i = from; i < q->start; i++) /* "Tại địa bàn đô thị: 100% trường …"; but "Tỷ lệ cắt giảm: 10%" */
        if (fold->str[i] == ':')
            colon = i + 1;
    if (!subject_within (fold, colon, to, q, start, end) && !subject_within (fold, from, to, q, start, end))
        return FALSE;
    gsize folded_end = *end;
    *start = fold->at[*start];
    *end = kh_fold_end (fold, folded_end);
    return TRUE;
}
