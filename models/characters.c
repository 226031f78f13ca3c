/* characters.c - n-grams of characters, for the reader of lines (ocr/spelling.h has the format).
 *
 * 1. The alphabet: what is seen LEAST_SEEN times or more, digits as one. All else is the edge of a line.
 * 2. 6-grams are counted with the weight of their file; shorter ones are sums of those.
 * 3. Witten-Bell smoothing: p(c | h) = (n(hc) + t(h) p(c | shorter h)) / (n(h) + t(h)), t(h) the number of different c after h.
 * 4. What is seen fewer than LEAST_NGRAM times goes (no rare text survives), and what the shorter history tells nearly as well
 *    (n (ln p - ln p shorter) < LEAST_GAIN). What goes is made up for by the weight of its history.
 */
#include "characters.h"

#include "corpus.h"
#include "ocr/spelling.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEAST_SEEN 300.0  /* weighted */
#define LEAST_NGRAM 12.0
#define LEAST_GAIN 30.0    /* nats */
#define MOST_SYMBOLS 254u
#define KEY_MASK ((((guint64) 1) << 8 * KH_SPELLING_ORDER) - 1)
#define FIRST_SLOTS (1u << 22)

/* Counts by n-gram: open addressing; key 0 is an empty slot. */
typedef struct table {
    guint64 *keys;
    double *counts;
    guint size, used;
} table;

typedef struct trainer {
    guint8 symbols[0x3000]; /* by code point; 0: the edge */
    guint32 points[MOST_SYMBOLS + 1];
    guint n_symbols;
    double seen[0x3000];
    double weight;
    table ngrams[KH_SPELLING_ORDER + 1]; /* by length */
} trainer;

static table
table_new (guint size)
{
    return (table){ g_new0 (guint64, size), g_new0 (double, size), size, 0 };
}

static void
table_free (table *t)
{
    g_free (t->keys);
    g_free (t->counts);
}

static guint
slot_of (const table *t, guint64 key)
{
    guint64 hash = key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
    guint slot = (guint) (hash >> 32) & (t->size - 1);
    while (t->keys[slot] != 0 && t->keys[slot] != key)
        slot = (slot + 1) & (t->size - 1);
    return slot;
}

static void
table_add (table *t, guint64 key, double count)
{
    if (t->used * 2 > t->size) {
        table larger = table_new (t->size * 2);
        for (guint i = 0; i < t->size; i++)
            if (t->keys[i] != 0)
                table_add (&larger, t->keys[i], t->counts[i]);
        table_free (t);
        *t = larger;
    }
    guint slot = slot_of (t, key);
    t->used += t->keys[slot] == 0;
    t->keys[slot] = key;
    t->counts[slot] += count;
}

static double
table_get (const table *t, guint64 key)
{
    guint slot = slot_of (t, key);
    return t->keys[slot] == key ? t->counts[slot] : 0;
}

/* As the reader of lines gives it: it knows one short dash. */
static gunichar
simplify (gunichar c)
{
    return g_unichar_isdigit (c) ? KH_SPELLING_DIGIT : c == 0x2013 || c == 0x2010 || c == 0x2011 ? '-' : g_unichar_isspace (c) ? ' ' : c;
}

static void
begin_file (const corpus_file *file, gpointer user_data)
{
    ((trainer *) user_data)->weight = file->weight2 / 2.0;
}

static void
see_line (char *line, gpointer user_data)
{
    trainer *t = user_data;
    for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = simplify (g_utf8_get_char (p));
        if (c < G_N_ELEMENTS (t->seen))
            t->seen[c] += t->weight;
    }
}

static void
make_alphabet (trainer *t)
{
    t->points[0] = 0; /* the edge */
    t->n_symbols = 1;
    for (gunichar c = ' '; c < G_N_ELEMENTS (t->seen); c++)
        if (t->seen[c] >= LEAST_SEEN && t->n_symbols < MOST_SYMBOLS) {
            t->points[t->n_symbols++] = c;
            t->symbols[c] = (guint8) t->n_symbols;
        }
    t->n_symbols += t->n_symbols % 2; /* keeps the entries aligned */
}

