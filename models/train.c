/* train.c - makes the language model: n-grams of syllables with interpolated Kneser-Ney smoothing.
 *
 *     train CORPUS_FOLDER corpus.tsv OUT.lm [--holdout N/M]
 *
 * 1. Every file of corpus.tsv is read (xz -dc) and cut into tokens (viet/token.h); types seen often enough make the vocabulary.
 * 2. Order by order, n-grams are counted with the weight of their file. Below the highest order a count is that of the distinct
 *    words to the left (Kneser & Ney 1995), each with the highest weight it was seen with; discounts are those of
 *    Chen & Goodman 1998, from raw counts, times that weight.
 * 3. An n-gram stays when it was seen at least 3 times (so that no rare sentence or private name survives) and when the model
 *    would lose by backing off: occurrences x (log p - log p backed off) >= a threshold (after Stolcke 1998). The mass of what goes
 *    is given to the back-off weight of its history.
 * 4. Log probabilities are quantised to a byte and the trie is written (format: viet/lm.h).
 *
 * Memory is bounded: tokens at 2 bytes each, and n-grams are counted in PARTITIONS of first words. Same corpus, same bytes.
 * --holdout 1/100 leaves out every 100th line (and prints it to OUT.lm.held) for tests.
 */
#include "viet/lm_format.h"
#include "viet/token.h"
#include "viet/viet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ORDER 4
#define PARTITIONS 32
#define MIN_SYLLABLE 4       /* occurrences of a type that is a possible syllable */
#define MIN_ABBREVIATION 12
#define MIN_OTHER 60
#define MIN_NGRAM 3          /* see point 3; never lower it: it keeps private text out */

/* Thresholds of point 3, by order: they set the size of the file. */
static double prune_threshold[ORDER + 1] = { 0, 0, 1.0, 2.0, 3.0 };

typedef struct corpus {
    GArray *tokens;       /* of guint16; every line begins with KH_TOKEN_START */
    GArray *segments;     /* of segment: where each file begins, and its weight */
} corpus;

typedef struct segment {
    gsize start;
    guint weight2;        /* twice the weight, a whole number */
} segment;

typedef struct vocabulary {
    GPtrArray *forms;     /* id -> form */
    GHashTable *ids;      /* form -> id */
} vocabulary;

typedef void (*token_sink) (const char *form, kh_token kind, gpointer user_data);

static void
fail (const char *what, const char *subject)
{
    fprintf (stderr, "train: %s '%s'\n", what, subject);
    exit (1);
}

/* Cuts a line into tokens: a class has form NULL. */
static void
tokenise (char *line, token_sink sink, gpointer user_data)
{
    sink (NULL, KH_TOKEN_START, user_data);
    char *rest = NULL;
    for (char *word = strtok_r (line, " \t\r\n", &rest); word != NULL; word = strtok_r (NULL, " \t\r\n", &rest)) {
        kh_word_parts parts = kh_word_take_apart (word);
        if (parts.before != KH_TOKEN_CLASSES)
            sink (NULL, parts.before, user_data);
        if (parts.end > parts.start) {
            gboolean has_form = parts.core == KH_TOKEN_UNKNOWN || parts.core == KH_TOKEN_ABBREVIATION;
            g_autofree char *form = has_form ? kh_token_form (word + parts.start, parts.end - parts.start, parts.core) : NULL;
            sink (form, parts.core, user_data);
        }
        if (parts.after != KH_TOKEN_CLASSES)
            sink (NULL, parts.after, user_data);
    }
}

typedef struct recipe_line {
    char *path;
    guint weight2;
} recipe_line;

static GArray *
read_recipe (const char *path, const char *folder)
{
    g_autofree char *content = NULL;
    if (!g_file_get_contents (path, &content, NULL, NULL))
        fail ("cannot read", path);
    GArray *recipe = g_array_new (FALSE, FALSE, sizeof (recipe_line));
    g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '\0' || *lines[i] == '#')
            continue;
        g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 2);
        recipe_line line = { g_build_filename (folder, fields[0], NULL),
                             (guint) lround (2 * g_ascii_strtod (fields[1] == NULL ? "1" : fields[1], NULL)) };
        g_array_append_val (recipe, line);
    }
    return recipe;
}

static guint holdout_every; /* 0: none */

