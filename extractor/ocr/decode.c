/* decode.c - see decode.h.
 *
 * A spelling is a node of a tree: its last code, and the spelling before it. At each step every spelling of the beam goes on
 * with every code that may stand there; the likeliest stay. Where its codes were seen is found when the likeliest spelling is known.
 */
#include "ocr/decode.h"

#include <math.h>
#include <string.h>

#define SURE 0.995f    /* a step whose best code is likelier leaves no choice */
#define LEAST 0.0005f  /* less likely codes are not looked at */
#define BEAM 12u       /* spellings kept from step to step */
#define BEHIND 12.0    /* nats behind the best at which a spelling is given up */
#define SPELLING 0.65  /* what the model of characters weighs against the network */
#define CHARACTER 0.8  /* nats for each character, without which that weight would favour short readings */
#define NO_DOUBT 0.98  /* of a word: no other is looked for */
#define LEAST_OTHER 0.005 /* times as likely as the word: less likely ones are no choice */
#define MOST_OTHERS 6u
#define NONE G_MAXUINT

/* A spelling. Chances are of it up to the last step, which was no character (`blank`) or its last code (`other`). */
typedef struct node {
    guint parent, first_child, sibling;
    guint code;      /* its last */
    gboolean is_new; /* it was begun, or went on, at this step */
    kh_spelling_history history;
    double spelled; /* what the spelling is worth, nats */
    double blank, other, next_blank, next_other;
} node;

struct kh_decoder {
    const kh_model *model;
    const kh_spelling *spelling;
    guint8 *symbols; /* by code: the character's symbol */
    gboolean *is_space;
};

typedef struct beam {
    const kh_decoder *decoder;
    GArray *nodes;  /* of node; the first is the empty spelling */
    GArray *active; /* of guint: spellings of the last step, the likeliest first */
    GArray *next;   /* of guint: spellings of this step */
} beam;

kh_decoder *
kh_decoder_new (const kh_model *model, const kh_spelling *spelling)
{
    kh_decoder *decoder = g_new0 (kh_decoder, 1);
    *decoder = (kh_decoder){ model, spelling, g_new0 (guint8, model->codes), g_new0 (gboolean, model->codes) };
    for (guint c = 0; c < model->codes; c++) {
        const char *character = model->characters[c];
        decoder->symbols[c] = character == NULL ? KH_SPELLING_EDGE : kh_spelling_symbol (spelling, g_utf8_get_char (character));
        decoder->is_space[c] = character != NULL && character[0] == ' ';
    }
    return decoder;
}

void
kh_decoder_free (kh_decoder *decoder)
{
    if (decoder == NULL)
        return;
    g_free (decoder->symbols);
    g_free (decoder->is_space);
    g_free (decoder);
}

/* ------------------------------------------------------------------ the beam */

static node *
node_at (const beam *b, guint i)
{
    return &g_array_index (b->nodes, node, i);
}

static void
note_next (beam *b, guint at)
{
    if (!node_at (b, at)->is_new)
        g_array_append_val (b->next, at);
    node_at (b, at)->is_new = TRUE;
}

/* The spelling `parent` followed by `code`. */
static guint
child_of (beam *b, guint parent, guint code)
{
    for (guint i = node_at (b, parent)->first_child; i != NONE; i = node_at (b, i)->sibling)
        if (node_at (b, i)->code == code)
            return i;
    const node *from = node_at (b, parent);
    guint8 symbol = b->decoder->symbols[code];
    node child = { .parent = parent, .first_child = NONE, .sibling = from->first_child, .code = code };
    child.history = kh_spelling_next (from->history, symbol);
    child.spelled = from->spelled + CHARACTER + SPELLING * kh_spelling_score (b->decoder->spelling, from->history, symbol);
    g_array_append_val (b->nodes, child);
    return node_at (b, parent)->first_child = b->nodes->len - 1;
}

/* All spellings go on with `code`, which has this chance at this step. */
static void
go_on (beam *b, guint code, float chance)
{
    for (guint i = 0; i < b->active->len; i++) {
        guint at = g_array_index (b->active, guint, i);
        double blank = node_at (b, at)->blank, other = node_at (b, at)->other;
        if (code == b->decoder->model->blank) {
            node_at (b, at)->next_blank += (blank + other) * chance;
            note_next (b, at);
            continue;
        }
        gboolean lasts = at != 0 && node_at (b, at)->code == code;
        if (lasts) {
            node_at (b, at)->next_other += other * chance;
            note_next (b, at);
        }
        double begun = (lasts ? blank : blank + other) * chance;
        if (begun <= 0)
            continue;
        guint child = child_of (b, at, code);
        node_at (b, child)->next_other += begun;
        note_next (b, child);
    }
}

