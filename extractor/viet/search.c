#include "viet/search.h"

#include <math.h>
#include <string.h>

#define BEAM 16            /* hypotheses that go on from a symbol */
#define BEAM_WIDTH 12.0    /* nats: what is worse than the best by more is given up */
#define ARC_WIDTH 9.0      /* nats: what is worse than the other way to the same hypothesis does not count for posteriors */
#define MOST_INDENT 3      /* more white space at the start is indentation, not lost letters */
#define NONE G_MAXUINT32

typedef struct hypothesis {
    kh_lm_state state;
    guint32 previous, edge; /* the best way here; NONE at the start */
    guint32 next;           /* another at the same symbol */
    double score;           /* of the best way */
    double forward;         /* ln of the sum over all ways */
    double backward;        /* the same from here to the end */
} hypothesis;

/* One way from a hypothesis to another. */
typedef struct arc {
    guint32 from, to, edge;
    float weight;
} arc;

struct kh_search {
    kh_channel_tables tables;
    GArray *edges;      /* of kh_edge */
    GArray *hypotheses; /* of hypothesis */
    GArray *arcs;       /* of arc, by the symbol they start from */
    GArray *at;         /* of guint32: for each symbol (and the end) the first of its hypotheses */
    GArray *best_at;    /* of double: score of the best of them */
    GArray *choices;    /* of kh_choice */
};

kh_search *
kh_search_new (kh_channel_tables tables)
{
    kh_search *s = g_new0 (kh_search, 1);
    s->tables = tables;
    s->edges = g_array_new (FALSE, FALSE, sizeof (kh_edge));
    s->hypotheses = g_array_new (FALSE, FALSE, sizeof (hypothesis));
    s->arcs = g_array_new (FALSE, FALSE, sizeof (arc));
    s->at = g_array_new (FALSE, FALSE, sizeof (guint32));
    s->best_at = g_array_new (FALSE, FALSE, sizeof (double));
    s->choices = g_array_new (FALSE, FALSE, sizeof (kh_choice));
    return s;
}

void
kh_search_free (kh_search *s)
{
    if (s == NULL)
        return;
    GArray *all[] = { s->edges, s->hypotheses, s->arcs, s->at, s->best_at, s->choices };
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
        g_array_unref (all[i]);
    g_free (s);
}

static hypothesis *
hypothesis_at (const kh_search *s, guint32 i)
{
    return &g_array_index (s->hypotheses, hypothesis, i);
}

/* ln (e^a + e^b) */
static double
add_logs (double a, double b)
{
    double high = MAX (a, b), low = MIN (a, b);
    return low == -INFINITY || high - low > 30 ? high : high + log1p (exp (low - high));
}

static gboolean
same_state (const kh_lm_state *a, const kh_lm_state *b)
{
    return a->node[0] == b->node[0] && a->node[1] == b->node[1] && a->node[2] == b->node[2];
}

/* A way to symbol `to` was found: a new hypothesis there, or one more way to an old one. */
static void
reach (kh_search *s, guint32 from, guint32 edge, guint32 to, const kh_lm_state *state, double weight)
{
    const hypothesis *before = hypothesis_at (s, from);
    double score = before->score + weight, forward = before->forward + weight;
    double *best = &g_array_index (s->best_at, double, to);
    if (score < *best - BEAM_WIDTH)
        return;
    *best = MAX (*best, score);
    guint32 *first = &g_array_index (s->at, guint32, to), i = *first;
    while (i != NONE && !same_state (&hypothesis_at (s, i)->state, state))
        i = hypothesis_at (s, i)->next;
    arc way = { from, i, edge, (float) weight };
    if (i == NONE) {
        hypothesis new = { *state, from, edge, *first, score, forward, -INFINITY };
        way.to = *first = s->hypotheses->len;
        g_array_append_val (s->hypotheses, new);
    } else {
        hypothesis *old = hypothesis_at (s, i);
        if (score < old->score - ARC_WIDTH)
            return;
        old->forward = add_logs (old->forward, forward);
        if (score > old->score) {
            old->score = score;
            old->previous = from;
            old->edge = edge;
        }
    }
    g_array_append_val (s->arcs, way);
}