/* Feeds each line of the corpus to `sink`; `begin` tells where a file begins. */
static void
read_corpus (const GArray *recipe, void (*begin) (guint weight2, gpointer), token_sink sink, gpointer user_data, FILE *held)
{
    guint64 number = 0;
    for (guint i = 0; i < recipe->len; i++) {
        const recipe_line *file = &g_array_index (recipe, recipe_line, i);
        g_autofree char *quoted = g_shell_quote (file->path);
        g_autofree char *command = g_strdup_printf ("xz -dc %s", quoted);
        FILE *in = popen (command, "r");
        if (in == NULL)
            fail ("cannot read", file->path);
        begin (file->weight2, user_data);
        char *line = NULL;
        size_t size = 0;
        while (getline (&line, &size, in) > 0) {
            number++;
            if (holdout_every > 0 && number % holdout_every == 0) {
                if (held != NULL && file->weight2 >= 4)
                    fputs (line, held);
                continue;
            }
            tokenise (line, sink, user_data);
        }
        free (line);
        if (pclose (in) != 0)
            fail ("cannot unpack", file->path);
    }
}

/* ------------------------------------------------------------------ vocabulary */

static void
ignore_file (guint weight2, gpointer user_data)
{
    (void) weight2;
    (void) user_data;
}

static void
count_type (const char *form, kh_token kind, gpointer user_data)
{
    (void) kind;
    if (form == NULL || strlen (form) > 24)
        return;
    GHashTable *counts = user_data;
    gpointer key, value;
    if (g_hash_table_lookup_extended (counts, form, &key, &value))
        g_hash_table_insert (counts, g_strdup (form), GUINT_TO_POINTER (GPOINTER_TO_UINT (value) + 1));
    else
        g_hash_table_insert (counts, g_strdup (form), GUINT_TO_POINTER (1));
}

typedef struct counted {
    char *form;
    guint count;
} counted;

static int
more_frequent (gconstpointer a, gconstpointer b)
{
    const counted *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp (x->form, y->form);
}

static vocabulary
make_vocabulary (const GArray *recipe)
{
    g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    read_corpus (recipe, ignore_file, count_type, counts, NULL);
    g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (counted));
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init (&iter, counts);
    while (g_hash_table_iter_next (&iter, &key, &value)) {
        counted type = { key, GPOINTER_TO_UINT (value) };
        gboolean syllable = kh_viet_is_syllable (type.form), capital = g_ascii_isupper (*type.form) || g_str_has_prefix (type.form, "Đ");
        guint least = capital ? MIN_ABBREVIATION : syllable ? MIN_SYLLABLE : MIN_OTHER;
        if (type.count >= least)
            g_array_append_val (types, type);
    }
    g_array_sort (types, more_frequent);
    vocabulary words = { g_ptr_array_new (), g_hash_table_new (g_str_hash, g_str_equal) };
    for (guint i = 0; i < KH_TOKEN_CLASSES; i++)
        g_ptr_array_add (words.forms, (gpointer) KH_TOKEN_NAMES[i]);
    for (guint i = 0; i < types->len && words.forms->len < G_MAXUINT16; i++)
        g_ptr_array_add (words.forms, g_strdup (g_array_index (types, counted, i).form));
    for (guint i = 0; i < words.forms->len; i++)
        g_hash_table_insert (words.ids, g_ptr_array_index (words.forms, i), GUINT_TO_POINTER (i));
    return words;
}

/* ------------------------------------------------------------------ tokens */

typedef struct filling {
    corpus *text;
    const vocabulary *words;
} filling;

static void
begin_segment (guint weight2, gpointer user_data)
{
    filling *f = user_data;
    segment s = { f->text->tokens->len, weight2 };
    g_array_append_val (f->text->segments, s);
}

static void
add_token (const char *form, kh_token kind, gpointer user_data)
{
    filling *f = user_data;
    gpointer id = GUINT_TO_POINTER ((guint) kind);
    if (form != NULL)
        g_hash_table_lookup_extended (f->words->ids, form, NULL, &id);
    guint16 token = (guint16) GPOINTER_TO_UINT (id);
    g_array_append_val (f->text->tokens, token);
}

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
count_ngrams (const corpus *text, guint n, const guint16 *first, const guint16 *limit)
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

typedef struct level {
    GArray *parent_end; /* of guint32: for each node of the level below (by index), where its children end */
    GArray *words;      /* of guint16 */
    GArray *log_p;      /* of float */
    GArray *back_off;   /* of float */
} level;

