#include "compare/likeness_parts.h"

#include "compare/wording.h"

#include <math.h>
#include <string.h>

#define PAIR_WEIGHT 0.7f /* of two words in a row beside one word */

static int
by_id (const void *a, const void *b)
{
    const kh_term *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static int
by_weight (const void *a, const void *b)
{
    const kh_term *x = a, *y = b;
    return x->weight != y->weight ? (x->weight < y->weight) - (x->weight > y->weight) : by_id (a, b);
}

static guint64
mixed (guint64 hash, const char *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        hash = (hash ^ (guchar)bytes[i]) * 0x100000001B3ull;
    return hash;
}

/* The number of a term, a new one when it was not seen before. Hashes have 64 bits: two terms of one hash are not to be expected.
 */
static guint32
term_of (GHashTable *ids, guint64 hash)
{
    gpointer key = GSIZE_TO_POINTER ((gsize)hash), id;
    if (g_hash_table_lookup_extended (ids, key, NULL, &id))
        return GPOINTER_TO_UINT (id);
    guint32 made = g_hash_table_size (ids);
    g_hash_table_insert (ids, key, GUINT_TO_POINTER (made));
    return made;
}

/* The words and pairs of a bare text, each once, weighted by how often they stand there; without idf. */
static kh_vector
count_terms (kh_pool *pool, GHashTable *ids, GArray *scratch, const char *bare)
{
    const char *before = NULL;
    gsize length, before_length = 0;
    g_array_set_size (scratch, 0);
    for (const char *word = bare; *word != '\0'; word += length + (word[length] == ' ')) {
        length = strcspn (word, " ");
        guint64 start = mixed (0xCBF29CE484222325ull, "", 1);
        kh_term one = { term_of (ids, mixed (start, word, length)), 1 };
        g_array_append_val (scratch, one);
        if (before != NULL) {
            guint64 first = mixed (mixed (start, before, before_length), " ", 1);
            kh_term two = { term_of (ids, mixed (first, word, length)), PAIR_WEIGHT };
            g_array_append_val (scratch, two);
        }
        before = word;
        before_length = length;
    }
    qsort (scratch->data, scratch->len, sizeof (kh_term), by_id);
    kh_vector counted = { kh_pool_new0 (pool, kh_term, scratch->len), NULL, 0 };
    for (guint i = 0; i < scratch->len; i++) {
        kh_term next = g_array_index (scratch, kh_term, i);
        if (counted.n > 0 && counted.terms[counted.n - 1].id == next.id)
            counted.terms[counted.n - 1].weight += next.weight;
        else
            counted.terms[counted.n++] = next;
    }
    return counted;
}

void
kh_vector_normalise (kh_vector *v)
{
    double sum = 0;
    qsort (v->terms, v->n, sizeof (kh_term), by_weight);
    for (guint i = 0; i < v->n; i++)
        sum += (double)v->terms[i].weight * v->terms[i].weight;
    if (sum > 0)
        for (guint i = 0; i < v->n; i++)
            v->terms[i].weight /= (float)sqrt (sum);
}

/* Weighs the terms by how few vectors have them. */
static void
weigh (kh_likeness *likeness)
{
    g_autofree guint *have = g_new0 (guint, likeness->n_terms + 1);
    for (guint v = 0; v < likeness->n_vectors; v++)
        for (guint i = 0; i < likeness->vectors[v].n; i++)
            have[likeness->vectors[v].terms[i].id]++;
    for (guint v = 0; v < likeness->n_vectors; v++) {
        kh_vector *one = &likeness->vectors[v];
        for (guint i = 0; i < one->n; i++) {
            double rarity = 1 + log ((likeness->n_vectors + 1.0) / (have[one->terms[i].id] + 1.0));
            one->terms[i].weight = (float)(sqrt (one->terms[i].weight) * rarity); /* said twice is not twice as much */
        }
        kh_vector_normalise (one);
        one->sorted = kh_pool_memdup (likeness->pool, one->terms, one->n * sizeof (kh_term));
        qsort (one->sorted, one->n, sizeof (kh_term), by_id);
    }
}

kh_likeness *
kh_likeness_new (const char *const *texts, guint n)
{
    kh_likeness *likeness = g_new0 (kh_likeness, 1);
    likeness->pool = kh_pool_new ();
    likeness->n_texts = n;
    likeness->of_text = kh_pool_new0 (likeness->pool, guint, n);
    likeness->bytes = kh_pool_new0 (likeness->pool, gsize, n);
    likeness->vectors = kh_pool_new0 (likeness->pool, kh_vector, n);
    likeness->n_same = kh_pool_new0 (likeness->pool, guint, n);
    g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
    g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* bare text -> vector + 1 */
    g_autoptr (GArray) scratch = g_array_new (FALSE, FALSE, sizeof (kh_term));
    for (guint i = 0; i < n; i++) {
        char *bare = kh_wording_bare (texts[i] == NULL ? "" : texts[i]);
        guint known =
            *bare == '\0' ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (seen, bare)); /* texts without words are not alike */
        if (known == 0) {
            likeness->vectors[likeness->n_vectors] = count_terms (likeness->pool, ids, scratch, bare);
            known = ++likeness->n_vectors;
        }
        g_hash_table_replace (seen, bare, GUINT_TO_POINTER (known));
        likeness->of_text[i] = known - 1;
        likeness->bytes[i] = texts[i] == NULL ? 0 : strlen (texts[i]);
        likeness->n_same[known - 1]++;
    }
    likeness->n_terms = g_hash_table_size (ids);
    weigh (likeness);
    return likeness;
}

void
kh_likeness_free (kh_likeness *likeness)
{
    if (likeness == NULL)
        return;
    kh_pool_free (likeness->pool);
    g_free (likeness);
}

double
kh_likeness_of (const kh_likeness *likeness, guint a, guint b)
{
    const kh_vector *x = &likeness->vectors[likeness->of_text[a]], *y = &likeness->vectors[likeness->of_text[b]];
    double sum = 0;
    if (x == y)
        return x->n > 0 ? 1 : 0;
    for (guint i = 0, j = 0; i < x->n && j < y->n;)
        if (x->sorted[i].id == y->sorted[j].id)
            sum += (double)x->sorted[i++].weight * y->sorted[j++].weight;
        else if (x->sorted[i].id < y->sorted[j].id)
            i++;
        else
            j++;
    return MIN (sum, 1);
}