static void
count_line (char *line, gpointer user_data)
{
    trainer *t = user_data;
    guint64 key = KH_SPELLING_EDGE;
    for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = simplify (g_utf8_get_char (p));
        guint8 symbol = c < G_N_ELEMENTS (t->symbols) && t->symbols[c] != 0 ? t->symbols[c] : KH_SPELLING_EDGE;
        key = symbol == KH_SPELLING_EDGE ? KH_SPELLING_EDGE : (key << 8 | symbol) & KEY_MASK;
        if (symbol != KH_SPELLING_EDGE)
            table_add (&t->ngrams[KH_SPELLING_ORDER], key, t->weight);
    }
}

/* An n-gram as counted may be short, where a line began: it is a whole n-gram of its own length, and counts in the shorter ones, too. */
static guint
length_of (guint64 key)
{
    guint n = 0;
    for (; key != 0; key >>= 8)
        n++;
    return n;
}

static void
sum_up (trainer *t)
{
    table counted = t->ngrams[KH_SPELLING_ORDER];
    t->ngrams[KH_SPELLING_ORDER] = table_new (FIRST_SLOTS);
    for (guint i = 0; i < counted.size; i++)
        for (guint n = length_of (counted.keys[i]); n >= 1; n--)
            table_add (&t->ngrams[n], counted.keys[i] & (((guint64) 1 << 8 * n) - 1), counted.counts[i]);
    table_free (&counted);
}

/* Of every history: how often it is followed by anything, and by how many different characters. */
typedef struct followers {
    table totals, kinds;
} followers;

static followers
followers_of (const table *ngrams)
{
    followers f = { table_new (FIRST_SLOTS), table_new (FIRST_SLOTS) };
    for (guint i = 0; i < ngrams->size; i++)
        if (ngrams->keys[i] != 0) {
            guint64 history = ngrams->keys[i] >> 8 | G_GUINT64_CONSTANT (1) << 56; /* never 0 */
            table_add (&f.totals, history, ngrams->counts[i]);
            table_add (&f.kinds, history, 1);
        }
    return f;
}

static guint8
quantised (double p)
{
    return (guint8) CLAMP (lround (-log (p) / KH_SPELLING_STEP), 0, 255);
}

static int
compare_entries (const void *a, const void *b)
{
    guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;
    return x < y ? -1 : x > y;
}

/* Tables of n-grams by length. */
typedef struct tables {
    table of[KH_SPELLING_ORDER + 1];
} tables;

static guint64
without_first (guint64 key, guint n)
{
    return key & (((guint64) 1 << 8 * (n - 1)) - 1);
}

/* p of all n-grams, by Witten-Bell; what stays of them goes to `kept`. */
static void
smooth (const trainer *t, guint n, tables *chances, tables *kept)
{
    const table *ngrams = &t->ngrams[n];
    followers f = followers_of (ngrams);
    chances->of[n] = table_new (FIRST_SLOTS);
    kept->of[n] = table_new (1u << 16);
    for (guint i = 0; i < ngrams->size; i++) {
        guint64 key = ngrams->keys[i];
        if (key == 0)
            continue;
        double count = ngrams->counts[i];
        guint64 history = key >> 8 | G_GUINT64_CONSTANT (1) << 56;
        double total = table_get (&f.totals, history), kinds = table_get (&f.kinds, history);
        double lower = n == 1 ? 1.0 / t->n_symbols : table_get (&chances->of[n - 1], without_first (key, n));
        double p = (count + kinds * lower) / (total + kinds);
        table_add (&chances->of[n], key, p);
        if (n == 1 || (count >= LEAST_NGRAM && count * fabs (log (p / lower)) >= LEAST_GAIN))
            table_add (&kept->of[n], key, p);
    }
    table_free (&f.totals);
    table_free (&f.kinds);
}

