/* train.c - makes the language model: n-grams of syllables with interpolated Kneser-Ney smoothing, and what goes with them.
 *
 *     train CORPUS_FOLDER corpus.tsv OUT.lm [--hold-out HELD.txt]
 *     train --characters CORPUS_FOLDER corpus.tsv OUT.spelling [--hold-out]     the model of characters, see characters.c
 *
 * 1. Every file of corpus.tsv is read and cut into tokens (viet/token.h); types seen often enough make the vocabulary.
 * 2. Of each type: how likely it is printed with a capital inside a sentence, after a word with one and after another (names).
 * 3. Of letters: trigrams inside words, from all types seen MIN_NGRAM times or more, for what the vocabulary does not hold.
 * 4. Order by order, n-grams are counted with the weight of their file. Below the highest order a count is that of the distinct
 *    words to the left (Kneser & Ney 1995), each with the highest weight it was seen with; discounts are those of
 *    Chen & Goodman 1998, from raw counts, times that weight.
 * 5. An n-gram stays when it was seen at least 3 times (so that no rare sentence or private name survives) and when the model
 *    would lose by backing off: occurrences x (log p - log p backed off) >= a threshold (after Stolcke 1998). The mass of what goes
 *    is given to the back-off weight of its history.
 * 6. Log probabilities are quantised to a byte and the trie is written (format: viet/lm_format.h).
 *
 * Memory is bounded: tokens at 2 bytes each, and n-grams are counted in PARTITIONS of first words. Same corpus, same bytes.
 * With --hold-out a tenth of the documents of the domain is left out and written to HELD.txt (corpus.h), for measuring.
 */
#include "characters.h"
#include "corpus.h"
#include "ngrams.h"
#include "tokens.h"
#include "viet/letters.h"
#include "viet/lm_format.h"
#include "viet/token.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CASE_PRIOR 4.0 /* how many occurrences the rate of all types is worth against a type's own */

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

/* -ln P(small | type, case of the word before), -ln P(capital | ...), both ways of the word before; smoothed with all types' rate. */
static void
put_cases (GByteArray *out, const case_count *cases, guint n)
{
    double all[2][2] = { { 1, 1 }, { 1, 1 } };
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < 4; k++)
            all[k / 2][k % 2] += cases[i].seen[k / 2][k % 2];
    g_autoptr (GByteArray) costs = g_byte_array_new ();
    for (guint i = 0; i < n; i++)
        for (guint before = 0; before < 2; before++) {
            const guint32 *seen = cases[i].seen[before];
            double capitals = all[before][1] / (all[before][0] + all[before][1]);
            for (guint capital = 0; capital < 2; capital++) {
                double prior = capital ? capitals : 1 - capitals;
                double p = (seen[capital] + CASE_PRIOR * prior) / (seen[0] + seen[1] + CASE_PRIOR);
                guint8 cost = (guint8) MIN (255, lround (-log (p) / KH_LM_STEP));
                g_byte_array_append (costs, &cost, 1);
            }
        }
    put (out, costs->data, costs->len);
}

static void
write_model (const char *path, const vocabulary *words, const case_count *cases)
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
    put_cases (out, cases, words->forms->len);
    put (out, words->spelling, KH_N_LETTERS * KH_N_LETTERS * KH_N_LETTERS);
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
        corpus_fail ("cannot write", path);
    printf ("%s: %u bytes, %u words, %u + %u + %u n-grams of 2, 3, 4\n", path, out->len, words->forms->len, levels[2].words->len,
            levels[3].words->len, levels[4].words->len);
}

int
main (int argc, char **argv)
{
    if ((argc == 5 || (argc == 6 && strcmp (argv[5], "--hold-out") == 0)) && strcmp (argv[1], "--characters") == 0) {
        g_autoptr (GArray) recipe = corpus_recipe (argv[3], argv[2]);
        characters_train (recipe, argc == 6, argv[4]);
        return 0;
    }
    gboolean hold_out = argc == 6 && strcmp (argv[4], "--hold-out") == 0;
    if (argc != 4 && !hold_out) {
        fprintf (stderr, "usage: train CORPUS_FOLDER corpus.tsv OUT.lm [--hold-out HELD.txt]\n"
                         "       train --characters CORPUS_FOLDER corpus.tsv OUT.spelling [--hold-out]\n");
        return 2;
    }
    g_autoptr (GArray) recipe = corpus_recipe (argv[2], argv[1]);
    if (hold_out)
        corpus_write_held_out (recipe, argv[5]);
    vocabulary words = read_vocabulary (recipe, hold_out);
    g_autofree case_count *cases = g_new0 (case_count, words.forms->len);
    token_text text = read_text (recipe, hold_out, &words, cases);
    fprintf (stderr, "train: %u words, %u tokens\n", words.forms->len, text.tokens->len);
    count_levels (&text, words.forms->len);
    write_model (argv[3], &words, cases);
    return 0;
}
