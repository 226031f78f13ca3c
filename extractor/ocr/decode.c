/* decode.c - see decode.h. */
#include "ocr/decode.h"

#include <string.h>

#define SURE 0.98f      /* a step whose best code is likelier leaves no choice */
#define LEAST 0.002f    /* less likely codes are not looked at */
#define BEAM 8u         /* spellings kept from step to step */
#define MOST_NODES 512u /* spellings begun in one word */

/* A spelling so far: its last code, and the spelling before it. */
typedef struct node {
    guint parent, code;
    double blank, other;           /* probability of it up to the last step, which was no character / its last code */
    double next_blank, next_other; /* up to this step */
} node;

typedef struct beam {
    const kh_model *model;
    node nodes[MOST_NODES];
    guint n_nodes;
    guint active[BEAM];
    guint n_active;
} beam;

static void
word_clear (void *item)
{
    g_free (((kh_decoded_word *) item)->text);
}

static guint
best_code (const float *chances, guint codes)
{
    guint best = 0;
    for (guint c = 1; c < codes; c++)
        if (chances[c] > chances[best])
            best = c;
    return best;
}

/* ------------------------------------------------------------------ spellings of one word */

/* The spelling `parent` followed by `code`; 0 (the empty one) when there is no room for another. */
static guint
find_child (beam *b, guint parent, guint code)
{
    for (guint i = parent + 1; i < b->n_nodes; i++)
        if (b->nodes[i].parent == parent && b->nodes[i].code == code)
            return i;
    if (b->n_nodes == MOST_NODES)
        return 0;
    b->nodes[b->n_nodes] = (node){ .parent = parent, .code = code };
    return b->n_nodes++;
}

/* Each spelling goes on with `code` at this step. */
static void
extend (beam *b, guint code, double chance)
{
    for (guint i = 0; i < b->n_active; i++) {
        guint at = b->active[i];
        double blank = b->nodes[at].blank, other = b->nodes[at].other;
        if (code == b->model->blank) {
            b->nodes[at].next_blank += (blank + other) * chance;
            continue;
        }
        gboolean lasts = at != 0 && b->nodes[at].code == code;
        if (lasts)
            b->nodes[at].next_other += other * chance;
        guint child = find_child (b, at, code);
        if (child != 0)
            b->nodes[child].next_other += (lasts ? blank : blank + other) * chance;
    }
}

static double
weight (const beam *b, guint at)
{
    return b->nodes[at].next_blank + b->nodes[at].next_other;
}

/* The likeliest spellings stay. Likelihoods are brought to a sum of 1, so that they never vanish. */
static void
prune (beam *b)
{
    double sum = 0;
    b->n_active = 0;
    for (guint i = 0; i < b->n_nodes; i++) {
        double mine = weight (b, i);
        guint place = b->n_active;
        while (place > 0 && weight (b, b->active[place - 1]) < mine)
            place--;
        if (mine <= 0 || place >= BEAM)
            continue;
        guint moved = MIN (b->n_active, BEAM - 1) - place;
        memmove (b->active + place + 1, b->active + place, moved * sizeof *b->active);
        b->active[place] = i;
        b->n_active = MIN (b->n_active + 1, BEAM);
    }
    for (guint i = 0; i < b->n_active; i++)
        sum += weight (b, b->active[i]);
    double gone[BEAM][2];
    for (guint i = 0; i < b->n_active; i++) {
        gone[i][0] = b->nodes[b->active[i]].next_blank / sum;
        gone[i][1] = b->nodes[b->active[i]].next_other / sum;
    }
    for (guint i = 0; i < b->n_nodes; i++)
        b->nodes[i].blank = b->nodes[i].other = b->nodes[i].next_blank = b->nodes[i].next_other = 0;
    for (guint i = 0; i < b->n_active; i++) {
        b->nodes[b->active[i]].blank = gone[i][0];
        b->nodes[b->active[i]].other = gone[i][1];
    }
}

static char *
spell (const beam *b, guint at)
{
    const char *characters[MOST_NODES];
    guint n = 0;
    for (; at != 0; at = b->nodes[at].parent)
        characters[n++] = b->model->characters[b->nodes[at].code];
    GString *text = g_string_new (NULL);
    while (n-- > 0)
        g_string_append (text, characters[n]);
    return g_string_free (text, FALSE);
}

/* The likeliest spelling of the steps from..to (exclusive) without a space, and how likely it is. */
static char *
read_word (const kh_model *model, const kh_strip *strip, guint from, guint to, double *chance)
{
    beam b = { .model = model, .n_nodes = 1, .n_active = 1, .active = { 0 } };
    b.nodes[0] = (node){ .blank = 1 };
    for (guint t = from; t < to; t++) {
        const float *chances = strip->chances + (gsize) t * model->codes;
        guint best = best_code (chances, model->codes);
        gboolean sure = chances[best] >= SURE;
        for (guint c = 0; c < model->codes; c++) {
            const char *character = model->characters[c];
            gboolean is_space = character != NULL && character[0] == ' ';
            if ((sure ? c == best : chances[c] >= LEAST) && !is_space && (character != NULL || c == model->blank))
                extend (&b, c, chances[c]);
        }
        prune (&b);
    }
    *chance = b.n_active > 0 ? b.nodes[b.active[0]].blank + b.nodes[b.active[0]].other : 0;
    return b.n_active > 0 ? spell (&b, b.active[0]) : g_strdup ("");
}

/* ------------------------------------------------------------------ words */

GArray *
kh_decode (const kh_model *model, const kh_strip *strip)
{
    GArray *words = g_array_new (FALSE, FALSE, sizeof (kh_decoded_word));
    g_array_set_clear_func (words, word_clear);
    guint start = 0, first = G_MAXUINT, last = 0;
    for (guint t = 0; t <= strip->steps; t++) {
        guint code = t < strip->steps ? best_code (strip->chances + (gsize) t * model->codes, model->codes) : G_MAXUINT;
        const char *character = t < strip->steps ? model->characters[code] : " ";
        gboolean is_space = character != NULL && character[0] == ' ';
        if (character != NULL && !is_space) {
            first = MIN (first, t);
            last = t;
        }
        if (!is_space)
            continue;
        if (first != G_MAXUINT) {
            kh_decoded_word word = { .first = first, .last = last };
            word.text = read_word (model, strip, start, t, &word.chance);
            if (word.text[0] != '\0')
                g_array_append_val (words, word);
            else
                g_free (word.text);
        }
        start = t + 1;
        first = G_MAXUINT;
    }
    return words;
}