static double
worth (const node *n)
{
    return log (n->next_blank + n->next_other) + n->spelled;
}

/* What lies behind the best is dropped; chances are brought to a sum of about 1, so that they never vanish. */
static void
prune (beam *b)
{
    double worths[BEAM + 1], sum = 0;
    guint n = 0;
    g_array_set_size (b->active, BEAM + 1);
    guint *active = (guint *) b->active->data;
    for (guint i = 0; i < b->next->len; i++) {
        guint at = g_array_index (b->next, guint, i), place = n;
        double mine = worth (node_at (b, at));
        for (; place > 0 && worths[place - 1] < mine; place--) {
            worths[place] = worths[place - 1];
            active[place] = active[place - 1];
        }
        worths[place] = mine;
        active[place] = at;
        n = MIN (n + 1, BEAM);
    }
    while (n > 1 && worths[n - 1] < worths[0] - BEHIND)
        n--;
    g_array_set_size (b->active, n);
    for (guint i = 0; i < n; i++)
        sum = MAX (sum, node_at (b, active[i])->next_blank + node_at (b, active[i])->next_other);
    for (guint i = 0; i < b->next->len; i++) {
        node *gone = node_at (b, g_array_index (b->next, guint, i));
        gone->blank = gone->next_blank / sum;
        gone->other = gone->next_other / sum;
        gone->next_blank = gone->next_other = 0;
        gone->is_new = FALSE;
    }
    g_array_set_size (b->next, 0);
}

static void
take_step (beam *b, const float *chances)
{
    const kh_model *model = b->decoder->model;
    guint best = model->blank;
    for (guint c = 0; c < model->codes; c++)
        if (chances[c] > chances[best] && model->characters[c] != NULL)
            best = c;
    if (!(chances[best] >= LEAST)) /* the step says nothing */
        return;
    if (chances[best] >= SURE)
        go_on (b, best, chances[best]);
    else
        for (guint c = 0; c < model->codes; c++)
            if (chances[c] >= LEAST && (c == model->blank || model->characters[c] != NULL))
                go_on (b, c, chances[c]);
    prune (b);
}

/* ------------------------------------------------------------------ where */

/* Goes back from the last state of the likeliest way; `came` says by how many states each step went on. The step at which each
 * code is likeliest. */
static GArray *
trace_back (const kh_decoder *d, const kh_strip *strip, const GArray *codes, const guint8 *came, guint state)
{
    GArray *seen = g_array_sized_new (FALSE, TRUE, sizeof (guint), codes->len);
    g_array_set_size (seen, codes->len);
    guint last = G_MAXUINT;
    for (guint t = strip->steps; t-- > 0; state -= came[(gsize) t * (2 * codes->len + 1) + state]) {
        if (state % 2 == 0)
            continue;
        guint i = state / 2, *best = &g_array_index (seen, guint, i);
        const float *chance = strip->chances + g_array_index (codes, guint, i);
        if (i != last || chance[(gsize) t * d->model->codes] >= chance[(gsize) *best * d->model->codes])
            *best = t;
        last = i;
    }
    return seen;
}

/* The steps that the codes were seen at (of guint), on the likeliest way to spell just these along the strip. */
static GArray *
find_steps (const kh_decoder *d, const kh_strip *strip, const GArray *codes)
{
    guint n = codes->len, states = 2 * n + 1; /* nothing, code, nothing, code, ... nothing */
    g_autofree double *now = g_new0 (double, states), *then = g_new0 (double, states);
    g_autofree guint8 *came = g_new0 (guint8, (gsize) strip->steps * states);
    now[0] = 1;
    for (guint t = 0; t < strip->steps; t++) {
        const float *chances = strip->chances + (gsize) t * d->model->codes;
        double most = 0;
        for (guint s = 0; s < states; s++) {
            gboolean is_code = s % 2 == 1;
            guint code = is_code ? g_array_index (codes, guint, s / 2) : d->model->blank, by = 0;
            if (s >= 1 && now[s - 1] > now[s])
                by = 1;
            if (is_code && s >= 3 && g_array_index (codes, guint, s / 2 - 1) != code && now[s - 2] > now[s - by])
                by = 2;
            came[(gsize) t * states + s] = (guint8) by;
            then[s] = now[s - by] * chances[code];
            most = MAX (most, then[s]);
        }
        if (!(most > 0)) /* the step says nothing */
            memset (came + (gsize) t * states, 0, states);
        for (guint s = 0; s < states && most > 0; s++)
            now[s] = then[s] / most;
    }
    return trace_back (d, strip, codes, came, n > 0 && now[states - 2] > now[states - 1] ? states - 2 : states - 1);
}