/* The hypotheses at a symbol that are worth going on from, at most BEAM, into `kept`. */
static guint
prune (const kh_search *s, guint32 at, guint32 kept[BEAM])
{
    guint n = 0;
    double least = g_array_index (s->best_at, double, at) - BEAM_WIDTH;
    for (guint32 i = g_array_index (s->at, guint32, at); i != NONE; i = hypothesis_at (s, i)->next) {
        double score = hypothesis_at (s, i)->score;
        if (score < least)
            continue;
        guint k = n < BEAM ? n++ : BEAM;
        while (k > 0 && hypothesis_at (s, kept[k - 1])->score < score) {
            if (k < BEAM)
                kept[k] = kept[k - 1];
            k--;
        }
        if (k < BEAM)
            kept[k] = i;
    }
    return n;
}

/* All edges from symbol `at`, from all its hypotheses. */
static void
go_on (kh_search *s, const kh_passage *passage, const kh_damage *damage, guint32 at)
{
    guint32 kept[BEAM];
    guint n = prune (s, at, kept);
    guint32 first = s->edges->len;
    if (n > 0)
        kh_channels_propose (passage, &s->tables, damage, at, s->edges);
    for (guint i = 0; i < n; i++) {
        double score = hypothesis_at (s, kept[i])->score, before_score = 0;
        kh_lm_state before = hypothesis_at (s, kept[i])->state;
        guint8 before_sign = KH_TOKEN_CLASSES;
        for (guint32 e = first; e < s->edges->len; e++) {
            const kh_edge *edge = &g_array_index (s->edges, kh_edge, e);
            if (score - edge->cost < g_array_index (s->best_at, double, edge->to) - BEAM_WIDTH)
                continue; /* not even a word without cost would be */
            if (edge->before != before_sign) {
                before = hypothesis_at (s, kept[i])->state;
                before_sign = edge->before;
                before_score = before_sign == KH_TOKEN_CLASSES ? 0 : kh_lm_score (s->tables.lm, &before, before_sign, &before);
            }
            kh_lm_state state = before;
            double weight = before_score - edge->cost;
            if (edge->has_word)
                weight += kh_lm_score (s->tables.lm, &state, edge->token, &state);
            if (edge->after != KH_TOKEN_CLASSES)
                weight += kh_lm_score (s->tables.lm, &state, edge->after, &state);
            if (edge->begins_anew)
                state = kh_lm_start (s->tables.lm);
            reach (s, kept[i], e, edge->to, &state, weight);
        }
    }
}

static guint32
best_at_end (const kh_search *s, guint32 end)
{
    guint32 best = g_array_index (s->at, guint32, end);
    for (guint32 i = best; i != NONE; i = hypothesis_at (s, i)->next)
        if (hypothesis_at (s, i)->score > hypothesis_at (s, best)->score)
            best = i;
    return best;
}

/* The sum over all ways from each hypothesis to the end; returns that over all ways from start to end. */
static double
run_backward (kh_search *s, guint32 end)
{
    double all = -INFINITY;
    for (guint32 i = g_array_index (s->at, guint32, end); i != NONE; i = hypothesis_at (s, i)->next) {
        hypothesis_at (s, i)->backward = 0;
        all = add_logs (all, hypothesis_at (s, i)->forward);
    }
    for (guint a = s->arcs->len; a-- > 0;) {
        const arc *way = &g_array_index (s->arcs, arc, a);
        hypothesis *from = hypothesis_at (s, way->from);
        from->backward = add_logs (from->backward, way->weight + hypothesis_at (s, way->to)->backward);
    }
    return all;
}

/* What is left as it was read is the same only with the signs around it; a change is of the word alone. */
static gboolean
says_the_same (const kh_edge *a, const kh_edge *b)
{
    gboolean same = a->start == b->start && a->end == b->end && a->kind == b->kind && a->token == b->token && a->has_word == b->has_word;
    return same && (a->kind != KH_REPAIR_NONE || (a->before == b->before && a->after == b->after));
}