static level levels[ORDER + 1];
static double discount[ORDER + 1][4];

static void
find_discounts (const corpus *text, guint n, const guint16 *bounds)
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
add_level (const corpus *text, guint n, const guint16 *bounds)
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
add_unigrams (const corpus *text, guint size)
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
find_bounds (const corpus *text, guint size, guint16 *bounds)
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

/* ------------------------------------------------------------------ writing */

static void
put (GByteArray *out, const void *data, gsize size)
{
    static const guint8 zeros[KH_LM_ALIGN];
    g_byte_array_append (out, data, (guint) size);
    g_byte_array_append (out, zeros, (KH_LM_ALIGN - out->len % KH_LM_ALIGN) % KH_LM_ALIGN);
}

static void
put_log (GByteArray *out, const GArray *values)
{
    g_autofree guint8 *bytes = g_new (guint8, values->len + 1);
    for (guint i = 0; i < values->len; i++)
        bytes[i] = (guint8) CLAMP (lround (-g_array_index (values, float, i) / KH_LM_STEP), 0, 255);
    put (out, bytes, values->len);
}

static void
write_model (const char *path, const vocabulary *words)
{
    g_autoptr (GByteArray) out = g_byte_array_new ();
    kh_lm_header header = { .magic = KH_LM_MAGIC, .order = ORDER, .n_words = words->forms->len };
    g_autoptr (GByteArray) strings = g_byte_array_new ();
    for (guint i = 0; i < words->forms->len; i++) {
        const char *form = g_ptr_array_index (words->forms, i);
        g_byte_array_append (strings, (const guint8 *) form, (guint) strlen (form) + 1);
    }
    header.string_bytes = strings->len;
    for (guint n = 1; n <= ORDER; n++)
        header.n_nodes[n] = levels[n].words->len;
    put (out, &header, sizeof header);
    put (out, strings->data, strings->len);
    for (guint n = 1; n <= ORDER; n++) {
        if (n > 1) {
            put (out, levels[n].parent_end->data, levels[n].parent_end->len * sizeof (guint32));
            put (out, levels[n].words->data, levels[n].words->len * sizeof (guint16));
        }
        put_log (out, levels[n].log_p);
        if (n < ORDER)
            put_log (out, levels[n].back_off);
    }
    if (!g_file_set_contents (path, (const char *) out->data, out->len, NULL))
        fail ("cannot write", path);
    printf ("%s: %u bytes, %u words, %u + %u + %u n-grams of 2, 3, 4\n", path, out->len, words->forms->len, levels[2].words->len,
            levels[3].words->len, levels[4].words->len);
}

int
main (int argc, char **argv)
{
    if (argc != 4 && !(argc == 6 && strcmp (argv[4], "--holdout") == 0)) {
        fprintf (stderr, "usage: train CORPUS_FOLDER corpus.tsv OUT.lm [--holdout EVERY]\n");
        return 2;
    }
    FILE *held = NULL;
    if (argc == 6) {
        g_autofree char *path = g_strconcat (argv[3], ".held", NULL);
        holdout_every = (guint) atoi (argv[5]);
        held = fopen (path, "w");
    }
    g_autoptr (GArray) recipe = read_recipe (argv[2], argv[1]);
    vocabulary words = make_vocabulary (recipe);
    corpus text = { g_array_new (FALSE, FALSE, sizeof (guint16)), g_array_new (FALSE, FALSE, sizeof (segment)) };
    filling f = { &text, &words };
    read_corpus (recipe, begin_segment, add_token, &f, held);
    if (held != NULL)
        fclose (held);
    fprintf (stderr, "train: %u words, %u tokens\n", words.forms->len, text.tokens->len);
    guint16 bounds[PARTITIONS + 1];
    find_bounds (&text, words.forms->len, bounds);
    add_unigrams (&text, words.forms->len);
    for (guint n = 2; n <= ORDER; n++) {
        find_discounts (&text, n, bounds);
        add_level (&text, n, bounds);
        fprintf (stderr, "train: order %u: %u n-grams, discounts %.2f %.2f %.2f\n", n, levels[n].words->len, discount[n][1],
                 discount[n][2], discount[n][3]);
    }
    write_model (argv[3], &words);
    return 0;
}