/* ------------------------------------------------------------------ how sure */

/* The chance that the steps from..to (exclusive) say exactly these codes; spaces before and after them count as nothing. */
static double
chance_of (const kh_decoder *d, const kh_strip *strip, guint from, guint to, const GArray *codes)
{
    guint n = codes->len, states = 2 * n + 1, space = 0; /* nothing, code, nothing, code, ... nothing */
    while (!d->is_space[space])
        space++;
    g_autofree double *now = g_new0 (double, states), *then = g_new0 (double, states);
    now[0] = 1;
    for (guint t = from; t < to; t++) {
        const float *chances = strip->chances + (gsize) t * d->model->codes;
        for (guint s = 0; s < states; s++) {
            gboolean is_code = s % 2 == 1;
            guint code = is_code ? g_array_index (codes, guint, s / 2) : d->model->blank;
            double chance = chances[code] + (s == 0 || s + 1 == states ? chances[space] : 0);
            double sum = now[s] + (s > 0 ? now[s - 1] : 0);
            if (is_code && s >= 3 && g_array_index (codes, guint, s / 2 - 1) != code)
                sum += now[s - 2];
            then[s] = sum * chance;
        }
        double *swap = now;
        now = then;
        then = swap;
    }
    return now[states - 1] + now[states - 2];
}

/* ------------------------------------------------------------------ what else it may be */

typedef struct other {
    char *text;
    double chance;
} other;

static void
other_clear (void *item)
{
    g_free (((other *) item)->text);
}

static int
compare_others (const void *a, const void *b)
{
    const other *x = a, *y = b;
    return x->chance != y->chance ? (x->chance < y->chance ? 1 : -1) : strcmp (x->text, y->text);
}

static gboolean
is_letter (const kh_decoder *d, guint code)
{
    const char *character = d->model->characters[code];
    return character != NULL && g_unichar_isalpha (g_utf8_get_char (character));
}

/* The letters of the codes, without the signs before and behind them; NULL when something else stands between them. */
static char *
letters_of (const kh_decoder *d, const GArray *codes)
{
    guint from = 0, to = codes->len;
    while (from < to && !is_letter (d, g_array_index (codes, guint, from)))
        from++;
    while (to > from && !is_letter (d, g_array_index (codes, guint, to - 1)))
        to--;
    GString *text = g_string_new (NULL);
    for (guint i = from; i < to; i++) {
        if (!is_letter (d, g_array_index (codes, guint, i))) {
            g_string_free (text, TRUE);
            return NULL;
        }
        g_string_append (text, d->model->characters[g_array_index (codes, guint, i)]);
    }
    return g_string_free (text, to == from);
}

/* Adds the word with `code` in place of its i-th, or without that where `code` is the blank, when it is likely enough. */
static void
add_other (const kh_decoder *d, const kh_strip *strip, guint from, guint to, const GArray *codes, guint i, guint code,
           double chance, GArray *others)
{
    g_autoptr (GArray) changed = g_array_copy ((GArray *) codes);
    if (code == d->model->blank)
        g_array_remove_index (changed, i);
    else
        g_array_index (changed, guint, i) = code;
    other one = { NULL, chance_of (d, strip, from, to, changed) };
    if (one.chance > chance * LEAST_OTHER && (one.text = letters_of (d, changed)) != NULL)
        g_array_append_val (others, one);
}