/* Keeps the histories of the n-grams that stay: their weight needs an entry. */
static void
keep_histories (const tables *chances, tables *kept, guint n)
{
    table *shorter = &kept->of[n - 1];
    for (guint i = 0; i < kept->of[n].size; i++) {
        guint64 history = kept->of[n].keys[i] >> 8;
        double p = history != 0 && length_of (history) == n - 1 ? table_get (&chances->of[n - 1], history) : 0;
        if (p > 0 && table_get (shorter, history) == 0)
            table_add (shorter, history, p);
    }
}

/* The entries of the n-grams that stay, with the weights that make up for what goes of the longer ones. */
static void
add_entries (const tables *chances, const tables *kept, guint n, GArray *entries)
{
    table mass = table_new (1u << 16), lower = table_new (1u << 16); /* of what stays, by history */
    for (guint i = 0; n < KH_SPELLING_ORDER && i < kept->of[n + 1].size; i++) {
        guint64 key = kept->of[n + 1].keys[i];
        if (key == 0)
            continue;
        table_add (&mass, key >> 8, kept->of[n + 1].counts[i]);
        table_add (&lower, key >> 8, table_get (&chances->of[n], without_first (key, n + 1)));
    }
    for (guint i = 0; i < kept->of[n].size; i++) {
        guint64 key = kept->of[n].keys[i];
        if (key == 0)
            continue;
        double left = 1 - table_get (&mass, key), left_lower = 1 - table_get (&lower, key);
        double weight = left_lower > 1e-6 ? CLAMP (left / left_lower, 1e-6, 1) : 1;
        guint64 entry = key << 16 | (guint64) quantised (kept->of[n].counts[i]) << 8 | quantised (weight);
        g_array_append_val (entries, entry);
    }
    table_free (&mass);
    table_free (&lower);
}

/* The model's entries, ascending. */
static GArray *
make_entries (const trainer *t)
{
    tables chances = { 0 }, kept = { 0 };
    for (guint n = 1; n <= KH_SPELLING_ORDER; n++)
        smooth (t, n, &chances, &kept);
    for (guint n = KH_SPELLING_ORDER; n >= 2; n--)
        keep_histories (&chances, &kept, n);
    GArray *entries = g_array_new (FALSE, FALSE, sizeof (guint64));
    for (guint n = 1; n <= KH_SPELLING_ORDER; n++)
        add_entries (&chances, &kept, n, entries);
    for (guint n = 1; n <= KH_SPELLING_ORDER; n++) {
        table_free (&chances.of[n]);
        table_free (&kept.of[n]);
    }
    g_array_sort (entries, compare_entries);
    return entries;
}

void
characters_train (const GArray *recipe, gboolean hold_out, const char *path)
{
    trainer *t = g_new0 (trainer, 1);
    for (guint n = 1; n <= KH_SPELLING_ORDER; n++)
        t->ngrams[n] = table_new (FIRST_SLOTS);
    corpus_reader see = { begin_file, see_line, t }, count = { begin_file, count_line, t };
    corpus_read (recipe, hold_out, &see);
    make_alphabet (t);
    corpus_read (recipe, hold_out, &count);
    sum_up (t);
    g_autoptr (GArray) entries = make_entries (t);
    kh_spelling_header header = { KH_SPELLING_MAGIC, t->n_symbols, entries->len, 0 };
    g_autoptr (GByteArray) out = g_byte_array_new ();
    g_byte_array_append (out, (const guint8 *) &header, sizeof header);
    g_byte_array_append (out, (const guint8 *) t->points, t->n_symbols * (guint) sizeof (guint32));
    g_byte_array_append (out, (const guint8 *) entries->data, entries->len * (guint) sizeof (guint64));
    if (!g_file_set_contents (path, (const char *) out->data, out->len, NULL))
        corpus_fail ("cannot write", path);
    printf ("%s: %u bytes, %u characters, %u n-grams\n", path, out->len, t->n_symbols, entries->len);
    for (guint n = 1; n <= KH_SPELLING_ORDER; n++)
        table_free (&t->ngrams[n]);
    g_free (t);
}
