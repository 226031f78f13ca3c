/* A sentence: its clauses, the quantities of each that are commitments (target_clause.c), and what is said of them: subject, due day,
 * topic, what they are compared with.
 *
 *     Năm 2024, | tối thiểu 90% hồ sơ được nộp trực tuyến, | trong đó 60% được thanh toán trực tuyến; | giảm 5% … so với năm 2023
 *     leading     first stretch                               second stretch                            second clause
 *
 * What is said of a quantity stands in its stretch: from the quantity before to the one after it.
 */
#include "plan/target_clause.h"
#include "plan/wording.h"

#include <string.h>

#define LONG_BEFORE 150 /* bytes before a quantity that say more than one thing */
#define MOST_BEHIND 1500 /* bytes behind a quantity in which the next is looked for */
#define LOST_COMMA 0.5f /* how sure a share of more than 100 % is when an engine read it */

static kh_text
slice (const kh_target_frame *frame, const kh_text *text, const kh_fold *fold, gsize from, gsize to)
{
    return kh_text_slice (frame->pool, text, fold->at[from], kh_fold_end (fold, to));
}

/* A share of more than the whole is one whose comma was lost, unless something grows by it or is compared with it. */
static gboolean
is_doubtful (const kh_text *sentence, const kh_fold *fold, const kh_quantity *q)
{
    return kh_is_share (q, fold) && q->value > 100 && *q->comparator != '+' && kh_fold_find (fold, "so voi", q->end) < 0 &&
           kh_text_is_from_engine (sentence);
}

/* The words around a quantity are those from the one before to the next that bounds or shares something ("mức độ 3, 4" does not). */
static gsize
stretch_end (const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    kh_quantity next;
    for (gsize at = q->end; at < MIN (c->to, q->end + MOST_BEHIND) && kh_quantity_find (fold, at, &next); at = MAX (next.end, at + 1))
        if (next.compared || kh_is_share (&next, fold))
            return MIN (next.start, c->to);
    return c->to;
}

/* Behind another quantity, or a long list of deeds, only what stands behind the last comma is said of this one. */
static gsize
stretch_start (const kh_fold *fold, const kh_clause *c, const kh_quantity *q)
{
    gsize from = MAX (c->last_end, c->from), start = q->start;
    if (c->first && start - from <= LONG_BEFORE)
        return from;
    while (start > from && fold->str[start - 1] != ',')
        start--;
    return start;
}

static const char *
topic_of (const kh_target_frame *frame, const kh_fold *fold, const kh_clause *c, const kh_quantity *q, const kh_value *subject,
          gboolean blurred)
{
    gsize from = MAX (c->last_end, c->from), to = stretch_end (fold, c, q);
    const char *topic = kh_topic_of (fold, stretch_start (fold, c, q), to, FALSE);
    if (topic == NULL)
        topic = kh_topic_of (fold, from, to, FALSE);
    if (topic == NULL && subject->text != NULL) {
        const kh_fold *of = kh_fold_new (frame->pool, subject->text);
        topic = kh_topic_of (of, 0, of->length, FALSE);
    }
    if (topic == NULL)
        topic = kh_topic_of (fold, c->from, c->to, FALSE);
    if (topic == NULL && (subject->text == NULL || (c->subject != NULL && subject->text == c->subject->text)))
        /* "Năm 2022, 60% … trực tuyến; năm 2025 đạt 80%": of what was spoken of before */
        topic = kh_topic_of (fold, 0, c->to, FALSE);
    if (topic == NULL && blurred)
        topic = kh_topic_of (fold, from, to, TRUE);
    return topic != NULL ? topic : frame->topic;
}

static kh_target *
take (const kh_target_frame *frame, const kh_text *sentence, const kh_fold *fold, const kh_clause *c, const kh_quantity *q,
      const char *leading)
{
    gsize start, end;
    kh_target target = { .text = kh_value_of (frame->pool, sentence),
                         .comparator = kh_clause_comparator (fold, c, q),
                         .value = q->value };
    kh_text number = slice (frame, sentence, fold, q->number_start, q->number_end);
    target.value_seen = kh_evidence_of (frame->pool, &number);
    if (is_doubtful (sentence, fold, q))
        target.value_seen.confidence *= LOST_COMMA;
    if (q->unit_end > q->unit_start) {
        kh_text unit = slice (frame, sentence, fold, q->unit_start, q->unit_end);
        target.unit = kh_value_of (frame->pool, &unit);
    }
    if (kh_subject_of (fold, c->last_end, stretch_end (fold, c, q), q, &start, &end) ||
        (c->first && kh_subject_of (fold, c->from, c->to, q, &start, &end))) {
        kh_text subject = kh_text_slice (frame->pool, sentence, start, end);
        target.subject = kh_value_of (frame->pool, &subject);
    } else if (c->subject != NULL) {
        target.subject = *c->subject; /* "…; mỗi năm tăng 20%": of what was spoken of before */
    }
    target.by = kh_due_near (frame, fold, c->from, c->to, q);
    if (target.by == NULL)
        target.by = leading != NULL ? leading : frame->by;
    target.topic = topic_of (frame, fold, c, q, &target.subject, kh_text_is_from_engine (sentence));
    gsize from = stretch_start (fold, c, q);
    kh_claim claim = { .scope = sentence->str };
    claim.words = kh_pool_strndup (frame->pool, fold->str + from, stretch_end (fold, c, q) - from);
    kh_target_add (frame, target, claim);
    return frame->targets->pdata[frame->targets->len - 1];
}