/* The likeliest words that differ from this in one letter; `steps` are where its codes were seen. */
static char *
find_others (const kh_decoder *d, const kh_strip *strip, guint from, guint to, const GArray *codes, const GArray *steps,
             double chance)
{
    g_autofree char *text = letters_of (d, codes);
    g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (other));
    g_array_set_clear_func (others, other_clear);
    for (guint i = 0; text != NULL && chance < NO_DOUBT && i < codes->len; i++) {
        const float *chances = strip->chances + (gsize) g_array_index (steps, guint, i) * d->model->codes;
        guint mine = g_array_index (codes, guint, i);
        for (guint c = 0; c < d->model->codes && is_letter (d, mine); c++)
            if (c != mine && chances[c] >= LEAST_OTHER && (c == d->model->blank ? codes->len > 1 : is_letter (d, c)))
                add_other (d, strip, from, to, codes, i, c, chance, others);
    }
    g_array_sort (others, compare_others);
    GString *list = g_string_new (NULL);
    for (guint i = 0, n = 0; i < others->len && n < MOST_OTHERS; i++) {
        const other *one = &g_array_index (others, other, i);
        if (i > 0 && g_str_equal (one->text, one[-1].text)) /* either of two alike was left out */
            continue;
        n++;
        g_string_append_printf (list, "%s%s ", i > 0 ? " " : "", one->text);
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append (list, g_ascii_formatd (number, sizeof number, "%.1f", log (chance / one->chance)));
    }
    return g_string_free (list, list->len == 0);
}

/* ------------------------------------------------------------------ words */

static void
word_clear (void *item)
{
    g_free (((kh_decoded_word *) item)->text);
    g_free (((kh_decoded_word *) item)->others);
}

/* The word of the codes from..to (exclusive), which were seen at `steps`, between the steps `start` and `end`. */
static kh_decoded_word
make_word (const kh_decoder *d, const kh_strip *strip, const GArray *all_codes, const GArray *all_steps, guint from, guint to,
           guint start, guint end)
{
    g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (guint)), steps = g_array_new (FALSE, FALSE, sizeof (guint));
    g_array_append_vals (codes, &g_array_index (all_codes, guint, from), to - from);
    g_array_append_vals (steps, &g_array_index (all_steps, guint, from), to - from);
    GString *text = g_string_new (NULL);
    for (guint i = 0; i < codes->len; i++)
        g_string_append (text, d->model->characters[g_array_index (codes, guint, i)]);
    kh_decoded_word word = { g_string_free (text, FALSE), g_array_index (steps, guint, 0),
                             g_array_index (steps, guint, steps->len - 1), chance_of (d, strip, start, end, codes), NULL };
    word.others = find_others (d, strip, start, end, codes, steps, word.chance);
    return word;
}

static GArray *
split_words (const kh_decoder *d, const kh_strip *strip, const GArray *codes)
{
    GArray *words = g_array_new (FALSE, FALSE, sizeof (kh_decoded_word));
    g_array_set_clear_func (words, word_clear);
    g_autoptr (GArray) steps = find_steps (d, strip, codes);
    guint from = 0, start = 0;
    for (guint i = 0; i <= codes->len; i++) {
        if (i < codes->len && !d->is_space[g_array_index (codes, guint, i)])
            continue;
        guint end = i < codes->len ? g_array_index (steps, guint, i) : strip->steps;
        if (i > from) {
            kh_decoded_word word = make_word (d, strip, codes, steps, from, i, start, end);
            g_array_append_val (words, word);
        }
        from = i + 1;
        start = end;
    }
    return words;
}

GArray *
kh_decode (const kh_decoder *decoder, const kh_strip *strip)
{
    g_autoptr (GArray) nodes = g_array_new (FALSE, TRUE, sizeof (node)), active = g_array_new (FALSE, TRUE, sizeof (guint));
    g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (guint)), codes = g_array_new (FALSE, FALSE, sizeof (guint));
    beam b = { decoder, nodes, active, next };
    node empty = { .parent = NONE, .first_child = NONE, .sibling = NONE, .history = KH_SPELLING_START, .blank = 1 };
    g_array_append_val (nodes, empty);
    g_array_set_size (active, 1);
    for (guint t = 0; t < strip->steps; t++)
        take_step (&b, strip->chances + (gsize) t * decoder->model->codes);
    for (guint at = g_array_index (active, guint, 0); at != 0; at = node_at (&b, at)->parent)
        g_array_prepend_val (codes, node_at (&b, at)->code);
    return split_words (decoder, strip, codes);
}
