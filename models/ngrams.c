/* Counting, smoothing, pruning; train.c tells the steps. */
#include "ngrams.h"

#include "viet/token.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PARTITIONS 32

/* Thresholds of step 5, by order: they set the size of the file. */
static const double prune_threshold[ORDER + 1] = { 0, 0, 0.3, 0.7, 1.0 };

/* ------------------------------------------------------------------ counting */

typedef struct record {
    guint64 key;     /* n-gram, first word highest; below the highest order followed by the word to its left */
    guint32 weight2;
} record;

typedef struct ngram {
    guint64 key;     /* n-gram alone */
    guint raw;       /* highest order: occurrences; below: distinct words to the left */
    guint seen;      /* occurrences */
    double sum, top; /* weighted count, highest weight */
} ngram;

static int
by_key (const void *a, const void *b)
{
    const record *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->weight2 > y->weight2) - (x->weight2 < y->weight2);
}

/* All n-grams of order n, ascending by key, as records with the word to the left where n < ORDER; grouped to ngrams. */
static GArray *
count_ngrams (const token_text *text, guint n, const guint16 *first, const guint16 *limit)
{
    const guint16 *tokens = (const guint16 *) text->tokens->data;
    g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (record));
    for (guint s = 0; s < text->segments->len; s++) {
        const segment *file = &g_array_index (text->segments, segment, s);
        gsize end = s + 1 < text->segments->len ? g_array_index (text->segments, segment, s + 1).start : text->tokens->len;
        gsize line = file->start;
        for (gsize i = file->start; i < end; i++) {
            if (tokens[i] == KH_TOKEN_START) {
                line = i;
                if (n > 1 || i == file->start)
                    continue;
            }
            if (i + 1 < line + n) /* n-grams do not reach over the line's start */
                continue;
            guint16 head = tokens[i + 1 - n];
            if (head < *first || head >= *limit)
                continue;
            record r = { 0, file->weight2 };
            for (guint k = 0; k < n; k++)
                r.key = r.key << 16 | tokens[i + 1 - n + k];
            if (n < ORDER) /* the line's start has itself to its left */
                r.key = r.key << 16 | (i + 1 - n > line ? tokens[i - n] : KH_TOKEN_START);
            g_array_append_val (records, r);
        }
    }
    qsort (records->data, records->len, sizeof (record), by_key);
    GArray *grams = g_array_new (FALSE, FALSE, sizeof (ngram));
    for (guint i = 0; i < records->len;) {
        guint shift = n < ORDER ? 16 : 0;
        ngram gram = { g_array_index (records, record, i).key >> shift, 0, 0, 0, 0 };
        for (; i < records->len && g_array_index (records, record, i).key >> shift == gram.key; i++) {
            const record *r = &g_array_index (records, record, i);
            gboolean last_of_left = i + 1 == records->len || g_array_index (records, record, i + 1).key != r->key;
            gram.seen++;
            gram.top = MAX (gram.top, r->weight2 / 2.0);
            if (n == ORDER || last_of_left) { /* records of one left word ascend in weight: the last has the highest */
                gram.raw++;
                gram.sum += r->weight2 / 2.0;
            }
        }
        g_array_append_val (grams, gram);
    }
    return grams;
}

/* ------------------------------------------------------------------ the model */

level levels[ORDER + 1];
static double discount[ORDER + 1][4];

static void
find_discounts (const token_text *text, guint n, const guint16 *bounds)
{
    guint64 of[5] = { 0 };
    for (guint p = 0; p < PARTITIONS; p++) {
        g_autoptr (GArray) grams = count_ngrams (text, n, &bounds[p], &bounds[p + 1]);
        for (guint i = 0; i < grams->len; i++) {
            guint raw = g_array_index (grams, ngram, i).raw;
            if (raw <= 4)
                of[raw]++;
        }
    }
    double y = of[1] / (double) MAX (1, of[1] + 2 * of[2]);
    for (guint k = 1; k <= 3; k++)
        discount[n][k] = CLAMP (k - (k + 1) * y * of[k + 1] / (double) MAX (1, of[k]), 0.1, k - 0.05);
}

/* The node of a history among the level's nodes: the path of its words from the root. G_MAXUINT32 when it is not kept. */
static guint32
find_node (guint64 key, guint n)
{
    guint32 node = n == 0 ? 0 : (guint32) (key >> (16 * (n - 1)) & 0xffff);
    for (guint k = 2; k <= n; k++) {
        guint16 word = (guint16) (key >> (16 * (n - k)));
        const guint32 *ends = (const guint32 *) levels[k].parent_end->data;
        guint32 low = node == 0 ? 0 : ends[node - 1], high = ends[node];
        const guint16 *words = (const guint16 *) levels[k].words->data;
        while (low < high) {
            guint32 middle = low + (high - low) / 2;
            if (words[middle] < word)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == ends[node] || words[low] != word)
            return G_MAXUINT32;
        node = low;
    }
    return node;
}

/* log p of the last of the n words of key, backing off as far as needed. */
static double
log_probability (guint64 key, guint n)
{
    double bow = 0;
    for (; n >= 1; n--) {
        guint64 kept = n == 4 ? key : key & ((G_GUINT64_CONSTANT (1) << (16 * n)) - 1);
        guint32 node = find_node (kept, n);
        if (node != G_MAXUINT32)
            return bow + g_array_index (levels[n].log_p, float, node);
        guint32 history = find_node (kept >> 16, n - 1);
        if (history != G_MAXUINT32)
            bow += g_array_index (levels[n - 1].back_off, float, history);
    }
    return bow - 20;
}

static double
discount_of (const ngram *gram, guint n)
{
    return discount[n][MIN (gram->raw, 3)] * gram->top;
}