/* Where the clause that begins at `from` ends: at ";" or the end of the text. */
static gsize
clause_end (const kh_fold *fold, gsize from)
{
    const char *end = strchr (fold->str + from, ';');
    return end == NULL ? fold->length : (gsize)(end - fold->str);
}

/* A target of the clause at hand, and where its quantity stands. */
typedef struct taken {
    kh_target *target;
    gsize start, end;
} taken;

/* "giảm 10% … và giảm 5% … so với năm 2021": what is compared is the quantity before it, and the changes listed before that. */
static void
give_baselines (const kh_target_frame *frame, const kh_text *sentence, const kh_fold *fold, GArray *list, gsize to)
{
    const kh_baseline *behind = NULL;
    gsize next = to;
    for (guint i = list->len; i-- > 0;) {
        taken *one = &g_array_index (list, taken, i);
        gboolean change = *one->target->comparator == '+' || *one->target->comparator == '-';
        gsize at;
        if (!kh_baseline_find (frame, sentence, fold, one->end, next, &one->target->baseline, &at) && change && behind != NULL)
            one->target->baseline = *behind;
        gboolean listed = change && one->target->baseline.text.text != NULL;
        behind = listed ? &one->target->baseline : NULL;
        next = one->start;
    }
}

static void
sentence_targets (const kh_target_frame *frame, const kh_text *sentence)
{
    kh_fold *fold = kh_fold_new (frame->pool, sentence->str);
    const char *leading = NULL;
    kh_quantity q;
    if (!kh_quantity_find (fold, 0, &q) || kh_due_is_past (frame, fold, 0, fold->length, q.number_start))
        return;
    if (kh_sets_condition (fold))
        return;
    const kh_value *subject = NULL;
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (taken));
    for (gsize from = 0; from < fold->length;) {
        kh_clause c = { from, clause_end (fold, from), from, from, TRUE, "=", subject };
        gboolean past = kh_quantity_find (fold, from, &q) && kh_due_is_past (frame, fold, c.from, c.to, q.number_start);
        g_array_set_size (list, 0);
        for (gsize at = from; !past && at < c.to && kh_quantity_find (fold, at, &q) && q.number_start < c.to;
             at = MAX (q.end, at + 1)) {
            gboolean counts = kh_clause_counts (frame, fold, &c, &q);
            if (from == 0 && c.first) {
                kh_quantity none = { .number_start = q.number_start, .end = q.number_start };
                leading = kh_due_near (frame, fold, 0, q.number_start, &none);
            }
            if (counts) {
                kh_target *target = take (frame, sentence, fold, &c, &q, leading);
                taken one = { target, q.start, MIN (q.end, c.to) };
                g_array_append_val (list, one);
                c.comparator = target->comparator;
                c.subject = subject = &target->subject;
                c.first = FALSE;
                c.last_end = MIN (q.end, c.to);
            }
            c.previous_end = MIN (q.end, c.to);
        }
        give_baselines (frame, sentence, fold, list, c.to);
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

/* A "sentence" that goes on for longer is a list without full stops; it is cut at semicolons, and at commas when it is twice as long, since what is
 * asked of a sentence takes time in the square of its length. */
#define MOST_SENTENCE 1500 /* bytes */

void
kh_targets_of_text (const kh_target_frame *frame, const kh_text *text)
{
    gsize start = 0;
    for (gsize i = 0; text->str[i] != '\0'; i++) {
        gsize most = text->str[i] == ';' ? MOST_SENTENCE : 2 * MOST_SENTENCE;
        if (i - start > most && strchr (";,", text->str[i]) != NULL && text->str[i + 1] == ' ') {
            kh_text part = kh_text_slice (frame->pool, text, start, i + 1);
            sentence_targets (frame, &part);
            start = i + 2;
            continue;
        }
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