/* Fills in the posteriors of the choices: the share of the ways that hold the same word at the same place. */
static void
find_posteriors (kh_search *s, guint32 end)
{
    double all = run_backward (s, end);
    guint a = 0;
    for (guint i = 0; i < s->choices->len; i++) {
        kh_choice *choice = &g_array_index (s->choices, kh_choice, i);
        if (choice->edge.kind == KH_REPAIR_NONE && !choice->edge.has_word)
            continue;
        double sum = -INFINITY;
        /* arcs ascend by the place of their edges' start, near enough: those of one word stand close together */
        while (a < s->arcs->len && g_array_index (s->edges, kh_edge, g_array_index (s->arcs, arc, a).edge).end < choice->edge.start)
            a++;
        for (guint k = a; k < s->arcs->len; k++) {
            const arc *way = &g_array_index (s->arcs, arc, k);
            const kh_edge *edge = &g_array_index (s->edges, kh_edge, way->edge);
            if (edge->start > choice->edge.end)
                break;
            if (says_the_same (edge, &choice->edge))
                sum = add_logs (sum, hypothesis_at (s, way->from)->forward + way->weight + hypothesis_at (s, way->to)->backward);
        }
        choice->posterior = MIN (1, exp (sum - all));
    }
}

/* A hypothesis where the text begins: behind its white space, or in it where that may hold lost letters. */
static void
start_search (kh_search *s, const kh_passage *passage, const kh_damage *damage)
{
    guint32 end = passage->symbols->len, first = 0;
    while (first < end && kh_passage_symbol (passage, first)->kind == KH_SYMBOL_BREAK)
        first++;
    guint32 last = first;
    while (last < end && (kh_passage_symbol (passage, last)->kind == KH_SYMBOL_SPACE || kh_passage_symbol (passage, last)->kind == KH_SYMBOL_BREAK))
        last++;
    if ((damage->kinds & KH_DAMAGE_LOST_LETTERS) == 0 || last - first > MOST_INDENT)
        first = last;
    for (guint32 i = first; i <= last; i++) {
        hypothesis start = { kh_lm_start (s->tables.lm), NONE, NONE, NONE, 0, 0, -INFINITY };
        g_array_index (s->at, guint32, i) = s->hypotheses->len;
        g_array_index (s->best_at, double, i) = 0;
        g_array_append_val (s->hypotheses, start);
    }
}

const GArray *
kh_search_run (kh_search *s, const kh_passage *passage, const kh_damage *damage)
{
    guint32 end = passage->symbols->len;
    g_array_set_size (s->edges, 0);
    g_array_set_size (s->hypotheses, 0);
    g_array_set_size (s->arcs, 0);
    g_array_set_size (s->choices, 0);
    g_array_set_size (s->at, end + 1);
    g_array_set_size (s->best_at, end + 1);
    for (guint32 i = 0; i <= end; i++) {
        g_array_index (s->at, guint32, i) = NONE;
        g_array_index (s->best_at, double, i) = -INFINITY;
    }
    start_search (s, passage, damage);
    for (guint32 i = 0; i < end; i++)
        if (g_array_index (s->at, guint32, i) != NONE)
            go_on (s, passage, damage, i);
    gboolean wanted = damage->kinds == KH_DAMAGE_OCR; /* else of changes only */
    for (guint32 i = best_at_end (s, end); i != NONE && hypothesis_at (s, i)->edge != NONE; i = hypothesis_at (s, i)->previous) {
        kh_choice choice = { g_array_index (s->edges, kh_edge, hypothesis_at (s, i)->edge), 1 };
        wanted |= choice.edge.kind != KH_REPAIR_NONE;
        g_array_append_val (s->choices, choice);
    }
    for (guint i = 0; i < s->choices->len / 2; i++) {
        kh_choice swap = g_array_index (s->choices, kh_choice, i);
        g_array_index (s->choices, kh_choice, i) = g_array_index (s->choices, kh_choice, s->choices->len - 1 - i);
        g_array_index (s->choices, kh_choice, s->choices->len - 1 - i) = swap;
    }
    if (wanted)
        find_posteriors (s, end);
    return s->choices;
}