/* One history's n-grams: which stay, with what probability, and what weight the history backs off with. */
static void
add_history (const ngram *grams, guint count, guint n)
{
    guint64 history = grams[0].key >> 16;
    guint32 parent = find_node (history, n - 1);
    if (parent == G_MAXUINT32)
        return;
    double total = 0, given = 0;
    for (guint i = 0; i < count; i++) {
        total += grams[i].sum;
        given += discount_of (&grams[i], n);
    }
    g_autofree double *lower = g_new (double, count);
    g_autofree gboolean *stays = g_new0 (gboolean, count);
    double free_mass = given;
    for (guint i = 0; i < count; i++) {
        guint64 shorter = grams[i].key & ((G_GUINT64_CONSTANT (1) << (16 * (n - 1))) - 1);
        lower[i] = exp (log_probability (shorter, n - 1));
        double own = MAX (0, grams[i].sum - discount_of (&grams[i], n));
        double p = (own + given * lower[i]) / total, backed = given * lower[i] / total;
        stays[i] = grams[i].seen >= MIN_NGRAM && grams[i].sum * (log (p) - log (backed)) >= prune_threshold[n] * (1 + grams[i].top) / 2;
        if (!stays[i])
            free_mass += own;
    }
    double gamma = MIN (1, free_mass / total);
    for (guint i = 0; i < count; i++) {
        if (!stays[i])
            continue;
        guint16 word = (guint16) grams[i].key;
        float log_p = (float) log ((grams[i].sum - discount_of (&grams[i], n)) / total + gamma * lower[i]), none = 0;
        g_array_append_val (levels[n].words, word);
        g_array_append_val (levels[n].log_p, log_p);
        g_array_append_val (levels[n].back_off, none);
    }
    g_array_index (levels[n - 1].back_off, float, parent) = (float) log (MAX (gamma, 1e-6));
    g_array_index (levels[n].parent_end, guint32, parent) = levels[n].words->len;
}

static void
add_level (const token_text *text, guint n, const guint16 *bounds)
{
    level *new = &levels[n];
    new->words = g_array_new (FALSE, FALSE, sizeof (guint16));
    new->log_p = g_array_new (FALSE, FALSE, sizeof (float));
    new->back_off = g_array_new (FALSE, FALSE, sizeof (float));
    new->parent_end = g_array_new (FALSE, TRUE, sizeof (guint32));
    g_array_set_size (new->parent_end, levels[n - 1].words->len);
    for (guint p = 0; p < PARTITIONS; p++) {
        g_autoptr (GArray) grams = count_ngrams (text, n, &bounds[p], &bounds[p + 1]);
        for (guint i = 0, end; i < grams->len; i = end) {
            const ngram *first = &g_array_index (grams, ngram, i);
            for (end = i; end < grams->len && g_array_index (grams, ngram, end).key >> 16 == first->key >> 16; end++)
                ;
            add_history (first, end - i, n);
        }
    }
    guint32 before = 0; /* histories without children end where the one before them ended */
    for (guint i = 0; i < new->parent_end->len; i++) {
        guint32 *end = &g_array_index (new->parent_end, guint32, i);
        before = *end = MAX (*end, before);
    }
}

static void
add_unigrams (const token_text *text, guint size)
{
    static const guint16 all[] = { 0, G_MAXUINT16 };
    g_autoptr (GArray) grams = count_ngrams (text, 1, &all[0], &all[1]);
    level *root = &levels[1];
    root->words = g_array_new (FALSE, TRUE, sizeof (guint16));
    root->log_p = g_array_new (FALSE, TRUE, sizeof (float));
    root->back_off = g_array_new (FALSE, TRUE, sizeof (float));
    g_array_set_size (root->words, size);
    g_array_set_size (root->log_p, size);
    g_array_set_size (root->back_off, size);
    double total = 0;
    for (guint i = 0; i < grams->len; i++)
        total += g_array_index (grams, ngram, i).sum;
    total += size; /* add one: every type has a chance */
    for (guint i = 0; i < size; i++) {
        g_array_index (root->words, guint16, i) = (guint16) i;
        g_array_index (root->log_p, float, i) = (float) log (1 / total);
    }
    for (guint i = 0; i < grams->len; i++) {
        const ngram *gram = &g_array_index (grams, ngram, i);
        g_array_index (root->log_p, float, gram->key) = (float) log ((gram->sum + 1) / total);
    }
}

/* Cuts the first words into PARTITIONS of about equal mass. */
static void
find_bounds (const token_text *text, guint size, guint16 *bounds)
{
    g_autofree guint64 *mass = g_new0 (guint64, size + 1);
    for (gsize i = 0; i < text->tokens->len; i++)
        mass[g_array_index (text->tokens, guint16, i)]++;
    guint64 sum = 0;
    guint p = 0;
    bounds[p++] = 0;
    for (guint w = 0; w < size && p < PARTITIONS; w++) {
        sum += mass[w];
        while (p < PARTITIONS && sum >= text->tokens->len / PARTITIONS * p)
            bounds[p++] = (guint16) (w + 1);
    }
    while (p <= PARTITIONS)
        bounds[p++] = (guint16) size;
    bounds[PARTITIONS] = (guint16) size;
}

void
count_levels (const token_text *text, guint n_words)
{
    guint16 bounds[PARTITIONS + 1];
    find_bounds (text, n_words, bounds);
    add_unigrams (text, n_words);
    for (guint n = 2; n <= ORDER; n++) {
        find_discounts (text, n, bounds);
        add_level (text, n, bounds);
        fprintf (stderr, "train: order %u: %u n-grams, discounts %.2f %.2f %.2f\n", n, levels[n].words->len, discount[n][1],
                 discount[n][2], discount[n][3]);
    }
}
